"""What verdicts, checks and targets say: every one of the real ledger has a sentence, and it says what was computed."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from wuhan.evidence import claims, identities, package, targets, witnesses
from wuhan.evidence.claims import Verdict
from wuhan.studies.press_claims import words as press
from wuhan.studies.targets import words as aimed
from wuhan.text import codes, prose, verdicts

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def known():
    return witnesses.evidence()


@pytest.fixture(scope="module")
def held(known):
    return claims.verdicts(claims.claims(), known)


@pytest.fixture(scope="module")
def told(held):
    return {one.claim.claim: str(verdicts.verdict(one)) for one in held}


def test_every_code_has_words():
    codes = [*claims.VERDICTS, *identities.CHECKS, *targets.STANDINGS]
    codes += [code for code in targets.REASONS if code]
    assert all(verdicts.word(code) for code in codes)


def test_every_claim_has_a_sentence_and_a_place(held, told):
    assert len(told) == len(held) == 316
    assert all(text.endswith(".") and "Not known" not in text for text in told.values())
    assert verdicts.place_of(held[5].claim) == f"Yicai, 26 June 2025, line {held[5].claim.line}"


def test_a_number_of_a_firm_names_the_firm(told):
    assert told["p001_zhixin_volume_2024_target"].startswith("Zhixin Technology: Sales volume")


def test_the_article_of_2018_is_not_dated_by_its_page():
    assert verdicts.article("press_003").endswith("30 March 2018")


def test_what_differs_says_by_how_much_and_where_the_figure_is_found(told):
    text = told["p001_ai_firms"]
    assert "The article is 345 lower." in text and text.endswith("gives 650 for 2022.")
    road = told["p001_test_road_length"]
    assert road.endswith("has 3,378.73 km (one way) (December 2023). They agree at the printed rounding.")


def test_what_agrees_and_what_is_not_comparable_says_so(held, told):
    assert told["p000_gdp_2024"].endswith("They agree at the printed rounding.")
    assert told["p000_gdp_rank_2024"].endswith("They agree.")
    unlike = [one for one in held if one.kind == "not_comparable"]
    assert unlike and all("but" in told[one.claim.claim] for one in unlike)


def test_a_difference_without_direction_is_only_said_to_be_one(held):
    one = next(each for each in held if each.kind == "differs")
    vague = Verdict(one.claim, "differs", "", one.against, one.relations, None)
    assert str(verdicts.verdict(vague)).endswith("They differ.")


def test_checks_say_both_sides_and_the_caution():
    found = claims.checks(claims.claims(), claims.identities())
    assert len(found) >= 57
    texts = {check.identity.identity: str(verdicts.check(check)) for check in found}
    assert "does not close" in texts["hightech_triple"]
    assert any("20 to 100 against 650" in text for text in texts.values())  # some tens, never "about 60"
    derived = next(check for check in found if check.kind == "derived" and check.left)
    assert "It comes to" in texts[derived.identity.identity]
    lost = identities.Check(derived.identity, "under_determined", "unknown", None, None, None, ())
    assert str(verdicts.check(lost)).endswith("Under-determined: a number in it is not known.")


def test_targets_say_their_standing(known):
    aims = targets.targets(claims.claims(), known)
    texts = [str(verdicts.target(aim)) for aim in aims]
    assert all(text.endswith(".") for text in texts)
    assert {aim.standing for aim in aims} == set(targets.STANDINGS)
    for standing, said in (("no_figure_yet", "No figure yet."), ("ended", "nded, no result published.")):
        found = [(aim, text) for aim, text in zip(aims, texts, strict=True) if aim.standing == standing]
        assert all(said in text for _, text in found) and not any(aim.needed for aim, _ in found)
    assert len(aimed.aims(aims)) == len(aims)
    reached = aimed.attained([aim for aim in aims if aim.attainment])
    assert all("newest of" in series for series in reached["series"])
    assert set(reached.loc[reached["status"] == "target", "value"]) == {100.0}
    assert reached["value"].where(reached["status"] != "target").dropna().is_monotonic_decreasing
    assert reached.loc[reached["status"] != "target", "label"].str.endswith("%").all()


def test_a_title_says_how_many_targets_are_met_and_the_shares_between_which_all_lie(known):
    aims = [aim for aim in targets.targets(claims.claims(), known) if aim.place == "wuhan" and aim.attainment]
    firms = [aim for aim in aims if aim.indicator == "ai_firms" and aim.period == "2028"]
    assert str(aimed.reached(firms)) == "0 of 1 target met, newest figure at 88.4% of it"  # 1,326 of 1,500
    roads = [aim for aim in aims if aim.indicator == "test_road_length"]
    assert str(aimed.reached(roads + firms)) == "0 of 2 targets met, newest figures at 88.4% to 97.5% of them"
    assert str(aimed.reached(firms + firms)) == "0 of 2 targets met, newest figures at 88.4% of them"
    assert str(aimed.reached([])) == "no target with a figure"


def values(told):
    return [fact["value"] for fact in told.facts if "value" in fact]


def test_the_answer_on_claims_counts_what_can_be_checked_and_what_holds(held):
    reading = press.Reading(held)
    share, number, tested, good, bad = values(reading.answer())
    assert (number, tested, good + bad) == (316, len(reading.tested), tested)
    assert share == pytest.approx(100 * (number - tested) / number)
    by_kind = {kind: next(one for one in held if one.kind == kind) for kind in (*verdicts.TESTED, "target")}
    one, two = by_kind["differs"], by_kind["agrees"]
    assert values(press.Reading([one], theme="ai").answer()) == [1, 1, 1]
    assert "AI ecosystem" in str(press.Reading([one], theme="ai").answer())
    assert "none can be checked" in str(press.Reading([by_kind["target"]]).answer())
    assert str(press.Reading([one, two, one]).outcome()) == "one holds and two differ"
    assert str(press.Reading([two]).outcome()) == "one holds"
    assert str(press.Reading([one]).outcome()) == "one differs"


def test_an_empty_choice_names_the_themes():
    assert "AI ecosystem" in str(press.Reading([]).answer())


def test_what_cannot_be_checked_adds_up_with_what_can(held):
    reading = press.Reading(held)
    target, context, repeats, alone, results, near, unmeasured, others = values(reading.rest())
    assert target + context + repeats + results == len(held)
    assert alone == near + unmeasured + others == results - len(reading.tested)
    sure = [one for one in held if one.kind == "agrees"]
    assert "can be checked" in str(press.Reading(sure).rest())


def test_a_figure_of_another_year_is_said_to_be_one_with_the_growth_beside_it(held):
    told = str(press.Reading(held).differing())
    assert "prints 650 for 2023" in told and "has this figure for 2022" in told and "has 995" in told
    assert "35%, is that of 2022, too: 34.85%" in told
    alone = [one for one in held if one.kind == "differs"]
    assert "35%" not in str(press.Reading(alone).differing())
    bare = [Verdict(one.claim, "differs", "", one.against, one.relations, one.difference) for one in alone]
    assert "345 lower" in str(press.Reading(bare).differing())
    assert "differs" in str(press.Reading([one for one in held if one.kind == "agrees"]).differing())


def test_every_number_is_one_square(held):
    squares = press.Reading(held).squares()
    assert len(squares) == 316 and not squares.duplicated(["column", "value"]).any()
    assert squares["part"].iloc[0] == "holds (5)" and squares["part"].nunique() == 4
    told = squares.drop_duplicates("part")["part"].str.extract(r"\((\d+)\)$")[0].astype(int)
    assert told.sum() == 316


def test_grade_a_alone_bears_out_less(held):
    assert "two hold" in str(press.Reading(held).strict())
    weak = [one for one in held if one.kind in verdicts.TESTED and one.against[0].sources[0] == "gmteight_2025q1"]
    assert "no number could be checked" in str(press.Reading(weak).strict())


def test_tests_of_one_text_are_counted_and_what_fails_is_told():
    found = claims.checks(claims.claims(), claims.identities())
    number, closed, torn, left_open = values(press.fit(found))[:4]
    assert number == closed + torn + left_open == sum(check.right is not None for check in found)
    assert "does not close" in str(press.fit(found))
    assert "What fails" not in str(press.fit([check for check in found if check.kind == "closes"]))
    assert "No two numbers" in str(press.fit([check for check in found if check.right is None]))


def test_the_answer_on_targets_reads_well_for_none_and_for_one(known):
    aims = [aim for aim in targets.targets(claims.claims(), known) if aim.place == "wuhan"]
    assert str(aimed.course(aims, "wuhan")).startswith("Of Wuhan's ")
    met = next(aim for aim in aims if aim.standing == "met")
    assert str(aimed.course([met], "wuhan")) == "Wuhan has 1 measurable target: met."
    assert str(aimed.course([], "wuhan")) == "No measurable target of Wuhan is found."
    assert str(aimed.standings([met])) == "1 is met"
    assert str(aimed.standings([])) == "no measurable target is known"


def test_standings_add_up_and_none_is_told_that_no_target_has(known):
    aims = targets.targets(claims.claims(), known)
    for place in {aim.place for aim in aims}:
        own = [aim for aim in aims if aim.place == place and aim.standing != "not_measurable"]
        told = [int(number) for number in re.findall(r"\d+", str(aimed.standings(own)))]
        assert sum(told) == len(own) and 0 not in told
        bare = [aim for aim in own if aim.standing == "no_figure_yet"]
        assert re.findall(r"\d+", str(aimed.standings(bare))) == [str(len(bare))] * bool(bare)


def test_a_target_of_a_zone_names_the_zone_and_one_of_the_city_does_not(known):
    growth = [aim for aim in targets.targets(claims.claims(), known) if aim.place == "wuhan_east_lake"]
    zone = str(prose.name("wuhan_east_lake"))
    assert growth and all(aim.organisation or zone in str(verdicts.subject(aim)) for aim in growth)
    assert str(codes.counted("gdp_real_growth", "", "", "wuhan")) == "Real GDP growth"


def test_no_word_of_a_claim_is_an_acronym_in_small_letters():
    for row in package.read("claims").itertuples():
        words = str(codes.counted(row.indicator, row.measure, row.organisation)).split(": ")[-1].split()
        assert not {"Ai", "ai", "5g", "5G".lower(), "10g", "rd", "Rd", "china"}.intersection(words)


def test_no_rank_is_worked_out_when_the_level_of_a_city_is_left_out():
    rank = next(one for one in claims.claims() if one.claim == "p000_gdp_rank_2024")
    assert claims.hold(rank, witnesses.evidence()).kind == "agrees"
    assert claims.hold(rank, witnesses.evidence(min_trust="A")).kind == "no_official_figure"


def test_the_standings_of_the_headline_add_up_to_the_targets_that_can_be_measured(known):
    aims = targets.targets(claims.claims(), known)
    for place in {aim.place for aim in aims}:
        own = [aim for aim in aims if aim.place == place and aim.standing != "not_measurable"]
        if len(own) > 1:
            first, *parts = [fact["value"] for fact in aimed.course(own, place).facts]
            assert first == sum(parts) == len(own)


def shown(notebook, text):
    """The stored outputs of the first cell of a notebook that has ``text`` in its source."""
    cells = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    (output,) = next(cell for cell in cells if text in "".join(cell["source"]))["outputs"]
    return {kind: "".join(part) if kind.startswith("text") else part for kind, part in output["data"].items()}


TITLES = {
    "met": "met",
    "late": "late",
    "on_course": "on course",
    "behind": "behind",
    "undecided": "undecided",
    "ended": "ended, no result published",
    "no_figure_yet": "no figure yet",
}


def test_the_headline_on_targets_is_what_its_page_lists():
    head = shown("41_targets", "words.course(every")
    told = {code: re.search(rf"(\d+) (?:is |are )?{words}\b", head["text/markdown"]) for code, words in TITLES.items()}
    told |= {
        "ended": re.search(r"(\d+) ha(?:ve|s) ended", head["text/markdown"]),
        "no_figure_yet": re.search(r"for (\d+) nothing", head["text/markdown"]),
    }
    lines = shown("41_targets", "words.AIMS")["text/plain"].splitlines()[1:]
    listed = [line.split("\t")[-1].split(" (")[0] for line in lines if "\t" in line]  # the last line is a note
    bullets = shown("41_targets", "if not aim.current")["text/markdown"].splitlines()
    listed += [line.removesuffix(".").rpartition(". ")[2].lower() for line in bullets]
    counted = {code: int(found[1]) if found else 0 for code, found in told.items()}
    assert {code: listed.count(words) for code, words in TITLES.items()} == counted
    assert {fact["name"]: fact["value"] for fact in head[prose.FACTS][:1]} == {"n": len(listed)}
    assert len(listed) == sum(counted.values())


def test_the_headline_on_claims_is_what_its_page_lists():
    told = [fact["value"] for fact in shown("40_press_claims", "reading.answer()")[prose.FACTS]]
    number, tested, *parts = told[1:]
    assert tested == sum(parts)
    lines = shown("40_press_claims", "reading.table()")["text/plain"].splitlines()[1:]
    found = [line.split("\t")[-1] for line in lines if "\t" in line]  # the last line is a note
    assert len(found) == tested and found.count(verdicts.word("differs")) == parts[-1]
    lines = shown("40_press_claims", "reading.by_article()")["text/plain"].splitlines()[1:]
    columns = list(zip(*[map(int, line.split("\t")[1:]) for line in lines], strict=True))
    every, results, checked, differ = map(sum, columns)
    assert (every, checked, differ) == (number, tested, parts[-1]) and checked <= results <= every


def test_what_is_worked_out_here_is_said_to_be_and_given_to_nobody(held, told):
    made = [one for one in held if one.against and one.against[0].formula]
    assert {one.claim.claim for one in made} >= {"p000_gdp_rank_2024"}
    for one in made:
        fact = one.against[0]
        assert "worked out here from" in told[one.claim.claim] and fact.behind
        assert f"{verdicts.publisher(fact)} has" not in told[one.claim.claim]
    rank = told["p000_gdp_rank_2024"]
    assert "worked out here from GDP at current prices of 54 cities, it is 9 (2024). They agree." in rank


def test_an_empty_list_says_so(held):
    assert str(verdicts.bullets([])) == "There is none in this choice."
    listed = verdicts.bullets([one for one in held if one.kind == "differs"])
    assert listed.markdown.count("\n- ") == 0 and listed.facts


def nbval(copy):
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONUTF8": "1"}
    environment = {name: value for name, value in environment.items() if not name.startswith("COV")}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--nbval",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:cov",
        "--nbval-cell-timeout=120",
        "notebooks/40_press_claims.ipynb",
    ]
    return subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, timeout=300, check=False)


def test_an_observation_that_flips_a_verdict_fails_nbval(tmp_path):
    """In the cells that tell of it, and in no other; that all cells pass without it, the notebooks themselves prove."""
    for folder in ("wuhan", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "40_press_claims.ipynb", tmp_path / "notebooks")
    table = tmp_path / "data" / "ai.csv"
    text = table.read_text(encoding="utf-8")
    assert text.count(",2023-12,3378.73,") == 1
    table.write_text(text.replace(",2023-12,3378.73,", ",2023-12,3379.50,"), encoding="utf-8", newline="\n")
    flipped = nbval(tmp_path)
    assert flipped.returncode == 1 and "3379.5" in flipped.stdout, flipped.stdout[-2000:]
    failed, passed = map(int, re.search(r"(\d+) failed, (\d+) passed", flipped.stdout).groups())
    assert 0 < failed < passed
