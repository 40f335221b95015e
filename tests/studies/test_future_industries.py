"""Future industries: what is named for a field, what was set for all of them, and what is kept out."""

import pandas as pd
import pytest

from wuhan.evidence import claims, package, progress, targets, witnesses
from wuhan.evidence.claims import Claim
from wuhan.evidence.facts import Fact
from wuhan.studies.future_industries import numbers as future
from wuhan.studies.future_industries import words
from wuhan.text import prose

TRUST = {"old": "C", "plan": "A", "press": "B", "bare": "A", "late": "A"}
PUBLISHED = {"old": "2022-11-29", "plan": "2024-08-01", "press": "2025", "bare": "", "late": "2026-01"}


def claim(name, source, measure="", stated="", fact=None, place="wuhan", theme="future", repeats=""):
    return Claim(name, source, 1, theme, place, measure, "", "target", "", fact, stated=stated, repeats=repeats)


def fact(value, unit="100m_cny", period="2027", low=None, high=None, qualifier="exact", sources=("plan",), **parts):
    low, high = value if low is None else low, value if high is None else high
    return Fact(value, low, high, unit, period, "target", sources, qualifier, **parts)


LEDGER = [
    claim("o1", "old", stated="2018-03-30"),
    claim("o2", "old", stated="2018-03-30"),
    claim("o3", "old", stated="2022-11-29"),
    claim("p1", "plan", "future_industry_fields", "2024-08-01"),
]


@pytest.fixture
def sources():
    return pd.DataFrame({"source_id": TRUST.keys(), "trust": TRUST.values(), "published": PUBLISHED.values()})


@pytest.fixture
def places():
    return pd.DataFrame({"place": ["wuhan", "zone", "chengdu"], "parent": ["", "wuhan", ""]})


def field(name, direction="future_information", source="plan"):
    return {"field": name, "name_en": name, "name_zh": name, "direction": direction, "source_id": source}


FIELDS = pd.DataFrame(
    [
        field("humanoid_robots", "future_manufacturing"),
        field("metaverse"),
        field("quantum_technology"),
        field("general_artificial_intelligence"),
        field("brain_computer_interface", "future_health"),
    ]
)


def body(name, kind, sector="", place="wuhan", source="press", **parts):
    given = {"name_en": name, "name_zh": name, "kind": kind, "sector": sector, "description": "", "place": place}
    return given | {"source_id": source} | parts


def work(name, company="", amount=float("nan"), qualifier="", place="zone", source="press", second="", **parts):
    given = {"project": name, "name_en": name, "name_zh": name, "company": company, "capacity": "", "place": place}
    given |= {"stage": "started", "stage_date": "2025-03", "investment_100m_cny": amount, "qualifier": qualifier}
    return given | {"source_id": source, "source_id_2": second} | parts


def policy(description, place="wuhan", source="press"):
    given = {"programme_en": "A plan", "programme_zh": "方案", "description": description, "place": place}
    return given | {"source_id": source, "source_id_2": ""}


ORGANISATIONS = pd.DataFrame(
    [
        body("Robo", "company", "Humanoid robots"),
        body("Verse base", "park", "metaverse"),
        body("Bureau", "government", "humanoid robots"),
        body("Far", "company", "humanoid robots", "chengdu"),
        body("Old mind", "company", "artificial intelligence", source="old"),
        body("Centre", "computing_centre", "AI chips"),
    ]
)
PROJECTS = pd.DataFrame(
    [
        work("Centre (first phase)", "Firm A", 4.5, "exact", source="late", second="press"),
        work("人形机器人 line", amount=20.0, qualifier="over"),
        work("Dam", "Firm B"),
    ]
)
POLICIES = pd.DataFrame([policy("Plan for quantum technology"), policy("Plan for humanoid robots", "chengdu")])
ALL = frozenset(TRUST)


def gathered(places, admitted=ALL, last_year=2026):
    return future.things(ORGANISATIONS, PROJECTS, POLICIES, places, "wuhan", admitted, last_year)


def test_a_text_speaks_when_most_of_it_was_said_and_without_a_date_as_late_as_the_youngest(sources):
    assert future.admitted(sources, LEDGER, "D", 2018) == {"old"}  # its page is of 2022, its text of 2018
    assert future.admitted(sources, LEDGER, "D", 2025) == {"old", "plan", "press"}
    assert future.admitted(sources, LEDGER, "D", 2026) == ALL
    assert future.admitted(sources, LEDGER, "B", 2025) == {"plan", "press"}
    assert future.admitted(sources, LEDGER, "D", 2017) == frozenset()


