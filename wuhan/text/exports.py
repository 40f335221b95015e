"""Rows as a CSV file that is safe to open in a spreadsheet, and reads back as it was.

A spreadsheet takes a cell that begins with one of ``= + - @``, a tab or a line break for a formula, and runs it
(CWE-1236). Such a text gets an apostrophe in front, which spreadsheets take for "this is text". So does a text that
begins with an apostrophe, so that `read` can take exactly one away. Numbers are written as numbers.
"""

from __future__ import annotations

import base64
import csv
import html
import io
import math

import pandas as pd

# The full-width signs are what a Chinese keyboard writes; some spreadsheets read them as the others.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "\ufeff"  # tells a spreadsheet that the file is UTF-8


def write(rows: pd.DataFrame) -> str:
    """``rows`` as CSV with a header line: every text in quotes, every number bare, blank for what is missing.

    Cells are texts, numbers (finite, or missing) and truth values. Raises ``ValueError`` for an infinite number or a
    cell of another kind.
    """
    lines = io.StringIO()
    lines.write(MARK)
    writer = csv.writer(lines, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([_cell(str(column), "heading") for column in rows.columns])
    columns = [[_cell(value, column) for value in rows[column].tolist()] for column in rows.columns]
    writer.writerows(zip(*columns, strict=True))
    return lines.getvalue()


def _cell(value: object, column: object) -> object:
    """What the writer is given for one cell; it quotes texts only."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, str):
        return f"'{value}" if value.startswith((*FORMULA, "'")) else value
    raise ValueError(f"{column}: {value!r} is neither text nor a finite number — convert it before the export")


def read(text: str) -> pd.DataFrame:
    """The rows that `write` was given, whole numbers as floats; blank cells are missing in a column of numbers."""
    lines = csv.reader(io.StringIO(text.removeprefix(MARK), newline=""), quoting=csv.QUOTE_NONNUMERIC)
    heads, *cells = [[_plain(cell) for cell in line] for line in lines]
    columns = list(zip(*cells, strict=True)) or [()] * len(heads)
    return pd.DataFrame(
        {
            head: [math.nan if cell == "" else cell for cell in column]
            if any(isinstance(cell, float) for cell in column)
            else list(column)
            for head, column in zip(heads, columns, strict=True)
        }
    )


def _plain(cell: str | float) -> str | float:
    return cell[1:] if isinstance(cell, str) and cell.startswith("'") else cell


def link(rows: pd.DataFrame, file: str, words: str) -> str:
    """HTML of a link that hands ``rows`` to the reader as the CSV file ``file``; it needs no server."""
    data = base64.b64encode(write(rows).encode("utf-8")).decode("ascii")
    return (
        f'<a download="{html.escape(file)}" href="data:text/csv;charset=utf-8;base64,{data}">{html.escape(words)}</a>'
    )
