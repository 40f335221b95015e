"""Every page of the report in a real browser: nothing from outside, nothing cut off, open to every reader."""

from __future__ import annotations

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest

COLOURS = ["color-contrast", "link-in-text-block"]  # the rules that a scheme of colours can break
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
# Without `preload`, else axe-core asks for the style sheet once more.
AUDIT = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"], "preload": False}
AUDIT_OF_COLOURS = AUDIT | {"runOnly": {"type": "rule", "values": COLOURS}}
WIDTHS = (1200, 390)
# Of the elements that hold text one of each look that is not yet among ``seen``: same font, same colour, same colours
# behind it and around it.
COLOURS_OF_NEW_LOOKS = """async ([seen, options]) => {
  const looks = new Map(), fresh = new Map(), known = new Set(seen);
  const look = (each) => {
    if (!each) return '';
    if (!looks.has(each)) {
      const style = getComputedStyle(each);
      const own = ['color', 'backgroundColor', 'backgroundImage', 'opacity', 'filter', 'fontSize', 'fontWeight',
        'textShadow', 'textDecorationLine', 'borderBottomStyle', 'position'].map(name => style[name]);
      looks.set(each, look(each.parentElement) + [each.localName, ...own].join());
    }
    return looks.get(each);
  };
  const text = (each) => [...each.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
  for (const each of document.body.querySelectorAll('*'))
    if (text(each) && each.checkVisibility() && !known.has(look(each)) && !fresh.has(look(each)))
      fresh.set(look(each), each);
  const found = fresh.size ? await axe.run({include: [...fresh.values()]}, options) : {violations: []};
  return [[...fresh.keys()], found.violations];
}"""
WITHOUT_COLOURS = AUDIT | {"rules": {rule: {"enabled": False} for rule in COLOURS}}
# The rule, of those asked, whose answer can hang on the width of the window.
OF_WIDTH = AUDIT | {"runOnly": {"type": "rule", "values": ["scrollable-region-focusable"]}}
# What is asked of each page beside colours: everything at one width, at the other only what can hang on it.
AUDITS = {1200: WITHOUT_COLOURS, 390: OF_WIDTH}
SCHEMES = {1200: ("light", "dark"), 390: ("light",)}
# A page of each kind, one of them in Chinese.
KEYBOARD = (
    "index.html",
    "zh/20_project_pipeline.html",
    "claims.html",
    "data.html",
    "search.html",
    "rows-events-1.html",
)
FIXED = 150_000  # bytes of a page without its figures
LISTED = {"sources.html": 175_000}  # the list of every publication, with the numbers that rest on each
SITE = 35_000_000


ROWS = re.compile(r"rows-(\w+)-(\d+)\.html")  # the pages of the tables, alike but for what they hold
LOOKED_AT = ("rows-gdp-1.html", "rows-events-1.html")


def pages(report: Path) -> list[Path]:
    return sorted(report.rglob("*.html"))


def kinds(report: Path) -> list[Path]:
    """All pages, but of those of the tables only some."""
    return [path for path in pages(report) if not ROWS.fullmatch(path.name) or path.name in LOOKED_AT]


@pytest.fixture(scope="session")
def axe() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", AUDITS)
def test_every_page_is_open_to_every_reader(report, chromium, axe, width):
    """Rules of axe-core in light and in dark colours, no request to elsewhere, nothing wider than the window.

    Dark is other colours of the same page (`test_dark_is_other_colours`). The rules of colours are asked of one element
    of each look, as all others, on whatever page, have the same colours and font. Of the pages of `KEYBOARD` everything
    is asked of every element at both widths.
    """
    found, asked, looks = {}, [], []
    context = chromium.new_context(viewport={"width": width, "height": 1000}, bypass_csp=True)
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("pageerror", lambda error: found.setdefault(page.url, []).append(str(error)))
    page.on("console", lambda said: said.type == "error" and found.setdefault(page.url, []).append(said.text))
    for path in kinds(report):
        page.goto(path.as_uri())
        page.evaluate(axe)
        violations = [("", each) for each in audited(page, AUDITS[width])]
        for scheme in SCHEMES[width]:
            page.emulate_media(color_scheme=scheme)
            fresh, faults = page.evaluate(COLOURS_OF_NEW_LOOKS, [looks, AUDIT_OF_COLOURS])
            looks += fresh
            violations += [(f"{scheme}: ", each) for each in faults]
        page.emulate_media(color_scheme="light")
        if path.relative_to(report).as_posix() in KEYBOARD:
            violations += [("", each) for each in audited(page, AUDIT)]
        said = [f"{scheme}{each['id']}: {each['nodes'][0]['html'][:120]}" for scheme, each in violations]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            said.append("it is wider than the window")
        if said:
            found.setdefault(path.relative_to(report).as_posix(), []).extend(said)
    context.close()
    assert found == {}
    assert [url for url in asked if not url.startswith(report.as_uri())] == []


