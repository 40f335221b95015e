"""Warm kernels are cold kernels that start sooner: same state, same outputs, nothing shared and nothing left."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pandas as pd
import pytest
import tiny_project as tiny
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from test_runner import start, wait_for

from wuhan.execution import kernels, project, results, runner
from wuhan.execution.kernels import Kernels
from wuhan.execution.project import Project
from wuhan.execution.runner import Job
from wuhan.execution.warm import launch, server

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all kernels start cold")
# What a library or a cell could find out about the process it runs in, but for numbers of processes and its folder.
PROBE = """
import gc, locale, logging, multiprocessing, os, re, signal, sys, tempfile, threading, matplotlib
import pandas as pd
own = ("TMPDIR", "IPYTHONDIR", "WUHAN_READS", "JPY_PARENT_PID", "JPY_SESSION_NAME")
options = pd.get_option
said = {
    "environment": sorted(each for each in os.environ.items() if each[0] not in own),
    "folders": [os.getcwd(), os.path.realpath(tempfile.gettempdir()) == os.path.realpath(os.environ["TMPDIR"])],
    "path": sys.path, "argv": sys.argv[:2], "flags": str(sys.flags), "main": sys.modules["__main__"].__name__,
    "names": sorted(globals()), "random": hash("a"), "time": __import__("time").tzname, "umask": os.umask(0o22),
    "signals": [str(signal.getsignal(each)) for each in (2, 13, 15, 17)],
    "blocked": signal.pthread_sigmask(signal.SIG_BLOCK, []), "wakeup": signal.set_wakeup_fd(-1) > 2,
    "files": sorted(os.readlink(f"/proc/self/fd/{n}").partition(":")[0].rpartition("/")[2] for n in (0, 1, 2)),
    "group": [os.getpgid(0) == os.getpid(), os.getsid(0) == os.getpid()],
    "text": [locale.getpreferredencoding(), sys.stdout.encoding, sys.getfilesystemencoding(), sys.getrecursionlimit()],
    "logging": [str(logging.root.level), len(logging.root.handlers)],
    "threads": sorted(re.sub("[0-9]", "", each.name) for each in threading.enumerate()), "gc": gc.isenabled(),
    "pandas": {name: str(options(name)) for name in ("display.max_columns", "display.width", "display.max_rows")},
    "matplotlib": {name: str(value) for name, value in sorted(matplotlib.rcParams.items())},
    "started": multiprocessing.get_start_method(), "children": multiprocessing.active_children(),
    "inline": "matplotlib_inline.backend_inline" in sys.modules,
}
print("\\n".join(f"{name}: {value}" for name, value in said.items()))
pd.DataFrame([range(30)])
"""


def run(made: Project, *names: str, **options) -> dict[str, runner.Result]:
    with project.scratch(made) as folder:
        jobs = [Job(path) for path in made.find(list(names) or None)]
        return {result.name: result for result in runner.run(made, jobs, folder, **options)}


def shown(result: runner.Result, cell: int = 2) -> str:
    """What a cell printed, or its value."""
    assert result.notebook, result.faults
    outputs = results.code_cells(result.notebook)[cell - 1]["outputs"]
    return "".join(results.text(each.get("text") or each["data"]["text/plain"]) for each in outputs)


def three(made: Project, *cells: dict) -> list[str]:
    """Three notebooks of ``cells``, which is enough for a warm start."""
    return [tiny.write(made, f"{number}_same", *cells).stem for number in (10, 11, 12)]


@pytest.fixture(autouse=True)
def left(monkeypatch, tmp_path):
    """A folder for temporary files with a short name, which must be empty in the end."""
    with tempfile.TemporaryDirectory(prefix="t-") as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        monkeypatch.setenv("TMPDIR", folder)
        yield Path(folder)
        assert list(Path(folder).iterdir()) == []


def test_a_cell_finds_in_a_warm_kernel_what_it_finds_in_a_cold_one(made, monkeypatch, capfd):
    monkeypatch.setenv("SECRET_OF_THE_USER", "kept")
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    names = three(made, tiny.code(PROBE), tiny.code("import sys\n'warm' if 'ipywidgets' in sys.modules else 'cold'"))
    cold, warm = run(made, names[0]), run(made)
    assert [shown(each, 3) for each in (cold[names[0]], *warm.values())] == ["'cold'", *["'warm'"] * 3]
    for name in names:
        assert shown(warm[name]).splitlines() == shown(cold[names[0]]).splitlines()
    assert capfd.readouterr().err == ""


def test_real_notebooks_are_the_same_warm_and_cold_and_read_the_same_files():
    names = ["10_gdp_and_growth", "40_press_claims", "50_explore"]
    warm, cold = run(Project(), *names), run(Project(), names[1])[names[1]]
    for path in Project().find(names):
        assert results.serialise(warm[path.stem].notebook) == path.read_bytes(), path.stem
    assert results.serialise(cold.notebook) == results.serialise(warm[names[1]].notebook)
    assert warm[names[1]].reads == cold.reads
    assert warm[names[0]].reads != warm[names[2]].reads


SPOIL = """
import os, sys, pandas as pd
from wuhan.evidence import package, reads
pd.DataFrame.head = package.DATA = None
package._sheet.cache_clear()
reads._noted["left"] = {"left"}
os.environ["LEFT"] = "left"
sys.path[:0] = ["left"]
os.chdir("/")
"""
LOOK = """
import os, sys, pandas as pd
from wuhan.evidence import observations, package, reads
from wuhan.text import verdicts, words
print(pd.DataFrame.head is None, package.DATA is None, set(reads._noted), "LEFT" in os.environ, "left" in sys.path)
print(os.getcwd())
print(package._judged.cache_info().currsize == package._sheet.cache_info().currsize == len(package.tables()))
hiding = (words._table_of, verdicts._articles, observations._rows)
print([each.cache_info().currsize for each in hiding])
"""


def test_nothing_that_a_notebook_does_reaches_the_next_and_nothing_prepared_hides_what_it_reads(made, monkeypatch):
    monkeypatch.setattr(runner, "at_once", lambda: 1)
    for number in (10, 12):
        tiny.write(made, f"{number}_spoils", tiny.code(SPOIL))
        tiny.write(made, f"{number + 1}_looks", tiny.code(LOOK))
    said = run(made)
    for number in (11, 13):
        expected = ["False False set() False False", str(made.notebooks), "True", "[0, 0, 0]"]
        assert shown(said[f"{number}_looks"]).splitlines() == expected


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        ("raise RuntimeError('not the one')", "RuntimeError: not the one"),
        (
            "import threading, time\nthreading.Thread(target=time.sleep, args=[60], daemon=True).start()",
            "RuntimeError: a library started a thread, which no fork has",
        ),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "their server was ended by SIGKILL"),
        ("import os\nos._exit(3)", "their server ended with code 3"),
    ],
)
def test_a_server_that_cannot_start_is_told_in_one_line_and_kernels_start_cold(made, capfd, module, reason):
    (made.notebooks / "seaborn.py").write_text(module)  # the folder comes before the packages, as in any kernel
    names = three(made, tiny.code("import sys\n'ipywidgets' in sys.modules"))
    assert [shown(each) for each in run(made).values()] == ["False"] * len(names)
    assert capfd.readouterr().err == f"kernels start cold: {reason}\n"


def test_so_is_a_folder_whose_name_is_too_long_for_a_socket(made, capfd, monkeypatch, tmp_path):
    long = tmp_path / ("x" * 100)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    three(made, tiny.code("1"))
    assert all(result.notebook for result in run(made).values())
    assert capfd.readouterr().err == "kernels start cold: AF_UNIX path too long\n"
    assert not list(long.iterdir())


def test_after_the_end_of_the_server_kernels_start_cold(made, capfd, monkeypatch):
    monkeypatch.setattr(runner, "at_once", lambda: 1)
    tiny.write(made, "10_kills", tiny.code("import os, time\nos.kill(os.getppid(), 9)\ntime.sleep(60)"))
    for number in (11, 12):
        tiny.write(made, f"{number}_after", tiny.code("import sys\n'ipywidgets' in sys.modules"))
    said = run(made)
    assert said["10_kills"].faults[0].startswith("cell 2: the kernel died")
    assert [shown(said[name]) for name in ("11_after", "12_after")] == ["False"] * 2
    assert capfd.readouterr().err == "kernels start cold: their server was ended by SIGKILL\n"


def test_runs_of_one_command_share_a_server(made):
    names = three(made, tiny.code("import os, sys\n(os.getppid(), 'ipywidgets' in sys.modules)"))
    with Kernels(made.root) as own:
        first, second = run(made, kernels=own), run(made, names[0], kernels=own)
        assert len({shown(each) for each in (*first.values(), *second.values())}) == 1
        assert shown(second[names[0]]).endswith(" True)")
        process = own._warm._process
        assert process.poll() is None
    assert process.returncode is not None


def test_an_error_ends_shared_kernels_too(made):
    names = three(made, tiny.code("1"))

    def stop(result):
        raise KeyboardInterrupt

    with Kernels(made.root) as own:
        with pytest.raises(KeyboardInterrupt):
            run(made, kernels=own, done=stop)
        assert own._warm._process.returncode is not None
        assert "the run was stopped" in run(made, names[0], kernels=own)[names[0]].faults[0]


ENDLESS = """
import os, subprocess, time
child = subprocess.Popen(["sleep", "100"])
open(f"{os.getpid()}.kernel", "w").write(f"{os.getpid()} {child.pid} {os.getppid()} ")
time.sleep(100)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_of_a_run_that_was_ended(made, number, left):
    three(made, tiny.code(ENDLESS))
    process = start(made, "notebooks")
    busy = min(3, runner.at_once())

    def marks():
        return [path.read_text().split() for path in made.notebooks.glob("*.kernel") if path.read_text().endswith(" ")]

    wait_for(lambda: len(marks()) == busy, 60)
    alive = {int(pid) for mark in marks() for pid in mark}
    assert len(alive) == 2 * busy + 1  # kernels, their children, one server
    assert list(left.iterdir())
    process.send_signal(number)
    _, said = process.communicate(timeout=10)
    wait_for(lambda: not any(map(project._alive, alive)), 10)
    wait_for(lambda: not list(left.iterdir()), 10)
    assert "cold" not in said


