"""What is said of an AI ecosystem: a sentence for each way the figures can stand, and none that they do not bear."""

import math

import pandas as pd
import pytest
import seaborn as sns
from matplotlib.figure import Figure
from test_ai_ecosystem import row, scoped

import wuhan
from wuhan import charts
from wuhan.studies.ai_ecosystem import computing, driving, words
from wuhan.studies.ai_ecosystem.figures import labelled

WEAK, OTHER = "press_001", "wuhan_cac_20230728"  # a source of low trust, and a trusted one


def city(*rows):
    named = pd.DataFrame(columns=["layer", "name_en"])
    return words.Ecosystem("wuhan", 2030, scoped(*rows), named)


def firms(*counts, **more):
    return city(*(row("ai_firms", period, value, **more) for period, value in counts))


@pytest.mark.parametrize(
    "counts, end",
    [
        ((("2024", 100),), "100 AI firms in 2024"),
        ((("2022", 100), ("2024", 201)), "twice as many as in 2022"),
        ((("2022", 100), ("2024", 310)), "3.1 times as many as in 2022"),
        ((("2022", 100), ("2024", 120)), "20% more than in 2022"),
        ((("2022", 100), ("2024", 80)), "20% fewer than in 2022"),
        ((("2022", 100), ("2024", 100)), "about as many as in 2022"),
    ],
)
def test_the_count_is_set_against_the_first_one(counts, end):
    assert str(firms(*counts).counted()).endswith(end)


def test_the_answer_takes_what_there_is_and_says_what_is_less_sure():
    assert "AI industry" in str(city(row("ai_industry_scale", "2024", 700)).answer())
    assert "PFLOPS" in str(city(row("computing_power_total", "2024", 70)).answer())
    assert "low trust" in str(city(row("ai_firms", "2024", 700, source=WEAK)).answer())
    both = city(row("ai_firms", "2024", 700, source=WEAK), row("ai_firms", "2023", 500, source=OTHER))
    assert "500" in str(both.answer()) and "700" not in str(both.answer())


@pytest.mark.parametrize("goal, near", [(1400, True), (9000, False)])
def test_a_target_is_near_when_one_more_year_would_meet_it(goal, near):
    known = city(
        row("ai_firms", "2023", 900), row("ai_firms", "2024", 1200), row("ai_firms", "2028", goal, status="target")
    )
    assert (known.ahead().plain == known.counted().plain) != near
    assert ("would meet it" in str(known.on_firms())) == near


def test_where_nothing_is_known_nothing_more_is_said():
    empty = city()
    assert [empty.on_firms(), empty.on_size(), empty.definitions(), empty.built(), driving.said(empty)] == [None] * 5
    titles = [empty.counted(), empty.size(), computing.capacity(empty), driving.roads(empty), driving.fleet(empty)]
    assert all(str(title).startswith("No ") for title in titles)


def test_a_late_count_does_not_meet_a_target():
    known = city(
        row("apollo_go_vehicles", "2024", 1000, status="target"),
        row("apollo_go_vehicles", "2024-08", 500),
        row("apollo_go_vehicles", "2025-12", 1200, source=WEAK),
    )
    said = str(driving.said(known))
    assert "of August 2024, are 500" in said and "low trust" in said and "after the term" in said


def test_figures_keep_one_trusted_outcome_a_month_and_stocks_at_the_end_of_the_year():
    known = city(
        row("test_road_length", "2023-12", 3000, qualifier="over"),
        row("test_road_length", "2023-12-05", 3100),
        row("test_road_length", "2024", 3500, source=WEAK),
        row("test_road_length", "2025", 3900),
    )
    rows = known.rows("test_road_length")
    assert rows[["period", "value"]].values.tolist() == [["2023-12", 3100.0], ["2025-12", 3900.0]]


def test_bars_are_labelled_in_the_unit_of_their_axis():
    rows = pd.DataFrame(
        [row("ai_industry_scale", year, 500 * n, source=OTHER) for n, year in ((1, "2023"), (2, "2025"))]
    )
    rows = rows.assign(year=[2023, 2025])
    bars = sns.barplot(rows, x="year", y="value", native_scale=True, ax=Figure().add_subplot())
    labelled(bars, rows)
    assert [text.get_text() for text in bars.texts] == ["50", "100"]
    assert [math.isclose(patch.get_width(), 0.7) for patch in bars.patches] == [True, True]
    assert charts.finish(bars, "Amounts", rows).collisions() == []


def test_one_target_a_year_the_highest():
    aims = [row("ai_firms", year, value, status="target") for year, value in (("2028", 9), ("2028", 15), ("2030", 8))]
    known = city(*aims, row("ai_firms", "2028-06", 7, status="target"), row("ai_firms", "2024", 5))
    assert known.aims("ai_firms")[["year", "value"]].values.tolist() == [[2028, 15], [2030, 8]]


def test_what_leads_can_be_loaded_for_every_city():
    for place in wuhan.load("gdp_nominal", "cities", vintage="first_release", first=2023)["place"].unique():
        known = words.read(place, 2028, True)
        assert len(wuhan.load(known.firms)) and len(wuhan.load(known.scale))


def test_no_bars_get_no_labels():
    bars = Figure().add_subplot()
    labelled(bars, pd.DataFrame(columns=["value", "year"]))
    assert len(bars.texts) == 0


def test_counts_of_one_register_are_said_to_be():
    note = "Register of the industry association at the end of {}."
    known = city(*(row("ai_firms", year, 100) | {"note": note.format(year)} for year in ("2023", "2024")))
    assert "2023 to 2024 are of one register" in str(known.on_firms())
    assert "register" not in str(firms(("2023", 100), ("2024", 101)).on_firms())


def test_amounts_of_several_publishers_are_no_series_and_a_newer_part_of_a_year_is_told():
    amounts = row("ai_industry_scale", "2020", 200, source=WEAK), row("ai_industry_scale", "2023", 780, source=OTHER)
    said = str(
        city(*amounts, row("ai_industry_scale", "2024-01/2024-09", 800, qualifier="over", source=OTHER)).on_size()
    )
    assert "need not be one series" in said and "80 billion" in said
    assert city(*amounts[:1]).on_size() is None


def test_a_capacity_beyond_its_target_has_no_share_of_it():
    power = row("computing_power_total", "2025", 5000)
    aim = row("computing_power_total", "2025", 4500, status="target", qualifier="over")
    assert "more than the target for 2025" in str(computing.capacity(city(power, aim)))
