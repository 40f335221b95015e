"""Figures that cannot be true beside others are refused, with the others shown; the shipped data pass."""

from __future__ import annotations

import csv
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wuhan.evidence import csvreader, meaning, package, plausibility
from wuhan.evidence.csvreader import Sheet
from wuhan.evidence.observations import AIMS
from wuhan.evidence.rules import PLAIN

SCHEMA = package._schema(package.DATA)


@cache
def sheet(name: str) -> Sheet:
    return csvreader.parse((package.DATA / f"{name}.csv").read_bytes(), f"data/{name}.csv", SCHEMA[name].header)


def told(**changed: str) -> list:
    """The faults with other texts of tables."""
    tables = {name: sheet(name) for name in SCHEMA}
    for name, text in changed.items():
        tables[name] = csvreader.parse(text.encode(), f"data/{name}.csv", SCHEMA[name].header)
        assert not tables[name].faults
    return list(plausibility.faults(tables, package._context(tables)))


def text(name: str) -> str:
    return (package.DATA / f"{name}.csv").read_text("utf-8")


def written(name: str, key: str, vintage: str, value: str) -> tuple[str, int]:
    """The table with another value in the one outcome of that place, indicator, period and vintage; the row's line."""
    lines = text(name).split("\n")
    rows = [next(csv.reader([line]), []) for line in lines]
    own = [at for at, cells in enumerate(rows) if ",".join(cells[:3]) == key and cells[7] == vintage]
    [at] = [at for at in own if not set(AIMS) & set(rows[at])]
    lines[at] = lines[at].replace(f"{key},{rows[at][3]},", f"{key},{value},")
    return "\n".join(lines), at + 1


def test_the_shipped_data_pass():
    assert told() == []


# a row of gdp.csv, its vintage, a wrong value
SLIPS = [
    ("wuhan,gdp_nominal,2024", "release_2026_04", "2110623"),  # 万 for 亿
    ("wuhan,gdp_nominal,2024", "release_2026_04", "2.110623"),  # 万亿
    ("wuhan,gdp_nominal,2024", "release_2026_04", "211062300"),
    ("wuhan,gdp_nominal,2024", "release_2026_04", "31106.23"),  # one digit
    ("wuhan,gdp_nominal,2010", "first_release", "556.593"),  # a point in another place
    ("chengdu,gdp_nominal,2015", "first_release", "1080"),
    ("wuhan,gdp_real_growth,2019", "", "107.4"),  # the index for growth
    ("wuhan,gdp_real_growth,2020", "", "4.7"),  # a minus that was lost
    ("wuhan,gdp_real_growth,2020-01/2020-03", "", "40.5"),
    ("xiaogan,gdp_real_growth,2020", "", "4.5"),
    ("changchun,gdp_real_growth,2015", "", "-6.5"),  # a minus too many
    ("wuhan,va_secondary_growth,2020-01/2020-03", "", "45.4"),
    ("wuhan,pop_resident,2015", "", "10607700"),  # persons for 10,000 persons
    ("wuhan,pop_resident,2010", "", "97.854"),
    ("wuhan,gdp_per_capita,2022", "", "13.7772"),  # 10,000 yuan
]


@pytest.mark.parametrize("key, vintage, value", SLIPS, ids=[f"{key}={value}" for key, _, value in SLIPS])
def test_a_slip_of_unit_point_or_digit_is_told_once_where_it_is(key, vintage, value):
    changed, line = written("gdp", key, vintage, value)
    [fault] = told(gdp=changed)
    assert (fault.file, fault.line, fault.column) == ("data/gdp.csv", line, "value")
    assert fault.found.startswith(f"{value}, ") and fault.found.count("(line ") >= 2, fault
    assert "data/anomalies.csv" in fault.instead


# a table, a row, a value with nothing of its own series beside it
LONELY = [
    ("industry", "wuhan,digital_economy_core_scale,2025", "110000000"),
    ("industry", "wuhan,chemicals_va_growth,2025", "101000"),
    ("industry", "hangzhou,digital_economy_core_va,2025", "67800000"),
    ("ai", "shenzhen,large_model_developers,2024-11", "180000"),
    ("ai", "hangzhou,undergraduate_institutions,2017", "270000"),
    ("ai", "dongguan,listed_firms_hong_kong,2022", "70000"),
]


