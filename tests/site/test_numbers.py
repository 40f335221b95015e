"""Numbers of a page: each is a link to what is known about it, or the report is refused with the cell that is wrong."""

from __future__ import annotations

import csv
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_notebooks import code, markdown, picture, write

from wuhan.evidence import observations, package
from wuhan.evidence.facts import Fact, computed, growth
from wuhan.site import book, numbers, rows
from wuhan.site.book import ReportError
from wuhan.site.numbers import NumberFault, Numbers
from wuhan.text import prose
from wuhan.text.tables import FACTS

SOURCES = ("wuhan_stats_2021h1", "xinhua_2021q1")


def gdp(year, place="wuhan", indicator="gdp_nominal"):
    vintage = "latest" if indicator == "gdp_nominal" else ""
    return observations.observe(package.read("gdp"), place, indicator, str(year), vintage=vintage)


def fact(value=650.0, unit="100m_cny", **parts):
    about = {"low": value, "high": value, "period": "2021", "status": "actual", "sources": SOURCES}
    return Fact(value=value, unit=unit, **(about | parts))


def grades(sources) -> list[str]:
    """The grades of sources, the weakest last."""
    trust = package.read("sources").set_index("source_id")["trust"]
    return sorted(trust[list(sources)])


def shown(thing) -> dict:
    """An output as a kernel gives it."""
    return {"data": thing._repr_mimebundle_()}


def page(tmp_path, *cells):
    return book.read(write(tmp_path, "10_gdp", *cells))


def links(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<a class="n(?: count)?" href="(#[^"]+)"[^>]*>([^<]*)</a>', html)


def only(told) -> numbers.Number:
    """The row of the one fact of a sentence."""
    found = Numbers()
    found.link(f"<p>{told}</p>", told._repr_mimebundle_()[FACTS], "code-2")
    (row,) = found
    return row


def test_a_number_of_a_sentence_leads_to_its_row_and_a_count_to_its_code(tmp_path):
    told = prose.say("GDP was **{gdp}** in {when}, in {n} cities.", gdp=gdp(2023), when=prose.when("2023"), n=61)
    read = page(tmp_path, code("say()", shown(told)))
    block = next(block for block in read.blocks if "GDP" in block.html)
    assert links(block.html) == [("#n1", str(told.facts[0]["text"])), ("#code-2", "61")]
    assert "<strong><a" in block.html
    (row,) = read.numbers
    assert (row.id, row.text, row.status, row.interval != "") == ("n1", told.facts[0]["text"], "reported", True)
    assert row.what == "GDP at current prices, Wuhan"
    assert row.period == "2023"


def test_the_row_of_the_data_holds_the_printed_value(tmp_path):
    row = only(prose.say("{gdp}", gdp=gdp(2023)))
    file, _hash, line = row.row.partition("#line=")
    lines = (package.DATA / file).read_text("utf-8").split("\n")
    cells = next(csv.reader([lines[int(line) - 1]]))
    assert cells[:3] == ["wuhan", "gdp_nominal", "2023"]
    assert float(cells[3]) == float(row.value)
    assert cells[8] == row.sources[0]


def test_every_observation_of_every_table_has_a_row_of_its_own():
    for table in observations.TABLES:
        frame = package.read(table)
        leaves = frame.rename(columns={"source_id": "source"})[list(rows.KEY)].to_dict("records")
        found = [rows.row_of(leaf) for leaf in leaves]
        assert len(set(found)) == len(frame)
        assert {row.partition("#")[0] for row in found} == {f"{table}.csv"}


@pytest.mark.parametrize(
    ("printed", "key", "what"),
    [
        (
            ("events", "optics_valley_expo_2005"),
            "optics_valley_expo_2005",
            "4th Optics Valley of China optoelectronics exposition, Wuhan",
        ),
        (("projects", "csot_t3"), "csot_t3", None),
        (("policies", "talent_top_scientists"), "talent_top_scientists", "Project money for top scientists, Wuhan"),
        (("claims", "p001_zhixin_volume_2024_target"), "p001_zhixin_volume_2024_target", None),
    ],
)
def test_a_printed_number_of_any_table_has_its_row_and_its_name(printed, key, what):
    row = only(prose.say("{n}", n=replace(gdp(2023), indicator="", row=printed)))
    file, _hash, line = row.row.partition("#line=")
    assert file == f"{printed[0]}.csv"
    assert (package.DATA / file).read_text("utf-8").split("\n")[int(line) - 1].startswith(f"{key},")
    assert row.what and (what is None or row.what == what)


def test_a_row_that_the_data_do_not_have_is_blank():
    assert rows.row_of({"printed": ["events", "none"]}) == ""


