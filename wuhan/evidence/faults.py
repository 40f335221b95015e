"""What is said when data are wrong: one line with the place, what was found and what to write instead."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

SHOWN = 50  # faults that one error message lists
NEAR, NEAREST = 0.8, 0.87  # of the letters of two words in the same order: one slip in five letters, or in eight
ENOUGH = 1000  # different wrong cells of one column, or wrong rows of one file, after which it is wrong as a whole


class OneLine:
    """With an error class: a notebook shows its text alone, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


class PackageUnreadable(OSError):
    """A file of the data package cannot be read on this machine; the message is one line."""


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """One thing wrong in the data: where, what was found, what to write instead. Sorts by file and line.

    `more` counts the further lines on which the very same was found.
    """

    file: str
    line: int
    column: str
    found: str
    instead: str
    more: int = 0

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: " + (f"{self.column}: " if self.column else "")
        again = f" (the same on {self.more:,} more line{'s' if self.more > 1 else ''})" if self.more else ""
        return f"{where}found {self.found} — {self.instead}{again}"


def grouped(faults: Iterable[Fault]) -> list[Fault]:
    """The faults sorted, those that differ in the line alone told once, on the first of the lines."""
    first: dict[tuple[str, str, str, str], Fault] = {}
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for fault in sorted(set(faults)):
        what = fault.file, fault.column, fault.found, fault.instead
        first.setdefault(what, fault)
        counts[what] += 1 + fault.more
    return sorted(replace(fault, more=counts[what] - 1) for what, fault in first.items())


def listing(faults: Sequence[Fault]) -> list[str]:
    """One line a fault, at most 50, then how many more there are, and in which files."""
    lines = [str(fault) for fault in faults[:SHOWN]]
    rest = Counter(fault.file for fault in faults[SHOWN:])
    where = ", ".join(f"{count:,} in {file}" for file, count in rest.items())
    return [*lines, f"and {rest.total():,} more: {where}"] if rest else lines


class DataError(Exception):
    """The data are wrong. `faults` holds every fault, sorted; the text is their `listing`."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(grouped(faults))
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(listing(self.faults))


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


def inline(thing: object) -> str:
    """Any object as a message of one line names it: as it is written in code where that is short, else its type."""
    written = repr(thing)
    return written if len(written) <= 40 and written.isprintable() else type(thing).__name__


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
    """The one of `words` of which `word` is a near miss, or "".

    Near is letters in another order, a slip of a letter or two in a longer word, or a word cut short. Another
    number is another thing, never a slip, and so is the letter beside one: press_2035 is not press_2025, and 10m_cny
    neither 100m_cny nor 10k_cny.
    """
    wanted = _folded(word)
    numbers = re.findall("[0-9]+", wanted)
    plain = {_folded(known): known for known in words}
    alike = [known for known in plain if re.findall("[0-9]+", known) == numbers]
    close = [known for known in alike if sorted(known) == sorted(wanted)]
    close = close or difflib.get_close_matches(wanted, alike, n=1, cutoff=NEAREST if numbers else NEAR)
    if not close and len(wanted) >= 4:
        longer = [known for known in alike if known.startswith(wanted) or known.endswith(wanted)]
        close = longer if len(longer) == 1 else []
    return plain[close[0]] if close else ""


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).strip().casefold()
