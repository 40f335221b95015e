"""What was made from what: hashes of all that results depend on, and records of what was made.

A notebook is current when everything that can change its result has the same bytes as when it last ran: its
own cells, the package, the locked requirements, its parameters, and exactly the data files that it read. A report is
current when its inputs and its own files have the same bytes. Records lie in ``build/``; one that is missing or
damaged only means that something is made again.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from wuhan.evidence.files import content
from wuhan.presentation import notebooks

from . import results
from .project import Project, keep, read, remove
from .runner import Job, Result

SITE = ("site", "readme.py")  # parts of wuhan/presentation that no notebook imports


def digest(parts: Iterable[bytes]) -> str:
    """One hash over parts of any length, each with its length, so that no two lists of parts look alike."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()


def tree(folder: Path) -> list[Path]:
    """The source files below ``folder``, in a fixed order, without compiled ones and what editors leave."""
    return [path for path in content(folder, "**/*") if path.is_file()]


def named_bytes(root: Path, paths: Iterable[Path]) -> Iterable[bytes]:
    """Name and bytes of each file, as parts of a digest."""
    for path in paths:
        yield path.relative_to(root).as_posix().encode()
        yield path.read_bytes()


def hashes(folder: Path, pattern: str = "**/*") -> dict[str, str]:
    """The hash of each file below ``folder`` by its name."""
    found = (path for path in content(folder, pattern) if path.is_file())
    return {path.relative_to(folder).as_posix(): digest([path.read_bytes()]) for path in found}


def figures(project: Project) -> dict[str, str]:
    """The hashes of the pictures in ``figures/`` that have the name of a notebook's figure; others are not ours."""
    return {path.name: digest([path.read_bytes()]) for path in own_figures(project)}


def own_figures(project: Project) -> list[Path]:
    """The pictures in ``figures/`` with a name like 12_city_ranking-rank.png."""

    def ours(path: Path) -> bool:
        owner, _, slug = path.stem.partition("-")
        return bool(notebooks.NAME.fullmatch(owner) and results.SLUG.fullmatch(slug)) and path.is_file()

    return [path for path in content(project.figures, "*.png") if ours(path)]


def load(path: Path) -> dict:
    """The record at ``path``; {} when there is none, or anything else."""
    try:
        found = json.loads((read(path) or b"").decode("utf-8"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def written(record: dict) -> bytes:
    """A record as bytes."""
    return (json.dumps(record, indent=1, sort_keys=True) + "\n").encode()


@dataclass(frozen=True)
class Inputs:
    """The state of everything notebooks depend on, taken once before any of them starts."""

    package: str
    texts: str
    data: dict[str, str]

    @classmethod
    def take(cls, project: Project) -> Inputs:
        """Hash the package, its translations, the locked requirements and every data file of ``project``."""
        wuhan = project.root / "wuhan"
        shown = wuhan / "presentation"
        skipped = {wuhan / "execution", shown / "locale"} | {shown / part for part in SITE}
        used = [path for path in tree(wuhan) if not skipped & {path, *path.parents}]
        texts = digest(named_bytes(project.root, tree(shown / "locale")))
        fixed = (project.root / "requirements.lock", project.data / "datapackage.json")
        used += [path for path in fixed if path.exists()]
        data = {f"data/{name}": value for name, value in hashes(project.data, "*.csv").items()}
        return cls(digest(named_bytes(project.root, used)), texts, data)

    def key(self, job: Job) -> str:
        """The hash of all that ``job`` depends on, except the data files it reads."""
        cells = results.load(job.source)["cells"]
        said = [[cell["cell_type"], results.text(cell["source"]), cell["metadata"]] for cell in cells]
        texts = self.texts if job.parameters.get("language", "en") != "en" else ""
        version = [list(sys.version_info[:3]), self.package, texts, job.parameters]
        return digest([json.dumps([said, version], sort_keys=True).encode()])


@dataclass(frozen=True)
class Store:
    """The executed notebooks of one set of parameters, each with a record of what it was made from."""

    folder: Path

    def notebook(self, name: str) -> Path:
        return self.folder / f"{name}.ipynb"

    def _record(self, name: str) -> Path:
        return self.folder / f"{name}.json"

    @property
    def _build(self) -> Path:
        return self.folder.parents[1]

    def current(self, job: Job, inputs: Inputs) -> bool:
        """Whether the executed notebook is there as it was stored and nothing it was made from has changed."""
        record = load(self._record(job.name))
        data = record.get("data")
        return (
            record.get("key") == inputs.key(job)
            and isinstance(data, dict)
            and all(inputs.data.get(name, "") == value for name, value in data.items())
            and digest([read(self.notebook(job.name)) or b""]) == record.get("notebook")
        )

    def seconds(self, name: str) -> float | None:
        """How long ``name`` took when it last ran, if that is known."""
        found = load(self._record(name)).get("seconds")
        return found if isinstance(found, int | float) else None

    def keep(self, result: Result, inputs: Inputs, key: str) -> None:
        """Store a sound result. Its record goes first and comes last: half a result is never current."""
        remove(self._record(result.name))
        notebook = results.serialise(result.notebook)
        keep(notebook, self.notebook(result.name), self._build)
        data = {name: inputs.data.get(name, "") for name in result.reads}
        record = {"data": data, "key": key, "notebook": digest([notebook]), "seconds": round(result.seconds, 2)}
        keep(written(record), self._record(result.name), self._build)

    def forget(self, jobs: list[Job]) -> None:
        """Remove executed notebooks whose source is gone."""
        names = {job.name for job in jobs}
        for path in self.folder.glob("*.ipynb"):
            if path.stem not in names:
                remove(path)
                remove(self._record(path.stem))


@dataclass(frozen=True)
class Standing:
    """The record of one report: what it was made from, and the files that it consists of."""

    project: Project
    name: str  # of its folder in build/

    @property
    def path(self) -> Path:
        return self.project.build / "executed" / self.name / "report.json"

    def inputs(self, asked: list[tuple[str, str]]) -> str:
        """One hash over everything that the report of a request depends on."""
        project = self.project
        paths = [*content(project.data), *notebooks.own(project.notebooks), *tree(project.root / "wuhan")]
        paths += [project.root / "requirements.lock", project.root / "CHANGELOG.md"]
        made_with = repr([sys.version_info[:3], asked]).encode()
        return digest([made_with, *named_bytes(project.root, (path for path in paths if path.is_file()))])

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
