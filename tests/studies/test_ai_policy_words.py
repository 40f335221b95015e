"""Figures of what is offered: directions of caps and floors, the step of the axis, ends that are over, words."""

import itertools
import math

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from wuhan import charts
from wuhan.charts import ChartError, style
from wuhan.evidence.facts import Fact
from wuhan.studies.ai_policy import words as offers
from wuhan.text import prose

SOURCE = "press_004"


def money(value, qualifier="exact", status="actual"):
    low = {"up_to": 0.0}.get(qualifier, value)
    high = math.inf if qualifier == "at_least" else value
    return Fact(value, low, high, "cny", "2025", status, (SOURCE,), qualifier, place="wuhan")


def rows(*facts, **columns):
    return pd.DataFrame(
        {"money": facts, "place": "wuhan", "who": "Firms", "what": "Vouchers", "per": "firm", "stage": ""} | columns
    )


def limits(frame):
    return charts.limits(frame, "Caps and floors", "Yuan")


def drawn(chart, gid):
    return [line for line in chart.figure.axes[0].lines if line.get_gid() == gid]


def ticks(chart):
    axes = chart.figure.axes[0]
    return [label.get_text() for label in axes.get_xticklabels()]


def words(chart):
    return [text.get_text() for text in chart.figure.axes[0].texts]


def test_a_cap_reaches_from_the_left_and_a_floor_to_the_right():
    chart = limits(offers.marks(rows(money(2e7, "up_to"), money(1e7, "at_least"), money(4e9))))
    low, high = chart.figure.axes[0].get_xlim()
    assert [list(line.get_xdata()) for line in drawn(chart, "range")] == [[2e7, low], [1e7, high], [4e9, 4e9]]
    assert [(line.get_marker(), line.get_xdata()[0]) for line in drawn(chart, "arrow")] == [("<", low), (">", high)]
    assert low < 1e7 and high > 4e9
    assert [entry.words for entry in chart.key] == ["this much or more", "this much or less"]
    assert chart.sources == [SOURCE] and chart.collisions() == []


def test_targets_and_plans_are_hollow():
    facts = [money(1e9, status=status) for status in ("actual", "plan", "target")]
    chart = limits(offers.marks(rows(*facts)))
    assert [to_hex(line.get_markerfacecolor()) for line in drawn(chart, "mark")] == [
        style.PALETTE[0].lower(),
        style.PAPER.lower(),
        style.PAPER.lower(),
    ]


def test_the_axis_shows_powers_of_ten_that_fit():
    few = limits(offers.marks(rows(money(1e7, "up_to"))))
    assert ticks(few) == ["1 million", "10 million"]  # one tick would not tell the step
    many = limits(offers.marks(rows(money(2e4), money(4e11))))
    values = many.figure.axes[0].get_xticks()
    assert len(values) < 8 and len({round(b / a) for a, b in itertools.pairwise(values)}) == 1
    assert few.collisions() == many.collisions() == []


def test_names_and_amounts_are_in_two_tones_beside_the_marks():
    frame = offers.marks(rows(money(1e9, status="plan"), stage="announced", place="wuhan_east_lake"), "wuhan")
    assert frame["series"].tolist() == ["East Lake High-tech Zone (Optics Valley): Firms"]
    assert frame["label"].tolist() == ["1 billion yuan\nannounced, per firm"]
    assert set(frame["colour"]) == {style.colour("wuhan")}
    told = words(limits(frame))
    assert "Vouchers" in told and "announced, per firm" in told
    assert offers.marks(rows(money(1e9), per=""), "wuhan")["label"].tolist() == ["1 billion yuan"]


def test_a_given_colour_is_kept_and_zero_refused():
    chart = limits(offers.marks(rows(money(1e9), money(1e8))).assign(colour=[style.GREYS[0], style.PALETTE[1]]))
    assert [line.get_markeredgecolor() for line in drawn(chart, "mark")] == [style.GREYS[0], style.PALETTE[1]]
    with pytest.raises(ChartError, match="zero"):
        limits(offers.marks(rows(money(0.0))))


