"""What a synthetic control says of a shock: one sentence for each standing of :mod:`wuhan.analysis.counterfactual`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

import pandas as pd

from wuhan.analysis import counterfactual, differences, growth
from wuhan.analysis.counterfactual import INDICATOR, Blend, Panel
from wuhan.charts import style
from wuhan.evidence import observations
from wuhan.evidence.facts import Fact, Unknown, ends, magnitude
from wuhan.text.prose import Sentence, choose, listed, name, paragraph, plural, say

BLEND = style.PALETTE[4]  # the colour of a blend, which is no place
UNFIT = ("outside", "poor")  # standings in which the blend does not follow the city


def answer(panel: Panel, blend: Blend, others: Sequence[Blend]) -> Sentence:
    """What the shock cost the city, and whether that has been made up; or why the method does not tell."""
    standing = counterfactual.standing(panel, blend, others)
    if panel.problem:
        return problem(panel)
    if standing in (*UNFIT, "faint", "common"):
        return _no_answer(panel, blend, others, standing)
    return _cost(panel, blend, others, standing)


def problem(panel: Panel) -> Sentence:
    """Why nothing can be compared, and what to choose instead."""
    city, year, first, few = name(panel.city), str(panel.year), str(panel.first), counterfactual.FEWEST
    if panel.problem == "years":
        return say(
            "Nothing can be fitted: {first} to {year} are too few years. Choose a first year of the fit at least {few} "
            "years before {year}.",
            first=first,
            year=year,
            few=few,
        )
    if panel.problem == "growth":
        return say(
            "Not known for {city}: its real growth has not been found for every year from {first} to {year}, as it has "
            "for {n} cities outside its province.",
            city=city,
            first=first,
            year=year,
            n=len(panel.donors),
        )
    if panel.problem == "donors":
        return say(
            "Nothing can be compared: {few} other cities whose growth since {first} is known are needed. Found: {n}.",
            first=first,
            n=len(panel.donors),
            few=few,
        )
    return say(
        "Not known yet: for {year} the growth of too few other cities has been found. The last year with enough is "
        "{end}.",
        year=year,
        end=str(panel.end),
    )


def _no_answer(panel: Panel, blend: Blend, others: Sequence[Blend], standing: str) -> Sentence:
    """The fit is too poor, or the gap is no larger than what is found without a shock."""
    city, year = name(panel.city), str(panel.year)
    gap, miss = counterfactual.gap(blend, panel.year), counterfactual.usual_miss(blend)
    if standing == "outside":
        return say(
            "The method does not answer for {city}: before {year} it had grown {more} every city it can be compared "
            "with, so that no blend of them follows it.",
            city=city,
            year=year,
            more=choose(blend.outside, 0, more="more than", less="less than", same="as much as"),
        )
    if standing == "poor":
        return say(
            "The method does not answer for {city}: in the years before {year} its blend missed it by {miss}, and the "
            "gap of {gap} in {year} is less than twice that.",
            city=city,
            year=year,
            miss=miss,
            gap=gap,
        )
    if standing == "faint":
        return say(
            "For {city} no break in {year} stands out: the gap of {gap} to its blend is less than twice the {miss} of "
            "the years before.",
            city=city,
            year=year,
            gap=gap,
            miss=miss,
        )
    return say(
        "In {year} the gap between {city}'s real output and a blend of cities that had grown like it was {gap}. That "
        "may be chance: so wide a gap is found for {k} of {cities}.",
        year=year,
        city=city,
        gap=gap,
        **_chance(blend, others, panel.year),
    )


def _cost(panel: Panel, blend: Blend, others: Sequence[Blend], standing: str) -> Sentence:
    """The gap of the year stands out: what it was, and what is left of it."""
    cost, rest = (counterfactual.gap(blend, year) for year in (panel.year, panel.end))
    told = {"year": str(panel.year), "city": name(panel.city), "cost": magnitude(cost)}
    later = {"end": str(panel.end), "rest": magnitude(rest)}
    if standing == "no_loss":
        return say(
            "In {year} {city}'s real output was {cost} above a blend of cities that had grown like it: by this measure "
            "there was no loss to make up.",
            **told,
        )
    if standing == "early":
        return say(
            "In {year} {city}'s real output was {cost} below a blend of cities that had grown like it. Whether that "
            "has been made up is not known yet.",
            **told,
        )
    if standing == "made_up" and isinstance(rest, Fact) and rest.value > 0:
        return say(
            "In {year} {city}'s real output was {cost} below a blend of cities that had grown like it. In {end} it was "
            "{rest} above: by this measure the loss had been made up.",
            **told,
            **later,
        )
    if standing == "made_up":
        return say(
            "In {year} {city}'s real output was {cost} below a blend of cities that had grown like it. The gap of "
            "{gap} in {end} is less than twice the usual one: by this measure the loss had been made up.",
            **told,
            end=str(panel.end),
            gap=rest,
        )
    chance = _chance(blend, others, panel.end)
    if standing == "untold":
        return say(
            "In {year} {city}'s real output was {cost} below a blend of cities that had grown like it. The {rest} "
            "still missing in {end} may be chance: so wide a gap is found for {k} of {cities}.",
            **told,
            **later,
            **chance,
        )
    return say(
        "In {year} {city}'s real output was {cost} below a blend of cities that had grown like it, and in {end} still "
        "{rest}: not made up. So wide a gap is found for {k} of {cities}.",
        **told,
        **later,
        **chance,
    )


def _chance(blend: Blend, others: Sequence[Blend], year: int) -> dict:
    """How many of the cities that the city is compared with are as far from their blends in ``year``, for a sentence:
    ``k``, and ``cities`` with their number.
    """
    peers = counterfactual.comparable(blend, others)
    return {"k": counterfactual.as_far(blend, peers, year), "cities": compared(peers, others)}


def compared(peers: Sequence[Blend], others: Sequence[Blend]) -> Sentence:
    """The cities that the city is compared with, ``peers`` among ``others``: comparable ones, or simply all."""
    n = len(peers)
    if n == len(others):
        cities = plural(n, one="other city", many="other cities")
    else:
        cities = plural(n, one="comparable city", many="comparable cities")
    return say("{n} {cities}", n=n, cities=cities)


def finding(panel: Panel, blend: Blend, others: Sequence[Blend]) -> Sentence:
    """The title of the figure of the city and its blend: the gap, and what it is worth."""
    standing = counterfactual.standing(panel, blend, others)
    cost, rest = (counterfactual.gap(blend, year) for year in (panel.year, panel.end))
    told = {"city": name(panel.city), "year": str(panel.year)}
    if standing in UNFIT:
        return say("No blend follows {city} closely before {year}: the gap tells nothing", **told)
    if standing == "faint":
        return say("{city} against its blend: no break in {year} stands out", **told)
    if standing == "common":
        return say("{city} against its blend: {gap} in {year}, which may be chance", **told, gap=cost)
    if standing == "untold":
        return say(
            "{city} against its blend: {gap} in {year}; {rest} in {end} may be chance",
            **told,
            gap=cost,
            rest=rest,
            end=str(panel.end),
        )
    return say("{city} against its blend: {gaps}", city=name(panel.city), gaps=gaps(panel, blend))


def nothing(panel: Panel) -> Sentence | None:
    """What stands where nothing can be compared; None where it can."""
    return say("Nothing is compared here, for the reason given at the top.") if panel.problem else None


def untested(panel: Panel, blend: Blend, others: Sequence[Blend]) -> Sentence | None:
    """What stands in place of the tests of a gap that tells nothing; None where it is put to the test."""
    if counterfactual.standing(panel, blend, others) not in UNFIT:
        return nothing(panel)
    return say(
        "The gap of {city} is not tested: no blend follows it closely before {year}.",
        city=name(panel.city),
        year=str(panel.year),
    )


def too_early(pretended: Blend) -> Sentence | None:
    """What stands where a shock can not be pretended; None where it can."""
    if len(pretended.gaps):
        return None
    return say(
        "No shock is pretended: there are too few years before {year} to fit a blend to.", year=str(pretended.year)
    )


def recovery(rates: pd.DataFrame, panel: Panel) -> Sentence:
    """What output did in the year of the shock, and how its level stood after; ``rates`` are those of the city."""
    year = panel.year
    end = max([year, *growth.chain_indices(rates, year - 1)["year"]])
    told = {
        "year": str(year),
        "before": str(year - 1),
        "end": str(end),
        "rate": observations.find(rates, panel.city, INDICATOR, str(year)),
        "level": growth.multiple(observations.span(rates, panel.city, INDICATOR, year, end)),
    }
    own = rates[rates["year"] == year]
    if (own["low"] >= 0).any():
        return say(
            "Output did not fall in {year}: growth was {rate}, and in {end} output was {level} that of {before}.",
            **told,
        )
    if not (own["high"] < 0).any():
        return say(
            "Output is not known to have fallen: growth was {rate} in {year}, and in {end} output was {level} that of "
            "{before}.",
            **told,
        )
    back = growth.recovery_year(rates, year)
    if back is None:
        return say(
            "Growth in {year} was {rate}. No later year is known to be above the level of {before}; {end} was {level} "
            "that.",
            **told,
        )
    return say(
        "Growth in {year} was {rate}. In {back} output was above the level of {before} again, and in {end} it was "
        "{level} that level.",
        **told,
        back=str(back),
    )


def in_years(panel: Panel, what: Callable[[int], Fact | Unknown | Sentence | int]) -> Sentence:
    """What holds in the year of the shock and at the end: "-8% in 2020, -4% in 2023"."""
    years = dict.fromkeys((panel.year, panel.end))
    return listed(say("{what} in {year}", what=what(year), year=str(year)) for year in years)


def gaps(panel: Panel, blend: Blend) -> Sentence:
    """The gap in the year of the shock and at the end."""
    return in_years(panel, functools.partial(counterfactual.gap, blend))


def as_far(panel: Panel, blend: Blend, others: Sequence[Blend]) -> Sentence:
    """How many of ``others`` are as far from their blends in the year of the shock and at the end."""
    return in_years(panel, functools.partial(counterfactual.as_far, blend, others))


def without_one(panel: Panel, blend: Blend, without: Sequence[Blend]) -> Sentence:
    """The range of the gap without one donor in the year of the shock and at the end."""
    return in_years(panel, lambda year: between(counterfactual.gap(blend, year, without)))


def path(panel: Panel, blend: Blend) -> Sentence:
    """The gap of the first years from the shock on, and of the last."""
    years = dict.fromkeys([*range(panel.year, panel.end + 1)[:3], panel.end])
    each = [say("{gap} in {year}", gap=counterfactual.gap(blend, year), year=str(year)) for year in years]
    return say("The gap to the blend was {gaps}.", gaps=listed(each))


def closeness(rates: pd.DataFrame, panel: Panel, blend: Blend) -> Sentence:
    """How well the blend fits, whether another would, and whether the shock struck the cities in it; blank if none."""
    if blend.gaps.empty:
        return Sentence("", "")
    alone = (
        say("No other weights fit as well.")
        if blend.unique
        else say("Other weights fit as well, and may give other gaps.")
    )
    about = {"year": str(panel.year), "city": name(panel.city)}
    missed = (
        say("Before {year} the blend is closer to {city} than the rates are rounded.", **about)
        if (blend.before < counterfactual.ROUNDING)
        else say(
            "Before {year} the blend missed {city} by {miss} (root mean square of the gaps).",
            **about,
            miss=counterfactual.usual_miss(blend),
        )
    )
    number, fell = len(counterfactual.shares(blend)), counterfactual.fell(rates, blend)
    told = {"year": str(panel.year), "n": number, "cities": plural(number, one="city in it", many="cities in it")}
    hit = (
        say("Output fell in {year} in {k} of the {n} {cities}.", k=fell, **told)
        if fell
        else say("Output fell in {year} in none of the {n} {cities}.", **told)
    )
    return paragraph(missed, alone, hit)


def sharpness(panel: Panel, blend: Blend, others: Sequence[Blend]) -> Sentence:
    """The rank of the city among the placebos, and how many of those fitted as well are as far from their blends."""
    table = counterfactual.ratios(blend, others)
    rank = int(table.set_index("place")["rank"][panel.city])
    said = [
        say(
            "By the ratio {city} is number {rank} of {n} cities: p = {p}, the rank over their number.",
            city=name(panel.city),
            rank=rank,
            n=len(table),
            p=counterfactual.p_value(table, blend),
        )
    ]
    if rank > 1:
        same = int((table.loc[table["rank"] < rank, "side"] > 0).sum())
        ahead = plural(rank - 1, one="city ahead of it", many="cities ahead of it")
        told = {"year": str(panel.year), "n": rank - 1, "cities": ahead}
        said.append(
            say("Of {n} {cities}, {same} had a gap to the same side in {year}.", same=same, **told)
            if same
            else say("No city ahead of it had a gap to the same side in {year}.", year=told["year"])
        )
    said.append(
        say(
            "The number of cities as far from their blends, of all {n} treated in turn, is {counts}.",
            n=len(others),
            counts=as_far(panel, blend, others),
        )
    )
    if counterfactual.standing(panel, blend, others) == "untold" and rank <= counterfactual.CHANCE * len(table):
        said.append(
            say(
                "The two tests ask different things: the ratio takes the years from {year} to {end} together, and "
                "so sharp a break is rare; a gap as wide as that of {end} alone is not.",
                year=str(panel.year),
                end=str(panel.end),
            )
        )
    return paragraph(*said)


def robustness(panel: Panel, blend: Blend, pretended: Blend, without: Sequence[Blend]) -> Sentence:
    """What a shock pretended earlier gives, and how far one donor moves the gap."""
    told = (
        [
            say(
                "With the shock pretended in {pretended} the widest gap until {before} is {most}. With that of "
                "{year} the gap is {gaps}.",
                pretended=str(pretended.year),
                before=str(panel.year - 1),
                most=counterfactual.widest(pretended),
                year=str(panel.year),
                gaps=gaps(panel, blend),
            )
        ]
        if len(pretended.gaps)
        else []
    )
    reach = say("With each donor left out in turn the gap is {reach}.", reach=without_one(panel, blend, without))
    return paragraph(*told, reach)


def alternatives(panel: Panel, apart: pd.DataFrame, followed: bool = True) -> Sentence:
    """The shock by plain differences (``apart``: their departures), and by a blend fitted in per cent, unless the
    first blend has not ``followed`` the city.
    """
    now, total = (panel.year, panel.year), (panel.year, panel.end)
    simple = say(
        "Differences in differences give {now} in {year}. By chance about one city in twenty is farther than {chance} "
        "from the others.",
        now=differences.difference(apart, panel, *now),
        chance=differences.chance(apart, panel, *now),
        year=str(panel.year),
    )
    added = say(
        "Added up from {year} to {end} they give {total}; by chance about one in twenty is farther than {wide}.",
        total=differences.difference(apart, panel, *total),
        wide=differences.chance(apart, panel, *total),
        year=str(panel.year),
        end=str(panel.end),
    )
    told = [simple, added] if panel.end > panel.year else [simple]
    if not followed:
        return paragraph(*told)
    again = counterfactual.fit(panel, relative=True)
    table = counterfactual.ratios(again, counterfactual.placebos(panel, relative=True))
    other = say(
        "A blend for which misses count in per cent, and not in points of the index, gives a gap of {gaps}, and makes "
        "the city number {rank} of {n} by the ratio.",
        gaps=gaps(panel, again),
        rank=int(table.set_index("place")["rank"][panel.city]),
        n=len(table),
    )
    return paragraph(*told, other)


def between(fact: Fact | Unknown) -> Sentence | Unknown:
    """The ends of the interval of a fact: "-5% to -3%"."""
    if isinstance(fact, Unknown):
        return fact
    low, high = ends(fact)
    return say("{low} to {high}", low=low, high=high)