def test_a_derived_number_names_its_formula_and_the_rows_behind_it():
    row = only(prose.say("{growth}", growth=growth(gdp(2023), gdp(2022))))
    assert row.row == ""
    assert row.formula == "GDP at current prices 2023 / GDP at current prices 2022 - 1"
    assert [leaf["what"] for leaf in row.behind] == [
        "GDP at current prices, Wuhan, 2023",
        "GDP at current prices, Wuhan, 2022",
    ]
    assert all(re.fullmatch(r"gdp\.csv#line=\d+", leaf["row"]) for leaf in row.behind)
    assert row.others == 0
    many = computed((1, 0, 2), "coefficient", "slope", [gdp(year) for year in range(2010, 2024)])
    row = only(prose.say("{slope}", slope=many))
    assert (len(row.behind), row.others, row.unit) == (6, 8, "")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (650, 650, "exact"),
        (640.5, 660, "640.5 to 660"),
        (650, float("inf"), "650 or more"),
        (float("-inf"), 650, "up to 650"),
        (float("-inf"), float("inf"), "open"),
    ],
)
def test_the_range_of_a_number_is_told_in_words(low, high, words):
    row = only(prose.say("{n}", n=fact(low=low, high=high)))
    assert (row.value, row.interval, row.unit) == ("650", words, "100 million yuan")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (73.5595701888, 74.5449844421, "73.55 to 74.55"),
        (-0.2601611, 0.2694276, "-0.27 to 0.27"),
        (2605.41, 2605.43, "2605.41 to 2605.43"),
        (30.90625, 30.91518, "30.9062 to 30.9152"),
        (148, 151, "148 to 151"),
        (650, float("inf"), "650 or more"),
    ],
)
def test_the_range_of_what_was_worked_out_has_two_digits_of_its_width_and_never_shrinks(low, high, words):
    value = low if high == float("inf") else (low + high) / 2
    row = only(prose.say("{n}", n=fact(value=value, low=low, high=high, status="derived", formula="worked out")))
    assert row.interval == words


def test_whoever_points_at_a_number_sees_status_and_publisher():
    found = Numbers()
    told = prose.say("{n}", n=fact())
    html = found.link(f"<p>{told}</p>", told._repr_mimebundle_()[FACTS], "code-2")
    publisher = prose.publishers(SOURCES[:1])[0]
    assert f'title="reported; {publisher} and 1 more; grade {grades(SOURCES)[-1]}"' in html


def test_a_first_figure_that_has_stood_is_not_called_preliminary_where_it_is_followed():
    rows = [only(prose.say("{n}", n=fact(status="preliminary", period=period))) for period in ("2010", "2025")]
    assert [row.status for row in rows] == ["first release", "preliminary"]


def test_a_fact_has_one_row_however_often_it_is_said(tmp_path):
    told = prose.say("{gdp} is {again}, not {other}.", gdp=gdp(2023), again=gdp(2023), other=gdp(2022))
    read = page(tmp_path, code("say()", shown(told)), code("say()", shown(prose.say("{gdp}", gdp=gdp(2023)))))
    assert [row.id for row in read.numbers] == ["n1", "n2"]
    ways = [way for block in read.blocks for way, _text in links(block.html)]
    assert ways == ["#n1", "#n1", "#n2", "#n1"]


def test_each_place_of_a_text_that_stands_twice_is_found():
    html = "<p>5 of 15 and 5.</p>"
    records = [{"text": "5", "nth": nth, "counted": True} for nth in (0, 2)]
    assert Numbers().link(html, records, "c") == (
        '<p><a class="n count" href="#c">5</a> of 15 and <a class="n count" href="#c">5</a>.</p>'
    )


def test_a_link_does_not_move_the_next_number():
    html = "<p>the 5, 7, 10 years up to 2023: after 8 to 10 years, then 10 years</p>"
    records = [{"text": text, "nth": nth, "counted": True} for text, nth in (("10", 0), ("10 years", 1))]
    assert Numbers().link(html, records, "c") == (
        '<p>the 5, 7, <a class="n count" href="#c">10</a> years up to 2023: '
        'after 8 to <a class="n count" href="#c">10 years</a>, then 10 years</p>'
    )


WORDS = st.sampled_from(
    ["a", " ", "10", "1", "0 years", "<b>", "&amp;", "A & B", "*", "_", "`", "$", "- ", "\n", "[x](y)", "~", "|", "10."]
)
NUMBERS = st.integers(0, 110) | st.builds(
    lambda value, unit: fact(float(value), unit), st.integers(0, 110), st.sampled_from(["count", "years", "percent"])
)
PARTS = st.lists(st.tuples(st.lists(WORDS, max_size=3).map("".join), NUMBERS), max_size=6)


