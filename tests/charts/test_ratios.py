"""Charts of quotients: what is grey, what is cut, where zero stands, what is written beside a row."""

import numpy as np
import pandas as pd
import pytest

from wuhan import charts
from wuhan.charts import ChartError, ratios, style


def frame(*triples, **columns):
    rows = pd.DataFrame(triples, columns=["value", "low", "high"]).astype(float)
    rows = rows.assign(series=[f"Row {at}" for at in range(len(rows))], status="actual", qualifier="exact")
    return rows.assign(source_id="paper_copilot", **columns)


def drawn(chart, gid):
    return [line for line in chart.figure.axes[0].lines if line.get_gid() == gid]


def test_a_row_whose_interval_holds_one_is_grey():
    chart = charts.quotients(frame((2, 1.5, 3), (0.5, 0.2, 0.9), (1.1, 0.8, 1.4)), "A finding", "Quotients")
    colours = [mark.get_markeredgecolor() for mark in drawn(chart, "mark")]
    assert colours == [style.PALETTE[0], style.PALETTE[0], ratios.UNSURE]
    assert [entry.words for entry in chart.key] == ["interval holds 1"]
    assert chart.collisions() == []


def test_rows_of_one_place_have_its_colour():
    chart = charts.quotients(frame((2, 1.5, 3), place="wuhan"), "A finding", "Quotients")
    assert drawn(chart, "mark")[0].get_markeredgecolor() == style.colour("wuhan") != style.PALETTE[0]
    assert chart.key == []


def test_half_as_much_lies_as_far_from_one_as_twice_as_much():
    chart = charts.quotients(frame((0.5, 0.4, 0.6), (2, 1.8, 2.2)), "A finding", "Quotients")
    axes = chart.figure.axes[0]
    left, one, right = (axes.transData.transform((value, 0))[0] for value in (0.5, 1, 2))
    assert one - left == pytest.approx(right - one)


def test_zero_is_an_arrow_at_the_left_edge_and_long_intervals_are_cut():
    chart = charts.quotients(frame((0, 0, 0.7), (0.5, 1e-6, 90)), "A finding", "Quotients")
    left, right = chart.figure.axes[0].get_xlim()
    assert left < 0.5 / 4
    assert 4 < right < 5
    zero, other = drawn(chart, "mark")
    assert (zero.get_marker(), zero.get_xdata()[0], other.get_marker()) == ("<", left, "o")
    assert [line.get_xdata().tolist() for line in drawn(chart, "range")] == [[left, 0.7], [left, right]]
    assert "none counted" in [entry.words for entry in chart.key]
    assert chart.collisions() == []


def test_counts_stand_beside_the_rows_under_a_heading():
    rows = frame((2, 1.5, 3), (0.3, 0.1, 0.9)).assign(count=[1200, 3], expected=[600.4, 9.94])
    chart = charts.quotients(rows, "A finding", "Quotients")
    texts = [text.get_text() for text in chart.figure.axes[0].texts]
    assert texts == ["counted\n(in proportion)", "1,200 (600)", "3 (9.9)"]
    assert chart.collisions() == []


def test_other_places_are_small_marks_in_the_row_that_they_belong_to():
    others = frame((4, 3, 5), (0, 0, 1), (0.1, 0.05, 0.3)).assign(series=["Row 1", "Row 1", "Row 9"])
    chart = charts.quotients(frame((2, 1.5, 3), (1.5, 1.1, 2)), "A finding", "Quotients", others)
    (marks,) = drawn(chart, "other")
    assert np.c_[marks.get_xdata(), marks.get_ydata()].tolist() == [[4, 1]]
    assert chart.key[-1].words == "other places of the row"


def test_what_is_not_final_is_half_toned_and_explained():
    chart = charts.quotients(frame((2, 1.5, 3), (3, 2, 4)).assign(status=["actual", "preliminary"]), "A finding", "Q")
    final, open_ = drawn(chart, "mark")
    assert final.get_markerfacecolor() != open_.get_markerfacecolor()
    assert [entry.words for entry in chart.key] == ["preliminary"]


@pytest.mark.parametrize("rows", [frame((-1, -2, 0.5)), frame((1, 0.5, 2), (1, 0.5, 2)).assign(series="Row")])
def test_differences_and_repeated_rows_are_refused(rows):
    with pytest.raises(ChartError, match="one ratio of amounts for each row"):
        charts.quotients(rows, "A finding", "Quotients")


def test_no_rows_give_a_sentence():
    assert "no figure is known" in str(charts.quotients(frame().head(0), "A finding", "Quotients").sentence)
