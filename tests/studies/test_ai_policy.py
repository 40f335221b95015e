"""Instruments of policy: what counts as money, which caps and pots there are, and what is never added, by hand."""

import math
from types import SimpleNamespace

import pandas as pd
import pytest

from wuhan.evidence import claims, observations, package
from wuhan.evidence.facts import Fact
from wuhan.studies.ai_policy import numbers as instruments

BLANK = {
    "place": "wuhan",
    "date": "2025-03-10",
    "programme_en": "Measures",
    "programme_zh": "措施",
    "instrument": "subsidy",
    "description": "Help",
    "limit": "none",
    "stage": "",
    "amount": math.nan,
    "unit": "",
    "per": "",
    "share": math.nan,
    "beneficiary": "",
    "recipient": "",
    "until": "",
    "source_id": "good",
    "source_id_2": "",
}
PLACES = pd.DataFrame(
    {
        "place": ["china", "hubei", "wuhan", "wuhan_wedz", "suzhou"],
        "parent": ["world", "china", "hubei", "wuhan", "jiangsu"],
    }
)
YEARS = (2000, 2030)


def rows(*given):
    return instruments.with_money(pd.DataFrame([BLANK | {"policy": f"p{at}"} | row for at, row in enumerate(given)]))


def cap(amount, **columns):
    return {"limit": "cap", "amount": amount, "unit": "10k_cny", "per": "firm"} | columns


def floor(amount, **columns):
    return cap(amount, limit="floor", **columns)


def pot(amount, stage, **columns):
    return {"instrument": "fund", "limit": "exact", "stage": stage, "amount": amount, "unit": "100m_cny"} | columns


def values(found):
    return [instruments.yuan(fact) for fact in found["money"]]


@pytest.fixture(scope="module")
def real():
    return instruments.with_money(package.read("policies"))


@pytest.fixture(scope="module")
def wuhan(real):
    return instruments.of_city(real, package.read("places"), "wuhan", YEARS)


# Amounts


def test_a_cap_reaches_from_zero_and_a_floor_to_infinity():
    high, low = rows(cap(2000.0), floor(1000.0))["money"]
    assert (high.value, high.low, high.high, high.qualifier, high.unit) == (2000.0, 0.0, 2000.0, "up_to", "10k_cny")
    assert (low.value, low.low, low.high, low.qualifier) == (1000.0, 1000.0, math.inf, "at_least")
    assert high.status == low.status == "actual"


def test_an_exact_amount_is_known_to_its_printed_digits():
    (fact,) = rows(pot(40.0, "set_aside"))["money"]
    assert (fact.value, fact.low, fact.high, fact.unit) == (40.0, 39.5, 40.5, "100m_cny")  # as it is printed


def test_a_target_is_a_target_and_an_announcement_a_plan():
    facts = rows(*[pot(1.0, stage) for stage in instruments.STAGES])["money"]
    assert [fact.status for fact in facts] == ["target", "plan", "actual", "actual", "actual"]


def test_what_is_no_money_of_an_instrument():
    found = rows(
        cap(2000.0, unit="m2"),
        cap(1.0, unit="years"),
        {"limit": "none"},
        cap(3500.0, unit="100m_cny", instrument="target"),
        cap(2000.0, unit="100m_cny", instrument="plan"),
    )
    assert found["money"].isna().all()


def test_both_sources_place_and_date_travel_with_the_amount():
    (fact,) = rows(cap(1.0, source_id_2="poor", place="suzhou", date="2025-02"))["money"]
    assert (fact.sources, fact.place, fact.period, fact.indicator) == (("good", "poor"), "suzhou", "2025-02", "p0")


def test_rows_are_in_order_of_time_and_named_for_who_may_get_it():
    found = rows({"date": "2026"}, {"date": "2018", "beneficiary": "Firms", "description": "Space"})
    assert found["year"].tolist() == [2018, 2026]
    assert found["who"].tolist() == ["Firms", "Help"]
    assert found["what"].tolist() == ["Space", ""]


# Selections


