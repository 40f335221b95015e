"""All faults of a package at once: sorted, counted, of one line each, and where the others are still told.

Each case of damage here and in the files beside this one starts from a package without faults, so a guard that stayed
silent would fail its case.
"""

from __future__ import annotations

import pytest
from damage import HEADER, damage, lines

from wuhan.evidence import package
from wuhan.evidence.package import DataError


def test_the_package_that_the_cases_damage_is_sound(tiny):
    assert lines(tiny) == []


def test_all_faults_of_all_tables_at_once_sorted(tiny):
    damage(tiny / "gdp.csv", "20011.65", "1e5")
    damage(tiny / "gdp.csv", "63.3", "633")
    damage(tiny / "gdp.csv", "xian,", "xi_an,")
    damage(tiny / "gdp.csv", "latest", "latest,")
    damage(tiny / "gdp.csv", "at_least", "least")
    damage(tiny / "events.csv", "148", "-")
    damage(tiny / "places.csv", "false", "no")
    found = package.check(tiny)
    assert [(fault.file, fault.line, fault.column) for fault in found] == [
        ("data/events.csv", 2, "projects"),
        ("data/gdp.csv", 2, "value"),
        ("data/gdp.csv", 6, "value"),
        ("data/gdp.csv", 8, "qualifier"),
        ("data/gdp.csv", 10, ""),
        ("data/places.csv", 2, "peer"),
    ]


def test_a_table_is_refused_for_a_fault_in_a_table_it_refers_to(tiny):
    damage(tiny / "places.csv", "false", "no")
    with pytest.raises(DataError, match=r"^data/places.csv:2: peer: found 'no' — write false$"):
        package.read("gdp", tiny)
    assert len(package.read("events", tiny)) == 2  # does not refer to places


def test_many_faults_are_counted_after_the_first_fifty(tiny):
    rows = "".join(f"wuhan,gdp_nominal,{year},x{year},,exact,actual,,bureau_2024,\n" for year in range(1900, 1960))
    (tiny / "gdp.csv").write_text(f"{HEADER}\n{rows}")
    with pytest.raises(DataError) as caught:
        package.read("gdp", tiny)
    assert len(caught.value.faults) == 60
    assert str(caught.value).splitlines()[-1] == "and 10 more: 10 in data/gdp.csv"
    assert len(str(caught.value).splitlines()) == 51


def test_a_wrong_column_of_thousands_of_names_is_told_up_to_a_thousand(tiny):
    rows = "".join(f"p{row},gdp_nominal,2023,1.5,,exact,actual,,bureau_2024,\n" for row in range(8000))
    (tiny / "gdp.csv").write_text(f"{HEADER}\n{rows}")
    found = lines(tiny)
    assert len(found) == 1001
    assert "place: found 1,000 different wrong cells or more — mend the column as a whole" in found[0] + found[1]


def test_no_message_has_a_second_line_or_a_character_that_cannot_be_seen(tiny):
    for old, new in [("Wuhan", "Wu\u202e\x1b[31mhan"), ("中国", "中\u2028国"), ("Xi'an", "x" * 5000 + "\u200b")]:
        damage(tiny / "places.csv", old, new)
    found = lines(tiny)
    assert len(found) == 3
    assert all(line.isprintable() and len(line) < 250 for line in found), found
