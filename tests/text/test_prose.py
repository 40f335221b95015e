"""Computed sentences: what is filled in, what is refused, what is escaped, what travels with the text."""

from __future__ import annotations

import json
import math
import re

import pandas as pd
import pytest

from wuhan.evidence import observations, package
from wuhan.evidence.facts import Fact, Unknown, total
from wuhan.text import language, prose, words
from wuhan.text.prose import Sentence, choose, missing, paragraph, plural, say, table

PLACES = {"wuhan": {"name_en": "Wuhan", "name_zh": "武汉"}, "hefei": {"name_en": "Hefei", "name_zh": "合肥"}}
GDP = {
    "name_en": "Gross *domestic* product",
    "name_zh": "地区生产总值",
    "unit": "100m_cny",
    "definition": "Value added of <all> producers in a year.",
}


def source(source_id, publisher, title, published, trust, address, read_as="publisher"):
    return {
        "source_id": source_id,
        "publisher": publisher,
        "title": title,
        "published": published,
        "trust": trust,
        "address": address,
        "read_as": read_as,
    }


SOURCES = {
    "b_late": source("b_late", "Bureau", "Yearbook [2024]", "2024-12", "A", "https://example.org/2024"),
    "b_early": source("b_early", "Bureau", "Communiqué", "", "B", "javascript:alert(1)"),
    "agency": source("agency", "Agency", "News", "2025", "C", ""),
    "copied": source("copied", "Daily", "Report", "2025", "B", "https://elsewhere.example/1", "copy"),
}
TABLES = {"places": PLACES, "indicators": {"gdp": GDP}, "sources": SOURCES}
REAL = prose.table_of


@pytest.fixture(autouse=True)
def tables(monkeypatch):
    monkeypatch.setattr(words, "table_of", lambda table, key: TABLES[table])


def fact(value=650.0, unit="count", period="2024", status="actual", sources=("b_late",), **parts):
    bounds = {"low": value, "high": value} | parts
    return Fact(value=value, unit=unit, period=period, status=status, sources=sources, **bounds)


def test_say_fills_names_with_facts_words_and_whole_numbers():
    sentence = say("{place} had {firms} firms in {year}.", place="Wuhan", firms=fact(), year=2024)
    assert str(sentence) == "Wuhan had 650 firms in 2024."
    assert sentence.markdown == "Wuhan had 650 firms in 2024."


def test_a_sentence_carries_its_facts():
    bundle = say("{firms} firms.", firms=fact(high=math.inf, qualifier="over"))._repr_mimebundle_()
    assert bundle["text/plain"] == "Sentence"
    assert bundle["text/markdown"] == "over 650 firms."
    assert bundle[prose.FACTS] == [
        {
            "name": "firms",
            "text": "over 650",
            "value": 650.0,
            "low": 650.0,
            "high": None,
            "unit": "count",
            "period": "2024",
            "status": "actual",
            "qualifier": "over",
            "sources": ["b_late"],
            "nth": 0,
        }
    ]
    json.dumps(bundle, allow_nan=False)
    assert prose.FACTS not in say("No number.")._repr_mimebundle_()


@pytest.mark.parametrize(
    "facts, text",
    [
        ([fact(status="preliminary", period="2025")], "650 (preliminary)"),
        ([fact(status="estimate")], "650 (estimate)"),
        ([fact(status="actual"), fact(status="derived"), fact(status="target")], "650 650 650"),
        ([fact(status="preliminary", period="2025")] * 2, "650 (preliminary) 650"),
        (
            [fact(status="preliminary", period="2025"), fact(status="preliminary", period="2026")],
            "650 (preliminary) 650 (preliminary)",
        ),
        ([fact(status="preliminary", period="2025"), fact(status="estimate")], "650 (preliminary) 650 (estimate)"),
    ],
)
def test_what_is_not_final_is_marked_once_for_a_status_and_period(facts, text):
    names = {f"f{number}": each for number, each in enumerate(facts)}
    assert str(say(" ".join(f"{{{name}}}" for name in names), **names)) == text


