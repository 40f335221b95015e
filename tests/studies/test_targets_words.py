"""What is said of the targets of a city: it adds up, and every branch of a sentence is taken."""

from dataclasses import replace
from pathlib import Path

import pytest
from stored import shown, values

from wuhan.evidence import observations
from wuhan.studies.targets import lines, words
from wuhan.text import prose

ROOT = Path(__file__).parents[2]
NOTEBOOK = "41_targets.ipynb"


@pytest.fixture(scope="module")
def wuhan():
    return words.read("wuhan", words.ALL, 2028)


def test_the_answer_counts_the_targets_whose_term_is_over(wuhan):
    over, found = values(wuhan.finding())
    kinds = [words.group(aim) for aim in wuhan.due]
    silent = kinds.count(words.SILENT)
    assert (over, found) == (len(kinds), len(kinds) - silent)
    met = [aim for aim in wuhan.due if words.group(aim) == words.MET]
    missed = wuhan.of(words.MISSED)
    growth = [aim for aim in (*met, *missed) if aim.indicator == words.GROWTH]
    own = [words.group(aim) for aim in growth if aim.place == "wuhan"]
    assert values(wuhan.answer()) == [
        *(over, found, len(met), len(missed)),
        *(sum(map(lines.weak, met)), len(met), sum(map(lines.weak, missed)), len(missed)),
        *(len(growth), own.count(words.MISSED), len(own), 1, 1),  # the zone's one
    ]
    assert "that of 2020 predates the epidemic" in str(wuhan.answer())
    assert "missed: Wuhan six of seven and East Lake" in str(wuhan.answer())
    alone = words.Reading("wuhan", wuhan.of(words.SILENT)[:1])
    assert "none can be judged" in str(alone.finding()) and "has no result there" in str(alone.answer())
    assert "was met" in str(words.Reading("wuhan", wuhan.of(words.MET)[:1]).answer())
    assert "was missed" in str(words.Reading("wuhan", [a for a in wuhan.due if a.standing == "behind"][:1]).answer())
    assert "was reached late" in str(words.read("shanghai", words.ALL, 2028).answer())
    assert "No result was found" in str(words.Reading("wuhan", wuhan.of(words.SILENT)[:2]).answer())
    assert "has come to its term" in str(words.Reading("wuhan", wuhan.of(words.RUNS)).finding())
    bare = [aim for aim in wuhan.every if aim.standing == "not_measurable"]
    assert "can be measured" in str(words.Reading("wuhan", bare).finding())
    assert "Available: " in str(words.read("xiantao", words.ALL, 2028).answer())


def test_what_an_estimate_alone_reaches_is_no_result(wuhan):
    aim = wuhan.of(words.SILENT)[0]
    assert words.group(replace(aim, standing="undecided")) == words.SILENT
    assert words.group(replace(aim, standing="undecided", due=False)) == words.RUNS
    assert words.group(replace(aim, standing="behind")) == words.MISSED
    assert words.group(replace(aim, standing="behind", due=False)) == words.RUNS


def test_the_parts_of_the_page_add_up(wuhan):
    told = len(wuhan.table().rows) + sum(int(row[1]) for row in wuhan.ledger().rows)
    assert told == len(wuhan.measured) and len(wuhan.open()) == sum(int(row[1]) for row in wuhan.ledger().rows)
    last = wuhan.ledger().rows[-1]
    assert last[0] == "no year printed" and "Industry agents: at least 100" in last[2]  # their article has no year
    squares = wuhan.terms()
    assert len(squares) == sum(bool(aim.period) for aim in wuhan.measured)
    silent, older, rest, near, most, _same = values(wuhan.silence())
    assert silent == older + rest + near == len(wuhan.of(words.SILENT)) and most <= silent
    assert values(wuhan.left_out()) == [len(wuhan.every) - len(wuhan.measured)]
    runs, bare = values(wuhan.course())[:2]
    dated = [aim for aim in wuhan.of(words.RUNS) if aim.period]
    assert runs == len(dated) and bare == sum(aim.current is None for aim in dated)


def test_a_result_from_a_source_of_low_trust_and_a_late_one_are_said_to_be(wuhan):
    told = str(wuhan.doubts())
    assert "309" in told and "low trust" in told
    assert "Apollo" not in told  # an estimate is no result
    assert words.read("chengdu", words.ALL, 2028).doubts() is None
    assert "reached late" in str(words.read("shanghai", words.ALL, 2028).doubts())
    sure = [aim for aim in wuhan.of(words.MET) if not observations.doubtful(aim.current.sources)]
    assert "low trust" not in str(words.Reading("wuhan", sure).doubts())


def test_a_target_is_as_firm_as_the_poorer_of_what_sets_it_and_what_tells_of_it(wuhan):
    (zone,) = [aim for aim in wuhan.of(words.MISSED) if aim.place == "wuhan_east_lake"]
    assert lines.trust(zone) == "C" and not observations.doubtful(zone.current.sources)
    assert [row[5] for row in wuhan.table().rows if row[0].startswith("East Lake")] == ["C"]
    assert "the target of 6.5% for 2025 stands only in a source of low trust" in str(wuhan.doubts())
    twice = replace(zone, fact=replace(zone.figure, sources=(*zone.figure.sources, *zone.current.sources)))
    assert lines.trust(twice) == "B"  # one firm source is enough to set it
    firm = words.Reading("wuhan", [aim for aim in wuhan.due if words.group(aim) == words.SILENT or not lines.weak(aim)])
    assert "low trust" not in str(firm.answer())


