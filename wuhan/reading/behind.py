"""The measure that is named behind its number: 650家人工智能企业, 40%的进出口增长, 5 percent growth in retail sales."""

from __future__ import annotations

import re

from wuhan.reading.context import EDGE, Context
from wuhan.reading.fits import added, chosen, fitting
from wuhan.reading.forms import GROWTH, LEVEL, RANK, THRESHOLD, Number
from wuhan.reading.said import LIKELY, SURE, Named, Said, unnamed

COMPANY = re.compile(
    "(?:(?<!上市)公司|集团|该企业|我们|该项目|该园|该基地|该中心|股份|厂|产业园"
    "|the company|the firm|\\b(?:Inc|Corp|Ltd)\\b)",
    re.IGNORECASE,
)
_GAP = re.compile(
    '[张份枚部]?[“"\\s]*(?:(?:或以上|左右)?的|个|国家级?|省级|各类|(?:(?:in|new|of|the|such|local|its|their|national|state|more|registered'
    '|certified|recognized|various|national-level|state-level|provincial-level|licensed)\\s+)*)[“"\\s]*'
)
_RANKS = "位居|位列|排名|稳居|领跑|领先|居|排|列"
_GOES_ON = re.compile(f"(?!的|中(?=[0-9有，,])|和|及|与|以及|等|建设|为|是|{_RANKS})[一-鿿]")
_ENDED = re.compile(f"\\s*(?:中|和|及|与|以及|等|建设|为|是|{_RANKS}|in|and|,|\\.|as)")
_SIZE = re.compile("基础|规模|总量|体量|目标|水平|才|，")
_TOLD = re.compile("(?:年度|累计|计划)?(?:完成|总)?投资$")
_BRANCHES = re.compile("\\b(?:industry|industries|sectors?|manufacturers|manufacturing)\\b (?!grew|rose)[a-z]")
_OTHER_LIST = re.compile("国家|省(?!市)|provincial|national|state")  # 19个省级重点项目: not those of the city
_OF = re.compile(
    "^\\s*(?:(?:year-on-year|annual|yearly)\\s)?(?:(?:growth|increase|rise|expansion|drop|decline|decrease|fall)"
    "(?: rate)?\\s)?(?:of|in|on|worth of)\\b(?! 20)",
    re.IGNORECASE,
)
_OPENS = re.compile(
    "^\\s*(?:[Ww]ith|[Aa]fter|[Pp]osting|[Rr]ecording) an? (?:year-on-year |annual )?"
    "(?:increase|growth|rise|decrease|decline|drop)(?: rate)? of (?:about |around |over |nearly |more than )*$"
)
_LED = re.compile("(?: year-on-year| over [a-z ]{4,24}| from [a-z ]{4,24})?, (?:the )?(?:city(?:'s|’s) |total )?")
_CONVERTED = re.compile("\\s*\\([^()]{1,40}\\)")  # 16 billion yuan ($2.5 billion) in foreign trade
# 40%的进出口增长, 6 percent real GDP growth.
_TOLD_OF = re.compile("(?:左右|以上)?的|\\s(?:real |annual |overall |year-on-year )*")
_GROWTH, _GROWTH_BEHIND = re.compile("增[长速幅]$|growth$"), re.compile("(?:同比|实际)?(?:增长|增速|增幅)|\\sgrowth\\b")
_BY = re.compile("[^.;0-9]{0,60}?\\b(?:by|in terms of)\\s(?:its |their |total |overall |nominal )?$")


def behind(here: Context, number: Number) -> Named | None:
    """The measure that is named directly behind a number, the name and where it stands."""
    return (
        _opening(here, number)
        or _signed(here, number)
        or _counted(here, number)
        or _split(here, number)
        or _noun(here, number)
        or _grown(here, number)
        or _ranked(here, number)
    )


def _opening(here: Context, number: Number) -> Named | None:
    """The measure of growth that opens a sentence: With an increase of 10 percent, exports reached."""
    if number.form != GROWTH or not _OPENS.search(here.lead(number)):
        return None
    match = next(iter(_later(here, number)), None)
    found = fitting(here, match[0], number) if match else []
    if not match or not found or not _LED.fullmatch(here.text[number.end : match.start()]):
        return unnamed("far", number)
    return chosen(found, LIKELY, "behind"), match[0], number.start


def _signed(here: Context, number: Number) -> Named | None:
    """The projects that English says were signed: signed 218 projects, 218 projects were signed."""
    if number.form != LEVEL or not number.text.endswith(" projects") or COMPANY.search(here.lead(number)):
        return None
    signed = re.search("\\bsign(?:ed|ing) (?:a total of )?$", here.lead(number))
    if signed or re.match(" (?:were|was|have been|had been) signed\\b", here.rest(number)):
        return Said("projects_signed", LIKELY, "behind"), "signed projects", number.start
    return None


