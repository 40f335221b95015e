"""What things are called: places, indicators, units, codes, dates, in the language of the notebook."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Mapping

import pandas as pd

from wuhan.evidence import package
from wuhan.evidence.quantities import UNITS
from wuhan.evidence.sources import COPY, REPOSITORY, REPRINT
from wuhan.text.language import _, language, noted

# What stands in a Chinese name of an indicator that counts, and the word behind the number; the first that fits.
COUNTERS = (
    ("位次", ""),
    ("款数", "款"),
    ("订单", "单"),
    ("论文", "篇"),
    ("专利", "件"),
    ("牌照", "张"),
    ("集群|服务站|项目|场景", "个"),
    ("车辆|汽车产量", "辆"),
    ("高校|院校|高等学校", "所"),
    ("企业|公司|经营主体|机构|工厂", "家"),
    ("", "个"),
)
THEMES = noted(
    {
        "gdp": "GDP and growth",
        "industry": "Industry and projects",
        "ai": "AI ecosystem",
        "cities": "Comparison of cities",
        "future": "Future industries",
        "talent": "Talent and science",
        "smes": "Small and medium firms",
        "policy": "Policy and funds",
        "logistics": "Logistics",
        "other": "Other",
        "ai_and_computing": "AI and computing",
    }
)
# Codes that a reader is told in other words than their own. What is announced is reported, and nothing need be spent.
SAID = THEMES | noted({"actual": "reported"})
SPELT = {"ai": "AI", "rd": "R&D", "5g": "5G", "10g": "10G", "china": "China"}  # words that no code writes as they are
MONTHS = noted(
    (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )
)
SPANS = {"0103": "一季度", "0106": "上半年", "0109": "前三季度", "1012": "四季度"}  # what a Chinese reader calls months
# Codes that the package makes itself, as `label` speaks them; those of the data are found there.
MADE = noted(
    (
        "completed",
        "implied",
        "investor",
        "money by size",
        "money by stage",
        "other definition",
        "printed {year}",
        "projects by size",
        "projects by stage",
        "small firm",
    )
)
DATED = re.compile("(.+)_([0-9]{4})(?:_([0-9]{2}))?")  # a code that ends in a year, or in a month
SUPPLIED = "["  # with which a title begins that the editors gave
CHINESE_NAME = re.compile(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)")  # beside an English one: "Changjiang Daily (长江日报)"


class Name(str):
    """A name or a date: digits in it are no number that a fact would have to vouch for."""


def table_of(table: str, key: str) -> Mapping[str, dict]:
    """A table of the data package by its ``key``: one row a dictionary; read again when its file has changed."""
    return _table_of(table, key, package.state(table))


@functools.lru_cache(maxsize=32)
def _table_of(table: str, key: str, _state: tuple[object, ...]) -> Mapping[str, dict]:
    return package.rows(table, key)


def look_up(table: str, key: str, code: str) -> dict:
    """The row of ``code``. Raises ``LookupError`` with the nearest code that there is."""
    rows = table_of(table, key)
    if code not in rows:
        near = difflib.get_close_matches(code, rows, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"see data/{table}.csv"
        raise LookupError(f"{key}: found '{code}' — {hint}")
    return rows[code]


def name(place: str) -> Name:
    """The name of ``place`` in the language of the notebook."""
    return Name(look_up("places", "place", place)[f"name_{language()}"])


def measure(indicator: str) -> Name:
    """The name of ``indicator`` in the language of the notebook."""
    return Name(look_up("indicators", "indicator", indicator)[f"name_{language()}"])


def label(code: str) -> Name:
    """A code of a closed vocabulary (theme, status, vintage, scope, stage, …) as words: first_release is "first
    release".
    """
    words = _(spoken(code)) if code else ""
    if dated := DATED.fullmatch(code):
        _kind, year, month = dated.groups()
        return Name(words.format(year=year, month=when(f"{year}-{month}") if month else ""))
    return Name(re.sub(r"\w+", lambda match: SPELT.get(match[0], match[0]), words))


def spoken(code: str) -> str:
    """The message that `label` looks up for ``code``."""
    if dated := DATED.fullmatch(code):
        return dated[1].replace("_", " ") + (" of {month}" if dated[3] else " {year}")
    return SAID.get(code, code.replace("_", " "))


def worded(texts: Mapping[str, str]) -> dict[str, Name]:
    """What a notebook calls the parts of a figure, by their codes, in the language of the notebook."""
    return {code: Name(_(text)) for code, text in texts.items()}


def when(period: str) -> Name:
    """An ISO 8601 ``period`` as words: 26 June 2025, June 2025, 2025, January to March 2021."""
    first, _slash, last = period.partition("/")
    if not period:
        return Name("")
    if not last:
        year, month, day = (*map(int, first.split("-")), 0, 0)[:3]
        form = _("{day} {month} {year}") if day else _("{month} {year}") if month else _("{year}")
        return Name(form.format(day=day, month=_(MONTHS[month - 1]), year=year))
    if len(first) == 7 <= len(last) and first[:4] == last[:4]:  # the year is said once
        if language() == "zh" and len(last) == 7:
            named = SPANS.get(first[5:] + last[5:], f"{int(first[5:])}—{int(last[5:])}月")
            return Name(f"{first[:4]}年{named}")
        said, months = first[:4], [_(MONTHS[int(end[5:7]) - 1]) for end in (first, last)]
        if len(last) == 7:
            return Name(_("{first} to {last} {year}").format(first=months[0], last=months[1], year=said))
    if language() == "zh" and len(first) == len(last) == 4:
        return Name(f"{first}—{last}年")
    return Name(_("{first} to {last}").format(first=when(first), last=when(last)))


def grown(base: int, last: int, opens: bool = False) -> Name:
    """The years over which something grew from its level of ``base``, to open a sentence or inside it: "from 2019 to
    2025"; Chinese names the years of growth, 2020—2025年.
    """
    if language() == "zh":
        return Name(f"{base + 1}—{last}年" if last > base + 1 else f"{last}年")
    return Name(f"{'From' if opens else 'from'} {base} to {last}")


def captions(rows: pd.DataFrame) -> list[str]:
    """What each of ``rows`` is called in a figure: its indicator, its period, and the code in its column ``remark``
    unless that is blank: "core scale, 2025, zone".
    """
    named = [(measure(row.indicator), when(row.period), label(row.remark)) for row in rows.itertuples()]
    return [_(", ").join(filter(None, parts)) for parts in named]


def remark(text: str) -> Name:
    """A remark of the data (a note, a description) in the language of the notebook."""
    return Name(_(text))


def unit_of(indicator: str) -> str:
    """The code of the unit in which ``indicator`` is stored."""
    return look_up("indicators", "indicator", indicator)["unit"]


def unit_words(unit: str, indicator: str = "") -> str:
    """``unit`` in words, in the language of the notebook; in Chinese by what ``indicator`` counts."""
    return counter(indicator) if unit == "count" and indicator else getattr(UNITS[unit], language())


def counter(indicator: str) -> str:
    """The word behind a count of ``indicator``, in Chinese: 1326家; "" for what is no count, and in English."""
    row = table_of("indicators", "indicator").get(indicator) if language() == "zh" else None
    if row is None or row["unit"] not in UNITS or UNITS[row["unit"]].dimension != "count":
        return ""
    return next(word for kind, word in COUNTERS if re.search(kind, row["name_zh"]))


def definition(indicator: str) -> str:
    """What ``indicator`` counts, in one sentence."""
    return _(look_up("indicators", "indicator", indicator)["definition"])


def publisher(source: str) -> str:
    """Who published ``source``: in Chinese by the Chinese name where that is all, as in "Changjiang Daily (长江日报)".

    What stands around such a name ("…, press reprint", "web page, after …") says who told it again: it is translated
    with the name.
    """
    given = look_up("sources", "source_id", source)["publisher"]
    chinese = whole_name(given)
    return chinese if chinese and language() == "zh" else given if chinese else _(given)


def graded(source: Mapping[str, str]) -> str:
    """The grade of a row of ``sources.csv``, and that its text was read in a copy where it was: on an unrelated host,
    or in a file that somebody else keeps; or at an outlet that reprints it.
    """
    read = source["read_as"]
    if read in (COPY, REPOSITORY):
        return _("{grade}, read in a copy").format(grade=source["trust"])
    return (_("{grade}, read in a reprint") if read == REPRINT else _("{grade}")).format(grade=source["trust"])


def reached(source: Mapping[str, str]) -> str:
    """Where a reader is sent for a row of ``sources.csv``: its address, "" for none and for that of a copy, whose host
    has nothing to do with the publisher.
    """
    sound = re.fullmatch(r"https?://[^\s<>]+", source["address"])
    return source["address"] if sound and source["read_as"] != COPY else ""


def titled(title: str) -> str:
    """A title, on one line. One in [brackets] is none that was printed: the editors tell so what the text is, in the
    language that is set.
    """
    line = " ".join(title.split())
    return _(line) if line.startswith(SUPPLIED) else line


def whole_name(publisher: str) -> str:
    """The Chinese name beside an English one, "" when there is none or more than that is said."""
    name = re.fullmatch(rf"[^,;()]+{CHINESE_NAME.pattern}", publisher)
    return name[1] if name else ""
