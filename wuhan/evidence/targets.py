"""Targets: what has been set or planned, in claims and in observations, and where each may stand.

=================  =========================================================================================
met                the outcome of the term, or one before its end, has reached the figure that was set
late               an outcome at most a year after the term has reached it; none is known that did so in time
on_course          the term runs, and the growth still needed a year is at most the growth achieved so far
behind             it is more; or the outcome of the term, or a later one, falls short
undecided          the term runs and less is reached, and one observation tells no pace (``one_figure``), nor do
                   bounds (``bound``); no term is printed (``no_term``); only a part of it is known (``part``);
                   or what is known of it or after it is an estimate, which is no result (``estimate``); the target is
                   a figure "about" which was meant, and the outcome is that near (``about``); the
                   growth so far is that of one year, which is no course (``one_step``); or it is not said whether
                   each direction of a road counts (``direction``)
ended              the term is over by the day to which the evidence reaches, and no outcome of it is published
no_figure_yet      the term runs or is not printed, and nothing is observed that compares
not_measurable     a cap, which only limits; a list, label or date; a measure that nothing observes
=================  =========================================================================================

A draft that is sent out for comment sets no target, nor does a study; a year that an article does not print is no term;
two texts that print different figures set different targets, even where the ranges of the two meet. How far each has
come is worked out in `progress`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from wuhan.evidence import observations
from wuhan.evidence.claims import Claim
from wuhan.evidence.facts import Fact, equal, sources_of
from wuhan.evidence.ledger import FORWARD, LISTED
from wuhan.evidence.witnesses import Evidence

MET, LATE, ON_COURSE, BEHIND, UNDECIDED = "met", "late", "on_course", "behind", "undecided"
ENDED, NO_FIGURE_YET, NOT_MEASURABLE = "ended", "no_figure_yet", "not_measurable"
STANDINGS = (MET, LATE, ON_COURSE, BEHIND, UNDECIDED, ENDED, NO_FIGURE_YET, NOT_MEASURABLE)
OPEN = ("one_figure", "one_step", "direction", "bound", "no_term", "part", "estimate", "about")  # why it is undecided
REASONS = ("", *OPEN, "cap", "listed", "no_number", "named", "no_indicator")
NAMED = ("label", "list_count", "duration", "date", "threshold")  # tells what a plan is like, sets no aim


@dataclass(frozen=True)
class Target:
    """A figure that was set, and how far it has come.

    ``name`` is the id of the claim, else indicator, place, period and source. ``claims`` are the claims that
    set it, ``measure`` the indicator, or what the claim says is counted. ``attainment`` is the outcome in
    percent of the target (None for a rate), ``gap`` the outcome less the target. ``needed``, while the term runs,
    and ``achieved`` are growth a year. ``final``: the outcome is of the term or later; ``due``: the term is over by
    the day to which the evidence reaches. ``contradicts`` are other figures set for the same measure, place and term by
    other sources; ``near`` is what is known of measures that only sound alike.
    """

    name: str
    kind: str
    theme: str
    place: str
    measure: str
    period: str
    fact: Fact | None
    organisation: str = ""
    indicator: str = ""
    claims: tuple[str, ...] = ()
    comparison: str = ""
    standing: str = NOT_MEASURABLE
    reason: str = ""
    current: Fact | None = None
    attainment: Fact | None = None
    gap: Fact | None = None
    needed: Fact | None = None
    achieved: Fact | None = None
    final: bool = False
    due: bool = False
    contradicts: tuple[Fact, ...] = ()
    near: tuple[Fact, ...] = ()

    @property
    def figure(self) -> Fact:
        """The figure that was set. Raises ``ValueError`` for a target without one."""
        if self.fact is None:
            raise ValueError(f"{self.name} sets no figure")
        return self.fact


def thing(aim: Target) -> tuple[str, ...]:
    """What a target is set for: its measure, whose it is, and its term."""
    return aim.measure, aim.place, aim.organisation, aim.period


def aims(ledger: Sequence[Claim], known: Evidence) -> list[Target]:
    """Every target, plan, cap and forecast of claims, then of observations but drafts, as it was set.

    One that is set twice stands once, with all its sources.
    """
    found = [_claimed(claim) for claim in ledger if claim.kind in FORWARD and not claim.repeats]
    rows = known.rows[known.rows["status"].isin(FORWARD)]
    rows = rows[[known.sets(source) for source in rows["source_id"]]]
    for row, fact in zip(rows.itertuples(), observations.facts(rows), strict=True):
        name = f"{row.indicator} {row.place} {row.period} {row.source_id}"
        theme = known.themes[row.indicator]
        aim = Target(name, row.status, theme, row.place, row.indicator, row.period, fact, "", row.indicator)
        twin = next((place for place, other in enumerate(found) if _same(aim, other)), None)
        if twin is None:
            found.append(aim)
        else:
            found[twin] = _merged(found[twin], aim)
    return [replace(aim, contradicts=_contradicting(aim, found)) for aim in found]


def _claimed(claim: Claim) -> Target:
    return Target(
        claim.claim,
        claim.kind,
        claim.theme,
        claim.place,
        claim.indicator or claim.measure,
        claim.period,
        claim.fact,
        claim.organisation,
        claim.indicator,
        (claim.claim,),
        claim.comparison,
    )


def _same(aim: Target, other: Target) -> bool:
    """Whether two set the same figure: for one term, or in one article, which may leave the term out."""
    if other.fact is None or (aim.indicator, aim.place) != (other.indicator, other.place):
        return False
    termed = aim.period == other.period or aim.figure.sources[0] in other.fact.sources
    return equal(aim.figure, other.fact) and termed


def _merged(aim: Target, again: Target) -> Target:
    """One target of two that are the same: in the unit of the observation, the sources of both, the printed term."""
    period = aim.period if aim.claims else again.period
    return replace(aim, fact=replace(again.figure, sources=sources_of((aim.figure, again.figure))), period=period)


def _contradicting(aim: Target, others: Iterable[Target]) -> tuple[Fact, ...]:
    if aim.fact is None or not aim.period or aim.comparison in (*NAMED, LISTED):
        return ()
    return tuple(
        other.fact
        for other in others
        if other.fact is not None
        and thing(other) == thing(aim)
        and not set(other.fact.sources) & set(aim.fact.sources)
        and not equal(aim.fact, other.fact)
    )
