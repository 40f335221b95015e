"""Twelve numbers of the pages, picked by a fixed seed, followed by their links to row and source."""

from __future__ import annotations

import csv
import random
import re
from pathlib import Path

import pytest

from wuhan.evidence import ledger, observations, package, testimony
from wuhan.evidence.facts import Fact
from wuhan.evidence.quantities import interval, render
from wuhan.evidence.units import convert
from wuhan.studies.ai_policy.numbers import BOUNDS
from wuhan.text import language, prose

SEED, MANY = 148, 12


@pytest.fixture
def spoken(request):
    language.language(request.param)
    yield request.param
    language.language("en")


def page(path: Path):
    from bs4 import BeautifulSoup

    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


ROW = r"rows-(\w+)-\d+\.html#r(\d+)$"  # the address of a row of a table


def rows_of(link, row) -> list[tuple[str, str]]:
    """Text and address of every row of the data to which the number of ``link`` leads by its ``row`` of the page."""
    assert row is not None and row.name == "tr", link
    assert row.th.get_text() == link.get_text()
    found = [(each.get_text(), each["href"]) for each in row.find_all("a") if re.search(ROW, each["href"])]
    return [(link.get_text() if ".csv" in text else text, address) for text, address in found]


def numbers(home: Path) -> list[tuple[Path, str, list, list]]:
    """Every number of the notebooks' pages that leads to a row: page, text, rows, sources."""
    found = []
    for path in sorted(home.glob("[0-9]*.html")):
        soup = page(path)
        named = {each["id"]: each for each in soup.find_all(id=True)}
        for link in soup.select("main a.n:not(.count)"):
            row = named.get(link["href"].removeprefix("#"))
            leading = rows_of(link, row)
            cited = [each["href"] for each in row.select('a[href^="sources.html"]')]
            if leading:
                found.append((path, link.get_text(), leading, cited))
    return found


def told(file: str, row: dict[str, str], spoken: str) -> set[str]:
    """Every way in which the texts of the collection may word what a row of the data prints."""
    if file in observations.TABLES:
        whole = package.read(file)
        names = ["place", "indicator", "period", "status", "vintage", "source_id"]
        same = whole[(whole[names] == [row[name] for name in names]).all(axis=1)]
        facts = observations.facts(same[same["value"] == float(row["value"])])
    elif file == "claims":
        facts = [ledger.stated(row)]
    elif file == "witnesses":
        said = testimony.heard().testimonies[row["claim"]]
        facts = [one.fact for one in said if one.source_id == row["source_id"] and one.fact]
        facts += [leaf for fact in facts for leaf in fact.behind]  # "1379.3亿元 / 45.7%" prints both
    else:
        facts = [
            Fact(value, *interval(cell, limit, unit), unit, "", status, (), limit)
            for cell, unit in cells(row)
            for limit in ("exact", row.get("qualifier") or "exact", BOUNDS.get(row.get("limit", ""), "exact"))
            for status in ("actual", "plan", "target")
            for value in [float(cell)]
        ]
    ways = (lambda fact: render(fact, spoken), prose.word, lambda fact: str(prose.exactly(fact)))
    return {way(fact) for fact in facts for way in ways}


def cells(row: dict[str, str]) -> list[tuple[str, str]]:
    """The numbers of a row of events, projects or policies, each with its unit."""
    if "amount" in row:
        return [(f"{convert(float(row['amount']), row['unit'], 'cny'):.12g}", "cny")]
    found = [(cell, "100m_cny" if "100m_cny" in column else "count") for column, cell in row.items()]
    return [(cell, unit) for cell, unit in found if re.fullmatch(r"[0-9.]+", cell)]


def telling(file: str, row: dict[str, str]) -> set[str]:
    """The sources that print the same as a row of another table does, each with its words in witnesses.csv."""
    record = f"{file}/{row[next(iter(row))]}/"
    said = package.read("witnesses")
    return set(said.loc[said["record"].str.startswith(record), "source_id"])


@pytest.mark.parametrize("spoken", ["en", "zh"], indirect=True)
def test_twelve_numbers_lead_to_their_rows_and_sources(spoken, report):
    home = report if spoken == "en" else report / spoken
    anchors = {each["id"] for each in page(home / "sources.html").find_all(id=True)}
    for path, number, found, cited in random.Random(SEED).sample(numbers(home), MANY):
        for text, address in found:
            file, line = re.search(ROW, address).groups()
            target = path.parent / address.partition("#")[0]
            shown = page(target).find(id=f"r{line}")
            with open(package.DATA / f"{file}.csv", encoding="utf-8", newline="") as table:
                reader = csv.DictReader(table)
                row = next(row for row in reader if reader.line_num == int(line))
            assert text in told(file, row, spoken), (path.name, number, text, row)
            printed = row["value"] if "value" in row else row[next(iter(row))]
            assert printed in shown.get_text(" "), (path.name, number, target.name, line)
            printing = {row["source_id"], *telling(file, row)}
            assert {f"sources.html#{source}" for source in printing} & {*cited} or len(cited) >= 4, (path.name, number)
            assert row["source_id"] in anchors


def test_every_printed_number_leads_to_its_row(report):
    lost = []
    for path in sorted([*report.glob("[0-9]*.html"), *report.glob("zh/[0-9]*.html")]):
        for row in page(path).select(".facts tbody tr"):
            derived = row.find_all("td")[6].get_text()
            if not derived and not row.find("a", href=re.compile(ROW)):
                lost.append((path.name, row.get_text(" ")))
    assert lost == []
