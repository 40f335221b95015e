"""Notebooks as files: which of a folder are those of the collection, and what stands in one, by its JSON alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from wuhan.evidence.files import content

FACTS = "application/vnd.wuhan.facts+json"  # of an output: the records of the facts that it shows
FIGURE = "application/vnd.wuhan.figure+json"  # of a figure: its drawings for pages, and the records of its marks
NAME = re.compile(r"[0-9]{2}(_[a-z0-9]+)+")  # 12_city_ranking


def own(folder: Path) -> list[Path]:
    """The notebooks of the collection in ``folder``, in order of their names."""
    return [path for path in content(folder, "*.ipynb") if path.is_file() and NAME.fullmatch(path.stem)]


def others(folder: Path) -> list[Path]:
    """The notebooks beside them, such as ``Untitled.ipynb``: they are left out."""
    return sorted(set(content(folder, "*.ipynb")) - set(own(folder)))


def text(value: str | list[str]) -> str:
    """A notebook's multi-line value as one string (the format allows a list of lines)."""
    return value if isinstance(value, str) else "".join(value)


def tags(cell: dict) -> set[str]:
    """The tags of a cell."""
    return set(cell["metadata"].get("tags", []))


def tagged(notebook: dict, tag: str) -> list[dict]:
    """The cells of ``notebook`` that carry ``tag``."""
    return [cell for cell in notebook["cells"] if tag in tags(cell)]


def code_cells(notebook: dict) -> list[dict]:
    """The code cells that hold something to run."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code" and text(cell["source"]).strip()]


def headline(notebook: dict) -> str | None:
    """The answer that an executed notebook states first, as Markdown: headline, then standfirst; None without one."""
    outputs = [output for cell in tagged(notebook, "headline") for output in cell.get("outputs", [])]
    said = [text(output["data"]["text/markdown"]) for output in outputs if "text/markdown" in output.get("data", {})]
    return said[0] if said else None


def pictures(notebook: dict) -> Iterator[tuple[dict, str]]:
    """What is told of each picture (``figure``, its name, and ``alt``) and its PNG in base64, in their order."""
    for cell in code_cells(notebook):
        for output in cell.get("outputs", []):
            about = output.get("metadata", {}).get("image/png", {})
            if about.get("figure") and "image/png" in output.get("data", {}):
                yield about, text(output["data"]["image/png"])
