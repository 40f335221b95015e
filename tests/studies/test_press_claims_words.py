"""What is said of all press claims together: it adds up, and every branch of a sentence is taken."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from wuhan.evidence import claims, witnesses
from wuhan.evidence.claims import Verdict
from wuhan.studies.press_claims import words as press
from wuhan.text import prose, verdicts

ROOT = Path(__file__).parents[2]
NOTEBOOK = "40_press_claims.ipynb"


@pytest.fixture(scope="module")
def held():
    return claims.verdicts(claims.claims(), witnesses.evidence())


def values(told):
    return [fact["value"] for fact in told.facts if "value" in fact]


def shown(text):
    """The stored outputs of the first cell of the notebook that has ``text`` in its source."""
    cells = json.loads((ROOT / "notebooks" / NOTEBOOK).read_text(encoding="utf-8"))["cells"]
    (output,) = next(cell for cell in cells if text in "".join(cell["source"]))["outputs"]
    return {kind: "".join(part) if kind.startswith("text") else part for kind, part in output["data"].items()}


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


def test_the_headline_on_claims_is_what_its_page_lists():
    told = [fact["value"] for fact in shown("reading.answer()")[prose.FACTS]]
    number, tested, *parts = told[1:]
    assert tested == sum(parts)
    lines = shown("reading.table()")["text/plain"].splitlines()[1:]
    found = [line.split("\t")[-1] for line in lines if "\t" in line]  # the last line is a note
    assert len(found) == tested and found.count(verdicts.word("differs")) == parts[-1]
    lines = shown("reading.by_article()")["text/plain"].splitlines()[1:]
    columns = list(zip(*[map(int, line.split("\t")[1:]) for line in lines], strict=True))
    every, results, checked, differ = map(sum, columns)
    assert (every, checked, differ) == (number, tested, parts[-1]) and checked <= results <= every


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
