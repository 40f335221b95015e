"""Named projects: what is known of each by the end of a year, and how unequal the amounts are, by hand."""

import itertools
import math
import random

import numpy as np
import pandas as pd
import pytest

from wuhan.analysis.concentration import Group, gini, gini_bounds, gini_range, pareto_tail
from wuhan.evidence import claims, package
from wuhan.evidence.facts import Fact
from wuhan.studies.projects_by_sector import companies
from wuhan.studies.projects_by_sector import numbers as projects

PLACES = pd.DataFrame(
    [
        ("china", "nation", "world"),
        ("hubei", "province", "china"),
        ("new_zone", "zone", "hubei"),
        ("wuhan", "city", "hubei"),
        ("east_lake", "zone", "wuhan"),
        ("island", "park", "east_lake"),
        ("caidian", "district", "wuhan"),
        ("chengdu", "city", "sichuan"),
        ("tianfu", "zone", "chengdu"),
    ],
    columns=["place", "kind", "parent"],
)
SOURCES = pd.DataFrame({"source_id": ["good", "fair", "poor"], "trust": ["A", "B", "C"]})
BLANK = {
    "name_en": "",
    "company": "",
    "sector": "vehicles",
    "place": "wuhan",
    "investment_100m_cny": math.nan,
    "qualifier": "",
    "invested_100m_cny": math.nan,
    "invested_by": "",
    "stage": "announced",
    "stage_date": "",
    "signed": "",
    "started": "",
    "completed": "",
    "expected": "",
    "source_id": "good",
    "source_id_2": "",
}
YEARS = (2000, 2030)


def listed(*rows, city="wuhan", sector="all", trust="D"):
    table = pd.DataFrame([BLANK | {"project": f"p{at}", "name_en": f"P{at}"} | row for at, row in enumerate(rows)])
    return projects.of(table, PLACES, SOURCES, city, sector, trust)


def known(*rows, years=YEARS, **choice):
    return projects.known(listed(*rows, **choice), years)


def priced(*values, qualifier="exact"):
    rows = [{"investment_100m_cny": value, "qualifier": qualifier, "stage_date": "2020"} for value in values]
    return list(known(*rows)["amount"])


def test_projects_of_a_city_are_those_of_its_parts():
    rows = [{"place": place} for place in ("wuhan", "island", "caidian", "tianfu", "new_zone")]
    found = listed(*rows)
    assert list(found["project"]) == ["p0", "p1", "p2"]
    assert list(found["district"]) == ["", "east_lake", "caidian"]  # a park belongs to the zone right under the city
    assert list(listed(*rows, city="chengdu")["district"]) == ["tianfu"]


def test_sector_and_trust_choose():
    rows = [{"source_id": "poor"}, {"sector": "batteries", "source_id": "fair"}, {"source_id": "good"}]
    assert list(listed(*rows, trust="B")["project"]) == ["p1", "p2"]
    assert list(listed(*rows, sector="vehicles", trust="A")["project"]) == ["p2"]
    assert listed(*rows, sector="aerospace").empty
    (both,) = listed({"source_id": "good", "source_id_2": "poor"}, trust="C").to_dict("records")
    assert both["trust"] == "C"  # what the poorer of two sources adds cannot be told from the rest
    assert listed({"source_id": "good", "source_id_2": "poor"}, trust="B").empty


def test_amounts_keep_bounds_and_both_sources():
    (row,) = listed(
        {
            "investment_100m_cny": 80.0,
            "qualifier": "over",
            "stage_date": "2022",
            "source_id_2": "fair",
            "invested_100m_cny": 12.5,
            "invested_by": "2019",
        }
    ).to_dict("records")
    amount, spent = row["amount"], row["spent"]
    assert (amount.value, amount.qualifier, amount.high) == (80.0, "over", math.inf)
    assert amount.sources == ("good", "fair") and amount.unit == "100m_cny"
    assert (spent.low, spent.high, spent.period) == (12.45, 12.55, "2019")
    (row,) = listed({}).to_dict("records")
    assert row["amount"] is None and row["spent"] is None


