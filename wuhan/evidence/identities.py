"""Identities: arithmetic that printed figures must obey among themselves, and whether they do.

The formulas are data (``identities.csv``), their language is that of ``formulas``. How two sides stand:

=====================  =====================================================================================
closes                 both sides come to the same figure; an inequality holds whatever the rounding was
closes_at_rounding     the figures differ, but what the printed digits allow overlaps
does_not_close         nothing that the printed digits allow makes the formula true
under_determined       the identity is marked open, since definitions leave it so (``definition``); or the
                       sides meet only because one has no end, such as "over 3000" (``unbounded``); or
                       nothing is known of a side (``unknown``)
derived                a named result, which nothing is printed to hold it against
=====================  =====================================================================================

Widening a figure can make a verdict less certain, never more: what does not close may come to close at the
rounding, and nothing comes to close.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wuhan.evidence.bounds import FactError, floats, size
from wuhan.evidence.facts import Fact, joined, resulting, sources_of
from wuhan.evidence.faults import nearest
from wuhan.evidence.formulas import (
    FormulaError,
    Operation,
    Term,
    Tree,
    aligned,
    difference,
    evaluate,
    names_in,
    one,
    parse,
    show,
    term_of,
    unit_of,
)
from wuhan.evidence.units import UNITS

CLOSES, AT_ROUNDING, DOES_NOT_CLOSE = "closes", "closes_at_rounding", "does_not_close"
UNDER_DETERMINED, DERIVED = "under_determined", "derived"
CHECKS = (CLOSES, AT_ROUNDING, DOES_NOT_CLOSE, UNDER_DETERMINED, DERIVED)
NEAR = 20  # times as far from the one end of an interval as from the other
SAME = Fraction(1, 10**12)  # relative; a root is known to 50 digits, all else exactly


@dataclass(frozen=True)
class Identity:
    """One row of ``identities.csv``. ``open``: why definitions leave it under-determined, else ""."""

    identity: str
    question: str
    formula: str
    caution: str = ""
    open: str = ""


@dataclass(frozen=True)
class Check:
    """What an identity comes to.

    ``left`` and ``right`` are the sides and ``difference`` is left less right, all with their interval;
    ``right`` and ``difference`` are None for a named result, and all three where nothing is known.
    ``claims`` are the claims that it rests on, also through named results.
    """

    identity: Identity
    kind: str
    reason: str
    left: Fact | None
    right: Fact | None
    difference: Fact | None
    claims: tuple[str, ...]

    @property
    def per(self) -> str:
        """The unit that a result is told per ("km2"), or the spelling of a unit that has no code."""
        return self.left.per if self.left else ""


def check_all(identities: Sequence[Identity], claims: Mapping[str, Fact]) -> list[Check]:
    """Hold each identity against the facts of claims, by id, in their order; they give one another named results.

    Raises ``FormulaError`` for a formula that cannot be read, names nothing known, leads back to itself or
    mixes units.
    """
    ledger = _Ledger(claims, identities)
    return [ledger.check(identity) for identity in identities]


def problems(identities: Sequence[Identity], claims: Mapping[str, Fact | None]) -> dict[str, str]:
    """What is wrong with formulas, by identity; {} when all can be worked out.

    ``claims`` maps every claim id to its fact, or to None for a claim without a number.
    """
    found, sound = {}, []
    for identity in identities:
        try:
            parse(identity.formula)
            sound.append(identity)
        except FormulaError as error:
            found[identity.identity] = str(error)
    ledger = _Ledger(claims, sound)
    for identity in sound:
        try:
            ledger.check(identity)
        except FormulaError as error:
            found[identity.identity] = str(error)
    return found


def answerable(identities: Sequence[Identity], claims: Collection[str]) -> list[Identity]:
    """Those of ``identities`` that use no claim but ``claims``, also through named results, in their order.

    The others use a number that was not printed yet: see `asof`.
    """
    kept = {identity: parse(identity.formula) for identity in identities}
    while True:
        known = {*claims, *(formula.name for formula in kept.values()), *UNITS}
        sound = {identity: formula for identity, formula in kept.items() if known.issuperset(formula.names)}
        if len(sound) == len(kept):
            return list(kept)
        kept = sound


class _Ledger:
    """The claims and the named results that formulas may use."""

    def __init__(self, claims: Mapping[str, Fact | None], identities: Iterable[Identity]) -> None:
        self.claims = claims
        self.facts = {claim: fact for claim, fact in claims.items() if fact}
        self.formulas = {identity: parse(identity.formula) for identity in identities}
        names = [formula.name for formula in self.formulas.values() if formula.name]
        self.taken = {name for name in names if names.count(name) > 1 or name in claims}
        self.named = {formula.name: formula for formula in self.formulas.values() if formula.name}
        self.terms = {claim: term_of(fact) for claim, fact in self.facts.items()}

    def check(self, identity: Identity) -> Check:
        """The verdict on one identity. Raises ``FormulaError``."""
        formula = self.formulas[identity]
        if formula.name in self.taken:
            raise FormulaError(f"the name '{formula.name}' is taken — choose another")
        behind = self._behind(formula.names, (formula.name,))
        try:
            sides = [self._worked_out(side) for side in formula.sides]
        except FactError:
            return Check(identity, UNDER_DETERMINED, "unknown", None, None, None, behind)
        if formula.name:
            kind, reason = DERIVED, ""
            left, right, gap = self._fact(sides[0], formula.sides[0]), None, None
        else:
            a, b = aligned(sides[0], sides[1], identity.formula)
            kind, reason = _stand(formula.operator, a, b)
            left, right = (self._fact(*pair) for pair in zip((a, b), formula.sides, strict=True))
            gap = self._fact(difference(a, b, identity.formula), Operation("-", formula.sides))
        if identity.open:
            kind, reason = UNDER_DETERMINED, "definition"
        return Check(identity, kind, reason, left, right, gap, behind)

    def _behind(self, names: Iterable[str], trail: tuple[str, ...]) -> tuple[str, ...]:
        """The claims behind names, also through named results; every name is known and none leads back."""
        found: dict[str, None] = {}
        for name in names:
            if name in trail:
                way = " > ".join((*trail[trail.index(name) :], name))
                raise FormulaError(f"'{name}' leads back to itself ({way}) — break the circle")
            if name in UNITS and name not in self.claims and name not in self.named:
                continue
            if name in self.named and name not in self.claims:
                found |= dict.fromkeys(self._behind(self.named[name].names, (*trail, name)))
            elif name in self.facts:
                found[name] = None
            elif name in self.claims:
                raise FormulaError(f"the claim '{name}' has no number — name one that has")
            else:
                meant = nearest(name, [*self.claims, *self.named])
                advice = f"write {meant}" if meant else "write the id of a claim, or name a result by :="
                raise FormulaError(f"'{name}' is neither a claim nor a named result — {advice}")
        return tuple(found)

    def _worked_out(self, side: Tree) -> Term:
        for name in names_in(side):
            if name not in self.terms:
                formula = self.named.get(name)
                self.terms[name] = self._worked_out(formula.sides[0]) if formula else one(name)
        return evaluate(side, self.terms)

    def _fact(self, term: Term, worked_out: Tree) -> Fact:
        """The fact of a term; it rests on the claims behind the expression that it was worked out from."""
        behind = self._behind(names_in(worked_out), ())
        facts = [self.facts[claim] for claim in behind]
        code, step, per = unit_of(term)
        value, low, high = floats([end * step for end in term.span])
        periods = [fact.period for fact in facts if fact.period]
        return Fact(
            value=value,
            low=low,
            high=high,
            unit=code,
            period=joined(periods) if periods else "",
            status=resulting(fact.status for fact in facts) if facts else "derived",
            sources=sources_of(facts),
            qualifier=_qualifier(value, low, high, facts),
            formula=show(worked_out),
            per=per,
        )


def _stand(operator: str, a: Term, b: Term) -> tuple[str, str]:
    """How two sides in one unit stand: a verdict and its reason."""
    (left, left_low, left_high), (right, right_low, right_high) = a.span, b.span
    if operator == "<=":
        return _stand(">=", b, a)
    if operator == ">=":
        if left_low >= right_high:
            return CLOSES, ""
        apart = left_high < right_low
    else:
        if size(left - right) <= SAME * max(size(left), size(right)):
            return CLOSES, ""
        apart = left_high < right_low or right_high < left_low
    if apart:
        return DOES_NOT_CLOSE, ""
    bounded = all(math.isfinite(end) for end in (*a.span, *b.span))
    return (AT_ROUNDING, "") if bounded else (UNDER_DETERMINED, "unbounded")


def _qualifier(value: float, low: float, high: float, facts: Sequence[Fact]) -> str:
    """The qualifier of a computed figure: near which end of its interval it is, if an input was a bound."""
    if len(facts) == 1 and (facts[0].value, facts[0].low, facts[0].high) == (value, low, high):
        return facts[0].qualifier
    inputs = {fact.qualifier for fact in facts} - {"exact", "of_which"}
    if inputs <= {"about"}:
        return "about" if inputs else "exact"
    below, above = value - low, high - value
    return "at_least" if NEAR * below < above else "up_to" if NEAR * above < below else "about"
