"""Coverage, gaps, precision and conflicts of observations that are small enough to check by eye."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wuhan.evidence import package
from wuhan.studies.what_we_know import numbers as coverage
from wuhan.studies.what_we_know.words import Known
from wuhan.text import prose

INDICATORS = pd.DataFrame(
    {
        "indicator": ["gdp_nominal", "ai_firms", "gdp_real_growth", "test_road_length"],
        "unit": ["100m_cny", "count", "percent", "km"],
    }
)


def observations(*rows):
    """Rows of indicator, period, value, status, source and half the width of the range."""
    columns = ["indicator", "period", "value", "status", "source_id", "half"]
    frame = pd.DataFrame([(*row, 0.5)[:6] for row in rows], columns=columns)
    frame = frame.assign(place="wuhan", vintage="", qualifier="exact", value_text="", theme="gdp", note="")
    return frame.assign(low=frame["value"] - frame["half"], high=frame["value"] + frame["half"])


ROWS = observations(
    ("gdp_nominal", "2020", 10.0, "actual", "x"),
    ("gdp_nominal", "2020", 12.0, "preliminary", "y"),
    ("gdp_nominal", "2022-01/2022-09", 9.0, "preliminary", "x"),
    ("gdp_nominal", "2023", 20.0, "target", "x"),
    ("gdp_nominal", "2023", 11.0, "estimate", "x"),
    ("ai_firms", "2021", 5.0, "target", "x"),
    ("test_road_length", "2021-06-30", 5.0, "actual", "x"),
    ("test_road_length", "2021-06-30", 5.4, "actual", "y"),
)


def test_tables_are_gathered_under_their_names():
    found = coverage.gather({"ai": ROWS.head(1), "gdp": ROWS.tail(2)})
    assert found["theme"].tolist() == ["ai", "gdp", "gdp"]
    assert found.index.tolist() == [0, 1, 2]


def test_the_inventory_counts_numbers_places_and_series_of_each_theme():
    far = ROWS.head(2).assign(place="xian", theme="ai")
    found = coverage.inventory(pd.concat([ROWS, far]), "wuhan")
    assert found[["theme", "numbers", "places", "series", "first", "last", "here"]].to_numpy().tolist() == [
        ["gdp", 8, 1, 3, 2020, 2023, 8],
        ["ai", 2, 1, 1, 2020, 2020, 0],
    ]


def test_a_cell_takes_the_firmest_that_is_known_of_its_year():
    found = coverage.cells(ROWS).set_index(["indicator", "year"])[["status", "part"]].T.to_dict("list")
    assert found == {
        ("ai_firms", 2021): ["target", False],
        ("gdp_nominal", 2020): ["actual", False],
        ("gdp_nominal", 2022): ["preliminary", True],
        ("gdp_nominal", 2023): ["estimate", False],
        ("test_road_length", 2021): ["actual", False],
    }


def test_months_are_an_outcome_and_go_before_a_target_but_not_before_the_year():
    months = observations(
        ("gdp_nominal", "2025", 1.0, "target", "x"),
        ("gdp_nominal", "2025-01/2025-06", 1.0, "preliminary", "x"),
        ("gdp_nominal", "2024", 1.0, "estimate", "x"),
        ("gdp_nominal", "2024-01/2024-06", 1.0, "actual", "x"),
    )
    assert coverage.cells(months)[["year", "status", "part"]].to_numpy().tolist() == [
        [2024, "estimate", False],
        [2025, "preliminary", True],
    ]


def test_spans_tell_whole_years_from_months_and_from_nothing():
    found = coverage.spans(ROWS)[["indicator", "first", "years", "whole", "partly", "missing"]]
    assert found.to_numpy().tolist() == [
        ["gdp_nominal", 2020, 2, (2020, 2023), (2022,), (2021,)],
        ["test_road_length", 2021, 1, (2021,), (), ()],
    ]
    assert coverage.spans(ROWS.head(0)).empty


def test_lengths_count_every_series_once():
    years = [*range(2000, 2012)]
    rows = [("gdp_nominal", str(year), 1.0, "actual", "x") for year in years]
    rows += [("ai_firms", str(year), 1.0, "actual", "x") for year in (2001, 2003)]
    rows += [("gdp_real_growth", "2001-01/2001-03", 1.0, "actual", "x")]
    rows += [("test_road_length", "2001", 1.0, "actual", "x")]
    series = coverage.spans(observations(*rows))
    assert coverage.lengths(series) == [1, 0, 1, 1, 1]
    assert coverage.unbroken(series, 10)["indicator"].tolist() == ["gdp_nominal"]
    assert coverage.unbroken(series, 2)["indicator"].tolist() == ["gdp_nominal"]
    assert coverage.unbroken(series.head(0), 2).empty


@pytest.mark.parametrize(
    ("years", "text"),
    [((), ""), ((2013,), "2013"), ((2014, 2013), "2013–2014"), ((2013, 2014, 2019), "2013–2014, 2019")],
)
def test_runs_of_years_are_joined(years, text):
    assert coverage.ranges(years) == text


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.sets(st.integers(2000, 2030)))
def test_ranges_lose_no_year(years):
    told = set()
    for run in filter(None, coverage.ranges(tuple(years)).split(", ")):
        first, _, last = run.partition("–")
        told |= set(range(int(first), int(last or first) + 1))
    assert told == years


def test_tally_keeps_the_order_it_is_given_and_the_sources():
    found = coverage.tally(ROWS, "indicator", "status", ("target", "actual", "preliminary", "estimate"))
    assert found[["indicator", "status", "value", "label", "source_id"]].to_numpy().tolist()[:4] == [
        ["gdp_nominal", "target", 1, "1", ("x",)],
        ["gdp_nominal", "actual", 1, "1", ("x",)],
        ["gdp_nominal", "preliminary", 2, "2", ("y", "x")],
        ["gdp_nominal", "estimate", 1, "1", ("x",)],
    ]
    assert found["value"].sum() == len(ROWS)


def test_witnesses_are_sources_of_one_thing():
    assert coverage.witnesses(ROWS) == (4, 2)
    assert coverage.witnesses(ROWS.head(0)) == (0, 0)


def vintages(*values):
    """GDP of one year; each of ``values`` (figure, half its last digit) has a source and a vintage of its own."""
    rows = observations(
        *(("gdp_nominal", "2019", value, "actual", f"source{at}", half) for at, (value, half) in enumerate(values))
    )
    return rows.assign(vintage=[f"v{at}" for at in range(len(rows))])


def test_a_second_source_whose_figure_agrees_is_one_whatever_its_vintage():
    assert coverage.witnesses(vintages((16223.21, 0.005), (16223.2, 0.05), (16223.0, 0.5))) == (1, 1)
    assert coverage.witnesses(vintages((11912.61, 0.005), (11531.4, 0.05), (11912.61, 0.005))) == (2, 1)
    assert coverage.witnesses(vintages((11912.61, 0.005), (11531.4, 0.05))) == (2, 0)  # re-based: another figure
    # a coarse figure joins no two that differ
    assert coverage.witnesses(vintages((16223.21, 0.005), (16222.8, 0.05), (16223.0, 0.5))) == (2, 1)
    assert coverage.witnesses(vintages((100.0, math.inf), (120.0, 0.5))) == (2, 0)  # a floor agrees with nothing


def test_years_of_gdp_that_three_sources_print_alike_have_a_second_source():
    table = package.read("gdp").query("place == 'wuhan' and indicator == 'gdp_nominal'")
    assert all(coverage.witnesses(table[table["period"] == str(year)])[1] == 1 for year in (2002, 2019, 2022, 2023))


def test_copies_of_one_printing_are_one_figure():
    pair = ROWS.head(2).assign(value=10.0, low=9.5, high=10.5)
    both = [pair.assign(vintage=each) for each in ("first_release", "latest")]
    assert coverage.witnesses(pd.concat(both, ignore_index=True)) == (1, 1)
    apart = pd.concat([both[0].head(1), both[1].tail(1)], ignore_index=True)
    assert coverage.printings(apart)["vintage"].nunique() == 2  # no source has the value in both vintages
    revised = pair.tail(1).assign(vintage="release", value=11.0, low=10.6, high=11.4)
    linked = pd.concat([*both, revised], ignore_index=True)
    assert coverage.witnesses(linked) == (2, 1)  # a revised value is another figure
    torn = ROWS.head(2)
    twice = pd.concat([torn.assign(vintage=each) for each in ("first_release", "latest")], ignore_index=True)
    assert len(coverage.conflicts(twice)) == 1


def test_only_values_whose_ranges_do_not_meet_are_a_conflict():
    found = coverage.conflicts(ROWS)
    assert found[["indicator", "period"]].to_numpy().tolist() == [["gdp_nominal", "2020"]]
    (row,) = found.to_dict("records")
    assert [(fact.value, fact.sources) for fact in (row["lower"], row["higher"])] == [(10.0, ("x",)), (12.0, ("y",))]
    assert (row["apart"].value, row["apart"].unit) == (pytest.approx(20), "percent")
    assert coverage.conflicts(ROWS[ROWS["indicator"] == "test_road_length"]).empty
    assert coverage.conflicts(ROWS.head(0)).empty


def test_the_widest_conflict_stands_first_and_rates_stand_last():
    found = coverage.conflicts(
        observations(
            ("gdp_real_growth", "2021", -5.0, "actual", "x", 0.05),
            ("gdp_real_growth", "2021", 7.0, "actual", "y", 0.05),
            ("gdp_nominal", "2021", 100.0, "actual", "x"),
            ("gdp_nominal", "2021", 104.0, "actual", "y"),
            ("ai_firms", "2023", 650.0, "actual", "x", 0.0),
            ("ai_firms", "2023", 700.0, "actual", "y", 0.0),
            ("ai_firms", "2023", 995.0, "actual", "z", 0.0),
            ("ai_firms", "2024", 0.0, "actual", "x", 0.0),
            ("ai_firms", "2024", 2.0, "actual", "y", 0.0),
        )
    )
    told = [(row.indicator, row.period, round(row.apart.value, 2), row.apart.unit) for row in found.itertuples()]
    assert told == [
        ("ai_firms", "2023", 53.08, "percent"),
        ("gdp_nominal", "2021", 4.0, "percent"),
        ("gdp_real_growth", "2021", 12.0, "percentage_points"),
        ("ai_firms", "2024", 2.0, "count"),
    ]


def test_a_vintage_is_no_conflict():
    rows = ROWS.head(2).assign(vintage=["latest", "first_release"])
    assert coverage.conflicts(rows).empty


def test_a_bound_is_as_round_as_it_is_printed():
    roads = package.read("ai").query("place == 'wuhan' and indicator == 'test_road_length_one_way'").head(2)
    roads = roads.assign(period="2023-12", status="actual", vintage="", source_id=["a", "b"])
    exact = roads.assign(value=[3378.73, 3379.0], low=[3378.725, 3379.0], high=[3378.735, math.inf])
    assert len(exact) == 2 and coverage.conflicts(exact).empty
    apart = exact.assign(value=[3300.0, 3379.0], low=[3299.5, 3379.0], high=[3300.5, math.inf])
    assert len(coverage.conflicts(apart)) == 1


def test_the_data_show_the_conflict_of_650():
    found = coverage.conflicts(package.read("ai").query("place == 'wuhan'"))
    row = found[(found["indicator"] == "ai_firms") & (found["period"] == "2023")].iloc[0]
    assert (row["lower"].value, row["higher"].value) == (650, 995)
    assert "test_road_length_one_way" not in set(found["indicator"])  # 3,378.73 against "over 3,379" is rounding


# Sentences.


def known(rows=ROWS, trust="A"):
    rows = rows.assign(trust=trust)
    return Known("wuhan", rows, {"gdp": rows}, ("all", 2000, 2028, "D"))


@pytest.fixture
def english():
    prose.language("en")


def test_the_answer_counts_what_has_a_second_source(english):
    assert str(known().answer()).startswith("Only two of 4 figures on Wuhan have a second source.\n")
    assert str(known(ROWS.head(1)).answer()).startswith("None of 1 figure on Wuhan has a second source.\n")
    assert str(known(ROWS[ROWS["status"] == "target"]).answer()).endswith("Available: 2021, 2023.")


def test_a_long_measure_has_no_gap(english):
    years = [("gdp_nominal", str(year), 1.0, "actual", "x") for year in range(2010, 2020)]
    assert (
        str(known(observations(*years)).reaching())
        == "1 of 1 measures on Wuhan cover ten or more whole years with none missing between"
    )
    holed = observations(*years[:5], *years[6:], ("gdp_nominal", "2020", 1.0, "actual", "x"))
    assert "None of 1" in str(known(holed).reaching())
    assert "Of the other 1, 1 are known for two years or more" in str(known(holed).lengths())


def test_sources_that_contradict_each_other_are_named(english):
    cited = ROWS.assign(source_id=ROWS["source_id"].map({"x": "press_002", "y": "panel_sectors"}))
    told = str(known(cited).agreement())
    assert told.startswith("In one of the two cases with two sources these cannot both be right:")
    assert "No figure here has a second source" in str(known(ROWS.head(1)).agreement())
    alike = ROWS[ROWS["indicator"] == "test_road_length"]
    assert "In none of the 1 case" in str(known(alike).agreement())


def test_hedges_are_counted_by_their_words(english):
    assert str(known().hedged()) == "None of the 8 numbers is printed with a hedge."
    hedged = ROWS.assign(qualifier=["over", "over", "about", *["exact"] * 5])
    assert str(known(hedged).hedged()) == "Of 8 numbers 3 are printed with a hedge: over 2 and about 1."
