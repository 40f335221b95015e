"""Placebo tests of a synthetic control: ratios, ranks and standings done by hand."""

import pytest
from small_panels import CHANCE, PACES, SHOCK, blend_of, made, panel_of

from wuhan.analysis import counterfactual, placebos


@pytest.mark.parametrize(("extra", "side"), [(30, 1), (-30, -1)])
def test_outside_the_range_of_the_donors(extra, side):
    panel = made([rate + extra for rate in PACES["a"]])
    blend = counterfactual.fit(panel)
    assert blend.outside == side
    assert placebos.standing(panel, blend, placebos.in_space(panel)) == "outside"


def test_ratio_rank_and_p_by_hand():
    own = blend_of("t", [1, -1], [-6, -8])  # root mean squares 1 and sqrt(50)
    others = [
        blend_of("u", [2, -2], [3, -3]),  # 1.5
        blend_of("v", [0.1, 0.1], [1, 1]),  # 10
        blend_of("w", [0.001, 0.0], [-0.4, 0.4]),  # 0.4 over the rounding of 0.05, not over 0.0007
        blend_of("x", [1, 1], [-1, 0]),  # sqrt(0.5)
    ]
    table = placebos.ratios(own, others)
    assert table["place"].tolist() == ["v", "w", "t", "u", "x"]
    assert table["value"].tolist() == pytest.approx([10, 8, 50**0.5, 1.5, 0.5**0.5])
    assert table["rank"].tolist() == [1, 2, 3, 4, 5]
    assert table["side"].tolist() == [-1, 1, 1, -1, 1]
    p = placebos.p_value(table, own)
    assert (p.value, p.unit) == (pytest.approx(3 / 5), "coefficient")
    assert [placebos.as_far(own, others, year) for year in (SHOCK, SHOCK + 1)] == [(0, 0), (0, 0)]
    assert sum(placebos.as_far(others[0], [own, *others[1:]], SHOCK)) == 1
    assert placebos.as_far(others[1], others[1:], SHOCK) == (1, 1)  # itself, and one to the other side


def test_comparable_placebos_are_fitted_about_as_well():
    own = blend_of("t", [1, -1], [-6])
    near = [blend_of(f"near{n}", [2, -2], [0]) for n in range(9)]
    edge, far = blend_of("edge", [5**0.5, -(5**0.5)], [0]), blend_of("far", [2.3, -2.3], [0])
    assert placebos.comparable(own, [*near, edge, far]) == [*near, edge]
    assert placebos.comparable(own, [*near, far]) == [*near, far]  # nine are too few: all are compared


@pytest.mark.parametrize(
    ("gaps", "outside", "standing"),
    [
        ([-6, -6], 0, "not_made_up"),
        ([-6, -4], 0, "untold"),
        ([-6, -2], 0, "made_up"),
        ([-6, 3], 0, "made_up"),
        ([-6], 0, "early"),
        ([6, 6], 0, "no_loss"),
        ([-1.9, -6], 0, "faint"),
        ([-6, -6], 1, "outside"),
    ],
)
def test_what_may_be_said(gaps, outside, standing):
    panel, own = panel_of(SHOCK + len(gaps) - 1), blend_of("t", [1, -1], gaps, outside)
    assert placebos.standing(panel, own, CHANCE) == standing


def test_what_may_be_said_of_a_poor_fit_and_of_a_common_gap():
    assert placebos.standing(panel_of(SHOCK), blend_of("t", [3, -3], [-5]), CHANCE) == "poor"
    wild = [blend_of(f"w{n}", [1, -1], [-7.0 if n < 2 else 0.0]) for n in range(20)]
    assert placebos.standing(panel_of(SHOCK), blend_of("t", [1, -1], [-6]), wild) == "common"
    assert placebos.standing(panel_of(SHOCK), blend_of("t", [1, -1], [-6]), wild[1:]) == "early"


def test_placebos_in_space_use_the_other_donors_only(blended):
    panel, _blend = blended
    others = placebos.in_space(panel)
    assert [other.city for other in others] == list("abcdef")
    assert all(set(other.weights.index) == set("abcdef") - {other.city} for other in others)


def test_placebo_in_time_sees_nothing_of_the_real_shock(blended):
    panel, blend = blended
    early = counterfactual.fit(panel, year=2007)
    assert early.gaps["year"].tolist() == list(range(2001, 2010))
    assert early.weights["a"] == pytest.approx(0.6, abs=1e-6)
    assert abs(counterfactual.widest(early).value) < 1e-6
    assert counterfactual.widest(blend).value < -7
    assert counterfactual.fit(panel, year=2005).gaps.empty  # four years are too few to fit to


def test_leave_one_out_takes_each_donor_with_weight_in_turn(blended):
    panel, blend = blended
    without = placebos.leave_one_out(panel, blend)
    assert list(without)[:2] == ["a", "b"]
    assert all(donor not in each.weights.index for donor, each in without.items())
    reach = counterfactual.gap(blend, SHOCK, without.values())
    found = [each.gaps.set_index("year").loc[SHOCK, "value"] for each in without.values()]
    assert reach.low == min([*found, reach.value]) and reach.high == max([*found, reach.value])
