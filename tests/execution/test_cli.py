"""Commands: one line for each problem, and the exit code says whose it is."""

import os
import re
import shutil
import subprocess
import sys

import pytest
import tiny_project as tiny
import yaml

from wuhan.evidence import package
from wuhan.evidence.faults import DataError, Fault
from wuhan.execution import cli, collection, lock, sweep
from wuhan.execution.project import ROOT, DataFault, EnvironmentFault, NotebookFault, RequestError


def call(made, *arguments):
    return cli.main(list(arguments), root=made.root)


RAISED = [
    (RequestError("a\nb"), 2, "a\nb\n"),
    (DataFault("data/gdp.csv:2: found nothing"), 3, "data/gdp.csv:2: found nothing\n"),
    (NotebookFault("10_x: no title"), 4, "10_x: no title\n"),
    (EnvironmentFault("another run is writing report"), 5, "another run is writing report\n"),
    (
        OSError(28, "No space left on device", "build/x"),
        5,
        "build/x: No space left on device — make room on the disk that holds this file\n",
    ),
    (
        PermissionError(13, "Permission denied", "build/x"),
        5,
        "build/x: Permission denied — copy the project to a folder of your own\n",
    ),
    (
        DataError([Fault("data/gdp.csv", 1, "", "No such file", "restore it")]),
        3,
        "data/gdp.csv:1: found No such file — restore it\n",
    ),
    (OSError("odd"), 5, "odd\n"),
    (MemoryError(), 5, "not enough memory — end other programs, or take a machine with more\n"),
    (ModuleNotFoundError("No module named 'papermill'"), 5, "No module named 'papermill' — run `make env`\n"),
    (cli.Stopped(15), 143, "stopped by SIGTERM\n"),
    (cli.Stopped(2), 130, "stopped by SIGINT\n"),
]


@pytest.mark.parametrize(("error", "code", "said"), RAISED)
def test_what_goes_wrong_is_one_line_and_a_code(made, monkeypatch, capsys, error, code, said):
    def fail(project, names):
        raise error

    monkeypatch.setattr(collection, "in_place", fail)
    assert call(made, "notebooks") == code
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("arguments", [["reprot"], ["report", "-p", "city"], ["report", "--verbose"], []])
def test_a_command_that_does_not_exist_is_one_line_and_code_2(made, capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        call(made, *arguments)
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.endswith(" — see python -m wuhan --help\n")


def test_report_takes_parameters_in_both_forms(made, monkeypatch):
    seen = []
    monkeypatch.setattr(collection, "report", lambda project, *asked: seen.append(asked) or 0)
    assert call(made, "report", "-p", "city", "chengdu", "--params", "first_year=2010 last_year=2020") == 0
    assert call(made, "report", "--params", "", "--notebooks", " 10  13 ") == 0
    assert seen == [([("city", "chengdu"), ("first_year", "2010"), ("last_year", "2020")], []), ([], ["10", "13"])]


def test_a_sweep_is_asked_for_in_words(made, monkeypatch, capsys):
    tiny.sound(made)
    seen = []
    monkeypatch.setattr(sweep, "sweep", lambda project, asked, scheduler: seen.append((asked, scheduler)) or 0)
    words = ["--cities", "chengdu", "--notebooks", "10", "--languages", "zh", "--sets", "", "--scheduler", " tcp://a "]
    assert call(made, "sweep", *words) == 0
    ((asked, scheduler),) = seen
    assert [(run.set, run.language, run.job.name) for run in asked.runs] == [("chengdu", "zh", "10_good")]
    assert scheduler == "tcp://a"
    assert call(made, "sweep") == 2
    assert capsys.readouterr().err.startswith("say which cities, or which sets: make sweep CITIES=all")
    assert not made.build.exists()


def test_a_parameter_given_to_make_as_its_own_variable_is_told_where_it_belongs(made, monkeypatch, capsys):
    tiny.sound(made)
    monkeypatch.setenv("MAKEFLAGS", "w -- CITY=chengdu PARAMS=first_year=2010\\ last_year=2020 OPENBLAS=x")
    assert call(made, "report") == 2
    assert capsys.readouterr().err == '"CITY" is no variable of make — write PARAMS="city=chengdu"\n'
    monkeypatch.setenv("MAKEFLAGS", "w -- OPENBLAS=x PARAMS=a\\ CITY=b")
    monkeypatch.setattr(collection, "report", lambda project, *asked: 0)
    assert call(made, "report") == 0


def test_a_request_that_is_wrong_leaves_no_trace(made, capsys):
    tiny.sound(made)
    assert call(made, "report", "-p", "citty", "wuhan", "-p", "first_year", "soon") == 2
    assert len(capsys.readouterr().err.splitlines()) == 2
    assert not made.build.exists()


def test_to_find_that_there_is_nothing_to_do_loads_nothing_large():
    """What `make report` imports before it knows: these packages take seconds, hashing what there is takes none."""
    large = {"asyncio", "babel", "IPython", "jupyter_client", "matplotlib", "nbconvert", "nbformat", "numpy", "pandas"}
    source = "import sys; from wuhan.execution import cli, collection, parameters; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, cwd=ROOT, check=True)
    assert not large & set(done.stdout.split())


def test_a_build_folder_that_cannot_be_made_is_code_5(made, capsys):
    tiny.sound(made)
    made.build.write_text("a file in the way")
    assert call(made, "notebooks") == 5
    assert capsys.readouterr().err == f"{made.build}/.locks: Not a directory\n"


def test_check_says_every_fault_and_code_3(made, capsys):
    shutil.rmtree(made.data)
    shutil.copytree(ROOT / "data", made.data)
    assert call(made, "check") == 0
    assert capsys.readouterr().out == "data/: every table is sound\n"
    with open(made.data / "places.csv", "a", encoding="utf-8") as table:
        table.write("too,short\n")
    assert call(made, "check", str(made.data)) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [str(fault) for fault in package.check(made.data)]
    assert "places.csv" in said.err


def test_readme_is_written_and_checked(made, capsys):
    tiny.sound(made)
    assert collection.in_place(made) == 0
    marks = "<!-- questions, by `make notebooks` -->\n<!-- end -->\n"
    (made.root / "README.md").write_text(f"# Title\n\n{marks}", encoding="utf-8")
    assert call(made, "readme", "--check") == 2
    said = capsys.readouterr().err
    assert said.startswith("README.md: ") and said.endswith(" — run `make notebooks`\n") and said.count("\n") == 1
    assert call(made, "readme") == 0
    assert "The answer." in (made.root / "README.md").read_text(encoding="utf-8")
    assert call(made, "readme", "--check") == 0
    (made.root / "README.md").write_text("# Title")
    assert call(made, "readme") == 2
    assert capsys.readouterr().err.endswith("restore it\n")


def test_environment_is_written_from_the_lock(made, capsys):
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, made.root)
    assert call(made, "environment") == 0
    assert call(made, "environment") == 0
    assert capsys.readouterr().out == "environment.yml: written\nenvironment.yml: current\n"
    assert (made.root / "environment.yml").read_text() == (ROOT / "environment.yml").read_text()


