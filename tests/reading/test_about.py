"""What a number is about is sure only where the sentence says it plainly."""

import pytest

from wuhan.reading import about, decode, terms, times

NAMES = terms.vocabulary()
HEAD = "武汉经济\n发布时间：2025-04-10\n武汉，武汉。\n"


def read(text, head=HEAD):
    article = decode.parsed(head + text)
    return about.read(article, NAMES, times.printing(article))


def only(text, head=HEAD):
    (one,) = read(text, head)
    return one


def measured(text):
    return [(one.measure.code, one.measure.sure) for one in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年，武汉地区生产总值21106亿元，同比增长5.2%。", ["gdp_nominal", "gdp_real_growth"]),
        ("2024年，武汉GDP达2.1万亿元，位居全国第9。", ["gdp_nominal", "gdp_rank"]),
        ("全市拥有650家人工智能企业、89所高校。", ["ai_firms", "universities"]),
        ("在校大学生135万，两院院士81位。", ["university_students", "academicians"]),
        ("出口、进口分别增长14.7%、9.8%。", ["exports_growth", "imports_growth"]),
        ("In 2024 Wuhan's GDP grew 5.2 percent to 2.11 trillion yuan.", ["gdp_real_growth", "gdp_nominal"]),
    ],
)  # fmt: skip
def test_a_plain_statement_is_sure(text, expected):
    assert measured(text) == [(code, "sure") for code in expected]


@pytest.mark.parametrize(
    "text",
    [
        "民营企业进出口增长20%。",
        "该公司进出口增长20%。",
        "10亿元以上签约项目30个。",
        "规上工业企业3495家，其中250家亏损。",
        "高校周边的商铺、仓库共95家。",
        "高技术制造业增加值占全国比重1%。",
        "城市居民消费价格上涨0.5%，农村上涨0.2%。",
        "武汉地区生产总值比上年增加1094亿元。",
        "武汉地区生产总值比2019年增长20%。",
        "武汉地区生产总值两年平均增长5%。",
        "武汉地区生产总值居副省级城市第4。",
        "民营企业进出口2000亿元。其中，出口1500亿元。",
        "Wuhan's GDP grew by 109 billion yuan in 2024.",
        "Wuhan's GDP grew 8 percent annually on average.",
    ],
)
def test_what_may_be_narrower_is_not_sure(text):
    assert [one for one in read(text) if one.measure.sure == "sure" and one.number.qualifier == "of_which"] == []
    assert read(text)[-1].measure.sure != "sure"


def test_places_are_named_inherited_and_refused():
    assert only("2024年，武汉经开区规上工业增加值增长7%。").place.code == "wuhan_wedz"
    assert only("2024年，全市固定资产投资增长3%。").place == about.Said("wuhan", "sure", "deictic")
    assert not only("2024年，光明区地区生产总值增长6%。").place.known
    found = read("2024年，光明区经济回升。地区生产总值增长6%。")
    assert not found[-1].place.known
    assert only("我国2024年GDP增长5.0%。").place.code == "china"
    assert not only("在全国放缓的背景下2024年固定资产投资增长3%。").place.known
    assert not only("2024年，某城经开区规上工业增加值增长7%。").place.known
    assert only("2024年，长沙固定资产投资增长3%。").place.code == "changsha"


@pytest.mark.parametrize(
    ("text", "period", "sure"),
    [
        ("2023年，武汉地区生产总值增长5.7%。", "2023", True),
        ("去年，武汉地区生产总值增长5.2%。", "2024", True),
        ("今年一季度，武汉地区生产总值增长5.4%。", "2025-01/2025-03", True),
        ("2024年前三季度，武汉进出口增长16.8%。", "2024-01/2024-09", True),
        ("2023年武汉企稳。一季度，武汉地区生产总值增长5%。", "2023-01/2023-03", False),
        ("截至2024年底，武汉常住人口1380万人。", "2024-12", True),
        ("武汉地区生产总值增长5%。", "", False),
    ],
)
def test_times_are_told_from_the_day_of_printing(text, period, sure):
    said = read(text)[-1].period
    assert (said.code, said.known) == (period, sure)


def test_a_page_much_younger_than_its_text_leaves_times_in_doubt():
    head = "武汉经济\n发布时间：2025-04-10\n2017年，武汉武汉。\n"
    assert not only("去年，武汉固定资产投资增长5%。", head).period.known


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2024年，武汉地区生产总值增长5.2%。", "actual"),
        ("力争到2027年，武汉人工智能企业超过1500家。", "target"),
        ("武汉将新建12座场馆。", "plan"),
        ("单个项目最高给予2000万元补助。", "cap"),
        ("全年产值预计13亿元。", "forecast"),
        ("武汉是全国三大中心之一。", "context"),
    ],
)
def test_kinds(text, kind):
    assert read(text)[-1].kind.code == kind
