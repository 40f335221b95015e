"""Where a printed number stands in the data, and what its row is about.

A leaf is a record of a printed fact (see `tables.record`). An observation is found by what tells it from others; a
row of another table by ``printed``: the table and its primary key.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from pathlib import Path

from wuhan.evidence import observations, package
from wuhan.evidence.csvreader import as_printed
from wuhan.site import tables
from wuhan.text.codes import counted
from wuhan.text.language import _, language, noted
from wuhan.text.words import label, look_up, measure, name, remark, table_of, when

KEY = ("place", "indicator", "period", "status", "vintage", "source")
# What the columns of events and projects count.
COLUMNS = {
    "projects": noted("number of projects"),
    "investment_100m_cny": noted("announced investment"),
    "invested_100m_cny": noted("money spent"),
    "projects_ge_1bn": noted("number of projects of one billion yuan or more"),
    "investment_ge_1bn_100m_cny": noted("announced investment in projects of one billion yuan or more"),
    "projects_ge_5bn": noted("number of projects of five billion yuan or more"),
    "projects_ge_10bn": noted("number of projects of ten billion yuan or more"),
    "staged_projects": noted("number of projects signed on stage"),
    "staged_investment_100m_cny": noted("announced investment in projects signed on stage"),
}


def row_of(leaf: dict) -> str:
    """File and line, "gdp.csv#line=1234" (RFC 5147); blank when the fact has no row of its own.

    Of observations that only their value tells apart, that with the ``value`` of ``leaf``; without one the first.
    """
    if "printed" in leaf:
        return _keyed(package.DATA).get(tuple(leaf["printed"]), "")
    rows = _observed(package.DATA).get(tuple(leaf.get(key, "") for key in KEY), {})
    return rows.get(leaf["value"], "") if "value" in leaf else next(iter(rows.values()), "")


def about(leaf: dict) -> str:
    """What a number counts, of which thing, place and time: the parts that are known."""
    text = specified(filter(None, [*named(leaf), when(leaf.get("period") or "")]))
    return text[:1].upper() + text[1:]


def named(leaf: dict) -> list[str]:
    """The names of what a number counts, of its thing and of its place, as far as they are known."""
    return [*_what(leaf), *([name(leaf["place"])] if leaf.get("place") else [])]


def specified(parts: Iterable[str]) -> str:
    """What is counted, then of what, where and when, as a phrase: "GDP, Wuhan, 2024"; 2024年武汉市地区生产总值."""
    return functools.reduce(lambda what, of: _("{what}, {of}").format(what=what, of=of) if what else of, parts, "")


def _what(leaf: dict) -> list[str]:
    indicator = leaf.get("indicator", "")
    table, key, *more = leaf.get("printed", ("", ""))
    if table in ("claims", "witnesses"):
        claim = look_up("claims", "claim", key)
        return [counted(claim["indicator"], claim["measure"], claim["organisation"], claim["place"])]
    if table == "policies":
        return [remark(look_up("policies", "policy", key)["description"])]
    known = indicator in table_of("indicators", "indicator")  # counts of events have a name of their own
    words = [measure(indicator) if known else _(COLUMNS.get(indicator, ""))] if indicator else []
    if table:
        own = ("projects", "project") if table == "projects" else ("events", "event")
        words += [look_up(*own, key)[f"name_{language()}"], *map(label, more[:1])]
    return words


def note_of(row: str) -> str:
    """What the editors noted on a row, given as `row_of` gives it; blank for most."""
    return _notes(package.DATA).get(row, "")


@functools.lru_cache(maxsize=2)
def _notes(data: Path) -> dict[str, str]:
    """The notes of all rows that have one, by file and line."""
    files = [each["path"] for each in tables.descriptor(data)["resources"]]
    return {where: row["note"] for where, row in lines(data, files) if row.get("note")}


@functools.lru_cache(maxsize=2)
def _observed(data: Path) -> dict[tuple, dict[float, str]]:
    """File and line of every observation, by what tells it from others and by its value."""
    found: dict[tuple, dict[float, str]] = {}
    for where, row in lines(data, [f"{table}.csv" for table in observations.TABLES]):
        key = tuple(row["source_id" if key == "source" else key] or "" for key in KEY)
        found.setdefault(key, {}).setdefault(float(row["value"]), where)
    return found


@functools.lru_cache(maxsize=2)
def _keyed(data: Path) -> dict[tuple, str]:
    """File and line of every row of the other tables, by table and primary key."""
    others = [each for each in tables.descriptor(data)["resources"] if each["name"] not in observations.TABLES]
    return {
        (each["name"], *(row[column] for column in each["schema"]["primaryKey"])): where
        for each in others
        for where, row in lines(data, [each["path"]])
    }


def lines(data: Path, files: Iterable[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Every row of ``files``, as far as they are there: file and last line, as `row_of` gives them, and its cells."""
    for file in files:
        if (data / file).exists():
            yield from ((f"{file}#line={line}", row) for line, row in as_printed((data / file).read_bytes()))
