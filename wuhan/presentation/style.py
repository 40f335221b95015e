"""The one look of all figures: font, palette, how status and qualifier are drawn, and how numbers are worded."""

from __future__ import annotations

import functools
import math
import warnings
from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.colors import to_hex, to_rgb

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Wuhan Report Sans"
PALETTE = ("#0072B2", "#B8500B", "#00735C", "#8B3A74", "#4D4D4D")
GREYS = ("#6E6E6E", "#8A8A8A", "#5A5A5A", "#9A9A9A")
INK, MUTED, GRID, PAPER = "#1B1B1F", "#62626C", "#DCDCE2", "#FFFFFF"
WIDTH, HEIGHT, DPI = 7.2, 4.2, 150

FIRM, SOFT, AIM = "actual", "preliminary or estimate", "target or plan"
LOOKS = {
    "actual": FIRM, "": FIRM,
    "preliminary": SOFT, "estimate": SOFT, "derived": SOFT,
    "target": AIM, "plan": AIM,
}
ARROWS = {"over": 1, "at_least": 1, "up_to": -1, "nearly": -1}
PREFIXES = {
    "over": "over {number}", "at_least": "at least {number}", "up_to": "up to {number}", "nearly": "nearly {number}",
    "about": "about {number}",
}

# Steps of an axis by unit code: (factor from the stored unit, smallest magnitude shown in it, words after the number).
_MONEY = ((1e12, "trillion yuan"), (1e9, "billion yuan"), (1e6, "million yuan"), (1.0, "yuan"))
_DOLLARS = ((1e12, "trillion US dollars"), (1e9, "billion US dollars"), (1e6, "million US dollars"), (1.0, "US dollars"))
_PEOPLE = ((1e9, "billion people"), (1e6, "million people"), (1e3, "thousand people"), (1.0, "people"))
_COUNT = ((1e9, "billion"), (1e6, "million"), (1.0, ""))
STEPS = {
    "cny": (1.0, _MONEY), "10k_cny": (1e4, _MONEY), "100m_cny": (1e8, _MONEY),
    "usd": (1.0, _DOLLARS), "100m_usd": (1e8, _DOLLARS), "usd_bn": (1e9, _DOLLARS),
    "persons": (1.0, _PEOPLE), "10k_persons": (1e4, _PEOPLE),
    "count": (1.0, _COUNT), "10k": (1e4, _COUNT), "100m": (1e8, _COUNT),
}
WORDS = {
    "percent": "%", "percentage_points": "percentage points", "km_one_way": "km, one way",
    "prev_year_100": "previous year = 100", "cny_per_person": "yuan per person", "ratio": "", "index": "index",
    "km2": "square kilometres", "m2": "square metres", "per_10k_people": "per 10,000 people", "per_firm": "per firm",
}


def apply() -> None:
    """Register the bundled fonts and set the style; a glyph that no font has becomes an error, never a box."""
    for path in sorted(FONTS.glob("*.otf")):
        font_manager.fontManager.addfont(str(path))
    mpl.rcParams.update({
        "font.family": [FAMILY, "DejaVu Sans"], "font.size": 9.5, "axes.unicode_minus": False,
        "text.parse_math": False, "text.color": INK, "axes.edgecolor": INK, "axes.labelcolor": MUTED,
        "xtick.color": MUTED, "ytick.color": MUTED, "axes.linewidth": 0.8, "axes.axisbelow": True,
        "xtick.major.size": 3.5, "ytick.major.size": 0, "xtick.minor.size": 0, "ytick.minor.size": 0,
        "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False,
        "grid.color": GRID, "grid.linewidth": 0.8, "lines.linewidth": 2.0, "lines.solid_capstyle": "round",
        "hatch.linewidth": 0.8, "svg.fonttype": "path", "svg.hashsalt": "wuhan", "figure.facecolor": PAPER,
    })
    warnings.filterwarnings("error", message="Glyph .* missing from")


def tint(colour: str, strength: float) -> str:
    """``colour`` mixed with white; ``strength`` 1 keeps it, 0 is white."""
    return to_hex([1 - strength * (1 - channel) for channel in to_rgb(colour)])


def look(status: str) -> str:
    """FIRM, SOFT or AIM for a status of the data; an unknown status raises ``ValueError``."""
    if status not in LOOKS:
        raise ValueError(f"status: found '{status}' — write one of {', '.join(filter(None, LOOKS))}")
    return LOOKS[status]


def face(status: str, colour: str) -> str:
    """Fill of a mark: full for what was counted, half-tone for what is not final, paper for what is only intended."""
    return {FIRM: colour, SOFT: tint(colour, 0.35), AIM: PAPER}[look(status)]


@functools.cache
def _colours() -> dict[str, str]:
    from wuhan.evidence import package

    places = package.read("places")
    given = dict(zip(places["place"], places["colour"], strict=True))
    return {place: colour for place, colour in given.items() if colour}


def colour(place: str) -> str:
    """The colour of ``place`` in every figure of the collection; a place without one of its own is grey."""
    return _colours().get(place, GREYS[0])


def axis_unit(unit: str, largest: float) -> tuple[float, str]:
    """Factor from the stored ``unit`` to the unit of the axis, and its words, for values up to ``largest``."""
    if unit not in STEPS:
        return 1.0, WORDS.get(unit, unit.replace("_", " "))
    scale, steps = STEPS[unit]
    for size, words in steps:
        if largest * scale >= size:
            return scale / size, words
    return scale / steps[-1][0], steps[-1][1]


def number(value: float, digits: int = 3) -> str:
    """``value`` with thousands separators and at most ``digits`` significant digits after rounding; no float noise."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else ""
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


apply()
