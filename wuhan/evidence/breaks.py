"""Where levels break: years whose figures may stand on another basis than those of the year before."""

from __future__ import annotations

import functools
import os

from wuhan.evidence import package

Runs = list[tuple[str, int, int]]  # place, first and last year


def breaks(indicator: str, place: str = "") -> set[int]:
    """Years whose level of ``indicator`` may stand on another basis than that of the year before, in all places, and
    in ``place``, as the table ``breaks`` has them.
    """
    runs = [(first, last) for at, first, last in _breaks(indicator) if at in ("", place)]
    return {year for first, last in runs for year in range(first, last + 1)}


def begun(indicator: str, place: str = "") -> list[int]:
    """First years of the breaks of ``indicator`` in all places and in ``place``: where a line in a figure breaks."""
    return sorted({first for at, first, _last in _breaks(indicator) if at in ("", place)})


def alone(indicator: str, place: str) -> set[int]:
    """The first years of the breaks of ``indicator`` that ``place`` has by itself: before them it stands on another
    basis than places without.
    """
    return {first for at, first, _last in _breaks(indicator) if at == place}


def _breaks(indicator: str) -> Runs:
    """Place, first and last year of the breaks of ``indicator``."""
    return _all_breaks(package.state("breaks"), os.environ.get("WUHAN_READS", "")).get(indicator, [])


@functools.lru_cache(maxsize=4)
def _all_breaks(_state: tuple[int, ...], _log: str) -> dict[str, Runs]:
    """The breaks of all indicators, kept until the file changes; read, and noted, once for each log of reads."""
    found: dict[str, Runs] = {}
    for row in package.read("breaks", columns=("indicator", "place", "first", "last")).itertuples(index=False):
        found.setdefault(row[0], []).append(tuple(row[1:]))
    return found
