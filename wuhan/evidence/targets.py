"""Targets: what has been set or planned, in claims and in observations, against what is known since.

Each target meets the newest comparable outcome of its measure and place: that of its own term; else of a flow
that of the first part of the term, of a level one from before its end that has reached it; else of a level one
at most a year after it; else the newest before it. A flow compares with spans of the same length. Where nothing is
observed, what articles claim to have happened counts, but never the target's own number.

=================  =========================================================================================
met                the outcome of the term, or one before its end, has reached the figure that was set
late               an outcome at most a year after the term has reached it; none is known that did so in time
on_course          the term runs, and the growth still needed a year is at most the growth achieved so far
behind             it is more; or the outcome of the term, or a later one, falls short
undecided          the term runs and less is reached, and one observation tells no pace (``one_figure``), nor do
                   bounds (``bound``); no term is printed (``no_term``); only a part of it is known (``part``);
                   or what is known of it or after it is an estimate, which is no result (``estimate``); the target is
                   a figure "about" which was meant, and the outcome is that near (``about``); the
                   growth so far is that of one year, which is no course (``one_step``); or it is not said whether
                   each direction of a road counts (``direction``)
ended              the term is over by the day to which the evidence reaches, and no outcome of it is published
no_figure_yet      the term runs or is not printed, and nothing is observed that compares
not_measurable     a cap, which only limits; a list, label or date; a measure that nothing observes
=================  =========================================================================================

Growth achieved is that up to the outcome compared, or to the one before it, from the newest outcome a year
older; two outcomes of one publisher go before others. A target is the figure that was set: "60 or more" is
reached at 60; but not by an outcome of the month in which it was set, or of before: whoever set it knew that one.
A bound ("over 500") reaches what it surely reaches, and is passed over when an older outcome is above it. No pace
rests on a bound, and none of the quotient of two ("over 100" of "over 200").
A draft that is sent out for comment sets no target, nor does a study; a year that an article does not print is no term;
two texts that print different figures set different targets, even where the ranges of the two meet. Growth of
shares is in percentage points; rates have none.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from wuhan.evidence import observations
from wuhan.evidence.claims import BOUNDS, Claim
from wuhan.evidence.facts import RATES, Fact, cagr, face, mean_size, reached, subtract
from wuhan.evidence.ledger import FORWARD, LISTED
from wuhan.evidence.periods import bounds
from wuhan.evidence.units import UNITS, convert
from wuhan.evidence.witnesses import Evidence, alike, neutral, same_time

MET, LATE, ON_COURSE, BEHIND, UNDECIDED = "met", "late", "on_course", "behind", "undecided"
ENDED, NO_FIGURE_YET, NOT_MEASURABLE = "ended", "no_figure_yet", "not_measurable"
STANDINGS = (MET, LATE, ON_COURSE, BEHIND, UNDECIDED, ENDED, NO_FIGURE_YET, NOT_MEASURABLE)
OPEN = ("one_figure", "one_step", "direction", "bound", "no_term", "part", "estimate", "about")  # why it is undecided
REASONS = ("", *OPEN, "cap", "listed", "no_number", "named", "no_indicator")
NAMED = ("label", "list_count", "duration", "date", "threshold")  # tells what a plan is like, sets no aim
LEVELS = ("stock", "capacity", "share", "index")  # measured at a moment, whatever span a source gives
CHANGES = ("rate", "growth")
AFTER = 366  # days at most after the term for an outcome to speak of it
PACE = 350  # days at least between two outcomes that tell a pace
COURSE = 700  # days at least between two outcomes that tell a course: two years


@dataclass(frozen=True)
class Target:
    """A figure that was set, and how far it has come.

    ``name`` is the id of the claim, else indicator, place, period and source. ``claims`` are the claims that
    set it, ``measure`` the indicator, or what the claim says is counted. ``attainment`` is the outcome in
    percent of the target (None for a rate), ``gap`` the outcome less the target. ``needed``, while the term runs,
    and ``achieved`` are growth a year. ``final``: the outcome is of the term or later; ``due``: the term is over by
    the day to which the evidence reaches. ``contradicts`` are other figures set for the same measure, place and term by
    other sources; ``near`` is what is known of measures that only sound alike.
    """

    name: str
    kind: str
    theme: str
    place: str
    measure: str
    period: str
    fact: Fact | None
    organisation: str = ""
    indicator: str = ""
    claims: tuple[str, ...] = ()
    comparison: str = ""
    standing: str = NOT_MEASURABLE
    reason: str = ""
    current: Fact | None = None
    attainment: Fact | None = None
    gap: Fact | None = None
    needed: Fact | None = None
    achieved: Fact | None = None
    final: bool = False
    due: bool = False
    contradicts: tuple[Fact, ...] = ()
    near: tuple[Fact, ...] = ()

    @property
    def figure(self) -> Fact:
        """The figure that was set. Raises ``ValueError`` for a target without one."""
        if self.fact is None:
            raise ValueError(f"{self.name} sets no figure")
        return self.fact


def targets(ledger: Sequence[Claim], known: Evidence) -> list[Target]:
    """Every target, plan, cap and forecast of claims, then of observations, each measured once.

    Claims made after the day to which the evidence reaches are left out.
    """
    ledger = [claim for claim in ledger if not claim.stated or bounds(claim.stated)[0] <= known.day]
    aims = _aims(ledger, known)
    said = [claim for claim in ledger if claim.kind == "actual" and claim.fact and not claim.repeats]
    return [replace(_measured(aim, said, known), contradicts=_contradicting(aim, aims)) for aim in aims]


# Which targets there are.


def _aims(ledger: Sequence[Claim], known: Evidence) -> list[Target]:
    """Targets of claims and of observations but drafts; one that is set twice stands once, with all its sources."""
    aims = [_claimed(claim) for claim in ledger if claim.kind in FORWARD and not claim.repeats]
    rows = known.rows[known.rows["status"].isin(FORWARD)]
    rows = rows[[known.sets(source) for source in rows["source_id"]]]
    for row, fact in zip(rows.itertuples(), observations.facts(rows), strict=True):
        name = f"{row.indicator} {row.place} {row.period} {row.source_id}"
        theme = known.themes[row.indicator]
        aim = Target(name, row.status, theme, row.place, row.indicator, row.period, fact, "", row.indicator)
        twin = next((place for place, other in enumerate(aims) if _same(aim, other)), None)
        if twin is None:
            aims.append(aim)
        else:
            aims[twin] = _merged(aims[twin], aim)
    return aims


def _claimed(claim: Claim) -> Target:
    return Target(
        claim.claim,
        claim.kind,
        claim.theme,
        claim.place,
        claim.indicator or claim.measure,
        claim.period,
        claim.fact,
        claim.organisation,
        claim.indicator,
        (claim.claim,),
        claim.comparison,
    )


def _same(aim: Target, other: Target) -> bool:
    """Whether two set the same figure: for one term, or in one article, which may leave the term out."""
    if other.fact is None or (aim.indicator, aim.place) != (other.indicator, other.place):
        return False
    if not math.isclose(aim.figure.value, convert(other.fact.value, other.fact.unit, aim.figure.unit)):
        return False
    return aim.period == other.period or aim.figure.sources[0] in other.fact.sources


def _merged(aim: Target, again: Target) -> Target:
    """One target of two that are the same: in the unit of the observation, the sources of both, the printed term."""
    sources = tuple(dict.fromkeys((*aim.figure.sources, *again.figure.sources)))
    period = aim.period if aim.claims else again.period
    return replace(aim, fact=replace(again.figure, sources=sources), period=period)


def _contradicting(aim: Target, aims: Iterable[Target]) -> tuple[Fact, ...]:
    if aim.fact is None or not aim.period or aim.comparison in (*NAMED, LISTED):
        return ()
    subject = (aim.measure, aim.place, aim.organisation, aim.period)
    return tuple(
        other.fact
        for other in aims
        if other.fact is not None
        and (other.measure, other.place, other.organisation, other.period) == subject
        and not set(other.fact.sources) & set(aim.fact.sources)
        and not math.isclose(convert(other.fact.value, other.fact.unit, aim.fact.unit), aim.fact.value)
    )


# How far each has come.


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
    subject, dimension = (aim.measure, aim.place, aim.organisation), UNITS[aim.figure.unit].dimension
    return [
        claim.figure
        for claim in said
        if (claim.indicator or claim.measure, claim.place, claim.organisation) == subject
        and claim.period
        and UNITS[claim.figure.unit].dimension == dimension
    ]


def _itself(aim: Target, fact: Fact) -> bool:
    """Whether an outcome is the number that an article printed as a plan, and another table holds as real."""
    value = convert(fact.value, fact.unit, aim.figure.unit)
    return bool(aim.claims) and aim.figure.sources[0] in fact.sources and math.isclose(value, aim.figure.value)


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
            after = (_end(fact) - bounds(aim.period)[1]).days
            when = "earlier" if after < 0 else "later" if level and after <= AFTER else ""
        else:
            when = ""
        if when:
            found[when].append(fact)
    sure = [fact for fact in found["earlier"] if level and aim.period and fact.status != "estimate"]
    found["reached"] = [fact for fact in _telling(sure)[-1:] if _reached(aim.figure, fact)]
    current, when = next(((_newest(facts), when) for when, facts in found.items() if facts), (None, ""))
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
        if (bounds(last)[1] - bounds(first)[1]).days < COURSE:
            return UNDECIDED, "one_step"
        return (ON_COURSE if needed.value <= achieved.value else BEHIND), ""
    return UNDECIDED, "no_term" if not aim.period else "part" if when == "part" else "one_figure"


def _reached(target: Fact, current: Fact) -> bool:
    """Whether an outcome has reached the figure set; "nearly" has not."""
    value, low, high = (convert(end, current.unit, target.unit) for end in (current.value, current.low, current.high))
    if target.qualifier == "up_to":
        return high <= target.value
    if target.qualifier == "over" and low == high:
        return value > target.value
    return low >= target.value or (value >= target.value and current.qualifier not in ("nearly", "up_to"))


def _near(target: Fact, current: Fact) -> bool:
    """Whether an outcome lies within what the word before the figure set leaves open."""
    return convert(current.high, current.unit, target.unit) >= target.low


def _goal(target: Fact) -> Fact:
    """The figure that was set, as a point: it is chosen, not measured."""
    return neutral(face(target))


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
    pairs = [(old, new) for new in ends for old in usable if (_end(new) - _end(old)).days >= PACE]
    if not pairs:
        return None
    one = [(old, new) for old, new in pairs if known.publisher(old) == known.publisher(new)]
    old, new = (one or pairs)[0]
    return _growth(neutral(old), neutral(new), _years(old.period, new.period))


def _newest(series: Sequence[Fact]) -> Fact:
    """The newest outcome that tells something."""
    return _telling(series)[-1]


def _telling(series: Sequence[Fact]) -> list[Fact]:
    """A series without the lower bounds that an older outcome is above: they tell nothing new."""
    kept: list[Fact] = []
    for fact in series:
        if fact.qualifier not in ("over", "at_least") or all(fact.value >= old.value for old in kept):
            kept.append(fact)
    return kept


def _end(fact: Fact) -> date:
    return bounds(fact.period)[1]


def _years(first: str, last: str) -> float:
    """Years between the ends of two periods, to a hundredth."""
    return round((bounds(last)[1] - bounds(first)[1]).days / 365.25, 2)


def _days(period: str) -> int:
    """The length of a period in days, a leap year counted as any other."""
    first, last = bounds(period)
    return 365 if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) else (last - first).days


def _part(period: str, term: str) -> bool:
    """Whether a period is the first part of a term."""
    return bounds(period)[0] == bounds(term)[0] and bounds(period)[1] < bounds(term)[1]
