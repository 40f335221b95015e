"""Synthetic control: one city after a shock, set against a blend of other cities that had grown as it had.

The outcome is the chained index of real GDP. The blend is the weighted mean of the indices of the donors, with weights
of at least zero that sum to one, chosen so that it comes nearest to the city in the years before the shock: they
minimise the sum over these years of ``(y - X w)^2``, with ``y`` the index of the city and ``X`` those of the donors.
There are no other predictors. The gap, ``100 * (y / X w - 1)`` per cent, is what the shock did to this city beyond what
it did to the blend.

Methods: Abadie, Diamond and Hainmueller, Journal of the American Statistical Association 105 (2010), 493-505; Abadie,
Journal of Economic Literature 59 (2021), 391-425. The fit itself is in :mod:`wuhan.analysis.simplex`.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wuhan.analysis import growth, simplex
from wuhan.evidence.bounds import canonical
from wuhan.evidence.facts import STATUSES, Fact, Unknown

INDICATOR = "gdp_real_growth"
# The province that a shock struck by itself: its cities are no donors for any other (Abadie 2021, section 4).
EPICENTRES = {2020: "hubei"}
FEWEST = 5  # donors, and years of the fit, below which nothing is fitted
ROUNDING = 0.05  # per cent; a fit that misses by less than this follows the rounding of the rates
NEARLY_ALL = 0.9  # share of the donors that are known to the end
LEAST = 0.0005  # a smaller weight is not shown


@dataclass(frozen=True)
class Panel:
    """What can be compared: the ``index`` (long, ``first - 1`` = 100) of ``city`` and its ``donors`` to ``end``.

    ``problem`` says why nothing can be: "growth" (a rate of the city is missing), "years" (fewer than ``FEWEST`` before
    ``year``), "end" (too few other cities are known in ``year``), "donors" (fewer than ``FEWEST``); else "".
    """

    city: str
    first: int
    year: int
    end: int
    donors: tuple[str, ...]
    index: pd.DataFrame
    problem: str = ""

    @functools.cached_property
    def levels(self) -> pd.DataFrame:
        """The index, one row a year from ``first`` on, one column a place."""
        return self._wide("value")

    @functools.cached_property
    def weakest(self) -> pd.DataFrame:
        """As `levels`: the place in ``STATUSES`` of the status of the index."""
        return self._wide("status").map(STATUSES.index)

    @functools.cached_property
    def rests(self) -> pd.DataFrame:
        """As `levels`: whether a rate by then is provisional."""
        return self._wide("rests")

    @functools.cached_property
    def cited(self) -> dict[tuple[str, int], str]:
        """The source of each place and year."""
        return self.index.set_index(["place", "year"])["source_id"].to_dict()

    def _wide(self, values: str) -> pd.DataFrame:
        return self.index.pivot(index="year", columns="place", values=values).loc[self.first : self.end]


@dataclass(frozen=True)
class Blend:
    """``city`` and its blend, fitted to the years before ``year``.

    ``weights`` is a series by donor that sums to one; ``unique`` tells whether no other weights fit as well.
    ``outside``: 1 when the city had grown more than every donor by the last year of the fit, -1 when less, else 0.
    ``gaps`` has one row a year with the gap (``value``, ``low``, ``high``; per cent of the blend; the interval is what
    the rounding of the city's own rates leaves), the two indices (``actual``, ``actual_low``, ``actual_high``,
    ``blend``), and ``place``, ``status``, ``qualifier``, ``source_id`` as frames for figures have them.
    """

    city: str
    year: int
    weights: pd.Series
    unique: bool
    outside: int
    gaps: pd.DataFrame

    @functools.cached_property
    def before(self) -> float:
        """Root mean square of the gap in the years of the fit, per cent (RMSPE); NaN when nothing was fitted."""
        return self._size(self.gaps["year"] < self.year)

    @functools.cached_property
    def after(self) -> float:
        """The same for ``year`` and all after it."""
        return self._size(self.gaps["year"] >= self.year)

    @functools.cached_property
    def ratio(self) -> float:
        """``after / before``, where a fit closer than the rounding of the rates counts as that."""
        return self.after / max(self.before, ROUNDING)

    def at(self, year: int) -> float:
        """The gap in ``year``; NaN where there is none."""
        return float(next(iter(self.gaps.loc[self.gaps["year"] == year, "value"]), math.nan))

    def _size(self, years: pd.Series) -> float:
        return canonical(np.sqrt((self.gaps.loc[years, "value"] ** 2).mean()))


ACTUAL = ["actual", "actual_low", "actual_high"]  # the index of the city itself
NO_GAPS = pd.DataFrame(columns=["place", "year", *growth.BOUNDS, *ACTUAL, "blend", "status", "qualifier", "source_id"])


def outside_province(places: pd.DataFrame, city: str, year: int, exclude: Collection[str] = ()) -> list[str]:
    """The cities that may be donors for ``city``: of another province, and not of one that the shock struck by itself.

    ``places`` has ``place``, ``kind``, ``parent``; a municipality is a province of its own. ``exclude``: left out too.
    """
    cities = places[places["kind"].isin(["city", "municipality"])]
    province = cities["parent"].where(cities["kind"] == "city", cities["place"])
    own = province[cities["place"] == city]
    return list(cities.loc[~province.isin([*own, EPICENTRES.get(year)]) & ~cities["place"].isin(exclude), "place"])


def panel(
    rates: pd.DataFrame, places: pd.DataFrame, city: str, first: int, year: int, exclude: Collection[str] = ()
) -> Panel:
    """The city and its donors from growth in ``first`` to the last year in which nearly all of them are known.

    ``rates`` has annual real growth (``place``, ``year``, ``value``, ``low``, ``high``, ``status``, ``source_id``).
    The end is the last year that nine in ten reach of the places known until the shock (or, where that is later, until
    the last year that half of all reach); a place whose chain breaks before the end is no donor.
    """
    allowed = outside_province(places, city, year, exclude)
    index = growth.chain_indices(rates[rates["place"].isin([city, *allowed])], first - 1)
    reach = index.groupby("place")["year"].max()
    end = _end(reach.drop(city, errors="ignore"), year) if len(reach) else first - 1
    own = int(reach.get(city, first - 1))
    end = min(end, own) if own >= year else end
    donors = tuple(place for place in allowed if reach.get(place, 0) >= end)
    checks = {"years": year - first < FEWEST, "growth": own < year, "donors": len(donors) < FEWEST, "end": end < year}
    problem = next((name for name, found in checks.items() if found), "")
    kept = index[index["place"].isin([city, *donors]) & index["year"].between(first - 1, end)]
    return Panel(city, first, year, end, donors, kept.reset_index(drop=True), problem)


def _end(reach: pd.Series, year: int) -> int:
    """The last year of a panel; ``reach`` has the last year of each place that may be a donor."""
    lasts = np.sort(reach.to_numpy())
    half = lasts[len(lasts) // 2 :].min(initial=year - 1)
    lasts = lasts[lasts >= half]
    return int(lasts[len(lasts) - math.ceil(NEARLY_ALL * len(lasts))]) if len(lasts) else year - 1


def fit(
    panel: Panel, city: str = "", donors: Sequence[str] | None = None, year: int = 0, relative: bool = False
) -> Blend:
    """The blend of ``donors`` for ``city``, fitted from ``panel.first`` to the year before ``year``.

    All three default to those of the panel. ``relative``: misses count in per cent of the city's index, so that early
    years weigh as much as late ones; else in points of the index. Gaps of an earlier ``year`` end before the shock of
    the panel. A blend without gaps comes back where nothing can be fitted.
    """
    city, year = city or panel.city, year or panel.year
    names = list(panel.donors if donors is None else donors)
    if panel.problem or not names or year - panel.first < FEWEST:
        return Blend(city, year, pd.Series(dtype=float), False, 0, NO_GAPS)
    last = panel.end if year == panel.year else panel.year - 1
    levels = panel.levels.loc[:last]
    before = levels.loc[: year - 1]
    target, others = before[city].to_numpy(), before[names].to_numpy()
    scale = target if relative else np.ones_like(target)
    found, unique = simplex.nearest(others / scale[:, None], target / scale)
    weights = pd.Series(found, index=names)
    outside = int(target[-1] > others[-1].max()) - int(target[-1] < others[-1].min())
    return Blend(city, year, weights, unique, outside, _gaps(panel, city, weights, levels))


def _gaps(panel: Panel, city: str, weights: pd.Series, levels: pd.DataFrame) -> pd.DataFrame:
    """The rows of :class:`Blend`."""
    blend = levels[weights.index] @ weights
    used = [city, *weights.index[weights > 0]]
    own = panel.index[panel.index["place"] == city].set_index("year").loc[levels.index]
    gaps = {bound: (100 * (own[bound] / blend - 1)).map(canonical) for bound in growth.BOUNDS}
    worst, rests = (table.loc[levels.index, used].max(axis=1) for table in (panel.weakest, panel.rests))
    return pd.DataFrame(
        {
            "place": city,
            "year": levels.index,
            **gaps,
            "actual": own["value"],
            "actual_low": own["low"],
            "actual_high": own["high"],
            "blend": blend,
            "status": [STATUSES[int(code)] for code in worst],
            "rests": rests.astype(bool),
            "qualifier": "exact",
            "source_id": [tuple(dict.fromkeys(panel.cited[place, year] for place in used)) for year in levels.index],
        }
    ).reset_index(drop=True)


def gaps_of(blends: Mapping[str, Blend]) -> pd.DataFrame:
    """The gaps of several blends as rows of a figure; the keys are the ``series``."""
    found = [each.gaps.assign(series=series) for series, each in blends.items() if len(each.gaps)]
    return pd.concat(found, ignore_index=True) if found else NO_GAPS


def shares(blend: Blend) -> pd.DataFrame:
    """The donors that have weight, in per cent, the largest first, as rows of a figure."""
    if blend.gaps.empty:
        return NO_GAPS
    used = 100 * blend.weights[blend.weights >= LEAST].sort_values(ascending=False, kind="stable")
    last = blend.gaps[blend.gaps["year"] < blend.year].iloc[-1]
    return pd.DataFrame([{"place": place, **derived(size, last)} for place, size in used.items()])


def derived(size: float, last: pd.Series) -> dict:
    """A size known to a tenth as columns of a row of a figure; it rests on all that the row ``last`` of gaps does."""
    span = {"value": size, "low": size - 0.05, "high": size + 0.05}
    return {**span, "status": "derived", "rests": last["rests"], "qualifier": "exact", "source_id": last["source_id"]}


def paths(blend: Blend) -> pd.DataFrame:
    """The indices of the city and of its blend as rows of a figure, told apart by ``role``: "city" or "blend".

    The blend has no range: what the rounding of its cities leaves is not worked out.
    """
    if blend.gaps.empty:
        return NO_GAPS.assign(role="")
    own = blend.gaps.assign(
        value=blend.gaps["actual"], low=blend.gaps["actual_low"], high=blend.gaps["actual_high"], role="city"
    )
    other = blend.gaps.assign(value=blend.gaps["blend"].map(canonical), low=math.nan, high=math.nan, role="blend")
    return pd.concat([own, other], ignore_index=True)


def fell(rates: pd.DataFrame, blend: Blend) -> int:
    """In how many of the donors with weight output certainly fell in the year of the shock."""
    used = blend.weights.index[blend.weights >= LEAST]
    hit = rates["place"].isin(used) & (rates["year"] == blend.year) & (rates["high"] < 0)
    return int(rates.loc[hit, "place"].nunique())


def misses(panel: Panel, blend: Blend) -> dict[str, Fact]:
    """How far each donor by itself was from the city in the years of the fit, the closest first: the root mean square
    of the gap, per cent.
    """
    before = panel.levels.loc[: blend.year - 1]
    gaps = 100 * (before[[blend.city]].to_numpy() / before[list(panel.donors)] - 1)
    sizes = ((gaps**2).mean() ** 0.5).map(canonical).sort_values(kind="stable")
    what = "root mean square of the gap to one city before the shock"
    return {
        str(place): fact(blend, around(size, 0.005), "percent", what, blend.year - 1) for place, size in sizes.items()
    }


# Facts, for sentences.


def gap(blend: Blend, year: int, others: Iterable[Blend] = ()) -> Fact | Unknown:
    """The gap in ``year``, in per cent of the blend; with ``others`` (the same without one donor) the interval is
    the range of all of them.
    """
    rows = blend.gaps[blend.gaps["year"] == year]
    if rows.empty:
        return Unknown(blend.city, INDICATOR, str(year))
    value, low, high = rows[growth.BOUNDS].iloc[0]
    what = "index of real GDP over that of the blend, less one; interval: rounding of the rates"
    again = [each.at(year) for each in others]
    if again:
        low, high = min([value, *again]), max([value, *again])
        what = "index of real GDP over that of the blend, less one; range: without one donor"
    return fact(blend, (value, low, high), "percent", what, year)


def weight(blend: Blend, donor: str) -> Fact | Unknown:
    """The weight of ``donor`` in the blend, per cent."""
    if blend.gaps.empty:
        return Unknown(blend.city, INDICATOR, str(blend.year - 1))
    share = 100 * float(blend.weights.get(donor, 0.0))
    return fact(blend, around(share, 0.05), "percent", f"weight of {donor} in the blend", blend.year - 1)


def usual_miss(blend: Blend) -> Fact | Unknown:
    """The root mean square of the gap in the years of the fit, per cent."""
    if blend.gaps.empty:
        return Unknown(blend.city, INDICATOR, str(blend.year - 1))
    size = round(blend.before, 2)  # finer than the rates are rounded says nothing
    what = "root mean square of the gap before the shock"
    return fact(blend, around(size, 0.005), "percent", what, blend.year - 1)


def widest(blend: Blend) -> Fact | Unknown:
    """The gap from the year of the shock on that is furthest from zero, per cent."""
    later = blend.gaps[blend.gaps["year"] >= blend.year]
    return gap(blend, blend.year if later.empty else int(later.loc[later["value"].abs().idxmax(), "year"]))


def around(size: float, half: float) -> tuple[float, float, float]:
    """A size that is at least zero and known to within ``half``, as the span of a fact."""
    return size, max(size - half, 0.0), size + half


def fact(blend: Blend, span: Sequence[float], unit: str, formula: str, year: int) -> Fact:
    """A number computed from all years up to ``year``, with all their sources."""
    upto = blend.gaps[blend.gaps["year"] <= year]
    sources = dict.fromkeys(source for cell in upto["source_id"] for source in cell)
    value, low, high = map(canonical, span)
    return Fact(
        value, low, high, unit, str(year), upto["status"].iloc[-1], tuple(sources), place=blend.city, formula=formula
    )
