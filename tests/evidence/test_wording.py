"""Quantities as a reader sees them: as many digits as are known, in both languages."""

import math
from dataclasses import replace

import pytest

from wuhan.evidence.facts import Fact
from wuhan.evidence.quantities import Quantity, parse, render

INF = math.inf

# value, low, high, unit, qualifier, English, Chinese
SHOWN = [
    (21106.23, 21106.225, 21106.235, "100m_cny", "exact", "2.111 trillion yuan", "21106.23亿元"),
    (984.9, 984.85, 984.95, "100m_cny", "exact", "98.49 billion yuan", "984.9亿元"),
    (21000, 20500, 21500, "100m_cny", "exact", "2.1 trillion yuan", "2.1万亿元"),
    (2000, 1999.5, 2000.5, "10k_cny", "exact", "20 million yuan", "2000万元"),
    (2000, -INF, 2000, "10k_cny", "up_to", "up to 20 million yuan", "最高2000万元"),
    (1000, 900, 1000, "100m_cny", "nearly", "nearly 100 billion yuan", "接近1000亿元"),
    (9999.96, 9999.955, 9999.965, "100m_cny", "exact", "1 trillion yuan", "9999.96亿元"),
    (228000, 227999.5, 228000.5, "cny", "exact", "228,000 yuan", "22.8万元"),
    (-3.2, -3.25, -3.15, "100m_cny", "exact", "-320 million yuan", "-3.2亿元"),
    (2.5, 2.45, 2.55, "usd_bn", "exact", "2.5 billion US dollars", "25亿美元"),
    (154636, 154635.5, 154636.5, "cny_per_person", "exact", "154,600 yuan per person", "154636元/人"),
    (1326, 1326, 1326, "count", "exact", "1,326", "1326"),
    (12345678, 12345678, 12345678, "count", "exact", "12,345,678", "12345678"),
    (1350000, 1345000, 1355000, "count", "exact", "1.35 million", "135万"),
    (3.92, 3.915, 3.925, "10k", "exact", "39,200", "3.92万"),
    (1000, 1000, INF, "count", "over", "over 1,000", "超1000"),
    (12345, 12345, INF, "count", "over", "over 12,345", "超12345"),
    (7700000, 7700000, INF, "persons", "over", "over 7.7 million people", "超770万人"),
    (1365, 1364.5, 1365.5, "10k_persons", "exact", "13.65 million people", "1365万人"),
    (1, 1, 1, "persons", "exact", "1 person", "1人"),
    (1, 1, 1, "percentage_points", "exact", "1 percentage point", "1个百分点"),
    (5.2, 5.15, 5.25, "percent", "exact", "5.2%", "5.2%"),
    (5, 4.95, 5.05, "percent", "exact", "5.0%", "5.0%"),
    (5.2, 5.15, 5.25, "percentage_points", "exact", "5.2 percentage points", "5.2个百分点"),
    (50, 50, INF, "percent", "at_least", "at least 50%", "不低于50%"),
    (59.0517, 59.0436, 59.0598, "percent", "exact", "59.05%", "59.05%"),
    (20.27027, 20.27027, 20.27027, "percent", "exact", "20.27%", "20.27%"),
    (0.02, -0.08, 0.12, "percentage_points", "exact", "0.0 percentage points", "0.0个百分点"),
    (-0.02, -0.12, 0.08, "percentage_points", "exact", "0.0 percentage points", "0.0个百分点"),
    (145.3, 144.9, 145.7, "index", "exact", "145", "145"),
    (481.48, 479.7, 483.3, "count", "exact", "480", "480"),
    (215, 200, 230, "km_per_day", "about", "200 to 230 km per day", "200至230公里/天"),
    (7.65, 7.5, 7.8, "percent", "about", "7.5 to 7.8%", "7.5%至7.8%"),
    (1.5, 1, 2, "years", "about", "1 to 2 years", "1至2年"),
    (3000, 2500, 3500, "km2", "about", "about 3,000 km²", "约3000平方公里"),
    (3500, 3450, INF, "100m_cny", "over", "over 345 billion yuan", "超3450亿元"),
    (66.66666, 66.66666, INF, "percent", "over", "over 66.66%", "超66.66%"),
    (66.66666, -INF, 66.66666, "percent", "up_to", "up to 66.67%", "不超过66.67%"),
    (3379, 3378.5, 3379.5, "km_one_way", "exact", "3,379 km (one way)", "3379公里（单向）"),
    (1200, 1199.5, 1200.5, "PFLOPS", "exact", "1,200 PFLOPS", "1200 PFLOPS"),
    (9.83, 9.825, 9.835, "EB", "exact", "9.83 EB", "9.83 EB"),
    (3, 2.95, 3.05, "version", "exact", "3.0", "3.0"),
    (0, 0, 0, "count", "exact", "0", "0"),
    (30, 30, 30, "count", "of_which", "30", "30"),
]


@pytest.mark.parametrize(("value", "low", "high", "unit", "qualifier", "en", "zh"), SHOWN)
def test_quantities_are_shown_as_far_as_they_are_known(value, low, high, unit, qualifier, en, zh):
    quantity = Quantity(value, low, high, unit, qualifier, "")
    assert (render(quantity), render(quantity, "zh")) == (en, zh)


def test_what_is_worked_out_per_head_is_told_in_chinese_otherwise_than_what_is_printed():
    own = Fact(153037, 153034, 153040, "cny_per_person", "2024", "derived", ("paper",), formula="size / people")
    assert render(own, "zh") == "15.3万元/人"
    assert render(replace(own, formula=""), "zh") == "153037元/人"
    assert render(replace(own, value=9876, low=9875.5, high=9876.5), "zh") == "9876元/人"


def test_fewer_digits_on_request_and_other_languages_refused():
    assert render(parse("21106.23亿元"), digits=2) == "2.1 trillion yuan"
    assert render(parse("超21990亿元"), digits=2) == "over 2.1 trillion yuan"
    with pytest.raises(ValueError, match="language: found 'fr' — write one of en, zh"):
        render(parse("5%"), "fr")
