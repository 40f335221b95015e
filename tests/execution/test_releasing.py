"""A release: the version stands in every file that names it, the work is committed and tagged, or nothing is."""

from __future__ import annotations

import subprocess

import pytest

from wuhan.evidence import package
from wuhan.execution import releasing
from wuhan.execution.project import ROOT, DataFault, Project, RequestError
from wuhan.site import release
from wuhan.text import messages

LOG = "# Changelog\n\n## 0.2.0 – unreleased\n\n- More.\n\n## 0.1.0 – 2026-01-01\n\n- First.\n"


def git(project, *arguments):
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    return subprocess.run(
        ["git", *who, *arguments], cwd=project.root, capture_output=True, text=True, check=True
    ).stdout


@pytest.fixture
def project(tmp_path, monkeypatch):
    made = Project(tmp_path / "copy")
    for name in releasing.LINES:
        (made.root / name).parent.mkdir(parents=True, exist_ok=True)
        (made.root / name).write_text((ROOT / name).read_text("utf-8"), "utf-8")
    (made.root / "CHANGELOG.md").write_text(LOG, "utf-8")
    monkeypatch.setattr(release, "FILE", made.root / "release.json")
    monkeypatch.setattr(release, "read", lambda: {"version": "0.1.0"})
    monkeypatch.setattr(release, "state", lambda data, notebooks: {"version": "0.2.0"})
    monkeypatch.setattr(messages, "path_of", lambda code: made.root / "wuhan.po")
    monkeypatch.setattr(messages, "collect", lambda root: {})
    for name in ("release.json", "wuhan.po"):
        (made.root / name).write_text("", "utf-8")
    monkeypatch.setattr(package, "check", lambda data: [])
    for name, value in (("NAME", "A"), ("EMAIL", "a@example.org")):
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    git(made, "init", "--quiet")
    git(made, "add", ".")
    git(made, "commit", "--quiet", "-m", "Before")
    return made


def test_a_release_is_one_commit_with_a_tag_and_names_its_version_everywhere(project):
    releasing.make(project, "0.2.0", "2026-12-01")
    assert git(project, "status", "--porcelain") == ""
    assert git(project, "tag", "--points-at", "HEAD").split() == ["v0.2.0"]
    assert "## 0.2.0 – 2026-12-01\n" in (project.root / "CHANGELOG.md").read_text("utf-8")
    for name in ("pyproject.toml", "CITATION.cff", "data/datapackage.json"):
        assert "0.2.0" in (project.root / name).read_text("utf-8"), name
    assert "2026-12-01" in (project.root / "CITATION.cff").read_text("utf-8")
    assert "0.2.0" in (project.root / "release.json").read_text("utf-8")


@pytest.mark.parametrize(
    "version, day, said",
    [
        ("", "2026-12-01", "three numbers"),
        ("v0.2.0", "2026-12-01", "three numbers"),
        ("0.1.0", "2026-12-01", "above the last release"),
        ("0.2.0", "", "the day of the release"),
        ("0.2.0", "2026-02-30", "the day of the release"),
    ],
)
def test_what_is_no_release_is_refused_and_nothing_is_written(project, version, day, said):
    before = git(project, "log", "--oneline")
    with pytest.raises(RequestError, match=said) as refused:
        releasing.make(project, version, day)
    assert "\n" not in str(refused.value)
    assert git(project, "log", "--oneline") == before and git(project, "status", "--porcelain") == ""


def test_a_release_needs_a_clean_checkout_a_heading_and_a_new_tag(project):
    (project.root / "more").write_text("x", "utf-8")
    with pytest.raises(RequestError, match="not committed"):
        releasing.make(project, "0.2.0", "2026-12-01")
    (project.root / "more").unlink()
    git(project, "tag", "v0.2.0")
    with pytest.raises(RequestError, match="there already"):
        releasing.make(project, "0.2.0", "2026-12-01")
    (project.root / "CHANGELOG.md").write_text("# Changelog\n", "utf-8")
    with pytest.raises(RequestError, match="unreleased"):
        releasing.make(project, "0.3.0", "2026-12-01")


def test_unsound_data_are_not_released(project, monkeypatch):
    monkeypatch.setattr(package, "check", lambda data: ["data/gdp.csv:2: found nothing"])
    with pytest.raises(DataFault, match="data/gdp.csv:2"):
        releasing.make(project, "0.2.0", "2026-12-01")
    assert git(project, "status", "--porcelain") == "" and git(project, "tag") == ""
