"""How sources were read, and the best grade that leaves them."""

import re

import pytest

from wuhan.evidence import package
from wuhan.evidence.csvreader import Sheet
from wuhan.evidence.sources import grade_faults


def sheet(**columns):
    lines = list(range(2, 2 + len(columns["trust"])))
    return Sheet("sources.csv", {"source_id": ["one"] * len(lines), **columns}, lines, [])


@pytest.mark.parametrize(
    ("read_as", "best", "how"),
    [
        ("copy", "B", "read in a copy"),
        ("repository", "B", "read in a file that others keep"),
        ("republisher", "B", "read in a reprint"),
        ("quoted", "C", "quoted in somebody's notes"),
        ("", "B", "read nobody knows where"),
    ],
)
def test_a_text_that_was_not_read_at_its_publisher_has_a_best_grade(read_as, best, how):
    ways = ["publisher", "publisher", read_as, read_as]
    rows = sheet(publisher=["Daily"] * 4, read_as=ways, trust=["A", "A", chr(ord(best) - 1), best])
    (told,) = [str(fault) for fault in grade_faults(rows)]
    assert told.startswith(f"sources.csv:4: trust: found {chr(ord(best) - 1)}, {how} — write {best} at most")


@pytest.mark.parametrize("publisher", ["Press report", "Trade press (page)", "Unnamed magazine, citing a bureau"])
def test_what_nobody_signs_is_graded_c_at_best(publisher):
    named = "Caidian press office"
    rows = sheet(publisher=[named, publisher, publisher], read_as=["publisher"] * 3, trust=["B", "B", "C"])
    (told,) = [str(fault) for fault in grade_faults(rows)]
    assert told == (
        f"sources.csv:3: trust: found B for '{publisher}' — "
        "write C at most, or the name of who published it in publisher"
    )


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
