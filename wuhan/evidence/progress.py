"""Progress: how far each target has come, by what is known since it was set.

Each target meets the newest comparable outcome of its measure and place: that of its own term; else of a flow
that of the first part of the term, of a level one from before its end that has reached it; else of a level one
at most a year after it; else the newest before it. A flow compares with spans of the same length. Where nothing is
observed, what articles claim to have happened counts, but never the target's own number.

Growth achieved is that up to the outcome compared, or to the one before it, from the newest outcome a year
older; two outcomes of one publisher go before others. A target is the figure that was set: "60 or more" is
reached at 60, "7.5 to 7.8" at 7.5; but not by an outcome of the month in which it was set, or of before: whoever set it
knew that one.
A bound ("over 500") reaches what it surely reaches, and is passed over when an older outcome is above it. No pace
rests on a bound, and none of the quotient of two ("over 100" of "over 200"). Growth of shares is in percentage points;
rates have none.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from wuhan.evidence.claims import BOUNDS, Claim
from wuhan.evidence.facts import RATES, Fact, cagr, equal, face, mean_size, subtract, within
from wuhan.evidence.ledger import LISTED
from wuhan.evidence.periods import bounds, days_between
from wuhan.evidence.quantities import LOWER
from wuhan.evidence.rounding import reached
from wuhan.evidence.targets import BEHIND, ENDED, LATE, MET, NAMED, NO_FIGURE_YET, ON_COURSE, UNDECIDED, Target, aims
from wuhan.evidence.witnesses import Evidence, alike, neutral, same_time
from wuhan.evidence.wording import ranged

LEVELS = ("stock", "capacity", "share", "index")  # measured at a moment, whatever span a source gives
CHANGES = ("rate", "growth")
AFTER = 366  # days at most after the term for an outcome to speak of it
PACE = 350  # days at least between two outcomes that tell a pace
COURSE = 700  # days at least between two outcomes that tell a course: two years


def measured(ledger: Sequence[Claim], known: Evidence) -> list[Target]:
    """Every target of `aims`, measured, without those of claims made after the day to which the evidence reaches."""
    ledger = [claim for claim in ledger if not claim.stated or bounds(claim.stated)[0] <= known.day]
    said = [claim for claim in ledger if claim.kind == "actual" and claim.fact and not claim.repeats]
    return [_measured(aim, said, known) for aim in aims(ledger, known)]


def _measured(aim: Target, said: Sequence[Claim], known: Evidence) -> Target:
    if reason := _unmeasurable(aim):
        return replace(aim, reason=reason)
    aim = replace(aim, due=bool(aim.period) and bounds(aim.period)[1] < known.day)
    measure = aim.comparison
    observed: Sequence[Fact] = ()
    if aim.indicator:
        measure, observed = known.measures[aim.indicator][0], known.of(aim.indicator, aim.place)
        others = [known.of(other, aim.place) for _, other in alike(aim.indicator)]
        aim = replace(aim, near=tuple(max(facts, key=_end) for facts in others if facts))
    pool = [fact for fact in observed or _claimed_outcomes(aim, said) if not _itself(aim, fact)]
    if not pool and not aim.indicator:
        return replace(aim, reason="no_indicator")
    current, when = _current(aim, measure, _series(pool, known), known.month(aim.figure))
    if current is None:
        return replace(aim, standing=ENDED if aim.due else NO_FIGURE_YET)
    aim = _judged(aim, measure, current, when, _achieved(current, pool, measure, known))
    return replace(aim, reason="bound") if _open(current) and aim.reason == "one_figure" else aim


def _claimed_outcomes(aim: Target, said: Sequence[Claim]) -> list[Fact]:
    """What articles claim to have happened of the measure and subject of a target."""
    subject, dimension = (aim.measure, aim.place, aim.organisation), aim.figure.dimension
    return [
        claim.figure
        for claim in said
        if (claim.indicator or claim.measure, claim.place, claim.organisation) == subject
        and claim.period
        and claim.figure.dimension == dimension
    ]


def _itself(aim: Target, fact: Fact) -> bool:
    """Whether an outcome is the number that an article printed as a plan, and another table holds as real."""
    return bool(aim.claims) and aim.figure.sources[0] in fact.sources and equal(aim.figure, fact)


def _unmeasurable(aim: Target) -> str:
    """Why a target cannot be measured at all, else ""."""
    if aim.fact is None:
        return "no_number"
    if aim.kind == "cap":
        return "cap"
    if aim.comparison == LISTED:
        return "listed"
    return "named" if aim.comparison in NAMED and not aim.indicator else ""


def _series(pool: Iterable[Fact], known: Evidence) -> list[Fact]:
    """One outcome for each period, that of the most trusted source, in order of time."""
    best: dict[str, Fact] = {}
    for fact in sorted(pool, key=known.rank):
        best.setdefault(fact.period, fact)
    return sorted(best.values(), key=lambda fact: (_end(fact), fact.period))


def _current(aim: Target, measure: str, series: Sequence[Fact], since: date) -> tuple[Fact | None, str]:
    """The outcome that a target is held against, and when it was: own, part, reached, later, earlier or known.

    Known is an outcome of before the end of the term and no later than ``since``, when the target was set.
    """
    level = measure in LEVELS
    found: dict[str, list[Fact]] = {"own": [], "part": [], "reached": [], "later": [], "earlier": []}
    for fact in series:
        if not aim.period:
            when = "earlier"
        elif same_time("stock" if level else measure, aim.period, fact.period):
            when = "own"
        elif not level and _part(fact.period, aim.period):
            when = "part"
        elif level or _days(fact.period) == _days(aim.period):
            after = days_between(aim.period, fact.period)
            when = "earlier" if after < 0 else "later" if level and after <= AFTER else ""
        else:
            when = ""
        if when:
            found[when].append(fact)
    sure = [fact for fact in found["earlier"] if level and aim.period and fact.status != "estimate"]
    found["reached"] = [fact for fact in _telling(sure)[-1:] if _reached(aim.figure, fact)]
    current, when = next(((_telling(facts)[-1], when) for when, facts in found.items() if facts), (None, ""))
    return current, "known" if current and when == "reached" and _end(current) <= since else when


def _judged(aim: Target, measure: str, current: Fact, when: str, achieved: Fact | None) -> Target:
    """A target beside the outcome that compares: how much is reached, what is needed, where it stands.

    How much is reached is as firm as outcome and target are printed ("over"); growth is that up to the figure set.
    """
    goal, rate = _goal(aim.figure), measure in CHANGES
    told = neutral(current)
    told = replace(told, status="estimate") if current.status == "estimate" else told  # what follows is one, too
    years = _years(current.period, aim.period) if aim.period and when in ("earlier", "known") and not aim.due else 0
    needed = _growth(told, goal, years) if years > 0 and not rate and not _open(told) else None
    achieved = None if rate else achieved
    standing, reason = _standing(aim, measure, current, when, needed, achieved)
    if current.unit == "km" and any(why == "one_way" for why, _ in alike(aim.indicator)):
        standing, reason = UNDECIDED, "direction"
    share = None if rate or goal.value <= 0 else _share(told, aim.figure)
    return replace(
        aim,
        standing=standing,
        reason=reason,
        current=current,
        attainment=share,
        gap=subtract(told, goal),
        needed=None if standing == MET else needed,
        achieved=achieved,
        final=when in ("own", "later"),
    )


def _standing(
    aim: Target, measure: str, current: Fact, when: str, needed: Fact | None, achieved: Fact | None
) -> tuple[str, str]:
    """Where a target stands, and why that cannot be said."""
    reached, level = when != "known" and _reached(aim.figure, current), measure in LEVELS
    if when in ("own", "later") or reached and (level or when == "part" and measure not in CHANGES):
        held = LATE if when == "later" else MET
        if current.status == "estimate":
            return UNDECIDED, "estimate"
        if not reached and aim.figure.qualifier == "about" and _near(aim.figure, current):
            return UNDECIDED, "about"
        return (held if reached else BEHIND), ""
    if aim.due:
        return ENDED, ""
    if when == "part" and measure in CHANGES:
        return (ON_COURSE if reached else BEHIND), ""
    if needed and needed.value <= 0:
        return ON_COURSE, ""
    if needed and achieved:
        first, last = achieved.period.split("/") if "/" in achieved.period else (achieved.period,) * 2
        if days_between(first, last) < COURSE:
            return UNDECIDED, "one_step"
        return (ON_COURSE if needed.value <= achieved.value else BEHIND), ""
    return UNDECIDED, "no_term" if not aim.period else "part" if when == "part" else "one_figure"


def _reached(target: Fact, current: Fact) -> bool:
    """Whether an outcome has reached the figure set; "nearly" has not."""
    target = _least(target)
    value, low, high = within(current, target.unit)
    if target.qualifier == "up_to":
        return high <= target.value
    if target.qualifier == "over" and low == high:
        return value > target.value
    return low >= target.value or (value >= target.value and current.qualifier not in ("nearly", "up_to"))


def _near(target: Fact, current: Fact) -> bool:
    """Whether an outcome lies within what the word before the figure set leaves open."""
    return within(current, target.unit)[2] >= target.low


def _goal(target: Fact) -> Fact:
    """The figure that was set, as a point: it is chosen, not measured."""
    return neutral(face(_least(target)))


def _least(target: Fact) -> Fact:
    """The figure that is enough: of a range its lower end."""
    return replace(target, value=target.low, high=target.low, behind=(target,)) if ranged(target) else target


def _open(fact: Fact) -> bool:
    """Whether a figure is only a bound."""
    return fact.qualifier in BOUNDS or not (math.isfinite(fact.low) and math.isfinite(fact.high))


def _share(told: Fact, target: Fact) -> Fact | None:
    """How much of the figure set is reached; None where both are bounds, which leave that open."""
    return None if _open(told) and _open(target) else reached(told, replace(neutral(target), status="target"))


def _growth(old: Fact, new: Fact, years: float) -> Fact | None:
    """Growth a year from one figure to another: percent, of percentages percentage points."""
    if old.unit in RATES:
        span = replace(new, value=years, low=years, high=years, unit="count", indicator="years", qualifier="exact")
        return mean_size(subtract(new, old), replace(span, price_basis="", formula=""))
    return cagr(old, new, years) if old.low > 0 else None


def _achieved(current: Fact, pool: Iterable[Fact], measure: str, known: Evidence) -> Fact | None:
    """The pace up to the current outcome, or else to the one before it, from the newest outcome a year older.

    Two outcomes of one publisher go before two of different ones: they share a definition. Bounds tell no pace.
    """
    if _open(current):
        return None
    usable = [
        fact
        for fact in pool
        if not _open(fact)
        and _end(fact) <= _end(current)
        and (measure in LEVELS or _days(fact.period) == _days(current.period))
    ]
    usable.sort(key=known.rank)
    usable.sort(key=_end, reverse=True)
    before = next((fact for fact in usable if _end(fact) < _end(current)), current)
    ends = [current, *(fact for fact in usable if _end(fact) == _end(before) and fact != current)]
    pairs = [(old, new) for new in ends for old in usable if days_between(old.period, new.period) >= PACE]
    if not pairs:
        return None
    one = [(old, new) for old, new in pairs if known.publisher(old) == known.publisher(new)]
    old, new = (one or pairs)[0]
    return _growth(neutral(old), neutral(new), _years(old.period, new.period))


def _telling(series: Sequence[Fact]) -> list[Fact]:
    """A series without the lower bounds that an older outcome is above: they tell nothing new."""
    kept: list[Fact] = []
    for fact in series:
        if fact.qualifier not in LOWER or all(fact.value >= old.value for old in kept):
            kept.append(fact)
    return kept


def _end(fact: Fact) -> date:
    return bounds(fact.period)[1]


def _years(first: str, last: str) -> float:
    """Years between the ends of two periods, to a hundredth."""
    return round(days_between(first, last) / 365.25, 2)


def _days(period: str) -> int:
    """The length of a period in days, a leap year counted as any other."""
    first, last = bounds(period)
    return 365 if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) else (last - first).days


def _part(period: str, term: str) -> bool:
    """Whether a period is the first part of a term."""
    return bounds(period)[0] == bounds(term)[0] and bounds(period)[1] < bounds(term)[1]
