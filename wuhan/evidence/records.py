"""Whether dates and amounts of one record can be true together, and whether its dates can have come yet.

There is no clock: nothing that has happened is later than the day of the data, `created` in datapackage.json.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from datetime import date

from wuhan.evidence.csvreader import Sheet
from wuhan.evidence.faults import Fault, visible
from wuhan.evidence.meaning import last_day
from wuhan.evidence.periods import bounds
from wuhan.evidence.rules import PLAIN, told
from wuhan.evidence.schema import FILE

PAST = ("published", "stated", "date", "signed", "started", "completed", "invested_by", "stage_date")
PERIODS = ("period", "expected", "until")
FIRST, LAST = 1949, 2100  # years outside which no figure of this collection lies
ORDERED = (("signed", "started", "completed"), ("date", "until"))
# Part and whole, in columns of one row.
PARTS = (
    ("projects_ge_1bn", "projects"), ("projects_ge_5bn", "projects"), ("projects_ge_10bn", "projects"),
    ("projects_ge_5bn", "projects_ge_1bn"), ("projects_ge_10bn", "projects_ge_5bn"),
    ("projects_ge_10bn", "projects_ge_1bn"), ("investment_ge_1bn_100m_cny", "investment_100m_cny"),
    ("staged_projects", "projects"), ("staged_investment_100m_cny", "investment_100m_cny"),
    ("invested_100m_cny", "investment_100m_cny"),
)  # fmt: skip
OF_EVENT = ("projects", "investment_100m_cny")  # what a sector, a row of event_sectors, is a part of


def day(descriptor: bytes) -> date:
    """The day of the data; the last of all days when datapackage.json does not tell it."""
    created = json.loads(descriptor).get("created", "")
    return last_day(str(created)[:10]) or date.max


def faults(tables: Mapping[str, Sheet], today: date) -> Iterator[Fault]:
    """What no record can say. ``tables``: sheets by name."""
    for sheet in tables.values():
        for name in (*PAST, *PERIODS):
            cells = sheet.columns.get(name, ())
            found = {cell: why for cell in dict.fromkeys(cells) if (why := _dated(name, cell, today))}
            yield from told(sheet, cells, {cell: (name, *why) for cell, why in found.items()})
        yield from _order(sheet)
        for part, whole in PARTS:
            yield from _larger(sheet, part, sheet.columns.get(whole, ()), whole)
    events, sectors = tables.get("events", Sheet("")), tables.get("event_sectors", Sheet(""))
    for name in OF_EVENT:
        whole = dict(zip(events.columns.get("event", ()), events.columns.get(name, ()), strict=False))
        of_rows = tuple(whole.get(event, "") for event in sectors.columns.get("event", ()))
        yield from _larger(sectors, name, of_rows, f"{name} of the event")


def _dated(name: str, cell: str, today: date) -> tuple[str, str] | None:
    """What is wrong with a date that is sound in form."""
    if last_day(cell) is None:
        return None
    first = bounds(cell)[0]
    if not FIRST <= first.year <= LAST:
        return visible(cell), f"write a year from {FIRST} to {LAST}"
    if name in PAST and first > today:
        return f"{visible(cell)}, after {today}, the day of these data", f"write the day, or the new {FILE} created"
    return None


def _order(sheet: Sheet) -> Iterator[Fault]:
    """A project is signed, then started, then completed; a policy ends after its date."""
    for names in ORDERED:
        columns = [sheet.columns.get(name, ()) for name in names]
        for line, *dates in zip(sheet.lines, *columns, strict=False):
            known = [(name, cell) for name, cell in zip(names, dates, strict=True) if last_day(cell)]
            for (before, early), (after, late) in itertools.pairwise(known):
                if bounds(early)[0] > bounds(late)[1]:
                    found = f"{visible(late)}, before {'it was ' * (before != 'date')}{before} ({early})"
                    yield Fault(sheet.file, line, after, found, "write the dates in their order")


def _larger(sheet: Sheet, part: str, wholes: tuple[str, ...], name: str) -> Iterator[Fault]:
    """Parts larger than their whole, unless the whole is told as a lower bound."""
    parts = sheet.columns.get(part, ())
    said = sheet.columns.get("qualifier", ("",) * len(parts))
    for line, cell, whole, qualifier in zip(sheet.lines, parts, wholes, said, strict=False):
        sound = PLAIN.fullmatch(cell) and PLAIN.fullmatch(whole)
        if sound and float(cell) > float(whole) and qualifier not in ("over", "at_least"):
            yield Fault(sheet.file, line, part, f"{cell}, more than the whole, {whole} ({name})", "correct one of them")
