"""What drives growth, in words and figures: sentences that fit their numbers, columns that add up, strokes that end."""

import numpy as np
import pandas as pd
import pytest
from test_growth_drivers import TOWN, G, P, S, framed, levels, observed, rates

from wuhan import charts
from wuhan.charts import ChartError, style
from wuhan.evidence import observations
from wuhan.evidence.facts import Unknown
from wuhan.studies.growth_drivers import numbers as contributions
from wuhan.studies.growth_drivers import words as drivers
from wuhan.text import prose, verdicts

PARTS = contributions.contributions(TOWN, TOWN)
BALANCES = contributions.balance(PARTS, TOWN)
SHARES = contributions.shares(TOWN)


@pytest.fixture(autouse=True)
def english():
    prose.language("en")


# Sentences.


def test_the_largest_sector_of_the_newest_year():
    assert str(drivers.made_of(SHARES[SHARES["year"] < 2022], "wuhan")) == (
        "The largest sector of Wuhan in 2021 is services, 55.56% of value added."
    )
    assert str(drivers.made_of(SHARES.head(0), "wuhan")) == ""
    assert isinstance(drivers.largest(SHARES.head(0), "wuhan")["share"], Unknown)


def test_what_moved_growth_most():
    leaders = {2020: "services", 2021: "agriculture", 2022: "agriculture"}
    assert str(drivers.moved_most(leaders, "wuhan")).endswith("most: agriculture, in 2 of 3 complete years")
    assert str(drivers.moved_most({2019: "services", **leaders}, "wuhan")).endswith(
        "most: services, agriculture, each in 2 of 4 complete years"
    )
    assert str(drivers.moved_most({2020: "services"}, "wuhan")).endswith("most in 2020: services")


def test_the_structure_says_whether_a_census_is_near():
    town = framed(levels(y2010=(10, 30, 60), y2011=(8, 36, 56), y2013=(10, 30, 60), y2014=(15, 5, 80)))
    nation = contributions.shares(framed(levels(y2014=(10, 40, 50))).assign(place="china"))
    told = str(drivers.structure(contributions.shares(town), nation, "wuhan", 5))
    assert "Services made up 80% of Wuhan's value added in 2014" in told
    assert "they made up 50%" in told
    assert "next to a census is that of industry and construction in 2014: -25 percentage points" in told
    assert "away from a census is that of industry and construction in 2011: 6 percentage points" in told
    assert "those of 5 places are" in str(drivers.structure(SHARES.head(0), nation, "wuhan", 5))


def test_the_difference_of_whole_and_partial_years():
    told = str(drivers.difference(PARTS, BALANCES))
    assert "published growth in 1 of 2 years. It is widest in 2022, with 1.7 percentage points against 2.0%." in told
    assert "For 2023 the growth of services alone is published: 1.2 percentage points of a growth of 2.5%." in told
    partial = BALANCES[~BALANCES["complete"]]
    assert str(drivers.difference(PARTS, partial)).startswith("For 2023")
    single = str(drivers.difference(PARTS, BALANCES[BALANCES["year"] == 2022]))
    assert single == (
        "In 2022 the sectors add up to 1.7 percentage points, against a published growth of 2.0%; rounding alone "
        "does not explain the difference."
    )
    assert "rounding alone can explain" in str(drivers.difference(PARTS, BALANCES[BALANCES["year"] == 2021]))


def test_the_weights_are_set_side_by_side():
    told = str(drivers.weighed(contributions.schemes(TOWN, TOWN, 2021, 2000)))
    assert told.startswith("What services added in 2021: 6.0 percentage points with the weights of the year before, ")
    assert "The rounding of the figures leaves 5.9" in told
    assert "Of 2 complete years, the sum can be the growth published in 1 with the weights of the year" in told
    assert told.endswith("The sector that leads is the same under all weights in 2.")


