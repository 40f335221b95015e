"""ISO 8601 periods as the data write them: 2024, 2024-06, 2024-06-26, 2024-01/2024-09."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import cache

_ONE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_LOOSE = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})(?:\s*[-/.月]\s*([0-9]{1,2})\s*日?|\s*月)?")
_RUN = re.compile(r"([0-9]{4})(0[1-9]|1[0-2])([0-3][0-9])?")  # 202406, 20240626
_NUMERALS = str.maketrans("一二三四", "1234")
_YEAR = r"([0-9]{4})\s*年?\s*"
# Months from January, as Chinese bureaus name them; each with the last month.
_SPAN = re.compile(_YEAR + r"[-/.]?0?1\s*月?\s*(?:[-/~～—–至到]+|\.\.)\s*([0-9]{1,2})\s*月?份?")
_FULL_SPAN = re.compile(_YEAR + r"[-/.]?0?1\s*月?\s*(?:[-/~～—–至到]+|\.\.)\s*\1\s*[-/.年]\s*([0-9]{1,2})\s*月?份?")
_FIRST = re.compile(_YEAR + r"(?:前\s*([234])\s*个?季度|上半年|1\s*[Hh]|-?[Hh]1|前\s*([0-9]{1,2})\s*个月)")
_QUARTER = re.compile(_YEAR + r"-?(?:[Qq]([1-4])|第?\s*([1-4])\s*季度)")
_WHOLE = re.compile(_YEAR + r"(?:全年|年度|[年]?)")
_SECOND_HALF = re.compile(_YEAR + r"-?(?:[Hh]2|下半年)")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@cache
def bounds(period: str) -> tuple[date, date]:
    """First and last day of a period. Raises `ValueError` with the reason, "" when the form is wrong."""
    first, slash, last = period.partition("/")
    start = _days(first)
    if not slash:
        return start
    end = _days(last)
    if len(first) != len(last):
        raise ValueError("start and end have unlike precision")
    if end[0] <= start[0]:
        raise ValueError("the end is not after the start")
    return start[0], end[1]


def days_between(first: str, last: str) -> int:
    """Days from the end of one period to that of another."""
    return (bounds(last)[1] - bounds(first)[1]).days


def _days(text: str) -> tuple[date, date]:
    match = _ONE.fullmatch(text)
    if not match:
        raise ValueError("")
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if not 1000 <= year:
        raise ValueError(f"no year {text[:4]}")
    if match[2] and not 1 <= month <= 12:
        raise ValueError(f"no month {match[2]}")
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    days = monthrange(year, month)[1]
    if match[3] and not 1 <= day <= days:
        raise ValueError(f"no day {match[3]} in {year}-{month:02d}")
    return date(year, month, day or 1), date(year, month, day or days)


def plain_period(text: str) -> str:
    """The ISO 8601 form that a date was meant to have, or "" when that would be a guess."""
    text = text.strip().translate(_NUMERALS)
    if first := _FIRST.fullmatch(text):
        return since_january(first[1], int(first[3] or 3 * int(first[2] or 2)))
    if (quarter := _QUARTER.fullmatch(text)) and "1" in quarter.groups():
        return since_january(quarter[1], 3)
    if (span := _FULL_SPAN.fullmatch(text) or _SPAN.fullmatch(text)) and 1 < int(span[2]) <= 12:
        return since_january(span[1], int(span[2]))
    if run := _RUN.fullmatch(text):
        return "-".join(part for part in run.groups() if part)
    if loose := _LOOSE.fullmatch(text):
        return "-".join(part if len(part) == 4 else f"{int(part):02d}" for part in loose.groups() if part)
    year = _WHOLE.fullmatch(text)
    return year[1] if year else ""


def since_january(year: str, month: int) -> str:
    """The months from January to ``month`` of a year: ``2024-01/2024-09``, and ``2024`` for all of it."""
    return year if month == 12 else f"{year}-01" if month == 1 else f"{year}-01/{year}-{month:02d}"


def alone(text: str) -> tuple[str, str, str] | None:
    """A part of a year that does not begin in January: its name, its own period, and that from January to its end.

    None for any other text. Cumulative figures hold the second period only, so which is meant has to be asked.
    """
    text = text.strip().translate(_NUMERALS)
    if quarter := _QUARTER.fullmatch(text):
        year, last, length, name = quarter[1], 3 * int(quarter[2] or quarter[3]), 3, "a quarter"
    elif half := _SECOND_HALF.fullmatch(text):
        year, last, length, name = half[1], 12, 6, "a half-year"
    elif span := re.fullmatch(r"([0-9]{4})-([0-9]{2})/\1-([0-9]{2})", text):
        year, last, length, name = span[1], int(span[3]), int(span[3]) - int(span[2]) + 1, "a part of a year"
    else:
        return None
    return name, f"{year}-{last - length + 1:02d}/{year}-{last:02d}", since_january(year, last)


def runs(years: Iterable[int]) -> list[tuple[int, int]]:
    """The first and the last of each run of ``years`` without a gap, in order of time."""
    found: list[list[int]] = []
    for year in sorted(years):
        if found and year == found[-1][-1] + 1:
            found[-1].append(year)
        else:
            found.append([year])
    return [(run[0], run[-1]) for run in found]


def named(period: str) -> str:
    """A span from January, or a year, in words: "January to September", "the year"."""
    return "the year" if len(period) == 4 else f"January to {MONTHS[int(period[-2:]) - 1]}"
