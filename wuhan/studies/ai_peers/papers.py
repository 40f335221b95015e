"""What conferences count of a city: its share of AI papers, and how that and its rank moved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.analysis import ranking
from wuhan.evidence import facts, observations
from wuhan.studies.ai_peers import numbers
from wuhan.text import prose
from wuhan.text.language import noted
from wuhan.text.prose import Sentence, Table, measure, name, say, spelt, when

PAPER_HEADS = {"list": noted("Conference"), "when": noted("Years"), "count": noted("Papers"), "share": noted("Of all")}


@dataclass(frozen=True)
class Papers:
    """What is counted of ``city``.

    ``shown`` are the city and its peers. ``ai`` are all figures, ``written`` those on papers of the years asked for,
    ``counts`` the best of each count, ``listed`` the lists.
    """

    city: str
    shown: tuple[str, ...]
    ai: pd.DataFrame
    written: pd.DataFrame
    counts: pd.DataFrame
    listed: pd.DataFrame

    @cached_property
    def _shares(self) -> pd.DataFrame:
        return numbers.shares_of_world(self.written, self.shown)

    def paper_shares(self) -> pd.DataFrame:
        """The shares of the city and its peers in the papers of the conference that is followed."""
        run = numbers.first_and_last(self._shares, self.city)
        if not run:
            return self._shares.head(0)
        own = self._shares[self._shares["indicator"] == run["indicator"]]
        return own.assign(series=own["place"].map(name))

    def papers_title(self) -> Sentence:
        """How the share of the city in that conference has moved."""
        run = numbers.first_and_last(self._shares, self.city)
        if not run:
            return say("No count of AI papers of {city} is known for these years", city=name(self.city))
        told = {"city": name(self.city), "new": run["told"]["new"]}
        if "old" not in run["told"]:
            return say(
                "{city} had {new} of the papers at one AI conference in {last}", last=run["told"]["last"], **told
            )
        way = facts.compare(run["told"]["new"], run["told"]["old"])
        told["old"] = run["told"]["old"]
        told["rank"] = self._moved(run["indicator"], run["told"]["first"], run["told"]["last"])
        if way > 0:
            return say("{city}'s share at one AI conference rose from {old} to {new}, its rank {rank}", **told)
        if way < 0:
            return say("{city}'s share at one AI conference fell from {old} to {new}, its rank {rank}", **told)
        return say("{city}'s share at one AI conference: {old} then, {new} now; its rank {rank}", **told)

    def jumped(self) -> Sentence | None:
        """That the shares of all cities drawn rose in the last year, which a change of the file would do as well."""
        shares = self.paper_shares()
        years = sorted(set(shares["period"]))[-2:]
        pairs = (
            shares[shares["period"].isin(years)].sort_values("period", kind="stable").groupby("place")["fact"].agg(list)
        )
        rose = [len(pair) == 2 and facts.compare(pair[1], pair[0]) > 0 for pair in pairs]
        if len(rose) < 3 or not all(rose):
            return None
        return say(
            "From {before} to {last} the share of each of the {n} cities drawn rose: the file may name affiliations "
            "otherwise, so this need not be a rise of {city}'s own.",
            before=when(years[0]),
            last=when(years[1]),
            n=spelt(len(rose)),
            city=name(self.city),
        )

    def _moved(self, indicator: str, first: str, last: str) -> Sentence:
        """How the rank of the city moved among all that a conference counts, from its first year to its last."""
        own = observations.select(self.written, indicator=indicator)
        own = own[own["place"].isin(set(self.listed["place"]))]
        ranks = [ranking.rank(own[own["period"] == period]) for period in (first, last)]
        before, now = (prose.Name(numbers.tied(each.set_index("place").loc[self.city])) for each in ranks)
        told = {"now": now, "k": len(ranks[-1])}
        if before == now:
            return say("stayed {now} of {k} cities", **told)
        return say("went from {before} to {now} of {k} cities", before=before, **told)

    def followed(self) -> Sentence:
        """What the figure of shares shows: the conference."""
        run = numbers.first_and_last(self._shares, self.city)
        if not run:
            return say("Share of all papers with an affiliation")
        return say("{list}: share of all papers with an affiliation", list=measure(run["indicator"]))

    def papers(self) -> Table | Sentence:
        """The papers of the city by conference, with their share of all."""
        rows = numbers.pooled_shares(self.written, self.city)
        if rows.empty:
            return say("No count of AI papers of {city} is known for these years.", city=name(self.city))
        rows = rows.assign(list=rows["indicator"].map(measure), when=rows["period"].map(when))
        return prose.table(rows, PAPER_HEADS)
