"""What each row carries is told from the pages: a headline, a number, a verdict, or nothing at all."""

import csv
import io

import pytest

from wuhan.evidence import observations, package
from wuhan.evidence.facts import add
from wuhan.site import uses
from wuhan.site.book import Page
from wuhan.site.rows import row_of
from wuhan.text.tables import record

NO_VERDICTS = "claim,row\n"


def fact(indicator, period, vintage=""):
    return observations.observe(package.read("gdp"), "wuhan", indicator, period, vintage=vintage)


def page(*said, answer=()):
    made = Page("10_gdp", title="How large?", answer=[{"text": "x", **record(each)} for each in answer])
    for each in (*said, *answer):
        made.numbers.add({"text": "x", **record(each)})
    return made


def found(notebook, verdicts=NO_VERDICTS, named=()):
    return {each.told.row: each for each in uses.uses([notebook], verdicts, set(named), uses.rows(package.DATA))}


def row(each):
    return row_of(record(each) | {"source": each.sources[0]})


GDP, GROWTH = fact("gdp_nominal", "2025", "first_release"), fact("gdp_real_growth", "2024")


def test_a_headline_is_carried_by_the_rows_behind_its_numbers():
    twice = add(GDP, GDP)
    told = found(page(answer=[GROWTH, twice]))
    assert told[row(GROWTH)].headlines == ("10_gdp",) and told[row(GROWTH)].use == "carries"
    assert told[row(GDP)].headlines == ("10_gdp",)  # it stands behind a number that is worked out


def test_a_row_is_alone_unless_another_source_tells_the_same():
    told = found(page(GDP, GROWTH))
    assert told[row(GDP)].told.second not in ("", *GDP.sources)
    assert told[row(GROWTH)].told.second == ""
    events = [each for each in told.values() if each.told.row.startswith("events.csv")]
    assert {bool(each.told.second) for each in events} == {True, False}


def test_what_carries_nothing_is_used_by_nothing_unless_its_source_is_named():
    told = found(page(GDP), named=GROWTH.sources)
    assert (told[row(GROWTH)].use, told[row(GDP)].use) == ("source_named", "carries")
    assert found(page(GDP))[row(GROWTH)].use == "nothing"
    assert found(page(GDP), f"claim,row\np1,{row(GROWTH)}\n")[row(GROWTH)].use == "carries"


def test_every_row_of_what_is_known_is_in_the_table_once_and_the_page_counts_them():
    notebook = page(GDP, answer=[GROWTH])
    told = list(found(notebook).values())
    lines = list(csv.DictReader(io.StringIO(uses.table(told))))
    assert len({line["row"] for line in lines}) == len(lines) == sum(len(package.read(table)) for table in uses.TABLES)
    shown = uses.page([notebook], told)
    assert (shown["behind"], shown["alone"]) == (1, 1)
    assert [each["text"] for each in shown["carried"]] == ["x"]
    total = sum(int(part.replace(",", "")) for _file, *parts in shown["counts"] for part in parts)
    assert total == len(lines)


@pytest.mark.parametrize("kind", ["counted", "loose"])
def test_a_count_in_a_headline_names_no_row(kind):
    notebook = Page("10_gdp", answer=[{"text": "5", "value": 5, "unit": "count", kind: True}])
    assert uses.answers(notebook) == []
