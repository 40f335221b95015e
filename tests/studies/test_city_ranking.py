"""Sentences on ranks: one for each case, true for every city of the data."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from test_convergence import places
from test_ranking import rows

from wuhan.analysis import convergence, ranking
from wuhan.evidence import observations, package
from wuhan.studies.city_ranking import slopes, times
from wuhan.studies.city_ranking.words import Standing

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


def standing(frame, city, rates=None, span=(2000, 2030)):
    frame = frame if rates is None else pd.concat([frame, rates])
    return Standing(city, span, "first_release", frame, pd.DataFrame())


def told(frame, city):
    return " ".join(str(standing(frame, city).answer()).split())


def test_the_headline_names_the_nearest_on_each_side():
    frame = levels()
    assert (
        told(frame, "suzhou")
        == "In 2021 Suzhou was number 6 by GDP of 12 cities with data. Chongqing was 14% larger, Chengdu 14% smaller."
    )
    assert (
        told(frame, "shanghai")
        == "In 2021 Shanghai was number 1 by GDP of 12 cities with data. Beijing was 8.3% smaller."
    )
    assert told(frame, "xiantao").endswith("Cities are ranked from 2020 to 2021.")
    assert told(frame.head(8), "wuhan") == "Wuhan is not ranked: this vintage has too few cities in every year."


def test_titles_of_the_distances_and_of_the_ranks():
    frame = levels()
    assert str(standing(frame, "wuhan").beside()) == "Hangzhou was 25% larger than Wuhan in 2021, Nanjing 25% smaller"
    assert str(standing(frame, "shanghai").beside()) == "Beijing was 8.3% smaller than Shanghai in 2021"
    assert str(standing(frame, "ningbo").beside()) == "Tianjin was 100% larger than Ningbo in 2021"
    assert "no neighbours" in str(standing(frame, "xiantao").beside())
    assert standing(frame, "wuhan").sizes()["place"].tolist() == ["chengdu", "hangzhou", "wuhan", "nanjing", "tianjin"]
    assert str(standing(frame, "wuhan").change()) == "Wuhan was number 9 in 2020 and again in 2021"
    assert str(standing(frame, "wuhan", span=(2021, 2021)).change()) == "Wuhan was number 9 in 2021"
    assert "not ranked" in str(standing(frame, "xiantao").change())


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((10, 17, 9), "Wuhan was number 10 in 2020, 17 in 2021 and 9 in 2022"),
        ((9, 6, 9), "Wuhan was number 9 in 2020, 6 in 2021 and 9 in 2022"),
        ((15, 12, 9), "Wuhan was number 15 in 2020 and 9 in 2022"),
        ((15, 17, 9), "Wuhan was number 15 in 2020 and 9 in 2022"),
    ],
)
def test_a_turn_is_told_when_it_is_larger_than_the_change(values, words):
    known = standing(levels((2020, 2021, 2022)), "wuhan")
    known.__dict__["history"] = known.history.assign(value=[float(value) for value in values])  # as if worked out so
    assert str(known.change()) == words


def test_the_newest_distance_is_told_with_its_grade():
    newer = levels((2022,)).query("place in ['wuhan', 'hangzhou']").assign(source_id="city_writeups_2025")
    newer.loc[newer["place"] == "hangzhou", ["value", "low", "high"]] += 50
    told = str(standing(pd.concat([levels(), newer]), "wuhan").story())
    assert "Hangzhou was ahead by 10 billion yuan in 2021, and by 15 billion yuan in 2022 (figures of grade C)." in told
    assert "grade" not in str(standing(levels(), "wuhan").story())


def test_a_rank_in_the_lower_half_says_little():
    assert "in the lower half of 12 cities" in told(levels(), "tianjin")


def test_certainty_counts_the_cities_and_says_who_is_missing():
    frame = levels((2020, 2021, 2022))
    whole = str(standing(frame, "wuhan").certainty())
    assert whole.startswith("The number of cities with data is 12 from 2020 to 2022. Every city of the data has a ")
    less = frame[~((frame["year"] == 2022) & (frame["place"] == "ningbo"))]
    said = str(standing(less, "wuhan").certainty())
    assert (
        "11 in 2022" in said and "Of the 12 cities with GDP in some year, without it for 2022: 1. By the rule" in said
    )
    larger = frame[~((frame["year"] == 2022) & (frame["place"] == "suzhou"))]
    said = str(standing(larger, "wuhan").certainty())
    assert "from number 8 to number 9" in said
    assert "Of 1 city without a figure for 2022, 1 was larger than Wuhan in the nearest year in which both" in said
    few = frame[(frame["year"] < 2022) | frame["place"].isin(NAMES[:5])]
    assert "too few are known: 5 in 2022" in str(standing(few, "wuhan").certainty())
    nothing = frame.head(0)
    assert "No GDP of any city" in str(standing(nothing, "wuhan").certainty())


def test_vintages_agree_or_not_or_can_not_be_compared():
    one, other = levels(), levels(vintage="latest")
    assert "first releases in every year" in str(standing(pd.concat([one, other]), "wuhan").agreement())
    other.loc[(other["place"] == "wuhan") & (other["year"] == 2020), "value"] = 9e3
    both = pd.concat([one, other])
    assert "another than by first releases in 1 of 2 years, last in 2020; the widest difference is 8." in str(
        standing(both, "wuhan").agreement()
    )
    told = str(standing(both, "wuhan").agreement())
    assert told.endswith(
        "In 1 of the other 1 both have one figure for Wuhan, so its own size could not tell them apart."
    )
    assert "number 9 in 2020" in str(standing(both, "wuhan").change())  # the title tells the vintage drawn
    assert "No year of Wuhan is ranked by" in str(standing(one, "wuhan").agreement())
    assert "in 2020 is another than by first" in str(standing(both, "wuhan", span=(2020, 2020)).agreement())
    assert "in 2021 is that by first" in str(standing(both, "wuhan", span=(2021, 2021)).agreement())


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
        (ranking.FAR, "over a century even where rounding favours"),
        (ranking.NEVER, "not closing, as "),
        (ranking.UNKNOWN, "not known, as growth rates are missing"),
    ],
)
def test_each_outcome_has_its_line(outcome, words):
    said = times.time("wuhan", next(meeting(outcome).itertuples()))
    assert words in str(said) and "Wuhan behind Hangzhou by 10 billion yuan" in str(said)
    assert "Nanjing behind Wuhan" in str(times.time("wuhan", next(meeting(outcome, "below").itertuples())))
    for fact in said.facts:
        assert str(said)[fact["start"] :].startswith(fact["text"])


def test_no_neighbour_has_no_times():
    assert "no time is worked out" in str(standing(levels(), "xiantao").times())


def test_a_time_that_is_far_is_told_by_its_decade():
    row = next(meeting(ranking.CLOSING).itertuples())
    far = row._replace(soonest=replace(row.soonest, value=33.0, low=33.0, high=33.0))
    assert str(times.time("wuhan", far)).endswith("level in the 2050s at the earliest.")
    assert str(times.time("wuhan", far._replace(outcome=ranking.MIXED))).endswith("at the earliest, or never.")


def test_a_time_that_is_over_is_not_told():
    row = next(meeting(ranking.CLOSING).itertuples())
    assert "so close that one year's growth decides" in str(times.time("wuhan", row, 6))
    assert "level after" in str(times.time("wuhan", row, 5))


def growing(paces, half=0.01, years=range(2012, 2022)):
    return rows({place: dict.fromkeys(years, pace) for place, pace in paces.items()}, "gdp_real_growth", half=half)


def test_rates_published_since_for_both_are_told():
    later = rows({"wuhan": {2022: 5.2, 2023: 5.6}, "hangzhou": {2022: 4.7}}, "gdp_real_growth", half=0.05)
    rates = pd.concat([growing(dict.fromkeys(NAMES, 5.0)), later])
    said = str(standing(levels(), "wuhan", rates).times())
    assert "Growth published since, Wuhan against Hangzhou: 5.2% against 4.7% in 2022." in said


def test_which_larger_city_grew_more_or_who_outgrew_it():
    slow = standing(levels(), "wuhan", growing({place: 9.0 - at / 10 for at, place in enumerate(NAMES)}))
    assert str(slow.catching()) == "In each window to 2021 Wuhan grew more slowly than Chengdu and Hangzhou"
    assert str(slow.story()).startswith("Over the 5, 7 and 10 years to 2021 Wuhan grew more slowly than Chengdu")
    fast = standing(levels(), "wuhan", growing({place: 5.0 + at / 2 for at, place in enumerate(NAMES)}))
    assert str(fast.catching()).endswith("Wuhan grew more slowly than Nanjing and Tianjin")
    once = growing({place: 5.0 for place in NAMES})
    once.loc[(once["place"] == "nanjing") & (once["year"] == 2012), ["value", "low", "high"]] += 9
    assert str(standing(levels(), "wuhan", once).catching()) == "From 2011 to 2021 Nanjing clearly outgrew Wuhan"
    alike = standing(levels(), "wuhan", growing(dict.fromkeys(NAMES, 5.0), half=0.5))
    assert str(alike.catching()) == "From 2011 to 2021 no neighbour clearly outgrew Wuhan"
    assert "is not known" in str(standing(levels(), "wuhan").catching())
    assert set(fast.windows()["window"]) == {
        "5 years, from 2016 to 2021",
        "7 years, from 2014 to 2021",
        "10 years, from 2011 to 2021",
    }


def test_what_rounding_leaves_open_is_set_apart_in_the_title():
    paces = growing({place: 5.0 for place in NAMES} | {"chengdu": 6.0, "hangzhou": 5.1}, half=0.05)
    known = standing(levels(), "wuhan", paces)
    known.__dict__["_ahead"] = ["chengdu"], {"hangzhou": 2}
    assert str(known.catching()) == (
        "Chengdu outgrew Wuhan in all three windows to 2021, Hangzhou in two: rounding leaves the rest open"
    )
    assert "than Hangzhou, too, but in part by no more than rounding explains" in str(known.slower())


@pytest.mark.parametrize(
    ("paces", "words"),
    [
        ({}, "At recent growth Chengdu and Hangzhou would not reach Suzhou, number 6, for a century."),
        ({"chengdu": 5.5}, "Chengdu and Hangzhou would not reach Suzhou, number 6, before the 2050s."),
        ({"hangzhou": 12.0}, "Hangzhou could reach Suzhou, number 6 by GDP in 2021, after"),
        ({"chengdu": 40.0}, "Chengdu is so close behind Suzhou"),
    ],
)
def test_the_headline_tells_how_soon_those_below_would_be_level(paces, words):
    said = str(standing(levels(), "suzhou", growing(dict.fromkeys(NAMES, 5.0) | paces)).answer())
    headline = said.split("\n")[0]
    assert words in headline and len(headline.split()) <= 18
    assert "Counted are 12 cities with data in 2021." in said


@pytest.mark.parametrize(
    ("slope", "title", "reading"),
    [
        (-0.8, "poorer cities grew faster", "a year less"),
        (0.0, "it is not clear whether", "The 95% interval holds zero"),
        (0.8, "poorer cities grew more slowly", "a year more"),
    ],
)
def test_each_sign_of_the_slope_has_its_words(slope, title, reading):
    xs = np.geomspace(1e4, 8e4, 30)
    noise = 0.1 * np.where(np.arange(30) % 3, 1, -1)
    sample = places(xs, 15 + slope * np.log(xs) + noise)
    line = convergence.fit(sample, 20)
    assert title in str(slopes.finding(line, 2000, 2020))
    said = str(slopes.converging(line, sample, 20))
    assert reading in said and "R² is" in said and "30 cities" in said
    assert "half-life" not in said  # the growth of the whole closes no gap per head
    heads = str(slopes.heads(line, sample, 2000, 2020))
    assert {-0.8: "grew faster in poorer", 0.0: "it is not clear", 0.8: "grew more slowly in poorer"}[slope] in heads
    assert ("half-life of" in heads) == (slope < 0)


def test_growth_per_head_needs_two_censuses_and_enough_cities(data):
    _listed, years = data
    assert "hold fewer than two" in str(slopes.per_head(years, "latest", 2011, 2019))
    few = years[years["place"].isin(NAMES[:5])]
    assert "of 5 cities, and 10 are needed" in str(slopes.per_head(few, "latest", 2000, 2023))
    assert "a half-life of" in str(slopes.per_head(years, "first_release", 2000, 2023))


def test_slopes_that_disagree_are_told_in_one_sentence(monkeypatch):
    def line(slope):
        xs = np.geomspace(1e4, 8e4, 30)
        noise = 0.1 * np.where(np.arange(30) % 3, 1, -1)
        return convergence.fit(places(xs, 15 + slope * np.log(xs) + noise), 20)

    def said(total, later):
        monkeypatch.setattr(slopes, "sample", lambda *_: None)
        monkeypatch.setattr(convergence, "fit", lambda *_: later)
        return str(slopes.summary(total, None, "latest", 2001, 2019))

    flat, falling, rising = line(0.0), line(-0.8), line(0.8)
    assert said(flat, falling).endswith("GDP from 2001 to 2019, not clear; GDP from 2010 to 2019, faster.")
    assert said(falling, rising).endswith("GDP from 2010 to 2019, more slowly.")
    assert said(falling, falling) == said(flat, None) == said(None, falling) == ""  # the title has told it


def test_what_can_not_be_fitted_is_said():
    sample = places([1e4, 2e4], [8.0, 7.0])
    assert "Too few" in str(slopes.finding(None, 2000, 2002))
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
    assert table["half"].notna().tolist() == [False] * 5 + [True]
    short = slopes.choices(years, listed, vintage, 2021, 2023)
    assert short["slope"].isna().all() and len(short) == 5


def test_cities_have_whole_sentences(data):
    listed, years = data
    for city in ["wuhu", "xiantao", "quanzhou", "shanghai", "lhasa", *listed["place"][::9]]:
        known = Standing(city, (2000, 2025), "first_release", years, listed)
        texts = [known.answer(), known.certainty(), known.change(), known.beside(), known.times(), known.story()]
        assert not [text for text in map(str, texts) if BAD.search(text)], city
        assert len(str(texts[0]).split()) <= 40
