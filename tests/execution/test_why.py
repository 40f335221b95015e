"""What rests on a row: found by taking it out, and nothing outside ``build/`` is touched."""

from __future__ import annotations

import pytest

from wuhan.evidence import csvreader
from wuhan.execution import why
from wuhan.execution.project import Project, RequestError

PROJECT = Project()


def line_of(table: str, key: str) -> int:
    rows = csvreader.as_printed((PROJECT.data / f"{table}.csv").read_bytes())
    return next(last for last, cells in rows if next(iter(cells.values())) == key)


@pytest.mark.parametrize(
    "asked, said",
    [
        ("", "write a table and a line"),
        ("gdp", "write a table and a line"),
        ("../gdp.csv:3", "write a table and a line"),
        ("data/gpd.csv:3", "no table data/gpd.csv"),
        ("data/gdp.csv:1", "no row on line 1"),
        ("data/gdp.csv:99999999", "no row on line 99999999"),
    ],
)
def test_what_is_no_row_is_refused_in_one_line(asked, said):
    with pytest.raises(RequestError, match=said) as refused:
        why.find(PROJECT, asked)
    assert "\n" not in str(refused.value)


def test_a_row_is_found_by_each_of_its_lines(tmp_path):
    copy = Project(tmp_path)
    copy.data.mkdir()
    (copy.data / "datapackage.json").write_bytes((PROJECT.data / "datapackage.json").read_bytes())
    (copy.data / "gdp.csv").write_text('place,note\nwuhan,"one\ntwo"\nxian,\n', "utf-8")
    assert [why.find(copy, f"gdp.csv:{line}").first for line in (2, 3, 4)] == [2, 2, 4]
    assert str(why.find(copy, "data/gdp.csv:4")) == "data/gdp.csv:4: xian"


def test_all_that_rests_on_a_row_is_said_and_the_data_stay(report, capsys):
    row = f"data/events.csv:{line_of('events', 'wuhan_signing_20250626')}"
    before = {path: path.read_bytes() for path in sorted(PROJECT.data.iterdir())}
    assert why.why(PROJECT, row) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{row}: wuhan_signing_20250626, 2025-06-26")
    own = said.split("\n20_project_pipeline\n")[1].split("\n\n")[0]
    assert {"- ! ", "+ ! "} <= {line[:4] for line in own.splitlines()}  # another answer
    assert "figure money is drawn otherwise" in own
    assert "11_growth_drivers" not in said  # it reads no events
    assert {path: path.read_bytes() for path in sorted(PROJECT.data.iterdir())} == before


def test_what_refers_to_a_row_is_said(tmp_path):
    source = why.find(PROJECT, f"data/sources.csv:{line_of('sources', 'press_004')}")
    faults = why._broken(why.without(PROJECT, source, tmp_path))
    assert faults and all("press_004" in fault for fault in faults)