def test_what_is_missing_says_what_there_is():
    gdp = pd.DataFrame(levels(y2020=(10, 30, 60)) + rates(y2021=(5, 10, 10, 9.5)))
    told = str(drivers.nothing(gdp, "chengdu", 2000, 2025))
    assert told == "No published growth of all three sectors of Chengdu, 2000 to 2025. Available: Wuhan (2021)."
    assert "of Chengdu, 2025. Available" in str(drivers.nothing(gdp, "chengdu", 2025, 2025))  # not "2025 to 2025"
    industry = pd.DataFrame([observed(S, "2022", 17), observed(S, "2024-01/2024-06", 19), observed(G, "2025", 16)])
    told = str(drivers.no_high_tech(industry, "chengdu", 2000, 2025))
    assert told.endswith("Available: Wuhan (2022, 2024).")


def test_a_missing_pair_of_rates_names_the_places_that_have_it_in_these_years():
    gdp = pd.DataFrame([observed(rate, "2021", 5) for rate in ("industrial_va_growth", "gdp_real_growth")])
    told = str(drivers.no_pair(gdp, "chengdu", 2020, 2022))
    assert told.endswith("are both known in Chengdu, 2020 to 2022. Available: Wuhan.")
    assert str(drivers.no_pair(gdp, "wuhan", 2022, 2022)).endswith("in Wuhan, 2022. Nothing else is available.")


def test_the_two_sectors_that_moved_a_year_most():
    led = drivers.ranked(contributions.in_order(PARTS, BALANCES.to_dict("records")[0]))
    assert (led["first"], led["second"]) == ("services", "industry and construction")
    assert (led["a"].value, led["b"].value) == pytest.approx((6, 3))


def test_the_newest_rates():
    rows = pd.DataFrame([observed("retail_growth", "2024", 3, 0.05), observed("trade_growth", "2024", 5, 0.05)])
    told = str(drivers.newest(rows, "wuhan"))
    assert told == "Highest in Wuhan, 2024: foreign trade, 5.0%; lowest: retail sales, 3.0%"
    alike = rows.assign(value=3.0, low=2.95, high=3.05)
    assert "Highest" not in str(drivers.newest(alike, "wuhan"))
    assert str(drivers.newest(rows.head(1), "wuhan")) == "Wuhan, 2024: retail sales 3.0%"
    assert "No growth within the year" in str(drivers.newest(rows.head(0), "wuhan"))


def high_tech():
    industry = pd.DataFrame(
        [
            observed(G, "2022", 20, 0.05),
            observed(S, "2022", 24, 0.05),
            observed(S, "2021", 20, 0.05),
            observed(P, "2022", 4.0, 0.05),
            observed(G, "2023", 10, 0.05),
            observed(S, "2023", 25, 0.05),
        ]
    )
    gdp = pd.DataFrame([observed("industrial_va_growth", "2022", 5.0, 0.05)])
    return contributions.pulls(industry, gdp, "wuhan"), contributions.high_tech(industry, gdp, "wuhan")


def test_ways_that_agree_are_counted():
    pulls, _printed = high_tech()
    assert drivers.agreement(pulls) == (1, 3)
    assert drivers.agreement(pulls[pulls["basis"] != "stated"]) == (0, 0)
    assert drivers.ways(pulls)["series"].iloc[0] == "2022: stated"


def test_what_is_printed_stands_beside_what_it_implies():
    pulls, printed = high_tech()
    told = {row["period"]: str(drivers.beside(row, pulls)) for row in printed}
    assert told["2021"] == "2021: share of industry 20.0%."
    assert told["2022"].startswith("2022: growth 20.0%, share of industry 24.0%, pull 4.0 percentage points")
    assert "implies a weight of 20%" in told["2022"]
    assert "The weight of the year before gives 4.0 percentage points, the same within the rounding." in told["2022"]
    assert "The weight of the same months gives 4.8 percentage points, more than that." in told["2022"]
    assert "The first two of these differ" in told["2022"]
    assert "The weight of the same months gives 2.5" in told["2023"]
    assert "than that" not in told["2023"]


