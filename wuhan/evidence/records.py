"""Whether dates and amounts of one record can be true together, and whether its dates can have come yet.

There is no clock: nothing that has happened is later than the day of the data, `created` in datapackage.json.
"""

from __future__ import annotations

import functools
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from wuhan.evidence.csvreader import Sheet
from wuhan.evidence.faults import Fault, visible
from wuhan.evidence.meaning import last_day
from wuhan.evidence.periods import bounds
from wuhan.evidence.plausibility import WHOLES
from wuhan.evidence.rules import PLAIN, judged
from wuhan.evidence.schema import FILE
from wuhan.evidence.units import UNITS, factor

PAST = ("published", "stated", "date", "signed", "started", "completed", "invested_by", "stage_date")
PERIODS = ("period", "expected", "until", "first", "last")
FIRST, LAST = 1949, 2100  # years outside which no figure of this collection lies
ORDERED = (("signed", "started", "completed"), ("date", "until"), ("first", "last"))
# Part and whole, in columns of one row.
PARTS = (
    ("projects_ge_1bn", "projects"),
    ("projects_ge_5bn", "projects"),
    ("projects_ge_10bn", "projects"),
    ("projects_ge_5bn", "projects_ge_1bn"),
    ("projects_ge_10bn", "projects_ge_5bn"),
    ("projects_ge_10bn", "projects_ge_1bn"),
    ("investment_ge_1bn_100m_cny", "investment_100m_cny"),
    ("staged_projects", "projects"),
    ("staged_investment_100m_cny", "investment_100m_cny"),
    ("invested_100m_cny", "investment_100m_cny"),
)
# Smallest and largest amount that one record may tell, in 100 million yuan: far beyond all in the data, so that what is
# outside has another unit, 10,000 yuan or 1 yuan, or a point in another place.
EACH_OF_EVENT = (0.1, 500)  # per project of an event; 0.19 to 201 in these data
EVENT = (0.1, 50_000)  # 1.1 to 15,492
PROJECT = (0.2, 3_000)  # 3.3 to 1,600
GRANT = (1e-5, 10)  # what a policy gives to one of those that it is for, at most: 0.002 to 1
POLICY = (1e-5, 10_000)  # any amount of a policy, funds included: to 4,000
AMOUNTS = ("projects", "investment_100m_cny", "amount")  # a table without any of these columns tells none
OBSERVED = ("place", "indicator", "period", "status", "vintage", "source_id")
ONCE = ("event", "project", "policy", "organisation", "field")  # keys of records that are each of one thing
APART = ("source_id", "source_id_2", "note")
OF_EVENT = ("projects", "investment_100m_cny")  # what a sector, a row of event_sectors, is a part of


def day(descriptor: bytes) -> date:
    """The day of the data; the last of all days when datapackage.json does not tell it."""
    created = json.loads(descriptor).get("created", "")
    return last_day(str(created)[:10]) or date.max


def faults(tables: Mapping[str, Sheet], today: date) -> Iterator[Fault]:
    """What no record can say. ``tables``: sheets by name."""
    for sheet in tables.values():
        for name in (*PAST, *PERIODS):
            yield from judged(sheet, name, functools.partial(_dated, today if name in PAST else date.max))
        yield from _order(sheet)
        yield from _twins(sheet)
        yield from _ids(sheet)
        amounts = {fault.line: fault for fault in _amounts(sheet)}  # no measure of parts
        yield from amounts.values()
        for part, whole in PARTS:
            wholes = tuple("" if line in amounts else cell for line, cell in sheet.numbered(whole))
            yield from _larger(sheet, part, wholes, whole)
    yield from _units(tables)
    yield from _twice(tables)
    yield from _sectors(tables.get("events", Sheet("")), tables.get("event_sectors", Sheet("")))


def _sectors(events: Sheet, sectors: Sheet) -> Iterator[Fault]:
    """Sectors of an event that are told to be larger than the event."""
    wrong_events = {fault.line for fault in _amounts(events)}
    wrong_sectors = {fault.line for fault in _amounts(sectors)}
    for name in OF_EVENT:
        rows, own = events.numbered("event", name), sectors.numbered("event")
        wholes = {event: "" if line in wrong_events else cell for line, event, cell in rows}
        of_rows = tuple("" if line in wrong_sectors else wholes.get(event, "") for line, event in own)
        yield from _larger(sectors, name, of_rows, f"{name} of the event")


def _twice(tables: Mapping[str, Sheet]) -> Iterator[Fault]:
    """Observations that stand in two tables: the same place, measure, period, status, vintage and source."""
    first: dict[tuple[str, ...], tuple[str, int]] = {}
    for sheet in tables.values():
        for line, *key in sheet.numbered(*OBSERVED):
            file, before = first.setdefault(tuple(key), (sheet.file, line))
            if file != sheet.file:
                found = f"{visible(','.join(key))}, as in line {before} of {file}"
                yield sheet.fault(line, "place", found, "keep the row in one of the two tables")


def _twins(sheet: Sheet) -> Iterator[Fault]:
    """Records that stand twice, under two ids; sources and notes may differ."""
    key = next(iter(sheet.columns), "")
    if key not in ONCE:
        return
    rows = zip(*(cells for name, cells in sheet.columns.items() if name not in APART), strict=True)
    first: dict[tuple[str, ...], tuple[int, str]] = {}
    for line, (name, *cells) in zip(sheet.lines, rows, strict=True):
        before, other = first.setdefault(tuple(cells), (line, name))
        if before != line and other != name:
            found = f"{visible(name)}, in all but id, source and note {visible(other)} of line {before}"
            yield sheet.fault(line, key, found, "keep one of the two rows, or write what tells them apart")


