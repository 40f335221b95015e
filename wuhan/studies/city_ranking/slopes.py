"""A line through all cities, in sentences: did poorer places grow faster, by any choice?"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from wuhan.analysis import convergence
from wuhan.analysis.convergence import Fit
from wuhan.evidence import observations
from wuhan.evidence.facts import Fact
from wuhan.evidence.rounding import rounded
from wuhan.text.language import _, noted
from wuhan.text.prose import Sentence, grown, joined, label, name, paragraph, say

CHOICES = {  # heads of the table
    "choice": noted("Choice"),
    "cities": noted("Cities"),
    "slope": noted("Percentage points a year"),
    "interval": noted("Interval"),
    "r2": noted("R²"),
    "half": noted("Half-life"),
}


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
    told = Sentence("", "")
    if line is None:
        return told
    middle = (first + last) // 2
    lines = [
        (True, first, last, line),
        (True, middle, last, convergence.fit(_sample(years, vintage, middle, last), last - middle)),
    ]
    for start, end in convergence.censuses(first, last):
        lines.append((False, start, end, convergence.fit(_heads(years, vintage, start, end), end - start)))
    known = [(total, start, end, _sign(each)) for total, start, end, each in lines if each is not None]
    if len({sign for *_about, sign in known}) == 1:
        return told
    parts = joined([_part(*each) for each in known], _("; "))
    return say("Whether poorer cities grew faster depends on the years and the measure: {parts}.", parts=parts)


def _part(total: bool, first: int, last: int, sign: int) -> Sentence:
    """The sign of one slope, in words."""
    told = {"measure": say("GDP") if total else say("GDP per head"), "span": grown(first, last)}
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
        return Sentence("", "")
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
    """The slope with its interval, what it explains, and the half-life where there is one."""
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
    told = _told(convergence.doubling(line))
    low, high = (replace(told[end], unit="coefficient", status="derived") for end in ("low", "high"))
    said = [
        say(
            "On average the growth a year of a city with twice the GDP per head at the start differed by {slope} (95% "
            "interval {low} to {high}).",
            slope=told["slope"],
            low=low,
            high=high,
        ),
        say(
            "R² is {r2} among {n} cities: one would mean that the start explains all differences in growth, zero "
            "that it explains none.",
            r2=_r2(line),
            n=line.n,
        ),
    ]
    rate, half = convergence.speed(line), convergence.half_life(line)
    if rate is None or half is None:
        return paragraph(
            *said,
            say("The interval holds zero, so no half-life is worked out.")
            if _sign(line) == 0
            else say("No half-life is worked out from such a slope."),
        )
    return paragraph(
        *said,
        say(
            "As a speed of convergence that is {rate} a year, a half-life of {half} (between {low} and {high}).",
            rate=_told(rate)["slope"],
            **_told(half, "half"),
        ),
    )


def choices(years: pd.DataFrame, places: pd.DataFrame, vintage: str, first: int, last: int) -> pd.DataFrame:
    """The slope under other choices: ``choice`` in words, ``cities``, ``slope``, ``interval``, ``r2``, ``half``;
    ``total`` for growth of total output.

    ``years`` has observations by year, ``places`` the rows of places.csv of the cities. What cannot be fitted is
    blank.
    """
    here, middle = _sample(years, vintage, first, last), (first + last) // 2
    other = {"latest": "first_release"}.get(vintage, "latest")
    told = {"vintage": label(vintage), "span": grown(first, last)}
    samples = [
        (say("as above: {vintage}, {span}", **told), here, last - first),
        (
            say("GDP at the start by another vintage: {vintage}", vintage=label(other)),
            _sample(years, other, first, last),
            last - first,
        ),
        (say("later start: {span}", span=grown(middle, last)), _sample(years, vintage, middle, last), last - middle),
        (
            say("without the municipalities"),
            convergence.without(here, _of(places, "kind", "municipality")),
            last - first,
        ),
    ]
    for parent in places.loc[places["place"].isin(here["place"]), "parent"].mode()[:1]:
        less = convergence.without(here, _of(places, "parent", parent))
        samples.append((say("without the cities of {province}", province=name(parent)), less, last - first))
    total = len(samples)
    for start, end in convergence.censuses(first, last):
        words = say("growth per head, census to census: {span}", span=grown(start, end))
        samples.append((words, _heads(years, vintage, start, end), end - start))
    rows = pd.DataFrame([_choice(*each) for each in samples])
    return rows.assign(total=rows.index < total)


def _sample(years: pd.DataFrame, vintage: str, first: int, last: int) -> pd.DataFrame:
    """GDP per head at the start, and the growth of total output."""
    people, rates = (observations.select(years, indicator=each) for each in ("pop_resident", "gdp_real_growth"))
    levels = observations.select(years, indicator="gdp_nominal", vintage=vintage)
    return convergence.sample(levels, people, rates, first, last)


def _heads(years: pd.DataFrame, vintage: str, first: int, last: int) -> pd.DataFrame:
    """GDP per head at the start, and its growth, both years being those of a census."""
    people = observations.select(years, indicator="pop_resident")
    return convergence.sample_per_head(_sample(years, vintage, first, last), people, first, last)


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
        "slope": told["slope"],
        "interval": say("{low} to {high}", low=low, high=high),
        "r2": r2,
        "half": half and replace(_told(half)["slope"], status="derived"),
    }


def _r2(line: Fit) -> Fact:
    """R² to two decimals."""
    fact = convergence.explained(line)
    value = round(fact.value, 2)
    return replace(fact, value=value, low=value, high=value)
