"""The numbers of a sentence that mean something: where they stand, what they say, and in which form.

What looks like a number and is none is masked first: dates, times, telephone numbers, codes, versions, titles of
documents. What is left is read by the grammar of printed quantities; ranks and multiples have forms of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from wuhan.evidence import printed
from wuhan.evidence.ledger import RANKED, figure
from wuhan.evidence.quantities import Quantity, QuantityError, parse
from wuhan.reading.masks import RATIO, YEAR_ALONE, masked

LEVEL, GROWTH, SHARE, CHANGE, RANK, LIST, DURATION, THRESHOLD, MULTIPLE = FORMS = (
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
_WHERE = (
    "全球|全国|世界|国内|亚洲|中国|中部地区|中部六省|中部|华中地区|华中|华东|西部|长江中游|全省|省内|湖北省"
    "|湖北|全市|武汉|行业|副省级城市|副省级|同类城市|同级|省会城市"
)
_RANK = re.compile(
    f"(?:(?:{_WHERE})(?:城市|高新区|经开区|国家级新区|同类城市|省会城市)?(?:中)?(?:排名|位列"
    f"|居)?|城市|位居|位列|排名|排在|排|居|列|跃居|升至|名列|稳居|跻身)"
    "\\s*(?:前列第|第)(?:[0-9]{1,3}"
    "|[一二三四五六七八九十]{1,3})(?![\u4e00-\u9fff]?(?:财经|产业|季度|批|代|届|次"
    "|期))(?:[位名])?"
    "|第(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})[位名](?!院士)|第[二三四五]大(?=[\u4e00-\u9fff])"
    f"|(?:{_WHERE}|今年|本市)?首[个家条台套座款例艘架支所颗批](?!次)"
    f"|(?:{_WHERE})(?:规模|数量|面积|体量)?最(?:大|多|高|长|快|强|早)"
    f"|(?:[\u4e00-\u9fff]{{2}})最为?(?:大|多|长|快|强|高|迅猛)(?=的|[，,。、；;”]"
    f"|$)"
    "|历(?:年|史)(?:同期)?(?:最[好高](?:水平)?|新高)"
    "|\\b(?:rank(?:ed|s|ing)?|placed|No\\.)\\s*(?:No\\.\\s*)?"
    "(?:[0-9]{1,3}(?:st|nd|rd|th)?|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\\b"
    "|\\b[0-9]{1,3}(?:st|nd|rd|th)\\b(?=\\s+(?:place|in|among|largest|by|nation|out))"
    "|\\b(?:world|country|nation|China|province|region|city)(?:'s|’s)\\s+(?:first|largest|biggest"
    "|highest|top)\\b|\\bfirst in (?:China|the (?:country|nation|world))\\b"
)
_MULTIPLE = re.compile("(?:连续)?翻了?(?:一番|两番|番|一倍|倍)(?!增长\\S?[0-9])|\\b(?:doubled|tripled)\\b")
_WORD = re.compile(rf"\b(?:{'|'.join(printed.SPELT[1:])})(?=\s+[a-z-]{{3,}})", re.IGNORECASE)
_HALF = re.compile("(?:将近|接近|近|超过|超|约)?(?:一半|半数)(?:以上|左右)?")
_FRACTION = re.compile(
    r"\b(?:(?:a|one)[- ](?:quarter|fourth|third|fifth)|two[- ]thirds|three[- ](?:quarters|fourths)|four[- ]fifths"
    r"|(?:one[- ])?half(?= (?:of|the)\b))\b",
    re.IGNORECASE,
)
_GROWN = re.compile(
    "(?:增长|增(?![长加幅])|增幅|增速|涨幅|增加|上涨|提高|上升|扩大|回升|增至|年均|净增|同比|环比|比上年|较上年|比去年"
    "|grew|grown|growth|rose|rise|risen|up"
    "|increas(?:e|ed|ing)|expand(?:ed|ing)?|surged?|jump(?:ed)?|climb(?:ed)?|gain(?:ed)?|rebound(?:ed)?|soar(?:ed)?|recover(?:ed)?|advanced)"
    "(?:了|为|达到|达|高达|约|超过|超|突破|近|by|of|to|was|at|about|around"
    "|nearly|over|more than|a|an|the|year-on-year|同比|均|\\s|,|，"
    "|分别)*$",
    re.IGNORECASE,
)
_FALLEN = re.compile(
    "(?:下降|降(?![低幅])|减少|回落|下滑|降低|缩减|收窄|降幅|负增长|fell|down|dropped|declined?"
    "|decreas(?:e|ed)|shrank|contracted|slumped)"
    "(?:了|为|达到|达|约|超过|超|近|by|of|about|nearly|\\s)*$",
    re.IGNORECASE,
)
_GROWS_AFTER = re.compile(
    "^\\s*的?(?:增长|增速|增幅|涨幅|年均增长)|^\\s*(?:year[- ](?:on"
    "|over)[- ]year|growth|increase|higher|rise|expansion"
    "|more than)",
    re.IGNORECASE,
)
_SHARED = re.compile(
    "(?:占|占比|比重|比例|份额|率|share|accounted for|accounting for"
    "|represent(?:ed|ing)?|proportion|percentage)[^，,。；;]{0,14}$"
    "|占[^，,。；;]{1,24}$",
    re.IGNORECASE,
)
_SHARES_AFTER = re.compile("^\\s*(?:以上|左右)?(?:的|of (?:the|its|all|China|total))", re.IGNORECASE)
_BOUND = re.compile(
    "(?:以上|及以上)?的?(?:重大|签约|工业|制造业|产业|人工智能|在建|开工|重点|[A-Za-z]+ )?"
    "(?:工业|重大)?(?:项目|企业|大关)"
    "|级|\\s*(?:and above|or more)\\s+\\w+"
)
# Words before a number that say nothing of it; 过 is the end of a verb.
_IDLE = re.compile(
    "(?:(?:同比|增长|增速|增加|达到|达|占比|占|共计|共|总计|总额|合计|累计|为|其中|过(?!去)|上(?=[0-9])|grew by|grew"
    "|a total of|of which)\\s*)+(?=.)",
    re.IGNORECASE,
)
_SOON = re.compile("(?:即将|有望|逼近|直逼|接近)(?:突破|超过|达到)?$")
_CAPPED = re.compile("最高[^，,。；;0-9]{0,10}$|不超过[^，,。；;0-9]{0,4}$|up to[^,.;0-9]{0,12}$", re.IGNORECASE)
_ONE = re.compile("^(?:[约近超每另有为过共达是]|其中)?一(?![万亿千百成倍半])")
_DROPPED = re.compile(
    "^(?:过去的?一年|连续一年|[共为]?[数几][多余天]?|0+|[百千万]年|[万亿]元|[十百千万亿]"
    "|[零一二两三四五六七八九]|[0-9]{1,2}[次点时间层门例类])$"
)
_NOT_AFTER = re.compile(
    "^(?:位数|方面军|期|届|世纪|级跳|月|号|[A-Za-z]{1,2}[0-9]|代|季度|周年|多年来?$"
    "|连[冠胜]|环(?:线|内|外)|街|路(?!网)|楼|院士)"
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


def find(text: str) -> list[Number]:
    """The numbers of a sentence in their order, none inside another."""
    plain = masked(text)
    taken: list[tuple[int, int]] = []
    found: list[Number] = []
    for number in (*_ratios(text), *_ranks(text, plain), *_multiples(plain), *_spelt(plain), *_quantities(plain)):
        if all(number.end <= first or last <= number.start for first, last in taken):
            taken.append((number.start, number.end))
            found.append(number)
    found.sort(key=lambda number: number.start)
    return _shared_units(_of_which(found, text), text)


def _ratios(text: str) -> Iterator[Number]:
    """The parts of a whole that are printed as a ratio and come to a hundred: 8.9:36.5:54.6."""
    for match in RATIO.finditer(text):
        parts = list(re.finditer("[0-9]+(?:\\.[0-9]+)?", match[0]))
        clock = re.fullmatch("[0-9]{1,2}[:：∶][0-5][0-9][:：∶][0-5][0-9]", match[0])
        if not clock and abs(sum(float(part[0]) for part in parts) - 100) < 0.5:
            for part in parts:
                yield Number(
                    match.start() + part.start(), match.start() + part.end(), part[0], SHARE, parse(part[0], "percent")
                )


def _ranks(text: str, plain: str) -> Iterator[Number]:
    for match in _RANK.finditer(plain):
        try:
            yield Number(*match.span(), match[0].strip(), RANK, figure(match[0], "count", RANKED))
        except QuantityError:
            continue


def _multiples(plain: str) -> Iterator[Number]:
    for match in _MULTIPLE.finditer(plain):
        bare = match[0].removeprefix("连续")
        start = match.end() - len(bare)
        yield Number(start, match.end(), bare, MULTIPLE, parse(bare), "about")


def _spelt(plain: str) -> Iterator[Number]:
    for match in (*_FRACTION.finditer(plain), *_HALF.finditer(plain)):
        read = parse(match[0])
        yield Number(*match.span(), match[0], SHARE, read, read.qualifier)
    for match in _WORD.finditer(plain):
        yield Number(*match.span(), match[0], LIST, parse(match[0]))


def _quantities(plain: str) -> Iterator[Number]:
    for start, end in _apart(plain, printed.running(plain)):
        start, end = _trimmed(plain, start, end)
        if plain[start:end].startswith("约") and plain[:start].endswith(("签", "合", "节", "契", "预")):
            start += 1
        text = plain[start:end]
        before, after = plain[:start], plain[end:]
        if not text or _ONE.match(text) or _DROPPED.match(text) or _NOT_AFTER.match(after):
            continue
        if YEAR_ALONE.fullmatch(text) or (
            text[0].isdigit() and re.search("[A-Za-z]$", before) and not before.endswith(("GDP", "CPI"))
        ):
            continue
        if re.match("[“「]?[一二三四五六七八九十]+[万亿]$", text) and before.endswith("“"):
            continue  # the name of a programme
        quantity, text, moved = _read(text)
        start += moved
        if quantity is None and not re.search("[0-9]", text):
            continue
        if (
            re.fullmatch("[0-9]{1,3}", text)
            and re.search("[\u4e00-\u9fff]", before[-1:] + after[:1])
            and not _counted(after)
        ):
            continue
        number = Number(start, start + len(text), text, LEVEL, quantity, quantity.qualifier if quantity else "exact")
        yield _formed(number, plain[:start], plain[number.end :])


def _apart(plain: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Two numbers that only look like the ends of a range, 5.2 percent to 2.1 trillion yuan, each by itself."""
    for start, end in spans:
        text = plain[start:end]
        between = re.search("(?<=[a-z%％元])\\s*(?:to\\b|至|到|~|-)\\s*(?=[0-9])", text)
        year = re.match("\\s*(?:19|20)[0-9]{2}\\s*(?:to\\b|至|到|~|-)\\s*(?=[0-9.]+\\s*[^0-9\\s年])", text)
        if year:  # from 1 trillion in 2019 to 2 trillion in 2024
            yield start + year.end(), end
        elif between and _read(text.strip())[0] is None:
            yield start, start + between.start()
            yield start + between.end(), end
        else:
            yield start, end


