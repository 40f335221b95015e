"""What is known of the numbers of a text: held against all that the tables have, as the claims of the ledger are.

No verdict rests on a guess: place, measure and time must all be sure, and a number must tell of what has happened. That
a number is wrong is said only where somebody prints another figure of the same official statistic, and nobody the same.
What is counted by rules of its own (firms, models, platforms) may differ and be right: there it is left open.

==========  =================================================================================================
holds       another source has the figure, or had it when the text was printed
differs     others print another figure of the same measure, place and time, and none prints this one
stale       it differs, and is the figure of an earlier time
aim         a target, plan, cap or forecast
open        understood, and nothing decides on it
context     no result: a lower limit, a count of listed things, a length of time
unsure      what it is about is not sure, or what it says could not be read
==========  =================================================================================================
"""

from __future__ import annotations

import math
import re
from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from wuhan.evidence import claims, package, progress, witnesses
from wuhan.evidence.claims import Claim, Verdict
from wuhan.evidence.facts import Fact, equal
from wuhan.evidence.identities import Check, Identity, check_all
from wuhan.evidence.ledger import FORWARD, RANKED, stated
from wuhan.evidence.periods import days_between
from wuhan.evidence.targets import Target
from wuhan.evidence.testimony import Heard, Testimony, heard
from wuhan.evidence.witnesses import Evidence
from wuhan.reading import about, candidates, decode, terms, times
from wuhan.reading.decode import Article
from wuhan.reading.forms import DURATION, LIST, MULTIPLE, RANK, THRESHOLD
from wuhan.reading.said import CONTEXT as NO_RESULT
from wuhan.reading.said import UNSURE, Found, Subject
from wuhan.reading.terms import Vocabulary
from wuhan.reading.times import Printing

HOLDS, DIFFERS, STALE, AIM, OPEN, CONTEXT, UNSURE_MARK = MARKS = (
    "holds",
    "differs",
    "stale",
    "aim",
    "open",
    "context",
    "unsure",
)
AGREEING = ("agrees", "agrees_at_rounding")
DECIDED = (*AGREEING, "differs", "stale")
SOURCE = "text"  # the source of what the text itself states
OFFICIAL = "gdp"  # the theme whose measures are counted by one rule everywhere
SAME = 5  # numbers in common by which a text is known again
FIRST = ("", "first_release")
YEAR = 366
REVISED = 550  # days after its period by which a figure may have been revised
TRUSTED = ("A", "B")  # grades of a source that may contradict a text


@dataclass(frozen=True)
class Known:
    """A number of a text with what is known of it: by all that is known, and by what was when it was printed."""

    found: Found
    mark: str
    row: Mapping[str, object] | None = None
    claim: Claim | None = None
    now: Verdict | None = None
    then: Verdict | None = None
    target: Target | None = None


