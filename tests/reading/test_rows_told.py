"""Numbers that a sentence tells in rows, and names that are split or told twice."""

import pytest

from wuhan.reading import about, decode, terms, times

NAMES = terms.vocabulary()
HEAD = "武汉经济\n发布时间：2025-04-10\n武汉，武汉。\n"


def read(text):
    article = decode.parsed(HEAD + text)
    return about.read(article, NAMES, times.printing(article))


def measured(text):
    return [one.measure.code for one in read(text)]


def values(text):
    return [one.number.quantity.value for one in read(text)]


def test_a_name_at_the_end_of_a_line_goes_on_with_its_number():
    text = "全市地区生产总值\n\n2100.5亿元,\n\n同比增长5.5%。"
    assert measured(text) == ["gdp_nominal", "gdp_real_growth"]


def test_a_heading_does_not_go_on_with_a_number_of_the_next_line():
    assert decode.parsed("武汉发展情况\n3家企业获奖,都在东湖。").sentences[0].text == "武汉发展情况"


def test_the_three_sectors_share_out_levels_and_growth():
    text = (
        "In 2024, the primary, secondary, and tertiary industries contributed added value of 3.5 billion yuan ($0.5 "
        "billion), 80.2 billion yuan ($11 billion), and 95.4 billion yuan ($13 billion) - representing year-on-year "
        "growth rates of 3.1 percent, 5.2 percent, and 4.8 percent respectively."
    )
    assert [code for code in measured(text) if code] == [
        "va_primary",
        "va_secondary",
        "va_tertiary",
        "va_primary_growth",
        "va_secondary_growth",
        "va_tertiary_growth",
    ]


def test_sectors_with_fewer_numbers_than_names_are_left_open():
    text = "The primary, secondary and tertiary industries contributed added value of 3.5 billion yuan and 80 billion."
    assert not any(measured(text))


def test_growth_behind_respectively_is_shared_out_too_and_both_fall():
    text = (
        "The added value of the secondary industry and the tertiary industry reached 61.5 billion yuan and "
        "98.7 billion yuan, respectively, down 1.5 percent and 2.5 percent year on year."
    )
    assert measured(text) == ["va_secondary", "va_tertiary", "va_secondary_growth", "va_tertiary_growth"]
    assert values(text)[2:] == [-1.5, -2.5]


def test_a_rise_behind_a_fall_keeps_its_own_sign():
    assert values("Exports were down 2 percent and imports were up 3 percent.") == [-2, 3]


@pytest.mark.parametrize("verb", ["", "分别达到"])
def test_incomes_in_towns_and_in_the_country_are_told_apart(verb):
    text = f"2024年，武汉城乡居民人均可支配收入{verb}45000元、25000元。"
    assert measured(text)[0] == "urban_disposable_income"
    assert measured(text)[1] != "urban_disposable_income"


def test_a_name_told_twice_is_one_name():
    assert measured("In 2024, Wuhan posted gross domestic product or GDP of 2.1 trillion yuan.") == ["gdp_nominal"]


def test_an_aside_between_dashes_adds_nothing():
    text = (
        "The added value of manufacturers above a designated size – those with revenue of 20 million yuan or more – "
        "rose 4.5 percent in 2024."
    )
    assert measured(text)[-1] == "industrial_va_growth"


def test_what_a_branch_pulls_in_investment_is_no_output():
    assert not any(
        measured("2024年，武汉高技术制造业比上年增长12%，拉动工业投资增长4.5个百分点，较上半年提升1.2个百分点。")
    )


def test_growth_from_the_year_before_is_yearly_growth():
    assert measured("In 2024, Wuhan's retail sales rose 5.1 percent from 2023.") == ["retail_growth"]
    assert not any(measured("In 2024, Wuhan's retail sales rose 5.1 percent from 2019."))


def test_months_that_are_named_as_a_span_are_no_number():
    assert values("Over the past six months, Wuhan's exports rose 5 percent.") == [5]
