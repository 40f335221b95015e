"""Twelve numbers of the pages, picked by a fixed seed, followed by their links to row and source."""

from __future__ import annotations

import csv
import random
import re
from pathlib import Path

import pytest

from wuhan.evidence import observations, package
from wuhan.evidence.quantities import render
from wuhan.execution import collection
from wuhan.execution.project import Project
from wuhan.presentation import language, prose

SEED, MANY = 148, 12


@pytest.fixture(scope="module")
def report() -> Path:
    assert collection.report(Project(), []) == 0
    return Project().build / "report"


@pytest.fixture
def spoken(request):
    language.language(request.param)
    yield request.param
    language.language("en")


def page(path: Path):
    from bs4 import BeautifulSoup

    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def rows_of(link, soup) -> list[tuple[str, str]]:
    """Text and address of every row of the data to which the number of ``link`` leads."""
    row = soup.find(id=link["href"].removeprefix("#"))
    assert row is not None and row.name == "tr", link
    assert row.th.get_text() == link.get_text()
    found = [
        (each.get_text(), each["href"])
        for each in row.find_all("a")
        if re.search(r"data/\w+\.csv#line=\d+$", each["href"])
    ]
    return [(link.get_text() if " · " in text else text, address) for text, address in found]


def numbers(home: Path) -> list[tuple[Path, str, list, list]]:
    """Every number of the notebooks' pages that leads to a row: page, text, rows, sources."""
    found = []
    for path in sorted(home.glob("[0-9]*.html")):
        soup = page(path)
        for link in soup.select("main a.n:not(.count)"):
            rows = rows_of(link, soup)
            cited = [each["href"] for each in soup.find(id=link["href"][1:]).select("a.source")]
            if rows:
                found.append((path, link.get_text(), rows, cited))
    return found


@pytest.mark.parametrize("spoken", ["en", "zh"], indirect=True)
def test_twelve_numbers_lead_to_their_rows_and_sources(spoken, report):
    home = report if spoken == "en" else report / spoken
    tables = {name: package.read(name) for name in ("gdp", "industry", "ai")}
    anchors = {each["id"] for each in page(home / "sources.html").find_all(id=True)}
    for path, number, rows, cited in random.Random(SEED).sample(numbers(home), MANY):
        for text, address in rows:
            file, line = re.search(r"(\w+)\.csv#line=(\d+)$", address).groups()
            target = (path.parent / address.partition("#")[0]).resolve()
            assert target.read_bytes() == (package.DATA / f"{file}.csv").read_bytes()
            with open(target, encoding="utf-8", newline="") as table:
                reader = csv.DictReader(table)
                row = next(row for row in reader if reader.line_num == int(line))
            whole = tables[file]
            same = whole[(whole[["place", "indicator", "period", "status", "vintage", "source_id"]] ==
                          [row[name] for name in ("place", "indicator", "period", "status", "vintage", "source_id")]
                          ).all(axis=1)]  # fmt: skip
            facts = observations.facts(same[same["value"] == float(row["value"])])
            told = {render(fact, spoken) for fact in facts} | {prose.word(fact) for fact in facts}
            told |= {str(prose.exactly(fact)) for fact in facts}
            assert text in told, (path.name, number, text, row)
            assert f"sources.html#{row['source_id']}" in cited or len(cited) >= 4, (path.name, number)
            assert row["source_id"] in anchors

