"""What a record says of itself must be possible: its dates have come, in their order; no part exceeds its whole."""

from __future__ import annotations

import json

import pytest

from wuhan.evidence import package, records


def set_cell(data, table, column, value, where="", row=0):
    """Write a cell of the first row (or the row whose key begins so) and give the faults of that column."""
    import csv

    path = data / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = next(each for each in rows if not where or next(iter(each.values())).startswith(where))
    found.update(value if isinstance(value, dict) else {column: value})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return [str(fault) for fault in package.check(data) if fault.column == column]


@pytest.mark.parametrize("table, column", [("sources", "published"), ("events", "date"), ("gdp", "period")])
@pytest.mark.parametrize("year", ["0202", "1026", "2205"])
def test_a_year_that_no_figure_has_is_refused(tiny, table, column, year):
    value = year if column != "date" else f"{year}-01-01"
    assert len(set_cell(tiny, table, column, value)) == 1


def test_an_observation_stands_in_one_table(real):
    row = next(
        line for line in (real / "gdp.csv").read_text("utf-8").split("\n") if line.startswith("wuhan,retail_sales")
    )
    with open(real / "cities.csv", "a", encoding="utf-8") as table:
        table.write(f"{row}\n")
    found = [fault for fault in package.check(real) if "data/gdp.csv" in fault.found]
    assert len(found) == 1 and found[0].file == "data/cities.csv" and "in one of the two tables" in found[0].instead


def test_nothing_that_happened_is_later_than_the_data(tiny):
    document = json.loads((tiny / "datapackage.json").read_text("utf-8"))
    (tiny / "datapackage.json").write_text(json.dumps(document | {"created": "2025-07-01T00:00:00Z"}), "utf-8")
    assert package.check(tiny) == []
    [line] = set_cell(tiny, "sources", "published", "2025-07-02")
    assert "found '2025-07-02', after 2025-07-01, the day of these data" in line
    assert set_cell(tiny, "sources", "published", "2025-07") == []  # may be the first day of July


def test_the_data_have_a_day():
    descriptor = (package.DATA / "datapackage.json").read_bytes()
    assert records.day(descriptor).year >= 2026
    assert records.day(b"{}") == records.date.max


@pytest.mark.parametrize("part, whole", records.PARTS)
def test_a_part_above_its_whole_is_refused(real, part, whole):
    table = "projects" if part.startswith("invested") else "events"
    [line] = set_cell(real, table, part, {part: "31", whole: "30", "qualifier": "exact"})
    assert f"{part}: found 31, more than the whole, 30 ({whole})" in line


def test_a_sector_above_its_event_is_refused(real):
    [line] = set_cell(real, "event_sectors", "projects", "50")
    assert "more than the whole" in line and "of the event" in line


def test_a_project_is_not_completed_before_it_is_started(real):
    dates = {"signed": "", "started": "2024-05", "completed": "2023-12-31"}
    [line] = set_cell(real, "projects", "completed", dates)
    assert "found '2023-12-31', before it was started (2024-05)" in line


def test_a_policy_ends_after_its_date(real):
    [line] = set_cell(real, "policies", "until", {"date": "2025-03-10", "until": "2024"})
    assert "until: found '2024', before date (2025-03-10) — write the dates in their order" in line
    assert set_cell(real, "policies", "until", {"until": "2025"}) == []


@pytest.mark.parametrize(
    "table, column, row, value",
    [
        ("events", "investment_100m_cny", "wuhan_groundbreaking_20201027", "24890000"),
        ("events", "investment_100m_cny", "wuhan_groundbreaking_20201027", "0.2489"),
        ("event_sectors", "investment_100m_cny", "caidian", "590000"),
        ("projects", "investment_100m_cny", "anyang_laser", "50000"),
        ("policies", "amount", "ai_core_technology", "20000000"),
        ("policies", "amount", "ai_core_technology", {"amount": "2000", "unit": "100m_cny"}),
    ],
)
def test_an_amount_in_another_unit_is_one_line(real, table, column, row, value):
    [line] = set_cell(real, table, column, value, where=row)
    assert f"{table}.csv:" in line and "check value and unit" in line
    assert len(package.check(real)) == 1


@pytest.mark.parametrize("table", ["events", "projects", "policies"])
def test_a_record_under_a_second_id_is_one_line(real, table):
    path = real / f"{table}.csv"
    row = path.read_text("utf-8").split("\n")[3]
    with path.open("a", encoding="utf-8") as file:
        file.write("the_same_again" + row[row.index(",") :] + "\n")
    [fault] = package.check(real)
    assert "'the_same_again', in all but id" in fault.found and fault.found.endswith("of line 4")


def test_an_event_has_the_day_of_its_id(real):
    [line] = set_cell(real, "events", "date", "2002-10-27", where="wuhan_groundbreaking_20201027")
    assert "found '2002-10-27', though the id wuhan_groundbreaking_20201027 tells 2020-10-27" in line


@pytest.mark.parametrize(
    "indicator, unit, why",
    [
        ("gdp_nominal", "10k_cny", "the claims about gdp_nominal are in 100m_cny"),
        ("ai_firms", "10k", "the claims about ai_firms are in count"),
        ("va_tertiary", "10k_cny", "gdp_nominal, of which it is a part, is in 100m_cny"),
    ],
)
def test_an_indicator_in_another_unit_than_its_claims_or_its_whole_is_told(real, indicator, unit, why):
    [line] = set_cell(real, "indicators", "unit", unit, where=indicator)
    assert line.endswith(f"unit: found '{unit}', though {why} — write the same unit in both")


@pytest.mark.parametrize("broken", [b"", b"\x1f\x8b", b"\xe9\n"])
def test_a_table_that_cannot_be_read_is_one_line(real, broken):
    (real / "gdp.csv").write_bytes(broken)
    [fault] = package.check(real)
    assert fault.file == "data/gdp.csv"


def test_a_span_of_years_is_one_line(real):
    [line] = set_cell(real, "gdp", "period", "2024/2025")
    assert len(package.check(real)) == 1 and "found '2024/2025'" in line


@pytest.mark.parametrize("column", ["projects", "investment_100m_cny"])
def test_an_event_without_projects_or_amount_leaves_the_cell_blank(real, column):
    assert len(set_cell(real, "events", column, "0", where="wuhan_groundbreaking_20201027")) == 1
    assert len(package.check(real)) == 1
