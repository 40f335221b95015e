"""How a claim and a figure stand, and what comes nearest to a claim when nothing tells of what it tells of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from wuhan.evidence.facts import RATES, Fact, compare, within
from wuhan.evidence.ledger import RANKED, Claim
from wuhan.evidence.periods import bounds
from wuhan.evidence.quantities import LOWER, UPPER, last_digit
from wuhan.evidence.testimony import APART, Testimony
from wuhan.evidence.witnesses import Evidence, alike, neutral

AGREES, AT_ROUNDING, DIFFERS = "agrees", "agrees_at_rounding", "differs"
BOUNDS = (*LOWER, *UPPER)
YEAR = 366  # days; the same figure further away is chance, but for a claim that lags behind
AROUND = ("other_place",)  # of a whole: the same measure, of a larger place
IMMATERIAL = 0.01  # of a figure: a difference that is less may be one of rounding


def relate(claim: Fact, other: Fact, step: float = 0.0) -> str:
    """How two figures stand: the same, the same at the printed rounding, or not.

    A claim that is a bound agrees with what certainly satisfies the bound as printed. ``step``: what one step of
    the last printed digit of the claim is worth. Where nothing overlaps, a distance between the printed figure and
    the other that is less than one step, and than one hundredth of the figure, is still one of rounding: a writer
    rounds up, down or to the nearest. Raises ``FactError`` for units or price bases that do not compare.
    """
    claim, other = neutral(claim), neutral(other)
    overlap = compare(claim, other) == 0
    value, low, high = within(other, claim.unit)
    if math.isclose(claim.value, value):
        return AGREES
    if claim.qualifier in LOWER and low >= claim.value:
        return AGREES
    if claim.qualifier in UPPER and high <= claim.value:
        return AGREES
    apart = max(low - claim.value, claim.value - high)
    return AT_ROUNDING if overlap or apart < min(step, IMMATERIAL * abs(claim.value)) else DIFFERS


def step(claim: Claim) -> float:
    """What one step of the last printed digit of a claim is worth; a place in an order has none."""
    return 0.0 if claim.comparison == RANKED else last_digit(claim.value_text, claim.figure.unit)


def near(claim: Claim, own: Sequence[Fact], known: Evidence) -> list[tuple[str, Fact]]:
    """What comes nearest to a claim, and why it does not compare: another time before another area and measure."""
    read: dict[str, list[Fact]] = {reason: [] for reason in APART.values()}
    for one in known.heard.of(claim.claim):
        if one.fact and not one.direct:
            read[APART[one.relation]].append(one.fact)
    dated = [*own, *read["period"]]
    dated.sort(key=lambda fact: (_days(claim.period, fact.period), bool(fact.formula), *known.rank(fact)))
    found = [("period", fact) for fact in dated[:2]]
    found += [(reason, _nearest(claim, read[reason])) for reason in ("area", "definition") if read[reason]]
    if found or not claim.indicator:
        return found
    for place in known.places_of(claim.indicator):
        around = _within(place, claim.place, known) or _within(claim.place, place, known)
        if around and (facts := known.of(claim.indicator, place, claim.source_id)):
            return [("area", _nearest(claim, facts))]
    for reason, other in alike(claim.indicator):
        if facts := known.of(other, claim.place, claim.source_id):
            return [(reason, _nearest(claim, facts))]
    return []


def whole(claim: Claim, known: Evidence) -> Fact | None:
    """What was read of the province or nation, of the claim's time or later, below what the claim tells of its part."""
    around, place = set(), claim.place
    while place := known.places.get(place, ("", ""))[1]:
        around.add(place)
    return next(
        (
            fact
            for fact in (one.fact for one in known.heard.of(claim.claim) if one.relation in AROUND)
            if fact
            and fact.place in around
            and claim.comparison != RANKED
            and fact.unit not in RATES
            and fact.high < claim.figure.low
            and end(fact.period) >= end(claim.period)
        ),
        None,
    )


def _nearest(claim: Claim, facts: Iterable[Fact]) -> Fact:
    """The fact of the time nearest to a claim's."""
    return min(facts, key=lambda fact: _days(claim.period, fact.period))


def _within(place: str, other: str, known: Evidence) -> bool:
    """Whether a place lies inside another city, zone or district; a nation holds too much to come near."""
    parent = known.places.get(place, ("", ""))[1]
    return bool(parent) and parent == other and known.places[other][0] not in ("nation", "province")


def _days(period: str, other: str) -> int:
    """Days between the ends of two periods; a claim without a period is nearest to what is newest."""
    return abs((end(period) - end(other)).days)


def end(period: str) -> date:
    """The last day of a period; of none, the last of all days."""
    return bounds(period)[1] if period else date.max


def elsewhere(
    claim: Claim, own: Iterable[Fact], against: Sequence[Fact], said: Iterable[Testimony]
) -> tuple[Fact, ...]:
    """Figures of another time that are the claim's, or round to it, the printed ones first: of those that were read
    for the claim all, of observations those of a year around its period or of the two before it was said.

    Ranges that only touch are two figures: 5.8 is not the 5.7 of the year before, though both may have been 5.75.
    """
    read = [one.fact for one in said if one.fact and one.relation == "other_period"]
    since = min(end(claim.period), end(claim.stated or claim.period))
    observed = [
        fact
        for fact in own
        if claim.period
        and fact not in against
        and (_days(claim.period, fact.period) <= YEAR or 0 <= (since - end(fact.period)).days <= 2 * YEAR)
    ]
    figures = [fact for fact in (*read, *observed) if fact.qualifier not in BOUNDS]
    found = [fact for fact in figures if _same(claim.figure, fact)]
    return tuple(sorted(found, key=lambda fact: (bool(fact.formula), _days(claim.period, fact.period))))


def _same(claim: Fact, other: Fact) -> bool:
    """Whether two figures can be one: they agree, or the insides of their ranges meet."""
    relation = relate(claim, other)
    _value, low, high = within(other, claim.unit)
    return relation == AGREES or (relation == AT_ROUNDING and low < claim.high and claim.low < high)
