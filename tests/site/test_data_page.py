"""The page of data: the tables byte by byte, described, and read by the code that stands beside them."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import shutil
import subprocess

import pytest
from two_pages import soup

from wuhan.evidence import package
from wuhan.site import tables


def test_each_table_is_there_for_excel_with_its_byte_order_mark(built):
    for home, root in (built, ""), (built / "zh", "../"):
        links = {link["href"] for link in soup(home / "data.html").find_all("a", download=True)}
        for path in package.DATA.glob("*.csv"):
            assert f"{root}data/excel/{path.name}" in links
            assert (built / "data" / "excel" / path.name).read_bytes() == b"\xef\xbb\xbf" + path.read_bytes()


@pytest.mark.parametrize(
    ("home", "file", "table", "key"),
    [
        ("", "sources.html", "sources", "source_id"),
        ("zh", "sources.html", "sources", "source_id"),
        ("", "claims.html", "claims", "claim"),
        ("zh", "claims.html", "claims", "claim"),
    ],
)
def test_what_the_editors_noted_is_shown_with_each_source_and_claim(built, home, file, table, key):
    frame = package.read(table).set_index(key)["note"]
    page = soup(built / home / file)
    noted = frame[frame != ""]
    assert len(noted) > 100
    for row, text in ((row, text) for row, text in noted.items() if page.find(id=row)):
        told = " ".join(text.split())
        shown = {" ".join(part.text.split()): part.get("lang") for part in page.find(id=row).find_all("i")}
        if home:
            assert shown and shown.get(told, "en") == "en", f"{row}: English that is not marked as such"
        else:
            assert told in shown, row


def test_the_tables_are_published_byte_by_byte(built):
    files = {path.name for path in (built / "data").iterdir() if path.is_file()}
    assert files == {path.name for path in package.DATA.glob("*.csv")} | {"datapackage.json"}
    for file in files:
        assert (built / "data" / file).read_bytes() == (package.DATA / file).read_bytes()


def test_each_table_is_described_with_its_columns_size_and_checksum(built):
    page = soup(built / "data.html")
    for resource in tables.descriptor(package.DATA)["resources"]:
        raw = (package.DATA / resource["path"]).read_bytes()
        heading = page.find("h2", id=resource["name"])
        assert heading.text == resource["title"]
        columns = heading.find_next("table")
        named = [head.text for head in columns.tbody.find_all("th")]
        assert named == raw.decode("utf-8").split("\n")[0].split(",")
        told = heading.find_next("p")
        assert f"{len(package.read(resource['name'])):,} rows, {len(raw):,} bytes" in told.text
        assert hashlib.sha256(raw).hexdigest() in heading.find_next(class_="sum").text
        for row, field in zip(columns.tbody.find_all("tr"), resource["schema"]["fields"], strict=True):
            assert field["description"] in row.text
            for word in field.get("constraints", {}).get("enum", []):
                assert word in row.text
        assert page.find("a", download=True, href=f"data/{resource['path']}")


def test_the_code_that_loads_a_table_gives_what_the_tables_hold(built, monkeypatch):
    monkeypatch.chdir(built)
    snippets = [block.text for block in soup(built / "data.html").select("details.code pre")]
    described = tables.descriptor(package.DATA)["resources"]
    for resource, python, r in zip(described, snippets[::2], snippets[1::2], strict=True):
        space: dict = {}
        exec(python, space)  # noqa: S102
        frame, ours = space[resource["name"]], package.read(resource["name"])
        assert len(frame) == len(ours)
        for field in resource["schema"]["fields"]:
            mine, theirs = ours[field["name"]], frame[field["name"]]
            assert mine.isna().tolist() == theirs.isna().tolist()
            assert mine.dropna().tolist() == theirs.dropna().tolist(), field["name"]
            numeric = field["type"] in tables.NUMERIC
            assert (f"as.numeric({resource['name']}${field['name']})" in r) == numeric
        assert r.startswith(f'{resource["name"]} <- read.csv("data/{resource["path"]}", colClasses = "character"')


def test_r_reads_the_same_rows(built):
    if not shutil.which("Rscript"):
        if os.environ.get("CI") or os.environ.get("WUHAN_BROWSER_REQUIRED"):
            pytest.fail("R is not installed", pytrace=False)
        pytest.skip("R is not installed")
    for block in soup(built / "data.html").select("details.code pre")[1::2]:
        name = block.text.partition(" <-")[0]
        said = subprocess.run(
            ["Rscript", "-e", f"{block.text}\ncat(nrow({name}))"], cwd=built, capture_output=True, text=True, check=True
        )
        assert int(said.stdout) == len(package.read(name))


def test_no_cell_is_a_formula_to_a_spreadsheet_and_all_read_back_equal(built):
    """CWE-1236: no cell but a number begins with a sign that a spreadsheet takes for a formula."""
    for path in sorted((built / "data").glob("*.csv")):
        text = path.read_text("utf-8")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        for row in rows:
            for cell in row:
                number = re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell)
                assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
        back = io.StringIO(newline="")
        csv.writer(back, lineterminator="\n").writerows(rows)
        assert list(csv.reader(io.StringIO(back.getvalue(), newline=""))) == rows
        assert back.getvalue() == text
