"""Work done side by side in copies of this process: what it has imported and found, a copy has, too."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import NoReturn, TypeVar

from .project import EnvironmentFault

PR_SET_PDEATHSIG = 1  # of prctl(2): the signal that a process gets when its parent ends

Thing = TypeVar("Thing")
Found = TypeVar("Found")


def side_by_side(work: Callable[[Thing], Found], things: Sequence[Thing]) -> list[Found]:
    """What ``work`` finds of each of ``things``, in their order: the first is done here, each other in a copy.

    What ``work`` returns or raises can be pickled. No copy outlives this call. Where a process cannot be copied
    safely, on macOS and Windows, all is done here. Raises ``EnvironmentFault`` when a copy was killed.
    """
    if sys.platform != "linux":
        return [work(thing) for thing in things]
    first, *others = things
    copies = [_Copy(work, thing) for thing in others]
    try:
        return [work(first), *(copy.found() for copy in copies)]
    finally:
        for copy in copies:
            copy.end()


class _Copy:
    """A copy of this process that works on one thing."""

    def __init__(self, work: Callable[[Thing], Found], thing: Thing):
        context = multiprocessing.get_context("fork")
        self._told, own = context.Pipe(duplex=False)
        self._process = context.Process(target=_be_copy, args=(os.getpid(), own, work, thing), daemon=True)
        self._process.start()
        own.close()

    def found(self):
        """Wait for what the copy finds, or raise what it raised."""
        try:
            good, found = self._told.recv()
        except EOFError:
            self._process.join()
            code = self._process.exitcode or 0
            reason = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
            raise EnvironmentFault(f"a process that wrote pages {reason} — run it again") from None
        if not good:
            raise found
        return found

    def end(self) -> None:
        """Kill the copy if it still works."""
        self._told.close()
        self._process.kill()
        self._process.join()


def _be_copy(first: int, own: Connection, work: Callable[[Thing], Found], thing: Thing) -> NoReturn:
    """In the copy: work and tell, and end when the ``first`` process does, so that its locks end with it."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != first:  # it has ended already
        os._exit(1)
    gc.freeze()  # what the first process left behind, such as its event loops, is not tidied up here
    told: tuple[bool, object]
    try:
        told = (True, work(thing))
    except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
        told = (False, error)
    own.send(told)
    own.close()
    os._exit(0)  # what this process would do at its end, the first does
