"""Figures of ranks through the years: one on top, whole steps, a line a series."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from wuhan.charts import beside, labels, style
from wuhan.charts.beside import LABEL
from wuhan.charts.chart import Chart, Key
from wuhan.charts.frames import based, clock, extent, prepare, segments
from wuhan.charts.timelines import _lines, _time_axis
from wuhan.text.prose import _


def ranks(frame: pd.DataFrame, title: object, measure: str, breaks: Iterable[int] = ()) -> Chart:
    """Lines of a rank by year, rank one on top; a year without a rank breaks the line.

    The shaded range is where the rank may be. ``breaks`` are the years of a census that re-based the measure, as for
    `timelines.line`: no line runs into them or out of them. Each line ends in its series and its last rank.
    """
    rows, measure, _suffix = prepare(frame, measure, "index")
    rows, yearly = clock(rows)
    rows = based(rows, breaks)
    chart = Chart(title, measure)
    axes = chart.figure.add_subplot()
    _time_axis(axes, rows, yearly)
    best, worst = extent(rows)
    axes.set_ylim(worst + 0.8, max(best - 0.8, 0.2))
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True, min_n_ticks=1))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _at: f"{value:.0f}"))
    axes.grid(axis="y")
    ends = _lines(axes, rows)
    chart.explain(rows)
    if _shade(axes, rows):
        grey = style.tint(style.PALETTE[4], 0.25)
        chart.key.append(Key(_("where the rank may be"), "s", grey, grey))
    texts = beside.worded(ends, [f"{value:.0f}" for value in ends["value"]], yearly)
    inside = beside.mark(chart, axes, breaks, _("census re-basing"))
    chart.fit(axes, right=max(labels.inches(text, LABEL, "bold") for text in texts) + 0.14)
    beside.name(axes, inside, _("census re-basing"))
    beside.end_labels(axes, ends, texts)
    return chart


def _shade(axes: Axes, rows: pd.DataFrame) -> bool:
    """Shade the interval of each series, broken at gaps; True if there was any."""
    wide = rows["high"] > rows["low"]
    for _series, own in rows.groupby("series", sort=False):
        for part in segments(own):
            colour = part["colour"].iloc[0]
            if len(part) == 1:  # a year on its own has no breadth to shade
                axes.vlines(part["x"], part["low"], part["high"], color=colour, alpha=0.18, lw=6)
            else:
                axes.fill_between(part["x"], part["low"], part["high"], color=colour, alpha=0.18, lw=0)
    return bool(wide.any())
