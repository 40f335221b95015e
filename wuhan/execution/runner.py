"""Runs notebooks with papermill, one more at once than there are cores, and judges what comes out.

Nothing is published here: a run gives results, and only a sound result holds a notebook.
"""

from __future__ import annotations

import ast
import logging
import os
import re
import time
from collections.abc import Callable, Generator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from wuhan.evidence.files import content

from . import parameters, results
from .kernels import Kernels, environment, last_words
from .project import Project, keep

CELL_SECONDS = 120
DATA, FAILED, ENVIRONMENT = 3, 4, 5
# Jupyter chooses the ports of a kernel before the kernel opens them: seldom, another program is quicker.
TABLE = re.compile(r"(?=.*(?:\.csv|data/)$)(?:[\w.~-]*/)*([\w-]*)(?:\.csv)?")  # a path in a text, no sentence
PORT_TAKEN = "Address already in use"


@dataclass(frozen=True)
class Job:
    """One notebook to run, with the parameters that differ from its own."""

    source: Path
    parameters: dict = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.source.stem

    @property
    def slug(self) -> str:
        """A name that no other job has: its notebook and its parameters, "10_gdp_and_growth-city-chengdu"."""
        return parameters.slug(self.name, [(name, str(value)) for name, value in self.parameters.items()])


@dataclass(frozen=True)
class Result:
    """What became of a job: a scrubbed notebook with the files it read, or the reason why there is none."""

    job: Job
    seconds: float
    notebook: dict | None = None
    reads: tuple[str, ...] = ()  # what it used, as `wuhan.evidence.reads` notes it
    faults: tuple[str, ...] = ()
    code: int = 0

    @property
    def name(self) -> str:
        return self.job.name


Executor = Callable[[list[Job], Callable[[Result], None]], None]  # runs jobs, hands each result on as it arrives


def cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1


def at_once() -> int:
    """How many notebooks run side by side: one more than cores, as one that starts or ends leaves its core idle."""
    return cores() + 1


def run(
    project: Project,
    jobs: list[Job],
    folder: Path,
    done: Callable[[Result], None] = lambda result: None,
    meanwhile: Callable[[], None] = lambda: None,
    cell_seconds: int = CELL_SECONDS,
    kernels: Kernels | None = None,
) -> list[Result]:
    """Run ``jobs`` in parallel kernels, temporary files in ``folder``; results in the order of ``jobs``.

    ``done`` is called with each result as it arrives, ``meanwhile`` once while the first notebooks run. Whatever
    ends this function ends all its kernels. Runs of one command can share ``kernels``, which an error ends, too.
    """
    if kernels is None:
        with Kernels(project.root) as own:
            return run(project, jobs, folder, done, meanwhile, cell_seconds, own)
    found = {}
    with closing(arriving(project, jobs, folder, kernels, meanwhile, cell_seconds)) as results_so_far:
        for result in results_so_far:
            done(result)
            found[result.job.slug] = result
    return [found[job.slug] for job in jobs]


def arriving(
    project: Project,
    jobs: list[Job],
    folder: Path,
    kernels: Kernels,
    meanwhile: Callable[[], None] = lambda: None,
    cell_seconds: int = CELL_SECONDS,
) -> Generator[Result, None, None]:
    """As `run`, each result as it arrives, and none kept: of hundreds no memory could hold the notebooks.

    Whoever stops before the last, by ``close`` or an error, ends the kernels.
    """
    kernels.expect(len(jobs))
    _load_papermill()
    pool = ThreadPoolExecutor(max_workers=max(1, min(at_once(), len(jobs))))
    try:
        running = {pool.submit(_run_one, project, kernels, job, folder, cell_seconds) for job in jobs}
        meanwhile()
        while running:
            ended, running = wait(running, return_when=FIRST_COMPLETED)
            while ended:
                yield ended.pop().result()
    except BaseException:
        kernels.kill()
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _load_papermill() -> None:
    results.forgo_grammar()
    for name in ("papermill", "traitlets", "asyncio"):  # a run says itself what went wrong, in one line
        logging.getLogger(name).addHandler(logging.NullHandler())
    import papermill  # noqa: F401 - before there are threads, in which imports could wait for each other


