"""Figures of sizes on a logarithmic scale: every single amount a dot, the median of each row a stroke."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from wuhan.charts import style
from wuhan.charts.chart import Chart, Key
from wuhan.charts.frames import prepare
from wuhan.charts.rows import _row_axes
from wuhan.charts.schedules import beside
from wuhan.charts.style import ChartError
from wuhan.text.prose import _

ROW, DOT, LANES = 0.4, 6.5, 5  # inches for a row, points of a dot, dots that stand above one another


def strip(frame: pd.DataFrame, groups: Mapping[str, str], title: object, measure: str, aside: str = "") -> Chart:
    """One row a ``series``, one dot an amount, on an axis on which each step to the right multiplies.

    The column ``group`` is one of ``groups``, which gives each its colour, in the order of the key; a group whose
    ``status`` is that of a plan or target is hollow. An amount that is
    only known to be over something is an arrow. The stroke is the median of the row as printed. A column ``note`` is
    written beside the rows, headed by ``aside``. Raises :class:`ChartError` for an amount that is not above zero.
    """
    rows, measure, _suffix = prepare(frame, measure, "")
    if (rows["value"] <= 0).any():
        raise ChartError("strip: a logarithmic axis has no zero — pass amounts above zero")
    names = list(dict.fromkeys(rows["series"]))
    rows["colour"] = rows["group"].map(groups)
    chart = Chart(title, measure, height=1.55 + ROW * max(len(names), 2))
    axes = _row_axes(chart, names)
    axes.set_ylim(len(names) - 0.5, -0.9 if aside else -0.5)
    _scale(axes, rows["value"].min(), rows["value"].max())
    rows["face"] = [style.face(status, colour) for status, colour in zip(rows["status"], rows["colour"], strict=True)]
    chart.explain(rows.assign(status="actual"), "o", "><")  # the key of the groups shows which are hollow
    faces = dict(zip(rows["group"], rows["face"], strict=True))
    chart.key = [Key(group, "o", faces[group], groups[group]) for group in groups if group in faces] + chart.key
    chart.key.append(Key(_("median of the row"), "|", style.INK, style.INK))
    places = {name: at for at, name in enumerate(names)}
    beside(chart, axes, frame, places, aside, axes.get_ylim()[1])
    axes.hlines(range(len(names)), *axes.get_xlim(), color=style.GRID, lw=0.8, zorder=1)
    for name, own in rows.groupby("series", sort=False):
        _dots(axes, own.sort_values("value", kind="stable"), places[name])
        middle, ends = own["value"].median(), [places[name] - 0.36, places[name] + 0.36]
        axes.plot([middle] * 2, ends, color=style.INK, lw=1.6, zorder=3, gid="median")
    return chart


def _scale(axes: Axes, low: float, high: float) -> None:
    """A logarithmic axis around ``low`` to ``high`` with ticks at one, two and five times a power of ten."""
    wider = max(1.35, 3 / math.sqrt(high / low))  # one amount alone needs ticks around it too
    left, right = low / wider, high * wider
    powers = range(math.floor(math.log10(left)), math.ceil(math.log10(right)) + 1)
    wide = math.log10(right / left) > 2.2
    ticks = [step * 10.0**power for power in powers for step in ((1, 3) if wide else (1, 2, 5))]
    axes.set_xscale("log")
    axes.set_xlim(left, right)
    axes.xaxis.set_major_locator(FixedLocator([tick for tick in ticks if left <= tick <= right]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _position: style.numeral(value, ".12g")))
    axes.spines["bottom"].set_visible(True)
    axes.grid(axis="x")


def _dots(axes: Axes, own: pd.DataFrame, at: int) -> None:
    """The dots of one row from the left, each in the lane nearest the middle in which it covers none before it."""
    lanes = [0.19 * step for step in sorted(range(-(LANES // 2), LANES // 2 + 1), key=abs)]
    pixels = axes.transData.transform(np.column_stack([own["value"], np.full(len(own), at)]))[:, 0]
    apart, taken = DOT * style.DPI / 72, dict.fromkeys(lanes, -math.inf)
    for row, x in zip(own.itertuples(), pixels, strict=True):
        free = [lane for lane in lanes if x - taken[lane] >= apart]
        lane = free[0] if free else min(lanes, key=taken.__getitem__)
        taken[lane] = x
        sign = style.ARROWS.get(row.qualifier, 0)
        axes.plot(
            [row.value],
            [at + lane],
            ls="",
            marker={1: ">", -1: "<", 0: "o"}[sign],
            ms=DOT,
            mfc=row.face,
            zorder=4,
            mec=row.colour if row.face == style.PAPER else style.PAPER,
            mew=1.3 if row.face == style.PAPER else 0.6,
            gid="mark",
        )
