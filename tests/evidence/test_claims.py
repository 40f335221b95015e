"""The verdicts on claims, against observations and by the numbers of the same texts."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_ledger import claim, known

from wuhan.evidence import claims as ledger_of
from wuhan.evidence import ledger, package, witnesses
from wuhan.evidence.claims import hold, relate, verdicts
from wuhan.evidence.facts import Fact, FactError
from wuhan.evidence.identities import CHECKS
from wuhan.evidence.witnesses import alike, evidence, same_time

LISTED, RANK = "list_count_by_editor", "rank"


PAPER = "wuhan ai_firms 2023 995 exact actual - paper"
ROADS = "wuhan test_road_length_one_way 2023-12 3378.73 exact actual - paper"
Q1 = "wuhan gdp_real_growth 2025-01/2025-03 5.4 exact preliminary - paper"
YEAR = "wuhan gdp_real_growth 2025 5.4 exact actual - paper"
STUDENTS = "wuhan university_students 2025-06 0.0081 exact actual - paper"
GDP = "wuhan gdp_nominal 2024 21106.23 exact actual latest bureau"
HELD = [
    # claim text, unit, indicator, period, observations; verdict and reason
    ("995家", "count", "ai_firms", "2023", [PAPER], "agrees", ""),
    ("995家", "count", "ai_firms", "2023-12", [PAPER], "agrees", ""),
    ("650家", "count", "ai_firms", "2023", [PAPER], "differs", ""),
    ("超900家", "count", "ai_firms", "2023", [PAPER], "agrees", ""),
    ("不到1000家", "count", "ai_firms", "2023", [PAPER], "agrees", ""),
    ("近1000家", "count", "ai_firms", "2023", [PAPER], "agrees_at_rounding", ""),
    ("约1000家", "count", "ai_firms", "2023", [PAPER], "agrees_at_rounding", ""),
    ("超1000家", "count", "ai_firms", "2023", [PAPER], "differs", ""),
    ("不到900家", "count", "ai_firms", "2023", [PAPER], "differs", ""),
    ("1200家", "count", "ai_firms", "2023", ["wuhan ai_firms 2023 1000 over actual - paper"], "agrees_at_rounding", ""),
    ("650家", "count", "ai_firms", "2024", [PAPER], "not_comparable", "period"),
    ("650家", "count", "ai_firms", "", [PAPER], "not_comparable", "period"),
    (
        "650家",
        "count",
        "ai_firms",
        "2023",
        ["wuhan_east_lake ai_firms 2023 557 exact actual - paper"],
        "not_comparable",
        "area",
    ),
    (
        "650家",
        "count",
        "ai_firms",
        "2023",
        ["wuhan ai_core_firms 2023 80 exact actual - paper"],
        "not_comparable",
        "definition",
    ),
    ("4000公里", "km", "test_road_length", "2023", [ROADS], "not_comparable", "one_way"),
    (
        "650家",
        "count",
        "ai_firms",
        "2023",
        ["xian ai_firms 2023 90 exact actual - paper"],
        "no_official_figure",
        "no_observation",
    ),
    (
        "650家",
        "count",
        "ai_firms",
        "2023",
        ["hubei ai_firms 2023 1900 exact actual - paper"],
        "no_official_figure",
        "no_observation",
    ),
    (
        "650家",
        "count",
        "ai_firms",
        "2023",
        ["wuhan ai_firms 2023 650 exact actual - press_001"],
        "no_official_figure",
        "no_observation",
    ),
    (
        "650家",
        "count",
        "ai_firms",
        "2023",
        ["wuhan ai_firms 2023 650 exact target - paper"],
        "no_official_figure",
        "no_observation",
    ),
    ("650家", "count", "", "2023", [PAPER], "no_official_figure", "no_indicator"),
    ("突破3379公里(单向里程)", "km_one_way", "test_road_length_one_way", "2023-12", [ROADS], "agrees_at_rounding", ""),
    # what is less than a step of the last printed digit, and than a hundredth, is rounding; a whole step is not
    ("突破3380公里(单向里程)", "km_one_way", "test_road_length_one_way", "2023-12", [ROADS], "differs", ""),
    ("不到3378公里(单向里程)", "km_one_way", "test_road_length_one_way", "2023-12", [ROADS], "agrees_at_rounding", ""),
    ("超996家", "count", "ai_firms", "2023", [PAPER], "differs", ""),
    (
        "超2万亿元",
        "100m_cny",
        "gdp_nominal",
        "2024",
        ["wuhan gdp_nominal 2024 19900 exact actual latest bureau"],
        "agrees_at_rounding",
        "",
    ),
    (
        "超2万亿元",
        "100m_cny",
        "gdp_nominal",
        "2024",
        ["wuhan gdp_nominal 2024 17000 exact actual latest bureau"],
        "differs",
        "",
    ),
    (
        "超千亿元",
        "100m_cny",
        "gdp_nominal",
        "2024",
        ["wuhan gdp_nominal 2024 999.6 exact actual latest bureau"],
        "differs",
        "",
    ),
    (
        "5.4%",
        "percent",
        "gdp_real_growth",
        "2025-01/2025-03",
        ["wuhan gdp_real_growth 2025-01/2025-03 5.49 exact preliminary - paper"],
        "differs",
        "",
    ),
    ("2.1万亿元", "100m_cny", "gdp_nominal", "2024", [GDP], "agrees_at_rounding", ""),
    ("5.4%", "percent", "gdp_real_growth", "2025-01/2025-03", [Q1], "agrees", ""),
    ("5.4%", "percent", "gdp_real_growth", "2025-01/2025-03", [YEAR], "not_comparable", "period"),
    ("81位", "10k_persons", "university_students", "2025-06", [STUDENTS], "agrees", ""),
]


@pytest.mark.parametrize(("printed", "unit", "indicator", "period", "rows", "kind", "reason"), HELD)
def test_verdicts_against_observations(printed, unit, indicator, period, rows, kind, reason):
    held = hold(claim(printed, unit, indicator, period), known(*rows))
    assert (held.kind, held.reason) == (kind, reason)
    assert len(held.relations) == len(held.against)
    assert (held.difference is not None) == (kind in ("agrees", "agrees_at_rounding", "differs"))


OTHERS = [
    ({"kind": "target"}, "target", ""),
    ({"kind": "plan"}, "target", ""),
    ({"kind": "cap"}, "target", ""),
    ({"kind": "forecast"}, "target", ""),
    ({"kind": "context"}, "context", "context"),
    ({"comparison": "date", "unit": ""}, "context", "no_number"),
    ({"comparison": "date", "unit": "", "kind": "plan"}, "target", "no_number"),
    ({"comparison": LISTED, "text": "甲、乙"}, "context", "listed"),
    ({"comparison": LISTED, "text": "甲、乙", "kind": "plan"}, "target", "listed"),
]


@pytest.mark.parametrize(("fields", "kind", "reason"), OTHERS)
def test_what_is_not_held_against_observations(fields, kind, reason):
    fields = {"text": "995家", "unit": "count", "indicator": "ai_firms", "period": "2023"} | fields
    held = hold(claim(fields.pop("text"), fields.pop("unit"), **fields), known(PAPER))
    assert (held.kind, held.reason, held.against) == (kind, reason, ())


def test_the_figure_of_a_claim_is_its_fact_and_a_date_has_none():
    stated = claim("984.9亿元", "100m_cny", claim="stated")
    assert stated.figure is stated.fact
    with pytest.raises(ValueError, match="dated states no figure"):
        claim("6月26日", "", claim="dated", comparison="date").figure  # noqa: B018


def test_a_repeated_claim_meets_the_claim_it_repeats():
    body = claim("984.9亿元", "100m_cny", claim="body")
    said = [
        claim(printed, "100m_cny", claim=printed, repeats="body") for printed in ("近千亿元", "984.9亿元", "近两千亿元")
    ]
    dated = claim("6月26日", "", claim="dated", comparison="date")
    again = claim("6月26日上午", "", claim="again", comparison="date", repeats="dated")
    named = claim("984.9亿元", "100m_cny", claim="named", repeats="dated")
    got = verdicts([body, *said, dated, again, named], known())
    assert [each.kind for each in got] == [
        "no_official_figure",
        "repeats",
        "repeats",
        "differs",
        "context",
        "repeats",
        "repeats",
    ]
    assert [each.relations for each in got[1:4]] == [("agrees_at_rounding",), ("agrees",), ("differs",)]
    assert (got[3].direction, got[1].direction, got[4].direction) == (1, 0, 0)
    caps = [
        claim("最高2000万元", "10k_cny", claim="cap", kind="cap"),
        claim("2000万元", "10k_cny", claim="title", kind="cap", qualifier="up_to", repeats="cap"),
    ]
    assert [each.kind for each in verdicts(caps, known())] == ["target", "repeats"]
    assert verdicts(caps, known())[1].difference is None
    assert ledger_of.counts(got) == dict.fromkeys(ledger_of.VERDICTS, 0) | {
        "no_official_figure": 1,
        "repeats": 4,
        "differs": 1,
        "context": 1,
    }


def test_difference_direction_and_the_same_figure_elsewhere():
    rows = [
        PAPER,
        "wuhan ai_firms 2022 650 exact actual - bureau",
        "wuhan ai_firms 2021 650 exact actual - bureau",
        "wuhan ai_firms 2024 600 over actual - bureau",
    ]
    held = hold(claim("650家", "count", "ai_firms", "2023"), known(*rows))
    assert (held.kind, held.direction) == ("stale", -1)
    assert (held.difference.value, held.difference.unit) == (-345, "count")
    assert [fact.period for fact in held.elsewhere] == ["2022", "2021"]
    later = hold(claim("650家", "count", "ai_firms", "2023-06"), known(*rows))
    assert later.kind == "not_comparable" and [fact.period for fact in later.against] == ["2022", "2023"]
    assert [fact.period for fact in later.elsewhere] == ["2022", "2021"]
    assert hold(claim("995家", "count", "ai_firms", "2023"), known(*rows)).elsewhere == ()


def test_ranges_that_only_touch_are_no_figure_of_an_earlier_time():
    rows = [
        "wuhan gdp_real_growth 2024 5.2 exact actual - bureau",
        "wuhan gdp_real_growth 2023 5.7 exact actual - bureau",
    ]
    near = hold(claim("5.8%", "percent", "gdp_real_growth", "2024"), known(*rows))
    assert (near.kind, near.elsewhere) == ("differs", ())
    same = hold(claim("5.7%", "percent", "gdp_real_growth", "2024"), known(*rows))
    assert same.kind == "stale" and [fact.period for fact in same.elsewhere] == ["2023"]


def test_the_most_trusted_decides_and_the_first_release_before_revisions():
    rows = [
        "wuhan gdp_nominal 2023 20500 exact actual latest bureau",
        "wuhan gdp_nominal 2023 20012 exact actual release_2026_04 bureau_later",
        "wuhan gdp_nominal 2023 20011.65 exact actual first_release paper",
    ]
    held = hold(claim("20011.65亿元", "100m_cny", "gdp_nominal", "2023", comparison="flow"), known(*rows))
    assert held.kind == "agrees"
    assert [fact.vintage for fact in held.against] == ["first_release", "latest", "release_2026_04"]
    assert held.relations == ("agrees", "differs", "agrees_at_rounding")
    firms = [PAPER, "wuhan ai_firms 2023 650 exact actual - bureau"]
    assert hold(claim("650家", "count", "ai_firms", "2023"), known(*firms)).relations == ("agrees", "differs")


def test_a_claim_is_never_its_own_witness():
    own = "wuhan ai_firms 2023 650 exact actual - press_001"
    held = hold(claim("650家", "count", "ai_firms", "2023"), known(own, PAPER))
    assert (held.kind, held.against[0].sources) == ("differs", ("paper",))
    other = replace(claim("650家", "count", "ai_firms", "2023"), source_id="press_000")
    assert hold(other, known(own)).kind == "agrees"


# ranks and rates that follow from levels

LEVELS = [
    "wuhan gdp_nominal 2024 21106.23 exact actual first_release bureau",
    "wuhan gdp_nominal 2024 29000 exact actual latest bureau_later",
    "chengdu gdp_nominal 2024 23511.3 exact actual first_release bureau",
    "xian gdp_nominal 2024 13317.78 exact actual first_release paper",
    "hubei gdp_nominal 2024 60012 exact actual latest bureau",
    "china gdp_nominal 2024 1349084 exact actual latest bureau",
]


@pytest.mark.parametrize(
    ("printed", "kind"), [("全国第2", "not_comparable"), ("全国第一", "differs"), ("全国第3", "not_comparable")]
)
def test_a_rank_in_the_nation_is_refuted_but_not_borne_out_by_the_levels_of_some_cities(printed, kind):
    said = claim(printed, "count", "gdp_rank", "2024", comparison=RANK)
    held = hold(said, known(*LEVELS))
    assert held.kind == kind and (held.reason == "cities") == (kind == "not_comparable")
    assert (held.against[0].value, held.against[0].sources) == (2, ("bureau",))
    assert held.against[0].formula == "rank by gdp_nominal 2024 among 3 cities"
    assert [(leaf.place, leaf.value) for leaf in held.against[0].behind] == [
        ("wuhan", 21106.23),
        ("chengdu", 23511.3),
        ("xian", 13317.78),
    ]
    close = [LEVELS[0], "chengdu gdp_nominal 2024 2.11万亿 exact actual first_release bureau"]
    shared = hold(said, known(*close)).against[0]
    assert (shared.value, shared.low, shared.high) == (1, 1, 2)
    assert hold(said, known(*LEVELS[2:])).kind == "no_official_figure"
    assert hold(replace(said, period=""), known(*LEVELS)).kind == "no_official_figure"


def test_a_growth_rate_is_held_against_two_levels_of_one_source():
    said = claim("35%", "percent", "ai_firms_growth", "2022", comparison="growth")
    one = ["wuhan ai_firms 2021 482 exact actual - paper", "wuhan ai_firms 2022 650 exact actual - paper"]
    held = hold(said, known(*one))
    assert held.kind == "agrees_at_rounding"
    assert held.against[0].formula == "ai_firms 2022 / ai_firms 2021 - 1"
    assert (held.against[0].indicator, held.against[0].period) == ("ai_firms_growth", "2022")
    two = [one[0], one[1].replace("paper", "bureau")]
    assert hold(said, known(*two)).kind == "no_official_figure"
    own = [row.replace("paper", "press_001") for row in one]
    assert hold(said, known(*own)).kind == "no_official_figure"
    later = hold(replace(said, period="2023"), known(*one))
    assert (later.kind, later.reason, len(later.elsewhere)) == ("not_comparable", "period", 1)


def test_real_growth_never_comes_from_levels():
    said = claim("5.2%", "percent", "va_secondary_growth", "2024", comparison="growth")
    rows = [f"wuhan va_secondary {year} {value} exact actual - bureau" for year, value in ((2023, 100), (2024, 105.2))]
    assert hold(said, known(*rows)).kind == "no_official_figure"
    trade = claim("26.9%", "percent", "trade_growth", "2024", comparison="growth")
    assert hold(trade, known(*rows)).kind == "no_official_figure"


# vocabulary, time, measures that sound alike


def test_vocabulary_is_closed():
    assert set(ledger_of.VERDICTS) == {
        "agrees",
        "agrees_at_rounding",
        "differs",
        "stale",
        "not_comparable",
        "no_official_figure",
        "repeats",
        "target",
        "context",
    }
    assert {reason for *_, reason in [*HELD, *OTHERS]} | {"beyond", "cities"} == set(ledger_of.REASONS)


def test_measures_that_sound_alike_exist_and_say_why():
    indicators = set(package.read("indicators").indicator)
    named = {name for _, group in witnesses.ALIKE for name in group}
    assert named <= indicators
    assert set(witnesses.RANKED) | set(witnesses.RANKED.values()) <= indicators
    assert {reason for reason, _ in witnesses.ALIKE} <= set(ledger_of.REASONS)
    assert ("one_way", "test_road_length_one_way") in alike("test_road_length")
    assert alike("gdp_nominal") == []


@pytest.mark.parametrize(
    ("measure", "period", "other", "same"),
    [
        ("stock", "2023", "2023-12-31", True),
        ("stock", "2023", "2023-12", True),
        ("capacity", "2025-03-10", "2025-03", True),
        ("stock", "2023", "2024-01", False),
        ("flow", "2024", "2024", True),
        ("flow", "2024-01/2024-12", "2024", True),
        ("flow", "2024", "2024-12", False),
        ("rate", "2025-01/2025-03", "2025-01/2025-06", False),
        ("stock", "", "2023", False),
    ],
)
def test_periods_that_are_one(measure, period, other, same):
    assert same_time(measure, period, other) is same
    assert same_time(measure, other, period) is same


def test_the_table_of_verdicts():
    held = verdicts([claim("650家", "count", "ai_firms", "2023"), claim("148个", "count")], known(PAPER))
    table = ledger_of.frame(held)
    assert table.verdict.tolist() == ["differs", "no_official_figure"]
    assert table.against.tolist() == ["paper", ""]
    assert table.line.tolist() == [1, 1]


# laws

whole = st.integers(1, 4000)


@st.composite
def figures(draw, qualifiers=("exact", "about", "over", "at_least", "up_to", "nearly")):
    value, below, above = draw(whole), draw(st.integers(0, 900)), draw(st.integers(0, 900))
    qualifier = draw(st.sampled_from(qualifiers))
    low, high = value - below, value + above
    if qualifier in ("over", "at_least"):
        low, high = value, math.inf
    elif qualifier == "up_to":
        low, high = 0, value
    elif qualifier == "nearly":
        high = value
    return Fact(value, low, high, "count", "2023", "actual", ("one",), qualifier)


@given(figures(), figures(), st.integers(0, 900), st.integers(0, 900))
def test_widening_never_turns_differs_into_agrees_nor_loses_an_overlap(said, seen, below, above):
    before = relate(said, seen)
    for wider in (
        (replace(said, low=said.low - below, high=said.high + above), seen),
        (said, replace(seen, low=seen.low - below, high=seen.high + above)),
    ):
        after = relate(*wider)
        if before == "differs":
            assert after in ("differs", "agrees_at_rounding")
        else:
            assert after != "differs"
        if before == "agrees_at_rounding":
            assert after == "agrees_at_rounding"


@given(figures(), figures())
def test_to_differ_is_symmetric(said, seen):
    assert (relate(said, seen) == "differs") == (relate(seen, said) == "differs")


@given(figures(("exact", "about", "nearly")), figures(("exact", "about", "nearly")))
def test_verdicts_on_figures_without_bounds_are_symmetric(said, seen):
    assert relate(said, seen) == relate(seen, said)


@given(figures())
def test_a_figure_agrees_with_itself(said):
    assert relate(said, said) == "agrees"


@given(figures(), figures(), st.data())
def test_a_truth_that_both_allow_never_differs(said, seen, data):
    low, high = max(said.low, seen.low), min(said.high, seen.high)
    if low <= high:
        assert relate(said, seen) != "differs"
    else:
        assert relate(said, seen) == "differs"


def test_unlike_units_have_no_relation():
    road = Fact(1, 1, 1, "km", "2023", "actual", ("one",))
    with pytest.raises(FactError):
        relate(road, replace(road, unit="km_one_way"))


# the real data


def test_the_evidence_can_be_limited():
    everything, trusted = evidence(), evidence(min_trust="A")
    assert len(trusted.rows) < len(everything.rows)
    early = evidence(as_of="2023")
    assert early.rows.period.str[:4].astype(int)[early.rows.status == "actual"].max() <= 2023
    assert early.day.isoformat() == "2023-12-31" and everything.day > early.day
    assert not set(early.rows.source_id) & {"wuhan_hitech_association_2025"}
    with pytest.raises(ValueError, match="min_trust: found 'E' — write one of A, B, C, D"):
        evidence(min_trust="E")
    with pytest.raises(ValueError, match="min_trust"):
        evidence(min_trust="AB")


@pytest.fixture(scope="module")
def press():
    """The real claims, and the verdict on each by its id."""
    ledger_ = ledger_of.claims()
    return ledger_, {each.claim.claim: each for each in verdicts(ledger_, evidence())}


def test_every_claim_of_the_press_has_a_verdict(press):
    said, held = press
    assert len(said) == len(held) == sum(ledger_of.counts(held.values()).values()) == 316
    assert {each.kind for each in held.values()} <= set(ledger_of.VERDICTS)
    for each in held.values():
        assert each.reason in ledger_of.REASONS
        assert (each.kind == "target") == (each.claim.kind in ledger.FORWARD and not each.claim.repeats)
        if each.kind not in ("repeats", "target"):
            assert all(each.claim.source_id not in fact.sources for fact in each.against)


def test_what_the_press_verdicts_rest_on(press):
    held = press[1]
    kinds = {name: each.kind for name, each in held.items()}
    assert kinds["p000_gdp_2024"] == "agrees_at_rounding"
    assert kinds["p001_gdp_two_trillion_nickname"] == "context"  # a nickname is no figure
    assert kinds["p000_gdp_growth_2025q1"] == "agrees" and kinds["p000_gdp_rank_2024"] == "not_comparable"
    stale = {name for name, kind in kinds.items() if kind == "stale"}
    assert stale == {"p001_ai_firms", "p001_ai_firms_growth"}
    counted = {name for name, each in held.items() if each.witness == "measured"}
    assert counted == {"p000_gdp_2024", "p001_ai_firms", "p001_ai_firms_growth"}  # stale by the level beside it
    assert held["p003_academicians"].against[0].period == "2017"  # of spring 2018: no later year was known
    roads, firms = held["p001_test_road_length"], held["p001_ai_firms"]
    assert (roads.kind, roads.against[0].value) == ("agrees_at_rounding", 3378.73)
    assert firms.direction == -1 and firms.difference.value == -345
    assert [fact.period for fact in firms.elsewhere] == ["2022"]
    growth = held["p001_ai_firms_growth"]
    assert (growth.kind, growth.reason, growth.elsewhere[0].period) == ("stale", "period", "2022")


def test_the_identities_of_the_press(press):
    found = {each.identity.identity: each for each in ledger_of.checks(press[0], ledger_of.identities())}
    assert {each.kind for each in found.values()} == {*CHECKS} - {"does_not_close"}  # of one time and definition
    assert found["hightech_triple"].kind == "under_determined"  # five months against six decide nothing
    assert found["zhixin_volume"].kind == "closes"
    assert found["headline_amount"].kind == "closes_at_rounding"
    firms = found["ai_firms_2022"].left
    assert (firms.value, firms.low, firms.high) == pytest.approx((481.48, 479.70, 483.27), abs=0.01)
    assert all(each.left is not None for each in found.values())
    assert all(each.reason != "definition" for each in found.values() if not each.identity.open)


def test_a_changed_observation_flips_a_verdict(press):
    known_ = evidence()
    rows = known_.rows.copy()
    own = (rows.indicator == "ai_firms") & (rows.place == "wuhan") & (rows.value == 995)
    rows.loc[own, ["value", "low", "high"]] = 650.0
    changed = witnesses.Evidence(rows, known_.measures, known_.themes, known_.places, known_.sources, known_.day)
    said = {each.claim: each for each in press[0]}["p001_ai_firms"]
    assert (hold(said, known_).kind, hold(said, changed).kind) == ("stale", "agrees")
