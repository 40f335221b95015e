"""Strict reading of one CSV file: bytes to cells, each row with the number of the line on which it starts.

RFC 4180 in UTF-8, and nothing that has to be guessed: no other encoding or separator, no byte order mark,
no ragged row. What is wrong becomes a `Fault`; what the machine withholds (no file, a pipe, no right to
read) is a `PackageUnreadable`. What the cells mean is the business of `rules`.
"""

from __future__ import annotations

import csv
import io
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, groupby
from pathlib import Path

from wuhan.evidence.faults import ENOUGH, Fault, PackageUnreadable, nearest, visible
from wuhan.evidence.files import RESOLVE, conflicts

CELL_LIMIT = 10_000  # bytes
MULTILINE = frozenset({"note"})  # the only columns in which a quoted cell may hold a line break

# Possessive, so that a quote which is never closed costs one pass and no backtracking.
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=[,\n]|\Z)')
_BARE = re.compile(r'([^",\n]*+)(?=[,\n]|\Z)')
_SIGNATURES = (
    (b"version https://git-lfs", "a Git LFS pointer", "fetch the file itself with 'git lfs pull'"),
    (b"PK\x03\x04", "a zip or Excel file", "save the sheet as CSV in UTF-8"),
    (b"\x1f\x8b", "a gzip file", "unpack it"),
    (b"\xff\xfe", "UTF-16 text", "save it as UTF-8 without byte order mark"),
    (b"\xfe\xff", "UTF-16 text", "save it as UTF-8 without byte order mark"),
)
_TOTALS = frozenset({"total", "totals", "grand total", "subtotal", "sum", "总计", "合计", "小计", "总和", "汇总"})
_BOM = b"\xef\xbb\xbf"


Decoded = tuple[str, list[Fault]]  # a text, and what is wrong with its bytes


@dataclass(frozen=True, eq=False)
class Sheet:
    """One file cut into columns of text, the line on which each row starts, and what was wrong with it."""

    file: str
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lines: tuple[int, ...] = ()
    faults: tuple[Fault, ...] = ()

    def rows(self, *names: str) -> Iterator[tuple[str, ...]]:
        """The cells of some columns, row by row."""
        return zip(*(self.columns[name] for name in names), strict=True)

    def fault(self, line: int, column: str, found: str, instead: str, more: int = 0) -> Fault:
        """What is wrong on a line of the file, as `Fault` has it."""
        return Fault(self.file, line, column, found, instead, more)

    def numbered(self, *names: str) -> Iterator[tuple]:
        """The line of each row, and its cells in some columns; nothing where one of them is lacking."""
        return zip(self.lines, *(self.columns.get(name, ()) for name in names), strict=False)

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The line of each row, and its cells by their columns."""
        for line, *cells in self.numbered(*self.columns):
            yield line, dict(zip(self.columns, cells, strict=True))

    def pairs(self, key: str, value: str) -> dict[str, str]:
        """The cells of one column by those of another; nothing where one of the two is lacking."""
        return {name: cell for _line, name, cell in self.numbered(key, value)}


def load(path: Path) -> bytes:
    """The bytes of a regular file. Raises `PackageUnreadable` for anything else; never waits on a pipe."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb") as stream:
                return stream.read()
        problem = "is a directory" if stat.S_ISDIR(mode) else "is a pipe or a device"
        advice = "put the file itself there"
    except FileNotFoundError:
        problem = "is a link to a file that is not there" if path.is_symlink() else "no such file"
        advice = "restore it, for example with git checkout"
    except OSError as error:
        problem, advice = os.strerror(error.errno or 5), "make it readable"
    raise PackageUnreadable(f"{path}: {problem} — {advice}")


def decode(raw: bytes, file: str) -> Decoded:
    """The text of a file with LF line ends, and what is wrong with its bytes; "" when no text can be had."""
    faults: list[Fault] = []

    def refuse(found: str, instead: str, offset: int = 0) -> Decoded:
        return "", [*faults, Fault(file, raw.count(b"\n", 0, offset) + 1, "", found, instead)]

    if not raw:
        return refuse("an empty file", "write the header and the rows, or restore the file")
    for signature, found, instead in _SIGNATURES:
        if raw.startswith(signature):
            return refuse(found, instead)
    boms = 0
    while raw.startswith(_BOM):
        raw, boms = raw[len(_BOM) :], boms + 1
    if boms:
        found = "a byte order mark (EF BB BF)" if boms == 1 else f"{boms} byte order marks (EF BB BF)"
        faults.append(Fault(file, 1, "", found, "save as UTF-8 without byte order mark"))
    if re.match(rb"\s*<(!doctype|html|head|body|\?xml)", raw[:200], re.IGNORECASE):
        return refuse("a web page", "download the CSV file itself")
    if b"\0" in raw:
        return refuse("a NUL byte", "save as UTF-8 (UTF-16 has a NUL beside every letter)", raw.index(b"\0"))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        chinese = f"convert it with 'iconv -f GB18030 -t UTF-8 {file}'"
        advice = chinese if _chinese(raw) else "save the file as UTF-8"
        return refuse(f"byte {raw[error.start]:02X}, which is not UTF-8", advice, error.start)
    return _line_ends(text, file, faults)


