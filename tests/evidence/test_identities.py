"""Identities: the formula language, its units and intervals, and the verdicts on what is printed."""

import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from small_identities import CLAIMS, check

from wuhan.evidence import identities
from wuhan.evidence.facts import Fact
from wuhan.evidence.formulas import FormulaError, evaluate, parse, show, term_of
from wuhan.evidence.identities import Identity, check_all, problems
from wuhan.evidence.units import UNITS

ORDER = ("closes", "closes_at_rounding", "does_not_close", "under_determined", "derived")


def held(formula, open_="", **more):
    return check(Identity("one", "Does it?", formula, "", open_), CLAIMS | more)


# what is worked out


@pytest.mark.parametrize(
    ("formula", "value", "low", "high", "unit", "per"),
    [
        ("a := firms / (1 + firms_growth / 100)", 481.4815, 479.7048, 483.2714, "count", ""),
        ("a := amount / projects", 6.654730, 6.654391, 6.655068, "100m_cny", "count"),
        ("a := share(big_amount, amount)", 59.05168, 59.04863, 59.05473, "percent", ""),
        ("a := growth(goal, volume)", 60.37736, 57.94393, 62.85714, "percent", ""),
        ("a := growth_ - step", 31.2, 30.65, 31.75, "percent", ""),
        ("a := step + growth_", 34.8, 34.25, 35.35, "percent", ""),
        ("a := growth_ - before", 1.8, 1.25, 2.35, "percentage_points", ""),
        ("a := share(pull, growth_)", 15.75758, 15.37313, 16.15385, "percent", ""),
        ("a := pull / growth_ * 100", 15.75758, 15.37313, 16.15385, "percent", ""),
        ("a := 100 * (pull / growth_)", 15.75758, 15.37313, 16.15385, "percent", ""),
        ("a := share_ * growth_ / 100", 6.27, 5.5575, 6.365, "percent", ""),
        ("a := amount * share_ / 100", 187.131, 168.40935, 187.1405, "100m_cny", ""),
        ("a := (root(1000 / 350, 3) - 1) * 100", 41.89834, 41.89834, 41.89834, "percent", ""),
        ("a := (root(amount / big_amount, years) - 1) * 100", 11.1101024, 11.1089723, 11.1112324, "percent", ""),
        ("a := roads / area", 1.126333, 0.9652857, 1.3518, "km_one_way", "km2"),
        ("a := staff / stations", 2.258824, 2.258824, 2.258824, "persons", "count"),
        ("a := stations / staff", 0.4427083, 0.4427083, 0.4427083, "count", "persons"),
        ("a := big * 10", 300, 300, 300, "count", ""),
        ("a := amount / entities", 0.001094333, 0.001088232, 0.001100503, "100m_cny", "count"),
        ("a := amount / students", 75761.54, 75467.433, 76057.92, "cny_per_person", ""),
        ("a := min(amount, headline, 990)", 984.9, 900, 984.95, "100m_cny", ""),
        ("a := max(10, volume)", 530000, 525000, 535000, "count", ""),
        ("a := -volume + 600000", 70000, 65000, 75000, "count", ""),
        ("a := amount * 1 - 0", 984.9, 984.85, 984.95, "100m_cny", ""),
        ("a := 2 + 5 + 2", 9, 9, 9, "coefficient", ""),
        # of two lengths there is a ratio, whichever way they are counted; of two numbers of things a plain number
        ("a := target_roads / roads", 1.183782, 1.183459, 1.184105, "ratio", ""),
        ("a := amount / big_amount", 1.693432, 1.693346, 1.693518, "ratio", ""),
        ("a := share_ / step", 10.55556, 9.243243, 10.85714, "ratio", ""),
        ("a := volume / stations", 1039.216, 1029.412, 1049.020, "coefficient", ""),
        ("a := (amount / projects) / (big_amount / big)", 0.3432632, 0.3432458, 0.3432807, "ratio", ""),
        ("a := stations / staff * 100", 44.27083, 44.27083, 44.27083, "count", "persons"),
        ("a := 100 * (volume / stations)", 103921.6, 102941.2, 104902, "percent", ""),
        # compound units are taken apart, and told again where they are whole
        ("a := head * staff", 115200000, 115199424, 115200576, "cny", ""),
        ("a := head + 1", 100001, 100000.5, 100001.5, "cny_per_person", ""),
        ("a := daily * (2 * days)", 430, 429, 431, "km", ""),
        ("a := daily * 2", 430, 429, 431, "km_per_day", ""),
        ("a := roads / (2 * hours)", 1689.5, 1689.25, 1689.75, "km_one_way", "hours"),
        # a unit stands for one of it
        ("a := 10 * cny * projects", 1480, 1480, 1480, "cny", ""),
        ("a := 22.5 * hours - 9.5 * hours", 13, 13, 13, "hours", ""),
        ("a := step / (4 * days)", 0.45, 0.4375, 0.4625, "percentage_points", "days"),
        ("a := revenue - 30", 47, 47, math.inf, "100m_cny", ""),
        ("a := most * 2", 4000, -math.inf, 4000, "10k_cny", ""),
        ("a := projects * big", 4440, 4440, 4440, "index", "count*count"),
        ("a := 1 / staff", 0.0008680556, 0.0008680556, 0.0008680556, "index", "1 / persons"),
        ("a := amount / years", 196.98, 196.97, 196.99, "100m_cny", "years"),
        ("a := amount * 10000 / area", 3283, 2813.857, 3939.8, "100m_cny", "km2"),
    ],
)
def test_what_a_formula_comes_to(formula, value, low, high, unit, per):
    got = held(formula)
    assert (got.kind, got.left.unit, got.per) == ("derived", unit, per)
    assert [got.left.value, got.left.low, got.left.high] == pytest.approx([value, low, high], rel=1e-6)
    assert got.right is got.difference is None


