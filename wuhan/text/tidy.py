"""What an analyst calls, as ``wuhan.load`` and so on: tidy frames of the observations, for pandas and seaborn."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from wuhan.evidence import observations, package
from wuhan.evidence.facts import Fact, computed
from wuhan.evidence.faults import nearest
from wuhan.text import language

CITIES = ("city", "municipality")
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
    "trust",
    "vintage",
    "source_id",
    "file",
    "line",
    "price_basis",
    "indicator",
    "qualifier",
    "value_text",
    "note",
    "others",
)
STATUSES = (*observations.OUTCOMES, *observations.AIMS)


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

    ``places``: one id of ``data/places.csv`` or several; ``"cities"`` for all cities; without it every place that has
    the measure. ``first`` and ``last``: years, both included. Whole years are given; with ``parts`` the months,
    quarters and totals from January instead, never both. Outcomes are given; with ``status`` the figures of that
    status only, as ``"target"``.

    ``value``, ``low`` and ``high`` are in ``unit`` (``low`` to ``high`` is what the printed figure allows); ``trust``
    is the grade of the source, A to D; ``file`` and ``line`` tell where the row stands; ``status`` is that of the day
    of publication. Where several rows tell of a place and period the firmest status, then the best source, is given,
    and ``others`` counts the rows left out.

    Vintages are never mixed: where the rows are of several, ``vintage`` must name one. Raises ``LookupError``, in one
    line, for that, for an unknown name, and for a place asked for that has no such figure.

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
    LookupError: indicator: found 'gdp_nominl' — did you mean 'gdp_nominal'?
    """
    rows = _rows(indicator)
    chosen = _places(places)
    if status is not None and status not in STATUSES:
        raise LookupError(_unknown("status", status, STATUSES))
    rows = rows[rows["status"].isin(observations.OUTCOMES if status is None else [status])]
    rows = rows[rows["period"].str.fullmatch("[0-9]{4}") != parts]
    known = rows
    if chosen is not None:
        rows = rows[rows["place"].isin(chosen)]
    rows = rows[rows["year"].between(first or 0, last or 9999)]
    rows = _one_vintage(rows, indicator, vintage, known)
    if chosen is not None and places != "cities":
        _refuse_missing(chosen, rows, known, indicator)
    return _firmest(rows).reset_index(drop=True)[list(COLUMNS)]


def fact(indicator: str, place: str, period: str | int, vintage: str = "") -> Fact:
    """One number, with its unit, how firmly it is known, and its sources; facts add, subtract and divide with these.

    Raises ``LookupError`` with what there is instead, also where several vintages tell it and none is asked for.

    >>> import wuhan
    >>> wuhan.fact("gdp_nominal", "wuhan", 2023, vintage="first_release")
    <Fact gdp_nominal wuhan 2023: 20011.65 100m_cny (20011.645 to 20011.655), actual>
    """
    rows = _rows(indicator)
    (known,) = _known([place])
    return observations.observe(rows, known, indicator, str(period), vintage)


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
    given = [each for frame in data for each in observations.facts(frame)]
    return computed((value, value - within, value + within), unit, how, given)


