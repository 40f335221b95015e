"""Kinds of print: indices of prices, spelt parts and multiples, units behind a hyphen, growth without its verb."""

import pytest
from test_about import measured, read

from wuhan.reading.numbers import find


def values(text):
    return [(n.quantity.value, n.unit, n.form) for n in find(text)]


@pytest.mark.parametrize(
    ("text", "indices"),
    [
        ("居民消费价格指数为103.4（上年＝100）。", [103.4]),
        ("以上年为100，工业生产者出厂价格指数为96.8。", [96.8]),
        ("居民消费价格总指数104，商品零售价格指数97.9。", [104, 97.9]),
        ("食品、衣着价格指数分别为103.5、98.6。", [103.5, 98.6]),
        ("The consumer price index was 103.4 (previous year = 100).", [103.4]),
        ("With the previous year as 100, prices stood at 98.7.", [98.7]),
    ],
)
def test_a_price_index_is_no_count_and_its_base_no_figure(text, indices):
    assert values(text) == [(value, "prev_year_100", "level") for value in indices]


def test_a_rise_of_prices_and_a_count_are_no_index():
    assert values("CPI上涨2.3%，新增企业120家。") == [(2.3, "percent", "growth"), (120, "count", "level")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sales rose ninefold", (9, "ratio", "multiple")),
        ("a 3.5-fold increase", (3.5, "ratio", "multiple")),
        ("output quadrupled", (4, "ratio", "multiple")),
        ("产值翻三番", (8, "ratio", "multiple")),
        ("two-thirds of the staff", (66.7, "percent", "share")),
        ("Forty-one carmakers opened labs", (41, "count", "list")),
        ("fifteen institutes moved", (15, "count", "list")),
        ("sixty buses ran", (60, "count", "list")),
        ("ninety percent of the staff", (90, "percent", "share")),
        ("home to twenty-one million people", (21e6, "persons", "level")),
        ("three-fifths of the staff", (60, "percent", "share")),
        ("one-tenth of the staff", (10, "percent", "share")),
        ("a 30,000-metric-ton dock", (30000, "tonnes", "level")),
        ("a 45-kilowatt motor", (45, "kw", "level")),
        ("a 900-dollar ticket", (900, "usd", "level")),
        ("a 0.4-percentage-point gain", (0.4, "percentage_points", "change")),
        ("下降0.3个千分点", (-0.03, "percentage_points", "change")),
        ("人口自然增长率-1.7‰", (-0.17, "percent", "share")),
        ("城乡居民收入倍差为1.83", (1.83, "ratio", "multiple")),
        ("保持两位数高速增长", (10, "percent", "growth")),
        ("sales of ¥740m", (74000, "10k_cny", "level")),
        ("出口70亿港元", (7e9, "count", "level")),
        ("exports of HK$7 billion", (7e9, "count", "level")),
    ],
)
def test_other_kinds_of_print(text, expected):
    assert values(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年，全市固定资产投资增长7%，其中工业投资11%、民间投资2%。",
         ["fixed_asset_investment_growth", "industrial_investment_growth", "private_investment_growth"]),
        ("2024年，武汉出口增长7%，占全国的2%。", ["exports_growth", ""]),
        ("全市新增规上工业企业77家。", [""]),
        ("全市规上工业企业新增77家，总数达3100家，净增数创新高。",
         ["above_scale_industrial_firms_net_new", "above_scale_industrial_firms"]),
        ("全市新登记经营主体9万户，总量达88万户。", ["market_entities_new", "market_entities"]),
        ("全市规模以上工业企业营业收入300亿元，增长2%；利润总额20亿元，增长7%。",
         ["", "", "", "above_scale_industrial_profit_growth"]),
        ("全市规模以上服务业企业营业收入300亿元；利润总额20亿元，增长7%。", ["", "", ""]),
        ("Wuhan's GDP grew 7 percent, with a 12 percent increase in toll revenue.", ["gdp_real_growth", ""]),
        ("Wuhan saw 7 percent overall economic growth.", ["gdp_real_growth"]),
        ("Wuhan's infrastructure investment rose 7 percent and manufacturing investment 3 percent.",
         ["infrastructure_investment_growth", "manufacturing_investment_growth"]),
        ("The added value of major industrial enterprises, each with annual revenue of over 20 million yuan, rose 7%.",
         ["", "industrial_va_growth"]),
        ("Wuhan's exports were HK$7 billion.", [""]),
        ("武汉进口9亿欧元。", [""]),
        ("Wuhan's clothing industry reported exports of 7 billion yuan.", [""]),
        ("2024年，全市工业项目77个，完成投资增长7%。", ["", ""]),
        ("In 2024, Wuhan's retail sales exhibited positive trends, reaching 7 billion yuan.", ["retail_sales"]),
        ("In 2024, Wuhan's secondary industry experienced a significant increase of 7 percent.",
         ["va_secondary_growth"]),
        ("Private firms led in Wuhan, with total exports reaching 7 billion yuan.", [""]),
        ("In 2024, private firms led, but Wuhan's total exports reached 7 billion yuan.", ["exports"]),
        ("In 2024, Wuhan's foreign trade with Peru hit 9 billion yuan. The export value was 7 billion yuan.",
         ["", ""]),
        ("Exports from Wuhan, Central China's Hubei province, increased 7 percent.", ["exports_growth"]),
        ("In 2024, exports from Wuhan – the largest city in central China – grossed 7 billion yuan.", ["exports"]),
        ("2024年，武汉城镇新增就业7万人，新增77家创业企业。", ["urban_jobs_new", ""]),
        ("Cars made up 40 percent of Wuhan's industrial investment, an increase of 7 percent.", ["", ""]),
        ("Wuhan's GDP grew 7 percent over the past five years.", ["", ""]),
        ("In 2024, Wuhan's GDP was 2 trillion yuan (HK$2.2 trillion), up 7 percent.",
         ["gdp_nominal", "", "gdp_real_growth"]),
        ("The deposit balance of the city’s financial institutions was 7 billion yuan.", ["deposits_total"]),
    ],
)  # fmt: skip
def test_measures_of_these_kinds(text, expected):
    assert [code for code, _ in measured(text)] == expected


