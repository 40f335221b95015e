"""HTML from notebooks and data made inert: text, tables and links only."""

from __future__ import annotations

import html as entities
import json
import re

from wuhan.text.language import _

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
CELL = re.compile(r"<(t[dh])\b([^>]*)>(.*?)</\1>", re.DOTALL)
FULL = re.compile("[\u2e80-\uffef]")  # signs of full width
LONG = 7  # of these; a cell with more is at least as wide as that, see style.css
CLASSES = ("dataframe", "number")  # any other class might be one of the page's own
ATTRIBUTES = {
    "*": lambda _tag, name, value: name in ("id", "title", "lang") or (name == "class" and value in CLASSES),
    "a": ["href"],
    "th": ["scope", "colspan", "rowspan"],
    "td": ["colspan", "rowspan"],
}


def clean(html: str) -> str:
    """``html`` with text, tables and links only: no script, style, handler, or address of another scheme."""
    from nbconvert.preprocessors.sanitize import SanitizeHTML

    cleaner = SanitizeHTML(tags=TAGS, attributes=ATTRIBUTES, strip=True)
    return cleaner.sanitize_html_tags(VOID.sub("", html))


def markdown(source: str) -> str:
    """Markdown as clean HTML."""
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    class Renderer(IPythonRenderer):
        def image(self, *_told, **_more) -> str:
            return ""  # no page shows one; nbconvert fails where it names no attachment

    renderer = Renderer(escape=False, exclude_anchor_links=True)
    html = clean(MarkdownWithMath(renderer=renderer).render(source))
    frame = f'<div class="table" tabindex="0" role="region" aria-label="{_("Table")}">'
    return re.sub(r"<table>.*?</table>", lambda table: f"{frame}{table[0]}</div>", html, flags=re.DOTALL)


def plain(html: str) -> str:
    """The text of a piece of clean HTML."""
    text = " ".join(entities.unescape(re.sub(r"<[^>]*>", "", html)).split())
    return text.replace("。 ", "。")  # the full stop of Chinese has its space in it


def shortened(text: str, longest: int) -> str:
    """``text``, cut behind a word where it has more than ``longest`` signs."""
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + "…"


def data_block(thing: object) -> str:
    """JSON for a data block: no tag, comment or end of the script can begin in it."""
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def fitted(html: str) -> str:
    """Clean HTML whose tables and their long cells are marked, so that no column becomes two signs wide."""

    def marked(cell: re.Match) -> str:
        text = plain(cell[3])
        if len(text) + len(FULL.findall(text)) <= 2 * LONG:
            return cell[0]
        kept = cell[2].replace('class="', 'class="long ') if 'class="' in cell[2] else f'{cell[2]} class="long"'
        return f"<{cell[1]}{kept}>{cell[3]}</{cell[1]}>"

    return re.sub(r'<table(?: class="dataframe")?>', '<table class="fitted">', CELL.sub(marked, html))
