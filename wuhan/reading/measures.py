"""Which measure a number is of: sure where its name and the number stand in one plain statement.

Before the name only places, times and words that add nothing, between the name and the number nothing else either. A
word that may narrow the measure (of private firms, of one branch) leaves it at a likely reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from wuhan.reading import bands
from wuhan.reading.behind import COMPANY, behind, elsewhere
from wuhan.reading.context import EDGE, STOP, Context
from wuhan.reading.fits import (
    WHOLE,
    added,
    chosen,
    contributed,
    fitting,
    of_all_industry,
    of_industry_profit,
    of_others,
    of_projects,
    of_whole,
    one,
    pulls_other,
    told_under_another,
    year_before,
)
from wuhan.reading.forms import DURATION, GROWTH, LEVEL, LIST, MULTIPLE, RANK, SHARE, THRESHOLD, Number
from wuhan.reading.money import foreign
from wuhan.reading.narrowing import NARROW_RANK, adjacent, bounded, firm, narrowed, of_branch, part
from wuhan.reading.said import LIKELY, SURE, UNSURE, Named, Said, unnamed
from wuhan.reading.shorthand import abbreviated

_CITY = re.compile("全市|我市|本市|\\b[Tt]he city\\b|\\b[Ii]ts\\b")
_MORE = re.compile("[比较](?:上|去|前|年|同|[0-9])[^，,。；;]{0,8}?(?:多|少|增|减|扩|缩)[^至到，,。；;]{0,4}$")
_RISE = re.compile(
    "(?:增加|增长|增量|净增|减少|下降|回落|差距|相差|高出|超出|领先|落后|缩小|扩大)(?:了|约|近|超|超过"
    "|额)*$|\\bby\\s*(?:about|nearly|over)?\\s*$",
    re.IGNORECASE,
)
BASE = re.compile(
    "(?:比|较|与)(?:(?:19|20)[0-9]{2}年|[一二三四]季度|年初|上月|上季|前值)|年均|平均|环比|累计增长|以来|名义|翻|复合"
    "|\\b(?:average|annually|per year|compound|nominal|quarter-on-quarter|month-on-month|since)\\b",
    re.IGNORECASE,
)
_FRAME = re.compile(
    "[从按以]?(?:[^，,。；;]{0,8}(?:[两二三四五]年(?:平均|复合)|年均)[^，,。；;]{0,6}(?:看|计算?|口径))[，,：:]"
)
_BASE_BEHIND = re.compile(
    "\\s*(?:[io]n average|annually|a year\\b|per year|compared with 20|from 20"
    "|(?:over|in|during|for) the (?:past|last|previous) [a-z0-9]+ (?:years|decades)"
    "|since|quarter-on-quarter"
    "|month-on-month|in nominal)",
    re.IGNORECASE,
)
# What a number is held against, or what it moves, is not what it is of.
_COMPARED_WITH = re.compile(
    "(?:占|高于|低于|快于|慢于|好于|优于|高出|领先|跑赢|拉动|带动|(?<!同)比|对|与|惠及|服务|覆盖|助力|面向|"
    "\\b(?:than|outpac\\w+|above|below|accounting for|accounted for|percent of|per cent of)\\b|% of\\b)"
    "(?:同期|全国|全省|全市|全区|规上|规模以上|\\s|the|its|total|[a-z]+['’]s)*(?:平均|整体)?(?:的)?$",
    re.IGNORECASE,
)
_CONVERTED = re.compile("\\s*[（(，,]\\s*(?:or\\s+)?(?:about|around|nearly|约合?|折合)?\\s*", re.IGNORECASE)
_SHORT = re.compile(
    "[，,、](?:去年|今年|目前|20[0-9]{2}年)?(?:集聚|聚集|汇聚|拥有|现有|共有)?(?:相关|整体)?((?:核心)?产业(?:规模|总?产值|营业收入|营收)|(?<=相关)企业)(?:规模|总额)?(?:已|为|达到|达|超过|突破|约|近|超)*$"
)
_COST = re.compile("[，,、]?(?:计划|估算)?总投资(?:额|规模)?(?:为|达到|达|约|近|超过|超|共|共计)*")
_BARE_GROWTH = re.compile(
    "\\b(?:its|a|an|the|of|for|achieve|economic|annual|real|overall|city's|city’s) growth(?: (?:rate|target|goal))? "
    "(?:of|at|to|was|is|reached)(?: [a-z]+){0,3} ?$",
    re.IGNORECASE,
)
# A count in an English list has its own noun: 42 unicorns, 592 listed companies.
_LISTED = re.compile("(?:,|\\band)\\s*$")
_OWN_NOUN = re.compile("\\s+(?!(?:in|by|at|from|last|this|up|and|as|for|on|during|yuan|year)\\b)[a-z]")
_GREW = re.compile("[，,、（(/]?[+＋-]?|[，,、（(]?(?:同比|比上年|较上年)?(?:增长|增|下降|降)(?:了|约|近|超|超过)?")
_MEAN = re.compile("日均|月均|年均|平均|\\b(?:average|daily|monthly|a (?:day|month))\\b", re.IGNORECASE)
_AHEAD = re.compile(
    "(?:超过|超出|超|高出|多出|高于|低于|领先|落后|赶超|比|较|\\b(?:than|above|below|ahead of|behind))\\s*$"
)
# What comes to be in several years is no measure of one.
_YEARS = re.compile(
    "(?:19|20)[0-9]{2}年?(?:到|至|-|—|–|~)(?:19|20)[0-9]{2}年|(?<![0-9])[0-9一二两三四五六七八九十]{1,2}年(?:来|间|里)?(?:共|累计|已)*"
    "(?:新增|净增|引进)|十[二三四五]五[”」]?(?:时期|期间)"
)
# Words that are not known between a name and its number may be a few, if none is the end of the name of a thing.
_LOOSE, _FEW = "loose", 4
_THING = re.compile(
    "[业品企额量值价费税收人户家园区县市镇厂厅局部金债房车船矿油煤电款率比数项地港链群所校院馆店站路网线机器件料材]|收入|支出|投资|消费|贸易|进出口|出口|进口|存贷"
)
_VERBAL, _JOINS = re.compile("[a-z]+(?:ed|ing|ly|s)"), "\\b(?:to|of|in|for|from|with|by|on|and|or|under|among)"
_COUNTED = re.compile(
    "\\s(?:new |local |foreign )?(?!units\\b|times\\b|items\\b|pieces\\b|residents\\b|persons\\b|years\\b)[a-z]{3,}s\\b"
)
_UNKNOWN_UNIT = re.compile("[A-Z]{1,3}(?![A-Za-z])")  # 5400TB
_RMB = re.compile("(?:人民币(?:各项)?|\\b(?:RMB|yuan|renminbi)[- ](?:denominated )?)$")
_INVESTED = re.compile("投资[^，,。；;]{0,12}[0-9.]+[%倍][，,、]$")  # 甲业投资增长 3%，乙业增长 5%
_SUMMED = re.compile("(?:[两三四五]年|时期|期间)(?:累计|合计|共计|共)")
_WITH_SOME = re.compile(
    "\\s(?:to|with|from)\\s(?:the\\s)?(?![A-Z][a-z]+ (?:to|through) )[A-Z](?!Y)"
)  # 2 billion yuan to India
_PEOPLE = frozenset({"pop_resident", "pop_registered"})


def measure_of(here: Context, number: Number) -> Named:
    """The measure of a number, the name in the text and where it stands."""
    if number.form == LIST and not re.search("大$|^双", number.text):  # 六个实验室, eight laboratories
        said, term, at = behind(here, replace(number, form=LEVEL)) or (Said(), "", 0)
        if said.code:
            here.consumed.add(at)
            return replace(said, sure=LIKELY), term, at
    if number.form in (LIST, DURATION, MULTIPLE) or number.quantity is None:
        return unnamed("form", number)
    last = here.last
    if last and last.measure.code and _CONVERTED.fullmatch(here.gap(number)):
        units = {last.number.unit, number.unit}
        if len(units) == 2 and units & {"usd", "100m_usd", "usd_bn"}:
            in_dollars = "usd" in here.names.indicators[last.measure.code].unit
            if in_dollars != ("usd" in number.unit):
                return unnamed("form", number)  # 90 billion yuan ($13 billion)
            return replace(last.measure, sure=LIKELY, why="row"), last.term, number.start
    before, after = here.lead(number), here.rest(number)
    if number.unit == "count" and (_UNKNOWN_UNIT.match(after) or foreign(before, after)):
        return unnamed("no_form", number)
    if number.form == GROWTH and of_all_industry(here, number) or pulls_other(here, number):
        return unnamed("scope", number)  # 拉动工业投资增长: of the investment in it
    if short := _worth(here, number) or abbreviated(here, number):
        return short
    if named := behind(here, number):
        here.consumed.add(named[2])
        return named
    if of_industry_profit(here, number):
        code = "above_scale_industrial_profit_growth"
        return Said(code, LIKELY, "narrowed"), "规模以上工业企业利润总额", number.start
    if elsewhere(here, number) or here.aside(number):
        return unnamed("far", number)
    found = _ahead(here, number)
    if found[0].code and bands.CITIES.match(number.text + after) and found[0].code != "gdp_nominal":
        return unnamed("form", number)  # 增速居万亿城市第一
    return bands.band(here, number) or found if found[0].why in ("far", "no_name") else found


def _worth(here: Context, number: Number) -> Named | None:
    """What the projects that were counted before cost together, where there is a measure of it."""
    last = here.last
    if not last or not last.measure.code or not _COST.fullmatch(here.gap(number)):
        return None
    codes = [f"{last.measure.code}{tail}" for tail in ("_total_investment", "_investment")]
    found = [code for code in codes if code in here.names.indicators][:1]
    return (chosen(found, LIKELY, "before"), last.term, number.start) if found else None


def _ahead(here: Context, number: Number) -> Named:
    """The measure that is named before a number, in its sentence or before."""
    ahead = [
        match
        for match in here.terms
        if match.end() <= number.start and not _COMPARED_WITH.search(here.text[: match.start()])
    ]
    if number.form == LEVEL:
        total = re.search("总数|总量|\\btotal\\b", here.clause(number))
        ahead = [match for match in ahead if total or match.start() not in here.consumed]
    ahead = [match for match in ahead if not here.names.broad(match[0]) or fitting(here, match[0], number)]
    listed = number.form == LEVEL and number.unit in ("count", "persons") and _LISTED.search(here.lead(number))
    if listed and _OWN_NOUN.match(here.rest(number)):
        return unnamed("no_name", number)
    if not ahead or re.search("[。；;!?！？]", here.text[ahead[-1].end() : number.start]):
        return _carried(here, number)
    if said := _referred(here, number) or _attached(here, number):
        return said
    match = ahead[-1]
    term = _widened(here, match[0], here.text[match.end() : number.start])
    clean = _between(here, number, match, term) or _loosely(here, number, match, term)
    again = len(ahead) > 1 and here.names.means(ahead[-2][0]) == here.names.means(term)
    if again and re.fullmatch(",? or |\\s?[（(]", here.text[ahead[-2].end() : match.start()]):
        term, match = ahead[-2][0], ahead[-2]  # gross domestic product or GDP
    found, named, at = _judged(here, number, term, match.start(), bool(clean))
    return (replace(found, sure=LIKELY, why=_LOOSE) if clean == _LOOSE and found.sure == SURE else found), named, at


def _carried(here: Context, number: Number) -> Named:
    """The measure of the sentence before, or that of the headline, where nothing but places and times are named."""
    of = number.form == LEVEL and re.match(" (?:of|in|worth of|for)\\b", here.rest(number))
    alone = not of and number.form != THRESHOLD and not any(term.start() < number.start for term in here.terms)
    if alone and number.unit != "count" and here.plain(0, number.start) and not _other(here, number, "", 0):
        for topic in filter(None, (here.before.topic, here.before.head)):
            if found := one(fitting(here, topic, number)):
                return Said(found, LIKELY, "before"), topic, number.start
    bare = _BARE_GROWTH.search(here.lead(number)) and not here.done
    if alone and number.form == GROWTH and bare:
        return Said("gdp_real_growth", LIKELY, "broad"), "economic growth", number.start
    return unnamed("no_name", number)


def _attached(here: Context, number: Number) -> Named | None:
    """The growth of what was told directly before under a name that does not stand in the sentence as such."""
    last = here.last
    if not last or last.measure.why != "narrowed" or last.term in here.text or number.form != GROWTH:
        return None
    found = one(fitting(here, last.term, number))
    near = _GREW.fullmatch(here.gap(number))
    return (Said(found, LIKELY, "narrowed"), last.term, number.start) if found and near else None


def _referred(here: Context, number: Number) -> Named | None:
    """The measure of 产业规模 where the sentence names the industry before: 人工智能产业…，产业规模."""
    short = _SHORT.search(here.lead(number))
    for named in re.finditer("产业|企业", here.text[: short.start()]) if short else ():
        for at in range(max(0, named.start() - 8), named.start() - 1):
            term = here.text[at : named.start()] + short[1] if short else ""
            if found := one(fitting(here, term, number)):
                return Said(found, LIKELY, "narrowed"), term, named.start()
    return None


def _widened(here: Context, term: str, between: str) -> str:
    """Without 新增 where a number is the total: 中小企业新增11万家,总量90万家."""
    if re.search("总数|总量|总额|累计|total|[、，,](?:达到?|增至|升至)", between):
        wide = re.sub("新增|净增|新登记|新注册|新设立?", "", term)
        return wide if here.names.means(wide) else term
    return term


def _between(here: Context, number: Number, match: re.Match[str], term: str) -> bool:
    """Whether only words that add nothing stand between a name and its number; of a share also its whole."""
    start, end = match.end(), number.start
    said = here.text[start:end]
    if "增加值" in said and re.search("产值|收入|营收|利润|投资|总额", term):
        return False  # 总产值 5000亿元，增加值 1200亿元
    if "其中" in said or "of which" in said or re.match("\\s*(?:、|和|及|与|以及)", said):
        return False
    if number.form == SHARE and (whole := WHOLE.search(said)):
        fit = of_whole(here, here.names.means(term), said)
        return bool(fit) and here.plain(start, start + whole.start()) and here.plain(start + whole.end(), end)
    return here.plain(start, end)


def _loosely(here: Context, number: Number, match: re.Match[str], term: str) -> str:
    """Whether only words that name no other thing stand between a name and its number, though they are not known."""
    said, rest = here.text[match.end() : number.start], here.blank[match.end() : number.start]
    if (
        number.form not in (LEVEL, GROWTH)
        or re.search("[。；;、（(]|其中|of which|增加值", said)
        or _THING.search(rest)
        or here.between(match.end(), number.start)
    ):
        return ""
    words, signs = re.findall("[A-Za-z]+", rest), re.findall("[\u4e00-\u9fff]", rest)
    verbs = all(_VERBAL.fullmatch(word) and not re.search(f"{_JOINS} (?:the |its )?{word}", said) for word in words)
    few = len(words) + len(signs) / 2 <= _FEW
    return _LOOSE if verbs and few and not here.names.broad(term) else ""


def _judged(here: Context, number: Number, term: str, at: int, clean: bool) -> Named:
    if not clean:
        return unnamed("far", number)
    fit = contributed(here, fitting(here, term, number), here.text[at + len(term) : number.start])
    found = added(here, fit, term, at, number)
    if not found:
        return Said(why="no_form"), term, at
    if number.form in (LEVEL, GROWTH) and _together(here, number, term, at):
        return Said(why="several"), term, at
    reason = _other(here, number, term, at)
    if reason and not (reason == "rise" and found != fit):
        return Said(why=reason), term, at
    edges = [edge.end() for edge in EDGE.finditer(here.text, 0, at)]
    edges += [other.end for other in here.numbers if other.end <= at]
    edges += [other.end() for other in here.terms if other.end() <= at and here.text[other.end() : at].strip() == "、"]
    start = max(edges, default=0)
    before = here.text[:at]
    apart = not re.search("增加值|value|added", term) and bool(here.names.branches & set(found))
    narrow = not here.plain(start, at) or narrowed(here, start) or part(here, at)
    if (
        _of_some(here, number, found, term, at)
        or of_others(here, found, start, at)
        or bounded(here, number, term, at)
        or not re.match("[三四五六七八九十]大", term)
        and adjacent(here, start, at)  # but 光电子、汽车等五大产业
        or firm(here, at)
        or apart
        and (told_under_another(here) or _INVESTED.search(before))
    ):
        return Said(why="narrowed"), term, at
    if here.names.broad(term):
        narrow = (
            narrow
            or of_projects(here, found, at)
            or number.form == LEVEL
            and not any(match.end() <= at for match in here.places)
            and not _CITY.search(before)
            or any(code.endswith("_output_growth") for code in found)
            and bool(re.search("[+＋−－-]$", here.lead(number)))
        )
        return (Said(why="narrowed") if narrow else Said(one(found), LIKELY, "broad")), term, at
    those = number.unit == "count" and (before.endswith("的") or of_branch(here, at))  # 有进出口实绩的企业
    if narrow and (those or _PEOPLE & set(found)):  # those of a town, of an age, of a branch
        return Said(why="narrowed"), term, at
    if narrow or apart or COMPANY.search(before):
        return Said(one(found), LIKELY if one(found) else UNSURE, "narrowed"), term, at
    return chosen(found, SURE, "named"), term, at


def _of_some(here: Context, number: Number, found: Sequence[str], term: str, at: int) -> bool:
    """Whether a number counts another noun, or is of trade with some countries, or of money in one currency."""
    counted = re.search("(?:projects?|firms|companies|enterprises)$", number.text)
    if not counted and number.unit == "count" and number.text.isascii():
        counted = _COUNTED.match(here.text, number.end)
    if counted and counted[0].strip()[:4] not in term.lower():  # Fortune 500 companies have 31 projects there
        return True
    abroad = ("trade", "exports", "imports") if _WITH_SOME.match(here.rest(number)) else ()
    yuan = ("deposits", "loans") if _RMB.search(here.text[:at]) else ()  # the measures are of all currencies
    return any(code.startswith((*abroad, *yuan)) for code in found)


def _together(here: Context, number: Number, term: str, at: int) -> bool:
    """Whether a number is told of several measures at once: 投资、消费均增长5%, exports and imports rose 5 percent."""
    ahead = [other.end() for other in here.terms if other.end() <= at]
    joined = bool(ahead) and re.fullmatch("、|和|与|及|以及", here.text[ahead[-1] : at]) is not None
    if ahead and re.fullmatch(" and (?:the )?", here.text[ahead[-1] : at]):
        return True
    return (
        number.form == GROWTH
        and joined
        and re.search("[均都]|双双|增[幅速]", here.text[at + len(term) : number.start]) is not None
    )


def _gap(here: Context, number: Number) -> bool:
    """Whether a number is by how much one place is ahead of another: 超过长沙 5000亿元."""
    last = [match for match in here.places if match.end() <= number.start][-1:]
    return any(
        here.plain(match.end(), number.start) and _AHEAD.search(here.text[: match.start()]) is not None
        for match in last
    )


def framed(here: Context, end: int) -> bool:
    """Whether a sentence says at its beginning that it tells growth on another base: 从两年平均增速看，…"""
    return bool(_FRAME.match(here.text, here.begins(end, STOP), end))


def _other(here: Context, number: Number, term: str, at: int) -> str:
    """Why a number is not the measure that is named: a rise of a level, growth on another base, a narrower rank."""
    said = here.text[at + len(term) : number.start]
    clause = here.clause(number)
    if number.form == LEVEL and (_RISE.search(said) or _MORE.search(said) or _gap(here, number)):
        return "rise"
    if number.form in (LEVEL, SHARE) and _MEAN.search(clause) and not _MEAN.search(term):
        return "base"
    told = here.before.said.rpartition("。")[2] + here.lead(number)
    summed = re.search("新增|净增|留汉|引进", clause) and _YEARS.search(told)
    if number.form == LEVEL and (summed or _SUMMED.search(clause)):
        return "base"
    if number.form == GROWTH and (
        BASE.search(clause)
        or _BASE_BEHIND.match(here.rest(number))
        and not year_before(here, number)
        or framed(here, number.start)
    ):
        return "base"
    if number.form == RANK and NARROW_RANK.search(number.text):
        return "scope"
    return ""
