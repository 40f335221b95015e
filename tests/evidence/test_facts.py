"""Facts: arithmetic that carries interval, unit, status and sources, against hand-made cases and laws."""

import math
import re
from dataclasses import replace
from fractions import Fraction
from itertools import product as pairs

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wuhan.evidence import facts, rounding
from wuhan.evidence.facts import Fact, FactError, Unknown
from wuhan.evidence.quantities import parse, render
from wuhan.evidence.units import UNITS

INF = math.inf
lawful = settings(derandomize=True, deadline=None, max_examples=150)


def fact(text: str, period: str = "2024", status: str = "actual", source: str = "bureau", **fields) -> Fact:
    """The fact that a printed quantity states."""
    quantity = parse(text)
    return Fact(
        quantity.value,
        quantity.low,
        quantity.high,
        quantity.unit,
        period,
        status,
        (source,),
        quantity.qualifier,
        **fields,
    )


def span(result: Fact) -> tuple[float, float, float]:
    return result.value, result.low, result.high


GDP24 = fact("21106.23亿元", indicator="gdp", price_basis="current", vintage="first_release", place="wuhan")
GDP23 = fact("20011.65亿元", "2023", source="yearbook", indicator="gdp", price_basis="current", place="wuhan")
SIGNED, LARGE = fact("984.9亿元", "2025-06"), fact("581.6亿元", "2025-06")


def test_sum_has_the_unit_of_the_first_and_the_bounds_of_both():
    result = SIGNED + fact("2000万元", "2025-06", source="press")
    assert span(result) == pytest.approx((985.1, 985.04995, 985.15005), abs=1e-9)
    assert (result.unit, result.period, result.sources) == ("100m_cny", "2025-06", ("bureau", "press"))
    assert result.formula == "984.9 100m_cny 2025-06 + 2000 10k_cny 2025-06"


def test_sums_of_decimals_have_no_float_noise():
    assert span(fact("0.1%") + fact("0.2%")) == (0.3, 0.2, 0.4)


def test_total_of_many_tells_first_and_last_and_their_period():
    quarters = [
        fact(f"{amount}亿元", f"2024-0{month}", indicator="signed") for month, amount in enumerate((1, 2, 3, 4, 5), 1)
    ]
    result = facts.total(quarters)
    assert span(result) == (15, 12.5, 17.5)
    assert result.period == "2024-01/2024-05"
    assert result.formula == "signed 2024-01 + … + signed 2024-05 (5 terms)"
    assert facts.total(quarters[:1]) is quarters[0]
    with pytest.raises(FactError, match="no facts to add"):
        facts.total([])


def test_counts_stay_exact():
    result = facts.total([fact("148个"), fact("52个"), fact("30个")])
    assert span(result) == (230, 230, 230) and render(result) == "230"


def test_difference_of_percentages_is_in_percentage_points():
    result = fact("33%") - fact("26.9%")
    assert span(result) == (6.1, 5.55, 6.65)
    assert (result.unit, render(result)) == ("percentage_points", "6 percentage points")
    assert (SIGNED - LARGE).unit == "100m_cny"


def test_growth_of_levels_with_places_and_periods_in_its_formula():
    result = facts.growth(replace(GDP24, vintage=""), GDP23)
    assert result.value == pytest.approx(5.469714, abs=1e-6)
    assert result.low == pytest.approx(100 * (21106.225 / 20011.655 - 1))
    assert result.high == pytest.approx(100 * (21106.235 / 20011.645 - 1))
    assert (result.unit, result.period, result.formula) == ("percent", "2024", "gdp 2024 / gdp 2023 - 1")
    assert (result.indicator, result.place, result.price_basis) == ("", "wuhan", "current")
    elsewhere = replace(GDP23, place="xian")
    assert facts.growth(GDP24, elsewhere).formula == "wuhan gdp 2024 / xian gdp 2023 - 1"
    assert render(result) == "5.470%"