@given(PARTS, st.sampled_from(["{}", "**{}**", "{} years", "A [link]({{x}}), {}"]), st.randoms(use_true_random=False))
def test_each_number_gets_its_own_link_whatever_stands_around_it(parts, frame, shuffled):
    """Every link holds the text of its record, and the records come out in the order of the sentence."""
    frame = frame.replace("{{x}}", "10_gdp.ipynb")
    said = [prose.say("{word} " + frame.format("{n}") + ".", word=prose.Name(word), n=number) for word, number in parts]
    told = prose.paragraph(*said)
    found, records = Numbers(), list(told._repr_mimebundle_().get(FACTS, []))
    shuffled.shuffle(records)
    html = found.link(book.markdown(told.markdown), records, "c")
    ways = {row.id: f"{row.text} {row.value}" for row in found}
    assert [ways.get(way[1:], "c") for way, _text in links(html)] == [
        "c" if each.get("counted") else f"{each['text']} {each['value']:.0f}" for each in told.facts
    ]
    assert [text for _way, text in links(html)] == [each["text"] for each in told.facts]
    assert book.plain(html) == " ".join(str(told).split())


def test_a_number_inside_a_link_stays_as_it_is():
    html = '<p><a href="20_x.html">5 projects</a></p>'
    assert Numbers().link(html, [{"text": "5", "nth": 0, "counted": True}], "c") == html


def test_numerals_that_no_fact_vouches_for_are_no_links():
    told = prose.say("Only {word}.", word="5 of them")
    assert Numbers().link("<p>Only 5 of them.</p>", told._repr_mimebundle_()[FACTS], "c") == "<p>Only 5 of them.</p>"


def test_numbers_of_a_table_are_found_by_row_and_column(tmp_path):
    import pandas as pd

    frame = pd.DataFrame({"city": ["Wuhan", "Wuhan"], "gdp": [gdp(2022), gdp(2023)]})
    read = page(tmp_path, code("table", shown(prose.table(frame, {"city": "City", "gdp": "GDP"}))))
    (block,) = [block for block in read.blocks if block.kind == "table"]
    assert block.number == 1
    assert [way for way, _text in links(block.html)] == ["#n1", "#n2"]
    rows = re.findall(r"<tr>(.*?)</tr>", block.html, re.DOTALL)
    assert [links(row)[0][0] for row in rows[-2:]] == ["#n1", "#n2"]
    assert [row.period for row in read.numbers] == ["2022", "2023"]


def lost(html: str, record: dict) -> dict:
    """An output whose record does not fit its text."""
    known = {
        "text": "650 yuan",
        "nth": 0,
        "value": 650,
        "low": 650,
        "high": 650,
        "unit": "100m_cny",
        "status": "actual",
        "sources": list(SOURCES),
    }
    kind = "text/html" if "<table" in html else "text/markdown"
    return {"data": {kind: html, "text/plain": "x", FACTS: [known | record]}}


@pytest.mark.parametrize(
    ("html", "record", "message"),
    [
        ("It is 650 dollars.", {}, 'number "650 yuan" is not found in its text'),
        ("It is 650 yuan.", {"nth": 1}, 'number "650 yuan" is not found in its text'),
        (
            "<table><tbody><tr><td>650 yuan</td></tr></tbody></table>",
            {"row": 1, "column": 0},
            'number "650 yuan" has no cell in its table',
        ),
        (
            "<table><tbody><tr><td></td></tr></tbody></table>",
            {"row": 0, "column": 0},
            'number "650 yuan" has no cell in its table',
        ),
        (
            "<table><tbody><tr><td>651 yuan</td></tr></tbody></table>",
            {"row": 0, "column": 0},
            'number "650 yuan" is not found in its text',
        ),
    ],
)
def test_a_number_that_is_not_where_it_should_be_is_refused_with_its_cell(html, record, message, tmp_path):
    with pytest.raises(ReportError, match=f"^10_gdp.ipynb: cell 3: {re.escape(message)} — end the cell on"):
        page(tmp_path, "Text.", code("say()", lost(html, record)))


def test_a_table_without_a_body_has_no_cells():
    record = lost("<table>", {"row": 0, "column": 0})["data"][FACTS]
    with pytest.raises(NumberFault, match="has no cell in its table"):
        Numbers().link("<table><tr><td>650 yuan</td></tr></table>", record, "c")


def test_an_observation_without_a_row_has_no_link():
    assert rows.row_of({"place": "wuhan", "indicator": "gdp_nominal", "period": "1066"}) == ""


