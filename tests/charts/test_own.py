"""A figure drawn with seaborn, matplotlib or pandas becomes one of the collection."""

import warnings

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from wuhan import charts
from wuhan.charts import style

ALT = "Lines of growth of two cities, which both fall in 2020."
SOURCES = ["nbs_cities_2024", "wuhan_communique_2023"]


def rows(**columns):
    frame = pd.DataFrame(
        {
            "place": ["wuhan"] * 4,
            "name": ["Wuhan"] * 4,
            "year": [2021, 2022, 2023, 2024],
            "value": [1.0, 2.0, 4.0, 3.0],
            "low": [1.0, 2.0, 4.0, 3.0],
            "high": [1.0, 2.0, 4.0, 3.0],
            "qualifier": "exact",
            "unit": "percent",
            "status": ["actual", "actual", "estimate", "target"],
            "source_id": SOURCES[0],
            "indicator": "gdp_real_growth",
        }
    )
    return frame.assign(period=frame["year"].astype(str), **columns)


def axes():
    return Figure(figsize=(6, 4)).add_subplot()


def words(chart):
    return [text.get_text() for text in chart.figure.texts]


def test_title_measure_sources_and_alternative_text():
    chart = charts.finish(sns.lineplot(rows(), x="year", y="value", ax=axes()), "Growth  slowed", rows())
    assert words(chart)[:2] == ["Growth slowed", "Real GDP growth"]
    assert words(chart)[-1].startswith("Source: National Bureau of Statistics")
    shown = chart.show("growth", alt=ALT)
    assert (shown.metadata["alt"], shown.metadata["figure"]) == (ALT, "growth") and "faults" not in shown.metadata
    assert chart.figure.get_size_inches()[0] == style.WIDTH
    with pytest.raises(charts.ChartError):
        chart.show("growth", alt="x")


DRAWN = {
    "scatter": lambda frame, ax: sns.scatterplot(frame, x="year", y="value", color="#0072B2", ax=ax),
    "pandas": lambda frame, ax: frame.plot.scatter("year", "value", c="#0072B2", ax=ax),
    "bars": lambda frame, ax: ax.bar(frame["year"], frame["value"], color="#0072B2").patches[0].axes,
    "sideways": lambda frame, ax: sns.barplot(
        frame, y=frame["year"].astype(str), x="value", color="#0072B2", saturation=1, ax=ax
    ),
}


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_marks_are_filled_by_status(draw):
    chart = charts.finish(draw(rows(), axes()), "Growth", rows())
    (own,) = chart.figure.axes
    faces = (
        [*map(to_hex, own.collections[0].get_facecolors())]
        if own.collections
        else [to_hex(bar.get_facecolor()) for bar in own.patches]
    )
    blue = "#0072b2"
    assert faces == [blue, blue, style.tint(blue, 0.35), to_hex(style.PAPER)]
    assert [entry.words for entry in chart.key] == ["reported", "estimate", "target"]
    assert chart.collisions() == []


def test_a_line_gets_marks_where_its_figures_are_not_firm():
    chart = charts.finish(rows().plot("year", "value", color="#0072B2", ax=axes()), "Growth", rows())
    _line, *marks = chart.figure.axes[0].lines
    assert [(mark.get_xdata()[0], mark.get_markerfacecolor()) for mark in marks] == [
        (2023, style.tint("#0072B2", 0.35)),
        (2024, style.PAPER),
    ]
    assert "value" not in [entry.words for entry in chart.key]  # the legend of pandas names a column


def test_equal_values_are_told_apart_by_their_year():
    frame = rows(value=2.0, status=["actual", "target", "actual", "actual"])
    chart = charts.finish(sns.scatterplot(frame, x="year", y="value", color="#0072B2", ax=axes()), "Growth", frame)
    faces = [*map(to_hex, chart.figure.axes[0].collections[0].get_facecolors())]
    assert faces == ["#0072b2", to_hex(style.PAPER), "#0072b2", "#0072b2"]


def test_what_no_row_prints_is_worked_out():
    own = rows(status="actual")
    doubled = own.assign(value=own["value"] * 2.5)
    drawn = sns.scatterplot(doubled, x="year", y="value", ax=axes())
    told = charts.finish(drawn, "Growth", own, measure="Growth times 2.5", unit="percent")
    assert words(told)[-1].startswith("Worked out here from data of National Bureau")


