"""The page of claims: the ledger is whole, each claim leads to what it was held against."""

from __future__ import annotations

import csv
import io
import re

from two_pages import soup

from wuhan.evidence import claims, package, witnesses
from wuhan.site import ledger


def test_the_ledger_is_whole_and_every_claim_stands_where_it_should(built):
    page = soup(built / "claims.html")
    held = claims.frame(claims.verdicts(claims.claims(), witnesses.evidence()))
    rows = page.tbody.find_parent("table").find_all("tr", id=True)
    assert [row["id"] for row in rows] == list(held["claim"])
    assert len(rows) == 316
    for row, claim in zip(rows, held.to_dict("records"), strict=True):
        assert row.parent["id"] == claim["source_id"]
        assert (row["data-theme"], row["data-verdict"]) == (claim["theme"], claim["verdict"])
        assert row.get("data-witness", "") == claim["witness"]
        line, text, *_rest = row.find_all("td")
        assert (int(line.text), text.contents[0]) == (claim["line"], claim["value_text"])
    assert [option["value"] for option in page.find(id="verdict").find_all("option")][1:] == [
        kind for kind in claims.VERDICTS if kind in set(held["verdict"])
    ]
    counts = claims.witnessed(ledger.held(package.DATA))
    assert [int(dd.text) for dd in page.find(id="rests").find_all("dd")] == [n for n in counts.values() if n]


def test_all_verdicts_can_be_downloaded_as_one_table(built):
    link = next(each for each in soup(built / "zh" / "claims.html").find_all("a", download=True))
    rows = list(csv.DictReader(io.StringIO((built / "zh" / link["href"]).read_text("utf-8"))))
    held = claims.frame(ledger.held(package.DATA))
    for name in ("claim", "line", "verdict", "witness"):
        assert [row[name] for row in rows] == list(map(str, held[name]))
    for row in rows:
        assert bool(row["figure"]) == bool(row["source"]) and (row["source"] or not row["row"])
        if row["row"]:
            file, _hash, line = row["row"].partition("#line=")
            assert (package.DATA / file).read_text("utf-8").split("\n")[int(line) - 1]


def test_a_claim_leads_to_the_row_that_it_was_held_against(built):
    held = {one.claim.claim: one for one in ledger.held(package.DATA)}
    read = {path.name: path.read_text("utf-8").split("\n") for path in package.DATA.glob("*.csv")}
    seen = 0
    for row in soup(built / "claims.html").find_all("tr", id=True):
        link = row.find_all("td")[-1].find("a")
        if link:
            table, line = re.fullmatch(r"rows-(\w+)-\d+\.html#r(\d+)", link["href"]).groups()
            (cells,) = csv.reader([read[f"{table}.csv"][int(line) - 1]])
            fact = held[row["id"]].against[0]
            if fact.row:
                assert all(key in cells for key in fact.row[1:])
            else:
                assert cells[:3] == [fact.place, fact.indicator, fact.period]
                assert float(cells[3]) == fact.value
            seen += 1
    assert seen >= 15


def test_without_a_script_all_claims_are_shown_and_no_control_is(built):
    page = soup(built / "claims.html")
    assert page.find(id="filters").has_attr("hidden")
    assert not page.find("table").find_all(attrs={"hidden": True})
    assert page.find(id="said")["role"] == "status"
    assert page.find(id="said").text == "316 claims."
    assert all(control.find_parent("label") for control in page.find_all(["input", "select"]))
    zh = soup(built / "zh" / "claims.html")
    assert zh.find("script")["src"] == "../site.js"
    assert len(zh.find_all("tr", id=True)) == 316
