"""Sentences on ranks: one for each case, true for every city of the data."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from test_convergence import places
from test_ranking import rows

from wuhan.analysis import convergence, ranking, sizes
from wuhan.evidence import observations, package
from wuhan.studies.city_ranking import slopes
from wuhan.studies.city_ranking import words as standings
from wuhan.text import prose

# Places of places.csv, the largest first; the k-th of the last has k steps.
NAMES = [
    "shanghai",
    "beijing",
    "shenzhen",
    "guangzhou",
    "chongqing",
    "suzhou",
    "chengdu",
    "hangzhou",
    "wuhan",
    "nanjing",
    "tianjin",
    "ningbo",
]
BAD = re.compile(r"\bnan\b|\bNone\b|  |\binf\b")


def levels(years=(2020, 2021), **columns):
    sized = {place: dict.fromkeys(years, 100.0 * (len(NAMES) - at)) for at, place in enumerate(NAMES)}
    return rows(sized, **columns)


def told(frame, city):
    ranks = ranking.history(frame, city)
    ranked = ranking.rank(frame[frame["year"].isin(ranks["year"].tail(1))])
    return str(standings.headline(city, frame, ranks, ranking.neighbours(ranked, city, 2)))


def near(frame, city, year=2021):
    return ranking.neighbours(ranking.rank(frame[frame["year"] == year]), city, 2)


def test_the_headline_names_the_nearest_on_each_side():
    frame = levels()
    assert told(frame, "wuhan") == (
        "Wuhan was number 9 of the 12 cities with data in 2021: Hangzhou was 10 billion yuan ahead (25%), Nanjing 10 "
        "billion yuan behind (25%)."
    )
    assert told(frame, "shanghai").endswith("in 2021: Beijing was 10 billion yuan behind (8.3%).")
    assert told(frame, "ningbo").endswith("in 2021: Tianjin was 10 billion yuan ahead (100%).")
    assert told(frame, "xiantao").endswith("Cities are ranked from 2020 to 2021.")
    assert told(frame.head(8), "wuhan") == "Wuhan is not ranked: this vintage has too few cities in every year."


def test_titles_of_the_distances_and_of_the_ranks():
    frame = levels()
    assert str(standings.beside("wuhan", near(frame, "wuhan"))) == (
        "In 2021 Hangzhou was 25% ahead, Nanjing 25% behind"
    )
    assert "no city with data ahead" in str(standings.beside("shanghai", near(frame, "shanghai")))
    assert "no city with data behind" in str(standings.beside("ningbo", near(frame, "ningbo")))
    assert "no neighbours" in str(standings.beside("wuhan", near(frame, "xiantao")))
    ranks = ranking.history(frame, "wuhan")
    assert str(standings.change("wuhan", ranks)) == "Wuhan was number 9 in 2020 and again in 2021"
    assert str(standings.change("wuhan", ranks.tail(1))) == "Wuhan was number 9 in 2021"
    moved = ranks.assign(value=[12.0, 9.0])
    assert str(standings.change("wuhan", moved)) == "Wuhan was number 12 in 2020 and number 9 in 2021"
    assert "not ranked" in str(standings.change("wuhan", ranks.head(0)))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((10, 17, 9), "Wuhan was number 10 in 2020, number 17 in 2021 and number 9 in 2022"),
        ((9, 6, 9), "Wuhan was number 9 in 2020, number 6 in 2021 and number 9 in 2022"),
        ((15, 12, 9), "Wuhan was number 15 in 2020 and number 9 in 2022"),
        ((15, 17, 9), "Wuhan was number 15 in 2020 and number 9 in 2022"),
    ],
)
def test_a_turn_is_told_when_it_is_larger_than_the_change(values, words):
    ranks = ranking.history(levels((2020, 2021, 2022)), "wuhan").assign(value=[float(value) for value in values])
    assert str(standings.change("wuhan", ranks)) == words


def test_certainty_counts_the_cities_and_says_who_is_missing():
    frame = levels((2020, 2021, 2022))
    whole = str(standings.certainty("wuhan", frame, ranking.history(frame, "wuhan")))
    assert whole.startswith("The number of cities with data is 12 from 2020 to 2022. Every city of the data has a ")
    less = frame[~((frame["year"] == 2022) & (frame["place"] == "ningbo"))]
    said = str(standings.certainty("wuhan", less, ranking.history(less, "wuhan")))
    assert "11 in 2022" in said and "For 2022, 1 of the cities lacks a figure. By the rule above no city" in said
    larger = frame[~((frame["year"] == 2022) & (frame["place"] == "suzhou"))]
    said = str(standings.certainty("wuhan", larger, ranking.history(larger, "wuhan")))
    assert "from number 8 to number 9" in said
    assert "Of 1 city without a figure for 2022, 1 was larger than Wuhan in the nearest year in which both" in said
    few = frame[(frame["year"] < 2022) | frame["place"].isin(NAMES[:5])]
    assert "too few are known: 5 in 2022" in str(standings.certainty("wuhan", few, ranking.history(few, "wuhan")))
    nothing = frame.head(0)
    assert "No GDP of any city" in str(standings.certainty("wuhan", nothing, ranking.history(nothing, "wuhan")))


def test_vintages_agree_or_not_or_can_not_be_compared():
    one, other = levels(), levels(vintage="latest")
    both = ranking.histories(pd.concat([one, other]), "wuhan")
    assert "the same rank in every year" in str(standings.agreement("wuhan", both))
    other.loc[(other["place"] == "wuhan") & (other["year"] == 2020), "value"] = 9e3
    moved = ranking.histories(pd.concat([one, other]), "wuhan")
    assert "different ranks in 1 of 2 years" in str(standings.agreement("wuhan", moved))
    assert "can not be compared" in str(standings.agreement("wuhan", ranking.histories(one, "wuhan")))
    assert "different ranks in 2020." in str(standings.agreement("wuhan", moved[moved["year"] == 2020]))
    assert "the same rank in 2021." in str(standings.agreement("wuhan", moved[moved["year"] == 2021]))


def test_next_places_are_counted():
    frame = levels()
    frame.loc[(frame["place"] == "suzhou") & (frame["year"] == 2021), ["value", "low", "high"]] = [410.0, 409.5, 410.5]
    said = str(standings.next_places("wuhan", ranking.distances(frame, "wuhan")))
    assert "Next above Wuhan stood Hangzhou (1 year), Suzhou (1). The nearest was Suzhou in 2021, 2.5% ahead." in said
    assert "Next below Wuhan stood Nanjing (2 years). The nearest was Nanjing in" in said
    once = str(standings.next_places("wuhan", ranking.distances(frame[frame["year"] == 2021], "wuhan")))
    assert once == "Next above Wuhan in 2021 was Suzhou, 2.5% ahead. Next below Wuhan in 2021 was Nanjing, 25% behind."
    assert "No neighbours" in str(standings.next_places("xiantao", ranking.distances(frame, "xiantao")))


def test_a_distance_is_short_and_never_zero():
    gap = ranking.distances(levels(), "wuhan")["fact"].iloc[0]
    given = [replace(gap, value=value, low=value, high=value) for value in (-12.344, 0.2366, 0.0018)]
    short = [standings._short(each) for each in given]
    assert [prose.say("{x}", x=fact).plain for fact in short] == ["12.3%", "0.24%", "0.002%"]


def meeting(outcome, side="above"):
    row = ranking.neighbours(ranking.rank(levels((2021,))), "wuhan", 1).iloc[0 if side == "above" else 1]
    years = [row["own"].__class__(n, n, n, "years", "2021", "actual", ("wuhan_communique_2024",)) for n in (4.0, 6.0)]
    return row.to_frame().T.assign(outcome=outcome, soonest=years[0], latest=years[1])


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (ranking.CLOSING, "level after 4 to 6 years."),
        (ranking.LATE, "at the slowest pace not within a century"),
        (ranking.MIXED, "in some window, or within rounding, never"),
        (ranking.FAR, "not within a century at these rates"),
        (ranking.NEVER, "never, as "),
        (ranking.UNKNOWN, "not known, as growth rates are missing"),
    ],
)
def test_each_outcome_has_its_line(outcome, words):
    rates = rows({"wuhan": {2021: 5.0}}, "gdp_real_growth")
    said = standings.times("wuhan", meeting(outcome), meeting(ranking.NEVER), rates, 2020)
    assert words in str(said) and "Wuhan behind Hangzhou by 10 billion yuan" in str(said)
    assert "Nanjing behind Wuhan" in str(
        standings.times("wuhan", meeting(outcome, "below"), meeting(outcome, "below"), rates, 2020)
    )
    for fact in said.facts:
        assert str(said)[fact["start"] :].startswith(fact["text"])


def test_no_neighbour_has_no_times():
    none = meeting(ranking.NEVER).head(0)
    assert "no time is worked out" in str(standings.times("wuhan", none, none, none, 2020))


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (ranking.CLOSING, "Short window: after 4 to 6 years."),
        (ranking.FAR, "Short window: not within a century."),
        (ranking.NEVER, "Short window: never."),
    ],
)
def test_the_short_window_stands_beside_the_long_ones(outcome, words):
    rates = rows({"wuhan": {2021: 5.0}}, "gdp_real_growth")
    said = str(standings.times("wuhan", meeting(ranking.NEVER), meeting(outcome), rates, 2020))
    assert "never, as Wuhan grew no faster" in said and words in said and "published since" not in said
    unknown = meeting(ranking.UNKNOWN)
    assert "Short window" not in str(standings.times("wuhan", unknown, unknown, rates, 2020))
    late = meeting(ranking.MIXED).assign(latest=None)
    assert "or not within a century" in str(standings.times("wuhan", meeting(ranking.NEVER), late, rates, 2020))


def test_rates_published_since_for_both_are_told():
    rates = rows(
        {"wuhan": {2020: 1.0, 2021: 5.2, 2022: 5.6}, "hangzhou": {2020: 2.0, 2021: 4.7}}, "gdp_real_growth", half=0.05
    )
    never = meeting(ranking.NEVER)
    said = str(standings.times("wuhan", never, never, rates, 2020))
    assert "Growth published since, Wuhan against Hangzhou: 5.2% against 4.7% in 2021." in said


def test_pace_counts_only_the_sides_that_there_are():
    years = range(2012, 2022)
    rates = rows(
        {place: dict.fromkeys(years, 5.0 + at / 10) for at, place in enumerate(NAMES)}, "gdp_real_growth", half=0.01
    )
    paced = ranking.paces(ranking.rank(levels((2021,))), rates, 2021, 10)
    said = [str(standings.pace(city, paced)) for city in ("shanghai", "wuhan", "ningbo", "xiantao")]
    assert said == [
        "11 of 11 smaller cities clearly outgrew Shanghai",
        "3 of 3 smaller and 0 of 8 larger cities clearly outgrew Wuhan",
        "0 of 11 larger cities clearly outgrew Ningbo",
        "The growth of Xiantao is not known for these years",
    ]


def ranked(values):
    return ranking.rank(rows({f"p{n:02d}": {2023: value} for n, value in enumerate(values)}, half=0.0))


def test_sizes_are_set_against_zipf():
    zipf = ranked([1000 / (n - 0.5) for n in range(1, 41)])
    law = sizes.rank_size(zipf, 20)
    title = str(slopes.equality(law))  # what the interval is, and not that it "does not rule out" a law
    assert "from -1.7 to -0.3" in title and "rule out" not in title
    assert "Too few" in str(slopes.equality(None)) and "No line" in str(slopes.exponents(None, None))
    assert "-1 (interval -1.7 to -0.3)" in str(slopes.exponents(law, sizes.rank_size(zipf, 40)))
    assert "is no test" in str(slopes.exponents(law, sizes.rank_size(zipf, 40)))
    mixed = ranked([1000 / (n - 0.5) ** 0.2 for n in range(1, 41)] + [1e-3 / n**9 for n in range(1, 160)])
    part, whole = sizes.rank_size(mixed, 40), sizes.rank_size(mixed, 199)
    assert "is no test" in str(slopes.exponents(part, whole))  # one sample is part of the other
    assert "more alike than" in str(slopes.equality(part)) and "less alike than" in str(slopes.equality(whole))


@pytest.mark.parametrize(
    ("slope", "title", "reading"),
    [
        (-0.8, "Cities that started richer grew more slowly", "half-life of"),
        (0.0, "neither clearly faster nor clearly more slowly", "The interval holds zero"),
        (0.8, "Cities that started richer grew faster", "No half-life is worked out from such a slope"),
    ],
)
def test_each_sign_of_the_slope_has_its_words(slope, title, reading):
    xs = np.geomspace(1e4, 8e4, 30)
    noise = 0.1 * np.where(np.arange(30) % 3, 1, -1)
    sample = places(xs, 15 + slope * np.log(xs) + noise)
    line = convergence.fit(sample, 20)
    assert title in str(slopes.finding(line))
    said = str(slopes.converging(line, sample, 20))
    assert reading in said and "R² is" in said and "30 cities" in said


def test_what_can_not_be_fitted_is_said():
    sample = places([1e4, 2e4], [8.0, 7.0])
    assert "Too few" in str(slopes.finding(None))
    assert "of 2 cities, and 10 are needed" in str(slopes.converging(None, sample, 20))
    assert "for 2 years of this choice, and 5 are needed" in str(slopes.converging(None, sample, 2))


@pytest.fixture(scope="module")
def data():
    listed = package.read("places").query("kind in ['city', 'municipality']")
    years = observations.years(observations.best(observations.outcomes(package.read("gdp"))))
    return listed, years[years["place"].isin(listed["place"])]


@pytest.mark.parametrize("vintage", ["first_release", "latest"])
def test_choices_differ_in_one_thing_each(data, vintage):
    listed, years = data
    table = slopes.choices(years, listed, vintage, 2000, 2023)
    assert len(table) == 6 and table["slope"].notna().all()
    n = table["cities"].tolist()
    assert n[3] == n[0] - 4 and n[4] < n[0]
    assert "without the cities of Hubei" in [str(choice) for choice in table["choice"]]
    assert str(table["choice"].iloc[-1]).endswith("2000 to 2020")
    assert table["half"].notna().tolist()[-1]
    short = slopes.choices(years, listed, vintage, 2021, 2023)
    assert short["slope"].isna().all() and len(short) == 5


def test_cities_have_whole_sentences(data):
    listed, years = data
    frame = years[(years["indicator"] == "gdp_nominal") & (years["vintage"] == "first_release")]
    rates = years[years["indicator"] == "gdp_real_growth"]
    for city in ["wuhu", "xiantao", "quanzhou", "shanghai", "lhasa", *listed["place"][::5]]:
        ranks = ranking.history(frame, city)
        table = ranking.rank(frame[frame["year"].isin(ranks["year"].tail(1))])
        beside = ranking.neighbours(table, city, 2)
        texts = [
            standings.headline(city, frame, ranks, beside),
            standings.certainty(city, frame, ranks),
            standings.change(city, ranks),
            standings.beside(city, beside),
            standings.next_places(city, ranking.distances(frame, city)),
            standings.times(
                city,
                *(
                    ranking.meetings(table, rates, city, 2023, 2, windows)
                    for windows in (ranking.WINDOWS, ranking.SHORT)
                ),
                rates,
                2023,
            ),
            standings.pace(city, ranking.paces(table, rates, 2023, 10)),
        ]
        assert not [text for text in map(str, texts) if BAD.search(text)], city
        assert len(str(texts[0]).split()) <= 40
