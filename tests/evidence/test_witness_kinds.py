"""On what verdicts rest: each kind of witness by a small ledger, and the shipped rows beside their claims."""

import math

import pytest
from small_ledger import claim, heard, known, read

from wuhan.evidence import claims as ledger_of
from wuhan.evidence import package, testimony, witnesses
from wuhan.evidence.claims import WITNESSES, hold, relate, verdicts, witnessed
from wuhan.evidence.nearby import step
from wuhan.evidence.testimony import DIRECT, Search
from wuhan.evidence.witnesses import same_time

PAPER = "wuhan ai_firms 2023 650 exact actual - paper"
BUREAU = "wuhan ai_firms 2023 650 exact actual - bureau"
BEYOND, LOST = Search("p001_claim", "beyond", "own_first"), Search("p001_claim", "not_found", searched="word")
OLD = [read("other_period", text="650家", period="2022"), read("other_place", text="1605家", place="hubei")]
KINDS = [
    # observations, what was read, what was searched; kind of witness and verdict
    ([PAPER], [], None, "echo", "agrees"),
    ([PAPER], [read("same_figure", "measured")], None, "measured", "agrees"),
    ([PAPER], [read("same_figure", "echo")], None, "echo", "agrees"),
    ([], [read("same_figure", "echo", "650家")], None, "echo", "agrees"),
    ([], [read("differs", "measured", "995家")], None, "measured", "differs"),
    ([], [read("agrees", "measured", "130家 / 20%")], None, "worked_out", "agrees"),
    ([PAPER], [read("agrees", "measured", "130家 / 20%")], None, "worked_out", "agrees"),
    ([PAPER], [read("differs", "measured", "995家", source="bureau")], None, "measured", "differs"),
    ([], OLD, None, "elsewhere", "not_comparable"),
    ([], [read("other_definition", text="80家")], LOST, "elsewhere", "not_comparable"),
    ([], [], LOST, "not_found", "no_official_figure"),
    ([], [], BEYOND, "beyond", "no_official_figure"),
    ([PAPER], [], BEYOND, "beyond", "no_official_figure"),
    ([PAPER], [read("same_figure", "measured")], BEYOND, "measured", "agrees"),
    ([], OLD, BEYOND, "beyond", "no_official_figure"),
    ([], [], None, "not_searched", "no_official_figure"),
]


@pytest.mark.parametrize(("rows", "said", "search", "witness", "kind"), KINDS)
def test_each_kind_of_witness(rows, said, search, witness, kind):
    held = hold(claim("650家", "count", "ai_firms", "2023"), known(*rows, heard=heard(*said, search=search)))
    assert (held.witness, held.kind) == (witness, kind)
    assert held.search is search and list(held.said) == said


def test_an_echo_is_never_independent_whoever_it_is():
    """A source is not independent because it is trusted, nor because another one is."""
    said = claim("650家", "count", "ai_firms", "2023")
    assert hold(said, known(BUREAU)).witness == "echo"
    both = heard(read("same_figure", "measured", source="bureau_later"))
    assert hold(said, known(BUREAU, heard=both)).witness == "echo"
    other = claim("650家", "count", "ai_firms", "2023", claim="p001_other")
    assert hold(other, known(PAPER, heard=heard(read("same_figure", "measured")))).witness == "echo"


def test_who_measures_decides_before_the_most_trusted_and_the_others_are_told_beside():
    read_ = heard(read("differs", "measured", "995家", source="paper"))
    held = hold(claim("650家", "count", "ai_firms", "2023"), known(BUREAU, heard=read_))
    assert [fact.value for fact in held.against] == [995, 650]
    assert held.relations == ("differs", "agrees")


def test_what_repeats_a_first_that_nobody_awards_is_told_and_decides_nothing():
    held = hold(
        claim("全球最大", "count", comparison="rank"),
        known(heard=heard(read("same_figure", "echo", "全球最大", comparison="rank"), search=BEYOND)),
    )
    assert (held.kind, held.reason, held.relations, len(held.against)) == ("no_official_figure", "beyond", ("",), 1)


# Stale: found by a rule


def test_a_figure_of_an_earlier_time_is_stale_and_so_is_the_growth_beside_it():
    rows = [
        "wuhan ai_firms 2023 995 exact actual - paper",
        "wuhan ai_firms 2022 650 exact actual - bureau",
        "wuhan ai_firms 2021 482 exact actual - bureau",
    ]
    firms = claim("650家", "count", "ai_firms", "2023")
    growth = claim("35%", "percent", "ai_firms_growth", "2023", claim="growth")
    held = verdicts([firms, growth], known(*rows))
    assert [each.kind for each in held] == ["stale", "stale"]
    assert [each.elsewhere[0].period for each in held] == ["2022", "2022"]
    assert held[1].witness == held[0].witness == "echo"  # what the level beside it rests on
    apart = claim("35%", "percent", "ai_firms_growth", "2023", claim="growth", source_id="press_000")
    assert verdicts([firms, apart], known(*rows))[1].kind == "not_comparable"


