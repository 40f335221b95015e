"""Facts: a number that knows its unit, how firmly it is known, when it was true, and where it was printed.

Arithmetic on facts carries all of it. Bounds are computed exactly and rounded outwards, so that no result is
known better than its inputs allow. Facts that must not meet are refused: other dimensions, price bases,
vintages, or an outcome beside a target. A result is derived, unless an input is an estimate or an aim: then it is that,
too. It takes the sources of all inputs.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product as pairs

from wuhan.evidence import bounds
from wuhan.evidence.bounds import End, FactError, canonical, divide, end_of, floats, less, multiply
from wuhan.evidence.quantities import QUALIFIERS
from wuhan.evidence.units import UNITS, convert, factor

# Within a family a status is weaker than those before it.
STATUSES = ("actual", "derived", "preliminary", "estimate", "target", "plan")
FAMILIES = {"target": "target", "plan": "plan"}  # all other statuses are outcomes
PUBLISHED = ("actual", "preliminary")  # words of a publication: what is worked out from it was not published
RATES = ("percent", "percentage_points")
# What the ratio of two unlike things is counted in.
PER = {("money", "people"): "cny_per_person", ("count", "people"): "per_10k_people"}
TIMES = {("money per person", "people"): "cny"}


@dataclass(frozen=True)
class Unknown:
    """A number that no source gives. Arithmetic on it is unknown as well, and a sentence or a figure says so."""

    place: str
    indicator: str
    period: str = ""


def knowing(function: Callable) -> Callable:
    """Make ``function`` give back the first unknown among its facts, in place of computing with it."""

    @functools.wraps(function)
    def careful(*facts, **options):
        given = [one for each in facts for one in (each if isinstance(each, (list, tuple)) else [each])]
        return next((one for one in given if isinstance(one, Unknown)), None) or function(*facts, **options)

    return careful


@dataclass(frozen=True)
class Fact:
    """``value`` in ``unit``, known to lie in ``[low, high]``; an end may be infinite.

    ``formula`` tells how a value was derived, ``behind`` from which printed ones; both are empty for a printed one.
    ``per``: codes of units, ``*`` between them, for one of which it is told ("km2"; "count": for each thing). ``row``:
    the row that prints it, table and key; blank for an observation, which its own fields name. Raises ``FactError``
    for an unknown unit, status or qualifier, and unless ``low <= value <= high``.
    """

    value: float
    low: float
    high: float
    unit: str
    period: str
    status: str
    sources: tuple[str, ...]
    qualifier: str = "exact"
    price_basis: str = ""
    vintage: str = ""
    place: str = ""
    indicator: str = ""
    formula: str = ""
    per: str = ""
    behind: tuple[Fact, ...] = field(default=(), compare=False, repr=False)
    row: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        for name, known in (("unit", UNITS), ("status", STATUSES), ("qualifier", QUALIFIERS)):
            if getattr(self, name) not in known:
                raise FactError(f"unknown {name} '{getattr(self, name)}' — write one of {', '.join(known)}")
        if not (math.isfinite(self.value) and self.low <= self.value <= self.high):
            raise FactError(f"{names_of((self,))[0]}: {self.value} is not within {self.low} to {self.high}")

    @property
    def dimension(self) -> str:
        """That of its unit: facts add and compare within one only."""
        return UNITS[self.unit].dimension

    def __repr__(self) -> str:
        what = " ".join(filter(None, (self.indicator or self.formula, self.place, self.period)))
        known = f" ({self.low:.12g} to {self.high:.12g})" if self.low < self.high else ""
        return f"<Fact {what}: {self.value:.12g} {self.unit}{known}, {self.status}>"

    def __add__(self, other: Fact) -> Fact:
        return add(self, other)

    def __sub__(self, other: Fact) -> Fact:
        return subtract(self, other)


def add(a: Fact, b: Fact) -> Fact:
    """``a + b`` in the unit of ``a``."""
    return total((a, b))


def total(facts: Iterable[Fact]) -> Fact:
    """The sum of one or more facts, in the unit of the first."""
    return _total(tuple(facts))


@knowing
def _total(facts: tuple[Fact, ...]) -> Fact:
    if not facts:
        raise FactError("total: no facts to add")
    if len(facts) == 1:
        return facts[0]
    _meet(facts)
    spans = [span_of(fact, facts[0].unit) for fact in facts]
    names = names_of(facts)
    formula = " + ".join(names) if len(facts) <= 4 else f"{names[0]} + … + {names[-1]} ({len(facts)} terms)"
    return _result(facts, [sum(part) for part in zip(*spans, strict=True)], facts[0].unit, formula)


@knowing
def subtract(a: Fact, b: Fact) -> Fact:
    """``a - b`` in the unit of ``a``; the difference of two percentages is in percentage points."""
    _meet((a, b))
    unit = "percentage_points" if a.unit == "percent" else a.unit
    return _result((a, b), less(span_of(a), span_of(b, a.unit)), unit, " - ".join(names_of((a, b))))


@knowing
def product(a: Fact, b: Fact) -> Fact:
    """``a * b``, where one is a ratio, a percentage or a count, or is counted per head of the other."""
    _meet((a, b), alike=False)
    dimensions = a.dimension, b.dimension
    formula = " * ".join(names_of((a, b)))
    if unit := TIMES.get(dimensions) or TIMES.get(dimensions[::-1]):
        return _result((a, b), multiply(_base(a), _base(b)), unit, formula, kept=False)
    for kind, (thing, scalar) in pairs(("ratio", "percent", "count"), ((a, b), (b, a))):
        if scalar.dimension == kind:
            part = Fraction(1, 100) if scalar.unit == "percent" else 1
            span = [end * part for end in multiply(span_of(thing), _base(scalar))]
            return _result((a, b), span, thing.unit, formula, kept=False)
    raise FactError(f"product: {a.unit} times {b.unit} has no meaning — one must be a ratio, percent or count")


@knowing
def ratio(a: Fact, b: Fact) -> Fact:
    """``a / b``: a ratio when both are of one dimension, else yuan per person or things per 10,000 people."""
    dimensions = a.dimension, b.dimension
    _meet((a, b), alike=dimensions not in PER)
    formula = " / ".join(names_of((a, b)))
    span = divide(_base(a), _base(b), formula)
    unit = PER.get(dimensions, "ratio")
    part = 10**4 if unit == "per_10k_people" else 1
    return _result((a, b), [end * part for end in span], unit, formula, kept=False)


@knowing
def share(part: Fact, whole: Fact) -> Fact:
    """``part`` of ``whole`` in percent, at most 100; a part that is certainly larger is refused."""
    _meet((part, whole))
    formula = " / ".join(names_of((part, whole)))
    value, low, high = (100 * end for end in divide(_base(part), _base(whole), formula))
    if low > 100:
        raise FactError(f"share: {formula} is above 100% — the first is not a part of the second")
    return _result((part, whole), [min(value, 100), low, min(high, 100)], "percent", formula, kept=False)


@knowing
def whole(part: Fact, share: Fact) -> Fact:
    """That of which ``part`` is ``share``, in the unit of ``part``."""
    hundred = replace(share, value=100.0, low=100.0, high=100.0, qualifier="exact", formula="100")
    return product(part, ratio(hundred, share))


@knowing
def growth(new: Fact, old: Fact) -> Fact:
    """The change from ``old`` to ``new`` in percent of ``old``; of levels, not of rates."""
    _meet((new, old))
    _levels("growth", new)
    formula = "{} / {} - 1".format(*names_of((new, old)))
    span = [100 * end - 100 for end in divide(_base(new), _base(old), formula)]
    return _result((new, old), span, "percent", formula, period=new.period, kept=False)


@knowing
def cagr(old: Fact, new: Fact, years: float) -> Fact:
    """The compound annual growth from ``old`` to ``new``, ``years`` later, in percent a year."""
    _meet((old, new))
    _levels("cagr", new)
    if years <= 0:
        raise FactError(f"cagr: {years} years — write how many years lie between the two")
    formula = "({1} / {0}) ** (1 / {2}) - 1".format(*names_of((old, new)), years)
    quotients = divide(_base(new), _base(old), formula)
    if quotients[1] < 0:
        raise FactError(f"cagr: {names_of((new,))[0]} may be negative — growth is not defined")
    span = [100 * end - 100 for end in bounds.widened([bounds.root(end, years) for end in quotients])]
    return _result((old, new), span, "percent", formula, kept=False)


@knowing
def mean_size(amount: Fact, count: Fact) -> Fact:
    """``amount`` for each one of ``count``, in the unit of ``amount``."""
    _meet((amount, count), alike=False)
    if count.dimension not in ("count", "people"):
        raise FactError(f"mean_size: {count.unit} is not a number of things — pass a count as the second")
    formula = " / ".join(names_of((amount, count)))
    span = divide(span_of(amount), _base(count), formula)
    return _result((amount, count), span, amount.unit, formula, kept=False)


@knowing
def attainment(actual: Fact, target: Fact) -> Fact:
    """How much of ``target`` the outcome ``actual`` is, in percent; only here may outcome and target meet."""
    if _family(actual) != "outcome" or _family(target) == "outcome":
        raise FactError(f"attainment: {actual.status} of {target.status} — pass an outcome, then a target")
    _meet((actual, target), families=False)
    formula = " / ".join(names_of((actual, target)))
    span = [100 * end for end in divide(_base(actual), _base(target), formula)]
    fact = _result((actual, target), span, "percent", formula, period=actual.period, kept=False)
    return replace(fact, status=resulting((actual.status,)))


@knowing
def magnitude(a: Fact) -> Fact:
    """``a`` without its sign, as its formula then says: for sentences that say "fell by"."""
    if a.low >= 0:
        return a
    formula = a.formula and (f"-({a.formula})" if a.high <= 0 else f"|{a.formula}|")
    low = 0.0 if a.high > 0 else -a.high
    qualifier = {"over": "up_to", "at_least": "up_to", "up_to": "at_least"}.get(a.qualifier, a.qualifier)
    return replace(a, value=abs(a.value), low=low, high=max(-a.low, a.high), qualifier=qualifier, formula=formula)


def resulting(statuses: Iterable[str]) -> str:
    """The status of what is worked out from figures of ``statuses``: the weakest of them; but nothing that is worked
    out is actual or preliminary, it is derived.
    """
    weakest = max(statuses, key=STATUSES.index)
    return "derived" if weakest in PUBLISHED else weakest


def computed(
    span: Sequence[End], unit: str, formula: str, facts: Sequence[Fact], period: str = "", place: str = ""
) -> Fact:
    """The result of a method on ``facts`` that no operation above is: ``span`` is value, low and high in ``unit``.

    ``formula`` names the method and what its interval is ("slope of …, 95% interval"). The result has the status
    `resulting` from ``facts`` and all their sources; ``period`` and ``place`` default to theirs. Floats are rounded as
    `canonical` does. Raises ``FactError`` for no facts, for outcomes beside targets, and for several vintages.
    """
    if not facts:
        raise FactError(f"{formula}: no facts to compute it from")
    _meet(facts, alike=False, one=("vintage",))
    value, low, high = map(canonical, span)
    return Fact(value, low, high, unit, formula=formula, **_inherited(facts, period, place))


@knowing
def face(a: Fact) -> Fact:
    """``a`` at the figure that was printed, whatever word stood before it; the printed fact stands behind it."""
    return replace(a, low=a.value, high=a.value, qualifier="exact", behind=a.behind or (a,))


def printed(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The printed facts that ``facts`` are or were derived from: each once, in order."""
    leaves = [leaf for fact in facts for leaf in (fact.behind or ((fact,) if not fact.formula else ()))]
    return tuple(dict.fromkeys(leaves))


