"""The search: an index of what the pages, figures, claims and sources say, of the indicators and of the places.

It is small enough to lie in its page: the longest texts are cut. Words that mean the same are found alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from wuhan.evidence import package
from wuhan.evidence.claims import Claim
from wuhan.site import cities, ledger, rowpages, sources
from wuhan.site.book import HEADING, Page
from wuhan.site.rowpages import way
from wuhan.site.rows import named
from wuhan.site.sanitise import data_block, plain, shortened
from wuhan.site.synonyms import SYNONYMS
from wuhan.text import codes
from wuhan.text.language import _, language
from wuhan.text.words import label, name, publisher, unit_words

CLAIMS, APART = "claims.html", " · "  # between the parts of a text
SPACE = 142_000  # bytes of the index; the longest texts are cut until it fits
LENGTHS = (*range(4000, 1000, -250), *range(1000, 0, -50), 0)  # of a text, in characters
ANCHOR = re.compile(r'<h2 id="([^"]*)">(.*?)</h2>', re.DOTALL)
ITEM = re.compile(r"<li>(?:(?!</?li>).)*</li>", re.DOTALL)


@dataclass
class Group:
    """Entries that share the beginning of their way and, as sections of one page, a title.

    An entry is the rest of its way, its heading and its text; where that has parts, the rest of the way of each.
    """

    way: str
    title: str = ""
    entries: list[tuple[str, str, str]] = field(default_factory=list)


def page(
    notebooks: list[Page],
    others: dict[str, tuple[str, str]],
    compared: Iterable[str],
    data: Path,
    known: Iterable[Group],
) -> dict:
    """What the page holds: the index as JSON that no HTML can end.

    ``others`` are the pages that are no notebooks: file, title, text; ``compared`` the cities of the page of all
    cities; ``known`` what `of_data` finds.
    """
    stated = _stated(notebooks)
    groups = [_sections(each) for each in notebooks]
    groups += [Group(file, title, [("", "", text)]) for file, (title, text) in others.items()]
    groups += [*_figures(notebooks), *_indicators(data, stated), *_places(data, stated, compared)]
    groups += known
    for longest in LENGTHS:
        index = data_block(
            [
                [group.way, group.title, [[*entry[:2], shortened(entry[2], longest)] for entry in group.entries]]
                for group in groups
            ]
        )
        if len(index.encode()) <= SPACE:
            break
    return {"index": index, "synonyms": data_block(SYNONYMS)}


def of_data(data: Path) -> list[Group]:
    """The claims and the publishers, which the data alone tell."""
    return [_claims(data), _sources(data)]


def _sections(page: Page) -> Group:
    """The sections of a page; its first has no heading of its own."""
    sections: list[tuple[str, str, list[str]]] = [("", "", [])]
    for block in page.blocks:
        if block.kind in ("prose", "headline"):
            before, *parts = ANCHOR.split(block.html)
            sections[-1][2].append(_text(before))
            for anchor, heading, html in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
                sections.append((f"#{anchor}", plain(heading), [_text(html)]))
    found = [(way, heading, " ".join(filter(None, texts))) for way, heading, texts in sections]
    return Group(page.file, page.title, found)


def _figures(notebooks: list[Page]) -> Iterator[Group]:
    """The figures of each page: what each shows, in words."""
    for each in notebooks:
        figures = [block for block in each.blocks if block.kind == "figure"]
        told = [(f"#{block.slug}", _("Figure {number}").format(number=block.number), block.text) for block in figures]
        yield Group(each.file, each.title, told)


def _claims(data: Path) -> Group:
    """The claims of the press by what they count, with their numbers as they are printed and, where that differs, as
    the pages write them: each number leads to its claim.
    """
    found: dict[str, list[Claim]] = {}
    for one in ledger.held(data):
        found.setdefault(str(codes.subject(one.claim)), []).append(one.claim)
    told = [
        (
            " ".join(one.claim for one in own),
            subject,
            APART.join(" = ".join(filter(None, (one.value_text, ledger.written(one)))) for one in own),
        )
        for subject, own in found.items()
    ]
    return Group(f"{CLAIMS}#", _("Claims"), told)


def _sources(data: Path) -> Group:
    """The publishers: each leads to the first of its publications, and says how many there are."""
    found: dict[str, list[str]] = {}
    for row in package.read("sources", data).to_dict("records"):
        found.setdefault(publisher(row["source_id"]), []).append(row["source_id"])
    told = [
        (rowpages.source(own[0]), printer, _("{count} publications").format(count=len(own)) if own[1:] else "")
        for printer, own in found.items()
    ]
    return Group("", _("Sources"), told)


def _text(html: str) -> str:
    """The text of a piece of a page without its title and without sources, which have a page of their own."""
    ends = sources.endings()
    told = ITEM.sub(lambda found: "" if plain(found[0]).endswith(ends) else found[0], html)
    return plain(HEADING.sub(lambda found: "" if found[1] == "1" else found[0], told))


def _indicators(data: Path, stated: dict[str, str]) -> Iterable[Group]:
    """The indicators: both names, the unit."""
    return _rows(data, "indicators", stated, lambda row: unit_words(row["unit"], row["indicator"]))


def _places(data: Path, stated: dict[str, str], compared: Iterable[str]) -> Iterable[Group]:
    """The places: both names, the kind of place; a city leads to its row beside all others."""
    beside = {name(place): f"{cities.FILE}#{place}" for place in compared}
    return _rows(data, "places", stated | beside, lambda row: label(row["kind"]))


def _rows(data: Path, table: str, stated: dict[str, str], told: Callable[[dict], str]) -> Iterable[Group]:
    """The rows of a table: each leads to where a page first states a number of it, else to its line."""
    names = ("name_en", "name_zh") if language() == "en" else ("name_zh", "name_en")
    groups: dict[str, Group] = {}
    for line, row in enumerate(package.read(table, data).to_dict("records"), 2):
        own, other = (row[each] for each in names)
        page, _hash, anchor = (stated.get(own) or way(f"{table}.csv#line={line}")).partition("#")
        both = _("{name} · {other}").format(name=own, other=other)
        groups.setdefault(page, Group(f"{page}#")).entries.append((anchor, both, told(row)))
    return groups.values()


def _stated(notebooks: list[Page]) -> dict[str, str]:
    """Where a page first states a number of each measure and of each place, by name."""
    found: dict[str, str] = {}
    for each in notebooks:
        for number in each.numbers:
            for word in filter(None, named(number.record)):
                found.setdefault(word[:1].upper() + word[1:], f"{each.file}#{number.id}")
    return found
