"""The pages of the evidence: sources, claims, data, changes, and the search."""

from __future__ import annotations

from pathlib import Path

from wuhan.evidence import package
from wuhan.presentation.language import noted
from wuhan.presentation.site import ledger, sources, tables
from wuhan.presentation.site.book import Page

# file of each page and its name in the navigation
FILES: dict[str, str] = noted({
    "sources.html": "Sources",
    "claims.html": "Claims",
    "data.html": "Data",
})
# What each page says of itself at its head.
LEADS: dict[str, str] = noted({
    "sources.html": "Every publication behind the data: who printed it, when, how far it is to be trusted, and which "
    "numbers of these pages rest on it.",
    "claims.html": "Every number that five press articles print on Wuhan, with its line, and how it stands against "
    "what other sources print.",
    "data.html": "Every table behind these pages, to download as it was published: its columns, their types and what "
    "they mean.",
})


def pages(notebooks: list[Page], edition, folder: Path) -> dict[str, tuple[str, dict]]:
    """Each page of the evidence: its file, its template, the values that it shows.

    The tables of the data are copied to ``folder``/data, byte by byte.
    """
    data = package.DATA
    tables.copy(data, folder / "data")
    shown = {
        "sources.html": sources.page(notebooks, data),
        "claims.html": ledger.page(data),
        "data.html": tables.page(data),
    }
    return {
        file: (f"{file}.j2", values | {"title": FILES[file], "lead": LEADS[file]}) for file, values in shown.items()
    }
