"""What no source gives stays unknown through arithmetic, choice, sentence and figure, and is said to be so."""

import pandas as pd
import pytest

from wuhan import charts
from wuhan.evidence import facts, observations, package
from wuhan.evidence.facts import Fact, Unknown
from wuhan.text import prose

LOST = Unknown("huangshi", "gdp_nominal", "2025")
ONE = Fact(1.0, 1.0, 1.0, "100m_cny", "2024", "actual", ("a",))


@pytest.mark.parametrize(
    "result",
    [
        facts.add(ONE, LOST),
        facts.subtract(LOST, ONE),
        facts.total([ONE, ONE, LOST]),
        facts.product(ONE, LOST),
        facts.ratio(LOST, ONE),
        facts.share(ONE, LOST),
        facts.growth(LOST, ONE),
        facts.cagr(ONE, LOST, 3),
        facts.mean_size(LOST, ONE),
        facts.attainment(ONE, LOST),
        facts.magnitude(LOST),
    ],
)
def test_arithmetic_on_an_unknown_is_unknown(result):
    assert result is LOST


def test_a_sentence_says_what_is_not_known_and_nothing_else():
    sentence = prose.say("It was {size}, {than} {other}.", size=LOST, than="more than", other=ONE)
    assert str(sentence) == "Not known: GDP at current prices of Huangshi, 2025."
    assert sentence.facts == []
    whole = prose.say("It was {size}.", size=Unknown("huangshi", "gdp_nominal"))
    assert str(whole) == "Not known: GDP at current prices of Huangshi."
    assert prose.choose(LOST, ONE, more="more", less="less", same="same") == ""
    assert prose.word(LOST) == "not known"


def test_an_empty_selection_gives_a_sentence_in_place_of_the_figure():
    frame = observations.select(package.read("gdp"), "wuhan", "gdp_nominal", first=2060)
    for verb in (charts.line, charts.points, charts.bars, charts.dots, charts.shares):
        chart = verb(frame, "A title")
        assert "Nothing to draw here" in str(chart.show("slug", alt="A finding that nobody will see"))
        assert (chart.sources, chart.collisions()) == ([], [])
    assert "Nothing" in str(charts.matrix(pd.DataFrame(), "A title", "coverage").show("slug", alt="none"))


def test_find_and_newest_know_when_they_do_not_know():
    gdp = package.read("gdp")
    assert observations.find(gdp, "wuhan", "gdp_nominal", "2024", "latest").value == 21106.23
    assert observations.find(gdp, "wuhan", "gdp_nominal", "2060") == Unknown("wuhan", "gdp_nominal", "2060")
    levels = observations.select(gdp, "wuhan", "gdp_nominal", vintage="latest")
    assert observations.newest(levels, "wuhan", "gdp_nominal").period == "2025"
    assert observations.newest(levels.head(0), "wuhan", "gdp_nominal") == Unknown("wuhan", "gdp_nominal")


def test_trusted_keeps_the_grades_from_a_down_to_the_least_one():
    ai = package.read("ai")
    grades = {grade: len(observations.trusted(ai, grade)) for grade in "ABCD"}
    assert 0 < grades["A"] < grades["B"] <= grades["C"] <= grades["D"] == len(ai)
    assert set(observations.trusted(ai, "A")["trust"]) == {"A"}


def test_span_gives_one_fact_or_unknown_for_each_year():
    rates = observations.select(package.read("gdp"), "changsha", "gdp_real_growth")
    span = observations.span(rates, "changsha", "gdp_real_growth", 2023, 2025)
    assert [type(each).__name__ for each in span] == ["Fact", "Unknown", "Fact"]


def test_together_keeps_the_order_of_the_places():
    rates = observations.together(package.read("gdp"), ["wuhan", "china", "wuhan"], "gdp_real_growth")
    assert list(dict.fromkeys(rates["place"])) == ["wuhan", "china"]
    assert rates.loc[rates["place"] == "china", "period"].is_monotonic_increasing
    assert observations.together(rates, [], "gdp_real_growth").empty


def test_outcomes_leave_targets_and_plans_out():
    statuses = set(observations.outcomes(package.read("industry"))["status"])
    assert statuses <= set(observations.OUTCOMES) and {"target", "plan"} & set(package.read("industry")["status"])
