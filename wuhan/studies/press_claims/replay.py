"""Two verdicts on each number: by what was published on the day of its article, and by what is published now."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from statistics import mode

import pandas as pd

from wuhan.evidence import claims, witnesses
from wuhan.evidence.claims import Claim, Verdict
from wuhan.studies.press_claims.outcomes import HOLDS
from wuhan.text import prose
from wuhan.text.language import noted
from wuhan.text.prose import Sentence, Table, paragraph, plural, say
from wuhan.text.verdicts import TESTED, article

HEADS = noted(
    {
        "article": "Article",
        "then": "Could be checked when printed",
        "held": "Held then",
        "now": "Can be checked now",
        "holds": "Hold now",
    }
)


def when_printed(ledger: Sequence[Claim], min_trust: str) -> dict[str, Verdict]:
    """The verdict on each claim by what was published by the day on which most of its article was said."""
    found: dict[str, Verdict] = {}
    for _source, own in groupby(ledger, key=lambda claim: claim.source_id):
        printed = list(own)
        day = mode(claim.stated for claim in printed)
        known = witnesses.evidence(min_trust=min_trust, as_of=day)
        found |= {one.claim.claim: one for one in claims.verdicts(printed, known)}
    return found


def table(held: Sequence[Verdict], then: dict[str, Verdict]) -> Table:
    """For each article how many results could be checked and held, when it was printed and now."""
    rows = []
    for source in dict.fromkeys(one.claim.source_id for one in held):
        own = [one for one in held if one.claim.source_id == source]
        rows.append([article(source), *_counts(then[one.claim.claim] for one in own), *_counts(own)])
    return prose.table(pd.DataFrame(rows, columns=list(HEADS)), HEADS)


def change(held: Sequence[Verdict], then: dict[str, Verdict]) -> Sentence:
    """How many results could be checked when they were printed and can be now, and how many verdicts were otherwise."""
    before = [then[one.claim.claim] for one in held]
    told = say(
        "When they were printed, {n} of these results could be checked, repetitions included, and {m} can be now.",
        n=_counts(before)[0],
        m=_counts(held)[0],
    )
    pairs = [(old, new) for old, new in zip(before, held, strict=True) if _decided(old) and _decided(new)]
    turned = sum((old.kind in HOLDS) != (new.kind in HOLDS) for old, new in pairs)
    if not turned:
        return paragraph(told, say("No result that could be checked then is judged otherwise now."))
    are = plural(turned, one="is", many="are")
    return paragraph(told, say("{n} of them {are} judged otherwise now.", n=turned, are=are))


def _decided(one: Verdict) -> bool:
    return one.kind in TESTED


def _counts(found) -> tuple[int, int]:
    """How many can be checked, and how many of these hold."""
    decided = [one for one in found if _decided(one)]
    return len(decided), sum(one.kind in HOLDS for one in decided)
