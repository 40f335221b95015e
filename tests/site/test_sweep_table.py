"""The table of a sweep: which numbers have a column, what a row says, the same numbers as CSV."""

import csv
import io

from wuhan.site import sweep


def number(name, value, **parts):
    return {
        "name": name,
        "text": f"{value}",
        "value": value,
        "low": value,
        "high": value,
        "unit": "count",
        "status": "actual",
        "what": "",
        "way": f"x#{name}",
    } | parts


def entry(city, *numbers, stem="10_size", **parts):
    return sweep.Entry(city, "en", stem, "How large?", f"<p>{city}</p>", numbers, **parts)


CITIES = ("wuhan", "chengdu", "xian")
ASKED = {city: {"city": city} for city in CITIES}


def table(entries, asked=ASKED):
    return sweep._table(entries, asked)


def test_a_column_is_a_number_that_most_rows_share_and_that_differs():
    found = table(
        [
            entry(
                city,
                number("size", at, what="GDP"),
                number("country", 5, what="growth, China"),
                number("other", at, elsewhere=True),
                number("up", -at),
                *([number("seldom", at)] if at == 1 else []),
            )
            for at, city in enumerate(CITIES)
        ]
    )
    (question,) = found["questions"]
    assert question["numbers"] == [(2, "GDP"), (3, "number 2")]
    values = [[each["value"] for each in row["cells"][0]["numbers"]] for row in found["rows"]]
    assert values == [[0, 0], [1, -1], [2, -2]]


def test_at_most_three_numbers_have_a_column():
    names = "abcde"
    found = table([entry(city, *(number(name, at + 1) for name in names)) for at, city in enumerate(CITIES)])
    assert found["questions"][0]["keys"] == list("abc")


def test_columns_are_counted_across_questions_and_lacking_answers_are_blank():
    stems = ("10_a", "11_b")
    entries = [entry(city, number("size", at), stem=stem) for at, city in enumerate(CITIES) for stem in stems]
    found = table([each for each in entries if (each.set, each.stem) != ("xian", "11_b")])
    assert [(each["column"], each["numbers"]) for each in found["questions"]] == [
        (1, [(2, "number 1")]),
        (3, [(4, "number 1")]),
    ]
    assert found["rows"][2]["cells"][1] == {
        "way": "xian/11_b.html",
        "headline": "",
        "asked": False,
        "fault": "",
        "numbers": [None],
    }


def test_a_row_is_called_by_its_city_or_by_its_set_with_the_parameters():
    asked = {"wuhan": {"city": "wuhan"}, "late": {"city": "wuhan", "first_year": "2020"}, "place": {"place": "china"}}
    rows = table([entry(name) for name in asked], asked)["rows"]
    assert [(row["name"], row["asked"]) for row in rows] == [
        ("Wuhan", ""),
        ("late", "city=wuhan first_year=2020"),
        ("place", "place=china"),
    ]


def test_ways_of_a_headline_lead_from_the_table():
    html = (
        '<a href="#n1">1</a> <a class="n" href="11_b.html#x">2</a> <a href="https://a.b/#c">3</a> <a href="#n2">4</a>'
    )
    assert sweep._moved(html, "xian", "xian/10_a.html") == (
        '<a href="xian/10_a.html#n1">1</a> <a class="n" href="xian/11_b.html#x">2</a> <a href="https://a.b/#c">3</a>'
        ' <a href="xian/10_a.html#n2">4</a>'
    )


def test_editions_lead_to_each_other_and_back():
    codes = ["en", "zh"]
    root, city = sweep.edition("zh", codes), sweep.edition("zh", codes, "xian")
    assert (root.folder, root.root, root.others, root.home) == ("zh/", "../", (("en", "English", "../"),), "")
    assert (city.folder, city.root, city.home) == ("zh/xian/", "../../", "../")
    assert city.others == (("en", "English", "../../xian/"),)


def test_the_summary_is_safe_and_whole():
    entries = [
        entry(
            "wuhan",
            number("size", 1.5, high=None, sources=["a", "b"], indicator="gdp_nominal", formula="=1+1"),
            number("n", 4, counted=True, unit="count"),
        ),
        sweep.Entry("xian", "en", "10_size", fault='cell 3: ValueError: a, "b"'),
    ]
    for each in entries[0].numbers:
        if each.get("counted"):
            for part in ("low", "high", "status"):
                del each[part]
    first, second, failed = csv.DictReader(io.StringIO(sweep.summary(entries, ASKED).decode("utf-8-sig")))
    assert (first["value"], first["low"], first["high"], first["sources"]) == ("1.5", "1.5", "", "a b")
    assert (first["measure"], first["formula"]) == ("gdp_nominal", "'=1+1")
    assert (second["status"], second["low"], second["high"]) == ("counted", "4", "4")
    assert (failed["set"], failed["value"], failed["fault"]) == ("xian", "", 'cell 3: ValueError: a, "b"')
