"""Who is in the blend and why, and what other choices would say: another date, no blend, one donor less."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wuhan.analysis import counterfactual, differences
from wuhan.evidence.facts import Unknown, magnitude
from wuhan.studies.covid_shock.compared import UNFIT, Compared, between, tenths
from wuhan.text.prose import BLANK, Sentence, listed, name, paragraph, rough, roughly, say, spelt, worked_out

NAMED = 3  # cities of the blend that a sentence names


@dataclass(frozen=True)
class Choices(Compared):
    """The blend of the city, and the gap by other choices."""

    def mixed(self) -> Sentence:
        """Who is in the blend: those that weigh most by name."""
        shares = counterfactual.shares(self.blend)
        if shares.empty:
            return say("Nothing is compared here, for the reason given at the top.")
        first = [
            say("{city} {share}", city=name(place), share=rough(counterfactual.weight(self.blend, place)))
            for place in shares["place"].head(NAMED)
        ]
        if len(shares) <= NAMED:
            return say("The blend is {shares}.", shares=listed(first))
        return say("The blend is {shares}, and {n} others.", shares=listed(first), n=spelt(len(shares) - NAMED))

    def closeness(self) -> Sentence:
        """Why the first donor weighs most, how well the blend fits, and whether the shock struck the cities in it."""
        if self.blend.gaps.empty:
            return BLANK
        about = {"year": self.panel.year, "city": name(self.city)}
        close = (
            say("Before {year} the blend is closer to {city} than the rates are rounded.", **about)
            if self.blend.before < counterfactual.ROUNDING
            else say(
                "Before {year} the blend missed {city} by {miss} in a usual year.",
                miss=counterfactual.usual_miss(self.blend),
                **about,
            )
        )
        alone = BLANK if self.blend.unique else say("Other weights fit as well, and may give other gaps.")
        return paragraph(self._heaviest(), close, alone, self._hit(), self._worked_out())

    def _worked_out(self) -> Sentence:
        """How many of the rates compared, and of those of the blend, nobody published."""
        rates = self.rates[self.rates["period"].astype(int).between(self.panel.first, self.panel.end)]
        mixed = rates[rates["place"].isin(counterfactual.shares(self.blend)["place"])]
        every = worked_out(rates[rates["place"].isin([self.city, *self.panel.donors])])
        if not every.plain or not worked_out(mixed).plain:
            return every
        own = mixed[mixed["status"] == "derived"]
        of_blend = say(
            "Of these, {k} are rates of {n} of the cities in the blend.", k=len(own), n=spelt(own["place"].nunique())
        )
        return paragraph(every, of_blend)

    def _heaviest(self) -> Sentence:
        """Why the donor with the largest weight has it: as part of a sum, or as the one that is closest by itself."""
        first = counterfactual.shares(self.blend)["place"].iloc[0]
        misses = counterfactual.misses(self.panel, self.blend)
        nearest = next(iter(misses))
        told = {"first": name(first), "city": name(self.city), "own": roughly(misses[first])}
        if first == nearest:
            return say(
                "{first} weighs most as it is also the closest by itself: its index was {own} off that of {city} in a "
                "usual year before {year}.",
                year=self.panel.year,
                **told,
            )
        return say(
            "{first} weighs most as the sum fits best with it, not as it is like {city}: by itself its index was {own} "
            "off in a usual year before {year}, that of the single nearest city, {nearest}, {least}. Without {first} "
            "the gap of {year} is {gap}.",
            nearest=name(nearest),
            least=roughly(misses[nearest]),
            year=self.panel.year,
            gap=tenths(counterfactual.gap(self.without[first], self.panel.year)),
            **told,
        )

    def _hit(self) -> Sentence:
        """Whether output fell in the cities of the blend."""
        number, fell = len(counterfactual.shares(self.blend)), counterfactual.fell(self.rates, self.blend)
        told = {"year": self.panel.year, "n": spelt(number)}
        if fell:
            return say("Of the {n} cities in the blend, {k} shrank in {year}.", k=spelt(fell), **told)
        return say("Of the {n} cities in the blend, none shrank in {year}.", **told)

    def spread(self) -> Sentence | Unknown:
        """What is missing at the end by all blends shown: without one donor each, and one fitted in per cent."""
        fact = counterfactual.gap(self.blend, self.panel.end, [*self.without.values(), self.relative])
        if isinstance(fact, Unknown):
            return fact
        least, most = (max(0, round(-end)) for end in (fact.high, fact.low))
        ends = [replace(fact, value=float(end), low=end - 0.5, high=end + 0.5) for end in (least, most)]
        if least == most:
            return roughly(ends[1])
        if not least:
            return say("up to {most}", most=roughly(ends[1]))
        return say("{least} to {most}", least=roughly(ends[0]), most=roughly(ends[1]))

    def without_one(self) -> Sentence:
        """The range of the gap without one donor in the year of the shock and at the end."""
        blends = list(self.without.values())
        return self.in_years(lambda year: between(counterfactual.gap(self.blend, year, blends)))

    def lean(self) -> Sentence:
        """How far the gap moves without one donor."""
        return say("Whichever city is left out of the blend, the gap is {reach}.", reach=self.without_one())

    def robustness(self) -> Sentence:
        """What one city less in the blend gives, and what a shock pretended earlier."""
        if self.pretended.gaps.empty:
            few = say(
                "No shock is pretended: there are too few years before {year} to fit a blend to.",
                year=self.pretended.year,
            )
            return few if self.blend.gaps.empty else paragraph(self.lean(), few)
        pretended = say(
            "Were the shock pretended in {pretended}, the widest gap until {before} would be {most}; that of {year} is "
            "{gap}.",
            pretended=self.pretended.year,
            before=self.panel.year - 1,
            most=counterfactual.widest(self.pretended),
            year=self.panel.year,
            gap=tenths(self._cost),
        )
        return paragraph(self.lean(), pretended)

    def simpler(self) -> Sentence:
        """The growth of the city against that of the others: a title."""
        year = self.panel.year
        now = differences.difference(self.apart, self.panel, year, year)
        told = {"city": name(self.city), "year": year}
        if isinstance(now, Unknown) or now.low <= 0 <= now.high:
            return say("{city}'s growth in {year}: {now} against the others", now=now, **told)
        return say(
            "In {year} {city} grew {points} further below its usual pace than other cities"
            if now.value < 0
            else "In {year} {city} grew {points} less below its usual pace than other cities",
            points=magnitude(now),
            **told,
        )

    def alternatives(self) -> Sentence:
        """The shock by plain differences, and by a blend fitted in per cent, if the blend follows the city."""
        now, total = (self.panel.year, self.panel.year), (self.panel.year, self.panel.end)
        told = {"year": self.panel.year, "end": self.panel.end}
        simple = say(
            "In {year} about one city in twenty is farther than {chance} from the others by chance.",
            chance=differences.chance(self.apart, self.panel, *now),
            year=told["year"],
        )
        added = say(
            "Added up from {year} to {end} the difference is {total}; by chance about one in twenty is farther than "
            "{wide}.",
            total=differences.difference(self.apart, self.panel, *total),
            wide=differences.chance(self.apart, self.panel, *total),
            **told,
        )
        said = [simple, added] if self.panel.end > self.panel.year else [simple]
        if self.standing in UNFIT:
            return paragraph(*said)
        other = say(
            "A blend for which misses count in per cent, and not in points of the index, gives a gap of {gaps}.",
            gaps=self.gaps(self.relative),
        )
        return paragraph(*said, other)