@pytest.mark.parametrize(
    "template, values, message",
    [
        ("{a} and {b}", {"a": 1}, "say: no value for {b} in '{a} and {b}'"),
        ("{a}", {"a": 1, "b": 2}, "say: value 'b' is not used"),
        ("{}", {}, "say: field '{}'"),
        ("{0}", {}, "say: field '{0}'"),
        ("{a.x}", {"a": "w"}, "say: field '{a.x}'"),
        ("{a:.2f}", {"a": 1}, "say: field '{a}'"),
        ("{a!r}", {"a": 1}, "say: field '{a}'"),
        ("{a}", {"a": 1.5}, "say: {a} is a float — pass a fact, a word or a whole number"),
        ("{a}", {"a": True}, "say: {a} is a bool"),
        ("{a}", {"a": None}, "say: {a} is a NoneType"),
    ],
)
def test_say_refuses_in_one_line(template, values, message):
    with pytest.raises((ValueError, TypeError), match=re.escape(message)) as fault:
        say(template, **values)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    "text, markdown",
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("*bold* _it_ `code` ~gone~", r"\*bold\* \_it\_ \`code\` \~gone\~"),
        ("a | b # c $x$ !", r"a \| b \# c \$x\$ \!"),
        ("back\\slash & more", r"back\\slash &amp; more"),
        ("two\n\nlines\t", "two lines"),
        ("武汉（光谷）", "武汉（光谷）"),
    ],
)
def test_text_from_the_data_is_literal_in_markdown(text, markdown):
    sentence = say("{what}.", what=text)
    assert sentence.markdown == markdown + "."
    assert str(sentence) == text + "."


def test_the_template_may_use_markdown_and_the_plain_text_drops_it():
    sentence = say("**{a}** is [more](20_x.ipynb) than {{braces}}.", a="<b>")
    assert sentence.markdown == "**&lt;b&gt;** is [more](20_x.ipynb) than {braces}."
    assert str(sentence) == "<b> is more than {braces}."


def test_sentences_nest_and_join_with_their_facts():
    inner = say("{n} firms", n=fact())
    whole = paragraph(say("There are {what}.", what=inner), say("So *it* is."))
    assert str(whole) == "There are 650 firms. So *it* is."
    assert [each["name"] for each in whole.facts] == ["n"]


@pytest.mark.parametrize(
    "a, b, word",
    [
        (fact(10.0), fact(5.0), "faster"),
        (fact(5.0), fact(10.0), "slower"),
        (fact(5.0, low=4.0, high=6.0), fact(5.5, low=5.0, high=6.0), "as fast"),
        (2, 1, "faster"),
        (1, 2, "slower"),
        (1, 1, "as fast"),
    ],
)
def test_choose_lets_the_data_choose(a, b, word):
    assert choose(a, b, more="faster", less="slower", same="as fast") == word


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "firms"), (1, "firm"), (2, "firms"), (fact(1.0), "firm"), (fact(), "firms"), (Unknown("wuhan", "gdp"), "")],
)
def test_words_agree_with_their_number(count, words):
    assert plural(count, one="firm", many="firms") == words


def test_names_and_definitions_come_from_the_tables():
    assert prose.name("wuhan") == "Wuhan"
    assert prose.measure("gdp") == "Gross *domestic* product"
    assert prose.unit_of("gdp") == "100m_cny"
    assert prose.definition("gdp") == "Value added of <all> producers in a year."
    head, text = prose.definitions("gdp").markdown.split(": ")
    assert head == r"- **Gross \*domestic\* product** (地区生产总值; 100 million yuan)"
    assert text == "Value added of &lt;all&gt; producers in a year."


def test_the_tables_are_those_of_the_data_package():
    assert REAL("places", "place")["wuhan"]["name_en"] == "Wuhan"


@pytest.mark.parametrize(
    "look_up, message",
    [
        (lambda: prose.name("wuhn"), "place: found 'wuhn' — did you mean 'wuhan'?"),
        (lambda: prose.name("atlantis"), "place: found 'atlantis' — see data/places.csv"),
        (lambda: prose.definition("gpd"), "indicator: found 'gpd' — did you mean 'gdp'?"),
    ],
)
def test_unknown_names_are_refused_with_a_hint(look_up, message):
    with pytest.raises(LookupError, match=re.escape(message)):
        look_up()


@pytest.mark.parametrize(
    ("things", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a and b", "c"], "a and b, and c"),
    ],
)
def test_a_list_ends_with_and(things, text):
    assert str(prose.listed(things)) == text


def test_only_languages_that_have_a_catalogue_can_be_set():
    assert prose.language("en") == "en"
    assert prose.language() == "en"
    with pytest.raises(ValueError, match="^language: found 'fr' — write one of en, zh$"):
        prose.language("fr")
    assert prose.language() == "en"