def test_a_project_stands_where_it_was_known_to_stand_at_the_end_of_the_last_year():
    row = {"stage": "operating", "stage_date": "2021-03", "signed": "2017-11", "started": "2018-11-25"}
    reached = {last: known(row, years=(2000, last)) for last in (2016, 2017, 2018, 2020, 2021)}
    assert reached[2016].empty
    assert [reached[last]["reached"].item() for last in (2017, 2018, 2020, 2021)] == [
        "signed",
        "started",
        "started",
        "operating",
    ]
    assert [reached[last]["phase"].item() for last in (2017, 2018, 2021)] == ["planned", "building", "built"]
    assert reached[2020]["since"].item() == "2018-11-25"
    assert known(row, years=(2019, 2020)).empty  # nothing is dated in between, and nothing is made up
    assert len(known(row, years=(2021, 2030))) == 1


def test_the_day_of_a_stage_goes_before_that_of_its_report():
    (row,) = known({"stage": "signed", "stage_date": "2018-07", "signed": "2018-05-03"}).to_dict("records")
    assert row["steps"] == {"signed": "2018-05-03"}
    opened = {"stage": "operating", "stage_date": "2024-10", "completed": "2024-10"}
    assert known(opened)["steps"].item() == {"operating": "2024-10"}  # one opening, told once
    earlier = known(opened | {"completed": "2022"})["steps"].item()
    assert list(earlier.items()) == [("completed", "2022"), ("operating", "2024-10")]


def test_a_stall_is_what_a_project_came_to():
    (row,) = known({"stage": "stalled", "stage_date": "2020-08", "started": "2018"}).to_dict("records")
    assert (row["reached"], row["phase"]) == ("stalled", "stalled")


def test_projects_without_a_date_are_counted_apart():
    rows = listed({"stage": "under_construction"}, {"stage_date": "2020"})
    assert list(projects.undated(rows)["project"]) == ["p0"]
    assert list(projects.known(rows, YEARS)["project"]) == ["p1"]


def test_what_is_expected_is_known_from_the_report_on():
    row = {"stage": "started", "stage_date": "2022", "signed": "2020", "expected": "2021"}
    assert known(row, years=(2000, 2021))["expected"].item() == ""
    found = known(row)
    assert list(projects.due(found, 2022)["project"]) == ["p0"]
    assert projects.due(found, 2021).empty


def test_nothing_known_leaves_empty_frames():
    none = known({"place": "tianfu", "stage_date": "2020"})
    assert none.empty and {"reached", "since", "phase"} <= set(none.columns)
    for frame in (
        projects.cells(none),
        projects.dates(none),
        projects.sized(none),
        projects.by_district(none),
        projects.stalls(none),
        projects.against(projects.stalls(none)),
        projects.traced(none, 5),
        projects.silent(none, 2020),
        projects.due(none, 2020),
    ):
        assert frame.empty
    assert projects.building_times(none) == [] and projects.inequality([]) == {}


def test_cells_count_sectors_by_stage():
    rows = known(
        {"stage_date": "2020", "sector": "batteries"},
        {"stage": "started", "stage_date": "2021-05"},
        {"stage_date": "2024", "source_id": "fair"},
        {"stage_date": "2019"},
    )
    found = projects.cells(rows)
    assert found[["sector", "stage", "value", "latest"]].to_numpy().tolist() == [
        ["vehicles", "announced", 2, "2024"],
        ["vehicles", "started", 1, "2024"],
        ["batteries", "announced", 1, "2020"],
    ]
    assert found["source_id"][0] == ("fair", "good")
    number = projects.number(rows)
    assert (number.value, number.unit, number.sources) == (4.0, "count", ("good", "fair"))