@dataclass(frozen=True)
class Reading:
    """A text with all that was read in it."""

    article: Article
    printed: Printing
    subject: Subject
    numbers: tuple[Known, ...]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many numbers have each mark, all marks in their order."""
        marks = [one.mark for one in self.numbers]
        return {mark: marks.count(mark) for mark in MARKS}

    @cached_property
    def checks(self) -> list[Check]:
        """What the numbers of the text come to when they are set against one another."""
        return fits(self.numbers)


def read(path: str, printed: str = "", min_trust: str = "D", data: Path = package.DATA) -> Reading:
    """The text at ``path``, from the root of the project or the current folder, held against the tables of ``data``.

    ``printed``: the day on which it was printed, where it does not say. Raises ``TextError``.
    """
    article = decode.article(path, package.ROOT)
    names = terms.vocabulary(data).within(" ".join(sentence.text for sentence in article.sentences))
    day = times.printing(article, printed)
    found = about.read(article, names, day)
    return Reading(article, day, about.subject(article, names), tuple(hold(found, names, day, min_trust, data)))


def hold(
    found: Sequence[Found], names: Vocabulary, day: Printing, min_trust: str = "D", data: Path = package.DATA
) -> list[Known]:
    """Each number with what is known of it."""
    source = itself(found, data)
    made: list[Known] = []
    for at, one in enumerate(found):
        own = candidates.rows([one], names, day, source)
        row = own[0] | {"claim": f"{SOURCE}_{at}"} if own else None
        claim = _claim(row, names) if row and _decidable(one) else None
        made.append(Known(one, _unheld(one), row, claim))
    said = [one.claim for one in made if one.claim]
    if not said:
        return made
    today = witnesses.evidence(data, min_trust=min_trust)
    now = then = _verdicts(said, today, data)
    if day.sure != UNSURE and day.day:
        then = _verdicts(said, witnesses.evidence(data, min_trust=min_trust, as_of=day.day), data)
    aims = _aims(said, today, day)
    for at, held in enumerate(made):
        if held.claim:
            name = held.claim.claim
            made[at] = _marked(replace(held, now=now[name], then=then[name], target=aims.get(name)), names, day)
    return made


def itself(found: Sequence[Found], data: Path = package.DATA) -> str:
    """The source in which the ledger has a text already, so that it does not vouch for itself; else `SOURCE`.

    It is the same text where the ledger has half of its numbers, five or more, from one source.
    """
    printed = {one.number.text for one in found}
    rows = package.read("claims", data, ("source_id", "value_text"))
    for source, texts in rows.groupby("source_id", sort=False)["value_text"]:
        same = len(printed & set(texts))
        if same >= SAME and 2 * same >= len(printed):
            return str(source)
    return SOURCE


def _claim(row: Mapping[str, object], names: Vocabulary) -> Claim | None:
    """The claim that a row states."""
    basis = names.indicators[str(row["indicator"])].price_basis
    fact = stated(row, basis)
    if fact is None:
        return None
    own = {name: row[name] for name in Claim.__dataclass_fields__ if name != "fact"}
    return Claim(fact=fact, **own)  # type: ignore[arg-type]


def _decidable(one: Found) -> bool:
    """Whether place, measure and time of a number are sure, and it is not context."""
    dated = one.period.known or one.kind.code in FORWARD
    return one.place.known and one.measure.known and dated and one.kind.code != NO_RESULT


def _unheld(one: Found) -> str:
    """The mark of a number before it is held against anything."""
    if one.number.quantity is None:
        return UNSURE_MARK
    if one.kind.code == NO_RESULT or one.number.form in (LIST, DURATION, THRESHOLD):
        return CONTEXT
    if one.kind.code in FORWARD:
        return AIM
    return OPEN if one.measure.known and one.place.known else UNSURE_MARK


def _verdicts(said: Sequence[Claim], known: Evidence, data: Path) -> dict[str, Verdict]:
    """The verdicts on claims of a text; who measures and who repeats is judged as for the claims of the ledger."""
    own = replace(known, heard=_heard(said, data))
    return {one.claim.claim: one for one in claims.verdicts(said, own)}


def _heard(said: Iterable[Claim], data: Path) -> Heard:
    """What was judged of the sources of observations for claims of the same measure and place holds for others, too."""
    judged: dict[tuple[str, str], list[Testimony]] = {}
    rows = package.rows("claims", "claim", ("indicator", "place"), data)
    for name, testimonies in heard(data).testimonies.items():
        about_it = rows[name]["indicator"], rows[name]["place"]
        judged.setdefault(about_it, []).extend(one for one in testimonies if one.fact is None)
    return Heard(
        {
            claim.claim: tuple(
                replace(one, claim=claim.claim) for one in judged.get((claim.indicator, claim.place), ())
            )
            for claim in said
        }
    )


def _aims(said: Sequence[Claim], known: Evidence, day: Printing) -> dict[str, Target]:
    """How far the targets of a text are, by the claim."""
    forward = [claim for claim in said if claim.kind in FORWARD]
    if not forward:
        return {}
    unknown = {"published": day.day, "trust": "D", "#": -1, "publisher": ""}
    own = {claim.source_id: unknown for claim in said if claim.source_id == SOURCE}
    known = replace(known, sources=ChainMap(own, known.sources))  # type: ignore[arg-type]
    measured = progress.measured([replace(claim, stated="") for claim in forward], known)
    return {name: target for target in measured for name in target.claims}


def _marked(one: Known, names: Vocabulary, day: Printing) -> Known:
    """A number with the mark that its verdicts give it."""
    now, then = one.now, one.then
    if now is None or then is None or one.mark != OPEN:
        return one
    if any(relation in AGREEING for verdict in (now, then) for relation in verdict.relations):
        return replace(one, mark=HOLDS)
    if now.kind not in ("differs", "stale") or not _may_contradict(now, names, day):
        return one
    now, then = _dated(now), _dated(then)
    return replace(one, mark=STALE if now.kind == "stale" else DIFFERS, now=now, then=then)


def _dated(held: Verdict) -> Verdict:
    """A verdict, told as stale only where the figure of the earlier time is the very figure of the text."""
    if held.kind != "stale":
        return replace(held, elsewhere=()) if held.kind == "differs" else held
    if equal(held.elsewhere[0], held.claim.figure):
        return held
    return replace(held, kind="differs", elsewhere=())


def _may_contradict(held: Verdict, names: Vocabulary, day: Printing) -> bool:
    """Whether a figure is firm enough to say that a text is wrong: printed at first, trusted, of a statistic with one
    rule; and the text is not so much later that it may have a revised figure.
    """
    deciding = held.against[0] if held.against else None
    if deciding is None or deciding.formula or deciding.vintage not in FIRST or deciding.status == "derived":
        return False
    if held.claim.comparison == RANKED or not day.day or not held.claim.period:
        return False
    if days_between(held.claim.period, day.day) > REVISED:
        return False
    if names.indicators[held.claim.indicator].theme != OFFICIAL:
        return False
    sources = package.rows("sources", "source_id", ("trust", "published"))
    return all(_at_the_time(sources[source], deciding.period) for source in deciding.sources)


def _at_the_time(source: Mapping[str, str], period: str) -> bool:
    """Whether a trusted source printed its figure in the year after the period; later ones may have revised it."""
    if source["trust"] not in TRUSTED or not source["published"]:
        return False
    return 0 <= days_between(period, source["published"]) <= YEAR


# ---- the numbers of a text against one another


def fits(numbers: Sequence[Known]) -> list[Check]:
    """Sums of parts, repetitions, growth between two levels, parts against wholes, where the text prints them."""
    firm = [one.claim for one in numbers if one.claim and one.claim.kind == "actual"]
    facts = {claim.claim: claim.fact for claim in firm if claim.fact}
    asked = [*_sums(firm), *_again(firm), *_grown(firm)]
    parts, more = _parts(numbers)
    facts |= more
    return check_all([*asked, *parts], facts)


SUMS = (
    ("gdp_nominal", ("va_primary", "va_secondary", "va_tertiary"), "sectors"),
    ("trade_total", ("exports", "imports"), "trade"),
)


def _sums(said: Iterable[Claim]) -> list[Identity]:
    """Parts that come to a whole, of one place and time."""
    by_measure: dict[tuple[str, str, str], str] = {}
    for claim in sorted(said, key=_width):  # of a measure that is printed twice the figure with more digits
        by_measure.setdefault((claim.indicator, claim.place, claim.period), claim.claim)
    found = []
    for (indicator, place, period), name in by_measure.items():
        for whole, parts, question in SUMS:
            own = [by_measure.get((part, place, period), "") for part in parts]
            if indicator == whole and all(own):
                found.append(Identity(f"{question}_{name}", question, f"{name} = {' + '.join(own)}"))
    return found


def _width(claim: Claim) -> float:
    """How wide the range is in which the figure of a claim is known."""
    return claim.fact.high - claim.fact.low if claim.fact else math.inf


def _again(said: Iterable[Claim]) -> list[Identity]:
    """The same measure, place and time printed twice."""
    first: dict[tuple[str, str, str], str] = {}
    found = []
    for claim in said:
        name = first.setdefault((claim.indicator, claim.place, claim.period), claim.claim)
        if name != claim.claim:
            found.append(Identity(f"again_{claim.claim}", "again", f"{claim.claim} = {name}"))
    return found


def _grown(said: Iterable[Claim]) -> list[Identity]:
    """Levels of two years at current prices, with the growth that is printed between them."""
    claims_of = {(claim.indicator, claim.place, claim.period): claim for claim in said}
    found = []
    for (indicator, place, period), claim in claims_of.items():
        growth = claims_of.get((f"{indicator}_growth", place, period))
        before = claims_of.get((indicator, place, str(int(period) - 1))) if period.isdigit() else None
        if growth and before and growth.fact and growth.fact.price_basis == "current":
            formula = f"growth({claim.claim}, {before.claim}) = {growth.claim}"
            found.append(Identity(f"growth_{claim.claim}", "growth", formula))
    return found


def _parts(numbers: Sequence[Known]) -> tuple[list[Identity], dict[str, Fact]]:
    """A part behind 其中 and the whole before it, told in the same unit and by the same noun: at most the whole."""
    found: list[Identity] = []
    facts: dict[str, Fact] = {}
    for at, part in enumerate(numbers):
        if (
            part.found.number.qualifier != "of_which"
            or part.row is None
            or part.found.number.form in (LIST, RANK, MULTIPLE)
        ):
            continue
        noun = _noun(part)
        for whole in reversed(numbers[max(0, at - 6) : at]):
            same = (
                whole.found.number.unit == part.found.number.unit
                and whole.found.sentence.paragraph == part.found.sentence.paragraph
            )
            if same and whole.row and whole.found.number.qualifier != "of_which" and noun and _noun(whole) == noun:
                names = f"part_{at}", f"whole_{at}"
                facts |= {name: _plain(row) for name, row in zip(names, (part.row, whole.row), strict=True)}
                found.append(Identity(f"within_{at}", "within", f"{names[0]} <= {names[1]}"))
                break
    return found, facts


def _noun(one: Known) -> str:
    """The two characters before a number, or behind it: what is counted."""
    number, text = one.found.number, one.found.sentence.text
    before = re.search("([一-鿿]{2})(?:[达为共约超]|达到)?$", text[: number.start])
    return before[1] if before else ""


def _plain(row: Mapping[str, object]) -> Fact:
    """The fact of a row whose measure may not be known."""
    fact = stated(row)
    assert fact is not None  # a row with a unit states a figure
    return replace(fact, indicator="", status="actual")
