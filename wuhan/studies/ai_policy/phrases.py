"""How one instrument is called: whom it is for, how much it is, of which kind."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Protocol

import pandas as pd

from wuhan.evidence.facts import Fact
from wuhan.evidence.observations import doubtful
from wuhan.studies.ai_policy import numbers
from wuhan.text.prose import Name, Sentence, Table, _, label, language, listed, name, plural, say, spelt, table, when

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


def why(caps: pd.DataFrame) -> Sentence:
    """Why the first of several caps is named before the others, at the head of a sentence."""
    first = caps.iloc[0]
    return say(
        "The cap with the most sources (trust {grade})"
        if numbers.ranked(caps) == numbers.SOURCES
        else "The largest cap of trust {grade}",
        grade=first["grade"],
    )


def general(rows: pd.DataFrame, every: int) -> Sentence:
    """How many of ``every`` programmes with a printed end, ``rows``, are not for artificial intelligence by their name,
    and how many of these rest on sources of low trust alone.
    """
    weak = sum(all(doubtful(source) for source in sources) for sources in rows["source_id"])
    told = {"n": spelt(len(rows)), "all": every}
    if not weak:
        return say("General by name, not for AI: {n} of the {all} with an end.", **told)
    return say(
        "General by name, not for AI: {n} of the {all} with an end; only from sources of low trust: {weak}.",
        weak=spelt(weak),
        **told,
    )


def plans(rows: pd.DataFrame, short: bool) -> Sentence:
    """How many plans still run without a cap on money, or which they are and until when."""
    if short:
        run = plural(len(rows), one="plan still runs", many="plans still run")
        return say("Another {n} {plans}, without a cap found.", n=spelt(len(rows)), plans=run)
    named = [
        say("{programme} (until {end})", programme=Name(programme), end=when(until))
        for programme, until in rows[[f"programme_{language()}", "until"]].itertuples(index=False)
    ]
    return say("Plans that still run, without support found in them: {plans}.", plans=listed(named))


def elsewhere(printed: pd.DataFrame, same: pd.DataFrame, instrument: str, years: tuple[int, int]) -> Table | Sentence:
    """The amounts of one kind of instrument in all places, ``same``; without any, for which kinds there is one."""
    if len(same):
        whole = same["per"].isin(TIMES)
        told = listed_rows(same).assign(
            holds=whole.map({False: say("one receiver"), True: say("all together")}),
            who=same["beneficiary"].map(lambda text: label(text) if text else ""),
            what=same["description"].map(label),
        )
        return table(
            told.loc[whole.sort_values(kind="stable").index],  # what one may get, then what there is in all
            {
                "where": "Place",
                "holds": "Holds for",
                "money": "Amount",
                "unit": "Per",
                "who": "For whom or what",
                "what": "What is given",
            },
        )
    priced = sorted(set(printed.loc[printed["money"].notna(), "instrument"]))
    return say(
        "No amount of money is known for the kind {kind}, issued {first} to {last}. Kinds with one in any year: "
        "{kinds}.",
        kind=kind(instrument),
        first=years[0],
        last=years[1],
        kinds=listed(map(kind, priced)),
    )
