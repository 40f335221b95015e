"""The front page: the newest printed outcomes of the answers, and how firmly the data are known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_notebooks import code, picture, write
from two_pages import gdp, sentence, soup

from wuhan.evidence import package
from wuhan.evidence.facts import growth
from wuhan.site import front
from wuhan.site import pages as site
from wuhan.site.book import read
from wuhan.site.numbers import Numbers
from wuhan.text import prose


@pytest.fixture
def pages(tmp_path):
    """Three pages; the middle one repeats a measure of the first for an older year."""
    answers = {
        "00_known": sentence("{n}", n=3),
        "10_gdp": sentence("{new}, grown by {rate}.", new=gdp(2023), rate=growth(gdp(2023), gdp(2022))),
        "20_old": sentence("{old}; {aim}.", old=gdp(2021), aim=replace(gdp(2024), status="target")),
        "30_other": sentence("{other}", other=replace(gdp(2022), place="chengdu", row=("events", "huachuang_2015"))),
    }
    return [
        write(tmp_path, stem, code("say()", answer, tags=["headline"]), title=f"# {stem}?")
        for stem, answer in answers.items()
    ]


def test_the_newest_printed_outcomes_of_the_answers_are_listed_once(pages):
    numbers = Numbers()
    rows = front.latest([read(page) for page in pages], numbers)
    assert [row["number"].period for row in rows] == ["2023", "2022"]
    assert [row["number"].id for row in rows] == [each.id for each in numbers] == ["n1", "n2"]
    assert all(row["number"].row and row["source"][1] for row in rows)


def test_a_number_below_the_answer_is_not_listed(tmp_path):
    below = code("say()", sentence("Then it was {n}.", n=gdp(2023)))
    page = write(tmp_path, "10_gdp", code("say()", sentence("The answer."), tags=["headline"]), below)
    assert front.latest([read(page)], Numbers()) == []


def test_every_observation_has_a_grade_and_a_status():
    grades, statuses = front.known(package.DATA)
    rows = sum(len(package.read(table)) for table in package.observed())
    assert sum(grades.values()) == sum(statuses.values()) == rows
    assert set(grades) <= set("ABCD") and statuses["actual"] > statuses["target"] > 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_has_every_answer_once_and_ends_on_what_is_known(pages, tmp_path, language):
    page = soup(site.report({language: pages}, tmp_path / "out"))
    assert [each["href"] for each in page.select(".card h3 a")] == [
        "10_gdp.html",
        "20_old.html",
        "30_other.html",
        "00_known.html",
    ]
    assert len(page.select(".latest tbody tr")) == 2
    numbers = {row["id"]: row.th.text for row in page.select(".facts tbody tr")}
    for link in page.select(".card a.n:not(.count), .latest a.n"):
        assert numbers[link["href"].removeprefix("#")] == link.text
    assert page.select_one(".card a.count")["href"].startswith("00_known.html#code-")


def test_the_page_opens_with_three_sentences_each_with_date_and_grade(tmp_path):
    size = sentence("GDP was {new}. It grew {rate}.", new=gdp(2023), rate=growth(gdp(2023), gdp(2022)))
    known = sentence("Only {n} have a second source. More is said.", n=3)
    books = [
        write(tmp_path, stem, code("say()", told, tags=["headline"]), title=f"# {stem}?")
        for stem, told in (("00_what_we_know", known), ("10_gdp_and_growth", size))
    ]
    page = soup(site.report({"en": books}, tmp_path / "out"))
    lines = page.select(".opening li")
    assert [line.find(string=True) for line in lines] == ["GDP was ", "It grew ", "Only "]
    first = lines[0].select_one(".standing").text
    assert first.startswith("2023, grade ")
    assert page.find(id=lines[0].a["href"].removeprefix("#")).th.text == lines[0].a.text
    assert page.select_one("h1").find_next(class_=["opening", "card"])["class"] == ["opening"]


def test_a_card_is_dated_by_the_first_sentence_of_its_answer(tmp_path):
    def answer(*lines):
        return {"data": prose.headed(*lines)._repr_mimebundle_()}

    later = answer(prose.say("It fell in {old}.", old=gdp(2022)), prose.say("Since then {new}.", new=gdp(2024)))
    span = sentence("It grew {rate}.", rate=replace(growth(gdp(2023), gdp(2022)), period="2019/2023"))
    counted = answer(prose.say("Only {n} are named.", n=3), prose.say("The aim is {new}.", new=gdp(2024)))
    told = {"20_later": later, "30_span": span, "40_counted": counted}
    books = [write(tmp_path, stem, code("say()", each, tags=["headline"])) for stem, each in told.items()]
    page = soup(site.report({"en": books}, tmp_path / "out"))
    stands = [each.text.partition(",")[0] for each in page.select(".card .standing")]
    assert stands == ["2022", "2023", "our own count"]


def test_a_number_of_low_trust_says_so_where_it_leads(tmp_path):
    low = package.read("sources").query("trust == 'C'")["source_id"].iloc[0]
    told = sentence("{n} firms.", n=replace(gdp(2023), sources=(low,)))
    page = soup(
        site.report({"en": [write(tmp_path, "30_ai", code("say()", told, tags=["headline"]))]}, tmp_path / "out")
    )
    assert page.select_one(".card .standing").text.endswith("grade C, a source of low trust")


def test_the_figure_of_a_card_is_the_cover_else_the_first(tmp_path):
    first, second = (code("show()", picture(slug), tags=tags) for slug, tags in (("a", []), ("b", ["cover"])))
    assert read(write(tmp_path, "10_gdp", first, second)).figure.slug == "b"
    assert read(write(tmp_path, "20_gdp", first)).figure.slug == "a"
    assert read(write(tmp_path, "30_gdp", "Text.")).figure is None


def test_the_question_is_about_the_city_that_was_asked_for(pages, tmp_path):
    assert "Wuhan" in soup(site.report({"en": pages}, tmp_path / "out")).h1.text
    other = soup(site.report({"en": pages}, tmp_path / "other", [("city", "chengdu"), ("first_year", "2010")]))
    assert "Chengdu" in other.h1.text
    assert other.select_one(".stamp").text == "Made with other parameters: city=chengdu first_year=2010"
