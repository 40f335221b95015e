"""The generated table of the README: made from notebooks, proved current, refused when it cannot be made."""

import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from wuhan.presentation import readme

ROOT = Path(__file__).parents[1]


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
    assert row == readme.Row(
        "notebooks/10_size.ipynb",
        "How large is it?",
        "It is 5 | 6.",
        "figures/10_size-size.png",
        "It grew.",
        ["city", "first_year"],
    )
    assert "It is 5 \\| 6." in readme.table([row])


def test_the_figure_of_the_cell_tagged_cover_goes_before_the_first(notebook):
    cells = nbformat.read(notebook, as_version=4).cells
    about = {"figure": "path", "alt": 'It "grew" | more.'}
    output = new_output("display_data", {"image/png": "AAAA"}, metadata={"image/png": about})
    cells.append(new_code_cell("chart", metadata={"tags": ["figure", "cover"]}, outputs=[output]))
    nbformat.write(new_notebook(cells=cells), notebook)
    row = readme.describe(notebook)
    assert (row.figure, row.alt) == ("figures/10_size-path.png", 'It "grew" | more.')
    assert 'alt="It &quot;grew&quot; &#124; more."' in readme.table([row])


def test_update_replaces_only_what_stands_between_the_markers(notebook, tmp_path):
    page = tmp_path / "README.md"
    page.write_text(f"before\n{readme.START}\nold\n{readme.END}\nafter\n", encoding="utf-8")
    assert readme.update(page, [notebook], check=True) is False
    assert "old" in page.read_text(encoding="utf-8")
    assert readme.update(page, [notebook]) is False
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n") and text.endswith("after\n") and "How large is it?" in text
    assert readme.update(page, [notebook], check=True) is True


def test_a_readme_without_markers_is_refused(notebook, tmp_path):
    page = tmp_path / "README.md"
    page.write_text("nothing\n", encoding="utf-8")
    with pytest.raises(ValueError, match="marks around the generated table"):
        readme.update(page, [notebook])


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
    assert current, "README table is stale: run `make notebooks`"


def test_every_figure_and_link_of_the_readme_exists():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r'\]\(([^)#]+)\)|(?:src|href)="([^"]+)"', text)
    local = {a or b for a, b in links if not (a or b).startswith(("http", "#"))}
    assert local
    assert [link for link in sorted(local) if not (ROOT / link).exists()] == []
