"""What is visibly wrong in an executed notebook: broken texts, numerals without a fact, labels that collide.

Machines find what is broken in a text or a figure; whether a sentence is true is for the reader of its chart.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from wuhan.text.notebooks import FACTS

from . import results

# What no sentence, table or alternative text may hold: a value that was not caught, a field of a template that
# was not filled, a part of nothing, words or signs set wrongly.
SLIPS = re.compile(
    r"\b(?:nan|NaN|None(?! of\b)|NaT|inf)\b|Unknown\(|Fact\(|\{[^}]*\}?|\}|\(\)"
    r"|\b0 of 0\b|\bof no\b|\S  +\S|\w [.,;:](?:\s|$)|\.\.(?!\.)"
)
TAGS = re.compile(r"<[^>]*>")
ADDRESS = re.compile(r"\]\((?:<[^>]*>|[^)\s]*)\)")


def texts(notebook: dict) -> Iterator[tuple[int, str]]:
    """Every computed text of an executed notebook with the number of its cell: sentences, tables, titles and
    alternative texts of figures. Frames shown as they are read from ``data/`` are no text.
    """
    for number, output in results.outputs(notebook):
        data = output.get("data", {})
        if "text/markdown" in data:
            yield number, ADDRESS.sub("]", results.text(data["text/markdown"]))
        elif "text/html" in data and 'class="dataframe"' not in results.text(data["text/html"]):
            cells = re.split(r"</t[hd]>", results.text(data["text/html"]))
            filled = (html.unescape(TAGS.sub("", each)).strip() for each in cells)
            yield from ((number, each) for each in filled if each)
        if "image/png" in data:
            about = output["metadata"].get("image/png", {})
            yield from ((number, str(about[each])) for each in ("title", "measure") if each in about)
            yield number, str(about.get("alt", ""))


def loose(notebook: dict) -> Iterator[tuple[int, str]]:
    """Every numeral of a sentence that no fact, count, name or year vouches for, with the number of its cell."""
    for number, output in results.outputs(notebook):
        records = output.get("data", {}).get(FACTS, [])
        yield from ((number, record["text"]) for record in records if record.get("loose"))


def slips(notebook: dict) -> list[str]:
    """What is visibly wrong in an executed notebook, one line each: texts that are broken, labels that collide."""
    found = []
    for number, text in texts(notebook):
        if not text.strip():
            found.append(f"cell {number}: an empty text")
        for slip in SLIPS.finditer(text):
            around = text[max(slip.start() - 30, 0) : slip.end() + 30]
            found.append(f'cell {number}: "{slip[0].strip() or "two spaces"}" in "…{around}…"')
    found += [f"cell {number}: no fact vouches for the {numeral} in a sentence" for number, numeral in loose(notebook)]
    for number, output in results.outputs(notebook):
        faults = output.get("metadata", {}).get("image/png", {}).get("faults", [])
        found += [f"cell {number}: its figure: {fault}" for fault in faults]
    return found


def _shown(notebook: dict) -> list:
    """What a reader is shown by each cell of a notebook that shows something: that of injected parameters does not."""
    cells = results.code_cells(results.without_drawings(notebook))
    return [[output.get("data") for output in cell["outputs"]] for cell in cells if cell["outputs"]]


def same(one: dict, other: dict) -> bool:
    """Whether two runs of a notebook show the same."""
    return _shown(one) == _shown(other)
