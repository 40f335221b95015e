"""From the frames of a notebook to marks: columns checked, units of the axis, colours, positions in time.

One row of a frame is one mark: columns ``value``, ``low``, ``high``, ``status``, ``qualifier``,
``source_id``; ``year`` or ``period`` where there is time; ``series`` (the label), or ``place``, whose name
and colour are then used; optionally ``colour``, ``label`` and ``rests`` (what is derived rests on figures that are
preliminary). When a frame holds one ``indicator``, measure
and unit come from the data.
"""

from __future__ import annotations

import calendar
import itertools
import math
from bisect import bisect, bisect_left
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from wuhan.charts import style
from wuhan.charts.marks import GIVEN, given
from wuhan.charts.style import ChartError
from wuhan.evidence import observations
from wuhan.evidence.quantities import Quantity, render
from wuhan.text import prose
from wuhan.text.language import _, known

NEEDED = ("value", "low", "high", "status", "qualifier", "source_id")
BOUNDS = ["value", "low", "high"]
TOLD = ("period", *BOUNDS, "status", "qualifier", "unit")  # of a fact in a row
DIGITS = 4


def tidy(facts: Mapping | Iterable, **columns: object) -> pd.DataFrame:
    """A frame for the verbs from facts: one row a fact.

    ``facts`` maps labels to facts, or is a sequence of facts labelled by their places. ``columns`` are added
    to it.
    """
    pairs = list(facts.items()) if isinstance(facts, Mapping) else [(prose.name(fact.place), fact) for fact in facts]
    rows = [
        {
            "series": label,
            **{name: getattr(fact, name) for name in TOLD},
            "rests": observations.rests(fact),
            "source_id": fact.sources,
        }
        for label, fact in pairs
    ]
    return pd.DataFrame(rows).assign(**columns)


def prepare(frame: pd.DataFrame, measure: str, unit: str) -> tuple[pd.DataFrame, str, str]:
    """The rows that have a value, in the unit of the axis; the subtitle; the sign behind each number ("%" or
    "").

    ``series`` and ``colour`` are filled. Raises :class:`ChartError` when columns, values or the unit are
    lacking.
    """
    lacking = [column for column in NEEDED if column not in frame.columns]
    if lacking:
        found = ", ".join(map(str, frame.columns))
        raise ChartError(f"chart: no column '{lacking[0]}' in the frame, which has {found}")
    rows = frame[frame["value"].notna()].reset_index(drop=True)
    told = rows
    rows = rows.assign(status=standings(rows))
    indicators = rows["indicator"].unique() if "indicator" in rows else []
    if len(indicators) == 1:
        measure, unit = measure or prose.measure(indicators[0]), unit or prose.unit_of(indicators[0])
    units = rows["unit"].unique() if "unit" in rows else []
    if len(units) > 1:
        raise ChartError(f"chart: one axis cannot carry {' and '.join(units)} — convert the values to one unit")
    unit, measure = unit or (units[0] if len(units) else ""), known(str(measure))
    if not measure or not unit:
        raise ChartError("chart: the frame does not hold one indicator — pass measure='…' and unit='…'")
    rows[GIVEN] = given(told, unit)
    if "series" not in rows:
        rows["series"] = [prose.name(place) for place in rows["place"]] if "place" in rows else measure
    rows["colour"] = colours(rows)
    sizes = rows["value"].abs()
    # In the magnitude of the largest, unless half of them would then start with zeros: 0.02 trillion.
    factor, words = style.axis_unit(unit, float(min(sizes.max(), 10 * sizes.median() or sizes.max())))
    rows[BOUNDS] = rows[BOUNDS].astype(float) * factor
    rows["scaled"] = factor != 1
    return rows, subtitle(measure, words), "%" if words == "%" else ""


def subtitle(measure: str, unit: str) -> str:
    """A measure with the words of its unit, but for per cents, which stand at the numbers."""
    return _("{measure}, {unit}").format(measure=measure, unit=unit) if unit not in ("", "%") else measure


def standings(rows: pd.DataFrame) -> list[str]:
    """The status of each row as a figure shows it: that of today, and whether what is derived rests on figures that are
    preliminary (told by the column ``rests``, else by the column ``fact``).
    """
    periods = rows["period"] if "period" in rows else rows["year"].astype(str) if "year" in rows else [""] * len(rows)
    if "rests" in rows:
        rests = rows["rests"]
    else:
        rests = rows["fact"].map(observations.rests) if "fact" in rows else [False] * len(rows)
    return [
        style.RESTING if status == "derived" and soft else observations.standing(status, period)
        for status, period, soft in zip(rows["status"], periods, rests, strict=True)
    ]


def colours(rows: pd.DataFrame) -> list[str]:
    """One colour a series: the given ``colour``; else that of its place; else the palette in order of
    appearance.

    Places without a colour of their own take greys. Where all rows are of one place, the first series has its
    colour.
    """
    order = list(dict.fromkeys(rows["series"]))
    places = dict(zip(rows["series"], rows["place"], strict=True)) if "place" in rows else {}
    if len(set(places.values())) == len(order) > 1:
        greys = itertools.cycle(style.GREYS)
        own = {series: style.colour(place) for series, place in places.items()}
        picked = {series: own[series] or next(greys) for series in order}
    else:
        first = style.colour(next(iter(places.values()))) if len(set(places.values())) == 1 else ""
        spare = [first] * bool(first) + [colour for colour in style.PALETTE if colour != first]
        picked = dict(zip(order, itertools.cycle(spare), strict=False))
    given = rows["colour"] if "colour" in rows else [""] * len(rows)
    return [
        own if isinstance(own, str) and own else picked[series]
        for own, series in zip(given, rows["series"], strict=True)
    ]


