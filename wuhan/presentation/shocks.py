"""What a synthetic control says of a shock: one sentence for each standing of :mod:`wuhan.analysis.counterfactual`."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from wuhan.analysis import counterfactual, growth
from wuhan.analysis.counterfactual import INDICATOR, Blend, Panel
from wuhan.evidence import observations
from wuhan.evidence.facts import Fact, Unknown, ends, magnitude
from wuhan.presentation.prose import Sentence, choose, listed, name, say


def answer(panel: Panel, blend: Blend, others: Sequence[Blend]) -> Sentence:
    """What the shock cost the city, and whether that has been made up; or why the method does not tell."""
    standing = counterfactual.standing(panel, blend, others)
    if panel.problem:
        return problem(panel)
    if standing in ("outside", "poor", "faint", "common"):
        return _no_answer(panel, blend, others, standing)
    return _cost(panel, blend, others, standing)


def problem(panel: Panel) -> Sentence:
    """Why nothing can be compared, and what to choose instead."""
    city, year, first, few = name(panel.city), str(panel.year), str(panel.first), counterfactual.FEWEST
    if panel.problem == "years":
        return say(
            "Nothing can be fitted: {first} to {year} are too few years. Choose a first year of the fit at least {few} "
            "years before {year}.",
            first=first, year=year, few=few,
        )  # fmt: skip
    if panel.problem == "growth":
        return say(
            "Not known for {city}: its real growth has not been found for every year from {first} to {year}.",
            city=city, first=first, year=year,
        )  # fmt: skip
    if panel.problem == "donors":
        return say(
            "Nothing can be compared: growth since {first} is known of {n} other cities, and {few} are needed.",
            first=first, n=len(panel.donors), few=few,
        )  # fmt: skip
    return say(
        "Not known yet: for {year} the growth of too few other cities has been found. The last year with enough is "
        "{end}.",
        year=year, end=str(panel.end),
    )  # fmt: skip


def _no_answer(panel: Panel, blend: Blend, others: Sequence[Blend], standing: str) -> Sentence:
    """The fit is too poor, or the gap is no larger than what is found without a shock."""
    city, year = name(panel.city), str(panel.year)
    gap, miss = counterfactual.gap(blend, panel.year), counterfactual.usual_miss(blend)
    if standing == "outside":
        return say(
            "The method does not answer for {city}: before {year} it had grown {more} every city it can be compared "
            "with, so that no blend of them follows it.",
            city=city, year=year, more=choose(blend.outside, 0, more="more than", less="less than", same="as much as"),
        )  # fmt: skip
    if standing == "poor":
        return say(
            "The method does not answer for {city}: in the years before {year} its blend missed it by {miss}, and the "
            "gap of {gap} in {year} is less than twice that.",
            city=city, year=year, miss=miss, gap=gap,
        )  # fmt: skip
    if standing == "faint":
        return say(
            "For {city} no break in {year} stands out: the gap of {gap} to its blend is less than twice the {miss} of "
            "the years before.",
            city=city, year=year, gap=gap, miss=miss,
        )  # fmt: skip
    return say(
        "In {year} the gap between {city}'s real output and a blend of cities that had grown like it was {gap}. That "
        "may be chance: {k} of {n} other cities were as far from theirs.",
        year=year, city=city, gap=gap, k=counterfactual.as_far(blend, others, panel.year),
        n=len(others),
    )  # fmt: skip


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
        )  # fmt: skip
    if standing == "early":
        return say(
            "In {year} {city}'s real output was {cost} below a blend of cities that had grown like it. Whether that "
            "has been made up is not known yet.",
            **told,
        )  # fmt: skip
    if standing == "made_up":
        return say(
            "In {year} {city}'s real output was {cost} below a blend of cities that had grown like it. In {end} the "
            "gap was {gap}: the loss had been made up.",
            **told, end=str(panel.end), gap=rest,
        )  # fmt: skip
    chance = {"k": counterfactual.as_far(blend, others, panel.end), "n": len(others)}
    if standing == "untold":
        return say(
            "In {year} {city}'s real output was {cost} below a blend of cities that had grown like it. The {rest} "
            "still missing in {end} may be chance: {k} of {n} other cities were as far from theirs.",
            **told, **later, **chance,
        )  # fmt: skip
    return say(
        "In {year} {city}'s real output was {cost} below a blend of cities that had grown like it, and in {end} still "
        "{rest}: not made up. Of {n} other cities {k} were as far from theirs.",
        **told, **later, **chance,
    )  # fmt: skip


def recovery(rates: pd.DataFrame, panel: Panel) -> Sentence:
    """What output did in the year of the shock, and how its level stood after; ``rates`` are those of the city."""
    year, end = panel.year, max(panel.end, panel.year)
    told = {
        "year": str(year), "before": str(year - 1), "end": str(end),
        "rate": observations.find(rates, panel.city, INDICATOR, str(year)),
        "level": growth.multiple(observations.span(rates, panel.city, INDICATOR, year, end)),
    }  # fmt: skip
    if not (rates.loc[rates["year"] == year, "high"] < 0).any():
        return say(
            "Output is not known to have fallen: growth was {rate} in {year}, and in {end} output was {level} that of "
            "{before}.",
            **told,
        )  # fmt: skip
    back = growth.recovery_year(rates, year)
    if back is None:
        return say(
            "Growth in {year} was {rate}. No later year is known to be above the level of {before}; {end} was {level} "
            "that.",
            **told,
        )  # fmt: skip
    return say(
        "Growth in {year} was {rate}. In {back} output was above the level of {before} again, and in {end} it was "
        "{level} that level.",
        **told, back=str(back),
    )  # fmt: skip


def gaps(blend: Blend) -> Sentence:
    """The gap of each year from the shock on."""
    later = [counterfactual.gap(blend, int(year)) for year in blend.gaps["year"] if year >= blend.year]
    if not later:
        return say("No gap to a blend is known.")
    each = [say("{gap} in {year}", gap=gap, year=gap.period) for gap in later]
    return say("The gap to the blend was {gaps}.", gaps=listed(each))


def uniqueness(blend: Blend) -> Sentence:
    """Whether other weights would fit as well."""
    if blend.unique:
        return say("No other weights fit as well.")
    return say("Other weights fit as well, and may give other gaps.")


def between(fact: Fact | Unknown) -> Sentence | Unknown:
    """The ends of the interval of a fact: "-5% to -3%"."""
    if isinstance(fact, Unknown):
        return fact
    low, high = ends(fact)
    return say("{low} to {high}", low=low, high=high)