@pytest.mark.parametrize("table, key, value", LONELY, ids=[f"{key}={value}" for _, key, value in LONELY])
def test_a_figure_that_stands_alone_is_held_against_other_places_and_gdp(table, key, value):
    changed, line = written(table, key, "", value)
    [fault] = told(**{table: changed})
    assert (fault.file, fault.line, fault.column) == (f"data/{table}.csv", line, "value")


APPENDED = [
    # within the year
    ("wuhan,gdp_nominal,2023-01/2023-06,14500.5,,exact,preliminary,,xinhua_2021q1,", "14163.9 of 2023-01/2023-09"),
    ("wuhan,gdp_nominal,2024-01/2024-11,25106.23,,exact,preliminary,,xinhua_2021q1,", "21106.23 of 2024"),
    ("wuhan,retail_sales,2024-01/2024-11,9900.1,,exact,preliminary,,xinhua_2021q1,", "of 2024"),
    # parts and wholes
    ("wuhan_east_lake,gdp_nominal,2024,22000.1,,exact,actual,,xinhua_2021q1,", "wuhan"),
    ("wuhan,exports,2024-01/2024-09,2990.1,,exact,preliminary,,xinhua_2021q1,", "2908.5 trade_total"),
]


@pytest.mark.parametrize("row, words", APPENDED, ids=[row.split(",202")[0] + row[-40:-20] for row, _ in APPENDED])
def test_a_total_that_falls_or_a_part_above_its_whole_is_told(row, words):
    found = told(gdp=f"{text('gdp')}{row}\n")
    assert len(found) == 1 and row.split(",")[3] in str(found[0]) and words in str(found[0]), found


def test_the_year_counts_with_a_total_that_exceeds_it():
    changed, _ = written("gdp", "wuhan,gdp_nominal,2021-01/2021-09", "", "7317.73")
    [fault] = told(gdp=changed)
    assert "8251.45 of 2021-01/2021-06" in fault.found


@pytest.mark.parametrize(
    "table, key, vintage, value",
    [
        ("cities", "chengdu,retail_sales,2022", "", "6096.5"),  # 9096.5
        ("gdp", "nanjing,pop_resident,2016", "", "1013.69"),  # 913.69
        ("cities", "hangzhou,pop_registered,2015", "", "623.55"),
    ],
)
def test_a_year_off_both_years_beside_it_is_told_with_them(table, key, vintage, value):
    changed, line = written(table, key, vintage, value)
    [fault] = told(**{table: changed})
    assert (fault.file, fault.line) == (f"data/{table}.csv", line)
    assert "off both years beside it" in fault.found and fault.found.count("(line ") == 2


def test_retail_sales_that_do_not_grow_as_published_are_told():
    found = told(gdp=text("gdp").replace("wuhan,retail_growth,2025,4.5,", "wuhan,retail_growth,2025,54.5,"))
    assert len(found) == 1 and "does not grow as published" in found[0].found


def test_a_place_copied_from_another_is_told():
    lines = text("cities").split("\n")
    of = {line.split(",")[2]: line.split(",")[3] for line in lines if line.startswith("chengdu,retail_sales,202")}
    for at, line in enumerate(lines):
        cells = line.split(",")
        if line.startswith("hangzhou,retail_sales,202") and cells[2] in of:
            lines[at] = ",".join([*cells[:3], of[cells[2]], *cells[4:]])
    assert any("in another place" in fault.found for fault in told(cities="\n".join(lines)))


def test_sectors_that_do_not_make_up_gdp_are_told():
    changed, _ = written("gdp", "wuhan,va_tertiary,2015", "first_release", "3564.2")
    [fault] = told(gdp=changed)
    assert "va_secondary" in fault.found and "GDP" in fault.found


def test_a_column_copied_from_another_indicator_is_told():
    lines = text("gdp").split("\n")
    revenue = {line.split(",")[2]: line.split(",")[3] for line in lines if line.startswith("wuhan,fiscal_revenue,201")}
    for at, line in enumerate(lines):
        cells = line.split(",")
        if line.startswith("wuhan,fiscal_expenditure,201") and cells[2] in revenue:
            lines[at] = ",".join([*cells[:3], revenue[cells[2]], *cells[4:]])
    found = told(gdp="\n".join(lines))
    assert found and "fiscal_revenue" in str(found[0]) + str(found[-1])


