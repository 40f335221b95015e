"""How some results stand, in words: how many hold, differ, or are figures of an earlier time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from wuhan.evidence.claims import Verdict
from wuhan.text.prose import Sentence, _, listed, plural, say, spelt

HOLDS = ("agrees", "agrees_at_rounding")


def standing(found: Sequence[Verdict]) -> Sentence:
    """How some results stand, as part of a sentence: how many hold, are the figures of an earlier time, differ."""
    if all(one.kind in HOLDS for one in found):
        return say("it holds" if len(found) == 1 else "all hold")
    return _parts(found)


def outcome(found: Sequence[Verdict]) -> Sentence:
    """How some results stand: how many hold, are the figures of an earlier time, differ otherwise."""
    if all(one.kind in HOLDS for one in found):
        return say("It holds." if len(found) == 1 else "All hold.")
    if len(found) == 1:
        return say("It is the figure of an earlier time." if found[0].kind == "stale" else "It differs.")
    return say("Of these, {outcome}.", outcome=_parts(found))


def _together(found: Sequence[Verdict]) -> bool:
    """Whether several results are stale, and all stand in one line of one text."""
    lines = [(one.claim.source_id, one.claim.line) for one in found if one.kind == "stale"]
    return len(lines) > 1 and len(set(lines)) == 1


def _parts(found: Sequence[Verdict]) -> Sentence:
    """How many of each kind, in words."""
    kinds = Counter("holds" if one.kind in HOLDS else one.kind for one in found)
    parts = []
    if good := kinds["holds"]:
        parts.append(say("{good} {hold}", good=spelt(good), hold=plural(good, one="holds", many="hold")))
    if old := kinds["stale"]:
        words = plural(old, one="is the figure of an earlier time", many="are figures of an earlier time")
        if _together(found):
            words = _("are figures of an earlier time, in one sentence")
        parts.append(say("{old} {words}", old=spelt(old), words=words))
    if bad := kinds["differs"]:
        parts.append(say("{bad} {differ}", bad=spelt(bad), differ=plural(bad, one="differs", many="differ")))
    return listed(parts)