def test_a_legend_becomes_the_key_and_numbers_have_their_unit():
    frame = pd.concat([rows(status="actual"), rows(place="chengdu", name="Chengdu", status="actual", value=3.5)])
    own = sns.lineplot(frame, x="year", y="value", hue="name", palette=charts.palette(frame), ax=axes())
    chart = charts.finish(own, "Growth", frame)
    assert own.get_legend() is None and [entry.words for entry in chart.key] == ["Wuhan", "Chengdu"]
    assert [entry.face.upper() for entry in chart.key] == [charts.colour("wuhan"), charts.colour("chengdu")]
    chart.figure.canvas.draw()
    assert all(label.get_text().endswith("%") for label in own.get_yticklabels())
    assert (own.get_xlabel(), own.get_ylabel()) == ("", "")
    grey = charts.palette(frame, highlight="wuhan")
    assert grey == {"Wuhan": charts.colour("wuhan"), "Chengdu": style.GREYS[1]}


def test_a_bar_that_is_a_floor_has_no_arrow_for_the_key_to_explain():
    frame = rows(qualifier="over", status="actual")
    bars = charts.finish(sns.barplot(frame, x="year", y="value", ax=axes()), "Growth", frame)
    line = charts.finish(frame.plot("year", "value", ax=axes()), "Growth", frame)
    assert [entry.words for entry in bars.key] == [] and "this much or more" in [entry.words for entry in line.key]


def test_large_money_is_told_in_trillions():
    frame = rows(indicator="gdp_nominal", unit="100m_cny", value=[18000.0, 19000.0, 20000.0, 21000.0], status="actual")
    chart = charts.finish(frame.plot("year", "value", ax=axes()), "GDP", frame)
    assert chart.measure == "GDP at current prices, trillion yuan"


def drawn(own, frame=None):
    return sns.scatterplot(rows() if frame is None else frame, x="year", y="value", ax=own)


def two_axes(own):
    own.figure.add_subplot()
    return own


def removed(own):
    own.remove()
    return own


def inset(own):
    drawn(own).inset_axes([0.5, 0.5, 0.4, 0.4])
    return own


def doubled_axis(own):
    drawn(own).secondary_yaxis("right")
    return own


