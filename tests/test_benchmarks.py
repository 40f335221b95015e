"""What the benchmarks take for granted, so that they run when they are needed."""

import runpy
from pathlib import Path

from wuhan.evidence import package

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def test_the_copy_whose_runs_are_killed_has_sound_data(tmp_path):
    runpy.run_path(str(BENCHMARKS / "kills.py"))["copy"](tmp_path)
    assert not package.check(tmp_path / "data")
    assert len(package.read("claims", tmp_path / "data")) < len(package.read("claims"))