def test_a_city_has_its_own_instruments_those_of_its_parts_and_of_what_it_lies_in():
    places = ["china", "hubei", "wuhan", "wuhan_wedz", "suzhou", "world"]
    every = rows(*[{"place": place} for place in places], {"date": "2017"})
    found = instruments.of_city(every, PLACES, "wuhan", (2018, 2025))
    assert dict(zip(found["place"], found["level"], strict=True)) == {
        "china": "above",
        "hubei": "above",
        "wuhan": "city",
        "wuhan_wedz": "part",
        "world": "above",
    }
    assert instruments.of_city(every, PLACES, "suzhou", YEARS)["place"].tolist() == ["suzhou"]
    assert instruments.of_city(every, PLACES, "wuhan", (2026, 2026)).empty


def test_offer_counts_by_place():
    found = instruments.offer(rows({"place": "suzhou"}, {"date": "2019"}, {"date": "2026"}))
    assert found.to_dict("records") == [
        {"place": "wuhan", "known": 2, "first": 2019, "last": 2026},
        {"place": "suzhou", "known": 1, "first": 2025, "last": 2025},
    ]


def test_limits_are_the_caps_and_floors_on_what_is_given_largest_first():
    found = instruments.limits(
        rows(
            cap(20.0),
            floor(1000.0),
            cap(2000.0),
            cap(5.0, unit="km"),
            pot(40.0, "set_aside"),
            floor(3000.0, unit="100m_cny", stage="target", instrument="fund"),
        )
    )
    assert values(found) == [2e7, 1e7, 2e5]


def test_without_any_amount_every_selection_is_empty():
    none = rows({"limit": "none"})
    for each in (
        instruments.limits,
        instruments.pots,
        instruments.largest,
        instruments.by_size,
        instruments.least_cost,
        instruments.timed,
        instruments.same_figure,
    ):
        assert each(none).empty and each(none.head(0)).empty
    assert instruments.summary(none) == {"known": 1, "priced": 0, "caps": 0, "largest": None}


def test_pots_go_from_what_is_paid_to_what_is_wished():
    found = instruments.pots(
        rows(
            pot(1.0, "target"),
            pot(2.0, "announced"),
            pot(9.0, "target"),
            pot(3.0, "invested"),
            cap(5.0),
            {"stage": "announced", "instrument": "fund"},
        )
    )
    assert list(zip(found["stage"], values(found), strict=True)) == [
        ("invested", 3e8),
        ("announced", 2e8),
        ("target", 9e8),
        ("target", 1e8),
    ]


# What caps say of each other


def test_the_largest_cap_may_be_several_and_no_floor():
    own = rows(cap(100.0), cap(10000.0, per="person"), cap(10000.0, per="project"), floor(99999.0))
    assert instruments.largest(own)["per"].tolist() == ["person", "project"]
    assert instruments.summary(own)["caps"] == 3 and instruments.summary(own)["priced"] == 4
    assert instruments.yuan(instruments.summary(own)["largest"]) == 1e8


def test_the_best_known_cap_is_that_of_most_sources_then_of_better_ones():
    grades = {"good": "A", "fair": "B", "poor": "C"}
    own = rows(
        cap(10000.0, source_id="poor"),
        cap(100.0),
        cap(2000.0, source_id="fair", source_id_2="poor"),
        cap(0.5, unit="100m_cny"),
    )
    found = instruments.best_known(own, grades)
    assert found["policy"].tolist() == ["p2", "p3", "p1", "p0"]
    assert found[["sources", "grade"]].values.tolist() == [[2, "C"], [1, "A"], [1, "A"], [1, "C"]]
    assert instruments.best_known(own.head(0), grades).empty


def test_a_cap_on_a_share_of_a_cost_needs_at_least_that_cost():
    found = instruments.least_cost(rows(cap(20.0, share=50.0), cap(1000.0, share=60.0), cap(10.0)))
    big, small = found["cost"]  # 10 million / 0.6 and 200,000 / 0.5
    assert instruments.yuan(big) == pytest.approx(1e7 / 0.6)
    assert (instruments.yuan(small), small.high, small.qualifier) == (4e5, math.inf, "at_least")
    assert [part.value for part in found["part"]] == [60.0, 50.0]
    assert small.status == "derived" and small.sources == ("good",)


def test_caps_that_name_a_time():
    own = rows(cap(1.0, per="firm and year"), cap(2.0), cap(3.0, per="model over all years"), floor(9.0, per="year"))
    assert values(instruments.timed(own)) == [3e4, 1e4]