def test_the_rows_of_a_folder_without_tables_are_none(tmp_path):
    assert rows._observed(tmp_path) == {}


def test_a_page_has_its_headings_its_answer_and_its_words(tmp_path):
    told = prose.say("The answer is {gdp}.", gdp=gdp(2023))
    read = page(
        tmp_path,
        code("say()", shown(told), tags=["headline"]),
        "## First *question*?\n\nText &amp; more.\n\n## Second?\n\n### Deeper",
        code("chart", picture("one"), picture("two")),
    )
    assert read.title == "How large is it?"
    assert read.file == "10_gdp.html"
    assert book.plain(read.headline) == str(told)
    assert read.contents == [("q1", "First question?"), ("q2", "Second?")]
    assert '<h2 id="q2">Second?</h2>' in [block for block in read.blocks if block.kind == "prose"][-1].html
    assert read.words == f"How large is it? {told} First question? Text & more. Second? Deeper"
    assert [block.number for block in read.blocks if block.kind == "figure"] == [1, 2]
    assert read.figure.slug == "one"
    assert list(read.figures) == ["figures/10_gdp-one.png", "figures/10_gdp-two.png"]


def test_code_in_a_row_is_one_block_with_the_rows_that_it_read(tmp_path):
    frame = '<table class="dataframe"><tr><td>7</td></tr></table>'
    read = page(
        tmp_path,
        code("city = 1", tags=["parameters"]),
        code("frame", {"data": {"text/html": frame, "text/plain": "7"}}),
        "Text.",
        code("1", {"data": {"text/plain": "1"}}),
    )
    first, second = [block for block in read.blocks if block.kind == "code"]
    assert (first.label, [cell.id for cell in first.cells]) == ("Parameters", ["code-2", "code-3"])
    assert "<td>7</td>" in first.cells[1].html
    assert (second.label, [cell.text for cell in second.cells]) == ("Code", ["1"])
    assert page(tmp_path, "Text.").figure is None


def test_a_page_in_chinese_takes_its_text_from_the_catalogue(tmp_path, monkeypatch):
    from wuhan.text import language

    monkeypatch.setattr(book, "_", lambda message: {"Text.": "文字。"}.get(message, message))
    monkeypatch.setattr(language, "_state", {"language": "zh"})
    read = page(tmp_path, "Text.\n\n## More?", code("say()", markdown("Said.")))
    assert read.words == "How large is it? 文字。More? Said."


def test_the_unit_of_a_result_says_what_it_is_told_per():
    each = only(prose.say("{staff}", staff=fact(2.259, "persons", per="count", formula="staff / stations")))
    assert (each.text, each.unit) == ("2.259 people each", "people each")
    density = only(prose.say("{money}", money=fact(25000.0, "cny", per="m2", formula="money / area")))
    assert (density.text, density.unit) == ("25,000 yuan per m²", "yuan per m²")


def test_the_grade_of_a_number_is_that_of_its_weakest_source():
    frame = package.read("sources")
    one = {grade: rows["source_id"].iloc[0] for grade, rows in frame.groupby("trust")}
    for told in ("A", "AB", "CA", "BAC"):
        row = only(prose.say("{n}", n=fact(sources=tuple(one[grade] for grade in told))))
        assert row.trust == max(told)
    assert only(prose.say("{n}", n=fact(sources=()))).trust == ""


def test_what_is_noted_on_a_row_and_its_source_stands_where_the_number_is_followed(tmp_path):
    """Every observation with a note: its text is on the page, also behind a derived number."""
    sources = package.read("sources").set_index("source_id")["note"]
    frame = package.read("gdp")
    frame = frame[(frame["note"] != "") & (frame["source_id"].map(sources) != "") & (frame["place"] == "wuhan")]
    row = frame.iloc[-1]
    leaf = {key: row[key] for key in ("place", "indicator", "period", "status", "vintage")}
    printed = rows.row_of(leaf | {"source": row["source_id"], "value": row["value"]})
    assert rows.note_of(printed) == row["note"]
    held = fact(value=row["value"], sources=(row["source_id"],), **leaf)
    derived = growth(replace(held, low=held.value), gdp(2010))
    found = Numbers()
    for each in (held, derived):
        told = prose.say("{n}", n=each)
        found.link(f"<p>{told}</p>", told._repr_mimebundle_()[FACTS], "code-2")
    texts = {number: text for number, text, _english in found.notes}
    for number in found:
        said = [texts[note] for note in number.notes]
        assert row["note"] in said and sources[row["source_id"]] in said
    assert len(set(texts.values())) == len(texts), "a note stands once"
