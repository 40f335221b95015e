"""Signings and groundbreakings: what is selected, what is added, and what totals alone allow, done by hand."""

import math

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wuhan.analysis.events import marks
from wuhan.evidence import package
from wuhan.studies.project_pipeline import numbers as pipeline

BLANK = {
    "name_zh": "",
    "place": "wuhan",
    "scope": "city",
    "event_type": "signing",
    "coverage": "city_total",
    "projects": math.nan,
    "investment_100m_cny": math.nan,
    "qualifier": "exact",
    "projects_ge_1bn": math.nan,
    "investment_ge_1bn_100m_cny": math.nan,
    "investment_ge_1bn_qualifier": "",
    "threshold": "",
    "staged_projects": math.nan,
    "staged_investment_100m_cny": math.nan,
    "source_id": "good",
    "source_id_2": "",
    "note": "",
}
CONFERENCE = {
    "projects": 148,
    "investment_100m_cny": 984.9,
    "projects_ge_1bn": 30,
    "investment_ge_1bn_100m_cny": 581.6,
    "staged_projects": 52,
    "staged_investment_100m_cny": 300.9,
}
SOURCES = pd.DataFrame({"source_id": ["good", "poor"], "trust": ["A", "C"]})
YEARS = (2000, 2030)


def events(*rows, city="wuhan", years=YEARS):
    named = [BLANK | {"event": f"e{at}"} | row for at, row in enumerate(rows)]
    return pipeline.city_events(pd.DataFrame(named), SOURCES, city, years)


def one(**columns):
    return events({"date": "2025-06-26", **columns})


def rounded(fact):
    return pytest.approx((fact.value, fact.low, fact.high), abs=0.005)


def test_only_events_of_the_city_itself_in_order_of_time():
    found = events(
        {"date": "2021-05-24", "projects": 3},
        {"date": "2021-01/2021-03", "projects": 1, "source_id": "poor"},
        {"date": "2021-02-27", "projects": 2},
        {"date": "2021", "projects": 4},
        {"date": "2021-05-25", "place": "wuhan_wedz", "scope": "district"},
        {"date": "2021-05-26", "scope": "expo"},
        {"date": "2021-05-27", "place": "hubei", "scope": "province"},
        {"date": "2018-05-27"},
        years=(2021, 2021),
    )
    # A span or a year stands where it ends.
    assert [fact.value for fact in found["count"]] == [2, 1, 3, 4]
    assert found["trust"].tolist() == ["A", "C", "A", "A"]
    assert found["year"].tolist() == [2021] * 4
    assert found["end"].tolist() == ["2021-02-27", "2021-03-31", "2021-05-24", "2021-12-31"]
    assert events({"date": "2021-05-24"}, city="xian").empty


def test_facts_carry_precision_qualifier_and_both_sources():
    event = one(projects=144, investment_100m_cny=3170.0, qualifier="over", source_id_2="poor").iloc[0]
    assert (event["count"].low, event["count"].high) == (144, 144)
    assert (event["money"].low, event["money"].high) == (3170, math.inf)
    assert event["money"].sources == ("good", "poor")
    assert event["mean"].qualifier == "over"
    assert event["mean"].value == pytest.approx(22.01, abs=0.005)
    assert event["large_count"] is None
    about = one(**CONFERENCE | {"investment_ge_1bn_100m_cny": 1800.0, "investment_ge_1bn_qualifier": "about"}).iloc[0]
    assert (about["large_money"].low, about["large_money"].high) == (1750, 1850)


def test_an_event_without_a_count_has_no_mean():
    assert one(investment_100m_cny=200.0)["mean"].tolist() == [None]


def test_marks_are_those_of_the_fact():
    drawn = marks(events({"date": "2025", "projects": 7}, {"date": "2024"}), "count")
    assert drawn[["period", "value", "low", "high", "unit", "status", "qualifier"]].to_numpy().tolist() == [
        ["2025", 7, 7, 7, "count", "actual", "exact"]
    ]
    assert drawn["source_id"].tolist() == [("good",)]
    assert "year" not in drawn


def test_offer_names_city_totals_or_whatever_else_there_is():
    rows = [
        BLANK | {"event": "a", "date": "2021-05-24"},
        BLANK | {"event": "b", "date": "2023"},
        BLANK | {"event": "c", "date": "2020", "coverage": "themed"},
        BLANK | {"event": "d", "date": "2019", "coverage": "themed", "place": "chengdu"},
    ]
    table = pd.DataFrame(rows)
    assert pipeline.offer(table, "wuhan").to_numpy().tolist() == [["signing", "city_total", "2021, 2023"]]
    assert pipeline.offer(table, "chengdu").to_numpy().tolist() == [["signing", "themed", "2019"]]
    assert pipeline.offer(table, "xian").empty


