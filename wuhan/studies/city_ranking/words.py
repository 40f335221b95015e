"""What a rank says, in sentences: how sure it is, how far the neighbours are, when two would be level."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd

from wuhan.analysis import ranking
from wuhan.evidence import observations
from wuhan.evidence.bounds import canonical
from wuhan.evidence.facts import Fact, magnitude
from wuhan.text.prose import Sentence, bulleted, joined, listed, name, paragraph, plural, say


def headline(city: str, levels: pd.DataFrame, ranks: pd.DataFrame, near: pd.DataFrame) -> Sentence:
    """The last rank of ``ranks`` (`ranking.history` of ``levels``) and the two next places in ``near``
    (`ranking.neighbours`).
    """
    if ranks.empty:
        return _unranked(city, ranking.ranked_years(levels))
    own = ranks.iloc[-1]
    told = {"city": name(city), "rank": int(own["value"]), "n": int(own["known"]), "year": own["period"]}
    sides = _nearest(near)
    for side, place, apart, gap in (("above", "above", "up", "upper"), ("below", "below", "down", "lower")):
        if side in sides:
            row = sides[side]
            told |= {place: name(row.place), apart: row.apart, gap: _short(row.gap)}
    if "above" not in sides:
        return say(
            "{city} was number {rank} of the {n} cities with data in {year}: {below} was {down} behind ({lower}).",
            **told,
        )
    if "below" not in sides:
        return say(
            "{city} was number {rank} of the {n} cities with data in {year}: {above} was {up} ahead ({upper}).", **told
        )
    return say(
        "{city} was number {rank} of the {n} cities with data in {year}: {above} was {up} ahead ({upper}), {below} "
        "{down} behind ({lower}).",
        **told,
    )


def _unranked(city: str, years: list[int]) -> Sentence:
    """That there is no rank, and in which ``years`` cities are ranked."""
    if not years:
        return say("{city} is not ranked: this vintage has too few cities in every year.", city=name(city))
    return say(
        "{city} is not ranked: no year chosen has its GDP and that of nearly all cities. Cities are ranked from "
        "{first} to {last}.",
        city=name(city),
        first=str(years[0]),
        last=str(years[-1]),
    )


def _nearest(near: pd.DataFrame) -> dict:
    """The row of ``near`` (`ranking.neighbours`, largest first) next to the city on each ``side`` that has one."""
    above, below = (near[near["side"] == side] for side in ("above", "below"))
    return {row.side: row for rows in (above.tail(1), below.head(1)) for row in rows.itertuples()}


def beside(city: str, near: pd.DataFrame) -> Sentence:
    """The two next places of ``near`` with their distances in per cent: a title."""
    told: dict[str, object] = {}
    for side, row in _nearest(near).items():
        told |= {side: name(row.place), f"{side}_gap": _short(row.gap), "year": row.own.period}
    if "above" in told and "below" in told:
        return say("In {year} {above} was {above_gap} ahead, {below} {below_gap} behind", **told)
    if "above" in told:
        return say("In {year} {above} was {above_gap} ahead, and no city with data behind", **told)
    if "below" in told:
        return say("In {year} {below} was {below_gap} behind, and no city with data ahead", **told)
    return say("{city} has no neighbours in these years", city=name(city))


def sides(gaps: pd.DataFrame) -> pd.DataFrame:
    """`ranking.distances` with the words of each side, known to tenths of a per cent, as `beside` tells them."""
    words = {"above": str(say("next above")), "below": str(say("next below"))}
    return gaps.assign(
        series=gaps["side"].map(words),
        low=gaps["low"].clip(upper=gaps["value"] - 0.05),
        high=gaps["high"].clip(lower=gaps["value"] + 0.05),
    )


def change(city: str, ranks: pd.DataFrame) -> Sentence:
    """The first and the last rank of ``ranks``, and the one farthest from both if it is farther than they are apart:
    a title.
    """
    if ranks.empty:
        return say("{city} is not ranked in these years", city=name(city))
    old, new = ranks.iloc[0], ranks.iloc[-1]
    told = {"city": name(city), "new": int(new["value"]), "last": new["period"]}
    if len(ranks) == 1:
        return say("{city} was number {new} in {last}", **told)
    turn = ranks.loc[(ranks["value"] - (old["value"] + new["value"]) / 2).abs().idxmax()]
    if min(abs(turn["value"] - end["value"]) for end in (old, new)) > abs(new["value"] - old["value"]):
        return say(
            "{city} was number {old} in {first}, number {turn} in {year} and number {new} in {last}",
            **told,
            old=int(old["value"]),
            first=old["period"],
            turn=int(turn["value"]),
            year=turn["period"],
        )
    if old["value"] == new["value"]:
        return say("{city} was number {new} in {first} and again in {last}", **told, first=old["period"])
    return say(
        "{city} was number {old} in {first} and number {new} in {last}",
        **told,
        old=int(old["value"]),
        first=old["period"],
    )


def certainty(city: str, levels: pd.DataFrame, ranks: pd.DataFrame) -> Sentence:
    """How many cities are known in which years, and how sure the last rank is among them."""
    runs = ranking.known(levels)
    if runs.empty:
        return say("No GDP of any city is known in this vintage.")
    enough = [_run(row) for row in runs[runs["ranked"]].itertuples()]
    few = [_run(row) for row in runs[~runs["ranked"]].itertuples()]
    said = [say("The number of cities with data is {runs}.", runs=listed(enough))] if enough else []
    said += [say("No rank is given where too few are known: {runs}.", runs=listed(few))] if few else []
    return paragraph(*said, *([_sure(city, levels, ranks)] if len(ranks) else []))


def _run(row) -> Sentence:
    if row.first == row.last:
        return say("{n} in {year}", n=row.places, year=str(row.first))
    return say("{n} from {first} to {last}", n=row.places, first=str(row.first), last=str(row.last))


def _sure(city: str, levels: pd.DataFrame, ranks: pd.DataFrame) -> Sentence:
    """How sure the last rank is."""
    own = ranks.iloc[-1]
    missing = levels["place"].nunique() - int(own["known"])
    told = {"city": name(city), "year": own["period"]}
    if own["low"] < own["high"]:
        said = [
            say(
                "In {year} {city} may stand anywhere from number {best} to number {worst}: figures are missing, or lie "
                "within their rounding.",
                **told,
                best=int(own["low"]),
                worst=int(own["high"]),
            )
        ]
        met, larger = ranking.met(levels, city, int(own["year"]))
        if met:
            said.append(
                say(
                    "Of {met} {cities} for {year}, {larger} {were} larger than {city} in the nearest year in which "
                    "both are known.",
                    **told,
                    larger=larger,
                    met=met,
                    were=plural(larger, one="was", many="were"),
                    cities=plural(met, one="city without a figure", many="cities without a figure"),
                )
            )
        return paragraph(*said)
    if missing:
        return say(
            "For {year}, {missing} of the cities {lack} a figure. By the rule above no city without one was larger "
            "than {city}, so among the cities of the data its rank is certain.",
            **told,
            missing=missing,
            lack=plural(missing, one="lacks", many="lack"),
        )
    return say("Every city of the data has a figure for {year}, and among them the rank of {city} is certain.", **told)


def agreement(city: str, ranks: pd.DataFrame) -> Sentence:
    """In how many years the vintages of ``ranks`` (`ranking.histories`) give the city the same rank."""
    one, other = (ranks[ranks["vintage"] == vintage] for vintage in ranking.VINTAGES)
    both = one.merge(other, on="year", suffixes=("", "_other"))
    if both.empty:
        return say("The two vintages can not be compared: no year of {city} is ranked in both.", city=name(city))
    differ = both[both["value"] != both["value_other"]]
    if len(both) == 1:
        told = {"city": name(city), "year": both["period"].iloc[0]}
        return (
            say("The two vintages give {city} different ranks in {year}.", **told)
            if len(differ)
            else say("The two vintages give {city} the same rank in {year}.", **told)
        )
    if differ.empty:
        return say("The two vintages give {city} the same rank in every year.", city=name(city))
    return say(
        "The two vintages give {city} different ranks in {k} of {n} years.", city=name(city), k=len(differ), n=len(both)
    )


def next_places(city: str, gaps: pd.DataFrame) -> Sentence:
    """Which places stood next to the city, and when they were nearest; ``gaps`` is `ranking.distances`."""
    said = []
    for side in ("above", "below"):
        own = gaps[gaps["side"] == side]
        if own.empty:
            continue
        near = own.loc[own["value"].abs().idxmin()]
        told = {
            "city": name(city),
            "place": name(near["neighbour"]),
            "year": near["period"],
            "gap": _short(near["fact"]),
        }
        if len(own) == 1:
            said.append(
                say("Next above {city} in {year} was {place}, {gap} ahead.", **told)
                if side == "above"
                else say("Next below {city} in {year} was {place}, {gap} behind.", **told)
            )
            continue
        counts = own["neighbour"].value_counts()
        often = [_in_years(place, years, first=nth == 0) for nth, (place, years) in enumerate(counts.items())]
        told["often"] = listed(often)
        said.append(
            say("Next above {city} stood {often}. The nearest was {place} in {year}, {gap} ahead.", **told)
            if side == "above"
            else say("Next below {city} stood {often}. The nearest was {place} in {year}, {gap} behind.", **told)
        )
    return paragraph(*said) if said else say("No neighbours of {city} are known in these years.", city=name(city))


def _in_years(place: str, years: int, first: bool) -> Sentence:
    """A neighbour and in how many years it was one; the first of a list says what is counted."""
    if not first:
        return say("{place} ({n})", place=name(place), n=years)
    return say("{place} ({n} {years})", place=name(place), n=years, years=plural(years, one="year", many="years"))


def pace(city: str, paced: pd.DataFrame) -> Sentence:
    """How many smaller and larger cities certainly grew faster than the city: a title."""
    counts = ranking.faster(paced, city)
    if not counts:
        return say("The growth of {city} is not known for these years", city=name(city))
    told = {"city": name(city)} | counts
    if not counts["larger"]:
        del told["larger"], told["leaving"]
        return say("{chasing} of {smaller} smaller cities clearly outgrew {city}", **told)
    if not counts["smaller"]:
        del told["smaller"], told["chasing"]
        return say("{leaving} of {larger} larger cities clearly outgrew {city}", **told)
    return say("{chasing} of {smaller} smaller and {leaving} of {larger} larger cities clearly outgrew {city}", **told)


def times(city: str, meetings: pd.DataFrame, short: pd.DataFrame, rates: pd.DataFrame, last: int) -> Sentence:
    """One line for each neighbour: after how many years it and the city would be level; ``last`` ends the windows.

    ``meetings`` and ``short`` are `ranking.meetings` of the long windows and of the short one, which may well tell the
    opposite; ``rates`` has the growth published since.
    """
    if meetings.empty:
        return say("No neighbour of {city} is known, so no time is worked out.", city=name(city))
    start = say(
        "From the levels of {year}, at the average real growth of the {windows} years up to {last}, and then of the "
        "last {short} alone:",
        year=meetings["own"].iloc[0].period,
        windows=listed(ranking.WINDOWS),
        last=str(last),
        short=listed(ranking.SHORT),
    )
    lines = [
        paragraph(_time(city, row), *_alone(brief), *_since(city, row.place, rates, last))
        for row, brief in zip(meetings.itertuples(), short.itertuples(), strict=True)
    ]
    return joined((start, bulleted(lines)), "\n\n")


def _alone(row) -> list[Sentence]:
    """The time at the pace of the short window alone; nothing where growth is missing, as the long ones say so."""
    if row.outcome == ranking.UNKNOWN:
        return []
    if row.outcome == ranking.NEVER:
        return [say("Short window: never.")]
    if row.outcome == ranking.FAR:
        return [say("Short window: not within a century.")]
    if row.latest is None:
        return [say("Short window: after {soonest} at the earliest, or not within a century.", soonest=row.soonest)]
    return [say("Short window: after {soonest} to {latest}.", soonest=_bare(row.soonest), latest=row.latest)]


def _bare(years: Fact) -> Fact:
    """The first end of a range, whose unit and status stand at the second."""
    return replace(years, unit="coefficient", status="derived")


def _since(city: str, other: str, rates: pd.DataFrame, last: int) -> list[Sentence]:
    """The growth of both places in each year after ``last`` in which both are known from sources that are not of low
    trust.
    """
    rates = observations.trusted(rates, observations.FIRM)
    known = rates[(rates["year"] > last) & rates["place"].isin([city, other])]
    pairs = [
        {fact.place: fact for fact in observations.facts(own)} for _year, own in known.groupby("year") if len(own) == 2
    ]
    if not pairs:
        return []
    each = [
        say("{own} against {other} in {year}", year=pair[city].period, own=pair[city], other=pair[other])
        for pair in pairs
    ]
    return [
        say(
            "Growth published since, {city} against {other}: {rates}.",
            city=name(city),
            other=name(other),
            rates=listed(each),
        )
    ]


def _short(gap: Fact) -> Fact:
    """A distance in per cent without its sign, to tenths; below one to two decimals, or to its first digit."""
    gap = magnitude(gap)
    places = 1 if gap.value >= 1 else max(2, -math.floor(math.log10(gap.value or 1.0)))
    value, half = round(gap.value, places), 0.5 * 10.0**-places
    low, high = min(gap.low, canonical(value - half)), max(gap.high, canonical(value + half))
    return replace(gap, value=value, low=low, high=high)


def _time(city: str, row) -> Sentence:
    """One neighbour: ``row`` of `ranking.meetings`."""
    chaser, leader = (city, row.place) if row.side == "above" else (row.place, city)
    told = {"chaser": name(chaser), "leader": name(leader), "gap": row.apart}
    if row.outcome == ranking.UNKNOWN:
        return say("{chaser} behind {leader} by {gap}: not known, as growth rates are missing.", **told)
    if row.outcome == ranking.NEVER:
        return say("{chaser} behind {leader} by {gap}: never, as {chaser} grew no faster in any long window.", **told)
    if row.outcome == ranking.FAR:
        return say("{chaser} behind {leader} by {gap}: not within a century at these rates.", **told)
    told |= {"soonest": row.soonest}
    if row.outcome == ranking.MIXED:
        return say(
            "{chaser} behind {leader} by {gap}: level after {soonest} at the earliest; in some window, or within "
            "rounding, never.",
            **told,
        )
    if row.outcome == ranking.LATE:
        return say(
            "{chaser} behind {leader} by {gap}: level after {soonest} at the earliest, and at the slowest pace not "
            "within a century.",
            **told,
        )
    return say(
        "{chaser} behind {leader} by {gap}: level after {soonest} to {latest}.",
        **(told | {"soonest": _bare(row.soonest)}),
        latest=row.latest,
    )