def test_nothing_to_draw_is_a_sentence():
    assert "Nothing to draw" in str(limits(offers.marks(rows(money(1.0))).head(0)).show("a", alt=""))


def programmes(**columns):
    return pd.DataFrame(
        {
            "series": ["Plan for a very long list of things that a city would like to do one day", "Push"],
            "detail": "",
            "start": ["2023-11", "2024-01"],
            "until": ["2028", "2024-03"],
            "standing": ["running", "over"],
            "source_id": [(SOURCE,), (SOURCE,)],
        }
        | columns
    )


def terms(frame, day="2026-08-16"):
    return charts.terms(frame, "Three ends", "From issue to end", day)


def test_terms_run_from_the_issue_to_the_last_day_printed():
    chart = terms(programmes())
    (running,), (over,) = drawn(chart, "running"), drawn(chart, "over")
    assert list(running.get_xdata()) == pytest.approx([2023 + 304 / 365.25, 2028 + 365 / 365.25])
    assert list(over.get_xdata()) == pytest.approx([2024, 2024 + 90 / 365.25])  # a leap year
    assert running.get_color() != over.get_color()
    assert "16 August 2026" in words(chart) and "March 2024" in words(chart)
    assert [entry.words for entry in chart.key] == ["end still ahead", "end passed"]
    assert chart.collisions() == []


def test_terms_without_an_end_are_refused_and_a_long_axis_has_few_years():
    with pytest.raises(ChartError, match="no end"):
        terms(programmes(until=["2028", ""]))
    assert len(terms(programmes(start=["1990", "2024"])).figure.axes[0].get_xticks()) < 9


def test_programmes_name_the_place_unless_at_home():
    frame = pd.DataFrame({"programme_en": ["Plan", "Plan"], "place": ["wuhan", "hubei"]})
    told = offers.programmes(frame, "wuhan")
    assert told[["series", "detail"]].values.tolist() == [["Plan", ""], ["Plan", "Hubei"]]


# Words


def test_entries_tell_who_and_how_much_and_keep_the_facts():
    told = offers.entries(rows(money(2e7, "up_to"), money(1e7, "at_least"), per=["firm", ""]), "wuhan")
    assert str(told) == "Firms, up to 20 million yuan per firm; Firms, at least 10 million yuan"
    assert [fact["value"] for fact in told.facts] == [2e7, 1e7]
    assert str(offers.entries(rows(money(1e6), per=""))) == "Wuhan: Firms, 1 million yuan"


def test_stages_have_a_sentence_each():
    stages = ["invested", "set_aside", "size_stated", "announced", "target"]
    told = str(offers.by_stage(rows(*[money(1e9)] * 5, stage=stages, per=""), "wuhan"))
    assert told.count("Firms, 1 billion yuan.") == 5
    assert told.startswith("Invested: ") and "Set aside: " in told and "Aimed at: " in told


def test_words_for_kinds_and_beneficiaries():
    assert offers.kind("talent") != prose.label("talent")  # a theme has that name
    assert offers.kind("project_support") == "project support"
    assert offers.recipient("small_firm") == "small firm"
    assert offers.recipient("") == "not named"


def test_the_answer_counts_instruments_and_names_the_largest_cap():
    def answer(*facts, **columns):
        return str(offers.answer(rows(*facts, **{"limit": "cap", "recipient": "firm"} | columns), "wuhan"))

    assert answer(money(2e7, "up_to"), money(1e6, "up_to")) == (
        "For Wuhan, 2 policy instruments are found, of which 2 state an amount of money. The largest cap is 20 million "
        "yuan per firm (Firms)."
    )
    assert answer(money(2e7, "up_to"), money(2e7, "up_to"), per=["", "firm"]).endswith(
        " The largest cap is 20 million yuan (Firms); 20 million yuan per firm (Firms)."
    )
    assert answer(None) == (
        "For Wuhan, 1 policy instrument is found, of which 0 state an amount of money. There is no cap on money among "
        "them."
    )
