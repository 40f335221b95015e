"""The report as a folder of plain pages: one for each executed notebook, a front page, and the pages of the evidence.

Pages load nothing from elsewhere, and the one script is for searching: the Content-Security-Policy forbids the rest.
Whatever a notebook or the data put into its outputs is cleaned after it has become HTML. English stands in the root
of the folder, every other language in a folder of its code, and each page links to its twin.
"""

from __future__ import annotations

import functools
import os
import pickle
import re
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from wuhan.evidence.package import DATA, ROOT
from wuhan.site import colophon, counts, feed, figures, front, library, rowpages, sources
from wuhan.site.arrange import read
from wuhan.site.beside import Beside
from wuhan.site.book import Page, ReportError
from wuhan.site.sanitise import plain
from wuhan.text import language
from wuhan.text.language import _, noted
from wuhan.text.words import THEMES
from wuhan.text.words import name as place_name

__all__ = ["Kept", "ReportError", "prepare", "report"]
HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
MARK = "wuhan-in-numbers"
ASSETS = ("style.css", "site.js")
# The parts of the report by the first digit of a notebook's name.
PARTS = THEMES | noted({"known": "What is known", "claims": "Claims and targets", "explore": "Explore"})
DIGITS = {"0": "known", "1": "gdp", "2": "industry", "3": "ai", "4": "claims", "5": "explore"}
TWINS = {"en": "English", "zh": "中文"}
FIGURE = re.compile(r"<!--figure ([a-z0-9-]+)-->")  # its place on a page
LINK = re.compile(r'(<a\b[^>]*\bhref=")([^"]*)(")')


# Gives the bytes for what they are made from, kept from before or else made now by the function.
Kept = Callable[[Sequence[bytes], Callable[[], bytes]], bytes]
Found = TypeVar("Found")


def anew(parts: Sequence[bytes], make: Callable[[], bytes]) -> bytes:
    """Nothing is kept."""
    return make()


@contextmanager
def spoken(code: str) -> Iterator[None]:
    """Words in the language ``code`` for the time of the block."""
    before = language.language()
    try:
        language.language(code)
        yield
    finally:
        language.language(before)


@dataclass(frozen=True)
class Edition:
    """The pages in one language: its code, its folder in the report, the way back to the root.

    Pages of a part of it, such as one city of a sweep, have their front page, the evidence and the data at ``home``.
    """

    code: str
    folder: str
    root: str
    others: tuple[tuple[str, str, str], ...]  # code, name, way to the same page in that language
    home: str = ""


# Calls the function for each edition, whose pages it writes.
Each = Callable[[Callable[[Edition], None], list[Edition]], object]


def one_by_one(write: Callable[[Edition], None], editions: list[Edition]) -> None:
    """Nothing is written side by side."""
    for edition in editions:
        write(edition)


def report(
    editions: Mapping[str, Iterable[Path]],
    out: Path,
    asked: Sequence[tuple[str, str]] = (),
    kept: Kept = anew,
    absent: Collection[str] = (),
    beside: Beside | None = None,
    each: Each = one_by_one,
) -> Path:
    """Build the report into the folder ``out``; return its front page. ``kept`` is asked for each page, see `Kept`.

    ``editions`` maps languages to executed notebooks, in their order; the first language stands in the root. The folder
    is built beside ``out`` and swapped in at the end, so that a fault leaves the last report untouched. ``asked`` are
    the parameters that differ from the default: they stand at the head of every page. ``absent`` are the names of
    notebooks that the report leaves out: what leads to them is text. ``beside`` is what the pages lead to
    outside of the report. ``each`` has the pages of every language written. Raises :class:`ReportError` for a notebook
    that may not be shown (an error in it, a figure without alternative text, a heading out of order, a dead link, a
    number that is not in its text) and for an ``out`` that holds anything but a report.
    """
    out = Path(out)
    if out.exists() and not _is_report(out):
        raise ReportError(f"{out}: not empty and not a report — name another folder")
    out.parent.mkdir(parents=True, exist_ok=True)
    built = Path(tempfile.mkdtemp(prefix=".report-", dir=out.parent))

    def write(edition: Edition) -> None:
        with spoken(edition.code):
            pages = [_page(Path(notebook), kept) for notebook in editions[edition.code]]
            _write(pages, edition, built, asked, kept, absent, beside or Beside())

    try:
        each(write, [edition(code, list(editions)) for code in editions])
        for asset in ASSETS:
            shutil.copyfile(HERE / asset, built / asset)
        built.chmod(0o755)
        _swap(built, out)
    finally:
        shutil.rmtree(built, ignore_errors=True)
    return out / "index.html"


