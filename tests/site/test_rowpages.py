"""The tables as pages: each row once, where its file and line say, as it is printed."""

from __future__ import annotations

import re

import pytest

from wuhan.evidence import package
from wuhan.evidence.csvreader import as_printed
from wuhan.site import cited, rowpages, tables
from wuhan.site.rows import row_of
from wuhan.text import language


@pytest.fixture(scope="module")
def pages():
    return rowpages.pages(package.DATA)


def test_every_row_of_every_table_stands_once_where_its_line_says(pages):
    found = {f"{file}#{anchor}" for file, page in pages.items() for anchor in re.findall(r'id="(r\d+)"', page["body"])}
    said = [anchor for page in pages.values() for anchor in re.findall(r'id="(r\d+)"', page["body"])]
    wanted = set()
    for resource in tables.descriptor(package.DATA)["resources"]:
        lines = [line for line, _row in as_printed((package.DATA / resource["path"]).read_bytes())]
        wanted |= {rowpages.way(f"{resource['path']}#line={line}") for line in lines}
    assert found == wanted and len(said) == len(wanted)


def test_no_page_is_large_and_a_blank_way_leads_nowhere(pages):
    assert max(len(page["body"].encode()) for page in pages.values()) < 140_000
    assert rowpages.way("") == ""


def test_a_row_of_observations_tells_value_time_status_and_its_series(pages):
    (line, row) = next(iter(as_printed((package.DATA / "gdp.csv").read_bytes())))
    body = pages[rowpages.page_of("gdp", line)]["body"]
    shown = re.search(rf'<tr id="r{line}">.*?</tr>', body)[0]
    assert f"<td>{row['value']}</td>" in shown and row["status"] in shown
    assert f'href="{rowpages.source(row["source_id"])}"' in body[: body.index(shown)]


def test_what_the_data_say_is_inert_and_codes_are_told_in_the_language(real):
    text = (real / "events.csv").read_text("utf-8").replace("4th Optics Valley", "<script>4th", 1)
    (real / "events.csv").write_text(text, "utf-8")
    try:
        language.language("zh")
        body = rowpages.pages(real)["rows-events-1.html"]["body"]
    finally:
        language.language("en")
    assert "<script" not in body and "&lt;script&gt;4th" in body
    assert "<dd>武汉市</dd>" in body


@pytest.mark.parametrize(
    ("publisher", "spoken", "said"),
    [
        (
            "Public reading notes, quoting Wuhan Bureau of Statistics",
            "en",
            ("Wuhan Bureau of Statistics", "Public reading notes"),
        ),
        ("公开阅读笔记，转引武汉市统计局", "zh", ("武汉市统计局", "公开阅读笔记")),
        ("中商产业研究院（引用武汉市统计局数据）", "zh", ("武汉市统计局", "中商产业研究院")),
        ("Yicai, via Eastmoney Guba", "en", None),
        ("武汉市统计局（经媒体转载）", "zh", None),
    ],
)
def test_the_original_publisher_of_a_quotation_is_found(publisher, spoken, said):
    found = cited.TOLD_BY[spoken].fullmatch(publisher)
    assert (found and (found["original"], found["teller"])) == said


def test_sources_are_told_with_the_nearest_to_the_original_first():
    frame = package.read("sources")
    one = {way: rows["source_id"].iloc[0] for way, rows in frame.groupby("read_as")}
    assert cited.in_order([one["copy"], one["republisher"], one["publisher"]])[-1] == one["copy"]


def test_the_words_of_a_row_are_those_that_were_read():
    row = package.read("ai").query("value_text != ''").iloc[0]
    leaf = {key: row[key] for key in ("place", "indicator", "period", "status", "vintage", "value")}
    assert cited.words_of(row_of(leaf | {"source": row["source_id"]})) == row["value_text"]
    assert cited.words_of("") == ""
