"""The package is a house: rooms that import only from rooms below, a study for one notebook alone, no circle."""

import ast
import graphlib
import json
from collections import Counter
from pathlib import Path

import pytest

from wuhan.execution.project import ROOT
from wuhan.text import notebooks

# Each room with the rooms that it may import from. Data and methods know of no words, figures know of no study.
ROOMS = {
    "evidence": set(),
    "analysis": {"evidence"},
    "reading": {"evidence"},
    "text": {"evidence"},
    "charts": {"evidence", "text"},
    "studies": {"evidence", "analysis", "reading", "text", "charts"},
    "site": {"evidence", "analysis", "text"},
    "execution": {"evidence", "text", "site"},
}
LARGEST = 0.3  # of all lines
# What reads: a method takes frames and facts.
READERS = {
    "csv",
    "io",
    "json",
    "os",
    "pathlib",
    "wuhan.evidence.csvreader",
    "wuhan.evidence.files",
    "wuhan.evidence.package",
}
READING = {"open", "read", "read_csv", "read_text", "read_bytes", "rows"}


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


FILES = {module(path): path for path in sorted((ROOT / "wuhan").rglob("*.py"))}
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in FILES.items()}
STUDIES = {path.stem.partition("_")[2]: path for path in notebooks.own(ROOT / "notebooks")}


def imported(tree: ast.AST, package: str = "") -> set[str]:
    """What all imports below ``tree`` name, those inside functions too: a module itself, not the package around it."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            named = {f"{base}.{alias.name}" for alias in node.names}
            found |= named & FILES.keys() or {base}
            found |= {base} if named - FILES.keys() else set()
    return found


def around(name: str) -> str:
    return name if FILES[name].name == "__init__.py" else name.rpartition(".")[0]


def room(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


GRAPH = {name: imported(tree, around(name)) & FILES.keys() for name, tree in TREES.items()}


def test_every_import_counts():
    text = "import wuhan.evidence.facts\ndef f():\n    from . import store\n    from ..text import words as w\n"
    assert imported(ast.parse(text), "wuhan.execution") == {
        "wuhan.evidence.facts",
        "wuhan.execution.store",
        "wuhan.text.words",
    }
    assert imported(ast.parse("from wuhan.charts import style, line")) == {"wuhan.charts.style", "wuhan.charts"}
    assert sum(map(len, GRAPH.values())) > len(GRAPH)


def test_no_module_knows_one_that_knows_it():
    assert len([*graphlib.TopologicalSorter(GRAPH).static_order()]) == len(FILES)


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_imports_only_from_rooms_below(name):
    found = [(one, other) for one in GRAPH if room(one) == name for other in GRAPH[one] - {"wuhan"}]
    assert [pair for pair in found if room(pair[1]) not in ROOMS[name] | {name}] == []
    assert list(ROOMS).index(name) >= len(ROOMS[name])  # what it may know stands above it in the list


def test_every_module_is_in_a_room_and_no_room_is_too_large():
    lines = Counter()
    for name, path in FILES.items():
        lines[room(name)] += len(path.read_text("utf-8").splitlines())
    assert set(lines) - {"", "__main__"} == set(ROOMS)
    assert {name: count for name, count in lines.items() if count > LARGEST * lines.total()} == {}


def test_a_study_serves_one_notebook_and_knows_no_other_study():
    inside = [name.split(".") for name in FILES if name.startswith("wuhan.studies.")]
    assert {parts[2] for parts in inside} <= set(STUDIES)
    for one, others in GRAPH.items():
        for other in others:
            if other.startswith("wuhan.studies."):
                assert one.split(".")[1:3] == other.split(".")[1:3], f"{one} imports {other}"


@pytest.mark.parametrize("name", STUDIES)
def test_a_notebook_takes_from_its_own_study_alone(name):
    cells = notebooks.code_cells(json.loads(STUDIES[name].read_text("utf-8")))
    named = set().union(*(imported(ast.parse(notebooks.text(cell["source"]))) for cell in cells))
    studies = [each for each in named if room(each) == "studies"]
    assert all(each.split(".")[2] == name for each in studies), studies
    assert not {room(each) for each in named} & {"site", "execution"}


@pytest.mark.parametrize(
    "name",
    [each for each in FILES if room(each) == "analysis" or each.endswith(".numbers") and room(each) == "studies"],
)
def test_a_method_opens_no_file_and_reads_no_table(name):
    assert not imported(TREES[name], around(name)) & READERS
    called = [node.func for node in ast.walk(TREES[name]) if isinstance(node, ast.Call)]
    assert not {getattr(each, "id", getattr(each, "attr", "")) for each in called} & READING
