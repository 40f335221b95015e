"""What observations may say: rules that need the indicator's unit and measure and the source's date.

The form of each cell is the business of `rules`; a cell that is wrong in form is passed over here, so that it
is reported once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from itertools import islice
from pathlib import PurePosixPath

from wuhan.evidence import quantities
from wuhan.evidence.csvreader import Sheet
from wuhan.evidence.faults import ENOUGH, Fault, nearest, visible
from wuhan.evidence.periods import alone, bounds, named, since_january
from wuhan.evidence.rules import PLAIN, told
from wuhan.evidence.schema import FILE
from wuhan.evidence.units import UNITS

COLUMNS = frozenset({"place", "indicator", "period", "value", "value_text", "qualifier", "status", "source_id"})
HAPPENED = frozenset({"actual", "preliminary"})
AT_A_MOMENT = frozenset({"stock", "capacity"})  # a level printed in June may stand for its year; a flow may not
WHOLE = frozenset({"count", "persons"})  # units of what is counted one by one
SPAN = len("2024-01/2024-09")
FRACTION = 0.5  # below which a percentage with two decimals is taken for a fraction
ROUNDING = 1e-9  # relative; decimal fractions have no exact float

_PRINTED = re.compile(r"[\u4e00-\u9fff]")  # digits with Chinese words around them

Problem = tuple[str, str, str]  # column, found, instead


@dataclass(frozen=True, eq=False)
class Context:
    """What the tables of indicators and sources say about observations."""

    indicators: Sheet
    sources: Sheet

    units = cached_property(lambda self: self.indicators.pairs("indicator", "unit"))
    measures = cached_property(lambda self: self.indicators.pairs("indicator", "measure"))
    themes = cached_property(lambda self: self.indicators.pairs("indicator", "theme"))
    second = cached_property(lambda self: self.indicators.pairs("indicator", "also_in"))  # table, blank for most
    published = cached_property(lambda self: self.sources.pairs("source_id", "published"))

    @cached_property
    def newest(self) -> date:
        """The last day on which any source was published; nothing in the data can have happened after it."""
        return max((day for text in self.published.values() if (day := last_day(text))), default=date.max)


def last_day(period: str) -> date | None:
    """The last day that a date of any precision may mean; None for a blank or faulty one."""
    try:
        return bounds(period)[1]
    except ValueError:
        return None


def observation_faults(sheet: Sheet, context: Context) -> Iterator[Fault]:
    """What is wrong with the sense of observations that are sound in form."""
    if not sheet.columns.keys() >= COLUMNS:
        return
    for column, table, other in (
        ("indicator", "indicators", context.indicators),
        ("source_id", "sources", context.sources),
    ):
        if not other.file:
            yield sheet.fault(1, column, f"no reference to {table}", f"declare the foreign key in {FILE}")
    table = PurePosixPath(sheet.file).stem
    yield from _where(sheet, ("indicator",), partial(_misplaced, table=table), context)
    yield from _where(sheet, ("indicator", "period"), _cumulative, context)
    yield from _where(sheet, ("status", "indicator", "period", "source_id"), _future, context)
    yield from _where(sheet, ("indicator", "value"), _limits, context)
    printed = ("indicator", "value", "value_text", "qualifier")
    yield from _where(sheet, printed, _printed, context)
    yield from _where(sheet, printed[:3], _fraction, context)


def _where(
    sheet: Sheet, names: Iterable[str], judge: Callable[..., Problem | None], context: Context
) -> Iterator[Fault]:
    """Faults of the rows whose cells in `names` the judge refuses; each combination is judged and told once."""
    rows = list(sheet.rows(*names))
    wrong = ((row, problem) for row in dict.fromkeys(rows) if (problem := judge(*row, context)))
    yield from told(sheet, rows, dict(islice(wrong, ENOUGH)))


def _misplaced(indicator: str, context: Context, table: str) -> Problem | None:
    """Each indicator has one table, that of its theme, some a second one; elsewhere nobody would look for it."""
    theme = context.themes.get(indicator, "")
    if theme == "" or table in (theme, context.second.get(indicator)):
        return None
    return "indicator", visible(indicator), f"write the row into {theme}.csv, the table of its theme"


def _cumulative(indicator: str, period: str, context: Context) -> Problem | None:
    """A span of months is cumulative: it begins in January and stays in its year; one month is not a span."""
    first, _, last = period.partition("/")
    if last_day(period) is None or (last and len(period) != SPAN):
        return None  # told by its form
    if last and (first, last) == (f"{last[:4]}-01", f"{last[:4]}-12"):
        return "period", visible(period), f"write {last[:4]}"
    if last and not (len(last) == 7 and first == f"{last[:4]}-01"):
        if part := alone(period):
            advice = f"{part[0]} alone is not kept; if the figure is for {named(part[2])} write {part[2]}"
        else:
            advice = "write a span of months from January to the end of one year at most, such as 2024-01/2024-09"
        return "period", visible(period), advice
    if context.measures.get(indicator) == "cumulative" and len(period) == 7 and period[5:] != "01":
        span = since_january(period[:4], int(period[5:]))
        why = f"the measure of {indicator} is cumulative"
        return "period", visible(period), f"if the figure is for {named(span)} write {span} ({why})"
    return None


def _future(status: str, indicator: str, period: str, source: str, context: Context) -> Problem | None:
    """What happened was over, or for a level had begun, on the last day its source may be from."""
    if status not in HAPPENED or last_day(period) is None or ("/" in period and len(period) != SPAN):
        return None
    published = context.published.get(source, "")
    known = last_day(published) or context.newest
    moment = context.measures.get(indicator) in AT_A_MOMENT
    if bounds(period)[0 if moment else 1] <= known:
        return None
    dated = f"published {published}" if last_day(published) else f"undated, and no source is newer than {known}"
    found = f"'{status}' of {period}, which {'begins' if moment else 'ends'} after its source {source} ({dated})"
    return "status", found, "write estimate, target or plan, or the period that the source covers"


def _limits(indicator: str, value: str, context: Context) -> Problem | None:
    """Shares lie between 0 and 100, what is counted or measured is not negative, GDP is above zero."""
    unit = UNITS.get(context.units.get(indicator, ""))
    if unit is None or not PLAIN.fullmatch(value):
        return None
    number = float(value)
    if unit.code in WHOLE and "." in value and context.measures.get(indicator) not in ("share", "rate"):
        whole = value.rstrip("0").rstrip(".")
        advice = f"write {whole}" if "." not in whole else "write a whole number"
        return "value", visible(value), f"{advice} ({indicator} is a count, which has no decimals)"
    if context.measures.get(indicator) == "share" and unit.code == "percent" and not 0 <= number <= 100:
        return "value", visible(value), f"write a share between 0 and 100 ({indicator} is a share in percent)"
    if indicator.split("_")[0] == "gdp" and unit.dimension.startswith("money") and number <= 0:
        return "value", visible(value), f"write a number above 0 ({indicator} is an amount of GDP)"
    if unit.nonnegative and number < 0:
        return ("value", visible(value), f"write a number of at least 0 (the unit of {indicator} is {unit.code})")
    return None


def _printed(indicator: str, value: str, text: str, qualifier: str, context: Context) -> Problem | None:
    """`value_text`, the figure as printed, must mean the value, and must not deny the qualifier."""
    unit = context.units.get(indicator, "")
    if not text or unit not in UNITS or not PLAIN.fullmatch(value) or qualifier not in quantities.QUALIFIERS:
        return None
    try:
        printed = quantities.parse(text, unit)
        quantities.interval(text, qualifier, unit)
    except quantities.QuantityError as error:
        return "value_text", visible(text), f"write the figure as printed, or leave it blank ({error})"
    if abs(printed.value - float(value)) <= ROUNDING * abs(printed.value):
        return None
    found = f"{visible(text)}, which is {printed.value:.15g} {unit}, beside the value {value}"
    return "value_text", found, "write a value and a text that agree"


def _fraction(indicator: str, value: str, text: str, context: Context) -> Problem | None:
    """A fraction where per cent are asked for: 0.074 for 7.4. What is so small has its printed form beside it."""
    measure, unit = context.measures.get(indicator), context.units.get(indicator)
    if measure not in ("rate", "share") or unit != "percent" or text or not PLAIN.fullmatch(value):
        return None
    if abs(float(value)) >= FRACTION or len(value.partition(".")[2]) < 2:
        return None
    advice = f"write {float(value) * 100:.12g}, or the figure as printed in value_text if it is {value}%"
    return "value", f"{visible(value)}, perhaps a fraction", f"{advice} (the unit of {indicator} is percent)"


def unit_faults(sheet: Sheet, reported: Iterable[Fault]) -> Iterator[Fault]:
    """Indicators in a unit that `units` does not know, where the schema let it pass."""
    seen = {(fault.line, fault.column) for fault in reported}
    for line, _indicator, unit in sheet.numbered("indicator", "unit"):
        if unit and unit not in UNITS and (line, "unit") not in seen:
            meant = nearest(unit, list(UNITS))
            advice = f"write {meant}" if meant else f"write one of {', '.join(UNITS)}"
            yield sheet.fault(line, "unit", visible(unit), advice)


def explain(sheet: Sheet, context: Context, faults: Iterable[Fault]) -> Iterator[Fault]:
    """The same faults; those in the form of a value also tell the unit that the value must be in.

    A value that reads as a printed quantity is told apart into value, qualifier and printed form.
    """
    row = {line: place for place, line in enumerate(sheet.lines)}
    for fault in faults:
        if fault.column == "value" and COLUMNS <= sheet.columns.keys():
            indicator = sheet.columns["indicator"][row[fault.line]] if not fault.more else ""
            if unit := context.units.get(indicator):
                advice = _read(sheet.columns["value"][row[fault.line]], unit) or fault.instead
                fault = replace(fault, instead=f"{advice} (the unit of {indicator} is {unit})")
        yield fault


def _read(text: str, unit: str) -> str:
    """How to write a printed quantity that stands in the column of plain numbers; "" when it is none."""
    if "%" in text and unit not in ("percent", "percentage_points"):
        return "write the number in its unit, without a percent sign"
    if not _PRINTED.search(text) or unit not in UNITS:
        return ""
    try:
        printed = quantities.parse(text, unit)
    except quantities.QuantityError:
        return ""
    said = f", the qualifier {printed.qualifier}" if printed.qualifier != "exact" else ""
    return f"write the value {printed.value:.15g}{said} and {visible(text)} in value_text"


def ends(sheet: Sheet, context: Context) -> tuple[list[float], list[float]]:
    """Lowest and highest value that each printed observation allows, in the unit of its indicator."""
    columns = sheet.columns
    printed = [text or value for value, text in zip(columns["value"], columns["value_text"], strict=True)]
    units = [context.units[indicator] for indicator in columns["indicator"]]
    pairs = quantities.intervals(printed, columns["qualifier"], units)
    return [low for low, _ in pairs], [high for _, high in pairs]
