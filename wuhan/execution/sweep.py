"""A sweep: many sets of parameters at once, a page for each answer, one table of all and its numbers as CSV.

Every run is taken from the store or goes into it as soon as it ends, so a sweep that was stopped goes on where it was.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from wuhan.evidence.files import content

from . import parameters, results, runner
from .collection import check_data, store_of
from .executors import executor
from .inputs import Inputs, digest, hashes, named_bytes, tree
from .project import NotebookFault, Project, keep, locks, naming, publish, publish_folder, read, remove, scratch
from .runner import FAILED, Job, Result
from .sets import Request
from .store import Store, load, written

OUT = "sweep"  # in build/


def sweep(project: Project, request: Request, scheduler: str = "") -> int:
    """Run what is not in the store, write ``build/sweep/``; the exit code. A run that fails is a cell of the table."""
    start = time.monotonic()
    jobs = list({run.job.slug: run.job for run in request.runs}.values())
    with locks(project, [OUT]), scratch(project) as folder:
        inputs, store = Inputs.take(project), store_of(project)
        check_data(project, inputs)
        stale = [job for job in jobs if not store.current(job, inputs)]
        lost = execute(project, stale, store, inputs, scheduler, folder)
        faults = {slug: result.faults[0] for slug, result in lost.items()}
        _write(project, request, store, inputs, folder, faults)
    failed = [run for run in request.runs if run.job.slug in faults]
    for each in failed:
        print(f"{each.job.name} with {each.set}: {faults[each.job.slug]}", file=sys.stderr)
    told = f"{len(request.runs)} answers, {len(stale)} runs, {len(failed)} failed, {time.monotonic() - start:.1f} s"
    print(f"build/{OUT}/index.html: {told}")
    return FAILED if failed else 0


def execute(
    project: Project, jobs: list[Job], store: Store, inputs: Inputs, scheduler: str, folder: Path
) -> dict[str, Result]:
    """Run ``jobs``, keep what is sound as it arrives, tell how far it is; the others by the slug of their job."""
    failed: dict[str, Result] = {}
    if not jobs:
        return failed
    keys = {job.slug: inputs.key(job) for job in jobs}  # of the sources as they are before the run
    with executor(project, scheduler, folder) as run, progress(len(jobs)) as tell:

        def done(result: Result) -> None:
            if result.notebook:
                store.keep(result, inputs, keys[result.job.slug])
                remove(runner.failed_copy(project, result.job.slug))
            else:
                failed[result.job.slug] = result
            tell(result)

        run(jobs, done)
    return failed


@contextmanager
def progress(count: int) -> Iterator[Callable[[Result], None]]:
    """A function that tells of each result: by a bar with rate and time left on a terminal, else by a line."""
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # no thread of its own
    with tqdm(total=count, unit="run", disable=None, dynamic_ncols=True) as bar:
        numbers = itertools.count(1)

        def tell(result: Result) -> None:
            bar.update()
            if bar.disable:
                failed = "" if result.notebook else "  failed"
                told = f"{next(numbers):4}/{count} {result.job.slug:44} {result.seconds:5.1f} s{failed}"
                print(told, flush=True)

        yield tell


# ---- pages


def _write(
    project: Project, request: Request, store: Store, inputs: Inputs, folder: Path, faults: dict[str, str]
) -> None:
    """Bring ``build/sweep/`` up to date: the pages of each set, the evidence, and last the table that leads there.

    A page that cannot be built is added to ``faults``.
    """
    results.forgo_grammar()
    from wuhan.site import sweep as site

    codes, shown, out = request.languages, _shown(project), project.build / OUT
    if out.is_symlink() or not out.is_dir():  # what a link leads to is not the program's own
        remove(out)
    asked = {each.name: _words(each.values) for each in request.sets}
    entries, expected = [], set()
    speaking = {code: _speaking(request, code, asked, store, inputs, faults) for code in codes}
    for code, name in [(code, name) for code in codes for name in asked]:
        part = Part(project, f"{code}-{name}", site.edition(code, codes, name).folder)
        runs = [run.job for run in request.runs if (run.set, run.language) == (name, code)]
        executed = {job.name: store.notebook(job, inputs) for job in runs if job.slug not in faults}
        while executed:
            absent = [path.stem for path in project.find() if path.stem not in executed]
            made = [
                repr((codes, asked[name], absent, speaking[code])).encode(),
                *(path.read_bytes() for path in executed.values()),
            ]
            draw = partial(site.pages, list(executed.values()), name, code, codes, absent, asked[name], speaking[code])
            try:
                expected |= part.bring(digest([shown, *made]), folder, draw)
                break
            except NotebookFault as error:
                lost = next((job for job in runs if str(error).startswith(f"{job.name}.ipynb: ")), None)
                if lost is None:
                    raise
                faults[lost.slug] = str(error).partition(": ")[2]
                del executed[lost.name]
        entries += [site.Entry(**each) for each in part.entries]
        entries += [site.Entry(name, code, job.name, fault=faults[job.slug]) for job in runs if job.slug in faults]
    told = json.dumps([codes, [*asked.items()], [asdict(each) for each in entries]], sort_keys=True)
    expected |= Part(project, "evidence").bring(
        digest([shown, repr(codes).encode()]), folder, partial(site.evidence, codes)
    )
    expected |= Part(project, "table").bring(
        digest([shown, told.encode()]), folder, partial(site.table, entries, asked, codes)
    )
    _sweep_out(out, expected)


def _speaking(
    request: Request, code: str, asked: dict[str, dict[str, str]], store: Store, inputs: Inputs, faults: dict[str, str]
) -> dict[str, list[str]]:
    """The cities of a sweep for which each notebook says something, by the name of the notebook."""
    from wuhan.site import sweep as site

    found: dict[str, list[str]] = {}
    for run in request.runs:
        whole = run.language == code and asked[run.set] == {"city": run.set} and run.job.slug not in faults
        if whole and site.says(store.notebook(run.job, inputs).read_bytes()):
            found.setdefault(run.job.name, []).append(run.set)
    return found


@dataclass
class Part:
    """Pages that are made together: those of one set in one language, the evidence, or the table.

    Its record says what they were made from, which files that gave, and the ``entries`` that the table shows of them.
    """

    project: Project
    name: str
    folder: str = ""  # in build/sweep/, with a slash behind it; blank for files that stand in the root
    entries: list[dict] = field(default_factory=list)

    def bring(self, made: str, scratch: Path, draw: Callable[[Path], list | None]) -> set[str]:
        """Have the pages that ``made`` gives, which ``draw`` puts into a folder unless they are there; their files."""
        out, path = self.project.build / OUT, self.project.build / "executed" / f"{OUT}-{self.name}.json"
        record = load(path)
        pages = record.get("pages")
        held = isinstance(pages, dict) and all(_hash(out / name) == value for name, value in pages.items())
        if record.get("made") != made or not held:
            from wuhan.site import pages as site

            new = scratch / f"pages-{self.name}"
            remove(new)
            new.mkdir()
            with naming(new):
                try:
                    entries = [asdict(each) for each in draw(new) or ()]
                except site.ReportError as error:
                    raise NotebookFault(str(error)) from None
            pages = {f"{self.folder}{name}": value for name, value in hashes(new).items()}
            self._publish(new, out)
            record = {"entries": entries, "made": made, "pages": pages}
            keep(written(record), path, self.project.build)
        self.entries = record["entries"]
        return set(record["pages"])

    def _publish(self, new: Path, out: Path) -> None:
        if self.folder:
            publish_folder(new, out / self.folder)
        else:
            for each in tree(new):
                publish(each.read_bytes(), out / each.relative_to(new))


def _hash(path: Path) -> str:
    return digest([read(path) or b""])


def _shown(project: Project) -> bytes:
    """A hash of all that makes the pages, and of what they show beside executed notebooks."""
    skipped = project.root / "wuhan" / "execution"
    package = [path for path in tree(project.root / "wuhan") if skipped not in path.parents]
    found = [*package, *content(project.data), project.root / "CHANGELOG.md", project.root / "CITATION.cff"]
    return digest(named_bytes(project.root, found)).encode()


def _words(values: dict) -> dict[str, str]:
    """Parameters as they are written on a command line."""
    return {name: parameters.word(value) for name, value in values.items()}


def _sweep_out(out: Path, expected: set[str]) -> None:
    """Remove from the folder ``out`` what an earlier sweep left: files that are not ``expected``, empty folders."""
    for path in sorted(out.rglob("*"), reverse=True):  # a folder after what is in it
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(out).as_posix() not in expected:
            path.unlink()
