"""Work side by side in copies of the process: in order, whole, and nothing of it is left."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from wuhan.execution.copies import side_by_side
from wuhan.execution.project import EnvironmentFault

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")


def test_each_thing_is_worked_on_once_and_what_is_found_keeps_the_order():
    found = side_by_side(lambda thing: (thing, os.getpid()), ["a", "b", "c"])
    assert [thing for thing, _ in found] == ["a", "b", "c"]
    assert found[0][1] == os.getpid() and len({process for _, process in found}) == 3
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("wrong", [1, 2])
def test_what_one_raises_is_raised_here_and_no_copy_is_left(wrong):
    def work(thing):
        if thing == wrong:
            raise ValueError(f"{thing} cannot be done")

    with pytest.raises(ValueError, match=f"{wrong} cannot be done"):
        side_by_side(work, [1, 2])
    assert not multiprocessing.active_children()


def test_a_copy_that_is_killed_is_told_in_one_line():
    first = os.getpid()

    def work(thing):
        if os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(EnvironmentFault, match=r"ended by SIGKILL — run it again"):
        side_by_side(work, [1, 2])


def test_a_copy_ends_with_the_first_process(tmp_path):
    """Else it would hold the locks of a report that was killed, and the next one could not begin."""
    program = (
        "import os, pathlib, sys, time\n"
        "from wuhan.execution.copies import side_by_side\n"
        "def work(thing):\n"
        "    if thing == 'copy':\n"
        "        pathlib.Path(sys.argv[1], 'new').write_text(str(os.getpid()))\n"
        "        pathlib.Path(sys.argv[1], 'new').rename(pathlib.Path(sys.argv[1], 'pid'))\n"
        "    time.sleep(60)\n"
        "side_by_side(work, ['first', 'copy'])\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], cwd=Path(__file__).parents[2]) as first:
        assert until(lambda: (tmp_path / "pid").exists())
        first.kill()
    copy = int((tmp_path / "pid").read_text())
    assert until(lambda: not psutil.pid_exists(copy) or psutil.Process(copy).status() == psutil.STATUS_ZOMBIE)


def until(done) -> bool:
    """Whether something comes to be within a minute."""
    end = time.monotonic() + 60
    while not done() and time.monotonic() < end:
        time.sleep(0.05)
    return done()
