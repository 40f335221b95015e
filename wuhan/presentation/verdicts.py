"""What a verdict on a claim, a check of an identity or the standing of a target says: one sentence, made of facts.

The codes come from :mod:`wuhan.evidence`; here they get their words. Nothing is judged here.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import pandas as pd

from wuhan.evidence import claims, targets, witnesses
from wuhan.evidence.claims import Claim, Verdict
from wuhan.evidence.facts import Fact, magnitude
from wuhan.evidence.identities import Check
from wuhan.evidence.quantities import render
from wuhan.evidence.targets import Target
from wuhan.presentation import prose, words
from wuhan.presentation.language import noted
from wuhan.presentation.prose import Name, Sentence, _, paragraph, plural, say, when

VERDICTS = noted({
    "agrees": "agrees",
    "agrees_at_rounding": "agrees at the printed rounding",
    "differs": "differs",
    "not_comparable": "not comparable",
    "no_official_figure": "no other source",
    "repeats": "repeats another claim",
    "target": "target or plan",
    "context": "context, not a result",
})
CHECKS = noted({
    "closes": "closes",
    "closes_at_rounding": "closes at the rounding",
    "does_not_close": "does not close",
    "under_determined": "under-determined",
    "derived": "derived",
})
ORDER = ("does_not_close", "under_determined", "closes_at_rounding", "closes", "derived")  # what asks for a look first
STANDINGS = noted({
    "met": "met",
    "on_course": "on course",
    "behind": "behind",
    "undecided": "undecided",
    "no_figure_yet": "no figure yet",
    "not_measurable": "not measurable",
})
REASONS = noted({
    "period": "the nearest figure is of another period",
    "area": "the nearest figure is of another area",
    "definition": "the nearest figure has another definition",
    "one_way": "one counts kilometres one way, the other does not say",
    "one_figure": "one figure tells no pace",
    "no_term": "no year is printed for it",
    "part": "only a part of its term is known",
    "cap": "a cap limits and is not reached",
    "listed": "it counts a list",
    "no_number": "it prints no number",
    "named": "it names something and sets no figure",
    "no_indicator": "nothing measures it",
    "unbounded": "a figure is known to one side only",
    "unknown": "a number in it is not known",
})


def word(code: str) -> str:
    """A verdict, check, standing or reason in words."""
    return _((VERDICTS | CHECKS | STANDINGS | REASONS)[code])


def subject(thing: Claim | Target) -> Name:
    """What a claim or target counts: the name of its indicator, else its measure in words; and whose it is."""
    return counted(thing.indicator, thing.measure, thing.organisation)


def counted(indicator: str, measure: str, organisation: str) -> Name:
    """The same for the parts of a claim as its row has them."""
    words = prose.measure(indicator) if indicator else prose.label(measure)
    words = Name(words[:1].upper() + words[1:])
    if not organisation:
        return words
    owner = prose.table_of("organisations", "organisation")[organisation][f"name_{prose.language()}"]
    return Name(_("{owner}: {words}").format(owner=owner, words=words))


def place_of(claim: Claim) -> Name:
    """Where a claim is printed: the article and its line."""
    return Name(_("{article}, line {line}").format(article=article(claim.source_id), line=claim.line))


def publisher(fact: Fact) -> str:
    """Who published a fact first."""
    return prose.publishers(fact.sources[:1])[0]


def verdict(held: Verdict) -> Sentence:
    """The verdict on a claim as a sentence: what is printed, what stands against it, by how much they differ."""
    claim = held.claim
    about = {"what": subject(claim), "text": Name(claim.value_text)}
    if not held.against or held.kind not in ("agrees", "agrees_at_rounding", "differs", "not_comparable"):
        return say("{what}: the article prints {text}. {verdict}.", verdict=word(held.kind).capitalize(), **about)
    official = held.against[0]
    about |= {"official": official, "who": publisher(official), "when": when(official.period)}
    if held.kind == "not_comparable":
        return say(
            "{what}: the article prints {text}. {who} has {official} ({when}), but {reason}.",
            reason=word(held.reason) if held.reason else word("definition"), **about,
        )  # fmt: skip
    if held.kind == "differs" and official.status not in prose.MARKED:
        about["official"] = prose.exactly(official)  # four digits may hide by what they differ
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


def course(aims: Sequence[Target], city: str) -> Sentence:
    """How many of the targets of a city that can be measured are met, on course, behind."""
    aims, place = [aim for aim in aims if aim.standing != "not_measurable"], prose.name(city)
    if not aims:
        return say("No measurable target of {city} is found.", city=place)
    if len(aims) == 1:
        return say("{city} has {n} measurable target: {standing}.", city=place, n=1, standing=word(aims[0].standing))
    return say("Of {city}'s {n} measurable targets, {standings}.", city=place, n=len(aims), standings=standings(aims))


def standings(aims: Iterable[Target]) -> Sentence:
    """How many of ``aims`` are met, on course, behind, undecided, or without a figure."""
    count = targets.counts(aims)
    if not sum(count.values()) - count["not_measurable"]:
        return say("no measurable target is known")
    return say(
        "{met} {are} met, {on} on course, {behind} behind and {open} undecided; for {none} nothing comparable has been "
        "published yet",
        are=plural(count["met"], one="is", many="are"), met=count["met"], on=count["on_course"],
        behind=count["behind"], open=count["undecided"], none=count["no_figure_yet"],
    )  # fmt: skip


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
    return told + [
        say("{who} gives {fact} for {when}.", who=publisher(fact), fact=fact, when=when(fact.period))
        for fact in held.elsewhere[:1]
    ]


def quoted(place: str, *measures: str) -> list[Sentence]:
    """The verdicts on what the press prints of ``place``, by indicator or measure: repeats and targets left out."""
    held = claims.verdicts(claims.claims(), witnesses.evidence())
    return [
        verdict(one)
        for one in held
        if one.kind in HELD and one.claim.place == place and {one.claim.indicator, one.claim.measure} & set(measures)
    ]


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
        term=term, now=aim.current, when=when(aim.current.period), standing=word(aim.standing), **about,
    )  # fmt: skip
    reached = [say("That is {share}.", share=aim.attainment)] if aim.attainment else []
    needed = [say("It still needs {growth} a year.", growth=aim.needed)] if aim.needed and aim.standing != "met" else []
    return paragraph(first, *reached, *needed)


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
            "row": _row(one.against[0]) if one.against else "",
        }
        for one in held
    ])  # fmt: skip


def _row(fact: Fact) -> str:
    """Where a fact stands in the data: indicator, place, period, source."""
    return " · ".join(filter(None, [fact.indicator, fact.place, fact.period, *fact.sources[:1]]))


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


def reached(aims: Iterable[Target]) -> Sentence:
    """What `attained` shows, in words: how many of ``aims`` are met, and the least and the largest share reached."""
    aims = [aim for aim in aims if aim.attainment]
    shares = sorted((aim.attainment for aim in aims), key=lambda share: share.value)
    if not shares:
        return say("no target with a figure")
    told = {"met": sum(aim.standing == "met" for aim in aims), "n": len(aims)}
    if len(shares) == 1:
        return say("{met} of {n} target met, newest figure at {share} of it", share=shares[0], **told)
    ends = shares[:1] if shares[0].value == shares[-1].value else [shares[0], shares[-1]]
    return say("{met} of {n} targets met, newest figures at {shares} of them", shares=prose.span(ends), **told)


def attained(aims: Iterable[Target]) -> pd.DataFrame:
    """How much of each target is reached, in per cent, as a frame for `charts.bullet`: a row for the outcome where
    there is one, and one for the target, which is 100. Of most is reached first.
    """
    rows = []
    for aim in sorted(aims, key=lambda aim: -aim.attainment.value if aim.attainment else 0.0):
        newest = str(say("newest of {period}", period=when(aim.current.period))) if aim.current else ""
        words = [subject(aim), when(aim.period), prose.word(aim.fact), newest]
        about = {"series": str(prose.listed(filter(None, words))), "unit": "percent"}
        if aim.attainment:
            fact = aim.attainment
            rows.append(about | {"value": fact.value, "low": fact.low, "high": fact.high, "status": fact.status,
                                 "qualifier": fact.qualifier, "source_id": fact.sources,
                                 "label": render(fact, prose.language())})  # fmt: skip
        rows.append(about | {"value": 100.0, "low": 100.0, "high": 100.0, "status": "target", "qualifier": "exact",
                             "source_id": aim.fact.sources})  # fmt: skip
    return pd.DataFrame(rows)


AIMS = noted({
    "what": "Target",
    "aim": "Set at",
    "term": "For",
    "now": "Newest figure",
    "seen": "Of",
    "share": "Reached",
    "needed": "Growth still needed a year",
    "achieved": "Growth so far a year",
    "standing": "Standing",
})


def aims(targets: Sequence[Target]) -> pd.DataFrame:
    """Targets as a frame for `prose.table` with the columns of ``AIMS``: one row a target."""
    return pd.DataFrame([
        {
            "what": subject(aim),
            "aim": aim.fact,
            "term": when(aim.period),
            "now": aim.current,
            "seen": when(aim.current.period) if aim.current else "",
            "share": aim.attainment,
            "needed": aim.needed,
            "achieved": aim.achieved,
            "standing": _("{verdict} ({reason})").format(verdict=word(aim.standing), reason=word(aim.reason))
            if aim.reason in REASONS else word(aim.standing),
        }
        for aim in targets
    ])  # fmt: skip
