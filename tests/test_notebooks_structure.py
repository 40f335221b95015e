"""Every committed notebook keeps the rules, was run from top to bottom, and comes out the same again."""

import io
import json
import platform
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from wuhan.evidence import files
from wuhan.execution import notebook_rules, results
from wuhan.execution.project import ROOT, Project
from wuhan.site import rows
from wuhan.text import notebooks, tables

PROJECT = Project()
PATHS = notebooks.own(PROJECT.notebooks)
THEMES = {"00_what_we_know", "10_gdp_and_growth", "20_project_pipeline", "30_ai_ecosystem"}
FIGURE_BYTES = 120_000
TOP = {
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "CITATION.cff",
    "Makefile",
    "environment.yml",
    "pyproject.toml",
    "requirements.lock",
    ".gitignore",
    ".ci",
    ".github",
    ".jupyter",
    "data",
    "notebooks",
    "figures",
    "wuhan",
    "tests",
    "benchmarks",
    "CONTRIBUTING.md",
    ".pre-commit-config.yaml",
    ".git-blame-ignore-revs",
    ".gitattributes",
}
# Where bytes of pictures must agree; elsewhere the same fonts are drawn with other roundings.
PINNED = (sys.platform, platform.machine()) == ("linux", "x86_64") and sys.version_info[:2] <= (3, 13)
PIXEL_TOLERANCE = 2.0  # mean difference of a channel, of 255

each = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


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
def test_it_keeps_the_rules_and_was_run_whole(path):
    assert notebook_rules.of(PROJECT, path) == []


def test_headlines_are_short_on_average():
    words = [len(notebooks.headline(load(path)).partition("\n\n")[0].split()) for path in PATHS]
    assert sum(words) / len(words) <= 14


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
    notebook = results.without_drawings(notebook)
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
        made = results.serialise(results.without_drawings(new))
        assert made == path.read_bytes(), "run `make notebooks`"
        return
    old = load(path)
    for (slug, before), (other, after) in zip(results.figures(old), results.figures(new), strict=True):
        assert slug == other
        assert pixels(before).shape == pixels(after).shape, slug
        assert np.abs(pixels(before) - pixels(after)).mean() < PIXEL_TOLERANCE, slug
    assert without_pictures(new) == without_pictures(old)


def test_every_figure_behind_a_result_leads_to_its_row(again):
    records = [
        record
        for path in PATHS
        for cell in results.code_cells(load(again[path.stem]))
        for output in cell["outputs"]
        for record in output.get("data", {}).get(tables.FACTS, [])
    ]
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
