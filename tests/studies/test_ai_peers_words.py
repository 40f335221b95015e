"""What is said of a city in public lists: every branch of a sentence is taken, and counts are those of the lists."""

import pandas as pd
import pytest

from wuhan.studies.ai_peers import sides, words
from wuhan.studies.ai_peers.numbers import LESS, MORE, PAPERS, SAME, UNTOLD
from wuhan.text.prose import name

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


def test_lists_of_a_kind_are_counted_by_their_side_and_few_entries_tell_nothing():
    papers = {"papers_ijcai": LESS, "papers_cvpr": LESS, "papers_icra": SAME}
    assert sides.kinds(verdicts(**papers), "wuhan") == {"AI papers": (3, 2, 0, 27)}
    both = sides.kinds(verdicts(**papers | {"papers_aaai": MORE}), "wuhan")["AI papers"]
    assert both.found == (2, 1, False) and str(both.words) == "few in two, many in one"
    (one,) = sides.kinds(verdicts(papers_icra=MORE), "wuhan").values()
    assert str(one.words) == "many" and sides.kinds(verdicts(papers_icra=MORE), "hefei") == {}
    for side in (MORE, LESS):
        scant = sides.kinds(verdicts(count=4, papers_icra=side), "wuhan")["AI papers"]
        assert scant.scant and str(scant.words) == "too few entries to tell"
    same = sides.kinds(verdicts(count=4, papers_icra=SAME), "wuhan")["AI papers"]
    assert not same.scant and str(same.words) == "it may be chance"
    assert sides.kinds(verdicts(listed_firms_a_share=UNTOLD), "wuhan") == {}


def test_the_answer_counts_the_lists_that_tell_and_calls_no_other_in_proportion(wuhan):
    said = str(wuhan.answer())
    papers = wuhan.mine[wuhan.mine["indicator"].isin(PAPERS)]["verdict"]
    assert said.startswith(str(wuhan.title())) and ((papers == LESS).sum(), (papers == MORE).sum()) == (2, 0)
    assert str(wuhan.title()) == "Whether Wuhan had few or many AI papers for its GDP turns on counting Beijing"
    assert "It has few in two of five lists: CVPR (2013 to 2019) and ICRA (2013 to 2023);" in said
    assert "with Beijing left out: few in none, many in two." in said
    assert "Hangzhou has more papers in all five lists." in str(wuhan.meaning())
    assert "universities and colleges in 2017 was 1.7 times its share of GDP" in str(wuhan.meaning())
    hefei = str(read("hefei").answer())
    assert hefei.startswith("Among 15 cities Hefei had many AI papers") and "colleges in 2017 was 2 times" in hefei
    assert "in all five lists" in str(read("beijing").title()) and "more papers" not in str(read("beijing").meaning())
    both = str(read("shenzhen").answer())
    assert (
        "few AI papers for its GDP in one of five lists, many in two." in both and "Few: ACM MM (2024); many: " in both
    )
    small = read("lhasa")  # no conference counts it
    assert "Whether Lhasa has few universities" in str(small.title()) and "times" not in str(small.answer())
    assert "Available: " in str(read("xiantao").answer())


@pytest.mark.parametrize(
    ("tally", "title", "where"),
    [
        ((5, 0, 0, 99), "neither few nor many AI papers for its GDP beyond chance", None),
        ((5, 5, 0, 99), "few AI papers for its GDP in all five lists", None),
        ((1, 0, 1, 99), "many AI papers for its GDP in one list", None),
        ((2, 1, 1, 99), "few AI papers for its GDP in one of two lists, many in one", "Few: "),
    ],
)
def test_every_standing_of_papers_has_its_words(wuhan, tally, title, where):
    told = sides.Tally(*tally)
    assert title in str(wuhan._written(told))
    assert str(wuhan._where(told) or None).startswith(str(where))


