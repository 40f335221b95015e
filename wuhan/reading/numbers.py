"""The numbers of a sentence that mean something: where they stand, what they say, and in which form.

What looks like a number and is none is masked first: dates, times, telephone numbers, codes, versions, titles of
documents. What is left is read by the grammar of printed quantities; ranks and multiples have forms of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from wuhan.evidence import printed
from wuhan.evidence.quantities import Quantity, QuantityError, parse
from wuhan.reading.folds import fractions, multiples
from wuhan.reading.forms import (
    FIGURE,
    GROWTH,
    LEVEL,
    LIST,
    MULTIPLE,
    RANK,
    SHARE,
    THRESHOLD,
    Number,
    formed,
    matched,
    negative,
    spelt,
    understood,
)
from wuhan.reading.masks import POINT, RATIO, YEAR_ALONE, masked
from wuhan.reading.money import foreign, told_in_money
from wuhan.reading.prices import based, indexed
from wuhan.reading.ranks import ranks
from wuhan.reading.signs import signed

_WORD = re.compile(
    rf"(?<!-)\b(?:{'|'.join(word for word in printed.SPELT if word != 'one')})(?=\s+[a-z-]{{3,}})", re.IGNORECASE
)
_HUNDREDTHS = re.compile(
    "百分之([0-9]+(?:\\.[0-9]+)?|[一二三四五六七八九]?十?[一二三四五六七八九]?)(?=[^一二三四五六七八九十百点]|$)"
)
_THOUSANDTHS = re.compile(
    "((?<=[\u4e00-\u9fff:：])-[0-9]+(?:\\.[0-9]+)?|(?<![0-9.])[0-9]+(?:\\.[0-9]+)?)"
    "\\s*(?:‰|per thousand\\b|per mille\\b)"
)
_POINTS_OF_A_THOUSAND = re.compile("(?<![0-9.])([0-9]+(?:\\.[0-9]+)?)个?千分点")
_JIN = re.compile("(?<![0-9.])([0-9]+(?:\\.[0-9]+)?)\\s*([万亿]?)斤")  # half a kilogram
_SLASH = re.compile("(?<![0-9/])([1-9])/([2-9])(?![0-9/年月])")
_DIGITS = re.compile("([两双二三])位数(?=增长|增速|增幅|高速|快速|较快|以上|的|[，,。、；;]|$)")
_BETWEEN = re.compile(
    "\\bbetween (?!(?:19|20)[0-9]{2} and)[0-9][0-9.,]*\\s*(?:%|percent|per cent|million|billion|trillion)?"
    " and [0-9][0-9.,]*(?:\\s*(?:%|(?:percent|per cent|million|billion|trillion|yuan|U\\.S\\. dollars|US dollars)\\b))*"
)
_TIMES_AS_MUCH = re.compile("(?:倍差|收入比|之比)(?:值)?(?:[为是达至到]|缩小|降低|下降|扩大|由|从){0,3}$")
_TOP = re.compile(
    "前([0-9]{1,3}|[二两三四五六七八九十]{1,2})(?:[位名强]|(?=[，,。、；;”）)]|$))"
    "|\\b[Tt]op[- ]([0-9]{1,3}|two|three|four|five|six|seven|eight|nine|ten)\\b(?![.,][0-9])"
    "(?!\\s*(?:[bmtr]+illion|thousand|percent|per cent|yuan|%))"
)
_HEAD = re.compile(
    "人均[^，,。；;]{0,28}$|\\bper capita(?:[^.;]|\\.(?=[0-9])){0,110}$|\\bper (?:head|person)[^,.;]{0,20}$",
    re.IGNORECASE,
)
_PER_10K = re.compile(
    "(?:每万名?(?:常住)?人|(?<![0-9.])万人)口?(?:均)?[^，,。；;]{0,18}(?:基站|拥有|专利)[^，,。；;0-9]{0,8}$"
)
# Words before a number that say nothing of it; 过 is the end of a verb.
_IDLE = re.compile(
    "(?:(?:同比|增长|增速|增加|达到|达|占比|占|共计|共|总计|总额|合计|累计|为|其中|过(?!去)|上(?=[0-9])|grew by|grew"
    "|a total of|of which)\\s*)+(?=.)",
    re.IGNORECASE,
)
_ONE = re.compile("^(?:[约近超每另有为过共达是上下这那某]|其中)?一(?![万亿千百成倍半])")
_DROPPED = re.compile(
    "^(?:二次|过去的?一年|连续一年|[共为上]?[数几][多余天年]?|0+|[百千万]年|[万亿]元|[十百千万亿]"
    "|[零一二两三四五六七八九]|[0-9]{1,2}[次点时间层门例类])$"
)
# How often something was, which is counted: 提到 9次, 以 11次居首.
_TIMES_COUNTED = re.compile(
    "(?:提[到及]|出现|以|达到?|累计|共计?|其余|其中|除了|举[办行]了?|开展了?|召开了?|[\u4e00-\u9fff]的)[0-9]{1,2}次$"
)
_NOT_AFTER = re.compile(
    "^(?:方面军|期|届|世纪|级跳|月|号|[A-Za-z]{1,2}[0-9]|代|季度|周年|多年来?$"
    "|连[冠胜]|环(?:线|内|外)|街|路(?!网)|楼|院士)"
)

# What 近 and 约 are the end of, where they say nothing of a number.
_VERBS = {"近": ("逼", "迫", "临"), "约": ("签", "合", "节", "契", "预")}
_NAMED = re.compile("[^A-Za-z¥￥$]*[0-9](?=B)")  # 7B is a name, RMB 7B and 300b yuan are money
_SMALL = re.compile("^(?:[a-z]+ )?[0-9.,]+b$")
_MONEY_NEAR = re.compile(
    "\\b(?:GDP|trade|exports?|imports?|sales|investment|output|revenues?|value|total|economy)\\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_MILLION = re.compile("^((?:US\\$|[$¥￥]|RMB|CNY|USD)\\s?[0-9][0-9.,]*)\\s?m$")  # $660m
# A level that grows from one figure to another, which are no ends of a range: rose from 25 to 50 kilometers.
_FROM = re.compile(
    "\\b(?:expand|grow|grew|ris|rose|increas|rais|climb|jump|surg|soar|fell|fall|drop|reduc|cut|declin)\\w*\\b"
    "[^.;,0-9]{0,60}\\bfrom\\s*(?:[0-9][^.;]{0,30} and\\s*)?$"
)
_STARTED = re.compile("[从由]$|(?<!ing )(?<!es )(?<!ed )\\bfrom\\s*$")
_JOINED = re.compile("\\s*(?:[、和及与,，]\\s*(?:and)?|and)\\s*")
_MOVED_TO = re.compile("[，,]?(?:提升|提高|上升|回升|加快|回落|放缓|扩大|跃升|下降|增加|提速)?[至到为]")
# Growth that goes on without its verb: retail sales rose 6.7 percent, investment 2 percent.
_ELLIPSIS = re.compile(
    ",?(?: and)?(?: (?!of\\b|for\\b|share\\b|percent\\b|with\\b|which\\b"
    "|(?!manufacturing\\b)\\w+ing\\b)[A-Za-z-]+){1,5} "
)
_ELIDED = re.compile(
    "(?:[，,、；;]|[，,；;]?(?:其中|而|同时)[，,：:]?)[\u4e00-\u9fff]{0,10}?"
    "(?:产业|[工农林牧渔商筑务造]业|增加值|总额|投资|[进出]口|总值|收入|零售额|产值|产量|GDP|生产总值)(?:则|也|同样)?(?:为|达)?"
)
# Growth told before the level it leads to, without its verb: that of the second 7 percent to 20 billion yuan.
_TO_LEVEL = re.compile("\\s*to (?:RMB|US\\$|[0-9¥$])")
_FALL_OF_BOTH = re.compile("\\s*(?:[，,。；;.]|$|(?:year[- ]on[- ]year|respectively|from)\\b)")
_CARRIED = ("over", "at_least", "nearly", "about")


def find(text: str) -> list[Number]:
    """The numbers of a sentence in their order, none inside another."""
    plain = masked(text)
    taken: list[tuple[int, int]] = []
    found: list[Number] = []
    for number in (
        *_ratios(text),
        *_parts_of(text),
        *_proportions(plain),
        *ranks(plain),
        *multiples(plain),
        *fractions(plain),
        *_spelt(plain),
        *_quantities(plain),
    ):
        if all(number.end <= first or last <= number.start for first, last in taken):
            taken.append((number.start, number.end))
            found.append(number)
    found.sort(key=lambda number: number.start)
    found = [_as_printed(_per(number, text), text) for number in found]
    return _converted(_shared_units(signed(based(found, text), text), text), text)


def _as_printed(number: Number, text: str) -> Number:
    """A number that is spelt before its magnitude, one trillion yuan, with the text that was printed."""
    shown = text[number.start : number.end]
    spelt = re.search("[0-9]  ", number.text) or POINT.search(shown)
    return replace(number, text=shown) if spelt else number


def _per(number: Number, text: str) -> Number:
    """A count for ten thousand people, 每万人拥有 5G基站 30个, in the unit that says so."""
    if number.unit != "count" or number.form != LEVEL or not _PER_10K.search(text[: number.start]):
        return number
    quantity = understood(number.text.rstrip("个件项家"), "per_10k_people")
    return replace(number, quantity=quantity) if quantity else number


def _converted(numbers: list[Number], text: str) -> list[Number]:
    """An amount told again in another currency, over 200 billion yuan ($28.7 billion), is as firm as the first."""
    for at in range(1, len(numbers)):
        one, before = numbers[at], numbers[at - 1]
        money = {one.unit[-3:], before.unit[-3:]} == {"cny", "usd"} or {one.unit, before.unit} == {"100m_cny", "usd_bn"}
        if money and one.qualifier == "exact" and re.fullmatch("\\s*[（(]", text[before.end : one.start]):
            bound = before.form == THRESHOLD
            numbers[at] = replace(one, qualifier=before.qualifier, form=THRESHOLD if bound else one.form)
    return numbers


def _ratios(text: str) -> Iterator[Number]:
    """The parts of a whole that are printed as a ratio and come to a hundred: 8.9:36.5:54.6."""
    for match in RATIO.finditer(text):
        parts = list(FIGURE.finditer(text, *match.span()))
        clock = re.fullmatch("[0-9]{1,2}[:：∶][0-5][0-9][:：∶][0-5][0-9]", match[0])
        if not clock and abs(sum(float(part[0]) for part in parts) - 100) < 0.5:
            for part in parts:
                yield matched(part, SHARE, parse(part[0], "percent"))


def _parts_of(text: str) -> Iterator[Number]:
    """Shares that are printed as a fraction: 约占全国的 1/4."""
    for match in _SLASH.finditer(text):
        if int(match[1]) < int(match[2]) and re.search("(?:占|约|近|超过?|达|的|为)\\s*$", text[: match.start()]):
            share = 100 * int(match[1]) / int(match[2])
            yield spelt(text, match, SHARE, f"{share:.3g}%", "exact" if share.is_integer() else "about")


def _proportions(plain: str) -> Iterator[Number]:
    """How many times one is of another: 1.87:1."""
    for match in re.finditer("(?<![0-9.:：∶])([0-9]+\\.[0-9]+)\\s*[:：∶]\\s*1(?![0-9.:：∶])", plain):
        yield matched(match, MULTIPLE, parse(match[1], "ratio"))


def _spelt(plain: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(plain):
        least = "100%以上" if match[1] == "三" else "10%以上"
        yield matched(match, GROWTH, parse(least), "at_least")
    for match in _TOP.finditer(plain):
        place = match[1] or match[2]
        yield matched(match, RANK, parse(place if place.isascii() else f"{place}个"), "up_to")
    for match in _BETWEEN.finditer(plain):
        if read := understood(match[0]):
            yield matched(match, SHARE if read.unit == "percent" else LEVEL, read, read.qualifier)
    for match in _HUNDREDTHS.finditer(plain):
        if match[1]:
            value = match[1] if match[1][0].isdigit() else f"{parse(f'{match[1]}个').value:.0f}"
            yield formed(spelt(plain, match, SHARE, f"{value}%"), plain[: match.start()], plain[match.end() :])
    for match in _THOUSANDTHS.finditer(plain):
        yield spelt(plain, match, SHARE, f"{Decimal(match[1]) / 10}%")
    for match in _POINTS_OF_A_THOUSAND.finditer(plain):
        text = f"{Decimal(match[1]) / 10}个百分点"
        number = formed(Number(*match.span(), text, LEVEL, parse(text)), plain[: match.start()], plain[match.end() :])
        yield replace(number, text=match[0])
    for match in _JIN.finditer(plain):
        tonnes = Decimal(match[1]) * {"万": 10_000, "亿": 100_000_000}.get(match[2], 1) / 2_000
        yield spelt(plain, match, LEVEL, f"{tonnes:f}吨")
    for match in _WORD.finditer(plain):
        yield matched(match, LIST, parse(match[0]))


def _quantities(plain: str) -> Iterator[Number]:
    for start, end in _apart(plain, printed.running(plain)):
        start, end = _trimmed(plain, start, end)
        if plain[:start].endswith(_VERBS.get(plain[start], ())):
            start += 1
        if name := _NAMED.match(plain, start, end):
            end = name.end()
        elif _SMALL.search(plain[start:end]) and not _MONEY_NEAR.search(plain[:start]):
            end -= 1
        text = plain[start:end]
        before, after = plain[:start], plain[end:]
        counted = bool(_TIMES_COUNTED.search(before + text))
        if not text or _ONE.match(text) or _DROPPED.match(text) and not counted:
            continue
        if _NOT_AFTER.match(after) and re.search("[0-9一二三四五六七八九十百千]$", text):
            continue
        if YEAR_ALONE.fullmatch(re.sub("^(?:over|than|from|since|about|by) ", "", text)) or (
            text[0].isdigit() and re.search("[A-Za-z]$", before) and not before.endswith(("GDP", "CPI"))
        ):
            continue
        if re.match("[“「]?[一二三四五六七八九十]+[万亿]$", text) and before.endswith("“"):
            continue  # the name of a programme
        quantity, text, moved = _read(text)
        start += moved
        if _DROPPED.match(text) and not counted or re.match("(?:st|nd|rd|th)\\b", after):
            continue
        quantity = _meant(quantity, text, before, after) if quantity else None
        if quantity is None and not re.search("[0-9]", text):
            continue
        if (
            re.fullmatch("[0-9]{1,3}", text)
            and re.search("[\u4e00-\u9fff]", before[-1:] + after[:1])
            and not _counted(after)
            and not indexed(before)
        ):
            continue
        number = Number(start, start + len(text), text, LEVEL, quantity, quantity.qualifier if quantity else "exact")
        yield formed(number, plain[:start], plain[number.end :])


def _apart(plain: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Two numbers that only look like the ends of a range, 5.2 percent to 2.1 trillion yuan, each by itself."""
    for start, end in spans:
        text = plain[start:end]
        between = re.search("(?<=[a-z%％元万亿])\\s*(?:to\\b|至|到|~|-)\\s*(?=[0-9])", text)
        year = re.match("\\s*(?:19|20)[0-9]{2}\\s*(?:to\\b|至|到|~|-)\\s*(?=[0-9.]+\\s*[^0-9\\s年])", text)
        grown = re.search("(?<=[0-9])\\s+to\\s+(?=[0-9])", text)
        moved = grown or between
        if moved and _FROM.search(plain[:start]):
            yield start, start + moved.start()
            yield start + moved.end(), end
        elif year:  # from 1 trillion in 2019 to 2 trillion in 2024
            yield start + year.end(), end
        elif between and _STARTED.search(plain[:start]) or between and _read(text.strip())[0] is None:
            yield start, start + between.start()
            yield start + between.end(), end
        else:
            yield start, end


