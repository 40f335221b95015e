"""What each row of the data carries: the headlines, numbers and verdicts of these pages; and which rows nothing uses.

A row carries a number that is it, or that names it among the printed figures behind it, and a verdict whose first
witness it is. It carries them alone unless another source in the data tells the same. What a figure draws or a sentence
counts is recorded by no row: one whose source some page names may be drawn or counted there. A row that carries nothing
and whose sources no page names is used by nothing. `make why` takes one row out instead, which finds all and is slow.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from wuhan.evidence import observations
from wuhan.evidence.csvreader import as_printed
from wuhan.site import tables
from wuhan.site.book import Page
from wuhan.site.numbers import Number
from wuhan.site.rowpages import told as row_told
from wuhan.site.rowpages import way
from wuhan.text.words import publisher

FILE = "rows.csv"  # beside the pages
TABLES = (*observations.TABLES, "events", "event_sectors", "projects", "policies", "future_industries")
COLUMNS = ("row", "key", "use", "headlines", "numbers", "verdicts", "second_source")
CARRIES, NAMED, NOTHING = "carries", "source_named", "nothing"


@dataclass(frozen=True)
class Told:
    """A row of the data: its address, such as gdp.csv#line=36, what tells it from others, its sources, and another
    source that tells the same, blank where none does.
    """

    row: str
    key: str
    sources: tuple[str, ...]
    second: str


@dataclass(frozen=True)
class Use:
    """What a row carries: the names of the notebooks in whose headline it stands, how many numbers and verdicts."""

    told: Told
    headlines: tuple[str, ...]
    numbers: int
    verdicts: int
    named: bool

    @property
    def use(self) -> str:
        """Whether it carries something, may be drawn or counted, or is used by nothing."""
        return CARRIES if self.numbers or self.verdicts else NAMED if self.named else NOTHING


def uses(notebooks: Iterable[Page], verdicts: str, named: Collection[str], rows: Iterable[Told]) -> list[Use]:
    """What each of the `rows` carries. ``verdicts`` is `ledger.table`, ``named`` the sources that the pages name."""
    numbers: Counter = Counter()
    headlines: dict[str, list[str]] = defaultdict(list)
    for each in notebooks:
        numbers.update(row for number in each.numbers for row in set(resting(number)))
        for row in dict.fromkeys(row for number in answers(each) for row in resting(number)):
            headlines[row].append(each.stem)
    decided = Counter(one["row"] for _line, one in as_printed(verdicts.encode()))
    return [
        Use(
            told,
            tuple(headlines.get(told.row, ())),
            numbers[told.row],
            decided[told.row],
            any(source in named for source in told.sources),
        )
        for told in rows
    ]


def answers(page: Page) -> list[Number]:
    """The numbers in the headline of a page that rest on rows."""
    records = [record for record in page.answer if not (record.get("counted") or record.get("loose"))]
    return [page.numbers.add(record) for record in records]


def resting(number: Number) -> list[str]:
    """The rows that a number is, or names among the printed figures behind it."""
    return [row for row in (number.row, *(leaf["row"] for leaf in number.behind)) if row]


def table(found: Iterable[Use]) -> str:
    """Every row with its use as CSV, the same in every language."""
    rows = (
        (
            each.told.row,
            each.told.key,
            each.use,
            " ".join(each.headlines),
            each.numbers,
            each.verdicts,
            each.told.second,
        )
        for each in found
    )
    return tables.as_csv(COLUMNS, rows)


def page(notebooks: list[Page], found: list[Use]) -> dict:
    """What the page of the data shows: the rows behind headlines, and of each table how many rows nothing uses."""
    by_row = {each.told.row: each for each in found}
    carried = [
        {"title": each.title, "way": f"{each.file}#{number.id}", "text": number.text, "others": number.others}
        | {"rows": [_shown(by_row[row]) for row in dict.fromkeys(resting(number)) if row in by_row]}
        for each in notebooks
        for number in answers(each)
    ]
    behind = [each for each in found if each.headlines]
    counted = Counter((each.told.row.partition("#")[0], each.use) for each in found)
    return {
        "carried": [each for each in carried if each["rows"]],
        "behind": len(behind),
        "alone": sum(not each.told.second for each in behind),
        "counts": [
            (file, *(tables.grouped(counted[file, use]) for use in (CARRIES, NAMED, NOTHING)))
            for file in dict.fromkeys(file for file, _use in counted)
        ],
        "download": FILE,
    }


def _shown(use: Use) -> dict:
    told = use.told
    return {"row": way(told.row), "place": row_told(told.row), "second": told.second and publisher(told.second)}


@lru_cache(maxsize=2)  # the same in every language
def rows(data: Path) -> tuple[Told, ...]:
    """Every row of the tables that tell of the city and its peers, in their order."""
    about = {each["name"]: each for each in tables.descriptor(data)["resources"]}
    read = {
        name: list(as_printed((data / about[name]["path"]).read_bytes()))
        for name in TABLES
        if name in about and (data / about[name]["path"]).exists()
    }
    same: dict[tuple, list[str]] = defaultdict(list)
    for name in (name for name in observations.TABLES if name in read):
        for _line, cells in read[name]:
            same[_same(cells)].append(cells["source_id"])
    return tuple(told for name, rows in read.items() for told in _of_table(about[name], rows, same))


def _of_table(resource: dict, rows: list, same: dict[tuple, list[str]]) -> Iterator[Told]:
    """The rows of one table. Of an event or a project the second source is its own; of an observation that of a row."""
    cited = tables.pointing(resource, "sources")
    key = [column for column in resource["schema"]["primaryKey"] if column not in cited]
    observed = resource["name"] in observations.TABLES
    for line, cells in rows:
        sources = tuple(cells[column] for column in cited if cells[column])
        others = same.get(_same(cells), []) if observed else sources
        second = next((source for source in others if source != sources[0]), "")
        address = f"{resource['path']}#line={line}"
        yield Told(address, " ".join(cells[column] for column in key if cells[column]), sources, second)


def _same(cells: dict[str, str]) -> tuple:
    """What two sources must have in common to tell the same."""
    aim = cells.get("status") in observations.AIMS
    return cells.get("place"), cells.get("indicator"), cells.get("period"), aim
