"""Notebooks are run, judged and published whole; whatever fails leaves the last good result as it was."""

import json
import signal
import subprocess
import sys
import time

import pytest
import tiny_project as tiny

from wuhan.execution import collection, kernels, project, results, runner
from wuhan.execution.project import NotebookFault
from wuhan.execution.runner import Job

LAUNCH = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "import sys; from pathlib import Path; from wuhan.execution import cli\n"
    "import wuhan.execution.project as p; p.ROOT = root = Path(sys.argv[1])\n"
    "cli.Project = lambda: p.Project(root); sys.argv[1:2] = []\n"
    "cli.run()"
)


def run(made, **options):
    with project.scratch(made) as folder:
        jobs = [Job(path, options.get("parameters", {})) for path in made.find()]
        return {
            each.name: each for each in runner.run(made, jobs, folder, cell_seconds=options.get("cell_seconds", 60))
        }


# ---- running and judging


def test_a_run_equals_stock_papermill_without_run_time_metadata(made, tmp_path):
    path = tiny.sound(made)
    result = run(made, parameters={"city": "chengdu"})["10_good"]
    out = tmp_path / "out.ipynb"
    command = [sys.executable, "-m", "papermill", "--no-progress-bar", str(path), str(out), "-p", "city", "chengdu"]
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
    "19_no_answer": (tiny.code("1", "headline"), "cell 2: the headline cell must give one sentence, it gave 0"),
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


def test_a_full_disk_is_not_the_fault_of_the_notebook(made):
    tiny.write(made, "10_full", tiny.code("raise OSError(28, 'No space left on device', '/tmp/x')"))
    result = run(made)["10_full"]
    assert result.code == 5
    assert result.faults == ("cell 2: OSError: [Errno 28] No space left on device: '/tmp/x'",)


def test_a_refused_parameter_is_told_as_the_notebook_tells_it():
    error = {"output_type": "error", "ename": "ParameterError", "evalue": "city: x\nlanguage: y", "traceback": []}
    cell = tiny.code("parameters.use(globals())") | {"execution_count": 1, "outputs": [error]}
    assert results.judge({"cells": [cell]}) == ["cell 1: city: x", "cell 1: language: y"]


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
    assert result.faults == ("its kernel did not start: ModuleNotFoundError: No module named 'encodings'",)


@pytest.mark.parametrize(
    ("times", "faults"),
    [
        (1, ()),
        (2, ("its kernel did not start: zmq.error.ZMQError: Address already in use (addr='tcp://127.0.0.1:41045')",)),
    ],
)
def test_a_kernel_whose_port_another_program_took_is_started_once_more(made, monkeypatch, times, faults):
    tiny.sound(made)
    left, real = [times], runner._papermill

    def taken(kernels, job, own, *rest):
        if left[0]:
            left[0] -= 1
            own.joinpath("kernel.log").write_text(
                "zmq.error.ZMQError: Address already in use (addr='tcp://127.0.0.1:41045')\n"
            )
            raise RuntimeError("Kernel died before replying to kernel_info")
        real(kernels, job, own, *rest)

    monkeypatch.setattr(runner, "_papermill", taken)
    assert run(made)["10_good"].faults == faults


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("Traceback\n  File x\nImportError: libzmq.so.5: cannot open\n\n", "ImportError: libzmq.so.5: cannot open"),
        ("zmq.error.ZMQError: Address in use\n[I] shutting down\n", "zmq.error.ZMQError: Address in use"),
        ("/bin/python: No module named ipykernel_launcher\n", "/bin/python: No module named ipykernel_launcher"),
        ("python: error while loading shared libraries: x\n\n", "python: error while loading shared libraries: x"),
        ("\xff\n", "\ufffd"),
        ("", ""),
    ],
)
def test_the_log_of_a_kernel_says_why_it_ended(tmp_path, log, said):
    (tmp_path / "kernel.log").write_bytes(log.encode("latin-1"))
    assert kernels.last_words(tmp_path) == said


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
    (tmp_path / "pandas.py").write_text("raise RuntimeError('not the pandas of this environment')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    monkeypatch.setenv("HOME", "/nonexistent")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    source = "import os, time, pandas\n('surprise' in globals(), os.environ.get('PYTHONWARNINGS'), time.tzname[0], "
    source += "os.environ['OMP_NUM_THREADS'], __debug__, os.getcwd())"
    tiny.write(made, "10_env", tiny.code(source))
    cell = run(made)["10_env"].notebook["cells"][2]
    shown = cell["outputs"][0]["data"]["text/plain"]
    assert shown.split() == ["(False,", "None,", "'UTC',", "'1',", "True,", f"{str(made.notebooks)!r})"]


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
    job = Job(path)
    assert collection.store_of(made).notebook(job, collection.Inputs.take(made)).exists()
    tiny.write(made, "10_good", tiny.code("1 / 0"))
    with pytest.raises(NotebookFault, match="^10_good: cell 2: ZeroDivisionError: division by zero$"):
        collection.bring_up_to_date(made)


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


def test_a_table_read_by_its_path_counts_as_a_whole(made):
    cells = {
        "10_named": "pd.read_csv('../data/gdp.csv')",
        "20_any": "name = 'gdp'\npd.read_csv(f'../data/{name}.csv')",
        "30_told": "'see data/events.csv: an event occurs twice'",
    }
    noted = "import os\n_ = open(os.environ['WUHAN_READS'], 'a').write('data/places.csv\\n')\nimport pandas as pd\n"
    for name, source in cells.items():
        tiny.write(made, name, tiny.code(noted + source))
    found = {name: result.reads for name, result in run(made).items()}
    every = tuple(sorted(f"data/{name}" for name in tiny.TABLES))
    assert found == {"10_named": ("data/gdp.csv", "data/places.csv"), "20_any": every, "30_told": ("data/places.csv",)}


def test_kernels_start_beside_the_notebooks_and_find_the_package_of_the_project(made):
    (made.root / "wuhan").mkdir()
    (made.root / "wuhan" / "__init__.py").write_text("HERE = True")
    tiny.write(
        made, "10_reads", tiny.code("import pandas as pd, wuhan\nlen(pd.read_csv('../data/gdp.csv')), wuhan.HERE")
    )
    cell = run(made)["10_reads"].notebook["cells"][2]
    assert cell["outputs"][0]["data"]["text/plain"] == "(3, True)"
