"""What is written once in ``wuhan/`` and stands in other files, too: units in the schema, colours in tables and pages.

The units of ``wuhan.evidence.units`` are the closed list of every column ``unit`` in ``datapackage.json``, and its
tables of observations the closed list of the columns that name one. The colours
of ``wuhan.text.palette`` are the column ``colour`` of ``places.csv`` and the variables of the style sheet.
`written` gives these files as they should be, `faults` says what differs.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

from wuhan.evidence.csvreader import as_printed
from wuhan.evidence.faults import Fault
from wuhan.evidence.meaning import COLUMNS
from wuhan.evidence.schema import FILE
from wuhan.evidence.units import UNITS
from wuhan.site.tables import as_csv
from wuhan.text import palette

from .project import Project

RUN = "run `python -m wuhan registry`"
STYLE = Path("wuhan", "site", "style.css")
RULES = "\n* { "  # where the style sheet goes on after its variables
OF_TABLES = (
    ("indicators", "theme"),
    ("indicators", "also_in"),
    ("anomalies", "table"),
)  # columns that name a table of observations
WIDTH = 124  # of a line of variables


def written(project: Project) -> dict[Path, str]:
    """The text that each file should have; files that are not there or cannot be read are left out."""
    made = {project.data / FILE: _schema, project.data / "places.csv": _places, project.root / STYLE: _style}
    texts = {}
    for path, make in made.items():
        try:
            texts[path] = make(path.read_bytes().decode("utf-8"))
        except (OSError, ValueError, LookupError, TypeError):  # the check of the tables says what is wrong with them
            continue
    return texts


def faults(project: Project) -> list[Fault]:
    """One fault for each file or colour that differs from what is written in ``wuhan/``."""
    found = []
    for path, text in written(project).items():
        if path.read_bytes() == text.encode("utf-8"):
            continue
        name = path.relative_to(project.root).as_posix()
        if path.name == "places.csv":
            found += _colours(path, name)
        else:
            tables = "lists that are not those of its tables and of wuhan/evidence/units.py"
            colours = "colours that are not those of wuhan.text.palette.py"
            found.append(Fault(name, 1, "", tables if path.name == FILE else colours, RUN))
    return found


def _colours(path: Path, name: str) -> list[Fault]:
    advice = f"write it into PLACES of wuhan/text/palette.py, then {RUN}"
    return [
        Fault(name, line, "colour", repr(row["colour"]), RUN if row["place"] in palette.PLACES else advice)
        for line, row in as_printed(path.read_bytes())
        if row["colour"] != palette.PLACES.get(row["place"], "")
    ]


def _schema(text: str) -> str:
    described = json.loads(text)
    headers = {each["name"]: {field["name"] for field in each["schema"]["fields"]} for each in described["resources"]}
    observed = [name for name, header in headers.items() if header >= COLUMNS]
    for resource in described["resources"]:
        for field in resource["schema"]["fields"]:
            if field["name"] == "unit":
                field["constraints"]["enum"] = list(UNITS)
            elif (resource["name"], field["name"]) in OF_TABLES:
                field["constraints"]["enum"] = observed
    return json.dumps(described, indent=1, ensure_ascii=False) + "\n"


def _places(text: str) -> str:
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    place, colour = header.index("place"), header.index("colour")
    for row in rows:
        row[colour] = palette.PLACES.get(row[place], "")
    return as_csv(header, rows)


def _style(text: str) -> str:
    dark = f"@media screen and (prefers-color-scheme: dark) {{\n{_variables(palette.DARK, '  ')}}}"
    return _variables(palette.LIGHT, "") + dark + text[text.index(RULES) :]


def _variables(colours: Mapping[str, str], indent: str) -> str:
    """The rule that sets the colours of a page, in lines of at most ``WIDTH`` characters."""
    lines: list[str] = []
    line = ""
    for name, colour in colours.items():
        part = f"--{name}: {colour};"
        if line and len(indent) + 2 + len(line) + 1 + len(part) > WIDTH:
            lines, line = [*lines, line], part
        else:
            line = f"{line} {part}".lstrip()
    body = "".join(f"{indent}  {each}\n" for each in [*lines, line])
    return f"{indent}:root {{\n{body}{indent}}}\n"
