"""Which place a number is of: named before it, or inherited; none where a place is named that the tables lack."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from wuhan.reading.context import Context
from wuhan.reading.decode import Article
from wuhan.reading.numbers import RANK, Number
from wuhan.reading.said import LIKELY, SURE, UNSURE, Said, Subject
from wuhan.reading.terms import CITY, Vocabulary

# Words that end like the name of a district or a city and are none.
_GENERIC = (
    "地区|城区|市区|新区|社区|园区|小区|辖区|片区|景区|校区|山区|专区|特区|范区|能区|发区|高新区|政区|税区"
    "|集区|务区|导区|验区|各区|全区|该区|我区|本区|三区|四区|商区|分区|区区|战区|灾区|住区|"
    "全市|城市|上市|都市|超市|门市|股市|楼市|我市|本市|该市|各市|县市|两市|地市|级市|集市|夜市|入市|在市"
    "|向市|以市|为市|区市|省市|郡县|全县|该县|各县|市县|区县|人市|及市|和市|对市|由市|于市|与市|是市|的市"
    "|将市|让市|房市|菜市|花市|汽车市"
)
_UNKNOWN = re.compile(
    f"(?:(?<=[，,。；;：:、（(“”的在和与及于省市区\\s])|^)"
    f"(?:(?![一-鿿]{{0,2}}(?:{_GENERIC}))([一-鿿]{{2,3}})(?:区|县|市)(?![域别块间分划场值民级委政长内外属直])"
    "|[一-鿿]{2,4}(?:经开区|高新区|开发区|新区|自贸区|综保区))"
)
_NATION = re.compile("\\s*(?:的|'s|’s)?\\s*$")


def subject(article: Article, names: Vocabulary) -> Subject:
    """The city that a text speaks of most; what stands in its headline counts three times."""
    counts: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for at, sentence in enumerate(article.sentences):
        for match in names.place.finditer(sentence.text):
            place = names.where(match[0])
            if names.kinds[place][0] in (*CITY, "district", "zone", "park", "province"):
                counts[names.city(place)] += 3 if at < 3 else 1
        named = (match[0] for match in _UNKNOWN.finditer(sentence.text))
        unknown.update(name for name in named if not names.place.search(name))
    if not counts:
        return Subject("", UNSURE, (), tuple(unknown))
    (first, most), *rest = counts.most_common()
    rest = [(place, count) for place, count in rest if place != names.kinds[first][1]]  # its own province is no other
    strangers = sum(unknown.values())
    alone = most >= 3 and all(most >= 3 * count for _, count in rest) and most > 2 * strangers
    return Subject(first, SURE if alone else LIKELY, tuple(place for place, _ in rest), tuple(unknown))


def place_of(here: Context, number: Number, at: int) -> Said:
    """The place of a number whose measure is named ``at``."""
    at = min(at, number.start) if at else number.start
    strangers = strangers_in(here, at)
    named = []
    for match in here.places:
        kind = here.names.kinds[here.names.where(match[0])][0]
        if kind in ("nation", "world", "region"):
            direct = (
                match.end() <= at
                and _NATION.match(here.text[match.end() : at])
                and number.form != RANK
                and at < number.start
            )
            if not direct:
                continue
        named.append(match)
    ahead = [match for match in named if match.end() <= at] or [match for match in named if match.end() <= number.start]
    if strangers and (not ahead or strangers[-1] > ahead[-1].end()):
        return Said("", UNSURE, "stranger")
    own = "我市|全市|本市|该市|我们市|the city|city's|city’s"
    if ahead:
        place = here.names.where(ahead[-1][0])
        deictic = re.search(own, here.text[ahead[-1].end() : at])
        if deictic and here.names.kinds[place][0] not in CITY:
            place = here.names.city(place)
        several = {here.names.where(match[0]) for match in named} - {place, here.names.city(place)}
        nested = all(here.names.city(other) == here.names.city(place) for other in several)
        last = here.text[ahead[-1].end() : at]
        joined = bool(re.search("(?:、|和|与|及|以及|and)\\s*$", here.text[: ahead[-1].start()])) and len(ahead) > 1
        sure = SURE if not joined and (not several or nested or not re.search("[，,。；;]", last)) else LIKELY
        return Said(place, sure, "named")
    if re.search("全区|我区|该区|本区", here.text[:at]):
        known = here.before.place
        zone = known.code and here.names.kinds[known.code][0] in ("district", "zone")
        return replace(known, why="before") if zone else Said("", UNSURE, "stranger")
    if re.search("全省|我省", here.text[:at]):
        own_place = here.city.place
        province = (
            own_place
            if here.names.kinds.get(own_place, ("", ""))[0] == "province"
            else here.names.kinds.get(own_place, ("", ""))[1]
        )
        return Said(province, here.city.sure if province else UNSURE, "deictic")
    if re.search(own, here.text[:at]):
        return Said(here.city.place, here.city.sure, "deictic")
    if here.before.place.why == "stranger":
        return here.before.place
    if here.before.place.code:
        return replace(
            here.before.place,
            sure=here.before.place.sure
            if not here.city.others
            else LIKELY
            if here.before.place.code != here.city.place
            else here.before.place.sure,
            why="before",
        )
    return (
        Said(here.city.place, here.city.sure if not here.city.unknown else LIKELY, "text")
        if here.city.place
        else Said("", UNSURE, "none")
    )


def strangers_in(here: Context, end: int) -> list[int]:
    """Where names of districts, counties and cities end that no table has."""
    return [match.end() for match in _UNKNOWN.finditer(here.text[:end]) if not here.names.place.search(match[0])]
