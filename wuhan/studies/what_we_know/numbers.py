"""What a set of observations covers: years, gaps, firmness, precision, agreement between sources.

A period "2024-01/2024-09" is a part of a year: it says that something is known of 2024, not what the year was.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import pandas as pd

from wuhan.evidence.claims import DIFFERS, relate
from wuhan.evidence.facts import RATES, STATUSES, Fact, growth, subtract
from wuhan.evidence.observations import OUTCOMES, facts, outcomes, starts, with_cells
from wuhan.evidence.periods import runs
from wuhan.evidence.quantities import last_digit

SERIES = ["place", "indicator"]
THING = [*SERIES, "period", "vintage"]


def gather(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Several tables of observations as one, with the column ``theme``: the name under which each was given."""
    return pd.concat([table.assign(theme=theme) for theme, table in tables.items()], ignore_index=True)


def inventory(observations: pd.DataFrame, place: str) -> pd.DataFrame:
    """One row a theme: ``numbers``, ``places``, ``series`` (pairs of place and indicator), ``first``, ``last``.

    ``observations`` of all places with the column ``theme``; ``first`` and ``last`` are years in which a period
    begins; ``here`` is how many of the numbers are about ``place``.
    """
    dated = observations.assign(
        year=starts(observations["period"]),
        series=observations["place"] + " " + observations["indicator"],
        here=observations["place"] == place,
    )
    counted = dated.groupby("theme", sort=False).agg(
        numbers=("value", "size"),
        places=("place", "nunique"),
        series=("series", "nunique"),
        first=("year", "min"),
        last=("year", "max"),
        here=("here", "sum"),
    )
    return counted.reset_index()


def cells(observations: pd.DataFrame) -> pd.DataFrame:
    """One row for each series (``place``, ``indicator``) and ``year``: the firmest thing that is known of it.

    An outcome goes before a target, a whole year (or a day of it, for a stock) before a part of it, actual before
    preliminary. ``part`` is True where only months from January are known.
    """
    dated = observations.assign(
        year=starts(observations["period"]),
        part=observations["period"].str.contains("/"),
        aim=~observations["status"].isin(OUTCOMES),
        rank=observations["status"].map(list(STATUSES).index),
    )
    ordered = dated.sort_values([*SERIES, "year", "aim", "part", "rank"], kind="stable")
    return ordered.drop_duplicates([*SERIES, "year"], ignore_index=True).drop(columns=["aim", "rank"])


def spans(observations: pd.DataFrame) -> pd.DataFrame:
    """One row a series that has an outcome: which years are known, and which between them are not.

    Columns ``place``, ``indicator``, ``first`` (year with any outcome), ``years`` (how many are known whole), and as
    tuples of years ``whole``, ``partly`` (known in part only) and ``missing`` (between the first and the last, and
    nothing is known of them). Longest first.
    """
    rows = []
    for (place, indicator), own in cells(outcomes(observations)).groupby(SERIES, sort=False):
        whole, partly = (tuple(own.loc[own["part"] == part, "year"].tolist()) for part in (False, True))
        either = {*whole, *partly}
        missing = tuple(sorted(set(range(min(either), max(either) + 1)) - either))
        rows.append((place, indicator, min(either), len(whole), whole, partly, missing))
    table = pd.DataFrame(rows, columns=[*SERIES, "first", "years", "whole", "partly", "missing"])
    return table.sort_values(["years", "first", "indicator"], ascending=[False, True, True], ignore_index=True)


def unbroken(series: pd.DataFrame, years: int) -> pd.DataFrame:
    """The rows of `spans` that know ``years`` whole years or more, all of them in a row."""
    chains = [len(whole) >= years and whole[-1] - whole[0] == len(whole) - 1 for whole in series["whole"]]
    return series[pd.Series(chains, index=series.index, dtype=bool)]


def lengths(series: pd.DataFrame) -> list[int]:
    """How many rows of `spans` know ten whole years or more, five to nine, two to four, one, and none."""
    classes = ((10, math.inf), (5, 9), (2, 4), (1, 1), (0, 0))
    return [int(series["years"].between(low, high).sum()) for low, high in classes]


def ranges(years: Iterable[int]) -> str:
    """Years as text, runs joined: (2013, 2014, 2019) is "2013–2014, 2019"."""
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs(years))


def tally(observations: pd.DataFrame, by: str, part: str, order: tuple[str, ...]) -> pd.DataFrame:
    """How many observations of each group of the column ``by`` are of each kind of the column ``part``.

    One row for each pair that occurs: both columns, ``value`` (the number), ``label`` (the same as text) and
    ``source_id`` (all sources of the rows). Groups stand as they come, kinds as in ``order``, which names them all.
    """
    groups = observations.groupby([by, part], sort=False)["source_id"]
    counted = groups.agg(value="size", source_id=lambda cited: tuple(dict.fromkeys(cited))).reset_index()
    ranks = {by: list(dict.fromkeys(observations[by])), part: list(order)}
    ranked = counted.sort_values([by, part], key=lambda column: column.map(ranks[column.name].index))
    return ranked.assign(label=ranked["value"].astype(str)).reset_index(drop=True)


