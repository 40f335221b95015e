"""The Chinese edition: every text has its translation, says the same facts, and has no English left in it."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from wuhan.evidence import claims, progress, witnesses
from wuhan.execution import collection, results, slips
from wuhan.execution.project import ROOT, Project
from wuhan.studies.targets import words as targets_words
from wuhan.text import language, messages, words
from wuhan.text.prose import FACTS

PROJECT = Project()
STEMS = [path.stem for path in PROJECT.find()]
# Names that Chinese texts write in Latin letters, too; titles of publications are in italics.
NAMES = re.compile(
    r"https?://\S+|<[^>]*>|`[^`]*`|(?<!\*)\*[^*\n]+\*(?!\*)|\[[^\]]*\]\([^)]*\)"
    r"|[\w./-]+\.(?:csv|ipynb|json)\b|[a-z0-9]+_[a-z0-9_]+"
)
ENGLISH = re.compile(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b")


def test_every_message_has_its_translation_and_none_is_stale():
    wanted = messages.collect(PROJECT.root)
    known = messages.read(messages.path_of("zh"))
    assert messages.faults(wanted, known) == [], "run `make messages`"
    assert messages.written(wanted, known) == messages.path_of("zh").read_bytes(), "run `make messages`"


def test_translations_are_chinese_and_keep_markup_and_links():
    for english, chinese in messages.read(messages.path_of("zh")).items():
        assert re.findall(r"\]\(([^)]*)\)", chinese) == re.findall(r"\]\(([^)]*)\)", english), english
        assert chinese.count("**") == english.count("**"), english
        assert re.match(r"#+ |- |", chinese)[0] == re.match(r"#+ |- |", english)[0], english
        assert not re.search(r"[\u4e00-\u9fff] [\u4e00-\u9fff]", re.sub(r"^[-#]+ ", "", chinese)), english


@pytest.fixture(scope="module")
def books(executed):
    """The notebooks of both languages: language -> name -> notebook."""
    return {code: {name: results.load(path) for name, path in paths.items()} for code, paths in executed.items()}


def test_nothing_was_looked_up_in_vain(executed):
    _english, chinese = collection.editions(PROJECT, [])
    store, inputs = collection.store_of(PROJECT), collection.Inputs.take(PROJECT)
    noted = [json.loads(line) for job in chinese.jobs for line in store.parts(job, inputs)]
    assert len({each["message"] for each in noted if "message" in each}) > 500  # else nothing was noted
    assert sorted({each["message"] for each in noted if "lacking" in each}) == []


def facts(notebook):
    """What the facts of a notebook are, whatever language they are told in."""
    records = [
        record
        for cell in results.code_cells(notebook)
        for output in cell["outputs"]
        for record in output.get("data", {}).get(FACTS, [])
        if not record.get("loose")
    ]
    kept = ("value", "low", "high", "unit", "period", "status", "qualifier", "sources", "formula", "place", "indicator")
    return Counter(json.dumps({name: record.get(name) for name in kept}, sort_keys=True) for record in records)


# What a notebook quotes stays in its own language.
QUOTED = {"42_read_an_article": (ROOT / "wuhan" / "studies" / "read_an_article" / "example.txt").read_text("utf-8")}


@pytest.mark.parametrize("stem", STEMS)
def test_both_languages_tell_the_same_facts(stem, books):
    assert facts(books["zh"][stem]) == facts(books["en"][stem])


@pytest.mark.parametrize("stem", STEMS)
def test_no_english_is_left_in_a_chinese_text(stem, books):
    notebook = books["zh"][stem]
    assert slips.slips(notebook) == []
    texts = [(number, NAMES.sub("", text)) for number, text in slips.texts(notebook)]
    found = [(number, english[0]) for number, text in texts for english in ENGLISH.finditer(text)]
    assert [(number, english) for number, english in found if english not in QUOTED.get(stem, "")] == []


def test_the_language_is_english_until_it_is_set():
    assert language.language() == "en"


def test_a_reason_in_a_table_stands_in_full_width_brackets():
    aims = progress.measured(claims.claims(), witnesses.evidence())
    unsure = [aim for aim in aims if aim.standing == "undecided" and aim.reason]
    language.language("zh")
    try:
        standings = [row[-1] for row in targets_words.Reading("wuhan", unsure).table().rows]
    finally:
        language.language("en")
    assert standings and all(standing.startswith("尚难判断（") and "(" not in standing for standing in standings)


@pytest.mark.parametrize("stem", STEMS)
def test_no_cell_of_a_chinese_table_is_a_code(stem, books):
    outputs = [output for cell in results.code_cells(books["zh"][stem]) for output in cell["outputs"]]
    tables = ["".join(output["data"]["text/html"]) for output in outputs if "text/html" in output.get("data", {})]
    tables = [table for table in tables if 'class="dataframe"' not in table]  # those are shown as they are read
    cells = [cell for table in tables for cell in re.findall(r"<t[dh][^>]*>([^<]*)</t[dh]>", table)]
    assert [cell for cell in cells if re.fullmatch(r"[a-z][a-z_ ]+", cell)] == []


def test_a_chinese_publisher_is_told_with_what_the_data_say_of_the_text():
    retold = re.compile(r"(?:via|through|after|citing|reprint)\b")
    for source, row in words.table_of("sources", "source_id").items():
        if retold.search(row["publisher"]):
            assert words.whole_name(row["publisher"]) == "", source
    assert words.whole_name("Changjiang Daily (长江日报)") == "长江日报"
    assert words.whole_name("Yicai (第一财经), via Eastmoney Guba") == ""
