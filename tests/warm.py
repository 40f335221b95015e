"""A pytest plugin: the kernels that nbval starts are forked from one warm process, as those of `make report` are.

Jupyter finds the command of a warm kernel under the name python3, for the time of the tests only.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import pytest

from wuhan.execution import kernels
from wuhan.execution.project import ROOT


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return  # a worker of pytest-xdist inherits what the first process set
    kernels.FIXED.pop("PYTHONHASHSEED")  # another one in each run, as with stock Jupyter: no output depends on it
    own = kernels.Kernels(ROOT)
    config.add_cleanup(own.kill)
    own.expect(kernels.WARM_FROM)
    folder = tempfile.TemporaryDirectory(prefix="wuhan-")
    config.add_cleanup(folder.cleanup)
    place = Path(folder.name) / "kernels" / "python3"
    place.mkdir(parents=True)
    fixed = kernels.FIXED | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    spec = {"argv": own.command, "display_name": "Python 3", "language": "python", "env": fixed}
    (place / "kernel.json").write_text(json.dumps(spec))
    others = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = os.pathsep.join([folder.name, *([others] if others else [])])
