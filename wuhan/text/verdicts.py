"""What a verdict on a claim, a check of an identity or the standing of a target says: one sentence, made of facts.

The codes come from :mod:`wuhan.evidence`; here they get their words. Nothing is judged here.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable

from wuhan.evidence import package
from wuhan.evidence.claims import Claim, Verdict
from wuhan.evidence.facts import Fact, face, magnitude
from wuhan.evidence.identities import Check
from wuhan.evidence.ledger import RANKED
from wuhan.evidence.quantities import render
from wuhan.evidence.targets import Target
from wuhan.text import prose, sentence, words
from wuhan.text.codes import standing, subject, word
from wuhan.text.language import noted
from wuhan.text.prose import Name, Sentence, Values, _, paragraph, say, when

TESTED = ("agrees", "agrees_at_rounding", "differs", "stale")  # what another source can say of a number
HELD = (*TESTED, "not_comparable", "no_official_figure")
# Why no public source can settle a number.
BEYOND = noted(
    {
        "company": "It is a company's word on itself: no public source can settle it",
        "own_first": "It is a first that nobody else awards: no public source can settle it",
        "vague": "It is a count without a number or a definition: no public source can settle it",
        "internal": "Only the office that says it can count it: no public source can settle it",
    }
)


def place_of(claim: Claim) -> Name:
    """Where a claim is printed: the article and its line."""
    return Name(_("{article}, line {line}").format(article=article(claim.source_id), line=claim.line))


def publisher(fact: Fact) -> str:
    """Who published a fact first."""
    return prose.publishers(fact.sources[:1])[0]


def grade(fact: Fact) -> str:
    """The poorest grade of the sources of a fact."""
    return max(words.look_up("sources", "source_id", source)["trust"] for source in fact.sources)


def witness(fact: Fact) -> str | Sentence:
    """Who says a fact: its publisher; of one that nobody prints, that it is worked out here, and from what."""
    if not fact.formula:
        return publisher(fact)
    if fact.row:
        return say("worked out here from figures of {who}", who=publisher(fact))
    levels, n = prose.measure(fact.behind[0].indicator), len({leaf.place for leaf in fact.behind})
    if n > 1:
        return say("worked out here from {levels} of {n} cities", levels=levels, n=n)
    return say("worked out here from {levels} of two years, by {who}", levels=levels, who=publisher(fact))


def verdict(held: Verdict) -> Sentence:
    """The verdict on a claim in words that can be printed: what the article has, what it rests on, how they stand."""
    claim = held.claim
    about: Values = {"what": subject(claim), "text": _printed(claim)}
    if held.kind == "target" and held.against:
        return _aim(held, about)
    if held.kind == "stale":
        return _stale(held, about)
    if held.kind in TESTED:
        return _tested(held, about)
    if held.kind == "not_comparable":
        return paragraph(_near(held, about), *_more(held))
    if held.witness:
        return paragraph(say("{what}: the article prints {text}.", **about), *_alone(held))
    return say("{what}: the article prints {text}. {verdict}.", verdict=word(held.kind).capitalize(), **about)


def _printed(claim: Claim) -> Fact | Sentence | Name:
    """What the article prints: its characters in Chinese, else its number, if it has one."""
    if claim.fact is None:
        return Name(claim.value_text)
    return prose.printed(claim.fact, claim.value_text) if prose.language() == "zh" else claim.fact


def dated(fact: Fact) -> str:
    """When a fact is true, or was printed if its text does not say."""
    return when(fact.period or words.look_up("sources", "source_id", fact.sources[0])["published"])


def _of(held: Verdict, fact: Fact) -> Values:
    """A fact beside a claim, who says it and for when; all digits where four would hide by what the two differ, and the
    words of a rank.
    """
    alike = held.kind not in ("agrees", "not_comparable") and render(face(held.claim.fact)) == render(fact)
    full = (held.kind in ("differs", "stale") or alike) and fact.status not in sentence.MARKED
    read = held.testimony(fact)
    official: object = prose.counted(fact, full)
    if read and held.claim.comparison == RANKED:
        official = Name(read.value_text)
    return {"official": official, "who": witness(fact), "when": dated(fact)}


def _tested(held: Verdict, about: Values) -> Sentence:
    """A claim that something decides on, by the kind of witness."""
    about = about | _of(held, held.against[0])
    if held.witness == "echo":
        first = say(
            "{what}: the article prints {text}; {who} prints {official} ({when}), from the same officials: repeated, "
            "not measured a second time.",
            **about,
        )
    elif held.witness == "worked_out":
        first = say("{what}: the article prints {text}; {who}, it is {official} ({when}).", **about)
    else:
        first = say("{what}: the article prints {text}; {who}, which counts it, has {official} ({when}).", **about)
    return paragraph(first, *_outcome(held), *_noted(held, held.against[0]))


def _stale(held: Verdict, about: Values) -> Sentence:
    """A claim whose figure is that of an earlier time; and what its own time has, where that is known."""
    then = held.elsewhere[0]
    about = about | {
        "year": when(held.claim.period),
        "source": witness(then),
        "then": when(then.period),
        "old": prose.counted(then),
    }
    first = say("{what}: the article prints {text} for {year}; {source} has {old} for {then}.", **about)
    if not held.relations[0]:  # nothing of its own time is known
        return paragraph(
            first, say("So it is with the level printed beside it: both are the figures of {then}.", then=about["then"])
        )
    told = _of(held, held.against[0]) | {"year": about["year"]}
    del told["when"]
    return paragraph(first, say("For {year} {who} has {official}.", **told))


def _near(held: Verdict, about: Values) -> Sentence:
    """A claim that nothing decides on, with what comes nearest."""
    fact = held.against[0]
    about = about | _of(held, fact)
    if held.reason == "period":
        return say(
            "{what}: the article prints {text}. The nearest figure is of another period: {official} ({when}), {who}.",
            **about,
        )
    if held.reason == "cities":
        among = len({leaf.place for leaf in fact.behind})
        return say(
            "{what}: the article prints {text}. Among the {n} cities of this collection it is {official} ({when}); the "
            "rank in the nation is not checked.",
            what=about["what"],
            text=about["text"],
            n=among,
            official=about["official"],
            when=about["when"],
        )
    if held.reason == "area":
        return say(
            "{what}: the article prints {text}. The nearest figure is of another area: {official} in {area} ({when}), "
            "{who}.",
            area=prose.name(fact.place),
            **about,
        )
    return say(
        "{what}: the article prints {text}. The nearest figure has another definition: {official} ({when}), {who}.",
        **about,
    )


def _noted(held: Verdict, fact: Fact) -> list[Sentence]:
    """What the editors noted on what was read."""
    read = held.testimony(fact)
    return [say("{note}", note=Name(_(read.note)))] if read and read.note else []


def _more(held: Verdict) -> list[Sentence]:
    """What else is to be said of a claim that nothing decides on: a whole smaller than it, the same figure long ago."""
    told = _noted(held, held.against[0])
    if held.whole:
        told.append(
            say(
                "{who} has {all} for all of {around} ({when}), less than the article gives for a part of it: the two "
                "do not count the same.",
                who=witness(held.whole),
                all=prose.counted(held.whole),
                around=prose.name(held.whole.place),
                when=dated(held.whole),
            )
        )
    figure = held.claim.figure.value
    same = [fact for fact in held.elsewhere if fact.value == figure and fact not in held.against[:1]]
    for fact in sorted(same, key=lambda fact: fact.period)[:1]:
        told.append(say("{who} has the same figure for {when}.", who=witness(fact), when=dated(fact)))
    return told


def _alone(held: Verdict) -> list[Sentence]:
    """Why no other source stands beside a claim, who repeats it all the same, and what comes nearest."""
    if held.witness == "not_found":
        return [say("Public pages were searched, and no other source was found; there may be one.")]
    if held.witness != "beyond" or held.search is None:
        return [say("No other source was looked for.")]
    told = [say("{why}.", why=Name(_(BEYOND[held.search.reason])))]
    for fact in held.against[:1]:
        read, values = held.testimony(fact), _of(held, fact)
        if read and read.direct:
            told.append(say("{who} repeats it ({when}).", who=values["who"], when=values["when"]))
        else:
            told += [say("What comes nearest: {official} ({when}), {who}.", **values), *_noted(held, fact)]
    return told


def _aim(held: Verdict, about: Values) -> Sentence:
    """A goal with what others print of it."""
    fact = held.against[0]
    about = about | _of(held, fact)
    if held.relations[0]:
        first = say(
            "{what}: the article prints {text}, a target or plan. {who} has it, too: {official} ({when}).", **about
        )
    else:
        first = say(
            "{what}: the article prints {text}, a target or plan. What comes nearest: {official} ({when}), {who}.",
            **about,
        )
    return paragraph(first, *_noted(held, fact))


def _outcome(held: Verdict) -> list[Sentence]:
    """How a claim and the deciding figure stand."""
    if held.kind == "agrees":
        return [] if held.witness == "echo" else [say("They agree.")]
    if held.kind == "agrees_at_rounding":
        return [say("They agree at the printed rounding.")]
    if held.difference is None or not held.direction:
        return [say("They differ.")]
    gap = magnitude(held.difference)
    return [say("The article is {gap} higher." if held.direction > 0 else "The article is {gap} lower.", gap=gap)]


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
    """A press article by its publisher and the day on which it was said; the month alone where that is inferred."""
    publisher = re.split(r" ?[(（]|,", words.publisher(source_id))[0]
    day = _articles(package.state("claims")).get(source_id, "")
    if day != words.look_up("sources", "source_id", source_id)["published"]:  # no page prints it
        return Name(_("{publisher}, {month} (inferred)").format(publisher=publisher, month=when(day[:7])))
    return Name(_("{publisher}, {day}").format(publisher=publisher, day=when(day)))


def target(aim: Target) -> Sentence:
    """How far a target has come, as a sentence."""
    about = {"what": subject(aim), "aim": prose.counted(aim.fact)} if aim.fact else {}
    if not about:
        return say("{what}: {standing}.", what=subject(aim), standing=standing(aim))
    term = say(" for {year}", year=when(aim.period)) if aim.period else say(", no year printed")
    if aim.current is None:
        return say("{what}: {aim}{term}. {standing}.", term=term, standing=standing(aim).capitalize(), **about)
    first = say(
        "{what}: {aim}{term}. The newest figure is {now} ({when}): {standing}.",
        term=term,
        now=prose.counted(aim.current),
        when=when(aim.current.period),
        standing=standing(aim),
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
