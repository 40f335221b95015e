"""Level, growth, index and per head: checked by hand, refused where they mean nothing, never across a gap."""

import math

import pandas as pd
import pytest

from wuhan.analysis import growth, transform
from wuhan.evidence import breaks, observations, package
from wuhan.evidence.facts import FactError


def rows(values, indicator="fiscal_revenue", place="wuhan", half=0.5, **columns):
    """Observations from a year or period to a value; ``columns`` override the rest."""
    frame = pd.DataFrame(
        {
            "place": place,
            "indicator": indicator,
            "period": [str(period) for period in values],
            "value": [float(value) for value in values.values()],
            "value_text": "",
            "qualifier": "exact",
            "status": "actual",
            "vintage": "",
            "source_id": "wuhan_communique_2023",
            "note": "",
        }
    )
    return frame.assign(low=frame["value"] - half, high=frame["value"] + half).assign(**columns)


def series(frame):
    return dict(zip(frame["period"], frame["value"], strict=True))


@pytest.fixture(scope="module")
def gdp():
    return package.read("gdp")


@pytest.mark.parametrize(
    ("way", "measure", "unit", "code"),
    [
        ("level", "rate", "percent", ""),
        ("growth", "rate", "percent", "rate"),
        ("index", "rate", "percent", "rate"),
        ("per_head", "rate", "percent", "rate"),
        ("growth", "share", "percent", "share"),
        ("index", "share", "per_firm", "share"),
        ("growth", "index", "count", "rank"),
        ("growth", "flow", "100m_cny", ""),
        ("index", "stock", "10k_persons", ""),
        ("per_head", "flow", "100m_cny", ""),
        ("per_head", "stock", "count", ""),
        ("per_head", "stock", "10k_persons", "unit"),
        ("per_head", "stock", "km", "unit"),
        ("per_head", "flow", "100m_usd", "unit"),
        ("growth", "capacity", "PFLOPS", ""),
    ],
)
def test_what_has_no_meaning_is_refused(way, measure, unit, code):
    assert transform.refusal(way, measure, unit) == code


def test_every_rate_and_share_of_the_data_is_refused_and_every_level_is_not():
    for row in package.read("indicators").to_dict("records"):
        refused = {way for way in transform.TRANSFORMATIONS if transform.refusal(way, row["measure"], row["unit"])}
        assert "level" not in refused
        assert ({"growth", "index", "per_head"} <= refused) == (row["measure"] in ("rate", "share", "index"))


def test_the_change_on_the_year_before_with_its_interval():
    frame = transform.change(rows({2015: 100, 2016: 110, 2017: 99}))
    assert series(frame) == pytest.approx({"2016": 10, "2017": -10})
    assert frame["low"][0] == pytest.approx(100 * 109.5 / 100.5 - 100)
    assert frame["high"][0] == pytest.approx(100 * 110.5 / 99.5 - 100)
    assert set(frame["unit"]) == {"percent"} and frame["source_id"][0] == ("wuhan_communique_2023",)
    assert frame["formula"][0] == "fiscal_revenue 2016 / fiscal_revenue 2015 - 1"
    assert frame["year"].tolist() == [2016, 2017]


def test_a_change_is_not_read_across_a_gap():
    assert series(transform.change(rows({2014: 90, 2016: 100, 2017: 110}))) == pytest.approx({"2017": 10})


@pytest.mark.parametrize(
    ("indicator", "read"),
    [
        ("fiscal_revenue", [2018, 2019, 2020, 2021]),
        ("va_tertiary", [2020, 2021]),  # the census of 2018 shows in 2018 or in 2019
        ("pop_resident", [2018, 2019]),
        ("foreign_investment_used", [2018, 2019, 2021]),
    ],
)
def test_a_change_is_not_read_across_a_break(indicator, read):
    levels = rows({year: year for year in range(2017, 2022)}, indicator)
    assert transform.change(levels)["year"].tolist() == read


