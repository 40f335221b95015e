"""Differences in differences: growth of one city against the mean of others, after a shock against before.

A place's *departure* in a year is its growth less its own mean over the ``BEFORE`` years before the shock, less the
mean of the same over all donors. That of the city is what the shock did to its growth, if without it the city would
have changed pace as the donors did. Those of the donors tell how far a place departs by chance.

Methods: Angrist and Pischke, Mostly Harmless Econometrics (2009), section 5.2; with one treated place the spread of the
others is the yardstick, as in Conley and Taber, Review of Economics and Statistics 93 (2011), 113-125.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from wuhan.analysis.counterfactual import INDICATOR, ROUNDING, Panel
from wuhan.evidence import observations
from wuhan.evidence.bounds import canonical
from wuhan.evidence.facts import Fact, Unknown, resulting

BEFORE = 5  # years before the shock whose mean growth is the yardstick
HALF = 2 * ROUNDING  # of a departure: rounding of the rate, and of the mean that is taken off it
NONE = pd.DataFrame(columns=["place", "year", "value", "low", "high", "status", "qualifier", "source_id"])


def departures(rates: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """One row for each place of ``panel`` and each year from ``BEFORE`` years before the shock to the end.

    ``rates`` has annual real growth (``place``, ``year``, ``value``, ``status``, ``source_id``). ``value`` is in
    percentage points; the interval is what the rounding of the place's own rates leaves. The city comes first. Empty
    when the panel has a problem.
    """
    if panel.problem:
        return NONE
    first = panel.year - BEFORE
    used = rates[rates["place"].isin([panel.city, *panel.donors]) & rates["year"].between(first, panel.end)]
    wide = used.pivot(index="year", columns="place", values="value")
    change = wide - wide.loc[: panel.year - 1].mean()
    apart = change.sub(change[list(panel.donors)].mean(axis=1), axis=0)[[panel.city, *panel.donors]]
    rows = apart.map(canonical).melt(ignore_index=False).reset_index()
    known = used[["place", "year", "qualifier", "source_id"]].assign(
        status=[resulting([status]) for status in used["status"]], rests=observations.provisionals(used)
    )
    rows = rows.assign(low=rows["value"] - HALF, high=rows["value"] + HALF)
    return rows.merge(known, on=["place", "year"])


def difference(table: pd.DataFrame, panel: Panel, first: int, last: int) -> Fact | Unknown:
    """The departure of the city, added up from ``first`` to ``last``; its interval is that of rounding."""
    own = table[(table["place"] == panel.city) & table["year"].between(first, last)]
    formula = "growth less its earlier mean, city less mean of donors"
    return _fact(table, own["value"].sum(), panel, (first, last), formula)


def chance(table: pd.DataFrame, panel: Panel, first: int, last: int) -> Fact | Unknown:
    """How far the added departures of one more donor would be from zero at most, 95% of the time.

    ``t * s * sqrt(1 + 1 / n)`` with ``s`` the standard deviation among the n donors and ``t`` of n - 1 degrees.
    """
    others = table[(table["place"] != panel.city) & table["year"].between(first, last)]
    sums = others.groupby("place")["value"].sum().astype(float)
    n = max(len(sums), 2)
    size = stats.t.ppf(0.975, n - 1) * sums.std(ddof=1) * np.sqrt(1 + 1 / n)
    return _fact(table, size, panel, (first, last), "95% prediction for one more donor, half width")


def _fact(table: pd.DataFrame, value: float, panel: Panel, span: tuple[int, int], formula: str) -> Fact | Unknown:
    """A number from all rows of ``table`` up to the end of ``span``: their sources and the status that results."""
    first, last = span
    period = str(first) if first == last else f"{first}/{last}"
    rows = table[table["year"] <= last]
    if rows.empty:
        return Unknown(panel.city, INDICATOR, period)
    half = HALF * (last - first + 1)
    return Fact(
        canonical(value),
        canonical(value - half),
        canonical(value + half),
        "percentage_points",
        period,
        resulting(rows["status"]),
        tuple(dict.fromkeys(rows["source_id"])),
        place=panel.city,
        formula=formula,
    )
