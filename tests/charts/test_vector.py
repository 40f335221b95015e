"""A figure as SVG: what it may hold, that nothing is lost, that the picture stays as it was."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from wuhan.charts import labels, style, vector
from wuhan.charts.chart import Chart

SPACE = "{http://www.w3.org/2000/svg}"


def drawn(fill, size=(2, 2)):
    chart = Chart("A finding", "Measure")
    chart.figure.set_size_inches(*size)
    with style.drawing():
        axes = chart.figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set(xlim=(0, 10), ylim=(0, 10))
        fill(axes)
        chart.canvas.draw()
        return ElementTree.fromstring(vector.draw(chart.figure))


def elements(svg, name):
    return [each for each in svg.iter(SPACE + name)]


@pytest.mark.parametrize(
    "value, text", [(0, "0"), (-0.04, "0"), (0.5, ".5"), (-0.5, "-.5"), (10, "10"), (120.25, "120.2"), (-3.0, "-3")]
)
def test_numbers_are_short(value, text):
    assert vector.number(value) == text


def test_circles_and_rectangles_are_known_and_stand_where_they_are_drawn():
    def fill(axes):
        axes.plot([5], [5], ls="", marker="o", ms=7.2, mew=0, color="#0072B2")
        axes.bar(2, 4, 2, 1, color="#B8500B")

    svg = drawn(fill)
    (circle,), (box,) = elements(svg, "circle"), elements(svg, "rect")
    assert [float(circle.get(side)) for side in ("cx", "cy", "r")] == [100, 100, 5]
    assert [float(box.get(side)) for side in ("x", "y", "width", "height")] == [20, 100, 40, 80]
    assert (circle.get("fill"), box.get("fill")) == ("#0072b2", "#b8500b")


def test_what_lies_outside_its_axes_is_cut_off_without_an_id():
    def fill(axes):
        axes.plot([-10, 30], [5, 5], color="#0072B2")
        axes.fill_between([-10, 30], [-5, -5], [2, 2], color="#B8500B", lw=0)

    svg = drawn(fill)
    numbers = [float(each) for path in elements(svg, "path") for each in re.findall(r"-?[\d.]+", path.get("d"))]
    boxes = [float(box.get(side)) for box in elements(svg, "rect") for side in ("x", "y", "width", "height")]
    assert numbers and boxes
    assert all(-1 <= each <= 201 for each in numbers + boxes)
    assert "id=" not in ElementTree.tostring(svg, "unicode") and "clip" not in ElementTree.tostring(svg, "unicode")


def test_a_gap_in_a_line_stays_one():
    svg = drawn(lambda axes: axes.plot([1, 2, 3, 4, 5], [1, 2, np.nan, 4, 5], color="#0072B2"))
    (path,) = elements(svg, "path")
    assert path.get("d").count("M") == 2


def test_words_are_text_of_known_width_with_paper_around_those_on_lines():
    def fill(axes):
        axes.text(1, 1, "a < b & 武汉", size=9)
        axes.annotate("beside", (5, 5), path_effects=labels.HALO)

    svg = drawn(fill)
    words = elements(svg, "text")
    assert [word.text for word in words] == ["a < b & 武汉", "beside", "beside"]
    assert all(float(word.get("textLength")) > 20 for word in words)
    assert [word.get("stroke") for word in words] == [None, "#ffffff", None]


def test_neighbours_that_look_alike_share_their_look():
    svg = drawn(lambda axes: [axes.plot([at], [5], ls="", marker="o", mew=0, color="#0072B2") for at in (1, 2, 3)])
    (group,) = elements(svg, "g")
    assert len(elements(group, "circle")) == 3 and group.get("fill") == "#0072b2"
    assert all(set(circle.attrib) == {"cx", "cy", "r"} for circle in elements(group, "circle"))


def test_the_paper_is_that_of_the_page_and_the_figure_stays_as_it_was():
    chart = Chart("A finding", "Measure")
    axes = chart.figure.add_subplot()
    text = axes.annotate("beside", (0.5, 0.5), path_effects=labels.HALO)
    before = chart.png
    with style.drawing():
        svg = vector.draw(chart.figure)
        assert vector.draw(chart.figure) == svg
        chart.canvas.draw()
    assert 'fill="#ffffff"' not in svg
    assert text.get_path_effects() and axes.patch.get_visible() and chart.figure.patch.get_visible()
    del chart.png
    assert chart.png == before


def test_an_image_is_not_drawn():
    chart = Chart("A finding", "Measure")
    chart.figure.add_subplot().imshow(np.eye(3))
    assert chart.full is None


def test_rectangles_that_look_alike_are_one_path_unless_they_are_seen_through():
    def fill(axes, **look):
        for at in (1, 4, 7):
            axes.bar(at, 4, 2, 1, color="#B8500B", lw=0, **look)

    (path,) = elements(drawn(fill), "path")
    assert path.get("d").count("z") == 3 and path.get("d").startswith("M0 100h40v80h-40z")
    assert len(elements(drawn(lambda axes: fill(axes, alpha=0.5)), "rect")) == 3
