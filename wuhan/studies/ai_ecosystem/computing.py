"""What the figures on computing power in one city say; capacities are never added."""

from __future__ import annotations

from dataclasses import replace

from wuhan.evidence import facts
from wuhan.evidence.facts import Fact
from wuhan.evidence.observations import doubtful
from wuhan.studies.ai_ecosystem import amounts, numbers
from wuhan.studies.ai_ecosystem.figures import Figures, called
from wuhan.studies.ai_ecosystem.numbers import COMPUTING
from wuhan.text.prose import Sentence, listed, name, paragraph, roughly, say, span, unsure, when


def capacity(known: Figures) -> Sentence:
    """The newest capacity, against its target if there is one."""
    power = known.lead(COMPUTING)
    if not power:
        return say("No computing power is known for {city}", city=name(known.city))
    told = {"city": name(known.city), "when": when(power[-1].period), "amount": span(power)}
    told["kind"] = called(power[-1].indicator)
    share = known.share(COMPUTING)
    if share is None:
        return say("{city} had {amount} of {kind} in {when}", **told)
    target = known.target(share)
    told |= {"target": target, "year": share.period}
    return say(
        "{city} had {amount} of {kind} in {when}, above the {target} aimed at for {year}"
        if power[0].low > target.value
        else "{city} had {amount} of {kind} in {when}; {target} were aimed at for {year}",
        **told,
    )


def on_power(known: Figures) -> Sentence:
    """The newest capacity, what was planned under another name, where it stands, and what is less sure."""
    told = numbers.outcomes(known.figures, known.measured(COMPUTING))
    weak = [fact for fact in told if doubtful(fact.sources)]
    said = [say("{finding}.", finding=capacity(known)), _planned(known), _inside(known)]
    return paragraph(*filter(None, said), unsure(*weak))


def _planned(known: Figures) -> Sentence | None:
    """The newest targets for kinds of power of which no result is known."""
    aims = [numbers.unmet_aims(known.figures, [each]) for each in COMPUTING]
    told = [
        say(
            "{amount} of {kind} for {year}",
            amount=span(each) if len(each) == 1 else say("{amounts} (by different texts)", amounts=listed(each)),
            kind=called(each[-1].indicator),
            year=when(each[-1].period),
        )
        for each in aims
        if each
    ]
    if not told:
        return None
    return say("Plans also set {aims}; no result has been found under these names.", aims=listed(told))


def _inside(known: Figures) -> Sentence | None:
    found = numbers.implied(known.figures, "high_performance_computing_power")
    if not found:
        return None
    part, share, total = found[-1]
    told = {"zone": name(part.place), "part": part, "when": when(part.period), "share": share}
    power = known.lead(COMPUTING)
    if power and power[-1].indicator == total.indicator and facts.compare(total, power[-1]) > 0:
        return say(
            "In {when}, {zone} stated {part} and called it {share} of the city's. That makes about {plain} for the "
            "city, and {total} if the share is up to {most}, more than the {city} of {year}: they are not of one date, "
            "or do not count alike.",
            **told,
            plain=roughly(amounts.plainly(part, share)),
            most=roughly(_most(share)),
            total=roughly(total),
            city=power[-1],
            year=when(power[-1].period),
        )
    return say("In {when}, {zone} stated {part} and called it {share} of the city's.", **told)


def _most(share: Fact) -> Fact:
    """The highest that a share may be as it is rounded in print."""
    return replace(
        share,
        value=share.high,
        low=share.high,
        qualifier="exact",
        status="derived",
        row=(),
        formula="upper end of the share as printed",
        behind=facts.printed((share,)),
    )
