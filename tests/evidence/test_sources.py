"""How sources were read: what was read in a copy is never A."""

import re

import pytest

from wuhan.evidence import package
from wuhan.evidence.csvreader import Sheet
from wuhan.evidence.sources import grade_faults


def sheet(**columns):
    lines = list(range(2, 2 + len(columns["trust"])))
    return Sheet("sources.csv", {"source_id": ["one"] * len(lines), **columns}, lines, [])


@pytest.mark.parametrize(("read_as", "how"), [("copy", "read in a copy"), ("", "read nobody knows where")])
def test_a_text_that_was_not_read_at_an_outlet_is_not_graded_a(read_as, how):
    rows = sheet(read_as=["publisher", "republisher", read_as, read_as], trust=["A", "A", "A", "B"])
    (told,) = [str(fault) for fault in grade_faults(rows)]
    assert told.startswith(f"sources.csv:4: trust: found A, {how} — write B at most")


def test_other_tables_have_no_grades():
    assert list(grade_faults(Sheet("places.csv", {"place": ["wuhan"]}, [2], []))) == []


def test_what_the_notes_say_of_how_a_source_was_read_is_in_its_column():
    sources = package.read("sources").set_index("source_id")
    assert sources.loc["press_000", "read_as"] == "copy" and sources.loc["press_000", "trust"] > "A"
    told = sources["note"].str.contains("Read in a |Reprint|on a forum", flags=re.NOFLAG)
    assert (
        told.any() and (sources.loc[told, "read_as"] != "publisher").all() and (sources.loc[told, "trust"] > "A").all()
    )
    assert (sources.loc[sources["trust"] == "A", "address"] != "").all()


def test_most_sources_are_no_copies_and_hosts_of_copies_are_no_publishers():
    sources = package.read("sources")
    hosts = sources["address"].str.extract("//([^/]+)")[0]
    copies = sources["read_as"] == "copy"
    assert 0 < copies.sum() < len(sources) / 2
    assert set(hosts[copies].dropna()).isdisjoint(hosts[sources["read_as"] == "publisher"].dropna())
