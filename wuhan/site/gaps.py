"""What the data lack where a reader would look for it first, as a list for data/README.md."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from wuhan.evidence import observations, package
from wuhan.text.parameters import HOME
from wuhan.text.tidy import CITIES
from wuhan.text.words import name, when

# Measures that are asked for of every city, each by what a list calls it.
ASKED = {
    "gdp_real_growth": "Real growth of GDP",
    "gdp_nominal": "GDP at current prices",
    "va_tertiary": "Value added by sector",
    "pop_resident": "Resident population",
}
NEWEST = 2  # years that are looked at
EVENTS = {"groundbreaking": "groundbreakings", "signing": "signings"}


def told() -> str:
    """A list of what is known of the newest years, and of Wuhan within the year, by district and by event."""
    places, gdp = package.read("places"), observations.outcomes(package.read("gdp"))
    return "\n".join(f"- {line}" for line in (*_years(gdp, places), *_within(gdp), _districts(gdp, places), *_events()))


def _years(gdp: pd.DataFrame, places: pd.DataFrame) -> Iterable[str]:
    """For which cities a measure is not known in each of the newest years."""
    cities = places.loc[places["kind"].isin(CITIES), "place"].tolist()
    whole = gdp[gdp["period"].str.fullmatch("[0-9]{4}") & gdp["place"].isin(cities)]
    years = sorted(set(whole["period"]))[-NEWEST:]
    for indicator, what in ASKED.items():
        rows = whole[whole["indicator"] == indicator]
        known = {year: set(rows.loc[rows["period"] == year, "place"]) for year in years}
        parts = [f"{year} for {len(has)} of {len(cities)} cities, {_named(cities, has)}" for year, has in known.items()]
        yield f"{what}: {'; '.join(parts)}."


def _named(cities: list[str], known: set[str]) -> str:
    """Which ones are known or which are not, whichever is shorter."""
    lacking = [city for city in cities if city not in known]
    if len(lacking) > len(known):
        return "only " + _listed(name(city) for city in cities if city in known)
    return "not for " + (_listed(map(name, lacking)) or "none")


def _within(gdp: pd.DataFrame) -> Iterable[str]:
    """The parts of years for which the growth of Wuhan is known, by the month that they reach."""
    own = gdp[(gdp["place"] == HOME) & (gdp["indicator"] == "gdp_real_growth")]
    parts = sorted({period for period in own["period"] if "/" in period}, key=lambda period: (period[-2:], period))
    spans: dict[str, list[str]] = {}
    for period in parts:
        spans.setdefault(when(period).rpartition(" ")[0], []).append(period[:4])
    known = "; ".join(f"{months} of {_listed(years)}" for months, years in spans.items())
    yield f"Wuhan's growth within the year is known for {known}."


def _districts(gdp: pd.DataFrame, places: pd.DataFrame) -> str:
    """The districts and zones of Wuhan whose GDP is known, with the periods."""
    parts = places.loc[(places["parent"] == HOME) & places["kind"].isin(["district", "zone"]), "place"].tolist()
    rows = gdp[(gdp["indicator"] == "gdp_nominal") & gdp["place"].isin(parts)]
    known = {place: sorted(set(own["period"])) for place, own in rows.groupby("place")}
    told = "; ".join(f"{name(place)} {_listed(map(when, known[place]))}" for place in parts if place in known)
    return f"GDP of Wuhan's districts and zones is known for {len(known)} of {len(parts)}: {told}."


def _events() -> Iterable[str]:
    """When a total of the whole city is known for signings and groundbreakings of Wuhan."""
    events = package.read("events")
    own = events[(events["place"] == HOME) & (events["coverage"] == "city_total")]
    for kind, what in EVENTS.items():
        days = own.loc[own["event_type"] == kind, "date"]
        quarters: dict[str, list[str]] = {}
        for year, quarter in sorted({(day[:4], (int(day[5:7]) + 2) // 3) for day in days}):
            quarters.setdefault(year, []).append(f"Q{quarter}")
        told = "; ".join(f"{year} {_listed(found)}" for year, found in quarters.items())
        yield f"City totals of {what} of Wuhan are known for {told}."


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
