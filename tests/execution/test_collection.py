"""The whole collection: notebooks in place, the report, what runs again and what does not."""

import json
from pathlib import Path

import pytest
import tiny_project as tiny
from small_report import ran

from wuhan.execution import collection, results, runner
from wuhan.execution.project import NotebookFault, publish
from wuhan.execution.runner import Job

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
