"""What drives growth, in words and figures: sentences that fit their numbers, columns that add up."""

import pandas as pd
import pytest
from test_growth_drivers import TOWN, G, P, S, framed, levels, observed, rates

from wuhan import charts
from wuhan.charts import ChartError
from wuhan.evidence import observations
from wuhan.evidence.facts import Fact
from wuhan.studies.growth_drivers import words
from wuhan.studies.growth_drivers.rates import doubted
from wuhan.studies.growth_drivers.words import Drivers
from wuhan.text import prose


@pytest.fixture(autouse=True)
def english():
    prose.language("en")


NONE = TOWN.head(0)


def town(gdp=TOWN, industry=NONE):
    gdp, industry = (frame.drop(columns="year", errors="ignore").assign(trust="A") for frame in (gdp, industry))
    return Drivers("wuhan", gdp, industry, 2000, 2025)


# Sentences.


def test_the_answer_is_the_sector_that_moved_the_last_complete_year():
    told = "In 2022 industry and construction added 2.7 percentage points to Wuhan's 2.0% growth, we calculate."
    assert str(town().answer()) == f"{told}\n\nWhat investment, consumption and trade added was not found."
    fall = framed(levels(y2020=(10, 30, 60)), rates(y2021=(1, -1, -8, -5.0)))
    assert "services took 4.8 percentage points from" in str(town(fall).answer())
    even = framed(levels(y2020=(10, 45, 45)), rates(y2021=(1, 5, 5, 4.6)))
    assert "no sector clearly led" in str(town(even).answer())


def test_without_growth_the_answer_is_what_the_economy_is_made_of():
    told = str(town(framed(levels(y2020=(10, 30, 60)))).answer())
    assert told.startswith("In 2020 services made up 60% of Wuhan's economy")
    assert str(town(TOWN.head(0)).answer()).startswith("No growth of the sectors of Wuhan, 2000 to 2025")


def test_the_years_that_a_sector_led_and_those_of_a_fall():
    lows = framed(
        levels(y2019=(10, 30, 60), y2020=(10, 30, 60), y2021=(10, 30, 60)),
        rates(y2020=(1, -9, -1, -3.2), y2021=(1, 2, 9, 6.1), y2022=(1, 2, 9, 6.1)),
    )
    told = str(town(lows).story())
    assert told.startswith("Growth came most from services in 2021 and 2022.")
    assert "In 2020, when output fell, industry and construction lost most." in told
    assert "always" in str(town(lows).leading())
    assert str(town().leading()) == "Wuhan's growth came most from services in 2021"


def test_the_structure_says_whether_a_census_is_near():
    known = framed(levels(y2010=(10, 30, 60), y2011=(8, 36, 56), y2013=(10, 30, 60), y2014=(15, 5, 80)))
    told = str(town(known).structure())
    assert "industry and construction in 2014: 25 percentage points downwards in one year. An economic census" in told
    assert "that of industry and construction in 2011: 6 percentage points upwards." in told
    assert str(town(known).made()) == "Services were 80% of Wuhan's economy in 2014"


def test_the_bars_of_the_structure_are_of_every_fifth_year_and_the_last_and_censuses_between_them_are_named():
    known = framed([row for year in (2010, 2011, 2014, 2015, 2017) for row in levels(**{f"y{year}": (10, 30, 60)})])
    assert list(dict.fromkeys(town(known).wholes()["series"])) == ["2017", "2015", "2010"]
    assert str(town(known).measure()).endswith("an economic census changed what is counted in 2013")
    assert str(town(framed(levels(y2015=(10, 30, 60)))).measure()) == "Share of value added"


def rates_of(years, code="fixed_asset_investment_growth"):
    """The growth of the economy, 5% in each year, and of one measure beside it."""
    rows = [observed(code, year, value, 0.05) for year, value in years.items()]
    return framed([*rows, *(observed("gdp_real_growth", year, 5, 0.05) for year in years)])


def money_of(first, last, pace=1.08):
    """GDP at current prices that grows by 8% a year."""
    rows = [observed("gdp_nominal", str(year), 100 * pace ** (year - first), 0.05) for year in range(first, last + 1)]
    return framed(rows).assign(vintage="first_release")


def test_the_years_in_which_investment_outgrew_the_economy_in_like_terms():
    def told(**years):
        rates = rates_of({year[1:]: value for year, value in years.items()})
        return str(town(pd.concat([rates, money_of(2014, 2024)], ignore_index=True)).invested())

    outgrew = "At current prices investment outgrew Wuhan's economy in"
    assert told(y2020=9, y2021=9, y2022=7) == f"{outgrew} 2020 and 2021, and fell behind it in 2022"
    assert told(y2021=7, y2022=7) == f"{outgrew} no year, and fell behind it in 2021 and 2022"
    assert told(y2022=9, y2023=1) == f"{outgrew} 2022, and fell behind it in no year"  # a census lies before 2023
    assert told(y2016=9, y2017=9, y2020=9, y2021=9, y2022=1) == f"{outgrew} 4 of 5 years"
    assert str(town().invested()) == "Whether investment outgrew Wuhan's economy is not known"


