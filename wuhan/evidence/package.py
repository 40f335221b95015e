"""The strict reader of data/: a table is either sound from end to end, or refused with every fault it has.

`read` gives a table as a frame, `check` the faults of the whole package. The schema is data/datapackage.json
and nothing else; `rules` holds what it asks of one table, `meaning` what observations may say, `ledger` what
claims and formulas over them may say.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pandas as pd

from wuhan.evidence import csvreader, ledger, meaning, rules
from wuhan.evidence import sources as grades
from wuhan.evidence.csvreader import Sheet
from wuhan.evidence.faults import DataError, Fault, PackageUnreadable, nearest
from wuhan.evidence.schema import FILE, Table, schema

__all__ = ["DATA", "READ", "ROOT", "DataError", "Fault", "PackageUnreadable", "check", "read", "tables"]

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
READ: set[str] = set()  # paths of all files read so far, relative to ROOT


def __getattr__(name: str) -> tuple[str, ...]:
    """`TABLES` is looked up in datapackage.json when it is asked for, so that there is one list only."""
    if name == "TABLES":
        return tables()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def tables(data: Path = DATA) -> tuple[str, ...]:
    """Names of the tables in the order of datapackage.json. Raises as `read` does."""
    return tuple(_schema(data))


def read(table: str, data: Path = DATA) -> pd.DataFrame:
    """One table, checked together with the tables that it refers to.

    Texts are strings, blank ones ""; numbers are float64 (a blank one, where the schema allows it, is NaN);
    integers without blanks are int64; true and false are bool. Tables of observations also have `low` and
    `high`, the ends of what the printed figure allows, in the unit of the indicator.

    Raises `DataError` with every fault of these tables, `PackageUnreadable` (an OSError) for a file that
    cannot be read, `LookupError` for a table that does not exist.
    """
    named = _schema(data)
    if table not in named:
        meant = nearest(table, list(named))
        hint = f"did you mean '{meant}'? " if meant else ""
        raise LookupError(f"no table '{table}': {hint}The tables are {', '.join(named)}.")
    involved = tuple((each, *_load(data / each.path, data)) for each in _closure(named, table))
    faults, frame = _judged(table, involved)
    if frame is None:
        raise DataError(faults)
    return frame.copy()


def check(data: Path = DATA) -> list[Fault]:
    """Every fault of the package, sorted by file and line; [] when sound. Raises `PackageUnreadable` only."""
    try:
        named = _schema(data)
    except DataError as error:
        return list(error.faults)
    contents = {name: (table, *_load(data / table.path, data)) for name, table in named.items()}
    faults = set()
    for name in named:
        faults.update(_judged(name, tuple(contents[each.name] for each in _closure(named, name)))[0])
    listed = {data / table.path for table in named.values()}
    for path in sorted(data.rglob("*.csv")):
        if path not in listed:
            advice = f"list it in {FILE}, or remove the file"
            faults.add(Fault(_shown(path, data), 1, "", "a table that nothing describes", advice))
    return sorted(faults)


def _schema(data: Path) -> dict[str, Table]:
    return schema(*_load(data / FILE, data))


def _load(path: Path, data: Path) -> tuple[bytes, str]:
    """The bytes of a file and the name that messages give it; notes that the file was read."""
    where = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)
    READ.add(where)
    if log := os.environ.get("WUHAN_READS"):
        with open(log, "a", encoding="utf-8") as stream:
            stream.write(f"{where}\n")
    return csvreader.load(path), _shown(path, data)


def _shown(path: Path, data: Path) -> str:
    return f"{data.name}/{path.relative_to(data).as_posix()}"


def _closure(named: dict[str, Table], start: str) -> list[Table]:
    """The table and, in the order of the schema, all that it refers to, directly or through others.

    Formulas refer to claims by name, which no foreign key can say.
    """
    reached, waiting = {start}, [start]
    while waiting:
        table = named[waiting.pop()]
        others = [reference.table for reference in table.references]
        if ledger.IDENTITIES <= set(table.header) and "claims" in named:
            others.append("claims")
        for other in others:
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return [table for name, table in named.items() if name in reached]


@lru_cache(maxsize=64)
def _sheet(table: Table, raw: bytes, file: str) -> tuple[Sheet, tuple[Fault, ...]]:
    """A table cut and checked by itself. Kept by content: most tables are read again by the next one."""
    sheet = csvreader.parse(raw, file, table.header)
    return sheet, (*sheet.faults, *rules.cell_faults(table, sheet), *rules.key_faults(table, sheet))


@lru_cache(maxsize=64)
def _judged(name: str, involved: tuple) -> tuple[tuple[Fault, ...], pd.DataFrame | None]:
    """All faults of the tables involved, and the frame of the table `name` when there are none."""
    named = {table.name: table for table, _, _ in involved}
    parsed = {table.name: _sheet(table, raw, file) for table, raw, file in involved}
    sheets = {name: sheet for name, (sheet, _) in parsed.items()}
    context = meaning.Context(sheets.get("indicators", Sheet("")), sheets.get("sources", Sheet("")))
    faults = [fault for each in named for fault in _faults(named[each], sheets, parsed[each][1], context)]
    return tuple(sorted(faults)), None if faults else _frame(named[name], sheets[name], context)


def _faults(
    table: Table, sheets: dict[str, Sheet], own: tuple[Fault, ...], context: meaning.Context
) -> Iterator[Fault]:
    sheet = sheets[table.name]
    yield from meaning.explain(sheet, context, own)
    for reference in table.references:
        yield from rules.reference_faults(sheet, reference, sheets[reference.table])
    yield from meaning.unit_faults(sheet, own)
    yield from meaning.observation_faults(sheet, context)
    yield from ledger.faults(sheet, context, sheets.get("claims"))
    yield from grades.grade_faults(sheet)


def _frame(table: Table, sheet: Sheet, context: meaning.Context) -> pd.DataFrame:
    """The typed frame of a sound sheet."""
    columns = {field.name: _typed(field.type, sheet.columns[field.name]) for field in table.fields}
    if meaning.COLUMNS <= columns.keys():
        columns["low"], columns["high"] = meaning.ends(sheet, context)
    return pd.DataFrame(columns)


def _typed(kind: str, cells: tuple[str, ...]) -> pd.Series:
    if kind == "boolean":
        return pd.Series([cell == "true" for cell in cells], dtype=bool)
    if kind in ("integer", "year") and "" not in cells:
        return pd.Series([int(cell) for cell in cells], dtype="int64")
    if kind in ("number", "integer", "year"):
        return pd.Series([float(cell) if cell else float("nan") for cell in cells], dtype="float64")
    return pd.Series(list(cells), dtype="str")
