"""What a synthetic control says of a shock: one sentence for each standing of :mod:`wuhan.analysis.placebos`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import pandas as pd

from wuhan.analysis import counterfactual, growth, placebos
from wuhan.analysis.counterfactual import INDICATOR
from wuhan.evidence import observations, package
from wuhan.evidence.bounds import canonical
from wuhan.evidence.facts import Fact, knowing, magnitude
from wuhan.studies.covid_shock.choices import NAMED, Choices
from wuhan.studies.covid_shock.compared import BLEND, SHOWN, UNFIT, tenths
from wuhan.text.ending import end_with
from wuhan.text.prose import choose, fallen, headed, listed, paragraph, plural, roughly, some
from wuhan.text.sentence import BLANK, Sentence, Values, say
from wuhan.text.words import name


def read(city: str, first: int, year: int, exclude: Collection[str]) -> Shock:
    """The shock of ``year`` to ``city``, and what a blend fitted from ``first`` on sets against it."""
    gdp = observations.best(observations.outcomes(package.read("gdp")))
    rates = observations.years(observations.select(gdp, indicator=INDICATOR))
    panel = counterfactual.panel(rates, package.read("places"), city, first, year, exclude)
    return Shock(rates, panel, counterfactual.fit(panel), placebos.in_space(panel))


@dataclass(frozen=True)
class Shock(Choices):
    """The shock: what it cost, what the gap is worth, and how unusual it is."""

    # The answer.

    def answer(self) -> Sentence:
        """What the shock cost the city against others, and what became of that; or that the method does not tell."""
        told = {"city": name(self.city), "year": self.panel.year}
        if self.panel.problem:
            return end_with(self.problem())
        if self.standing in UNFIT:
            return say("The method does not answer for {city}: no blend of cities follows it before {year}.", **told)
        if self.standing == "faint":
            return say("For {city} no break in {year} stands out.", **told)
        told["cost"] = magnitude(self._cost)
        if self.standing == "common":
            return say("In {year} {city} was {cost} off a blend of other cities, which may be chance.", **told)
        if self.standing == "no_loss":
            return say("In {year} {city} lost nothing: it was {cost} ahead of a blend of other cities.", **told)
        return headed(
            say("In {year} {city}'s real GDP fell {cost} below a fitted blend of cities.", **told),
            say(
                "The blend is of {n} {cities}, chosen and weighted so that it tracked {city} until {before}.",
                n=self.made_of,
                cities=plural(len(counterfactual.shares(self.blend)), one="other city", many="other cities"),
                city=told["city"],
                before=self.panel.year - 1,
            ),
            self._since(),
        )

    def _since(self) -> Sentence:
        """What is left of the loss at the end; blank where the end is that of the shock."""
        if self.standing == "early":
            return BLANK
        end = self.panel.end
        if self.standing == "made_up":
            return say("By {end} it had made this up.", end=end)
        told = {"end": end, "rest": self.spread()}
        return say(
            "In {end} it was still {rest} behind; whether that is more than chance is open."
            if self.standing == "untold"
            else "In {end} it was still {rest} behind.",
            **told,
        )

    def problem(self) -> Sentence:
        """Why nothing can be compared, and what to choose instead."""
        city, year, first = name(self.city), self.panel.year, self.panel.first
        few = counterfactual.FEWEST
        if self.panel.problem == "years":
            return headed(
                say("Nothing can be fitted: {first} to {year} are too few years.", first=first, year=year),
                say("Choose a first year of the fit at least {few} years before {year}.", few=few, year=year),
            )
        if self.panel.problem == "growth":
            return headed(
                say("Not known for {city}: its real growth was not found for every year.", city=city),
                say(
                    "Needed are the years {first} to {year}; for {n} cities outside its province all were found.",
                    first=first,
                    year=year,
                    n=len(self.panel.donors),
                ),
            )
        if self.panel.problem == "donors":
            return headed(
                say(
                    "Nothing can be compared: {few} other cities whose growth since {first} is known are needed.",
                    first=first,
                    few=few,
                ),
                say("Found: {n}.", n=len(self.panel.donors)),
            )
        return headed(
            say("Not known yet: for {year} the growth of too few other cities has been found.", year=year),
            say("The last year with enough is {end}.", end=self.panel.end),
        )

    def verdict(self) -> Sentence:
        """Whether output was back above its level, and what the two tests say of the gap together."""
        return paragraph(self.recovery(), self._left(), self._reconciled())

    def recovery(self) -> Sentence:
        """What output did in the year of the shock, and how its level stood after, by firm figures."""
        rates = observations.firm(observations.select(self.rates, self.city))
        year = self.panel.year
        end = max([year, *growth.chain_indices(rates, year - 1)["year"]])
        told = {
            "year": year,
            "before": year - 1,
            "end": end,
            "rate": observations.find(rates, self.panel.city, INDICATOR, str(year)),
            "level": growth.multiple(observations.span(rates, self.panel.city, INDICATOR, year, end)),
        }
        own = rates[rates["year"] == year]
        if (own["low"] >= 0).any():
            return say(
                "Output did not fall in {year}: growth was {rate}, and in {end} output was {level} that of {before}.",
                **told,
            )
        if not (own["high"] < 0).any():
            return say(
                "Output is not known to have fallen: growth was {rate} in {year}, and in {end} output was {level} that "
                "of {before}.",
                **told,
            )
        told["rate"] = fallen(told["rate"])
        back = growth.recovery_year(rates, year)
        if back is None:
            return say(
                "Output fell {rate} in {year}. No later year is known to be above the level of {before}; {end} was "
                "{level} that.",
                **told,
            )
        return say(
            "Output fell {rate} in {year}. In {back} it was above the level of {before} again, and in {end} {more} "
            "above it.",
            back=back,
            more=_above(told.pop("level")),
            **told,
        )

    def _left(self) -> Sentence:
        """What is left of the gap at the end, or why the gap tells nothing."""
        year, end = self.panel.year, self.panel.end
        told = {"gap": self._cost, "miss": counterfactual.usual_miss(self.blend)}
        if self.standing == "outside":
            return say(
                "Before {year} it had grown {more} every city it can be compared with.",
                year=year,
                more=choose(self.blend.outside, 0, more="more than", less="less than", same="as much as"),
            )
        if self.standing == "poor":
            return say("Its blend missed it by {miss} before, and the gap of {gap} is less than twice that.", **told)
        if self.standing == "faint":
            return say("The gap of {gap} to its blend is less than twice the {miss} of the years before.", **told)
        if self.standing == "common":
            return self.as_far(self.panel.year)
        if self.standing in ("no_loss", "early"):
            return BLANK
        if self.standing == "made_up":
            return say("In {end} the gap was {rest}, no lower than is usual.", end=end, rest=self._rest)
        rest, sides = magnitude(self._rest), self.as_far(self.panel.end)
        if self.standing == "untold":
            return sides
        return paragraph(
            say("In {end} {rest} was still missing.", rest=rest, end=end),
            sides,
            say("Whether it still stems from {year} cannot be told.", year=year),
        )

    def _reconciled(self) -> Sentence:
        """Why one test finds the break rare and the other finds the gap at the end common; blank where both agree."""
        rank = self.ratios.set_index("place")["rank"].get(self.city, 0) if len(self.ratios) else 0
        if self.standing != "untold" or rank > placebos.CHANCE * len(self.ratios):
            return BLANK
        told = say(
            "That {year} cost the city GDP is firm: so sharp a break is rare. What was still missing in {end} is less "
            "so: of {cities} one in ten or more were as far behind.",
            year=self.panel.year,
            end=self.panel.end,
            cities=self.compared(placebos.common(self.blend, self.others, self.panel.end)),
        )
        if len(self.peers) == len(self.others) or self._near(self.panel.end):
            return told
        return paragraph(told, say("All of these are cities that their blends fit worse: the doubt comes from them."))

    # The gap.

    def untested(self) -> Sentence | None:
        """What stands in place of a figure that tests a gap that tells nothing; None where it is put to the test."""
        return self._untold() if self.standing in UNFIT else None

    def _untold(self) -> Sentence:
        return say(
            "The gap of {city} is not tested: no blend follows it closely before {year}.",
            city=name(self.city),
            year=self.panel.year,
        )

    def finding(self) -> Sentence:
        """The gap, and what it is worth: a title."""
        told: Values = {"city": name(self.city), "year": self.panel.year}
        if self.standing in UNFIT:
            return say("No blend follows {city} closely before {year}: the gap tells nothing", **told)
        if self.standing == "faint":
            return say("{city} against its blend: no break in {year} stands out", **told)
        if self.standing == "common":
            return say("{city} against its blend: {gap} in {year}, which may be chance", gap=self._cost, **told)
        if self.standing in ("untold", "not_made_up"):
            told |= {"n": self.made_of, "cost": magnitude(self._cost)}
            told |= {"end": self.panel.end, "rest": magnitude(self._rest)}
            return say(
                "{city} was {cost} behind a blend of {n} cities in {year}, and {rest} in {end}, which is less firm"
                if self.standing == "untold"
                else "{city} was {cost} behind a blend of {n} cities in {year}, {rest} in {end}",
                **told,
            )
        return say("{city} against its blend: {gaps}", city=told["city"], gaps=self.gaps(self.blend))

    def paths(self) -> pd.DataFrame:
        """The real output of the city and of its blend around the shock, 100 for the city in the year before, for a
        figure.
        """
        rows = counterfactual.paths(self.blend)
        start = rows.loc[(rows["role"] == "city") & (rows["year"] == self.panel.year - 1), "value"]
        rows[growth.BOUNDS] *= 100 / start.iloc[0] if len(start) else 1.0
        rows = rows[rows["year"] >= self.panel.year - SHOWN]
        names = {"city": str(name(self.city)), "blend": str(say("Blend of {n} cities", n=self.made_of))}
        return rows.assign(series=rows["role"].map(names), colour=rows["role"].map({"blend": BLEND}))

    def path(self) -> Sentence:
        """The gap of the first years from the shock on, and of the last."""
        if self.standing in UNFIT:
            return self._untold()
        years = dict.fromkeys([*range(self.panel.year, self.panel.end + 1)[:3], self.panel.end])
        each = [say("{gap} in {year}", gap=tenths(counterfactual.gap(self.blend, year)), year=year) for year in years]
        return say("The gap to the blend was {gaps}.", gaps=listed(each))

    # The others treated in turn.

    def placebos(self) -> pd.DataFrame:
        """The gap of the city and those of the cities it is compared with, for a figure."""
        return counterfactual.gaps_of({name(each.city): each for each in (self.blend, *self.peers)})

    def unusual(self) -> Sentence:
        """How many of the cities drawn are as far from their blends to the same side, then and at the end: a title."""
        year, end = self.panel.year, self.panel.end
        k, later = self._near(year), self._near(end)
        told = {"city": name(self.city), "year": year, "all": len(self.peers)}
        if self._gap(year) >= 0:
            return say(
                "In {year} {k} of the {all} cities drawn were as far ahead of their blends as {city}", k=some(k), **told
            )
        if end == year or self._gap(end) >= 0:
            return (
                say("In {year} {k} of the {all} cities drawn were as far behind their blends as {city}", k=k, **told)
                if k
                else say("In {year} none of the {all} cities drawn was as far behind its blend as {city}", **told)
            )
        told |= {"end": end}
        if not k and not later:
            return say(
                "None of the {all} cities drawn was as far behind its blend as {city}, in {year} or {end}", **told
            )
        return say(
            "As far behind their blends as {city}, of the {all} cities drawn: {k} in {year}, {later} in {end}",
            k=some(k),
            later=some(later),
            **told,
        )

    def drawn(self) -> Sentence:
        """Which gaps the figure of `placebos` draws."""
        return say("Gap to the blend; drawn: {cities}", cities=self.compared())

    def sharpness(self) -> Sentence:
        """What the ratio says of chance, whose break is sharper, and how many of all are as far from their blends."""
        rank = self.ratios.set_index("place")["rank"][self.city]
        told = {"n": len(self.ratios), "city": name(self.city)}
        told |= {"p": placebos.p_value(self.ratios, self.blend)}
        said = [say("By the sharpness of its break {city} is number {rank} of {n} cities: p = {p}.", rank=rank, **told)]
        sharper = self.ratios[self.ratios["rank"] < rank]
        same = sharper.loc[sharper["side"] > 0, "place"]
        if len(sharper) and same.empty and len(sharper) <= NAMED:
            places = listed(map(name, sharper["place"]))
            said.append(say("Sharper, but to the other side: {places}.", places=places))
        elif len(sharper):
            said.append(
                say(
                    "Of {n} {breaks}, {same} went to the same side in {year}.",
                    n=len(sharper),
                    breaks=plural(len(sharper), one="sharper break", many="sharper breaks"),
                    same=len(same),
                    year=self.panel.year,
                )
            )
        counts = self.in_years(lambda year: placebos.as_far(self.blend, self.others, year)[0])
        said.append(say("Of all {n} cities, as far off to the same side: {counts}.", n=len(self.others), counts=counts))
        alike = self.alike(self.panel.end)
        if 0 < len(alike) <= 2 * NAMED and self.panel.end > self.panel.year:
            said.append(say("Those of {year}: {places}.", year=self.panel.end, places=listed(map(name, alike))))
        return paragraph(*said)


@knowing
def _above(level: Fact) -> Sentence:
    """By how many per cent a level is above that of the start, which it is a multiple of."""
    value, low, high = (canonical(100 * (end - 1)) for end in (level.value, level.low, level.high))
    return roughly(replace(level, unit="percent", value=value, low=low, high=high))
