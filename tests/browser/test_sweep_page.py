"""The table of a sweep in a real browser: open to every reader, sorted by its headings, whole without the script."""

from __future__ import annotations

import pytest
from test_pages import AUDIT, WIDTHS, axe  # noqa: F401 - a fixture

from wuhan.site import sweep

CITIES = {"wuhan": 7.0, "chengdu": 11.5, "xian": None, "hangzhou": -2.0}


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """A table of four cities and two questions: one answer lacks its number, one run failed."""
    out, codes, entries = tmp_path_factory.mktemp("sweep"), ["en", "zh"], []
    for code in codes:
        for city, value in CITIES.items():
            way = f"{city}/10_a.html#n1"
            number = {
                "name": "size",
                "text": f"{value} firms",
                "value": value,
                "low": value,
                "high": value,
                "unit": "count",
                "status": "actual",
                "what": "AI firms",
                "way": way,
            }
            own = () if value is None else (number,)
            entries.append(sweep.Entry(city, code, "10_a", "How many?", f"<p>So many in {city}.</p>", own))
            fault = "cell 3: ValueError: no <b>" if city == "xian" else ""
            entries.append(sweep.Entry(city, code, "11_b", "Why?", "" if fault else "<p>So.</p>", fault=fault))
    sweep.evidence(codes, out)
    sweep.table(entries, {city: {"city": city} for city in CITIES}, codes, out)
    return out


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("file", ["index.html", "zh/index.html"])
def test_it_is_open_to_every_reader(table, chromium, axe, width, file):  # noqa: F811
    context = chromium.new_context(viewport={"width": width, "height": 1000}, bypass_csp=True)
    page, said = context.new_page(), []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: message.type == "error" and said.append(message.text))
    page.goto((table / file).as_uri())
    page.evaluate(axe)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        violations = page.evaluate("options => axe.run(document, options).then(found => found.violations)", AUDIT)
        said += [f"{scheme}: {each['id']}: {each['nodes'][0]['html'][:120]}" for each in violations]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        said.append("it is wider than the window")
    context.close()
    assert said == []


def names(page):
    return page.eval_on_selector_all("#sweep tbody th", "cells => cells.map(cell => cell.textContent)")


def test_a_heading_sorts_and_what_is_not_known_stays_last(table, chromium):
    page = chromium.new_page()
    page.goto((table / "index.html").as_uri())
    assert names(page) == ["Wuhan", "Chengdu", "Xi'an", "Hangzhou"]
    button = page.get_by_role("button", name="AI firms")
    button.click()
    assert names(page) == ["Chengdu", "Wuhan", "Hangzhou", "Xi'an"]
    assert page.locator("[aria-sort=descending]").inner_text().startswith("AI firms")
    button.focus()
    page.keyboard.press("Enter")
    assert names(page) == ["Hangzhou", "Wuhan", "Chengdu", "Xi'an"]
    page.get_by_role("button", name="Row").click()
    assert names(page) == ["Chengdu", "Hangzhou", "Wuhan", "Xi'an"]
    assert page.locator("[aria-sort]").count() == 1
    page.close()


def test_without_the_script_it_says_the_same(table, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((table / "index.html").as_uri())
    text = page.locator("#sweep").inner_text()
    assert all(part in text for part in ("Xi'an", "AI firms", "-2.0 firms", "cell 3: ValueError: no <b>"))
    assert page.get_by_role("button").count() == 0
    context.close()
