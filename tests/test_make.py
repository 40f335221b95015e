"""The Makefile on a checkout in miniature: what it decides without starting Python, and what it says."""

import os
import re
import shutil
import subprocess
import sys
import time

import pytest
import stages

from wuhan.execution.project import ROOT

MAKE = shutil.which("make")
pytestmark = pytest.mark.skipif(MAKE is None, reason="make is not installed")
TARGETS = [
    "env",
    "report",
    "read",
    "pdf",
    "notebooks",
    "new",
    "test",
    "check",
    "why",
    "sweep",
    "sweep-check",
    "lab",
    "bench",
    "messages",
    "sentences",
    "release",
    "lock",
    "clean",
]
# Stands in for the environment's Python: writes down how it was called, and makes a page when asked for it.
STAND_IN = """#!/bin/sh
echo "$@" >> calls.txt
if [ "$2 $3" = "wuhan report" ]; then mkdir -p build/report && touch build/report/index.html; fi
"""


@pytest.fixture(params=["plain", "with space 武汉"])
def checkout(request, tmp_path):
    """The Makefile with an environment that is up to date, in folders with simple and difficult names."""
    root = tmp_path / request.param
    for folder in ("notebooks", "data", "figures", "tests", "benchmarks", "wuhan/evidence", ".venv/bin"):
        (root / folder).mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", root)
    for name in ("notebooks/10_a.ipynb", "data/gdp.csv", "data/datapackage.json", "wuhan/evidence/facts.py"):
        (root / name).write_text("")
    (root / "requirements.lock").write_text("pandas==3")
    python = root / ".venv/bin/python"
    python.write_text(STAND_IN)
    python.chmod(0o755)
    old = time.time() - 100
    for path in root.rglob("*"):
        os.utime(path, (old, old))
    (root / ".venv/installed.lock").write_text("pandas==3")
    os.utime(root / ".venv/installed.lock", (old + 1, old + 1))
    return root


def make(root, *arguments, **environment):
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "PARAMS"))}
    clean = {name: value for name, value in own.items() if name != "PYTHON"}  # a user's choice for `make env`
    return subprocess.run(
        [MAKE, *arguments], cwd=root, env=clean | environment, capture_output=True, text=True, check=False
    )


def calls(root):
    file = root / "calls.txt"
    lines = file.read_text().splitlines() if file.exists() else []
    file.unlink(missing_ok=True)
    return lines


def test_help_names_every_command(checkout):
    for arguments in ([], ["help"]):
        done = make(checkout, *arguments)
        assert done.returncode == 0
        assert re.findall(r"^  ([a-z-]+) +\S", done.stdout, re.MULTILINE) == TARGETS
        assert calls(checkout) == []


def test_report_always_asks_the_runner_who_judges_by_content(checkout):
    for _ in range(2):
        assert make(checkout, "report").returncode == 0
        assert calls(checkout) == ["-m wuhan report --params  --notebooks "]


def test_parameters_reach_the_runner_as_one_word(checkout):
    asked = "city=chengdu first_year=2010;touch pwned"
    assert make(checkout, "report", f"PARAMS={asked}").returncode == 0
    assert calls(checkout) == [f"-m wuhan report --params {asked} --notebooks "]
    assert not (checkout / "pwned").exists()
    make(checkout, "report", PARAMS="city=xian")
    assert calls(checkout) == ["-m wuhan report --params city=xian --notebooks "]


NASTY = "x=$(shell touch pwned)$$HOME ${HOME} `id` \"q\" 's' #c"


@pytest.mark.parametrize("target", ["report", "pdf"])
def test_parameters_are_never_expanded(checkout, target):
    make(checkout, target, f"PARAMS={NASTY}")
    make(checkout, target, PARAMS=NASTY)
    told = {f"-m wuhan {command} --params {NASTY} --notebooks " for command in {"report", target}}
    assert set(calls(checkout)) == told
    assert not (checkout / "pwned").exists()