def test_one_figure_for_several_things():
    own = rows(
        cap(1000.0),
        cap(1000.0, per="person"),
        cap(1000.0, per="person", policy="again"),
        floor(1000.0, per="year"),
        cap(2000.0),
        cap(2000.0, per="person"),
        cap(1.0),
    )
    found = instruments.same_figure(own)
    assert set(values(found)) == {1e7} and len(found) == 3
    assert instruments.same_figure(rows(cap(1.0), cap(2.0))).empty


# Time


def test_the_newest_day_is_that_of_the_sources():
    sources = pd.DataFrame({"published": ["2025-06", "2024-12-31", "", "2026-08-16", "2025-03-10"]})
    assert instruments.newest_day(sources, 2026) == "2026-08-16"
    assert instruments.newest_day(sources, 2025) == "2025-06-01"
    assert instruments.newest_day(sources, 2020) == ""


def test_an_end_counts_to_the_last_day_of_what_is_printed():
    own = rows({"until": "2024-03"}, {"until": "2025"}, {"until": ""})
    assert instruments.standing(own, "2025-12-31").tolist() == ["over", "running", "open"]
    assert instruments.standing(own, "2026-01-01").tolist() == ["over", "over", "open"]
    assert instruments.standing(own, "2024-03-31").tolist() == ["running", "running", "open"]


def test_terms_are_programmes_with_their_last_end():
    own = rows(
        {"until": "2025", "date": "2025-03"},
        {"until": "2025", "date": "2024", "source_id": "poor"},
        {"until": ""},
        {"until": "2023", "programme_en": "Other"},
        {"until": "2027"},
    )
    found = instruments.terms(own, "2026-01-01")
    assert found[["programme_en", "start", "until", "standing"]].values.tolist() == [
        ["Other", "2025-03-10", "2023", "over"],
        ["Measures", "2024", "2027", "running"],
    ]
    assert set(found["source_id"].tolist()[1]) == {"poor", "good"}
    assert instruments.terms(own.head(0), "2026-01-01").empty
    assert instruments.endless(own).empty
    (none,) = instruments.endless(rows({"programme_en": "No end"}, {"until": "2020"})).to_dict("records")
    assert (none["programme_en"], none["until"], none["standing"]) == ("No end", "2025-03-10", instruments.OPEN)


def test_plans_that_run_and_give_nothing_and_programmes_for_ai_by_name():
    plan = {"instrument": "plan", "programme_en": "Plan", "until": "2028"}
    every = rows(plan, plan | {"programme_en": "AI gone", "until": "2020"}, cap(1.0) | {"until": "2028"})
    assert instruments.bare(every, "2026-01-01")["programme_en"].tolist() == ["Plan"]
    assert instruments.general(instruments.terms(every, "2026-01-01"))["programme_en"].tolist() == ["Plan", "Measures"]


def test_why_a_cap_is_the_first():
    grades = {"good": "A", "poor": "C"}
    twice = instruments.best_known(rows(cap(1.0, source_id_2="poor"), cap(2.0)), grades)
    assert instruments.ranked(twice) == instruments.SOURCES and twice["sources"].tolist() == [2, 1]
    assert instruments.ranked(instruments.best_known(rows(cap(1.0), cap(2.0)), grades)) == instruments.GRADE


# Who


def test_a_programme_that_only_plans_aims_or_rules_supports_nobody():
    names = [{"programme_en": each} for each in ("Help", "Help", "Wishes", "Rules")]
    kinds = ("subsidy", "target", "plan", "regulation")
    own = rows(*({"instrument": kind} | each for kind, each in zip(kinds, names, strict=True)))
    assert set(instruments.supporting(own)["policy"]) == {"p0", "p1"}
    assert instruments.supporting(own.head(0)).empty


def test_the_measures_and_the_action_plan_are_two_programmes_and_only_the_plan_ends():
    own = package.read("policies").set_index("policy")
    assert own.loc["ai_core_technology", "programme_en"] != own.loc["ai_computing_2025", "programme_en"]
    measures = own[own["programme_en"] == own.loc["ai_core_technology", "programme_en"]]
    assert set(measures["until"]) == {""} and set(measures["date"]) == {"2025-02-18"}
    assert own.loc["ai_computing_2025", "until"] == "2025"


