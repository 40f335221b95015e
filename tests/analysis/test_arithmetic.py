"""The arithmetic of growth, ranking and concentration against cases that can be done by hand."""

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wuhan.analysis.concentration import Group, gini_bounds
from wuhan.analysis.growth import (
    average_growth,
    chain_index,
    chain_indices,
    furthest_apart,
    lead,
    multiple,
    per_head,
    recovery_year,
    to_a_tenth,
)
from wuhan.analysis.ranking import fullest_year, rank, window
from wuhan.evidence.facts import Fact, Unknown


def growth_of(rates: dict[int, float], half: float = 0.05) -> pd.DataFrame:
    rows = [
        {"year": year, "period": str(year), "value": rate, "low": rate - half, "high": rate + half, "status": "actual"}
        for year, rate in rates.items()
    ]
    return pd.DataFrame(rows)


def test_chain_index_multiplies_growth_and_widens_its_interval():
    index = chain_index(growth_of({2020: -5.0, 2021: 10.0, 2022: 4.0}), base_year=2019)
    assert index["year"].tolist() == [2019, 2020, 2021, 2022]
    assert index["value"].tolist() == pytest.approx([100, 95, 104.5, 108.68])
    assert index["low"].iloc[-1] == pytest.approx(100 * 0.9495 * 1.0995 * 1.0395)
    assert (index["high"] - index["low"]).is_monotonic_increasing
    assert index["period"].iloc[0] == "2019"


def test_chain_index_is_derived_and_no_firmer_than_an_estimate_in_it():
    rates = growth_of({2020: 5.0, 2021: 5.0, 2022: 5.0}).assign(status=["preliminary", "estimate", "actual"])
    assert chain_index(rates, 2019)["status"].tolist() == ["derived", "derived", "estimate", "estimate"]


def test_chain_index_ends_at_a_gap():
    index = chain_index(growth_of({2020: 5.0, 2021: 5.0, 2023: 5.0}), base_year=2019)
    assert index["year"].tolist() == [2019, 2020, 2021]


def test_chain_index_refuses_what_it_cannot_chain():
    with pytest.raises(ValueError, match="2020, the year after the base"):
        chain_index(growth_of({2021: 5.0}), base_year=2019)
    with pytest.raises(ValueError, match="occurs twice"):
        chain_index(pd.concat([growth_of({2021: 5.0})] * 2), base_year=2020)


def test_chain_indices_leave_out_places_without_a_first_link():
    rows = [growth_of({2020: 10.0}).assign(place="b"), growth_of({2021: 10.0}).assign(place="c")]
    index = chain_indices(pd.concat([*rows, growth_of({2020: 5.0}).assign(place="a")]), 2019)
    assert index[["place", "year", "value"]].values.tolist() == [
        ["b", 2019, 100.0],
        ["b", 2020, pytest.approx(110)],
        ["a", 2019, 100.0],
        ["a", 2020, pytest.approx(105)],
    ]
    assert chain_indices(pd.concat(rows), 2030).empty


def test_per_head_divides_by_the_mean_population_of_the_year():
    printed = {"place": "wuhan", "year": 2024, "value": 21106.23, "low": 21106.225, "high": 21106.235}
    printed |= {"indicator": "gdp_nominal", "status": "actual", "period": "2024", "source_id": "gdp"}
    level = pd.DataFrame([printed])
    known = {"place": "wuhan", "status": "actual"}
    people = pd.DataFrame(
        [
            known | {"year": y, "period": str(y), "value": v, "low": v, "high": v, "source_id": s}
            for y, v, s in [(2022, 1373.9, "p22"), (2023, 1377.4, "p23"), (2024, 1380.91, "p24")]
        ]
    )
    head = per_head(level, people)
    assert round(head["value"].iloc[0]) == 153037  # as the communique of 2024 prints it
    assert head["low"].iloc[0] < head["value"].iloc[0] < head["high"].iloc[0]
    assert head["source_id"].iloc[0] == ("gdp", "p23", "p24")
    assert per_head(level, people[people["year"] == 2024]).empty


def test_furthest_apart_finds_the_year_in_which_vintages_differ_most():
    rows = [(2020, "a", 100.0), (2020, "b", 101.0), (2021, "a", 110.0), (2021, "b", 100.0), (2022, "a", 5.0)]
    vintages = pd.DataFrame(rows, columns=["year", "vintage", "value"])
    vintages = vintages.assign(low=vintages["value"] - 0.5, high=vintages["value"] + 0.5)
    assert furthest_apart(vintages)[["year", "vintage"]].values.tolist() == [[2021, "b"], [2021, "a"]]
    assert furthest_apart(vintages[vintages["vintage"] == "a"]).empty
    assert furthest_apart(vintages[vintages["year"] == 2020]).empty, "the intervals touch"


