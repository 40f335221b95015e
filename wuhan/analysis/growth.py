"""Growth: chain index, average, recovery from a shock, output per head, distance between vintages.

Growth is always taken from published real growth. It is never taken from the difference of two levels,
because levels break when an economic census revises them.
"""

from __future__ import annotations

import functools
import itertools
import math
import operator
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from wuhan.analysis.places import of_one_place
from wuhan.evidence import observations
from wuhan.evidence.bounds import End, end_of
from wuhan.evidence.facts import Fact, Unknown, computed, knowing, resulting

BOUNDS = ["value", "low", "high"]
TENTH = 0.05  # half a tenth: to a tenth of a per cent the accounts of China are published
# First years whose level was published on the results of an economic census.
CENSUS_YEARS = (2004, 2008, 2013, 2018, 2023)
# Years of a population census: head counts before and after are not one series.
POPULATION_CENSUS_YEARS = (2010, 2020)


def to_a_tenth(rate: Fact | Unknown) -> Fact | Unknown:
    """``rate`` as Chinese accounts are published, to a tenth of a per cent. Who works growth out from the same accounts
    may print more digits than the accounts support; what is known to a tenth or less stays as it is.
    """
    if isinstance(rate, Unknown) or rate.low < rate.high - TENTH:
        return rate
    value = round(rate.value, 1)
    told = computed((value, value - TENTH, value + TENTH), rate.unit, f"growth of {rate.period}, to a tenth", [rate])
    return replace(told, indicator=rate.indicator)


def in_tenths(rates: pd.DataFrame) -> pd.DataFrame:
    """Rates of growth as `to_a_tenth` tells each, with the ``fact``: those printed with more digits are rounded."""
    told = [to_a_tenth(fact) for fact in observations.facts(rates)]
    ends = {end: [getattr(fact, end) for fact in told] for end in (*BOUNDS, "status")}
    return rates.assign(fact=pd.Series(told, index=rates.index, dtype=object), **ends)


@of_one_place
def chain_index(years: pd.DataFrame, base_year: int) -> pd.DataFrame:
    """Chain annual real growth into an index with ``base_year`` = 100.

    Parameters: ``years`` has one row per year with columns ``year`` (int), ``value``, ``low``, ``high`` (real growth in
    per cent), ``status`` and any others, which are kept. ``base_year`` is the year that is set to 100; its own growth
    is not used. Returns one row per year from ``base_year`` to the last year that an unbroken chain reaches: a missing
    year ends the index, because nothing can be chained across it. Bounds are chained too, so the interval widens with
    every rounded growth rate. The status is that `facts.resulting` from all rates up to the year; ``rests`` tells
    whether one of them is provisional. Raises ``ValueError`` when a year occurs twice or no year follows the base.

    Method: chain-linking, System of National Accounts 2008, §15.44.
    """
    if years["year"].duplicated().any():
        raise ValueError("chain_index: a year occurs twice; select one series first")
    growth = years[years["year"] > base_year].sort_values("year", kind="stable").reset_index(drop=True)
    unbroken = growth["year"] == base_year + 1 + growth.index
    growth = growth[unbroken.cumprod().astype(bool)]
    if growth.empty:
        raise ValueError(f"chain_index: no growth rate for {base_year + 1}, the year after the base")
    index = growth.copy()
    for bound in BOUNDS:  # exactly, since a fit to these numbers multiplies what is wrong in their last digits
        factors = itertools.accumulate(map(_factor, growth[bound]), operator.mul)
        index[bound] = [float(100 * factor) for factor in factors]
    index["status"] = [resulting(growth["status"].iloc[: count + 1]) for count in range(len(growth))]
    index["rests"] = observations.provisionals(growth).cummax()
    base = index.iloc[[0]].assign(
        year=base_year, period=str(base_year), value=100.0, low=100.0, high=100.0, status="derived", rests=False
    )
    return pd.concat([base, index], ignore_index=True)


def _factor(rate: float) -> End:
    """How many times its last level a quantity is after growing by ``rate`` per cent."""
    return 1 + end_of(rate) / 100


def chain_indices(years: pd.DataFrame, base_year: int) -> pd.DataFrame:
    """:func:`chain_index` for every ``place`` of ``years``, in their order; places without the first link are
    left out.
    """
    linked = set(years.loc[years["year"] == base_year + 1, "place"])
    own = [years[years["place"] == place] for place in dict.fromkeys(years["place"]) if place in linked]
    chained = [chain_index(rows, base_year) for rows in own]
    return pd.concat(chained, ignore_index=True) if chained else years.head(0)


@of_one_place
def recovery_year(rates: pd.DataFrame, shock_year: int) -> int | None:
    """First year after ``shock_year`` in which real output is above that of the year before the shock.

    ``rates`` has the annual growth of one place, as for `chain_index`. The whole interval must lie above: None when
    the level has not been regained, or is not known to be.
    """
    index = chain_indices(rates, shock_year - 1)
    after = index[(index["year"] > shock_year) & (index["low"] > 100)]
    return None if after.empty else int(after["year"].iloc[0])


