"""Where the runs of a sweep take place: in kernels of this machine, or on the workers of a Dask cluster.

An executor is a function that runs jobs and hands each result on as it arrives. Nothing else of a sweep knows where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from . import runner
from .kernels import Kernels
from .project import EnvironmentFault, Project
from .runner import Executor, Job, Result


@contextmanager
def executor(project: Project, scheduler: str, folder: Path) -> Iterator[Executor]:
    """The executor for ``scheduler``: blank for this machine, else the address of Dask's, or ``local``.

    Temporary files go to ``folder``. What was opened is closed behind the block, however that ends.
    """
    if scheduler:
        try:
            from . import cluster
        except ImportError:
            raise EnvironmentFault(
                "SCHEDULER needs Dask, which is not here — run `make env`, or pip install distributed (extra: cluster)"
            ) from None
        with cluster.opened(project, scheduler, folder) as run:
            yield run
        return

    def run_here(jobs: list[Job], done: Callable[[Result], None]) -> None:
        with closing(runner.arriving(project, jobs, folder, kernels)) as found:
            for result in found:
                done(result)

    with Kernels(project.root) as kernels:
        yield run_here
