"""Figures of rows: bars, ranges, outcomes against targets, two wholes cut into the same parts."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator
from matplotlib.transforms import ScaledTranslation

from wuhan.charts import labels, phone, style
from wuhan.charts.axes import log_ticks
from wuhan.charts.chart import Chart, Key
from wuhan.charts.frames import BOUNDS, extent, prepare, wordings
from wuhan.charts.marks import GIVEN, SAID, given
from wuhan.charts.style import ChartError
from wuhan.text import palette
from wuhan.text.prose import _

LABEL = 9.0  # points
ROW = 0.27  # inches for one row
WHOLE = 0.62  # inches for one whole that is cut into parts
BAR, PART = 0.66, 0.62  # of the distance from one row to the next
OVER = 0.2  # inches that a name over its row takes
FEWEST = 3  # rows that there is at least room for
REACH = 2.0  # how far beyond the outermost dot a range of ratios is followed
QUIET = palette.REST  # rows beside the one that is highlighted
MORE, LESS = palette.BLUE, palette.PURPLE  # rows clearly above and below what they are held against


def bars(frame: pd.DataFrame, title: object, measure: str = "", unit: str = "", highlight: str = "") -> Chart:
    """Horizontal bars from zero, longest on top, each with its value; ``highlight`` names the series that
    stands out.

    Targets are hollow; an arrow follows a value known to one side only; whiskers show an interval that can be
    seen. A column ``rank`` numbers the rows, as those shown need not be the first ones; equal values have one number.
    What a column ``against`` says follows the value.
    """
    rows, measure, suffix = prepare(frame, measure, unit)
    rows = rows.sort_values(["value", "series"], ascending=[False, True]).reset_index(drop=True)
    rows["colour"] = _emphasis(frame, rows, highlight)
    chart = Chart(title, measure, height=_height(rows))
    axes = _row_axes(chart, *_numbered(rows, highlight))
    tall = BAR * ROW / (ROW + OVER) if phone.over(rows["series"]) else BAR
    faces = [style.face(status, colour) for status, colour in zip(rows["status"], rows["colour"], strict=True)]
    axes.barh(rows.index, rows["value"], height=tall, color=faces, edgecolor=rows["colour"], linewidth=1.2)
    chart.explain(rows, "s", "><")
    chart.note(axes, rows, 0, rows.index - tall / 2, rows["value"], tall)
    chart.fit(axes)
    texts = wordings(rows, suffix)
    if "against" in rows:
        texts = [f"{text}  {more}".rstrip() for text, more in zip(texts, rows["against"], strict=True)]
    _bar_labels(axes, rows, texts)
    axes.axvline(0, color=style.INK, lw=0.9)
    return chart


def dots(frame: pd.DataFrame, title: object, measure: str = "", unit: str = "", around: float = 0.0) -> Chart:
    """Ranges: a dot at the value of each row, a line from low to high; an end that is not known is an arrow.

    Rows keep their order; a column ``label`` words them. The axis starts at zero unless the values lie far from it.
    With ``around``, a ratio such as 1, it is logarithmic, so that half as much lies as far from it as twice as much: a
    row whose range holds it is grey, a range that runs on is cut and ends in an arrow, and zero is an arrow at the left
    edge. A row whose ``told`` is False is grey, too: its range would say more than is known.
    """
    rows, measure, suffix = prepare(frame, measure, unit)
    rows["colour"] = _emphasis(frame, rows, "")
    chart = Chart(title, measure, height=_height(rows) + (0.4 if around else 0.1))
    axes = _row_axes(chart, list(rows["series"]))
    chart.explain(rows, "o", "><")
    if around:
        chart.key += _sided(rows, around)
    texts = list(rows["label"]) if "label" in rows else wordings(rows, suffix)
    need = max(labels.inches(text, LABEL) for text in texts) + 0.3
    left, right = _ratios(axes, rows, around) if around else (-np.inf, np.inf)
    chart.fit(axes, right=need if around else 0.0)
    chart.note(axes, rows, rows["value"].clip(lower=left), rows.index)
    if not around:
        _amounts(axes, rows, need * style.DPI / axes.get_window_extent().width)
    for at, (row, text) in enumerate(zip(rows.itertuples(), texts, strict=True)):
        ends = [min(max(end, left), right) if np.isfinite(end) else row.value for end in (row.low, row.high)]
        axes.plot(ends, [at, at], color=row.colour, lw=2.4, alpha=0.45, zorder=3, gid="range")
        axes.plot(
            [max(row.value, left)],
            [at],
            ls="",
            marker="<" if around and not row.value else "o",
            ms=7,
            mew=1.4,
            mec=row.colour,
            zorder=4,
            gid="mark",
            mfc=style.face(row.status, row.colour),
        )
        for end, edge, arrow in ((row.low, left, "<"), (-row.high, -right, ">")):
            if around and row.value and end < edge:  # the range runs on
                axes.plot([abs(edge)], [at], ls="", marker=arrow, ms=5, color=row.colour, clip_on=False, gid="cut")
        if around:
            _aside(axes, at, text)
        else:
            _beside(axes, row, ends[1], at, text, 9)
    axes.hlines(np.arange(len(rows)), *axes.get_xlim(), color=style.GRID, lw=0.8, zorder=1)
    return chart


def _amounts(axes: Axes, rows: pd.DataFrame, part: float) -> None:
    """An axis of amounts on which labels find room, a ``part`` of the width."""
    low, high = extent(rows)
    start = low - 0.08 * (high - low) if low < 0 or low > 0.6 * high else 0.0
    axes.set_xlim(start, start + ((high - start) or 1.0) / (1 - part))


def _ratios(axes: Axes, rows: pd.DataFrame, around: float) -> tuple[float, float]:
    """A logarithmic axis that holds all dots, ``around``, and ranges as far as they can be shown: its ends."""
    if (rows["low"] < 0).any() or rows["series"].duplicated().any():
        raise ChartError("dots: a row is below zero or occurs twice — pass one ratio of amounts for each row")
    values = np.array([*rows.loc[rows["value"] > 0, "value"], around])
    low, high = rows["low"].to_numpy(float), rows["high"].to_numpy(float)
    left = max(min(values.min(), *low[low > 0], 0.9 * around), values.min() / REACH) / 1.15
    right = min(max(values.max(), *high, 1.1 * around), values.max() * REACH) * 1.15
    axes.set_xscale("log")
    axes.set_xlim(left, right)
    ticks = log_ticks(left, right)
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.grid(axis="x")
    axes.axvline(around, color=style.INK, lw=0.9, zorder=2)
    axes.tick_params(axis="y", pad=9)  # an arrow at the left edge stays clear of the names
    return left, right


def _aside(axes: Axes, at: int, text: str) -> None:
    """Write ``text`` in a column right of the rows."""
    axes.annotate(
        text,
        (1, at),
        xycoords=("axes fraction", "data"),
        xytext=(10, 0),
        size=LABEL,
        textcoords="offset points",
        va="center_baseline",
        color=style.INK,
    )


def _sided(rows: pd.DataFrame, around: float) -> list[Key]:
    """Colour the ``rows`` by whether their range holds ``around``; what colours and arrows mean, where they occur."""
    told = rows["told"].astype(bool) if "told" in rows else pd.Series(True, rows.index)
    above, below = (rows["low"] > around) & told, (rows["high"] < around) & told
    rows["colour"], key = QUIET, []
    for side, colour, words in ((above, MORE, _("clearly above {n}")), (below, LESS, _("clearly below {n}"))):
        rows.loc[side, "colour"] = colour
        key += [Key(words.format(n=f"{around:g}"), "o", colour)] * bool(side.any())
    clear = above | below
    quiet = _("range holds {n}: may be chance") if told.all() else _("may be chance, or what the list misses")
    key += [Key(quiet.format(n=f"{around:g}"), "o", QUIET)] * (not clear.all())
    return key + [Key(_("none counted"), "<", palette.SLATE)] * bool((rows["value"] == 0).any())


def shares(frame: pd.DataFrame, title: object, measure: str = "") -> Chart:
    """Wholes cut into the same parts, each drawn as 100 per cent: count against money, for instance.

    One row a part: ``series`` names the whole, ``part`` the part, ``value`` its size in the unit of its
    whole, optionally ``label`` the size in words and ``colour`` the colour of the part. Wholes and parts keep
    their order.
    """
    if frame.empty or frame["value"].isna().any() or (frame["value"] < 0).any():
        raise ChartError("shares: every part needs a value of zero or more — show prose.missing(...) in its place")
    rows = frame.reset_index(drop=True)
    rows["share"] = 100 * rows["value"] / rows.groupby("series")["value"].transform("sum")
    own = rows.rename(columns={"label": SAID})
    told = rows.assign(**{GIVEN: given(own), "series": _named(rows)})
    parts, wholes = list(dict.fromkeys(rows["part"])), list(dict.fromkeys(rows["series"]))
    fills = dict(zip(parts, [style.PALETTE[0], palette.SECOND, *style.PALETTE[1:]], strict=False))
    if "colour" in rows:
        fills = dict(zip(rows["part"], rows["colour"], strict=True))
    each = WHOLE + OVER * phone.over(wholes)
    part = PART * WHOLE / each
    chart = Chart(title, measure or _("Share of the whole, per cent"), height=1.3 + each * len(wholes))
    chart.key = [Key(part, "s", fill) for part, fill in fills.items()]
    axes = _row_axes(chart, wholes, lift=16)
    own = "status" in rows and rows["status"].eq("derived").all()
    chart.explain(rows.assign(qualifier="exact", status="derived" if own else "actual"))
    chart.fit(axes)
    axes.set_xlim(0, 100)
    room = axes.get_window_extent().width / style.DPI
    for at, series in enumerate(wholes):
        left = 0.0
        for row in rows[rows["series"] == series].itertuples():
            axes.barh(
                at, row.share, left=left, height=part, color=fills[row.part], edgecolor=style.PAPER, linewidth=1.5
            )
            chart.note(axes, told.loc[[row.Index]], left, at - part / 2, row.share, part)
            inside = _share_label(axes, row, (left, at), fills[row.part], room * row.share / 100)
            if not inside and not phone.over(wholes):
                _over(axes, row, (left, at - part / 2), room)
            left += row.share
    return chart


def _over(axes: Axes, row, corner: tuple[float, float], room: float) -> None:
    """Write the size and the percentage of a part too narrow for both over it, from its left edge or to its right."""
    share, size = _percent(row.share), str(getattr(row, "label", ""))
    text = _("{size} ({share})").format(size=size, share=share) if size else share
    wide = 100 * labels.inches(text, LABEL) / room
    right = corner[0] + wide > 100
    spot = (corner[0] + row.share if right else corner[0], corner[1])
    axes.annotate(
        text,
        spot,
        xytext=(0, 2),
        textcoords="offset points",
        ha="right" if right else "left",
        va="bottom",
        size=LABEL,
        color=style.INK,
    )


def _percent(share: float) -> str:
    return f"{share:.0f}%" if share >= 0.5 else f"{share:.1g}%"


def _named(rows: pd.DataFrame) -> list[str]:
    """What each part is: "AI ecosystem | robots"."""
    pairs = zip(rows["series"], rows["part"], strict=True)
    return [_("{what} | {of}").format(what=series, of=part) for series, part in pairs]


def _share_label(axes: Axes, row, corner: tuple[float, float], fill: str, wide: float) -> bool:
    """Write a share into its part, size and percentage, on a phone or one of them; False where it is too narrow."""
    share, size = _percent(row.share), str(getattr(row, "label", ""))
    whole = f"{size}\n{share}" if size else share
    for text in filter(None, (whole, share, size) if style.slim() else (whole,)):
        if max(labels.inches(part, LABEL) for part in text.split("\n")) + 0.04 <= wide:
            axes.text(
                corner[0] + row.share / 2,
                corner[1],
                text,
                ha="center",
                va="center",
                size=LABEL,
                color=style.inside(fill),
                linespacing=1.25,
            )
            return True
    return False


def _emphasis(frame: pd.DataFrame, rows: pd.DataFrame, highlight: str) -> list[str]:
    """One colour for all rows, or the strong one for ``highlight`` and grey for the rest."""
    if highlight and highlight not in set(rows["series"]):
        raise ChartError(f"bars: nothing to highlight: '{highlight}' is not among {', '.join(rows['series'])}")
    if "colour" in frame or ("place" in frame and rows["place"].nunique() > 1):
        own = list(rows["colour"])
    else:
        own = [(style.colour(rows["place"].iloc[0]) if "place" in frame else "") or style.PALETTE[0]] * len(rows)
    if not highlight:
        return own
    own = [style.PALETTE[0] if colour in style.GREYS else colour for colour in own]  # grey would not stand out
    return [strong if series == highlight else QUIET for series, strong in zip(rows["series"], own, strict=True)]


def _numbered(rows: pd.DataFrame, highlight: str) -> tuple[list[str], str]:
    """The names of the rows and of the one that stands out, each behind its ``rank`` if there is one."""
    if "rank" not in rows:
        return list(rows["series"]), highlight
    numbers = rows.groupby("value")["rank"].transform("min")
    names = {series: f"{number}  {series}" for number, series in zip(numbers, rows["series"], strict=True)}
    return list(names.values()), names.get(highlight, "")


def _height(rows: pd.DataFrame) -> float:
    """Inches that a figure of ``rows`` needs, with header and footer; long names take several lines."""
    if phone.over(rows["series"]):
        each = ROW + OVER
    else:
        each = max(ROW, 0.06 + 0.165 * max(len(_wrapped(name)) for name in rows["series"]))
    plain = (rows["status"].map(style.look) == style.FIRM).all() and not rows["qualifier"].isin(style.ARROWS).any()
    return (1.05 if plain else 1.25) + each * max(len(rows), FEWEST)


def _wrapped(name: str) -> list[str]:
    return labels.wrap(name, 2.3, style.SIZE)


def _row_axes(chart: Chart, names: list[str], strong: str = "", lift: float = 8) -> Axes:
    """Axes with one named row for each of ``names``, from the top; labels carry the values.

    A name over its row stands ``lift`` points over the middle of it.
    """
    axes = chart.figure.add_subplot()
    if phone.over(names):
        axes.set_yticks([])
        for at, name in enumerate(names):
            phone.name_over(axes, at, name, lift, name == strong)
    else:
        wrapped = ["\n".join(_wrapped(name)) for name in names]
        axes.set_yticks(range(len(names)), wrapped, color=style.INK)
        for tick, name in zip(axes.get_yticklabels(), names, strict=True):
            tick.set_fontweight("bold" if name == strong else "normal")
    slack = max(FEWEST - len(names), 0) / 2  # few rows are no thicker than many
    axes.set_ylim(len(names) - 0.5 + slack, -0.5 - slack)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    return axes


def _bar_labels(axes: Axes, rows: pd.DataFrame, texts: list[str]) -> None:
    """Limits that leave room for the label beyond every bar, then whiskers, arrows and labels."""
    room = axes.get_window_extent().width / style.DPI
    bounds = rows[BOUNDS].where(np.isfinite(rows[BOUNDS]), rows["value"], axis=0)
    needs = np.array([labels.inches(text, LABEL) + 0.25 for text in texts])
    up, left, right = rows["value"] >= 0, bounds["low"].min(), bounds["high"].max()
    for _round in range(30):  # the room that a label takes depends on the limits that it widens
        each = needs * (right - left or 1.0) / room
        left = min(0.0, (bounds["low"] - np.where(up, 0.0, each)).min())
        right = max(0.0, (bounds["high"] + np.where(up, each, 0.0)).max())
    axes.set_xlim(left, right if right > left else 1.0)
    visible = 0.015 * np.ptp(axes.get_xlim())
    for at, (row, text) in enumerate(zip(rows.itertuples(), texts, strict=True)):
        low, high = bounds.loc[at, "low"], bounds.loc[at, "high"]
        tip = row.value
        if row.qualifier not in style.ARROWS and high - low > visible:
            axes.plot([low, high], [at, at], color=style.INK, lw=1.2, zorder=4, gid="whisker", path_effects=labels.HALO)
            tip = high if row.value >= 0 else low
        _beside(axes, row, tip, at, text)


def _beside(axes: Axes, row, tip: float, at: int, text: str, gap: float = 6) -> None:
    """Write ``text`` ``gap`` points beyond ``tip``, after an arrow when the value is known to one side only."""
    side = 1 if row.value >= 0 else -1
    gap += _arrow(axes, row, tip, at, row.colour, gap + 2)
    axes.annotate(
        text,
        (tip, at),
        xytext=(side * gap, 0),
        textcoords="offset points",
        size=LABEL,
        va="center_baseline",
        ha="left" if side > 0 else "right",
        color=style.INK,
        path_effects=labels.HALO,
    )


def _arrow(axes: Axes, row, tip: float, at: int, colour: str, gap: float = 11) -> float:
    """Arrow of a value known to one side only, ``gap`` points beyond ``tip``; returns the points it takes."""
    sign = style.ARROWS.get(row.qualifier, 0)
    if not sign:
        return 0.0
    shift = ScaledTranslation((gap if row.value >= 0 else -gap) / 72, 0, axes.figure.dpi_scale_trans)
    axes.plot(
        [tip],
        [at],
        marker=">" if sign > 0 else "<",
        ms=6,
        color=colour,
        ls="",
        zorder=4,
        gid="arrow",
        transform=axes.transData + shift,
    )
    return 9.0
