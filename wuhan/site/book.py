"""One executed notebook as one page: blocks of text, numbers, tables, figures and folded code, in their order."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import nbformat

from wuhan.site import figures
from wuhan.site.figures import Drawing
from wuhan.site.numbers import NumberFault, Numbers
from wuhan.site.sanitise import clean, fitted, markdown, plain
from wuhan.text import language
from wuhan.text.ending import ends
from wuhan.text.language import _
from wuhan.text.messages import blocks
from wuhan.text.notebooks import FACTS, FIGURE

ANSI = re.compile(r"\x1b\[[0-9;]*m")
LONGEST = 200  # signs of somebody else's message
SLUG = re.compile(r"[a-z0-9-]+")
HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)


class ReportError(ValueError):
    """A report that may not be published; the message is one line: file, what was found, what to do."""


@dataclass
class Cell:
    """Code as it was run, and the rows of a frame that it showed; ``id`` is its anchor."""

    id: str
    text: str
    html: str = ""


@dataclass
class Block:
    """A part of a page: ``kind`` is prose, headline, table, figure, text or code; code is one or several cells.

    ``fold`` are the words under which it is folded; blank where it stands open. `arrange` adds the kinds "tools", for
    the switch of the code, and "moved", which leads to a figure that stands at the head of the page.
    """

    kind: str
    html: str = ""
    text: str = ""
    label: str = ""
    fold: str = ""
    file: str = ""
    slug: str = ""
    cells: list[Cell] = field(default_factory=list)
    number: int = 0
    cover: bool = False
    width: int = 0
    height: int = 0
    drawing: Drawing | None = None


@dataclass
class Page:
    """What the page of one notebook shows; ``figures`` maps file names to bytes.

    ``headline`` is its answer, in which the standfirst is a paragraph of its own; ``answer`` holds the records of the
    facts in it; ``silent`` says that its notebook ended on having no figure.
    """

    stem: str
    title: str = ""
    headline: str = ""
    silent: bool = False
    answer: list[dict] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    figures: dict[str, bytes] = field(default_factory=dict)
    numbers: Numbers = field(default_factory=Numbers)
    contents: list[tuple[str, str]] = field(default_factory=list)

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.stem}.html"

    @property
    def figure(self) -> Block | None:
        """The figure that stands for the page: that of the cell tagged "cover", else the first."""
        figures = [block for block in self.blocks if block.kind == "figure"]
        return next((block for block in figures if block.cover), next(iter(figures), None))

    def takes(self, parameter: str) -> bool:
        """Whether its notebook declares a ``parameter``."""
        cells = [cell.text for block in self.blocks if block.kind == "code" for cell in block.cells[:1]]
        return bool(cells) and re.search(rf"^{parameter}\b", cells[0], re.MULTILINE) is not None

    @property
    def words(self) -> str:
        """What it says, as plain text."""
        return " ".join(plain(block.html) for block in self.blocks if block.kind in ("prose", "headline"))


def read(path: Path) -> Page:
    """The page of the executed notebook at ``path``. Raises `ReportError`, for a file that is cut, too."""
    book = _book(path)
    page, ended = Page(path.stem), False
    for index, cell in enumerate(book.cells, 1):
        if ended and (cell.cell_type != "markdown" or index < len(book.cells)):
            continue  # of what follows the end only the last words are shown: where to go next
        where, tags = f"{path.name}: cell {index}", cell.metadata.get("tags", [])
        if cell.cell_type == "markdown":
            page.blocks.append(Block("prose", html=markdown(_translated(cell.source))))
        elif cell.cell_type == "code" and cell.source.strip():
            named = _("Parameters") if {"parameters", "injected-parameters"} & set(tags) else _("Code")
            shown = Cell(f"code-{index}", cell.source)
            _add_code(page, shown, named)
            for output in cell.outputs:
                if ends(output):
                    ended = page.silent = True
                else:
                    _add(page, output, where, tags, shown)
    number(page.blocks)
    _head(page, path.name)
    return page


def number(blocks: list[Block]) -> None:
    """Number the figures and the tables among ``blocks`` in their order; what leads to a figure has its number."""
    numbers: dict[str, int] = {}
    for kind in ("figure", "table"):
        for count, block in enumerate((block for block in blocks if block.kind == kind), 1):
            block.number = numbers[block.file] = count
    for block in blocks:
        if block.kind == "moved":
            block.number = numbers[block.file]


def _book(path: Path) -> nbformat.NotebookNode:
    """The notebook at ``path``; what nbformat finds wrong with it is raised in one line."""
    wrong: dict[str, Exception] = {}
    try:
        book = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4, capture_validation_error=wrong)
    except (nbformat.ValidationError, ValueError, LookupError, TypeError, AttributeError) as error:
        wrong = {"cut, empty, or something else": error}
    if wrong:
        raise ReportError(f"{path.name}: not a whole notebook — run it again")
    try:
        json.dumps(book, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ReportError(f"{path.name}: half of a sign (a lone surrogate), which no page can hold — mend it") from None
    return book


def _translated(source: str) -> str:
    """A Markdown cell in the language of the page, block by block."""
    if language.language() == "en":
        return source
    return "\n\n".join(_(block) for block in blocks(source))


def _add_code(page: Page, cell: Cell, named: str) -> None:
    """Add a code cell: to the code before it unless something was shown in between."""
    last = page.blocks[-1] if page.blocks else None
    if last and last.kind == "code":
        last.cells.append(cell)
    else:
        page.blocks.append(Block("code", label=named, cells=[cell]))


def _add(page: Page, output, where: str, tags: Collection[str], cell: Cell) -> None:
    """Add one output as a block: its picture, else its table, else its prose, else its plain text.

    Rows of a frame as they are read belong to the ``cell`` that read them.
    """
    if output.output_type == "error":
        raise ReportError(f"{where}: {_line(f'{output.ename}: {output.evalue}')} — mend the notebook and run it again")
    if output.output_type == "stream":
        page.blocks.append(Block("text", text=ANSI.sub("", output.text)))
        return
    data = output.data
    if "image/png" in data:
        page.blocks.append(_figure(page, output, where, "cover" in tags, cell))
    elif "text/html" in data and 'class="dataframe"' in data["text/html"]:
        cell.html += fitted(clean(data["text/html"]))
    elif "text/html" in data:
        html = _linked(page, fitted(clean(data["text/html"])), data.get(FACTS, []), where, cell)
        page.blocks.append(Block("table", html=html))
    elif "text/markdown" in data:
        html = _linked(page, markdown(data["text/markdown"]), data.get(FACTS, []), where, cell)
        answer = "headline" in tags
        if answer and not page.headline:
            page.headline, page.answer = html, list(data.get(FACTS, []))
        page.blocks.append(Block("headline" if answer else "prose", html=html))
    elif "text/plain" in data:
        page.blocks.append(Block("text", text=data["text/plain"]))
    elif kinds := ", ".join(kind for kind in data if kind.startswith("image/")):
        raise ReportError(f"{where}: a picture of a kind that no page shows ({_line(kinds)}) — draw a figure as PNG")


def _linked(page: Page, html: str, facts: Iterable[dict], where: str, cell: Cell) -> str:
    """``html`` with its numbers as links. A record of a fact that is not as `prose` writes it is raised in one line."""
    try:
        return page.numbers.link(html, facts, cell.id)
    except NumberFault as fault:
        raise ReportError(f"{where}: {fault}") from None
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise ReportError(f"{where}: the record of a number is cut ({_line(str(error))}) — run it again") from None


def _line(text: str) -> str:
    """A message as one line of readable length, without the colours of a terminal."""
    line = " ".join(ANSI.sub("", text).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _figure(page: Page, output, where: str, cover: bool, cell: Cell) -> Block:
    """The block of a picture; its bytes go into ``page.figures`` under the name of its file, and those of its drawing
    and its table beside it.
    """
    about = output.metadata.get("image/png", {})
    about = about if isinstance(about, dict) else {}
    alt, slug = str(about.get("alt", "")).strip(), str(about.get("figure", ""))
    if not alt or not SLUG.fullmatch(slug):
        raise ReportError(f"{where}: a figure without alternative text or name — end the cell on chart.show(slug, alt)")
    file = f"figures/{page.stem}-{slug}.png"
    if file in page.figures:
        raise ReportError(f"{where}: a second figure named '{slug}' — give it another name")
    try:
        page.figures[file] = base64.b64decode(output.data["image/png"], validate=False)
        width, height = int(about.get("width", 720)), int(about.get("height", 420))
    except (TypeError, ValueError):
        raise ReportError(f"{where}: the picture or size of figure '{slug}' cannot be read — run it again") from None
    block = Block("figure", file=file, slug=slug, text=alt, cover=cover, width=width, height=height)
    if FIGURE in output.data:
        try:
            block.drawing = figures.drawing(output.data[FIGURE], about, alt, cell.id)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise ReportError(f"{where}: figure '{slug}' cannot be read ({_line(str(error))}) — run it again") from None
        stem = file.removesuffix(".png")
        page.figures |= {f"{stem}.svg": figures.alone(block.drawing.full), f"{stem}.csv": block.drawing.csv()}
    return block


def _head(page: Page, name: str) -> None:
    """Fill title and contents; give every heading of level 2 its anchor. Raises when a level is lacking or skipped."""
    headings = HEADING.findall("".join(block.html for block in page.blocks))
    levels = [int(level) for level, _text in headings]
    if levels.count(1) != 1 or levels[0] != 1:
        raise ReportError(f"{name}: {levels.count(1)} headings of level 1 — begin with exactly one '# question'")
    for before, after in pairwise(levels):
        if after > before + 1:
            raise ReportError(f"{name}: a heading of level {after} follows one of level {before} — skip no level")
    page.title = plain(headings[0][1])

    def anchored(found: re.Match) -> str:
        if found[1] != "2":
            return f"<h{found[1]}>{found[2]}</h{found[1]}>"
        page.contents.append((f"q{len(page.contents) + 1}", plain(found[2])))
        return f'<h2 id="{page.contents[-1][0]}">{found[2]}</h2>'

    for block in page.blocks:
        if block.kind == "prose":
            block.html = HEADING.sub(anchored, block.html)
