"""The generated table of the README: made from notebooks, proved current, refused when it cannot be made."""

import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import wuhan
from wuhan.site import readme

ROOT = Path(__file__).parents[2]


@pytest.fixture
def notebook(tmp_path):
    sentence = new_output("display_data", {"text/markdown": "It is 5 | 6.", "text/plain": "It is"})
    figure = new_output(
        "display_data", {"image/png": "AAAA"}, metadata={"image/png": {"figure": "size", "alt": "It grew."}}
    )
    cells = [
        new_markdown_cell("# How large is it?\n\nWhy it matters."),
        new_code_cell('city = "wuhan"  # place\nfirst_year = 2000', metadata={"tags": ["parameters"]}),
        new_code_cell("say()", metadata={"tags": ["headline"]}, outputs=[sentence]),
        new_code_cell("chart", outputs=[figure]),
    ]
    path = tmp_path / "10_size.ipynb"
    nbformat.write(new_notebook(cells=cells), path)
    return path


def test_a_row_comes_from_the_executed_notebook(notebook):
    row = readme.describe(notebook)
    figures = {"10_size-size": "It grew."}
    assert row == readme.Row("notebooks/10_size.ipynb", "How large is it?", "It is 5 | 6.", figures)


TABLE = """\
| Question | Answer today |
|---|---|
| [How large is it?](notebooks/10_size.ipynb) | It is 5 \\| 6. |"""


def marked(kind: str, old: str = "") -> str:
    return f"<!-- {kind}, by `make notebooks` -->\n{old}<!-- end -->\n"


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("answer of 10_size", "It is 5 | 6."),
        ("answers of 10_size, 10_size", '- It is 5 | 6. <a href="notebooks/10_size.ipynb">How?</a>\n' * 2),
        ("figure of 10_size-size", "![It grew.](figures/10_size-size.png)"),
        ("questions", TABLE),
    ],
)
def test_each_part_is_made_from_the_notebooks_and_the_rest_stays(notebook, tmp_path, kind, shown):
    page = tmp_path / "README.md"
    page.write_text(f"before\n{marked(kind, 'old')}between\n{marked('answer of 10_size')}after\n", encoding="utf-8")
    assert readme.update(page, [notebook], check=True) is False
    assert "old" in page.read_text(encoding="utf-8")
    assert readme.update(page, [notebook]) is False
    again = marked("answer of 10_size", "It is 5 | 6.\n")
    written = page.read_text(encoding="utf-8")
    assert written == f"before\n{marked(kind, shown.rstrip() + chr(10))}between\n{again}after\n"
    assert readme.update(page, [notebook], check=True) is True


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nothing\n", "a mark around what `make notebooks` writes is missing"),
        ("<!-- questions, by `make notebooks` -->\n", "a mark around what `make notebooks` writes is missing"),
        (marked("answer of 99_none"), "there is no '99_none' to show"),
        (marked("figure of 10_size-none"), "there is no '10_size-none' to show"),
        (marked("poem of 10_size"), "there is no 'poem' to show"),
    ],
)
def test_a_readme_whose_marks_do_not_fit_is_refused_in_one_line(notebook, tmp_path, text, said):
    page = tmp_path / "README.md"
    page.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=f"^README.md: {re.escape(said)}") as fault:
        readme.update(page, [notebook])
    assert "\n" not in str(fault.value)
    assert page.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"cells": 1}', '{"cells": [1]}', '{"cells": [{}]}'])
def test_a_file_that_is_no_notebook_is_named(tmp_path, text):
    path = tmp_path / "10_size.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"^10_size\.ipynb: not a notebook that has run — restore it"):
        readme.describe(path)


def test_a_notebook_without_headline_is_refused(notebook):
    book = nbformat.read(notebook, 4)
    book.cells[2].outputs = []
    nbformat.write(book, notebook)
    with pytest.raises(ValueError, match="10_size.ipynb: no headline output"):
        readme.describe(notebook)


def test_the_readme_of_the_collection_is_current():
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert notebooks
    current = readme.update(ROOT / "README.md", notebooks, check=True)
    assert current, "the README is stale: run `make notebooks`"
    assert readme.update(ROOT / "data" / "README.md", notebooks, check=True), "run `make notebooks`"


def test_the_example_of_the_data_gives_one_vintage_of_whole_years(monkeypatch):
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    monkeypatch.chdir(ROOT / "notebooks")
    names = {}
    exec(example, names)  # noqa: S102 - what a reader does
    size = names["size"]
    loaded = wuhan.load("gdp_nominal", vintage="first_release").pivot(index="period", columns="place", values="value")
    assert size.shape == loaded.shape and (size.fillna(0) == loaded.fillna(0)).all(axis=None)


def test_every_figure_and_link_of_the_readme_exists():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r'\]\(([^)#]+)\)|(?:src|href)="([^"]+)"', text)
    local = {a or b for a, b in links if not (a or b).startswith(("http", "#"))}
    assert local
    assert [link for link in sorted(local) if not (ROOT / link).exists()] == []


def test_the_readme_shows_few_things_first():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    first = text.split("## Every question")[0]
    assert len(re.findall(r"!\[", text)) == 1 and "<img" not in text, "one figure, no thumbnails"
    assert max(map(len, re.findall(r"!\[([^\]]*)\]", text))) <= 120, "an alternative text is a short statement"
    assert first.index("make report") < first.index("make test") < first.index("## What was found")
    assert len(re.findall(r"^- .*How\?", first, re.MULTILINE)) == 5