def test_quarters_count_those_with_an_event_and_those_between():
    dates = ["2021-01/2021-03", "2021-02-27", "2021-05", "2023-11-29", "2019"]
    assert pipeline.quarters(pd.DataFrame({"date": dates})) == (3, 12)
    assert pipeline.quarters(pd.DataFrame({"date": ["2019"]})) == (0, 0)
    assert pipeline.quarter_ends(pd.DataFrame({"date": ["2019"]})) == ("", "")
    assert pipeline.quarter_ends(pd.DataFrame({"date": ["2021-05-24", "2019-11", "2020"]})) == ("2019-10", "2021-06")


def test_totals_of_a_year_are_added_when_they_state_both():
    found = events(
        {"date": "2021-03", "projects": 112, "investment_100m_cny": 3462.0},
        {"date": "2021-05", "projects": 141, "investment_100m_cny": 3838.66},
        {"date": "2021-09", "projects": 99},
        {"date": "2021-02", "projects": 5, "investment_100m_cny": 50.0, "event_type": "groundbreaking"},
        {"date": "2023-03", "projects": 10, "investment_100m_cny": 100.0},
    )
    years = pipeline.by_year(found)
    assert years[["year", "event_type", "events"]].to_numpy().tolist() == [
        [2021, "groundbreaking", 1],
        [2021, "signing", 2],
        [2023, "signing", 1],
    ]
    assert [fact.value for fact in years["count"]] == [5, 253, 10]
    assert years["money"].iloc[1].value == pytest.approx(7300.66)
    assert years["mean"].iloc[1].value == pytest.approx(7300.66 / 253)
    assert pipeline.by_year(found.head(0)).empty


def test_what_overlaps_is_never_added():
    for other in ({"coverage": "themed"}, {"coverage": "one_of_several"}):
        with pytest.raises(ValueError, match="do not add up"):
            pipeline.by_year(one(projects=1, investment_100m_cny=1.0, **other))
    two = pd.concat([one(), one().assign(place="hefei")])
    with pytest.raises(ValueError, match="rows of 2 places"):
        pipeline.by_year(two)


def test_first_and_last_needs_two_events_of_a_kind():
    found = events(
        {"date": "2021", "projects": 1, "investment_100m_cny": 30.0},
        {"date": "2022", "projects": 1, "investment_100m_cny": 20.0},
        {"date": "2023", "projects": 1, "investment_100m_cny": 10.0},
        {"date": "2023", "projects": 1, "investment_100m_cny": 5.0, "event_type": "groundbreaking"},
    )
    (row,) = pipeline.first_and_last(found).to_dict("records")
    assert (row["event_type"], row["events"], row["first"].value, row["last"].value) == ("signing", 3, 30, 10)


def test_the_conference_of_2025_by_hand():
    (event,) = pipeline.with_classes(one(**CONFERENCE)).to_dict("records")
    assert event["share_count"].value == pytest.approx(100 * 30 / 148)
    assert event["share_money"].value == pytest.approx(100 * 581.6 / 984.9)
    # Everyone at the mean of the class: share of money minus share of count, 0.5905 - 0.2027.
    assert event["gini_low"].value == 0.38
    # Plus the widest spread inside each: (118/148)^2 * 3.418 * 6.582 / 10 / 6.655 + (30/148)^2 * 9.387 / 6.655.
    assert event["gini_high"].value == 0.67
    parts = pipeline.groups(event)
    assert parts[["cut", "group"]].to_numpy().tolist() == [
        ["size", "large"],
        ["size", "small"],
        ["stage", "staged"],
        ["stage", "other"],
    ]
    assert [round(fact.value, 3) for fact in parts["mean"]] == [19.387, 3.418, 5.787, 7.125]
    assert [round(fact.value, 1) for fact in parts["share_money"]] == [59.1, 40.9, 30.6, 69.4]
    assert [fact.value for fact in parts["count"]] == [30, 118, 52, 96]


def test_a_cut_that_is_not_stated_or_leaves_nothing_is_left_out():
    event = one(projects=5, investment_100m_cny=90.0, projects_ge_1bn=5, investment_ge_1bn_100m_cny=90.0)
    assert pipeline.groups(event.iloc[0]).empty
    (row,) = pipeline.with_classes(event).to_dict("records")
    assert (row["gini_low"].value, row["gini_high"].value) == (0.0, 0.45)  # (18 - 10) / 18


