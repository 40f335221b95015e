"""Every mark of every figure is a fact: it leads to a row, to a formula with its leaves, or to the code of its cell."""

from __future__ import annotations

import csv
import random
import re
from collections import Counter

import pytest

from wuhan.evidence import package
from wuhan.execution.project import Project
from wuhan.site.book import read
from wuhan.site.figures import alone
from wuhan.text.language import LANGUAGES, language

STEMS = [path.stem for path in Project().find()]
SEED, MANY = 15, 12
SVG_BYTES = 45_000


@pytest.fixture(params=LANGUAGES, scope="module")
def drawings(request, executed):
    """All figures of the pages in one language, by notebook and slug."""
    language(request.param)
    yield {
        (stem, block.slug): block.drawing
        for stem in STEMS
        for block in read(executed[request.param][stem]).blocks
        if block.kind == "figure"
    }
    language("en")


def test_every_figure_is_drawn_for_page_and_phone_and_light(drawings):
    assert {f"{stem}-{slug}.png" for stem, slug in drawings} == {path.name for path in Project().figures.glob("*.png")}
    assert [name for name, drawing in drawings.items() if not (drawing and drawing.slim)] == []  # for a phone, too
    sizes = {name: len(alone(drawing.full)) for name, drawing in drawings.items()}
    assert {name: size for name, size in sizes.items() if size > SVG_BYTES} == {}


def test_no_mark_is_without_a_row_a_formula_or_code(drawings):
    assert [name for name, drawing in drawings.items() if not drawing.facts] == []
    lost = [(*name, fact.name, fact.value) for name, each in drawings.items() for fact in each.facts if not fact.leads]
    assert lost == []
    ways = Counter(fact.leads for drawing in drawings.values() for fact in drawing.facts)
    assert ways["row"] > 600 and ways["formula"] > 200


def test_every_mark_has_a_name_and_says_what_it_is(drawings):
    silent = [
        (*name, fact) for name, each in drawings.items() for fact in each.facts if not (fact.value and fact.status)
    ]
    assert silent == []
    assert [
        name for name, each in drawings.items() for fact in each.facts if not (fact.name or fact.number.period)
    ] == []


def test_no_word_of_a_figure_is_too_small_to_be_read(drawings):
    """11 pixels where the wide drawing takes the 767 pixels of a page, the other the 358 of a phone."""
    for name, drawing in drawings.items():
        for svg, pixels in ((drawing.full, 767), (drawing.slim, 358)):
            wide = re.search(r'viewBox="0 0 ([\d.]+)', svg)
            sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)]
            assert min(sizes) * pixels / float(wide[1]) >= 11, name


def test_twelve_marks_are_what_their_rows_print(drawings):
    printed = [fact for drawing in drawings.values() for fact in drawing.facts if fact.leads == "row"]
    for fact in random.Random(SEED).sample(printed, MANY):
        file, line = re.fullmatch(r"(.+)#line=(\d+)", fact.number.row).groups()
        with open(package.DATA / file, encoding="utf-8", newline="") as table:
            reader = csv.DictReader(table)
            row = next(row for row in reader if reader.line_num == int(line))
        record = fact.number.record
        numbers = [float(cell) for cell in row.values() if cell and re.fullmatch(r"-?[\d.]+", cell)]
        assert record["value"] is None or record["value"] in numbers or row.get("value_text"), (fact, row)
        assert row["source_id"] in record["sources"]
