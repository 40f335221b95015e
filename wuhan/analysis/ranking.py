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


def neighbours(ranked: pd.DataFrame, place: str) -> pd.DataFrame:
    """The place one rank above, the place itself and the place one rank below, with ``gap`` and
    ``gap_percent``.

    ``ranked`` as :func:`rank` returns it. ``gap`` is the distance to ``place`` in the unit of ``value``,
    positive for a larger one; ``gap_percent`` is the same in per cent of ``place``. Raises ``LookupError``
    for an unknown place.
    """
    own = _rank_of(ranked, place)
    near = ranked[(ranked["rank"] - own).abs() <= 1].reset_index(drop=True)
    level = near.loc[near["rank"] == own, "value"].iloc[0]
    return near.assign(gap=near["value"] - level, gap_percent=100 * (near["value"] / level - 1))


def _rank_of(ranked: pd.DataFrame, place: str) -> int:
    found = ranked.loc[ranked["place"] == place, "rank"]
    if found.empty:
        raise LookupError(f"{place} is not among the {len(ranked)} ranked places")
    return int(found.iloc[0])


def window(ranked: pd.DataFrame, place: str, each_side: int) -> pd.DataFrame:
    """The rows of ``ranked`` that stand at most ``each_side`` ranks from ``place``. Raises as `neighbours`.
    """
    return ranked[(ranked["rank"] - _rank_of(ranked, place)).abs() <= each_side].reset_index(drop=True)


def fullest_year(levels: pd.DataFrame, least: float = 0.9) -> int:
    """The latest ``year`` for which nearly all places are known, so that a rank means what it seems to mean.

    ``levels`` has one row per ``place`` and ``year``; a year counts when it has at least the share ``least``
    of the places that the best-covered year has. Raises ``ValueError`` for an empty frame.
    """
    if levels.empty:
        raise ValueError("fullest_year: no levels at all; choose other years")
    places = levels.groupby("year")["place"].nunique()
    return int(places[places >= least * places.max()].index.max())
