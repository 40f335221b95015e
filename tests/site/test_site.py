"""The report: sound pages only, inert whatever the data say, swapped in whole, the same bytes every time."""

from __future__ import annotations

import base64
import html.parser
import re
from pathlib import Path

import nbformat
import pytest
from small_notebooks import PNG, code, markdown, picture, report, write

from wuhan.site import library, sanitise
from wuhan.site import pages as site
from wuhan.site.pages import ReportError

ATTACKS = [
    "<script>window.PW=1</script>",
    "<img src=x onerror=window.PW=1>",
    "<b onclick=window.PW=1>b</b>",
    "[x](javascript:window.PW=1)",
    '<a href="javascript:window.PW=1">x</a>',
    '<a href="data:text/html,x">x</a>',
    "<style>body{display:none}</style>",
    "<iframe src='https://evil.example'></iframe>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'>",
    "<form action='https://evil.example'><input name=a></form>",
    "<svg onload=window.PW=1><script>window.PW=1</script></svg>",
    "<ScRiPt>window.PW=1",
    "<object data='https://evil.example'></object><link rel=stylesheet href='https://evil.example/x.css'>",
]

# What is a script: the one file, on every page; the index of the search and the JSON-LD are data and do not run.
FILE, INDEX = {"src": "site.js", "defer": None}, {"type": "application/json", "id": "index"}
SYNONYMS = INDEX | {"id": "synonyms"}
LINKED = {"type": "application/ld+json"}
SWITCH = {"type": "checkbox", "id": "show-code", "autocomplete": "off"}  # of the code of a page
MORE = SWITCH | {"id": "measures"}  # of the measures of a city
SEARCHED = ("claims.html", "search.html")


def scripts(name: str) -> list:
    """Those of a page; nbconvert, which writes the pages of notebooks, gives a bare attribute a blank value."""
    if name[0].isdigit():
        return [FILE | {"defer": ""}, LINKED]
    return [FILE, *{"index.html": [LINKED], "search.html": [SYNONYMS, INDEX]}.get(name, [])]


def no_rows(data: Path) -> dict:
    """In place of the 90 pages of rows, which take most of the time of a report: test_library looks at them."""
    return {}


@pytest.fixture(autouse=True)
def without_rows(monkeypatch):
    monkeypatch.setitem(library.ALONE, "rows", no_rows)


