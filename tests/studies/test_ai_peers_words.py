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
    assert said.startswith(str(wuhan.title())) and wuhan.sides["AI papers"] == SAME
    assert str(wuhan.title()).startswith("In three of five") and (papers == LESS).sum() == 2 and MORE not in set(papers)
    assert "In CVPR (2013 to 2019) and ICRA (2013 to 2023) they are clearly fewer; Hangzhou has more papers" in said
    assert "share of universities in 2017 was 1.7 times its share of GDP" in said
    assert str(read("hefei").title()).startswith("Hefei has many AI papers") and "clearly" not in str(
        read("hefei").answer()
    )
    assert "more papers" not in str(read("beijing").answer())
    small = read("lhasa")  # no conference counts it
    assert "about its share of GDP" in str(small.answer()) and "about as many universities" in str(small.title())
    assert "Available: " in str(read("xiantao").answer())


def test_a_list_with_gaps_gives_no_verdict_in_words_table_or_figure(wuhan):
    gapped = wuhan.mine[wuhan.mine["verdict"] == UNTOLD]
    assert len(gapped) == 4 and not gapped["told"].any() and (gapped["high"] < 1).any()
    assert "Of large models, unicorns and listed firms nothing is told" in str(wuhan.meaning())
    rows = {row[0]: row[3] for row in wuhan.standings().rows}
    assert not rows["Listed firms, Shanghai and Shenzhen"].endswith(("▲", "▼"))


def test_another_choice_is_said_to_change_what_it_changes(wuhan):
    told = str(wuhan.changes())
    assert "each of these: residents in place of GDP, Beijing left out" in told and "unicorns" not in told
    assert "Shanghai left out" in str(read("beijing").changes())


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


def test_a_rise_of_all_cities_drawn_is_told_and_what_lacks_a_gdp(wuhan):
    assert "the share of each of the five cities drawn rose" in str(wuhan.jumped())
    assert words.read("wuhan", PEERS, (2024, 2024), "first_release").jumped() is None
    assert "(Higher-education institutions: 58 of 61)" in str(wuhan.meaning())


def test_what_cities_print_is_no_older_floor_and_a_part_above_the_whole_is_told(wuhan):
    printed = wuhan.printed.query("place == 'wuhan' and status == 'actual'")
    assert printed.loc[printed["indicator"] == "ai_firms", "value"].tolist() == [1326]
    assert "ai_core_industry_scale" not in set(printed["indicator"])
    assert "Hangzhou prints more Core AI firms (nearly 700) than AI firms (569) for 2024" in str(wuhan.misfits())
    assert read("xiantao", ()).misfits() is None


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
