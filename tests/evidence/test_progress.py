"""Progress: what each target is held against, what is reached and needed, and what cannot be measured."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_ledger import FIRMS, claim, known, only

from wuhan.evidence import targets
from wuhan.evidence.claims import claims
from wuhan.evidence.ledger import FORWARD
from wuhan.evidence.progress import measured
from wuhan.evidence.witnesses import evidence


def test_units_periods_and_sources_of_the_results():
    got = only(FIRMS, "wuhan ai_firms 2024 1326 exact actual - bureau", "wuhan ai_firms 2023 995 exact actual - bureau")
    assert (got.gap.value, got.gap.unit) == (-174, "count")
    assert got.attainment.unit == got.needed.unit == got.achieved.unit == "percent"
    assert (got.attainment.period, got.needed.period, got.achieved.period) == ("2024", "2024/2028", "2023/2024")
    assert got.attainment.sources == ("bureau", "paper")
    behind = [(fact.indicator, fact.period, fact.status, fact.value) for fact in got.attainment.behind]
    assert behind == [("ai_firms", "2024", "actual", 1326), ("ai_firms", "2028", "target", 1500)]  # as printed
    share = only(
        "wuhan digital_economy_core_va_share 2024 11 exact target - paper",
        "wuhan digital_economy_core_va_share 2022 9 exact actual - paper",
        day="2023-06-30",
    )
    assert (share.needed.unit, share.gap.unit) == ("percentage_points", "percentage_points")
    assert share.attainment.unit == "percent"
    over = "wuhan ai_firms 2025 1000 over actual - paper"
    bound = only("wuhan ai_firms 2028 1500 exact target - paper", over)
    assert (bound.attainment.qualifier, bound.attainment.high) == ("over", math.inf)  # as the source says it
    assert bound.attainment.low == 66.6  # 66.67, rounded to the side of a bound
    assert got.attainment.qualifier == "up_to"  # of a target that is a floor
    assert only(FIRMS, over).attainment is None  # over by over


def test_the_best_source_of_a_period_and_the_newest_period_count():
    rows = [
        "wuhan ai_firms 2024 900 exact actual - paper",
        "wuhan ai_firms 2024 1000 exact actual - bureau",
        "wuhan ai_firms 2022 650 exact actual - bureau",
    ]
    assert only(FIRMS, *rows).current.value == 1000
    assert only(FIRMS, *rows[::-1]).current.value == 1000


def test_due_is_told_by_the_day_of_the_evidence():
    row = "wuhan data_centres 2025 20 exact target - paper"
    assert only(row, day="2026-01-01").due
    assert not only(row, day="2025-12-31").due
    assert not only(ledger=[claim("20个", "count", "data_centres", "", kind="target")]).due


def test_measures_that_only_sound_alike_are_told_beside_a_target():
    got = only(
        "wuhan demonstration_scenarios 2025 500 at_least target - paper",
        "wuhan ai_application_scenarios 2025 500 over actual - paper",
        "wuhan ai_application_scenarios 2024 300 over actual - paper",
    )
    assert (got.standing, got.current) == ("ended", None)
    assert [(fact.indicator, fact.period) for fact in got.near] == [("ai_application_scenarios", "2025")]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": "cap", "text": "最高2000万元", "unit": "10k_cny"}, "cap"),
        ({"kind": "plan", "text": "到2027年", "unit": "", "comparison": "date"}, "no_number"),
        ({"kind": "plan", "text": "水、陆、空", "comparison": "list_count_by_editor"}, "listed"),
        ({"kind": "plan", "text": "四个方面", "comparison": "list_count"}, "named"),
        ({"kind": "target", "text": "5年", "unit": "years", "comparison": "duration"}, "named"),
        ({"kind": "target", "text": "100场"}, "no_indicator"),
    ],
)
def test_what_cannot_be_measured(fields, reason):
    fields = {"unit": "count"} | fields
    got = only(ledger=[claim(fields.pop("text"), fields.pop("unit"), **fields)])
    assert (got.standing, got.reason, got.current, got.attainment) == ("not_measurable", reason, None, None)


def test_what_articles_claim_to_have_happened_serves_where_nothing_is_observed():
    sold = claim("53万套", "10k", measure="sales", period="2023", comparison="flow", organisation="zhixin")
    goal = claim(
        "85万套",
        "10k",
        measure="sales",
        period="2024",
        comparison="flow",
        organisation="zhixin",
        kind="target",
        claim="goal",
    )
    assert (only(ledger=[sold, goal]).standing, only(ledger=[sold, goal]).current) == ("ended", sold.fact)
    got = only(ledger=[sold, goal], day="2024-06-30")
    assert (got.standing, got.current) == ("undecided", sold.fact)
    assert got.needed.value == pytest.approx(60.377, abs=1e-3)
    for other in (
        replace(sold, organisation="else"),
        replace(sold, period=""),
        replace(sold, repeats="x"),
        replace(sold, measure="else"),
        claim("53亿元", "100m_cny", measure="sales", period="2023", organisation="zhixin"),
    ):
        assert only(ledger=[other, goal]).reason == "no_indicator"
    rate = claim("20%左右", "percent", "research_results", "2018", comparison="share")
    rate = replace(rate, indicator="", measure="rate", fact=replace(rate.fact, indicator=""))
    aim = replace(claim("80%", "percent", period="2023", kind="target", comparison="share"), measure="rate")
    assert only(ledger=[replace(rate, stated="2018-12"), aim], day="2022-12-31").needed.value == 12
    no_term = only(ledger=[rate, replace(aim, period="")])
    assert (no_term.standing, no_term.reason, no_term.needed) == ("undecided", "no_term", None)
    assert no_term.attainment.value == 25


def test_a_target_is_not_met_by_its_own_number():
    aim = claim("8家", "count", "intelligent_computing_centres", "2025", kind="plan")
    row = "wuhan intelligent_computing_centres 2025-03 8 exact actual - press_001"
    assert (only(row, ledger=[aim]).standing, only(row, ledger=[aim]).current) == ("ended", None)
    assert only(row.replace("press_001", "paper"), ledger=[aim]).standing == "met"


def test_what_was_known_when_a_target_was_set_does_not_meet_it(monkeypatch):
    aim = "wuhan data_centres 2025 20 exact target - paper"
    known_ = known(aim, "wuhan data_centres 2025-03 20 over actual - bureau", day="2025-06-30")
    for printed, standing in (("2025-03-10", "undecided"), ("2025-02-28", "met"), ("2024", "met")):
        monkeypatch.setitem(known_.sources, "paper", known_.sources["paper"] | {"published": printed})
        assert measured([], known_)[0].standing == standing


# laws

size = st.integers(1, 5000)


@given(size, size, st.integers(0, 500))
def test_a_target_is_met_just_when_the_figure_is_reached(aim, now, more):
    rows = [f"wuhan ai_firms 2028 {aim} at_least target - paper", f"wuhan ai_firms 2024 {now} exact actual - paper"]
    got = only(*rows)
    assert (got.standing == "met") == (now >= aim)
    assert got.attainment.low <= 100 * now / aim <= got.attainment.high
    if got.standing == "met":
        higher = only(rows[0], f"wuhan ai_firms 2024 {now + more} exact actual - paper")
        assert higher.standing == "met"
    else:
        assert got.needed.value > 0
        grown = now * (1 + got.needed.value / 100) ** 4
        assert math.isclose(grown, aim, rel_tol=1e-6)


@given(size, size, size)
def test_on_course_means_that_the_pace_is_enough(aim, before, now):
    got = only(
        f"wuhan ai_firms 2028 {aim} at_least target - paper",
        f"wuhan ai_firms 2024 {now} exact actual - paper",
        f"wuhan ai_firms 2022 {before} exact actual - paper",
    )
    if got.standing != "met":
        reached = now * (now / before) ** 2  # as much again in each two years
        assert (got.standing == "on_course") == (reached >= aim) or math.isclose(reached, aim, rel_tol=1e-6)


# the real data


def test_the_targets_of_the_press_and_of_the_observations():
    known_, ledger = evidence(), claims()
    aims = measured(ledger, known_)
    found = {aim.name: aim for aim in aims}
    assert len(found) == len(aims)
    forward = [claim for claim in ledger if claim.kind in FORWARD and not claim.repeats]
    assert {name for aim in found.values() for name in aim.claims} == {claim.claim for claim in forward}
    assert {aim.standing for aim in found.values()} == set(targets.STANDINGS) - {"on_course"}
    for aim in found.values():
        assert (aim.reason != "") == (aim.standing in ("undecided", "not_measurable"))
        assert aim.current is None or aim.standing not in ("no_figure_yet", "not_measurable")
        assert aim.current is not None or aim.standing in ("ended", "no_figure_yet", "not_measurable")
        assert not aim.due or aim.standing not in ("on_course", "no_figure_yet")
    caps = [aim for aim in found.values() if aim.kind == "cap"]
    assert caps and {aim.standing for aim in caps} == {"not_measurable"}
    standing = {name: aim.standing for name, aim in found.items()}
    assert standing["p004_test_road_target"] == "undecided"  # whether each direction counts is not said
    assert found["p004_test_road_target"].reason == "direction"
    assert found["ai_firms wuhan 2028 36kr_20260205"].reason == "one_step"
    power = found["high_performance_computing_power wuhan 2028 36kr_20260205"]
    assert (power.standing, power.reason) == ("undecided", "one_figure")
    assert standing["p002_revenue_2027_target"] == "no_figure_yet"
    fleet = found["apollo_go_vehicles wuhan 2024 the_register_20240517"]
    assert (fleet.standing, fleet.reason) == ("undecided", "estimate")
    assert standing["vertical_models wuhan 2025 jiwei_20250310"] == "ended"
    assert standing["p003_conversion_target"] == "ended"
    assert found["p000_ai_vertical_models_target"].period == ""  # its article prints no year, and none is assumed
    assert not any(aim.fact and aim.fact.sources == ("wuhan_eitb_202303",) for aim in found.values())  # a draft
    share = found["p003_conversion_target"]
    assert (share.attainment.value, share.needed) == (pytest.approx(25), None)
    power = [aim for aim in found.values() if aim.indicator == "computing_power_total" and aim.place == "wuhan"]
    assert all(aim.contradicts for aim in power)  # two figures in print, though 5 EFLOPS may be 4,500 PFLOPS
