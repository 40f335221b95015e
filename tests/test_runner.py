"""Notebooks are run, judged and published whole; whatever fails leaves the last good result as it was."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import types
from pathlib import Path

import pytest
import tiny_project as tiny

from wuhan.evidence import package
from wuhan.execution import collection, project, results, runner
from wuhan.execution.project import EnvironmentFault, NotebookFault, Project, locks, publish, publish_folder
from wuhan.execution.runner import Job

LAUNCH = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "import sys; from pathlib import Path; from wuhan.execution import cli\n"
    "import wuhan.execution.project as p; p.ROOT = root = Path(sys.argv[1])\n"
    "cli.Project = lambda: p.Project(root); sys.argv[1:2] = []\n"
    "cli.run()"
)


@pytest.fixture
def made(tmp_path):
    return tiny.make(tmp_path / "collection")


def run(made, **options):
    with project.scratch(made) as folder:
        jobs = [Job(path, options.get("parameters", {})) for path in made.find()]
        return {
            each.name: each for each in runner.run(made, jobs, folder, cell_seconds=options.get("cell_seconds", 60))
        }


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# ---- running and judging


def test_a_run_equals_stock_papermill_without_run_time_metadata(made, tmp_path):
    path = tiny.sound(made)
    result = run(made, parameters={"city": "chengdu"})["10_good"]
    out = tmp_path / "out.ipynb"
    command = [
        sys.executable,
        "-m",
        "papermill",
        "--no-progress-bar",
        str(path),
        str(out),
        "-p",
        "city",
        "chengdu",
    ]
    subprocess.run(command, check=True, capture_output=True, cwd=made.root)
    stock = json.loads(out.read_text())
    assert stock["metadata"]["papermill"]["duration"] > 0
    assert results.serialise(results.scrub(stock)) == results.serialise(result.notebook)
    assert result.notebook["cells"][2]["metadata"]["tags"] == ["injected-parameters"]
    assert result.notebook["cells"][-2]["outputs"][0]["data"]["text/plain"] == "'chengdu 2010'"


FAULTS = {
    "10_raises": (tiny.code("1 / 0"), "cell 2: ZeroDivisionError: division by zero"),
    "11_warns": (tiny.code("import warnings\nwarnings.warn('old')"), "cell 2: wrote to stderr: /"),
    "12_leaves": (tiny.code("import sys\nsys.exit(0)"), "cell 2: SystemExit: 0"),
    "13_dies": (tiny.code("import os\nos._exit(1)"), "cell 2: the kernel died"),
    "14_killed": (tiny.code("import os\nos.kill(os.getpid(), 9)"), "cell 2: the kernel died"),
    "15_endless": (tiny.code("while True: pass"), "cell 2: no end after 5 s"),
    "16_no_picture": (tiny.code("1", "figure"), "cell 2: promised a figure and gave none"),
    "17_no_alt": (tiny.code(tiny.picture(alt=" ")), "cell 2: its picture has no alt text"),
    "18_bad_name": (tiny.code(tiny.picture(figure="../x")), 'cell 2: "../x" is no name for a figure'),
    "19_no_answer": (
        tiny.code("1", "headline"),
        "cell 2: the headline cell must give one sentence, it gave 0",
    ),
    "20_colours": (tiny.code("raise ValueError('\\x1b[31mred\\x1b[0m\\nmore')"), "cell 2: ValueError: red"),
}


def test_every_fault_is_one_line_and_one_failed_copy(made):
    for name, (cell, _) in FAULTS.items():
        tiny.write(made, name, cell, tiny.code("'after'"))
    said = run(made, cell_seconds=5)
    for name, (_, line) in FAULTS.items():
        assert said[name].notebook is None, name
        assert said[name].code == 4, name
        assert len(said[name].faults) == 1, name
        assert said[name].faults[0].startswith(line), name
        assert (made.build / "failed" / f"{name}.ipynb").exists(), name
    assert not list(made.build.glob(".run-*"))


def test_faults_that_only_judging_sees():
    cells = [tiny.code(source) | {"execution_count": count} for source, count in (("1", 2), ("2", 1), ("3", None))]
    assert results.judge({"cells": cells}) == [
        "cell 1: ran as number 2",
        "cell 2: ran as number 1",
        "cell 3: did not run",
    ]
    shown = {"output_type": "display_data", "data": {"image/png": "AAAA"}}
    shown["metadata"] = {"image/png": {"alt": "a dot", "figure": "dot"}}
    twice = tiny.code("draw()") | {"execution_count": 1, "outputs": [shown, shown]}
    assert results.judge({"cells": [twice]}) == ['figure "dot": drawn twice']


def test_a_kernel_that_cannot_start_is_one_line(made, monkeypatch):
    tiny.sound(made)
    monkeypatch.setattr("wuhan.execution.kernels.FIXED", {"PYTHONHOME": "/nowhere"})
    result = run(made)["10_good"]
    assert result.code == 5
    assert len(result.faults) == 1
    assert "died" in result.faults[0]


@pytest.mark.parametrize("content", ["{", "[]", '{"cells": [{}]}', '{"worksheets": []}'])
def test_a_file_that_is_no_notebook_is_one_line(made, content):
    (made.notebooks / "10_odd.ipynb").write_text(content)
    for command in (collection.in_place, lambda each: collection.report(each, [("city", "wuhan")])):
        with pytest.raises(NotebookFault, match="^10_odd.ipynb: not a notebook of format 4 — restore it"):
            command(made)


def test_a_notebook_that_papermill_cannot_read_is_one_line(made):
    tiny.sound(made).write_text("{")
    result = run(made)["10_good"]
    assert result.code == 4
    assert len(result.faults) == 1


def test_a_missing_package_is_the_environments_fault(made, monkeypatch):
    tiny.sound(made)
    monkeypatch.setitem(sys.modules, "papermill", None)
    with pytest.raises(ImportError, match="papermill"):
        run(made)


def test_user_settings_do_not_reach_the_kernel(made, monkeypatch, tmp_path):
    (tmp_path / "start.py").write_text("surprise = 1")
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "start.py"))
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    monkeypatch.setenv("HOME", "/nonexistent")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    source = "import os, time\n('surprise' in globals(), os.environ.get('PYTHONWARNINGS'), time.tzname[0], "
    source += "os.environ['OMP_NUM_THREADS'], os.getcwd())"
    tiny.write(made, "10_env", tiny.code(source))
    cell = run(made)["10_env"].notebook["cells"][2]
    shown = cell["outputs"][0]["data"]["text/plain"]
    assert shown.split() == ["(False,", "None,", "'UTC',", "'1',", f"{str(made.root)!r})"]


def test_whatever_ends_a_run_ends_its_kernels(made):
    _, mark = slow(made)
    tiny.write(made, "11_fast", tiny.code(f"import pathlib\nwhile not pathlib.Path({str(mark)!r}).exists(): pass"))

    def stop(result):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), project.scratch(made) as folder:
        runner.run(made, [Job(path) for path in made.find()], folder, stop)
    wait_for(lambda: not project._alive(int(mark.read_text())), 5)


def test_bringing_up_to_date_writes_nothing_but_build(made):
    path = tiny.sound(made)
    before = path.read_bytes()
    collection.bring_up_to_date(made)
    assert (path.read_bytes(), list(made.figures.iterdir())) == (before, [])
    assert collection.default_store(made).notebook("10_good").exists()
    tiny.write(made, "10_good", tiny.code("1 / 0"))
    with pytest.raises(NotebookFault, match="^10_good: cell 2: ZeroDivisionError: division by zero$"):
        collection.bring_up_to_date(made)


# ---- in place


def test_in_place_writes_notebook_and_figures_and_a_second_time_nothing(made, capsys):
    path = tiny.sound(made)
    (made.figures / "10_good-old.png").write_bytes(b"orphan")
    (made.figures / "10_good_too-dot.png").write_bytes(b"of another notebook")
    assert collection.in_place(made) == 0
    notebook = json.loads(path.read_text())
    assert [cell["execution_count"] for cell in results.code_cells(notebook)] == [1, 2, 3, 4]
    assert notebook["cells"][0]["id"] == "c0"
    assert "papermill" not in path.read_text()
    assert sorted(each.name for each in made.figures.iterdir()) == ["10_good-dot.png", "10_good_too-dot.png"]
    first, times = (
        contents(made.root),
        [each.stat().st_mtime_ns for each in (path, made.figures / "10_good-dot.png")],
    )
    assert collection.in_place(made, ["notebooks/10_good.ipynb"]) == 0
    second = contents(made.root)
    changed = {name for name in second if first.get(name) != second[name]}
    assert changed <= {"build/executed/report/10_good.json"}  # it holds the time the run took
    assert times == [each.stat().st_mtime_ns for each in (path, made.figures / "10_good-dot.png")]
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("10_good ")
    assert said[1].startswith("1 notebook written, 1 figure, ")


def test_one_failure_leaves_its_notebook_and_writes_the_others(made, capsys):
    good, bad = tiny.sound(made), tiny.write(made, "11_bad", tiny.code("len(1)"))
    before = bad.read_bytes()
    assert collection.in_place(made) == 4
    assert bad.read_bytes() == before
    assert json.loads(good.read_text())["cells"][1]["execution_count"] == 1
    shown = capsys.readouterr()
    assert shown.err == "11_bad: cell 2: TypeError: object of type 'int' has no len()\n"
    assert collection.in_place(made, ["11_bad"]) == 4
    assert runner.failed_copy(made, "11_bad").exists()
    tiny.write(made, "11_bad", tiny.code("1"))
    assert collection.in_place(made, ["11_bad"]) == 0
    assert not runner.failed_copy(made, "11_bad").exists()


def test_bad_data_are_code_3_and_each_line_once(made, capsys):
    source = "class DataError(Exception): pass\n"
    source += "raise DataError('data/gdp.csv:2: value: bad\\ndata/gdp.csv:3: value: bad')"
    for name in ("10_one", "11_two"):
        tiny.write(made, name, tiny.code(source))
    assert collection.in_place(made) == 3
    assert capsys.readouterr().err == "data/gdp.csv:2: value: bad\ndata/gdp.csv:3: value: bad\n"


def test_many_faults_are_cut(capsys):
    result = runner.Result("10_x", 1, faults=tuple(f"line {number}" for number in range(60)), code=4)
    assert collection.complain([result]) == 4
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 51
    assert lines[-1] == "and 10 more"


# ---- the report


@pytest.fixture
def site(monkeypatch):
    """Pages that are only the names of the notebooks, and a check of the data that finds nothing."""
    fake = types.ModuleType("wuhan.presentation.site")
    fake.ReportError = type("ReportError", (ValueError,), {})
    fake.calls = []

    def report(editions, out, asked):
        fake.calls.append([path.stem for path in editions["en"]])
        fake.editions, fake.asked = {code: list(paths) for code, paths in editions.items()}, asked
        out.mkdir()
        (out / "index.html").write_text("\n".join(fake.calls[-1]))

    fake.report = report
    monkeypatch.setattr(collection, "LANGUAGES", ("en",))
    monkeypatch.setitem(sys.modules, "wuhan.presentation.site", fake)
    monkeypatch.setattr("wuhan.presentation.site", fake, raising=False)
    fake.checks, fake.faults = [], []
    monkeypatch.setattr(package, "check", lambda data: fake.checks.append(data) or fake.faults)
    return fake


def ran(capsys):
    return [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.endswith(" s")][:-1]


def test_only_what_changed_runs_again(made, site, capsys):
    tiny.write(made, "10_gdp", tiny.code(tiny.reads("data/gdp.csv")), tiny.code(tiny.picture()))
    tiny.write(made, "20_events", tiny.code(tiny.reads("data/events.csv")))
    tiny.write(made, "30_silent", tiny.code("'logs nothing, so it may read anything'"))
    assert collection.report(made, []) == 0
    assert sorted(ran(capsys)) == ["10_gdp", "20_events", "30_silent"]
    index = made.build / "report" / "index.html"
    assert index.read_text() == "10_gdp\n20_events\n30_silent"
    assert (made.figures / "10_gdp-dot.png").exists()
    (made.figures / "10_gdp-dot.png").unlink()
    before = contents(made.build)

    assert collection.report(made, []) == 0
    assert capsys.readouterr().out == "nothing to do: build/report/index.html is up to date\n"
    assert contents(made.build) == before
    assert (made.figures / "10_gdp-dot.png").exists()  # made again from the executed notebook
    assert len(site.calls) == len(site.checks) == 1

    with open(made.data / "events.csv", "a") as table:
        table.write("e3,signing,2025-06-26\n")
    assert collection.report(made, []) == 0
    assert sorted(ran(capsys)) == ["20_events", "30_silent"]
    assert site.checks == [made.data, made.data]

    tiny.write(made, "20_events", tiny.code("'other cells'"))
    (made.notebooks / "30_silent.ipynb").unlink()
    assert collection.report(made, []) == 0
    assert ran(capsys) == ["20_events"]
    assert index.read_text() == "10_gdp\n20_events"
    assert not (made.build / "executed" / "report" / "30_silent.ipynb").exists()

    (made.figures / "30_silent-dot.png").write_bytes(b"orphan")
    (made.root / "requirements.lock").write_text("pandas==9")
    assert collection.report(made, []) == 0
    assert sorted(ran(capsys)) == ["10_gdp", "20_events"]
    assert not (made.figures / "30_silent-dot.png").exists()


def test_every_language_is_run_and_shown_and_one_that_is_asked_for_alone(made, site, capsys, monkeypatch):
    tiny.write(made, "10_gdp", tiny.code("language"))
    monkeypatch.setattr(collection, "LANGUAGES", ("en", "zh"))
    assert collection.report(made, []) == 0
    assert ran(capsys) == ["10_gdp", "10_gdp"]
    folders = [path.parent.name for path in (*site.editions["en"], *site.editions["zh"])]
    assert folders == ["report", "report-language-zh"]
    assert (site.asked, (made.build / "report").exists()) == ([], True)
    words = [results.load(path)["cells"][-2]["outputs"][0]["data"]["text/plain"] for path in site.editions["zh"]]
    assert [results.text(word) for word in words] == ["'zh'"]
    assert collection.report(made, [("city", "chengdu"), ("language", "en")]) == 0
    assert list(site.editions) == ["en"]
    assert site.asked == [("city", "chengdu"), ("language", "en")]


def test_in_place_and_report_share_what_was_run(made, site, capsys):
    tiny.sound(made)
    assert collection.in_place(made) == 0
    capsys.readouterr()
    assert collection.report(made, []) == 0
    assert ran(capsys) == []
    assert (made.build / "report" / "index.html").exists()


def test_other_parameters_go_to_a_folder_of_their_own(made, site, capsys):
    path = tiny.sound(made)
    assert collection.report(made, []) == 0
    before, source = contents(made.build / "report"), path.read_bytes()
    figures = contents(made.figures)
    assert collection.report(made, [("city", "chengdu"), ("first_year", "1999")]) == 0
    name = "report-city-chengdu-first_year-1999"
    assert (made.build / name / "index.html").exists()
    executed = (made.build / "executed" / name / "10_good.ipynb").read_text()
    assert "'chengdu 1999'" in executed
    assert (contents(made.build / "report"), path.read_bytes(), contents(made.figures)) == (
        before,
        source,
        figures,
    )
    capsys.readouterr()
    assert collection.report(made, [("city", "chengdu"), ("first_year", "1999")]) == 0
    assert capsys.readouterr().out.startswith("nothing to do: build/report-city")


def test_a_failure_keeps_the_last_good_pages_and_fails_again(made, site, capsys):
    tiny.sound(made)
    assert collection.report(made, []) == 0
    pages, figures = contents(made.build / "report"), contents(made.figures)
    tiny.write(made, "10_good", tiny.code(tiny.picture(9)), tiny.code("1 / 0"))
    for _ in range(2):
        capsys.readouterr()
        assert collection.report(made, []) == 4
        shown = capsys.readouterr()
        assert shown.err == "10_good: cell 3: ZeroDivisionError: division by zero\n"
        assert shown.out.endswith("no new report; build/report/ is the last good one\n")
        assert (contents(made.build / "report"), contents(made.figures)) == (pages, figures)


def test_a_fault_in_a_table_that_no_notebook_reads_is_code_3(made, site, capsys):
    tiny.sound(made)
    site.faults = ["data/places.csv:2: kind: found 'town' — write city"]
    for _ in range(2):
        assert collection.report(made, []) == 3
        assert capsys.readouterr().err.splitlines() == site.faults
    assert not (made.build / "report").exists()
    site.faults = []
    assert collection.report(made, []) == 0


def test_a_page_that_cannot_be_built_is_code_4(made, site):
    tiny.sound(made)

    def refuse(editions, out, asked):
        raise site.ReportError("10_good: no title")

    site.report = refuse
    with pytest.raises(NotebookFault, match="10_good: no title"):
        collection.report(made, [])


def test_index_is_as_old_as_its_inputs(made, site):
    """A file that changes while notebooks run is newer than the index, so that make looks again."""
    tiny.sound(made)
    before = time.time()
    assert collection.report(made, []) == 0
    assert (made.build / "report" / "index.html").stat().st_mtime < before + 0.5
    assert made.figures.stat().st_mtime < before + 0.5


def test_the_longest_notebook_starts_first(made, monkeypatch):
    paths = [tiny.sound(made, name) for name in ("10_short", "20_long", "30_unknown")]
    jobs, store = [Job(path) for path in paths], collection.default_store(made)
    for name, seconds in (("10_short", 1), ("20_long", 60)):
        publish(json.dumps({"seconds": seconds}).encode(), store.folder / f"{name}.json")
    started = []
    monkeypatch.setattr(runner, "run", lambda project, ordered, *rest: started.extend(ordered) or [])
    collection.execute(made, jobs, store, collection.Inputs.take(made), made.build)
    assert [job.name for job in started] == ["20_long", "10_short", "30_unknown"]


def test_a_half_stored_result_is_not_current(made, site):
    tiny.sound(made)
    assert collection.report(made, []) == 0
    store, inputs = collection.default_store(made), collection.Inputs.take(made)
    job = Job(made.find()[0])
    assert store.current(job, inputs)
    (store.folder / "10_good.json").write_text("{")
    assert not store.current(job, inputs)


# ---- publishing


def test_publish_replaces_whole_files_or_nothing(tmp_path, monkeypatch):
    target = tmp_path / "new" / "file.png"
    assert publish(b"old", target)
    assert not publish(b"old", target)

    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        publish(b"new", target)
    assert contents(tmp_path) == {"new/file.png": b"old"}


@pytest.mark.parametrize("exchange", [True, False])
def test_publish_folder_swaps(tmp_path, monkeypatch, exchange):
    if not exchange:
        monkeypatch.setattr(project, "_exchange", lambda first, second: False)
    for text in ("one", "two"):
        (tmp_path / "new").mkdir()
        (tmp_path / "new" / text).write_text(text)
        publish_folder(tmp_path / "new", tmp_path / "out" / "report")
    assert contents(tmp_path) == {"out/report/two": b"two"}


def test_a_system_without_exchange_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(project.ctypes, "CDLL", lambda *names, **options: object())
    assert project._exchange(tmp_path / "a", tmp_path / "b") is False


def test_one_run_at_a_time_for_one_output(made):
    with locks(made, ["report"]):
        told = "^another run is writing report — wait until it ends$"
        with pytest.raises(EnvironmentFault, match=told), locks(made, ["notebook-10", "report"]):
            raise AssertionError("two runs hold one lock")
        with locks(made, ["notebook-10"]):
            pass
    with locks(made, ["report"]):
        pass


def test_scratch_removes_what_killed_runs_left(made):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = made.build / f".run-{dead.pid}-x"
    alive = made.build / f".run-{os.getppid()}-x"
    for folder in (left, alive):
        folder.mkdir(parents=True)
    with project.scratch(made) as folder:
        assert folder.is_dir()
        assert not left.exists()
        assert alive.exists()
    assert not folder.exists()


def test_a_process_of_another_user_is_alive(monkeypatch):
    def forbidden(pid, number):
        raise PermissionError

    monkeypatch.setattr(os, "kill", forbidden)
    assert project._alive(1)


# ---- signals


def start(made, *arguments):
    """A run in a process of its own, with the signal handling of a terminal."""
    return subprocess.Popen(
        [sys.executable, "-c", LAUNCH, str(made.root), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for(condition, seconds=20.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def slow(made):
    mark = made.root / "kernel.pid"
    source = f"import os, time\nopen({str(mark)!r}, 'w').write(f'{{os.getpid()}} ')\ntime.sleep(100)"
    return tiny.write(made, "10_slow", tiny.code(source)), mark


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_run_and_kernels_and_leaves_nothing(made, number, code):
    path, mark = slow(made)
    before = path.read_bytes()
    process = start(made, "notebooks")
    wait_for(lambda: mark.exists() and mark.read_text().endswith(" "))
    process.send_signal(number)
    _, said = process.communicate(timeout=10)
    assert process.returncode == code
    assert said == f"stopped by {number.name}\n"
    wait_for(lambda: not project._alive(int(mark.read_text())), 5)
    assert path.read_bytes() == before
    assert not list(made.build.glob(".run-*"))


def test_a_killed_run_leaves_no_kernel_and_the_next_one_cleans_up(made):
    path, mark = slow(made)
    before = path.read_bytes()
    process = start(made, "notebooks")
    wait_for(lambda: mark.exists() and mark.read_text().endswith(" "))
    process.kill()
    process.communicate(timeout=10)
    wait_for(lambda: not project._alive(int(mark.read_text())), 10)
    assert path.read_bytes() == before
    assert list(made.build.glob(".run-*"))
    tiny.write(made, "10_slow", tiny.code("1"))
    assert collection.in_place(made) == 0
    assert not list(made.build.glob(".run-*"))


def test_a_second_run_is_told_in_one_line(made):
    _, mark = slow(made)
    process = start(made, "notebooks")
    wait_for(mark.exists)
    second = start(made, "notebooks")
    _, said = second.communicate(timeout=20)
    process.terminate()
    process.communicate(timeout=10)
    assert (second.returncode, said) == (5, "another run is writing notebook-10_slow — wait until it ends\n")


# ---- folders


def test_notebooks_are_found_by_name(made):
    tiny.sound(made)
    tiny.sound(made, "20_more")
    assert [path.stem for path in made.find()] == ["10_good", "20_more"]
    assert [path.stem for path in made.find(["20_more", "20_more.ipynb"])] == ["20_more"]
    with pytest.raises(project.RequestError, match='^unknown notebook "20_mor" — did you mean "20_more"\\?$'):
        made.find(["20_mor"])
    shutil.copy(made.notebooks / "20_more.ipynb", made.notebooks / "Untitled.ipynb")
    with pytest.raises(project.RequestError, match="Untitled.ipynb: no name for a notebook"):
        made.find()
    with pytest.raises(project.RequestError, match="no notebook found"):
        Project(made.root / "nowhere").find()


def test_a_long_list_of_words_is_cut():
    assert project.suggestion("zzz", [f"word{n:02}" for n in range(20)]).endswith("word11 … (20 in all)")
