"""Printed quantities: read, bounded, converted and shown, against figures worked out by hand and laws."""

import math
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wuhan.evidence.quantities import (
    QUALIFIERS,
    UNITS,
    Quantity,
    QuantityError,
    convert,
    interval,
    intervals,
    parse,
    render,
)

INF = math.inf
lawful = settings(derandomize=True, deadline=None, max_examples=150)

# text, value, low, high, unit, qualifier: each worked out by hand
PRINTED = [
    # money, Chinese
    ("984.9亿元", 984.9, 984.85, 984.95, "100m_cny", "exact"),
    ("近千亿元", 1000, 900, 1000, "100m_cny", "nearly"),
    ("2.1万亿元", 21000, 20500, 21500, "100m_cny", "exact"),
    ("超3000亿元", 3000, 3000, INF, "100m_cny", "over"),
    ("2000万元", 2000, 1999.5, 2000.5, "10k_cny", "exact"),
    ("10亿元以上", 10, 10, INF, "100m_cny", "at_least"),
    ("不低于1000万元", 1000, 1000, INF, "10k_cny", "at_least"),
    ("最高2000万元", 2000, -INF, 2000, "10k_cny", "up_to"),
    ("超10亿元以上", 10, 10, INF, "100m_cny", "over"),
    ("近4亿元", 4, 3.6, 4, "100m_cny", "nearly"),
    ("10多亿元", 10, 10, 20, "100m_cny", "over"),
    ("数百亿元", 600, 200, 1000, "100m_cny", "about"),
    ("百亿级", 1e10, 5e9, 1.5e10, "count", "about"),
    ("100亿元级", 100, 50, 150, "100m_cny", "about"),
    ("万亿元", 10000, 5000, 15000, "100m_cny", "about"),
    ("三千五百亿元", 3500, 3499.5, 3500.5, "100m_cny", "exact"),
    ("1~2万元", 1.5, 1, 2, "10k_cny", "about"),
    ("5亿至10亿元", 7.5, 5, 10, "100m_cny", "about"),
    ("5000万~1亿元", 0.75, 0.5, 1, "100m_cny", "about"),
    ("228000元", 228000, 227999.5, 228000.5, "cny", "exact"),
    ("-3.20亿元", -3.2, -3.205, -3.195, "100m_cny", "exact"),
    ("15.4万元/人", 154000, 153500, 154500, "cny_per_person", "exact"),
    ("9.01亿美元", 9.01, 9.005, 9.015, "100m_usd", "exact"),
    ("500美元", 500, 499.5, 500.5, "usd", "exact"),
    # money, English
    ("USD 2.5bn", 2.5, 2.45, 2.55, "usd_bn", "exact"),
    ("$2.5 billion", 2.5, 2.45, 2.55, "usd_bn", "exact"),
    ("12 million US dollars", 12e6, 11.5e6, 12.5e6, "usd", "exact"),
    ("RMB 2.1 trillion", 21000, 20500, 21500, "100m_cny", "exact"),
    ("CNY 5m", 500, 450, 550, "10k_cny", "exact"),
    ("98.49 billion yuan", 984.9, 984.85, 984.95, "100m_cny", "exact"),
    ("over 1 trillion yuan", 10000, 10000, INF, "100m_cny", "over"),
    # people and things
    ("650家", 650, 650, 650, "count", "exact"),
    ("148个项目", 148, 148, 148, "count", "exact"),
    ("其中30个", 30, 30, 30, "count", "of_which"),
    ("三大产业", 3, 3, 3, "count", "exact"),
    ("十大", 10, 10, 10, "count", "exact"),
    ("两条产线", 2, 2, 2, "count", "exact"),
    ("一百零五家", 105, 105, 105, "count", "exact"),
    ("1,326", 1326, 1326, 1326, "count", "exact"),
    ("over 1,000 firms", 1000, 1000, INF, "count", "over"),
    ("100家以上企业", 100, 100, INF, "count", "at_least"),
    ("100家企业以上", 100, 100, INF, "count", "at_least"),
    ("不足50家", 50, 0, 50, "count", "up_to"),
    ("百余家", 100, 100, 200, "count", "over"),
    ("20多个", 20, 20, 30, "count", "over"),
    ("十几个", 10, 10, 20, "count", "over"),
    ("1500余家", 1500, 1500, 1600, "count", "over"),
    ("上千家", 1000, 1000, INF, "count", "at_least"),
    ("近百家", 100, 90, 100, "count", "nearly"),
    ("数十家", 60, 20, 100, "count", "about"),
    ("几家", 6, 2, 10, "count", "about"),
    ("约260家", 260, 255, 265, "count", "about"),
    ("3.92万个", 39200, 39150, 39250, "count", "exact"),
    ("1.46万", 14600, 14550, 14650, "count", "exact"),
    ("135万", 1350000, 1345000, 1355000, "count", "exact"),
    ("超770万", 7700000, 7700000, INF, "count", "over"),
    ("1.35 million", 1350000, 1345000, 1355000, "count", "exact"),
    ("2498名", 2498, 2498, 2498, "persons", "exact"),
    ("81位院士", 81, 81, 81, "persons", "exact"),
    ("超过30万人", 300000, 300000, INF, "persons", "over"),
    ("最高达130万人", 1300000, 0, 1300000, "persons", "up_to"),
    ("20多万人", 200000, 200000, 300000, "persons", "over"),
    ("13.65 million people", 13650000, 13645000, 13655000, "persons", "exact"),
    # shares and rates
    ("33%", 33, 32.5, 33.5, "percent", "exact"),
    ("5.0%", 5, 4.95, 5.05, "percent", "exact"),
    ("-11.8%", -11.8, -11.85, -11.75, "percent", "exact"),
    ("－11.8％", -11.8, -11.85, -11.75, "percent", "exact"),
    ("同比增长35%", 35, 34.5, 35.5, "percent", "exact"),
    ("占比超55%", 55, 55, INF, "percent", "over"),
    ("接近19%", 19, 17.1, 19, "percent", "nearly"),
    ("20%左右", 20, 15, 25, "percent", "about"),
    ("10%-20%", 15, 10, 20, "percent", "about"),
    ("过半", 50, 50, INF, "percent", "over"),
    ("超五成", 50, 50, INF, "percent", "over"),
    ("近七成", 70, 63, 70, "percent", "nearly"),
    ("五成", 50, 45, 55, "percent", "exact"),
    ("5.2 per cent", 5.2, 5.15, 5.25, "percent", "exact"),
    ("5.2个百分点", 5.2, 5.15, 5.25, "percentage_points", "exact"),
    ("1.3 percentage points", 1.3, 1.25, 1.35, "percentage_points", "exact"),
    ("翻番", 2, 1.5, 2.5, "ratio", "about"),
    ("翻两番", 4, 3.5, 4.5, "ratio", "about"),
    ("1.5倍", 1.5, 1.45, 1.55, "ratio", "exact"),
    # length, area, computing, time
    ("4000公里", 4000, 3999.5, 4000.5, "km", "exact"),
    ("4个小时", 4, 4, 4, "hours", "exact"),
    ("双枢纽", 2, 2, 2, "count", "exact"),
    ("三省", 3, 3, 3, "count", "exact"),
    ("213.37万公里", 2133700, 2133650, 2133750, "km", "exact"),
    ("3379公里（单向里程）", 3379, 3378.5, 3379.5, "km_one_way", "exact"),
    ("约3000平方公里", 3000, 2500, 3500, "km2", "about"),
    ("20万平方米", 200000, 195000, 205000, "m2", "exact"),
    ("27.46亩", 27.46, 27.455, 27.465, "mu", "exact"),
    ("9.83EB", 9.83, 9.825, 9.835, "EB", "exact"),
    ("9．83EB", 9.83, 9.825, 9.835, "EB", "exact"),
    ("1200P", 1200, 1199.5, 1200.5, "PFLOPS", "exact"),
    ("超5000P", 5000, 5000, INF, "PFLOPS", "over"),
    ("23 EFLOPS", 23, 22.5, 23.5, "EFLOPS", "exact"),
    ("1~2年", 1.5, 1, 2, "years", "about"),
    ("1～2年", 1.5, 1, 2, "years", "about"),
    ("5年以内", 5, 0, 5, "years", "up_to"),
    ("60天", 60, 60, 60, "days", "exact"),
    ("约200-230公里/天", 215, 200, 230, "km_per_day", "about"),
    ("105.2(上年=100)", 105.2, 105.15, 105.25, "prev_year_100", "exact"),
]