@knowing
def multiple(rates: Sequence[Fact]) -> Fact:
    """How many times its first level a quantity is after growing by ``rates`` (per cent, one a year, in order).

    Unknown when one of them is: growth over a gap would be a different number.
    """
    return _chained(rates, "ratio", lambda factor: factor)


@knowing
def average_growth(rates: Sequence[Fact]) -> Fact:
    """The compound mean of ``rates``, in per cent a year. Unknown when one of them is."""
    return _chained(rates, "percent", lambda factor: 100 * (factor ** (1 / len(rates)) - 1))


def complete(rates: pd.DataFrame, first: int, last: int) -> dict[str, list[Fact]]:
    """The growth of every year from ``first`` to ``last`` by place, in order, for the places that have them all.

    ``rates`` has one row per ``place`` and ``year``.
    """
    inside = rates[rates["year"].between(first, last)].sort_values("year", kind="stable")
    known = inside.groupby("place")["year"].transform("nunique")
    grown = defaultdict(list)
    for fact in observations.facts(inside[known > last - first]) if last >= first else ():
        grown[fact.place].append(fact)
    return dict(grown)


@knowing
def average_log_growth(rates: Sequence[Fact]) -> Fact:
    """The mean of ``100 * log(1 + rate / 100)``, in per cent a year: the growth of theory, a little below
    `average_growth`. Unknown when one of ``rates`` is.
    """
    return _chained(rates, "percent", lambda factor: 100 * math.log(factor) / len(rates))


def _chained(rates: Sequence[Fact], unit: str, finish: Callable[[End], End]) -> Fact:
    """What ``finish`` makes of the product of all growth factors: the weakest status, all sources."""
    if not rates:
        raise ValueError("no growth rates to chain — choose an earlier first year")
    factors = ([_factor(getattr(rate, bound)) for rate in rates] for bound in BOUNDS)
    ends = [finish(functools.reduce(operator.mul, each)) for each in factors]
    chained = computed(ends, unit, f"growth of {rates[0].period} to {rates[-1].period}, chained", rates)
    return replace(chained, indicator=rates[0].indicator)


def per_head(levels: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """GDP per head in yuan: ``levels`` (100 million yuan) over the mean of two year-end ``population`` (10,000 people).

    Both have one row per ``place`` and ``year`` with value, low, high and source_id. Returns the rows of ``levels`` for
    the years whose population at both ends is known for the place, with the quotient, the sources of all three, and
    ``rests``: whether one of them is provisional.
    Method: the bureau's own, resident population averaged over the year.
    """
    key = ["place", "year"]
    ends = population[[*key, *BOUNDS, "status", "source_id"]].assign(rests=observations.provisionals(population))
    starts = ends.assign(year=ends["year"] + 1)
    both = levels.assign(rests=observations.provisionals(levels)).merge(ends, on=key, suffixes=("", "_end"))
    both = both.merge(starts, on=key, suffixes=("", "_start"))
    heads = {bound: (both[f"{bound}_start"] + both[f"{bound}_end"]) / 2 for bound in BOUNDS}
    cited = both[["source_id", "source_id_start", "source_id_end"]].apply(tuple, axis=1)
    return both[levels.columns].assign(
        value=1e4 * both["value"] / heads["value"],
        low=1e4 * both["low"] / heads["high"],
        high=1e4 * both["high"] / heads["low"],
        indicator="gdp_per_capita",
        status=[resulting(each) for each in both[["status", "status_start", "status_end"]].itertuples(index=False)],
        rests=both[["rests", "rests_start", "rests_end"]].any(axis=1),
        source_id=cited,
    )


def lead(years: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Growth of ``years`` minus growth of ``reference``, in percentage points, for the years that both have.

    ``years`` has one row per ``place`` and ``year``, ``reference`` those of one place, which may be another. The bounds
    are those of a difference of intervals, so a lead whose ``low`` is above zero is a certain one. Raises
    ``ValueError`` for a reference that has a year twice.
    """
    if reference["year"].duplicated().any():
        raise ValueError("lead: a year occurs twice in the reference — select one place and one series first")
    both = years.merge(reference, on="year", suffixes=("", "_reference"))
    return both.assign(
        value=both["value"] - both["value_reference"],
        low=both["low"] - both["high_reference"],
        high=both["high"] - both["low_reference"],
    )[["place", "year", *BOUNDS]]


@of_one_place
def furthest_apart(vintages: pd.DataFrame) -> pd.DataFrame:
    """The lowest and the highest row of the year in which the vintages of one level differ most, in per cent.

    ``vintages`` has one row per ``year`` and ``vintage`` with ``value`` and its interval ``low``, ``high``, all of one
    place. Of equal years the first; empty when no year has two vintages that differ by more than rounding leaves open.
    """
    rows = vintages.sort_values("value", kind="stable")
    years = rows.groupby("year").agg(
        least=("value", "first"), most=("value", "last"), under=("high", "first"), over=("low", "last")
    )
    differ = years[years["over"] > years["under"]]
    if differ.empty:
        return vintages.head(0)
    year = (differ["most"] / differ["least"]).idxmax()
    return rows[rows["year"] == year].iloc[[0, -1]].reset_index(drop=True)
