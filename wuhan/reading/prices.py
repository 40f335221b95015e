"""Price indices, of which the year before is 100: a CPI of 101.2 is no count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from wuhan.evidence.quantities import parse
from wuhan.reading.forms import LEVEL, Number

_YEAR_BEFORE = (
    "(?:以)?(?:上年|去年|上一年|前一年)(?:的?同期|的?同月)?(?:价格|物价)?(?:水平)?"
    "|(?:the )?(?:(?:same (?:period|month|quarter) (?:of|in) )?(?:the )?(?:previous|preceding|last|prior) year)"
    "(?:['’]s (?:level|prices?))?"
)
_HUNDRED = "\\s*(?:[=＝:：]|(?:定)?为|设为|(?:is |was |being |taken |set )?(?:as|at)|equals?|equal to|being)\\s*"
# The base that a text tells, which is no figure of its own: 上年=100, with the previous year as 100.
BASE = re.compile(f"(?:{_YEAR_BEFORE}){_HUNDRED}100(?![0-9.]*[0-9%％])", re.IGNORECASE)
OTHER_BASE = re.compile("[=＝]\\s*100(?![0-9.]*[0-9%％])")
_NAMED = re.compile(
    "(?:价格(?:总|分类)?指数|物价(?:总)?指数|CPI|PPI|\\bprice ind(?:ex|ices))"
    "(?:[^，,。；;0-9（(]|[（(][^）)0-9]*[）)]){0,32}$",
    re.IGNORECASE,
)
_FIGURE = re.compile("[0-9]{2,3}(?:\\.[0-9]{1,2})?")
LOWEST, HIGHEST = 50, 200  # what a price index can be; 2.1 behind CPI is its rise


def indexed(before: str) -> bool:
    """Whether the name of a price index stands directly before a number."""
    return bool(_NAMED.search(before))


def based(numbers: Sequence[Number], text: str) -> list[Number]:
    """The numbers of a sentence, price indices in their unit: those that are named as such, and all bare figures of
    their size in a sentence that tells the base.
    """
    told = bool(BASE.search(text))
    found, last = [], -1
    for number in numbers:
        sized = number.quantity is not None and LOWEST < number.quantity.value < HIGHEST
        bare = number.form == LEVEL and number.unit == "count" and bool(_FIGURE.fullmatch(number.text))
        row = last >= 0 and bool(re.fullmatch("\\s*(?:[、，,和及与]|,? and)\\s*", text[last : number.start]))
        if sized and bare and (told or row or indexed(text[: number.start])):
            number, last = replace(number, quantity=parse(number.text, "prev_year_100")), number.end
        found.append(number)
    return found
