"""A line through all cities, in sentences: did poorer places grow faster, by any choice?"""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd

from wuhan.analysis import convergence
from wuhan.analysis.convergence import Fit
from wuhan.evidence import observations
from wuhan.evidence.facts import Fact, magnitude
from wuhan.evidence.rounding import decimals, rounded
from wuhan.text.language import _, noted
from wuhan.text.prose import BLANK, Name, Sentence, choose, grown, joined, label, name, paragraph, say

LEVEL = Name(f"{convergence.CONFIDENCE:.0%}")  # of every interval told here
CHOICES = noted(  # heads of the table
    {
        "choice": "Choice of data and years",
        "cities": "Cities",
        "slope": "Slope, percentage points a year",
        "interval": "95% interval",
        "r2": "R²",
        "half": "Half-life",
    }
)


def _told(fact: Fact, key: str = "slope") -> dict[str, Fact]:
    """An estimate for a sentence: the value under ``key``, with as many decimals as its ends ``low`` and ``high``."""
    return dict(zip((key, "low", "high"), rounded(fact), strict=True))


def finding(line: Fit | None, first: int, last: int) -> Sentence:
    """Whether the output of poorer places grew more or less from ``first`` to ``last``: a title."""
    if line is None:
        return say("Too few cities or years for a line")
    told = {"span": grown(first, last, opens=True)}
    return {
        -1: say("{span} the GDP of poorer cities grew faster", **told),
        0: say("{span} it is not clear whether the GDP of poorer cities grew faster", **told),
        1: say("{span} the GDP of poorer cities grew more slowly", **told),
    }[_sign(line)]


def summary(line: Fit | None, years: pd.DataFrame, vintage: str, first: int, last: int) -> Sentence:
    """Whether poorer places grew faster where that depends on the years, or on GDP and GDP per head from census to
    census, by each; else blank, as `finding` tells it. ``line``: that of `finding`.
    """
    if line is None:
        return BLANK
    middle = (first + last) // 2
    lines = [
        *((False, start, end, each) for start, end, each, _places in _censuses(years, vintage, first, last)),
        (True, first, last, line),
        (True, middle, last, convergence.fit(sample(years, vintage, middle, last), last - middle)),
    ]
    known = [(total, start, end, _sign(each)) for total, start, end, each in lines if each is not None]
    if len({sign for *_about, sign in known}) == 1:
        return BLANK
    parts = joined([_part(*each) for each in known], _("; "))
    return say("Whether poorer cities grew faster depends on the years and the measure: {parts}.", parts=parts)


def _part(total: bool, first: int, last: int, sign: int) -> Sentence:
    """The sign of one slope, in words."""
    told = {"measure": say("GDP"), "span": grown(first, last)}
    if not total:
        told = {"measure": say("GDP per head"), "span": _censused(first, last)}
    return {
        -1: say("{measure} {span}, faster", **told),
        0: say("{measure} {span}, not clear", **told),
        1: say("{measure} {span}, more slowly", **told),
    }[sign]


def moved(choices: pd.DataFrame) -> Sentence:
    """Which of `choices` moves the slope of the first one most, of those for total output; and what growth per head
    gives.
    """
    known = choices[choices["total"] & choices["slope"].notna()]
    if len(known) < 2 or known.index[0] != 0:
        return BLANK
    here, *others = (replace(slope, status="derived") for slope in known["slope"])
    there = max(others, key=lambda slope: abs(slope.value - here.value))
    told = {"choice": known["choice"].iloc[1:].tolist()[others.index(there)], "here": here, "there": there}
    heads = choices.loc[~choices["total"].astype(bool), "slope"].dropna()
    if heads.empty:
        return say("Of the choices “{choice}” moves this most, from {here} to {there}.", **told)
    return say(
        "Of the choices that keep the growth of GDP “{choice}” moves this most, from {here} to {there}; growth per "
        "head gives {head}.",
        head=replace(heads.iloc[0], status="derived"),
        **told,
    )


