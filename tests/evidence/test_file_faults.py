"""The form of the files of a package: bytes, header, fields and quotes, and what is no file to read."""

# ruff: noqa: E501 - what is answered is one line

from __future__ import annotations

import re

import pytest
from damage import GROWTH, HEADER, ROW, answers, damage, each, lines

from wuhan.evidence import csvreader, package
from wuhan.evidence.package import PackageUnreadable

# name, file, text found there, text put in its place, the line reported
CASES = [
    # the form of the file
    ("header-typo", "gdp.csv", "value,", "valeu,", "gdp.csv:1: found the unknown column 'valeu' — write value"),
    (
        "header-space",
        "gdp.csv",
        "value,",
        "value ,",
        "gdp.csv:1: found the unknown column 'value<U.0020>' — write value",
    ),
    (
        "header-full-width",
        "gdp.csv",
        "value,",
        "ｖａｌｕｅ,",
        "gdp.csv:1: found the unknown column 'ｖａｌｕｅ' — write value",
    ),
    (
        "header-none",
        "gdp.csv",
        HEADER + "\n",
        "",
        "gdp.csv:1: found the header 'wuhan,.*' — write the header place,indicator,",
    ),
    (
        "separator",
        "places.csv",
        None,
        "place；name_en；name_zh\nwuhan；Wuhan；武汉\n",
        "places.csv:1: found the separator '；' — write the header place,",
    ),
    (
        "thousands",
        "gdp.csv",
        "20011.65",
        "20,011.65",
        "gdp.csv:2: found 11 fields instead of 10 — write 20011.65 without thousands commas",
    ),
    (
        "row-long",
        "gdp.csv",
        ROW,
        ROW + ",x",
        "gdp.csv:2: found 11 fields instead of 10 — put a text that holds a comma in quotes",
    ),
    ("row-short", "gdp.csv", "20011.65,,", "20011.65,", "gdp.csv:2: found 9 fields instead of 10 — write every field"),
    (
        "comma-full-width",
        "gdp.csv",
        ROW,
        ROW.replace(",", "，"),
        "gdp.csv:2: found 1 field instead of 10 — write the comma",
    ),
    ("blank-line", "gdp.csv", ROW, "\n" + ROW, "gdp.csv:2: found a blank row — remove it"),
    (
        "blank-line-at-end",
        "events.csv",
        "false,bureau_2024\n",
        "false,bureau_2024\n\n",
        "events.csv:4: found a blank row",
    ),
    (
        "quote-unclosed",
        "gdp.csv",
        ROW,
        ROW + '"open',
        "gdp.csv:2: note: found a quote that is opened and not closed: '\"open' — write the closing quote",
    ),
    (
        "quote-unclosed-last",
        "gdp.csv",
        "undated,1e5",
        'undated,"1e5',
        "gdp.csv:10: note: found a quote that is opened and not closed",
    ),
    (
        "quote-inside",
        "sources.csv",
        "Communique 2024",
        'the "Communique"',
        "sources.csv:2: title: found a quote inside a cell: .* — put the whole cell in quotes",
    ),
    (
        "quote-then-text",
        "sources.csv",
        "Communique 2024",
        '"Communique" 2024',
        "sources.csv:2: title: found a quote inside a cell",
    ),
    (
        "line-break",
        "sources.csv",
        "Communique 2024",
        '"Communique\n2024"',
        "sources.csv:2: title: found a line break inside the cell: 'Communique<U.000A>2024' — write the cell on one line",
    ),
]


# name, bytes of places.csv made from the sound ones, the line reported
BYTE_CASES = [
    ("empty", lambda raw: b"", "places.csv:1: found an empty file — write the header and the rows"),
    (
        "header-only",
        lambda raw: raw.splitlines()[0] + b"\n",
        "places.csv:2: found no data rows — write at least one row",
    ),
    (
        "bom",
        lambda raw: b"\xef\xbb\xbf" + raw,
        r"places.csv:1: found a byte order mark \(EF BB BF\) — save as UTF-8 without",
    ),
    ("bom-twice", lambda raw: b"\xef\xbb\xbf" * 2 + raw, "places.csv:1: found 2 byte order marks"),
    (
        "gbk",
        lambda raw: raw.decode().encode("gbk"),
        "places.csv:2: found byte D6, which is not UTF-8 — convert it with 'iconv -f GB18030 -t UTF-8 data/places.csv'",
    ),
    (
        "latin-1",
        lambda raw: raw + b"x,\xff",
        "places.csv:5: found byte FF, which is not UTF-8 — save the file as UTF-8",
    ),
    ("utf-16", lambda raw: raw.decode().encode("utf-16"), "places.csv:1: found UTF-16 text — save it as UTF-8"),
    ("utf-16-no-mark", lambda raw: raw.decode().encode("utf-16-le"), "places.csv:1: found a NUL byte — save as UTF-8"),
    ("nul", lambda raw: raw.replace("武".encode(), b"\0"), "places.csv:3: found a NUL byte"),
    (
        "lfs",
        lambda raw: b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
        "places.csv:1: found a Git LFS pointer — fetch the file itself with 'git lfs pull'",
    ),
    (
        "html",
        lambda raw: b"\n<!DOCTYPE html><html></html>",
        "places.csv:1: found a web page — download the CSV file itself",
    ),
    ("excel", lambda raw: b"PK\x03\x04" + raw, "places.csv:1: found a zip or Excel file — save the sheet as CSV"),
    ("gzip", lambda raw: b"\x1f\x8b" + raw, "places.csv:1: found a gzip file — unpack it"),
    (
        "cr-only",
        lambda raw: raw.replace(b"\n", b"\r"),
        "places.csv:1: found a line end CR alone — end every line with LF",
    ),
    (
        "mixed-crlf",
        lambda raw: raw.replace(b"\n", b"\r\n", 2),
        "places.csv:3: found a line end LF after lines that end in CRLF",
    ),
    (
        "mixed-lf",
        lambda raw: raw.replace(b"\nxian", b"\r\nxian"),
        "places.csv:3: found a line end CRLF after lines that end in LF",
    ),
    (
        "long-cell",
        lambda raw: raw.replace(b"Wuhan", b"W" * 10_001),
        "places.csv:3: name_en: found a cell of 10,001 bytes — shorten it to at most 10,000 bytes",
    ),
    (
        "long-cell-chinese",
        lambda raw: raw.replace(b"Wuhan", "武".encode() * 3_334),
        "places.csv:3: name_en: found a cell of 10,002 bytes",
    ),
]


