"""Where targets stand: counted in sentences, and as frames for tables and charts.

The standings come from :mod:`wuhan.evidence.targets`; here they get their words. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from wuhan.evidence import targets
from wuhan.evidence.quantities import render
from wuhan.evidence.targets import Target
from wuhan.text import prose
from wuhan.text.codes import REASONS, subject, word
from wuhan.text.language import noted
from wuhan.text.prose import Sentence, _, plural, say, when


def course(aims: Sequence[Target], city: str) -> Sentence:
    """How many of the targets of a city that can be measured have each standing."""
    aims, place = [aim for aim in aims if aim.standing != "not_measurable"], prose.name(city)
    if not aims:
        return say("No measurable target of {city} is found.", city=place)
    if len(aims) == 1:
        return say("{city} has {n} measurable target: {standing}.", city=place, n=1, standing=word(aims[0].standing))
    return say("Of {city}'s {n} measurable targets, {standings}.", city=place, n=len(aims), standings=standings(aims))


def standings(aims: Iterable[Target]) -> Sentence:
    """How many of ``aims`` have each standing that one has; the numbers add up to those that can be measured."""
    count = targets.counts(aims)
    if not sum(count.values()) - count["not_measurable"]:
        return say("no measurable target is known")
    stand = [code for code in ("met", "late", "on_course", "behind", "undecided") if count[code]]
    judged = [
        say("{n} {standing}", n=count[code], standing=word(code))
        if place
        else say(
            "{n} {are} {standing}", n=count[code], are=plural(count[code], one="is", many="are"), standing=word(code)
        )
        for place, code in enumerate(stand)
    ]
    ended, without = count["ended"], count["no_figure_yet"]
    rest = [say("{n} {have} ended with no result published", n=ended, have=plural(ended, one="has", many="have"))]
    silent = [say("for {n} nothing comparable has been published yet", n=without)]
    parts = [*([prose.listed(judged)] if judged else []), *(rest if ended else []), *(silent if without else [])]
    return prose.joined(parts, _("; "))


def reached(aims: Iterable[Target]) -> Sentence:
    """What `attained` shows, in words: how many of ``aims`` are met, and the least and the largest share reached."""
    measured = [(share, aim.standing) for aim in aims if (share := aim.attainment)]
    shares = sorted((share for share, _standing in measured), key=lambda share: share.value)
    if not shares:
        return say("no target with a figure")
    told = {"met": sum(standing == "met" for _share, standing in measured), "n": len(measured)}
    if len(shares) == 1:
        return say("{met} of {n} target met, newest figure at {share} of it", share=shares[0], **told)
    ends = shares[:1] if shares[0].value == shares[-1].value else [shares[0], shares[-1]]
    return say("{met} of {n} targets met, newest figures at {shares} of them", shares=prose.span(ends), **told)


def attained(aims: Iterable[Target]) -> pd.DataFrame:
    """How much of each target is reached, in per cent, as a frame for `charts.bullet`: a row for the outcome where
    there is one, and one for the target, which is 100. Of most is reached first.
    """
    rows = []
    for aim in sorted(aims, key=lambda aim: -aim.attainment.value if aim.attainment else 0.0):
        newest = str(say("newest of {period}", period=when(aim.current.period))) if aim.current else ""
        words = [subject(aim), when(aim.period), prose.word(aim.fact), newest]
        about: dict[str, object] = {"series": str(prose.listed(filter(None, words))), "unit": "percent"}
        if aim.attainment:
            fact = aim.attainment
            rows.append(
                about
                | {
                    "value": fact.value,
                    "low": fact.low,
                    "high": fact.high,
                    "status": fact.status,
                    "qualifier": fact.qualifier,
                    "source_id": fact.sources,
                    "label": render(fact, prose.language()),
                }
            )
        rows.append(
            about
            | {
                "value": 100.0,
                "low": 100.0,
                "high": 100.0,
                "status": "target",
                "qualifier": "exact",
                "source_id": aim.figure.sources,
            }
        )
    return pd.DataFrame(rows)


AIMS = noted(
    {
        "what": "Target",
        "aim": "Set at",
        "term": "For",
        "now": "Newest figure",
        "seen": "Of",
        "share": "Reached",
        "needed": "Growth still needed a year",
        "achieved": "Growth so far a year",
        "standing": "Standing",
    }
)


def aims(targets: Sequence[Target]) -> pd.DataFrame:
    """Targets as a frame for `prose.table` with the columns of ``AIMS``: one row a target."""
    return pd.DataFrame(
        [
            {
                "what": subject(aim),
                "aim": aim.fact,
                "term": when(aim.period),
                "now": aim.current,
                "seen": when(aim.current.period) if aim.current else "",
                "share": aim.attainment,
                "needed": aim.needed,
                "achieved": aim.achieved,
                "standing": _("{verdict} ({reason})").format(verdict=word(aim.standing), reason=word(aim.reason))
                if aim.reason in REASONS
                else word(aim.standing),
            }
            for aim in targets
        ]
    )
