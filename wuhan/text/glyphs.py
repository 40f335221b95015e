"""Which characters the bundled fonts can draw, known without a figure."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"
WEIGHTS = {"Regular": "DejaVuSans.ttf", "Bold": "DejaVuSans-Bold.ttf"}  # each with the font that stands in for signs


@cache
def drawn() -> frozenset[int]:
    """The code points that figures can show in both weights."""
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise ImportError("matplotlib, whose fonts stand in for signs, is not here")
    spare = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
    weights = [
        _points(FONTS / f"WuhanReportSans-{weight}.otf") | _points(spare / sign) for weight, sign in WEIGHTS.items()
    ]
    return frozenset.intersection(*weights)


def _points(font: Path) -> frozenset[int]:
    return frozenset(TTFont(font, lazy=True).getBestCmap())


def missing(text: str) -> str:
    """The characters of a text that no figure can show, each once, with their code points; "" for none."""
    lost = dict.fromkeys(char for char in text if char != "\n" and ord(char) not in drawn())
    return ", ".join(f"'{char}' (U+{ord(char):04X})" for char in lost)
