"""Runs on the workers of a Dask cluster, on this machine or on others.

A task carries the notebook, its parameters and the hashes of package and data; it returns the executed notebook with
what it read. So no disk is shared, and a run is the same wherever it takes place. A worker that has other files than
the sender is left out. A run whose worker dies is repeated on another one, for a run leaves nothing behind.
"""

from __future__ import annotations

import atexit
import logging
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import dask
from distributed import Client, KilledWorker, Nanny, Scheduler, SpecCluster, as_completed
from distributed.comm import CommClosedError

from wuhan.evidence.files import content

from . import results, runner
from .inputs import digest, named_bytes, tree
from .kernels import Kernels
from .project import EnvironmentFault, Project, keep
from .runner import FAILED, Executor, Job, Result

LOCAL = "local"
CONNECT_SECONDS = 15
AHEAD = 2  # tasks on their way for each thread of a worker: it never waits, and a stop leaves little undone
AGAIN = 3  # times that a run is tried on another worker after a fault of the machine
# Dask looks a hundred times a second where a worker is, for a page of its own that nobody opens here.
UNWATCHED = {"distributed.worker.profile.enabled": False}
# Dask has its workers give memory back at once, as they may hold much; kernels would ask for it again and again.
FRUGAL = "MALLOC_TRIM_THRESHOLD_"
NAMED = 3  # files that the refusal of a worker names; it counts the others


@dataclass(frozen=True)
class Task:
    """All that a worker needs for one run."""

    name: str
    source: bytes
    parameters: dict
    identity: dict[str, str]


class Refused(Exception):
    """A worker has other files than the sender of a task."""


@dataclass(frozen=True)
class Guest(Project):
    """The project of a worker: its package and data, while what a run writes goes to a temporary folder."""

    folder: Path = Path()

    @property
    def build(self) -> Path:
        return self.folder / "build"


def identity(project: Project) -> dict[str, str]:
    """What must be the same where a notebook runs: the version of Python, and by name the hash of all it depends on."""
    package, root = tree(project.root / "wuhan"), project.root
    files = [path for path in (*content(project.data), root / "requirements.lock") if path.is_file()]
    found = {path.relative_to(root).as_posix(): digest([path.read_bytes()]) for path in files}
    return found | {"Python": sys.version.split()[0], "wuhan/": digest(named_bytes(root, package))}


def difference(here: dict[str, str], there: dict[str, str]) -> str:
    """What differs between two identities, in words; blank for nothing."""
    names = sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more}"


# ---- on a worker


