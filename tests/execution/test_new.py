"""A new notebook is sound at once; a name that cannot be is refused in one line, and nothing is written."""

import pytest
import tiny_project as tiny

from wuhan.execution import cli, collection, new, notebook_rules, parameters
from wuhan.execution.project import ROOT, Project, RequestError
from wuhan.text import messages


@pytest.fixture
def project(tmp_path):
    """A collection that has the data and no notebooks but those which the new one leads to."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data").symlink_to(ROOT / "data")
    return Project(tmp_path)


def test_a_new_notebook_keeps_every_rule_and_tells_its_topic(project):
    path = new.new(project, "60_house_prices")
    assert path == project.notebooks / "60_house_prices.ipynb"
    said = [line for line in notebook_rules.of(project, path) if "leads nowhere" not in line]
    assert len(said) == 1 and "was not run whole" in said[0]
    cells = list(messages.in_notebook(path))
    assert "house prices" in cells[0] and not any(new.TOPIC in each for each in cells)
    leading = [line for line in notebook_rules.of(Project(), path) if "leads nowhere" in line]
    assert all((ROOT / "notebooks" / line.split("the link ")[1].split()[0]).exists() for line in leading)


def test_it_runs_and_can_be_rendered_for_any_city(project):
    path = new.new(project, "60_house_prices")
    assert collection.in_place(project, ["60"]) == 0
    assert [line for line in notebook_rules.faults(project) if "leads nowhere" not in line] == []
    assert [each.name for each in project.figures.iterdir()] == ["60_house_prices-over-time.png"]
    asked = parameters.assign(project, [path], [("city", "lhasa"), ("first_year", "2020"), ("language", "zh")])
    assert asked[0][1] == {"city": "lhasa", "first_year": 2020, "language": "zh"}


@pytest.mark.parametrize("name", ["", "house prices", "60", "60_House", "house_prices", "../60_x", "60_x.ipynb", "6_x"])
def test_a_bad_name_is_one_line_and_nothing_is_written(made, capsys, name):
    assert cli.main(["new", "--", name], root=made.root) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1 and "NOTEBOOK=60_house_prices" in said.err and not said.out
    assert list(made.notebooks.iterdir()) == []


def test_a_notebook_that_is_there_stays(made):
    path = tiny.sound(made, "60_house_prices")
    old = path.read_bytes()
    with pytest.raises(RequestError, match="is there already"):
        new.new(made, "60_house_prices")
    assert path.read_bytes() == old


def test_a_number_in_use_is_refused_and_the_next_free_one_named(made):
    for name in ("60_a", "61_b"):
        tiny.sound(made, name)
    with pytest.raises(RequestError, match="^60 is the number of 60_a — write 62_house_prices$"):
        new.new(made, "60_house_prices")
    for number in range(62, 100):
        tiny.sound(made, f"{number}_c")
    with pytest.raises(RequestError, match="write 00_house_prices"):
        new.new(made, "99_house_prices")
    assert len(list(made.notebooks.iterdir())) == 40


def test_what_a_new_notebook_says_is_translated():
    known = messages.read(messages.path_of("zh"))
    said = [message for message in messages.in_notebook(new.TEMPLATE) if new.TOPIC not in message]
    assert said and [message for message in said if not known.get(message)] == []