LONG = pd.concat([rows(), rows(indicator="pop_resident", unit="10k_persons")])
SIZED = {"measure": "Growth", "unit": "percent"}
REFUSED = [
    (lambda own: charts.finish(drawn(own), "", rows()), "title"),
    (lambda own: charts.finish(drawn(own), None, rows()), "title"),
    (lambda own: charts.finish(drawn(own), "Growth"), "wuhan.load"),
    (lambda own: charts.finish(drawn(own), "Growth", rows().drop(columns="source_id")), "source_id"),
    (lambda own: charts.finish("axes", "Growth", rows()), "found str"),
    (lambda own: charts.finish(None, "Growth", rows()), "found NoneType"),
    (lambda own: charts.finish(drawn(own), "Growth", LONG), "measure='…'"),
    (lambda own: charts.finish(two_axes(own), "Growth", rows()), "2 in one figure"),
    # axes that cannot be finished
    (lambda own: charts.finish(own, "Growth", rows()), "nothing is drawn"),
    (lambda own: charts.finish(removed(own), "Growth", rows()), "removed"),
    (lambda own: charts.finish(drawn(own.figure.subfigures(1, 2)[0].subplots()), "Growth", rows()), "in one figure"),
    (lambda own: charts.finish(drawn(Figure().subfigures(1, 2)[0].subplots()), "Growth", rows()), "part of a figure"),
    (lambda own: charts.finish(inset(own), "Growth", rows()), "inset"),
    (lambda own: charts.finish(doubled_axis(own), "Growth", rows()), "second axis"),
    (lambda own: charts.finish(Figure().add_subplot(projection="polar"), "Growth", rows()), "polar"),
    (lambda own: charts.finish(Figure().add_subplot(projection="3d"), "Growth", rows()), "3d"),
    (lambda own: charts.finish((own.pie([1, 2]), own)[1], "Growth", rows(), **SIZED), "pie"),
    # frames that cannot be told from
    (lambda own: charts.finish(drawn(own), "Growth", [rows()]), "found list"),
    (lambda own: charts.finish(drawn(own), "Growth", rows()["value"]), "found Series"),
    (lambda own: charts.finish(drawn(own), "Growth", None), "found NoneType"),
    (lambda own: charts.finish(drawn(own), "Growth", rows(source_id=np.nan)), "without source_id"),
    (lambda own: charts.finish(drawn(own), "Growth", rows(source_id="nobody")), "found 'nobody'"),
    (lambda own: charts.finish(drawn(own), "Growth", rows(source_id=5)), "source_id"),
    (lambda own: charts.finish(drawn(own), "Growth", rows(status="preliminary").assign(period="soon")), "found 'soon'"),
    (lambda own: charts.finish(drawn(own), "Growth", rows(status=None)), "without status"),
    (lambda own: charts.finish(drawn(own), "Growth", rows(status="firm")), "found 'firm'"),
    (lambda own: charts.finish(drawn(own), "Growth", rows(value="high")), "value"),
    (lambda own: charts.finish(drawn(own), "Growth", rows(indicator="growth")), "found 'growth'"),
    (lambda own: charts.finish(drawn(own), "Growth", rows(vintage=["latest"] * 3 + ["compiled"])), "compiled, latest"),
    # measures and units that are not those of the marks
    (lambda own: charts.finish(drawn(own), "Growth", rows(), unit="percnt"), "did you mean 'percent'"),
    (lambda own: charts.finish(drawn(own), "Growth", rows(), unit=["percent"]), "unit: found"),
    (lambda own: charts.finish(drawn(own), "Growth", rows(), measure="People", unit="persons"), "unit='percent'"),
    (lambda own: charts.finish(drawn(own), "Growth", rows(), unit="percentage_points"), "unit='percent'"),
    (lambda own: charts.finish(drawn(own, rows(value=7.77)), "Growth", rows()), "measure="),
    (lambda own: charts.finish(drawn(own, rows(value=7.77)), "Growth", rows(), measure="Times"), "unit="),
    (lambda own: charts.finish(sns.histplot(rows(), x="value", ax=own), "Growth", rows()), "measure="),
    (lambda own: charts.finish(sns.histplot(rows(value=1.0), x="value", bins=4, ax=own), "Growth", rows()), "measure="),
    (lambda own: charts.finish(sns.countplot(rows(), x="status", ax=own), "Growth", rows()), "measure="),
    (lambda own: charts.finish((own.hist([1, 1, 2, 3, 3, 3], [1, 2, 3, 4]), own)[1], "Growth", rows()), "measure="),
    (lambda own: charts.finish(rows()["status"].value_counts().plot.bar(ax=own), "Growth", rows()), "measure="),
    (lambda own: charts.finish(sns.kdeplot(rows(), x="value", ax=own), "Growth", rows()), "measure="),
    (
        lambda own: charts.finish(sns.stripplot(rows(), x="year", y="status", ax=own), "Growth", rows(), **SIZED),
        "words or years",
    ),
    (
        lambda own: charts.finish(sns.stripplot(rows(), x="name", y="status", ax=own), "Growth", rows(), **SIZED),
        "words or years",
    ),
    (
        lambda own: charts.finish(sns.barplot(rows(name="Chengdu"), x="name", y="value", ax=own), "Growth", rows()),
        "measure=",
    ),
    (
        lambda own: charts.finish(
            sns.lineplot(pd.concat([rows(), rows(name="Chengdu")]), x="year", y="value", hue="name", ax=own),
            "Growth",
            rows(),
        ),
        "Chengdu",
    ),
]


@pytest.mark.parametrize(("finish", "said"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_finished_is_refused_in_one_line(finish, said):
    with pytest.raises(charts.ChartError) as refused:
        finish(axes())
    assert said in str(refused.value) and "\n" not in str(refused.value)
    assert refused.value._render_traceback_() == [str(refused.value)]  # all that a notebook shows


def test_a_figure_of_counts_has_the_measure_and_unit_that_it_is_given():
    counted = sns.histplot(rows(value=[18000.0, 19000.0, 20000.0, 21000.0]), x="value", bins=2, ax=axes())
    chart = charts.finish(counted, "Growth", rows(status="actual"), measure="Years", unit="count")
    assert chart.measure == "Years" and words(chart)[-1].startswith("Worked out here")


PARTS = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [3.0, 2.5, 1.5]}, index=[2021, 2022, 2023])
STACKED = {
    "bars": lambda ax: PARTS.plot.bar(stacked=True, color=["#0072B2", "#D55E00"], ax=ax),
    "sideways": lambda ax: PARTS.plot.barh(stacked=True, color=["#0072B2", "#D55E00"], ax=ax),
    "areas": lambda ax: PARTS.plot.area(color=["#0072B2", "#D55E00"], ax=ax),
    "stackplot": lambda ax: ax.stackplot(PARTS.index, PARTS.T, colors=["#0072B2", "#D55E00"])[0].axes,
}


