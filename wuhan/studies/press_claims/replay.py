"""Two verdicts on each number: by what was published on the day of its article, and by what is published now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import pandas as pd

from wuhan.evidence import claims, witnesses
from wuhan.evidence.claims import Claim, Verdict
from wuhan.text import prose
from wuhan.text.language import noted
from wuhan.text.prose import Sentence, Table, paragraph, say
from wuhan.text.verdicts import TESTED, article

HOLDS = ("agrees", "agrees_at_rounding")
HEADS = {
    "article": noted("Article"),
    "then": noted("Could be checked when printed"),
    "held": noted("Held then"),
    "now": noted("Can be checked now"),
    "holds": noted("Hold now"),
}


def when_printed(ledger: Sequence[Claim], min_trust: str) -> dict[str, Verdict]:
    """The verdict on each claim by what was published by the day on which most of its article was said."""
    found: dict[str, Verdict] = {}
    for _source, own in groupby(ledger, key=lambda claim: claim.source_id):
        printed = list(own)
        day = Counter(claim.stated for claim in printed).most_common(1)[0][0]
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
    before, now = (_counts(each) for each in ([then[one.claim.claim] for one in held], held))
    told = say(
        "When they were printed, {n} of these results could be checked, repetitions included, and {m} can be now.",
        n=before[0],
        m=now[0],
    )
    turned = [one for one in held if _decided(one) and _decided(then[one.claim.claim]) and _turned(one, then)]
    if not turned:
        return paragraph(told, say("No result that could be checked then is judged otherwise now."))
    return paragraph(told, say("{n} of them {are} judged otherwise now.", n=len(turned), are=_are(len(turned))))


def _are(count: int) -> str:
    return prose.plural(count, one="is", many="are")


def _decided(one: Verdict) -> bool:
    return one.kind in TESTED


def _turned(one: Verdict, then: dict[str, Verdict]) -> bool:
    return (one.kind in HOLDS) != (then[one.claim.claim].kind in HOLDS)


def _counts(found) -> tuple[int, int]:
    """How many can be checked, and how many of these hold."""
    decided = [one for one in found if _decided(one)]
    return len(decided), sum(one.kind in HOLDS for one in decided)
