"""The verbs that notebooks draw with. A tidy frame goes in, a finished figure comes out.

One row of a frame is one mark: columns ``value``, ``low``, ``high``, ``status``, ``qualifier``, ``source_id``, and
``year`` or ``period`` where there is time, ``series`` (the label; else the name of ``place``), optionally ``colour``.
When the frame holds one ``indicator``, its name and unit are taken from the data; otherwise say ``measure`` and
``unit``. Titles state the finding and are computed. See :class:`wuhan.presentation.chart.Chart` for ``show``.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable

import numpy as np
import pandas as pd
from matplotlib.ticker import FuncFormatter, MaxNLocator

from wuhan.presentation import labels, prose, style
from wuhan.presentation.chart import Chart, ChartError, Shown
from wuhan.presentation.prose import _

__all__ = ["Chart", "ChartError", "Shown", "bars", "line", "points", "tidy", "when"]

NEEDED = ("value", "low", "high", "status", "qualifier", "source_id")


def tidy(facts, **columns) -> pd.DataFrame:
    """A frame for the verbs from facts: ``facts`` is a mapping of label to fact, or a sequence; ``columns`` are added."""
    items = list(facts.items()) if hasattr(facts, "items") else [(fact.place, fact) for fact in facts]
    rows = [{"series": label, "period": fact.period, "value": fact.value, "low": fact.low, "high": fact.high,
             "status": fact.status, "qualifier": fact.qualifier, "source_id": fact.sources, "unit": fact.unit}
            for label, fact in items]
    return pd.DataFrame(rows).assign(**columns)


def when(period: str) -> float:
    """Place of ``period`` on a time axis in years: a span from January lies at its end, all others in their middle."""
    start, _slash, end = period.partition("/")
    parts = [int(part) for part in (end or start).split("-")]
    year, month, day = (*parts, 0, 0)[:3]
    if not month:
        return year + (1.0 if end else 0.5)
    days = calendar.monthrange(year, month)[1]
    share = (day - 0.5) / days if day else 1.0 if end else 0.5
    return year + (month - 1 + share) / 12


def _prepare(frame: pd.DataFrame, measure: str, unit: str) -> tuple[pd.DataFrame, str, str]:
    """The rows that have a value, with ``series`` and ``colour`` filled and values in the unit of the axis."""
    lacking = [column for column in NEEDED if column not in frame.columns]
    if lacking:
        raise ChartError(f"chart: the frame has no column '{lacking[0]}' — it has {', '.join(map(str, frame.columns))}")
    rows = frame[frame["value"].notna()].reset_index(drop=True)
    if rows.empty:
        raise ChartError("chart: no row has a value — show prose.missing(...) instead")
    indicators = rows["indicator"].unique() if "indicator" in rows else []
    if len(indicators) == 1:
        measure = measure or prose.measure(indicators[0])
        unit = unit or prose.unit_of(indicators[0])
    units = rows["unit"].unique() if "unit" in rows else []
    unit = unit or (units[0] if len(units) == 1 else "")
    if not measure or not unit:
        raise ChartError("chart: the frame does not hold one indicator — pass measure='…' and unit='…'")
    if "series" not in rows:
        rows["series"] = [prose.name(place) for place in rows["place"]] if "place" in rows else measure
    rows["colour"] = _series_colours(rows)
    finite = rows[["value"]].abs().max().iloc[0]
    factor, words = style.axis_unit(unit, finite)
    rows[["value", "low", "high"]] = rows[["value", "low", "high"]].astype(float) * factor
    if words and words != "%":
        measure = f"{measure}, {_(words)}"
    return rows, measure, "%" if words == "%" else ""


def _series_colours(rows: pd.DataFrame) -> list[str]:
    """The given ``colour``; else that of the place when series are places; else the palette in order of appearance."""
    order = list(dict.fromkeys(rows["series"]))
    places = rows.groupby("series")["place"].first() if "place" in rows else {}
    by_place = "place" in rows and rows.groupby("place")["series"].nunique().max() == 1
    given = rows["colour"] if "colour" in rows else pd.Series("", index=rows.index)
    picked = {}
    for rank, series in enumerate(order):
        spare = style.PALETTE[rank % len(style.PALETTE)]
        picked[series] = style.colour(places[series]) if by_place else spare
    return [own if isinstance(own, str) and own else picked[series]
            for own, series in zip(given, rows["series"], strict=True)]


def _wording(row, suffix: str, digits: int = 4) -> str:
    """A value as its label says it: with the qualifier in front and the sign of per cent behind."""
    return _(style.PREFIXES.get(row.qualifier, "{number}")).format(number=style.number(row.value, digits) + suffix)


def _scale(axes, low: float, high: float, suffix: str, zero: bool) -> None:
    """Limits, four to six ticks and grid of the vertical axis; from zero on where heights are compared."""
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    span = (high - low) or abs(high) or 1.0
    axes.set_ylim(low - (0 if zero and low == 0 else 0.06 * span), high + 0.1 * span)
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    steps = np.diff(axes.yaxis.get_major_locator().tick_values(*axes.get_ylim()))
    places = max(0, -int(np.floor(np.log10(steps[0]) + 1e-9)) + (f"{steps[0]:.1e}"[2] == "5"))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: f"{value + 0.0:,.{places}f}{suffix}"))
    axes.grid(axis="y")


def _year_axis(axes, first: float, last: float) -> None:
    """Ticks at whole years, as many as can be read; half a year of air at each end."""
    step = next(step for step in (1, 2, 5, 10, 20, 50) if (last - first) / step <= 9)
    years = [year for year in range(int(first), int(last) + 1) if year % step == 0]
    axes.set_xlim(first - 0.4, last + 0.4)
    axes.set_xticks(years, [str(year) for year in years])


def _finite(rows: pd.DataFrame) -> tuple[float, float]:
    """Smallest and largest finite number among values and bounds."""
    numbers = rows[["value", "low", "high"]].to_numpy(float)
    numbers = numbers[np.isfinite(numbers)]
    return float(numbers.min()), float(numbers.max())


def _marks(axes, rows: pd.DataFrame, size: float = 6.5) -> None:
    """One mark a row: fill by status, arrow by qualifier."""
    for row in rows.itertuples():
        sign = style.ARROWS.get(row.qualifier, 0)
        axes.plot([row.x], [row.value], ls="", marker={1: "^", -1: "v", 0: "o"}[sign], ms=size, mew=1.4, mec=row.colour,
                  mfc=style.face(row.status, row.colour), zorder=4, gid="mark")


def segments(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """``rows`` of one series, sorted by ``year``, cut wherever a year is missing."""
    ordered = rows.sort_values("year")
    return [part for _run, part in ordered.groupby((ordered["year"].diff() != 1).cumsum())]


def line(frame: pd.DataFrame, title: object, measure: str = "", unit: str = "", breaks: Iterable[int] = ()) -> Chart:
    """Years along the axis, one line a series; the first series is the subject and is drawn stronger.

    A missing year breaks the line. Targets and plans stand alone, hollow. ``breaks`` are years at which an economic
    census re-based the level.
    """
    rows, measure, suffix = _prepare(frame, measure, unit)
    rows["year"] = rows["year"] if "year" in rows else rows["period"].astype(int)
    rows["x"] = rows["year"]
    chart = Chart(title, measure)
    axes = chart.figure.add_subplot()
    ends = []
    for rank, (_series, own) in enumerate(rows.groupby("series", sort=False)):
        outcome = own[own["status"].map(style.look) != style.AIM]
        if outcome.duplicated("year").any():
            raise ChartError(f"line: series '{_series}' has two values for one year — select one vintage and source")
        for part in segments(outcome) if len(outcome) else []:
            axes.plot(part["year"], part["value"], color=own["colour"].iloc[0], lw=2.6 if rank == 0 else 1.6,
                      zorder=3 if rank == 0 else 2.5, gid="line")
            if len(part) == 1:
                _marks(axes, part, 5)
        _marks(axes, own[own["status"].map(style.look) != style.FIRM])
        last = outcome.sort_values("year").tail(1)
        _marks(axes, last[last["status"].map(style.look) == style.FIRM], 5)
        ends.append((outcome if len(outcome) else own).sort_values("year").iloc[-1])
    _year_axis(axes, rows["year"].min(), rows["year"].max())
    _scale(axes, *_finite(rows), suffix, zero=False)
    _bands(chart, axes, rows)
    chart.add_key(rows)
    chart.add_sources(rows)
    texts = [f"{end.series} {_wording(end, suffix)}" for end in ends]
    chart.fit(axes, right=max(labels.inches(text, 9, "bold") for text in texts) + 0.16)
    _breaks(axes, breaks)
    _end_labels(axes, ends, texts)
    return chart


def _bands(chart: Chart, axes, rows: pd.DataFrame) -> None:
    """Shade the interval of a series where it can be seen at all: wider than a hundredth of the axis."""
    bottom, top = axes.get_ylim()
    shown = False
    for _series, own in rows.groupby("series", sort=False):
        for part in segments(own[np.isfinite(own["low"]) & np.isfinite(own["high"])]):
            if (part["high"] - part["low"]).max() > 0.012 * (top - bottom) and len(part) > 1:
                axes.fill_between(part["year"], part["low"], part["high"], color=part["colour"].iloc[0], alpha=0.18, lw=0)
                shown = True
    if shown:
        chart.add_band()


def _breaks(axes, breaks: Iterable[int]) -> None:
    """Thin marks where a census re-based the level, named once."""
    low, high = axes.get_xlim()
    inside = [year for year in sorted(breaks) if low < year < high]
    for rank, year in enumerate(inside):
        axes.axvline(year, color=style.MUTED, lw=0.8, ls=(0, (2, 2)), zorder=1)
        if rank == 0:
            axes.annotate(_("census re-basing"), (year, 1), xycoords=("data", "axes fraction"), xytext=(4, -1), size=8,
                          textcoords="offset points", color=style.MUTED, va="top")


def _end_labels(axes, ends: list, texts: list[str]) -> None:
    """Name every line at its end, in its colour, pushed apart where ends lie close."""
    edge = axes.get_window_extent().x1
    pixels = [axes.transData.transform((end.x, end.value)) for end in ends]
    tall = 9 * 1.3 * style.DPI / 72
    box = axes.get_window_extent()
    placed = labels.spread([y for _x, y in pixels], tall, box.y0 + tall / 2, box.y1)
    for rank, (end, text, (x, y), target) in enumerate(zip(ends, texts, pixels, placed, strict=True)):
        away = abs(target - y) > tall / 3 or edge - x > 40
        axes.annotate(text, (end.x, end.value), xytext=((edge - x) * 72 / style.DPI + 6, (target - y) * 72 / style.DPI),
                      textcoords="offset points", color=end.colour, size=9, va="center", annotation_clip=False,
                      weight="bold" if rank == 0 and len(ends) > 1 else "normal",
                      arrowprops={"arrowstyle": "-", "color": end.colour, "lw": 0.6, "shrinkB": 4, "shrinkA": 0,
                                  "relpos": (0, 0.5)} if away else None)


def points(frame: pd.DataFrame, title: object, measure: str = "", unit: str = "") -> Chart:
    """Dated single figures, never joined. A ``label`` column words them; without one the value is the label."""
    rows, measure, suffix = _prepare(frame, measure, unit)
    periods = rows["period"].astype(str) if "period" in rows else rows["year"].astype(str)
    yearly = periods.str.fullmatch(r"\d{4}").all()
    rows["x"] = [float(period) if yearly else when(period) for period in periods]
    chart = Chart(title, measure)
    axes = chart.figure.add_subplot()
    if yearly:
        _year_axis(axes, rows["x"].min(), rows["x"].max())
    else:
        _date_axis(axes, rows["x"].min(), rows["x"].max())
    _scale(axes, *_finite(rows), suffix, zero=True)
    _marks(axes, rows)
    chart.add_key(rows)
    chart.add_sources(rows)
    chart.fit(axes)
    texts = list(rows["label"]) if "label" in rows else [_wording(row, suffix) for row in rows.itertuples()]
    several = rows["series"].nunique() > 1
    if several and "label" not in rows:
        texts = [f"{row.series} {text}" for row, text in zip(rows.itertuples(), texts, strict=True)]
    labels.annotate(axes, list(zip(rows["x"], rows["value"], strict=True)), texts, list(rows["colour"]))
    return chart


def _date_axis(axes, first: float, last: float) -> None:
    """An axis of dates: a fine line at each turn of the year, the year written in its middle."""
    start, stop = int(np.floor(first)), int(np.ceil(last))
    stop += start == stop
    step = next(step for step in (1, 2, 5, 10, 20) if (stop - start) / step <= 11)
    air = 0.02 * (stop - start)
    axes.set_xlim(start - air, stop + air)
    axes.set_xticks(range(start, stop + 1), [""] * (stop - start + 1))
    middles = [year + 0.5 for year in range(start, stop) if (year - start) % step == 0]
    axes.set_xticks(middles, [str(int(middle)) for middle in middles], minor=True)


def bars(frame: pd.DataFrame, title: object, measure: str = "", unit: str = "", highlight: str = "") -> Chart:
    """Horizontal bars from zero, longest on top, each with its value. ``highlight`` names the series that stands out.

    Targets are hollow; a value known only to one side ends in an arrow; whiskers show an interval that can be seen.
    """
    rows, measure, suffix = _prepare(frame, measure, unit)
    rows = rows.sort_values(["value", "series"], ascending=[False, True]).reset_index(drop=True)
    if highlight:
        rows["colour"] = [style.PALETTE[0] if series == highlight else "#A9A9B2" for series in rows["series"]]
    elif rows["colour"].nunique() == len(rows) and "place" not in rows and "colour" not in frame:
        rows["colour"] = style.PALETTE[0]
    chart = Chart(title, measure, height=1.35 + 0.27 * max(len(rows), 4))
    axes = chart.figure.add_subplot()
    axes.barh(rows.index, rows["value"], height=0.66, color=[style.face(*pair) for pair in zip(
        rows["status"], rows["colour"], strict=True)], edgecolor=rows["colour"], linewidth=1.2)
    axes.set_yticks(rows.index, rows["series"], color=style.INK)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.axvline(0, color=style.INK, lw=0.9)
    chart.add_key(rows)
    chart.add_sources(rows)
    chart.fit(axes)
    texts = [_wording(row, suffix) for row in rows.itertuples()]
    _bar_labels(axes, rows, texts)
    return chart


def _bar_labels(axes, rows: pd.DataFrame, texts: list[str]) -> None:
    """Limits that leave room for the label behind every bar, then whiskers, arrows and labels."""
    room = axes.get_window_extent().width / style.DPI
    needs = [labels.inches(text, 9) + 0.22 for text in texts]
    high = rows["high"].where(np.isfinite(rows["high"]), rows["value"])
    low = rows["low"].where(np.isfinite(rows["low"]), rows["value"])
    right = max([max(end, 0) / max(1 - need / room, 0.2) for end, need in zip(high, needs, strict=True)])
    left = min([min(end, 0) / max(1 - need / room, 0.2) for end, need in zip(low, needs, strict=True)])
    axes.set_xlim(left, right or (0.0 if left else 1.0))
    span = axes.get_xlim()[1] - axes.get_xlim()[0]
    for at, row, text in zip(rows.index, rows.itertuples(), texts, strict=True):
        side = 1 if row.value >= 0 else -1
        tip = row.value
        sign = style.ARROWS.get(row.qualifier, 0)
        if sign:
            axes.plot([tip], [at], marker=">" if sign > 0 else "<", ms=7, color=row.colour, ls="", zorder=4)
        elif high[at] - low[at] > 0.015 * span:
            axes.plot([low[at], high[at]], [at, at], color=style.INK, lw=1.1, zorder=4, gid="whisker")
            tip = high[at] if side > 0 else low[at]
        axes.annotate(text, (tip, at), xytext=(side * (8 if sign else 5), 0), textcoords="offset points", size=9,
                      va="center_baseline", ha="left" if side > 0 else "right", color=style.INK)


