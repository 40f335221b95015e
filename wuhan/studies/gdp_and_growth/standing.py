"""Where the economy of a city stands: its rank, its neighbours, its output per head, and whether that is firm."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from wuhan.analysis import growth, ranking
from wuhan.evidence import breaks, facts, observations, package
from wuhan.evidence.facts import Fact, Unknown, compare, magnitude, subtract
from wuhan.evidence.sources import COPY, REPRINT
from wuhan.studies.gdp_and_growth.accounts import LEVEL, PEOPLE, RATE, Accounts
from wuhan.text.language import _
from wuhan.text.prose import exactly, listed, paragraph, publishers, rough, roughly, spelt, unsure
from wuhan.text.sentence import BLANK, Sentence, say
from wuhan.text.words import name, table_of

RECENT = 10  # years before the newest level whose revisions say something of it
BEST = "A"  # the grade of what was read at its publisher


@dataclass(frozen=True)
class Standing(Accounts):
    """The city beside others, and beside its own figures in another vintage."""

    @property
    def _home(self) -> str:
        """The province of the city."""
        return table_of("places", "place")[self.city]["parent"]

    def _at_home(self, rows: pd.DataFrame) -> pd.Series:
        """Which of ``rows`` are of places in the province of the city."""
        places = table_of("places", "place")
        return rows["place"].map(lambda place: places[place]["parent"]) == self._home

    def ranked(self) -> pd.DataFrame:
        """The cities in order of GDP in the last year that nearly all of them have, as `ranking.rank` gives them.

        A city of their lower half is ranked within its province: those that are missing from a chosen set are smaller
        ones, and would stand above it.
        """
        ranked = ranking.rank(self.levels[self.levels["year"] == max(ranking.full_years(self.levels), default=0)])
        if ranking.sound(ranked, self.city):
            return ranked
        return ranking.rank(ranked[self._at_home(ranked)])

    def placed(self, ranked: pd.DataFrame) -> Sentence:
        """The rank among the cities with data: a title; ``ranked`` as `ranked`. None within a province, whose places
        are not all in the data.
        """
        own = ranked[ranked["place"] == self.city]
        if own.empty:
            return say("The place of {city} was not found", city=name(self.city))
        (size,) = observations.facts(own)
        told = {"city": name(self.city), "year": size.period}
        if self._at_home(ranked).all():
            return say(
                "{city}'s GDP was {size} in {year}, shown beside places of {province} with data",
                size=size,
                province=name(self._home),
                **told,
            )
        return say(
            "{city} was number {rank} by GDP of the {n} cities with data in {year}",
            rank=own["rank"].iloc[0],
            n=len(ranked),
            **told,
        )

    def measured(self, near: pd.DataFrame, vintage: object) -> Sentence:
        """What the bars of ``near`` measure, and which ranks they have where these are told."""
        if self._at_home(near).all():
            return say("GDP at current prices ({vintage})", vintage=vintage)
        first, last = near["rank"].min(), near["rank"].max()
        if first > 2:
            return say(
                "GDP at current prices ({vintage}), numbers {first} to {last}; the {n} largest are not drawn",
                vintage=vintage,
                first=first,
                last=last,
                n=spelt(first - 1),
            )
        return say(
            "GDP at current prices ({vintage}), numbers {first} to {last}", vintage=vintage, first=first, last=last
        )

    def distances(self, ranked: pd.DataFrame) -> Sentence:
        """The size of the city, its rank, and how far its neighbours are; ``ranked`` as `ranked` gives it."""
        near = {fact.place: fact for fact in observations.facts(ranking.window(ranked, self.city, 1))}
        own = near.pop(self.city, None)
        if own is None:
            return say("{city} is not ranked: its GDP is not known.", city=name(self.city))
        place = say(
            "In {year}, the last year that nearly all cities have, {city}'s GDP was {size}.",
            city=name(self.city),
            size=own,
            year=own.period,
        )
        if not near:
            return place
        return paragraph(place, say("That is {gaps}.", gaps=listed(_distance(own, fact) for fact in near.values())))

    def between(self, rows: pd.DataFrame) -> Sentence:
        """Which places the city is below and above by output per head: a title. ``rows`` have one measure and year."""
        known = {fact.place: fact for fact in observations.facts(rows)}
        own = known.pop(self.city, None)
        if own is None:
            return say("The place of {city} is not known", city=name(self.city))
        told = {"year": own.period, "city": name(self.city)}
        if not known:
            return say("In {year} output per head in {city} was {size}", size=own, **told)
        sides: dict[int, list[object]] = {-1: [], 0: [], 1: []}
        for place, fact in known.items():
            sides[compare(own, fact)].append(name(place))
        below, level, above = (listed(places) for places in sides.values())
        if sides[0]:
            return say("In {year} GDP per head in {city} was level, within rounding, with {level}", level=level, **told)
        if not sides[1]:
            return say("In {year} GDP per head in {city} was below {below}", below=below, **told)
        if not sides[-1]:
            return say("In {year} GDP per head in {city} was above {above}", above=above, **told)
        return say(
            "In {year} GDP per head in {city} was below {below}, above {above}", below=below, above=above, **told
        )

    @property
    def recounted(self) -> list[int]:
        """The years in which the count of residents was taken anew, or a border moved."""
        return breaks.begun(PEOPLE, self.city)

    def recount(self) -> Sentence:
        """How far the counts of residents before and after the last census of population are apart: a title."""
        own, census = self.own(self.people), max(growth.POPULATION_CENSUS_YEARS)
        old, new = (observations.find(own, self.city, PEOPLE, str(year)) for year in (census - 1, census + 1))
        if isinstance(old, Unknown) or isinstance(new, Unknown):
            newest = observations.leading(own, self.city, PEOPLE)[0]
            return say("{city} had {people} in {year}", city=name(self.city), people=rough(newest), year=newest.period)
        told = {"city": name(self.city), "new": new.period, "old": old.period, "census": census}
        own_year = observations.find(own, self.city, PEOPLE, str(census))
        order, n = compare(new, old), magnitude(subtract(new, old))
        if isinstance(own_year, Fact) and compare(new, own_year) > 0 < compare(own_year, old):
            return say(
                "{city} counted {n} more in {new} than in {old}: {first} with the census of {census}, {then} in the "
                "year after it",
                n=n,
                first=subtract(own_year, old),
                then=subtract(new, own_year),
                **told,
            )
        if order == 0:
            return say("{city}'s counts of {old} and {new}, before and after the census of {census}, are level", **told)
        return say(
            "{city} counted {n} more in {new} than in {old}, in part through the recount of {census}"
            if order > 0
            else "{city} counted {n} fewer in {new} than in {old}, in part through the recount of {census}",
            n=n,
            **told,
        )

    def revisions(self, vintages: Sequence[pd.DataFrame]) -> Sentence:
        """How far the newest figures of the city's GDP lie from the first in recent years (``vintages``: one frame of
        levels each), who has them, and for how long no other has been found.
        """
        both = self.own(pd.concat(vintages, ignore_index=True))
        if len(set(both["year"])) < 2 or both.drop_duplicates(["year", "value", "source_id"])["year"].is_unique:
            return say("Each year of {city}'s GDP has one figure only, so no revision is seen.", city=name(self.city))
        start = max(both["year"]) - RECENT + 1
        apart = [pair for _year, rows in both.groupby("year") for pair in _revised(observations.facts(rows))]
        recent = [pair for pair in apart if int(pair[1].period) >= start]
        if not recent:
            return say(
                "No revision of {city}'s GDP larger than rounding was found from {start} on.",
                city=name(self.city),
                start=start,
            )
        by, new = max(recent, key=lambda pair: abs(pair[0].value))
        far = say(
            "From {start} on the newest figure differs most from the first for {year}: it is {by} {side}, as read in "
            "{who}.",
            who=listed(publishers(new.sources)),
            side=_("lower") if by.high < 0 else _("higher"),
            start=start,
            year=new.period,
            by=roughly(magnitude(by)),
        )
        end = say(
            "No revised figure was found from {next} on, so it cannot be told whether a revision would move its rank.",
            next=max(int(fact.period) for _by, fact in apart) + 1,
        )
        return paragraph(far, self._unrevised(new), end)

    def _unrevised(self, new: Fact) -> Sentence:
        """Which other publication of the same level still has the first figure; blank where none was read."""
        year = int(new.period)
        rows = observations.select(observations.years(package.read("gdp")), self.city, LEVEL, year, year)
        first = observations.facts(rows[rows["vintage"] == observations.FIRST])
        later = observations.facts(rows[~rows["vintage"].isin([observations.FIRST, new.vintage])])
        held = [fact for fact in later if any(_apart(fact, one) is None for one in first)]
        if not held:
            return BLANK
        return say(
            "{who} has the first figure for {year} all the same: that revision was not found there.",
            who=listed(publishers(source for fact in held for source in fact.sources)),
            year=new.period,
        )

    def second_hand(self) -> Sentence:
        """What sources of low trust alone give for a later year; blank without such a figure."""
        size, rate = (
            next(iter(observations.leading(self.own(frame), self.city, code)[1]), None)
            for code, frame in ((LEVEL, self.levels), (RATE, self.rates))
        )
        if size is None or rate is None or size.period != rate.period:
            return BLANK  # told below, among what is known less firmly
        return say(
            "For {year} only second-hand notes of grade {grade} give figures: GDP of {size}, and growth of {rate}.",
            year=size.period,
            grade=max(map(grade, (*size.sources, *rate.sources))),
            size=size,
            rate=roughly(rate),
        )

    def graded(self) -> Sentence:
        """That the size was not read at its publisher, where it was not."""
        if isinstance(self.size, Unknown) or any(grade(source) == BEST for source in self.size.sources):
            return BLANK
        year = int(self.size.period)
        rows = observations.select(package.read("gdp"), self.city, LEVEL, year, year, self.size.vintage)
        same = (rows["period"] == self.size.period) & (rows["value"] == self.size.value)
        alike = [*dict.fromkeys((*self.size.sources, *rows.loc[same, "source_id"]))]
        return say(
            "The GDP of {year} was read in {ways}, not at the statistical office itself: grade {grade}.",
            year=self.size.period,
            ways=listed(map(_read, alike)),
            grade=min(map(grade, alike)),
        )

    def firmness(self, vintages: Sequence[pd.DataFrame]) -> Sentence:
        """How far ``vintages`` lie apart, what is preliminary, and what else is badly sourced."""
        frames = {LEVEL: self.levels, RATE: self.rates, PEOPLE: self.people}
        rows = pd.concat([self.own(frame) for frame in frames.values()], ignore_index=True)
        soft = sorted(set(rows.loc[observations.provisionals(rows), "period"]))
        told = (LEVEL, RATE) if self.second_hand().plain else ()
        later = [
            observations.leading(self.own(frame), self.city, indicator)[1]
            for indicator, frame in frames.items()
            if indicator not in told
        ]
        first = say("Figures of {years} are preliminary.", years=listed(soft)) if soft else BLANK
        return paragraph(self.revisions(vintages), first, self._printed_per_head(), unsure(*itertools.chain(*later)))

    def _printed_per_head(self) -> Sentence:
        """GDP per head of the year of the size as the bureau prints it, where that was read."""
        rows = observations.outcomes(observations.best(package.read("gdp")))
        printed = observations.find(rows, self.city, "gdp_per_capita", self.size.period)
        if isinstance(printed, Unknown):
            return BLANK
        return say("GDP per head of {year} as printed: {printed}.", year=self.size.period, printed=exactly(printed))


def grade(source: str) -> str:
    """The grade of a source."""
    return table_of("sources", "source_id")[source]["trust"]


def _read(source: str) -> Sentence:
    """Whose text was read, and whether in a copy or a reprint."""
    told = {"publisher": publishers([source])[0]}
    way = table_of("sources", "source_id")[source]["read_as"]
    if way == COPY:
        return say("a copy of {publisher}", **told)
    return say("a reprint of {publisher}", **told) if way == REPRINT else say("a file of {publisher}", **told)


def _distance(own: Fact, other: Fact) -> Sentence:
    """How much larger or smaller than another city ``own`` is."""
    told = {"gap": magnitude(subtract(own, other)), "place": name(other.place)}
    order = compare(own, other)
    if order == 0:
        return say("level with {place} within rounding", place=told["place"])
    return say("{gap} more than {place}" if order > 0 else "{gap} less than {place}", **told)


def _revised(figures: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    """By how much of the first figure of a year each other one is off, and that one; none within rounding."""
    firsts = [fact for fact in figures if fact.vintage == observations.FIRST]
    others = [fact for fact in figures if fact.vintage != observations.FIRST]
    pairs = [(_apart(other, first), other) for first in firsts for other in others]
    return [(by, other) for by, other in pairs if by is not None]


def _apart(new: Fact, first: Fact) -> Fact | None:
    """By how much of the ``first`` figure a ``new`` one of the same level is off; None within rounding."""
    one, two = (replace(fact, vintage="") for fact in (new, first))  # two vintages are set apart here on purpose
    if compare(one, two) == 0:
        return None
    return replace(facts.growth(one, two), formula="the revised figure / the first - 1", behind=(new, first))
