"""A figure as the page shows it: finding, measure, key, plot, sources, alternative text; rendered once."""

from __future__ import annotations

import functools
import io
import os
import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from PIL import Image

from wuhan.charts import labels, style, vector
from wuhan.charts.marks import Mark, marks, placed, records
from wuhan.charts.style import ChartError
from wuhan.evidence.bounds import canonical
from wuhan.text.language import _, known, language
from wuhan.text.notebooks import FIGURE
from wuhan.text.prose import Sentence, label, publishers, say, source_ids

LIMIT, SVG_LIMIT = 120_000, 45_000  # bytes of one PNG, of one SVG
DRAWINGS = "WUHAN_DRAWINGS"  # set where a figure is drawn for pages, too
MARGIN = 0.1  # inches of paper around everything
TITLE, SUBTITLE, KEY, NOTE = 12.5, 9.5, 8.5, 7.5  # sizes of text in points
LINE, MORE = 1.32, 0.5  # height of a line by its size; inches that narrow notes take more
LEAST = {"en": 20, "zh": 8}  # characters of an alternative text
DOTTED = (0, (2, 2))  # how a line is drawn where something changed
NAMED = 4  # publishers that a footnote names before it counts the rest


def either(words: list[str]) -> str:
    """``words`` as alternatives: "preliminary, estimate or derived"."""
    *others, last = map(label, words)
    return _("{some} or {last}").format(some=_(", ").join(others), last=last) if others else last


class Key(NamedTuple):
    """An entry of the key: a mark as the plot has it, and what it means.

    ``marker`` "s" is a swatch, ":" a dotted line. ``edge`` is blank where it is as the ``face``.
    """

    words: str
    marker: str
    face: str
    edge: str = ""
    hatch: str = ""


