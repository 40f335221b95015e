"""Trees in the data: which place lies in which, which claim repeats which. A chain upwards always ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from wuhan.evidence.csvreader import Sheet
from wuhan.evidence.faults import Fault, visible

PLACES = frozenset({"place", "parent"})
# A place of each kind lies in one of these. A region is a group of places and may lie in, or hold, a larger one.
HOLDERS = {
    "nation": ("region",),
    "province": ("nation", "region"),
    "municipality": ("nation", "region"),
    "city": ("province", "nation", "region"),
    "district": ("city", "municipality"),
    "zone": ("district", "city", "municipality", "province"),
    "park": ("zone", "district", "city", "municipality", "province"),
    "region": ("region", "city", "municipality", "province", "nation"),
}
# The codes of each kind in GB/T 2260.
_FORMS = {
    "province": "[0-9]{2}0000",
    "municipality": "[0-9]{2}0000",
    "city": "[0-9]{2}(?!00)[0-9]{2}00|[0-9]{2}90[0-9]{2}",  # 90: cities right under a province
    "district": "[0-9]{4}(?!00)[0-9]{2}",
}
_DIGITS = {"province": 2, "municipality": 2, "city": 4}  # of the code of a place that all codes within it begin with


def above(start: str, parents: Mapping[str, str]) -> Iterator[str]:
    """What `start` lies in, from the nearest outwards. Ends in a circle, too: each is given once, `start` never."""
    seen, outer = {start}, parents.get(start, "")
    while outer and outer not in seen:
        yield outer
        seen.add(outer)
        outer = parents.get(outer, "")


def circles(parents: Mapping[str, str]) -> list[list[str]]:
    """The circles of a map from each to its parent, each once, from its first in the order of the map."""
    found: list[list[str]] = []
    for start in filter(None, parents):
        way = [start, *above(start, parents)]
        if parents.get(way[-1]) == start and not any(start in ring for ring in found):
            found.append(way)
    return found


def faults(sheet: Sheet) -> Iterator[Fault]:
    """Places that lie in themselves, in a smaller kind, in another one than their code says, or in nothing."""
    if not sheet.columns.keys() >= PLACES:
        return
    lines = {place: line for line, place in sheet.numbered("place")}
    parents, kinds, codes = (sheet.pairs("place", name) for name in ("parent", "kind", "adcode"))
    for place, code in codes.items():
        form = _FORMS.get(kinds.get(place, ""))
        if code and form and not re.fullmatch(form, code):
            found = f"{visible(code)}, which is no code of a {kinds[place]}"
            yield sheet.fault(lines[place], "adcode", found, "write the code of GB/T 2260, or another kind")
    rings = circles(parents)
    for ring in rings:
        yield sheet.fault(lines[ring[0]], "parent", *_ring(ring, lines))
    known = {place: parent for place, parent in parents.items() if parent in parents}
    for place, parent in known.items():
        problem = _larger(place, parent, kinds) or _coded(place, parent, kinds, codes)
        if problem and not any(place in ring for ring in rings):
            yield sheet.fault(lines[place], "parent", *problem)
    roots = sorted((place for place, parent in parents.items() if not parent), key=lambda at: kinds.get(at) != "region")
    for place in roots[1:]:
        found, line = f"a blank cell; {roots[0]} on line {lines[roots[0]]} is the whole already", lines[place]
        yield sheet.fault(line, "parent", found, "write the place that contains it")


def _ring(ring: list[str], lines: Mapping[str, int]) -> tuple[str, str]:
    """What is said of a circle of places."""
    if len(ring) == 1:
        return f"{visible(ring[0])}, which would contain itself", "write the place that contains it"
    shown = ", which lies in ".join(f"{place} (line {lines[place]})" for place in ring[:6])
    return f"a circle: {shown}{' …' if len(ring) > 6 else f', which lies in {ring[0]}'}", "write a larger place in one"


def _larger(place: str, parent: str, kinds: Mapping[str, str]) -> tuple[str, str] | None:
    """A place lies in one of a larger kind."""
    kind, holder = kinds.get(place, ""), kinds.get(parent, "")
    if kind not in HOLDERS or holder not in HOLDERS or holder in HOLDERS[kind]:
        return None
    found = f"{visible(parent)}, a {holder}, which cannot contain the {kind} {place}"
    return found, f"write a {' or '.join(HOLDERS[kind])}, or another kind"


def _coded(place: str, parent: str, kinds: Mapping[str, str], codes: Mapping[str, str]) -> tuple[str, str] | None:
    """The code of a place begins with that of the province and the city that contain it."""
    code, outer, digits = codes.get(place, ""), codes.get(parent, ""), _DIGITS.get(kinds.get(parent, ""), 0)
    if not code or not outer or code[:digits] == outer[:digits]:
        return None
    found = f"{visible(parent)} with the code {outer}, though {place} has {code}"
    return found, "write the place whose code begins alike, or the right adcode"