def test_the_result_carries_its_formula_sources_period_and_status():
    got = held("volume + more - 2 = goal")
    assert (got.left.formula, got.right.formula) == ("volume + more - 2", "goal")
    assert got.difference.formula == "volume + more - 2 - goal"
    assert held("goal = volume + more").difference.formula == "goal - (volume + more)"
    assert (got.left.period, got.left.status, got.left.sources) == ("2023/2024", "target", ("press_001",))
    assert held("x := projects / big").left.sources == ("press_000", "press_001")
    assert (held("x := revenue * 1").left.period, held("x := 1").left.status) == ("", "derived")
    assert got.claims == ("volume", "more", "goal")
    qualifiers = [held(f"x := {name}").left.qualifier for name in ("revenue", "most", "area", "amount")]
    assert qualifiers == ["at_least", "up_to", "about", "exact"]
    assert held("x := revenue - revenue").left.qualifier == "about"
    assert held("x := big / revenue").left.qualifier == "up_to"
    assert held("headline = amount").left.qualifier == "nearly"
    assert held("x := volume + headline / headline").left.qualifier == "about"


@pytest.mark.parametrize(
    ("formula", "kind", "reason"),
    [
        ("volume + more = goal", "closes", ""),
        ("goal - more = volume", "closes", ""),
        ("headline = amount", "closes_at_rounding", ""),
        ("growth_ - step = before", "closes", ""),
        ("firms - 170 = firms / (1 + firms_growth / 100)", "closes_at_rounding", ""),
        ("firms = projects", "does_not_close", ""),
        ("projects = firms", "does_not_close", ""),
        ("big <= projects", "closes", ""),
        ("big_amount <= amount", "closes", ""),
        ("projects >= big", "closes", ""),
        ("big >= projects", "does_not_close", ""),
        ("projects <= big", "does_not_close", ""),
        ("headline >= amount", "closes_at_rounding", ""),
        ("amount <= headline", "closes_at_rounding", ""),
        ("revenue >= 70", "closes", ""),
        ("revenue >= 80", "under_determined", "unbounded"),
        ("revenue <= 80", "under_determined", "unbounded"),
        ("revenue = 80", "under_determined", "unbounded"),
        ("revenue = 70", "does_not_close", ""),
        ("revenue - 30 = 47", "closes", ""),
        ("amount / revenue = revenue / amount", "under_determined", "unbounded"),
        ("revenue / revenue = 1", "under_determined", "unknown"),
        ("amount / (projects - projects) = 1", "under_determined", "unknown"),
        ("root(loss / 100, 2) = 1", "under_determined", "unknown"),
        ("2 + 5 + 2 + 2 + 1 + 1 = 13", "closes", ""),
        ("root(4 / 1, 2) = 2", "closes", ""),
    ],
)
def test_verdicts(formula, kind, reason):
    got = held(formula)
    assert (got.kind, got.reason) == (kind, reason)
    if reason == "unknown":
        assert got.left is got.right is got.difference is None


def test_an_open_identity_is_under_determined_whatever_its_sum():
    for formula in ("volume + more = goal", "firms = projects", "x := amount / projects"):
        got = held(formula, "Nothing says that the one is a part of the other.")
        assert (got.kind, got.reason) == ("under_determined", "definition")
        assert got.left is not None


def test_vocabulary():
    assert identities.CHECKS == ORDER


# named results


