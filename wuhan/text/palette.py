"""Every colour of the collection: figures, places, pages. A change of palette is a change of this file.

`python -m wuhan registry` writes the colours of places into ``data/places.csv`` and those of pages into the style
sheet; figures change when notebooks run. Lines and marks keep 3 to 1 against white; words in a colour, 4.5 to 1.
"""

BLUE, ORANGE, GREEN, PURPLE, SLATE = "#0072B2", "#B8500B", "#00735C", "#8B3A74", "#4D4D4D"
PALETTE = (BLUE, ORANGE, GREEN, PURPLE, SLATE)  # of series without a colour of their own, in this order
GREYS = ("#6E6E6E", "#8A8A8A", "#5A5A5A", "#9A9A9A")  # of places without one
INK, MUTED, GRID, PAPER = "#1B1B1F", "#62626C", "#DCDCE2", "#FFFFFF"
REST = "#A9A9B2"  # what stands beside the one that a figure tells of
REST_LINE = "#BDBDC4"  # the same as thin lines
SECOND = "#BFD9EA"  # the second part of a whole, beside BLUE
FAINT = "#DDDDE3"  # what a figure only counts along
# Kinds of witness, the firmest darkest: measured, worked out, echo, elsewhere, beyond, not found, not searched.
WITNESSES = ("#003F63", BLUE, "#7FB8D8", "#B9B9C1", "#CBCBD2", "#DDDDE3", "#EDEDF1")

# By id of data/places.csv, no two alike.
PLACES = {
    "china": SLATE,
    "hubei": "#767676",
    "beijing": "#7A1F1F",
    "tianjin": "#8A5A83",
    "shanghai": "#1F4E79",
    "nanjing": PURPLE,
    "suzhou": "#007C8A",
    "hangzhou": GREEN,
    "ningbo": "#4E7D6D",
    "hefei": "#3F6FB5",
    "jinan": "#7D6B8F",
    "qingdao": "#5B7BA6",
    "zhengzhou": "#9C4A5C",
    "wuhan": ORANGE,
    "changsha": "#6E7500",
    "guangzhou": "#2E6B2E",
    "shenzhen": "#5A3E9E",
    "chongqing": "#7A5C00",
    "chengdu": BLUE,
    "xian": "#806040",
}

# Of pages, by their names in the style sheet: on light and on dark screens.
LIGHT = {
    "paper": "#fff",
    "ink": "#1b1b1f",
    "quiet": "#595964",
    "line": "#d5d5dd",
    "link": "#005a9c",
    "wash": "#f5f5f8",
    "mark": "#e8f1f9",
    "edge": "rgb(0 0 0 / 32%)",
    "clear": "rgb(255 255 255 / 0%)",
}
DARK = {
    "paper": "#141418",
    "ink": "#eaeaf0",
    "quiet": "#b0b0bd",
    "line": "#3a3a44",
    "link": "#8ec5ff",
    "wash": "#1e1e25",
    "mark": "#22303d",
    "edge": "rgb(255 255 255 / 38%)",
    "clear": "rgb(20 20 24 / 0%)",
}


def luminance(colour: str) -> float:
    """Relative luminance of ``colour``, written #rrggbb: 0 to 1 (WCAG 2.2)."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def inverted(colour: str) -> str:
    """``colour`` on dark paper: as far from that as it is from white, in the same hue.

    Contrasts to the paper, and of any two colours, are what they were, as far as there is a colour that is so bright.
    """
    now = luminance(colour)
    wanted = min(1.05 * (luminance(DARK["paper"]) + 0.05) / (now + 0.05) - 0.05, 1.0)
    channels = [channel * wanted / now if now else wanted for channel in _linear(colour)]
    if (most := max(channels)) > 1:  # too bright for this hue: so much white
        rest = wanted / most
        white = (wanted - rest) / (1 - rest)
        channels = [channel / most * (1 - white) + white for channel in channels]
    shares = [12.92 * each if each <= 0.0031308 else 1.055 * each ** (1 / 2.4) - 0.055 for each in channels]
    return "#" + "".join(f"{round(255 * min(max(share, 0.0), 1.0)):02x}" for share in shares)


def _linear(colour: str) -> list[float]:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
