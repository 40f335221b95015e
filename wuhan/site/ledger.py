"""The page of the claims: every number of the press with its verdict, to be filtered and searched."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from pathlib import Path

from wuhan.evidence import claims, witnesses
from wuhan.evidence.claims import Verdict
from wuhan.site.numbers import untranslated
from wuhan.site.rows import note_of, row_of
from wuhan.text import codes, verdicts
from wuhan.text.language import _
from wuhan.text.tables import word
from wuhan.text.words import label, look_up, remark, when


@lru_cache(maxsize=2)
def held(data: Path) -> tuple[Verdict, ...]:
    """The verdict on every claim; the slow part of the page, the same in every language."""
    return tuple(claims.verdicts(claims.claims(data), witnesses.evidence(data)))


def page(data: Path) -> dict:
    """What the page shows: the claims by article, and what they can be filtered by."""
    found = held(data)
    articles = [
        {"id": source, "name": verdicts.article(source), "claims": [_claim(one) for one in own]}
        for source, own in groupby(found, key=lambda one: one.claim.source_id)
    ]
    themes = dict.fromkeys(one.claim.theme for one in found)
    counted = claims.counts(found)
    return {
        "articles": articles,
        "themes": {theme: label(theme) for theme in themes},
        "verdicts": {kind: (codes.word(kind), count) for kind, count in counted.items() if count},
        "count": len(found),
    }


def _claim(one: Verdict) -> dict:
    """One row: the claim, its verdict, what decided."""
    claim = one.claim
    row = {
        "id": claim.claim,
        "line": claim.line,
        "theme": claim.theme,
        "about": label(claim.theme),
        "what": codes.subject(claim),
        "text": claim.value_text,
        "kind": one.kind,
        "verdict": codes.word(one.kind),
        "notes": _noted(row_of({"printed": ["claims", claim.claim]})),
        "reason": codes.word(one.reason) if one.reason in codes.REASONS else "",
    }
    return row | _against(one)


def _against(one: Verdict) -> dict:
    """What a claim was held against, in words, and where that stands: a claim that it repeats, or a row of the data."""
    if one.claim.repeats:
        return {"against": _("the claim that it repeats"), "way": f"#{one.claim.repeats}", "place": ""}
    if not one.against:
        return {}
    fact = one.against[0]
    if fact.formula:  # it has no row, and no publisher either
        told = [word(fact), str(verdicts.witness(fact)), when(fact.period)]
        return {"against": _("; ").join(filter(None, told)), "row": "", "place": "", "way": ""}
    source = look_up("sources", "source_id", fact.sources[0])
    who = _("{publisher}, {grade}").format(publisher=verdicts.witness(fact), grade=source["trust"])
    against = _("; ").join(filter(None, [word(fact), who, when(fact.period)]))
    leaf = {key: getattr(fact, key) for key in ("place", "indicator", "period", "status", "vintage")}
    row = row_of(leaf | {"source": fact.sources[0], "value": fact.value})
    return {
        "against": against,
        "row": row,
        "place": row.replace("#line=", " · "),
        "way": "" if row else f"sources.html#{fact.sources[0]}",
        "behind": _noted(row, source["note"]),
    }


def _noted(row: str, *others: str) -> list[tuple[str, bool]]:
    """What the editors noted on a row, and ``others``: each text, and whether it is not translated."""
    texts = dict.fromkeys(filter(None, [note_of(row), *others]))
    return [(remark(text), untranslated(text)) for text in texts]