def test_compound_growth():
    result = facts.cagr(fact("350亿元", "2024"), fact("1000亿元", "2027"), 3)
    assert result.value == pytest.approx(41.898, abs=0.001) and result.period == "2024/2027"
    assert result.formula == "(1000 100m_cny 2027 / 350 100m_cny 2024) ** (1 / 3) - 1"
    assert facts.cagr(fact("100个", "2020"), fact("144个", "2022"), 2).value == 20
    assert span(facts.cagr(fact("100个", "2020"), fact("0个", "2022"), 2)) == (-100, -100, -100)
    assert facts.cagr(fact("100个", "2020"), fact("over 400", "2022"), 2).high == INF
    with pytest.raises(FactError, match="how many years"):
        facts.cagr(GDP23, GDP23, 0)
    with pytest.raises(FactError, match="may be negative"):
        facts.cagr(GDP23, fact("-5亿元", "2024"), 1)


def test_share_mean_size_and_attainment_of_the_conference():
    share = facts.share(LARGE, SIGNED)
    assert (render(share), share.unit) == ("59.05%", "percent")
    assert render(facts.share(fact("30个"), fact("148个"))) == "20.27%"
    mean = facts.mean_size(SIGNED, fact("148个", "2025-06"))
    assert (mean.unit, render(mean), render(mean, "zh")) == ("100m_cny", "665.5 million yuan", "6.655亿元")
    assert facts.mean_size(fact("1万人"), fact("100个")).unit == "persons"
    result = facts.attainment(fact("75个", source="news"), fact("60个", status="target", source="plan"))
    assert (result.value, result.status, result.sources) == (125, "derived", ("news", "plan"))


def test_share_is_a_part_of_the_whole():
    assert facts.share(fact("over 600"), fact("900个")).high == 100
    assert facts.share(fact("100个"), fact("100个")).value == 100
    with pytest.raises(FactError, match="above 100%"):
        facts.share(SIGNED, LARGE)


def test_ratio_of_like_and_of_unlike_things():
    assert facts.ratio(fact("4500P"), fact("5 EFLOPS")).value == 0.9
    assert (facts.ratio(fact("10个"), fact("4个")).unit, facts.ratio(fact("10个"), fact("4个")).value) == ("ratio", 2.5)
    head = facts.ratio(fact("21106.23亿元"), fact("1377.4万人"))
    assert head.unit == "cny_per_person" and head.value == pytest.approx(153232.4, abs=0.1)
    firms = facts.ratio(fact("1326家"), fact("1300万人"))
    assert firms.unit == "per_10k_people" and firms.value == pytest.approx(1.02)
    with pytest.raises(FactError, match="unlike unit: km and count"):
        facts.ratio(fact("5公里"), fact("5个"))


def test_product_of_a_part_and_a_whole():
    assert span(facts.product(fact("50%"), fact("10个"))) == (5, 4.95, 5.05)
    assert facts.product(fact("10亿元"), fact("3倍")).unit == "100m_cny"
    assert facts.product(fact("5亿元"), fact("30个")).value == 150
    total = facts.product(fact("1000元/人"), fact("2万人"))
    assert (total.unit, total.value) == ("cny", 2e7)
    assert facts.product(fact("20人"), fact("1000元/人")).value == 20000
    assert span(facts.product(fact("5%"), fact("over 10"))) == (0.5, 0.45, INF)
    with pytest.raises(FactError, match="product: km times EB has no meaning"):
        facts.product(fact("5公里"), fact("5EB"))


def test_product_with_a_bound_that_is_zero():
    nothing = Fact(0, 0, 0, "ratio", "2024", "actual", ())
    assert span(facts.product(fact("over 10"), nothing)) == (0, 0, 0)


