"""The whole collection: notebooks in place, the report, what runs again and what does not."""

import itertools
import json
import os
import signal
import sys
import types
from pathlib import Path

import pytest
import tiny_project as tiny
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wuhan.evidence import package
from wuhan.execution import collection, project, results, runner
from wuhan.execution.project import NotebookFault, publish
from wuhan.execution.runner import Job

ROOT = Path(__file__).parents[2]

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
        tiny.contents(made.root),
        [each.stat().st_mtime_ns for each in (path, made.figures / "10_good-dot.png")],
    )
    assert collection.in_place(made, ["notebooks/10_good.ipynb"]) == 0
    second = tiny.contents(made.root)
    changed = {name for name in second if first.get(name) != second[name]}
    assert changed <= {"build/executed/10_good/record.json"}  # it holds the time the run took
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
    result = runner.Result(Job(Path("10_x.ipynb")), 1, faults=tuple(f"line {number}" for number in range(60)), code=4)
    assert collection.complain([result]) == 4
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 51
    assert lines[-1] == "and 10 more"


# ---- the report


@pytest.fixture
def site(monkeypatch):
    """Pages that are only the names of the notebooks, and a check of the data that finds nothing."""
    fake = types.ModuleType("wuhan.site.pages")
    fake.ReportError = type("ReportError", (ValueError,), {})
    fake.calls = []

    def report(editions, out, asked, kept, absent, beside):
        fake.absent = absent
        fake.calls.append([path.stem for path in editions["en"]])
        fake.editions, fake.asked = {code: list(paths) for code, paths in editions.items()}, asked
        out.mkdir()
        (out / "index.html").write_text("\n".join(fake.calls[-1]))

    fake.report, fake.prepared = report, []
    fake.prepare = lambda path, code, kept: fake.prepared.append((path.stem, code))
    fake.prepare_data = lambda codes, kept: None
    monkeypatch.setattr(collection, "LANGUAGES", ("en",))
    monkeypatch.setitem(sys.modules, "wuhan.site.pages", fake)
    monkeypatch.setattr("wuhan.site.pages", fake, raising=False)
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
    before = tiny.contents(made.build)

    assert collection.report(made, []) == 0
    assert ran(capsys) == []
    assert tiny.contents(made.build) == before
    assert (made.figures / "10_gdp-dot.png").exists()  # made again from the executed notebook
    assert len(site.calls) == len(site.checks) == 1
    assert collection.report(made, []) == 0
    assert capsys.readouterr().out == "nothing to do: build/report/index.html is up to date\n"

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
    assert not (made.build / "executed" / "30_silent").exists()

    (made.figures / "30_silent-dot.png").write_bytes(b"orphan")
    (made.root / "requirements.lock").write_text("pandas==9")
    assert collection.report(made, []) == 0
    assert sorted(ran(capsys)) == ["10_gdp", "20_events"]
    assert not (made.figures / "30_silent-dot.png").exists()


