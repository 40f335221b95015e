"""A new table's entry in ``datapackage.json``, made from its CSV file: types, key, and what other tables say already.

A column whose name another table has is described as there, where its cells allow it. What nobody can tell from the
cells is left to be written: what one row is, and what each new column means.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from wuhan.evidence import csvreader
from wuhan.evidence.meaning import COLUMNS
from wuhan.evidence.rules import PLAIN
from wuhan.evidence.schema import FILE, schema

from .project import Project, RequestError, publish, refuse

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
CODE = "^[a-z0-9]+(_[a-z0-9]+)*$"


def describe(project: Project, name: str) -> list[str]:
    """Add the table ``data/<name>.csv`` to ``datapackage.json``; returns the columns whose meaning is to be written.

    Raises ``RequestError`` for a name that is none or is described already, a file that is not there or cannot be cut
    into columns, and rows that nothing tells apart. Raises ``DataError`` when ``datapackage.json`` is out of order.
    """
    if not NAME.fullmatch(name):
        raise RequestError(f'"{name}" is no name for a table — write its file without folder and .csv, as in housing')
    path, file = project.data / f"{name}.csv", f"{project.data.name}/{name}.csv"
    if not path.is_file():
        raise RequestError(f"{file}: no such file — write the table first: a header, then one row a line")
    raw = (project.data / FILE).read_bytes()
    if name in schema(raw, f"{project.data.name}/{FILE}"):
        raise RequestError(f"{file} is described already — change its entry in {project.data.name}/{FILE}")
    package = json.loads(raw)
    cells = _cells(path, file)
    resource = _resource(package["resources"], name, cells)
    if not resource["schema"]["primaryKey"]:
        raise RequestError(f"{file}: two rows are the same — remove one, or add a column that tells them apart")
    package["resources"].append(resource)
    publish((json.dumps(package, indent=1, ensure_ascii=False) + "\n").encode("utf-8"), project.data / FILE)
    return [field["name"] for field in resource["schema"]["fields"] if not field["description"]]


def _cells(path: Path, file: str) -> dict[str, tuple[str, ...]]:
    """The columns of a CSV file. Raises ``RequestError`` with every fault of its form."""
    raw = csvreader.load(path)
    header = raw.decode("utf-8-sig", "replace").partition("\n")[0].rstrip("\r").split(",")
    sheet = csvreader.parse(raw, file, tuple(header))
    wrong = [column for column in header if not NAME.fullmatch(column)]
    lines = [str(fault) for fault in sheet.faults]
    lines += [f"{file}:1: found {column!r} — write the column in small letters, as in name_en" for column in wrong]
    refuse(lines)
    return sheet.columns


def _resource(others: list[dict], name: str, cells: dict[str, tuple[str, ...]]) -> dict:
    """The entry of the table ``name`` beside those of ``others``, of which the first lends its form."""
    form = {part: value for part, value in others[0].items() if part not in ("name", "path", "title", "schema")}
    layouts = [each["schema"] for each in others]
    alike = next((each for each in layouts if set(cells) == {field["name"] for field in each["fields"]}), None)
    row = "an observation: one value of one indicator for one place and period." if COLUMNS <= set(cells) else "…"
    return {
        "name": name,
        "path": f"{name}.csv",
        "title": name.replace("_", " ").capitalize(),
        **form,
        "description": f"One row is {row}",
        "schema": _alike(alike, cells) if alike else _new(layouts, cells),
    }


def _alike(layout: dict, cells: dict[str, tuple[str, ...]]) -> dict:
    """The layout of a table with the same columns, in the order of this one."""
    fields = {field["name"]: field for field in layout["fields"]}
    return layout | {"fields": [fields[column] for column in cells]}


def _new(layouts: list[dict], cells: dict[str, tuple[str, ...]]) -> dict:
    """A layout made from the cells and from what other tables say of columns of the same name."""
    told: dict[str, dict] = {}
    leads: dict[str, dict] = {}
    for layout in reversed(layouts):
        told |= {field["name"]: field for field in layout["fields"] if [field["name"]] != layout["primaryKey"]}
        leads |= {key["fields"][0]: key for key in layout.get("foreignKeys", []) if key["reference"]["resource"]}
    keys = [leads[column] for column in cells if column in leads and len(leads[column]["fields"]) == 1]
    key = _key(cells)
    return {
        "fields": [_field(column, rows, told.get(column), key == [column]) for column, rows in cells.items()],
        "primaryKey": key,
        **({"foreignKeys": keys} if keys else {}),
        "missingValues": [""],
    }


def _key(cells: dict[str, tuple[str, ...]]) -> list[str]:
    """The fewest columns from the left that tell the rows apart; [] when all together do not."""
    columns = list(cells)
    for many in range(1, len(columns) + 1):
        rows = list(zip(*(cells[column] for column in columns[:many]), strict=True))
        if len(set(rows)) == len(rows):
            return columns[:many]
    return []


def _field(name: str, cells: Sequence[str], told: dict | None, alone: bool) -> dict:
    """A column: as another table describes it, unless its cells are not among those listed there; else by its cells."""
    listed = (told or {}).get("constraints", {}).get("enum")
    filled = [cell for cell in cells if cell]
    rules = {"required": True} if len(filled) == len(cells) else {}
    if told and not (listed and set(filled) - set(listed)):
        kept = {
            rule: value for rule, value in told.get("constraints", {}).items() if rule not in ("required", "unique")
        }
        kind, description = told["type"], told.get("description", "")
    else:
        kind, description, kept = _kind(filled), "", {}
        if kind == "string" and alone and all(re.fullmatch(CODE, cell) for cell in filled):
            kept = {"pattern": CODE}
    rules |= kept | ({"unique": True} if alone else {})
    return {"name": name, "type": kind, "description": description} | ({"constraints": rules} if rules else {})


def _kind(cells: Sequence[str]) -> str:
    """The type that all ``cells`` have."""
    if cells and set(cells) <= {"true", "false"}:
        return "boolean"
    if cells and all(map(PLAIN.fullmatch, cells)):
        return "number" if any("." in cell for cell in cells) else "integer"
    return "string"
