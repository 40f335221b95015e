"""Places: which lie in which; and functions on the rows of one place, which refuse those of several."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

import pandas as pd

from wuhan.evidence.facts import Fact
from wuhan.evidence.trees import above


def inside(places: pd.DataFrame, city: str) -> list[str]:
    """The places within ``city`` at any depth, without the city. ``places`` has columns place and parent."""
    parents = dict(zip(places["place"], places["parent"], strict=True))
    return [place for place in parents if city in above(place, parents)]


def of_one_place(work: Callable) -> Callable:
    """``work``, of frames, rows or facts, made to refuse those of more than one place, as it joins on none.

    A frame tells its places in the column ``place`` (where it has the column ``own``, in the rows that are the city's
    own), else by the facts in it. Raises ``ValueError``: one line with the name of the function and the places.
    """

    @functools.wraps(work)
    def checked(*given, **named):
        found = sorted(set().union(*map(_places, (*given, *named.values()))) - {""})
        if len(found) > 1:
            some = ", ".join(found[:4]) + (", …" if len(found) > 4 else "")
            raise ValueError(f"{work.__name__}: rows of {len(found)} places ({some}) — select one place first")
        return work(*given, **named)

    return checked


def _places(given: object) -> set[str]:
    """The places of an argument; none of one that is no frame, row or list of facts."""
    if isinstance(given, pd.DataFrame):
        if "place" in given:
            return set(given.loc[given["own"].astype(bool), "place"] if "own" in given else given["place"])
        given = [cell for column in given.columns[given.dtypes == object] for cell in given[column]]
    cells = given.values() if isinstance(given, Mapping) else given if isinstance(given, list | tuple) else ()
    return {cell.place for cell in cells if isinstance(cell, Fact)}
