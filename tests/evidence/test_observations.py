"""Choosing observations: selection by hand-made frames, and facts from the real tables."""

import math
import re

import pandas as pd
import pytest

from wuhan.evidence import observations, package
from wuhan.evidence.facts import Unknown
from wuhan.evidence.quantities import render

COLUMNS = [
    "place",
    "indicator",
    "period",
    "value",
    "value_text",
    "qualifier",
    "status",
    "vintage",
    "source_id",
    "low",
    "high",
]
ROWS = [
    ("wuhan", "gdp", "2024", 21106.23, "", "exact", "actual", "first_release", "bureau", 21106.225, 21106.235),
    ("wuhan", "gdp", "2024", 21100.0, "", "exact", "actual", "first_release", "paper", 21099.5, 21100.5),
    ("wuhan", "gdp", "2024", 20900.0, "", "exact", "actual", "latest", "yearbook", 20899.5, 20900.5),
    ("wuhan", "gdp", "2023", 20011.65, "", "exact", "actual", "first_release", "bureau", 20011.645, 20011.655),
    ("wuhan", "gdp", "2024-01/2024-06", 9900.0, "", "exact", "preliminary", "", "bureau", 9899.5, 9900.5),
    ("wuhan", "firms", "2024", 1326.0, "", "exact", "estimate", "", "paper", 1326.0, 1326.0),
    ("wuhan", "firms", "2024", 1300.0, "1300 余家", "over", "preliminary", "", "yearbook", 1300.0, 1400.0),
    ("wuhan", "firms", "2027", 2000.0, "", "at_least", "target", "", "plan", 2000.0, float("inf")),
    ("wuhan", "range", "2024", 215.0, "200-230", "exact", "actual", "", "paper", 200.0, 230.0),
    ("xian", "gdp", "2024", 13317.78, "", "exact", "actual", "latest", "bureau", 13317.775, 13317.785),
]
TABLES = {
    "indicators": pd.DataFrame(
        [("gdp", "100m_cny", "current"), ("firms", "count", ""), ("range", "km_per_day", "")],
        columns=["indicator", "unit", "price_basis"],
    ),
    "sources": pd.DataFrame(
        [("paper", "C"), ("plan", "A"), ("bureau", "A"), ("yearbook", "B")], columns=["source_id", "trust"]
    ),
}


@pytest.fixture
def frame(monkeypatch, tmp_path) -> pd.DataFrame:
    """Ten observations, with the tables of indicators and sources that they refer to."""
    monkeypatch.setattr(package, "DATA", tmp_path)
    monkeypatch.setattr(package, "rows", lambda table, key, wanted, _data: package.Rows(TABLES[table], "", key, wanted))
    return pd.DataFrame(ROWS, columns=COLUMNS)


def test_selection_by_every_column_is_sorted_by_period(frame):
    chosen = observations.select(frame, "wuhan", "gdp")
    assert chosen["period"].tolist() == ["2023", "2024", "2024", "2024", "2024-01/2024-06"]
    assert chosen.index.tolist() == [0, 1, 2, 3, 4]
    assert observations.select(frame, "wuhan", "gdp", vintage="latest")["value"].tolist() == [20900.0]
    assert len(observations.select(frame)) == len(ROWS)


def test_selection_by_years_includes_both_ends(frame):
    assert set(observations.select(frame, first=2024, last=2024)["period"]) == {"2024", "2024-01/2024-06"}
    assert observations.select(frame, first=2027)["value"].tolist() == [2000.0]
    assert observations.select(frame, last=2022).empty
    assert observations.select(frame.iloc[:0], "wuhan", first=2000).empty


def test_years_leave_out_parts_of_a_year(frame):
    whole = observations.years(frame)
    assert len(whole) == len(ROWS) - 1 and whole["year"].dtype == "int64"
    assert set(whole["year"]) == {2023, 2024, 2027}


def test_best_takes_the_most_trusted_source_and_keeps_vintages_apart(frame):
    best = observations.best(frame)
    assert len(best) == len(ROWS) - 1
    gdp = observations.select(best, "wuhan", "gdp", first=2024)
    assert gdp["source_id"].tolist() == ["bureau", "yearbook", "bureau"]
    assert best["period"].tolist() == [row[2] for at, row in enumerate(ROWS) if at != 1]


def test_among_equals_best_takes_the_source_that_stands_first(frame):
    twins = pd.concat([frame.iloc[[0]], frame.iloc[[0]].assign(source_id="plan", value=1.0)])
    assert observations.best(twins)["source_id"].tolist() == ["plan"]


