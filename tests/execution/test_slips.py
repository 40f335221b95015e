"""What is visibly broken in an executed notebook is found, and named in one line."""

import pytest

from wuhan.execution import slips
from wuhan.text import prose


def ran(*outputs):
    cell = {"cell_type": "code", "source": "1", "metadata": {}, "execution_count": 1, "outputs": list(outputs)}
    return {"cells": [cell]}


def told(text, kind="text/markdown"):
    return {"output_type": "execute_result", "data": {kind: text}, "metadata": {}}


@pytest.mark.parametrize(
    "text",
    [
        "Growth was nan%.",
        "It has None.",
        "Of {n} cities.",
        "In 0 of 0 years.",
        "Two  spaces.",
        "A gap , here.",
        "Empty ().",
        "The end..",
        "About inf yuan.",
        "Unknown(place='wuhan')",
        "",
    ],
)
def test_a_broken_sentence_is_a_slip(text):
    assert len(slips.slips(ran(told(text)))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Wuhan's GDP was 2.215 trillion yuan (preliminary) in 2025.",
        "- [A title](<http://a.b/(x)__..y>), 2021 (trust A).",
        "See [the table](../data/gdp.csv).\n\n- One\n- Two",
        "Finance, information; 0 of 10 … and so on.",
        "None of them can have been larger.",
    ],
)
def test_a_sound_sentence_is_none(text):
    assert slips.slips(ran(told(text))) == []


def test_a_numeral_without_a_fact_is_a_slip():
    output = told("Of 60 cities.")
    output["data"][slips.FACTS] = [{"text": "60", "loose": True, "nth": 0}, {"text": "5", "value": 5, "nth": 0}]
    assert slips.slips(ran(output)) == ["cell 1: no fact vouches for the 60 in a sentence"]
    assert slips.FACTS == prose.FACTS


def test_tables_are_read_cell_by_cell_and_frames_are_not_text():
    table = "<table><tr><td>a</td><td></td><td>nan</td></tr></table>"
    assert len(slips.slips(ran(told(table, "text/html")))) == 1
    assert slips.slips(ran(told(table.replace("<table", '<table class="dataframe"'), "text/html"))) == []


def test_a_figure_is_judged_by_its_labels_and_its_alternative_text():
    about = {"alt": "A line.", "figure": "a", "faults": ["label '1' over label '2'"]}
    picture = {"output_type": "display_data", "data": {"image/png": "xx"}, "metadata": {"image/png": about}}
    assert slips.slips(ran(picture)) == ["cell 1: its figure: label '1' over label '2'"]
    about["faults"], about["alt"] = [], "A line of {city}."
    assert slips.slips(ran(picture)) == ['cell 1: "{city}" in "…A line of {city}.…"']
    about |= {"title": "It is nan.", "alt": "A line."}
    assert slips.slips(ran(picture)) == ['cell 1: "nan" in "…It is nan.…"']
