"""What is said of an AI ecosystem: a sentence for each way the figures can stand, and none that they do not bear."""

import math

import pandas as pd
import pytest
import seaborn as sns
from matplotlib.figure import Figure
from test_ai_ecosystem import row, scoped

import wuhan
from wuhan import charts
from wuhan.studies.ai_ecosystem import amounts, computing, driving, words
from wuhan.studies.ai_ecosystem.figures import labelled

WEAK, OTHER = "press_001", "wuhan_cac_20230728"  # a source of low trust, and a trusted one


def city(*rows):
    named = pd.DataFrame(columns=["layer", "name_en"])
    return words.Ecosystem("wuhan", scoped(*rows), named)


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


def test_growth_of_one_year_is_not_drawn_on_to_the_target():
    aim = row("ai_firms", "2028", 1400, status="target")
    told = str(city(row("ai_firms", "2023", 900), row("ai_firms", "2024", 1200), aim).on_firms())
    assert "are 86% of the 1,400 aimed at for 2028. They grew by 33% in 2024." in told and "one more" not in told


def test_where_nothing_is_known_nothing_more_is_said():
    empty = city()
    assert [empty.on_firms(), empty.on_size(), empty.definitions(), empty.built(), driving.said(empty)] == [None] * 5
    titles = [empty.counted(), empty.size(), computing.capacity(empty), empty.in_words(empty.figures)]
    assert all(str(title).startswith("No ") for title in titles)


def test_a_late_count_does_not_meet_a_target():
    known = city(
        row("apollo_go_vehicles", "2024", 1000, status="target"),
        row("apollo_go_vehicles", "2024-08", 500),
        row("apollo_go_vehicles", "2025-12", 1200, source=WEAK),
    )
    said = str(driving.said(known))
    assert "of August 2024, are 500" in said and "After the term only sources of low trust" in said


def test_a_length_is_told_with_its_target_and_its_basis():
    length = row("test_road_length", "2025", 3900), row("test_road_length", "2025", 4000, status="target")
    said = str(driving.said(city(*length)))
    assert "3,900 km" in said and "4,000 km were aimed at for 2025; whether each direction counts is not said" in said
    assert "each direction counts" in str(driving.said(city(row("test_road_length_one_way", "2025", 3900))))
    fleet = [
        row("apollo_go_vehicles", "2024-08", value, qualifier=word) for value, word in ((400, "over"), (500, "nearly"))
    ]
    assert "over 400 and nearly 500 in August 2024" in str(driving.said(city(*fleet)))


def test_two_bars_or_floors_are_told_and_not_drawn():
    rows = scoped(*(row("ai_firms", year, 100) for year in ("2022", "2023", "2024")))
    assert len(words.drawable(rows)) == 3 and words.drawable(rows.head(2)).empty
    floors = scoped(*(row("ai_firms", year, 100, qualifier="over") for year in ("2022", "2023", "2024")))
    assert words.drawable(floors).empty
    told = city(row("ai_firms", "2024", 120, source=OTHER), row("ai_firms", "2028", 150, status="target"))
    assert str(told.in_words(told.figures)) == "AI firms in Wuhan, as texts print: 120 in 2024; aimed at: 150 in 2028."


def test_counts_of_two_hands_are_not_divided():
    one = row("ai_firms", "2020", 550, source=OTHER), row("ai_firms", "2023", 900, source="press_004")
    assert str(city(*one).counted()) == "Wuhan had 900 AI firms in 2023"


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
    assert str(known.counted()).startswith("Wuhan's industry association listed 100")
    assert "register" not in str(firms(("2023", 100), ("2024", 101)).on_firms())


def test_amounts_of_several_publishers_are_no_series_and_a_newer_part_of_a_year_is_told():
    amounts = row("ai_industry_scale", "2020", 200, source=WEAK), row("ai_industry_scale", "2023", 780, source=OTHER)
    said = str(
        city(*amounts, row("ai_industry_scale", "2024-01/2024-09", 800, qualifier="over", source=OTHER)).on_size()
    )
    assert "need not be one series" in said and "80 billion" in said
    assert str(city(*amounts[:1]).on_size()) == "Texts put the AI industry of Wuhan at 20 billion yuan for 2020."


def test_a_capacity_beyond_its_target_has_no_share_of_it():
    power = row("computing_power_total", "2025", 5000)
    aim = row("computing_power_total", "2025", 4500, status="target", qualifier="over")
    assert "above the over 4,500 PFLOPS aimed at for 2025" in str(computing.capacity(city(power, aim)))


@pytest.mark.parametrize(
    ("whole", "end"),
    [
        (1000, "makes over 85 billion yuan for the city, which does not contradict over 100 billion yuan."),
        (800, "makes over 85 billion yuan for the city."),
    ],
)
def test_the_share_that_a_zone_states_is_held_against_the_amount_of_the_city(whole, end, monkeypatch):
    monkeypatch.setattr(amounts, "name", str.title)  # the made zone is in no table
    zone = {"place": "lake", "status": "estimate", "source": OTHER}
    part = row("ai_core_industry_scale", "2025", 600, qualifier="over", **zone)
    share = row("ai_industry_scale_share_of_city", "2025", 70, qualifier="nearly", **zone)
    own = row("ai_industry_scale", "2025", whole, qualifier="over", source=OTHER)
    assert end in str(city(part, share, own).on_size())
    assert "for the city" not in str(city(part, share, row("ai_industry_scale", "2024", whole, source=OTHER)).on_size())


def test_a_share_and_an_amount_known_to_both_sides_may_not_fit_the_amount_of_the_city(monkeypatch):
    monkeypatch.setattr(amounts, "name", str.title)
    zone = {"place": "lake", "source": OTHER}
    part = row("ai_core_industry_scale", "2025", 600, **zone)
    share = row("ai_industry_scale_share_of_city", "2025", 70, **zone)
    said = str(city(part, share, row("ai_industry_scale", "2025", 1000, source=OTHER)).on_size())
    assert "makes 86 billion yuan for the city, not 100 billion yuan. Figures so round" in said


def test_the_plain_quotient_of_power_stands_before_the_least():
    known = words.read("wuhan", 2028, True)
    said = str(computing.on_power(known))
    assert "about 5,600 PFLOPS for the city, and over 5,200 PFLOPS if the share is up to 95%" in said


def test_an_aim_of_a_study_is_named_in_a_study():
    cells = [cell for line in words.read("wuhan", 2028, True).definitions().rows for cell in line]
    assert "50 billion yuan (named in a study)" in cells and "40 billion yuan (draft)" in cells
