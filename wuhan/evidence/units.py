"""The units that the data may carry, and what is known about each of them.

One registry for the whole project: a new unit is one line of ``_TABLE``, and `python -m wuhan registry` writes the
codes into ``data/datapackage.json``. Units join (convert, add, compare) only within
one dimension, so two units that must never join have two dimensions: one-way kilometres and kilometres,
percent and percentage points, yuan and US dollars.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache


class QuantityError(ValueError):
    """A text, figure or unit that does not make a quantity: one line that says what to write instead."""


@dataclass(frozen=True)
class Unit:
    """A unit of measure.

    ``scale`` is the size of one unit in the base unit of its ``dimension``. ``counted``: whole things
    counted one by one, or a span that is set and not measured, so that an integer printed in full is exact.
    ``nonnegative``: no value below zero exists. ``en`` and ``zh`` name the unit, as on an axis; ``one`` is
    the English singular. ``shown`` is the code of the unit that a reader sees behind a magnitude word: 984.9
    of ``100m_cny`` is shown as 98.49 billion of ``cny``. ``words``: how print names one of it, as alternatives of a
    regular expression; no word holds a magnitude.
    """

    code: str
    dimension: str
    scale: int | Fraction
    en: str
    zh: str
    one: str = ""
    counted: bool = False
    nonnegative: bool = True
    shown: str = ""
    words: str = ""

    @property
    def display(self) -> str:
        """Code of the unit that a reader sees."""
        return self.shown or self.code

    def one_of(self, language: str) -> str:
        """What one of the unit is called, as in yuan per person."""
        return self.one or self.en if language == "en" else self.zh


_TABLE = (
    Unit(
        "cny",
        "money",
        1,
        "yuan",
        "元",
        nonnegative=False,
        words="元人民币|人民币|元|Chinese yuan|yuan|renminbi|RMB|CNY",
    ),
    Unit("10k_cny", "money", 10**4, "10,000 yuan", "万元", nonnegative=False, shown="cny"),
    Unit("100m_cny", "money", 10**8, "100 million yuan", "亿元", nonnegative=False, shown="cny"),
    Unit(
        "usd",
        "usd",
        1,
        "US dollars",
        "美元",
        one="US dollar",
        nonnegative=False,
        words=r"美元|U\.S\. dollars?|US dollars?|dollars?|USD",
    ),
    Unit("100m_usd", "usd", 10**8, "100 million US dollars", "亿美元", nonnegative=False, shown="usd"),
    Unit("usd_bn", "usd", 10**9, "billion US dollars", "十亿美元", nonnegative=False, shown="usd"),
    Unit(
        "cny_per_person", "money per person", 1, "yuan per person", "元/人", words="元/人|yuan per person|yuan per head"
    ),
    Unit(
        "persons",
        "people",
        1,
        "people",
        "人",
        one="person",
        counted=True,
        words="人次|人才|人|people|persons?|residents|passengers",
    ),
    Unit("10k_persons", "people", 10**4, "10,000 people", "万人", shown="persons"),
    Unit("count", "count", 1, "number", "个", counted=True),
    Unit("10k", "count", 10**4, "10,000", "万", shown="count"),
    Unit("100m", "count", 10**8, "100 million", "亿", shown="count"),
    Unit("percent", "percent", 1, "%", "%", nonnegative=False, words="%|per ?cent"),
    Unit(
        "percentage_points",
        "percentage points",
        1,
        "percentage points",
        "个百分点",
        one="percentage point",
        nonnegative=False,
        words="个?百分点|percentage points?|pp",
    ),
    Unit("ratio", "ratio", 1, "times", "倍", words="倍|times"),
    Unit("index", "index", 1, "index", "指数"),
    Unit("coefficient", "coefficient", 1, "coefficient", "系数", nonnegative=False),
    Unit(
        "prev_year_100",
        "index, previous year = 100",
        1,
        "(previous year = 100)",
        "（上年=100）",
        words=r"\(previous year = 100\)|\(上年 ?= ?100\)",
    ),
    Unit("km", "length", 1, "km", "公里", words="公里|千米|km|kilometres?|kilometers?"),
    Unit("10k_km", "length", 10**4, "10,000 km", "万公里", shown="km"),
    Unit(
        "km_one_way",
        "one-way length",
        1,
        "km (one way)",
        "公里（单向）",
        words=r"公里 ?\(单向(?:里程)?\)|km ?\(one way\)",
    ),
    Unit("m2", "area", 1, "m²", "平方米", words=r"平方米|㎡|m2|sq\.? m|square metres?|square meters?"),
    Unit(
        "km2",
        "area",
        10**6,
        "km²",
        "平方公里",
        words=r"平方公里|平方千米|km2|sq\.? km|square kilometres?|square kilometers?",
    ),
    Unit("m", "length", Fraction(1, 1000), "metres", "米", one="metre", words="米|metres?|meters?"),
    Unit("m3", "volume", 1, "m³", "立方米", words="立方米|m3|cubic metres?|cubic meters?"),
    Unit("tonnes", "mass", 1, "tonnes", "吨", one="tonne", words="吨|metric tonnes?|metric tons?|tonnes?|tons?"),
    Unit("kwh", "energy", 1, "kWh", "千瓦时", words="千瓦时|kWh|kilowatt-hours?"),
    Unit("kw", "power", 1, "kW", "千瓦", words="千瓦|kW|kilowatts?"),
    Unit("mu", "area", Fraction(2000, 3), "mu", "亩", words="亩|mu"),
    Unit("PFLOPS", "computing power", 1, "PFLOPS", "PFLOPS", words="PFLOPS|P|petaFLOPS"),
    Unit("EFLOPS", "computing power", 1000, "EFLOPS", "EFLOPS", words="EFLOPS|exaFLOPS"),
    Unit("EB", "storage", 1, "EB", "EB", words="EB|exabytes?"),
    Unit("per_firm", "per firm", 1, "per firm", "/家", words="[个件项]?/家|per firm|per company"),
    Unit(
        "per_10k_people", "per 10,000 people", 1, "per 10,000 people", "/万人", words="[个件项]?/万人|per 10,000 people"
    ),
    Unit("years", "years", 1, "years", "年", one="year", counted=True, words="年时间|年|years?|-years?"),
    Unit("months", "months", 1, "months", "个月", one="month", counted=True, words="个月|months?|-months?"),
    Unit("minutes", "minutes", 1, "minutes", "分钟", one="minute", counted=True, words="分钟|minutes?"),
    Unit("days", "days", 1, "days", "天", one="day", counted=True, words="天|days?|-days?"),
    Unit("hours", "hours", 1, "hours", "小时", one="hour", counted=True, words="个?小时|hours?|-hours?"),
    Unit(
        "orders_per_day",
        "orders per day",
        1,
        "orders per day",
        "单/天",
        one="order per day",
        words="单/[天日]|orders? per day|orders? a day",
    ),
    Unit("km_per_day", "km per day", 1, "km per day", "公里/天", words="公里/[天日]|km per day|km a day"),
    Unit("version", "version", 1, "version", "版本"),
)
UNITS: dict[str, Unit] = {unit.code: unit for unit in _TABLE}


def unit_of(code: str) -> Unit:
    """The unit of a code. Raises ``QuantityError``."""
    if code not in UNITS:
        raise QuantityError(f"unknown unit '{code}' — write one of {', '.join(UNITS)}")
    return UNITS[code]


@lru_cache(maxsize=2**16)
def exact(value: float) -> Fraction:
    """The decimal that a float prints as: 0.1 stands for one tenth, not for its nearest binary fraction."""
    return Fraction(repr(float(value)))


def last_place(number: Decimal) -> int:
    """The power of ten of the last digit that a number is written with. Raises ``ValueError`` for an infinite one."""
    place = number.as_tuple().exponent
    if isinstance(place, int):
        return place
    raise ValueError(f"{number} has no last digit")


@lru_cache(maxsize=256)
def factor(from_unit: str, to_unit: str) -> Fraction:
    """How many of ``to_unit`` one of ``from_unit`` is. Raises ``QuantityError`` across dimensions."""
    source, target = unit_of(from_unit), unit_of(to_unit)
    if source.dimension != target.dimension:
        raise QuantityError(f"{from_unit} ({source.dimension}) does not convert to {to_unit} ({target.dimension})")
    return Fraction(source.scale) / Fraction(target.scale)


def convert(value: float, from_unit: str, to_unit: str) -> float:
    """``value`` in another unit of the same dimension, infinite values too. Raises ``QuantityError``."""
    ratio = factor(from_unit, to_unit)
    return float(value) if ratio == 1 or not math.isfinite(value) else float(exact(value) * ratio)
