"""What was known on a day: rows of later publications are gone, whatever period they are of."""

import pandas as pd
import pytest

from wuhan.evidence import asof, claims, package, witnesses
from wuhan.evidence.identities import Identity, answerable
from wuhan.text import parameters
from wuhan.text.parameters import Parameter, ParameterError

DATES = {"bureau": "2025-03-27", "monthly": "2024-01", "yearly": "2024", "undated": ""}


def frame(*rows, date="period"):
    return pd.DataFrame(rows, columns=["source_id", date])


@pytest.fixture(autouse=True)
def _without_bound():
    yield
    package.known_by("")


@pytest.mark.parametrize(
    "source, day, known",
    [
        ("bureau", "2025-03-26", False),
        ("bureau", "2025-03-27", True),
        ("monthly", "2024-01-30", False),
        ("monthly", "2024-01-31", True),
        ("monthly", "2024-01", True),
        ("yearly", "2024-12-30", False),
        ("yearly", "2024", True),
    ],
)
def test_a_row_is_known_from_the_last_day_that_its_source_may_be_of(source, day, known):
    assert asof.published(frame((source, "2023")), DATES, day).tolist() == [known]


def test_a_row_of_an_undated_source_is_known_a_year_after_its_period():
    rows = frame(("undated", "2022"), ("undated", "2024-02-29"), ("undated", ""))
    assert asof.published(rows, DATES, "2023-12-30").tolist() == [False, False, False]
    assert asof.published(rows, DATES, "2023-12-31").tolist() == [True, False, False]
    assert asof.published(rows, DATES, "2025-02-28").tolist() == [True, True, False]


def test_an_undated_claim_is_known_when_it_was_stated():
    rows = pd.DataFrame({"source_id": ["undated"], "stated": ["2024-01-25"], "period": ["2023"]})
    assert asof.published(rows, DATES, "2024-01-24").tolist() == [False]
    assert asof.published(rows, DATES, "2024-01-25").tolist() == [True]


def test_the_later_of_two_sources_counts_and_a_table_without_sources_is_whole():
    both = pd.DataFrame({"source_id": ["monthly", "monthly"], "source_id_2": ["bureau", ""]})
    assert asof.published(both, DATES, "2024-06-30").tolist() == [False, True]
    assert asof.published(both, DATES, "2025-03-27").tolist() == [True, True]
    assert asof.published(pd.DataFrame({"place": ["wuhan"]}), DATES, "1990").tolist() == [True]


def test_what_is_read_is_what_was_known(tiny):
    package.known_by("2025-04-01")
    assert package.read("sources", tiny)["source_id"].tolist() == ["bureau_2024", "undated"]
    assert set(package.read("gdp", tiny)["source_id"]) == {"bureau_2024"}  # the undated ones of 2024 are due in 2026
    assert list(package.rows("events", "event_id", data=tiny)) == ["start_2024"]
    package.known_by("2025-12-31")
    assert len(package.read("gdp", tiny)) == 8
    package.known_by("")
    assert len(package.read("events", tiny)) == 2


def test_what_is_kept_of_a_table_is_kept_for_the_day():
    whole = package.state("sources")
    package.known_by("2024")
    assert package.state("sources") != whole


def test_it_is_noted_that_dates_were_used(tiny, tmp_path, monkeypatch):
    monkeypatch.setenv("WUHAN_READS", str(tmp_path / "reads.txt"))
    package.read("gdp", tiny, ("value",))
    before = (tmp_path / "reads.txt").read_text()
    package.known_by("2025-04-01")
    package.read("gdp", tiny, ("value",))
    after = (tmp_path / "reads.txt").read_text().removeprefix(before)
    assert "published" not in before and "published" in after and "period" in after


@pytest.mark.parametrize("day", ["", "2024", "2024-01", "2024-01-26"])
def test_a_day_is_blank_or_a_date(day):
    assert parameters.judge(Parameter("known_by", "", kind=str), day, package.DATA) is None


@pytest.mark.parametrize(
    "day, said", [("2024-13-01", "no date"), ("26 January", "no date"), ("1890", "outside the data")]
)
def test_another_word_is_refused(day, said):
    with pytest.raises(ParameterError, match=said):
        parameters.judge(Parameter("known_by", "", kind=str), day, package.DATA)


def test_an_identity_waits_for_its_claims_and_for_the_results_that_it_uses():
    tests = [
        Identity("growth", "", "growth_of := growth(new, old)"),
        Identity("sum", "", "old + old = older"),
        Identity("fit", "", "growth_of = 5"),
    ]
    assert [each.identity for each in answerable(tests, {"old", "older"})] == ["sum"]
    assert [each.identity for each in answerable(tests, {"old", "older", "new"})] == ["growth", "sum", "fit"]


@pytest.mark.parametrize("day", ["2018-06-30", "2024-01-26", "2025-03-11", "2025-06-27"])
def test_the_ledger_can_be_replayed(day):
    package.known_by(day)
    ledger = claims.claims()
    held = claims.verdicts(ledger, witnesses.evidence())
    assert len(held) == len(ledger) < 317
    assert all(fact.period[:4] <= day[:4] for one in held for fact in one.against if fact.status == "actual")
    claims.checks(ledger, claims.identities())


def test_a_rank_waits_for_the_levels_of_all_cities():
    package.known_by("2025-06-27")  # communiques of 2024 are out, but not of every city
    known = witnesses.evidence()
    assert any(level == "gdp_nominal" and year == "2024" for level, _city, year in known.hidden)
    assert witnesses.worked_out("gdp_rank", "wuhan", "2024", known) == []
    package.known_by("")
    assert len(witnesses.worked_out("gdp_rank", "wuhan", "2024", witnesses.evidence())) == 1
