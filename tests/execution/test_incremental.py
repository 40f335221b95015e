"""One store of results: an edit runs only what it can change, and what is put together is what a clean run gives."""

import json
from pathlib import Path

import pytest
import tiny_project as tiny
from small_report import module, runs, shown, stand_in

from wuhan.evidence import package
from wuhan.execution import collection, project, results, runner
from wuhan.execution.runner import Job

ROOT = Path(__file__).parents[2]


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


def test_what_is_edited_while_notebooks_run_is_shown_by_the_next_run(quick, site, monkeypatch):
    """The modules of the pages are imported by then: the pages are as they were before the edit."""
    made, _ = quick
    module(made, "site/style.css", "1")
    path = made.notebooks / "10_good.ipynb"
    path.write_bytes(path.read_bytes().replace(b"The answer.", b"The new answer."))
    monkeypatch.setattr(site, "prepare", lambda *page: module(made, "site/style.css", "2"))
    before = len(site.calls)
    written = [collection.report(made, []) or len(site.calls) - before for _ in range(3)]
    assert written == [1, 2, 2]


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
