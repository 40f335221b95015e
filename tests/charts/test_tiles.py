"""Tiles of equal area: one look a level, rows by group, names that fit or are refused."""

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from wuhan import charts
from wuhan.charts import ChartError, tiles
from wuhan.text import prose

SAID = {"full": "a firm", "half": "no firm", "hollow": "a plan", "empty": "nothing"}


@pytest.fixture(autouse=True)
def english():
    prose.language("en")


def frame(levels, group="future health", names=None):
    names = names or [f"Field {letter}" for letter in "abcdefghij"[: len(levels)]]
    alike = {"group": group, "label": "2 named", "source_id": ("press_002",)}
    rows = [
        alike | {"series": name, "level": level, "part": SAID[level]} for name, level in zip(names, levels, strict=True)
    ]
    return pd.DataFrame(rows)


def drawn(chart):
    return [patch for patch in chart.figure.axes[0].patches]


def test_all_tiles_have_one_area_whatever_their_level():
    chart = charts.tile_map(frame(["full", "half", "hollow", "empty"]), "Four", "Fields")
    areas = {round(patch.get_width() * patch.get_height(), 6) for patch in drawn(chart)}
    assert len(drawn(chart)) == 4 and len(areas) == 1
    assert [patch.get_gid() for patch in drawn(chart)] == ["full", "half", "hollow", "empty"]
    assert chart.collisions() == []


def test_hollow_is_an_intention_and_empty_has_a_pale_edge():
    chart = charts.tile_map(frame(["full", "hollow", "empty"]), "Three", "Fields")
    full, hollow, empty = drawn(chart)
    assert to_hex(full.get_facecolor()) == tiles.FILL.lower()
    assert to_hex(hollow.get_facecolor()) == to_hex(empty.get_facecolor()) == "#ffffff"
    assert to_hex(hollow.get_edgecolor()) == tiles.FILL.lower() != to_hex(empty.get_edgecolor())


def test_the_key_explains_only_the_levels_that_occur_firmest_first():
    chart = charts.tile_map(frame(["empty", "full"]), "Two", "Fields")
    assert [entry.words for entry in chart.key] == ["a firm", "nothing"]
    assert chart.sources == ["press_002"]


def test_groups_are_rows_and_a_long_group_goes_on_in_the_next_line():
    rows = pd.concat([frame(["full"] * 7, "future energy"), frame(["half"])])
    chart = charts.tile_map(rows, "Eight", "Fields")
    tops = [round(patch.get_y(), 4) for patch in drawn(chart)]
    assert len(set(tops)) == 3 and tops.count(tops[0]) == tiles.ACROSS
    written = [text.get_text().replace("\n", " ") for text in chart.figure.axes[0].texts]
    assert written.count("Future energy") == 1 and "Future health" in written
    assert chart.collisions() == []


def test_the_names_of_the_data_fit():
    names = list(prose.table_of("future_industries", "field").values())
    rows = frame(["full"] * len(names), names=[row["name_en"] for row in names])
    assert charts.tile_map(rows, "All", "Fields").collisions() == []


def test_words_on_a_dark_tile_are_light():
    chart = charts.tile_map(frame(["full", "hollow"]), "Two", "Fields")
    colours = {text.get_text(): text.get_color() for text in chart.figure.axes[0].texts}
    assert colours["Field a"] == "#FFFFFF" != colours["Field b"]


def test_an_unknown_level_and_a_name_that_does_not_fit_are_refused():
    with pytest.raises(ChartError, match="tile_map: found level 'rich' — write one of full, half, hollow, empty"):
        charts.tile_map(frame(["full"]).assign(level="rich"), "One", "Fields")
    with pytest.raises(ChartError, match="does not fit into"):
        charts.tile_map(frame(["full"], names=["Donaudampfschifffahrtsgesellschaft"]), "One", "Fields")
    with pytest.raises(ChartError, match="does not fit into"):
        charts.tile_map(frame(["full"], names=["one two three four " * 6]), "One", "Fields")


def test_no_tiles_are_a_sentence():
    assert isinstance(charts.tile_map(frame([]), "None", "Fields"), charts.Nothing)
