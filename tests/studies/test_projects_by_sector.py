"""Named projects: what is known of each by the end of a year, what was due, and what is said of it."""

import math

import pandas as pd
import pytest

from wuhan.evidence import package
from wuhan.studies.projects_by_sector import companies, words
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
    "note": "",
}
YEARS = (2000, 2030)


def listed(*rows, city="wuhan", sector="all", trust="D"):
    table = pd.DataFrame([BLANK | {"project": f"p{at}", "name_en": f"P{at}"} | row for at, row in enumerate(rows)])
    return projects.of(table, PLACES, SOURCES, city, sector, trust)


def known(*rows, years=YEARS, **choice):
    return projects.known(listed(*rows, **choice), years)


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
    assert known(row)["expected"].item() == "2021"


def test_nothing_known_leaves_empty_frames():
    none = known({"stage_date": "2020"}, city="chengdu")
    for frame in (
        none,
        projects.by_district(none),
        projects.counted(none),
        projects.largest(none, 5),
        projects.stalls(none),
    ):
        assert frame.empty
    assert projects.building_times(none) == []


def test_a_project_counts_as_one_with_all_its_sources():
    rows = known({"stage_date": "2018"}, {"stage": "stalled", "stage_date": "2024-10/2024-12", "source_id_2": "fair"})
    counted = projects.counted(rows)
    assert counted["value"].sum() == 2 and list(counted["source_id"])[-1] == ("good", "fair")
    number = projects.number(rows)
    assert (number.value, number.unit, number.sources) == (2.0, "count", ("good", "fair"))


def test_largest_are_in_order_and_without_an_amount_there_is_none():
    rows = known(
        {"stage_date": "2020", "investment_100m_cny": 3.0, "qualifier": "exact"},
        {"stage_date": "2020"},
        {"stage_date": "2020", "investment_100m_cny": 900.0, "qualifier": "over"},
    )
    found = projects.largest(rows, 9)
    assert list(found["value"]) == [900.0, 3.0] and found["high"][0] == math.inf
    assert list(projects.largest(rows, 1)["project"]) == ["p2"]


def test_newest_ends_last():
    assert projects.newest(["2024", "2024-10/2024-12", "2024-12-30"]) == "2024-10/2024-12"
    assert projects.newest(["2023-12", "2023-12-31"]) == "2023-12-31"


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


def test_the_data_hold_the_stall():
    tables = {table: package.read(table) for table in ("projects", "places", "sources")}
    every = projects.of(tables["projects"], tables["places"], tables["sources"], "wuhan", "all", "D")
    offered = projects.offer(tables["projects"].assign(stage_date="2020"), tables["places"])
    assert offered["projects"].sum() == len(tables["projects"])  # no project is lost on the way to its city
    found = projects.known(every, (1900, 2100))
    assert len(found) + len(projects.undated(every)) == len(every)
    assert projects.by_district(found)["projects"].sum() == len(found)
    (stalled,) = projects.stalls(found).to_dict("records")
    assert stalled["project"] == "hsmc" and stalled["done"].value == pytest.approx(100 * 153 / 1280)


def reading(*rows, years=YEARS):
    return words.Reading("wuhan", "all", years, known(*rows, years=years).assign(name_zh="项目"))


PRICED = {"stage_date": "2020", "investment_100m_cny": 5.0, "qualifier": "exact"}


def test_the_answer_tells_what_became_of_the_largest():
    told = reading(PRICED | {"stage": "operating"}, PRICED, PRICED | {"stage": "stalled"}, {"stage_date": "2021"})
    said = str(told.answer(None, None, "D"))
    assert said == "Of the three largest: one in use, one stalled, one last reported at an earlier stage."
    assert "report one of the three largest" in str(told.largest_title())
    assert "name 4 projects and report 1 of them" in str(told.meaning()) and "no rate" in str(told.meaning())
    assert list(told.largest()["kind"]) == list(told.kinds())
    assert "0" not in str(reading(PRICED).meaning()) and "further" in str(reading(PRICED).meaning())
    assert str(reading(PRICED).few()) == "Too few to draw: P0 (announced, 2020)."
    untold = str(reading(PRICED, PRICED).answer(None, None, "D"))
    assert untold == "The largest amount named in Wuhan is that of P0."  # that nothing was read is no finding
    assert "none with an amount" in str(reading({"stage_date": "2020"}).answer(None, None, "D"))


