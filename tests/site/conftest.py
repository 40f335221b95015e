"""What the project's own data tell is worked out once a process: most tests of pages build a report from it.

`built` is one such report, for all that only look at it.
"""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from two_pages import made

from wuhan.evidence import package
from wuhan.site import pages
from wuhan.text import language

OWN, FOUND = package.DATA, {}


@pytest.fixture(autouse=True)
def told_once(monkeypatch):
    of_data = pages.of_data

    def once(kept, name, make):
        if package.DATA != OWN or OWN != pages.DATA:
            return of_data(kept, name, make)
        key = language.language(), name, make
        if key not in FOUND:
            FOUND[key] = pickle.dumps(of_data(kept, name, make))
        return pickle.loads(FOUND[key])

    monkeypatch.setattr(pages, "of_data", once)


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """A report of two pages in both languages."""
    folder = tmp_path_factory.mktemp("library")
    notebooks = made(folder)
    pages.report({"en": notebooks, "zh": notebooks}, folder / "out")
    return folder / "out"
