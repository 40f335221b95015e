"""What the accounts of a city say of its size and its growth: one sentence for each way they can fall out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from wuhan.analysis import growth, ranking
from wuhan.evidence import facts, observations
from wuhan.evidence.facts import Fact, Unknown, compare, magnitude, subtract
from wuhan.text.prose import (
    Sentence,
    choose,
    fallen,
    grown,
    listed,
    missing,
    name,
    paragraph,
    publishers,
    remark,
    roughly,
    say,
    table_of,
    unsure,
    when,
)

NATION, SHOCK, EARLIER = "china", 2020, 5  # EARLIER: years before the shock that are set against those since
FEW = 0.2  # of all years: exceptions that a title names
TENTH, BEST = 0.05, "A"  # half of a tenth; the grade of what was read at its publisher
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
        """The growth of the city and of other ``places`` from ``first`` on; no row where the city's is not known."""
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
        """How large the economy is, and at what pace it has grown since the shock, each with its years."""
        if isinstance(self.size, Unknown):
            known = [when(period) for period in self.own(self.rates)["period"]]
            return missing(say("GDP of {city} in these years", city=name(self.city)), known)
        told = {"city": name(self.city), "size": self.size, "year": self.size.period}
        if isinstance(self.rate, Unknown):
            return say("{city}'s GDP was {size} in {year}; its real growth is not known.", **told)
        since, earlier = self.pace(self.city, SHOCK, self.last), self.pace(self.city, SHOCK - EARLIER, SHOCK - 1)
        if self.last <= SHOCK or isinstance(earlier, Unknown):
            return say(
                "{city}'s GDP was {size} in {year}; in {when} it grew {rate}.",
                when=self.rate.period,
                rate=_rough(self.rate),
                **told,
            )
        return say(
            "{city}'s GDP was {size} in {year}. {since_when} it grew {since} a year, {compared} {earlier}.",
            since_when=grown(SHOCK - 1, self.last, opens=True),
            compared=choose(since, earlier, more="up from", less="down from", same="as before,"),
            since=_rough(since),
            earlier=_rough(earlier),
            **told,
        )

    def story(self) -> Sentence:
        """The shock, the pace since and before, whether the shock alone explains the difference, who says the size."""
        if self.last <= SHOCK:
            return paragraph(say("Its growth since {before} can not be told.", before=str(SHOCK - 1)), self._graded())
        last, start = self.last, SHOCK - 1 - EARLIER
        since, nation = (self.pace(place, SHOCK, last) for place in (self.city, NATION))
        earlier, then = (self.pace(place, start + 1, SHOCK - 1) for place in (self.city, NATION))
        paces = say(
            "{now} it grew {since} a year, {compared} China's {nation}. {before} the two had grown {earlier} and "
            "{then}.",
            now=grown(SHOCK - 1, last, opens=True),
            before=grown(start, SHOCK - 1, opens=True),
            since=_rough(since),
            nation=_rough(nation),
            earlier=_rough(earlier),
            then=_rough(then),
            compared=choose(since, nation, more="more than", less="less than", same="as much as"),
        )
        return paragraph(self._shock(), paces, self._after(earlier), self._graded())

    def _graded(self) -> Sentence:
        """That the size was not read at its publisher, where it was not."""
        if isinstance(self.size, Unknown) or any(_grade(source) == BEST for source in self.size.sources):
            return Sentence("", "")
        return say(
            "The GDP of {year} was not read at the statistical office: its source, {publisher}, is of grade {grade}.",
            year=self.size.period,
            publisher=listed(publishers(self.size.sources)),
            grade=min(map(_grade, self.size.sources)),
        )

    def _shock(self) -> Sentence:
        """What output did in the year of the shock, and when it was made up."""
        rate, year = observations.find(self.rates, self.city, RATE, str(SHOCK)), str(SHOCK)
        if isinstance(rate, Unknown) or rate.high >= 0:
            return say("In {year} growth was {rate}.", year=year, rate=_rough(rate))
        back = growth.recovery_year(self.own(self.rates), SHOCK)
        told = {"year": year, "fall": fallen(rate), "before": str(SHOCK - 1)}
        if back is None:
            return say("Output fell {fall} in {year} and is not known to have passed its {before} level since.", **told)
        return say("Output fell {fall} in {year} and passed its {before} level in {back}.", back=str(back), **told)

    def _after(self, earlier: Fact | Unknown) -> Sentence:
        """Whether growth without the shock and its rebound is still that of before."""
        pace, nation = (self.pace(place, SHOCK + 2, self.last) for place in (self.city, NATION))
        if isinstance(earlier, Unknown) or isinstance(pace, Unknown) or isinstance(nation, Unknown):
            return Sentence("", "")
        if self.last <= SHOCK + 2:
            return Sentence("", "")
        told = {
            "when": grown(SHOCK + 1, self.last),
            "pace": _rough(pace),
            "nation": _rough(nation),
            "compared": choose(pace, nation, more="more than", less="less than", same="as much as"),
        }
        if compare(pace, earlier) < 0:
            return say(
                "{shock} alone does not explain the slowdown: {when}, after the rebound, growth was "
                "{pace} a year, {compared} China's {nation}.",
                shock=str(SHOCK),
                **told,
            )
        told["when"] = grown(SHOCK + 1, self.last, opens=True)
        return say("{when}, after the rebound, growth was {pace} a year, {compared} China's {nation}.", **told)

    def lead(self, first: int) -> Sentence:
        """In how many years from ``first`` on the city outgrew the nation, by firm figures.

        The exceptions stand by name where they are few, every year is known, and each is certain.
        """
        rates = observations.trusted(self.rates[self.rates["year"] >= first], observations.FIRM)
        ahead = growth.lead(self.own(rates), observations.select(rates, NATION))
        faster, slower = ahead["low"] > 0, ahead.loc[ahead["high"] < 0, "year"]
        told = {"city": name(self.city), "first": str(first)}
        if ahead.empty:
            return say("The growth of {city} is not known", city=told["city"])
        unbroken = len(ahead) == ahead["year"].max() - first + 1
        if not unbroken or len(slower) > FEW * len(ahead) or len(slower) + faster.sum() < len(ahead):
            return say(
                "{city} certainly outgrew China in {n} of the {all} years known",
                city=told["city"],
                n=int(faster.sum()),
                all=len(ahead),
            )
        if slower.empty:
            return say("{city} has outgrown China in every year since {first}", **told)
        others = listed(str(year) for year in sorted(slower))
        return say("{city} has outgrown China in every year since {first} but {others}", others=others, **told)

    def alone(self, places: Sequence[str], years: Iterable[int]) -> Sentence:
        """Where growth slowed from the years before the shock to the last of ``years``, and where it slowed most."""
        slower, known, last = {}, 0, max([0, *years])
        for place in places:
            before, since = self.pace(place, SHOCK - EARLIER, SHOCK - 1), self.pace(place, SHOCK, last)
            if isinstance(before, Fact) and isinstance(since, Fact):
                known += 1
                if compare(since, before) < 0:
                    slower[place] = magnitude(subtract(since, before))
        if not slower:
            return say("Growth is not known to have slowed anywhere")
        if len(slower) < known or known == 1:
            return say("To {last} growth slowed in {places}", last=str(last), places=listed(map(name, slower)))
        most = max(slower.values(), key=lambda fact: fact.value)
        return say(
            "To {last} growth slowed in all places compared, most in {places}: by {points}",
            last=str(last),
            places=listed(name(place) for place, fact in slower.items() if compare(fact, most) == 0),
            points=roughly(most),
        )

    def index(self, first: int) -> pd.DataFrame:
        """The chained growth of the city and of the nation, up to the last year that both have."""
        rows = growth.chain_indices(self.growth([NATION], first), first)
        return rows[rows["year"] <= rows.groupby("place")["year"].max().min()] if len(rows) else rows

    def added(self, first: int) -> Sentence:
        """What growth after the year ``first`` has added up to, in the city and in the nation."""
        unknown = say(
            "What growth since {first} has added up to in {city} is not known", first=str(first), city=name(self.city)
        )
        last = max([first, *self.index(first)["year"]])
        if last == first:
            return unknown
        spans = [observations.span(self.rates, place, RATE, first + 1, last) for place in (self.city, NATION)]
        own, nation = map(growth.multiple, spans)
        if isinstance(own, Unknown) or isinstance(nation, Unknown):
            return unknown
        return say(
            "{city}'s real output is {own} that of {first}, China's {nation}",
            city=name(self.city),
            own=_even(own),
            first=str(first),
            nation=_even(nation),
        )

    def recount(self) -> Sentence:
        """How far the count of residents moved across the last census of population."""
        own, census = self.own(self.people), max(growth.POPULATION_CENSUS_YEARS)
        old, new = (observations.find(own, self.city, PEOPLE, str(year)) for year in (census - 1, census + 1))
        if isinstance(old, Unknown) or isinstance(new, Unknown):
            newest = observations.leading(own, self.city, PEOPLE)[0]
            return say("{city} had {people} in {year}", city=name(self.city), people=_rough(newest), year=newest.period)
        return say(
            "{city}'s count of residents {rose} by {n} from {old} to {new}, across a census",
            city=name(self.city),
            old=old.period,
            new=new.period,
            rose=choose(new, old, more="rose", less="fell", same="hardly moved:"),
            n=_rough(magnitude(subtract(new, old))),
        )

    def ranked(self) -> pd.DataFrame:
        """The cities in order of GDP in the last year that nearly all of them have, as `ranking.rank` gives them."""
        return ranking.rank(self.levels[self.levels["year"] == max(ranking.full_years(self.levels), default=0)])

    def between(self, rows: pd.DataFrame) -> Sentence:
        """Between whom the city stands in ``rows``, which have one measure and year, the largest first."""
        if self.city not in set(rows["place"]):
            return say("The place of {city} is not known", city=name(self.city))
        places = [None, *map(name, rows["place"]), None]
        at = list(rows["place"]).index(self.city)
        own, above, below = observations.fact(rows.iloc[at]), places[at], places[at + 2]
        told = {"year": own.period, "size": own, "city": name(self.city)}
        if above and below:
            return say(
                "In {year}, at {size}, {city} stands between {above} and {below} among those shown",
                above=above,
                below=below,
                **told,
            )
        if below:
            return say("In {year}, at {size}, {city} is the highest of the {n} places compared", n=len(rows), **told)
        if above:
            return say("In {year}, at {size}, {city} is the lowest of the {n} places compared", n=len(rows), **told)
        return say("In {year}, {city} is at {size}", **told)

    def placed(self, ranked: pd.DataFrame) -> Sentence:
        """The rank among the cities with data, and the distances to the next: a title; ``ranked`` as `ranked`."""
        near = {fact.place: fact for fact in observations.facts(ranking.window(ranked, self.city, 1))}
        own = near.pop(self.city, None)
        if own is None:
            return say("The place of {city} is not known", city=name(self.city))
        sides = [_apart(fact, own) for fact in near.values()]
        return say(
            "In {year} {city} was number {rank} of the {n} cities with data, {sides}",
            year=own.period,
            city=name(self.city),
            rank=int(ranked.set_index("place")["rank"][self.city]),
            n=len(ranked),
            sides=listed(sides),
        )

    def distances(self, ranked: pd.DataFrame) -> Sentence:
        """The size of the city, its rank, and how far its neighbours are; ``ranked`` as `ranked` gives it."""
        near = {fact.place: fact for fact in observations.facts(ranking.window(ranked, self.city, 1))}
        own = near.pop(self.city, None)
        if own is None:
            return say("{city} is not ranked: its GDP is not known.", city=name(self.city))
        newer = self.size if isinstance(self.size, Fact) and self.size.period > own.period else None
        newest = [say("GDP was {size} in {year}.", size=newer, year=newer.period)] if newer else []
        place = say(
            "In {year}, the last year that nearly all cities have, {city}'s GDP was {size}, number {rank} of the {n} "
            "cities with data.",
            city=name(self.city),
            size=own,
            year=own.period,
            rank=int(ranked.set_index("place")["rank"][self.city]),
            n=len(ranked),
        )
        sides = [_distance(fact, own) for fact in near.values()]
        return paragraph(*newest, place, *([say("{neighbours}.", neighbours=listed(sides))] if sides else []))

    def revisions(self, vintages: Sequence[pd.DataFrame]) -> Sentence:
        """How far the ``vintages`` of the city's GDP lie apart (one frame of levels each), and whether a rank may turn
        on that.
        """
        both = self.own(pd.concat(vintages, ignore_index=True))
        if both.drop_duplicates(["year", "value", "source_id"])["year"].is_unique:
            return say("Each year of {city}'s GDP has one figure only, so no revision is seen.", city=name(self.city))
        apart = observations.facts(growth.furthest_apart(both))
        if not apart:
            return say("No revision of {city}'s GDP larger than rounding was found.", city=name(self.city))
        low, high = (replace(fact, vintage="") for fact in apart)  # two vintages are set apart here on purpose
        ends = [100 * (a / b - 1) for a, b in ((high.value, low.value), (high.low, low.high), (high.high, low.low))]
        by = facts.computed(ends, "percent", "one vintage / the other - 1", [low, high], period=low.period)
        by = replace(by, behind=tuple(apart))  # each with its vintage
        told = {"year": low.period, "by": roughly(by), "last": str(_last_revised(both))}
        near = ranking.neighbours(self.ranked(), self.city, 1)
        close = [row.place for row in near.itertuples() if compare(by, magnitude(row.gap)) > 0]
        if close:
            return say(
                "Revisions reach {by} ({year}), more than lies between it and {places}: they can change its rank. No "
                "revised figure was found for a year after {last}.",
                places=listed(map(name, close)),
                **told,
            )
        return say("Revisions reach {by} ({year}). No revised figure was found for a year after {last}.", **told)

    def firmness(self, vintages: Sequence[pd.DataFrame]) -> Sentence:
        """How far ``vintages`` lie apart, what is preliminary, what is noted of the census, what is badly sourced."""
        frames = {LEVEL: self.levels, RATE: self.rates, PEOPLE: self.people}
        rows = pd.concat([self.own(frame) for frame in frames.values()], ignore_index=True)
        soft = sorted(set(rows.loc[observations.provisionals(rows), "period"]))
        noted = rows[(rows["note"] != "") & (rows["year"] == max(growth.POPULATION_CENSUS_YEARS))]
        later = [observations.leading(self.own(frame), self.city, indicator)[1] for indicator, frame in frames.items()]
        first = [say("Figures of {years} are preliminary.", years=listed(soft))] if soft else []
        notes = [
            say("On residents in {year}: {note}", year=row.period, note=remark(row.note)) for row in noted.itertuples()
        ]
        return paragraph(self.revisions(vintages), *first, *notes, unsure(*itertools.chain(*later)))


