"""What is said of a number: a code, how sure, and why; and the number with all that is said of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from wuhan.reading.decode import Sentence
from wuhan.reading.forms import Number

SURE, LIKELY, UNSURE = "sure", "likely", "unsure"
RESULT, TARGET, PLAN, CAP, FORECAST, CONTEXT = ("actual", "target", "plan", "cap", "forecast", "context")
AIMS = (TARGET, PLAN, CAP, FORECAST)


def likely(sure: str) -> str:
    """How sure what rests on something else is at most: likely, where that is sure."""
    return LIKELY if sure == SURE else sure


@dataclass(frozen=True)
class Said:
    """One thing that is said of a number: a code ("" for none), how sure, and why (a code of `reasons`)."""

    code: str = ""
    sure: str = UNSURE
    why: str = ""

    @property
    def known(self) -> bool:
        """Whether a verdict may rest on it."""
        return bool(self.code) and self.sure == SURE


Named = tuple[Said, str, int]  # the measure of a number, the name in the text, and where it stands


def unnamed(why: str, number: Number) -> Named:
    """No measure for a number, and why."""
    return Said(why=why), "", number.start


@dataclass(frozen=True)
class Found:
    """A number of a text, where it stands and what it is about."""

    number: Number
    sentence: Sentence
    line: int
    column: int
    place: Said = field(default_factory=Said)
    measure: Said = field(default_factory=Said)
    period: Said = field(default_factory=Said)
    kind: Said = field(default_factory=Said)
    term: str = ""


@dataclass(frozen=True)
class Subject:
    """The city that a text is about, how sure, and other cities that it names."""

    place: str
    sure: str
    others: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
