"""Controls follow one another, show what is chosen, and are a plain sentence where nothing can move them."""

import re
from types import SimpleNamespace

import IPython
import pytest

from wuhan import charts
from wuhan.evidence import observations, package
from wuhan.studies.explore import controls as explorer
from wuhan.studies.explore import views
from wuhan.studies.explore.views import Choice
from wuhan.text import exports, prose

DEFAULT = Choice(("wuhan", "hangzhou"), "gdp_nominal", 2015, 2025)


@pytest.fixture(scope="module")
def known():
    return views.known()


@pytest.fixture
def controls(known):
    return explorer.Controls(known, DEFAULT)


def shown(controls):
    return controls.output.value


def asked(monkeypatch, metadata):
    kernel = SimpleNamespace(get_parent=lambda channel: {"metadata": metadata})
    monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace(kernel=kernel))


@pytest.mark.parametrize("metadata", [{}, {"cellId": ""}, {"trusted": True}])
def test_a_program_that_runs_notebooks_gets_a_sentence(known, monkeypatch, metadata):
    asked(monkeypatch, metadata)
    bundle = explorer.Explorer(known, DEFAULT)._repr_mimebundle_()
    assert bundle == explorer.without_kernel()._repr_mimebundle_()
    assert "make lab" in bundle["text/markdown"]
    assert "widget" not in str(bundle)


def test_without_a_kernel_there_is_no_front_end():
    assert explorer.asked_by_front_end() is False


def test_a_front_end_gets_the_controls_and_the_sentence_beside_them(known, monkeypatch):
    asked(monkeypatch, {"cellId": "cell-20"})
    bundle = explorer.Explorer(known, DEFAULT)._repr_mimebundle_()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"]
    assert bundle["text/markdown"] == explorer.without_kernel().markdown
    assert repr(explorer.Explorer(known, DEFAULT)) == "Explorer"


def test_the_controls_say_the_choice_they_were_given(controls):
    assert controls.chosen() == Choice(("wuhan", "hangzhou"), "gdp_nominal", 2015, 2025, "level", "first_release")
    assert [place for _name, place in controls.places.options][:2] == ["wuhan", "hangzhou"]
    assert {
        control.description
        for control in (
            controls.places,
            controls.indicator,
            controls.first,
            controls.last,
            controls.way,
            controls.vintage,
        )
    } == {"Places", "Measure", "First year", "Last year", "Shown as", "Vintage"}
    assert controls.vintage.layout.display is None


def test_measures_are_those_of_the_places(controls):
    offered = {indicator for _name, indicator in controls.indicator.options}
    assert "trade_total" in offered
    controls.places.value = ["hangzhou"]
    offered = {indicator for _name, indicator in controls.indicator.options}
    assert "trade_total" not in offered and "gdp_nominal" in offered
    assert controls.indicator.value == "gdp_nominal"


def test_a_measure_that_the_new_place_lacks_gives_way(controls):
    controls.indicator.value = "ai_firms"
    controls.places.value = ["xiantao"]
    assert controls.indicator.value in {indicator for _name, indicator in controls.indicator.options}
    assert controls.view.problem is None


def test_every_move_shows_another_view(controls):
    seen = [shown(controls)]
    for move in (
        lambda: setattr(controls.way, "value", "growth"),
        lambda: setattr(controls.first, "value", 2018),
        lambda: setattr(controls.last, "value", 2023),
        lambda: setattr(controls.indicator, "value", "pop_resident"),
        lambda: setattr(controls.places, "value", ["wuhan", "nanjing"]),
    ):
        move()
        assert shown(controls) not in seen
        seen.append(shown(controls))
    assert controls.view.choice == Choice(("wuhan", "nanjing"), "pop_resident", 2018, 2023, "growth")


def test_the_vintage_can_be_chosen_where_there_are_several(controls):
    controls.vintage.value = "latest"
    assert controls.view.vintage == "latest"
    assert controls.view.rows["vintage"].unique().tolist() == ["latest"]
    controls.indicator.value = "pop_resident"
    assert controls.vintage.layout.display == "none"