def test_a_year_copied_from_the_year_before_is_told():
    lines = text("gdp").split("\n")
    of = {line.split(",")[1]: line.split(",")[3] for line in lines if line.startswith("wuhan,va_") and ",2017," in line}
    for at, line in enumerate(lines):
        cells = line.split(",")
        if line.startswith("wuhan,va_") and ",2018," in line and cells[1] in of and "growth" not in cells[1]:
            lines[at] = ",".join([*cells[:3], of[cells[1]], *cells[4:]])
    assert any("a year before" in fault.found for fault in told(gdp="\n".join(lines)))


def test_gdp_per_head_that_is_not_gdp_over_heads_is_told():
    changed, line = written("gdp", "wuhan,gdp_per_capita,2022", "", "191441")
    [fault] = told(gdp=changed)
    assert fault.line == line and "over heads" in fault.found


# anomalies


def test_an_anomaly_is_needed_and_must_match():
    first, *rest = text("anomalies").rstrip("\n").split("\n")
    for gone in rest[:: len(rest) // 4]:
        kept = "\n".join([first, *(row for row in rest if row != gone)]) + "\n"
        [fault] = told(anomalies=kept)
        assert fault.column == "value" and fault.file == f"data/{gone.partition(',')[0]}.csv"
    unused = 'gdp,wuhan,gdp_nominal,2023,latest,"Nothing here is out of line, whatever it says."'
    [fault] = told(anomalies=text("anomalies") + unused + "\n")
    assert (fault.file, fault.line) == ("data/anomalies.csv", len(rest) + 2)


def test_an_anomaly_excuses_the_row_and_no_other():
    changed, _ = written("gdp", "wuhan,gdp_nominal,2024", "release_2026_04", "2110623")
    excuse = 'gdp,wuhan,gdp_nominal,2024,release_2026_04,"A reason that a reviewer accepts, with figures."\n'
    assert told(gdp=changed, anomalies=text("anomalies") + excuse) == []
    twice = changed.replace("wuhan,gdp_nominal,2016,11912.61", "wuhan,gdp_nominal,2016,1191261", 1)
    assert twice != changed
    assert told(gdp=twice, anomalies=text("anomalies") + excuse)


def test_anomalies_are_few_and_speak():
    assert 1 <= len(sheet("anomalies").lines) <= 50
    assert all(len(reason.split()) >= 8 for reason in sheet("anomalies").columns["reason"])


# any slip of 100 or more is found in any long series, and every fault names a row that was touched or stands beside it


def candidates() -> list[int]:
    lines = text("gdp").split("\n")
    wanted = ("gdp_nominal", "pop_resident", "va_secondary", "gdp_per_capita", "fiscal_revenue")
    return [
        at for at, line in enumerate(lines) if line.split(",")[1:2] and line.split(",")[1] in wanted and ",20" in line
    ]


ROWS = candidates()


@settings(max_examples=30)
@given(st.sampled_from(ROWS), st.sampled_from([100, 1000, 10_000, 0.01, 0.001, 0.0001]))
def test_a_slip_of_a_hundred_and_more_is_always_found(at, factor):
    lines = text("gdp").split("\n")
    place, indicator, period, value = lines[at].split(",")[:4]
    own = [line for line in lines if line.startswith(f"{place},{indicator},20")]
    moved = f"{float(value) * factor:.6f}".rstrip("0").rstrip(".")
    if not PLAIN.fullmatch(moved) or float(moved) == 0 or len(own) < 10:
        return
    tables = {name: sheet(name) for name in ("indicators", "sources", "places")}
    kept = [
        line if line != lines[at] else ",".join([place, indicator, period, moved, *line.split(",")[4:]]) for line in own
    ]
    tables["gdp"] = csvreader.parse("\n".join([lines[0], *kept]).encode(), "data/gdp.csv", SCHEMA["gdp"].header)
    found = [fault for fault in plausibility.faults(tables, package._context(tables)) if fault.file == "data/gdp.csv"]
    assert any(moved in fault.found for fault in found)


@pytest.mark.parametrize("value, advice", [("0.074", "write 7.4"), ("0.12", "write 12")])
def test_a_fraction_for_per_cent_is_told(value, advice):
    context, table = package._context({name: sheet(name) for name in SCHEMA}), SCHEMA["gdp"]
    for printed, expected in (("", 1), (f"{value}%", 0)):
        row = f"wuhan,gdp_real_growth,2019,{value},{printed},exact,actual,,wuhan_stats_2021h1,"
        made = csvreader.parse(f"{','.join(table.header)}\n{row}\n".encode(), "data/gdp.csv", table.header)
        faults = list(meaning.observation_faults(made, context))
        assert len(faults) == expected and all(fault.instead.startswith(advice) for fault in faults)
