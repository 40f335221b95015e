"""What an analyst calls, as ``wuhan.load`` and so on: tidy frames of the observations, for pandas and seaborn."""

from __future__ import annotations

import math
from collections.abc import Iterable
from difflib import SequenceMatcher
from numbers import Real

import numpy as np
import pandas as pd

from wuhan.evidence import observations, package
from wuhan.evidence.facts import Fact, FactError, computed
from wuhan.evidence.faults import NEAR, OneLine, inline, nearest
from wuhan.evidence.units import UNITS
from wuhan.evidence.witnesses import CITIES
from wuhan.text import language

WHOLE = (int, np.integer)  # numbers of years
COLUMNS = (
    "place",
    "name",
    "period",
    "year",
    "value",
    "low",
    "high",
    "unit",
    "status",
    "note",
    "trust",
    "vintage",
    "source_id",
    "file",
    "line",
    "price_basis",
    "indicator",
    "qualifier",
    "value_text",
    "others",
)
STATUSES = (*observations.OUTCOMES, *observations.AIMS)
TABLES = {"place": "see data/places.csv", "indicator": "see wuhan.coverage()"}  # where what cannot be listed is found

FRAMES = "pass the frames that wuhan.load gave, one after the other"


class Refused(OneLine, LookupError):
    """What was asked for is not known, or is several things: one line that says what to write instead."""


class NotDerived(OneLine, FactError):
    """What a number cannot be derived from, in one line."""


def load(
    indicator: str,
    places: str | Iterable[str] | None = None,
    vintage: str | None = None,
    first: int | None = None,
    last: int | None = None,
    *,
    parts: bool = False,
    status: str | None = None,
) -> pd.DataFrame:
    """The figures of one measure: one row for each place and period, sorted by both.

    ``places``: one id of ``data/places.csv``, or a list, Series or array of them; ``"cities"`` for all cities; without
    it every place that has the measure. ``first`` and ``last``: years, both included. Whole years are given; with
    ``parts=True`` the months, quarters and totals from January instead, never both. Outcomes are given; with ``status``
    the figures of that status only, as ``"target"``.

    ``value``, ``low`` and ``high`` are in ``unit`` (``low`` to ``high`` is what the printed figure allows); ``status``
    is that of the day of publication; ``note`` says what a row does not compare with; ``trust`` is the grade of the
    source, A to D; ``file`` and ``line`` tell where the row stands. Where several rows tell of a place and period the
    firmest status, then the best source, is given, and ``others`` counts the rows left out.

    Vintages are never mixed: where the rows are of several, ``vintage`` must name one. Raises ``LookupError``, in one
    line, for that, for an argument that means nothing, for an empty list of places, for a place asked for that has no
    such figure, and where no figure is found at all: a frame has a row at least. Only where `known_by` bounds what is
    read it may have none, or lack places: what exists was not published by that day.

    >>> import wuhan
    >>> gdp = wuhan.load("gdp_nominal", ["wuhan", "chengdu"], vintage="first_release", first=2022, last=2023)
    >>> gdp[["place", "year", "value", "unit"]]
         place  year     value      unit
    0  chengdu  2022  20817.50  100m_cny
    1  chengdu  2023  22074.70  100m_cny
    2    wuhan  2022  18866.43  100m_cny
    3    wuhan  2023  20011.65  100m_cny
    >>> gdp.pivot(index="year", columns="name", values="value").loc[2023, "Wuhan"]
    np.float64(20011.65)
    >>> wuhan.load("gdp_nominl", "wuhan")
    Traceback (most recent call last):
    wuhan.text.tidy.Refused: indicator: found 'gdp_nominl' — did you mean 'gdp_nominal'?
    """
    _refuse_indicator(indicator)
    _refuse_vintage(vintage)
    _refuse_options(first, last, parts, status)
    rows, wanted = _rows(indicator), _places(places)
    known = _kept(rows, status, parts)
    found = known if wanted is None else known[known["place"].isin(wanted)]
    found = _one_vintage(found[found["year"].between(first or 0, last or 9999)], known, indicator, vintage)
    listed = [] if wanted is None or isinstance(places, str) and places == "cities" else wanted
    missing = [place for place in listed if place not in set(found["place"])]
    if (missing or found.empty) and not package.known_by():
        what = f"{indicator}: no such figure" + f" of {', '.join(missing)}" * bool(missing)
        instead = _instead(rows, missing[:1] or wanted or rows["place"], status, parts)
        raise Refused(f"{what} — {instead}; see wuhan.coverage('{indicator}')")
    return _firmest(found).reset_index(drop=True)[list(COLUMNS)]


