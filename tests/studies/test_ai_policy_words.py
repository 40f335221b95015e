"""What is said of what is offered: the largest cap and who prints it, floors, funds, ends that are over."""

import math

import pandas as pd

from wuhan.evidence.facts import Fact
from wuhan.studies.ai_policy import words as offers
from wuhan.text import prose

SOURCE = "press_004"


def money(value, qualifier="exact", status="actual", source=SOURCE):
    low = {"up_to": 0.0}.get(qualifier, value)
    high = math.inf if qualifier == "at_least" else value
    return Fact(value, low, high, "cny", "2025", status, (source,), qualifier, place="wuhan")


def rows(*facts, **columns):
    return pd.DataFrame(
        {"money": facts, "place": "wuhan", "who": "Firms", "what": "Vouchers", "per": "firm", "stage": ""} | columns
    )


def reading(*facts, home="wuhan", day="2026-01-01", trust="C", **columns):
    given = {
        "policy": [f"p{at}" for at in range(len(facts))],
        "limit": "cap",
        "recipient": "firm",
        "source_id": SOURCE,
        "source_id_2": "",
        "instrument": "subsidy",
        "until": "",
        "share": math.nan,
        "level": "city",
    }
    return offers.Reading(home, (2018, 2026), trust, rows(*facts, **given | columns), day)


def test_entries_tell_who_and_how_much_and_keep_the_facts():
    told = offers.entries(rows(money(2e7, "up_to"), money(1e7, "at_least"), per=["firm", ""]), "wuhan")
    assert str(told) == "Firms, up to 20 million yuan per firm; Firms, at least 10 million yuan"
    assert [fact["value"] for fact in told.facts] == [2e7, 1e7]
    assert str(offers.entries(rows(money(1e6), per=""))) == "Wuhan: Firms, 1 million yuan"


def test_a_city_with_instruments_of_the_nation_alone_is_told_to_have_none():
    policies = pd.DataFrame({"place": ["wuhan", "china"], "date": ["2025", "2026"]})
    told = str(reading(money(2e7, "up_to"), home="ningbo", level="above").answer(policies))
    assert told.startswith("No instruments for Ningbo") and "Wuhan (1, 2025)" in told
    assert "China" in told


def test_words_for_kinds():
    assert offers.kind("talent") != prose.label("talent")  # a theme has that name
    assert offers.kind("project_support") == "project support"


def test_the_largest_cap_is_told_with_who_prints_it_where_the_best_sources_print_less():
    best, other, poor = "36kr_20260205", "asiacity_20250917", "press_003"
    said = str(reading(money(2e7, "up_to"), money(1e6, "up_to"), source_id=[other, best]).answer(None))
    assert said.startswith("In sources of trust A the largest cap in Wuhan is 1 million yuan per firm (Firms)")
    assert "of trust B, has 20 million yuan per firm" in said
    assert "low trust" in str(reading(money(2e7, "up_to", source=poor), source_id=poor).answer(None))
    assert str(reading(money(2e7, "up_to"), source_id=best).answer(None)).endswith("(Firms).")
    assert str(reading(money(2e7, "up_to"), source_id=other).answer(None)).endswith("print no cap.")
    assert "No cap" in str(reading(money(2e7), limit="exact").answer(None))


def test_caps_are_drawn_at_their_figure_by_the_grade_of_their_source():
    told = reading(money(2e7, "up_to"), money(1e5, "up_to"), money(9e9, "at_least"), limit=["cap", "cap", "floor"])
    drawn = told.marks()
    assert list(drawn["value"]) == [2e7, 1e5] and set(drawn["qualifier"]) == {"exact"}
    assert set(drawn["grade"]) <= set(
        told.grades()
    ) and "from 100,000 yuan per firm to 20 million yuan per firm" in str(told.caps_title())
    assert reading(None).grades() == {} and reading(None).marks().empty


def test_funds_are_counted_by_stage_and_never_added():
    stages = ["invested", "target", "announced"]
    facts = [money(1e9), money(3e9, status="target"), money(2e9, status="plan")]
    said = str(reading(*facts, stage=stages, limit="exact", per="").funds())
    assert "2 of 3 funds and budgets" in said and "invested: Firms, 1 billion yuan" in said
    assert "Of none" in str(reading(facts[1], stage="target", limit="exact").funds())
    assert "No fund" in str(reading(None).by_stage()) and "No fund" in str(reading(None).funds())


def test_programmes_name_the_place_unless_at_home_and_the_title_counts_those_that_run():
    names = {"programme_en": ["Plan", "Push"], "programme_zh": ["方案", "行动"], "date": ["2024", "2024"]}
    told = reading(None, None, until=["2028", "2024-03"], place=["wuhan", "hubei"], **names)
    spans = told.spans()
    assert spans[["series", "detail", "label"]].values.tolist() == [
        ["Push", "Hubei", "March 2024"],
        ["Plan", "", "2028"],
    ]
    assert list(spans["kind"]) == list(told.kinds())[::-1]
    assert str(told.terms_title()) == "Still running: one of 2 programmes with a printed end"
