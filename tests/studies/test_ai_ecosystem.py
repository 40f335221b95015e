"""The AI ecosystem: unlike definitions stay apart, a floor is no fall, parts and targets keep their ends."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuhan.evidence import package
from wuhan.evidence.facts import Fact, FactError
from wuhan.studies.ai_ecosystem import numbers as ecosystem

PLACES = pd.DataFrame(
    [
        ("hubei", "", "province"),
        ("wuhan", "hubei", "city"),
        ("lake", "wuhan", "zone"),
        ("park", "lake", "park"),
        ("chengdu", "sichuan", "city"),
    ],
    columns=["place", "parent", "kind"],
)
SOURCES = pd.DataFrame(
    [("list_2022", "武汉人工智能企业库", "2022-07"), ("list_2023", "2023年企业库", "2023"), ("press", "新闻", "")],
    columns=["source_id", "title", "published"],
)
INF = math.inf


def row(indicator, period, value, place="wuhan", qualifier="exact", status="actual", source="press", half=0.0):
    low, high = (value, INF) if qualifier in ("over", "at_least") else (value - half, value + half)
    low = 0.9 * value if qualifier == "nearly" else low
    return {
        "place": place,
        "indicator": indicator,
        "period": period,
        "value": float(value),
        "value_text": "",
        "qualifier": qualifier,
        "status": status,
        "vintage": "",
        "source_id": source,
        "note": "",
        "low": float(low),
        "high": float(high),
    }


def scoped(*rows, city="wuhan", last_year=2030, include_targets=True):
    frame = pd.DataFrame(rows, columns=list(row("ai_firms", "2024", 1)))
    return ecosystem.scope(frame, PLACES, SOURCES, city, last_year, include_targets)


CORE = "ai_core_industry_scale"
FIRMS = (
    row("ai_firms", "2021", 482, status="derived", source="list_2022"),
    row("ai_firms", "2022", 650, source="list_2022"),
    row("ai_firms", "2023", 650),
    row("ai_firms", "2023", 995, source="list_2023"),
    row("ai_firms", "2023", 557, place="lake", source="list_2023"),
    row("ai_firms", "2024", 1326, source="list_2023"),
    row("ai_firms", "2025", 1000, qualifier="over"),
    row("ai_firms", "2028", 1500, status="target"),
    row("ai_firms", "2028", 1500, status="target", source="list_2023"),
)


def values(facts):
    return [fact.value for fact in facts]


def test_inside_goes_down_every_level_and_leaves_the_city_out():
    assert ecosystem.inside(PLACES, "wuhan") == ["lake", "park"]
    assert ecosystem.inside(PLACES, "chengdu") == []


def test_scope_takes_the_city_and_its_parts_and_merges_texts_that_print_one_figure():
    rows = scoped(*FIRMS, row("ai_firms", "2023", 900, place="chengdu"))
    assert len(rows) == 8
    target = rows[rows["status"] == "target"].iloc[0]
    assert target["source_id"] == ("press", "list_2023")
    assert target["remark"] == "printed_2023", "an undated text says nothing of the year"
    assert rows.loc[rows["place"] == "lake", ["own", "remark"]].values.tolist() == [[False, "zone"]]
    assert set(rows.loc[rows["own"], "place"]) == {"wuhan"}


@pytest.mark.parametrize(("last_year", "include_targets", "left"), [(2022, True, 2), (2028, False, 7), (1999, True, 0)])
def test_scope_obeys_year_and_targets(last_year, include_targets, left):
    rows = scoped(*FIRMS, last_year=last_year, include_targets=include_targets)
    assert len(rows) == left
    assert {"own", "remark"} <= set(rows.columns)


def test_listed_orders_by_indicator_then_city_then_time():
    rows = scoped(
        row("ai_core_firms", "2020", 1),
        row("ai_firms", "2020", 9, place="lake"),
        row("ai_firms", "2024", 5),
        row("ai_firms", "2024-06", 4),
        row("other", "2024", 3),
    )
    assert ecosystem.listed(rows, ecosystem.FIRMS)["value"].tolist() == [4, 5, 9, 1]
    assert ecosystem.listed(rows, ecosystem.ROADS).empty


def test_newest_passes_over_a_floor_below_an_older_count():
    assert values(ecosystem.newest(scoped(*FIRMS), ecosystem.FIRMS)) == [1326]
    risen = scoped(row("ai_firms", "2024", 900), row("ai_firms", "2025", 1000, qualifier="over"))
    assert values(ecosystem.newest(risen, ecosystem.FIRMS)) == [1000]


def test_newest_gives_both_ends_where_texts_disagree_and_leaves_spans_out():
    assert values(ecosystem.newest(scoped(*FIRMS, last_year=2023), ecosystem.FIRMS)) == [650, 995]
    span = scoped(row("ai_industry_scale", "2023", 780), row("ai_industry_scale", "2024-01/2024-09", 800))
    assert values(ecosystem.newest(span, ecosystem.SCALE)) == [780]
    assert ecosystem.newest(span, ecosystem.ROADS) == []


def test_clashes_give_the_lowest_and_the_highest():
    ((low, high),) = ecosystem.clashes(scoped(*FIRMS))
    assert (low.value, high.value) == (650, 995)
    assert {*low.sources, *high.sources} == {"press", "list_2023"}


def test_clashes_meet_within_a_month_and_never_across_definitions_or_with_targets():
    rows = scoped(
        row("apollo_go_vehicles", "2024-08", 400, qualifier="over"),
        row("apollo_go_vehicles", "2024-08", 500, qualifier="nearly"),
        row("apollo_go_vehicles", "2024-08-16", 500, qualifier="over"),
        row("apollo_go_vehicles", "2024", 1000, status="target"),
        row("test_road_length", "2023-12", 10),
        row("test_road_length_one_way", "2023-12", 20),
    )
    ((low, high),) = ecosystem.clashes(rows)
    assert (low.qualifier, high.qualifier) == ("over", "over")
    assert (low.value, high.value) == (400, 500)


def test_echoes_find_the_same_number_under_another_date():
    rows = scoped(*FIRMS)
    ((low, _high),) = ecosystem.clashes(rows)
    assert [(fact.period, fact.sources) for fact in ecosystem.echoes(rows, low)] == [("2022", ("list_2022",))]


def test_floors_name_the_older_figure_that_they_lie_below():
    ((floor, older),) = ecosystem.floors(scoped(*FIRMS), "ai_firms")
    assert (floor.value, older.value) == (1000, 1326)


def test_parts_need_one_text_for_part_and_whole():
    ((part, share),) = ecosystem.parts(scoped(*FIRMS, row("ai_firms", "2024", 738, place="lake")), "ai_firms")
    assert (part.period, share.value) == ("2023", pytest.approx(55.98, abs=0.01))


def test_a_whole_follows_from_a_part_and_its_share():
    power, share = "high_performance_computing_power", "computing_power_share_of_city"
    rows = scoped(
        row(power, "2023", 350, place="lake", half=0.5),
        row(share, "2023", 70, place="lake", half=0.5),
        row(power, "2025", 600, place="lake", qualifier="over", status="estimate"),
        row(share, "2025", 70, place="lake", qualifier="nearly", status="estimate"),
    )
    exact, floor = (total for _part, _share, total in ecosystem.implied(rows, power))
    assert (exact.value, exact.low, exact.high, exact.status) == (pytest.approx(500), 490, 510, "derived")
    assert (floor.value, floor.low, floor.high, floor.status) == (850, 850, INF, "estimate")
    shown = rows[rows["remark"] == "implied"]
    assert shown["place"].tolist() == ["wuhan", "wuhan"]
    assert ecosystem.newest(rows, ecosystem.COMPUTING) == [], "what is implied is not what the city states"


def test_a_share_of_the_whole_industry_tells_nothing_of_the_core():
    rows = scoped(
        row(CORE, "2025", 600, place="lake", qualifier="over", status="estimate"),
        row("ai_industry_scale_share_of_city", "2025", 70, place="lake", qualifier="nearly", status="estimate"),
        row(CORE, "2025", 400, status="target"),
    )
    assert not (rows["remark"] == "implied").any()
    ((part, target),) = ecosystem.exceeded(rows, ecosystem.SCALE)
    assert (part.value, target.value) == (600, 400)


@given(st.floats(1, 1e6), st.floats(1, 100), st.floats(0, 0.4))
def test_a_whole_holds_every_quotient_of_its_ends(size, share, loose):
    part = Fact(size, size * (1 - loose), size * (1 + loose), "100m_cny", "2025", "actual", ("a",), place="lake")
    percent = Fact(share, share * (1 - loose), share, "percent", "2025", "actual", ("a",), place="lake")
    whole = ecosystem.whole(part, percent)
    assert whole.low <= 100 * part.low / percent.high * (1 + 1e-12)
    assert whole.high >= 100 * part.high / percent.low * (1 - 1e-12)
    with pytest.raises(FactError, match="pass a share in percent"):
        ecosystem.whole(part, part)


def test_progress_gives_a_range_for_two_plans_and_no_share_of_two_floors():
    rows = scoped(
        row("computing_power_total", "2025", 5000, status="target"),
        row("computing_power_total", "2025", 4500, status="target"),
        row("computing_power_total", "2023", 100, status="target"),
        row("computing_power_total", "2025", 10, status="target", place="lake"),
        row("high_performance_computing_power", "2028", 15000, status="target"),
    )
    power = Fact(5000, 4999.5, 5000.5, "PFLOPS", "2025", "actual", ("a",), place="wuhan")
    total, fast = ecosystem.progress([power], rows)
    assert values(total) == [100.0, 111.1]
    assert [(fact.low, fact.high) for fact in total] == [(99.9, 100.1), (111.1, 111.2)]
    assert (fast[0].indicator, fast[0].period) == ("high_performance_computing_power", "2028")
    assert fast[0].status == "derived"
    models = scoped(row("vertical_models", "2025", 60, status="target", qualifier="at_least"))
    some = Fact(20, 20, INF, "count", "2025-03", "actual", ("a",), "over", place="wuhan")
    assert ecosystem.progress([some], models) == []  # a floor of a floor
    exact = Fact(20, 19.5, 20.5, "count", "2025-03", "actual", ("a",), place="wuhan")
    ((share,),) = ecosystem.progress([exact], models)
    assert (share.qualifier, share.high) == ("up_to", 34.2)


def test_unanswered_targets_are_no_zeros():
    rows = scoped(
        row("industry_agents", "2025", 100, status="target"),
        row("vertical_models", "2025-03", 20, qualifier="over"),
        row("vertical_models", "2025", 60, status="target"),
        row("vertical_models", "2024", 9),
    )
    built = ecosystem.outcomes_and_targets(rows, ecosystem.MODELS)
    assert sorted(built["value"]) == [20, 60, 100], "only the newest outcome stays"
    assert ecosystem.unanswered(built) == (["vertical_models", "industry_agents"], ["industry_agents"])


def test_the_first_count_is_printed_trusted_and_older():
    rows = scoped(*FIRMS)
    (last,) = ecosystem.newest(rows, ecosystem.FIRMS)
    assert ecosystem.first_count(rows, last).period == "2022", "that of 2021 is derived"
    assert ecosystem.year_before(rows, last) is None, "two texts differ for 2023"
    trusted = scoped(row("ai_firms", "2023", 995), row("ai_firms", "2024", 1326))
    assert ecosystem.year_before(trusted, last).value == 995
    assert ecosystem.first_count(scoped(row("ai_firms", "2024", 1326)), last) is None


def test_a_kind_is_a_part_of_what_the_same_text_counts():
    rows = scoped(row("ai_firms", "2024", 200), row("ai_firms_above_scale", "2024", 50))
    ((part, share),) = ecosystem.kinds(rows, "ai_firms_above_scale", "ai_firms")
    assert (part.value, share.value) == (50, 25)
    apart = scoped(row("ai_firms", "2024", 200), row("ai_firms_above_scale", "2024", 50, source="list_2023"))
    assert ecosystem.kinds(apart, "ai_firms_above_scale", "ai_firms") == []


def test_a_later_plan_may_ask_for_less():
    old = row("ai_core_industry_scale", "2023", 500, status="target", source="list_2022")
    new = row("ai_core_industry_scale", "2025", 400, status="target", source="list_2023")
    ((first, second),) = ecosystem.lowered(scoped(old, new), "ai_core_industry_scale")
    assert (first.value, second.value) == (500, 400)
    assert ecosystem.lowered(scoped(old, new | {"value": 600.0, "low": 600.0, "high": 600.0}), CORE) == []
    assert ecosystem.lowered(scoped(old, new | {"source_id": "list_2022"}), CORE) == [], "both of one year"


def test_aims_without_a_result_are_the_last_of_their_measure():
    aims = [row("computing_power_total", "2025", value, status="target") for value in (4500, 5000)]
    assert values(ecosystem.unmet_aims(scoped(*aims), ecosystem.COMPUTING)) == [4500, 5000]
    met = row("computing_power_total", "2024", 4000)
    assert ecosystem.unmet_aims(scoped(*aims, met), ecosystem.COMPUTING) == []


def test_layers_come_in_their_order_and_only_from_the_city_and_the_time():
    organisations = pd.DataFrame(
        [
            ("b", "model", "park", "press"),
            ("a", "research", "wuhan", "list_2022"),
            ("c", "compute", "lake", "list_2023"),
            ("d", "", "wuhan", "press"),
            ("e", "compute", "", "press"),
        ],
        columns=["name_en", "layer", "place", "source_id"],
    )
    asked = (organisations, PLACES, SOURCES)
    assert ecosystem.by_layer(*asked, "wuhan", 2028)["name_en"].tolist() == ["c", "b", "a"]
    assert ecosystem.by_layer(*asked, "wuhan", 2022)["name_en"].tolist() == ["a"], "an undated text may be of 2023"
    assert ecosystem.by_layer(*asked, "chengdu", 2028).empty


@pytest.fixture(scope="module")
def tables():
    return [package.read(table) for table in ("ai", "places", "sources")]


def test_the_layers_and_indicators_are_those_of_the_data(tables):
    known = set(package.read("indicators")["indicator"])
    groups = (ecosystem.FIRMS, ecosystem.SCALE, ecosystem.COMPUTING, ecosystem.ROADS, ecosystem.VEHICLES)
    assert {each for group in (*groups, ecosystem.MODELS) for each in group} <= known
    assert set(ecosystem.SHARES) | set(ecosystem.SHARES.values()) <= known
    assert set(package.read("organisations")["layer"]) - {""} == set(ecosystem.LAYERS)
    assert "wuhan" in ecosystem.cities_with(*tables[:2], ecosystem.VEHICLES)
    assert "huangshi" not in ecosystem.cities_with(*tables[:2], ecosystem.FIRMS)


def test_every_city_and_year_can_be_asked(tables):
    figures, places, sources = tables
    for city in places.loc[places["kind"].isin(["city", "municipality"]), "place"]:
        rows = ecosystem.scope(figures, places, sources, city, 2028, True)
        ecosystem.clashes(rows)
        for group in (ecosystem.FIRMS, ecosystem.SCALE, ecosystem.COMPUTING, ecosystem.MODELS, ecosystem.ROADS[::-1]):
            newest = ecosystem.newest(rows, group)
            same = ecosystem.listed(rows, [fact.indicator for fact in newest])
            assert all(share[0].low >= 0 for share in ecosystem.progress(newest, same))


def test_wuhan_2024_is_the_count_of_the_register(tables):
    rows = ecosystem.scope(*tables, "wuhan", 2028, True)
    (firms,) = ecosystem.newest(rows, ecosystem.FIRMS)
    assert (firms.value, firms.period) == (1326, "2024")
    ((low, high),) = ecosystem.clashes(ecosystem.listed(rows, ecosystem.FIRMS))
    assert (low.value, high.value) == (650, 995)
