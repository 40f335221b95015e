"""What is said of city totals: each standing has its sentence, true for the numbers it is made of."""

import pandas as pd
import pytest
from test_project_pipeline import BLANK, CONFERENCE, YEARS, events, starts_of, target

from wuhan.analysis.events import marks
from wuhan.studies.project_pipeline import starts, words
from wuhan.text import prose


@pytest.fixture(autouse=True)
def english():
    prose.language("en")


def total(date, money, projects=100, **columns):
    return {"date": date, "projects": projects, "investment_100m_cny": float(money), **columns}


def reading(*rows, kind="signing"):
    return words.Reading("wuhan", kind, words.named(events(*rows)))


def answer(*rows):
    return str(reading(*rows).answer(pd.DataFrame([BLANK | {"event": "a", "date": "2020"}]), YEARS, "C"))


@pytest.mark.parametrize(
    ("money", "end"),
    [
        ([300, 200, 100], "10 billion yuan, the least of three found."),
        ([100, 200, 300], "30 billion yuan, the most of three found."),
        ([100, 300, 200], "20 billion yuan, less than one of the other two found."),
        ([100], "10 billion yuan; no other was found."),
    ],
)
def test_the_newest_total_and_its_rank(money, end):
    rows = [total(f"{2021 + at}-05-24", each) for at, each in enumerate(money)]
    assert answer(*rows).endswith(end)


def test_a_lower_bound_takes_no_rank_that_it_does_not_have():
    assert "none found is clearly larger" in answer(total("2021-05-24", 300), total("2022", 200, qualifier="over"))


def test_a_total_of_low_trust_never_leads_and_is_named():
    told = answer(total("2021-05-24", 300), total("2022-05-24", 200, source_id="poor"))
    assert told.startswith("Wuhan's signing of May 2021 announced 30 billion yuan, the most of two")
    assert told.endswith("Found only in sources of low trust: 20 billion yuan (24 May 2022).")


def test_no_change_rests_on_a_total_of_low_trust():
    rows = [total("2020", 900, source_id="poor"), total("2021-05-24", 300), total("2022-05-24", 150, 120)]
    told = str(reading(*rows).change())
    assert told.startswith("The money fell by 50%, from 30 billion yuan (24 May 2021) to 15 billion yuan")
    assert "from 100 to 120" in told and "Hollow points" in told
    assert "Of the 5 quarters from April 2021 to June 2022, totals that compare were found for 2" in told
    assert "Hollow" not in str(reading(*rows[1:]).change())


def test_two_lower_bounds_show_no_clear_change():
    rows = [total("2021-05-24", 300, qualifier="over"), total("2021-06-24", 150, qualifier="over")]
    assert str(reading(*rows).change()).startswith("The money did not clearly change, from over 30 billion")


def test_without_a_total_there_is_what_else_is_known():
    own = reading(total("2021", 300, event_type="groundbreaking"))
    known = pd.DataFrame([BLANK | {"event": "a", "date": "2021", "event_type": "groundbreaking"}])
    assert str(own.answer(known, YEARS, "C")) == (
        "No city total (signing) of Wuhan, 2000 to 2030, from sources of trust C or better.\n\n"
        "Available: groundbreaking (city total) of 2021."
    )


def test_the_other_kind_of_event_stands_in_where_the_one_asked_for_has_no_total():
    totals = reading(total("2021", 300, event_type="groundbreaking")).totals
    known = words.read("wuhan", "signing", totals)
    told = str(known.answer(pd.DataFrame(), YEARS, "C"))
    assert told.startswith("No city total (signing) of Wuhan was found.\n\nWuhan's groundbreaking of 2021 announced")
    assert len(known.chosen) == 1 and not words.read("wuhan", "groundbreaking", totals).asked


@pytest.mark.parametrize(
    ("last", "title"),
    [
        (
            (80, 80),
            "Wuhan: a project at signing events averaged 1 billion yuan in May 2021, 800 million yuan in May 2022",
        ),
        ((200, 200), "2 billion yuan in May 2022"),
    ],
)
def test_both_kinds_of_event_are_read_together(last, title):
    other = {"event_type": "groundbreaking"}
    own = reading(
        total("2021-05-24", 1000),
        total("2022-05-24", 10 * last[0]),
        total("2021-06-24", 1000, **other),
        total("2022-06-24", 10 * last[1], **other),
    )
    assert title in str(own.sizes_title()) and "lowest" not in str(own.sizes())
    assert str(own._aside()).startswith("A groundbreaking averaged 1 billion yuan a project in June 2021")


def test_the_lowest_of_a_kind_that_turned_is_told_by_grade():
    other = {"event_type": "groundbreaking"}
    moves = [total(f"{2021 + at}-06-24", money, **other) for at, money in enumerate((1000, 500, 800))]
    pair = [total("2021-05-24", 1000), total("2023-05-24", 700)]
    told = str(reading(*pair, *moves).sizes())
    assert "the lowest from a source of trust B or better was 500 million yuan (24 June 2022)." in told
    poor = total("2022-09-24", 300, source_id="poor", **other)
    assert "; a source of low trust has 300 million yuan (24 September 2022)." in str(
        reading(*pair, *moves, poor).sizes()
    )


