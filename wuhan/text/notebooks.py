"""Which files of a folder are notebooks of the collection: those with a name of its own form."""

from __future__ import annotations

import re
from pathlib import Path

from wuhan.evidence.files import content

NAME = re.compile(r"[0-9]{2}(_[a-z0-9]+)+")  # 12_city_ranking


def own(folder: Path) -> list[Path]:
    """The notebooks of the collection in ``folder``, in order of their names."""
    return [path for path in content(folder, "*.ipynb") if path.is_file() and NAME.fullmatch(path.stem)]


def others(folder: Path) -> list[Path]:
    """The notebooks beside them, such as ``Untitled.ipynb``: they are left out."""
    return sorted(set(content(folder, "*.ipynb")) - set(own(folder)))
