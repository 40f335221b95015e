"""Ranks through the years, distances between neighbours, time to meet: by hand and against plain arithmetic."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from wuhan.analysis import ranking
from wuhan.evidence.facts import Fact


def rows(values: dict[str, dict[int, float]], indicator="gdp_nominal", half=0.5, **columns) -> pd.DataFrame:
    """Observations from ``{place: {year: value}}``; every value is known to ``half``."""
    frame = pd.DataFrame(
        [
            {"place": place, "year": year, "period": str(year), "value": float(value)}
            for place, own in values.items()
            for year, value in own.items()
        ]
    )
    fixed = {
        "indicator": indicator,
        "qualifier": "exact",
        "status": "actual",
        "vintage": "first_release",
        "source_id": "wuhan_communique_2024",
        "value_text": "",
    }
    return frame.assign(low=frame["value"] - half, high=frame["value"] + half, **(fixed | columns))


def cities(n=12, years=(2020, 2021), step=100.0) -> dict[str, dict[int, float]]:
    """``n`` places, the k-th with k steps, in all years."""
    return {f"c{k:02d}": {year: k * step for year in years} for k in range(1, n + 1)}


def fact(value, unit="percent", half=0.05, place="x"):
    return Fact(value, value - half, value + half, unit, "2023", "actual", ("a",), place=place)


def test_a_year_is_ranked_with_nine_tenths_of_the_places_and_at_least_ten():
    values = cities(20, (2020, 2021, 2022))
    for place in ("c01", "c02"):
        del values[place][2021]
    for place in ("c01", "c02", "c03"):
        del values[place][2022]
    levels = rows(values)
    assert ranking.ranked_years(levels) == [2020, 2021]
    assert ranking.full_years(levels, least=1.0) == [2020]
    assert ranking.fullest_year(levels) == 2021
    assert ranking.known(levels).to_dict("records") == [
        {"first": 2020, "last": 2020, "places": 20, "ranked": True},
        {"first": 2021, "last": 2021, "places": 18, "ranked": True},
        {"first": 2022, "last": 2022, "places": 17, "ranked": False},
    ]
    assert ranking.ranked_years(rows(cities(9))) == []
    with pytest.raises(ValueError, match="no levels"):
        ranking.fullest_year(levels.head(0))


def test_a_missing_place_may_stand_above_unless_it_had_to_outgrow_by_a_tenth_a_year():
    values = cities(12)
    values["near"] = {2020: 950.0}  # 950 * 1.1 is above 1000: it may have overtaken
    values["far"] = {2020: 900.0}  # 900 * 1.1 is below 1000
    levels = rows(values)
    assert ranking.may_stand_above(levels, "c10", 2021) == ["near"]
    assert ranking.may_stand_above(levels, "c10", 2020) == []
    assert ranking.may_stand_above(levels, "c12", 2021) == []
    broken = levels[~((levels["year"] == 2020) & levels["place"].str.startswith("c"))]  # nobody is known in both years
    assert ranking.may_stand_above(broken, "c10", 2021) == ["far", "near"]


def test_history_gives_the_rank_and_the_best_and_worst_it_may_be():
    values = cities(12)
    values["near"] = {2020: 950.0}
    values["c11"][2021] = 1000.4  # within the rounding of c10
    own = ranking.history(rows(values), "c10")
    assert own[["year", "value", "low", "high", "known"]].to_dict("list") == {
        "year": [2020, 2021],
        "value": [3.0, 3.0],
        "low": [3.0, 2.0],
        "high": [3.0, 4.0],
        "known": [13, 12],
    }
    assert ranking.history(rows(values), "nowhere").empty
    assert list(ranking.history(rows(values), "nowhere").columns) == [*ranking.ROW, "rests", "vintage", "known"]


def test_a_rank_is_derived_and_rests_on_the_place_and_its_neighbours():
    levels = rows(cities(12, (2025,)))
    levels.loc[levels["place"] == "c11", "status"] = "preliminary"
    ranks = [ranking.history(levels, place) for place in ("c12", "c10", "c09")]
    assert [each["status"].item() for each in ranks] == ["derived"] * 3
    assert [each["rests"].item() for each in ranks] == [True, True, False]


def test_histories_keep_vintages_apart():
    levels = pd.concat([rows(cities(12)), rows(cities(12, step=-1.0), vintage="latest")])
    ranks = ranking.histories(levels, "c12", ["latest", *ranking.VINTAGES])
    assert ranks.groupby("vintage", sort=False)["value"].first().to_dict() == {"latest": 12.0, "first_release": 1.0}
    assert ranking.histories(levels, "nowhere").empty


def test_neighbours_by_hand():
    levels = rows(cities(12))
    near = ranking.neighbours(ranking.rank(levels[levels["year"] == 2021]), "c10", 1)
    assert near[["place", "side"]].to_numpy().tolist() == [["c11", "above"], ["c09", "below"]]
    assert [fact.value for fact in near["apart"]] == [100.0, 100.0]
    assert [fact.value for fact in near["gap"]] == pytest.approx([10.0, -10.0])
    above = near["gap"][0]
    assert (above.low, above.high) == pytest.approx((100 * (1099.5 / 1000.5 - 1), 100 * (1100.5 / 999.5 - 1)))


def test_paces_need_every_year():
    ranked = ranking.rank(rows(cities(12, (2023,))))
    grown = {f"c{k:02d}": {year: 5.0 for year in range(2019, 2024)} for k in range(1, 13)}
    grown["c11"] = dict.fromkeys(range(2019, 2024), 6.0)
    del grown["c02"][2020]
    rates = rows(grown, "gdp_real_growth", half=0.05)
    paced = ranking.paces(ranked, rates, 2023, 5)
    assert "c02" not in set(paced["place"]) and len(paced) == 11
    assert paced.set_index("place")["y"]["c11"].value == pytest.approx(6.0)


def test_years_to_meet_are_those_after_which_the_levels_are_equal():
    behind, ahead = fact(80.0, "cny", 1.0), fact(100.0, "cny", 1.0)
    value, low, high = ranking.years_to_meet(behind, ahead, fact(6.0), fact(4.0))
    assert 80 * 1.06**value == pytest.approx(100 * 1.04**value)
    assert 81 * 1.0605**low == pytest.approx(99 * 1.0395**low)
    assert 79 * 1.0595**high == pytest.approx(101 * 1.0405**high)
    assert low < value < high


def test_years_to_meet_are_never_where_the_gap_widens():
    behind, ahead = fact(80.0, "cny", 1.0), fact(100.0, "cny", 1.0)
    assert ranking.years_to_meet(behind, ahead, fact(4.0), fact(6.0)) == (math.inf, math.inf, math.inf)
    value, low, high = ranking.years_to_meet(behind, ahead, fact(5.0), fact(5.0))
    assert (value, high) == (math.inf, math.inf) and 100 < low < math.inf
    assert ranking.years_to_meet(fact(99.9, "cny", 1.0), ahead, fact(6.0), fact(4.0))[1] == 0.0


def meet(fast: dict[int, float], slow: float = 5.0, far: float = 1100.0):
    """The meeting of c10 (1000) with the place above it, whose growth is ``slow``; ``fast`` is that of c10."""
    values = cities(11, (2023,))
    values["c11"] = {2023: far}
    years = range(2014, 2024)
    grown = {"c10": {year: fast.get(year, 5.0) for year in years}, "c11": dict.fromkeys(years, slow)}
    rates = rows(grown, "gdp_real_growth", half=0.05)
    table = ranking.meetings(ranking.rank(rows(values)), rates, "c10", 2023, 1)
    return table[table["place"] == "c11"].iloc[0]


def test_a_meeting_has_the_outcome_of_all_windows():
    years = range(2014, 2024)
    closing = meet(dict.fromkeys(years, 7.0))
    assert closing["outcome"] == ranking.CLOSING
    assert (closing["soonest"].value, closing["latest"].value) == (4.0, 6.0)  # log(1.1) / log(1.07 / 1.05) = 5.05
    assert closing["soonest"].unit == "years" and "wuhan_communique_2024" in closing["soonest"].sources
    assert meet(dict.fromkeys(years, 4.0))["outcome"] == ranking.NEVER
    assert meet(dict.fromkeys(years, 5.0))["outcome"] == ranking.MIXED  # equal: rounding does not tell
    assert meet(dict.fromkeys(years, 5.0), far=2000.0)["outcome"] == ranking.FAR
    assert meet(dict.fromkeys(years, 5.2), far=1250.0)["outcome"] == ranking.LATE
    slower_once = meet(dict.fromkeys(range(2019, 2024), 7.0) | dict.fromkeys(range(2014, 2019), 1.0))
    assert slower_once["outcome"] == ranking.MIXED and slower_once["latest"] is None


def test_a_meeting_without_growth_is_unknown_and_without_neighbours_none():
    ranked = ranking.rank(rows(cities(12, (2023,))))
    rates = rows({"c10": {2023: 5.0}}, "gdp_real_growth", half=0.05)
    table = ranking.meetings(ranked, rates, "c10", 2023, 1)
    assert set(table["outcome"]) == {ranking.UNKNOWN}
    assert ranking.meetings(ranked, rates, "nowhere", 2023, 1).empty


def test_times_are_cut_outwards():
    assert (ranking._cut(2.34, math.floor), ranking._cut(2.34, math.ceil)) == (2.3, 2.4)
    assert (ranking._cut(12.3, math.floor), ranking._cut(12.3, math.ceil)) == (12.0, 13.0)
