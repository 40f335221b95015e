"""The report as a folder of plain pages: one for each executed notebook, and a front page.

Pages load nothing from elsewhere and run no script: the Content-Security-Policy forbids it, and whatever a
notebook or the data put into its outputs is cleaned after it has become HTML.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import nbformat

HERE = Path(__file__).parent
MARK = "wuhan-in-numbers"
REPORT = "Wuhan in Numbers"
LEAD = (
    "The economy of Wuhan in questions and computed answers: "
    "every number with its unit, its precision and its source."
)
# What these elements hold is code or another page, not text: it goes as a whole; of others only the tags go.
VOID = re.compile(
    r"<(script|style|template|iframe|object|svg|math|noscript)\b.*?(</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
# fmt: off
TAGS = [
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "div", "dl", "dt",
    "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "li", "ol", "p", "pre", "s", "small", "span",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
]
# fmt: on
ATTRIBUTES = {
    "*": ["class", "id", "title", "lang"],
    "a": ["href"],
    "th": ["scope", "colspan", "rowspan"],
    "td": ["colspan", "rowspan"],
}
LINK = re.compile(r'(<a\b[^>]*\bhref=")([^"]*)(")')


class ReportError(ValueError):
    """A report that may not be published; the message is one line: file, what was found, what to do."""


def report(notebooks: Iterable[Path], out: Path, stamp: str = "") -> Path:
    """Build the report of the executed ``notebooks``, in their order, into the folder ``out``; return its
    front page.

    The folder is built beside ``out`` and swapped in at the end, so that a fault leaves the last report
    untouched. ``stamp`` is printed at the foot of every page. Raises :class:`ReportError` for a notebook that
    may not be shown (an error in it, a figure without alternative text, a heading out of order, a dead link)
    and for an ``out`` that holds anything but a report.
    """
    out = Path(out)
    if out.exists() and not _is_report(out):
        raise ReportError(f"{out}: not empty and not a report — name another folder")
    exporter = _exporter()
    pages = [_page(Path(notebook), exporter) for notebook in notebooks]
    out.parent.mkdir(parents=True, exist_ok=True)
    built = Path(tempfile.mkdtemp(prefix=".report-", dir=out.parent))
    try:
        _write(pages, built, exporter, stamp)
        built.chmod(0o755)
        _swap(built, out)
    finally:
        shutil.rmtree(built, ignore_errors=True)
    return out / "index.html"


def _is_report(out: Path) -> bool:
    """True for a folder that is empty or that this module wrote."""
    if not out.is_dir():
        return False
    front = out / "index.html"
    return not any(out.iterdir()) or (
        front.exists() and f'content="{MARK}"' in front.read_text(encoding="utf-8")
    )


def _exporter():
    """The nbconvert exporter with this project's templates; importing it takes a second, so only here."""
    from nbconvert.exporters.html import HTMLExporter

    return HTMLExporter(extra_template_basedirs=[str(HERE)], template_name="site", exclude_anchor_links=True)


def clean(html: str) -> str:
    """``html`` with text, tables and links only: no script, style, handler, or address of another scheme."""
    from nbconvert.preprocessors.sanitize import SanitizeHTML

    cleaner = SanitizeHTML(tags=TAGS, attributes=ATTRIBUTES, strip=True)
    return cleaner.sanitize_html_tags(VOID.sub("", html))


def _page(path: Path, exporter) -> SimpleNamespace:
    """What the page of one notebook shows: title, headline, blocks, figures (file name to bytes)."""
    book = nbformat.read(path, as_version=4)
    page = SimpleNamespace(
        stem=path.stem, file=f"{path.stem}.html", book=book, blocks=[], figures={}, headline=""
    )
    for index, cell in enumerate(book.cells, 1):
        where = f"{path.name}: cell {index}"
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "markdown":
            page.blocks.append(SimpleNamespace(kind="prose", html=_prose(cell.source, exporter)))
        elif cell.cell_type == "code" and cell.source.strip():
            label = "Parameters" if {"parameters", "injected-parameters"} & set(tags) else "Code"
            page.blocks.append(SimpleNamespace(kind="code", text=cell.source, label=label))
            for output in cell.outputs:
                _add_output(page, output, where, "headline" in tags, exporter)
    page.figure = next((block for block in page.blocks if block.kind == "figure"), None)
    _number(page)
    page.title = _check_headings(page, path.name)
    return page


def _prose(source: str, exporter) -> str:
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    return clean(MarkdownWithMath(renderer=renderer).render(source))


