"""What the editors noted is written for readers: it names measures, not the ids and files of the tables."""

import re

import pytest

from wuhan.evidence import package

KEYS = {"indicators": "indicator", "sources": "source_id", "places": "place", "claims": "claim", "events": "event"}


@pytest.mark.parametrize("table", [*package.observed(), "sources", "events", "projects", "policies", "claims"])
def test_no_note_names_an_id_or_a_file(table):
    ids = {each for name, key in KEYS.items() for each in package.read(name)[key] if "_" in each}
    for note in package.read(table)["note"].dropna().unique():
        words = set(re.findall(r"[a-z0-9]+(?:_[a-z0-9]+)+|\w+\.(?:csv|ipynb|json)\b", note))
        assert not words & ids and not any("." in word for word in words), note