def fact(indicator: str, place: str, period: str | int, vintage: str | None = None) -> Fact:
    """One number, with its unit, how firmly it is known, and its sources; facts add, subtract and divide with these.

    Raises ``LookupError`` with what there is instead, also where several vintages tell it and none is asked for.

    >>> import wuhan
    >>> wuhan.fact("gdp_nominal", "wuhan", 2023, vintage="first_release")
    <Fact gdp_nominal wuhan 2023: 20011.65 100m_cny (20011.645 to 20011.655), actual>
    """
    _refuse_indicator(indicator)
    _refuse_vintage(vintage)
    (known,) = _known([place])
    if isinstance(period, bool) or not isinstance(period, str | int | np.integer):
        raise Refused(f"period: found {inline(period)} — write a year, as 2023, or a period as the data have it")
    try:
        return observations.observe(_rows(indicator), known, indicator, str(period), vintage or "")
    except LookupError as refused:
        raise Refused(str(refused)) from None


def derived(value: float, unit: str, *data: pd.DataFrame, within: float = 0.0, how: str = "") -> Fact:
    """A number that was worked out from frames of `load`, as a fact, for a sentence: with all their sources.

    ``unit`` is a code of ``wuhan.evidence.units``; the true number lies within ``within`` of ``value``; ``how`` names
    the method. The place and the vintage are those of the rows where these agree. Raises ``FactError`` for frames
    without rows, outcomes beside targets, and several vintages.

    >>> import wuhan
    >>> rates = wuhan.load("gdp_real_growth", "wuhan", first=2016, last=2019)
    >>> wuhan.derived(rates["value"].mean(), "percent", rates, within=0.05, how="mean growth")
    <Fact mean growth wuhan 2016/2019: 7.8 percent (7.75 to 7.85), derived>
    """
    for name, number, least in (("value", value, -math.inf), ("within", within, 0)):
        if isinstance(number, bool) or not isinstance(number, Real) or not least <= number < math.inf:
            raise NotDerived(f"{name}: found {inline(number)} — write a number" + ", 0 or more" * (least == 0))
    if not isinstance(unit, str) or unit not in UNITS:
        raise NotDerived(_unknown("unit", unit, UNITS))
    if not data:
        raise NotDerived("data: found nothing — pass the frames that the number rests on, as wuhan.load gives them")
    try:
        given = [each for frame in data for each in _facts(frame)]
        return computed((value, value - within, value + within), unit, str(how), given)
    except FactError as refused:
        raise NotDerived(str(refused)) from None


def coverage(indicator: str | None = None) -> pd.DataFrame:
    """What is known: without ``indicator`` one row for each measure, with it one for each place and vintage.

    Counted are outcomes. ``cities`` counts cities, ``places`` these with districts, provinces and the nation.
    ``first``, ``last`` and ``years`` are of whole years (0 where there are none): of a measure, the first and the last
    that a city has, and how many a city has in the median; of the places where no city has it. ``parts`` counts months,
    quarters and totals from January; ``statuses`` and ``vintages`` list what occurs. Raises ``LookupError`` for an
    unknown measure.

    >>> import wuhan
    >>> wuhan.coverage().query("cities > 50 and years > 24")["indicator"].tolist()[:2]
    ['gdp_nominal', 'gdp_real_growth']
    >>> list(wuhan.coverage("retail_sales"))
    ['place', 'name', 'vintage', 'first', 'last', 'years', 'parts', 'statuses']
    """
    if indicator is not None:
        _refuse_indicator(indicator)
    rows = _rows(indicator)
    rows = rows[rows["status"].isin(observations.OUTCOMES)]
    whole, city = rows["period"].str.fullmatch("[0-9]{4}"), rows["kind"].isin(CITIES)
    own = city | ~city.groupby(rows["indicator"]).transform("any") | (indicator is not None)  # whose years are told
    rows = rows.assign(
        whole=rows["year"].where(whole & own).astype("Int64"),
        part=rows["period"].where(~whole),
        city=rows["place"].where(city),
    )
    groups = rows.groupby(["indicator"] if indicator is None else ["place", "vintage"], sort=False)
    counts = groups.agg(
        measure=("measure", "first"),
        theme=("theme", "first"),
        unit=("unit", "first"),
        price_basis=("price_basis", "first"),
        name=("name", "first"),
        cities=("city", "nunique"),
        places=("place", "nunique"),
        first=("whole", "min"),
        last=("whole", "max"),
        years=("whole", "nunique"),
        parts=("part", "nunique"),
        statuses=("status", _listed),
        vintages=("vintage", _listed),
    ).reset_index()
    counts[["first", "last"]] = counts[["first", "last"]].fillna(0).astype(int)
    if indicator is None:
        each = rows[own].groupby(["indicator", "place"])["whole"].nunique()
        median = each.groupby("indicator").quantile(0.5, interpolation="lower")
        counts = counts.assign(years=counts["indicator"].map(median)).drop(columns="name")
        return counts.sort_values(["cities", "years"], ascending=False, kind="stable", ignore_index=True)
    columns = ["place", "name", "vintage", "first", "last", "years", "parts", "statuses"]
    return counts.sort_values(["years", "parts"], ascending=False, kind="stable", ignore_index=True)[columns]


