"""The formula language of identities: arithmetic on printed figures that keeps their intervals and units.

A formula is ``left = right``, ``left >= right``, ``left <= right`` or ``name := expression`` over claim ids,
names of other formulas, plain numbers, units, ``+ - * /``, brackets and five functions:

``share(a, b)``   ``a`` in percent of ``b``
``growth(a, b)``  the change from ``b`` to ``a`` in percent of ``b``
``root(a, n)``    the ``n``-th root of ``a``, as for a growth per year
``min``, ``max``  the smallest and the largest of several

Units. Figures add and compare only within one dimension; the second is converted to the unit of the first. A
plain number takes the unit of what it stands beside; the name of a unit is one of it, so that ``13 * hours`` is
a time. A product or quotient has the product or quotient of the units, and kilometres by kilometres, of
whichever definition, are a ratio. A number of things adds no dimension: 30 projects of 1 billion yuan are money, and
money by projects compares with money, told for each of them. Percent and percentage points are figures as
printed: divided by the plain number 100 they are a ratio, and a ratio times 100 is percent; a ratio plus
percent is refused, and so are kilometres plus people.

Intervals. Ends are exact and rounded outwards. A claim that occurs twice counts as two unknowns, so a result
may be wider than it need be and is never too narrow.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from wuhan.evidence.bounds import End, FactError, divide, less, multiply, root, widened
from wuhan.evidence.facts import RATES, Fact, span_of
from wuhan.evidence.faults import visible
from wuhan.evidence.units import UNITS

OPERATORS = (":=", ">=", "<=", "=")
FUNCTIONS = ("share", "growth", "root", "min", "max")
_OPERATIONS: Mapping[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
LONGEST, LARGEST = 400, 200  # characters and parts of a formula
NAME = re.compile("[a-z][a-z0-9_]*")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_STRANGE = re.compile(r"[^a-z0-9_ .,+\-*/()=<>:]")
_SIGN = re.compile(r":=|>=|<=|[=<>:]")
_SOFT = ("count", "ratio", "index")  # dimensions that add nothing to a product
_ONE = {"one-way length": "length"}  # dimensions that never add up, yet divide to a ratio
# Units that are quotients of others.
_PARTS = {
    "cny_per_person": (("cny", 1), ("persons", -1)),
    "km_per_day": (("km", 1), ("days", -1)),
    "per_10k_people": (("count", 1), ("10k_persons", -1)),
}
Units = tuple[tuple[str, int], ...]


class FormulaError(ValueError):
    """A formula that cannot be read or does not make sense; one line."""


@dataclass(frozen=True)
class Operation:
    """What a formula does with its ``parts``; ``operator``: + - * / or a function. ``-`` of one part turns its sign."""

    operator: str
    parts: tuple[Tree, ...]


Tree = Fraction | str | Operation  # an expression: a plain number, a name, or what is done with others


@dataclass(frozen=True)
class Formula:
    """A formula cut into its sides. ``name`` is what ``:=`` names, else ""; ``names`` are those it uses."""

    text: str
    name: str
    operator: str
    sides: tuple[Tree, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """A figure in the middle of a computation: value, low and high, and exponents of unit codes.

    Exponents are all zero where units have cancelled: what has been divided is still known then. ``literal``: a
    plain number of the formula, which takes the unit of what it stands beside.
    """

    span: tuple[End, ...]
    units: Units = ()
    literal: bool = False


def parse(text: str) -> Formula:
    """Read a formula; see the module for the language. Raises ``FormulaError``."""
    if strange := _STRANGE.search(text):
        sign = visible(strange[0])
        raise FormulaError(f"{sign} has no meaning in a formula — write names, numbers, + - * / ( )")
    if len(text) > LONGEST:
        raise FormulaError(f"{len(text)} characters — split it by a named result, at most {LONGEST}")
    found = _SIGN.findall(text)
    if len(found) != 1 or found[0] not in OPERATORS:
        raise FormulaError(f"'{' '.join(found)}' — write exactly one of {' '.join(OPERATORS)}")
    left, _, right = text.partition(found[0])
    name = left.strip() if found[0] == ":=" else ""
    if found[0] == ":=" and not NAME.fullmatch(name):
        raise FormulaError(f"'{name}' before := is not a name — write lower-case letters, digits and _")
    sides = tuple(_tree(side.strip()) for side in ((right,) if name else (left, right)))
    used = dict.fromkeys(name for side in sides for name in names_in(side))
    return Formula(text, name, found[0], sides, tuple(used))


def _tree(text: str) -> Tree:
    """The expression of one side."""
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise FormulaError(f"'{text}' is not an expression ({error.msg})") from None
    if sum(1 for _ in ast.walk(tree)) > LARGEST:
        raise FormulaError(f"'{text[:30]}…' is too large — split it by a named result")
    return _read(tree, text)


def _read(node: ast.expr, text: str) -> Tree:
    """What a node of Python says in the language. Raises ``FormulaError`` for what is not in it."""
    parts: Sequence[ast.expr]
    if isinstance(node, ast.Name) and NAME.fullmatch(node.id):
        return node.id
    if isinstance(node, ast.Constant):
        printed = ast.get_source_segment(text, node) or ""
        if not _NUMBER.fullmatch(printed):
            raise FormulaError(f"'{printed}' is not a plain number — write one such as 35 or 1.35")
        return Fraction(printed)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        operator, parts = _OPERATIONS[type(node.op)], (node.left, node.right)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        operator, parts = "-", (node.operand,)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        operator, parts = node.func.id, node.args
        if operator not in FUNCTIONS:
            raise FormulaError(f"no function '{operator}' — write one of {', '.join(FUNCTIONS)}")
        if len(parts) < 2 or (operator not in ("min", "max") and len(parts) > 2):
            raise FormulaError(f"{operator} of {len(parts)} — write two figures in its brackets")
    else:
        segment = ast.get_source_segment(text, node) or text
        raise FormulaError(f"'{segment}' is not in the language — write names, numbers, + - * / ( )")
    return Operation(operator, tuple(_read(part, text) for part in parts))


def names_in(tree: Tree) -> list[str]:
    """The names that an expression uses: outer ones first, else in their order."""
    names: dict[str, None] = {}
    level: Sequence[Tree] = (tree,)
    while level:
        names |= dict.fromkeys(part for part in level if isinstance(part, str))
        level = [inner for part in level if isinstance(part, Operation) for inner in part.parts]
    return list(names)


def evaluate(tree: Tree, terms: Mapping[str, Term]) -> Term:
    """The term that an expression comes to. Raises ``FormulaError`` for units that do not fit and
    ``FactError`` where nothing is known of the result.
    """
    if isinstance(tree, Fraction):
        return Term((tree,) * 3, literal=True)
    if isinstance(tree, str):
        return terms[tree]
    parts = [evaluate(part, terms) for part in tree.parts]
    if len(parts) == 1:
        value, low, high = parts[0].span
        return replace(parts[0], span=(-value, -high, -low))
    if tree.operator in FUNCTIONS:
        return _call(tree.operator, parts, show(tree))
    a, b = parts
    if tree.operator == "+":
        return _sum(a, b, show(tree))
    if tree.operator == "-":
        return difference(a, b, show(tree))
    return _product(a, b) if tree.operator == "*" else _quotient(a, b, show(tree))


def show(tree: Tree) -> str:
    """An expression as text."""
    if isinstance(tree, Fraction):
        return f"{float(tree):.15g}"
    if isinstance(tree, str):
        return tree
    if tree.operator in FUNCTIONS:
        return f"{tree.operator}({', '.join(map(show, tree.parts))})"
    level = _level(tree)
    if len(tree.parts) == 1:
        return f"-{_bracketed(tree.parts[0], level)}"
    a, b = tree.parts
    return f"{_bracketed(a, level)} {tree.operator} {_bracketed(b, level + 1)}"


def _level(tree: Tree) -> int:
    """How firmly the parts of an expression hold together: the less, the sooner it needs brackets."""
    if not isinstance(tree, Operation) or tree.operator in FUNCTIONS:
        return 4
    return 3 if len(tree.parts) == 1 else 2 if tree.operator in "*/" else 1


def _bracketed(tree: Tree, least: int) -> str:
    return show(tree) if _level(tree) >= least else f"({show(tree)})"


# Terms: what figures become when they meet.


def term_of(fact: Fact) -> Term:
    """The term of a fact, in the unit in which it was printed."""
    return Term(tuple(span_of(fact)), _units(fact.unit))


def one(code: str) -> Term:
    """One of a unit."""
    return Term((Fraction(1),) * 3, _units(code))


def _units(code: str) -> Units:
    bare = UNITS[code].dimension in ("ratio", "index")
    return () if bare else _PARTS.get(code, ((code, 1),))


def aligned(a: Term, b: Term, where: str) -> tuple[Term, Term]:
    """Both terms in one unit, that of ``a`` unless ``a`` is a plain number. Raises ``FormulaError``."""
    if a.literal or b.literal:
        units, plain = (b.units if a.literal else a.units), a.literal and b.literal
        return Term(a.span, units, plain), Term(b.span, units, plain)
    if _dimensions(a.units) != _dimensions(b.units):
        raise FormulaError(f"{where}: {spelt(a.units)} beside {spelt(b.units)} — they have unlike units")
    step = _scale(b.units) / _scale(a.units)
    percent = step == 1 and all(code in RATES for code, _ in b.units)  # which of the two rates matters
    return a, Term(tuple(end * step for end in b.span), b.units if percent else a.units)


def difference(a: Term, b: Term, where: str) -> Term:
    """``a - b``; of two percentages it is in percentage points."""
    levels = a.units == (("percent", 1),) == b.units
    a, b = aligned(a, b, where)
    units = (("percentage_points", 1),) if levels else a.units
    return Term(tuple(less(a.span, b.span)), units, a.literal)


def _sum(a: Term, b: Term, where: str) -> Term:
    a, b = aligned(a, b, where)
    units = b.units if a.units == (("percentage_points", 1),) else a.units
    return Term(tuple(x + y for x, y in zip(a.span, b.span, strict=True)), units, a.literal)


def _product(a: Term, b: Term) -> Term:
    units, step = _joined(a.units, b.units, 1)
    span = tuple(end * step for end in multiply(a.span, b.span))
    for one, hundred in ((a, b), (b, a)):
        if hundred.literal and hundred.span[0] == 100 and not one.literal and not _told(one.units):
            return Term(span, (("percent", 1),))
    return Term(span, units, a.literal and b.literal)


def _quotient(a: Term, b: Term, where: str) -> Term:
    units, step = _joined(a.units, b.units, -1)
    span = tuple(end * step for end in divide(a.span, b.span, where))
    if b.literal and b.span[0] == 100:
        units = tuple((code, power - (code in RATES and power > 0)) for code, power in units)
        units = _told(units) or () if any(code in RATES for code, _ in units) else units
    return Term(span, units, a.literal and b.literal)


def _call(function: str, parts: list[Term], where: str) -> Term:
    a, b = parts[:2]
    if function == "root":
        return _root(a, b, where)
    if function in ("min", "max"):
        pick = min if function == "min" else max
        for part in parts[1:]:
            a, part = aligned(a, part, where)
            a = Term(tuple(pick(pair) for pair in zip(a.span, part.span, strict=True)), a.units, a.literal)
        return a
    a, b = aligned(a, b, where)
    base = 100 if function == "growth" else 0
    span = tuple(100 * end - base for end in divide(a.span, b.span, where))
    return Term(span, (("percent", 1),))


def _root(a: Term, n: Term, where: str) -> Term:
    if _dimensions(a.units) or (n.units and _dimensions(n.units) != {"years": 1}):
        raise FormulaError(f"{where}: write a ratio, then a number of years")
    if n.span[1] != n.span[2] or n.span[0] <= 0:
        raise FormulaError(f"{where}: the second is not known exactly, or not above 0 — write a number")
    if a.span[1] < 0:
        raise FactError(f"{where}: the first may be below 0 — it has no root")
    return Term(tuple(widened([root(end, float(n.span[0])) for end in a.span])), ())


# Units: exponents of codes, at most one code of a dimension.


def _dimension(code: str) -> str:
    return "percent" if code in RATES else UNITS[code].dimension


def _dimensions(units: Units) -> dict[str, int]:
    """Exponents of the dimensions that matter: a number of things is no more than a number."""
    return {_dimension(code): power for code, power in _told(units) if _dimension(code) not in _SOFT}


def _told(units: Units) -> Units:
    """The units that have not cancelled."""
    return tuple((code, power) for code, power in units if power)


def _scale(units: Units) -> Fraction:
    return math.prod((Fraction(UNITS[code].scale) ** power for code, power in units), start=Fraction(1))


def _joined(a: Units, b: Units, sign: int) -> tuple[Units, Fraction]:
    """Units of the product (``sign`` 1) or quotient (-1), and what the figures have to be multiplied by."""
    powers, step = dict(a), Fraction(1)
    for code, power in b:
        known = next((one for one in powers if _kind(one) == _kind(code)), code)
        step *= (Fraction(UNITS[code].scale) / Fraction(UNITS[known].scale)) ** (sign * power)
        powers[known] = powers.get(known, 0) + sign * power
    units = tuple(powers.items())
    return _told(units) or units, step


def _kind(code: str) -> str:
    """What of two units cancels in a quotient."""
    return _ONE.get(_dimension(code), _dimension(code))


def unit_of(term: Term) -> tuple[str, Fraction, str]:
    """The unit code in which a result is told, the factor to it, and the codes that it is told per: "km2", or
    "count" for each of some things.

    A number of things that multiplies another unit is left out. Numbers of things by one another are a plain
    number, ``coefficient``; of all else what cancels is a ``ratio``. Where no unit fits the code is ``index`` and
    the last part spells the unit.
    """
    units = _told(term.units)
    hard = tuple((code, power) for code, power in units if _dimension(code) not in _SOFT)
    soft = tuple(pair for pair in units if pair not in hard)
    if own := next((code for code, parts in _PARTS.items() if parts == units), ""):
        return own, Fraction(1), ""
    if not units:
        things = term.units and all(_dimension(code) in _SOFT for code, _ in term.units)
        return ("coefficient" if things or term.literal else "ratio"), Fraction(1), ""
    if _dimensions(units) == {"money": 1, "people": -1} and not soft:
        return "cny_per_person", _scale(units), ""
    above = [(code, power) for code, power in hard if power > 0] or list(soft)
    if len(above) != 1 or above[0][1] != 1:
        return "index", Fraction(1), spelt(units)
    below = [code for code, power in hard for _ in range(-power)]
    if above[0] not in hard:
        return above[0][0], Fraction(1), "*".join(below)
    below += ["count" for _, power in soft for _ in range(-power)]
    return above[0][0], _scale(soft), "*".join(below)


def spelt(units: Units) -> str:
    """Units as text: ``km / km2``."""
    above = [code for code, power in units for _ in range(power)]
    below = [code for code, power in units for _ in range(-power)]
    return " / ".join(["*".join(above) or "1", *below]) if above or below else "a plain number"
