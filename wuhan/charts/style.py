"""The one look of all figures: font, palette, and how status, qualifier and unit are drawn."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.colors import to_hex, to_rgb

from wuhan.evidence.faults import OneLine
from wuhan.evidence.units import UNITS
from wuhan.evidence.wording import BARE, MAGNIFIED, MAGNITUDES
from wuhan.text import palette, words
from wuhan.text.language import language, noted

FONTS = Path(__file__).parents[1] / "text" / "fonts"
FAMILY = "Wuhan Report Sans"
FAMILIES = [FAMILY, "DejaVu Sans"]  # the second has the signs that the first lacks
PALETTE, GREYS = palette.PALETTE, palette.GREYS
INK, MUTED, GRID, PAPER = palette.INK, palette.MUTED, palette.GRID, palette.PAPER
PAGE = WIDTH = 7.2  # inches
HEIGHT, DPI, SIZE = 4.2, 150, 9.5  # inches, dots per inch, points
PHONE = 3.38  # inches: at the 358 pixels of a phone a note of 7.5 points is 11 pixels high
BLIND = 3  # significant digits of a value of which no range is known

FIRM, SOFT, AIM = "actual", "preliminary or estimate", "target or plan"
RESTING = noted("from preliminary figures")  # what is derived from a figure that still awaits its revision
LOOKS = {"actual": FIRM, "first_release": FIRM, "derived": FIRM, "": FIRM, "target": AIM, "plan": AIM}
LOOKS |= {"preliminary": SOFT, "estimate": SOFT, RESTING: SOFT}
ARROWS = {"over": 1, "at_least": 1, "up_to": -1, "nearly": -1}


class ChartError(OneLine, ValueError):
    """A figure that may not be shown; the message is one line that says what to write instead."""


# What a figure is drawn with, over matplotlib's own defaults.
LOOK = {
    "font.family": FAMILIES,
    "font.size": SIZE,
    "axes.unicode_minus": False,
    "text.parse_math": False,
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": MUTED,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "axes.linewidth": 0.8,
    "axes.axisbelow": True,
    "xtick.major.size": 3.5,
    "ytick.major.size": 0,
    "xtick.minor.size": 0,
    "ytick.minor.size": 0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "lines.linewidth": 2.0,
    "lines.solid_capstyle": "round",
    "hatch.linewidth": 0.8,
    "svg.fonttype": "path",
    "svg.hashsalt": "wuhan",
    "figure.facecolor": PAPER,
}
# Settings that belong to a session, not to a figure: they stay as they are while one is drawn.
SESSION = ("backend", "backend_fallback", "interactive", "toolbar", "timezone", "webagg", "tk.", "docstring")


def slim() -> bool:
    """Whether figures have the width of a phone now."""
    return WIDTH < PAGE


def part() -> float:
    """The width of figures now, as a part of that on paper: of ticks there is room for as many."""
    return WIDTH / PAGE


@contextmanager
def narrow() -> Iterator[None]:
    """Figures that are drawn inside have the width of a phone."""
    global WIDTH
    before, WIDTH = WIDTH, PHONE
    try:
        yield
    finally:
        WIDTH = before


def register() -> None:
    """Make the bundled fonts known to matplotlib: they are added to those of the system, and none is chosen."""
    for path in sorted(FONTS.glob("*.otf")):
        font_manager.fontManager.addfont(str(path))


@functools.cache
def _settings() -> dict:
    own = {name: value for name, value in mpl.rcParamsDefault.items() if not name.startswith(SESSION)}
    return own | LOOK


@contextmanager
def drawing() -> Iterator[None]:
    """Draw in the one look, whatever a session has set; afterwards its settings and filters are as before.

    A glyph that no font has is an error inside.
    """
    with mpl.rc_context(_settings()), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing from")
        yield


def numeral(value: float, form: str) -> str:
    """``value`` in the format ``form``; English sets thousands apart by commas, Chinese does not."""
    return format(value, ("," if language() == "en" else "") + form)


def tint(colour: str, strength: float) -> str:
    """``colour`` mixed with white; ``strength`` 1 keeps it, 0 is white."""
    red, green, blue = (1 - strength * (1 - channel) for channel in to_rgb(colour))
    return to_hex((red, green, blue))


def luminance(colour: str) -> float:
    """Relative luminance of ``colour``, 0 to 1 (WCAG 2.2)."""
    return palette.luminance(to_hex(colour))


def ink(colour: str) -> str:
    """``colour`` where words in it can be read on white (4.5 to 1), else the grey of secondary text."""
    return colour if luminance(colour) <= 0.183 else MUTED


def inside(fill: str) -> str:
    """The colour of words on ``fill``: dark text reads better than white from a luminance of 0.18 on."""
    return INK if luminance(fill) > 0.18 else PAPER


def look(status: str) -> str:
    """FIRM, SOFT or AIM for a status of the data; an unknown status raises ``ValueError``."""
    if status not in LOOKS:
        raise ValueError(f"status: found '{status}' — write one of {', '.join(filter(None, LOOKS))}")
    return LOOKS[status]


def face(status: str, colour: str) -> str:
    """Fill of a mark: full for what was counted, half-tone for what is not final, none for an intention."""
    return {FIRM: colour, SOFT: tint(colour, 0.35), AIM: PAPER}[look(status)]


def colour(place: str) -> str:
    """The colour of ``place`` in every figure of the collection; "" when it has none of its own."""
    return words.table_of("places", "place").get(place, {}).get("colour", "")


def axis_unit(code: str, largest: float) -> tuple[float, str]:
    """Factor from the stored unit to that of the axis, and the words of that, for values up to ``largest``.

    The words of plain counts are empty: the measure says what is counted.
    """
    if code not in UNITS:
        raise ValueError(f"unit: found '{code}' — write a code of wuhan.evidence.units, as in 100m_cny")
    unit = UNITS[code]
    shown = UNITS[unit.display]
    named = "" if shown.code in BARE else words.unit_words(shown.code)
    factor = unit.scale / shown.scale
    between = " " if language() == "en" else ""
    for exponent, magnitude in MAGNITUDES[language()] if unit.dimension in MAGNIFIED else ():
        if largest * factor >= 10**exponent:
            return float(factor / 10**exponent), f"{magnitude}{between}{named}".strip()
    return float(factor), named


register()
