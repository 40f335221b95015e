"""Parts and multiples that are spelt: two-thirds, 三分之二, doubled, a tenfold increase, 翻两番."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wuhan.evidence.printed import SPELT
from wuhan.evidence.quantities import parse
from wuhan.reading.forms import MULTIPLE, SHARE, Number, spelt

_MULTIPLE = re.compile(
    "翻了?(?:一番|两番|三番|四番|番|一倍|倍)(?!增长\\S?[0-9])|\\b(?:doubled|tripled|quadrupled|quintupled)\\b"
)
_TIMES = {"三番": 8, "四番": 16, "quadrupled": 4, "quintupled": 5}
_N = "|".join(word for word in SPELT if word != "one")
_FOLD = re.compile(f"(?<![0-9.])\\b({_N}|[0-9]+(?:\\.[0-9]+)?)[- ]?folds?\\b", re.IGNORECASE)
_HALF = re.compile("(?:将近|接近|近|超过|超|约)?(?:一半|半数)(?:以上|左右)?")
_PART = {
    "thirds?": 3,
    "quarters?|fourths?": 4,
    "fifths?": 5,
    "sixths?": 6,
    "sevenths?": 7,
    "eighths?": 8,
    "tenths?": 10,
}
_FRACTION = re.compile(
    rf"\b(a|one|two|three|four|five|six|seven|nine)[- ]({'|'.join(_PART)})\b(?![- ](?:quarter|year|place|largest|time))"
    r"|\b(?:one[- ])?half(?= (?:of|the)\b)",
    re.IGNORECASE,
)
_ORDINAL = re.compile("quarter|fourth|third|fifth", re.IGNORECASE)
_DIGIT = "零一二三四五六七八九十"
_PARTS = re.compile("([二三四五六七八九十])分之([一二三四五六七八九])")


def multiples(plain: str) -> Iterator[Number]:
    """How many times as large something is told to be."""
    for match in _MULTIPLE.finditer(plain):
        times = next((value for name, value in _TIMES.items() if match[0].lower().endswith(name)), 0)
        yield spelt(plain, match, MULTIPLE, f"约{times}倍" if times else match[0], "about")
    for match in _FOLD.finditer(plain):
        many = match[1].lower()
        yield spelt(plain, match, MULTIPLE, f"{SPELT.get(many, many)}倍")


def fractions(plain: str) -> Iterator[Number]:
    """Shares that are spelt: a third of them, 近半数, 三分之二."""
    for match in _HALF.finditer(plain):
        yield _share(plain, match, 50, parse(match[0]).qualifier)
    for match in _FRACTION.finditer(plain):
        whole, part = _spelt(match)
        alone = match[0].lower().startswith("a ") and not _ORDINAL.search(match[0])
        if part < whole and not alone:
            yield _share(plain, match, 100 * part / whole, "exact" if 100 * part % whole == 0 else "about")
    for match in _PARTS.finditer(plain):
        whole, part = (_DIGIT.index(sign) for sign in match.groups())
        yield _share(plain, match, 100 * part / whole, "exact" if 100 % whole == 0 else "about")


def _spelt(match: re.Match[str]) -> tuple[int, int]:
    """Into how many parts English cuts a whole, and how many of them it tells."""
    if not match[1]:
        return 2, 1
    whole = next(number for words, number in _PART.items() if re.fullmatch(words, match[2], re.IGNORECASE))
    part = match[1].lower()
    return whole, SPELT.get(part, 1)


def _share(plain: str, match: re.Match[str], percent: float, qualifier: str) -> Number:
    about = "约" if qualifier == "about" else ""
    return spelt(plain, match, SHARE, f"{about}{percent:.3g}%", qualifier)
