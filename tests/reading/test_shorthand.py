"""The shorthand of journalists: signed figures, short names of measures, and targets that were missed."""

import pytest
from test_about import read

from wuhan.reading.numbers import find


def values(text):
    return [(n.quantity.value, n.unit, n.form) for n in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("社零+3.4%", [(3.4, "percent", "growth")]),
        ("固投-2.6%", [(-2.6, "percent", "growth")]),
        ("CPI-0.3%", [(-0.3, "percent", "growth")]),
        ("出口300亿元（-4.1%）", [(300, "100m_cny", "level"), (-4.1, "percent", "growth")]),
        ("GDP 5.7%", [(5.7, "percent", "growth")]),
        ("GDP 4100亿元/5.7%", [(4100, "100m_cny", "level"), (5.7, "percent", "growth")]),
        ("研发投入占GDP 3.1%", [(3.1, "percent", "share")]),
        ("城镇化率70.2%（+0.9pct）", [(70.2, "percent", "share"), (0.9, "percentage_points", "change")]),
        ("sales grew 5 pct", [(5, "percent", "share")]),
        ("增长5%-6%", [(5.5, "percent", "growth")]),
    ],
)
def test_a_sign_before_a_percentage_makes_it_growth(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2024年武汉规上+7.2%，财收+3.1%。", ["industrial_va_growth", "fiscal_revenue_growth"]),
        ("2024年武汉存款3.2万亿元（+6.1%）。", ["deposits_total", ""]),
        ("2024年武汉GDP 1.6万亿元，常住1061万人，人均15.1万元。", ["gdp_nominal", "pop_resident", "gdp_per_capita"]),
        ("2024年武汉居民人均可支配收入6.5万元，其中城镇7.1万元、农村4.6万元。", ["", "urban_disposable_income", ""]),
        ("2024年武汉规上+7.2%（汽车+9.1%）。", ["industrial_va_growth", "automobile_manufacturing_va_growth"]),
        ("2024年武汉常住-1.3万。", [""]),
        ("2024年武汉个人存款9000亿元。", [""]),
        ("2024年武汉新增贷款1800亿元。", [""]),
        ("2024年武汉新能源汽车+21%。", [""]),
        ("2024年武汉规上企业利润+7.2%。", [""]),
    ],
)
def test_short_names_directly_before_their_number(text, codes):
    assert [one.measure.code for one in read(text)] == codes


def test_only_the_number_of_a_target_that_was_missed_is_a_target():
    found = read("2024年武汉GDP 5.1%未达6%目标，社零+2.2%，出口-3%。")
    assert [one.kind.code for one in found] == ["actual", "target", "actual", "actual"]
    assert [one.number.qualifier for one in found] == ["exact"] * 4
    assert [one.measure.code for one in found[:2]] == ["gdp_real_growth"] * 2
    found = read("2024年武汉GDP增长5.1%，低于6%的目标。")
    assert [(one.kind.code, one.number.text, one.number.qualifier) for one in found][1] == ("target", "6%", "exact")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("出口增速居长三角第二。", [(2, "count", "rank")]),
        ("总量居湖南第2，", [(2, "count", "rank")]),
        ("去湖南第一师范学院参观。", []),
        ("which puts it in fourth place nationwide", [(4, "count", "rank")]),
        ("among China's top 50 cities", [(50, "count", "rank")]),
        ("武汉被提到8次。", [(8, "count", "level")]),
        ("该市的二次创业。", []),
        ("开展四大专项整治。", [(4, "count", "list")]),
        ("发放育儿补贴3.2亿", [(3.2, "100m_cny", "level")]),
        ("在建超5亿元项目60个", [(5, "100m_cny", "threshold"), (60, "count", "level")]),
        ("firms with annual revenue of 30 million yuan or more", [(3000, "10k_cny", "threshold")]),
    ],
)
def test_ranks_times_and_sizes(text, expected):
    assert values(text) == expected


def test_those_that_rank_first_are_a_group_of_which_some_are_told():
    found = read("2024年，全国前20位的物流企业，已有7家落户武汉。")
    assert [(one.kind.code, one.number.qualifier) for one in found] == [("context", "up_to"), ("actual", "of_which")]


def test_what_is_to_climb_is_a_target():
    found = read("Wuhan's exports are to climb to 400 billion yuan. They were 350 billion yuan in 2023.")
    assert [one.kind.code for one in found] == ["target", "actual"]


def test_value_added_behind_output_is_its_own_measure():
    found = read("2023年，武汉规模以上工业总产值1.7万亿元，增加值从3700亿元增加到4100亿元。")
    assert [one.measure.code for one in found] == ["above_scale_industrial_output", "industrial_va", "industrial_va"]
    (_, other) = read("2023年，武汉商业营业收入900亿元，社零总额增加值200亿元。")
    assert other.measure.code == ""


def test_a_time_that_is_quoted_with_its_number_is_not_carried():
    found = read("文件写明“2032年客运量达到4000万人次”的规模，是第二名的近3倍。")
    assert [one.period.code for one in found] == ["2032", "", ""]


def test_the_year_in_which_a_house_was_opened_is_not_that_of_its_visitors():
    assert read("2011年启用的老馆，年接待观众90万人次。")[0].period.code != "2011"


def test_branches_that_commas_part_share_out_their_growth():
    found = read(
        "2024年，武汉规模以上工业增加值增长6%。其中，电气机械和器材制造业，纺织服装、服饰业，"
        "化学原料和化学制品制造业表现亮眼，分别增长9.1%、8.2%、7.3%。"
    )
    codes = ["industrial_va_growth", "electrical_machinery_va_growth", "", "chemicals_va_growth"]
    assert [one.measure.code for one in found] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Wuhan's GDP grew by 6 percent to stand at 1.9 trillion yuan.", ["gdp_real_growth", "gdp_nominal"]),
        ("In Wuhan the tertiary industry brought in 900 billion yuan.", ["va_tertiary"]),
        ("The value added of above-designated-size industrial enterprises rose 4 percent.", ["industrial_va_growth"]),
    ],
)
def test_more_words_that_lead_to_a_level(text, codes):
    assert [one.measure.code for one in read(text)] == codes


def test_what_is_held_against_output_told_before_is_no_part_of_it():
    found = read("2024年，武汉地区生产总值20000亿元。民营经济增加值8600亿元，占GDP的比重为43%。")
    assert [one.number.qualifier for one in found] == ["exact"] * 3
    found = read("2024年，武汉进出口4000亿元。民营企业1600亿元，占进出口总值的40%。")
    assert found[1].number.qualifier == "of_which"
