"""Who grew faster, and whether growth will change the order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.analysis import ranking
from wuhan.evidence import observations
from wuhan.evidence.facts import Fact, compare, subtract
from wuhan.studies.city_ranking import times
from wuhan.studies.city_ranking.ranks import EACH_SIDE, Ranks, nearest
from wuhan.text.prose import bulleted, joined, listed, paragraph, spelt, worked_out
from wuhan.text.sentence import BLANK, Sentence, Values, say
from wuhan.text.words import grown, name, table_of


@dataclass(frozen=True)
class Paces(Ranks):
    """The growth of the city beside that of its neighbours in rank."""

    @cached_property
    def end(self) -> int:
        """The last year with the growth of nearly all cities: there the windows end."""
        return max(ranking.ranked_years(self.rates), default=self.span[1])

    @cached_property
    def _firm(self) -> pd.DataFrame:
        """Real growth from firm sources."""
        return observations.trusted(self.rates, observations.FIRM)

    @property
    def _around(self) -> list[str]:
        """The city and its neighbours."""
        return [self.city, *self.near["place"]]

    @cached_property
    def reach(self) -> int:
        """The last year with firm growth of the city and all its neighbours, where the windows end; else `end`."""
        known = self._firm[self._firm["place"].isin(self._around)].groupby("year")["place"].nunique()
        return int(max(known.index[known == len(self._around)], default=self.end))

    @cached_property
    def meetings(self) -> pd.DataFrame:
        """When the city and its neighbours would be level by the windows."""
        return ranking.meetings(self.ranked, self.rates, self.city, self.reach, EACH_SIDE)

    @cached_property
    def _paced(self) -> list[dict[str, Fact]]:
        """The average growth by place, for each window."""
        return [
            ranking.paces(self.ranked, self.rates, self.reach, years).set_index("place")["y"].to_dict()
            for years in ranking.WINDOWS
        ]

    @cached_property
    def _ahead(self) -> tuple[list[str], dict[str, int]]:
        """The neighbours that certainly grew more in every window, and those that did but for rounding in some, with
        the number of windows in which they certainly did.
        """
        sure, nearly = [], {}
        for place in self.near["place"]:
            if all({place, self.city} <= set(each) for each in self._paced):
                orders = [compare(each[place], each[self.city]) for each in self._paced]
                higher = all(each[place].value > each[self.city].value for each in self._paced)
                if all(order > 0 for order in orders):
                    sure.append(place)
                elif higher and max(orders) > 0:
                    nearly[place] = sum(order > 0 for order in orders)
        return sure, nearly

    def slower(self) -> Sentence:
        """`catching` with the windows, for prose."""
        sure, nearly = self._ahead
        if not sure:
            return self.catching()
        told = {"windows": listed(ranking.WINDOWS), "city": name(self.city), "places": listed(map(name, sure))}
        told |= {"last": self.reach}
        if not nearly:
            return say("Over the {windows} years to {last} {city} grew more slowly than {places}", **told)
        return say(
            "Over the {windows} years to {last} {city} grew more slowly than {places}; than {nearly}, too, but in part "
            "by no more than rounding explains",
            nearly=listed(map(name, nearly)),
            **told,
        )

    def catching(self) -> Sentence:
        """Which neighbours grew more in every window; else who certainly outgrew the city in the longest: a title."""
        told: Values = {"city": name(self.city), "last": self.reach}
        sure, nearly = self._ahead
        if sure and len(sure) == len(self.near):
            return say("In each window to {last} all neighbours grew faster than {city}", **told)
        told["places"] = listed(map(name, sure))
        if sure and nearly:
            return say(
                "{places} outgrew {city} in all {n} windows to {last}, {nearly}: rounding leaves the rest open",
                nearly=listed(say("{place} in {k}", place=name(each), k=spelt(k)) for each, k in nearly.items()),
                n=spelt(len(ranking.WINDOWS)),
                **told,
            )
        if sure:
            return say("In each window to {last} {city} grew more slowly than {places}", **told)
        told = {"city": name(self.city), "span": grown(self.reach - max(ranking.WINDOWS), self.reach, opens=True)}
        paced = self._paced[-1]
        if self.city not in paced:
            return say("The growth of {city} is not known for all these years", city=name(self.city))
        faster = [
            name(each) for each in self.near["place"] if each in paced and compare(paced[each], paced[self.city]) > 0
        ]
        if faster:
            return say("{span} {places} clearly outgrew {city}", places=listed(faster), **told)
        return say("{span} no neighbour clearly outgrew {city}", **told)

    def newer(self) -> Sentence:
        """The distance to the next above in the newest year with both, which no rank is given for, and its grade."""
        above = nearest(self.near).get("above")
        if above is None:
            return BLANK
        later = self.own[self.own["place"].isin([self.city, above.place])]
        later = later[later["period"] > above.own.period]
        years = [pair for _year, pair in later.groupby("year") if len(pair) == 2]
        if not years:
            return BLANK
        pair = {fact.place: fact for fact in observations.facts(years[-1])}
        apart = subtract(pair[above.place], pair[self.city])
        grade = max(table_of("sources", "source_id")[source]["trust"] for source in apart.sources)
        return say(
            "{place} was ahead by {gap} in {year}, and by {later} in {newer} (figures of grade {grade}).",
            place=name(above.place),
            gap=above.apart,
            year=above.own.period,
            later=apart,
            newer=pair[self.city].period,
            grade=grade,
        )

    def windows(self) -> pd.DataFrame:
        """The average growth a year of the city and its neighbours over each window, for a figure."""
        around, rows = self.ranked[self.ranked["place"].isin(self._around)], []
        for years in ranking.WINDOWS:
            for row in ranking.paces(around, self.rates, self.reach, years).itertuples():
                words = str(say("{n} years, {span}", n=years, span=grown(self.reach - years, self.reach)))
                rows.append(observations.as_row(row.y) | {"place": row.place, "name": name(row.place), "window": words})
        return pd.DataFrame(rows, columns=[*ranking.ROW[2:], "place", "name", "window"])

    @property
    def passed(self) -> int:
        """The years that are over since the levels: the newest year of the data is."""
        return int(self.years["year"].max()) + 1 - int(self.ranked["year"].iloc[0])

    def times(self) -> Sentence:
        """One line for each neighbour: after how many years it and the city would be level, and growth since."""
        meetings = self.meetings
        if meetings.empty:
            return say("No neighbour of {city} is known, so no time is worked out.", city=name(self.city))
        start = say(
            "From the levels of {year}, at the average real growth of the {windows} years up to {last}:",
            year=meetings["own"].iloc[0].period,
            windows=listed(ranking.WINDOWS),
            last=self.reach,
        )
        lines = [
            paragraph(times.time(self.city, row, self.passed), times.since(self.city, self._pairs(row.place)))
            for row in meetings.itertuples()
        ]
        around = self.rates[self.rates["place"].isin(self._around)]
        told = worked_out(around[around["year"].between(self.reach - max(ranking.WINDOWS) + 1, self.reach)])
        return joined((start, bulleted(lines), *([told] if told.plain else [])), "\n\n")

    def _pairs(self, other: str) -> list[dict[str, Fact]]:
        """The growth of both places in each year after the windows in which both are known from firm sources."""
        known = self._firm[(self._firm["year"] > self.reach) & self._firm["place"].isin([self.city, other])]
        each = [{fact.place: fact for fact in observations.facts(own)} for _year, own in known.groupby("year")]
        return [pair for pair in each if len(pair) > 1]