def _counted(after: str) -> bool:
    """Whether what follows a bare figure makes it one: a list that goes on, or the noun that is counted."""
    return bool(re.match("\\s*(?:[、和及与]\\s*[0-9]|[多余]?[\u4e00-\u9fff])", after)) and not after.startswith(
        ("、第", "的")
    )


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    """Without blanks at either end, and without a dash that is none of the number."""
    while start < end and plain[start] in " \x00":
        start += 1
    while end > start and plain[end - 1] in " \x00":
        end -= 1
    if plain[start : start + 1] in ("-", "—", "–", "－") and (
        plain[:start].strip() and plain[start - 1] not in " (（为是、"
    ):
        start += 1
    return start, end


def _read(text: str) -> tuple[Quantity | None, str, int]:
    """What a text says; where it is refused, what its core says: without the words before the number, then behind."""
    idle = _IDLE.match(text)
    core = re.search("[0-9一二两三四五六七八九十百千万亿几数半$¥￥]|RMB|CNY|USD|US\\$", text)
    shorter = core.start() if core else 0
    for moved in dict.fromkeys((idle.end() if idle else 0, 0, shorter)):
        try:
            return parse(text[moved:]), text[moved:], moved
        except QuantityError:
            continue
    return None, text, 0


def _formed(number: Number, before: str, after: str) -> Number:
    """A number in its form: a percentage grows, is a share or neither; a time is a duration; a size may be a bound."""
    unit, lead = (
        number.unit,
        before + _led("(?:超过|超|突破|接近|近|约|不低于|不少于|over|nearly|about)?", number.text),
    )
    if number.qualifier in ("exact", "over") and _SOON.search(before + _led("(?:突破|超过|达到)?", number.text)):
        number = replace(number, qualifier="nearly")
    elif number.qualifier == "exact" and _CAPPED.search(before):
        number = replace(number, qualifier="up_to")
    if unit == "percentage_points":
        return replace(_negative(number) if _FALLEN.search(lead) else number, form=CHANGE)
    if unit == "percent" or unit == "ratio":
        if _FALLEN.search(lead):
            return _negative(number)
        if _GROWN.search(lead) or _GROWS_AFTER.match(after):
            return replace(number, form=GROWTH)
        if unit == "percent" and (_SHARED.search(lead) or _SHARES_AFTER.match(after) or number.text.endswith("成")):
            return replace(number, form=SHARE)
        return replace(number, form=SHARE if unit == "percent" else MULTIPLE)
    if unit in SPANS_OF_TIME:
        return replace(number, form=DURATION)
    if number.text.endswith("级"):
        return replace(number, form=THRESHOLD)
    if unit in ("cny", "10k_cny", "100m_cny", "m2", "km2", "persons") and _BOUND.match(after):
        bound = re.search("以上|及以上|级$", number.text) or after.startswith("级")
        return replace(number, form=THRESHOLD if bound else LEVEL)
    if re.search("[大]$|^双", number.text) or (
        unit == "count" and re.fullmatch("[一二两三四五六七八九十]+[个大座项省部]", number.text)
    ):
        return replace(number, form=LIST)
    return number


