"""The collection under other parameters: every notebook must still run, read well and fill its figures.

Machines find what is broken in a text or a figure; whether a sentence is true is for the reader of its chart.
"""

from __future__ import annotations

import html
import re
import sys
import time
from collections.abc import Iterator
from itertools import zip_longest

from . import parameters, results
from .collection import Inputs, Store, execute
from .project import Project, locks, scratch
from .runner import FAILED, Job

# Each notebook takes from a set the parameters that it declares; it must declare one of each set.
SETS = {
    "another city": "city=chengdu place=chengdu places=chengdu,hangzhou article=press_002 theme=gdp",
    "a short period": "first_year=2019 last_year=2021 fit_from=2012 article=press_001 theme=ai min_trust=A",
    "a city with gaps": "city=xiantao place=xiantao places=xiantao article=press_003 theme=industry min_trust=B",
}
# What no sentence, table or alternative text may hold: a value that was not caught, a field of a template that
# was not filled, a part of nothing, words or signs set wrongly.
SLIPS = re.compile(
    r"\b(?:nan|NaN|None(?! of\b)|NaT|inf)\b|Unknown\(|Fact\(|\{[^}]*\}?|\}|\(\)"
    r"|\b0 of 0\b|\bof no\b|\S  +\S|\w [.,;:](?:\s|$)|\.\.(?!\.)"
)
FACTS = "application/vnd.wuhan.facts+json"
TAGS = re.compile(r"<[^>]*>")
ADDRESS = re.compile(r"\]\((?:<[^>]*>|[^)\s]*)\)")


def texts(notebook: dict) -> Iterator[tuple[int, str]]:
    """Every computed text of an executed notebook with the number of its cell: sentences, tables, alternative
    texts. Frames shown as they are read from ``data/`` are no text.
    """
    for number, cell in enumerate(results.code_cells(notebook), 1):
        for output in cell["outputs"]:
            data = output.get("data", {})
            if "text/markdown" in data:
                yield number, ADDRESS.sub("]", results.text(data["text/markdown"]))
            elif "text/html" in data and 'class="dataframe"' not in results.text(data["text/html"]):
                cells = re.split(r"</t[hd]>", results.text(data["text/html"]))
                filled = (html.unescape(TAGS.sub("", each)).strip() for each in cells)
                yield from ((number, each) for each in filled if each)
            if "image/png" in data:
                yield number, str(output["metadata"].get("image/png", {}).get("alt", ""))


def loose(notebook: dict) -> Iterator[tuple[int, str]]:
    """Every numeral of a sentence that no fact, count, name or year vouches for, with the number of its cell."""
    for number, cell in enumerate(results.code_cells(notebook), 1):
        for output in cell["outputs"]:
            records = output.get("data", {}).get(FACTS, [])
            yield from ((number, record["text"]) for record in records if record.get("loose"))


def slips(notebook: dict) -> list[str]:
    """What is visibly wrong in an executed notebook, one line each: texts that are broken, labels that collide."""
    found = []
    for number, text in texts(notebook):
        if not text.strip():
            found.append(f"cell {number}: an empty text")
        for slip in SLIPS.finditer(text):
            around = text[max(slip.start() - 30, 0) : slip.end() + 30]
            found.append(f'cell {number}: "{slip[0].strip() or "two spaces"}" in "…{around}…"')
    found += [f"cell {number}: no fact vouches for the {numeral} in a sentence" for number, numeral in loose(notebook)]
    for number, cell in enumerate(results.code_cells(notebook), 1):
        for output in cell["outputs"]:
            faults = output.get("metadata", {}).get("image/png", {}).get("faults", [])
            found += [f"cell {number}: its figure: {fault}" for fault in faults]
    return found


def _shown(notebook: dict) -> list:
    """What a reader is shown by the code of a notebook, for comparing two runs."""
    return [[output.get("data") for output in cell["outputs"]] for cell in results.code_cells(notebook)]


def _same(one: dict, other: dict) -> bool:
    """Whether two runs of a notebook show the same; the cell of injected parameters shows nothing."""
    shown = [[outputs for outputs in _shown(each) if outputs] for each in (one, other)]
    return all(a == b for a, b in zip_longest(*shown))


def jobs(project: Project, words: str) -> list[Job]:
    """A job for every notebook, with those of the parameters ``words`` that it declares."""
    paths = project.find()
    names = {name for path in paths for name in parameters.declared(path)}
    asked = [(name, value) for name, value in parameters.split(words) if name in names]
    return [Job(path, values) for path, values in parameters.assign(project, paths, asked)]


def check(project: Project) -> int:
    """Run every notebook with its own parameters and with each of ``SETS``; the exit code.

    Says one line for every fault: a run that fails, a text or figure that is visibly broken, a set that leaves a
    notebook as it was. Results are kept in ``build/``, so a second check runs only what changed.
    """
    start, faults, ran, own = time.monotonic(), [], 0, {}
    for number, (meaning, words) in enumerate({"its own parameters": "", **SETS}.items()):
        chosen = jobs(project, words)
        store = Store(project.build / "executed" / ("report" if not words else f"sweep-{number}"))
        named = [f"notebook-{job.name}" for job in chosen]
        with locks(project, named), scratch(project) as folder:
            inputs = Inputs.take(project)
            stale = [job for job in chosen if not store.current(job, inputs)]
            for result in execute(project, stale, store, inputs, folder):
                faults += [f"{result.name} with {meaning}: {line}" for line in result.faults]
        ran += len(chosen)
        for job in chosen:
            if not store.current(job, inputs):
                continue  # it failed, which has been said
            notebook = results.load(store.notebook(job.name))
            said = slips(notebook)
            own.setdefault(job.name, notebook)
            if words and (not job.parameters or _same(own[job.name], notebook)):
                said.append("it shows what it shows without — name one of its parameters in sweep.SETS")
            faults += [f"{job.name} with {meaning}: {line}" for line in said]
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{ran} runs of {len(own)} notebooks, {len(faults)} faults, {time.monotonic() - start:.1f} s")
    return FAILED if faults else 0
