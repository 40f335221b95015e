"""A figure as the page shows it: finding, measure, key, plot, sources, alternative text; drawn once."""

from __future__ import annotations

import functools
import io
import os
import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from wuhan.presentation import labels, style
from wuhan.presentation.prose import _, publishers

LIMIT = 120_000  # bytes of one PNG
MARGIN = 0.1  # inches of paper around everything
TITLE, SUBTITLE, NOTE = 12.5, 9.5, 7.5  # points


class ChartError(ValueError):
    """A figure that may not be shown; the message is one line that says what to write instead."""


class Chart:
    """A drawn figure. Notebooks get one from a verb of :mod:`charts` and end the cell on ``chart.show(slug, alt)``."""

    def __init__(self, title: object, measure: str, height: float = style.HEIGHT):
        if not str(title).strip():
            raise ChartError("title: found nothing — write the finding that the figure shows")
        self.title, self.measure = str(title), measure
        self.figure = Figure(figsize=(style.WIDTH, height), dpi=style.DPI)
        FigureCanvasAgg(self.figure)
        self.key: list = []
        self.notes: list[str] = []
        self.sources: list[str] = []

    def add_key(self, frame: pd.DataFrame, colour: str = style.PALETTE[4]) -> None:
        """Explain the statuses and qualifiers that ``frame`` shows; nothing is explained when all is actual and exact."""
        groups: dict[str, list[str]] = {style.FIRM: [], style.SOFT: [], style.AIM: []}
        for status in style.LOOKS:
            if status in set(frame["status"]):
                groups[style.look(status)].append(_(status or "actual"))
        if groups[style.SOFT] or groups[style.AIM]:
            for words in filter(None, groups.values()):
                status = next(known for known in style.LOOKS if known and _(known) == words[0])
                self.key.append((_(" or ").join(dict.fromkeys(words)), Line2D(
                    [], [], marker="o", ls="", ms=6, mec=colour, mfc=style.face(status, colour), mew=1.4)))
        for sign, words in ((1, _("this much or more")), (-1, _("this much or less"))):
            if any(style.ARROWS.get(qualifier) == sign for qualifier in frame["qualifier"]):
                self.key.append((words, Line2D([], [], marker="^" if sign > 0 else "v", ls="", ms=6, color=colour)))

    def add_band(self) -> None:
        """Explain the shaded range around a line."""
        self.key.append((_("range that the rounding leaves"), Patch(color=style.tint(style.PALETTE[4], 0.2))))

    def add_sources(self, frame: pd.DataFrame) -> None:
        """Remember the sources of every row that was drawn; a cell may name several, as tuple or list."""
        for cell in frame["source_id"]:
            named = [cell] if isinstance(cell, str) else list(cell)
            self.sources += [source for source in named if source and source not in self.sources]

    def header(self) -> float:
        """Draw title, measure and key; return the distance of their lower edge from the top, in inches."""
        width = style.WIDTH - 2 * MARGIN
        lines = labels.wrap(self.title, width, TITLE, "bold")
        down = MARGIN
        for line in lines:
            down = self._write(line, down, TITLE, style.INK, "bold")
        for line in labels.wrap(self.measure, width, SUBTITLE):
            down = self._write(line, down + 0.02, SUBTITLE, style.MUTED)
        return self._draw_key(down + 0.06) if self.key else down

    def _write(self, line: str, down: float, size: float, colour: str, weight: str = "normal") -> float:
        tall = size / 72 * 1.32
        height = self.figure.get_figheight()
        self.figure.text(MARGIN / style.WIDTH, 1 - (down + tall * 0.78) / height, line, size=size, color=colour,
                         weight=weight, va="baseline")
        return down + tall

    def _draw_key(self, down: float) -> float:
        height, left, tall = self.figure.get_figheight(), MARGIN, 0.2
        for words, handle in self.key:
            wide = 0.2 + labels.inches(words, 8.5) + 0.2
            if left + wide > style.WIDTH - MARGIN and left > MARGIN:
                left, down = MARGIN, down + tall
            x, y = (left + 0.07) / style.WIDTH, 1 - (down + tall / 2) / height
            if isinstance(handle, Line2D):
                handle.set(transform=self.figure.transFigure)
                handle.set_data([x], [y])
                self.figure.add_artist(handle)
            else:
                from matplotlib.patches import Rectangle

                swatch = Rectangle((left / style.WIDTH, y - 0.05 / height), 0.14 / style.WIDTH, 0.1 / height,
                                   transform=self.figure.transFigure)
                swatch.update_from(handle)
                swatch.set_transform(self.figure.transFigure)
                self.figure.add_artist(swatch)
            self.figure.text((left + 0.19) / style.WIDTH, y, words, size=8.5, color=style.MUTED, va="center_baseline")
            left += wide
        return down + tall

    def footer(self) -> float:
        """Draw the notes and the sources; return the distance of their upper edge from the bottom, in inches."""
        named = publishers(self.sources)
        text = " ".join([*self.notes, _("Source: {names}.").format(names="; ".join(named))] if named else self.notes)
        lines = labels.wrap(text, style.WIDTH - 2 * MARGIN, NOTE)
        tall, up = NOTE / 72 * 1.35, MARGIN * 0.8
        for line in reversed(lines):
            self.figure.text(MARGIN / style.WIDTH, (up + tall * 0.22) / self.figure.get_figheight(), line, size=NOTE,
                             color=style.MUTED, va="baseline")
            up += tall
        return up

    def fit(self, axes, right: float = 0.0, left: float | None = None) -> None:
        """Give ``axes`` the room that header, footer and its own tick labels leave; ``right`` inches stay free for labels."""
        height = self.figure.get_figheight()
        top, bottom = self.header() + 0.12, self.footer() + 0.08
        axes.set_position([0.2, 0.2, 0.6, 0.6])
        shown = labels.texts(self.figure)
        beside = [text.get_window_extent().x0 for text in axes.get_yticklabels() if text in shown]
        under = [text.get_window_extent().y0 for minor in (False, True)
                 for text in axes.get_xticklabels(minor=minor) if text in shown]
        own = (axes.bbox.x0 - min(beside, default=axes.bbox.x0)) / style.DPI
        below = (axes.bbox.y0 - min(under, default=axes.bbox.y0)) / style.DPI
        left = MARGIN + (own if left is None else left)
        axes.set_position([
            left / style.WIDTH, (bottom + below) / height,
            (style.WIDTH - left - MARGIN - right) / style.WIDTH, (height - top - bottom - below) / height,
        ])

    def collisions(self) -> list[str]:
        """Texts that overlap or leave the page, one line each; an empty list is what a figure must have."""
        return labels.collisions(self.figure)

    @functools.cached_property
    def png(self) -> bytes:
        """The figure as PNG, rendered once, the same bytes on every run."""
        lost = labels.missing_glyphs(self.figure)
        if lost:
            raise ChartError(f"figure '{self.title}': no glyph for {', '.join(lost)} — use other characters, or build "
                             "the fonts again with wuhan/presentation/fonts/subset.py")
        stream = io.BytesIO()
        self.figure.savefig(stream, format="png", dpi=style.DPI, metadata={"Software": None})
        if len(stream.getvalue()) > LIMIT:
            raise ChartError(f"figure '{self.title}': {len(stream.getvalue()):,} bytes, the limit is {LIMIT:,} — "
                             "draw fewer marks")
        return stream.getvalue()

    def show(self, slug: str, alt: object) -> Shown:
        """The figure as the last expression of a cell.

        ``slug`` names its file (lower-case letters, digits, hyphens). ``alt`` states the finding for a reader who can
        not see it, in other words than the title. Raises :class:`ChartError`.
        """
        alt = " ".join(str(alt).split())
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
            raise ChartError(f"slug: found '{slug}' — write lower-case letters, digits and hyphens, as in 'gdp-by-year'")
        if not alt or alt.rstrip(".").casefold() == " ".join(self.title.split()).rstrip(".").casefold():
            raise ChartError(f"alt of figure '{slug}': found {'the title again' if alt else 'nothing'} — write one or "
                             "two sentences that state the finding and how the figure shows it")
        shown = Shown(self.png, slug, alt, self.figure.get_size_inches() * 100)
        folder = os.environ.get("WUHAN_SVG")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.figure.savefig(Path(folder) / f"{slug}.svg", format="svg", metadata={"Date": None, "Creator": None})
        return shown


class Shown:
    """A rendered figure: what Jupyter displays and stores. It holds bytes, not a drawing."""

    def __init__(self, png: bytes, slug: str, alt: str, size: Iterable[float]):
        self.png, self.slug, self.alt = png, slug, alt
        self.width, self.height = (round(float(side)) for side in size)

    def __repr__(self) -> str:
        return f"Figure: {self.alt}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        metadata = {"alt": self.alt, "figure": self.slug, "width": self.width, "height": self.height}
        return {"image/png": self.png, "text/plain": repr(self)}, {"image/png": metadata}