def compare(a: Fact, b: Fact) -> int:
    """1 when ``a`` is certainly the larger, -1 when ``b`` is, 0 when the data do not tell."""
    _meet((a, b))
    _, low, high = span_of(b, a.unit)
    return (end_of(a.low) > high) - (end_of(a.high) < low)


def within(fact: Fact, unit: str) -> tuple[float, float, float]:
    """Value, low and high of a fact, converted to ``unit``."""
    value, low, high = (convert(end, fact.unit, unit) for end in (fact.value, fact.low, fact.high))
    return value, low, high


def equal(a: Fact, b: Fact) -> bool:
    """Whether the figures of two facts are one, whatever is known of them."""
    return math.isclose(a.value, convert(b.value, b.unit, a.unit))


def span_of(fact: Fact, unit: str = "") -> list[End]:
    """Value, low and high of a fact, exactly, in ``unit`` (its own if none is given)."""
    step = factor(fact.unit, unit or fact.unit)
    return [end_of(end) * step for end in (fact.value, fact.low, fact.high)]


def _base(fact: Fact) -> list[End]:
    """The same in the base unit of its dimension."""
    return [end * UNITS[fact.unit].scale for end in span_of(fact)]


# What facts may meet, and what they become.


def _family(fact: Fact) -> str:
    return FAMILIES.get(fact.status, "outcome")


