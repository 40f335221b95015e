"""What is advised makes no false record: what cannot be known is asked, what is known is given in full."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuhan.evidence import package, rules
from wuhan.evidence.faults import nearest
from wuhan.evidence.periods import bounds, plain_period
from wuhan.evidence.schema import Field
from wuhan.evidence.units import UNITS

PERIOD = Field("period", pattern=r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?|-[0-9]{2}/[0-9]{4}-[0-9]{2})?")


def advice(field, text):
    return rules.column_problems(field, [text])[text][1]


def told(data, old, new, table="gdp"):
    path = data / f"{table}.csv"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    return [str(fault) for fault in package.check(data)]


@pytest.mark.parametrize(
    "text, meant",
    [
        ("2024年1-9月", "2024-01/2024-09"),
        ("2024年1—9月", "2024-01/2024-09"),
        ("2024年1至9月份", "2024-01/2024-09"),
        ("2024年1月-9月", "2024-01/2024-09"),
        ("2024年1～9月", "2024-01/2024-09"),
        ("2024年前三季度", "2024-01/2024-09"),
        ("2024年前3季度", "2024-01/2024-09"),
        ("2024年上半年", "2024-01/2024-06"),
        ("2024H1", "2024-01/2024-06"),
        ("2024年一季度", "2024-01/2024-03"),
        ("2024年第一季度", "2024-01/2024-03"),
        ("2024Q1", "2024-01/2024-03"),
        ("2024年前10个月", "2024-01/2024-10"),
        ("2024年1-12月", "2024"),
        ("2024年全年", "2024"),
        ("2024年", "2024"),
        ("202406", "2024-06"),
        ("20240626", "2024-06-26"),
        ("2024.6", "2024-06"),
        ("2024-1-9月", "2024-01/2024-09"),
        ("2024-01~2024-09", "2024-01/2024-09"),
        ("2024-01-2024-09", "2024-01/2024-09"),
        ("２０２４年６月", "2024-06"),
    ],
)
def test_a_period_that_is_clear_is_given_in_its_exact_form(text, meant):
    assert advice(PERIOD, text) == f"write {meant}"


@pytest.mark.parametrize("text", ["2024Q3", "2024-Q3", "2024年第三季度", "2024年三季度", "2024年3季度"])
def test_a_quarter_may_be_one_or_three(text):
    asked = "a quarter alone is not kept; if the figure is for January to September write 2024-01/2024-09"
    assert advice(PERIOD, text) == asked
    assert advice(Field("started", pattern=PERIOD.pattern), text) == "write 2024-07/2024-09"


@pytest.mark.parametrize(
    "text, asked",
    [
        ("2024H2", "a half-year alone is not kept; if the figure is for the year write 2024"),
        ("2024年下半年", "a half-year alone is not kept; if the figure is for the year write 2024"),
        ("2024Q4", "a quarter alone is not kept; if the figure is for the year write 2024"),
        ("2024-07-01", None),
        ("2024/7/1", "write 2024-07-01, or 2024-07 if the month is meant"),
    ],
)
def test_what_may_mean_two_things_is_asked(text, asked):
    assert rules.column_problems(PERIOD, [text]).get(text, ("", None))[1] == asked


@pytest.mark.parametrize(
    "text", ["2024年13-15月", "2024-13", "202413", "5月", "Oct-05", "8/2/2017", "去年", "2024年第五季度"]
)
def test_what_is_not_known_is_not_guessed(text):
    assert plain_period(text) == "" or "no month" in advice(PERIOD, text)


@given(st.text("2024年1369前上半三四季度月-/~QH", min_size=4, max_size=14))
def test_what_is_proposed_for_a_period_is_one(text):
    meant = plain_period(text)
    for said in [meant] if meant else []:
        try:
            bounds(said)
        except ValueError as error:
            assert "no " in str(error) or str(error).startswith("the end")  # the calendar then says why


def test_the_year_in_months_is_the_year(tiny):
    [line] = told(tiny, ",2023,", ",2023-01/2023-12,")
    assert line.endswith("period: found '2023-01/2023-12' — write 2023")


@pytest.mark.parametrize("text", ["1.19E+04", "1.19e4", "1.2E+3", "2.1E13", "1,2E+04"])
def test_digits_that_a_spreadsheet_lost_are_not_made_up(tiny, text):
    [line] = told(tiny, "20011.65", f'"{text}"')
    assert "write the digits that the source prints" in line and "11900" not in line


@pytest.mark.parametrize("text", ["-", "NA", "n/a", "#N/A", "null", "—", "暂无", "…", "nan"])
def test_what_is_missing_has_no_row(tiny, text):
    [line] = told(tiny, "20011.65", text)
    assert "remove the row: what is missing has no row" in line


@pytest.mark.parametrize(
    "text, value, said",
    [
        ("超2万亿元", "20000", "over"),
        ("约20011.65亿元", "20011.65", "about"),
        ("20011.65亿", "20011.65", ""),
        ("近2万亿", "20000", "nearly"),
        ("2.001165万亿元", "20011.65", ""),
    ],
)
def test_a_printed_quantity_is_told_apart(tiny, text, value, said):
    [line] = told(tiny, "20011.65", text)
    assert f"write the value {value}" in line and f"'{text}' in value_text" in line
    assert (f"the qualifier {said}" in line) == bool(said)


def test_a_percentage_is_no_amount(tiny):
    [line] = told(tiny, "20011.65", "5.4%")
    assert "write 5.4 " not in line and "without a percent sign" in line


@pytest.mark.parametrize(
    "word, words",
    [
        ("above", ["about", "over"]),
        ("at_most", ["at_least", "up_to"]),
        ("final", ["plan", "actual"]),
        ("press_2035", ["press_2025"]),
        ("10m_cny", ["100m_cny", "10k_cny"]),
        ("km", ["km2", "10k_km"]),
        ("taizhou", ["suzhou", "huizhou_2"]),
        ("grp_pc", ["gdp_nominal"]),
        ("m3", ["m2"]),
        ("2023", ["2024"]),
    ],
)
def test_another_thing_is_no_slip(word, words):
    assert nearest(word, words) == ""


@pytest.mark.parametrize(
    "word, meant, words",
    [
        ("wuhann", "wuhan", ["wuhan", "xian"]),
        ("gpd", "gdp", ["gdp", "ai"]),
        ("prelim", "preliminary", ["preliminary", "plan"]),
        ("Wuhan", "wuhan", ["wuhan"]),
        ("exct", "exact", ["exact", "about"]),
        ("100m cny", "100m_cny", [*UNITS]),
    ],
)
def test_a_slip_is_offered(word, meant, words):
    assert nearest(word, words) == meant


@pytest.mark.parametrize("name", ["武汉市", "武汉", "Wuhan", "WUHAN", "wuhan ", "wuhan_"])
def test_a_name_finds_its_place(real, name):
    table = (real / "gdp.csv").read_text("utf-8")
    head = table.splitlines()[0]
    row = f"{name},gdp_nominal,1999,1085.7,,exact,actual,first_release,wuhan_stats_2021h1,"
    (real / "gdp.csv").write_text(f"{head}\n{row}\n", "utf-8")
    [fault] = [fault for fault in package.check(real) if fault.column == "place"]
    assert fault.instead.startswith("write wuhan"), fault


def test_a_near_miss_of_an_id_may_be_a_new_thing(tiny):
    [line] = told(tiny, "xian,gdp_nominal", "xiam,gdp_nominal")
    assert line.endswith("write one that data/places.csv has, or add the row there")
    [line] = told(tiny, "xiam,gdp_nominal", "wuhen,gdp_nominal")
    assert line.endswith("write wuhan, or add it to data/places.csv")


ADDRESS = next(field for field in package._schema(package.DATA)["sources"].fields if field.name == "address")


@pytest.mark.parametrize(
    "text",
    [
        "http://user:secret@example.org/",
        "https://user@example.org",
        'https://example.org/"x"',
        "https://example.org/<a>",
        "https://localhost/a",
        "file:///home/me/a.pdf",
        "www.example.org",
        "https://",
        "ftp://example.org/a",
        "https://example.org/a\\b",
        "https://exa mple.org",
        "javascript:alert(1)",
        "https://example.org/武汉",
    ],
)
def test_what_is_no_address_is_refused(text):
    assert rules.column_problems(ADDRESS, [text])


def test_a_space_in_an_address_is_spelt():
    assert advice(ADDRESS, "https://Example.org/A b") == "write https://Example.org/A%20b"
