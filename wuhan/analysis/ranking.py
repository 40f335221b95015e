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
    at = ranked.index[ranked["place"] == place]
    if at.empty:
        raise LookupError(f"neighbours: {place} is not among the {len(ranked)} ranked places")
    near = ranked.iloc[max(at[0] - 1, 0) : at[0] + 2]
    own = ranked.loc[at[0], "value"]
    return near.assign(gap=near["value"] - own, gap_percent=100 * (near["value"] / own - 1))
