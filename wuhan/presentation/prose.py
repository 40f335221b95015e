"""Computed sentences, tables and lists: every number in them is a fact and keeps its source.

Templates are the messages of the gettext catalogue, so a sentence is written once and translated as a whole.

Numbers that are not final are marked in words, once for each status and period in a sentence: "22.1 trillion
yuan (preliminary)". Targets and plans are worded by the template, never by a mark.
"""

from __future__ import annotations

import difflib
import functools
import gettext
import html
import math
import re
import string
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from wuhan.evidence import package
from wuhan.evidence.facts import Fact, Unknown, compare
from wuhan.evidence.quantities import UNITS, render

LANGUAGES = ("en",)
FACTS = "application/vnd.wuhan.facts+json"
MARKED = ("preliminary", "estimate")
THEMES = {
    "gdp": "GDP and growth",
    "industry": "Industry and projects",
    "ai": "AI ecosystem",
    "future": "Future industries",
    "talent": "Talent and science",
    "smes": "Small and medium firms",
    "policy": "Policy and funds",
    "logistics": "Logistics",
    "other": "Other",
}
MONTHS = ("January", "February", "March", "April", "May", "June",
          "July", "August", "September", "October", "November", "December")  # fmt: skip
_SPECIAL = re.compile(r"([\\`*_\[\]#|~$!])")
_MARKUP = re.compile(r"\*\*|\[([^\]]*)\]\([^)]*\)")
_state = {"language": "en", "catalogue": gettext.NullTranslations()}


def _(message: str) -> str:
    """``message`` in the language of the notebook; itself when the catalogue lacks it."""
    return _state["catalogue"].gettext(message) if message else ""


def language(code: str = "") -> str:
    """Set the language of what follows, if ``code`` is given, and return it. Raises ``ValueError``."""
    if code and code not in LANGUAGES:
        raise ValueError(f"language: found '{code}' — write one of {', '.join(LANGUAGES)}")
    _state["language"] = code or _state["language"]
    return _state["language"]


class Sentence:
    """Computed text with the facts it states. ``str()`` gives it plain; a notebook shows it as Markdown."""

    def __init__(self, plain: str, markdown: str, facts: Iterable[dict] = ()):
        self.plain, self.markdown, self.facts = plain, markdown, list(facts)

    def __str__(self) -> str:
        return self.plain

    def __repr__(self) -> str:
        return "Sentence"

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        bundle = {"text/markdown": self.markdown, "text/plain": repr(self)}
        return bundle | ({FACTS: self.facts} if self.facts else {})


def escape(text: object) -> str:
    """``text`` from the data, made safe and literal inside Markdown: no markup, no HTML, no line break."""
    return _SPECIAL.sub(r"\\\1", html.escape(" ".join(str(text).split()), quote=False))


def say(template: str, **values: object) -> Sentence:
    """Fill the named placeholders of ``template`` with facts, sentences, words and whole numbers.

    A fact is rendered in the language of the notebook, at the precision of its source. Placeholders and
    ``values`` must match exactly; format specifications, attributes and positions are refused. Raises
    ``ValueError``, and ``TypeError`` for a value of another kind. With an unknown among the values nothing can
    be said but that it is not known.
    """
    _check_names(template, values)
    lost = [_unknown(value) for value in values.values() if isinstance(value, Unknown)]
    if lost:
        return say("Not known: {what}.", what="; ".join(dict.fromkeys(lost)))
    plain, marked, recorded, seen = {}, {}, [], set()
    for field in _fields(template):
        value = values[field]
        if isinstance(value, Fact):
            text = render(value, _state["language"])
            recorded.append({"name": field, "text": text} | _record(value))
            mark = (value.status, value.period)
            if value.status in MARKED and mark not in seen:
                text += f" ({_(value.status)})"
            seen.add(mark)
            plain[field], marked[field] = text, escape(text)
        elif isinstance(value, Sentence):
            plain[field], marked[field] = value.plain, value.markdown
            recorded += value.facts
        elif isinstance(value, str | int) and not isinstance(value, bool):
            plain[field], marked[field] = str(value), escape(value)
        else:
            raise TypeError(
                f"say: {{{field}}} is a {type(value).__name__} — pass a fact, a word or a whole number"
            )
    message = _(template)
    _check_names(message, values)
    return Sentence(_MARKUP.sub(r"\1", message).format(**plain), message.format(**marked), recorded)


def _unknown(value: Unknown) -> str:
    """What it is that is not known, in words."""
    template = _("{measure} of {place}, {period}") if value.period else _("{measure} of {place}")
    period = when(value.period)
    return template.format(measure=measure(value.indicator), place=name(value.place), period=period)


def _fields(template: str) -> list[str]:
    return list(
        dict.fromkeys(
            field
            for _text, field, _spec, _conversion in string.Formatter().parse(template)
            if field is not None
        )
    )


