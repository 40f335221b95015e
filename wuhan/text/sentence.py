"""A computed sentence: a template filled with facts, which it keeps with their places in the text.

Templates are the messages of the gettext catalogue, so a sentence is written once and translated as a whole.

Published numbers that still await their revision, and estimates, are marked in words, once for each status and period
in a sentence: "22.1 trillion yuan (preliminary)". What is derived from them is not: its record names them. Targets
and plans are worded by the template, never by a mark.
"""

from __future__ import annotations

import html
import re
import string
from collections.abc import Iterable, Mapping
from numbers import Integral

from wuhan.evidence.facts import Fact, Unknown
from wuhan.evidence.observations import standing
from wuhan.evidence.quantities import render
from wuhan.text.language import _, language
from wuhan.text.tables import FACTS, record
from wuhan.text.words import Name, measure, name, when

Values = dict[str, object]  # what fills the fields of a template, by their names
MARKED = ("preliminary", "estimate")
_SPECIAL = re.compile(r"([\\`*_\[\]#|~$!])")
_MARKUP = re.compile(r"\*\*|\[([^\]]*)\]\([^)]*\)")
_BULLET = re.compile(r"^( {0,3}[0-9]{0,9})([-+.)])(?=\s|$)", re.MULTILINE)  # what Markdown takes for an item of a list
_NUMERAL = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class Sentence:
    """Computed text with the facts it states. ``str()`` gives it plain; a notebook shows it as Markdown.

    ``facts`` are records of the facts with ``start``, their place in the plain text; a record with ``loose`` is a
    numeral that stands in the text and that no fact vouches for.
    """

    def __init__(self, plain: str, markdown: str, facts: Iterable[dict] = ()):
        self.plain, self.markdown, self.facts = plain, markdown, list(facts)

    def __str__(self) -> str:
        return self.plain

    def __repr__(self) -> str:
        return "Sentence"

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        bundle = {"text/markdown": self.markdown, "text/plain": repr(self)}
        return bundle | ({FACTS: [self._told(fact) for fact in self.facts]} if self.facts else {})

    def _told(self, fact: Mapping) -> dict:
        """A record for the page: ``nth`` says how often its text stands in the plain text before it does."""
        start, text = fact["start"], fact["text"]
        before, at = 0, self.plain.find(text)
        while -1 < at < start:  # occurrences may overlap, so that `count` would miss some
            before, at = before + 1, self.plain.find(text, at + 1)
        return {key: part for key, part in fact.items() if key != "start"} | {"nth": before}


def moved(facts: Iterable[dict], by: int) -> list[dict]:
    """Records of facts whose text has ``by`` characters more before it."""
    return [fact | {"start": fact["start"] + by} for fact in facts]


BLANK = Sentence("", "")  # where there is nothing to say: `prose.paragraph` and `prose.headed` leave it out


def escape(text: object) -> str:
    """``text`` from the data, made safe and literal inside Markdown: no markup, no HTML, no line break."""
    return _SPECIAL.sub(r"\\\1", html.escape(" ".join(str(text).split()), quote=False))


def say(template: str, **values: object) -> Sentence:
    """Fill the named fields of ``template`` with facts, sentences, words and whole numbers.

    A fact is rendered in the language of the notebook, at the precision of its source. Fields and
    ``values`` must match exactly; format specifications, attributes and positions are refused. Raises
    ``ValueError``, and ``TypeError`` for a value of another kind. With an unknown among the values nothing can
    be said but that it is not known. A numeral that is typed in the template, or comes in a word that is neither a
    name nor a year, is noted as loose.
    """
    _check_names(template, values)
    lost = [_unknown(value) for value in values.values() if isinstance(value, Unknown)]
    if lost:
        return say("Not known: {what}.", what=Name(_("; ").join(dict.fromkeys(lost))))
    message = _(template)
    _check_names(message, values)
    seen: set = set()
    worded = {field: filled(field, values[field], seen) for field in _fields(message)}
    plain, facts = "", []
    for literal, field, _spec, _conversion in string.Formatter().parse(_MARKUP.sub(r"\1", message)):
        facts += _loose(literal, len(plain))
        plain += literal
        if field is not None:
            facts += moved(worded[field].facts, len(plain))
            plain += worded[field].plain
    markdown = message.format(**{field: each.markdown for field, each in worded.items()})
    return Sentence(plain, _BULLET.sub(r"\1\\\2", markdown), facts)


def filled(field: str, value: object, seen: set, behind: str = "") -> Sentence:
    """One value of a template as text with its facts; ``seen`` holds the marks that the sentence has already. A word
    ``behind`` the figure of a fact stands before its status.
    """
    if isinstance(value, Sentence):
        return value
    if isinstance(value, Fact):
        text = render(value, language())
        facts = [{"name": field, "text": text, "start": 0} | record(value)]
        text += behind
        mark = (standing(value.status, value.period), value.period)
        if mark[0] in MARKED and mark not in seen:
            text = _("{number} ({status})").format(number=text, status=_(mark[0]))
        seen.add(mark)
        return Sentence(text, escape(text), facts)
    if isinstance(value, Integral) and not isinstance(value, bool):
        value = int(value)  # a count by pandas is of a type of its own
        if _YEAR.fullmatch(str(value)):
            return Sentence(str(value), str(value), [])
        text = f"{value:,}" if language() == "en" else str(value)
        counted = [{"name": field, "text": text, "start": 0, "value": value, "unit": "count", "counted": True}]
        return Sentence(text, text, counted)
    if isinstance(value, str):
        return Sentence(str(value), escape(value), [] if isinstance(value, Name) else _loose(value, 0))
    raise TypeError(f"say: {{{field}}} is a {type(value).__name__} — pass a fact, a word or a whole number")


def _loose(text: str, start: int) -> list[dict]:
    """The numerals of a text that no fact vouches for; a year is a name."""
    found = [numeral for numeral in _NUMERAL.finditer(text) if not _YEAR.fullmatch(numeral[0])]
    return [{"text": numeral[0], "start": start + numeral.start(), "loose": True} for numeral in found]


def _unknown(value: Unknown) -> str:
    """What it is that is not known, in words."""
    template = _("{measure} of {place}, {period}") if value.period else _("{measure} of {place}")
    period = when(value.period)
    return template.format(measure=measure(value.indicator), place=name(value.place), period=period)


def _fields(template: str) -> list[str]:
    fields = [field for _text, field, _spec, _conversion in string.Formatter().parse(template) if field is not None]
    return list(dict.fromkeys(fields))


def _check_names(template: str, values: Mapping[str, object]) -> None:
    for _text, field, specification, conversion in string.Formatter().parse(template):
        if field is not None and (not field.isidentifier() or specification or conversion):
            raise ValueError(f"say: field '{{{field}}}' in '{template}' — write a plain name, as in {{gdp}}")
    wanted = _fields(template)
    for field in wanted:
        if field not in values:
            raise ValueError(f"say: no value for {{{field}}} in '{template}'")
    for field in values:
        if field not in wanted:
            raise ValueError(f"say: value '{field}' is not used in '{template}'")