def test_a_change_is_derived_and_takes_no_target():
    statuses = ["actual", "preliminary", "target"]
    frame = transform.change(rows({2015: 100, 2016: 110, 2017: 150}, status=statuses))
    assert frame[["period", "status"]].values.tolist() == [["2016", "derived"]]


def test_a_change_from_zero_or_from_a_figure_without_an_end_is_left_out():
    assert transform.change(rows({2015: 0, 2016: 10}, "papers_icra", half=0)).empty
    open_end = rows({2015: 100, 2016: 110}, "ai_firms", half=0, qualifier=["exact", "over"])
    open_end.loc[1, "high"] = math.inf
    assert transform.change(open_end).empty


def test_vintages_are_not_mixed():
    mixed = rows({2015: 100, 2016: 110}, "va_tertiary", vintage=["first_release", "latest"])
    for method in (transform.change, lambda frame: transform.index(frame, 2015)):
        with pytest.raises(FactError, match=r"several vintages \(first_release, latest\) — select one"):
            method(mixed)


def test_places_keep_their_order_and_do_not_meet():
    both = pd.concat([rows({2015: 100, 2016: 110}, place="wuhan"), rows({2015: 10, 2016: 12}, place="chengdu")])
    frame = transform.change(both)
    assert frame["place"].tolist() == ["wuhan", "chengdu"]
    assert frame["value"].tolist() == pytest.approx([10, 20])


def test_an_index_runs_both_ways_from_its_base_to_the_next_gap():
    frame = transform.index(rows({2012: 5, 2014: 80, 2015: 100, 2016: 120, 2018: 7}), 2015)
    assert series(frame) == pytest.approx({"2014": 80, "2015": 100, "2016": 120})
    assert set(frame["unit"]) == {"index"}
    base = frame[frame["period"] == "2015"].iloc[0]
    assert (base["low"], base["high"], base["formula"]) == (100, 100, "2015 = 100")
    assert frame["low"][2] == pytest.approx(100 * 119.5 / 100.5)


def test_breaks_are_data_and_those_of_one_place_are_its_own():
    assert {2015, 2018, 2020, 2024} <= breaks.breaks("retail_sales")
    assert breaks.breaks("gdp_nominal") >= {2004, 2005, 2023, 2024} and 2010 not in breaks.breaks("gdp_nominal")
    assert 2020 in breaks.breaks("average_wage", "yichang") - breaks.breaks("average_wage", "chengdu")
    assert breaks.breaks("gdp_real_growth") == set() and breaks.begun("pop_resident") == [2010, 2020]


def test_an_index_ends_at_a_break():
    frame = transform.index(rows({year: 100 for year in range(2014, 2021)}, "retail_sales"), 2015)
    assert frame["year"].tolist() == [2015, 2016, 2017]


@pytest.mark.parametrize("base", [2013, 2018, 2030])
def test_an_index_without_a_year_that_compares_with_the_base_is_empty(base):
    assert transform.index(rows({2014: 1, 2015: 2, 2018: 3}), base).empty


def test_the_base_is_the_first_year_that_most_places_can_be_compared_from():
    levels = pd.concat(
        [
            rows({2010: 1, 2014: 1, 2015: 2, 2016: 2}),
            rows({2015: 5, 2016: 6}, place="chengdu"),
            rows({2014: 5, 2016: 6}, place="hangzhou"),
        ]
    )
    assert transform.base_year(levels) == 2015
    assert transform.base_year(rows({2010: 1, 2014: 1})) is None


def test_published_growth_is_chained_as_by_the_module_of_growth(gdp):
    rates = observations.years(
        observations.best(observations.outcomes(observations.select(gdp, "wuhan", "gdp_real_growth")))
    )
    ours, theirs = transform.chain(rates, 2015), growth.chain_index(rates, 2015)
    assert ours["year"].tolist() == theirs["year"].tolist()
    for bound in ("value", "low", "high"):
        assert ours[bound].tolist() == pytest.approx(theirs[bound].tolist(), rel=1e-6)
    assert len(ours["source_id"].iloc[-1]) > 1 and set(ours["unit"]) == {"index"}