class _Bench:
    """What a worker keeps from one run to the next: its kernels, forked from one warm process, and its identity."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.kernels: Kernels | None = None
        self.identity: dict[str, str] = {}

    def open(self) -> Kernels:
        """The kernels, started at the first call."""
        with self.lock:
            if self.kernels is None:
                self.identity = self.identity or identity(Project())
                os.environ.pop(FRUGAL, None)
                self.kernels = Kernels(Project().root)
                self.kernels.expect(sys.maxsize)  # of notebooks: a warm start pays
            return self.kernels

    def close(self) -> None:
        with self.lock:
            if self.kernels is not None:
                self.kernels.kill()
                self.kernels = None


_bench = _Bench()
atexit.register(_bench.close)


def work(task: Task) -> tuple[Result, bytes | None]:
    """Run a task on this worker; its result, and what a notebook that failed had done. Raises `Refused`."""
    kernels = _bench.open()
    for other, advice in ((_bench.identity, "bring it to the same commit"), (identity(Project()), "its files changed")):
        if differs := difference(task.identity, other):
            raise Refused(f"{differs} differs — {advice}, then start the worker again")
    with tempfile.TemporaryDirectory(prefix="wuhan-") as name:
        folder = Path(name)
        job = Job(folder / f"{task.name}.ipynb", task.parameters)
        job.source.write_bytes(task.source)
        guest = Guest(folder=folder)
        try:
            result = runner.run(guest, [job], folder, kernels=kernels)[0]
        except BaseException:  # it ended the kernels, too
            _bench.close()
            raise
        failed = runner.failed_copy(guest, job.slug)
        return result, failed.read_bytes() if failed.is_file() else None


# ---- where the sweep is


@contextmanager
def opened(project: Project, scheduler: str, folder: Path) -> Iterator[Executor]:
    """An executor on the cluster at ``scheduler``; ``local`` is one of this machine with a worker a core.

    Raises ``EnvironmentFault`` when no scheduler answers, when it is lost, and when no worker is left.
    """
    for name in [each for each in logging.root.manager.loggerDict if each.startswith("distributed")]:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # a sweep says itself what went wrong, in one line
    results.forgo_grammar()  # a notebook that comes from a worker needs nbformat here, too
    with _cluster(folder) if scheduler == LOCAL else nullcontext(scheduler) as address:
        try:
            client = Client(address, timeout=CONNECT_SECONDS)
        except (OSError, ValueError, TimeoutError):
            raise EnvironmentFault(
                f"SCHEDULER: no Dask scheduler answers at {scheduler} — start one (dask scheduler), or leave it away"
            ) from None
        try:
            yield lambda jobs, done: _run(client, project, jobs, done)
        finally:
            if client.status == "running":  # else the scheduler is lost, and waiting for it helps nobody
                with suppress(Exception):
                    client.run(_shut, on_error="ignore")
            client.close(timeout=1)


def _cluster(folder: Path) -> SpecCluster:
    """A worker a core; the first has the threads beyond that, so that as many notebooks run at once as without Dask."""
    own = {"host": "127.0.0.1", "dashboard": False}
    # A limit of memory would see the worker, not its kernels.
    of_worker = own | {"memory_limit": 0, "local_directory": str(folder), "silence_logs": logging.CRITICAL}
    more = runner.at_once() - runner.cores()
    workers = {
        number: {"cls": Nanny, "options": of_worker | {"nthreads": 1 if number else 1 + more}}
        for number in range(runner.cores())
    }
    with dask.config.set(UNWATCHED):
        return SpecCluster(workers, {"cls": Scheduler, "options": own}, silence_logs=logging.CRITICAL)


def _shut() -> None:
    _bench.close()


def _run(client: Client, project: Project, jobs: list[Job], done: Callable[[Result], None]) -> None:
    """Hand ``jobs`` to the workers, a few ahead of what they do, and each result to ``done``."""
    own = identity(project)
    workers = _admitted(client, own)
    left, sent = iter(jobs), {}

    def send(job: Job):
        task = Task(job.name, job.source.read_bytes(), job.parameters, own)
        # Where no worker is left out, one that comes later may help, too.
        chosen = {"workers": workers, "allow_other_workers": True} if workers else {}
        future = client.submit(work, task, pure=False, retries=AGAIN, **chosen)
        sent[future.key] = job
        return future

    ahead = AHEAD * max(1, sum(client.nthreads().values()))
    running = as_completed([send(job) for job in islice(left, ahead)])
    try:
        for future in running:
            job = sent.pop(future.key)
            try:
                result, failed = future.result()
            except Refused:
                workers = _admitted(client, own)
                running.add(send(job))
                continue
            except (CancelledError, CommClosedError, TimeoutError):
                raise _lost(client) from None
            except Exception as error:  # noqa: BLE001 - whatever it was, the cell of this run says it
                killed = isinstance(error, KilledWorker)
                fault = "every worker that ran it died — out of memory?" if killed else f"its worker failed: {error}"
                result, failed = Result(job, 0, faults=(fault,), code=FAILED), None
            if failed:
                keep(failed, runner.failed_copy(project, job.slug), project.build)
            done(replace(result, job=job))
            for following in islice(left, 1):
                running.add(send(following))
    except CommClosedError:
        raise _lost(client) from None
    finally:
        if client.status == "running":
            with suppress(Exception):
                client.cancel(list(running.futures), force=True)


def _lost(client: Client) -> EnvironmentFault:
    address = client.scheduler.address if client.scheduler else "its address"
    return EnvironmentFault(
        f"the Dask scheduler at {address} is lost — start it again, then the same command: what has run is kept"
    )


def _admitted(client: Client, own: dict[str, str]) -> list[str]:
    """The workers that have the files of the sender, [] when all have them; a line for each of the others.

    Raises ``EnvironmentFault`` when none has.
    """

    def told():  # sent as it is: a worker may not even have this module
        import importlib

        try:
            module = importlib.import_module("wuhan.execution.cluster")
            return module.identity(module.Project())
        except (ImportError, AttributeError, OSError) as error:
            return str(error)

    found = client.run(told, on_error="ignore")
    if not found:
        raise EnvironmentFault(
            "the Dask scheduler has no worker — start one (dask worker ADDRESS) in a copy of this project"
        )
    good = []
    for worker, there in found.items():
        differs = f"it lacks the package ({there})" if isinstance(there, str) else difference(own, there)
        if differs:
            advice = "bring it to the same commit, run `make env` there, start it again"
            print(f"worker {worker} is left out: {differs} differs — {advice}", file=sys.stderr, flush=True)
        else:
            good.append(worker)
    if not good:
        raise EnvironmentFault("no worker has the same package and data as this folder — see the lines above")
    return good if len(good) < len(found) else []
