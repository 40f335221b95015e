"""What a view says of a choice, against the rows it stands on."""

import itertools

import pytest

from wuhan import charts
from wuhan.evidence import observations
from wuhan.evidence.observations import AIMS
from wuhan.studies.explore import bases, views
from wuhan.studies.explore.views import Choice
from wuhan.text import prose

CITIES = ("wuhan", "chengdu", "hangzhou", "nanjing")


@pytest.fixture(scope="module")
def known():
    return views.known()


def show(known, places=CITIES, indicator="gdp_nominal", first=2010, last=2025, way="level", vintage=""):
    return views.show(known, Choice(places, indicator, first, last, way, vintage))


def notes(view):
    return " ".join(map(str, view.notes))


def test_places_may_be_one_text_and_stand_once():
    assert Choice("wuhan,chengdu,wuhan", "gdp_nominal", 2010, 2025).places == ("wuhan", "chengdu")


def test_a_measure_of_one_office_is_put_in_an_order(known):
    view = show(known, first=2023, last=2023)
    values = {place: observations.observe(known, place, "gdp_nominal", "2023", "first_release") for place in CITIES}
    others = [fact.value for place, fact in values.items() if place != "wuhan"]
    assert max(others) == values["chengdu"].value and min(others) == values["nanjing"].value
    assert str(view.sentence()).startswith(
        "GDP at current prices came to 2.001 trillion yuan in Wuhan in 2023. That is below Chengdu and Hangzhou, "
        "above Nanjing."
    )
    assert str(view.title()) == "Wuhan: 2.001 trillion yuan in 2023; Chengdu is highest"
    assert str(show(known, ("chengdu", "wuhan"), first=2023, last=2023).title()).endswith("higher than Wuhan")
    assert str(show(known, ("wuhan", "chengdu"), first=2023, last=2023).title()).endswith("lower than Chengdu")
    assert str(show(known, ("chengdu", "wuhan", "nanjing"), first=2023, last=2023).title()).endswith("of 3 places")
    ten = show(known, (*CITIES, "beijing", "shanghai", "shenzhen", "suzhou", "ningbo"), first=2023, last=2023)
    assert "certainly lower than 6 of the 8 other places with a figure and higher than 2." in str(ten.sentence())


def test_rates_within_rounding_are_not_told_apart(known):
    rates = known[(known["indicator"] == "gdp_real_growth") & (known["period"] == "2023")]
    same = rates.assign(value=5.7, low=5.65, high=5.75)
    assert str(show(same, CITIES, "gdp_real_growth").sentence()).endswith(
        "That is as in Chengdu, Hangzhou and Nanjing within rounding."
    )


def test_head_counts_on_different_censuses_are_told_apart(known):
    view = show(known, way="per_head")
    assert (view.uneven.census, view.uneven.older) == (2020, ("wuhan",))
    assert "Before 2020 the head counts of Wuhan stand on an older census" in str(bases.told(view.uneven)[0])
    assert bases.heads(CITIES, view.uneven)["wuhan"] == "Wuhan (before 2020 on an older census)"
    assert show(known, first=2021, way="per_head").uneven is None
    assert show(known, ("wuhan",), way="per_head").uneven is None
    assert show(known).uneven is None


def test_a_count_of_many_offices_is_not(known):
    view = show(known, indicator="ai_unicorns_cb_insights", last=2030)
    assert "places may count differently and are not put in an order." in str(view.sentence())
    assert "highest" not in str(view.title())
    assert view.chart().collisions() == []


def test_one_place_is_set_against_its_own_first_figure(known):
    assert "That is less than 14.7% in 2010." in str(show(known, ("wuhan",), "gdp_real_growth").sentence())
    assert "475.9 billion yuan" not in str(show(known, ("wuhan",), "gdp_nominal").sentence())
    levels = show(known, ("wuhan",), "retail_sales")
    assert "In 2010 it was 257 billion yuan, perhaps on another basis." in str(levels.sentence())
    assert str(show(known, ("wuhan",), "gdp_rank", 2024).sentence()).startswith(
        "Rank by GDP came to 9 in Wuhan in 2024."
    )