def _check_names(template: str, values: Mapping[str, object]) -> None:
    for _text, field, specification, conversion in string.Formatter().parse(template):
        if field is not None and (not field.isidentifier() or specification or conversion):
            raise ValueError(
                f"say: placeholder '{{{field}}}' in '{template}' — write a plain name, as in {{gdp}}"
            )
    wanted = _fields(template)
    for field in wanted:
        if field not in values:
            raise ValueError(f"say: no value for {{{field}}} in '{template}'")
    for field in values:
        if field not in wanted:
            raise ValueError(f"say: value '{field}' is not used in '{template}'")


def _record(fact: Fact) -> dict:
    """The parts of ``fact`` as JSON; an open end is null."""
    ends = {
        end: bound if math.isfinite(bound := getattr(fact, end)) else None for end in ("value", "low", "high")
    }
    return ends | {
        "unit": fact.unit,
        "period": fact.period,
        "status": fact.status,
        "qualifier": fact.qualifier,
        "sources": list(fact.sources),
        "formula": fact.formula,
    }


def paragraph(*sentences: Sentence) -> Sentence:
    """Several sentences as one text, with the facts of all."""
    return Sentence(
        " ".join(map(str, sentences)),
        " ".join(each.markdown for each in sentences),
        [fact for each in sentences for fact in each.facts],
    )


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



def span(figures: Sequence[Fact]) -> Sentence:
    """One figure, or the range from the first to the last of several in order: "650 to 995"."""
    if len(figures) == 1:
        return say("{only}", only=figures[0])
    return say("{lowest} to {highest}", lowest=figures[0], highest=figures[-1])


@functools.cache
def table_of(table: str, key: str) -> dict[str, dict]:
    """A table of the data package by its ``key``: one row a dictionary; read once."""
    return package.read(table).set_index(key, drop=False).to_dict("index")