def test_a_kernel_that_was_only_forked_is_ended_as_well():
    """It has no group of its own yet: a server that is to end would wait for it for ever."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as kernel:
        assert os.getpgid(kernel.pid) == os.getpgrp()
        server.kill(kernel.pid)
        assert kernel.wait(30) == -signal.SIGKILL


def test_nothing_is_left_of_a_run_that_is_killed_while_its_server_starts(made, left):
    code = "import sys, time; from pathlib import Path; from wuhan.execution.kernels import Kernels\n"
    code += "own = Kernels(Path(sys.argv[1])); own.expect(3); print(own._warm._process.pid, flush=True); time.sleep(99)"
    process = subprocess.Popen([sys.executable, "-c", code, str(made.root)], stdout=subprocess.PIPE, text=True)
    server = int(process.stdout.readline())
    process.kill()
    process.communicate()
    wait_for(lambda: not project._alive(server), 60)
    assert list(left.iterdir()) == []


@pytest.fixture
def one(tmp_path):
    """A running warm kernel with its client, driven by Jupyter's own manager."""
    (tmp_path / "notebooks").mkdir()
    with Kernels(tmp_path) as own:
        own.expect(kernels.WARM_FROM)
        manager = KernelManager(connection_file=str(tmp_path / "kernel.json"))
        manager._kernel_spec = KernelSpec(argv=own.command, display_name="", language="python")
        manager.start_kernel(cwd=tmp_path, env=kernels.environment(tmp_path))
        client = manager.blocking_client()
        client.start_channels()
        client.wait_for_ready(60)
        yield manager, client
        client.stop_channels()
        if manager.is_alive():
            manager.shutdown_kernel(now=True)


