"""Where each target stands by what is known of it, and how much of it is reached."""

import pytest
from small_ledger import FIRMS, only

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


def test_a_range_is_met_at_its_lower_end():
    aim = "wuhan gdp_real_growth 2020 7.5-7.8 about target - paper"
    result = "wuhan gdp_real_growth 2020 {} exact actual - paper"
    got = [only(aim, result.format(value), day="2022-12-31") for value in ("7.7", "7.5", "7.4")]
    assert [each.standing for each in got] == ["met", "met", "behind"]
    assert [round(each.gap.value, 1) for each in got] == [0.2, 0.0, -0.1]


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