def test_magnitude_turns_a_decline_round():
    fall = fact("-4.7%")
    assert span(facts.magnitude(fall)) == (4.7, 4.65, 4.75)
    assert facts.magnitude(fact("5%")) == fact("5%")
    assert span(facts.magnitude(fact("0.0%"))) == (0, 0, 0.05)
    steep = facts.magnitude(Fact(-5, -INF, -5, "percent", "2020", "actual", (), "up_to"))
    assert (render(steep), span(steep)) == ("at least 5%", (5, 5, INF))
    less = facts.magnitude(fact("650家", period="2023") - fact("995家", period="2022"))
    assert (less.value, less.formula) == (345, "-(650 count 2023 - 995 count 2022)")
    about = facts.magnitude(fact("5.0%", period="2023") - fact("5.0%", period="2022"))
    assert about.formula == "|5 percent 2023 - 5 percent 2022|"


@pytest.mark.parametrize(
    ("a", "b", "order"),
    [
        ("650个", "649个", 1),
        ("650个", "650个", 0),
        ("5.2%", "5.2%", 0),
        ("5.2%", "5.1%", 0),
        ("5.3%", "5.1%", 1),
        ("5%", "5.1%", 0),
        ("4%", "5.1%", -1),
        ("over 1000", "600个", 1),
        ("over 600", "1000个", 0),
        ("1亿元", "2000万元", 1),
        ("近100个", "95个", 0),
    ],
)
def test_comparison_tells_only_what_the_intervals_tell(a, b, order):
    assert facts.compare(fact(a), fact(b)) == order
    assert facts.compare(fact(b), fact(a)) == -order


@pytest.mark.parametrize(
    ("operation", "texts", "qualifier", "shown"),
    [
        ("add", ("984.9亿元", "581.6亿元"), "exact", "156.7 billion yuan"),
        ("add", ("约3000个", "500个"), "about", "about 3,500"),
        ("add", ("over 1000", "50个"), "over", "over 1,050"),
        ("add", ("over 1000", "约500个"), "over", "over 1,450"),
        ("add", ("at least 1000", "up to 200"), "at_least", "at least 1,000"),
        ("add", ("至少1000个", "至少500个"), "at_least", "at least 1,500"),
        ("subtract", ("1000个", "超200个"), "up_to", "up to 800"),
        ("subtract", ("1000个", "最多200个"), "at_least", "at least 800"),
        ("subtract", ("近1000个", "100个"), "nearly", "nearly 900"),
        ("subtract", ("1000个", "近900个"), "over", "over 100"),
        ("add", ("20多个", "5个"), "over", "over 25"),
        ("add", ("近1个", "约1000个"), "about", "about 1,000"),
        ("growth", ("over 1300", "650个"), "over", "over 100%"),
        ("share", ("最多130个", "200个"), "up_to", "up to 65%"),
        ("share", ("600个", "超1000个"), "up_to", "up to 60%"),
    ],
)
def test_qualifier_of_a_result_says_where_its_value_stands(operation, texts, qualifier, shown):
    result = getattr(facts, operation)(*map(fact, texts))
    assert (result.qualifier, render(result)) == (qualifier, shown)


def test_a_result_is_derived_but_no_firmer_than_an_estimate():
    estimate = fact("5个", status="estimate")
    assert (fact("5个", status="preliminary") + fact("5个")).status == "derived"
    assert facts.total([fact("5个"), estimate, fact("5个", status="derived")]).status == "estimate"
    assert (fact("5个", status="target") + fact("5个", status="target")).status == "target"


def test_formulas_of_derived_facts_are_bracketed():
    twice = facts.growth(SIGNED + LARGE, LARGE)
    assert twice.formula.startswith("(984.9 100m_cny 2025-06 + 581.6 100m_cny 2025-06) / ")


def test_fields_that_differ_are_blank_and_blanks_do_not_count():
    result = facts.add(GDP24, replace(GDP23, place="xian", indicator="other"))
    assert (result.place, result.indicator, result.vintage) == ("", "", "first_release")
    assert result.period == "2023/2024"


