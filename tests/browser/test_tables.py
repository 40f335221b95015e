"""Every table of every page, measured in a real browser: nothing cut or hidden without a sign, no column squeezed."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

ROWS = re.compile(r"rows-\w+-(\d+)\.html")
WIDTHS = (1200, 390)
# Each table as a reader with this window sees it; everything folded is opened first.
MEASURE = """() => {
  const THREE_LINES = 36;  // pixels, less than any three: what words a cell shows takes long to ask
  for (const each of document.querySelectorAll('details')) each.open = true;
  const faults = [];
  const lines = (cell) => {
    const tops = new Set(), range = document.createRange();
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      range.selectNodeContents(texts.currentNode);
      for (const box of range.getClientRects()) if (box.width > 0) tops.add(Math.round(box.bottom / 8));
    }
    return tops.size;
  };
  for (const [index, table] of document.querySelectorAll('table').entries()) {
    const say = (what) => faults.push(`table ${index + 1}: ${what}`);
    const frame = table.closest('.table');
    if (!frame) { say('it stands in no frame'); continue; }
    const style = getComputedStyle(frame), box = frame.getBoundingClientRect();
    if (box.left < 0 || box.right > innerWidth + 0.5) say('its frame is wider than the window');
    if (frame.tabIndex !== 0 || !frame.getAttribute('aria-label')) say('its frame has no label or cannot be focused');
    for (let up = frame.parentElement; up; up = up.parentElement) {
      const bounds = up.getBoundingClientRect();
      const cuts = getComputedStyle(up).overflowX !== 'visible' && up.clientWidth > 0;
      if (cuts && box.right > bounds.right + 0.5) say(`its frame is cut by ${up.localName}`);
    }
    if (frame.scrollWidth > frame.clientWidth) {
      if (!['auto', 'scroll'].includes(style.overflowX)) say('it is cut: its frame does not scroll');
      if (!/local.*scroll/.test(style.backgroundAttachment)) say('its frame scrolls without an edge that shows it');
    }
    for (const cell of table.querySelectorAll('th, td')) {
      const rough = cell.textContent.trim();
      if (!rough || !cell.checkVisibility()) continue;
      if (cell.scrollWidth > cell.clientWidth + 1) { say(`“${rough.slice(0, 20)}” sticks out of its cell`); break; }
      if (cell.clientHeight < THREE_LINES) continue;
      const text = cell.innerText.trim(), rows = lines(cell);
      if (rows > 2 && text.replace(/\\s/g, '').length / rows < 3) {
        say(`“${text.slice(0, 20)}” is squeezed into ${rows} lines`);
        break;
      }
    }
  }
  return faults;
}"""
SCROLLING = """() => [...document.querySelectorAll('.table')].findIndex(
  (frame) => frame.checkVisibility() && frame.scrollWidth > frame.clientWidth + 60)"""


def measured(path: Path) -> bool:
    """Whether the tables of a page are: of the pages of rows, which are alike in both languages, every other one."""
    rows = ROWS.fullmatch(path.name)
    return not rows or int(rows[1]) % 2 == (path.parent.name == "zh")


def test_every_table_is_whole_or_shows_that_it_goes_on(report, chromium):
    """At both widths, in both languages: rows read by the code too, which are folded."""
    found = {}
    page = chromium.new_page()
    for path in filter(measured, sorted(report.rglob("*.html"))):
        page.goto(path.as_uri(), wait_until="domcontentloaded")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if said := page.evaluate(MEASURE):
                found[f"{path.relative_to(report).as_posix()} at {width}"] = said
    page.close()
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["zh/cities.html", "sources.html", "data.html"])
def test_the_edge_of_a_table_is_dark_only_where_it_goes_on(report, chromium, name, scheme):
    page = chromium.new_page(viewport={"width": 390, "height": 900}, color_scheme=scheme, java_script_enabled=False)
    page.goto((report / name).as_uri())
    at = page.evaluate(SCROLLING)
    assert at >= 0, "no table of this page is wider than a phone"
    frame = page.locator(".table").nth(at)
    frame.evaluate("frame => frame.scrollIntoView({block: 'start'})")
    first, right = _edges(page, frame)
    frame.evaluate("frame => { frame.scrollLeft = 1e6; }")
    left, last = _edges(page, frame)
    page.close()
    assert min(right, left) > 8 > max(first, last), "contrast at the edges: start and end of the way"


def _edges(page, frame) -> tuple[int, int]:
    """How far the two edges of a frame differ from the paper beside it, in steps of 256; lines of text are left out."""
    box = frame.bounding_box()
    picture = Image.open(io.BytesIO(page.screenshot())).convert("L")
    rows = range(int(max(box["y"], 0)), int(min(box["y"] + box["height"], picture.height)))

    def shade(x: float) -> int:
        return sorted(picture.getpixel((int(x), y)) for y in rows)[len(rows) // 2]

    return abs(shade(box["x"] + 1) - shade(2)), abs(shade(box["x"] + box["width"] - 2) - shade(2))