def audited(page, options: dict) -> list[dict]:
    """What breaks the rules of ``options`` on the whole page."""
    return page.evaluate("options => axe.run(document, options).then(found => found.violations)", options)


def test_dark_is_other_colours(report):
    style = (report / "style.css").read_text(encoding="utf-8")
    (dark,) = re.findall(r"prefers-color-scheme: dark\) \{\s*:root \{([^}]*)\}\s*\}", style)
    assert style.count("color-scheme") == 1
    assert [each for each in dark.split(";") if each.strip() and not re.match(r"\s*--[a-z]+: [^:]+$", each)] == []
    for path in pages(report):
        assert "color-scheme: dark" not in path.read_text(encoding="utf-8")


def test_pages_and_site_are_small(report):
    drawn = re.compile(rb'<figure id="[^"]*" class="plot".*?</figure>', re.DOTALL)
    sizes = {path.name: len(drawn.sub(b"", path.read_bytes())) for path in pages(report)}
    assert {name: size for name, size in sizes.items() if size >= LISTED.get(name, FIXED)} == {}
    assert sum(path.stat().st_size for path in report.rglob("*") if path.is_file()) < SITE


def test_every_figure_states_its_finding_and_headings_are_in_order(report, chromium):
    page = chromium.new_page()
    for path in kinds(report):
        page.goto(path.as_uri())
        alts = page.eval_on_selector_all("img", "images => images.map(image => image.alt)")
        least = 8 if path.parent.name == "zh" else 20
        assert all(len(alt) >= least for alt in alts), path
        levels = page.eval_on_selector_all("h1, h2, h3, h4", "found => found.map(each => Number(each.tagName[1]))")
        assert levels[0] == 1 and levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path
        shown = page.eval_on_selector_all("img", "images => images.map(image => image.complete && image.naturalWidth)")
        assert all(shown) or page.locator("img[loading=lazy]").count(), path
    page.close()


def ends(path: Path) -> list[str]:
    """Where the rows of a CSV file end, as links name them (RFC 5147)."""
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        return [f"line={reader.line_num}" for _row in reader]


def test_every_link_leads_somewhere(report, chromium):
    anchors = {path: set(re.findall(r'\bid="([^"]+)"', path.read_text(encoding="utf-8"))) for path in pages(report)}
    lines = {path: set(ends(path)) for path in report.rglob("*.csv")}
    dead = []
    for path in pages(report):
        for address in re.findall(r'\b(?:href|src)="([^"]+)"', path.read_text(encoding="utf-8")):
            if re.match(r"(https?|mailto):", address):
                continue
            file, _hash, anchor = address.partition("#")
            target = (path.parent / file).resolve() if file else path
            known = anchors.get(target, lines.get(target, ()))
            lost = anchor and not {part.partition("=")[0] for part in anchor.split("&amp;")} <= {*known}
            if lost or not target.is_file():
                dead.append(f"{path.name}: {address}")
    assert dead == []


def test_the_keyboard_reaches_every_link_and_control(report, chromium):
    page = chromium.new_page(viewport={"width": 1200, "height": 1000})
    for name in KEYBOARD:
        page.goto((report / name).as_uri())
        wanted = page.evaluate(
            "[...document.querySelectorAll('a[href], summary, [tabindex=\"0\"], input, select, button')]"
            ".filter(each => each.checkVisibility()).length"
        )
        reached = set()
        for _press in range(wanted + 5):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("[...document.querySelectorAll('body *')].indexOf(document.activeElement)"))
        assert len(reached - {-1}) >= wanted
    page.close()


