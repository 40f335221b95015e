"""``make test``: no stage is left out, one summary, and a cell that changed is told by its sentence or number."""

import os
import subprocess
import sys

import cells
import nbformat
import pytest
import stages
from stages import Outcome, Stage

from wuhan.execution.project import ROOT

FACT = {"name": "gap", "text": "8%", "value": 8.1133, "low": 7.2, "high": 8.9}


def fails(name, code, **options):
    return Stage(name, ("-c", f"import sys; print('{name} was here'); sys.exit({code})"), **options)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(run):
    lines = []
    return run(lines.append), lines


def test_every_stage_runs_after_one_that_failed_and_the_summary_names_all():
    code, lines = told(lambda say: stages.run([fails("a", 3), fails("b", 0), fails("c", 1, beside=True)], say))
    assert code == 1
    assert lines[0] == "c was here\n"
    table = [line.split() for line in lines[2:]]
    assert [row[:3] for row in table] == [
        ["stage", "passed", "failed"],
        ["a", "0", "1"],
        ["b", "1", "0"],
        ["c", "0", "1"],
    ]
    assert told(lambda say: stages.run([fails("b", 0)], say))[0] == 0


def test_tests_are_counted_and_a_pytest_that_dies_is_no_success(folder):
    (folder / "test_it.py").write_text("def test_a(): pass\ndef test_b(): assert 0\n")
    (folder / "test_end.py").write_text("import os\ndef test_a(): os._exit(0)\n")
    both = [Stage(name, ("-m", "pytest", "-q", f"test_{name}.py")) for name in ("it", "end")]
    assert told(lambda say: stages.run(both, say))[0] == 1
    assert [(outcome.passed, outcome.failed) for outcome in (stages.outcome(both[0], 1, 0.0),)] == [(1, 1)]
    assert stages.outcome(both[1], 0, 0.0).code == 1


def test_a_stage_that_fails_without_a_failed_test_says_its_code():
    assert stages.summary([Outcome("tests", 2, 1.0, 5, 0)])[2].endswith("ended with code 2")


def test_it_is_told_when_coverage_was_not_measured(monkeypatch):
    ran = [Outcome("tests", 0, 1.0, 5, 0)]
    for covered, told_so in ((True, False), (False, True)):
        monkeypatch.setattr(stages, "COVERED", covered)
        assert ("not counted" in stages.summary(ran)[-1]) == told_so


def test_the_stages_are_all_there_and_strict():
    given = {stage.name: " ".join(stage.arguments) for stage in stages.STAGES}
    assert list(given) == ["data", "readme", "style", "format", "types", "report", "browser", "notebooks", "tests"]
    assert "notebooks/10_gdp_and_growth.ipynb " in given["notebooks"] and " notebooks " not in given["notebooks"]
    assert "--nbval " in given["notebooks"] and "--nbval-lax" not in given["notebooks"]
    assert "--ignore=tests/browser" in given["tests"]
    assert ("--cov-fail-under=95" in given["tests"]) == (sys.version_info >= (3, 12))


def test_stages_are_chosen_by_name():
    assert stages.chosen([]) == list(stages.STAGES)
    assert [stage.name for stage in stages.chosen(["style", "data"])] == ["data", "style"]
    with pytest.raises(SystemExit, match="stages: found 'lint' — write some of data readme style format types report"):
        stages.chosen(["lint"])


def output(markdown, *facts):
    return {"output_type": "execute_result", "data": {cells.FACTS: list(facts), "text/markdown": markdown}}


def test_a_changed_sentence_is_told_alone():
    old = output("It grew. The gap is 8%. All else stays.", FACT)
    new = output("It grew. The gap is 9%. All else stays.", FACT | {"text": "9%", "value": 9.0})
    assert list(cells.changes([old], [new])) == ["The gap is 8%. → The gap is 9%.", "gap, value: 8.1133 → 9.0"]


def test_a_changed_number_behind_the_same_sentence_is_told():
    old, new = output("The gap is 8%.", FACT), output("The gap is 8%.", FACT | {"low": 7.3})
    assert list(cells.changes([old], [new])) == ["gap, low: 7.2 → 7.3"]
    assert list(cells.changes([old], [])) == [
        "The gap is 8%. → nothing",
        *(f"gap, {part}: {value} → nothing" for part, value in FACT.items() if part != "text"),
    ]


def test_nbval_tells_what_changed_in_a_cell_that_fails(folder):
    """End to end: a committed output that the cell no longer gives."""
    cell = nbformat.v4.new_code_cell("'The gap is 9%.'", execution_count=1)
    cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "'The gap is 8%.'"}, execution_count=1)]
    kernel = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel}), "10_a.ipynb")
    command = [sys.executable, "-m", "pytest", "--nbval", "10_a.ipynb", "-p", "tests.cells", "--color=no", "-q"]
    done = subprocess.run(
        [*command, f"--junitxml={folder / 'found.xml'}", "--rootdir", folder],
        capture_output=True,
        check=False,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 1
    assert "'The gap is 8%.' → 'The gap is 9%.'" in done.stdout
    stages.BUILD.mkdir(parents=True)
    (folder / "found.xml").rename(stages.BUILD / "notebooks.xml")
    stage = Stage("notebooks", ("-m", "pytest"))
    (line,) = stages.outcome(stage, 1, 0.0).lines
    assert line.endswith("'The gap is 8%.' → 'The gap is 9%.'") and "10_a" in line
