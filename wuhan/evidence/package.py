"""The strict reader of data/: a table is either sound from end to end, or refused with every fault it has.

`read` gives a table as a frame, `check` the faults of the whole package. The schema is data/datapackage.json
and nothing else; `rules` holds what it asks of one table, `meaning` what observations may say, `ledger` what
claims and formulas over them may say.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd

from wuhan.evidence import (
    asof,
    csvreader,
    history,
    ledger,
    meaning,
    periods,
    plausibility,
    reads,
    records,
    rules,
    secrets,
    trees,
)
from wuhan.evidence import sources as grades
from wuhan.evidence.csvreader import Sheet
from wuhan.evidence.faults import DataError, Fault, PackageUnreadable, grouped, nearest
from wuhan.evidence.files import content
from wuhan.evidence.schema import FILE, Table, schema

__all__ = [
    "DATA",
    "ROOT",
    "DataError",
    "Fault",
    "PackageUnreadable",
    "check",
    "holding",
    "known_by",
    "later",
    "observed",
    "read",
    "rows",
    "state",
    "tables",
]

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
HOLDERS = ("theme", "also_in")  # the columns of indicators that name a table
LINE = "file_line"  # the column, given to those who ask for it, of the line of its file on which a row starts
SHEETS = (".csv", ".tsv", ".xls", ".xlsx", ".ods", ".numbers", ".parquet")  # what would be taken for a table


_state = {"known_by": ""}


def known_by(day: str | None = None) -> str:
    """The day by which all was published that this process reads from now on, if ``day`` is given; blank: no bound.

    Raises ``ValueError`` for what is no date. See `asof`.
    """
    if day:
        periods.bounds(day)
    if day is not None:
        _state["known_by"] = day
    return _state["known_by"]


def tables(data: Path = DATA) -> tuple[str, ...]:
    """Names of the tables in the order of datapackage.json. Raises as `read` does."""
    return tuple(_schema(data))


def columns(table: str, data: Path = DATA) -> tuple[str, ...]:
    """Names of the columns of a table, in the order of datapackage.json. Raises as `read` does."""
    return tuple(_schema(data)[table].header)


def observed(data: Path = DATA) -> tuple[str, ...]:
    """Names of the tables of observations, in the order of datapackage.json. Raises as `read` does."""
    return tuple(name for name, table in _schema(data).items() if meaning.COLUMNS <= set(table.header))


def holding(indicators: Iterable[str], data: Path = DATA) -> tuple[str, ...]:
    """Names of the tables that may hold observations of ``indicators``, in the order of datapackage.json."""
    told = [column for column in HOLDERS if column in _schema(data)["indicators"].header]
    known = rows("indicators", "indicator", told, data)
    named = {known[indicator][column] for indicator in indicators for column in told}
    return tuple(table for table in observed(data) if table in named)


def state(table: str, data: Path = DATA) -> tuple[object, ...]:
    """What changes when the file of ``table`` does, or `known_by`: the key of whatever is kept of it."""
    try:
        found = os.stat(f"{data}/{table}.csv")
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino, known_by()


def read(
    table: str, data: Path = DATA, columns: Sequence[str] = (), of: Sequence[pd.DataFrame] | None = None
) -> pd.DataFrame:
    """One table, checked together with the tables that it refers to.

    Texts are strings, blank ones ""; numbers are float64 (a blank one, where the schema allows it, is NaN);
    integers without blanks are int64; true and false are bool. Tables of observations also have `low` and
    `high`, the ends of what the printed figure allows, in the unit of the indicator.

    With ``columns`` only these, among which may be ``file_line``, the line of the file on which the row starts; with
    ``of`` only the rows that the frames in it refer to. A result depends on no more than it is given: see `reads`.

    Raises `DataError` with every fault of these tables, `PackageUnreadable` (an OSError) for a file that
    cannot be read, `LookupError` for a table or a column that does not exist.
    """
    described, frame = _table(table, data)
    if lacking := [column for column in columns if column not in frame]:
        raise LookupError(f"no column '{lacking[0]}' in '{table}': the columns are {', '.join(frame)}.")
    chosen = list(columns or frame.columns.drop(LINE))
    file = _where(data, described)
    if of is not None:
        key = described.key[0]
        cited = _cited(_schema(data), table, of)
        reads.note(file, key=key, rows=tuple(sorted(cited)), columns=tuple(columns or described.header))
        return frame.loc[frame[key].isin(cited), chosen].reset_index(drop=True)
    reads.note(file, columns=() if LINE in columns else tuple(columns))  # a line moves with every row before it
    if meaning.COLUMNS <= set(described.header):  # their ends depend on the units of their indicators
        indicators = _where(data, _schema(data)["indicators"])
        for indicator in frame["indicator"].unique():
            reads.note(indicators, key="indicator", row=indicator, columns=("unit",))
    return frame[chosen].copy()


def rows(table: str, key: str, columns: Sequence[str] = (), data: Path = DATA) -> Rows:
    """The rows of a table by their cells in ``key``, as dictionaries of ``columns``. Raises as `read` does.

    The column "#" counts the rows. A name can be looked up whenever its row was printed: see `asof.NAMES`.
    """
    described, frame = _sound(table, data) if table in asof.NAMES else _table(table, data)
    return Rows(frame.drop(columns=LINE), _where(data, described), key, tuple(columns))


class Rows(Mapping):
    """Rows by a key. Each one that is looked up is noted by itself; all of them where they are gone through."""

    def __init__(self, frame: pd.DataFrame, file: str, key: str, columns: tuple[str, ...]):
        self._frame, self._file, self._key, self._columns = frame, file, key, columns
        numbered = frame.assign(**{"#": range(len(frame))}).set_index(key, drop=False)
        self._found: dict[str, dict] = numbered[list(columns or frame)].to_dict("index")
        self._largest: dict[str, str] = {}

    def _noted(self, code: object) -> dict[str, dict]:
        reads.note(self._file, key=self._key, row=str(code), columns=self._columns)
        return self._found

    def _all(self) -> dict[str, dict]:
        every = not self._columns or "#" in self._columns
        reads.note(self._file, columns=() if every else (self._key, *self._columns))
        return self._found

    def __getitem__(self, code: str) -> dict:
        return self._noted(code)[code]

    def __contains__(self, code: object) -> bool:
        return code in self._noted(code)

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def largest(self, column: str) -> str:
        """The largest text in ``column``: the newest of dates."""
        reads.note(self._file, largest=column)
        if column not in self._largest:
            self._largest[column] = max(self._frame[column])
        return self._largest[column]

    def values(self):
        return self._all().values()

    def items(self):
        return self._all().items()


def check(
    data: Path = DATA, last: history.Release | None = None, log: str = "", lost: Callable[[str], str] | None = None
) -> list[Fault]:
    """Every fault of the package, sorted by file and line; [] when sound. Raises `PackageUnreadable` only.

    ``last`` and ``log``: what the last release keeps and the log of changes since, see `history`. ``lost``
    tells the characters of a text that figures cannot show.
    """
    try:
        named = _schema(data)
    except DataError as error:
        return list(error.faults)
    contents = {name: (table, *_load(data / table.path, data)) for name, table in named.items()}
    faults = list(_all_faults(contents))
    sheets = {name: _sheet(*content)[0] for name, content in contents.items()}
    cells = {(fault.file, fault.line, fault.column) for fault in faults}
    recorded = records.faults(sheets, records.day(_load(data / FILE, data)[0]))
    faults += [fault for fault in recorded if (fault.file, fault.line, fault.column) not in cells]
    wrong = {(fault.file, fault.line) for fault in faults}  # told already, and no measure for others
    crooked = {fault.file for fault in faults if fault.column == "parent"}  # no measure of parts and wholes
    judged = {name: sheet for name, sheet in sheets.items() if sheet.file not in crooked}
    faults += plausibility.faults(judged, _context(sheets), wrong)
    if last and all(sheet.columns for sheet in sheets.values()):  # a table that cannot be cut has lost no rows
        faults += history.faults(sheets.values(), last, log)
    for name, table in named.items():
        faults += rules.undrawn(table, sheets[name], lost) if lost else ()
    listed = {data / table.path for table in named.values()}
    for path in content(data, "**/*"):
        if path.suffix.lower() in SHEETS and path not in listed:
            own = path.suffix == ".csv" and path.parent == data
            advice = f"run `python -m wuhan describe {path.stem}`" if own else f"list it in {FILE}"
            advice += ", or remove the file"
            faults.append(Fault(_shown(path, data), 1, "", "a table that nothing describes", advice))
    return grouped(faults)


def _schema(data: Path) -> dict[str, Table]:
    return schema(*_load(data / FILE, data))


def _load(path: Path, data: Path) -> tuple[bytes, str]:
    """The bytes of a file and the name that messages give it."""
    return csvreader.load(path), _shown(path, data)


def _where(data: Path, table: Table) -> str:
    """The name of the file of a table in notes of what was read."""
    path = data / table.path
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def _table(table: str, data: Path) -> tuple[Table, pd.DataFrame]:
    """The description of a table and its frame as `known_by` bounds it, which nobody may change. Raises as `read`."""
    described, frame = _sound(table, data)
    if not known_by():
        return described, frame
    dates: dict[str, str] = {}
    if set(asof.SOURCES) & set(frame):
        about, sources = _sound("sources", data)
        dates = dict(zip(sources["source_id"], sources["published"], strict=True))
        reads.note(_where(data, about), columns=("source_id", "published"))
        dated = tuple(each for each in (*asof.SOURCES, *asof.OWN) if each in frame)
        reads.note(_where(data, described), columns=dated)
    return described, frame[asof.published(frame, dates, known_by())].reset_index(drop=True)


def later(table: str, data: Path = DATA) -> pd.DataFrame:
    """The rows of a table that `known_by` leaves out: what a rank of that day would have to wait for."""
    described, frame = _sound(table, data)
    reads.note(_where(data, described))
    return frame[~frame[LINE].isin(_table(table, data)[1][LINE])]


def _sound(table: str, data: Path) -> tuple[Table, pd.DataFrame]:
    """The description of a table and the frame of all its rows. Raises as `read` does.

    That the tables it refers to are sound is no part of a result: a report of unsound tables is refused.
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
    return named[table], frame


