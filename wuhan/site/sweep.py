"""The pages of a sweep: those of each set of parameters, and one table of sets by questions that leads to them.

The table and the evidence stand in the root of the folder (other languages in folders of their code), the pages of each
set in a folder of its name. Numbers of the table are those of the headlines; ``summary`` gives them as rows.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from wuhan.site import library
from wuhan.site import pages as site
from wuhan.site.arrange import read
from wuhan.site.beside import Beside
from wuhan.site.book import Page
from wuhan.site.pages import edition
from wuhan.site.rows import named, specified
from wuhan.text import exports
from wuhan.text.language import _
from wuhan.text.words import name as place_name

ENDED = b'"wuhan": "end"'  # see `wuhan.text.ending`
KEYS = 3  # numbers of an answer that have a column of their own
RELATIVE = re.compile(r'(<a\b[^>]*? href=")(?![a-z]+:)([^"]*)(")')
COLUMNS = (
    "set",
    "city",
    "notebook",
    "language",
    "name",
    "measure",
    "place",
    "text",
    "value",
    "low",
    "high",
    "unit",
    "period",
    "status",
    "qualifier",
    "vintage",
    "formula",
    "sources",
    "row",
    "fault",
)


@dataclass(frozen=True)
class Entry:
    """What a sweep shows of one page: its title, its headline as HTML, the numbers in that, the way to it.

    Of a run that gave no page ``fault`` says why. Each number is the record of a fact, with ``what`` it counts in words
    and the ``way`` to its row.
    """

    set: str
    language: str
    stem: str
    title: str = ""
    headline: str = ""
    numbers: tuple[dict, ...] = ()
    fault: str = ""


def pages(
    executed: Sequence[Path],
    name: str,
    code: str,
    codes: Sequence[str],
    absent: Collection[str],
    asked: Mapping[str, str],
    speaking: Mapping[str, Sequence[str]],
    out: Path,
) -> list[Entry]:
    """Write the pages of one set in one language into the folder ``out``; what the table shows of them.

    ``absent`` are the names of notebooks that have no page: what leads to them is text. ``speaking`` are the cities for
    which each notebook says something. Raises `site.ReportError` for a notebook that may not be shown.
    """
    with site.spoken(code):
        made = [read(path) for path in executed]
        entries = [_entry(page, name, code, asked) for page in made]
        where = replace(edition(code, codes, name), folder="")
        others = _others_of(name, asked, code, codes, speaking)
        site.write_pages(made, where, out, list(asked.items()), site.anew, absent, others)
    return entries


def _others_of(
    name: str, asked: Mapping[str, str], code: str, codes: Sequence[str], speaking: Mapping[str, Sequence[str]]
) -> Beside:
    """The pages of the other cities, for a set that is a city and nothing else."""
    if dict(asked) != {"city": name}:
        return Beside()
    folder = edition(code, codes).folder
    ways = {
        ("", stem): {city: f"{folder}{city}/{stem}.html" for city in cities if city != name}
        for stem, cities in speaking.items()
    }
    return Beside(name, ways)


def says(executed: bytes) -> bool:
    """Whether an executed notebook, given as its bytes, goes on to its end: one without figures ends on saying so."""
    return ENDED not in executed


def _entry(page: Page, name: str, code: str, asked: Mapping[str, str]) -> Entry:
    way, city = f"{name}/{page.file}", asked.get("city", "")
    records = [record for record in json.loads(json.dumps(page.answer)) if not record.get("loose")]
    numbers = tuple(_number(page, record, way, city) for record in records)
    return Entry(name, code, page.stem, page.title, _moved(page.headline, name, way), numbers)


def _number(page: Page, record: dict, way: str, city: str) -> dict:
    """The record of a fact with what it counts: its measure, and its place unless that is the city of the set."""
    if record.get("counted"):
        return record | {"what": "", "way": ""}
    elsewhere = bool(city) and record.get("place", city) != city
    told = {key: part for key, part in record.items() if key != "place" or part != city}
    what = "" if record.get("formula") else specified(filter(None, named(told)))
    number = page.numbers.add(record)
    return record | {"what": what, "way": f"{way}#{number.id}", "line": number.row, "elsewhere": elsewhere}


def _moved(html: str, name: str, way: str) -> str:
    """The HTML of a page's headline with its ways as they are from the table."""

    def way_there(found: re.Match) -> str:
        there = way + found[2] if found[2].startswith("#") else f"{name}/{found[2]}"
        return found[1] + there + found[3]

    return RELATIVE.sub(way_there, html)


# ---- the table


def evidence(codes: Sequence[str], out: Path) -> None:
    """Write the pages of the evidence in each language, its tables and what all pages load into the folder ``out``."""
    for code in codes:
        with site.spoken(code):
            where = edition(code, codes)
            drawn = library.pages(
                [], where, out, lambda name: site.of_data(site.anew, name, library.ALONE[name]), Beside()
            )
            _others(drawn, where, out)
    for asset in site.ASSETS:
        shutil.copyfile(site.HERE / asset, out / asset)


