"""A report of two pages, to look at the pages of the evidence beside them, and what a page holds."""

from __future__ import annotations

import json
from pathlib import Path

from small_notebooks import code, write

from wuhan.evidence import observations, package
from wuhan.evidence.facts import add
from wuhan.text import prose

LIMIT = 160_000  # bytes of a page, with the notes of the editors


def gdp(year):
    return observations.observe(package.read("gdp"), "wuhan", "gdp_nominal", str(year), vintage="latest")


def sentence(template: str, **values) -> dict:
    return {"data": prose.say(template, **values)._repr_mimebundle_()}


def made(folder: Path) -> list[Path]:
    """Two notebooks: one states numbers and lists sources, the other has neither."""
    listed = prose.sources(gdp(2023), "010b_2019")
    first = write(
        folder,
        "10_gdp",
        code("say()", sentence("GDP was {gdp}.", gdp=gdp(2023)), tags=["headline"]),
        code("say()", sentence("Two years gave {sum}.", sum=add(gdp(2022), gdp(2023)))),
        "## Who is *ahead*?\n\nThe answer is <b>growth</b>.",
        code("sources()", {"data": listed._repr_mimebundle_()}),
    )
    return [first, write(folder, "20_projects", "Text.", title="# How many projects?")]


def soup(path: Path):
    from bs4 import BeautifulSoup

    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def each_page(built: Path) -> list[Path]:
    return sorted(built.rglob("*.html"))


def index(path: Path) -> list:
    """The index of the search as its page holds it."""
    return json.loads(soup(path).find(id="index").string)


def entries(path: Path) -> dict[str, tuple[str, str, str]]:
    """Its entries by address: title of the page, head and text of the section."""
    return {way + rest: (title, head, text) for way, title, parts in index(path) for rest, head, text in parts}