def test_named_results_are_used_by_others_and_lead_to_their_claims():
    steps = [
        Identity("q1", "", "q1_growth := growth_ - step"),
        Identity("base", "", "base_share := share(pull, growth_)"),
        Identity("all", "", "industry := (base_share * (100 + growth_) / share_) - 100"),
        Identity("test", "", "industry = q1_growth"),
    ]
    got = check_all(steps, CLAIMS)
    assert [each.kind for each in got] == ["derived", "derived", "derived", "does_not_close"]
    assert got[2].left.value == pytest.approx(10.303, abs=1e-3)
    assert got[3].claims == ("share_", "pull", "growth_", "step")
    assert check(steps[2], CLAIMS, steps[:2]).left == got[2].left


def test_a_circle_is_refused_and_named():
    circle = [Identity("a", "", "one := two + 1"), Identity("b", "", "two := one - 1"), Identity("c", "", "one = 2")]
    found = problems(circle, CLAIMS)
    assert found["a"] == "'one' leads back to itself (one > two > one) — break the circle"
    assert set(found) == {"a", "b", "c"}
    assert "leads back to itself" in problems([Identity("a", "", "one := one * 2")], CLAIMS)["a"]


def test_names_must_be_free():
    taken = [Identity("a", "", "x := 1"), Identity("b", "", "x := 2"), Identity("c", "", "firms := 650")]
    assert [problems(taken, CLAIMS)[each] for each in "abc"] == [
        "the name 'x' is taken — choose another",
        "the name 'x' is taken — choose another",
        "the name 'firms' is taken — choose another",
    ]


# what is refused

REFUSED = [
    ("volume", "'' — write exactly one of := >= <= ="),
    ("volume = more = goal", "'= =' — write exactly one of"),
    ("volume < goal", "'<' — write exactly one of"),
    ("volume == goal", "'= =' — write exactly one of"),
    ("volume + = goal", "'volume +' is not an expression"),
    ("= goal", "'' is not an expression"),
    ("volume ** 2 = goal", "'volume ** 2' is not in the language"),
    ("volume // 2 = goal", "'volume // 2' is not in the language"),
    ("+volume = goal", "'+volume' is not in the language"),
    ("volume if more else goal = 1", "is not in the language"),
    ("lambda: 1 = 1", "': =' — write exactly one of"),
    ("(volume, more) = goal", "'(volume, more)' is not in the language"),
    ("min(*volume, 2) = goal", "'*volume' is not in the language"),
    ("volume.real = goal", "'volume.real' is not in the language"),
    ("__import__ = 1", "'__import__' is not in the language"),
    ("open(volume, 2) = 1", "no function 'open' — write one of share, growth, root, min, max"),
    ("volume(more, 2) = 1", "no function 'volume'"),
    ("min(volume)(more) = 1", "is not in the language"),
    ("share(volume) = 1", "share of 1 — write two figures"),
    ("root(volume, 2, 3) = 1", "root of 3 — write two figures"),
    ("min(volume) = 1", "min of 1 — write two figures"),
    ("1e5 = volume", "'1e5' is not a plain number — write one such as 35 or 1.35"),
    ("0x10 = volume", "'0x10' is not a plain number"),
    ("1_000 = volume", "'1_000' is not a plain number"),
    (".5 = volume", "'.5' is not a plain number"),
    ("volume = 'a'", "has no meaning in a formula"),
    ("Volume = 1", "'V' has no meaning in a formula"),
    ("volume = 1\n", "'<U+000A>' has no meaning in a formula"),
    ("体积 = 1", "'体' has no meaning in a formula"),
    ("volume % 2 = 1", "'%' has no meaning in a formula"),
    ("Ｖ = 1", "has no meaning in a formula"),
    ("2x := 1", "'2x' before := is not a name"),
    ("x + y := 1", "'x + y' before := is not a name"),
    (":= 1", "'' before := is not a name"),
    ("1" + " + 1" * 99 + " = 1", "401 characters — split it by a named result, at most 400"),
    ("-" * 250 + "1 = 1", "is too large — split it by a named result"),
    ("volum + more = goal", "'volum' is neither a claim nor a named result — write volume"),
    ("zzz = 1", "'zzz' is neither a claim nor a named result — write the id of a claim"),
    ("dated = 1", "the claim 'dated' has no number — name one that has"),
    ("volume + roads = 1", "volume + roads: count beside km_one_way — they have unlike units"),
    ("staff + stations = 1", "staff + stations: persons beside count — they have unlike units"),
    ("amount = projects", "amount = projects: 100m_cny beside count — they have unlike units"),
    ("1 + volume / more = firms_growth", "a plain number beside percent — they have unlike units"),
    ("firms * growth_ = firms", "count*percent beside count"),
    ("root(amount, 2) = 1", "root(amount, 2): write a ratio, then a number of years"),
    ("root(2, amount) = 1", "write a ratio, then a number of years"),
    ("root(2, window) = 1", "the second is not known exactly, or not above 0"),
    ("root(2, 0) = 1", "the second is not known exactly, or not above 0"),
]


