"""One cause is told once, in few lines, whatever its size; a conflict is told with file and line."""

from __future__ import annotations

import resource
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_package import FILES

from wuhan.evidence import package
from wuhan.evidence.faults import Fault, grouped, listing
from wuhan.evidence.files import conflicts

HEADER = FILES["gdp.csv"].splitlines()[0]
END = FILES["gdp.csv"].count("\n")


def told(data):
    return [str(fault) for fault in package.check(data)]


def appended(data, text, table="gdp"):
    with (data / f"{table}.csv").open("a", encoding="utf-8") as file:
        file.write(text)
    return told(data)


@pytest.mark.parametrize("row", ["\n", ",,,,,,,,,\n", "   \n", ' ,"",,,,,,,,\n', ",,,\n", "\t\n"])
def test_blank_rows_on_consecutive_lines_are_one_fault(tiny, row):
    assert appended(tiny, 300 * row) == [
        f"data/gdp.csv:{END + 1}: found 300 blank rows, lines {END + 1}-{END + 300} — remove them"
    ]


def test_one_blank_row_and_two_gaps(tiny):
    last = FILES["gdp.csv"].splitlines()[-1].replace("2024", "2022")
    assert appended(tiny, f",,,,,,,,,\n{last}\n\n\n") == [
        f"data/gdp.csv:{END + 1}: found a blank row — remove it",
        f"data/gdp.csv:{END + 3}: found 2 blank rows, lines {END + 3}-{END + 4} — remove them",
    ]


@pytest.mark.parametrize(
    "header",
    [HEADER.replace("value,", "", 1), HEADER + ",extra", HEADER.replace("place,", ""), HEADER.replace(",", ";"), "a,b"],
)
def test_a_refused_header_has_no_consequences(tiny, header):
    (tiny / "gdp.csv").write_text(FILES["gdp.csv"].replace(HEADER, header), "utf-8")
    assert all(line.startswith("data/gdp.csv:1:") for line in told(tiny)) and len(told(tiny)) == 1


def test_an_unknown_indicator_is_told_once_with_a_fair_hint(tiny):
    rows = "".join(f"wuhan,GRP_pc,{year},5,,exact,actual,,bureau_2024,\n" for year in range(2000, 2020))
    [line] = appended(tiny, rows)
    assert line.startswith(
        f"data/gdp.csv:{END + 1}: indicator: found 'GRP_pc' — write one that data/indicators.csv has"
    )
    assert line.endswith("or add the row there (the same on 19 more lines)")


@pytest.mark.parametrize(
    "row",
    [
        "wuhann;gdp;x,{n},,,,,,,,",  # every cell wrong
        "wuhan,gdp_nominal,2023",  # too few
        'wuhan,"gdp {n}" x,2023',  # quotes
        "wuhan,gdp_nominal,2023,20011.65,,exact,actual,,bureau_2024,",  # the same key
        "p{n},i{n},9{n},{n}e5,x{n},q{n},s{n},v{n},b{n},",
        ",,,,,,,,,\nwuhan,gdp_nominal,2023,20011.65,,exact,actual,,bureau_2024,",
    ],
)
def test_thousands_of_wrong_rows_are_a_few_lines_in_little_time_and_memory(tiny, row):
    (tiny / "gdp.csv").write_text(HEADER + "\n" + "".join(row.replace("{n}", str(n)) + "\n" for n in range(20_000)))
    before = resource.getrusage(resource.RUSAGE_SELF)
    faults = package.check(tiny)
    after = resource.getrusage(resource.RUSAGE_SELF)
    lines = listing(faults)
    assert 1 <= len(lines) <= 51 and len(faults) < 12_000
    assert after.ru_utime - before.ru_utime < 5  # the limit leaves room for a busy machine
    assert after.ru_maxrss - before.ru_maxrss < 400_000  # kilobytes


FAULTS = st.builds(Fault, st.sampled_from("ab"), st.integers(1, 5), st.sampled_from("xy"), st.just("f"), st.just("i"))


@given(st.lists(FAULTS))
def test_grouping_loses_no_line(faults):
    found = grouped(faults)
    assert sum(1 + fault.more for fault in found) == len(set(faults))
    assert len({(fault.file, fault.column) for fault in found}) == len(found)
    assert grouped(found) == found == sorted(found)


def test_the_rest_is_counted_by_file():
    faults = [Fault("a.csv", line, "", f"{line}", "x") for line in range(60)]
    faults += [Fault("b.csv", line, "", f"{line}", "x") for line in range(1200)]
    assert listing(faults)[-1] == "and 1,210 more: 10 in a.csv, 1,200 in b.csv"
    assert len(listing(faults)) == 51 and len(listing(faults[:50])) == 50


