"""The city totals of one kind of event, and which of them compare."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

import pandas as pd

from wuhan.evidence.facts import Fact, compare
from wuhan.studies.project_pipeline import numbers as pipeline
from wuhan.text.palette import BLUE, GREEN, PURPLE, SLATE
from wuhan.text.prose import say

FIRM = "B"  # the least trust of a source whose total may lead or enter a change
COLOURS = {"signing": BLUE, "groundbreaking": GREEN}  # of kinds of event
ASIDE = {"signing": PURPLE, "groundbreaking": SLATE}  # of those that are not named for a quarter, beside others


@dataclass(frozen=True)
class Totals:
    """The city totals of ``city``, as `numbers.city_events` gives them, `named`, read for one ``kind`` of event.

    All but `answer` needs a total of that kind. ``asked``: the kind that was asked for, where it has none.
    """

    city: str
    kind: str
    totals: pd.DataFrame
    asked: str = ""

    @cached_property
    def chosen(self) -> pd.DataFrame:
        """The totals of the kind, in order of time."""
        return self.totals[self.totals["event_type"] == self.kind]

    @cached_property
    def firm(self) -> pd.DataFrame:
        """Those of the chosen that lead: from sources of trust A or B, or all where there is none of these."""
        firm = self.chosen[self.chosen["trust"] <= FIRM]
        return firm if len(firm) else self.chosen

    @cached_property
    def newest(self) -> pd.Series:
        """The last of them."""
        return self.firm.iloc[-1]

    @cached_property
    def counted(self) -> pd.DataFrame:
        """All totals that print how many of their projects are large, with what follows from it."""
        return pipeline.with_classes(self.totals)

    @cached_property
    def classes(self) -> pd.DataFrame:
        """Those among them that print what these are worth as well, the newest first."""
        return self.counted[self.counted["share_money"].notna()][::-1]

    @cached_property
    def own(self) -> list[dict]:
        """The newest of the chosen among them, in a list; empty without one."""
        return self.classes[self.classes["event_type"] == self.kind].head(1).to_dict("records")

    @cached_property
    def least(self) -> str:
        """The least trust of a total that may enter a change."""
        return max(FIRM, self.firm["trust"].max())

    def alike(self, kind: str) -> pd.DataFrame:
        """The totals of ``kind`` that compare: those named for a quarter where two that lead are, otherwise all."""
        own = self.totals[self.totals["event_type"] == kind]
        quarters = own[own["quarterly"]]
        return quarters if (quarters["trust"] <= self.least).sum() > 1 else own

    @cached_property
    def series(self) -> pd.DataFrame:
        """The chosen totals that lead and compare: every change is told of these."""
        return self._leading(self.kind)

    def _leading(self, kind: str) -> pd.DataFrame:
        """The totals of ``kind`` that lead and compare."""
        own = self.alike(kind)
        return own[own["trust"] <= self.least]

    @property
    def apart(self) -> bool:
        """Whether the newest total is not named for a quarter while others are: the two need not compare."""
        return self.firm.index[-1] != self.series.index[-1]

    def _compared(self) -> pd.DataFrame:
        """The totals of each kind of event that lead and compare."""
        return pd.concat([self._leading(kind) for kind in self.totals["event_type"].unique()])

    def moves(self) -> pd.DataFrame:
        """First and last mean of each kind of event, of totals that lead and compare."""
        return pipeline.first_and_last(self._compared())

    def turned(self) -> dict[str, Fact]:
        """The lowest mean of each kind of event of which the newest is clearly above it."""
        kinds = self._compared().groupby("event_type", sort=False)
        means = {kind: list(own["mean"]) for kind, own in kinds if len(own) > 1}
        lows = {kind: min(each, key=attrgetter("value")) for kind, each in means.items()}
        return {
            kind: low for kind, low in lows.items() if low is not means[kind][0] and compare(means[kind][-1], low) > 0
        }

    def by_name(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Totals as marks, told apart by whether they are named for a quarter where both occur."""
        if rows["quarterly"].nunique() < 2:
            return rows
        words = {True: str(say("named for a quarter")), False: str(say("not named for a quarter"))}
        return rows.assign(
            series=rows["quarterly"].map(words), colour=rows["quarterly"].map({True: BLUE, False: PURPLE})
        )

    def by_kind(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Totals as marks, told apart by the kind of event, and by whether they enter the changes of that kind."""
        compared = {kind: set(self.alike(kind)["event"]) for kind in rows["event_type"].unique()}
        within = [row.event in compared[row.event_type] for row in rows.itertuples()]
        apart = [str(say("{kind}, not named for a quarter", kind=kind)) for kind in rows["kind"]]
        series, colour = rows["kind"], rows["event_type"].map(COLOURS)
        return rows.assign(
            series=series.where(within, apart), colour=colour.where(within, rows["event_type"].map(ASIDE))
        )
