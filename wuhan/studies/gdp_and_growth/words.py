"""What the accounts of a city say of its size and its growth: one sentence for each way they can fall out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from wuhan.analysis import growth, ranking
from wuhan.evidence import observations
from wuhan.evidence.facts import Fact, Unknown, compare, magnitude, subtract
from wuhan.text.prose import Name, Sentence, choose, listed, missing, name, paragraph, remark, roughly, say, unsure, when

NATION, SHOCK, EARLIER = "china", 2020, 5  # EARLIER: years before the shock that are set against those since
SMALL = 0.05  # of a level: a revision below it is called small
RATE, LEVEL, PEOPLE = "gdp_real_growth", "gdp_nominal", "pop_resident"


@dataclass(frozen=True)
class Economy:
    """The accounts of ``city`` as the notebook reads them, each frame as `wuhan.load` gives it.

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
        """The growth of the city and then of other ``places`` from the year ``first`` on; no row where the city's is not
        known.
        """
        rows = observations.together(self.rates, [self.city, *places], RATE)
        rows = rows[rows["year"] >= first]
        return rows if self.city in set(rows["place"]) else rows.head(0)

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

    def answer(self) -> Sentence:
        """How large the economy is, and at what pace it has grown since the shock."""
        if isinstance(self.size, Unknown):
            known = [when(period) for period in self.own(self.rates)["period"]]
            return missing(say("GDP of {city} in these years", city=name(self.city)), known)
        told, year = {"city": name(self.city), "size": _rough(self.size)}, self.size.period
        if isinstance(self.rate, Unknown):
            return say("{city}'s GDP was {size} in {year}; its real growth is not known.", year=year, **told)
        since, earlier = self.pace(self.city, SHOCK, self.last), self.pace(self.city, SHOCK - EARLIER, SHOCK - 1)
        if self.last <= SHOCK or isinstance(earlier, Unknown):
            return say(
                "{city}'s GDP was {size} in {year}; in {when} it grew {rate}.",
                year=year,
                when=self.rate.period,
                rate=_rough(self.rate),
                **told,
            )
        slowed = choose(since, earlier, more="has sped up to", less="has slowed to", same="has kept growing by")
        return say(
            "{city}'s {size} economy {slowed} {since} a year since {before}.",
            slowed=slowed,
            since=since,
            before=str(SHOCK - 1),
            **told,
        )

    def story(self) -> Sentence:
        """The shock, the pace since and before, and whether the shock alone explains the difference."""
        if self.last <= SHOCK:
            return Sentence("", "")
        last, earlier = self.last, self.pace(self.city, SHOCK - EARLIER, SHOCK - 1)
        told = {"before": str(SHOCK - 1), "last": str(last), "earlier": earlier, "n": EARLIER}
        paces = say(
            "From {before} to {last} it grew {since} a year, against {earlier} in the {n} years before. China grew "
            "{nation}, against {then}.",
            since=self.pace(self.city, SHOCK, last),
            nation=self.pace(NATION, SHOCK, last),
            then=_rough(self.pace(NATION, SHOCK - EARLIER, SHOCK - 1)),
            **told,
        )
        return paragraph(self._shock(), paces, self._after(earlier))

    def _shock(self) -> Sentence:
        """What output did in the year of the shock, and when it was made up."""
        rate, year = observations.find(self.rates, self.city, RATE, str(SHOCK)), str(SHOCK)
        if isinstance(rate, Unknown) or rate.high >= 0:
            return say("Output was not seen to fall in {year}: growth was {rate}.", year=year, rate=rate)
        back = growth.recovery_year(self.own(self.rates), SHOCK)
        told = {"year": year, "fall": magnitude(rate), "before": str(SHOCK - 1)}
        if back is None:
            return say("Output fell {fall} in {year} and is not known to have passed its {before} level since.", **told)
        return say("Output fell {fall} in {year} and passed its {before} level in {back}.", back=str(back), **told)

    def _after(self, earlier: Fact | Unknown) -> Sentence:
        """Whether growth without the shock and its rebound is still that of before."""
        first = SHOCK + 2
        if self.last <= first or isinstance(earlier, Unknown):
            return Sentence("", "")
        pace = self.pace(self.city, first, self.last)
        told = {"first": str(first), "last": str(self.last), "pace": _rough(pace)}
        if compare(pace, earlier) < 0:
            return say("The shock alone does not explain that: from {first} to {last} growth was {pace} a year.", **told)
        return say("Without the shock and its rebound growth was {pace} a year, from {first} to {last}.", **told)

    def lead(self, first: int) -> Sentence:
        """In how many years from ``first`` on the city outgrew the nation, in words where it was nearly all or none."""
        rates = self.rates[self.rates["year"] >= first]
        ahead = growth.lead(self.own(rates), observations.select(rates, NATION))
        faster, other = int((ahead["low"] > 0).sum()), ahead.loc[ahead["low"] <= 0, "year"]
        told = {"city": name(self.city), "first": str(first)}
        if ahead.empty:
            return say("The growth of {city} is not known", city=told["city"])
        if other.empty:
            return say("{city} has outgrown China in every year since {first}", **told)
        if len(other) <= 3:
            return say(
                "{city} has outgrown China in every year since {first} but {others}",
                others=listed(str(year) for year in sorted(other)),
                **told,
            )
        return say(
            "{city} outgrew China in {n} of the {all} years known", city=told["city"], n=faster, all=len(ahead)
        )

    def alone(self, places: Sequence[str], last: int) -> Sentence:
        """Whether growth slowed in all of ``places`` between the years before the shock and those from it to ``last``."""
        before = {place: self.pace(place, SHOCK - EARLIER, SHOCK - 1) for place in places}
        since = {place: self.pace(place, SHOCK, last) for place in places}
        known = [place for place in places if isinstance(before[place], Fact) and isinstance(since[place], Fact)]
        slower = [place for place in known if compare(since[place], before[place]) < 0]
        if slower and slower == known:
            return say("Growth has slowed everywhere, not in one city alone")
        if slower:
            return say("Growth has slowed in {places}", places=listed(map(name, slower)))
        return say("Growth has slowed nowhere")

    def added(self, first: int) -> Sentence:
        """What growth after the year ``first`` has added up to, in the city and in the nation."""
        last = max(first + 1, int(self.rate.period) if isinstance(self.rate, Fact) else 0)
        own, nation = (
            growth.multiple(observations.span(self.rates, place, RATE, first + 1, last)) for place in (self.city, NATION)
        )
        return say(
            "{city}'s real output is {own} that of {first}, China's {nation}",
            city=name(self.city),
            own=_rough(own),
            first=str(first),
            nation=_rough(nation),
        )

    def recount(self) -> Sentence:
        """How far the count of residents moved across the last census of population."""
        own, census = self.own(self.people), max(growth.POPULATION_CENSUS_YEARS)
        old, new = (observations.find(own, self.city, PEOPLE, str(year)) for year in (census - 1, census + 1))
        if isinstance(old, Unknown) or isinstance(new, Unknown):
            newest = observations.leading(own, self.city, PEOPLE)[0]
            return say("{city} had {people} in {year}", city=name(self.city), people=_rough(newest), year=newest.period)
        return say(
            "Across the census of {census} {city}'s count of residents {rose} by {n}",
            census=str(census),
            city=name(self.city),
            rose=choose(new, old, more="rose", less="fell", same="hardly moved:"),
            n=_rough(magnitude(subtract(new, old))),
        )

    def per_head(self, heads: pd.DataFrame) -> Sentence:
        """Between whom the city stands in GDP per head; ``heads`` has one year, the largest first."""
        if self.city not in set(heads["place"]):
            return say("GDP per head of {city} is not known", city=name(self.city))
        above, below = _neighbours(heads, self.city)
        return _between(say("Per head"), name(self.city), above, below)

    def rank(self, ranked: pd.DataFrame) -> Sentence:
        """Between whom the city stands in GDP; ``ranked`` as `ranking.rank` gives it."""
        if self.city not in set(ranked["place"]):
            return say("GDP of {city} is not known in the year ranked", city=name(self.city))
        above, below = _neighbours(ranked, self.city)
        return _between(say("By GDP"), name(self.city), above, below)

    def distances(self, ranked: pd.DataFrame) -> Sentence:
        """The size of the city, its rank, and how far its neighbours are; ``ranked`` as `ranking.rank` gives it."""
        near = {fact.place: fact for fact in observations.facts(ranking.window(ranked, self.city, 1))}
        own = near.pop(self.city, None)
        if own is None:
            return say("{city} is not ranked: its GDP is not known.", city=name(self.city))
        place = say(
            "{city}'s GDP was {size} in {year}, number {rank} of the {n} cities that are known.",
            city=name(self.city),
            size=_rough(own),
            year=own.period,
            rank=int(ranked.set_index("place")["rank"][self.city]),
            n=len(ranked),
        )
        return paragraph(place, *[_distance(fact, own) for fact in near.values()])

    def revisions(self, others: pd.DataFrame) -> Sentence:
        """How far the vintages of the city's GDP lie apart; ``others`` has the levels of another vintage."""
        both = pd.concat([self.own(self.levels), self.own(others)], ignore_index=True)
        apart = observations.facts(growth.furthest_apart(both))
        if not apart:
            return say("No revision of {city}'s GDP larger than rounding was found.", city=name(self.city))
        low, high = apart
        small = high.value / low.value < 1 + SMALL
        told = {"year": low.period, "low": _rough(low), "high": _rough(high), "last": str(_last_revised(both))}
        if small:
            return say(
                "Revisions are small: the vintages differ most for {year}, {low} against {high}, and for no year after "
                "{last}.",
                **told,
            )
        return say(
            "Revisions matter: for {year} the vintages have {low} and {high}; they differ for no year after {last}.",
            **told,
        )

    def firmness(self) -> Sentence:
        """Which years are preliminary, what the data note of the census, and what is known from weak sources only."""
        frames = {LEVEL: self.levels, RATE: self.rates, PEOPLE: self.people}
        rows = pd.concat([self.own(frame) for frame in frames.values()], ignore_index=True)
        soft = sorted(set(rows.loc[observations.provisionals(rows), "period"]))
        noted = rows[(rows["note"] != "") & (rows["year"] == max(growth.POPULATION_CENSUS_YEARS))]
        later = [fact for name, frame in frames.items() for fact in observations.leading(self.own(frame), self.city, name)[1]]
        first = [say("Figures of {years} are preliminary.", years=listed(soft))] if soft else []
        notes = [say("On residents in {year}: {note}", year=row.period, note=remark(row.note)) for row in noted.itertuples()]
        return paragraph(*first, *notes, unsure(*later))