@pytest.mark.parametrize(("text", "value", "low", "high", "unit", "qualifier"), PRINTED)
def test_printed_quantities_are_read_as_worked_out_by_hand(text, value, low, high, unit, qualifier):
    assert parse(text) == Quantity(value, low, high, unit, qualifier, text)


# text, the unit asked for, value, low, high
ASKED = [
    ("21106.23", "100m_cny", 21106.23, 21106.225, 21106.235),
    ("984.9亿元", "10k_cny", 9849000, 9848500, 9849500),
    ("2000万元", "100m_cny", 0.2, 0.19995, 0.20005),
    ("135万", "10k_persons", 135, 134.5, 135.5),
    ("135万", "persons", 1350000, 1345000, 1355000),
    ("1152名", "10k_persons", 0.1152, 0.1152, 0.1152),
    ("1.8", "percentage_points", 1.8, 1.75, 1.85),
    ("1.46万", "count", 14600, 14550, 14650),
    ("200-230", "km_per_day", 215, 200, 230),
    ("10 余家", "count", 10, 10, 20),
    ("5 EFLOPS", "PFLOPS", 5000, 4500, 5500),
    ("3万P", "PFLOPS", 30000, 25000, 35000),
    ("3.0", "version", 3, 2.95, 3.05),
    ("12", "orders_per_day", 12, 11.5, 12.5),
    ("3平方公里", "m2", 3e6, 2.5e6, 3.5e6),
    ("3亩", "m2", 2000, 2.5 * 2000 / 3, 3.5 * 2000 / 3),
]