def test_identities_of_one_place_alone_are_tested():
    measures = contributions.HIGH_TECH.values()
    half = ["2024-01/2024-06"]
    assert ["does not close" in str(told) for told in verdicts.tested("wuhan", half, *measures)] == [True]
    assert verdicts.tested("wuhan", ["2024"], *measures) == []
    assert verdicts.tested("chengdu", half, *measures) == []


# Columns that add up.


def stacked(**columns):
    drawn = drivers.sectors(contributions.with_rest(PARTS, BALANCES)).assign(**columns)
    whole = observations.select(TOWN, "wuhan", "gdp_real_growth")
    return charts.stacks(drawn, "A finding", "Contribution", "percentage_points", whole=whole, named="published")


def test_parts_above_zero_stand_on_one_another_and_those_below_hang():
    axes = stacked().figure.axes[0]
    bars = [(round(bar.get_x() + bar.get_width() / 2), bar.get_y(), bar.get_height()) for bar in axes.patches]
    of_2021 = [bar[1:] for bar in bars if bar[0] == 2021]
    assert of_2021 == [pytest.approx(each) for each in [(0, 6), (6, 3), (9, 0.5)]]
    below = [bar[1:] for bar in bars if bar[0] == 2022 and bar[2] < 0]
    assert below == [pytest.approx((0, -200 / 180))]


def test_the_published_sum_is_a_diamond_with_its_value():
    chart = stacked()
    axes = chart.figure.axes[0]
    marks = [line.get_ydata()[0] for line in axes.lines if line.get_gid() == "whole"]
    assert marks == [9.5, 2.0, 2.5]
    assert {"9.5", "2.0", "2.5"} <= {text.get_text() for text in axes.texts}
    assert [entry.words for entry in chart.key][-1] == "published"
    assert chart.collisions() == []


def test_a_stack_without_sums_and_with_many_years():
    rows = pd.DataFrame([observed("gdp_real_growth", str(year), 1.0, 0.05) for year in range(1990, 2026)])
    rows = rows.assign(year=rows["period"].astype(int), series="all")
    chart = charts.stacks(rows, "A finding", "Contribution", "percentage_points")
    assert len(chart.figure.axes[0].get_xticks()) <= 14
    assert len(chart.figure.axes[0].texts) == 0  # too narrow for words
    assert chart.collisions() == []


def test_a_single_column_is_no_wall():
    rows = pd.DataFrame([observed("gdp_real_growth", "2020", 1.0, 0.05)]).assign(year=2020, series="all")
    axes = charts.stacks(rows, "A finding", "Contribution", "percentage_points").figure.axes[0]
    left, right = axes.get_xlim()
    assert axes.patches[0].get_width() < 0.2 * (right - left)
    assert axes.get_xticks().tolist() == [2020]


def test_a_part_that_occurs_twice_is_refused():
    with pytest.raises(ChartError, match="twice"):
        stacked(year=2021)


# Strokes over the months of a figure.


def released(*rows, **options):
    frame = pd.DataFrame([observed(*row) for row in rows]).assign(trust="A")
    return charts.releases(drivers.releases(frame), "A finding", "Growth", "percent", **options)


def drawn(chart, gid, panel=0):
    return [line for line in chart.figure.axes[panel].lines if line.get_gid() == gid]


def test_a_stroke_spans_the_months_and_joins_nothing():
    chart = released(("retail_growth", "2024-01/2024-06", 4.0, 0.05), ("retail_growth", "2024", 5.0, 0.05))
    spans = [line.get_xdata().tolist() for line in drawn(chart, "months")]
    assert spans == [pytest.approx([2024, 2024.5]), pytest.approx([2024, 2025])]
    assert [line.get_ydata().tolist() for line in drawn(chart, "months")] == [[4, 4], [5, 5]]
    assert len(drawn(chart, "mark")) == 2
    assert chart.collisions() == []


