"""Figures: what is drawn for each status, qualifier and gap; words that fit; bytes that do not change."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from PIL import Image
from small_frames import line, marks, rows, words

from wuhan import charts
from wuhan.charts import ChartError, labels, style
from wuhan.evidence.facts import Fact
from wuhan.text import prose

pytestmark = pytest.mark.usefixtures("tables")

ALT = "The line rises from one to five and has a hole in the middle."


VERBS = {
    "line": lambda: line(pd.concat([rows([1, 2, 3], "One"), rows([1, 2, 3.1], "Two"), rows([1, 2, 2.9], "Three")])),
    "points": lambda: charts.points(rows([1, 1.01, 1.02, 1.03]), "Close points", "Money", "cny"),
    "bars": lambda: charts.bars(
        rows([1, 5, 3], ["One", "A very long name of a place that has to wrap", "Two"]), "Bars", "Money", "cny"
    ),
    "dots": lambda: charts.dots(
        rows([1, 5], ["One", "Two"], high=[2, np.inf], qualifier=["exact", "over"]), "Dots", "Money", "cny"
    ),
    "shares": lambda: charts.shares(
        rows(
            [30, 118, 581.6, 403.3],
            ["Count", "Count", "Money", "Money"],
            part=["large", "small"] * 2,
            label=["30", "118", "58", "40"],
        ),
        "Shares",
    ),
    "matrix": lambda: charts.matrix(rows([1] * 6, ["One", "Two"] * 3, status=list(style.LOOKS)[:1] * 6), "M", "Known"),
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_gives_words_that_fit_and_bytes_that_stay(verb):
    first, second = VERBS[verb](), VERBS[verb]()
    assert first.collisions() == []
    assert first.png == second.png
    assert len(first.png) < 120_000
    picture = Image.open(io.BytesIO(first.png))
    assert picture.width == 1080
    assert picture.info.get("Software") is None
    assert any("Bureau A" in text for text in words(first))


@pytest.mark.parametrize(
    "status, face",
    [
        ("actual", "#0072b2"),
        ("preliminary", style.tint("#0072B2", 0.35)),
        ("estimate", style.tint("#0072B2", 0.35)),
        ("derived", "#0072b2"),
        ("target", "#ffffff"),
        ("plan", "#ffffff"),
    ],
)
def test_the_fill_tells_the_status(status, face):
    frame = rows([1, 2, 3], year=[2023, 2024, 2025], status=["actual", "actual", status])
    chart = charts.points(frame, "Fill", "Money", "cny")
    mark = marks(chart)[-1]
    assert to_hex(mark.get_markerfacecolor()) == face
    assert to_hex(mark.get_markeredgecolor()) == "#0072b2"
    assert (status in words(chart)) == (status not in ("actual", "derived"))


@pytest.mark.parametrize(
    "qualifier, marker, wording",
    [
        ("exact", "o", "7"),
        ("of_which", "o", "7"),
        ("about", "o", "about 7"),
        ("over", "^", "over 7"),
        ("at_least", "^", "at least 7"),
        ("up_to", "v", "up to 7"),
        ("nearly", "v", "nearly 7"),
    ],
)
def test_the_marker_and_the_words_tell_the_qualifier(qualifier, marker, wording):
    chart = charts.points(rows([7], qualifier=qualifier), "Qualifier", "Projects", "count")
    assert marks(chart)[0].get_marker() == marker
    assert wording in words(chart)


@pytest.mark.parametrize("qualifier, arrow", [("over", ">"), ("up_to", "<"), ("exact", None), ("about", None)])
def test_a_bar_known_to_one_side_ends_in_an_arrow(qualifier, arrow):
    chart = charts.bars(rows([7], qualifier=qualifier), "Arrow", "Projects", "count")
    assert [mark.get_marker() for mark in marks(chart, "arrow")] == ([arrow] if arrow else [])


def test_bars_are_sorted_start_at_zero_and_hollow_for_targets():
    chart = charts.bars(
        rows([1, 3, 2], ["A", "B", "C"], status=["actual", "target", "actual"]), "T", "Money", "cny", highlight="C"
    )
    axes = chart.figure.axes[0]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["B", "C", "A"]
    assert [bar.get_x() for bar in axes.patches] == [0, 0, 0]
    assert to_hex(axes.patches[0].get_facecolor()) == "#ffffff"
    assert to_hex(axes.patches[1].get_facecolor()) == "#0072b2"
    assert axes.get_ylim()[0] > axes.get_ylim()[1]


def test_negative_bars_keep_their_labels_inside():
    chart = charts.bars(rows([-4.7, 12.2, 5], ["2020", "2021", "2024"]), "Down and up", "Real growth", "percent")
    assert chart.collisions() == []
    assert "-4.7%" in words(chart)


@pytest.mark.parametrize("width, drawn", [(0.5, True), (0.001, False)])
def test_an_interval_is_drawn_where_it_can_be_seen(width, drawn):
    values = [5.0, 6.0, 7.0]
    frame = rows(values, low=[value - width for value in values], high=[value + width for value in values])
    assert bool(line(frame).figure.axes[0].collections) == drawn
    assert ("range that rounding leaves" in words(line(frame))) == drawn
    assert bool(marks(charts.bars(frame, "T", "Money", "cny"), "whisker")) == drawn


def test_an_open_interval_draws_no_band_and_no_whisker():
    frame = rows([5.0, 6.0], high=np.inf, qualifier="over")
    assert not line(frame).figure.axes[0].collections
    assert marks(charts.bars(frame.assign(series=["A", "B"]), "T", "Money", "cny"), "whisker") == []


def test_a_long_key_goes_over_several_lines():
    series = [f"A series with the number {number}" for number in range(8)]
    frame = pd.concat([rows([number, number + 1], name) for number, name in enumerate(series)])
    chart = charts.points(frame, "Long key", "Firms", "count")
    assert len({text.get_position()[1] for text in labels.texts(chart.figure) if text.get_text() in series}) > 1
    assert chart.collisions() == []


@pytest.mark.parametrize(
    "unit, values, subtitle, tick",
    [
        ("100m_cny", [21106.2, 20011.7], "Size, trillion yuan", None),
        ("100m_cny", [984.9, 581.6], "Size, billion yuan", "60"),
        ("10k_persons", [1377.4, 1381.0], "Size, million people", None),
        ("percent", [5.2, 6.0], "Size", "6.0%"),
        ("count", [650, 995], "Size", "700"),
        ("km_one_way", [100, 3000], "Size, km (one way)", "1,000"),
        ("PFLOPS", [1200, 5000], "Size, PFLOPS", "2,000"),
    ],
)
def test_the_unit_stands_behind_the_measure_and_long_numbers_are_scaled(unit, values, subtitle, tick):
    chart = charts.line(rows(values), "Unit", "Size", unit)
    assert subtitle in words(chart)
    assert tick is None or tick in words(chart)


def test_measure_unit_name_and_colour_come_from_the_data():
    frame = pd.concat(
        [rows([7, 8, 9], place=place, indicator="growth") for place in ("wuhan", "chengdu", "xian", "hefei")]
    )
    chart = charts.line(frame.drop(columns="series"), "From the data")
    assert "Real growth of GDP" in words(chart)
    assert {"Wuhan 9%", "Chengdu 9%", "Xi’an 9%", "Hefei 9%"} <= set(words(chart))
    colours = [part.get_color() for part in marks(chart, "line")]
    assert colours[:2] == ["#0072B2", "#B8500B"]
    assert len(set(colours)) == 4
    assert chart.collisions() == []


@pytest.mark.parametrize("verb", [charts.bars, charts.dots])
def test_rows_of_one_place_have_its_colour(verb):
    chart = verb(rows([1, 2], ["A", "B"], place="chengdu"), "T", "Firms", "count")
    drawn = [to_hex(bar.get_facecolor()) for bar in chart.figure.axes[0].patches]
    assert {*drawn, *(mark.get_color().lower() for mark in marks(chart, "range"))} == {"#b8500b"}


def test_given_colours_stay():
    chart = line(rows([1, 2], colour="#8B3A74"))
    assert marks(chart, "line")[0].get_color() == "#8B3A74"


def test_the_footnote_is_made_of_the_sources_and_counts_what_it_does_not_name():
    assert "Source: Bureau A; Bureau B." in words(line(rows([1, 2, 3], source_id=["a", ("b", "a2"), "a"])))
    assert words(line(rows([1] * 5, source_id=list("abcde"))))[-1].endswith("Bureau D; Bureau E.")
    many = line(rows([1] * 7, source_id=list("abcdefg")))
    assert "Source: Bureau A; Bureau B; Bureau C; Bureau D; and 3 other publishers." in words(many)
    assert many.sources == list("abcdefg")


@pytest.mark.parametrize(
    "frame, message",
    [
        (rows([1]).drop(columns="status"), "no column 'status' in the frame, which has year, value"),
        (rows([1], unit=["percent"]).merge(rows([1], unit=["cny"]), how="outer"), "cannot carry"),
        (rows([1], status="guessed"), "status: found 'guessed' — write one of actual"),
        (pd.concat([rows([1]), rows([2])]), "'GDP' has two values for one period — select one vintage"),
    ],
)
def test_frames_that_can_not_be_drawn_are_refused_in_one_line(frame, message):
    with pytest.raises(ValueError, match=re.escape(message)) as fault:
        charts.line(frame, "T", "Measure", "" if "unit" in frame else "cny")
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    "draw, message",
    [
        (lambda: charts.line(rows([1]), "T"), "pass measure='…' and unit='…'"),
        (lambda: charts.line(rows([1]), "T", "M", "furlong"), "unit: found 'furlong'"),
        (lambda: line(rows([1]), title=" "), "title: found nothing"),
        (lambda: charts.bars(rows([1]), "T", "M", "cny", highlight="Nobody"), "'Nobody' is not among GDP"),
        (lambda: charts.shares(rows([-1], part="a"), "T"), "every part needs a value of zero or more"),
        (lambda: line(rows([1])).show("Bad Slug", ALT), "slug: found 'Bad Slug'"),
        (lambda: line(rows([1])).show("good", ""), "alt of figure 'good': found ''"),
        (lambda: line(rows([1])).show("good", "short"), "alt of figure 'good': found 'short'"),
        (
            lambda: line(rows([1]), title="A finding that is long enough").show(
                "good", "a finding that is long enough."
            ),
            "found the title again",
        ),
        (lambda: line(rows([1]), title="No 𓀀 glyph").show("good", ALT), "no glyph for '𓀀' (U+13000)"),
    ],
)
def test_requests_that_can_not_be_met_are_refused_in_one_line(draw, message):
    with pytest.raises(ValueError, match=re.escape(message)) as fault:
        draw()
    assert "\n" not in str(fault.value)


def test_show_gives_jupyter_one_picture_with_its_alternative_text():
    chart = line(rows([1, 2]))
    shown = chart.show("gdp-by-year", prose.Sentence(ALT, ALT))
    data, metadata = shown._repr_mimebundle_()
    assert data == {"image/png": chart.png, "text/plain": f"Figure: {ALT}"}
    told = {"title": chart.title, "measure": chart.measure}
    assert metadata == {"image/png": {"alt": ALT, "figure": "gdp-by-year", **told, "width": 720, "height": 420}}


def test_words_that_collide_travel_with_the_picture():
    chart = line(rows([1, 2]))
    for word in ("here", "there"):
        chart.figure.text(0.5, 0.5, word)
    assert chart.show("gdp", ALT).metadata["faults"] == ["'here' overlaps 'there'"]


def test_no_committed_figure_has_words_that_collide():
    books = sorted(Path(__file__).parents[2].glob("notebooks/*.ipynb"))
    outputs = [
        (book.name, output["metadata"]["image/png"])
        for book in books
        for cell in json.loads(book.read_text("utf-8"))["cells"]
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert [(name, facts["figure"], facts["faults"]) for name, facts in outputs if "faults" in facts] == []


def test_a_picture_that_is_too_heavy_is_refused(monkeypatch):
    monkeypatch.setattr("wuhan.charts.chart.LIMIT", 1000)
    with pytest.raises(ChartError, match="above 1,000 — draw fewer marks"):
        line(rows([1, 2])).show("gdp", ALT)


def test_dots_draw_ranges_with_open_ends():
    chart = charts.dots(
        rows(
            [5, 6, 7],
            ["A", "B", "C"],
            low=[4, 6, 6.5],
            high=[6, np.inf, 7.5],
            qualifier=["exact", "over", "exact"],
            colour=["#8B3A74"] * 3,
        ),
        "T",
        "Firms",
        "count",
    )
    assert [list(mark.get_xdata()) for mark in marks(chart, "range")] == [[4, 6], [6, 6], [6.5, 7.5]]
    assert [mark.get_marker() for mark in marks(chart, "arrow")] == [">"]
    assert chart.figure.axes[0].get_xlim()[0] == 0
    far = charts.dots(rows([101, 102], ["A", "B"]), "T", "Index", "index")
    assert far.figure.axes[0].get_xlim()[0] > 90


def test_shares_write_over_a_part_what_does_not_fit_into_it():
    chart = charts.shares(
        rows(
            [1, 99, 30, 70],
            ["Count", "Count", "Money", "Money"],
            part=["a", "b"] * 2,
            label=["one", "ninety-nine", "thirty", "seventy"],
        ),
        "T",
    )
    assert "99%" in " ".join(words(chart))
    assert "one (1%)" in words(chart)
    assert chart.collisions() == []
    plain = charts.shares(rows([40, 60], ["Count", "Count"], part=["a", "b"]), "T")
    assert "40%" in words(plain)


def test_shares_take_the_colours_of_their_parts():
    parts = rows([40, 60], ["Count", "Count"], part=["a", "b"], colour=["#112233", "#445566"])
    chart = charts.shares(parts, "T")
    assert [to_hex(bar.get_facecolor()) for bar in chart.figure.axes[0].patches] == ["#112233", "#445566"]
    assert [entry.face for entry in chart.key] == ["#112233", "#445566"]


@pytest.mark.parametrize("verb", [charts.bars, charts.dots])
def test_long_names_of_rows_get_the_lines_they_need(verb):
    named = [f"Industrial projects of 100 million yuan or more, to be started in the year {year}" for year in (1, 2, 3)]
    assert verb(rows([1, 2, 3], named), "T", "M", "count").collisions() == []


def test_a_matrix_shows_the_firmest_status_of_a_cell_and_leaves_gaps_blank():
    frame = rows(
        [1] * 5,
        ["One", "One", "One", "Two", "Two"],
        year=[2022, 2022, 2024, 2023, 2025],
        status=["target", "actual", "estimate", "plan", "preliminary"],
        label=["", "A", "", "", "B"],
    )
    chart = charts.matrix(frame, "T", "Known")
    cells = chart.figure.axes[0].collections[0].get_array()
    assert cells.filled(-1).reshape(2, 4).tolist() == [[0, -1, 4, -1], [-1, 6, -1, 2]]
    assert {patch.get_gid() for patch in chart.figure.axes[0].patches} == {"estimate", "plan"}
    assert {"reported", "preliminary", "estimate", "plan", "blank: no figure", "A", "B"} <= set(words(chart))
    ruled = charts.matrix(frame, "T", "Known", first=1).figure.axes[0].lines
    assert [(line.get_gid(), line.get_ydata()[0]) for line in ruled] == [("rule", 1.0)]


def test_tidy_makes_frames_from_facts():
    fact = Fact(5.0, 4.5, 5.5, "percent", "2024", "actual", ("a", "b"), place="wuhan")
    frame = charts.tidy({"Wuhan": fact}, year=2024)
    assert frame.loc[0, ["series", "value", "low", "high", "unit", "year"]].tolist() == [
        "Wuhan",
        5,
        4.5,
        5.5,
        "percent",
        2024,
    ]
    assert charts.tidy([fact])["series"].tolist() == ["Wuhan"]
    chart = charts.bars(frame, "T", "Real growth")
    assert {"5%", "Source: Bureau A; Bureau B."} <= set(words(chart))