def _sign(line: Fit) -> int:
    """The sign of the slope, 0 when its interval holds zero."""
    _slope, low, high = line.interval
    return (low > 0) - (high < 0)


def converging(line: Fit | None, places: pd.DataFrame, years: int) -> Sentence:
    """The slope of growth of total output with its interval, and what it explains; no half-life, which is one of GDP
    per head.
    """
    if years < convergence.SHORTEST:
        return say(
            "No line is fitted: growth is known for {years} years of this choice, and {short} are needed.",
            years=max(years, 0),
            short=convergence.SHORTEST,
        )
    if line is None:
        return say(
            "No line is fitted: the start and all growth rates are known of {n} cities, and {few} are needed.",
            n=len(places),
            few=convergence.FEWEST,
        )
    said = paragraph(
        _twice(line, total=True),
        say(
            "R² is {r2} among {n} cities: one would mean that the start explains all differences in growth, zero "
            "that it explains none.",
            r2=_r2(line),
            n=line.n,
        ),
    )
    return said if _sign(line) else paragraph(said, say("The {level} interval holds zero.", level=LEVEL))


def _twice(line: Fit, total: bool) -> Sentence:
    """By how much a city with twice the GDP per head at the start grew more or less, with the interval."""
    told = _twofold(convergence.doubling(line))
    low, high = (replace(told[end], unit="coefficient", status="derived") for end in ("low", "high"))
    about = {"slope": magnitude(told["slope"]), "low": low, "high": high, "level": LEVEL}
    about |= {"more": choose(line.slope, 0.0, more="more", less="less", same="more or less")}
    if total:
        return say(
            "On average a city with twice the GDP per head at the start grew by {slope} a year {more} ({level} "
            "interval of the difference {low} to {high}).",
            **about,
        )
    return say(
        "On average GDP per head grew by {slope} a year {more} in a city with twice as much at the start ({level} "
        "interval of the difference {low} to {high}).",
        **about,
    )


def per_head(years: pd.DataFrame, vintage: str, first: int, last: int) -> Sentence:
    """Whether GDP per head grew faster in poorer cities, from the first census of these years to the last."""
    for start, end, line, places in _censuses(years, vintage, first, last):
        return heads(line, places, start, end)
    return say(
        "Growth per head is not worked out: heads are counted in a census, and {first} to {last} hold fewer than two.",
        first=first,
        last=last,
    )


def heads(line: Fit | None, places: pd.DataFrame, start: int, end: int) -> Sentence:
    """What a line of growth per head says: its sign, its slope, and the half-life where there is one."""
    if line is None:
        return say(
            "No line is fitted to growth per head: all figures are known of {n} cities, and {few} are needed.",
            n=len(places),
            few=convergence.FEWEST,
        )
    told = {"first": start, "last": end}
    first = {
        -1: say("From {first} to {last}, census to census, GDP per head grew faster in poorer cities.", **told),
        0: say(
            "From {first} to {last}, census to census, it is not clear whether GDP per head grew faster in poorer "
            "cities.",
            **told,
        ),
        1: say("From {first} to {last}, census to census, GDP per head grew more slowly in poorer cities.", **told),
    }[_sign(line)]
    rate, half = convergence.speed(line), convergence.half_life(line)
    if rate is None or half is None:
        return paragraph(first, _twice(line, total=False))
    speed = say(
        "As a speed of convergence that is {rate} a year, a half-life of {half} (between {low} and {high}).",
        rate=_told(rate)["slope"],
        **_told(half, "half"),
    )
    return paragraph(first, _twice(line, total=False), speed)


def _censused(first: int, last: int) -> Sentence:
    """The years of two censuses, each by its own name: growth is told from the first of its years in Chinese."""
    return say("from {first} to {last}", first=first, last=last)


def _censuses(
    years: pd.DataFrame, vintage: str, first: int, last: int
) -> list[tuple[int, int, Fit | None, pd.DataFrame]]:
    """The first and the last census of these years, with the line of growth per head between them and its cities."""
    found = []
    for start, end in convergence.censuses(first, last):
        places = _heads(years, vintage, start, end)
        found.append((start, end, convergence.fit(places, end - start), places))
    return found


