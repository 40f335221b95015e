"""What is shown of an identity: in the unit of its formula, inside its interval, within rounding."""

import math
import re
from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from small_identities import CLAIMS, check, fact

from wuhan.evidence.claims import checks as real_checks
from wuhan.evidence.claims import claims as real_claims
from wuhan.evidence.claims import identities as real_identities
from wuhan.evidence.formulas import Operation, parse
from wuhan.evidence.identities import Identity
from wuhan.evidence.quantities import Quantity, convert, render
from wuhan.evidence.quantities import parse as printed
from wuhan.evidence.units import UNITS

FIGURES = sorted(name for name, each in CLAIMS.items() if each)


def exponents(units, things=True):
    """The exponents of SI-like dimensions of unit codes: lengths are lengths, numbers of things count if ``things``."""
    found = Counter()
    for code, power in units:
        for part, sign in PARTS.get(code, ((code, 1),)):
            kind = {"one-way length": "length", "percentage points": "percent"}.get(
                UNITS[part].dimension, UNITS[part].dimension
            )
            if kind not in ("ratio", "index", "coefficient") and (things or kind != "count"):
                found[kind] += sign * power
    return {kind: power for kind, power in found.items() if power}


PARTS = {
    "cny_per_person": (("cny", 1), ("persons", -1)),
    "km_per_day": (("km", 1), ("days", -1)),
    "per_10k_people": (("count", 1), ("10k_persons", -1)),
}


def derived(tree, facts, named):
    """The exponents of a formula by their own recursion, with no help of the language; None for a plain number."""
    if isinstance(tree, str):
        if tree in named:
            return derived(named[tree], facts, named)
        return exponents(((facts[tree].unit if tree in facts else tree, 1),))
    if not isinstance(tree, Operation):
        return None
    a, *others = (derived(part, facts, named) for part in tree.parts)
    if tree.operator not in "+-*/":
        return {"root": {}, "share": {"percent": 1}, "growth": {"percent": 1}}.get(tree.operator) or a
    if not others:
        return a
    [b] = others
    if tree.operator in "+-":
        return b if a is None else a
    hundred = 100 in tree.parts
    sign = 1 if tree.operator == "*" else -1
    result = Counter(a or {})
    for kind, power in (b or {}).items():
        result[kind] += sign * power
    result = {kind: power for kind, power in result.items() if power}
    if hundred and sign == 1 and not result:
        return {"percent": 1}
    if hundred and sign == -1:
        result.pop("percent", None)
    return None if a is None and b is None else result


def alone(found):
    """The exponents without a number of things that multiplies something else: five times 10 billion yuan are money."""
    other = any(power > 0 for kind, power in found.items() if kind != "count")
    return {kind: power for kind, power in found.items() if kind != "count" or power < 0 or not other}


def test_every_identity_is_told_in_the_unit_of_its_formula():
    ledger = real_claims()
    facts = {each.claim: each.fact for each in ledger if each.fact}
    tests = real_identities()
    formulas = {each.identity: parse(each.formula) for each in tests}
    named = {each.name: each.sides[0] for each in formulas.values() if each.name}
    for found in real_checks(ledger, tests):
        own = derived(formulas[found.identity.identity].sides[0], facts, named) or {}
        for side in filter(None, (found.left, found.right)):
            told = exponents(((side.unit, 1), *((code, -1) for code in side.per.split("*") if code)))
            assert told == alone(own), f"{found.identity.identity}: {side.unit} per '{side.per}'"


def test_every_result_is_shown_inside_its_interval_and_within_rounding():
    for found in real_checks(real_claims(), real_identities()):
        for side in filter(None, (found.left, found.right)):
            for language in ("en", "zh"):
                shown = printed(render(replace(side, per=""), language), UNITS[side.unit].display)
                shown = Quantity(
                    *(convert(end, shown.unit, side.unit) for end in (shown.value, shown.low, shown.high)),
                    side.unit,
                    shown.qualifier,
                    shown.text,
                )
                bound = {"at_least": side.low, "over": side.low, "up_to": side.high}.get(shown.qualifier, side.value)
                step = 0.5001 * 10.0 ** (math.floor(math.log10(abs(bound))) - 3) if bound else 0
                inside = side.low <= shown.value <= side.high
                assert inside or abs(shown.value - bound) <= step, (found.identity.identity, side, shown)
                # what is shown is the value, to a tenth of it, or a range that has it
                near = abs(shown.value - bound) <= 0.1 * abs(bound)
                assert near or shown.low <= side.value <= shown.high, (found.identity.identity, side, shown)


def test_a_question_that_names_a_unit_is_answered_in_it():
    for found in real_checks(real_claims(), real_identities()):
        for asked in re.findall(r"\bin (percent|(?:[0-9][0-9,]*|100 million)(?: [a-z]+)*)\b", found.identity.question):
            if asked == "percent":
                assert found.left.unit == "percent", found.identity.question
            else:
                assert not re.fullmatch(r"(100 million|10,000)( yuan)?", asked), found.identity.question


@given(st.sampled_from(FIGURES), st.sampled_from(FIGURES))
def test_a_product_and_a_quotient_have_the_product_and_quotient_of_the_units(a, b):
    claims = {"a": CLAIMS[a], "b": CLAIMS[b]}
    for sign, power in (("*", 1), ("/", -1)):
        got = check(Identity("one", "", f"x := a {sign} b"), claims).left
        if got is None or got.unit == "index":  # no one unit for it: it is spelled
            assert got is None or got.per
            continue
        want = exponents(((claims["a"].unit, 1), (claims["b"].unit, power)))
        told = exponents(((got.unit, 1), *((code, -1) for code in got.per.split("*") if code)))
        assert told == alone(want)


def test_a_result_that_may_be_of_either_sign_is_shown_as_a_range():
    got = check(Identity("one", "", "x := growth(new, old)"), {"new": fact("2.1万亿元"), "old": fact("两万亿元")}).left
    assert render(got) == "between -18% and 43%"
    assert render(got, "zh") == "-18%至43%之间"


def test_a_fourth_is_not_told_as_a_third():
    got = check(Identity("one", "", "x := share(a, b)"), {"a": fact("20%左右"), "b": fact("80%")}).left
    assert (render(got), render(got, "zh")) == ("about 25%", "约25%")
