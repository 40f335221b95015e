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

from wuhan.charts import columns, crosstabs, grids, rows, scatters, schedules, spans, strips, tiles, timelines
from wuhan.charts.chart import Chart, Nothing, Shown
from wuhan.charts.frames import tidy
from wuhan.charts.own import finish, palette
from wuhan.charts.style import ChartError, colour, drawing

__all__ = [
    "Chart",
    "ChartError",
    "Nothing",
    "Shown",
    "bars",
    "colour",
    "crosstab",
    "dots",
    "finish",
    "limits",
    "line",
    "matrix",
    "palette",
    "points",
    "scatter",
    "schedule",
    "shares",
    "stacks",
    "strip",
    "terms",
    "tidy",
    "tile_map",
]


def _verb(draw: Callable[..., Chart]) -> Callable[..., Chart | Nothing]:
    """``draw``, but an empty selection gives a sentence and no error."""

    @functools.wraps(draw)
    def drawn(frame: pd.DataFrame, *arguments, **options) -> Chart | Nothing:
        if len(frame) and ("value" not in frame or frame["value"].notna().any()):
            with drawing():
                return draw(frame, *arguments, **options)
        return Nothing()

    return drawn


line, points = _verb(timelines.line), _verb(timelines.points)
bars, dots, shares = _verb(rows.bars), _verb(rows.dots), _verb(rows.shares)
matrix = _verb(grids.matrix)
crosstab, schedule, strip = _verb(crosstabs.crosstab), _verb(schedules.schedule), _verb(strips.strip)
stacks = _verb(columns.stacks)
limits, terms = _verb(spans.limits), _verb(spans.terms)
scatter = _verb(scatters.scatter)
tile_map = _verb(tiles.tile_map)
