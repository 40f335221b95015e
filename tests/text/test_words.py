"""Names and phrases in both languages: what is counted, of what, where and when; the titles of publications."""

import re

import pytest

from wuhan.evidence import package
from wuhan.site import rows, tables
from wuhan.text import language, words


@pytest.fixture
def chinese():
    language.language("zh")
    yield
    language.language("en")


LEAF = {"place": "wuhan", "indicator": "gdp_nominal", "period": "2024"}
STAGED = {"place": "wuhan", "period": "2025-06-26", "indicator": "staged_projects"}


def test_what_a_number_counts_is_told_in_the_order_of_english():
    assert rows.about(LEAF) == "GDP at current prices, Wuhan, 2024"
    assert rows.about(STAGED) == "Number of projects signed on stage, Wuhan, 26 June 2025"
    assert rows.about({}) == ""


def test_what_a_number_counts_is_told_in_the_order_of_chinese(chinese):
    assert rows.about(LEAF) == "2024年武汉市地区生产总值"
    assert rows.about(STAGED) == "2025年6月26日武汉市现场签约项目数"
    assert rows.named(LEAF) == ["地区生产总值", "武汉市"]


def test_whole_years_are_a_span_as_tables_write_it(chinese):
    assert words.when("2020/2023") == "2020—2023年"
    assert words.when("2020-06/2021-03") == "2020年6月至2021年3月"


TITLES = ["[Wuhan in the first\n quarter of 2018]", "Wuhan's GDP fell", "武汉2025年上半年GDP突破1万亿", "モデル"]


def test_a_title_is_told_as_it_was_printed():
    assert [words.titled(title) for title in TITLES] == ["[Wuhan in the first quarter of 2018]", *TITLES[1:]]


def test_what_the_editors_call_a_text_is_told_in_the_language_of_the_page(chinese, monkeypatch):
    monkeypatch.setattr(words, "_", {"[Wuhan in the first quarter of 2018]": "[武汉市2018年一季度]"}.get)
    assert [words.titled(title) for title in TITLES] == ["[武汉市2018年一季度]", *TITLES[1:]]


def test_thousands_stand_apart_in_english():
    assert [tables.grouped(number) for number in (1326, 12516)] == ["1,326", "12,516"]


def test_thousands_do_not_stand_apart_in_chinese(chinese):
    assert [tables.grouped(number) for number in (1326, 12516)] == ["1326", "12516"]


@pytest.mark.parametrize("table", ["projects", "events", "policies", "places"])
def test_chinese_names_have_the_brackets_of_chinese(table):
    column = "programme_zh" if table == "policies" else "name_zh"
    names = {row[column] for row in package.read(table).to_dict("records")}
    assert [name for name in names if re.search(r"[()]", name)] == []


def test_a_count_has_its_word_in_chinese_alone(chinese):
    codes = ("ai_firms", "apollo_go_vehicles", "gdp_nominal", "gdp_rank")
    assert [words.counter(code) for code in codes] == ["家", "辆", "", ""]
    language.language("en")
    assert not any(map(words.counter, codes))