def test_a_list_belongs_to_the_place_of_the_claim_that_counts_it():
    assert list(future.named_by(FIELDS, LEDGER, "wuhan", "all", ALL)["field"]) == list(FIELDS["field"])
    assert future.named_by(FIELDS, LEDGER, "chengdu", "all", ALL).empty
    assert future.named_by(FIELDS, LEDGER, "wuhan", "all", ALL - {"plan"}).empty
    assert list(future.named_by(FIELDS, LEDGER, "wuhan", "future_health", ALL)["field"]) == ["brain_computer_interface"]
    assert future.lists(FIELDS, LEDGER) == [("wuhan", "2024-08-01")]


def test_things_of_a_city_are_gathered_once_with_all_their_sources(places):
    things = gathered(places).set_index("name_en")
    assert "Bureau" not in things.index and "Far" not in things.index
    assert dict(things["kind"]) == {
        "Robo": "firm",
        "Old mind": "firm",
        "Centre (first phase)": "firm_project",
        "Dam": "firm_project",
        "Verse base": "site",
        "人形机器人 line": "project",
        "A plan": "plan",
    }
    assert things.loc["Centre (first phase)", "source_id"] == ("late", "press")
    assert things.loc["Verse base", "stage"] == "" and things.loc["Dam", "stage"] == "started"


def test_things_of_sources_that_are_not_admitted_are_left_out(places):
    things = gathered(places, frozenset({"press"}), 2024).set_index("name_en")
    assert "Old mind" not in things.index
    assert things.loc["Centre (first phase)", "source_id"] == ("press",)
    assert things.loc["Dam", "stage"] == ""  # reached in 2025 only
    assert things.loc["Centre (first phase)", "investment"].sources == ("press",)
    assert gathered(places, frozenset()).empty


def test_announced_money_has_the_status_of_other_pages_and_the_interval_of_its_words(places):
    money = gathered(places).set_index("name_en")["investment"]
    line = money["人形机器人 line"]
    assert (line.value, line.low, line.high, line.status, line.unit) == (20, 20, float("inf"), "actual", "100m_cny")
    assert money["Centre (first phase)"].low == 4.45
    assert money["Dam"] is None


def test_members_are_found_by_the_nearest_word(places):
    named = future.members(FIELDS, gathered(places))
    found = [tuple(row) for row in named[["field", "name_en", "breadth"]].to_numpy()]
    assert found == [
        ("humanoid_robots", "Robo", "own"),
        ("humanoid_robots", "人形机器人 line", "own"),
        ("metaverse", "Verse base", "own"),
        ("quantum_technology", "A plan", "own"),
        ("general_artificial_intelligence", "Centre (first phase)", "focus"),
    ]
    assert list(named["term"])[-1] == "ai chip"  # artificial intelligence is more than general one
    assert list(future.members(FIELDS.head(0), gathered(places)).columns) == list(named.columns)


def test_a_word_in_the_name_of_a_firm_alone_is_a_loose_match():
    row = {"kind": "firm_project", "name_en": "Advanced Semiconductor base", "name_zh": "基地", "capacity": ""}
    row |= {"company": "长飞先进半导体", "source_id": "plan", "stage": "operating", "stage_date": "2025"}
    printed = ("name_en", "name_zh", "company", "capacity")
    terms = future.TERMS["advanced_semiconductors"]
    assert future._nearest(future._thing(row, printed, ALL, 2026), terms) == ("firm", "先进半导体")
    said = row | {"capacity": "wafers of third-generation semiconductors"}
    assert future._nearest(future._thing(said, printed, ALL, 2026), terms) == (
        "focus",
        "third-generation semiconductor",
    )
    base = row | {"name_zh": "先进半导体基地"}
    assert future._nearest(future._thing(base, printed, ALL, 2026), terms) == ("own", "先进半导体")
    body = {"kind": "firm", "name_en": "Metaverse Ltd", "name_zh": "元宇宙公司", "sector": "", "description": "Games."}
    thing = future._thing(body | {"source_id": "plan"}, ("name_en", "name_zh", "sector", "description"), ALL, 2026)
    assert future._nearest(thing, future.TERMS["metaverse"])[0] == "firm"
    assert thing["firm"] and thing["beside"] == " | games."


