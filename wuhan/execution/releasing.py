"""A release in one step: its version and day in all files that name them, the state that the next one is compared
with, a commit and a tag.
"""

from __future__ import annotations

import re
import subprocess
from datetime import date

from wuhan.evidence import package
from wuhan.site import release
from wuhan.text import messages

from .project import DataFault, Project, RequestError, publish

VERSION = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")
HEADING = re.compile(r"^## (\S+) – unreleased$", re.MULTILINE)
# What names the version, and the day: in each file the line that is written anew.
LINES = {
    "pyproject.toml": {r'^version = ".*"$': 'version = "{version}"'},
    "CITATION.cff": {r"^version: .*$": "version: {version}", r'^date-released: ".*"$': 'date-released: "{day}"'},
    "data/datapackage.json": {r'^ "version": ".*",$': ' "version": "{version}",'},
    "CHANGELOG.md": {HEADING.pattern: "## {version} – {day}"},
}


def make(project: Project, version: str, day: str) -> str:
    """Write, commit and tag ``version``, released on ``day``; what was done, in one line.

    Raises ``RequestError`` for a version that is none or not above the last, for a day that is none, for a checkout
    with changes that are not committed, and where CHANGELOG.md has nothing under "unreleased"; ``DataFault`` for data
    that are not sound.
    """
    new = {path: _written(project, path, version, day) for path in LINES}
    _judge(project, version, day, (project.root / "CHANGELOG.md").read_text("utf-8"))
    if faults := package.check(project.data):
        raise DataFault("\n".join(map(str, faults)))
    for path, text in new.items():
        publish(text.encode(), project.root / path)
    catalogue = messages.path_of("zh")
    wanted, known, old = messages.collect(project.root), messages.read(catalogue), messages.doubtful(catalogue)
    publish(messages.written(wanted, known, old), catalogue)
    publish(release.written(release.state(project.data, project.notebooks)), release.FILE)
    for command in (["add", "--update"], ["commit", "--quiet", "-m", f"Release {version}"], ["tag", f"v{version}"]):
        _git(project, *command)
    return f"release {version}: committed and tagged v{version} — publish it with `git push --follow-tags`"


def _written(project: Project, path: str, version: str, day: str) -> str:
    text = (project.root / path).read_text("utf-8")
    for pattern, line in LINES[path].items():
        text = re.sub(pattern, line.format(version=version, day=day), text, count=1, flags=re.MULTILINE)
    return text


def _judge(project: Project, version: str, day: str, log: str) -> None:
    told, last = VERSION.fullmatch(version), (release.read() or {}).get("version", "0.0.0")
    if not told:
        raise RequestError(f'VERSION: found "{version}" — write three numbers, as in 0.2.0')
    if tuple(map(int, told.groups())) <= tuple(map(int, last.split("."))):
        raise RequestError(f'VERSION: found "{version}" — write one above the last release, {last}')
    try:
        date.fromisoformat(day)
    except ValueError:
        raise RequestError(f'DATE: found "{day}" — write the day of the release, as in 2026-12-01') from None
    if not HEADING.search(log):
        raise RequestError('CHANGELOG.md: no heading "## … – unreleased" — write what is new under one')
    if _git(project, "status", "--porcelain"):
        raise RequestError("git: there are changes that are not committed — commit them first")
    if _git(project, "tag", "--list", f"v{version}"):
        raise RequestError(f"git: the tag v{version} is there already — write another version")


def _git(project: Project, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=project.root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RequestError(f"git {arguments[0]}: {(done.stderr.strip().splitlines() or ['failed'])[-1]}")
    return done.stdout
