"""Figures along time: lines that break at gaps, points that are never joined."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from wuhan.charts import beside, labels, style
from wuhan.charts.axes import rank_axis, time_axis, value_axis
from wuhan.charts.beside import LABEL
from wuhan.charts.chart import Chart, Key
from wuhan.charts.frames import based, clock, extent, prepare, segments, wordings
from wuhan.charts.style import ChartError
from wuhan.evidence.observations import doubtful
from wuhan.text import palette
from wuhan.text.language import known
from wuhan.text.prose import _, source_ids

MARKERS = {1: "^", -1: "v", 0: "o"}
BEHIND = palette.REST_LINE  # series behind the one that a figure tells of


def line(
    frame: pd.DataFrame,
    title: object,
    measure: str = "",
    unit: str = "",
    breaks: Iterable[int] = (),
    marks: Iterable[int] = (),
    event: str = "",
    subject: str = "",
    others: str = "",
    ranks: bool = False,
) -> Chart:
    """Time along the axis, one line a series; the first series is the subject and is drawn stronger.

    A missing year (or quarter) breaks the line. Targets and plans stand alone, hollow. The shaded range is what the
    rounding of the source leaves, where it can be seen. ``breaks`` are the years of a census that re-based the level,
    then or in the next year: no line runs into them or out of them. ``marks`` are years that are marked and do not
    break a line; ``event`` names either. What rests on a source of low trust is hollow. A line that ends before the
    others has its last year beside its last value.

    ``subject`` names the one series that is told of: all others are thin and grey behind it, without labels, and
    ``others`` says in the key what they are. Neither their marks nor their bounds are drawn. The value of the year
    after an event is printed. ``ranks``: the values are ranks, one stands on top, and the shaded range is where the
    rank may be. A column ``label`` words the ends.
    """
    rows, measure, suffix = prepare(frame, measure, "index" if ranks else unit)
    rows, yearly = clock(rows)
    rows, doubt = based(rows, breaks), _("source of low trust")
    rows["doubt"] = rows["source_id"].map(doubtful).map({True: doubt, False: ""})
    chart = Chart(title, measure)
    axes = chart.figure.add_subplot()
    time_axis(axes, rows, yearly)
    chart.note(axes, rows, rows["x"], rows["value"])
    rows = rows if subject or "colour" in frame else _coloured(rows)
    if subject:
        rows, behind = _told_of(rows, subject)
        value_axis(axes, *extent(pd.concat([rows, behind])), suffix)
        _behind(axes, behind)
        chart.key += [Key(others, "s", BEHIND)] if others and len(behind) else []
        chart.sources += source_ids(rows, behind)
    else:
        rank_axis(axes, *extent(rows)) if ranks else value_axis(axes, *extent(rows), suffix)
    ends = _lines(axes, rows)
    hollow = (rows["doubt"] != "") & (rows["status"].map(style.look) == style.SOFT)
    chart.explain(rows.assign(status=rows["status"].mask(hollow, "actual")))
    chart.key += [Key(doubt, "o", style.PAPER, palette.SLATE)] * bool(rows["doubt"].any())
    if shades := _shade(axes, rows) if ranks else _bands(axes, rows):
        grey = style.tint(shades.pop() if len(shades) == 1 else palette.SLATE, 0.25)
        shaded = _("where the rank may be") if ranks else _("range that rounding leaves")
        chart.key.append(Key(shaded, "s", grey))
    words = [f"{value:.0f}" for value in ends["value"]] if ranks else wordings(ends, suffix)
    words = list(ends["label"]) if "label" in ends else words
    texts = [beside.folded(text) for text in beside.worded(ends, words, yearly)]
    inside = beside.mark(chart, axes, [*breaks, *marks], event or _("census re-basing"))
    chart.fit(axes, right=beside.width(texts) + 0.14)
    beside.name(axes, inside, event or _("census re-basing"))
    if subject:
        beside.after(axes, rows, inside, wordings(rows, suffix))
    beside.end_labels(axes, ends, texts)
    return chart


def points(frame: pd.DataFrame, title: object, measure: str = "", unit: str = "") -> Chart:
    """Dated single figures, never joined: arrows up for "over", down for "up to", hollow for targets.

    A column ``label`` words the points; without it a point shows its value. Several series are told apart by
    colour. A column ``doubt`` says in words why a point is to be doubted, blank where it is not: it is hollow
    then, and the key says why. A column ``pair`` ties a target to its result with a thin upright line.
    """
    rows, measure, suffix = prepare(frame, measure, unit)
    every, yearly = clock(rows)
    rows = every.drop_duplicates(["series", "x", "value", "status", "qualifier"]).reset_index(drop=True)
    chart = Chart(title, measure)
    axes = chart.figure.add_subplot()
    time_axis(axes, rows, yearly)
    chart.note(axes, rows, rows["x"], rows["value"])
    low, high = extent(rows)
    value_axis(axes, min(low, 0.0), max(high, 0.0), suffix)
    _marks(axes, rows)
    _ties(axes, rows)
    texts = list(rows["label"]) if "label" in rows else wordings(rows, suffix)
    if "pair" in rows and style.slim():  # no room for both: the result is told
        texts = [
            "" if style.look(row.status) == style.AIM else text
            for row, text in zip(rows.itertuples(), texts, strict=True)
        ]
    series = rows.groupby("series", sort=False)["colour"].first()
    if "label" not in rows and len(series) == len(rows) > 1:
        texts = [f"{name} {text}" for name, text in zip(rows["series"], texts, strict=True)]
    elif len(series) > 1:
        chart.key += [Key(name, "s", colour) for name, colour in series.items()]
    chart.explain(every)
    doubts = dict.fromkeys(every["doubt"]) if "doubt" in every else {}
    chart.key += [Key(known(words), "o", style.PAPER, palette.SLATE) for words in filter(None, doubts)]
    chart.fit(axes)
    inks = [style.ink(colour) for colour in rows["colour"]]
    labels.annotate(axes, list(zip(rows["x"], rows["value"], strict=True)), texts, inks, LABEL)
    return chart


def _lines(axes: Axes, rows: pd.DataFrame) -> pd.DataFrame:
    """Draw the series of ``rows``; return the last row of each, which carries its label."""
    ends = []
    released = rows["step"].iloc[0] != 1 or rows["lap"].any()  # within the year each figure is a release of its own
    for rank, (series, own) in enumerate(rows.groupby("series", sort=False)):
        aims = own["status"].map(style.look) == style.AIM
        outcome = own[~aims].sort_values("x", kind="stable")
        if outcome["x"].duplicated().any():
            raise ChartError(f"line: '{series}' has two values for one period — select one vintage and one source")
        for part in segments(outcome):
            axes.plot(
                part["x"],
                part["value"],
                color=part["colour"].iloc[0],
                lw=2.6 if rank == 0 else 1.7,
                zorder=3 if rank == 0 else 2.5,
                gid="line",
            )
            if len(part) == 1:
                _marks(axes, part, 4.5, rank)
        _marks(axes, own[aims], rank=rank)
        firm = (outcome["status"].map(style.look) == style.FIRM) & (outcome["doubt"] == "")
        last = outcome["x"] == outcome["x"].max()
        if released:
            _marks(axes, outcome, 4.5, rank)
        else:  # a series that is soft throughout is marked at its end only
            _marks(axes, outcome[~firm if firm.any() else last], rank=rank)
            _marks(axes, outcome[firm & last], 5, rank)
        ends.append((outcome if len(outcome) else own.sort_values("x", kind="stable")).tail(1))
    return pd.concat(ends, ignore_index=True)


def _coloured(rows: pd.DataFrame) -> pd.DataFrame:
    """``rows``, the first series in a colour that no other has if its place has none of its own: it is the subject."""
    own = rows["series"] == rows["series"].iloc[0]
    if own.all() or rows["colour"].iloc[0] not in style.GREYS:
        return rows
    free = next((colour for colour in style.PALETTE if colour not in set(rows["colour"])), style.INK)
    return rows.assign(colour=rows["colour"].mask(own, free))


def _told_of(rows: pd.DataFrame, subject: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of ``subject``, and the others with nothing but their values."""
    own = rows["series"] == subject
    if not own.any():
        found = ", ".join(dict.fromkeys(rows["series"]))
        raise ChartError(f"line: no series '{subject}' to tell of — the frame has {found}")
    others = rows[~own].reset_index(drop=True)
    told = rows[own].reset_index(drop=True)
    if told["colour"].iloc[0] in style.GREYS:  # a place without a colour of its own would be lost among the others
        told["colour"] = style.PALETTE[0]
    return told, others.assign(low=others["value"], high=others["value"])


