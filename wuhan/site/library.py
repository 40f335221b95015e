"""The pages of the evidence: cities, sources, claims, data, changes, and the search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from wuhan.evidence import package
from wuhan.site import catalogue, changes, cities, ledger, release, rowpages, search, sources, tables, uses
from wuhan.site.beside import Beside
from wuhan.site.book import Page
from wuhan.site.numbers import Number
from wuhan.text.language import _, noted

# file of each page and its name in the navigation
FILES: dict[str, str] = noted(
    {
        "cities.html": "Cities",
        "sources.html": "Sources",
        "claims.html": "Claims",
        "data.html": "Data",
        "changes.html": "Changes",
        "search.html": "Search",
    }
)
# What each page says of itself at its head.
LEADS: dict[str, str] = noted(
    {
        "cities.html": "All cities of the data side by side: how large, how fast they grow, how much that is per head, "
        "and every measure that they share. Press a heading to sort.",
        "sources.html": "Every publication behind the data: who printed it, when, how far it is to be trusted, and "
        "which numbers of these pages rest on it.",
        "claims.html": "Every number that five press articles print on Wuhan, with its line, and what bears it out or "
        "contradicts it.",
        "data.html": "Every table behind these pages, to download as it was published: its columns, their types and "
        "what they mean.",
        "changes.html": "What each release brought, and which numbers, headlines and verdicts the last one had "
        "otherwise.",
        "search.html": "Find a word in all pages, an indicator or a place by its name in English or Chinese, or what "
        "the press printed by its number.",
    }
)

# What a reader of the web has in place of a notebook that is there to be run, in one line at its head.
INSTEAD = {
    "42_read_an_article": noted(
        "To check a number without running this, look for it among the {link}: each has its verdict, and what bears it "
        "out or contradicts it."
    )
}

# Those that the data alone tell, and files beside them, with what works out what they hold.
ALONE: dict[str, Callable[[Path], Any]] = {
    "claims.html": ledger.page,
    ledger.FILE: ledger.table,
    catalogue.FILE: catalogue.written,
    "data.html": tables.page,
    "rows": rowpages.pages,
    cities.FILE: cities.page,
    "release": release.of_data,
    "search": search.of_data,
    "uses": uses.rows,
}


def pages(
    notebooks: list[Page], edition, folder: Path, alone: Callable[[str], Any], beside: Beside
) -> dict[str, tuple[str, dict]]:
    """Each page of the evidence, the rows of every table among them: its file, its template, the values that it shows.

    With the edition in the root the tables of the data are copied to ``folder``/data, byte by byte; all verdicts stand
    in ``folder``/claims.csv, all series in catalogue.json; what each row carries in rows.csv, where there are
    ``notebooks``: editions are written side by side, and two would write one file.
    What the data alone tell is asked of ``alone``, with its name in `ALONE`.
    """
    data = package.DATA
    verdicts, glance = map(alone, (ledger.FILE, cities.FILE))
    named = {source for number in [*glance["numbers"], *_marked(notebooks)] for source in number.sources}
    cited = sources.page(notebooks, data, named | set(package.read("claims", data)["source_id"]))
    if not edition.folder:
        tables.copy(data, folder / "data")
        (folder / ledger.FILE).write_text(verdicts, encoding="utf-8", newline="\n")
        (folder / catalogue.FILE).write_bytes(alone(catalogue.FILE))
    carried = {}
    if notebooks:
        rested = {each["id"] for each in cited["used"] if each["pages"] or each["others"]}
        found = uses.uses(notebooks, verdicts, rested, alone("uses"))
        if not edition.folder:
            (folder / uses.FILE).write_text(uses.table(found), encoding="utf-8", newline="\n")
        carried = {"uses": uses.page(notebooks, found)}

    def now() -> dict:
        return alone("release") | {"headlines": release.headlines(package.ROOT / "notebooks")}

    others = {file: (_(title), _(LEADS[file])) for file, title in FILES.items()}
    shown = {
        cities.FILE: cities.led(glance, beside, edition, [each.stem for each in notebooks]),
        "sources.html": cited,
        "claims.html": alone("claims.html"),
        "data.html": alone("data.html") | carried,
        "changes.html": changes.page(notebooks, data, package.ROOT, release.read(), now),
        "search.html": search.page(notebooks, others, [row.place for row in glance["rows"]], data, alone("search")),
    }
    rows = {file: (rowpages.TEMPLATE, values) for file, values in alone("rows").items()}
    return rows | {
        file: (f"{file}.j2", values | {"title": others[file][0], "lead": others[file][1]})
        for file, values in shown.items()
    }


def instead(stem: str, home: str) -> str:
    """The line of HTML that stands at the head of the page ``stem``, blank for most; ``home``: way to the evidence."""
    link = f'<a href="{home}claims.html#words">{_("numbers that the press printed")}</a>'
    return escape(_(INSTEAD[stem])).format(link=link) if stem in INSTEAD else ""


def _marked(notebooks: list[Page]) -> Iterator[Number]:
    """The numbers that stand behind the marks of all figures."""
    drawings = (block.drawing for page in notebooks for block in page.blocks if block.drawing)
    return (fact.number for drawing in drawings for fact in drawing.facts)
