"""Short names of measures as journalists write them: 财收, 规上, 存款, 城镇 behind the income of all."""

from __future__ import annotations

import re

from wuhan.reading.context import EDGE, Context
from wuhan.reading.fits import fitting, one
from wuhan.reading.forms import GROWTH, LEVEL, Number
from wuhan.reading.said import LIKELY, Named, Said

# Short names that stand directly before their number, with the full ones.
_FULL = {
    "规上": "规模以上工业增加值",
    "财收": "一般公共预算收入",
    "常住": "常住人口",
    "存款": "各项存款余额",
    "贷款": "各项贷款余额",
}
_SHORT = re.compile(f"(?:全市|年末|全年)?({'|'.join(_FULL)})(?:约|达|为|增长)?\\s?[+＋−－-]?$")
_BRANCH = re.compile("(?:^|[，,、（(])([\u4e00-\u9fff]{2,5})[+＋−－-]?$")
# What larger firms added, told behind their output: 规上工业总产值 5000亿元，增加值 1200亿元.
_ADDED = re.compile(
    "规(?:模以)?上工业(?:企业)?总?产值[^。；;]*[，,、](?:完成|实现)?增加值"
    "(?:[从由][0-9.,]+亿元(?:增加|增长|提高|提升)?[到至]|[从由为]|达到?|完成|实现)?\\s?$"
)
_HEADED = re.compile("(?:GDP|生产总值)[^。；;]*[，,；;、]\\s?人均(?:约|达|为)?\\s?$")
_DWELLERS = re.compile("居民人均可支配收入.*(?:其中[：:，,]?|[、，,；;])(城镇|农村)(?:居民)?(?:为|达|约)?\\s?$")


def abbreviated(here: Context, number: Number) -> Named | None:
    """The measure of a number whose name is cut short directly before it: 财收+5%, 存款500亿元."""
    before = here.lead(number)
    if number.form not in (LEVEL, GROWTH) or number.form == LEVEL and re.search("[+＋−－-]$", before):
        return None
    short = _SHORT.search(before)
    if short and not _apart(here, short.start()):
        return None
    term = _FULL[short[1]] if short else _of_whom(before, number) or _of_branch(here, before, number)
    found = one(fitting(here, term, number)) if term else ""
    if not found or number.unit == "count" and not (short and short[1] == "常住"):
        return None
    return Said(found, LIKELY, "narrowed"), term, number.start


def _apart(here: Context, at: int) -> bool:
    """Whether a name begins behind an edge, a place or a time: 个人存款 is not all of them."""
    ends = {0, *(place.end() for place in here.places), *(time.end for time in here.times)}
    return at in ends or bool(EDGE.fullmatch(here.text[at - 1])) or here.text[at - 1] in " 、）)"


def _of_whom(before: str, number: Number) -> str:
    """Income in towns or in the country behind that of all, and GDP per head behind GDP."""
    if dwellers := _DWELLERS.search(before):
        return f"{dwellers[1]}居民人均可支配收入"
    if number.form == LEVEL and _ADDED.search(before):
        return "规模以上工业增加值"
    return "人均GDP" if number.form == LEVEL and _HEADED.search(before) else ""


def _of_branch(here: Context, before: str, number: Number) -> str:
    """A branch whose growth is told with a sign behind that of all industry: 规上+6%（汽车+9%、装备+7%）."""
    branch = _BRANCH.search(before) if number.form == GROWTH else None
    last = here.last
    codes = {"industrial_va_growth", *here.names.branches}
    if not branch or not last or last.measure.code not in codes or re.search("[。；;]", here.gap(number)):
        return ""
    for tail in ("制造业增加值", "产业增加值", "增加值"):
        if here.names.branches & set(here.names.means(branch[1] + tail)):
            return branch[1] + tail
    return ""
