"""The collection under other parameters: what is visibly broken in a run is found, and named in one line."""

import pytest
import tiny_project as tiny

from wuhan.execution import sweep
from wuhan.execution.project import RequestError
from wuhan.presentation import prose
from wuhan.presentation.site import library

SETS = {"another city": "city=chengdu", "a short period": "first_year=2020 last_year=2024"}


def ran(*outputs):
    cell = {"cell_type": "code", "source": "1", "metadata": {}, "execution_count": 1, "outputs": list(outputs)}
    return {"cells": [cell]}


def told(text, kind="text/markdown"):
    return {"output_type": "execute_result", "data": {kind: text}, "metadata": {}}


@pytest.mark.parametrize(
    "text",
    [
        "Growth was nan%.",
        "It has None.",
        "Of {n} cities.",
        "In 0 of 0 years.",
        "Two  spaces.",
        "A gap , here.",
        "Empty ().",
        "The end..",
        "About inf yuan.",
        "Unknown(place='wuhan')",
        "",
    ],
)
def test_a_broken_sentence_is_a_slip(text):
    assert len(sweep.slips(ran(told(text)))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Wuhan's GDP was 2.215 trillion yuan (preliminary) in 2025.",
        "- [A title](<http://a.b/(x)__..y>), 2021 (trust A).",
        "See [the table](../data/gdp.csv).\n\n- One\n- Two",
        "Finance, information; 0 of 10 … and so on.",
        "None of them can have been larger.",
    ],
)
def test_a_sound_sentence_is_none(text):
    assert sweep.slips(ran(told(text))) == []


def test_a_numeral_without_a_fact_is_a_slip():
    output = told("Of 60 cities.")
    output["data"][sweep.FACTS] = [{"text": "60", "loose": True, "nth": 0}, {"text": "5", "value": 5, "nth": 0}]
    assert sweep.slips(ran(output)) == ["cell 1: no fact vouches for the 60 in a sentence"]
    assert sweep.FACTS == prose.FACTS


def test_tables_are_read_cell_by_cell_and_frames_are_not_text():
    table = "<table><tr><td>a</td><td></td><td>nan</td></tr></table>"
    assert len(sweep.slips(ran(told(table, "text/html")))) == 1
    assert sweep.slips(ran(told(table.replace("<table", '<table class="dataframe"'), "text/html"))) == []


def test_a_figure_is_judged_by_its_labels_and_its_alternative_text():
    about = {"alt": "A line.", "figure": "a", "faults": ["label '1' over label '2'"]}
    picture = {"output_type": "display_data", "data": {"image/png": "xx"}, "metadata": {"image/png": about}}
    assert sweep.slips(ran(picture)) == ["cell 1: its figure: label '1' over label '2'"]
    about["faults"], about["alt"] = [], "A line of {city}."
    assert sweep.slips(ran(picture)) == ['cell 1: "{city}" in "…A line of {city}.…"']


@pytest.fixture
def made(tmp_path, monkeypatch):
    monkeypatch.setattr(sweep, "SETS", SETS)
    monkeypatch.setattr(library, "pages", lambda *_: {})  # those of the evidence are the same for all parameters
    return tiny.make(tmp_path / "collection")


def test_a_sound_collection_passes_and_is_not_run_twice(made, capsys):
    tiny.write(made, "10_good", tiny.code(tiny.sentence("A."), "headline"), tiny.code("f'{city} {first_year}'"))
    assert sweep.check(made) == 0
    assert "3 runs of 1 notebooks, 0 faults" in capsys.readouterr().out
    assert sweep.check(made) == 0
    assert "10_good" not in capsys.readouterr().out
    kept = sorted(path.name for path in (made.build / "executed").iterdir() if path.is_dir())
    assert kept == ["10_good", "10_good-city-chengdu", "10_good-first_year-2020"]  # 2024 is its own last year


def test_every_fault_is_one_line(made, capsys):
    tiny.write(made, "10_torn", tiny.code("1 / (city == 'wuhan')", "headline"))
    tiny.write(made, "20_still", tiny.code(tiny.sentence("Nothing moves."), "headline"))
    tiny.write(
        made,
        "30_slip",
        tiny.code("from IPython.display import Markdown\nMarkdown(f'{city} {first_year}: nan')", "headline"),
    )
    assert sweep.check(made) == sweep.FAILED
    lines = capsys.readouterr().err.splitlines()
    assert any(line.startswith("10_torn with another city: cell 3: ZeroDivisionError") for line in lines)
    assert [line for line in lines if line.startswith("20_still")] == [
        f"20_still with {meaning}: it shows what it shows without — name one of its parameters in sweep.SETS"
        for meaning in SETS
    ]
    assert sum(line.startswith("30_slip") for line in lines) == 3


def test_a_set_is_held_to_the_vocabularies(made, monkeypatch):
    tiny.sound(made)
    monkeypatch.setattr(sweep, "SETS", {"another city": "city=atlantis"})
    with pytest.raises(RequestError, match="atlantis"):
        sweep.check(made)


def test_any_cities_can_be_asked_for_and_their_pages_are_built(made, capsys):
    tiny.write(made, "10_good", tiny.code(tiny.sentence("A."), "headline"), tiny.code("f'{city} {language}'"))
    lost = {"text": "5", "nth": 0, "counted": True}
    bundle = {"text/markdown": "Nothing.", "text/plain": "", sweep.FACTS: [lost]}
    shows = f"from IPython.display import display\ndisplay({bundle!r}, raw=True)"
    tiny.write(made, "20_lost", tiny.code(shows, "headline"))
    assert sweep.check(made, sweep.of_cities(made, "chengdu", "zh"), ["10_good"]) == 0
    assert "1 runs of 1 notebooks, 0 faults" in capsys.readouterr().out  # the other page stands in as it is
    assert sweep.check(made, sweep.of_cities(made, "all"), ["20_lost"]) == sweep.FAILED
    lines = capsys.readouterr().err.splitlines()
    cities = ("chengdu", "chongqing", "wuhan")
    assert [line.split(":")[0] for line in lines] == [f"pages with {city}" for city in cities]
    assert all('number "5" is not found in its text' in line for line in lines)


def test_a_city_that_is_not_known_is_refused(made):
    with pytest.raises(RequestError, match='cities: "chengduu" is not known — did you mean "chengdu"'):
        sweep.of_cities(made, "wuhan,chengduu")
