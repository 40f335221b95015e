"""The tables of the data as pages: every row has an anchor, so that a number leads to the row that prints it.

A table is split into pages by the lines of its file, so that its file and line alone tell where a row is found. Rows of
observations stand in a table; those of other tables, which have many columns, are records of what they hold.
"""

from __future__ import annotations

import functools
import html
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from wuhan.evidence import observations
from wuhan.evidence.csvreader import as_printed
from wuhan.site import tables
from wuhan.site.rows import row_of, specified
from wuhan.text.language import _, noted
from wuhan.text.messages import CODES
from wuhan.text.words import label, measure, name, publisher, remark, unit_of, unit_words, when

LINES, RECORDS = 400, 100  # lines of a file that a page has: of observations, of other tables
SERIES = ("place", "indicator", "vintage", "source_id")  # what the rows of a part of the table have in common
HEADS = noted(("Line", "When", "Value", "Status", "Note"))
STANDING = ("status", "note")  # the columns that follow the value
# How the cells of an observation are told.
TOLD: dict[str, Callable[[str], str]] = {
    "place": name,
    "indicator": measure,
    "unit": lambda indicator: unit_words(unit_of(indicator)),
    "vintage": label,
    "period": when,
    "qualifier": lambda code: "" if code == "exact" else f"{label(code)} ",
    "status": label,
    "note": remark,
}
TEMPLATE = "rows.html.j2"


def way(row: str) -> str:
    """Where a row is found, from its file and line as `rows.row_of` gives them: "rows-gdp-3.html#r1234"; "" of none."""
    if not row:
        return ""
    file, line = row.split("#line=")
    table = file.removesuffix(".csv")
    return f"{page_of(table, int(line))}#r{line}"


def told(row: str) -> str:
    """What a link to a row says: "gdp.csv, row 1234", by the line of its file."""
    file, line = row.split("#line=")
    return _("{file}, line {line}").format(file=file, line=line)


def page_of(table: str, line: int) -> str:
    """The file of the page of ``table`` that has the row that ends on ``line`` of its file."""
    return f"rows-{table}-{(line - 2) // _lines(table) + 1}.html"


@functools.cache  # it is asked for every row
def _lines(table: str) -> int:
    return LINES if table in observations.TABLES else RECORDS


def pages(data: Path) -> dict[str, dict]:
    """Every page by its file, with what its template shows."""
    found: dict[str, dict] = {}
    for resource in tables.descriptor(data)["resources"]:
        found |= _pages(resource, data)
    return found


def _pages(resource: dict, data: Path) -> dict[str, dict]:
    table = resource["name"]
    read = as_printed((data / resource["path"]).read_bytes())
    parts = {file: list(rows) for file, rows in groupby(read, key=lambda row: page_of(table, row[0]))}
    own = {"table": table, "title": _(resource["title"]), "csv": resource["path"], "files": list(parts)}
    body = functools.partial(_recorded, resource, _worded(resource))
    if table in observations.TABLES:
        told = {column: functools.cache(_escaped(words)) for column, words in TOLD.items()}
        body = functools.partial(_observed, told=told | {"source_id": functools.cache(_source)})
    return {file: own | {"first": rows[0][0], "last": rows[-1][0], "body": body(rows)} for file, rows in parts.items()}


Rows = list[tuple[int, dict[str, str]]]


def _observed(rows: Rows, told: Mapping[str, Callable[[str], str]]) -> str:
    """Rows of observations as a table with a part for each series: one measure of one place, by one source."""
    heads = "".join(f'<th scope="col">{_(head)}</th>' for head in HEADS)
    lines = [f"<thead><tr>{heads}</tr></thead>"]
    for series, own in groupby(rows, key=lambda row: tuple(row[1][column] for column in SERIES)):
        lines.append(f'<tbody><tr><th scope="rowgroup" colspan="{len(HEADS)}">{_series(series, told)}</th></tr>')
        for line, row in own:
            printed = f" <q>{html.escape(row['value_text'])}</q>" if row["value_text"] else ""
            cells = [told["period"](row["period"]), f"{told['qualifier'](row['qualifier'])}{row['value']}{printed}"]
            body = "".join(f"<td>{cell}</td>" for cell in (*cells, *(told[name](row[name]) for name in STANDING)))
            lines.append(f'<tr id="r{line}"><th scope="row">{line}</th>{body}</tr>')
        lines.append("</tbody>")
    return "\n".join(['<table class="rows">', *lines, "</table>"])


def _series(series: tuple[str, ...], told: Mapping[str, Callable[[str], str]]) -> str:
    """The heading of a series: "GDP at current prices, Wuhan, 100 million yuan, first release: publisher"."""
    place, indicator, vintage, source = series
    what = specified([told["indicator"](indicator), told["place"](place)])
    parts = [what, told["unit"](indicator), told["vintage"](vintage)]
    return _(", ").join(filter(None, parts)) + _(": ") + told["source_id"](source)


def source(code: str) -> str:
    """Where the row of a publication is found."""
    return way(row_of({"printed": ("sources", code)}))


def _source(code: str) -> str:
    return f'<a href="{source(code)}">{html.escape(publisher(code))}</a>'


def _worded(resource: dict) -> Mapping[str, Callable[[str], str]]:
    """How the cells of a column are told where its codes mean something to a reader."""
    words: dict[str, Callable[[str], str]] = dict.fromkeys((*CODES,), label) | {"note": remark, "unit": _unit}
    words |= {column: name for column in tables.pointing(resource, "places")}
    words |= {column: measure for column in tables.pointing(resource, "indicators")}
    return {column: functools.cache(_escaped(told)) for column, told in words.items()} | {
        column: functools.cache(_source) for column in tables.pointing(resource, "sources")
    }


def _unit(code: str) -> str:
    return unit_words(code) or code


def _escaped(words: Callable[[str], str]) -> Callable[[str], str]:
    return lambda code: html.escape(words(code)) if code else ""


def _recorded(resource: dict, worded: Mapping[str, Callable[[str], str]], rows: Rows) -> str:
    """Rows as records: the columns that they fill, each with what it holds."""
    columns, records = [field["name"] for field in resource["schema"]["fields"]], []
    for line, row in rows:
        fields = "".join(_fields(row, columns, worded))
        own = f'<div><dt>{_("Line")}</dt><dd><a href="#r{line}">{line}</a></dd></div>'
        records.append(f'<dl class="record" id="r{line}">{own}{fields}</dl>')
    return "\n".join(records)


def _fields(row: dict[str, str], columns: list[str], worded: Mapping[str, Callable[[str], str]]) -> Iterator[str]:
    for column in filter(row.get, columns):
        cell = worded[column](row[column]) if column in worded else html.escape(row[column])
        yield f'<div><dt lang="en">{column}</dt><dd>{cell}</dd></div>'
