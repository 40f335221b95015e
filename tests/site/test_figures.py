"""A figure on its page: what a notebook hands over is checked, each mark leads somewhere, files hold what is drawn."""

import csv
import io

import pytest

from wuhan.site import figures
from wuhan.text import palette

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 420">'
SVG = HEAD + '<g fill="#0072b2"><circle cx="1" cy="2" r="3"/></g></svg>'
MARK = {"mark": "Wuhan", "text": "2.1 trillion yuan", "value": 21000.0, "low": 20950.0, "high": 21050.0}
MARK |= {"unit": "100m_cny", "period": "2024", "status": "actual", "sources": ["nbs_cities_2019"]}
LEAF = {
    "place": "wuhan",
    "indicator": "gdp_nominal",
    "period": "2024",
    "status": "actual",
    "source": "x",
    "text": "2",
    "value": 2,
}


def drawing(marks=(MARK,), svg=SVG, places=None, **more):
    at = [[1, 2]] * len(marks) if places is None else places
    given = {"full": {"svg": svg, "at": at}, "marks": list(marks)} | more
    return figures.drawing(given, {"title": "It grew", "measure": "GDP"}, 'A "line".', "code-3")


def test_a_drawing_has_words_for_those_who_do_not_see_it_and_the_places_of_its_marks():
    drawn = drawing()
    assert drawn.full.startswith(
        '<svg xmlns="http://www.w3.org/2000/svg" class="full" role="img" aria-label="A &quot;line&quot;."'
    )
    assert 'data-at="1,2"' in drawn.full and drawn.full.endswith("</svg>")
    assert drawn.slim == "" and drawn.colours == {"#0072b2"}


@pytest.mark.parametrize(
    "svg",
    [
        SVG.replace("<circle", "<script").replace("cx", "x"),
        SVG.replace('fill="#0072b2"', 'onclick="alert(1)"'),
        SVG.replace('fill="#0072b2"', 'style="color:red"'),
        SVG.replace("#0072b2", "url(https://example.org)"),
        SVG.replace("<g", "<a href='https://example.org'><g", 1),
        "<!DOCTYPE svg>" + SVG,
        SVG.replace("<g ", '<!DOCTYPE x [<!ENTITY a "b">]><g '),
        SVG[:-8],
        "<p>No drawing</p>",
    ],
)
def test_anything_but_shapes_and_words_is_refused(svg):
    with pytest.raises(ValueError):
        drawing(svg=svg)


def test_a_mark_without_a_place_is_refused():
    with pytest.raises(ValueError, match="1 places of 2 marks"):
        drawing(marks=(MARK, MARK), places=[[1, 2]])


@pytest.mark.parametrize(
    "changes, leads",
    [
        ({"status": "derived"}, "code"),
        ({"value": 1.5}, ""),  # printed nowhere
        ({"printed": ["projects", "csot_t3"]}, "row"),
        ({"formula": "a / b", "behind": [LEAF]}, "formula"),
        ({"formula": "a / b", "status": "derived"}, "code"),  # a formula that names nothing printed
    ],
)
def test_a_mark_leads_to_a_row_to_printed_facts_or_to_code(changes, leads):
    (fact,) = drawing(marks=[MARK | changes]).facts
    assert fact.leads == leads


def test_a_range_has_its_unit_and_is_blank_where_none_is_known():
    exact, unknown, open_ = (
        MARK | {"low": 21000.0, "high": 21000.0},
        MARK | {"low": None, "high": None},
        MARK | {"high": None},
    )
    ranges = [fact.range for fact in drawing(marks=(MARK, exact, unknown, open_)).facts]
    assert ranges == ["20950 to 21050 × 100 million yuan", "exact", "", "20950 or more × 100 million yuan"]
    (span,) = drawing(
        marks=[MARK | {"value": None, "low": None, "high": None, "unit": "", "text": "2018 to 2023"}]
    ).facts
    assert (span.value, span.range) == ("2018 to 2023", "")


def test_the_table_to_download_has_the_numbers_of_the_data():
    (row,) = csv.DictReader(io.StringIO(drawing().csv().decode()))
    assert row["mark"] == "Wuhan" and float(row["value"]) == 21000.0 and row["unit"] == "100m_cny"
    assert row["sources"] == "nbs_cities_2019" and row["trust"] in ("A", "B")


def test_a_drawing_alone_is_on_paper_and_has_nothing_of_the_page():
    text = figures.alone(drawing().full).decode()
    assert "data-at" not in text and "class" not in text and 'aria-label="A &quot;line&quot;."' in text
    assert text.index("<rect") < text.index("<g ") and palette.PAPER.lower() in text


@pytest.mark.parametrize("colour", [*palette.PALETTE, palette.REST, palette.SECOND, palette.MUTED, palette.PAPER])
def test_in_the_dark_a_colour_is_as_far_from_the_paper_as_in_the_light(colour):
    def contrast(one, other):
        low, high = sorted(map(palette.luminance, (one, other)))
        return (high + 0.05) / (low + 0.05)

    light = contrast(colour, palette.PAPER)
    dark = contrast(palette.inverted(colour), palette.DARK["paper"])
    assert dark == pytest.approx(light, rel=0.03)
    assert f'.plot [fill="{colour.lower()}"]{{fill:{palette.inverted(colour)}}}' in figures.dark([colour.lower()])
