"""The collection under other parameters: every notebook must still run, read well and fill its figures.

The notebooks that are asked for cities run for every city, and each notebook with every one of ``SETS``.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import parameters, results, sets
from .collection import check_data, store_of
from .inputs import Inputs
from .project import Project, locks, scratch
from .runner import FAILED, Job
from .slips import same, slips
from .sweep import execute

# Each notebook takes from a set the parameters that it declares; it must declare one of each set.
OWN = "its own parameters"
SETS = {
    "another city": "city=chengdu place=chengdu places=chengdu,hangzhou article=press_002 table=gdp theme=gdp"
    " printed=2026-01-05",
    "a short period": "first_year=2019 last_year=2021 fit_from=2012 article=press_001 table=ai theme=ai min_trust=A",
    "a city with gaps": "city=xiantao place=xiantao places=xiantao article=press_003 table=industry theme=industry"
    " min_trust=B",
    "what was known on a day": "known_by=2024-01-26",
}


@dataclass(frozen=True)
class Tried:
    """One notebook under a set of parameters; ``meaning`` says which in words, ``pages`` whether they are built."""

    meaning: str
    job: Job
    pages: bool


def check(project: Project, names: Sequence[str] = (), languages: str = "", cities: str = "") -> int:
    """Run every notebook, or those of ``names``, with each set and city, build the pages of the sets; the exit code.

    Says one line for every fault: a run that fails, a text or figure that is visibly broken, a page that cannot be
    built, one of ``SETS`` that leaves a notebook as it was. Results are in the store, so a second check runs only what
    changed. ``cities`` are ids, every city when nothing is said; ``languages`` are those of their texts, else English.
    """
    start, faults = time.monotonic(), []
    tried = [*_of_sets(project, names), *_of_cities(project, names, languages, cities or "all")]
    with locks(project, ["sweep-check"]), scratch(project) as folder:
        inputs, store = Inputs.take(project), store_of(project)
        check_data(project, inputs)
        jobs = {each.job.slug: each.job for each in tried}
        stale = [job for job in jobs.values() if not store.current(job, inputs)]
        failed = execute(project, stale, store, inputs, "", folder)
        sound = [each for each in tried if each.job.slug not in failed]
        for each in tried:
            if each.job.slug in failed:
                faults += [f"{each.job.name} with {each.meaning}: {line}" for line in failed[each.job.slug].faults]
        made = {slug: store.notebook(job, inputs) for slug, job in jobs.items() if slug not in failed}
        for number, meaning in enumerate(dict.fromkeys(each.meaning for each in sound if each.pages)):
            shown = [each.job for each in sound if each.pages and each.meaning == meaning]
            executed = {job.name: made[job.slug] for job in shown}
            faults += [f"pages with {meaning}: {line}" for line in _pages(project, executed, folder / f"p{number}")]
        faults += _slips(sound, made)
    for fault in faults:
        print(fault, file=sys.stderr)
    count = len({each.job.name for each in tried})
    places = len({each.meaning for each in tried if not each.pages})
    told = f"{len(tried)} runs of {count} notebooks ({len(SETS)} sets, {places} cities), {len(stale)} of them new"
    print(f"{told}, {len(faults)} faults, {time.monotonic() - start:.1f} s")
    return FAILED if faults else 0


def _of_sets(project: Project, names: Sequence[str]) -> list[Tried]:
    found = []
    for meaning, words in {OWN: "", **SETS}.items():
        paths = project.find(list(names))
        declared = {name for path in paths for name in parameters.declared(path)}
        asked = [(name, value) for name, value in parameters.split(words) if name in declared]
        jobs = [Job(path, values) for path, values in parameters.assign(project, paths, asked)]
        found += [Tried(meaning, job, pages=True) for job in jobs]
    return found


def _of_cities(project: Project, names: Sequence[str], languages: str, cities: str) -> list[Tried]:
    """Those of the notebooks for cities that are asked for, with each of ``cities``."""
    chosen = [path.stem for path in project.find(list(names)) if path.stem[:2] in sets.QUESTIONS]
    if not chosen:
        return []
    request = sets.request(project, cities, " ".join(chosen), languages)
    return [Tried(" ".join([run.set, *run.language.split("en")]).strip(), run.job, pages=False) for run in request.runs]


def _slips(sound: Sequence[Tried], made: dict[str, Path]) -> list[str]:
    """What is broken in what has run, and which of ``SETS`` left a notebook as it was; a run is read once."""
    own = {each.job.name: results.load(made[each.job.slug]) for each in sound if each.meaning == OWN}
    faults, seen = [], set()
    for each in sound:
        notebook = results.load(made[each.job.slug])
        said = slips(notebook) if each.job.slug not in seen else []
        seen.add(each.job.slug)
        moved = each.job.parameters and not (each.job.name in own and same(own[each.job.name], notebook))
        if each.meaning in SETS and not moved:
            said.append("it shows what it shows without — name one of its parameters in sweepcheck.SETS")
        faults += [f"{each.job.name} with {each.meaning}: {line}" for line in said]
    return faults


def _pages(project: Project, executed: dict[str, Path], folder: Path) -> list[str]:
    """Why the pages of the notebooks that were run cannot be built; the others stand in as they are committed."""
    from wuhan.site import pages as site

    try:
        site.report({"en": [executed.get(path.stem, path) for path in project.find()]}, folder)
    except site.ReportError as fault:
        return [str(fault)]
    return []
