"""What two figures of one place or measure say of one another: leaps, lonely years, and figures that stand twice."""

from __future__ import annotations

import functools
import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

A_YEAR = 3  # times that a level grows or shrinks within a year at most
ONE_PERIOD = 2  # times that two figures of one period differ at most; vintages of GDP differ by up to 1.8
YEARS = 3  # over which two figures of one series are held together
CHANCE = 100  # counts below it may do anything from year to year
ALONE = {"10k_persons": 1.08}  # times by which one year of heads may lie off both years beside it
ALONE_OF_OTHERS = 1.3  # and of any other level
BESIDE = 0.6  # of that, in logarithms, by which the years beside it may differ
MANY = 12  # rows of one period, after which the rest is not held against each other
DIGITS = 3  # with which a figure is hardly the same twice by chance, in one place
DIGITS_APART = 4  # and in two places


@dataclass(frozen=True, eq=False, slots=True)
class Row:
    """One observation, sound in form. `low` and `high`: what its qualifier leaves open."""

    file: str
    line: int
    place: str
    indicator: str
    period: str
    vintage: str
    printed: str
    value: float
    low: float
    high: float
    aim: bool

    @property
    def key(self) -> tuple[str, ...]:
        table = PurePosixPath(self.file).stem
        return table, self.place, self.indicator, self.period, self.vintage

    def shown(self, beside: Row) -> str:
        """The figure as seen from another one: what tells the two apart, and where it stands."""
        apart = [
            mine for mine, other in ((self.place, beside.place), (self.indicator, beside.indicator)) if mine != other
        ]
        name = PurePosixPath(self.file).name if self.file != beside.file else ""
        where = f"({name} line {self.line})".replace("( ", "(")
        words = [self.printed, *apart, f"of {self.period}", self.vintage, where]
        return " ".join(filter(None, words))


Periods = Mapping[str, Sequence[Row]]  # the figures of one series by their period


@dataclass(frozen=True, eq=False)
class Clash:
    """Figures that cannot all be true, and how the first stands to the others."""

    rows: tuple[Row, ...]
    how: str


def jumps(periods: Periods, counted: bool) -> Iterator[Clash]:
    """Levels too far from one another in one period, or in the same months of years that are near."""
    for period, rows in periods.items():
        later = ((years, periods.get(_later(period, years), ())) for years in range(1, YEARS + 1))
        years, near = next((each for each in later if each[1]), (0, ()))
        for place, one in enumerate(rows[:MANY]):
            for other in rows[place + 1 : MANY]:
                if _far(one, other, ONE_PERIOD, counted):
                    yield Clash((one, other), f"out of line (more than {ONE_PERIOD} times) with")
            for other in near[:MANY]:
                if _far(one, other, A_YEAR**years, counted):
                    yield Clash((other, one), f"out of line (more than {A_YEAR} times a year) with")


@functools.cache
def _later(period: str, years: int) -> str:
    """The same months so many years later: 2025-01/2025-09 for 2024-01/2024-09 and 1."""
    return period.replace(period[:4], str(int(period[:4]) + years))


def _far(one: Row, other: Row, factor: float, counted: bool) -> bool:
    if counted and one.value < CHANCE and other.value < CHANCE:
        return False
    return one.low > factor * other.high or other.low > factor * one.high


def spikes(periods: Periods, unit: str) -> Iterator[Clash]:
    """Levels of one year that lie far off the years before and after, which agree: on the same side of both."""
    most = math.log(ALONE.get(unit, ALONE_OF_OTHERS))
    for period, rows in periods.items():
        beside = [periods.get(_later(period, step), ()) for step in (-1, 1)]
        if len(period) != 4 or not all(beside):
            continue
        for row in {row.vintage: row for row in reversed(rows[:MANY])}.values():
            before, after = (_of(others, row.vintage) for others in beside)
            if before is None or after is None or min(row.value, before.value, after.value) <= 0:
                continue
            up, down = math.log(row.value / before.value), math.log(row.value / after.value)
            apart = min(abs(up), abs(down)) > most and up * down > 0 and abs(up - down) < BESIDE * most
            if apart and not (unit == "count" and row.value < CHANCE):
                yield Clash((row, before, after), "off both years beside it,")


def _of(rows: Sequence[Row], vintage: str) -> Row | None:
    return next((row for row in rows if row.vintage == vintage), None)


def _several(rows: Iterable[Row], digits: int, *names: str) -> list[tuple[tuple[str, ...], list[Row]]]:
    """The figures of whole years, printed with as many ``digits``, that are several with the same in ``names``."""
    found = defaultdict(list)
    for row in rows:
        if len(row.period) == 4 and len(row.printed.replace(".", "").strip("-0")) >= digits:
            found[tuple(getattr(row, name) for name in names)].append(row)
    return [(key, same) for key, same in found.items() if len(same) > 1]


def copied(rows: Iterable[Row]) -> Iterator[Clash]:
    """Figures of a place that stand twice: for two indicators in several years, or for two years in several of them."""
    columns, years = defaultdict(list), defaultdict(list)
    for (place, _), same in _several(rows, DIGITS, "place", "printed"):
        for one, other in itertools.pairwise(sorted(same[:MANY], key=lambda row: (row.period, row.indicator))):
            if one.period == other.period and one.indicator != other.indicator:
                columns[place, one.indicator, other.indicator].append((one, other))
            if one.indicator == other.indicator and int(other.period) - int(one.period) == 1:
                years[place, one.period, one.vintage, other.vintage].append((other, one))
    for pairs, what in (
        (columns, "as in another indicator in other years, too:"),
        (years, "as a year before, like others:"),
    ):
        for found in pairs.values():
            if len({row.key[1:4] for pair in found for row in pair}) >= 4:
                yield Clash(tuple(row for pair in found for row in pair), what)


def copied_places(rows: Iterable[Row]) -> Iterator[Clash]:
    """Levels of a measure that two places have alike in several years."""
    pairs: dict[tuple[str, str, str], list[tuple[Row, Row]]] = defaultdict(list)
    for (indicator, *_), same in _several(rows, DIGITS_APART, "indicator", "period", "printed"):
        places = {row.place: row for row in reversed(same)}
        for one, other in itertools.combinations(sorted(places), 2):
            pairs[indicator, one, other].append((places[other], places[one]))
    for found in pairs.values():
        if len(found) > 1:
            yield Clash(tuple(row for pair in found for row in pair), "as in another place in other years, too:")
