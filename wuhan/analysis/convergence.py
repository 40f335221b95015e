"""Unconditional convergence: did places that were poorer per head at the start grow faster?

Growth, as the mean of logarithms, is regressed on the logarithm of the first GDP per head by ordinary least squares:
``growth = a + b * log(start) + error``. A slope ``b`` below zero is β-convergence; with ``T`` years the speed at which
the distance to the common path shrinks is ``-log(1 + b * T) / T`` (``b`` and speed as parts of one, not per cent).

References. R. J. Barro and X. Sala-i-Martin, "Convergence", Journal of Political Economy 100 (1992), 223-251; on how
little a slope by itself says of dispersion: D. Quah, Scandinavian Journal of Economics 95 (1993), 427-443.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import stats

from wuhan.analysis import growth
from wuhan.evidence import facts, observations
from wuhan.evidence.bounds import canonical, less
from wuhan.evidence.facts import Fact

CONFIDENCE = 0.95
FEWEST = 10  # places below which no line is fitted
SHORTEST = 5  # years below which growth is the business cycle and no more
POPULATION_CENSUSES = (2000, *growth.POPULATION_CENSUS_YEARS)  # since the growth of cities is known
PLACES = ["place", "x", "y"]


@dataclass(frozen=True)
class Fit:
    """Ordinary least squares of ``y`` (per cent a year) on ``log(x)`` over ``n`` places and ``years`` of growth.

    ``slope`` and ``error`` (its standard error) are in percentage points a year for one unit of the logarithm,
    ``mean`` and ``spread`` are the mean and the sum of squares of ``log(x)`` about it, ``noise`` the standard error of
    the regression, ``given`` the facts it was computed from.
    """

    n: int
    years: int
    slope: float
    intercept: float
    error: float
    r: float
    mean: float
    spread: float
    noise: float
    given: tuple[Fact, ...] = field(repr=False)

    @property
    def t(self) -> float:
        """Half width of an interval in standard errors: Student's t with n - 2 degrees of freedom."""
        return float(stats.t.ppf((1 + CONFIDENCE) / 2, self.n - 2))

    @property
    def interval(self) -> tuple[float, float, float]:
        """The slope with the ends of its 95% interval."""
        half = self.t * self.error
        return canonical(self.slope), canonical(self.slope - half), canonical(self.slope + half)


