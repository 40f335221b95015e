"""Whatever a sound notebook shows, there are pages, or one line that names the notebook and the cell."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from small_notebooks import PNG, report, write

from wuhan.site import book, library
from wuhan.site.book import ReportError
from wuhan.text.tables import FACTS

FRAME = '<div><table border="1" class="dataframe"><tbody><tr><td>7</td></tr></tbody></table></div>'
TEXT = st.text(max_size=30) | st.sampled_from(
    [
        "",
        "# Q?",
        "## Why?",
        "### Deep",
        "[x](20_no.ipynb)",
        "[x](https://example.org)",
        "<b>",
        "| a |\n|---|\n| 1 |",
        "$x_1$",
        "\x1b[31mred\x1b[0m",
        "![p](attachment:p.png)",
        "\ud800",
        "<table><tr><td>1",
        "```\ncode",
        "&lt;",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
RECORD = st.fixed_dictionaries(
    {},
    optional={
        "text": TEXT | JSON,
        "nth": st.integers(-1, 2) | JSON,
        "value": JSON,
        "low": JSON,
        "high": JSON,
        "unit": st.sampled_from(["100m_cny", "none"]) | JSON,
        "status": st.just("actual") | JSON,
        "sources": st.lists(st.sampled_from(["xinhua_2021q1", "none"]), max_size=2) | JSON,
        "counted": JSON,
        "row": st.integers(-1, 2),
        "column": JSON,
        "formula": TEXT,
        "behind": JSON,
        "printed": JSON,
    },
)
ABOUT = st.fixed_dictionaries(
    {},
    optional={
        "alt": TEXT | JSON,
        "figure": st.sampled_from(["gdp", "a b"]) | JSON,
        "width": st.integers(0, 900) | JSON,
        "height": JSON,
    },
)
DATA = st.fixed_dictionaries(
    {},
    optional={
        "image/png": st.sampled_from([PNG, "", "A", "no picture"]),
        "text/html": TEXT | st.sampled_from([FRAME, "<table></table>", "<script>1</script>"]),
        "text/markdown": TEXT,
        "text/plain": TEXT,
        "text/latex": TEXT,
        "image/svg+xml": st.just("<svg/>"),
        "application/json": JSON,
        "application/vnd.jupyter.widget-view+json": st.just({"model_id": "x", "version_major": 2, "version_minor": 0}),
        FACTS: st.lists(RECORD | JSON, max_size=2) | JSON,
    },
)
OUTPUT = st.one_of(
    st.builds(lambda text: new_output("stream", name="stdout", text=text), TEXT),
    st.builds(lambda data, about: new_output("display_data", data, metadata={"image/png": about}), DATA, ABOUT | JSON),
    st.builds(lambda data: new_output("execute_result", data, execution_count=1), DATA),
    st.builds(lambda name, value: new_output("error", ename=name, evalue=value, traceback=[]), TEXT, TEXT),
)
TAGS = st.lists(st.sampled_from(["parameters", "headline", "figure", "cover", "other"]), max_size=2, unique=True)
CELL = st.one_of(
    st.builds(new_markdown_cell, TEXT),
    st.builds(new_raw_cell, TEXT),
    st.builds(
        lambda source, outputs, tags: new_code_cell(source, outputs=outputs, metadata={"tags": tags} if tags else {}),
        st.sampled_from(["", " ", "1 + 1"]) | TEXT,
        st.lists(OUTPUT, max_size=3),
        TAGS,
    ),
)


def stated(parts: dict) -> object:
    """A headline cell with one number, recorded as `say` does it, with the ``parts`` that it may have or lack."""
    fact = {"text": "5", "nth": 0, "value": 5.0, "low": 5.0, "high": 5.0, "unit": "count", "status": "actual"} | parts
    output = new_output("display_data", {"text/markdown": "It is 5.", FACTS: [fact]})
    return new_code_cell("say()", outputs=[output], metadata={"tags": ["headline"]})


STATED = st.builds(
    stated,
    st.fixed_dictionaries(
        {},
        optional={
            "sources": st.sampled_from([[], ["xinhua_2021q1"], ["gone"]]),
            "low": st.none(),
            "high": st.none(),
            "period": st.sampled_from(["2021", "2021-03/2022", "soon"]),
            "formula": st.just("a / b"),
            "indicator": st.sampled_from(["gdp_nominal", "gone"]),
            "place": st.sampled_from(["wuhan", "gone"]),
            "printed": st.sampled_from([["policies", "gone"], ["claims", "p000_publish_date"], ["x", "y"]]),
            "behind": st.just([{"text": "7", "value": 7.0}]),
        },
    ),
)
SOUND = st.builds(lambda cells: [new_markdown_cell("# How large is it?"), *cells], st.lists(CELL, max_size=4))


def saved(folder: Path, cells: list, name: str = "10_gdp.ipynb") -> Path:
    """The cells as a file of valid nbformat, as any tool may write it."""
    made = new_notebook(cells=cells)
    nbformat.validate(made)
    path = folder / name
    path.write_text(json.dumps(made), encoding="utf-8")
    return path


def assert_pages_or_one_line(show, path: Path) -> None:
    try:
        show(path)
    except ReportError as error:
        line = str(error)
        assert re.match(r"10_gdp\.ipynb: \S", line), line
        assert len(line.splitlines()) == 1 and len(line) < 500, line


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("any")


@settings(max_examples=150)
@example(cells=[new_markdown_cell("# How large is it?\n\n![a picture that is not there](attachment:p.png)")])
@given(cells=SOUND | st.lists(CELL | STATED, max_size=3))
def test_any_sound_notebook_is_read_or_refused_in_one_line(folder, cells):
    assert_pages_or_one_line(book.read, saved(folder, cells))


@settings(max_examples=12)
@given(cells=st.builds(lambda cells: [new_markdown_cell("# How large?"), *cells], st.lists(STATED | CELL, max_size=3)))
def test_any_sound_notebook_becomes_pages_or_one_line(folder, cells):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library.release, "read", lambda: None)  # the comparison of releases takes half of the time
        assert_pages_or_one_line(lambda path: report([path], folder / "out"), saved(folder, cells))


@pytest.mark.parametrize("lacking", [{"sources": ["xinhua_2021q1"]}, {"period": "2021"}])
def test_an_answer_that_rests_on_a_row_without_date_or_source_is_no_latest_fact(tmp_path, lacking):
    cell = stated({"printed": ["claims", "p000_publish_date"]} | lacking)
    front = report([write(tmp_path, "10_gdp", cell)], tmp_path / "out")
    assert 'id="latest"' not in front.read_text("utf-8")


@pytest.mark.parametrize(
    "before",
    [
        new_output("stream", name="stdout", text="a print\n"),
        new_output("display_data", {"text/markdown": "A sentence.", "text/plain": "A sentence."}),
        new_output("display_data", {"image/png": PNG}, metadata={"image/png": {"figure": "gdp", "alt": "It grew."}}),
        new_output("display_data", {"text/html": "<table><tr><td>1</td></tr></table>"}),
    ],
)
def test_rows_of_a_frame_stay_with_their_code_whatever_was_shown_before(tmp_path, before):
    frame = new_output("execute_result", {"text/html": FRAME, "text/plain": "7"}, execution_count=1)
    read = book.read(write(tmp_path, "10_gdp", new_code_cell("rows", outputs=[before, frame])))
    (code,) = [block for block in read.blocks if block.kind == "code"]
    assert "<td>7</td>" in code.cells[0].html
    assert len(read.blocks) == 3, "title, code, what was shown before"


@pytest.mark.parametrize("kept", [0, 1, 40, 0.5, 0.99])
def test_a_cut_notebook_is_one_line(tmp_path, kept):
    path = write(tmp_path, "10_gdp", "Text.")
    whole = path.read_bytes()
    path.write_bytes(whole[: kept if isinstance(kept, int) else int(len(whole) * kept)])
    with pytest.raises(ReportError, match=r"^10_gdp\.ipynb: not a whole notebook — run it again$"):
        book.read(path)


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "null",
        "{}",
        '{"cells": 1, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
        '{"nbformat": 99, "cells": []}',
        '{"nbformat": "x"}',
        "\udcff",
    ],
)
def test_a_file_that_is_no_notebook_is_one_line(tmp_path, text):
    path = tmp_path / "10_gdp.ipynb"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ReportError, match=r"^10_gdp\.ipynb: not a whole notebook — run it again$"):
        book.read(path)
