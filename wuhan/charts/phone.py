"""What gives way in the width of a phone: names stand over their rows, ticks are fewer, points smaller."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.container import BarContainer
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation
from matplotlib.ticker import AutoLocator, MaxNLocator

from wuhan.charts import drawn, labels, style
from wuhan.charts.chart import MARGIN, Chart

BESIDE = 0.3  # of the width that names may take beside their rows
FOLDED, LINES = 0.34, 2  # of the width that they may take in so many lines
NAME, LINE = 9.0, 0.165  # points of a name, inches of one line of it
FEW, CROWD = 4, 50  # ticks; points that keep their size
THIN = 0.5  # of the height of a bar that is left under its name
LIFT, AIR = 4.5, 0.14  # points from a bar to the foot of its name; inches that a row needs beside its words


def over(names: Iterable[str]) -> bool:
    """Whether names stand over their rows, as beside them they would take too much of the width of a phone."""
    return style.slim() and max(labels.inches(name, style.SIZE) for name in names) > BESIDE * style.WIDTH


def name_over(axes: Axes, at: float, name: str, lift: float, strong: bool = False) -> Annotation:
    """Write ``name`` at the left, ``lift`` points over ``at``."""
    return axes.annotate(
        name,
        (0, at),
        xycoords=("axes fraction", "data"),
        xytext=(0, lift),
        textcoords="offset points",
        size=NAME,
        color=style.INK,
        weight="bold" if strong else "normal",
        path_effects=labels.HALO,
    )


def narrow(chart: Chart, axes: Axes, after: ExitStack) -> float:
    """Have ``axes`` that an analyst drew need less width, until ``after`` closes; the inches that a row takes then.

    Many points shrink with the figure: squares side by side stay apart.
    """
    for axis in (axes.xaxis, axes.yaxis):
        locator = axis.get_major_locator()
        if isinstance(locator, MaxNLocator) and not isinstance(locator, AutoLocator):
            after.callback(axis.set_major_locator, locator)
            axis.set_major_locator(MaxNLocator(FEW, integer=True))
    for points in axes.collections:
        if isinstance(points, PathCollection) and len(np.asarray(points.get_offsets())) > CROWD:
            sizes = points.get_sizes().copy()
            after.callback(points.set_sizes, sizes)
            points.set_sizes(sizes * style.part() ** 2)
    if not drawn.worded(axes.yaxis):
        return 0.0
    formatter = axes.yaxis.get_major_formatter()
    names = [_folded(formatter(at), FOLDED * style.WIDTH) for at in axes.get_yticks()]
    if max(map(_lines, names), default=0) > LINES:
        return _names_over(chart, axes, after)
    after.callback(axes.yaxis.set_major_formatter, formatter)
    axes.yaxis.set_major_formatter(lambda at, _nth: _folded(formatter(at), FOLDED * style.WIDTH))
    return LINE * max(map(_lines, names), default=0)


def _names_over(chart: Chart, axes: Axes, after: ExitStack) -> float:
    """Have the names of the bars of ``axes`` stand over them, which are thinner for it, see `narrow`."""
    ticks = [(tick.get_text(), tick.get_fontweight() == "bold") for tick in axes.get_yticklabels()]
    names = [(_folded(name, style.WIDTH - 2 * MARGIN), strong) for name, strong in ticks]
    bars = [bar for each in axes.containers if isinstance(each, BarContainer) for bar in each.patches]
    tall = max((bar.get_height() for bar in bars), default=0.0)
    down = 1 if axes.yaxis_inverted() else -1
    _thin(chart, axes, bars, tall, down * (1 - THIN) / 2, after)
    axes.tick_params(axis="y", labelleft=False)
    after.callback(axes.tick_params, axis="y", labelleft=True)
    for at, (name, strong) in zip(axes.get_yticks(), names, strict=True):
        after.callback(name_over(axes, at + down * tall * (0.5 - THIN), name, LIFT, strong).remove)
    return (LINE * max(_lines(name) for name, _strong in names) + AIR) / (1 - tall * THIN)


def _thin(chart: Chart, axes: Axes, bars: list[Rectangle], tall: float, down: float, after: ExitStack) -> None:
    """Thin ``bars``, ``tall`` ones, with labels and marks; their middles go ``down`` by a part of their height."""

    def part(foot: float, high: float) -> tuple[float, float]:
        return foot + high * ((1 - THIN) / 2 + down), high * THIN

    for text in axes.texts:
        if isinstance(text, Annotation) and text.xycoords == "data":
            after.callback(setattr, text, "xy", text.xy)
            text.xy = text.xy[0], text.xy[1] + down * tall
    for bar in bars:
        after.callback(bar.set_bounds, *bar.get_bbox().bounds)
        foot, high = part(bar.get_y(), bar.get_height())
        bar.set(y=foot, height=high)
    after.callback(setattr, chart, "marks", chart.marks)
    parts = [part(mark.y, mark.high) for mark in chart.marks]
    chart.marks = [mark._replace(y=y, high=high) for mark, (y, high) in zip(chart.marks, parts, strict=True)]


def _folded(name: str, width: float) -> str:
    """``name`` in lines of at most ``width`` inches; the last of several lines, a detail, keeps lines of its own."""
    *first, last = name.split("\n")
    return "\n".join(part for each in (" ".join(first), last) for part in labels.wrap(each, width, NAME))


def _lines(text: str) -> int:
    return 1 + text.count("\n")
