"""What the figures on autonomous driving in one city say: test roads by basis of counting, vehicles by month.

Lengths of unlike bases and bounds of unlike texts make no figure; they are told.
"""

from __future__ import annotations

from wuhan.evidence import observations
from wuhan.evidence.facts import Fact
from wuhan.evidence.observations import doubtful
from wuhan.studies.ai_ecosystem import numbers
from wuhan.studies.ai_ecosystem.figures import Figures, called, together
from wuhan.studies.ai_ecosystem.numbers import ROADS, VEHICLES
from wuhan.text.prose import Sentence, counted, listed, name, publishers, say, span, when

LENGTHS = ROADS[::-1]  # where both are known for a year, the newest is that without a basis


def said(known: Figures) -> Sentence | None:
    """The lengths and counts, the basis of the lengths, and whether a target for vehicles was met in time."""
    return together(_length(known), _rebased(known), _term(known) or _fleet(known), _late(known))


def _length(known: Figures) -> Sentence | None:
    """The newest length of test roads, and the next target for it."""
    length = known.lead(LENGTHS)
    if not length:
        return None
    aims = known.aims(length[-1].indicator)
    aims = observations.facts(aims[aims["period"] >= length[-1].period[:4]])
    told = {"city": name(known.city), "length": span(length), "when": when(length[-1].period)}
    one_way = length[-1].indicator == "test_road_length_one_way"
    told["basis"] = say("each direction counts" if one_way else "whether each direction counts is not said")
    if not aims:
        return say("For {when} a text has {length} of test roads in {city}; {basis}.", **told)
    return say(
        "For {when} a text has {length} of test roads in {city}, where {target} were aimed at for {year}; {basis}.",
        **told,
        target=aims[0],
        year=aims[0].period,
    )


def _fleet(known: Figures) -> Sentence | None:
    """The counts of self-driving vehicles in the newest month that a trusted text tells of."""
    last = known.lead(VEHICLES)
    if not last:
        return None
    month = last[-1].period[:7]
    return say(
        "{kind} in {city}: {counts} in {when}.",
        kind=called(last[-1].indicator),
        city=name(known.city),
        counts=listed(_counts(known, last[-1].indicator, month)),
        when=when(month),
    )


def _rebased(known: Figures) -> Sentence | None:
    """The first length that counts each direction, beside the last one before it, whose basis is not stated."""
    one_way, plain = (numbers.outcomes(known.figures, each) for each in ROADS)
    firm = [fact for fact in one_way if not numbers.is_floor(fact)] or one_way
    before = [fact for fact in plain if firm and fact.period[:7] < firm[0].period[:7]]
    if not before:
        return None
    told = {"then": when(before[-1].period), "old": before[-1], "when": when(firm[0].period), "new": firm[0]}
    if doubtful(firm[0].sources):
        return say(
            "A text of {then} has {old} of test roads; a source of low trust has {new} for {when}. Whether the first "
            "counts each direction, too, is not said, so how much was built in between cannot be told.",
            **told,
        )
    return say(
        "A text of {then} has {old} of test roads, one of {when} has {new}. Whether the first counts each direction, "
        "too, is not said, so how much was built in between cannot be told.",
        **told,
    )


def _term(known: Figures) -> Sentence | None:
    """The last count within the term of the target for vehicles, where none stands at its end."""
    target = _target(known)
    if target is None:
        return None
    told = numbers.outcomes(known.figures, target.indicator)
    within = [fact for fact in told if fact.period[:4] == target.period and fact.period[5:7] not in ("", "12")]
    about = {"kind": called(target.indicator), "target": target, "year": target.period}
    if not within:
        return say("{kind}: the target for {year} was {target}; no count of that year has been found.", **about)
    month = within[-1].period[:7]
    return say(
        "{kind}: the target for {year} was {target}. The last counts of that year, of {when}, are {counts}; none has "
        "been found for its end.",
        **about,
        when=when(month),
        counts=listed(_counts(known, target.indicator, month)),
    )


def _counts(known: Figures, indicator: str, month: str) -> list[Fact]:
    """The counts of a month, the lowest first; of trusted texts, if there are any."""
    told = [fact for fact in numbers.outcomes(known.figures, indicator) if fact.period[:7] == month]
    firm = [fact for fact in told if not doubtful(fact.sources)]
    return sorted(firm or told, key=lambda fact: (fact.value, fact.low))


def _late(known: Figures) -> Sentence | None:
    """The counts after the term, which do not tell whether the target was met, each with who has it."""
    target = _target(known)
    told = numbers.outcomes(known.figures, target.indicator) if target else []
    later = [fact for fact in told if target and fact.period[:4] > target.period]
    if not later:
        return None
    counts = [
        say("{count} in {when} ({who})", count=counted(fact), when=when(fact.period), who=publishers(fact.sources)[0])
        for fact in later
    ]
    return say(
        "After the term only sources of low trust have counts: {counts}."
        if all(doubtful(fact.sources) for fact in later)
        else "After the term: {counts}.",
        counts=listed(counts),
    )


def _target(known: Figures) -> Fact | None:
    """The last target for vehicles."""
    aims = observations.facts(known.goals(VEHICLES))
    return aims[-1] if aims else None
