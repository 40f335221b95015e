"""Figures of projects in time: dated stages, one row a project, nothing drawn between them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from wuhan.charts import labels, style
from wuhan.charts.chart import Chart, Key, either
from wuhan.charts.rows import LABEL, _row_axes, _wrapped
from wuhan.charts.style import ChartError
from wuhan.evidence import periods
from wuhan.text.prose import _, source_ids

# Stages that are drawn alike, with their mark and its colour, from the first to the last.
MARKS = {
    ("announced", "listed"): ("P", style.PALETTE[4]),
    ("signed",): ("s", style.PALETTE[1]),
    ("started",): ("D", style.PALETTE[3]),
    ("under_construction",): ("d", style.tint(style.PALETTE[3], 0.6)),
    ("completed", "operating"): ("o", style.PALETTE[0]),
    ("stalled",): ("X", style.INK),
    ("expected",): ("o", style.PAPER),
}
# The same colours for what the stages amount to.
FILLS = {"planned": style.PALETTE[1], "building": style.PALETTE[3], "built": style.PALETTE[0], "stalled": style.INK}
MOST = 9  # years that are written below the axis
LINE, AIR = 0.165, 0.1  # inches: one line of a name, and what separates two rows
TOUCH, SHIFT = 0.021, 0.055  # part of the axis within which two marks touch, and inches by which they then part


def schedule(frame: pd.DataFrame, title: object, measure: str, aside: str = "") -> Chart:
    """One row a ``series``, one mark a dated ``stage``: columns ``series``, ``stage``, ``period``, ``source_id``.

    Rows keep their order. Marks are never joined: what was between two dates is not known. Two that nearly coincide
    stand a little above and below their row. A date that is printed as a
    month or a year is a bar over all its days, with the mark in the middle. What was ``expected`` is hollow. A column
    ``note`` is written beside the rows, headed by ``aside``. Raises :class:`ChartError` for a stage it does not know.
    """
    looks = {stage: look for stages, look in MARKS.items() for stage in stages}
    if unknown := [stage for stage in frame["stage"] if stage not in looks]:
        raise ChartError(f"schedule: found stage '{unknown[0]}' — write one of {', '.join(looks)}")
    names = list(dict.fromkeys(frame["series"]))
    deep = [AIR + LINE * max(len(_wrapped(name)), 1.3) for name in names]
    chart = Chart(title, measure, height=1.6 + max(sum(deep), 1.0))
    axes = _row_axes(chart, names)
    middles = np.cumsum(deep) - np.array(deep) / 2
    axes.set_yticks(middles, [label.get_text() for label in axes.get_yticklabels()], color=style.INK)
    axes.set_ylim(sum(deep), -0.25 * bool(aside))
    places = dict(zip(names, middles, strict=True))
    ends = [tuple(map(_clock, periods.bounds(period))) for period in frame["period"]]
    _years(axes, min(first for first, _ in ends), max(last for _, last in ends))
    chart.sources += source_ids(frame)
    chart.key += [_entry(stages) for stages in MARKS if set(stages) & set(frame["stage"])]
    beside(chart, axes, frame, places, aside, axes.get_ylim()[1])
    axes.hlines(middles, *axes.get_xlim(), color=style.GRID, lw=0.8, zorder=1, gid="row")
    shifts = _apart(list(frame["series"]), [sum(pair) / 2 for pair in ends], TOUCH * np.ptp(axes.get_xlim()))
    for row, (first, last), shift in zip(frame.itertuples(), ends, shifts, strict=True):
        marker, colour = looks[row.stage]
        at = places[row.series] + shift
        line = style.MUTED if colour == style.PAPER else colour
        axes.plot([first, last], [at] * 2, color=line, lw=3, alpha=0.4, zorder=3, gid="span", solid_capstyle="butt")
        axes.plot(
            [(first + last) / 2],
            [at],
            ls="",
            marker=marker,
            ms=7.5,
            mfc=colour,
            gid=row.stage,
            mec=style.INK if colour == style.PAPER else style.PAPER,
            mew=0.9,
            clip_on=False,
            zorder=3.5 if colour == style.PAPER else 4,  # what was seen hides what was expected
        )
    return chart


def _apart(series: list[str], middles: list[float], touch: float) -> list[float]:
    """How far each mark moves off the line of its row, so that one that nearly covers another leaves it visible."""
    found, nth = [], dict.fromkeys(series, 0)
    for name, middle in zip(series, middles, strict=True):
        near = [one == name and abs(other - middle) < touch for one, other in zip(series, middles, strict=True)]
        found.append(SHIFT * (1 if nth[name] % 2 else -1) if sum(near) > 1 else 0.0)
        nth[name] += 1
    return found


def beside(
    chart: Chart, axes: Axes, frame: pd.DataFrame, places: Mapping[str, float], heading: str, above: float
) -> None:
    """Fit ``axes`` and write the column ``note`` right of the rows at ``places``, with ``heading`` at ``above``."""
    notes = dict(zip(frame["series"], frame["note"], strict=True)) if "note" in frame and heading else {}
    wide = max((labels.inches(text, LABEL) for text in (heading, *notes.values())), default=0.0)
    chart.fit(axes, right=wide + 0.2 if notes else 0.0)
    for at, text in [(above, heading)] * bool(notes) + [(places[series], note) for series, note in notes.items()]:
        axes.annotate(
            text,
            (1, at),
            xycoords=("axes fraction", "data"),
            xytext=(10, 0),
            size=LABEL,
            textcoords="offset points",
            va="center_baseline",
            color=style.MUTED if text == heading else style.INK,
        )


def _clock(day: date) -> float:
    """The place of ``day`` on an axis of years."""
    return day.year + (day - date(day.year, 1, 1)).days / (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days


def _years(axes: Axes, first: float, last: float) -> None:
    """An axis of whole years; each year is written in its middle, as many as fit."""
    start, stop = int(first), int(last) + 1
    every = next(every for every in (1, 2, 5, 10, 20) if (stop - start) / every <= MOST or every == 20)
    air = 0.02 * (stop - start)
    axes.set_xlim(start - air, stop + air)
    axes.set_xticks(range(start, stop + 1), [""] * (stop - start + 1))
    middles = [year + 0.5 for year in range(start, stop) if (stop - 1 - year) % every == 0]
    axes.set_xticks(middles, [str(int(middle)) for middle in middles], minor=True)
    axes.spines["bottom"].set_visible(True)
    axes.grid(axis="x")


def _entry(stages: tuple[str, ...]) -> Key:
    marker, colour = MARKS[stages]
    words = _("expected") if stages == ("expected",) else either([stage.replace("_", " ") for stage in stages])
    return Key(words, marker, colour, style.INK if colour == style.PAPER else colour)
