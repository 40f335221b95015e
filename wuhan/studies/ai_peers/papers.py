"""What conferences count of a city: its share of AI papers, and how that and its rank moved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.analysis import ranking
from wuhan.evidence import facts, observations
from wuhan.studies.ai_peers import numbers
from wuhan.text.prose import Name, Sentence, Table, Values, measure, name, paragraph, roughly, say, table, when

MOST = 0.75  # part of the cities from which on a rise of all may be that of the file


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
        return numbers.shares_among(self.written, self.shown, self.listed["place"])

    @cached_property
    def _run(self) -> pd.DataFrame:
        """The first and the last share of the city in the conference that is followed."""
        return numbers.first_and_last(self._shares, self.city)

    def paper_shares(self) -> pd.DataFrame:
        """The shares of the city and its peers in the papers of the conference that is followed."""
        if self._run.empty:
            return self._shares.head(0)
        own = self._shares[self._shares["indicator"] == self._run["indicator"].iloc[0]]
        return own.assign(series=own["place"].map(name), label=[str(roughly(fact)) for fact in own["fact"]])

    @cached_property
    def _counted(self) -> set[str]:
        """The cities that the conference followed counts."""
        own = observations.select(self.written, indicator=self._run["indicator"].iloc[0])
        return set(own["place"]) & set(self.listed["place"])

    def papers_title(self) -> Sentence:
        """How the share of the city in that conference has moved, and whether chance may explain it."""
        if self._run.empty:
            return say("No count of AI papers of {city} is known for these years", city=name(self.city))
        told: Values = {"city": name(self.city), "k": len(self._counted)}
        first, last = self._run.iloc[0], self._run.iloc[-1]
        told |= {"new": roughly(last["fact"]), "last": when(last["period"])}
        if len(self._run) == 1:
            return say("{city} had {new} of the AI papers of {k} cities at one conference in {last}", **told)
        told |= {"old": roughly(first["fact"]), "first": when(first["period"])}
        if not numbers.beyond_chance((first["count"], first["whole"]), (last["count"], last["whole"])):
            return say(
                "Of {k} cities' papers at one conference {city} had {old} in {first}, {new} in {last}; "
                "it may be chance",
                **told,
            )
        return say(
            "Of {k} cities' papers at one conference {city}'s share rose from {old} in {first} to {new} in {last}"
            if facts.compare(last["fact"], first["fact"]) > 0
            else "Of {k} cities' papers at one conference {city}'s share fell from {old} in {first} to {new} in {last}",
            **told,
        )

    def behind(self) -> Sentence | None:
        """The papers behind the first and the last share, the rank, and why no share of all papers is drawn."""
        if len(self._run) < 2:
            return None
        first, last = self._run.iloc[0], self._run.iloc[-1]
        counts = say(
            "In {first} these were {old} of {all} papers, in {last} {new} of {every}; a paper of two cities counts for "
            "both.",
            first=when(first["period"]),
            old=first["count"],
            all=first["whole"],
            last=when(last["period"]),
            new=last["count"],
            every=last["whole"],
        )
        rank = say("Its rank {moved}.", moved=self._moved(first["indicator"], first["period"], last["period"]))
        return paragraph(counts, rank, *filter(None, [self._jumped()]))

    def _jumped(self) -> Sentence | None:
        """That the shares of most cities in all papers rose in the last year, as a change of the file would do."""
        shares = numbers.shares_of_world(self.written, sorted(self._counted))
        shares = shares[shares["indicator"] == self._run["indicator"].iloc[0]]
        years = sorted(set(shares["period"]))[-2:]
        last = shares[shares["period"].isin(years)].sort_values("period", kind="stable")
        pairs = [pair for pair in last.groupby("place")["fact"].agg(list) if len(pair) == 2]
        rose = sum(facts.compare(new, old) > 0 for old, new in pairs)
        if len(pairs) < 3 or rose < MOST * len(pairs):
            return None
        return say(
            "From {before} to {last} the share in all papers of the conference rose for {n} of {k} cities: the file "
            "may name affiliations otherwise, so shares are taken of the papers of these cities.",
            before=when(years[0]),
            last=when(years[1]),
            n=rose,
            k=len(pairs),
        )

    def _moved(self, indicator: str, first: str, last: str) -> Sentence:
        """How the rank of the city moved among all that a conference counts, from its first year to its last."""
        own = observations.select(self.written, indicator=indicator)
        own = own[own["place"].isin(self._counted)]
        ranks = [ranking.rank(own[own["period"] == period]) for period in (first, last)]
        before, now = (Name(numbers.tied(each.set_index("place").loc[self.city])) for each in ranks)
        told = {"now": now, "k": len(ranks[-1])}
        if before == now:
            return say("stayed {now} of {k} cities", **told)
        return say("went from {before} to {now} of {k} cities", before=before, **told)

    def followed(self) -> Sentence:
        """What the figure of shares shows: the conference."""
        if self._run.empty:
            return say("Share of the papers of all cities counted")
        return say("{list}: share of the papers of all cities counted", list=measure(self._run["indicator"].iloc[0]))

    def papers(self) -> Table | Sentence:
        """The papers of the city by conference, with their share of all."""
        rows = numbers.pooled_shares(self.written, self.city)
        if rows.empty:
            return say("No count of AI papers of {city} is known for these years.", city=name(self.city))
        rows = rows.assign(list=rows["indicator"].map(measure), when=rows["period"].map(when))
        return table(rows, {"list": "Conference", "when": "Years", "count": "Papers", "share": "Of all"})
