"""The order of a page: the question, its answer, the first picture, then the rest as the notebook tells it.

A notebook is run from its first cell to its last, so that what it reads stands before what it says. A reader wants the
answer first; what is looked up (code, definitions, sources, long lists and tables) is folded. Where nothing is known
for the parameters of a run, that is said once, and not by a heading over nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from wuhan.site import book
from wuhan.site.book import Block, Page
from wuhan.site.sanitise import plain
from wuhan.text.language import _

MOST = 12  # items of a list, or rows of a table, that stand open
TITLE = re.compile(r"\s*<h1\b.*?</h1>", re.DOTALL)
LIST = re.compile(r"\s*<ul>.*</ul>\s*", re.DOTALL)
ROW = re.compile(r"<tr\b")
HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
DEFINES = re.compile(r"^[\w.]*\bdefinitions\(", re.MULTILINE)  # a cell that gives definitions


def read(path: Path) -> Page:
    """The page of the executed notebook at ``path`` in the order in which it is shown. Raises `book.ReportError`."""
    page = book.read(path)
    blocks, unknown = _known(arranged(page.blocks, page.figure))
    page.contents = [(anchor, title) for anchor, title in page.contents if anchor not in unknown]
    page.blocks = [*_folded(blocks)]
    book.number(page.blocks)
    return page


def arranged(blocks: list[Block], picture: Block | None) -> list[Block]:
    """``blocks`` as a page shows them: title, answer, ``picture``, what leads in, the switch of the code, the rest.

    Where the picture stood a block "moved" leads back to it, unless that would be the head of the page as well.
    """
    first = blocks[0] if blocks else Block("prose")
    title = TITLE.match(first.html)
    if not title:
        return blocks
    lead = replace(first, html=first.html[title.end() :].strip())
    answer = next((block for block in blocks if block.kind == "headline"), None)
    head = [Block("prose", html=title[0]), answer, picture, lead if lead.html else None]
    code = [Block("tools")] if any(block.kind == "code" for block in blocks) else []
    return [*filter(None, head), *code, *_rest(blocks[1:], answer, picture)]


def _rest(blocks: list[Block], answer: Block | None, picture: Block | None) -> Iterator[Block]:
    """``blocks`` without what has moved to the head."""
    headed = False
    for block in blocks:
        headed = headed or "<h2" in block.html
        if block is picture and headed:
            yield replace(block, kind="moved")
        elif block is not picture and block is not answer:
            yield block


def _known(blocks: list[Block]) -> tuple[list[Block], list[str]]:
    """``blocks`` without sections that only say that nothing is known, and their anchors.

    What they are about is told once, before the first heading; their code stays where it is.
    """
    blank = _("Nothing to draw here: no figure was found for this choice of place and years.")
    sections: list[list[Block]] = [[]]
    for block in blocks:
        if "<h2" in block.html:
            sections.append([])
        sections[-1].append(block)
    found, unknown = [], {}
    for section in sections:
        told = [block for block in section if block.kind != "prose" or plain(block.html) != blank]
        after = _after_code(told)
        if len(told) < len(section) and not after and (heading := HEADING.search(section[0].html)):
            unknown[heading[1]] = plain(heading[2])
            told = [block for block in section if block.kind == "code"]
        found.append(told)
    if unknown:
        text = _("No figure is known here for: {questions}").format(questions=" ".join(unknown.values()))
        found[0].append(Block("prose", html=f"<p>{text}</p>"))
    return [block for section in found for block in section], [*unknown]


def _after_code(section: list[Block]) -> list[Block]:
    """What the cells of a section show, without its words of introduction."""
    first = next((index for index, block in enumerate(section) if block.kind == "code"), len(section))
    return [block for block in section[first:] if block.kind != "code"]


def _folded(blocks: list[Block]) -> Iterator[Block]:
    """``blocks``, of which those that are looked up have the words under which they lie."""
    source = ""
    for block in blocks:
        if block.kind == "code":
            source = block.cells[-1].text
        elif block.kind == "table" and (rows := len(ROW.findall(block.html)) - 1) > MOST:
            block.fold = _("Table of {count} rows").format(count=rows)
        elif block.kind == "prose" and LIST.fullmatch(block.html):
            items = block.html.count("<li>")
            if DEFINES.search(source):
                block.fold = _("What these measures are")
            elif items > MOST:
                block.fold = _("List of {count}").format(count=items)
        yield block