def _counted(here: Context, number: Number) -> Named | None:
    """The measure of a count: 650家人工智能企业; unsure where the noun goes on."""
    if number.form != LEVEL or number.text.endswith("万元以上"):  # 500万元以上固定资产投资
        return None
    for match in _later(here, number):
        gap = _gap(here, number, match.start())
        if len(gap) > 30:
            continue
        if not _GAP.fullmatch(gap):
            return None
        term = _thing(here, number, match[0])
        found = added(here, fitting(here, term, number), term, match.start(), number)
        if not found:
            return None
        if number.qualifier == "of_which" and here.names.broad(term):
            return unnamed("narrowed", number)
        if found == ["key_projects"] and _OTHER_LIST.search(gap):
            return unnamed("scope", number)
        rest = here.text[match.start() + len(term) :]
        if any(place.start() == match.end() for place in here.places) or term != match[0]:
            rest = ""
        size = "的" in gap and bool(_SIZE.match(rest))
        goes_on = not size and bool(_GOES_ON.match(rest))
        if re.search("每[天日月周]|日均", here.clause(number)):
            return unnamed("base", number)
        if goes_on and (here.names.broad(term) or re.match("\\w", here.blank[match.end() :])):
            return unnamed("far", number)
        ended = not rest or bool(EDGE.match(rest)) or bool(_ENDED.match(rest))
        clean = ended and not goes_on and not COMPANY.search(here.lead(number))
        clean = clean and here.plain(here.begins(number.start), number.start) and not here.names.broad(term)
        at = match.start() if term == match[0] else number.start  # the rest of the name is of the next number
        return chosen(found, SURE if clean else LIKELY, "behind"), term, at
    return None


def _thing(here: Context, number: Number, name: str) -> str:
    """What is counted, without what is told of it under one name with it: 100个重点项目完成投资 50亿元."""
    told = _TOLD.search(name)
    return name[: told.start()] if told and fitting(here, name[: told.start()], number) else name


def _gap(here: Context, number: Number, end: int) -> str:
    """What stands between a count and a name, without size classes and another count: 5个、力争10个百亿级集群."""
    said = here.text[number.end : end]
    for other in here.between(number.end, end):
        if other.form == THRESHOLD or f"力争{other.text}" in said and other.text[-1:] == number.text[-1:]:
            said = said.replace(other.text, "", 1)
    return re.sub("^(?:以上)?、力争", "", said)


def _split(here: Context, number: Number) -> Named | None:
    """The measure whose name a count splits: 引进5个百亿级项目, 发放20张测试牌照; its subject may stand before."""
    if number.form != LEVEL:
        return None
    behind = re.sub("^[张份枚部]", "", here.text[number.end : number.end + 11])
    before = here.lead(number)
    for place in here.places:
        if place.end() == number.start:  # 覆盖武汉12个行政区
            before = here.text[: place.start()]
    subject = re.sub("^累计|(?:总?里程|规模|总量)$", "", here.last.term) if here.last else ""
    for words in range(4, 1, -1):
        for length in range(len(behind), 1, -1):
            for term in (before[-words:] + behind[:length], subject + before[-words:] + behind[:length]):
                if found := fitting(here, term, number):
                    return chosen(found, LIKELY, "behind"), term, number.start
    return None


def elsewhere(here: Context, number: Number) -> bool:
    """Whether growth is told of what is named behind it and is no measure: GDP grew, with a 7 percent increase in."""
    named = _OF.match(here.rest(number)) if number.form == GROWTH else None
    if not named or not re.search("growth|increase|rise|expansion|drop|decline|decrease|fall", named[0], re.IGNORECASE):
        return False
    return not _plain_to_end(here, number.end + named.end())


def _plain_to_end(here: Context, start: int) -> bool:
    """Whether nothing adds to what is said from a place on, to the end of its clause or the next number."""
    ends = [edge.start() for edge in EDGE.finditer(here.text, start)]
    ends += [other.start for other in here.numbers if other.start >= start]
    return here.plain(start, min(ends, default=len(here.text)))


def _later(here: Context, number: Number) -> list[re.Match[str]]:
    """The names of measures behind a number."""
    return [term for term in here.terms if term.start() >= number.end]


def _named(here: Context, number: Number, match: re.Match[str]) -> Named | None:
    """The measure of a name behind a number, if it can be of it."""
    found = fitting(here, match[0], number)
    return (chosen(found, LIKELY, "behind"), match[0], match.start()) if found else None


def _noun(here: Context, number: Number) -> Named | None:
    """The measure that English names behind a number with of or in: a 5 percent increase in retail sales."""
    match = next(iter(_later(here, number)), None)
    aside = _CONVERTED.match(here.rest(number))
    end = number.end + (aside.end() if aside else 0)
    gap = here.text[end : match.start()] if match else ""
    if not match or number.form not in (LEVEL, GROWTH) or not _OF.search(gap) or not here.plain(end, match.start()):
        return None
    if number.unit in ("count", "persons") or re.search("[,;:]", gap):
        return None
    if _BRANCHES.search(here.clause(number)):
        return unnamed("narrowed", number)
    named = _named(here, number, match)
    if named and number.form == GROWTH and not _plain_to_end(here, match.end()):
        return unnamed("far", number)  # growth in trade cargo
    return named


def _grown(here: Context, number: Number) -> Named | None:
    """The measure whose growth is told of it: 40%的进出口增长, 6%的经济增长目标, 6 percent GDP growth."""
    if number.form != GROWTH:
        return None
    for match in _later(here, number):
        growth = _GROWTH.search(match[0]) or _GROWTH_BEHIND.match(here.text, match.end())
        if growth and _TOLD_OF.fullmatch(here.text, number.end, match.start()):
            return _named(here, number, match)
    return None


def _ranked(here: Context, number: Number) -> Named | None:
    """The measure by which English ranks: ranked ninth in China by GDP."""
    if number.form != RANK:
        return None
    for match in _later(here, number):
        if _BY.fullmatch(here.text[number.end : match.start()]):
            return _named(here, number, match)
    return None
