"""Bars of time from one date to another."""

import re

import pandas as pd
import pytest

from wuhan import charts
from wuhan.charts import ChartError
from wuhan.text import prose
from wuhan.text import words as named

KINDS = {"built": "#0072B2", "no report": "#A9A9B2"}


@pytest.fixture(autouse=True)
def sources(monkeypatch):
    tables = {"sources": {"a": {"publisher": "Bureau A"}, "b": {"publisher": "Bureau B"}}}
    monkeypatch.setattr(named, "table_of", lambda table, key: tables[table])


def drawn(chart, gid):
    (axes,) = chart.figure.axes
    return [line for line in axes.lines if line.get_gid() == gid]


def words_on(chart):
    (axes,) = chart.figure.axes
    return [text.get_text() for text in axes.texts]


def spans(**columns):
    return pd.DataFrame(
        {
            "series": ["Plant with a very long name that takes several lines of text to write in full", "Park"],
            "detail": ["", "East Lake"],
            "start": ["2020", "2022-07-02"],
            "until": ["2021-03", "2022-07-02"],
            "kind": list(KINDS),
            "label": ["operating", "started"],
            "source_id": [("a",), ("b",)],
        }
        | columns
    )


def draw(frame, day="2026-01-01"):
    return charts.spans(frame, "Two", "Dates", KINDS, day)


def test_a_bar_goes_from_the_first_day_to_the_last_and_a_single_day_can_be_seen():
    chart = draw(spans())
    long, short = (line.get_xdata() for line in drawn(chart, "span"))
    assert list(long) == pytest.approx([2020, 2021.245], abs=0.003)
    assert sum(short) / 2 == pytest.approx(2022.5, abs=0.003) and short[1] - short[0] > 0.05
    assert chart.sources == ["a", "b"] and chart.collisions() == []


def test_the_key_has_the_kinds_that_occur_in_their_order_and_the_day_is_named():
    chart = draw(spans(kind="no report"))
    assert [entry.words for entry in chart.key] == ["no report"]
    assert {"1 January 2026", "East Lake", "operating", "started"} <= set(words_on(chart))
    assert len(draw(spans(start=["1990", "2024"])).figure.axes[0].get_xticks()) < 9


def test_a_row_without_an_end_is_refused_and_no_row_is_a_sentence():
    with pytest.raises(ChartError, match="no end"):
        draw(spans(until=["2021", ""]))
    assert isinstance(draw(spans().head(0)).show("none", ""), prose.Sentence)


def test_on_a_phone_names_stand_over_their_bars():
    full, slim = draw(spans()).full, draw(spans()).slim
    assert full["at"][0][0] > 200 and slim["at"][0][0] < 30
    word = re.search(r'y="([\d.]+)"[^>]*>Park<', slim["svg"])
    assert float(word[1]) < slim["at"][1][1]
