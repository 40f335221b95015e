"""From a fresh clone without an environment to the finished report: ours, and with pip in the place of uv."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from measure import PYTHON, Time, copy, line, ratio, rounds, run

PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps", "--require-hashes")


def figure(folder: Path) -> Iterator[str]:
    """The environment, by uv and by pip, and then the report."""
    root = copy(folder / "project", environment=False)

    def ours() -> Time:
        shutil.rmtree(root / ".venv", ignore_errors=True)
        return run(root, "make", "env").time

    def pip() -> Time:
        shutil.rmtree(root / ".venv", ignore_errors=True)
        made = run(root, sys.executable, "-m", "venv", ".venv").time
        return added(made, run(root, PYTHON, *PIP, "-r", "requirements.lock").time)

    def report() -> Time:
        shutil.rmtree(root / "build", ignore_errors=True)
        return run(root, "make", "report").time

    found = rounds(pip=pip, ours=ours, report=report)
    yield line("environment by pip", found["pip"])
    yield line("make env, by uv", found["ours"])
    yield ratio("pip ÷ make env", found["pip"], found["ours"])
    yield line("make report after that, nothing compiled yet", found["report"])
    uv, old = (added(found[each], found["report"]) for each in ("ours", "pip"))
    yield line("fresh clone to finished report", uv)
    yield ratio("the same ÷ with pip", uv, old)


def added(one: Time, other: Time) -> Time:
    """Two times, one after the other."""
    return Time(one.wall + other.wall, one.cpu + other.cpu)