def when(period: str) -> float:
    """Place of ``period`` on an axis of years: a span at its end, a year, month or day in its middle."""
    start, _slash, end = period.partition("/")
    parts = [int(part) for part in (end or start).split("-")]
    year, month, day = (*parts, 0, 0)[:3]
    if not month:
        return year + (1.0 if end else 0.5)
    share = (day - 0.5) / calendar.monthrange(year, month)[1] if day else 1.0 if end else 0.5
    return year + (month - 1 + share) / 12


def clock(rows: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """``rows`` with their place in time, and True when every period is a whole year (a point of the axis
    then).

    New columns: ``x`` (place on the axis), ``turn`` (years or months counted through), ``step`` (turns from
    one figure to the next when none is missing) and ``lap`` (the year, for spans that start anew every
    January). Where such spans stand beside whole years, a year is a span too.
    """
    periods = rows["year"].astype(str) if "year" in rows else rows["period"].astype(str)
    if periods.str.fullmatch(r"\d{4}").all():
        years = periods.astype(int)
        return rows.assign(x=years.astype(float), turn=years, step=1, lap=0), True
    spans = periods.str.contains("/")
    if spans.any():
        periods = periods.where(~periods.str.fullmatch(r"\d{4}"), periods + "-01/" + periods + "-12")
        spans = periods.str.contains("/")
    x = periods.map(when)
    timed = rows.assign(x=x, turn=(x * 12).round().astype(int), lap=periods.str[:4].astype(int).where(spans, 0))
    gaps = timed.sort_values("x", kind="stable").groupby(["series", "lap"])["turn"].diff()
    most = 3 if spans.any() else 12  # spans are published by the quarter at least
    return timed.assign(step=int(min(gaps[gaps > 0].min(), most)) if (gaps > 0).any() else most), False


def based(rows: pd.DataFrame, breaks: Iterable[int]) -> pd.DataFrame:
    """``rows`` as :func:`clock` returns them with ``base``, a number that changes at a census. ``breaks`` are the years
    of censuses. Some series stand on the new base from the year itself, others from the next: so both ends change it.
    """
    years = sorted(breaks)
    return rows.assign(base=[bisect(years, x) + bisect_left(years, x) for x in np.floor(rows["x"])])


def segments(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """``rows`` of one series, as :func:`based` returns them, cut wherever a figure is missing, where the ``base``
    changes, and on both sides of one that is known on one side only: from 1,326 to "over 1,000" is no fall.
    """
    ordered = rows.sort_values("x", kind="stable")
    cuts = (ordered["turn"].diff() != ordered["step"]) | (ordered["lap"].diff() != 0)
    loose = np.isinf(ordered[["low", "high"]]).any(axis=1)
    cuts |= loose | loose.shift(fill_value=False)
    cuts |= ordered["base"].diff() != 0
    return [part for _run, part in ordered.groupby(cuts.cumsum())]


def extent(rows: pd.DataFrame) -> tuple[float, float]:
    """Smallest and largest finite number among values and bounds."""
    numbers = rows[BOUNDS].to_numpy(float)
    numbers = numbers[np.isfinite(numbers)]
    return float(numbers.min()), float(numbers.max())


def wordings(rows: pd.DataFrame, suffix: str) -> list[str]:
    """The values as labels say them: rounded to what is known, qualifier in front, ``suffix`` behind.

    ``digits`` is the number of significant digits of the largest value; smaller ones get no finer decimals.
    Zeros fill up decimals where they are known, so that the figures of a chart line up. Where the unit of the axis is
    not that of the data and there is nothing but zeros behind the points, these would only say so, and are left away.
    """
    language, top = prose.language(), _exponent(rows["value"].abs().max())
    texts, known = [], []
    for value, low, high, qualifier in rows[[*BOUNDS, "qualifier"]].itertuples(index=False):
        blind = math.isnan(low)  # no range is known: told as if exact, but with no more digits than may be meant
        ends = (value, value) if blind else (low, high)
        digits = (style.BLIND if blind else DIGITS) - top + _exponent(value)
        texts.append(render(Quantity(value, *ends, "index", qualifier or "exact", ""), language, max(1, digits)))
        known.append(qualifier in ("exact", "of_which", "") and high - low < math.inf)
    decimals = [len(text.partition(".")[2]) for text in texts]
    common = max((count for count, firm in zip(decimals, known, strict=True) if firm), default=0)
    filled = []
    for text, count, firm, half in zip(texts, decimals, known, (rows["high"] - rows["low"]) / 2, strict=True):
        if firm and count < common and half <= 0.51 * 10.0**-common:
            text += "." * (count == 0) + "0" * (common - count)
        filled.append(text)
    if "scaled" in rows and rows["scaled"].all() and not any(text.partition(".")[2].strip("0") for text in filled):
        filled = [text.partition(".")[0] for text in filled]
    return [text + suffix for text in filled]


def _exponent(value: float) -> int:
    """Power of ten of the first digit of ``value``."""
    return int(f"{abs(value):.11e}".partition("e")[2]) if value else 0  # a logarithm may end just below the whole
