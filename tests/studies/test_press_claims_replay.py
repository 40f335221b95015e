"""Two verdicts on a number: by what was published when it was printed, and by what is published now."""

from __future__ import annotations

from dataclasses import replace

from wuhan.evidence import claims, package, witnesses
from wuhan.evidence.periods import bounds
from wuhan.studies.press_claims import replay
from wuhan.text import prose
from wuhan.text.verdicts import TESTED

LEDGER = claims.claims()
NOW = claims.verdicts(LEDGER, witnesses.evidence())
THEN = replay.when_printed(LEDGER, "D")
PUBLISHED = dict(package.read("sources")[["source_id", "published"]].itertuples(index=False))


def test_nothing_decides_that_was_published_after_the_article():
    assert set(THEN) == {claim.claim for claim in LEDGER}
    for one in THEN.values():
        dates = [PUBLISHED[source] for fact in one.against for source in fact.sources if PUBLISHED[source]]
        days = [bounds(each.claim.stated)[1] for each in NOW if each.claim.source_id == one.claim.source_id]
        assert all(bounds(day)[0] <= max(days) for day in dates), one.claim.claim


def test_the_counts_are_those_of_the_verdicts():
    before, now, *_turned = [fact["value"] for fact in replay.change(NOW, THEN).facts]
    assert now == sum(one.kind in TESTED for one in NOW)
    assert before == sum(one.kind in TESTED for one in THEN.values()) < now
    rows = repr(replay.table(NOW, THEN)).splitlines()[1:]
    assert sum(int(row.split("\t")[1]) for row in rows) == before


def test_a_verdict_that_turned_is_counted():
    held = next(one for one in NOW if one.kind == "agrees" and THEN[one.claim.claim].kind == "agrees")
    turned = {**THEN, held.claim.claim: replace(THEN[held.claim.claim], kind="differs")}
    assert "is judged otherwise now" in str(replay.change(NOW, turned))
    assert "No result that could be checked then is judged otherwise now" in str(replay.change(NOW, THEN))


def test_a_choice_without_results_is_told():
    targets = [one for one in NOW if one.kind == "target"][:2]
    assert [fact["value"] for fact in replay.change(targets, THEN).facts][:2] == [0, 0]
    assert isinstance(replay.table(targets, THEN), prose.Table)
