"""The language of what is shown: which there are, which is set, and a message in it.

English is written in the code. Every other language is a gettext catalogue, ``locale/<code>/LC_MESSAGES/wuhan.po``:
a text file that a translator knows how to edit. It is read as it is; there is nothing to compile.
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Mapping
from pathlib import Path

from wuhan.evidence import reads

LANGUAGES = ("en", "zh")
LOCALE = Path(__file__).parent / "locale"
CHINESE = re.compile(r"[\u4e00-\u9fff]")  # what is Chinese already lacks no translation
_state = {"language": "en"}


def language(code: str = "") -> str:
    """Set the language of what follows, if ``code`` is given, and return it. Raises ``ValueError``."""
    if code and code not in LANGUAGES:
        raise ValueError(f"language: found '{code}' — write one of {', '.join(LANGUAGES)}")
    _state["language"] = code or _state["language"]
    return _state["language"]


@functools.cache
def catalogue(code: str) -> Mapping[str, str]:
    """The messages of a language with their translations; without those that are missing or marked as doubtful."""
    if code == "en":
        return {}
    return catalogue_of((LOCALE / code / "LC_MESSAGES" / "wuhan.po").read_text(encoding="utf-8"))


def catalogue_of(text: str) -> dict[str, str]:
    """The messages of a catalogue that is written so, as `catalogue` gives them."""
    from babel.messages.pofile import read_po  # only a run in another language pays for it

    found = ((one.id, one.string, one.fuzzy) for one in read_po(io.StringIO(text)))
    return {
        english: told
        for english, told, doubtful in found
        if isinstance(english, str)
        and isinstance(told, str)  # no plural forms
        and english
        and told
        and not doubtful
    }


def translate(message: str) -> str:
    """``message`` in the language that is set; itself when the catalogue lacks it.

    What is lacking is noted among the reads of a run.
    """
    known = _known(message)
    if _state["language"] != "en" and message.strip() and message not in known and not CHINESE.search(message):
        _note(message, lacking=True)
    return known.get(message, message)


def known(text: str) -> str:
    """``text`` in the language that is set where the catalogue has it, else as it is: it may be translated already."""
    return _known(text).get(text, text)


def _known(message: str) -> Mapping[str, str]:
    """The catalogue of the language that is set, in which ``message`` is to be looked up."""
    if _state["language"] != "en":
        _note(message)
    return catalogue(_state["language"])


def _note(message: str, **more: bool) -> None:
    reads.note(f"wuhan/text/locale/{_state['language']}/LC_MESSAGES/wuhan.po", message=message, **more)


def noted(words):
    """``words`` as they are: marks messages that are looked up later for those who collect what to translate."""
    return words


_ = translate