def _cited(named: dict[str, Table], table: str, frames: Sequence[pd.DataFrame]) -> set[str]:
    """The keys of ``table`` that ``frames`` hold in columns that refer to it, one or several in a cell."""
    columns = {
        column
        for other in named.values()
        for reference in other.references
        if reference.table == table
        for column in reference.columns
    }
    cells = [cell for frame in frames for column in sorted(columns & set(frame)) for cell in frame[column]]
    return {code for cell in cells for code in ([cell] if isinstance(cell, str) else cell) if code}


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
    contents = {table.name: (table, raw, file) for table, raw, file in involved}
    if faults := tuple(_all_faults(contents)):
        return faults, None
    sheets = {each: _sheet(*contents[each])[0] for each in contents}
    return (), _frame(contents[name][0], sheets[name], _context(sheets))


def _context(sheets: dict[str, Sheet]) -> meaning.Context:
    return meaning.Context(sheets.get("indicators", Sheet("")), sheets.get("sources", Sheet("")))


def _all_faults(contents: dict[str, tuple[Table, bytes, str]]) -> Iterator[Fault]:
    """The faults of tables, each judged once, in the light of the tables that it refers to."""
    named = {name: table for name, (table, _, _) in contents.items()}
    for name, table in named.items():
        yield from _faults(table, tuple(contents[each.name] for each in _closure(named, name)))


