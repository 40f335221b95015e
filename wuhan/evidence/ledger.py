"""The rows of the claims ledger: how a claim's figure is read, and what is wrong with a row.

The figure of a claim is never typed: it is read from ``value_text`` as printed, by its ``comparison``:

=====================  =====================================================================================
list_count_by_editor   no number is printed: the figure is how many items the list has, 、 between them
rank                   第9 or 第一 is that place; without a number, 首, 最 and 第一 mean first
all others             a printed quantity in ``unit``, by ``quantities.parse``
=====================  =====================================================================================

A claim without a unit (a date, a name, a code) has no figure. ``qualifier`` adds what the text around the
figure says, such as 其中; it must not deny what the figure itself says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from wuhan.evidence.csvreader import Sheet
from wuhan.evidence.facts import Fact
from wuhan.evidence.faults import Fault, visible
from wuhan.evidence.identities import Identity, problems
from wuhan.evidence.meaning import Context, Problem, last_day
from wuhan.evidence.periods import bounds
from wuhan.evidence.quantities import QUALIFIERS, Quantity, QuantityError, interval, parse
from wuhan.evidence.trees import above
from wuhan.evidence.units import UNITS

CLAIMS = frozenset({"claim", "source_id", "value_text", "unit", "qualifier", "kind", "comparison", "repeats"})
IDENTITIES = frozenset({"identity", "formula"})
LISTED, RANKED = "list_count_by_editor", "rank"
# The status of a fact that a claim of each kind states.
STATUS = {
    "actual": "actual",
    "context": "actual",
    "forecast": "estimate",
    "target": "target",
    "plan": "plan",
    "cap": "plan",
}
KINDS = tuple(STATUS)
FORWARD = ("target", "plan", "cap", "forecast")  # of what is to come: never judged as something that happened
_RANK = re.compile("第([0-9]+|[一二三四五六七八九十]+)")
_FIRST = re.compile("首|最")


@cache  # a claim is read when its table is checked, and again for what it states
def figure(value_text: str, unit: str, comparison: str = "", qualifier: str = "exact") -> Quantity | None:
    """The quantity that a claim prints, in ``unit``; None without a unit. Raises ``QuantityError``."""
    if not unit:
        return None
    text = value_text
    if comparison == LISTED:
        text = f"{len([item for item in text.split('、') if item.strip()])}"
    elif comparison == RANKED:
        text = _place(text)
    read = parse(text, unit)
    low, high = interval(text, qualifier, unit)
    said = qualifier if read.qualifier == "exact" else read.qualifier
    return Quantity(read.value, low, high, unit, said, value_text)


def _place(text: str) -> str:
    """The place that a text claims, as a figure."""
    if found := _RANK.search(text):
        return f"{found[1]}个" if not found[1].isascii() else found[1]
    if _FIRST.search(text):
        return "1"
    raise QuantityError(f"'{text}' names no place — write one such as 全国第9, or 首 or 最 for the first")


def stated(row: Mapping[str, object], price_basis: str = "") -> Fact | None:
    """The fact that a row of claims states, None for a claim without a figure. Raises ``QuantityError``."""
    text = {name: str(row[name]) for name in ("value_text", "unit", "comparison", "qualifier")}
    read = figure(**text)
    if read is None:
        return None
    return Fact(
        value=read.value,
        low=read.low,
        high=read.high,
        unit=read.unit,
        qualifier=read.qualifier,
        period=str(row["period"]),
        status=STATUS[str(row["kind"])],
        sources=(str(row["source_id"]),),
        price_basis=price_basis,
        place=str(row["place"]),
        indicator=str(row["indicator"]),
        row=("claims", str(row["claim"])),
    )


def faults(sheet: Sheet, context: Context, claims: Sheet | None) -> Iterator[Fault]:
    """What is wrong with rows of claims or identities that are sound in form; nothing for other tables."""
    if sheet.columns.keys() >= CLAIMS:
        rows = list(_rows(sheet))
        repeated = {row["claim"]: row["repeats"] for _, row in rows}
        for line, row in rows:
            for problem in _problems(row, repeated, context):
                yield Fault(sheet.file, line, *problem)
    if sheet.columns.keys() >= IDENTITIES and claims is not None:
        yield from _formulas(sheet, claims)


def _rows(sheet: Sheet) -> Iterator[tuple[int, dict[str, str]]]:
    cells = zip(*sheet.columns.values(), strict=True)
    for line, row in zip(sheet.lines, cells, strict=True):
        yield line, dict(zip(sheet.columns, row, strict=True))


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


def _later(period: str, said: str) -> bool:
    """Whether a period begins after the day on which it was spoken of."""
    return bool(last_day(period) and last_day(said)) and bounds(period)[0] > bounds(said)[1]


def _formulas(sheet: Sheet, claims: Sheet) -> Iterator[Fault]:
    """Formulas that cannot be worked out from the claims."""
    facts: dict[str, Fact | None] = {}
    for _, row in _rows(claims):
        try:
            facts[row["claim"]] = stated(row)
        except (QuantityError, KeyError, ValueError):
            return  # reported as a fault of the claims
    columns = sheet.columns
    identities = [
        Identity(f"{line}", "", formula) for line, formula in zip(sheet.lines, columns["formula"], strict=True)
    ]
    wrong = problems(identities, facts)
    for line, formula in zip(sheet.lines, columns["formula"], strict=True):
        if reason := wrong.get(f"{line}"):
            yield Fault(sheet.file, line, "formula", visible(formula), f"write one that can be worked out ({reason})")
