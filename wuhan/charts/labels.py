"""Words on figures: measured, wrapped, placed without collisions, proved to have a glyph."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from matplotlib.transforms import Bbox

from wuhan.charts import style
from wuhan.charts.style import ChartError

# A line may break at spaces but U+00A0, and beside Chinese characters; brackets and commas stay with what they hold.
_HAN = "⺀-〇〒-鿿ｦ-￯"
_OPENING, _CLOSING = "(（《〈“‘「『", ")）》〉”’」』，。、；：！？.,;:"
# A Chinese unit stays with its numeral (2025年), a bracket that opens with the character behind it.
TOKENS = re.compile(
    rf"[{_OPENING}]*[{_HAN}][{_CLOSING}]*|(?:(?![{_OPENING}]+[{_HAN}])(?:[^\s{_HAN}]|\xa0))+"
    rf"(?:(?<=[0-9])[年月日万亿元个项人倍城]+[{_CLOSING}]*)?|[^\S\xa0]+"
)
HALO = [withStroke(linewidth=2.5, foreground=style.PAPER)]  # keeps words readable across lines
SCALE = style.DPI / 72  # pixels a point
SAMPLE = 12  # tokens that tell about how many fit a line
DIRECTIONS = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
LEVELS = {-1: "top", 0: "center", 1: "bottom"}


@functools.cache  # a line is measured word by word, the same beginnings again and again
def inches(text: str, size: float, weight: str = "normal") -> float:
    """Width of one line of ``text`` at ``size`` points, in inches."""
    _require(text, weight)
    canvas = ruler()
    font = FontProperties(family=style.FAMILIES, size=size, weight=weight)
    width, _, _ = canvas.get_renderer().get_text_width_height_descent(text, font, ismath=False)
    return width / canvas.figure.dpi


def _outlined(text: str, size: float) -> float:
    """Width in inches of one line that is drawn as outlines, without the hints that pull letters together."""
    if not text.strip():
        return 0.0
    font = FontProperties(family=style.FAMILIES, size=size)
    return TextPath((0, 0), text, prop=font).get_extents().x1 / 72


@functools.cache
def ruler() -> FigureCanvasAgg:
    """What words are measured with: a canvas of the resolution of all figures."""
    return FigureCanvasAgg(Figure(dpi=style.DPI))


def wrap(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """``text`` broken into lines of at most ``width`` inches; a wider word keeps its own line."""
    tokens, lines = TOKENS.findall(text), []

    def line(count: int) -> str:
        return "".join(tokens[:count]).rstrip()

    while "".join(tokens).strip():
        first = next(count for count, token in enumerate(tokens, 1) if token.strip())
        # A line grows with each token: the search begins at about where it ends, as measuring is what takes time.
        sample = inches(line(first + SAMPLE), size, weight)
        count = max(first, min(len(tokens), int((first + SAMPLE) * width / sample)))
        while count > first and inches(line(count), size, weight) > width:
            count -= 1
        while count < len(tokens) and inches(line(count + 1), size, weight) <= width:
            count += 1
        lines.append(line(count).strip())
        tokens = tokens[count:]
    return lines


def balanced(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """``text`` in as few lines as :func:`wrap` needs, these about equally long: no word is left over for the last."""
    lines = wrap(text, width, size, weight)
    for part in range(1, 20):
        narrower = wrap(text, width * (1 - part / 40), size, weight)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def spread(wanted: list[float], size: float, low: float, high: float) -> list[float]:
    """Positions as near as possible to ``wanted`` (any order), ``size`` apart, between ``low`` and ``high``.

    Least squares under order, by pooling neighbours that are too close (pool adjacent violators).
    """
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    pools: list[list[float]] = []  # [sum of shifted wishes, members]
    for rank, index in enumerate(order):
        pools.append([wanted[index] - rank * size, 1])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, members = pools.pop()
            pools[-1][0] += total
            pools[-1][1] += members
    top = max(high - (len(wanted) - 1) * size, low)
    shifted = [min(max(total / members, low), top) for total, members in pools for _ in range(int(members))]
    placed = [0.0] * len(wanted)
    for rank, index in enumerate(order):
        placed[index] = shifted[rank] + rank * size
    return placed


def annotate(
    axes,
    points: list[tuple[float, float]],
    texts: list[str],
    colours: list[str],
    size: float = 9,
    clear: Sequence[tuple[float, float]] = (),
) -> None:
    """Put each of ``texts`` beside its point (data coordinates), clear of all points and of the labels before
    it, and of the smaller marks at ``clear``.

    Eight directions are tried at growing distance; a label that had to move away gets a thin leader line. Where there
    is no room for all labels the later ones are left out; the first, the subject, may lie on the smaller marks. Raises
    :class:`ChartError` when even that is too long.
    """
    pixels = axes.transData.transform(points)
    taken = [_around(x, y, 5) for x, y in pixels] + [text.get_window_extent() for text in axes.texts]
    small = [_around(x, y, 3) for x, y in (axes.transData.transform(clear) if len(clear) else ())]
    room = axes.get_window_extent().padded(2)
    for number, (at, point, text, colour) in enumerate(zip(pixels, points, texts, colours, strict=True)):
        wide, tall = _outlined(text, size) * style.DPI, size * 1.25 * SCALE
        found = _free(at, wide, tall, room, [*taken, *small])
        if found is None and number == 0:
            found = _free(at, wide, tall, room, taken)
            if found is None:
                raise ChartError(f"label '{text}': no room beside its point — shorten the label")
        if found is None:
            continue
        up, distance, box = found
        taken.append(box.padded(3, 0))  # words on one line need a space between them
        axes.annotate(
            text,
            point,
            xytext=((box.x0 - at[0]) / SCALE, up * distance),
            textcoords="offset points",
            color=colour,
            size=size,
            ha="left",  # of the box that was tried: a halo makes words wider than matplotlib takes them to be
            va=LEVELS[up],
            annotation_clip=False,
            path_effects=HALO,
            arrowprops={"arrowstyle": "-", "color": style.MUTED, "lw": 0.6, "shrinkB": 4} if distance > 12 else None,
        )


def _around(x: float, y: float, points: float) -> Bbox:
    """The square that reaches so many ``points`` from a place in pixels."""
    reach = points * SCALE
    return Bbox.from_extents(x - reach, y - reach, x + reach, y + reach)


def _free(
    at: tuple[float, float], wide: float, tall: float, room: Bbox, taken: list[Bbox]
) -> tuple[int, int, Bbox] | None:
    """The first box of ``wide`` by ``tall`` pixels beside ``at`` that lies in ``room`` and on nothing ``taken``, after
    the direction up and the distance in points at which it was found; None when there is none.
    """
    for distance, (right, up) in itertools.product((8, 12, 20, 30, 44, 60), DIRECTIONS):
        left = at[0] + right * distance * SCALE - {1: 0, 0: wide / 2, -1: wide}[right]
        base = at[1] + up * distance * SCALE - {1: 0, 0: tall / 2, -1: tall}[up]
        box = Bbox.from_extents(left, base, left + wide, base + tall)
        inside = room.x0 <= box.x0 and box.x1 <= room.x1 and room.y0 <= box.y0 and box.y1 <= room.y1
        if inside and not any(box.overlaps(other) for other in taken):
            return up, distance, box
    return None


def texts(figure: Figure) -> list[Text]:
    """All visible words of ``figure`` in drawing order, without ticks outside the limits."""
    hidden: set[Text] = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            axis.get_ticklabels()  # brings the ticks up to date with the limits
            low, high = sorted(axis.get_view_interval())
            slack = 1e-9 * (high - low)
            for tick in axis.get_major_ticks() + axis.get_minor_ticks():
                if not (axes.axison and low - slack <= tick.get_loc() <= high + slack):
                    hidden |= {tick.label1, tick.label2}
    return [
        text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip() and text not in hidden
    ]


def collisions(figure: Figure) -> list[str]:
    """What is wrong with the words of ``figure``: pairs that overlap, and those that leave the page.

    The figure must have been drawn.
    """
    page = figure.bbox
    # The extent of the words alone: that of an annotation would include its leader line.
    boxes = [(text.get_text().replace("\n", " "), Text.get_window_extent(text)) for text in texts(figure)]
    faults = [
        f"'{text}' leaves the figure"
        for text, box in boxes
        if box.x0 < page.x0 or box.y0 < page.y0 or box.x1 > page.x1 or box.y1 > page.y1
    ]
    for (text, box), (other, second) in itertools.combinations(boxes, 2):
        across = min(box.x1, second.x1) - max(box.x0, second.x0)
        upward = min(box.y1, second.y1) - max(box.y0, second.y0)
        if across > -2 and upward > 1:  # words on one line need a space between them
            faults.append(f"'{text}' overlaps '{other}'")
    return faults


@functools.cache
def _glyphs(weight: str) -> frozenset[int]:
    paths = [findfont(FontProperties(family=family, weight=weight)) for family in style.FAMILIES]
    return frozenset().union(*(get_font(path).get_charmap() for path in paths))


def require_glyphs(figure: Figure) -> None:
    """Raise :class:`ChartError` when a word of ``figure`` has a character that none of its fonts can draw."""
    for text in texts(figure):
        _require(text.get_text(), "bold" if text.get_fontweight() in ("bold", 700) else "normal")


def _require(text: str, weight: str) -> None:
    lost = dict.fromkeys(each for each in text if each != "\n" and ord(each) not in _glyphs(weight))
    if lost:
        found = ", ".join(f"'{character}' (U+{ord(character):04X})" for character in lost)
        raise ChartError(
            f"'{text}': no glyph for {found} — write other characters, or add them to the fonts with "
            "wuhan/text/fonts/subset.py"
        )
