"""What an analyst hands to ``finish``: axes, frames, measure and unit are held against what a figure needs."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Wedge

from wuhan.charts.frames import standings
from wuhan.charts.marks import GIVEN, given
from wuhan.charts.style import LOOKS, ChartError
from wuhan.evidence.faults import inline, nearest
from wuhan.evidence.units import UNITS
from wuhan.text import prose
from wuhan.text.tidy import FRAMES

NEEDED = ("value", "status", "qualifier", "source_id")


def refuse_axes(axes: object) -> None:
    """Raise `ChartError` for anything but the one plain pair of axes of a figure."""
    if not isinstance(axes, Axes):
        found = type(axes).__name__
        raise ChartError(f"axes: found {found} — pass one matplotlib Axes, as sns.lineplot(…) or grid.ax gives")
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ChartError("axes: removed from their figure — draw them anew")
    several = len(figure.axes)
    for wrong, found in (
        (axes.name != "rectilinear", f"{axes.name} axes — draw bars, points or lines on plain ones"),
        (several > 1, f"{several} in one figure — draw one in each"),
        (axes.figure is not figure, "part of a figure — draw it in a figure of its own"),
        (axes.child_axes, "an inset or a second axis — draw it in a figure of its own"),
        (any(isinstance(patch, Wedge) for patch in axes.patches), "a pie — draw bars"),
    ):
        if wrong:
            raise ChartError(f"axes: found {found}")


def rows_of(data: tuple[object, ...]) -> pd.DataFrame:
    """All rows of ``data`` that have a value, with the status that figures show, and `GIVEN`. Raises `ChartError`."""
    if not data:
        raise ChartError("data: found nothing — pass the frames that the figure rests on, as wuhan.load gives them")
    frames = list(map(_frame, data))
    rows = pd.concat(frames, ignore_index=True)
    rows = rows[rows["value"].notna()].reset_index(drop=True)
    told = given(rows)
    for column in (*NEEDED[1:], "period" if "period" in rows else "year"):
        if column in rows and (rows[column].isna() | rows[column].astype(str).eq("")).any():
            raise ChartError(f"data: a row without {column} — {FRAMES}")
    try:
        sources, known = prose.source_ids(rows), prose.table_of("sources", "source_id")
    except TypeError:
        raise ChartError(f"data: source_id: found no ids — {FRAMES}") from None
    for column, found, there in (
        ("status", rows["status"], LOOKS),
        ("source_id", sources, known),
        ("indicator", rows.get("indicator", ()), prose.table_of("indicators", "indicator")),
    ):
        for cell in dict.fromkeys(found):
            if cell not in there:
                raise ChartError(f"data: {column}: found {inline(cell)} — {FRAMES}")
    try:
        return rows.assign(**{GIVEN: told, "status": standings(rows)})
    except (AttributeError, ValueError):
        raise ChartError(f"data: period: found {inline(rows['period'].iloc[0])} — {FRAMES}") from None


def _frame(frame: object) -> pd.DataFrame:
    """``frame``. Raises `ChartError` unless it has the columns that a figure needs, and one vintage of a series."""
    if not isinstance(frame, pd.DataFrame):
        raise ChartError(f"data: found {type(frame).__name__} — {FRAMES}")
    for column in NEEDED:
        if column not in frame:
            raise ChartError(f"data: no column '{column}' among {', '.join(map(str, frame))} — {FRAMES}")
    if len(frame) and not pd.api.types.is_numeric_dtype(frame["value"]):
        raise ChartError(f"data: value: found {inline(frame['value'].iloc[0])} — {FRAMES}")
    if "vintage" in frame:
        series = [column for column in ("indicator", "place") if column in frame]
        told = frame[frame["vintage"].fillna("").ne("")]
        several = told.groupby(series or (lambda _row: 0))["vintage"].unique()
        for names in several[several.map(len) > 1]:
            raise ChartError(f"data: vintages of one series in a frame, {', '.join(sorted(names))} — choose one")
    return frame


def measured(rows: pd.DataFrame, shown: pd.DataFrame, measure: object, unit: object) -> tuple[str, str]:
    """Measure and code of the unit: those given, else those of the one indicator of ``rows``, if the figure has marks
    that show some of them.

    Raises `ChartError` where neither tells, for an unknown unit, and for one that ``shown`` are not in.
    """
    if unit and not (isinstance(unit, str) and unit in UNITS):
        near = nearest(unit, list(UNITS)) if isinstance(unit, str) else ""
        instead = f"did you mean '{near}'?" if near else "write a code of wuhan.evidence.units, as in 100m_cny"
        raise ChartError(f"unit: found {inline(unit)} — {instead}")
    indicators = list(dict.fromkeys(rows["indicator"])) if "indicator" in rows else []
    if not (measure and unit):
        if shown.empty:
            raise ChartError("data: no mark is at the value of a row — pass measure='…' and unit='…' of what is drawn")
        if len(indicators) != 1:
            raise ChartError(f"data: {len(indicators)} measures — pass measure='…' and unit='…'")
        measure, unit = measure or prose.measure(indicators[0]), unit or prose.unit_of(indicators[0])
    own = shown["indicator"].map(prose.unit_of) if "indicator" in shown else shown.get("unit", ())
    for code in dict.fromkeys(own):
        if code != unit:
            raise ChartError(f"unit: found '{unit}', but marks are at values in {code} — write unit='{code}'")
    return str(measure), str(unit)


def refuse_others(words: Iterable[str], rows: pd.DataFrame) -> None:
    """Raise `ChartError` where one of ``words`` names a place that no row is of."""
    if "place" not in rows:
        return
    own = set(rows["place"])
    named = [
        (name, place)
        for place, row in prose.table_of("places", "place").items()
        for name in (place, row["name_en"], row["name_zh"])
    ]
    here = {name for name, place in named if place in own}
    others = [word for word in words if word not in here and word in dict(named)]
    if others:
        raise ChartError(f"data: {', '.join(others)} is drawn, but of no frame — pass the frames of all that is drawn")
