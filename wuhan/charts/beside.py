"""Words beside lines: what changed and when, where each line ends, what the title tells of."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes

from wuhan.charts import labels, style
from wuhan.charts.chart import DOTTED, Chart, Key
from wuhan.text import prose
from wuhan.text.prose import _

LABEL, EVENT = 9.0, 8.0  # points
SIDE = 0.27  # of the width of a phone that words beside lines may have
STEEP = 30  # pixels from one year to the next, above which a label has room beside a peak


def mark(chart: Chart, axes: Axes, years: Iterable[int], event: str) -> list[int]:
    """Thin marks where something changed; several are named by ``event`` in the key. Those inside the axis."""
    low, high = axes.get_xlim()
    inside = sorted(year for year in years if low < year < high)
    for year in inside:
        axes.axvline(year, color=style.MUTED, lw=0.8, ls=DOTTED, zorder=1, gid="break")
    if len(inside) > 1:
        chart.key.append(Key(event, ":", style.MUTED))
    return inside


def name(axes: Axes, inside: list[int], event: str) -> None:
    """Name the one mark beside it, left of it where the right has less room."""
    if len(inside) != 1:
        return
    low, high = axes.get_xlim()
    left = inside[0] > (low + high) / 2
    part = max(inside[0] - low, high - inside[0]) / (high - low)
    room = part * axes.get_window_extent().width / style.DPI
    axes.annotate(
        "\n".join(labels.wrap(event, room, EVENT)) if style.slim() else event,
        (inside[0], 1),
        xycoords=("data", "axes fraction"),
        xytext=(-4 if left else 4, 3),
        ha="right" if left else "left",
        size=EVENT,
        textcoords="offset points",
        color=style.MUTED,
        va="top",
        path_effects=labels.HALO,
    )


def worded(ends: pd.DataFrame, words: list[str], yearly: bool) -> list[str]:
    """What stands beside the end of each line: its series and last value, with the year where not all end in one, and
    where one is to be doubted, so that a title tells of another year.
    """
    uneven = yearly and (ends["x"].nunique() > 1 or ends["doubt"].any())
    dated = [
        _("{number} ({status})").format(number=word, status=prose.when(str(int(x)))) if uneven else word
        for word, x in zip(words, ends["x"], strict=True)
    ]
    return [f"{series} {word}" for series, word in zip(ends["series"], dated, strict=True)]


def folded(text: str) -> str:
    """What stands beside a line, on a phone in short lines: the line needs the room."""
    return "\n".join(labels.wrap(text, style.WIDTH * SIDE, LABEL, "bold")) if style.slim() else text


def width(texts: list[str]) -> float:
    """Inches of the longest line of ``texts`` as they stand beside the ends of lines."""
    return max(labels.inches(line, LABEL, "bold") for text in texts for line in text.split("\n"))


def after(axes: Axes, own: pd.DataFrame, inside: list[int], words: list[str]) -> None:
    """The value of the year after the one event: that is what the event did, and the end of the line may not tell it.

    ``own`` are the rows of one series in order, ``words`` their values in words.
    """
    at = own.index[own["x"] == inside[0] + 1] if len(inside) == 1 else []
    if not len(at) or at[0] == own.index[-1]:
        return
    row = own.loc[at[0]]
    near = own.loc[[max(at[0] - 1, own.index[0]), at[0] + 1]]
    rises = axes.transData.transform(near[["x", "value"]])[:, 1] - axes.transData.transform((row["x"], row["value"]))[1]
    peak = min(rises) > STEEP or max(rises) < -STEEP  # the label fits beside it; else under or over it
    below = row["value"] < 0
    axes.annotate(
        words[at[0]],
        (row["x"], row["value"]),
        xytext=(8, 0) if peak else (0, -7 if below else 7),
        textcoords="offset points",
        size=LABEL,
        ha="left" if peak else "center",
        va="center" if peak else "top" if below else "bottom",
        color=style.ink(row["colour"]),
        weight="bold",
        path_effects=labels.HALO,
    )


def end_labels(axes: Axes, ends: pd.DataFrame, texts: list[str]) -> None:
    """Name every line beside its end, in its colour, pushed apart where ends lie close."""
    box = axes.get_window_extent()
    scale = 72 / style.DPI
    deep = LABEL * 1.35 / scale * max(1 + text.count("\n") for text in texts)
    pixels = axes.transData.transform(ends[["x", "value"]].to_numpy(float)).round(4)  # no leader hangs on last bits
    placed = labels.spread(list(pixels[:, 1]), deep, box.y0 + deep / 2, box.y1)
    for rank, (end, text, (x, y), target) in enumerate(zip(ends.itertuples(), texts, pixels, placed, strict=True)):
        far = abs(target - y) > deep / 3 or box.x1 - x > 60
        leader = {"arrowstyle": "-", "color": end.colour, "lw": 0.6, "shrinkA": 0, "shrinkB": 4, "relpos": (0, 0.5)}
        axes.annotate(
            text,
            (end.x, end.value),
            xytext=((box.x1 - x) * scale + 6, (target - y) * scale),
            size=LABEL,
            textcoords="offset points",
            color=style.ink(end.colour),
            va="center",
            annotation_clip=False,
            weight="bold" if rank == 0 and len(ends) > 1 else "normal",
            arrowprops=leader if far else None,
        )
