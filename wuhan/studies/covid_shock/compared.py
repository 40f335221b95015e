"""A shock to one city and what a blend of others sets against it: what all sentences and figures take from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.analysis import counterfactual, differences, placebos
from wuhan.analysis.counterfactual import Blend, Panel
from wuhan.charts import style
from wuhan.evidence.facts import Fact, Unknown, knowing
from wuhan.evidence.rounding import decimals, ends
from wuhan.text.prose import Sentence, listed, plural, roughly, say, some, spelt

BLEND = style.PALETTE[4]  # the colour of a blend, which is no place
UNFIT = ("outside", "poor")  # standings in which the blend does not follow the city
SHOWN = 5  # years before the shock that a figure shows


@dataclass(frozen=True)
class Compared:
    """The growth of all places, what can be compared, the blend of the city, and all others treated in turn."""

    rates: pd.DataFrame
    panel: Panel
    blend: Blend
    others: Sequence[Blend]

    @property
    def city(self) -> str:
        return self.panel.city

    @cached_property
    def standing(self) -> str:
        """What the method answers, see `placebos.standing`."""
        return placebos.standing(self.panel, self.blend, self.others)

    @cached_property
    def peers(self) -> list[Blend]:
        """The cities that the city is compared with."""
        return placebos.comparable(self.blend, self.others)

    @cached_property
    def without(self) -> dict[str, Blend]:
        """The blend fitted again without each of its donors."""
        return placebos.leave_one_out(self.panel, self.blend)

    @cached_property
    def relative(self) -> Blend:
        """The blend for which misses count in per cent, and not in points of the index."""
        return counterfactual.fit(self.panel, relative=True)

    @cached_property
    def pretended(self) -> Blend:
        """The blend for a shock that is pretended years before."""
        return counterfactual.fit(self.panel, year=self.panel.year - placebos.BACK)

    @cached_property
    def ratios(self) -> pd.DataFrame:
        """How much wider each city's gaps are after the shock than before it."""
        return placebos.ratios(self.blend, self.others)

    @cached_property
    def apart(self) -> pd.DataFrame:
        """How far growth departs from its mean before, less the same of all donors."""
        return differences.departures(self.rates, self.panel)

    @property
    def _cost(self) -> Fact | Unknown:
        return counterfactual.gap(self.blend, self.panel.year)

    @property
    def _rest(self) -> Fact | Unknown:
        return counterfactual.gap(self.blend, self.panel.end)

    def compared(self, group: Sequence[Blend] | None = None) -> Sentence:
        """The cities that the city is compared with, or those of a ``group``: comparable ones, or simply all."""
        n = len(self.peers if group is None else group)
        if n == len(self.others):
            return say("{n} {cities}", n=n, cities=plural(n, one="other city", many="other cities"))
        return say("{n} {cities}", n=n, cities=plural(n, one="comparable city", many="comparable cities"))

    @property
    def made_of(self) -> Sentence:
        """How many cities are in the blend."""
        return spelt(len(counterfactual.shares(self.blend)))

    def _near(self, year: int) -> int:
        """How many of the cities compared are as far off in ``year``, to the side of the city."""
        return placebos.as_far(self.blend, self.peers, year)[0]

    def alike(self, year: int) -> list[str]:
        """Which of all are as far off in ``year``, to the side of the city."""
        return [other.city for other in self.others if placebos.as_far(self.blend, [other], year)[0]]

    def as_far(self, year: int) -> Sentence:
        """How many of the cities compared, and of all, are as far off in ``year``, to the side of the city; and how
        many of all to the other.
        """
        near, (every, far) = self._near(year), placebos.as_far(self.blend, self.others, year)
        behind = self._gap(year) < 0
        told = {"year": year, "cities": self.compared(), "far": some(far)}
        if near or not behind:
            told["near"] = some(near)
        if len(self.peers) == len(self.others):
            if not behind:
                return say(
                    "In {year} {near} of {cities} were as far ahead of their blends, and {far} as far behind.", **told
                )
            if not near:
                return say("In {year} none of {cities} was as far behind its blend, and {far} as far ahead.", **told)
            return say("In {year} {near} of {cities} were as far behind their blends, and {far} as far ahead.", **told)
        told |= {"every": some(every), "all": len(self.others)}
        if not behind:
            return say(
                "In {year} {near} of {cities} were as far ahead of their blends; of all {all} {every} were, and {far} "
                "as far behind.",
                **told,
            )
        if not near:
            return say(
                "In {year} none of {cities} was as far behind its blend; of all {all} {every} were, and {far} as "
                "far ahead.",
                **told,
            )
        return say(
            "In {year} {near} of {cities} were as far behind their blends; of all {all} {every} were, and {far} as "
            "far ahead.",
            **told,
        )

    def _gap(self, year: int) -> float:
        """The gap in ``year``."""
        gap = counterfactual.gap(self.blend, year)
        return 0.0 if isinstance(gap, Unknown) else gap.value

    def in_years(self, what: Callable[[int], Fact | Unknown | Sentence | int]) -> Sentence:
        """What holds in the year of the shock and at the end: "-8% in 2020, -4% in 2023"."""
        years = dict.fromkeys((self.panel.year, self.panel.end))
        return listed(say("{what} in {year}", what=what(year), year=year) for year in years)

    def gaps(self, blend: Blend) -> Sentence:
        """The gap in the year of the shock and at the end."""
        return self.in_years(lambda year: tenths(counterfactual.gap(blend, year)))


@knowing
def tenths(fact: Fact) -> Sentence:
    """A gap to one decimal, so that gaps can be set side by side; its card has the range that rounding leaves."""
    told = say("{only}", only=decimals(fact, 1))
    card = roughly(fact).facts[0]
    return Sentence(told.plain, told.markdown, [card | {"name": "gap", "text": told.plain}])


@knowing
def between(fact: Fact) -> Sentence:
    """The ends of the interval of a fact: "-5% to -3%"."""
    low, high = ends(fact)
    return say("{low} to {high}", low=low, high=high)
