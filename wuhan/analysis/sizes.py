"""Rank and size: whether the sizes of places fall with their rank as a power law would have it.

Under a power law the logarithm of the rank falls in a straight line with the logarithm of the size; the steeper, the
more equal the sizes. Its slope is -1 when the second is half as large as the first, the third a third, and so on
(Zipf's law). ``log(rank - 1/2)`` takes away most of the bias of small samples, and the standard error is
``|slope| * sqrt(2 / n)``: that of ordinary least squares is far too small, because ranks are not independent.

Reference. X. Gabaix and R. Ibragimov, "Rank - 1/2: a simple way to improve the OLS estimation of tail exponents",
Journal of Business & Economic Statistics 29 (2011), 24-39.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import stats

from wuhan.evidence import facts, observations
from wuhan.evidence.bounds import canonical
from wuhan.evidence.facts import Fact

CONFIDENCE = 0.95
FEWEST = 10  # places below which no line is fitted


@dataclass(frozen=True)
class Law:
    """``log(rank - 1/2) = intercept + slope * log(size)`` for the ``n`` largest places, the smallest with ``least``."""

    n: int
    slope: float
    intercept: float
    least: float
    most: float
    given: tuple[Fact, ...] = field(repr=False)

    @property
    def error(self) -> float:
        """The standard error of the slope, ``|slope| * sqrt(2 / n)``."""
        return abs(self.slope) * math.sqrt(2 / self.n)


def rank_size(ranked: pd.DataFrame, largest: int) -> Law | None:
    """The law of the ``largest`` places of ``ranked`` (see `ranking.rank`); None when they are fewer than `FEWEST`."""
    top = ranked[ranked["value"] > 0].sort_values("rank", kind="stable").head(largest)
    if len(top) < FEWEST:
        return None
    line = stats.linregress(np.log(top["value"]), np.log(top["rank"] - 0.5))
    return Law(
        len(top),
        float(line.slope),
        float(line.intercept),
        float(top["value"].min()),
        float(top["value"].max()),
        tuple(observations.facts(top)),
    )


def exponent(law: Law) -> Fact:
    """The slope, with the 95% interval of its standard error."""
    half = float(stats.norm.ppf((1 + CONFIDENCE) / 2)) * law.error
    formula = "slope of log(rank - 1/2) on log(size), 95% interval"
    return facts.computed((law.slope, law.slope - half, law.slope + half), "coefficient", formula, law.given)


def against_zipf(law: Law) -> int:
    """1 when sizes are certainly more equal than Zipf's law has it (the interval of the slope lies below -1), -1 when
    they are less equal, 0 when the interval holds -1.
    """
    slope = exponent(law)
    return (slope.high < -1) - (slope.low > -1)


def curve(law: Law | None, steps: int = 50) -> pd.DataFrame | None:
    """The law over the sizes that it was fitted to, as a line of a chart: size ``x`` and rank ``value``."""
    if law is None:
        return None
    sizes = np.exp(np.linspace(math.log(law.most), math.log(law.least), steps))
    drawn = pd.DataFrame({"x": sizes, "value": 0.5 + np.exp(law.intercept + law.slope * np.log(sizes))})
    return drawn.map(canonical)


def places(ranked: pd.DataFrame) -> pd.DataFrame:
    """``place``, its size ``x`` and its rank ``y`` as facts; the rank lies between the best and the worst that
    rounding allows.
    """
    sizes = observations.facts(ranked)
    ranks = [
        facts.computed((row.rank, row.rank_best, row.rank_worst), "count", "rank by size", [size])
        for row, size in zip(ranked.itertuples(), sizes, strict=True)
    ]
    return pd.DataFrame({"place": ranked["place"], "x": sizes, "y": ranks})
