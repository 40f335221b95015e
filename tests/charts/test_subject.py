"""A line figure that tells of one series: the others stand thin and grey behind it."""

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from small_frames import TABLES, line, marks, rows, words

from wuhan import charts
from wuhan.charts import ChartError, style, timelines
from wuhan.charts.rows import QUIET

pytestmark = pytest.mark.usefixtures("tables")


def many(count=30, subject=(1.0, 2.0, 9.0), **columns):
    others = [rows([n * 0.1, n * 0.2, n * 0.1], f"Other {n}", source_id="b") for n in range(count)]
    return pd.concat([*others, rows(list(subject), "Own", **columns)], ignore_index=True)


def test_only_the_subject_is_strong_and_labelled():
    chart = line(many(), subject="Own", others="each other city")
    (own,) = marks(chart, "line")
    assert list(own.get_ydata()) == [100, 200, 900]  # million yuan
    behind = marks(chart, "behind")
    assert len(behind) == 30
    assert {part.get_color() for part in behind} == {timelines.BEHIND}
    assert max(part.get_linewidth() for part in behind) < own.get_linewidth() / 2
    assert max(part.get_zorder() for part in behind) < own.get_zorder()
    assert not any("Other" in text for text in words(chart))
    assert any(text.startswith("Own ") for text in words(chart))
    assert "each other city" in words(chart)
    assert chart.collisions() == []


def test_all_sources_are_named_and_the_axis_holds_all():
    frame = many()
    frame.loc[0, "value"] = 40.0
    chart = line(frame, subject="Own")
    assert chart.sources == ["a", "b"]
    low, high = chart.figure.axes[0].get_ylim()
    ends = [y for part in marks(chart, "behind") for y in part.get_ydata()]
    assert low <= min(ends) and max(ends) <= high


def test_background_has_no_marks_no_band_and_breaks_at_gaps():
    frame = many(3, status="actual")
    soft = frame["series"] == "Other 1"
    frame.loc[soft, "status"] = "preliminary"
    frame.loc[soft, "high"] = frame.loc[soft, "value"] + 5
    frame = frame[~((frame["series"] == "Other 2") & (frame["year"] == 2021))]
    chart = line(frame, subject="Own", others="others")
    assert len(marks(chart)) == 1  # the end of the subject
    assert "preliminary" not in words(chart)
    assert not chart.figure.axes[0].collections  # no band
    assert len(marks(chart, "behind")) == 2 + 2


def test_without_others_there_is_no_entry_in_the_key():
    chart = line(rows([1, 2, 3], "Own"), subject="Own", others="others")
    assert "others" not in words(chart)
    assert chart.collisions() == []


def test_an_unknown_subject_is_refused():
    with pytest.raises(ChartError, match="no series 'Nobody' to tell of — the frame has Other 0, Own"):
        line(many(1), subject="Nobody")


def test_an_event_names_the_breaks():
    assert "last year of the fit" in words(line(rows([1, 2, 3]), breaks=[2021], event="last year of the fit"))
    assert "census re-basing" in words(line(rows([1, 2, 3]), breaks=[2021]))


def test_a_subject_without_a_colour_of_its_own_is_not_grey():
    places = [
        rows([1, 2, n], series, place=place)
        for n, (series, place) in enumerate([("Xi’an", "xian"), ("Hefei", "hefei"), ("Wuhan", "wuhan")])
    ]
    frame = pd.concat(places, ignore_index=True)
    for subject, colour in (("Hefei", style.PALETTE[0]), ("Wuhan", TABLES["places"]["wuhan"]["colour"])):
        assert [part.get_color() for part in marks(line(frame, subject=subject), "line")] == [colour]
    bars = charts.bars(frame[frame["year"] == 2022], "Bars", "Money", "cny", highlight="Hefei")
    faces = [to_hex(bar.get_facecolor()).upper() for bar in bars.figure.axes[0].patches]
    assert sorted(faces) == sorted([style.PALETTE[0], QUIET, QUIET])
