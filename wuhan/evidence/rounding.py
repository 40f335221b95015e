"""Facts rounded as a sentence states them: an interval by its two ends, an attainment in tenths; ends go outwards."""

from __future__ import annotations

import math
from dataclasses import replace

from wuhan.evidence.bounds import FactError, canonical, cut, exponent
from wuhan.evidence.facts import Fact, attainment, knowing, names_of, printed, resulting, span_of
from wuhan.evidence.units import exact


@knowing
def ends(a: Fact) -> tuple[Fact, Fact]:
    """The two ends of the interval of ``a`` as facts, cut outwards to two digits of the width between them.

    For a sentence that states the interval itself: "0.9 (0.81 to 1.02)". Raises ``FactError`` for an open end.
    """
    if not (math.isfinite(a.low) and math.isfinite(a.high)):
        raise FactError(f"ends: {names_of((a,))[0]} has an open end — say what it is over or under")
    _value, *span = span_of(a)
    low, high = cut(*span)
    lower, upper = (
        replace(
            a,
            value=end,
            low=end,
            high=end,
            qualifier="exact",
            status=resulting((a.status,)),
            formula=f"{side} end of the range of {names_of((a,))[0]}",
            behind=printed((a,)),
            row=(),
        )
        for end, side in ((low, "lower"), (high, "upper"))
    )
    return lower, upper


@knowing
def rounded(a: Fact) -> tuple[Fact, Fact, Fact]:
    """``a`` with as many decimals as its `ends`, which follow: value, low and high, each a fact of its own."""
    low, high = ends(a)
    _value, bottom, top = span_of(a)
    value = float(round(exact(a.value), 1 - exponent(top - bottom))) if top > bottom else a.value
    return replace(a, value=value, low=value, high=value), low, high


@knowing
def decimals(a: Fact, places: int) -> Fact:
    """``a`` to so many decimal ``places``, and known to half a step of the last: for figures set side by side."""
    value, half = canonical(round(a.value, places)), 0.5 / 10**places
    return replace(a, value=value, low=value - half, high=value + half)


@knowing
def reached(actual: Fact, target: Fact) -> Fact:
    """`attainment` in tenths of a per cent, its ends rounded outwards: a share of round figures is told no finer, and a
    bound is never told on its wrong side.
    """
    share = attainment(actual, target)
    low, high = (end if math.isinf(end) else exact(end) * 10 for end in (share.low, share.high))
    ends = [math.floor(low) / 10, high if math.isinf(high) else math.ceil(high) / 10]
    return replace(share, value=min(max(round(share.value, 1), ends[0]), ends[1]), low=ends[0], high=ends[1])
