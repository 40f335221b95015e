"""Coverage, gaps and conflicts of observations that are small enough to check by eye."""

import pandas as pd
import pytest

from wuhan.analysis.coverage import cells, conflicts, spans, tally


def observations(*rows):
    columns = ["indicator", "period", "value", "status", "source_id"]
    frame = pd.DataFrame(rows, columns=columns).assign(
        place="wuhan", vintage="", qualifier="exact", value_text=""
    )
    return frame.assign(low=frame["value"] - 0.5, high=frame["value"] + 0.5)


ROWS = observations(
    ("gdp_nominal", "2020", 10.0, "actual", "x"),
    ("gdp_nominal", "2020", 12.0, "preliminary", "y"),
    ("gdp_nominal", "2022-01/2022-09", 9.0, "preliminary", "x"),
    ("gdp_nominal", "2023", 20.0, "target", "x"),
    ("gdp_nominal", "2023", 11.0, "estimate", "x"),
    ("ai_firms", "2021", 5.0, "target", "x"),
    ("test_road_length", "2021", 5.0, "actual", "x"),
    ("test_road_length", "2021", 5.4, "actual", "y"),
)


def test_a_cell_takes_the_firmest_status_of_its_year():
    found = cells(ROWS).set_index(["indicator", "year"])["status"].to_dict()
    assert found == {
        ("ai_firms", 2021): "target",
        ("gdp_nominal", 2020): "actual",
        ("gdp_nominal", 2022): "preliminary",
        ("gdp_nominal", 2023): "estimate",
        ("test_road_length", 2021): "actual",
    }


def test_spans_name_the_years_between_that_are_missing_and_leave_targets_out():
    found = spans(ROWS).values.tolist()
    assert found == [["wuhan", "gdp_nominal", 2020, 2023, 3, (2021,)], ["wuhan", "test_road_length", 2021, 2021, 1, ()]]


def test_only_values_whose_intervals_do_not_meet_are_a_conflict():
    found = conflicts(ROWS)
    assert found[["indicator", "period"]].values.tolist() == [["gdp_nominal", "2020"]]
    assert [(fact.value, fact.sources) for fact in (found["lower"][0], found["higher"][0])] == [
        (10.0, ("x",)),
        (12.0, ("y",)),
    ]
    assert found["apart"].tolist() == pytest.approx([20])
    assert conflicts(ROWS[ROWS["indicator"] == "test_road_length"]).empty


def test_tally_counts_and_keeps_the_sources():
    found = tally(ROWS, "indicator", "status")
    assert found[["indicator", "status", "value", "label", "source_id"]].values.tolist()[:3] == [
        ["gdp_nominal", "actual", 1, "1", ("x",)],
        ["gdp_nominal", "preliminary", 2, "2", ("y", "x")],
        ["gdp_nominal", "target", 1, "1", ("x",)],
    ]
    assert found["value"].sum() == len(ROWS)
