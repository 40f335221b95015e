"""Figures of parts that add up over time: one column a year, what is above zero on top, what is below beneath."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from wuhan.charts import labels, style
from wuhan.charts.axes import value_axis
from wuhan.charts.beside import LABEL
from wuhan.charts.chart import Chart, Key
from wuhan.charts.frames import prepare, wordings
from wuhan.charts.style import ChartError
from wuhan.evidence.observations import doubtful
from wuhan.text.prose import _, source_ids

WIDE = 0.56  # of the distance from one column to the next
FEWEST, MOST = 4, 14  # columns that there is at least room for, that have their year each
UNDER = 0.08  # of the height of all columns: room for a value under one


def stacks(
    frame: pd.DataFrame, title: object, measure: str, unit: str = "", whole: pd.DataFrame | None = None, named: str = ""
) -> Chart:
    """One column a ``year``, cut into its ``series`` in order of appearance; each part with its value where it fits.

    ``whole`` has ``year`` and the same columns: what was printed for the sum of the parts, a diamond beside which its
    value stands; ``named`` says in the key what it is. A column ``label`` words the values. A year that is preliminary
    has the word under it. Raises :class:`ChartError` when a part occurs twice in a year.
    """
    rows, measure, suffix = prepare(frame, measure, unit)
    if rows.duplicated(["year", "series"]).any():
        raise ChartError("stacks: a part occurs twice in a year — select one period and one source")
    rows["text"] = rows["label"] if "label" in frame else _alike(rows["value"], wordings(rows, suffix), suffix)
    sums = rows.head(0) if whole is None else prepare(whole, measure, unit)[0]
    chart = Chart(title, measure, height=style.HEIGHT + 0.5)
    axes = chart.figure.add_subplot()
    chart.key = [
        Key(series, "s", style.face(own["status"].iloc[0], own["colour"].iloc[0]), own["colour"].iloc[0])
        for series, own in rows.groupby("series", sort=False)
    ]
    chart.key += [Key(named, "D", style.INK)] if len(sums) else []
    if any(map(doubtful, sums["source_id"])):
        chart.key.append(Key(_("source of low trust"), "D", style.PAPER, style.INK))
    under = not style.slim()  # on a phone there is no room under a column: the key says what is preliminary
    chart.explain(rows.assign(status=rows["status"].replace(style.RESTING, "derived")) if under else rows, "s")
    chart.derived &= sums.empty
    chart.sources = source_ids(chart.sources, sums)
    _axes(axes, rows, sums, suffix)
    chart.fit(axes)
    for _year, own in rows.groupby("year", sort=True):
        _column(chart, axes, own)
    chart.note(axes, sums.assign(series=named), sums["year"] + WIDE / 2, sums["value"])
    _sums(axes, rows, sums, wordings(sums, suffix) if len(sums) else [])
    return chart


def _alike(values: pd.Series, texts: list[str], suffix: str) -> list[str]:
    """The values with as many decimals as all of them are known to, so that those of a column can be compared."""
    decimals = min(len(text.removesuffix(suffix).partition(".")[2]) for text in texts)
    return [style.numeral(value, f".{decimals}f") + suffix for value in values]


def _axes(axes: Axes, rows: pd.DataFrame, sums: pd.DataFrame, suffix: str) -> None:
    """Every year from first to last has its place, and few years no wider ones; the values reach from the deepest
    column to the highest.
    """
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    every = -(-len(years) // round(MOST * style.part()))
    air = max(FEWEST - len(years), 0) / 2
    axes.set_xlim(years[0] - 0.6 - air, years[-1] + 0.75 + air)
    shown = [year for year in years if not (years[-1] - year) % every]
    resting = set(rows.loc[rows["status"] == style.RESTING, "year"]) if not style.slim() else set()
    axes.set_xticks(shown, [f"{year}\n{_('preliminary')}" if year in resting else str(year) for year in shown])
    above = rows[rows["value"] > 0].groupby("year")["value"].sum()
    below = rows[rows["value"] < 0].groupby("year")["value"].sum()
    low, high = min([0.0, *below, *sums["value"]]), max([0.0, *above, *sums["value"]])
    value_axis(axes, low - UNDER * (high - low) * (style.slim() and low < 0), high, suffix)


def _column(chart: Chart, axes: Axes, own: pd.DataFrame) -> None:
    """The parts of one year from zero outwards, each labelled in its middle where it is high enough."""
    foot = {True: 0.0, False: 0.0}
    box, scale = axes.get_window_extent(), 72 / style.DPI
    points = box.height * scale / (axes.get_ylim()[1] - axes.get_ylim()[0])  # that one unit of value is high
    room = WIDE * box.width / style.DPI / (axes.get_xlim()[1] - axes.get_xlim()[0])
    for row in own.itertuples():
        up, face = row.value >= 0, style.face(row.status, row.colour)
        axes.bar(
            row.year, row.value, WIDE, foot[up], color=face, edgecolor=row.colour, linewidth=1.0, gid="part", zorder=2
        )
        chart.note(axes, own.loc[[row.Index]], row.year - WIDE / 2, foot[up], WIDE, row.value)
        if abs(row.value) * points > LABEL * 1.15 and labels.inches(row.text, LABEL) < room:
            axes.text(
                row.year,
                foot[up] + row.value / 2,
                row.text,
                size=LABEL,
                ha="center",
                va="center_baseline",
                color=style.inside(face),
                zorder=3,
            )
        foot[up] += row.value


def _face(row) -> str:
    """The fill of the diamond of a sum: none for a source of low trust."""
    if doubtful(row.source_id):
        return style.PAPER
    return style.INK if style.look(row.status) == style.FIRM else style.tint(style.INK, 0.45)


def _sums(axes: Axes, rows: pd.DataFrame, sums: pd.DataFrame, texts: list[str]) -> None:
    """A diamond at each printed sum, on the right edge of its column, with the value beside it; on a phone the value
    stands over or under the column, as far as there is room.
    """
    low, high = axes.get_xlim()
    room = axes.get_window_extent().width / style.DPI / (high - low) if style.slim() else math.inf
    for row, text in zip(sums.itertuples(), texts, strict=True):
        axes.plot(
            [row.year + WIDE / 2],
            [row.value],
            ls="",
            marker="D",
            ms=6.5,
            mec=style.INK,
            mew=1.2,
            zorder=5,
            mfc=_face(row),
            gid="whole",
        )
        if labels.inches(text, LABEL, "bold") > room:
            continue
        up = row.value >= 0
        parts = rows.loc[(rows["year"] == row.year) & ((rows["value"] >= 0) == up), "value"]
        end = (max if up else min)(row.value, parts.sum())
        place: dict[str, Any] = {"xy": (row.year + WIDE / 2, row.value), "xytext": (7, 0), "va": "center_baseline"}
        if style.slim():
            va = "bottom" if up else "top"
            place = {"xy": (row.year, end), "xytext": (0, 7 if up else -7), "va": va, "ha": "center"}
        axes.annotate(
            text,
            **place,
            textcoords="offset points",
            size=LABEL,
            weight="bold",
            color=style.INK,
            zorder=5,
            path_effects=labels.HALO,
        )
