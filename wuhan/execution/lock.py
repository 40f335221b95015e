"""``environment.yml`` for conda, made from ``requirements.lock``: both ways in give the same versions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\\s]+)( ; [^\\]+?)? ?\\?$", re.MULTILINE)
HEAD = """\
# Written by `make lock` from requirements.lock; do not edit by hand.
name: wuhan-in-numbers
channels:
  - conda-forge
dependencies:
  - python=3.11
  - pip
  - pip:
      - --editable=.
"""


def pins(lock: str) -> dict[str, str]:
    """Package name -> what pip is given for it, e.g. ``appnope==1.0.0 ; sys_platform == 'darwin'``.

    A package with one version per Python version has one entry for each, under its name and a counter.
    """
    found: dict[str, str] = {}
    for name, version, marker in PIN.findall(lock):
        key = name if name not in found else f"{name} {len(found)}"
        found[key] = f"{name}=={version}{marker}"
    return found


def environment(root: Path) -> str:
    """The text of ``environment.yml``: the packages that pyproject.toml names first, then what they need."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    named = {re.split(r"[^A-Za-z0-9._-]", requirement)[0] for group in groups for requirement in group}
    found = pins((root / "requirements.lock").read_text(encoding="utf-8"))
    ordered = sorted(found, key=lambda key: (key.split()[0] not in named, key))
    return HEAD + "".join(f'      - "{found[key]}"\n' for key in ordered)
