"""Where the runs of a sweep take place: in kernels of this machine, or on the workers of a Dask cluster.

An executor is a function that runs jobs and hands each result on as it arrives. Nothing else of a sweep knows where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from . import runner
from .project import Project
from .runner import Job, Result

Executor = Callable[[list[Job], Callable[[Result], None]], None]


@contextmanager
def executor(project: Project, scheduler: str, folder: Path) -> Iterator[Executor]:
    """The executor for ``scheduler``: blank for this machine, else the address of Dask's, or ``local``.

    Temporary files go to ``folder``. What was opened is closed behind the block, however that ends.
    """
    if scheduler:
        from . import cluster

        with cluster.opened(project, scheduler, folder) as run:
            yield run
        return
    with runner.opened(project) as kernels:
        yield lambda jobs, done: runner.run(project, jobs, folder, done, kernels=kernels)
