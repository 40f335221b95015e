"""Rows of time: from one date to another, with the day of today."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory

from wuhan.charts import labels, style
from wuhan.charts.axes import STEPS
from wuhan.charts.chart import MARGIN, Chart, Key
from wuhan.charts.marks import GIVEN, SAID
from wuhan.charts.style import ChartError
from wuhan.evidence.periods import bounds
from wuhan.text.prose import _, when

NAME, DETAIL, LINE = 9.0, 8.0, 0.158  # sizes of text in points, inches of one line
LEFT, GAP, AIR = 3.35, 0.14, 0.1  # inches: widest column of names, room beside it, room between rows
BAR = 0.06  # inches that a bar reaches above and below the middle of its row
THINNEST = 0.016  # part of the axis that a bar of a single day takes


def spans(frame: pd.DataFrame, title: object, measure: str, kinds: Mapping[str, str], day: str) -> Chart:
    """Time on an axis of years: a bar from the first day of ``start`` to the last of ``until``, both periods.

    One row a bar, in their order: ``series`` (what), ``detail`` (muted below it, may be blank), ``label`` (at the
    right), ``kind``, one of ``kinds``, which gives each its colour in the order of the key, ``source_id``, and
    ``printed``, table and key of the row that prints the end, where there is one. A bar of a few days is as wide as can
    be seen. A dashed line marks ``day`` (an ISO date). Raises :class:`ChartError` for a row without an end.
    """
    if (frame["until"] == "").any():
        raise ChartError("spans: a row has no end — leave it out and say so in words")
    rows = frame.reset_index(drop=True)
    over = style.slim()  # on a phone names stand over their bars
    left = [_text(row.series, row.detail, style.WIDTH - 2 * MARGIN if over else LEFT) for row in rows.itertuples()]
    heights = [AIR + LINE * (len(names) + over) for names in left]
    chart = Chart(title, measure, height=1.75 + sum(heights))
    axes = chart.figure.add_subplot()
    chart.explain(rows.assign(status="actual", qualifier="exact"))
    chart.key = [Key(kind, "s", colour) for kind, colour in kinds.items() if kind in set(rows["kind"])]
    middles = _place(chart, axes, left, list(rows["label"]), heights, top=0.2)
    ends = [(_year(bounds(row.start)[0]), _year(bounds(row.until)[1])) for row in rows.itertuples()]
    today = _year(bounds(day)[0])
    axes.set_xlim(min(start for start, _end in ends) - 0.2, max(today, *(end for _start, end in ends)) + 0.2)
    _years(axes)
    least = THINNEST * (axes.get_xlim()[1] - axes.get_xlim()[0])
    for y, (start, end), kind in zip(middles, ends, rows["kind"], strict=True):
        wider = max(least - (end - start), 0) / 2
        shown = [start - wider, end + wider]
        axes.plot(shown, [y, y], color=kinds[kind], lw=6, solid_capstyle="butt", zorder=3, gid="span")
    starts, stops = zip(*ends, strict=True)
    told = rows.assign(**{GIVEN: _given(rows)})
    chart.note(axes, told, starts, np.array(middles) - BAR, np.subtract(stops, starts), 2 * BAR)
    axes.axvline(today, color=style.INK, lw=0.9, ls=(0, (4, 3)), zorder=4)
    axes.annotate(
        when(day),
        (today, 1),
        xycoords=("data", "axes fraction"),
        xytext=(0, 3),
        textcoords="offset points",
        size=DETAIL,
        color=style.INK,
        ha="center",
        va="bottom",
    )
    return chart


def _given(rows: pd.DataFrame) -> list[dict]:
    """What each bar tells: its first and last period in words, and the row that prints them."""
    return [
        {
            SAID: _("{first} to {last}").format(first=when(row.start), last=when(row.until)),
            "period": f"{row.start.partition('/')[0]}/{row.until.rpartition('/')[2]}",
            "status": "actual",
            "source_id": row.source_id,
            "printed": getattr(row, "printed", None),
        }
        for row in rows.itertuples()
    ]


def _year(day) -> float:
    """A day as a year and its fraction."""
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def _years(axes: Axes) -> None:
    """Whole years below the axis, only as many as fit beside each other."""
    low, high = axes.get_xlim()
    room = axes.get_window_extent().width / style.DPI / (high - low)
    every = next((every for every in STEPS if room * every > 0.5), STEPS[-1])
    ticks = [year for year in range(math.ceil(low), math.floor(high) + 1) if year % every == 0]
    axes.set_xticks(ticks, [str(year) for year in ticks])
    axes.grid(axis="x")


def _text(first: str, second: str, width: float) -> list[tuple[str, bool]]:
    """A name and, muted, its detail as lines of at most ``width`` inches; True for a muted line."""
    names = [(line, False) for line in labels.wrap(first, width, NAME)]
    return names + [(line, True) for line in labels.wrap(second, width, DETAIL)]


def _place(
    chart: Chart,
    axes: Axes,
    left: list[list[tuple[str, bool]]],
    right: list[str],
    heights: list[float],
    top: float = 0.0,
) -> list[float]:
    """``axes`` between a column of names, on a phone under them, and a column of amounts, one row each; the middles of
    the bars: y counts inches from the top.
    """
    x, bottom, width, height = chart.area()
    over = style.slim()
    wide = max(labels.inches(line, DETAIL if muted else NAME) for lines in left for line, muted in lines) + GAP
    beside = max(labels.inches(line, NAME) for text in right for line in text.split("\n")) + GAP
    below, wide = 0.28, 0.0 if over else wide
    chart.place(axes, x + wide, bottom + below, width - wide - beside, height - below - top)
    axes.set_ylim(sum(heights), 0)
    axes.set_yticks([])
    haloed: dict = {"zorder": 5, "path_effects": labels.HALO} if over else {}  # the line of today runs under names
    feet = list(itertools.accumulate(heights))
    middles = [foot - ((LINE + AIR) if over else tall) / 2 for foot, tall in zip(feet, heights, strict=True)]
    for foot, at, lines, text in zip(feet, middles, left, right, strict=True):
        axes.axhline(foot, color=style.GRID, lw=0.6, zorder=1)
        told = [(line, nth > 0) for nth, line in enumerate(text.split("\n"))]
        above = LINE * (len(lines) + 1) / 2 if over else 0.0
        sides = (lines, MARGIN, at - above, "left"), (told, style.WIDTH - MARGIN, at, "right")
        for column, inches, y, align in sides:
            for nth, (line, muted) in enumerate(column):
                down = 72 * LINE * (nth - (len(column) - 1) / 2)
                axes.annotate(
                    line,
                    (inches / style.WIDTH, y),
                    xycoords=_page(axes),
                    xytext=(0, -down),
                    ha=align,
                    textcoords="offset points",
                    size=DETAIL if muted else NAME,
                    va="center_baseline",
                    color=style.MUTED if muted else style.INK,
                    annotation_clip=False,
                    **haloed,
                )
    return middles


def _page(axes: Axes):
    """Across the page, but down the axes: x as a fraction of the figure, y in data."""
    return blended_transform_factory(axes.figure.transFigure, axes.transData)
