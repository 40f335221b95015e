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