def pages(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


class Tags(html.parser.HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def two(tmp_path):
    first = write(
        tmp_path,
        "10_gdp",
        code('city = "wuhan"  # <b>', tags=["parameters"]),
        code("say()", markdown("Wuhan made **2.111 trillion yuan**."), tags=["headline"]),
        "## Who is ahead?\n\nSee [projects](20_projects.ipynb#who) and <https://example.org>.",
        code("charts.bars()", picture()),
        code("table", {"data": {"text/html": "<table><tr><td class='number'>1</td></tr></table>"}}),
        code("1 + 1", {"data": {"text/plain": "<2>"}}),
        code(" "),
    )
    second = write(tmp_path, "20_projects", code("charts.dots()", picture("mean")), title="# How many?")
    return [first, second]


def test_the_report_has_a_front_page_a_page_for_each_notebook_and_files_for_figures(two, tmp_path):
    front = report(two, tmp_path / "out", [("city", "chengdu"), ("note", "<2026-04>")])
    assert front == tmp_path / "out" / "index.html"
    found = pages(tmp_path / "out")
    assert {name for name in found if not name.startswith(("data/", "rows-"))} == {
        "index.html",
        "10_gdp.html",
        "20_projects.html",
        "catalogue.json",
        "claims.csv",
        "feed.xml",
        "rows.csv",
        "figures.css",
        "site.js",
        "style.css",
        "figures/10_gdp-gdp.png",
        "figures/20_projects-mean.png",
        *library.FILES,
    }
    assert found["figures/10_gdp-gdp.png"] == base64.b64decode(PNG)
    text = found["index.html"].decode()
    assert "Wuhan made <strong>2.111 trillion yuan</strong>." in text
    assert 'href="10_gdp.html"' in text and "How many?" in text
    assert "city=chengdu note=&lt;2026-04&gt;" in text


def test_a_page_shows_answer_figure_table_and_folds_the_code(two, tmp_path):
    report(two, tmp_path / "out")
    text = (tmp_path / "out" / "10_gdp.html").read_text("utf-8")
    assert '<div class="headline"><p>Wuhan made' in text
    assert re.search(r'class="cells"><p>Parameters</p>.*city = \"wuhan\"  # &lt;b&gt;', text, re.DOTALL)
    assert [tag for tag, attributes in Tags(text).found if attributes.get("id") == "show-code"] == ["input"]
    assert "&lt;2&gt;" in text
    assert 'href="20_projects.html#who"' in text
    assert 'href="20_projects.html" rel="next"' in text
    images = [attributes for tag, attributes in Tags(text).found if tag == "img"]
    assert images == [
        {"alt": "Bars: Wuhan is ninth.", "src": "figures/10_gdp-gdp.png", "width": "720", "height": "300"}
    ]
    assert 'href="10_gdp.html" rel="prev"' in (tmp_path / "out" / "20_projects.html").read_text("utf-8")


def test_every_page_forbids_scripts_and_loads_nothing_from_elsewhere(two, tmp_path):
    report(two, tmp_path / "out")
    for page in (tmp_path / "out").glob("*.html"):
        tags = Tags(page.read_text("utf-8")).found
        policy = [attributes["content"] for tag, attributes in tags if attributes.get("http-equiv")]
        assert len(policy) == 1 and policy[0].startswith("default-src 'none'; img-src 'self'; style-src 'self';")
        assert [tag for tag, _attributes in tags].count("h1") == 1
        assert not {tag for tag, _attributes in tags} & {"iframe", "form", "object", "base", "style"}
        assert [attributes for tag, attributes in tags if tag == "script"] == scripts(page.name)
        for tag, attributes in tags:
            loaded = attributes.get("src") or (attributes.get("href") if tag == "link" else "")
            assert not loaded or not re.match(r"(\w+:)?//", loaded)
    assert (
        "@import" not in (tmp_path / "out" / "style.css").read_text()
        and "url(" not in (tmp_path / "out" / "style.css").read_text()
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_markup_from_the_data_is_inert(attack, tmp_path):
    places = {
        "cell": [attack],
        "sentence": [code("say()", markdown(attack))],
        "headline": [code("say()", markdown(attack), tags=["headline"])],
        "table": [code("table", {"data": {"text/html": f"<table><tr><td>{attack}</td></tr></table>"}})],
        "alt": [code("chart", picture(alt=attack))],
        "text": [code("x", {"data": {"text/plain": attack}})],
        "source": [code(attack)],
        "title": [],
    }
    notebooks = [
        write(tmp_path, f"1{at}_{place}", *cells, title=f"# Question {attack}" if place == "title" else "# Question?")
        for at, (place, cells) in enumerate(places.items())
    ]
    report(notebooks, tmp_path / "out")
    assert len(list((tmp_path / "out").glob("1*.html"))) == len(places)
    for page in (tmp_path / "out").glob("*.html"):
        tags = Tags(page.read_text("utf-8")).found
        assert [attributes for tag, attributes in tags if tag == "script"] == scripts(page.name)
        for tag, attributes in tags:
            assert tag not in ("iframe", "form", "base", "style", "object", "svg")
            assert (
                tag != "input"
                or attributes in (SWITCH, MORE)
                or (page.name in SEARCHED and attributes["type"] == "search")
            )
            assert not [name for name in attributes if name.startswith("on") or name == "style"]
            assert not re.match(
                r"\s*(javascript|data|vbscript):", attributes.get("href") or attributes.get("src") or ""
            )
            assert tag != "meta" or attributes.get("http-equiv") in (None, "Content-Security-Policy")
            assert "evil.example" not in (attributes.get("src", "") + attributes.get("href", ""))


def test_only_the_picture_of_an_output_is_shown(tmp_path):
    output = picture()
    output["data"] |= {"image/svg+xml": "<svg><script>1</script></svg>", "text/html": "<p>twin</p>"}
    js = {"data": {"application/javascript": "window.PW=1"}}
    report([write(tmp_path, "10_gdp", code("chart", output, js))], tmp_path / "out")
    text = (tmp_path / "out" / "10_gdp.html").read_text("utf-8")
    assert "twin" not in text and "PW" not in text and text.count("<img") == 1


def test_streams_are_shown_as_text(tmp_path):
    cell = code("x")
    cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text="<b>said</b>")]
    report([write(tmp_path, "10_gdp", cell)], tmp_path / "out")
    assert "&lt;b&gt;said&lt;/b&gt;" in (tmp_path / "out" / "10_gdp.html").read_text("utf-8")


def error():
    cell = code("1 / 0")
    cell.outputs = [nbformat.v4.new_output("error", ename="ZeroDivisionError", evalue="division by zero", traceback=[])]
    return cell


@pytest.mark.parametrize(
    "cells, title, message",
    [
        ([error()], "# Q?", "10_gdp.ipynb: cell 2: ZeroDivisionError: division by zero"),
        ([code("c", picture(alt=""))], "# Q?", "10_gdp.ipynb: cell 2: a figure without alternative text or name"),
        ([code("c", picture(slug="../x"))], "# Q?", "10_gdp.ipynb: cell 2: a figure without alternative text or name"),
        ([code("c", picture(), picture())], "# Q?", "10_gdp.ipynb: cell 2: a second figure named 'gdp'"),
        (["text"], "", "10_gdp.ipynb: 0 headings of level 1"),
        (["# Again"], "# Q?", "10_gdp.ipynb: 2 headings of level 1"),
        (["# Late"], "## Early", "10_gdp.ipynb: 1 headings of level 1 — begin with"),
        (["### Deep"], "# Q?", "10_gdp.ipynb: a heading of level 3 follows one of level 1"),
        (["[x](99_none.ipynb)"], "# Q?", "10_gdp.ipynb: a link to '99_none.ipynb', which the report does not have"),
        (["[x](../data/none.csv)"], "# Q?", "a link to '../data/none.csv'"),
        (["[x](../README.md)"], "# Q?", "a link to '../README.md'"),
    ],
)
def test_a_notebook_that_may_not_be_shown_leaves_the_last_report_untouched(cells, title, message, tmp_path, two):
    report(two, tmp_path / "out")
    before = pages(tmp_path / "out")
    bad = tmp_path / "bad"
    bad.mkdir()
    with pytest.raises(ReportError, match=re.escape(message)) as fault:
        report([write(bad, "10_gdp", *cells, title=title)], tmp_path / "out")
    assert "\n" not in str(fault.value)
    assert pages(tmp_path / "out") == before
    assert not list(tmp_path.glob(".report-*"))


def test_linked_tables_come_along(tmp_path, real, monkeypatch):
    monkeypatch.setattr("wuhan.evidence.package.DATA", real)
    report(
        [write(tmp_path, "10_gdp", "[table](../data/gdp.csv) [up](#top) [mail](mailto:a@example.org)")],
        tmp_path / "out",
    )
    assert (tmp_path / "out" / "data" / "gdp.csv").read_bytes() == (real / "gdp.csv").read_bytes()
    assert 'href="data/gdp.csv"' in (tmp_path / "out" / "10_gdp.html").read_text("utf-8")


def test_two_builds_give_the_same_bytes_and_replace_each_other(two, tmp_path):
    report(two, tmp_path / "one")
    report(two, tmp_path / "two")
    assert pages(tmp_path / "one") == pages(tmp_path / "two")
    report(two[1:], tmp_path / "two")
    assert "10_gdp.html" not in pages(tmp_path / "two")
    assert not list(tmp_path.glob(".report-*"))


def test_a_folder_that_is_not_a_report_is_never_replaced(two, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear")
    file = tmp_path / "file"
    file.write_text("x")
    for out in (mine, file):
        with pytest.raises(ReportError, match="not empty and not a report — name another folder"):
            report(two, out)
    assert (mine / "letter.txt").read_text() == "dear"
    (mine / "letter.txt").unlink()
    report(two, mine)
    assert (mine / "index.html").exists()


def test_a_failing_swap_puts_the_last_report_back(two, tmp_path, monkeypatch):
    report(two, tmp_path / "out")
    before = pages(tmp_path / "out")
    real = site.os.replace

    def refuse(source, target):
        if Path(target) == tmp_path / "out" and not str(source).endswith("-old"):
            raise OSError("disk full")
        real(source, target)

    monkeypatch.setattr(site.os, "replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        report(two, tmp_path / "out")
    assert pages(tmp_path / "out") == before


def test_a_class_is_for_tables_or_for_something_else(two, tmp_path):
    """A rule meant for the cells of one table must not reach those of all others through the frame of the page."""
    report(two, tmp_path / "out")
    found = [each for page in (tmp_path / "out").glob("*.html") for each in Tags(page.read_text("utf-8")).found]
    of = {
        kind: {
            name
            for tag, given in found
            if (tag in ("table", "tr")) == kind
            for name in (given.get("class") or "").split()
        }
        for kind in (True, False)
    }
    assert {"claims", "sources", "columns"} <= of[True]
    assert of[True] & of[False] == set()


def test_what_a_notebook_shows_takes_no_class_of_the_page(tmp_path):
    shown = '<table class="columns"><tr><td class="number">1</td><td class="menu">2</td></tr></table>'
    table = code("t", {"data": {"text/html": shown}})
    report([write(tmp_path, "10_gdp", table, '<div class="skip">Text</div>\n\n| a |\n|---|\n| 1 |')], tmp_path / "out")
    text = (tmp_path / "out" / "10_gdp.html").read_text("utf-8")
    assert '<table class="fitted"><tbody><tr><td class="number">1</td><td>2</td></tr></tbody></table>' in text
    assert "<div>Text</div>" in text
    assert len(re.findall(r'<div [^>]*\bclass="table"[^>]*>\s*<table', text)) == 2, "each table has its frame"


def test_a_cell_with_a_long_text_is_marked():
    cells = '<td>武汉市</td><td class="number">地区生产总值与增长</td>'
    cells += '<th scope="col">Fifteen letters</th><td>14 letters, no</td>'
    assert sanitise.fitted(f'<table class="dataframe">{cells}</table>') == (
        '<table class="fitted">'
        '<td>武汉市</td><td class="long number">地区生产总值与增长</td>'
        '<th scope="col" class="long">Fifteen letters</th><td>14 letters, no</td></table>'
    )


def test_the_order_in_which_languages_are_written_changes_no_byte(tmp_path):
    """They are written side by side: what both have in common must come from one of them."""
    books = [write(tmp_path, "10_gdp", code("say()", markdown("**So**"), tags=["headline"]))]
    both = {"en": books, "zh": books}
    first = site.report(both, tmp_path / "first").parent
    second = site.report(
        both, tmp_path / "second", each=lambda write, editions: site.one_by_one(write, editions[::-1])
    ).parent
    assert pages(first) == pages(second)


def test_paragraphs_of_chinese_are_joined_without_a_space():
    assert sanitise.plain("<p>一句。</p>\n<p>二句。</p>") == "一句。二句。"
    assert sanitise.plain("<p>One.</p>\n<p>Two.</p>") == "One. Two."
