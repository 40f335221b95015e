"""All cities at a glance: one row a city, one column a measure in the last year that nearly all cities have.

The city of the report stands above them all, so that any other is read beside it. Every number leads to the row that
prints it; output per head, which is worked out, to the facts it is worked out from.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from wuhan.analysis import ranking, transform
from wuhan.evidence import package
from wuhan.site.beside import Beside
from wuhan.site.numbers import Numbers
from wuhan.site.rowpages import way
from wuhan.text.language import _, language
from wuhan.text.tables import record
from wuhan.text.tidy import load
from wuhan.text.words import label, measure, name, unit_of, unit_words

FILE = "cities.html"
LED = "10_gdp_and_growth"  # the page to which the name of a city leads, where it exists for that city
VINTAGE = "first_release"  # as the pages of single cities
LOW = ("C", "D")  # grades of trust that a cell names
SIZE = 1e4  # a number from which on its decimals are left out


@dataclass(frozen=True)
class Column:
    """A measure with its year and unit, and a cell for each city that has it.

    A cell is a text, a number to sort by, the way to where it stands, and its grade where that is low.
    """

    title: str
    year: str
    unit: str
    cells: dict[str, tuple[str, float, str, str]]


@dataclass(frozen=True)
class Row:
    """A city with its cells; ``way`` leads to its own page, and is blank where there is none."""

    place: str
    name: str
    cells: list[tuple[str, float, str, str] | None]
    way: str = ""


def page(data: Path) -> dict:
    """What the page shows: its columns and a row for each city that has a level of output, the largest first."""
    return _page(data, language(), package.state("gdp"), package.state("cities"))


def led(page: dict, beside: Beside, edition, stems: Collection[str]) -> dict:
    """The page with the way from each city to its own page, of this report (``stems``) or beside it; its city first."""
    ways = {place: edition.root + way for place, way in beside.cities(edition.folder, LED).items()}
    if LED in stems:
        ways[beside.city] = f"{LED}.html"
    rows = [replace(row, way=ways.get(row.place, "")) for row in page["rows"]]
    return page | {"rows": rows, "held": [row for row in rows if row.place == beside.city]}


@functools.lru_cache(maxsize=4)  # the slow part of a report of a few pages
def _page(data: Path, _language: str, *_states: object) -> dict:
    numbers = Numbers()
    columns = [*_output(numbers), *_shared(data)]
    order = [*columns[0].cells]
    rows = [Row(city, name(city), [column.cells.get(city) for column in columns]) for city in order]
    return {"columns": columns, "rows": rows, "numbers": numbers, "low": _(" and ").join(LOW)}


def _output(numbers: Numbers) -> Iterator[Column]:
    """Rank, level, growth and output per head; the last is added to ``numbers``."""
    levels = load("gdp_nominal", "cities", vintage=VINTAGE)
    year = ranking.fullest_year(levels)
    ranked = ranking.rank(levels[levels["year"] == year])
    where = {row.place: row for row in ranked.itertuples()}
    ranks = {city: (str(row.rank), -row.rank, _way(row), _low(row.trust)) for city, row in where.items()}
    yield Column(_("Rank by GDP"), str(year), "", ranks)
    yield _column(ranked, "gdp_nominal", year, VINTAGE)
    yield _newest("gdp_real_growth")
    people = load("pop_resident", "cities")
    heads = transform.per_head(levels[levels["year"] == year], people, "flow")
    cells = {}
    for fact in heads["fact"]:
        number = numbers.add(record(fact) | {"text": _told(round(fact.value, -1)), "indicator": "gdp_per_capita"})
        cells[fact.place] = (number.text, fact.value, f"#{number.id}", _low(number.trust))
    yield Column(_("GDP per head"), str(year), unit_words("cny_per_person"), cells)


def _shared(data: Path) -> Iterator[Column]:
    """A column for each measure by which cities are compared, in the order of the table."""
    return map(_newest, dict.fromkeys(package.read("cities", data)["indicator"]))


def _newest(indicator: str) -> Column:
    """A measure in the last year that nearly all cities have."""
    rows = load(indicator, "cities")
    year = ranking.fullest_year(rows)
    return _column(rows[rows["year"] == year], indicator, year)


def _column(rows: pd.DataFrame, indicator: str, year: int, vintage: str = "") -> Column:
    unit = unit_of(indicator)
    cells = {row.place: (_told(row.value, unit), row.value, _way(row), _low(row.trust)) for row in rows.itertuples()}
    told = _(", ").join(filter(None, [str(year), label(vintage)]))
    return Column(measure(indicator), told, unit_words(unit), cells)


def _way(row) -> str:
    return way(f"{row.file}#line={row.line}")


def _low(grade: str) -> str:
    return grade if grade in LOW else ""


def _told(value: float, unit: str = "") -> str:
    """A number of a column, in the unit of its head."""
    if unit == "percent":
        return f"{value:.1f}"
    shown = round(value) if abs(value) >= SIZE else round(value, 1)
    return f"{shown:,.12g}" if language() == "en" else f"{shown:.12g}"
