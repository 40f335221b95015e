"""How a number was worked out, as a reader is told it: measures and places by their names, methods in words."""

from __future__ import annotations

import functools
import re

from wuhan.text.language import _, language, noted
from wuhan.text.words import Name, table_of

# What a formula says in words; the more special before the more general.
METHODS = noted(
    (
        "growth of {first} to {last}, chained",
        "growth of {year}, to a tenth",
        "share of {year} * growth of {next}",
        "share of {year} less the growth",
        "share of {year} with the growth",
        "share of {part} / share of {base}, {level}% Clopper-Pearson interval",
        "slope on log of GDP per head * log(2), 95% interval",
        "R squared of growth on log of GDP per head",
        "-log(1 + slope * years) / years, 95% interval",
        "log(2) / speed of convergence, 95% interval",
        "log(size / size) / log(growth / growth), growth of {windows} years to {last}",
        "index of real GDP over that of the blend, less one; interval: rounding of the rates",
        "index of real GDP over that of the blend, less one; range: without one donor",
        "rank of the ratio of errors over number of cities",
        "root mean square of the gap to one city before the shock",
        "root mean square of the gap before the shock",
        "growth less its earlier mean, city less mean of donors",
        "95% prediction for one more donor, half width",
        "weight of {place} in the blend",
        "bound of the Gini coefficient of project sizes from two size classes",
        "rank by {measure} {year} among {count} cities",
        "mean growth of retail sales",
        "mean growth per head",
        "mean of two shares",
        "number of named projects",
        "the revised figure / the first",
        "less that of residents",
        "its share of the whole",
        "two ends of the year",
        "lower end of the range of",
        "upper end of the range of",
        "completed {end} - started {start}",
        "({count} terms)",
    )
)
# What the tables of events and projects call their figures.
COLUMNS = {
    "investment_100m_cny": noted("announced investment"),
    "investment_ge_1bn_100m_cny": noted("announced investment of large projects"),
    "staged_investment_100m_cny": noted("investment signed on stage"),
    "projects": noted("projects"),
    "projects_ge_1bn": noted("large projects"),
    "staged_projects": noted("projects signed on stage"),
}
FIELD = re.compile(r"\\\{([a-z]+)\\\}")
CODE = re.compile(r"\b[a-z][a-z0-9_]*\b")


def told(formula: str) -> Name:
    """``formula`` with its methods in the language that is set, and its codes as the names that they stand for."""
    for method in METHODS:
        formula = _pattern(method).sub(functools.partial(_said, method), formula)
    return Name(CODE.sub(lambda found: _named(found[0]), formula))


def _said(method: str, found: re.Match[str]) -> str:
    return _(method).format(**found.groupdict())


@functools.cache
def _pattern(method: str) -> re.Pattern[str]:
    return re.compile(FIELD.sub(r"(?P<\1>[^ (),;]+(?:, [^ (),;]+)*)", re.escape(method).replace(r"\ ", " ")))


def _named(code: str) -> str:
    """The measure, place or column that ``code`` stands for; itself where it is a word."""
    if code in COLUMNS:
        return _(COLUMNS[code])
    for table, key in (("indicators", "indicator"), ("places", "place")):
        if row := table_of(table, key).get(code):
            return row[f"name_{language()}"]
    return code