@pytest.mark.parametrize(("width", "height"), [(1200, 900), (390, 844)])
def test_the_first_picture_begins_within_the_first_screen(report, chromium, width, height):
    page = chromium.new_page(viewport={"width": width, "height": height})
    late = {}
    for path in pages(report):
        if path.name[0].isdigit():
            page.goto(path.as_uri())
            top = page.evaluate("document.querySelector('figure')?.getBoundingClientRect().top ?? 0")
            if top > 0.75 * height:
                late[path.relative_to(report).as_posix()] = top
    page.close()
    assert late == {}


def test_one_switch_shows_all_code_and_what_leads_to_a_cell_shows_that_cell(report, chromium):
    page = chromium.new_page()
    page.goto((report / "40_press_claims.html").as_uri())
    shown = "all => all.filter(each => each.checkVisibility()).length"
    assert page.eval_on_selector_all(".cells", shown) == 0
    page.keyboard.press("Tab")
    page.focus("#show-code")
    page.keyboard.press("Space")
    assert page.eval_on_selector_all(".cells", shown) == page.locator(".cells").count() > 3
    page.keyboard.press("Space")
    assert page.eval_on_selector_all(".cells", shown) == 0
    page.evaluate("location.hash = '#code-5'")
    assert page.eval_on_selector_all(".cells", shown) == 1 and page.locator("#code-5").is_visible()
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_number_opens_in_place_and_gives_the_focus_back(report, chromium, axe, width):
    context = chromium.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto((report / "10_gdp_and_growth.html").as_uri())
    number = page.locator(".headline a.n").first
    number.focus()
    page.keyboard.press("Enter")
    card = page.locator(".fact[role=dialog]")
    row = page.locator(number.get_attribute("href"))
    assert card.locator(".told").inner_text() == number.inner_text() == row.locator("th").text_content()
    assert card.locator("dd").count() >= 7
    assert page.evaluate("document.activeElement.matches('.fact[role=dialog]')")
    page.evaluate(axe)
    said = page.evaluate(
        "options => axe.run('.fact[role=dialog]', options).then(found => found.violations.map(each => each.id))", AUDIT
    )
    assert said == []
    box = card.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] >= 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.fact[role=dialog]') !== null")
    page.keyboard.press("Escape")
    assert card.count() == 0 and page.evaluate("document.activeElement.textContent") == number.inner_text()
    number.click()
    way = card.locator("a[href^='rows-']").first
    way.click()
    page.wait_for_function("document.querySelector(':target')?.matches('tr')")
    assert ROWS.search(page.url)
    context.close()


def test_a_count_shows_the_code_that_counted_and_leads_to_what_it_counts(report, chromium):
    page = chromium.new_page()
    page.goto((report / "40_press_claims.html").as_uri())
    page.locator(".headline a.count").last.click()
    card = page.locator(".fact[role=dialog]")
    assert "reading.answer()" in card.locator("pre").inner_text()
    said = int(card.locator(".told").inner_text())
    card.locator("a").click()
    assert page.url.endswith("claims.html#witness=echo")
    assert page.locator("#claims tr[id]:visible").count() == said
    page.close()


