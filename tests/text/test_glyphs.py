"""Every name of the data can be drawn, in both weights; `make check` says which cannot."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from wuhan.evidence import package
from wuhan.text import glyphs

DISTRICTS = "江岸江汉硚口汉阳武昌青山洪山东西湖汉南蔡甸江夏黄陂新洲"


@pytest.mark.parametrize("weight", glyphs.WEIGHTS)
def test_the_bundled_fonts_hold_the_table_of_standard_characters(weight):
    held = TTFont(glyphs.FONTS / f"WuhanReportSans-{weight}.otf", lazy=True).getBestCmap()
    table = "".join((glyphs.FONTS / "characters.txt").read_text("utf-8").split())
    assert len(table) == len(set(table)) == 8105
    assert {ord(char) for char in table + DISTRICTS + "硚甪漷浉喆堃玥" if ord(char) not in held} == set()


def test_the_names_of_the_data_can_be_drawn():
    found = package.check(package.DATA, lost=glyphs.missing)
    assert [str(fault) for fault in found] == []


@pytest.mark.parametrize("name, lost", [("硚口区", ""), ("𠮷野区", "𠮷"), ("武汉ꀀ", "ꀀ")])
def test_a_name_without_a_glyph_is_told_with_its_cell(tiny, name, lost):
    path = tiny / "places.csv"
    path.write_text(path.read_text("utf-8").replace("武汉", name), "utf-8")
    found = [str(fault) for fault in package.check(tiny, lost=glyphs.missing)]
    if not lost:
        assert found == []
    else:
        [line] = found
        assert line.startswith(f"data/places.csv:3: name_zh: found no glyph for '{lost}' (U+")