def _counted(after: str) -> bool:
    """Whether what follows a bare figure makes it one: a list that goes on, or the noun that is counted."""
    return bool(re.match("\\s*(?:[、和及与]\\s*[0-9]|[多余]?[\u4e00-\u9fff])", after)) and not after.startswith(
        ("、第", "的")
    )


def _meant(quantity: Quantity, text: str, before: str, after: str) -> Quantity:
    """What a figure says by the words around it: money, money per head, places of a rank; else what its text says."""
    try:
        if text.startswith("$") and foreign(before, ""):  # HK$3 billion
            return parse(text[1:])
        if quantity.unit == "count" and _TIMES_AS_MUCH.search(before):
            return parse(text, "ratio")
        if quantity.unit == "count" and told_in_money(text, before, after):
            return parse(text, "100m_cny")
        if quantity.unit in ("cny", "10k_cny") and _HEAD.search(before):
            return parse(re.sub("元|yuan|RMB|CNY|[¥￥]", "", text).strip(), "cny_per_person")
        if text.endswith("位") and re.search("(?:前进|后退|上升|下降|提升|跃升|晋升)了?$", before):
            return parse(f"{text[:-1]}个")
    except QuantityError:
        pass
    return quantity


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    """Without blanks at either end, and without a dash that is none of the number."""
    text = plain[start:end]
    start, end = end - len(text.lstrip(" \x00")), start + len(text.rstrip(" \x00"))
    whole = plain[start:end].endswith(("万亿大", "千亿大", "百亿大"))  # 万亿大省
    if whole or re.match(
        "台阶|大(?:学|专(?![项题业区家]))|内[资外部地陆]|位[居列于]|名列|只[有是用需能要]", plain[end - 1 : end + 2]
    ):
        end -= 1
    if plain[start : start + 1] in ("-", "—", "–", "－") and (
        plain[:start].strip() and plain[start - 1] not in " (（为是、的到至由从率速幅"
    ):
        start += 1
    return start, end


