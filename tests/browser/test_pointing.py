"""Marks of figures in a real browser: under pointer and finger, by the keyboard alone, and without the script."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

PAGE = "12_city_ranking.html"
PLACE = """([figure, index]) => {
  const svg = [...document.querySelectorAll(`#${figure} svg`)].find(each => each.clientWidth);
  const [x, y, wide = 0, high = 0] = svg.dataset.at.split(' ')[index].split(',').map(Number);
  const by = svg.clientWidth / svg.viewBox.baseVal.width;
  return [(x + wide / 2) * by, (y + high / 2) * by, svg.getAttribute('class')];
}"""


@pytest.fixture
def opened(report, chromium):
    """Opens a page of the report; at the end no script may have failed, and nobody may have been asked for anything."""
    contexts, failed = [], []

    def open_page(name=PAGE, width=1200, **options):
        contexts.append(chromium.new_context(viewport={"width": width, "height": 1000}, **options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.on("console", lambda said: said.type == "error" and failed.append(said.text))
        page.on("request", lambda request: request.url.startswith("file:") or failed.append(request.url))
        page.goto((report / name).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert failed == []


def row(page, figure, index):
    """The cells of a row of the table of marks."""
    return page.locator(f"#{figure} .marks tbody tr").nth(index).locator("th, td").all_text_contents()


@contextmanager
def card(page, figure):
    found = page.locator(f"#{figure} .fact")
    assert found.is_visible()
    yield found


def mark(page, figure, index):
    """Where a mark is, from the corner of its drawing, and that drawing."""
    x, y, name = page.evaluate(PLACE, [figure, index])
    return {"position": {"x": x, "y": y}, "force": True}, page.locator(f"#{figure} .{name}"), name


def test_pointing_at_a_mark_shows_its_row_and_leaving_hides_it(opened):
    page = opened()
    place, drawing, name = mark(page, "neighbours", 3)
    assert name == "full"
    drawing.hover(**place)
    city, year, value, *_rest = row(page, "neighbours", 3)
    with card(page, "neighbours") as found:
        text = found.inner_text()
        assert f"{city}, {year}" in text and value in text and "gdp.csv" in text
    assert page.locator("#neighbours .full .ring").count() == 1
    page.mouse.move(0, 0)
    assert page.locator("#neighbours .fact").is_hidden()


def test_a_tap_keeps_the_card_below_the_figure_and_a_tap_elsewhere_closes_it(opened):
    page = opened(width=390, has_touch=True, is_mobile=True)
    place, drawing, name = mark(page, "neighbours", 3)
    assert name == "slim"
    drawing.tap(**place)
    with card(page, "neighbours") as found:
        below = drawing.bounding_box()["y"] + drawing.bounding_box()["height"]
        assert found.bounding_box()["y"] >= below
        assert row(page, "neighbours", 3)[2] in found.inner_text()
    page.locator("h1").tap()
    assert page.locator("#neighbours .fact").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_mark_is_reached_by_the_keyboard_and_leads_to_its_row(opened):
    page = opened()
    for figure in page.locator("figure.plot").all():
        assert figure.locator(".through").get_attribute("max") == str(figure.locator(".marks tbody tr").count())
    slider = page.locator("#neighbours .through")
    slider.focus()
    page.keyboard.press("Home")
    for index in range(3):
        cells = [" ".join(cell.split()) for cell in row(page, "neighbours", index)]
        told = " ".join(slider.get_attribute("aria-valuetext").split())
        assert told.startswith(", ".join(filter(None, cells[:3])))
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.fact') && document.activeElement.href.includes('gdp')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "through"
    assert page.locator("#neighbours .fact").is_hidden()


def test_arrows_up_and_down_go_to_the_mark_above_and_below(opened):
    page = opened("11_growth_drivers.html")
    slider = page.locator("#contributions .through")
    slider.focus()
    boxes = [
        list(map(int, box.split(","))) for box in page.locator("#contributions .full").get_attribute("data-at").split()
    ]
    at = next(index for index, box in enumerate(boxes) if any(o[0] == box[0] and o[1] > box[1] for o in boxes))
    page.evaluate(
        "([each, at]) => { each.value = at + 1; each.dispatchEvent(new Event('input')) }", [slider.element_handle(), at]
    )
    page.keyboard.press("ArrowDown")
    now = int(slider.input_value()) - 1
    assert boxes[now][0] == boxes[at][0] and boxes[now][1] > boxes[at][1]


def test_marks_in_one_place_are_shown_together(opened):
    page = opened()
    slider = page.locator("#convergence .through")
    slider.focus()
    assert page.locator("#convergence .fact .told").count() == 2


@pytest.mark.parametrize("width, shown", [(1200, "full"), (390, "slim")])
def test_one_drawing_is_shown_in_the_colours_of_the_screen(opened, width, shown):
    page = opened(width=width)
    assert page.locator("#neighbours svg:visible").get_attribute("class") == shown
    ink = "getComputedStyle([...document.querySelectorAll('#neighbours svg text')][0]).fill"
    light = page.evaluate(ink)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ink) != light


def test_without_the_script_every_mark_is_in_the_table(opened):
    page = opened(java_script_enabled=False)
    assert page.locator("#neighbours .through").count() == 0
    page.locator("#neighbours .marks summary").click()
    assert page.locator("#neighbours .marks tbody tr").first.is_visible()
    places = page.locator("#neighbours .full").get_attribute("data-at").split()
    assert page.locator("#neighbours .marks tbody tr").count() == len(places)


def test_files_of_a_figure_are_there(opened, report):
    page = opened()
    for link in page.locator("figure.plot .get a").all():
        assert (report / link.get_attribute("href")).stat().st_size > 100


@pytest.mark.parametrize("width", [1200, 390])
def test_a_link_to_a_row_ends_at_the_row_when_tables_above_it_are_told_row_by_row(report, chromium, width):
    page = chromium.new_page(viewport={"width": width, "height": 844})
    page.goto((report / "rows-gdp-1.html").as_uri() + "#r300")
    page.wait_for_function(
        "() => { const at = document.querySelector(':target').getBoundingClientRect(); "
        "return at.top >= 0 && at.bottom <= innerHeight; }"
    )
    assert page.locator(":target").get_attribute("id") == "r300"
    page.close()


@pytest.mark.parametrize("width", [1200, 390])
def test_a_city_stands_below_that_of_the_report_when_it_is_named_or_chosen(report, chromium, width):
    page = chromium.new_page(viewport={"width": width, "height": 844})
    held = "[...document.querySelectorAll('.glance .held tr')].map((row) => row.cells[0].textContent)"
    page.goto((report / "cities.html").as_uri() + "#chengdu")
    assert page.evaluate(held) == ["Wuhan", "Chengdu"]
    page.locator("#other").select_option("xiantao")
    page.wait_for_function(f"() => {held}[1] !== 'Chengdu'")
    assert page.evaluate(held) == ["Wuhan", "Xiantao"]
    page.wait_for_function(
        "() => { const at = document.querySelector('.held').getBoundingClientRect(); "
        "return at.top >= 0 && at.top < innerHeight; }"
    )
    page.close()


def test_a_card_stands_in_the_window_and_a_sheet_leaves_its_number_free(report, chromium):
    for width, height in ((1200, 800), (390, 844)):
        page = chromium.new_page(viewport={"width": width, "height": height})
        page.goto((report / "index.html").as_uri())
        for at in (100, 400, height - 60):
            page.evaluate(
                "(at) => { const link = document.querySelector('.card a.n:not(.count)'); "
                "scrollTo(0, link.getBoundingClientRect().top + scrollY - at); link.click(); }",
                at,
            )
            card, link = (page.locator(each).first.bounding_box() for each in (".fact", "[aria-expanded]"))
            assert card["y"] >= 0 and card["y"] + card["height"] <= height + 1, (width, at)
            assert width > 768 or link["y"] + link["height"] <= card["y"], (width, at)
            page.keyboard.press("Escape")
        page.close()