@pytest.mark.parametrize("lost", [{"qualifier": "over"}, {"investment_ge_1bn_100m_cny": math.nan}])
def test_without_a_bounded_amount_only_the_share_of_the_number_is_known(lost):
    (row,) = pipeline.with_classes(one(**CONFERENCE | lost)).to_dict("records")
    assert row["share_count"].value == pytest.approx(100 * 30 / 148)
    assert (row["share_money"], row["gini_low"], row["gini_high"]) == (None, None, None)
    assert pipeline.with_classes(one(projects=5, investment_100m_cny=9.0)).empty


def test_totals_that_contradict_each_other_are_named():
    wrong = one(**CONFERENCE | {"investment_ge_1bn_100m_cny": 200.0})  # 30 projects of 10 or more are at least 300
    with pytest.raises(ValueError, match="e0: counts and amounts of large projects and of all contradict"):
        pipeline.with_classes(wrong)


sizes = st.lists(st.floats(0.1, 9.9), min_size=1, max_size=8), st.lists(st.floats(10, 300), min_size=1, max_size=8)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(*sizes)
def test_the_true_gini_lies_between_the_bounds(small, large):
    whole, top = round(sum(small) + sum(large), 1), round(sum(large), 1)
    assume(whole > top)
    both = sorted(small + large)
    mean = sum(both) / len(both)
    true = sum(abs(a - b) for a in both for b in both) / (2 * len(both) ** 2 * mean)
    event = one(
        projects=len(both), investment_100m_cny=whole, projects_ge_1bn=len(large), investment_ge_1bn_100m_cny=top
    )
    (row,) = pipeline.with_classes(event).to_dict("records")
    assert row["gini_low"].value <= true <= row["gini_high"].value
    assert row["gini_low"].behind == (row["large_count"], row["count"], row["large_money"], row["money"])


def target(period, value, indicator="industrial_projects_ge_100m_started", status="target", **columns):
    return {
        "place": "wuhan",
        "indicator": indicator,
        "period": period,
        "value": float(value),
        "low": float(value),
        "high": float(value),
        "value_text": "",
        "qualifier": "exact",
        "status": status,
        "vintage": "",
        "source_id": "good",
        **columns,
    }


def starts_of(*targets, years=YEARS):
    partly = events({"date": "2024-01-25", "coverage": "part", "event_type": "groundbreaking"}, {"date": "2024"})
    sectors = pd.DataFrame(
        [
            {"event": "e0", "sector": "strategic_emerging", "projects": 75.0, "source_id": "good"},
            {"event": "e0", "sector": "services", "projects": math.nan, "source_id": "good"},
            {"event": "e1", "sector": "industry", "projects": 9.0, "source_id": "good"},
        ]
    )
    return pipeline.targets_and_starts(pd.DataFrame(targets), partly, sectors, "wuhan", years)


def test_targets_of_the_newest_year_stand_beside_starts_of_another_definition():
    found = starts_of(
        target("2024-01/2024-03", 60),
        target("2024", 50, "industrial_projects_ge_1bn_started"),
        target("2024", 300),
        target("2020", 265),
        target("2024", 120, "projects_ge_10bn_landed"),
        target("2024", 400, place="hefei"),
        target("2024", 310, status="actual"),
    )
    assert found[["what", "period", "kind"]].to_numpy().tolist() == [
        ["industrial_projects_ge_100m_started", "2024", "target"],
        ["industrial_projects_ge_1bn_started", "2024", "target"],
        ["industrial_projects_ge_100m_started", "2024-01/2024-03", "target"],
        ["industrial_projects_ge_100m_started", "2024", "same definition"],
        ["strategic_emerging", "2024-01-25", "other definition"],
    ]
    assert [fact.value for fact in found["count"]] == [300, 50, 60, 310, 75]
    assert [fact.status for fact in found["count"]] == ["target"] * 3 + ["actual"] * 2
    assert found["count"].iloc[-1].row == ("event_sectors", "e0", "strategic_emerging", "good")


def test_without_a_target_in_these_years_there_is_nothing_to_compare():
    assert starts_of(target("2024", 300), years=(2021, 2023)).empty


def test_the_data_hold_the_identities_of_the_conference():
    found = pipeline.city_events(package.read("events"), package.read("sources"), "wuhan", YEARS)
    (event,) = found[found["event"] == "wuhan_signing_20250626"].to_dict("records")
    assert rounded(event["mean"]) == (6.655, 6.654, 6.655)
    assert pipeline.groups(event)["mean"].iloc[0].value == pytest.approx(19.39, abs=0.005)
