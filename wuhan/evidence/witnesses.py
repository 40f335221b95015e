"""What claims and targets are held against: everything observed, what follows from it, and what was read for a claim.

Besides the observations as published there are ranks, which follow from the levels of all cities, and growth
rates, which follow from two levels of one source. Two measures that only sound alike never meet; which those
are is kept here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd

from wuhan.evidence import observations, package
from wuhan.evidence.facts import Fact, growth, printed, sources_of
from wuhan.evidence.meaning import AT_A_MOMENT
from wuhan.evidence.periods import bounds
from wuhan.evidence.sources import sets
from wuhan.evidence.testimony import Heard, heard

TRUST = ("A", "B", "C", "D")
RANKED = {"gdp_rank": "gdp_nominal"}  # what an indicator of rank ranks
CITIES = ("city", "municipality")
# Measures that sound alike and must not meet, with the reason.
ALIKE = (
    ("one_way", ("test_road_length", "test_road_length_one_way", "smart_road_length")),
    ("definition", ("future_industry_scale", "future_industry_revenue")),
    ("definition", ("universities", "higher_education_institutions")),
    ("definition", ("demonstration_scenarios", "ai_application_scenarios", "digital_scenarios_released")),
    ("definition", ("industry_agents", "benchmark_industrial_agents")),
    ("definition", ("vertical_models", "registered_large_models", "large_models_listed")),
    ("definition", ("ai_firms", "ai_core_firms", "ai_related_firms", "ai_firms_above_scale")),
    ("definition", ("computing_power_total", "intelligent_computing_power", "high_performance_computing_power")),
    ("definition", ("industrial_projects_ge_100m_started", "projects_ge_100m_started")),
    ("definition", ("industrial_projects_in_progress", "projects_ge_100m_in_progress")),
    ("definition", ("ai_industry_scale", "ai_core_industry_scale", "ai_related_industry_scale")),
)


Levels = frozenset[tuple[str, str, str]]  # indicator, place, period


@dataclass(frozen=True, eq=False)
class Evidence:
    """What claims are held against: observations of all tables, and what is known about their measures, places and
    sources. ``hidden`` are the levels (indicator, place, period) that only sources left out print.
    """

    rows: pd.DataFrame
    measures: Mapping[str, tuple[str, str]]  # indicator: measure, price basis
    themes: Mapping[str, str]  # indicator: theme
    places: Mapping[str, tuple[str, str]]  # place: kind, parent
    sources: Mapping[str, Mapping]  # source: trust, # (its place in sources.csv), publisher
    day: date  # up to which the evidence reaches
    hidden: Levels = frozenset()
    heard: Heard = field(default_factory=Heard)  # what was read for single claims
    _known: dict[tuple[str, str], tuple[Fact, ...]] = field(default_factory=dict)

    @cached_property
    def _groups(self) -> Mapping[tuple[str, str], Sequence[int]]:
        return self.rows.groupby(["indicator", "place"]).indices

    def of(self, indicator: str, place: str, without: str = "") -> tuple[Fact, ...]:
        """The outcomes of an indicator in a place, in the order of the data, of all sources but ``without``; no targets
        or plans.
        """
        key = indicator, place
        if key not in self._known:
            rows = self.rows.iloc[self._groups.get(key, [])]
            outcomes = rows[rows["status"].isin(observations.OUTCOMES)]
            self._known[key] = tuple(observations.facts(outcomes))
        return tuple(fact for fact in self._known[key] if without not in fact.sources)

    def places_of(self, indicator: str) -> list[str]:
        """The places for which an indicator is observed."""
        return list(dict.fromkeys(self.rows.loc[self.rows["indicator"] == indicator, "place"]))

    def publisher(self, fact: Fact) -> str:
        """Who published a fact."""
        return self.sources[fact.sources[0]]["publisher"]

    def sets(self, source: str) -> bool:
        """Whether a source may set a target."""
        named = self.sources[source]
        return sets(named.get("publisher", ""), named.get("title", ""))

    def month(self, fact: Fact) -> date:
        """The last day of the month in which a fact was first printed; of all days the first if that is not known."""
        days = filter(None, (self.sources[source].get("published", "") for source in fact.sources))
        return min((bounds(day[: len("2025-03")])[1] for day in days), default=date.min)

    def rank(self, fact: Fact) -> tuple[bool, str, int]:
        """What decides first: first releases, then trust, then the order of ``sources.csv``."""
        source = self.sources[fact.sources[0]]
        return fact.vintage not in ("", "first_release"), source["trust"], source["#"]


def evidence(data: Path = package.DATA, min_trust: str = "D", as_of: str = "") -> Evidence:
    """Everything observed whose source has at least ``min_trust`` (A to D).

    ``as_of``, a date of any precision, leaves out what ended or was published after it.
    """
    if min_trust not in TRUST:
        raise ValueError(f"min_trust: found '{min_trust}' — write one of {', '.join(TRUST)}")
    sources = package.rows("sources", "source_id", ("trust", "#", "publisher", "title", "published"), data)
    every = rows = pd.concat([package.read(table, data) for table in _tables(data)], ignore_index=True)
    grades = package.rows("sources", "source_id", ("trust",), data)
    kept = [source for source in rows["source_id"].unique() if grades[source]["trust"] <= min_trust]
    rows, said = (
        rows[rows["source_id"].isin(kept)],
        heard(data).only(lambda source: grades[source]["trust"] <= min_trust),
    )
    day = bounds(grades.largest("published"))[0]
    if as_of:
        day = min(day, bounds(as_of)[1])
        dates = package.rows("sources", "source_id", ("published",), data)

        def late(source: str) -> bool:
            return bool(dates[source]["published"]) and bounds(dates[source]["published"])[0] > day

        said = said.only(lambda source: not late(source))
        ended = rows["period"].map(lambda period: bounds(period)[1] <= day)
        outcome = rows["status"].isin(observations.OUTCOMES)
        unknown = [source for source in rows["source_id"].unique() if late(source)]
        rows = rows[~rows["source_id"].isin(unknown) & (ended | ~outcome)]
    indicators = package.read("indicators", data, ("indicator", "measure", "price_basis", "theme"))
    places = package.read("places", data, ("place", "kind", "parent"))
    return Evidence(
        rows,
        {row.indicator: (row.measure, row.price_basis) for row in indicators.itertuples()},
        dict(zip(indicators["indicator"], indicators["theme"], strict=True)),
        {row.place: (row.kind, row.parent) for row in places.itertuples()},
        sources,
        day,
        (_levels(every) | _later(data)) - _levels(rows),
        said,
    )


def _tables(data: Path) -> list[str]:
    """The tables that hold what a claim may be held against, or a target: those of all themes, and second ones of
    indicators that a claim names.
    """
    homes = set(package.read("indicators", data, ("theme",))["theme"])
    claimed = set(package.read("claims", data, ("indicator",))["indicator"]) - {""}
    wanted = homes | set(package.holding(claimed, data))
    return [table for table in package.observed(data) if table in wanted]


def _later(data: Path) -> Levels:
    """The levels that were published after the day by which all is known that is read."""
    if not package.known_by():
        return frozenset()
    return frozenset().union(*(_levels(package.later(table, data)) for table in _tables(data)))


def _levels(rows: pd.DataFrame) -> Levels:
    """The levels from which ranks are worked out: indicator, place, period."""
    ranked = rows[rows["indicator"].isin(RANKED.values())]
    return frozenset(zip(ranked["indicator"], ranked["place"], ranked["period"], strict=True))


def same_time(measure: str, period: str, other: str) -> bool:
    """Whether two periods are one for a measure: levels must end in one month, all else in the same days."""
    if not period or not other:
        return False
    (first, last), (other_first, other_last) = bounds(period), bounds(other)
    if measure in AT_A_MOMENT:
        return (last.year, last.month) == (other_last.year, other_last.month)
    return (first, last) == (other_first, other_last)


def alike(indicator: str) -> list[tuple[str, str]]:
    """Other indicators that sound like one and must not meet it, each with the reason."""
    return [(reason, other) for reason, group in ALIKE if indicator in group for other in group if other != indicator]


# What observations of one measure say about another.


def worked_out(indicator: str, place: str, period: str, known: Evidence, without: str = "") -> list[Fact]:
    """Ranks in a period and growth rates of all years, from levels of all sources but ``without``."""
    if indicator in RANKED:
        return _ranks(indicator, place, period, known, without)
    levels, basis = indicator.removesuffix("_growth"), known.measures[indicator][1]
    if levels == indicator or basis == "constant" or known.measures.get(levels, ("", ""))[1] != basis:
        return []
    return [replace(fact, indicator=indicator) for fact in _rates(known.of(levels, place, without))]


def neutral(fact: Fact) -> Fact:
    """A fact without what would keep it apart from another for reasons settled already; the printed one behind it."""
    return replace(fact, status="derived", vintage="", behind=printed((fact,)))


def _rates(levels: Iterable[Fact]) -> list[Fact]:
    """Growth over the year before, between two levels of one source: one definition, no break."""
    yearly = [fact for fact in levels if fact.period.isdigit() and fact.low > 0]
    return [
        replace(growth(neutral(new), neutral(old)), price_basis=new.price_basis)
        for new in yearly
        for old in yearly
        if int(new.period) == int(old.period) + 1 and new.sources == old.sources
    ]


def _ranks(indicator: str, place: str, period: str, known: Evidence, without: str) -> list[Fact]:
    """The rank of a city among all cities observed, by the first release of each level where there is one: their
    levels stand behind it.

    None when the level of a city is left out with its source: that city may stand above.
    """
    ranked = RANKED[indicator]
    if any(
        level == ranked and when == period and known.places[city][0] in CITIES for level, city, when in known.hidden
    ):
        return []
    best: dict[str, Fact] = {}
    for city in known.places_of(ranked):
        facts = [fact for fact in known.of(ranked, city, without) if fact.period == period]
        if facts and known.places[city][0] in CITIES:
            best[city] = min(facts, key=known.rank)
    own = best.pop(place, None)
    if own is None:
        return []
    others = best.values()
    above = [fact for fact in others if fact.value > own.value]
    surely = sum(fact.low > own.high for fact in others)
    perhaps = sum(fact.high > own.low for fact in others)
    formula = f"rank by {ranked} {period} among {len(best) + 1} cities"
    return [
        Fact(
            1 + len(above),
            1 + surely,
            1 + perhaps,
            "count",
            period,
            "derived",
            sources_of((own, *above)),
            place=place,
            indicator=indicator,
            formula=formula,
            behind=printed((own, *others)),
        )
    ]