def _ids(sheet: Sheet) -> Iterator[Fault]:
    """Events whose id tells another day than their date."""
    for line, event, cell in sheet.numbered("event", "date"):
        told_day = re.search(r"_((?:19|20)\d{2})(\d{2})?(\d{2})?$", event)
        day_of_id = "-".join(filter(None, told_day.groups())) if told_day else ""
        if day_of_id and last_day(cell) and not (cell.startswith(day_of_id) or day_of_id.startswith(cell)):
            found = f"{visible(cell)}, though the id {event} tells {day_of_id}"
            yield sheet.fault(line, "date", found, "write the day of the event in both")


def _units(tables: Mapping[str, Sheet]) -> Iterator[Fault]:
    """Indicators in another unit than the claims about them, or than the whole of which they are a part."""
    indicators, claims = tables.get("indicators", Sheet("")), tables.get("claims", Sheet(""))
    measured = indicators.numbered("indicator", "unit")
    known = {name: (unit, line) for line, name, unit in measured if unit in UNITS}
    said: dict[str, list[tuple[str, int]]] = {}
    for line, name, unit in claims.numbered("indicator", "unit"):
        if name in known and unit in UNITS:
            said.setdefault(name, []).append((unit, line))
    wrong: dict[str, str] = {}
    for name, units in said.items():
        right = known[name][0]
        if all(unit != right for unit, _ in units):
            wrong[name] = f"the claims about {name} are in {units[0][0]}"
        else:
            for unit, line in (each for each in units if each[0] != right):
                yield claims.fault(line, "unit", visible(unit), f"write {right}, the unit of {name}")
    apart = [pair for pair in WHOLES.items() if set(pair) <= known.keys() and known[pair[0]][0] != known[pair[1]][0]]
    counts = Counter(name for pair in apart for name in pair)
    for part, whole in apart:
        if wrong.keys().isdisjoint((part, whole)):
            name, other = (whole, part) if counts[whole] > 1 else (part, whole)
            role = "the whole" if name == whole else "a part"
            wrong[name] = f"{other}, of which it is {role}, is in {known[other][0]}"
    for name, why in wrong.items():
        unit, line = known[name]
        yield indicators.fault(line, "unit", f"{visible(unit)}, though {why}", "write the same unit in both")


def _dated(newest: date, cell: str) -> tuple[str, str] | None:
    """What is wrong with a date that is sound in form, and may begin on the day ``newest`` at last."""
    if last_day(cell) is None:
        return None
    first = bounds(cell)[0]
    if not FIRST <= first.year <= LAST:
        return visible(cell), f"write a year from {FIRST} to {LAST}"
    if first > newest:
        return f"{visible(cell)}, after {newest}, the day of these data", f"write the day, or the new {FILE} created"
    return None


def _order(sheet: Sheet) -> Iterator[Fault]:
    """A project is signed, then started, then completed; a policy ends after its date."""
    for names in ORDERED:
        for line, *dates in sheet.numbered(*names):
            known = [(name, cell) for name, cell in zip(names, dates, strict=True) if last_day(cell)]
            for (before, early), (after, late) in itertools.pairwise(known):
                if bounds(early)[0] > bounds(late)[1]:
                    found = f"{visible(late)}, before {'it was ' * (before != 'date')}{before} ({early})"
                    yield sheet.fault(line, after, found, "write the dates in their order")


def _amounts(sheet: Sheet) -> Iterator[Fault]:
    """Amounts beyond what one event, project or policy can be about."""
    if sheet.columns.keys().isdisjoint(AMOUNTS):
        return
    for line, row in sheet.records():
        if PLAIN.fullmatch(row.get("projects", "")) and float(row["projects"]) == 0:
            yield sheet.fault(line, "projects", "0", "write how many there were, or leave the cell blank")
        for column, divisor, (low, high) in _bounded(row):
            amount, parts = row[column], row.get(divisor, "") or "1"
            unit = row.get("unit", "100m_cny")
            known = PLAIN.fullmatch(amount) and PLAIN.fullmatch(parts) and float(parts) > 0 and unit in UNITS
            if known and UNITS[unit].dimension == "money":
                value = float(amount) * float(factor(unit, "100m_cny")) / float(parts)
                if not low <= value <= high:
                    each = f", {value:.6g} for each of {parts}" if row.get(divisor) else ""
                    advice = f"check value and unit: from {low:g} to {high:,g} hundred million yuan would be likely"
                    yield sheet.fault(line, column, f"{amount} {unit}{each}", advice)
                    break


def _bounded(row: Mapping[str, str]) -> Iterator[tuple[str, str, tuple[float, float]]]:
    """The amount of a record, what it is divided by, and the bounds of the outcome."""
    if "investment_100m_cny" in row:
        yield "investment_100m_cny", "", PROJECT if "project" in row else EVENT
        if row.get("projects"):
            yield "investment_100m_cny", "projects", EACH_OF_EVENT
    elif "amount" in row:
        yield "amount", "", GRANT if row.get("limit") == "cap" else POLICY


def _larger(sheet: Sheet, part: str, wholes: tuple[str, ...], name: str) -> Iterator[Fault]:
    """Parts larger than their whole, unless the whole is told as a lower bound."""
    parts = sheet.columns.get(part, ())
    said = sheet.columns.get("qualifier", ("",) * len(parts))
    for line, cell, whole, qualifier in zip(sheet.lines, parts, wholes, said, strict=False):
        sound = PLAIN.fullmatch(cell) and PLAIN.fullmatch(whole)
        if sound and float(cell) > float(whole) and qualifier not in ("over", "at_least"):
            yield sheet.fault(line, part, f"{cell}, more than the whole, {whole} ({name})", "correct one of them")
