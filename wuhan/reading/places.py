"""Which place a number is of: named before it, or inherited; none where a place is named that the tables lack."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from wuhan.reading.context import EDGE, Context, last_at
from wuhan.reading.decode import Article
from wuhan.reading.forms import RANK, Number
from wuhan.reading.said import LIKELY, SURE, UNSURE, Said, Subject, likely
from wuhan.reading.strangers import cities, districts
from wuhan.reading.terms import CITY, Vocabulary

_OWN = re.compile("我市|全市|本市|该市|我们市|the city|city's|city’s")
_JOINED = re.compile("(?:、|和|与|及|以及|and)\\s*$")
WIDE = ("nation", "world", "region")


def subject(article: Article, names: Vocabulary) -> Subject:
    """The city that a text speaks of most; what stands in its headline counts three times."""
    counts: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for at, sentence in enumerate(article.sentences):
        for match in names.place.finditer(sentence.text):
            place = names.where(match[0])
            if names.kinds[place] in (*CITY, "district", "zone", "park", "province"):
                counts[names.city(place)] += 3 if at < 3 else 1
        unknown.update(match[0] for match in districts(sentence.text, names))
    if not counts:
        return Subject("", UNSURE, (), tuple(unknown))
    (first, most), *rest = counts.most_common()
    rest = [(place, count) for place, count in rest if place != names.parents[first]]  # its own province is no other
    strangers = sum(unknown.values())
    alone = most >= 3 and all(most >= 3 * count for _, count in rest) and most > 2 * strangers
    return Subject(first, SURE if alone else LIKELY, tuple(place for place, _ in rest), tuple(unknown))


def place_of(here: Context, number: Number, at: int) -> Said:
    """The place of a number whose measure is named ``at``."""
    at = min(at, number.start) if at else number.start
    later = [match for match in here.places if at < match.start() and match.end() <= number.start]
    apart = bool(later) and bool(EDGE.search(here.text[at : later[-1].start()]))
    if apart and here.kind(later[-1]) not in WIDE:  # 武汉GDP多少，长沙多少
        return Said(here.names.where(later[-1][0]), LIKELY, "named")
    named, apart = _named(here, number, at)
    ahead = [match for match in named if match.end() <= at] or [match for match in named if match.end() <= number.start]
    stranger = last_stranger(here, number.start)
    if stranger > at or stranger and (not ahead or stranger > ahead[-1].end()):  # 增速居首的是某县（8%）
        return Said(why="stranger")
    said = _nearest(here, ahead, named, at) if ahead else _inherited(here, here.text[:at])
    return replace(said, sure=likely(said.sure)) if apart else said


def _named(here: Context, number: Number, at: int) -> tuple[list[re.Match[str]], bool]:
    """The places that a number may be of: of nation and world only what stands directly before the measure, since they
    are more often a measure's scope; and whether one of them stands in the clause otherwise.
    """
    named, apart = [], False
    start = here.begins(at)
    for match in here.places:
        wide = here.kind(match) in WIDE
        counted = any(match.start() <= other.start < at for other in here.numbers)  # 全国第六个GDP破2万亿的城市
        direct = match.end() <= at < number.start and number.form != RANK and here.plain(match.end(), at)
        direct = direct and not counted
        if direct or not wide:
            named.append(match)
        elif start <= match.start() < at:
            apart = True
    return named, apart


def _nearest(here: Context, ahead: list[re.Match[str]], named: list[re.Match[str]], at: int) -> Said:
    """The last place before a number; likely only where it is one of several that are joined, or another clause lies
    between and the sentence names more.
    """
    place = here.names.where(ahead[-1][0])
    between = here.text[ahead[-1].end() : at]
    if _OWN.search(between) and here.names.kinds[place] not in CITY:
        place = here.names.city(place)
    others = {here.names.where(match[0]) for match in named} - {place, here.names.city(place)}
    nested = all(here.names.city(other) == here.names.city(place) for other in others)
    joined = len(ahead) > 1 and bool(_JOINED.search(here.text[: ahead[-1].start()]))
    sure = not joined and (not others or nested or not re.search("[，,。；;]", between))
    return Said(place, SURE if sure else LIKELY, "named")


def _inherited(here: Context, said: str) -> Said:
    """The place of a sentence that names none before its number: the city, province or zone spoken of."""
    city, before = here.city, here.before.place
    own = last_at(_OWN, said)
    said = said if own < 0 else said[own:]  # 全省统一核算，全市…
    if re.search("全区|我区|该区|本区", said):
        zone = before.code and here.names.kinds[before.code] in ("district", "zone")
        return replace(before, why="before") if zone else Said(why="stranger")
    if re.search("全省|我省", said):
        names = here.names
        province = city.place if names.kinds.get(city.place) == "province" else names.parents.get(city.place, "")
        return Said(province, city.sure if province else UNSURE, "deictic")
    if _OWN.search(said):
        return Said(city.place, city.sure, "deictic")
    if before.why == "stranger":
        return before
    if before.code:
        doubtful = bool(city.others) and before.code != city.place
        return replace(before, sure=LIKELY if doubtful else before.sure, why="before")
    if city.place:
        return Said(city.place, city.sure if not city.unknown else LIKELY, "text")
    return Said(why="none")


def last_stranger(here: Context, end: int) -> int:
    """Where the last name of a district, county or city ends that no table has, 0 where none stands."""
    said, names = here.text[:end], here.names
    return max((match.end() for match in (*districts(said, names), *cities(said, names))), default=0)