def _led(words: str, text: str) -> str:
    """The words at the beginning of a text."""
    found = re.match(words, text)
    return found[0] if found else ""


def _negative(number: Number) -> Number:
    """A decline, below zero."""
    core = re.search("[0-9].*", number.text)
    try:
        quantity = parse(f"-{core[0]}") if core else None
    except QuantityError:
        quantity = None
    return replace(number, form=GROWTH, quantity=quantity)


def _of_which(numbers: Iterable[Number], text: str) -> list[Number]:
    """Behind 其中 an exact number is a part of what stands before."""
    found = []
    for number in numbers:
        opened = max(text.rfind("其中", 0, number.start), text.lower().rfind("of which", 0, number.start))
        part = opened >= 0 and number.qualifier == "exact" and number.form == LEVEL
        among = number.form == LIST and bool(re.match("[^，,。；;、]{1,12}之一", text[number.end :]))
        found.append(replace(number, qualifier="of_which") if part or among else number)
    return found


def _shared_units(numbers: list[Number], text: str) -> list[Number]:
    """Figures in a row have the unit of the last, 1.8、3.2、1.3个百分点, and the form of the first: 增长2.8%、14.7%."""
    for at in range(1, len(numbers)):
        one, before = numbers[at], numbers[at - 1]
        between = text[before.end : one.start]
        if (
            one.unit == before.unit == "percent"
            and before.form == GROWTH
            and re.fullmatch("\\s*(?:[、和及,，]|,?\\s*and)\\s*", between)
        ):
            numbers[at] = replace(one, form=GROWTH)
    for at in range(len(numbers) - 2, -1, -1):
        one, after = numbers[at], numbers[at + 1]
        between = text[one.end : after.start]
        if (
            one.text.replace(".", "").isdigit()
            and after.unit not in ("", "count")
            and re.fullmatch("\\s*[、和及与,，]\\s*(?:and)?\\s*", between)
        ):
            try:
                numbers[at] = replace(one, quantity=parse(one.text, after.unit), form=after.form)
            except QuantityError:
                continue
    return numbers
