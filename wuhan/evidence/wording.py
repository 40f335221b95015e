"""Quantities as a reader sees them, in English and Chinese, with as many digits as are known."""

from __future__ import annotations

import math
import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from wuhan.evidence.units import UNITS, Unit, factor, last_place

QUALIFIED = {
    "en": {"about": "about ", "over": "over ", "at_least": "at least ", "up_to": "up to ", "nearly": "nearly "},
    "zh": {"about": "约", "over": "超", "at_least": "不低于", "up_to": "不超过", "nearly": "接近"},
}
# What Chinese says of one dimension otherwise.
IDIOMS = {
    ("zh", "up_to", "money"): "最高",
    ("zh", "at_least", "count"): "不少于",
    ("zh", "at_least", "people"): "不少于",
}
TO = {"en": " to ", "zh": "至"}
BETWEEN = {"en": "between {low} and {high}", "zh": "{low}至{high}之间"}
EACH = {"en": "{figure} each", "zh": "每个{figure}"}
PER = {"en": "{figure} per {unit}", "zh": "每{unit}{figure}"}
NO_CODE = {"en": "{figure} ({unit})", "zh": "{figure}（{unit}）"}
MOVED = Decimal("0.1")  # of itself, by which rounding moves a figure at most
MAGNITUDES = {"en": ((12, " trillion"), (9, " billion"), (6, " million")), "zh": ((12, "万亿"), (8, "亿"), (4, "万"))}
MAGNIFIED = ("money", "usd", "people", "count", "length", "one-way length", "area")
FULL = ("money", "money per person")  # told in Chinese with all the digits that are printed, as in communiques
HEADS, MYRIAD = "money per person", 4  # worked out, it is told in Chinese in 万, as no printed figure is: 15.3万元/人
TRILLION, SHORT = 12, 3  # in Chinese a figure of so many digits has that word: 2.1万亿元, but 21106.23亿元
# What follows from bounds taken at their word ("over 50" as 50) has no interval that says how well it is known.
ROUGH, NARROW = 2, Decimal("1e-9")  # significant digits shown then; the width of its interval, of the value
PRINTED = 12  # more digits than any figure has in print
BARE = ("count", "index", "coefficient", "version")  # shown without a word for the unit


def render(quantity, language: str = "en", digits: int = 4) -> str:
    """The text that a reader sees: "2.111 trillion yuan", "over 1,000", 984.9亿元.

    ``quantity``: a `Quantity` or a fact (``value``, ``low``, ``high``, ``unit``, ``qualifier``). ``digits``:
    how many significant digits at most; never more than are known. Whole things known exactly are shown in
    full. The figure shown lies inside the interval unless ``digits`` cuts it, and is the value to a tenth of it; of a
    value whose sign is not known and that would read zero both ends are shown. Of "over" and "up to" the
    bound is shown: of a printed one cut so that it stays true, of a computed one rounded. Of a range as printed
    (200-230) both ends. What is derived and "about" without an interval has two digits. Behind it stands what it is
    told per. Raises ``ValueError`` for an unknown language.
    """
    if language not in QUALIFIED:
        raise ValueError(f"language: found '{language}' — write one of {', '.join(QUALIFIED)}")
    return told_per(_alone(quantity, language, digits), quantity.unit, getattr(quantity, "per", ""), language)


def told_per(text: str, unit: str, per: str, language: str) -> str:
    """``text``, a figure in ``unit`` or words for the unit, with the units that it is told per (see `Fact`)."""
    if unit == "index" and per:
        return NO_CODE[language].format(figure=text, unit=per)
    for code in filter(None, per.split("*")):
        form = EACH if code == "count" else PER
        text = form[language].format(figure=text, unit=UNITS[code].one_of(language))
    return text


def _alone(quantity, language: str, digits: int) -> str:
    """The same without what it is told per."""
    shown, derived = UNITS[UNITS[quantity.unit].display], _derived(quantity)
    value, low, high = _span(quantity)
    if ranged(quantity):
        return _figure((low, high), shown, language)
    if _is_open(value, low, high):
        low, high = _ends(value, low, high)
        return BETWEEN[language].format(low=_figure((low,), shown, language), high=_figure((high,), shown, language))
    if derived and quantity.qualifier == "about" and high - low <= abs(value) * NARROW:
        digits = min(digits, ROUGH)
    if language == "zh" and shown.dimension in FULL and not derived and digits > ROUGH:
        digits = PRINTED
    number = _rounded(value, low, high, quantity.qualifier, digits, shown.counted, derived)
    exactly = shown.counted and low == high or len(number.normalize().as_tuple().digits) > digits
    plain = QUALIFIED[language].get(quantity.qualifier, "")
    word = IDIOMS.get((language, quantity.qualifier, shown.dimension), plain)
    if language == "zh" and derived and shown.dimension == HEADS and abs(number) >= 10**MYRIAD:
        number, each = number.scaleb(-MYRIAD).normalize(), MAGNITUDES["zh"][-1][1]
        return f"{word}{number:f}{each}{shown.zh}"
    return word + _figure((number,), shown, language, magnified=not exactly)


def _derived(quantity) -> bool:
    """Whether a figure, as in `render`, is worked out; a claim by itself is told as it is printed."""
    formula = getattr(quantity, "formula", "")
    return bool(formula) and not formula.isidentifier()


