"""The verbs that notebooks draw with. A tidy frame goes in, a finished figure comes out, ``show`` ends the
cell.

    charts.line(years, say("{place} …", …), breaks=[2018, 2023]).show("gdp", alt=say(…))

What a frame needs is said in :mod:`wuhan.presentation.frames`; titles state the finding and are computed.
"""

from __future__ import annotations

from wuhan.presentation.chart import Chart, Shown
from wuhan.presentation.frames import tidy
from wuhan.presentation.grids import matrix
from wuhan.presentation.rows import bars, bullet, dots, shares
from wuhan.presentation.style import ChartError, colour
from wuhan.presentation.timelines import facet, line, points

__all__ = [
    "Chart",
    "ChartError",
    "Shown",
    "bars",
    "bullet",
    "colour",
    "dots",
    "facet",
    "line",
    "matrix",
    "points",
    "shares",
    "tidy",
]
