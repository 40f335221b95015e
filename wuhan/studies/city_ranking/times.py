"""After how many years two cities would be level, in sentences: one for each outcome of `ranking.meetings`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wuhan.analysis import ranking
from wuhan.evidence.facts import Fact, compare
from wuhan.text.prose import Name, Sentence, listed, name, roughly, say, when


def time(city: str, row) -> Sentence:
    """One neighbour: ``row`` of `ranking.meetings`."""
    chaser, leader = (city, row.place) if row.side == "above" else (row.place, city)
    told = {"chaser": name(chaser), "leader": name(leader), "gap": row.apart}
    if row.outcome == ranking.UNKNOWN:
        return say("{chaser} behind {leader} by {gap}: not known, as growth rates are missing.", **told)
    if row.outcome == ranking.NEVER:
        return say(
            "{chaser} behind {leader} by {gap}: not closing, as {chaser} grew no faster in any long window.", **told
        )
    if row.outcome == ranking.FAR:
        return say("{chaser} behind {leader} by {gap}: not within a century at these rates.", **told)
    told |= {"soonest": row.soonest}
    if row.outcome == ranking.MIXED:
        return say(
            "{chaser} behind {leader} by {gap}: level after {soonest} at the earliest; in some window, or within "
            "rounding, never.",
            **told,
        )
    if row.outcome == ranking.LATE:
        return say(
            "{chaser} behind {leader} by {gap}: level after {soonest} at the earliest, and at the slowest pace not "
            "within a century.",
            **told,
        )
    return say(
        "{chaser} behind {leader} by {gap}: level after {soonest} to {latest}.",
        **(told | {"soonest": bare(row.soonest)}),
        latest=row.latest,
    )


def alone(row) -> list[Sentence]:
    """The time at the pace of the short window alone; nothing where growth is missing, as the long ones say so."""
    if row.outcome == ranking.UNKNOWN:
        return []
    if row.outcome == ranking.NEVER:
        return [say("Short window: not closing.")]
    if row.outcome == ranking.FAR:
        return [say("Short window: not within a century.")]
    if row.latest is None:
        return [say("Short window: after {soonest} at the earliest, or not within a century.", soonest=row.soonest)]
    return [say("Short window: after {soonest} to {latest}.", soonest=bare(row.soonest), latest=row.latest)]


def bare(years: Fact) -> Fact:
    """The first end of a range, whose unit and status stand at the second."""
    return replace(years, unit="coefficient", status="derived")


def since(city: str, pairs: Sequence[dict[str, Fact]]) -> list[Sentence]:
    """The growth of two places, ``city`` one of them, side by side; ``pairs``: by place, one a year."""
    if not pairs:
        return []
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
    return [
        say(
            "Growth published since, {city} against {other}: {rates}.",
            city=name(city),
            other=name(other),
            rates=listed(each),
        )
    ]


def outgrown(city: str, pairs: Sequence[dict[str, Fact]]) -> list[Name]:
    """The years of ``pairs`` (see `since`) in which ``city`` certainly grew more than the other place."""
    return [
        when(pair[city].period)
        for pair in pairs
        if all(compare(pair[city], fact) > 0 for place, fact in pair.items() if place != city)
    ]