def test_a_fact_has_the_unit_and_price_basis_of_its_indicator(frame):
    fact = observations.fact(frame.iloc[0])
    assert (fact.value, fact.low, fact.high, fact.unit) == (21106.23, 21106.225, 21106.235, "100m_cny")
    assert (fact.price_basis, fact.vintage, fact.sources) == ("current", "first_release", ("bureau",))
    assert (fact.place, fact.indicator, fact.period, fact.formula) == ("wuhan", "gdp", "2024", "")
    assert observations.facts(frame)[0] == fact and len(observations.facts(frame)) == len(ROWS)


def test_a_fact_turned_into_a_row_is_the_same_fact(frame):
    for fact in observations.facts(frame):
        row = observations.as_row(fact)
        assert row["fact"] is fact and observations.fact(row | {"value_text": ""}) == fact


def test_a_thing_states_what_its_row_prints():
    row = {"project": "plant", "place": "wuhan", "money": 12.5, "firms": math.nan, "source_id": "a", "source_id_2": "b"}
    fact = observations.stated(row, "money", "100m_cny", "2024-06", ("projects", "plant"), "over")
    assert (fact.value, fact.low, fact.high, fact.qualifier) == (12.5, 12.5, math.inf, "over")
    assert (fact.sources, fact.row, fact.price_basis) == (("a", "b"), ("projects", "plant"), "current")
    assert observations.stated(row, "firms", "count", "2024-06", ("projects", "plant")) is None
    assert observations.cited({"source_id": "a"}) == observations.cited(row | {"source_id_2": ""}) == ("a",)


def test_a_range_is_known_roughly_and_shown_as_one(frame):
    fact = observations.fact(frame.iloc[8])
    assert (fact.qualifier, render(fact)) == ("about", "200 to 230 km per day")
    assert observations.fact(frame.iloc[6]).qualifier == "over"


def test_observe_takes_the_firmest_outcome_and_never_a_target(frame):
    assert observations.observe(frame, "wuhan", "firms", "2024").status == "preliminary"
    assert observations.observe(frame, "wuhan", "gdp", "2024", "first_release").value == 21106.23
    assert observations.observe(frame, "wuhan", "gdp", 2023).value == 20011.65


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (("wuhan", "gdp", "1949"), "no wuhan gdp for 1949. Available: 2023, 2024, 2024-01/2024-06"),
        (("wuhan", "retail", "2024"), "no wuhan retail. Available for wuhan: firms, gdp, range"),
        (("atlantis", "gdp", "2024"), "no atlantis gdp. Available with gdp: wuhan, xian"),
        (("atlantis", "retail", "2024"), "no atlantis retail. Available places: wuhan, xian"),
        (("wuhan", "firms", "2027"), "no outcome of wuhan firms 2027. Available: target"),
        (("wuhan", "gdp", "2024", "final"), "no wuhan gdp 2024 of vintage final. Available: first_release, latest"),
        (("wuhan", "gdp", "2024"), "wuhan gdp 2024 has several vintages — ask for one: first_release, latest"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(frame, question, answer):
    with pytest.raises(LookupError, match=re.escape(answer)):
        observations.observe(frame, *question)
    assert observations.find(frame, *question) == Unknown(*question[:3])


def test_an_empty_frame_and_a_long_list_are_answered_too(frame):
    with pytest.raises(LookupError, match="Available places: nothing"):
        observations.observe(frame.iloc[:0], "wuhan", "gdp", "2024")
    years = pd.concat([frame.iloc[[3]].assign(period=str(year)) for year in range(2000, 2020)])
    with pytest.raises(LookupError, match="2009, … 8 more …, 2018, 2019$"):
        observations.observe(years, "wuhan", "gdp", "1999")


def test_the_newest_of_a_series_or_unknown(frame):
    series = observations.select(frame, "wuhan", "gdp", vintage="first_release")
    assert observations.newest(series, "wuhan", "gdp").period == "2024"
    assert observations.newest(series.iloc[:0], "wuhan", "gdp") == Unknown("wuhan", "gdp")
    unknown, known = observations.span(series, "wuhan", "gdp", 2022, 2023)
    assert unknown == Unknown("wuhan", "gdp", "2022") and known.value == 20011.65


def test_wuhan_in_the_real_tables():
    gdp = package.read("gdp")
    size = observations.observe(gdp, "wuhan", "gdp_nominal", "2024", "first_release")
    assert (render(size), render(size, "zh")) == ("2.111 trillion yuan", "21106.23亿元")
    assert observations.observe(gdp, "wuhan", "gdp_real_growth", "2024").value == 5.2
    firms = observations.observe(package.read("ai"), "wuhan", "ai_firms", "2024")
    assert render(firms) == "1,326"


@pytest.mark.parametrize("table", package.observed())
def test_every_row_of_the_real_tables_is_a_fact_that_can_be_shown(table):
    everything = observations.facts(package.read(table))
    shown = {render(fact, language) for fact in everything for language in ("en", "zh")}
    assert len(everything) > 100 and "" not in shown
