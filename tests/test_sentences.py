"""What the notebooks say stands in ``tests/sentences/``, one sentence a line, so that a change of words is read as a
diff. Nothing here judges the words: ``make sentences`` writes them again, and who commits has read what changed.
"""

from __future__ import annotations

import pytest

from wuhan.execution import results
from wuhan.execution.project import Project
from wuhan.execution.sentences import HEADLINE, said
from wuhan.text.language import LANGUAGES, language

STEMS = [path.stem for path in Project().find()]


@pytest.fixture
def spoken():
    yield language
    language("en")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("stem", STEMS)
def test_the_words_are_those_that_were_read(stem, code, executed, spoken, request):
    spoken(code)
    lines = said(results.load(executed[code][stem]))
    assert sum(line.startswith(HEADLINE) for line in lines) == 1
    regression = request.getfixturevalue("file_regression")
    kept = request.path.with_name("sentences") / f"{stem}.{code}.txt"
    regression.check("\n".join(lines).strip() + "\n", fullpath=kept, encoding="utf-8", check_fn=_same)


def _same(now, kept) -> None:
    """Fails with a diff of sentences: write them again by `make sentences`, and read the diff."""
    assert now.read_text("utf-8").splitlines() == kept.read_text("utf-8").splitlines()


def test_no_sentences_are_kept_of_a_notebook_that_is_gone(request):
    kept = {path.name for path in request.path.with_name("sentences").iterdir()}
    assert kept == {f"{stem}.{code}.txt" for stem in STEMS for code in LANGUAGES}
