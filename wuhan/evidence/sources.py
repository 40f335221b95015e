"""How a source was read, and what its grade may be then."""

from __future__ import annotations

from collections.abc import Iterator

from wuhan.evidence.csvreader import Sheet
from wuhan.evidence.faults import Fault

GRADED = frozenset({"source_id", "read_as", "trust"})
COPY = "copy"


def grade_faults(sheet: Sheet) -> Iterator[Fault]:
    """Sources graded A whose text was read in a copy on an unrelated host, or nobody knows where: what stood at the
    publisher is not known then; nothing for other tables.
    """
    if not sheet.columns.keys() >= GRADED:
        return
    cells = zip(sheet.lines, sheet.columns["read_as"], sheet.columns["trust"], strict=True)
    for line, read_as, trust in cells:
        if read_as in ("", COPY) and trust == "A":
            advice = "write B at most, or how it was read if not so"
            yield Fault(
                sheet.file, line, "trust", f"A, {'read in a copy' if read_as else 'read nobody knows where'}", advice
            )
