"""Drawings of figures for pages: made in the runs that pages are made of, and left out of committed notebooks."""

import json

import tiny_project as tiny

from wuhan.execution import collection, kernels, results
from wuhan.execution.inputs import Inputs
from wuhan.execution.runner import Job, Result
from wuhan.text.notebooks import FIGURE

# A cell that shows what a figure does: its drawing where one is asked for.
SHOWN = f"""
import os
class Shown:
    def _repr_mimebundle_(self, include=None, exclude=None):
        drawn = {{{FIGURE!r}: {{"full": "lines"}}}} if os.environ["WUHAN_DRAWINGS"] else {{}}
        return {{"text/plain": "a figure"}} | drawn
Shown()
"""


def kinds(notebook):
    return {
        kind for cell in results.code_cells(notebook) for output in cell["outputs"] for kind in output.get("data", {})
    }


def test_what_is_committed_has_no_drawing_and_what_is_kept_for_pages_has(made):
    path = tiny.write(made, "10_good", tiny.prose("# Q?"), tiny.code(tiny.PARAMETERS, "parameters"), tiny.code(SHOWN))
    assert collection.in_place(made) == 0
    assert kinds(results.load(path)) == {"text/plain"}
    store, inputs = collection.store_of(made, drawings=True), Inputs.take(made)
    assert store.current(Job(path), inputs)
    assert kinds(results.load(store.notebook(Job(path), inputs))) == {"text/plain", FIGURE}


def test_a_run_without_drawings_serves_no_page(made):
    path = tiny.sound(made)
    job, inputs = Job(path), Inputs.take(made)
    plain, drawn = (collection.store_of(made, drawings) for drawings in (False, True))
    result = Result(job, 1.0, results.load(path))
    plain.keep(result, inputs, inputs.key(job))
    assert (plain.current(job, inputs), drawn.current(job, inputs)) == (True, False)
    drawn.keep(result, inputs, inputs.key(job))
    assert (plain.current(job, inputs), drawn.current(job, inputs)) == (True, True)


def test_only_the_command_says_whether_figures_are_drawn_for_pages(tmp_path, monkeypatch):
    monkeypatch.setenv("WUHAN_DRAWINGS", "1")
    assert kernels.environment(tmp_path)["WUHAN_DRAWINGS"] == ""
    assert kernels.environment(tmp_path, drawings=True)["WUHAN_DRAWINGS"] == "1"


def test_without_drawings_all_else_stays(made):
    notebook = {
        "cells": [
            tiny.code("1") | {"outputs": [{"data": {FIGURE: {}, "text/plain": "1"}, "metadata": {}}]},
            tiny.prose("a"),
        ]
    }
    before = json.dumps(notebook)
    bare = results.without_drawings(notebook)
    assert bare["cells"][0]["outputs"] == [{"data": {"text/plain": "1"}, "metadata": {}}]
    assert bare["cells"][1] == tiny.prose("a") and json.dumps(notebook) == before