CHINESE = {
    "{n} firms.": "企业{n}家。",
    "more": "更多",
    "firm": "企业",
    "firms": "企业",
    "preliminary": "初步",
    "{number} ({status})": "{number}（{status}）",
    "{a} before {b}": "{b}在{a}之后",
    ", ": "、",
    " and ": "、",
    "{year}": "{year}年",
    "June": "6月",
    "{month} {year}": "{year}年{month}",
    "{first} to {last} {year}": "{year}年{first}至{last}",
    "printed {year}": "{year}年刊印",
    "January": "1月",
}


@pytest.fixture
def chinese(monkeypatch):
    monkeypatch.setattr(language, "catalogue", lambda code: CHINESE if code == "zh" else {})
    prose.language("zh")
    yield
    prose.language("en")


def test_a_catalogue_translates_templates_words_and_marks(chinese):
    assert str(say("{n} firms.", n=fact(status="preliminary", period="2025"))) == "企业650（初步）家。"
    assert choose(2, 1, more="more", less="less", same="same") == "更多"
    assert plural(1, one="firm", many="firms") == plural(2, one="firm", many="firms") == "企业"
    assert (prose.when("2025"), prose.when("2025-06"), prose.when("2025-01/2025-06")) == (
        "2025年",
        "2025年6月",
        "2025年上半年",
    )
    assert (prose.name("wuhan"), prose.label("printed_2024")) == ("武汉", "2024年刊印")


def test_facts_keep_their_place_when_a_translation_turns_them_round(chinese):
    told = say("{a} before {b}", a=fact(), b=fact(65.0))
    assert str(told) == "65在650之后"
    assert [(each["text"], each["start"]) for each in told.facts] == [("65", 0), ("650", 3)]
    assert [each["nth"] for each in told._repr_mimebundle_()[prose.FACTS]] == [0, 0]
    assert str(paragraph(say("{n} firms.", n=fact()), say("{n} firms.", n=1))) == "企业650家。企业1家。"
    assert str(prose.listed([fact(), "x"])) == "650、x"


def test_the_place_of_each_fact_in_the_text_is_known():
    whole = paragraph(say("{a} of {b}.", a=fact(65.0), b=fact()), say("Then {a}, {a}.", a=fact(65.0)))
    assert str(whole) == "65 of 650. Then 65, 65."
    assert [(each["text"], each["nth"]) for each in whole._repr_mimebundle_()[prose.FACTS]] == [
        ("65", 0),
        ("650", 0),
        ("65", 2),
        ("65", 3),
    ]
    for each in whole.facts:
        assert str(whole)[each["start"] :].startswith(each["text"])


@pytest.mark.parametrize(
    ("told", "numerals"),
    [
        (lambda: say("Of 60 cities, {n} grow.", n=5), ["60"]),
        (lambda: say("{words} grow.", words="12 cities"), ["12"]),
        (lambda: say("In {year} and 2024.", year="2025"), []),
        (lambda: say("{words} on {day}.", words=prose.Name("5G stations"), day=prose.when("2025-06-26")), []),
        (lambda: say("{inner}", inner=say("{n}", n=fact())), []),
    ],
)
def test_a_numeral_that_no_fact_vouches_for_is_loose(told, numerals):
    records = told()._repr_mimebundle_().get(prose.FACTS, [])
    assert [record["text"] for record in records if record.get("loose")] == numerals


def test_whole_numbers_are_counts_and_years_are_names():
    (record,) = say("{n} in {year}", n=5, year=2024)._repr_mimebundle_()[prose.FACTS]
    assert (record["text"], record["value"], record["counted"]) == ("5", 5, True)


def test_sources_are_listed_by_publisher_once_each():
    frame = pd.DataFrame({"source_id": ["b_late", "b_late", ("b_early", "agency")]})
    listed = prose.sources(frame, fact(sources=("agency",)), "b_late", ["b_early"])
    assert listed.markdown.split("\n") == [
        "- Agency: *News*, 2025 (trust C).",
        "- Bureau: *Communiqué* (trust B).",
        r"- Bureau: [*Yearbook \[2024\]*](<https://example.org/2024>), 2024-12 (trust A).",
    ]
    assert prose.publishers(["agency", "b_late", "b_early"]) == ["Bureau", "Agency"]
    with pytest.raises(LookupError, match="source_id: found 'nowhere'"):
        prose.sources("nowhere")


def test_a_copy_is_named_so_and_is_no_link():
    assert prose.sources("copied").markdown == "- Daily: *Report*, 2025 (trust B, read in a copy)."


