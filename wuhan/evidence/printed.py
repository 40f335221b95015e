"""The grammar of printed quantities: text in; numbers, magnitude, unit and qualifier out.

A printed quantity is ``lead* prefix? (number unit? ~)? number unit? tail* noun? tail*`` and a number is
``coefficient more? magnitude? more?``, as in 20 多 万 人 以上 or over USD 2.5 bn. The tables are the whole
vocabulary, and the one expression made from them is the whole grammar. How firmly a figure is known is
decided in ``quantities``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from wuhan.evidence.faults import visible
from wuhan.evidence.units import UNITS, QuantityError, last_place

# Print forms that mean the same as a plain character. Full-width digits are not among them: they are refused.
FORMS = str.maketrans("％．，（）＋／～〜∼—–－−　²³", "%.,()+/~~~---- 23")
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("eleven", "twelve", *(f"{stem}teen" for stem in ("thir", "four", "fif", "six", "seven", "eigh", "nine")))
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# Numbers in English words, the longer before those that begin them.
SPELT = {
    **{f"{tens}-{one}": 10 * ten + unit for ten, tens in enumerate(_TENS, 2) for unit, one in enumerate(_ONES, 1)},
    **{word: number for number, word in enumerate((*_ONES, "ten", *_TEENS), 1)},
    **{tens: 10 * ten for ten, tens in enumerate(_TENS, 2)},
}
REWRITTEN = (
    (re.compile(r"(?:半数|一半|半)(?=以上|左右|$)"), "5成"),
    (re.compile(r"翻了?(?:一番|番|一倍|倍)$"), "约2倍"),
    (re.compile(r"翻了?两番$"), "约4倍"),
    (re.compile(r"^双(?=[\u4e00-\u9fff])"), "2个"),
    (re.compile(r"^between (.+) and (.+)$"), r"\1~\2"),
    (re.compile(r"^(.+[至~].+)之间$"), r"\1"),
    (re.compile(r"^(?:one[- ])?half$", re.IGNORECASE), "5成"),
    (re.compile(r"^(?:a|one)[- ](?:quarter|fourth)$", re.IGNORECASE), "25%"),
    (re.compile(r"^three[- ](?:quarters|fourths)$", re.IGNORECASE), "75%"),
    (re.compile(r"^(?:a|one)[- ]third$", re.IGNORECASE), "约33.3%"),
    (re.compile(r"^two[- ]thirds$", re.IGNORECASE), "约66.7%"),
    (re.compile(r"^(?:a|one)[- ]fifth$", re.IGNORECASE), "20%"),
    (re.compile(r"^four[- ]fifths$", re.IGNORECASE), "80%"),
    (re.compile(r"^doubled$", re.IGNORECASE), "约2倍"),
    (re.compile(r"^tripled$", re.IGNORECASE), "约3倍"),
    *((re.compile(rf"(?<![\w(]){word}\b(?!-)", re.IGNORECASE), f"{number}") for word, number in SPELT.items()),
)

# Words before the number and the qualifier that each gives; "" where it gives none.
LEADS = {
    "over": "超过|超|逾|突破|多于|高于|大于|过|over|more than|above"
    "|exceeding|exceeded|exceeds|surpassing|surpassed|topping|topped",
    "at_least": "不少于|不低于|至少|上|at least|no less than|not less than|no fewer than",
    "nearly": "接近|将近|近|nearly|almost|close to",
    "about": "大约|约为|约|大概|about|around|approximately|approx\\.|circa",
    "up_to": "不超过|不多于|不高于|最高可达|最高达|最高|最多|至多|不足|不到|低于|少于|小于"
    "|up to|at most|no more than|not more than|less than|fewer than|under",
    "of_which": "其中|of which",
    "": "过去的?|未来|连续|同比增长|同比|增长|增速|增加|达到|达|占比|占|共计|共|总计|总额|合计|累计|为"
    "|grew by|grew|a total of",
}
# Words behind the unit and their qualifiers.
TAILS = {
    "at_least": "及以上|以上|起|or more|or above|and above|\\+",
    "about": "左右|上下|级|or so",
    "up_to": "及以下|以下|以内|之内|内|or less|or fewer|or below",
}
PREFIXES = {"cny": "RMB|CNY|人民币|¥|￥", "usd": "USD|US\\$|\\$"}
# Words for units: the code, and how many of it one word means.
UNIT_WORDS = {(code, 1): unit.words for code, unit in UNITS.items() if unit.words} | {
    ("percent", 10): "成",
    ("m2", 10**4): "公顷|hectares?",
    ("kwh", 10**3): "MWh|兆瓦时",
    ("kwh", 10**6): "GWh|吉瓦时",
    ("kw", 10**3): "MW|兆瓦|megawatts?",
    ("kw", 10**6): "GW|吉瓦|gigawatts?",
}
# Words behind which the noun that is counted may stand: 148个项目, 81位院士.
CLASSIFIERS = {
    ("count", 1): "条产线|标准?箱|[个家所条款场项台套辆件种大座户支部单次篇只艘架省道处对颗枚宗列班趟间门批例幅株类堂]"
    "|TEUs?|firms?|companies|enterprises|projects?",
    ("persons", 1): "[名位]",
}
# Texts that look like quantities, and why they are not.
REFUSED = (
    ("(?<![0-9])(?:19|20)[0-9]{2} ?年$|[0-9]月|[0-9]{4}-[0-9]{2}-", "is a date, not a quantity"),
    ("第[0-9一二三四五六七八九十]", "is a rank, not a quantity"),
    ("^(?:同比)?(?:下降|减少|回落|下滑|fell|down)", "is a decline — write it with a minus, such as -5.2%"),
    ("增[长加]了?[0-9一二三四五六七八九两]+倍", "may mean two things — write the growth in percent"),
    ("^近(?:[0-9]+|[一二两三四五六七八九十几]+)年$", "may be nearly or the last so many years — write one of them"),
    ("^[^a-z]*[0-9] ?m$", "may be million or metre — write 5 million, or CNY 5m"),
    ("^[^a-z¥￥$]*[0-9] ?b$", "may be billion or a name — write 7 billion"),
    ("[0-9]{16}|[0-9]{13}\\.[0-9]{3}", "has more digits than a number here can hold — write at most 15"),
    ("[0-9] ?折", "is a discount, not a quantity — write percent"),
    (",[0-9]{1,2}(?![0-9])|,[0-9]{4}|[0-9]{4},", "has a misplaced comma — write 21,106.23 or 21106.23"),
)
NOT_IN_NAMES = "[最均是为了]|以[上下内]|之内|左右|上下"  # of a clause or a tail, not of the name of a thing
NOT_COUNTED = "月|星期|季度|工作日|世纪|半|人$"  # measures that look like a counted noun: 4个小时

EXPONENTS = {
    "十": 1,
    "百": 2,
    "千": 3,
    "万": 4,
    "亿": 8,
    "thousand": 3,
    "million": 6,
    "millions": 6,
    "mn": 6,
    "mln": 6,
    "m": 6,
    "b": 9,
    "billion": 9,
    "billions": 9,
    "bn": 9,
    "bln": 9,
    "trillion": 12,
    "tn": 12,
    "trln": 12,
}
DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_B = "b(?![a-z0-9])"
_D = "[一二两三四五六七八九]"
_SECTION = f"(?:{_D}?千零?)?(?:{_D}?百零?)?(?:{_D}?十)?(?:(?<![百千]){_D})?"


def _choice(patterns: Iterable[str]) -> str:
    """One alternation, longest first. A Latin word must not run on into another letter."""
    parts = sorted((part for pattern in patterns for part in pattern.split("|")), key=len, reverse=True)
    return "|".join(f"{part}(?![a-z])" if re.search(r"[a-zA-Z]\??$", part) else part for part in parts)


def _number(name: str) -> str:
    ascii_digits = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
    latin = _choice(key for key in EXPONENTS if key.isascii() and key != "b")
    return (
        rf"(?P<{name}>-?(?:{ascii_digits})|[数几][十百千]?|(?=[一二两三四五六七八九十百千]){_SECTION}|(?=[万亿]))\s*"
        rf"(?P<{name}_more>[多余几]?)\s*(?P<{name}_magnitude>[十百千]?(?:万亿|亿|万)|百|千(?![瓦升克米伏])|{latin}|{_B}|)"
        rf"(?P<{name}_more2>[多余]?)\s*"
    )


# A Latin word in front must begin as one: in "cover 4,200 hectares" nothing is over.
_LEAD = "|".join(f"(?<![a-z]){part}" if part[0].isascii() else part for part in _choice(LEADS.values()).split("|"))
_UNIT, _TAIL = _choice(UNIT_WORDS.values()), f"(?:(?:{_choice(TAILS.values())})\\s*){{0,2}}"
_NOUN = rf"(?:(?!{NOT_COUNTED})(?:(?!{NOT_IN_NAMES})[\u4e00-\u9fff]){{1,20}}(?P<tail3>{_TAIL}))?"


def _grammar(noun: str) -> re.Pattern[str]:
    """The expression of a printed quantity; ``noun``: what may stand behind the classifier and its tail."""
    return re.compile(
        rf"(?P<lead>(?:(?:{_LEAD})\s*){{0,3}})(?P<prefix>(?:{_choice(PREFIXES.values())})?)\s*"
        rf"(?:{_number('first')}(?P<first_unit>(?:{_UNIT})?)\s*(?:~|-|至|到|to\b)\s*)?{_number('last')}"
        rf"(?:(?P<unit>{_UNIT})\s*(?P<tail>{_TAIL})"
        rf"|(?P<classifier>{_choice(CLASSIFIERS.values())})\s*(?P<tail2>{_TAIL}){noun}"
        rf"|(?P<tail4>{_TAIL}))",
        re.IGNORECASE,
    )


Code = TypeVar("Code", str, tuple[str, int])
_GRAMMAR = _grammar(_NOUN)
_RUNNING = _grammar("")  # in running text, where what is counted is not part of it


@dataclass(frozen=True)
class Number:
    """A number as printed, its magnitude multiplied in.

    ``place``: what one step of its last printed digit is worth. ``whole``: an integer printed in full.
    ``loose``: a round word without a coefficient (千亿). ``several``: 数 or 几 times ``value``. ``more``: 多
    or 余, somewhat more.
    """

    value: Decimal
    place: Decimal
    exponent: int
    whole: bool
    loose: bool = False
    several: bool = False
    more: bool = False


@dataclass(frozen=True)
class Printed:
    """The parts of a printed quantity. ``first`` is the lower end of a range; ``unit`` and ``qualifier`` are
    "" where none is printed; the word for the unit means ``size`` units.
    """

    first: Number | None
    number: Number
    qualifier: str
    unit: str
    size: int


def running(text: str) -> list[tuple[int, int]]:
    """Start and end of all in a text that looks like a printed quantity, with the words around it; not all is one."""
    return [match.span() for match in _RUNNING.finditer(text.translate(FORMS))]


def read(text: str) -> Printed:
    """Cut a printed quantity into its parts. Raises ``QuantityError`` for all that is not one."""
    plain = " ".join(text.translate(FORMS).split())
    for pattern, instead in REWRITTEN:
        plain = pattern.sub(instead, plain)
    match = _GRAMMAR.fullmatch(plain)
    if not match or any(re.search(pattern, plain, re.IGNORECASE) for pattern, _ in REFUSED):
        raise QuantityError(_reason(text, plain))
    part = match.groupdict(default="")
    number, unit, qualifier = _read_number(part, "last"), _unit(part), _qualifier(part, text)
    first = None
    if match["first"] is not None:
        first = _first(part, number)
        vague = any(end.loose or end.several or end.more for end in (first, number))
        if first.value >= number.value or vague or qualifier not in ("", "about"):
            raise QuantityError(f"{visible(text)} is not a range — write the lower end first, such as 200-230")
    if not qualifier and number.loose:
        qualifier = "about"
    return Printed(first, number, qualifier, *unit)


def _reason(text: str, plain: str) -> str:
    """Why a text is refused, and what to write instead."""
    found = visible(text)
    if re.search("[０-９Ａ-Ｚａ-ｚ]", text):
        return f"{found} has full-width letters or digits — write {visible(unicodedata.normalize('NFKC', text))}"
    for pattern, reason in REFUSED:
        if re.search(pattern, plain, re.IGNORECASE):
            return f"{found} {reason}"
    return f"{found} is not a quantity — write a figure and its unit, such as 984.9亿元 or 98.49 bn yuan"


def _read_number(part: Mapping[str, str], name: str) -> Number:
    coefficient, magnitude = part[name].replace(",", ""), part[f"{name}_magnitude"].lower()
    exponent = EXPONENTS.get(magnitude) or sum(EXPONENTS[sign] for sign in magnitude)
    digits = re.sub("[数几]", "", coefficient)
    several = digits != coefficient
    loose = not several and not re.search("[^百千]", digits)
    value = Decimal(digits) if re.match("-?[0-9]", digits) else Decimal(_section(digits))
    place = Decimal(1).scaleb(last_place(value) + exponent)
    whole = exponent == 0 and value == value.to_integral_value()
    more = bool(part[f"{name}_more"] or part[f"{name}_more2"])
    return Number(value.scaleb(exponent), place, exponent, whole, loose, several, more)


def _section(digits: str) -> int:
    """The value of a Chinese numeral below ten thousand; a lone 百 is 100, nothing at all is 1."""
    total, digit = 0, 0
    for sign in digits:
        if sign in DIGITS:
            digit = DIGITS[sign]
        else:
            total += (digit or 1) * 10 ** EXPONENTS[sign]
            digit = 0
    return total + digit if digits else 1


def _first(part: Mapping[str, str], last: Number) -> Number:
    """The lower end of a range, which may leave magnitude and unit together to the upper end: 1~2万元."""
    if (said := part["first_unit"]) and _code(said, UNIT_WORDS) != _unit(part):
        word = part["unit"] or part["classifier"]
        raise QuantityError(f"a range in two units, '{said}' and '{word}' — write one unit")
    first = _read_number(part, "first")
    shared = first.value.scaleb(last.exponent)
    if part["first_magnitude"] or part["first_unit"] or shared >= last.value:
        return first
    return replace(first, value=shared, place=first.place.scaleb(last.exponent))


def _unit(part: Mapping[str, str]) -> tuple[str, int]:
    """Code and size of the unit that is printed before or behind the number; ("", 1) when none is."""
    prefix = next((code for code, words in PREFIXES.items() if _is(part["prefix"], words)), "")
    table, word = (UNIT_WORDS, part["unit"]) if part["unit"] else (CLASSIFIERS, part["classifier"])
    code, size = _code(word, table) if word else (prefix, 1)
    if prefix and code != prefix:
        raise QuantityError(f"two units, '{part['prefix']}' and '{word}' — write one of them")
    return code, size


def _code(word: str, table: Mapping[Code, str]) -> Code:
    """The code, of a unit with its size, of which ``word`` is one of the words."""
    return next(key for key, words in table.items() if _is(word, words))


def _is(word: str, words: str) -> bool:
    return bool(word) and bool(re.fullmatch(words, word, re.IGNORECASE))


def _qualifier(part: Mapping[str, str], text: str) -> str:
    """The qualifier that the words around the number give, "" for none; 超10亿元以上 is over."""
    found = set()
    for table, groups in ((LEADS, ["lead"]), (TAILS, ["tail", "tail2", "tail3", "tail4"])):
        around = " ".join(part[group] for group in groups)
        for word in re.findall(_choice(table.values()), around, re.IGNORECASE):
            found.add(_code(word, table))
    found -= {""}
    if {"over", "at_least"} <= found:
        found.remove("at_least")
    if part["last_more"] or part["last_more2"]:
        found.add("over")
    if len(found) > 1:
        raise QuantityError(f"{visible(text)} is {' and '.join(sorted(found))} at once — write one qualifier")
    return found.pop() if found else ""