def test_a_chain_ends_at_a_gap_and_needs_its_first_link():
    rates = rows({2016: 10, 2017: 10, 2019: 10}, "gdp_real_growth", half=0.05)
    assert series(transform.chain(rates, 2015)) == pytest.approx({"2015": 100, "2016": 110, "2017": 121})
    assert transform.chain(rates, 2014).empty


def test_per_head_divides_a_flow_by_the_mean_of_the_year_and_a_stock_by_its_end():
    people = rows({2014: 1000, 2015: 1020}, "pop_resident", half=0.005)  # 10,000 people
    flow = transform.per_head(rows({2014: 5, 2015: 10100}), people, "flow")
    assert series(flow) == pytest.approx({"2015": 10100e8 / 1010e4})
    assert flow["unit"].tolist() == ["cny_per_person"]
    assert flow["low"][0] == pytest.approx(10099.5e8 / 1010.005e4)
    firms = transform.per_head(rows({2014: 500, 2015: 510}, "ai_firms", half=0), people, "stock")
    assert series(firms) == pytest.approx({"2014": 0.5, "2015": 0.5})
    assert set(firms["unit"]) == {"per_10k_people"}


def test_per_head_agrees_with_the_module_of_growth(gdp):
    years = observations.years(observations.best(observations.outcomes(gdp)))
    levels = observations.select(years, "wuhan", "gdp_nominal", vintage="first_release")
    people = observations.select(years, "wuhan", "pop_resident")
    ours, theirs = transform.per_head(levels, people, "flow"), growth.per_head(levels, people)
    assert ours["year"].tolist() == theirs["year"].tolist()
    assert ours["value"].tolist() == pytest.approx(theirs["value"].tolist(), rel=1e-12)


def test_without_head_counts_there_is_nothing_per_head():
    assert transform.per_head(rows({2015: 10}), rows({2015: 1}, "pop_resident").head(0), "flow").empty


def test_a_level_is_what_was_printed_with_targets_beside_it():
    statuses = ["actual", "preliminary", "target"]
    printed = rows({2024: 10, 2025: 12, 2027: 20, "2025-01/2025-06": 6}, status=[*statuses, "actual"])
    frame = transform.level(printed)
    assert frame["period"].tolist() == ["2024", "2025", "2027"]
    assert frame["status"].tolist() == statuses
    assert frame["unit"].tolist() == ["100m_cny"] * 3
    dated = transform.level(rows({"2025-06": 6, "2025-03": 5}))
    assert dated["year"].tolist() == [2025, 2025]


def test_one_outcome_a_period_the_firmest():
    twice = pd.concat(
        [
            rows({2024: 10}, status="estimate"),
            rows({2024: 11}, status="preliminary"),
            rows({2024: 15}, status="target"),
            rows({2024: 16}, status="plan"),
        ]
    )
    frame = transform.firmest(twice)
    assert sorted(frame["value"]) == [11, 15, 16]
    assert len(transform.firmest(frame)) == 3


def test_vintages_are_offered_by_their_number_of_rows():
    mixed = rows(
        {2014: 1, 2015: 1, 2016: 1, 2017: 1, 2018: 1},
        vintage=["latest", "first_release", "latest", "first_release", "compiled"],
    )
    assert transform.vintages(mixed) == ["first_release", "latest", "compiled"]
    assert transform.vintages(rows({})) == []


def test_levels_on_either_side_of_a_break_are_told_apart():
    old, before, after = observations.facts(rows({2009: 1, 2015: 1, 2020: 1}, "pop_resident"))
    assert transform.broken("pop_resident", old, before) and transform.broken("pop_resident", before, after)
    assert not transform.broken("trade_total", old, after)
