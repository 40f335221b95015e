"""What a rank says, in sentences: how sure it is, how far the neighbours are, whether poorer places grew faster."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd

from wuhan.analysis import convergence, ranking, sizes
from wuhan.analysis.convergence import Fit
from wuhan.evidence import observations
from wuhan.evidence.facts import Fact, ends, magnitude
from wuhan.presentation.prose import Sentence, bulleted, choose, label, listed, name, paragraph, say


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
            "{city} was number {rank} of the {n} cities with data in {year}: {below} was {down} ({lower}) behind.",
            **told,
        )  # fmt: skip
    if "below" not in sides:
        return say(
            "{city} was number {rank} of the {n} cities with data in {year}: {above} was {up} ({upper}) ahead.", **told
        )  # fmt: skip
    return say(
        "{city} was number {rank} of the {n} cities with data in {year}: {above} was {up} ({upper}) ahead, {below} "
        "{down} ({lower}) behind.",
        **told,
    )  # fmt: skip


def _unranked(city: str, years: list[int]) -> Sentence:
    """That there is no rank, and in which ``years`` cities are ranked."""
    if not years:
        return say("{city} is not ranked: this vintage has too few cities in every year.", city=name(city))
    return say(
        "{city} is not ranked: no year chosen has its GDP and that of nearly all cities. Cities are ranked from "
        "{first} to {last}.",
        city=name(city), first=str(years[0]), last=str(years[-1]),
    )  # fmt: skip


def _nearest(near: pd.DataFrame) -> dict:
    """The row of ``near`` (`ranking.neighbours`, largest first) next to the city on each ``side`` that has one."""
    above, below = (near[near["side"] == side] for side in ("above", "below"))
    return {row.side: row for rows in (above.tail(1), below.head(1)) for row in rows.itertuples()}


def beside(city: str, near: pd.DataFrame) -> Sentence:
    """The two next places of ``near`` with their distances in per cent: a title."""
    told = {}
    for side, row in _nearest(near).items():
        told |= {side: name(row.place), f"{side}_gap": _short(row.gap), "year": row.own.period}
    if "above" in told and "below" in told:
        return say("In {year} {above} was {above_gap} ahead, {below} {below_gap} behind", **told)
    if "above" in told:
        return say("In {year} {above} was {above_gap} ahead, and no city with data behind", **told)
    if "below" in told:
        return say("In {year} {below} was {below_gap} behind, and no city with data ahead", **told)
    return say("{city} has no neighbours in these years", city=name(city))


def change(city: str, ranks: pd.DataFrame) -> Sentence:
    """The first and the last rank of ``ranks``: a title."""
    if ranks.empty:
        return say("{city} is not ranked in these years", city=name(city))
    old, new = ranks.iloc[0], ranks.iloc[-1]
    told = {"city": name(city), "new": int(new["value"]), "last": new["period"]}
    if len(ranks) == 1:
        return say("{city} was number {new} in {last}", **told)
    if old["value"] == new["value"]:
        return say("{city} was number {new} in {first} and again in {last}", **told, first=old["period"])
    return say(
        "{city} was number {old} in {first} and number {new} in {last}",
        **told, old=int(old["value"]), first=old["period"],
    )  # fmt: skip


def certainty(city: str, levels: pd.DataFrame, ranks: pd.DataFrame) -> Sentence:
    """How many cities are known in which years, and how sure the last rank is among them."""
    runs = ranking.known(levels)
    if runs.empty:
        return say("No GDP of any city is known in this vintage.")
    enough = [_run(row) for row in runs[runs["ranked"]].itertuples()]
    few = [_run(row) for row in runs[~runs["ranked"]].itertuples()]
    said = [say("Cities with data: {runs}.", runs=listed(enough))] if enough else []
    said += [say("Not ranked, because too few are known: {runs}.", runs=listed(few))] if few else []
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
        return say(
            "In {year} {city} may stand anywhere from number {best} to number {worst}: figures are missing, or lie "
            "within their rounding.",
            **told, best=int(own["low"]), worst=int(own["high"]),
        )  # fmt: skip
    if missing:
        return say(
            "Without a figure in {year}: {missing} of the cities. By the rule above none of them was larger than "
            "{city}, so among the cities of the data its rank is certain.",
            **told, missing=missing,
        )  # fmt: skip
    return say("Every city of the data has a figure for {year}, and among them the rank of {city} is certain.", **told)


def agreement(city: str, ranks: pd.DataFrame) -> Sentence:
    """In how many years the vintages of ``ranks`` (`ranking.histories`) give the city the same rank."""
    one, other = (ranks[ranks["vintage"] == vintage] for vintage in ranking.VINTAGES)
    both = one.merge(other, on="year", suffixes=("", "_other"))
    if both.empty:
        return say("The two vintages can not be compared: no year of {city} is ranked in both.", city=name(city))
    differ = both[both["value"] != both["value_other"]]
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
        often = [say("{place} ({n})", place=name(place), n=n) for place, n in own["neighbour"].value_counts().items()]
        told = {"city": name(city), "often": listed(often), "place": name(near["neighbour"]), "year": near["period"],
                "gap": _short(_percent(near))}  # fmt: skip
        said.append(say(
            "Next above {city} stood, with the number of years: {often}. The nearest was {place} in {year}, {gap} "
            "ahead.",
            **told,
        ) if side == "above" else say(
            "Next below {city} stood, with the number of years: {often}. The nearest was {place} in {year}, {gap} "
            "behind.",
            **told,
        ))  # fmt: skip
    return paragraph(*said) if said else say("No neighbours of {city} are known in these years.", city=name(city))


def _percent(row: pd.Series) -> Fact:
    """The distance in one row of `ranking.distances`."""
    return Fact(
        row["value"], row["low"], row["high"], "percent", row["period"], row["status"], tuple(row["source_id"]),
        row["qualifier"], formula="GDP of the next place / own GDP - 1",
    )  # fmt: skip


def pace(city: str, paced: pd.DataFrame, first: int) -> Sentence:
    """How many smaller cities grew faster than the city, and how many larger ones: a title."""
    counts = ranking.faster(paced, city)
    if not counts:
        return say("The growth of {city} is not known for these years", city=name(city))
    told = {"city": name(city), "first": str(first)} | counts
    if not counts["larger"]:
        del told["larger"], told["leaving"]
        return say("Of {smaller} smaller cities {chasing} outgrew {city} since {first}", **told)
    if not counts["smaller"]:
        del told["smaller"], told["chasing"]
        return say("Of {larger} larger cities {leaving} outgrew {city} since {first}", **told)
    return say(
        "Of {smaller} smaller cities {chasing} outgrew {city} since {first}, of {larger} larger ones {leaving}",
        **told,
    )  # fmt: skip


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
        year=meetings["own"].iloc[0].period, windows=listed(ranking.WINDOWS), last=str(last),
        short=listed(ranking.SHORT),
    )  # fmt: skip
    lines = [
        paragraph(_time(city, row), _alone(brief), *_since(city, row.place, rates, last))
        for row, brief in zip(meetings.itertuples(), short.itertuples(), strict=True)
    ]
    return _under(start, bulleted(lines))


def _alone(row) -> Sentence:
    """The time at the pace of the short window alone."""
    if row.outcome == ranking.UNKNOWN:
        return say("Short window: not known.")
    if row.outcome == ranking.NEVER:
        return say("Short window: never.")
    if row.outcome == ranking.FAR:
        return say("Short window: not within a century.")
    if row.latest is None:
        return say("Short window: after {soonest} at the earliest, or not within a century.", soonest=row.soonest)
    return say("Short window: after {soonest} to {latest}.", soonest=row.soonest, latest=row.latest)


def _since(city: str, other: str, rates: pd.DataFrame, last: int) -> list[Sentence]:
    """The growth of both places in each year after ``last`` for which both have published it."""
    known = rates[(rates["year"] > last) & rates["place"].isin([city, other])]
    pairs = [
        {fact.place: fact for fact in observations.facts(own)} for _year, own in known.groupby("year") if len(own) == 2
    ]
    if not pairs:
        return []
    each = [say("{year} {own} against {other}", year=pair[city].period, own=pair[city], other=pair[other])
            for pair in pairs]  # fmt: skip
    return [say("Published since, {city} against {other}: {rates}.", city=name(city), other=name(other),
                rates=listed(each))]  # fmt: skip


def _short(gap: Fact) -> Fact:
    """A distance in per cent without its sign, to tenths; below one to two decimals, or to its first digit."""
    gap = magnitude(gap)
    places = 1 if gap.value >= 1 else max(2, -math.floor(math.log10(gap.value or 1.0)))
    value, half = round(gap.value, places), 0.5 * 10.0**-places
    return replace(gap, value=value, low=min(gap.low, value - half), high=max(gap.high, value + half))


def _under(start: Sentence, items: Sentence) -> Sentence:
    """A list with the words that open it."""
    shift = len(start.plain) + 2
    moved = [fact | {"start": fact["start"] + shift} for fact in items.facts]
    return Sentence(f"{start.plain}\n\n{items.plain}", f"{start.markdown}\n\n{items.markdown}", [*start.facts, *moved])


def _time(city: str, row) -> Sentence:
    """One neighbour: ``row`` of `ranking.meetings`."""
    chaser, leader = (city, row.place) if row.side == "above" else (row.place, city)
    told = {"chaser": name(chaser), "leader": name(leader), "gap": row.apart}
    if row.outcome == ranking.UNKNOWN:
        return say("{chaser} behind {leader} by {gap}: not known, as growth rates are missing.", **told)
    if row.outcome == ranking.NEVER:
        return say("{chaser} behind {leader} by {gap}: never at these rates, it grew no faster in any long window.", **told)
    if row.outcome == ranking.FAR:
        return say("{chaser} behind {leader} by {gap}: not within a century at these rates.", **told)
    told |= {"soonest": row.soonest}
    if row.outcome == ranking.MIXED:
        return say(
            "{chaser} behind {leader} by {gap}: level after {soonest} at the earliest; in some window, or within "
            "rounding, never.",
            **told,
        )  # fmt: skip
    if row.outcome == ranking.LATE:
        return say(
            "{chaser} behind {leader} by {gap}: level after {soonest} at the earliest, and at the slowest pace not "
            "within a century.",
            **told,
        )  # fmt: skip
    return say(
        "{chaser} behind {leader} by {gap}: level after {soonest} at the earliest and {latest} at the latest.",
        **told, latest=row.latest,
    )  # fmt: skip


def equality(law: sizes.Law | None) -> Sentence:
    """How the sizes of the places compare with Zipf's law: a title."""
    if law is None:
        return say("Too few cities are known for a line")
    return say(
        "The {n} largest cities with data: sizes {compared} Zipf’s law",
        n=law.n,
        compared=choose(
            sizes.against_zipf(law), 0, more="more equal than", less="less equal than", same="within the error of"
        ),
    )  # fmt: skip


