"""ISO 8601 periods as the data write them: 2024, 2024-06, 2024-06-26, 2024-01/2024-09."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import cache

_ONE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_LOOSE = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})(?:\s*[-/.月]\s*([0-9]{1,2})\s*日?|\s*月)?")
_QUARTER = re.compile(r"([0-9]{4})\s*[-年]?\s*[Qq]([1-4])")


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
    text = text.strip()
    if quarter := _QUARTER.fullmatch(text):
        return f"{quarter[1]}-01/{quarter[1]}-{3 * int(quarter[2]):02d}"
    if loose := _LOOSE.fullmatch(text):
        return "-".join(part if len(part) == 4 else f"{int(part):02d}" for part in loose.groups() if part)
    year = re.fullmatch(r"([0-9]{4})\s*年?", text)
    return year[1] if year else ""
