"""The modules that a notebook can import are told from its text, and none that it loads is missed."""

import json
import subprocess
import sys

import pytest

from wuhan.execution import project, results, runner
from wuhan.execution.closure import ANY, closure, imported
from wuhan.execution.inputs import Inputs

PROJECT = project.Project()
PACKAGE = {file: raw.decode() for file, raw in Inputs.take(PROJECT).modules.items()}
SMALL = {
    "wuhan/__init__.py": "",
    "wuhan/a/__init__.py": "from .one import work",
    "wuhan/a/one.py": "",
    "wuhan/a/two.py": "def work():\n    from . import three\n    from ..b import four as five",
    "wuhan/a/three.py": "",
    "wuhan/b/__init__.py": "",
    "wuhan/b/four.py": "import wuhan.a.two",
    "wuhan/d/__init__.py": "if TYPE_CHECKING:\n    from wuhan import c\ndef work():\n    import wuhan.a.one",
    "wuhan/d/six.py": "",
    "wuhan/c.py": "import importlib\nimportlib.import_module('wuhan.b')",
}


@pytest.mark.parametrize(
    ("source", "reached"),
    [
        ("import pandas", []),
        ("import wuhan.a.one", ["__init__", "a/__init__", "a/one"]),
        ("from wuhan import a", ["__init__", "a/__init__", "a/one"]),
        (
            "def f():\n    from wuhan.b import four",
            ["__init__", "a/__init__", "a/one", "a/three", "a/two", "b/__init__", "b/four"],
        ),
        ("from wuhan.b import nothing", ["__init__", "b/__init__"]),
        ("import wuhan.d", ["__init__", "a/__init__", "a/one", "d/__init__"]),
        ("import wuhan.d.six", ["__init__", "d/__init__", "d/six"]),
    ],
)
def test_modules_are_followed_through_packages_functions_and_dots(source, reached):
    assert sorted(closure([source], SMALL)) == sorted(f"wuhan/{name}.py" for name in reached)


UNTOLD = [
    "import wuhan.c",
    "%run other.py",
    "__import__('wuhan.a')",
    "from wuhan.a import *",
    "x = \0",
    "from importlib import import_module as get",
    "exec('import wuhan.a')",
]


@pytest.mark.parametrize("source", UNTOLD)
def test_what_cannot_be_told_may_be_anything(source):
    assert closure([source], SMALL) == set(SMALL)


def test_a_relative_import_starts_at_its_package():
    assert imported("from ...a import b", "x.y.z") == {"x.a", "x.a.b"}
    assert imported("from . import b", "x.y") == {"x.y", "x.y.b"}
    assert ANY not in imported("from . import b", "x.y")


def sources(path):
    return [results.text(cell["source"]) for cell in results.code_cells(results.load(path))]


# What a Python has loaded of the package, a file in a line.
LOADED = "'\\n'.join(m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'wuhan' and m.__file__)"


def named(lines):
    return {project.Path(file).relative_to(PROJECT.root).as_posix() for file in lines.split("\n")}


def test_nothing_that_a_notebook_imports_is_missed():
    code = [f"import sys\nshow = lambda: print({LOADED}, end='\\0')"]
    for path in PROJECT.find():
        code += ["for name in [name for name in sys.modules if name.split('.')[0] == 'wuhan']: del sys.modules[name]"]
        lines = [line for source in sources(path) for line in source.split("\n")]
        code += [*(line for line in lines if line.startswith(("import ", "from "))), "show()"]
    shown = subprocess.check_output([sys.executable, "-c", "\n".join(code)], cwd=PROJECT.root, text=True)
    for path, lines in zip(PROJECT.find(), shown.split("\0")[:-1], strict=True):
        assert len(named(lines)) > 20
        assert named(lines) <= closure(sources(path), PACKAGE), path


def test_nothing_that_a_notebook_loads_while_it_runs_is_missed(tmp_path):
    notebook = results.load(PROJECT.notebooks / "50_explore.ipynb")
    code = f"import sys\nwritten = open({str(tmp_path / 'loaded')!r}, 'w').write({LOADED})"
    last = {"cell_type": "code", "id": "last", "metadata": {}, "outputs": [], "execution_count": None, "source": code}
    copy = tmp_path / "50_explore.ipynb"
    copy.write_text(json.dumps(notebook | {"cells": [*notebook["cells"], last]}), encoding="utf-8")
    with project.scratch(PROJECT) as folder:
        (ran,) = runner.run(PROJECT, [runner.Job(copy)], folder)
    assert ran.faults == ()
    found = named((tmp_path / "loaded").read_text())
    assert len(found) > 40 and found <= closure(sources(PROJECT.notebooks / "50_explore.ipynb"), PACKAGE)