def choices(years: pd.DataFrame, places: pd.DataFrame, vintage: str, first: int, last: int) -> pd.DataFrame:
    """The slope under other choices: ``choice`` in words, ``cities``, ``slope``, ``interval``, ``r2``, ``half``;
    ``total`` for growth of total output, of which there is no half-life.

    ``years`` has observations by year, ``places`` the rows of places.csv of the cities. What cannot be fitted is
    blank.
    """
    here, middle, length = sample(years, vintage, first, last), (first + last) // 2, last - first
    other = {"latest": "first_release"}.get(vintage, "latest")
    samples = [
        (say("as above: {vintage}, {span}", vintage=label(vintage), span=grown(first, last)), here, length),
        (
            say("GDP at the start by another vintage: {vintage}", vintage=label(other)),
            sample(years, other, first, last),
            length,
        ),
        (say("later start: {year}", year=middle), sample(years, vintage, middle, last), last - middle),
        (say("without the municipalities"), convergence.without(here, _of(places, "kind", "municipality")), length),
    ]
    for parent in places.loc[places["place"].isin(here["place"]), "parent"].mode()[:1]:
        less = convergence.without(here, _of(places, "parent", parent))
        samples.append((say("without the cities of {province}", province=name(parent)), less, length))
    total = len(samples)
    for start, end in convergence.censuses(first, last):
        words = say("growth per head, census to census: {span}", span=_censused(start, end))
        samples.append((words, _heads(years, vintage, start, end), end - start))
    rows = pd.DataFrame([_choice(*each) for each in samples])
    rows = rows.assign(total=rows.index < total)
    return rows.assign(half=rows["half"].mask(rows["total"]))  # a half-life is one of GDP per head


def sample(years: pd.DataFrame, vintage: str, first: int, last: int) -> pd.DataFrame:
    """GDP per head at the start, and the growth of total output."""
    people, rates = (observations.select(years, indicator=each) for each in ("pop_resident", "gdp_real_growth"))
    levels = observations.select(years, indicator="gdp_nominal", vintage=vintage)
    return convergence.sample(levels, people, rates, first, last)


def _heads(years: pd.DataFrame, vintage: str, first: int, last: int) -> pd.DataFrame:
    """GDP per head at the start, and its growth, both years being those of a census."""
    people = observations.select(years, indicator="pop_resident")
    return convergence.sample_per_head(sample(years, vintage, first, last), people, first, last)


def _of(places: pd.DataFrame, column: str, code: str) -> list[str]:
    return places.loc[places[column] == code, "place"].tolist()


def _choice(choice: Sentence, places: pd.DataFrame, years: int) -> dict:
    """One row of `choices`."""
    line = convergence.fit(places, years)
    row = {"choice": choice, "cities": len(places), "slope": None, "interval": None, "r2": None, "half": None}
    if line is None:
        return row
    told = _twofold(replace(convergence.doubling(line), unit="coefficient"))
    # The status stands beside the slope and is that of the whole row.
    low, high, r2 = (replace(fact, status="derived") for fact in (told["low"], told["high"], _r2(line)))
    half = convergence.half_life(line)
    return row | {
        "slope": told["slope"],
        "interval": say("{low} to {high}", low=low, high=high),
        "r2": r2,
        "half": half and replace(_told(half)["slope"], status="derived"),
    }


def _r2(line: Fit) -> Fact:
    """R² to two decimals."""
    return decimals(convergence.explained(line), 2)


def _twofold(slope: Fact) -> dict[str, Fact]:
    """A slope and the ends of its interval to two decimals, the ends outwards, alike in sentences and in the table."""
    ends = {"slope": slope.value, "low": math.floor(100 * slope.low) / 100, "high": math.ceil(100 * slope.high) / 100}
    return {key: decimals(replace(slope, value=end, low=end, high=end), 2) for key, end in ends.items()}
