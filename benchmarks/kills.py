"""Kills runs of a small copy of the project at random moments, and looks at what is left each time.

`python benchmarks/kills.py [KILLS [SEED]]` (60 kills without a number; a third each while notebooks run, while executed
notebooks are written, while pages are built). The copy has the package of the project, fewer rows of
data and two short notebooks, which differ between three states, one more than the store keeps, so that every run has
all to do. Before a run the state changes; the run is killed with its whole process group (SIGKILL). Then the report
must be, file by file, the clean report of one of the states, no kernel may go on, and the next run must end with the
clean report of the present state. Ends with code 1 at any fault.
"""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("data", "wuhan", "requirements.lock", "CHANGELOG.md", "CITATION.cff")
PHASES = ("notebooks", "store", "pages")
STATES = 3
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
PICTURE = """\
import struct, zlib
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
class Picture:
    def _repr_mimebundle_(self, include=None, exclude=None):
        head, dot = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0), zlib.compress(bytes([0, STATE]))
        png = b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dot) + chunk(b"IEND", b"")
        return {"image/png": png, "text/plain": "Figure"}, {"image/png": {"alt": "a dot", "figure": "dot"}}
Picture()"""
PATIENCE = 300.0  # seconds that anything may take
GONE = 10.0  # seconds after which no kernel may be left


def copy(root: Path) -> None:
    """The project without its notebooks, small enough for a run to take seconds."""
    for part in PARTS:
        (root / part).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / part).is_dir() else shutil.copyfile)(ROOT / part, root / part)
    for name in ("notebooks", "figures"):
        (root / name).mkdir()
    formula = rows(root, "identities")[1][2]
    thin(root, "identities", lambda row: row[2] == formula)
    claims = {*formula.split(), rows(root, "searches")[1][0], rows(root, "witnesses")[1][0]}  # no table may be empty
    for table in ("claims", "searches", "witnesses"):
        thin(root, table, lambda row: row[0] in claims)


def rows(root: Path, table: str) -> list[list[str]]:
    """The rows of a table of the copy, its header first."""
    with open(root / "data" / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def thin(root: Path, table: str, wanted: Callable[[list[str]], bool]) -> None:
    """Keep only those rows of a table that are ``wanted``."""
    header, *others = rows(root, table)
    with open(root / "data" / f"{table}.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *filter(wanted, others)])


def write(root: Path, state: int) -> None:
    """The notebooks of the copy in one of its states."""
    for name in ("10_one", "20_two"):
        cells = [
            ("markdown", "# How many?\n\nA notebook for killing.", []),
            ("code", 'city: str = "wuhan"  # a city\nlanguage: str = "en"  # language', ["parameters"]),
            ("code", f"from IPython.display import Markdown\nMarkdown('The state is {'ABC'[state]}.')", ["headline"]),
            ("code", PICTURE.replace("STATE", str(state)), ["figure"]),
            ("markdown", "## What this does not show\n\nAnything else.", []),
        ]
        made = []
        for number, (kind, source, tags) in enumerate(cells):
            cell = {"cell_type": kind, "id": f"c{number}", "metadata": {"tags": tags} if tags else {}, "source": source}
            made.append(cell | ({"execution_count": None, "outputs": []} if kind == "code" else {}))
        book = {"cells": made, "metadata": {"kernelspec": KERNEL}, "nbformat": 4, "nbformat_minor": 5}
        (root / "notebooks" / f"{name}.ipynb").write_text(json.dumps(book), encoding="utf-8")


def start(root: Path) -> subprocess.Popen:
    """A run in a process group of its own."""
    command = [sys.executable, "-m", "wuhan", "report"]
    return subprocess.Popen(
        command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def finish(root: Path) -> str:
    """Run to the end; what was wrong, or ""."""
    run = start(root)
    _, said = run.communicate(timeout=PATIENCE)
    return f"code {run.returncode}: {said.strip()}" if run.returncode else ""


def shown(root: Path) -> dict[str, bytes]:
    """Every file of the report and of the figures."""
    folders = (root / "build" / "report", root / "figures")
    paths = (path for folder in folders if folder.exists() for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def phase(root: Path) -> str:
    """What the run is doing now, as its files tell."""
    build = root / "build"
    if any(build.glob(".run-*/.report-*")) or any(build.glob(".run-*/pages")):
        return "pages"
    if any(name.endswith(".partial") for _, _, names in os.walk(build / "executed") for name in names):
        return "store"
    return "notebooks" if any(build.glob(".run-*/*/kernel.log")) else ""


def kill(root: Path, wanted: str, chance: random.Random) -> tuple[str, float]:
    """Start a run and kill it in the phase ``wanted``; the phase that it was killed in, seconds since its start."""
    began, run = time.monotonic(), start(root)
    while run.poll() is None and phase(root) != wanted:
        time.sleep(0.0005)
    wait = {"notebooks": 2.0, "store": 0.003, "pages": 1.0}[wanted] * chance.random()
    end = time.monotonic() + wait
    while run.poll() is None and time.monotonic() < end:
        time.sleep(0.0005)
    found = phase(root) if run.poll() is None else "ended"
    try:
        os.killpg(run.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    run.communicate()
    return found or "between", time.monotonic() - began


def kernels(root: Path) -> int:
    """How many processes still work in the copy."""
    found = 0
    for process in psutil.process_iter(["cmdline"]):
        found += any(str(root) in word for word in process.info["cmdline"] or ())
    return found


def left(root: Path, states: list[dict[str, bytes]]) -> list[str]:
    """What is wrong after a kill: pages of two states side by side, a file of no state, a kernel that goes on."""
    faults, now = [], shown(root)
    pages = {name: data for name, data in now.items() if name.startswith("build/")}
    if not any(pages == {name: data for name, data in each.items() if name.startswith("build/")} for each in states):
        faults.append("the pages are those of no state")
    for name, data in now.items():
        if name.startswith("figures/") and data not in [each.get(name) for each in states]:
            faults.append(f"{name} is of no state")
    end = time.monotonic() + GONE
    while kernels(root):
        if time.monotonic() > end:
            faults.append("a kernel goes on")
            break
        time.sleep(0.05)
    return faults


def main(kills: int, seed: int) -> int:
    """Kill so often, say one line for each kill, then the sums; 1 when anything was wrong."""
    chance, counts, faults = random.Random(seed), Counter(), []
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        root = Path(folder).resolve() / "project"
        copy(root)
        states = []
        for state in range(STATES):
            write(root, state)
            shutil.rmtree(root / "build", ignore_errors=True)
            if said := finish(root):
                sys.exit(f"a clean run fails: {said}")
            states.append(shown(root))
        number = 0
        while number < kills:
            wanted = PHASES[number % len(PHASES)]
            state = (state + 1) % STATES
            write(root, state)
            found, seconds = kill(root, wanted, chance)
            said = left(root, states)
            if trouble := finish(root):
                said.append(f"the next run fails with {trouble}")
            elif shown(root) != states[state]:
                said.append("the next run ends with another report than a clean one")
            said += [f"{path.name} is left" for path in (root / "build").glob(".run-*")]
            number += found == wanted  # another phase is looked at, too, and tried again
            counts[found] += 1
            faults += said
            print(f"{number:3} {found:10} after {seconds:5.1f} s: {'; '.join(said) or 'whole'}", flush=True)
    print(
        f"{counts.total()} kills ({', '.join(f'{n} in {name}' for name, n in sorted(counts.items()))}), "
        f"{len(faults)} faults"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*asked, *(60, 9)[len(asked) :]))
