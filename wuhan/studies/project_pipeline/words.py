"""What is said of the city totals of one kind of event: a branch in a sentence stands here, not in the notebook."""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter

import pandas as pd

from wuhan.evidence.facts import Fact, compare, growth, magnitude
from wuhan.studies.project_pipeline import numbers as pipeline
from wuhan.studies.project_pipeline import parts
from wuhan.studies.project_pipeline.totals import FIRM, Totals
from wuhan.text import prose
from wuhan.text.language import noted
from wuhan.text.prose import (
    Name,
    Sentence,
    end_with,
    headed,
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


def read(city: str, asked: str, totals: pd.DataFrame) -> Reading:
    """The totals read for the kind ``asked`` for; where it has none, for the kind that has most."""
    kinds = totals["event_type"].value_counts()
    if asked in kinds or kinds.empty:
        return Reading(city, asked, totals)
    return Reading(city, str(kinds.index[0]), totals, asked)


class Reading(Totals):
    """What is said of the totals. All but `answer` needs one of the kind asked for."""

    def answer(self, events: pd.DataFrame, years: tuple[int, int], trust: str) -> Sentence:
        """The headline; without a total what was asked for, what ``events`` hold instead, and the end."""
        if len(self.chosen):
            return headed(self._instead(), self._rank(), self._aside(), self._doubt(), self._other())
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
        if self.apart:
            return say("{place}'s {kind} of {date} announced {money}.", **told)
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

    def _aside(self) -> Sentence:
        """How the totals of quarters stand to the newest, which is not one of them; blank where it is."""
        if not self.apart:
            return Sentence("", "")
        more = sum(compare(each, self.firm["money"].iloc[-1]) > 0 for each in self.quarterly["money"])
        told = {"n": spelt(len(self.quarterly)), "more": prose.some(more)}
        if more == len(self.quarterly):
            return say("It is not named for a quarter; all {n} that are announced more.", n=told["n"])
        return say("It is not named for a quarter; of the {n} that are {more} announced more.", **told)

    def _other(self) -> Sentence:
        """What a project averages at the other kind of event, at first and last; blank with fewer than two."""
        moves = self.moves()
        other = moves[moves["event_type"] != self.kind]
        if other.empty:
            return Sentence("", "")
        row = next(other.itertuples())
        return say(
            "A {kind} averaged {before} a project in {start}, {now} in {end}.",
            kind=label(row.event_type),
            before=roughly(row.first),
            start=_month(row.first.period),
            now=roughly(row.last),
            end=_month(row.last.period),
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
        if self.apart:
            rest = len(self.chosen) - len(self.quarterly)
            are = plural(rest, one="is", many="are")
            told |= {"n": spelt(len(self.quarterly)), "rest": spelt(rest), "are": are}
            return say("{place}'s {kind} totals: {n} are named for a quarter, {rest} {are} not", **told)
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
        return say("Totals found for {known} of {span} quarters; announced at {kind} events", **told)

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
        if self.apart:
            said.append(say("The newest is not named for a quarter: it need not be the total of one."))
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

    def sizes_title(self) -> Sentence:
        """The title of the figure of mean sizes."""
        moves = self.moves()
        own = moves[moves["event_type"] == self.kind]
        if own.empty:
            newest = self.firm.iloc[-1]
            return say("{place}'s {kind} of {date}: {mean} a project", mean=roughly(newest["mean"]), **self._told())
        first, last = own["first"].iloc[0], own["last"].iloc[0]
        told = {"place": name(self.city), "kind": label(self.kind), "before": roughly(first), "now": roughly(last)}
        told |= {"start": _month(first.period), "end": _month(last.period)}
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
        said += [self._lowest(kind, low) for kind, low in self.turned().items()]
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
