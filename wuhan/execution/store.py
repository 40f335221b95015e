"""What was made from what: the executed notebooks, each kept by what made it, and records of reports.

A notebook is current when a run of the same `Inputs` is kept: nothing that can change its result has other bytes than
then. A report is current when its inputs and its own files have the same bytes. Records lie in ``build/``; one that
is missing or damaged only means that something is made again.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from wuhan.evidence.files import content
from wuhan.text import notebooks

from . import results
from .copies import side_by_side
from .inputs import Inputs, digest, hashes, named_bytes, tree
from .project import Project, keep, read, remove, waiting
from .runner import Job, Result

Thing = TypeVar("Thing")
MADE = ("key", "words", "notebook", "uses")  # what tells two states apart
STATES = 2  # of a job that are kept: the present one and the one before, for an edit that is taken back


def figures(project: Project) -> dict[str, str]:
    """The hashes of the pictures in ``figures/`` that have the name of a notebook's figure; others are not ours."""
    return {path.name: digest([path.read_bytes()]) for path in own_figures(project)}


def own_figures(project: Project) -> list[Path]:
    """The pictures in ``figures/`` with a name like 12_city_ranking-rank.png."""

    def ours(path: Path) -> bool:
        owner, _, slug = path.stem.partition("-")
        return bool(notebooks.NAME.fullmatch(owner) and results.SLUG.fullmatch(slug)) and path.is_file()

    return [path for path in content(project.figures, "*.png") if ours(path)]


def beside(project: Project, own: str) -> list[str]:
    """What stands beside the report ``own`` and its pages lead to: the pages of other cities, PDF files."""
    patterns = ("report-city-*/**/[0-9]*_*.html", "sweep/*/**/[0-9]*_*.html", "pdf/*/*.pdf")
    found = {path.relative_to(project.build) for pattern in patterns for path in project.build.glob(pattern)}
    return sorted(path.as_posix() for path in found if path.parts[0] != own)


def load(path: Path) -> dict:
    """The record at ``path``; {} when there is none, or anything else."""
    try:
        found = json.loads(read(path) or b"")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def written(record: dict) -> bytes:
    """A record as bytes."""
    return (json.dumps(record, indent=1, sort_keys=True) + "\n").encode()


@dataclass(frozen=True)
class Store:
    """The executed notebooks of all editions and parameters: of each job a folder with a record of its states.

    A state is a notebook in a folder of its own, what it was made from, the seconds that took, and whether its figures
    are drawn for pages, too. With ``drawings`` only such a state is current.
    """

    folder: Path
    drawings: bool = False

    def _record(self, job: Job) -> Path:
        return self.folder / job.slug / "record.json"

    def _path(self, job: Job, state: dict) -> Path:
        return self.folder / job.slug / str(state.get("folder")) / f"{job.name}.ipynb"

    def _states(self, job: Job) -> list[dict]:
        """What is recorded of a job, the newest state first."""
        found = load(self._record(job)).get("states")
        return [state for state in found if isinstance(state, dict)] if isinstance(found, list) else []

    def _run(self, job: Job, inputs: Inputs) -> Iterator[dict]:
        """The states of ``job`` whose code ran on ``inputs``, if their notebooks are there as they were stored."""
        key = inputs.key(job)
        for state in self._states(job):
            if self.drawings and not state.get("drawings"):
                continue
            stored = digest([read(self._path(job, state)) or b""])
            if stored == state.get("notebook") and state.get("key") == key and inputs.hold(state.get("uses")):
                yield state

    def _found(self, job: Job, inputs: Inputs) -> dict | None:
        """The state of ``job`` that was made from ``inputs``, words and all."""
        words = inputs.words(job)
        return next((state for state in self._run(job, inputs) if state.get("words") == words), None)

    def current(self, job: Job, inputs: Inputs) -> bool:
        """Whether a notebook made from ``inputs`` is there; one that differs only in words is given those of now."""
        if self._found(job, inputs):
            return True
        for state in self._run(job, inputs):
            notebook = results.with_words(results.load(self._path(job, state)), inputs.source(job))
            if notebook:
                self._write(job, notebook, state | {"words": inputs.words(job)})
                return True
        return False

    def notebook(self, job: Job, inputs: Inputs) -> Path:
        """The executed notebook of ``job`` that was made from ``inputs``. Raises ``LookupError`` when there is none."""
        return self._path(job, self._known(job, inputs))

    def parts(self, job: Job, inputs: Inputs) -> list[str]:
        """The parts of files that the run of `notebook` looked up, as `wuhan.evidence.reads` notes them."""
        return [line for use in self._known(job, inputs)["uses"].values() for line in use.get("parts", ())]

    def _known(self, job: Job, inputs: Inputs) -> dict:
        state = self._found(job, inputs)
        if state is None:
            raise LookupError(f"{job.slug}: not run with these inputs")
        return state

    def seconds(self, job: Job) -> float | None:
        """How long ``job`` took when it last ran, else its notebook with its own parameters, if that is known."""
        for state in [*self._states(job), *self._states(Job(job.source))]:
            if isinstance(state.get("seconds"), int | float):
                return state["seconds"]
        return None

    def keep(self, result: Result, inputs: Inputs, key: str) -> None:
        """Store a sound result. Its record comes after it: half a result is never current. Older states go.

        Raises ``ValueError`` for a result without a notebook.
        """
        if result.notebook is None:
            raise ValueError(f"{result.job.slug}: no notebook to keep")
        made: dict = {"key": key, "words": inputs.words(result.job), "uses": inputs.uses(result.reads)}
        made |= {"seconds": round(result.seconds, 2), "drawings": self.drawings}
        self._write(result.job, result.notebook, made)

    def _write(self, job: Job, notebook: dict, state: dict) -> None:
        """Store the newest state of ``job``."""
        build, raw = self.folder.parent, results.serialise(notebook)
        new = state | {"notebook": digest([raw]), "folder": digest([raw])[:16]}
        with waiting(build, "store"):
            others = [old for old in self._states(job) if any(old.get(part) != new[part] for part in MADE)]
            states = [new, *(state for state in others if self._path(job, state).is_file())][:STATES]
            keep(raw, self._path(job, new), build)
            keep(written({"states": states}), self._record(job), build)
            kept = {self._path(job, state).parent for state in states} | {self._record(job)}
            for path in set(self._record(job).parent.iterdir()) - kept:
                remove(path)

    def forget(self, names: Iterable[str]) -> None:
        """Remove what is kept of notebooks that are not among ``names``: their source is gone."""
        kept = set(names)
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path.is_dir() and path.name.partition("-")[0] not in kept:
                remove(path)


