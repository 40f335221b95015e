"""The rows of the claims ledger: how a claim's figure is read, and what is wrong with a row.

The figure of a claim is never typed: it is read from ``value_text`` as printed, by its ``comparison``:

=====================  =====================================================================================
list_count_by_editor   no number is printed: the figure is how many items the list has, 、 between them
rank                   第9 or 第一 is that place; without a number, 首 or 最 means first; 9th and No. 9 are read, too
all others             a printed quantity in ``unit``, by ``quantities.parse``
=====================  =====================================================================================

The figure of a witness, a row of ``witnesses.csv``, is read likewise; two with / between them are a quotient.

A claim without a unit (a date, a name, a code) has no figure. ``qualifier`` adds what the text around the
figure says, such as 其中; it must not deny what the figure itself says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from wuhan.evidence.bounds import FactError, divide, end_of
from wuhan.evidence.csvreader import Sheet
from wuhan.evidence.facts import Fact
from wuhan.evidence.faults import Fault, visible
from wuhan.evidence.identities import Identity, problems
from wuhan.evidence.meaning import Context, Problem, last_day
from wuhan.evidence.periods import bounds
from wuhan.evidence.quantities import LOWER, QUALIFIERS, Quantity, QuantityError, interval, parse
from wuhan.evidence.trees import above
from wuhan.evidence.units import UNITS

CLAIMS = frozenset({"claim", "source_id", "value_text", "unit", "qualifier", "kind", "comparison", "repeats"})
IDENTITIES = frozenset({"identity", "formula"})
WITNESSES = frozenset({"claim", "relation", "independence", "value_text", "unit", "record"})
LISTED, RANKED = "list_count_by_editor", "rank"
DIVIDED = " / "  # between two printed figures, the first of which is divided by the second
# The status of a fact that a claim of each kind states.
STATUS = {
    "actual": "actual",
    "context": "actual",
    "forecast": "estimate",
    "target": "target",
    "plan": "plan",
    "cap": "plan",
}
FORWARD = ("target", "plan", "cap", "forecast")  # of what is to come: never judged as something that happened
_RANK = re.compile("第([0-9]+|[一二三四五六七八九十]+)|(?:No\\. ?)?([0-9]+)(?:st|nd|rd|th)\\b|No\\. ?([0-9]+)")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_FIRST = re.compile("首|最|第一|新高|first|largest|biggest|highest|top", re.IGNORECASE)
_PARTS = {"percent": Fraction(1, 100), "count": Fraction(1)}  # what a figure is divided by, as a ratio


@dataclass(frozen=True)
class Claim:
    """One row of ``claims.csv`` with the fact that it states, None for a date, a name or a code."""

    claim: str
    source_id: str
    line: int
    theme: str
    place: str
    measure: str
    value_text: str
    kind: str
    comparison: str
    fact: Fact | None
    organisation: str = ""
    indicator: str = ""
    period: str = ""
    stated: str = ""
    repeats: str = ""
    note: str = ""

    @property
    def figure(self) -> Fact:
        """The fact of a claim that states one. Raises ``ValueError`` for one that does not."""
        if self.fact is None:
            raise ValueError(f"{self.claim} states no figure")
        return self.fact


@cache  # a claim is read when its table is checked, and again for what it states
def figure(value_text: str, unit: str, comparison: str = "", qualifier: str = "exact") -> Quantity | None:
    """The quantity that a claim prints, in ``unit``; None without a unit. Raises ``QuantityError``."""
    if not unit:
        return None
    text = value_text
    if DIVIDED in text:
        return _quotient(text, unit)
    if comparison == LISTED:
        text = f"{len([item for item in text.split('、') if item.strip()])}"
    elif comparison == RANKED:
        text = _place(text)
    read = parse(text, unit)
    low, high = interval(text, qualifier, unit)
    said = qualifier if read.qualifier == "exact" else read.qualifier
    return Quantity(read.value, low, high, unit, said, value_text)


def _quotient(text: str, unit: str) -> Quantity:
    """One printed figure, in ``unit``, divided by another, which has none or is in percent."""
    first, _, second = text.partition(DIVIDED)
    whole, part = parse(first, unit), parse(second)
    if part.unit not in _PARTS:
        raise QuantityError(f"{visible(second)} is in {part.unit} — divide by a plain number or by percent")
    spans = [(one.value, one.low, one.high) for one in (whole, part)]
    divisor = [_PARTS[part.unit] * end_of(end) for end in spans[1]]
    try:
        value, low, high = divide([end_of(end) for end in spans[0]], divisor, text)
    except FactError as error:
        raise QuantityError(str(error)) from None
    plain = whole.qualifier in ("exact", "of_which")
    said = "about" if plain else whole.qualifier
    if part.qualifier in LOWER:  # the more parts, the less is each
        said = "up_to" if plain else "about"
    return Quantity(float(value), float(low), float(high), unit, said, text)


def _place(text: str) -> str:
    """The place that a text claims, as a figure."""
    if found := _RANK.search(text):
        place = next(filter(None, found.groups()))
        return place if place.isascii() else f"{place}个"
    for place, ordinal in enumerate(_ORDINALS, 1):
        if re.search(rf"\b{ordinal}\b", text, re.IGNORECASE):
            return f"{place}"
    if _FIRST.search(text):
        return "1"
    raise QuantityError(f"'{text}' names no place — write one such as 全国第9, or 首 or 最 for the first")


def stated(row: Mapping[str, object], price_basis: str = "") -> Fact | None:
    """The fact that a row of claims states, None for a claim without a figure. Raises ``QuantityError``."""
    text = {name: str(row[name]) for name in ("value_text", "unit", "comparison", "qualifier")}
    read = figure(**text)
    if read is None:
        return None
    return read_as(
        read,
        period=str(row["period"]),
        status=STATUS[str(row["kind"])],
        sources=(str(row["source_id"]),),
        price_basis=price_basis,
        place=str(row["place"]),
        indicator=str(row["indicator"]),
        row=("claims", str(row["claim"])),
    )


def read_as(read: Quantity, **about: Any) -> Fact:
    """The fact that a printed quantity states; ``about``: all else that is known of it."""
    return Fact(read.value, read.low, read.high, read.unit, qualifier=read.qualifier, **about)


def faults(sheet: Sheet, context: Context, claims: Sheet | None) -> Iterator[Fault]:
    """What is wrong with rows of claims or identities that are sound in form; nothing for other tables."""
    if sheet.columns.keys() >= CLAIMS:
        rows = list(sheet.records())
        repeated = {row["claim"]: row["repeats"] for _, row in rows}
        for line, row in rows:
            for problem in _problems(row, repeated, context):
                yield sheet.fault(line, *problem)
    if sheet.columns.keys() >= WITNESSES and claims is not None:
        compared = claims.pairs("claim", "comparison")
        for line, row in sheet.records():
            for problem in _testified(row, compared.get(row["claim"], "")):
                yield sheet.fault(line, *problem)
    if sheet.columns.keys() >= IDENTITIES and claims is not None:
        yield from _formulas(sheet, claims)


def _problems(row: Mapping[str, str], repeated: Mapping[str, str], context: Context) -> Iterator[Problem]:
    """What one claim says that cannot be; cells that are wrong in form are passed over."""
    unit, indicator, repeats = row["unit"], row.get("indicator", ""), row["repeats"]
    try:
        if unit in UNITS and row["qualifier"] in QUALIFIERS:
            figure(row["value_text"], unit, row["comparison"], row["qualifier"])
    except QuantityError as error:
        yield "value_text", visible(row["value_text"]), f"write the figure as printed, or no unit ({error})"
    measured = context.units.get(indicator, "")
    if measured in UNITS and not unit:
        yield "unit", "a blank cell", f"write a unit such as {measured}, or no indicator"
    elif measured in UNITS and unit in UNITS and UNITS[unit].dimension != UNITS[measured].dimension:
        advice = f"write a unit such as {measured}, that of {indicator}, or another indicator"
        yield "unit", visible(unit), advice
    if repeats and (repeats == row["claim"] or repeated.get(repeats)):
        *_, last = [row["claim"], *above(row["claim"], repeated)]
        advice = f"write {last}, which repeats none" if not repeated.get(last) else "write a claim that repeats none"
        yield "repeats", visible(repeats), advice
    if row["kind"] == "actual" and _later(row.get("period", ""), row.get("stated", "")):
        found = f"'actual' of {row['period']}, said on {row['stated']}"
        yield "kind", found, "write target, plan or forecast, or the period that is meant"
    if row["kind"] == "actual" and row["comparison"] == "stock" and _unended(row["period"], row["stated"]):
        found = f"a stock of the end of {row['period']}, said on {row['stated']}"
        yield "period", found, f"write the month in which it was said, {row['stated'][: len('2018-03')]}"


def _testified(row: Mapping[str, str], comparison: str) -> Iterator[Problem]:
    """What one witness says that cannot be."""
    compares = not row["relation"].startswith("other_")
    if compares != bool(row["independence"]):
        advice = "write measured or echo" if compares else "write nothing: the two do not compare"
        yield "independence", visible(row["independence"]) if row["independence"] else "a blank cell", advice
    if row["value_text"] and row["record"]:
        yield "record", visible(row["record"]), "keep the figure in one place: value_text or record"
    if not row["value_text"]:
        if not compares and not row["record"]:
            yield "value_text", "a blank cell", "write the figure as printed"
        return
    blank = next((name for name in ("place", "unit", "qualifier", "status", "quote") if not row.get(name)), "")
    if blank:
        yield blank, "a blank cell", "write it: the row has a figure"
        return
    try:
        if row["unit"] in UNITS and row["qualifier"] in QUALIFIERS:
            listed = LISTED if "、" in row["value_text"] else comparison
            figure(row["value_text"], row["unit"], listed, row["qualifier"])
    except QuantityError as error:
        yield "value_text", visible(row["value_text"]), f"write the figure as printed ({error})"


def _later(period: str, said: str) -> bool:
    """Whether a period begins after the day on which it was spoken of."""
    return bool(last_day(period) and last_day(said)) and bounds(period)[0] > bounds(said)[1]


def _unended(period: str, said: str) -> bool:
    """Whether the end of a whole year had not come on the day on which it was spoken of."""
    return len(period) == len("2018") and bool(last_day(said)) and bounds(period)[1] > bounds(said)[1]


def _formulas(sheet: Sheet, claims: Sheet) -> Iterator[Fault]:
    """Formulas that cannot be worked out from the claims."""
    facts: dict[str, Fact | None] = {}
    for _, row in claims.records():
        try:
            facts[row["claim"]] = stated(row)
        except (QuantityError, KeyError, ValueError):
            return  # reported as a fault of the claims
    rows = list(sheet.numbered("formula"))
    wrong = problems([Identity(f"{line}", "", formula) for line, formula in rows], facts)
    for line, formula in rows:
        if reason := wrong.get(f"{line}"):
            yield sheet.fault(line, "formula", visible(formula), f"write one that can be worked out ({reason})")
