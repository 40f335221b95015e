"""All that a reader of an executed notebook is told, one sentence a line: what a diff of words is made of."""

from __future__ import annotations

import re

from wuhan.text.language import _
from wuhan.text.messages import blocks
from wuhan.text.notebooks import tagged, text

from .slips import ADDRESS

END = re.compile(r"(?<=[.?!])\s+(?=[A-Z“*])|(?<=[。？！])(?!$)")  # of a sentence, where another follows
HEADLINE, STANDFIRST, COMPUTED, TABLE, FIGURE = "! ", ": ", "> ", "| ", "# "  # what a line begins with


def said(notebook: dict, cells: bool = True) -> list[str]:
    """The lines of ``notebook`` in the language of now: its headline and standfirst, computed sentences, tables,
    figures in words.

    With ``cells`` also the texts of its cells, a blank line before each.
    """
    lines: list[str] = []
    answers = tagged(notebook, "headline")
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and cells:
            lines += ["", *(line for block in blocks(text(cell["source"])) for line in _sentences(_(block)))]
        for output in cell.get("outputs", []):
            lines += _of_output(output, (HEADLINE, STANDFIRST) if cell in answers else (COMPUTED, COMPUTED))
    return [line.rstrip() for line in lines]


def _of_output(output: dict, marks: tuple[str, str]) -> list[str]:
    """The lines of an output: ``marks`` are those of its first paragraph and of what follows."""
    data, about = output.get("data", {}), output.get("metadata", {}).get("image/png", {})
    table = text(data.get("text/plain", "")) if "<table>" in text(data.get("text/html", "")) else ""
    parts = text(data.get("text/markdown", "")).partition("\n\n")[::2]
    lines = [mark + line for mark, part in zip(marks, parts, strict=True) for line in _sentences(part)]
    lines += [TABLE + line.replace("\t", " | ") for line in table.splitlines()]
    return lines + [FIGURE + str(about[each]) for each in ("title", "measure", "alt") if each in about]


def _sentences(told: str) -> list[str]:
    """The sentences of Markdown, a paragraph or an item of a list being one line before it is cut."""
    lines = re.split(r"\n(?=\s*[-#|]|\n)", ADDRESS.sub("]", told))
    return [each.strip() for line in lines for each in END.split(" ".join(line.split())) if each.strip()]
