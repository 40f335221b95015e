"""What is said of the parts of one event: its large projects beside those of others, those signed on stage."""

from __future__ import annotations

import pandas as pd

from wuhan.evidence.facts import Fact
from wuhan.text.prose import Sentence, choose, listed, roughly, say, spelt

FEW = 3  # shares that are told one by one


def elsewhere(shares: list[Fact]) -> Sentence:
    """What large projects carry at other events; ``shares`` in order of size."""
    if len(shares) == 1:
        return say(
            "At the other event that prints it, large projects carry {share} of the money.", share=roughly(shares[0])
        )
    if len(shares) <= FEW:
        return say(
            "At the other {n} events that print it, large projects carry {shares} of the money.",
            n=spelt(len(shares)),
            shares=listed(map(roughly, shares)),
        )
    return say(
        "At the other {n} events that print it, large projects carry {low} to {high} of the money.",
        n=spelt(len(shares)),
        low=roughly(shares[0]),
        high=roughly(shares[-1]),
    )


def stage(staged: pd.Series, other: pd.Series) -> Sentence:
    """How the projects signed on stage compare with the others, if they are part of the total."""
    return say(
        "If the {n} projects signed on stage are part of the total, which is likely but not printed, they were {size} "
        "on average: {mean} against {rest}.",
        n=staged["count"],
        size=choose(staged["mean"], other["mean"], more="larger", less="smaller", same="of like size"),
        mean=roughly(staged["mean"]),
        rest=roughly(other["mean"]),
    )
