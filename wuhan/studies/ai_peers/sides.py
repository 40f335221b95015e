"""In how many of the lists of a kind a city has fewer or more than in proportion, beyond chance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from wuhan.studies.ai_peers.numbers import LESS, MORE, PAPERS, UNTOLD
from wuhan.text.language import noted
from wuhan.text.prose import Name, Sentence, say, some, spelt

KINDS = {  # of lists: what is counted in them
    noted("universities and colleges"): ("higher_education_institutions",),
    noted("AI papers"): PAPERS,
    noted("large models"): ("large_models_listed",),
    noted("unicorns"): ("unicorns_cb_insights",),
    noted("listed firms"): ("listed_firms_a_share", "listed_firms_hong_kong"),
}
FEW = 5  # a kind of which fewer entries are counted: one filed elsewhere would change what they tell
UNIVERSITIES, WRITTEN = "universities and colleges", "AI papers"  # the kinds of which the lists are whole


class Tally(NamedTuple):
    """In how many of the ``lists`` of a kind a city has fewer and more than in proportion, beyond chance.

    ``entries`` are those of the city in all of them.
    """

    lists: int
    low: int
    high: int
    entries: int

    @property
    def scant(self) -> bool:
        """Whether fewer than `FEW` entries are all that a side rests on."""
        return bool(self.low + self.high) and self.entries < FEW

    @property
    def found(self) -> tuple[int, int, bool]:
        """What the words rest on."""
        return self.low, self.high, self.scant

    @property
    def pattern(self) -> tuple[bool, bool]:
        """Whether there are lists with few, and whether there are lists with many."""
        return bool(self.low), bool(self.high)

    @property
    def words(self) -> Sentence:
        """What the lists tell."""
        if self.scant:
            return say("too few entries to tell")
        if not self.low + self.high:
            return say("it may be chance")
        if self.lists == 1:
            return say("few" if self.low else "many")
        return say("few in {low}, many in {high}", low=some(self.low), high=some(self.high))


def turned(tally: Tally, other: Tally | None) -> bool:
    """Whether another yardstick, by which a kind is ``other``, gives few where there were none, or many, or takes all
    of them away; a kind that it does not tell turns nothing.
    """
    return other is not None and not other.scant and other.pattern != tally.pattern


def depends(city: Name, tallies: Sequence[Tally], place: Name | None) -> Sentence:
    """That the side of ``city`` turns on counting ``place``, or else on the yardstick: a title.

    ``tallies`` are what it may be.
    """
    few, many = any(each.low for each in tallies), any(each.high for each in tallies)
    turn = say("turns on counting {place}", place=place) if place else say("depends on the yardstick")
    if few and many:
        return say("Whether {city} had few or many AI papers for its GDP {turn}", city=city, turn=turn)
    if few:
        return say("Whether {city} had few AI papers for its GDP {turn}", city=city, turn=turn)
    return say("Whether {city} had many AI papers for its GDP {turn}", city=city, turn=turn)


def told(tally: Tally, lists: Sentence) -> Sentence:
    """What is found, and in which ``lists``: the first half of a sentence."""
    if not tally.low + tally.high:
        return say("It may be chance in all {n} lists", n=spelt(tally.lists))
    words = say("few in {low}", low=spelt(tally.low)) if tally.low else say("many in {high}", high=spelt(tally.high))
    if tally.low and tally.high:
        words = tally.words
    return say("It has {words} of {n} lists: {lists}", words=words, n=spelt(tally.lists), lists=lists)


def kinds(found: pd.DataFrame, city: str) -> dict[str, Tally]:
    """What the lists of each kind tell of ``city``; kinds of which the lists have gaps are left out."""
    own = found[(found["place"] == city) & (found["verdict"] != UNTOLD)].set_index("indicator")
    result = {}
    for kind, lists in KINDS.items():
        rows = own[own.index.isin(lists)]
        if len(rows):
            low, high = (int((rows["verdict"] == side).sum()) for side in (LESS, MORE))
            result[kind] = Tally(len(rows), low, high, int(rows["count"].sum()))
    return result


def key(indicator: str) -> str:
    """Of which kind a list is."""
    return next(kind for kind, lists in KINDS.items() if indicator in lists)


def of_lists(count: int, every: int) -> Sentence:
    """In how many of the lists."""
    if every == 1:
        return say("in one list")
    if count == every:
        return say("in all {all} lists", all=spelt(every))
    return say("in {n} of {all} lists", n=spelt(count), all=spelt(every))
