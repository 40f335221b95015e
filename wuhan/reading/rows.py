"""Names in a row share out the numbers in a row: 出口、进口分别增长14.7%、9.8%, or English with respectively."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, pairwise

from wuhan.reading import strangers
from wuhan.reading.context import STOP, Context
from wuhan.reading.fits import chosen, fitting, of_whole, told_under_another
from wuhan.reading.forms import DURATION, GROWTH, LEVEL
from wuhan.reading.measures import BASE, framed
from wuhan.reading.said import LIKELY, SURE, Found, Said

_SHARED = re.compile("分别|依次|\\brespectively\\b")
_CLAUSE, _STATEMENT, _SENTENCE_EN = (re.compile(edge) for edge in ("[。；;，,：:]", "[。；;.：:]", "[.;:]\\s"))
_LIST = re.compile("[。；;：:]|中[，,]|其中[，,]?")
_JOINED = re.compile("、|以及|和|及|与")
_JOINED_EN = re.compile("(?:,? and |, )(?:the )?")
_COMPARED = re.compile("(?:同比|环比|比上年|较上年|数量|总数|总量|数|增速|规模)*$")
_SECTOR_NAMES = ("第一产业增加值", "第二产业增加值", "第三产业增加值")
_THREE = re.compile("\\bprimary,? secondary,? and tertiary (?:industries|industry|sectors)\\b", re.IGNORECASE)
_INCOMES = re.compile("城乡(?:常住)?居民人均可支配收入")
_GREW_EN = re.compile(
    ",? (?:(?:which (?:was|were) )?(?:up|down)"
    "|an? (?:year-on-year |annual )?(?:increase|growth|rise|decrease|decline|drop) of"
    "|(?:increasing|growing|rising|falling|declining)(?: by)?)(?: by)? "
)
_SECTORS = re.compile(
    "(?:三次产业|一二三产业?|第?一、二、三(?:次)?产业)(?:实现)?(?:增加值)?(?:同比|比上年|较上年)*$"
    "|\\bprimary,? secondary,? and tertiary (?:industries|industry|sectors)(?: \\w+){1,4} $"
)
# What else of branches a row may tell: investment in them, their profits.
_NOT_ADDED = re.compile(
    "投资|利润|营收|收入|总产值|产值|产量|销售|出口|进口|用电|税|价格"
    "|\\b(?:investments?|profits?|revenues?|sales|exports?|imports?|prices?|employment|electricity|production)\\b",
    re.IGNORECASE,
)
_BEGINS = re.compile("(?:[例比]?如|包括|以|特别是|尤其是)(?!何)")
_LAST_EN = re.compile("(?:many |some |several )?other (?:industries|sectors|branches|fields)\\b")
_NUMBER_OF = re.compile("[，,]\\s*(?:总数|数量|总量|增速|增幅|规模)?(?:均|都)?$")


def distributed(here: Context, found: list[Found]) -> list[Found]:
    """The numbers of a sentence; those in a row have the measures that are named in a row, where there are as many."""
    found = _of_incomes(here, _shared_out(here, found))
    return _of_sectors(here, _followed(here, found))


def _followed(here: Context, found: list[Found]) -> list[Found]:
    """The growth told behind as many levels: reached 5 and 6 billion yuan, respectively, down 2 and 4 percent."""
    for match in re.finditer("\\brespectively\\b", here.text):
        grown = _from(found, match.end())
        levels = _before(here, found, match.start())
        if len(levels) < 2 or len(grown) < len(levels) or any(found[at].measure.why != "row" for at in levels):
            continue
        grown = grown[: len(levels)]
        ends = [match.end(), *(found[at].number.end for at in grown)]
        gaps = [here.text[end : found[at].number.start] for end, at in zip(ends, grown, strict=False)]
        row = _GREW_EN.fullmatch(gaps[0]) and all(re.fullmatch(",? and |, ", gap) for gap in gaps[1:])
        if not row or any(found[at].number.form != GROWTH for at in grown):
            continue
        for at, level in zip(grown, levels, strict=True):
            term = found[level].term
            found[at] = _in_row(found[at], fitting(here, term, found[at].number), term)
    return found


def _from(found: Sequence[Found], start: int) -> list[int]:
    """Which of all are the numbers behind ``start``."""
    return [at for at, one in enumerate(found) if one.number.start >= start]


def _in_row(one: Found, fit: Sequence[str], term: str, sure: str = LIKELY) -> Found:
    """A number with the measure that its place in a row gives it."""
    return replace(one, measure=chosen(fit, sure, "row") if fit else Said(why="row"), term=term)


def _of_incomes(here: Context, found: list[Found]) -> list[Found]:
    """Income in towns and in the country, told in one: 城乡居民人均可支配收入 5万元、3万元."""
    for match in _INCOMES.finditer(here.text):
        taken = _from(found, match.end())[:2]
        if len(taken) < 2 or not here.plain(match.end(), found[taken[0]].number.start):
            continue
        first, second = (found[at].number for at in taken)
        alike = first.form == second.form and first.unit == second.unit
        joined = here.text[first.end : second.start] in "、和及"
        if not alike or not joined or STOP.search(here.text, match.end(), first.start):
            continue
        for at, term in zip(taken, ("城镇居民人均可支配收入", "农村居民人均可支配收入"), strict=True):
            fit = [] if BASE.search(here.text, match.end(), first.start) else fitting(here, term, found[at].number)
            found[at] = _in_row(found[at], fit, term)
    return found


def _of_sectors(here: Context, found: list[Found]) -> list[Found]:
    """What the three sectors added, and how that grew, told in one row each: the primary, secondary and tertiary
    industries contributed 2, 90 and 110 billion yuan.
    """
    for match in _THREE.finditer(here.text):
        behind = _from(found, match.end())
        levels = [at for at in behind if found[at].number.unit.endswith("cny") and found[at].number.form == LEVEL]
        grown = [at for at in behind if found[at].number.form == GROWTH]
        first = found[levels[0]].number.start if levels else 0
        if not levels or _not_added(here, first):
            continue
        plain = len(levels) == 3 and here.plain(match.end(), first)
        for row in (levels, grown):
            for at, term in zip(row, _SECTOR_NAMES, strict=False):
                fit = fitting(here, term, found[at].number) if len(row) == 3 and plain else []
                found[at] = _in_row(found[at], fit, term)
    return found


def _shared_out(here: Context, found: list[Found]) -> list[Found]:
    """The numbers of a sentence, those that 分别 or respectively shares out with their measures."""
    for match in _SHARED.finditer(here.text):
        chinese = not match[0].isascii()
        taken = _behind(here, found, match.end()) if chinese else _before(here, found, match.start())
        if len(taken) < 2:
            continue
        first = min(match.start(), found[taken[0]].number.start)
        if _of_places(here, found, taken, first):
            continue
        terms = _names(here, first, len(taken), chinese)
        told = [] if any(terms) else _levels(here, found, taken, first)
        terms = told or terms
        for at, term in zip(taken, terms or [""] * len(taken), strict=True):
            fit = of_whole(here, fitting(here, term, found[at].number), here.text[:first])
            branches = {code for code in fit if code in here.names.branches and not code.startswith("va_")}
            if branches and _not_added(here, first):
                fit = []
            short = branches and not re.search("增加值|added", here.text[:first])
            sure = LIKELY if told or short or here.names.broad(term) else SURE
            found[at] = _in_row(found[at], fit, term, sure)
    return found


def _not_added(here: Context, end: int) -> bool:
    """Whether a row of branches before ``end`` tells something else of them than their value added."""
    start = here.begins(end, _STATEMENT)
    return bool(_NOT_ADDED.search(here.text, start, end)) or told_under_another(here)


def _of_places(here: Context, found: list[Found], taken: Sequence[int], end: int) -> bool:
    """Whether places in a row share out the numbers, 上海、北京GDP分别为, and each has its own then."""
    start = here.begins(end, _CLAUSE)
    terms = [term for term in here.terms if start <= term.start() < end]
    named = [match for match in here.places if start <= match.start() < end]
    if not terms:
        return _of_topic(here, found, taken, start, end)
    plain = len(terms) == 1 and here.plain(start, terms[0].start()) and here.plain(terms[0].end(), end)
    if not plain or len(named) != len(taken) or named[-1].end() > terms[0].start():
        return False
    for at, match in zip(taken, named, strict=True):
        fit = fitting(here, terms[0][0], found[at].number)
        place = Said(here.names.where(match[0]), SURE, "named")
        found[at] = replace(found[at], measure=chosen(fit, SURE, "row"), term=terms[0][0], place=place)
    return True


def _of_topic(here: Context, found: list[Found], taken: Sequence[int], start: int, end: int) -> bool:
    """Whether a row of places goes on with the measure told before: 全市工业增长7%。甲区、乙区分别增长5%、6%."""
    pieces = [piece for piece in _JOINED.split(here.text[start:end]) if piece.strip()]
    named = [_place(here, piece) for piece in pieces]
    last = [one.term for one in found[: taken[0]] if one.term]
    topic = last[-1] if last else here.before.topic
    if len(named) != len(taken) or None in named or not topic or not any(named):
        return False
    for at, code in zip(taken, named, strict=True):
        fit = fitting(here, topic, found[at].number)
        place = Said(code, LIKELY, "named") if code else Said(why="stranger")
        found[at] = replace(found[at], measure=chosen(fit, LIKELY, "before"), term=topic, place=place)
    return True


def _place(here: Context, piece: str) -> str | None:
    """The place that a piece of a row names, "" for one that the tables lack, None where it names none."""
    name = _COMPARED.sub("", piece.strip())
    if place := here.names.where(name):
        return place
    stranger = re.fullmatch("[\u4e00-\u9fff]{2,3}[市区县州]", name) or any(strangers.cities(name, here.names))
    return "" if stranger else None


def _behind(here: Context, found: Sequence[Found], start: int) -> list[int]:
    """The numbers in a row behind a word: which of all."""
    taken: list[int] = []
    for at, one in enumerate(found):
        if one.number.start < start:
            continue
        gap = here.text[found[taken[-1]].number.end if taken else start : one.number.start]
        other = bool(taken) and (one.number.form == DURATION) != (found[taken[0]].number.form == DURATION)
        if other or len(gap) > (2 if taken else 8) or re.search("[。；;]", gap):
            break
        taken.append(at)
    return taken


def _before(here: Context, found: Sequence[Found], end: int) -> list[int]:
    """The numbers in a row before a word."""
    taken: list[int] = []
    for at in range(len(found) - 1, -1, -1):
        gap = here.text[found[at].number.end : found[taken[0]].number.start if taken else end]
        if found[at].number.end <= end and re.fullmatch(
            "[\\s,、]*(?:and|year[- ]on[- ]year|(?:from|over) (?:a|the previous) year(?: earlier| ago)?)?[\\s,]*", gap
        ):
            taken.insert(0, at)
    return taken


def _names(here: Context, end: int, n: int, chinese: bool) -> list[str]:
    """The ``n`` names in a row before ``end``, "" for one that is not known; none where as many do not stand there, or
    growth is told on another base.
    """
    start = here.begins(end, _CLAUSE)
    if n == 3 and _SECTORS.search(here.text[:end]):
        return list(_SECTOR_NAMES)
    if _NUMBER_OF.search(here.text[:end]) or not re.search("\\w", here.blank[start:end]):
        start = here.begins(max(0, start - 1), _CLAUSE)
    if not chinese:
        start = here.begins(end, _SENTENCE_EN)
        names = [term for term in here.terms if start <= term.start() and term.end() <= end][-n:]
        gaps = [here.text[one.end() : other.start()] for one, other in pairwise(names)]
        joined = len(names) == n and all(map(_JOINED_EN.fullmatch, gaps))
        return [name[0] for name in names] if joined else _listed(here, start, end, n)
    if BASE.search(here.text[start:end]) or framed(here, end):
        return []
    pieces = _pieces(here, start, end, n)
    last = here.text[pieces[-1][0] : pieces[-1][1]] if pieces else ""
    last = _COMPARED.sub("", last)
    tails = [*(last[at:] for at in range(len(last) - 1)), ""]
    return [_known(here, first, stop, tails) for first, stop in pieces] or _industries(here, end, n)


def _industries(here: Context, end: int, n: int) -> list[str]:
    """The ``n`` branches that commas part, "" for one that is not known: 甲业，乙、丙业，丁业增势较好，分别增长."""
    start = here.begins(end, _LIST)
    said = re.sub("业[^业，,、。；;0-9]{0,8}[，,]?$", "业", here.text[start:end])
    pieces = re.split("(?<=业)[，,、]", said)
    if len(pieces) != n or not all(piece.endswith("业") for piece in pieces) or re.search("[0-9]", said):
        return []
    return [piece if here.names.branches & set(here.names.means(piece)) else "" for piece in pieces]


def _listed(here: Context, start: int, end: int, n: int) -> list[str]:
    """The ``n`` names of an English list, "" for one that is not known: A, B and other industries grew by."""
    start = max(start, *(number.end for number in here.numbers if number.end <= end), 0)
    inside = [term.span() for term in here.terms]
    cuts = [
        cut.span()
        for cut in _JOINED_EN.finditer(here.text, start, end)
        if not any(first < cut.end() and cut.start() < last for first, last in inside)
    ]
    pieces = [
        (first, last)
        for first, last in _between(start, cuts, end)
        if not here.plain(first, last) and not _LAST_EN.match(here.text[first:last].strip())
    ]
    if len(pieces) != n:
        return []
    told = []
    for first, last in pieces:
        named = [term for term in here.terms if first <= term.start() and term.end() <= last]
        whole = len(named) == 1 and here.plain(first, named[0].start()) and here.plain(named[0].end(), last)
        if not whole and len(here.blank[first:last].split()) < 2:
            return []  # primary, secondary and tertiary industries
        told.append(named[0][0] if whole else "")
    return told if any(told) else []


def _levels(here: Context, found: Sequence[Found], taken: Sequence[int], end: int) -> list[str]:
    """The names of as many levels told directly before, of which the row tells the growth: 分别增长."""
    before = found[max(0, taken[0] - len(taken)) : taken[0]]
    if len(before) < len(taken) or any(one.number.form != LEVEL for one in before):
        return []
    start = before[-1].number.end
    if named := re.match(f" (?:in|of|for) {re.escape(before[-1].term)}", here.text[start:]):
        start += named.end()
    plain = here.plain(start, end) and not STOP.search(here.text, start, end)
    return [one.term for one in before] if plain else []


def _pieces(here: Context, start: int, end: int, n: int) -> list[tuple[int, int]]:
    """The ``n`` parts of a row, cut at its signs first; a name that has 和 in it stays whole."""
    inside = [term.span() for term in here.terms]
    cuts = [
        cut
        for cut in _JOINED.finditer(here.text, start, end)
        if not any(first < cut.start() and cut.end() < last for first, last in inside)
    ]
    for only in (False, True):
        kept = [cut for cut in cuts if not only or cut[0] == "、" or cut is cuts[-1]]
        if len(kept) == n - 1:
            return _between(start, [cut.span() for cut in kept], end)
    return []


def _between(start: int, cuts: Sequence[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """What some cuts leave of a part of a sentence."""
    points = [start, *chain.from_iterable(cuts), end]
    return list(zip(points[::2], points[1::2], strict=True))


def _known(here: Context, start: int, end: int, tails: Sequence[str]) -> str:
    """The name of a part, with what the last part has behind its own, 第一(产业增加值)."""
    piece = _COMPARED.sub("", here.text[start:end]).rstrip("，, ")
    begins = _BEGINS.match(piece)
    first = begins.end() if begins else 0
    for at in range(first, len(piece)):
        if not here.plain(start + first, start + at):
            break
        for tail in tails:
            for name in (piece[at:] + tail, f"第{piece[at:]}{tail}"):
                if here.names.means(name):
                    return name
            branch = f"{re.sub('等(?=行业|制造业|$)', '', piece[at:])}{tail}".removesuffix("增加值")
            if here.names.branches & set(here.names.means(branch)):
                return branch
    return ""
