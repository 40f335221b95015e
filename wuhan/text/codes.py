"""What the codes of verdicts, checks and standings are called, and what a claim or target is about."""

from __future__ import annotations

from wuhan.evidence.claims import Claim
from wuhan.evidence.targets import Target
from wuhan.text import prose
from wuhan.text.language import noted
from wuhan.text.prose import Name, _

VERDICTS = noted(
    {
        "agrees": "agrees",
        "agrees_at_rounding": "agrees at the printed rounding",
        "differs": "differs",
        "stale": "stale: the figure of an earlier time",
        "not_comparable": "not comparable",
        "no_official_figure": "no other source",
        "repeats": "repeats another claim",
        "target": "target or plan",
        "context": "context, not a result",
    }
)
WITNESSES = noted(
    {
        "measured": "counted by a bureau or a register",
        "worked_out": "worked out here",
        "echo": "repeated from the same officials",
        "elsewhere": "another period, place or definition",
        "beyond": "beyond any public source",
        "not_found": "searched and not found",
        "not_searched": "not searched",
    }
)
CHECKS = noted(
    {
        "closes": "closes",
        "closes_at_rounding": "closes at the rounding",
        "does_not_close": "does not close",
        "under_determined": "under-determined",
        "derived": "derived",
    }
)
STANDINGS = noted(
    {
        "met": "met",
        "late": "late",
        "on_course": "on course",
        "behind": "behind",
        "undecided": "undecided",
        "ended": "ended, no result found",
        "no_figure_yet": "no figure yet",
        "not_measurable": "not measurable",
    }
)
REASONS = noted(
    {
        "period": "the nearest figure is of another period",
        "area": "the nearest figure is of another area",
        "definition": "the nearest figure has another definition",
        "cities": "only the rank among the cities of this collection is known",
        "one_way": "one counts kilometres one way, the other does not say",
        "one_figure": "one figure tells no pace",
        "one_step": "one year of growth is no course",
        "direction": "whether each direction counts is not said",
        "bound": "bounds tell no pace",
        "no_term": "no year is printed for it",
        "part": "only a part of its term is known",
        "estimate": "only an estimate is known of it",
        "about": "as near as the word about leaves open",
        "cap": "a cap limits and is not reached",
        "listed": "it counts a list",
        "no_number": "it prints no number",
        "named": "it names something and sets no figure",
        "no_indicator": "nothing measures it",
        "unbounded": "a figure is known to one side only",
        "unknown": "a number in it is not known",
    }
)

PARTS = ("district", "zone", "park")  # kinds of places that lie in a city


def word(code: str) -> str:
    """A verdict, kind of witness, check, standing or reason in words."""
    return _((VERDICTS | WITNESSES | CHECKS | STANDINGS | REASONS)[code])


def standing(aim: Target) -> str:
    """The standing of a target in words: who is behind when the term is over has missed it."""
    return _("missed") if aim.standing == "behind" and aim.due else word(aim.standing)


def subject(thing: Claim | Target) -> Name:
    """What a claim or target counts: the name of its indicator, else its measure in words; and whose it is."""
    return counted(thing.indicator, thing.measure, thing.organisation, thing.place)


def counted(indicator: str, measure: str, organisation: str, place: str = "") -> Name:
    """The same for the parts of a claim as its row has them. A ``place`` that is a part of a city is named: a number of
    a zone is none of the city.
    """
    words = prose.measure(indicator) if indicator else prose.label(measure)
    words = Name(words[:1].upper() + words[1:])
    if organisation:
        owner = prose.table_of("organisations", "organisation")[organisation][f"name_{prose.language()}"]
    elif place and prose.table_of("places", "place")[place]["kind"] in PARTS:
        owner = prose.name(place)
    else:
        return words
    return Name(_("{owner}: {words}").format(owner=owner, words=words))