@pytest.mark.parametrize("draw", STACKED.values(), ids=STACKED)
def test_a_stacked_part_has_the_status_of_its_own_row(draw):
    long = PARTS.stack().rename("value").reset_index().set_axis(["year", "name", "value"], axis=1)
    frame = pd.concat([rows().head(1)] * len(long), ignore_index=True).assign(**long)
    frame = frame.assign(period=frame["year"].astype(str), status=["actual"] * 5 + ["estimate"])
    own = draw(axes())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chart = charts.finish(own, "Growth", frame)
    soft = style.tint("#D55E00", 0.35)
    if own.containers:
        faces = [to_hex(bar.get_facecolor()) for bar in own.patches]
        assert faces == ["#0072b2"] * 3 + ["#d55e00"] * 2 + [soft]
    else:
        (mark,) = [line for line in own.lines if line.get_marker() == "o"]
        assert (*mark.get_xydata()[0], mark.get_markerfacecolor()) == (2023, 5.5, soft)
    assert [entry.words for entry in chart.key if entry.words not in PARTS] == ["reported", "estimate"]


def test_a_mark_that_no_row_tells_of_does_not_look_firm():
    named = rows(status="preliminary", year=2025, name=["a", "b", "c", "d"]).assign(period="2025")
    own = axes().bar(["a", "b", "mean"], [1.0, 2.0, 2.5], color="#0072B2").patches[0].axes
    with pytest.warns(UserWarning, match="1 of 3 marks"):
        chart = charts.finish(own, "Growth", named)
    assert to_hex(own.patches[-1].get_facecolor()) == style.tint("#0072B2", 0.35)
    assert [entry.words for entry in chart.key] == ["preliminary", style.RESTING]


def test_whoever_says_what_the_marks_are_is_not_warned_of_them():
    named = rows(status="actual", year=2020, name=["a", "b", "c", "d"]).assign(period="2020")
    own = axes().bar(["a", "b", "mean"], [1.0, 2.0, 2.5], color="#0072B2").patches[0].axes
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = charts.finish(own, "Growth", named, measure="Mean growth a year", unit="percent")
    assert figure.measure == "Mean growth a year"


def test_a_value_of_another_year_is_not_taken_for_that_of_the_mark():
    shifted = rows(status="actual").assign(year=[2022, 2023, 2024, 2021])
    with pytest.raises(charts.ChartError, match="measure="):
        charts.finish(drawn(axes(), shifted), "Growth", rows(status="actual"))


def test_a_series_that_meets_its_rows_once_is_worked_out():
    years = rows(status="actual")
    grown = years.assign(value=years["value"].cumsum())
    with pytest.raises(charts.ChartError, match="measure="):
        charts.finish(grown.plot("year", "value", ax=axes()), "Growth", years)


def test_a_missing_bar_is_no_mark():
    frame = rows(status="actual").assign(name=["a", "a", "b", "b"])
    own = frame.pivot(index="year", columns="name", values="value").plot.bar(ax=axes())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chart = charts.finish(own, "Growth", frame)
    assert chart.sources == SOURCES[:1]
    assert sum(bool(bar.get_height()) for bar in own.patches) == len(frame)  # the missing bars were drawn as nothing


def test_a_smooth_line_beside_points_gets_no_marks():
    frame = rows(status="preliminary", year=2025).assign(x=[1, 2, 3, 4], period="2025")
    own = sns.regplot(frame, x="x", y="value", ci=None, ax=axes())
    with pytest.warns(UserWarning, match="100 of 104"):
        charts.finish(own, "Growth", frame)
    assert len(own.lines) == 1


def test_a_reference_line_is_no_value():
    own = drawn(axes(), rows(status="actual"))
    own.axhline(2.2)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        charts.finish(own, "Growth", rows(status="actual"))
    assert [list(line.get_ydata()) for line in own.lines] == [[2.2, 2.2]]  # as it was drawn, and neither cut nor marked


def test_a_line_is_cut_where_a_year_is_missing():
    frame = rows(status="actual", year=[2018, 2020, 2021, 2023])
    own = sns.lineplot(frame, x="year", y="value", color="#0072B2", ax=axes())
    charts.finish(own, "Growth", frame)
    line, *alone = own.lines
    assert np.isnan(line.get_ydata()).tolist() == [False, True, False, False, True, False]
    assert [mark.get_xdata()[0] for mark in alone] == [2018, 2023]  # a year alone is a point


