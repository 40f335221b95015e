"""Fixtures shared by the tests: a data package of a few rows, and a copy of the real one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import tiny_project
from hypothesis import settings
from tiny_package import FILES, descriptor

from wuhan.evidence import package
from wuhan.execution import collection
from wuhan.execution.project import Project, waiting

settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")

# Files that start kernels, servers or browsers, build pages or check all the data: more than half a minute each. They
# come first, so that at the end no process waits for one of them, and `-m "not slow"` leaves them out.
SLOW = (
    "test_claims_page",
    "test_cluster",
    "test_collection",
    "test_data_page",
    "test_explore_controls",
    "test_incremental",
    "test_library",
    "test_plausibility",
    "test_processors",
    "test_records",
    "test_runner",
    "test_search_index",
    "test_site",
    "test_source_pages",
    "test_stages",
    "test_sweep",
    "test_sweepcheck",
    "test_told",
    "test_trees",
    "test_warm",
    "test_why",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.stem in SLOW or item.path.parent.name == "browser":
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A sound data package of five small tables, to be damaged."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "datapackage.json").write_text(json.dumps(descriptor(), indent=1, ensure_ascii=False), "utf-8")
    for name, content in FILES.items():
        (data / name).write_bytes(content.encode())
    return data


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """A copy of the project's data, to be damaged."""
    return Path(shutil.copytree(package.DATA, tmp_path / "data"))


@pytest.fixture
def made(tmp_path: Path):
    """A collection of a few files without notebooks, to be filled and run."""
    return tiny_project.make(tmp_path / "collection")


@pytest.fixture(scope="session")
def report() -> Path:
    """The pages of the default report in both languages, brought up to date, once for all processes of the tests."""
    project = Project()
    with waiting(project.build, "tests"):
        assert collection.report(project, []) == 0
    return project.build / "report"


@pytest.fixture(scope="session")
def executed(report) -> dict[str, dict[str, Path]]:
    """The executed notebooks of the default report: language -> name -> path."""
    project = Project()
    store, inputs = collection.store_of(project), collection.Inputs.take(project)
    return {
        edition.code: {job.name: store.notebook(job, inputs) for job in edition.jobs}
        for edition in collection.editions(project, [])
    }