def witnesses(observations: pd.DataFrame) -> tuple[int, int]:
    """Of how many things an outcome is known, and for how many of them from two sources or more.

    A thing is one place, indicator, period and vintage; copies of one printing are one thing, see `printings`, and so
    are vintages whose figures agree, see `agreeing`.
    """
    sources = agreeing(printings(outcomes(observations))).groupby(THING)["source_id"].nunique()
    return len(sources), int((sources > 1).sum())


def agreeing(observations: pd.DataFrame) -> pd.DataFrame:
    """Observations with those vintages joined, under the first of their names, all of whose figures agree.

    Figures agree when the ranges of their printed digits meet: 16,223 and 16,223.21. What has no end agrees with
    nothing. A re-based figure that disagrees stays a figure of its own.
    """
    told = observations["vintage"].copy()
    things = observations.groupby([*SERIES, "period"], sort=False)
    several = observations[things["vintage"].transform("nunique") > 1]
    for _thing, rows in several.groupby([*SERIES, "period"], sort=False):
        joined: list[tuple[str, float, float]] = []  # the name, and the range that all figures under it share
        for vintage, own in rows.groupby("vintage"):
            low, high = own["low"].max(), own["high"].min()
            bounded = math.isfinite(own["low"].min()) and math.isfinite(own["high"].max()) and low <= high
            for at, (first, least, most) in enumerate(joined):
                if bounded and max(low, least) <= min(high, most):
                    joined[at] = first, max(low, least), min(high, most)
                    told[own.index] = first
                    break
            else:
                joined.append((vintage, low, high) if bounded else (vintage, math.inf, -math.inf))
    return observations.assign(vintage=told)


def printings(observations: pd.DataFrame) -> pd.DataFrame:
    """Observations with vintages joined under the first of their names where one source has the same value in both.

    Such a value was printed once and stands twice: a first release that nobody revised is the latest figure, too.
    """
    codes, names = pd.factorize(observations["vintage"], sort=True)
    joined, copies = pd.Series(codes, index=observations.index), [*SERIES, "period", "source_id", "value"]
    while True:
        told = observations.assign(vintage=joined)
        told["vintage"] = told.groupby(copies)["vintage"].transform("min")
        told["vintage"] = observations.assign(told=told["vintage"]).groupby(THING)["told"].transform("min")
        if told["vintage"].equals(joined):
            return observations.assign(vintage=names.take(joined))
        joined = told["vintage"]


def conflicts(observations: pd.DataFrame) -> pd.DataFrame:
    """Outcomes of one place, indicator, period and vintage on which sources cannot both be right: results, and
    no expectation against its result.

    Two rows conflict when their intervals do not meet and they differ by more than rounding explains (`claims.relate`,
    by the last digit of the more coarsely printed). One row a case: ``place``, ``indicator``, ``period``,
    ``vintage`` (see `printings`), the facts ``lower`` and ``higher`` that lie furthest apart, and the fact ``apart``:
    by how much the higher exceeds the lower, in per cent, or in its own unit where it is a rate or the lower is not
    above zero.
    Levels go before rates, and the widest before the others.
    """
    told = outcomes(observations)
    results = printings(told[told["status"] != "estimate"])
    lowest = results.sort_values("high", kind="stable").drop_duplicates(THING).set_index(THING, drop=False)
    highest = results.sort_values("low", ascending=False, kind="stable").drop_duplicates(THING)
    highest = highest.set_index(THING, drop=False).loc[lowest.index]
    torn = (lowest["high"] < highest["low"]).to_numpy()
    pairs = pd.DataFrame({"lower": facts(lowest[torn]), "higher": facts(highest[torn])}, index=lowest.index[torn])
    pairs = pairs.loc[[_differ(*pair) for pair in zip(pairs["lower"], pairs["higher"], strict=True)]]
    gaps = [_apart(*pair) for pair in zip(pairs["lower"], pairs["higher"], strict=True)]
    order = {"rate": [gap.unit != "percent" for gap in gaps], "size": [-gap.value for gap in gaps]}
    table = with_cells(pairs, apart=gaps).reset_index().assign(**order)
    return table.sort_values([*order, *THING], ignore_index=True).drop(columns=[*order])


def _differ(lower: Fact, higher: Fact) -> bool:
    step = max(last_digit(f"{fact.value:.12g}", fact.unit) for fact in (lower, higher))
    return relate(higher, lower, step) == DIFFERS


def _apart(lower: Fact, higher: Fact) -> Fact:
    return subtract(higher, lower) if lower.unit in RATES or lower.low <= 0 else growth(higher, lower)
