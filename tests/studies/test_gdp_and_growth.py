"""The sentences on size and growth follow the accounts, for a city of any kind."""

from dataclasses import replace

import pandas as pd
import pytest

from wuhan.studies.gdp_and_growth.accounts import LEVEL, PEOPLE, RATE
from wuhan.studies.gdp_and_growth.words import Economy

FIRM, WEAK = "wuhan_communique_2020", "city_writeups_2025"
COLUMNS = [
    "place",
    "indicator",
    "period",
    "year",
    "value",
    "low",
    "high",
    "status",
    "qualifier",
    "vintage",
    "value_text",
    "source_id",
    "note",
]
CITY, OTHER = "wuhan", "chengdu"


def frame(indicator, values, place=CITY, vintage="", source=FIRM, half=0.05):
    """Rows as `wuhan.load` gives them: ``values`` by year, each known to ``half`` on either side."""
    return pd.DataFrame(
        [
            {
                "place": place,
                "indicator": indicator,
                "period": str(year),
                "year": year,
                "value": float(value),
                "low": value - half,
                "high": value + half,
                "status": "actual",
                "qualifier": "exact",
                "vintage": vintage,
                "value_text": "",
                "source_id": source,
                "note": "",
            }
            for year, value in values.items()
        ],
        columns=COLUMNS,
    )


def yearly(before, shock, after, first=2010, last=2023):
    """Growth by year: ``before`` until 2019, ``shock`` in 2020, ``after`` since."""
    return {year: before if year < 2020 else shock if year == 2020 else after for year in range(first, last + 1)}


def economy(growth, nation=None, level=None, people=None):
    nation = yearly(7, 2, 5) if nation is None else nation
    rates = pd.concat([frame(RATE, growth), frame(RATE, nation, "china")], ignore_index=True)
    level = frame(LEVEL, {2022: 18000, 2023: 20000}, vintage="first_release") if level is None else level
    return Economy(CITY, level, rates, frame(PEOPLE, people or {}))


@pytest.mark.parametrize(
    ("growth", "said", "unsaid"),
    [
        (yearly(8, -5, 6), "down from", "up from"),
        (yearly(2, 4, 6), "up from", "down from"),
        (yearly(5, 5, 5), "as before", "down from"),
    ],
)
def test_the_answer_sets_the_pace_since_the_shock_against_the_one_before(growth, said, unsaid):
    answer = str(economy(growth).answer())
    assert said in answer and unsaid not in answer
    assert "preliminary" not in answer


def test_an_answer_needs_no_growth_and_no_gdp():
    assert "was found" in str(economy({}).answer())
    nothing = economy(yearly(8, -5, 6), level=frame(LEVEL, {}))
    assert str(nothing.answer()).startswith("No GDP of Wuhan")
    early = economy(yearly(8, -5, 6, last=2019)).answer()
    assert "in 2019 it grew by 8.0%" in str(early)


def test_a_source_of_low_trust_neither_leads_nor_counts_as_a_year():
    firm = frame(LEVEL, {2023: 20000}, vintage="first_release")
    weak = frame(LEVEL, {2024: 30000}, vintage="first_release", source=WEAK)
    town = economy(yearly(8, -5, 6), level=pd.concat([firm, weak], ignore_index=True))
    assert town.size.period == "2023" and "2.0 trillion" in str(town.answer()).replace("2 trillion", "2.0 trillion")
    assert "30" not in str(town.answer()) and "2024" in str(town.firmness([town.levels]))
    last = frame(RATE, {2024: 9}, source=WEAK)
    longer = Economy(CITY, town.levels, pd.concat([town.rates, last], ignore_index=True), town.people)
    assert longer.last == 2023
    assert "For 2024 only second-hand notes of grade C" in str(longer.story())
    assert "2024" not in str(longer.firmness([longer.levels]))  # said once


def test_the_story_tells_fall_recovery_and_what_the_shock_does_not_explain():
    story = str(economy(yearly(8, -5, 6)).story())
    assert "fell 5.0%" in story and "2019 level in 2021" in story and "does not explain" in story
    assert "less than China's" in story and "2.0 percentage points less" in story
    assert "does not explain" not in str(economy(yearly(3, -5, 6)).story())
    assert "fell" not in str(economy(yearly(8, 4, 6)).story())
    assert "not known to have passed" in str(economy(yearly(8, -30, 6)).story())
    assert "growth" not in str(economy({}).story())  # the answer says that none was found


