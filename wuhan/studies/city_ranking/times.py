"""After how many years two cities would be level, in sentences: one for each outcome of `ranking.meetings`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wuhan.analysis import ranking
from wuhan.evidence.facts import Fact
from wuhan.text.prose import BLANK, Sentence, listed, name, roughly, say

LONG = 10  # years from which on no end of a range is told


def time(city: str, row, passed: int = 0) -> Sentence:
    """One neighbour: ``row`` of `ranking.meetings`; no time is told that is over after the ``passed`` years since."""
    chaser, leader = (city, row.place) if row.side == "above" else (row.place, city)
    told = {"chaser": name(chaser), "leader": name(leader), "gap": row.apart}
    if row.outcome == ranking.UNKNOWN:
        return say("{chaser} behind {leader} by {gap}: not known, as growth rates are missing.", **told)
    if row.outcome == ranking.NEVER:
        return say("{chaser} behind {leader} by {gap}: not closing, as {chaser} grew no faster in any window.", **told)
    if row.outcome == ranking.FAR:
        return say(
            "{chaser} behind {leader} by {gap}: over a century even where rounding favours {chaser} most.", **told
        )
    if row.soonest.value >= LONG:
        told["decade"] = decade(row)
        return say(
            "{chaser} behind {leader} by {gap}: level in the {decade}s at the earliest, or never."
            if row.outcome == ranking.MIXED
            else "{chaser} behind {leader} by {gap}: level in the {decade}s at the earliest.",
            **told,
        )
    if row.outcome == ranking.MIXED:
        return say(
            "{chaser} behind {leader} by {gap}: level after {soonest} at the earliest; in some window, or within "
            "rounding, never.",
            soonest=row.soonest,
            **told,
        )
    if row.outcome == ranking.LATE:
        return say(
            "{chaser} behind {leader} by {gap}: level after {soonest} at the earliest, and at the slowest pace not "
            "within a century.",
            soonest=row.soonest,
            **told,
        )
    if row.latest.value <= passed:
        return say("{chaser} behind {leader} by {gap}: so close that one year's growth decides.", **told)
    return say(
        "{chaser} behind {leader} by {gap}: level after {soonest} to {latest}.",
        soonest=bare(row.soonest),
        latest=row.latest,
        **told,
    )


def decade(row) -> int:
    """The decade in which two places could first be level."""
    return (int(row.own.period) + int(row.soonest.value)) // 10 * 10


def bare(years: Fact) -> Fact:
    """The first end of a range, whose unit and status stand at the second."""
    return replace(years, unit="coefficient", status="derived")


def since(city: str, pairs: Sequence[dict[str, Fact]]) -> Sentence:
    """The growth of two places, ``city`` one of them, side by side; ``pairs``: by place, one a year."""
    if not pairs:
        return BLANK
    (other,) = pairs[0].keys() - {city}
    each = [
        say(
            "{own} against {other} in {year}",
            year=pair[city].period,
            own=roughly(pair[city]),
            other=roughly(pair[other]),
        )
        for pair in pairs
    ]
    return say(
        "Growth published since, {city} against {other}: {rates}.",
        city=name(city),
        other=name(other),
        rates=listed(each),
    )
