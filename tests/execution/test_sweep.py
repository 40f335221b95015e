"""A sweep: runs come from the store, a run that fails is a cell, the table and its numbers say what was answered."""

import csv
import io
import signal
import subprocess
import sys
import time

import pytest
import tiny_project as tiny

from wuhan.evidence import package
from wuhan.execution import executors, project, runner, sets, sweep
from wuhan.execution.project import EnvironmentFault
from wuhan.site import library
from wuhan.text.tables import FACTS

FACT = {
    "name": "size",
    "text": "5 firms",
    "nth": 0,
    "value": 5.0,
    "low": 4.5,
    "high": 5.5,
    "unit": "count",
    "status": "derived",
    "period": "2024",
    "formula": "a + b",
    "sources": ["xinhua_2021q1"],
}


def answer(text="The answer for {city} is 5 firms.", **parts):
    """A cell that answers with one number; `parts` of its record are code that sees the parameters."""
    told = ", ".join(f"{name!r}: {code}" for name, code in parts.items())
    bundle = f"{{'text/markdown': {text!r}.format(city=city), 'text/plain': '', {FACTS!r}: [{FACT!r} | {{{told}}}]}}"
    return tiny.code(f"from IPython.display import display\ndisplay({bundle}, raw=True)", "headline")


@pytest.fixture
def made(tmp_path, monkeypatch):
    monkeypatch.setattr(library, "pages", lambda *_: {})  # those of the evidence are the same for all parameters
    monkeypatch.setattr(package, "check", lambda data: [])  # these small tables have no schema
    made = tiny.make(tmp_path / "collection")
    tiny.write(made, "10_size", answer(value="len(city) * 1.0"))
    return made


def swept(made, *arguments, scheduler=""):
    return sweep.sweep(made, sets.request(made, *arguments), scheduler)


