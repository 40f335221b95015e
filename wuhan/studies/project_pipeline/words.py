"""What is said of the city totals of one kind of event: a branch in a sentence stands here, not in the notebook."""

from __future__ import annotations

import math
from functools import cached_property
from operator import attrgetter

import pandas as pd

from wuhan.evidence.facts import Fact, compare, growth, magnitude
from wuhan.evidence.observations import with_cells
from wuhan.evidence.periods import bounds
from wuhan.studies.project_pipeline import numbers as pipeline
from wuhan.studies.project_pipeline import parts
from wuhan.studies.project_pipeline.answer import Answer, month
from wuhan.studies.project_pipeline.totals import FIRM
from wuhan.text.language import noted
from wuhan.text.prose import counted, exactly, listed, paragraph, plural, roughly
from wuhan.text.sentence import BLANK, Sentence, Values, say
from wuhan.text.words import label, name, when

CLASSES = noted(
    {
        "when": "City total of",
        "kind": "Kind",
        "count": "Projects",
        "large_count": "of 1 billion yuan or more",
        "share_count": "Their share of projects",
        "share_money": "Their share of money",
        "gini_low": "Lowest possible Gini",
        "gini_high": "Highest possible Gini",
    }
)


def read(city: str, asked: str, totals: pd.DataFrame) -> Reading:
    """The totals read for the kind ``asked`` for; where it has none, for the kind that has most."""
    kinds = totals["event_type"].value_counts()
    if asked in kinds or kinds.empty:
        return Reading(city, asked, totals)
    return Reading(city, str(kinds.index[0]), totals, asked)


