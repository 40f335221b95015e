"""Runs notebooks in this process, with noise on everything that the project's code sums, solves, fits or takes
a logarithm of, and tells what comes out otherwise.

Another processor, another order of a sum or another library of mathematics changes the last bits of such results.
Here each of them is moved by one part in 10**12, up or down, a thousand times as much as a machine would. The calls
are found in the source by their names, when a module or a cell is compiled: no library is changed, and code that is
yet to be written is covered as well.

    python tests/noise.py SEEDS NOTEBOOK…      prints JSON: {notebook: {"noisy": calls, "differ": [what, …]}}
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import importlib.abc
import importlib.util
import io
import json
import os
import random
import sys
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
SIZE = 1e-12
# Where the code of a chart measures its texts nothing is computed that a reader is told.
QUIET = ("wuhan.charts.labels", "wuhan.execution")
NAMES = {
    "sum",
    "fsum",
    "mean",
    "average",
    "median",
    "std",
    "var",
    "prod",
    "cumsum",
    "cumprod",
    "dot",
    "cov",
    "corr",
    "quantile",
    "nanmean",
    "nansum",
    "nanmedian",
    "exp",
    "expm1",
    "log",
    "log1p",
    "log2",
    "log10",
    "pow",
    "power",
    "hypot",
    "norm",
    "solve",
    "lstsq",
    "inv",
    "pinv",
    "polyfit",
    "polyval",
    "nnls",
    "minimize",
    "linregress",
    "ppf",
    "cdf",
    "sf",
    "pdf",
    "betaincinv",
    "fit",
    "agg",
    "transform",
    "pct_change",
}


class Noise:
    """Moves numbers while ``signs`` is set; counts what it moved."""

    def __init__(self):
        self.signs: random.Random | None = None
        self.calls = 0

    def factor(self) -> float:
        return 1 + SIZE * self.signs.choice((-1, 1))

    def __call__(self, value: object) -> object:
        return value if self.signs is None else self.moved(value)

    def moved(self, value: object) -> object:
        if isinstance(value, float):
            self.calls += 1
            return type(value)(value * self.factor())
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            self.calls += 1
            return value * np.array([self.factor() for _ in range(value.size)]).reshape(value.shape)
        if isinstance(value, pd.Series) and value.dtype.kind == "f":
            return pd.Series(self.moved(value.to_numpy()), value.index, name=value.name)
        if isinstance(value, pd.DataFrame):
            return value.apply(self.moved)
        if type(value) is tuple:
            return tuple(map(self.moved, value))
        if hasattr(value, "rvalue"):  # of linregress
            return Moved(
                {
                    name: self.moved(getattr(value, name))
                    for name in ("slope", "intercept", "rvalue", "pvalue", "stderr", "intercept_stderr")
                }
            )
        return value


class Moved:
    def __init__(self, parts: dict):
        self.__dict__.update(parts)


NOISE = Noise()


class Wrap(ast.NodeTransformer):
    """``f(x)`` becomes ``__noise__(f(x))`` for the functions of ``NAMES``, for ``a @ b`` and ``a ** b``."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        return self.wrapped(node) if name in NAMES else node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        numeral = isinstance(node.left, ast.Constant)  # 10.0**-2 is a way to write 0.01
        return self.wrapped(node) if isinstance(node.op, ast.MatMult | ast.Pow) and not numeral else node

    @staticmethod
    def wrapped(node: ast.expr) -> ast.AST:
        call = ast.Call(ast.Name("__noise__", ast.Load()), [node], [])
        return ast.fix_missing_locations(ast.copy_location(call, node))


class Finder(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    """Compiles the modules of the project with the calls wrapped."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname.split(".")[0] != "wuhan" or fullname.startswith(QUIET):
            return None
        base = ROOT.joinpath(*fullname.split("."))
        inside = (base / "__init__.py").exists()
        file = base / "__init__.py" if inside else base.with_suffix(".py")
        if not file.exists():
            return None
        folders = [str(base)] if inside else None
        return importlib.util.spec_from_file_location(fullname, file, loader=self, submodule_search_locations=folders)

    def get_filename(self, fullname):
        return self.find_spec(fullname).origin

    def get_data(self, path):
        return Path(path).read_bytes()

    def source_to_code(self, data, path, *, _optimize=-1):
        return compile(Wrap().visit(ast.parse(data)), path, "exec", dont_inherit=True, optimize=_optimize)

    def exec_module(self, module):
        module.__dict__["__noise__"] = NOISE
        super().exec_module(module)


def told(name: str, seed: int | None) -> dict[str, str]:
    """What each cell of a notebook tells and draws: cell and kind -> text, or the hash of a picture."""
    from IPython.core.interactiveshell import InteractiveShell

    NOISE.signs = None if seed is None else random.Random(seed)
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(colors="nocolor")
    shell.ast_transformers.append(Wrap())
    shell.user_ns["__noise__"] = NOISE
    found = {}
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    for number, cell in enumerate(each for each in cells if each["cell_type"] == "code"):
        with contextlib.redirect_stdout(io.StringIO()):  # IPython prints what it shows
            done = shell.run_cell("".join(cell["source"]), store_history=True)
        done.raise_error()
        if done.result is not None:
            data, _metadata = shell.display_formatter.format(done.result)
            for kind, part in data.items():
                text = hashlib.sha256(part).hexdigest() if isinstance(part, bytes) else part
                found[f"{name} cell {number} {kind}"] = text if isinstance(text, str) else json.dumps(text)
    return found


def differing(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """The parts that differ, each with the text around the first place where it does."""
    lines = []
    for what in [*before, *(what for what in now if what not in before)]:
        a, b = before.get(what, ""), now.get(what, "")
        if a != b:
            at = max(len(os.path.commonprefix([a, b])) - 40, 0)
            lines.append(f"{what}: {a[at : at + 120]} -> {b[at : at + 120]}")
    return lines


def main(seeds: int, names: list[str]) -> None:
    os.chdir(ROOT)
    sys.path[0] = str(ROOT)
    sys.meta_path.insert(0, Finder())
    report = {}
    for name in names:
        plain, calls = told(name, None), NOISE.calls
        differ = [line for seed in range(seeds) for line in differing(plain, told(name, seed))]
        report[name] = {"noisy": NOISE.calls - calls, "differ": differ}
    print(json.dumps(report))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
