"""``environment.yml`` for conda, made from ``pyproject.toml`` and ``requirements.lock``.

It names what the project itself names, at the versions of the lock; what those packages need, conda chooses. pip adds
what conda-forge lacks and the project, and finds the rest there: it replaces no package of conda.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\\s]+)( ; [^\\]+?)? ?\\?$", re.MULTILINE)
NAMES = {"matplotlib": "matplotlib-base", "playwright": "playwright-python"}  # on conda-forge, where they differ
BY_PIP = ("axe-playwright-python",)  # not on conda-forge
HEAD = """\
# Written by `make lock` from requirements.lock; do not edit by hand.
name: wuhan-in-numbers
channels:
  - conda-forge
  - nodefaults
dependencies:
  - python=3.11
  - pip
"""


def direct(project: str) -> list[str]:
    """The packages that a ``pyproject.toml`` names, with all its extras, in alphabetical order."""
    found = tomllib.loads(project)["project"]
    groups = [found["dependencies"], *found["optional-dependencies"].values()]
    return sorted({re.split(r"[^A-Za-z0-9._-]", requirement)[0] for group in groups for requirement in group})


def versions(lock: str) -> dict[str, str]:
    """The version of each package that a lock has one of.

    A package with several, one for each of several systems or Pythons, is left out: which holds here, only pip tells.
    """
    pins = PIN.findall(lock)
    names = [name for name, _version, _marker in pins]
    return {name: version for name, version, _marker in pins if names.count(name) == 1}


def environment(root: Path) -> str:
    """The text of ``environment.yml``. Raises ``KeyError`` for a package that the lock lacks or has several of."""
    locked = versions((root / "requirements.lock").read_text(encoding="utf-8"))
    named = direct((root / "pyproject.toml").read_text(encoding="utf-8"))
    conda = [f"{NAMES.get(name, name)}={locked[name]}" for name in named if name not in BY_PIP]
    pip = [f"{name}=={locked[name]}" for name in named if name in BY_PIP]
    lines = [*(f"  - {each}\n" for each in conda), "  - pip:\n"]
    return HEAD + "".join([*lines, *(f"      - {each}\n" for each in (*pip, "--editable=."))])
