"""What is said of a city in public lists: every branch of a sentence is taken, and counts are those of the lists."""

import pandas as pd
import pytest

from wuhan.studies.ai_peers import words
from wuhan.studies.ai_peers.numbers import LESS, MORE, SAME, UNTOLD

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
    assert words.kinds(verdicts(papers_icra=MORE), "wuhan") == {"AI papers": MORE}
    assert words.kinds(verdicts(papers_icra=MORE), "hefei") == {}
    for side in (MORE, LESS):
        assert words.kinds(verdicts(count=4, papers_icra=side), "wuhan") == {"AI papers": words.SCANT}
    assert words.kinds(verdicts(count=4, papers_icra=SAME), "wuhan") == {"AI papers": SAME}
    assert words.kinds(verdicts(listed_firms_a_share=UNTOLD), "wuhan") == {}


def test_the_answer_tells_papers_first_then_who_has_more_and_the_universities(wuhan):
    said = str(wuhan.answer())
    papers = wuhan.mine[wuhan.mine["indicator"].isin(words.PAPERS)]["verdict"]
    assert said.startswith(str(wuhan.title())) and "in none clearly above" in said
    assert (papers == MORE).sum() == 0 < (papers == LESS).sum()
    assert (
        "; Hangzhou has more papers in all five." in said
        and "84 universities and colleges of 2017 were 1.7 times" in said
    )
    assert "clearly above its part of GDP, in none clearly below" in str(read("hefei").answer())
    assert "more papers" not in str(read("beijing").answer())
    small = read("lhasa")  # no conference counts it
    assert "about its part of GDP" in str(small.answer()) and "about as many universities" in str(small.title())
    assert "Available: " in str(read("xiantao").answer())


def test_a_list_with_gaps_gives_no_verdict_in_words_table_or_figure(wuhan):
    gapped = wuhan.mine[wuhan.mine["verdict"] == UNTOLD]
    assert len(gapped) == 4 and not gapped["told"].any() and (gapped["high"] < 1).any()
    assert "Of large models, unicorns and listed firms nothing is told" in str(wuhan.meaning())
    rows = {row[0]: row[3] for row in wuhan.standings().rows}
    assert not rows["Listed firms, Shanghai and Shenzhen"].endswith(("▲", "▼"))


def test_another_choice_is_said_to_change_what_it_changes(wuhan):
    told = str(wuhan.changes())
    assert "Held against residents, nothing changes." in told and "unicorns" not in told
    assert "Without Shanghai" in str(read("beijing").changes())


def test_papers_are_followed_where_they_are_counted(wuhan):
    assert wuhan.paper_shares()["indicator"].nunique() == 1
    assert set(wuhan.paper_shares()["place"]) <= {"wuhan", *PEERS}
    assert len(wuhan.papers().rows) == 5
    one = words.read("wuhan", PEERS, (2024, 2024), "first_release")
    assert str(one.papers_title()).endswith("in 2024") and "rose from" in str(wuhan.papers_title())
    assert "its rank went from 7 to 8 of 15 cities" in str(wuhan.papers_title())
    assert "its rank stayed 1" in str(read("beijing").papers_title())
    assert "IJCAI" in str(wuhan.followed())
    none = read("huangshi")
    assert none.paper_shares().loc[lambda rows: rows["place"] == "huangshi"].empty
    assert "No count of AI papers" in str(none.papers_title()) and "No count" in str(none.papers())


def test_universities_are_counted_and_ranked(wuhan):
    assert str(wuhan.taught()) == "Universities and colleges in 2017: Beijing 92, Wuhan 84 and Guangzhou 83"
    assert "in 2017, rank 1 of " in str(read("beijing").taught())
    assert [fact["value"] for fact in wuhan.degrees().facts] == [84, 46, 7]
    assert "1 institution of" in str(read("xiantao").taught())
    assert "No university" in str(read("yangtze_delta").taught()) and read("yangtze_delta").degrees() is None


def test_tables_have_one_row_a_list_a_source_and_a_statement(wuhan):
    assert len(wuhan.standings().rows) == wuhan.listed["indicator"].nunique()
    assert len(wuhan.lists().rows) == wuhan.listed.drop_duplicates("indicator")["source_id"].str[0].nunique()
    assert len(wuhan.statements().rows) == len(wuhan.printed) > 20
    assert "No figure" in str(read("xiantao", ()).statements())
