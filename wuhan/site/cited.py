"""Who printed a number, and in which words it was read: the original publisher first, then who told it again."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path

from wuhan.evidence import observations, package
from wuhan.site.rows import lines, row_of
from wuhan.text.language import _, language
from wuhan.text.words import look_up, publisher

BESIDE = re.compile(r" \([^()]*[\u4e00-\u9fff][^()]*\)")  # the Chinese name of a publisher beside an English one
# The nearest to the publisher first.
READ_AS = ("publisher", "republisher", "repository", "quoted", "copy", "")
# A publisher that names another whom it quotes, in both languages.
TOLD_BY = {
    "en": re.compile(r"(?P<teller>.+?),? \(?(?:citing|quoting|translating|after) (?P<original>.+?)\)?"),
    "zh": re.compile(r"(?P<teller>.+?)[，（](?:引用|转引自|转引|译自|引)(?P<original>.+?)(?:数据)?）?"),
}


def named(source: str) -> str:
    """The publisher of a source and its grade; of one that quotes another the original first: "Wuhan Bureau of
    Statistics, in Public reading notes, B".
    """
    said = BESIDE.sub("", publisher(source))
    quoting = TOLD_BY[language()].fullmatch(said)
    told = _("{original}, in: {teller}").format(**quoting.groupdict()) if quoting else said
    return _("{publisher}, {grade}").format(publisher=told, grade=grade(source))


def grade(source: str) -> str:
    """The grade of trust of a source."""
    return look_up("sources", "source_id", source)["trust"]


def weakest(sources: Iterable[str]) -> str:
    """The grade of the weakest of ``sources``: what rests on them is no firmer than that. Blank without a source."""
    return max(map(grade, sources), default="")


def in_order(sources: Iterable[str]) -> list[str]:
    """Sources, those that are nearest to the original publisher first, then by grade."""

    def far(source: str) -> tuple[bool, int, str]:
        row = look_up("sources", "source_id", source)
        quotes = bool(TOLD_BY["en"].fullmatch(row["publisher"]))
        return quotes, READ_AS.index(row["read_as"]), row["trust"]

    return sorted(sources, key=far)


def words_of(row: str) -> str:
    """The words in which a row was read, given as `rows.row_of` gives it; blank where none are kept."""
    return _words(package.DATA).get(row, "")


@functools.lru_cache(maxsize=2)
def _words(data: Path) -> dict[str, str]:
    """The words of every row of which they are kept: a quotation, else the number as it is printed."""
    printed = [f"{table}.csv" for table in (*observations.TABLES, "claims")]
    found = {where: row["value_text"] for where, row in lines(data, printed) if row["value_text"]}
    for where, row in lines(data, ["witnesses.csv"]):
        if row["quote"]:
            found[where] = row["quote"]
            if row["record"]:
                table, key, _column = row["record"].split("/")
                found.setdefault(row_of({"printed": [table, key]}), row["quote"])
    return found
