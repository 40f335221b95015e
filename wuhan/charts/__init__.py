"""The verbs that notebooks draw with. A tidy frame goes in, a finished figure comes out, ``show`` ends the
cell.

    charts.line(years, say("{place} …", …), breaks=[2018, 2023]).show("gdp", alt=say(…))

What a frame needs is said in :mod:`wuhan.charts.frames`; titles state the finding and are computed.
A figure that was drawn with seaborn, matplotlib or ``frame.plot`` becomes one of these by ``finish``.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import pandas as pd

from wuhan.charts import columns, durations, grids, rows, scatters, timelines
from wuhan.charts.axes import values
from wuhan.charts.chart import Chart, Nothing, Shown
from wuhan.charts.frames import tidy
from wuhan.charts.own import finish, palette, valued
from wuhan.charts.style import ChartError, colour, drawing

__all__ = [
    "Chart",
    "ChartError",
    "Nothing",
    "Shown",
    "bars",
    "colour",
    "dots",
    "finish",
    "line",
    "matrix",
    "palette",
    "points",
    "scatter",
    "shares",
    "spans",
    "stacks",
    "tidy",
    "valued",
    "values",
]


def _verb(draw: Callable[..., Chart]) -> Callable[..., Chart | Nothing]:
    """``draw``, but an empty selection gives a sentence and no error."""

    @functools.wraps(draw)
    def drawn(frame: pd.DataFrame, *arguments, **options) -> Chart | Nothing:
        if len(frame) and ("value" not in frame or frame["value"].notna().any()):
            with drawing():
                chart = draw(frame, *arguments, **options)
            chart.again = lambda: draw(frame, *arguments, **options)
            return chart
        return Nothing()

    return drawn


line, points = _verb(timelines.line), _verb(timelines.points)
bars, dots, shares = _verb(rows.bars), _verb(rows.dots), _verb(rows.shares)
matrix = _verb(grids.matrix)
spans = _verb(durations.spans)
stacks = _verb(columns.stacks)
scatter = _verb(scatters.scatter)
