"""A notebook that has nothing to show for its parameters: one sentence says so, and the cells after it do nothing.

The cells are run as ever, each with its number, by JupyterLab, papermill and nbval alike; only their code is left out.
A cell of parameters, literals and nothing else, ends that: what follows is run again.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from wuhan.text.language import _

MARK = {"wuhan": "end"}  # metadata of the output that ends a notebook


class _Gate:
    """What IPython hands the tree of each cell to before it runs it."""

    def __init__(self):
        self.closed = False

    def visit(self, cell: ast.Module) -> ast.Module:
        self.closed = self.closed and not _parameters(cell)
        return ast.Module([], []) if self.closed else cell


_gate = _Gate()


def _parameters(cell: ast.Module) -> bool:
    """Whether a cell gives names to literals and does nothing else."""
    named = [each for each in cell.body if isinstance(each, ast.Assign | ast.AnnAssign)]
    values = [each.value for each in named if each.value is not None]
    if not values or len(values) < len(cell.body):
        return False
    try:
        for value in values:
            ast.literal_eval(value)
    except ValueError:
        return False
    return True


def end_with(sentence):
    """``sentence``, after which the cells that follow do nothing until other parameters are given.

    Outside IPython nothing follows, and it is only given back.
    """
    from IPython import get_ipython
    from IPython.display import display

    if shell := get_ipython():
        if _gate not in shell.ast_transformers:
            shell.ast_transformers.append(_gate)
        _gate.closed = True
        note = _("The cells below show nothing; other parameters, run again from their cell, open them.")
        display({"text/plain": note}, raw=True, metadata=MARK)
    return sentence


def ends(output: Mapping) -> bool:
    """Whether an output of an executed notebook ends it."""
    return output.get("metadata", {}).get("wuhan") == MARK["wuhan"]
