"""Whether words before the name of a measure narrow it: to one branch, to firms of a size, to fewer places."""

from __future__ import annotations

import re
from itertools import pairwise

from wuhan.reading.context import EDGE, STOP, Context
from wuhan.reading.forms import RANK, THRESHOLD, Number

_NARROWS = re.compile(
    "企业|产业|行业|制造业|领域|园区|口岸|港|机场|高新区|经开区|开发区|自贸|片区|综保区|保税|民营|国有|外资"
    "|外贸|民间|社会|政府|工业|农业|服务业|集群|链|firms|sector|industry|zone|port",
    re.IGNORECASE,
)
_FIRM = re.compile("(?<!上市)公司|集团|该企业|我们|股份|the company|the firm|\\b(?:Inc|Corp|Ltd)\\b", re.IGNORECASE)
_VERB = re.compile("(?:安排|实施|推进|纳入|谋划|储备|投放|聚焦|围绕|推动|支持|促进|发放|开展|服务|带动|拉动)$")
# Words directly before an English name that make it another thing.
_OWNED = re.compile(
    "\\b(?:firms?|compan(?:y|ies)|enterprises?|private|state-owned|foreign|services?|cars?|autos?|vehicles?|products?|goods"
    "|zones?|districts?|ports?|count(?:y|ies)|provincial|rural|urban|electronics?|mechanical|equipment|cross-border|online|wholesale|net|trade|high-tech)"
    "(?:['’]s?)?\\s*$",
    re.IGNORECASE,
)
# Parts of a measure by size, and what else is told of a sector.
_SIZED = re.compile("限额以[上下]|限[上下]|规下|规模以下")
_TOLD_OF = re.compile(
    "\\b(?:investments?|sales|profits?|revenues?|loans?|employment|jobs|firms|enterprises|projects|exports?|imports?) "
    "(?:in|of|by|from|for|to) (?:the |its )?$",
    re.IGNORECASE,
)
_PER = re.compile(
    "每[十百千万亿]*(?:人|名|户|家|元|平方公里)|人均|户均|企均|\\bper (?:capita|head|person|10,000)", re.IGNORECASE
)
_IN_FEWER = re.compile(
    "[^.,;0-9]{0,30}?\\b(?:in|among|of) (?:the |its |all )?"
    "(?:province|provincial|sub-provincial|region|western|central|eastern)"
)
# first among all cities of a province, in growth: neither a rank in the country nor one of the level
_AMONG_SOME = re.compile(
    "[^.;0-9]{0,80}?\\b(?:growth|among "
    "(?!(?:all |the )?(?:major |large )?(?:Chinese cities|cities (?:in|of) (?:China|the country))))"
)
NARROW_RANK = re.compile("副省级|中部|华中|华东|西部|全省|省内|全球|世界|亚洲|长江|湖北|省会|同类|高新区|经开区|行业")
# 新材料产业拥有规上工业企业 363家: firms of one branch.
_BRANCH_OF = re.compile(
    "(?:产业|领域|行业|集群|产业链|[^全]行业)(?:现有|共有|已有|拥有|集聚|汇聚|聚集|共|已|累计|中|内|现|培育|建有|有|上|目前)*"
    '(?:省级以上|省级|国家级|国家|市级|[“"])*$'
)


def bounded(here: Context, number: Number, term: str, at: int) -> bool:
    """Whether what stands before a name bounds it: a size class, per head; or fewer are ranked."""
    size = any(other.form == THRESHOLD and other.end <= at and here.plain(other.end, at) for other in here.numbers)
    per = number.unit != "per_10k_people" and _PER.search(here.clause(number)) and not _PER.search(term)
    start = here.begins(at)
    sized = _SIZED.search(here.text[start : number.start]) and not _SIZED.search(term)
    sized = sized or bool(_TOLD_OF.search(here.text[:at]))
    return size or bool(per or sized) or number.form == RANK and among_fewer(here, number)


def firm(here: Context, at: int) -> bool:
    """Whether a firm is spoken of nearer to a name than any place."""
    start = here.begins(at, STOP)
    firms = [match.end() for match in _FIRM.finditer(here.text, start, at)]
    places = [match.end() for match in here.places if match.end() <= at]
    return bool(firms) and firms[-1] > max(places, default=0)


def adjacent(here: Context, start: int, at: int) -> bool:
    """Whether a word directly before a name makes it another thing: 民营企业进出口."""
    said = _VERB.sub("", here.blank[start:at].removesuffix("“"))
    thing = re.search("(?<![A-Za-z'’-])(?!gross|goods|merchandise|commodity)([A-Za-z-]+)\\s$", said)
    if thing and here.text[at:].lower().startswith(("export", "import")):  # tea exports
        return True
    return bool(re.search("(?!的|区|县|市|州|(?<![城乡])镇)[\u4e00-\u9fff0-9]$", said) or _OWNED.search(said))


def among_fewer(here: Context, number: Number) -> bool:
    """Whether a rank is not one in the whole country."""
    if re.search("全国|国内|内地", number.text):
        return False
    if _IN_FEWER.match(here.rest(number)) or _AMONG_SOME.match(here.rest(number)):
        return True
    wide = {here.kind(match) for match in here.places if match.end() <= number.start}
    return bool(NARROW_RANK.search(here.text[: number.end]) or wide & {"region", "province", "world"})


def part(here: Context, at: int) -> bool:
    """Whether a part of something narrower goes on: numbers before it in the sentence, or behind 其中 those of the
    sentence before, were not plainly of a measure.
    """
    edge = here.begins(at, STOP)
    if any(at > one.number.start >= edge and one.measure.why == "narrowed" for one in here.done):
        return True
    return here.before.narrow and bool(re.match("\\s*(?:其中|[Oo]f which|[Oo]f this)", here.text))


def narrowed(here: Context, start: int) -> bool:
    """Whether the clauses before narrow what follows: they name a branch or a part, and have no number."""
    said = here.blank[:start]
    edges = [0, *(edge.end() for edge in EDGE.finditer(here.text, 0, start)), start]
    for first, last in pairwise(edges):
        numbered = any(first <= number.start < last for number in here.numbers)
        named = any(first <= match.start() < last for match in here.terms)
        if not numbered and not named and _NARROWS.search(said[first:last]):
            return True
    return False


def of_branch(here: Context, at: int) -> bool:
    """Whether what is counted is of one branch: it has them, or had those counted before them in the row."""
    last = here.last
    if last and last.measure.why == "narrowed" and not last.measure.code:
        return here.text[last.number.end : at].startswith(("、", "和", "及"))
    return bool(_BRANCH_OF.search(here.text[:at]))