def test_newest_ends_last():
    assert projects.newest(["2024", "2024-10/2024-12", "2024-12-30"]) == "2024-10/2024-12"
    assert projects.newest(["2023-12", "2023-12-31"]) == "2023-12-31"


def test_silent_are_those_of_which_no_more_was_heard():
    rows = known(
        {"stage_date": "2018"},
        {"stage": "started", "stage_date": "2021"},
        {"stage": "operating", "stage_date": "2018"},
        {"stage": "stalled", "stage_date": "2018"},
    )
    assert list(projects.silent(rows, 2020)["project"]) == ["p0"]
    assert list(projects.silent(rows, 2021)["project"]) == ["p0", "p1"]


def test_traced_takes_paths_before_size_and_orders_by_the_first_date():
    rows = known(
        {"stage_date": "2015", "investment_100m_cny": 900.0, "qualifier": "exact"},
        {"stage_date": "2014", "investment_100m_cny": 5.0, "qualifier": "exact"},
        {"stage": "started", "stage_date": "2022", "signed": "2021"},
    )
    assert list(projects.traced(rows, 2)["project"]) == ["p0", "p2"]
    every = projects.traced(rows, 9)
    assert list(every["project"]) == ["p1", "p0", "p2"] and list(every["dated"]) == [1, 1, 2]


def test_dates_are_marks_and_what_was_expected_is_a_plan():
    found = projects.dates(known({"stage": "started", "stage_date": "2022-01", "signed": "2021", "expected": "2030"}))
    assert found[["stage", "period", "status"]].to_numpy().tolist() == [
        ["signed", "2021", "actual"],
        ["started", "2022-01", "actual"],
        ["expected", "2030", "plan"],
    ]


def test_building_times_are_as_wide_as_their_dates():
    rows = known(
        {"started": "2019", "completed": "2022-07-15", "stage": "operating", "stage_date": "2022-07-15"},
        {"started": "2020-01-01", "completed": "2020-12-31", "stage": "completed", "stage_date": "2020-12-31"},
        {"started": "2020", "stage": "operating", "stage_date": "2021"},  # no date of completion, only of a report
        {"completed": "2020", "stage": "operating", "stage_date": "2021"},
    )
    year, vague = projects.building_times(rows)
    assert year.value == 1.0 and year.low == pytest.approx(0.95) and year.high == pytest.approx(1.05)
    # From 31 December to 15 July, and from 1 January to 15 July, three years and more later.
    assert vague.low == pytest.approx(2.538, abs=0.01) and vague.high == pytest.approx(3.537, abs=0.01)
    assert vague.unit == "years" and vague.period == "2019/2022"
    assert (
        projects.building_times(
            known(
                {"started": "2019", "completed": "2022", "stage": "operating", "stage_date": "2022"}, years=(2000, 2021)
            )
        )
        == []
    )


def test_the_median_lies_between_the_medians_of_the_ends():
    found = projects.median(priced(10.0, 12.5, 30.0))
    assert (found.value, found.low, found.high) == (12.5, 12.45, 12.55)
    even = projects.median(priced(10.0, 20.0))
    assert (even.value, even.low, even.high, even.qualifier) == (15.0, 14.5, 15.5, "exact")  # 10 is 9.5 to 10.5
    open_end = projects.median([*priced(10.0, qualifier="over"), *priced(20.0, 30.0)])
    assert (open_end.value, open_end.high, open_end.qualifier) == (20.0, 30.5, "at_least")
    above = projects.median([*priced(50.0, qualifier="over"), *priced(20.0, 30.0)])
    assert (above.value, above.qualifier) == (30.0, "exact")  # what lies above the middle cannot move it


@pytest.mark.parametrize("count", [1, 2, 3, 10, 99])
def test_the_gini_of_the_first_numbers_has_a_closed_form(count):
    # sum of (2i - n - 1) i = n (n + 1) (n - 1) / 6, over n times the sum n (n + 1) / 2, is (n - 1) / (3 n)
    assert gini(range(1, count + 1)) == pytest.approx((count - 1) / (3 * count), abs=1e-12)


