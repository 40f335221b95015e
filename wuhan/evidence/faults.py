"""What is said when data are wrong: one line with the place, what was found and what to write instead."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

SHOWN = 50  # faults that one error message lists


class PackageUnreadable(OSError):
    """A file of the data package cannot be read on this machine; the message is one line."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in the data: where, what was found, what to write instead. Sorts by file and line."""

    file: str
    line: int
    column: str
    found: str
    instead: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: " + (f"{self.column}: " if self.column else "")
        return f"{where}found {self.found} — {self.instead}"


class DataError(Exception):
    """The data are wrong. `faults` holds every fault, sorted; the text gives one a line, at most 50."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__(self.faults)

    def __str__(self) -> str:
        more = len(self.faults) - SHOWN
        lines = [str(fault) for fault in self.faults[:SHOWN]]
        return "\n".join([*lines, f"and {more} more"] if more > 0 else lines)


def visible(text: str, limit: int = 60) -> str:
    """`text` in quotes, on one line, with every character that cannot be seen spelt out (`<U+00A0>`)."""
    composed = unicodedata.is_normalized("NFC", text)
    edge = len(text) - len(text.lstrip(" ")), len(text.rstrip(" "))

    def show(place: int, char: str) -> str:
        hidden = invisible(char) or (char == " " and not edge[0] <= place < edge[1])
        odd = not composed and (unicodedata.combining(char) or unicodedata.normalize("NFC", char) != char)
        return f"<U+{ord(char):04X}>" if hidden or odd else char

    shown = "".join(show(place, char) for place, char in enumerate(text[: 4 * limit]))
    return f"'{shown[:limit]}…'" if len(shown) > limit else f"'{shown}'"


@cache
def invisible(char: str) -> bool:
    """Whether a character has no place in a cell: it cannot be seen, or passes for another one.

    Control, format, private and unassigned characters, every space but U+0020, fillers, the sign of lost
    text, and the radicals that look like Chinese characters.
    """
    return (
        unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
        or (char.isspace() and char != " ")
        or char in "\ufffd\u115f\u1160\u3164\uffa0\u2800\u034f"
        or "\ufe00" <= char <= "\ufe0f"  # variation selectors
        or "\u2e80" <= char <= "\u2fd5"  # radicals
    )


def nearest(word: str, words: Sequence[str]) -> str:
    """The one of `words` that `word` was most likely meant to be, or ""."""
    plain = {unicodedata.normalize("NFKC", known).strip().casefold(): known for known in words}
    close = difflib.get_close_matches(unicodedata.normalize("NFKC", word).strip().casefold(), plain, n=1)
    return plain[close[0]] if close else ""