def _span(quantity) -> list[Decimal]:
    """Value, low and high of a figure in the unit that a reader sees."""
    scale = int(factor(quantity.unit, UNITS[quantity.unit].display))
    return [_decimal(end, scale) for end in (quantity.value, quantity.low, quantity.high)]


def _decimal(value: float, scale: int) -> Decimal:
    number = Decimal(repr(float(value)))
    return (number * scale).normalize() if math.isfinite(value) else number


def ranged(quantity) -> bool:
    """Whether a figure, as in `render`, is a range as printed (200-230)."""
    return quantity.qualifier == "about" and not _derived(quantity) and _is_range(*_span(quantity))


def _is_range(value: Decimal, low: Decimal, high: Decimal) -> bool:
    """Whether the ends tell more than "about" the value: both are round, and not half a step around it."""
    short = all(end.is_finite() and len(end.as_tuple().digits) <= 2 for end in (low, high))
    return short and low < value < high and high - low != Decimal(1).scaleb(last_place(value))


def _is_open(value: Decimal, low: Decimal, high: Decimal) -> bool:
    """Whether so little is known of a value that it would be rounded to nothing at the tens or above."""
    if not value or not low < 0 < high or not (high - low).is_finite():
        return False
    place = math.ceil(round(((high - low) / 2).log10(), 6))
    return place > 0 and not _cut(value, place, ROUND_HALF_UP)


def _ends(value: Decimal, low: Decimal, high: Decimal) -> list[Decimal]:
    """Both ends of an interval around zero to two digits of the longer: neither is zero nor leaves the value out."""
    place, ends = max(high, -low).adjusted() - 1, []
    for end, outwards in ((low, ROUND_FLOOR), (high, ROUND_CEILING)):
        cut = _cut(end, place, ROUND_HALF_UP) or _cut(end, end.adjusted(), ROUND_HALF_UP)
        ends.append(cut if abs(cut) >= abs(value) or cut * value < 0 else _cut(end, place, outwards))
    return ends


def _rounded(
    value: Decimal, low: Decimal, high: Decimal, qualifier: str, digits: int, counted: bool, derived: bool
) -> Decimal:
    """The figure to show: cut to what is known, a printed bound towards the side on which it stays true."""
    way, bound = ROUND_HALF_UP, qualifier == "nearly"
    if qualifier in ("over", "at_least") and low.is_finite():
        value, way, bound = low, way if derived else ROUND_FLOOR, True
    elif qualifier == "up_to" and high.is_finite():
        value, way, bound = high, way if derived else ROUND_CEILING, True
    if counted and value % 1 == 0 and (low == high or bound and abs(value) < 10**6):
        return value
    cap = value.adjusted() - digits + 1 if value else -digits
    if bound or low == high or (high - low).is_infinite():
        return _cut(value, max(cap, last_place(value)), way).normalize()
    shown = _cut(value, max(cap, _known(value, low, high)), way)
    return shown if shown else abs(shown)  # never -0.0


def _known(value: Decimal, low: Decimal, high: Decimal) -> int:
    """Power of ten of the last digit to show.

    The finest place whose step is no less than half the interval, so that the last digit is uncertain by one
    at most; finer where rounding there would reach an end. A value that is known not to be zero keeps its first
    digit, and is not moved by more than a tenth of itself.
    """
    place, signed = math.ceil(round(((high - low) / 2).log10(), 6)), not low <= 0 <= high
    if signed:
        place = min(place, value.adjusted())
    while True:
        cut = _cut(value, place, ROUND_HALF_UP)
        far = signed and abs(cut - value) > abs(value) * MOVED
        if cut == value or (low < cut < high and not far):
            return place
        place -= 1


def _cut(value: Decimal, place: int, way: str) -> Decimal:
    return value.quantize(Decimal(1).scaleb(place), rounding=way)


def _figure(numbers: tuple[Decimal, ...], unit: Unit, language: str, magnified: bool = True) -> str:
    """One figure, or the two ends of a range, with magnitude word and unit."""
    word = ""
    largest = max(map(abs, numbers))
    long = language == "zh" and any(len(number.normalize().as_tuple().digits) > SHORT for number in numbers)
    if unit.dimension in MAGNIFIED and magnified:
        for exponent, magnitude in MAGNITUDES[language]:
            if largest >= Decimal(1).scaleb(exponent) and not (long and exponent == TRILLION):
                # A zero behind the point would only say how the source was scaled: 20 million, not 20.00.
                numbers, word = tuple(number.scaleb(-exponent).normalize() for number in numbers), magnitude
                break
    name = "" if unit.code in BARE else getattr(unit, language)
    each = name if name == "%" and language == "zh" else ""  # which Chinese prints behind both ends of a range
    text = (each + TO[language]).join(f"{number:,f}" if language == "en" else f"{number:f}" for number in numbers)
    if language == "en" and text == "1" and not word:
        name = unit.one or name
    # A unit in Latin letters stands apart from its figure in Chinese, too: 5000 PFLOPS, but 5000亿元.
    apart = name not in ("", "%") if language == "en" else re.match("[A-Za-z]", name)
    return text + word + (" " if apart else "") + name