def test_the_gini_by_hand_and_by_its_definition():
    assert gini([5.0, 5.0, 5.0]) == 0
    assert gini([1.0, 3.0]) == pytest.approx(0.25)  # |1 - 3| twice, over 2 * 2 * 4
    assert gini([0.0, 0.0, 0.0, 1.0]) == pytest.approx(0.75)  # one of four holds all
    values = [3.0, 0.5, 44.0, 7.25, 7.25]
    pairs = sum(abs(a - b) for a, b in itertools.product(values, repeat=2))
    assert gini(values) == pytest.approx(pairs / (2 * len(values) * sum(values)))
    for refused in ([-1.0, 2.0], [0.0, 0.0], []):
        with pytest.raises(ValueError, match="none is below zero and one at least is above"):
            gini(refused)


def test_the_range_of_the_gini_holds_every_choice_within_the_intervals_and_no_more():
    chance = random.Random(7)
    for _ in range(60):
        values = [chance.choice([5.0, 10.0, 10.0, 20.0, 50.0]) for _ in range(chance.randint(1, 5))]
        halves = [chance.choice([0.05, 0.5, 4.0, value]) for value in values]  # "up to" reaches down to zero
        lows, highs = [v - h for v, h in zip(values, halves)], [v + h for v, h in zip(values, halves)]
        least, most = gini_range(lows, highs)
        corners = [gini(list(corner)) for corner in itertools.product(*zip(lows, highs)) if any(corner)]
        inside = [gini([chance.uniform(*ends) for ends in zip(lows, highs)]) for _ in range(100)]
        assert most == pytest.approx(max(corners), abs=1e-12)
        assert least <= min(corners + inside) + 1e-12


def test_the_range_of_the_gini_agrees_with_the_bounds_of_groups():
    assert gini_range([10.0, 10.0], [10.0, 10.0]) == (0, 0)
    low, high = gini_range([1.0, 4.0], [2.0, 6.0])
    assert low == pytest.approx(2 / (2 * 6)) and high == pytest.approx(5 / (2 * 7))  # 2 and 4; 1 and 6
    grouped, _ = gini_bounds([Group(3, 6.0, 0.0, math.inf), Group(2, 40.0, 0.0, math.inf)])
    assert grouped == pytest.approx(gini([2.0, 2.0, 2.0, 20.0, 20.0]))


def test_the_pareto_exponent_by_hand_and_from_a_known_tail():
    estimate, low, high = pareto_tail([1.0, math.e, math.e**3], 1.0)
    assert estimate == pytest.approx(3 / 4)  # logarithms 0, 1, 3
    # 2 k a / estimate is chi-squared with 6 degrees of freedom: 1.2373 and 14.449 are its 2.5 and 97.5 per cent points.
    assert (low, high) == (pytest.approx(0.75 * 1.2373 / 6, rel=1e-4), pytest.approx(0.75 * 14.449 / 6, rel=1e-4))
    drawn = 10 * (1 + np.random.default_rng(3).pareto(1.5, 4000))
    estimate, low, high = pareto_tail(list(drawn), 10.0)
    assert low < 1.5 < high and high - low < 0.1
    with pytest.raises(ValueError, match="fewer than two values above 50"):
        pareto_tail([50.0, 50.0, 60.0], 50.0)


def test_inequality_counts_amounts_with_two_ends():
    amounts = [*priced(10.0, 30.0), *priced(500.0, qualifier="over")]
    found = projects.inequality(amounts)
    assert found["n"] == 2 and found["most"].value == 30.0
    assert found["gini"].value == pytest.approx(0.25) and found["top"].value == pytest.approx(75.0)
    assert found["gini"].low == pytest.approx(gini([10.5, 29.5])) and "tail" not in found
    assert projects.inequality(amounts[1:]) == {}
    many = projects.inequality(priced(*(60.0 + 20 * step for step in range(10))))
    assert many["tail"].low < many["tail"].value < many["tail"].high and many["floor"].value == projects.LARGE


