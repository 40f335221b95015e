"""Functions on the rows of one place: what would mix several is refused."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pandas as pd

from wuhan.evidence.facts import Fact


def of_one_place(work: Callable) -> Callable:
    """``work``, of one frame or several, made to refuse rows of more than one place, as it joins on none.

    A frame tells its places in the column ``place`` (where it has the column ``own``, in the rows that are the city's
    own), else by the facts in it. Raises ``ValueError``: one line with the name of the function and the places.
    """

    @functools.wraps(work)
    def checked(*given, **named):
        frames = [each for each in (*given, *named.values()) if isinstance(each, pd.DataFrame)]
        found = sorted(set().union(*map(_places, frames)) - {""})
        if len(found) > 1:
            some = ", ".join(found[:4]) + (", …" if len(found) > 4 else "")
            raise ValueError(f"{work.__name__}: rows of {len(found)} places ({some}) — select one place first")
        return work(*given, **named)

    return checked


def _places(frame: pd.DataFrame) -> set[str]:
    if "place" in frame:
        return set(frame.loc[frame["own"].astype(bool), "place"] if "own" in frame else frame["place"])
    cells = (cell for column in frame.columns[frame.dtypes == object] for cell in frame[column])
    return {cell.place for cell in cells if isinstance(cell, Fact)}
