"""A notebook with nothing to show: one sentence, cells that do nothing, and a page that ends there."""

from __future__ import annotations

import pytest
import tiny_project as tiny
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from small_notebooks import code, markdown, picture, write

from wuhan.execution import results
from wuhan.site import book
from wuhan.text import ending, prose


@pytest.fixture
def shell():
    """A shell of its own that keeps what its cells set."""
    InteractiveShell.clear_instance()
    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()
    ending._gate.closed = False


CELLS = (
    "rows, seen = ROWS[city], []",
    "seen.append('head'); rows or end_with('none')",
    "seen.append('body')",
    "1 / rows",
)


def run(shell, *cells) -> list[dict]:
    """Run cells; every one must succeed. The outputs that they displayed."""
    with capture_output() as caught:
        for cell in cells:
            assert shell.run_cell(cell, store_history=True).success, cell
    return [{"data": each.data, "metadata": each.metadata} for each in caught.outputs]


def test_the_cells_after_the_end_run_without_doing_anything_until_the_parameters_change(shell):
    shell.user_ns |= {"ROWS": {"wuhan": 4, "chengdu": 0}, "end_with": ending.end_with}
    outputs = run(shell, 'city = "chengdu"', *CELLS)
    assert shell.user_ns["seen"] == ["head"]
    assert [ending.ends(output) for output in outputs].count(True) == 1
    assert shell.execution_count == 6
    assert not any(map(ending.ends, run(shell, 'city: str = "wuhan"  # another', *CELLS)))
    assert shell.user_ns["seen"] == ["head", "body"]
    assert any(map(ending.ends, run(shell, 'city = "chengdu"\nyears = [1, -2]', *CELLS, *CELLS[2:])))
    assert shell.user_ns["seen"] == ["head"]


@pytest.mark.parametrize("cell", ["", "city = other", "print('x')", "import os", "city = 'a'\nf(city)", "x = [f()]"])
def test_only_a_cell_of_literals_opens_the_notebook_again(shell, cell):
    shell.user_ns |= {"other": 1, "f": print}
    ending.end_with("none")
    run(shell, cell)
    assert ending._gate.closed


def test_outside_ipython_a_sentence_is_all():
    assert ending.end_with("none") == "none"


NOTE = {"output_type": "display_data", "data": {"text/plain": "end"}, "metadata": ending.MARK}


def executed(*cells) -> dict:
    numbered = [cell | {"execution_count": number, "id": f"c{number}"} for number, cell in enumerate(cells, 1)]
    return {"cells": numbered}


def test_what_the_cells_after_the_end_promised_is_not_asked_for():
    said = {"output_type": "execute_result", "data": {"text/markdown": "None."}, "metadata": {}}
    head = tiny.code("1", "headline") | {"outputs": [NOTE, said]}
    assert results.judge(executed(tiny.code("1"), head, tiny.code("2", "figure"))) == []
    early, ended = tiny.code("2", "figure"), head | {"outputs": [NOTE]}
    assert results.judge(executed(early, ended, early)) == [
        "cell 1: promised a figure and gave none, nor a sentence that says why",
        "cell 2: the headline cell must give one sentence, it gave 0",
    ]


def test_a_page_ends_with_the_sentence_and_keeps_where_to_go_next(tmp_path):
    end = {"data": {"text/plain": "end"}, "metadata": ending.MARK}
    read = book.read(
        write(
            tmp_path,
            "10_gdp",
            code("rows", markdown("What there is.")),
            code("say()", end, markdown("None."), tags=["headline"]),
            "## How large?\n\nText.",
            code("chart", picture("one")),
            "## Next\n\nGo on.",
        )
    )
    assert book.plain(read.headline) == "None."
    assert read.words == "How large is it? What there is. None. Next Go on."
    assert read.figures == {}
    assert [title for _anchor, title in read.contents] == ["Next"]
    assert not any(block.kind == "text" for block in read.blocks)


def test_notebooks_take_it_from_prose():
    assert prose.end_with is ending.end_with
