"""Dots on a scale of ratios: what is grey, what is cut, where zero stands, what is written beside a row."""

import pandas as pd
import pytest

from wuhan import charts
from wuhan.charts import ChartError, style
from wuhan.text import palette


def frame(*triples, **columns):
    rows = pd.DataFrame(triples, columns=["value", "low", "high"]).astype(float)
    rows = rows.assign(series=[f"Row {at}" for at in range(len(rows))], status="actual", qualifier="exact")
    return rows.assign(source_id="paper_copilot", **columns)


def ratios(rows):
    return charts.dots(rows, "A finding", "Quotients", "index", around=1)


def drawn(chart, gid):
    return [line for line in chart.figure.axes[0].lines if line.get_gid() == gid]


def test_a_row_whose_interval_holds_one_is_grey():
    chart = ratios(frame((2, 1.5, 3), (0.5, 0.2, 0.9), (1.1, 0.8, 1.4)))
    colours = [mark.get_markeredgecolor() for mark in drawn(chart, "mark")]
    assert colours == [palette.BLUE, palette.PURPLE, palette.REST]
    words = ["clearly above 1", "clearly below 1", "range holds 1: may be chance"]
    assert [entry.words for entry in chart.key] == words
    assert chart.collisions() == []


def test_the_colour_is_that_of_the_side_and_not_of_the_place():
    chart = ratios(frame((2, 1.5, 3), place="wuhan"))
    assert drawn(chart, "mark")[0].get_markeredgecolor() == palette.BLUE != style.colour("wuhan")
    assert [entry.words for entry in chart.key] == ["clearly above 1"]


def test_half_as_much_lies_as_far_from_one_as_twice_as_much():
    chart = ratios(frame((0.5, 0.4, 0.6), (2, 1.8, 2.2)))
    axes = chart.figure.axes[0]
    left, one, right = (axes.transData.transform((value, 0))[0] for value in (0.5, 1, 2))
    assert one - left == pytest.approx(right - one)


def test_zero_is_an_arrow_at_the_left_edge_and_long_intervals_are_cut():
    chart = ratios(frame((0, 0, 0.7), (0.5, 1e-6, 90)))
    left, right = chart.figure.axes[0].get_xlim()
    assert left < 0.5 / 2
    assert 2 < right < 3
    zero, other = drawn(chart, "mark")
    assert (zero.get_marker(), zero.get_xdata()[0], other.get_marker()) == ("<", left, "o")
    assert [line.get_xdata().tolist() for line in drawn(chart, "range")] == [[left, 0.7], [left, right]]
    assert "none counted" in [entry.words for entry in chart.key]
    assert chart.collisions() == []


def test_labels_stand_in_a_column_beside_the_rows():
    chart = ratios(frame((2, 1.5, 3), (0.3, 0.1, 0.9)).assign(label=["1,200 (600)", "3 (9.9)"]))
    texts = chart.figure.axes[0].texts
    assert [text.get_text() for text in texts] == ["1,200 (600)", "3 (9.9)"]
    assert {text.xy[0] for text in texts} == {1}
    assert chart.collisions() == []


def test_what_is_not_final_is_half_toned_and_explained():
    chart = ratios(frame((2, 1.5, 3), (3, 2, 4)).assign(status=["actual", "preliminary"]))
    final, open_ = drawn(chart, "mark")
    assert final.get_markerfacecolor() != open_.get_markerfacecolor()
    assert "preliminary" in [entry.words for entry in chart.key]


@pytest.mark.parametrize("rows", [frame((-1, -2, 0.5)), frame((1, 0.5, 2), (1, 0.5, 2)).assign(series="Row")])
def test_differences_and_repeated_rows_are_refused(rows):
    with pytest.raises(ChartError, match="one ratio of amounts for each row"):
        ratios(rows)


def test_no_rows_give_a_sentence():
    assert "no figure was found" in str(ratios(frame().head(0)).sentence)