def test_what_lies_beyond_the_scale_is_an_arrow_with_its_value():
    chart = released(
        ("retail_growth", "2020-01/2020-03", -45.7, 0.05),
        ("retail_growth", "2021-01/2021-03", 67.4, 0.05),
        ("retail_growth", "2021-01/2021-06", 28.1, 0.05),
        ("retail_growth", "2023", 8.6, 0.05),
    )
    assert [line.get_marker() for line in drawn(chart, "beyond")] == ["v", "^", "^"]
    assert {"-45.7%", "67.4%, 28.1%", "8.6%"} <= {text.get_text() for text in chart.figure.axes[0].texts}
    low, high = chart.figure.axes[0].get_ylim()
    assert -15 < low < 0 < high < 25
    ticks = chart.figure.axes[0].get_yticks()
    assert all(abs(line.get_ydata()[0]) > np.abs(ticks).max() - 10 for line in drawn(chart, "beyond"))
    assert "beyond the scale, with its value" in [entry.words for entry in chart.key]
    assert chart.collisions() == []


def test_only_the_other_arrow_needs_its_key():
    chart = released(("retail_growth", "2020-01/2020-03", -45.7, 0.05), ("retail_growth", "2020", 1.0, 0.05))
    assert [entry.marker for entry in chart.key if entry.words.startswith("beyond")] == ["v"]


def test_each_measure_has_a_panel_and_its_newest_value():
    chart = released(
        ("retail_growth", "2024", 5.0, 0.05),
        ("trade_growth", "2024-01/2024-06", 8.7, 0.05),
        ("trade_growth", "2024-01/2024-09", 30.0, 0.05),
    )
    assert len(chart.figure.axes) == 2
    assert [text.get_text() for text in chart.figure.axes[0].texts] == ["5.0%"]
    assert [text.get_text() for text in chart.figure.axes[1].texts] == ["30.0%"]  # beyond: no second label
    assert chart.collisions() == []


def test_a_source_of_low_trust_is_hollow():
    frame = pd.DataFrame([observed("retail_growth", "2024", 5.0, 0.05), observed("retail_growth", "2025", 4.5, 0.05)])
    chart = charts.releases(drivers.releases(frame.assign(trust=["A", "C"])), "A finding", "Growth", "percent")
    assert [mark.get_markerfacecolor() for mark in drawn(chart, "mark")][1] == style.PAPER
    assert chart.key[-1].words == "source of low trust"


def test_a_period_that_does_not_begin_in_january_is_refused():
    with pytest.raises(ChartError, match="January"):
        released(("retail_growth", "2024-04/2024-06", 5.0, 0.05))


def test_nothing_released_is_a_sentence():
    assert isinstance(charts.releases(pd.DataFrame(), "A finding", "Growth"), charts.Nothing)


def test_figures_of_low_trust_are_named_and_do_not_lead():
    firm = pd.DataFrame([observed("retail_growth", "2024", 3, 0.05), observed("trade_growth", "2024", 5, 0.05)])
    weak = firm.assign(period="2025", year=2025, source_id="city_writeups_2025", value=9.0, low=8.95, high=9.05)
    assert "2024" in str(drivers.newest(pd.concat([firm, weak], ignore_index=True), "wuhan"))
    assert "2025" in str(drivers.newest(weak, "wuhan"))
    part = pd.DataFrame([observed("gdp_real_growth", "2025", 5, 0.05) | {"source_id": "city_writeups_2025"}])
    fact = observations.find(part, "wuhan", "gdp_real_growth", "2025")
    assert "Write-ups" in str(drivers._doubted("2025", fact))
    assert not str(drivers._doubted("2024", observations.find(firm, "wuhan", "retail_growth", "2024")))
