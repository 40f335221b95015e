"""Formulas as a reader is told them."""

import pytest

from wuhan.text import language, workings

QUOTIENT = "hangzhou gdp_nominal 2024 / wuhan gdp_nominal 2024 - 1"
CHAINED = "-((growth of 2020 to 2024, chained) - (growth of 2015 to 2019, chained))"


@pytest.fixture
def chinese():
    language.language("zh")
    yield
    language.language("en")


def test_codes_are_told_by_their_names():
    assert workings.told(QUOTIENT) == "Hangzhou GDP at current prices 2024 / Wuhan GDP at current prices 2024 - 1"
    assert workings.told("number of named projects") == "number of named projects"
    assert workings.told("") == ""


def test_methods_are_told_in_chinese(chinese):
    assert workings.told(QUOTIENT) == "杭州市 地区生产总值 2024 / 武汉市 地区生产总值 2024 - 1"
    assert workings.told(CHAINED) == "-((2020—2024年增速连乘) - (2015—2019年增速连乘))"


@pytest.mark.parametrize("method", workings.METHODS)
def test_each_method_is_found_where_it_stands(method, chinese):
    filled = workings.FIELD.sub("2024", workings.re.escape(method)).replace("\\", "")
    assert workings.told(f"({filled}) / 2") != f"({filled}) / 2"