def _behind(axes: Axes, rows: pd.DataFrame) -> None:
    """Thin grey lines, broken where a figure is missing."""
    for _series, own in rows.groupby("series", sort=False):
        for part in segments(own):
            axes.plot(part["x"], part["value"], color=BEHIND, lw=0.8, zorder=2.2, gid="behind")


def _marks(axes: Axes, rows: pd.DataFrame, size: float = 6.5, rank: int = 0) -> None:
    """One mark a row: filled by status, an arrow head where the value is known to one side only.

    Those of the first series, ``rank`` zero, lie on top of others.
    """
    for row in rows.itertuples():
        axes.plot(
            [row.x],
            [row.value],
            ls="",
            marker=MARKERS[style.ARROWS.get(row.qualifier, 0)],
            ms=size,
            mew=1.4,
            mec=row.colour,
            mfc=style.PAPER if getattr(row, "doubt", "") else style.face(row.status, row.colour),
            zorder=4 if rank == 0 else 3.8,
            gid="mark",
            clip_on=False,
        )


def _ties(axes: Axes, rows: pd.DataFrame) -> None:
    """Thin upright lines between points of one ``pair`` and one date."""
    for _pair, own in rows.groupby(["pair", "x"]) if "pair" in rows else ():
        axes.vlines(own["x"].iloc[0], own["value"].min(), own["value"].max(), own["colour"].iloc[0], lw=1, zorder=2.6)


