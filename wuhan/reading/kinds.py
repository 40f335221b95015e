"""Whether a number is a result, an aim of what kind, or context: by the words that tell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wuhan.reading.context import Context
from wuhan.reading.numbers import CHANGE, DURATION, GROWTH, LIST, RANK, SHARE, THRESHOLD, Number
from wuhan.reading.said import CAP, CONTEXT, FORECAST, LIKELY, PLAN, RESULT, SURE, TARGET, Said

_FORWARD = (
    (
        CAP,
        re.compile(
            "最高(?:可)?(?:累计)?(?:给予|补助|奖励|资助|支持|不超过|补贴|可获|可得)|上限|封顶"
            "|不超过[^，。]{0,12}(?:补助|奖励|资助|补贴|支持)|给予[^，。；]{0,12}(?:奖励|补助|补贴"
            "|资助)|\\b(?:subsid|grant|award)\\w* of up to|capped at",
            re.IGNORECASE,
        ),
    ),
    (
        FORECAST,
        re.compile(
            "预计|(?<!符合)(?<!好于)预期|预测|有望|\\b(?:expected|forecast|projected|estimated to|likely to)\\b",
            re.IGNORECASE,
        ),
    ),
    (
        TARGET,
        re.compile(
            "力争|目标|要(?:达到|超|突破|实现)|争取|确保|争创|奋斗目标|到[^，。]{0,6}年底|冲刺"
            "|\\b(?:target|targets|aims?|aiming|goal|strive|by 20[0-9]{2}"
            "|by the end of 20[0-9]{2})\\b",
            re.IGNORECASE,
        ),
    ),
    (
        PLAN,
        re.compile(
            "(?<!即)将(?!军|近)|计划(?!总投资)|拟|规划|谋划|推进"
            "|未来(?:[0-9一二三两五十几]+[年到至~-])|着力|重点发展|聚焦|围绕"
            "|打算|即将开|制定|加快(?:推进|建设|打造)|支持|推动|\\b(?:plans?|planned|will"
            "|would|intends?|to build|to invest)\\b",
            re.IGNORECASE,
        ),
    ),
)
_DONE = re.compile(
    "已|完成|实现了|增长了|[设成增开]了|截至|目前|累计|现有|去年|前年|共签约|达成|成为|拥有|入选|位居|获得|建成|聚集"
    "|完工|\\b(?:reached|grew|rose|totaled|totalled|was|were|has|had"
    "|stood)\\b",
    re.IGNORECASE,
)
_INTENDED = re.compile("将|计划|拟|will|plan", re.IGNORECASE)
_AIMED = re.compile("[^，,。；;]{0,14}?目标")
_GIVEN = re.compile("给予|补助|奖励|资助|补贴|支持")
_SET = re.compile("^[^。；;]{0,24}列入[^。；;]{0,12}目标")
_SHALL = re.compile("^[^,.;]{0,40}\\b(?:will|would|is to|are to)\\b")
_LATER = re.compile("^[^。；;]*(?:将于|将在|拟于|即将)")
_BARE = re.compile(
    "(?:^|[，,；;：:])\\s*(?:建设|打造|新建|培育|举办|开展|供应|筹集|争创|实施|谋划)(?:[^，,；;]{0,12})$"
    "|(?:打造|争创|建设|谋划|加快)[^，,；;]{0,4}$|每年(?:安排|发布|遴选|举办)[^，,；;]{0,8}$"
)


def kind_of(here: Context, number: Number) -> Said:
    """Whether a number is a result, or what kind of aim: by its form, its time, and the words behind and before it."""
    if number.form == THRESHOLD or number.qualifier == "of_which" and number.form == LIST:
        return Said(CONTEXT, SURE, "form")
    start = max((edge.end() for edge in re.finditer("[。；;]", here.text[: number.start])), default=0)
    said, behind = here.text[start : number.start], here.text[number.end :]
    return _by_time(here, number) or _by_words_behind(number, said, behind) or _by_words_before(here, number, said)


def _by_time(here: Context, number: Number) -> Said | None:
    """A target, where the time of a number is yet to come."""
    named = [time for time in here.times if time.end <= number.start + 1 and time.period]
    to_come = named and here.printed.year and int(named[-1].period[:4]) > here.printed.year
    return Said(TARGET, SURE, "future") if to_come else None


def _by_words_behind(number: Number, said: str, behind: str) -> Said | None:
    """What the words behind a number tell of it, and its qualifier with them."""
    if _AIMED.match(behind) or _SET.search(behind):
        return Said(TARGET, SURE, "word")
    if number.qualifier == "up_to" and _GIVEN.search(said + behind[:10]):
        return Said(CAP, SURE, "word")
    if _SHALL.search(behind) or said.endswith("投资") and _LATER.search(behind):
        return Said(PLAN, LIKELY, "word")
    if number.form == DURATION and (said.endswith("经过") or behind.startswith("前")):
        return Said(CONTEXT, SURE, "form")
    return None


def _by_words_before(here: Context, number: Number, said: str) -> Said:
    """The kind by the last words before a number that tell, in its clause, then in its sentence; else a result."""
    told = number.form in (GROWTH, SHARE, CHANGE, RANK)
    near = _marks(re.split("[，,]", said)[-1], told)
    if near:
        return Said(_strongest(near), SURE, "word")
    marks = _marks(said, told)
    done = max((match.start() for match in _DONE.finditer(said)), default=-1)
    if done < 0 and _BARE.search(said):
        return Said(TARGET if number.qualifier == "at_least" else PLAN, LIKELY, "word")
    if done < 0 and not told and here.aims and here.aims[-1] in (TARGET, PLAN, FORECAST):
        return Said(here.aims[-1], LIKELY, "before")
    if marks and done < max(marks)[0]:
        return Said(_strongest(marks), LIKELY, "word")
    return Said(RESULT, SURE if done >= 0 or told else LIKELY, "said")


def _marks(said: str, told: bool) -> list[tuple[int, str]]:
    """Where words tell of an aim, and of which kind. What is only promoted may be ``told`` of as it is."""
    marks = [(match.start(), kind) for kind, pattern in _FORWARD for match in pattern.finditer(said)]
    return [mark for mark in marks if not told or mark[1] != PLAN or _INTENDED.match(said[mark[0] :])]


def _strongest(marks: Iterable[tuple[int, str]]) -> str:
    """The kind that words tell together: a cap or a target goes before a plan."""
    kinds = [kind for _, kind in marks]
    return next(kind for kind in (CAP, TARGET, FORECAST, PLAN) if kind in kinds)
