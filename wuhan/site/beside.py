"""What stands beside a report in its folder: the same pages for other cities, and the pages as PDF.

Each is made by a command of its own (`make report PARAMS="city=…"`, `make sweep`, `make pdf`), so that a page leads
only to what is there when it is drawn. An edition says something about a city unless its notebook ends on having no
figure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from wuhan.evidence import package

DEFAULT = "wuhan"  # the city of a report without other parameters
ANSWERED = '<div class="headline">'
REPORT, SWEEP, PDF = "report", "sweep", "pdf"


@dataclass(frozen=True)
class Beside:
    """The ways from the root of a report: of each page and language to its other cities, and to its PDF.

    ``city`` is that of the report itself; ``editions`` maps (language folder, page) to city and way.
    """

    city: str = DEFAULT
    editions: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    papers: frozenset[str] = frozenset()  # ways of PDF files

    def cities(self, folder: str, stem: str) -> dict[str, str]:
        """The other cities for which a page says something, in the order of ``places.csv``, and the ways there."""
        found = self.editions.get((folder, stem), {})
        return {place: found[place] for place in package.read("places")["place"] if place in found}

    def pdf(self, code: str, stem: str) -> str:
        """The way to the PDF of a page; "" where it was not made."""
        way = f"../{PDF}/{code}/{stem}.pdf"
        return way if way in self.papers else ""


def look(build: Path, city: str, codes: list[str], own: str) -> Beside:
    """What stands in the folder ``build`` beside the report ``own`` on ``city``, in the languages ``codes``."""
    places = set(package.read("places")["place"]) - {city}
    editions: dict[tuple[str, str], dict[str, str]] = {}
    for folder in ("" if code == codes[0] else f"{code}/" for code in codes):
        for place in sorted(places):
            whole = f"{REPORT}/" if place == DEFAULT else f"{REPORT}-city-{place}/"
            for way in (f"{whole}{folder}", f"{SWEEP}/{folder}{place}/"):
                for page in sorted((build / way).glob("[0-9]*_*.html")):
                    if speaks(page):
                        editions.setdefault((folder, page.stem), {}).setdefault(place, f"../{way}{page.name}")
    papers = (build / PDF).glob("*/*.pdf") if own == REPORT else ()
    return Beside(city, editions, frozenset(f"../{path.relative_to(build).as_posix()}" for path in papers))


def speaks(page: Path) -> bool:
    """Whether a page has an answer; one that ends on having no figure has none."""
    return ANSWERED in page.read_text(encoding="utf-8")
