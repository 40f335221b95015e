"""All cities at a glance: each number of a column leads to the row of the city, measure and year that it states."""

from __future__ import annotations

import re

from small_notebooks import report, write
from test_front import soup

from wuhan.evidence import package
from wuhan.evidence.csvreader import as_printed
from wuhan.site import cities
from wuhan.site.beside import Beside
from wuhan.site.pages import Edition


def test_every_number_leads_to_the_row_that_prints_it():
    page = cities.page(package.DATA)
    rows = {table: dict(as_printed((package.DATA / f"{table}.csv").read_bytes())) for table in ("gdp", "cities")}
    rank, *columns = page["columns"]
    for column in columns:
        for city, (text, value, way, grade) in column.cells.items():
            found = re.fullmatch(r"rows-(\w+)-\d+\.html#r(\d+)", way)
            if found is None:
                assert column.title == "GDP per head" and way.startswith("#n")
                continue
            row = rows[found[1]][int(found[2])]
            assert (row["place"], row["period"], float(row["value"])) == (city, column.year[:4], value)
            assert text and grade in ("", "C", "D")
    assert [text for text, *_rest in rank.cells.values()] == [str(at) for at in range(1, len(rank.cells) + 1)]
    assert len(page["rows"]) > 50 and len(columns) > 14


def test_output_per_head_is_worked_out_from_facts_that_it_names():
    numbers = cities.page(package.DATA)["numbers"]
    assert all(number.formula and len(number.behind) >= 2 for number in numbers)
    assert all(leaf["row"] for number in numbers for leaf in number.behind)


def test_the_page_has_a_cell_for_every_city_and_column(tmp_path):
    report([write(tmp_path, "10_gdp", "Text.")], tmp_path / "out")
    table = soup(tmp_path / "out" / "cities.html").select_one("table.glance")
    columns = len(table.thead.find_all("th"))
    assert {len(row.find_all(["th", "td"])) for row in table.select("tbody tr")} == {columns}
    assert all(cell.a["href"] for cell in table.select("td[data-value]"))


def test_the_city_of_the_report_stands_first_and_names_lead_to_their_pages(tmp_path):
    page = cities.page(package.DATA)
    beside = Beside("wuhan", {("", cities.LED): {"chengdu": "../report-city-chengdu/10_gdp_and_growth.html"}})
    led = cities.led(page, beside, Edition("en", "", "", ()), [cities.LED])
    assert [row.place for row in led["held"]] == ["wuhan"]
    ways = {row.place: row.way for row in led["rows"] if row.way}
    assert ways == {"wuhan": "10_gdp_and_growth.html", "chengdu": "../report-city-chengdu/10_gdp_and_growth.html"}
    assert [row.cells for row in led["rows"]] == [row.cells for row in page["rows"]]
    report([write(tmp_path, "10_gdp", "Text.")], tmp_path / "out")
    held, others = soup(tmp_path / "out" / "cities.html").select("table.glance tbody")
    assert "".join(others.find(id="wuhan").stripped_strings) == "".join(held.tr.stripped_strings)
    assert len(others.select("tr[id]")) == len(page["rows"])
