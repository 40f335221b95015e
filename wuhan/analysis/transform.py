"""Transformations of one measure for reading side by side: level, growth, index, per head.

Rows of observations go in, one frame comes out: one row for each place and period with ``value``, ``low``, ``high``,
``unit``, ``status``, ``qualifier``, ``vintage``, ``source_id`` (all sources that a number was computed from) and the
``fact`` itself. What has no meaning is refused by `refusal`; what is not known leaves no row: a gap stays a gap.

A change on the year before is read only between two years of one vintage, and never where a census may stand between
them. For output (GDP, GDP per head, value added) it is not read at all: growth is what the bureau published, and the
index of output is the chain of that.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise

import pandas as pd

from wuhan.analysis import growth
from wuhan.evidence import observations
from wuhan.evidence.bounds import FactError, canonical
from wuhan.evidence.breaks import breaks
from wuhan.evidence.facts import PER, UNITS, Fact, computed, mean_size, ratio, total
from wuhan.evidence.facts import growth as change_of

TRANSFORMATIONS = ("level", "growth", "index", "per_head")
# Levels whose growth is published; no difference of two of them is ever taken.
PUBLISHED = {
    "gdp_nominal": "gdp_real_growth",
    "gdp_as_stated": "gdp_real_growth",
    "gdp_per_capita": "gdp_per_capita_growth",
    "va_primary": "va_primary_growth",
    "va_secondary": "va_secondary_growth",
    "va_tertiary": "va_tertiary_growth",
    "industrial_va": "industrial_va_growth",
}
COLUMNS = [
    "place",
    "period",
    "year",
    "value",
    "low",
    "high",
    "qualifier",
    "status",
    "vintage",
    "source_id",
    "unit",
    "formula",
    "fact",
]


def refusal(transformation: str, measure: str, unit: str) -> str:
    """Why ``transformation`` of a measure of this kind has no meaning: a code, "" when it has one.

    ``measure`` is the kind of the data (stock, flow, rate, share, …), ``unit`` its unit. Codes: ``rate`` (a change of a
    change), ``share`` (it has no size to grow from), ``rank`` (an order), ``unit`` (not counted per head).
    """
    if transformation == "level":
        return ""
    if measure in ("rate", "share"):
        return measure
    if measure == "index":
        return "rank"
    if transformation == "per_head" and (UNITS[unit].dimension, "people") not in PER:
        return "unit"
    return ""


def vintages(rows: pd.DataFrame) -> list[str]:
    """The vintages of ``rows``, that with most rows first; of equals the first release, then by name."""
    counts = rows["vintage"].value_counts().to_dict()
    return sorted(counts, key=lambda vintage: (-counts[vintage], vintage != "first_release", vintage))


def firmest(rows: pd.DataFrame) -> pd.DataFrame:
    """One outcome for each place and period: the firmest status, the most trusted source. Targets and plans stay."""
    ranks = {status: rank for rank, status in enumerate(observations.OUTCOMES)}
    best = observations.best(rows)
    order = best["status"].map(ranks).fillna(-1).sort_values(kind="stable").index
    aims = ~best["status"].isin(ranks)
    keys = best.assign(aim=best["status"].where(aims, ""))[["place", "period", "aim"]]
    return best[~keys.loc[order].duplicated().reindex(best.index)].reset_index(drop=True)


def framed(facts: Iterable[Fact]) -> pd.DataFrame:
    """Facts as a frame for charts, one row a fact, in their order; ``year`` is that in which the period begins."""
    rows = [observations.as_row(fact) | {"year": int(fact.period[:4]), "formula": fact.formula} for fact in facts]
    return pd.DataFrame(rows, columns=COLUMNS)


def level(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as they were published, targets and plans among them: whole years, or all periods if there is none."""
    rows = firmest(rows)
    whole = observations.years(rows)
    return framed(observations.facts(whole if len(whole) else rows))


def change(rows: pd.DataFrame) -> pd.DataFrame:
    """The change on the year before in per cent, for outcomes of whole years: ``100 (x_t / x_t-1 - 1)``.

    Only between two years in a row, of one vintage, that no break stands between (`breaks`).
    """
    return _each_place(rows, _changes)


def _changes(levels: list[Fact]) -> list[Fact]:
    pairs = [(new, old) for run in stretches(levels) for old, new in pairwise(run)]
    return _bounded(result for new, old in pairs for result in _possible(change_of, new, old))


def index(rows: pd.DataFrame, base_year: int) -> pd.DataFrame:
    """Levels in per cent of that of ``base_year``, for outcomes of whole years: ``100 x_t / x_base``.

    Only for the years around the base that compare with it: to the first gap or census, both ways.
    """

    def indexed(levels: list[Fact]) -> list[Fact]:
        run = next((run for run in stretches(levels) if str(base_year) in {fact.period for fact in run}), [])
        base = next((fact for fact in run if fact.period == str(base_year)), None)
        if base is None:
            return []
        found = []
        for fact in run:
            if fact is base:  # 100 by definition, however roughly the level is known
                found.append(_hundred(base, base.period))
            else:
                found += [_times_hundred(times) for times in _bounded(_possible(ratio, fact, base))]
        return found if len(found) > 1 else []

    return _each_place(rows, indexed)