def test_recovery_needs_the_whole_interval_above_the_old_level():
    rates = growth_of({2020: -5.0, 2021: 10.0}).assign(place="a")
    assert recovery_year(rates, 2020) == 2021
    assert recovery_year(growth_of({2020: -5.0, 2021: 5.27}).assign(place="a"), 2020) is None
    assert recovery_year(rates, 2019) is None  # no rate for 2019: the level before it is not known


def rate_of(value: float, period: str, status: str = "actual", source: str = "a") -> Fact:
    return Fact(value, value - 0.05, value + 0.05, "percent", period, status, (source,), price_basis="constant")


def test_average_growth_and_multiple_chain_all_rates():
    rates = [rate_of(0.0, "2021", source="b"), rate_of(21.0, "2022", "preliminary")]
    mean, times = average_growth(rates), multiple(rates)
    assert (mean.value, times.value) == pytest.approx((10, 1.21))
    assert mean.low < 10 < mean.high and times.low == pytest.approx(0.9995 * 1.2095)
    assert (times.status, times.sources, times.unit, times.period) == ("derived", ("b", "a"), "ratio", "2021/2022")
    assert multiple(rates[:1]).period == "2021"
    lost = Unknown("wuhan", "gdp_real_growth", "2023")
    assert average_growth([*rates, lost]) is lost
    with pytest.raises(ValueError, match="no growth rates to chain"):
        multiple([])


def test_lead_is_a_difference_of_intervals():
    nation = growth_of({2024: 5.0, 2025: 5.0}).assign(place="china")
    ahead = lead(growth_of({2023: 5.7, 2024: 5.2}).assign(place="wuhan"), nation)
    assert ahead[["place", "year"]].values.tolist() == [["wuhan", 2024]]
    with pytest.raises(ValueError, match="a year occurs twice in the reference"):
        lead(nation, pd.concat([nation, nation.assign(place="hubei")]))
    assert ahead[["value", "low", "high"]].iloc[0].tolist() == pytest.approx([0.2, 0.1, 0.3])


def places_of(values: dict[str, float], half: float) -> pd.DataFrame:
    rows = [{"place": name, "value": v, "low": v - half, "high": v + half} for name, v in values.items()]
    return pd.DataFrame(rows)


def test_rank_says_which_places_rounding_could_swap():
    ranked = rank(places_of({"a": 30.0, "b": 10.0, "c": 20.0, "d": 20.5}, half=0.5))
    assert ranked["place"].tolist() == ["a", "d", "c", "b"]
    assert ranked["rank_best"].tolist() == [1, 2, 2, 4]
    assert ranked["rank_worst"].tolist() == [1, 3, 3, 4]
    with pytest.raises(ValueError, match="occurs twice"):
        rank(pd.concat([ranked, ranked]))


def test_window_and_fullest_year():
    ranked = rank(places_of({"a": 5.0, "b": 4.0, "c": 3.0, "d": 2.0}, half=0.1))
    assert window(ranked, "a", 1)["place"].tolist() == ["a", "b"]
    assert window(ranked, "c", 1)["place"].tolist() == ["b", "c", "d"]
    assert window(ranked, "z", 1).empty
    levels = pd.DataFrame(
        [{"year": year, "place": str(n)} for year, size in [(2022, 10), (2023, 9), (2024, 5)] for n in range(size)]
    )
    assert fullest_year(levels) == 2023
    with pytest.raises(ValueError, match="no levels"):
        fullest_year(levels.head(0))


def gini(values: list[float]) -> float:
    """The definition: mean absolute difference of all pairs over twice the mean."""
    pairs = [abs(a - b) for a, b in itertools.product(values, repeat=2)]
    return sum(pairs) / len(pairs) / (2 * sum(values) / len(values))


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(st.floats(1, 9.99), min_size=1, max_size=12), st.lists(st.floats(10, 500), min_size=1, max_size=12))
def test_true_gini_lies_within_the_bounds_of_its_groups(small, large):
    groups = [Group(len(small), sum(small), 1, 10), Group(len(large), sum(large), 10, float("inf"))]
    low, high = gini_bounds(groups)
    assert low - 1e-9 <= gini(small + large) <= high + 1e-9


def test_gini_bounds_by_hand():
    low, high = gini_bounds([Group(1, 1.0, 1.0, 1.0), Group(1, 3.0, 3.0, 3.0)])
    assert (low, high) == pytest.approx((0.25, 0.25))
    with pytest.raises(ValueError, match="outside 10 to 20"):
        gini_bounds([Group(2, 10.0, 10.0, 20.0)])


def test_growth_with_more_digits_than_accounts_publish_is_told_to_a_tenth():
    fine = Fact(4.9774, 4.97735, 4.97745, "percent", "2024", "actual", ("a",), "exact", place="china")
    told = to_a_tenth(fine)
    assert (told.value, told.low, told.high) == (5.0, 4.95, 5.05) and told.behind == (fine,)
    coarse = Fact(5.2, 5.15, 5.25, "percent", "2024", "actual", ("a",), "exact", place="wuhan")
    assert to_a_tenth(coarse) is coarse
