"""The collection under other parameters: every notebook must still run, read well and fill its figures.

Machines find what is broken in a text or a figure; whether a sentence is true is for the reader of its chart.
"""

from __future__ import annotations

import html
import re
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from wuhan.presentation.parameters import CITIES, shown, suggestion

from . import parameters, results
from .collection import execute, store_of
from .inputs import Inputs
from .project import Project, RequestError, locks, scratch
from .runner import FAILED, Job

# Each notebook takes from a set the parameters that it declares; it must declare one of each set.
SETS = {
    "another city": "city=chengdu place=chengdu places=chengdu,hangzhou article=press_002 table=gdp theme=gdp",
    "a short period": "first_year=2019 last_year=2021 fit_from=2012 article=press_001 table=ai theme=ai min_trust=A",
    "a city with gaps": "city=xiantao place=xiantao places=xiantao article=press_003 table=industry theme=industry"
    " min_trust=B",
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


def jobs(project: Project, words: str, names: Sequence[str] = ()) -> list[Job]:
    """A job for every notebook, or for those of ``names``, with those of the parameters ``words`` that it declares."""
    paths = project.find(list(names))
    declared = {name for path in paths for name in parameters.declared(path)}
    asked = [(name, value) for name, value in parameters.split(words) if name in declared]
    return [Job(path, values) for path, values in parameters.assign(project, paths, asked)]


def of_cities(project: Project, cities: str, language: str = "") -> dict[str, str]:
    """A set of parameters for each of ``cities``, ids with commas between them or "all". Raises `RequestError`."""
    known = sorted(set(CITIES(project.data).values()))
    asked = known if cities == "all" else cities.split(",")
    unknown = [city for city in asked if city not in known]
    if unknown:
        raise RequestError(f"cities: {shown(unknown[0])} is not known — {suggestion(unknown[0], known)}")
    spoken = f" language={language}" if language else ""
    return {f"{city}{spoken}": f"city={city} place={city} places={city}{spoken}" for city in asked}


def check(project: Project, sets: dict[str, str] | None = None, names: Sequence[str] = ()) -> int:
    """Run every notebook, or those of ``names``, with each of ``sets``, build the pages; the exit code.

    Without ``sets`` these are each notebook's own parameters and ``SETS``. Says one line for every fault: a run that
    fails, a text or figure that is visibly broken, a page that cannot be built, one of ``SETS`` that leaves a notebook
    as it was. Results are kept in ``build/``, so a second check runs only what changed.
    """
    start, faults, ran, own = time.monotonic(), [], 0, {}
    for meaning, words in (sets or {"its own parameters": "", **SETS}).items():
        chosen = jobs(project, words, names)
        store = store_of(project)
        named = [f"notebook-{job.name}" for job in chosen]
        with locks(project, named), scratch(project) as folder:
            inputs = Inputs.take(project)
            stale = [job for job in chosen if not store.current(job, inputs)]
            for result in execute(project, stale, store, inputs, folder):
                faults += [f"{result.name} with {meaning}: {line}" for line in result.faults]
            sound = [job for job in chosen if store.current(job, inputs)]  # of the others it has been said
            executed = [(job, store.notebook(job, inputs)) for job in sound]
            faults += [f"pages with {meaning}: {line}" for line in _pages(project, executed, folder / "pages")]
        ran += len(chosen)
        for job, path in executed:
            notebook = results.load(path)
            said = slips(notebook)
            own.setdefault(job.name, notebook)
            if words and not sets and (not job.parameters or _same(own[job.name], notebook)):
                said.append("it shows what it shows without — name one of its parameters in sweep.SETS")
            faults += [f"{job.name} with {meaning}: {line}" for line in said]
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{ran} runs of {len(own)} notebooks, {len(faults)} faults, {time.monotonic() - start:.1f} s")
    return FAILED if faults else 0


def _pages(project: Project, ran: list[tuple[Job, Path]], folder: Path) -> list[str]:
    """Why the pages of the notebooks that were run cannot be built; the others stand in as they are committed."""
    from wuhan.presentation import site

    executed = {job.name: path for job, path in ran}
    spoken = next((job.parameters["language"] for job, _path in ran if "language" in job.parameters), "en")
    try:
        site.report({spoken: [executed.get(path.stem, path) for path in project.find()]}, folder)
    except site.ReportError as fault:
        return [str(fault)]
    return []
