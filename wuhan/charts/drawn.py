"""What stands in axes that an analyst drew: which values, which rows they show, and how their status is painted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryLocator
from matplotlib.collections import FillBetweenPolyCollection, PathCollection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.container import BarContainer, StemContainer
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator

from wuhan.charts import style
from wuhan.charts.frames import BOUNDS
from wuhan.evidence.facts import STATUSES

FILLED = "filled by status"  # the group id of points that are
SOFTEST = (*STATUSES[:2], style.RESTING, *STATUSES[2:])
NAMING = ("name", "place", "series", "period", "year")  # columns of which a cell tells rows apart on an axis
COUNTED = {"count", "frequency", "density", "probability", "proportion", "percent"}  # what seaborn and pandas write
TOUCH = 1e-6  # of the width of a bar: a gap that is none


class Mark(NamedTuple):
    """One drawn value: the artist, which of its marks it is, where it stands in data coordinates, and its size along x
    and y: of a bar or a part of a stack its own, not where it ends.

    ``group`` is what was drawn with it: a container, a line, a collection.
    """

    artist: Line2D | PathCollection | FillBetweenPolyCollection | Rectangle
    number: int
    x: float
    y: float
    size: tuple[float, float]
    group: object


Shows = list[int | None]  # for each mark the row that it shows


def marks(axes: Axes) -> list[Mark]:
    """Every finite value drawn: points, bars, the parts of stacked areas, and the vertices of lines."""
    stacks = list(_stacks(axes))
    edges = {(mark.x, mark.y) for mark in stacks}
    found = [*_points(axes), *_bars(axes), *(mark for mark in stacks if mark.size[1])]
    bases = [container.baseline for container in axes.containers if isinstance(container, StemContainer)]
    for line in (line for line in axes.lines if line not in bases):
        points = np.asarray(line.get_xydata(), float)
        # A line across the axes is no value, and neither is the edge that pandas draws on an area.
        if all(line.get_transform().contains_branch_seperately(axes.transData)) and not edges.issuperset(
            map(tuple, points)
        ):
            found += [Mark(line, number, x, y, (x, y), line) for number, (x, y) in enumerate(points)]
    return [mark for mark in found if np.isfinite([mark.x, mark.y, *mark.size]).all()]


def _points(axes: Axes) -> Iterator[Mark]:
    for collection in axes.collections:
        if isinstance(collection, PathCollection):
            for number, (x, y) in enumerate(np.ma.filled(np.ma.asarray(collection.get_offsets(), float), np.nan)):
                yield Mark(collection, number, x, y, (x, y), collection)


def _bars(axes: Axes) -> Iterator[Mark]:
    for container in axes.containers:
        if isinstance(container, BarContainer):
            for number, bar in enumerate(container.patches):
                x, y = bar.get_x() + bar.get_width() / 2, bar.get_y() + bar.get_height() / 2
                level = container.orientation == "horizontal"
                far = (bar.get_x() + bar.get_width(), y) if level else (x, bar.get_y() + bar.get_height())
                own = (bar.get_width(), y) if level else (x, bar.get_height())
                if own[not level]:  # pandas draws what is missing as nothing
                    yield Mark(bar, number, *far, own, container)


def _stacks(axes: Axes) -> Iterator[Mark]:
    """The values of areas that stand on zero or on the area before; not of bands around a line."""
    floor = pd.Series(dtype=float)
    for area in axes.collections:
        if not isinstance(area, FillBetweenPolyCollection) or getattr(area, "t_direction", "x") != "x":
            continue
        x, y = np.vstack([np.empty((0, 2)), *(path.vertices for path in area.get_paths())]).T
        spans = pd.Series(y).groupby(x).agg(["min", "max"])
        if np.allclose(spans["min"], 0) or np.allclose(spans["min"], floor.reindex(spans.index, fill_value=np.nan)):
            floor = spans["max"]
            for number, (at, (low, high)) in enumerate(zip(spans.index, spans.to_numpy(), strict=True)):
                yield Mark(area, number, at, high, (at, high - low), area)


def worded(axis: Axis) -> bool:
    """Whether words stand along ``axis``, at places that have no meaning as numbers."""
    return isinstance(axis.get_major_locator(), StrCategoryLocator)


def sides(axes: Axes, up: bool) -> tuple[Axis, Axis]:
    """The axis along which values stand, and the one across them."""
    return (axes.yaxis, axes.xaxis) if up else (axes.xaxis, axes.yaxis)


def upright(axes: Axes, found: list[Mark], rows: pd.DataFrame) -> bool:
    """Whether values go up: along y, not x."""
    bars = [container.orientation for container in axes.containers if isinstance(container, BarContainer)]
    if bars:
        return bars[0] != "horizontal"
    if worded(axes.xaxis) != worded(axes.yaxis):
        return worded(axes.xaxis)
    if not found or axes.get_ylabel() == "value":
        return True
    sizes = zip(*(mark.size for mark in found), strict=True)
    near = [sum(np.isclose(rows["value"], size, rtol=1e-9).any() for size in along) for along in sizes]
    return axes.get_xlabel() != "value" and bool(near[1] >= near[0])


def yearly(found: list[Mark], rows: pd.DataFrame, up: bool) -> bool:
    """Whether all marks stand at years of ``rows``."""
    return {mark.x if up else mark.y for mark in found} <= set(rows.get("year", ()))


def shown(axes: Axes, found: list[Mark], rows: pd.DataFrame, up: bool) -> Shows:
    """Which row each mark shows: one with its value, and with its year or name.

    Where fewer than half of the marks that were drawn together do, it is by chance, and none does; so too where not all
    do and neither year nor name can be told from the axis. Counts show none.
    """
    said = told(axes, found, rows, up)
    cells = pd.DataFrame({name: rows[name].map(_text) for name in NAMING if name in rows}, index=rows.index)
    known = bool(set(said) & set(cells.to_numpy().ravel()))
    if _counts(axes, found, said, rows, up):
        return [None] * len(found)
    shown: Shows = []
    for mark, word in zip(found, said, strict=True):
        near = _alike(mark, rows, up)
        if known and word:
            near = near[(cells.loc[near] == word).any(axis=1)]
        shown.append(max(near, key=lambda at: SOFTEST.index(_plain(rows["status"][at])), default=None))
    hits = pd.Series([at is not None for at in shown], dtype=bool)
    shares = hits.groupby([id(mark.group) for mark in found]).transform("mean")
    return [at if share >= (0.5 if known else 1) else None for at, share in zip(shown, shares, strict=True)]


def told(axes: Axes, found: list[Mark], rows: pd.DataFrame, up: bool) -> list[str]:
    """What the axis across the values says where each mark stands: a year, a word, or ""."""
    _along, axis = sides(axes, up)
    across = [mark.x if up else mark.y for mark in found]
    if found and yearly(found, rows, up):
        return [_text(at) for at in across]
    locator = axis.get_major_locator()
    ticks = np.asarray(axis.get_majorticklocs()) if worded(axis) or isinstance(locator, FixedLocator) else np.array([])
    if not ticks.size:
        return [""] * len(found)
    labels = axis.get_major_formatter().format_ticks([float(at) for at in ticks])
    nearest = [int(np.abs(ticks - at).argmin()) for at in across]
    return [labels[one] if abs(ticks[one] - at) < 0.5 else "" for one, at in zip(nearest, across, strict=True)]


def exact(found: list[Mark], shown: Shows, rows: pd.DataFrame, up: bool) -> Shows:
    """The rows ``shown``, but of several with one value that which also has the place of the mark in another column,
    and of those the one of the series that was drawn with it: cities that all start at 100. A point of a count, which
    shows none, may be one of the rows that are counted.
    """
    numbers = rows.select_dtypes("number").drop(columns=BOUNDS, errors="ignore")
    series = rows[next((column for column in NAMING[:3] if column in rows), "source_id")]
    near = []
    for mark, at in zip(found, shown, strict=True):
        alike = _alike(mark, rows, up)
        placed = alike[numbers.loc[alike].eq(mark.x if up else mark.y).any(axis=1)]
        if at is None and not isinstance(mark.artist, PathCollection):
            placed = placed[:0]
        near.append(list(placed) or ([] if at is None else [at]))
    together = {id(mark.group): Counter[object]() for mark in found}
    for mark, one in zip(found, near, strict=True):
        together[id(mark.group)].update(series[one])
    return [
        max(one, key=lambda at: together[id(mark.group)][series[at]], default=None)
        for mark, one in zip(found, near, strict=True)
    ]


def _alike(mark: Mark, rows: pd.DataFrame, up: bool) -> pd.Index:
    """The rows that have the value of ``mark``."""
    return rows.index[np.isclose(rows["value"], mark.size[up], rtol=1e-9, atol=0)]


def _text(cell: object) -> str:
    return f"{cell:.12g}" if isinstance(cell, int | float | np.number) else str(cell)


def _counts(axes: Axes, found: list[Mark], said: list[str], rows: pd.DataFrame, up: bool) -> bool:
    """Whether rows are counted: the axis says so, or bars touch, or each is as high as rows have its label."""
    if sides(axes, up)[0].get_label_text().casefold() in COUNTED:
        return True
    bars = [mark.artist for mark in found if isinstance(mark.artist, Rectangle)]
    if not found or len(bars) < len(found):
        return False
    if not any(said):
        spans = [(bar.get_x(), bar.get_width()) if up else (bar.get_y(), bar.get_height()) for bar in bars]
        starts, widths = np.array(sorted(spans)).T
        return len(bars) > 1 and bool((np.diff(starts) <= widths[:-1] * (1 + TOUCH)).all())
    sizes = [mark.size[up] for mark in found]
    counts = (rows[column].map(_text).value_counts() for column in rows if column != "value")
    return any(np.array_equal(count.reindex(said).to_numpy(), sizes) for count in counts)


def _plain(status: str) -> str:
    return status if status in SOFTEST else STATUSES[0]  # a first release that has stood


def cut(axes: Axes, up: bool) -> list[str]:
    """Cut each line over years where one is missing; a year alone becomes a point.

    Lines without two years that follow each other are left, and told: one line of text each.
    """
    left = []
    for line in list(axes.lines):
        points = np.asarray(line.get_xydata(), float)
        years = points[:, 0 if up else 1]
        steps = np.diff(years)
        if len(points) < 2 or not np.isfinite(points).all() or not (steps > 0).all() or (steps == 1).all():
            continue
        if np.ptp(points[:, 1 if up else 0]) == 0:  # a line of reference
            continue
        if not (steps == 1).any():
            at = int(steps.argmax())
            left.append(f"a line joins {years[at]:.0f} and {years[at + 1]:.0f}, and no figure between — draw points")
            continue
        ends = np.flatnonzero(steps != 1) + 1
        line.set_data(*np.insert(points, ends, np.nan, axis=0).T)
        for run in np.split(points, ends):
            if len(run) == 1:
                (x, y), colour = run[0], to_hex(line.get_color())
                dot(axes, x, y, colour, "o", style.face(style.FIRM, colour), line)
    return left


def dot(axes: Axes, x: float, y: float, colour: str, marker: str, face: str, under: Artist) -> None:
    """One mark over what was drawn there."""
    axes.plot(
        [x],
        [y],
        ls="",
        marker=marker,
        ms=6.5,
        mew=1.4,
        mec=colour,
        mfc=face,
        zorder=under.get_zorder() + 0.5,
        clip_on=False,
    )


def paint(axes: Axes, mark: Mark, status: str, arrow: int) -> None:
    """Fill one mark. A line or an area gets a mark where its figure is not firm, an arrow head where it is a bound."""
    artist, number = mark.artist, mark.number
    if isinstance(artist, Line2D | FillBetweenPolyCollection):
        if arrow or style.look(status) != style.FIRM:
            colour = artist.get_color() if isinstance(artist, Line2D) else np.asarray(artist.get_facecolor())[0]
            own = to_hex(colour)
            dot(axes, mark.x, mark.y, own, ("o", "^", "v")[arrow], style.face(status, own), artist)
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