def summary(made):
    text = (made.build / "sweep" / "summary.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_sweep_gives_pages_a_table_and_its_numbers(made, capsys):
    assert swept(made, "wuhan chengdu", "", "en zh") == 0
    out = made.build / "sweep"
    files = {name for name in tiny.contents(out) if name.endswith((".html", ".csv"))}
    pages = {f"{folder}{city}/10_size.html" for folder in ("", "zh/") for city in ("wuhan", "chengdu")}
    assert files == {"index.html", "zh/index.html", "summary.csv"} | pages
    table = (out / "index.html").read_text()
    assert table.index("Wuhan</th>") < table.index("Chengdu</th>")
    assert '<a class="n" href="chengdu/10_size.html#n1"' in table
    assert 'data-value="7.0"' in table
    assert "成都" in (out / "zh" / "index.html").read_text()
    rows = [[row[part] for part in ("set", "language", "value", "low", "unit", "sources")] for row in summary(made)]
    assert rows == [
        [city, code, str(float(len(city))), "4.5", "count", "xinhua_2021q1"]
        for code in ("en", "zh")
        for city in ("wuhan", "chengdu")
    ]
    page = (out / "zh" / "chengdu" / "10_size.html").read_text()
    for way in ("../index.html", "../../style.css", "../../chengdu/10_size.html", "../sources.html#xinhua_2021q1"):
        assert f'href="{way}"' in page, way
    assert "4 answers, 4 runs, 0 failed" in capsys.readouterr().out


def test_a_second_sweep_runs_nothing_and_writes_nothing(made, capsys, monkeypatch):
    assert swept(made, "wuhan chengdu") == 0
    first = tiny.contents(made.build / "sweep")
    times = {path: path.stat().st_mtime_ns for path in (made.build / "sweep").rglob("*")}
    monkeypatch.setattr(executors, "executor", None)  # nothing is to be run
    monkeypatch.setattr("wuhan.site.pages.templates", None)  # nor drawn
    capsys.readouterr()
    assert swept(made, "wuhan chengdu") == 0
    assert "2 answers, 0 runs" in capsys.readouterr().out
    assert tiny.contents(made.build / "sweep") == first
    assert {path: path.stat().st_mtime_ns for path in (made.build / "sweep").rglob("*")} == times


def test_what_a_sweep_no_longer_asks_for_goes_from_its_folder_and_stays_in_the_store(made, capsys):
    assert swept(made, "wuhan chengdu", "", "zh en") == 0
    assert swept(made, "chengdu") == 0
    out = made.build / "sweep"
    assert sorted(path.name for path in out.iterdir() if path.is_dir()) == ["chengdu"]
    capsys.readouterr()
    assert swept(made, "wuhan chengdu") == 0
    assert "2 answers, 0 runs" in capsys.readouterr().out


def test_same_inputs_give_the_same_bytes(made):
    assert swept(made, "wuhan chengdu") == 0
    first = tiny.contents(made.build / "sweep")
    for path in (*(made.build / "executed").glob("sweep*"),):
        path.unlink()
    assert swept(made, "wuhan chengdu") == 0
    assert tiny.contents(made.build / "sweep") == first


def test_a_run_that_fails_is_a_cell_and_no_end(made, capsys):
    tiny.write(made, "11_torn", tiny.code("1 / (city == 'wuhan')"), answer())
    lost = {"value": "5.0", "text": "'6 firms'"}  # a number that is not in its text: no page
    tiny.write(made, "12_lost", answer(**lost))
    assert swept(made, "wuhan chengdu", "10 11 12") == sweep.FAILED
    said = capsys.readouterr().err.splitlines()
    assert "11_torn with chengdu: cell 3: ZeroDivisionError: division by zero" in said
    failed = ["12_lost with wuhan", "11_torn with chengdu", "12_lost with chengdu"]
    assert sorted(line.split(":")[0] for line in said) == sorted(failed)
    table = (made.build / "sweep" / "index.html").read_text()
    assert table.count("<b>Failed</b>") == 3
    assert "ZeroDivisionError: division by zero" in table
    assert (made.build / "sweep" / "chengdu" / "10_size.html").exists()
    faults = {(row["set"], row["notebook"]): row["fault"] for row in summary(made) if row["fault"]}
    assert set(faults) == {("chengdu", "11_torn"), ("wuhan", "12_lost"), ("chengdu", "12_lost")}
    tiny.write(made, "11_torn", answer())  # mended: the others do not run again
    assert swept(made, "wuhan chengdu", "10 11") == 0
    assert "4 answers, 2 runs, 0 failed" in capsys.readouterr().out


def test_what_a_link_in_the_place_of_its_folder_leads_to_is_left_alone(made, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "own.txt").write_text("mine")
    made.build.mkdir()
    (made.build / "sweep").symlink_to(other, target_is_directory=True)
    assert swept(made, "wuhan") == 0
    assert tiny.contents(other) == {"own.txt": b"mine"}
    assert not (made.build / "sweep").is_symlink()


def test_sets_of_a_file_are_rows_with_their_parameters(made):
    path = made.root / "sets.yml"
    path.write_text("late: {city: chengdu, first_year: 2020}\nearly: {city: chengdu, first_year: 2000}\n")
    assert swept(made, "", "", "", str(path)) == 0
    table = (made.build / "sweep" / "index.html").read_text()
    assert table.index("late<i>city=chengdu first_year=2020</i>") < table.index("early<i>")
    assert "city=chengdu first_year=2000" in (made.build / "sweep" / "early" / "10_size.html").read_text()
    assert {row["city"] for row in summary(made)} == {"chengdu"}


def test_progress_is_a_line_for_each_run_without_a_terminal(made, capsys):
    result = runner.Result(runner.Job(made.notebooks / "10_size.ipynb"), 1.5, {"cells": []})
    with sweep.progress(2) as tell:
        tell(result)
        tell(runner.Result(result.job, 2.5, faults=("no",)))
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines == [["1/2", "10_size", "1.5", "s"], ["2/2", "10_size", "2.5", "s", "failed"]]


LAUNCH = """\
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # where it is ignored, as below nohup, nothing stops a run
from pathlib import Path
from wuhan.evidence import package
from wuhan.execution import cli
package.check = lambda data: []
code = cli.main(["sweep", "--cities", "wuhan chengdu"], root=Path(sys.argv[1]))
sys.stdout.flush()
os._exit(code)  # as the command does: a thread may wait for a kernel that is gone
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_sweep_goes_on_where_it_was(made, number, capsys):
    """No kernel stays, the store has what had run, the next sweep runs the others."""
    mark, gate = made.root / "kernel.pid", made.root / "gate"
    wait = (
        f"import os, pathlib, time\nif city != 'wuhan' and not os.path.exists({str(gate)!r}):\n"
        f"    pathlib.Path({str(mark)!r}).write_text(f'{{os.getpid()}} ')\n    time.sleep(100)"
    )
    tiny.write(made, "10_size", tiny.code(wait), answer())
    run = subprocess.Popen(
        [sys.executable, "-c", LAUNCH, str(made.root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert run.stdout.readline().split()[:2] == ["1/2", "10_size"]
    wait_for(lambda: mark.exists() and mark.read_text().endswith(" "))
    run.send_signal(number)
    run.communicate(timeout=20)
    assert run.returncode == (130 if number == signal.SIGINT else -9)
    wait_for(lambda: not project._alive(int(mark.read_text())))
    gate.touch()
    assert swept(made, "wuhan chengdu") == 0
    assert "2 answers, 1 runs" in capsys.readouterr().out
    assert not list(made.build.glob(".run-*"))


def wait_for(condition, seconds=20.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def test_without_dask_one_line_says_what_to_install(made, monkeypatch):
    monkeypatch.setitem(sys.modules, "wuhan.execution.cluster", None)
    monkeypatch.delattr("wuhan.execution.cluster", raising=False)
    with pytest.raises(EnvironmentFault, match="SCHEDULER needs Dask"):
        swept(made, "wuhan", scheduler="local")
