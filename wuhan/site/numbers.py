"""Numbers of a page: each is found in its sentence or table again and made a link to what is known about it.

A record of a fact (see `prose.Sentence` and `tables.Table`) names its text and its place. The link leads to a row of
the table "Numbers on this page": value, interval, period, status, formula, the printed facts behind it, the row of the
data, the sources, the weakest of their grades, the words it was read in, and what the editors noted on them; the script
shows that row in place. A count of the notebook leads to the code that counted, or to the rows that it counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from wuhan.evidence.bounds import cut
from wuhan.evidence.observations import standing
from wuhan.evidence.wording import BARE, told_per
from wuhan.site import cited
from wuhan.site.cited import grade
from wuhan.site.rows import about, note_of, row_of
from wuhan.text import workings
from wuhan.text.language import _, language
from wuhan.text.prose import when
from wuhan.text.words import counter, label, look_up, publisher, remark, unit_words

CITED = 4  # sources that a row names; it counts the others
ADVICE = "end the cell on what say() or table() gives, unchanged"
LOST = f'number "{{text}}" is not found in its text — {ADVICE}'
DERIVED, PRINTED = 6, 12  # significant digits of a number that was worked out, of one that a source prints


class NumberFault(ValueError):
    """A number that cannot be found where its record says that it stands."""


@dataclass
class Number:
    """One row of the table of numbers; ``id`` is its anchor, ``text`` as the page shows it, ``record`` the fact."""

    id: str
    text: str
    value: str
    interval: str
    unit: str
    period: str
    status: str
    what: str
    formula: str = ""
    row: str = ""
    behind: list[dict] = field(default_factory=list)
    others: int = 0
    sources: list[str] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    record: dict = field(default_factory=dict, repr=False)

    @property
    def cited(self) -> list[tuple[str, str]]:
        """Its first sources, the original publisher first, each with its publisher and grade of trust."""
        return [(source, cited.named(source)) for source in cited.in_order(self.sources[:CITED])]

    @property
    def words(self) -> tuple[str, str]:
        """The words in which it was read, and their language; blank where none are kept."""
        text = cited.words_of(self.row)
        return text, "en" if text.isascii() else "zh-CN"

    @property
    def trust(self) -> str:
        """The grade of its weakest source, blank without a source."""
        return cited.weakest(self.sources)

    @property
    def measured(self) -> str:
        """Its value with its unit: "22147.35 × 100 million yuan", "5.6 percent"."""
        form = _("{value} × {unit}") if self.unit[:1].isdigit() else _("{value} {unit}")
        return form.format(value=self.value, unit=self.unit) if self.unit else self.value

    @property
    def uncited(self) -> int:
        """How many further sources it has."""
        return len(self.sources[CITED:])


class Numbers:
    """The numbers of one page, each once; ``link`` gives HTML in which they are links."""

    def __init__(self) -> None:
        self.rows: dict[str, Number] = {}
        self._notes: dict[str, int] = {}

    def __iter__(self):
        return iter(self.rows.values())

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def notes(self) -> list[tuple[int, str, bool]]:
        """What the editors noted on rows and sources of these numbers: number, text, whether it is not translated."""
        return [(number, remark(text), untranslated(text)) for text, number in self._notes.items()]

    def link(self, html: str, records: Iterable[dict], counted_at: str) -> str:
        """``html`` of a sentence with a link on every fact of ``records``; counts lead to ``counted_at``.

        Raises `NumberFault` when a text is not where its record says.
        """
        records = [record for record in records if not record.get("loose")]
        if not records:
            return html
        from bs4 import BeautifulSoup

        soup = BeautifulSoup(html, "html.parser")
        strings = list(soup.find_all(string=True))
        marks: dict[int, tuple] = {}  # by the identity of its node, for nodes of equal text are equal
        for record in records:
            node, start = _find([_cell(soup, record)] if "row" in record else strings, record)
            if not node.find_parent("a"):  # a link of the text itself stays as it is
                spans = marks.setdefault(id(node), (node, []))[1]
                spans.append((start, start + len(record["text"]), self._target(record, counted_at)))
        for node, spans in marks.values():
            node.replace_with(*_linked(soup, node, spans))
        return str(soup)

    def _target(self, record: dict, counted_at: str) -> dict[str, str]:
        if record.get("counted"):
            return {"class": "n count", "href": f"#{counted_at}"}
        number = self.add(record)
        return {"class": "n", "href": f"#{number.id}"} | ({"title": _title(number)} if number.sources else {})

    def add(self, record: dict) -> Number:
        """The row of a fact: a new one, or the one that it has already."""
        parts = {key: part for key, part in record.items() if key not in ("name", "nth", "row", "column")}
        key = json.dumps(parts, sort_keys=True)
        if key not in self.rows:
            self.rows[key] = number = number_of(f"n{len(self.rows) + 1}", record)
            number.notes = [self._notes.setdefault(text, len(self._notes) + 1) for text in _noted(number)]
        return self.rows[key]


def _find(strings: list, record: dict) -> tuple:
    """The string that holds a fact, and where in it: the ``nth`` place of its text in all ``strings``, from none.

    Nothing is marked before all are found, so the text is the one in which `prose.Sentence` counted.
    """
    text, whole, at = record["text"], "".join(strings), -1
    for _count in range(record.get("nth", 0) + 1):
        at = whole.find(text, at + 1)
        if at < 0:
            raise NumberFault(LOST.format(text=text))
    for string in strings:
        if at < len(string):
            break
        at -= len(string)
    if at + len(text) > len(string):
        raise NumberFault(LOST.format(text=text))
    return string, at


def _linked(soup, text: str, spans: list[tuple[int, int, dict]]) -> list:
    """``text`` in pieces: each of ``spans`` (from, to, attributes) a link, the rest as it is."""
    pieces, done = [], 0
    for start, end, target in sorted(spans, key=lambda span: span[:2]):
        if start < done:
            raise NumberFault(f'number "{text[start:end]}" overlaps another — {ADVICE}')
        link = soup.new_tag("a", attrs=target)
        link.string = text[start:end]
        pieces += [text[done:start], link]
        done = end
    return [piece for piece in (*pieces, text[done:]) if piece]


def _cell(soup, record: dict):
    """The text of the table cell in which a fact stands."""
    try:
        cell = soup.find("tbody").find_all("tr")[record["row"]].find_all("td")[record["column"]]
        return next(iter(cell.find_all(string=True)))
    except (AttributeError, IndexError, StopIteration):
        raise NumberFault(f'number "{record["text"]}" has no cell in its table — {ADVICE}') from None


def untranslated(text: str) -> bool:
    """Whether a remark of the data stands in English on a page in another language."""
    return language() != "en" and remark(text) == text


def _noted(number: Number) -> list[str]:
    """The notes on the rows of a number, on the sources that it cites, and on its weakest, each once."""
    weakest = [source for source in number.sources if grade(source) == number.trust][:1]
    texts = [note_of(row) for row in (number.row, *(leaf["row"] for leaf in number.behind))]
    texts += [look_up("sources", "source_id", source)["note"] for source in (*number.sources[:CITED], *weakest)]
    return list(dict.fromkeys(filter(None, texts)))


def _title(number: Number) -> str:
    """What a reader who points at a number sees: status, first publisher, how many sources, the weakest grade."""
    first = publisher(number.sources[0])
    more = len(number.sources) - 1
    told = _("{publisher} and {count} more").format(publisher=first, count=more) if more else first
    return _("{status}; {publisher}; grade {grade}").format(status=number.status, publisher=told, grade=number.trust)


def _unit(unit: str, record: dict) -> str:
    """The words of the unit of a number: what counts has one in Chinese alone."""
    if unit in BARE:
        return counter(record.get("indicator", "")) if unit == "count" else ""
    return unit_words(unit)


def _plain(number: float, derived: bool) -> str:
    """A number without float noise: whole numbers in full, others with the digits that mean something."""
    if number == int(number):
        return f"{number:.0f}"
    return f"{number:.{max(DERIVED if derived else PRINTED, len(str(int(abs(number)))))}g}"


def number_of(anchor: str, record: dict) -> Number:
    """What is known of the fact of a ``record``, as a row with the id ``anchor``."""
    unit, sources = record["unit"], record.get("sources", [])
    leaf = record | {"source": (sources or [""])[0]}
    return Number(
        id=anchor,
        text=record["text"],
        value=_plain(record["value"], "formula" in record),
        interval=_interval(record),
        unit=told_per(_unit(unit, record), unit, record.get("per", ""), language()).strip(),
        period=when(record.get("period", "")),
        status=label(standing(*(record.get(key, "") for key in ("status", "period", "vintage")))),
        what=about(record | {"period": ""}),
        formula=workings.told(record.get("formula", "")),
        row="" if record.get("formula") else row_of(leaf),
        behind=[{"text": each["text"], "what": about(each), "row": row_of(each)} for each in record.get("behind", [])],
        others=record.get("others", 0),
        sources=sources,
        record=record,
    )


def _interval(record: dict) -> str:
    """The range within which a value is known, in its unit; "exact" for a number that is one.

    What was printed has the ends that its last digit leaves; what is worked out is told no finer than it is known.
    """
    derived = bool(record.get("formula")) or record.get("status") == "derived"
    span = {"low": record["low"], "high": record["high"]}
    if None not in span.values():
        if span["low"] == span["high"]:
            return _("exact")
        if derived:
            span = dict(zip(span, cut(*span.values()), strict=True))
    ends = {end: None if known is None else _plain(known, derived) for end, known in span.items()}
    if ends["low"] is None and ends["high"] is None:
        return _("open")
    if ends["low"] is None:
        return _("up to {high}").format(high=ends["high"])
    if ends["high"] is None:
        return _("{low} or more").format(low=ends["low"])
    return _("{low} to {high}").format(**ends)