class Chart:
    """A drawn figure. Notebooks get one from a verb of ``charts`` and end the cell on ``chart.show(slug,
    alt)``.

    ``figure`` is the matplotlib figure; ``sources`` the ids of all sources drawn, for
    ``prose.sources(chart)``.
    """

    def __init__(self, title: object, measure: str, height: float = style.HEIGHT):
        if title is None or not str(title).strip():
            raise ChartError("title: found nothing — write the finding that the figure shows")
        self.title, self.measure = " ".join(str(title).split()), known(str(measure))
        # The height is a sum: one bit less, and the picture would be a pixel lower.
        self.figure = Figure(figsize=(style.WIDTH, canonical(height + self._more())), dpi=style.DPI)
        self.canvas = FigureCanvasAgg(self.figure)
        self.key: list[Key] = []
        self.sources: list[str] = []
        self.marks: list[Mark] = []
        self.again: Callable[[], Chart] | None = None  # what draws it once more, in another width
        self.derived = True  # until a row is explained that a source prints

    def __repr__(self) -> str:
        count = len(self.sources)
        return f"<{type(self).__name__} '{self.title}', {count} sources: end the cell with .show(slug, alt) to see it>"

    def _more(self) -> float:
        """Inches that title, key and sources take more in the width of a phone than on paper."""
        if not style.slim():
            return 0.0
        lines = labels.balanced(self.title, style.WIDTH - 2 * MARGIN, TITLE, "bold")
        return MORE + (len(lines) - 1) * TITLE / 72 * LINE

    @property
    def tall(self) -> float:
        """Height of the figure in inches."""
        return self.figure.get_figheight()

    def explain(self, rows: pd.DataFrame, marker: str = "o", arrows: str = "^v") -> None:
        """Note the sources of ``rows``, and whether all is worked out here; put into the key what fills and arrows
        mean, unless all is actual.
        """
        self.derived &= set(rows["status"]) <= {"derived", style.RESTING}
        self.sources = source_ids(self.sources, rows)
        ink = style.PALETTE[4]
        shown = {status for status in rows["status"] if status}
        if "actual" in shown:  # a first release is reported, too
            shown.discard("first_release")
        firm, soft, aims = (
            [status for status, look in style.LOOKS.items() if status in shown and look == group]
            for group in (style.FIRM, style.SOFT, style.AIM)
        )
        if soft or aims:
            groups = filter(None, (firm, soft, aims))
            self.key += [Key(either(group), marker, style.face(group[0], ink), ink) for group in groups]
        signs = rows["qualifier"].map(lambda qualifier: style.ARROWS.get(qualifier, 0))
        for sign, arrow, words in ((1, arrows[0], _("this much or more")), (-1, arrows[1], _("this much or less"))):
            if (signs == sign).any():
                hollow = (rows.loc[signs == sign, "status"].map(style.look) == style.AIM).all()
                self.key.append(Key(words, arrow, style.PAPER if hollow else ink, ink))

    def note(self, axes: Axes, rows: pd.DataFrame, x, y, wide=0.0, high=0.0) -> None:
        """Note where ``rows`` are drawn, see `marks.marks`."""
        self.marks += marks(axes, rows, x, y, wide, high)

    def fit(self, axes: Axes, right: float = 0.0) -> None:
        """Draw title, key and sources, and give ``axes`` the room that they and its tick labels leave.

        ``right`` inches stay free beside it for labels.
        """
        left, bottom, width, height = self.area()
        axes.set_position((0.3, 0.3, 0.4, 0.4))
        shown = labels.texts(self.figure)
        beside = [text.get_window_extent().x0 for text in axes.get_yticklabels() if text in shown]
        under = [
            text.get_window_extent().y0
            for minor in (False, True)
            for text in axes.get_xticklabels(minor=minor)
            if text in shown
        ]
        own = (axes.bbox.x0 - min(beside, default=axes.bbox.x0)) / style.DPI
        below = (axes.bbox.y0 - min(under, default=axes.bbox.y0)) / style.DPI
        self.place(axes, left + own, bottom + below, width - own - right, height - below)

    def place(self, axes: Axes, left: float, bottom: float, width: float, height: float) -> None:
        """Put ``axes`` at a rectangle given in inches from the lower left corner."""
        axes.set_position((left / style.WIDTH, bottom / self.tall, width / style.WIDTH, height / self.tall))

    def area(self) -> tuple[float, float, float, float]:
        """Draw title, key and sources; return left, bottom, width, height of the rest in inches."""
        top, bottom = self._header() + 0.13, self._footer() + 0.08
        return MARGIN, bottom, style.WIDTH - 2 * MARGIN, self.tall - top - bottom

    def _header(self) -> float:
        width, down = style.WIDTH - 2 * MARGIN, MARGIN
        for line in labels.balanced(self.title, width, TITLE, "bold"):
            down = self._line(line, down, TITLE, style.INK, "bold")
        down += 0.02
        for line in labels.wrap(self.measure, width, SUBTITLE):
            down = self._line(line, down, SUBTITLE, style.MUTED)
        return self._draw_key(down + 0.05) if self.key else down

    def _line(self, line: str, down: float, size: float, colour: str, weight: str = "normal") -> float:
        """Write one line of text ``down`` inches from the top; return where the next one starts."""
        deep = size / 72 * LINE
        self.figure.text(
            MARGIN / style.WIDTH,
            1 - (down + deep * 0.78) / self.tall,
            line,
            size=size,
            color=colour,
            weight=weight,
            va="baseline",
        )
        return down + deep

    def _draw_key(self, down: float) -> float:
        left, deep = MARGIN, 0.2
        for entry in self.key:
            wide = 0.38 + labels.inches(entry.words, KEY)
            if left + wide > style.WIDTH and left > MARGIN:
                left, down = MARGIN, down + deep
            y = 1 - (down + deep / 2) / self.tall
            self.figure.add_artist(self._key_mark(entry, left, y))
            self.figure.text(
                (left + 0.19) / style.WIDTH, y, entry.words, size=KEY, color=style.MUTED, va="center_baseline"
            )
            left += wide
        return down + deep

    def _key_mark(self, entry: Key, left: float, y: float) -> Artist:
        """The mark of ``entry``, ``left`` in inches and ``y`` as a part of the height; the figure places it so."""
        x, edge = (left + 0.07) / style.WIDTH, entry.edge or entry.face
        if entry.marker == "s":
            wide, high, hatch = 0.14 / style.WIDTH, 0.1 / self.tall, entry.hatch or None
            corner = left / style.WIDTH, y - 0.05 / self.tall
            return Rectangle(corner, wide, high, lw=1, fc=entry.face, ec=edge, hatch=hatch)
        if entry.marker == ":":
            half = 0.075 / self.tall
            return Line2D([x, x], [y - half, y + half], ls=DOTTED, lw=1, color=edge)
        return Line2D([x], [y], ls="", marker=entry.marker, ms=6, mfc=entry.face, mec=edge, mew=1.4)

    def _footer(self) -> float:
        """Write the sources; return the inches from the lower edge at which they end."""
        named = publishers(self.sources)
        names = _("; ").join(named)
        if len(named) > NAMED + 1:
            others = _("{names}; and {count} other publishers")
            names = others.format(names=_("; ").join(named[:NAMED]), count=len(named) - NAMED)
        own = self.derived and named
        text = (_("Worked out here from data of {names}.") if own else _("Source: {names}.")).format(names=names)
        lines = labels.wrap(text, style.WIDTH - 2 * MARGIN, NOTE)
        deep, up = NOTE / 72 * 1.35, MARGIN * 0.8
        for line in reversed(lines):
            self.figure.text(
                MARGIN / style.WIDTH, (up + deep * 0.22) / self.tall, line, size=NOTE, color=style.MUTED, va="baseline"
            )
            up += deep
        return up

    def collisions(self) -> list[str]:
        """Texts that overlap or leave the page, one line each; an empty list is what a figure must have."""
        assert self.png  # what is not drawn has no extent
        with style.drawing():
            return labels.collisions(self.figure)

    @functools.cached_property
    def png(self) -> bytes:
        """The figure as PNG: rendered once, the same bytes on every run. Raises :class:`ChartError`."""
        with style.drawing():
            labels.require_glyphs(self.figure)
            self.canvas.draw()
        picture = Image.fromarray(np.asarray(self.canvas.buffer_rgba())).convert("RGB")
        stream = io.BytesIO()
        # 256 colours are all that flat fills and soft edges need, at a third of the bytes.
        picture.quantize(256, dither=Image.Dither.NONE).save(
            stream, format="png", compress_level=6, dpi=(style.DPI,) * 2
        )
        size = len(stream.getvalue())
        if size > LIMIT:
            raise ChartError(f"figure '{self.title}': {size:,} bytes, above {LIMIT:,} — draw fewer marks")
        return stream.getvalue()

    def show(self, slug: str, alt: object) -> Shown:
        """The figure as the last expression of a cell.

        ``slug`` names its file: lower-case letters, digits, hyphens. ``alt`` tells the finding to a reader
        who cannot see it, in other words than the title. Raises :class:`ChartError`.
        """
        alt = " ".join(str(alt).split())
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
            raise ChartError(f"slug: found '{slug}' — write lower-case letters, digits, hyphens: 'gdp-by-year'")
        if len(alt) < LEAST[language()] or alt.rstrip(".").casefold() == self.title.rstrip(".").casefold():
            found = "the title again" if len(alt) >= LEAST[language()] else f"'{alt}'"
            raise ChartError(
                f"alt of figure '{slug}': found {found} — write one or two sentences that state what "
                "the figure shows to a reader who cannot see it"
            )
        return Shown(self, slug, alt)

    @property
    def full(self) -> dict[str, object] | None:
        """The figure as lines and words for a page: its SVG and where its marks are; None where it holds an image.

        Raises :class:`ChartError`.
        """
        with style.drawing():
            return self._drawn()

    def _drawn(self) -> dict[str, object] | None:
        try:
            drawn = vector.draw(self.figure)
        except vector.NotDrawn:
            return None
        if len(drawn) > SVG_LIMIT:
            size = f"{len(drawn):,} bytes as SVG, above {SVG_LIMIT:,}"
            raise ChartError(f"figure '{self.title}': {size} — draw fewer marks")
        return {"svg": drawn, "at": placed(self.marks, self.tall)}

    @property
    def slim(self) -> dict[str, object] | None:
        """The same in the width of a phone; None where words have no room there, or it cannot be drawn again."""
        if self.again is None:
            return None
        with style.drawing(), style.narrow():
            try:
                other = self.again()
            except ChartError:
                return None
            drawn = other._drawn()
            fits = not labels.collisions(other.figure) and len(other.marks) == len(self.marks)
        return drawn if fits else None


