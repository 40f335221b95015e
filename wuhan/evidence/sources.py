"""How a source was read, and what its grade may be then."""

from __future__ import annotations

from collections.abc import Iterator

from wuhan.evidence.csvreader import Sheet
from wuhan.evidence.faults import Fault

GRADED = frozenset({"source_id", "read_in", "trust"})


def grade_faults(sheet: Sheet) -> Iterator[Fault]:
    """Sources graded A whose text was read in a reprint, a summary, a copy or a forum: what stood at the publisher is
    not known then; nothing for other tables.
    """
    if not sheet.columns.keys() >= GRADED:
        return
    cells = zip(sheet.lines, sheet.columns["read_in"], sheet.columns["trust"], strict=True)
    for line, read_in, trust in cells:
        if read_in and trust == "A":
            advice = "write B at most, or leave read_in blank if it was read at its publisher"
            yield Fault(sheet.file, line, "trust", f"A, read in a {read_in}", advice)
