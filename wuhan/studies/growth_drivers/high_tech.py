"""High-tech manufacturing in the industry of a city: its share, and what it is said to have added to growth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.evidence import facts, observations
from wuhan.evidence.facts import Unknown
from wuhan.studies.growth_drivers import numbers
from wuhan.text.language import noted
from wuhan.text.prose import Sentence, name, paragraph, roughly, say, when

DOUBTED = noted("source of low trust")


@dataclass(frozen=True)
class HighTech:
    """What is printed of high-tech manufacturing in ``city``: ``gdp`` holds all places, ``industry`` the city alone."""

    city: str
    gdp: pd.DataFrame
    industry: pd.DataFrame

    @cached_property
    def high_tech(self) -> list[dict]:
        """What is printed of high-tech manufacturing, period by period."""
        return numbers.high_tech(self.industry, self.gdp, self.city)

    def share_of_industry(self) -> pd.DataFrame:
        """The share of high-tech manufacturing in industry, in order of time, with what is to be doubted."""
        rows = self.industry[self.industry["indicator"] == numbers.HIGH_TECH["share"]]
        rows = rows.set_index("period", drop=False).loc[numbers.by_end(rows["period"])].reset_index(drop=True)
        return rows.assign(doubt=rows["trust"].map({"C": DOUBTED, "D": DOUBTED}).fillna(""))

    def rise(self) -> Sentence:
        """How the share of high-tech manufacturing has moved, by figures that may lead: a title."""
        rows = self.share_of_industry()
        firm = rows[rows["trust"] <= observations.FIRM]
        known = observations.facts(firm if len(firm) else rows)
        if not known:
            return say("The share of high-tech manufacturing in {city}'s industry is not known", city=name(self.city))
        months = known[-1].period.replace(known[-1].period[:4], "")  # a part of a year is set against the same part
        known = [fact for fact in known if fact.period.replace(fact.period[:4], "") == months]
        old, new = known[0], known[-1]
        told = {"share": roughly(new), "when": when(new.period)}
        if len(known) == 1:
            return say("High-tech manufacturing was {share} of industry in {when}", **told)
        return say(
            "High-tech manufacturing was {share} of industry in {when}, against {before} in {then}",
            before=roughly(old),
            then=when(old.period),
            **told,
        )

    def stated(self) -> Sentence:
        """What high-tech manufacturing is said to have added to the growth of industry, against share times growth."""
        told = [sentence for sentence in map(self._stated, self.high_tech[::-1]) if sentence]
        return paragraph(*told) if told else say("What it added to the growth of industry is not stated.")

    def _stated(self, found: dict) -> Sentence | None:
        """One period for which points are stated, or follow from what is; None for any other."""
        stated = found["pull"]
        if isinstance(stated, Unknown):
            stated = numbers.contribution(found["part"], found["industry"])
        product = numbers.contribution(found["share"], found["growth"])
        if isinstance(stated, Unknown) or isinstance(product, Unknown):
            return None
        about = {"when": when(found["period"]), "stated": roughly(stated), "product": roughly(product)}
        if not facts.compare(product, stated):
            return say(
                "For {when} the two agree: {stated} by what is stated, {product} by share times growth.", **about
            )
        return say(
            "{city} says that high-tech manufacturing added {stated} to the growth of industry in {when}; its own "
            "figures, share times growth, give {product}. The share printed already contains that growth. Before "
            "it the share must have been {weight} for the statement to be right, and no source prints it.",
            city=name(self.city),
            weight=roughly(numbers.implied_weight(stated, found["growth"])),
            **about,
        )
