"""What a run used is noted part by part; no change of what it shows goes unnoticed, whatever cell is changed."""

import csv
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_package import FILES

from wuhan.evidence import package, reads
from wuhan.execution.inputs import Inputs
from wuhan.execution.project import Project
from wuhan.text import language


@pytest.fixture
def log(tiny, tmp_path, monkeypatch):
    """The parts that are noted while `tiny` is read: lines of the log."""
    path = tmp_path / "reads"
    monkeypatch.setenv("WUHAN_READS", str(path))
    monkeypatch.setattr(package, "ROOT", tmp_path)
    monkeypatch.setattr(reads, "_noted", {})
    return lambda: path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def test_a_table_is_noted_as_a_whole_and_once_and_the_tables_it_refers_to_are_not(tiny, log):
    for _ in range(2):
        package.read("events", tiny)
    assert log() == ["data/events.csv"]


def test_observations_note_the_units_that_their_ends_depend_on(tiny, log):
    package.read("gdp", tiny)
    whole, *units = log()
    assert whole == "data/gdp.csv"
    assert json.loads(units[0]) == {
        "file": "data/indicators.csv",
        "key": "indicator",
        "row": "gdp_nominal",
        "columns": ["unit"],
    }
    assert len(units) == 5


def test_a_row_that_is_looked_up_is_noted_and_so_is_one_that_is_not_there(tiny, log):
    rows = package.rows("places", "place", data=tiny)
    assert (rows["wuhan"]["name_zh"], rows.get("atlantis"), "xian" in rows) == ("武汉", None, True)
    assert [json.loads(line)["row"] for line in log()] == ["wuhan", "atlantis", "xian"]


@pytest.mark.parametrize("through", [list, len, lambda rows: list(rows.values()), lambda rows: list(rows.items())])
def test_rows_that_are_gone_through_are_noted_as_a_whole(tiny, log, through):
    through(package.rows("places", "place", data=tiny))
    assert log() == ["data/places.csv"]


def test_rows_that_frames_refer_to(tiny, log):
    events = package.read("events", tiny)
    found = package.read("sources", tiny, columns=["source_id", "trust"], of=[events])
    assert found.to_dict("list") == {"source_id": ["bureau_2024", "press_2025"], "trust": ["A", "B"]}
    (part,) = [json.loads(line) for line in log()[1:]]
    assert (part["rows"], part["columns"]) == (["bureau_2024", "press_2025"], ["source_id", "trust"])
    with pytest.raises(LookupError, match="^no column 'turst' in 'sources': the columns are source_id, "):
        package.read("sources", tiny, columns=["turst"])


def test_a_package_elsewhere_is_noted_with_its_whole_path(tiny, log, monkeypatch):
    monkeypatch.setattr(package, "ROOT", tiny / "elsewhere")
    package.read("places", tiny)
    assert log() == [str(tiny / "places.csv")]


def test_a_translation_is_noted_in_other_languages_than_english(log):
    language.translate("Sources")
    assert log() == []
    try:
        language.language("zh")
        language.translate("Sources")
    finally:
        language.language("en")
    assert [json.loads(line)["message"] for line in log()] == ["Sources"]


def test_an_article_outside_the_data_is_followed(tmp_path):
    (tmp_path / "data").mkdir()
    article = tmp_path / "a.txt"
    article.write_text("one")
    uses = Inputs.take(Project(tmp_path)).uses(["a.txt", str(article)])
    assert Inputs.take(Project(tmp_path)).hold(uses)
    article.write_text("two")
    assert not Inputs.take(Project(tmp_path)).hold(uses)
    article.unlink()
    assert not Inputs.take(Project(tmp_path)).hold(uses)


def test_nothing_is_noted_without_a_log(tiny, monkeypatch):
    monkeypatch.delenv("WUHAN_READS", raising=False)
    monkeypatch.setattr(reads, "_noted", {})
    package.read("places", tiny)
    assert reads._noted == {}


# ---- no stale result

KEYS = {"sources": "source_id", "places": "place", "indicators": "indicator"}
COLUMNS = {table: FILES[f"{table}.csv"].splitlines()[0].split(",") for table in KEYS}
LOOKS = st.sampled_from(sorted(KEYS)).flatmap(
    lambda table: st.one_of(
        st.tuples(st.just("whole"), st.just(table)),
        st.tuples(st.just("columns"), st.just(table), st.sampled_from([COLUMNS[table][:2], COLUMNS[table][3:]])),
        st.tuples(st.just("cited"), st.just(table)),
        st.tuples(st.just("row"), st.just(table), st.integers(0, 3), st.sampled_from([(), ("#", COLUMNS[table][1])])),
        st.tuples(st.just("largest"), st.just(table), st.sampled_from(COLUMNS[table])),
        st.tuples(st.just("all"), st.just(table), st.just((COLUMNS[table][2],))),
    )
)


def looked(kind, table, *more, data):
    """What one use of a table gives."""
    if kind in ("whole", "columns"):
        return package.read(table, data, columns=more[0] if more else ()).to_csv()
    if kind == "cited":
        return package.read(table, data, of=[package.read("gdp", data)]).to_csv()
    if kind == "row":
        codes = [line.split(",")[0] for line in FILES[f"{table}.csv"].splitlines()[1:]]
        return package.rows(table, KEYS[table], more[1], data).get([*codes, "none"][more[0]])
    if kind == "largest":
        return package.rows(table, KEYS[table], data=data).largest(more[0])
    return list(package.rows(table, KEYS[table], more[0], data).items())


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    uses=st.lists(LOOKS, min_size=1, max_size=4),
    table=st.sampled_from(sorted(KEYS)),
    row=st.integers(1, 3),
    column=st.integers(0, 5),
    change=st.sampled_from(["cell", "drop", "swap", "add"]),
)
def test_whatever_row_is_changed_a_result_that_would_differ_is_not_current(
    tiny, log, tmp_path, monkeypatch, uses, table, row, column, change
):
    monkeypatch.setattr(package, "_all_faults", lambda contents: ())  # what is unsound is refused before
    (tmp_path / "reads").unlink(missing_ok=True)
    reads._noted.clear()
    path, old = tiny / f"{table}.csv", FILES[f"{table}.csv"]
    path.write_text(old)
    before = [looked(*use, data=tiny) for use in uses]
    noted = Inputs.take(Project(tmp_path)).uses(log())
    cells = list(csv.reader(old.splitlines()))
    if change == "cell":
        cells[row][column] += "x"
    elif change == "drop":
        del cells[row]
    elif change == "swap":
        cells[row], cells[1] = cells[1], cells[row]
    else:
        cells.insert(row, ["new", *cells[row][1:]])
    with open(path, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(cells)
    inputs = Inputs.take(Project(tmp_path))
    try:
        after = [looked(*use, data=tiny) for use in uses]
    except (LookupError, ValueError):
        after = None
    assert not inputs.hold(noted) or after == before
    path.write_text(old)
    assert Inputs.take(Project(tmp_path)).hold(noted)