def exponents(top: sizes.Law | None, every: sizes.Law | None) -> Sentence:
    """The slopes of the larger half and of all places, each with its interval."""
    if top is None or every is None:
        return say("No line is fitted: fewer than {few} cities are known.", few=sizes.FEWEST)
    part, whole = sizes.exponent(top), sizes.exponent(every)
    said = [
        say("The slope of the larger half, {n} cities, is {slope} (interval {low} to {high}).", n=top.n, **_told(part)),
        say("With all {n} cities it is {slope} ({low} to {high}).", n=every.n, **_told(whole)),
        say("The choice of cities moves the slope: sizes do not follow one power law from the top to the bottom.")
        if whole.low > part.high or part.low > whole.high else say("The two intervals overlap."),
    ]  # fmt: skip
    return paragraph(*said)


def _told(fact: Fact, key: str = "slope") -> dict[str, Fact]:
    """An estimate for a sentence: the value under ``key``, with as many decimals as its ends ``low`` and ``high``."""
    low, high = ends(fact)
    value = round(fact.value, 1 - math.floor(math.log10(fact.high - fact.low)))
    return {key: replace(fact, value=value, low=value, high=value), "low": low, "high": high}


def finding(line: Fit | None) -> Sentence:
    """Whether places that started richer grew more or less: a title."""
    if line is None:
        return say("Too few cities or years for a line")
    return {
        -1: say("Cities that started richer grew more slowly"),
        0: say("Richer or poorer at the start: no difference in growth that stands out"),
        1: say("Cities that started richer grew faster"),
    }[_sign(line)]