@pytest.mark.parametrize(
    ("operation", "other", "reason"),
    [
        ("add", {"unit": "10k_persons"}, "unlike unit: 100m_cny and 10k_persons"),
        ("subtract", {"unit": "usd"}, "unlike unit"),
        ("growth", {"status": "target"}, "unlike status: actual and target"),
        ("share", {"status": "plan"}, "unlike status: actual and plan"),
        ("mean_size", {"status": "target", "unit": "count"}, "unlike status"),
        ("add", {"price_basis": "constant"}, "unlike price basis: current and constant"),
        ("growth", {"vintage": "latest"}, "unlike vintage: first_release and latest"),
        ("ratio", {"vintage": "latest"}, "unlike vintage"),
        ("product", {"vintage": "latest", "unit": "ratio"}, "unlike vintage"),
        ("compare", {"vintage": "latest"}, "unlike vintage"),
        ("mean_size", {}, "100m_cny is not a number of things"),
        ("attainment", {}, "attainment: actual of actual — pass an outcome, then a target"),
    ],
)
def test_unlike_facts_are_refused_in_one_line(operation, other, reason):
    with pytest.raises(FactError, match=re.escape(reason)) as error:
        getattr(facts, operation)(GDP24, replace(GDP24, **other))
    assert "\n" not in str(error.value)


def test_a_target_and_a_plan_do_not_meet_and_attainment_checks_units():
    target = replace(GDP24, status="target")
    with pytest.raises(FactError, match="unlike status: target and plan"):
        facts.add(target, replace(target, status="plan"))
    with pytest.raises(FactError, match="unlike unit"):
        facts.attainment(GDP24, replace(target, unit="count"))
    with pytest.raises(FactError, match="attainment: target of target"):
        facts.attainment(target, target)


@pytest.mark.parametrize("operation", ["growth", "cagr"])
def test_growth_of_a_rate_is_refused(operation):
    with pytest.raises(FactError, match="is a rate — subtract it, in percentage points"):
        getattr(facts, operation)(fact("5.2%"), fact("5%"), *((2,) if operation == "cagr" else ()))


@pytest.mark.parametrize("divisor", ["0个", "-3亿元", "最高5亿元"])
def test_nothing_is_divided_by_what_may_be_zero(divisor):
    second = fact(divisor)
    with pytest.raises(FactError, match="may be zero or less"):
        facts.ratio(replace(second, value=1, low=1, high=1), second)


def test_at_most_five_may_be_a_divisor_because_it_is_five_in_the_text():
    assert span(facts.ratio(fact("10个"), fact("up to 5"))) == (2, 2, INF)
    assert facts.ratio(fact("0个"), fact("up to 5")).high == 0


def test_a_result_without_any_bound_is_refused():
    with pytest.raises(FactError, match="nothing is known of the result"):
        facts.subtract(fact("over 1000"), fact("over 600"))
    with pytest.raises(FactError, match="nothing is known of the result"):
        facts.share(fact("over 600"), fact("over 1000"))


def test_the_total_of_a_stream_with_an_unknown_number_is_unknown():
    lost = Unknown("wuhan", "gdp", "1949")
    assert facts.total(each for each in (GDP24, lost)) is lost and GDP24 + lost is lost


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"value": 5.0}, "gdp 2024: 5.0 is not within 21106.225 to 21106.235"),
        ({"value": math.nan}, "nan is not within"),
        ({"low": math.nan}, "is not within"),
        ({"value": INF, "high": INF}, "inf is not within"),
        ({"unit": "parsecs"}, "unknown unit 'parsecs'"),
        ({"status": "rumour"}, "unknown status 'rumour' — write one of actual"),
        ({"qualifier": "roughly"}, "unknown qualifier 'roughly'"),
    ],
)
def test_a_fact_that_contradicts_itself_is_refused(fields, reason):
    with pytest.raises(FactError, match=re.escape(reason)):
        replace(GDP24, **fields)


# Laws

figures = st.integers(-(10**7), 10**7).map(lambda number: number / 100)
widths = st.integers(0, 10**5).map(lambda number: number / 1000)
amounts = st.sampled_from(sorted(code for code, unit in UNITS.items() if unit.dimension == "money"))