def _bands(axes: Axes, rows: pd.DataFrame) -> set[str]:
    """Shade the interval of each series where it is wide enough to be seen; return the colours of those that are."""
    bottom, top = axes.get_ylim()
    shaded = set()
    firm = rows[np.isfinite(rows["low"]) & np.isfinite(rows["high"]) & (rows["status"].map(style.look) != style.AIM)]
    for _series, own in firm.groupby("series", sort=False):
        for part in segments(own):
            if len(part) > 1 and (part["high"] - part["low"]).max() > 0.04 * (top - bottom):
                axes.fill_between(part["x"], part["low"], part["high"], color=part["colour"].iloc[0], alpha=0.18, lw=0)
                shaded.add(part["colour"].iloc[0])
    return shaded


def _shade(axes: Axes, rows: pd.DataFrame) -> set[str]:
    """Shade the interval of each series, broken at gaps; return the colours of those that have one."""
    wide = rows["high"] > rows["low"]
    for _series, own in rows.groupby("series", sort=False):
        for part in segments(own):
            colour = part["colour"].iloc[0]
            if len(part) == 1:  # a year on its own has no breadth to shade
                axes.vlines(part["x"], part["low"], part["high"], color=colour, alpha=0.18, lw=6)
            else:
                axes.fill_between(part["x"], part["low"], part["high"], color=colour, alpha=0.18, lw=0)
    return set(rows.loc[wide, "colour"])