def test_without_a_script_a_number_leads_to_its_row_on_the_page(report, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((report / "10_gdp_and_growth.html").as_uri())
    number = page.locator(".headline a.n").first
    number.click()
    assert page.url.endswith(number.get_attribute("href"))
    assert page.locator(number.get_attribute("href")).is_visible()
    context.close()


def test_every_number_of_an_answer_has_a_place_to_lead_to(report):
    """A row of the table of numbers, with rows, a formula or a source; what is counted, or the cell that counted."""
    lost, seen = [], 0
    for path in sorted(report.rglob("[0-9]*.html")):
        text = path.read_text(encoding="utf-8")
        answer = re.search(r'<div class="headline">(.*?)</div>', text, re.DOTALL)[1]
        anchors = set(re.findall(r'\bid="([^"]+)"', text))
        for link, address in re.findall(r'(<a class="n[^>]*href="([^"]+)"[^>]*>)', answer):
            seen += 1
            cell = re.search(r'data-cell="([^"]+)"', link)
            if (cell[1] if cell else address.removeprefix("#")) not in anchors:
                lost.append((path.name, link))
        rows = re.findall(r'<tr id="n\d+">(.*?)</tr>', text, re.DOTALL)
        lost += [(path.name, row) for row in rows if not re.search(r'href="(rows-|sources)', row)]
    assert lost == [] and seen > 60


@pytest.mark.parametrize("width", [1200, 820, 600, 390])
def test_no_table_is_cut_and_on_a_phone_a_wide_one_is_told_row_by_row(report, chromium, width):
    page = chromium.new_page(viewport={"width": width, "height": 900})
    cut = {}
    for path in kinds(report):
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        found = page.evaluate(
            "[...document.querySelectorAll('.table')].filter(each => each.scrollWidth > each.clientWidth + 1).length"
        )
        wide = page.evaluate(
            "[...document.querySelectorAll('.table > table:not(.told-by-row)')].filter(each => each.checkVisibility()"
            " && Math.max(...[...each.rows].map(row => row.cells.length)) > 3).length"
        )
        if found or (wide and width == 390):
            cut[path.relative_to(report).as_posix()] = (found, wide)
    page.close()
    assert cut == {}


def test_cities_are_sorted_by_a_heading(report, chromium):
    page = chromium.new_page(viewport={"width": 1200, "height": 900})
    page.goto((report / "cities.html").as_uri())
    assert page.locator(".glance tbody th").first.inner_text() == "Wuhan"
    assert page.locator(".glance tbody:last-of-type th").first.inner_text() == "Shanghai"
    page.click(".glance thead th:nth-child(5) button")
    values = page.eval_on_selector_all(
        ".glance tbody:last-of-type td:nth-child(5)[data-value]", "all => all.map(one => +one.dataset.value)"
    )
    assert values == sorted(values, reverse=True) and len(values) > 40
    page.close()


def test_on_a_phone_the_page_of_cities_is_short_until_all_measures_are_asked_for(report, chromium):
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto((report / "cities.html").as_uri())
    shown = "of => [...document.querySelectorAll(of + ' td')].filter(each => each.checkVisibility()).length"
    page.wait_for_selector(".glance.told-by-row")
    cities = page.locator(".glance tbody:last-of-type tr").count()
    assert page.evaluate(shown, "tbody:last-of-type tr") <= 4 * cities
    assert page.evaluate("document.documentElement.scrollHeight") < 10_000
    page.locator("#other").select_option("chengdu")
    page.wait_for_selector(".chosen")
    assert page.evaluate(shown, ".chosen") > 14 and page.evaluate(shown, ".held tr:first-child") > 14
    page.check("#measures")
    assert page.evaluate(shown, "tbody:last-of-type tr") > 14 * cities
    page.uncheck("#measures")
    page.set_viewport_size({"width": 1200, "height": 900})
    page.wait_for_selector(".glance:not(.told-by-row)")
    assert page.evaluate(shown, "tbody:last-of-type tr") > 14 * cities
    assert not page.locator("#measures").is_visible()
    page.close()


@pytest.mark.parametrize("width, height", [(1200, 800), (390, 844)])
def test_who_cannot_run_the_reading_of_an_article_is_led_to_the_claims_on_the_first_screen(
    report, chromium, width, height
):
    page = chromium.new_page(viewport={"width": width, "height": height})
    page.goto((report / "42_read_an_article.html").as_uri())
    link = page.locator(".instead a")
    box = link.bounding_box()
    assert box["y"] + box["height"] < height
    link.click()
    assert page.url.endswith("claims.html#words") and page.locator("#words").is_visible()
    page.close()


def test_a_page_prints_without_its_controls(report, chromium):
    page = chromium.new_page()
    page.goto((report / "10_gdp_and_growth.html").as_uri())
    page.emulate_media(media="print")
    controls = ".bar, .contents, .cells, .tools"
    visible = page.eval_on_selector_all(controls, "all => all.map(each => each.checkVisibility())")
    assert visible and not any(visible)
    page.close()
