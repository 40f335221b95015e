"""What a heading, a headline or the beginning of a sentence says of the numbers behind it, and where nothing."""

import pytest
from test_about import read as headed

PRINTED = "武汉市经济运行情况\n2024年7月20日\n"


def read(text):
    return headed(text, head="")


def measures(text):
    return [(one.number.text, one.measure.code) for one in read(text)]


def test_a_heading_names_the_measure_of_what_follows():
    told = measures(
        PRINTED + "（一）固定资产投资。1-6月份完成500亿元，同比增长6.2%，其中民间投资增长3.1%。\n"
        "（二）社会消费品零售总额。全市实现1200亿元，增长5.1%。\n（三）规模以上工业增加值\n1-6月份增长8.1%。"
    )
    assert [code for _, code in told] == [
        "fixed_asset_investment",
        "fixed_asset_investment_growth",
        "private_investment_growth",
        "retail_sales",
        "retail_growth",
        "industrial_va_growth",
    ]


def test_a_heading_that_names_no_measure_ends_the_one_before():
    assert measures(PRINTED + "全市进出口总额300亿元。\n二、文化旅游\n全年500亿元，增长3%。")[1:] == [
        ("500亿元", ""),
        ("3%", ""),
    ]


def test_districts_in_a_row_have_their_measure_and_no_known_place():
    told = read(PRINTED + "全市地区生产总值增速居前三位的是松滋市（8.2%）、公安县（7.9%）、长沙县（7.1%）。")[1:]
    assert [(one.measure.code, one.place.code) for one in told] == [("gdp_real_growth", "")] * 3


@pytest.mark.parametrize("name", ["长沙县", "吉林市"])
def test_a_county_or_city_is_not_the_place_whose_name_it_begins_with(name):
    (growth,) = read(f"2023年，{name}GDP增长5%。")
    assert (growth.measure.code, growth.place.code) == ("gdp_real_growth", "")


@pytest.mark.parametrize("zone", ["成都经开区", "武汉新区", "合肥高新区", "长沙望城区"])
def test_a_zone_of_a_city_is_not_surely_the_city(zone):
    (growth,) = read(f"2023年，{zone}规模以上工业增加值增长5%。")
    assert not (growth.measure.known and growth.place.code in ("chengdu", "wuhan", "hefei", "changsha"))


def test_the_headline_tells_the_time_of_flows_without_one():
    told = read("武汉2024年上半年经济运行情况\n2024年7月20日\n全市地区生产总值10000亿元，增长5%。")
    assert [one.period.code for one in told] == ["2024-01/2024-06"] * 2
    assert not any(one.period.known for one in told)


def test_growth_that_a_sentence_frames_on_another_base_is_none_of_a_year():
    told = measures(PRINTED + "从两年平均增速看，地区生产总值、社会消费品零售总额分别增长4.7%、6.0%。")
    assert {code for _, code in told} == {""}


def test_a_time_against_which_one_number_is_held_is_not_that_of_the_next():
    told = read("2022年上半年武汉GDP增长3%，高于2022年一季度的2%，也高于全省的2.5%。")
    assert [one.period.code for one in told][::2] == ["2022-01/2022-06"] * 2


def test_what_a_project_is_to_bring_has_no_time():
    told = read("该项目2022年第二季度投产，达产后年产值200亿元。")
    assert told[-1].period.code == ""


def test_a_plan_and_this_year_so_far_are_times():
    (firms,) = read("“十四五”期间，武汉新增高新技术企业63家。")
    assert (firms.measure.code, firms.period.code) == ("", "2021/2025")
    (deals,) = read("武汉\n2025年11月3日\n今年以来，46场对接活动举行。")
    assert (deals.period.code, deals.period.sure) == ("2025-01/2025-11", "likely")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2021年，武漢市地區生產總值達195億元。", 195),
        ("In 2022 Wuhan's GDP reached 500b yuan.", 5000),
        ("Wuhan's GDP exceeded 308.6b in 2022.", 3086),
    ],
)
def test_output_is_read_in_traditional_signs_and_short_billions(text, value):
    (output,) = read(text)
    assert (output.measure.code, output.number.quantity.value, output.number.unit) == ("gdp_nominal", value, "100m_cny")


@pytest.mark.parametrize(
    ("text", "value"), [("出口一点八亿元", 1.8), ("出口二十点五亿元", 20.5), ("出口增长两点五个百分点", 2.5)]
)
def test_a_spelt_decimal_is_read_whole(text, value):
    assert read(f"2023年，武汉{text}。")[-1].number.quantity.value == value


def test_a_rank_among_some_is_none_in_the_country():
    told = read(
        "Wuhan's GDP in 2023 grew 7.5 percent, ranking first among all cities in Hubei in terms of growth rate."
    )
    assert told[-1].measure.code == ""


def test_what_comes_to_be_in_five_years_is_no_measure_of_one():
    assert read("2023年，武汉全社会固定资产投资五年累计突破5000亿元。")[-1].measure.code == ""


def test_a_7b_is_the_name_of_a_model():
    assert all(one.number.quantity.value < 10 for one in read("2024年，武汉发布7B大模型。"))


def test_growth_by_so_many_times_is_a_rate():
    (growth,) = read("2023年，武汉高技术制造业投资增长1.7倍。")
    assert (growth.number.quantity.value, growth.measure.code) == (170, "high_tech_manufacturing_investment_growth")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2023年，武汉一般公共预算收入韧性十足，增长3%。", "fiscal_revenue_growth"),
        ("2023年，武汉社会消费品零售总额中餐饮业，增长3%。", ""),
        ("In 2023 Wuhan's exports of steel was 10 billion yuan.", ""),
        ("In 2023 total imports and exports of Wuhan was 2 billion yuan to India.", ""),
        ("2023年，新材料产业拥有规模以上工业企业363家。", ""),
        ("2023年，武汉金融机构人民币存款余额630亿元。", ""),
        ("In 2023 Fortune Global 500 companies have set up 31 projects in Wuhan.", ""),
    ],
)
def test_a_few_words_that_are_not_known_leave_a_likely_reading_unless_they_name_a_thing(text, code):
    told = read(text)[-1]
    assert told.measure.code == code
    assert not code or told.measure.sure == "likely"
