"""By content, whatever the clock says: damage to outputs and to the store is noticed and healed."""

import json
import os

import pytest
import tiny_project as tiny
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_report import shown, up_to_date

from wuhan.execution import collection, project


def emptied(path):
    path.write_bytes(b"")


def deleted(path):
    path.unlink()


def replaced(path):
    path.write_bytes(b"x" * path.stat().st_size)


def turned_into_a_folder(path):
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [emptied, deleted, replaced, turned_into_a_folder])
@pytest.mark.parametrize("name", ["build/report/index.html", "figures/10_good-dot.png"])
def test_damage_to_an_output_is_noticed_and_healed(quick, capsys, damage, name):
    made, whole = quick
    path = made.root / name
    times = path.stat().st_atime, path.stat().st_mtime
    damage(path)
    os.utime(path if path.exists() else path.parent, times)
    if damage is turned_into_a_folder and path.parent == made.figures:
        with pytest.raises(OSError, match="figures/10_good-dot.png"):  # it may be the reader's own
            collection.report(made, [])
        return
    assert not up_to_date(made, capsys)
    assert shown(made) == whole
    assert up_to_date(made, capsys)


EDITED = [
    "data/gdp.csv",
    "data/datapackage.json",
    "notebooks/10_good.ipynb",
    "CHANGELOG.md",
    "requirements.lock",
    "wuhan/evidence/facts.py",
    "wuhan/execution/cli.py",
]


@pytest.mark.parametrize("name", EDITED)
def test_an_edit_that_keeps_the_old_time_is_noticed(quick, capsys, name):
    made, _ = quick
    path = made.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    old = path.read_bytes() if path.exists() else b""
    path.write_bytes(old + b" ")
    os.utime(path, (1, 1))
    assert not up_to_date(made, capsys)
    assert up_to_date(made, capsys)


def test_litter_is_no_change(quick, capsys):
    made, whole = quick
    for folder in ("data", "notebooks", "figures", "wuhan", "build/report"):
        for name in (".DS_Store", ".ipynb_checkpoints/10_good-checkpoint.ipynb", ".10_good.ipynb.swp", "desktop.ini"):
            path = made.root / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("left by a tool")
    (made.figures / "my picture.png").write_bytes(b"mine")
    (made.figures / "10_good-dot-Copy1.png").write_bytes(b"mine, too")
    (made.notebooks / "Untitled.ipynb").write_text("scratch")
    assert up_to_date(made, capsys)
    (made.figures / "10_good-dot.png").unlink()
    capsys.readouterr()
    assert collection.report(made, []) == 0
    assert capsys.readouterr().err == (
        "notebooks/Untitled.ipynb is no part of the collection: name it like 51_your_question to add it\n"
    )
    assert (made.figures / "my picture.png").exists() and (made.figures / "10_good-dot-Copy1.png").exists()
    assert shown(made)[1].items() >= whole[1].items()


JUNK = [
    b"",
    b"[]",
    b"null",
    b'{"states": ["a"]}',
    b'{"states": [{"uses": 5, "key": []}]}',
    b'{"states": 5}',
    b"{",
    b"\xff\xfe\x00",
    b'{"seconds": NaN}',
    b"[" * 100_000,
    b'{"pages": {"a\\u0000b": 1}}',
    b'{"pages": {"": ""}}',
    b"5",
]


@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: repr(junk[:20]))
def test_a_damaged_file_of_the_store_is_made_again(quick, capsys, junk):
    made, whole = quick
    for path in sorted((made.build / "executed").rglob("*.*")):
        old = path.read_bytes()
        path.write_bytes(junk)
        (made.figures / "10_good-dot.png").unlink()  # whatever it was for, all is to be looked at
        assert not up_to_date(made, capsys), path
        assert (shown(made), path.read_bytes()) == (whole, old), path


@pytest.mark.parametrize("odd", ["folder", "link to nothing", "cut"])
def test_so_is_one_that_is_no_file_or_cut(quick, capsys, odd):
    made, whole = quick
    for path in sorted((made.build / "executed").rglob("*.*")):
        old = path.read_bytes()
        path.unlink()
        if odd == "folder":
            (path / "deep").mkdir(parents=True)
        elif odd == "cut":
            path.write_bytes(old[: len(old) // 2])
        else:
            path.symlink_to("nowhere")
        (made.build / "report" / "index.html").unlink()
        assert not up_to_date(made, capsys), path
        assert (shown(made), path.read_bytes()) == (whole, old), path


NAMES = ["states", "uses", "key", "notebook", "folder", "seconds", "pages", "figures", "inputs", "made"]


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(NAMES) | st.text(), inner),
    max_leaves=8,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(0, 5), value=JSON, raw=st.none() | st.binary(max_size=40))
def test_whatever_stands_in_the_store_the_next_run_ends_with_the_right_report(quick, capsys, number, value, raw):
    made, whole = quick
    paths = sorted((made.build / "executed").rglob("*.*"))
    path = paths[number % len(paths)]
    old = path.read_bytes()
    path.write_bytes(json.dumps(value).encode() if raw is None else raw)
    (made.build / "report" / "index.html").write_text("damaged")
    assert not up_to_date(made, capsys)
    assert (shown(made), path.read_bytes()) == (whole, old)
    assert up_to_date(made, capsys)


@pytest.mark.parametrize("name", ["figures/99_gone-dot.png", "build/report/old.html"])
def test_what_is_no_part_of_the_report_any_more_is_removed(quick, capsys, name):
    made, whole = quick
    (made.root / name).write_bytes(b"left by an older version")
    assert not up_to_date(made, capsys)
    assert shown(made) == whole
    assert up_to_date(made, capsys)


@pytest.mark.parametrize("folder", ["executed", "executed/10_good", "failed", ".locks"])
def test_a_file_where_a_folder_of_the_store_belongs_is_removed(quick, capsys, folder):
    made, whole = quick
    project.remove(made.build / folder)
    (made.build / folder).write_text("in the way")
    (made.build / "report" / "index.html").unlink()
    assert not up_to_date(made, capsys)
    assert shown(made) == whole


def test_so_is_a_folder_where_a_lock_belongs(quick, capsys):
    made, whole = quick
    for path in (made.build / ".locks").iterdir():
        project.remove(path)
        path.mkdir()
    (made.build / "report" / "index.html").unlink()
    assert not up_to_date(made, capsys)
    assert shown(made) == whole


def test_a_link_to_a_folder_of_something_else_is_refused_before_anything_is_lost(quick, tmp_path):
    made, _ = quick
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mine.txt").write_text("mine")
    project.remove(made.build / "report")
    (made.build / "report").symlink_to(tmp_path / "letters")
    with pytest.raises(project.EnvironmentFault, match="letters, which holds no report — remove the link$"):
        collection.report(made, [])
    assert tiny.contents(tmp_path / "letters") == {"mine.txt": b"mine"}
