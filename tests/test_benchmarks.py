"""What the benchmarks take for granted, so that they run when they are needed."""

import runpy
import shutil
from pathlib import Path

from wuhan.evidence import package
from wuhan.execution.project import ROOT

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def test_the_copy_whose_runs_are_killed_has_sound_data(tmp_path):
    runpy.run_path(str(BENCHMARKS / "kills.py"))["copy"](tmp_path)
    assert not package.check(tmp_path / "data")
    assert len(package.read("claims", tmp_path / "data")) < len(package.read("claims"))


def test_data_of_many_more_cities_is_sound(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    runpy.run_path(str(BENCHMARKS / "cities.py"))["multiply"](data, 3)
    assert not package.check(data)
    assert len(package.read("gdp", data)) > 2 * len(package.read("gdp"))
