"""Units and colours are written once: what repeats them is told when it differs, and written by one command."""

import ast
import json
import re
import shutil

import pytest

from wuhan.evidence import units
from wuhan.execution import cli, registry
from wuhan.execution.project import ROOT, Project
from wuhan.text import palette


@pytest.fixture
def project(tmp_path):
    """A copy of the data and the style sheet."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / registry.STYLE).parent.mkdir(parents=True)
    shutil.copy(ROOT / registry.STYLE, tmp_path / registry.STYLE)
    return Project(tmp_path)


def enums(project):
    resources = json.loads((project.data / "datapackage.json").read_text("utf-8"))["resources"]
    fields = [field for each in resources for field in each["schema"]["fields"] if field["name"] == "unit"]
    return [field["constraints"]["enum"] for field in fields]


def test_what_is_committed_is_current():
    assert registry.faults(Project()) == []
    assert len(registry.written(Project())) == 3


def test_a_new_unit_is_one_line_and_one_command(project, monkeypatch, capsys):
    unit = units.Unit("cny_per_m2", "money per area", 1, "yuan per m²", "元/平方米", words="元/平方米")
    monkeypatch.setitem(units.UNITS, unit.code, unit)
    (fault,) = registry.faults(project)
    assert fault.file == "data/datapackage.json" and "python -m wuhan registry" in fault.instead
    assert cli.main(["check"], root=project.root) == 4
    assert cli.main(["registry"], root=project.root) == 0
    assert all(enum[-1] == "cny_per_m2" for enum in enums(project)) and len(enums(project)) == 4
    assert registry.faults(project) == []
    capsys.readouterr()
    with open(project.data / "indicators.csv", "a", encoding="utf-8") as table:
        table.write("house_price,gdp,,House price,房价,cny_per_m2,current,flow,Mean price of new homes.\n")
    assert cli.main(["check", str(project.data)], root=project.root) == 0


def test_a_unit_that_is_not_there_is_told_with_the_way_to_add_it(project, capsys):
    with open(project.data / "indicators.csv", "a", encoding="utf-8") as table:
        table.write("house_price,gdp,,House price,房价,cny_per_m2,current,flow,Mean price of new homes.\n")
    assert cli.main(["check"], root=project.root) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert "wuhan/evidence/units.py" in line and "python -m wuhan registry" in line


def test_a_change_of_palette_is_one_file_and_one_command(project, monkeypatch):
    monkeypatch.setattr(palette, "PLACES", palette.PLACES | {"wuhan": "#102030", "wuxi": "#405060"})
    monkeypatch.setattr(palette, "DARK", palette.DARK | {"link": "#99bbcc"})
    told = registry.faults(project)
    assert [fault.file for fault in told] == ["data/places.csv"] * 2 + [registry.STYLE.as_posix()]
    assert all("python -m wuhan registry" in fault.instead for fault in told)
    assert cli.main(["registry"], root=project.root) == 0
    assert registry.faults(project) == []
    rows = (project.data / "places.csv").read_text("utf-8").splitlines()
    assert [row.rpartition(",")[2] for row in rows if row.startswith(("wuhan,", "wuxi,"))] == ["#405060", "#102030"]
    assert "--link: #99bbcc;" in (project.root / registry.STYLE).read_text("utf-8")


def test_a_colour_that_was_written_into_the_table_is_told_where_it_belongs(project):
    path = project.data / "places.csv"
    text = path.read_text("utf-8")
    path.write_text(re.sub("(?m)^(wuxi,.*),$", r"\1,#405060", text), "utf-8")
    (fault,) = registry.faults(project)
    assert fault.found == "'#405060'" and "palette.py" in fault.instead
    assert text.splitlines()[fault.line - 1].startswith("wuxi,")


def test_files_that_cannot_be_read_are_left_to_the_check_of_the_tables(project):
    (project.data / "datapackage.json").write_text("{")
    (project.data / "places.csv").unlink()
    assert registry.faults(project) == []


def test_no_colour_is_written_anywhere_else():
    found = {
        path.name
        for path in (ROOT / "wuhan").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and re.fullmatch("#[0-9A-Fa-f]{6}", str(node.value))
    }
    assert found == {"palette.py"}


def test_places_differ_in_colour():
    assert len(set(palette.PLACES.values())) == len(palette.PLACES)