def test_a_line_of_single_years_far_apart_is_told():
    frame = rows(status="actual", year=[2000, 2010, 2015, 2020])
    own = sns.lineplot(frame, x="year", y="value", ax=axes())
    with pytest.warns(UserWarning, match="2000 and 2010"):
        charts.finish(own, "Growth", frame)
    assert [len(line.get_xdata()) for line in own.lines] == [4]  # it is left as it was drawn


def test_the_legend_of_a_figure_becomes_the_key():
    frame = pd.concat([rows(status="actual"), rows(place="chengdu", name="Chengdu", status="actual", value=3.5)])
    with plt.rc_context({"backend": "agg"}):
        grid = sns.relplot(frame, x="year", y="value", hue="name", kind="line")
        chart = charts.finish(grid.ax, "Growth", frame)
    assert chart.figure.legends == [] and [entry.words for entry in chart.key] == ["Wuhan", "Chengdu"]


@pytest.mark.parametrize(
    "values", [[1.2, 2.0, 4.0, 3.0], [7000.0, 7500.0, 8000.0, 8900.0], [1.0, 30.0, 900.0, 40000.0]]
)
def test_a_logarithmic_axis_has_several_labels(values):
    frame = rows(status="actual", value=values)
    own = drawn(axes(), frame)
    own.set_yscale("log")
    chart = charts.finish(own, "Growth", frame)
    chart.figure.canvas.draw()
    low, high = own.get_ylim()
    assert not len(own.yaxis.get_minorticklocs())
    shown = [label.get_text() for at, label in zip(own.get_yticks(), own.get_yticklabels()) if low <= at <= high]
    assert len(shown) >= 3 and all(text.endswith("%") and "$" not in text for text in shown)


def test_pyplot_shows_a_finished_figure_only_once():
    with plt.rc_context({"backend": "agg"}):
        own = rows().plot("year", "value")
        charts.finish(own, "Growth", rows())
        assert own.figure.number not in plt.get_fignums()


def test_labels_that_overlap_are_told():
    own = sns.scatterplot(rows(), x="year", y="value", ax=axes())
    for at in (2.0, 2.01):
        own.text(2022, at, "a label")
    with pytest.warns(UserWarning) as told:
        charts.finish(own, "Growth", rows()).show("growth", alt=ALT)
    assert [str(each.message) for each in told if "'a label' overlaps 'a label'" in str(each.message)]
    with warnings.catch_warnings(record=True) as told:
        charts.finish(sns.scatterplot(rows(), x="year", y="value", ax=axes()), "Growth", rows()).show("growth", alt=ALT)
    assert told == []


def test_horizontal_bars_are_labelled_in_the_unit_of_the_axis_and_end_before_the_edge():
    frame = rows(value=[16.0, 1.5, 0.4, 0.1234], unit="100m_cny", status="actual", name=list("abcd"))
    drawn = sns.barplot(frame, x="value", y="name", ax=axes())
    charts.valued(drawn, "100m_cny")
    assert [text.get_text() for text in drawn.texts] == ["1.6", "0.15", "0.04", "0.0123"]  # billion yuan
    assert drawn.get_xlim()[1] > 16
    drawn = sns.barplot(frame, x="value", y="name", ax=axes())
    charts.valued(drawn, "100m_cny", {"c"})
    assert [text.get_text() for text in drawn.texts] == ["1.6", "0.15", "over 0.04", "0.0123"]
    charts.valued(empty := axes(), "count")
    assert not empty.texts


def test_the_name_of_one_place_is_bold_on_an_axis_of_names():
    both = pd.concat([rows(), rows(place="chengdu", name="Chengdu")]).query("year == 2022")
    bars = both.assign(name=["2  Wuhan", "1  Chengdu"])
    drawn = sns.barplot(bars, x="value", y="name", ax=axes())
    charts.finish(drawn, "Wuhan is second", both, measure="Real GDP growth", unit="percent", highlight="wuhan")
    weights = {label.get_text(): label.get_fontweight() for label in drawn.get_yticklabels()}
    assert weights == {"2  Wuhan": "bold", "1  Chengdu": "normal"}


def test_values_stand_over_their_points():
    frame = pd.DataFrame({"name": ["A", "B"], "value": [4.26, 5.0]})
    axes = plt.figure().add_subplot()
    axes.scatter(frame["value"], frame["name"])
    charts.values(axes, frame)
    assert [(text.get_text(), text.xy) for text in axes.texts] == [("4.3", (4.26, "A")), ("5.0", (5.0, "B"))]
