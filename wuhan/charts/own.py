"""Figures of one's own: what was drawn with seaborn, matplotlib or ``frame.plot`` gets title, key and sources."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection, PathCollection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.container import BarContainer
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text
from matplotlib.ticker import AutoLocator, FuncFormatter, MaxNLocator, NullFormatter

from wuhan.charts import style
from wuhan.charts.chart import Chart, Key, Nothing
from wuhan.charts.frames import colours, standings
from wuhan.charts.style import ChartError
from wuhan.evidence.facts import STATUSES
from wuhan.text import prose
from wuhan.text.language import _

NEEDED = ("value", "status", "qualifier", "source_id")
FLATTEST, TALLEST = 0.3, 1.4  # height of a figure, as a part of its width
FILLED = "filled by status"  # the group id of points that are
TICK = 9  # size of tick labels in points
SOFTEST = (*STATUSES[:2], style.RESTING, *STATUSES[2:])


class Own(Chart):
    """A figure that an analyst drew. To show it warns of labels that overlap or leave the page."""

    def show(self, slug: str, alt: object):
        shown = super().show(slug, alt)
        for fault in shown.faults:
            warnings.warn(f"figure '{slug}': {fault} — turn, shorten or drop one", stacklevel=2)
        return shown


class Mark(NamedTuple):
    """One drawn value: the artist, which of its marks it is, and where it stands in data coordinates."""

    artist: Line2D | PathCollection | Rectangle
    number: int
    x: float
    y: float


def palette(frame: pd.DataFrame, by: str = "name", highlight: str = "") -> dict[str, str]:
    """The colour of each value of the column ``by``, for ``palette=`` of seaborn: places have theirs in every figure.

    With ``highlight``, a place or a value of ``by``, that one has its colour and all others are grey.

    >>> import wuhan
    >>> wuhan.charts.palette(wuhan.load("gdp_real_growth", ["wuhan", "chengdu"]), highlight="wuhan")
    {'Chengdu': '#8A8A8A', 'Wuhan': '#B8500B'}
    """
    rows = frame.drop_duplicates(by).reset_index(drop=True)
    found = dict(zip(rows[by], colours(rows.assign(series=rows[by])), strict=True))
    if not highlight:
        return found
    own = {highlight, *rows.loc[rows["place"] == highlight, by]} if "place" in rows else {highlight}
    return {name: colour if name in own else style.GREYS[1] for name, colour in found.items()}


def finish(axes: Axes, title: object, *data: pd.DataFrame, measure: str = "", unit: str = "") -> Own | Nothing:
    """The figure of ``axes`` as the collection shows its own: end the cell with ``.show(slug, alt=…)``.

    ``data``: the frames that it rests on, as `wuhan.load` gives them; all their sources are named. Measure and unit
    stand below the title; they come from the data where these hold one measure, else from ``measure`` and ``unit`` (a
    code of ``wuhan.evidence.units``). A mark at the ``value`` of a row is filled by its status: full, half-tone for
    preliminary figures and estimates, hollow for targets. A figure without such a mark is told to be worked out. A
    legend becomes the key, and the figure has the width of the page.

    Without any row there is no figure, and ``show`` gives a sentence that says so. Raises `ChartError` for several axes
    in the figure, frames without sources, and several measures without ``measure`` and ``unit``.

    >>> import wuhan
    >>> years = wuhan.load("gdp_real_growth", "wuhan", first=2015, last=2019)
    >>> wuhan.charts.finish(years.plot("year", "value"), "Growth slowed from 2015 to 2019", years)
    <Own 'Growth slowed from 2015 to 2019', 1 sources: end the cell with .show(slug, alt) to see it>
    """
    rows = _rows(axes, data)
    if rows.empty:
        _closed(axes)
        return Nothing()
    measure, unit = _measured(rows, measure, unit)
    with style.drawing():
        chart = _taken(axes, title)
        up = _upright(axes, rows)
        factor, words = style.axis_unit(unit, max(map(abs, axes.get_ylim() if up else axes.get_xlim())))
        percent = "%" if words == "%" else ""
        told = words and not percent
        chart.measure = _("{measure}, {unit}").format(measure=measure, unit=words) if told else measure
        columns = {"value"}.union(*data)
        marks = list(_marks(axes))
        years = {mark.x if up else mark.y for mark in marks} <= set(rows.get("year", ()))
        _restyle(axes, up, factor, percent, columns)
        if years:
            _yearly(axes.xaxis if up else axes.yaxis)
        chart.key += _legend(axes, columns)
        _fill(chart, axes, marks, rows, up)
        chart.sources = prose.source_ids(rows)
        chart.fit(axes)
    return chart


def _rows(axes: Axes, data: tuple[pd.DataFrame, ...]) -> pd.DataFrame:
    """All rows of ``data`` that have a value, with the status that figures show."""
    if not isinstance(axes, Axes):
        raise ChartError(f"axes: found {type(axes).__name__} — pass one matplotlib Axes, as sns.lineplot(…) gives")
    if len(axes.figure.axes) > 1:
        raise ChartError(f"axes: {len(axes.figure.axes)} in one figure — draw one in each")
    if not data:
        raise ChartError("data: found nothing — pass the frames that the figure rests on, as wuhan.load gives them")
    for frame in data:
        lacking = [column for column in NEEDED if column not in frame]
        if lacking:
            found = ", ".join(map(str, frame.columns))
            raise ChartError(f"data: no column '{lacking[0]}' among {found} — pass the frames that wuhan.load gave")
    rows = pd.concat(data, ignore_index=True)
    rows = rows[rows["value"].notna()].reset_index(drop=True)
    return rows.assign(status=standings(rows))


def _measured(rows: pd.DataFrame, measure: str, unit: str) -> tuple[str, str]:
    """Measure and code of the unit: those given, else those of the one indicator of ``rows``."""
    indicators = list(dict.fromkeys(rows["indicator"])) if "indicator" in rows else []
    if len(indicators) == 1:
        return str(measure) or prose.measure(indicators[0]), unit or prose.unit_of(indicators[0])
    if not (measure and unit):
        raise ChartError(f"data: {len(indicators)} measures — pass measure='…' and unit='…'")
    return str(measure), unit


def _closed(axes: Axes) -> None:
    """Take the figure from pyplot, which would show it a second time."""
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(axes.figure)


def _taken(axes: Axes, title: object) -> Own:
    """A chart around the figure of ``axes``."""
    figure = axes.get_figure(root=True)
    assert figure is not None, "these axes have been removed from their figure"
    wide, tall = figure.get_size_inches()
    chart = Own(title, "", height=style.WIDTH * min(max(tall / wide, FLATTEST), TALLEST))
    width, height = chart.figure.get_size_inches()
    _closed(axes)
    figure.set_layout_engine("none")
    figure.set_size_inches(width, height)
    figure.set_dpi(style.DPI)
    figure.set_facecolor(style.PAPER)
    chart.figure, chart.canvas = figure, FigureCanvasAgg(figure)
    for text in list(figure.texts):
        text.remove()
    return chart


def _marks(axes: Axes) -> Iterator[Mark]:
    """Every value drawn: points, bars, and the vertices of lines."""
    for collection in axes.collections:
        if isinstance(collection, PathCollection):
            for number, (x, y) in enumerate(np.ma.filled(np.ma.asarray(collection.get_offsets(), float), np.nan)):
                yield Mark(collection, number, x, y)
    for container in axes.containers:
        if isinstance(container, BarContainer):
            for number, bar in enumerate(container.patches):
                x, y = bar.get_x() + bar.get_width() / 2, bar.get_y() + bar.get_height() / 2
                level = container.orientation == "horizontal"
                far = (bar.get_x() + bar.get_width(), y) if level else (x, bar.get_y() + bar.get_height())
                yield Mark(bar, number, *far)
    for line in axes.lines:
        for number, (x, y) in enumerate(np.asarray(line.get_xydata(), float)):
            yield Mark(line, number, x, y)


def _upright(axes: Axes, rows: pd.DataFrame) -> bool:
    """Whether values go up: along y, not x."""
    bars = [container.orientation for container in axes.containers if isinstance(container, BarContainer)]
    if bars:
        return bars[0] != "horizontal"
    marks = [(mark.x, mark.y) for mark in _marks(axes)]
    if not marks or axes.get_ylabel() == "value":
        return True
    found = [sum(np.isclose(rows["value"], at, rtol=1e-9).any() for at in along) for along in zip(*marks, strict=True)]
    return axes.get_xlabel() != "value" and found[1] >= found[0]


def _restyle(axes: Axes, up: bool, factor: float, suffix: str, columns: set[str]) -> None:
    """Give ``axes`` the look of the collection. Labels that only name a column of the data go."""
    along, across = (axes.yaxis, axes.xaxis) if up else (axes.xaxis, axes.yaxis)
    for axis in (along, across):
        if axis.get_label_text() in columns or axis is along:
            axis.set_label_text("")
    axes.set_title("")
    along.set_major_formatter(
        FuncFormatter(lambda value, _at: style.numeral(float(f"{value * factor:.6g}") + 0.0, ".12g") + suffix)
    )
    along.set_minor_formatter(NullFormatter())
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_visible(up)
    low, high = axes.get_ylim() if up else axes.get_xlim()
    if low < 0 < high:
        (axes.axhline if up else axes.axvline)(0, color=style.INK, lw=0.9, zorder=1.5)
    axes.set_facecolor(style.PAPER)
    axes.set_axisbelow(True)
    axes.grid(False)
    axes.grid(True, axis="y" if up else "x", color=style.GRID, linewidth=0.8)
    axes.tick_params(axis="both", labelsize=TICK, labelcolor=style.MUTED, length=0)
    for text in axes.figure.findobj(Text):
        text.set_fontfamily([style.FAMILY, "DejaVu Sans"])
        text.set_parse_math(False)
    for axis in (axes.xaxis, axes.yaxis):  # for labels of ticks that are made later
        axis.set_tick_params(labelfontfamily=[style.FAMILY, "DejaVu Sans"])


def _yearly(axis: Axis) -> None:
    """Whole years as ticks, unless an analyst has set them."""
    if isinstance(axis.get_major_locator(), AutoLocator):
        axis.set_major_locator(MaxNLocator(8, integer=True))
        axis.set_major_formatter(FuncFormatter(lambda year, _at: f"{year:.0f}"))


def _legend(axes: Axes, columns: set[str]) -> list[Key]:
    """The entries of the legend, which is removed; not those that name a column, as headings do."""
    legend = axes.get_legend()
    if legend is None:
        return []
    pairs = list(zip(legend.legend_handles, [text.get_text() for text in legend.get_texts()], strict=True))
    legend.remove()
    found = []
    for handle, words in pairs:
        if words in columns:
            continue
        colour, dots = style.MUTED, False
        if isinstance(handle, Line2D):
            colour = to_hex(handle.get_color())
            dots = handle.get_linestyle() in ("None", "") and handle.get_marker() not in ("None", "", None)
        elif isinstance(handle, Patch | Collection):
            colour = to_hex(np.atleast_2d(handle.get_facecolor())[0])
        found.append(Key(words, "o" if dots else "s", colour, colour))
    return found


def _fill(chart: Chart, axes: Axes, marks: list[Mark], rows: pd.DataFrame, up: bool) -> None:
    """Fill the marks by the status of the rows whose values they show, and explain it in the key."""
    shown = _shown(axes, marks, rows, up)
    matched = rows.loc[sorted({at for at in shown if at is not None})]
    if matched.empty:  # worked out from the rows: as firm as the least firm of them
        soft = rows["status"].map(style.look).eq(style.SOFT).any()
        status, matched = (style.RESTING if soft else "derived"), rows.head(0)
        if soft:
            chart.key.append(Key(prose.label(style.RESTING), "o", style.face(status, style.MUTED), style.MUTED))
        found = [status] * len(marks)
    else:
        chart.explain(matched, "s" if axes.containers else "o")
        found = [None if at is None else rows["status"][at] for at in shown]
    for mark, at, status in zip(marks, shown, found, strict=True):
        arrow = style.ARROWS.get(rows["qualifier"][at], 0) if at is not None else 0
        if status is not None:
            _paint(axes, mark, status, arrow)


def _shown(axes: Axes, marks: list[Mark], rows: pd.DataFrame, up: bool) -> list[int | None]:
    """Which row each mark shows, by its value and, where several rows have it, by year or name."""
    labels = (axes.xaxis if up else axes.yaxis).get_major_formatter()
    found = []
    for mark in marks:
        value, other = (mark.y, mark.x) if up else (mark.x, mark.y)
        near = rows[np.isclose(rows["value"], value, rtol=1e-9, atol=0)]
        if len(near) > 1 and "year" in near:
            near = near[near["year"] == other] if (near["year"] == other).any() else near
        if len(near) > 1 and "name" in near:
            named = near["name"] == labels(other, None)
            near = near[named] if named.any() else near
        found.append(max(near.index, key=lambda at: SOFTEST.index(_plain(rows["status"][at])), default=None))
    return found


def _plain(status: str) -> str:
    return status if status in SOFTEST else STATUSES[0]  # a first release that has stood


def _paint(axes: Axes, mark: Mark, status: str, arrow: int) -> None:
    """Fill one mark. A line gets a mark where its figure is not firm, an arrow head where it is a bound."""
    artist, number = mark.artist, mark.number
    if isinstance(artist, Line2D):
        if arrow or style.look(status) != style.FIRM:
            colour = to_hex(artist.get_color())
            axes.plot(
                [mark.x],
                [mark.y],
                ls="",
                marker=("o", "^", "v")[arrow],
                ms=6.5,
                mew=1.4,
                mec=colour,
                mfc=style.face(status, colour),
                zorder=artist.get_zorder() + 0.5,
                clip_on=False,
            )
        return
    if isinstance(artist, PathCollection):
        count = len(np.asarray(artist.get_offsets()))
        if artist.get_gid() != FILLED:  # its own colours become the edges
            faces = np.asarray(artist.get_facecolor())
            faces = np.resize(faces, (count, 4)) if len(faces) else np.asarray(artist.get_edgecolor())
            artist.set(facecolors=faces, edgecolors=faces, linewidths=[1.4], gid=FILLED)
        faces, edges = np.array(artist.get_facecolor()), np.asarray(artist.get_edgecolor())
        faces[number] = to_rgba(style.face(status, to_hex(edges[number])))
        artist.set_facecolor([tuple(face) for face in faces])
        return
    colour = to_hex(artist.get_facecolor())
    artist.set_facecolor(style.face(status, colour))
    artist.set_edgecolor(colour)
    artist.set_linewidth(1.2)
