"""The rows of a package: closed lists, keys, references, and what an observation must say."""

# ruff: noqa: E501 - what is answered is one line

from __future__ import annotations

from damage import ROW, answers, damage, each, lines

from wuhan.evidence import csvreader, rules
from wuhan.evidence.schema import Reference

# name, file, text found there, text put in its place, the line reported
CASES = [
    # closed lists, keys, references
    (
        "word-unknown",
        "gdp.csv",
        "exact,actual,,undated,\n",
        "exact,actuel,,undated,\n",
        "gdp.csv:6: status: found 'actuel' — write actual",
    ),
    (
        "word-case",
        "gdp.csv",
        "exact,actual,,undated,\n",
        "Exact,actual,,undated,\n",
        "gdp.csv:6: qualifier: found 'Exact' — write exact",
    ),
    (
        "word-blank",
        "gdp.csv",
        "exact,actual,,undated,\n",
        "exact,,,undated,\n",
        "gdp.csv:6: status: found a blank cell — write one of actual, preliminary, estimate",
    ),
    (
        "word-foreign",
        "gdp.csv",
        "exact,actual,,undated,\n",
        "exact,实际,,undated,\n",
        "gdp.csv:6: status: found '实际' — write one of actual, preliminary",
    ),
    (
        "key-twice",
        "gdp.csv",
        ROW,
        ROW + "\n" + ROW,
        "gdp.csv:3: place: found the key 'wuhan,gdp_nominal,2023,actual,,bureau_2024' of line 2 again — keep one of the two rows, or tell the two apart by vintage or source_id",
    ),
    (
        "unique",
        "places.csv",
        "Xi'an",
        "Wuhan",
        "places.csv:4: name_en: found the key 'Wuhan' of line 3 again — keep one of the two rows$",
    ),
    ("place-typo", "gdp.csv", ROW, ROW.replace("wuhan", "wuhna"), "gdp.csv:2: place: found 'wuhna' — write wuhan"),
    ("place-name", "gdp.csv", ROW, ROW.replace("wuhan", "武汉"), "gdp.csv:2: place: found '武汉' — write wuhan"),
    ("place-capital", "gdp.csv", ROW, ROW.replace("wuhan", "Wuhan"), "gdp.csv:2: place: found 'Wuhan' — write wuhan"),
    (
        "place-unknown",
        "gdp.csv",
        ROW,
        ROW.replace("wuhan", "reykjavik"),
        "gdp.csv:2: place: found 'reykjavik' — write one that data/places.csv has, or add the row there",
    ),
    (
        "source-unknown",
        "events.csv",
        "true,press_2025",
        "true,press_2035",
        "events.csv:2: source_id: found 'press_2035' — write one that data/sources.csv has, or add the row there",
    ),
    ("parent-unknown", "places.csv", "武汉,china", "武汉,chine", "places.csv:3: parent: found 'chine' — write china"),
    # what observations mean
    (
        "future-flow",
        "gdp.csv",
        ROW,
        ROW.replace("2023", "2025"),
        "gdp.csv:2: status: found 'actual' of 2025, which ends after its source bureau_2024 .published 2025-03. — write estimate, target or plan",
    ),
    (
        "future-stock",
        "gdp.csv",
        "ai_firms,2025,",
        "ai_firms,2026,",
        "gdp.csv:7: status: found 'actual' of 2026, which begins after its source press_2025 .published 2025-06-26.",
    ),
    (
        "future-preliminary",
        "gdp.csv",
        "gdp_nominal,2024,21106",
        "gdp_nominal,2025-01/2025-04,21106",
        "gdp.csv:3: status: found 'preliminary' of 2025-01/2025-04, which ends after",
    ),
    (
        "future-undated",
        "gdp.csv",
        "xian,gdp_nominal,2024",
        "xian,gdp_nominal,2025",
        "gdp.csv:10: status: found 'actual' of 2025, which ends after its source undated .undated, and no source is newer than 2025-06-26.",
    ),
    (
        "theme-elsewhere",
        "indicators.csv",
        "tertiary_share,gdp",
        "tertiary_share,ai",
        "gdp.csv:6: indicator: found 'tertiary_share' — write the row into ai.csv, the table of its theme",
    ),
    ("share-over-100", "gdp.csv", "63.3", "633", "gdp.csv:6: value: found '633' — write a share between 0 and 100"),
    ("share-negative", "gdp.csv", "63.3", "-63.3", "gdp.csv:6: value: found '-63.3' — write a share between 0 and 100"),
    (
        "count-negative",
        "gdp.csv",
        "20000",
        "-20000",
        "gdp.csv:8: value: found '-20000' — write a number of at least 0 .the unit of ai_firms is count.",
    ),
    ("gdp-zero", "gdp.csv", "20011.65", "0", "gdp.csv:2: value: found '0' — write a number above 0"),
    (
        "text-not-value",
        "gdp.csv",
        "14600",
        "14500",
        "gdp.csv:7: value_text: found '1.46万', which is 14600 count, beside the value 14500 — write a value and a text that agree",
    ),
    (
        "text-no-quantity",
        "gdp.csv",
        "1.46万",
        "many",
        "gdp.csv:7: value_text: found 'many' — write the figure as printed",
    ),
    (
        "text-denies-qualifier",
        "gdp.csv",
        "1.46万",
        "约1.46万",
        "gdp.csv:7: value_text: found '约1.46万' — write the figure as printed, or leave it blank .*over",
    ),
    (
        "text-other-unit",
        "gdp.csv",
        "1.46万",
        "1.46万元",
        "gdp.csv:7: value_text: found '1.46万元' — write the figure as printed",
    ),
    (
        "unit-unknown",
        "indicators.csv",
        "GDP,地区生产总值,100m_cny",
        "GDP,地区生产总值,亿",
        "indicators.csv:2: unit: found '亿' — write one of cny, 10k_cny",
    ),
    (
        "unit-typo",
        "indicators.csv",
        "GDP,地区生产总值,100m_cny",
        "GDP,地区生产总值,100m cny",
        "indicators.csv:2: unit: found '100m cny' — write 100m_cny",
    ),
    ("definition-blank", "indicators.csv", "At current prices", "", "indicators.csv:2: definition: found a blank cell"),
    ("name-blank", "indicators.csv", "地区生产总值", "", "indicators.csv:2: name_zh: found a blank cell"),
]


@each("file, old, new, message", CASES)
def test_text_fault(tiny, file, old, new, message):
    answers(tiny, file, old, new, message)


def test_a_lost_key_column_is_not_blamed_on_the_tables_that_refer_to_it(tiny):
    damage(tiny / "places.csv", "place,", "plcae,")
    damage(tiny / "events.csv", "source_id", "sorce_id")
    assert lines(tiny) == [
        "data/events.csv:1: found the unknown column 'sorce_id' — write source_id",
        "data/places.csv:1: found the unknown column 'plcae' — write place",
    ]


def test_a_reference_of_two_columns():
    here = csvreader.Sheet("a.csv", {"place": ("wuhan", "xian", ""), "year": ("2023", "2024", "")}, (2, 3, 4))
    there = csvreader.Sheet("b.csv", {"place": ("wuhan", "xian"), "year": ("2023", "2023")}, (2, 3))
    reference = Reference(("place", "year"), "b", ("place", "year"))
    (fault,) = rules.reference_faults(here, reference, there)
    assert str(fault) == "a.csv:3: place: found 'xian,2024' — write one that b.csv has, or add the row there"
