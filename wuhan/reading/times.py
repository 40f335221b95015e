"""Of which time a number tells: what a sentence says of it, taken from the day on which the text was printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from wuhan.evidence.periods import bounds, since_january
from wuhan.evidence.printed import DIGITS, SPELT
from wuhan.reading.decode import MONTH, Article, month_of
from wuhan.reading.said import LIKELY, SURE, UNSURE, likely

_NUMERALS = DIGITS | {"十": 10, "十一": 11, "十二": 12}
_FIRST_PLAN = 2001  # 十一五: 2006 to 2010
_YEAR = (
    r"(?P<year>(?<![0-9.])(?<![0-9],)(?:19|20)[0-9]{2})(?:\s*年"
    r"|(?!\s*[0-9,.]*[0-9万亿千%％P]|[一-鿿]))|(?P<named>今年|去年"
    r"|前年|上年|明年|当年|本年|全年|this\s+year|last\s+year|next\s+year)"
)
# Comparisons name a time that the number is not of.
COMPARED = re.compile(
    r"(?:自|从)?(?:19|20)[0-9]{2}年(?:以来|起|成立|创立|创办)|(?:成立|创建|创立|始建|建成)于(?:19|20)[0-9]{2}年"
    r"|\b(?:since|(?:founded|established|set up) in)\s+(?:19|20)[0-9]{2}"
    r"|(?:19|20)[0-9]{2}年(?:投用|启用|通车|开业|成立|创立)的"
    r"|由(?:19|20)[0-9]{2}年的?|是(?:19|20)[0-9]{2}年的|(?:比|较|与|同)(?:上年|去年|前年|[0-9]{4}年|一季度|上年同期|去年同期|同期|年初|上月"
    r"|20[0-9]{2}年|上半年|上季度|[一二三四]季度|前[二三]个?季度|前[0-9一二三四五六七八九十]+个月"
    r"|[0-9]{1,2}\s*[-—–~～至到]\s*[0-9]{1,2}月份?|[0-9]{1,2}月份?)(?:[、和](?:上半年|[一二三四]季度|前[二三]个?季度))?(?:同期|末|底)?(?:相比|提高|增长|增加)?"
    r"|同比|环比|上年同期|去年同期|year[- ](?:on|over)[- ]year|(?:from|than"
    r"|over|compared (?:with"
    r"|to)) (?:the )?(?:same period (?:of )?)?(?:last year"
    r"|the previous year|a year (?:ago|earlier)|the year before"
    r"|20[0-9]{2})"
    r"|(?:than|compared (?:with|to)|points (?:up )?from|(?:up|down) from) (?:those |that )?(?:of |in )?(?:the )?"
    r"(?:(?:first|second|third|fourth|previous|last) (?:quarter|half)|first (?:two|three|[a-z]{3,6}|[0-9]{1,2}) "
    r"(?:months|quarters))"
    r"|同期",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"""(?P<day>(?:19|20)[0-9]{{2}}[-/.年][0-9]{{1,2}}[-/.月][0-9]{{1,2}}(?![0-9]|月)日?)
    |(?P<years>(?:19|20)[0-9]{{2}})年?\s*(?:[-—–~～至到]{{1,2}}|to)\s*(?P<until>(?:19|20)[0-9]{{2}})年?
    |(?P<sofar>今年以来|(?:so\ far|to\ date)\ this\ year|this\ year\ so\ far)
    |[“"]?十(?P<plan>[一二三四五六])五[”"]?(?:规划)?(?:时期|期间)
    |(?P<now>目前|现有|如今|迄今|截至目前|currently|so\ far|now\b)
    |(?P<en>(?:(?P<equarter>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]+quarter|(?<![A-Za-z0-9])Q(?P<eq>[1-4])(?![A-Za-z0-9]))(?:\s+(?:of|this|last)?\s*(?P<eqyear>(?:19|20)[0-9]{{2}}|year)?)?
        |first\s+(?P<emonths>two|three|four|five|six|seven|eight|nine|ten|eleven|[0-9]{{1,2}})\s+(?P<eunit>months|quarters)(?:\s+of\s+(?:the\s+year|(?P<emyear>(?:19|20)[0-9]{{2}})|this\s+year))?
        |(?:(?:the\s+)?first[\s-]+half|(?-i:(?<![A-Za-z0-9])H1(?![A-Za-z0-9])))(?:\s+(?:of\s+)?(?:(?P<ehyear>(?:19|20)[0-9]{{2}})|the\s+year|this\s+year))?
        |(?P<ejan>Jan(?:uary|\.)?\s*(?:to|through|-|–|—)\s*)?(?-i:(?=[A-Z]))(?P<em>{MONTH})\b\.?(?:\s+(?P<ed>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9]))?(?:(?:\s+period)?,?(?:\s+(?:in|of))?\s+(?P<ey>(?:19|20)[0-9]{{2}})(?![0-9]))?
        |(?P<end>end[- ]of|the\s+end\s+of|end)\s+(?P<eend>(?:19|20)[0-9]{{2}}))
    |(?:{_YEAR})?[,，]?\s*(?P<part>
        第?(?P<quarter>[一二三四1-4])季度|前(?P<quarters>[二三两四234])个?季度|(?P<half>[上下])半年
        |前(?P<months>[0-9]{{1,2}}|[一二三四五六七八九十]+)个?月
        |(?P<m1>[0-9]{{1,2}})月?份?\s*[-—–~～至到]{{1,2}}\s*(?P<m2>[0-9]{{1,2}})月份?
        |(?<![0-9个])(?P<month>[0-9]{{1,2}})月(?:份|底|末|初)?(?P<dom>[0-9]{{1,2}})?日?
        |年[底末]|[底末](?=[，,。、])
    )?""",
    re.IGNORECASE | re.VERBOSE,
)
_DAY = re.compile(r"(?<![0-9])(1[0-2]|[1-9])月(3[01]|[12]?[0-9])日")
# The year of which a headline tells, but for one that a plan is for.
_TOLD = re.compile(
    "(20[0-9]{2})年(?!.{0,3}[1-9一二三四上前]|.{0,24}(?:计划|目标|规划|展望|预测|工作报告|安排|任务|方案))"
)
_COMING = re.compile(r"\bby(?: the)?(?: end)?\s*$")
_YEARS = re.compile(r"(?<!到)(?<!至)(?<!—)(?<![0-9-])(20[0-9]{2})\s*年|\b(?:in|of|since|during)\s+(20[0-9]{2})\b")


@dataclass(frozen=True)
class Time:
    """A time that a sentence names: where, which period (ISO 8601, "" where the day of printing would be needed), how
    sure; ``explicit`` where a year is printed.
    """

    start: int
    end: int
    period: str
    sure: str
    explicit: bool = False


@dataclass(frozen=True)
class Printing:
    """The day on which a text was printed, and how sure; why it is in doubt, if it is."""

    day: str
    sure: str
    why: str = ""
    told: str = ""  # the year that a headline names as that of the text

    @property
    def year(self) -> int:
        """The year, 0 where it is not known."""
        return int(self.day[:4]) if self.day else 0


def printing(article: Article, given: str = "") -> Printing:
    """When a text was printed: as it is ``given``, as the text says, or as the newest year that it names lets one
    expect. A page much later than all that its text speaks of shows an older text.
    """
    read = _printing(article, given)
    head = " ".join(sentence.text for sentence in article.sentences[:2] if sentence.heading)
    named = {match[1] for match in _TOLD.finditer(head)}
    year = next(iter(named)) if len(named) == 1 else ""
    over = year < read.day[:4] or read.day[5:7] == "12"
    return replace(read, told=year) if year and year <= read.day[:4] and over else read


def _printing(article: Article, given: str) -> Printing:
    text = "\n".join(sentence.text for sentence in article.sentences)
    years = [int(match[1] or match[2]) for match in _YEARS.finditer(text) if not _COMING.search(text[: match.start()])]
    if given:
        return Printing(given, SURE)
    if article.day:
        past = [year for year in years if year <= int(article.day[:4])]
        if past and max(past) < int(article.day[:4]) - 1:
            return Printing(article.day, UNSURE, "older")
        return Printing(article.day, SURE)
    if not years:
        return Printing("", UNSURE, "none")
    common = [year for year in years if re.search(f"{year}年?(?!.{{0,12}}(?:力争|目标|达到))", text)]
    newest = max(common or years)
    day = _DAY.search(text)
    if day:
        return Printing(f"{newest}-{int(day[1]):02d}-{int(day[2]):02d}", LIKELY, "inferred")
    return Printing(f"{newest}", UNSURE, "inferred")


def times(text: str, printed: Printing, year: str = "") -> list[Time]:
    """The times that a sentence names, in order. ``year``: the year that was spoken of before, "" for none."""
    here = False
    hidden = COMPARED.sub(lambda match: "\x00" * len(match[0]), text)
    found: list[Time] = []
    for match in _TIME.finditer(hidden):
        if not match[0].strip(" ,，"):
            continue
        time = _read(match, printed, year, here)
        if time is None or not _sound(time.period):
            continue
        if time.period and time.sure == SURE and (time.explicit or match["named"]):
            year, here = time.period[:4], True
        found.append(time)
    return found


def _sound(period: str) -> bool:
    """Whether a period is one: no month 13, no day 31 April."""
    try:
        return not period or bool(bounds(period))
    except ValueError:
        return False


def _read(match: re.Match[str], printed: Printing, year: str, here: bool) -> Time | None:
    where = match.span()
    if match["now"]:  # in the middle of a clause it may stand beside any time
        opens = not re.search("[\u4e00-\u9fff]$", match.string[: match.start()])
        sure = printed.sure if opens or match["now"].isascii() else LIKELY
        return Time(*where, printed.day[:7], sure if printed.day else UNSURE)
    if match["sofar"]:
        month = int(printed.day[5:7] or 0)
        period = since_january(printed.day[:4], month) if month else printed.day[:4]
        return Time(*where, period, likely(printed.sure))
    if match["plan"]:
        first = _FIRST_PLAN + 5 * _NUMERALS[match["plan"]]
        return Time(*where, f"{first}/{first + 4}", SURE, True)
    if match["day"]:
        parts = re.findall("[0-9]+", match["day"])
        return Time(*where, "-".join([parts[0], *(f"{int(part):02d}" for part in parts[1:])]), SURE, True)
    if match["years"]:
        if match["years"] >= match["until"]:
            return None
        return Time(*where, f"{match['years']}/{match['until']}", SURE, True)
    if match["en"]:
        return _english(match, printed, year, where)
    given, sure, explicit = _year(match, printed, year, here)
    if not given:
        return Time(*where, "", UNSURE)
    period = _part(match, given)
    return Time(*where, period, sure, explicit) if period else None


def _year(match: re.Match[str], printed: Printing, before: str, here: bool) -> tuple[str, str, bool]:
    """The year of a time, how sure, whether it is printed; ``here``: the one ``before`` is of the same sentence."""
    if match["year"]:
        return match["year"], SURE, True
    named = (match["named"] or "").lower()
    shift = {"今年": 0, "本年": 0, "this year": 0, "去年": -1, "last year": -1, "前年": -2, "明年": 1, "next year": 1}
    if named in shift:
        return str(printed.year + shift[named]) if printed.year else "", printed.sure, False
    ended = not named and bool(re.fullmatch("年[底末]", match[0].strip(" ,，")))
    if (named == "全年" or ended) and printed.told and not here:
        return printed.told, SURE, False
    if before:  # 全年, 当年, a quarter or a month of the year that was spoken of
        whole = named in ("全年", "当年") or bool(re.search("年?[底末]$", match[0]))
        now = here and before == str(printed.year) and printed.sure == SURE
        return before, SURE if here and whole or now else LIKELY, False
    return printed.day[:4], likely(printed.sure), False


def _part(match: re.Match[str], year: str) -> str:
    """The part of a year that a Chinese time names, from January where it is cumulative."""
    if match["quarter"]:
        return _quarter(year, _number(match["quarter"]))
    if match["quarters"]:
        return since_january(year, 3 * _number(match["quarters"]))
    if match["half"]:
        return _months(year, 1, 6) if match["half"] == "上" else _months(year, 7, 12)
    if match["months"]:
        return since_january(year, min(_number(match["months"]), 12))
    if match["m1"]:
        first, last = int(match["m1"]), int(match["m2"])
        return _months(year, first, last) if 1 <= first < last <= 12 else ""
    if match["month"]:
        month = int(match["month"])
        if not 1 <= month <= 12:
            return ""
        return f"{year}-{month:02d}-{int(match['dom']):02d}" if match["dom"] else f"{year}-{month:02d}"
    if match["part"]:  # its end
        return f"{year}-12"
    return year


def _english(match: re.Match[str], printed: Printing, year: str, where: tuple[int, int]) -> Time:
    given = match["eqyear"] or match["emyear"] or match["ehyear"] or match["ey"] or match["eend"] or ""
    explicit = given.isdigit()
    known = given if explicit else year or printed.day[:4]
    sure = SURE if explicit else LIKELY if year else likely(printed.sure)
    if re.search("this year|of the year", match[0]) and not explicit:
        known, sure = printed.day[:4], printed.sure
    if not known:
        return Time(*where, "", UNSURE)
    if match["equarter"] or match["eq"]:
        order = ("first", "second", "third", "fourth", "1st", "2nd", "3rd", "4th")
        period = _quarter(known, int(match["eq"] or order.index(match["equarter"].lower()) % 4 + 1))
    elif match["emonths"]:
        said = match["emonths"].lower()
        many = int(SPELT.get(said, said))
        period = since_january(known, 3 * many if match["eunit"].lower() == "quarters" else many)
    elif match["em"]:
        month = month_of(match["em"])
        period = f"{known}-{month:02d}-{int(match['ed']):02d}" if match["ed"] else f"{known}-{month:02d}"
        period = since_january(known, month) if match["ejan"] and not match["ed"] else period
    elif match["eend"]:
        period = f"{known}-12"
    else:
        period = since_january(known, 6)
    return Time(*where, period, sure, explicit)


def _quarter(year: str, number: int) -> str:
    return _months(year, 3 * number - 2, 3 * number)


def _months(year: str, first: int, last: int) -> str:
    return since_january(year, last) if first == 1 else f"{year}-{first:02d}/{year}-{last:02d}"


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMERALS.get(text, 0)
