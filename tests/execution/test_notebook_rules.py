"""The rules of notebooks: each breach is one line that names the notebook, the cell and what to write instead."""

import json
import shutil

import pytest

from wuhan.execution import cli, notebook_rules
from wuhan.execution.project import ROOT, Project

NAME = "12_city_ranking"


@pytest.fixture
def project(tmp_path):
    """A collection with one sound notebook and the data."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data").symlink_to(ROOT / "data")
    for path in (ROOT / "notebooks").glob("*.ipynb"):  # links between notebooks lead to files
        (tmp_path / "notebooks" / f"copy of {path.name}").touch()
    shutil.copy(ROOT / "notebooks" / f"{NAME}.ipynb", tmp_path / "notebooks")
    return Project(tmp_path)


def damaged(project, change):
    """What is said of the notebook after ``change`` of its cells; links to other notebooks are left out."""
    path = project.notebooks / f"{NAME}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook["cells"])
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    said = notebook_rules.faults(project)
    assert all(line.startswith(f"notebooks/{NAME}.ipynb: ") and " — " in line and "\n" not in line for line in said)
    return [line.partition(": ")[2] for line in said if "leads nowhere" not in line]


def code(cells, number=2):
    """The code cell that a reader sees as [number]."""
    return [cell for cell in cells if cell["cell_type"] == "code"][number - 1]


def text(cells, number):
    return [cell for cell in cells if cell["cell_type"] == "markdown"][number - 1]


def written(source, number=2, of=code):
    return lambda cells: of(cells, number).update(source=source)


def tags(*names, number=2):
    return lambda cells: code(cells, number)["metadata"].update(tags=list(names))


def renamed(old, new, number=1):
    def change(cells):
        cell = code(cells, number)
        cell["source"] = "".join(cell["source"]).replace(old, new)

    return change


def answering(said):
    def change(cells):
        (cell,) = [each for each in cells if "headline" in each["metadata"].get("tags", [])]
        for output in cell["outputs"]:
            output["data"]["text/markdown"] = said

    return change


BREACHES = {
    "a long cell": (written("n = 1\n" * 15 + "n"), "cell 2: 16 lines of code — "),
    "a function": (written("def f():\n    pass"), "cell 2: defines f — write the function in wuhan/"),
    "a lambda": (written("f = lambda: 1"), "cell 2: has a lambda — "),
    "a class": (written("class A:\n    pass"), "cell 2: defines A — "),
    "print": (written("print(1)"), "cell 2: uses print — "),
    "another package": (written("import requests"), "cell 2: imports requests — use wuhan, "),
    "a magic": (written("%matplotlib inline"), "cell 2: line 1 is no plain Python — "),
    "a question to IPython": (written("city?"), "cell 2: line 1 is no plain Python — "),
    "an empty cell": (written("", 2, text), "the cell at place "),
    "a heading that asks nothing": (written("## Growth", 2, text), 'the heading "Growth" — '),
    "a second title": (written("# Why?", 2, text), "2 titles — "),
    "a typed number": (written("It is 7.5 %.", 2, text), 'text "It is 7.5 %.": the number "7.5" is typed — '),
    "no ending": (lambda cells: cells.pop(), 'no part "## Next" — '),
    "an unknown tag": (tags("figur"), 'the tag "figur" means nothing here — write one of parameters, '),
    "two headlines": (tags("headline", number=5), "2 cells are tagged headline — tag one"),
    "no parameters": (tags(number=1), "0 cells are tagged parameters — tag one"),
    "parameters elsewhere": (lambda cells: cells.insert(1, cells.pop(2)), "the parameters are not in the second "),
    "a parameter without a comment": (renamed("  # a city of data/places.csv", ""), "the parameter city has no "),
    "a default that is unknown": (renamed('"wuhan"', '"wuhn"'), 'the parameter city: "wuhn" is not known — did you '),
    "no language": (renamed("language", "words"), "no parameter language — add: language: str"),
    "parameters that are computed": (written("city = 1 + 1", 1), "a cell of parameters holds lines like "),
    "too many cells": (lambda cells: cells.extend([cells[-1]] * 25), " cells — leave out or split the notebook; at "),
    "a picture in a text": (lambda cells: text(cells, 2).update(attachments={"a.png": {}}), "has a picture attached"),
    "too little text": (lambda cells: cells.extend([code(cells, 3)] * 9), " % of the cells are text — write what "),
    "an id twice": (lambda cells: text(cells, 2).update(id="cell-01"), "several cells have the id cell-01 — "),
    "not run": (lambda cells: code(cells, 3).update(execution_count=None), "was not run whole — run `python -m wuhan "),
    "run in another order": (lambda cells: code(cells, 3).update(execution_count=99), "cell 3: ran as number 99 — "),
    "run by another tool": (
        lambda cells: code(cells, 3)["metadata"].update(execution={}),
        "holds what differs from run to ",
    ),
    "something printed": (
        lambda cells: code(cells, 3)["outputs"].append({"output_type": "stream", "name": "stdout", "text": "a"}),
        "cell 3: printed something — ",
    ),
    "a long headline": (answering("word " * 19), "the headline has 19 words — "),
    "a headline of two sentences": (answering("One. Two.\n\nThree."), "the headline has 2 sentences — "),
    "a long standfirst": (answering("One.\n\n" + "word " * 41), "the standfirst has 41 words — "),
    "a standfirst of three sentences": (answering("One.\n\nA. B. C."), "the standfirst has 3 sentences — "),
}


def test_a_sound_notebook_breaks_no_rule(project):
    assert damaged(project, lambda cells: None) == []


@pytest.mark.parametrize("breach", BREACHES)
def test_each_breach_is_one_line_with_what_to_write(project, breach):
    change, line = BREACHES[breach]
    assert [each for each in damaged(project, change) if line in each] != []


def test_a_link_that_leads_nowhere_is_named(project):
    written_text = written("[a](none.csv), [b](https://example.org), [c](../data/gdp.csv#a)", 2, text)
    path = project.notebooks / f"{NAME}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    written_text(notebook["cells"])
    path.write_text(json.dumps(notebook), encoding="utf-8")
    said = [line for line in notebook_rules.of(project, path) if "leads nowhere" in line]
    assert [line for line in said if "none.csv" in line] != []
    assert not any("gdp.csv" in line or "example.org" in line for line in said)


def test_half_of_the_cells_are_short_and_imports_are_few(project):
    def change(cells):
        for cell in cells:
            if cell["cell_type"] == "code" and not cell["metadata"].get("tags"):
                cell["source"] = "import pandas\n" * 10

    said = damaged(project, change)
    assert any(line.startswith("half of the code cells have more than 8 lines — ") for line in said)
    assert any(" import lines — " in line for line in said)


@pytest.mark.parametrize("raw", ["", "[]", '{"cells": [{"cell_type": "code", "source": "1", "metadata": {}}]}'])
def test_a_file_that_is_no_notebook_is_one_line(project, raw):
    path = project.notebooks / f"{NAME}.ipynb"
    path.write_text(raw)
    (line,) = notebook_rules.faults(project)
    assert line.startswith(f"notebooks/{NAME}.ipynb: not a notebook of format 4 — ")


def test_two_notebooks_of_one_number_are_told(project):
    shutil.copy(project.notebooks / f"{NAME}.ipynb", project.notebooks / "12_other.ipynb")
    said = [line for line in notebook_rules.faults(project) if "its number is also that of" in line]
    assert [line.partition(":")[0] for line in said] == [f"notebooks/{NAME}.ipynb", "notebooks/12_other.ipynb"]


def test_the_check_tells_breaches_and_whose_they_are(project, capsys):
    path = project.notebooks / f"{NAME}.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace('"headline"', '"headlin"'), encoding="utf-8")
    assert cli.main(["check"], root=project.root) == 4
    said = capsys.readouterr()
    assert "0 cells are tagged headline — tag one" in said.err
    assert cli.main(["check", str(project.data)], root=project.root) == 0  # another copy of the tables has no notebooks
