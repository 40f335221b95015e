"""Numbers that mean something are found with what they say; what only looks like one is not."""

import pytest

from wuhan.reading.numbers import find


def told(text):
    return [(n.text, n.form, n.quantity and n.quantity.value, n.unit, n.qualifier) for n in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("产值达到2.1万亿元", [("2.1万亿元", "level", 21000, "100m_cny", "exact")]),
        ("武汉GDP4759.41亿元", [("4759.41亿元", "level", 4759.41, "100m_cny", "exact")]),
        ("同比增长5.4%", [("5.4%", "growth", 5.4, "percent", "exact")]),
        ("出口下降1.7%", [("1.7%", "growth", -1.7, "percent", "exact")]),
        ("利用率上涨近20个百分点", [("近20个百分点", "change", 20, "percentage_points", "nearly")]),
        ("占全市比重超五成", [("超五成", "share", 50, "percent", "over")]),
        ("位居全国第9", [("全国第9", "rank", 9, "count", "exact")]),
        ("建成华中首个基地", [("华中首个", "rank", 1, "count", "exact")]),
        ("收入翻了一番", [("翻了一番", "multiple", 2, "ratio", "about")]),
        ("形成三大集群", [("三大", "list", 3, "count", "exact")]),
        ("总量即将突破90万家", [("突破90万家", "level", 900000, "count", "nearly")]),
        ("单个项目最高给予2000万元支持", [("2000万元", "level", 2000, "10k_cny", "up_to")]),
        ("税收6-8亿元", [("6-8亿元", "level", 7, "100m_cny", "about")]),
        ("10亿元以上项目", [("10亿元以上", "threshold", 10, "100m_cny", "at_least")]),
        ("签约33个项目", [("33个", "level", 33, "count", "exact")]),
        ("GDP grew by 5.2 percent", [("5.2 percent", "growth", 5.2, "percent", "exact")]),
        ("It has more than 200 companies", [("more than 200 companies", "level", 200, "count", "over")]),
        ("Wuhan ranked 9th in China", [("ranked 9th", "rank", 9, "count", "exact")]),
        ("总量首次超过了3万亿元大关", [("3万亿元", "level", 30000, "100m_cny", "over")]),
        ("经济总量迈上2万亿元台阶", [("2万亿元", "level", 20000, "100m_cny", "at_least")]),
        ("今年不太可能突破两万亿元", [("突破两万亿元", "level", 20000, "100m_cny", "up_to")]),
        ("闯过三道难关", [("三道", "level", 3, "count", "exact")]),
        ("某市GDP破2万亿", [("2万亿", "level", 20000, "100m_cny", "over")]),
        ("模型有千亿参数", [("千亿", "level", 1e11, "count", "about")]),
        ("规模为US$2万亿", [("US$2万亿", "level", 2000, "usd_bn", "exact")]),
        ("per capita income of RMB 5000", [("RMB 5000", "level", 5000, "cny_per_person", "exact")]),
        ("成本降低近三分之一", [("三分之一", "share", 33.3, "percent", "nearly")]),
        ("About half of the firms", [("half", "share", 50, "percent", "about")]),
        ("grants of as much as 10 million yuan", [("10 million yuan", "level", 1000, "10k_cny", "up_to")]),
        ("产业规模达5000亿", [("5000亿", "level", 5000, "100m_cny", "exact")]),
        ("用户3亿", [("3亿", "level", 3e8, "count", "exact")]),
        ("行业实现两位数增长", [("两位数", "growth", 10, "percent", "at_least")]),
        ("总量居全省首位", [("全省首位", "rank", 1, "count", "exact")]),
        ("进入全国前十，", [("前十", "rank", 10, "count", "up_to")]),
        ("形成6个千亿产业", [("6个", "level", 6, "count", "exact"), ("千亿", "threshold", 1000, "100m_cny", "about")]),
        ("扩建50GWh的工厂", [("50GWh", "level", 5e7, "kwh", "exact")]),
        ("rates between 15% and 70%", [("between 15% and 70%", "share", 42.5, "percent", "about")]),
        ("全市有50多家企业", [("50多家", "level", 50, "count", "over")]),
        ("年产3万余台", [("3万余台", "level", 30000, "count", "over")]),
        ("产值翻一番多，", [("翻一番", "multiple", 2, "ratio", "over")]),
        ("要新增200亿元或以上的出口", [("200亿元", "level", 200, "100m_cny", "at_least")]),
        ("约占全省的3.2%", [("3.2%", "share", 3.2, "percent", "about")]),
        ("最多容纳80万人", [("80万人", "level", 800000, "persons", "up_to")]),
        ("9个外资项目、8个内资项目", [("9个", "level", 9, "count", "exact"), ("8个", "level", 8, "count", "exact")]),
        ("某市GDP破万亿", [("万亿", "level", 10000, "100m_cny", "over")]),
        ("人口出生率为8.4‰", [("8.4‰", "share", 0.84, "percent", "exact")]),
        ("a birth rate of 8.4 per thousand", [("8.4 per thousand", "share", 0.84, "percent", "exact")]),
        ("粮食产量超过30亿斤", [("30亿斤", "level", 1.5e6, "tonnes", "over")]),
        ("成为万亿城市", [("万亿", "threshold", 10000, "100m_cny", "exact")]),
        ("某市冲刺万亿", [("万亿", "level", 10000, "100m_cny", "exact")]),
        ("千亿产业", [("千亿", "threshold", 1000, "100m_cny", "about")]),
        ("招收12万大学生", [("12万", "level", 120000, "count", "exact")]),
        ("经济总量离3万亿只有一步", [("3万亿", "level", 30000, "100m_cny", "exact")]),
        ("增速也达到0.9%", [("0.9%", "growth", 0.9, "percent", "exact")]),
        ("以8.2%的出口增速领先", [("8.2%", "growth", 8.2, "percent", "exact")]),
        ("GDP is expected to grow by 6 percent", [("6 percent", "growth", 6, "percent", "exact")]),
        ("Increase GDP by 7.5%", [("7.5%", "growth", 7.5, "percent", "exact")]),
        ("decreased imports by 3 percent", [("3 percent", "growth", -3, "percent", "exact")]),
        ("a 5 percent drop in exports", [("5 percent", "growth", -5, "percent", "exact")]),
        ("The growth rate of retail sales was 9.8%", [("9.8%", "growth", 9.8, "percent", "exact")]),
        ("set a growth target of above 6 percent", [("above 6 percent", "growth", 6, "percent", "over")]),
        ("增速目标设定为6%以上", [("6%以上", "growth", 6, "percent", "at_least")]),
        ("占全省近1/3", [("1/3", "share", 33.3, "percent", "nearly")]),
        ("占比百分之六十以上", [("百分之六十", "share", 60, "percent", "at_least")]),
        ("每万人口发明专利拥有量62.5件", [("62.5件", "level", 62.5, "per_10k_people", "exact")]),
        ("breaking the 100-bln-yuan mark", [("100 bln yuan", "level", 1000, "100m_cny", "over")]),
        ("expected to top 2.2 trillion yuan", [("2.2 trillion yuan", "level", 22000, "100m_cny", "over")]),
        ("exports rising 10.3 percent", [("10.3 percent", "growth", 10.3, "percent", "exact")]),
        ("十亿以上项目", [("十亿以上", "threshold", 10, "100m_cny", "at_least")]),
        ("三十亿以上的制造业项目", [("三十亿以上", "threshold", 30, "100m_cny", "at_least")]),
        ("基金规模，至今已有惊人的200亿的体量", [("200亿", "level", 200, "100m_cny", "exact")]),
        ("基金投资的平台，用户数量已经有惊人的20亿之多", [("20亿", "level", 2e9, "count", "exact")]),
        ("the growth rate has been 6.8 percent", [("6.8 percent", "growth", 6.8, "percent", "exact")]),
        ("an increase in prices of 1.3%", [("1.3%", "growth", 1.3, "percent", "exact")]),
        ("grew 6.1 percent, 0.9 percent higher than the national average",
         [("6.1 percent", "growth", 6.1, "percent", "exact"),
          ("0.9 percent", "change", 0.9, "percentage_points", "exact")]),
        ("hit 90 million yuan, 0.9 percent higher than a year earlier",
         [("90 million yuan", "level", 9000, "10k_cny", "exact"), ("0.9 percent", "growth", 0.9, "percent", "exact")]),
        ("increases of 4 percent", [("4 percent", "growth", 4, "percent", "exact")]),
        ("a growth of seven per cent", [("seven per cent", "growth", 7, "percent", "exact")]),
        ("per capita income rose 8 percent to RMB34,064",
         [("8 percent", "growth", 8, "percent", "exact"), ("RMB34,064", "level", 34064, "cny_per_person", "exact")]),
        ("grew 8 percent over 2006", [("8 percent", "growth", 8, "percent", "exact")]),
    ],
)  # fmt: skip
def test_numbers_are_read(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "form", "values", "unit"),
    [
        ("分别提升1.8、3.2个百分点", "change", [1.8, 3.2], "percentage_points"),
        ("分别增长2.8%、-5.9%", "growth", [2.8, -5.9], "percent"),
        ("结构为8.9：36.5：54.6", "share", [8.9, 36.5, 54.6], "percent"),
        ("分别拉动0.7个、5.1个、6.5个百分点", "change", [0.7, 5.1, 6.5], "percentage_points"),
        ("was 2.0 and 0.3 percentage points higher", "change", [2.0, 0.3], "percentage_points"),
        ("GDP增速从4.5%提升至5.2%", "growth", [4.5, 5.2], "percent"),
    ],
)
def test_numbers_in_a_row_share_unit_and_form(text, form, values, unit):
    assert [(n.form, n.quantity.value, n.unit) for n in find(text)] == [(form, value, unit) for value in values]


