"""What is said of a city in public lists: every branch of a sentence is taken, and counts are those of the lists."""

import pandas as pd
import pytest

from wuhan.studies.ai_peers import words
from wuhan.studies.ai_peers.numbers import LESS, MORE, SAME

PEERS = ("hangzhou", "nanjing", "chengdu", "hefei")
YEARS = (2013, 2024)


def read(city, peers=PEERS):
    return words.read(city, peers, YEARS, "first_release")


@pytest.fixture(scope="module")
def wuhan():
    return read("wuhan")


def verdicts(count=9, **found):
    rows = [(indicator, "wuhan", verdict, count) for indicator, verdict in found.items()]
    return pd.DataFrame(rows, columns=["indicator", "place", "verdict", "count"])


def test_more_than_half_of_the_lists_of_a_kind_decide():
    papers = {"papers_ijcai": LESS, "papers_cvpr": LESS, "papers_icra": SAME}
    assert words.kinds(verdicts(**papers), "wuhan") == {"AI papers": LESS}
    assert words.kinds(verdicts(**papers | {"papers_aaai": MORE}), "wuhan") == {"AI papers": SAME}
    assert words.kinds(verdicts(unicorns_cb_insights=MORE), "wuhan") == {"unicorns": MORE}
    assert words.kinds(verdicts(unicorns_cb_insights=MORE), "hefei") == {}
    for side in (MORE, LESS):
        assert words.kinds(verdicts(count=4, unicorns_cb_insights=side), "wuhan") == {"unicorns": words.SCANT}
    assert words.kinds(verdicts(count=4, unicorns_cb_insights=SAME), "wuhan") == {"unicorns": SAME}


def test_the_answer_says_of_what_there_are_many_and_few(wuhan):
    told = words.kinds(wuhan.found, "wuhan")
    assert set(told) == set(words.KINDS)
    said = str(wuhan.answer())
    order = [said.index(word) for word in ("many", "universities", "few", "listed firms")]
    assert order == sorted(order) and "AI papers" not in said  # what is average is told below
    assert "AI papers is average to low: clearly low in 2 of 5" in str(wuhan.meaning())
    assert "large models" not in said and "to tell: large models and unicorns" in str(wuhan.meaning())  # three, and two
    assert "more universities, and fewer listed firms" in str(wuhan.title())
    assert str(read("beijing").title()) == str(read("beijing").finding())  # it lags in none
    assert "Available: " in str(read("xiantao").answer())


def test_the_ends_are_told_in_counts(wuhan):
    first, last = wuhan.mine.iloc[0], wuhan.mine.iloc[-1]
    counted = [fact["value"] for fact in wuhan.meaning().facts if fact.get("counted")]
    assert counted[-4:] == [first["count"], round(first["expected"]), last["count"], round(last["expected"])]
    assert wuhan.mine["value"].is_monotonic_decreasing


def test_another_choice_is_said_to_change_what_it_changes(wuhan):
    told = str(wuhan.changes())
    assert "Held against residents, nothing changes." in told and "unicorns (average)" in told
    assert "Without Shanghai" in str(read("beijing").changes())


def test_papers_are_followed_where_they_are_counted(wuhan):
    assert wuhan.paper_shares()["indicator"].nunique() == 1
    assert set(wuhan.paper_shares()["place"]) <= {"wuhan", *PEERS}
    assert len(wuhan.papers().rows) == 5
    one = words.read("wuhan", PEERS, (2024, 2024), "first_release")
    assert "of all in 2024" in str(one.papers_title()) and " and " not in str(one.papers_title())
    none = read("huangshi")
    assert none.paper_shares().loc[lambda rows: rows["place"] == "huangshi"].empty
    assert "No count of AI papers" in str(none.papers_title()) and "No count" in str(none.papers())


def test_universities_are_counted_and_ranked(wuhan):
    assert str(wuhan.taught()).endswith("in 2017, rank 2 of 61") and "84 institutions" in str(wuhan.taught())
    assert [fact["value"] for fact in wuhan.degrees().facts] == [84, 46, 7]
    assert "1 institution of" in str(read("xiantao").taught())
    assert "No university" in str(read("yangtze_delta").taught()) and read("yangtze_delta").degrees() is None


def test_tables_have_one_row_a_list_a_source_and_a_statement(wuhan):
    assert len(wuhan.standings().rows) == wuhan.listed["indicator"].nunique()
    assert len(wuhan.lists().rows) == wuhan.listed.drop_duplicates("indicator")["source_id"].str[0].nunique()
    assert len(wuhan.statements().rows) == len(wuhan.printed) > 20
    assert "No figure" in str(read("xiantao", ()).statements())
