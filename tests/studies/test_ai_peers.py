"""Location quotients against cases done by hand, published tables and the binomial distribution itself."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from wuhan.evidence.facts import Fact, FactError, Unknown
from wuhan.studies.ai_peers import numbers as sp


def row(place, value, period="2022", indicator="papers_ijcai", half=0.0, **more):
    plain = {"qualifier": "exact", "status": "actual", "vintage": "", "source_id": "paper_copilot", "note": ""}
    ends = {"value": float(value), "low": value - half, "high": value + half, "value_text": ""}
    return {"place": place, "indicator": indicator, "period": period} | ends | plain | more


def frame(*rows):
    return pd.DataFrame(rows)


def levels(period="2022", **gdp):
    rows = [row(place, value, period, "gdp_nominal", source_id="nbs") for place, value in gdp.items()]
    return frame(*rows).assign(year=int(period))


def count(value, indicator="papers_ijcai", place="a"):
    return Fact(value, value, value, "count", "2022", "actual", ("s",), place=place, indicator=indicator)


def money(value, half=0.0):
    return Fact(value, value - half, value + half, "100m_cny", "2022", "preliminary", ("t",), indicator="gdp_nominal")


@pytest.mark.parametrize(
    ("found", "of", "level", "low", "high"),
    [
        (0, 10, 0.95, 0.0, 0.3085),  # the table of Clopper and Pearson (1934), ten trials
        (3, 10, 0.95, 0.0667, 0.6525),
        (6, 10, 0.95, 0.2624, 0.8784),
        (10, 10, 0.95, 0.6915, 1.0),
        (1, 20, 0.95, 0.0013, 0.2487),
        (0, 10, 0.99, 0.0, 0.4113),
    ],
)
def test_the_interval_is_that_of_the_published_table(found, of, level, low, high):
    assert sp.share_interval(found, of, level) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.5, 0.999))
def test_the_interval_leaves_half_the_risk_on_either_side(pair, confidence):
    found, of = pair
    low, high = sp.share_interval(found, of, confidence)
    told = stats.binomtest(found, of).proportion_ci(confidence, "exact")
    assert (low, high) == pytest.approx((told.low, told.high), abs=1e-8)
    tail = (1 - confidence) / 2
    assert not found or stats.binom.sf(found - 1, of, low) == pytest.approx(tail, rel=1e-4)
    assert found == of or stats.binom.cdf(found, of, high) == pytest.approx(tail, rel=1e-4)


@pytest.mark.parametrize(("found", "of"), [(-1, 3), (4, 3), (0, 0)])
def test_a_count_that_is_no_part_is_refused(found, of):
    with pytest.raises(ValueError, match="write a part of at least one thing"):
        sp.share_interval(found, of)


def test_a_quotient_by_hand():
    fact = sp.location_quotient(count(6), count(10), money(300), money(1000))
    assert fact.value == pytest.approx(2)  # 60% of the list over 30% of the output
    assert (fact.low, fact.high) == pytest.approx((0.2624 / 0.3, 0.8784 / 0.3), abs=2e-4)
    assert (fact.unit, fact.status, fact.sources) == ("coefficient", "derived", ("s", "t"))
    assert (fact.place, fact.period) == ("a", "2022")
    assert fact.formula == "share of papers_ijcai / share of gdp_nominal, 95% Clopper-Pearson interval"


def test_rounding_of_the_base_widens_a_quotient_and_more_confidence_too():
    plain = sp.location_quotient(count(6), count(10), money(300), money(1000))
    rough = sp.location_quotient(count(6), count(10), money(300, 5), money(1000))
    assert (rough.low, rough.high) == pytest.approx((plain.low * 300 / 305, plain.high * 300 / 295))
    sure = sp.location_quotient(count(6), count(10), money(300), money(1000), confidence=0.99)
    assert sure.low < plain.low < sure.value == plain.value < plain.high < sure.high


def test_none_of_a_list_is_zero_with_an_upper_end():
    fact = sp.location_quotient(count(0), count(10), money(300), money(1000))
    assert (fact.value, fact.low) == (0, 0)
    assert fact.high == pytest.approx(0.3085 / 0.3, abs=2e-4)


def test_a_quotient_refuses_amounts_and_empty_wholes_and_passes_on_what_is_not_known():
    with pytest.raises(FactError, match="pass numbers of things"):
        sp.location_quotient(money(1), money(2), money(1), money(2))
    with pytest.raises(FactError, match="leave the place or the list out"):
        sp.location_quotient(count(1), count(2), money(0), money(2))
    with pytest.raises(FactError, match="leave the place or the list out"):
        sp.location_quotient(count(0), count(0), money(1), money(2))
    lost = Unknown("a", "gdp_nominal")
    assert sp.location_quotient(count(1), count(2), lost, money(2)) is lost


@given(st.integers(0, 40), st.integers(1, 60), st.floats(1, 1e3), st.floats(1, 1e4))
def test_a_quotient_lies_in_its_interval_and_no_unit_of_the_base_matters(found, others, base, rest):
    whole = count(found + others)
    one = sp.location_quotient(count(found), whole, money(base), money(base + rest))
    assert 0 <= one.low <= one.value <= one.high
    ten = sp.location_quotient(count(found), whole, money(10 * base), money(10 * (base + rest)))
    assert ten.value == pytest.approx(one.value)


def test_papers_are_summed_over_the_years_asked_for_and_other_lists_have_one_date():
    figures = frame(
        *(
            row(place, value, year)
            for place, value, year in [
                ("wuhan", 3, "2019"),
                ("wuhan", 4, "2021"),
                ("wuhan", 5, "2022"),
                ("xian", 1, "2021"),
                ("xian", 2, "2022"),
                ("hefei", 9, "2021"),
            ]
        ),
        row("wuhan", 7, "2017", "higher_education_institutions"),
    )
    found = sp.entries(figures, ("papers_ijcai", "papers_cvpr", "higher_education_institutions"), 2020, 2024)
    assert found[["indicator", "place", "value", "period", "years"]].values.tolist() == [
        ["papers_ijcai", "wuhan", 9, "2021/2022", (2021, 2022)],
        ["papers_ijcai", "xian", 3, "2021/2022", (2021, 2022)],  # Hefei lacks a year
        ["higher_education_institutions", "wuhan", 7, "2017", (2017,)],
    ]
    assert sp.entries(figures, ("papers_ijcai",), 2024, 2020).empty


def listing(indicator="higher_education_institutions", period="2022-11", **counts):
    return sp.entries(frame(*(row(place, n, period, indicator) for place, n in counts.items())), (indicator,), 0, 9999)


def test_quotients_compare_the_places_whose_base_is_known():
    listed = listing(wuhan=30, xian=60, hefei=10, wuhu=50)  # the level of Wuhu is not known
    found = sp.quotients(listed, levels(wuhan=500, xian=300, hefei=200, suzhou=900))
    assert found[["place", "value", "count", "expected", "places"]].values.tolist() == [
        ["wuhan", pytest.approx(0.6), 30, pytest.approx(50), 3],
        ["xian", pytest.approx(2), 60, pytest.approx(30), 3],
        ["hefei", pytest.approx(0.5), 10, pytest.approx(20), 3],
    ]
    assert found["verdict"].tolist() == ["less", "more", "less"]
    gapped = listed.assign(indicator="unicorns_cb_insights")  # what a list misses may explain a side
    assert set(sp.quotients(gapped, levels(wuhan=500, xian=300, hefei=110))["verdict"]) == {"untold"}
    assert found["expected"].sum() == pytest.approx(found["count"].sum())
    assert found["fact"].iloc[0].sources == ("paper_copilot", "nbs")


def test_the_base_is_summed_over_the_years_of_the_list():
    papers = frame(row("wuhan", 1, "2021"), row("wuhan", 3, "2022"), row("xian", 2, "2021"), row("xian", 4, "2022"))
    base = pd.concat([levels("2021", wuhan=100, xian=300), levels("2022", wuhan=200, xian=200)])
    found = sp.quotients(sp.entries(papers, ("papers_ijcai",), 2021, 2022), base)
    assert found["value"].tolist() == pytest.approx([0.4 / 0.375, 0.6 / 0.625])
    assert found["verdict"].tolist() == ["same", "same"]


def test_a_list_without_entries_of_one_place_or_of_amounts_has_no_quotient():
    base = levels(wuhan=500, xian=300)
    assert sp.quotients(listing(wuhan=0, xian=0), base).empty
    assert sp.quotients(listing(wuhan=3), base).empty
    assert sp.quotients(listing("unicorn_valuation_cb_insights", wuhan=3, xian=4), base).empty


def test_a_part_of_a_list_is_set_against_the_whole_list():
    firms = listing("listed_firms_a_share", "2022", wuhan=20, xian=80)
    firms = firms.assign(year=2022)
    found = sp.quotients(listing("listed_it_firms_a_share", "2022", wuhan=10, xian=10), firms)
    assert found["value"].tolist() == pytest.approx([2.5, 0.625])


def test_standings_tell_ties_quotients_and_what_is_not_listed():
    listed = listing(wuhan=30, xian=60, hefei=10, nanjing=10)
    found = sp.quotients(listed, levels(wuhan=500, xian=300, hefei=110))
    table = sp.standings(listed, found, ["hefei", "xian", "xian", "wuhu", "nanjing"])
    assert table.columns.tolist() == ["indicator", "period", "entries", "count", "hefei", "xian", "wuhu", "nanjing"]
    (cells,) = table.to_dict("records")
    assert (cells["entries"].value, cells["count"]) == (110, 4)
    assert cells["hefei"] == "3–4 (0.83)"  # 10 of 100 over 110 of 910, and the rank is shared with Nanjing
    assert cells["xian"] == "1 (1.82 ▲)"
    assert cells["entries"].behind == tuple(listed["fact"])
    assert cells["wuhu"] == ""
    assert cells["nanjing"] == "3–4"
    none = sp.standings(listing(wuhan=30, xian=0, hefei=0), found.head(0), ["wuhan", "xian", "hefei"])
    assert none[["wuhan", "xian", "hefei"]].values.tolist() == [["1", "–", "–"]]  # none listed is no rank
    assert sp.standings(listed.head(0), found, ["wuhan"]).columns.tolist()[-1] == "wuhan"


PAPERS = frame(
    row("wuhan", 19, "2020"),
    row("world", 713, "2020"),
    row("wuhan", 49, "2024"),
    row("world", 1047, "2024"),
    row("wuhan", 1, "2021"),
    row("xian", 0, "2020"),
    row("wuhan", 5, "2022", "papers_cvpr"),
)


def test_shares_of_the_world_are_told_to_two_digits():
    found = sp.shares_of_world(PAPERS, ["xian", "wuhan", "wuhan", "wuhu"])
    assert found[["place", "year", "value"]].values.tolist() == [
        ["xian", 2020, 0],
        ["wuhan", 2020, pytest.approx(2.7)],
        ["wuhan", 2024, pytest.approx(4.7)],
    ]
    assert found["unit"].unique().tolist() == ["percent"]
    assert found["low"].iloc[1] <= 100 * 19 / 713 <= found["high"].iloc[1]
    assert sp.shares_of_world(PAPERS, ["wuhu"]).empty


def test_shares_among_cities_need_all_of_them_and_no_world():
    found = sp.shares_among(PAPERS, ["wuhan", "wuhan", "wuhu"], {"wuhan", "xian", "beijing"})
    assert found[["place", "indicator", "year"]].values.tolist() == [
        ["wuhan", "papers_ijcai", 2020],
        ["wuhan", "papers_cvpr", 2022],
    ]
    assert found["value"].tolist() == [100, 100] and found["count"].iloc[0].value == 19
    assert found["whole"].iloc[0].value == 19  # none of Xi'an
    assert sp.shares_among(PAPERS, ["wuhu"], {"wuhan"}).empty


def test_a_share_among_cities_is_the_ratio_of_two_counts_and_so_exact():
    rows = frame(row("wuhan", 49, "2023", "papers_ijcai"), row("xian", 422, "2023", "papers_ijcai"))
    (share,) = sp.shares_among(rows, ["wuhan"], {"wuhan", "xian"})["fact"]
    assert [share.low, share.value, share.high] == pytest.approx([100 * 49 / 471] * 3, rel=1e-12)


def test_the_first_and_the_last_share_of_the_first_list():
    shares = sp.shares_of_world(PAPERS, ["wuhan", "xian"])
    assert sp.first_and_last(shares, "wuhan")["period"].tolist() == ["2020", "2024"]
    assert len(sp.first_and_last(shares, "xian")) == 1 and sp.first_and_last(shares, "wuhu").empty


def test_two_shares_differ_beyond_chance_by_the_exact_test():
    def pair(count, whole):
        return tuple(Fact(n, n, n, "count", "2020", "actual", ("good",)) for n in (count, whole))

    assert not sp.beyond_chance(pair(19, 394), pair(49, 742))  # p = 0.24
    assert sp.beyond_chance(pair(1, 9), pair(11, 14))  # Fisher's p = 0.0027


def test_pooled_shares_take_the_years_that_the_place_and_the_world_have():
    known = PAPERS[PAPERS["period"] != "2021"]
    (only,) = sp.pooled_shares(known, "wuhan").to_dict("records")  # no world for CVPR
    assert (only["indicator"], only["period"], only["count"].value) == ("papers_ijcai", "2020/2024", 68)
    assert only["share"].value == pytest.approx(3.9)  # 68 of 1,760
    assert sp.pooled_shares(PAPERS, "wuhan").empty  # a year without the world


def test_newest_published_keeps_outcomes_and_targets_and_what_texts_dispute():
    scale = "ai_industry_scale"
    figures = frame(
        row("wuhan", 500, "2023", scale),
        row("wuhan", 700, "2024", scale),
        row("wuhan", 900, "2027", scale, status="target"),
        row("wuhan", 800, "2026", scale, status="plan"),
        row("wuhan", 90, "2024-01/2024-09", "ai_firms"),
        row("wuhan", 95, "2023", "ai_firms"),
        row("xian", 40, "2025", "ai_firms", qualifier="over"),
        row("xian", 40, "2025", "ai_firms"),
        row("xian", 40, "2025", "ai_firms", source_id="nbs"),
        row("hefei", 3, "2025", "ai_firms"),
    )
    found = sp.newest_published(figures, ["xian", "wuhan", "xian"], ["ai_firms", scale])
    assert found[["place", "indicator", "period", "value"]].values.tolist() == [
        ["xian", "ai_firms", "2025", 40],
        ["xian", "ai_firms", "2025", 40],
        ["wuhan", "ai_firms", "2024-01/2024-09", 90],
        ["wuhan", scale, "2024", 700],
        ["wuhan", scale, "2027", 900],
    ]
    assert sp.newest_published(figures, ["wuhu"], ["ai_firms"]).empty
