"""Small tables for reading: escaped HTML with a plain twin, and the facts they show."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping

import pandas as pd

from wuhan.evidence.facts import Fact, Unknown
from wuhan.evidence.observations import AIMS, doubtful, rests
from wuhan.evidence.quantities import render
from wuhan.evidence.sources import DRAFT, STUDY
from wuhan.text.language import _, language, noted
from wuhan.text.notebooks import FACTS
from wuhan.text.words import counter, table_of

MOST = 6  # printed facts that a record of a derived one names; it counts the others
QUIET = ("actual", "derived", "preliminary")  # statuses that no words in a cell tell
LARGE, YEARS = 1_000, range(1900, 2100)  # a count from which on English sets thousands apart; what may be a year
DAGGER = "†"  # behind what rests on a source of low trust
STAR = "*"  # behind what is preliminary, or derived from that
PARTS = ("unit", "period", "status", "qualifier", "sources", "formula", "per", "place", "indicator", "vintage")
IDENTITY = ("place", "indicator", "period", "status", "vintage")


def record(fact: Fact) -> dict:
    """The parts of ``fact`` as JSON; an open end is null, a part that is blank is left out."""
    ends = {end: bound if math.isfinite(bound := getattr(fact, end)) else None for end in ("value", "low", "high")}
    parts: dict[str, object] = {name: getattr(fact, name) for name in PARTS}
    parts |= {"sources": list(fact.sources), "printed": list(fact.row)}
    if fact.formula and fact.behind:
        parts["behind"] = [_leaf(leaf) for leaf in fact.behind[:MOST]]
        parts["others"] = len(fact.behind[MOST:])
    return ends | {name: part for name, part in parts.items() if part}


def _leaf(fact: Fact) -> dict:
    """A printed fact behind a derived one: what finds its row again, and its text."""
    parts = {name: getattr(fact, name) for name in IDENTITY} | {"source": fact.sources[0] if fact.sources else ""}
    parts |= {"printed": list(fact.row)}
    found = {name: part for name, part in parts.items() if part}
    return found | {"value": fact.value, "text": render(fact, language())}


class Table:
    """A small table for reading: escaped HTML with a plain twin, and the facts it shows with their row and column.

    ``note`` stands under it; blank for none.
    """

    def __init__(self, heads: list[str], rows: list[list[str]], numeric: list[bool], facts: list[dict], note: str = ""):
        self.heads, self.rows, self.numeric, self.facts, self.note = heads, rows, numeric, facts, note

    def __repr__(self) -> str:
        return "\n".join(["\t".join(row) for row in [self.heads, *self.rows]] + [self.note] * bool(self.note))

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        kinds = [
            ' class="number" style="text-align: right"' if numeric else ' style="text-align: left"'
            for numeric in self.numeric
        ]
        lines = ["<table>", "<thead><tr>"]
        lines += [
            f'<th scope="col"{kind}>{html.escape(head)}</th>' for head, kind in zip(self.heads, kinds, strict=True)
        ]
        lines.append("</tr></thead>\n<tbody>")
        for row in self.rows:
            cells = "".join(f"<td{kind}>{html.escape(cell)}</td>" for cell, kind in zip(row, kinds, strict=True))
            lines.append(f"<tr>{cells}</tr>")
        lines.append("</tbody>")
        if self.note:
            lines.append(f'<tfoot><tr><td colspan="{len(self.heads)}">{html.escape(self.note)}</td></tr></tfoot>')
        bundle = {"text/html": "\n".join([*lines, "</table>"]), "text/plain": repr(self)}
        return bundle | ({FACTS: self.facts} if self.facts else {})


def word(cell: object) -> str:
    """A cell of a table as text: facts with unit and status (see `table`), numbers without float noise, blanks."""
    if isinstance(cell, Fact):
        text = render(cell, language())
        if cell.dimension == "count":
            text += counter(cell.indicator)
        if cell.status in QUIET:
            return text
        return _("{number} ({status})").format(number=text, status=_(_stance(cell)))
    if isinstance(cell, Unknown):
        return _("not known")
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, int) and abs(cell) >= LARGE and cell not in YEARS and language() == "en":
        return f"{cell:,}"
    return f"{cell:.12g}" if isinstance(cell, float) else str(cell)


def _stance(fact: Fact) -> str:
    """The status of a fact; an aim in a text that is sent out for comment is a draft, one in a study is named there."""
    known = [table_of("sources", "source_id").get(source) for source in fact.sources]
    if fact.status not in AIMS or not known or None in known:
        return fact.status
    if all(DRAFT in each["title"] for each in known if each):
        return noted("draft")
    return noted("named in a study") if all(STUDY.search(each["publisher"]) for each in known if each) else fact.status


def table(frame: pd.DataFrame, columns: Mapping[str, str] | None = None, doubts: bool = False) -> Table:
    """``frame`` as a table; ``columns`` maps the columns to show to their headings (all, under their own
    names, if None).

    A cell may hold a fact: it is worded with its unit, and with its status unless that is actual, preliminary or
    derived. What is preliminary today, or derived from that, has a star, which a note under the table explains; with
    ``doubts`` what rests on a source of low trust has a dagger.
    Blank for missing. Numbers that are not facts are shown as they are, without float noise.
    """
    columns = columns or {column: str(column) for column in frame.columns}
    unknown = [column for column in columns if column not in frame.columns]
    if unknown:
        raise ValueError(f"table: no column '{unknown[0]}' — the frame has {', '.join(map(str, frame.columns))}")
    heads = [_(heading) for heading in columns.values()]
    picked = [frame[column].tolist() for column in columns]
    rows = [
        [word(cell) + STAR * _soft(cell) + DAGGER * (doubts and _weak(cell)) for cell in cells]
        for cells in zip(*picked, strict=True)
    ]
    numeric = [any(isinstance(cell, Fact | int | float) for cell in cells) for cells in picked]
    recorded = [
        {"name": head, "text": word(cell), "row": row, "column": column} | record(cell)
        for column, (head, cells) in enumerate(zip(heads, picked, strict=True))
        for row, cell in enumerate(cells)
        if isinstance(cell, Fact)
    ]
    starred = any(_soft(cell) for cells in picked for cell in cells)
    notes = [_("{star} preliminary, or worked out from preliminary figures").format(star=STAR)] if starred else []
    if doubts and any(_weak(cell) for cells in picked for cell in cells):
        notes.append(_("{dagger} from a source of low trust").format(dagger=DAGGER))
    return Table(heads, rows, numeric, recorded, _("; ").join(notes))


def _weak(cell: object) -> bool:
    return isinstance(cell, Fact) and doubtful(cell.sources)


def _soft(cell: object) -> bool:
    return isinstance(cell, Fact) and cell.status in QUIET and rests(cell)
