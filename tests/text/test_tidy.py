"""The front door: `import wuhan` costs nothing, and what it gives is tidy, of one vintage, or refused in one line."""

import doctest
import shutil
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import wuhan
from wuhan.charts import own
from wuhan.evidence import package
from wuhan.evidence.facts import FactError
from wuhan.execution.project import ROOT
from wuhan.text import tidy


@pytest.mark.parametrize("module", [tidy, own], ids=lambda module: module.__name__)
def test_the_examples_are_true(module):
    found = doctest.testmod(module)
    assert found.attempted > 2 and found.failed == 0


SESSION = """
import sys, warnings
import wuhan
loaded = {"pandas", "numpy", "matplotlib"} & set(sys.modules)
print(sorted(loaded), len(wuhan.__all__), set(wuhan.__all__) <= set(dir(wuhan)))
import matplotlib, pandas
matplotlib.rcParams["lines.linewidth"] = 7
def state():
    options = {name: pandas.get_option(name) for name in pandas.core.config_init.cf._registered_options}
    return dict(matplotlib.rcParams), list(warnings.filters), options
before = state()
years = wuhan.load("gdp_real_growth", "wuhan")
chart = wuhan.charts.line(years, "Growth of Wuhan")
print(len(chart.png) > 1000, chart.collisions(), state() == before)
"""


def test_importing_and_drawing_change_no_setting_of_a_session():
    said = subprocess.check_output([sys.executable, "-c", SESSION], cwd=ROOT, text=True)
    assert said.splitlines() == ["[] 5 True", "True [] True"]


def test_one_row_for_each_place_and_year_with_what_a_fact_needs():
    rows = wuhan.load("gdp_nominal", vintage="first_release")
    assert not rows.duplicated(["place", "period"]).any()
    assert rows["period"].str.fullmatch("[0-9]{4}").all() and set(rows["vintage"]) == {"first_release"}
    assert not set(rows["status"]) & {"target", "plan"}
    assert (set(rows["unit"]), set(rows["price_basis"])) == ({"100m_cny"}, {"current"})
    assert rows["trust"].isin(list("ABCD")).all() and rows["name"].notna().all()
    assert ((rows["low"] <= rows["value"]) & (rows["value"] <= rows["high"])).all()


def test_a_row_stands_on_its_line():
    rows = wuhan.load("pop_resident", ["wuhan", "chengdu"])
    lines = (package.DATA / rows["file"].iloc[0]).read_text(encoding="utf-8").splitlines()
    for row in rows.itertuples():
        assert lines[row.line - 1].startswith(f"{row.place},{row.indicator},{row.period},")


def test_part_years_and_targets_come_when_asked_for_and_alone():
    parts = wuhan.load("gdp_real_growth", "wuhan", parts=True)
    assert len(parts) and not parts["period"].str.fullmatch("[0-9]{4}").any()
    targets = wuhan.load("gdp_real_growth", status="target")
    assert len(targets) and set(targets["status"]) == {"target"}


def test_rows_left_out_are_counted():
    rows = wuhan.load("retail_sales", "wuhan").set_index("year")
    table = package.read("gdp").query("place == 'wuhan' and indicator == 'retail_sales' and period == '2025'")
    assert rows["others"][2025] == len(table) - 1


