"""What is said of a shock: each standing has its sentence, true for the numbers it is made of."""

from dataclasses import replace

import pandas as pd
import pytest
from test_counterfactual import CHANCE, PACES, PLACES, SHOCK, blend_of, fallen, mixed, panel_of, rates_of

from wuhan.analysis import counterfactual, differences
from wuhan.evidence.facts import Unknown
from wuhan.studies.covid_shock import words as shocks
from wuhan.text import prose

WILD = [blend_of(f"w{n}", [1, -1], [-7.0 if n < 2 else 0.0]) for n in range(20)]
NAMES = {"t": "Town", "a": "Alpha", "c0": "Cee"}


@pytest.fixture(autouse=True)
def names(monkeypatch):
    monkeypatch.setattr(shocks, "name", lambda place: NAMES.get(place, place))
    monkeypatch.setattr(prose, "name", lambda place: NAMES.get(place, place))
    prose.language("en")


def said(gaps, outside=0, before=(1, -1), others=CHANCE):
    panel = panel_of(SHOCK + len(gaps) - 1)
    return str(shocks.answer(panel, blend_of("t", list(before), list(gaps), outside), others))


@pytest.mark.parametrize(
    ("gaps", "more", "sentence"),
    [
        ([-6, -6], {}, "and in 2011 still 6%: not made up. So wide a gap is found for 0 of 20 other cities."),
        ([-6, -4], {}, "The 4% still missing in 2011 may be chance: so wide a gap is found for 3 of 20 other cities."),
        ([-6, -2], {}, "The gap of -2% in 2011 is less than twice the usual one: by this measure the loss had been"),
        ([-6, 3], {}, "In 2011 it was 3% above: by this measure the loss had been made up."),
        ([-6], {}, "Whether that has been made up is not known yet."),
        ([6, 6], {}, "output was 6% above a blend of cities that had grown like it: by this measure there was no loss"),
        ([-1.5, -6], {}, "For Town no break in 2010 stands out: the gap of -1.5% to its blend is less than twice the "),
        ([-5], {"before": (3, -3)}, "does not answer for Town: in the years before 2010 its blend missed it by 3.00%"),
        ([-6], {"outside": 1}, "before 2010 it had grown more than every city it can be compared with"),
        ([-6], {"outside": -1}, "before 2010 it had grown less than every city it can be compared with"),
        ([-6], {"others": WILD}, "was -6%. That may be chance: so wide a gap is found for 2 of 20 other cities."),
    ],
)
def test_the_answer_fits_its_standing(gaps, more, sentence):
    answer = said(gaps, **more)
    assert sentence in answer
    assert len(answer.split()) <= 40


@pytest.mark.parametrize(
    ("gaps", "more", "title"),
    [
        ([-6, -6], {}, "Town against its blend: -6% in 2010, -6% in 2011"),
        ([-6, -4], {}, "Town against its blend: -6% in 2010; -4% in 2011 may be chance"),
        ([-1.5, -6], {}, "Town against its blend: no break in 2010 stands out"),
        ([-5], {"before": (3, -3)}, "No blend follows Town closely before 2010: the gap tells nothing"),
        ([-6], {"outside": 1}, "No blend follows Town closely before 2010: the gap tells nothing"),
        ([-6], {"others": WILD}, "Town against its blend: -6% in 2010, which may be chance"),
    ],
)
def test_the_title_says_what_the_gap_is_worth(gaps, more, title):
    panel, others = panel_of(SHOCK + len(gaps) - 1), more.get("others", CHANCE)
    blend = blend_of("t", list(more.get("before", (1, -1))), gaps, more.get("outside", 0))
    assert str(shocks.finding(panel, blend, others)) == title
    untested = shocks.untested(panel, blend, others)
    assert (untested is not None) == title.startswith("No blend")
    assert untested is None or str(untested).startswith("The gap of Town is not tested")


def test_all_other_cities_are_not_called_comparable():
    assert str(shocks.compared(CHANCE, CHANCE)) == "20 other cities"
    assert str(shocks.compared(CHANCE[:12], CHANCE)) == "12 comparable cities"


def test_the_limits_are_those_that_the_notebook_tells():
    """Notebook 13 says: twice the usual gap, one in ten cities, five times the mean square, nine in ten to the end."""
    limits = counterfactual.STEADY, counterfactual.CHANCE, counterfactual.ALIKE, counterfactual.NEARLY_ALL
    assert limits == (2.0, 0.1, 5.0, 0.9)


@pytest.mark.parametrize(
    ("problem", "first", "sentence"),
    [
        ("years", 2008, "2008 to 2010 are too few years. Choose a first year of the fit at least 5 years before 2010."),
        ("growth", 2001, "Not known for Town: its real growth has not been found for every year from 2001 to 2010"),
        ("donors", 2001, "5 other cities whose growth since 2001 is known are needed. Found: 0."),
        ("end", 2001, "The last year with enough is 2009."),
    ],
)
def test_a_problem_is_said_and_all_readings_stay_whole(problem, first, sentence):
    panel = counterfactual.Panel("t", first, SHOCK, SHOCK - 1, (), pd.DataFrame(), problem)
    blend, rates = counterfactual.fit(panel), rates_of(PACES)
    assert sentence in str(shocks.answer(panel, blend, []))
    assert str(shocks.closeness(rates, panel, blend)) == ""
    readings = shocks.nothing(panel), shocks.untested(panel, blend, [])
    assert {str(each) for each in readings} == {"Nothing is compared here, for the reason given at the top."}
    assert str(shocks.too_early(blend)).startswith("No shock is pretended: there are too few years before 2010")


