"""What the figures on autonomous driving in one city say: test roads by basis of counting, vehicles by month."""

from __future__ import annotations

from wuhan.evidence import observations
from wuhan.evidence.facts import Fact
from wuhan.evidence.observations import AIMS, doubtful
from wuhan.studies.ai_ecosystem import numbers
from wuhan.studies.ai_ecosystem.figures import Figures, called, together
from wuhan.studies.ai_ecosystem.numbers import ROADS, VEHICLES
from wuhan.text.prose import Sentence, name, publishers, roughly, say, span, when

LENGTHS = ROADS[::-1]  # where both are known for a year, the newest is that without a basis


def roads(known: Figures) -> Sentence:
    """How long the test roads are, against their target if there is one: a title."""
    length = known.lead(LENGTHS)
    if not length:
        return say("No length of test roads is known for {city}", city=name(known.city))
    told = {"city": name(known.city), "length": span(length), "when": when(length[-1].period)}
    share = known.share(length, ROADS)
    if share is None:
        return say("{city} had {length} of test roads in {when}", **told)
    return say("{city} had {length} of test roads in {when}, {share} of its target", **told, share=roughly(share))


def fleet(known: Figures) -> Sentence:
    """How many self-driving vehicles the newest trusted text has, and the target for that year: a title."""
    last, target = known.lead(VEHICLES), _target(known)
    if not last:
        return say("No count of self-driving vehicles is known for {city}", city=name(known.city))
    month = last[-1].period[:7]
    counts = _counts(known, last[-1].indicator, month)
    about = {"kind": called(last[-1].indicator), "count": span(counts or last), "when": when(month)}
    if target is None or (target.indicator, target.period) != (last[-1].indicator, last[-1].period[:4]):
        return say("{kind}: {count} in {when}", **about)
    return say("{kind}: {count} in {when}, {target} aimed at for the year", **about, target=target)


def said(known: Figures) -> Sentence | None:
    """What the lengths and counts mean: the basis of the lengths, and whether a target for vehicles was met in time."""
    return together(_rebased(known), _term(known), _late(known))


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
    last = _counts(known, target.indicator, month)
    return say(
        "{kind}: the target for {year} was {target}. The last counts of that year, of {when}, are {counts}; none has "
        "been found for its end.",
        **about,
        when=when(month),
        counts=span(last),
    )


def _counts(known: Figures, indicator: str, month: str) -> list[Fact]:
    """The counts of a month, the lowest first; of trusted texts, if there are any."""
    told = [fact for fact in numbers.outcomes(known.figures, indicator) if fact.period[:7] == month]
    firm = [fact for fact in told if not doubtful(fact.sources)]
    return sorted(firm or told, key=lambda fact: (fact.value, fact.low))


def _late(known: Figures) -> Sentence | None:
    """A count after the term, which does not tell whether the target was met."""
    target = _target(known)
    told = numbers.outcomes(known.figures, target.indicator) if target else []
    later = [fact for fact in told if target and fact.period[:4] > target.period]
    if not later:
        return None
    about = {"who": publishers(later[-1].sources)[0], "count": later[-1], "when": when(later[-1].period)}
    if doubtful(later[-1].sources):
        return say("{who}, a source of low trust, has {count} for {when}, after the term.", **about)
    return say("{who} has {count} for {when}, after the term.", **about)


def _target(known: Figures) -> Fact | None:
    """The last target for vehicles."""
    rows = numbers.listed(known.figures[known.figures["status"].isin(AIMS)], VEHICLES)
    aims = observations.facts(rows[rows["own"].astype(bool)])
    return aims[-1] if aims else None
