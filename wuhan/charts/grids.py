"""A matrix of what is known: one row a series, one column a year, and how firmly each cell is known."""

from __future__ import annotations

import pandas as pd
from matplotlib.colors import ListedColormap
from matplotlib.patches import Rectangle

from wuhan.charts import labels, phone, style
from wuhan.charts.axes import STEPS
from wuhan.charts.chart import Chart, Key, either
from wuhan.charts.frames import standings
from wuhan.charts.marks import GIVEN, given
from wuhan.text.prose import _

CELL, WIDEST = 0.2, 1.2  # inches: height of a row, greatest width of a column
GAP = 1.2  # points between cells
LINE = 0.175  # inches: height of a row under its name, and of the name
LETTER, TICK = 7.5, 8.5  # points, of the letters in cells and of names and years
FILL, LIGHT = style.PALETTE[0], style.tint(style.PALETTE[0], 0.42)
# Firmest first: where several values exist for one cell, the firmest is shown.
KINDS = {
    "actual": (FILL, FILL, ""),
    "first_release": (FILL, FILL, ""),
    "preliminary": (LIGHT, LIGHT, ""),
    "derived": (LIGHT, LIGHT, ""),
    "estimate": (style.PAPER, FILL, "////"),
    "target": (style.PAPER, FILL, ""),
    "plan": (style.PAPER, FILL, ""),
}


def matrix(frame: pd.DataFrame, title: object, measure: str, first: int = 0) -> Chart:
    """Coverage: ``series`` down, every year along, one cell a status; blank where nothing is known.

    Rows keep their order of appearance, years run without a gap from the first to the last. A column ``label`` puts one
    or two letters into the cells (a grade of trust, for instance). ``first``: how many rows, from the top, a rule sets
    apart from the others; 0 for none.
    """
    import seaborn  # takes a second to import, and only this verb needs it

    for status in set(frame["status"]):
        style.look(status)
    frame = frame.assign(**{GIVEN: given(frame), "status": standings(frame)})
    ranked = frame.assign(rank=frame["status"].map(list(KINDS).index)).sort_values("rank", kind="stable")
    cells = ranked.drop_duplicates(["series", "year"])
    names = list(dict.fromkeys(frame["series"]))
    years = range(frame["year"].min(), frame["year"].max() + 1)
    over = phone.over(names)
    lines = [line for name in names for line in (None, name)] if over else names  # on a phone a line of words for each
    table = cells.pivot(index="series", columns="year", values="rank").reindex(index=lines, columns=years)
    each = LINE if over else CELL
    chart = Chart(title, measure, height=1.5 + each * len(lines))
    axes = chart.figure.add_subplot()
    seaborn.heatmap(
        table.astype(float),
        ax=axes,
        cmap=ListedColormap([face for face, _edge, _hatch in KINDS.values()]),
        vmin=0,
        vmax=len(KINDS),
        cbar=False,
        linewidths=0 if over else GAP,
        linecolor=style.PAPER,
    )
    if over:  # lines around each blank cell would make the drawing heavy
        axes.vlines(range(1, len(years)), 0, len(lines), color=style.PAPER, lw=GAP)
    _edges(axes, cells, lines, years)
    if 0 < first < len(names):
        axes.axhline(first * len(lines) / len(names), color=style.INK, lw=1.2, gid="rule")
    spots = cells["year"] - years[0], cells["series"].map(lines.index)
    chart.note(axes, cells, *spots, 1, 1)
    _ticks(axes, lines, years)
    chart.explain(frame.assign(qualifier="exact", status="actual"))
    chart.key = _key(cells)
    chart.fit(axes)
    box, above = axes.get_position(), LINE / chart.tall if over else 0.0  # years above, too: the figure is long
    axes.tick_params(labeltop=over)
    axes.set_position((box.x0, box.y0, min(box.width, WIDEST * len(years) / style.WIDTH), box.height - above))
    return chart


def _edges(axes, cells: pd.DataFrame, lines: list, years: range) -> None:
    """Outline what is only intended, hatch what is estimated, and letter the cells."""
    for row in cells.itertuples():
        x, y = years.index(row.year), lines.index(row.series)
        face, edge, hatch = KINDS[row.status]
        if face == style.PAPER:
            axes.add_patch(
                Rectangle((x + 0.12, y + 0.14), 0.76, 0.72, fc=face, ec=edge, lw=1, hatch=hatch or None, gid=row.status)
            )
        if getattr(row, "label", ""):
            ink = style.inside(face)
            axes.text(x + 0.5, y + 0.5, row.label, size=LETTER, ha="center", va="center_baseline", color=ink)


def _ticks(axes, lines: list, years: range) -> None:
    """Names of rows at the left, or over them; years below, only as many as fit beside each other."""
    room = 5.0 * style.part() / len(years)
    widest = max(labels.inches(str(year), TICK) for year in years) + 0.1
    every = next((every for every in STEPS if room * every >= widest), STEPS[-1])
    shown = [year for year in years if year % every == 0]
    axes.set_xticks([year - years[0] + 0.5 for year in shown], list(map(str, shown)), rotation=0, size=TICK)
    axes.set_yticks([])
    if None in lines:
        for at, name in enumerate(lines[1::2]):
            phone.name_over(axes, 2 * at + 1, name, 3)
    else:
        axes.set_yticks([at + 0.5 for at in range(len(lines))], lines, rotation=0, size=TICK, color=style.INK)
    axes.tick_params(length=0)
    axes.set(xlabel="", ylabel="")


def _key(cells: pd.DataFrame) -> list[Key]:
    """What the fills mean: statuses that look alike share an entry; an empty cell is explained too."""
    entries: dict[tuple, list[str]] = {}
    for status, drawn in KINDS.items():
        if status in set(cells["status"]):
            entries.setdefault(drawn, []).append(status)
    known = [Key(either(words), "s", *drawn) for drawn, words in entries.items()]
    return [*known, Key(_("blank: no figure"), "s", style.PAPER, style.GRID)]
