"""Contributions to growth: weights of the year before, nothing closed by force, no period mixed with another."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuhan.evidence import observations, package
from wuhan.evidence.facts import Fact, Unknown
from wuhan.studies.growth_drivers import numbers as c


def observed(indicator, period, value, half=0.0, place="wuhan", qualifier="exact", status="actual", low=None):
    return {
        "place": place,
        "indicator": indicator,
        "period": period,
        "value": float(value),
        "value_text": "",
        "qualifier": qualifier,
        "status": status,
        "vintage": "first_release" if indicator[-5:] == "ctor" else "",
        "source_id": "panel_sectors",
        "note": "",
        "low": value - half if low is None else low,
        "high": value + half,
    }


def levels(**years):
    """Rows of the three sectors: ``y2020=(primary, secondary, tertiary)``."""
    return [
        observed(indicator, year[1:], value)
        for year, values in years.items()
        for indicator, value in zip(("va_primary", "va_secondary", "va_tertiary"), values, strict=True)
    ]


def rates(half=0.05, **years):
    """Rows of growth: ``y2021=(primary, secondary, tertiary, GDP)``, None where it is not published."""
    names = ("va_primary_growth", "va_secondary_growth", "va_tertiary_growth", "gdp_real_growth")
    return [
        observed(indicator, year[1:], value, half)
        for year, values in years.items()
        for indicator, value in zip(names, values, strict=True)
        if value is not None
    ]


def framed(*rows):
    return observations.years(pd.DataFrame([row for each in rows for row in each]))


# 10, 30 and 60 of 100, then 20, 30 and 50 of 100.
TOWN = framed(
    levels(y2020=(10, 30, 60), y2021=(20, 60, 100), y2022=(20, 40, 40)),
    rates(y2021=(5, 10, 10, 9.5), y2022=(1, 8, -2, 2.0), y2023=(None, None, 3, 2.5)),
)


def points(parts):
    return {(row.year, row.sector): row.value for row in parts.itertuples()}


def test_shares_are_of_the_three_sectors_in_one_year():
    shares = c.shares(TOWN)
    assert points(shares)[2020, "services"] == pytest.approx(60)
    assert points(shares)[2021, "agriculture"] == pytest.approx(100 / 9)
    assert set(shares["unit"]) == {"percent"}
    assert shares.groupby("year")["value"].sum().tolist() == pytest.approx([100, 100, 100])


def test_a_year_that_lacks_a_sector_has_no_shares():
    lacking = TOWN[(TOWN["indicator"] != "va_primary") | (TOWN["period"] != "2021")]
    assert set(c.shares(lacking)["year"]) == {2020, 2022}
    assert c.shares(TOWN.head(0)).empty


def test_shares_refuse_two_series():
    with pytest.raises(ValueError, match="occurs twice"):
        c.shares(pd.concat([TOWN, TOWN]))


def test_a_contribution_is_the_share_of_the_year_before_times_growth():
    parts = points(c.contributions(TOWN, TOWN))
    assert parts[2021, "services"] == pytest.approx(6.0)
    assert parts[2021, "industry_and_construction"] == pytest.approx(3.0)
    assert parts[2021, "agriculture"] == pytest.approx(0.5)
    assert parts[2022, "services"] == pytest.approx(-2 * 100 / 180)
    assert (2020, "services") not in parts


@pytest.mark.parametrize(("weights", "weight"), [("same_year", 1000 / 18), ("mean_of_both", (60 + 1000 / 18) / 2)])
def test_other_weights(weights, weight):
    parts = points(c.contributions(TOWN, TOWN, weights))
    assert parts[2021, "services"] == pytest.approx(weight / 10)
    assert (2023, "services") not in parts  # the weights of 2023 are not known


def test_unknown_weights_are_refused():
    with pytest.raises(ValueError, match="previous_year, same_year, mean_of_both"):
        c.contributions(TOWN, TOWN, "later")


def test_the_interval_is_that_of_the_rounding():
    (row,) = (row for row in c.contributions(TOWN, TOWN).itertuples() if (row.year, row.sector) == (2021, "services"))
    assert (row.low, row.high) == (pytest.approx(0.6 * 9.95), pytest.approx(0.6 * 10.05))
    assert row.fact.unit == "percentage_points"
    assert row.fact.period == "2021"
    assert row.fact.formula == "share of 2020 * growth of 2021"


@given(st.floats(0, 100), st.floats(-50, 50), st.floats(0, 1), st.floats(0, 1))
def test_the_interval_holds_every_product(weight, rate, off, other):
    a = Fact(weight, weight, weight + 1, "percent", "2020", "actual", ("s",), price_basis="current")
    b = Fact(rate, rate - 0.05, rate + 0.05, "percent", "2021", "preliminary", ("t",), price_basis="constant")
    fact = c.contribution(a, b)
    inside = (weight + off) * (rate - 0.05 + 0.1 * other) / 100
    assert fact.low - 1e-9 <= inside <= fact.high + 1e-9
    assert (fact.status, fact.sources) == ("derived", ("s", "t"))


def test_a_contribution_of_an_unknown_is_unknown():
    unknown = Unknown("wuhan", "va_primary")
    known = observations.facts(TOWN)[0]
    assert c.contribution(unknown, known) is unknown


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("exact", "exact", "exact"),
        ("over", "exact", "over"),
        ("exact", "over", "over"),
        ("nearly", "exact", "about"),
        ("over", "about", "about"),
        ("about", "exact", "about"),
    ],
)
def test_the_qualifier_of_a_product(first, second, expected):
    a, b = (Fact(2, 2, 2, "percent", "2020", "actual", ("s",), qualifier=word) for word in (first, second))
    assert c.contribution(a, b).qualifier == expected


def test_a_floor_times_a_fall_is_no_floor():
    over = Fact(2, 2, 2, "percent", "2020", "actual", ("s",), qualifier="over")
    fall = Fact(-2, -2, -2, "percent", "2020", "actual", ("s",))
    assert c.contribution(over, fall).qualifier == "about"


def test_the_balance_shows_what_is_left_over():
    balances = c.balance(c.contributions(TOWN, TOWN), TOWN).set_index("year")
    assert balances["complete"].to_dict() == {2021: True, 2022: True, 2023: False}
    assert balances.loc[2021, "total"].value == pytest.approx(9.5)
    assert balances.loc[2021, "gap"].value == pytest.approx(0)
    assert balances.loc[2021, "gap"].unit == "percentage_points"
    gap = 2.0 - (100 / 9 * 1 + 100 / 3 * 8 - 100 / 1.8 * 2) / 100
    assert balances.loc[2022, "gap"].value == pytest.approx(gap)
    assert balances["fits"].to_dict() == {2021: True, 2022: False, 2023: False}


def test_a_balance_of_nothing():
    empty = c.balance(c.contributions(TOWN.head(0), TOWN.head(0)), TOWN)
    assert empty.empty
    assert c.leaders(c.contributions(TOWN.head(0), TOWN), empty) == {}


def test_the_leader_of_a_fall_is_what_fell_most():
    town = framed(levels(y2019=(10, 50, 40)), rates(y2020=(1, -6, -5, -4.9)))
    parts = c.contributions(town, town)
    balances = c.balance(parts, town)
    assert c.leaders(parts, balances) == {2020: "industry_and_construction"}
    order = c.in_order(parts, balances.to_dict("records")[0])
    assert order["value"].tolist() == pytest.approx([-3, -2, 0.1])
    assert c.leaders(c.contributions(TOWN, TOWN), c.balance(c.contributions(TOWN, TOWN), TOWN))[2021] == "services"


def test_the_rest_stands_only_in_a_year_that_lacks_a_sector():
    parts = c.contributions(TOWN, TOWN)
    drawn = c.with_rest(parts, c.balance(parts, TOWN))
    rest = drawn[drawn["sector"] == c.REST]
    assert rest["year"].tolist() == [2023]
    assert rest["value"].tolist() == pytest.approx([2.5 - 0.4 * 3])
    whole = parts[parts["year"] < 2023]
    assert c.REST not in set(c.with_rest(whole, c.balance(whole, TOWN))["sector"])


def test_by_year_names_what_is_unknown():
    parts = c.contributions(TOWN, TOWN)
    rows = c.by_year(parts, c.balance(parts, TOWN)).set_index("year")
    assert isinstance(rows.loc[2023, "agriculture"], Unknown)
    assert rows.loc[2021, "services"].value == pytest.approx(6)
    assert rows.loc[2021, "least"].value <= rows.loc[2021, "gap"].low
    assert rows.loc[2021, "most"].value >= rows.loc[2021, "gap"].high


def test_steps_know_where_a_census_stands():
    town = framed(levels(y2010=(10, 30, 60), y2011=(10, 35, 55), y2013=(10, 30, 60), y2014=(10, 10, 80)))
    steps = c.steps(c.shares(town))
    assert steps["year"].tolist()[:2] == [2014, 2014]
    assert steps.iloc[0]["change"].value == pytest.approx(20)
    assert set(steps.loc[steps["census"], "year"]) == {2014}
    assert set(steps["year"]) == {2011, 2014}  # no step over the gap
    assert c.steps(c.shares(town.head(0))).empty


def test_neither_a_step_nor_a_mean_joins_two_vintages():
    town = TOWN.assign(vintage=TOWN["vintage"].mask(TOWN["year"].eq(2021), "compiled"))
    assert c.steps(c.shares(town)).empty
    assert (2021, "services") not in points(c.contributions(town, town, "mean_of_both"))
    assert points(c.contributions(town, town)) == points(c.contributions(TOWN, TOWN))


def test_no_step_is_told_between_two_sources():
    town = TOWN.assign(source_id=TOWN["source_id"].mask(TOWN["year"].eq(2021), "wuhan_communique_2022"))
    assert 2021 in set(c.steps(c.shares(TOWN))["year"])
    assert 2021 not in set(c.steps(c.shares(town))["year"])


def test_of_sector():
    shares = c.shares(TOWN)
    assert c.of_sector(shares, "services", 2020, "wuhan").value == pytest.approx(60)
    assert c.of_sector(shares, "services", 1999, "wuhan") == Unknown("wuhan", "va_tertiary", "1999")


def test_schemes_compare_the_years_that_all_have():
    schemes = c.schemes(TOWN, TOWN, 2021, 2000)
    assert schemes["weights"].tolist() == list(c.WEIGHTS)
    assert schemes["years"].tolist() == [2, 2, 2]
    assert schemes["value"].tolist() == pytest.approx([6, 100 / 18, (6 + 100 / 18) / 2])
    assert schemes["same"].iloc[0] == 2
    assert c.schemes(TOWN, TOWN, 2021, 2021)["years"].tolist() == [2, 2, 2]
    assert c.schemes(TOWN, TOWN, 2022, 2022)["years"].tolist() == [1, 1, 1]
    assert c.schemes(TOWN, TOWN, 2030, 2000).empty


def test_a_choice_without_weights_is_left_out():
    town = framed(levels(y2020=(10, 30, 60)), rates(y2021=(5, 10, 10, 9.5)))
    assert c.schemes(town, town, 2021, 2000)["weights"].tolist() == ["previous_year"]


def test_ahead_names_what_is_certain_and_joins_no_unlike_periods():
    rows = pd.DataFrame(
        [
            observed("industrial_va_growth", "2023", 5.0, 0.05),
            observed("gdp_real_growth", "2023", 5.1, 0.05),
            observed("industrial_va_growth", "2024", 7.0, 0.05),
            observed("gdp_real_growth", "2024", 5.1, 0.05),
            observed("industrial_va_growth", "2025", 1.0, 0.05),
            observed("gdp_real_growth", "2025", 5.1, 0.05),
            observed("industrial_va_growth", "2025-01/2025-06", 9.0, 0.05),
            observed("gdp_real_growth", "2025-01/2025-06", 5, 0.05, place="hubei"),
        ]
    )
    assert c.ahead(rows, "industrial_va_growth", "gdp_real_growth") == (["2024"], ["2025"])


def test_periods_stand_in_the_order_of_their_ends():
    periods = ["2025", "2024", "2025-01/2025-06", "2024-01/2024-12", "2025-04/2025-06"]
    assert c.by_end(periods) == ["2024", "2024-01/2024-12", "2025-04/2025-06", "2025-01/2025-06", "2025"]


G, S, P, PART = c.HIGH_TECH.values()


def test_points_are_weighed_by_the_share_before_the_growth():
    industry = pd.DataFrame(
        [
            observed(G, "2022", 16.3, 0.05),
            observed(S, "2022", 17.1, 0.05),
            observed(PART, "2022", 55.7, 0.05),
            observed(G, "2024-01/2024-06", 33, 0.5),
            observed(S, "2024-01/2024-06", 19, 0.5),
        ]
    )
    gdp = pd.DataFrame(
        [
            observed("industrial_va_growth", "2022", 5.0, 0.05),
            observed("industrial_va_growth", "2024-01/2024-05", 7.5, 0),
        ]
    )
    whole, half = c.high_tech(industry, gdp, "wuhan")
    assert isinstance(whole["pull"], Unknown)
    assert c.contribution(whole["part"], whole["industry"]).value == pytest.approx(0.557 * 5.0)
    assert whole["before"].value == pytest.approx(17.1 * 1.05 / 1.163)
    assert half["before"].value == pytest.approx(19 * 1.075 / 1.33)  # industry: the months that are printed
    assert c.carried_on(half["share"], half["growth"], half["industry"]).value == pytest.approx(19 * 1.33 / 1.075)
    earlier = pd.concat([industry, pd.DataFrame([observed(S, "2021", 16.1, 0.05)])])
    assert c.high_tech(earlier, gdp, "wuhan")[1]["before"].value == 16.1


def test_what_is_known_within_the_years_stands_latest_first():
    rows = pd.DataFrame(
        [
            observed("retail_growth", "2022-01/2022-06", 1),
            observed("retail_growth", "2024", 2),
            observed("retail_growth", "2024-01/2024-06", 3),
            observed("trade_growth", "2024-04/2024-06", 4),
            observed("trade_growth", "2025-01/2025-03", 5),
        ]
    )
    table = c.within(rows, ("retail_growth", "trade_growth"), 2023)
    assert table["period"].tolist() == ["2025-01/2025-03", "2024-01/2024-06"]
    assert [cell and cell.value for cell in table["retail_growth"]] == [None, 3]
    assert [cell and cell.value for cell in table["trade_growth"]] == [5, None]


@pytest.fixture(scope="module")
def wuhan():
    gdp = observations.best(observations.outcomes(package.read("gdp")))
    return observations.years(observations.select(gdp, "wuhan"))


def test_the_newest_year_of_the_data_by_hand(wuhan):
    """474.38, 6800.91 and 12736.36 in 2023; 2.6, 3.5 and 6.1 per cent in 2024. An economic census may lie between the
    levels of both years: the range reaches from the weights of one to those of the other.
    """
    parts = c.contributions(wuhan, wuhan)
    whole = 474.38 + 6800.91 + 12736.36
    levels = wuhan[wuhan["year"] == 2024].set_index("indicator")["value"]
    after = levels[[*c.SECTORS.values()]] / levels[[*c.SECTORS.values()]].sum()
    for sector, level, rate in (
        ("services", 12736.36, 6.1),
        ("industry_and_construction", 6800.91, 3.5),
        ("agriculture", 474.38, 2.6),
    ):
        both = level / whole * rate, after[c.SECTORS[sector]] * rate
        row = parts[(parts["year"] == 2024) & (parts["sector"] == sector)].iloc[0]
        assert row["value"] == pytest.approx(sum(both) / 2)
        assert row["low"] < min(both) and max(both) < row["high"]
        assert row["qualifier"] == "about"


def test_a_year_without_a_census_has_the_weights_of_the_year_before(wuhan):
    assert {2023, 2024} <= c.rebased("wuhan") and 2022 not in c.rebased("wuhan")
    parts = c.contributions(wuhan, wuhan)
    row = parts[(parts["year"] == 2022) & (parts["sector"] == "services")].iloc[0]
    assert row["value"] == pytest.approx(row["weight"].value * row["rate"].value / 100)
    assert row["weight"].period == "2021" and row["qualifier"] == "exact"


def test_cumulative_figures_are_no_years(wuhan):
    parts = c.contributions(wuhan, wuhan)
    assert parts["period"].str.fullmatch(r"\d{4}").all()


def test_offered_are_the_places_with_all_sectors():
    gdp = observations.best(observations.outcomes(package.read("gdp")))
    assert c.offered(gdp)["wuhan"][:5] == [2020, 2021, 2022, 2023, 2024]
    assert c.offered(gdp.head(0)) == {}