def test_what_rests_on_a_source_of_low_trust_is_no_title():
    weak = pd.concat([rates_of({"2022": 1}), money_of(2020, 2022)], ignore_index=True)
    weak = weak.assign(source_id="city_writeups_2025")
    assert str(town(weak).invested()) == "Whether investment outgrew Wuhan's economy is not known"
    assert str(town(weak).pace()).startswith("By sources of low trust investment fell behind GDP in 2022.")


def test_the_rates_of_whole_years_stand_in_a_table():
    table = town(pd.concat([rates_of({"2021": 9, "2022": 7}), money_of(2020, 2022)], ignore_index=True)).yearly()
    assert list(table["period"]) == ["2022", "2021"]
    assert [round(fact.value) for fact in table["gdp_nominal"]] == [8, 8]
    assert town(NONE).yearly().empty


def test_the_years_in_which_industry_outgrew_the_economy():
    both = town(rates_of({"2022": 9, "2023": 1}, "industrial_va_growth")).pace()
    assert (
        str(both) == "In real terms industry of larger firms outgrew the economy in 2022, and fell behind it in 2023."
    )
    assert str(town(rates_of({"2022": 9}, "industrial_va_growth")).pace()).endswith("the economy in 2022.")


def test_a_stated_part_of_growth_stands_against_weight_times_growth():
    industry = pd.DataFrame(
        [
            observed(G, "2022", 20, 0.05),
            observed(S, "2022", 24, 0.05),
            observed(P, "2022", 6.0, 0.05),
            observed(G, "2023", 10, 0.05),
            observed(S, "2023", 25, 0.05),
            observed(P, "2023", 2.5, 0.05),
            observed(S, "2021", 20, 0.05),
        ]
    )
    gdp = framed([observed("industrial_va_growth", year, 5, 0.05) for year in ("2022", "2023")])
    known = town(gdp, industry)
    told = str(known.stated())
    assert told.startswith("For 2023 its part of the growth of industry is stated as 2.5 percentage points")
    assert "gives 2.4 percentage points, which is close. For 2022" in told
    assert told.endswith(
        "is stated as 6.0 percentage points; its weight before that growth gives 4.0 percentage points."
    )
    assert str(known.high_tech_share()) == "High-tech manufacturing was 25.0% of Wuhan's industry in 2023."
    jump = industry.assign(value=industry["value"].where(industry["period"] != "2023", 40))
    jump = jump.assign(low=jump["value"] - 0.05, high=jump["value"] + 0.05)
    assert "The shares of 2022 and 2023 do not fit one definition: at growth of 40.0%, and of 5.0% for" in str(
        town(gdp, jump).high_tech_share()
    )
    assert "is not known" in str(town().high_tech_share())
    assert str(town().stated()) == "What it added to the growth of industry is not stated."


def test_what_is_not_known_is_said():
    empty = town(NONE)
    assert str(empty.firmness()).startswith("No sector's growth is known beside that of the whole")
    assert str(empty.pace()) == "For no whole year are these rates known side by side."


def test_how_far_the_sum_and_other_weights_can_be_trusted():
    told = str(town().firmness())
    assert "add up to the published growth, but for rounding, in one of two complete years" in told
    assert "stays the same in two of two" in told
    assert "For 2023 the growth of services alone was found: 1.2 percentage points of 2.5%." in told


def test_points_in_the_table_are_told_to_a_tenth():
    table = town().table().set_index("year")
    assert table.loc[2021, "services"].value == 6
    assert prose.word(table.loc[2022, "services"]) == "-1.1 percentage points"
    assert table.loc[2023, "agriculture"] is None


def test_sources_of_low_trust_are_named():
    assert "Write-ups" in str(doubted(["city_writeups_2025"], ["2025"]))
    assert not str(doubted(["panel_sectors"], ["2024"]))


# Columns that add up.


def stacked(**columns):
    drawn = town().columns().assign(**columns)
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


def test_a_preliminary_year_says_so_under_its_column():
    chart = stacked(status="from preliminary figures")
    assert chart.figure.axes[0].get_xticklabels()[-1].get_text() == "2023\npreliminary"
    assert "from preliminary figures" not in [entry.words for entry in chart.key]


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


def test_weights_of_either_year_stand_in_the_table_where_a_census_lies_between():
    known = words.read("wuhan", 2000, 2025, "C")
    table = known.table().set_index("year")
    assert str(table.at[2024, "services"]) == "3.9 to 4.1 percentage points"
    assert isinstance(table.at[2022, "services"], Fact)
    assert "2023 it is 3.9, by those of 2024, a census later, 4.1" in str(known.answer())