def _meet(
    facts: Sequence[Fact], *, alike: bool = True, families: bool = True, one: Sequence[str] = ("price_basis", "vintage")
) -> None:
    """Raise ``FactError`` for facts that must not meet.

    ``alike``: they must be of one dimension; ``families``: all outcomes, all targets or all plans; ``one``: the fields
    in which those that are not blank must agree.
    """
    first = facts[0]
    for other in facts[1:]:
        dimensions = first.dimension, other.dimension
        if alike and dimensions[0] != dimensions[1]:
            raise FactError(_unlike(first, other, "unit", first.unit, other.unit))
        if families and _family(first) != _family(other):
            raise FactError(_unlike(first, other, "status", first.status, other.status))
    for name in one:
        given = {getattr(fact, name): fact for fact in reversed(facts) if getattr(fact, name)}
        if len(given) > 1:
            (later, a), (earlier, b) = list(given.items())[:2]
            raise FactError(_unlike(b, a, name, earlier, later))


def _unlike(a: Fact, b: Fact, what: str, one: str, two: str) -> str:
    first, second = names_of((a, b))
    return f"{first} and {second} have unlike {what.replace('_', ' ')}: {one} and {two}"


def _levels(operation: str, fact: Fact) -> None:
    if fact.unit in RATES:
        raise FactError(f"{operation}: {names_of((fact,))[0]} is a rate — subtract it, in percentage points")