CONFLICT = "<<<<<<< HEAD\n{0}\n=======\n{1}\n>>>>>>> other branch\n"
ROW = "wuhan,gdp_nominal,2022,18866.43,,exact,actual,,bureau_2024,"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.replace("=======", "||||||| base\n=======", 1),
        lambda text: text.replace("<<<<<<< HEAD", "<<<<<<< HEAD,,,,,,,,,").replace("=======", "=======,,,,,,,,,"),
        lambda text: text.replace(">>>>>>> other branch\n", ""),
        lambda text: text.replace("\n", "\r\n"),
    ],
    ids=["git", "diff3", "spreadsheet", "half", "crlf"],
)
def test_conflict_marks_in_a_table_are_one_fault(tiny, change):
    table = FILES["gdp.csv"] + CONFLICT.format(ROW, ROW.replace(".43", ".5"))
    (tiny / "gdp.csv").write_text(change(table), "utf-8", newline="")
    [line] = told(tiny)
    assert line.startswith(f"data/gdp.csv:{END + 1}: found a merge conflict, <<<<<<<")


def test_each_conflict_is_told(tiny):
    assert len(appended(tiny, 2 * CONFLICT.format(ROW, ROW))) == 2


def test_conflict_marks_in_the_schema_are_one_fault(tiny):
    lines = (tiny / "datapackage.json").read_text("utf-8").split("\n")
    lines[3:3] = CONFLICT.format('"a": 1,', '"a": 2,').splitlines()
    (tiny / "datapackage.json").write_text("\n".join(lines), "utf-8")
    [line] = told(tiny)
    assert line.startswith("data/datapackage.json:4: found a merge conflict, <<<<<<<, ======= on line 6")


@pytest.mark.parametrize("text", ["a <<<<<<< b", "<<<<<<<<", "========", "=======x", "<<<<<< a", " >>>>>>> b"])
def test_what_is_no_conflict(text):
    assert conflicts(f"x\n{text}\ny") == []


def test_the_time_of_a_check_is_linear(tiny):
    def seconds(rows):
        (tiny / "gdp.csv").write_text(HEADER + "\n" + "".join(f"p{n},i,{n},x{n},,,,,,\n" for n in range(rows)))
        start = time.process_time()
        package.check(tiny)
        return time.process_time() - start

    seconds(2_000)
    small, large = seconds(5_000), seconds(40_000)
    assert large < 8 * small + 4


@pytest.mark.parametrize("text", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "锟斤拷", "???", "WuhanÃ©"])
def test_text_that_a_tool_has_lost_is_told(tiny, text):
    path = tiny / "sources.csv"
    path.write_text(path.read_text("utf-8").replace("Communique 2024", text), "utf-8")
    [line] = told(tiny)
    assert line.startswith("data/sources.csv:2: title: found ") and "write the text of the source" in line


def test_a_table_that_cannot_be_cut_has_lost_no_rows(tiny):
    path = tiny / "gdp.csv"
    last = {("gdp_nominal", "wuhan", "actual", "", "bureau_2024", "2023"): "20011.65"}
    path.write_text(path.read_text("utf-8").replace(",", "\t"), "utf-8")
    [fault] = package.check(tiny, last)
    assert fault.file == "data/gdp.csv"


@pytest.mark.parametrize("table", ["gdp", "claims"])
def test_a_header_pasted_again_is_one_line(real, table):
    path = real / f"{table}.csv"
    lines = path.read_text("utf-8").split("\n")
    path.write_text("\n".join([*lines[:-1], lines[0], ""]), "utf-8")
    [line] = told(real)
    assert line.endswith(f"{table}.csv:{len(lines)}: found the header again — remove the row")


@pytest.mark.parametrize("table, word", [("gdp", "Total"), ("events", "合计"), ("projects", "TOTAL:")])
def test_a_row_of_totals_is_one_line(real, table, word):
    path = real / f"{table}.csv"
    width = path.read_text("utf-8").split("\n")[0].count(",")
    with path.open("a", encoding="utf-8") as file:
        file.write("," + word + "," * (width - 2) + ",1\n")
    [line] = told(real)
    assert line.endswith(f": found a row of totals, '{word}' — remove it: sums are computed, not kept")


@pytest.mark.parametrize("text", ["nan", "N/A", "-", "None", "null", "无"])
def test_a_word_for_nothing_is_no_text(tiny, text):
    path = tiny / "gdp.csv"
    path.write_text(path.read_text("utf-8").replace(",undated,1e5", f",undated,{text}"), "utf-8")
    [line] = told(tiny)
    assert line.endswith(f"note: found '{text}' — leave the cell blank")