def test_sectors_with_the_larger_median_stand_first():
    rows = known(
        {"stage_date": "2020", "investment_100m_cny": 1.0, "qualifier": "exact"},
        {"stage_date": "2020", "investment_100m_cny": 900.0, "qualifier": "exact"},
        {"stage_date": "2020", "investment_100m_cny": 3.0, "qualifier": "exact"},
        {"stage_date": "2020", "investment_100m_cny": 7.0, "qualifier": "over", "sector": "batteries"},
        {"stage_date": "2020"},
    )
    found = projects.sized(rows)
    assert list(found["value"]) == [7.0, 900.0, 3.0, 1.0]
    assert [fact.value for fact in found["middle"]] == [7.0, 3.0, 3.0, 3.0]
    assert found["high"][0] == math.inf and found["unit"].eq("100m_cny").all()


def test_a_place_that_is_not_stated_keeps_its_row():
    priced_row = {"stage_date": "2020", "investment_100m_cny": 10.0, "qualifier": "exact"}
    found = projects.by_district(
        known(
            {"stage_date": "2020"},
            {"stage_date": "2021"},
            priced_row | {"place": "island"},
            priced_row | {"place": "caidian", "stage": "operating"},
            {"stage_date": "2019", "place": "caidian"},
        )
    )
    assert found[["district", "projects", "built", "latest", "priced"]].to_numpy().tolist() == [
        ["caidian", 2, 1, "2020", 1],
        ["east_lake", 1, 0, "2020", 1],
        ["", 2, 0, "2021", 0],
    ]
    assert found["money"][0].value == 10.0 and found["money"][2] is None
    assert found["projects"].sum() == 5


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("", []),
        ("小米", ["小米"]),
        ("长江存储; 紫光集团", ["长江存储", "紫光集团"]),
        ("中航锂电 (中创新航)", ["中航锂电", "中创新航"]),
        ("京东方 BOE", ["京东方"]),
        ("Makino Asia", ["Makino Asia"]),
        (
            "Huawei technology; Hubei Science and Technology Investment Group (湖北科投)",
            ["Huawei technology", "湖北科投"],
        ),
        ("中科慧拓(北京)科技", ["中科慧拓(北京)科技"]),
    ],
)
def test_names_in_a_cell(printed, names):
    assert companies.names_of(printed) == names


def test_companies_are_one_when_a_name_holds_another():
    firms = pd.DataFrame(
        {
            "name_zh": ["小米武汉总部", "盖瑞特集团", "智新科技"],
            "name_en": ["Xiaomi Wuhan", "Garrett Motion", "Zhixin"],
            "kind": ["company", "company", "fund"],
        }
    )
    cells = ["楚能", "楚能新能源", "小米", "小米; 盖瑞特", "盖瑞特", "", "", "智新科技", "小鹏汽车"]
    found = projects.by_company(known(*({"company": cell, "stage_date": "2020"} for cell in cells)), firms)
    assert found[["company", "name_en", "members", "projects"]].to_numpy().tolist() == [
        ["小米", "", [2, 3], 2],
        ["楚能", "", [0, 1], 2],
        ["盖瑞特", "Garrett Motion", [3, 4], 2],
    ]


def test_a_third_name_joins_two():
    assert companies.alike(["武汉华星", "华星光电", "华星", "小米"]) == [{"小米"}, {"武汉华星", "华星光电", "华星"}]
    assert companies.alike(["华星光电", "武汉华星"]) == [{"华星光电"}, {"武汉华星"}]


def test_offer_names_cities_with_projects():
    rows = [("tianfu", "2019"), ("tianfu", ""), ("wuhan", "2020-01"), ("island", "2018")]
    table = pd.DataFrame(rows, columns=["place", "stage_date"])
    assert projects.offer(table, PLACES).to_numpy().tolist() == [["wuhan", 2, 2018, 2020], ["chengdu", 1, 2019, 2019]]


