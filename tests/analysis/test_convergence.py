"""Convergence and rank-size lines: slopes and errors against statsmodels, samples and rules by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from test_ranking import rows

from wuhan.analysis import convergence, growth
from wuhan.evidence import observations, package
from wuhan.evidence.facts import Fact


def fact(value, unit, place="x", period="2020"):
    return Fact(value, value, value, unit, period, "actual", ("a",), place=place)


def places(xs, ys):
    return pd.DataFrame(
        [
            (f"p{n}", fact(x, "cny_per_person", f"p{n}"), fact(y, "percent", f"p{n}"))
            for n, (x, y) in enumerate(zip(xs, ys, strict=True))
        ],
        columns=convergence.PLACES,
    )


@pytest.fixture(scope="module")
def cities():
    """The frames that notebook 12 uses."""
    listed = package.read("places").query("kind in ['city', 'municipality']")["place"]
    years = observations.years(observations.best(observations.outcomes(package.read("gdp"))))
    years = years[years["place"].isin(listed)]
    levels = observations.select(years, indicator="gdp_nominal", vintage="first_release")
    people, rates = (observations.select(years, indicator=each) for each in ("pop_resident", "gdp_real_growth"))
    return levels, people, rates


@pytest.mark.parametrize(("first", "last"), [(2000, 2023), (2010, 2023), (2012, 2020)])
def test_slope_error_and_interval_are_those_of_statsmodels(cities, first, last):
    start = convergence.sample(*cities, first, last)
    line = convergence.fit(start, last - first)
    x = np.log([fact.value for fact in start["x"]])
    y = np.array([fact.value for fact in start["y"]])
    other = sm.OLS(y, sm.add_constant(x)).fit()
    assert line.n == len(start) == other.nobs
    assert (line.intercept, line.slope) == pytest.approx(tuple(other.params))
    assert line.error == pytest.approx(other.bse[1])
    assert line.interval[1:] == pytest.approx(tuple(other.conf_int()[1]))
    assert convergence.explained(line).value == pytest.approx(other.rsquared)
    assert convergence.doubling(line).low == pytest.approx(math.log(2) * other.conf_int()[1][0])
    band = convergence.band(line, start, steps=7)
    wanted = other.get_prediction(sm.add_constant(np.log(band["x"]))).summary_frame()
    assert band["value"].tolist() == pytest.approx(wanted["mean"].tolist())
    assert band["low"].tolist() == pytest.approx(wanted["mean_ci_lower"].tolist())
    assert band["high"].tolist() == pytest.approx(wanted["mean_ci_upper"].tolist())


def test_the_sample_is_the_csv_by_hand(cities):
    start = convergence.sample(*cities, 2021, 2023).set_index("place").loc["wuhan"]
    levels, people, _rates = cities
    level = observations.observe(levels, "wuhan", "gdp_nominal", "2021")
    heads = observations.observe(people, "wuhan", "pop_resident", "2021")
    assert start["x"].value == pytest.approx(1e4 * level.value / heads.value)  # 100m yuan over 10,000 people
    assert start["x"].unit == "cny_per_person"
    assert start["y"].value == pytest.approx(50 * math.log(1.04 * 1.057))  # the growth of 2022 and 2023
    assert start["y"].low < start["y"].value < start["y"].high


def test_only_places_with_everything_are_in_the_sample():
    names = ("whole", "no_level", "no_people", "gap")
    levels = rows({name: {2020: 100.0} for name in names if name != "no_level"})
    people = rows({name: {2020: 10.0} for name in names if name != "no_people"}, "pop_resident")
    rates = rows({name: {2021: 5.0, 2022: 5.0} for name in names} | {"gap": {2021: 5.0}}, "gdp_real_growth", half=0.05)
    assert convergence.sample(levels, people, rates, 2020, 2022)["place"].tolist() == ["whole"]
    assert convergence.sample(levels, people, rates, 2020, 2020).empty
    assert convergence.sample(levels, people, rates, 1999, 2002).empty


def test_growth_per_head_takes_the_growth_of_residents_off():
    levels = rows({"a": {2000: 100.0}, "b": {2000: 100.0}})
    people = rows({"a": {2000: 10.0, 2010: 12.0}, "b": {2000: 10.0}}, "pop_resident", half=0.0)
    rates = rows({name: dict.fromkeys(range(2001, 2011), 8.0) for name in "ab"}, "gdp_real_growth", half=0.0)
    start = convergence.sample(levels, people, rates, 2000, 2010)
    heads = convergence.sample_per_head(start, people, 2000, 2010)
    assert heads["place"].tolist() == ["a"]
    assert heads["y"][0].value == pytest.approx(100 * math.log(1.08) - 10 * math.log(1.2))
    assert convergence.censuses(2000, 2023) == [(2000, 2020)]
    assert convergence.censuses(2005, 2019) == []


def test_no_line_through_too_few_places_too_few_years_or_one_start():
    xs, ys = np.linspace(1e4, 5e4, 12), np.linspace(9.0, 7.0, 12)
    assert convergence.fit(places(xs, ys), 10) is not None
    assert convergence.fit(places(xs[:9], ys[:9]), 10) is None
    assert convergence.fit(places(xs, ys), 4) is None
    assert convergence.fit(places(np.full(12, 1e4), ys), 10) is None
    assert convergence.band(None, places(xs, ys)) is None


def test_speed_and_half_life_invert_the_formula_of_barro_and_sala_i_martin():
    years, rate = 20, 0.02
    xs = np.geomspace(1e4, 8e4, 30)
    slope = -100 * (1 - math.exp(-rate * years)) / years
    noise = 0.02 * np.where(np.arange(30) % 2, 1, -1)
    line = convergence.fit(places(xs, 30 + slope * np.log(xs) + noise), years)
    speed, half = convergence.speed(line), convergence.half_life(line)
    assert speed.low < 100 * rate < speed.high and speed.value == pytest.approx(2.0, abs=0.02)
    assert half.value == pytest.approx(100 * math.log(2) / speed.value)
    assert (half.low, half.high) == pytest.approx((100 * math.log(2) / speed.high, 100 * math.log(2) / speed.low))
    rising = convergence.fit(places(xs, 5 + 0.5 * np.log(xs) + noise), years)
    assert convergence.speed(rising) is None and convergence.half_life(rising) is None
    steep = convergence.fit(places(xs, 90 - 6.0 * np.log(xs) + noise), years)  # more than all is made up
    assert convergence.speed(steep) is None


def test_places_can_be_left_out():
    start = places([1e4, 2e4, 3e4], [9.0, 8.0, 7.0])
    assert convergence.without(start, ["p1", "elsewhere"])["place"].tolist() == ["p0", "p2"]


def test_complete_growth_and_its_log_mean():
    rates = rows({"a": {2021: 10.0, 2022: -10.0}, "b": {2021: 1.0}}, "gdp_real_growth", half=0.0)
    whole = growth.complete(rates, 2021, 2022)
    assert list(whole) == ["a"] and [rate.value for rate in whole["a"]] == [10.0, -10.0]
    assert growth.complete(rates, 2022, 2021) == {}
    assert growth.average_log_growth(whole["a"]).value == pytest.approx(50 * math.log(1.1 * 0.9))
