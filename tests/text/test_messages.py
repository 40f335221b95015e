"""The catalogue of translations: what has to be translated is found, what is lacking or stale is said."""

import json
import re

import pytest

from wuhan.text import language, messages, words

SOURCE = """
say("{a} of {b}.", a=1, b=choose(1, 2, more="more", less="less", same="as many"))
say("yes" if x else "no")
prose.plural(n, one="firm", many="firms")
WORDS = noted({"one": "One way", "two": ["Two", "Three"]})
charts.bars(frame, say("Title {n}", n=n), "Projects by kind", unit="count")
charts.line(frame, title, measure="Index")
prose.table(frame, {"a": "Year", "b": "Firms"})
prose.label("not on stage")
prose.worded({"code": "A word"})
open("file.txt")
"""


def test_messages_are_found_in_code():
    assert sorted(messages.in_code(SOURCE)) == sorted(
        [
            "{a} of {b}.",
            "more",
            "less",
            "as many",
            "yes",
            "no",
            "firm",
            "firms",
            "One way",
            "Two",
            "Three",
            "Title {n}",
            "Projects by kind",
            "Index",
            "Year",
            "Firms",
            "not on stage",
            "A word",
        ]
    )


def test_a_markdown_cell_is_one_message_a_block():
    text = "# Title?\n\nA line\nthat goes on.\n\n- One\n- Two\n\n```\ncode\n```\n"
    assert messages.blocks(text) == ["# Title?", "A line\nthat goes on.", "- One\n- Two"]


@pytest.fixture
def root(tmp_path):
    for folder in ("notebooks", "data", "wuhan/site"):
        (tmp_path / folder).mkdir(parents=True)
    cells = [
        {"cell_type": "markdown", "source": ["# Why?\n", "\n", "Text."]},
        {"cell_type": "code", "source": 'say("Because {n}.", n=1)'},
    ]
    (tmp_path / "notebooks" / "10_a.ipynb").write_text(json.dumps({"cells": cells}))
    (tmp_path / "wuhan" / "site" / "a.py").write_text('_("Source: {names}.")\nsay("Because {n}.")\n')
    (tmp_path / "wuhan" / "site" / "a.html.j2").write_text("<p>{{ _('Skip') }} {{ _(\"Go on\") }}</p>")
    (tmp_path / "data" / "indicators.csv").write_text("indicator,definition,theme,unit\ngdp,All output.,gdp,cny\n")
    vintages = "first_release,actual\nprinted_2024,actual\nrelease_2026_04,actual\n"
    (tmp_path / "data" / "gdp.csv").write_text(f"vintage,status\n{vintages}")
    return tmp_path


def test_all_of_the_collection_is_collected_with_its_files(root):
    found = messages.collect(root)
    assert set(found) == {
        "# Why?",
        "Text.",
        "Because {n}.",
        "Source: {names}.",
        "Skip",
        "Go on",
        "All output.",
        "GDP and growth",
        "first release",
        "reported",
        "printed {year}",
        "release of {month}",
    }
    assert found["Because {n}."] == ["notebooks/10_a.ipynb", "wuhan/site/a.py"]


def test_a_catalogue_keeps_its_translations_and_drops_what_nothing_says(root, tmp_path):
    wanted = messages.collect(root)
    path = tmp_path / "wuhan.po"
    path.write_bytes(messages.written(wanted, {"Text.": "文字。", "Gone.": "无。", "Because {n}.": "因为{n}。"}))
    known = messages.read(path)
    assert list(known) == list(wanted)
    assert (known["Text."], known["Because {n}."], known["# Why?"]) == ("文字。", "因为{n}。", "")
    assert messages.written(wanted, known) == path.read_bytes()
    assert messages.read(tmp_path / "none.po") == {}


def test_faults_name_what_is_lacking_stale_or_filled_otherwise():
    known = {"Text.": "", "Gone.": "无。", "Because {n}.": "因为{m}。", "Sound {n}.": "{n}，好。"}
    assert messages.faults(["Text.", "Because {n}.", "Sound {n}."], known) == [
        'no translation of "Text."',
        'nothing says "Gone." any more',
        "\"Because {n}.\": the translation has ['m'], not ['n']",
    ]


LONG = 'In {year}, {city}\'s GDP was {size}, which is more than that of the year before.\nIt says "more".'


@pytest.fixture
def catalogue(tmp_path):
    """A function that brings a catalogue up to date with some messages, as `make messages` does."""
    path = tmp_path / "wuhan.po"

    def update(*wanted, **translations):
        known = messages.read(path) | translations.get("known", {})
        path.write_bytes(messages.written({each: ["a.py"] for each in wanted}, known, messages.doubtful(path)))
        return path

    return update