def _add_output(page: SimpleNamespace, output, where: str, headline: bool, exporter) -> None:
    """Add one output as a block: its picture, else its table, else its prose, else its plain text."""
    if output.output_type == "error":
        raise ReportError(f"{where}: {output.ename}: {output.evalue} — mend the notebook and run it again")
    if output.output_type == "stream":
        page.blocks.append(SimpleNamespace(kind="text", text=output.text))
        return
    data = output.data
    if "image/png" in data:
        page.blocks.append(_figure(page, output, where))
    elif "text/html" in data:
        page.blocks.append(SimpleNamespace(kind="table", html=clean(data["text/html"])))
    elif "text/markdown" in data:
        html = _prose(data["text/markdown"], exporter)
        page.headline = page.headline or (html if headline else "")
        page.blocks.append(SimpleNamespace(kind="headline" if headline else "prose", html=html))
    elif "text/plain" in data:
        page.blocks.append(SimpleNamespace(kind="text", text=data["text/plain"]))


def _figure(page: SimpleNamespace, output, where: str) -> SimpleNamespace:
    """The block of a picture; its bytes go into ``page.figures`` under the name of its file."""
    facts = output.metadata.get("image/png", {})
    alt, slug = str(facts.get("alt", "")).strip(), str(facts.get("figure", ""))
    if not alt or not re.fullmatch(r"[a-z0-9-]+", slug):
        raise ReportError(
            f"{where}: a figure without alternative text or name — end the cell on chart.show(slug, alt)"
        )
    file = f"figures/{page.stem}-{slug}.png"
    if file in page.figures:
        raise ReportError(f"{where}: a second figure named '{slug}' — give it another name")
    page.figures[file] = base64.b64decode(output.data["image/png"])
    return SimpleNamespace(
        kind="figure",
        file=file,
        slug=slug,
        text=alt,
        width=int(facts.get("width", 720)),
        height=int(facts.get("height", 420)),
    )


def _number(page: SimpleNamespace) -> None:
    """Number figures and tables through the page."""
    for kind in ("figure", "table"):
        for number, block in enumerate((block for block in page.blocks if block.kind == kind), 1):
            block.number = number


def _check_headings(page: SimpleNamespace, name: str) -> str:
    """The text of the one H1; raises when there is none, a second one, or when a level is skipped."""
    html = "".join(getattr(block, "html", "") for block in page.blocks)
    headings = re.findall(r"<h([1-6])\b[^>]*>(.*?)</h\1>", html, re.DOTALL)
    levels = [int(level) for level, _text in headings]
    if levels.count(1) != 1 or levels[0] != 1:
        raise ReportError(
            f"{name}: {levels.count(1)} headings of level 1 — begin with exactly one '# question'"
        )
    for before, after in pairwise(levels):
        if after > before + 1:
            raise ReportError(
                f"{name}: a heading of level {after} follows one of level {before} — skip no level"
            )
    return _plain(headings[0][1])


def _plain(html: str) -> str:
    """The text of a piece of clean HTML."""
    import html as entities

    return entities.unescape(re.sub(r"<[^>]*>", "", html)).strip()


def _write(pages: list[SimpleNamespace], folder: Path, exporter, stamp: str) -> None:
    """Write front page, pages, figures, linked data and style sheet into ``folder``."""
    (folder / "figures").mkdir()
    shutil.copyfile(HERE / "site" / "style.css", folder / "style.css")
    common = {"mark": MARK, "report": REPORT, "lead": LEAD, "stamp": stamp}
    for index, page in enumerate(pages):
        for block in page.blocks:
            if hasattr(block, "html"):
                block.html = _links(block.html, page, {each.stem for each in pages}, folder)
        neighbours = {
            "before": pages[index - 1] if index else None,
            "after": pages[index + 1] if pages[index + 1 :] else None,
        }
        html, _resources = exporter.from_notebook_node(page.book, common | neighbours | {"page": page})
        (folder / page.file).write_text(html, encoding="utf-8")
        for file, png in page.figures.items():
            (folder / file).write_bytes(png)
    for page in pages:
        page.headline = _links(page.headline, page, {each.stem for each in pages}, folder)
    front = exporter.environment.get_template("front.html.j2").render(resources=common | {"pages": pages})
    (folder / "index.html").write_text(front, encoding="utf-8")


def _links(html: str, page: SimpleNamespace, stems: set[str], folder: Path) -> str:
    """``html`` with links to notebooks turned into links to pages; linked tables come along."""
    from wuhan.evidence.package import DATA

    def target(found: re.Match) -> str:
        address = found[2]
        path, hash_, anchor = address.partition("#")
        name = Path(path).name
        if re.match(r"(https?|mailto):", path) or not path:
            return found[0]
        if path == name and name.removesuffix(".ipynb") in stems and name.endswith(".ipynb"):
            return f"{found[1]}{name.removesuffix('.ipynb')}.html{hash_}{anchor}{found[3]}"
        if path == f"../data/{name}" and (DATA / name).is_file():
            (folder / "data").mkdir(exist_ok=True)
            shutil.copyfile(DATA / name, folder / "data" / name)
            return f"{found[1]}data/{name}{found[3]}"
        raise ReportError(
            f"{page.stem}.ipynb: a link to '{address}', which the report does not have — mend the link"
        )

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
