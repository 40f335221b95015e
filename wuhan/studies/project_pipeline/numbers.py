"""Signings and groundbreakings: which events compare, how large their projects are, what totals alone allow.

Events of different scope overlap (a city's total holds the part of each district), so nothing here adds them
up; within one city, one kind of event and one year the totals of the quarters do add up. Amounts are
announced total investment over all years of a project, in 100 million yuan.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from wuhan.analysis.concentration import Group, gini_bounds
from wuhan.analysis.events import sector_fact
from wuhan.analysis.places import of_one_place
from wuhan.evidence import observations, periods
from wuhan.evidence.bounds import canonical
from wuhan.evidence.facts import Fact, mean_size, printed, share, subtract, total
from wuhan.evidence.observations import cited, starts, stated, with_cells
from wuhan.evidence.units import exact

TOTAL = "city_total"  # the coverage of events that compare with each other
PRINTED = re.compile(r"carry ([0-9.]+)% of the investment")  # what a note says that the source itself has worked out
LARGE = 10.0  # what makes a project a large one, in 100 million yuan
# Facts of an event: name, column, unit.
_STATED = (
    ("count", "projects", "count"),
    ("money", "investment_100m_cny", "100m_cny"),
    ("large_count", "projects_ge_1bn", "count"),
    ("large_money", "investment_ge_1bn_100m_cny", "100m_cny"),
    ("staged_count", "staged_projects", "count"),
    ("staged_money", "staged_investment_100m_cny", "100m_cny"),
)
STARTS = ("industrial_projects_ge_100m_started", "industrial_projects_ge_1bn_started", "projects_ge_100m_started")
_QUALIFIERS = {"investment_100m_cny": "qualifier", "investment_ge_1bn_100m_cny": "investment_ge_1bn_qualifier"}


def city_events(events: pd.DataFrame, sources: pd.DataFrame, city: str, years: tuple[int, int]) -> pd.DataFrame:
    """The events of ``city`` itself within ``years`` (both included), in order of time, with their facts.

    Districts, expositions and provinces are left out: their projects may be those of the city once more.
    Added columns: ``trust`` (A to D, of the source), ``year`` (int), ``end`` (the last day of its date, ISO), and the
    facts ``count``, ``money``, ``mean`` (money per project), ``large_count``, ``large_money``, ``staged_count``,
    ``staged_money``; None where nothing is stated; ``quarterly`` (bool), whether its name says that it is of a quarter.
    """
    dated = events.assign(year=starts(events["date"]))
    own = dated[(dated["place"] == city) & (dated["scope"] == "city") & dated["year"].between(*years)]
    trust = own["source_id"].map(sources.set_index("source_id")["trust"])
    ends = own["date"].map(lambda date: periods.bounds(date)[1].isoformat())
    own = own.assign(trust=trust, end=ends).sort_values(["end", "event"], ignore_index=True)
    rows = own.to_dict("records")
    own = with_cells(own, **{name: [_stated(row, column, unit) for row in rows] for name, column, unit in _STATED})
    pairs = zip(own["money"], own["count"], strict=True)
    means = [mean_size(money, count) if money and count else None for money, count in pairs]
    quarterly = own["name_zh"].str.contains("季度", regex=False).astype(bool)
    return with_cells(own, mean=means).assign(quarterly=quarterly)


def _stated(event: Mapping, column: str, unit: str) -> Fact | None:
    """What an event states in ``column``, or None."""
    qualifier = event.get(_QUALIFIERS.get(column, ""), "") or "exact"
    return stated(event, column, unit, event["date"], ("events", event["event"]), qualifier)


def offer(events: pd.DataFrame, city: str) -> pd.DataFrame:
    """What there is on a city: one row a kind of event, ``coverage``, ``years`` as text ("2021, 2023").

    City totals where the city has any, otherwise all that is known of it.
    """
    own = events[(events["place"] == city) & (events["scope"] == "city")]
    if (own["coverage"] == TOTAL).any():
        own = own[own["coverage"] == TOTAL]
    kinds = own.assign(years=own["date"].str[:4]).groupby(["event_type", "coverage"])["years"]
    return kinds.agg(lambda years: ", ".join(sorted(set(years)))).reset_index()


@of_one_place
def quarters(events: pd.DataFrame) -> tuple[int, int]:
    """How many quarters have an event, and how many there are from the first of them to the last.

    Events dated by a year alone belong to no quarter. ``(0, 0)`` when no event has one.
    """
    known = _quarters(events)
    return (len(known), max(known) - min(known) + 1) if known else (0, 0)


@of_one_place
def quarter_ends(events: pd.DataFrame) -> tuple[str, str]:
    """The month in which the first of these quarters begins, and that in which the last one ends; blank for none."""
    known = _quarters(events)
    if not known:
        return "", ""
    begin, end = (f"{month // 12}-{month % 12 + 1:02}" for month in (3 * min(known), 3 * max(known) + 2))
    return begin, end


def _quarters(events: pd.DataFrame) -> set[int]:
    """The quarters that have an event, counted from the first one of the year 0."""
    days = [periods.bounds(date)[1] for date in events["date"] if len(date) > 4]
    return {4 * day.year + (day.month - 1) // 3 for day in days}


@of_one_place
def by_year(totals: pd.DataFrame) -> pd.DataFrame:
    """City totals added up: one row a kind of event and year.

    Columns ``event_type``, ``year``, ``events`` (how many) and the facts ``count``, ``money``, ``mean``. Only
    events that state both count and money are added, so that the two are of the same projects. A year of
    which some quarters are missing has fewer ``events``; nothing is made up for them. Raises ``ValueError``
    for events that are not city totals of one place.
    """
    if (totals["coverage"] != TOTAL).any():
        raise ValueError("by_year: the events do not add up; select the city totals of one city")
    rows = []
    for (year, kind), own in totals[totals["mean"].notna()].groupby(["year", "event_type"]):
        count, money = total(own["count"]), total(own["money"])
        rows.append((kind, year, len(own), count, money, mean_size(money, count)))
    return pd.DataFrame(rows, columns=["event_type", "year", "events", "count", "money", "mean"])


@of_one_place
def first_and_last(totals: pd.DataFrame) -> pd.DataFrame:
    """How the mean size moved: one row a kind of event with two totals or more, in order of time.

    Columns ``event_type``, ``events`` (how many) and the facts ``first`` and ``last``.
    """
    kinds = [(kind, list(own["mean"])) for kind, own in totals.groupby("event_type", sort=False)]
    rows = [(kind, len(means), means[0], means[-1]) for kind, means in kinds if len(means) > 1]
    return pd.DataFrame(rows, columns=["event_type", "events", "first", "last"])


def with_classes(events: pd.DataFrame) -> pd.DataFrame:
    """The events that state how many of their projects are large (1 billion yuan or more), and what follows.

    Added facts: ``share_count`` and ``share_money`` (of the large ones in the whole, per cent), ``gini_low`` and
    ``gini_high``, between which the Gini coefficient of project sizes lies, rounded outwards to two decimals. The
    last three are None where the money of the large projects is not stated, or the whole has no upper end. Raises
    ``ValueError`` for totals that contradict each other.
    """
    own = events[events[["count", "large_count"]].notna().all(axis=1)].reset_index(drop=True)
    rows = [_classes(event) for event in own.to_dict("records")]
    columns = ("share_count", "share_money", "gini_low", "gini_high")
    return with_cells(own, **{name: [row.get(name) for row in rows] for name in columns})


def _classes(event: Mapping) -> dict[str, Fact]:
    """What follows from the size classes of one event."""
    found = {"share_count": share(event["large_count"], event["count"])}
    if event["large_money"] and event["money"] and math.isfinite(event["money"].high):
        low, high = _gini(event)
        part = _as_printed(share(event["large_money"], event["money"]), event["note"])
        found |= {"share_money": part, "gini_low": low, "gini_high": high}
    return found


def _as_printed(part: Fact, note: str) -> Fact:
    """A share at the figure that the source itself prints, as the note of its row has it; else as worked out."""
    told = PRINTED.search(note)
    if not told:
        return part
    value, half = float(told[1]), 0.5 / 10 ** len(told[1].partition(".")[2])
    return replace(part, value=value, low=value - half, high=value + half, qualifier="exact")


def _gini(event: Mapping) -> list[Fact]:
    """The bounds of the Gini coefficient of project sizes, over the roundings of both amounts that fit together."""
    small, large = event["count"].value - event["large_count"].value, event["large_count"].value
    floor = 1.0 if event["threshold"] == "100m_cny" else 0.0
    money, least = event["money"], max(event["large_money"].low, LARGE * large)
    bounds = [
        gini_bounds(
            [group for group in (Group(small, rest, floor, LARGE), Group(large, top, LARGE, math.inf)) if group.count]
        )
        for top in _steps(least, event["large_money"].high)
        for rest in _steps(max(money.low - top, floor * small), min(money.high - top, LARGE * small))
    ]
    if not bounds:
        raise ValueError(f"{event['event']}: counts and amounts of large projects and of all contradict each other")
    low, high = canonical(min(low for low, _ in bounds)), canonical(max(high for _, high in bounds))
    ends = math.floor(100 * exact(low)) / 100, math.ceil(100 * exact(high)) / 100
    formula = "bound of the Gini coefficient of project sizes from two size classes"
    parts = printed(event[name] for name in ("large_count", "count", "large_money", "money"))
    return [
        Fact(
            end,
            end,
            end,
            "index",
            event["date"],
            "derived",
            cited(event),
            place=event["place"],
            formula=formula,
            behind=parts,
        )
        for end in ends
    ]


def _steps(first: float, last: float) -> list[float]:
    """Nine numbers from ``first`` to ``last``; none when the last is below the first."""
    return [first + (last - first) * step / 8 for step in range(9)] if first <= last else []


def groups(event: Mapping) -> pd.DataFrame:
    """One event cut in two ways: one row a group, with the facts ``count``, ``money``, ``mean`` and the two
    shares.

    ``cut`` is "size" (``group`` "large": 1 billion yuan or more, and "small") or "stage" ("staged": signed on
    stage, and "other"); a cut that the event does not state is left out. ``share_count`` and ``share_money``
    are in per cent of the whole event. The cut by stage supposes that the projects signed on stage belong to
    the event.
    """
    rows = []
    for cut, part, rest in (("size", "large", "small"), ("stage", "staged", "other")):
        count, money = event[f"{part}_count"], event[f"{part}_money"]
        if count and money and count.value < event["count"].value:
            left = subtract(event["count"], count), subtract(event["money"], money)
            rows += [(cut, part, count, money), (cut, rest, *left)]
    named = pd.DataFrame(rows, columns=["cut", "group", "count", "money"])
    return named.assign(
        mean=[mean_size(money, count) for money, count in zip(named["money"], named["count"], strict=True)],
        share_count=[share(count, event["count"]) for count in named["count"]],
        share_money=[share(money, event["money"]) for money in named["money"]],
    )


def targets_and_starts(
    industry: pd.DataFrame, events: pd.DataFrame, sectors: pd.DataFrame, city: str, years: tuple[int, int]
) -> pd.DataFrame:
    """The newest targets for starts of construction within ``years``, and what is known of starts in that year.

    ``events`` as `city_events` returns them. One row a number: ``what`` (an indicator, or the sector of an event),
    ``period``, ``year``, the fact ``count`` and ``kind``: "target", "same definition" (counted as the target is, for
    the same period) or "other definition" (a sector of an event of which the whole is not known; never a part of
    the target). Targets of the whole year stand first, larger ones before smaller ones; empty without a target.
    """
    own = industry[(industry["place"] == city) & industry["indicator"].isin(STARTS)]
    own = own.assign(year=starts(own["period"]), what=own["indicator"])
    own = with_cells(own, count=observations.facts(own))
    aims = own[(own["status"] == "target") & own["year"].between(*years)]
    aims = aims[aims["year"] == aims["year"].max()].sort_values(["period", "value"], ascending=[True, False])
    counted = own[own["status"].isin(observations.OUTCOMES)].merge(aims[["indicator", "period"]].drop_duplicates())
    partly = events[(events["place"] == city) & (events["coverage"] == "part") & events["year"].isin(aims["year"])]
    partly = partly[["event", "date", "year", "place"]].merge(sectors[sectors["projects"].notna()], on="event")
    facts = [sector_fact(row, "projects", "count") for row in partly.to_dict("records")]
    partly = with_cells(partly, count=facts).rename(columns={"sector": "what", "date": "period"})
    kinds = {"target": aims, "same definition": counted, "other definition": partly}
    columns = ["what", "period", "year", "kind", "count"]
    return pd.concat([rows.assign(kind=kind)[columns] for kind, rows in kinds.items()], ignore_index=True)