@each("file, old, new, message", CASES)
def test_text_fault(tiny, file, old, new, message):
    answers(tiny, file, old, new, message)


@each("change, message", BYTE_CASES)
def test_byte_fault(tiny, change, message):
    path = tiny / "places.csv"
    path.write_bytes(change(path.read_bytes()))
    found = [line for line in lines(tiny) if line.startswith("data/places.csv:")]
    assert len(found) == 1, found
    assert re.match(f"data/{message}", found[0]), found[0]


def test_line_numbers_count_physical_lines_after_a_cell_of_two_lines(tiny):
    damage(tiny / "gdp.csv", GROWTH, GROWTH.replace("-5.2", "x"))
    assert [fault.line for fault in package.check(tiny)] == [5]


def test_a_missing_column_is_named_and_the_others_are_still_checked(tiny):
    content = (tiny / "events.csv").read_text().replace("event_id,date,", "date,").replace("sign_20250626,", "")
    (tiny / "events.csv").write_text(content.replace("start_2024,", "").replace("148", "x"))
    found = lines(tiny)
    assert found[0].startswith("data/events.csv:1: event_id: found no such column — write the header event_id,date,")
    assert found[1].startswith("data/events.csv:2: projects: found 'x'")
    assert len(found) == 2


def test_columns_in_another_order_are_one_fault(tiny):
    rows = [line.split(",") for line in (tiny / "events.csv").read_text().splitlines()]
    (tiny / "events.csv").write_text("\n".join(",".join([row[1], row[0], *row[2:]]) for row in rows))
    (found,) = lines(tiny)
    assert found.startswith("data/events.csv:1: found the columns in another order — write the header event_id,date,")


def test_a_column_twice_is_one_fault(tiny):
    content = (tiny / "events.csv").read_text().splitlines()
    (tiny / "events.csv").write_text("\n".join(f"{line},{line.split(',')[1]}" for line in content))
    assert lines(tiny) == ["data/events.csv:1: date: found the column twice — keep one of the two"]


def test_an_extra_column_is_one_fault(tiny):
    content = (tiny / "events.csv").read_text().splitlines()
    (tiny / "events.csv").write_text("\n".join(f"{line},colour" for line in content))
    (found,) = lines(tiny)
    assert re.match(r"data/events.csv:1: found the unknown column 'colour' — remove the column; the columns are", found)


def test_a_bom_does_not_hide_the_other_faults(tiny):
    path = tiny / "gdp.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"20011.65", b"1e5"))
    assert [fault.line for fault in package.check(tiny)] == [1, 2]


def test_a_long_table_is_read_to_its_end():
    sheet = csvreader.parse(b"place,note\n" + b"x,y\n" * 600_000 + b"last,", "places.csv", ["place", "note"])
    assert sheet.faults == ()
    assert (sheet.columns["place"][-1], sheet.lines[-1]) == ("last", 600_002)


def test_a_directory_in_place_of_a_table(tiny):
    (tiny / "places.csv").unlink()
    (tiny / "places.csv").mkdir()
    with pytest.raises(PackageUnreadable, match=r"^\S+places.csv: is a directory — put the file itself there$"):
        package.read("gdp", tiny)


def test_a_missing_table_and_a_dangling_link(tiny):
    (tiny / "places.csv").unlink()
    with pytest.raises(PackageUnreadable, match=r"^\S+places.csv: no such file — restore it"):
        package.check(tiny)
    (tiny / "places.csv").symlink_to(tiny / "nowhere.csv")
    with pytest.raises(PackageUnreadable, match=r"^\S+places.csv: is a link to a file that is not there"):
        package.check(tiny)


def test_a_pipe_is_refused_and_not_waited_for(tiny):
    os = pytest.importorskip("os")
    (tiny / "places.csv").unlink()
    os.mkfifo(tiny / "places.csv")
    with pytest.raises(PackageUnreadable, match=r"^\S+places.csv: is a pipe or a device"):
        package.read("places", tiny)


def test_a_file_without_the_right_to_read(tiny, monkeypatch):
    def denied(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(csvreader.Path, "stat", denied)
    with pytest.raises(PackageUnreadable, match=r"^\S+datapackage.json: Permission denied — make it readable$"):
        package.check(tiny)
