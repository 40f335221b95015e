"""How unequal a total is shared out, and what group totals alone allow one to say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.stats import chi2


@dataclass(frozen=True)
class Group:
    """A size class: ``count`` members that hold ``amount`` together, each between ``floor`` and ``ceiling``."""

    count: float
    amount: float
    floor: float
    ceiling: float


def gini_bounds(groups: Sequence[Group]) -> tuple[float, float]:
    """Smallest and largest Gini coefficient (0 to 1) that grouped totals allow.

    ``groups`` are size classes in any order, amounts, floors and ceilings in one unit; the ceiling of the top
    class may be ``float("inf")``. The lower bound puts every member at the mean of its class; the upper bound
    spreads each class to its own limits. Raises ``ValueError`` when the mean of a class lies outside its
    limits.

    Method: Gastwirth, J. L. (1972), "The Estimation of the Lorenz Curve and Gini Index", Review of Economics
    and Statistics 54(3), 306-316.
    """
    ordered = sorted(groups, key=lambda group: group.amount / group.count)
    for group in ordered:
        if not group.floor <= group.amount / group.count <= group.ceiling:
            raise ValueError(
                f"gini_bounds: mean {group.amount / group.count:g} of a class lies outside "
                f"{group.floor:g} to {group.ceiling:g}"
            )
    members = sum(group.count for group in ordered)
    total = sum(group.amount for group in ordered)
    lower, below = 1.0, 0.0
    for group in ordered:
        share = group.amount / total
        lower -= group.count / members * (2 * below + share)
        below += share
    spread = sum((group.count / members) ** 2 * _within(group) for group in ordered) / (total / members)
    return max(lower, 0.0), min(lower + spread, 1.0)


def _within(group: Group) -> float:
    """Largest mean difference inside one class, times one half, in the unit of the amounts."""
    mean = group.amount / group.count
    if group.ceiling == float("inf"):
        return mean - group.floor
    if group.ceiling == group.floor:
        return 0.0
    return (mean - group.floor) * (group.ceiling - mean) / (group.ceiling - group.floor)


def overlap_bounds(first: float, second: float, whole: float) -> tuple[float, float]:
    """Smallest and largest common part of two parts of one whole, when only their sizes are known.

    All three in one unit (projects, or yuan). Raises ``ValueError`` when a part exceeds the whole.
    Method: Fréchet inequalities.
    """
    if not 0 <= min(first, second) <= max(first, second) <= whole:
        raise ValueError(f"overlap_bounds: parts {first:g} and {second:g} do not fit into {whole:g}")
    return max(0.0, first + second - whole), min(first, second)


def gini(values: Sequence[float]) -> float:
    """The Gini coefficient of ``values`` (none below zero), as they are: no correction for a sample.

    The sum of |x - y| over all ordered pairs, over 2 n times the sum; that is the sum of (2 i - n - 1) x_i over n times
    the sum, with x_i in ascending order. 0 for equal values; (n - 1) / n when one of n holds all. Raises ``ValueError``
    for a value below zero and for a sum of zero.
    """
    if min(values, default=0) < 0 or sum(values) == 0:
        raise ValueError("gini: pass values of which none is below zero and one at least is above")
    ordered, count = sorted(values), len(values)
    return sum((2 * rank - count - 1) * value for rank, value in enumerate(ordered, 1)) / (count * sum(ordered))


def gini_range(lows: Sequence[float], highs: Sequence[float]) -> tuple[float, float]:
    """Smallest and largest Gini coefficient of values of which each lies in its own interval, exactly.

    ``lows`` (none below zero) and ``highs`` (above zero and finite) pairwise. The coefficient is smallest with every
    value as near as it can be to one common level, which is one of the ends. It is largest with every value at an end,
    the higher ranks at their high ones: given the coefficient, which value takes which rank is an assignment problem,
    and the coefficient follows by Dinkelbach's iteration.

    Method: Dinkelbach, W. (1967), "On Nonlinear Fractional Programming", Management Science 13(7), 492-498.
    """
    low, high = np.array(lows, dtype=float), np.array(highs, dtype=float)
    nearest = min(gini(list(np.clip(level, low, high))) for level in (*lows, *highs) if level > 0)
    farthest, reached = -1.0, gini(list(high))
    while reached > farthest + 1e-12:
        farthest = reached
        weights = 2.0 * np.arange(1, len(low) + 1) - len(low) - 1 - len(low) * farthest
        worth = np.maximum(np.outer(low, weights), np.outer(high, weights))
        value, rank = linear_sum_assignment(worth, maximize=True)
        reached = max(farthest, gini(list(np.where(weights[rank] >= 0, high[value], low[value]))))
    return nearest, farthest


def pareto_tail(values: Sequence[float], floor: float, confidence: float = 0.95) -> tuple[float, float, float]:
    """Exponent a of a Pareto tail above ``floor`` and the ends of its interval: P(X > x) = (floor / x) ** a.

    Maximum likelihood over the k values of at least ``floor``: k over the sum of ln(x / floor). 2 k a / estimate is
    chi-squared with 2 k degrees of freedom, which gives the exact interval. A small exponent is a heavy tail: with one
    of at most 1 there is no mean. Raises ``ValueError`` unless two values or more lie above ``floor``.

    Method: Hill, B. M. (1975), "A Simple General Approach to Inference About the Tail of a Distribution", Annals of
    Statistics 3(5), 1163-1174.
    """
    tail = [value for value in values if value >= floor]
    if sum(value > floor for value in tail) < 2:
        raise ValueError(f"pareto_tail: fewer than two values above {floor:g}")
    estimate = len(tail) / sum(math.log(value / floor) for value in tail)
    ends = chi2.ppf([(1 - confidence) / 2, (1 + confidence) / 2], 2 * len(tail)) / (2 * len(tail))
    return estimate, float(estimate * ends[0]), float(estimate * ends[1])
