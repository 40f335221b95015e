"""What notebooks write with: sentences, lists, figures in words; every number in them is a fact and keeps its source.

A sentence is made by `say`, see `sentence`. Here are the ways to join sentences, to tell a figure in fewer or more
digits, and to name what a page rests on.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from wuhan.evidence import periods
from wuhan.evidence.facts import Fact, Unknown, compare
from wuhan.evidence.observations import standing
from wuhan.evidence.quantities import UNITS, render
from wuhan.text import words
from wuhan.text.ending import end_with
from wuhan.text.language import LANGUAGES, _, language, noted
from wuhan.text.sentence import BLANK, Sentence, Values, escape, filled, moved, say
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
    "BLANK",
    "FACTS",
    "LANGUAGES",
    "THEMES",
    "Name",
    "Sentence",
    "Table",
    "Values",
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
    "headed",
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
    "rough",
    "roughly",
    "runs",
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
    "worked_out",
]
SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FEW = 3  # cities that a sentence names with their years


def joined(parts: Sequence[Sentence], between: str) -> Sentence:
    """Texts one after another with their facts, ``between`` them what joins them."""
    plain, facts = "", []
    for part in parts:
        plain += between if plain else ""
        facts += moved(part.facts, len(plain))
        plain += part.plain
    return Sentence(plain, between.join(part.markdown for part in parts), facts)


def paragraph(*sentences: Sentence) -> Sentence:
    """Several sentences as one text, with the facts of all."""
    return joined([each for each in sentences if each.plain], "" if language() == "zh" else " ")


def headed(*sentences: Sentence) -> Sentence:
    """The answer of a notebook: the first sentence as its headline, the others below it as the standfirst."""
    headline, *rest = [each for each in sentences if each.plain]
    return joined([headline, paragraph(*rest)], "\n\n") if rest else headline


def listed(things: Iterable[object]) -> Sentence:
    """Words, sentences and facts in a row: "Chengdu, Hangzhou and Nanjing"; 成都、杭州、南京.

    A comma stands before the last "and" when one of them is a list itself.
    """
    *first, last = [filled("listed", thing, set()) for thing in things] or [BLANK]
    if not first:
        return last
    nested = any(mark in each.plain for each in (*first, last) for mark in (", ", " and "))
    return joined([joined(first, _(", ")), last], _(", and ") if nested else _(" and "))


def bulleted(things: Iterable[Sentence]) -> Sentence:
    """A list with one sentence an item."""
    items = joined(list(things), "\n- ")
    return Sentence("- " + items.plain, "- " + items.markdown, moved(items.facts, 2))


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


def counted(fact: Fact, exact: bool = False) -> Sentence:
    """A fact, in Chinese with the word behind what it counts: 1200辆; ``exact``: with all digits, see `exactly`."""
    behind = words.counter(fact.indicator)
    if not exact:
        return filled("counted", fact, set(), behind)
    told = exactly(fact)
    return Sentence(f"{told}{behind}", escape(f"{told}{behind}"), told.facts)


def roughly(fact: Fact) -> Sentence:
    """A fact in two digits at most and without its status, for prose; its card has the rest."""
    return _cut("roughly", fact, 2)


def rough(fact: Fact | Unknown) -> Sentence | Unknown:
    """`roughly`, for what may be unknown, too."""
    return fact if isinstance(fact, Unknown) else roughly(fact)


def bare(fact: Fact) -> Sentence:
    """As `roughly`, without its unit: for what stands beside another figure in the same."""
    told = roughly(fact)
    return _reworded(told, str(told).removesuffix(getattr(UNITS[fact.unit], language())).rstrip())


def percent(fact: Fact) -> Sentence:
    """A share in whole percent and without its status, a bound on its safe side; its card has the rest."""
    safe = {"up_to": math.ceil, "over": math.floor, "at_least": math.floor}.get(fact.qualifier, round)
    value = safe(fact.value)
    return _cut("percent", replace(fact, value=value, low=min(fact.low, value), high=max(fact.high, value)), 3)


def fallen(fact: Fact) -> Sentence:
    """As `roughly`, of a fact below zero without its sign, for a sentence that says "fell"; its card has the sign."""
    told = roughly(fact)
    return _reworded(told, str(told).removeprefix("-"))


def _cut(field: str, fact: Fact, digits: int) -> Sentence:
    told = filled(field, fact, {(standing(fact.status, fact.period), fact.period)})
    return _reworded(told, render(fact, language(), digits=digits))


def _reworded(told: Sentence, text: str) -> Sentence:
    """The one number of ``told`` in other words."""
    return Sentence(text, escape(text), [fact | {"text": text} for fact in told.facts])


def spelt(number: int) -> Sentence:
    """A count as a word up to ten in English ("eight"), else as a figure; its record is that of the number."""
    told = filled("spelt", number, set())
    if language() != "en" or not 0 < number <= len(SMALL):
        return told
    return _reworded(told, SMALL[number - 1])


def some(number: int) -> Sentence:
    """A count as `spelt` has it, in English "none" for none; its record is that of the number."""
    told = spelt(number)
    if number or language() != "en":
        return told
    return _reworded(told, _("none"))


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


def source_rows(*things: object) -> list[dict]:
    """The rows of ``sources.csv`` of `source_ids`, ordered by publisher."""
    rows = [words.look_up("sources", "source_id", source) for source in source_ids(*things)]
    return sorted(rows, key=lambda row: (row["publisher"], row["title"], row["source_id"]))


def publishers(ids: Iterable[str]) -> list[str]:
    """The publishers of the sources ``ids``, each once: those with most of the sources first."""
    names = [words.publisher(source) for source in ids]
    return [Name(each) for each in sorted(dict.fromkeys(names), key=lambda each: (-names.count(each), each))]


def worked_out(rates: pd.DataFrame) -> Sentence:
    """How many of the ``rates``, rows of observations of the growth of output, were not found as published, but worked
    out by the panel that has them. Few cities stand with their years; blank where all are published.
    """
    own = rates[rates["status"] == "derived"].drop_duplicates(["place", "period"])
    if own.empty:
        return BLANK
    years = own.groupby("place", sort=False)["period"].agg(list)
    told = {"all": len(rates.drop_duplicates(["place", "period"])), "k": len(own)}
    if len(years) > FEW:
        return say(
            "Not found as published, but worked out by the panel that has them: {k} of the {all} growth rates used, in "
            "{n} cities.",
            n=len(years),
            **told,
        )
    places = listed(say("{place} in {years}", place=name(each), years=runs(when)) for each, when in years.items())
    return say(
        "Not found as published, but worked out by the panel that has them: {k} of the {all} growth rates used "
        "({places}).",
        places=places,
        **told,
    )


def runs(years: Iterable[int | str]) -> Sentence:
    """Years in words, runs joined: 2013, 2014 and 2019 are "2013 to 2014 and 2019"."""
    found = periods.runs(map(int, years))
    return listed(when(str(first) if first == last else f"{first}/{last}") for first, last in found)


def sources(*things: object) -> Sentence:
    """The generated list of sources: publisher, title with address, date, trust; ordered by publisher.

    A text that was read in a copy on an unrelated host is named so, and is no link.
    """
    rows = source_rows(*things)
    if not rows:
        return say("No figure of a source is shown here.")
    lines = []
    for row in rows:
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
        return BLANK
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
    rest = say("Available: {listed}.", listed=there) if there.plain else say("Nothing else is available.")
    return headed(say("No {what}.", what=what), rest)