def _look_up(table: str, key: str, code: str) -> dict:
    rows = table_of(table, key)
    if code not in rows:
        near = difflib.get_close_matches(code, rows, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"see data/{table}.csv"
        raise LookupError(f"{key}: found '{code}' — {hint}")
    return rows[code]


def name(place: str) -> str:
    """The name of ``place`` in the language of the notebook."""
    return _look_up("places", "place", place)[f"name_{_state['language']}"]


def measure(indicator: str) -> str:
    """The name of ``indicator`` in the language of the notebook."""
    return _look_up("indicators", "indicator", indicator)[f"name_{_state['language']}"]


def label(code: str) -> str:
    """A code of a closed vocabulary (theme, status, vintage, scope, stage, …) as words: first_release is "first
    release".
    """
    return _(THEMES.get(code, code.replace("_", " ")))


def when(period: str) -> str:
    """An ISO 8601 ``period`` as words: 26 June 2025, June 2025, 2025, January to March 2021."""
    first, _slash, last = period.partition("/")
    if not period:
        return ""
    if not last:
        year, month, day = (*map(int, first.split("-")), 0, 0)[:3]
        form = _("{day} {month} {year}") if day else _("{month} {year}") if month else "{year}"
        return form.format(day=day, month=_(MONTHS[month - 1]), year=year)
    first = _(MONTHS[int(first[5:]) - 1]) if len(first) == 7 and first[:4] == last[:4] else when(first)
    return _("{first} to {last}").format(first=first, last=when(last))



def captions(rows: pd.DataFrame, words: Mapping[str, str]) -> list[str]:
    """What each of ``rows`` is called in a figure: its indicator (in ``words``, else its name), its period, and the
    code in its column ``remark`` unless that is blank: "core scale, 2025, zone".
    """
    named = [
        (words.get(row.indicator) or measure(row.indicator), when(row.period), label(row.remark))
        for row in rows.itertuples()
    ]
    return [", ".join(filter(None, parts)) for parts in named]


def unit_of(indicator: str) -> str:
    """The code of the unit in which ``indicator`` is stored."""
    return _look_up("indicators", "indicator", indicator)["unit"]


def definition(indicator: str) -> str:
    """What ``indicator`` counts, in one sentence."""
    return _look_up("indicators", "indicator", indicator)["definition"]


def definitions(*indicators: str) -> Sentence:
    """A list with name, Chinese name, unit and definition of each of ``indicators``."""
    lines = []
    for indicator in indicators:
        row = _look_up("indicators", "indicator", indicator)
        head = (
            f"**{escape(measure(indicator))}** ({escape(row['name_zh'])}; {escape(unit_words(row['unit']))})"
        )
        lines.append(f"- {head}: {escape(row['definition'])}")
    text = "\n".join(lines)
    return Sentence(text, text)


def unit_words(unit: str) -> str:
    """``unit`` in words, in the language of the notebook."""
    return getattr(UNITS[unit], _state["language"])


def source_ids(*things: object) -> list[str]:
    """The source ids of frames, facts, charts, or ids themselves: each once, in order."""
    found: dict[str, None] = {}
    for thing in things:
        if isinstance(thing, str):
            named = [thing]
        elif isinstance(thing, pd.DataFrame):
            named = [
                one for cell in thing["source_id"] for one in ([cell] if isinstance(cell, str) else cell)
            ]
        elif hasattr(thing, "sources"):
            named = list(thing.sources)
        else:
            named = source_ids(*thing)
        found |= dict.fromkeys(filter(None, named))
    return list(found)


def publishers(ids: Iterable[str]) -> list[str]:
    """The publishers of the sources ``ids``, each once: those with most of the sources first."""
    names = [_look_up("sources", "source_id", source)["publisher"] for source in ids]
    return sorted(dict.fromkeys(names), key=lambda publisher: (-names.count(publisher), publisher))


def sources(*things: object) -> Sentence:
    """The generated list of sources: publisher, title with address, date, trust; ordered by publisher."""
    rows = [_look_up("sources", "source_id", source) for source in source_ids(*things)]
    if not rows:
        return say("No figure of a source is shown here.")
    lines = []
    for row in sorted(rows, key=lambda row: (row["publisher"], row["title"], row["source_id"])):
        title = f"*{escape(row['title'])}*"
        if re.fullmatch(r"https?://[^\s<>]+", row["address"]):
            title = f"[{title}](<{row['address']}>)"
        date = f", {escape(row['published'])}" if row["published"] else ""
        trust = _("trust {grade}").format(grade=row["trust"])
        lines.append(f"- {escape(row['publisher'])}: {title}{date} ({trust}).")
    text = "\n".join(lines)
    return Sentence(text, text)


def missing(what: object, available: Iterable[object]) -> Sentence:
    """What stands where nothing was found: what is missing, and what there is instead."""
    listed = ", ".join(map(str, available))
    if not listed:
        return say("No {what}. Nothing else is available.", what=str(what))
    return say("No {what}. Available: {listed}.", what=str(what), listed=listed)


class Table:
    """A small table for reading: escaped HTML with a plain twin, and the facts it shows."""

    def __init__(self, heads: list[str], rows: list[list[str]], numeric: list[bool], facts: list[dict]):
        self.heads, self.rows, self.numeric, self.facts = heads, rows, numeric, facts

    def __repr__(self) -> str:
        return "\n".join("\t".join(row) for row in [self.heads, *self.rows])

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        kinds = [
            ' class="number" style="text-align: right"' if numeric else ' style="text-align: left"'
            for numeric in self.numeric
        ]
        lines = ["<table>", "<thead><tr>"]
        lines += [
            f'<th scope="col"{kind}>{html.escape(head)}</th>'
            for head, kind in zip(self.heads, kinds, strict=True)
        ]
        lines.append("</tr></thead>\n<tbody>")
        for row in self.rows:
            cells = "".join(
                f"<td{kind}>{html.escape(cell)}</td>" for cell, kind in zip(row, kinds, strict=True)
            )
            lines.append(f"<tr>{cells}</tr>")
        bundle = {"text/html": "\n".join([*lines, "</tbody>\n</table>"]), "text/plain": repr(self)}
        return bundle | ({FACTS: self.facts} if self.facts else {})


def word(cell: object) -> str:
    """A cell of a table as text: facts with unit and status, numbers without float noise, blanks."""
    if isinstance(cell, Fact):
        status = "" if cell.status in ("actual", "derived") else f" ({_(cell.status)})"
        return render(cell, _state["language"]) + status
    if isinstance(cell, Unknown):
        return _("not known")
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    return f"{cell:.12g}" if isinstance(cell, float) else str(cell)


def table(frame: pd.DataFrame, columns: Mapping[str, str] | None = None) -> Table:
    """``frame`` as a table; ``columns`` maps the columns to show to their headings (all, under their own
    names, if None).

    A cell may hold a fact: it is worded with its unit, and with its status unless that is actual or derived.
    Blank for missing. Numbers that are not facts are shown as they are, without float noise.
    """
    columns = columns or {column: str(column) for column in frame.columns}
    unknown = [column for column in columns if column not in frame.columns]
    if unknown:
        raise ValueError(
            f"table: no column '{unknown[0]}' — the frame has {', '.join(map(str, frame.columns))}"
        )
    picked = [frame[column].tolist() for column in columns]
    rows = [[word(cell) for cell in cells] for cells in zip(*picked, strict=True)]
    numeric = [any(isinstance(cell, Fact | int | float) for cell in cells) for cells in picked]
    recorded = [
        {"name": heading, "text": word(cell)} | _record(cell)
        for heading, cells in zip(columns.values(), picked, strict=True)
        for cell in cells
        if isinstance(cell, Fact)
    ]
    return Table(list(columns.values()), rows, numeric, recorded)