def test_a_level_that_moves_from_one_figure_to_another_is_no_range():
    assert values("capacity rose from 30 to 70 kilowatts") == [(30, "kw", "level"), (70, "kw", "level")]
    assert values("prices ranging from 30 to 70 yuan") == [(50, "cny", "level")]


def test_growth_that_leads_to_a_level_needs_no_verb():
    text = "that of the first rose 7% to RMB2 billion, and that of the second 4% to RMB3 billion"
    assert [n.form for n in find(text)] == ["growth", "level", "growth", "level"]


@pytest.mark.parametrize(
    "text",
    [
        "2024年，武汉工业增速比一季度、上半年分别加快0.4和0.2个百分点。全市固定资产投资增长7%。",
        "2024年，武汉经济回升，增速比上半年加快0.4个百分点。全市固定资产投资增长7%。",
        "In 2024, Wuhan's growth was 0.4 percentage points higher than in the first quarter. Exports rose 7 percent.",
    ],
)
def test_what_growth_is_held_against_is_not_the_time_of_what_follows(text):
    assert read(text)[-1].period.code in ("2024", "")


def test_a_word_that_only_ends_like_a_qualifier_is_none():
    assert [n.qualifier for n in find("The plan was made to cover 4,200 hectares.")] == ["exact"]
    assert [n.qualifier for n in find("It grew to over 4,200 hectares.")] == ["over"]
    assert find("In the twenty-first century, in the twenties") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Freight rose from 7 million tonnes to 210 million tonnes.", [7e6, 210e6]),
        ("Incomes have risen from 611 yuan and 420 yuan to 41,200 yuan and 22,300 yuan.", [611, 420, 41200, 22300]),
    ],
)
def test_a_level_that_moves_is_no_range(text, expected):
    assert [number.quantity.value for number in find(text)] == expected


@pytest.mark.parametrize(
    "text", ["Among 31 industries, 19 grew.", "Of the 31 industries, only 19 grew.", "产值前10的行业中有8个行业增长。"]
)
def test_some_of_those_counted_are_a_part(text):
    assert read(text)[-1].number.qualifier == "of_which"


def test_the_sectors_are_parts_of_output_where_the_print_says_so():
    told = read("上半年全市生产总值2105.5亿元。其中，第一产业增加值71.6亿元；第二产业增加值1021.5亿元，增长6%。")
    assert [one.number.qualifier for one in told] == ["exact", "of_which", "of_which", "exact"]
    told = read("上半年全市生产总值2105.5亿元。分产业看，第一产业增加值71.6亿元，增长3%。")
    assert [one.number.qualifier for one in told] == ["exact", "exact", "exact"]


def test_what_shall_be_is_an_aim():
    told = read("In 2021, Wuhan's GDP shall increase by 6 percent.")
    assert [(one.number.form, one.kind.code) for one in told] == [("growth", "target")]