@pytest.mark.parametrize(
    "available, text",
    [
        ([2000, 2001], "No GDP of Atlantis.\n\nAvailable: 2000 and 2001."),
        ([], "No GDP of Atlantis.\n\nNothing else is available."),
    ],
)
def test_missing_says_what_there_is_instead(available, text):
    sentence = missing("GDP of Atlantis", available)
    assert isinstance(sentence, Sentence)
    assert str(sentence) == text


def test_an_answer_is_a_headline_and_below_it_what_qualifies_it():
    told = prose.headed(
        Sentence("", ""), say("{n} firms.", n=fact()), Sentence("", ""), say("So."), say("It is {n}.", n=fact())
    )
    assert told.plain == "650 firms.\n\nSo. It is 650." == told.markdown
    assert [told.plain[each["start"] :][:3] for each in told.facts] == ["650", "650"]
    assert prose.headed(say("So.")).plain == "So."


def test_a_table_escapes_words_facts_and_leaves_blanks():
    frame = pd.DataFrame(
        {
            "year": [2023, 2024],
            "firms": [fact(), fact(unit="percent", value=5.2, status="target")],
            "note": ["<script>", None],
            "mean": [float("nan"), 0.1 + 0.2],
            "when": [pd.NaT, pd.NaT],
        }
    )
    shown = table(frame, {"year": "Year", "firms": "<b>", "note": "Note", "mean": "Mean", "when": "When"})
    bundle = shown._repr_mimebundle_()
    assert bundle["text/plain"].split("\n") == [
        "Year\t<b>\tNote\tMean\tWhen",
        "2023\t650\t<script>\t\t",
        "2024\t5.2% (target)\t\t0.3\t",
    ]
    assert "<script>" not in bundle["text/html"] and "&lt;script&gt;" in bundle["text/html"]
    assert "&lt;b&gt;" in bundle["text/html"]
    assert bundle["text/html"].count('scope="col"') == 5
    assert [each["name"] for each in bundle[prose.FACTS]] == ["<b>", "<b>"]
    assert (
        table(frame, {"year": "Year", "firms": "Firms"})._repr_mimebundle_()
        == table(frame, {"year": "Year", "firms": "Firms"})._repr_mimebundle_()
    )


def test_a_table_without_facts_or_rows_is_still_a_table():
    bundle = table(pd.DataFrame({"a": [1]}).head(0))._repr_mimebundle_()
    assert "<tbody>\n</tbody>" in bundle["text/html"]
    assert prose.FACTS not in bundle
    with pytest.raises(ValueError, match="table: no column 'b' — the frame has a"):
        table(pd.DataFrame({"a": [1]}), {"b": "B"})


def test_codes_become_words():
    assert prose.label("first_release") == "first release"


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2025", "2025"),
        ("2025-06", "June 2025"),
        ("2025-06-26", "26 June 2025"),
        ("2021-01/2021-03", "January to March 2021"),
        ("2021-10/2022-03", "October 2021 to March 2022"),
        ("2021/2024-06-26", "2021 to 26 June 2024"),
    ],
)
def test_periods_become_words(period, words):
    assert prose.when(period) == words


def test_a_span_is_one_figure_or_the_range_of_several():
    assert str(prose.span([fact()])) == "650"
    assert str(prose.span([fact(), fact(995.0)])) == "650 to 995"


def test_captions_name_rows_by_measure_period_and_remark(monkeypatch):
    monkeypatch.setattr(words, "table_of", REAL)
    rows = pd.DataFrame(
        [("ai_firms", "2025-06", "zone"), ("gdp_nominal", "2024", "")], columns=["indicator", "period", "remark"]
    )
    assert prose.captions(rows) == ["AI firms, June 2025, zone", "GDP at current prices, 2024"]
    assert prose.captions(rows.head(0)) == []


def test_a_fact_can_be_said_with_all_its_digits():
    long = fact(3378.73, unit="km", low=3378.725, high=3378.735)
    assert (str(say("{road}", road=long)), str(say("{road}", road=prose.exactly(long)))) == ("3,379 km", "3,378.73 km")
    (told,) = prose.exactly(long)._repr_mimebundle_()[prose.FACTS]
    assert (told["text"], told["value"], told["nth"]) == ("3,378.73 km", 3378.73, 0)


def test_a_fact_can_be_said_in_two_digits_and_its_record_keeps_all():
    share = fact(59.05, unit="percent", low=59.04, high=59.06)
    assert str(say("{part} of {n}", part=prose.roughly(share), n=prose.roughly(fact(148.0)))) == "59% of 148"
    (told,) = prose.roughly(share)._repr_mimebundle_()[prose.FACTS]
    assert (told["text"], told["value"]) == ("59%", 59.05)