def sample(levels: pd.DataFrame, people: pd.DataFrame, rates: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """One row for each place whose first GDP per head and whose growth in every year up to ``last`` are known.

    ``levels`` (GDP of one vintage), ``people`` (residents at the end of the year) and ``rates`` (real growth) have
    rows by place and period. Facts: ``x``, GDP over residents of ``first`` in yuan per person, and ``y``, the mean
    logarithmic growth of total output from ``first`` to ``last``. Poorest first; empty when there is none.
    """
    heads = {fact.place: fact for fact in observations.facts(people[people["period"] == str(first)])}
    grown = growth.complete(rates, first + 1, last)
    return _sorted(
        [
            (level.place, facts.ratio(level, heads[level.place]), growth.average_log_growth(grown[level.place]))
            for level in observations.facts(levels[levels["period"] == str(first)])
            if level.place in heads and level.place in grown
        ]
    )


def sample_per_head(start: pd.DataFrame, people: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """``start``, a `sample` from ``first`` to ``last``, with growth per head in ``y``.

    The mean logarithmic growth of residents is taken off. Meant for two census years: head counts between censuses
    are estimates that the next census moves.
    """
    counted = people[people["period"].isin([str(first), str(last)])]
    ends = {(fact.place, fact.period): fact for fact in observations.facts(counted)}
    rows = []
    for row in start.itertuples(index=False):
        old, new = ends.get((row.place, str(first))), ends.get((row.place, str(last)))
        if old and new:
            rows.append((row.place, row.x, _less_people(row.y, old, new, last - first)))
    return _sorted(rows)


def _sorted(rows: list[tuple[str, Fact, Fact]]) -> pd.DataFrame:
    return pd.DataFrame(sorted(rows, key=lambda row: row[1].value), columns=PLACES)


def _less_people(grown: Fact, old: Fact, new: Fact, years: int) -> Fact:
    """``grown`` less the mean logarithmic growth from ``old`` to ``new`` residents."""
    times = facts.ratio(new, old)
    lost = [100 * math.log(end) / years for end in (times.value, times.low, times.high)]
    span = less((grown.value, grown.low, grown.high), lost)
    return facts.computed(span, "percent", f"{grown.formula}, less that of residents", [grown, old, new])


def fit(places: pd.DataFrame, years: int) -> Fit | None:
    """The line through ``places`` (a `sample` over ``years``); None for fewer than `FEWEST` places or `SHORTEST`
    years, and when all start equal.
    """
    starts, y = (np.array([fact.value for fact in places[name]]) for name in ("x", "y"))
    if len(starts) < FEWEST or years < SHORTEST or np.ptp(starts) == 0:
        return None
    x = np.log(starts)
    line = stats.linregress(x, y)
    left = y - line.intercept - line.slope * x
    return Fit(
        n=len(x),
        years=years,
        slope=float(line.slope),
        intercept=float(line.intercept),
        error=float(line.stderr),
        r=float(line.rvalue),
        mean=float(x.mean()),
        spread=float(((x - x.mean()) ** 2).sum()),
        noise=float(np.sqrt((left**2).sum() / (len(x) - 2))),
        given=(*places["x"], *places["y"]),
    )


def band(line: Fit | None, places: pd.DataFrame, steps: int = 50) -> pd.DataFrame | None:
    """The line over the range of ``places`` with the 95% band of its mean: ``x``, ``value``, ``low``, ``high``."""
    if line is None:
        return None
    ends = [fact.value for fact in places["x"]]
    logs = np.linspace(math.log(min(ends)), math.log(max(ends)), steps)
    value = line.intercept + line.slope * logs
    half = line.t * line.noise * np.sqrt(1 / line.n + (logs - line.mean) ** 2 / line.spread)
    drawn = pd.DataFrame({"x": np.exp(logs), "value": value, "low": value - half, "high": value + half})
    return drawn.map(canonical)


def doubling(line: Fit) -> Fact:
    """By how many percentage points a year a place twice as rich at the start grew more, with its 95% interval."""
    span = [math.log(2) * end for end in line.interval]
    return facts.computed(span, "percentage_points", "slope on log of GDP per head * log(2), 95% interval", line.given)


def explained(line: Fit) -> Fact:
    """R², the part of the variance of growth that the first GDP per head explains."""
    return facts.computed((line.r**2,) * 3, "coefficient", "R squared of growth on log of GDP per head", line.given)


def speed(line: Fit) -> Fact | None:
    """The speed of convergence in per cent a year; None unless the whole interval of the slope gives one above zero."""
    parts = [1 + line.years * end / 100 for end in line.interval]
    if line.interval[2] >= 0 or min(parts) <= 0:
        return None
    value, high, low = (-100 * math.log(part) / line.years for part in parts)
    return facts.computed((value, low, high), "percent", "-log(1 + slope * years) / years, 95% interval", line.given)


def half_life(line: Fit) -> Fact | None:
    """The years in which half of the distance is made up, ``log(2) / speed``; None when there is no `speed`."""
    rate = speed(line)
    if rate is None:
        return None
    span = [100 * math.log(2) / end for end in (rate.value, rate.high, rate.low)]
    return facts.computed(span, "years", "log(2) / speed of convergence, 95% interval", line.given)


def without(places: pd.DataFrame, left_out: Sequence[str]) -> pd.DataFrame:
    """``places`` without those of ``left_out``."""
    return places[~places["place"].isin(left_out)].reset_index(drop=True)


def censuses(first: int, last: int) -> list[tuple[int, int]]:
    """The first and the last year of a population census from ``first`` to ``last``; empty for fewer than two."""
    inside = [year for year in POPULATION_CENSUSES if first <= year <= last]
    return [(inside[0], inside[-1])] if len(inside) > 1 else []
