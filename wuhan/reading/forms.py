"""In which form a number is told: a level, growth, a share, a change, a length of time, a bound, a list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from wuhan.evidence.quantities import Quantity, QuantityError, parse
from wuhan.reading.qualifiers import worded

LEVEL, GROWTH, SHARE, CHANGE, RANK, LIST, DURATION, THRESHOLD, MULTIPLE = (
    "level",
    "growth",
    "share",
    "change",
    "rank",
    "list",
    "duration",
    "threshold",
    "multiple",
)
SPANS_OF_TIME = ("years", "months", "days", "hours", "minutes")
_LABEL = re.compile(
    "[一二两三四五六七八九十百千万]*亿元?(?:级|量级)?(?:GDP)?(?:产业|企业|集群|园区|俱乐部|城市|之城|楼宇|台阶|项目|平台|基地|赛道|强?县|镇)"
    "|0[十百千万]*亿元?(?:级|俱乐部)"
)
_GROWN = re.compile(
    "(?:增长|增(?![长加幅])|增幅|增速|涨幅|增加|上涨|提高|上升|扩大|回升|增至|年均|净增|同比|环比|比上年|较上年|比去年"
    "|grew|grown|growing|grows?|growth|rose|rise|risen|rising|(?<!making )(?<!make )(?<!made )(?<!taking )up"
    "|increas(?:es?|ed|ing)|expand(?:s|ed|ing)?|surg(?:ed?|ing)|jump(?:ed|ing)?|climb(?:ed|ing)?|gain(?:ed|ing)?|rebound(?:ed)?|soar(?:ed)?|recover(?:ed)?|advanced)"
    "(?:了|为|达到|达|高达|约|超过|超|突破|近|by|of|rates?|to|was|at|about|around"
    "|nearly|over|more than|a|an|the|year-on-year|同比|均|也|则|更|更是|已|都|却|仍|还|又|\\s|,|，"
    "|分别|目标|保持在|维持在|稳定在|保持|控制在|设定为|定为|定在|设为|预期|力争|计划)*$",
    re.IGNORECASE,
)
# A rate that is named before its number: 增速目标设定为 6%, a growth target of 6 percent; by 6 percent moves.
_RATE = re.compile(
    "(?:增速|增幅|涨幅|增长率|增长目标)[^，,。；;占比重强0-9]{0,16}$"
    "|\\bgrowth rate \\($"
    "|\\bgrowth (?:rate |target |goal |forecast )*(?:(?:is|was|be|been|has|will|remain\\w*|expected|targeted|projected"
    "|of|at|to|for|by|set|this|last|year|the|hit|reach\\w*"
    "|stood|around|about|over|above|more than|nearly|some|between|up to)\\s*)*$"
    "|\\bgrowth (?:rates? )?(?:of|in|for) [^,.;0-9]{1,90}\\b(?:is|was|has been|of|at|to|hit|reached|stood at|by)\\s*$"
    "|\\b(?:increase|rise|gain|growth) in [^,.;0-9]{1,60}\\bof (?:about |around |over |more than |nearly )*$"
    "|\\b(?:grew|grown|growing|rising|rose|increas\\w+|expand\\w+) at an? (?:[a-z-]+ ){0,4}rate of "
    "(?:about |around |over |more than |nearly )*$"
    "|\\b(?:by|(?:increase|rise|gain|uptick)s? of)\\s*(?:over |more than |about |around |nearly |at least |some )?$",
    re.IGNORECASE,
)
_NOT_BY = re.compile(
    "\\b(?:account\\w*|share|owned|held|exceed\\w*|followed|below|above) (?:\\w+ )?by\\s*$", re.IGNORECASE
)
# A share or a rate that moves to a level does not grow by it: its share rose to 26 percent.
_MOVED = re.compile(
    "\\b(?:increas\\w+|rose|risen|rise|grew|climb\\w*|up|expand\\w*|jump\\w*) (?:steadily |further )?"
    "to (?:about |around |over |nearly |more than )*$",
    re.IGNORECASE,
)
_FALLS = re.compile(
    "\\b(?:fell|fall|decreas\\w+|declin\\w+|drop\\w*|down|lower|reduc\\w+|cut)\\b[^,;]*$", re.IGNORECASE
)
_LISTED = re.compile(
    "(?:增速|增幅|涨幅)[^。；;占率重强]{0,60}(?:[（(]|(?<!分)为|达到?)$"
    "|(?:增速|增幅|涨幅)(?:上|方面|来看|看|中|排名)?[，,：:][^。；;占率重强]{0,60}$"
)  # GDP增速看，长沙（5%）、郑州（6%）
_FALLEN = re.compile(
    "(?:下降|下跌|降(?![低幅])|减少|回落|下滑|降低|缩减|收窄|降幅|负增长|fell|falling|fallen|down|drop(?:s|ped|ping)?|declin(?:e|ed|ing)"
    "|decreas(?:e|ed)|shrank|contracted|slumped)"
    "(?:了|为|达到|达|约|超过|超|近|by|of|about|nearly|\\s)*$",
    re.IGNORECASE,
)
_GROWS_AFTER = re.compile(
    "^\\s*的?(?:增长(?![至到])|增速|增幅|涨幅|年均增长)"
    "|^(?:左右|以上)?的[^，,。；;的占0-9]{2,12}?(?:增长|增速|增幅|涨幅)(?![点极区])"
    "|^\\s*(?:year[- ](?:on"
    "|over)[- ]year|growth|increase|higher|rise|expansion"
    "|more than)|^(?: (?!of\\b|in\\b|and\\b|to\\b|or\\b)[a-z-]+){1,4} (?:growth|increase|rise|expansion)\\b",
    re.IGNORECASE,
)
_FALLS_AFTER = re.compile(
    "^\\s*(?:year[- ]on[- ]year |annual )?(?:drop|decline|decrease|fall|reduction|contraction|lower)\\b", re.IGNORECASE
)
_BOUND = re.compile(
    "(?:以上|及以上|以下|之间)?的?[\u4e00-\u9fffA-Za-z ]{0,8}?(?:项目|企业|大关)|级|\\s*(?:and above|or more)\\s+\\w+"
)


# Firms and projects of a size, which is no result: firms with revenue of 20 million yuan or more, 超亿元项目.
_OF_SIZE = re.compile(
    "\\b(?:projects?|firms|enterprises|companies|manufacturers|businesses|those)\\b[^.;,0-9]{0,12}"
    "\\b(?:with|having|whose)\\b[^.;,0-9]{0,50}$"
)
# What makes them few: 55 enterprises have sales revenues of more than 100 million yuan.
_OF_SALES = re.compile(
    "\\b(?:firms|enterprises|companies|manufacturers|businesses)\\b[^.;,0-9]{0,12}\\b(?:have|had|post|posted|report|reported|record|recorded)\\b"
    "[^.;,0-9]{0,24}\\b(?:revenues?|sales|output|income|value)\\b[^.;,0-9]{0,12}$"
)
_SIZE_BEHIND = re.compile("\\s*(?:or|and) (?:more|above|over)\\b|\\s*or higher\\b")
_OVER_SIZE = re.compile("[超过破]+[0-9十百千]*亿元?$")


# A rate held against another differs by points, however that is printed: grew 6 percent, 0.9 percent higher than.
_RATED = re.compile(
    "\\b(?:grew|grow(?:s|ing|th)?|rose|ris(?:e|ing)|up|increas\\w+|expand\\w*|climb\\w*|jump\\w*)\\b(?:[^.;]|\\.(?=[0-9]))*"
    "[0-9] ?(?:%|percent|per cent)[^.;]*$",
    re.IGNORECASE,
)
_POINTS = re.compile(
    "\\s*(?:higher|lower|faster|slower|more|less|above|below|quicker)\\s+than\\s+(?!(?:a|one|in|during"
    "|the (?:same|year|previous|prior|last)|last)\\b)|\\s*(?:above|below)"
    "\\s+(?:the|that of the)\\s+(?:national|provincial|country|average)"
)


@dataclass(frozen=True)
class Number:
    """A number as printed: where in its sentence, what it says, in which form; ``quantity`` is None where nobody can
    tell what it says. ``unit`` is that of the quantity; ``qualifier`` adds what the words around it say.
    """

    start: int
    end: int
    text: str
    form: str
    quantity: Quantity | None
    qualifier: str = "exact"

    @property
    def unit(self) -> str:
        return self.quantity.unit if self.quantity else ""


def understood(text: str, unit: str | None = None) -> Quantity | None:
    """What a text says, in ``unit`` if one is given; None where it is refused."""
    try:
        return parse(text, unit)
    except QuantityError:
        return None


def matched(match: re.Match[str], form: str, quantity: Quantity, qualifier: str = "exact") -> Number:
    """The number that an expression has found, as it is printed."""
    return Number(*match.span(), match[0], form, quantity, qualifier)


def spelt(plain: str, match: re.Match[str], form: str, figures: str, qualifier: str = "exact") -> Number:
    """A number that says in its own way what ``figures`` say; ``qualifier`` where the words around it give none."""
    said = worded(plain[: match.start()], plain[match.end() :])
    return matched(match, form, parse(figures), said or qualifier)


FIGURE = re.compile("[0-9]+(?:\\.[0-9]+)?")
# 增长1.7倍 is growth by 170 percent; English leaves open whether that is to or by 1.7 times.
_GROWN_BY = re.compile("(?:增长|增|增加|增幅达?)(?:了|约|近|超过|超)?$")
STREAK = re.compile("(?:已)?连续[0-9一二两三四五六七八九十]+个?(?:季度|月|年)")
_LINE = re.compile("万亿元?(?:级)?(?:GDP)?(?:城市|之城|俱乐部|大关|门槛|关口|台阶|宝座)")

_TOWARDS = re.compile("(?:冲刺|冲击|剑指|瞄准|挺进|进军|奔向|迈向)$")


def formed(number: Number, before: str, after: str) -> Number:
    """A number in its form: a percentage grows, is a share or neither; a time is a duration; a size may be a bound."""
    before = STREAK.sub("", before)
    unit = number.unit
    lead = before + _led("(?:超过|超|突破|接近|近|约|不低于|不少于|over|nearly|about)?", number.text)
    number = replace(number, qualifier=_qualified(number, before, after))
    if unit == "percentage_points":
        fallen = _FALLEN.search(lead) and not re.search("[降跌]幅[^，,。；;]*收窄", lead)
        return replace(negative(number) if fallen else number, form=CHANGE)
    if unit == "percent" and _POINTS.match(after) and _RATED.search(before):
        points = _in_points(number)
        return replace(number, quantity=points, form=CHANGE) if points else number
    if unit == "ratio" and _GROWN_BY.search(before):
        return replace(number, quantity=_by_times(number), form=GROWTH)
    if unit in ("percent", "ratio"):
        if _FALLEN.search(lead) or _FALLS_AFTER.match(after):
            return negative(number)
        if _MOVED.search(lead) and not re.search("growth|inflation", before[-60:]):
            return replace(number, form=SHARE)
        if _GROWN.search(lead) or _GROWS_AFTER.match(after) or _LISTED.search(before):
            return replace(number, form=GROWTH)
        if unit == "percent" and _RATE.search(lead) and not _NOT_BY.search(lead):
            by = re.search("\\bby\\b[a-z ]*$", lead)
            return negative(number) if by and _FALLS.search(lead[: by.start()]) else replace(number, form=GROWTH)
        return replace(number, form=SHARE if unit == "percent" else MULTIPLE)
    if unit in SPANS_OF_TIME:
        return replace(number, form=DURATION)
    bounded = number.qualifier in ("over", "at_least") or _SIZE_BEHIND.match(after)
    sized = bounded and (unit.endswith("cny") and _OF_SIZE.search(before) or _OF_SALES.search(before))
    if sized or number.text.endswith("级") or _LABEL.match(re.sub("[0-9.]+", "0", number.text) + after):
        return replace(number, form=THRESHOLD)
    if unit in ("cny", "10k_cny", "100m_cny", "m2", "km2", "persons") and _BOUND.match(after):
        bound = (
            re.search("以上|以下|[0-9]元?[到至~-][0-9]", number.text)
            or after.startswith(("之间", "级"))
            or _OVER_SIZE.match(number.text)
        )
        return replace(number, form=THRESHOLD if bound else LEVEL)
    if re.search("大$|^双", number.text) or (
        unit == "count" and re.fullmatch("[一二两三四五六七八九十]+[个大座项省部]", number.text)
    ):
        return replace(number, form=LIST)
    return number


def _qualified(number: Number, before: str, after: str) -> str:
    """The qualifier of a number: its own, where the words around it say no more; 即将突破90万 is nearly."""
    said = worded(before + _led("(?:突破|超过|达到|超)?", number.text), after)
    if before.endswith("过") and not re.search("[0-9百千万亿成半]", number.text):
        return number.qualifier  # the end of a verb
    if number.qualifier == "exact" or said in ("nearly", "up_to") and number.qualifier == "over":
        return said or number.qualifier
    if re.fullmatch("[十百千万]*亿元?|[百千万]+[元家户]?", number.text) and said:
        return said
    if _LINE.match(number.text + after) or number.text in ("万亿", "万亿元") and _TOWARDS.search(before):
        return "exact"
    return number.qualifier


def _by_times(number: Number) -> Quantity | None:
    """What growth by so many times says in percent."""
    figures = FIGURE.search(number.text)
    return parse(f"{Decimal(figures[0]) * 100:f}%") if figures else number.quantity


def _in_points(number: Number) -> Quantity | None:
    """What a percentage says in points."""
    figures = FIGURE.search(number.text)
    return understood(figures[0], "percentage_points") if figures else None


def _led(words: str, text: str) -> str:
    """The words at the beginning of a text."""
    found = re.match(words, text)
    return found[0] if found else ""


def negative(number: Number) -> Number:
    """A decline, below zero."""
    core = re.search("[0-9].*", number.text)
    return replace(number, form=GROWTH, quantity=understood(f"-{core[0]}") if core else None)