REFUSED = [
    (lambda: wuhan.load("gdp_nominl"), "did you mean 'gdp_nominal'"),
    (lambda: wuhan.load("gdp_nominal", "wuhn", vintage="latest"), "did you mean 'wuhan'"),
    (lambda: wuhan.load("gdp_nominal", "武汉", vintage="latest"), "did you mean 'wuhan'"),
    (lambda: wuhan.load("gdp_nominal", "wuhan"), "'first_release' (1 place), 'latest' (1 place)"),
    (lambda: wuhan.load("gdp_nominal", "wuhan", vintage="lates"), "'latest'"),
    (lambda: wuhan.load("pop_resident", "wuhan", vintage="latest"), "leave vintage= out"),
    (lambda: wuhan.load("pop_resident", "wuhan", 2015), "first=2015"),
    (lambda: wuhan.load("pop_resident", "wuhan", ["latest"]), "vintage: found"),
    (lambda: wuhan.load(None, "wuhan"), "wuhan.coverage()"),
    (lambda: wuhan.load(["pop_resident", "retail_sales"]), "wuhan.coverage()"),
    (lambda: wuhan.load("imports"), "only part-years"),
    (lambda: wuhan.load("imports", "wuhan"), "pass parts=True"),
    (lambda: wuhan.load("large_models_listed", "cities"), "pass parts=True"),
    (lambda: wuhan.load("pop_resident", "wuhan", parts=True), "leave parts= out"),
    (lambda: wuhan.load("gdp_real_growth", "wuhan", parts="both"), "parts: found 'both'"),
    (lambda: wuhan.load("gdp_real_growth", "wuhan", parts=1), "True or False"),
    (lambda: wuhan.load("pop_resident", "wuhan", first=0), "first: found 0"),
    (lambda: wuhan.load("pop_resident", "wuhan", last=True), "last: found True"),
    (lambda: wuhan.load("pop_resident", "wuhan", first=20), "first: found 20"),
    (lambda: wuhan.load("pop_resident", "wuhan", first="2020"), "first: found '2020'"),
    (lambda: wuhan.load("pop_resident", "wuhan", first=pd.Timestamp("2020")), "a year as a whole number"),
    (lambda: wuhan.load("pop_resident", "wuhan", first=2020, last=2015), "2020 is after last 2015"),
    (lambda: wuhan.load("pop_resident", first=2050), "it has 2000 to"),
    (lambda: wuhan.load("pop_resident", "cities", last=1950), "it has 2000 to"),
    (lambda: wuhan.load("pop_resident", status="target"), "it has status actual"),
    (lambda: wuhan.load("pop_resident", []), "leave places= out"),
    (lambda: wuhan.load("pop_resident", pd.Series([], dtype=str)), "leave places= out"),
    (lambda: wuhan.load("pop_resident", 5), "place: found 5"),
    (lambda: wuhan.load("pop_resident", [["wuhan"], "chengdu"]), "place: found ['wuhan']"),
    (lambda: wuhan.load("pop_resident", "wuhan", status=["actual"]), "status: found"),
    (lambda: wuhan.load("unemployment"), "see wuhan.coverage()"),
    (lambda: wuhan.load("employment"), "see wuhan.coverage()"),
    (lambda: wuhan.load("Resident populaton"), "did you mean 'pop_resident'"),
    (lambda: wuhan.coverage(["pop_resident"]), "indicator: found"),
    (lambda: wuhan.fact(["pop_resident"], "wuhan", 2020), "indicator: found"),
    (lambda: wuhan.fact("pop_resident", ["wuhan"], 2020), "place: found"),
    (lambda: wuhan.fact("pop_resident", "wuhan", 2020, ["latest"]), "vintage: found"),
    (lambda: wuhan.fact("pop_resident", "wuhan", pd.Timestamp("2020")), "period: found"),
    (lambda: wuhan.fact("pop_resident", "wuhan", True), "period: found True"),
    (lambda: wuhan.fact("pop_resident", "wuhan", None), "period: found None"),
    (lambda: wuhan.load("pop_resident", ["wuhan", "wuhan_east_lake"]), "wuhan_east_lake"),
    (lambda: wuhan.load("pop_resident", "wuhan", first=2050), "it has 2000 to"),
    (lambda: wuhan.load("pop_resident", "wuhan", status="targt"), "did you mean 'target'"),
    (lambda: wuhan.coverage("retail"), "retail"),
    (lambda: wuhan.fact("gdp_nominal", "wuhan", 2020), "several vintages"),
    (lambda: wuhan.fact("gdp_nominal", "wuhn", 2020), "did you mean 'wuhan'"),
]


@pytest.fixture
def january_2024():
    package.known_by("2024-01-26")
    yield
    package.known_by("")