def test_groups_of_the_newest_event_that_counts_several():
    events = pd.DataFrame(
        [
            ("a", "2020-01-01", "wuhan", "city"),
            ("b", "2021-01-01", "wuhan", "city"),
            ("c", "2022-01-01", "wuhan", "district"),
            ("d", "2023-01-01", "wuhan", "city"),
        ],
        columns=["event", "date", "place", "scope"],
    ).assign(event_type="signing")
    parts = pd.DataFrame(
        [
            ("a", "x", 1.0, 5.0),
            ("a", "y", 2.0, math.nan),
            ("b", "x", 9.0, math.nan),
            ("b", "y", math.nan, 3.0),
            ("c", "x", 1.0, 1.0),
            ("c", "y", 1.0, 1.0),
            ("d", "x", 3.0, 1.0),
            ("d", "y", 4.0, 1.5),
        ],
        columns=["event", "sector", "projects", "investment_100m_cny"],
    ).assign(qualifier="exact", source_id="good")
    found = projects.sector_parts(parts, events, "wuhan", (2020, 2022))
    assert list(found["sector"]) == ["y", "x"] and [fact.value for fact in found["count"]] == [2.0, 1.0]
    assert found["money"][0] is None and found["money"][1].value == 5.0
    assert list(projects.sector_parts(parts, events, "wuhan", YEARS)["event"]) == ["d", "d"]
    assert projects.sector_parts(parts, events, "chengdu", YEARS).empty


def test_a_stall_is_held_against_its_plan():
    rows = known(
        {
            "stage": "stalled",
            "stage_date": "2020-08",
            "investment_100m_cny": 200.0,
            "qualifier": "exact",
            "invested_100m_cny": 50.0,
            "invested_by": "2019",
        },
        {"stage": "stalled", "stage_date": "2021"},
        {"stage_date": "2021"},
    )
    stalled = projects.stalls(rows)
    assert list(stalled["project"]) == ["p0", "p1"]
    assert stalled["done"][0].value == pytest.approx(25.0) and stalled["done"][1] is None
    assert stalled["planned"][0].status == "plan" and stalled["planned"][1] is None
    drawn = projects.against(stalled)
    assert list(drawn["what"]) == ["planned", "spent"] and list(drawn["value"]) == [200.0, 50.0]
    assert list(drawn["status"]) == ["plan", "actual"]


def test_the_data_hold_the_stall_and_the_expansion():
    tables = {table: package.read(table) for table in ("projects", "places", "sources", "organisations")}
    every = projects.of(tables["projects"], tables["places"], tables["sources"], "wuhan", "all", "D")
    assert len(every) == len(tables["projects"])  # no project is lost on the way to its city
    found = projects.known(every, (1900, 2100))
    assert len(found) + len(projects.undated(every)) == len(every)
    assert projects.cells(found)["value"].sum() == projects.by_district(found)["projects"].sum() == len(found)
    (stalled,) = projects.stalls(found).to_dict("records")
    assert stalled["project"] == "hsmc" and stalled["done"].value == pytest.approx(100 * 153 / 1280)
    ledger = claims.claims()
    checks = claims.checks(ledger, claims.identities())
    (volume, own), (revenue, _) = projects.expansions(checks, ledger, tables["organisations"], found)
    assert [claim.fact.value for claim in own] == [53, 32, 85] and volume.kind == "closes"
    assert revenue.left.low == pytest.approx(46.5) and revenue.left.value == 47  # over 77 less 30
    without = found[found["sector"] != "vehicles"]
    assert projects.expansions(checks, ledger, tables["organisations"], without) == []


def test_facts_of_methods_keep_their_sources():
    found = projects.median([*priced(1.0), Fact(3.0, 2.5, 3.5, "100m_cny", "2021", "actual", ("other",))])
    assert found.sources == ("good", "other") and found.formula == "median of 2 amounts"