@st.composite
def known(draw, values=figures, units=amounts, **fields):
    """A fact with a finite interval around its value."""
    value, below, above = draw(values), draw(widths), draw(widths)
    low, high = value - below, value + above
    return Fact(value, low, high, draw(units), "2024", "actual", (draw(st.sampled_from("abc")),), **fields)


positive = known(st.integers(10**4 + 1, 10**7).map(lambda number: number / 100))
positive = positive.filter(lambda fact: fact.low > 0)


def exactly(number: float) -> Fraction:
    return Fraction(repr(float(number)))


def points(fact: Fact) -> list[Fraction]:
    """Places inside the interval of a fact, in the base unit: ends, value and middle."""
    inside = [exactly(end) for end in (fact.low, fact.value, fact.high)]
    return [point * UNITS[fact.unit].scale for point in [*inside, (inside[0] + inside[2]) / 2]]


def contains(result: Fact, truth: Fraction) -> bool:
    return exactly(result.low) <= truth <= exactly(result.high)


@lawful
@given(known(), known())
def test_adding_then_subtracting_never_narrows(a, b):
    back = (a + b) - b
    assert back.low <= a.low and back.high >= a.high
    assert back.value == pytest.approx(a.value, abs=1e-6 * (1 + abs(facts.total([b, b]).value)), rel=1e-9)


@lawful
@given(known(), known())
def test_sums_and_differences_contain_the_truth(a, b):
    scale = UNITS[a.unit].scale
    for x, y in pairs(points(a), points(b)):
        assert contains(a + b, (x + y) / scale) and contains(a - b, (x - y) / scale)


@lawful
@given(known(units=st.just("100m_cny")), known(units=st.just("100m_cny")))
def test_addition_commutes(a, b):
    assert span(a + b) == span(b + a)
    assert set((a + b).sources) == set((b + a).sources)


@lawful
@given(st.lists(known(), min_size=2, max_size=6))
def test_a_total_is_no_wider_than_adding_one_by_one(several):
    total, running = facts.total(several), several[0]
    for each in several[1:]:
        running = running + each
    assert running.low <= total.low and running.high >= total.high
    assert total.sources == tuple(dict.fromkeys(fact.sources[0] for fact in several))


@lawful
@given(known(), positive)
def test_ratios_and_growth_contain_the_truth(a, b):
    ratio, growth = facts.ratio(a, b), facts.growth(a, b)
    for x, y in pairs(points(a), points(b)):
        assert contains(ratio, x / y) and contains(growth, 100 * (x / y - 1))


@lawful
@given(positive, positive)
def test_shares_contain_the_truth(a, b):
    assume(points(a)[2] <= points(b)[0])
    for x, y in pairs(points(a), points(b)):
        assert contains(facts.share(a, b), 100 * x / y)


@lawful
@given(positive, positive, st.integers(1, 25))
def test_compound_growth_contains_the_truth(old, new, years):
    result = facts.cagr(old, new, years)
    for x, y in pairs(points(old), points(new)):
        low, high = (1 + exactly(end) / 100 for end in (result.low, result.high))
        assert low**years <= y / x <= high**years


@lawful
@given(known(), known(units=st.sampled_from(["percent", "ratio"])))
def test_products_contain_the_truth(a, b):
    result, scale = facts.product(a, b), UNITS[a.unit].scale * (100 if b.unit == "percent" else 1)
    for x, y in pairs(points(a), points(b)):
        assert contains(result, x * y / scale)


@lawful
@given(known(), known())
def test_comparison_is_certain_or_silent(a, b):
    order = facts.compare(a, b)
    signs = {(x > y) - (x < y) for x, y in pairs(points(a), points(b))}
    assert signs == {order} if order else len(signs) > 1 or signs == {0}


