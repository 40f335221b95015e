"""Places in order of one measure: the rank through the years, the distances to the neighbours, the time to meet."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import groupby

import pandas as pd

from wuhan.analysis import growth
from wuhan.evidence import facts, observations
from wuhan.evidence.bounds import canonical
from wuhan.evidence.facts import Fact
from wuhan.evidence.units import exact

LEAST = 0.9  # share of the places of the best-covered year that a year needs to be ranked
FEWEST = 10  # places below which nothing is ranked
OUTGROWN = 0.1  # by how much a year a place may have outgrown another, at most, where its own level is missing
# Years of growth that a pace is taken from: long enough that a slump and its rebound mostly stand in one window.
WINDOWS = (5, 7, 10)
ROW = ["place", "year", "period", "value", "low", "high", "status", "qualifier", "source_id"]  # of a chart
VINTAGES = ("first_release", "latest")
CENTURY = 100.0  # years beyond which no time is told
CLOSING, LATE, MIXED, FAR, NEVER, UNKNOWN = "closing", "late", "mixed", "far", "never", "unknown"


def rank(places: pd.DataFrame) -> pd.DataFrame:
    """Order ``places`` by ``value``, largest first, and say which ranks are certain.

    ``places`` has one row per place with ``place``, ``value``, ``low``, ``high`` of the same measure, period
    and vintage. Returns it sorted, with ``rank`` (1 = largest), ``rank_best`` and ``rank_worst``: the places
    whose whole interval lies above cannot be overtaken by rounding, those that overlap may stand on either
    side. Raises ``ValueError`` when a place occurs twice.
    """
    if places["place"].duplicated().any():
        raise ValueError("rank: a place occurs twice; select one period and one vintage first")
    ordered = places.sort_values(["value", "place"], ascending=[False, True]).reset_index(drop=True)
    low, high = ordered["low"].to_numpy(), ordered["high"].to_numpy()
    above = (low[None, :] > high[:, None]).sum(axis=1)
    below = (high[None, :] < low[:, None]).sum(axis=1)
    return ordered.assign(rank=ordered.index + 1, rank_best=above + 1, rank_worst=len(ordered) - below)


def window(ranked: pd.DataFrame, place: str, each_side: int) -> pd.DataFrame:
    """The rows of ``ranked`` (see `rank`) at most ``each_side`` ranks from ``place``; empty when it is not ranked."""
    own = ranked.loc[ranked["place"] == place, "rank"]
    if own.empty:
        return ranked.head(0)
    return ranked[(ranked["rank"] - own.iloc[0]).abs() <= each_side].reset_index(drop=True)


def sound(ranked: pd.DataFrame, place: str) -> bool:
    """Whether ``place`` is in the upper half of ``ranked`` (see `rank`), which is a chosen set: what is missing from it
    is mostly small, and may stand above a place of the lower half. True for a place that is not ranked.
    """
    own = ranked.loc[ranked["place"] == place, "rank"]
    return own.empty or bool(own.iloc[0] <= len(ranked) / 2)


def full_years(levels: pd.DataFrame, least: float = LEAST) -> list[int]:
    """The years of ``levels`` (one row per ``place`` and ``year``) for which nearly all places are known.

    A year counts when it has at least the share ``least`` of the places that the best-covered year has. Empty for
    an empty frame.
    """
    places = levels.groupby("year")["place"].nunique()
    return [int(year) for year in places.index[places >= least * places.max()]]


def fullest_year(levels: pd.DataFrame) -> int:
    """The last of the `full_years`, in which a rank means what it seems to mean. Raises ``ValueError`` for an
    empty frame.
    """
    if levels.empty:
        raise ValueError("fullest_year: no levels at all; choose other years")
    return full_years(levels)[-1]


def ranked_years(levels: pd.DataFrame) -> list[int]:
    """The `full_years` with at least ``FEWEST`` places."""
    places = levels.groupby("year")["place"].nunique()
    return [year for year in full_years(levels) if places[year] >= FEWEST]


def known(levels: pd.DataFrame) -> pd.DataFrame:
    """How many places are known: one row per run of years with equal numbers, ``first``, ``last``, ``places`` and
    ``ranked`` (whether the run is among the `ranked_years`).
    """
    counts, full = levels.groupby("year")["place"].nunique(), ranked_years(levels)
    runs = [[year for year, _count in run] for _count, run in groupby(counts.items(), key=lambda pair: pair[1])]
    rows = [(int(run[0]), int(run[-1]), int(counts[run[0]]), run[0] in full) for run in runs]
    return pd.DataFrame(rows, columns=["first", "last", "places", "ranked"])


def may_stand_above(levels: pd.DataFrame, city: str, year: int) -> list[str]:
    """The places without a level in ``year`` that may have been larger than ``city`` then.

    Sizes are taken relative to the total of the places known in every year. A place is certainly smaller when, from
    the nearest year in which it is known, its relative size would have had to grow by more than ``OUTGROWN`` a year to
    reach that of the city. Where no place is known in every year there is no such total, and any may have been larger.
    """
    sizes = levels.pivot(index="year", columns="place", values="value")
    steady, missing = sizes.dropna(axis="columns"), sizes.columns[sizes.loc[year].isna()]
    if steady.columns.empty:
        return list(missing)
    relative = sizes.div(steady.sum(axis="columns"), axis="index")
    above = []
    for place in missing:
        known = relative[place].dropna()
        nearest = min(known.index, key=lambda other: abs(other - year))
        if known[nearest] * (1 + OUTGROWN) ** abs(nearest - year) > relative.loc[year, city]:
            above.append(place)
    return above


def met(levels: pd.DataFrame, city: str, year: int) -> tuple[int, int]:
    """How many places without a level in ``year`` are known together with ``city`` in another year, and how many of
    them were larger than it in the nearest such year.
    """
    sizes = levels.pivot(index="year", columns="place", values="value")
    both = larger = 0
    for place in sizes.columns[sizes.loc[year].isna()]:
        pair = sizes[[place, city]].dropna()
        if len(pair):
            near = pair.loc[min(pair.index, key=lambda other: abs(other - year))]
            both, larger = both + 1, larger + int(near[place] > near[city])
    return both, larger


def history(levels: pd.DataFrame, city: str) -> pd.DataFrame:
    """The rank of ``city`` in each of the `ranked_years` in which it is known, as rows of a chart.

    ``levels`` are the levels of one vintage. ``value`` is the rank among the ``known`` places; ``low`` and ``high``
    are the best and the worst rank that rounding, and places that `may_stand_above`, allow. A rank is worked out here,
    so it is derived; ``rests`` tells whether the level of the place, or of one of its two neighbours, is provisional.
    The sources are those of all places of the year.
    """
    rows = []
    for year in ranked_years(levels):
        ranked = rank(levels[levels["year"] == year])
        near = window(ranked, city, 1)
        if near.empty:
            continue
        own = near[near["place"] == city].iloc[0]
        rows.append(
            {
                "place": city,
                "year": year,
                "period": str(year),
                "vintage": own["vintage"],
                "value": float(own["rank"]),
                "low": float(own["rank_best"]),
                "known": len(ranked),
                "qualifier": "exact",
                "high": float(own["rank_worst"] + len(may_stand_above(levels, city, year))),
                "status": "derived",
                "rests": observations.provisionals(near).any(),
                "source_id": tuple(dict.fromkeys(ranked["source_id"])),
            }
        )
    return pd.DataFrame(rows, columns=[*ROW, "rests", "vintage", "known"])


def histories(levels: pd.DataFrame, city: str, vintages: Iterable[str] = VINTAGES) -> pd.DataFrame:
    """The `history` of ``city`` in each of ``vintages``, one after another; ``levels`` hold them all."""
    each = [history(levels[levels["vintage"] == vintage], city) for vintage in dict.fromkeys(vintages)]
    filled = [rows for rows in each if len(rows)]
    return pd.concat(filled, ignore_index=True) if filled else history(levels.head(0), city)


def neighbours(ranked: pd.DataFrame, city: str, each_side: int) -> pd.DataFrame:
    """The places at most ``each_side`` ranks from ``city``: ``place``, ``side`` ("above" or "below") and as facts
    ``own`` and ``other`` (the levels), ``apart`` (how far they are apart) and ``gap`` (that in per cent of the level
    of the city, below zero for a place below). Largest first; empty when the city is not ranked.
    """
    near = window(ranked, city, each_side)
    levels = dict(zip(near["place"], observations.facts(near), strict=True))
    own, rows = levels.pop(city, None), []
    for place, other in levels.items():
        side = "above" if other.value > own.value else "below"
        apart = facts.magnitude(facts.subtract(other, own))
        rows.append((place, side, own, other, apart, facts.growth(other, own)))
    return pd.DataFrame(rows, columns=["place", "side", "own", "other", "apart", "gap"])


def paces(ranked: pd.DataFrame, rates: pd.DataFrame, last: int, years: int) -> pd.DataFrame:
    """The average published real growth, in per cent a year, over the ``years`` up to ``last``.

    Facts: the level ``x`` and the average ``y`` of each ``place`` of ``ranked`` whose ``rates`` of all these years are
    known.
    """
    complete = growth.complete(rates[rates["place"].isin(ranked["place"])], last - years + 1, last)
    rows = [
        (level.place, level, growth.average_growth(complete[level.place]))
        for level in observations.facts(ranked)
        if level.place in complete
    ]
    return pd.DataFrame(rows, columns=["place", "x", "y"])


def years_to_meet(behind: Fact, ahead: Fact, chasing: Fact, leading: Fact) -> tuple[float, float, float]:
    """After how many years two levels are equal if both go on growing: value, low and high; ``inf`` is never.

    ``behind`` and ``ahead`` are the levels now, ``chasing`` and ``leading`` their growth in per cent a year. The time
    is ``log(ahead / behind) / log((1 + chasing) / (1 + leading))``; its ends are those of the four intervals.
    """
    gaps = [math.log(a / b) for a, b in _crossed(ahead, behind)]
    gains = [math.log((100 + a) / (100 + b)) for a, b in _crossed(chasing, leading)]
    (gap, least, most), (gain, slowest, fastest) = gaps, gains
    value, low, high = (
        max(far, 0.0) / closing if closing > 0 else math.inf
        for far, closing in ((gap, gain), (least, fastest), (most, slowest))
    )
    return canonical(value), canonical(low), canonical(high)


def _crossed(a: Fact, b: Fact) -> Iterable[tuple[float, float]]:
    """The pairs of a difference of intervals: value, lowest, highest."""
    return (a.value, b.value), (a.low, b.high), (a.high, b.low)


def meetings(ranked: pd.DataFrame, rates: pd.DataFrame, city: str, last: int, each_side: int) -> pd.DataFrame:
    """`neighbours` with the time until they and ``city`` are level at the growth of the `WINDOWS` up to ``last``.

    ``soonest`` and ``latest``, facts in years, are the ends of the range over all windows and over rounding; None
    beyond a `CENTURY`. ``outcome`` is CLOSING when both are told; LATE when the gap closes in every window, but at the
    slowest pace not within a century; MIXED when in some window, or within rounding, it never closes; FAR when it does
    not close within a century in any; NEVER when it does not close at all; UNKNOWN when a growth rate is missing. An
    illustration: it carries the growth of the past on without an end.
    """
    near = neighbours(ranked, city, each_side)
    around = ranked[ranked["place"].isin([city, *near["place"]])]
    grown = [paces(around, rates, last, years).set_index("place")["y"].to_dict() for years in WINDOWS]
    span = f"{', '.join(map(str, WINDOWS))} years to {last}"
    times = [_meeting(row.own, row.other, grown, span) for row in near.itertuples()]
    outcome, soonest, latest = zip(*times, strict=True) if times else ((), (), ())
    return near.assign(outcome=outcome, soonest=soonest, latest=latest)


def _meeting(own: Fact, other: Fact, grown: list[dict[str, Fact]], span: str) -> tuple[str, Fact | None, Fact | None]:
    """Outcome, soonest and latest time of one pair; ``grown`` has the growth by place, for each window."""
    behind, ahead = sorted((own, other), key=lambda fact: fact.value)
    if any(fact.place not in each for each in grown for fact in (behind, ahead)):
        return UNKNOWN, None, None
    pairs = [(each[behind.place], each[ahead.place]) for each in grown]
    times = [years_to_meet(behind, ahead, chasing, leading) for chasing, leading in pairs]
    low, high = min(low for _value, low, _high in times), max(high for _value, _low, high in times)
    given = [behind, ahead, *(fact for pair in pairs for fact in pair)]
    formula = f"log(size / size) / log(growth / growth), growth of {span}"
    soonest, latest = (
        facts.computed((end, end, end), "years", formula, given, period=own.period) if end <= CENTURY else None
        for end in (_cut(low, math.floor), _cut(high, math.ceil))
    )
    if math.isinf(low):
        return NEVER, None, None
    if soonest is None:
        return FAR, None, None
    return (CLOSING if latest else MIXED if math.isinf(high) else LATE), soonest, latest


def _cut(years: float, way) -> float:
    """Whole years, and tenths below three years, cut outwards."""
    if not math.isfinite(years):
        return years
    return float(way(years)) if years >= 3 else way(exact(years) * 10) / 10
