"""Placebo tests of a synthetic control: how often a gap as large would be found where no shock struck.

Every donor is treated in turn, as if the shock had struck it (placebo in space), or a shock is pretended years before
(placebo in time), or the blend is fitted again without one donor. `standing` is what all of it answers together.

Methods: Abadie, Diamond and Hainmueller, Journal of the American Statistical Association 105 (2010), 493-505; Abadie,
Journal of Economic Literature 59 (2021), 391-425.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from wuhan.analysis import ranking
from wuhan.analysis.counterfactual import INDICATOR, NO_GAPS, ROUNDING, Blend, Panel, around, derived, fact, fit
from wuhan.evidence.bounds import canonical
from wuhan.evidence.facts import Fact, Unknown

BACK = 5  # years by which the shock of the in-time placebo is early
STEADY = 2.0  # times its usual size that a gap must be to stand out
CHANCE = 0.1  # share of the placebos with as large a gap from which on a gap may be chance
ALIKE = 5.0  # times the mean squared gap of the city that a comparable placebo may have (Abadie et al. 2010, figure 6)
ENOUGH = 10  # comparable placebos; with fewer all are compared, since then no share could be below CHANCE


def in_space(panel: Panel) -> list[Blend]:
    """Every donor treated in turn, with the other donors as its own, those of its province too (placebo in space)."""
    return [fit(panel, each, _others(panel, each)) for each in panel.donors]


def leave_one_out(panel: Panel, blend: Blend) -> dict[str, Blend]:
    """By donor with weight, in order of weight: the blend fitted again without it."""
    used = blend.weights[blend.weights > 0].sort_values(ascending=False, kind="stable").index
    return {each: fit(panel, donors=_others(panel, each)) for each in used}


def _others(panel: Panel, donor: str) -> list[str]:
    return [other for other in panel.donors if other != donor]


def ratios(blend: Blend, others: Iterable[Blend]) -> pd.DataFrame:
    """Post/pre RMSPE ratio of the city and of all placebos, largest first, with ``rank`` and the gap in the year.

    ``side`` is 1 where the gap in the year of the shock has the sign of the city's, -1 where it has the other.
    """
    if blend.gaps.empty:
        return NO_GAPS.assign(rank=[], gap=[], side=[])
    rows = []
    for each in (blend, *others):
        now, last = each.at(each.year), each.gaps.iloc[-1]
        rows.append({"place": each.city, "gap": now, **derived(each.ratio, last)})
    table = ranking.rank(pd.DataFrame(rows))
    return table.assign(side=np.where(np.sign(table["gap"]) == np.sign(rows[0]["gap"]), 1, -1))


def as_far(blend: Blend, others: Iterable[Blend], year: int) -> tuple[int, int]:
    """How many of ``others`` are in ``year`` as far from their own blends as the city is, or farther: to its side, and
    to the other. Whether a loss may be chance is a question of its own side alone: who ran ahead of a blend lost
    nothing.
    """
    now = blend.at(year)
    gaps = [other.at(year) * math.copysign(1.0, now) for other in others]
    return sum(gap >= abs(now) for gap in gaps), sum(-gap >= abs(now) for gap in gaps)


def comparable(blend: Blend, others: Sequence[Blend]) -> list[Blend]:
    """Those of ``others`` that are fitted about as well: their mean squared gap before the shock is at most ``ALIKE``
    times that of the city. All, when these are fewer than ``ENOUGH``.
    """
    most = canonical(np.sqrt(ALIKE) * max(blend.before, ROUNDING))
    alike = [other for other in others if other.before <= most]
    return alike if len(alike) >= ENOUGH else list(others)


def common(blend: Blend, others: Sequence[Blend], year: int) -> list[Blend]:
    """The cities beside which the gap of ``year`` may be chance: the `comparable` ones, else all ``others``, when at
    least ``CHANCE`` of them are as far from their blends to the same side. Empty where it is rare among both.
    """
    groups = (comparable(blend, others), list(others))
    return next((group for group in groups if as_far(blend, group, year)[0] >= CHANCE * len(group)), [])


def standing(panel: Panel, blend: Blend, others: Sequence[Blend]) -> str:
    """What the method answers: the problem of the panel, or one of these, the first that holds.

    - "outside": the city had grown more, or less, than every donor, so that no blend follows it
    - "poor", "faint": the gap in the year of the shock is less than ``STEADY`` times the usual one before, where the
      fit is worse than that of most placebos, or not
    - "common": the gap in the year of the shock is `common` among the comparable placebos, or among all
    - "no_loss": the gap is above zero
    - "early": nothing is known of later years
    - "made_up": at the end the city is no longer below its blend by ``STEADY`` times the usual gap
    - "untold": it is, but that gap is `common`
    - "not_made_up"
    """
    if panel.problem:
        return panel.problem
    now, later, usual = blend.at(panel.year), blend.at(panel.end), max(blend.before, ROUNDING)
    if blend.outside:
        return "outside"
    if abs(now) < STEADY * usual:
        return "poor" if blend.before > canonical(np.median([other.before for other in others])) else "faint"
    if common(blend, others, panel.year):
        return "common"
    if now > 0:
        return "no_loss"
    if panel.end == panel.year:
        return "early"
    if later >= -STEADY * usual:
        return "made_up"
    return "untold" if common(blend, others, panel.end) else "not_made_up"


def p_value(table: pd.DataFrame, blend: Blend) -> Fact | Unknown:
    """The rank of the city in `ratios` over their number (a share, of the city and all placebos together): how often
    so sharp a break would be found if the shock had struck one of them at random.
    """
    rank = table.loc[table["place"] == blend.city, "rank"]
    if rank.empty:
        return Unknown(blend.city, INDICATOR, str(blend.year))
    p = rank.iloc[0] / len(table)
    what = "rank of the ratio of errors over number of cities"
    return fact(blend, around(p, 0.0005), "coefficient", what, int(blend.gaps["year"].max()))
