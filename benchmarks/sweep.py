"""A sweep against stock papermill, on this machine's pool and through Dask, and what a killed worker leaves.

`python benchmarks/sweep.py [CITIES [WORKERS KILLED]]` ("all" and 2 without them). Every sweep runs in a copy of the
project without anything in its store. CPU seconds are those of all processes, user and system, pages included; memory
is what they hold together, shared pages counted once. While a sweep runs through Dask, workers are killed with SIGKILL;
then every file must be that of the sweep on this machine's pool, and no process of the copy may be left. Ends with
code 1 when one is.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from wuhan.execution.sets import QUESTIONS

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("data", "notebooks", "wuhan", "requirements.lock", "CHANGELOG.md")
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


def copy(root: Path) -> Path:
    """The project in the folder ``root``, with an empty store."""
    root.mkdir(parents=True)
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, root / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, root / part)
    return root


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
    return timed([sys.executable, "-m", "wuhan", "sweep", "--cities", cities, *more], copy(root), line)


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


def main(cities: str, kills: int) -> int:
    """Measure, say a line for each figure; 1 when a killed worker has left a trace."""
    with tempfile.TemporaryDirectory(prefix="sweep-") as name:
        folder = Path(name).resolve()
        peers, here = stock(folder), swept(folder / "here", cities)
        dask = swept(folder / "dask", cities, "--scheduler", "local")
        killer = Killer(kills)
        swept(folder / "killed", cities, "--scheduler", "local", line=killer.line)
        whole = files(folder / "here") == files(folder / "dask") == files(folder / "killed")
        over = left(folder)
    ours, theirs = here.cpu / here.runs, peers.cpu / peers.runs
    lines = {
        "runs": f"{here.runs:8}",
        "CPU s a run, papermill": f"{theirs:8.2f}",
        "CPU s a run, sweep": f"{ours:8.2f}",
        "sweep over papermill": f"{ours / theirs:8.2f}",
        "wall, sweep": f"{here.wall:8.1f} s",
        "CPU, Dask over pool": f"{dask.cpu / here.cpu:8.2f}",
        "wall, Dask over pool": f"{dask.wall / here.wall:8.2f}",
        "peak memory, sweep": f"{here.peak / MEBIBYTE:8.0f} MiB",
        "peak memory, Dask": f"{dask.peak / MEBIBYTE:8.0f} MiB",
        "workers killed": f"{killer.killed:8}",
        "every output whole": f"{'yes' if whole else 'NO':>8}",
        "processes left": f"{len(over):8}",
    }
    for what, value in lines.items():
        print(f"{what:30} {value}")
    return int(not whole or bool(over) or killer.killed < kills)


if __name__ == "__main__":
    asked = sys.argv[1:]
    sys.exit(main(asked[0] if asked else "all", int(asked[1]) if asked[1:] else 2))
