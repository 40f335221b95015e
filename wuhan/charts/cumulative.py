"""Figures of releases: growth since January, one stroke over the months that a figure covers, nothing joined."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from wuhan.charts import labels, style
from wuhan.charts.chart import Chart, Key
from wuhan.charts.frames import clock, prepare, wordings
from wuhan.charts.style import ChartError
from wuhan.charts.timelines import _panels, _time_axis, _value_axis
from wuhan.text.prose import _

LABEL = 8.5  # points
PANEL = 1.22  # inches
EDGE = 0.1  # of the height of the scale: how far beyond it the arrows stand


def releases(
    frame: pd.DataFrame, title: object, measure: str, unit: str = "", low: float = -8.0, high: float = 14.0
) -> Chart:
    """One panel a series, one above the other: each figure is a stroke from January to the end of its ``period``,
    with a mark at its end.

    A year covers twelve months. What lies below ``low`` or above ``high`` is an arrow at the edge with its value, so
    that one shock does not flatten all other years. The newest figure of each panel has its value beside it. A column
    ``doubt`` says in words why a figure is to be doubted, blank where it is not: it is hollow then. Raises
    :class:`ChartError` for a period that does not begin in January.
    """
    rows, measure, suffix = prepare(frame, measure, unit)
    whole = rows["period"].str.fullmatch(r"\d{4}")
    rows["period"] = rows["period"].where(~whole, rows["period"] + "-01/" + rows["period"] + "-12")
    if not rows["period"].str.fullmatch(r"\d{4}-01/\d{4}-\d\d").all():
        raise ChartError("releases: a period does not begin in January — select years and cumulative spans")
    rows["text"], rows["colour"] = wordings(rows, suffix), rows["colour"] if "colour" in frame else style.PALETTE[0]
    rows = clock(rows)[0].assign(begin=rows["period"].str[:4].astype(float))
    rows["side"] = np.select([rows["value"] < low, rows["value"] > high], [-1, 1], 0)
    names = list(dict.fromkeys(rows["series"]))
    chart = Chart(title, measure, height=1.55 + PANEL * len(names))
    grid = chart.figure.subplots(len(names), 1, sharex=True, sharey=True, squeeze=False)
    _time_axis(grid[0, 0], pd.DataFrame({"x": [rows["begin"].min() + 0.01, rows["x"].max()]}), False)
    inside = rows["value"].clip(low, high)
    _value_axis(grid[0, 0], min(inside.min(), 0.0), max(inside.max(), 0.0), suffix, ticks=4)
    strips = _strips(grid[0, 0], bool((rows["side"] < 0).any()), bool((rows["side"] > 0).any()))
    _explain(chart, rows)
    _panels(chart, grid)
    newest = rows.sort_values("x", kind="stable").groupby("series", sort=False)["text"].last()
    need = max(labels.inches(text, LABEL, "bold") for text in newest) + 0.03
    for name, axes in zip(names, grid.flat, strict=True):
        box = axes.get_position()
        axes.set_position([box.x0, box.y0, box.width - need / style.WIDTH, box.height])
        _dress(axes, name, strips, axes is grid[-1, 0])
    for name, axes in zip(names, grid.flat, strict=True):
        _panel(axes, rows[rows["series"] == name].sort_values("x", kind="stable"), strips)
    return chart


def _strips(axes: Axes, under: bool, over: bool) -> list[tuple[float, float]]:
    """Make room below and above the scale for arrows; the strips that have no scale. Ticks stay on the scale."""
    bottom, top = axes.get_ylim()
    axes.set_yticks([tick for tick in axes.get_yticks() if bottom <= tick <= top])
    air = 2 * EDGE * (top - bottom)
    axes.set_ylim(bottom - air * under, top + air * over)
    return [(bottom - air, bottom)] * under + [(top, top + air)] * over


def _explain(chart: Chart, rows: pd.DataFrame) -> None:
    """The key: what a stroke, an arrow and a hollow mark mean."""
    ink = style.PALETTE[4]
    chart.key = [Key(_("the line spans the months of the figure"), "_", ink, ink)]
    for side, marker in ((1, "^"), (-1, "v")):
        if (rows["side"] == side).any():
            chart.key.append(Key(_("beyond the scale, with its value"), marker, ink, ink))
            break
    chart.explain(rows)
    doubts = dict.fromkeys(rows["doubt"]) if "doubt" in rows else {}
    chart.key += [Key(words, "o", style.PAPER, ink) for words in filter(None, doubts)]


def _dress(axes: Axes, name: str, strips: list[tuple[float, float]], lowest: bool) -> None:
    """Name, grid, the lines between the years and the strips beyond the scale of a panel; only the lowest has an axis
    of time.
    """
    axes.set_title(name, loc="left", size=LABEL + 0.5, color=style.INK, pad=4)
    axes.grid(True, axis="both")
    axes.axhline(0, color=style.INK, lw=0.8, zorder=2)
    for strip in strips:
        axes.axhspan(*strip, color=style.tint(style.GRID, 0.55), lw=0, zorder=1)
    if not lowest:
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(axis="x", which="both", length=0)


def _panel(axes: Axes, own: pd.DataFrame, strips: list[tuple[float, float]]) -> None:
    """The figures of one panel; ``strips`` as `_strips` returns them."""
    for row in own[own["side"] == 0].itertuples():
        axes.plot([row.begin, row.x], [row.value] * 2, color=row.colour, lw=1.6, alpha=0.5, zorder=3, gid="months")
        _mark(axes, row, row.value, "o")
    left, right = axes.get_xlim()
    for (_year, side), same in own[own["side"] != 0].groupby(["begin", "side"], sort=True):
        edge = float(np.mean(strips[0 if side < 0 else -1]))
        for row in same.itertuples():
            _mark(axes, row, edge, "^" if side > 0 else "v")
        # The values of one year on one side stand in one label, behind the last of them where there is room.
        after = (same["x"].max() - left) / (right - left) < 0.8
        axes.annotate(
            _(", ").join(same["text"]),
            (same["x"].max() if after else same["x"].min(), edge),
            xytext=(6 if after else -6, 0.8),
            textcoords="offset points",
            ha="left" if after else "right",
            size=8,
            va="center_baseline",
            color=style.INK,
            zorder=5,
        )
    newest = own.iloc[-1]
    if newest["side"] == 0:
        axes.annotate(
            newest["text"],
            (right, newest["value"]),
            xytext=(5, 0),
            textcoords="offset points",
            size=LABEL,
            va="center_baseline",
            weight="bold",
            color=style.ink(newest["colour"]),
            annotation_clip=False,
        )


def _mark(axes: Axes, row, height: float, marker: str) -> None:
    face = style.PAPER if getattr(row, "doubt", "") else style.face(row.status, row.colour)
    axes.plot(
        [row.x],
        [height],
        ls="",
        marker=marker,
        ms=5.2,
        mew=1.2,
        mec=row.colour,
        mfc=face,
        zorder=4,
        gid="mark" if marker == "o" else "beyond",
        clip_on=False,
    )