def _chinese(raw: bytes) -> bool:
    """Whether bytes that are not UTF-8 read well as GB18030."""
    try:
        return any("\u4e00" <= char <= "\u9fff" for char in raw.decode("gb18030"))
    except UnicodeDecodeError:
        return False


def _line_ends(text: str, file: str, faults: list[Fault]) -> Decoded:
    """LF or CRLF throughout is accepted; anything else is a fault on the first line that ends otherwise."""
    if "\r" not in text:
        return text, faults
    ends = re.finditer(r"\r\n|\r|\n", text)
    first = next(ends)
    odd = first if first[0] == "\r" else next((end for end in ends if end[0] != first[0]), None)
    if odd:
        names = {"\r\n": "CRLF", "\r": "CR alone", "\n": "LF"}
        line = text.count("\n", 0, odd.start()) + 1  # up to here every line ends in LF or CRLF
        before = "" if odd is first else f" after lines that end in {names[first[0]]}"
        faults.append(Fault(file, line, "", f"a line end {names[odd[0]]}{before}", "end every line with LF"))
    return text.replace("\r\n", "\n").replace("\r", "\n"), faults


def as_printed(raw: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Last line and cells of every row of a table that was found sound, of which these are the bytes."""
    reader = csv.DictReader(io.StringIO(raw.decode("utf-8"), newline=""))
    for row in reader:
        yield reader.line_num, row


def parse(raw: bytes, file: str, expected: Sequence[str]) -> Sheet:
    """Cut a CSV file into columns. `expected` is the exact header; other columns are reported and left out.

    Rows that cannot be cut are reported and left out too, so that the rest of the file is still checked.
    """
    text, faults = decode(raw, file)
    if not text:
        return Sheet(file, faults=tuple(faults))
    if found := conflicts(text):
        faults += [Fault(file, line, "", f"a merge conflict, {marks}", RESOLVE) for line, marks in found]
        return Sheet(file, faults=tuple(faults))

    def fault(line: int, column: str, found: str, instead: str) -> None:
        faults.append(Fault(file, line, column, found, instead))

    header = next(iter(_records(text.partition("\n")[0] or "\n", fault, expected)[0]), [])
    known = _header(header, expected, fault) if header else []
    if not known:
        return Sheet(file, faults=tuple(faults))
    sound = header == list(expected)
    rows, lines = _records(text, fault, expected)
    rows, lines = _alien(header, rows[1:], lines[1:], fault)
    if not rows and not any(each.line > 1 for each in faults):
        fault(2, "", "no data rows", "write at least one row, or drop the table from datapackage.json")
    width = len(header)
    fits = [len(row) == width for row in rows]
    if not all(fits):
        ragged = [(row, line) for row, line in zip(rows, lines, strict=True) if len(row) != width]
        for row, line in ragged[:ENOUGH] if sound else ():  # a header that is wrong says why they do not fit
            _count(row, width, line, fault)
        _rest(len(ragged) if sound else 0, ragged[0][1], "rows of another width", fault)
        rows, lines = [*compress(rows, fits)], [*compress(lines, fits)]
    columns = list(zip(*rows, strict=True)) or [()] * width
    return Sheet(file, {name: columns[header.index(name)] for name in known}, tuple(lines), tuple(faults))


def _alien(header: list[str], rows: list[list[str]], lines: list[int], fault: Callable) -> tuple[list, list]:
    """The rows and lines that are records, after reporting the header again and sums, which a spreadsheet leaves."""
    kept = []
    for row, line in zip(rows, lines, strict=True):
        if row == header:
            fault(line, "", "the header again", "remove the row")
        elif (first := next(filter(None, map(str.strip, row)), "")).lower().rstrip(":：") in _TOTALS:
            fault(line, "", f"a row of totals, {visible(first)}", "remove it: sums are computed, not kept")
        else:
            kept.append((row, line))
    return [row for row, _ in kept], [line for _, line in kept]


def _records(text: str, fault: Callable, header: Sequence[str]) -> tuple[list[list[str]], list[int]]:
    """Rows of cells and the line on which each starts; only lines with a quote take the slow way."""
    rows, lines, blank, odd, start, line = [], [], [], [], 0, 1
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        row: list[str] | None
        physical = 1
        if text.find('"', start, end) < 0:
            row = text[start:end].split(",")
        else:
            row, stop = _quoted(text, start, header, lambda *what, at=line: odd.append((at, *what)))
            if stop > end:
                physical, end = text.count("\n", start, stop) + 1, stop
        if row is not None:
            if len(header) > 1 and not row[0].strip() and not "".join(row).strip():
                blank.append(line)
            else:
                rows.append(row)
                lines.append(line)
        start, line = end + 1, line + physical
    for problem in odd[:ENOUGH]:
        fault(*problem)
    _rest(len(odd), odd[0][0] if odd else 0, "rows with such quotes", fault)
    _blank(blank, fault)
    return rows, lines


def _blank(lines: list[int], fault: Callable) -> None:
    """Report rows without any content, those on consecutive lines as one."""
    runs = [list(run) for _, run in groupby(enumerate(lines), lambda pair: pair[1] - pair[0])]
    for run in runs[:ENOUGH]:
        first, last = run[0][1], run[-1][1]
        if first == last:
            fault(first, "", "a blank row", "remove it")
        else:
            fault(first, "", f"{len(run):,} blank rows, lines {first}-{last}", "remove them")
    _rest(len(runs), lines[0] if lines else 0, "gaps of blank rows", fault)


def _rest(count: int, line: int, what: str, fault: Callable) -> None:
    """Say how many more there are of what is reported `ENOUGH` times."""
    if count > ENOUGH:
        fault(line, "", f"{count - ENOUGH:,} more {what}", "save the table again, or restore it with git checkout")


def _quoted(text: str, start: int, header: Sequence[str], fault: Callable) -> tuple[list[str] | None, int]:
    """One record with quotes, from `start`: its cells (None when faulty) and the position where it ends."""
    cells: list[str] = []
    sound, position = True, start
    while True:
        column = header[len(cells)] if len(cells) < len(header) else ""
        opened = text.startswith('"', position)
        match = (_QUOTED if opened else _BARE).match(text, position)
        if not match:
            end = text.find("\n", position)
            line = text[position : end if end >= 0 else len(text)]
            what, advice = "inside a cell", "put the whole cell in quotes and double each quote inside it"
            if opened and line.count('"') % 2:
                what, advice = "that is opened and not closed", "write the closing quote"
            fault(column, f"a quote {what}: {visible(line, 30)}", advice)
            return None, start
        cell = match[1].replace('""', '"') if opened else match[1]
        if "\n" in cell and column not in MULTILINE:
            fault(column, f"a line break inside the cell: {visible(cell, 30)}", "write the cell on one line")
            sound = False
        cells.append(cell)
        position = match.end()
        if not text.startswith(",", position):
            return (cells if sound else None), position
        position += 1


def _header(found: list[str], expected: Sequence[str], fault: Callable) -> list[str]:
    """The columns that can be checked, after reporting every difference from the exact header."""
    whole = f"write the header {','.join(expected)}"
    if found == list(expected):
        return found
    if not set(found) & set(expected):
        mark = next((mark for mark in "，；;\t|" if mark in found[0]), "") if len(found) == 1 else ""
        what = f"the separator {visible(mark)}" if mark else f"the header {visible(','.join(found))}"
        fault(1, "", what, whole)
        return []
    missing = [name for name in expected if name not in found]
    for place, name in enumerate(found):
        if name in expected and name in found[:place]:
            fault(1, name, "the column twice", "keep one of the two")
        elif name not in expected:
            meant = nearest(name, missing)
            advice = f"write {meant}" if meant else f"remove the column; the columns are {','.join(expected)}"
            fault(1, "", f"the unknown column {visible(name)}", advice)
            if meant:
                missing.remove(meant)
    for name in missing:
        fault(1, name, "no such column", whole)
    if sorted(found) == sorted(expected):
        fault(1, "", "the columns in another order", whole)
    return [name for name in expected if found.count(name) == 1]


def _count(row: list[str], width: int, line: int, fault: Callable) -> None:
    """Report a row that has too many or too few cells, with the likely reason."""
    found = f"{len(row)} field{'s' if len(row) > 1 else ''} instead of {width}"
    text = ",".join(row)
    thousands = re.search(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])", text)
    if len(row) > width and thousands:
        advice = f"write {thousands[0].replace(',', '')} without thousands commas"
    elif len(row) > width:
        advice = "put a text that holds a comma in quotes, or remove the extra field"
    elif "，" in text:
        advice = "write the comma , between fields (found the full-width ，)"
    else:
        advice = "write every field, also the blank ones"
    fault(line, "", found, advice)
