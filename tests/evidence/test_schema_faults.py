"""The schema of a package, datapackage.json, and what it must declare."""

from __future__ import annotations

import json
import re

import pytest
from damage import damage, each, lines

from wuhan.evidence import package
from wuhan.evidence.package import DataError

# name, the place in datapackage.json, what is put there, the line reported
CASES = [
    ("json", '"name": "tiny"', '"name" "tiny"', "datapackage.json:2: found expecting ':' delimiter — write valid JSON"),
    (
        "twice-in-json",
        '"name": "tiny"',
        '"name": "tiny", "name": "x"',
        "datapackage.json:1: found the name 'name' twice in one object — keep one",
    ),
    (
        "type",
        '"type": "boolean"',
        '"type": "bool"',
        "datapackage.json:1: found the type 'bool' of places.peer — write one of string, number",
    ),
    (
        "constraint",
        '"maximum"',
        '"most"',
        "datapackage.json:1: found the constraint 'most' of events.amount — write one of required, unique",
    ),
    (
        "pattern",
        "#[0-9A-F]{6}",
        "#[0-9A-F{6}",
        "datapackage.json:1: found the pattern of places.colour: .* — write a regular expression",
    ),
    (
        "path",
        '"path": "gdp.csv"',
        '"path": "../gdp.csv"',
        "datapackage.json:1: found the path '../gdp.csv' — write the name of a .csv file",
    ),
    (
        "path-url",
        '"path": "gdp.csv"',
        '"path": "https://example.org/gdp.csv"',
        "found the path 'https://example.org/gdp.csv'",
    ),
    (
        "table-twice",
        '"name": "events"',
        '"name": "gdp"',
        "found the table 'gdp' twice — give each resource its own name",
    ),
    ("reference", '"resource": "places"', '"resource": "place"', "found a reference of gdp to 'place' — write places"),
    (
        "reference-far",
        '"resource": "places"',
        '"resource": "xyz"',
        "found a reference of gdp to 'xyz' — name a resource of this file",
    ),
    ("key", '"event_id"\n', '"event"\n', "found the key 'event' of events — write one of event_id, date"),
    (
        "resources",
        '"resources"',
        '"tables"',
        "datapackage.json:1: found no 'resources' — write it as Table Schema asks",
    ),
    ("list", None, "[]", "datapackage.json:1: found .* — write it as Table Schema asks"),
    ("bytes", None, b"\xff\xfe{}", "datapackage.json:1: found byte FF — save the file as UTF-8"),
]


@each("old, new, message", CASES)
def test_schema_fault(tiny, old, new, message):
    damage(tiny / "datapackage.json", old, new)
    found = lines(tiny)
    assert len(found) == 1, found
    assert re.search(message, found[0]), found[0]
    with pytest.raises(DataError, match="datapackage.json:"):
        package.read("gdp", tiny)


def test_observations_must_refer_to_indicators_and_sources(tiny):
    document = json.loads((tiny / "datapackage.json").read_text())
    document["resources"][3]["schema"]["foreignKeys"] = []
    (tiny / "datapackage.json").write_text(json.dumps(document))
    assert [line for line in lines(tiny) if "foreign key" in line] == [
        "data/gdp.csv:1: indicator: found no reference to indicators — declare the foreign key in datapackage.json",
        "data/gdp.csv:1: source_id: found no reference to sources — declare the foreign key in datapackage.json",
    ]


def test_a_file_that_nothing_describes_is_a_fault(tiny):
    (tiny / "old.csv").write_text("a,b\n1,2\n")
    assert lines(tiny) == [
        "data/old.csv:1: found a table that nothing describes — run `python -m wuhan describe old`, or remove the file"
    ]
