"""The page of the data: each table with its columns, its size and checksum, ready to download and to load."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from wuhan.evidence.csvreader import as_printed
from wuhan.evidence.schema import FILE
from wuhan.text.language import _, language, noted

EXCEL = "excel"  # the folder of the tables for Excel
NUMERIC = ("number", "integer", "year")
TYPES = noted(
    {
        "string": "text",
        "number": "number",
        "integer": "whole number",
        "boolean": "true or false",
        "date": "date",
        "year": "year",
    }
)


def descriptor(data: Path) -> dict:
    """The description of the data package as it is written."""
    return json.loads((data / FILE).read_text(encoding="utf-8"))


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV below their header, each line with LF at its end; None is blank."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue()


@lru_cache(maxsize=64)
def counted(raw: bytes) -> int:
    """The number of rows of a table, of which these are the bytes; a cell may hold a line break."""
    return sum(1 for _row in as_printed(raw))


def pointing(resource: dict, table: str) -> list[str]:
    """The columns of ``resource`` that refer to ``table``."""
    keys = resource["schema"].get("foreignKeys", [])
    fields = [key["fields"] for key in keys if key["reference"].get("resource") == table]
    return [column for each in fields for column in ([each] if isinstance(each, str) else each)]


def copy(data: Path, target: Path) -> None:
    """Copy every table and their description to ``target``, byte by byte; and each table once more for Excel.

    Excel takes a CSV file that is opened by a double click for the code page of the country, unless it begins with a
    byte order mark.
    """
    excel = target / EXCEL
    excel.mkdir(parents=True, exist_ok=True)
    (target / FILE).write_bytes((data / FILE).read_bytes())
    for file in (resource["path"] for resource in descriptor(data)["resources"]):
        raw = (data / file).read_bytes()
        (target / file).write_bytes(raw)
        (excel / file).write_bytes(codecs.BOM_UTF8 + raw.removeprefix(codecs.BOM_UTF8))


def page(data: Path) -> dict:
    """What the page shows: of each table its meaning, columns, size, checksum and how to load it."""
    about = descriptor(data)
    described = (data / FILE).read_bytes()
    return {
        "tables": [_table(resource, data) for resource in about["resources"]],
        "version": about["version"],
        "about": {"file": FILE, "bytes": grouped(len(described)), "sha256": hashlib.sha256(described).hexdigest()},
    }


def _table(resource: dict, data: Path) -> dict:
    raw = (data / resource["path"]).read_bytes()
    fields = resource["schema"]["fields"]
    return {
        "name": resource["name"],
        "file": resource["path"],
        "title": _(resource["title"]),
        "description": _(resource["description"]),
        "columns": [_column(field) for field in fields],
        "rows": grouped(counted(raw)),
        "bytes": grouped(len(raw)),
        "sha256": hashlib.sha256(raw).hexdigest(),
        "python": in_pandas(resource["name"], resource["path"], fields),
        "r": in_r(resource["name"], resource["path"], fields),
    }


def _column(field: dict) -> dict:
    rules = field.get("constraints", {})
    return {
        "name": field["name"],
        "type": _(TYPES[field.get("type", "string")]),
        "description": _(field.get("description", "")),
        "values": _(", ").join(str(value) for value in rules.get("enum", [])),
        "required": bool(rules.get("required")),
    }


def grouped(number: int) -> str:
    """A whole number: with its thousands apart in English, without in Chinese, as everywhere on its pages."""
    return f"{number:,}" if language() == "en" else str(number)


def in_pandas(name: str, path: str, fields: list[dict]) -> str:
    """Python that loads a table: codes stay text, "NA" stays a text, blank numbers are missing."""
    lines = [
        "import pandas as pd",
        "",
        f'{name} = pd.read_csv("data/{path}", dtype=str, keep_default_na=False, encoding="utf-8")',
    ]
    lines += [f'{name}["{each}"] = pd.to_numeric({name}["{each}"])' for each in _of(fields, *NUMERIC)]
    lines += [f'{name}["{each}"] = {name}["{each}"] == "true"' for each in _of(fields, "boolean")]
    return "\n".join(lines)


def in_r(name: str, path: str, fields: list[dict]) -> str:
    """The same in R, without any package."""
    lines = [
        f'{name} <- read.csv("data/{path}", colClasses = "character", na.strings = character(), encoding = "UTF-8")'
    ]
    lines += [f"{name}${each} <- as.numeric({name}${each})" for each in _of(fields, *NUMERIC)]
    lines += [f'{name}${each} <- {name}${each} == "true"' for each in _of(fields, "boolean")]
    return "\n".join(lines)


def _of(fields: list[dict], *kinds: str) -> list[str]:
    """The columns of these types."""
    return [field["name"] for field in fields if field.get("type", "string") in kinds]
