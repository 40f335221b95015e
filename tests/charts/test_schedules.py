"""Figures of named projects: dated stages, counts in two directions, amounts on a logarithmic scale."""

import math

import pandas as pd
import pytest

from wuhan import charts
from wuhan.charts import ChartError, schedules, strips, style
from wuhan.text import prose
from wuhan.text import words as named


@pytest.fixture(autouse=True)
def sources(monkeypatch):
    tables = {"sources": {"a": {"publisher": "Bureau A"}, "b": {"publisher": "Bureau B"}}}
    monkeypatch.setattr(named, "table_of", lambda table, key: tables[table])


def drawn(chart, gid):
    """The marks of one kind, as pairs of the first place and the marker."""
    (axes,) = chart.figure.axes
    return [line for line in axes.lines if line.get_gid() == gid]


def words_on(chart):
    (axes,) = chart.figure.axes
    return [text.get_text() for text in axes.texts]


def stages(*rows):
    columns = ["series", "stage", "period"]
    return pd.DataFrame(rows, columns=columns).assign(source_id=[("a",)] * len(rows))


def test_a_stage_is_a_mark_in_the_middle_of_its_date_and_nothing_joins_two():
    chart = charts.schedule(stages(("Plant", "signed", "2020"), ("Plant", "operating", "2022-07-02")), "Two", "Dates")
    (signed,), (opened,) = drawn(chart, "signed"), drawn(chart, "operating")
    assert signed.get_xdata()[0] == pytest.approx(2020.5, abs=0.003)
    assert opened.get_xdata()[0] == pytest.approx(2022.5, abs=0.003)
    year, day = (line.get_xdata() for line in drawn(chart, "span"))
    assert year[1] - year[0] == pytest.approx(1, abs=0.005) and day[0] == day[1]
    assert all(max(line.get_xdata()) - min(line.get_xdata()) < 1.01 for line in chart.figure.axes[0].lines)
    assert chart.sources == ["a"] and chart.collisions() == []


def test_what_was_expected_is_hollow_and_lies_behind_what_was_seen():
    chart = charts.schedule(stages(("Plant", "announced", "2024-01"), ("Plant", "expected", "2024-02")), "One", "Dates")
    (seen,), (expected,) = drawn(chart, "announced"), drawn(chart, "expected")
    assert expected.get_markerfacecolor() == style.PAPER != seen.get_markerfacecolor()
    assert seen.get_zorder() > expected.get_zorder()
    assert [entry.words for entry in chart.key] == ["announced or listed", "expected"]


def test_marks_that_nearly_coincide_part_and_others_stay_on_their_line():
    frame = stages(
        ("A", "signed", "2023-11-29"),
        ("A", "operating", "2023-12"),
        ("A", "expected", "2026"),
        ("B", "signed", "2016-02"),
        ("B", "started", "2023-12"),
    )
    chart = charts.schedule(frame, "Two", "Dates")
    (signed, other), (opened,) = drawn(chart, "signed"), drawn(chart, "operating")
    (expected,), (started,) = drawn(chart, "expected"), drawn(chart, "started")
    middle = expected.get_ydata()[0]
    assert signed.get_ydata()[0] < middle < opened.get_ydata()[0]
    assert other.get_ydata()[0] == started.get_ydata()[0]


def test_rows_keep_their_order_and_their_notes():
    long = "Earlier plant with a name that takes several lines of text to write"
    frame = stages(("Later", "started", "2023"), (long, "stalled", "2007-12-18"))
    chart = charts.schedule(frame.assign(note=["5 billion yuan", "not stated"]), "Two", "Dates", "announced")
    (axes,) = chart.figure.axes
    assert [label.get_text().replace("\n", " ") for label in axes.get_yticklabels()] == ["Later", long]
    assert words_on(chart) == ["announced", "5 billion yuan", "not stated"]
    low, high = axes.get_xlim()
    assert low < 2007 and high > 2024 and chart.collisions() == []
    years = [tick.label1.get_text() for tick in axes.xaxis.get_minor_ticks()]
    assert len(years) <= schedules.MOST and years[-1] == "2023"


def test_a_stage_that_is_not_known_is_refused_and_no_row_is_a_sentence():
    with pytest.raises(ChartError, match="found stage 'opened'"):
        charts.schedule(stages(("Plant", "opened", "2020")), "One", "Dates")
    assert isinstance(charts.schedule(stages(), "None", "Dates").show("none", ""), prose.Sentence)


def counted(*rows):
    frame = pd.DataFrame(rows, columns=["series", "column", "value"])
    return frame.assign(source_id=[("b",)] * len(rows))


