"""Runs on a Dask cluster: as here, on workers with the same files only, and whole whatever dies on the way."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
import tiny_project as tiny

from wuhan.execution import project, results, runner
from wuhan.execution.kernels import Kernels
from wuhan.execution.project import EnvironmentFault, Project

cluster = pytest.importorskip("wuhan.execution.cluster")
# A cluster in a process of its own, which ends with that. Its kernels start cold, which is quicker for two or three.
LAUNCH = """\
import logging, sys, time
from distributed import LocalCluster
COLD = "import sys\\nfrom wuhan.execution import kernels\\nkernels.WARM_FROM = sys.maxsize + 1"
if __name__ == "__main__":
    with LocalCluster(n_workers=1, threads_per_worker=1, memory_limit=0, dashboard_address=None,
                      local_directory=sys.argv[1], silence_logs=logging.CRITICAL, preload=[COLD]) as cluster:
        print(cluster.scheduler_address, flush=True)
        time.sleep(1000)
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A scheduler with one worker."""
    started, where = launched(tmp_path_factory.mktemp("dask"))
    yield where
    started.kill()
    started.wait()


def launched(folder):
    script = folder / "launch.py"
    script.write_text(LAUNCH)
    started = subprocess.Popen([sys.executable, str(script), str(folder)], stdout=subprocess.PIPE, text=True)
    return started, started.stdout.readline().strip()


def run(jobs, address, folder, owner=None):
    found = []
    with cluster.opened(owner or Project(), address, folder) as executor:
        executor(jobs, found.append)
    return {result.job.slug: result for result in found}


def wait_for(condition, seconds=60.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def ended(mark):
    """Whether the kernels that wrote their ids into ``mark`` are gone."""
    return not any(project._alive(int(pid)) for pid in mark.read_text().split())


def test_a_worker_gives_what_a_run_here_gives(made, tmp_path, address):
    tiny.write(
        made,
        "10_a",
        tiny.code(tiny.sentence("A."), "headline"),
        tiny.code(tiny.reads("data/places.csv")),
        tiny.code("city"),
    )
    torn = tiny.write(made, "20_torn", tiny.code("1 / 0"))
    job = runner.Job(made.notebooks / "10_a.ipynb", {"city": "chengdu"})
    owner = cluster.Guest(folder=made.root)
    found = run([job, runner.Job(torn)], address, tmp_path, owner)
    (here,) = runner.run(cluster.Guest(folder=tmp_path), [job], tmp_path)
    there = found[job.slug]
    assert (there.job, there.faults, there.code) == (job, (), 0)
    assert results.serialise(there.notebook) == results.serialise(here.notebook)
    assert there.reads == here.reads
    assert found["20_torn"].faults == ("cell 2: ZeroDivisionError: division by zero",)
    assert b"ZeroDivisionError" in runner.failed_copy(owner, "20_torn").read_bytes()


def test_a_worker_with_other_files_is_left_out(made, tmp_path, address, capsys, monkeypatch):
    job = runner.Job(tiny.sound(made))
    mine = cluster.identity(Project())
    monkeypatch.setattr(cluster, "identity", lambda _: mine | {"data/gdp.csv": "another", "Python": "4.0"})
    with pytest.raises(EnvironmentFault, match="no worker has the same package and data"):
        run([job], address, tmp_path)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("worker tcp://127.0.0.1:")
    assert " is left out: Python, data/gdp.csv differs — bring it to the same commit" in line


def test_a_task_that_reaches_a_worker_with_other_files_is_refused(made, monkeypatch):
    task = cluster.Task("10_good", b"", {}, cluster.identity(Project()) | {"wuhan/": "another"})
    monkeypatch.setattr(cluster, "_bench", bench())
    with pytest.raises(cluster.Refused, match="^wuhan/ differs — bring it to the same commit"):
        cluster.work(task)
    whole = cluster.identity(Project())
    monkeypatch.setattr(cluster, "identity", lambda _: whole | {"data/gdp.csv": "edited since"})
    with pytest.raises(cluster.Refused, match="^data/gdp.csv differs — its files changed"):
        cluster.work(cluster.Task("10_good", b"", {}, whole))


def bench():
    """What a worker keeps, with kernels that start cold."""
    kept = cluster._Bench()
    kept.kernels, kept.identity = Kernels(Project().root), cluster.identity(Project())
    return kept


def test_what_a_worker_does_with_a_task(made, monkeypatch):
    kept = bench()
    monkeypatch.setattr(cluster, "_bench", kept)
    same = cluster.identity(Project())
    result, failed = cluster.work(cluster.Task("10_good", tiny.sound(made).read_bytes(), {"city": "chengdu"}, same))
    assert (result.faults, failed) == ((), None)
    torn = tiny.write(made, "20_torn", tiny.code("1 / 0")).read_bytes()
    result, failed = cluster.work(cluster.Task("20_torn", torn, {}, same))
    assert result.faults == ("cell 2: ZeroDivisionError: division by zero",)
    assert b"ZeroDivisionError" in failed
    monkeypatch.setattr(runner, "run", None)
    with pytest.raises(TypeError):
        cluster.work(cluster.Task("10_good", b"", {}, same))
    assert kept.kernels is None  # an error ends them: the next run starts new ones
    cluster._shut()


def test_a_worker_keeps_its_kernels_from_run_to_run_and_warms_them(monkeypatch):
    started = []

    class Warmed:
        def expect(self, *number):
            started.append(number)

        kill = expect

    monkeypatch.setattr(cluster, "Kernels", lambda root: Warmed())
    kept = cluster._Bench()
    assert kept.open() is kept.open()
    assert started == [(sys.maxsize,)]
    kept.close()
    kept.close()
    assert started == [(sys.maxsize,), ()]


def test_many_differences_are_counted():
    here = {name: "1" for name in "abcde"}
    assert cluster.difference(here, here) == ""
    assert cluster.difference(here, {}) == "a, b, c and 2 more"


def test_the_run_of_a_killed_worker_is_repeated_and_its_kernel_ends(made, tmp_path, address):
    mark = tmp_path / "pids"
    source = (
        f"import os, time\nagain = os.path.exists({str(mark)!r})\nopen({str(mark)!r}, 'a').write(f'{{os.getpid()}} ')\n"
        f"again or open({str(mark)!r} + '.worker', 'w').write(f'{{os.getppid()}} ') and time.sleep(1000)"
    )
    jobs = [runner.Job(tiny.write(made, "10_slow", tiny.code(source))), runner.Job(tiny.sound(made, "20_good"))]
    found = []

    def kill(client):
        workers = client.run(os.getpid)
        wait_for(lambda: mark.exists() and mark.read_text().endswith(" "))
        os.kill(*workers.values(), signal.SIGKILL)

    with cluster.Client(address) as client, cluster.opened(Project(), address, tmp_path) as executor:
        killing = threading.Thread(target=kill, args=(client,))
        killing.start()
        executor(jobs, found.append)
        killing.join()
    assert sorted((result.job.name, result.faults) for result in found) == [("10_slow", ()), ("20_good", ())]
    first, second = mark.read_text().split()
    assert first != second
    wait_for(lambda: ended(mark))


def test_a_scheduler_that_is_lost_is_one_line_and_leaves_no_kernel(made, tmp_path):
    mark = tmp_path / "pids"
    source = f"import os, time\nopen({str(mark)!r}, 'w').write(f'{{os.getpid()}} ')\ntime.sleep(1000)"
    job = runner.Job(tiny.write(made, "10_slow", tiny.code(source)))
    started, where = launched(tmp_path)

    def kill():
        wait_for(lambda: mark.exists() and mark.read_text().endswith(" "))
        started.kill()

    killing = threading.Thread(target=kill)
    killing.start()
    with pytest.raises(EnvironmentFault, match="^the Dask scheduler at tcp://.* is lost — start it again"):
        run([job], where, tmp_path)
    killing.join()
    started.wait()
    wait_for(lambda: ended(mark))


def test_a_scheduler_that_does_not_answer_is_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    for where in ("tcp://127.0.0.1:1", "nonsense://x"):
        with pytest.raises(EnvironmentFault, match="^SCHEDULER: no Dask scheduler answers at"):
            run([], where, tmp_path)