def test_kinds_are_counted_with_those_who_are_named():
    found = instruments.by_kind(
        rows(
            {"instrument": "award", "recipient": "firm"},
            cap(1.0, recipient="firm"),
            {"recipient": ""},
            {"recipient": "person"},
        )
    )
    assert found[["kind", "count", "priced", "recipients"]].values.tolist() == [
        ["subsidy", 3, 1, ("firm", "person")],
        ["award", 1, 0, ("firm",)],
    ]
    assert instruments.by_kind(rows(cap(1.0)).head(0)).empty


# The press


def claim(value, unit="10k_cny", qualifier="up_to", **parts):
    fact = Fact(value, value, value, unit, "2025", "actual", ("good",), qualifier) if value else None
    return SimpleNamespace(
        **{
            "measure": "support_per_ai_project",
            "indicator": "",
            "repeats": "",
            "place": "wuhan",
            "source_id": "good",
            "fact": fact,
        }
        | parts
    )


def test_claims_meet_the_instrument_that_they_speak_of():
    own = rows(
        cap(2000.0, policy="ai_core_technology", source_id_2="other"),
        pot(40.0, "set_aside", policy="future_industry_funds"),
    )
    found = instruments.claimed(
        own,
        [
            claim(2000.0),
            claim(1000.0),
            claim(2000.0, qualifier="at_least"),
            claim(2000.0, repeats="first"),
            claim(2000.0, place="suzhou"),
            claim(0.0),
            claim(2000.0, measure="another"),
            claim(40.0, "100m_cny", "exact", indicator="future_industry_funds", measure="money"),
        ],
    )
    assert found["alike"].tolist() == [True, False, False, True]
    assert found["others"].tolist() == [("other",)] * 3 + [()]
    assert instruments.claimed(own.head(0), [claim(2000.0)]).empty


# The data


def test_what_wuhan_prints(wuhan):
    assert instruments.summary(wuhan)["known"] == 60
    assert [values(instruments.caps(wuhan))[at] for at in (-1, 0)] == [2e5, 1e8]
    (top,) = instruments.largest(wuhan).to_dict("records")
    assert (top["policy"], top["per"]) == ("talent_top_scientists", "person")
    trusted = instruments.largest(observations.trusted(wuhan, "A"))
    assert trusted["policy"].tolist() == ["opc_data_products"]  # what a foreign site prints weighs much
    floors = instruments.limits(wuhan).query("limit == 'floor'")
    assert floors["policy"].tolist() == ["ai_compute_vouchers"]
    assert set(instruments.pots(wuhan).query("stage == 'invested'")["policy"]) == {"jiangxia_first_tranche"}


def test_every_fund_with_an_amount_says_how_far_it_has_come(real):
    funds = real[(real["instrument"] == "fund") & real["money"].notna()]
    assert (funds["stage"] != "").all() and len(funds) >= 8
    caps = real[real["limit"] == "cap"]
    assert (caps["stage"] == "").all()  # a cap is no pot
    assert (real.loc[real["share"].notna(), "description"].str.contains("%")).all()


def test_all_claims_of_amounts_are_found_in_the_table(wuhan):
    found = instruments.claimed(wuhan, claims.claims())
    assert {each.measure for each in found["claim"]} | {each.indicator for each in found["claim"]} >= set(
        instruments.CLAIMED
    )
    assert found["alike"].all()
    assert set(instruments.CLAIMED.values()) <= set(wuhan["policy"])


def test_a_second_source_of_less_trust_is_not_cited():
    sources = package.read("sources")
    good, poor = (sources.loc[sources["trust"] == grade, "source_id"].iloc[0] for grade in "AC")
    own = rows(
        cap(1.0, source_id=good, source_id_2=poor), {"source_id": good, "source_id_2": good}, cap(2.0, source_id=poor)
    )
    kept = instruments.trusted(own, "B")
    assert list(kept["policy"]) == ["p0", "p1"] and list(kept["source_id_2"]) == ["", good]
    assert kept["money"].iloc[0].sources == (good,) and kept["money"].iloc[1] is None
    assert instruments.trusted(own, "C")["money"].iloc[0].sources == (good, poor)
    assert instruments.trusted(own.head(0), "A").empty
