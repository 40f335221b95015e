"""What a reader sees first says no more than its sources allow; what a page links to is where its texts were read."""

from __future__ import annotations

import functools
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from two_pages import soup

from wuhan.evidence import package
from wuhan.evidence.sources import COPY
from wuhan.execution.project import ROOT
from wuhan.site import book, counts, uses
from wuhan.site.sanitise import plain
from wuhan.text import language, prose

LOW = "CD"
# How a sentence says that its numbers rest on such sources.
SAID = {"en": re.compile(r"low trust|(?:trust|grade) [CD]\b"), "zh": re.compile("等级较低|来源等级[CD]")}
OUTWARD = re.compile(r"^(?:[a-z]+:)?//")
# In an answer, what is a number and what tells a time.
NUMBER = re.compile(r"[0-9][0-9.,]*|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b")
TIME = re.compile(r"(?<!\d)20\d\d(?!\d)|\d{1,2}月")
OTHERS = {"https://semver.org", "http://www.w3.org/2000/svg"}  # what the log of changes cites; a name, which is no link


class Links(HTMLParser):
    """Where the attributes of a page lead outside it; all pages in a tree would take most of a minute."""

    def __init__(self):
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.found |= {value for _, value in attrs if value and OUTWARD.match(value)}


def weak(page: book.Page, code: str) -> list[str]:
    """The numbers of a headline of a grade that it does not speak of."""
    said = SAID[code].search(plain(page.headline))
    return [] if said else [number.text for number in uses.answers(page) if number.trust in LOW and number.trust]


@pytest.fixture
def spoken():
    yield language.language
    language.language("en")


@pytest.mark.parametrize("code", ["en", "zh"])
def test_no_answer_leads_with_a_number_of_low_trust_without_saying_so(executed, spoken, code):
    spoken(code)
    pages = [book.read(path) for path in executed[code].values()]
    assert {page.stem: found for page in pages if (found := weak(page, code))} == {}


def test_a_number_of_low_trust_is_found(executed):
    pages = map(book.read, executed["en"].values())
    page = next(each for each in pages if list(uses.answers(each)))
    number = next(iter(uses.answers(page)))
    number.sources[:] = ["city_writeups_2025"]
    page.headline = SAID["en"].sub("some trust", page.headline)
    assert weak(page, "en") == [number.text]
    page.headline += " Sources of low trust."
    assert not weak(page, "en")


def test_the_front_page_and_the_readme_lead_with_these_answers_alone(report, executed):
    told = {" ".join(plain(book.read(path).headline).split()) for path in executed["en"].values()}
    front = soup(report / "index.html")
    shown = front.select(".card .headline")
    assert {len(card.find_all("p")) for card in shown} == {2}  # a headline, and below it what qualifies it
    cards = {" ".join(card.get_text().split()) for card in shown}
    assert cards == told
    numbers = front.select(".latest tbody tr")
    assert numbers and all(re.search(r", [AB]$", row.find_all("td")[-2].get_text()) for row in numbers)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (first,) = re.findall(r"<!-- answer of .*?-->\n(.*?)\n<!-- end -->", readme, re.DOTALL)
    found = re.findall(r"^- (.*?) <a href", readme, re.MULTILINE)
    assert {first, *found} <= told and len(found) > 3


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_counts_of_an_answer_lead_to_what_they_count(executed, spoken, code):
    """To rows, a section or a figure; only those of 00 have no other place than the code that counted."""
    spoken(code)
    left = {}
    for stem, path in executed[code].items():
        page = book.read(path)
        counts.led(page, "")
        if found := re.findall('href="#code-', page.headline):
            left[stem] = len(found)
    assert left == {"00_what_we_know": 2}


def test_no_number_of_an_answer_is_without_a_place(report: Path):
    """What is no link tells a time; what is one leads to what is there."""
    lost, seen = [], 0
    anchors = functools.cache(lambda path: set(re.findall('id="([^"]*)"', path.read_text(encoding="utf-8"))))
    for path in sorted(report.rglob("[0-9]*.html")):
        page = soup(path)
        answer = page.select_one(".headline")
        for link in answer.select("a.n"):
            file, _hash, anchor = link["href"].partition("#")
            there = anchors(path.parent / file if file else path)
            seen += 1
            if anchor and anchor.partition("=")[0] not in there:  # a row, a section, or a filter of the claims
                lost.append((path.name, str(link)))
            link.decompose()
        if found := NUMBER.findall(TIME.sub("", answer.get_text(" "))):
            lost.append((path.name, found))
    assert lost == [] and seen > 120


def test_a_section_or_figure_that_a_page_lacks_leaves_its_count_at_the_code(executed):
    page = book.read(executed["en"]["41_targets"])
    page.blocks = [block for block in page.blocks if block.slug != "terms"]
    counts.led(page, "")
    assert page.headline.count('href="#code-') == 1 and page.headline.count('href="#q3"') == 12


def test_each_target_that_41_counts_is_a_row_where_its_counts_lead(report: Path):
    page = soup(report / "41_targets.html")
    counted = [link.get_text() for link in page.select(".headline a.count[href='#q3']")]
    rows = page.find(id="q3").find_next("table").select("tbody tr")
    standings = [row.find_all(["th", "td"])[-1].get_text() for row in rows]
    met, missed = standings.count("met"), standings.count("missed")
    assert counted[:3] == [str(prose.spelt(number)) for number in (met + missed, met, missed)]


def test_every_link_out_of_the_report_leads_to_where_a_text_was_read(report: Path):
    """To the publisher or a republisher that names him; a copy on an unrelated host is no link on any page."""
    sources = package.read("sources")
    known = set(sources.loc[sources["read_as"] != COPY, "address"]) - {""}
    assert known.isdisjoint(sources.loc[sources["read_as"] == COPY, "address"])
    pages = sorted(report.rglob("*.html"))
    assert len(pages) > 30
    found: dict[str, set[str]] = {}
    for path in pages:
        links = Links()
        links.feed(path.read_text("utf-8"))
        for value in links.found - known - OTHERS:
            found.setdefault(value, set()).add(path.relative_to(report).as_posix())
    assert found == {}
