"""Places in order of one measure, and the distances between neighbours."""

from __future__ import annotations

import pandas as pd


def rank(places: pd.DataFrame) -> pd.DataFrame:
    """Order ``places`` by ``value``, largest first, and say which ranks are certain.

    ``places`` has one row per place with ``place``, ``value``, ``low``, ``high`` of the same measure, period
    and vintage. Returns it sorted, with ``rank`` (1 = largest), ``rank_best`` and ``rank_worst``: the places
    whose whole interval lies above can not be overtaken by rounding, those that overlap may stand on either
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


def fullest_year(levels: pd.DataFrame, least: float = 0.9) -> int:
    """The latest ``year`` for which nearly all places are known, so that a rank means what it seems to mean.

    ``levels`` has one row per ``place`` and ``year``; a year counts when it has at least the share ``least``
    of the places that the best-covered year has. Raises ``ValueError`` for an empty frame.
    """
    if levels.empty:
        raise ValueError("fullest_year: no levels at all; choose other years")
    places = levels.groupby("year")["place"].nunique()
    return int(places[places >= least * places.max()].index.max())