def test_years_ahead_of_the_nation_are_named_only_where_all_is_certain():
    assert str(economy(yearly(8, -5, 6)).lead(2010)).endswith("every year from 2010 to 2023 but 2020")
    assert str(economy(yearly(8, 3, 6)).lead(2010)).endswith("every year from 2010 to 2023")
    assert str(economy(yearly(8, 2, 6)).lead(2010)).endswith("every year from 2010 to 2023 but 2020 (level with it)")
    gap = {year: rate for year, rate in yearly(8, -5, 6).items() if year != 2015}
    assert [each["value"] for each in economy(gap).lead(2010).facts] == [12, 13]
    assert [each["value"] for each in economy(yearly(8, -5, 6)).lead(2020).facts] == [3, 4]  # not "every year but"
    assert "No growth rates of Wuhan were found" in str(economy({}).lead(2010))


def test_a_slowdown_is_shared_or_it_is_not():
    fell = economy(yearly(8, -5, 6))
    assert "Growth slowed by 4.9 percentage points in Wuhan, 2.8 in China" in str(
        fell.alone([CITY, "china"], range(2015, 2024))
    )
    mild = economy(yearly(6, 4, 5), yearly(9, 2, 3)).alone([CITY, "china"], range(2015, 2024))
    assert str(mild).endswith("by 1.3 percentage points in Wuhan, 6.3 in China")
    assert (
        str(fell.left_out([CITY, OTHER], ["Wuhan"]))
        == "Chengdu is left out: its growth was not found for 2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022 and 2023."
    )
    assert str(fell.left_out([CITY], ["Wuhan"])) == ""
    assert str(fell.left_out([CITY], [])) == "No growth rates of Wuhan were found for these years."
    assert str(economy(yearly(2, 4, 6)).alone([CITY, "china"], range(2015, 2024))).endswith("slowed in China")
    assert str(economy({}).alone([CITY, "china"], range(2015, 2024))).startswith("No growth rates of Wuhan were found")
    alike = economy(yearly(8, -5, 6), yearly(8, -5, 6)).alone([CITY, "china"], range(2015, 2024))
    assert str(alike) == "Growth slowed by 4.9 percentage points in Wuhan, 4.9 in China"
    steady = economy(yearly(5, 5, 5), yearly(5, 5, 5))
    assert "is known to have slowed" in str(steady.alone([CITY, "china"], range(2015, 2024)))


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (yearly(9, -9, 5), "No: of 1 other cities with firm figures 1 slowed, too, 1 of them by more."),
        (
            yearly(8, 7, 7),
            "Mostly not: of 1 other cities with firm figures 1 slowed, too, but Wuhan by more than 1 of them.",
        ),
        (yearly(5, 5, 5), "In part: of 1 other cities with firm figures 0 slowed, 0 of them by more."),
        ({}, "Of no other city the growth of all these years was found."),
    ],
)
def test_a_slowdown_is_held_against_all_cities_with_figures(other, told):
    known = economy(yearly(8, -5, 6))
    known = replace(known, rates=pd.concat([known.rates, frame(RATE, other, OTHER)], ignore_index=True))
    assert str(known.shared(range(2015, 2024))).startswith(told)
    assert str(economy(yearly(5, 5, 5)).shared(range(2015, 2024))) == ""


def test_growth_adds_up_over_the_same_years_for_both():
    told = economy(yearly(10, 10, 10), yearly(0, 0, 0)).added(2021).facts
    assert [round(each["value"], 2) for each in told if "value" in each] == [1.2, 1.0]
    assert str(economy({}).added(2010)).startswith("What growth since 2010")
    ended = economy(yearly(10, 10, 10), yearly(0, 0, 0, last=2022))
    assert ended.index(2021).groupby("place")["year"].max().tolist() == [2022, 2022]
    assert [round(each["value"], 2) for each in ended.added(2021).facts if "value" in each] == [1.1, 1.0]


def test_the_census_moves_the_count_of_residents():
    moved = economy({}, people={2019: 1100, 2021: 1300, 2023: 1310}).recount()
    assert "more in 2021 than in 2019, in part" in str(moved) and moved.facts[-1]["value"] == 200
    assert "fewer in 2021 than in 2019" in str(economy({}, people={2019: 1300, 2021: 1100}).recount())
    assert str(economy({}, people={2023: 1310}).recount()).endswith("in 2023")
    assert str(economy({}).recount()).startswith("Not known")


