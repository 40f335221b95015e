"""Figures of quotients: dots with their intervals around one, on a scale of ratios."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from wuhan.charts import labels, style
from wuhan.charts.chart import Chart, Key
from wuhan.charts.frames import prepare
from wuhan.charts.rows import LABEL, _height, _row_axes
from wuhan.charts.style import ChartError
from wuhan.text import palette
from wuhan.text.prose import _

UNSURE = style.GREYS[1]
OTHERS = palette.REST_TICK
TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)
REACH = 4.0  # how far beyond the outermost dot an interval is followed


def quotients(frame: pd.DataFrame, title: object, measure: str, others: pd.DataFrame | None = None) -> Chart:
    """One row a quotient: a dot and its interval, grey where that holds one.

    The axis is logarithmic, so that half as much lies as far from one as twice as much. An interval that runs on
    beyond the axis is cut at its edge; zero is an arrow at the left edge. Columns ``count`` and ``expected`` are
    written beside the rows. ``others`` has ``series`` and ``value``: small marks for what the row stands among.
    Raises :class:`ChartError` for a quotient below zero or two quotients in one row.
    """
    rows, measure, _suffix = prepare(frame, measure, "index")
    if (rows["low"] < 0).any() or rows["series"].duplicated().any():
        raise ChartError("quotients: a row is below zero or occurs twice — pass one ratio of amounts for each row")
    same = "place" in rows and rows["place"].nunique() == 1
    strong = (style.colour(rows["place"].iloc[0]) if same else "") or style.PALETTE[0]
    rows["colour"] = np.where((rows["low"] > 1) | (rows["high"] < 1), strong, UNSURE)
    marks = rows.head(0) if others is None else others[others["series"].isin(rows["series"]) & (others["value"] > 0)]
    chart = Chart(title, measure, height=_height(rows, len(rows)) + 0.8)
    axes = _row_axes(chart, list(rows["series"]))
    axes.set_ylim(len(rows) - 0.4, -1.2)
    axes.tick_params(axis="y", pad=9)  # an arrow at the left edge stays clear of the names
    left, right = _limits(axes, rows, marks)
    chart.explain(rows)  # what fills mean; that the others are actual goes without saying
    chart.key = _key(rows, len(marks) > 0) + [entry for entry in chart.key if entry.face != entry.edge]
    texts = _counts(rows)
    chart.fit(axes, right=_width(texts))
    places = {series: at for at, series in enumerate(rows["series"])}
    axes.plot(marks["value"], marks["series"].map(places), ls="", marker="|", ms=8, mew=1.3, color=OTHERS, gid="other")
    axes.plot([1, 1], [len(rows) - 0.4, -0.6], color=style.INK, lw=0.9, zorder=1)
    for at, row in enumerate(rows.itertuples()):
        ends = [max(row.low, left), max(min(row.high, right), left)]
        axes.plot(ends, [at, at], color=row.colour, lw=2.4, alpha=0.45, zorder=3, gid="range")
        axes.plot(
            [row.value or left],
            [at],
            ls="",
            marker="o" if row.value else "<",
            ms=7,
            mew=1.4,
            mec=row.colour,
            mfc=style.face(row.status, row.colour),
            zorder=4,
            gid="mark",
            clip_on=False,
        )
    _write(axes, texts)
    return chart


def _limits(axes: Axes, rows: pd.DataFrame, marks: pd.DataFrame) -> tuple[float, float]:
    """A logarithmic axis that holds all dots, one, and the intervals as far as they can be shown."""
    values = np.array([*rows["value"], *marks["value"], 1.0])
    values = values[values > 0]
    low, high = rows["low"].to_numpy(float), rows["high"].to_numpy(float)
    left = max(min(values.min(), *low[low > 0], 0.9), values.min() / REACH) / 1.15
    right = min(max(values.max(), *high, 1.1), values.max() * REACH) * 1.15
    axes.set_xscale("log")
    axes.set_xlim(left, right)
    axes.xaxis.set_major_locator(FixedLocator([tick for tick in TICKS if left <= tick <= right]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _position: f"{value:g}"))
    axes.grid(axis="x")
    return left, right


def _key(rows: pd.DataFrame, others: bool) -> list[Key]:
    """What grey, the arrow and the small marks mean, as far as they occur."""
    key = [Key(_("interval holds 1"), "o", UNSURE, UNSURE)] if (rows["colour"] == UNSURE).any() else []
    if (rows["value"] == 0).any():
        key.append(Key(_("none counted"), "<", style.PALETTE[4], style.PALETTE[4]))
    return [*key, Key(_("other places of the row"), "|", OTHERS, OTHERS)] if others else key


def _counts(rows: pd.DataFrame) -> list[str]:
    """Words beside the rows, after those that head them: what was counted, and what would be in proportion."""
    if "count" not in rows or "expected" not in rows:
        return []
    each = [
        f"{style.numeral(count)} ({style.numeral(expected, '.0f' if expected >= 10 else '.1f')})"
        for count, expected in zip(rows["count"], rows["expected"], strict=True)
    ]
    return [_("counted") + "\n" + _("(in proportion)"), *each]


def _width(texts: list[str]) -> float:
    """Inches that the column of ``texts`` takes, with the gap before it."""
    return max((labels.inches(line, LABEL) + 0.2 for text in texts for line in text.split("\n")), default=0.0)


def _write(axes: Axes, texts: list[str]) -> None:
    """``texts`` in a column right of the rows, the first above them."""
    for at, text in enumerate(texts, -1):
        axes.annotate(
            text,
            (1, at + 0.1 * (at < 0)),
            xycoords=("axes fraction", "data"),
            xytext=(10, 0),
            size=LABEL,
            textcoords="offset points",
            va="center_baseline",
            color=style.MUTED if at < 0 else style.INK,
        )
