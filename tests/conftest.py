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

settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")


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