def names_of(facts: Sequence[Fact]) -> list[str]:
    """What a formula calls its facts; the place is told where it differs."""
    places = len({fact.place for fact in facts}) > 1
    names = []
    for fact in facts:
        parts = (fact.place if places else "", fact.indicator or f"{fact.value:.12g} {fact.unit}", fact.period)
        names.append(f"({fact.formula})" if fact.formula else " ".join(filter(None, parts)))
    return names


def _result(
    facts: Sequence[Fact], span: Sequence[End], unit: str, formula: str, period: str = "", kept: bool = True
) -> Fact:
    """The fact of a computed span. ``kept``: the indicator stays, as in a sum."""
    value, low, high = floats(span)
    if math.isinf(low) and math.isinf(high):
        raise FactError(f"{formula}: nothing is known of the result — it has no bound on either side")
    return Fact(
        value=value,
        low=low,
        high=high,
        unit=unit,
        formula=formula,
        qualifier=_qualified(facts, value, low, high),
        indicator=_common(facts, "indicator") if kept else "",
        **_inherited(facts, period),
    )


def _inherited(facts: Sequence[Fact], period: str = "", place: str = "") -> dict:
    """What a result takes from its inputs: its status, all sources, and all else that they agree in."""
    return {
        "period": period or joined([fact.period for fact in facts]),
        "status": resulting(fact.status for fact in facts),
        "sources": sources_of(facts),
        "price_basis": _common(facts, "price_basis", given=True),
        "vintage": _common(facts, "vintage", given=True),
        "place": place or _common(facts, "place"),
        "behind": printed(facts),
    }


def _common(facts: Sequence[Fact], name: str, given: bool = False) -> str:
    """The one value of a field, "" if there are several; ``given``: blanks do not count."""
    found = {getattr(fact, name) for fact in facts} - ({""} if given else set())
    return found.pop() if len(found) == 1 else ""


def sources_of(facts: Iterable[Fact]) -> tuple[str, ...]:
    """All sources of ``facts``, each once, in order."""
    return tuple(dict.fromkeys(source for fact in facts for source in fact.sources))


def joined(periods: Sequence[str]) -> str:
    """The period itself, or the ISO 8601 interval from the first to the last."""
    if len(set(periods)) == 1:
        return periods[0]
    starts, ends = zip(*((period.split("/")[0], period.split("/")[-1]) for period in periods), strict=True)
    return f"{min(starts)}/{max(ends)}"


def _qualified(facts: Sequence[Fact], value: float, low: float, high: float) -> str:
    """The qualifier of a result: which end of its interval the value stands at, when an input was a bound."""
    bounds = {fact.qualifier for fact in facts} - {"exact", "of_which", "about"}
    below, above = value - low, high - value
    if not bounds or 2 * min(below, above) > max(below, above):
        return "about" if bounds or any(fact.qualifier == "about" for fact in facts) else "exact"
    if below < above:
        return "at_least" if bounds <= {"at_least", "up_to"} else "over"
    return "nearly" if bounds == {"nearly"} else "up_to"
