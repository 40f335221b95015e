"""Computed sentences and lists: every number in them is a fact and keeps its source.

Templates are the messages of the gettext catalogue, so a sentence is written once and translated as a whole.

Published numbers that still await their revision, and estimates, are marked in words, once for each status and period
in a sentence: "22.1 trillion yuan (preliminary)". What is derived from them is not: its record names them. Targets
and plans are worded by the template, never by a mark.
"""

from __future__ import annotations

import html
import math
import re
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from wuhan.evidence.facts import Fact, Unknown, compare
from wuhan.evidence.observations import standing
from wuhan.evidence.quantities import UNITS, render
from wuhan.text import words
from wuhan.text.ending import end_with
from wuhan.text.language import LANGUAGES, _, language, noted
from wuhan.text.tables import FACTS, Table, record, table, word
from wuhan.text.words import (
    THEMES,
    Name,
    captions,
    definition,
    grown,
    label,
    measure,
    name,
    remark,
    table_of,
    unit_of,
    unit_words,
    when,
    worded,
)

__all__ = [
    "FACTS",
    "LANGUAGES",
    "THEMES",
    "Name",
    "Sentence",
    "Table",
    "_",
    "bulleted",
    "captions",
    "choose",
    "definition",
    "definitions",
    "distinct",
    "end_with",
    "escape",
    "exactly",
    "fallen",
    "grown",
    "joined",
    "label",
    "language",
    "listed",
    "measure",
    "missing",
    "name",
    "noted",
    "paragraph",
    "plural",
    "publishers",
    "remark",
    "roughly",
    "say",
    "source_ids",
    "sources",
    "span",
    "spelt",
    "table",
    "table_of",
    "unit_of",
    "unit_words",
    "unsure",
    "when",
    "word",
    "worded",
]
SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
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
    worded = {field: _worded(field, values[field], seen) for field in _fields(message)}
    plain, facts = "", []
    for literal, field, _spec, _conversion in string.Formatter().parse(_MARKUP.sub(r"\1", message)):
        facts += _loose(literal, len(plain))
        plain += literal
        if field is not None:
            facts += [fact | {"start": fact["start"] + len(plain)} for fact in worded[field].facts]
            plain += worded[field].plain
    markdown = message.format(**{field: each.markdown for field, each in worded.items()})
    return Sentence(plain, _BULLET.sub(r"\1\\\2", markdown), facts)


def _worded(field: str, value: object, seen: set, behind: str = "") -> Sentence:
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
    if isinstance(value, int) and not isinstance(value, bool):
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


def joined(parts: Sequence[Sentence], between: str) -> Sentence:
    """Texts one after another with their facts, ``between`` them what joins them."""
    plain, facts = "", []
    for part in parts:
        plain += between if plain else ""
        facts += [fact | {"start": fact["start"] + len(plain)} for fact in part.facts]
        plain += part.plain
    return Sentence(plain, between.join(part.markdown for part in parts), facts)


def paragraph(*sentences: Sentence) -> Sentence:
    """Several sentences as one text, with the facts of all."""
    return joined([each for each in sentences if each.plain], "" if language() == "zh" else " ")


def listed(things: Iterable[object]) -> Sentence:
    """Words, sentences and facts in a row: "Chengdu, Hangzhou and Nanjing"; 成都、杭州、南京.

    A comma stands before the last "and" when one of them is a list itself.
    """
    *first, last = [_worded("listed", thing, set()) for thing in things] or [Sentence("", "")]
    if not first:
        return last
    nested = any(mark in each.plain for each in (*first, last) for mark in (", ", " and "))
    return joined([joined(first, _(", ")), last], _(", and ") if nested else _(" and "))


def bulleted(things: Iterable[Sentence]) -> Sentence:
    """A list with one sentence an item."""
    items = joined(list(things), "\n- ")
    facts = [fact | {"start": fact["start"] + 2} for fact in items.facts]
    return Sentence("- " + items.plain, "- " + items.markdown, facts)


