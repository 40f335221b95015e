"""Targets: which there are, what each is held against, and where it stands."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_ledger import claim, known

from wuhan.evidence import targets as targets_of
from wuhan.evidence.claims import claims
from wuhan.evidence.ledger import FORWARD
from wuhan.evidence.targets import targets
from wuhan.evidence.witnesses import evidence

FIRMS = "wuhan ai_firms 2028 1500 over target - paper"


def only(*rows, ledger=(), day="2026-08-16"):
    """The one target of some rows and claims."""
    found = targets(list(ledger), known(*rows, day=day))
    assert len(found) == 1
    return found[0]


# target, outcomes; standing, reason, attainment, needed, achieved, final
STANDS = [
    # levels
    ([FIRMS], "no_figure_yet", "", None, None, None, False),
    ([FIRMS, "xian ai_firms 2024 90 exact actual - paper"], "no_figure_yet", "", None, None, None, False),
    ([FIRMS, "wuhan ai_firms 2024 750 exact actual - paper"], "undecided", "one_figure", 50, 18.921, None, False),
    (
        [FIRMS, "wuhan ai_firms 2024 750 exact actual - paper", "wuhan ai_firms 2024-06 700 exact actual - paper"],
        "undecided",
        "one_figure",
        50,
        18.921,
        None,
        False,
    ),
    (
        [FIRMS, "wuhan ai_firms 2024 1326 exact actual - paper", "wuhan ai_firms 2023 995 exact actual - paper"],
        "undecided",
        "one_step",
        88.4,
        3.130,
        33.266,
        False,
    ),
    (
        [FIRMS, "wuhan ai_firms 2024 1000 exact actual - paper", "wuhan ai_firms 2023 995 exact actual - paper"],
        "undecided",
        "one_step",
        66.667,
        10.668,
        0.5025,
        False,
    ),
    ([FIRMS, "wuhan ai_firms 2024 1600 exact actual - paper"], "met", "", 106.667, None, None, False),
    ([FIRMS, "wuhan ai_firms 2028 1600 exact actual - paper"], "met", "", 106.667, None, None, True),
    ([FIRMS, "wuhan ai_firms 2028-12 1500 exact actual - paper"], "behind", "", 100, None, None, True),
    ([FIRMS, "wuhan ai_firms 2028 1500 over actual - paper"], "met", "", None, None, None, True),
    # no share and no pace rests on a bound
    (
        [FIRMS, "wuhan ai_firms 2024 750 over actual - paper", "wuhan ai_firms 2023 500 exact actual - paper"],
        "undecided",
        "bound",
        None,
        None,
        None,
        False,
    ),
    (
        [FIRMS, "wuhan ai_firms 2024 750 exact actual - paper", "wuhan ai_firms 2023 500 over actual - paper"],
        "undecided",
        "one_figure",
        50,
        18.921,
        None,
        False,
    ),
    ([FIRMS, "wuhan ai_firms 2029-06 1400 exact actual - paper"], "behind", "", 93.333, None, None, True),
    ([FIRMS, "wuhan ai_firms 2029-06 1600 exact actual - paper"], "late", "", 106.667, None, None, True),
    ([FIRMS, "wuhan ai_firms 2029-06 1600 exact estimate - paper"], "undecided", "estimate", 106.667, None, None, True),
    (
        [FIRMS, "wuhan ai_firms 2029-06 1600 exact actual - paper", "wuhan ai_firms 2027 1550 exact actual - paper"],
        "met",
        "",
        103.333,
        None,
        None,
        False,
    ),
    (
        [FIRMS, "wuhan ai_firms 2029-06 1600 exact actual - paper", "wuhan ai_firms 2028 1450 exact actual - paper"],
        "behind",
        "",
        96.667,
        None,
        None,
        True,
    ),
    ([FIRMS, "wuhan ai_firms 2031 1600 exact actual - paper"], "no_figure_yet", "", None, None, None, False),
    # an estimate is no result
    ([FIRMS, "wuhan ai_firms 2028 1600 exact estimate - paper"], "undecided", "estimate", 106.667, None, None, True),
    ([FIRMS, "wuhan ai_firms 2028 1400 exact estimate - paper"], "undecided", "estimate", 93.333, None, None, True),
    ([FIRMS, "wuhan ai_firms 2024 1600 exact estimate - paper"], "undecided", "estimate", 106.667, -1.6, None, False),
    ([FIRMS, "wuhan ai_firms 2028 1600 exact preliminary - paper"], "met", "", 106.667, None, None, True),
    # a bound below an older figure tells nothing new
    (
        [FIRMS, "wuhan ai_firms 2025 1000 over actual - bureau", "wuhan ai_firms 2024 1326 exact actual - paper"],
        "undecided",
        "one_figure",
        88.4,
        3.130,
        None,
        False,
    ),
    # nearly is not reached, and up to is reached from below
    (
        ["wuhan data_centres 2025 100 exact target - paper", "wuhan data_centres 2025 100 nearly actual - paper"],
        "behind",
        "",
        100,
        None,
        None,
        True,
    ),
    (
        ["wuhan data_centres 2025 100 up_to target - paper", "wuhan data_centres 2025 90 exact actual - paper"],
        "met",
        "",
        90,
        None,
        None,
        True,
    ),
    (
        ["wuhan data_centres 2025 20 exact target - paper", "wuhan data_centres 2025-03 20 over actual - paper"],
        "met",
        "",
        100,
        None,
        None,
        False,
    ),
    # one publisher before two, the pace of the year before where the newest has none
    (
        [
            FIRMS,
            "wuhan ai_firms 2024 1000 exact actual - paper",
            "wuhan ai_firms 2023 500 exact actual - bureau",
            "wuhan ai_firms 2023 950 exact actual - paper",
        ],
        "undecided",
        "one_step",
        66.667,
        10.668,
        5.263,
        False,
    ),
    (
        [FIRMS, "wuhan ai_firms 2024 1000 exact actual - paper", "wuhan ai_firms 2023 500 exact actual - bureau"],
        "undecided",
        "one_step",
        66.667,
        10.668,
        100,
        False,
    ),
    (
        [
            FIRMS,
            "wuhan ai_firms 2025 1000 exact actual - paper",
            "wuhan ai_firms 2024 900 exact actual - bureau",
            "wuhan ai_firms 2023 600 exact actual - bureau",
        ],
        "undecided",
        "one_step",
        66.667,
        14.471,
        50,
        False,
    ),
    # flows
    (
        [
            "wuhan software_revenue 2025 4500 about target - paper",
            "wuhan software_revenue 2024 3500 over actual - paper",
            "wuhan software_revenue 2023 3000 over actual - bureau",
        ],
        "undecided",
        "bound",
        77.778,
        None,
        None,
        False,
    ),
    (
        [
            "wuhan key_projects_investment 2025 3000 exact plan - paper",
            "wuhan key_projects_investment 2024 3100 exact actual - paper",
        ],
        "on_course",
        "",
        103.333,
        -3.226,
        None,
        False,
    ),
    (
        [
            "wuhan key_projects_investment 2025 3000 exact plan - paper",
            "wuhan key_projects_investment 2025-01/2025-06 1841.6 exact preliminary - paper",
            "wuhan key_projects_investment 2024 2900 exact actual - paper",
        ],
        "undecided",
        "part",
        61.387,
        None,
        None,
        False,
    ),
    (
        [
            "wuhan key_projects_investment 2025 1800 exact plan - paper",
            "wuhan key_projects_investment 2025-01/2025-06 1841.6 exact preliminary - paper",
        ],
        "met",
        "",
        102.311,
        None,
        None,
        False,
    ),
    (
        [
            "wuhan key_projects_investment 2025 3000 exact plan - paper",
            "wuhan key_projects_investment 2024-01/2024-06 1841.6 exact actual - paper",
        ],
        "no_figure_yet",
        "",
        None,
        None,
        None,
        False,
    ),
    (
        [
            "wuhan key_projects_investment 2025 3000 exact plan - paper",
            "wuhan key_projects_investment 2026 3100 exact actual - paper",
        ],
        "no_figure_yet",
        "",
        None,
        None,
        None,
        False,
    ),
    (
        [
            "wuhan industrial_projects_ge_100m_started 2024-01/2024-03 60 exact target - paper",
            "wuhan industrial_projects_ge_100m_started 2024-01/2024-03 75 exact actual - paper",
        ],
        "met",
        "",
        125,
        None,
        None,
        True,
    ),
    # shares: percentage points a year
    (
        [
            "wuhan digital_economy_core_va_share 2023 11 about target - paper",
            "wuhan digital_economy_core_va_share 2021 9.2 exact actual - paper",
        ],
        "undecided",
        "one_figure",
        83.636,
        0.9,
        None,
        False,
    ),
    (
        [
            "wuhan digital_economy_core_va_share 2024 11 exact target - paper",
            "wuhan digital_economy_core_va_share 2023 10.7 exact actual - paper",
            "wuhan digital_economy_core_va_share 2021 9.2 exact actual - paper",
        ],
        "on_course",
        "",
        97.273,
        0.3,
        0.75,
        False,
    ),
    # rates: no share of them, no pace
    (
        ["wuhan gdp_real_growth 2025 6 exact target - paper", "wuhan gdp_real_growth 2025 6.3 exact actual - paper"],
        "met",
        "",
        None,
        None,
        None,
        True,
    ),
    (
        ["wuhan gdp_real_growth 2025 6 exact target - paper", "wuhan gdp_real_growth 2025 5.8 exact actual - paper"],
        "behind",
        "",
        None,
        None,
        None,
        True,
    ),
    (
        [
            "wuhan gdp_real_growth 2025 6 exact target - paper",
            "wuhan gdp_real_growth 2025-01/2025-09 6.1 exact actual - paper",
        ],
        "on_course",
        "",
        None,
        None,
        None,
        False,
    ),
    (
        [
            "wuhan gdp_real_growth 2025 6 exact target - paper",
            "wuhan gdp_real_growth 2025-01/2025-09 5.1 exact actual - paper",
        ],
        "behind",
        "",
        None,
        None,
        None,
        False,
    ),
    (
        ["wuhan gdp_real_growth 2025 6 exact target - paper", "wuhan gdp_real_growth 2024 5.2 exact actual - paper"],
        "undecided",
        "one_figure",
        None,
        None,
        None,
        False,
    ),
    # from nothing there is no growth
    (
        ["wuhan data_centres 2025 20 exact target - paper", "wuhan data_centres 2024 0 exact actual - paper"],
        "undecided",
        "one_figure",
        0,
        None,
        None,
        False,
    ),
]


@pytest.mark.parametrize(("rows", "standing", "reason", "share", "needed", "achieved", "final"), STANDS)
def test_where_targets_stand(rows, standing, reason, share, needed, achieved, final):
    got = only(*rows, day="2022-12-31")  # the terms run, so that a pace is worth telling
    assert (got.standing, got.reason, got.final) == (standing, reason, final)
    for fact, value in ((got.attainment, share), (got.needed, needed), (got.achieved, achieved)):
        if value is None:
            assert fact is None or fact is got.achieved and standing in ("met", "late")
        else:
            assert fact.value == pytest.approx(value, rel=1e-3)
    assert (got.current is None) == (standing == "no_figure_yet") == (got.gap is None)
    assert got.due is False


def test_what_follows_from_an_estimate_is_one():
    row = "wuhan ai_firms 2024 1000 exact {} - paper"
    shares = [only(FIRMS, row.format(status)).attainment.status for status in ("estimate", "actual", "preliminary")]
    assert shares == ["estimate", "derived", "derived"]


ENDED = [
    # nothing is known; the newest is of before the term, whatever its pace; a part of it, which does not suffice
    ["wuhan data_centres 2025 100 exact target - paper"],
    ["wuhan data_centres 2025 100 exact target - paper", "wuhan data_centres 2024 90 exact actual - paper"],
    [
        "wuhan data_centres 2025 100 exact target - paper",
        "wuhan data_centres 2024 90 exact actual - paper",
        "wuhan data_centres 2023 10 exact actual - paper",
    ],
    [
        "wuhan key_projects_investment 2025 3000 exact plan - paper",
        "wuhan key_projects_investment 2025-01/2025-06 1841.6 exact preliminary - paper",
    ],
    [
        "wuhan key_projects_investment 2025 3000 exact plan - paper",
        "wuhan key_projects_investment 2024 3100 exact actual - paper",
    ],
    [
        "wuhan gdp_real_growth 2025 6 exact target - paper",
        "wuhan gdp_real_growth 2025-01/2025-09 6.1 exact actual - paper",
    ],
    ["wuhan data_centres 2021 100 exact target - paper", "wuhan data_centres 2025 150 exact actual - paper"],
]


@pytest.mark.parametrize("rows", ENDED)
def test_a_term_that_ended_without_a_result_is_neither_met_nor_undecided(rows):
    got = only(*rows, day="2026-08-16")
    assert (got.standing, got.reason, got.needed, got.final, got.due) == ("ended", "", None, False, True)
    assert only(*rows, day="2020-12-31").standing not in ("ended", "met", "late")


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


# which targets there are


def test_a_claim_and_the_observation_of_its_article_are_one_target():
    said = claim("60个以上", "count", "vertical_models", "", kind="target", source_id="press_000", stated="2025-06-26")
    row = "wuhan vertical_models 2025 60 at_least target - press_000"
    got = only(row, ledger=[said])
    assert (got.name, got.claims, got.period, got.kind) == (
        "p001_claim",
        ("p001_claim",),
        "",
        "target",
    )  # no assumed year
    other = only(
        "wuhan vertical_models 2025 60 at_least target - paper",
        "wuhan vertical_models 2025 60 at_least target - bureau",
    )
    assert other.fact.sources == ("paper", "bureau")
    assert (other.name, other.claims) == ("vertical_models wuhan 2025 paper", ())
    both = targets([said], known("wuhan vertical_models 2025 60 at_least target - paper"))
    assert len(both) == 2  # another source may mean another year
    units = claim("135万", "persons", "university_students", "2027", kind="target")
    row = "wuhan university_students 2027 135 exact target - press_001"
    assert only(row, ledger=[units]).fact.unit == "10k_persons"


def test_repeats_and_what_has_happened_are_no_targets():
    aims = [
        claim("60个", "count", claim=name, kind=kind, repeats=repeats)
        for name, kind, repeats in (
            ("a", "target", ""),
            ("b", "target", "a"),
            ("c", "actual", ""),
            ("d", "context", ""),
            ("e", "plan", ""),
            ("f", "forecast", ""),
        )
    ]
    assert [aim.name for aim in targets(aims, known())] == ["a", "e", "f"]


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
        assert targets([], known_)[0].standing == standing


def test_two_plans_that_contradict_each_other_are_both_shown():
    rows = [
        "wuhan computing_power_total 2025 5000 exact target - paper",
        "wuhan computing_power_total 2025 4500 exact target - bureau",
        "wuhan computing_power_total 2027 9000 exact target - bureau",
        "xian computing_power_total 2025 4000 exact target - bureau",
    ]
    got = targets([], known(*rows))
    assert [[fact.value for fact in aim.contradicts] for aim in got] == [[4500], [5000], [], []]
    rough = known(rows[0].replace("exact", "about"), *rows[1:])
    assert [bool(aim.contradicts) for aim in targets([], rough)] == [True, True, False, False]  # two figures in print
    steps = [
        claim("5个以上", "count", "future_industry_clusters", "2027", kind="target", claim="floor"),
        claim("10个以上", "count", "future_industry_clusters", "2027", kind="target", claim="stretch"),
    ]
    assert [aim.contradicts for aim in targets(steps, known())] == [(), ()]
    named = [
        claim(printed, "count", claim=printed, kind="plan", comparison="list_count", source_id=source, period="2025")
        for printed, source in (("四个方面", "press_000"), ("五大应用", "press_001"))
    ]
    assert [aim.contradicts for aim in targets(named, known())] == [(), ()]


def test_claims_made_after_the_day_of_the_evidence_are_left_out():
    said = claim("100场", "count", kind="target", stated="2025-06-26")
    assert targets([said], known(day="2025-06-25")) == []
    assert len(targets([said], known(day="2025-06-26"))) == 1


def test_vocabulary():
    assert targets_of.REASONS == (
        "",
        "one_figure",
        "one_step",
        "direction",
        "bound",
        "no_term",
        "part",
        "estimate",
        "about",
        "cap",
        "listed",
        "no_number",
        "named",
        "no_indicator",
    )


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
    aims = targets(ledger, known_)
    found = {aim.name: aim for aim in aims}
    assert len(found) == len(aims)
    forward = [claim for claim in ledger if claim.kind in FORWARD and not claim.repeats]
    assert {name for aim in found.values() for name in aim.claims} == {claim.claim for claim in forward}
    assert {aim.standing for aim in found.values()} == set(targets_of.STANDINGS) - {"on_course"}
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