@lawful
@given(known(), st.sampled_from(["add", "subtract", "ratio"]), positive)
def test_every_result_is_a_sound_fact_that_can_be_shown(a, operation, b):
    result = getattr(facts, operation)(a, b)
    assert result.low <= result.value <= result.high
    assert result.formula and result.status == "derived" and set(result.sources) == {*a.sources, *b.sources}
    assert render(result) and render(result, "zh")


def test_a_computed_result_is_derived_and_has_all_sources():
    first, second = fact("1", source="a"), fact("2", status="preliminary", source="b")
    slope = facts.computed((-0.9, -1.1, -0.7), "coefficient", "slope, 95% interval", [first, second])
    assert (slope.value, slope.low, slope.high) == (-0.9, -1.1, -0.7)
    assert (slope.status, slope.sources, slope.unit) == ("derived", ("a", "b"), "coefficient")
    with pytest.raises(FactError, match="no facts"):
        facts.computed((1, 1, 1), "coefficient", "mean", [])
    for other in (fact("2", status="target"), fact("2", vintage="latest")):
        with pytest.raises(FactError, match="unlike"):
            facts.computed((1, 1, 1), "coefficient", "mean", [fact("1", vintage="first_release"), other])


def test_ends_are_cut_outwards_to_two_digits_of_the_width():
    low, high = rounding.ends(replace(fact("1"), value=0.9, low=0.8137, high=1.0249))
    assert (low.value, high.value) == (0.81, 1.03)
    low, high = rounding.ends(replace(fact("512"), low=318.4, high=766.2))
    assert (low.value, high.value) == (310.0, 770.0)
    assert rounding.ends(fact("5"))[0].value == 5
    with pytest.raises(FactError, match="open end"):
        rounding.ends(fact("超5"))


def test_a_derived_fact_knows_the_printed_ones_behind_it():
    a, b, c = fact("1", "2022"), fact("2", "2023"), fact("4", "2024")
    both = a + b
    assert (a.behind, both.behind) == ((), (a, b))
    assert facts.growth(c, both).behind == (c, a, b)
    assert facts.total([both, a]).behind == (a, b)
    assert facts.computed((1, 0, 2), "coefficient", "slope", [both, c]).behind == (a, b, c)
    assert both == replace(both, behind=())


def test_the_face_of_a_figure_is_a_point_with_the_printed_one_behind_it():
    floor = fact("超1000")
    assert (facts.face(floor).low, facts.face(floor).high, facts.face(floor).qualifier) == (1000, 1000, "exact")
    assert facts.face(facts.face(floor)).behind == (floor,)


@pytest.mark.parametrize(("value", "text"), [(93.02326, "about 93%"), (332.67, "about 330%"), (2.43998, "about 2.4%")])
def test_what_follows_from_bounds_taken_at_their_word_is_told_roughly(value, text):
    share = facts.Fact(value, value, value, "percent", "2024", "derived", ("s",), "about", formula="a / b")
    assert render(share) == text
    assert render(replace(share, low=value - 0.004, high=value + 0.004)) == f"about {value:.4g}%"


def test_what_is_reached_is_told_in_tenths_and_a_bound_never_on_its_wrong_side():
    goal = Fact(1500, 1500, math.inf, "count", "2028", "target", ("s",), "over", indicator="firms")
    share = rounding.reached(Fact(1326, 1326, 1326, "count", "2024", "actual", ("s",), indicator="firms"), goal)
    assert (share.low, share.high) == (0.0, 88.4) and share.qualifier == "up_to"
    third = rounding.reached(
        Fact(1, 1, 1, "count", "2024", "actual", ("s",)), Fact(3, 3, 3, "count", "2028", "target", ("s",))
    )
    assert (third.low, third.value, third.high) == (33.3, 33.3, 33.4)
    floor = Fact(2, 2, math.inf, "count", "2024", "actual", ("s",), "over")
    least = rounding.reached(floor, Fact(3, 3, 3, "count", "2028", "target", ("s",)))
    assert (least.low, least.high) == (66.6, math.inf)
