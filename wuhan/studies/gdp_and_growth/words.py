"""What the accounts of a city say of its size and its growth: one sentence for each way they can fall out."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from wuhan.analysis import growth
from wuhan.evidence import facts, observations
from wuhan.evidence.facts import Fact, Unknown, compare, magnitude, subtract
from wuhan.evidence.rounding import decimals
from wuhan.studies.gdp_and_growth.accounts import RATE, SHOCK
from wuhan.studies.gdp_and_growth.standing import Standing
from wuhan.text.ending import end_with
from wuhan.text.prose import bare, choose, fallen, headed, listed, missing, paragraph, rough, roughly, spelt, worked_out
from wuhan.text.sentence import BLANK, Sentence, say
from wuhan.text.words import grown, name, table_of, when

NATION, EARLIER = "china", 5  # EARLIER: years before the shock that are set against those since
FEW = 0.2  # exceptions that a title names: as a part of all years
CITIES = ("city", "municipality")
REVISED = "world_bank_wdi"  # whose growth of the nation is that of the accounts as revised


@dataclass(frozen=True)
class Economy(Standing):
    """What the accounts say: how large, how fast, since when."""

    def answer(self) -> Sentence:
        """How large the economy is, and at what pace it has grown since the shock, each with its years."""
        if isinstance(self.size, Unknown):
            known = [when(period) for period in self.own(self.rates)["period"]]
            found = missing(say("GDP of {city} in these years", city=name(self.city)), known)
            return found if known else end_with(found)
        told = {"city": name(self.city), "size": self.size, "year": self.size.period}
        if isinstance(self.rate, Unknown):
            return say("{city}'s GDP was {size} in {year}; no rate of its real growth was found.", **told)
        told["rate"] = rough(self.rate)
        size = (
            say("{city}'s GDP was {size} in {year}, when it grew by {rate}.", **told)
            if self.rate.period == self.size.period
            else say("{city}'s GDP was {size} in {year}; in {when} it grew by {rate}.", when=self.rate.period, **told)
        )
        since, earlier = self.pace(self.city, SHOCK, self.last), self.pace(self.city, SHOCK - EARLIER, SHOCK - 1)
        if self.last <= SHOCK or isinstance(earlier, Unknown):
            return size
        pace = say(
            "{since_when} it grew {since} a year, {compared} {earlier} in the {n} years before.",
            since_when=grown(SHOCK - 1, self.last, opens=True),
            compared=choose(since, earlier, more="up from", less="down from", same="as before,"),
            since=rough(since),
            earlier=rough(earlier),
            n=spelt(EARLIER),
        )
        return headed(size, pace)

    def story(self) -> Sentence:
        """The shock, the pace since and before, whether the shock alone explains the difference, who says the size."""
        if self.last <= SHOCK:
            unknown = say("Its growth since {before} cannot be told.", before=SHOCK - 1)
            said = BLANK if isinstance(self.rate, Unknown) else unknown  # the answer has told it already
            return paragraph(self.second_hand(), said, self.graded())
        last, start = self.last, SHOCK - 1 - EARLIER
        since, nation = (self.pace(place, SHOCK, last) for place in (self.city, NATION))
        earlier, then = (self.pace(place, start + 1, SHOCK - 1) for place in (self.city, NATION))
        paces = say(
            "{now} it grew {since} a year, {compared} China's {nation}. {before} the two had grown {earlier} and "
            "{then}.",
            now=grown(SHOCK - 1, last, opens=True),
            before=grown(start, SHOCK - 1, opens=True),
            since=rough(since),
            nation=rough(nation),
            earlier=rough(earlier),
            then=rough(then),
            compared=choose(since, nation, more="more than", less="less than", same="as much as"),
        )
        revised = isinstance(nation, Fact) and REVISED in nation.sources
        unlike = say(
            "China's rates are those of revised accounts, the city's were published at the time: part of the "
            "difference may be revision."
        )
        return paragraph(
            self.second_hand(), self._shock(), paces, *[unlike] * revised, self._after(earlier), self.graded()
        )

    def _shock(self) -> Sentence:
        """What output did in the year of the shock, and when it was made up."""
        rate = observations.find(self.rates, self.city, RATE, str(SHOCK))
        if isinstance(rate, Unknown) or rate.high >= 0:
            return say("In {year} growth was {rate}.", year=SHOCK, rate=rough(rate))
        back = growth.recovery_year(self.own(self.rates), SHOCK)
        told = {"year": SHOCK, "fall": fallen(rate), "before": SHOCK - 1}
        if back is None:
            return say("Output fell {fall} in {year} and is not known to have passed its {before} level since.", **told)
        return say("Output fell {fall} in {year} and passed its {before} level in {back}.", back=back, **told)

    def _after(self, earlier: Fact | Unknown) -> Sentence:
        """Whether growth without the shock and its rebound is still that of before."""
        pace, nation = (self.pace(place, SHOCK + 2, self.last) for place in (self.city, NATION))
        if self.last <= SHOCK + 2 or isinstance(earlier, Unknown) or isinstance(pace, Unknown):
            return BLANK
        told = {"pace": rough(pace), "before": grown(SHOCK - 1 - EARLIER, SHOCK - 1), "nation": rough(nation)}
        if compare(pace, earlier) < 0:
            return say(
                "{shock} alone does not explain the slowdown: {when}, after the rebound, growth was {pace} a year, "
                "{points} less than {before}; China's was {nation}.",
                when=grown(SHOCK + 1, self.last),
                points=_tenths(magnitude(subtract(pace, earlier))),
                shock=SHOCK,
                **told,
            )
        return say(
            "{when}, after the rebound, growth was {pace} a year, no less than {before}; China's was {nation}.",
            when=grown(SHOCK + 1, self.last, opens=True),
            **told,
        )

    def lead(self, first: int) -> Sentence:
        """In how many years from ``first`` on the city outgrew the nation, by firm figures.

        The exceptions stand by name where they are few and every year is known.
        """
        rates = self.firm[self.firm["year"] >= first]
        ahead = growth.lead(self.own(rates), observations.select(rates, NATION))
        told = {"city": name(self.city), "first": first, "last": max(ahead["year"], default=first)}
        if ahead.empty:
            return say("No growth rates of {city} were found for these years", city=told["city"])
        faster = ahead["low"] > 0
        unbroken = len(ahead) == ahead["year"].max() - first + 1
        if not unbroken or (~faster).sum() > FEW * len(ahead):
            return say(
                "{city} outgrew China in {n} of the {all} years known",
                city=told["city"],
                n=faster.sum(),
                all=len(ahead),
            )
        if faster.all():
            return say("{city} outgrew China in every year from {first} to {last}", **told)
        others = [
            when(str(row.year)) if row.high < 0 else say("{year} (level with it)", year=when(str(row.year)))
            for row in ahead[~faster].sort_values("year", kind="stable").itertuples()
        ]
        return say(
            "{city} outgrew China in every year from {first} to {last} but {others}", others=listed(others), **told
        )

    def alone(self, places: Sequence[str], years: Iterable[int]) -> Sentence:
        """Where growth slowed from the years before the shock to the last of ``years``, and by how much in the city, in
        the other place where it slowed most, and in the nation: a title.
        """
        changes, last = {}, max([0, *years])
        for place in places:
            change = subtract(self.pace(place, SHOCK, last), self.pace(place, SHOCK - EARLIER, SHOCK - 1))
            if isinstance(change, Fact):
                changes[place] = change
        if self.city not in changes:
            return say("No growth rates of {city} were found for these years", city=name(self.city))
        slower = {place: magnitude(fact) for place, fact in changes.items() if fact.high < 0}
        if not slower:
            return say("No place compared is known to have slowed")
        if len(slower) < len(changes) or len(changes) == 1:
            return say("To {last} growth slowed in {places}", last=last, places=listed(map(name, slower)))
        n = len(slower.keys() - {NATION})
        told = {"city": name(self.city), "points": roughly(slower.pop(self.city))}
        most = max(slower, key=lambda place: slower[place].value)
        shown = [place for place in dict.fromkeys((most, NATION)) if place in slower]
        others = listed(say("{points} in {place}", points=bare(slower[each]), place=name(each)) for each in shown)
        if n == 1:
            return say("Growth slowed by {points} in {city}, {others}", others=others, **told)
        told |= {"n": spelt(n), "others": others}
        return say(
            "Growth slowed in all {n} cities and in China: by {points} in {city}, {others}"
            if NATION in slower
            else "Growth slowed in all {n} cities: by {points} in {city}, {others}",
            **told,
        )

    def shared(self, years: Iterable[int]) -> Sentence:
        """Whether the slowdown is the city's own: how many of all cities with firm figures slowed, and by more."""
        last, slower = max([0, *years]), {}
        if last < SHOCK:
            return BLANK
        rates = self.firm[self.firm["indicator"] == RATE]
        known, every = table_of("places", "place"), set(range(SHOCK - EARLIER, last + 1))
        for place, own in rates.groupby("place"):
            if known[place]["kind"] not in CITIES or not every <= set(own["year"]):
                continue
            paces = (
                growth.average_growth(observations.span(own, place, RATE, first, end))
                for first, end in ((SHOCK - EARLIER, SHOCK - 1), (SHOCK, last))
            )
            slowdown = subtract(*paces)
            if isinstance(slowdown, Fact):
                slower[place] = slowdown
        own = slower.pop(self.city, None)
        if own is None or own.low <= 0:
            return BLANK
        if not slower:
            return say("Of no other city the growth of all these years was found.")
        slowed = sum(fact.low > 0 for fact in slower.values())
        told, more = {"n": len(slower), "slowed": slowed}, sum(fact.value > own.value for fact in slower.values())
        ends = [statistics.median(getattr(each, end) for each in slower.values()) for end in ("value", "low", "high")]
        middle = facts.computed(ends, own.unit, "median of the slowdowns", [*slower.values()], period=own.period)
        half = say(
            "The median change is {middle}, that of {city} {own}.",
            middle=_fell(middle),
            own=_fell(own),
            city=name(self.city),
        )
        known_years = rates["year"].between(SHOCK - EARLIER, last)
        lacking = worked_out(rates[rates["place"].isin([self.city, *slower]) & known_years])
        if 2 * slowed <= len(slower):
            first = say(
                "In part: of {n} other cities with firm figures {slowed} slowed, {more} of them by more.",
                more=more,
                **told,
            )
        elif compare(own, middle) > 0:
            first = say(
                "Mostly not: of {n} other cities with firm figures {slowed} slowed, too, but {city} by more than "
                "{less} of them.",
                less=sum(fact.value < own.value for fact in slower.values()),
                city=name(self.city),
                **told,
            )
        else:
            first = say(
                "No: of {n} other cities with firm figures {slowed} slowed, too, {more} of them by more.",
                more=more,
                **told,
            )
        return paragraph(first, half, lacking)

    def left_out(self, places: Sequence[str], shown: Iterable[object]) -> Sentence:
        """Which of ``places`` are not among the names ``shown``, and which years they lack."""
        names = set(map(str, shown))
        if str(name(self.city)) not in names:
            return say("No growth rates of {city} were found for these years.", city=name(self.city))
        every = range(SHOCK - EARLIER, self.last + 1)
        told = []
        for place in places:
            if str(name(place)) not in names:
                lacking = sorted(set(every) - set(observations.select(self.firm, place)["year"]))
                told.append(
                    say(
                        "{place} is left out: its growth was not found for {years}.",
                        place=name(place),
                        years=listed(lacking),
                    )
                )
        return paragraph(*told)

    def index(self, first: int) -> pd.DataFrame:
        """The chained growth of the city and of the nation, up to the last year that both have from firm sources."""
        rows = growth.chain_indices(observations.trusted(self.growth([NATION], first), observations.FIRM), first)
        return rows[rows["year"] <= rows.groupby("place")["year"].max().min()] if len(rows) else rows

    def added(self, first: int) -> Sentence:
        """What firm growth after the year ``first`` has added up to, in the city and in the nation: a title."""
        unknown = say(
            "What growth since {first} has added up to in {city} is not known", first=first, city=name(self.city)
        )
        chains = [growth.chain_indices(observations.select(self.firm, place), first) for place in (self.city, NATION)]
        last = min(max([first, *chain["year"]]) for chain in chains)
        if last == first:
            return unknown
        spans = [observations.span(self.firm, place, RATE, first + 1, last) for place in (self.city, NATION)]
        own, nation = map(growth.multiple, spans)
        if isinstance(own, Unknown) or isinstance(nation, Unknown):
            return unknown
        return say(
            "By {last} {city}'s real output was {own} that of {first}, China's {nation}",
            city=name(self.city),
            own=_even(own),
            first=first,
            last=last,
            nation=_even(nation),
        )


def _fell(slowdown: Fact) -> Sentence:
    """A slowdown as the change that it is, to one decimal."""
    return _tenths(replace(slowdown, value=-slowdown.value, low=-slowdown.high, high=-slowdown.low))


def _tenths(fact: Fact) -> Sentence:
    """A difference to one decimal, like the rates that it is taken from."""
    return say("{only}", only=decimals(fact, 1))


def _even(fact: Fact) -> Fact:
    """A multiple to one decimal, so that two of them stand side by side with the same."""
    value = round(fact.value, 1)
    return replace(
        fact, value=value, low=min(fact.low, value - growth.TENTH), high=max(fact.high, value + growth.TENTH)
    )
