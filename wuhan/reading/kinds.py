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
_SET = re.compile("^[^。；;]{0,24}列入[^。；;]{0,12}目标")
_SHALL = re.compile("^[^,.;]{0,40}\\b(?:will|would|is to|are to)\\b")
_LATER = re.compile("^[^。；;]*(?:将于|将在|拟于|即将)")
_BARE = re.compile(
    "(?:^|[，,；;：:])\\s*(?:建设|打造|新建|培育|举办|开展|供应|筹集|争创|实施|谋划)(?:[^，,；;]{0,12})$"
    "|(?:打造|争创|建设|谋划|加快)[^，,；;]{0,4}$|每年(?:安排|发布|遴选|举办)[^，,；;]{0,8}$"
)


def kind_of(here: Context, number: Number) -> Said:
    """Whether a number is a result, or what kind of aim; by the last word before it that tells."""
    if number.form == THRESHOLD or number.qualifier == "of_which" and number.form == LIST:
        return Said(CONTEXT, SURE, "form")
    start = max((edge.end() for edge in re.finditer("[。；;]", here.text[: number.start])), default=0)
    said = here.text[start : number.start]
    clause = re.split("[，,]", said)[-1]
    marks = [(match.start(), kind) for kind, pattern in _FORWARD for match in pattern.finditer(said)]
    done = [match.start() for match in _DONE.finditer(said)]
    near = [(match.start(), kind) for kind, pattern in _FORWARD for match in pattern.finditer(clause)]
    ahead = re.match("[^，,。；;]{0,14}", here.text[number.end :])
    if re.search("的?(?:目标|奋斗目标|高目标)", ahead[0] if ahead else ""):
        return Said(TARGET, SURE, "word")
    later = [time for time in here.times if time.end <= number.start + 1 and time.period and here.printed.year]
    if later and int(later[-1].period[:4]) > here.printed.year:
        return Said(TARGET, SURE, "future")
    if number.qualifier == "up_to" and re.search(
        "给予|补助|奖励|资助|补贴|支持", said + here.text[number.end : number.end + 10]
    ):
        return Said(CAP, SURE, "word")
    if number.form in (GROWTH, SHARE, CHANGE, RANK):  # what is promoted may be told of as it is
        marks = [mark for mark in marks if mark[1] != PLAN or _INTENDED.match(said[mark[0] :])]
        near = [mark for mark in near if mark[1] != PLAN or _INTENDED.match(clause[mark[0] :])]
    if near:
        return Said(_strongest(near), SURE, "word")
    if _SET.search(here.text[number.end :]):
        return Said(TARGET, SURE, "word")
    if clause.endswith("投资") and _LATER.search(here.text[number.end :]):
        return Said(PLAN, LIKELY, "word")
    if _SHALL.search(here.text[number.end :]):
        return Said(PLAN, LIKELY, "word")
    if number.form == DURATION and (clause.endswith("经过") or here.text[number.end :].startswith("前")):
        return Said(CONTEXT, SURE, "form")
    if _BARE.search(said) and not done:
        return Said(TARGET if number.qualifier == "at_least" else PLAN, LIKELY, "word")
    if (
        not done
        and not near
        and here.aims
        and here.aims[-1] in (TARGET, PLAN, FORECAST)
        and number.form not in (GROWTH, SHARE, CHANGE, RANK)
    ):
        return Said(here.aims[-1], LIKELY, "before")
    if marks and (not done or max(done) < max(marks)[0]):
        return Said(_strongest(marks), LIKELY, "word")
    return Said(RESULT, SURE if done or number.form in (GROWTH, SHARE, CHANGE, RANK) else LIKELY, "said")


def _strongest(marks: Iterable[tuple[int, str]]) -> str:
    """The kind that words tell together: a cap or a target goes before a plan."""
    kinds = [kind for _, kind in marks]
    return next(kind for kind in (CAP, TARGET, FORECAST, PLAN) if kind in kinds)
