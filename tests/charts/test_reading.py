"""What makes a figure read at a glance: numbers of rows, dates of ends, names of breaks, axes, wrapping."""

import pandas as pd
import pytest

from wuhan import charts
from wuhan.charts import frames, labels, style
from wuhan.text import prose


def frame(values, **columns):
    rows = pd.DataFrame(
        {
            "value": values,
            "low": values,
            "high": values,
            "status": "actual",
            "qualifier": "exact",
            "source_id": "wuhan_communique_2024",
        }
    )
    return rows.assign(**columns)


def words(chart):
    assert chart.png and not chart.collisions()
    return [text.get_text() for text in labels.texts(chart.figure)]


def two(second_last=2023):
    years = [2021, 2022, 2023, 2024]
    short = [year for year in years if year <= second_last]
    return pd.concat(
        [
            frame([1.0, 2.0, 3.0, 4.0], series="A", year=years),
            frame([3.0, 2.0, 1.0, 1.0][: len(short)], series="B", year=short),
        ]
    )


def test_a_line_that_ends_before_the_others_says_when():
    told = words(charts.line(two(), "T", "M", "percent"))
    assert "B 1% (2023)" in told and "A 4% (2024)" in told
    assert "B 1%" in words(charts.line(two(2024), "T", "M", "percent"))


def test_several_breaks_are_named_in_the_key_and_one_beside_its_mark():
    several = charts.line(two(), "T", "M", "percent", breaks=[2022, 2023])
    assert [entry.words for entry in several.key if entry.marker == ":"] == ["census re-basing"]
    one = charts.line(two(), "T", "M", "percent", breaks=[2022])
    assert not any(entry.marker == ":" for entry in one.key) and "census re-basing" in words(one)


def test_the_year_after_an_event_has_its_value_in_a_figure_of_one_subject():
    told = charts.line(two(), "T", "M", "percent", breaks=[2021], event="shock", subject="A", others="others")
    assert words(told).count("2%") == 2  # at the tick and beside the line
    last = charts.line(two(), "T", "M", "percent", breaks=[2023], event="shock", subject="A", others="others")
    assert "A 4%" in words(last) and words(last).count("4%") == 1


def test_ranks_number_the_rows_and_equal_values_share_a_number():
    chart = charts.bars(frame([9.0, 7.0, 7.0], series=["A", "B", "C"], rank=[4, 5, 6]), "T", "M", "percent", "C")
    assert [name for name in words(chart) if name[0].isdigit() and name[-1].isalpha()] == ["4  A", "5  B", "5  C"]
    strong = [text.get_text() for text in chart.figure.axes[0].get_yticklabels() if text.get_weight() == "bold"]
    assert strong == ["5  C"]


def test_what_a_bar_is_held_against_follows_its_value():
    held = frame([9.0, 7.0], series=["A", "B"], against=["(+29%)", ""])
    assert {"9%  (+29%)", "7%"} <= set(words(charts.bars(held, "T", "M", "percent", "B")))


def test_values_that_hardly_differ_are_not_magnified():
    for values in ([112.5], [1000.0, 1001.0]):
        chart = charts.line(frame(values, series="A", year=range(2020, 2020 + len(values))), "T", "M", "index")
        assert chart.figure.axes[0].get_ylim()[0] == 0


def test_the_magnitude_is_that_of_most_values():
    rows, measure, _suffix = frames.prepare(frame([200.0, 780.0, 10_000.0], series=list("ABC")), "M", "100m_cny")
    assert measure == "M, billion yuan" and frames.wordings(rows, "") == ["20", "78", "1,000"]
    assert frames.prepare(frame([9000.0, 22147.0], series=list("AB")), "M", "100m_cny")[1] == "M, trillion yuan"


def test_a_subject_without_a_colour_does_not_hide_among_greys():
    rows = pd.concat([frame([1.0, 2.0], place=place, year=[2020, 2021]) for place in ("lhasa", "china")])
    chart = charts.line(rows, "T", "M", "percent")
    assert chart.figure.axes[0].get_lines()[0].get_color() == style.PALETTE[0]


@pytest.mark.parametrize(
    ("text", "lines"), [("最新数据为2025年", ["最新数据为", "2025年"]), ("超过1500（目标）", ["超过1500", "（目标）"])]
)
def test_chinese_units_stay_with_their_numerals_and_brackets_with_their_words(text, lines):
    assert labels.wrap(text, max(labels.inches(line, 9) for line in lines) + 0.02, 9) == lines


def test_titles_fill_their_lines_alike():
    text = "Wuhan against its blend: much lower in 2020, and in 2023 perhaps by chance"
    wide = labels.inches(text, 12.5) - 0.2
    lines = labels.balanced(text, wide, 12.5)
    assert len(lines) == 2 and abs(len(lines[0]) - len(lines[1])) < 14
    assert labels.balanced(text, wide + 1, 12.5) == [text]


def test_chinese_numerals_are_not_set_apart():
    assert style.numeral(150_000.0, ".0f") == "150,000"
    prose.language("zh")
    try:
        assert style.numeral(150_000.0, ".0f") == "150000"
    finally:
        prose.language("en")


def test_a_point_may_have_no_label_and_one_at_the_right_edge_keeps_clear_of_its_mark():
    rows = frame(
        [1.0, 2.0, 100.0], series="A", year=[2020, 2021, 2024], label=["", "two", "a rather long label at the end"]
    )
    chart = charts.points(rows, "T", "M", "percent")
    assert chart.png
    label = next(text for text in chart.figure.axes[0].texts if text.get_text().startswith("a rather"))
    mark = chart.figure.axes[0].transData.transform((2024, 100.0))
    scale = style.DPI / 72
    assert label.get_window_extent().x0 + labels._outlined(label.get_text(), 9) * style.DPI <= mark[0] - 7 * scale
