"""What the figures share: copies of the checkout, runs that are timed, the words of a line."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psutil

from wuhan.execution.runner import cores

__all__ = ["PYTHON", "Run", "Time", "copy", "cores", "line", "median", "peak", "ratio", "rounds", "run", "together"]
ROOT = Path(__file__).resolve().parents[1]
PYTHON = ".venv/bin/python"  # of a copy
ROUNDS = 3
EVERY = 0.1  # seconds between two looks at memory
MEBIBYTE = 2**20


@dataclass(frozen=True)
class Time:
    """Seconds on the clock, and of the processors."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Run:
    """How long commands took, and what they said."""

    time: Time
    said: str


def copy(folder: Path, environment: bool = True) -> Path:
    """The checkout as it is now, with what git does not know yet, and with a copy of its environment."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    if environment:
        shutil.copytree(ROOT / ".venv", folder / ".venv", symlinks=True)
    return folder


def together(
    commands: Sequence[Sequence[str]], folder: Path, at_once: int = 1, environment: Mapping[str, str] | None = None
) -> Run:
    """Run ``commands`` in ``folder``, so many ``at_once``. Ends the program with what one said when it fails.

    Each may store compiled modules, as ours does.
    """
    left = ("MAKE", "MFLAGS", "PARAMS", "PYTHONDONTWRITEBYTECODE")
    own = {name: value for name, value in os.environ.items() if not name.startswith(left)}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()

    def one(command: Sequence[str]) -> str:
        done = subprocess.run(
            command, cwd=folder, env=own | dict(environment or {}), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    with ThreadPoolExecutor(at_once) as pool:
        try:
            said = list(pool.map(one, commands))
        except RuntimeError as fault:
            sys.exit(str(fault))
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - start
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(Time(wall, spent), "".join(said))


def run(folder: Path, *command: str, **environment: str) -> Run:
    """Run one command in ``folder``."""
    return together([command], folder, environment=environment)


def rounds(**measured: Callable[[], Time]) -> dict[str, Time]:
    """The medians of `ROUNDS` rounds, in each of which everything is measured once."""
    times = {name: [] for name in measured}
    for _ in range(ROUNDS):
        for name, measure in measured.items():
            times[name].append(measure())
    return {name: median(each) for name, each in times.items()}


def median(times: Sequence[Time]) -> Time:
    """The middle of the seconds on the clock and of those of the processors, each by itself."""
    return Time(statistics.median(each.wall for each in times), statistics.median(each.cpu for each in times))


def line(what: str, measured: Time, note: str = "") -> str:
    """A line of a figure."""
    return f"{what:58} {measured.wall:7.2f} s {measured.cpu:7.2f} CPU s  {note}".rstrip()


def ratio(what: str, over: Time, under: Time, wanted: str = "") -> str:
    """A line that compares two times: by the clock, then by the processors."""
    aim = f"  ({wanted})" if wanted else ""
    return f"{what:58} {over.wall / under.wall:7.2f}   {over.cpu / under.cpu:7.2f}{aim}"


def _resident(root: int) -> int:
    """Bytes held by a process and all below it; what processes share is divided among them where the system tells."""
    total = 0
    with contextlib.suppress(psutil.NoSuchProcess):
        first = psutil.Process(root)
        for process in (first, *first.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                memory = process.memory_full_info()
                total += getattr(memory, "pss", 0) or memory.rss
    return total


def peak(folder: Path, *command: str) -> float:
    """The most memory in MiB that ``command`` and its children hold together; looking takes time, so none is told."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    ended, most = threading.Event(), 0
    threading.Thread(target=lambda: (process.wait(), ended.set()), daemon=True).start()
    while not ended.wait(EVERY):
        most = max(most, _resident(process.pid))
    return most / MEBIBYTE
