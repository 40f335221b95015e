"""Exported rows open safely in a spreadsheet and read back as they were."""

import base64
import csv
import io
import math
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuhan.text import exports


def cells(text):
    """The cells as a spreadsheet gets them: texts without quotes, numbers as they stand."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(
    "risky",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("http://x","y")',
        "'=1",
        "'",
    ],
)
def test_what_a_spreadsheet_would_run_is_text(risky):
    text = exports.write(pd.DataFrame({risky: [risky]}))
    head, line = cells(text)
    assert head == line == ["'" + risky]
    assert exports.read(text).to_dict("list") == {risky: [risky]}


def test_numbers_stay_numbers_and_texts_are_quoted():
    rows = pd.DataFrame({"name": ["武汉", "a;=1", ""], "value": [-4.7, 1e-7, 21106.23], "year": [2020, 2021, -3]})
    text = exports.write(rows)
    assert text == ('\ufeff"name","value","year"\r\n"武汉",-4.7,2020\r\n"a;=1",1e-07,2021\r\n"",21106.23,-3\r\n')
    assert exports.read(text).to_dict("list") == rows.to_dict("list")


def test_what_is_missing_is_blank():
    rows = pd.DataFrame({"high": [1.5, math.nan], "note": [None, "x"], "sure": [True, False]})
    text = exports.write(rows)
    assert cells(text)[1:] == [["1.5", "", "true"], ["", "x", "false"]]
    back = exports.read(text)
    assert back["high"][0] == 1.5 and math.isnan(back["high"][1])
    assert list(back["note"]) == ["", "x"]


def test_no_rows_leave_the_headings():
    text = exports.write(pd.DataFrame(columns=["place", "value"]))
    assert text == '\ufeff"place","value"\r\n'
    back = exports.read(text)
    assert list(back.columns) == ["place", "value"] and back.empty


@pytest.mark.parametrize("odd", [math.inf, -math.inf, ("a",), object()])
def test_a_cell_that_is_no_text_and_no_number_is_refused(odd):
    with pytest.raises(ValueError, match="high: .* neither text nor a finite number"):
        exports.write(pd.DataFrame({"high": [odd]}))


TEXTS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=12)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(TEXTS, NUMBERS), min_size=1, max_size=6))
def test_every_text_and_number_reads_back(pairs):
    rows = pd.DataFrame(pairs, columns=["text", "number"])
    text = exports.write(rows)
    assert exports.read(text).to_dict("list") == rows.to_dict("list")
    for cell, _number in cells(text)[1:]:
        assert not cell.startswith(exports.FORMULA)


def test_the_link_holds_the_file():
    rows = pd.DataFrame({"place": ["武汉"], "value": [1.5]})
    html = exports.link(rows, 'a"b.csv', "Rows <as> CSV")
    found = re.fullmatch(
        r'<a download="a&quot;b\.csv" href="data:text/csv;charset=utf-8;base64,([A-Za-z0-9+/=]+)">'
        r"Rows &lt;as&gt; CSV</a>",
        html,
    )
    assert base64.b64decode(found[1]).decode("utf-8") == exports.write(rows)