def test_every_language_is_run_and_shown_and_one_that_is_asked_for_alone(made, site, capsys, monkeypatch):
    tiny.write(made, "10_gdp", tiny.code("language"))
    monkeypatch.setattr(collection, "LANGUAGES", ("en", "zh"))
    assert collection.report(made, []) == 0
    assert sorted(ran(capsys)) == ["10_gdp", "10_gdp-language-zh"]
    assert sorted(site.prepared) == [("10_gdp", "en"), ("10_gdp", "zh")]
    folders = [path.parents[1].name for path in (*site.editions["en"], *site.editions["zh"])]
    assert folders == ["10_gdp", "10_gdp-language-zh"]
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
    before, source = tiny.contents(made.build / "report"), path.read_bytes()
    figures = tiny.contents(made.figures)
    assert collection.report(made, [("city", "chengdu"), ("first_year", "1999")]) == 0
    name = "report-city-chengdu-first_year-1999"
    assert (made.build / name / "index.html").exists()
    (executed,) = (made.build / "executed" / "10_good-city-chengdu-first_year-1999").glob("*/10_good.ipynb")
    assert "'chengdu 1999'" in executed.read_text()
    assert (tiny.contents(made.build / "report"), path.read_bytes(), tiny.contents(made.figures)) == (
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
    pages, figures = tiny.contents(made.build / "report"), tiny.contents(made.figures)
    tiny.write(made, "10_good", tiny.code(tiny.picture(9)), tiny.code("1 / 0"))
    for _ in range(2):
        capsys.readouterr()
        assert collection.report(made, []) == 4
        shown = capsys.readouterr()
        assert shown.err == "10_good: cell 3: ZeroDivisionError: division by zero\n"
        assert shown.out.endswith("no new report; build/report/ is the last good one\n")
        assert (tiny.contents(made.build / "report"), tiny.contents(made.figures)) == (pages, figures)


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

    def refuse(*given):
        raise site.ReportError("10_good: no title")

    site.report = refuse
    with pytest.raises(NotebookFault, match="10_good: no title"):
        collection.report(made, [])


def test_a_change_while_pages_are_built_is_noticed_by_the_next_run(made, site, capsys):
    tiny.sound(made)
    build = site.report

    def change_meanwhile(*given):
        (made.data / "notes.txt").write_text("new")
        build(*given)

    site.report = change_meanwhile
    for said in ("index.html: 1 notebook run", "index.html: 0 notebooks run", "nothing to do"):
        assert collection.report(made, []) == 0
        assert said in capsys.readouterr().out.splitlines()[-1]


def test_the_longest_notebook_starts_first(made, monkeypatch):
    paths = [tiny.sound(made, name) for name in ("10_short", "20_long", "30_unknown")]
    jobs, store = [Job(path) for path in paths], collection.store_of(made)
    for name, seconds in (("10_short", 1), ("20_long", 60)):
        publish(json.dumps({"states": [{"seconds": seconds}]}).encode(), store.folder / name / "record.json")
    started = []
    monkeypatch.setattr(runner, "run", lambda project, ordered, *rest, **options: started.extend(ordered) or [])
    collection.execute(made, jobs, store, collection.Inputs.take(made), made.build)
    assert [job.name for job in started] == ["20_long", "10_short", "30_unknown"]


def test_the_parts_that_a_run_looked_up_are_kept_with_it(made):
    line = '{"file": "a.po", "message": "No.", "lacking": true}'
    noting = tiny.code(f"import os\n_ = open(os.environ['WUHAN_READS'], 'a').write({line!r})")
    path = tiny.write(made, "10_good", noting, tiny.code(tiny.sentence("So."), "headline"), tiny.code(tiny.picture()))
    collection.bring_up_to_date(made)
    store, inputs = collection.store_of(made), collection.Inputs.take(made)
    assert store.parts(Job(path), inputs) == [line]
    with pytest.raises(LookupError, match="10_good: not run with these inputs"):
        store.parts(Job(tiny.sound(made)), collection.Inputs.take(made))


def test_a_half_stored_result_is_not_current(made, site):
    tiny.sound(made)
    assert collection.report(made, []) == 0
    store, inputs = collection.store_of(made), collection.Inputs.take(made)
    job = Job(made.find()[0])
    assert store.current(job, inputs)
    (store.folder / "10_good" / "record.json").write_text("{")
    assert not store.current(job, inputs)


def test_a_result_without_a_notebook_is_not_kept(made):
    job, inputs = Job(tiny.sound(made)), collection.Inputs.take(made)
    store = collection.store_of(made)
    with pytest.raises(ValueError, match="10_good: no notebook to keep"):
        store.keep(runner.Result(job, 1.0, faults=("cell 1: broken",)), inputs, inputs.key(job))
    assert not store.current(job, inputs)


# ---- by content, whatever the clock says


def stand_in(project_, jobs, folder, done, meanwhile, kernels):
    """A run without kernels: each notebook draws a dot."""
    meanwhile()
    found = []
    for job in jobs:
        notebook = results.scrub(results.load(job.source))
        drawn = {"output_type": "display_data", "metadata": {"image/png": {"figure": "dot", "alt": "a dot"}}}
        cell = next(cell for cell in results.code_cells(notebook)[1:])
        cell["outputs"] = [drawn | {"data": {"image/png": "AAAA"}}]
        found.append(runner.Result(job, 1.5, notebook, ("data/gdp.csv",)))
        done(found[-1])
    return found


@pytest.fixture
def quick(made, site, monkeypatch):
    """A report of two notebooks, run by a stand-in for kernels; gives the project with what it holds when whole."""
    monkeypatch.setattr(runner, "run", stand_in)
    for name in ("10_good", "20_more"):
        tiny.sound(made, name)
    assert collection.report(made, []) == 0
    return made, shown(made)


def shown(made):
    return tiny.contents(made.build / "report"), tiny.contents(made.figures)


def up_to_date(made, capsys):
    capsys.readouterr()
    assert collection.report(made, []) == 0
    return capsys.readouterr().out.startswith("nothing to do")


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


# ---- one store


def runs(made, capsys, asked=(), names=()):
    """The jobs that a report runs."""
    capsys.readouterr()
    assert collection.report(made, list(asked), list(names)) == 0
    return ran(capsys)


def module(made, name, text):
    path = made.root / "wuhan" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_an_edit_of_a_module_runs_only_what_can_import_it(quick, capsys):
    made, _ = quick
    late = tiny.code("def later():\n    from wuhan.analysis import one")
    tiny.write(made, "10_good", late, tiny.code(tiny.picture()))
    tiny.write(made, "20_more", tiny.code("import wuhan.analysis.two"), tiny.code(tiny.picture()))
    for name in ("__init__", "analysis/__init__", "analysis/one", "analysis/two", "text/messages"):
        module(made, f"{name}.py", "")
    module(made, "analysis/one.py", "def work():\n    from . import deep")
    module(made, "analysis/deep.py", "")
    runs(made, capsys)
    for name, text, wanted in [
        ("text/messages.py", "1", []),
        ("execution/cli.py", "1", []),
        ("site/style.css", "1", []),
        ("analysis/deep.py", "1", ["10_good"]),
        ("analysis/two.py", "1", ["20_more"]),
        ("analysis/__init__.py", "1", ["10_good", "20_more"]),
        ("text/fonts/A.otf", "1", ["10_good", "20_more"]),
    ]:
        module(made, name, text)
        assert sorted(runs(made, capsys)) == wanted, name


def test_an_edit_that_is_taken_back_runs_nothing_and_older_states_go(quick, capsys):
    made, _ = quick
    path = made.notebooks / "10_good.ipynb"
    texts = [path.read_bytes()] + [path.read_bytes().replace(b"The answer.", b"The answer %d." % n) for n in (1, 2)]
    for text, wanted in [(texts[1], ["10_good"]), (texts[0], []), (texts[2], ["10_good"]), (texts[0], ["10_good"])]:
        path.write_bytes(text)
        assert runs(made, capsys) == wanted
    assert len(list((made.build / "executed" / "10_good").glob("*/10_good.ipynb"))) <= 2


def test_words_that_do_not_run_are_shown_without_a_run(quick, site, capsys):
    made, _ = quick
    runs(made, capsys, [("city", "chengdu")])

    def shown_notebook():
        return next(path for path in site.editions["en"] if path.stem == "10_good").read_bytes()

    path = made.notebooks / "10_good.ipynb"
    before, shown_before = path.read_bytes(), shown_notebook()
    said = before.replace(b"The end.", b"All is said.")
    book = json.loads(said)
    book["cells"].insert(2, {**book["cells"][0], "id": "new", "source": "One more."})
    for text, words in [(said, b"All is said."), (json.dumps(book).encode(), b"One more.")]:
        path.write_bytes(text)
        for asked in ([], [("city", "chengdu")]):
            assert runs(made, capsys, asked) == []
            assert words in shown_notebook()
    path.write_bytes(before)
    assert runs(made, capsys, [("city", "chengdu")]) == []
    assert shown_notebook() == shown_before


def test_words_put_to_what_ran_give_what_a_run_gives(executed):
    for name, path in [(name, path) for own in executed.values() for name, path in own.items()]:
        ran, source = results.load(path), results.load(ROOT / "notebooks" / f"{name}.ipynb")
        others = {"cells": [cell for cell in ran["cells"] if cell["cell_type"] == "code"]}
        assert results.with_words(others, source) == results.scrub(ran), name


def test_what_other_parameters_leave_as_it_is_is_taken(quick, capsys):
    made, _ = quick
    source = json.loads((made.notebooks / "20_more.ipynb").read_text())
    source["cells"][1]["source"] = 'place = "wuhan"  # place id\nlanguage = "en"'
    (made.notebooks / "20_more.ipynb").write_text(json.dumps(source))
    runs(made, capsys)
    assert runs(made, capsys, [("city", "wuhan"), ("first_year", "2010")]) == []
    assert runs(made, capsys, [("city", "chengdu")]) == ["10_good-city-chengdu"]
    assert runs(made, capsys, [("city", "chengdu"), ("last_year", "2024")]) == []
    assert runs(made, capsys, [("last_year", "2023"), ("city", "chengdu")]) == ["10_good-city-chengdu-last_year-2023"]
    assert runs(made, capsys, [("city", "chengdu"), ("last_year", "2023")]) == []


def test_one_notebook_with_two_sets_of_parameters_in_one_run(made):
    path = tiny.sound(made)
    jobs = [Job(path, {"city": city}) for city in ("chengdu", "chongqing")]
    store, inputs = collection.store_of(made), collection.Inputs.take(made)
    with project.scratch(made) as folder:
        assert all(each.notebook for each in collection.execute(made, jobs, store, inputs, folder))
    texts = [store.notebook(job, inputs).read_text() for job in jobs]
    assert ["'chengdu 2010'" in texts[0], "'chongqing 2010'" in texts[1]] == [True, True]
    with pytest.raises(LookupError, match="^10_good: not run with these inputs$"):
        store.notebook(Job(path), inputs)


def test_some_notebooks_have_a_report_of_their_own(quick, site, capsys):
    made, whole = quick
    assert runs(made, capsys, names=["20"]) == []
    assert (made.build / "report-20" / "index.html").read_text() == "20_more"
    assert (site.absent, shown(made)) == (["10_good"], whole)
    both = runs(made, capsys, [("city", "chengdu")], ["20_more", "10"])
    assert both == ["10_good-city-chengdu", "20_more-city-chengdu"]
    assert (made.build / "report-10-20-city-chengdu" / "index.html").read_text() == "10_good\n20_more"
    tiny.sound(made, "20_other")
    assert collection.place_of(made, [], ["20_more"]) == "report-20_more"
    assert collection.place_of(made, [], ["20"]) == "report-20"
    with pytest.raises(project.RequestError, match='^unknown notebook "31" — '):
        collection.report(made, [], ["31"])


@pytest.mark.parametrize("names", [["10_good"], []])
def test_an_incremental_report_is_the_clean_one(made, monkeypatch, capsys, names):
    made = _run_by_stand_in(made, monkeypatch)
    monkeypatch.setattr(collection, "LANGUAGES", ("en", "zh"))

    def edit(number):
        if number == 1:
            tiny.write(made, "10_good", tiny.code(tiny.picture(1)), tiny.prose("[More](20_more.ipynb) **now**."))
        elif number == 2:
            (made.data / "events.csv").write_text(tiny.TABLES["events.csv"] + "e3,signing,2025-06-26\n")
        elif number == 3:
            tiny.write(made, "20_more", tiny.prose("## Another heading"), tiny.code(tiny.picture(2)))

    pages = made.build / ("report-10" if names else "report")
    for number in range(4):
        edit(number)
        assert collection.report(made, [], names) == 0
        gradual = tiny.contents(pages)
        for path in (*made.build.glob("report*"), made.build / "pages", made.build / "executed"):
            project.remove(path)
        assert collection.report(made, [], names) == 0
        assert tiny.contents(pages) == gradual, number
    assert "10_good.html" in gradual and ("20_more.html" in gradual) == (not names)
    assert (b'<a href="20_more.html">More</a>' in gradual["10_good.html"]) == (not names)


def test_a_page_is_read_again_only_when_what_it_shows_has_changed(made, monkeypatch, capsys):
    from wuhan.site import pages as site

    made = _run_by_stand_in(made, monkeypatch)
    told, read = [], site.read
    monkeypatch.setattr(site, "read", lambda path: told.append(path.stem) or read(path))
    assert collection.report(made, []) == 0
    assert sorted(told) == ["10_good", "20_more"]
    tiny.write(made, "20_more", tiny.code(tiny.picture(3)))
    module(made, "site/style.css", "p {}")
    for path in sorted((made.build / "pages").rglob("*"))[:2]:
        if path.is_file():
            path.write_bytes(b"damaged" * 20)
    told.clear()
    assert collection.report(made, []) == 0
    assert "20_more" in told
    told.clear()
    (made.build / "report" / "index.html").unlink()
    assert collection.report(made, []) == 0
    assert told == []


def _run_by_stand_in(made, monkeypatch):
    """Two notebooks with pages as the project builds them, but those of the evidence, and no kernel to run them."""
    monkeypatch.setattr(collection, "LANGUAGES", ("en",))
    monkeypatch.setattr(runner, "run", stand_in)
    monkeypatch.setattr(package, "check", lambda data: [])
    monkeypatch.setattr("wuhan.site.library.pages", lambda *_: {})
    for name in ("10_good", "20_more"):
        tiny.sound(made, name)
    return made


# ---- killed at any step


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