def prepare(notebook: Path, code: str, kept: Kept) -> None:
    """Work out the page of an executed notebook in the language ``code``, so that `report` finds it ``kept``."""
    templates()  # their import takes a second: it is not left for later
    with spoken(code):
        _page(notebook, kept)


def prepare_data(codes: Iterable[str], kept: Kept) -> None:
    """Work out what the data alone tell in the languages ``codes``, so that `report` finds it ``kept``."""
    for code in codes:
        with spoken(code):
            for name, make in {"known": front.known, **library.ALONE}.items():
                of_data(kept, name, make)


def _page(notebook: Path, kept: Kept) -> Page:
    """What the page of an executed notebook shows, before its links lead to other pages. Raises `ReportError`."""
    parts = [b"page", language.language().encode(), notebook.stem.encode(), notebook.read_bytes()]
    return pickle.loads(kept(parts, lambda: pickle.dumps(read(notebook))))


def of_data(kept: Kept, name: str, make: Callable[[Path], Found]) -> Found:
    """What ``make`` finds in the data alone, in the language of now, ``kept`` under a ``name``."""
    parts = [b"page", language.language().encode(), name.encode()]
    return pickle.loads(kept(parts, lambda: pickle.dumps(make(DATA))))


def edition(code: str, codes: Sequence[str], name: str = "") -> Edition:
    """Where the pages in a language stand, the first of ``codes`` in the root: those of a set ``name`` of a sweep in a
    folder of that name, without one all others.
    """
    folders = {each: ("" if each == codes[0] else f"{each}/") + (f"{name}/" if name else "") for each in codes}
    root = "../" * folders[code].count("/")
    others = tuple((each, TWINS[each], root + folders[each]) for each in codes if each != code)
    return Edition(code, folders[code], root, others, "../" if name else "")


def _is_report(out: Path) -> bool:
    """True for a folder that is empty or that this module wrote."""
    if not out.is_dir():
        return False
    front = out / "index.html"
    return not any(out.iterdir()) or (front.exists() and f'content="{MARK}"' in front.read_text(encoding="utf-8"))


@functools.cache
def templates():
    """The templates of this project among those of nbconvert; importing it takes a second, so only here."""
    from nbconvert.exporters.html import HTMLExporter

    exporter = HTMLExporter(extra_template_basedirs=[str(TEMPLATES)], template_name="page", exclude_anchor_links=True)
    told = {"way": rowpages.way, "row_told": rowpages.told, "grade_told": sources.meaning}
    exporter.environment.globals |= {"_": _} | told
    return exporter.environment


def _tidy(html: str) -> bytes:
    """``html`` with each tag closed and quoted alike, as nbconvert leaves it."""
    from bs4 import BeautifulSoup

    return str(BeautifulSoup(html, features="html.parser")).encode()


def _write(
    pages: list[Page],
    edition: Edition,
    folder: Path,
    asked: Sequence[tuple[str, str]],
    kept: Kept,
    absent: Collection[str],
    beside: Beside,
) -> None:
    """Write the pages of one language with their figures and linked data, the front page and the evidence."""
    common = write_pages(pages, edition, folder, asked, kept, absent, beside)
    known = of_data(kept, "known", front.known)
    first = {"index.html": ("front.html.j2", front.page(pages, known, dict(asked)))}
    rest = library.pages(pages, edition, folder, lambda name: of_data(kept, name, library.ALONE[name]), beside)
    write_others(first | rest, common, folder / edition.folder)
    atom = feed.written(ROOT, colophon.read(DATA, ROOT))
    (folder / edition.folder / feed.FILE).write_text(atom, encoding="utf-8")


