"""Bounds of computed numbers: interval arithmetic with exact ends, rounded outwards.

A span is value, low and high: fractions, or infinite floats where there is no bound. Method: Moore, Kearfott
and Cloud, Introduction to Interval Analysis, 2009, chapter 2. Nothing here knows units or sources.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

from wuhan.evidence.units import exact

End = Fraction | float
# What is kept of a result of floating point: significant digits, and decimal places at most. The first pair takes away
# what a sum or a solver leaves behind a decimal, so that a value in the middle of two steps is not now above, now below
# it. The second is a thousand times as fine as what printed figures of four digits support.
CLEAN, KEPT = (10, 10), (7, 8)


class FactError(ValueError):
    """Facts that must not meet, or a result of which nothing is known; one line."""


def end_of(end: float) -> End:
    """The decimal that an end of an interval stands for; an infinite one stays."""
    return end if math.isinf(end) else exact(end)


def canonical(number: End) -> float:
    """The one float that stands for ``number``, on every machine: exact ones stay, floats are rounded to ``KEPT``.

    The last digits of a sum, a logarithm, a solver or a fit depend on processor, library and order. What a method
    returns goes through here before it is compared, sorted, drawn or made a fact. Fractions and integers are exact.
    """
    if isinstance(number, Fraction | int):
        return float(number)
    for digits, places in (CLEAN, KEPT):
        number = round(float(f"{number:.{digits - 1}e}"), places)
    return number + 0.0  # never -0.0


def exponent(number: End) -> int:
    """The power of ten of the first digit of ``number``, taken from its decimal; 0 for zero."""
    return Decimal(repr(float(number))).adjusted() if number else 0


def cut(low: End, high: End) -> tuple[float, float]:
    """The ends of an interval as they are told: cut outwards to two digits of the width between them.

    Open ends stay; then the other, which has no width to go by, stays as well, and so does an interval of one value.
    """
    if math.isinf(low) or math.isinf(high) or low == high:
        return float(low), float(high)
    bottom, top = (end if isinstance(end, Fraction) else exact(end) for end in (low, high))
    step = Fraction(10) ** (exponent(top - bottom) - 1)
    return float(math.floor(bottom / step) * step), float(math.ceil(top / step) * step)


def less(a: Sequence[End], b: Sequence[End]) -> list[End]:
    """``a - b``."""
    return [a[0] - b[0], a[1] - b[2], a[2] - b[1]]


def multiply(a: Sequence[End], b: Sequence[End]) -> list[End]:
    """``a * b``; nothing times something unbounded is nothing."""
    corners = [0 if 0 in (x, y) else x * y for x in a[1:] for y in b[1:]]
    return [a[0] * b[0], min(corners), max(corners)]


def divide(a: Sequence[End], b: Sequence[End], formula: str) -> list[End]:
    """``a / b`` for a ``b`` that is not below zero.

    Raises ``FactError``, which tells the ``formula``, for another ``b`` and for a quotient that is only
    known to be positive.
    """
    if b[1] < 0 or b[0] <= 0:
        raise FactError(f"{formula}: the second may be zero or less — nothing is divided by it")
    corners = [_quotient(x, y) for x in a[1:] for y in b[1:]]
    low, high = min(corners), max(corners)
    if low == 0 and math.isinf(high):
        raise FactError(f"{formula}: nothing is known of the result — a bound is missing on the wrong side")
    return [a[0] / b[0], low, high]


def _quotient(x: End, y: End) -> End:
    if math.isinf(y):
        return 0
    if y == 0:
        return math.copysign(math.inf, x) if x else 0
    return x / y


def root(end: End, years: float) -> End:
    """The root of a number of at least zero, to 50 digits."""
    if math.isinf(end) or not end:
        return end
    exactly = Fraction(end)
    with localcontext() as context:
        context.prec = 50
        base, power = Decimal(exactly.numerator) / exactly.denominator, 1 / Decimal(repr(years))
        return Fraction(base**power)


def widened(span: Sequence[End]) -> list[End]:
    """The span with ends moved outwards by more than a computation to 50 digits may be wrong."""
    value, low, high = span
    return [value, low - size(low) / 10**40, high + size(high) / 10**40]


def size(end: End) -> End:
    """How far an end is from zero."""
    return -end if end < 0 else end


def outwards(end: End, towards: float) -> float:
    """The float next to an exact end on the side of ``towards``, or the float that stands for it."""
    if isinstance(end, float):
        return end
    near = float(end)
    inside = exact(near) > end if towards < 0 else exact(near) < end
    return math.nextafter(near, towards) if inside else near


def floats(span: Sequence[End]) -> tuple[float, float, float]:
    """A span as floats: its ends rounded outwards, the value between them."""
    low, high = outwards(span[1], -math.inf), outwards(span[2], math.inf)
    return min(max(float(span[0]), low), high), low, high
