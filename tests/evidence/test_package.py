"""The strict reader: what it accepts, what it returns, what it notes, how fast it is; and the real data."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
import unicodedata
from datetime import date

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wuhan.evidence import csvreader, meaning, package, quantities, rules
from wuhan.evidence.faults import invisible, nearest, visible
from wuhan.evidence.periods import bounds, plain_period
from wuhan.evidence.schema import Field
from wuhan.evidence.units import UNITS

NUMBER = Field("value", "number")


def refused(text: str, field: Field = NUMBER) -> bool:
    return bool(rules.column_problems(field, [text]))


# what comes out


def test_types_of_a_frame(tiny):
    events = package.read("events", tiny)
    assert list(events.columns) == ["event_id", "date", "projects", "amount", "city_total", "source_id"]
    assert events.dtypes.astype(str).tolist() == ["str", "str", "float64", "float64", "bool", "str"]
    assert events.projects[0] == 148 and math.isnan(events.projects[1]) and math.isnan(events.amount[1])
    assert events.city_total.tolist() == [True, False]
    damaged = (tiny / "events.csv").read_text().replace("25,,", "25,12,")
    (tiny / "events.csv").write_text(damaged)
    assert str(package.read("events", tiny).projects.dtype) == "int64"


def test_observations_have_their_interval(tiny):
    gdp = package.read("gdp", tiny)
    assert list(gdp.columns[-2:]) == ["low", "high"]
    assert gdp.low.dtype == gdp.high.dtype == gdp.value.dtype == "float64"
    assert (gdp.low <= gdp.value).all() and (gdp.value <= gdp.high).all()
    expected = quantities.interval("21106.23", "exact", "100m_cny")
    assert (gdp.low[1], gdp.high[1]) == expected
    assert (gdp.low[4], gdp.high[4]) == quantities.interval("1.46万", "over", "count") == (14600, math.inf)
    assert "low" not in package.read("events", tiny)


def test_text_stays_text_and_blank_stays_blank(tiny):
    gdp = package.read("gdp", tiny)
    assert gdp.note.tolist()[-1] == "1e5"
    assert gdp.note[1] == 'a note, with a comma, "quotes"\nand a second line'
    assert gdp.vintage.tolist() == [""] * 7 + ["latest"]
    assert not gdp.isna().any().any()


@pytest.mark.parametrize("word", ["NULL and void", "000001", "1e5", "true", "1+1"])
def test_words_that_other_readers_change(tiny, word):
    content = (tiny / "sources.csv").read_text().replace("Main cities", word)
    (tiny / "sources.csv").write_text(content)
    assert package.read("sources", tiny).title[2] == word


def test_crlf_throughout_reads_the_same(tiny):
    before = package.read("gdp", tiny)
    path = tiny / "gdp.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    pd.testing.assert_frame_equal(package.read("gdp", tiny), before)


def test_no_line_end_after_the_last_row_reads_the_same(tiny):
    before = package.read("gdp", tiny)
    path = tiny / "gdp.csv"
    path.write_bytes(path.read_bytes().removesuffix(b"\n"))
    pd.testing.assert_frame_equal(package.read("gdp", tiny), before)


def test_round_trip_through_csv(tiny):
    for table in package.tables(tiny):
        before = package.read(table, tiny)
        columns = [name for name in before if name not in ("low", "high")]
        written = before[columns].replace({True: "true", False: "false"}) if table != "gdp" else before[columns]
        written.to_csv(tiny / f"{table}.csv", index=False, lineterminator="\n", float_format="%.15g")
        pd.testing.assert_frame_equal(package.read(table, tiny), before)


def test_frames_are_the_callers_own(tiny):
    first = package.read("gdp", tiny)
    first.loc[0, "value"] = 0.0
    assert package.read("gdp", tiny).value[0] == 20011.65


def test_a_changed_file_is_read_again(tiny):
    assert package.read("gdp", tiny).value[0] == 20011.65
    (tiny / "gdp.csv").write_text((tiny / "gdp.csv").read_text().replace("20011.65", "20011.66"))
    assert package.read("gdp", tiny).value[0] == 20011.66


def test_a_level_may_stand_for_a_year_that_is_not_over(tiny):
    """148 firms counted in June 2025 are a figure of 2025; a flow of 2025 is not known before its end."""
    gdp = package.read("gdp", tiny)
    row = gdp[gdp.indicator == "ai_firms"].iloc[0]
    assert (row.status, row.period, row.source_id) == ("actual", "2025", "press_2025")


def test_a_source_dated_to_the_month_may_know_its_whole_month(tiny):
    content = (tiny / "gdp.csv").read_text()
    (tiny / "gdp.csv").write_text(content.replace(",2023,", ",2025-01/2025-03,", 1))
    assert package.check(tiny) == []
    (tiny / "gdp.csv").write_text(content.replace(",2023,", ",2025-01/2025-04,", 1))
    assert [fault.column for fault in package.check(tiny)] == ["status"]


def test_without_any_dated_source_nothing_is_in_the_future(tiny):
    content = (tiny / "sources.csv").read_text().replace("2025-03", "").replace("2025-06-26", "")
    (tiny / "sources.csv").write_text(content)
    (tiny / "gdp.csv").write_text((tiny / "gdp.csv").read_text().replace(",2023,", ",2099,"))
    assert package.check(tiny) == []


def test_the_limits_themselves_are_inside(tiny):
    edges = [
        ("gdp.csv", "63.3", "0"),
        ("gdp.csv", ",0,,exact", ",100,,exact"),
        ("gdp.csv", "14600,1.46万", "0,0家"),
        ("gdp.csv", "20011.65", "123456789012.345"),
        ("events.csv", "984.9", "0"),
        ("events.csv", ",0,", ",100000,"),
        ("places.csv", "Wuhan", "W" * 10_000),
        ("places.csv", "武汉", "武" * 8),
    ]
    for file, old, new in edges:
        content = (tiny / file).read_text("utf-8")
        assert old in content
        (tiny / file).write_text(content.replace(old, new, 1), "utf-8")
        package.read(file.removesuffix(".csv"), tiny)  # which raises for what is outside


def test_rows_of_quotes_read_as_any_rfc_4180_reader_does(tiny):
    cells = ['""', '"""a"""', '"a,b"', '"a""b"', '"x\ny, ""z"""']
    rows = "".join(f"s{row},P,T,,A,{cell}\n" for row, cell in enumerate(cells))
    content = (tiny / "sources.csv").read_text("utf-8") + rows
    (tiny / "sources.csv").write_text(content, "utf-8")
    expected = [row["note"] for row in csv.DictReader(content.splitlines(keepends=True))]
    assert package.read("sources", tiny).note.tolist() == expected
    assert expected[-5:] == ["", '"a"', "a,b", 'a"b', 'x\ny, "z"']


