"""Figures of one's own: what was drawn with seaborn, matplotlib or ``frame.plot`` gets title, key and sources."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Container, Mapping
from contextlib import ExitStack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection
from matplotlib.colors import to_hex
from matplotlib.container import BarContainer
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text
from matplotlib.ticker import AutoLocator, FixedLocator, FuncFormatter, MaxNLocator, NullFormatter, NullLocator

from wuhan.charts import drawn, given, labels, phone, style
from wuhan.charts import marks as noted
from wuhan.charts.axes import log_ticks, plain
from wuhan.charts.chart import MARGIN, Chart, Key, Nothing
from wuhan.charts.drawn import Mark, Shows
from wuhan.charts.frames import colours, subtitle
from wuhan.charts.marks import GIVEN
from wuhan.charts.style import ChartError
from wuhan.text import prose
from wuhan.text.language import _
from wuhan.text.words import name as place_name

FLATTEST, TALLEST = 0.3, 1.4  # height of a figure, as a part of its width
TICK = 9  # size of tick labels in points
LEAST_WIDE = 0.4  # of the width of a phone that axes must have
FEWEST = 3  # labelled ticks of a logarithmic axis


class Own(Chart):
    """A figure that an analyst drew. To show it warns of labels that overlap or leave the page."""

    @property
    def slim(self) -> dict[str, object] | None:
        """The axes as they are, in a figure of the width of a phone; None where that leaves too little room."""
        (axes,), (wide, tall) = self.figure.axes, self.figure.get_size_inches()
        with ExitStack() as after:
            after.enter_context(style.drawing())
            after.callback(self._fit_into, axes, wide, tall)
            after.enter_context(style.narrow())
            row, tall = phone.narrow(self, axes, after), tall + self._more()
            self._fit_into(axes, style.WIDTH, tall)
            rows = abs(np.diff(axes.get_ylim()).item())
            tall += max(row * rows - axes.bbox.height / style.DPI, 0)
            right, beyond = 0.0, 1.0
            while beyond and right < style.WIDTH / 2:  # what stands at the end of a bar moves as its axes get less wide
                self._fit_into(axes, style.WIDTH, tall, right)
                right += (beyond := self._beyond())
            found = self._drawn()
            fits = not labels.collisions(self.figure) and axes.get_position().width >= LEAST_WIDE
        return found if fits else None

    def _beyond(self) -> float:
        """Inches by which words reach into the margin at the right."""
        ends = [text.get_window_extent().x1 for text in labels.texts(self.figure)]
        return max(max(ends) / style.DPI - (style.WIDTH - MARGIN / 2), 0)

    def _fit_into(self, axes: Axes, wide: float, tall: float, right: float = 0.0) -> None:
        """Give the figure another size in inches, with title, key and sources anew, ``right`` as in `fit`."""
        for artist in [*self.figure.texts, *self.figure.artists]:
            artist.remove()
        self.figure.set_size_inches(wide, tall)
        self.fit(axes, right)

    def show(self, slug: str, alt: object):
        shown = super().show(slug, alt)
        for fault in shown.faults:
            warnings.warn(f"figure '{slug}': {fault} — turn, shorten or drop one", stacklevel=2)
        return shown


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


def valued(axes: Axes, unit: str, floors: Container[str] = ()) -> None:
    """Write beside each horizontal bar of ``axes`` its length, in three digits and the unit that `finish` will show.

    Before that of a bar whose name is in ``floors`` stands that it is so much or more.
    """
    names = {round(tick): text.get_text() for tick, text in zip(axes.get_yticks(), axes.get_yticklabels(), strict=True)}
    bars = [bar for each in axes.containers if isinstance(each, BarContainer) for bar in each]
    longest = max((bar.get_width() for bar in bars), default=0.0)
    factor, _words = style.axis_unit(unit, longest)
    axes.set_xlim(0, 1.1 * longest or 1)
    for bar in bars:
        text = style.numeral(float(f"{bar.get_width() * factor:.3g}"), ".12g")
        at = (bar.get_width(), bar.get_y() + bar.get_height() / 2)
        if names.get(round(at[1])) in floors:
            text = _("over {amount}").format(amount=text)
        told = axes.annotate(text, at, (4, 0), textcoords="offset points", va="center", size=TICK, color=style.INK)
        told.set(path_effects=labels.HALO, zorder=5)  # lines of the scale run behind it


def finish(
    axes: Axes, title: object, *data: pd.DataFrame, measure: object = "", unit: str = "", highlight: str = ""
) -> Own | Nothing:
    """The figure of ``axes`` as the collection shows its own: end the cell with ``.show(slug, alt=…)``.

    ``data``: the frames that it rests on, as `wuhan.load` gives them; all their sources are named. Measure and unit
    stand below the title; they come from the data where these hold one measure, else from ``measure`` and ``unit``
    (a code of ``wuhan.evidence.units``). A mark of the ``value`` of a row, at its year or name, is filled by its
    status: full, half-tone for preliminary figures and estimates, hollow for targets; of a stack each part is held
    against its own row. The name of the place ``highlight`` is bold on an axis of names. A figure without such a
    mark is told to be worked out, and needs ``measure`` and ``unit``. A line over years is cut where one is
    missing. A legend becomes the key, and the figure has the width of the page.

    What it does not do: it reads no ``note``, so a line runs on over a break of a series, as after a census, and over
    rows that say "not comparable"; it cannot tell whether a worked-out value is right, or in the unit that is given.

    Warns of marks that no row tells of beside others that do, unless ``measure`` says what they are, and of lines over
    years without a figure that it cannot cut. Without any row there is no figure, and ``show`` gives a sentence that
    says so. Raises `ChartError`, in one line, for what is not one plain pair of axes (several, polar, a pie, an inset,
    nothing drawn), frames that `load` cannot have given, a unit that marks are not in, and names of places that no
    frame is of.

    >>> import wuhan
    >>> years = wuhan.load("gdp_real_growth", "wuhan", first=2015, last=2019)
    >>> wuhan.charts.finish(years.plot("year", "value"), "Growth slowed from 2015 to 2019", years)
    <Own 'Growth slowed from 2015 to 2019', 1 sources: end the cell with .show(slug, alt) to see it>
    """
    given.refuse_axes(axes)
    rows = given.rows_of(data)
    if rows.empty:
        _closed(axes)
        return Nothing()
    as_given = rows.pop(GIVEN)
    marks, up = _read(axes, rows)
    shown = drawn.shown(axes, marks, rows, up)
    matched = rows.loc[sorted({at for at in shown if at is not None})]
    named = not measure
    measure, unit = given.measured(rows, matched, measure, unit)
    columns = {"value"}.union(*data)
    if named:
        given.refuse_others([*_words(axes, up), *(entry.words for entry in _legend(axes, columns))], rows)
    with style.drawing():
        chart = _taken(axes, title)
        factor, words = style.axis_unit(unit, max(map(abs, drawn.sides(axes, up)[0].get_view_interval())))
        chart.measure = subtitle(measure, words)
        faults = _dated(axes, marks, rows, up)
        entries = _legend(axes, columns, remove=True)
        chart.key += entries
        _whole(axes, up, unit)
        _restyle(axes, up, factor, "%" if words == "%" else "", columns)
        _stressed(axes, up, highlight)
        # Who gives a measure has said what the marks are.
        faults += _fill(chart, axes, marks, rows, shown, matched) * named
        chart.sources = prose.source_ids(rows)
        chart.fit(axes)
        chart.marks = _noted(
            axes, marks, rows.assign(**{GIVEN: as_given}), shown, unit, up, {key.face: key.words for key in entries}
        )
    for fault in faults:
        warnings.warn(f"figure '{chart.title}': {fault}", stacklevel=2)
    return chart


def _whole(axes: Axes, up: bool, unit: str) -> None:
    """Have ticks at whole numbers along the values of what is counted."""
    locator = drawn.sides(axes, up)[0].get_major_locator()
    if unit == "count" and isinstance(locator, AutoLocator):
        locator.set_params(integer=True)


def _stressed(axes: Axes, up: bool, place: str) -> None:
    """Have the name of ``place`` bold among those of the axis of names, which a rank may precede."""
    for label in drawn.sides(axes, up)[1].get_ticklabels():
        label.set_fontweight("bold" if place and label.get_text().endswith(str(place_name(place))) else "normal")


def _dated(axes: Axes, marks: list, rows: pd.DataFrame, up: bool) -> list[str]:
    """Cut the lines and set the ticks of an axis of years; the faults of lines that cannot be cut."""
    if not drawn.yearly(marks, rows, up):
        return []
    faults = drawn.cut(axes, up)
    _yearly(drawn.sides(axes, up)[1])
    return faults


def _noted(
    axes: Axes, marks: list[Mark], rows: pd.DataFrame, shown: Shows, unit: str, up: bool, part: Mapping[str, str]
) -> list[noted.Mark]:
    """Where each mark stands and which row it shows: one ``shown``, else what it is itself, worked out.

    ``part``: by colour, what the key calls the part of a bar.
    """
    found: list[noted.Mark] = []
    exact = drawn.exact(marks, shown, rows, up)
    for mark, at, word in zip(marks, exact, drawn.told(axes, marks, rows, up), strict=True):
        if at is None:
            row = {"value": mark.size[up], "status": "derived", "period": word if word.isdigit() else ""}
            name = part.get(_colour(mark), "") if row["period"] else word
        else:
            row = rows[GIVEN][at]
            told = (row.get(column) for column in ("series", "name", "part"))
            place = row.get("place")  # rows joined from other frames lack the columns of words
            own = str(prose.name(place)) if isinstance(place, str) and place and word.isdigit() else word
            name = next((cell for cell in told if isinstance(cell, str) and cell), own)
        box = mark.artist.get_bbox().bounds if isinstance(mark.artist, Rectangle) else (mark.x, mark.y)
        found.append(noted.Mark(axes, " ".join(name.split()), row | {"unit": unit}, *box))
    return found


def _colour(mark: Mark) -> str:
    """The colour of a bar; blank for another mark."""
    return to_hex(mark.artist.get_facecolor()) if isinstance(mark.artist, Rectangle) else ""


def _read(axes: Axes, rows: pd.DataFrame) -> tuple[list[Mark], bool]:
    """All marks, and whether their values go up. Raises `ChartError` where no values can stand."""
    if not axes.has_data():
        raise ChartError("axes: nothing is drawn — draw first, then finish")
    marks = drawn.marks(axes)
    up = drawn.upright(axes, marks, rows)
    along, _across = drawn.sides(axes, up)
    if drawn.worded(along) or along.get_label_text() in drawn.NAMING:
        raise ChartError("axes: no values stand along them, but words or years — draw values along one")
    return marks, up


def _closed(axes: Axes) -> None:
    """Take the figure from pyplot, which would show it a second time."""
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(axes.figure)


def _taken(axes: Axes, title: object) -> Own:
    """A chart around the figure of ``axes``."""
    figure = axes.get_figure(root=True)
    assert figure is not None
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


def _restyle(axes: Axes, up: bool, factor: float, suffix: str, columns: set[str]) -> None:
    """Give ``axes`` the look of the collection. Labels that only name a column of the data go."""
    along, across = drawn.sides(axes, up)
    for axis in (along, across):
        if axis.get_label_text() in columns or axis is along:
            axis.set_label_text("")
    axes.set_title("")
    along.set_major_formatter(plain(suffix, factor))
    along.set_minor_formatter(NullFormatter())
    for axis in (along, across):
        if axis.get_scale() == "log":
            _logarithmic(axis)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_visible(up)
    low, high = along.get_view_interval()
    if low < 0 < high:
        (axes.axhline if up else axes.axvline)(0, color=style.INK, lw=0.9, zorder=1.5)
    for text in axes.texts:  # a value beside a bar may lie on a line of the grid
        text.set_path_effects([*labels.HALO])
    axes.set_facecolor(style.PAPER)
    axes.set_axisbelow(True)
    axes.grid(False)
    axes.grid(True, axis="y" if up else "x", color=style.GRID, linewidth=0.8)
    axes.tick_params(axis="both", labelsize=TICK, labelcolor=style.MUTED, length=0)
    for text in axes.figure.findobj(Text):
        text.set_fontfamily(style.FAMILIES)
        text.set_parse_math(False)
    for axis in (axes.xaxis, axes.yaxis):  # for labels of ticks that are made later
        axis.set_tick_params(labelfontfamily=style.FAMILIES)


def _logarithmic(axis: Axis) -> None:
    """Several ticks with plain numbers, also where ``axis`` is shorter than a power of ten."""
    ticks = log_ticks(*sorted(axis.get_view_interval()))
    axis.set_major_locator(FixedLocator(ticks) if len(ticks) >= FEWEST else MaxNLocator(5))
    if not isinstance(axis.get_major_formatter(), FuncFormatter):
        axis.set_major_formatter(FuncFormatter(lambda value, _at: style.numeral(value, ".12g")))
    axis.set_minor_locator(NullLocator())


def _yearly(axis: Axis) -> None:
    """Whole years as ticks, unless an analyst has set them."""
    if isinstance(axis.get_major_locator(), AutoLocator):
        axis.set_major_locator(MaxNLocator(8, integer=True))
        axis.set_major_formatter(FuncFormatter(lambda year, _at: f"{year:.0f}"))


def _words(axes: Axes, up: bool) -> list[str]:
    """The words along the axis across the values."""
    _along, axis = drawn.sides(axes, up)
    ticks = [float(at) for at in axis.get_majorticklocs()]
    return axis.get_major_formatter().format_ticks(ticks) if drawn.worded(axis) else []


def _legend(axes: Axes, columns: set[str], remove: bool = False) -> list[Key]:
    """The entries of the legends of axes and figure; not those that name a column, as headings do."""
    found = []
    for legend in filter(None, [axes.get_legend(), *axes.figure.legends]):
        words = [text.get_text() for text in legend.get_texts()]
        found += [
            _entry(handle, word)
            for handle, word in zip(legend.legend_handles, words, strict=True)
            if word not in columns
        ]
        if remove:
            legend.remove()
    return found


def _entry(handle: object, words: str) -> Key:
    colour, dots = style.MUTED, False
    if isinstance(handle, Line2D):
        colour = to_hex(handle.get_color())
        dots = handle.get_linestyle() in ("None", "") and handle.get_marker() not in ("None", "", None, "s")
    elif isinstance(handle, Patch | Collection):
        colour = to_hex(np.atleast_2d(handle.get_facecolor())[0])
    return Key(words, "o" if dots else "s", colour)


def _fill(
    chart: Chart, axes: Axes, marks: list[Mark], rows: pd.DataFrame, shown: Shows, matched: pd.DataFrame
) -> list[str]:
    """Fill the marks by the status of the rows ``shown``, ``matched`` each once, and explain it in the key; return what
    to warn of.

    A mark that no row tells of is worked out from the rows: as firm as the least firm of them.
    """
    soft = rows["status"].map(style.look).eq(style.SOFT).any()
    rest = style.RESTING if soft else "derived"
    lone = [mark for mark, at in zip(marks, shown, strict=True) if at is None]
    if not matched.empty:
        bars = bool(axes.containers)  # a bar has no arrow head that the key would explain
        chart.explain(matched.assign(qualifier="exact") if bars else matched, "s" if bars else "o")
    # A smooth line beside points has no values of its own to mark.
    resting = [mark for mark in lone if matched.empty or not isinstance(mark.artist, Line2D)]
    if soft and (resting or matched.empty):
        chart.key.append(Key(prose.label(style.RESTING), "o", style.face(rest, style.MUTED), style.MUTED))
    for mark in resting:
        drawn.paint(axes, mark, rest, 0)
    for mark, at in zip(marks, shown, strict=True):
        if at is not None:
            drawn.paint(axes, mark, rows["status"][at], style.ARROWS.get(rows["qualifier"][at], 0))
    if matched.empty or not lone:
        return []
    count = f"{len(lone)} of {len(shown)} marks"
    return [f"{count} are at no value of a row — pass their frame, or say how they are worked out"]
