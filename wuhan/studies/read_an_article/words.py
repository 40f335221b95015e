"""What a text that was read comes to: a branch in a sentence stands here, not in the notebook."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from wuhan.evidence import package
from wuhan.evidence.claims import Verdict
from wuhan.evidence.facts import Fact, magnitude
from wuhan.evidence.identities import Check
from wuhan.evidence.ledger import RANKED, Claim
from wuhan.evidence.observations import FIRM
from wuhan.evidence.quantities import render
from wuhan.evidence.targets import Target
from wuhan.evidence.testimony import ECHO, MEASURED
from wuhan.reading import candidates, known
from wuhan.reading.known import AIM, DIFFERS, HOLDS, MARKS, OPEN, STALE, UNSURE_MARK, Known
from wuhan.reading.said import Said
from wuhan.reading.terms import vocabulary
from wuhan.studies.read_an_article.names import HEADS, KINDS, MEANINGS, QUESTIONS, RESTS, SIGNS, WEAK, WEAKLY, WHY
from wuhan.text import prose, verdicts
from wuhan.text.codes import word
from wuhan.text.ending import end_with
from wuhan.text.language import _, language, noted
from wuhan.text.prose import bulleted, counted, headed, joined, listed, paragraph, plural
from wuhan.text.sentence import Sentence, escape, say
from wuhan.text.tables import Table
from wuhan.text.words import Name, look_up, measure, when

EXAMPLE = Path(__file__).with_name("example.txt").resolve()  # written for the page, with wrong figures on purpose
# Publishers that count: bureaus of statistics, and whose register the ledger (data/witnesses.csv) takes for a count.
COUNTS = re.compile(
    r"(\w+ )*Bureau of Statistics\b|Municipal and provincial statistical bureaus|Wuhan High-tech Industry Association|"
    r"Wuhan Cyberspace Administration"
)
EXACT = 12  # digits, where four would hide by how much two numbers differ
FIRST_LINES = 40  # candidate rows that the page shows; all of a usual article


@dataclass(frozen=True)
class Told:
    """A text that was read, in words; ``made_up`` if it is the example, which no press printed."""

    reading: known.Reading
    made_up: bool = False

    @cached_property
    def decided(self) -> list[Known]:
        """The numbers on which something decides, what does not hold first."""
        order = (DIFFERS, STALE, HOLDS)
        found = [one for one in self.reading.numbers if one.mark in order]
        return sorted(found, key=lambda one: (order.index(one.mark), one.found.line))

    def answer(self) -> Sentence:
        """How many numbers there are and how they stand; the end where there is none, or no place of the tables."""
        if not self.reading.numbers:
            return end_with(say("The text {name} has no number with a meaning.", name=Name(self.reading.article.name)))
        if not self.reading.subject.place:
            return end_with(
                say(
                    "The text {name} names no place of the tables: its {n} numbers cannot be held against anything.",
                    name=Name(self.reading.article.name),
                    n=len(self.reading.numbers),
                )
            )
        counts, n = self.reading.counts, len(self.reading.numbers)
        tested = len(self.decided)
        told = {"n": n, "numbers": plural(n, one="number", many="numbers"), "tested": tested}
        first = say("Of {n} {numbers} in the text {tested} can be held against other sources.", **told)
        if self.made_up:
            first = say("In a made-up example with errors, {tested} of {n} {numbers} can be checked.", **told)
        outcome = [say("Of these {outcome}.", outcome=self._outcome(counts))] if tested else []
        return headed(first, *outcome, self._rest(counts))

    def _outcome(self, counts: dict[str, int]) -> Sentence:
        parts = [
            say("{n} {verb}", n=counts[mark], verb=plural(counts[mark], one=one, many=many))
            for mark, one, many in (
                (HOLDS, noted("holds"), noted("hold")),
                (DIFFERS, noted("differs"), noted("differ")),
                (STALE, noted("is the figure of an earlier time"), noted("are figures of an earlier time")),
            )
            if counts[mark]
        ]
        return listed(parts)

    def _rest(self, counts: dict[str, int]) -> Sentence:
        return say(
            "{aims} {are}, {open} cannot be checked, {unsure} {unclear}.",
            aims=counts[AIM],
            are=plural(counts[AIM], one="is an aim", many="are aims"),
            open=counts[OPEN],
            unsure=counts[UNSURE_MARK],
            unclear=plural(
                counts[UNSURE_MARK], one="was not understood well enough", many="were not understood well enough"
            ),
        )

    def taken(self) -> Sentence:
        """What the text is taken for: its city, its day and its encoding."""
        reading = self.reading
        told = [say("The text is {name}.", name=Name(reading.article.name))]
        if reading.subject.place:
            place = prose.name(reading.subject.place)
            if reading.subject.sure == "sure":
                told.append(say("It speaks of {place}.", place=place))
            else:
                told.append(say("It seems to speak of {place}, and names other places, too.", place=place))
        day = Name(when(reading.printed.day)) if reading.printed.day else ""
        why = reading.printed.why
        if not day:
            told.append(say("No day of printing was found: no time such as last year can be told."))
        elif why == "older":
            told.append(
                say("Its page is of {day}, but all that it tells is years older: its times are in doubt.", day=day)
            )
        elif why == "inferred":
            told.append(
                say(
                    "It names no day of printing; {day} is what its sentences suggest, and no verdict rests on it.",
                    day=day,
                )
            )
        else:
            told.append(say("It was printed on {day}.", day=day))
        return paragraph(*told)

    def article(self) -> Sentence:
        """The text with each number in bold and the sign of its mark behind it, and what the signs mean."""
        by_line: dict[int, list[Known]] = {}
        for one in self.reading.numbers:
            by_line.setdefault(one.found.line, []).append(one)
        plain, shown = [], []
        for number, line in enumerate(self.reading.article.lines, 1):
            if number in self.reading.article.furniture or not line.strip():
                continue
            text, marked = _marked(line, by_line.get(number, ()))
            plain.append(text)
            shown.append(marked)
        meant = [f"{SIGNS[mark] or '–'} {_(MEANINGS[mark])}" for mark in MARKS]
        if any(map(_weak, self.reading.numbers)):
            meant.insert(1, f"{WEAK} {_(WEAKLY)}")
        signs = _("; ").join(meant)
        legend = Sentence(signs, escape(signs))
        body = Sentence("\n\n".join(plain), "\n\n".join(f"> {each}" for each in shown))
        return joined([legend, body], "\n\n")

    def table(self) -> Table:
        """One row a number: what it is about, how sure, and how it stands."""
        rows = [
            {
                "line": one.found.line,
                "number": one.found.number.text,
                "about": _sure(one.found.measure, measure),
                "place": _sure(one.found.place, prose.name),
                "time": _sure(one.found.period, when),
                "kind": _(KINDS[one.found.kind.code]),
                "mark": f"{_sign(one)} {_(WEAKLY if _weak(one) else MEANINGS[one.mark])}".strip(),
                "rests": _rests(one),
                "then": word(one.then.kind) if one.then and one.mark in (HOLDS, DIFFERS, STALE) else "",
            }
            for one in self.reading.numbers
        ]
        return prose.table(pd.DataFrame(rows, columns=list(HEADS)), HEADS)

    def verdicts(self) -> Sentence:
        """The verdict on each number on which something decides, what does not hold first."""
        if not self.decided:
            return say("Nothing decides on any number of the text.")
        return bulleted(_line(one, _verdict(one)) for one in self.decided)

    def nearest(self) -> Sentence:
        """What comes nearest to the numbers that are understood and cannot be checked."""
        near = [one for one in self.reading.numbers if one.mark == OPEN and one.now and one.now.against]
        if not near:
            return say("Nothing comes near the others.")
        return bulleted(_line(one, _near(one)) for one in near)

    def aims(self) -> Sentence:
        """How far the aims of the text are that name a known measure."""
        found = [one for one in self.reading.numbers if one.target]
        if not found:
            return say("No aim of the text names a measure of the tables.")
        return bulleted(_line(one, _aim(one)) for one in found)

    def fit(self) -> Sentence:
        """What the numbers of the text come to against one another, what fails first."""
        checks = sorted(self.reading.checks, key=lambda check: check.kind != "does_not_close")
        if not checks:
            return say("No two numbers of the text can be tested against one another.")
        return bulleted(_check(each) for each in checks)

    def rows(self) -> Sentence:
        """The rows that a maintainer may add to ``claims.csv``, as text to be copied."""
        found = [one.found for one in self.reading.numbers]
        made = candidates.rows(found, vocabulary(), self.reading.printed, candidates.following())
        stream = io.StringIO()
        writer = csv.DictWriter(stream, package.columns("claims"), extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(made[:FIRST_LINES])
        fenced = f"```text\n{stream.getvalue()}```"
        note = say("{n} of {all} rows; blank cells are open.", n=min(len(made), FIRST_LINES), all=len(made))
        return joined([note, Sentence(stream.getvalue(), fenced)], "\n\n")

    def sources(self) -> list[Fact]:
        """What the verdicts and the nearest figures rest on."""
        shown = [one.now for one in self.reading.numbers if one.now and one.mark in (HOLDS, DIFFERS, STALE, OPEN)]
        found = [fact for held in shown for fact in (*held.against[:1], *held.elsewhere[:1])]
        return [*found, *(one.target.current for one in self.reading.numbers if one.target and one.target.current)]


def read(text: str, printed: str = "", min_trust: str = "D") -> Told:
    """The text at a path, read and held against the tables. Raises ``TextError`` for a file that is no text."""
    found = {(folder / text).resolve() for folder in (package.ROOT, Path())}
    return Told(known.read(text, printed, min_trust), made_up=EXAMPLE in found)


def _verdict(one: Known) -> Sentence:
    """The verdict on a number: what the text has, who has what, on what it rests, and how the two stand."""
    held = _deciding(one)
    fact = _agreeing(held) if one.mark == HOLDS else held.against[0]
    ranked = held.claim.comparison == RANKED
    first = say(
        "{what}: the text prints {text}; {who} has {official} ({when}).",
        what=measure(held.claim.indicator),
        text=_text(held.claim),
        who=verdicts.witness(fact),
        official=say("number {n}", n=fact) if ranked else counted(fact, exact=True),
        when=verdicts.dated(fact),
    )
    if one.mark == HOLDS:
        return first
    if one.mark == STALE:
        return paragraph(first, say("The figure of the text is that of {when}.", when=when(held.elsewhere[0].period)))
    if held.difference is None or not held.direction:
        return first
    higher = held.direction > 0
    gap = Name(render(magnitude(held.difference), language()))  # no row of the data stands behind a text
    return paragraph(first, say("The text is {gap} higher." if higher else "The text is {gap} lower.", gap=gap))


def _agreeing(held: Verdict) -> Fact:
    """The first fact that agrees with a number."""
    pairs = zip(held.against, held.relations, strict=True)
    return next(fact for fact, relation in pairs if relation in known.AGREEING)


def _deciding(one: Known) -> Verdict:
    """The verdict to tell: that of today, or of the day of printing where only that one agrees."""
    assert one.now is not None and one.then is not None
    if one.mark != HOLDS:
        return one.now
    return next(held for held in (one.now, one.then) if set(held.relations) & set(known.AGREEING))


def _rests(one: Known) -> str:
    """On what a verdict rests, and its grade; who repeats whom was judged for the ledger only, so a publisher that the
    ledger takes for one that counts does so here.
    """
    if one.mark not in (HOLDS, DIFFERS, STALE):
        return ""
    held = _deciding(one)
    fact = _agreeing(held) if one.mark == HOLDS else held.against[0]
    known_as = [look_up("sources", "source_id", source) for source in fact.sources]
    kind = held.witness
    if kind == ECHO and any(COUNTS.match(each["publisher"]) for each in known_as):
        kind = MEASURED
    return _("{rests}; grade {grade}").format(rests=_(RESTS[kind]), grade=verdicts.grade(fact))


def _weak(one: Known) -> bool:
    """Whether a number holds by a source of low trust alone."""
    return one.mark == HOLDS and verdicts.grade(_agreeing(_deciding(one))) > FIRM


def _sign(one: Known) -> str:
    """The sign of the mark of a number, in brackets where a source of low trust alone stands behind it."""
    return WEAK if _weak(one) else SIGNS[one.mark]


def _text(claim: Claim) -> Name:
    """What the text prints, in Chinese with the number behind English words."""
    if language() == "zh" and claim.value_text.isascii() and claim.fact is not None:
        return Name(_("{figure} ({text})").format(figure=render(claim.fact, language(), EXACT), text=claim.value_text))
    return Name(claim.value_text)


def _line(one: Known, told: Sentence) -> Sentence:
    return say("Line {line}: {told}", line=Name(str(one.found.line)), told=told)


def _near(one: Known) -> Sentence:
    """The nearest figure to a number that nothing decides on."""
    held = one.now
    assert held is not None
    return say(
        "{what}: the text prints {text}; {who} has {official} ({when}), and may count otherwise."
        if held.kind in known.DECIDED
        else "{what}: the text prints {text}; what comes nearest is {official} ({when}), {who}.",
        what=measure(held.claim.indicator),
        text=_text(held.claim),
        who=verdicts.witness(held.against[0]),
        official=counted(held.against[0]),
        when=verdicts.dated(held.against[0]),
    )


def _aim(one: Known) -> Sentence:
    """An aim beside the newest figure of its measure."""
    target = one.target
    assert target is not None and one.claim is not None
    about = {
        "what": measure(one.claim.indicator),
        "text": _text(one.claim),
        "standing": _("its term still runs") if _runs(target) else word(target.standing),
    }
    if target.current is None:
        return say("{what}: the text prints {text}; {standing}.", **about)
    return say(
        "{what}: the text prints {text}; the newest figure is {now} ({when}): {standing}.",
        now=counted(target.current),
        when=when(target.current.period),
        **about,
    )


def _runs(target: Target) -> bool:
    """Whether nothing more can be told of an aim than that its term still runs."""
    return target.standing == "undecided" and bool(target.period) and not target.due


def _check(check: Check) -> Sentence:
    """A test of numbers of the text against one another."""
    question = _(QUESTIONS[check.identity.question])
    if check.left is None or check.right is None:
        return say("{question} {verdict}.", question=Name(question), verdict=word(check.kind).capitalize())
    left, right = (Name(render(side, language(), EXACT)) for side in (check.left, check.right))
    return say(
        "{question} {left} against {right}: {verdict}.",
        question=Name(question),
        left=left,
        right=right,
        verdict=word(check.kind),
    )


def _sure(said: Said, name) -> str:
    """What is said of a number, with the reason where it is not sure."""
    if said.code and said.sure == "sure":
        return name(said.code)
    why = _(WHY[said.why]) if said.why in WHY else ""
    if said.code and said.sure == "likely":
        return _("likely {what} ({why})").format(what=name(said.code), why=why)
    return _("not sure ({why})").format(why=why) if why else _("not sure")


def _marked(line: str, numbers: Iterable[Known]) -> tuple[str, str]:
    """A line of the text with its numbers marked, plain and as Markdown."""
    plain, shown, at = "", "", len(line) - len(line.lstrip())
    for one in sorted(numbers, key=lambda each: each.found.column):
        start = one.found.column
        end = start + len(one.found.number.text)
        if start < at:
            continue
        sign = _sign(one)
        plain += line[at:start] + f"[{line[start:end]}{sign}]"
        marked = f"<b>{html.escape(line[start:end])}</b>" + f"<sup>{sign}</sup>" * bool(sign)
        shown += escape_line(line[at:start]) + marked
        at = end
    return plain + line[at:], shown + escape_line(line[at:])


def escape_line(text: str) -> str:
    """A piece of a foreign text, literal inside Markdown; blanks at its ends stay."""
    inner = escape(text)
    lead = " " if text[:1].isspace() and inner else ""
    tail = " " if text[-1:].isspace() and inner else ""
    return lead + re.sub(r"^([-+>]|[0-9]+[.)])", r"\\\1", inner) + tail
