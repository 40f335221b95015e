"""What a rank is: its history, how sure it is, and who stands beside the city."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.analysis import ranking
from wuhan.evidence import observations
from wuhan.text.prose import BLANK, Sentence, Values, listed, name, paragraph, plural, publishers, say, source_ids

EACH_SIDE = 2  # neighbours that are told of


@dataclass(frozen=True)
class Ranks:
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

    def change(self) -> Sentence:
        """The first and the last rank, and the one farthest from both if it is farther than they are apart: a title,
        which tells the vintage that is drawn alone. What others give is told by `agreement`.
        """
        ranks = self.ranks
        if ranks.empty:
            return say("{city} is not ranked in these years", city=name(self.city))
        old, new = ranks.iloc[0], ranks.iloc[-1]
        told: Values = {"city": name(self.city), "new": int(new["value"]), "last": new["period"]}
        if len(ranks) == 1:
            return say("{city} was number {new} in {last}", **told)
        told["first"] = old["period"]
        turn = ranks.loc[(ranks["value"] - (old["value"] + new["value"]) / 2).abs().idxmax()]
        if min(abs(turn["value"] - end["value"]) for end in (old, new)) > abs(new["value"] - old["value"]):
            told |= {"old": int(old["value"]), "turn": int(turn["value"]), "year": turn["period"]}
            return say("{city} was number {old} in {first}, {turn} in {year} and {new} in {last}", **told)
        if old["value"] == new["value"]:
            return say("{city} was number {new} in {first} and again in {last}", **told)
        return say("{city} was number {old} in {first} and {new} in {last}", old=int(old["value"]), **told)

    def measured(self) -> Sentence:
        """What the line of ranks measures."""
        figures = say("first releases" if self.vintage == "first_release" else "the latest figures")
        known = max(self.ranks["known"], default=0)
        return say(
            "Rank by GDP at current prices, {figures}, of up to {n} cities with data", figures=figures, n=int(known)
        )

    def certainty(self) -> Sentence:
        """How many cities are known in which years, and how sure the last rank is among them."""
        runs = ranking.known(self.own)
        if runs.empty:
            return say("No GDP of any city is known in this vintage.")
        enough = [_run(row) for row in runs[runs["ranked"]].itertuples()]
        few = [_run(row) for row in runs[~runs["ranked"]].itertuples()]
        return paragraph(
            say("The number of cities with data is {runs}.", runs=listed(enough)) if enough else BLANK,
            say("No rank is given where too few are known: {runs}.", runs=listed(few)) if few else BLANK,
            self._sure() if len(self.ranks) else BLANK,
        )

    def _sure(self) -> Sentence:
        """How sure the last rank is."""
        own = self.ranks.iloc[-1]
        missing = self.own["place"].nunique() - int(own["known"])
        told = {"city": name(self.city), "year": own["period"]}
        if own["low"] < own["high"]:
            met, larger = ranking.met(self.own, self.city, int(own["year"]))
            return paragraph(
                say(
                    "In {year} {city} may stand anywhere from number {best} to number {worst}: figures are missing, or "
                    "lie within their rounding.",
                    **told,
                    best=int(own["low"]),
                    worst=int(own["high"]),
                ),
                say(
                    "Of {met} {cities} for {year}, {larger} {were} larger than {city} in the nearest year in which "
                    "both are known.",
                    **told,
                    larger=larger,
                    met=met,
                    were=plural(larger, one="was", many="were"),
                    cities=plural(met, one="city without a figure", many="cities without a figure"),
                )
                if met
                else BLANK,
            )
        if missing:
            return say(
                "Of the {all} cities with GDP in some year, without it for {year}: {missing}. By the rule below none "
                "of these was larger than {city}, so in the figures known now its rank among the cities of the data is "
                "certain.",
                **told,
                all=self.own["place"].nunique(),
                missing=missing,
            )
        return say(
            "Every city of the data has a figure for {year}: in the figures known now the rank of {city} is certain.",
            **told,
        )

    def agreement(self) -> Sentence:
        """In how many years the vintages give the city the same rank."""
        both = _both(self.history)
        if both.empty:
            return say("No year of {city} is ranked by first releases and by revised figures.", city=name(self.city))
        differ = both[both["value"] != both["value_other"]]
        read = observations.select(self.levels, self.city, vintage=ranking.VINTAGES[1])
        read = publishers(source_ids(read[read["year"].isin(differ["year"])]))
        if len(both) == 1:
            told = {"city": name(self.city), "year": both["period"].iloc[0]}
            return (
                say(
                    "By revised figures, its own as read in {who}, the rank of {city} in {year} is another than by "
                    "first releases.",
                    who=listed(read),
                    **told,
                )
                if len(differ)
                else say("By revised figures the rank of {city} in {year} is that by first releases.", **told)
            )
        if differ.empty:
            return say(
                "By revised figures the rank of {city} is that by first releases in every year.", city=name(self.city)
            )
        apart = (differ["value"] - differ["value_other"]).abs()
        first = say(
            "By revised figures, its own as read in {who}, the rank of {city} is another than by first releases in {k} "
            "of {n} years, last in {last}; the widest difference is {most}.",
            who=listed(read),
            city=name(self.city),
            k=len(differ),
            n=len(both),
            most=int(apart.max()),
            last=differ["period"].iloc[-1],
        )
        others = set(both["year"]) - set(differ["year"])
        same = len(others & self._unrevised)
        if not same:
            return first
        return paragraph(
            first,
            say(
                "In {same} of the other {rest} both have one figure for {city}, so its own size could not tell them "
                "apart.",
                same=same,
                rest=len(others),
                city=name(self.city),
            ),
        )

    @cached_property
    def _unrevised(self) -> set[int]:
        """The years in which both vintages have one figure for the city, but for rounding."""
        both = _both(self.levels[self.levels["place"] == self.city])
        return set(both.loc[(both["low"] <= both["high_other"]) & (both["low_other"] <= both["high"]), "year"])


def _both(rows: pd.DataFrame) -> pd.DataFrame:
    """The first releases in ``rows`` beside the revised figures, for the years that have both."""
    one, other = (rows[rows["vintage"] == vintage] for vintage in ranking.VINTAGES)
    return one.merge(other, on="year", suffixes=("", "_other"))


def nearest(near: pd.DataFrame) -> dict:
    """The row of ``near`` (`ranking.neighbours`, largest first) next to the city on each ``side`` that has one."""
    above, below = (near[near["side"] == side] for side in ("above", "below"))
    return {row.side: row for rows in (above.tail(1), below.head(1)) for row in rows.itertuples()}


def _run(row) -> Sentence:
    if row.first == row.last:
        return say("{n} in {year}", n=row.places, year=row.first)
    return say("{n} from {first} to {last}", n=row.places, first=row.first, last=row.last)
