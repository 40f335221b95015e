"""Names of measures and places in a text: those that it cannot hold are left out, and none that it holds."""

from dataclasses import replace
from pathlib import Path

import pytest

from wuhan.reading import terms


def batched(names, size):
    return [names[at : at + size] for at in range(0, len(names), size)]


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
    assert [name for name in NAMES.called if not replace(NAMES, called=(name,), shown=()).within(name).called] == []


def test_names_are_found_alike_among_all_and_among_those_that_a_text_can_hold():
    for some in batched(NAMES.called, 200):
        own = NAMES.within("，".join(some))
        for name in some:
            few, every = (names.measure.search(f"，{name}，") for names in (own, NAMES))
            assert (few and few[0]) == (every and every[0])
