"""What is said of the city totals of one kind of event: a branch in a sentence stands here, not in the notebook."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

import pandas as pd

from wuhan.evidence.facts import Fact, compare, growth, magnitude
from wuhan.studies.project_pipeline import numbers as pipeline
from wuhan.studies.project_pipeline import parts
from wuhan.text.language import noted
from wuhan.text.prose import (
    Name,
    Sentence,
    end_with,
    label,
    listed,
    missing,
    name,
    paragraph,
    plural,
    roughly,
    say,
    spelt,
    when,
)

CLASSES = {
    "when": noted("City total of"),
    "kind": noted("Kind"),
    "count": noted("Projects"),
    "large_count": noted("of 1 billion yuan or more"),
    "share_count": noted("Their share of projects"),
    "share_money": noted("Their share of money"),
    "gini_low": noted("Lowest possible Gini"),
    "gini_high": noted("Highest possible Gini"),
}
FIRM = "B"  # the least trust of a source whose total may lead or enter a change


def read(city: str, asked: str, totals: pd.DataFrame) -> Reading:
    """The totals read for the kind ``asked`` for; where it has none, for the kind that has most."""
    kinds = totals["event_type"].value_counts()
    if asked in kinds or kinds.empty:
        return Reading(city, asked, totals)
    return Reading(city, str(kinds.index[0]), totals, asked)


@dataclass(frozen=True)
class Reading:
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

    def answer(self, events: pd.DataFrame, years: tuple[int, int], trust: str) -> Sentence:
        """The headline; without a total what was asked for, what ``events`` hold instead, and the end."""
        if len(self.chosen):
            return paragraph(self._instead(), self._rank(), self._doubt())
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
            return Sentence("", "")
        return say("No city total ({kind}) of {place} was found.", kind=label(self.asked), place=name(self.city))

    def _told(self) -> dict:
        """What the sentences on the newest total share."""
        newest = self.firm.iloc[-1]
        return {"place": name(self.city), "kind": label(self.kind), "date": _month(newest["date"])}

    def _rank(self) -> Sentence:
        """The newest total, and how it stands among all that were found."""
        money, rest = self.firm["money"].iloc[-1], len(self.chosen) - 1
        order = [compare(money, each) for each in self.chosen["money"]]
        told = self._told() | {"money": money}
        if not rest:
            return say("{place}'s {kind} of {date} announced {money}; no other was found.", **told)
        if order.count(-1) == rest:
            return say(
                "{place}'s {kind} of {date} announced {money}, the least of {n} found.", n=spelt(rest + 1), **told
            )
        if order.count(1) == rest:
            return say(
                "{place}'s {kind} of {date} announced {money}, the most of {n} found.", n=spelt(rest + 1), **told
            )
        if not order.count(-1):
            return say("{place}'s {kind} of {date} announced {money}; none found is clearly larger.", **told)
        return say(
            "{place}'s {kind} of {date} announced {money}, less than {larger} of the {rest} others found.",
            larger=spelt(order.count(-1)),
            rest=spelt(rest),
            **told,
        )

    def _doubt(self) -> Sentence:
        """That later totals, or all, are from sources of low trust only; blank without any."""
        last = self.firm.index[-1]
        doubted = self.chosen[(self.chosen.index >= last) & (self.chosen["trust"] > FIRM)]
        if doubted.empty:
            return Sentence("", "")
        told = [say("{money} ({date})", money=row.money, date=when(row.date)) for row in doubted.itertuples()]
        return say("Found only in sources of low trust: {figures}.", figures=listed(told))

    def meaning(self) -> Sentence:
        """What a project averages, then and now, and what may be behind it."""
        oldest, newest = self.firm.iloc[0], self.firm.iloc[-1]
        told = {
            "count": newest["count"],
            "projects": plural(newest["count"], one="project averages", many="projects average"),
            "mean": roughly(newest["mean"]),
        }
        if len(self.firm) == 1:
            return say("The {count} {projects} {mean}.", **told)
        return paragraph(
            say(
                "The {count} {projects} {mean}; those of the first {kind} found, of {start}, averaged {before}.",
                kind=label(self.kind),
                start=when(oldest["date"]),
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
        """The largest total of those that lead, where it is neither the first nor the newest."""
        at = [fact.value for fact in self.firm["money"]]
        top = at.index(max(at))
        return self.firm.iloc[top] if 0 < top < len(at) - 1 else None

    def money_title(self) -> Sentence:
        """The title of the figure of announced money: where the newest total stands among those that were found."""
        told = {"place": name(self.city), "kind": label(self.kind), "n": spelt(len(self.chosen))}
        if len(self.chosen) == 1:
            return say("A single {kind} of {place} is known", place=told["place"], kind=told["kind"])
        told["date"] = _month(self.firm["date"].iloc[-1])
        order = [compare(self.firm["money"].iloc[-1], each) for each in self.chosen["money"]]
        if order.count(-1) == len(order) - 1:
            return say("{place}: the smallest of {n} {kind} totals found is that of {date}", **told)
        if order.count(1) == len(order) - 1:
            return say("{place}: the largest of {n} {kind} totals found is that of {date}", **told)
        return say("{place}: {n} {kind} totals were found, the newest of {date}", **told)

    def money_measure(self) -> Sentence:
        """What the figure of announced money shows, and of how many quarters."""
        known, span = pipeline.quarters(self.chosen)
        told = {"kind": label(self.kind), "known": known, "span": span}
        if known == span:
            return say("Announced at {kind} events", kind=told["kind"])
        return say("Announced at {kind} events; totals were found for {known} of {span} quarters", **told)

    def change(self) -> Sentence:
        """How money and projects moved, how many quarters that rests on, and which totals are left out."""
        oldest, newest = self.firm.iloc[0], self.firm.iloc[-1]
        known, span = pipeline.quarters(self.chosen)
        if len(self.firm) == 1:
            return say("One total shows no change.")
        said = [
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
            )
        ]
        if known < span:
            told = {"known": known, "span": span}
            said.append(
                say(
                    "Totals were found for {known} of the {span} quarters; one that was missed may be smaller or "
                    "larger.",
                    **told,
                )
            )
        if len(self.firm) < len(self.chosen):
            said.append(say("Hollow points are from sources of low trust; no change told here rests on them."))
        return paragraph(*said)

    def _path(self) -> Sentence:
        """How money and projects moved over the peak."""
        rows = [self.firm.iloc[0], self._peak, self.firm.iloc[-1]]
        told: dict[str, object] = {}
        for at, row in enumerate(rows):
            told |= {f"money{at}": row["money"], f"date{at}": when(row["date"]), f"count{at}": row["count"]}
        return say(
            "The money went from {money0} ({date0}) to {money1} ({date1}) and then to {money2} ({date2}), the number "
            "of projects from {count0} to {count1} and {count2}.",
            **told,
        )

    def _moves(self) -> pd.DataFrame:
        """First and last mean of each kind of event, from sources that lead."""
        return pipeline.first_and_last(self.totals[self.totals["trust"] <= max(FIRM, self.firm["trust"].max())])

    def sizes_title(self) -> Sentence:
        """The title of the figure of mean sizes."""
        moves = self._moves()
        own = moves[moves["event_type"] == self.kind]
        if own.empty:
            newest = self.firm.iloc[-1]
            return say("{place}'s {kind} of {date}: {mean} a project", mean=roughly(newest["mean"]), **self._told())
        moved = _moved(own["last"].iloc[0], own["first"].iloc[0])
        told = {"place": name(self.city), "kind": label(self.kind), "moved": moved}
        return say("At {kind} events of {place} money per project {moved}", **told)

    def sizes(self) -> Sentence:
        """How the mean moved at each kind of event, and what that says of the rule of counting."""
        moves = self._moves()
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
        said += [self._lowest(kind, low) for kind, low in self._turned().items()]
        return paragraph(*said)

    def _lowest(self, kind: str, low: Fact) -> Sentence:
        """The lowest mean of a kind of event from sources that lead, and a lower one from a source of low trust."""
        own = self.totals[(self.totals["event_type"] == kind) & (self.totals["trust"] > FIRM)]
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

    def _turned(self) -> dict[str, Fact]:
        """The lowest mean of each kind of event of which the newest is clearly above it."""
        firm = self.totals[self.totals["trust"] <= max(FIRM, self.firm["trust"].max())]
        means = {kind: list(own["mean"]) for kind, own in firm.groupby("event_type", sort=False) if len(own) > 1}
        lows = {kind: min(each, key=attrgetter("value")) for kind, each in means.items()}
        return {
            kind: low for kind, low in lows.items() if low is not means[kind][0] and compare(means[kind][-1], low) > 0
        }

    def sized(self) -> pd.DataFrame:
        """`counted` with its shares in two digits."""
        shares = {
            part: [fact and roughly(fact) for fact in self.counted[part]] for part in ("share_count", "share_money")
        }
        return self.counted.assign(
            **{part: pd.Series(told, self.counted.index, dtype=object) for part, told in shares.items()}
        )

    def yearly(self) -> pd.DataFrame:
        """`numbers.by_year` of all totals, with words for the kind."""
        years = pipeline.by_year(self.totals)
        return years.assign(kind=years["event_type"].map(label), mean=years["mean"].map(roughly))

    def large_title(self) -> Sentence:
        """The title of the figure of large projects."""
        if not self.own:
            return say("Large projects at other events of {place}", place=name(self.city))
        (own,) = self.own
        return say(
            "{place}, {date}: {large} of {all} projects carry {part} of the money",
            place=name(self.city),
            date=_month(own["date"]),
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
            floor = pipeline.large_money_off_stage(own)
            if floor:
                said.append(
                    say("Then at least {floor} of the money of large projects was not signed on stage.", floor=floor)
                )
        return paragraph(*said)


def named(events: pd.DataFrame) -> pd.DataFrame:
    """``events`` with words: ``kind`` of the event, ``when``, and ``named`` by both."""
    kinds, days = events["event_type"].map(label), events["date"].map(when)
    both = [str(say("{kind}, {day}", kind=kind.capitalize(), day=day)) for kind, day in zip(kinds, days, strict=True)]
    return events.assign(kind=kinds, when=days, named=pd.Series(both, index=events.index, dtype=object))


def _month(date: str) -> Name:
    """The month of a day; a span or a year as it is."""
    return when(date if "/" in date else date[:7])


def _moved(new: Fact, old: Fact) -> Sentence:
    """How far ``new`` is from ``old``, in two digits."""
    way = compare(new, old)
    if way == 0:  # two lower bounds would have no growth either
        return say("did not clearly change")
    change = roughly(magnitude(growth(new, old)))
    return say("fell by {change}", change=change) if way < 0 else say("rose by {change}", change=change)
