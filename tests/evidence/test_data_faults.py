"""Bad data, one case a line: what is done to a sound package, and the one line that the reader must answer.

Each case starts from a package without faults, so a guard that stayed silent would fail its case.
"""
# ruff: noqa: E501 - a case is one line, so that the tables below read as tables

from __future__ import annotations

import json
import re

import pytest

from wuhan.evidence import csvreader, package, rules
from wuhan.evidence.package import DataError, PackageUnreadable
from wuhan.evidence.schema import Reference

HEADER = "place,indicator,period,value,value_text,qualifier,status,vintage,source_id,note"
ROW = "wuhan,gdp_nominal,2023,20011.65,,exact,actual,,bureau_2024,"
GROWTH = "wuhan,gdp_real_growth,2024,-5.2,"

# id, file, text found there, text put in its place, the line reported
TEXT_CASES = [
    # the form of the file
    ("header-typo", "gdp.csv", "value,", "valeu,", "gdp.csv:1: found the unknown column 'valeu' — write value"),
    (
        "header-space",
        "gdp.csv",
        "value,",
        "value ,",
        "gdp.csv:1: found the unknown column 'value<U.0020>' — write value",
    ),
    (
        "header-full-width",
        "gdp.csv",
        "value,",
        "ｖａｌｕｅ,",
        "gdp.csv:1: found the unknown column 'ｖａｌｕｅ' — write value",
    ),
    (
        "header-none",
        "gdp.csv",
        HEADER + "\n",
        "",
        "gdp.csv:1: found the header 'wuhan,.*' — write the header place,indicator,",
    ),
    (
        "separator",
        "places.csv",
        None,
        "place；name_en；name_zh\nwuhan；Wuhan；武汉\n",
        "places.csv:1: found the separator '；' — write the header place,",
    ),
    (
        "thousands",
        "gdp.csv",
        "20011.65",
        "20,011.65",
        "gdp.csv:2: found 11 fields instead of 10 — write 20011.65 without thousands commas",
    ),
    (
        "row-long",
        "gdp.csv",
        ROW,
        ROW + ",x",
        "gdp.csv:2: found 11 fields instead of 10 — put a text that holds a comma in quotes",
    ),
    ("row-short", "gdp.csv", "20011.65,,", "20011.65,", "gdp.csv:2: found 9 fields instead of 10 — write every field"),
    (
        "comma-full-width",
        "gdp.csv",
        ROW,
        ROW.replace(",", "，"),
        "gdp.csv:2: found 1 field instead of 10 — write the comma",
    ),
    ("blank-line", "gdp.csv", ROW, "\n" + ROW, "gdp.csv:2: found a blank row — remove it"),
    (
        "blank-line-at-end",
        "events.csv",
        "false,bureau_2024\n",
        "false,bureau_2024\n\n",
        "events.csv:4: found a blank row",
    ),
    (
        "quote-unclosed",
        "gdp.csv",
        ROW,
        ROW + '"open',
        "gdp.csv:2: note: found a quote that is opened and not closed: '\"open' — write the closing quote",
    ),
    (
        "quote-unclosed-last",
        "gdp.csv",
        "undated,1e5",
        'undated,"1e5',
        "gdp.csv:10: note: found a quote that is opened and not closed",
    ),
    (
        "quote-inside",
        "sources.csv",
        "Communique 2024",
        'the "Communique"',
        "sources.csv:2: title: found a quote inside a cell: .* — put the whole cell in quotes",
    ),
    (
        "quote-then-text",
        "sources.csv",
        "Communique 2024",
        '"Communique" 2024',
        "sources.csv:2: title: found a quote inside a cell",
    ),
    (
        "line-break",
        "sources.csv",
        "Communique 2024",
        '"Communique\n2024"',
        "sources.csv:2: title: found a line break inside the cell: 'Communique<U.000A>2024' — write the cell on one line",
    ),
    # numbers
    (
        "percent-sign",
        "gdp.csv",
        "-5.2",
        "5.4%",
        "gdp.csv:5: value: found '5.4%' — write 5.4 .the unit of gdp_real_growth is percent.",
    ),
    ("minus-sign", "gdp.csv", "-5.2", "−5.2", "gdp.csv:5: value: found '−5.2' — write -5.2 "),
    ("en-dash", "gdp.csv", "-5.2", "–5.2", "gdp.csv:5: value: found '–5.2' — write -5.2 "),
    ("exponent", "gdp.csv", "-5.2", "1e5", "gdp.csv:5: value: found '1e5' — write the digits that the source prints"),
    ("no-leading-digit", "gdp.csv", "-5.2", ".5", "gdp.csv:5: value: found '.5' — write 0.5 "),
    ("no-trailing-digit", "gdp.csv", "-5.2", "5.", "gdp.csv:5: value: found '5.' — write 5 "),
    ("plus", "gdp.csv", "-5.2", "+5", r"gdp.csv:5: value: found '\+5' — write 5 "),
    ("leading-zero", "gdp.csv", "-5.2", "05.2", "gdp.csv:5: value: found '05.2' — write 5.2 "),
    ("minus-zero", "gdp.csv", "-5.2", "-0.0", "gdp.csv:5: value: found '-0.0' — write 0.0 "),
    (
        "hexadecimal",
        "gdp.csv",
        "-5.2",
        "0x10",
        "gdp.csv:5: value: found '0x10' — write a plain decimal such as 21106.23 ",
    ),
    ("underscore", "gdp.csv", "20011.65", "20_011", "gdp.csv:2: value: found '20_011' — write 20011 "),
    ("space-inside", "gdp.csv", "20011.65", "20 011.65", "gdp.csv:2: value: found '20 011.65' — write 20011.65 "),
    ("comma-quoted", "gdp.csv", "20011.65", '"20,011.65"', "gdp.csv:2: value: found '20,011.65' — write 20011.65 "),
    ("comma-decimal", "gdp.csv", "-5.2", '"5,2"', "gdp.csv:5: value: found '5,2' — write a plain decimal"),
    ("digits-full-width", "gdp.csv", "-5.2", "５．４", "gdp.csv:5: value: found '５．４' — write 5.4 "),
    ("digits-arabic", "gdp.csv", "-5.2", "٣", "gdp.csv:5: value: found '٣' — write 3 "),
    ("superscript", "gdp.csv", "-5.2", "5²", "gdp.csv:5: value: found '5²' — write a plain decimal"),
    ("infinity", "gdp.csv", "-5.2", "inf", "gdp.csv:5: value: found 'inf' — write a plain decimal"),
    (
        "overflow",
        "gdp.csv",
        "-5.2",
        "1e400",
        "gdp.csv:5: value: found '1e400' — write the digits that the source prints",
    ),
    ("nan", "gdp.csv", "-5.2", "nan", "gdp.csv:5: value: found 'nan' — write the value, or remove the row"),
    (
        "digits-23",
        "gdp.csv",
        "-5.2",
        "12345678901234567890123",
        "gdp.csv:5: value: found '1234.*' — write at most 15 digits",
    ),
    (
        "float-noise",
        "gdp.csv",
        "-5.2",
        "5.300000000000001",
        "gdp.csv:5: value: found .* — write at most 15 digits, such as 5.3 ",
    ),
    (
        "unit-in-value",
        "gdp.csv",
        "20011.65",
        "20011.65亿元",
        "gdp.csv:2: value: found '20011.65亿元' — write the value 20011.65 and '20011.65亿元' in value_text .the unit of gdp_nominal is 100m_cny.",
    ),
    (
        "value-blank",
        "gdp.csv",
        "20011.65",
        "",
        "gdp.csv:2: value: found a blank cell — write the value, or remove the row",
    ),
    (
        "space-after-number",
        "gdp.csv",
        "20011.65",
        "20011.65 ",
        "gdp.csv:2: value: found '20011.65<U.0020>' — write 20011.65 ",
    ),
    ("whole-number", "events.csv", "148", "148.0", "events.csv:2: projects: found '148.0' — write 148"),
    ("part-of-a-project", "events.csv", "148", "148.5", "events.csv:2: projects: found '148.5' — write a whole number"),
    (
        "words-for-number",
        "events.csv",
        "148",
        "NA",
        "events.csv:2: projects: found 'NA' — write a plain whole number such as 148, or leave the cell blank",
    ),
    ("minimum", "events.csv", "984.9", "-984.9", "events.csv:2: amount: found '-984.9' — write a number of at least 0"),
    (
        "maximum",
        "events.csv",
        "984.9",
        "98490000",
        "events.csv:2: amount: found '98490000' — write a number of at most 100000",
    ),
    ("truth-word", "events.csv", "984.9,true", "984.9,TRUE", "events.csv:2: city_total: found 'TRUE' — write true"),
    ("truth-number", "events.csv", "984.9,true", "984.9,1", "events.csv:2: city_total: found '1' — write true"),
    (
        "truth-unclear",
        "events.csv",
        "984.9,true",
        "984.9,maybe",
        "events.csv:2: city_total: found 'maybe' — write true or false",
    ),
    (
        "truth-blank",
        "events.csv",
        "984.9,true",
        "984.9,",
        "events.csv:2: city_total: found a blank cell — write true or false",
    ),
    # text
    ("space-trailing", "places.csv", "Wuhan", "Wuhan ", "places.csv:3: name_en: found 'Wuhan<U.0020>' — write 'Wuhan'"),
    ("space-leading", "places.csv", "武汉", " 武汉", "places.csv:3: name_zh: found '<U.0020>武汉' — write '武汉'"),
    (
        "space-no-break",
        "places.csv",
        "Xi'an",
        "Xi'an\u00a0",
        "places.csv:4: name_en: found 'Xi'an<U.00A0>' — write 'Xi'an'",
    ),
    (
        "space-ideographic",
        "places.csv",
        "武汉",
        "武\u3000汉",
        "places.csv:3: name_zh: found '武<U.3000>汉' — write '武 汉'",
    ),
    ("tab", "places.csv", "Wuhan", "Wuhan\t", "places.csv:3: name_en: found 'Wuhan<U.0009>' — write 'Wuhan'"),
    (
        "zero-width",
        "places.csv",
        "Wuhan",
        "Wu\u200bhan",
        "places.csv:3: name_en: found 'Wu<U.200B>han' — write 'Wuhan'",
    ),
    (
        "right-to-left",
        "places.csv",
        "Wuhan",
        "\u202eWuhan",
        "places.csv:3: name_en: found '<U.202E>Wuhan' — write 'Wuhan'",
    ),
    ("control", "places.csv", "Wuhan", "Wu\x1bhan", "places.csv:3: name_en: found 'Wu<U.001B>han' — write 'Wuhan'"),
    (
        "formula",
        "places.csv",
        "Wuhan",
        "=Wuhan",
        ("places.csv:3: name_en: found '=Wuhan' — begin with a word: a spreadsheet would take it for a formula"),
    ),
    (
        "line-separator",
        "places.csv",
        "Wuhan",
        "Wu\u2028han",
        "places.csv:3: name_en: found 'Wu<U.2028>han' — write 'Wu han'",
    ),
    (
        "only-invisible",
        "places.csv",
        "Wuhan",
        "\u200b",
        "places.csv:3: name_en: found '<U.200B>' — write text that can be seen",
    ),
    (
        "replacement",
        "places.csv",
        "Wuhan",
        "Wu\ufffdhan",
        "places.csv:3: name_en: found 'Wu<U.FFFD>han' — write 'Wuhan'",
    ),
    ("radical", "sources.csv", "Main cities", "⼤城市", "sources.csv:4: title: found '<U.2F24>城市' — write '大城市'"),
    ("compatibility", "sources.csv", "Main cities", "\uf9dc", "sources.csv:4: title: found '<U.F9DC>' — write '隆'"),
    (
        "decomposed",
        "sources.csv",
        "Communique",
        "Communique\u0301",
        "sources.csv:2: title: found 'Communique<U.0301> 2024' — write 'Communiqué 2024'",
    ),
    (
        "bom-inside",
        "sources.csv",
        "Yicai",
        "\ufeffYicai",
        "sources.csv:3: publisher: found '<U.FEFF>Yicai' — write 'Yicai'",
    ),
    ("text-blank", "sources.csv", "Communique 2024", "", "sources.csv:2: title: found a blank cell — write the value"),
    (
        "text-long",
        "places.csv",
        "武汉",
        "武汉" * 5,
        "places.csv:3: name_zh: found 10 characters: .* — write at least 0 and at most 8",
    ),
    ("pattern", "places.csv", "#0072B2", "#72B2", "places.csv:3: colour: found '#72B2' — write text of the form #"),
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
    # dates and periods
    ("period-slashes", "gdp.csv", ",2023,", ",2023/1/1,", "gdp.csv:2: period: found '2023/1/1' — write 2023-01-01"),
    ("period-chinese", "gdp.csv", ",2023,", ",2023年1月,", "gdp.csv:2: period: found '2023年1月' — write 2023-01"),
    ("period-year-word", "gdp.csv", ",2023,", ",2023年,", "gdp.csv:2: period: found '2023年' — write 2023"),
    ("period-full-width", "gdp.csv", ",2023,", ",２０２３,", "gdp.csv:2: period: found '２０２３' — write 2023"),
    (
        "period-quarter",
        "gdp.csv",
        ",2023,",
        ",2023-Q3,",
        "gdp.csv:2: period: found '2023-Q3' — a quarter alone is not kept; if the figure is for January to September write 2023-01/2023-09",
    ),
    (
        "period-serial",
        "gdp.csv",
        ",2023,",
        ",45000,",
        "gdp.csv:2: period: found '45000' — write a date such as 2024 or 2024-06 or 2024-06-26 or 2024-01/2024-09",
    ),
    ("period-short", "gdp.csv", ",2023,", ",23-1,", "gdp.csv:2: period: found '23-1' — write a date such as 2024"),
    (
        "period-month-13",
        "gdp.csv",
        ",2023,",
        ",2023-13,",
        "gdp.csv:2: period: found '2023-13' — write a date such as .* .no month 13.",
    ),
    (
        "period-day-30",
        "gdp.csv",
        ",2023,",
        ",2023-02-29,",
        "gdp.csv:2: period: found '2023-02-29' — write a date such as .* .no day 29 in 2023-02.",
    ),
    ("period-year-0", "gdp.csv", ",2023,", ",0023,", "gdp.csv:2: period: found '0023' — .* .no year 0023."),
    (
        "period-backwards",
        "gdp.csv",
        "2025-01/2025-05",
        "2025-05/2025-01",
        "gdp.csv:9: period: found '2025-05/2025-01' — .* .the end is not after the start.",
    ),
    (
        "period-unlike",
        "gdp.csv",
        "2025-01/2025-05",
        "2025/2025-05",
        "gdp.csv:9: period: found '2025/2025-05' — .* .start and end have unlike precision.",
    ),
    (
        "period-not-january",
        "gdp.csv",
        "2025-01/2025-05",
        "2025-02/2025-05",
        "gdp.csv:9: period: found '2025-02/2025-05' — a part of a year alone is not kept; if the figure is for January to May write 2025-01/2025-05",
    ),
    (
        "period-two-years",
        "gdp.csv",
        "2025-01/2025-05",
        "2024-01/2025-05",
        "gdp.csv:9: period: found '2024-01/2025-05' — write a span of months from January",
    ),
    (
        "cumulative-month",
        "gdp.csv",
        "2025-01/2025-05",
        "2025-05",
        "gdp.csv:9: period: found '2025-05' — if the figure is for January to May write 2025-01/2025-05 .the measure of retail is cumulative.",
    ),
    (
        "date-year-only",
        "events.csv",
        "2024-01-25",
        "2024",
        "events.csv:3: date: found '2024' — write a date such as 2024-06-26",
    ),
    (
        "date-chinese",
        "events.csv",
        "2024-01-25",
        "2024年1月25日",
        "events.csv:3: date: found '2024年1月25日' — write 2024-01-25",
    ),
    (
        "published-span",
        "sources.csv",
        "2025-03,",
        "2025-01/2025-03,",
        "sources.csv:2: published: found .* — write a date such as 2024 or 2024-06 or 2024-06-26$",
    ),
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

# id, bytes of places.csv made from the sound ones, the line reported
BYTE_CASES = [
    ("empty", lambda raw: b"", "places.csv:1: found an empty file — write the header and the rows"),
    (
        "header-only",
        lambda raw: raw.splitlines()[0] + b"\n",
        "places.csv:2: found no data rows — write at least one row",
    ),
    (
        "bom",
        lambda raw: b"\xef\xbb\xbf" + raw,
        r"places.csv:1: found a byte order mark \(EF BB BF\) — save as UTF-8 without",
    ),
    ("bom-twice", lambda raw: b"\xef\xbb\xbf" * 2 + raw, "places.csv:1: found 2 byte order marks"),
    (
        "gbk",
        lambda raw: raw.decode().encode("gbk"),
        "places.csv:2: found byte D6, which is not UTF-8 — convert it with 'iconv -f GB18030 -t UTF-8 data/places.csv'",
    ),
    (
        "latin-1",
        lambda raw: raw + b"x,\xff",
        "places.csv:5: found byte FF, which is not UTF-8 — save the file as UTF-8",
    ),
    ("utf-16", lambda raw: raw.decode().encode("utf-16"), "places.csv:1: found UTF-16 text — save it as UTF-8"),
    ("utf-16-no-mark", lambda raw: raw.decode().encode("utf-16-le"), "places.csv:1: found a NUL byte — save as UTF-8"),
    ("nul", lambda raw: raw.replace("武".encode(), b"\0"), "places.csv:3: found a NUL byte"),
    (
        "lfs",
        lambda raw: b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
        "places.csv:1: found a Git LFS pointer — fetch the file itself with 'git lfs pull'",
    ),
    (
        "html",
        lambda raw: b"\n<!DOCTYPE html><html></html>",
        "places.csv:1: found a web page — download the CSV file itself",
    ),
    ("excel", lambda raw: b"PK\x03\x04" + raw, "places.csv:1: found a zip or Excel file — save the sheet as CSV"),
    ("gzip", lambda raw: b"\x1f\x8b" + raw, "places.csv:1: found a gzip file — unpack it"),
    (
        "cr-only",
        lambda raw: raw.replace(b"\n", b"\r"),
        "places.csv:1: found a line end CR alone — end every line with LF",
    ),
    (
        "mixed-crlf",
        lambda raw: raw.replace(b"\n", b"\r\n", 2),
        "places.csv:3: found a line end LF after lines that end in CRLF",
    ),
    (
        "mixed-lf",
        lambda raw: raw.replace(b"\nxian", b"\r\nxian"),
        "places.csv:3: found a line end CRLF after lines that end in LF",
    ),
    (
        "long-cell",
        lambda raw: raw.replace(b"Wuhan", b"W" * 10_001),
        "places.csv:3: name_en: found a cell of 10,001 bytes — shorten it to at most 10,000 bytes",
    ),
    (
        "long-cell-chinese",
        lambda raw: raw.replace(b"Wuhan", "武".encode() * 3_334),
        "places.csv:3: name_en: found a cell of 10,002 bytes",
    ),
]

# id, the place in datapackage.json, what is put there, the line reported
SCHEMA_CASES = [
    ("json", '"name": "tiny"', '"name" "tiny"', "datapackage.json:2: found expecting ':' delimiter — write valid JSON"),
    (
        "twice-in-json",
        '"name": "tiny"',
        '"name": "tiny", "name": "x"',
        "datapackage.json:1: found the name 'name' twice in one object — keep one",
    ),
    (
        "type",
        '"type": "boolean"',
        '"type": "bool"',
        "datapackage.json:1: found the type 'bool' of places.peer — write one of string, number",
    ),
    (
        "constraint",
        '"maximum"',
        '"most"',
        "datapackage.json:1: found the constraint 'most' of events.amount — write one of required, unique",
    ),
    (
        "pattern",
        "#[0-9A-F]{6}",
        "#[0-9A-F{6}",
        "datapackage.json:1: found the pattern of places.colour: .* — write a regular expression",
    ),
    (
        "path",
        '"path": "gdp.csv"',
        '"path": "../gdp.csv"',
        "datapackage.json:1: found the path '../gdp.csv' — write the name of a .csv file",
    ),
    (
        "path-url",
        '"path": "gdp.csv"',
        '"path": "https://example.org/gdp.csv"',
        "found the path 'https://example.org/gdp.csv'",
    ),
    (
        "table-twice",
        '"name": "events"',
        '"name": "gdp"',
        "found the table 'gdp' twice — give each resource its own name",
    ),
    ("reference", '"resource": "places"', '"resource": "place"', "found a reference of gdp to 'place' — write places"),
    (
        "reference-far",
        '"resource": "places"',
        '"resource": "xyz"',
        "found a reference of gdp to 'xyz' — name a resource of this file",
    ),
    ("key", '"event_id"\n', '"event"\n', "found the key 'event' of events — write one of event_id, date"),
    (
        "resources",
        '"resources"',
        '"tables"',
        "datapackage.json:1: found no 'resources' — write it as Table Schema asks",
    ),
    ("list", None, "[]", "datapackage.json:1: found .* — write it as Table Schema asks"),
    ("bytes", None, b"\xff\xfe{}", "datapackage.json:1: found byte FF — save the file as UTF-8"),
]


def damage(path, old, new):
    """Replace the first occurrence of `old` (everything when None); a case that changes nothing is a mistake."""
    content = path.read_bytes()
    replacement = new if isinstance(new, bytes) else new.encode()
    changed = replacement if old is None else content.replace(old.encode(), replacement, 1)
    assert changed != content
    path.write_bytes(changed)


def lines(data):
    return [str(fault) for fault in package.check(data)]


def ids(cases):
    return [case[0] for case in cases]


def test_the_package_that_the_cases_damage_is_sound(tiny):
    assert lines(tiny) == []


@pytest.mark.parametrize("_id, file, old, new, message", TEXT_CASES, ids=ids(TEXT_CASES))
def test_text_fault(tiny, _id, file, old, new, message):
    damage(tiny / file, old, new)
    reported = message.split(":")[0]  # the file at fault, which may be another than the one damaged
    found = [line for line in lines(tiny) if line.startswith(f"data/{reported}:")]
    assert len(found) == 1, found
    assert re.match(f"data/{message}", found[0]), found[0]
    with pytest.raises(DataError) as caught:
        package.read(reported.removesuffix(".csv"), tiny)
    assert found[0] in str(caught.value).splitlines()


@pytest.mark.parametrize("_id, change, message", BYTE_CASES, ids=ids(BYTE_CASES))
def test_byte_fault(tiny, _id, change, message):
    path = tiny / "places.csv"
    path.write_bytes(change(path.read_bytes()))
    found = [line for line in lines(tiny) if line.startswith("data/places.csv:")]
    assert len(found) == 1, found
    assert re.match(f"data/{message}", found[0]), found[0]


@pytest.mark.parametrize("_id, old, new, message", SCHEMA_CASES, ids=ids(SCHEMA_CASES))
def test_schema_fault(tiny, _id, old, new, message):
    damage(tiny / "datapackage.json", old, new)
    found = lines(tiny)
    assert len(found) == 1, found
    assert re.search(message, found[0]), found[0]
    with pytest.raises(DataError, match="datapackage.json:"):
        package.read("gdp", tiny)


def test_line_numbers_count_physical_lines_after_a_cell_of_two_lines(tiny):
    damage(tiny / "gdp.csv", GROWTH, GROWTH.replace("-5.2", "x"))
    assert [fault.line for fault in package.check(tiny)] == [5]


def test_all_faults_of_all_tables_at_once_sorted(tiny):
    damage(tiny / "gdp.csv", "20011.65", "1e5")
    damage(tiny / "gdp.csv", "63.3", "633")
    damage(tiny / "gdp.csv", "xian,", "xi_an,")
    damage(tiny / "gdp.csv", "latest", "latest,")
    damage(tiny / "gdp.csv", "at_least", "least")
    damage(tiny / "events.csv", "148", "-")
    damage(tiny / "places.csv", "false", "no")
    found = package.check(tiny)
    assert [(fault.file, fault.line, fault.column) for fault in found] == [
        ("data/events.csv", 2, "projects"),
        ("data/gdp.csv", 2, "value"),
        ("data/gdp.csv", 6, "value"),
        ("data/gdp.csv", 8, "qualifier"),
        ("data/gdp.csv", 10, ""),
        ("data/places.csv", 2, "peer"),
    ]


def test_a_table_is_refused_for_a_fault_in_a_table_it_refers_to(tiny):
    damage(tiny / "places.csv", "false", "no")
    with pytest.raises(DataError, match=r"^data/places.csv:2: peer: found 'no' — write false$"):
        package.read("gdp", tiny)
    assert len(package.read("events", tiny)) == 2  # does not refer to places


def test_a_missing_column_is_named_and_the_others_are_still_checked(tiny):
    content = (tiny / "events.csv").read_text().replace("event_id,date,", "date,").replace("sign_20250626,", "")
    (tiny / "events.csv").write_text(content.replace("start_2024,", "").replace("148", "x"))
    found = lines(tiny)
    assert found[0].startswith("data/events.csv:1: event_id: found no such column — write the header event_id,date,")
    assert found[1].startswith("data/events.csv:2: projects: found 'x'")
    assert len(found) == 2


def test_a_lost_key_column_is_not_blamed_on_the_tables_that_refer_to_it(tiny):
    damage(tiny / "places.csv", "place,", "plcae,")
    damage(tiny / "events.csv", "source_id", "sorce_id")
    assert lines(tiny) == [
        "data/events.csv:1: found the unknown column 'sorce_id' — write source_id",
        "data/places.csv:1: found the unknown column 'plcae' — write place",
    ]


def test_columns_in_another_order_are_one_fault(tiny):
    rows = [line.split(",") for line in (tiny / "events.csv").read_text().splitlines()]
    (tiny / "events.csv").write_text("\n".join(",".join([row[1], row[0], *row[2:]]) for row in rows))
    (found,) = lines(tiny)
    assert found.startswith("data/events.csv:1: found the columns in another order — write the header event_id,date,")


def test_a_column_twice_is_one_fault(tiny):
    content = (tiny / "events.csv").read_text().splitlines()
    (tiny / "events.csv").write_text("\n".join(f"{line},{line.split(',')[1]}" for line in content))
    assert lines(tiny) == ["data/events.csv:1: date: found the column twice — keep one of the two"]


def test_an_extra_column_is_one_fault(tiny):
    content = (tiny / "events.csv").read_text().splitlines()
    (tiny / "events.csv").write_text("\n".join(f"{line},colour" for line in content))
    (found,) = lines(tiny)
    assert re.match(r"data/events.csv:1: found the unknown column 'colour' — remove the column; the columns are", found)


def test_a_bom_does_not_hide_the_other_faults(tiny):
    path = tiny / "gdp.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"20011.65", b"1e5"))
    assert [fault.line for fault in package.check(tiny)] == [1, 2]


def test_many_faults_are_counted_after_the_first_fifty(tiny):
    rows = "".join(f"wuhan,gdp_nominal,{year},x{year},,exact,actual,,bureau_2024,\n" for year in range(1900, 1960))
    (tiny / "gdp.csv").write_text(f"{HEADER}\n{rows}")
    with pytest.raises(DataError) as caught:
        package.read("gdp", tiny)
    assert len(caught.value.faults) == 60
    assert str(caught.value).splitlines()[-1] == "and 10 more: 10 in data/gdp.csv"
    assert len(str(caught.value).splitlines()) == 51


def test_a_wrong_column_of_thousands_of_names_is_told_up_to_a_thousand(tiny):
    rows = "".join(f"p{row},gdp_nominal,2023,1.5,,exact,actual,,bureau_2024,\n" for row in range(8000))
    (tiny / "gdp.csv").write_text(f"{HEADER}\n{rows}")
    found = lines(tiny)
    assert len(found) == 1001
    assert "place: found 1,000 different wrong cells or more — mend the column as a whole" in found[0] + found[1]


def test_a_file_that_nothing_describes_is_a_fault(tiny):
    (tiny / "old.csv").write_text("a,b\n1,2\n")
    assert lines(tiny) == [
        "data/old.csv:1: found a table that nothing describes — run `python -m wuhan describe old`, or remove the file"
    ]


def test_observations_must_refer_to_indicators_and_sources(tiny):
    document = json.loads((tiny / "datapackage.json").read_text())
    document["resources"][3]["schema"]["foreignKeys"] = []
    (tiny / "datapackage.json").write_text(json.dumps(document))
    assert [line for line in lines(tiny) if "foreign key" in line] == [
        "data/gdp.csv:1: indicator: found no reference to indicators — declare the foreign key in datapackage.json",
        "data/gdp.csv:1: source_id: found no reference to sources — declare the foreign key in datapackage.json",
    ]


def test_a_long_table_is_read_to_its_end():
    sheet = csvreader.parse(b"place,note\n" + b"x,y\n" * 600_000 + b"last,", "places.csv", ["place", "note"])
    assert sheet.faults == ()
    assert (sheet.columns["place"][-1], sheet.lines[-1]) == ("last", 600_002)


def test_a_directory_in_place_of_a_table(tiny):
    (tiny / "places.csv").unlink()
    (tiny / "places.csv").mkdir()
    with pytest.raises(PackageUnreadable, match=r"^\S+places.csv: is a directory — put the file itself there$"):
        package.read("gdp", tiny)


def test_a_missing_table_and_a_dangling_link(tiny):
    (tiny / "places.csv").unlink()
    with pytest.raises(PackageUnreadable, match=r"^\S+places.csv: no such file — restore it"):
        package.check(tiny)
    (tiny / "places.csv").symlink_to(tiny / "nowhere.csv")
    with pytest.raises(PackageUnreadable, match=r"^\S+places.csv: is a link to a file that is not there"):
        package.check(tiny)


def test_a_pipe_is_refused_and_not_waited_for(tiny):
    os = pytest.importorskip("os")
    (tiny / "places.csv").unlink()
    os.mkfifo(tiny / "places.csv")
    with pytest.raises(PackageUnreadable, match=r"^\S+places.csv: is a pipe or a device"):
        package.read("places", tiny)


def test_a_file_without_the_right_to_read(tiny, monkeypatch):
    def denied(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(csvreader.Path, "stat", denied)
    with pytest.raises(PackageUnreadable, match=r"^\S+datapackage.json: Permission denied — make it readable$"):
        package.check(tiny)


def test_no_message_has_a_second_line_or_a_character_that_cannot_be_seen(tiny):
    for old, new in [("Wuhan", "Wu\u202e\x1b[31mhan"), ("中国", "中\u2028国"), ("Xi'an", "x" * 5000 + "\u200b")]:
        damage(tiny / "places.csv", old, new)
    found = lines(tiny)
    assert len(found) == 3
    assert all(line.isprintable() and len(line) < 250 for line in found), found


def test_a_reference_of_two_columns():
    here = csvreader.Sheet("a.csv", {"place": ("wuhan", "xian", ""), "year": ("2023", "2024", "")}, (2, 3, 4))
    there = csvreader.Sheet("b.csv", {"place": ("wuhan", "xian"), "year": ("2023", "2023")}, (2, 3))
    reference = Reference(("place", "year"), "b", ("place", "year"))
    (fault,) = rules.reference_faults(here, reference, there)
    assert str(fault) == "a.csv:3: place: found 'xian,2024' — write one that b.csv has, or add the row there"
