"""Choosing observations: from the frames of ``package.read`` to the rows and the facts that a question
needs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd

from wuhan.evidence import package
from wuhan.evidence.facts import Fact, Unknown
from wuhan.evidence.quantities import UNITS, interval, parse

KEY = ["place", "indicator", "period", "status", "vintage"]
FIRST = "first_release"  # of what is revised: what was printed first
OUTCOMES = ("actual", "preliminary", "estimate", "derived")
AIMS = ("target", "plan")
# What a row of observations states, in the order in which `_fact` takes it.
STATED = (
    "place",
    "indicator",
    "period",
    "value",
    "low",
    "high",
    "qualifier",
    "status",
    "vintage",
    "value_text",
    "source_id",
)
FIRM, OLDER = "B", 2  # lowest grade that leads a page; years by which such a figure may be older than a less sure one


def __getattr__(name: str) -> tuple[str, ...]:
    """`TABLES`, the tables of observations, is looked up in datapackage.json when it is asked for."""
    if name == "TABLES":
        return package.observed()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def select(
    frame: pd.DataFrame,
    place: str | None = None,
    indicator: str | None = None,
    first: int | None = None,
    last: int | None = None,
    vintage: str | None = None,
) -> pd.DataFrame:
    """The rows that fit, sorted by period; None takes everything.

    ``first`` and ``last`` bound the year in which a period begins, both included. The result may be empty.
    """
    kept = pd.Series(True, index=frame.index)
    wanted = {"place": place, "indicator": indicator, "vintage": vintage}
    for column, value in wanted.items():
        if value is not None:
            kept &= frame[column] == value
    if first is not None or last is not None:
        kept &= starts(frame["period"]).between(
            -math.inf if first is None else first, math.inf if last is None else last
        )
    return frame[kept].sort_values("period", kind="stable").reset_index(drop=True)


def starts(periods: pd.Series) -> pd.Series:
    """The year in which each of ``periods`` begins."""
    return periods.str[:4].astype(int)


def outcomes(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that state what was, without targets and plans."""
    return frame[frame["status"].isin(OUTCOMES)].reset_index(drop=True)


def together(frame: pd.DataFrame, places: Iterable[str], indicator: str) -> pd.DataFrame:
    """The rows of one indicator for several places: place by place in the order given, each sorted by period."""
    order = {place: at for at, place in enumerate(dict.fromkeys(places))}
    rows = frame[(frame["indicator"] == indicator) & frame["place"].isin(order)]
    rows = rows.sort_values("period", kind="stable")
    return rows.iloc[rows["place"].map(order).argsort(kind="stable")].reset_index(drop=True)


