"""What one table may hold: cells judged by their column's schema, rows by the keys.

Every check looks at the distinct values of a column first, so that a sound table of thousands of rows costs
little, and goes back to the rows only to say on which lines a bad value stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Context, InvalidOperation
from itertools import islice
from typing import TypeVar

from wuhan.evidence.csvreader import CELL_LIMIT, MULTILINE, Sheet
from wuhan.evidence.faults import ENOUGH, Fault, invisible, nearest, visible
from wuhan.evidence.periods import alone, bounds, named, plain_period
from wuhan.evidence.schema import Field, Reference, Table
from wuhan.evidence.units import last_place

DIGITS = 15  # significant digits that a float64 always gives back as printed
PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}  # full-width forms
_MINUS = dict.fromkeys(map(ord, "−–—‐‑‒﹣"), "-")
_ENDINGS = ("市", "省", "区", "县")  # left out of a place's Chinese name in speech: 武汉 for 武汉市
_LOST = re.compile(r"^#(REF|N/A|VALUE|DIV/0|NAME|NUM|NULL)[!?]?$|锟斤|烫烫烫|\?\?\?|Ã[\u0080-\u00bf]|â€")
DRAWN = ("name_", "direction", "programme", "company", "publisher", "title")  # columns of what a figure may name
GLYPHS = "check the spelling, or add the character to the fonts with wuhan/text/fonts/subset.py"
UNIT = ", or add it to wuhan/evidence/units.py and run `python -m wuhan registry`"
CUMULATIVE = "period"  # the column whose spans of months begin in January
_VALUES_SHOWN = 12
_NOTHING = frozenset(
    {
        "na",
        "n/a",
        "#n/a",
        "nan",
        "null",
        "none",
        "nil",
        "-",
        "--",
        "—",
        "——",
        "–",
        "…",
        "...",
        "/",
        ".",
        "?",
        "x",
        "无",
        "暂无",
        "缺",
        "不详",
    }
)
_KEYS_GUESSED = 100  # a column that is wrong from top to bottom needs no guess for each row

Problem = tuple[str, str]  # found, instead
Cell = TypeVar("Cell", bound=Hashable)  # the text of a cell, or those of several cells of a row


def column_problems(field: Field, cells: Sequence[str]) -> dict[str, Problem]:
    """The distinct bad values of a column, each with what was found and what to write instead.

    After `ENOUGH` of them the column is wrong as a whole, and the rest is not judged.
    """
    problems: dict[str, Problem] = {}
    values = dict.fromkeys(cells)  # in the order of the lines
    if "" in values:
        del values[""]
        if field.required or field.type == "boolean":
            problems[""] = _blank(field)
    for value in values:
        if len(value) > CELL_LIMIT // 4 and len(value.encode()) > CELL_LIMIT:
            found = f"a cell of {len(value.encode()):,} bytes"
            problems[value] = found, f"shorten it to at most {CELL_LIMIT:,} bytes"
    judge = _number
    if field.type not in ("number", "integer"):
        judge, problems = _text, problems | _characters(field, values)
    rest = (value for value in values if value not in problems)
    wrong = ((value, problem) for value in rest if (problem := judge(field, value)))
    return problems | dict(islice(wrong, ENOUGH))


def _blank(field: Field) -> Problem:
    if field.enum:
        return "a blank cell", f"write one of {_listed(field.enum)}"
    if field.type == "boolean":
        return "a blank cell", "write true or false"
    return "a blank cell", "write the value, or remove the row: what is missing has no row"


def _characters(field: Field, values: Iterable[str]) -> dict[str, Problem]:
    """Texts with characters that nobody sees, or in another form than NFC, or with spaces at the ends."""
    together = "".join(values)
    odd = {char for char in set(together) if invisible(char)} - ({"\n"} if field.name in MULTILINE else set())
    sound = not odd and unicodedata.is_normalized("NFC", together)
    problems = {}
    for value in values:
        seen = sound or (odd.isdisjoint(value) and unicodedata.is_normalized("NFC", value))
        if not seen or value != value.strip(" "):
            plain = clean(value)
            advice = f"write {visible(plain)}" if plain else "write text that can be seen"
            problems[value] = visible(value), advice
    return problems


def clean(text: str) -> str:
    """`text` as it was meant: NFC, ordinary spaces, none at the ends, no invisible characters or radicals."""
    kept = []
    for char in text:
        if not invisible(char):
            kept.append(char)
        elif char.isspace():
            kept.append(" ")
        elif "\u2e80" <= char <= "\u2fd5":
            kept.append(unicodedata.normalize("NFKC", char))
    plain = unicodedata.normalize("NFC", "".join(kept)).strip(" ")
    return "".join(char for char in plain if not invisible(char))


def _number(field: Field, text: str) -> Problem | None:
    """What is wrong with a number: it must be a plain decimal that a float64 gives back, within limits."""
    integer = field.type == "integer"
    if not PLAIN.fullmatch(text) or text.startswith("-0") and not text.strip("-0."):
        if field.required and text.strip().lower() in _NOTHING:
            return visible(text), _blank(field)[1]
        if re.search(r"\d\s*[eE]\s*[-+]?\d", text):
            return visible(text), "write the digits that the source prints: a spreadsheet has rounded them away"
        plain = plain_number(text)
        if plain and not (integer and "." in plain):
            return visible(text), f"write {plain}"
        example = "whole number such as 148" if integer else "decimal such as 21106.23"
        blank = "" if field.required else ", or leave the cell blank"
        return visible(text), f"write a plain {example}{blank}"
    if integer and "." in text:
        plain = text.rstrip("0").rstrip(".")
        return visible(text), f"write {plain}" if "." not in plain else "write a whole number"
    digits = text.lstrip("-0.").replace(".", "")
    if len(digits) > DIGITS or len(text.partition(".")[2]) > DIGITS:
        return visible(text), f"write at most {DIGITS} digits, such as {plain_number(text) or 0}"
    if field.minimum is not None and float(text) < field.minimum:
        return visible(text), f"write a number of at least {field.minimum:g}"
    if field.maximum is not None and float(text) > field.maximum:
        return visible(text), f"write a number of at most {field.maximum:g}"
    return None


def plain_number(text: str) -> str:
    """The plain decimal that `text` was meant to be, or "" when that would be a guess."""
    plain = text.translate(_ASCII).translate(_MINUS).strip().removesuffix("%").strip()
    plain = re.sub(r"(?<=\d)[\s_](?=\d{3})", "", plain)
    if re.fullmatch(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
        plain = plain.replace(",", "")
    try:
        number = Context(prec=DIGITS).create_decimal(plain)
    except InvalidOperation:
        return ""
    if not number.is_finite() or abs(number.adjusted()) >= DIGITS or last_place(number) < -DIGITS:
        return ""
    if len(plain.lstrip("-0.").replace(".", "")) > DIGITS:  # float noise such as 5.300000000000001
        number = number.normalize()
    return f"{abs(number) if not number else number:f}"


def _text(field: Field, text: str) -> Problem | None:
    """What is wrong with a text: first sign (CWE-1236), closed list, truth value, date or period, pattern, length."""
    if _LOST.search(text):
        return visible(text), "write the text of the source: a spreadsheet, or a wrong encoding, has lost it"
    if not field.enum and text.strip().lower() in _NOTHING:
        return visible(text), _blank(field)[1] if field.required else "leave the cell blank"
    if text[0] in "=+-@":
        return visible(text, 30), "begin with a word: a spreadsheet would take it for a formula"
    if field.enum and text not in field.enum:
        meant = nearest(text, field.enum)
        new = UNIT if field.name == "unit" and not meant else ""
        return visible(text), f"write {meant}" if meant else f"write one of {_listed(field.enum)}{new}"
    if field.type == "boolean" and text not in ("true", "false"):
        meant = {"yes": "true", "1": "true", "no": "false", "0": "false"}.get(text.lower(), text.lower())
        return visible(text), f"write {meant}" if meant in ("true", "false") else "write true or false"
    if field.dated:
        return _date(field, text)
    if field.pattern and not field.matches(text):
        return visible(text), _formed(field, text.translate(_ASCII).strip())
    if len(text) < field.min_length or len(text) > (field.max_length or len(text)):
        most = f" and at most {field.max_length}" if field.max_length else ""
        return f"{len(text)} characters: {visible(text, 30)}", f"write at least {field.min_length}{most}"
    return None


def _formed(field: Field, text: str) -> str:
    """How to write a text in the form of its column: an id in small letters, an address without spaces."""
    if field.matches("https://example.org/a"):
        meant = text.replace(" ", "%20")
        form = "write an address such as https://tjj.wuhan.gov.cn/tjfw/, without name, password or quotes"
    else:
        meant, form = text.lower().replace(" ", "_"), f"write text of the form {field.pattern}"
    return f"write {meant}" if field.matches(meant) else form


def _date(field: Field, text: str) -> Problem | None:
    """What is wrong with a date or period: form by the pattern or type, then the calendar."""

    def fits(period: str) -> bool:
        if field.type != "string" and len(period) != {"date": 10, "year": 4}[field.type]:
            return False
        try:
            bounds(period)
        except ValueError:
            return False
        return not field.pattern or field.matches(period)

    if fits(text):
        return None
    plain = text.translate(_ASCII)
    if (part := alone(plain)) and fits(part[1]):
        if field.name != CUMULATIVE:
            return visible(text), f"write {part[1]}"
        found = f"{part[0]} alone is not kept; if the figure is for {named(part[2])} write {part[2]}"
        if part[1] != part[2]:
            return visible(text), found
    meant = plain_period(plain)
    if meant and fits(meant):
        # A spreadsheet makes the first day of a month, or of a year, out of a month or a year.
        wider = f", or {meant[:7]} if the month is meant" if meant.endswith("-01") and fits(meant[:7]) else ""
        return visible(text), f"write {meant}{wider if len(meant) == 10 else ''}"
    reason = ""
    try:
        bounds(text)
    except ValueError as error:
        reason = f" ({error})" if str(error) else ""
    forms = [form for form in ("2024", "2024-06", "2024-06-26", "2024-01/2024-09") if fits(form)]
    return visible(text), f"write a date such as {' or '.join(forms)}{reason}"


def _listed(words: Sequence[str]) -> str:
    more = len(words) - _VALUES_SHOWN
    return ", ".join(words[:_VALUES_SHOWN]) + (f" or another of {len(words)}" if more > 0 else "")


def cell_faults(table: Table, sheet: Sheet) -> Iterator[Fault]:
    """Every bad cell of a sheet."""
    for field in table.fields:
        cells = sheet.columns.get(field.name, ())
        problems = column_problems(field, cells)
        yield from told(sheet, cells, {cell: (field.name, *problem) for cell, problem in problems.items()})


def undrawn(table: Table, sheet: Sheet, lost: Callable[[str], str]) -> Iterator[Fault]:
    """Names that figures cannot show; ``lost`` tells the characters of a text without a glyph, "" for none."""

    def judge(cell: str) -> Problem | None:
        return (f"no glyph for {signs}", GLYPHS) if (signs := lost(cell)) else None

    for field in table.fields:
        if field.name.startswith(DRAWN):
            yield from judged(sheet, field.name, judge)


def judged(sheet: Sheet, name: str, judge: Callable[[str], Problem | None]) -> Iterator[Fault]:
    """The cells of one column that ``judge`` refuses; each distinct one is judged once."""
    cells = sheet.columns.get(name, ())
    problems = {cell: (name, *problem) for cell in dict.fromkeys(cells) if (problem := judge(cell))}
    return told(sheet, cells, problems)


def told(sheet: Sheet, cells: Sequence[Cell], problems: Mapping[Cell, tuple[str, str, str]]) -> Iterator[Fault]:
    """The faults of bad cells, or combinations of cells: each once, on its first line, with a count of the others.

    ``cells`` has one for each line of the sheet; a problem is column, found, instead. After `ENOUGH` different
    ones a last fault says that there are more.
    """
    if not problems:
        return
    first: dict[Cell, int] = {}
    counts: Counter[Cell] = Counter()
    for line, cell in zip(sheet.lines, cells, strict=True):
        if cell in problems:
            first.setdefault(cell, line)
            counts[cell] += 1
    for cell in list(first)[:ENOUGH]:
        yield sheet.fault(first[cell], *problems[cell], counts[cell] - 1)
    if len(first) >= ENOUGH:
        cell, line = next(iter(first.items()))
        found = f"{ENOUGH:,} different wrong cells or more"
        yield sheet.fault(line, problems[cell][0], found, "mend the column as a whole, then check again")


def key_faults(table: Table, sheet: Sheet) -> Iterator[Fault]:
    """Rows whose key, or whose unique cell, occurred on an earlier line."""
    unique = [(field.name,) for field in table.fields if field.unique]
    for names in dict.fromkeys([table.key, *unique]):
        if not names or not all(name in sheet.columns for name in names):
            continue
        keys = list(sheet.rows(*names))
        if len(set(keys)) == len(keys):
            continue
        first: dict[tuple[str, ...], int] = {}
        again = []
        for line, key in zip(sheet.lines, keys, strict=True):
            if key in first and any(key):
                again.append((line, key))
            first.setdefault(key, line)
        rest = [name for name in ("vintage", "source_id") if name in names and len(names) > 1]
        apart = f", or tell the two apart by {' or '.join(rest)}" if rest else ""
        for line, key in again[:ENOUGH]:
            found = f"the key {visible(','.join(key))} of line {first[key]} again"
            yield sheet.fault(line, names[0], found, f"keep one of the two rows{apart}")
        if len(again) > ENOUGH:
            found = f"{len(again) - ENOUGH:,} more keys that occurred before"
            yield sheet.fault(again[ENOUGH][0], names[0], found, "remove the copy of the rows")


def reference_faults(sheet: Sheet, reference: Reference, target: Sheet) -> Iterator[Fault]:
    """Cells that name something the other table does not have; blank cells name nothing."""
    if not all(name in sheet.columns for name in reference.columns):
        return
    if not all(name in target.columns for name in reference.keys):
        return
    known = set(target.rows(*reference.keys))
    used = list(sheet.rows(*reference.columns))
    missing = [key for key in dict.fromkeys(used) if key not in known and any(key)]
    if not missing:
        return
    meant = _meant(missing, reference, target)
    otherwise = f"write one that {target.file} has, or add the row there"
    column = reference.columns[0]
    problems = {key: (column, visible(",".join(key)), meant.get(key, otherwise)) for key in missing}
    yield from told(sheet, used, problems)


def _meant(missing: list[tuple[str, ...]], reference: Reference, target: Sheet) -> dict[tuple[str, ...], str]:
    """What to write for unknown keys of one column: the id of the row of that name, else a near one, or a new row."""
    if len(reference.keys) > 1:
        return {}
    new = f", or add it to {target.file}"
    known = target.columns[reference.keys[0]]
    named = {
        cell.casefold(): known[row]
        for column, cells in reversed(target.columns.items())
        if len(set(cells)) == len(cells) and (column in reference.keys or column not in reference.columns)
        for row, cell in enumerate(cells)
    }
    advice = {}
    for key in missing[:_KEYS_GUESSED]:
        wanted = clean(key[0].translate(_ASCII)).casefold()
        if same := named.get(wanted) or next(filter(None, (named.get(wanted + end) for end in _ENDINGS)), ""):
            advice[key] = f"write {same}"
        elif near := nearest(wanted, known):
            advice[key] = f"write {near}{new}"
    return advice