class Reading(Answer):
    """What is said of the totals below the headline. All but `answer` needs one of the kind asked for."""

    def meaning(self) -> Sentence:
        """What a project averages, then and now, and what may be behind it."""
        oldest, newest = self.series.iloc[0], self.series.iloc[-1]
        told = {
            "date": month(newest["date"]),
            "count": newest["count"],
            "projects": plural(newest["count"], one="project", many="projects"),
            "mean": roughly(newest["mean"]),
        }
        if len(self.series) == 1:
            return say("The {count} {projects} of {date} averaged {mean}.", **told)
        return paragraph(
            say(
                "The {count} {projects} of {date} averaged {mean}; those of the first {kind} compared, of "
                "{start}, averaged {before}.",
                kind=label(self.kind),
                start=month(oldest["date"]),
                before=roughly(oldest["mean"]),
                **told,
            ),
            say(
                "The projects may have changed, or the rule by which they are counted, which was not found in our "
                "sources."
            ),
        )

    @cached_property
    def _peak(self) -> pd.Series | None:
        """The largest total of the series, where it is neither the first nor the newest."""
        at = [fact.value for fact in self.series["money"]]
        top = at.index(max(at))
        return self.series.iloc[top] if 0 < top < len(at) - 1 else None

    def money_title(self) -> Sentence:
        """The title of the figure of announced money: where the newest total stands among those that were found."""
        alike = self.alike(self.kind)
        told: Values = {"place": name(self.city), "kind": label(self.kind)}
        if len(self.chosen) == 1:
            return say("A single {kind} of {place} is known", **told)
        if self.apart:
            first = self.series.iloc[0] if self._peak is None else self._peak
            last = self.series.iloc[-1]
            told |= {"before": roughly(first["money"]), "now": roughly(last["money"])}
            told |= {"start": month(first["date"]), "end": month(last["date"])}
            return say("{place}'s {kind} totals: {before} in {start}, {now} in {end}", **told)
        told |= {"date": month(self.newest["date"]), "found": self.found(len(alike))}
        order = [compare(self.newest["money"], each) for each in alike["money"]]
        if order.count(-1) == len(order) - 1:
            return say("{place}, {kind} totals: the smallest of {found} is that of {date}", **told)
        if order.count(1) == len(order) - 1:
            return say("{place}, {kind} totals: the largest of {found} is that of {date}", **told)
        return say("{place}, {kind} totals: {found}, the newest of {date}", **told)

    def _quarters(self) -> Values:
        """Of how many quarters a total that compares was found (``known``), how many there are from first event to last
        (``span``), and the months in which these begin and end.
        """
        first, last = pipeline.quarter_ends(self.chosen)
        known, span = pipeline.quarters(self.alike(self.kind))[0], pipeline.quarters(self.chosen)[1]
        return {"known": known, "span": span, "begin": when(first), "end": when(last)}

    def money_measure(self) -> Sentence:
        """What the figure of announced money shows, and of how many quarters."""
        told = self._quarters()
        if told["known"] == told["span"]:
            return say("Announced at {kind} events", kind=label(self.kind))
        return say(
            "Announced at {kind} events; totals that compare for {known} of {span} quarters, {begin} to {end}",
            kind=label(self.kind),
            **told,
        )

    def change(self) -> Sentence:
        """How money and projects moved, how many quarters that rests on, and which totals are left out."""
        if len(self.series) == 1:
            return say("One total shows no change.")
        oldest, newest = self.series.iloc[0], self.series.iloc[-1]
        quarters = self._quarters()
        return paragraph(
            self._path()
            if self._peak is not None
            else say(
                "The money {moved}, from {first} ({start}) to {last} ({end}), while the number of projects went from "
                "{before} to {now}.",
                first=oldest["money"],
                last=newest["money"],
                start=when(oldest["date"]),
                end=when(newest["date"]),
                moved=_moved(newest["money"], oldest["money"]),
                before=oldest["count"],
                now=newest["count"],
            ),
            say(
                "Of the {span} quarters from {begin} to {end}, totals that compare were found for {known}; one that "
                "was missed may be smaller or larger.",
                **quarters,
            )
            if quarters["known"] != quarters["span"]
            else BLANK,
            say(
                "{place}'s {kind} of {date}, not named for a quarter, announced {money}; no change is told of it.",
                money=self.newest["money"],
                **self.told(),
            )
            if self.apart
            else BLANK,
            say("Hollow points are from sources of low trust; no change told here rests on them.")
            if len(self.firm) < len(self.chosen)
            else BLANK,
        )

    def _path(self) -> Sentence:
        """How money and projects moved over the peak."""
        told: Values = {}
        for at, row in enumerate((self.series.iloc[0], self._peak, self.series.iloc[-1])):
            told |= {f"money{at}": row["money"], f"date{at}": when(row["date"]), f"count{at}": row["count"]}
        return say(
            "The money went from {money0} ({date0}) to {money1} ({date1}) and then to {money2} ({date2}), the number "
            "of projects from {count0} to {count1} and {count2}.",
            **told,
        )

    def sizes_title(self) -> Sentence:
        """The title of the figure of mean sizes."""
        moves = self.moves()
        own = moves[moves["event_type"] == self.kind]
        if own.empty:
            return say("{place}'s {kind} of {date}: {mean} a project", mean=roughly(self.newest["mean"]), **self.told())
        first, last = own["first"].iloc[0], own["last"].iloc[0]
        told = {"place": name(self.city), "kind": label(self.kind), "before": roughly(first), "now": roughly(last)}
        told |= {"start": month(first.period), "end": month(last.period)}
        return say("{place}: a project at {kind} events averaged {before} in {start}, {now} in {end}", **told)

    def sizes(self) -> Sentence:
        """How the mean moved at each kind of event, and what that says of the rule of counting."""
        moves = self.moves()
        if moves.empty:
            return say("No kind of event has two totals to compare.")
        said = [
            say(
                "At {kind} events the mean {moved}, from {before} ({start}) to {now} ({end}).",
                kind=label(row.event_type),
                moved=_moved(row.last, row.first),
                before=roughly(row.first),
                start=when(row.first.period),
                now=roughly(row.last),
                end=when(row.last.period),
            )
            for row in moves.itertuples()
        ]
        return paragraph(
            *said,
            *(self._lowest(kind, low) for kind, low in self.turned().items()),
            *(self._older(row.event_type, row.first) for row in moves.itertuples()),
            say(
                "{place}'s {kind} of {date}, not named for a quarter, averaged {mean}; it stands apart.",
                mean=roughly(self.newest["mean"]),
                **self.told(),
            )
            if self.apart
            else BLANK,
        )

    def _lowest(self, kind: str, low: Fact) -> Sentence:
        """The lowest mean of a kind of event from sources that lead, and a lower one from a source of low trust."""
        own = self.alike(kind)
        own = own[own["trust"] > FIRM]
        lower = [fact for fact in own["mean"] if compare(fact, low) < 0]
        told = {"kind": label(kind), "low": roughly(low), "date": when(low.period), "grade": FIRM}
        if not lower:
            return say(
                "At {kind} events the lowest from a source of trust {grade} or better was {low} ({date}).", **told
            )
        least = min(lower, key=attrgetter("value"))
        return say(
            "At {kind} events the lowest from a source of trust {grade} or better was {low} ({date}); a source of low "
            "trust has {less} ({then}).",
            less=roughly(least),
            then=when(least.period),
            **told,
        )

    def _older(self, kind: str, first: Fact) -> Sentence:
        """The means of totals that lead and are older than the first that compares; blank without any."""
        own = self.totals[(self.totals["event_type"] == kind) & (self.totals["trust"] <= self.least)]
        older = [fact for fact in own["mean"] if bounds(fact.period)[1] < bounds(first.period)[0]]
        if not older:
            return BLANK
        means = listed([say("{mean} ({date})", mean=roughly(fact), date=when(fact.period)) for fact in older])
        return say(
            "Older totals ({kind}) are not named for a quarter and not compared: {means}.",
            kind=label(kind),
            means=means,
        )

    def sized(self) -> pd.DataFrame:
        """`counted` with its shares in two digits."""
        return with_cells(
            self.counted,
            **{
                part: [fact and roughly(fact) for fact in self.counted[part]] for part in ("share_count", "share_money")
            },
        )

    def yearly(self) -> pd.DataFrame:
        """`numbers.by_year` of all totals, with words for the kind."""
        years = pipeline.by_year(self.totals)
        least = self.totals.groupby(["year", "event_type"])["trust"].max().rename("trust").reset_index()
        years = years.merge(least, on=["year", "event_type"])
        return years.assign(
            kind=years["event_type"].map(label),
            money=[exactly(fact) if math.isfinite(fact.high) else counted(fact) for fact in years["money"]],
            mean=years["mean"].map(roughly),
        )

    def large_title(self) -> Sentence:
        """The title of the figure of large projects."""
        if not self.own:
            return say("Large projects at other events of {place}", place=name(self.city))
        (own,) = self.own
        return say(
            "{place}, {date}: {large} of {all} projects carry {part} of the money",
            place=name(self.city),
            date=month(own["date"]),
            large=own["large_count"],
            all=own["count"],
            part=roughly(own["share_money"]),
        )

    def large(self) -> Sentence:
        """How large projects compare with the others, and those on stage with those that were not."""
        if not self.own:
            return say("No {kind} prints what its large projects are worth.", kind=label(self.kind))
        (own,) = self.own
        cut = pipeline.groups(own).set_index("group")
        said = []
        if "large" in cut.index:
            large, small = cut.loc["large"], cut.loc["small"]
            said.append(
                say(
                    "The {n} large projects average {mean}, the other {rest} average {less}.",
                    n=large["count"],
                    mean=roughly(large["mean"]),
                    rest=small["count"],
                    less=roughly(small["mean"]),
                )
            )
        others = list(self.classes.loc[self.classes["event"] != own["event"], "share_money"])
        if others:
            said.append(parts.elsewhere(sorted(others, key=attrgetter("value"))))
        said += [
            say(
                "The {kind} of {date} prints only how many are large: {n} of {all}.",
                kind=label(row.event_type),
                date=when(row.date),
                n=row.large_count,
                all=row.all,
            )
            for row in self.counted[self.counted["share_money"].isna()].rename(columns={"count": "all"}).itertuples()
        ]
        if "staged" in cut.index:
            said.append(parts.stage(cut.loc["staged"], cut.loc["other"]))
        return paragraph(*said)


def named(events: pd.DataFrame) -> pd.DataFrame:
    """``events`` with words: ``kind`` of the event, ``when``, and ``named`` by both."""
    kinds, days = events["event_type"].map(label), events["date"].map(when)
    both = [str(say("{kind}, {day}", kind=kind.capitalize(), day=day)) for kind, day in zip(kinds, days, strict=True)]
    return with_cells(events.assign(kind=kinds, when=days), named=both)


def _moved(new: Fact, old: Fact) -> Sentence:
    """How far ``new`` is from ``old``, in two digits."""
    way = compare(new, old)
    if way == 0:  # two lower bounds would have no growth either
        return say("did not clearly change")
    change = roughly(magnitude(growth(new, old)))
    return say("fell by {change}" if way < 0 else "rose by {change}", change=change)