def test_environment_names_every_direct_package_at_the_version_of_the_lock():
    described = yaml.safe_load(lock.environment(ROOT))["dependencies"]
    pip = described.pop()["pip"]
    pinned = [re.fullmatch("([a-z0-9][a-z0-9-]*)==?([0-9.]+)", each) for each in [*described, *pip]]
    found = dict(each.groups() for each in pinned if each)
    assert found.pop("python") == "3.11"
    named = lock.direct((ROOT / "pyproject.toml").read_text("utf-8"))
    locked = (ROOT / "requirements.lock").read_text("utf-8")
    assert {"pandas", "jupyterlab", "papermill", "seaborn", "pytest", "uv"} <= set(named)
    assert set(found) == {lock.NAMES.get(name, name) for name in named}
    assert all(f"\n{name}=={found[lock.NAMES.get(name, name)]} " in locked for name in named)
    assert pip[-1] == "--editable=."


def test_a_package_with_several_versions_has_none():
    pins = "a==1.0 ; python_version < '3.12' \\\n    --hash=x\na==2.0 \\\nb==3.1 \\\n"
    assert lock.versions(pins) == {"b": "3.1"}


def test_every_python_gets_the_same_version_of_a_package():
    """Another numpy draws another picture; only a platform may ask for a version of its own."""
    versions = {}
    for name, version, marker in lock.PIN.findall((ROOT / "requirements.lock").read_text(encoding="utf-8")):
        versions.setdefault(name, []).append((version, marker))
    several = {name: found for name, found in versions.items() if len(found) > 1}
    assert not [name for name, found in several.items() if any("python" in marker for _, marker in found)]


def test_module_runs_as_a_program_in_any_language_setting(tmp_path):
    """A C locale without UTF-8 mode, from another folder: the message comes out whole."""
    environment = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "wuhan", "notebooks", "99_nothing_武汉"],
        capture_output=True,
        cwd=tmp_path,
        env=environment,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.decode("utf-8").startswith('unknown notebook "99_nothing_')
    assert b"Traceback" not in done.stderr


def test_entry_point_does_not_wait_for_threads():
    """A thread that waits for a kernel that is gone would keep the process, and its terminal, for ever."""
    waiting = "threading.Thread(target=threading.Event().wait).start()"
    code = f"import threading; from wuhan.execution import cli; {waiting}; cli.main = lambda: 3; cli.run()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 3


def test_packages_of_another_python_do_not_hide_those_of_this_one(tmp_path):
    (tmp_path / "pandas.py").write_text("raise RuntimeError('not the pandas of this environment')")
    (tmp_path / "bad.csv").write_text("")
    done = subprocess.run(
        [sys.executable, "-m", "wuhan", "check", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
    )
    assert "Traceback" not in done.stderr and "not the pandas" not in done.stderr


def test_signals_stop_the_command_and_are_then_ignored(monkeypatch):
    ignored = []
    monkeypatch.setattr(cli.signal, "signal", lambda number, handler: ignored.append((number, handler)))
    with pytest.raises(cli.Stopped) as stopped:
        cli._stop(15, None)
    assert stopped.value.number == 15
    assert {handler for _, handler in ignored} == {cli.signal.SIG_IGN}


def test_messages_of_a_notebook_that_is_none_are_refused_in_one_line(made, capsys):
    tiny.sound(made)
    path = made.notebooks / "10_good.ipynb"
    path.write_text(f"<<<<<<< HEAD\n{path.read_text()}")
    assert call(made, "messages", "--check") == 4
    assert capsys.readouterr().err.startswith("10_good.ipynb: not a notebook of format 4 — ")
