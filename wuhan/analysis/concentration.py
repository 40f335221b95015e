"""How unequal a total is shared out, and what group totals alone allow one to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


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
