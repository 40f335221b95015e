"""A figure on its page: its drawings, a table in which each mark is a row, and files of exactly what is drawn.

What a notebook hands over is held to what `wuhan.charts` writes: shapes and words with plain attributes, and records
of facts. A mark leads to the row that prints it, to the printed facts behind its formula, or to the code that worked it
out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from xml.etree import ElementTree

from wuhan.evidence.observations import standing
from wuhan.site import tables
from wuhan.site.numbers import Number, number_of
from wuhan.text import palette
from wuhan.text.words import label

SPACE = "{http://www.w3.org/2000/svg}"
SHAPES = {SPACE + name for name in ("svg", "g", "path", "rect", "circle", "text")}
LOOKS = {"fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap"}
LOOKS |= {"stroke-linejoin", "font-family", "font-size", "font-weight", "textLength", "lengthAdjust", "transform"}
PLACES = {"viewBox", "d", "x", "y", "width", "height", "cx", "cy", "r"}
COLOUR = re.compile(r'(?:fill|stroke)="(#[0-9a-f]{6})"')
HEAD = '<svg xmlns="http://www.w3.org/2000/svg"'
# Of the table of marks that is downloaded.
COLUMNS = (
    "mark",
    "period",
    "value",
    "low",
    "high",
    "unit",
    "qualifier",
    "status",
    "formula",
    "row",
    "sources",
    "trust",
)


@dataclass
class Fact:
    """One row of the table of marks: its name, what is known of it, and the anchor of the code that worked it out."""

    name: str
    number: Number
    code: str

    @property
    def value(self) -> str:
        """As a reader is told it."""
        return self.number.text

    @property
    def range(self) -> str:
        """The interval in its unit, blank where none is known."""
        record = self.number.record
        if record["value"] is None or record["low"] is record["high"] is None:
            return ""
        exact = record["low"] == record["high"]
        times = "× " * self.number.unit[:1].isdigit()  # "15616 × 100 million yuan"
        return self.number.interval if exact else f"{self.number.interval} {times}{self.number.unit}".strip()

    @property
    def status(self) -> str:
        """Its status; of what is worked out from preliminary figures, that."""
        return label("from preliminary figures") if self.number.record.get("rests") else self.number.status

    @property
    def leads(self) -> str:
        """Where it leads: "row", "formula" or "code". Blank for what was printed and has no row, which none may be."""
        if self.number.row:
            return "row"
        if self.number.formula and self.number.behind:
            return "formula"
        return "code" if self.code and self.number.record["status"] == "derived" else ""


@dataclass
class Drawing:
    """The drawings of a figure as elements of a page, the second for a phone, and its marks in the order of places."""

    title: str
    measure: str
    full: str
    slim: str = ""
    facts: list[Fact] = field(default_factory=list)

    @property
    def colours(self) -> set[str]:
        """All that it is drawn in."""
        return set(COLOUR.findall(self.full + self.slim))

    def csv(self) -> bytes:
        """The marks as a table: numbers without words or rounding, ids in place of names."""
        rows = []
        for fact in self.facts:
            known = fact.number.record | {"mark": fact.name, "row": fact.number.row, "trust": fact.number.trust}
            known["sources"] = ";".join(fact.number.sources)
            known["status"] = standing(*(known.get(key, "") for key in ("status", "period", "vintage")))
            rows.append([known.get(name) for name in COLUMNS])
        return tables.as_csv(COLUMNS, rows).encode()


def drawing(given: Mapping, about: Mapping, alt: str, code: str) -> Drawing:
    """The drawing of a figure that a notebook has ``given``, see `charts.chart.Shown`; ``about`` has title and measure.

    ``alt`` tells it in words, ``code`` is the anchor of the cell that drew it. Raises ``ValueError``, ``LookupError``
    or ``TypeError`` for anything but what a figure of the collection is.
    """
    marks = [_fact(record, code) for record in given["marks"]]
    full, slim = (_element(given.get(name), name, alt, len(marks)) for name in ("full", "slim"))
    return Drawing(str(about.get("title", "")), str(about.get("measure", "")), full, slim, marks)


def _fact(record: dict, code: str) -> Fact:
    filled = record | {"unit": record["unit"] or "count", "name": record["mark"]}
    number = number_of("", filled | {"value": record["value"] or 0})
    number.record = record
    return Fact(str(record["mark"]), number, code)


def _element(given: Mapping | None, name: str, alt: str, marks: int) -> str:
    """A drawing with its class, its words for those who do not see it, and the places of its marks."""
    if not given:
        return ""
    svg, places = given["svg"], given["at"]
    _refuse(svg)
    if len(places) != marks:
        raise ValueError(f"{len(places)} places of {marks} marks")
    at = " ".join(",".join(f"{float(side):g}" for side in place) for place in places)
    return f'{HEAD} class="{name}" role="img" aria-label="{escape(alt)}" data-at="{at}"{svg.removeprefix(HEAD)}'


def _refuse(svg: str) -> None:
    """Raise ``ValueError`` for a drawing with anything but shapes and words, or with more than their looks."""
    if not svg.startswith(HEAD) or "<!" in svg or "<?" in svg:
        raise ValueError("no drawing of a figure")
    try:
        elements = list(ElementTree.fromstring(svg).iter())
    except ElementTree.ParseError as error:
        raise ValueError(f"a drawing that is cut: {error}") from None
    for element in elements:
        strange = {element.tag} - SHAPES or set(element.attrib) - LOOKS - PLACES
        strange |= {value for value in element.attrib.values() if "url" in value or "var" in value}
        if strange:
            raise ValueError(f"a drawing with {min(strange)}")


def alone(element: str) -> bytes:
    """A drawing as a file of its own, on paper."""
    start, _bracket, rest = element.partition(">")
    start = re.sub(r' (class|role|data-at)="[^"]*"', "", start)
    return f'{start}><rect width="100%" height="100%" fill="{palette.PAPER.lower()}"/>{rest}'.encode()


def dark(colours: Iterable[str]) -> str:
    """Rules of style for dark screens: each of ``colours`` as far from the dark paper as it is from white.

    The contrast of any two stays what it was.
    """
    rules = []
    for colour in sorted(set(colours)):
        other = palette.inverted(colour)
        rules += [f'.plot [fill="{colour}"]{{fill:{other}}}', f'.plot [stroke="{colour}"]{{stroke:{other}}}']
    return "@media screen and (prefers-color-scheme: dark) {\n" + "\n".join(rules) + "\n}\n"