def test_what_still_runs_is_on_course_behind_or_open(wuhan):
    run = [aim for aim in wuhan.of(words.RUNS) if aim.period]
    assert "Of none can it be told whether it is on course." in str(wuhan.course())
    mixed = words.Reading("wuhan", [replace(run[0], standing="on_course"), replace(run[1], standing="behind"), run[2]])
    assert str(mixed._ahead()).startswith("On course: one; behind: one;")


def test_a_figure_tells_targets_by_signs(wuhan):
    told = [label for label in wuhan.speeds()["label"]]
    assert {"≈8%", "≥6.5%", "4.0%", "10.0%", "7.5 to 7.8%"} <= set(told)
    assert str(wuhan.pace()) == "Of eight growth targets of Wuhan six were missed, one met, one open"
    closed = words.Reading("wuhan", [aim for aim in wuhan.due if words.group(aim) != words.SILENT])
    assert str(closed.pace()).endswith("six were missed, one met")


def test_a_floor_of_a_floor_is_no_share(wuhan):
    rows = [row for row in wuhan.table().rows if row[2].startswith("over 200 billion")]
    assert [row[6:] for row in rows] == [["", "undecided (bounds tell no pace)"]]  # over 100 billion yuan of over 200


def test_whose_targets_are_counted_is_said(wuhan):
    assert str(wuhan.whose()) == "Wuhan, its zones and firms"
    own = [aim for aim in wuhan.due if aim.place == "wuhan" and not aim.organisation]
    assert str(words.Reading("wuhan", own).whose()) == "Wuhan"
    zones, firms = (
        [aim for aim in wuhan.due if each(aim)] for each in (lambda a: a.place != "wuhan", lambda a: a.organisation)
    )
    assert str(words.Reading("wuhan", zones).whose()) == "Wuhan and its zones"
    assert str(words.Reading("wuhan", firms).whose()) == "Wuhan and its firms"


def test_texts_that_contradict_each_other_are_named(wuhan):
    assert "4,500 PFLOPS against 5,000 PFLOPS; as rounded" in str(wuhan.torn())  # 5 EFLOPS may be 4,500 PFLOPS
    one, other = [aim for aim in wuhan.every if aim.measure == "computing_power_total"]
    low, high = sorted((one.figure, other.figure), key=lambda fact: fact.value)
    apart = replace(one, fact=low, contradicts=(replace(high, low=high.value, high=high.value),))
    assert "do not meet" in str(words.Reading("wuhan", [apart]).torn())
    assert "No two texts" in str(words.read("chengdu", words.ALL, 2028).torn())


def test_a_city_without_results_or_without_terms_that_are_over_reads_well():
    nanjing = words.read("nanjing", words.ALL, 2028)
    assert nanjing.silence() is None and "No result was found" in str(nanjing.table())
    shanghai = words.read("shanghai", words.ALL, 2028)
    assert "a result was found" in str(shanghai.silence()) and "still runs" in str(shanghai.course())
    assert "There is none" in str(shanghai.ledger())


def test_the_headline_is_what_the_page_lists():
    over, judged, met, missed, *_rest = [fact["value"] for fact in shown(NOTEBOOK, "reading.answer()")[prose.FACTS]]
    assert shown(NOTEBOOK, "reading.silence()")[prose.FACTS][0]["value"] == over - judged and judged == met + missed


def test_a_target_of_about_a_figure_is_open_where_the_result_rounds_to_it(wuhan):
    (near,) = [aim for aim in wuhan.paces if aim.reason == "about"]
    assert near.figure.value > near.current.value >= near.figure.low and words.group(near) == words.SILENT
    far = [aim for aim in wuhan.paces if aim.figure.qualifier == "about" and aim.current.high < aim.figure.low]
    assert far and all(words.group(aim) == words.MISSED for aim in far)


def test_each_target_for_growth_stands_beside_its_result(wuhan):
    speeds = wuhan.speeds()
    assert len(speeds) == 2 * len(wuhan.paces) and set(speeds["place"]) == {"wuhan"}
    assert (speeds["status"] == "target").sum() == len(wuhan.paces)
    none = words.read("chengdu", words.ALL, 2028)
    assert none.speeds().empty and "No target for the growth" in str(none.pace()) and not str(none._growth())


def test_who_falls_short_has_missed_when_the_term_is_over(wuhan):
    standings = {row[-1] for row in wuhan.table().rows}
    assert "missed" in standings and "behind" not in standings


def test_how_much_was_known_earlier_is_told():
    now = words.read("wuhan", words.ALL, 2028)
    then = words.read("wuhan", words.ALL, 2024).then(2024, now)
    assert "larger part than now" in str(then) and "part than now" not in str(now.then(2028, now))
    assert "By the end of 2024" in str(then) and values(then)[0] < values(then)[1]
    assert "no target had come" in str(words.read("nanjing", words.ALL, 2028).then(2024, now))


def test_a_result_that_may_be_counted_otherwise_stands_beside_its_target_and_decides_nothing(wuhan):
    (roads,) = [aim for aim in wuhan.measured if aim.reason == "direction"]
    assert roads.standing == "undecided" and roads not in wuhan.open()
    assert any("each direction" in row[-1] for row in wuhan.table().rows)


def test_two_steps_of_one_text_are_one_target(wuhan):
    assert [aim.figure.value for aim in wuhan.every if aim.measure == "future_industry_clusters"] == [5]
