"""Scatter figures and figures of ranks: what is drawn where, hollow, named, in which unit; nothing collides."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from wuhan import charts
from wuhan.charts import ChartError, labels, scatters, style
from wuhan.charts import axes as shared
from wuhan.evidence import package
from wuhan.evidence.facts import Fact
from wuhan.text import prose

ALT = "Marks of cities, one of them named, with a line through all."
SOURCE = "wuhan_communique_2024"


def fact(value, unit="percent", half=0.0, status="actual"):
    return Fact(value, value - half, value + half, unit, "2025", status, (SOURCE,))


def places(ys=(5.0, 6.0, 7.0), xs=(1000.0, 10000.0, 20000.0), unit="100m_cny", **options):
    named = ["wuhan", "chengdu", "hefei"]
    return pd.DataFrame(
        {"place": named[: len(xs)], "x": [fact(x, unit) for x in xs], "y": [fact(y, **options) for y in ys]}
    )


def scatter(frame, **options):
    return charts.scatter(frame, "A finding", "Size", "Growth", **options)


def drawn(chart, gid):
    return [line for axes in chart.figure.axes for line in axes.lines if line.get_gid() == gid]


def words(chart):
    return [text.get_text() for text in labels.texts(chart.figure)]


def test_marks_stand_at_their_facts_in_the_units_of_the_axes():
    chart = scatter(places())
    at = sorted((mark.get_xdata()[0], mark.get_ydata()[0]) for mark in drawn(chart, "mark"))
    assert at == [(0.1, 5.0), (1.0, 6.0), (2.0, 7.0)]
    assert "Size, trillion yuan" in words(chart) and "Growth" in words(chart)
    assert any(word.endswith("%") for word in words(chart))
    assert chart.collisions() == [] and chart.sources == [SOURCE]
    assert chart.show("some", ALT).metadata.get("faults") is None


def test_highlighted_places_are_named_in_their_colour_and_others_are_grey():
    chart = scatter(places(), highlight=["wuhan", "nowhere", "wuhan"])
    inks = [to_hex(mark.get_markeredgecolor()) for mark in drawn(chart, "mark")]
    assert inks[-1] == style.colour("wuhan").lower() and inks[0] == scatters.OTHERS.lower()
    assert words(chart).count("Wuhan") == 1 and "Chengdu" not in words(chart)


def test_what_is_not_final_is_half_filled_and_explained():
    frame = places()
    frame.at[1, "y"] = fact(6.0, status="preliminary")
    chart = scatter(frame)
    faces = {mark.get_ydata()[0]: to_hex(mark.get_markerfacecolor()) for mark in drawn(chart, "mark")}
    assert faces[6.0] == style.tint(scatters.OTHERS, 0.35) and faces[5.0] == scatters.OTHERS.lower()
    assert "preliminary" in words(chart)


def test_intervals_are_lines_through_the_marks():
    chart = scatter(places(half=0.5))
    spans = {tuple(line.get_ydata()) for line in drawn(chart, "range")}
    assert (4.5, 5.5) in spans


def test_the_line_is_drawn_in_the_units_of_the_axes_with_its_band():
    path = pd.DataFrame({"x": [1000.0, 20000.0], "value": [5.0, 7.0], "low": [4.0, 6.0], "high": [6.0, 9.5]})
    chart = scatter(places(), line=path, words="a line and its band")
    (line,) = drawn(chart, "fit")
    assert line.get_xdata().tolist() == pytest.approx([0.1, 2.0]) and line.get_ydata().tolist() == [5.0, 7.0]
    assert [band.get_gid() for band in chart.figure.axes[0].collections] == ["band"]
    assert chart.figure.axes[0].get_ylim()[1] > 9.5 and "a line and its band" in words(chart)
    bare = scatter(places(), line=path[["x", "value"]], words="a line")
    assert len(drawn(bare, "fit")) == 1 and not bare.figure.axes[0].collections
    assert not drawn(scatter(places()), "fit")


def test_logarithmic_axes_have_round_ticks_and_refuse_zero():
    chart = scatter(places(), log="x", highlight=["hefei"])
    axes = chart.figure.axes[0]
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "linear")
    assert {"0.1", "0.2", "0.5", "1", "2"} <= set(words(chart))
    assert chart.collisions() == []
    assert scatter(places(xs=(5.0, 5.0, 5.0)), log="xy").collisions() == []
    with pytest.raises(ChartError, match="wuhan is at 0 on a logarithmic axis"):
        scatter(places(ys=(0.0, 1.0, 2.0)), log="y")


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [
        (0.09, 6.0, [0.1, 0.2, 0.5, 1.0, 2.0, 5.0]),
        (0.9, 1100.0, [1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0]),
        (0.9, 1.1e6, [10.0**power for power in range(7)]),
    ],
)
def test_ticks_of_a_logarithmic_axis(low, high, wanted):
    ticks = shared.log_ticks(low, high)
    assert ticks == pytest.approx(wanted if len(wanted) <= shared.MOST else ticks)
    assert len(ticks) <= max(shared.MOST, len(wanted))
    assert set(np.round(np.log10(ticks), 6) % 1) <= set(np.round(np.log10([1, 2, 3, 5]), 6))


def test_among_600_places_the_subject_keeps_its_name():
    named = list(package.read("places").query("kind == 'city'")["place"])[:40]
    ids = [f"place_{number}" for number in range(560)]
    ids[300:300] = named
    frame = pd.DataFrame(
        {
            "place": ids,
            "x": [fact(1000.0 + number // 25 * 10, "100m_cny") for number in range(600)],
            "y": [fact(5 + number % 25 / 10) for number in range(600)],
        }
    )
    chart = scatter(frame, highlight=named)
    shown = set(words(chart))
    assert str(prose.name(named[0])) in shown
    assert sum(str(prose.name(place)) in shown for place in named) < 40
    assert chart.png
    assert chart.collisions() == []


def test_two_units_on_one_axis_are_refused_and_nothing_to_draw_is_a_sentence():
    frame = places()
    frame.at[0, "x"] = fact(3.0, "cny_per_person")
    with pytest.raises(ChartError, match="one axis cannot carry 100m_cny and cny_per_person"):
        scatter(frame)
    assert isinstance(scatter(places().head(0)), charts.Nothing)


# Ranks through the years.


def ranks(values, low=0.0, high=0.0, first=2020, **columns):
    frame = pd.DataFrame({"year": range(first, first + len(values)), "value": values}, dtype=object).dropna()
    frame = frame.astype({"year": int, "value": float})
    fixed = {"series": "first release", "status": "actual", "qualifier": "exact", "source_id": SOURCE}
    return frame.assign(low=frame["value"] - low, high=frame["value"] + high, **(fixed | columns))


def draw_ranks(frame, **options):
    return charts.line(frame, "A finding", "Rank", ranks=True, **options)


def test_rank_one_is_on_top_in_whole_steps_and_a_gap_breaks_the_line():
    chart = draw_ranks(ranks([3, 2, None, 1, 1]), breaks=[2021])
    axes = chart.figure.axes[0]
    bottom, top = axes.get_ylim()
    assert bottom > 3 and 0 < top < 1
    assert [len(line.get_xdata()) for line in drawn(chart, "line")] == [1, 1, 2]  # a census, a gap
    assert {"1", "2", "3", "first release 1", "census re-basing"} <= set(words(chart))
    assert chart.collisions() == [] and len(drawn(chart, "break")) == 1


def test_where_a_rank_may_be_is_shaded_and_explained_only_then():
    certain, loose = draw_ranks(ranks([9, 9, 8])), draw_ranks(ranks([9, 9, 8], high=2.0))
    assert "where the rank may be" in words(loose) and "where the rank may be" not in words(certain)
    assert loose.figure.axes[0].get_ylim()[0] > 11


def test_one_year_and_no_year():
    assert draw_ranks(ranks([1])).collisions() == []
    assert isinstance(draw_ranks(ranks([1]).head(0)), charts.Nothing)