def _refuse_indicator(indicator: object) -> None:
    measures = package.read("indicators")
    if isinstance(indicator, str) and indicator in set(measures["indicator"]):
        return
    raise Refused(_unknown("indicator", indicator, measures["indicator"], _names(measures, "indicator")))


def _refuse_vintage(vintage: object) -> None:
    if isinstance(vintage, WHOLE) and vintage >= 1000:
        raise Refused(f"vintage: found {vintage} — write first={vintage} or last={vintage} for a year")
    if not (vintage is None or isinstance(vintage, str)):
        raise Refused(f"vintage: found {inline(vintage)} — write the name of one, as 'latest'")


def _refuse_options(first: object, last: object, parts: object, status: object) -> None:
    if not isinstance(parts, bool):
        raise Refused(f"parts: found {inline(parts)} — write True or False")
    if status is not None and not (isinstance(status, str) and status in STATUSES):
        raise Refused(_unknown("status", status, STATUSES))
    for name, year in (("first", first), ("last", last)):
        if not (year is None or isinstance(year, WHOLE) and 1000 <= year <= 9999):
            raise Refused(f"{name}: found {inline(year)} — write a year as a whole number, as 2020")
    if isinstance(first, WHOLE) and isinstance(last, WHOLE) and first > last:
        raise Refused(f"first {first} is after last {last} — change one of them")


def _rows(indicator: str | None) -> pd.DataFrame:
    """All rows of one measure, or of all, with what other tables tell of them."""
    measures = package.read("indicators")
    found = []
    for table in package.observed() if indicator is None else package.holding([indicator]):
        rows = package.read(table, columns=[*package.read(table).columns, package.LINE])
        rows = rows if indicator is None else rows[rows["indicator"] == indicator]
        found.append(rows.assign(file=f"{table}.csv").rename(columns={package.LINE: "line"}))
    rows = pd.concat(found, ignore_index=True)
    places = package.read("places").set_index("place")
    sources = package.read("sources", columns=["source_id", "trust"]).set_index("source_id")
    named = measures.set_index("indicator")
    told = {column: rows["indicator"].map(named[column]) for column in ("unit", "price_basis", "theme")}
    tongue = f"name_{language.language()}"
    return rows.assign(
        year=rows["period"].str[:4].astype(int),
        name=rows["place"].map(places[tongue]),
        kind=rows["place"].map(places["kind"]),
        trust=rows["source_id"].map(sources["trust"]),
        measure=rows["indicator"].map(named[tongue]),
        **told,
    )


def _kept(rows: pd.DataFrame, status: str | None, parts: bool) -> pd.DataFrame:
    """The rows of ``status``, or of outcomes, of whole years or of ``parts`` of them."""
    rows = rows[rows["status"].isin(observations.OUTCOMES if status is None else [status])]
    return rows[rows["period"].str.fullmatch("[0-9]{4}") != parts]


def _places(places: object) -> list[str] | None:
    """The ids of ``places``; None for all. Raises ``Refused`` for an empty list, and as `_known` does."""
    if places is None:
        return None
    if isinstance(places, str) and places == "cities":
        known = package.read("places")
        return known.loc[known["kind"].isin(CITIES), "place"].tolist()
    wanted = _known(places if isinstance(places, Iterable) and not isinstance(places, str) else [places])
    if not wanted:
        raise Refused("places: found an empty list — name one at least, or leave places= out for all")
    return wanted


def _known(places: Iterable) -> list[str]:
    """``places`` when all are ids of ``data/places.csv``. Raises ``Refused`` for the first that is not."""
    known, wanted = package.read("places"), list(places)
    ids = set(known["place"])
    for place in wanted:
        if not isinstance(place, str) or place not in ids:
            raise Refused(_unknown("place", place, known["place"], _names(known, "place")))
    return wanted


