"""What a verdict on a claim, a check of an identity or the standing of a target says: one sentence, made of facts.

The codes come from :mod:`wuhan.evidence`; here they get their words. Nothing is judged here.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import pandas as pd

from wuhan.evidence import claims, witnesses
from wuhan.evidence.claims import Claim, Verdict
from wuhan.evidence.facts import Fact, face, magnitude
from wuhan.evidence.identities import Check
from wuhan.evidence.quantities import render
from wuhan.evidence.targets import Target
from wuhan.text import prose, words
from wuhan.text.codes import CHECKS, REASONS, STANDINGS, VERDICTS, counted, subject, word
from wuhan.text.courses import AIMS, aims, attained, course, reached, standings, target
from wuhan.text.language import noted
from wuhan.text.prose import Name, Sentence, _, paragraph, plural, say, when

__all__ = [
    "AIMS", "CHECKS", "COLUMNS", "HELD", "ORDER", "REASONS", "STANDINGS", "TESTED", "VERDICTS", "aims", "answer",
    "article", "attained", "bullets", "check", "counted", "course", "in_order", "ledger", "outcome", "parts",
    "place_of", "publisher", "quoted", "reached", "row", "standings", "subject", "tally", "target", "tested", "verdict",
    "witness", "word",
]  # fmt: skip
ORDER = ("does_not_close", "under_determined", "closes_at_rounding", "closes", "derived")  # what asks for a look first



def place_of(claim: Claim) -> Name:
    """Where a claim is printed: the article and its line."""
    return Name(_("{article}, line {line}").format(article=article(claim.source_id), line=claim.line))


def publisher(fact: Fact) -> str:
    """Who published a fact first."""
    return prose.publishers(fact.sources[:1])[0]


def witness(fact: Fact) -> str | Sentence:
    """Who says a fact: its publisher; of one that nobody prints, that it is worked out here, and from what."""
    if not fact.formula:
        return publisher(fact)
    levels, n = prose.measure(fact.behind[0].indicator), len({leaf.place for leaf in fact.behind})
    if n > 1:
        return say("worked out here from {levels} of {n} cities", levels=levels, n=n)
    return say("worked out here from {levels} of two years, by {who}", levels=levels, who=publisher(fact))


def verdict(held: Verdict) -> Sentence:
    """The verdict on a claim as a sentence: what is printed, what stands against it, by how much they differ."""
    claim = held.claim
    about = {"what": subject(claim), "text": Name(claim.value_text)}
    if not held.against or held.kind not in ("agrees", "agrees_at_rounding", "differs", "not_comparable"):
        return say("{what}: the article prints {text}. {verdict}.", verdict=word(held.kind).capitalize(), **about)
    official = held.against[0]
    about |= {"official": official, "who": witness(official), "when": when(official.period)}
    if held.kind == "not_comparable":
        about["reason"] = word(held.reason) if held.reason else word("definition")
        if official.formula:
            return say("{what}: the article prints {text}; {who}, it is {official} ({when}), but {reason}.", **about)
        return say("{what}: the article prints {text}. {who} has {official} ({when}), but {reason}.", **about)
    alike = held.kind != "agrees" and render(face(claim.fact)) == render(official)
    if (held.kind == "differs" or alike) and official.status not in prose.MARKED:
        about["official"] = prose.exactly(official)  # four digits may hide by what they differ
    if official.formula:
        first = say("{what}: the article prints {text}; {who}, it is {official} ({when}).", **about)
    else:
        first = say("{what}: the article prints {text}, {who} has {official} ({when}).", **about)
    return paragraph(first, *_outcome(held))


def answer(held: Sequence[Verdict], theme: str = "") -> Sentence:
    """How many numbers the articles of ``held``, which is not empty, print, and how many of them hold; ``theme`` is
    named where the numbers are those of one theme.
    """
    number, articles = len(held), len({one.claim.source_id for one in held})
    told = {"numbers": plural(number, one="number", many="numbers"), "n": number}
    what = say("{n} {numbers} ({theme})", theme=prose.label(theme), **told) if theme else say("{n} {numbers}", **told)
    count = claims.counts(held)
    tested = sum(count[kind] for kind in TESTED)
    return paragraph(
        say("The article prints {what}.", what=what) if articles == 1
        else say("Between them, {articles} press articles print {what}.", articles=articles, what=what),
        say("Of these, {tested} can be held against another source: {outcome}.", tested=tested,
            outcome=outcome(count))
        if tested else say("None of these can be held against another source."),
    )  # fmt: skip


def outcome(count: Mapping[str, int]) -> Sentence:
    """How many of the numbers that another source can test hold, by ``count`` (`claims.counts`); what no number comes
    to is left out.
    """
    agree, near, differ = (count[kind] for kind in TESTED)
    told = [
        (agree, say("{n} {agree}", n=agree, agree=plural(agree, one="agrees", many="agree"))),
        (near, say("{n} {agree} at the printed rounding", n=near, agree=plural(near, one="agrees", many="agree"))),
        (differ, say("{n} {differ}", n=differ, differ=plural(differ, one="differs", many="differ"))),
    ]
    found = [sentence for n, sentence in told if n]
    return prose.listed(found) if found else say("no number can be tested")


def _outcome(held: Verdict) -> list[Sentence]:
    """How a claim and the deciding figure stand, and where the printed figure is found instead."""
    if held.kind == "agrees":
        return [say("They agree.")]
    if held.kind == "agrees_at_rounding":
        return [say("They agree at the printed rounding.")]
    if held.difference is None or not held.direction:
        told = [say("They differ.")]
    else:
        gap = magnitude(held.difference)
        told = [say("The article is {gap} higher." if held.direction > 0 else "The article is {gap} lower.", gap=gap)]
    for fact in held.elsewhere[:1]:
        about = {"who": witness(fact), "fact": fact, "when": when(fact.period)}
        told += [say("For {when} it is {fact}, {who}.", **about) if fact.formula
                 else say("{who} gives {fact} for {when}.", **about)]  # fmt: skip
    return told


def quoted(place: str, *measures: str) -> list[Sentence]:
    """The verdicts on what the press prints of ``place``, by indicator or measure: repeats and targets left out."""
    ledger, known = claims.claims(), witnesses.evidence()
    by_id = {one.claim: one for one in ledger}
    held = [
        claims.hold(one, known, by_id.get(one.repeats))
        for one in ledger
        if one.place == place and {one.indicator, one.measure} & set(measures)
    ]
    return [verdict(one) for one in held if one.kind in HELD]


def tested(place: str, periods: Collection[str], *measures: str) -> list[Sentence]:
    """The checks of identities that rest on nothing but what the press prints of ``place`` on ``measures`` for
    ``periods``; named results are left out.
    """
    ledger = claims.claims()
    own = {
        one.claim
        for one in ledger
        if one.place == place and one.period in periods and {one.indicator, one.measure} & set(measures)
    }
    held = claims.checks(ledger, claims.identities())
    return [check(one) for one in held if one.right is not None and set(one.claims) <= own and one.claims]


def check(found: Check) -> Sentence:
    """A check of an identity as a sentence: the question, both sides with what their digits allow, the verdict."""
    asked = say("{question}", question=Name(_(found.identity.question)))
    if found.left is None:
        return paragraph(asked, say("{verdict}: {reason}.", verdict=word(found.kind).capitalize(),
                                    reason=word(found.reason or "unknown")))  # fmt: skip
    if found.right is None:
        told = say("It comes to {left}.", left=found.left)
    else:
        told = say("{left} against {right}: {verdict}.", left=found.left, right=found.right, verdict=word(found.kind))
    caution = [say("{caution}", caution=Name(_(found.identity.caution)))] if found.identity.caution else []
    return paragraph(asked, told, *caution)


TESTED = ("agrees", "agrees_at_rounding", "differs")  # what another source can say of a number
HELD = (*TESTED, "not_comparable", "no_official_figure")
FILLS = ("#0072B2", "#7FB8D8", "#B8500B", "#9A9AA3", "#DDDDE3")
COLUMNS = noted({
    "where": "Printed",
    "what": "Number",
    "text": "As printed",
    "verdict": "Verdict",
    "official": "Held against",
    "row": "Row of the data",
})


def parts(ledger: pd.DataFrame, by: str) -> pd.DataFrame:
    """The results in a ledger (`claims.frame`) by the column ``by`` and verdict, as a frame for `charts.shares`.

    The largest group is first. Every group has every verdict, zero if it does not occur, so that all have one key.
    """
    results = ledger[ledger["verdict"].isin(HELD)]
    rows = []
    for group in results[by].value_counts().index:
        own = results[results[by] == group]
        cited = tuple(dict.fromkeys(own["source_id"]))
        for code, fill in zip(HELD, FILLS, strict=True):
            number = int((own["verdict"] == code).sum())
            name = say("{name} ({n})", name=article(group) if by == "source_id" else prose.label(group), n=len(own))
            rows.append({"series": str(name), "part": word(code), "value": number, "label": str(number),
                         "colour": fill, "source_id": cited})  # fmt: skip
    return pd.DataFrame(rows)


@functools.cache
def _articles() -> dict[str, str]:
    """The day on which most of each article was said, which need not be the day of its page."""
    rows = prose.table_of("claims", "claim").values()
    said = {row["source_id"]: Counter() for row in rows}
    for row in rows:
        said[row["source_id"]][row["stated"]] += 1
    return {source: days.most_common(1)[0][0] for source, days in said.items()}


def article(source_id: str) -> Name:
    """A press article by its publisher and the day on which it was said."""
    publisher = re.split(r" ?[(（]|,", words.publisher(source_id))[0]
    return Name(_("{publisher}, {day}").format(publisher=publisher, day=when(_articles().get(source_id, ""))))


def bullets(things: Iterable[Verdict | Check | Target]) -> Sentence:
    """A list with the sentence of each verdict, check or target; a sentence that says so when there is none."""
    says = {Verdict: verdict, Check: check, Target: target}
    lines = [(place_of(one.claim) if isinstance(one, Verdict) else "", says[type(one)](one)) for one in things]
    if not lines:
        return say("There is none in this choice.")
    return prose.bulleted(say("{where}: {told}", where=where, told=told) if where else told for where, told in lines)


def ledger(held: Sequence[Verdict]) -> pd.DataFrame:
    """The ledger as a frame for `prose.table` with the columns of ``COLUMNS``: one row a claim."""
    return pd.DataFrame([
        {
            "where": place_of(one.claim),
            "what": subject(one.claim),
            "text": one.claim.value_text,
            "verdict": _("{verdict} ({reason})").format(verdict=word(one.kind), reason=word(one.reason))
            if one.reason in REASONS else word(one.kind),
            "official": one.against[0] if one.against else None,
            "row": row(one.against[0]) if one.against else "",
        }
        for one in held
    ])  # fmt: skip


def row(fact: Fact) -> str:
    """Where a fact stands in the data: indicator, place, period, source, or table and key; of one without a row, that
    it is worked out.
    """
    if fact.formula:
        return Name(str(witness(fact)))
    return " · ".join(fact.row or (fact.indicator, fact.place, fact.period, *fact.sources[:1]))


def in_order(checks: Iterable[Check]) -> list[Check]:
    """Checks with those first that ask for a look: what does not close, then what definitions leave open."""
    return sorted(checks, key=lambda check: ORDER.index(check.kind))


def tally(checks: Sequence[Check]) -> pd.DataFrame:
    """How many checks came to each result, as a frame for `charts.bars`."""
    found = [found.kind for found in checks]
    cited = tuple(dict.fromkeys(source for check in checks if check.left for source in check.left.sources))
    rows = [
        {"series": word(kind), "value": found.count(kind), "low": found.count(kind), "high": found.count(kind),
         "status": "actual", "qualifier": "exact", "source_id": cited, "colour": fill}
        for kind, fill in zip(CHECKS, FILLS, strict=True) if kind in found
    ]  # fmt: skip
    return pd.DataFrame(rows)
