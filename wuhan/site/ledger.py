"""The page of the claims: every number of the press with its verdict, to be filtered, searched and downloaded."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from pathlib import Path

from wuhan.evidence import claims, witnesses
from wuhan.evidence.claims import Claim, Verdict
from wuhan.evidence.facts import Fact
from wuhan.evidence.quantities import render
from wuhan.site import rowpages, tables
from wuhan.site.cited import weakest
from wuhan.site.numbers import untranslated
from wuhan.site.rowpages import told, way
from wuhan.site.rows import note_of, row_of
from wuhan.text import codes, verdicts
from wuhan.text.language import _, language
from wuhan.text.words import label, look_up, remark

FILE = "claims.csv"  # all verdicts in one table, beside the pages
COLUMNS = (
    "claim",
    "article",
    "line",
    "printed",
    "in_english",
    "verdict",
    "witness",
    "figure",
    "place",
    "period",
    "source",
    "trust",
    "row",
)


@lru_cache(maxsize=2)
def held(data: Path) -> tuple[Verdict, ...]:
    """The verdict on every claim; the slow part of the page, the same in every language."""
    return tuple(claims.verdicts(claims.claims(data), witnesses.evidence(data)))


def page(data: Path) -> dict:
    """What the page shows: the claims by article, what they can be filtered by, on what the verdicts rest."""
    found = held(data)
    articles = [
        {"id": source, "name": verdicts.article(source), "claims": [_claim(one) for one in own]}
        for source, own in groupby(found, key=lambda one: one.claim.source_id)
    ]
    themes = dict.fromkeys(one.claim.theme for one in found)
    counted, rests = claims.counts(found), claims.witnessed(found)
    return {
        "articles": articles,
        "themes": {theme: label(theme) for theme in themes},
        "verdicts": {kind: (codes.word(kind), count) for kind, count in counted.items() if count},
        "witnesses": {kind: (codes.word(kind), count) for kind, count in rests.items() if count},
        "results": sum(rests.values()),
        "count": len(found),
        "download": FILE,
    }


def table(data: Path) -> str:
    """Every claim with its verdict as CSV: codes, addresses and English figures, the same in every language."""
    rows = map(_row, held(data))
    return tables.as_csv(COLUMNS, ([row.get(column) for column in COLUMNS] for row in rows))


def _row(one: Verdict) -> dict[str, object]:
    """A claim with its verdict, and the figure that decided."""
    claim, fact = one.claim, one.against[0] if one.against and not one.claim.repeats else None
    row = {
        "claim": claim.claim,
        "article": claim.source_id,
        "line": claim.line,
        "printed": claim.value_text,
        "in_english": render(claim.fact, "en") if claim.fact else "",
        "verdict": one.kind,
        "witness": one.witness,
    }
    if fact:
        row |= {
            "figure": render(fact, "en", digits=12),
            "place": fact.place,
            "period": fact.period,
            "source": " ".join(fact.sources),
            "trust": weakest(fact.sources),
            "row": _address(fact),
        }
    return row


def written(claim: Claim) -> str:
    """The number of a claim as the pages write it; blank where the print has the same words."""
    told = render(claim.fact, language()) if claim.fact else ""
    return "" if all(word in claim.value_text for word in told.split()) else told


def _claim(one: Verdict) -> dict:
    """One row: the claim, its verdict, on what it rests and in which words that was read."""
    claim = one.claim
    row = {
        "id": claim.claim,
        "line": claim.line,
        "theme": claim.theme,
        "what": codes.subject(claim),
        "text": claim.value_text,
        "written": written(claim),
        "kind": one.kind,
        "verdict": codes.word(one.kind),
        "witness": one.witness,
        "rests": codes.word(one.witness) if one.witness else "",
        "notes": _noted(row_of({"printed": ["claims", claim.claim]})),
        "searched": one.search.searched if one.search else "",
    }
    return row | _against(one)


def _against(one: Verdict) -> dict:
    """The sentence of a verdict, the grade and the words of what decided, and where that stands: a claim that it
    repeats, or a row of the data.
    """
    if one.claim.repeats:
        return {"against": _("the claim that it repeats"), "way": f"#{one.claim.repeats}", "place": ""}
    if not one.against:
        return {"against": str(verdicts.verdict(one))} if one.witness else {}
    fact = one.against[0]
    row, read = _address(fact), one.testimony(fact)
    source = look_up("sources", "source_id", fact.sources[0])
    return {
        "against": str(verdicts.verdict(one)),
        "grade": weakest(fact.sources),
        "quote": read.quote if read else "",
        "spoken": "zh-CN" if read and not read.quote.isascii() else "en",
        "row": way(row),
        "place": told(row) if row else "",
        "way": "" if row or fact.formula else rowpages.source(fact.sources[0]),
        "behind": _noted("" if read else row, source["note"]),  # the sentence has the note of what was read
    }


def _address(fact: Fact) -> str:
    """File and line of what prints a fact; blank for one that is worked out from many."""
    if fact.row:
        return row_of({"printed": fact.row})
    if fact.formula:
        return ""
    leaf = {key: getattr(fact, key) for key in ("place", "indicator", "period", "status", "vintage")}
    return row_of(leaf | {"source": fact.sources[0], "value": fact.value})


def _noted(row: str, *others: str) -> list[tuple[str, bool]]:
    """What the editors noted on a row, and ``others``: each text, and whether it is not translated."""
    texts = dict.fromkeys(filter(None, [note_of(row), *others]))
    return [(remark(text), untranslated(text)) for text in texts]