def _sign(line: Fit) -> int:
    """The sign of the slope, 0 when its interval holds zero."""
    _slope, low, high = line.interval
    return (low > 0) - (high < 0)


def converging(line: Fit | None, places: pd.DataFrame, years: int) -> Sentence:
    """The slope with its interval, what it explains, and the half-life where there is one."""
    if years < convergence.SHORTEST:
        return say(
            "No line is fitted: growth is known for {years} years of this choice, and {short} are needed.",
            years=max(years, 0), short=convergence.SHORTEST,
        )  # fmt: skip
    if line is None:
        return say(
            "No line is fitted: the start and all growth rates are known of {n} cities, and {few} are needed.",
            n=len(places), few=convergence.FEWEST,
        )  # fmt: skip
    told = _told(convergence.doubling(line))
    more = choose(line.slope, 0.0, more="more", less="less", same="more or less")
    said = [say(
        "A city with twice the GDP per head at the start grew by {slope} {more} a year (interval of the difference "
        "{low} to {high}).",
        **(told | {"slope": magnitude(told["slope"])}), more=more,
    ), say(
        "R² is {r2} among {n} cities: one would mean that the start explains all differences in growth, zero that it "
        "explains none.",
        r2=_r2(line), n=line.n,
    )]  # fmt: skip
    rate, half = convergence.speed(line), convergence.half_life(line)
    if rate is None:
        return paragraph(*said, say("The interval does not exclude a slope of none, so no half-life is worked out.")
                         if _sign(line) == 0 else say("No half-life is worked out from such a slope."))  # fmt: skip
    return paragraph(*said, say(
        "As a speed of convergence that is {rate} a year, a half-life of {half} (between {low} and {high}).",
        rate=_told(rate)["slope"], **_told(half, "half"),
    ))  # fmt: skip


