"""What is said of what a city offers: who may get how much, in which pot, until when."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import pandas as pd

from wuhan.analysis.events import marks
from wuhan.evidence.claims import Claim
from wuhan.evidence.facts import Fact, face
from wuhan.evidence.observations import doubtful
from wuhan.studies.ai_policy import numbers as instruments
from wuhan.text import palette, prose
from wuhan.text.language import noted
from wuhan.text.prose import Name, Sentence, _, label, listed, name, paragraph, plural, say, spelt, when

BEST = "A"
HEADS = {
    "stage": noted("Stage"),
    "where": noted("Place"),
    "money": noted("Amount"),
    "unit": noted("Per"),
    "who": noted("For whom or what"),
    "what": noted("What is given"),
}
CLAIMED = {
    "who": noted("For whom or what"),
    "printed": noted("The article prints"),
    "money": noted("The table has"),
    "per": noted("Per"),
    "alike": noted("Both have"),
    "others": noted("Sources besides the article"),
}


class Offer(Protocol):
    """An instrument as a row of `instruments.of_city`."""

    place: str
    who: str
    money: Fact
    per: str


@dataclass(frozen=True)
class Reading:
    """The instruments of ``city``, issued within ``years``: ``every`` as `numbers.of_city` gives them, and those from
    sources graded ``trust`` or better. ``day`` is that of the newest source.

    All but `answer` needs an instrument.
    """

    city: str
    years: tuple[int, int]
    trust: str
    every: pd.DataFrame
    day: str

    @cached_property
    def own(self) -> pd.DataFrame:
        """The instruments from sources of the trust asked for."""
        return instruments.trusted(self.every, self.trust)

    @cached_property
    def firm(self) -> pd.DataFrame:
        """Those from sources of the best grade."""
        return instruments.trusted(self.own, BEST)

    @cached_property
    def caps(self) -> pd.DataFrame:
        """The caps on money that is given, largest first."""
        return instruments.caps(self.own)

    @cached_property
    def pots(self) -> pd.DataFrame:
        """The funds and budgets, the furthest stage first."""
        return instruments.pots(self.own)

    @cached_property
    def found(self) -> instruments.Summary:
        """How many instruments there are, and how many state an amount of money."""
        return instruments.summary(self.own)

    def answer(self, policies: pd.DataFrame) -> Sentence:
        """The headline; without an instrument what was asked for, what ``policies`` hold instead, and the end."""
        if self.own.empty:
            return self._absent(policies)
        top = instruments.largest(self.own)
        if top.empty:
            return say("No cap on money is found for {place}.", place=name(self.city))
        caps = _then([self._cap(row) for row in top.itertuples()])
        cap, best = top["money"].iloc[0], instruments.largest(self.firm)
        told = {"place": name(self.city), "caps": caps}
        if len(best) and best["money"].iloc[0].value == cap.value:
            return say("The largest cap in {place} is {caps}.", **told)
        told["source"] = listed(prose.publishers(cap.sources))
        told["grade"] = say("of low trust") if doubtful(cap.sources) else say("of trust {grade}", grade=_grade(cap))
        if best.empty:
            return say(
                "The largest cap in {place} is {caps}, by {source}, {grade}; sources of trust A print no cap.", **told
            )
        return say(
            "In sources of trust A the largest cap in {place} is {best}. {source}, {grade}, has {caps}; no text of "
            "that policy was found.",
            best=_then([self._cap(row) for row in best.itertuples()]),
            **told,
        )

    def _cap(self, row: Offer) -> Sentence:
        """A cap at its figure, for what, and who may get it."""
        told = {"cap": face(row.money), "who": _who(row, self.city)}
        return say("{cap} per {unit} ({who})", unit=label(row.per), **told) if row.per else say("{cap} ({who})", **told)

    def _absent(self, policies: pd.DataFrame) -> Sentence:
        what = say(
            "instruments for {place}, issued {first} to {last}, from sources of trust {trust} or better",
            place=name(self.city),
            first=self.years[0],
            last=self.years[1],
            trust=self.trust,
        )
        there = [
            say(
                "{place} ({n}, {years})",
                place=name(row.place),
                n=row.known,
                years=prose.span(sorted({row.first, row.last})),
            )
            for row in instruments.offer(policies).itertuples()
        ]
        return prose.end_with(prose.missing(what, there))

    def meaning(self) -> Sentence:
        """What is still in force, what a cap is, and how many instruments state an amount at all."""
        return paragraph(
            say("{finding}.", finding=self.terms_title()),
            say("A cap is the most that one grant may be. How much was paid under it was not found in our sources."),
            say(
                "An amount of money is printed for {m} of the {n} {instruments} found.",
                n=self.found["known"],
                m=self.found["priced"],
                instruments=plural(self.found["known"], one="instrument", many="instruments"),
            ),
        )

    def marks(self) -> pd.DataFrame:
        """The caps as a chart draws them: at their figure, by the grade of their sources."""
        rows = self.caps
        firm = set(self.firm["policy"])
        drawn = marks(rows.assign(money=rows["money"].map(face)), "money")
        kinds = dict(zip((True, False), self.grades(), strict=False))
        return drawn.assign(
            series=[_name(row, self.city) for row in rows.itertuples()],
            label=[str(say("{money}", money=face(money))) for money in rows["money"]],
            grade=rows["policy"].isin(firm).map(kinds),
        )

    def grades(self) -> dict[str, str]:
        """What the colour of a mark means; empty without a cap."""
        kinds = {str(say("source of trust A")): palette.BLUE, str(say("source of lesser trust")): palette.REST}
        return kinds if len(self.caps) else {}

    def caps_title(self) -> Sentence:
        """From which cap to which they run, each for what it holds."""
        if len(self.caps) < 2:
            return say("{place}: one cap on money is known", place=name(self.city))
        high, low = (_each(row) for row in self.caps.iloc[[0, -1]].itertuples())
        return say("{place}: caps run from {low} to {high}", place=name(self.city), low=low, high=high)

    def floors(self) -> Sentence:
        """What floors there are, and which cost one must have before a cap on a part of it binds."""
        limits = instruments.limits(self.own)
        rows = limits[limits["limit"] == instruments.FLOOR]
        said = []
        if len(rows):
            said.append(
                say(
                    "A floor binds the one who gives and promises nothing to one applicant: {entries}.",
                    entries=entries(rows, self.city),
                )
            )
        said += [
            say(
                "{who}: up to {part} of a cost is paid, so the cap of {cap} is reached with a cost of {cost}.",
                who=label(row.who),
                cap=face(row.money),
                part=row.part,
                cost=row.cost,
            )
            for row in instruments.least_cost(self.own).itertuples()
        ]
        return paragraph(*said) if said else say("No floor is found.")

    def adding(self) -> Sentence:
        """Whether caps may be added, and which figure stands for most different things."""
        caps, timed = len(self.caps), len(instruments.timed(self.own))
        if not caps:
            return say("No cap on money is found.")
        alike = instruments.same_figure(self.own)
        said = [say("No text among ours says that two of them may be had at once.")] if caps > 1 else []
        said.append(
            say(
                "A time, a year or all years together, is named for {timed} of {n} {caps}.",
                n=caps,
                caps=plural(caps, one="cap", many="caps"),
                timed=timed,
            )
        )
        if len(alike):
            said.append(
                say(
                    "One figure, {amount}, stands for {n} different things: {entries}.",
                    amount=face(alike["money"].iloc[0]),
                    n=spelt(len(alike)),
                    entries=entries(alike, self.city),
                )
            )
        return paragraph(*said)

    def funds(self) -> Sentence:
        """How many funds and budgets got how far."""
        if self.pots.empty:
            return say("No fund or budget is found.")
        invested = self.pots[self.pots["stage"] == "invested"]
        aims = int(self.pots["stage"].isin(instruments.AIMS).sum())
        told = {"n": len(self.pots), "pots": plural(len(self.pots), one="fund or budget", many="funds and budgets")}
        said = [say("Only aimed at or announced: {aims} of {n} {pots}.", aims=aims, **told)]
        if len(invested):
            said.append(say("Reported as invested: {entries}.", entries=entries(invested, self.city)))
        else:
            said.append(say("Of none is money reported as invested."))
        said.append(say("Amounts of different stages may be the same money, so they are never added."))
        return paragraph(*said)

    def spans(self) -> pd.DataFrame:
        """The programmes that print an end as `charts.spans` draws them."""
        rows = instruments.terms(self.own, self.day)
        kinds = dict(zip((instruments.RUNNING, instruments.OVER), self.kinds(), strict=True))
        return rows.assign(
            series=rows[f"programme_{prose.language()}"],
            detail=["" if place == self.city else name(place) for place in rows["place"]],
            label=rows["until"].map(when).map(str),
            kind=rows["standing"].map(kinds),
            printed=[("policies", policy) for policy in rows["policy"]],
        )

    def kinds(self) -> dict[str, str]:
        """What a bar means, with its colour."""
        return {str(say("end still ahead")): palette.BLUE, str(say("end passed")): palette.REST}

    def terms_title(self) -> Sentence:
        """How many programmes still run."""
        rows = instruments.terms(self.own, self.day)
        ahead = int((rows["standing"] == instruments.RUNNING).sum())
        if rows.empty:
            return say("No programme with a printed end was found")
        return say(
            "Still running: {ahead} of {n} {programmes} with a printed end",
            ahead=spelt(ahead) if ahead else say("none"),
            n=len(rows),
            programmes=plural(len(rows), one="programme", many="programmes"),
        )

    def force(self) -> Sentence:
        """How many instruments print no end, or one that is over."""
        codes = instruments.standing(self.own, self.day).value_counts()
        told = {code: int(codes.get(code, 0)) for code in instruments.STANDINGS}
        return say(
            "Instruments past their printed end: {over}; not yet past it: {running}; without a printed end: {open}, "
            "which does not mean that they go on.",
            **told,
        )

    def by_kind(self) -> pd.DataFrame:
        """`numbers.by_kind` in words."""
        rows = instruments.by_kind(self.own)
        return rows.assign(
            kind=rows["kind"].map(kind),
            whom=[str(listed(map(label, codes))) or str(say("not named")) for codes in rows["recipients"]],
        )

    def by_stage(self) -> prose.Table | Sentence:
        """The funds and budgets, the furthest stage first."""
        if self.pots.empty:
            return say("No fund or budget with an amount is found.")
        return prose.table(
            _listed(self.pots), {each: HEADS[each] for each in ("stage", "money", "unit", "who", "where")}
        )

    def claimed(self, ledger: Sequence[Claim]) -> prose.Table | Sentence:
        """What articles print of the instruments, beside what the table has."""
        rows = instruments.claimed(self.own, ledger)
        if rows.empty:
            return say("The five articles print no amount of money for these instruments.")
        alike = {True: str(say("same figure and limit")), False: str(say("not the same"))}
        none = str(say("none"))
        told = rows.assign(
            printed=[claim.figure for claim in rows["claim"]],
            who=rows["who"].map(label),
            per=rows["per"].map(label),
            alike=rows["alike"].map(alike),
            others=[str(listed(prose.publishers(others))) or none for others in rows["others"]],
        )
        return prose.table(told, CLAIMED)


def entries(rows: pd.DataFrame, home: str = "") -> Sentence:
    """Instruments in a row, each with who may get it and the amount: "Talents, up to 1 million yuan per person; …".

    The place is named unless it is ``home``. Raises ``TypeError`` when there is no instrument.
    """
    return _then([say("{who}, {amount}", who=_who(row, home), amount=_amount(row)) for row in rows.itertuples()])


def _listed(rows: pd.DataFrame) -> pd.DataFrame:
    """Instruments in words for a table, in their order: ``where``, ``who``, ``what``, ``unit``, ``stage``."""
    return rows.assign(
        where=rows["place"].map(name),
        who=rows["who"].map(label),
        what=rows["what"].map(label),
        unit=rows["per"].map(label),
        stage=rows["stage"].map(label),
    )


def elsewhere(
    printed: pd.DataFrame, same: pd.DataFrame, instrument: str, years: tuple[int, int]
) -> prose.Table | Sentence:
    """The amounts of one kind of instrument in all places, ``same``; without any, for which kinds there is one."""
    if len(same):
        return prose.table(_listed(same), {each: HEADS[each] for each in ("where", "money", "unit", "who", "what")})
    priced = sorted(set(printed.loc[printed["money"].notna(), "instrument"]))
    return say(
        "No amount of money is known for the kind {kind}, issued {first} to {last}. Kinds with one in any year: "
        "{kinds}.",
        kind=kind(instrument),
        first=years[0],
        last=years[1],
        kinds=listed(map(kind, priced)),
    )


def kind(code: str) -> Name:
    """A kind of instrument in words; of talent not as the theme of that name."""
    return Name(_("support of talent")) if code == "talent" else label(code)


def _grade(fact: Fact) -> str:
    """The grade of the least trusted source of ``fact``."""
    grades = prose.table_of("sources", "source_id")
    return max(grades[source]["trust"] for source in fact.sources)


def _then(told: Iterable[Sentence]) -> Sentence:
    """Sentences one after another, with a semicolon between two."""
    return functools.reduce(lambda first, second: say("{first}; {second}", first=first, second=second), told)


def _amount(row: Offer) -> Sentence:
    """The money of an instrument and what it holds for: "up to 20 million yuan per project"."""
    if not row.per:
        return say("{money}", money=row.money)
    return say("{money} per {unit}", money=row.money, unit=label(row.per))


def _each(row: Offer) -> Sentence:
    """A cap at its figure and what it holds for."""
    return _amount(row._replace(money=face(row.money)))  # type: ignore[attr-defined]


def _who(row: Offer, home: str) -> Sentence:
    """Who may get it; and where, unless that is ``home``."""
    if row.place == home:
        return say("{who}", who=label(row.who))
    return say("{place}: {who}", place=name(row.place), who=label(row.who))


def _name(row: Offer, home: str) -> str:
    """Who may get it, and below it what the amount holds for."""
    unit = f"\n{say('per {unit}', unit=label(row.per))}" if row.per else ""
    return f"{_who(row, home)}{unit}"