def test_what_was_not_published_by_a_day_is_a_frame_without_rows(january_2024):
    early = wuhan.load("retail_sales", ["wuhan", "changsha"])
    assert early.empty and list(early) == list(tidy.COLUMNS)
    assert wuhan.load("gdp_real_growth", "cities")["year"].max() == 2022  # what was published is there
    with pytest.raises(LookupError, match="did you mean 'wuhan'"):
        wuhan.load("retail_sales", "wuhn")


def test_peers_stand_beside_wuhan_although_their_rows_are_in_another_table():
    rows = wuhan.load("retail_sales", ["wuhan", "changsha", "chengdu"], first=2020, last=2023)
    assert dict(rows.groupby("place")["file"].agg(set)) == {
        "changsha": {"cities.csv"},
        "chengdu": {"cities.csv"},
        "wuhan": {"gdp.csv"},
    }
    assert rows.groupby("place")["year"].nunique().tolist() == [4, 4, 4]


def test_a_measure_is_read_from_the_tables_that_may_hold_it(monkeypatch):
    read, tables = package.read, []
    monkeypatch.setattr(
        package, "read", lambda table, *more, **named: tables.append(table) or read(table, *more, **named)
    )
    wuhan.load("gdp_real_growth", "wuhan")
    assert {"gdp"} == {*tables} & {*package.observed()}
    wuhan.load("average_wage", "wuhan")
    assert "cities" in tables


