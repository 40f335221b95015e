"""The axes that figures share: one of time, one of values, one of ranks, and the ticks of a logarithmic one."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from wuhan.charts import style

YEARS = 9  # ticks of a whole axis of time
STEPS = (1, 2, 5, 10, 20, 50)  # years from one tick to the next
NEAR = 0.09  # of the span of values, within which two of them collide
MOST = 6  # ticks of a logarithmic axis
DECADES = ((1, 2, 5), (1, 3), (1,))  # its steps: the first with few enough ticks


def time_axis(axes: Axes, rows: pd.DataFrame, yearly: bool) -> None:
    """Whole years as ticks, at most `YEARS`; for dates the year is written in its middle."""
    first, last = rows["x"].min(), rows["x"].max()
    most = int(YEARS * style.part())
    if yearly:
        every = next(every for every in STEPS if (last - first) / every <= most)
        air = min(0.4, 0.04 * (last - first)) or 0.4
        axes.set_xlim(first - air, last + air)
        ticks = [year for year in range(int(first), int(last) + 1) if year % every == 0]
        axes.set_xticks(ticks, [str(year) for year in ticks])
        return
    start, stop = int(np.ceil(first)) - 1, int(np.ceil(last))  # what stands at the end of a year is of that year
    every = next(every for every in STEPS if (stop - start) / every <= most + 2 * style.part())
    air = 0.02 * (stop - start)
    axes.set_xlim(start - air, stop + air)
    axes.set_xticks(range(start, stop + 1), [""] * (stop - start + 1))
    middles = [year + 0.5 for year in range(start, stop) if (stop - 1 - year) % every == 0]
    axes.set_xticks(middles, [str(int(middle)) for middle in middles], minor=True)


def value_axis(axes: Axes, low: float, high: float, suffix: str, ticks: int = 5) -> None:
    """Limits, a few round ticks with equal decimals, and the grid.

    Zero is there if it is not far, and where the values hardly differ: magnified, nothing would look like a change.
    """
    if high - low < 0.01 * max(abs(low), abs(high)):
        low, high = min(low, 0.0), max(high, 0.0)
    low = 0.0 if 0 < low < 0.4 * high else low
    span = (high - low) or 1.0
    axes.set_ylim(low - (0.0 if low == 0 else 0.06 * span), high + 0.1 * span)
    locator = MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10])
    every = np.diff(locator.tick_values(*axes.get_ylim()))[0]
    places = next(places for places in range(12) if abs(round(every, places) - every) < 1e-9 * every)
    axes.yaxis.set_major_locator(locator)
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _position: style.numeral(round(value, places) + 0.0, f".{places}f") + suffix)
    )
    grid(axes)


def grid(axes: Axes) -> None:
    """Light lines at the ticks of the values, a dark one where the sign changes."""
    axes.grid(axis="y")
    low, high = axes.get_ylim()
    if low < 0 < high:
        axes.axhline(0, color=style.INK, lw=0.8, zorder=2.3)


def rank_axis(axes: Axes, best: float, worst: float) -> None:
    """Whole steps, rank one on top."""
    axes.set_ylim(worst + 0.8, max(best - 0.8, 0.2))
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True, min_n_ticks=1))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _at: f"{value:.0f}"))
    axes.grid(axis="y")


def log_ticks(low: float, high: float) -> list[float]:
    """Round numbers of a logarithmic axis: of 1, 2 and 5 as many as there is room for."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    choices = [
        [step * 10.0**power for power in powers for step in steps if low <= step * 10.0**power <= high]
        for steps in DECADES
    ]
    return next((ticks for ticks in choices if len(ticks) <= MOST), choices[-1])


def plain(suffix: str, factor: float = 1.0) -> FuncFormatter:
    """Words of ticks: ``factor`` times their number, as short as it goes, with ``suffix`` behind."""
    return FuncFormatter(lambda value, _at: style.numeral(float(f"{value * factor:.6g}") + 0.0, ".12g") + suffix)


def values(axes: Axes, frame: pd.DataFrame) -> None:
    """Write the ``value`` of each row of ``frame``, to a tenth, over its point, which stands at its ``name``.

    Beside one that is too near it stands under its point; where both sides are taken it is left out.
    """
    near = NEAR * (frame["value"].max() - frame["value"].min())
    for name, rows in frame.groupby("name", sort=False, observed=True):
        ends = {"bottom": -math.inf, "top": -math.inf}  # the last value over and under the points
        for value in sorted(rows["value"]):
            side = next((side for side, end in ends.items() if value - end > near), None)
            if side is None:
                continue
            ends[side] = value
            axes.annotate(
                style.numeral(value, ".1f"),
                (value, str(name)),
                xytext=(0, 5 if side == "bottom" else -5),
                textcoords="offset points",
                ha="center",
                va=side,
                size=8.5,
                color=style.INK,
            )
