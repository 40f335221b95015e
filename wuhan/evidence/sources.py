"""How a source was read, and what its grade may be then."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wuhan.evidence.csvreader import Sheet
from wuhan.evidence.faults import Fault

COPY, REPOSITORY, QUOTED, REPRINT = "copy", "repository", "quoted", "republisher"
# The best grade of what was not read at its publisher, and why: what stood at the publisher is not known then.
LIMITS = {
    COPY: ("B", "read in a copy"),
    REPOSITORY: ("B", "read in a file that others keep"),
    REPRINT: ("B", "read in a reprint"),
    QUOTED: ("C", "quoted in somebody's notes"),
    "": ("B", "read nobody knows where"),
}
# Whom nobody can look up: a kind of publisher ("Press report") in the place of a name, as far as a bracket or comma.
UNNAMED = re.compile(r"(Unnamed\b[^,(]*|[^,(]*\b(press|report|digest|page|account|summary|notes|author))\s*($|[,(])")
LEAST = "C"
DRAFT = "征求意见稿"  # in the title of a text that is sent out for comment
STUDY = re.compile(r"\b(Research Institute|Consulting)\b")  # a publisher that sets no target of others


def sets(publisher: str, title: str) -> bool:
    """Whether a publication may set a target: not a draft, nor a study by others."""
    return DRAFT not in title and not STUDY.search(publisher)


def grade_faults(sheet: Sheet) -> Iterator[Fault]:
    """Sources graded better than the way in which they were read allows (`LIMITS`), or than C without the name of a
    publisher; nothing for other tables.
    """
    for line, publisher, read_as, trust in sheet.numbered("publisher", "read_as", "trust"):
        best, how = LIMITS.get(read_as, ("A", ""))
        if trust < best:
            advice = f"write {best} at most, or how it was read if not so"
            yield sheet.fault(line, "trust", f"{trust}, {how}", advice)
        elif trust < LEAST and UNNAMED.match(publisher):
            advice = f"write {LEAST} at most, or the name of who published it in publisher"
            yield sheet.fault(line, "trust", f"{trust} for '{publisher}'", advice)
