"""The facts behind the marks of a figure: what each one shows, where that is printed, and where it is drawn.

A frame carries the identity of its rows: a fact, the fields that tell an observation from others, or ``printed``, the
table and key of another row. What carries none was worked out in the code that drew the figure.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from wuhan.charts import style
from wuhan.charts.vector import UNITS
from wuhan.evidence.facts import Fact
from wuhan.evidence.quantities import Quantity, render
from wuhan.evidence.units import unit_of
from wuhan.text import prose, tables
from wuhan.text.language import language

# Names that no frame of a notebook has: the column of a row as it was given, and in that what its mark says in words.
GIVEN, SAID = "mark_row", "mark_said"
PARTS = ("place", "indicator", "period", "status", "qualifier", "vintage")
ENDS = ("value", "low", "high")


class Mark(NamedTuple):
    """One mark: the row that it shows, its name, and its point or box in data coordinates of ``axes``."""

    axes: Axes
    name: str
    row: Mapping
    x: float
    y: float
    wide: float = 0.0
    high: float = 0.0


def given(rows: pd.DataFrame, unit: str = "") -> list[dict]:
    """Each row as it is, for a column `GIVEN`; in ``unit``, where its values have one."""
    return [row | ({"unit": unit} if unit else {}) for row in rows.to_dict("records")]


def marks(axes: Axes, rows: pd.DataFrame, x, y, wide=0.0, high=0.0) -> list[Mark]:
    """A mark for each of ``rows``, which have ``series`` and `GIVEN`: a point, or the box from it, in data coordinates.

    Each of the four numbers is one for all, or one for each row.
    """
    sides = (np.broadcast_to(np.asarray(each, float), len(rows)) for each in (x, y, wide, high))
    return [Mark(axes, *each) for each in zip(map(str, rows["series"]), rows[GIVEN], *sides, strict=True)]


def placed(found: Iterable[Mark], tall: float) -> list[list[int]]:
    """Where each mark is drawn: x and y from the upper left corner in units of the drawing, of a box with its sides.

    ``tall`` is the height of the figure in inches.
    """
    places = []
    for mark in found:
        corners = [(mark.x, mark.y), (mark.x + mark.wide, mark.y + mark.high)]
        ends = mark.axes.transData.transform(corners) / style.DPI * UNITS
        (left, low), (right, top) = ends.min(axis=0), ends.max(axis=0)
        box = [left, tall * UNITS - top, *((right - left, top - low) if mark.wide or mark.high else ())]
        places.append([round(float(side)) for side in box])
    return places


def records(found: Sequence[Mark]) -> list[dict]:
    """What is known of each mark, as `tables.record` tells it of a fact, with its ``mark``, its name, and ``text``."""
    return [{"mark": mark.name} | _record(mark.row) for mark in found]


def _record(row: Mapping) -> dict:
    fact = _fact(row)
    if fact:
        return {"text": str(row.get(SAID) or render(fact, language()))} | tables.record(fact)
    indicator = row.get("indicator")
    unit = _text(row, "unit") or (prose.unit_of(indicator) if isinstance(indicator, str) and indicator else "")
    parts: dict[str, object] = {part: text for part in PARTS if (text := _text(row, part))}
    parts |= {"period": str(row["year"])} if "period" not in parts and row.get("year") is not None else {}
    source = row.get("source_id") or ()
    parts.setdefault("status", "derived")
    parts |= {"unit": unit, "sources": [source] if isinstance(source, str) else list(source)}
    if row.get("printed"):
        parts["printed"] = list(row["printed"])
    if row.get("rests"):
        parts["rests"] = True
    ends = {end: _number(row.get(end)) for end in ENDS}
    if not _inside(row):  # the row is of another number, from which this one was worked out
        ends |= {"low": None, "high": None}
        parts["status"] = "derived"
    return {"text": str(row.get(SAID) or _told(row, unit))} | ends | parts


def _fact(row: Mapping) -> Fact | None:
    """The fact of a row: that of its column ``fact``, else the one that has its value."""
    facts = [cell for cell in (row.get("fact"), *row.values()) if isinstance(cell, Fact)]
    if facts and facts[0] is row.get("fact"):
        return facts[0]
    return next((fact for fact in facts if fact.value == row.get("value")), None)


def _told(row: Mapping, unit: str) -> str:
    """The value in words, with its unit and no more digits than are known."""
    value, low, high = _ends(row)
    if math.isnan(value):
        return ""
    digits = 4
    if not low <= value <= high:
        low = high = value
        digits = digits if unit_of(unit or "count").counted else style.BLIND
    told = Quantity(value, low, high, unit or "index", _text(row, "qualifier") or "exact", "")
    return render(told, language(), digits)


def _inside(row: Mapping) -> bool:
    """Whether the value lies within its range, as far as there is one."""
    value, low, high = _ends(row)
    return not (value < low or value > high)


def _ends(row: Mapping) -> list[float]:
    """Value, low and high of a row, not a number for what it lacks."""
    return [math.nan if row.get(end) is None else float(row[end]) for end in ENDS]


def _text(row: Mapping, part: str) -> str:
    return cell if isinstance(cell := row.get(part), str) else ""


def _number(cell: object) -> float | None:
    """A number for JSON, which has no infinite ones."""
    return float(cell) if isinstance(cell, int | float | np.number) and math.isfinite(cell) else None
