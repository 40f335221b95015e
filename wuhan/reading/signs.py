"""Signed figures as growth, 社零+1.2%, pct as a unit, and what is held against a target, 低于8%目标."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from wuhan.reading.forms import CHANGE, GROWTH, SHARE, Number, negative, understood

_PLUS = re.compile("(?<![0-9.%％A-Za-z])[（(]?[+＋]$|\\b(?:GDP|CPI|PPI)\\s?[+＋]$")
_MINUS = re.compile("(?:(?![年月日率比])[\u4e00-\u9fff]|[（(”]|\\b(?:GDP|CPI|PPI)\\s?)[-−－]$")
_SIGNED = re.compile("(?:(?![率比])[（(\u4e00-\u9fff]|\\b(?:GDP|CPI|PPI)\\s?)$")
_PCT = re.compile("\\s?pcts?\\b")
# Growth behind the level of it or behind its name alone: GDP 5000亿元/6.2%, GDP 6.2%.
_OF_GDP = re.compile(
    "(?<!占)(?<!占全国)(?<!占全省)(?<!占全市)(?<!单位)(?<!相当于)(?<![A-Za-z] )GDP\\s?"
    "(?:[0-9.,]+[千百]?万?亿元?\\s?[/／（(])?$"
)
MISSED = "(?:未能?(?:达到?|完成|实现)?|没有?(?:达到|完成|实现)|不及|低于|高于|超过|超出|超额完成|好于|快于|距离?)"
_OF_TARGET = re.compile(f"(?:{MISSED})[^，,。；;、0-9]{{0,8}}$")
_LED_TARGET = re.compile(f"{MISSED}(?=[0-9])")
_IS_TARGET = re.compile("(?:左右|以上)?的?[^，,。；;、0-9]{0,6}?目标")
# What is held against a target is none, nor does that tell of the numbers behind it.
HELD_AGAINST = re.compile(f"{MISSED}[^，,。；;、]{{0,12}}?目标(?!任务)")


def signed(numbers: Sequence[Number], text: str) -> list[Number]:
    """The numbers of a sentence, those with a sign before them as growth, pct in its unit, a target's own as exact."""
    told: list[Number] = []
    for number in numbers:
        one = _in_points(number, text)
        if one.unit == "percent":
            one = _with_sign(one, text[: one.start])
            one = _of_target(one, text, told[-1] if told else None)
        told.append(one)
    return told


def _in_points(number: Number, text: str) -> Number:
    """A figure before pct: percentage points in Chinese, percent in English."""
    pct = _PCT.match(text, number.end)
    if not pct or number.unit != "count":
        return number
    unit, form = ("percentage_points", CHANGE) if re.search("[\u4e00-\u9fff]", text) else ("percent", SHARE)
    read = understood(number.text, unit)
    if read is None:
        return number
    return replace(number, quantity=read, form=form, end=pct.end(), text=text[number.start : pct.end()])


def _with_sign(number: Number, before: str) -> Number:
    """A percentage with a sign before it, or directly behind GDP, as growth."""
    if number.form != SHARE or not number.quantity:
        return number
    fallen = number.text[0] in "-−－" and _SIGNED.search(before)
    if fallen or _PLUS.search(before) or _OF_GDP.search(before):
        return replace(number, form=GROWTH)
    return negative(number) if _MINUS.search(before) else number


def _of_target(number: Number, text: str, last: Number | None) -> Number:
    """The number of a target that was missed, 低于8%目标: itself exact, and growth where it is behind growth."""
    led = _LED_TARGET.match(number.text)
    words = led.end() if led else 0
    start, bare = number.start + words, number.text[words:]
    if not _OF_TARGET.search(text[: number.start] + number.text[:words]) or not _IS_TARGET.match(text, number.end):
        return number
    read = understood(bare)
    if read is None:
        return number
    grown = last is not None and last.form == GROWTH and re.fullmatch("[，,]?" + MISSED, text[last.end : start])
    return Number(start, number.end, bare, GROWTH if grown else number.form, read)


def held_against(text: str, number: Number) -> bool:
    """Whether a number is a target that something is held against."""
    return bool(_OF_TARGET.search(text[: number.start]) and _IS_TARGET.match(text, number.end))
