"""Targets: which there are, which are one, and which contradict each other."""

from small_ledger import claim, known, only

from wuhan.evidence import targets
from wuhan.evidence.progress import measured


def test_a_claim_and_the_observation_of_its_article_are_one_target():
    said = claim("60个以上", "count", "vertical_models", "", kind="target", source_id="press_000", stated="2025-06-26")
    row = "wuhan vertical_models 2025 60 at_least target - press_000"
    got = only(row, ledger=[said])
    assert (got.name, got.claims, got.period, got.kind) == (
        "p001_claim",
        ("p001_claim",),
        "",
        "target",
    )  # no assumed year
    other = only(
        "wuhan vertical_models 2025 60 at_least target - paper",
        "wuhan vertical_models 2025 60 at_least target - bureau",
    )
    assert other.fact.sources == ("paper", "bureau")
    assert (other.name, other.claims) == ("vertical_models wuhan 2025 paper", ())
    both = measured([said], known("wuhan vertical_models 2025 60 at_least target - paper"))
    assert len(both) == 2  # another source may mean another year
    units = claim("135万", "persons", "university_students", "2027", kind="target")
    row = "wuhan university_students 2027 135 exact target - press_001"
    assert only(row, ledger=[units]).fact.unit == "10k_persons"


def test_repeats_and_what_has_happened_are_no_targets():
    aims = [
        claim("60个", "count", claim=name, kind=kind, repeats=repeats)
        for name, kind, repeats in (
            ("a", "target", ""),
            ("b", "target", "a"),
            ("c", "actual", ""),
            ("d", "context", ""),
            ("e", "plan", ""),
            ("f", "forecast", ""),
        )
    ]
    assert [aim.name for aim in measured(aims, known())] == ["a", "e", "f"]


def test_two_plans_that_contradict_each_other_are_both_shown():
    rows = [
        "wuhan computing_power_total 2025 5000 exact target - paper",
        "wuhan computing_power_total 2025 4500 exact target - bureau",
        "wuhan computing_power_total 2027 9000 exact target - bureau",
        "xian computing_power_total 2025 4000 exact target - bureau",
    ]
    got = measured([], known(*rows))
    assert [[fact.value for fact in aim.contradicts] for aim in got] == [[4500], [5000], [], []]
    rough = known(rows[0].replace("exact", "about"), *rows[1:])
    assert [bool(aim.contradicts) for aim in measured([], rough)] == [True, True, False, False]  # two figures in print
    steps = [
        claim("5个以上", "count", "future_industry_clusters", "2027", kind="target", claim="floor"),
        claim("10个以上", "count", "future_industry_clusters", "2027", kind="target", claim="stretch"),
    ]
    assert [aim.contradicts for aim in measured(steps, known())] == [(), ()]
    named = [
        claim(printed, "count", claim=printed, kind="plan", comparison="list_count", source_id=source, period="2025")
        for printed, source in (("四个方面", "press_000"), ("五大应用", "press_001"))
    ]
    assert [aim.contradicts for aim in measured(named, known())] == [(), ()]


def test_claims_made_after_the_day_of_the_evidence_are_left_out():
    said = claim("100场", "count", kind="target", stated="2025-06-26")
    assert measured([said], known(day="2025-06-25")) == []
    assert len(measured([said], known(day="2025-06-26"))) == 1


def test_vocabulary():
    assert targets.REASONS == (
        "",
        "one_figure",
        "one_step",
        "direction",
        "bound",
        "no_term",
        "part",
        "estimate",
        "about",
        "cap",
        "listed",
        "no_number",
        "named",
        "no_indicator",
    )
