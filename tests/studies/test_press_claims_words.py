"""What is said of all press claims together: it adds up, and every branch of a sentence is taken."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from stored import shown, values

from wuhan.evidence import claims, witnesses
from wuhan.studies.press_claims import words as press
from wuhan.text import prose, verdicts

ROOT = Path(__file__).parents[2]
NOTEBOOK = "40_press_claims.ipynb"


@pytest.fixture(scope="module")
def held():
    return claims.verdicts(claims.claims(), witnesses.evidence())


def test_the_answer_on_claims_counts_results_by_witness_and_adds_nothing(held):
    reading = press.Reading(held)
    results, articles, free, *parts, echo = values(reading.answer())
    assert articles == len({one.claim.source_id for one in held})
    assert (results, free, echo) == (len(reading.results), len(reading.independent), reading.rests["echo"])
    assert sum(parts) == free == sum(reading.rests[kind] for kind in ("measured", "worked_out"))
    assert free + echo == len(reading.tested)  # one count everywhere
    of = {one.witness: one for one in held if one.witness and one.kind != "stale"}
    target = next(one for one in held if one.kind == "target")
    stale = next(one for one in held if one.kind == "stale" and one.witness == "measured")
    assert "none is a result" in str(press.Reading([target]).answer())
    assert "none can be checked" in str(press.Reading([of["beyond"]]).answer())
    assert "same officials" not in str(press.Reading([of["measured"]], theme="ai").answer())
    alone = str(press.Reading([of["worked_out"]]).answer())
    assert "one can be checked independently." in alone and alone.endswith("It holds.")
    again = str(press.Reading([of["echo"]]).answer())
    assert "none can be checked independently." in again and "repeat one more" in again
    assert "All hold." in str(press.outcome([of["measured"], of["echo"]]))
    assert "AI ecosystem" in str(press.Reading([of["echo"]], theme="ai").answer())
    assert "one holds and one is the figure of an earlier time" in str(press.outcome([stale, of["measured"]]))
    assert str(press.outcome([stale])) == "It is the figure of an earlier time."


def test_an_empty_choice_names_the_themes():
    assert "AI ecosystem" in str(press.Reading([]).answer())


def test_every_number_is_told_in_one_of_the_counts(held):
    reading = press.Reading(held)
    echo, unchecked, elsewhere, beyond, lost, left, target, context, repeats, pages, texts = values(reading.rest())
    firm = sum(reading.rests[kind] for kind in ("measured", "worked_out", "echo"))
    assert unchecked == len(reading.results) - firm and echo == reading.rests["echo"]
    assert firm + elsewhere + beyond + lost + left == len(reading.results)
    assert len(reading.results) + target + context + repeats == len(held)
    assert (pages, texts) == (1, 5) and "WEDZ General Aviation" in str(reading.rest())


def test_what_does_not_hold_and_what_is_more_than_the_whole_is_told(held):
    told = str(press.Reading(held).differing())
    assert "has 650 for 2022" in told and "has 35% for 2022" in told
    assert "By the counts of the register, 650 (2022) and 995 (2023), the growth of 2023 is 53%." in told
    assert "has 8 for all of Hubei" in told and "1,025" not in told  # computing for AI is another measure
    sure = [one for one in held if one.kind == "agrees"]
    assert "No result" in str(press.Reading(sure).differing())


def test_what_has_not_moved_is_told_with_the_first_time(held):
    reading = press.Reading(held)
    told = str(reading.unmoved())
    assert "November 2021" in told and values(reading.unmoved())[0] == told.count(";") + 1
    sure = [one for one in held if one.kind == "agrees"]
    assert "No result is known" in str(press.Reading(sure).unmoved())


def test_every_result_is_one_square(held):
    reading = press.Reading(held)
    squares = reading.squares()
    assert len(squares) == len(reading.results) and not squares.duplicated(["column", "value"]).any()
    told = squares.drop_duplicates("part")["part"].str.extract(r"\((\d+)\)$")[0].astype(int)
    firm = [one for one in reading.independent if one.kind in press.HOLDS]
    assert told.sum() == len(squares) and len(firm) + 2 + reading.rests["echo"] + told.iloc[-1] == len(squares)
    parts = dict(zip(squares["part"], squares["colour"], strict=True))
    assert parts["figure of an earlier time (2)"] == press.AGAINST["stale"]
    assert len(set(parts.values())) == len(parts) and "cannot be checked (97)" in parts


def test_stale_results_of_one_sentence_are_told_so(held):
    reading = press.Reading(held)
    assert "two are figures of an earlier time, in one sentence" in str(reading.answer())
    apart = [one for one in reading.independent if one.claim.claim != "p001_ai_firms"]
    assert "in one sentence" not in str(press.outcome(apart))


def test_grade_a_alone_bears_out_less(held):
    assert len(claims.verdicts(claims.claims(), witnesses.evidence(min_trust="A"))) == len(held)
    assert "no number could be held" in str(press.Reading(held).strict())
    assert "“Growth of AI firms”, above with a source of grade A, also needs the figure 995 of grade B." in str(
        press.Reading(held).strict()
    )
    (row,) = (row for row in press.Reading(held).table().rows if row[1].startswith("Growth of AI firms"))
    assert row[1].endswith(", 2023") and row[3] == "35% (2022)"  # the article means 2023
    weak = [one for one in held if one.witness == "echo"]
    assert "no number could be held" in str(press.Reading(weak).strict())


def test_tests_of_one_text_are_counted_and_what_fails_is_told():
    found = claims.checks(claims.claims(), claims.identities())
    number, closed, left_open = values(press.fit(found))
    assert number == closed + left_open == sum(check.right is not None for check in found)
    one = next(check for check in found if check.kind == "closes")
    told = press.fit([replace(one, kind="does_not_close"), one])
    assert values(told)[:3] == [2, 1, 1] and "does not close" in str(told)
    assert "What fails" not in str(press.fit([check for check in found if check.kind == "closes"]))
    assert "No two numbers" in str(press.fit([check for check in found if check.right is None]))


def test_the_headline_on_claims_is_what_its_page_lists():
    results, _articles, free, *parts, echo = [
        fact["value"] for fact in shown(NOTEBOOK, "reading.answer()")[prose.FACTS]
    ]
    lines = shown(NOTEBOOK, "reading.table()")["text/plain"].splitlines()[1:]
    rests = [line.split("\t")[-1] for line in lines if "\t" in line]  # the last line is a note
    measured = rests.count(verdicts.word("measured"))
    assert measured + rests.count(verdicts.word("worked_out")) == free == sum(parts)
    assert free + echo == len(rests)
    assert rests.count(verdicts.word("echo")) == echo
    lines = shown(NOTEBOOK, "reading.by_article()")["text/plain"].splitlines()[1:]
    columns = list(zip(*[map(int, line.split("\t")[1:]) for line in lines], strict=True))
    every, told, *kinds = map(sum, columns)
    assert (every, told, kinds[0], kinds[2]) == (316, results, measured, echo) and sum(kinds) == results


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
