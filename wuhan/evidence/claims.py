"""Claims: the numbers that press articles print, and whether what else is known bears them out.

A claim is held against observations of the same indicator, place and time, never against those of its own
article. The most trusted of them decides, the first release before revised vintages, since an article can
only quote the figures of its day; the others are told beside it.

=====================  =====================================================================================
agrees                 both print the same figure; or the claim is a bound ("over 3000") that the observation
                       satisfies
agrees_at_rounding     the figures differ, but what their printed digits allow overlaps; or what they differ by
                       is immaterial: less than one step of the last digit that the claim prints, and less
                       than one hundredth of its figure ("over 3379" of 3378.73)
differs                nothing that the printed digits allow makes them the same
not_comparable         the measure is observed, but for another period or area, or as another measure that
                       only sounds alike; the reason says which
no_official_figure     no source but the article itself gives the measure
repeats                it repeats another claim and does not contradict it; the verdict is on that one
target                 it is a target, plan, cap or forecast: ``targets`` measures those
context                nothing to hold against anything: a date, a name, a threshold, a count of listed items
=====================  =====================================================================================

A rank is also held against the rank that observed levels give, and a growth rate against the growth between
two levels of one source; `Fact.formula` tells that such a figure is worked out and nobody prints it. Widening
a figure never turns *differs* into *agrees*.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from wuhan.evidence import package
from wuhan.evidence.bounds import FactError
from wuhan.evidence.facts import Fact, compare, subtract
from wuhan.evidence.identities import Check, Identity, check_all
from wuhan.evidence.ledger import FORWARD, LISTED, RANKED, stated
from wuhan.evidence.periods import bounds
from wuhan.evidence.quantities import last_digit
from wuhan.evidence.units import convert
from wuhan.evidence.witnesses import Evidence, alike, neutral, same_time, worked_out

AGREES, AT_ROUNDING, DIFFERS = "agrees", "agrees_at_rounding", "differs"
NOT_COMPARABLE, NO_FIGURE = "not_comparable", "no_official_figure"
REPEATS, TARGET, CONTEXT = "repeats", "target", "context"
FRAME = [
    "claim",
    "source_id",
    "line",
    "theme",
    "place",
    "organisation",
    "indicator",
    "measure",
    "value_text",
    "period",
    "kind",
    "verdict",
    "reason",
    "against",
    "repeats",
]
VERDICTS = (AGREES, AT_ROUNDING, DIFFERS, NOT_COMPARABLE, NO_FIGURE, REPEATS, TARGET, CONTEXT)
# Why: of not_comparable the first four, of no_official_figure the next two, of context the last three.
REASONS = (
    "",
    "period",
    "area",
    "definition",
    "one_way",
    "no_indicator",
    "no_observation",
    "no_number",
    "listed",
    "context",
)
BOUNDS = ("over", "at_least", "up_to")
YEAR = 366  # days; the same figure further away is chance
IMMATERIAL = 0.01  # of a figure: a difference that is less may be one of rounding


@dataclass(frozen=True)
class Claim:
    """One row of ``claims.csv`` with the fact that it states, None for a date, a name or a code."""

    claim: str
    source_id: str
    line: int
    theme: str
    place: str
    measure: str
    value_text: str
    kind: str
    comparison: str
    fact: Fact | None
    organisation: str = ""
    indicator: str = ""
    period: str = ""
    stated: str = ""
    repeats: str = ""
    note: str = ""

    @property
    def figure(self) -> Fact:
        """The fact of a claim that states one. Raises ``ValueError`` for one that does not."""
        if self.fact is None:
            raise ValueError(f"{self.claim} states no figure")
        return self.fact


@dataclass(frozen=True)
class Verdict:
    """How a claim stands.

    ``against`` are the facts it was held against, the deciding one first; of not_comparable those that come
    nearest. ``relations`` says for each how it stands: agrees, agrees_at_rounding or differs, and "" where it
    cannot be said. ``difference`` is the claim less the deciding fact, None for two bounds. ``elsewhere`` are
    observations of the same figure for a time at most a year away, when the claim does not agree: the figure
    may be dated wrongly.
    """

    claim: Claim
    kind: str
    reason: str = ""
    against: tuple[Fact, ...] = ()
    relations: tuple[str, ...] = ()
    difference: Fact | None = None
    elsewhere: tuple[Fact, ...] = ()

    @property
    def direction(self) -> int:
        """1 when the claim is certainly above the deciding fact, -1 when below, else 0."""
        return 0 if self.difference is None else (self.difference.low > 0) - (self.difference.high < 0)


def claims(data: Path = package.DATA) -> list[Claim]:
    """All claims in the order of ``claims.csv``, each with the fact it states."""
    indicators = package.read("indicators", data, ("indicator", "price_basis"))
    bases = dict(zip(indicators["indicator"], indicators["price_basis"], strict=True))
    names = [name for name in Claim.__dataclass_fields__ if name != "fact"]
    return [
        Claim(fact=stated(row, bases.get(row["indicator"], "")), **{name: row[name] for name in names})
        for row in package.read("claims", data).to_dict("records")
    ]


def identities(data: Path = package.DATA) -> list[Identity]:
    """All identities in the order of ``identities.csv``."""
    names = list(Identity.__dataclass_fields__)
    rows = package.read("identities", data)[names].to_dict("records")
    return [Identity(**row) for row in rows]


def checks(ledger: Sequence[Claim], tests: Sequence[Identity]) -> list[Check]:
    """What each identity comes to on the figures of the claims, in their order."""
    return check_all(tests, {claim.claim: claim.fact for claim in ledger if claim.fact})


def verdicts(ledger: Sequence[Claim], known: Evidence) -> list[Verdict]:
    """The verdict on each claim, in their order."""
    by_id = {claim.claim: claim for claim in ledger}
    return [hold(claim, known, by_id.get(claim.repeats)) for claim in ledger]


def counts(held: Iterable[Verdict]) -> dict[str, int]:
    """How many claims have each verdict, all verdicts in their order."""
    kinds = [verdict.kind for verdict in held]
    return {kind: kinds.count(kind) for kind in VERDICTS}


def hold(claim: Claim, known: Evidence, original: Claim | None = None) -> Verdict:
    """The verdict on one claim; ``original`` is the claim that it repeats."""
    if claim.fact is None:
        kind = REPEATS if original else TARGET if claim.kind in FORWARD else CONTEXT
        return Verdict(claim, kind, "" if original else "no_number")
    if original:
        return _repeated(claim, original)
    if claim.comparison == LISTED:
        return Verdict(claim, TARGET if claim.kind in FORWARD else CONTEXT, "listed")
    if claim.kind in FORWARD:
        return Verdict(claim, TARGET)
    if claim.kind == "context":
        return Verdict(claim, CONTEXT, "context")
    return _held(claim, known)


def relate(claim: Fact, other: Fact, step: float = 0.0) -> str:
    """How two figures stand: the same, the same at the printed rounding, or not.

    A claim that is a bound agrees with what certainly satisfies the bound as printed. ``step``: what one step of
    the last printed digit of the claim is worth. Where nothing overlaps, a distance between the printed figure and
    the other that is less than one step, and than one hundredth of the figure, is still one of rounding: a writer
    rounds up, down or to the nearest. Raises ``FactError`` for units or price bases that do not compare.
    """
    claim, other = neutral(claim), neutral(other)
    overlap = compare(claim, other) == 0
    value, low, high = (convert(end, other.unit, claim.unit) for end in (other.value, other.low, other.high))
    if math.isclose(claim.value, value):
        return AGREES
    if claim.qualifier in ("over", "at_least") and low >= claim.value:
        return AGREES
    if claim.qualifier == "up_to" and high <= claim.value:
        return AGREES
    apart = max(low - claim.value, claim.value - high)
    return AT_ROUNDING if overlap or apart < min(step, IMMATERIAL * abs(claim.value)) else DIFFERS


def _step(claim: Claim) -> float:
    """What one step of the last printed digit of a claim is worth; a place in an order has none."""
    return 0.0 if claim.comparison == RANKED else last_digit(claim.value_text, claim.figure.unit)


def _gap(claim: Fact, other: Fact) -> Fact | None:
    """The claim less what it is held against; None where two bounds leave nothing known of it."""
    try:
        return subtract(neutral(claim), neutral(other))
    except FactError:
        return None


def _repeated(claim: Claim, original: Claim) -> Verdict:
    if original.fact is None:
        return Verdict(claim, REPEATS)
    relation = relate(claim.figure, original.fact, _step(claim))
    gap = _gap(claim.figure, original.fact)
    kind = DIFFERS if relation == DIFFERS else REPEATS
    return Verdict(claim, kind, "", (original.fact,), (relation,), gap)


def _held(claim: Claim, known: Evidence) -> Verdict:
    """A claim of what has happened, against the observations of others."""
    if not claim.indicator:
        return Verdict(claim, NO_FIGURE, "no_indicator")
    own = [fact for fact in known.of(claim.indicator, claim.place) if claim.source_id not in fact.sources]
    own += worked_out(claim.indicator, claim.place, claim.period, known, claim.source_id)
    measure = known.measures[claim.indicator][0]
    against = [fact for fact in own if same_time(measure, claim.period, fact.period)]
    if not against:
        return _without(claim, own, known)
    against.sort(key=known.rank)
    relations = tuple(relate(claim.figure, fact, _step(claim)) for fact in against)
    elsewhere = _elsewhere(claim, own, against) if relations[0] == DIFFERS else ()
    gap = _gap(claim.figure, against[0])
    return Verdict(claim, relations[0], "", tuple(against), relations, gap, elsewhere)


def _without(claim: Claim, own: Sequence[Fact], known: Evidence) -> Verdict:
    """Why nothing decides on a claim: what comes nearest is of another time, area or measure, if anything."""
    if own:
        near = sorted(own, key=lambda fact: (_days(claim.period, fact.period), *known.rank(fact)))[:2]
        return Verdict(
            claim, NOT_COMPARABLE, "period", tuple(near), ("",) * len(near), None, _elsewhere(claim, own, ())
        )
    for place in known.places_of(claim.indicator):
        if _within(place, claim.place, known) or _within(claim.place, place, known):
            found = [fact for fact in known.of(claim.indicator, place) if claim.source_id not in fact.sources]
            if found:
                return Verdict(claim, NOT_COMPARABLE, "area", (_nearest(claim, found),), ("",))
    for reason, other in alike(claim.indicator):
        found = [fact for fact in known.of(other, claim.place) if claim.source_id not in fact.sources]
        if found:
            return Verdict(claim, NOT_COMPARABLE, reason, (_nearest(claim, found),), ("",))
    return Verdict(claim, NO_FIGURE, "no_observation")


def _nearest(claim: Claim, facts: Iterable[Fact]) -> Fact:
    """The fact of the time nearest to a claim's."""
    return min(facts, key=lambda fact: _days(claim.period, fact.period))