def test_a_changed_sentence_keeps_its_old_translation_as_fuzzy(catalogue, monkeypatch, tmp_path):
    catalogue(LONG, "Other.", known={LONG: "旧文{year}", "Other.": "其他"})
    new = LONG.replace("more than", "above")
    path = catalogue(new, "Other.")
    assert messages.doubtful(path) == {new: messages.Old(LONG, "旧文{year}")}
    assert messages.read(path) == {new: "", "Other.": "其他"}  # it counts as lacking
    assert "#, fuzzy" in path.read_text() and '#| "In {year}' in path.read_text()
    (line,) = messages.faults([new, "Other."], messages.read(path), messages.doubtful(path))
    assert "has changed" in line and "fuzzy" in line and "msgstr" in line
    assert language.catalogue_of(path.read_text()) == {"Other.": "其他"}  # it is shown to nobody
    before = path.read_bytes()
    assert catalogue(new, "Other.").read_bytes() == before


def test_a_mended_translation_is_no_longer_fuzzy_and_old_words_have_their_own_again(catalogue):
    catalogue(LONG, known={LONG: "旧文"})
    new, newer = LONG.replace("more than", "above"), LONG.replace("more than", "over")
    path = catalogue(new)
    assert messages.doubtful(catalogue(newer)) == {newer: messages.Old(LONG, "旧文")}  # changed twice
    assert messages.read(catalogue(LONG)) == {LONG: "旧文"} and not messages.doubtful(path)
    text = catalogue(new).read_text()
    path.write_text("\n".join(line for line in text.splitlines() if line[:2] != "#|").replace("fuzzy, ", "") + "\n")
    assert messages.read(path) == {new: "旧文"} and not messages.doubtful(path)
    assert "#|" not in catalogue(new).read_text()


def test_another_sentence_is_not_taken_for_a_changed_one(catalogue):
    catalogue(LONG, known={LONG: "旧文"})
    path = catalogue("How far has each project come?")
    assert messages.doubtful(path) == {} and "旧文" not in path.read_text()


def test_old_words_are_read_as_other_editors_write_them(catalogue):
    path = catalogue("A new text of words.")
    old = '#, fuzzy\n#| msgid ""\n#| "An old \\"text\\"\\n"\n#| "of words."\n'
    path.write_text(f'{messages.HEADER}{old}msgid "A new text of words."\nmsgstr "旧"\n')
    assert messages.doubtful(path)["A new text of words."].message == 'An old "text"\nof words.'


def test_braces_that_are_doubled_are_no_placeholders():
    assert messages.placeholders("{b} {{c}} {a} {a}") == ["a", "b"]


def test_what_lacks_while_a_notebook_runs_is_noted(monkeypatch, tmp_path):
    monkeypatch.setattr(language, "catalogue", lambda code: {"Known.": "知道。"} if code == "zh" else {})
    monkeypatch.setenv("WUHAN_READS", str(tmp_path / "reads.txt"))
    assert language.translate("Unknown.") == "Unknown."
    language.language("zh")
    try:
        assert [language.translate(text) for text in ("Known.", "Unknown.", " ")] == ["知道。", "Unknown.", " "]
    finally:
        language.language("en")
    noted = [json.loads(line) for line in (tmp_path / "reads.txt").read_text().splitlines()]
    assert [each["message"] for each in noted if "lacking" in each] == ["Unknown."]


def test_a_catalogue_is_read_without_what_is_doubtful(monkeypatch, tmp_path):
    path = tmp_path / "zh" / "LC_MESSAGES" / "wuhan.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        messages.HEADER + 'msgid "A"\nmsgstr "甲"\n\n#, fuzzy\nmsgid "B"\nmsgstr "乙"\n\nmsgid "C"\nmsgstr ""\n'
    )
    monkeypatch.setattr(language, "LOCALE", tmp_path)
    language.catalogue.cache_clear()
    assert language.catalogue("zh") == {"A": "甲"}
    assert language.catalogue("en") == {}
    language.catalogue.cache_clear()


CHINESE = messages.read(messages.path_of("zh"))
HAN = "[\u4e00-\u9fff]"
MARKUP = re.compile(r"\]\([^)]*\)|`[^`]*`|https?://\S+|\{[^}]*\}")


def test_a_translation_keeps_no_other_latin_words_than_those_of_its_message():
    own = {"BOM", "PFLOPS", "EB", "OPC", "ln"}  # abbreviations that the English text writes out
    new = {
        word
        for english, chinese in CHINESE.items()
        for word in re.findall("[A-Za-z]{2,}", MARKUP.sub("", chinese))
        if word.casefold() not in english.casefold()
    }
    assert new == own


def test_a_text_in_words_is_translated_unless_it_names_a_publisher():
    publishers = {row["publisher"] for row in words.table_of("sources", "source_id").values()}
    left = [
        english
        for english, chinese in CHINESE.items()
        if re.search("[a-z]{2,} [a-z]{2,}", MARKUP.sub("", english)) and not re.search(HAN + "|{", chinese)
    ]
    assert set(left) <= publishers


def test_chinese_texts_have_the_punctuation_of_chinese():
    half = re.compile(f"{HAN}[,;:!?]|[,;:!?]{HAN}|{HAN}\\.(?![A-Za-z0-9])|{HAN}\\(|\\){HAN}")
    texts = {english: MARKUP.sub("", chinese) for english, chinese in CHINESE.items()}
    assert [english for english, chinese in texts.items() if half.search(chinese)] == []
