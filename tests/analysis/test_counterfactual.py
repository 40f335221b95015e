"""Synthetic control and plain differences: known weights, other solvers, and differences done by hand."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import minimize
from small_panels import PACES, PLACES, SHOCK, YEARS, fallen, levels, made, mixed, rates_of

from wuhan.analysis import counterfactual, differences, placebos, simplex
from wuhan.evidence.facts import Fact, Unknown

# The solver.


def objective(weights, columns, target):
    return float(((columns @ weights - target) ** 2).sum())


def by_slsqp(columns, target):
    """A general solver, with the exact gradient, from the middle of the simplex."""
    n = columns.shape[1]
    found = minimize(
        objective,
        np.full(n, 1 / n),
        args=(columns, target),
        method="SLSQP",
        bounds=[(0, 1)] * n,
        jac=lambda w, X, y: 2 * X.T @ (X @ w - y),
        options={"ftol": 1e-15, "maxiter": 2000},
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1, "jac": np.ones_like},
    )
    return found.x


def by_active_set(columns, target):
    """Every support tried: the best of all equality-constrained solutions that are not negative."""
    n, best = columns.shape[1], None
    for size in range(1, n + 1):
        for support in itertools.combinations(range(n), size):
            part = columns[:, support]
            system = np.block([[2 * part.T @ part, np.ones((size, 1))], [np.ones((1, size)), np.zeros((1, 1))]])
            solution = np.linalg.lstsq(system, np.append(2 * part.T @ target, 1), rcond=None)[0][:size]
            if (solution >= -1e-12).all():
                weights = np.zeros(n)
                weights[list(support)] = solution
                if best is None or objective(weights, columns, target) < objective(best, columns, target) - 1e-14:
                    best = weights
    return best


def test_nearest_agrees_with_a_grid_over_the_simplex():
    columns = np.array([[1.0, 4.0, 2.0], [3.0, 1.0, 5.0], [2.0, 2.0, 0.5], [4.0, 0.0, 1.0]])
    target = np.array([2.2, 2.6, 2.1, 1.5])
    weights, unique = simplex.nearest(columns, target)
    steps = [(a / 200, b / 200, 1 - (a + b) / 200) for a in range(201) for b in range(201 - a)]
    best = min(steps, key=lambda w: objective(np.array(w), columns, target))
    assert weights == pytest.approx(best, abs=0.005)
    assert objective(weights, columns, target) <= objective(np.array(best), columns, target)
    assert unique


@given(st.integers(0, 10**6), st.integers(1, 7), st.integers(3, 12))
def test_nearest_agrees_with_every_support_tried(seed, donors, years):
    random = np.random.default_rng(seed)
    columns, target = random.normal(size=(years, donors)), random.normal(size=years)
    weights, _unique = simplex.nearest(columns, target)
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1)
    best = by_active_set(columns, target)
    assert objective(weights, columns, target) == pytest.approx(objective(best, columns, target), rel=1e-9, abs=1e-12)
    if donors <= years:  # then the optimum is one point
        assert weights == pytest.approx(best, abs=1e-6)


def test_nearest_agrees_with_slsqp_on_forty_donors():
    random = np.random.default_rng(1)
    columns = 100 * np.cumprod(1 + random.normal(0.1, 0.02, size=(19, 40)), axis=0)
    target = 1.02 * columns[:, :6].mean(axis=1)
    weights, unique = simplex.nearest(columns / 100, target / 100)
    other = by_slsqp(columns / 100, target / 100)
    assert weights.sum() == pytest.approx(1)
    assert objective(weights, columns / 100, target / 100) <= objective(other, columns / 100, target / 100) + 1e-9
    assert columns @ weights == pytest.approx(columns @ other, rel=2e-3)
    assert unique


def test_nearest_of_a_point_outside_is_the_nearest_corner():
    weights, unique = simplex.nearest(np.array([[0.0, 1.0], [0.0, 0.0]]), np.array([5.0, 0.0]))
    assert weights.tolist() == [0, 1]
    assert unique


def test_weights_are_not_unique_when_columns_can_be_traded():
    square = np.array([[0.0, 1.0, 0.0, 1.0], [0.0, 0.0, 1.0, 1.0]])
    weights, unique = simplex.nearest(square, np.array([0.5, 0.5]))  # inside: two diagonals meet there
    assert square @ weights == pytest.approx([0.5, 0.5])
    assert not unique
    assert not simplex.nearest(np.array([[1.0, 1.0], [2.0, 2.0]]), np.array([0.0, 0.0]))[1]  # twins
    assert simplex.nearest(np.array([[1.0, 1.0], [2.0, 2.5]]), np.array([0.0, 0.0]))[1]
    with pytest.raises(ValueError, match="no columns"):
        simplex.nearest(np.empty((3, 0)), np.zeros(3))


# Who is compared.


def test_donors_are_of_other_provinces_and_not_of_the_epicentre():
    others = counterfactual.outside_province(PLACES, "t", 2020)
    assert others == [*"abcdef", "capital", "second"]
    assert "hit" in counterfactual.outside_province(PLACES, "t", 2015)  # only in 2020 was Hubei struck by itself
    assert counterfactual.outside_province(PLACES, "t", 2020, ["a", "capital"]) == [*"bcdef", "second"]
    own = counterfactual.outside_province(PLACES, "capital", 2015)
    assert "second" in own and "capital" not in own  # a municipality is a province of its own


def test_panel_ends_where_nearly_all_donors_are_known():
    short = {**PACES, "f": PACES["f"][:-1], "t": PACES["a"], "neighbour": PACES["b"]}
    panel = counterfactual.panel(rates_of(short), PLACES, "t", 2001, SHOCK)
    assert (panel.end, panel.donors, panel.problem) == (2012, tuple("abcdef"), "")
    assert panel.levels.index.tolist() == list(range(2001, 2013))
    assert panel.levels["a"].tolist() == pytest.approx(levels(PACES["a"])[:-1].tolist())
    gap = rates_of({**PACES, "t": PACES["a"]}).query("not (place == 'f' and year == 2005)")
    panel = counterfactual.panel(gap, PLACES, "t", 2001, SHOCK)
    assert (panel.end, panel.donors) == (2013, tuple("abcde"))
    late = rates_of({name: [*own, 5.0] if name in "abt" else own for name, own in {**PACES, "t": PACES["a"]}.items()})
    panel = counterfactual.panel(late, PLACES, "t", 2001, 2014)  # two of six are known: not enough
    assert (panel.end, panel.problem) == (2013, "end")
    own = rates_of({**PACES, "t": PACES["a"][:-2]})
    assert counterfactual.panel(own, PLACES, "t", 2001, SHOCK).end == 2011  # as far as the city is known


@pytest.mark.parametrize(
    ("others", "early", "end"),
    [(9, 1, 2012), (10, 1, 2013), (19, 2, 2012), (20, 2, 2013), (30, 3, 2013), (30, 4, 2012)],
)
def test_nine_in_ten_are_nearly_all(others, early, end):
    """``early`` of ``others`` are known until 2012, the rest until 2013."""
    names = [f"city_{n}" for n in range(others)]
    places = pd.DataFrame([(name, "city", name.upper()) for name in ("t", *names)], columns=["place", "kind", "parent"])
    paces = {name: [5.0] * (len(YEARS) - (name in names[:early])) for name in ("t", *names)}
    assert counterfactual.panel(rates_of(paces), places, "t", 2001, SHOCK).end == end


@pytest.mark.parametrize(
    ("city", "first", "year", "exclude", "problem"),
    [
        ("neighbour", 2001, 2010, [], "growth"),
        ("t", 1990, 2010, [], "growth"),
        ("t", 2006, 2010, [], "years"),
        ("t", 2012, 2010, [], "years"),
        ("t", 2001, 2010, ["a", "b"], "donors"),
        ("t", 2001, 2010, list("abcdef"), "donors"),
        ("t", 2001, 2016, [], "end"),
    ],
)
def test_a_panel_that_cannot_be_says_why_and_nothing_breaks(city, first, year, exclude, problem):
    rates = rates_of({"t": [*PACES["a"], 1, 2, 3], **PACES})
    panel = counterfactual.panel(rates, PLACES, city, first, year, exclude)
    blend, others = counterfactual.fit(panel), placebos.in_space(panel)
    assert panel.problem == problem
    assert placebos.standing(panel, blend, others) == problem
    assert blend.gaps.empty and blend.weights.empty
    for frame in (
        counterfactual.gaps_of({"t": blend}),
        counterfactual.shares(blend),
        counterfactual.paths(blend),
        placebos.ratios(blend, others),
        differences.departures(rates, panel),
    ):
        assert frame.empty and {"value", "low", "high", "status", "qualifier", "source_id"} <= set(frame)
    assert placebos.leave_one_out(panel, blend) == {}
    table = placebos.ratios(blend, others)
    lost = [
        counterfactual.gap(blend, year),
        counterfactual.usual_miss(blend),
        counterfactual.widest(blend),
        counterfactual.weight(blend, "a"),
        placebos.p_value(table, blend),
        differences.difference(differences.departures(rates, panel), panel, year, year),
        differences.chance(differences.departures(rates, panel), panel, year, year),
    ]
    assert all(isinstance(one, Unknown) and one.place == city for one in lost)


# The fit.


def test_known_weights_are_recovered_and_the_gap_is_the_fall(blended):
    _panel, blend = blended
    assert blend.weights.to_dict() == pytest.approx({"a": 0.6, "b": 0.4, "c": 0, "d": 0, "e": 0, "f": 0}, abs=1e-9)
    assert blend.before == pytest.approx(0, abs=1e-9)
    gaps = blend.gaps.set_index("year")
    before = 1 + mixed({"a": 0.6, "b": 0.4})[SHOCK - 2001] / 100
    assert gaps.loc[SHOCK:, "value"].tolist() == pytest.approx([100 * (before - 0.09) / before - 100] * 4)
    assert gaps.loc[SHOCK, "blend"] == pytest.approx(0.6 * levels(PACES["a"])[9] + 0.4 * levels(PACES["b"])[9])
    assert gaps.loc[2001, "source_id"] == ("source_t", "source_a", "source_b")


def test_rounding_of_the_citys_own_rates_is_the_band(blended):
    _panel, blend = blended
    row = blend.gaps.iloc[1]
    rates = mixed({"a": 0.6, "b": 0.4})[:2]
    low = 100 * np.prod([1 + (rate - 0.05) / 100 for rate in rates])
    assert row["actual_low"] == pytest.approx(low)
    assert row["low"] == pytest.approx(100 * low / row["blend"] - 100)
    assert blend.gaps["low"].lt(blend.gaps["value"]).all() and blend.gaps["high"].gt(blend.gaps["value"]).all()
    width = blend.gaps["high"] - blend.gaps["low"]
    assert width.iloc[-1] > width.iloc[0]


def test_a_relative_fit_minimises_misses_in_per_cent():
    panel = made([rate + 0.8 * np.cos(2 * n) for n, rate in enumerate(mixed({"a": 0.5, "d": 0.5}))])
    plain, relative = counterfactual.fit(panel), counterfactual.fit(panel, relative=True)
    years = panel.levels.loc[: SHOCK - 1]

    def miss(weights, scale):
        return (((years[list(panel.donors)] @ weights - years["t"]) / scale) ** 2).sum()

    assert miss(plain.weights, 1) < miss(relative.weights, 1)
    assert miss(relative.weights, years["t"]) < miss(plain.weights, years["t"])


def test_a_gap_is_derived_and_no_firmer_than_an_estimate_met_so_far():
    rates = rates_of({"t": mixed({"a": 0.6, "b": 0.4}), **PACES})
    rates.loc[(rates["place"] == "b") & (rates["year"] == 2011), "status"] = "estimate"
    rates.loc[(rates["place"] == "f") & (rates["year"] == 2005), "status"] = "estimate"  # has no weight
    panel = counterfactual.panel(rates, PLACES, "t", 2001, SHOCK)
    blend = counterfactual.fit(panel, donors=["a", "b"])
    assert blend.gaps["status"].tolist() == ["derived"] * 10 + ["estimate"] * 3
    assert counterfactual.gap(blend, 2010).status == "derived"
    assert counterfactual.gap(blend, 2012).status == "estimate"


# Rows of figures, and facts.


def test_rows_of_figures(blended):
    _panel, blend = blended
    shares = counterfactual.shares(blend)
    assert shares["place"].tolist() == ["a", "b"]
    assert shares["value"].tolist() == pytest.approx([60, 40])
    paths = counterfactual.paths(blend)
    assert paths.groupby("role").size().to_dict() == {"city": 13, "blend": 13}
    city = paths[paths["role"] == "city"]
    assert city["value"].tolist() == blend.gaps["actual"].tolist()
    both = counterfactual.gaps_of({"one": blend, "two": blend, "none": counterfactual.fit(blended[0], year=2003)})
    assert both["series"].value_counts().to_dict() == {"one": 13, "two": 13}


def test_facts_carry_period_place_and_all_sources(blended):
    _panel, blend = blended
    gap = counterfactual.gap(blend, 2012)
    assert (gap.unit, gap.period, gap.place) == ("percent", "2012", "t")
    assert gap.sources == ("source_t", "source_a", "source_b")
    assert gap.low < gap.value < gap.high
    assert counterfactual.weight(blend, "a").value == pytest.approx(60)
    assert counterfactual.weight(blend, "f").value == pytest.approx(0, abs=1e-6)
    assert counterfactual.usual_miss(blend).period == "2009"
    assert isinstance(counterfactual.gap(blend, 2030), Unknown)


def test_fell_counts_donors_that_shrank_for_certain():
    own = {**PACES, "b": fallen(PACES["b"], 40), "c": fallen(PACES["c"], 40)}
    rates = rates_of({"t": mixed({"a": 0.6, "b": 0.4}), **own})
    panel = counterfactual.panel(rates, PLACES, "t", 2001, SHOCK)
    assert counterfactual.fell(rates, counterfactual.fit(panel)) == 1  # c fell too, but has no weight


# Differences in differences.


def test_differences_by_hand():
    flat = {name: [4.0 + n] * 13 for n, name in enumerate("abcde")}
    shock = {"a": 0.0, "b": -1.0, "c": 1.0, "d": -2.0, "e": 2.0}  # the mean is zero
    paces = {name: [rate + shock[name] * (n == 9) for n, rate in enumerate(own)] for name, own in flat.items()}
    rates = rates_of({"t": [10.0] * 9 + [3.0, 12.0, 10.0, 10.0], **paces})
    panel = counterfactual.panel(rates, PLACES, "t", 2001, SHOCK)
    apart = differences.departures(rates, panel)
    assert apart["year"].min() == SHOCK - 5
    assert apart["place"].iloc[0] == "t"
    assert apart.query("place == 't'")["value"].tolist() == pytest.approx([0] * 5 + [-7, 2, 0, 0])
    now, total = (differences.difference(apart, panel, SHOCK, last) for last in (SHOCK, 2013))
    assert (now.value, now.unit, now.period) == (pytest.approx(-7), "percentage_points", "2010")
    assert (total.value, total.period) == (pytest.approx(-5), "2010/2013")
    assert (now.low, now.high) == pytest.approx((-7.1, -6.9))
    assert total.high - total.low == pytest.approx(0.8)
    chance = differences.chance(apart, panel, SHOCK, SHOCK)
    assert chance.value == pytest.approx(stats.t.ppf(0.975, 4) * 2.5**0.5 * 1.2**0.5)
    assert set(now.sources) == {f"source_{name}" for name in "tabcde"}
    assert isinstance(now, Fact)