@pytest.mark.parametrize(
    ("text", "qualifiers"),
    [
        ("两市分别超过900亿元、800亿元", ["over", "over"]),
        ("exports exceeded 20 billion yuan ($2.8 billion)", ["over", "over"]),
        ("出口超过900亿元，增长5%", ["over", "exact"]),
    ],
)
def test_numbers_in_a_row_are_as_firm(text, qualifiers):
    assert [number.qualifier for number in find(text)] == qualifiers


def test_a_year_is_no_end_of_a_range():
    assert [number.text for number in find("from 1.6 trillion yuan in 2019 to 2.1 trillion yuan in 2024")] == [
        "1.6 trillion yuan",
        "2.1 trillion yuan",
    ]


def test_growth_and_level_joined_by_to_are_two_numbers():
    assert [number.unit for number in find("grew 5.2 percent to 2.11 trillion yuan")] == ["percent", "100m_cny"]


@pytest.mark.parametrize(
    "text",
    [
        "2024年3月5日15:55:30",
        "2024年前三季度",
        "电话027-12345678，手机13800000000",
        "代码688327.SH",
        "5G与L2级",
        "“十四五”规划",
        "《行动计划（2017—2020年）》",
        "第二总部、第三代",
        "统一、一体化、一批、一流",
        "最后一公里",
        "访问 https://example.org/2024/12 页面",
        "![img](images/11.jpg)",
        "in March 2024 and in the first quarter",
        "世界500强企业，一般公共预算，每万人",
        "规上数字经济",
        "第五次全国经济普查",
        "四川全省",
        "2024人工智能大会在两市举行",
        "顺利完成三次会议确定的任务（第二场）",
        "on the 29th, in May and in June 2024",
        "500千伏变电站，24小时服务热线，“千项万亿”工程，“三个一批”活动",
        "40-foot containers",
    ],
)
def test_what_only_looks_like_a_number_is_left_out(text):
    assert told(text) == []