def test_the_path_over_a_peak_is_told():
    own = reading(*(total(f"{2021 + at}-05-24", money) for at, money in enumerate((300, 400, 100))))
    assert str(own.money_title()) == "Wuhan, signing totals: the smallest of three found is that of May 2023"
    assert "for 3 of 9 quarters" in str(own.money_measure())
    assert "series" not in own.by_name(marks(own.chosen, "money"))
    assert "the largest of two" in str(reading(total("2021-05-24", 100), total("2022-05-24", 300)).money_title())
    assert "to 40 billion yuan (24 May 2022) and then to 10 billion yuan" in str(own.change())


def test_a_total_that_is_not_named_for_a_quarter_is_no_last_of_a_series():
    quarters = [total(f"{2021 + at}-05-24", money, name_zh="二季度签约大会") for at, money in enumerate((300, 400))]
    own = reading(*quarters, total("2023-06-24", 100, name_zh="投资促进大会"))
    assert own.apart and "least" not in str(own.answer(None, YEARS, "C"))
    headline, rest = str(own.answer(None, YEARS, "C")).split("\n\n")
    assert headline == "In May 2022 projects at Wuhan's signing averaged 33% more than in May 2021."
    assert rest == "Wuhan's signing of June 2023 is not named for a quarter and not compared: 10 billion yuan."
    assert "rose by 33%, from 30 billion yuan (24 May 2021) to 40 billion yuan (24 May 2022)" in str(own.change())
    assert "Of the 9 quarters from April 2021 to June 2023, totals that compare were found for 2" in str(own.change())
    assert str(own.money_title()) == "Wuhan's signing totals: 30 billion yuan in May 2021, 40 billion yuan in May 2022"
    assert own.by_name(marks(own.chosen, "money"))["series"].nunique() == 2
    assert not reading(*quarters).apart
    before = reading(total("2020-06-24", 900, name_zh="投资促进大会"), *quarters)
    assert "the most of two named for a quarter" in str(before.answer(None, YEARS, "C"))


def test_means_that_enter_no_change_are_told_and_drawn_apart():
    quarters = [total(f"{2021 + at}-05-24", money, name_zh="二季度签约大会") for at, money in enumerate((300, 400))]
    starts = [
        total(date, 200, event_type="groundbreaking", name_zh="二季度集中开工") for date in ("2021-04-02", "2022-04-02")
    ]
    before = total("2020-04-02", 190, event_type="groundbreaking", name_zh="集中开工")
    own = reading(*quarters, before, *starts, total("2023-06-24", 100, name_zh="投资促进大会"))
    _headline, rest = str(own.answer(None, YEARS, "C")).split("\n\n")
    assert rest.startswith("June 2023, named for no quarter: 100 million yuan. A groundbreaking: 200 million")
    said = str(own.sizes())
    assert "Older totals (groundbreaking) are not named for a quarter and not compared: 190 million yuan" in said
    drawn = own.by_kind(marks(own.totals, "mean"))
    assert drawn["series"].nunique() == drawn["colour"].nunique() == 4
    assert (drawn["series"].str.endswith(", not named for a quarter")).sum() == 2


def test_a_share_that_the_source_prints_goes_before_one_worked_out():
    note = "Projects of 1 billion yuan or more are said to carry 59.2% of the investment."
    own = reading({"date": "2025-06-26", **CONFERENCE, "note": note})
    (share,) = own.classes["share_money"]
    assert (share.value, share.low, share.high) == (59.2, pytest.approx(59.15), pytest.approx(59.25))


def test_large_projects_and_those_on_stage():
    own = reading({"date": "2024-06-26", **CONFERENCE}, {"date": "2025-06-26", **CONFERENCE})
    assert str(own.large_title()) == "Wuhan, June 2025: 30 of 148 projects carry 59% of the money"
    told = str(own.large())
    assert "The 30 large projects average 1.9 billion yuan, the other 118 average 340 million yuan." in told
    assert "At the other event that prints it, large projects carry 59% of the money." in told
    assert "they were smaller on average: 580 million yuan against 710 million yuan" in told
    assert "No signing prints" in str(reading(total("2021", 300)).large())


def test_shares_of_large_projects_are_told_in_two_digits():
    for fact in reading({"date": "2025-06-26", **CONFERENCE}).large_title().facts:
        assert len(fact["text"].strip("%")) <= 3 and fact["value"] >= float(fact["text"].strip("%"))


@pytest.mark.parametrize(
    ("more", "said"),
    [((), "so none can be called met or missed"), ((target("2024", 310, status="actual"),), "counted by the same")],
)
def test_starts_are_set_against_a_target_only_when_counted_alike(more, said):
    told = str(starts.told(starts_of(target("2024", 300), *more), "wuhan"))
    assert told.startswith("For 2024 Wuhan aimed at 300 starts (") and said in told
    assert "The 75 projects started on 25 January 2024" in told
    none = starts_of(target("2024", 300), years=(2021, 2023))
    assert "No target" in str(starts.told(none, "wuhan"))
