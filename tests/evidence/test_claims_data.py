"""The claims ledger as data: every number of the five articles, read as a person reads it, and its identities."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from wuhan.evidence import ledger, package
from wuhan.evidence.periods import bounds
from wuhan.evidence.units import UNITS

CHECKED = Path(__file__).parent / "claims_checked.csv"
LINES = {"press_000": 34, "press_001": 107, "press_002": 18, "press_003": 79, "press_004": 48}
ROWS = {"press_000": 63, "press_001": 104, "press_002": 47, "press_003": 35, "press_004": 67}
KINDS = {"actual": 158, "plan": 77, "target": 36, "context": 32, "forecast": 7, "cap": 6}
CLAIM = re.compile(r"\bp[0-9]{3}_[a-z0-9_]+")
# Projects that the articles name; several of them had been in the table from other sources.
PROJECTS = {
    "ai_public_service_platform",
    "china_mobile_computing_centre",
    "chucai_robots",
    "cict_mobile_base",
    "cloudwalk_central_headquarters",
    "cloudwalk_computing_centre",
    "convalife_headquarters",
    "dr_laser_phase_2",
    "driverless_tourism_line",
    "east_lake_data_exchange",
    "future_industries_institute",
    "garrett_plant_expansion",
    "garrett_zero_emission_centre",
    "grand_pharma_technology_centre",
    "guanjie_flexible_line",
    "hanjiang_bay_ai_park",
    "icv_service_platform",
    "iflytek_wuhan",
    "lotus_smart_factory",
    "optics_valley_ai_park",
    "south_taizi_lake_ai_park",
    "waytous_headquarters",
    "waytous_smart_logistics",
    "wuhan_metaverse_base",
    "wuhan_supercomputing_centre",
    "xiaomi_wuhan_headquarters",
    "yangtze_data_exchange",
    "yofc_advanced_semiconductor",
    "zhixin_line_retrofit",
    "zhixin_powertrain_phase_2",
}


@pytest.fixture(scope="module")
def claims():
    return package.read("claims").set_index("claim", drop=False)


@pytest.fixture(scope="module")
def identities():
    return package.read("identities")


def checked() -> list[dict[str, str]]:
    with CHECKED.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_number_of_the_articles_is_there(claims):
    assert len(claims) == 316 and claims.claim.is_unique
    assert dict(Counter(claims.source_id)) == ROWS
    assert (claims.claim.str[:4] == "p" + claims.source_id.str[-3:]).all()


def test_every_line_exists(claims):
    assert (claims.line >= 1).all()
    assert (claims.line <= claims.source_id.map(LINES)).all()


def test_counts_by_kind(claims):
    assert dict(Counter(claims.kind)) == KINDS
    assert (claims.comparison == ledger.LISTED).sum() == 57
    assert (claims.repeats != "").sum() == 15


@pytest.mark.parametrize("row", checked(), ids=lambda row: row["claim"])
def test_a_number_is_read_as_checked_by_hand(claims, row):
    claim = claims.loc[row["claim"]]
    read = ledger.figure(claim.value_text, claim.unit, claim.comparison, claim.qualifier)
    assert (read.unit, read.qualifier) == (row["unit"], row["qualifier"]) == (claim.unit, claim.qualifier)
    for name in ("value", "low", "high"):
        assert getattr(read, name) == pytest.approx(float(row[name]), rel=1e-12), name


def test_all_numbers_were_checked_by_hand(claims):
    assert [row["claim"] for row in checked()] == claims.claim[claims.unit != ""].tolist()


def test_without_a_number_there_is_neither_unit_nor_qualifier_nor_indicator(claims):
    blank = claims[claims.unit == ""]
    assert len(blank) == 47
    assert (blank.qualifier == "").all() and (blank.indicator == "").all()
    assert set(claims.comparison[claims.unit != ""]).isdisjoint({"date", "label"})
    assert (claims.qualifier[claims.unit != ""] != "").all()


def test_a_repeated_claim_is_an_original_of_the_same_article(claims):
    for claim in claims[claims.repeats != ""].itertuples():
        original = claims.loc[claim.repeats]
        assert original.repeats == "" and original.source_id == claim.source_id
        assert (original.measure, original.unit) == (claim.measure, claim.unit)


def test_an_indicator_is_measured_in_its_unit(claims):
    units = package.read("indicators").set_index("indicator").unit
    for claim in claims[claims.indicator != ""].itertuples():
        assert claim.unit == units[claim.indicator], claim.claim
        assert UNITS[claim.unit].dimension == UNITS[units[claim.indicator]].dimension


def test_what_is_of_2018_is_not_dated_by_the_page(claims):
    old = claims[claims.source_id == "press_003"]
    page = old.claim.isin(["p003_park_zones", "p003_publish_date"])
    assert set(old.stated[page]) == {"2022-11-29"} and set(old.stated[~page]) == {"2018-03-30"}
    assert old.note[~page].str.contains("the year is inferred").all()
    happened = old[~page & (old.kind == "actual") & (old.period != "")]
    assert set(happened.period.str[:4]) == {"2017", "2018"}


def test_nothing_actual_was_said_before_it_happened(claims):
    for claim in claims[(claims.kind == "actual") & (claims.period != "")].itertuples():
        assert bounds(claim.period)[0] <= bounds(claim.stated)[1], claim.claim


def test_a_cap_is_an_upper_end(claims):
    caps = claims[claims.kind == "cap"]
    assert set(caps.qualifier) == {"up_to"} and set(caps.unit) == {"10k_cny"}


def test_identities_name_claims_with_a_number(claims, identities):
    for row in identities.itertuples():
        for name in CLAIM.findall(row.formula):
            assert name in claims.index, f"{row.identity}: {name}"
            assert claims.loc[name].unit, f"{row.identity}: {name} has no number"


def test_identities_are_questions_and_use_results_that_are_named(identities):
    assert len(identities) >= 57
    assert identities.question.str.endswith("?").all() and identities.question.is_unique
    named = [formula.split(":=")[0].strip() for formula in identities.formula if ":=" in formula]
    of_own_row = identities.identity[identities.formula.str.contains(":=")]
    assert named == of_own_row.tolist()
    words = {word for formula in identities.formula for word in re.findall(r"[a-z][a-z0-9_]*", formula)}
    words -= {"share", "growth", "root", "min", "max", *UNITS, *named}
    assert all(CLAIM.fullmatch(word) for word in words)


def test_who_and_what_the_articles_name(claims):
    assert len(package.read("organisations")) == 113
    fields = package.read("future_industries")
    assert len(fields) == 13 and fields.direction.nunique() == 6
    policies = package.read("policies")
    assert policies.source_id.str.startswith("press_").sum() == 35
    projects = package.read("projects")
    assert PROJECTS <= set(projects.project)
    assert projects.name_zh.is_unique and projects.name_en.is_unique
    assert claims.organisation[claims.organisation != ""].nunique() > 25
