"""What drives the growth of a city: one sentence for each way that sectors, industry and demand can stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from wuhan.analysis.growth import CENSUS_YEARS
from wuhan.charts import style
from wuhan.evidence import facts, observations, package
from wuhan.evidence.bounds import canonical
from wuhan.evidence.facts import Fact, Unknown
from wuhan.studies.growth_drivers import numbers
from wuhan.studies.growth_drivers.names import FILLS, RATES, WHOLE, word
from wuhan.studies.growth_drivers.rates import Rates, doubted
from wuhan.text import prose
from wuhan.text.ending import end_with
from wuhan.text.language import _
from wuhan.text.prose import fallen, headed, joined, listed, missing, paragraph, roughly, spelt
from wuhan.text.sentence import BLANK, Sentence, say
from wuhan.text.words import name, when

NATION = "china"
EVERY = 5  # years from one bar of the make-up of the economy to the next


def read(city: str, first: int, last: int, trust: str) -> Drivers:
    """What the tables know of ``city`` from ``first`` to ``last``, from sources of ``trust`` or better."""
    tables = [observations.trusted(package.read(table), trust) for table in ("gdp", "industry")]
    gdp, industry = [observations.best(observations.outcomes(table)) for table in tables]
    return Drivers(city, gdp, observations.select(industry, city, first=first, last=last), first, last)


@dataclass(frozen=True)
class Drivers(Rates):
    """The accounts and the published growth of one city, from the year ``first`` to ``last``."""

    @cached_property
    def shares(self) -> pd.DataFrame:
        """What each sector is of the whole, by year."""
        return observations.select(numbers.shares(self.years), first=self.first)

    @cached_property
    def parts(self) -> pd.DataFrame:
        """What each sector added to the growth of each year."""
        return observations.select(numbers.contributions(self.years, self.years), first=self.first)

    @cached_property
    def balances(self) -> pd.DataFrame:
        """The contributions of each year against the growth published for the whole."""
        return numbers.balance(self.parts, self.years)

    @cached_property
    def complete(self) -> pd.DataFrame:
        """The years for which the growth of all sectors is published."""
        return self.balances[self.balances["complete"]]

    def answer(self) -> Sentence:
        """Which sector moved the last complete year most, and that of demand this is not known; without such a year
        what the economy is made of.
        """
        if self.complete.empty:
            return self._made_of() if len(self.shares) else end_with(self._nothing())
        return headed(
            self._moved(), self._weighed(), say("What investment, consumption and trade added was not found.")
        )

    def _moved(self) -> Sentence:
        """Which sector moved the last complete year most."""
        year = self.complete.iloc[-1]
        order = numbers.in_order(self.parts, year)
        first, second = order["fact"].iloc[:2]
        told = {"year": when(str(year["year"])), "city": name(self.city), "growth": year["published"]}
        if not facts.compare(first, second):
            return say("In {year} no sector clearly led {city}'s growth of {growth}.", **told)
        told |= {"sector": word(order["sector"].iloc[0]), "points": roughly(facts.magnitude(first))}
        return say(
            "In {year} {sector} took {points} from {city}'s growth of {growth}, we calculate."
            if year["published"].value < 0
            else "In {year} {sector} added {points} to {city}'s {growth} growth, we calculate.",
            **told,
        )

    def _weighed(self) -> Sentence:
        """What the weights of either year give where the accounts were re-based between them; else blank."""
        year = self.complete.iloc[-1]
        first, now = numbers.in_order(self.parts, year)["sector"].iloc[0], int(year["year"])
        if now not in numbers.rebased(self.city):
            return BLANK
        points = [numbers.of_sector(parts, first, now, self.city) for parts in self.weighed.values()]
        if any(isinstance(each, Unknown) for each in points):
            return BLANK
        before, after = (roughly(replace(facts.magnitude(each), unit="coefficient")) for each in points)
        return say(
            "By the weights of {old} it is {before}, by those of {new}, a census later, {after}.",
            old=now - 1,
            new=now,
            before=before,
            after=after,
        )

    @cached_property
    def weighed(self) -> dict[str, pd.DataFrame]:
        """What each sector added by the weights of the year before, and by those of the same year."""
        return {each: numbers.contributions(self.years, self.years, each) for each in numbers.WEIGHTS[:2]}

    def _made_of(self) -> Sentence:
        row = self.shares.sort_values(["year", "value"], kind="stable").iloc[-1]
        size = say(
            "In {year} {sector} made up {share} of {city}'s economy.",
            year=when(str(row["year"])),
            sector=word(row["sector"]),
            share=roughly(row["fact"]),
            city=name(self.city),
        )
        return headed(size, say("What each sector adds to growth was not found."))

    def _nothing(self) -> Sentence:
        """That neither sectors nor their growth are known, and of which places and years they are."""
        there = [
            say("{place} ({years})", place=name(place), years=listed(years))
            for place, years in numbers.offered(self.gdp).items()
        ]
        span = when(str(self.first) if self.first == self.last else f"{self.first}/{self.last}")
        return missing(say("growth of the sectors of {city}, {years}", city=name(self.city), years=span), there)

    def story(self) -> Sentence:
        """Which sectors led in which years, and how large services are."""
        led = paragraph(self._led(), self._share_of_growth())
        share = numbers.of_sector(self.shares, "services", self._last(self.shares), self.city)
        nation = numbers.of_sector(self._nation, "services", self._last(self.shares), NATION)
        if isinstance(share, Unknown) or isinstance(nation, Unknown):
            return led
        size = say(
            "Services are {share} of its economy, against {nation} of China's.",
            share=roughly(share),
            nation=roughly(nation),
        )
        return paragraph(led, size)

    def _share_of_growth(self) -> Sentence:
        """What part of the growth of the last complete year the first sector made; blank for a year that shrank."""
        if self.complete.empty or self.complete.iloc[-1]["published"].low <= 0:
            return BLANK
        year = self.complete.iloc[-1]
        first = numbers.in_order(self.parts, year).iloc[0]
        whole = numbers.in_points(year["published"])
        if facts.compare(first["fact"], whole) > 0:
            return BLANK
        part = facts.share(first["fact"], whole)
        told = {"sector": word(first["sector"]), "share": roughly(part), "year": when(str(year["year"]))}
        return say("By the weights used here {share} of the growth of {year} came from {sector}.", **told)

    def _leaders(self, grew: bool) -> dict[str, list[int]]:
        """The years of growth, or those that shrank, by the sector that moved them most: most years first."""
        rose = {row.year: row.published.value >= 0 for row in self.complete.itertuples()}
        found: dict[str, list[int]] = {}
        for year, sector in numbers.leaders(self.parts, self.balances).items():
            if rose[year] is grew:
                found.setdefault(sector, []).append(year)
        return dict(sorted(found.items(), key=lambda pair: -len(pair[1])))

    def _led(self) -> Sentence:
        """Which sector growth came from in which years, and which took most of a year that shrank."""
        rose = [
            say("from {sector} in {years}", sector=word(sector), years=listed(years))
            for sector, years in self._leaders(True).items()
        ]
        fell = [
            say("In {years}, when output fell, {sector} lost most.", sector=word(sector), years=listed(years))
            for sector, years in self._leaders(False).items()
        ]
        if not rose:
            return paragraph(*fell)
        return paragraph(say("Growth came most {sectors}.", sectors=joined(rose, _("; "))), *fell)

    def leading(self) -> Sentence:
        """The years of growth in which the sector that led most often did so: a title."""
        leaders = self._leaders(True)
        if not leaders:
            return say("No sector of {city} is known to have led growth", city=name(self.city))
        sector, years = next(iter(leaders.items()))
        if len(leaders) == 1 and len(years) > 1:
            return say("{city}'s growth has always come most from {sector}", city=name(self.city), sector=word(sector))
        return say(
            "{city}'s growth came most from {sector} in {years}",
            city=name(self.city),
            sector=word(sector),
            years=listed(years),
        )

    def columns(self) -> pd.DataFrame:
        """The contributions of all sectors, and of a year that lacks one what is left of its growth, for a figure."""
        rows = numbers.with_rest(self.parts, self.balances)
        labels = [style.numeral(round(value, 1), ".1f") for value in rows["value"]]
        return rows.assign(series=rows["sector"].map(word), colour=rows["sector"].map(FILLS), label=labels)

    def published(self) -> pd.DataFrame:
        """The growth published for the whole in the years of these columns."""
        rows = self.years[(self.years["indicator"] == WHOLE) & self.years["year"].isin(self.balances["year"])]
        return rows.reset_index(drop=True)

    # What the economy is made of.

    @cached_property
    def _nation(self) -> pd.DataFrame:
        return numbers.shares(observations.years(observations.select(self.gdp, NATION)))

    def wholes(self) -> pd.DataFrame:
        """The shares of all sectors in every fifth year and the last one, the newest first, for a figure."""
        rows = self.shares[(self.shares["year"] % EVERY == 0) | (self.shares["year"] == self._last(self.shares))]
        rows = rows.sort_values("year", ascending=False, kind="stable")
        return rows.assign(
            series=rows["year"].astype(str), part=rows["sector"].map(word), colour=rows["sector"].map(FILLS)
        )

    def measure(self) -> Sentence:
        """What that figure shows, and that its years may not compare."""
        years = self.wholes()["year"]
        between = [year for year in CENSUS_YEARS if len(years) and years.min() < year <= years.max()]
        if not between:
            return say("Share of value added")
        if len(between) == 1:
            return say("Share of value added; an economic census changed what is counted in {year}", year=between[0])
        return say("Share of value added; economic censuses changed what is counted in {years}", years=listed(between))

    def made(self) -> Sentence:
        """The newest share of services: a title. No change is told, as sources and censuses lie between the years."""
        rows = self.shares[self.shares["sector"] == "services"]
        if rows.empty:
            return say("The sectors of {city} were not found for these years", city=name(self.city))
        new = rows["fact"].iloc[-1]
        return say(
            "Services were {share} of {city}'s economy in {year}",
            share=roughly(new),
            city=name(self.city),
            year=new.period,
        )

    def structure(self) -> Sentence:
        """How much of the change stands beside a census, and how much any share moved away from one."""
        steps = numbers.steps(self.shares)
        told = []
        for census in (True, False):
            for row in steps[steps["census"] == census].head(1).itertuples():
                about = {"sector": word(row.sector), "year": row.year, "change": fallen(row.change)}
                about["side"] = _("upwards") if row.change.value > 0 else _("downwards")
                told.append(
                    say(
                        "The largest step within one source is that of {sector} in {year}: {change} {side} in one "
                        "year. An economic census lies between the two counts, so the step is bookkeeping as much as "
                        "change."
                        if census
                        else "Away from a census and within one source no share moved further in a year than that of "
                        "{sector} in {year}: {change} {side}.",
                        **about,
                    )
                )
        return paragraph(*told)

    # How firmly this is known.

    def firmness(self) -> Sentence:
        """Whether the sectors add up, whether other weights change the leader, and what is known in part only."""
        if self.balances.empty:
            return say("No sector's growth is known beside that of the whole, so nothing can be added up.")
        told = []
        if len(self.complete):
            tried = numbers.schemes(self.years, self.years, self.complete["year"].iloc[-1], self.first)
            told = [
                say(
                    "The sectors add up to the published growth, but for rounding, in {n} of {all} complete years.",
                    n=spelt(self.complete["fits"].sum()),
                    all=spelt(len(self.complete)),
                ),
                say(
                    "With the weights of the same year, or the mean of both years, the sector that leads stays the "
                    "same in {n} of {all}.",
                    n=spelt(tried["same"].min()),
                    all=spelt(tried["years"].iloc[0]),
                ),
            ]
        for row in self.balances[~self.balances["complete"]].itertuples():
            own = self.parts[self.parts["year"] == row.year]
            cited = [each for fact in own["fact"] for each in fact.sources]
            told += [
                say(
                    "For {year} the growth of {sectors} alone was found: {points} of {growth}.",
                    year=row.year,
                    sectors=listed(own["sector"].map(word)),
                    points=roughly(row.total),
                    growth=roughly(row.published),
                ),
                say("What is left, {rest}, is of the other sectors together.", rest=roughly(row.gap)),
                doubted(cited, [say("what sectors added in {year}", year=when(str(row.year)))]),
            ]
        return paragraph(*told)

    def table(self) -> pd.DataFrame:
        """The contributions of each year, to a tenth of a point, and the growth published for the whole; where the
        accounts were re-based between two years, by the weights of either.
        """
        rows = numbers.by_year(self.parts, self.balances)
        columns = (*numbers.SECTORS, "total")
        both = [
            numbers.by_year(parts, numbers.balance(parts, self.years)).set_index("year")[[*columns]]
            for parts in self.weighed.values()
        ]
        moved = numbers.rebased(self.city) & set(both[0].index) & set(both[1].index)
        for column in columns:
            cells = [
                _between(*(each.at[year, column] for each in both)) if year in moved else _tenths(fact)
                for year, fact in zip(rows["year"], rows[column], strict=True)
            ]
            rows = observations.with_cells(rows, **{column: cells})
        return rows

    def sources(self) -> Sentence:
        """The sources of all that is shown."""
        nation = self._nation[self._nation["year"] == self._last(self.shares)]
        months = [fact for measure in RATES for fact in self.within()[measure] if fact]
        return prose.sources(
            self.shares, nation, self.parts, self.balances["published"], self.rates, self.share_of_industry(), months
        )

    @staticmethod
    def _last(rows: pd.DataFrame) -> int:
        return max(rows["year"], default=0)


def _between(before: Fact | Unknown, after: Fact | Unknown) -> Fact | Sentence | None:
    """Points by two weights, each to a tenth, the lower first; one of them where they are alike."""
    ends = sorted(filter(None, map(_tenths, (before, after))), key=lambda fact: fact.value)
    if len(ends) < 2 or ends[0].value == ends[1].value:
        return ends[0] if ends else None
    low = replace(ends[0], unit="coefficient", status="derived")
    return say("{low} to {high}", low=low, high=ends[1])


def _tenths(fact: Fact | Unknown) -> Fact | None:
    """Points to a tenth: a weight times a rate known to a tenth is not known finer. None for an unknown."""
    if isinstance(fact, Unknown):
        return None
    value = round(fact.value, 1)
    low, high = min(fact.low, canonical(value - 0.05)), max(fact.high, canonical(value + 0.05))
    return replace(fact, value=value, low=low, high=high)
