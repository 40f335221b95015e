"""Places whose head counts before a census stand on another basis than those of others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from wuhan.analysis import growth
from wuhan.evidence import breaks
from wuhan.studies.explore.choices import Choice
from wuhan.text.prose import Name, Sentence, listed, name, say

HEADS = "pop_resident"


@dataclass(frozen=True)
class Uneven:
    """The ``older`` places whose counts before ``census`` were not re-based on it, and the ``others``, whose were."""

    census: int
    older: tuple[str, ...]
    others: tuple[str, ...]


def uneven(choice: Choice, rows: pd.DataFrame) -> Uneven | None:
    """What does not compare in the ``rows`` of a choice; None where all places stand on one basis."""
    census = max(growth.POPULATION_CENSUS_YEARS)
    if rows.empty or (choice.transformation != "per_head" and choice.indicator != HEADS):
        return None
    earlier = dict.fromkeys(rows.loc[rows["year"] < census, "place"])
    older = tuple(place for place in earlier if census in breaks.alone(HEADS, place))
    others = tuple(place for place in earlier if place not in older)
    return Uneven(census, older, others) if older and others else None


def marked(measure: str, found: Uneven | None) -> Sentence:
    """What is measured, with the places that do not compare before the census."""
    if found is None:
        return say("{measure}", measure=Name(measure))
    return say(
        "{measure}; {places} before {year} on an older census",
        measure=Name(measure),
        places=listed(map(name, found.older)),
        year=found.census,
    )


def heads(places: Iterable[str], found: Uneven | None) -> dict[str, str]:
    """The heads of a table by place, those that do not compare before the census with a mark."""
    older = found.older if found else ()
    census = found.census if found else ""
    return {
        place: str(say("{place} (before {year} on an older census)", place=name(place), year=census))
        if place in older
        else name(place)
        for place in places
    }


def told(found: Uneven | None) -> list[Sentence]:
    """That figures before the census do not compare between places, where they do not."""
    if found is None:
        return []
    return [
        say(
            "Before {year} the head counts of {places} stand on an older census than those of {others}: figures of "
            "these years do not compare between them.",
            year=found.census,
            places=listed(map(name, found.older)),
            others=listed(map(name, found.others)),
        )
    ]
