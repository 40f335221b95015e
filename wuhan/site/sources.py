"""The page of the sources: what each publication is, how many rows and which numbers rest on it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

from wuhan.evidence import package
from wuhan.evidence.csvreader import as_printed
from wuhan.evidence.sources import COPY, QUOTED, REPOSITORY
from wuhan.site import tables
from wuhan.site.book import Page
from wuhan.site.numbers import Number, untranslated
from wuhan.text.language import _, noted
from wuhan.text.words import graded, publisher, reached, remark, titled, when

LINKS = 40_000  # bytes of links that the page has room for
MOST = (8, 6, 5, 4, 3, 2, 1, 0)  # links of a source, the first of these for which there is room; others are counted
# The lines of `prose.sources`.
DATED, UNDATED = "{publisher}: {title}, {date} (trust {grade}).", "{publisher}: {title} (trust {grade})."
TRUST = noted(
    {
        "A": "read at its publisher's own address: the body that issued it, or press reporting it under its own name",
        "B": "read in a reprint, summary, copy or compilation, at best",
        "C": "an aggregator, a write-up, somebody's notes, or a page of unclear origin",
        "D": "unverified",
    }
)
READ = noted(
    {
        "publisher": ("Publisher", "on the publisher's own page or in its file"),
        "republisher": ("Republisher", "at another outlet, which names where it has it from"),
        COPY: (
            "Copy",
            "on a host that has nothing to do with the publisher; no link leads there, the address is in the table",
        ),
        REPOSITORY: ("Repository", "in a file that somebody else keeps in a public repository"),
        QUOTED: ("Quoted", "in the notes, the repository or the blog of somebody who retells it"),
        "": ("Not known", "no address was kept"),
    }
)


def meaning(grade: str) -> str:
    """A grade of trust with what it means."""
    return _("{grade}: {meaning}").format(grade=grade, meaning=_(TRUST[grade]))


def page(notebooks: list[Page], data: Path, cited: Collection[str] = ()) -> dict:
    """What the page shows: the sources that the pages of ``notebooks`` use or others have ``cited``, without notebooks
    all of them, and the grades of trust.
    """
    frame = package.read("sources", data)
    numbers, words = resting(notebooks), {each.file: each.words for each in notebooks}
    shown = [_source(row, rests(data)[row["source_id"]]) for row in frame.to_dict("records")]
    uses = {source["id"]: _uses(source, numbers.get(source["id"], {}), notebooks, words) for source in shown}
    for most in MOST:
        cut = {source: _cut(pages, most) for source, pages in uses.items()}
        if sum(map(_size, cut.values())) <= LINKS:
            break
    usual = Counter(frame["licence"]).most_common(1)[0][0]
    for source in shown:
        source |= cut[source["id"]]
        source["licence"] = "" if source["licence"] == usual else _(source["licence"])
    shown.sort(key=lambda source: (source["publisher"], source["title"], source["id"]))
    asked = set(cited) if notebooks else set(uses)
    used = [source for source in shown if source["pages"] or source["others"] or source["id"] in asked]
    return {
        "terms": _(usual),
        "grades": {grade: (_(words), Counter(frame["trust"])[grade]) for grade, words in TRUST.items()},
        "read": [(*map(_, READ[way]), Counter(frame["read_as"])[way]) for way in READ],
        "used": used,
        "count": len(shown),
    }


def _source(row: dict, rows: int) -> dict:
    """One source in words, with the number of rows that rest on it."""
    return {
        "id": row["source_id"],
        "publisher": publisher(row["source_id"]),
        "title": titled(row["title"]),
        "chinese": bool(re.search("[\u4e00-\u9fff]", row["title"])),
        "address": reached(row),
        "grade": graded(row),
        "copied": row["read_as"] == COPY,
        "published": when(row["published"]),
        "date": row["published"],
        "licence": row["licence"],
        "trust": row["trust"],
        "note": remark(row["note"]) if row["note"] else "",
        "english": untranslated(row["note"]),
        "rows": rows,
    }


def _uses(source: dict, numbers: dict[str, list[Number]], notebooks: list[Page], words: dict) -> list[tuple]:
    """The pages that use a source, each with its numbers that rest on it: none where only its list names it.

    What rests on this source most directly comes first: a number that has few other sources.
    """
    line = _listed(source)
    uses = [
        (each, sorted(numbers.get(each.file, []), key=lambda number: len(number.sources)))
        for each in notebooks
        if each.file in numbers or line in words[each.file]
    ]
    return sorted(uses, key=lambda use: min((len(number.sources) for number in use[1]), default=math.inf))


def _cut(uses: list[tuple], most: int) -> dict:
    """The first ``most`` links of a source: a number of each page, then more of them; and how many are left out."""
    kept = uses[:most]
    room = most - len(kept)
    pages = []
    for each, numbers in kept:
        extra = min(room, max(0, len(numbers) - 1))
        room -= extra
        links = [(f"{each.file}#{number.id}", number.text) for number in numbers[: 1 + extra]]
        pages.append((each.title, links or [(each.file, "")], len(numbers[1 + extra :])))
    return {"pages": pages, "others": len(uses[most:])}


def _size(cut: dict) -> int:
    """About how many bytes the links of a source take on the page."""
    texts = [part for title, links, _others in cut["pages"] for part in (title, *sum(links, ()))]
    return sum(len(text.encode()) for text in texts) + 20 * len(texts)


def _listed(source: dict) -> str:
    """What the list of sources of a page says of a source: the plain text of a line of `prose.sources`."""
    told = {"publisher": " ".join(source["publisher"].split()), "title": source["title"], "grade": source["grade"]}
    return _(DATED).format(date=source["date"], **told) if source["date"] else _(UNDATED).format(**told)


def endings() -> tuple[str, ...]:
    """How the lines of such a list end."""
    parts = (_(DATED).partition("{date}")[2], _(UNDATED).partition("{title}")[2])
    grades = [graded({"trust": grade, "read_as": way}) for grade in TRUST for way in ("", COPY)]
    return tuple(part.format(grade=grade) for part in parts for grade in grades)


def resting(notebooks: Iterable[Page]) -> dict[str, dict[str, list[Number]]]:
    """The numbers that rest on each source, by page; each text of a page once."""
    found: dict[str, dict[str, list[Number]]] = {}
    for each in notebooks:
        for number in each.numbers:
            for source in number.sources:
                own = found.setdefault(source, {}).setdefault(each.file, [])
                if number.text not in [other.text for other in own]:
                    own.append(number)
    return found


@lru_cache(maxsize=2)
def rests(data: Path) -> Counter:
    """How many rows of all tables name each source, in any of their columns."""
    counted: Counter = Counter()
    for resource in tables.descriptor(data)["resources"]:
        for _line, row in as_printed((data / resource["path"]).read_bytes()):
            counted.update({row[column] for column in tables.pointing(resource, "sources")} - {""})
    return counted