def table(entries: Sequence[Entry], sets: Mapping[str, Mapping[str, str]], codes: Sequence[str], out: Path) -> None:
    """Write the table in each language into the folder ``out``, a row for each of ``sets``, and its numbers as CSV."""
    for code in codes:
        with site.spoken(code):
            values = _table([each for each in entries if each.language == code], sets)
            _others({"index.html": ("sweep.html.j2", values)}, edition(code, codes), out)
    (out / "summary.csv").write_bytes(summary(entries, sets))


def _others(drawn: Mapping[str, tuple[str, dict]], where: site.Edition, out: Path) -> None:
    (out / where.folder).mkdir(parents=True, exist_ok=True)
    common = {"mark": site.MARK, "stamp": "", "edition": where, "parts": {}, "library": library.FILES}
    site.write_others(drawn, common, out / where.folder)


def _table(entries: Sequence[Entry], sets: Mapping[str, Mapping[str, str]]) -> dict:
    """Questions with their columns of numbers, and a row for each set; columns are counted from that of the names."""
    by_stem: dict[str, dict[str, Entry]] = {}
    for each in sorted(entries, key=lambda entry: entry.stem):
        by_stem.setdefault(each.stem, {})[each.set] = each
    questions, column = [], 1
    keys_of = {stem: _keys(list(found.values())) for stem, found in by_stem.items()}
    for stem, found in by_stem.items():
        keys = keys_of[stem]
        numbers = [(column + 1 + at, label) for at, label in enumerate(keys.values())]
        title = next((each.title for each in found.values() if each.title), stem)
        questions.append({"stem": stem, "title": title, "column": column, "numbers": numbers, "keys": list(keys)})
        column += 1 + len(keys)
    rows = [
        {
            "name": _set_name(name, asked),
            "asked": _asked(asked),
            "cells": [_cell(found.get(name), list(keys_of[stem]), stem, name) for stem, found in by_stem.items()],
        }
        for name, asked in sets.items()
    ]
    faults = sum(bool(each.fault) for each in entries)
    return {"questions": questions, "rows": rows, "pages": len(entries) - faults, "faults": faults}


def _set_name(name: str, asked: Mapping[str, str]) -> str:
    return place_name(asked["city"]) if dict(asked) == {"city": name} else name


def _asked(asked: Mapping[str, str]) -> str:
    """The parameters of a set as they are written on a command line; blank where its name says all."""
    return "" if len(asked) == 1 and "city" in asked else " ".join(f"{name}={value}" for name, value in asked.items())


def _keys(entries: Sequence[Entry]) -> dict[str, str]:
    """The numbers of an answer that have a column: name and heading. Those that most sets share, in their order.

    A number that is the same in every row has none, nor has one of another place than the city of the row. What a
    printed number counts is its heading; one that is worked out or counted is told by its place in the answer.
    """
    told = [
        {number["name"]: number for number in reversed(each.numbers) if not number.get("elsewhere")}
        for each in entries
        if each.numbers
    ]
    counts = Counter(name for numbers in told for name in numbers)
    order = dict.fromkeys(number["name"] for each in entries for number in each.numbers)
    values = {name: {numbers[name]["value"] for numbers in told if name in numbers} for name in order}
    shared = [name for name in order if 2 * counts[name] > len(told) and (len(values[name]) > 1 or len(told) < 3)]
    headings = {}
    for at, name in enumerate(shared[:KEYS], 1):
        whats = {numbers[name]["what"] for numbers in told if name in numbers}
        what = whats.pop() if len(whats) == 1 else ""
        headings[name] = what[:1].upper() + what[1:] if what else _("number {nth}").format(nth=at)
    return headings


def _cell(entry: Entry | None, keys: Sequence[str], stem: str, name: str) -> dict:
    """One answer: its page, its headline, its numbers in the order of their columns; or why there is none."""
    numbers = {number["name"]: number for number in reversed(entry.numbers)} if entry else {}
    shown = {"way": f"{name}/{stem}.html", "headline": entry.headline if entry else "", "asked": entry is not None}
    return shown | {"fault": entry.fault if entry else "", "numbers": [numbers.get(key) for key in keys]}


# ---- the same as rows


def summary(entries: Sequence[Entry], sets: Mapping[str, Mapping[str, str]]) -> bytes:
    """The numbers of all headlines as CSV: one row a number, one for each run that failed with its fault."""
    rows = []
    for each in entries:
        own = {
            "set": each.set,
            "city": sets[each.set].get("city", ""),
            "notebook": each.stem,
            "language": each.language,
        }
        rows += [own | _row(number) for number in each.numbers]
        if each.fault:
            rows.append(own | {"fault": each.fault})
    return exports.write(pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)).encode()


def _row(number: Mapping) -> dict:
    """One number as a row: a count has no sources, its status is "counted"."""
    same = {key: number[key] for key in COLUMNS if key in number and key not in ("sources", "row")}
    own = {"measure": number.get("indicator", ""), "row": number.get("line", "")}
    own["sources"] = " ".join(number.get("sources", []))
    if number.get("counted"):
        own |= {"low": number["value"], "high": number["value"], "status": "counted"}
    return same | own