def test_words_of_a_sweep_reach_the_runner_as_they_are(checkout):
    names = ("CITIES", "SETS", "NOTEBOOKS", "LANGUAGES", "SCHEDULER")
    told = "-m wuhan sweep " + " ".join(f"--{name.lower()} {name} {NASTY}" for name in names)
    words = {name: f"{name} {NASTY}" for name in names}
    make(checkout, "sweep", *(f"{name}={word}" for name, word in words.items()))
    assert calls(checkout) == [told]
    make(checkout, "sweep", **words)
    assert calls(checkout) == [told]
    assert not (checkout / "pwned").exists()


@pytest.mark.parametrize("name", ["CITY", "VENV", "PY", "PYTHON", "city", "name"])
def test_no_variable_of_the_command_line_is_expanded(checkout, name):
    for target in ("help", "env", "report", "check"):
        make(checkout, target, f"{name}=$(shell touch pwned)")
    assert not (checkout / "pwned").exists()


def test_settings_of_another_python_do_not_reach_this_one(checkout):
    (checkout / ".venv/bin/python").write_text("#!/bin/sh\nenv > env.txt\n")
    names = ("DONTWRITEBYTECODE", "HOME", "OPTIMIZE", "PATH", "STARTUP")
    others = {f"PYTHON{name}": "1" for name in names}
    make(checkout, "report", **others)
    found = {line.partition("=")[0] for line in (checkout / "env.txt").read_text().splitlines()}
    assert "PYTHONUTF8" in found
    assert not set(others) & found


def test_figures_of_the_bench_reach_it_as_words_and_are_never_expanded(checkout):
    make(checkout, "bench")
    make(checkout, "bench", "FIGURES=report check")
    make(checkout, "bench", "FIGURES=$(shell touch pwned)")
    assert calls(checkout) == ["benchmarks", "benchmarks report check", "benchmarks $(shell touch pwned)"]
    assert not (checkout / "pwned").exists()


def test_test_is_the_stages(checkout):
    assert make(checkout, "test").returncode == 0
    assert calls(checkout) == ["tests/stages.py"]


def test_notebooks_are_followed_by_the_readme(checkout):
    make(checkout, "notebooks")
    assert calls(checkout) == ["-m wuhan notebooks", "-m wuhan readme"]


def test_clean_keeps_the_environment(checkout):
    make(checkout, "report")
    assert make(checkout, "clean").returncode == 0
    assert not (checkout / "build").exists()
    assert (checkout / ".venv/installed.lock").exists()


def test_same_lock_with_a_new_date_installs_nothing(checkout):
    later = time.time() + 10
    os.utime(checkout / "requirements.lock", (later, later))
    assert make(checkout, "env").returncode == 0
    assert calls(checkout) == []
    assert (checkout / ".venv/installed.lock").read_text() == "pandas==3"


def tools(folder):
    """A folder with what the recipes call, and no Python."""
    path = folder / "tools"
    path.mkdir()
    for name in ("sh", "find", "awk", "cmp", "touch", "mkdir", "cp"):
        os.symlink(shutil.which(name), path / name)
    return path


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("exit 1", "no Python 3.11 or newer with venv — install one (Debian, Ubuntu: apt install python3-venv)"),
        (
            'case "$*" in *ensurepip*|*pip*) exit 1;; esac',
            "python3.11 has neither ensurepip nor pip — on Debian and Ubuntu: apt install python3-venv",
        ),
    ],
)
def test_without_a_usable_python_one_line_says_what_to_install(checkout, tmp_path, found, said):
    path = tools(tmp_path)
    for name in ("python3", "python3.11"):
        (path / name).write_text(f"#!/bin/sh\n{found}\n")
        (path / name).chmod(0o755)
    (checkout / "requirements.lock").write_text("pandas==4")
    done = make(checkout, "env", PATH=str(path))
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert lines[0] == said
    assert re.fullmatch(r"make: \*\*\* \[.*\] Error 5", lines[1])
    assert calls(checkout) == []


