"""A drawn figure as lean SVG: words stay words, nothing has a style, a class or an id.

matplotlib draws the figure a second time, into `Vector`, with the metrics of the picture: both have one layout. Only
presentation attributes are written, which the policy of the pages allows and its style sheet replaces in the dark.
``textLength`` keeps each word in its place in whatever font a reader has.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable
from contextlib import ExitStack
from html import escape

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from wuhan.charts import labels, style

UNITS = 100  # of the drawing, one inch
SCALE = UNITS / style.DPI  # units a pixel
FONTS = f"{style.FAMILY}, Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
CODES = (Path.MOVETO, Path.LINETO, Path.CURVE3, Path.CURVE4, Path.CLOSEPOLY)
LETTERS = dict(zip(map(int, CODES), "MLQCz", strict=True))
STEPS = {int(Path.CURVE3): 2, int(Path.CURVE4): 3}  # vertices of one letter
CIRCLE = np.asarray(Path.unit_circle().vertices)
RECTANGLE = re.compile(r'<rect x="(.+?)" y="(.+?)" width="(.+?)" height="(.+?)"/>')
HALO = 3.5  # units that the paper reaches around words on lines
HATCH = 5.0  # units between the lines of a hatch


class NotDrawn(Exception):
    """A figure that holds what this renderer does not draw, such as an image."""


def number(value: float, places: int = 1) -> str:
    """``value`` with so many decimals at most, as short as it goes: "-.5"."""
    text = f"{value:.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("", "-", "-0") else text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text


def pairs(points: Iterable[Iterable[float]]) -> str:
    """Coordinates of a path; a minus sign parts two of them as well as a space."""
    texts = [number(value) for point in points for value in point]
    return "".join(text if not at or text[0] == "-" else f" {text}" for at, text in enumerate(texts))


class Vector(RendererBase):
    """Collects elements with their looks, in the order in which they are drawn. ``haloed`` are words on lines."""

    def __init__(self, figure: Figure, haloed: Iterable[Text]):
        super().__init__()
        self.figure = figure
        self.wide, self.tall = figure.bbox.width * SCALE, figure.bbox.height * SCALE
        self._parts: list[tuple[str, str]] = []
        self._haloed = {id(text) for text in haloed}

    def get_canvas_width_height(self):
        return self.figure.bbox.width, self.figure.bbox.height

    def get_text_width_height_descent(self, s, prop, ismath):
        return _measured(s, prop.copy(), ismath)

    def points_to_pixels(self, points):
        return points * style.DPI / 72

    def draw_image(self, gc, x, y, im, transform=None):
        raise NotDrawn("an image")

    def draw_path(self, gc, path, transform, rgbFace=None):
        if not len(path.vertices):
            return
        face = _seen(gc, rgbFace) if len(path.vertices) > 2 else None
        look = self._look(gc, face)
        spots = self._placed(transform.transform(path.vertices))
        if not look or not np.isfinite(spots).any():
            return
        element = _circle(spots) if self._within(gc, spots) else ""
        self._parts.append((look, element or self._path(gc, path, transform, face is not None)))
        if gc.get_hatch() and rgbFace is not None:
            self._hatch(gc, spots)

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        if not s.strip():
            return
        wide = self.get_text_width_height_descent(s, prop, False)[0] * SCALE
        x, y = x * SCALE, y * SCALE
        look = {"font-size": number(prop.get_size_in_points() * UNITS / 72, 2)}
        if prop.get_weight() in ("bold", 700):
            look["font-weight"] = "700"
        ink = {"fill": to_hex(gc.get_rgb()[:3])}
        turn = f' transform="rotate({number(-angle)} {number(x)} {number(y)})"' if angle else ""
        place = f'<text x="{number(x)}" y="{number(y)}" textLength="{number(wide)}" lengthAdjust="spacingAndGlyphs"'
        word = f"{place}{turn}>{escape(s, quote=False)}</text>"
        if id(mtext) in self._haloed:
            under = {"fill": "none", "stroke": to_hex(style.PAPER), "stroke-width": str(HALO)}
            self._parts.append((_attributes(look | under | {"stroke-linejoin": "round"}), word))
        self._parts.append((_attributes(look | ink), word))

    def svg(self) -> str:
        """The drawing; neighbours that look alike share a group."""
        body = []
        for look, group in itertools.groupby(self._parts, key=lambda part: part[0]):
            elements = _joined([element for _look, element in group if element], look)
            if len(elements) == 1:
                name, space, rest = elements[0].partition(" ")
                body.append(f"{name}{look}{space}{rest}")
            elif elements:
                body.append(f"<g{look}>{''.join(elements)}</g>")
        box = f'viewBox="0 0 {number(self.wide)} {number(self.tall)}"'
        start = f'<svg xmlns="http://www.w3.org/2000/svg" {box} font-family="{FONTS}">'
        return f"{start}{''.join(body)}</svg>"

    def _placed(self, pixels: np.ndarray) -> np.ndarray:
        """Pixels from the lower left corner as units from the upper left one."""
        return np.column_stack([pixels[:, 0] * SCALE, self.tall - pixels[:, 1] * SCALE])

    def _look(self, gc, face) -> str:
        """The attributes of fill and stroke; "" for what cannot be seen."""
        found = {"fill": "none"} if face is None else {"fill": to_hex(face[:3])}
        if face is not None and face[3] < 1:
            found["fill-opacity"] = number(face[3], 2)
        width, line = self.points_to_pixels(gc.get_linewidth()) * SCALE, _seen(gc, gc.get_rgb())
        if width > 0 and line is not None:
            found |= {"stroke": to_hex(line[:3]), "stroke-width": number(width, 2)}
            if line[3] < 1:
                found["stroke-opacity"] = number(line[3], 2)
            if gc.get_capstyle() == "round":
                found["stroke-linecap"] = "round"
            if (dashes := gc.get_dashes()[1]) is not None:
                found["stroke-dasharray"] = " ".join(number(self.points_to_pixels(dash) * SCALE) for dash in dashes)
        elif face is None:
            return ""
        return _attributes(found)

    def _path(self, gc, path: Path, transform, filled: bool) -> str:
        """The path as far as it lies in the clip box of ``gc``; an upright rectangle as such."""
        box = gc.get_clip_rectangle()
        if box is not None and not self._within(gc, self._placed(transform.transform(path.vertices))):
            if filled:
                path, transform = transform.transform_path(path).clip_to_bbox(Bbox(box.get_points())), None
            path = path.cleaned(transform, remove_nans=True, clip=(box.x0, box.y0, box.x1, box.y1))
        else:
            path = path.cleaned(transform, remove_nans=True)
        spots, codes = self._placed(np.asarray(path.vertices)), np.asarray(path.codes).tolist()
        words = _words(spots, codes)
        shape = "".join(word[0] for word in words)
        return _rectangle(spots, shape) or (f'<path d="{"".join(words)}"/>' if words else "")

    def _within(self, gc, spots: np.ndarray) -> bool:
        """Whether nothing has to be cut off. A stroke may reach half its width over the edge."""
        box = gc.get_clip_rectangle()
        if box is None:
            return True
        (left, low), (right, high) = self._placed(box.get_points())
        whole = spots[np.isfinite(spots).all(axis=1)]
        return bool(((whole >= (left - 0.6, high - 0.6)) & (whole <= (right + 0.6, low + 0.6))).all())

    def _hatch(self, gc, spots: np.ndarray) -> None:
        """Rising lines over the box of ``spots``."""
        (left, top), (right, low) = spots.min(axis=0), spots.max(axis=0)
        lines = []
        for start in np.arange(left + top + HATCH / 2, right + low, HATCH):  # where x + y is the same
            ends = (max(left, start - low), min(right, start - top))
            lines.append(f"M{pairs([(ends[0], start - ends[0])])}L{pairs([(ends[1], start - ends[1])])}")
        look = {"fill": "none", "stroke": to_hex(gc.get_hatch_color()), "stroke-width": "1"}
        self._parts.append((_attributes(look), f'<path d="{"".join(lines)}"/>'))


@functools.cache  # both drawings of a figure, and those before them, have the same words
def _measured(text: str, font: FontProperties, ismath: bool) -> tuple[float, float, float]:
    """Width, height and descent in pixels, as in the picture."""
    return labels.ruler().get_renderer().get_text_width_height_descent(text, font, ismath)


def _joined(elements: list[str], look: str) -> list[str]:
    """Several rectangles of one ``look`` as one path, which takes half the room, unless they are seen through."""
    boxes = [RECTANGLE.fullmatch(element) for element in elements]
    if len(boxes) < 2 or "opacity" in look or not all(boxes):
        return elements
    parts = []
    for x, y, wide, high in (box.groups() for box in boxes if box):
        parts.append(f"M{x}{'' if y[0] == '-' else ' '}{y}h{wide}v{high}h-{wide}z")
    return [f'<path d="{"".join(parts)}"/>']


def _words(spots: np.ndarray, codes: list[int]) -> list[str]:
    """The commands of a path, each with its letter first."""
    words, at = [], 0
    while at < len(codes) and codes[at] != int(Path.STOP):
        steps = STEPS.get(codes[at], 1)
        closed = codes[at] == int(Path.CLOSEPOLY)
        words.append(LETTERS[codes[at]] + ("" if closed else pairs(spots[at : at + steps])))
        at += steps
    return words


def _attributes(look: dict[str, str]) -> str:
    return "".join(f' {name}="{value}"' for name, value in look.items())


def _seen(gc, colour) -> tuple[float, float, float, float] | None:
    """``colour`` with its opacity, None when it has none."""
    if colour is None:
        return None
    alpha = gc.get_alpha() if gc.get_alpha() is not None and (len(colour) < 4 or gc.get_forced_alpha()) else None
    opacity = float(alpha if alpha is not None else colour[3] if len(colour) == 4 else 1.0)
    return (*map(float, colour[:3]), opacity) if opacity > 0 else None  # type: ignore[return-value]


def _circle(spots: np.ndarray) -> str:
    """A circle where ``spots`` are the vertices of one; else ""."""
    if len(spots) != len(CIRCLE):
        return ""
    (left, top), (right, low) = spots.min(axis=0), spots.max(axis=0)
    middle, radius = np.array([(left + right) / 2, (top + low) / 2]), (right - left) / 2
    if not np.allclose(spots, middle + CIRCLE * (radius, -radius), atol=0.05):
        return ""
    return f'<circle cx="{number(middle[0])}" cy="{number(middle[1])}" r="{number(radius)}"/>'


def _rectangle(spots: np.ndarray, shape: str) -> str:
    """An upright rectangle, given the letters of its path; else ""."""
    corners = spots[:4]
    if shape not in ("MLLLz", "MLLLLz", "MLLLL"):
        return ""
    if any(len({number(value) for value in along}) != 2 for along in corners.T) or len(np.unique(corners, axis=0)) < 4:
        return ""
    (left, top), (right, low) = corners.min(axis=0), corners.max(axis=0)
    sides = {"x": left, "y": top, "width": right - left, "height": low - top}
    return "<rect" + _attributes({name: number(value) for name, value in sides.items()}) + "/>"


def draw(figure: Figure) -> str:
    """``figure``, which has been laid out, as SVG. Raises `NotDrawn`."""
    haloed = [text for text in figure.findobj(Text) if text.get_path_effects()]
    papers = [patch for patch in (figure.patch, *(axes.patch for axes in figure.axes)) if patch.get_visible()]
    vector = Vector(figure, haloed)
    with ExitStack() as after:
        for text in haloed:
            after.callback(text.set_path_effects, text.get_path_effects())
            text.set_path_effects([])
        for paper in papers:  # the paper is that of the page
            after.callback(paper.set_visible, True)
            paper.set_visible(False)
        figure.draw(vector)
    return vector.svg()