def test_a_small_count_is_a_word_in_english():
    whole = say("{n} of {all}", n=prose.spelt(8), all=prose.spelt(11))
    assert str(whole) == "eight of 11"
    assert [(fact["text"], fact["value"]) for fact in whole.facts] == [("eight", 8), ("11", 11)]
    prose.language("zh")
    assert str(prose.spelt(8)) == "8"
    prose.language("en")


def test_a_list_keeps_the_places_of_its_facts():
    whole = prose.bulleted([say("{n} firms", n=fact()), say("{n} more", n=fact(65.0))])
    assert whole.markdown == str(whole) == "- 650 firms\n- 65 more"
    assert [str(whole)[each["start"] :][: len(each["text"])] for each in whole.facts] == ["650", "65"]


def test_the_record_of_a_derived_fact_names_the_printed_ones_behind_it():
    about = {"place": "wuhan", "indicator": "gdp"}
    years = [Fact(n, n, n, "count", str(2010 + n), "actual", ("b_late",), **about) for n in range(1, 9)]
    (told,) = say("{all}", all=total(years))._repr_mimebundle_()[prose.FACTS]
    assert told["behind"][0] == {
        "place": "wuhan",
        "indicator": "gdp",
        "period": "2011",
        "status": "actual",
        "source": "b_late",
        "value": 1,
        "text": "1",
    }
    assert (len(told["behind"]), told["others"]) == (6, 2)
    assert "behind" not in say("{one}", one=years[0])._repr_mimebundle_()[prose.FACTS][0]


def test_two_facts_that_would_read_alike_are_told_with_all_their_digits():
    low, high, far = (
        Fact(value, value - 0.05, value + 0.05, "100m_cny", "2022", "actual", ("s",))
        for value in (20011.7, 20012.3, 20500.0)
    )
    assert [str(each) for each in prose.distinct(low, high)] == ["2.00117 trillion yuan", "2.00123 trillion yuan"]
    assert prose.distinct(low, far) == (low, far)


def test_what_fell_is_told_without_its_sign_and_keeps_it_in_its_record():
    rate = observations.find(package.read("gdp"), "wuhan", "gdp_real_growth", "2020")
    told = prose.fallen(rate)
    assert str(told) == str(prose.roughly(rate)).removeprefix("-") and rate.value < 0
    assert told.facts[0]["value"] == rate.value and told.facts[0]["text"] == str(told)


def test_none_is_a_word_in_english_and_keeps_its_number():
    assert [str(prose.some(count)) for count in (0, 2)] == ["none", "two"]
    assert [fact["value"] for fact in prose.some(0).facts] == [0]
    prose.language("zh")
    try:
        assert str(prose.some(0)) == "0"
    finally:
        prose.language("en")


def test_a_figure_beside_another_of_its_unit_stands_without_it():
    points = Fact(3.66, 3.6, 3.7, "percentage_points", "2024", "derived", ("b_late",))
    assert prose.bare(points).plain == "3.7" and prose.bare(points).facts[0]["text"] == "3.7"


def rates(*rows):
    """Growth of places: place, year, status."""
    frame = pd.DataFrame(rows, columns=["place", "period", "status"])
    return frame.assign(indicator="gdp_real_growth", source_id="panel_real_gdp")


def test_rates_that_nobody_published_are_counted_and_few_cities_named(monkeypatch):
    monkeypatch.setattr(words, "table_of", REAL)
    assert str(prose.worked_out(rates(("wuhan", "2020", "actual")))) == ""
    few = rates(("ningbo", "2014", "derived"), ("ningbo", "2015", "derived"), ("ningbo", "2018", "derived"))
    assert str(prose.worked_out(pd.concat([few, rates(("wuhan", "2020", "actual"))]))).endswith(
        "3 of the 4 growth rates used (Ningbo in 2014 to 2015 and 2018)."
    )
    many = rates(*((place, "2014", "derived") for place in ("ningbo", "wuxi", "suzhou", "foshan")))
    assert str(prose.worked_out(many)).endswith("4 of the 4 growth rates used, in 4 cities.")


def test_rates_that_are_derived_are_those_of_the_panel():
    """The sentence of `worked_out` says so, of all cities."""
    gdp = package.read("gdp")
    own = gdp[(gdp["indicator"] == "gdp_real_growth") & (gdp["status"] == "derived") & (gdp["period"].str.len() == 4)]
    assert set(own["source_id"]) == {"panel_real_gdp"}
    assert own["note"].str.contains("worked out by the panel, not published").all()