class Pages:
    """What was worked out for the pages of one report, each part kept by what it was made from, see `site.Kept`.

    Each file begins with the hash of the rest, so that a damaged one is made again.
    """

    def __init__(self, project: Project, name: str, inputs: Inputs):
        self.folder, self._build = project.build / "pages" / name, project.build
        of_data = [part for file, raw in inputs.data.items() for part in (file.encode(), raw)]
        code = inputs.code(["from wuhan.site import pages"])
        made_by = {"page": [code.encode(), *of_data]}  # a page is read with the data; its HTML tells all itself
        self._states = {kind: digest([inputs.common.encode(), *made_by.get(kind, [])]) for kind in ("page", "html")}
        self._used: set[str] = set()

    def __call__(self, parts: Sequence[bytes], make: Callable[[], bytes]) -> bytes:
        key = digest([self._states[parts[0].decode()].encode(), *parts])
        self._used.add(key)
        kept = read(self.folder / key) or b""
        if kept[:64] == digest([kept[64:]]).encode():
            return kept[64:]
        made = make()
        keep(digest([made]).encode() + made, self.folder / key, self._build)
        return made

    def side_by_side(self, write: Callable[[Thing], None], things: Sequence[Thing]) -> None:
        """``write`` each of ``things`` in a process of its own, and remember what all asked for."""

        def asked(thing: Thing) -> set[str]:
            write(thing)
            return self._used

        self._used = set().union(*side_by_side(asked, things))

    def forget(self) -> None:
        """Remove what was not asked for since the start."""
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path.name not in self._used:
                remove(path)


@dataclass(frozen=True)
class Standing:
    """The record of one report: what it was made from, and the files that it consists of."""

    project: Project
    name: str  # of its folder in build/

    @property
    def path(self) -> Path:
        return self.project.build / "executed" / f"{self.name}.json"

    def inputs(self, asked: list[tuple[str, str]], names: list[str]) -> str:
        """One hash over everything that the report of a request depends on."""
        project = self.project
        paths = [*content(project.data), *notebooks.own(project.notebooks), *tree(project.root / "wuhan")]
        paths += [project.root / name for name in ("requirements.lock", "CHANGELOG.md", "CITATION.cff")]
        made_with = repr([sys.version_info[:3], asked, names, beside(project, self.name)]).encode()
        return digest([made_with, *named_bytes(project.root, paths)])

    def holds(self, inputs: str) -> bool:
        """Whether the report is there, whole, and made from ``inputs``."""
        record = load(self.path)
        drawn = record.get("figures")  # none of a report with other parameters
        return (
            record.get("inputs") == inputs
            and self._pages() == record.get("pages")
            and (drawn is None or figures(self.project) == drawn)
        )

    def pages(self, made: str) -> dict[str, str]:
        """The hashes of the pages when they are there and show ``made``, else {}."""
        record, found = load(self.path), self._pages()
        return found if record.get("made") == made and record.get("pages") == found else {}

    def _pages(self) -> dict[str, str]:
        """The hashes of the pages that stand there now; {} when one cannot be read."""
        try:
            return hashes(self.project.build / self.name)
        except OSError:
            return {}

    def keep(self, inputs: str, made: str, pages: dict[str, str], drawn: dict[str, str] | None) -> None:
        """Write the record of a report that has been published."""
        record = {"figures": drawn, "inputs": inputs, "made": made, "pages": pages}
        keep(written(record), self.path, self.project.build)