@lru_cache(maxsize=64)
def _faults(table: Table, involved: tuple[tuple[Table, bytes, str], ...]) -> tuple[Fault, ...]:
    """The faults of one of the tables involved. Kept by content: most tables refer to the same few others."""
    parsed = {each.name: _sheet(each, raw, file) for each, raw, file in involved}
    sheets = {name: sheet for name, (sheet, _) in parsed.items()}
    (sheet, own), context = parsed[table.name], _context(sheets)
    lost = [
        fault
        for reference in table.references
        for fault in rules.reference_faults(sheet, reference, sheets[reference.table])
    ]
    unknown = {(fault.line, fault.column) for fault in lost}
    # An id that is unknown needs no word on its form, too.
    known = [each for each in own if (each.line, each.column) not in unknown]
    return (
        *meaning.explain(sheet, context, known),
        *lost,
        *meaning.unit_faults(sheet, own),
        *meaning.observation_faults(sheet, context),
        *trees.faults(sheet),
        *secrets.faults(table, sheet),
        *ledger.faults(sheet, context, sheets.get("claims")),
        *grades.grade_faults(sheet),
    )


def _frame(table: Table, sheet: Sheet, context: meaning.Context) -> pd.DataFrame:
    """The typed frame of a sound sheet."""
    columns = {field.name: _typed(field.type, sheet.columns[field.name]) for field in table.fields}
    if meaning.COLUMNS <= columns.keys():
        columns["low"], columns["high"] = meaning.ends(sheet, context)
    return pd.DataFrame(columns | {LINE: pd.Series(sheet.lines, dtype="int64")})


def _typed(kind: str, cells: tuple[str, ...]) -> pd.Series:
    if kind == "boolean":
        return pd.Series([cell == "true" for cell in cells], dtype=bool)
    if kind in ("integer", "year") and "" not in cells:
        return pd.Series([int(cell) for cell in cells], dtype="int64")
    if kind in ("number", "integer", "year"):
        return pd.Series([float(cell) if cell else float("nan") for cell in cells], dtype="float64")
    return pd.Series(list(cells), dtype="str")
