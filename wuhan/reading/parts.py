"""Which numbers are parts of others told before: behind 其中, or by the share that is told of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from wuhan.evidence.units import UNITS
from wuhan.reading import qualifiers
from wuhan.reading.forms import LEVEL, LIST, SHARE, Number

Size = tuple[str, float]  # of a number: its dimension, and how large it is in the base unit
Sizes = tuple[Size, ...]
# What stands between a number and a share that names no whole: it is that of which the text speaks.
_OF_ALL = re.compile(
    "[，,、（(]\\s*(?:(?:同比|比上年)?(?:增长|下降)[0-9.]+[%％][，,、])?"
    "(?:(?:协议|计划)?总?投资(?:总?额)?[^，,。；;、]{1,14}[，,、])?(?:分别)?占比(?:分别)?(?:为|达到|达|约|近|超过|超)*"
)
_SHARED = re.compile(
    "占|比重|\\b(?:account(?:ing|ed|s)? for|represent(?:ing|ed|s)?|making up|makes? up|made up|or)\\b", re.IGNORECASE
)
# Output is not parted where its share is told in a sentence of its own: 民营经济增加值 900亿元，占GDP的比重为 56%.
_OF_OUTPUT = re.compile("占[^，,。；;]{0,8}(?:GDP|生产总值)")
_RISE = re.compile("(?:增加|减少|净增|增长|多|少)(?:了|约|近)?$|\\b(?:increase|rise|decrease|drop) of $")
_NEAR = 3  # numbers behind one among which its share is looked for


def parts(
    found: list[Number], text: str, before: Sizes | None, parted: bool
) -> tuple[list[Number], Sizes | None, bool]:
    """The numbers of a sentence, those behind 其中 as parts, which are no larger than a whole told ``before``; with
    what the next sentence may tell parts of, and whether it goes on to, as the one before did if ``parted``.
    """
    told: list[Number] = []
    wholes, opened, earlier = before, -1, before or ()
    for position, number in enumerate(found):
        at = qualifiers.opened(text, number.start)
        if at > opened:
            opened, here = at, tuple(_size(one) for one in told if one.end <= at)
            wholes = (*earlier, *here) if here else before
        part = (at >= 0 or parted) and _within(_size(number), wholes)
        if wholes is None and part:  # at the head of a paragraph: what is told of the part is no part
            part = _first(told, text, max(at, 0), number)
        part = part and not _RISE.search(text[: number.start])
        part = part or qualifiers.of_them(text[number.end :])
        part = part or qualifiers.among(text[: number.start], number.text) and _within(_size(number), map(_size, told))
        part = part or qualifiers.of_first(text[: number.start], number.text)
        part = part or _shared(number, found[position + 1 :], text, earlier, tuple(map(_size, told)))
        among = number.form == LIST and re.match("[^，,。；;、]{1,12}之一", text[number.end :])
        plain = number.qualifier == "exact" and number.form in (LEVEL, LIST)
        told.append(replace(number, qualifier="of_which") if plain and part or among else number)
    ends = text.rstrip('”’」』"）)').endswith(("；", ";"))
    goes_on = ends and wholes != () and (parted or opened >= 0 and not text[:opened].strip())
    return told, wholes if goes_on else (*earlier, *map(_size, told)), goes_on


def _first(told: Sequence[Number], text: str, at: int, number: Number) -> bool:
    """Whether a number is the first of its dimension behind 其中, or joined to it: 其中甲县 5个、乙县 3个."""
    levels = [one for one in told if one.start >= at and _size(one)[0] == _size(number)[0] != ""]
    joined = bool(levels) and re.search("[、；;]", text[levels[-1].end : number.start]) is not None
    return not levels or joined and levels[-1].qualifier == "of_which"


def _size(number: Number) -> Size:
    """The dimension of a number and its size in the base unit, "" for what has no parts; people are counted."""
    if number.quantity is None or number.form not in (LEVEL, LIST):
        return "", 0.0
    unit = UNITS[number.quantity.unit]
    return ("count" if unit.dimension == "people" else unit.dimension), number.quantity.value * float(unit.scale)


def _within(part: Size, wholes: Iterable[Size] | None) -> bool:
    """Whether a number can be a part of one of others; at the head of a paragraph they stand in the one before."""
    return bool(part[0]) and (wholes is None or any(part[0] == whole[0] and part[1] <= whole[1] for whole in wholes))


def _shared(number: Number, behind: Sequence[Number], text: str, before: Sizes, here: Sizes) -> bool:
    """Whether the share that is told of a number makes it a part: 79个，占比53%; of a whole that the share names only
    where one told before comes to it: 进出口80亿元，民企48亿元，占60%.
    """
    if number.form != LEVEL:
        return False
    for share in behind[:_NEAR]:
        gap = text[number.end : share.start]
        if re.search("[。；;]", gap):
            return False
        if share.form != SHARE or share.quantity is None:
            continue
        if _OF_ALL.fullmatch(gap):
            return True
        wholes = here if _OF_OUTPUT.search(gap) else (*before, *here)
        if _SHARED.search(gap) and any(_comes_to(_size(number), whole, share) for whole in wholes):
            return True
    return False


def _comes_to(part: Size, whole: Size, share: Number) -> bool:
    """Whether a part is the share of a whole that is printed, as far as it is."""
    if share.quantity is None or part[0] != whole[0] or not part[0] or not 0 < part[1] < whole[1]:
        return False
    decimals = re.search("[0-9]\\.([0-9]+)", share.text)
    loose = 0.6 * 10.0 ** -len(decimals[1]) if decimals else 0.6
    off = 100 * part[1] / whole[1] - share.quantity.value
    least = -5 if share.qualifier in ("nearly", "up_to", "about") else 0
    most = 5 if share.qualifier in ("over", "at_least", "about") else 0
    return least - loose <= off <= most + loose
