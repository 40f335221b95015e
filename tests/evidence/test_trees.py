"""What the data hold as a tree is one, and whatever they hold, the search through it ends."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuhan.evidence import package, trees
from wuhan.studies.ai_ecosystem import numbers as ecosystem
from wuhan.studies.ai_policy import numbers as instruments
from wuhan.studies.projects_by_sector import numbers as projects

NAMES = st.sampled_from("abcdefg")
PARENTS = st.dictionaries(NAMES, NAMES | st.sampled_from(["", "unknown"]), max_size=7)


def changed(data, table, *pairs):
    path = data / f"{table}.csv"
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return [str(fault) for fault in package.check(data)]


CAIDIAN = "蔡甸区,district,wuhan,"
# id, what is changed in places.csv, words of the one fault
PLACES = [
    (
        "circle",
        [(CAIDIAN, "蔡甸区,district,wuhan_sino_french_city,")],
        "a circle: wuhan_caidian .line 98., which lies in wuhan_sino_french_city",
    ),
    ("self", [(CAIDIAN, "蔡甸区,district,wuhan_caidian,")], "'wuhan_caidian', which would contain itself"),
    ("circle-of-three", [("湖北省,province,china,", "湖北省,province,wuhan_caidian,")], "circle"),
    ("smaller", [(CAIDIAN, "蔡甸区,district,wuhan_future_city,")], "a park, which cannot contain the district"),
    ("equal", [(CAIDIAN, "蔡甸区,district,wuhan_hongshan,")], "a district, which cannot contain the district"),
    ("city-in-zone", [("武汉市,city,hubei,", "武汉市,city,wuhan_east_lake,")], "circle"),
    (
        "other-city",
        [(CAIDIAN, "蔡甸区,district,nanjing,")],
        "'nanjing' with the code 320100, though wuhan_caidian has 420114",
    ),
    (
        "other-province",
        [("武汉市,city,hubei,", "武汉市,city,hunan,")],
        "'hunan' with the code 430000, though wuhan has 420100",
    ),
    ("code-of-a-district", [("武汉市,city,hubei,420100", "武汉市,city,hubei,420111")], "adcode|code"),
    ("code-twice", [("洪山区,district,wuhan,420111", "洪山区,district,wuhan,420114")], "420114"),
    ("name-twice", [("洪山区,district", "蔡甸区,district")], "蔡甸区"),
    ("names-swapped", [("Wuhan,武汉市", "武汉市,武汉市")], "name_en"),
    ("no-parent", [(CAIDIAN, "蔡甸区,district,,")], "a blank cell; world .* is the whole already"),
]


@pytest.mark.parametrize("name, pairs, words", PLACES, ids=[case[0] for case in PLACES])
def test_a_place_lies_in_a_larger_one(real, name, pairs, words):
    found = changed(real, "places", *pairs)
    assert found and all(fault.startswith("data/places.csv:") for fault in found), found
    assert any(re.search(words, fault) for fault in found), found
    assert len(found) == 1 or name.startswith(("code-", "name-")), found


def test_claims_that_repeat_each_other_are_told_without_a_false_way_out(real):
    claim, again = "p000_signing_total_count", "p000_headline_project_count"
    table = pd.read_csv(real / "claims.csv", dtype=str, keep_default_na=False)
    table.loc[table["claim"] == claim, "repeats"] = again
    table.to_csv(real / "claims.csv", index=False)
    told = [str(fault) for fault in package.check(real) if fault.column == "repeats"]
    assert len(told) == 2 and all("write a claim that repeats none" in fault for fault in told)


def test_a_chain_of_repeats_is_sent_to_its_end(real):
    table = pd.read_csv(real / "claims.csv", dtype=str, keep_default_na=False)
    alone = (table["repeats"] == "") & ~table["claim"].isin(table["repeats"])
    first, second, third, last = table.loc[alone, "claim"][:4]
    table = table.set_index("claim", drop=False)
    table.loc[[first, second, third], "repeats"] = [second, third, last]
    table.to_csv(real / "claims.csv", index=False)
    told = [fault for fault in package.check(real) if fault.column == "repeats"]
    assert len(told) == 2 and all(fault.instead == f"write {last}, which repeats none" for fault in told)


def test_identities_in_a_circle_are_told(real):
    with (real / "identities.csv").open("a", encoding="utf-8") as table:
        table.write("circle_one,One?,one := two + 1,,\ncircle_two,Two?,two := one - 1,,\n")
    assert {fault.file for fault in package.check(real)} == {"data/identities.csv"}


@given(PARENTS, NAMES)
def test_the_way_up_ends(parents, start):
    way = list(trees.above(start, parents))
    assert len(set(way)) == len(way) and start not in way
    ways = trees.circles(parents)
    assert all(parents[one] == other for ring in ways for one, other in zip(ring, [*ring[1:], ring[0]], strict=True))
    endless = {name for name in parents if _steps(name, parents) > len(parents)}
    assert bool(endless) == bool(ways)


def _steps(name, parents):
    steps = 0
    while name in parents and steps <= len(parents):
        name, steps = parents[name], steps + 1
    return steps


@given(PARENTS, NAMES)
def test_whatever_the_parents_the_analysis_ends(parents, start):
    kinds = {name: "park" for name in parents}
    places = pd.DataFrame([(name, parents[name], kinds[name]) for name in parents], columns=["place", "parent", "kind"])
    assert start not in ecosystem.inside(places, start)
    rows = pd.DataFrame({"place": list("abcdefg"), "year": 2024})
    assert set(instruments.of_city(rows, places, start, (2000, 2030))["level"]) <= {"city", "part", "above"}
    # no place here is a city, so that none holds another
    assert projects._home(start, *projects._homes(places))[0] in ("", "unknown", *set("abcdefg") - set(parents))