def chain(rates: pd.DataFrame, base_year: int) -> pd.DataFrame:
    """Published growth (per cent, one row a place and year) chained to an index with ``base_year`` = 100.

    Ends at the first year without a rate; a place without a rate for the year after the base has no rows.
    Method: chain-linking, System of National Accounts 2008, §15.44.
    """

    def chained(facts: list[Fact]) -> list[Fact]:
        run: list[Fact] = []
        for fact in facts:
            if int(fact.period) == base_year + 1 + len(run):
                run.append(fact)
        if not run:
            return []
        links = [growth.multiple(run[: count + 1]) for count in range(len(run))]
        return [_hundred(run[0], str(base_year))] + [
            replace(_times_hundred(link), period=rate.period) for link, rate in zip(links, run, strict=True)
        ]

    return _each_place(rates, chained)


def per_head(rows: pd.DataFrame, population: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Outcomes of whole years for each resident: yuan per person, or things per 10,000 people.

    A stock (``measure``) is divided by the residents at the end of the year, what accrues in a year by the mean of the
    residents at both its ends, as the statistical bureaus do. A year without these head counts has no row.
    """
    people = {(fact.place, int(fact.period)): fact for fact in _annual(population)}

    def divided(levels: list[Fact]) -> list[Fact]:
        found = []
        for fact in levels:
            year = int(fact.period)
            ends = [(fact.place, end) for end in ((year,) if measure == "stock" else (year - 1, year))]
            heads = [people[end] for end in ends if end in people]
            if len(heads) == len(ends):
                found += _possible(ratio, fact, _mean(heads, fact.period))
        return found

    return _each_place(rows, divided)


def stretches(levels: list[Fact]) -> list[list[Fact]]:
    """Annual facts of one series, cut wherever a year is missing or a level may not compare with the one before."""
    runs: list[list[Fact]] = []
    for fact in sorted(levels, key=lambda fact: fact.period):
        joined = runs and int(runs[-1][-1].period) + 1 == int(fact.period)
        if joined and int(fact.period) not in breaks(fact.indicator, fact.place):
            runs[-1].append(fact)
        else:
            runs.append([fact])
    return runs


def broken(indicator: str, before: Fact, after: Fact) -> bool:
    """Whether the levels of two periods of ``indicator`` may stand on different bases."""
    return any(int(before.period[:4]) < year <= int(after.period[:4]) for year in breaks(indicator, before.place))


def base_year(rows: pd.DataFrame) -> int | None:
    """The first year in which most places of ``rows`` have an annual outcome that another year compares with.

    An index with this base shows most of them. None when no two years of any place compare.
    """
    runs = [_bounded(run) for own in _by_place(rows) for run in stretches(own)]
    years = sorted(int(fact.period) for run in runs if len(run) > 1 for fact in run)
    return max(years, key=years.count, default=None)


def _annual(rows: pd.DataFrame) -> list[Fact]:
    years = observations.years(firmest(observations.outcomes(rows)))
    return observations.facts(years.sort_values("year", kind="stable"))


def _each_place(rows: pd.DataFrame, work: Callable[[list[Fact]], list[Fact]]) -> pd.DataFrame:
    """``work`` on the annual outcomes of each place, in the order of the places. Raises for several vintages."""
    if rows["vintage"].nunique() > 1:
        raise FactError(f"several vintages ({', '.join(vintages(rows))}) — select one")
    return framed(fact for own in _by_place(rows) for fact in work(own))


def _by_place(rows: pd.DataFrame) -> list[list[Fact]]:
    """The annual outcomes of each place, in the order of the places."""
    facts = _annual(rows)
    return [[fact for fact in facts if fact.place == place] for place in dict.fromkeys(rows["place"])]


def _possible(compute: Callable[[Fact, Fact], Fact], of: Fact, other: Fact) -> list[Fact]:
    """The result under the place and period of ``of``; none where nothing is known of it, or a level is zero."""
    try:
        return [replace(compute(of, other), place=of.place, period=of.period)]
    except FactError:
        return []


def _bounded(facts: Iterable[Fact]) -> list[Fact]:
    """Without facts known to one side only: a change from or to "over 1,000" says next to nothing."""
    return [fact for fact in facts if math.isfinite(fact.low) and math.isfinite(fact.high)]


def _hundred(fact: Fact, period: str) -> Fact:
    return replace(
        fact,
        value=100.0,
        low=100.0,
        high=100.0,
        unit="index",
        period=period,
        qualifier="exact",
        indicator="",
        formula=f"{period} = 100",
    )


def _times_hundred(times: Fact) -> Fact:
    value, low, high = (canonical(100 * end) for end in (times.value, times.low, times.high))
    return replace(times, value=value, low=low, high=high, unit="index", indicator="")


def _mean(heads: list[Fact], period: str) -> Fact:
    """The mean of head counts, known as well as they are."""
    if len(heads) == 1:
        return heads[0]
    two = computed((len(heads),) * 3, "count", "two ends of the year", heads[:1], period)
    return mean_size(total(heads), two)
