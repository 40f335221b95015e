"""A run that is killed at any step leaves a whole report behind."""

import itertools
import os
import signal

import tiny_project as tiny
from small_report import shown

from wuhan.execution import collection, project


def state(made, color):
    """Change what both notebooks show; their pages are their bytes."""
    for name in ("10_good", "20_more"):
        tiny.sound(made, name, color)


def killed_before(step, made):
    """A run in a process of its own that is killed before its ``step``-th change of the disk; False when it ended."""
    pid = os.fork()
    if pid:
        return os.WIFSIGNALED(os.waitpid(pid, 0)[1])
    steps = itertools.count()

    def counted(change):
        def changes(*given, **named):
            if next(steps) == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return change(*given, **named)

        return changes

    for owner, name in CHANGES:
        setattr(owner, name, counted(getattr(owner, name)))
    try:
        os._exit(collection.report(made, []))
    finally:
        os._exit(1)


CHANGES = [(os, name) for name in ("replace", "unlink", "fsync", "mkdir", "rmdir")] + [(project, "_exchange")]


def test_a_run_killed_before_any_change_of_the_disk_leaves_a_whole_report(quick, site):
    made, _ = quick

    def pages(editions, out, *others):
        out.mkdir()
        for path in editions["en"]:
            (out / path.name).write_bytes(path.read_bytes())
        (out / "index.html").write_text("")

    site.report = pages
    whole = []
    for color in (1, 2, 3):  # one more than the store keeps, so that every run has all to do
        state(made, color)
        assert collection.report(made, []) == 0
        whole.append(shown(made)[0])
    assert whole[0] != whole[1] != whole[2]
    for step in range(300):
        now = step % 3
        state(made, 1 + now)
        killed = killed_before(step, made)
        assert shown(made)[0] in whole, step
        assert collection.report(made, []) == 0
        assert shown(made)[0] == whole[now], step
        assert not list(made.root.rglob(".run-*")) and not list(made.root.rglob(".*.partial")), step
        if not killed:
            break
    assert 20 < step < 299
