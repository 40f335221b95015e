"""Names of measures and places in a text: those that it cannot hold are left out, and none that it holds."""

from pathlib import Path

import pytest

from wuhan.reading import terms

NAMES = terms.vocabulary()
SAID = sorted(Path(__file__).parents[1].glob("sentences/*.txt"))


@pytest.mark.parametrize("path", SAID, ids=[path.stem for path in SAID])
def test_the_names_within_a_text_find_in_it_what_all_names_find(path):
    text = path.read_text("utf-8")
    own = NAMES.within(text)
    assert len(own.called) < len(NAMES.called) / 2
    for few, every in ((own.measure, NAMES.measure), (own.place, NAMES.place)):
        assert [match.span() for match in few.finditer(text)] == [match.span() for match in every.finditer(text)]


@pytest.mark.parametrize(
    "text",
    [
        "规模以上工业增加值",
        "规上“工业”增加值",
        "第二产业实现增加值",
        "The added value of the tertiary sector",
        "国家级高新区",
        "",
    ],
)
def test_names_that_are_written_otherwise_are_within_a_text_as_well(text):
    own = NAMES.within(text)
    assert [match[0] for match in own.measure.finditer(text)] == [match[0] for match in NAMES.measure.finditer(text)]


def test_no_name_is_lost_in_a_text_that_holds_only_it():
    for name in NAMES.called:
        few, every = (names.measure.search(f"，{name}，") for names in (NAMES.within(name), NAMES))
        assert (few and few[0]) == (every and every[0])
