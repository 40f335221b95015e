"""Figures of two measures of the same places: points, a line through them, names of a few."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator

from wuhan.charts import labels, style
from wuhan.charts.axes import log_ticks, plain
from wuhan.charts.chart import Chart, Key
from wuhan.charts.frames import standings, subtitle, tidy
from wuhan.charts.marks import GIVEN
from wuhan.charts.style import ChartError
from wuhan.evidence.bounds import canonical
from wuhan.text import palette, prose
from wuhan.text.prose import _

LABEL = 9.0  # points
OTHERS = palette.REST
LINE = palette.SLATE
AIR = 0.06  # of the range that stays free at each end of an axis
NUMBERS = ["x", "x_low", "x_high", "y", "y_low", "y_high"]


def scatter(
    frame: pd.DataFrame,
    title: object,
    across: str,
    up: str,
    highlight: Sequence[str] = (),
    log: str = "",
    line: pd.DataFrame | None = None,
    words: str = "",
) -> Chart:
    """One mark for each ``place`` of ``frame``, at its facts ``x`` and ``y``, hollow as the weaker status of the two.

    ``across`` and ``up`` name the measures; units come from the facts, and an interval that can be seen is a thin line.
    Places of ``highlight`` have their colour and their name. ``log`` names the logarithmic axes ("x", "y", "xy").
    ``line`` has columns ``x`` and ``value``, and ``low`` and ``high`` for its band, in the units of the facts;
    ``words`` says in the key what it is. Raises :class:`ChartError` for two units on one axis, and for zero or less on
    a logarithmic one.
    """
    named = [place for place in dict.fromkeys(highlight) if place in set(frame["place"])]
    marks = _marks(frame, named, log)
    (wide, across_unit), (tall, up_unit) = (_scale(frame, name) for name in "xy")
    marks[NUMBERS] *= [wide] * 3 + [tall] * 3
    path = _path(line, wide, tall)
    chart = Chart(title, subtitle(up, up_unit), height=style.HEIGHT + 0.4)
    axes = chart.figure.add_subplot()
    _axis(axes.xaxis, "x", [*marks["x"], *path["x"]], "x" in log, across_unit)
    drawn = path[["value", "low", "high"]].to_numpy().ravel()
    _axis(axes.yaxis, "y", [*marks["y"], *drawn[~np.isnan(drawn)]], "y" in log, up_unit)
    axes.grid(True)
    chart.explain(marks)
    _draw_line(chart, axes, path, words)
    _fit(chart, axes, subtitle(across, across_unit))
    _draw(axes, marks)
    places = prose.table_of("places", "place")
    called = [prose.name(place) if place in places else place for place in marks["place"]]
    for name, measure in (("y", up), ("x", across)):
        facts = [{"fact": fact} for fact in marks[f"{name}_fact"]]
        series = [_("{what}, {of}").format(what=each, of=measure) for each in called]
        chart.note(axes, pd.DataFrame({"series": series, GIVEN: facts}), marks["x"], marks["y"])
    told = marks.set_index("place").loc[named]
    labels.annotate(
        axes,
        list(zip(told["x"], told["y"], strict=True)),
        [str(prose.name(place)) for place in named],
        [style.ink(colour) for colour in told["colour"]],
        LABEL,
        clear=list(zip(marks["x"], marks["y"], strict=True)),
    )
    return chart


def _marks(frame: pd.DataFrame, named: list[str], log: str) -> pd.DataFrame:
    """The numbers of ``frame``, one row a place; those to be ``named`` last, so that they are drawn on top."""
    greys = itertools.cycle(style.GREYS)
    inks = {place: style.colour(place) or next(greys) for place in named}
    rows = []
    for place, x, y in frame[["place", "x", "y"]].itertuples(index=False):
        for name, fact in (("x", x), ("y", y)):
            if name in log and fact.value <= 0:
                raise ChartError(f"scatter: {place} is at {fact.value:g} on a logarithmic axis — leave it out")
        status = max(standings(tidy({"x": x, "y": y})), key=list(style.LOOKS).index)
        numbers = dict(zip(NUMBERS, (x.value, x.low, x.high, y.value, y.low, y.high), strict=True))
        rows.append(
            {
                "place": place,
                **numbers,
                "x_fact": x,
                "y_fact": y,
                "status": status,
                "qualifier": "exact",
                "source_id": (*x.sources, *y.sources),
                "colour": inks.get(place, OTHERS),
                "own": place in inks,
            }
        )
    return pd.DataFrame(rows).sort_values("own", kind="stable").reset_index(drop=True)


def _scale(frame: pd.DataFrame, name: str) -> tuple[float, str]:
    """Factor and words of the unit of one axis."""
    units = {fact.unit for fact in frame[name]}
    if len(units) > 1:
        raise ChartError(f"scatter: one axis cannot carry {' and '.join(sorted(units))} — convert to one unit")
    return style.axis_unit(units.pop(), max(abs(fact.value) for fact in frame[name]))


def _path(line: pd.DataFrame | None, wide: float, tall: float) -> pd.DataFrame:
    """The line in the units of the axes; a band that is not given is blank, no line is an empty frame."""
    path = pd.DataFrame(columns=["x", "value", "low", "high"], dtype=float)
    if line is not None:
        path = line.reindex(columns=path.columns) * [wide, tall, tall, tall]
    return path


def _axis(axis: Axis, name: str, values: Sequence[float], log: bool, unit: str) -> None:
    """Limits around ``values`` and a few round ticks."""
    low, high = min(values), max(values)
    if log:
        reach = math.exp(AIR * (math.log(high / low) or 1.0))
        low, high = canonical(low / reach), canonical(high * reach)
        axis.axes.set(**{f"{name}scale": "log"})
        axis.set_major_locator(FixedLocator(log_ticks(low, high)))
        axis.set_minor_locator(NullLocator())
    else:
        air = AIR * ((high - low) or abs(high) or 1.0)
        low, high = low - air, high + air
        axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    axis.axes.set(**{f"{name}lim": (low, high)})
    axis.set_major_formatter(plain("%" if unit == "%" else ""))


def _draw_line(chart: Chart, axes: Axes, path: pd.DataFrame, words: str) -> None:
    """The line, its band, and an entry of the key for both."""
    if path.empty:
        return
    axes.plot(path["x"], path["value"], color=LINE, lw=1.6, zorder=2.5, gid="fit")
    shade = style.tint(LINE, 0.18)
    if path["low"].notna().any():
        axes.fill_between(path["x"], path["low"], path["high"], color=shade, lw=0, zorder=1.2, gid="band")
    chart.key.insert(0, Key(words, "s", shade if path["low"].notna().any() else LINE, LINE))


def _fit(chart: Chart, axes: Axes, across: str) -> None:
    """Give ``axes`` its room, with the measure of the lower axis under the tick labels."""
    deep = LABEL * 1.5 / 72 / chart.tall
    chart.fit(axes)
    box = axes.get_position()
    axes.set_position((box.x0, box.y0 + deep, box.width, box.height - deep))
    ticks = [text.get_window_extent() for text in axes.get_xticklabels() if text in labels.texts(chart.figure)]
    over = max([tick.x1 for tick in ticks], default=0.0) / style.DPI - (style.WIDTH - 0.05)
    wide = box.width - max(over, 0.0) / style.WIDTH
    axes.set_position((box.x0, box.y0 + deep, wide, box.height - deep))
    low = min(tick.y0 for tick in ticks) / style.DPI
    chart.figure.text(
        box.x0 + wide, (low - 0.02) / chart.tall, across, size=LABEL, color=style.MUTED, ha="right", va="top"
    )


def _draw(axes: Axes, marks: pd.DataFrame) -> None:
    """The marks with their intervals, a line each, hidden behind the mark where it is short."""
    for row in marks.itertuples():
        size, over = (7.5, 4) if row.own else (5.5, 3)
        for xs, ys in (((row.x_low, row.x_high), (row.y, row.y)), ((row.x, row.x), (row.y_low, row.y_high))):
            axes.plot(xs, ys, color=row.colour, lw=1.1, alpha=0.6, zorder=over - 0.2, gid="range")
        axes.plot(
            [row.x],
            [row.y],
            ls="",
            marker="o",
            ms=size,
            mew=1.3,
            mec=row.colour,
            gid="mark",
            zorder=over,
            mfc=style.face(row.status, row.colour),
            clip_on=False,
        )
