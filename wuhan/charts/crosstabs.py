"""Figures of counts in two directions: a number and a shade in every cell that is not empty."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from wuhan.charts import labels, style
from wuhan.charts.chart import Chart
from wuhan.charts.rows import LABEL, _row_axes
from wuhan.charts.schedules import beside
from wuhan.charts.style import ChartError
from wuhan.text.prose import source_ids

SHADE = style.PALETTE[0]
NAME, HEAD, LEAST = 1.75, 8.5, 6.5  # inches of a row's name, points of a column's, and the fewest that can be read
DEEP, WIDEST = 0.38, 0.9  # inches above the cells for the names of the columns, and of a cell at most


def crosstab(frame: pd.DataFrame, across: list[str], title: object, measure: str, aside: str = "") -> Chart:
    """``series`` down, the names ``across`` along: columns ``series``, ``column`` (one of ``across``), ``value``,
    ``source_id``. A cell without a row is blank. Rows keep their order.

    A column ``note`` is written beside the rows, headed by ``aside``. Raises :class:`ChartError` for a cell that
    occurs twice or a column that ``across`` does not name.
    """
    if frame.duplicated(["series", "column"]).any() or not set(frame["column"]) <= set(across):
        raise ChartError("crosstab: a cell occurs twice, or its column is not named — pass one row for each cell")
    names = list(dict.fromkeys(frame["series"]))
    wrapped = [labels.wrap(name, NAME, style.SIZE) for name in names]
    tall = 0.1 + 0.165 * max(map(len, wrapped))
    chart = Chart(title, measure, height=1.1 + DEEP + tall * max(len(names), 2))
    axes = _row_axes(chart, names)
    axes.set_yticks(range(len(names)), ["\n".join(lines) for lines in wrapped], color=style.INK)
    axes.set_xlim(0, len(across))
    axes.set_ylim(len(names) - 0.5, -0.5 - DEEP / tall)
    chart.sources += source_ids(frame)
    places = {name: at for at, name in enumerate(names)}
    beside(chart, axes, frame, places, aside, -0.5 - 0.13 / tall)
    box = axes.get_position()
    axes.set_position((box.x0, box.y0, min(box.width, WIDEST * len(across) / style.WIDTH), box.height))
    _head(axes, across)
    most = frame["value"].max()
    for row in frame.itertuples():
        left, at = across.index(row.column), places[row.series]
        fill = style.tint(SHADE, 0.15 + 0.85 * row.value / most)
        axes.add_patch(Rectangle((left + 0.03, at - 0.45), 0.94, 0.9, fc=fill, ec="none", gid="cell"))
        ink = style.INK if style.luminance(fill) > 0.18 else style.PAPER
        axes.text(left + 0.5, at, style.numeral(row.value), size=LABEL, ha="center", va="center_baseline", color=ink)
    axes.hlines([at + 0.5 for at in range(len(names) - 1)], 0, len(across), color=style.GRID, lw=0.6, zorder=0)
    return chart


def _head(axes: Axes, across: list[str]) -> None:
    """Write the names of the columns above them, so small that neighbours do not touch."""
    each = axes.get_window_extent().width / style.DPI / len(across)
    size, pairs = HEAD, list(pairwise(across))
    while size > LEAST and any(_wide(one, size) + _wide(other, size) > 2 * each - 0.1 for one, other in pairs):
        size -= 0.5
    for at, name in enumerate(across):
        text = "\n".join(name.split())
        axes.annotate(
            text,
            (at + 0.5, -0.5),
            xytext=(0, 4),
            textcoords="offset points",
            size=size,
            ha="center",
            va="bottom",
            color=style.MUTED,
            linespacing=1.05,
        )


def _wide(name: str, size: float) -> float:
    """Inches of the longest word of ``name``, since each has a line of its own."""
    return max(labels.inches(word, size) for word in name.split())
