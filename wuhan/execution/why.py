"""What rests on a row of the data: all that the collection would say and draw otherwise without it.

The row is taken out of a copy, the notebooks that use it run again, and what they say is compared. So nothing that
rests on the row is missed, neither a rank that it holds up nor a figure that draws it, and nothing else is named.
"""

from __future__ import annotations

import difflib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from wuhan.evidence import claims, csvreader, package, witnesses
from wuhan.evidence.faults import DataError
from wuhan.text.notebooks import pictures

from . import results, runner
from .collection import bring_up_to_date, store_of
from .inputs import Inputs
from .project import Project, RequestError, scratch
from .runner import Job, Result
from .sentences import said

ROW = re.compile(r"(?:\./)?(?:data/)?([a-z_]+)\.csv:([0-9]+)")
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "build", "scratch", "tests", "figures")


@dataclass(frozen=True)
class Row:
    """One row of a table: the lines of its file on which it begins and ends, counted from one, and its cells."""

    table: str
    first: int
    last: int
    cells: dict[str, str]

    def __str__(self) -> str:
        return f"data/{self.table}.csv:{self.first}: " + ", ".join(filter(None, self.cells.values()))


def find(project: Project, asked: str) -> Row:
    """The row of ``asked``, like data/gdp.csv:35. Raises ``RequestError`` with what to write instead."""
    wanted = ROW.fullmatch(asked.strip())
    if not wanted:
        raise RequestError(f'ROW: found "{asked}" — write a table and a line of its file, as in data/gdp.csv:35')
    table, line = wanted[1], int(wanted[2])
    if table not in package.tables(project.data):
        raise RequestError(f"ROW: no table data/{table}.csv — there are {', '.join(package.tables(project.data))}")
    before = 1
    for last, cells in csvreader.as_printed((project.data / f"{table}.csv").read_bytes()):
        if before < line <= last:
            return Row(table, before + 1, last, cells)
        before = last
    raise RequestError(f"ROW: data/{table}.csv has no row on line {line} — its rows are on lines 2 to {before}")


def without(project: Project, row: Row, folder: Path) -> Project:
    """A copy of the collection in ``folder`` that lacks ``row``."""
    copy = Project(Path(shutil.copytree(project.root, folder / "copy", ignore=LEFT_OUT, symlinks=True)))
    path = copy.data / f"{row.table}.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[: row.first - 1] + lines[row.last :]))
    return copy


def why(project: Project, asked: str) -> int:
    """Say what rests on the row of ``asked``; the exit code."""
    row = find(project, asked)
    print(row)
    before = dict(zip(project.find(), bring_up_to_date(project), strict=True))
    with scratch(project) as folder:
        copy = without(project, row, folder)
        inputs, store = Inputs.take(copy), store_of(project)
        jobs = [job for path in copy.find() if not store.current(job := Job(path), inputs)]
        (folder / "runs").mkdir()
        ran = runner.run(copy, jobs, folder / "runs")
        told = [*_verdicts(project, copy), *_broken(copy)]
        for result in ran:
            told += _otherwise(results.load(before[project.notebooks / result.job.source.name]), result)
    for line in told or ["nothing rests on it"]:
        print(line)
    return 0


def _otherwise(before: dict, result: Result) -> list[str]:
    """What a notebook says and draws otherwise after the run of ``result``: its name, then a line each."""
    if result.notebook is None:
        return ["", f"{result.name} cannot do without it: {result.faults[0]}"]
    old, new = (said(notebook, cells=False) for notebook in (before, result.notebook))
    lines = [line for line in difflib.ndiff(old, new) if line[0] in "-+"]
    drawn = [{about["figure"]: png for about, png in pictures(notebook)} for notebook in (before, result.notebook)]
    lines += [f"figure {name} is drawn otherwise" for name, png in drawn[0].items() if drawn[1].get(name) != png]
    return ["", result.name, *lines] if lines else []


def _verdicts(project: Project, copy: Project) -> list[str]:
    """The verdicts on claims that change, and the claims that have none any more."""
    try:
        old, new = ({one.claim.claim: one.kind for one in _held(each.data)} for each in (project, copy))
    except DataError:
        return []  # `_broken` says what does not hold without the row
    return [
        f"verdict on {claim}: {kind} → {new.get(claim, 'gone')}"
        for claim, kind in old.items()
        if kind != new.get(claim)
    ]


def _held(data: Path) -> list[claims.Verdict]:
    return claims.verdicts(claims.claims(data), witnesses.evidence(data))


def _broken(copy: Project) -> list[str]:
    """What in the data refers to the row, and does not hold without it."""
    return [str(fault) for fault in package.check(copy.data)]
