"""What the ledger of press claims comes to: in a sentence, as rows for charts, and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from wuhan.evidence import claims
from wuhan.evidence.claims import Verdict
from wuhan.evidence.facts import Fact
from wuhan.evidence.identities import Check
from wuhan.text import palette, prose
from wuhan.text.codes import CHECKS, REASONS, subject, word
from wuhan.text.language import noted
from wuhan.text.prose import Name, Sentence, _, paragraph, plural, say
from wuhan.text.verdicts import HELD, TESTED, article, place_of, witness

ORDER = ("does_not_close", "under_determined", "closes_at_rounding", "closes", "derived")  # what asks for a look first
FILLS = palette.VERDICTS
COLUMNS = noted(
    {
        "where": "Printed",
        "what": "Number",
        "text": "As printed",
        "verdict": "Verdict",
        "official": "Held against",
        "row": "Row of the data",
    }
)


def answer(held: Sequence[Verdict], theme: str = "") -> Sentence:
    """How many numbers the articles of ``held``, which is not empty, print, and how many of them hold; ``theme`` is
    named where the numbers are those of one theme.
    """
    number, articles = len(held), len({one.claim.source_id for one in held})
    told = {"numbers": plural(number, one="number", many="numbers"), "n": number}
    what = say("{n} {numbers} ({theme})", theme=prose.label(theme), **told) if theme else say("{n} {numbers}", **told)
    count = claims.counts(held)
    tested = sum(count[kind] for kind in TESTED)
    return paragraph(
        say("The article prints {what}.", what=what)
        if articles == 1
        else say("Between them, {articles} press articles print {what}.", articles=articles, what=what),
        say("Of these, {tested} can be held against another source: {outcome}.", tested=tested, outcome=outcome(count))
        if tested
        else say("None of these can be held against another source."),
    )


def outcome(count: Mapping[str, int]) -> Sentence:
    """How many of the numbers that another source can test hold, by ``count`` (`claims.counts`); what no number comes
    to is left out.
    """
    agree, near, differ = (count[kind] for kind in TESTED)
    told = [
        (agree, say("{n} {agree}", n=agree, agree=plural(agree, one="agrees", many="agree"))),
        (near, say("{n} {agree} at the printed rounding", n=near, agree=plural(near, one="agrees", many="agree"))),
        (differ, say("{n} {differ}", n=differ, differ=plural(differ, one="differs", many="differ"))),
    ]
    found = [sentence for n, sentence in told if n]
    return prose.listed(found) if found else say("no number can be tested")


def parts(ledger: pd.DataFrame, by: str) -> pd.DataFrame:
    """The results in a ledger (`claims.frame`) by the column ``by`` and verdict, as a frame for `charts.shares`.

    The largest group is first. Every group has every verdict, zero if it does not occur, so that all have one key.
    """
    results = ledger[ledger["verdict"].isin(HELD)]
    rows = []
    for group in results[by].value_counts().index:
        own = results[results[by] == group]
        cited = tuple(dict.fromkeys(own["source_id"]))
        for code, fill in zip(HELD, FILLS, strict=True):
            number = int((own["verdict"] == code).sum())
            name = say("{name} ({n})", name=article(group) if by == "source_id" else prose.label(group), n=len(own))
            rows.append(
                {
                    "series": str(name),
                    "part": word(code),
                    "value": number,
                    "label": str(number),
                    "colour": fill,
                    "source_id": cited,
                }
            )
    return pd.DataFrame(rows)


def ledger(held: Sequence[Verdict]) -> pd.DataFrame:
    """The ledger as a frame for `prose.table` with the columns of ``COLUMNS``: one row a claim."""
    return pd.DataFrame(
        [
            {
                "where": place_of(one.claim),
                "what": subject(one.claim),
                "text": one.claim.value_text,
                "verdict": _("{verdict} ({reason})").format(verdict=word(one.kind), reason=word(one.reason))
                if one.reason in REASONS
                else word(one.kind),
                "official": one.against[0] if one.against else None,
                "row": row(one.against[0]) if one.against else "",
            }
            for one in held
        ]
    )


def row(fact: Fact) -> str:
    """Where a fact stands in the data: indicator, place, period, source, or table and key; of one without a row, that
    it is worked out.
    """
    if fact.formula:
        return Name(str(witness(fact)))
    return " · ".join(fact.row or (fact.indicator, fact.place, fact.period, *fact.sources[:1]))


def in_order(checks: Iterable[Check]) -> list[Check]:
    """Checks with those first that ask for a look: what does not close, then what definitions leave open."""
    return sorted(checks, key=lambda check: ORDER.index(check.kind))


def tally(checks: Sequence[Check]) -> pd.DataFrame:
    """How many checks came to each result, as a frame for `charts.bars`."""
    found = [found.kind for found in checks]
    cited = tuple(dict.fromkeys(source for check in checks if check.left for source in check.left.sources))
    rows = [
        {
            "series": word(kind),
            "value": found.count(kind),
            "low": found.count(kind),
            "high": found.count(kind),
            "status": "actual",
            "qualifier": "exact",
            "source_id": cited,
            "colour": fill,
        }
        for kind, fill in zip(CHECKS, FILLS, strict=True)
        if kind in found
    ]
    return pd.DataFrame(rows)