class Shown:
    """A rendered figure as Jupyter shows and stores it: bytes, so that nothing draws it twice."""

    def __init__(self, chart: Chart, slug: str, alt: str):
        self.png, self.alt = chart.png, alt
        self.metadata = {
            "alt": alt,
            "figure": slug,
            "title": chart.title,
            "measure": chart.measure,
            "width": round(style.WIDTH * 100),
            "height": round(chart.tall * 100),
        }
        self.faults = chart.collisions()
        full = chart.full if os.environ.get(DRAWINGS) else None
        self.drawings = full and {"full": full, "slim": chart.slim, "marks": records(chart.marks)}
        if self.faults:  # kept with the picture, for the check that no committed figure has any
            self.metadata["faults"] = self.faults

    def __repr__(self) -> str:
        return f"Figure: {self.alt}"

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        bundle = {"image/png": self.png, "text/plain": repr(self)}
        return bundle | ({FIGURE: self.drawings} if self.drawings else {}), {"image/png": self.metadata}


class Nothing:
    """What stands in place of a figure that no row could fill: a sentence, no sources, no collisions."""

    def __init__(self, sentence: Sentence | None = None):
        self.sentence = sentence or say("Nothing to draw here: no figure was found for this choice of place and years.")
        self.sources: list[str] = []

    def collisions(self) -> list[str]:
        """None, as there are no labels."""
        return []

    def show(self, slug: str, alt: object) -> Sentence:
        """The sentence; ``slug`` and ``alt`` are those of the figure that it stands for."""
        return self.sentence
