"""The index of the search: all sections, indicators and places, cut until it fits, and inert."""

from __future__ import annotations

import json

from two_pages import entries, gdp, index

from wuhan.evidence import package
from wuhan.site import library, search
from wuhan.site.book import Block, Page
from wuhan.text import prose


def test_the_index_holds_every_section_indicator_and_place(built):
    found = entries(built / "search.html")
    assert found["10_gdp.html#q1"] == ("How large is it?", "Who is ahead?", "The answer is growth.")
    title, heading, text = found["10_gdp.html"]
    assert (title, heading) == ("How large is it?", "")
    assert text.startswith(str(prose.say("GDP was {gdp}.", gdp=gdp(2023))))
    assert found["claims.html"][2] == library.LEADS["claims.html"]
    heads = [head for _way, _title, parts in index(built / "search.html") for _rest, head, _text in parts]
    for table in ("indicators", "places"):
        for row in package.read(table).itertuples():
            assert f"{row.name_en} · {row.name_zh}" in heads
    assert found["10_gdp.html#n1"][1].startswith(("GDP at current prices", "Wuhan"))
    zh = [head for _way, _title, parts in index(built / "zh" / "search.html") for _rest, head, _text in parts]
    assert "武汉市 · Wuhan" in zh


def test_lists_of_sources_are_left_to_their_page():
    html = "<h1>T</h1><ul><li>Bureau: <em>Report</em>, 2024 (trust A).</li><li>Kept (trusted).</li></ul>"
    page = Page("10_x", title="T", blocks=[Block("prose", html=html), Block("figure", text="A line rises.")])
    assert search._sections(page).entries == [("", "", "Kept (trusted).")]
    (figures,) = search._figures([page])
    assert [text for _way, _name, text in figures.entries] == ["A line rises."]


def test_long_texts_are_cut_until_the_index_fits():
    block = Block("prose", html=f"<p>{'growth 增长 ' * 2000}</p>")
    pages = [Page(f"{nth}0_x", title="T", blocks=[block]) for nth in range(30)]
    found = search.page(pages, {}, ["chengdu"], package.DATA, search.of_data(package.DATA))["index"]
    assert search.SPACE - 30_000 < len(found.encode()) <= search.SPACE
    texts = [part[2] for way, _title, parts in json.loads(found) if way.endswith("_x.html") for part in parts]
    assert len(texts) == 30 and all(text.endswith(("growth…", "增长…")) for text in texts)


def test_nothing_in_the_index_ends_it():
    block = Block("prose", html="<p>&lt;!--&lt;script&gt;</p>")
    page = Page("10_x", title="</script><script>alert(1)//", blocks=[block])
    found = search.page([page], {}, [], package.DATA, search.of_data(package.DATA))["index"]
    assert "<" not in found
    assert json.loads(found)[0][:2] == ["10_x.html", "</script><script>alert(1)//"]
    assert json.loads(found)[0][2][0][2] == "<!--<script>"
