"""Small frames to draw, the tables that name what stands in them, and what is found on a chart."""

from __future__ import annotations

import pandas as pd

from wuhan import charts
from wuhan.charts import labels

TABLES = {
    "places": {
        "wuhan": {"name_en": "Wuhan", "colour": "#0072B2"},
        "chengdu": {"name_en": "Chengdu", "colour": "#B8500B"},
        "xian": {"name_en": "Xi’an", "colour": ""},
        "hefei": {"name_en": "Hefei", "colour": ""},
    },
    "indicators": {
        "gdp": {"name_en": "Gross domestic product", "unit": "100m_cny"},
        "growth": {"name_en": "Real growth of GDP", "unit": "percent"},
    },
    "sources": {
        **{name: {"publisher": f"Bureau {name.upper()}"} for name in "abcdefg"},
        "a2": {"publisher": "Bureau A"},
    },
}


def rows(values, series="GDP", first=2020, **columns):
    """One row a year from ``first`` on; None leaves the year out."""
    frame = pd.DataFrame({"year": range(first, first + len(values)), "value": values}).dropna()
    filled = {"series": series, "status": "actual", "qualifier": "exact", "source_id": "a"} | columns
    frame = frame.assign(low=frame["value"], high=frame["value"])
    return frame.assign(**filled)


def marks(chart, gid="mark"):
    return [line for axes in chart.figure.axes for line in axes.lines if line.get_gid() == gid]


def words(chart):
    return [text.get_text() for text in labels.texts(chart.figure)]


def line(frame, title="A finding", **options):
    return charts.line(frame, title, "Gross domestic product", "100m_cny", **options)