def test_coverage_counts_firms_apart_from_the_rest(places):
    named = future.members(FIELDS, gathered(places))
    score = future.coverage(FIELDS, named).set_index("field")
    assert dict(score["standing"]) == {
        "humanoid_robots": "firm_named",
        "metaverse": "no_firm",
        "quantum_technology": "plan_only",
        "general_artificial_intelligence": "firm_named",
        "brain_computer_interface": "nothing",
    }
    assert score.loc["humanoid_robots", ["firms", "others", "plans"]].tolist() == [1, 1, 0]
    assert score.loc["quantum_technology", ["firms", "others", "plans"]].tolist() == [0, 0, 1]
    assert score.loc["quantum_technology", "source_id"] == ("plan", "press")
    assert score.loc["brain_computer_interface", "source_id"] == ("plan",)
    assert future.coverage(FIELDS.head(0), named).empty


def test_fields_with_a_firm_are_counted_by_the_texts_that_name_one(places):
    named = future.members(FIELDS, gathered(places))
    assert future.with_a_firm(FIELDS, named) == 2
    assert future.with_a_firm(FIELDS, named, 2) == 1  # intelligence: late, press
    assert future.with_a_firm(FIELDS, named[named["breadth"] == "own"]) == 1
    assert future.with_a_firm(FIELDS, named.head(0)) == future.with_a_firm(FIELDS.head(0), named) == 0


INDICATORS = pd.DataFrame(
    {
        "indicator": ["future_industry_scale", "humanoid_robot_makers", "ai_firms"],
        "name_en": ["Future industries, scale", "Humanoid robot makers", "AI firms"],
        "name_zh": ["未来产业规模", "人形机器人整机企业数", "人工智能企业数"],
    }
)


def test_only_the_own_name_of_a_field_makes_a_measure():
    measured = {"future_industry_scale": "", "humanoid_robot_makers": "humanoid_robots"}
    assert future.measures(FIELDS, INDICATORS) == measured
    assert future.measures(FIELDS.iloc[1:], INDICATORS) == {"future_industry_scale": ""}
    assert future.measures(FIELDS.head(0), INDICATORS) == {}


def test_outcomes_leave_out_targets_other_places_and_other_sources(places):
    rows = [
        ("humanoid_robot_makers", "zone", "2025-12", "actual", "press"),
        ("humanoid_robot_makers", "wuhan", "2024", "estimate", "press"),
        ("humanoid_robot_makers", "wuhan", "2027", "target", "press"),
        ("humanoid_robot_makers", "chengdu", "2024", "actual", "press"),
        ("humanoid_robot_makers", "wuhan", "2023", "actual", "old"),
        ("ai_firms", "wuhan", "2023", "actual", "press"),
    ]
    figures = pd.DataFrame(rows, columns=["indicator", "place", "period", "status", "source_id"])
    known = future.outcomes(figures, ["humanoid_robot_makers"], places, "wuhan", {"press"})
    assert list(known["period"]) == ["2024", "2025-12"]


def aim(indicator, period="2027", place="wuhan", standing="no_figure_yet", value=10.0, source="plan"):
    size = fact(value, period=period, sources=(source,), indicator=indicator)
    about = {"indicator": indicator, "standing": standing}
    return targets.Target("t", "target", "future", place, indicator, period, size, **about)


def test_targets_are_those_of_the_measures_in_the_city_that_can_be_measured(places):
    every = [
        aim(future.REVENUE),
        aim(future.SCALE, "2024"),
        aim(future.SCALE, place="chengdu"),
        aim("ai_firms"),
        aim(future.SCALE, standing="not_measurable"),
        aim(future.SCALE, source="old"),
        aim("future_industry_clusters", "", "zone"),
    ]
    measured = [future.SCALE, future.REVENUE, "future_industry_clusters"]
    own = future.aims(every, measured, places, "wuhan", {"plan"})
    assert [(each.indicator, each.period) for each in own] == [
        ("future_industry_clusters", ""),
        (future.SCALE, "2024"),
        (future.REVENUE, "2027"),
    ]
    assert list(future.path(own)) == [future.SCALE, future.REVENUE]
    assert future.path(own[:1]) == {}


# The data of the project.


def test_every_field_of_the_data_has_words_in_lower_case_and_they_name_it():
    fields = package.read("future_industries").set_index("field")
    assert set(fields.index) == set(future.TERMS)
    for name, terms in future.TERMS.items():
        assert all(term == term.casefold() for group in terms for term in group), name
        printed = f"{fields.loc[name, 'name_en']} {fields.loc[name, 'name_zh']}".casefold()
        assert any(term in printed for term in terms.own), name
        assert len({term for group in terms for term in group}) == sum(map(len, terms)), name


