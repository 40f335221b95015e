"""Quantities: a figure with its unit and how firmly it is known; read from print, shown in print.

How firmly, by qualifier, for a figure ``v`` as printed:

=================  =========================================================================================
exact, of_which    an integer of things counted one by one: ``[v, v]``; else half a step of the last digit
about              half a step of the last digit that is not zero: "about 3000" is 2500 to 3500
over, at_least     ``v`` and more, without an upper end; 20多 ends at 30, one step of its last digit but zero
up_to              ``v`` and less; not below zero where the unit has no negative values
nearly             the last tenth below ``v``: a convention, since no text says how near
=================  =========================================================================================

A figure with 万 or 亿 is known to its printed digits, so 135万 is 1,345,000 to 1,355,000 even for people.
A range (200-230) is known between its ends and has its middle as value; 数十 is one from 20 to 100.
Figures are computed exactly and become floats at the end.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from wuhan.evidence.faults import visible
from wuhan.evidence.printed import Number, Printed, read
from wuhan.evidence.units import UNITS, QuantityError, Unit, convert, factor, last_place, unit_of
from wuhan.evidence.wording import render

__all__ = [
    "QUALIFIERS",
    "UNITS",
    "Quantity",
    "QuantityError",
    "Unit",
    "convert",
    "interval",
    "intervals",
    "last_digit",
    "parse",
    "render",
]

QUALIFIERS = ("exact", "about", "over", "at_least", "up_to", "nearly", "of_which")
LOWER, UPPER = ("over", "at_least"), ("up_to",)
_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,12})?")
# In which code an amount of money is told, by the power of ten of its magnitude word.
_CODES = {"cny": ((8, "100m_cny"), (4, "10k_cny")), "usd": ((9, "usd_bn"), (8, "100m_usd"))}


@dataclass(frozen=True)
class Quantity:
    """``value`` in ``unit``, known to lie in ``[low, high]``, as ``text`` printed it."""

    value: float
    low: float
    high: float
    unit: str
    qualifier: str
    text: str


def interval(printed: str, qualifier: str, unit: str) -> tuple[float, float]:
    """The lowest and highest value, in ``unit``, that a printed figure with its qualifier allows.

    ``printed``: a plain decimal in ``unit`` ("21106.23"), or the figure in words ("1.46万", "200-230"), whose
    own qualifier, if it has one, must be ``qualifier``. Raises ``QuantityError``.
    """
    if qualifier not in QUALIFIERS:
        raise QuantityError(f"unknown qualifier '{qualifier}' — write one of {', '.join(QUALIFIERS)}")
    if not _PLAIN.fullmatch(printed):
        quantity = _quantity(read(printed), printed, unit, qualifier)
        return quantity.low, quantity.high
    kind = unit_of(unit)
    whole, _, decimals = printed.partition(".")
    digits, step = int(whole + decimals), 10 ** len(decimals)
    _check_sign(digits, kind, printed)
    if qualifier in ("exact", "of_which"):
        if kind.counted and digits % step == 0:
            return digits / step, digits / step
        low, high = (10 * digits - 5) / (10 * step), (10 * digits + 5) / (10 * step)
        return (max(low, 0.0) if kind.nonnegative else low), high
    figure = Decimal(printed)
    number = Number(figure, Decimal(1) / step, 0, digits % step == 0)
    _, low, high = _ends(number, None, qualifier, kind.counted)
    return _clip(low, kind), float(high)


def intervals(printed: Iterable[str], qualifiers: Iterable[str], units: Iterable[str]) -> list[tuple[float, float]]:
    """``interval`` of each figure of three columns of equal length."""
    return [interval(*row) for row in zip(printed, qualifiers, units, strict=True)]


def parse(text: str, unit: str | None = None) -> Quantity:
    """Read a printed quantity, Chinese or English; see the module for what it is known to.

    ``unit``: the unit that the result shall have, and that a bare figure is in; a figure with a magnitude
    but no unit (135万) is in the unit that ``unit`` is shown in (persons for ``10k_persons``). Without it the
    unit is the printed one, and a bare figure is a ``count``. Raises ``QuantityError``, also for a printed
    unit that does not convert to ``unit``.
    """
    return _quantity(read(text), text, unit)


def last_digit(text: str, unit: str) -> float:
    """What one step of the last printed digit of a figure is worth, in ``unit``: 1 of 3379公里, 0.1 of 5.4%.

    Nothing of a figure in round words (千亿, 数十, 20多), which has no last digit. Raises ``QuantityError``.
    """
    printed, target = read(text), unit_of(unit)
    number = printed.number
    if number.loose or number.several or number.more:
        return 0.0
    source = printed.unit or (target.display if number.exponent else target.code)
    return float(Fraction(number.place) * factor(source, target.code) * printed.size)


def _quantity(printed: Printed, text: str, unit: str | None, qualifier: str = "") -> Quantity:
    """What a printed quantity says, in ``unit``; ``qualifier`` is what the data say besides the text."""
    number, first = printed.number, printed.first
    target = unit_of(unit or _natural(printed))
    source = unit_of(printed.unit or (target.display if number.exponent else target.code))
    try:
        ratio = factor(source.code, target.code) * printed.size
    except QuantityError:
        found = f"{visible(text)} is in {source.code}"
        raise QuantityError(f"{found} — write a figure in {target.code}") from None
    said = printed.qualifier or ("about" if first or number.several else "")
    qualifier = _agreed(said, qualifier, text, loose=bool(first or number.several))
    value, low, high = _ends(number, first, qualifier, source.counted)
    _check_sign(value, target, text)
    low, high = (end if math.isinf(end) else Fraction(end) * ratio for end in (low, high))
    middle = float(Fraction(value) * ratio)
    return Quantity(middle, _clip(low, target), float(high), target.code, qualifier, text)


def _natural(printed: Printed) -> str:
    """The code in which a printed amount is told when nobody asked for one: 984.9亿元 is in 100m_cny."""
    for exponent, code in _CODES.get(printed.unit, ()):
        if printed.number.exponent >= exponent:
            return code
    return printed.unit or "count"


def _agreed(said: str, given: str, text: str, loose: bool) -> str:
    """One qualifier from the text and the data; "exact" when neither has one."""
    if not said or not given or said == given:
        return said or given or "exact"
    if {said, given} == set(LOWER) or (loose and given in ("exact", "of_which")):
        return said
    raise QuantityError(f"{visible(text)} says {said}, the qualifier says {given} — write one of them in both")


def _ends(number: Number, first: Number | None, qualifier: str, counted: bool) -> tuple:
    """Value, low and high of a figure, as decimals in the unit that it is printed in."""
    value = number.value
    last = last_place(value.normalize()) if value else number.place.adjusted()
    step = Decimal(1).scaleb(last)  # of the last digit that is not zero
    if first:
        return (first.value + value) / 2, first.value, value
    if number.several:
        return 6 * value, 2 * value, 10 * value
    if number.more:
        return value, value, value + step
    if qualifier in LOWER:
        return value, value, math.inf
    if qualifier in UPPER:
        return value, -math.inf, value
    if qualifier == "nearly":
        return value, *sorted((value * 9 / 10, value))
    if qualifier != "about":
        step = Decimal(0) if counted and number.whole else number.place
    return value, value - step / 2, value + step / 2


def _check_sign(value: float | Decimal, unit: Unit, text: str) -> None:
    if unit.nonnegative and value < 0:
        raise QuantityError(f"{visible(text)} is below zero — write a figure in {unit.code} of at least 0")


def _clip(low: float | Decimal | Fraction, unit: Unit) -> float:
    return max(0.0, float(low)) if unit.nonnegative else float(low)
