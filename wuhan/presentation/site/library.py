"""The pages of the evidence: sources, claims, data, changes, and the search."""

from __future__ import annotations

from pathlib import Path

from wuhan.presentation.language import noted
from wuhan.presentation.site.book import Page

FILES: dict[str, str] = noted({})  # file of each page and its name in the navigation


def pages(notebooks: list[Page], edition, folder: Path) -> dict[str, tuple[str, dict]]:
    """Each page of the evidence: its file, its template, the values that it shows."""
    return {}
