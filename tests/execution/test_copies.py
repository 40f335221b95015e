"""Work side by side in copies of the process: in order, whole, and nothing of it is left."""

import multiprocessing
import os
import signal
import sys

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


def test_a_copy_has_no_file_of_the_first_process(tmp_path):
    """Else it would hold the locks of a report that was killed, and the next one could not begin."""
    with open(tmp_path / "lock", "w") as lock:
        found = side_by_side(lambda thing: os.path.exists(f"/proc/self/fd/{lock.fileno()}"), ["first", "copy"])
    assert found == [True, False]
