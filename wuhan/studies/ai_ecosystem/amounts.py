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
    one, other = (replace(each, low=each.value, high=each.value, qualifier="exact") for each in (part, share))
    return replace(facts.whole(one, other), indicator=part.indicator, period=part.period)


def shared(known: Figures, indicator: str) -> Sentence | None:
    """What a zone that states its amount and its share makes of the city's, beside the amount that leads."""
    found, scale = numbers.implied(known.figures, indicator, SHARE), known.lead(SCALE)
    if not (found and scale) or found[-1][0].period != scale[-1].period:
        return None
    part, share, total = found[-1]
    plain = plainly(part, share)
    if numbers.is_floor(part) and share.high <= share.value:  # over so much is nearly such a share: a floor
        plain = replace(total, qualifier="over")
    told = {"zone": name(part.place), "part": part, "share": share, "plain": roughly(plain)}
    if plain.value >= scale[-1].value:
        return say("{zone} calls its {part} {share} of the city's: that makes {plain} for the city.", **told)
    told["city"] = scale[-1]
    if facts.compare(total, scale[-1]) == 0:
        return say(
            "{zone} calls its {part} {share} of the city's: that makes {plain} for the city, which does not contradict "
            "{city}.",
            **told,
        )
    return say(
        "{zone} calls its {part} {share} of the city's: that makes {plain} for the city, not {city}. Figures so round, "
        "or counts unlike, may explain it.",
        **told,
    )
