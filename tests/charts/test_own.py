"""A figure drawn with seaborn, matplotlib or pandas becomes one of the collection."""

import warnings

import matplotlib.pyplot as plt
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
    assert [entry.words for entry in chart.key] == ["actual", "estimate", "target"]
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
    told = charts.finish(sns.scatterplot(doubled, x="year", y="value", ax=axes()), "Growth", own)
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


def test_large_money_is_told_in_trillions():
    frame = rows(indicator="gdp_nominal", unit="100m_cny", value=[18000.0, 19000.0, 20000.0, 21000.0], status="actual")
    chart = charts.finish(frame.plot("year", "value", ax=axes()), "GDP", frame)
    assert chart.measure == "GDP at current prices, trillion yuan"


REFUSED = [
    (lambda own: charts.finish(own, "", rows()), "title"),
    (lambda own: charts.finish(own, "Growth"), "wuhan.load"),
    (lambda own: charts.finish(own, "Growth", rows().drop(columns="source_id")), "source_id"),
    (lambda own: charts.finish("axes", "Growth", rows()), "found str"),
    (lambda own: charts.finish(own, "Growth", pd.concat([rows(), rows(indicator="pop_resident")])), "measure='…'"),
    (lambda own: charts.finish(own.figure.add_subplot(), "Growth", rows()), "2 in one figure"),
]


@pytest.mark.parametrize(("finish", "said"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_finished_is_refused_in_one_line(finish, said):
    with pytest.raises(charts.ChartError) as refused:
        finish(axes())
    assert said in str(refused.value) and "\n" not in str(refused.value)


def test_pyplot_shows_a_finished_figure_only_once():
    with plt.rc_context({"backend": "agg"}):
        own = rows().plot("year", "value")
        charts.finish(own, "Growth", rows())
        assert own.figure.number not in plt.get_fignums()


def test_labels_that_overlap_are_told():
    own = sns.scatterplot(rows(), x="year", y="value", ax=axes())
    for at in (2.0, 2.01):
        own.text(2022, at, "a label")
    with pytest.warns(UserWarning, match="'a label' overlaps 'a label'"):
        charts.finish(own, "Growth", rows()).show("growth", alt=ALT)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        charts.finish(sns.scatterplot(rows(), x="year", y="value", ax=axes()), "Growth", rows()).show("growth", alt=ALT)
