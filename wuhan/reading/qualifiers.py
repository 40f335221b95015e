"""How firmly the words around a number say it, where they stand apart from it, as in 首次超过了 3万亿元."""

from __future__ import annotations

import re

_BARE_ZH = "(?:了|过|达|到)?\\s*(?:人民币)?"
_BARE_EN = "\\s*(?:the\\s+)?(?:(?:milestone|mark|threshold|level) of\\s+)?"
_VERBS_ZH = "(?:突破|超过|超出|达到|实现|达|跨越|破)"
# Read from the end of what stands before a number; the first that fits tells.
_BEFORE = tuple(
    (qualifier, re.compile(f"(?:{chinese}){_BARE_ZH}$|\\b(?:{english}){_BARE_EN}$", re.IGNORECASE))
    for qualifier, chinese, english in (
        (
            "up_to",
            (
                f"(?:不(?:太|大)?(?:可能|会)|难以|未能|尚未|没有|未|不足以){_VERBS_ZH}"
                "|不超过[^，,。；;0-9]{0,4}|不高于|不多于|不足|不到|低于|少于|小于"
                "|至多|最多[^，,。；;0-9]{0,4}|最长|上限(?:为|是)?|最高(?!突破|超)[^，,。；;0-9]{0,10}"
            ),
            (
                "up to[^,.;0-9]{0,12}|as (?:much|many|high) as"
                "|at most|no more than|not more than|less than|fewer than|below|under"
                "|not exceed(?:ing)?|capped at"
                "|(?:a )?maximum of"
            ),
        ),
        (
            "nearly",
            f"(?:即将|逼近|直逼|迫近|将近|接近|临近|差点){_VERBS_ZH}?|(?<![最附远])近",
            "nearly|almost|close to|approaching|approached|nearing|just under|just below",
        ),
        (
            "at_least",
            "站上|站稳|迈上|迈入|登上|跨上|跃上|踏上|不低于|不少于|不小于|至少|最少|最低(?:为|是)?",
            "at least|no less than|not less than|no fewer than|(?:a )?minimum of",
        ),
        (
            "over",
            "超过|超出|超(?!过)|突破|闯过|闯进|闯入|(?<![打突])破|逾|高于|多于|大于|跨过|跨越|越过|冲破|迈过|(?<![超通经透渡不越冲跨迈])过",
            (
                "exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp?(?:s|ed|ing)?|more than"
                "|(?<!growth )(?<!percent )(?<!increase )over|above|in excess of|beyond"
                "|cross(?:es|ed|ing)|breaching|breached|br(?:oke|eaks?|oken|eaking)(?: through)?|past|upwards of"
            ),
        ),
        (
            "about",
            "大约|大概|约合|约为|约占[^，,。；;0-9]{0,10}|约达|约有|(?<![签合节契预公制集条])约|估算(?:为)?",
            "about|around|approximately|roughly|some|circa|estimated at|or so",
        ),
    )
)
_BEHIND = (
    ("at_least", re.compile("(?=大[省市]|强[省市])|\\s*(?:[及或]?以上|(?:or|and) (?:more|above|over)\\b|-?plus\\b)")),
    ("over", re.compile("(?:多|有余)(?=[，,。、；;）)]|$)")),
    ("about", re.compile("\\s*(?:左右|上下|量级|or so\\b)")),
)


def worded(before: str, behind: str) -> str:
    """The qualifier of a number that its own text does not have, "" where the words around it give none."""
    for qualifier, pattern in _BEFORE:
        if pattern.search(before):
            return qualifier
    return next((qualifier for qualifier, pattern in _BEHIND if pattern.match(behind)), "")


_PART = re.compile(
    "其中(?!提到|指出|明确|提出|要求)|[Oo]f (?:which|them|these|those|that total)\\b"
    "|\\bOf (?:it|this|that|the total)\\b|[Aa]mong (?:them|these|which)\\b|\\bincluding\\b|包括|包含"
    "|(?:项目|企业|投资|进出口|出口|进口|人口|收入|支出|资金|贷款|存款|人员|主体)(?:总额|总量|总数)?中(?=[，,])"
)
_COUNTER = "[个家项条座户名所种只支台辆艘]"
# 37个行业中，32个: what is counted alike behind 中 is a part.
_AMONG = re.compile(
    f"({_COUNTER})[^，,。；;0-9]{{1,14}}中(?:[^。；;]*[，,])?(?:[0-9]{{1,2}}[-—至][0-9]{{1,2}}月)?(?:有|仅有|只有|已有|共有)?$"
)
# 排名前10位的企业，已有 6家.
_OF_FIRST = re.compile("前([0-9]{1,3})[位名强家]?的?[^，,。；;0-9]{1,12}(?:中)?[，,]?(?:已|现|就)?有$")
# Among 31 industries, 19 grew.
_AMONG_MANY = re.compile(
    "\\b(?:among|(?:out )?of) (?:the |all |all the )?([0-9][0-9,]*) [^.,;0-9]{3,50}, (?:only )?$", re.IGNORECASE
)
_OF_THEM = re.compile("\\s*(?:[a-z-]+\\s)?of (?:which|them|these|those)\\b")


def opened(text: str, at: int) -> int:
    """Where the word stands that makes what is told ``at`` a part of what is told before; below zero for none."""
    found = [match for match in _PART.finditer(text, 0, at)]
    if found and found[-1][0].startswith("of") and re.search(", (?:while|whereas|but)\\b", text[found[-1].end() : at]):
        return -1  # of which taxes made 5 billion, while expenditure
    return found[-1].start() if found else -1


def among(before: str, text: str) -> bool:
    """Whether a number is one of those counted alike before it: 20个项目中有 5个; among 31 industries, 19."""
    whole, counter = _AMONG.search(before), re.search(_COUNTER, text)
    many, few = _AMONG_MANY.search(before), re.fullmatch("[0-9][0-9,]*", text)
    if many and few:
        return int(few[0].replace(",", "")) <= int(many[1].replace(",", ""))
    return bool(whole and counter and whole[1] == counter[0])


def of_first(before: str, text: str) -> bool:
    """Whether a number is one of those that rank first: 前10位的企业，已有 6家."""
    first, figures = _OF_FIRST.search(before), re.match("[0-9]+", text)
    return bool(first and figures and int(figures[0]) <= int(first[1]))


def of_them(behind: str) -> bool:
    """Whether the words behind a number make it a part: 10 of them."""
    return bool(_OF_THEM.match(behind))