@pytest.mark.parametrize(
    ("control", "value", "said"),
    [
        ("places", [], "No place is chosen."),
        ("first", 2028, "The first year, 2028, is after the last, 2025."),
        ("indicator", "gdp_real_growth", "a rate has a meaning as a level only"),
    ],
)
def test_what_has_no_meaning_is_a_sentence(controls, control, value, said):
    controls.way.value = "growth"
    getattr(controls, control).value = value
    assert said in shown(controls)
    assert "<img" not in shown(controls) and "<table" not in shown(controls)


def test_places_come_back_after_none_was_chosen(controls):
    controls.places.value = []
    controls.places.value = ["chengdu"]
    assert "<img" in shown(controls)


def test_the_view_has_picture_table_sources_and_rows(controls):
    html = shown(controls)
    assert re.search(r'<img alt="Chart of GDP at current prices: Wuhan and Hangzhou\. [^"]+" src="data:image/p', html)
    assert html.count("<table>") == 1 and '<p role="status">' in html
    assert 'download="wuhan-in-numbers-gdp_nominal-level.csv"' in html
    assert html.count("<li>") == len(prose.source_ids(controls.view.rows))
    assert "trust B, read in a copy" in html


def test_text_of_the_data_is_escaped(controls, monkeypatch):
    row = prose.table_of("sources", "source_id")[prose.source_ids(controls.view.rows)[0]]
    monkeypatch.setitem(row, "title", "<script>x</script>")
    monkeypatch.setitem(row, "address", "javascript:x")
    html = explorer.as_html(controls.view)
    assert "<script>" not in html and "javascript:" not in html
    assert "&lt;script&gt;x&lt;/script&gt;" in html


def test_rows_taken_away_read_back(controls):
    rows = controls.view.export()
    back = exports.read(exports.write(rows))
    assert list(back.columns) == list(rows.columns)
    assert back["value"].tolist() == rows["value"].tolist()
    assert back["address"].tolist() == rows["address"].tolist()
    assert set(rows["unit"]) == {"100m_cny"} and set(rows["place_name"]) == {"Wuhan", "Hangzhou"}


def places_of(known, indicator):
    return tuple(known.loc[known["indicator"] == indicator, "place"].drop_duplicates())[: views.MOST]


def two_of_each_kind(known):
    """Two measures of each unit and kind, where there are two, on which hangs what a transformation makes of them."""
    found = package.read("indicators").set_index("indicator").loc[known["indicator"].unique(), ["unit", "measure"]]
    kinds = found.reset_index().groupby(["unit", "measure"])["indicator"]
    return {*kinds.first(), *kinds.last()}


def test_no_choice_fails(known):
    """Every measure, and of each kind every transformation: a view that reads, or why there is none."""
    broken = re.compile(r"\bnan\b|None|\binf\b|  |\{|\}|\bof 0\b")
    transformed = two_of_each_kind(known)
    for indicator in known["indicator"].unique():
        for way in explorer.WAYS if indicator in transformed else ["level"]:
            view = views.show(known, Choice(places_of(known, indicator), indicator, 2000, 2035, way))
            said = " ".join(map(str, (view.ranges(), view.alt(), *view.notes)))
            assert not broken.search(said), (indicator, way, said)
            assert (view.problem is None) == bool(len(view.rows)), (indicator, way)
            if len(view.rows):
                assert set(view.rows["place"]) <= set(view.choice.places)
                view.table(), view.title(), exports.write(view.export())
            if way != "level" and len(view.rows):
                assert set(view.rows["status"]) <= set(observations.OUTCOMES)


@pytest.mark.parametrize(
    "indicator",
    [
        "ai_firms",
        "gdp_nominal",
        "unicorns_cb_insights",
        "future_industry_scale",
        "va_tertiary",
        "apollo_go_vehicles",
        "test_road_length",
    ],
)
@pytest.mark.parametrize("way", explorer.WAYS)
def test_figures_have_no_collisions(known, indicator, way):
    view = views.show(known, Choice(places_of(known, indicator)[:4] or ("wuhan",), indicator, 2000, 2035, way))
    chart = view.chart()
    if isinstance(chart, charts.Nothing):
        assert str(chart.sentence) == str(view.problem)
    else:
        assert chart.collisions() == []