def years(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows whose period is a whole year, with the int column ``year``."""
    whole = frame[frame["period"].str.fullmatch("[0-9]{4}")]
    return whole.assign(year=whole["period"].astype(int)).reset_index(drop=True)


def best(frame: pd.DataFrame) -> pd.DataFrame:
    """One row for each place, indicator, period, status and vintage: that of the most trusted source.

    Trust A goes before D; among equals the source that stands first in ``sources.csv``. The frame keeps its
    order.
    """
    frame, known = frame.reset_index(drop=True), _ranks()
    cited = filter(known.__contains__, frame["source_id"].unique())
    ranks = {source: (known[source]["trust"], known[source]["#"]) for source in cited}
    order = frame["source_id"].map(ranks).sort_values(kind="stable").index
    chosen = frame.loc[order].drop_duplicates(KEY)
    return chosen.sort_index(kind="stable").reset_index(drop=True)


def standing(status: str, period: str, vintage: str = "") -> str:
    """What a figure is called today: its ``status``, but "first_release" for a preliminary one that has stood, and for
    one of that ``vintage``.

    The tables keep the status of the day of publication. Accounts of a year are revised until the end of the next, so
    a first figure is preliminary while its period ends in the year before the newest source of the data, or later.
    After that it is what is known of its period.
    """
    stood = status == "preliminary" and bool(period) and int(period.split("/")[-1][:4]) < _newest_year() - 1
    return FIRST if stood or (status, vintage) == ("actual", FIRST) else status


def provisional(status: str, period: str) -> bool:
    """Whether a published figure still awaits its revision."""
    return standing(status, period) == "preliminary"


def provisionals(rows: pd.DataFrame) -> pd.Series:
    """Which rows of observations are `provisional`."""
    return pd.Series(map(provisional, rows["status"], rows["period"]), index=rows.index, dtype=bool)


def rests(fact: Fact) -> bool:
    """Whether ``fact`` is `provisional`, or derived from a printed fact that is."""
    return any(provisional(leaf.status, leaf.period) for leaf in fact.behind or (fact,))


def trusted(frame: pd.DataFrame, min_trust: str) -> pd.DataFrame:
    """The rows of any table with ``source_id`` whose source is graded ``min_trust`` (A to D) or better."""
    known = _grades()
    trust = {source: known[source]["trust"] for source in frame["source_id"].unique() if source in known}
    grades = pd.Series(map(trust.get, frame["source_id"]), frame.index, dtype="str")
    return frame.assign(trust=grades)[grades <= min_trust].reset_index(drop=True)


def fact(row: Mapping) -> Fact:
    """The fact that one row of observations states; unit and price basis come from ``indicators.csv``."""
    return _stated([row[name] for name in STATED], _measures())


def facts(frame: pd.DataFrame) -> list[Fact]:
    """The facts of all rows, in their order."""
    cells = zip(*(frame[name].tolist() for name in STATED), strict=True) if len(frame) else ()
    measures = _measures()  # whether its file has changed is looked up once, not for each row
    return [_stated(row, measures) for row in cells]


def _stated(cells: Sequence, measures: Mapping[str, dict]) -> Fact:
    """The fact of a row whose `STATED` cells these are."""
    *said, sources = cells
    measure = measures[said[STATED.index("indicator")]]
    cited = sources if isinstance(sources, str) else tuple(sources)
    return _fact(measure["unit"], measure["price_basis"], *said, cited)


@lru_cache(maxsize=2**16)  # the same rows are asked for again and again, and a fact never changes
def _fact(
    unit, price_basis, place, indicator, period, value, low, high, qualifier, status, vintage, text, source
) -> Fact:
    if text and qualifier in ("exact", "of_which") and parse(text, unit).qualifier != "exact":
        qualifier = parse(text, unit).qualifier  # a range is known only roughly
    return Fact(
        value=float(value),
        low=float(low),
        high=float(high),
        unit=unit,
        period=period,
        status=status,
        sources=(source,) if isinstance(source, str) else source,
        qualifier=qualifier,
        price_basis=price_basis,
        vintage=vintage,
        place=place,
        indicator=indicator,
    )


def as_row(fact: Fact) -> dict:
    """``fact`` as a row of a frame, the reverse of `fact`: with all its sources, its ``unit`` and the ``fact``."""
    fields = ("place", "indicator", "period", "value", "low", "high", "unit", "qualifier", "status", "vintage")
    return {name: getattr(fact, name) for name in fields} | {"source_id": fact.sources, "fact": fact}


def with_cells(frame: pd.DataFrame, **columns: Iterable[object]) -> pd.DataFrame:
    """``frame`` with ``columns`` of facts or other objects, a cell a row; columns of objects also where it has none."""
    cells = {name: pd.Series(list(given), index=frame.index, dtype=object) for name, given in columns.items()}
    return frame.assign(**cells)


def cited(row: Mapping) -> tuple[str, ...]:
    """The sources of a row of any table, the second one, if there is one, after the first."""
    return tuple(filter(None, (row["source_id"], row.get("source_id_2", ""))))


def stated(
    row: Mapping, column: str, unit: str, period: str, key: tuple[str, ...], qualifier: str = "exact"
) -> Fact | None:
    """What a row of a table of things (events, projects) states in ``column``, in ``unit``; None where that is blank.

    ``key`` names the row, by its table and primary key. The status is actual: what was said, not what was done.
    """
    value = row[column]
    if pd.isna(value):
        return None
    low, high = interval(f"{value:.12g}", qualifier, unit)
    return Fact(
        value,
        low,
        high,
        unit,
        period,
        "actual",
        cited(row),
        qualifier,
        place=row["place"],
        indicator=column,
        row=key,
        price_basis="current" if UNITS[unit].dimension == "money" else "",
    )


def observe(frame: pd.DataFrame, place: str, indicator: str, period: str, vintage: str = "") -> Fact:
    """The one fact on a place, an indicator and a period, from the most trusted source.

    An outcome (actual, else preliminary, estimate, derived), never a target. Raises ``LookupError`` with what there is
    instead, also when several vintages answer and none is asked for.
    """
    rows = select(frame, place, indicator)
    what = f"{place} {indicator}"
    if rows.empty:
        raise LookupError(f"no {what}. {_instead(frame, place, indicator)}")
    dated = rows[rows["period"] == str(period)]
    if dated.empty:
        raise LookupError(f"no {what} for {period}. Available: {_listed(rows['period'])}")
    if vintage:
        found = dated[dated["vintage"] == vintage]
        if found.empty:
            raise LookupError(f"no {what} {period} of vintage {vintage}. Available: {_listed(dated['vintage'])}")
        dated = found
    found = outcomes(dated)
    if found.empty:
        raise LookupError(f"no outcome of {what} {period}. Available: {_listed(dated['status'])}")
    found = found[found["status"] == min(found["status"], key=OUTCOMES.index)]
    if found["vintage"].nunique() > 1:
        raise LookupError(f"{what} {period} has several vintages — ask for one: {_listed(found['vintage'])}")
    return fact(best(found).iloc[0])


def find(frame: pd.DataFrame, place: str, indicator: str, period: str, vintage: str = "") -> Fact | Unknown:
    """As `observe`, but what is not known is an `Unknown` and no error: for text that any selection must
    survive.
    """
    try:
        return observe(frame, place, indicator, period, vintage)
    except LookupError:
        return Unknown(place, indicator, str(period))


def newest(frame: pd.DataFrame, place: str, indicator: str) -> Fact | Unknown:
    """The fact of the last row of ``frame``, which holds one series in order of time; unknown when it has
    none.
    """
    return fact(frame.iloc[-1]) if len(frame) else Unknown(place, indicator)


def leading(frame: pd.DataFrame, place: str, indicator: str) -> tuple[Fact | Unknown, list[Fact]]:
    """What may lead a page, of one series in order of time: its newest fact, and none beside it; but where that is from
    a source of low trust, the newest one from better sources, if it is at most ``OLDER`` years older, and beside it
    the newest of all.
    """
    last = newest(frame, place, indicator)
    if isinstance(last, Unknown) or not doubtful(last.sources):
        return last, []
    first = newest(firm(frame), place, indicator)
    if isinstance(first, Unknown) or int(last.period[:4]) - int(first.period[:4]) > OLDER:
        return last, [last]
    return first, [last]


def doubtful(sources: str | Iterable[str]) -> bool:
    """Whether one of ``sources`` is of low trust: graded below ``FIRM``."""
    cited = (sources,) if isinstance(sources, str) else sources
    known = _grades()
    return any(source in known and known[source]["trust"] > FIRM for source in cited)


def firm(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of which no source is `doubtful`."""
    return frame.loc[[not doubtful(cited) for cited in frame["source_id"]]]


def span(frame: pd.DataFrame, place: str, indicator: str, first: int, last: int) -> list[Fact | Unknown]:
    """One fact for each whole year from ``first`` to ``last``: what `find` gives, but all of them at once."""
    rows, years = select(frame, place, indicator), [str(year) for year in range(first, last + 1)]
    rows = rows[rows["period"].isin(years) & rows["status"].isin(OUTCOMES)]
    ranks = rows["status"].map(OUTCOMES.index)
    rows = rows[ranks == ranks.groupby(rows["period"]).transform("min")]
    rows = best(rows[rows.groupby("period")["vintage"].transform("nunique") == 1])
    known = dict(zip(rows["period"], facts(rows), strict=True))
    return [known.get(year, Unknown(place, indicator, year)) for year in years]


def _instead(frame: pd.DataFrame, place: str, indicator: str) -> str:
    """What a frame has in place of a series that it lacks."""
    of_place = frame.loc[frame["place"] == place, "indicator"]
    if not of_place.empty:
        return f"Available for {place}: {_listed(of_place)}"
    places = frame.loc[frame["indicator"] == indicator, "place"]
    if not places.empty:
        return f"Available with {indicator}: {_listed(places)}"
    return f"Available places: {_listed(frame['place'])}"


def _listed(values: pd.Series, most: int = 12) -> str:
    """Distinct values in order, the middle of a long list left out."""
    names = sorted({value or "blank" for value in values})
    if len(names) > most:
        names = [*names[: most - 2], f"… {len(names) - most} more …", *names[-2:]]
    return ", ".join(names) or "nothing"


def _measures() -> Mapping[str, dict]:
    """Unit and price basis of each indicator."""
    return _kept("indicators", "indicator", "unit", "price_basis")


def _newest_year() -> int:
    """The year in which the newest source was published."""
    return int(_grades().largest("published")[:4] or 0)


def _grades() -> package.Rows:
    """Trust of each source."""
    return _kept("sources", "source_id", "trust")


def _ranks() -> Mapping[str, dict]:
    """Trust and place in ``sources.csv`` of each source: smaller is better."""
    return _kept("sources", "source_id", "trust", "#")


def _kept(table: str, key: str, *columns: str) -> package.Rows:
    """`package.rows`, kept until the file changes."""
    return _rows(table, key, columns, package.DATA, package.state(table, package.DATA))


@lru_cache(maxsize=8)
def _rows(table: str, key: str, columns: tuple[str, ...], data: Path, _state: tuple[object, ...]) -> package.Rows:
    return package.rows(table, key, columns, data)