def choices(years: pd.DataFrame, places: pd.DataFrame, vintage: str, first: int, last: int) -> pd.DataFrame:
    """The slope under other choices: ``choice`` in words, ``cities``, ``slope``, ``interval``, ``r2``, ``half``.

    ``years`` has observations by year, ``places`` the rows of places.csv of the cities. What can not be fitted is
    blank.
    """
    people, rates = (observations.select(years, indicator=each) for each in ("pop_resident", "gdp_real_growth"))

    def sample(chosen: str, start: int, end: int) -> pd.DataFrame:
        levels = observations.select(years, indicator="gdp_nominal", vintage=chosen)
        return convergence.sample(levels, people, rates, start, end)

    here, middle = sample(vintage, first, last), (first + last) // 2
    other = {"latest": "first_release"}.get(vintage, "latest")
    told = {"vintage": label(vintage), "first": str(first), "last": str(last)}
    samples = [
        (say("as above: {vintage}, {first} to {last}", **told), here, last - first),
        (say("starting from the {vintage}", vintage=label(other)), sample(other, first, last), last - first),
        (say("later start: {first} to {last}", first=str(middle), last=str(last)),
         sample(vintage, middle, last), last - middle),
        (say("without the municipalities"), convergence.without(here, _of(places, "kind", "municipality")),
         last - first),
    ]  # fmt: skip
    for parent in places.loc[places["place"].isin(here["place"]), "parent"].mode()[:1]:
        less = convergence.without(here, _of(places, "parent", parent))
        samples.append((say("without the cities of {province}", province=name(parent)), less, last - first))
    for start, end in convergence.censuses(first, last):
        heads = convergence.sample_per_head(sample(vintage, start, end), people, start, end)
        words = say("growth per head, census to census: {first} to {last}", first=str(start), last=str(end))
        samples.append((words, heads, end - start))
    return pd.DataFrame([_choice(*each) for each in samples])


def _of(places: pd.DataFrame, column: str, code: str) -> list[str]:
    return places.loc[places[column] == code, "place"].tolist()


def _choice(choice: Sentence, places: pd.DataFrame, years: int) -> dict:
    """One row of `choices`."""
    line = convergence.fit(places, years)
    row = {"choice": choice, "cities": len(places), "slope": None, "interval": None, "r2": None, "half": None}
    if line is None:
        return row
    told = {key: replace(fact, unit="coefficient") for key, fact in _told(convergence.doubling(line)).items()}
    # The status stands beside the slope and is that of the whole row.
    low, high, r2 = (replace(fact, status="derived") for fact in (told["low"], told["high"], _r2(line)))
    half = convergence.half_life(line)
    return row | {
        "slope": told["slope"], "interval": say("{low} to {high}", low=low, high=high), "r2": r2,
        "half": half and replace(_told(half)["slope"], status="derived"),
    }  # fmt: skip


def _r2(line: Fit) -> Fact:
    """R² to three decimals, or to its first digit."""
    fact = convergence.explained(line)
    value = round(fact.value, max(3, -math.floor(math.log10(fact.value or 1.0))))
    return replace(fact, value=value, low=value, high=value)
