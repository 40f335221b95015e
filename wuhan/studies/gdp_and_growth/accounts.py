"""The accounts of a city as its notebook reads them: its size, its growth, and its pace over some years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from wuhan.analysis import growth
from wuhan.evidence import observations
from wuhan.evidence.facts import Fact, Unknown

SHOCK = 2020
RATE, LEVEL, PEOPLE = "gdp_real_growth", "gdp_nominal", "pop_resident"


@dataclass(frozen=True)
class Accounts:
    """The accounts of ``city``, each frame as `wuhan.load` gives it.

    ``levels``: GDP of cities in one vintage; ``rates``: real growth of places, the nation among them; ``people``:
    residents of places. All hold whole years.
    """

    city: str
    levels: pd.DataFrame
    rates: pd.DataFrame
    people: pd.DataFrame

    def own(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of the city, in order of time."""
        return observations.select(frame, self.city)

    def growth(self, places: Sequence[str], first: int) -> pd.DataFrame:
        """The growth of the city and of other ``places`` from ``first`` on; no row where the city's is not known."""
        rows = observations.together(self.rates, [self.city, *places], RATE)
        rows = rows[rows["year"] >= first]
        return rows if self.city in set(rows["place"]) else rows.head(0)

    def told(self, places: Sequence[str], first: int) -> pd.DataFrame:
        """The same to a tenth, as the accounts of China are published, for a figure."""
        return growth.in_tenths(self.growth(places, first))

    @property
    def firm(self) -> pd.DataFrame:
        """The growth of all places that may lead a page."""
        return observations.trusted(self.rates, observations.FIRM)

    @property
    def size(self) -> Fact | Unknown:
        """The newest GDP that may lead a page."""
        return observations.leading(self.own(self.levels), self.city, LEVEL)[0]

    @property
    def rate(self) -> Fact | Unknown:
        """The newest growth that may lead a page."""
        return observations.leading(self.own(self.rates), self.city, RATE)[0]

    @property
    def last(self) -> int:
        """The last year that firm growth reaches without a gap from the shock on; the year before it for none."""
        chain = growth.chain_indices(observations.trusted(self.own(self.rates), observations.FIRM), SHOCK - 1)
        return max([SHOCK - 1, *chain["year"]])

    def pace(self, place: str, first: int, last: int) -> Fact | Unknown:
        """The average growth of a place over the years ``first`` to ``last``, in per cent a year."""
        if last < first:
            return Unknown(place, RATE, str(first))
        return growth.average_growth(observations.span(self.rates, place, RATE, first, last))
