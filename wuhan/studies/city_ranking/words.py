"""What a rank says: how sure it is, how far the neighbours are, and whether growth will change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.analysis import convergence, ranking
from wuhan.analysis.convergence import Fit
from wuhan.evidence import observations, package
from wuhan.evidence.facts import Fact, compare, magnitude
from wuhan.studies.city_ranking import slopes, times
from wuhan.text import palette, prose
from wuhan.text.prose import Sentence, bulleted, joined, listed, name, paragraph, plural, roughly, say

EACH_SIDE = 2  # neighbours that are told of
SHOWN = 15  # years in the figure of levels


def read(city: str, first: int, last: int, vintage: str) -> Standing:
    """What the tables know of all cities by year, for the rank of ``city`` in one ``vintage``."""
    places = package.read("places").query("kind in ['city', 'municipality']")
    years = observations.years(observations.best(observations.outcomes(package.read("gdp"))))
    return Standing(city, (first, last), vintage, years[years["place"].isin(places["place"])], places)


@dataclass(frozen=True)
class Standing:
    """The rank of ``city`` among the cities of ``places``, ``years`` being all that is known of them by year; ``span``:
    the first and the last year.
    """

    city: str
    span: tuple[int, int]
    vintage: str
    years: pd.DataFrame
    places: pd.DataFrame

    @cached_property
    def levels(self) -> pd.DataFrame:
        """GDP in all vintages."""
        return observations.select(self.years, indicator="gdp_nominal")

    @cached_property
    def own(self) -> pd.DataFrame:
        """GDP in the vintage chosen."""
        return self.levels[self.levels["vintage"] == self.vintage]

    @cached_property
    def rates(self) -> pd.DataFrame:
        """Real growth up to the last year."""
        rates = observations.select(self.years, indicator="gdp_real_growth")
        return rates[rates["year"] <= self.span[1]]

    @cached_property
    def history(self) -> pd.DataFrame:
        """The rank by year in the vintage chosen, then in the others."""
        rows = ranking.histories(self.levels, self.city, [self.vintage, *ranking.VINTAGES])
        return observations.select(rows, first=self.span[0], last=self.span[1])

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """The rank by year in the vintage chosen."""
        return self.history[self.history["vintage"] == self.vintage]

    @cached_property
    def ranked(self) -> pd.DataFrame:
        """All cities in order in the last year with a rank."""
        return ranking.rank(self.own[self.own["year"].isin(self.ranks["year"].tail(1))])

    @cached_property
    def near(self) -> pd.DataFrame:
        """The neighbours, the largest first, see `ranking.neighbours`."""
        return ranking.neighbours(self.ranked, self.city, EACH_SIDE)

    @cached_property
    def end(self) -> int:
        """The last year with the growth of nearly all cities: there the windows end."""
        return max(ranking.ranked_years(self.rates), default=self.span[1])

    @cached_property
    def meetings(self) -> pd.DataFrame:
        """When the city and its neighbours would be level by the long windows."""
        return self._meetings(ranking.WINDOWS)

    def _meetings(self, windows: Sequence[int]) -> pd.DataFrame:
        return ranking.meetings(self.ranked, self.rates, self.city, self.end, EACH_SIDE, windows)

    # The answer.

    def answer(self) -> Sentence:
        """The last rank, and how far the next places are; without a rank which years have one, and the end."""
        if self.ranks.empty:
            return self._unranked() if len(self.history) else prose.end_with(self._unranked())
        own, sides = self.ranks.iloc[-1], _nearest(self.near)
        told = {"city": name(self.city), "rank": int(own["value"]), "n": int(own["known"]), "year": own["period"]}
        for side, row in sides.items():
            told |= {side: name(row.place), f"{side}_gap": roughly(magnitude(row.gap))}
        if "above" not in sides:
            return say(
                "In {year} {city} was number {rank} by GDP of {n} cities with data. {below} was {below_gap} smaller.",
                **told,
            )
        if "below" not in sides:
            return say(
                "In {year} {city} was number {rank} by GDP of {n} cities with data. {above} was {above_gap} larger.",
                **told,
            )
        return say(
            "In {year} {city} was number {rank} by GDP of {n} cities with data. {above} was {above_gap} larger, "
            "{below} {below_gap} smaller.",
            **told,
        )

    def _unranked(self) -> Sentence:
        """That there is no rank, and in which years cities are."""
        years = ranking.ranked_years(self.own)
        if not years:
            return say("{city} is not ranked: this vintage has too few cities in every year.", city=name(self.city))
        return say(
            "{city} is not ranked: no year chosen has its GDP and that of nearly all cities. Cities are ranked from "
            "{first} to {last}.",
            city=name(self.city),
            first=str(years[0]),
            last=str(years[-1]),
        )

    def story(self) -> Sentence:
        """Who outgrew the city and whom it outgrew since, who would draw level, and whether richer cities grew less."""
        return paragraph(
            say("{finding}.", finding=self.catching()),
            *self._outgrown(),
            *self._caught(),
            say("{finding}.", finding=slopes.finding(self.line)),
            *slopes.by_head(self.years, self.vintage, self.span[0], self.end),
        )

    @cached_property
    def _never(self) -> list[str]:
        """The larger neighbours that grew more in every long window."""
        ahead = self.meetings[self.meetings["side"] == "above"]
        return ahead.loc[ahead["outcome"] == ranking.NEVER, "place"].tolist()

    def catching(self) -> Sentence:
        """Which larger cities grew more in every long window; else who certainly outgrew this one: a title."""
        told = {"city": name(self.city), "first": str(self.end - max(ranking.WINDOWS)), "last": str(self.end)}
        if self._never:
            return say(
                "In the {windows} years to {last} {city} grew more slowly than {places}",
                windows=listed(ranking.WINDOWS),
                city=name(self.city),
                places=listed(map(name, self._never)),
                last=str(self.end),
            )
        paced = ranking.paces(self.ranked, self.rates, self.end, max(ranking.WINDOWS)).set_index("place")["y"]
        if self.city not in paced:
            return say("The growth of {city} is not known for all these years", city=name(self.city))
        faster = [
            name(each) for each in self.near["place"] if each in paced and compare(paced[each], paced[self.city]) > 0
        ]
        if faster:
            return say("From {first} to {last} {places} clearly outgrew {city}", places=listed(faster), **told)
        return say("From {first} to {last} no neighbour clearly outgrew {city}", **told)

    def _outgrown(self) -> list[Sentence]:
        """Which of the cities of `catching` this one outgrew in a year since the windows."""
        years = {place: times.outgrown(self.city, self._pairs(place)) for place in self._never}
        return [
            say("In {years} it grew faster than {place}.", years=listed(found), place=name(place))
            for place, found in years.items()
            if found
        ]

    def _caught(self) -> list[Sentence]:
        """Who behind the city would draw level, and when; that this is no forecast."""
        behind = self.meetings[(self.meetings["side"] == "below") & (self.meetings["outcome"] == ranking.CLOSING)]
        told = [
            say(
                "At its pace of these years {place} would draw level with {city} after {soonest} to {latest}.",
                city=name(self.city),
                place=name(row.place),
                soonest=times.bare(row.soonest),
                latest=row.latest,
            )
            for row in behind.itertuples()
        ]
        return [*told, say("To carry growth on is no forecast.")] if told else []

    # The neighbours.

    def sizes(self) -> pd.DataFrame:
        """GDP of the city and its neighbours in rank, the city first and those beyond the next in grey: a figure."""
        order = [self.city, *self.near["place"]]
        rows = self.own[self.own["place"].isin(order) & self.own["year"].isin(self.ranks["year"].tail(SHOWN))]
        rows = rows.sort_values("year", kind="stable")
        rows = rows.iloc[rows["place"].map(order.index).argsort(kind="stable")] if len(self.near) else rows.head(0)
        next_places = [row.place for row in _nearest(self.near).values()]
        colours = {self.city: palette.ORANGE, **dict(zip(next_places, (palette.BLUE, palette.GREEN), strict=False))}
        return rows.assign(colour=rows["place"].map(colours).fillna(palette.REST))

    def beside(self) -> Sentence:
        """The two next places with their distances in per cent: a title."""
        told: dict[str, object] = {"city": name(self.city)}
        for side, row in _nearest(self.near).items():
            told |= {side: name(row.place), f"{side}_gap": roughly(magnitude(row.gap)), "year": row.own.period}
        if "above" in told and "below" in told:
            return say("{above} was {above_gap} larger than {city} in {year}, {below} {below_gap} smaller", **told)
        if "above" in told:
            return say("{above} was {above_gap} larger than {city} in {year}", **told)
        if "below" in told:
            return say("{below} was {below_gap} smaller than {city} in {year}", **told)
        return say("{city} has no neighbours in these years", **told)

    def windows(self) -> pd.DataFrame:
        """The average growth a year of the city and its neighbours over each window, for a figure."""
        around, rows = self.ranked[self.ranked["place"].isin([self.city, *self.near["place"]])], []
        for years in ranking.WINDOWS:
            for row in ranking.paces(around, self.rates, self.end, years).itertuples():
                words = str(say("{n} years to {last}", n=years, last=str(self.end)))
                rows.append(observations.as_row(row.y) | {"place": row.place, "name": name(row.place), "window": words})
        return pd.DataFrame(rows, columns=[*ranking.ROW[2:], "place", "name", "window"])

    def times(self) -> Sentence:
        """One line for each neighbour: after how many years it and the city would be level, by the long windows, by the
        short one, which may well tell the opposite, and what growth was published since.
        """
        meetings, short = self.meetings, self._meetings(ranking.SHORT)
        if meetings.empty:
            return say("No neighbour of {city} is known, so no time is worked out.", city=name(self.city))
        start = say(
            "From the levels of {year}, at the average real growth of the {windows} years up to {last}, and then of "
            "the last {short} alone:",
            year=meetings["own"].iloc[0].period,
            windows=listed(ranking.WINDOWS),
            last=str(self.end),
            short=listed(ranking.SHORT),
        )
        lines = [
            paragraph(times.time(self.city, row), *times.alone(brief), *times.since(self.city, self._pairs(row.place)))
            for row, brief in zip(meetings.itertuples(), short.itertuples(), strict=True)
        ]
        return joined((start, bulleted(lines)), "\n\n")

    def _pairs(self, other: str) -> list[dict[str, Fact]]:
        """The growth of both places in each year after the windows in which both are known from firm sources."""
        rates = observations.trusted(self.rates, observations.FIRM)
        known = rates[(rates["year"] > self.end) & rates["place"].isin([self.city, other])]
        each = [{fact.place: fact for fact in observations.facts(own)} for _year, own in known.groupby("year")]
        return [pair for pair in each if len(pair) > 1]

    def change(self) -> Sentence:
        """The first and the last rank, and the one farthest from both if it is farther than they are apart: a title."""
        ranks = self.ranks
        if ranks.empty:
            return say("{city} is not ranked in these years", city=name(self.city))
        old, new = ranks.iloc[0], ranks.iloc[-1]
        told = {"city": name(self.city), "new": int(new["value"]), "last": new["period"]}
        told["vintage"] = say("first releases") if self.vintage == "first_release" else say("the latest figures")
        if len(ranks) == 1:
            return say("By {vintage} {city} was number {new} in {last}", **told)
        turn = ranks.loc[(ranks["value"] - (old["value"] + new["value"]) / 2).abs().idxmax()]
        if min(abs(turn["value"] - end["value"]) for end in (old, new)) > abs(new["value"] - old["value"]):
            return say(
                "By {vintage} {city} was number {old} in {first}, {turn} in {year} and {new} in {last}",
                **told,
                old=int(old["value"]),
                first=old["period"],
                turn=int(turn["value"]),
                year=turn["period"],
            )
        if old["value"] == new["value"]:
            return say(
                "By {vintage} {city} was number {new} in {first} and again in {last}", **told, first=old["period"]
            )
        told |= {"old": int(old["value"]), "first": old["period"]}
        return say("By {vintage} {city} was number {old} in {first} and {new} in {last}", **told)

    def certainty(self) -> Sentence:
        """How many cities are known in which years, and how sure the last rank is among them."""
        runs = ranking.known(self.own)
        if runs.empty:
            return say("No GDP of any city is known in this vintage.")
        enough = [_run(row) for row in runs[runs["ranked"]].itertuples()]
        few = [_run(row) for row in runs[~runs["ranked"]].itertuples()]
        said = [say("The number of cities with data is {runs}.", runs=listed(enough))] if enough else []
        said += [say("No rank is given where too few are known: {runs}.", runs=listed(few))] if few else []
        return paragraph(*said, *([self._sure()] if len(self.ranks) else []))

    def _sure(self) -> Sentence:
        """How sure the last rank is."""
        own = self.ranks.iloc[-1]
        missing = self.own["place"].nunique() - int(own["known"])
        told = {"city": name(self.city), "year": own["period"]}
        if own["low"] < own["high"]:
            said = [
                say(
                    "In {year} {city} may stand anywhere from number {best} to number {worst}: figures are missing, or "
                    "lie within their rounding.",
                    **told,
                    best=int(own["low"]),
                    worst=int(own["high"]),
                )
            ]
            met, larger = ranking.met(self.own, self.city, int(own["year"]))
            if met:
                said.append(
                    say(
                        "Of {met} {cities} for {year}, {larger} {were} larger than {city} in the nearest year in which "
                        "both are known.",
                        **told,
                        larger=larger,
                        met=met,
                        were=plural(larger, one="was", many="were"),
                        cities=plural(met, one="city without a figure", many="cities without a figure"),
                    )
                )
            return paragraph(*said)
        if missing:
            return say(
                "For {year}, {missing} of the cities {lack} a figure. By the rule below no city without one was larger "
                "than {city}, so among the cities of the data its rank is certain.",
                **told,
                missing=missing,
                lack=plural(missing, one="lacks", many="lack"),
            )
        return say(
            "Every city of the data has a figure for {year}, and among them the rank of {city} is certain.", **told
        )

    def agreement(self) -> Sentence:
        """In how many years the vintages give the city the same rank."""
        one, other = (self.history[self.history["vintage"] == vintage] for vintage in ranking.VINTAGES)
        both = one.merge(other, on="year", suffixes=("", "_other"))
        if both.empty:
            return say(
                "The two vintages can not be compared: no year of {city} is ranked in both.", city=name(self.city)
            )
        differ = both[both["value"] != both["value_other"]]
        if len(both) == 1:
            told = {"city": name(self.city), "year": both["period"].iloc[0]}
            return (
                say("The two vintages give {city} different ranks in {year}.", **told)
                if len(differ)
                else say("The two vintages give {city} the same rank in {year}.", **told)
            )
        if differ.empty:
            return say("The two vintages give {city} the same rank in every year.", city=name(self.city))
        return say(
            "The two vintages give {city} different ranks in {k} of {n} years.",
            city=name(self.city),
            k=len(differ),
            n=len(both),
        )

    @cached_property
    def start(self) -> pd.DataFrame:
        """GDP per head of each city in the first year, and its growth since, see `convergence.sample`."""
        people = observations.select(self.years, indicator="pop_resident")
        return convergence.sample(self.own, people, self.rates, self.span[0], self.end)

    @cached_property
    def line(self) -> Fit | None:
        """The line through these."""
        return convergence.fit(self.start, self.end - self.span[0])

    def converging(self) -> Sentence:
        """What that line says."""
        return slopes.converging(self.line, self.start, self.end - self.span[0])

    def band(self) -> pd.DataFrame | None:
        """The line with its band, for a figure."""
        return convergence.band(self.line, self.start)

    def sources(self) -> Sentence:
        """The sources of all that is shown."""
        return prose.sources(self.history, self.sizes(), self.rates, self.start["x"], self.start["y"])

    def choices(self) -> pd.DataFrame:
        """The same line by other choices."""
        return slopes.choices(self.years, self.places, self.vintage, self.span[0], self.end)


def _nearest(near: pd.DataFrame) -> dict:
    """The row of ``near`` (`ranking.neighbours`, largest first) next to the city on each ``side`` that has one."""
    above, below = (near[near["side"] == side] for side in ("above", "below"))
    return {row.side: row for rows in (above.tail(1), below.head(1)) for row in rows.itertuples()}


def _run(row) -> Sentence:
    if row.first == row.last:
        return say("{n} in {year}", n=row.places, year=str(row.first))
    return say("{n} from {first} to {last}", n=row.places, first=str(row.first), last=str(row.last))
