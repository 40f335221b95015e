"""The one script in a real browser: it searches and filters, says how much it found, and runs nothing from the data."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from test_library import attacked
from two_pages import made

from wuhan.site import library
from wuhan.site import pages as site

GDP = "GDP at current prices · 地区生产总值"


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("evidence")
    notebooks = made(folder)
    return site.report({"en": notebooks, "zh": notebooks}, folder / "out").parent


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1200, "height": 1000})
    page = context.new_page()
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: message.type == "error" and said.append(message.text))
    yield page
    context.close()
    assert said == []


def results(page) -> list[str]:
    return page.locator("#results a").all_inner_texts()


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("gdp at current prices", GDP),
        ("ＧＤＰ at CURRENT", GDP),
        ("地区生产总值", GDP),
        ("武汉市", "Wuhan · 武汉市"),
        ("wuhan", "Wuhan · 武汉市"),
        ("who is ahead", "How large is it? · Who is ahead?"),
        ("GDP per capita", "GDP per head · 人均地区生产总值"),
        ("人均GDP", "GDP per head · 人均地区生产总值"),
        ("湖北日报", "Sources · Hubei Daily (湖北日报)"),
        ("650家", "Claims · AI firms"),
    ],
)
def test_the_search_finds_names_and_headings_in_both_languages(page, built, words, first):
    page.goto((built / "search.html").as_uri())
    page.fill("#query", words)
    assert results(page)[0] == first
    assert page.inner_text("#said").startswith("Found: ")


def test_a_result_shows_the_words_around_what_was_found_and_leads_there(page, built):
    page.goto((built / "search.html").as_uri())
    page.fill("#query", "answer growth")
    (only,) = page.locator("#results li").all()
    assert only.locator("mark").all_inner_texts() == ["answer", "growth"]
    assert only.locator("p").inner_text() == "The answer is growth."
    assert page.inner_text("#said") == "Found: 1."
    only.locator("a").click()
    assert page.url.endswith("10_gdp.html#q1")
    page.go_back()
    assert page.input_value("#query") == "answer growth"
    assert len(results(page)) == 1


@pytest.mark.parametrize("words", ["98.49", "98.49 billion", "984.9亿", "984.9亿元"])
def test_a_claim_is_found_by_its_number_as_printed_and_as_written_here(page, built, words):
    page.goto((built / "search.html").as_uri())
    page.fill("#query", words)
    (claim,) = [each for each in page.locator("#results a").all() if each.inner_text().startswith("Claims")]
    claim.click()
    assert page.url.endswith("claims.html#p000_signing_total_amount")  # not the first of its measure, which has another


def test_the_search_says_when_nothing_is_found_and_is_quiet_without_words(page, built):
    page.goto((built / "search.html").as_uri())
    page.fill("#query", "zzzz")
    assert (page.inner_text("#said"), results(page)) == ("Nothing has these words.", [])
    page.fill("#query", "  ")
    assert (page.inner_text("#said"), results(page)) == ("", [])
    page.fill("#query", "a")
    assert page.inner_text("#said").endswith("The first 60 are shown.")
    assert len(results(page)) == 60


def test_the_keyboard_alone_searches_and_follows(page, built):
    page.goto((built / "search.html").as_uri())
    assert page.evaluate("document.activeElement.id") == "query"
    page.keyboard.type("who is ahead")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/10_gdp.html#q1")


def test_chinese_pages_search_in_chinese(page, built):
    page.goto((built / "zh" / "search.html").as_uri())
    page.fill("#query", "武汉")
    assert results(page)[0] == "武汉市 · Wuhan"
    page.locator("#results a").first.click()
    assert page.url.endswith("/zh/cities.html#wuhan")


def shown(page) -> int:
    return page.locator("#claims tr[id]:visible").count()


def test_claims_are_filtered_by_article_theme_verdict_witness_and_words(page, built):
    page.goto((built / "claims.html").as_uri())
    assert (shown(page), page.inner_text("#said")) == (316, "316 claims.")
    page.select_option("#article", "press_003")
    assert shown(page) == page.locator("#press_003 tr[id]").count() == 35
    assert page.inner_text("#said") == "35 of 316 claims are shown."
    assert page.locator("#press_000").is_hidden()
    page.select_option("#article", "")
    page.select_option("#theme", "gdp")
    assert shown(page) == page.locator("#claims tr[data-theme=gdp]").count() > 0
    page.select_option("#verdict", "target")
    assert shown(page) == page.locator("#claims tr[data-theme=gdp][data-verdict=target]").count()
    page.select_option("#theme", "")
    page.select_option("#verdict", "")
    page.select_option("#witness", "echo")
    assert shown(page) == page.locator("#claims tr[data-witness=echo]").count() > 0
    page.select_option("#witness", "")
    page.fill("#words", "１４８个 ")
    texts = page.locator("#claims tr[id]:visible td:nth-child(3)").all_inner_texts()
    assert texts and all("148个" in text for text in texts)
    page.fill("#words", "PROJECTS signed")
    assert 0 < shown(page) < 316
    page.fill("#words", "zzzz")
    assert (shown(page), page.inner_text("#said")) == (0, "0 of 316 claims are shown.")


def test_without_a_script_everything_is_there_but_the_controls(chromium, built):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built / "claims.html").as_uri())
    assert (shown(page), page.locator("#filters").is_hidden()) == (316, True)
    page.goto((built / "search.html").as_uri())
    assert page.locator("#find").is_hidden()
    assert page.locator("noscript").is_visible()
    context.close()


@pytest.mark.parametrize("width", [1200, 390])
def test_no_page_of_the_evidence_is_wider_than_its_window(chromium, built, width):
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for home in (built, built / "zh"):
        for file in library.FILES:
            page.goto((home / file).as_uri())
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), file
    context.close()


def test_markup_in_the_data_does_not_run_in_results_or_filters(page, tmp_path):
    out = attacked(tmp_path)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for file in library.FILES:
        page.goto((out / file).as_uri())
        assert page.evaluate("window.PW") is None
    page.goto((out / "search.html").as_uri())
    for words in ("script", "img", "onerror", "javascript", "iframe", "svg"):
        page.fill("#query", words)
        assert len(results(page)) > 0
        assert page.evaluate("document.querySelectorAll('#results :not(li, a, p, mark)').length") == 0
    page.goto((out / "claims.html").as_uri())
    page.fill("#words", "<script>window")
    assert shown(page) > 0
    assert page.evaluate("window.PW") is None
    assert [url for url in asked if not url.startswith(out.as_uri())] == []
    shutil.rmtree(tmp_path, ignore_errors=True)