def test_growth_of_output_is_the_published_one(known):
    view = show(known, ("wuhan",), way="growth")
    rates = show(known, ("wuhan",), "gdp_real_growth")
    outcomes = rates.rows[~rates.rows["status"].isin(AIMS)]
    assert view.rows["value"].tolist() == outcomes["value"].tolist()
    assert view.measure == "Real GDP growth" and "never from the difference of two levels" in notes(view)


def test_growth_of_value_added_is_the_published_one(known):
    grown = show(known, ("wuhan",), "va_tertiary", 2020, 2024, "growth")
    assert grown.measure == "Real growth, services"
    assert grown.rows["value"].tolist() == [-3.1, 12.3, 2.3, 6.2, 6.1]  # the communiques of 2020 to 2024
    assert "read as published only" in str(show(known, ("hangzhou",), "va_tertiary", way="growth").problem)


def test_the_index_of_output_is_chained_and_the_base_says_nothing(known):
    view = show(known, first=2015, way="index")
    assert view.measure == "Real GDP growth chained (2015 = 100)"
    assert all(fact.value != 100 for fact in view.newest)
    assert "census" in notes(show(known, indicator="pop_resident", way="index"))


def test_the_first_year_of_growth_is_kept(known):
    view = show(known, ("wuhan",), "household_deposits", 2000, 2025, "level")
    first = int(view.rows["year"].min())
    grown = show(known, ("wuhan",), "household_deposits", first + 1, 2025, "growth")
    assert grown.problem or grown.rows["year"].min() == first + 1


def test_targets_stand_in_rows_of_their_own_and_are_not_the_newest(known):
    view = show(known, ("wuhan",), "ai_firms", 2020, 2035)
    aims = view.rows[view.rows["status"] == "target"]
    assert len(aims) and view.newest[0].status != "target"
    cells = [line for line in view.table().rows if "(target)" in line[1]]
    assert len(cells) == len(aims)
    only = views.show(known[known["status"] == "target"], view.choice)
    assert only.newest[0].status == "target" and "Wuhan" in str(only.ranges())


def test_the_table_has_a_row_for_a_year_that_nobody_printed(known):
    view = show(known, ("hangzhou",), "pop_resident", 2000, 2006)
    assert [row[0] for row in view.table().rows] == ["2006", "2005", "2004", "2003", "2002", "2001", "2000"]
    assert view.table().rows[2:6] == [[str(year), "no figure"] for year in (2004, 2003, 2002, 2001)]


def test_what_is_left_out_is_said(known):
    assert "No figure for this choice: Chengdu, Hangzhou and Nanjing." in notes(show(known, indicator="trade_total"))
    assert " figures for parts of a year are left out here." in notes(show(known))
    many = tuple(known.loc[known["indicator"] == "gdp_nominal", "place"].drop_duplicates())[:12]
    view = show(known, many)
    assert "The figure shows the first 8 places only." in notes(view)
    assert len(view.table().heads) == len(view.places) + 1 == 13
    assert "a border that moved" in notes(show(known, way="per_head"))
    assert "a border that moved" not in notes(show(known))
    assert "The data note on residents of Wuhan in 2019: Last figure before the 2020 census" in notes(
        show(known, way="per_head")
    )
    assert "on residents of" not in notes(show(known)) + notes(show(known, way="per_head", last=2018))
    assert "release of April 2026" in notes(show(known, ("wuhan",)))
    assert "Municipalities are revised" in notes(show(known, ("wuhan", "beijing"), vintage="latest"))


