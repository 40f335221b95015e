"""Lines and dated points: where a line breaks, what is joined, and what is written beside a point."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_hex
from small_frames import line, marks, rows, words

from wuhan import charts
from wuhan.charts import ChartError, frames, style

pytestmark = pytest.mark.usefixtures("tables")


@pytest.mark.parametrize(
    "values, runs",
    [([1, 2, 3], [3]), ([1, None, 3], [1, 1]), ([1, 2, None, None, 5, 6, 7], [2, 3]), ([4], [1]), ([5, 5, 5], [3])],
)
def test_a_missing_year_breaks_the_line(values, runs):
    chart = line(rows(values))
    assert [len(part.get_xdata()) for part in marks(chart, "line")] == runs
    assert len(marks(chart)) == runs.count(1) + 1  # lonely years, and the end


def test_a_missing_value_is_dropped_and_never_zero():
    frame = rows([1, 2, 3])
    frame.loc[1, "value"] = np.nan
    assert [len(part.get_xdata()) for part in marks(line(frame), "line")] == [1, 1]


def test_a_series_that_is_soft_throughout_is_marked_at_its_end_only():
    assert len(marks(line(rows([1, 2, 3], status="derived")))) == 1
    assert len(marks(line(rows([1, 2, 3, 4], status=["actual", "estimate", "actual", "preliminary"])))) == 2


def test_a_first_release_is_named_only_where_nothing_else_is_reported():
    aim = {"year": [2023, 2024, 2025]}
    mixed = charts.points(rows([1, 2, 3], status=["actual", "first_release", "target"], **aim), "T", "Money", "cny")
    alone = charts.points(rows([1, 2, 3], status=["first_release"] * 2 + ["target"], **aim), "T", "Money", "cny")
    assert "first release" not in words(mixed) and "reported" in words(mixed)
    assert "first release" in words(alone)


def test_a_target_is_never_joined_to_the_line():
    chart = line(rows([1, 2, 3, 9], status=["actual"] * 3 + ["target"]))
    assert [list(part.get_xdata()) for part in marks(chart, "line")] == [[2020, 2021, 2022]]
    assert "GDP 300" in words(chart)  # the label belongs to what was reached


def test_targets_alone_are_labelled_and_not_joined():
    chart = line(rows([5, 6], status="target"))
    assert marks(chart, "line") == []
    assert "GDP 600" in words(chart)


def test_a_dark_line_stands_where_the_sign_changes():
    chart = charts.line(rows([6, -4.7, 12.2]), "Fall", "Real growth", "percent")
    assert [mark.get_ydata()[0] for mark in chart.figure.axes[0].lines if mark.get_linewidth() == 0.8] == [0]


def test_breaks_inside_the_axis_are_marked_and_named_once():
    chart = line(rows([1, 2, 3, 4, 5]), breaks=[1990, 2021, 2023])
    assert [mark.get_xdata()[0] for mark in marks(chart, "break")] == [2021, 2023]
    assert words(chart).count("census re-basing") == 1


def test_quarters_restart_every_year_and_break_at_a_missing_quarter():
    periods = ["2023-01/2023-03", "2023-01/2023-06", "2023-01/2023-09", "2023", "2024-01/2024-03", "2024-01/2024-09"]
    frame = rows([4, 5, 6, 7, 4, 6]).drop(columns="year").assign(period=periods)
    parts = [list(part.get_xdata()) for part in marks(line(frame), "line")]
    assert parts == [[2023.25, 2023.5, 2023.75, 2024.0], [2024.25], [2024.75]]


@pytest.mark.parametrize(
    "period, place",
    [
        ("2024", 2024.5),
        ("2024-01/2024-09", 2024.75),
        ("2024-06", 2024 + 5.5 / 12),
        ("2024-06-01", 2024 + 5 / 12 + 1 / 720),
        ("2021/2025", 2026.0),
    ],
)
def test_when(period, place):
    assert frames.when(period) == pytest.approx(place)


def test_dated_points_share_an_axis_with_years_written_in_their_middle():
    frame = (
        rows([1, 2, 3]).drop(columns="year").assign(period=["2021-03", "2022-06-26", "2023"], series=["a", "b", "b"])
    )
    chart = charts.points(frame, "Dates", "Money", "cny")
    assert {"2021", "2022", "2023", "a", "b"} <= set(words(chart))
    assert chart.collisions() == []


def test_labels_given_by_the_frame_are_used():
    assert "the signing" in words(charts.points(rows([1], label="the signing"), "T", "Money", "cny"))


def test_one_point_a_series_is_named_beside_the_point():
    chart = charts.points(rows([1, 2], ["City", "Zone"]), "T", "Firms", "count")
    assert {"City 1", "Zone 2"} <= set(words(chart))


def test_of_too_many_labels_the_first_and_as_many_as_there_is_room_for_are_drawn():
    values = [1 + share / 1000 for share in range(30)]
    names = [f"label {number}, rather long for a crowd" for number in range(30)]
    charted = [charts.points(rows(values, label=names, year=[2020] * 30), "Crowd", "Money", "cny") for _ in range(2)]
    first, second = ([word for word in words(chart) if word in names] for chart in charted)
    assert names[0] in first
    assert 4 < len(first) < 30
    assert first == second
    assert charted[0].png
    assert charted[0].collisions() == []


def test_a_single_label_that_is_too_long_is_refused():
    with pytest.raises(ChartError, match="no room beside its point — shorten the label"):
        charts.points(rows([1], label="long " * 60), "T", "Money", "cny")


def test_a_doubtful_point_is_hollow_and_the_key_says_why():
    chart = charts.points(rows([1, 2]).assign(doubt=["", "source of low trust"]), "T", "M", "count")
    assert [to_hex(mark.get_markerfacecolor()).upper() for mark in marks(chart)] == [style.PALETTE[0], style.PAPER]
    assert words(chart).count("source of low trust") == 1


def test_a_target_is_tied_to_its_result_and_on_a_phone_only_the_result_has_its_value():
    frame = rows([7, 5], year=[2020, 2020], status=["target", "actual"], label=["7%", "5%"], pair="2020")
    chart = charts.points(frame, "T", "Growth", "percent")
    (axes,) = chart.figure.axes
    (tie,) = axes.collections
    assert tie.get_segments()[0][:, 1].tolist() == [5, 7]
    assert {"7%", "5%"} <= set(words(chart))
    with style.narrow():
        told = words(charts.points(frame, "T", "Growth", "percent"))
    assert "5%" in told and "7%" not in told


def test_an_arrow_head_of_targets_alone_is_hollow_in_the_key():
    for status, face in (("target", style.PAPER), ("actual", style.PALETTE[4])):
        chart = charts.points(
            rows([7, 5], status=[status, "actual"], qualifier=["at_least", "exact"]), "T", "M", "count"
        )
        assert [entry.face for entry in chart.key if entry.marker == "^"] == [face]


def test_a_label_words_the_end_of_a_line():
    assert "GDP one" in words(line(rows([1, 2]).assign(label="one")))


def test_what_two_sources_say_alike_is_one_point():
    frame = rows([7, 7, 8], year=[2020, 2020, 2021], source_id=["a", "b", "a"])
    chart = charts.points(frame, "T", "Firms", "count")
    assert len(marks(chart)) == 2
    assert chart.sources == ["a", "b"]
