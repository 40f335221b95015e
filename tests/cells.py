"""A pytest plugin on top of nbval: of a cell that came out otherwise it tells the sentence or number, old → new.

nbval prints the first output that differs whole, which for facts is a dictionary of a thousand characters.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterator
from itertools import zip_longest

from wuhan.text.notebooks import FACTS

WIDTH = 200  # of each side of a line
MOST = 8  # lines a cell; what follows is counted
NOTHING = "nothing"


def pytest_collection_modifyitems(items: list) -> None:
    for item in items:
        if hasattr(item, "comparison_traceback") or hasattr(type(item), "format_output_compare"):
            item.compare_outputs = functools.partial(_compared, item)


def _compared(item, test: list, ref: list, skip_compare=None) -> bool:
    """nbval's own answer; where it is no, in other words."""
    same = type(item).compare_outputs(item, test, ref, skip_compare)
    told = [] if same else list(changes(ref, test))
    if told:
        more = [f"and {len(told) - MOST} more"] if len(told) > MOST else []
        item.comparison_traceback = ["", *told[:MOST], *more]
    return same


def changes(old: list[dict], new: list[dict]) -> Iterator[str]:
    """The sentences, rows and numbers in which two lists of outputs differ, one line each."""
    for before, after in zip_longest(old, new, fillvalue={}):
        a, b = before.get("data", {}), after.get("data", {})
        kind = "text/markdown" if "text/markdown" in {*a, *b} else "text/plain"
        said = list(_lines(_text(before, kind), _text(after, kind)))
        yield from said
        yield from _facts(a.get(FACTS, []), b.get(FACTS, []), bool(said))


def _text(output: dict, kind: str) -> str:
    found = output.get("data", {}).get(kind, output.get("text", ""))
    return found if isinstance(found, str) else "".join(found)


def _lines(old: str, new: str) -> Iterator[str]:
    """The sentences, or the rows of a table, that differ."""
    before, after = (re.split(r"(?<=[.。])\s+|\n", text) for text in (old, new))
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from (_arrow(*pair) for pair in zip_longest(before[a:b], after[c:d], fillvalue=NOTHING))


def _facts(old: list[dict], new: list[dict], said: bool) -> Iterator[str]:
    """The parts of facts that differ; those in the text only where no sentence has ``said`` them."""
    for a, b in zip_longest(old, new, fillvalue={}):
        name = a.get("name") or b.get("name") or a.get("text") or b.get("text") or "fact"
        for part in dict.fromkeys([*a, *b]):
            if a.get(part) != b.get(part) and not (said and part == "text"):
                yield f"{name}, {part}: {_arrow(a.get(part, NOTHING), b.get(part, NOTHING))}"


def _arrow(old: object, new: object) -> str:
    return " → ".join(" ".join(str(side).split())[:WIDTH] or NOTHING for side in (old, new))