def write_pages(
    pages: list[Page],
    edition: Edition,
    folder: Path,
    asked: Sequence[tuple[str, str]],
    kept: Kept,
    absent: Collection[str],
    beside: Beside,
) -> dict[str, object]:
    """Write the pages of notebooks with their figures into their folder below ``folder``; what all pages show."""
    home = folder / edition.folder
    (home / "figures").mkdir(parents=True)
    stems = dict.fromkeys(absent, False) | {page.stem: True for page in pages}
    parts = {_(PARTS[part]): [page for page in pages if page.stem[0] == digit] for digit, part in DIGITS.items()}
    common = {
        "mark": MARK,
        "stamp": " ".join(f"{name}={value}" for name, value in asked),
        "edition": edition,
        "parts": {title: own for title, own in parts.items() if own},
        "library": library.FILES,
    }
    for page in pages:
        for block in page.blocks:
            block.html = _links(block.html, page, stems, folder, edition)
        page.headline = _links(page.headline, page, stems, folder, edition)
        counts.led(page, edition.home)
        for file, png in page.figures.items():
            (home / file).write_bytes(png)
    found = colophon.read(DATA, ROOT)
    for before, page, after in zip([None, *pages], pages, [*pages[1:], None]):  # its neighbours, if any
        image = page.figure.file if page.figure else ""
        told = colophon.about(found, page.file, page.title, plain(page.headline) or page.title, image, article=True)
        shown = common | {"before": before, "page": page, "after": after, "file": page.file, "about": told}
        shown |= _elsewhere(page, edition, beside) | {"notebook": _notebook(page, edition, folder)}
        shown["instead"] = library.instead(page.stem, edition.home)
        html = templates().get_template("index.html.j2").render(resources=shown)
        tidied = kept([b"html", html.encode()], functools.partial(_tidy, html)).decode()
        (home / page.file).write_text(_with_figures(tidied, page, edition), encoding="utf-8")
    drawings = [block.drawing for page in pages for block in page.blocks if block.drawing]
    colours = {colour for drawing in drawings for colour in drawing.colours}
    (home / "figures.css").write_text(figures.dark(colours), encoding="utf-8")
    return common


def _with_figures(html: str, page: Page, edition: Edition) -> str:
    """``html`` with the figures that are drawn in it, in their places: they are large, and tidy as they are."""
    show = templates().get_template("figure.html.j2").module.figure
    drawn = {block.slug: block for block in page.blocks if block.drawing}
    return FIGURE.sub(lambda found: show(drawn[found[1]], edition), html)


def _elsewhere(page: Page, edition: Edition, beside: Beside) -> dict[str, object]:
    """The city of a page that takes one, the ways to the same page for other cities, and the way to its PDF."""
    cities = beside.cities(edition.folder, page.stem) if page.takes("city") else {}
    ways = [(place_name(place), edition.root + way) for place, way in cities.items()]
    pdf = beside.pdf(edition.code, page.stem)
    return {"city": place_name(beside.city), "cities": ways, "pdf": edition.root + pdf if pdf else ""}


def _notebook(page: Page, edition: Edition, folder: Path) -> str:
    """The way to the notebook of a page, which comes along; "" for a page of a sweep, and without such a notebook."""
    source = ROOT / "notebooks" / f"{page.stem}.ipynb"
    if edition.home or not source.is_file():
        return ""
    (folder / "notebooks").mkdir(exist_ok=True)
    shutil.copyfile(source, folder / "notebooks" / source.name)
    return f"{edition.root}notebooks/{source.name}"


def write_others(others: Mapping[str, tuple[str, dict]], common: Mapping, home: Path) -> None:
    """Write pages that are no notebooks: each file from its template and the values that it shows."""
    found = colophon.read(DATA, ROOT)
    for file, (template, values) in others.items():
        drawn = templates().get_template(template)
        told = colophon.about(found, file, values.get("title") or _("Wuhan in Numbers"), values.get("lead") or "")
        html = drawn.render(resources={"about": told, **common, **values, "file": file})
        (home / file).write_text(html, encoding="utf-8")


def _links(html: str, page: Page, stems: Mapping[str, bool], folder: Path, edition: Edition) -> str:
    """``html`` with links to notebooks turned into links to pages; linked tables come along.

    ``stems`` tells of each notebook whether the report has its page.
    """

    def target(found: re.Match) -> str:
        address = found[2]
        path, hash_, anchor = address.partition("#")
        name = Path(path).name
        if re.match(r"(https?|mailto):", path) or not path:
            return found[0]
        if path == name and name.removesuffix(".ipynb") in stems and name.endswith(".ipynb"):
            stem = name.removesuffix(".ipynb")
            return f"{found[1]}{stem}.html{hash_}{anchor}{found[3]}" if stems[stem] else "<a"
        if path == f"../data/{name}" and (DATA / name).is_file():
            if not edition.home:
                (folder / "data").mkdir(exist_ok=True)
                shutil.copyfile(DATA / name, folder / "data" / name)
            return f"{found[1]}{edition.root}data/{name}{found[3]}"
        raise ReportError(f"{page.stem}.ipynb: a link to '{address}', which the report does not have — mend the link")

    return LINK.sub(target, html)


def _swap(built: Path, out: Path) -> None:
    """Put ``built`` in the place of ``out``."""
    old = built.with_name(f"{built.name}-old")
    if out.exists():
        os.replace(out, old)
    try:
        os.replace(built, out)
    except OSError:
        if old.exists():
            os.replace(old, out)
        raise
    shutil.rmtree(old, ignore_errors=True)