def _names(rows: pd.DataFrame, key: str) -> dict[str, str]:
    """The names of ``rows`` in both languages, with the ``key`` that each stands for."""
    return {name: code for column in ("name_en", "name_zh") for name, code in zip(rows[column], rows[key], strict=True)}


def _unknown(what: str, word: object, known: Iterable[str], names: dict[str, str] | None = None) -> str:
    """The line for a word that is not ``known``; ``names`` leads other names of a thing to the word for it."""
    names, known = names or {}, list(known)
    instead = TABLES.get(what) or f"write one of {', '.join(known)}"
    if not isinstance(word, str):
        return f"{what}: found {inline(word)} — write one word in quotes, {instead}"
    meant = names.get(word) or _near(word, known) or names.get(_near(word, list(names)))
    return f"{what}: found '{word}' — " + (f"did you mean '{meant}'?" if meant else instead)


def _near(word: str, words: list[str]) -> str:
    """The one of ``words`` that ``word`` is a slip of; not what it is a part of, or what begins otherwise:
    "unemployment" is no slip of "ai_employment".
    """
    found = nearest(word, words)
    one, other = found.casefold(), word.casefold()
    return found if one[:1] == other[:1] and SequenceMatcher(None, one, other).ratio() >= NEAR else ""


def _one_vintage(rows: pd.DataFrame, known: pd.DataFrame, indicator: str, vintage: str | None) -> pd.DataFrame:
    """The rows of the one vintage. Raises ``Refused`` with those that there are."""
    there = known if rows.empty else rows
    groups = there.groupby("vintage", sort=True)["place"].nunique()
    listed = ", ".join(f"'{name}' ({count} place{'s' * (count > 1)})" for name, count in groups.items())
    if vintage is None:
        if rows["vintage"].nunique() > 1:
            raise Refused(f"{indicator}: several vintages, which do not mix — write vintage= one of {listed}")
        return rows
    if vintage not in set(known["vintage"]) and len(known) and not package.known_by():
        instead = "leave vintage= out" if set(groups.index) == {""} else f"write one of {listed}"
        raise Refused(f"{indicator}: found no vintage '{vintage}' — {instead}")
    return rows[rows["vintage"] == vintage]


def _instead(rows: pd.DataFrame, places: Iterable[str], status: str | None, parts: bool) -> str:
    """What a measure has of ``places`` in place of the figures that were not found; else which places have it."""
    own = rows[rows["place"].isin(places)]
    if len(kept := _kept(own, status, parts)):
        vintages = ", ".join(filter(None, sorted(kept["vintage"].unique())))
        return f"it has {kept['period'].min()} to {kept['period'].max()}" + f", vintages {vintages}" * bool(vintages)
    if len(_kept(own, status, not parts)):
        return "it has only whole years: leave parts= out" if parts else "it has only part-years: pass parts=True"
    if len(own):
        return f"it has status {_listed(own['status'])}"
    there = sorted(_kept(rows, status, parts)["place"].unique()) or sorted(rows["place"].unique())
    return f"known for {', '.join(there[:6]) or 'no place'}" + ", …" * (len(there) > 6)


def _facts(frame: object) -> list[Fact]:
    """The facts of a frame of `load`. Raises ``FactError`` for anything else."""
    if not isinstance(frame, pd.DataFrame):
        raise FactError(f"data: found {type(frame).__name__} — {FRAMES}")
    for column in observations.STATED:
        if column not in frame:
            raise FactError(f"data: no column '{column}' — {FRAMES}")
        kinds = Real if column in ("value", "low", "high") else str | tuple | list
        for cell, lacking in zip(frame[column], frame[column].isna(), strict=True):
            if lacking or not isinstance(cell, kinds):
                raise FactError(f"data: {column}: found {inline(cell)} — {FRAMES}")
    if frame.empty:
        raise FactError("data: a frame with no row — pass those that the number rests on")
    unknown = set(frame["indicator"]) - set(package.read("indicators")["indicator"])
    if unknown:
        raise FactError(f"indicator: found {inline(min(unknown, key=str))} — {FRAMES}")
    return observations.facts(frame)


def _firmest(rows: pd.DataFrame) -> pd.DataFrame:
    """One row for each place and period."""
    ranks = {status: rank for rank, status in enumerate(STATUSES)}
    order = rows.assign(rank=rows["status"].map(ranks)).sort_values(["place", "period", "rank", "trust"], kind="stable")
    others = order.groupby(["place", "period"])["place"].transform("size") - 1
    return order.assign(others=others.astype(int)).drop_duplicates(["place", "period"])


def _listed(values: pd.Series) -> str:
    """Distinct values in order, without the blank one."""
    return ", ".join(sorted(filter(None, set(values))))