def choose(a, b, *, more: str, less: str, same: str) -> str:
    """The word that fits when ``a`` is set against ``b``: ``same`` when their intervals overlap, none when one
    of the two is unknown.
    """
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return ""
    if isinstance(a, Fact) or isinstance(b, Fact):
        order = compare(a, b)
    else:
        order = (a > b) - (a < b)
    return _({1: more, -1: less, 0: same}[order])


def plural(count: int | Fact | Unknown, *, one: str, many: str) -> str:
    """The words that agree with a number: ``one`` with 1, ``many`` with any other and with 0, none with an unknown.

    Both are translated, so a language without a plural has the same text for the two.
    """
    if isinstance(count, Unknown):
        return ""
    return _(one if (count.value if isinstance(count, Fact) else count) == 1 else many)


def printed(fact: Fact, words: str) -> Sentence:
    """A fact in the ``words`` in which it was printed."""
    return Sentence(words, escape(words), [{"name": "printed", "text": words, "start": 0} | record(fact)])


def exactly(fact: Fact) -> Sentence:
    """A fact with all the digits that its source prints, where four would hide what the sentence is about."""
    return _cut("exactly", fact, 12)


def counted(fact: Fact) -> Sentence:
    """A fact, in Chinese with the word behind what it counts: 1200辆."""
    return _worded("counted", fact, set(), words.counter(fact.indicator))


def roughly(fact: Fact) -> Sentence:
    """A fact in two digits at most and without its status, for prose; its card has the rest."""
    return _cut("roughly", fact, 2)


def bare(fact: Fact) -> Sentence:
    """As `roughly`, without its unit: for what stands beside another figure in the same."""
    told = roughly(fact)
    text = str(told).removesuffix(getattr(UNITS[fact.unit], language())).rstrip()
    return Sentence(text, escape(text), [told.facts[0] | {"text": text}])


def percent(fact: Fact) -> Sentence:
    """A share in whole percent and without its status, a bound on its safe side; its card has the rest."""
    safe = {"up_to": math.ceil, "over": math.floor, "at_least": math.floor}.get(fact.qualifier, round)
    value = safe(fact.value)
    return _cut("percent", replace(fact, value=value, low=min(fact.low, value), high=max(fact.high, value)), 3)


def fallen(fact: Fact) -> Sentence:
    """As `roughly`, of a fact below zero without its sign, for a sentence that says "fell"; its card has the sign."""
    told = roughly(fact)
    text = str(told).removeprefix("-")
    return Sentence(text, escape(text), [told.facts[0] | {"text": text}])


def _cut(field: str, fact: Fact, digits: int) -> Sentence:
    told = _worded(field, fact, {(standing(fact.status, fact.period), fact.period)})
    text = render(fact, language(), digits=digits)
    return Sentence(text, escape(text), [told.facts[0] | {"text": text}])


def spelt(number: int) -> Sentence:
    """A count as a word up to ten in English ("eight"), else as a figure; its record is that of the number."""
    told = _worded("spelt", number, set())
    if language() != "en" or not 0 < number <= len(SMALL):
        return told
    word = SMALL[number - 1]
    return Sentence(word, word, [fact | {"text": word} for fact in told.facts])


def some(number: int) -> Sentence:
    """A count as `spelt` has it, in English "none" for none; its record is that of the number."""
    told = spelt(number)
    if number or language() != "en":
        return told
    word = _("none")
    return Sentence(word, word, [fact | {"text": word} for fact in told.facts])


def distinct(one: Fact, other: Fact) -> tuple[Fact | Sentence, ...]:
    """Two facts for a sentence that sets them side by side: with all their digits where they would read alike."""
    alike = render(one, language()) == render(other, language())
    return tuple(exactly(fact) if alike else fact for fact in (one, other))


