"""Grades of sources: what was not read at its publisher is never A."""

import re

import pytest

from wuhan.evidence import package
from wuhan.evidence.csvreader import Sheet
from wuhan.evidence.sources import grade_faults


def sheet(**columns):
    lines = list(range(2, 2 + len(columns["trust"])))
    return Sheet("sources.csv", {"source_id": ["one"] * len(lines), **columns}, lines, [])


@pytest.mark.parametrize("read_in", ["reprint", "summary", "copy", "forum"])
def test_a_text_that_was_not_read_at_its_publisher_is_not_graded_a(read_in):
    found = [str(fault) for fault in grade_faults(sheet(read_in=["", read_in, read_in], trust=["A", "A", "B"]))]
    (told,) = found
    assert told.startswith(f"sources.csv:3: trust: found A, read in a {read_in} — write B at most, or leave read_in")


def test_other_tables_have_no_grades():
    assert list(grade_faults(Sheet("places.csv", {"place": ["wuhan"]}, [2], []))) == []


def test_what_the_notes_say_of_how_a_source_was_read_is_in_its_column():
    sources = package.read("sources").set_index("source_id")
    assert sources.loc["press_000", "read_in"] == "forum" and sources.loc["press_000", "trust"] > "A"
    told = sources["note"].str.contains("Read in a |Reprint", flags=re.NOFLAG)
    assert told.any() and (sources.loc[told, "read_in"] != "").all()
    assert (sources.loc[sources["read_in"] != "", "trust"] > "A").all()
    assert (sources.loc[sources["trust"] == "A", "address"] != "").all()