@pytest.mark.parametrize(("text", "unit", "value", "low", "high"), ASKED)
def test_a_figure_is_told_in_the_unit_asked_for(text, unit, value, low, high):
    quantity = parse(text, unit)
    assert (quantity.value, quantity.low, quantity.high, quantity.unit) == (value, low, high, unit)


REFUSED = [
    ("", "not a quantity"),
    ("many firms", "write a figure and its unit"),
    ("工业、医疗、教育", "not a quantity"),
    ("4个季度", "not a quantity"),
    ("3个人", "not a quantity"),
    ("两项均创新高", "not a quantity"),
    ("千亿参数", "not a quantity"),
    ("一百二家", "not a quantity"),
    ("二〇二四", "not a quantity"),
    ("1/3", "not a quantity"),
    ("1e6", "not a quantity"),
    ("1 200", "not a quantity"),
    ("5E", "not a quantity"),
    ("9８家", "full-width letters or digits — write '98家'"),
    ("2024年", "is a date"),
    ("6月26日", "is a date"),
    ("第9", "is a rank"),
    ("全国第七位", "is a rank"),
    ("下降5%", "write it with a minus"),
    ("增长2倍", "write the growth in percent"),
    ("近5年", "nearly or the last so many years"),
    ("5m", "million or metre"),
    ("5折", "discount"),
    ("1,00", "misplaced comma"),
    ("1234,567", "misplaced comma"),
    ("1" * 16, "at most 15"),
    ("5亿~2亿元", "lower end first"),
    ("数十~百家", "lower end first"),
    ("10%~20个", "two units, '%' and '个'"),
    ("-5家", "below zero"),
    ("5亿\n~2亿元", "'5亿<U+000A>~2亿元' is not a range"),
    ("超1~2万", "lower end first"),
    ("10%~20元", "two units, '%' and '元'"),
    ("USD 5亿元", "two units, 'USD' and '元'"),
    ("约超5亿元", "about and over at once"),
    ("不超过20多个", "over and up_to at once"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_no_quantity_is_refused_in_one_line(text, reason):
    with pytest.raises(QuantityError, match=re.escape(reason)) as error:
        parse(text)
    assert len(str(error.value).splitlines()) == 1 and str(error.value).count(" — write") <= 1


@pytest.mark.parametrize(
    ("text", "unit", "reason"),
    [
        ("5%", "percentage_points", "'5%' is in percent — write a figure in percentage_points"),
        ("3379公里(单向)", "km", "is in km_one_way"),
        ("81位", "count", "is in persons"),
        ("5亿美元", "100m_cny", "is in usd"),
        ("5", "parsecs", "unknown unit 'parsecs' — write one of cny, "),
    ],
)
def test_a_figure_in_another_dimension_is_refused(text, unit, reason):
    with pytest.raises(QuantityError, match=re.escape(reason)):
        parse(text, unit)


def test_a_long_text_is_cut_in_the_message():
    with pytest.raises(QuantityError) as error:
        parse("项目" * 500)
    assert len(str(error.value)) < 150


INTERVALS = [
    ("21106.23", "exact", "100m_cny", 21106.225, 21106.235),
    ("650", "exact", "count", 650, 650),
    ("650", "of_which", "count", 650, 650),
    ("12.5", "exact", "persons", 12.45, 12.55),
    ("1377.4", "exact", "10k_persons", 1377.35, 1377.45),
    ("135", "exact", "10k_persons", 134.5, 135.5),
    ("5.0", "exact", "percent", 4.95, 5.05),
    ("-4.7", "exact", "percent", -4.75, -4.65),
    ("0", "exact", "count", 0, 0),
    ("0", "exact", "10k", 0, 0.5),
    ("0", "exact", "percent", -0.5, 0.5),
    ("3000", "about", "km2", 2500, 3500),
    ("260", "about", "count", 255, 265),
    ("0", "about", "count", 0, 0.5),
    ("12.30", "about", "percent", 12.25, 12.35),
    ("1000", "over", "count", 1000, INF),
    ("-5", "at_least", "percent", -5, INF),
    ("130", "up_to", "10k_persons", 0, 130),
    ("20", "up_to", "percent", -INF, 20),
    ("1000", "nearly", "100m_cny", 900, 1000),
    ("-5", "nearly", "percent", -5, -4.5),
    ("1.46万", "exact", "count", 14550, 14650),
    ("1.6万", "over", "count", 16000, INF),
    ("超1.6万", "at_least", "count", 16000, INF),
    ("约3000", "about", "km2", 2500, 3500),
    ("200-230", "exact", "km_per_day", 200, 230),
    ("10 余家", "over", "count", 10, 20),
]


@pytest.mark.parametrize(("printed", "qualifier", "unit", "low", "high"), INTERVALS)
def test_intervals_of_printed_figures(printed, qualifier, unit, low, high):
    assert interval(printed, qualifier, unit) == (low, high)


def test_intervals_of_columns_are_those_of_their_rows():
    columns = [row[0] for row in INTERVALS], [row[1] for row in INTERVALS], [row[2] for row in INTERVALS]
    assert intervals(*columns) == [row[3:] for row in INTERVALS]


@pytest.mark.parametrize(
    ("printed", "qualifier", "unit", "reason"),
    [
        ("5", "roughly", "count", "unknown qualifier 'roughly' — write one of exact, about"),
        ("5", "exact", "parsecs", "unknown unit 'parsecs'"),
        ("1e5", "exact", "count", "not a quantity"),
        ("-5", "exact", "count", "'-5' is below zero — write a figure in count of at least 0"),
        ("约3000", "exact", "km2", "says about, the qualifier says exact"),
        ("10 余家", "exact", "count", "says over, the qualifier says exact"),
    ],
)
def test_intervals_refuse_what_they_do_not_know(printed, qualifier, unit, reason):
    with pytest.raises(QuantityError, match=re.escape(reason)):
        interval(printed, qualifier, unit)


@pytest.mark.parametrize("text", ["约" * 3000, "1," * 3000, "3个" + "项" * 3000, "5个" + "以上" * 2000, "1~" * 2000])
def test_a_hostile_text_is_refused(text):
    with pytest.raises(QuantityError):
        parse(text)


# Laws


def read_back(quantity, language, digits=4):
    """What a reader understands who sees the quantity, in its unit; a bare figure is in the unit shown."""
    seen = parse(render(quantity, language, digits), UNITS[quantity.unit].display)
    ends = (convert(end, seen.unit, quantity.unit) for end in (seen.value, seen.low, seen.high))
    return Quantity(*ends, quantity.unit, seen.qualifier, seen.text)


plain = st.decimals(-(10**6), 10**6, places=2, allow_nan=False) | st.integers(0, 10**9).map(str)
units = st.sampled_from(sorted(UNITS))
rough = st.floats(-1e6, 1e6).map(lambda number: round(number, 3))
printed = plain.map(lambda number: f"{number}".replace("-0.00", "0.00"))
languages = st.sampled_from(["en", "zh"])


@lawful
@given(printed, st.sampled_from(QUALIFIERS), units)
def test_the_interval_contains_the_value(text, qualifier, unit):
    assume(not (UNITS[unit].nonnegative and text.startswith("-")))
    low, high = interval(text, qualifier, unit)
    assert low <= float(text) <= high


@st.composite
def known(draw, qualifiers=QUALIFIERS):
    """A quantity as the data may hold it: a printed figure in any unit, with any qualifier."""
    text, qualifier, unit = draw(printed), draw(st.sampled_from(qualifiers)), draw(units)
    assume(not (UNITS[unit].nonnegative and text.startswith("-")))
    low, high = interval(text, qualifier, unit)
    assume(unit != "years" or not 1800 < float(text) < 2200)  # 2000年 is read as a date
    return Quantity(float(text), low, high, unit, qualifier, "")


@lawful
@given(known(("exact", "about", "nearly", "of_which")), languages)
def test_what_is_shown_lies_inside_what_is_known(quantity, language):
    shown = read_back(quantity, language, digits=15)
    assert quantity.low <= shown.value <= quantity.high
    assert shown.qualifier == quantity.qualifier.replace("of_which", "exact")


@lawful
@given(known(("over", "at_least", "up_to")), languages, st.integers(1, 8))
def test_a_bound_that_is_shown_stays_true(quantity, language, digits):
    shown = read_back(quantity, language, digits)
    assert shown.qualifier == quantity.qualifier
    assert shown.low <= quantity.low and shown.high >= quantity.high
    assert shown.value == pytest.approx(quantity.value, rel=10 ** (1 - digits), abs=0.01)


@lawful
@given(known(("exact", "of_which", "about", "nearly")), languages)
def test_four_digits_are_right_to_half_a_step(quantity, language):
    shown = read_back(quantity, language)
    inside = quantity.low <= shown.value <= quantity.high
    assert inside or abs(shown.value - quantity.value) <= 0.5001e-3 * abs(quantity.value)


@lawful
@given(rough, rough.map(abs), rough.map(abs), units, languages)
def test_any_computed_interval_can_be_shown_and_read(value, below, above, unit, language):
    low = max(value - below, 0) if UNITS[unit].nonnegative else value - below
    assume(low <= value and not (unit == "years" and 1800 < value < 2200))
    quantity = Quantity(value, low, value + above, unit, "exact", "")
    shown = read_back(quantity, language, digits=10)
    assert quantity.low - 1e-9 * abs(value) <= shown.value <= quantity.high + 1e-9 * abs(value)


WORDS = {
    "亿元": "100m_cny",
    "万元": "10k_cny",
    "万人": "persons",
    "%": "percent",
    "个百分点": "percentage_points",
    "万公里": "km",
    "EB": "EB",
    "P": "PFLOPS",
    "万家": "count",
    "倍": "ratio",
}
LEADS = {"": "exact", "约": "about", "超": "over", "至少": "at_least", "最高": "up_to", "近": "nearly"}


@lawful
@given(st.decimals(0, 10**6, places=1), st.sampled_from(sorted(WORDS)), st.sampled_from(sorted(LEADS)))
def test_reading_contains_what_was_printed_and_showing_it_loses_nothing(number, word, lead):
    text = f"{lead}{number}{word}"
    quantity = parse(text)
    assert quantity.low <= quantity.value <= quantity.high
    assert (quantity.unit, quantity.qualifier) == (WORDS[word], LEADS[lead])
    again = read_back(quantity, "zh", digits=15)
    assert (again.value, again.qualifier) == (quantity.value, quantity.qualifier)
    assert again.low <= quantity.value <= again.high


@lawful
@given(units, st.data(), st.floats(-1e12, 1e12))
def test_conversion_there_and_back(source, data, value):
    alike = [code for code in sorted(UNITS) if UNITS[code].dimension == UNITS[source].dimension]
    target = data.draw(st.sampled_from(alike))
    assert convert(convert(value, source, target), target, source) == pytest.approx(value, rel=1e-15)


SIGNS = "0123456789.,-~%+ 超近约多余几数半成两三十百千万亿元人家个项级以上年第月EPmbnUSD$()/人次over至"


@lawful
@given(st.text(SIGNS, max_size=12))
def test_any_text_is_a_quantity_or_a_one_line_error(text):
    try:
        quantity = parse(text)
    except QuantityError as error:
        assert "\n" not in str(error)
    else:
        assert quantity.low <= quantity.value <= quantity.high
        assert quantity.qualifier in QUALIFIERS and quantity.unit in UNITS


@lawful
@given(st.text(max_size=20), st.sampled_from(QUALIFIERS), units)
def test_any_text_has_an_interval_or_a_one_line_error(text, qualifier, unit):
    try:
        low, high = interval(text, qualifier, unit)
    except QuantityError as error:
        assert len(str(error).splitlines()) == 1
    else:
        assert low <= high
