"""What the project's own data tell is worked out once a process: most tests of pages build a report from it."""

from __future__ import annotations

import pickle

import pytest

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
