"""Which indicators a number can be of under a name: by its form, its unit, and whether it counts what is new."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wuhan.evidence.units import UNITS
from wuhan.reading.context import Context
from wuhan.reading.forms import CHANGE, GROWTH, LEVEL, RANK, SHARE, THRESHOLD, Number
from wuhan.reading.money import told_bare
from wuhan.reading.said import Said

# Which measures a number of each form can be of.
_LEVELS = ("flow", "stock", "cumulative", "capacity")
MEASURED = {
    LEVEL: _LEVELS,
    GROWTH: ("rate",),
    SHARE: ("share",),
    CHANGE: ("rate",),
    RANK: ("index",),
    THRESHOLD: _LEVELS,
}
_PER_UNITS = ("per_10k_people", "per_firm", "orders_per_day", "km_per_day")  # rates that are told as levels
WHOLE = re.compile("占(?:全市|全省)?([^，,。；;占比]{2,16}?)(?:的?(?:比重|比例|比)|的?$)")
_NEW = re.compile(
    "新增|净增|新认定|新获批|新登记|新设|新培育|引进|引入|招引|引育|新建|新开通|新评|新入库|(?<!累计)(?<!已)(?<!经)认定(?!的)"
    "|\\b(?:newly|new|added|additional|net increase|increase of)\\b",
    re.IGNORECASE,
)

_SENTENCE = re.compile("[。；;]|\\.\\s")
_CLAUSE, _CLAUSE_EN = re.compile("[，,。；;：:]"), re.compile("[，。；;：:]|,(?! as well as\\b| and\\b)")
_PULLS_OTHER = re.compile("拉动[^，,。；;]{0,10}(?:投资|消费|零售|出口|进口|用电)[^，,。；;]{0,8}$")
_PULLS = re.compile("[，,](?:共同|直接)?拉动[^，,。；;]{0,10}(?:投资|消费|零售|出口|进口|用电)")
_MORE = re.compile(
    "[比较](?:上|去|前|一季|同期)[^，,。；;]{0,8}(?:提升|提高|扩大|上升|加快|回升|回落|下降|收窄|放缓)了?$"
)

_OWNERS = re.compile(
    "\\b(?:state-owned|private|foreign[- ](?:funded|invested))\\s(?:enterprises|companies|firms|businesses)\\b",
    re.IGNORECASE,
)
# Trade with some countries, of which the next sentence goes on to tell.
_PARTNER = re.compile(
    "\\b(?:[Tt]rade|[Ii]mports?|[Ee]xports?)\\b[^.;]{0,30} (?:with|to|from|between) [^.;]{0,30}?[A-Z]"
)
_WHOLE_CITY = re.compile(
    "\\b(?:[Tt]he city(?:'s|’s)|[Ii]ts|overall|[Aa]ll|[A-Z][a-z]+(?:'s|’s)) (?:total |overall |foreign )*$"
)
_SUBJECT = re.compile(
    "\\b(?:industry|industries|sectors?|firms|companies|enterprises|stores|supermarkets|zones?|districts?|county)"
    "(?! above\\b)(?:['’]s?)? [a-z]"
)
# Value added of all industry, and that of firms by their size beside which it may be told.
_INDUSTRY = re.compile(
    "(?<![上下模新])(?<!企业)(?:全部)?工业(?:实现|完成)?增加值"
    "|\\b(?:all |total )?industrial (?:value added|added value)(?! (?:of|above|from))",
    re.IGNORECASE,
)
_BESIDE = re.compile("规上|规下|规模以[上下]|规模工业|(?:above|below) (?:the |a )?(?:designated|scale)", re.IGNORECASE)
# 规上工业企业营收5亿元，增长1%；利润总额2亿元，增长3%: whose profit it is stands far before.
_PROFIT = re.compile(
    "(?:^|[，,；;、])(?:实现|共实现|完成)?利润(?:总额)?(?:为|达到?|约)?(?:[0-9.,]+[千百]?[万亿]元[，,])?(?:同比|比上年|较上年)?(?:实现)?"
    "(?:增长|下降|增|降)(?:了|约)?$"
)
_SIZED_FIRMS = re.compile("规(?:模以)?上(?:工业(?:企业)?(?!中)|[^，,。；;]{2,8}业)|限[额以]")
_PARTS = re.compile(
    "其中|制造业|行业|国有|股份|外商|港澳台|私营|民营|集团|大型|中型|小型|[采建]|服务业|分[^，,别]{1,6}看"
)


def of_industry_profit(here: Context, number: Number) -> bool:
    """Whether growth is that of the profits of larger industrial firms, whom an earlier clause names."""
    said = (here.before.said + here.lead(number)).rpartition("。")[2]
    profit = _PROFIT.search(said) if number.form == GROWTH else None
    named = list(_SIZED_FIRMS.finditer(said, 0, profit.start())) if profit else []
    if not profit or not named or "工业" not in named[-1][0]:
        return False
    return not _PARTS.search(said, named[-1].end(), profit.start())


def of_all_industry(here: Context, number: Number) -> bool:
    """Whether growth is that of all industry, not of its larger firms: told with a level, or beside theirs."""
    start = here.begins(number.start, _SENTENCE)
    said = here.text[start : number.start]
    named = list(_INDUSTRY.finditer(said))
    if not named or re.search("\\w", here.blank[start + named[-1].end() : number.start]):
        return False
    if re.search("全部工业|规模?以?下|\\b(?:all|total) industr", said[: named[-1].end()]):
        return True
    level = any(
        one.number.form == LEVEL and start + named[-1].end() <= one.number.start < number.start for one in here.done
    )
    return level or bool(_BESIDE.search(here.rest(number)) or _BESIDE.search(said[: named[-1].start()]))


def of_others(here: Context, found: Sequence[str], start: int, at: int) -> bool:
    """Whether a branch or a group of firms is the subject of trade or sales: the wholesale industry had sales of."""
    flows = ("retail", "trade", "exports", "imports", "fiscal")
    if not any(code.startswith(flows) for code in found):
        return False
    owned = list(_OWNERS.finditer(here.text, 0, at))
    last = re.split("(?<=[a-z])\\. ", here.before.said.strip())[-1]
    apart = bool(owned) or here.before.narrow and bool(_PARTNER.search(last))
    whole = _WHOLE_CITY.search(here.text, owned[-1].end() if owned else 0, at)
    return bool(_SUBJECT.search(here.text, start, at)) or apart and not whole


def told_under_another(here: Context) -> bool:
    """Whether what is told by branches is another measure than output: 固定资产投资增长5%。分产业看，…"""
    return bool(here.under) and not here.under & {"gdp_real_growth", "industrial_va_growth", *here.names.branches}


def of_projects(here: Context, found: Sequence[str], at: int) -> bool:
    """Whether investment is that of projects that were counted before: 工业项目28个，完成投资增长8%."""
    return any(code.startswith("fixed_asset") for code in found) and "项目" in here.text[:at]


def fitting(here: Context, term: str, number: Number) -> list[str]:
    """The indicators of a name that a number of this form and unit can be of."""
    found = []
    for code in here.names.means(term):
        indicator = here.names.indicators[code]
        if number.form == THRESHOLD and code != "gdp_nominal":  # 万亿城市; of others it bounds what is counted
            continue
        if number.form == CHANGE and indicator.unit != "percentage_points":
            continue
        per = number.form == LEVEL and number.unit == indicator.unit and number.unit in _PER_UNITS
        if per or indicator.measure in MEASURED.get(number.form, ()) and _joins(number.unit, indicator.unit, number):
            found.append(code)
    return found


def of_whole(here: Context, codes: Sequence[str], said: str) -> list[str]:
    """Of the indicators of a share those of the whole that is said, 占GDP比重; all where none is."""
    whole = WHOLE.search(said)
    if not whole:
        return list(codes)
    names = {code: _short(here.names.indicators[code].name_zh.replace("投入强度", "占GDP比重")) for code in codes}
    return [code for code, name in names.items() if _short(whole[1]) in name]


def _short(name: str) -> str:
    """Names of wholes in one form."""
    return re.sub("增加值|的|全部", "", re.sub("(?:地区)?生产总值", "GDP", name.replace("规模以上", "规上"))).strip()


def one(found: Sequence[str]) -> str:
    """The one indicator that fits, "" for none or several."""
    return found[0] if len(found) == 1 else ""


def chosen(found: Sequence[str], sure: str, why: str) -> Said:
    """The one indicator that fits; of several none."""
    return Said(found[0], sure, why) if len(found) == 1 else Said(why="several")


def _joins(unit: str, measured: str, number: Number) -> bool:
    """Whether a number can be in the unit of an indicator; a bare count may be of people, yuan may be per head."""
    if not unit or unit not in UNITS:
        return False
    one, other = UNITS[unit].dimension, UNITS[measured].dimension
    if one == "count" and other == "money":  # GDP突破2万亿
        return told_bare(number.text)
    if (one, other) == ("money", "money per person"):
        return unit in ("cny", "10k_cny")
    if (one, other) == ("count", "people"):  # 新增就业3万人，新增900家企业
        return not re.search("[家项所座台辆套条件栋]$", number.text)
    return one == other or (one, other) == ("people", "count")


def added(here: Context, found: list[str], term: str, at: int, number: Number) -> list[str]:
    """What is added is not the stock of it: of 新增 the indicators of what is new, if there are."""
    clause = here.begins(at, _CLAUSE_EN if term.isascii() else _CLAUSE)
    last = max((other.end for other in here.numbers if other.end <= number.start), default=0)
    around = here.text[clause:at] + " " + here.text[max(at + len(term), last) : number.start]
    if re.search("总数|总量|总额|累计|total", around + " " + term):
        return found
    if number.form != LEVEL or not _NEW.search(around) or _NEW.search(term):
        return found
    known = here.names.indicators
    net = re.search("净|\\bnet\\b", around) or re.search("净增|\\bnet (?:increase|growth)", here.rest(number))
    tails = ("_new", "_net_new") if net else ("_new",)
    fresh = [f"{code}{tail}" for code in found for tail in tails if f"{code}{tail}" in known]
    return fresh or [code for code in found if known[code].measure == "flow"]


def pulls_other(here: Context, number: Number) -> bool:
    """Whether a number tells how a branch moved something else than output, or by how much such a number changed."""
    clause = here.clause(number)
    changed = number.form == CHANGE and _MORE.search(clause)
    return bool(changed or _PULLS_OTHER.search(clause) or _PULLS.match(here.rest(number)))


def year_before(here: Context, number: Number) -> bool:
    """Whether growth is told from the year before that of which its sentence tells: in 2025, up 5 percent from 2024."""
    base = re.match("\\s*(?:from|compared with) (20[0-9]{2})(?=[,.;]|$| to )", here.rest(number))
    named = re.findall("\\b(20[0-9]{2})\\b", here.lead(number)) or [here.before.year]
    return bool(base) and named[-1] == str(int(base[1] if base else 0) + 1)


def contributed(here: Context, found: list[str], said: str) -> list[str]:
    """Of several shares those of a contribution where one is told, else the others."""
    if not re.search("拉|带动|推动|贡献|pull|driv|contribut|add", said):
        found = [code for code in found if "拉动" not in here.names.indicators[code].name_zh]
    told = [code for code in found if "贡献" in here.names.indicators[code].name_zh]
    return told if "贡献" in said else [code for code in found if code not in told]
