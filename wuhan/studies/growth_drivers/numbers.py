"""Contributions to growth: what each part of a whole adds to the growth of the whole, in percentage points.

A part that was w per cent of the whole in the year before, and grew by g per cent in real terms, adds w * g / 100
points. Where the accounts were re-based between the two years, on an economic census, the weights of both are taken and
the range holds either. The weights come from levels at current prices, the growth is published real growth; neither is
ever derived from the other. The points need not add up to the published growth of the whole: all figures are rounded,
and the bureau works with the prices of a base year and with weights that it does not print.

Method: contributions of components to growth with the weights of the period before, as for annually chained volumes
at the prices of the year before (System of National Accounts 2008; IMF, Quarterly National Accounts Manual, 2017).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from wuhan.analysis.growth import CENSUS_YEARS, to_a_tenth
from wuhan.analysis.places import of_one_place
from wuhan.evidence import breaks, facts, observations, rounding
from wuhan.evidence.bounds import End, canonical, divide, multiply
from wuhan.evidence.facts import Fact, Unknown, computed, knowing, share, span_of, subtract, total
from wuhan.evidence.periods import bounds

SECTORS = {"services": "va_tertiary", "industry_and_construction": "va_secondary", "agriculture": "va_primary"}
REST = "not_told_apart"  # what is left of the growth of a year in which not every sector is published
# Growth that is published for the months since January: in real terms, and at current prices.
REAL = ("industrial_va_growth", "va_secondary_growth", "va_tertiary_growth", "gdp_real_growth")
NOMINAL = ("fixed_asset_investment_growth", "retail_growth", "trade_growth")
# Whose weights: those of the year before are the definition, the others tell how much hangs on it.
WEIGHTS = ("previous_year", "same_year", "mean_of_both")
EITHER = "either"  # those of the year before, and of the same year where the accounts were re-based between the two
HIGH_TECH = {
    "growth": "high_tech_manufacturing_va_growth",
    "share": "high_tech_manufacturing_share",
    "pull": "high_tech_manufacturing_pull",
    "part": "high_tech_manufacturing_contribution_share",
}
MONTHS, YEAR = r"\d{4}-01/\d{4}-\d\d", r"\d{4}"  # forms of periods
COLUMNS = ["year", "period", "sector", "value", "low", "high", "unit", "status", "qualifier", "source_id", "fact"]


@knowing
def contribution(weight: Fact, rate: Fact) -> Fact:
    """``weight * rate / 100``: both in per cent, the result in percentage points and of the period of ``rate``."""
    span = [end / 100 for end in multiply(span_of(weight), span_of(rate))]
    formula = f"share of {weight.period} * growth of {rate.period}"
    fact = computed(span, "percentage_points", formula, (weight, rate), period=rate.period)
    return replace(fact, qualifier=_qualifier(weight, rate))


def _qualifier(a: Fact, b: Fact) -> str:
    """The qualifier of a product: a bound stays one if the other factor is exact and not below zero; all else that is
    not exact is "about".
    """
    (plain, bound) = (a, b) if a.qualifier == "exact" else (b, a)
    if bound.qualifier in ("over", "at_least", "up_to") and plain.qualifier == "exact" and plain.low >= 0:
        return bound.qualifier
    return "exact" if bound.qualifier == "exact" else "about"


@of_one_place
def shares(levels: pd.DataFrame) -> pd.DataFrame:
    """What each sector is of the value added of all three, in per cent, for each year that has all three.

    ``levels`` are rows of observations of one place with the int column ``year``; only indicators of `SECTORS` are
    read. One row for each year and sector, in the columns `COLUMNS`. Raises ``ValueError`` when a sector occurs twice
    in a year: shares are taken within one series.
    """
    own = levels[levels["indicator"].isin(SECTORS.values())]
    if own.duplicated(["year", "indicator"]).any():
        raise ValueError("shares: a sector occurs twice in a year; select one vintage and one source first")
    rows = []
    for year, parts in own.groupby("year", sort=True):
        known = {fact.indicator: fact for fact in observations.facts(parts)}
        if len(known) == len(SECTORS):
            whole = total(known[indicator] for indicator in SECTORS.values())
            rows += [_row(share(known[indicator], whole), year, sector) for sector, indicator in SECTORS.items()]
    return pd.DataFrame(rows, columns=COLUMNS)


@of_one_place
def steps(parts: pd.DataFrame) -> pd.DataFrame:
    """The change of each share from one year to the next of the same vintage and the same sources, largest first.

    ``parts`` as `shares` returns them. Columns ``sector``, ``year``, ``change`` (a fact, percentage points), ``size``
    (its value without the sign) and ``census``: the results of an economic census may stand between the two years.
    """
    known = _by_sector(parts)
    rows = []
    for (sector, year), new in known.items():
        old = known.get((sector, year - 1))
        if old and old.vintage == new.vintage and set(old.sources) == set(new.sources):
            change = replace(subtract(new, old), period=str(year))
            near = bool({year, year - 1} & set(CENSUS_YEARS))
            rows.append((sector, year, change, abs(change.value), near))
    frame = pd.DataFrame(rows, columns=["sector", "year", "change", "size", "census"])
    return frame.sort_values("size", ascending=False, kind="stable", ignore_index=True)


def of_sector(parts: pd.DataFrame, sector: str, year: int, place: str) -> Fact | Unknown:
    """The share or contribution of a sector of ``place`` in a year, unknown when ``parts`` does not have it."""
    own = parts[pd.Series([fact.place == place for fact in parts["fact"]], index=parts.index, dtype=bool)]
    return _by_sector(own).get((sector, int(year)), Unknown(place, SECTORS[sector], str(year)))


@of_one_place
def contributions(levels: pd.DataFrame, rates: pd.DataFrame, weights: str = EITHER) -> pd.DataFrame:
    """What each sector added to the growth of each year, in percentage points.

    ``levels`` as for `shares`; ``rates`` are rows of observations with the published real growth of the sectors
    (``va_*_growth``) and ``year``. ``weights`` is one of `WEIGHTS`, or `EITHER`. One row for each year
    and sector whose growth and weight are known: `COLUMNS`, and the facts ``weight`` and ``rate``.
    """
    known, rows = _by_sector(shares(levels)), []
    for sector, indicator in SECTORS.items():
        own = rates[rates["indicator"] == f"{indicator}_growth"]
        for year, rate in zip(own["year"], observations.facts(own), strict=True):
            weight = _weight(known, sector, year, weights)
            if isinstance(weight, Fact):
                rows.append(_row(contribution(weight, rate), year, sector) | {"weight": weight, "rate": rate})
    frame = pd.DataFrame(rows, columns=[*COLUMNS, "weight", "rate"])
    return frame.sort_values("year", kind="stable", ignore_index=True)


def _weight(known: dict[tuple[str, int], Fact], sector: str, year: int, weights: str) -> Fact | Unknown:
    """The share of a sector that stands before its growth in ``year``."""
    if weights not in (*WEIGHTS, EITHER):
        raise ValueError(f"weights: found '{weights}' — write one of {', '.join((*WEIGHTS, EITHER))}")
    unknown = Unknown("", SECTORS[sector], str(year))
    before, same = known.get((sector, year - 1), unknown), known.get((sector, year), unknown)
    if weights == EITHER and isinstance(before, Fact) and isinstance(same, Fact) and year in rebased(before.place):
        return _either(before, same)
    if weights != "mean_of_both":
        return same if weights == "same_year" else before
    alike = not isinstance(before, Fact) or not isinstance(same, Fact) or before.vintage == same.vintage
    return _mean((before, same)) if alike else unknown


@knowing
def _mean(pair: Sequence[Fact]) -> Fact:
    """The mean of two shares, each as a share of its own year."""
    span = [sum(ends) / 2 for ends in zip(*map(span_of, pair), strict=True)]
    return computed(span, "percent", "mean of two shares", pair)


def rebased(place: str) -> set[int]:
    """Years whose sectors may stand on another basis than those of the year before."""
    return set().union(*(breaks.breaks(indicator, place) for indicator in SECTORS.values()))


def _either(before: Fact, same: Fact) -> Fact:
    """A share as the accounts before a re-basing have it, or those after: halfway, and as wide as both."""
    pair = span_of(before), span_of(same)
    low, high = min(low for _value, low, _high in pair), max(high for _value, _low, high in pair)
    value = canonical(sum(value for value, _low, _high in pair) / 2)
    formula = f"between the shares of {before.period} and {same.period}: re-based"
    given = before, replace(same, vintage=before.vintage)
    fact = computed((value, low, high), "percent", formula, given, period=before.period)
    return replace(fact, qualifier="about")


@of_one_place
def balance(parts: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """The contributions of each year against the published growth of the whole.

    ``parts`` as `contributions` returns them, ``rates`` with the rows of ``gdp_real_growth`` and ``year``. One row a
    year that both have: ``year``, ``complete`` (all sectors are known), the facts ``total`` (of the known sectors),
    ``published`` and ``gap`` (published less total, percentage points), and ``fits``: the gap may be rounding alone.
    """
    whole = rates[rates["indicator"] == "gdp_real_growth"]
    published, rows = dict(zip(whole["year"], observations.facts(whole), strict=True)), []
    for year, own in parts.groupby("year", sort=True):
        if year in published:
            added = total(own["fact"])
            gap = subtract(in_points(published[year]), added)
            rows.append((year, len(own) == len(SECTORS), added, published[year], gap, gap.low <= 0 <= gap.high))
    columns = ["year", "complete", "total", "published", "gap", "fits"]
    return pd.DataFrame(rows, columns=columns).astype({"complete": bool, "fits": bool})


def in_points(rate: Fact) -> Fact:
    """A rate in percentage points, in which contributions to it are told."""
    return replace(rate, unit="percentage_points", behind=(rate,))


@of_one_place
def in_order(parts: pd.DataFrame, whole: Mapping) -> pd.DataFrame:
    """The contributions of one year, that which moved the whole most first: the largest in a year of growth, the
    lowest in a year in which the whole shrank. ``whole`` is a row of `balance`.
    """
    own = parts[parts["year"] == whole["year"]]
    return own.sort_values("value", ascending=whole["published"].value < 0, kind="stable", ignore_index=True)


@of_one_place
def with_rest(parts: pd.DataFrame, balances: pd.DataFrame) -> pd.DataFrame:
    """``parts`` of the years of ``balances``, and for each year that lacks a sector what is left of its growth."""
    rest = [_row(row.gap, row.year, REST) for row in balances[~balances["complete"]].itertuples()]
    known = parts[parts["year"].isin(balances["year"])][COLUMNS]
    return pd.concat([known, pd.DataFrame(rest, columns=COLUMNS)], ignore_index=True) if rest else known


@of_one_place
def by_year(parts: pd.DataFrame, balances: pd.DataFrame) -> pd.DataFrame:
    """``balances`` with a column for each sector, its contribution as a fact, unknown where it is not published; and
    ``least`` and ``most``, the ends of the interval of the gap.
    """
    known = _by_sector(parts)
    columns = {
        sector: [known.get((sector, year), Unknown("", indicator, str(year))) for year in balances["year"]]
        for sector, indicator in SECTORS.items()
    }
    ends = [rounding.ends(gap) for gap in balances["gap"]]
    return balances.assign(**columns, least=[low for low, _high in ends], most=[high for _low, high in ends])


@of_one_place
def leaders(parts: pd.DataFrame, balances: pd.DataFrame) -> dict[int, str]:
    """The sector that moved the growth of each complete year most (see `in_order`)."""
    complete = balances[balances["complete"]].to_dict("records")
    return {row["year"]: in_order(parts, row)["sector"].iloc[0] for row in complete}


@of_one_place
def schemes(levels: pd.DataFrame, rates: pd.DataFrame, year: int, first: int) -> pd.DataFrame:
    """The contribution of the leading sector of ``year`` under each of `WEIGHTS`, and how each choice fares in the
    years from ``first`` on that are complete under all of them.

    One row for each choice under which ``year`` is complete: the columns of `COLUMNS`, ``weights``, ``fits`` (years in
    which the sum may equal the published growth), ``same`` (years whose leader is that of the first row), ``years``.
    """
    tried = {}
    for weights in WEIGHTS:
        parts = contributions(levels, rates, weights)
        balances = balance(parts[parts["year"] >= first], rates)
        balances = balances[balances["complete"]].set_index("year", drop=False)
        if year in balances.index:
            tried[weights] = parts, balances, leaders(parts, balances)
    every = [led for _parts, _balances, led in tried.values()] or [{}]
    common, told = set.intersection(*map(set, every)), every[0]
    rows = []
    for weights, (parts, balances, led) in tried.items():
        own = parts[(parts["year"] == year) & (parts["sector"] == told[year])].to_dict("records")[0]
        rows.append(
            {name: own[name] for name in COLUMNS}
            | {
                "weights": weights,
                "fits": int(balances.loc[list(common), "fits"].sum()),
                "same": sum(led[each] == told[each] for each in common),
                "years": len(common),
            }
        )
    return pd.DataFrame(rows, columns=[*COLUMNS, "weights", "fits", "same", "years"])


def ahead(rows: pd.DataFrame, one: str, other: str) -> tuple[list[str], list[str]]:
    """The periods in which the indicator ``one`` is certainly above ``other``, and those in which it is below.

    Each place is set against itself.
    """
    first, second = [
        rows[rows["indicator"] == code].set_index(["place", "period"])[["low", "high"]] for code in (one, other)
    ]
    both = first.join(second.add_suffix("_other"), how="inner").reset_index()
    above, below = both["low"] > both["high_other"], both["high"] < both["low_other"]
    return sorted(both.loc[above, "period"]), sorted(both.loc[below, "period"])


@of_one_place
def nominal(years: pd.DataFrame) -> pd.DataFrame:
    """The growth of GDP at current prices on the year before, where both are levels of the first release that no census
    sets apart: rows like those of observations, with ``year`` and the indicator ``gdp_nominal``.
    """
    levels = observations.select(years, indicator="gdp_nominal", vintage=observations.FIRST)
    known = {int(fact.period): fact for fact in observations.facts(levels)}
    cut = breaks.breaks("gdp_nominal", *levels["place"].unique())
    pairs = [(known[year - 1], new) for year, new in known.items() if year - 1 in known and year not in cut]
    grown = [to_a_tenth(facts.growth(new, old)) for old, new in pairs]
    rows = [
        observations.as_row(fact) | {"year": int(fact.period), "indicator": "gdp_nominal"}
        for fact in grown
        if isinstance(fact, Fact)
    ]
    return pd.DataFrame(rows) if rows else years.head(0)


@of_one_place
def within(rows: pd.DataFrame, measures: Sequence[str], first: int, form: str = MONTHS) -> pd.DataFrame:
    """The figures on ``measures`` for periods of a ``form``, by default months since January, from the year ``first``
    on: one row a ``period``, the latest first, and a column with facts for each measure, None where it is not known.
    """
    own = observations.select(rows, first=first)
    own = own[own["indicator"].isin(measures) & own["period"].str.fullmatch(form)]
    known = dict(zip(zip(own["period"], own["indicator"], strict=True), observations.facts(own), strict=True))
    periods = by_end(own["period"])[::-1]
    columns = {measure: [known.get((period, measure)) for period in periods] for measure in measures}
    return pd.DataFrame({"period": periods} | columns, dtype=object)


def by_end(periods: Iterable[str]) -> list[str]:
    """Distinct periods in the order of their ends; of those that end together, the longest last."""
    return sorted(set(periods), key=lambda period: (bounds(period)[1], -bounds(period)[0].toordinal(), period))


def high_tech(industry: pd.DataFrame, gdp: pd.DataFrame, place: str) -> list[dict]:
    """What is printed of high-tech manufacturing, one record for each period that has a share or points, in order of
    time: ``period``, and for each key of `HIGH_TECH` and ``industry`` (growth of all industry) a fact or unknown.

    Where the growth of all industry is not printed for months since January, that for fewer months of the year stands
    in. ``before`` is the share before the growth: as printed for the year before, else worked back.
    """
    own = industry[(industry["place"] == place) & industry["indicator"].isin(list(HIGH_TECH.values())[1:])]
    records = []
    for period in by_end(own["period"]):
        found = {key: observations.find(industry, place, name, period) for key, name in HIGH_TECH.items()}
        whole = _so_far(gdp, place, period)
        year_before = str(int(period[:4]) - 1)
        printed = observations.find(industry, place, HIGH_TECH["share"], period.replace(period[:4], year_before))
        before = taken_back(found["share"], found["growth"], whole) if isinstance(printed, Unknown) else printed
        records.append(found | {"period": period, "industry": whole, "before": before})
    return records


def _so_far(gdp: pd.DataFrame, place: str, period: str) -> Fact | Unknown:
    """The growth of all industry in ``period``, or in the most months since January of it that are known."""
    exact = observations.find(gdp, place, REAL[0], period)
    if not isinstance(exact, Unknown) or "/" not in period:
        return exact
    own = gdp[(gdp["place"] == place) & (gdp["indicator"] == REAL[0])]
    start, end = period.split("/")
    shorter = [each for each in own["period"] if each.startswith(start + "/") and each.split("/")[1] < end]
    return observations.find(gdp, place, REAL[0], max(shorter)) if shorter else exact


@knowing
def taken_back(share: Fact, rate: Fact, whole: Fact) -> Fact:
    """The share before a part grew by ``rate`` and the whole by ``whole`` per cent: what weighs its contribution."""
    span = divide(multiply(span_of(share), _factor(whole)), _factor(rate), "share before the growth")
    fact = computed(span, "percent", f"share of {share.period} less the growth", (share, rate, whole), share.period)
    return replace(fact, qualifier="exact" if share.qualifier == "exact" else "about")


@knowing
def carried_on(share: Fact, rate: Fact, whole: Fact) -> Fact:
    """The share after a part grew by ``rate`` and the whole by ``whole`` per cent; at most that, of a bound."""
    span = divide(multiply(span_of(share), _factor(rate)), _factor(whole), "share after the growth")
    fact = computed(span, "percent", f"share of {share.period} with the growth", (share, rate, whole), rate.period)
    return replace(fact, value=fact.high, qualifier="up_to") if share.qualifier in ("nearly", "up_to") else fact


def _factor(rate: Fact) -> list[End]:
    """How many times its last level a quantity is: value, low and high."""
    return [1 + end / 100 for end in span_of(rate)]


def offered(gdp: pd.DataFrame) -> dict[str, list[int]]:
    """The years for which the contributions of all sectors are known, for each place that has such a year."""
    years = observations.years(gdp)
    found = {}
    for place in dict.fromkeys(years.loc[years["indicator"] == "va_primary_growth", "place"]):
        own = years[years["place"] == place]
        balances = balance(contributions(own, own), own)
        if balances["complete"].any():
            found[place] = balances.loc[balances["complete"], "year"].tolist()
    return found


def _by_sector(parts: pd.DataFrame) -> dict[tuple[str, int], Fact]:
    return parts.set_index(["sector", "year"])["fact"].to_dict()


def _row(fact: Fact, year: int, sector: str) -> dict:
    """A fact as a row of a frame with the columns `COLUMNS`."""
    return observations.as_row(fact) | {"year": int(year), "sector": sector}