def test_vintages(known):
    assert views.vintages(known, Choice(("wuhan",), "gdp_nominal", 2010, 2025))[0] == "first_release"
    assert show(known, vintage="no such vintage").vintage == "first_release"
    apart = show(known, ("wuhan",), first=2000, last=2004).vintages_apart(known)
    assert "differ most for Wuhan in 2000: 115.3 billion yuan" in str(apart) and "(revised series)" in str(apart)
    assert str(show(known, indicator="pop_resident").vintages_apart(known)) == "These figures have one vintage only."
    assert str(show(known, ("wuhan",), last=2004).vintages_apart(known)) == "There are no vintages to compare."
    same = known[known["period"].isin(["2023"]) & (known["place"] == "wuhan")]
    assert "The vintages agree for Wuhan: " in str(show(same, ("wuhan",)).vintages_apart(same))


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice((), "gdp_nominal", 2010, 2025), "No place is chosen."),
        (Choice(CITIES, "gdp_nominal", 2025, 2010), "is after the last, 2010"),
        (Choice(CITIES, "urbanisation_rate", 2010, 2025, "index"), "a share or a ratio has a meaning as a level only"),
        (Choice(CITIES, "gdp_rank", 2010, 2025, "growth"), "a place in an order has a meaning as a level only"),
        (Choice(CITIES, "pop_resident", 2010, 2025, "per_head"), "counted in 10,000 people is not read per head"),
        (Choice(("xiantao",), "ai_firms", 2010, 2025), "no figure of Xiantao is known.\n\nFigures are known of "),
        (Choice(CITIES, "ai_firms", 2000, 2004), "is known for 2000 to 2004.\n\nThere are figures from "),
        (Choice(("xiantao",), "gdp_nominal", 2010, 2025, "growth"), "is read as published only"),
        (Choice(("xiantao",), "gdp_nominal", 2010, 2025, "per_head"), "no whole year has both a figure and the"),
        (Choice(CITIES, "unicorns_cb_insights", 2010, 2025, "growth"), "no two whole years in a row can be compared"),
    ],
)
def test_what_can_not_be_shown_says_why(known, choice, said):
    view = views.show(known, choice)
    assert said in str(view.problem)
    assert str(view.sentence()) == str(view.alt()) == str(view.problem)
    assert {str(view.ranges()), str(view.table())} == {
        "There are no figures to compare.",
        "There are no figures for a table.",
    }
    drawn = view.chart()
    assert isinstance(drawn, charts.Nothing) and str(drawn.sentence) == str(view.problem)


def test_a_measure_that_nobody_has_and_names_that_do_not_exist(known):
    assert str(views.show(known[:0], Choice(CITIES, "ai_firms", 2010, 2025)).problem) == (
        "AI firms: no figure of any place is known."
    )
    with pytest.raises(LookupError, match="did you mean 'ai_firms'"):
        views.show(known, Choice(CITIES, "ai_firm", 2010, 2025))


def test_figures_fit_the_rows(known):
    annual, dated = show(known), show(known, ("wuhan",), "autonomous_licences_issued", 2000, 2035)
    assert annual.chart().sources and dated.chart().collisions() == []


def test_no_line_leads_to_a_figure_known_on_one_side(known):
    chart = show(known, ("wuhan",), "ai_firms", 2021, 2025).chart()
    lines = [line for line in chart.figure.axes[0].lines if line.get_gid() == "line"]
    assert [len(line.get_xdata()) for line in lines] == [4, 1]  # 2025 is "over 1,000"


def test_catalogue_and_measures(known):
    shared = views.catalogue(known, CITIES)
    assert {"gdp_nominal", "pop_resident"} <= set(shared["indicator"])
    assert "trade_total" not in set(shared["indicator"])
    assert shared["figures"].is_monotonic_decreasing
    row = shared.set_index("indicator").loc["pop_resident"]
    own = known[(known["indicator"] == "pop_resident") & known["place"].isin(CITIES)]
    assert (row["figures"], row["first"], row["last"]) == (len(own), own["period"].min(), own["period"].max())
    offered = views.indicators(known, ("wuhan",))
    assert len(offered) == known.loc[known["place"] == "wuhan", "indicator"].nunique()
    themes = [prose.table_of("indicators", "indicator")[each]["theme"] for each in offered]
    assert [theme for theme, _run in itertools.groupby(themes)] == list(dict.fromkeys(themes))


def test_from_where_to_where_is_told_within_one_basis_and_by_firm_sources(known):
    assert str(show(known, ("wuhan",)).ranges()) == "Wuhan: 2.111 trillion yuan in 2024."  # re-based in 2023 or 2024
    older = str(show(known, ("wuhan",), first=2019, last=2022, way="per_head").ranges())
    assert older.startswith("Wuhan: ") and "in 2022" in older and "2019" not in older and "2020" not in older
    assert "in 2010" in str(show(known, ("wuhan",), "gdp_real_growth").ranges())
