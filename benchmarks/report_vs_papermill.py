"""Time and memory of `make report` from scratch, against stock papermill on one notebook after another, in every
language, and against our runner on the notebooks alone.
"""

from __future__ import annotations

import contextlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from wuhan.execution import collection, runner
from wuhan.execution.project import Project, scratch
from wuhan.execution.runner import cores
from wuhan.presentation.language import LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 3  # the medians are shown
EVERY = 0.1  # seconds between two looks at memory
MEBIBYTE = 2**20


def timed(command: list[str]) -> float:
    """Seconds that ``command`` takes; stops with its output when it fails."""
    start = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - start
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return seconds


def memory(root: int) -> int:
    """Bytes resident for ``root`` and all processes below it; shared pages count once for each process."""
    total = 0
    with contextlib.suppress(psutil.NoSuchProcess):
        first = psutil.Process(root)
        for process in (first, *first.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess):
                total += process.memory_info().rss
    return total


def peak_memory(process: int, ended: threading.Event) -> int:
    """The most memory that ``process`` and its children held together, until ``ended`` is set."""
    most = 0
    while not ended.wait(EVERY):
        most = max(most, memory(process))
    return most


def report_peak() -> int:
    """Peak memory of one more report from scratch (looking costs time, so this run is not the timed one)."""
    shutil.rmtree(ROOT / "build", ignore_errors=True)
    run = subprocess.Popen(["make", "report"], cwd=ROOT, stdout=subprocess.DEVNULL)
    ended = threading.Event()
    threading.Thread(target=lambda: (run.wait(), ended.set()), daemon=True).start()
    return peak_memory(run.pid, ended)


def from_scratch() -> float:
    """Seconds of `make report` without anything in build/."""
    shutil.rmtree(ROOT / "build", ignore_errors=True)
    return timed(["make", "report"])


def notebooks_alone() -> float:
    """Seconds of our runner on all notebooks in every language, without data checks and pages."""
    project, start = Project(), time.monotonic()
    for edition in collection.editions(project, []):
        with scratch(project) as folder:
            results = runner.run(project, edition.jobs, folder)
        if faults := [result.faults for result in results if result.faults]:
            sys.exit(f"notebooks failed: {faults}")
    return time.monotonic() - start


def one_after_another(notebooks: list[Path]) -> float:
    """Seconds of stock papermill on all notebooks in every language."""
    command = [sys.executable, "-m", "papermill", "--no-progress-bar"]
    with tempfile.TemporaryDirectory() as folder:
        return sum(
            timed([*command, str(path), f"{folder}/{path.name}", "-p", "language", code])
            for code in LANGUAGES
            for path in notebooks
        )


def main() -> None:
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    timed(["make", "report"])  # the environment is there and the disk is warm for both
    rounds = [(from_scratch(), notebooks_alone(), one_after_another(notebooks)) for _ in range(ROUNDS)]
    ours, alone, stock = (statistics.median(times) for times in zip(*rounds, strict=True))
    again = timed(["make", "report"])
    lines = {
        "notebooks": f"{len(notebooks):6}",
        "languages": f"{len(LANGUAGES):6}",
        "cores": f"{cores():6}",
        "make report from scratch": f"{ours:6.2f} s",
        "make report again": f"{again:6.2f} s",
        "papermill, one after another": f"{stock:6.2f} s",
        "papermill over report": f"{stock / ours:6.2f}",
        "the notebooks alone": f"{alone:6.2f} s",
        "report over notebooks alone": f"{ours / alone:6.2f}",
        "peak memory of make report": f"{report_peak() / MEBIBYTE:6.0f} MiB",
    }
    for what, value in lines.items():
        print(f"{what:30} {value}")


if __name__ == "__main__":
    main()
