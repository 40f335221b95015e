"""The status of a number: "preliminary" is said of published figures of recent years, of nothing that is computed."""

import dataclasses
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wuhan import charts
from wuhan.analysis import counterfactual, differences, growth, placebos, ranking
from wuhan.charts import style
from wuhan.evidence import facts, observations, rounding
from wuhan.evidence.facts import PUBLISHED, Fact
from wuhan.text import prose
from wuhan.text.prose import say

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("[0-9]*.ipynb"))
NEWEST = 2025  # the year before that of the newest source of data/
outcomes = st.lists(st.sampled_from(("actual", "derived", "preliminary", "estimate")), min_size=2, max_size=2)


def printed(status: str, year: int = NEWEST, value: float = 5.0, **others) -> Fact:
    return Fact(
        value,
        value - 0.5,
        value + 0.5,
        "100m_cny",
        str(year),
        status,
        ("nbs_cities_2019",),
        place="wuhan",
        indicator="gdp_nominal",
        **others,
    )


def rates(statuses: dict[int, str], place: str = "wuhan") -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "place": place,
                "year": year,
                "period": str(year),
                "value": 5.0,
                "low": 4.95,
                "high": 5.05,
                "vintage": "",
                "indicator": "gdp_real_growth",
                "status": status,
                "qualifier": "exact",
                "source_id": "nbs_cities_2019",
                "value_text": "",
            }
            for year, status in statuses.items()
        ]
    )


@given(outcomes)
@settings(derandomize=True, max_examples=40)
def test_what_is_worked_out_is_neither_actual_nor_preliminary(statuses):
    a, b = printed(statuses[0]), printed(statuses[1], value=6.0)
    for result in (
        a + b,
        b - a,
        facts.ratio(a, b),
        facts.share(a, b),
        facts.growth(a, b),
        facts.cagr(a, b, 2),
        facts.mean_size(a, dataclasses.replace(b, unit="count")),
        facts.computed((1, 0, 2), "ratio", "p value", [a, b]),
        *rounding.ends(a),
    ):
        assert result.status not in PUBLISHED and result.formula


def test_an_estimate_stays_one_and_an_aim_too():
    assert facts.ratio(printed("estimate"), printed("preliminary")).status == "estimate"
    assert facts.total([printed("target"), printed("target")]).status == "target"


@pytest.mark.parametrize(
    ("status", "period", "today"),
    [
        ("preliminary", "2025", "preliminary"),
        ("preliminary", "2025-01/2025-09", "preliminary"),
        ("preliminary", "2020", "first_release"),
        ("preliminary", "2024-01/2024-06", "first_release"),
        ("estimate", "2017", "estimate"),
        ("actual", "2025", "actual"),
    ],
)
def test_a_first_figure_that_has_stood_is_not_preliminary_any_more(status, period, today):
    assert observations.standing(status, period) == today


@pytest.mark.parametrize(
    ("vintage", "today"), [("first_release", "first_release"), ("latest", "actual"), ("", "actual")]
)
def test_what_was_printed_first_is_told_as_such_whatever_its_status_was(vintage, today):
    assert observations.standing("actual", "2024", vintage) == today
    assert observations.standing("preliminary", "2025", vintage) == "preliminary"


def test_a_sentence_says_preliminary_of_recent_figures_only():
    old, new = printed("preliminary", 2020), printed("preliminary", NEWEST)
    assert "preliminary" not in say("{it}", it=old).plain
    assert say("{it}", it=new).plain.count("preliminary") == 1
    assert "preliminary" not in say("{it}", it=facts.ratio(new, old)).plain
    assert observations.rests(facts.ratio(new, old)) and not observations.rests(facts.ratio(old, old))


def test_a_table_says_once_what_is_preliminary():
    new, old = printed("preliminary", NEWEST), printed("preliminary", 2020)
    shown = prose.table(pd.DataFrame({"a": [new, facts.ratio(new, old), old], "b": [printed("target"), new, None]}))
    html = shown._repr_mimebundle_()["text/html"]
    assert html.count("<tfoot>") == 1 and shown.note in html and shown.note in repr(shown)
    assert "preliminary" not in html.partition("<tfoot>")[0]
    assert [cell.count("*") for row in shown.rows for cell in row] == [1, 0, 1, 1, 0, 0]
    assert "(target)" in shown.rows[0][1]
    assert all(shown.rows[each["row"]][each["column"]].startswith(each["text"]) for each in shown.facts)
    assert "tfoot" not in prose.table(pd.DataFrame({"a": [old]}))._repr_mimebundle_()["text/html"]


