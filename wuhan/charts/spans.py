"""Rows that reach from one end to another: amounts with caps and floors on one scale, spans of time until their end."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator
from matplotlib.transforms import blended_transform_factory

from wuhan.charts import labels, style
from wuhan.charts.chart import MARGIN, Chart, Key
from wuhan.charts.frames import prepare
from wuhan.charts.style import ChartError
from wuhan.evidence.periods import bounds
from wuhan.evidence.quantities import Quantity, render
from wuhan.text import palette, prose
from wuhan.text.prose import _, when

NAME, DETAIL, TICK, LINE = 9.0, 8.0, 8.2, 0.158  # sizes of text in points, inches of one line
LEFT, GAP = 2.65, 0.14  # inches: widest column of names, room beside it
STRONG, FAINT = palette.BLUE, palette.REST


def limits(frame: pd.DataFrame, title: object, measure: str) -> Chart:
    """Amounts of money on a logarithmic axis: a cap reaches up to its mark, a floor onwards from its mark.

    One row a mark, in their order: besides the columns of every verb ``series`` (who), ``detail`` (what, may be
    blank), ``colour`` and ``label``, the amount in words, of which a line break starts the muted part. An amount that
    is neither cap nor floor is a mark alone. Raises :class:`ChartError` for an amount of zero.
    """
    rows, _measure, _suffix = prepare(frame, measure, "")
    if (frame["value"] <= 0).any():
        raise ChartError("limits: an amount of zero has no place on a logarithmic axis — leave it out")
    rows["amount"] = frame["value"].to_numpy(float)  # in the unit of the frame, not of an axis
    left, right = [_text(row.series, row.detail, LEFT) for row in rows.itertuples()], list(rows["label"])
    heights = [0.12 + LINE * max(len(names), text.count("\n") + 1) for names, text in zip(left, right, strict=True)]
    chart = Chart(title, measure, height=1.6 + sum(heights))
    axes = chart.figure.add_subplot()
    chart.explain(rows, "o", "><")
    _place(chart, axes, left, right, heights)
    low, high = _decades(axes, rows, str(frame["unit"].iloc[0]))
    at = _middles(heights)
    for y, row in zip(at, rows.itertuples(), strict=True):
        sign = style.ARROWS.get(row.qualifier, 0)
        edge = {1: high, -1: low, 0: row.amount}[sign]
        axes.plot([row.amount, edge], [y, y], color=row.colour, lw=2.4, alpha=0.45, zorder=3, gid="range")
        if sign:
            axes.plot(
                [edge],
                [y],
                ls="",
                marker=">" if sign > 0 else "<",
                ms=6,
                color=row.colour,
                clip_on=False,
                zorder=4,
                gid="arrow",
            )
        axes.plot(
            [row.amount],
            [y],
            ls="",
            marker="o",
            ms=7,
            mew=1.4,
            mec=row.colour,
            zorder=5,
            gid="mark",
            mfc=style.face(row.status, row.colour),
        )
    return chart


def _decades(axes: Axes, rows: pd.DataFrame, unit: str) -> tuple[float, float]:
    """A logarithmic axis of money with a tick at powers of ten, as many as there is room for; its two ends."""
    smallest, greatest = rows["amount"].min(), rows["amount"].max()
    low, high = smallest / 4, greatest * (4 if (rows["qualifier"].map(style.ARROWS) == 1).any() else 2)
    last = math.floor(math.log10(high))
    low = min(low, 0.7 * 10.0 ** (last - 1))  # two powers of ten at least tell what a step is
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    powers = [10.0**power for power in range(math.ceil(math.log10(low)), last + 1)]
    spoken = [render(Quantity(power, power, power, unit, "exact", ""), prose.language()) for power in powers]
    words = [each.removesuffix(prose.unit_words(unit)).strip() for each in spoken]  # the measure names the unit
    widest = max(labels.inches(each, TICK) for each in words) + 0.06
    decade = axes.get_window_extent().width / style.DPI / math.log10(high / low)
    every = max(1, math.ceil(widest / decade))
    shown = dict(zip(powers[::every], words[::every], strict=True))
    axes.xaxis.set_major_locator(FixedLocator(list(shown)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _position: shown.get(value, "")))
    axes.tick_params(labelsize=TICK)
    axes.grid(axis="x")
    return low, high


def terms(frame: pd.DataFrame, title: object, measure: str, day: str) -> Chart:
    """Spans of time: a line from the issue to the printed end, grey when that is over on ``day`` (an ISO date).

    One row a span: ``series``, ``detail``, ``start``, ``until`` (periods), ``standing`` (running or over),
    ``source_id``. A dashed line marks the day. Raises :class:`ChartError` for a row without an end.
    """
    if (frame["until"] == "").any():
        raise ChartError("terms: a row has no end — leave it out and say so in words")
    rows = frame.reset_index(drop=True)
    left = [_text(row.series, row.detail, LEFT + 0.7) for row in rows.itertuples()]
    right = [str(when(until)) for until in rows["until"]]
    heights = [0.1 + LINE * len(names) for names in left]
    chart = Chart(title, measure, height=1.75 + sum(heights))
    axes = chart.figure.add_subplot()
    chart.explain(rows.assign(status="actual", qualifier="exact"))
    states = {"running": (_("end still ahead"), STRONG), "over": (_("end passed"), FAINT)}
    chart.key = [
        Key(words, "s", colour, colour) for state, (words, colour) in states.items() if state in set(rows["standing"])
    ]
    _place(chart, axes, left, right, heights, top=0.2)
    spans = [(_year(bounds(row.start)[0]), _year(bounds(row.until)[1])) for row in rows.itertuples()]
    today = _year(bounds(day)[0])
    axes.set_xlim(min(start for start, _end in spans) - 0.2, max(today, *(end for _start, end in spans)) + 0.2)
    _years(axes)
    for y, (start, end), state in zip(_middles(heights), spans, rows["standing"], strict=True):
        axes.plot([start, end], [y, y], color=states[state][1], lw=5, solid_capstyle="butt", zorder=3, gid=state)
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


def _year(day) -> float:
    """A day as a year and its fraction."""
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def _years(axes: Axes) -> None:
    """Whole years below the axis, only as many as fit beside each other."""
    low, high = axes.get_xlim()
    room = axes.get_window_extent().width / style.DPI / (high - low)
    every = next(every for every in (1, 2, 5, 10, 20) if room * every > 0.5 or every == 20)
    ticks = [year for year in range(math.ceil(low), math.floor(high) + 1) if year % every == 0]
    axes.set_xticks(ticks, [str(year) for year in ticks])
    axes.grid(axis="x")


def _text(first: str, second: str, width: float) -> list[tuple[str, bool]]:
    """A name and, muted, its detail as lines of at most ``width`` inches; True for a muted line."""
    names = [(line, False) for line in labels.wrap(first, width, NAME)]
    return names + [(line, True) for line in labels.wrap(second, width, DETAIL)]


def _middles(heights: list[float]) -> list[float]:
    """The middles of rows with these ``heights``, from the top."""
    return [sum(heights[:at]) + height / 2 for at, height in enumerate(heights)]


def _place(
    chart: Chart,
    axes: Axes,
    left: list[list[tuple[str, bool]]],
    right: list[str],
    heights: list[float],
    top: float = 0.0,
) -> None:
    """``axes`` between a column of names and a column of amounts, one row each; y counts inches from the top."""
    x, bottom, width, height = chart.area()
    wide = max(labels.inches(line, DETAIL if muted else NAME) for lines in left for line, muted in lines) + GAP
    beside = max(labels.inches(line, NAME) for text in right for line in text.split("\n")) + GAP
    below = 0.28
    chart.place(axes, x + wide, bottom + below, width - wide - beside, height - below - top)
    axes.set_ylim(sum(heights), 0)
    axes.set_yticks([])
    for at, lines, text, tall in zip(_middles(heights), left, right, heights, strict=True):
        axes.axhline(at + tall / 2, color=style.GRID, lw=0.6, zorder=1)
        told = [(line, nth > 0) for nth, line in enumerate(text.split("\n"))]
        for column, inches, align in ((lines, MARGIN, "left"), (told, style.WIDTH - MARGIN, "right")):
            for nth, (line, muted) in enumerate(column):
                down = 72 * LINE * (nth - (len(column) - 1) / 2)
                axes.annotate(
                    line,
                    (inches / style.WIDTH, at),
                    xycoords=_page(axes),
                    xytext=(0, -down),
                    ha=align,
                    textcoords="offset points",
                    size=DETAIL if muted else NAME,
                    va="center_baseline",
                    color=style.MUTED if muted else style.INK,
                    annotation_clip=False,
                )


def _page(axes: Axes):
    """Across the page, but down the axes: x as a fraction of the figure, y in data."""
    return blended_transform_factory(axes.figure.transFigure, axes.transData)
