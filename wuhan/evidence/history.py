"""The data held against the last release: what vanished, only lost or gained digits, or is measured otherwise."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from wuhan.evidence.csvreader import Sheet
from wuhan.evidence.facts import FAMILIES
from wuhan.evidence.faults import Fault
from wuhan.evidence.meaning import COLUMNS

LOG = "CHANGELOG.md"
# What an indicator means: a row of before and one of now compare only where these are the same.
MEANING = ("unit", "price_basis", "measure", "definition")
_SHOWN = 3  # rows that a fault names
_LONGEST = 160  # signs of a definition that a fault shows


Nested = Mapping[str, Mapping[str, str]]  # texts by two names


class Key(NamedTuple):
    """What tells an observation from all others."""

    indicator: str
    place: str
    status: str
    vintage: str
    source: str
    period: str


@dataclass(frozen=True)
class Release:
    """What a release keeps of the data: of each observation its printed value, with ":qualifier" unless that is exact;
    of each indicator its cells in `MEANING`.
    """

    figures: Mapping[Key, str]
    measures: Nested = field(default_factory=dict)


def release(state: Mapping) -> Release:
    """What the ``state`` of a release keeps of the data."""
    return Release(unpacked(state["numbers"]), state.get("measures", {}))


def unpacked(kept: Nested) -> dict[Key, str]:
    """The observations that a release keeps as one line a series: "2019=1 2 3" are the values of 2019, 2020, 2021."""
    found = {}
    for indicator, lines in kept.items():
        for series, line in lines.items():
            place, status, vintage, source = series.split(" ")
            for period, value in _unrolled(line):
                found[Key(indicator, place, status, vintage, source, period)] = value
    return found


def _unrolled(line: str) -> Iterator[tuple[str, str]]:
    period = ""
    for part in line.split(" "):
        named, equals, value = part.rpartition("=")
        period = named if equals else after(period)
        yield period, value


def after(period: str) -> str:
    """The year after a year; of any other period nothing follows."""
    return str(int(period) + 1) if period.isdecimal() and len(period) == 4 else ""


def faults(sheets: Iterable[Sheet], last: Release, log: str) -> Iterator[Fault]:
    """What the log of changes would have to say and does not.

    ``log``: the text of the log; what has changed since stands above the heading of its second version.
    """
    now: dict[Key, tuple[str, Sheet, int]] = {}
    said = [line for line in re.split(r"(?m)^## ", log)[1:2] for line in line.splitlines()]
    for sheet in sheets:
        if sheet.columns.keys() >= {"indicator", *MEANING}:
            yield from _redefined(sheet, last.measures, said)
        if sheet.columns.keys() >= COLUMNS | {"vintage"}:
            now |= {key: (value, sheet, line) for key, value, line in _observed(sheet)}
    yield from _vanished(now, last.figures, said)
    yield from _zeros(now, last.figures, said)


def _redefined(sheet: Sheet, last: Nested, said: list[str]) -> Iterator[Fault]:
    """Indicators whose rows mean something else than in the last release, without a line that names both words."""
    for line, row in sheet.records():
        indicator = row["indicator"]
        for column, before in last.get(indicator, {}).items():
            now, word = row[column], column.replace("_", " ")
            if now != before and not any(_has(entry, indicator) and _has(entry, word) for entry in said):
                advice = (
                    f"write in {LOG} that the {word} of `{indicator}` changed and why, restore it, or add an indicator"
                )
                yield sheet.fault(line, column, f"'{_short(now)}', '{_short(before)}' in the last release", advice)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _has(line: str, words: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", line))


def _observed(sheet: Sheet) -> Iterator[tuple[Key, str, int]]:
    names = ("indicator", "place", "status", "vintage", "source_id", "period", "value", "qualifier")
    for line, *key, value, qualifier in sheet.numbered(*names):
        yield Key(*key), value if qualifier == "exact" else f"{value}:{qualifier}", line


def _vanished(now: Mapping[Key, object], last: Mapping[Key, str], said: list[str]) -> Iterator[Fault]:
    """Observations without successor. Another source, or a result that is confirmed, takes the place of a row."""
    kept = Counter(_figure(key) for key in now.keys() - last.keys())  # rows that may stand for one that is gone
    gone: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(last.keys() - now.keys()):
        figure = _figure(key)
        if not kept[figure]:
            gone[key.indicator].append(key)
        else:
            kept[figure] -= 1
    gone = {indicator: keys for indicator, keys in gone.items() if not _named(indicator, len(keys), said)}
    if gone:
        rows = [key for keys in gone.values() for key in keys]
        parts = [(key.place, key.indicator, key.period, key.vintage) for key in rows[:_SHOWN]]
        shown = "; ".join(" ".join(filter(None, named)) for named in parts)
        more = f" and {len(rows) - _SHOWN:,} more" if len(rows) > _SHOWN else ""
        counts = ", ".join(f"{len(keys)} {indicator}" for indicator, keys in list(gone.items())[:_SHOWN])
        some = "1 row" if len(rows) == 1 else f"{len(rows):,} rows"
        found = f"no word on {some} of the last release that vanished: {shown}{more}"
        yield Fault(LOG, 1, "", found, f"restore them, or write what was removed and why, with numbers: {counts}")


def _figure(key: Key) -> tuple[str, str, str, str, bool]:
    """What a row is a figure of, whatever its source and however final it is."""
    return key.indicator, key.place, key.vintage, key.period, key.status in FAMILIES


def _named(what: str, count: int, said: Iterable[str]) -> bool:
    """Whether a line of the log names something together with how many rows of it there are."""
    number = re.compile(rf"(?<![\d.,]){count}(?![\d.,]*\d)")
    return any(_has(line, what) and number.search(line) for line in said)


def _zeros(now: Mapping[Key, tuple[str, Sheet, int]], last: Mapping[Key, str], said: list[str]) -> Iterator[Fault]:
    """Values that are written with more or fewer zeros at the end than before, which says how exact they are."""
    files = defaultdict(list)
    for key, (value, sheet, line) in now.items():
        before = last.get(key, value)
        if value != before and _bare(value) == _bare(before):
            files[sheet.file].append((line, value.partition(":")[0], before.partition(":")[0]))
    for file, rows in files.items():
        if not _named("trailing zeros", len(rows), said):
            line, value, before = min(rows)
            some = "1 row differs" if len(rows) == 1 else f"{len(rows):,} rows differ"
            found = f"{value} for {before} of the last release: {some} in trailing zeros alone"
            yield Fault(file, line, "value", found, "was the file saved by a spreadsheet or pandas? Restore the digits")


def _bare(value: str) -> str:
    """A kept value without the zeros at the end of its decimals."""
    number, _, qualifier = value.partition(":")
    return (number.rstrip("0").rstrip(".") if "." in number else number) + ":" + qualifier
