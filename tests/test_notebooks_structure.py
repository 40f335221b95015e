"""Every committed notebook has one form, was run from top to bottom, and comes out the same again."""

import ast
import io
import json
import platform
import re
import subprocess
import sys
from urllib.parse import unquote

import numpy as np
import pytest
from PIL import Image

from wuhan.evidence import files
from wuhan.execution import parameters, results
from wuhan.execution.project import ROOT, Project
from wuhan.site import rows
from wuhan.text import notebooks, tables

PROJECT = Project()
PATHS = notebooks.own(PROJECT.notebooks)
THEMES = {"00_what_we_know", "10_gdp_and_growth", "20_project_pipeline", "30_ai_ecosystem"}
FIXED_HEADINGS = {"What this does not show", "Sources", "Next"}  # the others are questions
IMPORTED = {"wuhan", "pandas", "numpy", "IPython", "matplotlib", "seaborn"}  # no network, no system
CELLS, LINES, IMPORTS = 25, 15, 7  # an import names one room
NOTEBOOK_BYTES, TEXT_BYTES, FIGURE_BYTES = 450_000, 300_000, 120_000  # the ledger of all claims is one table
TOP = {
    "README.md", "LICENSE", "CHANGELOG.md", "CITATION.cff", "Makefile", "environment.yml", "pyproject.toml",
    "requirements.lock", ".gitignore", ".ci", ".github", ".jupyter", "data", "notebooks", "figures", "wuhan",
    "tests", "benchmarks",
}  # fmt: skip
# Where bytes of pictures must agree; elsewhere the same fonts are drawn with other roundings.
PINNED = (sys.platform, platform.machine()) == ("linux", "x86_64") and sys.version_info[:2] <= (3, 13)
PIXEL_TOLERANCE = 2.0  # mean difference of a channel, of 255

each = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def prose(path):
    return [results.text(cell["source"]) for cell in load(path)["cells"] if cell["cell_type"] == "markdown"]


def sources(path):
    return [results.text(cell["source"]) for cell in results.code_cells(load(path))]


def test_the_themes_are_there():
    assert {path.stem for path in PATHS} >= THEMES
    assert [path for path in files.content(PROJECT.notebooks) if path.name != "scratch"] == PATHS


def test_scratch_work_is_no_part_of_the_collection(tmp_path):
    (tmp_path / "scratch").mkdir()
    (tmp_path / "scratch" / "60_own.ipynb").write_text("not a notebook")
    assert notebooks.own(tmp_path) == notebooks.others(tmp_path) == []
    own = "notebooks/scratch/60_own.ipynb"
    ignored = subprocess.run(["git", "check-ignore", own], cwd=ROOT, capture_output=True, check=False)
    assert ignored.returncode in (0, 128)  # 128: not a git checkout


@each
def test_name_size_and_number_of_cells(path):
    assert notebooks.NAME.fullmatch(path.stem)
    assert path.stat().st_size < NOTEBOOK_BYTES
    assert len(json.dumps(without_pictures(load(path)))) < TEXT_BYTES
    cells = load(path)["cells"]
    assert len(cells) <= CELLS
    assert all(results.text(cell["source"]).strip() for cell in cells), "an empty cell"
    written = sum(cell["cell_type"] == "markdown" for cell in cells)
    assert 0.3 <= written / len(cells) <= 0.6
    assert not any(cell.get("attachments") for cell in cells)


@each
def test_order_title_and_ending(path):
    notebook = load(path)
    cells = notebook["cells"]
    assert [cell["cell_type"] for cell in (*cells[:2], cells[-1])] == ["markdown", "code", "markdown"]
    headings = re.findall(r"^(#+) (.+)$", "\n".join(prose(path)), re.MULTILINE)
    assert [level for level, _ in headings].count("#") == 1
    assert headings[0][0] == "#"
    for _, heading in headings:
        assert heading.endswith("?") or heading in FIXED_HEADINGS, heading
    assert {"What this does not show", "Next"} <= {heading for _, heading in headings}
    for tag in ("parameters", "headline"):
        assert len(results.tagged(notebook, tag)) == 1, tag
    assert "parameters" in cells[1]["metadata"]["tags"]
    assert len(results.tagged(notebook, "cover")) <= 1
    known = {"parameters", "headline", "figure", "cover"}
    assert {tag for cell in cells for tag in cell["metadata"].get("tags", [])} <= known


@each
def test_parameters_are_documented_and_take_their_own_defaults(path):
    signature = parameters.declared(path)
    assert 2 <= len(signature) <= 6
    assert "language" in signature
    for parameter in signature.values():
        assert parameter.comment, f"{parameter.name} has no comment"
        default = parameter.default
        words = ",".join(default) if isinstance(default, list) else str(default)
        words = words.lower() if isinstance(default, bool) else words
        assert parameters.convert(PROJECT, parameter, words) == default