def _run_one(project: Project, kernels: Kernels, job: Job, folder: Path, cell_seconds: int) -> Result:
    start = time.monotonic()
    own = folder / job.slug
    own.mkdir()
    reads = own / "reads.txt"
    trace, problem = _executed(kernels, job, own, reads, cell_seconds)
    if trace.notebook is None and PORT_TAKEN in last_words(own):
        trace, problem = _executed(kernels, job, own, reads, cell_seconds)
    seconds = time.monotonic() - start
    if trace.notebook is None:
        return Result(job, seconds, **_no_kernel(own, problem))
    faults = results.data_faults(trace.notebook)
    code = DATA if faults else ENVIRONMENT if results.no_room(trace.notebook) else FAILED
    if not faults:
        faults = [problem] if problem else results.judge(trace.notebook)
    if faults:
        keep(results.serialise(trace.notebook), failed_copy(project, job.slug), project.build)
        return Result(job, seconds, faults=tuple(faults), code=code)
    return Result(job, seconds, results.scrub(trace.notebook), files_read(project, reads, job.source))


def _executed(kernels: Kernels, job: Job, own: Path, reads: Path, cell_seconds: int) -> tuple[Trace, str]:
    """What papermill did of ``job``, and the problem that ended it, if one did."""
    trace = Trace()
    try:
        _papermill(kernels, job, own, reads, trace, cell_seconds)
    except Exception as error:
        if isinstance(error, OSError | ImportError) and not isinstance(error, TimeoutError):
            raise  # the disk, a right, the environment: not the notebook's fault
        return trace, trace.explain(error, cell_seconds)
    return trace, ""


def _no_kernel(folder: Path, problem: str) -> dict:
    """Why nothing ran and whose fault it is: a kernel that was started and did not answer is the machine's."""
    if not (folder / "kernel.log").exists():
        return {"faults": (problem,), "code": FAILED}
    reason = results.first_line(last_words(folder)) or problem
    return {"faults": (f"its kernel did not start: {reason}",), "code": ENVIRONMENT}


def _papermill(kernels: Kernels, job: Job, own: Path, reads: Path, trace: Trace, cell_seconds: int) -> None:
    import papermill

    try:
        papermill.execute_notebook(
            str(job.source),
            None,
            parameters=job.parameters,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            execution_timeout=cell_seconds,
            shutdown_kernel="immediate",
            kernel_manager_class=kernels.manager(own, environment(own, reads, kernels.drawings)),
            on_notebook_start=trace.begin,
            on_cell_start=trace.enter,
        )
    except papermill.PapermillExecutionError:
        pass  # a cell raised: the notebook itself holds the error, and judging reads it


class Trace:
    """Follows one notebook while it runs, so that a kernel that dies still leaves what it had done."""

    def __init__(self):
        self.notebook = None
        self.cell = 0

    def begin(self, notebook) -> None:
        self.notebook = notebook

    def enter(self, cell, cell_index) -> None:
        before = self.notebook["cells"][: cell_index + 1]
        self.cell = len(results.code_cells({"cells": before}))

    def explain(self, error: Exception, cell_seconds: int) -> str:
        """One line for what nbclient raised: a cell without end, a kernel that died, or anything else."""
        from nbclient.exceptions import CellTimeoutError, DeadKernelError

        place = f"cell {self.cell}: " if self.notebook else ""
        if isinstance(error, CellTimeoutError):
            return f"{place}no end after {cell_seconds} s"
        if isinstance(error, DeadKernelError):
            return f"{place}the kernel died (killed, out of memory, or ended by the cell itself)"
        return f"{place}{type(error).__name__}: {results.first_line(str(error))}"


def failed_copy(project: Project, slug: str) -> Path:
    """Where what the notebook of a failed job had done is kept for reading, until it succeeds."""
    return project.build / "failed" / f"{slug}.ipynb"


def files_read(project: Project, log: Path, source: Path) -> tuple[str, ...]:
    """What the notebook used of the data and the translations: a line of `wuhan.evidence.reads` for each use.

    A table that its cells name by a path, for pandas to read, counts as a whole. A notebook that notes no table, or
    has a path that could be of any, is taken to depend on every one: too many runs, never a stale page.
    """
    noted = set(log.read_text(encoding="utf-8").split("\n")) - {""} if log.exists() else set()
    tables = {path.stem: path.relative_to(project.root).as_posix() for path in content(project.data, "*.csv")}
    named = paths([results.text(cell["source"]) for cell in results.code_cells(results.load(source))])
    noted |= {tables[name] for name in named & set(tables)}
    if named - set(tables) or not any(line.startswith(("data/", '{"file": "data/')) for line in noted):
        noted |= set(tables.values())
    return tuple(sorted(noted))


def paths(cells: list[str]) -> set[str]:
    """The tables that texts in ``cells`` name by a path ("../data/gdp.csv"); "" for one that is put together."""
    found: set[str] = set()
    for cell in cells:
        try:
            nodes = list(ast.walk(ast.parse(cell)))
        except (SyntaxError, ValueError):
            continue
        texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        found |= {match[1] for text in texts if (match := TABLE.fullmatch(text))}
    return found