def test_environment_is_made_without_pip_of_its_own(checkout, tmp_path):
    """Debian's Python has no ensurepip: the pip that is there installs into the new environment."""
    log = tmp_path / "log.txt"
    (tmp_path / "odd python").write_text(
        f'#!/bin/sh\ncase "$*" in *"import sys, venv, ensurepip"*) exit 1;; esac\necho "$@" >> "{log}"\n'
    )
    (tmp_path / "odd python").chmod(0o755)
    (checkout / "requirements.lock").write_text("pandas==4")
    done = make(checkout, "env", PYTHON=str(tmp_path / "odd python"), PATH=str(tools(tmp_path)))
    assert done.returncode == 0, done.stderr
    lines = [line for line in log.read_text().splitlines() if not line.startswith("-c")]
    assert lines == ["-m pip --version", "-m venv --clear --without-pip .venv"]
    pip = f"{tmp_path}/odd python -m pip --python .venv/bin/python"
    assert calls(checkout) == [f"-I wuhan/execution/install.py {pip}"]
    assert (checkout / ".venv/installed.lock").read_text() == "pandas==4"


def test_environment_that_could_not_be_made_is_not_taken_for_one(checkout, tmp_path):
    (tmp_path / "python").write_text("#!/bin/sh\n")
    (tmp_path / "python").chmod(0o755)
    (checkout / ".venv/bin/python").write_text("#!/bin/sh\nexit 1\n")
    (checkout / "requirements.lock").write_text("pandas==4")
    done = make(checkout, "env", PYTHON=str(tmp_path / "python"))
    assert done.returncode == 2
    assert done.stderr.startswith("the environment could not be made")
    assert (checkout / ".venv/installed.lock").read_text() == "pandas==3"


def test_makefile_uses_nothing_newer_than_make_3_81():
    text = (ROOT / "Makefile").read_text()
    assert not re.search(r"::=|\.ONESHELL|&:|\$\(file |\$\(intcmp|\.RECIPEPREFIX|undefine|\+:=", text)
    assert "\r" not in text


def test_ci_runs_the_tests():
    run = (ROOT / ".ci" / "run").read_text()
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "make test" in run
    assert "make notebooks\ngit diff --exit-code" in run
    jobs = (ROOT / ".github" / "workflows" / "ci.yml").read_text()
    run = " ".join(re.findall(r"- run: .venv/bin/python tests/stages.py (.+)", jobs)).split()
    assert set(run) == {stage.name for stage in stages.STAGES}
    for part in ("make report", "make notebooks", "wuhan messages --check", 'WUHAN_BROWSER_REQUIRED: "1"'):
        assert part in jobs, part


def test_module_that_make_calls_is_the_one_installed():
    shown = subprocess.run(
        [sys.executable, "-c", "import wuhan.execution as e; print(e.__file__)"],
        capture_output=True,
        text=True,
        cwd="/",
        check=True,
    ).stdout
    assert shown.strip() == str(ROOT / "wuhan" / "execution" / "__init__.py")


@pytest.mark.parametrize("name", ["VENV", "PY", "READY"])
def test_make_e_takes_no_program_or_folder_from_the_environment(checkout, name):
    done = make(checkout, "-e", "report", **{name: "elsewhere"})
    assert (done.returncode, done.stderr) == (0, "")
    assert calls(checkout) == ["-m wuhan report --params  --notebooks "]


def test_a_new_notebook_is_written_run_and_listed(checkout):
    make(checkout, "new", f"NOTEBOOK=60_x {NASTY}")
    assert calls(checkout) == [f"-m wuhan new -- 60_x {NASTY}", f"-m wuhan notebooks 60_x {NASTY}", "-m wuhan readme"]
    assert not (checkout / "pwned").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["report", "LANGUAGES=zh"], "make report takes no LANGUAGES — it takes NOTEBOOKS PARAMS"),
        (["sweep-check", "NOTEBOOKS=10", "SETS=a.yml"], "make sweep-check takes no NOTEBOOKS SETS — it takes CITIES"),
        (["check", "PARAMS=city=chengdu"], "make check takes no PARAMS — it takes no variable"),
    ],
)
def test_a_variable_that_a_command_would_not_use_is_refused(checkout, arguments, told):
    done = make(checkout, *arguments)
    assert done.returncode == 2
    assert done.stderr.partition("*** ")[2] == f"{told}.  Stop.\n"
    assert calls(checkout) == []


def test_a_variable_of_the_environment_or_for_one_of_several_commands_is_none_too_many(checkout):
    assert make(checkout, "check", LANGUAGES="zh").returncode == 0
    assert make(checkout, "report", "sweep", "CITIES=chengdu").returncode == 0
