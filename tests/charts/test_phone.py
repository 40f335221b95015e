"""What gives way in the width of a phone: names stand over rows, values over columns, words in more lines."""

import re

import matplotlib.pyplot as plt
import pandas as pd

import wuhan
from wuhan import charts

ROW = {"low": 1.0, "high": 1.0, "status": "actual", "qualifier": "exact", "source_id": "nbs_cities_2019"}
LONG = "a plant of so many words that they take three lines beside it"


def frame(*values, **columns):
    rows = [ROW | {"value": value, "low": value, "high": value, "year": 2000 + at} for at, value in enumerate(values)]
    return pd.DataFrame(rows).assign(**columns)


def places(chart):
    return chart.full["at"]


def foot(drawing, word):
    """Where ``word`` stands, in units from the top."""
    return float(re.search(rf'y="([\d.]+)"[^>]*>{word}<', drawing["svg"])[1])


def test_where_words_have_no_room_on_a_phone_the_wide_drawing_serves():
    columns = pd.concat([frame(1.0).assign(series=f"row {row}", year=year) for row in range(3) for year in range(60)])
    assert charts.matrix(columns.assign(label="AB"), "It is known", "Measure").slim is None


def test_long_names_stand_over_their_rows_on_a_phone_alone():
    rows = frame(1.0, 2.0, series=["a name that is far too long to stand beside a row", "another name of that length"])
    chart = charts.bars(rows, "It is so", "Measure", "count")
    left, narrow = places(chart)[0][0], chart.slim["at"]
    assert left > 150 and narrow[0][0] < 30
    assert "far too long to stand beside a row" in chart.slim["svg"]


def test_axes_of_seaborn_are_drawn_for_a_phone_and_are_then_as_before():
    rows = wuhan.load("gdp_real_growth", "wuhan", first=2000, last=2018)
    _figure, axes = plt.subplots()
    axes.plot(rows["year"], rows["value"])
    chart = charts.finish(axes, "It grew in all of these years, some of which were better than others", rows)
    before, picture = chart.full, chart.png
    slim = chart.slim
    assert slim and len(slim["at"]) == len(rows)
    assert chart.full == before
    del chart.png
    assert chart.png == picture


def test_names_in_two_lines_are_folded_line_by_line(recwarn):
    rows = frame(1.0, 2.0).assign(year=2020, name=["a plant of many words here", "another plant\nannounced"])
    _figure, axes = plt.subplots()
    axes.barh(rows["name"], rows["value"])
    slim = charts.finish(axes, "It is so", rows, measure="Plants", unit="count").slim
    assert slim and ">announced<" in slim["svg"] and ">a plant of many words here<" not in slim["svg"]
    assert [str(warning.message) for warning in recwarn] == []


def own(*values, names, inverted=True):
    """Horizontal bars as an analyst draws them, each with its value."""
    rows = frame(*values).assign(year=2020, name=names)
    _figure, axes = plt.subplots()
    axes.barh(rows["name"], rows["value"], height=0.6)
    if inverted:
        axes.invert_yaxis()
    charts.valued(axes, "count")
    return charts.finish(axes, "It is so", rows, measure="Plants", unit="count")


def test_longer_names_stand_over_thinner_bars_and_then_all_is_as_before():
    for inverted in (True, False):
        chart = own(1.0, 20.0, names=[f"{LONG}\nin use", "short\nannounced"], inverted=inverted)
        before, picture, marks = chart.full, chart.png, chart.marks
        slim = chart.slim
        (x, top, wide, tall), (_x, other, _wide, _tall) = slim["at"]
        assert x < 12 and wide * 20 > 250 and foot(slim, "in use") < top and foot(slim, "announced") < other
        assert (top < other) == inverted
        assert top < foot(slim, "1") < top + tall  # the value stays beside its bar
        assert chart.full == before and chart.marks == marks
        del chart.png
        assert chart.png == picture


def test_a_value_beside_the_longest_bar_stays_on_the_page():
    chart = own(1.0, 2.0, names=["a", "b"])
    (axes,) = chart.figure.axes
    axes.texts[-1].set_text("a value of many digits")
    slim = chart.slim
    x, wide = re.search(r'x="([\d.]+)"[^>]* textLength="([\d.]+)"[^>]*>a value of many', slim["svg"]).groups()
    assert float(x) + float(wide) < 338


def test_names_of_a_matrix_stand_over_their_cells_on_a_phone_alone():
    names = ["a measure with a long name", "another one with a long name"]
    rows = pd.concat([frame(*[1.0] * 26, series=name) for name in names]).assign(label="p")
    chart = charts.matrix(rows, "It is known", "Measure")
    assert places(chart)[0][0] > 100
    slim = chart.slim
    (x, top, wide, tall), *_others = slim["at"]
    assert x < 12 and 26 * wide > 300
    assert foot(slim, names[0]) <= top < top + tall < foot(slim, names[1])
    assert slim["svg"].count(">2005<") == 2  # years above and below


def test_the_sum_of_a_column_stands_over_it_on_a_phone_or_not_at_all():
    rows = pd.concat([frame(*values, series=series) for values, series in (((3.0, 2.0), "a"), ((2.0, -9.0), "b"))])
    whole = frame(5.0, -6.5)
    chart = charts.stacks(rows, "It is so", "Parts", "percentage_points", whole=whole, named="sum")
    slim = chart.slim
    first, second = (mark for mark in slim["at"] if len(mark) == 2)
    assert foot(slim, "5.0") < first[1] and foot(slim, "-6.5") > second[1]
    many = charts.stacks(frame(*[1.0] * 30, series="a"), "It is so", "Parts", "count", whole=frame(*[123456.0] * 30))
    assert many.slim and ">123,456<" not in many.slim["svg"]


def test_what_names_an_event_is_folded_beside_its_line():
    rows = wuhan.load("gdp_real_growth", "wuhan", first=2010, last=2018)
    event = "the last of all the years before the shock"
    chart = charts.line(rows, "It grew", marks=[2014], event=event)
    assert f">{event}<" in chart.full["svg"]
    assert chart.slim and f">{event}<" not in chart.slim["svg"]
