"""What the notebooks say stands in ``tests/sentences/``, one sentence a line, so that a change of words is read as a
diff. Nothing here judges the words: ``make sentences`` writes them again, and who commits has read what changed.
"""

from __future__ import annotations

import re

import pytest

from wuhan.execution import results
from wuhan.execution.project import Project
from wuhan.execution.slips import ADDRESS
from wuhan.text.language import LANGUAGES, _, language
from wuhan.text.messages import blocks
from wuhan.text.notebooks import tagged, text

STEMS = [path.stem for path in Project().find()]
END = re.compile(r"(?<=[.?!])\s+(?=[A-Z“*])|(?<=[。？！])(?!$)")  # of a sentence, where another follows


def said(notebook: dict, code: str) -> list[str]:
    """What a reader of an executed notebook is told: texts, computed sentences, tables, figures in words."""
    language(code)
    lines, answers = [], tagged(notebook, "headline")
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            lines += ["", *(line for block in blocks(text(cell["source"])) for line in _sentences(_(block)))]
        for output in cell.get("outputs", []):
            data, about = output.get("data", {}), output.get("metadata", {}).get("image/png", {})
            table = text(data.get("text/plain", "")) if "<table>" in text(data.get("text/html", "")) else ""
            told = text(data.get("text/markdown", ""))
            lines += [("! " if cell in answers else "> ") + line for line in _sentences(told)]
            lines += ["| " + line.replace("\t", " | ") for line in table.splitlines()]
            lines += [f"# {about[each]}" for each in ("title", "measure", "alt") if each in about]
    return [line.rstrip() for line in lines]


def _sentences(told: str) -> list[str]:
    """The sentences of Markdown, a paragraph or an item of a list being one line before it is cut."""
    lines = re.split(r"\n(?=\s*[-#|]|\n)", ADDRESS.sub("]", told))
    return [each.strip() for line in lines for each in END.split(" ".join(line.split())) if each.strip()]


@pytest.fixture(autouse=True)
def _english_again():
    yield
    language("en")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("stem", STEMS)
def test_the_words_are_those_that_were_read(stem, code, executed, request):
    lines = said(results.load(executed[code][stem]), code)
    assert any(line.startswith("! ") for line in lines)
    regression = request.getfixturevalue("file_regression")
    kept = request.path.with_name("sentences") / f"{stem}.{code}.txt"
    regression.check("\n".join(lines).strip() + "\n", fullpath=kept, encoding="utf-8", check_fn=_same)


def _same(now, kept) -> None:
    """Fails with a diff of sentences."""
    assert now.read_text("utf-8").splitlines() == kept.read_text("utf-8").splitlines(), (
        "`make sentences`, read its diff"
    )


def test_no_sentences_are_kept_of_a_notebook_that_is_gone(request):
    kept = {path.name for path in request.path.with_name("sentences").iterdir()}
    assert kept == {f"{stem}.{code}.txt" for stem in STEMS for code in LANGUAGES}
