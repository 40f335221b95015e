"""What is offered, in sentences and as rows for the charts: who may get how much, in which pot, until when."""

from __future__ import annotations

import functools
from typing import Protocol

import pandas as pd

from wuhan.charts import style
from wuhan.charts.frames import tidy
from wuhan.evidence.facts import Fact, face
from wuhan.studies.ai_policy import numbers as instruments
from wuhan.text import prose
from wuhan.text.language import noted
from wuhan.text.prose import Name, Sentence, _, paragraph, plural, say

STAGES = noted(
    {
        "invested": "Invested: {amounts}.",
        "set_aside": "Set aside: {amounts}.",
        "size_stated": "Stated as the size of existing funds, whatever is paid in: {amounts}.",
        "announced": "Announced: {amounts}.",
        "target": "Aimed at: {amounts}.",
    }
)


class Offer(Protocol):
    """An instrument as a row of `instruments.of_city`."""

    place: str
    who: str
    money: Fact
    per: str


def amount(row: Offer) -> Sentence:
    """The money of an instrument and what it holds for: "up to 20 million yuan per project"."""
    if not row.per:
        return say("{money}", money=row.money)
    return say("{money} per {unit}", money=row.money, unit=prose.label(row.per))


def entries(rows: pd.DataFrame, home: str = "") -> Sentence:
    """Instruments in a row, each with who may get it and the amount: "Talents, up to 1 million yuan per person; …".

    The place is named unless it is ``home``. Raises ``TypeError`` when there is no instrument.
    """
    told = [say("{who}, {amount}", who=_who(row, home), amount=amount(row)) for row in rows.itertuples()]
    return functools.reduce(_and_then, told)


def span(limits: pd.DataFrame, place: Name) -> Sentence:
    """The lowest and the highest cap of ``limits`` (`instruments.limits`), and how many floors stand beside them: a
    title. A floor is no cap, and holds for no single grant.
    """
    ends = instruments.ends(limits)
    floors = int((limits["limit"] != instruments.CAP).sum())
    if not ends:
        return say("Floors in {place}, and no cap", place=place)
    caps = say("Caps on one grant in {place}: {span}", place=place, span=prose.span(ends))
    if not floors:
        return caps
    return say(
        "{caps}; {n} {floors} on what is given in all",
        caps=caps,
        n=floors,
        floors=plural(floors, one="floor", many="floors"),
    )


def answer(rows: pd.DataFrame, home: str) -> Sentence:
    """How many instruments there are for ``home``, how many state an amount of money, and the largest cap of all."""
    found = instruments.summary(rows)
    caps = [
        say(
            "{cap} per {unit} ({who})" if row.per else "{cap} ({who})",
            cap=face(row.money),
            who=_who(row, home),
            **({"unit": prose.label(row.per)} if row.per else {}),
        )
        for row in instruments.largest(rows).itertuples()
    ]
    number, priced = found["known"], found["priced"]
    return paragraph(
        say(
            "For {place}, {n} policy {instruments} {are} found, of which {m} {state} an amount of money.",
            place=prose.name(home),
            n=number,
            m=priced,
            are=plural(number, one="is", many="are"),
            instruments=plural(number, one="instrument", many="instruments"),
            state=plural(priced, one="states", many="state"),
        ),
        say("The largest cap is {caps}.", caps=functools.reduce(_and_then, caps))
        if caps
        else say("There is no cap on money among them."),
    )


def _and_then(first: Sentence, second: Sentence) -> Sentence:
    return say("{first}; {second}", first=first, second=second)


def kind(code: str) -> Name:
    """A kind of instrument in words; of talent not as the theme of that name."""
    return Name(_("support of talent")) if code == "talent" else prose.label(code)


def recipient(code: str) -> Name:
    """A kind of beneficiary as a head of a column."""
    return prose.label(code) or Name(_("not named"))


def by_stage(pots: pd.DataFrame, home: str = "") -> Sentence:
    """Funds and budgets in words: what is invested, set aside, stated, announced, aimed at; never added up."""
    told = [(stage, pots[pots["stage"] == stage]) for stage in dict.fromkeys(pots["stage"])]
    return prose.paragraph(*[say(STAGES[stage], amounts=entries(own, home)) for stage, own in told])


def marks(rows: pd.DataFrame, home: str = "") -> pd.DataFrame:
    """Instruments with money as `charts.limits` draws them: named for who may get it, and what for.

    The label is the amount; below it stand the stage of a fund and what the amount holds for. The place is named
    unless it is ``home``, whose colour all marks have.
    """
    labelled = []
    for row in rows.itertuples():
        unit = say("per {unit}", unit=prose.label(row.per)) if row.per else ""
        below = prose.listed(filter(None, [prose.label(row.stage), unit]))
        labelled.append(f"{say('{money}', money=row.money)}\n{below}".strip())
    return tidy(list(rows["money"])).assign(
        series=[str(_who(row, home)) for row in rows.itertuples()],
        detail=[*map(prose.label, rows["what"])],
        label=labelled,
        colour=style.colour(home) or style.PALETTE[0],
    )


def programmes(rows: pd.DataFrame, home: str = "") -> pd.DataFrame:
    """Programmes as `charts.terms` draws them: by their names, with the place below unless it is ``home``."""
    return rows.assign(
        series=rows[f"programme_{prose.language()}"],
        detail=["" if place == home else prose.name(place) for place in rows["place"]],
    )


def _who(row: Offer, home: str) -> Sentence:
    """Who may get it; and where, unless that is ``home``."""
    if row.place == home:
        return say("{who}", who=prose.label(row.who))
    return say("{place}: {who}", place=prose.name(row.place), who=prose.label(row.who))
