"""What the verdicts on press claims come to: a branch in a sentence stands here, not in the notebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.evidence import claims, facts, witnesses
from wuhan.evidence.claims import Verdict
from wuhan.evidence.facts import Fact
from wuhan.evidence.identities import Check
from wuhan.text import prose, verdicts
from wuhan.text.codes import subject, word
from wuhan.text.language import noted
from wuhan.text.palette import BLUE, FAINT, ORANGE, REST_TICK
from wuhan.text.prose import Sentence, Table, _, paragraph, plural, roughly, say, spelt, when
from wuhan.text.verdicts import HELD, TESTED, article, bullets, publisher, witness
from wuhan.text.words import look_up

HOLDS, DIFFERS, ALONE, NO_RESULT = noted(
    ("holds", "differs", "result, no comparable second source", "target, date, name, repeat: no result")
)
COLOURS = {HOLDS: BLUE, DIFFERS: ORANGE, ALONE: REST_TICK, NO_RESULT: FAINT}
ACROSS = 40  # squares in a row
ALL = "all"
MANY = 100  # numbers from which on a share is told in per cent
TESTED_HEADS = {
    "where": noted("Article"),
    "what": noted("Number"),
    "printed": noted("The article has"),
    "other": noted("Other source"),
    "who": noted("Publisher"),
    "grade": noted("Trust"),
    "verdict": noted("Verdict"),
}
ARTICLE_HEADS = {
    "article": noted("Article"),
    "all": noted("Numbers printed"),
    "results": noted("Results"),
    "tested": noted("Can be checked"),
    "differs": noted("Differ"),
}


def group(verdict: Verdict) -> str:
    """What can be told of a number: it holds, it differs, it stands alone, or it is no result."""
    if verdict.kind == "differs":
        return DIFFERS
    if verdict.kind in TESTED:
        return HOLDS
    return ALONE if verdict.kind in HELD else NO_RESULT


@dataclass(frozen=True)
class Reading:
    """The verdicts ``held`` on the numbers of one article, or all, and of one theme, or all.

    All methods but `answer` need a verdict.
    """

    held: Sequence[Verdict]
    article: str = ALL
    theme: str = ALL

    @cached_property
    def kinds(self) -> dict[str, int]:
        """How many numbers have each verdict."""
        return claims.counts(self.held)

    @cached_property
    def groups(self) -> Counter[str]:
        """How many numbers hold, differ, stand alone, are no result."""
        return Counter(map(group, self.held))

    @cached_property
    def tested(self) -> list[Verdict]:
        """What another source can be held against: what differs first."""
        found = [one for one in self.held if one.kind in TESTED]
        return sorted(found, key=lambda one: one.kind != "differs")

    def answer(self) -> Sentence:
        """How many of the numbers cannot be checked, and how many of the others hold; without any, the end."""
        if not self.held:
            own = [one for one in claims.claims() if self.article in (ALL, one.source_id)]
            themes = sorted({prose.label(one.theme) for one in own})
            return prose.end_with(prose.missing(say("printed number of this article and theme"), themes))
        n, tested = len(self.held), len(self.tested)
        told: dict[str, object] = {"n": n, "numbers": self._numbers()}
        if not tested:
            return say("Of the {numbers}, {n} in all, none can be checked.", **told)
        told |= {"tested": tested, "outcome": self.outcome()}
        if n < MANY:
            return say("Of the {numbers}, {n} in all, {tested} can be checked: {outcome}.", **told)
        share = facts.share(self._counted(n - tested, "without a second source"), self._counted(n, "in the press"))
        told |= {"share": roughly(share), "tested": spelt(tested)}
        return say("{share} of the {n} {numbers} cannot be checked; of the other {tested}, {outcome}.", **told)

    def _numbers(self) -> Sentence:
        """What is counted, with its theme if that is chosen."""
        if self.theme == ALL:
            return say("numbers in the press")
        return say("numbers in the press on the theme {theme}", theme=prose.label(self.theme))

    def _counted(self, n: int, what: str) -> Fact:
        """A number of claims as a fact that rests on their articles."""
        articles = tuple(dict.fromkeys(one.claim.source_id for one in self.held))
        return Fact(n, n, n, "count", "", "derived", articles, formula=f"numbers {what}")

    def outcome(self) -> Sentence:
        """How many of those that can be checked hold, and how many differ."""
        good, bad = self.groups[HOLDS], self.groups[DIFFERS]
        if not good + bad:
            return say("none is borne out")
        told: dict[str, object] = {"good": spelt(good), "bad": spelt(bad)}
        told |= {"hold": plural(good, one="holds", many="hold"), "differ": plural(bad, one="differs", many="differ")}
        if not bad:
            return say("{good} {hold}", good=told["good"], hold=told["hold"])
        if not good:
            return say("{bad} {differ}", bad=told["bad"], differ=told["differ"])
        return say("{good} {hold} and {bad} {differ}", **told)

    def title(self) -> Sentence:
        """How many of how many can be checked: a title."""
        n = len(self.tested)
        return say(
            "{tested} of {n} numbers can be checked; {outcome}", tested=n, n=len(self.held), outcome=self.outcome()
        )

    def squares(self) -> pd.DataFrame:
        """One row a number, a square of a picture: its ``column``, and in ``value`` the numbers up to its row."""
        order = list(COLOURS)
        ordered = sorted(self.held, key=lambda one: order.index(group(one)))
        rows = [
            {
                "column": at % ACROSS,
                "value": (at // ACROSS + 1) * ACROSS,
                "part": str(say("{group} ({n})", group=_(group(one)), n=self.groups[group(one)])),
                "colour": COLOURS[group(one)],
                "status": "actual",
                "qualifier": "exact",
                "period": one.claim.stated,
                "source_id": one.claim.source_id,
            }
            for at, one in enumerate(ordered)
        ]
        return pd.DataFrame(rows)

    def table(self) -> Table:
        """What another source can be held against, one number a row."""
        rows = [
            {
                "where": article(one.claim.source_id),
                "what": say("{what}, {when}", what=subject(one.claim), when=when(one.against[0].period)),
                "printed": one.claim.fact,
                "other": one.against[0],
                "who": witness(one.against[0]),
                "grade": max(look_up("sources", "source_id", source)["trust"] for source in one.against[0].sources),
                "verdict": word(one.kind),
            }
            for one in self.tested
        ]
        return prose.table(pd.DataFrame(rows), TESTED_HEADS)

    def by_article(self) -> Table:
        """How many numbers each article prints, how many are results, can be checked, and differ."""
        rows = []
        for source in dict.fromkeys(one.claim.source_id for one in self.held):
            own = [one for one in self.held if one.claim.source_id == source]
            counted = [sum(one.kind in kinds for one in own) for kinds in (HELD, TESTED, ("differs",))]
            rows.append([article(source), len(own), *counted])
        return prose.table(pd.DataFrame(rows, columns=list(ARTICLE_HEADS)), ARTICLE_HEADS)

    def differing(self) -> Sentence:
        """The numbers that differ, each with the time for which its figure would be right, where one is known."""
        found = [one for one in self.tested if one.kind == "differs"]
        if not found:
            return say("No number that can be checked differs.")
        return paragraph(*[self._stale(one) if one.elsewhere else bullets([one]) for one in found])

    def _stale(self, one: Verdict) -> Sentence:
        """A number that another source has for another time; and the growth printed beside it, if that is of the same
        time.
        """
        claim, true, then = one.claim, one.against[0], one.elsewhere[0]
        told = [
            say(
                "{what}: the article ({article}) prints {printed} for {year}. {source} has this figure for {then}; "
                "for {year}, {other} has {true}.",
                article=article(claim.source_id),
                what=subject(claim),
                printed=claim.figure,
                year=when(claim.period),
                source=publisher(then),
                then=when(then.period),
                other=publisher(true),
                true=true,
            )
        ]
        for growth, rate in self._growth(one):
            told.append(
                say(
                    "The growth printed beside it, {growth}, is that of {then}, too: {rate} by the figures of "
                    "{source}. So the article gives the figures of {then} as those of {year}.",
                    growth=growth,
                    then=when(then.period),
                    rate=rate,
                    source=publisher(rate),
                    year=when(claim.period),
                )
            )
        return paragraph(*told)

    def _growth(self, one: Verdict) -> list[tuple[Fact, Fact]]:
        """The growth that the same article prints of what differs, with what is found elsewhere for the same time."""
        beside = f"{one.claim.indicator}_growth", one.claim.source_id, one.claim.place, one.claim.period
        then = one.elsewhere[0].period
        return [
            (each.claim.figure, rate)
            for each in self.held
            if (each.claim.indicator, each.claim.source_id, each.claim.place, each.claim.period) == beside
            for rate in each.elsewhere[:1]
            if rate.period == then
        ]

    def rest(self) -> Sentence:
        """Why the others cannot be checked."""
        kinds, alone = self.kinds, self.groups[ALONE]
        if not alone:
            return say("All results that are printed can be checked.")
        unmeasured = sum(one.reason == "no_indicator" for one in self.held if one.kind == "no_official_figure")
        return paragraph(
            say(
                "Of the rest, {targets} are targets, plans or caps, {context} are dates, names or counts of a list, "
                "{repeats} repeat another number.",
                targets=kinds["target"],
                context=kinds["context"],
                repeats=kinds["repeats"],
            ),
            say(
                "That leaves {alone} of {results} results that rest on the article alone. For {near} of them other "
                "sources have a figure of another period, area or definition; {unmeasured} tell of one firm, event or "
                "place that nobody else measures; for {others} no figure was found.",
                alone=alone,
                results=alone + len(self.tested),
                near=kinds["not_comparable"],
                unmeasured=unmeasured,
                others=alone - kinds["not_comparable"] - unmeasured,
            ),
            say("That is no verdict on them: a number without a second source may be right."),
        )

    def strict(self) -> Sentence:
        """What could be said if only sources of grade A were asked."""
        known = witnesses.evidence(min_trust="A")
        strict = Reading(claims.verdicts([one.claim for one in self.held], known))
        if not strict.tested:
            return say("With sources of grade A alone, no number could be checked.")
        return say(
            "With sources of grade A alone, {outcome}; nothing could be said of the others.", outcome=strict.outcome()
        )

    def sources(self) -> list[Fact]:
        """What the sentences and tables rest on."""
        return [fact for one in self.tested for fact in (one.claim.figure, *one.against[:1], *one.elsewhere[:1])]


def fit(checks: Sequence[Check]) -> Sentence:
    """What the tests of numbers of one text against one another come to; those that fail in full."""
    kinds = Counter(check.kind for check in checks if check.right is not None)
    torn = [check for check in checks if check.kind == "does_not_close"]
    if not kinds:
        return say("No two numbers of this choice can be tested against one another.")
    closed = kinds["closes"] + kinds["closes_at_rounding"]
    first = say(
        "Of {n} such tests {closed} {close} and {torn} {fail}; {open} stay open, as no text says what it counts.",
        n=sum(kinds.values()),
        closed=closed,
        torn=len(torn),
        close=plural(closed, one="closes", many="close"),
        fail=plural(len(torn), one="fails", many="fail"),
        open=kinds["under_determined"],
    )
    return paragraph(first, *([say("What fails:"), *map(verdicts.check, torn)] if torn else []))
