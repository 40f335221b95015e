"""What a rank says: how far the neighbours are, who grew faster, and whether poorer cities grew more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.analysis import convergence, ranking
from wuhan.analysis.convergence import Fit
from wuhan.evidence import observations, package
from wuhan.evidence.facts import magnitude
from wuhan.studies.city_ranking import slopes, times
from wuhan.studies.city_ranking.pace import Paces
from wuhan.studies.city_ranking.ranks import EACH_SIDE, nearest
from wuhan.text import prose
from wuhan.text.ending import end_with
from wuhan.text.prose import headed, listed, paragraph, roughly, worked_out
from wuhan.text.sentence import BLANK, Sentence, Values, say
from wuhan.text.words import name


def read(city: str, first: int, last: int, vintage: str) -> Standing:
    """What the tables know of all cities by year, for the rank of ``city`` in one ``vintage``."""
    places = package.read("places").query("kind in ['city', 'municipality']")
    years = observations.years(observations.best(observations.outcomes(package.read("gdp"))))
    return Standing(city, (first, last), vintage, years[years["place"].isin(places["place"])], places)


@dataclass(frozen=True)
class Standing(Paces):
    """The answer, and what stands beside it."""

    def answer(self) -> Sentence:
        """The last rank, and how far the next places are; without a rank which years have one, and the end."""
        if self.ranks.empty:
            return self._unranked() if len(self.history) else end_with(self._unranked())
        own = self.ranks.iloc[-1]
        told = {"city": name(self.city), "rank": int(own["value"]), "n": int(own["known"]), "year": own["period"]}
        if not ranking.sound(self.ranked, self.city):
            half = {key: told[key] for key in ("year", "city", "n")}
            return headed(
                say("In {year} {city} was in the lower half of {n} cities with data.", **half),
                say("These cities were chosen: a rank says little there."),
            )
        safe = self._safe(told)
        if safe is None:
            rank = say("In {year} {city} was number {rank} by GDP of {n} cities with data.", **told)
            return headed(rank, self._nearest())
        each = self._each()
        if each is not None:
            among = say("{city} was number {rank} by GDP of {n} cities with data in {year}.", **told)
            return headed(each, paragraph(among, self._nearest()))
        among = say("Counted are {n} cities with data in {year}.", n=told["n"], year=told["year"])
        return headed(safe, paragraph(among, self._nearest()))

    def _each(self) -> Sentence | None:
        """When each of two places below could draw level, where that is decades away and in unlike ones; else None."""
        below = self.meetings[(self.meetings["side"] == "below") & self.meetings["soonest"].notna()]
        rows = sorted(below.itertuples(), key=lambda row: row.soonest.value)
        if len(rows) != 2 or rows[0].soonest.value < times.LONG or times.decade(rows[0]) == times.decade(rows[1]):
            return None
        return say(
            "At recent growth {place} could reach {city} in the {decade}s, {other} in the {later}s.",
            place=name(rows[0].place),
            decade=times.decade(rows[0]),
            other=name(rows[1].place),
            later=times.decade(rows[1]),
            city=name(self.city),
        )

    def _safe(self, told: dict) -> Sentence | None:
        """How soon the places next below would draw level at their recent growth; None where that is not known."""
        below = self.meetings[self.meetings["side"] == "below"]
        if below.empty or (below["outcome"] == ranking.UNKNOWN).any():
            return None
        own, year = {key: told[key] for key in ("city", "rank")}, told["year"]
        places = listed(map(name, below["place"]))
        closing = below[below["soonest"].notna()]
        if closing.empty:
            return say(
                "At recent growth {places} would not reach {city}, number {rank}, for a century.", places=places, **own
            )
        first = min(closing.itertuples(), key=lambda row: row.soonest.value)
        if first.soonest.value >= times.LONG:
            return say(
                "At recent growth {places} would not reach {city}, number {rank}, before the {decade}s.",
                decade=times.decade(first),
                places=places,
                **own,
            )
        if first.soonest.value <= self.passed:
            return say(
                "{place} is so close behind {city}, number {rank} by GDP in {year}, that one year may decide.",
                place=name(first.place),
                year=year,
                **own,
            )
        return say(
            "{place} could reach {city}, number {rank} by GDP in {year}, after {soonest} of recent growth.",
            place=name(first.place),
            soonest=first.soonest,
            year=year,
            **own,
        )

    def _gaps(self) -> Values:
        """The next place above and the next below, as far as there are any, each with its distance."""
        told: Values = {}
        for side, row in nearest(self.near).items():
            told |= {side: name(row.place), f"{side}_gap": roughly(magnitude(row.gap))}
        return told

    def _nearest(self) -> Sentence:
        """How much larger and smaller the next places are."""
        told = self._gaps()
        if "above" not in told:
            return say("{below} was {below_gap} smaller.", **told)
        if "below" not in told:
            return say("{above} was {above_gap} larger.", **told)
        return say("{above} was {above_gap} larger, {below} {below_gap} smaller.", **told)

    def _unranked(self) -> Sentence:
        """That there is no rank, and in which years cities are."""
        years = ranking.ranked_years(self.own)
        if not years:
            return say("{city} is not ranked: this vintage has too few cities in every year.", city=name(self.city))
        city = name(self.city)
        return headed(
            say("{city} is not ranked: no year chosen has its GDP and that of nearly all cities.", city=city),
            say("Cities are ranked from {first} to {last}.", first=years[0], last=years[-1]),
        )

    def story(self) -> Sentence:
        """Who outgrew the city, and what became of the distance to the next."""
        return paragraph(say("{finding}.", finding=self.slower()), self.newer())

    def sizes(self) -> pd.DataFrame:
        """GDP of the city and its neighbours in rank, the largest first, each with its distance, for a figure."""
        rows = ranking.window(self.ranked, self.city, EACH_SIDE)
        gaps = {
            row.place: ("+" if row.gap.value > 0 else "-") + str(roughly(magnitude(row.gap)))
            for row in self.near.itertuples()
        }
        return rows.assign(against=[f"({gaps[place]})" if place in gaps else "" for place in rows["place"]])

    def measure(self) -> Sentence:
        """What that figure shows."""
        return say("GDP at current prices, in brackets against {city}", city=name(self.city))

    def beside(self) -> Sentence:
        """The two next places with their distances in per cent: a title."""
        told = self._gaps()
        if not told:
            return say("{city} has no neighbours in these years", city=name(self.city))
        told |= {"city": name(self.city), "year": self.near["own"].iloc[0].period}
        if "below" not in told:
            return say("{above} was {above_gap} larger than {city} in {year}", **told)
        if "above" not in told:
            return say("{below} was {below_gap} smaller than {city} in {year}", **told)
        return say("{above} was {above_gap} larger than {city} in {year}, {below} {below_gap} smaller", **told)

    @cached_property
    def start(self) -> pd.DataFrame:
        """GDP per head of each city in the first year, and its growth since, see `convergence.sample`."""
        return slopes.sample(self.years, self.vintage, self.span[0], self.end)

    @cached_property
    def line(self) -> Fit | None:
        """The line through these."""
        return convergence.fit(self.start, self.end - self.span[0])

    def converged(self) -> Sentence:
        """Whether the output of poorer cities grew more: a title."""
        return slopes.finding(self.line, self.span[0], self.end)

    def per_head(self) -> Sentence:
        """Whether GDP per head grew faster in poorer cities, between censuses."""
        return slopes.per_head(self.years, self.vintage, self.span[0], self.end)

    def converging(self) -> Sentence:
        """What that line says, and whether others say the same."""
        return paragraph(
            slopes.summary(self.line, self.years, self.vintage, self.span[0], self.end),
            slopes.converging(self.line, self.start, self.end - self.span[0]),
            self._worked_out(),
        )

    def _worked_out(self) -> Sentence:
        """How many of the rates behind the line nobody published; blank without a line."""
        rates = self.rates[self.rates["place"].isin(self.start["place"])]
        used = rates[rates["year"].between(self.span[0] + 1, self.end)]
        return worked_out(used) if self.line else BLANK

    def band(self) -> pd.DataFrame | None:
        """The line with its band, for a figure."""
        return convergence.band(self.line, self.start)

    def sources(self) -> Sentence:
        """The sources of all that is shown."""
        return prose.sources(self.history, self.sizes(), self.rates, self.start["x"], self.start["y"])

    def choices(self) -> pd.DataFrame:
        """The same line by other choices."""
        return slopes.choices(self.years, self.places, self.vintage, self.span[0], self.end)
