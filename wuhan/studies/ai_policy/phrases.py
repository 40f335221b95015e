"""How one instrument is called: whom it is for, how much it is, of which kind."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Protocol

import pandas as pd

from wuhan.evidence.facts import Fact
from wuhan.text.prose import Name, Sentence, _, label, name, say

TIMES = ("year", "year for the whole city", "three years", "four years")  # bases of an amount that are no receivers


class Offer(Protocol):
    """An instrument as a row of `instruments.of_city`."""

    place: str
    programme_en: str
    date: str
    who: str
    money: Fact
    per: str


def entries(rows: pd.DataFrame, home: str = "") -> Sentence:
    """Instruments in a row, each with who may get it and the amount: "Talents, up to 1 million yuan per person; …".

    The place is named unless it is ``home``. Raises ``TypeError`` when there is no instrument.
    """
    return then([say("{who}, {amount}", who=who(row, home), amount=amount(row)) for row in rows.itertuples()])


def listed_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Instruments in words for a table, in their order: ``where``, ``who``, ``what``, ``unit``, ``stage``."""
    return rows.assign(
        where=rows["place"].map(name),
        who=rows["who"].map(label),
        what=rows["what"].map(label),
        unit=rows["per"].map(label),
        stage=rows["stage"].map(label),
    )


def kind(code: str) -> Name:
    """A kind of instrument in words; of talent not as the theme of that name."""
    return Name(_("support of talent")) if code == "talent" else label(code)


def then(told: Iterable[Sentence]) -> Sentence:
    """Sentences one after another, with a semicolon between two."""
    return functools.reduce(lambda first, second: say("{first}; {second}", first=first, second=second), told)


def amount(row: Offer) -> Sentence:
    """The money of an instrument and what it holds for: "up to 20 million yuan per project"."""
    if not row.per:
        return say("{money}", money=row.money)
    if row.per in TIMES:
        return say("{money} per {time}", money=row.money, time=label(row.per))
    return say("{money} per {unit}", money=row.money, unit=label(row.per))


def whom(row: Offer, home: str) -> Sentence:
    """The same within a sentence."""
    text = str(who(row, home))
    return say("{who}", who=Name(text[:1].lower() + text[1:] if text[1:2].islower() else text))


def who(row: Offer, home: str) -> Sentence:
    """Who may get it; and where, unless that is ``home``."""
    if row.place == home:
        return say("{who}", who=label(row.who))
    return say("{place}: {who}", place=name(row.place), who=label(row.who))
