"""What a zone's amount and its share of the city tell of the city's own."""

from __future__ import annotations

from dataclasses import replace

from wuhan.evidence import facts
from wuhan.evidence.facts import Fact
from wuhan.studies.ai_ecosystem import numbers
from wuhan.studies.ai_ecosystem.figures import Figures
from wuhan.studies.ai_ecosystem.numbers import SCALE
from wuhan.text.prose import Sentence, name, roughly, say

SHARE = "ai_industry_scale_share_of_city"


def plainly(part: Fact, share: Fact) -> Fact:
    """The whole that follows from ``part`` and ``share`` taken at their word, without "over", "about" or rounding."""
    hundred = replace(share, value=100.0, low=100.0, high=100.0, qualifier="exact", formula="100")
    one, other = (replace(each, low=each.value, high=each.value, qualifier="exact") for each in (part, share))
    return replace(facts.product(one, facts.ratio(hundred, other)), indicator=part.indicator, period=part.period)


def shared(known: Figures, indicator: str) -> Sentence | None:
    """What a zone that states its amount and its share makes of the city's, beside the amount that leads."""
    found, scale = numbers.implied(known.figures, indicator, SHARE), known.lead(SCALE)
    if not (found and scale) or found[-1]["part"].period != scale[-1].period:
        return None
    part, share = found[-1]["part"], found[-1]["share"]
    told = {"zone": name(part.place), "part": part, "share": share, "plain": roughly(plainly(part, share))}
    if plainly(part, share).value < scale[-1].value:
        return say(
            "{zone} calls its {part} {share} of the city's: that makes about {plain} for the city, not {city}. Figures "
            "so round, or counts unlike, may explain it.",
            city=scale[-1],
            **told,
        )
    return say("{zone} calls its {part} {share} of the city's: that makes about {plain} for the city.", **told)