@pytest.mark.parametrize(("ask", "said"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_given_is_refused_in_one_line(ask, said):
    with pytest.raises(LookupError) as refused:
        ask()
    assert said in str(refused.value) and "\n" not in str(refused.value)
    assert refused.value._render_traceback_() == [str(refused.value)]  # all that a notebook shows


def test_what_is_near_in_letters_alone_is_not_offered():
    for word in ("unemployment", "employment", "population", "luzhou"):
        with pytest.raises(LookupError) as refused:
            wuhan.load(word) if word != "luzhou" else wuhan.load("pop_resident", word)
        assert "did you mean" not in str(refused.value)


PLACES = [
    lambda frame: frame["place"],
    lambda frame: frame["place"].unique(),
    lambda frame: pd.Index(frame["place"]),
    lambda frame: np.array(["wuhan", "chengdu"]),
    lambda frame: (place for place in ("wuhan", "chengdu")),
    lambda frame: {"wuhan", "chengdu"},
]


@pytest.mark.parametrize("places", PLACES, ids=range(len(PLACES)))
def test_places_are_any_sequence_of_ids(places):
    wanted = wuhan.load("pop_resident", ["wuhan", "chengdu"], first=np.int64(2015))
    pd.testing.assert_frame_equal(wuhan.load("pop_resident", places(wanted), first=2015), wanted)


def test_the_note_of_a_row_stands_beside_its_value():
    rows = wuhan.load("retail_sales", "wuhan", first=2025)
    assert rows["note"].str.startswith("Not comparable").all()
    assert list(rows).index("note") < list(rows).index("trust")


UNDERIVED = [
    (lambda rows: wuhan.derived(1.0, "percent"), "pass the frames"),
    (lambda rows: wuhan.derived(1.0, "percent", rows.head(0)), "no row"),
    (lambda rows: wuhan.derived(1.0, "percent", pd.DataFrame({"a": [1]})), "no column 'place'"),
    (lambda rows: wuhan.derived(1.0, "percent", [rows]), "found list"),
    (lambda rows: wuhan.derived(1.0, "percent", None), "found NoneType"),
    (lambda rows: wuhan.derived(1.0, "percent", rows["value"]), "found Series"),
    (lambda rows: wuhan.derived(None, "percent", rows), "value: found None"),
    (lambda rows: wuhan.derived("7", "percent", rows), "value: found '7'"),
    (lambda rows: wuhan.derived(float("nan"), "percent", rows), "value: found nan"),
    (lambda rows: wuhan.derived(rows["value"], "percent", rows), "value: found Series"),
    (lambda rows: wuhan.derived(1.0, "percent", rows, within="a"), "within: found 'a'"),
    (lambda rows: wuhan.derived(1.0, "percent", rows, within=-1), "within: found -1"),
    (lambda rows: wuhan.derived(1.0, "percnt", rows), "did you mean 'percent'"),
    (lambda rows: wuhan.derived(1.0, ["percent"], rows), "unit: found"),
    (lambda rows: wuhan.derived(1.0, "percent", rows.assign(value="a")), "value: found 'a'"),
    (lambda rows: wuhan.derived(1.0, "percent", rows.assign(source_id=5)), "source_id: found 5"),
    (lambda rows: wuhan.derived(1.0, "percent", rows.assign(indicator="x")), "indicator: found 'x'"),
    (lambda rows: wuhan.derived(1.0, "percent", rows.assign(source_id=np.nan)), "source_id"),
]


@pytest.mark.parametrize(("work_out", "said"), UNDERIVED, ids=range(len(UNDERIVED)))
def test_what_cannot_be_derived_is_refused_in_one_line(work_out, said):
    with pytest.raises(FactError) as refused:
        work_out(wuhan.load("gdp_real_growth", "wuhan", first=2016, last=2019))
    assert said in str(refused.value) and "\n" not in str(refused.value)
    assert refused.value._render_traceback_() == [str(refused.value)]


def test_coverage_counts_what_load_gives_of_cities():
    known = wuhan.coverage().set_index("indicator")
    kinds = package.read("places").set_index("place")["kind"]
    for indicator in ("retail_sales", "gdp_real_growth", "pop_resident", "gdp_per_capita"):
        rows = wuhan.load(indicator)
        rows = rows[rows["place"].map(kinds).isin(tidy.CITIES)]
        years = rows.groupby("place")["year"].nunique().reindex(rows["place"].unique(), fill_value=0)
        assert known.loc[indicator, ["first", "last"]].tolist() == [rows["year"].min(), rows["year"].max()]
        assert (years >= known.loc[indicator, "years"]).mean() >= 0.5 > (years > known.loc[indicator, "years"]).mean()
    elsewhere = known.query("cities == 0").index  # told of the places that have it
    for indicator in elsewhere:
        assert known.loc[indicator, "years"] <= wuhan.coverage(indicator)["years"].max()
    assert len(elsewhere) and (known.loc[elsewhere, "last"] > 0).any()
    places = wuhan.coverage("pop_resident")
    assert not places.duplicated(["place", "vintage"]).any() and set(places["place"]) >= {"wuhan", "chengdu"}


LIVE = """
import os, wuhan
from pathlib import Path
from wuhan.text import prose
def told():
    row = wuhan.load("retail_growth", "wuhan", first=2023, last=2023).iloc[0]
    return row["value"], row["trust"], prose.measure("retail_growth"), wuhan.fact("retail_growth", "wuhan", 2023).value
print(*told(), sep="|")
for file, old, new in (("gdp", "retail_growth,2023,8.6,", "retail_growth,2023,8.4,"),
                       ("indicators", "Growth of retail sales", "Growth of the shops")):
    path = Path(f"data/{file}.csv")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
print(*told(), sep="|")
"""


def test_a_living_kernel_sees_an_edited_table(tmp_path):
    for folder in ("wuhan", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    said = subprocess.check_output([sys.executable, "-c", LIVE], cwd=tmp_path, text=True).splitlines()
    before, after = (line.split("|") for line in said)
    assert (before[0], before[3], after[0], after[3]) == ("8.6", "8.6", "8.4", "8.4")
    assert (before[2], after[2]) == ("Growth of retail sales", "Growth of the shops")


def test_a_frame_is_ready_for_the_verbs_of_charts():
    chart = wuhan.charts.line(wuhan.load("gdp_real_growth", ["wuhan", "chengdu"]), "Growth of two cities")
    assert chart.collisions() == [] and len(chart.sources) > 1


def test_a_name_that_is_not_there():
    with pytest.raises(AttributeError, match="nothing"):
        wuhan.nothing  # noqa: B018