def coverage(indicator: str | None = None) -> pd.DataFrame:
    """What is known: without ``indicator`` one row for each measure, with it one for each place and vintage.

    Counted are outcomes. ``cities`` counts cities, ``places`` these with districts, provinces and the nation;
    ``first``, ``last`` and ``years`` are of whole years (0 where there are none), ``parts`` counts months, quarters
    and totals from January; ``statuses`` and ``vintages`` list what occurs. Raises ``LookupError`` for an unknown
    measure.

    >>> import wuhan
    >>> wuhan.coverage().query("cities > 50 and years > 20")["indicator"].tolist()[:2]
    ['gdp_nominal', 'gdp_real_growth']
    >>> list(wuhan.coverage("retail_sales"))
    ['place', 'name', 'vintage', 'first', 'last', 'years', 'parts', 'statuses']
    """
    rows = _rows(indicator)
    rows = rows[rows["status"].isin(observations.OUTCOMES)]
    whole = rows["period"].str.fullmatch("[0-9]{4}")
    rows = rows.assign(
        whole=rows["year"].where(whole).astype("Int64"),
        part=rows["period"].where(~whole),
        city=rows["place"].where(rows["kind"].isin(CITIES)),
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
        counts = counts.drop(columns="name").sort_values(["cities", "years"], ascending=False, kind="stable")
        return counts.reset_index(drop=True)
    columns = ["place", "name", "vintage", "first", "last", "years", "parts", "statuses"]
    return counts.sort_values(["years", "parts"], ascending=False, kind="stable", ignore_index=True)[columns]


def _rows(indicator: str | None) -> pd.DataFrame:
    """All rows of one measure, or of all, with what other tables tell of them."""
    measures = package.read("indicators")
    if indicator is not None and indicator not in set(measures["indicator"]):
        named = {
            name: code
            for column in ("name_en", "name_zh")
            for name, code in zip(measures[column], measures["indicator"], strict=True)
        }
        raise LookupError(_unknown("indicator", indicator, measures["indicator"], named))
    found = []
    for table in package.observed():
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


def _places(places: str | Iterable[str] | None) -> list[str] | None:
    """The ids of ``places``; None for all. Raises as `_known` does."""
    if places is None:
        return None
    if isinstance(places, str) and places == "cities":
        known = package.read("places")
        return known.loc[known["kind"].isin(CITIES), "place"].tolist()
    return _known([places] if isinstance(places, str) else places)


def _known(places: Iterable[str]) -> list[str]:
    """``places`` when all are ids of ``data/places.csv``. Raises ``LookupError`` for the first that is not."""
    known, wanted = package.read("places"), list(places)
    names = {
        name: place
        for column in ("name_en", "name_zh")
        for name, place in zip(known[column], known["place"], strict=True)
    }
    for place in wanted:
        if place not in set(known["place"]):
            raise LookupError(_unknown("place", place, known["place"], names))
    return wanted


def _unknown(what: str, word: object, known: Iterable[str], names: dict[str, str] | None = None) -> str:
    """The line for a word that is not ``known``; ``names`` leads other names of a thing to the word for it."""
    names, known = names or {}, list(known)
    meant = names.get(str(word)) or nearest(str(word), known) or names.get(nearest(str(word), list(names)), "")
    table = {"place": "places", "indicator": "indicators"}.get(what)
    listed = f"see data/{table}.csv" if table else f"write one of {', '.join(known)}"
    return f"{what}: found '{word}' — " + (f"did you mean '{meant}'?" if meant else listed)


def _one_vintage(rows: pd.DataFrame, indicator: str, vintage: str | None, known: pd.DataFrame) -> pd.DataFrame:
    """The rows of the one vintage. Raises ``LookupError`` with those that there are."""
    there = known if rows.empty else rows
    groups = there.groupby("vintage", sort=True)["place"].nunique()
    listed = ", ".join(f"'{name}' ({count} place{'s' * (count > 1)})" for name, count in groups.items())
    if vintage is None:
        if rows["vintage"].nunique() > 1:
            raise LookupError(f"{indicator}: several vintages, which do not mix — write vintage= one of {listed}")
        return rows
    if vintage not in set(known["vintage"]) and len(known):
        raise LookupError(f"{indicator}: found no vintage '{vintage}' — write one of {listed}")
    return rows[rows["vintage"] == vintage]


def _refuse_missing(places: list[str], rows: pd.DataFrame, known: pd.DataFrame, indicator: str) -> None:
    """Raise ``LookupError`` for places that have no row, with the years or the places that are known."""
    missing = [place for place in places if place not in set(rows["place"])]
    if not missing:
        return
    other = known[known["place"] == missing[0]]
    there = ", ".join(sorted(known["place"].unique())[:6]) + ", …" * (known["place"].nunique() > 6)
    vintages = ", ".join(filter(None, sorted(other["vintage"].unique())))
    instead = (
        f"it has {other['period'].min()} to {other['period'].max()}" + f", vintages {vintages}" * bool(vintages)
        if len(other)
        else f"known for {there}"
        if len(known)
        else "known for no place"
    )
    what = f"{indicator}: no such figure of {', '.join(missing)}"
    raise LookupError(f"{what} — {instead}; see wuhan.coverage('{indicator}')")


def _firmest(rows: pd.DataFrame) -> pd.DataFrame:
    """One row for each place and period."""
    ranks = {status: rank for rank, status in enumerate(STATUSES)}
    order = rows.assign(rank=rows["status"].map(ranks)).sort_values(["place", "period", "rank", "trust"], kind="stable")
    others = order.groupby(["place", "period"])["place"].transform("size") - 1
    return order.assign(others=others.astype(int)).drop_duplicates(["place", "period"])


def _listed(values: pd.Series) -> str:
    """Distinct values in order, without the blank one."""
    return ", ".join(sorted(filter(None, set(values))))