@pytest.fixture(scope="module")
def hit():
    rates = rates_of({"t": fallen(mixed({"a": 0.6, "b": 0.4}), 30), **PACES})
    panel = counterfactual.panel(rates, PLACES, "t", 2001, SHOCK)
    return rates, panel, counterfactual.fit(panel), counterfactual.placebos(panel)


def test_readings_of_a_fit(hit):
    rates, panel, blend, others = hit
    close = str(shocks.closeness(rates, panel, blend))
    assert close.startswith("Before 2010 the blend is closer to Town than the rates are rounded. No other")
    assert close.endswith("Output fell in 2010 in none of the 2 cities in it.")
    loose = str(shocks.closeness(rates, panel, replace(blend, gaps=blend.gaps.assign(value=1.0))))
    assert loose.startswith("Before 2010 the blend missed Town by 1.00% (root mean square of the gaps).")
    assert (shocks.nothing(panel), shocks.untested(panel, blend, others), shocks.too_early(blend)) == (None,) * 3
    path = str(shocks.path(panel, blend))
    assert [f"in {year}" in path for year in (2009, 2010, 2011, 2012, 2013)] == [False, True, True, True, True]
    sharp = str(shocks.sharpness(panel, blend, others))
    assert sharp.startswith("By the ratio Town is number 1 of 7 cities: p = 0.143, the rank over their number.")
    assert "ahead of it" not in sharp
    assert "The number of cities as far from their blends, of all 6 treated in turn, is " in sharp
    steady = str(shocks.robustness(panel, blend, counterfactual.fit(panel, year=2007), [blend]))
    assert "With the shock pretended in 2007 the widest gap until 2009 is 0%." in steady
    short = counterfactual.fit(panel, year=2004)
    assert str(shocks.robustness(panel, blend, short, [blend])).startswith("With each donor left out in turn the gap")
    assert "too few years before 2004" in str(shocks.too_early(short))
    apart = differences.departures(rates, panel)
    assert "A blend" not in str(shocks.alternatives(panel, apart, followed=False))
    other = str(shocks.alternatives(panel, apart))
    assert "Added up from 2010 to 2013 they give" in other
    assert other.count("in 2010") == 2
    assert "makes the city number 1 of 7 by the ratio." in other


def test_ahead_of_a_city_that_is_not_first():
    own, first = blend_of("t", [1, -1], [-3]), blend_of("a", [0.1, -0.1], [-5])
    sharp = str(shocks.sharpness(panel_of(SHOCK), own, [first]))
    assert "number 2 of 2" in sharp
    assert "Of 1 city ahead of it, 1 had a gap to the same side in 2010." in sharp
    assert str(shocks.as_far(panel_of(SHOCK), own, [first])) == "1 in 2010"  # one year, said once


@pytest.mark.parametrize(
    ("rates", "sentence"),
    [
        ([5, -10, 20, 1], "Growth in 2010 was -10.0%. In 2011 output was above the level of 2009 again, and in 2012"),
        ([5, -10, 2, 1], "No later year is known to be above the level of 2009; 2012 was 0.927 times that."),
        ([5, 3, 2, 1], "did not fall in 2010: growth was 3.0%, and in 2012 output was 1.06 times that of 2009."),
        ([5, 0, 2, 1], "is not known to have fallen: growth was 0.0% in 2010, and in 2012 output was 1.03 times that"),
        ([5], "Not known: "),
    ],
)
def test_recovery(rates, sentence):
    panel = panel_of(2012)
    frame = rates_of({"wuhan": [float(rate) for rate in rates]}, first=2009).drop(columns="indicator")
    frame = frame.assign(indicator="gdp_real_growth", value_text="")
    panel = counterfactual.Panel("wuhan", 2001, SHOCK, 2012, (), pd.DataFrame())
    assert sentence in str(shocks.recovery(frame, panel))


def test_the_ends_of_an_unknown_are_unknown():
    lost = Unknown("t", "gdp_real_growth", "2010")
    assert shocks.between(lost) is lost
    assert str(shocks.between(counterfactual.gap(blend_of("t", [1], [-6]), SHOCK, [blend_of("t", [1], [-4])]))) == (
        "-6% to -4%"
    )


def test_a_rare_ratio_and_a_common_gap_at_the_end_are_reconciled():
    panel, own = panel_of(SHOCK + 1), blend_of("t", [1, -1], [-6, -4])
    assert counterfactual.standing(panel, own, CHANCE) == "untold"
    assert str(shocks.sharpness(panel, own, CHANCE)).endswith("a gap as wide as that of 2011 alone is not.")
    sure = blend_of("t", [1, -1], [-6, -6])
    assert "two tests" not in str(shocks.sharpness(panel, sure, CHANCE))
