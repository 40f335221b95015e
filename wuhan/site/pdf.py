"""The pages of a report as tagged PDF: each page, and all of them as one document. Needs pango.

What is printed is the page itself under its print styles, in the bundled font, so that a PDF reads alike everywhere and
its Chinese can be selected and searched.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

FONTS = Path(__file__).parents[1] / "text" / "fonts"
FIGURES = "Wuhan Report Sans"  # the family that drawings ask for, which no style sheet reaches
WHOLE = "wuhan-in-numbers"
LEFT_OUT = ("search.html",)  # of no use on paper
# The main part of a page, and the numbers below it.
MAIN = re.compile(r'<main id="main">\n?(.*)</main>\s*(?:</div>)?(.*?)(?=<footer>|</body>)', re.DOTALL)
SPOKEN = re.compile(r'<html lang="(\w+)')
ANCHOR = re.compile(r'\b(id|href)="(#?)([^"]*)"')


class NoPango(ImportError):
    """The libraries that lay out text are not installed; the message says what to install."""


def _weasyprint():
    """The module that lays out pages. Raises `NoPango`."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        what = "weasyprint is not installed — run `make env`"
        if isinstance(error, OSError):
            what = "pango is not installed — on Debian and Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0"
        raise NoPango(f"no PDF: {what}; the pages stand without it") from None
    return weasyprint


def style() -> str:
    """The style sheet that puts the bundled font in front of all others."""
    faces = [
        f'@font-face {{ font-family: "{name}"; font-weight: {weight}; src: url("{path.as_uri()}"); }}'
        for name in ("Report", FIGURES)
        for path in sorted(FONTS.glob("*.otf"))
        for weight in ["bold" if "Bold" in path.name else "normal"]
    ]
    rules = ['html, code { font-family: "Report", sans-serif; }', ".sheet-of-book { break-before: page; }"]
    return "\n".join([*faces, *rules])


def _found(part: re.Pattern[str], text: str) -> re.Match[str]:
    """A part that each page of a report has, in the ``text`` of one. Raises ``ValueError`` for another text."""
    found = part.search(text)
    if found is None:
        raise ValueError(f"no page of a report: nothing like {part.pattern} — run `make report`")
    return found


def whole(pages: list[Path]) -> str:
    """The main parts of ``pages`` as one page, the first of which lends its head; links between them stay inside."""
    stems = {page.name: page.stem for page in pages}
    parts = []
    for page in pages:

        def inside(found: re.Match, own: str = page.stem) -> str:
            name, hash_, address = found.groups()
            if name == "id":
                return f'id="{own}-{address}"'
            if hash_:
                return f'href="#{own}-{address}"'
            file, _hash, anchor = address.partition("#")
            if file in stems:
                return f'href="#{stems[file]}-{anchor or "main"}"'
            return found[0]

        text = "".join(_found(MAIN, page.read_text(encoding="utf-8")).groups())
        parts.append(f'<section class="sheet-of-book" id="{page.stem}-main">{ANCHOR.sub(inside, text)}</section>')
    first = pages[0].read_text(encoding="utf-8")
    return first[: _found(MAIN, first).start()] + "<main>" + "\n".join(parts) + "</main></div></body></html>"


def write(report: Path, out: Path) -> list[Path]:
    """Write the PDF of every page of the folder ``report`` into ``out``, a folder for each language; the files.

    Nothing is loaded but files of the report and of the fonts. What ``out`` held is replaced when all are written.
    Raises `NoPango`.
    """
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=["file"])
    fonts = FontConfiguration()  # without it the bundled font is not loaded, and Chinese is boxes on most machines
    styles = [weasyprint.CSS(string=style(), url_fetcher=fetcher, font_config=fonts)]
    out.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".pdf-", dir=out.parent))
    written = []

    def draw(html: str, base: Path, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        document = weasyprint.HTML(string=html, base_url=base.as_uri() + "/", url_fetcher=fetcher)
        document.write_pdf(
            target, stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1", pdf_identifier=target.stem.encode()
        )
        written.append(target.relative_to(made))

    try:
        for front in [report / "index.html", *sorted(report.glob("??/index.html"))]:
            home, folder = front.parent, made / _found(SPOKEN, front.read_text(encoding="utf-8"))[1]
            pages = sorted(home.glob("*.html"), key=lambda page: (page.name != "index.html", page.name))
            pages = [page for page in pages if page.name not in LEFT_OUT]
            draw(whole(pages), home, folder / f"{WHOLE}.pdf")
            for page in pages:
                draw(page.read_text(encoding="utf-8"), home, folder / f"{page.stem}.pdf")
        made.chmod(0o755)
        shutil.rmtree(out, ignore_errors=True)
        made.rename(out)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return [out / path for path in written]