def span(figures: Sequence[Fact]) -> Sentence:
    """One figure, or the range from the first to the last of several in order: "650 to 995"."""
    if len(figures) == 1:
        return say("{only}", only=figures[0])
    return say("{lowest} to {highest}", lowest=figures[0], highest=figures[-1])


def definitions(*indicators: str) -> Sentence:
    """A list with name, Chinese name, unit and definition of each of ``indicators``."""
    lines = []
    for indicator in indicators:
        row = words.look_up("indicators", "indicator", indicator)
        parts = [part for part in (row["name_zh"], unit_words(row["unit"], indicator)) if part != measure(indicator)]
        about = escape(_("; ").join(parts))
        lines.append(
            "- "
            + _("**{measure}** ({about}): {definition}").format(
                measure=escape(measure(indicator)), about=about, definition=escape(definition(indicator))
            )
        )
    text = "\n".join(lines)
    return Sentence(text, text)


def source_ids(*things: object) -> list[str]:
    """The source ids of frames, facts, charts, or ids themselves: each once, in order."""
    found: dict[str, None] = {}
    for thing in things:
        if isinstance(thing, str):
            named = [thing]
        elif isinstance(thing, pd.DataFrame):
            named = [one for cell in thing["source_id"] for one in ([cell] if isinstance(cell, str) else cell)]
        elif hasattr(thing, "sources"):
            named = list(thing.sources)
        elif isinstance(thing, Iterable):
            named = source_ids(*thing)
        else:
            raise TypeError(f"source_ids: a {type(thing).__name__} has no sources — pass frames, facts or ids")
        found |= dict.fromkeys(filter(None, named))
    return list(found)


def publishers(ids: Iterable[str]) -> list[str]:
    """The publishers of the sources ``ids``, each once: those with most of the sources first."""
    names = [words.publisher(source) for source in ids]
    return [Name(each) for each in sorted(dict.fromkeys(names), key=lambda each: (-names.count(each), each))]


def sources(*things: object) -> Sentence:
    """The generated list of sources: publisher, title with address, date, trust; ordered by publisher.

    A text that was read in a copy on an unrelated host is named so, and is no link.
    """
    rows = [words.look_up("sources", "source_id", source) for source in source_ids(*things)]
    if not rows:
        return say("No figure of a source is shown here.")
    lines = []
    for row in sorted(rows, key=lambda row: (row["publisher"], row["title"], row["source_id"])):
        title = f"*{escape(words.titled(row['title']))}*"
        if address := words.reached(row):
            title = f"[{title}](<{address}>)"
        told = {"publisher": escape(words.publisher(row["source_id"])), "title": title, "grade": words.graded(row)}
        if row["published"]:
            line = _("{publisher}: {title}, {date} (trust {grade}).").format(date=escape(row["published"]), **told)
        else:
            line = _("{publisher}: {title} (trust {grade}).").format(**told)
        lines.append(f"- {line}")
    text = "\n".join(lines)
    return Sentence(text, text)


def unsure(*later: Fact) -> Sentence:
    """That the figures ``later`` are found only in sources of low trust; blank without any.

    For what `observations.leading` gives beside the figure that leads.
    """
    if not later:
        return Sentence("", "")
    told = [
        say("{measure} {figure} in {when}", measure=measure(each.indicator), figure=each, when=when(each.period))
        if each.indicator
        else say("{figure} in {when}", figure=each, when=when(each.period))
        for each in dict.fromkeys(later)
    ]
    return say("Found only in sources of low trust: {figures}.", figures=listed(told))


def missing(what: object, available: Iterable[object]) -> Sentence:
    """What stands where nothing was found: what is missing, and what there is instead."""
    what = what if isinstance(what, Sentence) else Name(what)
    there = listed(each if isinstance(each, Sentence | int) else Name(each) for each in available)
    if not there.plain:
        return say("No {what}. Nothing else is available.", what=what)
    return say("No {what}. Available: {listed}.", what=what, listed=there)