def _grade(source: str) -> str:
    return table_of("sources", "source_id")[source]["trust"]


def _rough(fact: Fact | Unknown) -> Sentence | Unknown:
    """`roughly`, for what may be unknown, too."""
    return fact if isinstance(fact, Unknown) else roughly(fact)


def _apart(fact: Fact, own: Fact) -> Sentence:
    """How far ``own`` is behind another city, or ahead of it."""
    told = {"gap": magnitude(subtract(fact, own)), "place": name(fact.place)}
    order = compare(fact, own)
    if order == 0:
        return say("level with {place} within rounding", place=told["place"])
    return say("{gap} behind {place}", **told) if order > 0 else say("{gap} ahead of {place}", **told)


def _even(fact: Fact) -> Fact:
    """A multiple to one decimal, so that two of them stand side by side with the same."""
    value = round(fact.value, 1)
    return replace(fact, value=value, low=min(fact.low, value - TENTH), high=max(fact.high, value + TENTH))


def _distance(fact: Fact, own: Fact) -> Sentence:
    """How much larger or smaller than ``own`` another city is."""
    return say(
        "{place} is {gap} {side}",
        place=name(fact.place),
        gap=magnitude(subtract(fact, own)),
        side=choose(fact, own, more="larger", less="smaller", same="away, less than the rounding"),
    )


def _last_revised(vintages: pd.DataFrame) -> int:
    """The last year for which two vintages of one place differ by more than rounding leaves open."""
    rows = vintages.sort_values("value", kind="stable").groupby("year")
    return int(max(year for year, pair in rows if pair["low"].iloc[-1] > pair["high"].iloc[0]))
