"""Words of figures: kept apart, wrapped, told as far as they are known, in fonts that have every character."""

from __future__ import annotations

import math
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from small_frames import line, rows

from wuhan import charts
from wuhan.charts import ChartError, frames, labels, style, timelines
from wuhan.text.fonts import subset

pytestmark = pytest.mark.usefixtures("tables")


@pytest.mark.parametrize(
    "wanted, placed",
    [
        ([5.0], [5.0]),
        ([1.0, 9.0], [1.0, 9.0]),
        ([5.0, 5.0], [4.5, 5.5]),
        ([5.2, 5.0, 5.1], [6.1, 4.1, 5.1]),
        ([0.0, 0.1], [0.0, 1.0]),
        ([10.0, 10.0, 10.0], [8.0, 9.0, 10.0]),
    ],
)
def test_spread_keeps_order_and_distance(wanted, placed):
    assert labels.spread(wanted, 1.0, 0.0, 10.0) == pytest.approx(placed)


def test_wrap_breaks_between_words_and_between_chinese_characters():
    assert labels.wrap("one two three", 0.6, 9) == ["one two", "three"]
    assert "".join(labels.wrap("武汉市国民经济和社会发展统计公报", 1.0, 9)) == "武汉市国民经济和社会发展统计公报"
    assert len(labels.wrap("武汉市国民经济和社会发展统计公报", 1.0, 9)) > 1
    assert labels.wrap("", 1.0, 9) == []


def test_collisions_are_found():
    chart = line(rows([1, 2]))
    chart.figure.text(0.5, 0.5, "here")
    chart.figure.text(0.5, 0.5, "there")
    chart.figure.text(0.99, 0.5, "beyond the page")
    faults = chart.collisions()
    assert "'here' overlaps 'there'" in faults
    assert "'beyond the page' leaves the figure" in faults


@pytest.mark.parametrize(
    "values, halves, qualifiers, texts",
    [
        ([2.11062, 2.186, 1.85], 5e-7, "exact", ["2.111", "2.186", "1.850"]),
        ([5.2, 5.0, -4.7], 0.05, "exact", ["5.2%", "5.0%", "-4.7%"]),
        ([30.91, 6.7], 0.3, "exact", ["31%", "6.7%"]),
        ([5.374, 0.0512], 0, "exact", ["5.374%", "0.051%"]),
        ([650, 995], 0, "exact", ["650%", "995%"]),
        ([-0.00001, 3], 0.05, "exact", ["0.0%", "3.0%"]),
        ([2000, 1000], [0, math.inf], ["exact", "over"], ["2,000%", "over 1,000%"]),
    ],
)
def test_labels_show_what_is_known_and_line_up(values, halves, qualifiers, texts):
    frame = rows(values, qualifier=qualifiers)
    low = frame["value"] - np.where(np.isinf(halves), 0, halves)
    suffix = "%" if texts[0].endswith("%") else ""
    assert frames.wordings(frame.assign(low=low, high=frame["value"] + halves), suffix) == texts


def test_steps_of_ticks_have_equal_decimals():
    chart = line(rows([0.2e4, 2.3e4]))
    ticks = [text.get_text() for text in chart.figure.axes[0].get_yticklabels()]
    assert len({len(tick.partition(".")[2]) for tick in ticks}) == 1


def test_the_fonts_have_every_character_of_gb2312_and_english_quotation_marks():
    regular, bold = labels._glyphs("normal"), labels._glyphs("bold")
    level_one = {
        ord(bytes([lead, trail]).decode("gb2312")) for lead in range(0xB0, 0xD7) for trail in range(0xA1, 0xFF)
    }
    assert level_one <= regular & bold
    assert ord("鬻") in regular
    width = labels.inches("‘’", 9)
    assert width < labels.inches("武汉", 9) / 2


def test_a_glyph_that_is_missing_while_drawing_is_an_error():
    chart = line(rows([1, 2]))
    chart.figure.text(0.5, 0.5, "𓀀")
    with pytest.raises(ChartError, match="no glyph"):
        _ = chart.png


def test_the_subset_is_cut_and_renamed(tmp_path, monkeypatch):
    font = TTFont(style.FONTS / "WuhanReportSans-Bold.otf")
    kept = subset.characters(range(0xB0, 0xB1), [])
    assert ord("啊") in kept and ord("€") in kept and ord("武") not in kept
    subset.build(font, {ord("武"), ord("A")}, "Bold", tmp_path / "cut.otf")
    cut = TTFont(tmp_path / "cut.otf")
    assert set(cut.getBestCmap()) == {ord("武"), ord("A")}
    assert cut["name"].getDebugName(1) == style.FAMILY


def test_the_style_uses_the_bundled_font_first():
    assert "Wuhan Report Sans" in labels.findfont(labels.FontProperties(family=style.FAMILY)).replace(
        "Report", " Report "
    ) or "WuhanReportSans" in labels.findfont(labels.FontProperties(family=style.FAMILY))
    assert timelines.MARKERS[0] == "o"


def test_the_fonts_have_every_character_of_the_data():
    data = Path(__file__).parents[2] / "data"
    kept = [pd.read_csv(path, dtype=str, keep_default_na=False) for path in data.glob("*.csv")]
    drawn = [table.drop(columns="quote", errors="ignore").to_csv() for table in kept]  # quotes stand on pages alone
    texts = [*drawn, *(path.read_text("utf-8") for path in data.parent.joinpath("wuhan/text/locale").rglob("*.po"))]
    used = {character for text in texts for character in text if character != "\n"}
    for weight in ("normal", "bold"):
        assert sorted(each for each in used if ord(each) not in labels._glyphs(weight)) == []


def test_a_value_too_near_another_stands_under_its_point_and_a_third_is_left_out():
    axes = plt.figure().add_subplot()
    axes.set_yticks([0, 1], ["a", "b"])
    frame = pd.DataFrame({"name": ["a", "a", "a", "a", "b"], "value": [1.0, 1.1, 1.2, 6.0, 1.1]})
    charts.values(axes, frame)
    assert [(text.get_text(), text.get_va()) for text in axes.texts] == [
        ("1.0", "bottom"),
        ("1.1", "top"),
        ("6.0", "bottom"),
        ("1.1", "bottom"),
    ]
    plt.close(axes.figure)