def test_the_press_text_sets_350_and_1000():
    ledger, sources = claims.claims(), package.read("sources")
    admitted = future.admitted(sources, ledger, "D", 2026)
    fields = future.named_by(package.read("future_industries"), ledger, "wuhan", "all", admitted)
    measured = future.measures(fields, package.read("indicators"))
    every = progress.measured(ledger, witnesses.evidence())
    goals = future.path(future.aims(every, measured, package.read("places"), "wuhan", admitted))
    assert [goal.value for goal in goals.values()] == [350, 1000]
    assert [goal.period for goal in goals.values()] == ["2024", "2027"]


def test_bodies_that_govern_are_no_names_for_a_field_and_no_field_is_lost():
    tables = [package.read(table) for table in ("organisations", "projects", "policies", "places")]
    ledger = claims.claims()
    admitted = future.admitted(package.read("sources"), ledger, "D", 2026)
    fields = future.named_by(package.read("future_industries"), ledger, "wuhan", "all", admitted)
    named = future.members(fields, future.things(*tables, "wuhan", admitted, 2026))
    assert "Wuhan Science and Technology Innovation Bureau" not in set(named["name_en"])
    score = future.coverage(fields, named)
    assert len(score) == 13 and score["direction"].nunique() == 6
    twice = named[named["kind"] != "plan"].duplicated(["field", "name_zh"])
    assert not twice.any()


# The words.


def reading(named, fields=FIELDS, better=None, aims=(), **parts):
    given = {"city": "wuhan", "direction": "all", "min_trust": "D", "measured": {}, "known": pd.DataFrame()}
    better = named if better is None else better
    return words.Reading(fields=fields, named=named, better=better, aims=list(aims), **given | parts)


def test_the_headline_tells_the_plan_and_the_text_what_was_read(places):
    named = future.members(FIELDS, gathered(places))
    told = reading(named)
    title = f"Texts name firms for one of Wuhan's {len(FIELDS)} future sub-fields, loosely one more"
    assert str(told.title()) == title and str(told.answer()).startswith(f"{title}.")
    assert "may be another line of business" in str(told.answer())
    alone = reading(named[named["breadth"] == "own"])
    assert "firms for one" in str(alone.title()) and "line of business" not in str(alone.answer())
    assert "name firms for none" in str(reading(named.head(0)).answer())
    assert "By its own name a firm is named for: " in str(told.gaps())
    assert "Only by a looser match a firm is named for: " in str(told.gaps()) and "looser" not in str(alone.gaps())
    for each in (told, reading(named.head(0))):  # a sub-field without any name is drawn, as a gap
        assert set(each.picture()["name"]) == set(FIELDS["name_en"]) and set(each.picture()["part"]) <= set(
            each.parts()
        )
    assert told.picture()["value"].sum() == len(named)
    assert "gap of the texts read, not of the city" in str(told.meaning())


def test_the_table_lists_what_is_named_and_its_words_are_those_of_the_page():
    ours = words.read("wuhan", "all", "D", 2026)
    assert len(ours.names().rows) == len(ours.shown)
    prose.language("zh")
    try:
        assert "humanoid" not in repr(ours.names())
    finally:
        prose.language("en")


def test_a_target_and_its_stretch_in_one_text_are_one():
    low, high = (aim("future_industry_clusters", value=value) for value in (5.0, 10.0))
    assert future.steps([high, low, aim(future.SCALE)])[0] == [low, high]
    assert len(future.steps([low, aim("future_industry_clusters", value=10.0, source="press")])) == 2


def test_targets_are_listed_with_their_standing_and_a_goal_of_low_trust_leads_nothing():
    ours = words.read("wuhan", "all", "D", 2026)
    goals = ours.goals().rows
    assert len(goals) == len(future.steps(ours.aims)) < len(ours.aims)
    assert any("ended, no result found" in row for row in goals)
    said = str(ours.answer())
    assert "revenue of over 100 billion yuan in 2027 from a wider group" in said and "35 billion" not in said
    assert said.endswith("; no figure of it is known yet.")  # its year is not over
    assert "Of four targets two have ended, without a result found; two run to 2027." in str(ours.meaning())
    assert "humanoid" in str(ours.figures()).casefold()
    assert "No figure" in str(words.read("wuhan", "future_health", "D", 2026).figures())
