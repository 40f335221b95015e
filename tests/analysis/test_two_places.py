"""Frames of two places: what an analysis says of one is what it says when the other stands beside it, or it refuses.

Every public function of `wuhan.analysis`, and of the numbers of a study, that takes a frame is in one of the groups
below; a new one has to be put there.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_ai_ecosystem import row
from test_growth_drivers import observed
from test_project_pipeline import BLANK, SOURCES

import wuhan.analysis
import wuhan.studies
from wuhan.analysis import convergence, growth, ranking, transform
from wuhan.evidence import observations, package
from wuhan.evidence.facts import Fact, Unknown
from wuhan.studies.ai_ecosystem import numbers as ecosystem
from wuhan.studies.ai_peers import numbers as specialisation
from wuhan.studies.ai_policy import numbers as instruments
from wuhan.studies.growth_drivers import numbers as contributions
from wuhan.studies.project_pipeline import numbers as pipeline
from wuhan.studies.projects_by_sector import numbers as projects
from wuhan.studies.what_we_know import numbers as coverage

# The numbers of a study bear the name of its room.
NAMES = {
    each.name: each.name.removesuffix(".numbers").rpartition(".")[2]
    for wing in (wuhan.analysis, wuhan.studies)
    for each in pkgutil.walk_packages(wing.__path__, f"{wing.__name__}.")
    if each.name.startswith("wuhan.analysis.") or each.name.endswith((".numbers", ".companies"))
}
MODULES = [importlib.import_module(name) for name in NAMES]
PUBLIC = {
    f"{NAMES[module.__name__]}.{name}": function
    for module in MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__
    and name[0] != "_"
    and any("DataFrame" in str(each.annotation) for each in inspect.signature(function).parameters.values())
}
FIRST, LAST = 2019, 2024
FEW = 2  # examples: what a function joins on does not hang on the numbers, and there are many functions
YEARS = range(FIRST, LAST + 1)
SECTORS = ("va_primary", "va_secondary", "va_tertiary")


def made(chance: random.Random) -> dict[str, pd.DataFrame]:
    """Observations of two places, alike in kind and years, each with numbers of its own."""
    ends = {
        "gdp_real_growth": (-9, 12),
        "gdp_nominal": (1000, 2000),
        "pop_resident": (100, 200),
        **dict.fromkeys(SECTORS, (100, 900)),
        **{f"{name}_growth": (-9, 9) for name in SECTORS},
    }
    rows = {
        place: [observed(name, str(year), chance.randint(*ends[name]), 0.05, place) for name in ends for year in YEARS]
        for place in ("wuhan", "chengdu")
    }
    return {place: observations.years(pd.DataFrame(own)) for place, own in rows.items()}


places = st.builds(lambda seed: made(random.Random(seed)), st.integers(0, 2**32))


def of(rows: pd.DataFrame, *names: str) -> pd.DataFrame:
    return rows[rows["indicator"].isin(names)].reset_index(drop=True)


def vintages(rows: pd.DataFrame) -> pd.DataFrame:
    levels = of(rows, "gdp_nominal")
    raised = levels.assign(vintage="latest", **{end: levels[end] * 1.1 for end in ("value", "low", "high")})
    return pd.concat([levels.assign(vintage="first_release"), raised], ignore_index=True)


def parts(rows):
    return contributions.contributions(rows, rows)


def balances(rows):
    return contributions.balance(parts(rows), rows)


def events(rows: pd.DataFrame) -> pd.DataFrame:
    """A city total for every level of ``rows``."""
    made = [
        BLANK
        | {
            "event": f"{each.place}{each.year}",
            "date": f"{each.year}-03-01",
            "place": each.place,
            "projects": 5,
            "investment_100m_cny": each.value,
        }
        for each in of(rows, "gdp_nominal").itertuples()
    ]
    frame, cities = pd.DataFrame(made), dict.fromkeys(rows["place"])
    return pd.concat([pipeline.city_events(frame, SOURCES, city, (FIRST, LAST)) for city in cities], ignore_index=True)


def scoped(rows: pd.DataFrame) -> pd.DataFrame:
    """Each place with what it has, and means to have, of AI firms."""
    made = [row("ai_firms", each.period, each.value, each.place) for each in of(rows, "pop_resident").itertuples()]
    made += [row("ai_firms", "2030", 900, place, status="target") for place in dict.fromkeys(rows["place"])]
    return pd.DataFrame(made).assign(own=True, remark="")


RATE, FIRMS = "gdp_real_growth", ["ai_firms"]


def each_place(work, rows: pd.DataFrame) -> pd.DataFrame:
    """What ``work`` gives for each place, one after another, as a careless hand would put it together."""
    return pd.concat([work(own.reset_index(drop=True)) for _place, own in rows.groupby("place")], ignore_index=True)


def aims(rows: pd.DataFrame) -> pd.DataFrame:
    """Targets for starts, as `pipeline.targets_and_starts` gives them."""
    levels = at(rows, LAST)
    found = [levels.assign(period=period, what="starts", kind="target") for period in ("2024-01/2024-06", "2024")]
    return pd.concat([each.assign(count=observations.facts(levels)) for each in found], ignore_index=True)[
        ["what", "period", "kind", "count"]
    ]


def at(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    levels = of(rows, "gdp_nominal")
    return levels[levels["year"] == year].reset_index(drop=True)


def within(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([rows, rows.assign(period=rows["period"] + "-01/" + rows["period"] + "-06")], ignore_index=True)


def each_of(work, rows: pd.DataFrame) -> list:
    """What ``work`` finds for each fact of ``rows``."""
    return list(filter(None, (work(rows, figure) for figure in observations.facts(rows))))


def twice(rows: pd.DataFrame) -> pd.DataFrame:
    """Each row from a second source with other numbers."""
    other = rows.assign(source_id="paper", **{end: rows[end] + 10 for end in ("value", "low", "high")})
    return pd.concat([rows, other], ignore_index=True)


# Each function, called with two frames: `one` and `other` hold all that is known of a place, or of two.
CASES = {
    "growth.chain_index": lambda one, _: growth.chain_index(of(one, RATE), FIRST),
    "growth.chain_indices": lambda one, _: growth.chain_indices(of(one, RATE), FIRST),
    "growth.recovery_year": lambda one, _: growth.recovery_year(of(one, RATE), 2020),
    "growth.furthest_apart": lambda one, _: growth.furthest_apart(vintages(one)),
    "growth.complete": lambda one, _: list(growth.complete(of(one, RATE), 2020, 2022).values()),
    "growth.per_head": lambda one, other: growth.per_head(of(one, "gdp_nominal"), of(other, "pop_resident")),
    "growth.lead": lambda one, _: growth.lead(of(one, RATE), of(one, RATE)),
    "growth_drivers.shares": lambda one, _: contributions.shares(of(one, *SECTORS)),
    "growth_drivers.steps": lambda one, _: contributions.steps(each_place(contributions.shares, one)),
    "growth_drivers.contributions": lambda one, other: contributions.contributions(of(one, *SECTORS), other),
    "growth_drivers.balance": lambda one, other: contributions.balance(each_place(parts, one), of(other, RATE)),
    "growth_drivers.in_order": lambda one, other: contributions.in_order(
        each_place(parts, one), each_place(balances, other).to_dict("records")[-1]
    ),
    "growth_drivers.of_sector": lambda one, _: [
        contributions.of_sector(each_place(parts, one), "services", LAST, each) for each in sorted(set(one["place"]))
    ],
    "growth_drivers.with_rest": lambda one, other: contributions.with_rest(
        each_place(parts, one), each_place(balances, other)
    ),
    "growth_drivers.by_year": lambda one, other: contributions.by_year(
        each_place(parts, one), each_place(balances, other)
    ),
    "growth_drivers.leaders": lambda one, other: contributions.leaders(
        each_place(parts, one), each_place(balances, other)
    ),
    "growth_drivers.schemes": lambda one, other: contributions.schemes(of(one, *SECTORS), other, LAST, FIRST),
    "growth_drivers.within": lambda one, _: contributions.within(within(one), [RATE], FIRST),
    "growth_drivers.nominal": lambda one, _: contributions.nominal(
        of(one, "gdp_nominal").assign(vintage="first_release")
    ),
    "growth.in_tenths": lambda one, _: growth.in_tenths(of(one, RATE)),
    "convergence.sample": lambda one, other: convergence.sample(
        of(one, "gdp_nominal"), of(other, "pop_resident"), of(other, RATE), FIRST, LAST
    ),
    "what_we_know.agreeing": lambda one, _: coverage.agreeing(vintages(one)),
    "what_we_know.cells": lambda one, _: coverage.cells(one),
    "what_we_know.spans": lambda one, _: coverage.spans(one),
    "what_we_know.printings": lambda one, _: coverage.printings(twice(one)),
    "what_we_know.conflicts": lambda one, _: coverage.conflicts(twice(one)),
    "project_pipeline.quarters": lambda one, _: pipeline.quarters(events(one)),
    "project_pipeline.quarter_ends": lambda one, _: pipeline.quarter_ends(events(one)),
    "project_pipeline.by_year": lambda one, _: pipeline.by_year(events(one)),
    "project_pipeline.first_and_last": lambda one, _: pipeline.first_and_last(events(one)),
    "project_pipeline.with_classes": lambda one, _: pipeline.with_classes(events(one)),
    "ai_ecosystem.listed": lambda one, _: ecosystem.listed(scoped(one), FIRMS),
    "ai_ecosystem.newest": lambda one, _: ecosystem.newest(scoped(one), FIRMS),
    "ai_ecosystem.clashes": lambda one, _: [low for low, _high in ecosystem.clashes(scoped(twice(one)))],
    "ai_ecosystem.echoes": lambda one, _: [
        echo for figure in observations.facts(scoped(one)) for echo in ecosystem.echoes(scoped(one), figure)
    ],
    "ai_ecosystem.floors": lambda one, _: ecosystem.floors(scoped(one), *FIRMS),
    "ai_ecosystem.outcomes": lambda one, _: ecosystem.outcomes(scoped(one), *FIRMS),
    "ai_ecosystem.spans": lambda one, _: ecosystem.spans(scoped(one), "ai_industry_scale"),
    "ai_ecosystem.first_count": lambda one, _: each_of(ecosystem.first_count, scoped(one)),
    "ai_ecosystem.year_before": lambda one, _: each_of(ecosystem.year_before, scoped(one)),
    "ai_ecosystem.kinds": lambda one, _: ecosystem.kinds(scoped(one), *FIRMS, *FIRMS),
    "ai_ecosystem.lowered": lambda one, _: ecosystem.lowered(scoped(one), *FIRMS),
    "ai_ecosystem.unmet_aims": lambda one, _: ecosystem.unmet_aims(scoped(one), FIRMS),
    "ai_ecosystem.parts": lambda one, _: ecosystem.parts(scoped(one), *FIRMS),
    "ai_ecosystem.implied": lambda one, _: ecosystem.implied(scoped(one), "high_performance_computing_power"),
    "ai_ecosystem.progress": lambda one, other: ecosystem.progress(
        observations.facts(scoped(one).head(1)), scoped(other)
    ),
    "ai_ecosystem.unanswered": lambda one, _: ecosystem.unanswered(scoped(one)),
    "ai_ecosystem.exceeded": lambda one, _: ecosystem.exceeded(scoped(one), FIRMS),
    "ai_ecosystem.outcomes_and_targets": lambda one, _: ecosystem.outcomes_and_targets(scoped(one), FIRMS),
    "ranking.paces": lambda one, other: ranking.paces(ranking.rank(at(one, LAST)), of(other, RATE), LAST, 3),
    "ai_peers.pooled": lambda one, _: list(specialisation.pooled(of(one, "pop_resident")).values()),
    "transform.firmest": lambda one, _: transform.firmest(of(one, RATE)),
    "transform.level": lambda one, _: transform.level(of(one, RATE)),
    "transform.change": lambda one, _: transform.change(of(one, "pop_resident")),
    "transform.index": lambda one, _: transform.index(of(one, "gdp_nominal"), 2021),
    "transform.chain": lambda one, _: transform.chain(of(one, RATE), FIRST),
    "transform.per_head": lambda one, other: transform.per_head(
        of(one, "gdp_nominal"), of(other, "pop_resident"), "flow"
    ),
}
# Those that are asked for a city, called with the tables of the collection: rows of other cities change nothing.
YEARS_OF_ALL = (2000, 2030)
PICKS = {
    "growth_drivers.high_tech": lambda t, city: contributions.high_tech(t["industry"], t["gdp"], city),
    "ai_ecosystem.scope": lambda t, city: ecosystem.scope(t["ai"], t["places"], t["sources"], city, 2030, True),
    "ai_ecosystem.by_layer": lambda t, city: ecosystem.by_layer(
        t["organisations"], t["places"], t["sources"], city, 2030
    ),
    "ai_policy.of_city": lambda t, city: instruments.of_city(
        instruments.with_money(t["policies"]), t["places"], city, YEARS_OF_ALL
    ),
    "project_pipeline.city_events": lambda t, city: pipeline.city_events(t["events"], t["sources"], city, YEARS_OF_ALL),
    "project_pipeline.offer": lambda t, city: pipeline.offer(t["events"], city),
    "project_pipeline.targets_and_starts": lambda t, city: pipeline.targets_and_starts(
        t["industry"], all_events(t), t["event_sectors"], city, YEARS_OF_ALL
    ),
    "projects_by_sector.of": lambda t, city: projects.of(
        t["projects"], t["places"], t["sources"], city, projects.ALL, "D"
    ),
    "ai_peers.pooled_shares": lambda t, city: specialisation.pooled_shares(t["ai"], city),
}
# What takes frames and needs no such test, by the reason.
OTHERS = {
    "of all places together: an order, a line, a count, a share of the whole": """
        ai_ecosystem.cities_with ai_peers.entries ai_peers.first_and_last ai_peers.newest_published
        ai_peers.quotients ai_peers.shares_among ai_peers.shares_of_world ai_peers.standings
        convergence.band convergence.fit convergence.sample_per_head convergence.without counterfactual.fell
        counterfactual.outside_province counterfactual.panel differences.chance
        differences.departures differences.difference growth_drivers.ahead growth_drivers.offered
        placebos.p_value
        ranking.full_years ranking.fullest_year
        ranking.histories ranking.history ranking.known ranking.may_stand_above ranking.meetings ranking.met
        ranking.neighbours ranking.rank ranking.ranked_years ranking.sound ranking.window
        transform.base_year transform.vintages what_we_know.gather what_we_know.inventory what_we_know.lengths
        what_we_know.tally what_we_know.unbroken what_we_know.witnesses""",
    "of rows one by one, or joined on a key of their own: a project, an instrument, a source, a field": """
        ai_policy.bare ai_policy.general ai_policy.ranked projects_by_sector.of_press ai_peers.doubted
        ai_policy.best_known ai_policy.by_kind ai_policy.by_size ai_policy.caps ai_policy.claimed ai_policy.endless
        ai_policy.largest
        ai_policy.least_cost ai_policy.limits ai_policy.newest_day ai_policy.offer ai_policy.pots
        ai_policy.same_figure ai_policy.standing ai_policy.summary ai_policy.supporting ai_policy.terms ai_policy.timed
        ai_policy.trusted ai_policy.with_money
        ai_peers.misfits companies.english events.marks future_industries.admitted future_industries.aims
        future_industries.coverage future_industries.lists future_industries.measures future_industries.members
        future_industries.named_by future_industries.outcomes future_industries.things future_industries.with_a_firm
        places.inside projects_by_sector.building_times projects_by_sector.by_company projects_by_sector.by_district
        projects_by_sector.counted projects_by_sector.known projects_by_sector.largest
        projects_by_sector.number projects_by_sector.offer projects_by_sector.stalls projects_by_sector.undated""",
}


def test_every_public_function_of_frames_is_tested_with_two_places_or_says_why_not():
    named = [*CASES, *PICKS, *" ".join(OTHERS.values()).split()]
    assert len(named) == len(set(named))
    assert set(named) == set(PUBLIC)


def told(result) -> list[tuple[str, str]]:
    """What a result says, as pairs of place and text; "" where it names no place."""
    if isinstance(result, pd.DataFrame):
        return [pair for each in result.to_dict("records") for pair in told(each)]
    if isinstance(result, dict):
        places = {result["place"]} if "place" in result else {place for place, _ in told(list(result.values()))} - {""}
        return [("/".join(sorted(map(str, places))), repr(result))] if result else []
    if isinstance(result, list | tuple):
        return [pair for each in result for pair in told(each)]
    return [(result.place if isinstance(result, Fact | Unknown) else "", repr(result))]


REFUSED = "refused"


def asked(name: str, one: pd.DataFrame, other: pd.DataFrame):
    """What a function says of two frames; `REFUSED` when it says in one line that it wants one place."""
    try:
        return CASES[name](one, other)
    except ValueError as error:
        assert "select one place" in str(error) and "\n" not in str(error)
        return REFUSED


@pytest.mark.parametrize("name", CASES)
@settings(max_examples=FEW)
@given(places)
def test_another_place_beside_the_first_changes_nothing_of_it_or_is_refused(name, known):
    alone = {place: asked(name, rows, rows) for place, rows in known.items()}
    assert REFUSED not in [result for result in alone.values() if isinstance(result, str)]
    both = pd.concat(known.values(), ignore_index=True)
    result = asked(name, both, both)
    if isinstance(result, str):
        return
    for place, own in alone.items():
        assert [pair for pair in told(result) if place in pair[0]] == [pair for pair in told(own) if place in pair[0]]
    assert all(place in known for place, _text in told(result)), "a result of no place, or of two"


@pytest.mark.parametrize("name", [name for name, call in CASES.items() if "other" in call.__code__.co_varnames])
@settings(max_examples=FEW)
@given(places)
def test_two_frames_of_unlike_places_give_nothing_or_are_refused(name, known):
    result = asked(name, known["wuhan"], known["chengdu"])
    assert isinstance(result, str) or len(result) == 0


TABLES = (
    "ai",
    "event_sectors",
    "events",
    "gdp",
    "industry",
    "organisations",
    "places",
    "policies",
    "projects",
    "sources",
)


@pytest.fixture(scope="module")
def tables():
    return {name: package.read(name) for name in TABLES}


def all_events(t):
    cities = dict.fromkeys(t["events"]["place"])
    found = [pipeline.city_events(t["events"], t["sources"], city, YEARS_OF_ALL) for city in cities]
    return pd.concat([each for each in found if len(each)] or found[:1], ignore_index=True)


@pytest.mark.parametrize("name", PICKS)
@pytest.mark.parametrize("city", ["wuhan", "chengdu"])
def test_who_asks_for_a_city_gets_what_its_own_rows_say(name, city, tables):
    own = [city, "hubei", "sichuan", "china", "world", *ecosystem.inside(tables["places"], city)]
    alone = {
        table: rows[rows["place"].isin(own)].reset_index(drop=True) if "place" in rows and table != "places" else rows
        for table, rows in tables.items()
    }
    assert told(PICKS[name](tables, city)) == told(PICKS[name](alone, city))


@pytest.mark.parametrize(
    "together",
    [
        lambda t, places: specialisation.newest_published(t["ai"], places, specialisation.PUBLISHED),
        lambda t, places: specialisation.shares_of_world(t["ai"], places),
        lambda t, places: observations.together(t["gdp"], places, "gdp_nominal"),
    ],
)
def test_a_city_that_stands_among_its_own_peers_is_there_once(together, tables):
    once, twice = together(tables, ["chengdu", "hefei"]), together(tables, ["chengdu", "hefei", "chengdu"])
    assert told(once) == told(twice) != []
