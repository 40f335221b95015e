"""The headline and the standfirst: what moved, what stands apart, what the other kind of event says."""

from __future__ import annotations

import pandas as pd

from wuhan.evidence.facts import compare, growth, magnitude
from wuhan.studies.project_pipeline import numbers as pipeline
from wuhan.studies.project_pipeline.totals import FIRM, Totals
from wuhan.text.ending import end_with
from wuhan.text.prose import headed, listed, missing, paragraph, roughly, spelt
from wuhan.text.sentence import BLANK, Sentence, Values, say
from wuhan.text.words import Name, label, name, when


class Answer(Totals):
    """What is said first of the totals."""

    def answer(self, events: pd.DataFrame, years: tuple[int, int], trust: str) -> Sentence:
        """The headline; without a total what was asked for, what ``events`` hold instead, and the end."""
        if len(self.chosen):
            return headed(self._instead(), self._first(), self._aside(), self._doubt())
        asked = say(
            "city total ({kind}) of {place}, {first} to {last}, from sources of trust {trust} or better",
            kind=label(self.kind),
            place=name(self.city),
            first=years[0],
            last=years[1],
            trust=trust,
        )
        own = [
            say(
                "{kind} ({coverage}) of {years}",
                kind=label(row.event_type),
                coverage=label(row.coverage),
                years=Name(row.years),
            )
            for row in pipeline.offer(events, self.city).itertuples()
        ]
        others = events.loc[events["coverage"] == pipeline.TOTAL, "place"].drop_duplicates()
        return end_with(missing(asked, own or map(name, others)))

    def _instead(self) -> Sentence:
        """That the kind that was asked for has no total; blank where it has."""
        if not self.asked:
            return BLANK
        return say("No city total ({kind}) of {place} was found.", kind=label(self.asked), place=name(self.city))

    def told(self) -> dict:
        """What the sentences on the newest total share."""
        return {"place": name(self.city), "kind": label(self.kind), "date": month(self.newest["date"])}

    def _first(self) -> Sentence:
        """The finding: how the mean size moved where the newest total stands apart, otherwise where it ranks."""
        return self._smaller() if self.apart else self._rank()

    def _aside(self) -> Sentence:
        """What the other kind of event says; with a total of one kind only, the newest where it does not compare."""
        other = self.other()
        if not self.apart:
            return other
        if other.plain:
            told = {"date": month(self.newest["date"]), "mean": roughly(self.newest["mean"])}
            return paragraph(say("{date}, named for no quarter: {mean}.", **told), other)
        told = self.told() | {"money": self.newest["money"]}
        return say("{place}'s {kind} of {date} is not named for a quarter and not compared: {money}.", **told)

    def _smaller(self) -> Sentence:
        """How the mean of the totals that compare moved from first to last."""
        first, last = self.series["mean"].iloc[0], self.series["mean"].iloc[-1]
        told: Values = {"place": name(self.city), "kind": label(self.kind)}
        told |= {"start": month(first.period), "end": month(last.period)}
        way = compare(last, first)
        if way == 0:
            return say("Projects at {place}'s {kind} averaged as much in {end} as in {start}.", **told)
        told["change"] = roughly(magnitude(growth(last, first)))
        return say(
            "In {end} projects at {place}'s {kind} averaged {change} less than in {start}."
            if way < 0
            else "In {end} projects at {place}'s {kind} averaged {change} more than in {start}.",
            **told,
        )

    def found(self, n: int) -> Sentence:
        """``n`` totals with their kind, where the chosen are of two."""
        return say(
            "{n} named for a quarter" if len(self.alike(self.kind)) < len(self.chosen) else "{n} found", n=spelt(n)
        )

    def _rank(self) -> Sentence:
        """The newest total, and how it stands among those that compare."""
        alike = self.alike(self.kind)
        money, rest = self.newest["money"], len(alike) - 1
        order = [compare(money, each) for each in alike["money"]]
        told = self.told() | {"money": money}
        if not rest:
            return say("{place}'s {kind} of {date} announced {money}; no other was found.", **told)
        larger, every = order.count(-1), self.found(len(alike))
        if larger == rest:
            return say("{place}'s {kind} of {date} announced {money}, the least of {found}.", found=every, **told)
        if order.count(1) == rest:
            return say("{place}'s {kind} of {date} announced {money}, the most of {found}.", found=every, **told)
        if not larger:
            return say("{place}'s {kind} of {date} announced {money}; none found is clearly larger.", **told)
        return say(
            "{place}'s {kind} of {date} announced {money}, less than {larger} of the other {found}.",
            larger=spelt(larger),
            found=self.found(rest),
            **told,
        )

    def other(self) -> Sentence:
        """What a project averages at the other kind of event, from first to last; blank with fewer than two."""
        moves = self.moves()
        other = moves[moves["event_type"] != self.kind]
        if other.empty:
            return BLANK
        row = next(other.itertuples())
        told = {
            "kind": label(row.event_type),
            "before": roughly(row.first),
            "start": month(row.first.period),
            "now": roughly(row.last),
            "end": month(row.last.period),
        }
        low = self.turned().get(row.event_type)
        if self.apart:  # there is less room beside the newest of the kind asked for; `sizes` tells of the lowest
            return say("A {kind}: {before} in {start}, {now} in {end}.", **told)
        if low is None:
            return say("A {kind} averaged {before} a project in {start}, {now} in {end}.", **told)
        return say(
            "A {kind} averaged {before} a project in {start}, {low} in {date}, {now} in {end}.",
            low=roughly(low),
            date=month(low.period),
            **told,
        )

    def _doubt(self) -> Sentence:
        """That later totals, or all, are from sources of low trust only; blank without any."""
        last = self.firm.index[-1]
        doubted = self.chosen[(self.chosen.index >= last) & (self.chosen["trust"] > FIRM)]
        if doubted.empty:
            return BLANK
        told = [say("{money} ({date})", money=row.money, date=when(row.date)) for row in doubted.itertuples()]
        return say("Found only in sources of low trust: {figures}.", figures=listed(told))


def month(date: str) -> Name:
    """The month of a day; a span or a year as it is."""
    return when(date if "/" in date else date[:7])