CELLS = st.tuples(*[st.text('a,"\n é武', max_size=6)] * 2).filter(lambda cells: "".join(cells).strip())


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_what_the_csv_module_writes_is_read_back(rows):
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["place", "note"])
    writer.writerows(("".join(place.split()), note) for place, note in rows)
    sheet = csvreader.parse(stream.getvalue().encode(), "x.csv", ["place", "note"])
    assert sheet.faults == ()
    assert sheet.columns["note"] == tuple(note for _, note in rows)
    first = [1 + sum(1 + note.count("\n") for _, note in rows[:place]) for place in range(len(rows))]
    assert list(sheet.lines) == [line + 1 for line in first]


# what is asked and noted


def test_an_unknown_table_is_named(tiny):
    with pytest.raises(LookupError, match=r"^no table 'gpd': did you mean 'gdp'\? The tables are sources, places"):
        package.read("gpd", tiny)
    with pytest.raises(LookupError, match=r"^no table '\.\./x': The tables are"):
        package.read("../x", tiny)


def test_module_has_only_the_names_it_has():
    with pytest.raises(AttributeError, match="no attribute 'TABLE'"):
        package.TABLE  # noqa: B018


# numbers, characters, dates


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False))
def test_an_accepted_number_is_given_back_as_printed(number):
    text = f"{number:f}"
    if refused(text):
        assert text.startswith("-0") and not float(text)
    else:
        assert f"{float(text):.4f}" == text
        assert rules.plain_number(text) == text


@given(st.from_regex(rules.PLAIN, fullmatch=True))
def test_every_accepted_text_round_trips(text):
    if not refused(text):
        places = len(text.partition(".")[2])
        assert f"{float(text):.{places}f}" == text


@given(st.text(st.characters(categories=["Nd", "Nl", "No"]), min_size=1, max_size=8))
def test_every_other_digit_is_refused(text):
    plain = all(char in "0123456789" for char in text) and (text == "0" or text[0] != "0")
    assert refused(text) == (not plain)


def test_every_single_digit_that_is_not_ascii_is_refused():
    digits = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isdigit() or chr(code).isdecimal()]
    assert len(digits) > 700
    problems = rules.column_problems(NUMBER, digits)
    assert set(digits) - problems.keys() == set("0123456789")


@given(st.text(max_size=12))
def test_what_is_proposed_for_a_number_is_itself_accepted(text):
    plain = rules.plain_number(text)
    assert plain == "" or not refused(plain)


@given(st.text(min_size=1, max_size=12))
def test_what_is_proposed_for_a_text_is_itself_accepted(text):
    field = Field("title")
    plain = rules.clean(text)
    # What a formula or a word for nothing, such as NA, was meant to say, nobody can propose.
    assume(not plain.startswith(("=", "+", "-", "@")) and plain.lower() not in rules._NOTHING)
    assert plain == "" or not refused(plain, field)


