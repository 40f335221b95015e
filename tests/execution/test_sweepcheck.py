"""The collection under other parameters: what a run shows is held to the rules, every city is asked."""

import pytest
import tiny_project as tiny

from wuhan.evidence import package
from wuhan.execution import sets, sweepcheck
from wuhan.execution.project import RequestError
from wuhan.execution.slips import FACTS
from wuhan.site import library

SETS = {"another city": "city=chengdu", "a short period": "first_year=2020 last_year=2024"}


@pytest.fixture
def made(tmp_path, monkeypatch):
    monkeypatch.setattr(sweepcheck, "SETS", SETS)
    monkeypatch.setattr(sets, "QUESTIONS", ("10",))
    monkeypatch.setattr(library, "pages", lambda *_: {})  # those of the evidence are the same for all parameters
    monkeypatch.setattr(package, "check", lambda data: [])  # these small tables have no schema
    return tiny.make(tmp_path / "collection")


def test_a_sound_collection_passes_and_is_not_run_twice(made, capsys):
    tiny.write(made, "10_good", tiny.code(tiny.sentence("A."), "headline"), tiny.code("f'{city} {first_year}'"))
    assert sweepcheck.check(made) == 0
    # three sets and three cities; that of Wuhan is the notebook as it is, that of Chengdu is one of the sets
    assert "6 runs of 1 notebooks (2 sets, 3 cities), 4 of them new, 0 faults" in capsys.readouterr().out
    assert sweepcheck.check(made) == 0
    said = capsys.readouterr().out
    assert "10_good" not in said
    assert sweepcheck.check(made, cities="wuhan") == 0
    assert "4 runs of 1 notebooks (2 sets, 1 cities), 0 of them new" in capsys.readouterr().out
    assert "6 runs of 1 notebooks (2 sets, 3 cities), 0 of them new, 0 faults" in said


def test_every_fault_is_one_line(made, capsys):
    tiny.write(made, "10_torn", tiny.code("1 / (city == 'wuhan')", "headline"))
    tiny.write(made, "20_still", tiny.code(tiny.sentence("Nothing moves."), "headline"))
    slip = "from IPython.display import Markdown\nMarkdown(f'{city} {first_year}: nan')"
    tiny.write(made, "30_slip", tiny.code(slip, "headline"))
    assert sweepcheck.check(made) == sweepcheck.FAILED
    lines = capsys.readouterr().err.splitlines()
    torn = [line.partition(": ") for line in lines if line.startswith("10_torn")]
    cities = ["another city", "chengdu", "chongqing"]
    assert {where for where, _, said in torn if "ZeroDivisionError" in said} == {f"10_torn with {c}" for c in cities}
    assert [line for line in lines if line.startswith("20_still")] == [
        f"20_still with {meaning}: it shows what it shows without — name one of its parameters in sweepcheck.SETS"
        for meaning in SETS
    ]
    assert sum(line.startswith("30_slip") for line in lines) == 3


def test_pages_of_the_sets_are_built(made, capsys):
    lost = {"text": "5", "nth": 0, "counted": True}
    bundle = {"text/markdown": "Nothing.", "text/plain": "", FACTS: [lost]}
    shows = f"from IPython.display import display\ndisplay({bundle!r}, raw=True)"
    tiny.write(made, "20_lost", tiny.code(shows, "headline"), tiny.code("f'{city} {first_year}'"))
    assert sweepcheck.check(made) == sweepcheck.FAILED
    lines = capsys.readouterr().err.splitlines()
    meanings = [f"pages with {meaning}" for meaning in (sweepcheck.OWN, *SETS)]
    assert [line.split(":")[0] for line in lines] == meanings
    assert all('number "5" is not found in its text' in line for line in lines)


def test_cities_can_be_asked_in_chinese(made, capsys):
    tiny.write(
        made,
        "10_good",
        tiny.code(tiny.sentence("A."), "headline"),
        tiny.code("f'{city} {first_year}'"),
        tiny.code("None if language == 'en' else 1 / 0"),
    )
    assert sweepcheck.check(made, ["10_good"], "zh") == sweepcheck.FAILED
    lines = capsys.readouterr().err.splitlines()
    assert sorted(line.split(":")[0] for line in lines) == [
        f"10_good with {city} zh" for city in ("chengdu", "chongqing", "wuhan")
    ]


def test_a_set_is_held_to_the_vocabularies(made, monkeypatch):
    tiny.sound(made)
    monkeypatch.setattr(sweepcheck, "SETS", {"another city": "city=atlantis"})
    with pytest.raises(RequestError, match="atlantis"):
        sweepcheck.check(made)
