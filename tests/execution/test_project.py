"""Folders of the project: published whole or not at all, one run at a time, notebooks found by name."""

import errno
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import tiny_project as tiny

from wuhan.execution import project
from wuhan.execution.project import EnvironmentFault, Project, locks, publish, publish_folder
from wuhan.text.parameters import suggestion

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
    assert tiny.contents(tmp_path) == {"new/file.png": b"old"}


@pytest.mark.parametrize("exchange", [True, False])
def test_publish_folder_swaps(tmp_path, monkeypatch, exchange):
    if not exchange:
        monkeypatch.setattr(project, "_exchange", lambda first, second: False)
    for text in ("one", "two"):
        (tmp_path / "new").mkdir()
        (tmp_path / "new" / text).write_text(text)
        publish_folder(tmp_path / "new", tmp_path / "out" / "report")
    assert tiny.contents(tmp_path) == {"out/report/two": b"two"}


@pytest.mark.parametrize("exchange", [True, False])
def test_an_output_folder_that_is_a_link_stays_one(tmp_path, monkeypatch, exchange):
    if not exchange:
        monkeypatch.setattr(project, "_exchange", lambda first, second: False)
    (tmp_path / "report").symlink_to(tmp_path / "www")  # leads nowhere yet
    for text in ("one", "two"):
        (tmp_path / "new").mkdir()
        (tmp_path / "new" / text).write_text(text)
        publish_folder(tmp_path / "new", tmp_path / "report")
    assert (tmp_path / "report").is_symlink()
    assert tiny.contents(tmp_path / "www") == {"two": b"two"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report", "www"]


def test_a_full_disk_is_told_with_the_file(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError) as caught:
        publish(b"new", tmp_path / "figure.png")
    assert caught.value.filename == str(tmp_path / "figure.png")


@pytest.mark.parametrize("way", ["executed", "executed/report", "executed/report/10_good.json"])
@pytest.mark.parametrize("odd", ["file", "folder", "link", "dangling"])
def test_whatever_stands_in_the_way_in_build_is_removed(tmp_path, way, odd):
    build, target = tmp_path / "build", tmp_path / "build" / "executed" / "report" / "10_good.json"
    (tmp_path / "mine").write_text("a file of the user")
    path = build / way
    path.parent.mkdir(parents=True)
    if odd == "file":
        path.write_text("junk")
    elif odd == "folder":
        (path / "deep").mkdir(parents=True)
    else:
        path.symlink_to(tmp_path / ("mine" if odd == "link" else "nowhere"))
    project.keep(b"new", target, build)
    assert target.read_bytes() == b"new"
    assert (tmp_path / "mine").read_text() == "a file of the user"


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


# ---- folders


def test_notebooks_are_found_by_name(made):
    tiny.sound(made)
    tiny.sound(made, "20_more")
    assert [path.stem for path in made.find()] == ["10_good", "20_more"]
    assert [path.stem for path in made.find(["20_more", "20_more.ipynb"])] == ["20_more"]
    with pytest.raises(project.RequestError, match='^unknown notebook "20_mor" — did you mean "20_more"\\?$'):
        made.find(["20_mor"])
    with pytest.raises(project.RequestError, match="no notebook found"):
        Project(made.root / "nowhere").find()


LITTER = [
    ".ipynb_checkpoints/10_good-checkpoint.ipynb",
    ".~10_good.ipynb",
    ".10_good.ipynb.swp",
    "10_good.ipynb~",
    "desktop.ini",
    "Thumbs.db",
    ".DS_Store",
    "scratch/30_more.ipynb",
    "notes.txt",
]
SCRATCH = ["Untitled.ipynb", "10_good-Copy1.ipynb", "10_good (1).ipynb", "Ünbenannt.ipynb"]


def test_litter_is_passed_over_and_a_scratch_notebook_is_named_and_left_out(made):
    tiny.sound(made)
    for name in (*LITTER, *SCRATCH):
        path = made.notebooks / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("not even a notebook")
    (made.notebooks / "40_folder.ipynb").mkdir()
    assert [path.stem for path in made.find()] == ["10_good"]
    asked = "name it like 51_your_question to add it"
    advice = dict.fromkeys(SCRATCH, asked) | {"40_folder.ipynb": "it is a folder, not a notebook"}
    assert made.strays() == [
        f"notebooks/{name} is no part of the collection: {advice[name]}" for name in sorted(advice)
    ]


def test_a_long_list_of_words_is_cut():
    assert suggestion("zzz", [f"word{n:02}" for n in range(20)]).endswith("word11 … (20 in all)")


def test_results_that_are_kept_at_once_in_a_new_folder_all_stay(tmp_path):
    for number in range(40):
        build = tmp_path / str(number)
        paths = [build / "failed" / f"{name}.ipynb" for name in range(8)]
        with ThreadPoolExecutor(len(paths)) as pool:
            list(pool.map(lambda path, build=build: project.keep(b"{}", path, build), paths))
        assert [path.read_bytes() for path in paths] == [b"{}"] * len(paths)