def _within(place: str, other: str, known: Evidence) -> bool:
    """Whether a place lies inside another city, zone or district; a nation holds too much to come near."""
    parent = known.places.get(place, ("", ""))[1]
    return bool(parent) and parent == other and known.places[other][0] not in ("nation", "province")


def _days(period: str, other: str) -> int:
    """Days between the ends of two periods; a claim without a period is nearest to what is newest."""
    last = bounds(period)[1] if period else date.max
    return abs((last - bounds(other)[1]).days)


def _elsewhere(claim: Claim, own: Iterable[Fact], against: Sequence[Fact]) -> tuple[Fact, ...]:
    """Observations within a year that print the claim's figure, or what rounds to it."""
    if not claim.period:
        return ()
    near = [fact for fact in own if fact not in against and _days(claim.period, fact.period) <= YEAR]
    figures = [fact for fact in near if fact.qualifier not in BOUNDS]
    return tuple(fact for fact in figures if relate(claim.figure, fact, _step(claim)) != DIFFERS)


def frame(held: Iterable[Verdict]) -> pd.DataFrame:
    """One row per verdict, to select from and to show: the claim, the verdict, the reason, the evidence."""
    rows = []
    for verdict in held:
        claim, deciding = verdict.claim, verdict.against[0] if verdict.against else None
        rows.append(
            {
                "claim": claim.claim,
                "source_id": claim.source_id,
                "line": claim.line,
                "theme": claim.theme,
                "place": claim.place,
                "organisation": claim.organisation,
                "indicator": claim.indicator,
                "measure": claim.measure,
                "value_text": claim.value_text,
                "period": claim.period,
                "kind": claim.kind,
                "verdict": verdict.kind,
                "reason": verdict.reason,
                "against": ", ".join(deciding.sources) if deciding else "",
                "repeats": claim.repeats,
            }
        )
    return pd.DataFrame(rows, columns=FRAME)
