"""The page of sources: each with its address, its record, the rows that rest on it and the pages that name it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pandas as pd
import pytest
from small_notebooks import code, write
from two_pages import LIMIT, gdp, soup

from wuhan.evidence import package
from wuhan.site import book, colophon, rowpages, search, sources
from wuhan.site import pages as site
from wuhan.site.book import Page
from wuhan.site.numbers import Number, Numbers
from wuhan.text import prose

FEW, EACH = 339, 320  # publications that the page of sources was measured with, and what each more takes without links


def test_every_source_that_the_pages_use_has_a_row_with_its_address_and_the_rows_that_rest_on_it(built):
    page = soup(built / "sources.html")
    known = package.read("sources").set_index("source_id")
    rows = {row["id"]: row for row in page.find_all("tr", id=True)}
    cited = {link["href"].partition("#")[2] for link in soup(built / "10_gdp.html").select('a[href^="sources.html#"]')}
    assert cited <= set(rows) < set(known.index)
    assert f"{len(known) - len(rows)} more stand behind rows" in page.get_text()
    counted = dict.fromkeys(known.index, 0)
    for path in package.DATA.glob("*.csv"):
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        if path.stem != "sources":
            named = [column for column in ("source_id", "source_id_2") if column in frame]
            for cells in frame[named].to_numpy().tolist():
                for source in {cell for cell in cells if cell}:
                    counted[source] += 1
    for source, row in rows.items():
        assert int(row.find(class_="number").text) == counted[source]
        link = row.th.find("a")
        copied = known.read_as[source] == "copy"
        assert (link["href"] if link else "") == ("" if copied else known.address[source])
        assert ("Read in a copy." in row.th.get_text()) == copied
        assert row.th.get_text().startswith(known.publisher[source])
        assert " ".join(known.title[source].split()) in row.th.get_text()
    ways = ["Publisher", "Republisher", "Copy", "Repository", "Quoted", "Not known"]
    assert [grade.text for grade in page.find_all("dt")] == ["A", "B", "C", "D", *ways]
    told = [int(re.search("[0-9]+", each.span.text)[0]) for each in page.find_all("dd")]
    assert sum(told[:4]) == sum(told[4:]) == len(known)
    assert told[6] == (known.read_as == "copy").sum()


def test_no_link_of_any_page_leads_to_an_unrelated_host(built):
    sources = package.read("sources")
    copied = {urlsplit(address).netloc for address in sources["address"][sources["read_as"] == "copy"]}
    named = {urlsplit(address).netloc for address in sources["address"][sources["read_as"] != "copy"]}
    unrelated = copied - named - {""}
    assert len(unrelated) > 50
    for path in built.glob("*.html"):
        links = re.findall('href="([^"]*)"', path.read_text(encoding="utf-8"))
        assert {urlsplit(link).netloc for link in links}.isdisjoint(unrelated), path.name


def test_a_source_lists_the_numbers_that_rest_on_it_and_the_pages_that_name_it(built):
    page = soup(built / "sources.html")
    used = page.find("table")
    printed = gdp(2023).sources[0]
    links = used.find(id=printed).find_all("td")[-1].find_all("a")
    assert [link["href"] for link in links] == ["10_gdp.html#n1", "10_gdp.html#n2"]
    assert links[0].text.startswith("How large is it? ")
    (only,) = used.find(id="010b_2019").find_all("td")[-1].find_all("a")
    assert (only["href"], only.text) == ("10_gdp.html", "How large is it?")
    for number in soup(built / "10_gdp.html").find_all("a", class_="source"):
        assert used.find(id=number["href"].partition("#")[2])


def test_a_list_of_sources_is_known_again_in_each_language(tmp_path):
    try:
        for code_ in ("en", "zh"):
            prose.language(code_)
            dated, undated = "010b_2019", package.read("sources").query("published == ''")["source_id"].iloc[0]
            listed = prose.sources(dated, undated)._repr_mimebundle_()
            page = book.read(write(tmp_path, "10_gdp", code("sources()", {"data": listed})))
            assert {source["id"] for source in sources.page([page], package.DATA)["used"]} == {dated, undated}
            assert search._sections(page).entries == [("", "", "")]
    finally:
        prose.language("en")


def test_terms_are_told_where_they_are_not_the_usual_ones(built):
    page = soup(built / "sources.html")
    known = package.read("sources").set_index("source_id")["licence"]
    usual = known.mode()[0]
    assert f"these hold: {usual}." in page.get_text()
    terms = {row["id"]: row.th.find("i", class_="terms") for row in page.find_all("tr", id=True)}
    told = {source: found.text if found else usual for source, found in terms.items()}
    assert told == known[list(told)].to_dict()


def test_every_source_has_a_record_that_says_all_of_it_and_without_pages_a_row(built):
    known = package.read("sources")
    records = {way: soup(built / way) for way in {rowpages.source(each).partition("#")[0] for each in known.source_id}}
    for row in known.to_dict("records"):
        way, _hash, anchor = rowpages.source(row["source_id"]).partition("#")
        told = " ".join(records[way].find(id=anchor).get_text(" ").split())
        assert all(" ".join(row[column].split()) in told for column in ("source_id", "title", "trust", "note"))
    assert {source["id"] for source in sources.page([], package.DATA)["used"]} == set(known.source_id)


def numbered(file: str, ids: list[str], count: int) -> Page:
    """A page that states ``count`` numbers, each resting on all of these sources."""
    page = Page(file, title="How large is the economy of the city, and how fast has it grown since the census?")
    page.numbers = Numbers()
    for nth in range(count):
        row = Number(f"n{nth}", f"{nth:,} billion yuan", "1", "exact", "", "2024", "actual", "GDP", sources=ids)
        page.numbers.rows[str(nth)] = row
    return page


@pytest.mark.parametrize(("used", "links"), [(30, 6), (190, 1), (339, 0)])
def test_many_numbers_do_not_make_the_page_of_sources_large(used, links):
    every = list(package.read("sources")["source_id"])
    known = every[:used]
    found = sources.page([numbered(f"{nth}0_page", known, 30) for nth in range(30)], package.DATA)
    assert len(found["used"]) == used
    shell = {"edition": site.Edition("en", "", "", ()), "mark": "", "parts": {}, "library": {}, "file": "sources.html"}
    shell["about"] = colophon.about(colophon.read(package.DATA, package.ROOT), "sources.html", "Sources", "")
    template = site.templates().get_template("sources.html.j2")
    html = template.render(resources=shell | {"title": "Sources", "lead": ""} | found)
    room = LIMIT + EACH * max(0, len(every) - FEW) - 6_000  # what the contents of all pages take
    assert len(html.encode()) < room
    assert all(len(source["pages"]) == links and source["others"] == 30 - links for source in found["used"])
    assert f"{'More pages' if links else 'Pages'}: {30 - links}</p>" in html


def test_what_rests_on_a_source_most_directly_comes_first_and_what_is_left_out_is_counted():
    near, far = numbered("20_near", ["010b_2019"], 9), numbered("10_far", ["010b_2019", "press_000"], 9)
    found = sources.page([far, near], package.DATA)
    (row,) = [source for source in found["used"] if source["id"] == "010b_2019"]
    assert [links[0][0] for _title, links, _others in row["pages"]] == ["20_near.html#n0", "10_far.html#n0"]
    assert sum(len(links) for _title, links, _others in row["pages"]) == sources.MOST[0]
    assert sum(len(links) + others for _title, links, others in row["pages"]) == 18
