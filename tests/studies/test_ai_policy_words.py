"""What is said of what is offered: the largest cap and who prints it, floors, funds, ends that are over."""

import math

import pandas as pd

from wuhan.evidence.facts import Fact
from wuhan.studies.ai_policy import phrases
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
        "programme_en": "Plan",
        "programme_zh": "方案",
        "date": "2024",
        "share": math.nan,
        "level": "city",
    }
    return offers.Reading(home, (2018, 2026), trust, rows(*facts, **given | columns), day)


def test_entries_tell_who_and_how_much_and_keep_the_facts():
    told = phrases.entries(rows(money(2e7, "up_to"), money(1e7, "at_least"), per=["firm", ""]), "wuhan")
    assert str(told) == "Firms, up to 20 million yuan per firm; Firms, at least 10 million yuan"
    assert [fact["value"] for fact in told.facts] == [2e7, 1e7]
    assert str(phrases.entries(rows(money(1e6), per=""))) == "Wuhan: Firms, 1 million yuan"


def test_a_city_with_instruments_of_the_nation_alone_is_told_to_have_none():
    policies = pd.DataFrame({"place": ["wuhan", "china"], "date": ["2025", "2026"]})
    told = str(reading(money(2e7, "up_to"), home="ningbo", level="above").answer(policies))
    assert told.startswith("No instruments for Ningbo") and "Wuhan (1, 2025)" in told
    assert "China" in told


def test_words_for_kinds():
    assert phrases.kind("talent") != prose.label("talent")  # a theme has that name
    assert phrases.kind("project_support") == "project support"


def test_the_cap_that_two_sources_print_leads_and_the_larger_one_is_doubted():
    other, second = "asiacity_20250917", "36kr_20260205"
    told = reading(money(2e7, "up_to"), money(1e6, "up_to"), source_id=[other, SOURCE], source_id_2=["", second])
    assert str(told.answer(None)) == (
        "No printed end was found of Wuhan's one support programme.\n\nThe cap with the most sources (trust B), up to "
        "1 million yuan per firm for firms, is of 2024; no end of it was found."
    )
    assert "of trust C, has more: up to 20 million yuan per firm for firms" in str(told.meaning())
    alone = reading(money(2e7, "up_to"))
    assert "has more" not in str(alone.meaning())
    assert "Wuhan offers up to 20 million yuan per firm for firms (of 2024, no end found)." in str(alone.answer(None))
    assert "No cap" in str(reading(money(2e7), limit="exact").answer(None))
    assert "No cap" in str(reading(None).limits()) and len(told.limits().rows) == 2


def test_funds_are_counted_by_stage_and_never_added():
    stages = ["invested", "target", "announced"]
    facts = [money(1e9), money(3e9, status="target"), money(2e9, status="plan")]
    said = str(reading(*facts, stage=stages, limit="exact", per="").funds())
    assert "2 of 3 funds and budgets" in said and "invested: Firms, 1 billion yuan" in said
    assert "Of none" in str(reading(facts[1], stage="target", limit="exact").funds())
    assert "No fund" in str(reading(None).by_stage()) and "No fund" in str(reading(None).funds())


def test_programmes_name_the_place_unless_at_home_and_the_title_counts_those_that_run():
    names = {"programme_en": ["Plan", "Push", "Far"], "programme_zh": ["方案", "行动", "远"], "date": ["2024"] * 3}
    places, levels = ["wuhan", "wuhan_wedz", "hubei"], ["city", "part", "above"]
    told = reading(None, None, None, until=["2028", "2024-03", "2020"], place=places, level=levels, **names)
    spans = told.spans()
    assert spans[["series", "detail", "label"]].values.tolist() == [
        ["Push", prose.name("wuhan_wedz"), "March 2024"],
        ["Plan", "", "2028"],
    ]
    assert list(spans["kind"]) == list(told.kinds())[1::-1]
    assert str(told.terms_title()) == ("Of Wuhan's two support programmes one is past its printed end, one not")
    assert "to somebody: 2. An end is printed for 2" in str(told.force())


def test_a_cap_of_a_programme_whose_printed_end_is_over_was_offered():
    named = {"programme_en": "Plan", "programme_zh": "方案", "date": "2024-03-10"}
    over, runs = (str(reading(money(1e6, "up_to"), until=end, **named).answer(None)) for end in ("2024", "2027"))
    assert over.startswith("Of Wuhan's one support programme one is past its printed end.")
    assert over.endswith(
        "In March 2024 Wuhan offered up to 1 million yuan per firm for firms. Its printed end has passed."
    )
    assert "offers" in runs and "of March 2024, until 2027" in runs and "passed" not in runs


def test_what_may_still_be_had_is_told_before_a_better_known_cap_that_has_ended():
    second, facts = "36kr_20260205", (money(2e7, "up_to"), money(1e6, "up_to"))
    named = {"programme_en": ["Plan", "Push"], "programme_zh": ["方案", "行动"], "date": ["2024-03", "2025"]}
    told = reading(*facts, source_id_2=[second, ""], until=["2024", ""], **named)
    said = str(told.answer(None))
    assert said.startswith("Of Wuhan's two support programmes one is past its printed end, one without one.")
    assert "Wuhan offers up to 1 million yuan per firm for firms (of 2025, no end found)." in said
    assert said.endswith("up to 20 million yuan per firm for firms (March 2024), is past its end.")
    assert [row[3] for row in told.limits().rows] == ["2024, passed", "none found"]


def test_of_several_caps_that_end_later_the_best_known_is_told_with_its_end():
    caps = (money(2e7, "up_to"), money(1e6, "up_to"))
    told = str(reading(*caps, until="2027").answer(None))
    assert "The largest cap of trust B, up to 20 million yuan per firm for firms, is of 2024 and ends in 2027." in told
    mixed = reading(
        *caps, None, until=["2027", "2024", ""], programme_en=["A", "B", "C"], programme_zh=["甲", "乙", "丙"]
    )
    assert str(mixed.terms_title()) == (
        "Of Wuhan's three support programmes one is past its printed end, one not, one without one"
    )


def test_programmes_without_an_end_stand_at_the_day_of_their_issue_and_are_told_apart():
    names = {"programme_en": ["Plan", "Push"], "programme_zh": ["方案", "行动"], "date": ["2024", "2025-02"]}
    told = reading(None, None, until=["2028", ""], **names)
    spans = told.spans()
    assert spans[["series", "start", "until", "label"]].values.tolist() == [
        ["Plan", "2024", "2028", "2028"],
        ["Push", "2025-02", "2025-02", "no end found"],
    ]
    assert list(spans["kind"]) == ["end still ahead", "date of issue as printed, no end found"]


def test_plans_that_run_without_support_and_programmes_that_are_not_for_ai_are_told():
    names = {"programme_en": ["AI plan", "Push", "Idea"], "programme_zh": ["方案", "行动", "设想"]}
    kinds = {"instrument": ["subsidy", "subsidy", "plan"], "until": ["2028", "2024", "2028"]}
    told = reading(money(1e6, "up_to"), money(1e6, "up_to"), None, date=["2024"] * 3, **names, **kinds)
    said = str(told.force())
    assert "General by name, not for AI: one of the 2 with an end." in said and "low trust" not in said
    assert said.endswith("Plans that still run, without support found in them: Idea (until 2028).")
    assert "Another one plan still runs, without a cap found." in str(told.answer(None))
    weak = reading(None, until="2024", source_id="asiacity_20250917")
    assert "; only from sources of low trust: one." in str(weak.force())
    assert "Plans" not in str(weak.force())
