"""The order of a page: question, answer, first picture; what is looked up is folded."""

from __future__ import annotations

import pytest
from small_notebooks import code, markdown, picture, write

from wuhan.site import arrange


def kinds(tmp_path, *cells) -> list[tuple[str, str]]:
    """Each block of a page: its kind, and the beginning of what it holds."""
    page = arrange.read(write(tmp_path, "10_gdp", *cells, title="# How large?\n\nWhat leads in."))
    return [(block.kind, block.slug or block.html.strip()[:22].strip() or block.text) for block in page.blocks]


def test_the_answer_and_the_first_picture_stand_at_the_head(tmp_path):
    told = code("say()", markdown("The answer."), tags=["headline"])
    found = kinds(tmp_path, code("read()"), told, "## Why?\n\nText.", code("chart", picture("one")), "End.")
    assert found == [
        ("prose", "<h1>How large?</h1>"),
        ("headline", "<p>The answer.</p>"),
        ("figure", "one"),
        ("prose", "<p>What leads in.</p>"),
        ("tools", ""),
        ("code", ""),
        ("prose", '<h2 id="q1">Why?</h2>'),
        ("code", ""),
        ("moved", "one"),
        ("prose", "<p>End.</p>"),
    ]


def test_the_picture_of_the_head_is_the_cover_and_is_numbered_first(tmp_path):
    cells = [code("chart", picture("one")), "## Two?", code("chart", picture("two"), tags=["cover"])]
    page = arrange.read(write(tmp_path, "10_gdp", *cells))
    assert [(block.kind, block.slug, block.number) for block in page.blocks if block.slug] == [
        ("figure", "two", 1),
        ("figure", "one", 2),
        ("moved", "two", 1),
    ]
    assert page.figure.slug == "two"


def test_a_page_without_answer_picture_or_code_keeps_its_order(tmp_path):
    assert kinds(tmp_path, "Text.", "## Next") == [
        ("prose", "<h1>How large?</h1>"),
        ("prose", "<p>What leads in.</p>"),
        ("prose", "<p>Text.</p>"),
        ("prose", '<h2 id="q1">Next</h2>'),
    ]


def bullets(count: int) -> dict:
    return markdown("\n".join(f"- item {number}" for number in range(count)))


def rows(count: int) -> dict:
    body = "<tr><td>1</td></tr>" * count
    return {"data": {"text/html": f"<table><thead><tr><th>a</th></tr></thead><tbody>{body}</tbody></table>"}}


@pytest.mark.parametrize(
    ("source", "output", "words"),
    [
        ("prose.definitions('gdp')", bullets(1), "What these measures are"),
        ("reading.listed()", bullets(12), ""),
        ("prose.sources(rows)", bullets(13), "List of 13"),
        ("table", rows(12), ""),
        ("table", rows(13), "Table of 13 rows"),
    ],
)
def test_what_is_looked_up_lies_under_a_fold(source, output, words, tmp_path):
    page = arrange.read(write(tmp_path, "10_gdp", "## Which?", code(source, output)))
    assert page.blocks[-1].fold == words


NOTHING = "Nothing to draw here: no figure was found for this choice of place and years."


def test_a_section_over_nothing_is_told_once_and_keeps_its_code(tmp_path):
    drawn, again = (code(source, markdown(NOTHING)) for source in ("chart", "again"))
    firms = [code("chart", picture("firms")), code("third", markdown(NOTHING))]
    cells = ["## Roads?\n\nHow they are counted.", drawn, again, "## Firms?", *firms]
    page = arrange.read(write(tmp_path, "10_gdp", *cells))
    text = " ".join(block.html for block in page.blocks)
    assert "Nothing to draw" not in text and "How they are counted" not in text
    assert "<p>No figure is known here for: Roads?</p>" in text
    assert [title for _anchor, title in page.contents] == ["Firms?"]
    assert [cell.id for block in page.blocks for cell in block.cells] == ["code-3", "code-4", "code-6", "code-7"]


def test_the_sentence_of_an_empty_figure_is_the_one_that_is_left_out():
    from wuhan.charts.chart import Nothing

    assert str(Nothing().sentence) == NOTHING
