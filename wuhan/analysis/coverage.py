"""What a set of observations covers: years, gaps, firmness, agreement between sources."""

from __future__ import annotations

import pandas as pd

from wuhan.evidence.facts import STATUSES
from wuhan.evidence.observations import OUTCOMES, facts


def cells(observations: pd.DataFrame) -> pd.DataFrame:
    """One row for each series (``place``, ``indicator``) and year in which a period of it begins, with its status.

    Every period counts for the year in which it begins. Where a year has several values the firmest status stands:
    an outcome before a target, actual before preliminary.
    """
    order = list(STATUSES)
    dated = observations.assign(
        year=observations["period"].str[:4].astype(int), rank=observations["status"].map(order.index)
    )
    firmest = dated.sort_values("rank", kind="stable").drop_duplicates(["place", "indicator", "year"])
    return firmest.sort_values(["place", "indicator", "year"]).drop(columns="rank").reset_index(drop=True)


def spans(observations: pd.DataFrame) -> pd.DataFrame:
    """One row a series: first and last year with an outcome, number of ``years`` known, and those missing between.

    Columns ``place``, ``indicator``, ``first``, ``last``, ``years``, ``missing`` (a tuple of years). Longest first.
    """
    known = cells(observations[observations["status"].isin(OUTCOMES)])
    rows = []
    for (place, indicator), own in known.groupby(["place", "indicator"], sort=False):
        years = set(own["year"])
        missing = tuple(sorted(set(range(min(years), max(years) + 1)) - years))
        rows.append((place, indicator, min(years), max(years), len(years), missing))
    table = pd.DataFrame(rows, columns=["place", "indicator", "first", "last", "years", "missing"])
    return table.sort_values(["years", "indicator"], ascending=[False, True]).reset_index(drop=True)


def conflicts(observations: pd.DataFrame) -> pd.DataFrame:
    """Outcomes of one place, indicator, period and vintage on which sources can not both be right.

    Two rows conflict when their intervals do not overlap. Returns one row a case with ``place``, ``indicator``,
    ``period``, the facts ``lower`` and ``higher`` that lie furthest apart, and ``apart`` (per cent of the lower); the
    widest first.
    """
    outcomes = observations[observations["status"].isin(OUTCOMES)]
    key = ["place", "indicator", "period", "vintage"]
    lowest = outcomes.sort_values("high", kind="stable").drop_duplicates(key).set_index(key, drop=False)
    highest = outcomes.sort_values("low", ascending=False, kind="stable").drop_duplicates(key)
    highest = highest.set_index(key, drop=False).loc[lowest.index]
    torn = (lowest["high"] < highest["low"]).to_numpy()
    pairs = pd.DataFrame({"lower": facts(lowest[torn]), "higher": facts(highest[torn])}, index=lowest.index[torn])
    both = zip(pairs["lower"], pairs["higher"], strict=True)
    pairs["apart"] = [100 * (higher.value / lower.value - 1) for lower, higher in both]
    return pairs.reset_index().sort_values(["apart", "indicator"], ascending=[False, True]).reset_index(drop=True)


def tally(observations: pd.DataFrame, by: str, part: str) -> pd.DataFrame:
    """How many observations of each group of the column ``by`` are of each kind of the column ``part``.

    One row for each pair that occurs: both columns, ``value`` (the number), ``label`` (the same as text) and
    ``source_id`` (all sources of the rows). Kinds are ordered by how many there are in all, groups as they come.
    """
    most = observations[part].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    ranks = {by: list(dict.fromkeys(observations[by])), part: list(most.index)}
    groups = observations.groupby([by, part], sort=False)["source_id"]
    counted = groups.agg(value="size", source_id=lambda cited: tuple(dict.fromkeys(cited))).reset_index()
    ranked = counted.sort_values([by, part], key=lambda column: column.map(ranks[column.name].index))
    return ranked.assign(label=ranked["value"].astype(str)).reset_index(drop=True)
