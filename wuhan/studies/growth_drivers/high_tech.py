"""High-tech manufacturing in the industry of a city: its share, and what it is said to have added to growth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.evidence import observations
from wuhan.evidence.facts import Fact, Unknown, magnitude, subtract
from wuhan.studies.growth_drivers import numbers
from wuhan.text.prose import Sentence, exactly, name, paragraph, roughly, say, when

# Percentage points within which two figures are called close, and beyond which shares do not compare.
CLOSE, WIDE = 0.5, 2.0


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
        """The share of high-tech manufacturing in industry, in order of time."""
        rows = self.industry[self.industry["indicator"] == numbers.HIGH_TECH["share"]]
        return rows.set_index("period", drop=False).loc[numbers.by_end(rows["period"])].reset_index(drop=True)

    def high_tech_share(self) -> Sentence:
        """The newest share of a whole year from a good source, and which later ones do not compare."""
        rows = self.share_of_industry()
        firm = rows[rows["trust"] <= observations.FIRM]
        years = observations.facts(firm[firm["period"].str.fullmatch(r"\d{4}")])
        if not years:
            return say("The share of high-tech manufacturing in {city}'s industry is not known.", city=name(self.city))
        told = say(
            "High-tech manufacturing was {share} of {city}'s industry in {year}.",
            share=exactly(years[-1]),
            city=name(self.city),
            year=when(years[-1].period),
        )
        return paragraph(told, *self._apart())

    def _apart(self) -> list[Sentence]:
        """Pairs of shares of the same months that the growth printed between them does not lead to one another."""
        known, said = {found["period"]: found for found in self.high_tech}, []
        for period, found in known.items():
            old = known.get(period.replace(period[:4], str(int(period[:4]) - 1)), {}).get("share")
            new = found["share"]
            if not isinstance(old, Fact) or not isinstance(new, Fact):
                continue
            due = numbers.carried_on(old, found["growth"], found["industry"])
            if isinstance(due, Unknown) or magnitude(subtract(new, due)).value < WIDE:
                continue
            said.append(
                say(
                    "The shares of {then} and {now} do not fit one definition: at growth of {own}, and of {whole} for "
                    "all industry, {old} would have become {due}, not {new}.",
                    own=exactly(found["growth"]),
                    whole=exactly(found["industry"]),
                    then=when(old.period),
                    now=when(new.period),
                    old=exactly(old),
                    due=roughly(due),
                    new=exactly(new),
                )
            )
        return said

    def stated(self) -> Sentence:
        """What high-tech manufacturing is said to have added to the growth of industry, against weight times growth."""
        told = [sentence for sentence in map(self._stated, self.high_tech[::-1]) if sentence]
        return paragraph(*told) if told else say("What it added to the growth of industry is not stated.")

    def _stated(self, found: dict) -> Sentence | None:
        """One period for which points are stated, or follow from what is; None for any other."""
        stated = found["pull"]
        if isinstance(stated, Unknown):
            stated = numbers.contribution(found["part"], found["industry"])
        product = numbers.contribution(found["before"], found["growth"])
        if isinstance(stated, Unknown) or isinstance(product, Unknown):
            return None
        about = {"when": when(found["period"]), "stated": roughly(stated), "product": roughly(product)}
        if abs(stated.value - product.value) <= CLOSE:
            return say(
                "For {when} its part of the growth of industry is stated as {stated}; its weight before that growth "
                "gives {product}, which is close.",
                **about,
            )
        return say(
            "For {when} its part of the growth of industry is stated as {stated}; its weight before that growth gives "
            "{product}.",
            **about,
        )