def test_every_character_that_unicode_calls_invisible_is_refused():
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if unicodedata.category(char) in ("Cc", "Cf", "Co", "Zl", "Zp") or (char.isspace() and char != " "):
            assert invisible(char), hex(code)
    assert not any(invisible(char) for char in "武汉（）：，。“”—%℃ Aé㎡①·")


def test_only_a_note_may_have_two_lines():
    assert not refused("one\ntwo", Field("note"))
    assert refused("one\ntwo\u200b", Field("note"))


@given(st.dates())
def test_every_real_date_is_a_period(day):
    if day.year >= 1000:
        assert bounds(day.isoformat()) == (day, day)
        assert plain_period(f"{day.year}年{day.month}月{day.day}日") == day.isoformat()


@pytest.mark.parametrize(
    "period, first, last",
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-01/2024-09", date(2024, 1, 1), date(2024, 9, 30)),
        ("2024-06-26", date(2024, 6, 26), date(2024, 6, 26)),
    ],
)
def test_bounds_of_a_period(period, first, last):
    assert bounds(period) == (first, last)


@pytest.mark.parametrize("text", ["2024-1", "2024-00", "24", "2024-06-31", "2024/2024", "2024-01/", "/2024", ""])
def test_what_is_not_a_period(text):
    with pytest.raises(ValueError):
        bounds(text)


def test_visible_shortens_and_spells_out():
    assert visible("x" * 100, 5) == "'xxxxx…'"
    assert visible(" a b ") == "'<U+0020>a b<U+0020>'"
    assert visible("   ") == "'<U+0020><U+0020><U+0020>'"
    assert nearest("ｗｕｈａｎ", ["xian", "wuhan"]) == "wuhan"
    assert nearest("paris", ["xian", "wuhan"]) == ""


def test_integer_and_year_fields():
    whole, year = Field("projects", "integer"), Field("year", "year")
    assert not refused("148", whole) and refused("1.5", whole) and refused("12.0", whole)
    assert not refused("2024", year) and refused("2024-01", year) and refused("24", year)
    assert rules.column_problems(Field("x", "string", min_length=3), ["ab"])["ab"][1] == "write at least 3"


# the real data


def test_tables_in_order():
    expected = ["sources", "places", "indicators", "gdp", "industry", "ai", "events"]
    assert [name for name in package.tables() if name in expected] == expected


def test_the_data_are_sound():
    assert [str(fault) for fault in package.check()] == []


def test_frictionless_agrees(monkeypatch):
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(package.DATA / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:5]


def test_code_and_schema_have_the_same_words():
    document = json.loads((package.DATA / "datapackage.json").read_text("utf-8"))
    words = {
        (resource["name"], field["name"]): set(field["constraints"]["enum"])
        for resource in document["resources"]
        for field in resource["schema"]["fields"]
        if "enum" in field.get("constraints", {})
    }
    assert words["gdp", "qualifier"] == set(quantities.QUALIFIERS)
    assert meaning.HAPPENED < words["gdp", "status"]
    assert meaning.AT_A_MOMENT | {"cumulative", "share"} < words["indicators", "measure"]
    assert words["indicators", "unit"] <= UNITS.keys()
    for table in ("industry", "ai"):
        for column in ("qualifier", "status"):
            assert words[table, column] == words["gdp", column]


def test_what_must_be_given_is_required_by_the_schema():
    named = package._schema(package.DATA)
    required = {(table.name, field.name) for table in named.values() for field in table.fields if field.required}
    for column in ("indicator", "name_en", "name_zh", "unit", "measure", "definition"):
        assert ("indicators", column) in required
    for column in ("source_id", "publisher", "title", "licence", "trust"):
        assert ("sources", column) in required
    for table in package.observed():
        for column in ("place", "indicator", "period", "value", "qualifier", "status", "source_id"):
            assert (table, column) in required
        assert {reference.table for reference in named[table].references} == {"places", "indicators", "sources"}


def test_a_fault_in_a_copy_of_the_real_data_is_found(real):
    path = real / "gdp.csv"
    first = path.read_text("utf-8").splitlines()[1].split(",")[0]
    path.write_text(path.read_text("utf-8").replace(f"\n{first},", f"\n{first}x,", 1), "utf-8")
    (fault,) = package.check(real)
    assert (fault.line, fault.column, fault.instead) == (2, "place", f"write {first}, or add it to data/places.csv")


def test_a_table_is_judged_once():
    for cached in (package._sheet, package._judged):
        cached.cache_clear()
    first = package.read("gdp")
    judged = package._judged.cache_info().misses, package._sheet.cache_info().misses
    assert len(first) > 1000 and package.read("gdp").equals(first)
    assert (package._judged.cache_info().misses, package._sheet.cache_info().misses) == judged
