"""Claims: the numbers that press articles print, and whether what else is known bears them out.

A claim is held against what others print of the same measure, place and time, never against its own article:
observations, events, projects and policies, and what was read for it alone (see `testimony`). The firmest kind of
witness decides; among those of one kind the most trusted, the first release before revised vintages, since an article
can only quote the figures of its day. The others are told beside it.

=====================  =====================================================================================
agrees                 both print the same figure; or the claim is a bound ("over 3000") that the observation
                       satisfies
agrees_at_rounding     the figures differ, but what their printed digits allow overlaps; or what they differ by
                       is immaterial: less than one step of the last digit that the claim prints, and less
                       than one hundredth of its figure ("over 3379" of 3378.73)
differs                nothing that the printed digits allow makes them the same
stale                  it differs, and its figure is that of a time up to two years before; or it is the growth
                       printed beside such a figure, and that of the same time; it rests on what the level rests on
not_comparable         the measure is observed, but for another period or area, or as another measure that
                       only sounds alike; the reason says which
no_official_figure     no source but the article itself gives the measure
repeats                it repeats another claim and does not contradict it; the verdict is on that one
target                 it is a target, plan, cap or forecast: ``targets`` measures those
context                nothing to hold against anything: a date, a name, a threshold, a count of listed items
=====================  =====================================================================================

Beside its kind a verdict on a result has the kind of witness that it rests on, the firmest first; they are never
added up:

=====================  =====================================================================================
measured               somebody who counts or measures, and not the officials whom the article quotes
worked_out             worked out here from printed figures of others
echo                   the same officials, in their own text or through another newsroom; what nobody judged
elsewhere              a figure of another period, area or definition, a rank among some cities; it decides nothing
beyond                 no public source can settle it; an echo does not, either
not_found              searched and not found
not_searched           neither
=====================  =====================================================================================

A rank in the nation is refuted, but never borne out, by the rank that observed levels give. A growth rate is also held
against the growth between two levels of one source; `Fact.formula` tells that such a figure is worked out and nobody
prints it. Widening a figure never turns *differs* into *agrees*.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from wuhan.evidence import package
from wuhan.evidence.bounds import FactError
from wuhan.evidence.facts import Fact, subtract
from wuhan.evidence.identities import Check, Identity, answerable, check_all
from wuhan.evidence.ledger import FORWARD, LISTED, RANKED, Claim, stated
from wuhan.evidence.nearby import AGREES, AT_ROUNDING, BOUNDS, DIFFERS, elsewhere, end, near, relate, step, whole
from wuhan.evidence.testimony import BEYOND, ECHO, MEASURED, NOT_FOUND, Search, Testimony
from wuhan.evidence.witnesses import Evidence, neutral, same_time, worked_out

STALE = "stale"
NOT_COMPARABLE, NO_FIGURE = "not_comparable", "no_official_figure"
REPEATS, TARGET, CONTEXT = "repeats", "target", "context"
CITIES = "cities"  # why a rank in the nation does not compare: that of the cities observed is known alone
WORKED_OUT, ELSEWHERE, NOT_SEARCHED = "worked_out", "elsewhere", "not_searched"
WITNESSES = (MEASURED, WORKED_OUT, ECHO, ELSEWHERE, BEYOND, NOT_FOUND, NOT_SEARCHED)
# What a row of verdicts tells of the claim; behind it the verdict.
TOLD = (
    "claim",
    "source_id",
    "line",
    "theme",
    "place",
    "organisation",
    "indicator",
    "measure",
    "value_text",
    "period",
    "kind",
)
VERDICTS = (AGREES, AT_ROUNDING, DIFFERS, STALE, NOT_COMPARABLE, NO_FIGURE, REPEATS, TARGET, CONTEXT)
# Why: of not_comparable the first five, of no_official_figure the next three, of context the last three.
REASONS = (
    "",
    "period",
    "area",
    "definition",
    "one_way",
    CITIES,
    "no_indicator",
    "no_observation",
    "beyond",
    "no_number",
    "listed",
    "context",
)


@dataclass(frozen=True)
class Verdict:
    """How a claim stands.

    ``against`` are the facts it was held against, the deciding one first; of not_comparable those that come
    nearest. ``relations`` says for each how it stands: agrees, agrees_at_rounding or differs, and "" where it
    cannot be said. ``difference`` is the claim less the deciding fact, None for two bounds. ``elsewhere`` are
    the same figure for another time, when the claim does not agree: it may be dated wrongly. ``whole`` is a figure of
    the province or the nation below that of the claim, which tells of a part. ``witness`` is blank unless the claim
    tells a result; ``said`` and ``search`` are what was read and searched for it.
    """

    claim: Claim
    kind: str
    reason: str = ""
    against: tuple[Fact, ...] = ()
    relations: tuple[str, ...] = ()
    difference: Fact | None = None
    elsewhere: tuple[Fact, ...] = ()
    witness: str = ""
    whole: Fact | None = None
    said: tuple[Testimony, ...] = ()
    search: Search | None = None

    def testimony(self, fact: Fact) -> Testimony | None:
        """What was read for the claim in the source of a fact, if it is that fact."""
        return next((one for one in self.said if one.fact == fact), None)

    @property
    def direction(self) -> int:
        """1 when the claim is certainly above the deciding fact, -1 when below, else 0."""
        return 0 if self.difference is None else (self.difference.low > 0) - (self.difference.high < 0)


def claims(data: Path = package.DATA) -> list[Claim]:
    """All claims in the order of ``claims.csv``, each with the fact it states."""
    indicators = package.read("indicators", data, ("indicator", "price_basis"))
    bases = dict(zip(indicators["indicator"], indicators["price_basis"], strict=True))
    names = [name for name in Claim.__dataclass_fields__ if name != "fact"]
    return [
        Claim(fact=stated(row, bases.get(row["indicator"], "")), **{name: row[name] for name in names})
        for row in package.read("claims", data).to_dict("records")
    ]


def identities(data: Path = package.DATA) -> list[Identity]:
    """All identities in the order of ``identities.csv``."""
    names = list(Identity.__dataclass_fields__)
    rows = package.read("identities", data)[names].to_dict("records")
    return [Identity(**row) for row in rows]


def checks(ledger: Sequence[Claim], tests: Sequence[Identity]) -> list[Check]:
    """What each identity of the claims in ``ledger`` comes to on their figures, in their order."""
    tests = answerable(tests, {claim.claim for claim in ledger})
    return check_all(tests, {claim.claim: claim.fact for claim in ledger if claim.fact})


def verdicts(ledger: Sequence[Claim], known: Evidence) -> list[Verdict]:
    """The verdict on each claim, in their order."""
    by_id = {claim.claim: claim for claim in ledger}
    held = [hold(claim, known, by_id.get(claim.repeats)) for claim in ledger]
    lagging = {(f"{one.claim.indicator}_growth", *_beside(one.claim)): one for one in held if one.kind == STALE}
    return [_lags(one, lagging.get((one.claim.indicator, *_beside(one.claim)))) for one in held]


def _beside(claim: Claim) -> tuple[str, str, str]:
    """What claims share that stand beside one another."""
    return claim.source_id, claim.place, claim.period


def _lags(held: Verdict, level: Verdict | None) -> Verdict:
    """A growth that stands beside a stale ``level``, told as stale by its witness if it is that of the same period."""
    same = tuple(fact for fact in held.elsewhere if level and fact.period == level.elsewhere[0].period)
    if not (level and same and held.kind in (DIFFERS, NOT_COMPARABLE)):
        return held
    if held.kind == DIFFERS:
        return replace(held, kind=STALE, elsewhere=same)
    return replace(held, kind=STALE, elsewhere=same, witness=level.witness, said=(*held.said, *level.said))


def counts(held: Iterable[Verdict]) -> dict[str, int]:
    """How many claims have each verdict, all verdicts in their order."""
    kinds = [verdict.kind for verdict in held]
    return {kind: kinds.count(kind) for kind in VERDICTS}


def witnessed(held: Iterable[Verdict]) -> dict[str, int]:
    """On what the verdicts on results rest: how many on each kind of witness, all kinds in their order."""
    kinds = [verdict.witness for verdict in held]
    return {kind: kinds.count(kind) for kind in WITNESSES}


def hold(claim: Claim, known: Evidence, original: Claim | None = None) -> Verdict:
    """The verdict on one claim; ``original`` is the claim that it repeats."""
    if claim.fact is None:
        kind = REPEATS if original else TARGET if claim.kind in FORWARD else CONTEXT
        return Verdict(claim, kind, "" if original else "no_number")
    if original:
        return _repeated(claim, original)
    if claim.comparison == LISTED:
        return Verdict(claim, TARGET if claim.kind in FORWARD else CONTEXT, "listed")
    if claim.kind in FORWARD:
        return _aimed(claim, known)
    if claim.kind == "context":
        return Verdict(claim, CONTEXT, "context")
    return _held(claim, known)


def _gap(claim: Fact, other: Fact) -> Fact | None:
    """The claim less what it is held against; None where two bounds leave nothing known of it."""
    try:
        return subtract(neutral(claim), neutral(other))
    except FactError:
        return None


def _repeated(claim: Claim, original: Claim) -> Verdict:
    if original.fact is None:
        return Verdict(claim, REPEATS)
    relation = relate(claim.figure, original.fact, step(claim))
    gap = _gap(claim.figure, original.fact)
    kind = DIFFERS if relation == DIFFERS else REPEATS
    return Verdict(claim, kind, "", (original.fact,), (relation,), gap)


def _aimed(claim: Claim, known: Evidence) -> Verdict:
    """A target, plan, cap or forecast, with what others print of the same aim; `targets` measures how far it is."""
    said = known.heard.of(claim.claim)
    against = sorted((one for one in said if one.fact), key=lambda one: not one.direct)
    found = tuple(one.fact for one in against if one.fact)
    relations = tuple(relate(claim.figure, one.fact, step(claim)) if one.direct and one.fact else "" for one in against)
    return Verdict(claim, TARGET, "", found, relations, said=said)


def _held(claim: Claim, known: Evidence) -> Verdict:
    """A claim of what has happened, against what others print."""
    said, search = known.heard.of(claim.claim), known.heard.searches.get(claim.claim)
    own: list[Fact] = []
    if claim.indicator:
        own = [*known.of(claim.indicator, claim.place, claim.source_id)]
        own += worked_out(claim.indicator, claim.place, claim.period, known, claim.source_id)
    among = [fact for fact in own if _among(claim, fact)]
    own = [fact for fact in own if fact not in among]
    measure = known.measures[claim.indicator][0] if claim.indicator else ""
    against = [fact for fact in own if same_time(measure, claim.period, fact.period)]
    against += [one.fact for one in said if one.direct and one.fact]
    against.sort(
        key=lambda fact: (WITNESSES.index(_kind(claim, fact, known)), fact.qualifier in BOUNDS, *known.rank(fact))
    )
    beyond = search is not None and search.outcome == BEYOND
    if not against or (beyond and _kind(claim, against[0], known) == ECHO):
        told = _without(claim, own, against, known)
        if not among or told.reason == BEYOND:
            return told
        return replace(
            told, kind=NOT_COMPARABLE, reason=CITIES, against=tuple(among), relations=("",), witness=ELSEWHERE
        )
    relations = tuple(relate(claim.figure, fact, step(claim)) for fact in against)
    dated = elsewhere(claim, own, against, said) if relations[0] == DIFFERS else ()
    kind = STALE if dated and end(dated[0].period) < end(claim.period) else relations[0]
    witness, gap = _kind(claim, against[0], known), _gap(claim.figure, against[0])
    return Verdict(claim, kind, "", tuple(against), relations, gap, dated, witness, None, said, search)


def _among(claim: Claim, fact: Fact) -> bool:
    """Whether a fact is a rank among the cities that are observed, which cannot bear out a rank in the nation: a city
    that is not observed may stand above. That more of them certainly stand above than the claim allows refutes it.
    """
    return claim.comparison == RANKED and bool(fact.formula) and fact.low <= claim.figure.high


def _kind(claim: Claim, fact: Fact, known: Evidence) -> str:
    """What kind of witness a fact is for a claim; an echo unless somebody judged that its source measures."""
    if fact.formula:
        return WORKED_OUT
    return known.heard.judged(claim.claim, fact)


def _without(claim: Claim, own: Sequence[Fact], echoes: Sequence[Fact], known: Evidence) -> Verdict:
    """Why nothing decides on a claim: what comes nearest is of another time, area or measure, if anything; or no public
    source can settle it, whoever repeats it.
    """
    said, search = known.heard.of(claim.claim), known.heard.searches.get(claim.claim)
    nearest = near(claim, own, known)
    facts = (*echoes, *(fact for _, fact in nearest))
    told = Verdict(claim, NO_FIGURE, "", facts, ("",) * len(facts), said=said, search=search)
    told = replace(told, elsewhere=elsewhere(claim, own, (), said), whole=whole(claim, known))
    if search and search.outcome == BEYOND:
        return replace(told, reason=BEYOND, witness=BEYOND)
    if nearest:
        return replace(told, kind=NOT_COMPARABLE, reason=nearest[0][0], witness=ELSEWHERE)
    reason = "no_observation" if claim.indicator else "no_indicator"
    return replace(told, reason=reason, witness=search.outcome if search else NOT_SEARCHED)


def frame(held: Iterable[Verdict]) -> pd.DataFrame:
    """One row per verdict, to select from and to show: the claim, the verdict, the reason, the evidence."""
    rows = []
    for verdict in held:
        deciding = verdict.against[0].sources if verdict.against else ()
        said = [getattr(verdict.claim, name) for name in TOLD]
        rows.append((*said, verdict.kind, verdict.witness, verdict.reason, ", ".join(deciding), verdict.claim.repeats))
    return pd.DataFrame(rows, columns=[*TOLD, "verdict", "witness", "reason", "against", "repeats"])