@pytest.mark.parametrize(("formula", "message"), REFUSED)
def test_what_is_refused_in_one_line(formula, message):
    found = problems([Identity("one", "", formula)], CLAIMS)["one"]
    assert message in found and "\n" not in found
    with pytest.raises(FormulaError):
        held(formula)


def test_brackets_are_shown_where_they_matter():
    for text in ("a - (b - c)", "a / (b * c)", "(a + b) * -c", "-(a + b) / 2", "a * b / c", "min(a - 1, b, 2.5)"):
        assert show(parse(f"{text} = 1").sides[0]) == text


# laws

figure = st.integers(-(10**6), 10**6).map(lambda each: each / 100)


width = st.integers(0, 10**5).map(lambda each: each / 100)


positive = st.integers(1, 10**6).map(lambda each: each / 100)


@st.composite
def spans(draw, values=figure):
    value, below, above = draw(values), draw(width), draw(width)
    return Fact(value, value - below, value + above, "percent", "2023", "actual", ("one",))


def wider(each, below, above):
    return replace(each, low=each.low - below, high=each.high + above)


@given(spans(), spans(), spans(), width, width, st.sampled_from(["a + b = c", "a - b >= c", "a <= b + c"]))
def test_widening_never_brings_a_verdict_nearer_to_closing(a, b, c, below, above, formula):
    identity = Identity("one", "", formula)
    before = check(identity, {"a": a, "b": b, "c": c}).kind
    for name, each in (("a", a), ("b", b), ("c", c)):
        after = check(identity, {"a": a, "b": b, "c": c} | {name: wider(each, below, above)}).kind
        if before != after:
            assert after == "closes_at_rounding"
        endless = check(identity, {"a": a, "b": b, "c": c} | {name: replace(each, high=math.inf)}).kind
        assert endless in (before, "under_determined") or (before, endless) == ("does_not_close", "closes")
        if formula == "a + b = c":
            assert (before, endless) != ("does_not_close", "closes")


@given(spans(), spans())
def test_equality_is_symmetric_and_inequalities_mirror(a, b):
    claims = {"a": a, "b": b}
    assert held_kind("a = b", claims) == held_kind("b = a", claims)
    assert held_kind("a >= b", claims) == held_kind("b <= a", claims)
    forward = check(Identity("one", "", "a = b"), claims).difference
    back = check(Identity("one", "", "b = a"), claims).difference
    assert (forward.value, forward.low, forward.high) == (-back.value, -back.high, -back.low)


def held_kind(formula, claims):
    return check(Identity("one", "", formula), claims).kind


SHAPES = [
    "a + b * c",
    "(a - b) / c",
    "a * b - b * a / c",
    "share(a, c) + growth(b, c)",
    "min(a, b) - max(b, c, 2)",
    "-(a * a) + b / 100",
]


@given(spans(), spans(), spans(positive), st.sampled_from(SHAPES), st.data())
def test_the_truth_within_the_inputs_is_within_the_result(a, b, c, shape, data):
    c = replace(c, low=max(c.low, 0.005))
    ratios = {name: replace(each, unit="ratio") for name, each in (("a", a), ("b", b), ("c", c))}
    inside = {
        name: data.draw(st.sampled_from([each.low, each.value, each.high, (each.low + each.high) / 2]))
        for name, each in ratios.items()
    }
    assume(all(ratios[name].low <= truth <= ratios[name].high for name, truth in inside.items()))
    tree = parse(f"x := {shape}").sides[0]
    points = {name: replace(ratios[name], value=t, low=t, high=t) for name, t in inside.items()}
    value, low, high = evaluate(tree, {name: term_of(each) for name, each in ratios.items()}).span
    truth = evaluate(tree, {name: term_of(each) for name, each in points.items()}).span[0]
    assert low <= truth <= high
    assert low <= value <= high


@given(positive, st.sampled_from(["100m_cny", "10k_cny", "cny"]), st.sampled_from(["100m_cny", "10k_cny", "cny"]))
def test_the_unit_of_a_claim_does_not_change_a_verdict(value, one, other):
    scale = UNITS[one].scale / UNITS[other].scale
    a = Fact(value, value, value, one, "2023", "actual", ("one",))
    converted = float(value * scale)
    b = Fact(converted, converted, converted, other, "2023", "actual", ("one",))
    assert held_kind("a = b", {"a": a, "b": b}) in ("closes", "does_not_close")
    assert held_kind("a - a = b - b", {"a": a, "b": b}) == "closes"
    assert check(Identity("one", "", "a = b"), {"a": a, "b": b}).right.unit == one