def _read(text: str) -> tuple[Quantity | None, str, int]:
    """What a text says; where it is refused, what its core says: without the words before the number, then behind."""
    idle = _IDLE.match(text)
    core = re.search("[0-9一二两三四五六七八九十百千万亿几数半$¥￥]|RMB|CNY|USD|US\\$", text)
    shorter = core.start() if core else 0
    for moved in dict.fromkeys((idle.end() if idle else 0, 0, shorter)):
        if quantity := understood(_MILLION.sub(r"\1 million", text[moved:])):
            return quantity, text[moved:], moved
    return None, text, 0


def _elided(one: Number, between: str, text: str) -> bool:
    """Whether a name and a percentage stand behind growth without a verb: 出口增长5%，进口3%."""
    alone = not re.search("占|比重|比例|份额|率", between) and not re.match("[以左]?[上右]?的", text[one.end :])
    return alone and bool(_ELIDED.fullmatch(between)) and not one.text.endswith("成")


def _shared_units(numbers: list[Number], text: str) -> list[Number]:
    """Figures in a row have the unit of the last, 1.8、3.2、1.3个百分点, and the form of the first: 增长2.8%、14.7%."""
    for at in range(1, len(numbers)):
        one, before = numbers[at], numbers[at - 1]
        between = text[before.end : one.start]
        if (
            {one.unit, before.unit} <= {"percent", "ratio"}
            and before.form == GROWTH
            and (
                re.fullmatch("\\s*(?:[、和及,，]|,?\\s*and)\\s*", between)
                or _MOVED_TO.fullmatch(between)
                or one.form == SHARE
                and (_ELLIPSIS.fullmatch(between) or _elided(one, between, text))
            )
        ):
            numbers[at] = replace(one, form=GROWTH)
            joined = re.fullmatch("\\s*(?:[、和及]|,?\\s*and)\\s*", between)
            if joined and before.quantity and before.quantity.value < 0 and _FALL_OF_BOTH.match(text[one.end :]):
                numbers[at] = negative(one)
        levels = [other for other in numbers[:at] if other.form == GROWTH and _TO_LEVEL.match(text[other.end :])]
        if one.unit == "percent" and one.form == SHARE and levels and _TO_LEVEL.match(text[one.end :]):
            numbers[at] = replace(one, form=GROWTH)
        alike = one.form == before.form and one.unit == before.unit != "count" and one.qualifier == "exact"
        if alike and before.qualifier in _CARRIED and re.fullmatch("\\s*[、和及与]\\s*", between):
            numbers[at] = replace(numbers[at], qualifier=before.qualifier)
    for at in range(len(numbers) - 2, -1, -1):
        one, after = numbers[at], numbers[at + 1]
        between = text[one.end : after.start]
        bare = one.text.removesuffix("个") if after.unit == "percentage_points" else one.text
        grown = between.strip() == "to" and _FROM.search(text[: one.start])
        joined = grown or _JOINED.fullmatch(between)
        plain = bare.replace(".", "").isdigit() and after.unit not in ("", "count")
        if plain and joined and (quantity := understood(bare, after.unit)):
            numbers[at] = replace(one, quantity=quantity, form=after.form)
    return numbers