def test_a_crosstab_writes_its_counts_and_leaves_the_rest_blank():
    frame = counted(("Cars", "signed", 3), ("Cars", "under construction", 12), ("Chips", "signed", 1))
    chart = charts.crosstab(
        frame.assign(note=["2025", "2025", "May 2019"]), ["signed", "under construction"], "Most", "Projects", "newest"
    )
    (axes,) = chart.figure.axes
    cells = [patch for patch in axes.patches if patch.get_gid() == "cell"]
    assert len(cells) == 3
    shades = [style.luminance(cell.get_facecolor()[:3]) for cell in cells]
    assert shades[1] < shades[0] < shades[2]  # the more, the darker
    assert words_on(chart) == ["newest", "2025", "May 2019", "signed", "under\nconstruction", "3", "12", "1"]
    assert chart.sources == ["b"] and chart.collisions() == []


def test_names_of_many_columns_get_smaller_and_do_not_touch():
    across = ["announced", "listed", "signed", "started", "under construction", "completed", "operating", "stalled"]
    frame = counted(*(("Optoelectronics and electronics (6)", name, 1) for name in across))
    chart = charts.crosstab(frame.assign(note="October 2025"), across, "All", "Projects", "newest date")
    assert chart.collisions() == []
    sizes = {text.get_size() for text in chart.figure.axes[0].texts if "\n" in text.get_text()}
    assert sizes and max(sizes) < 8.5


@pytest.mark.parametrize(
    "frame", [counted(("Cars", "signed", 3), ("Cars", "signed", 4)), counted(("Cars", "opened", 3))]
)
def test_a_crosstab_refuses_a_cell_twice_and_a_column_without_a_name(frame):
    with pytest.raises(ChartError, match="one row for each cell"):
        charts.crosstab(frame, ["signed"], "None", "Projects")


def amounts(*rows):
    frame = pd.DataFrame(rows, columns=["series", "group", "value", "qualifier"])
    return frame.assign(
        low=frame["value"],
        high=[
            math.inf if each == "over" else value
            for value, each in zip(frame["value"], frame["qualifier"], strict=True)
        ],
        status="actual",
        source_id=[("a",)] * len(frame),
        unit="100m_cny",
    )


GROUPS = {"built": "#0072B2", "planned": "#B8500B", "stalled": "#000000"}


def test_a_group_of_plans_is_hollow_in_figure_and_key():
    frame = amounts(("Cars", "built", 50.0, "exact"), ("Cars", "planned", 20.0, "over"))
    frame = frame.assign(status=["actual", "plan"])
    chart = charts.strip(frame, {"planned": style.PALETTE[1], "built": style.PALETTE[0]}, "Sizes", "Announced")
    assert [mark.get_markerfacecolor() for mark in drawn(chart, "mark")] == [style.PAPER, style.PALETTE[0]]
    assert [entry.words for entry in chart.key][:2] == ["planned", "built"] and chart.key[0].face == style.PAPER


def test_a_strip_shows_every_amount_on_a_scale_that_multiplies():
    frame = amounts(
        ("Cars", "planned", 10.0, "exact"), ("Cars", "built", 1000.0, "exact"), ("Cars", "built", 100.0, "over")
    )
    chart = charts.strip(frame.assign(note="10 billion yuan"), GROUPS, "Sizes", "Announced", "median")
    (axes,) = chart.figure.axes
    assert axes.get_xscale() == "log"
    found = {line.get_xdata()[0]: (line.get_marker(), line.get_markerfacecolor()) for line in drawn(chart, "mark")}
    assert found == {1.0: ("o", "#B8500B"), 10.0: (">", "#0072B2"), 100.0: ("o", "#0072B2")}  # billion yuan
    (median,) = drawn(chart, "median")
    assert list(median.get_xdata()) == [10.0, 10.0]
    assert [entry.words for entry in chart.key] == ["built", "planned", "this much or more", "median of the row"]
    assert words_on(chart) == ["median", "10 billion yuan"] and chart.collisions() == []


def test_equal_amounts_stand_above_one_another():
    chart = charts.strip(
        amounts(*[("Cars", "built", 50.0, "exact")] * 3, ("Cars", "built", 900.0, "exact")),
        GROUPS,
        "Sizes",
        "Announced",
    )
    lanes = [line.get_ydata()[0] for line in drawn(chart, "mark")]
    assert len(set(lanes[:3])) == 3 and lanes[3] == 0 == lanes[0]
    crowd = charts.strip(amounts(*[("Cars", "built", 50.0, "exact")] * 9), GROUPS, "Sizes", "Announced")
    assert len({line.get_ydata()[0] for line in drawn(crowd, "mark")}) == strips.LANES


def test_one_amount_alone_has_ticks_around_it():
    chart = charts.strip(amounts(("Cars", "built", 28.0, "exact")), GROUPS, "Sizes", "Announced")
    axes = chart.figure.axes[0]
    low, high = axes.get_xlim()
    assert sum(low <= tick <= high for tick in axes.get_xticks()) >= 2


def test_zero_has_no_place_on_a_logarithmic_scale():
    with pytest.raises(ChartError, match="amounts above zero"):
        charts.strip(amounts(("Cars", "built", 0.0, "exact")), GROUPS, "Sizes", "Announced")


def test_colours_of_phases_tell_apart():
    assert len(set(schedules.FILLS.values())) == len(schedules.FILLS) == 4
