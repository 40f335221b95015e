"""``make test``: every stage runs, also after one that failed, and one summary ends it.

The report is built first, by all cores, and every test that needs pages or executed notebooks takes it. The browser
runs beside the others, because it mostly waits; they run in one process a core. pytest tells its counts by a JUnit
file, so that what it prints goes straight to the terminal.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from wuhan.text.notebooks import own

BUILD = Path("build/test")
# There is a process for each core: threads of a library of mathematics would only wait for each other.
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("MKL", "OMP", "OPENBLAS")}


@dataclass(frozen=True)
class Stage:
    """What Python is given after its name; ``beside``: it runs while those after it do, and is printed after them."""

    name: str
    arguments: tuple[str, ...]
    beside: bool = False

    @property
    def results(self) -> Path | None:
        """Where pytest leaves its counts; None for another program, which passes or fails as a whole."""
        return BUILD / f"{self.name}.xml" if self.arguments[1] == "pytest" else None


@dataclass(frozen=True)
class Outcome:
    """What became of a stage. ``lines`` tell what changed in the cells that failed."""

    name: str
    code: int
    seconds: float
    passed: int
    failed: int
    lines: tuple[str, ...] = ()


# What lies beside the own notebooks, such as an Untitled.ipynb, is no part of the collection; pytest would take it.
NOTEBOOKS = [path.as_posix() for path in own(Path("notebooks"))] or ["notebooks"]
# One file stays in one process: what its tests share is made once. Files come in the order of `conftest`.
SHARED = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
NBVAL = ("--nbval", "--nbval-cell-timeout=120", "-p", "tests.cells", "-p", "tests.warm")
# Coverage is measured where the interpreter itself tells which lines run: a tracer makes the tests take twice as long.
COVERED = sys.version_info >= (3, 12)
COVERAGE = ("--cov", "--cov-fail-under=95") if COVERED else ()
STAGES = (
    Stage("data", ("-m", "wuhan", "check")),
    Stage("readme", ("-m", "wuhan", "readme", "--check")),
    Stage("style", ("-m", "ruff", "check", ".")),
    Stage("format", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    Stage("types", ("-m", "mypy", "--no-error-summary")),
    Stage("report", ("-m", "wuhan", "report")),
    Stage("browser", ("-m", "pytest", "tests/browser"), beside=True),
    Stage("notebooks", ("-m", "pytest", *NOTEBOOKS, "--nbval", *NBVAL, *SHARED)),
    Stage("tests", ("-m", "pytest", "tests", "--ignore=tests/browser", *COVERAGE, *SHARED)),
)


def run(stages: Sequence[Stage], say: Callable[[str], None] = print) -> int:
    """Run ``stages``, then say one line for each, and what failed cells changed; 0 when all passed, else 1."""
    BUILD.mkdir(parents=True, exist_ok=True)
    aside, found = [], []
    try:
        for stage in stages:
            if stage.beside:
                aside.append((stage, *_start(stage)))
            else:
                found.append(_end(stage, *_start(stage)))
        found += [_end(*started) for started in aside]
    finally:
        for _stage, process, _begun in aside:
            process.kill()
    for stage, _process, _begun in aside:
        say(_printed(stage).read_text(encoding="utf-8", errors="replace"))
    for line in summary(found):
        say(line)
    return int(any(outcome.code for outcome in found))


def _printed(stage: Stage) -> Path:
    return BUILD / f"{stage.name}.txt"


def _start(stage: Stage) -> tuple[subprocess.Popen, float]:
    arguments, environment = [sys.executable, *stage.arguments], os.environ | ONE_THREAD | {"COVERAGE_CORE": "sysmon"}
    if stage.results:
        stage.results.unlink(missing_ok=True)
        arguments.append(f"--junitxml={stage.results}")
    if not stage.beside:
        return subprocess.Popen(arguments, env=environment), time.monotonic()
    with open(_printed(stage), "wb") as out:
        return subprocess.Popen(arguments, stdout=out, stderr=subprocess.STDOUT, env=environment), time.monotonic()


def _end(stage: Stage, process: subprocess.Popen, begun: float) -> Outcome:
    code = process.wait()
    return outcome(stage, code, time.monotonic() - begun)


def outcome(stage: Stage, code: int, seconds: float) -> Outcome:
    """What became of ``stage``, by its exit code and the counts that pytest left."""
    if not stage.results:
        return Outcome(stage.name, code, seconds, int(not code), int(bool(code)))
    try:
        suite = next(ElementTree.parse(stage.results).iter("testsuite"))
    except (OSError, ElementTree.ParseError, StopIteration):
        return Outcome(stage.name, code or 1, seconds, 0, 1, (f"{stage.name}: pytest ended before its tests did",))
    total, failed, errors, skipped = (int(suite.get(n)) for n in ("tests", "failures", "errors", "skipped"))
    lines = tuple(line for case in suite.iter("testcase") for line in _changes(case))
    return Outcome(stage.name, code, seconds, total - failed - errors - skipped, failed + errors, lines)


def _changes(case: ElementTree.Element) -> list[str]:
    """The lines that `cells` wrote on a cell that came out otherwise."""
    told = [line.strip() for failure in case.iter("failure") for line in (failure.text or "").splitlines()]
    name = f"{(case.get('classname') or '').removeprefix('notebooks.').removesuffix('.ipynb')} {case.get('name')}"
    return [f"{name}: {line}" for line in told if " → " in line]


def summary(found: Sequence[Outcome]) -> list[str]:
    """One line a stage, then the changes of cells that failed."""
    lines = ["", f"{'stage':<10} {'passed':>6} {'failed':>6} {'seconds':>8}"]
    for each in found:
        unsaid = f"   ended with code {each.code}" if each.code and not each.failed else ""
        lines.append(f"{each.name:<10} {each.passed:>6} {each.failed:>6} {each.seconds:>8.1f}{unsaid}")
    if not COVERED and any(each.name == "tests" for each in found):
        lines.append("the lines that tests run were not counted: that takes Python 3.12 or newer")
    return [*lines, *(line for each in found for line in each.lines)]


def chosen(names: Sequence[str]) -> list[Stage]:
    """The stages of these ``names``, in their own order; without names all of them. Raises ``SystemExit``."""
    known = [stage.name for stage in STAGES]
    for name in names:
        if name not in known:
            sys.exit(f"stages: found '{name}' — write some of {' '.join(known)}")
    return [stage for stage in STAGES if not names or stage.name in names]


if __name__ == "__main__":
    sys.exit(run(chosen(sys.argv[1:])))