def test_a_city_is_ranked_among_its_neighbours():
    sizes = {"shanghai": 30000, CITY: 20000, OTHER: 19000, "nanjing": 18000}
    rows = pd.concat([frame(LEVEL, {2023: size}, place) for place, size in sizes.items()], ignore_index=True)
    town = economy({}, level=rows)
    ranked = town.ranked()
    assert "number 2 by GDP of the 4 cities with data in 2023" in str(town.placed(ranked))
    assert "not found" in str(town.placed(ranked.iloc[:1]))
    told = town.distances(ranked)
    assert "1 trillion yuan less than Shanghai and 100 billion yuan more than Chengdu." in str(told)
    assert "not ranked" in str(town.distances(ranked.iloc[:1]))


def test_a_small_city_stands_beside_its_province_without_a_rank():
    sizes = {"shanghai": 30000, OTHER: 20000, "nanjing": 18000, CITY: 900, "yichang": 300, "xiantao": 100}
    rows = pd.concat([frame(LEVEL, {2023: size}, place) for place, size in sizes.items()], ignore_index=True)
    town = Economy("yichang", rows, frame(RATE, {}), frame(PEOPLE, {}))
    told = str(town.placed(town.ranked()))
    assert "shown beside places of Hubei with data" in told and "number" not in told


def test_output_per_head_is_set_against_the_highest_or_the_next():
    heads = {"shanghai": 200, CITY: 150, OTHER: 100}
    rows = pd.concat([frame(LEVEL, {2023: size}, place) for place, size in heads.items()], ignore_index=True)
    town = economy({})
    assert str(town.between(rows)).endswith("GDP per head in Wuhan was below Shanghai, above Chengdu")
    assert str(town.between(rows.iloc[1:])).endswith("was above Chengdu")
    assert "10 billion yuan" not in str(town.between(rows)) and "was 15 billion" in str(town.between(rows.iloc[1:2]))
    assert "not known" in str(town.between(rows.iloc[:1]))


def test_revisions_are_told_of_recent_years_alone():
    first = frame(LEVEL, {2010: 800, 2021: 1000, 2022: 1100, 2023: 1200}, vintage="first_release")

    def said(**levels):
        revised = {int(year[1:]): level for year, level in levels.items()}
        later = frame(LEVEL, revised, vintage="latest")
        return str(economy({}).revisions([first, later]))

    small = said(y2021=1010, y2022=1100, y2010=1000)
    assert "2021: it is 1.0% higher" in small and "from 2022 on, so it cannot be told" in small
    assert "it is 10% lower" in said(y2021=900), "of the first figure, not of the newest"
    assert "2022: it is 18% higher" in said(y2022=1300)
    assert "larger than rounding" in said(y2010=1000)
    assert "no revision is seen" in said(y2023=1200)
    within = frame(LEVEL, {2023: 1200.02}, vintage="latest")
    assert "larger than rounding" in str(economy({}).revisions([first, within]))
    assert "no revision is seen" in str(economy({}).revisions([first]))


def test_a_revision_names_who_has_it_and_who_has_the_first_figure_still():
    first = frame(LEVEL, {2015: 10905.6, 2016: 11912.61}, vintage="first_release", source="nbs_cities_2019", half=0.01)
    later = frame(LEVEL, {2015: 10905.6, 2016: 11531.4}, vintage="latest", source="panel_real_gdp")
    said = str(economy({}).revisions([first, later]))
    assert "3.2% lower, as read in Statistical yearbooks (panel" in said
    assert "National Bureau of Statistics of China (export kept in a public repository) has the first figure" in said
    one, two = (rows.assign(place=OTHER) for rows in (first, later))
    town = Economy(OTHER, one, frame(RATE, {}), frame(PEOPLE, {}))
    assert "all the same" not in str(town.revisions([one, two])), "nobody else was read for this city"


def test_a_size_that_was_read_elsewhere_is_said_to_be():
    level = frame(LEVEL, {2023: 20000}, vintage="first_release", source="hubei_cities_2024")
    assert "grade B" in str(economy(yearly(8, -5, 6), level=level).story())
    level = frame(LEVEL, {2023: 20000}, vintage="first_release", source="china_news_2021")
    assert "grade" not in str(economy(yearly(8, -5, 6), level=level).story())


@pytest.mark.parametrize(("growth", "ended"), [({}, True), (yearly(8, 2, 5), False)])
def test_a_city_of_which_nothing_is_known_ends_the_page(growth, ended, monkeypatch):
    ends = []
    monkeypatch.setattr("wuhan.studies.gdp_and_growth.words.end_with", lambda told: ends.append(told) or told)
    none = frame(LEVEL, {}, vintage="first_release")
    assert "No GDP of Wuhan" in str(economy(growth, level=none).answer())
    assert bool(ends) == ended