def _rough(fact: Fact | Unknown) -> Sentence | Unknown:
    """`roughly`, for what may be unknown, too."""
    return fact if isinstance(fact, Unknown) else roughly(fact)


def _neighbours(rows: pd.DataFrame, city: str) -> tuple[Name | None, Name | None]:
    """The places before and after ``city`` in ``rows``; None at an end."""
    places = [None, *rows["place"], None]
    at = places.index(city)
    above, below = (place and name(place) for place in (places[at - 1], places[at + 1]))
    return above, below


def _between(measure: Sentence, city: Name, above: Name | None, below: Name | None) -> Sentence:
    """Where a city stands by a measure, from its two neighbours."""
    if above and below:
        return say("{measure}, {city} stands between {above} and {below}", measure=measure, city=city, above=above, below=below)
    if below:
        return say("{measure}, {city} stands first, ahead of {below}", measure=measure, city=city, below=below)
    if above:
        return say("{measure}, {city} stands last, behind {above}", measure=measure, city=city, above=above)
    return say("{measure}, {city} stands alone", measure=measure, city=city)


def _distance(fact: Fact, own: Fact) -> Sentence:
    """How much larger or smaller than ``own`` another city is."""
    return say(
        "{place} is {gap} {side}.",
        place=name(fact.place),
        gap=_rough(magnitude(subtract(fact, own))),
        side=choose(fact, own, more="larger", less="smaller", same="away, less than the rounding"),
    )


def _last_revised(vintages: pd.DataFrame) -> int:
    """The last year for which two vintages of one place differ by more than rounding leaves open."""
    rows = vintages.sort_values("value", kind="stable").groupby("year")
    return int(max(year for year, pair in rows if pair["low"].iloc[-1] > pair["high"].iloc[0]))