@pytest.mark.parametrize(
    ("year", "period", "stated", "kind"),
    [
        ("2022", "2023", "2024-01-25", "stale"),
        ("2024", "2023", "2024-01-25", "differs"),  # a later time is no old figure
        ("2019", "2023", "2024-01-25", "differs"),  # so far back the same figure is chance
        ("2016", "2018", "2018-03-30", "stale"),  # said in spring, a year and a quarter after
        ("2016", "2018", "2018-12-31", "stale"),
        ("2015", "2018", "2018-12-31", "differs"),
    ],
)
def test_how_old_a_figure_may_be_that_is_stale(year, period, stated, kind):
    rows = [
        f"wuhan academicians {period} 67 exact actual - bureau",
        f"wuhan academicians {year} 63 exact actual - bureau",
    ]
    said = claim("63名", "persons", "academicians", period, stated=stated)
    assert hold(said, known(*rows)).kind == kind


def test_what_agrees_for_its_own_time_is_not_stale_though_it_was_so_before():
    rows = ["wuhan ai_firms 2023 650 exact actual - paper", "wuhan ai_firms 2022 650 exact actual - bureau"]
    assert hold(claim("650家", "count", "ai_firms", "2023"), known(*rows)).kind == "agrees"


# A part larger than its whole


@pytest.mark.parametrize(
    ("text", "place", "period", "whole"),
    [
        ("8个", "hubei", "2025", 8),
        ("12个", "hubei", "2025", None),  # the province has more: nothing is odd
        ("8个", "hubei", "2023", None),  # it may have grown since
        ("8个", "xian", "2025", None),
    ],
)
def test_more_in_a_city_than_in_its_province(text, place, period, whole):
    said = claim("10个", "count", period="2025-06")
    held = hold(said, known(heard=heard(read("other_place", text=text, period=period, place=place))))
    assert (held.whole.value if held.whole else None) == whole


# Goals


def test_a_goal_that_others_print_stays_a_goal_with_what_they_print():
    held = hold(
        claim("300个", "count", period="2024", kind="target"),
        known(heard=heard(read("other_definition", text="23个"), read("same_figure", "echo", "300个"))),
    )
    assert (held.kind, held.witness, held.relations) == ("target", "", ("agrees", ""))


# The shipped rows


@pytest.fixture(scope="module")
def press():
    ledger = {one.claim: one for one in ledger_of.claims()}
    return ledger, verdicts(list(ledger.values()), witnesses.evidence())


def rows():
    return [one for said in testimony.heard().testimonies.values() for one in said]


def test_every_result_has_one_kind_of_witness_and_nothing_else_has_any(press):
    held = press[1]
    counts = witnessed(held)
    assert list(counts) == list(WITNESSES) and sum(counts.values()) == 113
    results = ("agrees", "agrees_at_rounding", "differs", "stale", "not_comparable", "no_official_figure")
    assert all(bool(one.witness) == (one.kind in results) for one in held)
    assert counts["measured"] >= 2 and counts["echo"] >= 10 and counts["not_searched"] <= 2
    assert sum(counts[kind] for kind in ("measured", "worked_out", "echo", "elsewhere")) >= 56


def test_whoever_decides_was_judged(press):
    """No printed figure decides on a claim unless a person said how independent it is: on a growth beside a stale level
    what decides on that level.
    """
    levels = {(f"{one.claim.indicator}_growth", one.claim.source_id, one.claim.period): one for one in press[1]}
    for one in press[1]:
        if one.witness in ("measured", "echo"):
            level = levels.get((one.claim.indicator, one.claim.source_id, one.claim.period), one)
            source = (level if one.kind == "stale" else one).against[0].sources[0]
            assert any(each.source_id == source and each.independence for each in one.said), one.claim.claim


@pytest.mark.parametrize("one", [one for one in rows() if one.fact], ids=lambda one: f"{one.claim}-{one.source_id}")
def test_a_row_says_what_its_figure_is_beside_the_claim(press, one):
    said, fact = press[0][one.claim], one.fact
    assert one.quote and said.source_id != one.source_id and not said.repeats
    if one.relation in DIRECT:
        found = relate(said.figure, fact, step(said))
        assert (found == "differs") == (one.relation == "differs")
        if one.relation == "same_figure":
            assert math.isclose(fact.value, said.figure.value)
        measure = witnesses.evidence().measures[said.indicator][0] if said.indicator else "stock"
        assert not (said.period and fact.period) or same_time(measure, said.period, fact.period)
        assert fact.place == said.place
    elif one.relation == "other_period":
        assert fact.place == said.place and fact.period != said.period
    elif one.relation == "other_place":
        assert fact.place != said.place


def test_an_observation_that_is_judged_is_there():
    known_ = witnesses.evidence()
    ledger = {one.claim: one for one in ledger_of.claims()}
    for one in rows():
        if not one.fact:
            said = ledger[one.claim]
            assert any(one.source_id in fact.sources for fact in known_.of(said.indicator, said.place)), one


def test_a_figure_of_a_record_is_the_one_of_its_row():
    events = package.read("events").set_index("event")
    found = {one.claim: one.fact for one in rows() if one.fact and one.fact.row[0] == "events"}
    recorded = package.read("witnesses")["record"]
    assert sum(recorded != "") == sum(bool(one.fact) and one.fact.row[0] != "witnesses" for one in rows())
    assert found["p000_signing_total_count"].value == events.projects["wuhan_signing_20250626"]
    assert found["p000_signing_total_amount"].sources == ("economic_observer_20250626",)


def test_what_was_searched_is_told_and_what_is_beyond_has_a_reason():
    for one in testimony.heard().searches.values():
        assert one.searched if one.outcome == "not_found" else one.reason
