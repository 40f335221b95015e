"""datapackage.json, the only schema of the data; refused where it asks for what the reader cannot keep."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from wuhan.evidence.faults import DataError, Fault, nearest
from wuhan.evidence.files import RESOLVE, conflicts

FILE = "datapackage.json"
TYPES = ("string", "number", "integer", "boolean", "date", "year")
CONSTRAINTS = ("required", "unique", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength")


@dataclass(frozen=True)
class Field:
    """One column of Table Schema: its type and its constraints."""

    name: str
    type: str = "string"
    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] = ()
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None
    min_length: int = 0
    max_length: int | None = None

    @property
    def dated(self) -> bool:
        """Whether the cells are ISO 8601 dates or periods: by type, or because the pattern takes a date."""
        by_pattern = self.pattern and self.matches("2024-06-26") and not self.matches("abc")
        return self.type in ("date", "year") or bool(by_pattern)

    def matches(self, text: str) -> bool:
        """Whether `text` as a whole fits the pattern."""
        return re.fullmatch(self.pattern, text) is not None


@dataclass(frozen=True)
class Reference:
    """A foreign key: `columns` must occur together as `keys` of `table`."""

    columns: tuple[str, ...]
    table: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One resource: where it lies below data/, its columns in order, its key and what it refers to."""

    name: str
    path: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)


@lru_cache(maxsize=16)
def schema(raw: bytes, file: str) -> dict[str, Table]:
    """The tables of a datapackage.json by name, in its order.

    Raises `DataError` when it is not JSON or asks for something that the reader does not know: a rule that is
    silently ignored would be worse than none.
    """
    if found := conflicts(raw.decode("utf-8", "replace")):
        raise DataError(Fault(file, line, "", f"a merge conflict, {marks}", RESOLVE) for line, marks in found)
    try:
        document = json.loads(raw.decode("utf-8"), object_pairs_hook=_once)
        tables = [_table(resource) for resource in document["resources"]]
    except UnicodeDecodeError as error:
        raise DataError([Fault(file, 1, "", f"byte {raw[error.start]:02X}", "save the file as UTF-8")]) from None
    except json.JSONDecodeError as error:
        raise DataError([Fault(file, error.lineno, "", error.msg.lower(), "write valid JSON")]) from None
    except (KeyError, TypeError, AttributeError) as error:
        what = f"no {error}" if isinstance(error, KeyError) else str(error)
        raise DataError([Fault(file, 1, "", what, "write it as Table Schema asks")]) from None
    except ValueError as error:
        found, instead = error.args
        raise DataError([Fault(file, 1, "", found, instead)]) from None
    named = {table.name: table for table in tables}
    faults = [Fault(file, 1, *what) for what in _unsound(tables)]
    if faults:
        raise DataError(faults)
    return named


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object whose names differ; a name given twice would hide the first."""
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"the name {name!r} twice in one object", "keep one of the two")
    return dict(pairs)


def _table(resource: dict) -> Table:
    """One resource of the descriptor, as written; `_unsound` judges it."""
    layout = resource["schema"]
    key = layout.get("primaryKey", [])
    return Table(
        name=resource["name"],
        path=resource["path"],
        fields=tuple(_field(resource["name"], each) for each in layout["fields"]),
        key=_names(key),
        references=tuple(_reference(resource["name"], each) for each in layout.get("foreignKeys", [])),
    )


def _field(table: str, field: dict) -> Field:
    rules = field.get("constraints", {})
    for rule in rules:
        if rule not in CONSTRAINTS:
            advice = f"write one of {', '.join(CONSTRAINTS)}"
            raise ValueError(f"the constraint {rule!r} of {table}.{field['name']}", advice)
    if field.get("type", "string") not in TYPES:
        raise ValueError(f"the type {field['type']!r} of {table}.{field['name']}", f"write one of {', '.join(TYPES)}")
    return Field(
        name=field["name"],
        type=field.get("type", "string"),
        required=bool(rules.get("required")),
        unique=bool(rules.get("unique")),
        enum=tuple(str(word) for word in rules.get("enum", ())),
        pattern=rules.get("pattern", ""),
        minimum=rules.get("minimum"),
        maximum=rules.get("maximum"),
        min_length=rules.get("minLength", 0),
        max_length=rules.get("maxLength"),
    )


def _reference(table: str, key: dict) -> Reference:
    here, there = key["fields"], key["reference"]["fields"]
    return Reference(_names(here), key["reference"].get("resource") or table, _names(there))


def _names(columns: str | list[str]) -> tuple[str, ...]:
    """The names of columns; Table Schema allows the name of one by itself."""
    return (columns,) if isinstance(columns, str) else tuple(columns)


def _unsound(tables: list[Table]) -> list[tuple[str, str, str]]:
    """(column, found, instead) of everything in the descriptor that does not hang together."""
    named = {table.name: table for table in tables}
    faults = []
    for table in tables:
        if named[table.name] is not table:
            faults.append(("", f"the table {table.name!r} twice", "give each resource its own name"))
        path = PurePosixPath(table.path)
        if path.is_absolute() or ".." in path.parts or "://" in table.path or path.suffix != ".csv":
            faults.append(("", f"the path {table.path!r}", "write the name of a .csv file below data/"))
        for field in table.fields:
            try:
                re.compile(field.pattern)
            except re.error as error:
                faults.append(("", f"the pattern of {table.name}.{field.name}: {error}", "write a regular expression"))
        wanted = [(table, column) for column in table.key]
        for reference in table.references:
            wanted += [(table, column) for column in reference.columns]
            if reference.table not in named:
                meant = nearest(reference.table, list(named))
                advice = f"write {meant}" if meant else "name a resource of this file"
                faults.append(("", f"a reference of {table.name} to {reference.table!r}", advice))
            else:
                wanted += [(named[reference.table], column) for column in reference.keys]
        for owner, column in wanted:
            if column not in owner.header:
                faults.append(("", f"the key {column!r} of {owner.name}", f"write one of {', '.join(owner.header)}"))
    return faults
