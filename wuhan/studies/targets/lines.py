"""What is said of one target: its line in a table, what is to be doubted of its result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from wuhan.evidence.facts import Fact, face
from wuhan.evidence.observations import FIRM, doubtful
from wuhan.evidence.periods import bounds
from wuhan.evidence.targets import Target
from wuhan.evidence.wording import ranged
from wuhan.text.codes import REASONS, standing, subject, word
from wuhan.text.language import noted
from wuhan.text.prose import Name, Sentence, Values, _, counted, exactly, percent, roughly, say, when
from wuhan.text.verdicts import grade, publisher
from wuhan.text.words import look_up

HEADS = noted(
    {
        "what": "Target",
        "term": "For",
        "aim": "Set at",
        "now": "Newest figure",
        "seen": "Of",
        "grade": "Trust",
        "share": "Reached",
        "standing": "Standing",
    }
)


SIGNS = noted({"about": "≈{value}", "at_least": "≥{value}", "over": ">{value}"})


def frame(aims: Sequence[Target]) -> pd.DataFrame:
    """Targets as a frame with the columns of ``HEADS``."""
    return pd.DataFrame(
        [
            {
                "what": subject(aim),
                "term": when(aim.period) if aim.period else _("no year printed"),
                "aim": aim.fact,
                "now": aim.current,
                "seen": when(aim.current.period) if aim.current else "",
                "grade": trust(aim) if aim.current else "",
                "share": _share(aim),
                "standing": _("{verdict} ({reason})").format(verdict=standing(aim), reason=word(aim.reason))
                if aim.reason in REASONS
                else standing(aim),
            }
            for aim in aims
        ]
    )


def _share(aim: Target) -> Sentence | None:
    """How much is reached, in whole percent, of a floor at most; of what is met no bound, which would tell less."""
    share = aim.attainment
    if share is None or aim.standing == "met" and share.qualifier == "up_to":
        return None
    if share.qualifier == "up_to":
        return say("at most {share}", share=face(share))
    return percent(share)


def doubt(aim: Target, result: Fact) -> Sentence | None:
    """That a target was reached late, or that only a source of low trust says so, or prints the target; None without
    doubt.
    """
    late, weak = aim.standing == "late", doubtful(result.sources)
    told = {"what": subject(aim), "now": counted(result), "seen": when(result.period), "who": publisher(result)}
    if late and weak:
        return say(
            "{what}: the target for {year} was reached late, with {now} in {seen}; only a source of low trust says so, "
            "{who}.",
            year=when(aim.period),
            **told,
        )
    if late:
        return say(
            "{what}: the target for {year} was reached late, with {now} in {seen} ({who}).",
            year=when(aim.period),
            **told,
        )
    if weak:
        return say("{what}: the {now} of {seen} stand only in a source of low trust, {who}.", **told)
    if _best(aim.figure) > FIRM:
        return say(
            "{what}: the target of {aim} for {year} stands only in a source of low trust, {who}.",
            what=subject(aim),
            aim=counted(aim.figure),
            year=when(aim.period),
            who=publisher(aim.figure),
        )
    return None


def without(aim: Target) -> Sentence:
    """A target without a result, with the last figure of before its term if there is one."""
    what: Sentence | Name = subject(aim)
    if aim.period and len(aim.period) > len("2024"):  # a part of a year, or several
        what = say("{what} ({term})", what=what, term=when(aim.period))
    told: Values = {"what": what, "aim": counted(aim.figure)}
    if not aim.current:
        return say("{what}: {aim}", **told)
    told |= {"now": counted(aim.current), "seen": when(aim.current.period)}
    published = look_up("sources", "source_id", aim.figure.sources[0])["published"]
    reached = aim.current.value >= aim.figure.value
    return say(
        "{what}: {aim} ({now} in {seen}, known when it was set)"
        if reached and published and bounds(aim.current.period)[1] <= bounds(published[:7])[1]
        else "{what}: {aim} ({now} in {seen})",
        **told,
    )


def pace(aim: Target, needed: Fact, achieved: Fact) -> Sentence:
    """Which growth a year a running target needs, and which was reached so far."""
    told: Values = {"what": subject(aim), "needed": roughly(needed), "achieved": roughly(achieved)}
    told["year"] = when(aim.period)
    if aim.reason == "one_step" and aim.current:
        return say(
            "{what}: growth of {needed} a year is needed until {year}; the year to {last} brought {achieved}, which is "
            "one year and no course.",
            last=when(aim.current.period),
            **told,
        )
    return say(
        "{what}: growth of {needed} a year is needed until {year}, {achieved} a year was reached so far.", **told
    )


def short(fact: Fact) -> str:
    """A figure as it is printed, with a sign for "about", "over" and "at least" in place of words: for a figure."""
    if ranged(fact):
        return str(exactly(replace(fact, status="actual")))
    told = str(exactly(replace(fact, qualifier="exact", status="actual")))
    form = SIGNS.get(fact.qualifier)
    return _(form).format(value=told) if form else told


def trust(aim: Target) -> str:
    """The poorer grade of the target, for which the best of its sources speaks, and of its result, for which the
    poorest does. Raises ``ValueError`` for a target without a figure.
    """
    return max(_best(aim.figure), grade(aim.current)) if aim.current else _best(aim.figure)


def weak(aim: Target) -> bool:
    """Whether that grade is below the firm ones."""
    return trust(aim) > FIRM


def _best(fact: Fact) -> str:
    """The best grade of the sources of a fact."""
    return min(look_up("sources", "source_id", source)["trust"] for source in fact.sources)