@each
def test_code_calls_the_package_and_defines_nothing(path):
    imports = 0
    for source in sources(path):
        assert len([line for line in source.split("\n") if not line.startswith("from wuhan")]) <= LINES, source
        assert not re.search(r"^\s*[%!]|\?$", source, re.MULTILINE), source
        for node in ast.walk(ast.parse(source)):
            assert not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda), source
            if isinstance(node, ast.Import | ast.ImportFrom):
                modules = [node.module] if isinstance(node, ast.ImportFrom) else [name.name for name in node.names]
                assert {module.split(".")[0] for module in modules} <= IMPORTED, source
                imports += 1
            if isinstance(node, ast.Name):
                assert node.id not in ("print", "open", "exec", "eval", "display", "df", "warnings"), source
    assert imports <= IMPORTS
    lengths = sorted(source.count("\n") + 1 for source in sources(path))
    assert lengths[len(lengths) // 2] <= 8, "half of the code cells are longer than eight lines"


@each
def test_no_number_is_typed_in_prose(path):
    for text in prose(path):
        plain = re.sub(r"`[^`]*`|\]\([^)]*\)|<[^>]*>|COVID-19", "", text)
        plain = re.sub(r"\b(19|20)\d\d\b", "", plain)  # a year is a name here, not a measurement
        assert not re.search(r"\d", plain), text


@each
def test_links_lead_somewhere(path):
    for text in prose(path):
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if not target.startswith("https://"):
                assert (path.parent / unquote(target.partition("#")[0])).exists(), target


@each
def test_it_was_run_whole_and_holds_nothing_of_the_run(path):
    notebook = load(path)
    assert results.judge(notebook) == []
    assert not results.tagged(notebook, "injected-parameters")
    assert path.read_bytes() == results.serialise(results.scrub(notebook)), "run `make notebooks`"
    streams = [out["output_type"] for cell in results.code_cells(notebook) for out in cell["outputs"]]
    assert "stream" not in streams, "something was printed"
    assert str(ROOT) not in path.read_text(encoding="utf-8")
    (headline,) = results.tagged(notebook, "headline")
    said = results.text(headline["outputs"][0]["data"]["text/markdown"])
    assert len(said.split()) <= 40


def test_figures_are_those_that_the_notebooks_show():
    shown = {}
    for path in PATHS:
        for slug, png in results.figures(load(path)):
            shown[f"{path.stem}-{slug}.png"] = png
    assert len(shown) > len(PATHS)
    found = {path.name: path.read_bytes() for path in files.content(PROJECT.figures)}
    assert sorted(found) == sorted(shown)
    assert [name for name in shown if shown[name] != found[name]] == []
    assert [name for name, png in found.items() if len(png) >= FIGURE_BYTES] == []


@pytest.fixture
def again(executed):
    """The notebooks run once more with their own parameters, into build/; what is current there is taken."""
    return executed["en"]


def without_pictures(notebook):
    for cell in results.code_cells(notebook):
        for output in cell["outputs"]:
            output.get("data", {}).pop("image/png", None)
    return notebook


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=float)


@each
def test_running_again_changes_nothing(path, again):
    new = load(again[path.stem])
    if PINNED:
        assert again[path.stem].read_bytes() == path.read_bytes(), "run `make notebooks`"
        return
    old = load(path)
    for (slug, before), (other, after) in zip(results.figures(old), results.figures(new), strict=True):
        assert slug == other
        assert pixels(before).shape == pixels(after).shape, slug
        assert np.abs(pixels(before) - pixels(after)).mean() < PIXEL_TOLERANCE, slug
    assert without_pictures(new) == without_pictures(old)


def test_every_figure_behind_a_result_leads_to_its_row(again):
    records = [record for path in PATHS for cell in results.code_cells(load(again[path.stem]))
               for output in cell["outputs"] for record in output.get("data", {}).get(tables.FACTS, [])]  # fmt: skip
    behind = [leaf for record in records for leaf in record.get("behind", [])]
    assert len(behind) > 100 and [leaf for leaf in behind if not rows.row_of(leaf)] == []


def test_the_tolerance_for_pictures_sees_a_change():
    (_, png), *_ = results.figures(load(PATHS[-1]))
    moved = np.roll(pixels(png), 5, axis=0)
    assert np.abs(pixels(png) - moved).mean() > PIXEL_TOLERANCE


def test_only_what_belongs_is_tracked():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    assert {name.split("/")[0] for name in listed.stdout.splitlines()} <= TOP
