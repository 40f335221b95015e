"""What a verdict on a claim, a check of an identity or the standing of a target says: one sentence, made of facts.

The codes come from :mod:`wuhan.evidence`; here they get their words. Nothing is judged here.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Collection, Iterable

from wuhan.evidence import claims, package, witnesses
from wuhan.evidence.claims import Claim, Verdict
from wuhan.evidence.facts import Fact, face, magnitude
from wuhan.evidence.identities import Check
from wuhan.evidence.quantities import render
from wuhan.evidence.targets import Target
from wuhan.text import prose, words
from wuhan.text.codes import subject, word
from wuhan.text.prose import Name, Sentence, _, paragraph, say, when

TESTED = ("agrees", "agrees_at_rounding", "differs")  # what another source can say of a number
HELD = (*TESTED, "not_comparable", "no_official_figure")


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
    about: dict[str, object] = {"what": subject(claim), "text": Name(claim.value_text)}
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
        told += [
            say("For {when} it is {fact}, {who}.", **about)
            if fact.formula
            else say("{who} gives {fact} for {when}.", **about)
        ]
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
        return paragraph(
            asked,
            say("{verdict}: {reason}.", verdict=word(found.kind).capitalize(), reason=word(found.reason or "unknown")),
        )
    if found.right is None:
        told = say("It comes to {left}.", left=found.left)
    else:
        told = say("{left} against {right}: {verdict}.", left=found.left, right=found.right, verdict=word(found.kind))
    caution = [say("{caution}", caution=Name(_(found.identity.caution)))] if found.identity.caution else []
    return paragraph(asked, told, *caution)


@functools.lru_cache(maxsize=1)
def _articles(_state: tuple[object, ...]) -> dict[str, str]:
    """The day on which most of each article was said, which need not be the day of its page."""
    rows = prose.table_of("claims", "claim").values()
    said: dict[str, Counter[str]] = {row["source_id"]: Counter() for row in rows}
    for row in rows:
        said[row["source_id"]][row["stated"]] += 1
    return {source: days.most_common(1)[0][0] for source, days in said.items()}


def article(source_id: str) -> Name:
    """A press article by its publisher and the day on which it was said."""
    publisher = re.split(r" ?[(（]|,", words.publisher(source_id))[0]
    day = _articles(package.state("claims")).get(source_id, "")
    return Name(_("{publisher}, {day}").format(publisher=publisher, day=when(day)))


def target(aim: Target) -> Sentence:
    """How far a target has come, as a sentence."""
    about = {"what": subject(aim), "aim": aim.fact} if aim.fact else {}
    if not about:
        return say("{what}: {standing}.", what=subject(aim), standing=word(aim.standing))
    term = say(" for {year}", year=when(aim.period)) if aim.period else say(", no year printed")
    if aim.current is None:
        return say("{what}: {aim}{term}. {standing}.", term=term, standing=word(aim.standing).capitalize(), **about)
    first = say(
        "{what}: {aim}{term}. The newest figure is {now} ({when}): {standing}.",
        term=term,
        now=aim.current,
        when=when(aim.current.period),
        standing=word(aim.standing),
        **about,
    )
    reached = [say("That is {share}.", share=aim.attainment)] if aim.attainment else []
    needed = [say("It still needs {growth} a year.", growth=aim.needed)] if aim.needed else []
    return paragraph(first, *reached, *needed)


def bullets(things: Iterable[Verdict | Check | Target]) -> Sentence:
    """A list with the sentence of each verdict, check or target; a sentence that says so when there is none."""
    lines = [(place_of(one.claim) if isinstance(one, Verdict) else "", _told(one)) for one in things]
    if not lines:
        return say("There is none in this choice.")
    return prose.bulleted(say("{where}: {told}", where=where, told=told) if where else told for where, told in lines)


def _told(one: Verdict | Check | Target) -> Sentence:
    if isinstance(one, Verdict):
        return verdict(one)
    return check(one) if isinstance(one, Check) else target(one)
