"""Every mark of a figure carries the identity of its fact, and knows where it is drawn."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import wuhan
from wuhan import charts
from wuhan.charts import style
from wuhan.charts.marks import Mark, records
from wuhan.evidence.facts import Fact, ratio
from wuhan.text.notebooks import FIGURE

ALT = "A line that rises from one to two over two years."
ROW = {"low": 1.0, "high": 1.0, "status": "actual", "qualifier": "exact", "source_id": "nbs_cities_2019"}


def frame(*values, **columns):
    rows = [ROW | {"value": value, "low": value, "high": value, "year": 2000 + at} for at, value in enumerate(values)]
    return pd.DataFrame(rows).assign(**columns)


def fact(value, **parts):
    return Fact(value, value, value, "count", "2024", "actual", ("nbs_cities_2019",), **parts)


def places(chart):
    return chart.full["at"]


def test_only_where_pages_are_made_a_figure_is_drawn_for_them(monkeypatch):
    monkeypatch.delenv("WUHAN_DRAWINGS", raising=False)
    chart = charts.line(frame(1.0, 2.0), "It rose", "Measure", "count")
    assert FIGURE not in chart.show("a", ALT)._repr_mimebundle_()[0]
    monkeypatch.setenv("WUHAN_DRAWINGS", "1")
    shown = chart.show("a", ALT)._repr_mimebundle_()[0][FIGURE]
    assert shown["full"]["svg"].startswith("<svg")
    assert [mark["value"] for mark in shown["marks"]] == [1.0, 2.0]
    assert len(shown["full"]["at"]) == 2


def test_a_mark_has_the_value_of_the_data_not_that_of_the_axis():
    chart = charts.bars(frame(21000.0, 11000.0, series=["a", "b"]), "It is large", "GDP", "100m_cny")
    first, second = records(chart.marks)
    assert (first["mark"], first["value"], first["unit"], first["text"]) == (
        "a",
        21000.0,
        "100m_cny",
        "2.1 trillion yuan",
    )
    assert second["text"] == "1.1 trillion yuan"
    (x, _y, wide, _high), (other, _v, narrow, _h) = places(chart)
    assert x == other and wide / narrow == pytest.approx(21 / 11, rel=0.01)


def test_a_fact_in_a_row_is_what_its_mark_tells():
    formula = ratio(fact(2, indicator="ai_firms", place="wuhan"), fact(4, indicator="ai_firms", place="china"))
    (one,) = records(charts.points(frame(0.5, money=[formula], n=[fact(7)]), "It is so", "Measure", "count").marks)
    assert one["formula"] == formula.formula and len(one["behind"]) == 2
    rows = frame(2.0, fact=[fact(2, row=("projects", "x"))], n=[fact(2)])
    (other,) = records(charts.points(rows, "It is so", "Measure", "count").marks)
    assert other["printed"] == ["projects", "x"]


def test_an_observation_keeps_what_tells_it_from_others():
    rows = wuhan.load("gdp_real_growth", "wuhan", first=2015, last=2016)
    told = records(charts.line(rows, "It grew").marks)
    assert {(each["place"], each["indicator"], each["status"]) for each in told} == {
        ("wuhan", "gdp_real_growth", "actual")
    }
    assert [each["period"] for each in told] == ["2015", "2016"]


def test_an_open_end_is_null_and_a_row_without_status_is_worked_out():
    rows = frame(1.0, 2.0).assign(high=[float("inf"), 2.0], qualifier=["over", "exact"])
    assert records(charts.points(rows, "It is so", "Measure", "count").marks)[0]["high"] is None
    parts = pd.DataFrame(
        {"series": ["w", "w"], "part": ["p", "q"], "value": [1.0, 3.0], "source_id": "nbs_cities_2019"}
    )
    chart = charts.shares(parts, "It is so", "Measure")
    assert {each["status"] for each in records(chart.marks)} == {"derived"}
    widths = [box[2] for box in places(chart)]
    assert widths[1] / widths[0] == pytest.approx(3, rel=0.02)


def test_parts_that_are_stacked_lie_one_on_the_other():
    rows = frame(1.0, 2.0).assign(year=2000, series=["a", "b"])
    chart = charts.stacks(rows, "It is so", "Measure", "count")
    (_x, top, _w, high), (_z, upper, _v, higher) = places(chart)
    assert top == pytest.approx(upper + higher, abs=1) and higher / high == pytest.approx(2, rel=0.02)


def test_marks_of_seaborn_are_rows_where_they_show_one_and_worked_out_else():
    rows = wuhan.load("gdp_real_growth", "wuhan", first=2015, last=2018)
    _figure, axes = plt.subplots()
    axes.plot(rows["year"], rows["value"])
    axes.plot(rows["year"], rows["value"] + 100)
    with pytest.warns(UserWarning, match="marks are at no value of a row"):
        chart = charts.finish(axes, "It grew", rows)
    told = records(chart.marks)
    assert [each.get("indicator") for each in told] == ["gdp_real_growth"] * 4 + [None] * 4
    assert {each["status"] for each in told[4:]} == {"derived"}
    assert [each["period"] for each in told[4:]] == ["2015", "2016", "2017", "2018"]


def test_one_square_for_each_row_shows_that_row():
    rows = frame(1.0, 1.0, 2.0).assign(
        year=2020, column=[0, 1, 0], fact=[fact(5), fact(6), fact(7)], name=["a", "b", "c"]
    )
    _figure, axes = plt.subplots()
    axes.scatter(rows["column"], rows["value"], marker="s")
    chart = charts.finish(axes, "It is so", rows, measure="Squares", unit="count")
    assert [(each["mark"], each["value"]) for each in records(chart.marks)] == [("a", 5), ("b", 6), ("c", 7)]


def test_for_a_phone_the_same_marks_are_drawn_in_less_width_and_then_all_is_as_before():
    chart = charts.line(frame(*range(1, 26)), "It rose in every one of twenty-five years", "Measure", "count")
    picture, wide = chart.png, chart.full
    slim = chart.slim
    assert slim["svg"].startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 338 ')
    assert len(slim["at"]) == len(wide["at"]) == 25
    assert max(x for x, _y in slim["at"]) < 338
    assert style.WIDTH == style.PAGE and chart.full == wide
    assert charts.line(frame(*range(1, 26)), chart.title, "Measure", "count").png == picture


def test_a_column_of_a_notebook_never_stands_for_what_a_mark_says():
    rows = frame(1.5, 2.5, told=True, given="x", text="y", mark="z", series=["a", "b"])
    assert [each["text"] for each in records(charts.dots(rows, "It is so", "Measure", "km").marks)] == [
        "1.5 km",
        "2.5 km",
    ]


def test_a_value_without_a_range_is_told_in_three_digits_and_not_as_exact():
    about = {"low": float("nan"), "high": float("nan"), "unit": "index", "status": "derived"}
    marks = [Mark(None, "Blend", about | {"value": 122.80736}, 0, 0), Mark(None, "Known", ROW | {"value": 1.0}, 0, 0)]
    told, known = records(marks)
    assert (told["text"], told["value"], told["low"], told["high"]) == ("123", 122.80736, None, None)
    assert (known["text"], known["low"]) == ("1", 1.0)