def test_chains_ranks_and_gaps_are_derived_and_tell_what_they_rest_on():
    chained = growth.chain_index(rates({2023: "actual", 2024: "preliminary", NEWEST: "preliminary"}), 2022)
    assert set(chained["status"]) == {"derived"}
    assert chained["rests"].tolist() == [False, False, False, True]
    levels = pd.concat([rates({NEWEST: "preliminary"}, place) for place in [f"c{n}" for n in range(ranking.FEWEST)]])
    levels = levels.assign(value=range(len(levels)), low=range(len(levels)), high=range(len(levels)))
    history = ranking.history(levels.reset_index(drop=True), "c3")
    assert set(history["status"]) == {"derived"} and history["rests"].all()
    every = pd.concat([rates(dict.fromkeys(range(2001, 2022), "preliminary"), each) for each in "abcdefgh"])
    values = pd.Series([4 + (3 * at % 7) / 10 for at in range(len(every))])
    every = every.reset_index(drop=True).assign(value=values, low=values - 0.05, high=values + 0.05)
    places = pd.DataFrame({"place": list("abcdefgh"), "parent": list("ABCDEFGH"), "kind": "city"})
    panel = counterfactual.panel(every, places, "a", 2001, 2020, [])
    blend, others = counterfactual.fit(panel), placebos.in_space(panel)
    table = placebos.ratios(blend, others)
    apart = differences.departures(every, panel)
    for frame in (blend.gaps, counterfactual.shares(blend), table, apart):
        assert set(frame["status"]) == {"derived"}
    for fact in (
        placebos.p_value(table, blend),
        counterfactual.gap(blend, 2020),
        counterfactual.usual_miss(blend),
        differences.difference(apart, panel, 2020, 2020),
    ):
        assert fact.status == "derived"


def test_a_figure_says_once_what_rests_on_preliminary_figures():
    chained = growth.chain_index(rates({2023: "actual", 2024: "preliminary", NEWEST: "preliminary"}), 2022)
    drawn = charts.line(chained, "A chain", measure="Real GDP, 2022 = 100", unit="index")
    assert [entry.words for entry in drawn.key].count(style.RESTING) == 1
    settled = charts.line(chained[chained["year"] < NEWEST], "A chain", measure="Real GDP, 2022 = 100", unit="index")
    assert not settled.key


def recorded(notebook: Path) -> list[dict]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    outputs = [each.get("data", {}) for cell in cells for each in cell.get("outputs", [])]
    return [fact for each in outputs for fact in each.get(prose.FACTS, []) if "status" in fact]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_number_of_a_notebook_is_computed_and_preliminary(notebook):
    wrong = [fact for fact in recorded(notebook) if fact.get("formula") and fact["status"] in PUBLISHED]
    assert not wrong, wrong[0]


def test_no_line_runs_into_a_census_or_out_of_it():
    frame = rates(dict.fromkeys(range(2016, 2024), "actual"))
    drawn = charts.line(frame, "Broken", breaks=[2018, 2021]).figure.axes[0].lines
    runs = [list(each.get_xdata()) for each in drawn if each.get_gid() == "line"]
    assert runs == [[2016, 2017], [2018], [2019, 2020], [2021], [2022, 2023]]
    marked = charts.line(frame, "Marked", marks=[2018], event="a shock").figure.axes[0].lines
    assert [len(each.get_xdata()) for each in marked if each.get_gid() == "line"] == [8]


def test_what_leads_is_not_of_low_trust_where_something_recent_is_firmer():
    frame = rates(dict.fromkeys(range(2021, 2026), "preliminary"))
    frame.loc[frame["year"] == 2025, "source_id"] = "city_writeups_2025"  # graded C
    first, later = observations.leading(frame, "wuhan", "gdp_real_growth")
    assert (first.period, [each.period for each in later]) == ("2024", ["2025"])
    assert "low trust" in prose.unsure(*later).plain
    assert observations.leading(frame[:-1], "wuhan", "gdp_real_growth")[1] == [] and not prose.unsure().plain
    alone = frame.iloc[[0, 4]]  # the firmer one is too old
    first, later = observations.leading(alone, "wuhan", "gdp_real_growth")
    assert first.period == "2025" and later == [first]


HEADLINES = [path for path in NOTEBOOKS if path.stem[:2] not in ("40", "41")]


@pytest.mark.parametrize("notebook", HEADLINES, ids=lambda path: path.stem)
def test_no_number_of_low_trust_leads_without_saying_so(notebook):
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    (shown,) = [cell for cell in cells if "headline" in cell["metadata"].get("tags", [])]
    data = shown["outputs"][0]["data"]
    doubted = [fact for fact in data.get(prose.FACTS, []) if observations.doubtful(fact.get("sources", []))]
    assert not doubted or "low trust" in "".join(data["text/markdown"]), doubted[0]
