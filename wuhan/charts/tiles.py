"""Tiles of equal area: one for each member of a group, for lists of which no size is known."""

from __future__ import annotations

import pandas as pd
from matplotlib.patches import Rectangle

from wuhan.charts import labels, style
from wuhan.charts.chart import MARGIN, Chart, Key
from wuhan.charts.style import ChartError

ACROSS, HIGH, GAP = 5, 0.74, 0.07  # tiles in one row; inches of a tile and of the space between two
HEAD, NAME, LABEL = 1.2, 8.2, 8.0  # inches for the names of groups; points of names and labels
FILL, LIGHT = style.PALETTE[0], style.tint(style.PALETTE[0], 0.28)
# Face and edge of a tile, from what is known best to what is not known; hollow is an intention, as everywhere.
LEVELS = {
    "full": (FILL, FILL),
    "half": (LIGHT, LIGHT),
    "hollow": (style.PAPER, FILL),
    "empty": (style.PAPER, style.GRID),
}


def tile_map(frame: pd.DataFrame, title: object, measure: str) -> Chart:
    """One row of tiles for each ``group``, one tile of equal area for each row of ``frame``.

    ``series`` names the tile and ``label`` stands below the name; ``level``, one of `LEVELS`, is its look, and ``part``
    says in the key what the level means. Groups and tiles keep their order; a group of more than five goes on in the
    next line. Raises :class:`ChartError` for a level that there is not, and for a name that does not fit.
    """
    unknown = [level for level in frame["level"] if level not in LEVELS]
    if unknown:
        raise ChartError(f"tile_map: found level '{unknown[0]}' — write one of {', '.join(LEVELS)}")
    lines = [
        (group if not start else "", own.iloc[start : start + ACROSS])
        for group, own in frame.groupby("group", sort=False)
        for start in range(0, len(own), ACROSS)
    ]
    chart = Chart(title, measure, height=1.2 + (HIGH + GAP) * len(lines))
    chart.explain(frame.assign(qualifier="exact", status="actual"))
    said = dict(zip(frame["level"], frame["part"], strict=True))
    chart.key = [Key(said[level], "s", *drawn) for level, drawn in LEVELS.items() if level in said]
    left, bottom, width, height = chart.area()
    axes = chart.figure.add_subplot()
    chart.place(axes, left, bottom, width, height)
    axes.set(xlim=(0, width), ylim=(height, 0))  # inches from the upper left corner
    axes.axis("off")
    wide = (width - HEAD) / ACROSS - GAP
    for at, (group, own) in enumerate(lines):
        top = at * (height / len(lines))
        heading = f"{group[:1].upper()}{group[1:]}"
        _words(axes, 0, top + HIGH / 2, heading, HEAD - 0.1, style.INK, ha="left", weight="bold")
        for place, row in enumerate(own.itertuples()):
            _tile(axes, row, HEAD + place * (wide + GAP), top, wide)
    return chart


def _tile(axes, row, left: float, top: float, wide: float) -> None:
    """A tile with its name in the upper part and its label in the lower."""
    face, edge = LEVELS[row.level]
    inset = 0.012  # keeps the outline inside
    corner, sides = (left + inset, top + inset), (wide - 2 * inset, HIGH - 2 * inset)
    axes.add_patch(Rectangle(corner, *sides, fc=face, ec=edge, lw=1.3, gid=row.level))
    ink = style.PAPER if style.luminance(face) <= 0.18 else style.INK
    _words(axes, left + wide / 2, top + 0.29, row.series, wide - 0.1, ink, most=3)
    muted = ink if face == FILL else style.MUTED if face == style.PAPER else style.INK
    axes.text(left + wide / 2, top + HIGH - 0.12, row.label, size=LABEL, color=muted, ha="center", va="center")


def _words(axes, x: float, y: float, text: str, room: float, ink: str, ha="center", weight="normal", most=3) -> None:
    """``text`` in at most ``most`` lines of ``room`` inches around ``y``."""
    lines = labels.wrap(str(text), room, NAME, weight)
    if len(lines) > most or any(labels.inches(line, NAME, weight) > room + MARGIN for line in lines):
        raise ChartError(f"tile_map: '{text}' does not fit into {room:.1f} inches — shorten the name")
    axes.text(x, y, "\n".join(lines), size=NAME, color=ink, ha=ha, va="center", weight=weight, linespacing=1.1)
