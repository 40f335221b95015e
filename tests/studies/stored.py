"""What sentences and committed notebooks hold, for tests of the words of studies."""

from __future__ import annotations

import json

from wuhan.execution.project import ROOT


def values(told) -> list:
    """The values of the facts of a sentence, in their order."""
    return [fact["value"] for fact in told.facts if "value" in fact]


def shown(notebook: str, text: str) -> dict:
    """The stored output of the first cell of a notebook that has ``text`` in its source, by kind."""
    cells = json.loads((ROOT / "notebooks" / notebook).read_text(encoding="utf-8"))["cells"]
    (output,) = next(cell for cell in cells if text in "".join(cell["source"]))["outputs"]
    return {kind: "".join(part) if kind.startswith("text") else part for kind, part in output["data"].items()}
