"""The collection as a whole: which notebooks must run again, where results go, what is said about it.

A notebook is current when everything that can change its result has the same bytes as when it last ran: its
own cells, the package, the locked requirements, its parameters, and exactly the data files that it read.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from wuhan.presentation.language import LANGUAGES

from . import parameters, results, runner
from .project import DataFault, NotebookFault, Project, locks, publish, publish_folder, scratch
from .runner import DATA, Job, Result

BYTES_PER_SECOND = 50_000  # of a committed notebook, roughly
MOST_LINES = 50  # of faults in one report; more hide the first
SITE = ("site", "readme.py")  # parts of wuhan/presentation that no notebook imports


def digest(parts: Iterable[bytes]) -> str:
    """One hash over parts of any length, each with its length, so that no two lists of parts look alike."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()


def tree(folder: Path) -> list[Path]:
    """The source files below ``folder``, in a fixed order, without compiled ones."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def named_bytes(root: Path, paths: Iterable[Path]) -> Iterable[bytes]:
    """Name and bytes of each file, as parts of a digest."""
    for path in paths:
        yield path.relative_to(root).as_posix().encode()
        yield path.read_bytes()


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
        data = {
            path.relative_to(project.root).as_posix(): digest([path.read_bytes()])
            for path in sorted(project.data.glob("*.csv"))
        }
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

    def record(self, name: str) -> dict:
        """What ``name`` was made from, and how long it took; {} when it never ran."""
        try:
            return json.loads(self._record(name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}

    def current(self, job: Job, inputs: Inputs) -> bool:
        """Whether the executed notebook is there and nothing it was made from has changed."""
        record = self.record(job.name)
        return (
            self.notebook(job.name).exists()
            and record.get("key") == inputs.key(job)
            and all(inputs.data.get(name, "") == value for name, value in record["data"].items())
        )

    def keep(self, result: Result, inputs: Inputs, key: str) -> None:
        """Store a sound result. Its record goes first and comes last: half a result is never current."""
        self._record(result.name).unlink(missing_ok=True)
        publish(results.serialise(result.notebook), self.notebook(result.name))
        read = {name: inputs.data.get(name, "") for name in result.reads}
        record = {"data": read, "key": key, "seconds": round(result.seconds, 2)}
        publish((json.dumps(record, indent=1, sort_keys=True) + "\n").encode(), self._record(result.name))

    def forget(self, jobs: list[Job]) -> None:
        """Remove executed notebooks whose source is gone."""
        names = {job.name for job in jobs}
        for path in self.folder.glob("*.ipynb"):
            if path.stem not in names:
                path.unlink()
                self._record(path.stem).unlink(missing_ok=True)


def publish_figures(project: Project, name: str, notebook: dict) -> int:
    """Write the figures of a notebook where bytes differ, remove those it no longer draws; their number."""
    drawn = {f"{name}-{slug}.png": png for slug, png in results.figures(notebook)}
    for file, png in drawn.items():
        publish(png, project.figures / file)
    for path in project.figures.glob(f"{name}-*.png"):
        if path.name not in drawn:
            path.unlink()
    return len(drawn)


def _expected(job: Job, store: Store) -> float:
    """Seconds that a notebook took last time; before the first time its size tells, which is mostly figures."""
    return store.record(job.name).get("seconds", job.source.stat().st_size / BYTES_PER_SECOND)


def execute(
    project: Project,
    jobs: list[Job],
    store: Store,
    inputs: Inputs,
    folder: Path,
    meanwhile: Callable[[], None] = lambda: None,
) -> list[Result]:
    """Run ``jobs``, the longest first, store what is sound, say one line for each."""
    if not jobs:
        meanwhile()
        return []
    ordered = sorted(jobs, key=lambda job: -_expected(job, store))
    keys = {job.name: inputs.key(job) for job in jobs}  # of the sources as they are before the run

    def done(result: Result) -> None:
        print(f"{result.name:32} {result.seconds:5.1f} s{'' if result.notebook else '  failed'}", flush=True)
        if result.notebook:
            store.keep(result, inputs, keys[result.name])
            runner.failed_copy(project, result.name).unlink(missing_ok=True)

    return sorted(runner.run(project, ordered, folder, done, meanwhile), key=lambda result: result.name)


def complain(failed: list[Result]) -> int:
    """Say why there is no new report, faults of the data first, each line once; the exit code."""
    lines = dict.fromkeys(line for result in failed if result.code == DATA for line in result.faults)
    code = DATA if lines else max((result.code for result in failed), default=0)
    others = [result for result in failed if result.code != DATA]
    lines |= dict.fromkeys(f"{result.name}: {line}" for result in others for line in result.faults)
    for line in list(lines)[:MOST_LINES]:
        print(line, file=sys.stderr)
    if len(lines) > MOST_LINES:
        print(f"and {len(lines) - MOST_LINES} more", file=sys.stderr)
    return code


def in_place(project: Project, names: list[str] | None = None) -> int:
    """Run notebooks with their own parameters and write them back, with their figures; the exit code.

    A notebook that fails stays as it was; the others are written.
    """
    start = time.monotonic()
    jobs = [Job(path) for path in project.find(names)]
    with locks(project, [f"notebook-{job.name}" for job in jobs]), scratch(project) as folder:
        store = default_store(project)
        ran = execute(project, jobs, store, Inputs.take(project), folder)
        sources = {job.name: job.source for job in jobs}
        sound = [result for result in ran if result.notebook]
        drawn = 0
        for result in sound:
            drawn += publish_figures(project, result.name, result.notebook)
            publish(results.serialise(result.notebook), sources[result.name])
    code = complain([result for result in ran if not result.notebook])
    written = f"{_count(len(sound), 'notebook')} written, {_count(drawn, 'figure')}"
    print(f"{written}, {time.monotonic() - start:.1f} s")
    return code


def default_store(project: Project) -> Store:
    """Where the default run keeps its executed notebooks."""
    return Store(project.build / "executed" / "report")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def bring_up_to_date(project: Project) -> None:
    """Run those notebooks that are not current in the default store; nothing outside ``build/`` is written.

    Raises ``NotebookFault`` with one line for each fault.
    """
    jobs, store = [Job(path) for path in project.find()], default_store(project)
    with locks(project, [f"notebook-{job.name}" for job in jobs]), scratch(project) as folder:
        inputs = Inputs.take(project)
        stale = [job for job in jobs if not store.current(job, inputs)]
        ran = execute(project, stale, store, inputs, folder)
    faults = [f"{result.name}: {line}" for result in ran for line in result.faults]
    if faults:
        raise NotebookFault("\n".join(faults))


def check_data(project: Project, inputs: Inputs) -> None:
    """Check all tables, also those that no notebook reads, unless they are as they were when last found sound.

    Raises ``DataFault`` with one line for each fault.
    """
    stamp = project.build / "executed" / "data.txt"
    state = digest(part.encode() for part in (inputs.package, *sum(inputs.data.items(), ())))
    if stamp.exists() and stamp.read_text(encoding="utf-8") == state:
        return
    from wuhan.evidence import package

    faults = package.check(project.data)
    if faults:
        raise DataFault("\n".join(map(str, faults)))
    publish(state.encode(), stamp)


@dataclass(frozen=True)
class Edition:
    """The report in one language: its jobs, and where their executed notebooks are kept."""

    code: str
    jobs: list[Job]
    store: Store

    @property
    def executed(self) -> list[Path]:
        return [self.store.notebook(job.name) for job in self.jobs]


def editions(project: Project, asked: list[tuple[str, str]]) -> list[Edition]:
    """The languages to build: the one that is asked for, else all, English first."""
    chosen = [value for name, value in asked if name == "language"]
    found = []
    for code in chosen or LANGUAGES:
        own = asked if chosen or code == "en" else [*asked, ("language", code)]
        jobs = [Job(path, values) for path, values in parameters.assign(project, project.find(), own)]
        found.append(Edition(code, jobs, Store(project.build / "executed" / parameters.slug("report", own))))
    return found


def report(project: Project, asked: list[tuple[str, str]]) -> int:
    """Bring the pages up to date: ``build/report/``, or ``build/report-<parameters>/`` when any are given.

    The last good pages stay until the data and every notebook are sound. Only the default run writes
    ``figures/``. Returns the exit code.
    """
    start, moment = time.monotonic(), time.time()
    chosen = editions(project, asked)
    first, name = chosen[0], parameters.slug("report", asked)
    out = project.build / name
    shown = out.relative_to(project.root).as_posix()
    outputs = [name] if asked else [name, *(f"notebook-{job.name}" for job in first.jobs)]
    with locks(project, outputs), scratch(project) as folder:
        inputs = Inputs.take(project)
        try:
            ran = _run_editions(project, chosen, inputs, folder)
            code = complain([result for result in ran if not result.notebook])
        except DataFault as fault:
            code = complain([Result("data", 0, faults=tuple(str(fault).splitlines()), code=DATA)])
        if code:
            print(f"no new report{f'; {shown}/ is the last good one' if out.exists() else ''}")
            return code
        for edition in chosen:
            edition.store.forget(edition.jobs)
        made = draw_pages(project, chosen, out, folder / "pages", asked)
        if not asked:
            refresh_figures(project, first.jobs, first.store, moment)
        if made:
            publish_folder(folder / "pages", out)
            publish(made.encode(), first.store.folder / "pages.txt")
        # The age of the index is that of its inputs: a file changed since then is newer, and `make` looks again.
        os.utime(out / "index.html", (moment, moment))
    if ran or made:
        print(f"{shown}/index.html: {_count(len(ran), 'notebook')} run, {time.monotonic() - start:.1f} s")
    else:
        print(f"nothing to do: {shown}/index.html is up to date")
    return 0


def _run_editions(project: Project, chosen: list[Edition], inputs: Inputs, folder: Path) -> list[Result]:
    """Run what is not current in each language; a language after a failed one is not begun."""
    ran: list[Result] = []
    for edition in chosen:
        stale = [job for job in edition.jobs if not edition.store.current(job, inputs)]

        def meanwhile(needed=bool(stale)) -> None:
            check_data(project, inputs)
            for module in ("nbconvert", "wuhan.presentation.site") if needed else ():
                importlib.import_module(module)  # half a second that the pages need not wait for

        own = folder / edition.code
        own.mkdir()
        ran += execute(project, stale, edition.store, inputs, own, meanwhile)
        if not all(result.notebook for result in ran):
            break
    return ran


def refresh_figures(project: Project, jobs: list[Job], store: Store, moment: float) -> None:
    """Make ``figures/`` hold what the executed notebooks drew, and nothing else.

    The folder keeps the time ``moment``, so that to `make` only later changes of it are news.
    """
    for job in jobs:
        publish_figures(project, job.name, results.load(store.notebook(job.name)))
    names = {job.name for job in jobs}
    for path in project.figures.glob("*.png"):
        if path.name.partition("-")[0] not in names:
            path.unlink()
    if project.figures.exists():
        os.utime(project.figures, (moment, moment))


def draw_pages(project: Project, chosen: list[Edition], out: Path, new: Path, asked: list[tuple[str, str]]) -> str:
    """Build the pages into the folder ``new`` unless those in ``out`` are current; the hash of what they show.

    Gives "" when nothing was built. Raises ``NotebookFault`` when a notebook cannot be shown.
    """
    shown = project.root / "wuhan" / "presentation"
    parts = [shown / part for part in (*SITE, "locale")]
    made_by = [path for part in parts for path in ([part] if part.is_file() else tree(part))]
    read = [*sorted(project.data.glob("*")), project.root / "CHANGELOG.md"]  # what the pages of the evidence show
    executed = [path for edition in chosen for path in edition.executed]
    found = [path for path in (*made_by, *read, *executed) if path.is_file()]
    made = digest([repr(asked).encode(), *named_bytes(project.root, found)])
    kept = chosen[0].store.folder / "pages.txt"
    if (out / "index.html").exists() and kept.exists() and kept.read_text(encoding="utf-8") == made:
        return ""
    from wuhan.presentation import site

    try:
        site.report({edition.code: edition.executed for edition in chosen}, new, asked)
    except site.ReportError as error:
        raise NotebookFault(str(error)) from None
    kept.unlink(missing_ok=True)
    return made
