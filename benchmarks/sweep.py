"""A sweep beside stock papermill, on this machine's pool and through Dask, and what a killed worker leaves.

Every sweep runs in a copy of the project without anything in its store. CPU seconds are those of all processes, user
and system, pages included; memory is what they hold together, shared pages counted once. While the last sweep runs
through Dask, workers are killed with SIGKILL; then every file must be that of the sweep on this machine's pool, and no
process of the copy may be left.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
from measure import copy

from wuhan.execution.sets import QUESTIONS

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ("chengdu", "xiantao")  # cities that stock papermill runs: one with many figures, one with gaps
EVERY = 0.5  # seconds between two looks at memory
GONE = 20.0  # seconds after which no process may be left
MEBIBYTE = 2**20


@dataclass
class Cost:
    """What a command took; ``runs`` are the notebooks that it ran."""

    cpu: float
    wall: float
    peak: int
    runs: int = 0


def memory(process: psutil.Process) -> int:
    """Bytes that a process and all below it hold; shared pages are divided among those who share them."""
    total = 0
    with contextlib.suppress(psutil.Error):
        for each in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                held = each.memory_full_info()
                total += getattr(held, "pss", held.rss)
    return total


def timed(command: list[str], root: Path, line: Callable[[str, int], None] = lambda said, pid: None) -> Cost:
    """What ``command`` takes; ``line`` is called with each line that it says. Stops when the command fails."""
    start, peaks, ended = time.monotonic(), [0], threading.Event()
    run = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    process = psutil.Process(run.pid)

    def look() -> None:
        while not ended.wait(EVERY):
            peaks.append(memory(process))

    threading.Thread(target=look, daemon=True).start()
    said = []
    for each in run.stdout:
        said.append(each)
        line(each, run.pid)
    _pid, status, usage = os.wait4(run.pid, 0)
    ended.set()
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"{' '.join(command)} failed:\n{''.join(said[-20:])}")
    runs = sum("/" in each.split()[0] for each in said if each.strip())
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - start, max(peaks), runs)


def swept(root: Path, cities: str, *more: str, line: Callable[[str, int], None] = lambda said, pid: None) -> Cost:
    """What a sweep in a new copy takes."""
    return timed(
        [sys.executable, "-m", "wuhan", "sweep", "--cities", cities, *more], copy(root, environment=False), line
    )


def stock(folder: Path) -> Cost:
    """What stock papermill takes for the same questions of some cities, one after another."""
    paths = [path for path in sorted((ROOT / "notebooks").glob("*.ipynb")) if path.stem[:2] in QUESTIONS]
    command, out = [sys.executable, "-m", "papermill", "--no-progress-bar"], str(folder / "out.ipynb")
    costs = [timed([*command, str(path), out, "-p", "city", city], ROOT) for city in SAMPLE for path in paths]
    return Cost(sum(each.cpu for each in costs), sum(each.wall for each in costs), 0, len(costs))


class Killer:
    """Kills a worker whenever a further part of a sweep's runs is done."""

    def __init__(self, kills: int):
        self.kills, self.killed = kills, 0

    def line(self, said: str, pid: int) -> None:
        """Look at one line of a sweep, "  12/310 10_gdp_and_growth …"."""
        done, slash, rest = said.strip().partition("/")
        if not slash or not done.isdigit() or self.killed == self.kills:
            return
        if int(done) >= (self.killed + 1) * int(rest.split()[0]) // (self.kills + 1):
            workers = [each for each in psutil.Process(pid).children() if "spawn_main" in " ".join(each.cmdline())]
            if workers:
                workers[self.killed % len(workers)].send_signal(signal.SIGKILL)
                self.killed += 1


def files(root: Path) -> dict[str, bytes]:
    """What a sweep wrote."""
    out = root / "build" / "sweep"
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def left(root: Path) -> list[str]:
    """The processes that still work in the copy ``root`` after a while."""
    end, found = time.monotonic() + GONE, [""]
    while found and time.monotonic() < end:
        found = []
        for process in psutil.process_iter(["cmdline", "cwd"]):
            words = [*(process.info["cmdline"] or []), process.info["cwd"] or ""]
            found += [" ".join(words)] if any(str(root) in word for word in words) else []
        time.sleep(0.2)
    return found


def figure(folder: Path, cities: str = "all", kills: int = 2) -> Iterator[str]:
    """CPU seconds a run beside papermill's, Dask beside the pool, memory, and what is left of killed workers."""
    peers, here = stock(folder), swept(folder / "here", cities)
    ours, theirs = here.cpu / here.runs, peers.cpu / peers.runs
    yield f"{'papermill, CPU s a run':58} {theirs:7.2f}    {peers.runs} runs"
    yield f"{'make sweep, CPU s a run, pages included':58} {ours:7.2f}    {here.runs} runs, {here.wall:.1f} s"
    yield f"{'make sweep ÷ papermill':58} {ours / theirs:7.2f}    (at most 0.35)"
    dask = swept(folder / "dask", cities, "--scheduler", "local")
    yield f"{'Dask, local workers ÷ the pool, by the clock':58} {dask.wall / here.wall:7.2f}    (at most 1.05)"
    yield f"{'the same by the processors':58} {dask.cpu / here.cpu:7.2f}"
    for what, cost in (("peak memory of make sweep", here), ("peak memory through Dask", dask)):
        yield f"{what:58} {cost.peak / MEBIBYTE:7.0f} MiB  (below 1500)"
    killer = Killer(kills)
    swept(folder / "killed", cities, "--scheduler", "local", line=killer.line)
    whole = files(folder / "here") == files(folder / "dask") == files(folder / "killed")
    yield f"{'workers killed':58} {killer.killed:7}"
    yield f"{'every output whole and the same':58} {'yes' if whole else 'NO':>7}"
    yield f"{'processes left':58} {len(left(folder)):7}    (0)"