def test_a_yardstick_turns_a_side_that_it_takes_away_or_adds_and_not_a_number_of_lists(wuhan):
    def tally(low, high, entries=99):
        return sides.Tally(5, low, high, entries)

    assert sides.turned(tally(2, 0), tally(0, 2)) and sides.turned(tally(2, 0), tally(0, 0))
    assert not sides.turned(tally(2, 0), tally(1, 0)) and not sides.turned(tally(2, 0), None)
    assert not sides.turned(tally(2, 0), tally(0, 1, entries=4))  # too few to tell
    named = {"few or many": [tally(2, 0), tally(0, 1)], "few": [tally(2, 0), tally(0, 0)], "many": [tally(0, 1)]}
    for words_, there in named.items():
        said = str(sides.depends(name("wuhan"), there, None))
        assert said == f"Whether Wuhan had {words_} AI papers for its GDP depends on the yardstick"
    assert str(read("xian").title()).endswith("had few or many AI papers for its GDP depends on the yardstick")
    chance = str(sides.told(tally(0, 0), sides.say("none")))
    assert chance == "It may be chance in all five lists"


def test_gdp_of_low_trust_behind_the_lists_that_are_named_is_told(wuhan):
    assert "GDP of low trust: Beijing and Chongqing in 2018." in str(wuhan.answer())
    late = words.read("wuhan", PEERS, (2019, 2024), "first_release")
    assert "low trust" not in str(late.answer())


def test_a_list_with_gaps_gives_no_verdict_in_words_table_or_figure(wuhan):
    gapped = wuhan.mine[wuhan.mine["verdict"] == UNTOLD]
    assert len(gapped) == 4 and not gapped["told"].any() and (gapped["high"] < 1).any()
    assert "Of large models, unicorns and listed firms nothing is told" in str(wuhan.meaning())
    rows = {row[0]: row[3] for row in wuhan.standings().rows}
    assert not rows["Listed firms, Shanghai and Shenzhen"].endswith(("▲", "▼"))


def test_another_choice_is_said_to_change_what_it_changes(wuhan):
    told = str(wuhan.changes())
    assert "With Beijing left out, other words would hold: AI papers (few in none, many in two)." in told
    assert "unicorns" not in told and "colleges" not in told
    assert "each of these: Shanghai left out, residents in place of GDP" in str(read("beijing").changes())


def test_papers_are_followed_where_they_are_counted(wuhan):
    assert wuhan.paper_shares()["indicator"].nunique() == 1
    assert set(wuhan.paper_shares()["place"]) <= {"wuhan", *PEERS}
    assert len(wuhan.papers().rows) == 5
    one = words.read("wuhan", PEERS, (2024, 2024), "first_release")
    assert str(one.papers_title()).endswith("6.6% of the AI papers of 15 cities at one conference in 2024")
    assert str(wuhan.papers_title()).endswith("Wuhan had 4.8% in 2020, 6.6% in 2024; it may be chance")
    assert "fell from 32% in 2020 to 23% in 2024" in str(read("beijing").papers_title())
    assert "rose from" in str(read("guangzhou").papers_title())
    assert "IJCAI" in str(wuhan.followed())
    none = read("huangshi")
    assert none.paper_shares().loc[lambda rows: rows["place"] == "huangshi"].empty
    assert "No count of AI papers" in str(none.papers_title()) and "No count" in str(none.papers())


def test_the_papers_behind_the_shares_the_rank_and_a_rise_of_most_cities_are_told(wuhan):
    said = str(wuhan.behind())
    assert "In 2020 these were 19 of 394 papers, in 2024 49 of 742" in said
    assert "Its rank went from 7 to 8 of 15 cities." in said
    assert "the share in all papers of the conference rose for 14 of 15 cities" in said
    assert "Its rank stayed 1 of 15" in str(read("beijing").behind())
    assert words.read("wuhan", PEERS, (2024, 2024), "first_release").behind() is None
    assert "file" not in str(words.read("wuhan", PEERS, (2020, 2021), "first_release").behind())


def test_cities_without_a_gdp_are_told(wuhan):
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