def test_a_cell_can_be_interrupted_and_the_kernel_lives_on(one, tmp_path):
    manager, client = one
    code = "import subprocess\nsubprocess.run(['sh', '-c', 'echo > begun; exec sleep 100'])"
    asked = client.execute(code, stop_on_error=False)  # else the next cell may be refused as queued behind a fault
    wait_for((tmp_path / "begun").exists)
    time.sleep(0.2)
    manager.interrupt_kernel()
    reply = client.get_shell_msg(timeout=20)
    while reply["parent_header"]["msg_id"] != asked:  # the client asked for the kernel's information, perhaps twice
        reply = client.get_shell_msg(timeout=20)
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert client.execute_interactive("1", timeout=20)["content"]["status"] == "ok"


def test_a_kernel_that_is_shut_down_ends_as_a_process_does(one, tmp_path):
    manager, client = one
    said = "import atexit, pathlib\natexit.register(pathlib.Path('end').write_text, 'x')"
    client.execute_interactive(said, timeout=20)
    manager.shutdown_kernel()
    assert (tmp_path / "end").read_text() == "x"
    assert not manager.is_alive()


# ---- the two ends of the socket, in this process


@pytest.fixture
def signals():
    """Signal handlers as they were."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)
    before = [signal.getsignal(number) for number in numbers]
    yield
    signal.set_wakeup_fd(-1)
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


@pytest.fixture
def given():
    """Standard input that does not end before the test does."""
    before, (end, start) = os.dup(0), os.pipe()
    os.dup2(end, 0)
    yield start
    os.dup2(before, 0)
    for each in (before, end, start):
        os.close(each)


@pytest.fixture
def door():
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
        place = Path(folder) / "own" / "door"
        place.parent.mkdir()
        door.bind(str(place))
        door.listen()
        yield door


def sleeper() -> int:
    return subprocess.Popen(["sleep", "100"], start_new_session=True).pid


def test_the_server_tells_ends_and_forgets_kernels(door, monkeypatch, signals, given):
    """All that it does but for being a kernel: forked are sleeping processes."""
    forked = []
    monkeypatch.setattr(os, "fork", lambda: forked.append(sleeper()) or forked[-1])
    told = []

    def clients():
        each = [socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) for _ in range(3)]
        for client in each:
            client.connect(door.getsockname())
            socket.send_fds(client, [b"{}"], [0, 1, 2])
            told.append(json.loads(client.recv(99)))
        os.kill(told[0], signal.SIGTERM)
        told.append(json.loads(each[0].recv(99)))
        each[1].close()
        wait_for(lambda: not project._alive(told[1]))
        os.kill(os.getpid(), signal.SIGTERM)
        told.append(json.loads(each[2].recv(99)))

    other = threading.Thread(target=clients)
    other.start()
    own = server.Server(door, os.getppid())
    assert own.serve() is None
    other.join(20)
    assert told == [*forked, 128 + signal.SIGTERM, 128 + signal.SIGKILL]
    assert not any(map(project._alive, forked))
    assert not Path(door.getsockname()).parent.exists()


def test_the_server_ends_with_its_parent(door, signals, given):
    assert server.Server(door, -1).serve() is None


def test_the_command_asks_for_a_kernel_and_ends_as_it_does(door, signals, monkeypatch):
    asked, kernel = [], sleeper()

    def serve():
        client = door.accept()[0]
        asked.append(json.loads(client.recv(1 << 20)))
        client.send(str(kernel).encode())
        wait_for(lambda: signal.getsignal(signal.SIGTERM) not in (signal.SIG_DFL, before))
        os.kill(os.getpid(), signal.SIGTERM)
        wait_for(lambda: os.waitpid(kernel, os.WNOHANG) != (0, 0))
        client.send(b"7")

    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setenv("GIVEN", "on")
    other = threading.Thread(target=serve)
    other.start()
    assert launch.main(door.getsockname(), "-f", "x.json") == 7
    other.join(20)
    assert asked[0]["arguments"] == ["-f", "x.json"]
    assert (asked[0]["folder"], asked[0]["environment"]["GIVEN"]) == (os.getcwd(), "on")


def test_the_command_ends_the_kernel_of_a_server_that_has_ended(door, signals):
    kernel = sleeper()

    def serve():
        with door.accept()[0] as client:
            client.recv(1 << 20)
            client.send(str(kernel).encode())

    other = threading.Thread(target=serve)
    other.start()
    assert launch.main(door.getsockname(), "-f", "x.json") == 1
    other.join(20)
    assert os.waitstatus_to_exitcode(os.waitpid(kernel, 0)[1]) == -signal.SIGKILL


def test_without_a_server_the_command_becomes_a_cold_kernel(tmp_path, monkeypatch):
    given = []
    monkeypatch.setattr(os, "execv", lambda program, arguments: given.append(arguments) or sys.exit(9))
    with pytest.raises(SystemExit):
        launch.main(str(tmp_path / "door"), "-f", "x.json")
    assert given == [[sys.executable, "-m", "ipykernel_launcher", "-f", "x.json"]]
    parents = iter((1, 2))
    monkeypatch.setattr(os, "getppid", lambda: next(parents))
    assert launch.main(str(tmp_path / "door"), "-f", "x.json") == 1  # whoever started it has ended
    assert len(given) == 1


def test_the_process_of_a_kernel_takes_the_streams_of_its_client_and_nothing_of_the_server(
    door, monkeypatch, signals, given
):
    taken = []
    monkeypatch.setattr(os, "fork", lambda: 0)
    monkeypatch.setattr(os, "setsid", lambda: taken.append("session"))
    monkeypatch.setattr(os, "dup2", lambda stream, number: taken.append((os.fstat(stream).st_ino, number)))
    pipes = [os.pipe() for _ in range(3)]
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as client:
        client.connect(door.getsockname())
        socket.send_fds(client, [b'{"folder": "x"}'], [end for end, _start in pipes])
        own = server.Server(door, os.getppid())
        assert own.serve() == {"folder": "x"}
        assert client.recv(9) == b""  # no connection is left open in this process
    assert taken == ["session", *((os.fstat(end).st_ino, number) for number, (end, _) in enumerate(pipes))]
    assert door.fileno() == -1
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    for each in (each for pipe in pipes for each in pipe):
        os.close(each)


def test_no_server_begins_with_a_thread(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.setattr(sys, "path", [*sys.path])
    columns, end = pd.get_option("display.max_columns"), threading.Event()
    other = threading.Thread(target=end.wait)
    other.start()
    with pytest.raises(RuntimeError, match="a thread"):
        server.preload()
    end.set()
    other.join()
    pd.set_option("display.max_columns", columns)
    assert "" not in sys.path