def test_low_trust_is_told_of_the_largest():
    told = reading(PRICED | {"stage": "operating", "source_id": "poor"}, PRICED)
    assert "; sources of low trust stand behind one." in str(told.answer(None, None, "D"))
    assert [label.endswith("(poorest source: grade C)") for label in told.largest()["series"]].count(True) == 1


def test_sums_and_shares_of_amounts():
    def priced(*values):
        rows = [{"investment_100m_cny": value, "qualifier": "exact", "stage_date": "2020"} for value in values]
        return str(reading(*rows).money())

    assert "add up to about 40 billion yuan" in priced(100.0, 300.0) and "75% of that" in priced(100.0, 300.0)
    assert priced(100.0).startswith("One amount is known: 10 billion yuan for P0")
    assert "No amount" in str(reading({"stage_date": "2020"}).money())
    over = {"investment_100m_cny": 300.0, "qualifier": "over", "stage_date": "2020"}
    exact = {"investment_100m_cny": 100.0, "qualifier": "exact", "stage_date": "2020"}
    said = str(reading(over, exact).money())
    assert "The largest is over 30 billion yuan for P0." in said and "%" not in said  # an open end has no known part


def test_what_stalled_is_in_no_sum():
    stalled = {"investment_100m_cny": 900.0, "qualifier": "exact", "stage": "stalled", "stage_date": "2020"}
    told = reading(PRICED, PRICED, stalled)
    assert "Without what stalled, the 2 amounts that are known add up to about 1 billion yuan" in str(told.money())
    assert projects.by_district(told.chosen)["money"][0].value == 10.0


def test_what_is_said_of_the_collection_counts_what_is_drawn():
    tables = {table: package.read(table) for table in ("projects", "places", "sources")}
    every = projects.of(tables["projects"], tables["places"], tables["sources"], "wuhan", "all", "C")
    told = words.Reading("wuhan", "all", (2007, 2026), projects.known(every, (2007, 2026)))
    assert len(told.by_sector()) == len(told.chosen)
    assert set(told.largest()["kind"]) <= set(told.kinds())
    assert str(told._leads()[0]).startswith(f"Of {len(told.chosen)} projects of Wuhan in our texts ")
    assert int((told.by_sector()["kind"] == next(iter(told.kinds()))).sum()) == len(told.built)


def test_projects_that_only_the_press_articles_name_are_told_of_the_first_sector():
    press = {"source_id": "press_000"}
    rows = pd.DataFrame([BLANK | press, BLANK | press | {"source_id_2": "good"}, BLANK])
    assert projects.of_press(rows) == 1


def test_a_floor_and_an_amount_of_another_text_are_told():
    over = {"investment_100m_cny": 300.0, "qualifier": "over", "stage_date": "2020"}
    exact = {"investment_100m_cny": 160.0, "qualifier": "exact", "stage_date": "2020"}
    told = reading(over, exact | {"note": "Another source gives 20 billion yuan. Jobs planned."})
    assert len(told.floors()) == 1 and next(iter(told.floors())).startswith("P0")
    assert "For P1 another text has 20 billion yuan in place of 16 billion yuan." in str(told.money())
    assert "another text" not in str(reading(over, exact).money())


def test_an_amount_for_more_than_what_is_in_use_is_in_use_in_part_and_a_date_of_a_report_is_told_as_one():
    money = {"investment_100m_cny": 90.0, "qualifier": "exact", "stage": "operating", "stage_date": "2020-06"}
    rows = known(money | {"note": projects.PART}, money | {"completed": "2020-06"}, money)
    assert rows["phase"].tolist() == ["part", "built", "built"]
    assert rows["told"].tolist() == [True, False, True]
    told = words.Reading("wuhan", "all", YEARS, rows.assign(name_zh="项目"))
    assert "two of the three" in str(told.largest_title()) and "one in part" in str(told.largest_title())
    assert "report 2 of them completed or operating, one in part" in str(told.meaning())
    labels = " ".join(told.largest()["series"])
    assert "in use in part, reported in 2020" in labels and "operating, 2020" in labels
    assert len(told.kinds()) == 4
