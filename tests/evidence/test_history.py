"""Nothing of the last release vanishes, or changes how exact it says it is, without a word."""

from __future__ import annotations

import pytest

from wuhan.evidence import history, package
from wuhan.site import release

LOG = "# Changelog\n\n## 0.2.0 – unreleased\n\n{said}\n\n## 0.1.0 – 2026-01-01\n\n- Removed: 1 row of `gdp_nominal`.\n"


def kept(data):
    """What a release of the data would keep."""
    sheet = package._sheet(package._schema(data)["gdp"], (data / "gdp.csv").read_bytes(), "data/gdp.csv")[0]
    return {key: value for key, value, _ in history._observed(sheet)}


def told(data, last, said=""):
    release = last if last is None or isinstance(last, history.Release) else history.Release(last)
    return [str(fault) for fault in package.check(data, release, LOG.format(said=said))]


def change(data, old, new):
    text = (data / "gdp.csv").read_text("utf-8")
    assert old in text
    (data / "gdp.csv").write_text(text.replace(old, new), "utf-8")


ROW = "wuhan,gdp_nominal,2023,20011.65,,exact,actual,,bureau_2024,\n"


def test_what_is_as_before_is_sound(tiny):
    assert told(tiny, kept(tiny)) == [] == told(tiny, None)


def test_a_row_that_vanished_is_a_fault_until_the_log_names_it(tiny):
    last = kept(tiny)
    change(tiny, ROW, "")
    [line] = told(tiny, last)
    assert line.startswith(
        "CHANGELOG.md:1: found no word on 1 row of the last release that vanished: wuhan gdp_nominal 2023"
    )
    assert told(tiny, last, "- Removed: 1 row of `gdp_nominal`, Wuhan 2023, printed in error.") == []
    assert told(tiny, last, "- Removed: 11 rows of `gdp_nominal`.") != []  # another count
    assert told(tiny, last, "- Removed: 1 row of `gdp_nominal_2`.") != []  # another indicator


def test_half_a_table_gone_is_one_fault_with_a_count(real):
    last = {key: value for key, value in _real_observations(real).items()}
    lines = (real / "gdp.csv").read_text("utf-8").split("\n")
    (real / "gdp.csv").write_text("\n".join(lines[: len(lines) // 2]) + "\n", "utf-8")
    [line] = [line for line in told(real, last) if line.startswith("CHANGELOG.md:1:")]
    assert "and 5," in line and " more — restore them" in line


def _real_observations(data):
    named = package._schema(data)
    sheets = [
        package._sheet(named[name], (data / f"{name}.csv").read_bytes(), name)[0] for name in package.observed(data)
    ]
    return {key: value for sheet in sheets for key, value, _ in history._observed(sheet)}


@pytest.mark.parametrize(
    "old, new", [("exact,preliminary", "exact,actual"), ("preliminary,,bureau_2024", "preliminary,,undated")]
)
def test_a_row_confirmed_or_from_another_source_has_not_vanished(tiny, old, new):
    last = kept(tiny)
    change(tiny, old, new)
    assert told(tiny, last) == []


@pytest.mark.parametrize(
    "old, new", [("20011.65", "20011.650"), ("-5.2", "-5.20"), ("63.3", "63.300"), ("3500.5", "3500.50")]
)
def test_zeros_at_the_end_are_told(tiny, old, new):
    last = kept(tiny)
    change(tiny, old, new)
    [line] = told(tiny, last)
    assert f"value: found {new} for {old} of the last release: 1 row differs in trailing zeros alone" in line
    assert "spreadsheet or pandas" in line
    assert told(tiny, last, "- 1 row got trailing zeros back, as printed.") == []


def test_a_table_saved_by_pandas_is_one_fault(real):
    import pandas as pd

    last = _real_observations(real)
    table = pd.read_csv(real / "gdp.csv", keep_default_na=False, dtype={"value": float}, na_values={"value": [""]})
    table.to_csv(real / "gdp.csv", index=False)
    [line] = [line for line in told(real, last) if "trailing zeros" in line]
    assert "rows differ in trailing zeros alone" in line


def test_a_changed_value_is_a_revision(tiny):
    last = kept(tiny)
    change(tiny, "20011.65", "20011.7")
    assert told(tiny, last) == []


@pytest.mark.parametrize(
    "column, before, word",
    [
        ("unit", "percentage_points", "unit"),
        ("price_basis", "current", "price basis"),
        ("definition", "Pace.", "definition"),
    ],
)
def test_a_measure_that_means_something_else_is_a_fault_until_the_log_says_so(real, column, before, word):
    raw = (real / "indicators.csv").read_bytes()
    sheet = package._sheet(package._schema(real)["indicators"], raw, "data/indicators.csv")[0]
    measures = release.measures(raw)

    def said(last, log=""):
        return [str(fault) for fault in history.faults([sheet], history.Release({}, last), LOG.format(said=log))]

    last = {"gdp_real_growth": measures["gdp_real_growth"] | {column: before}}
    assert said(measures) == []
    [line] = said(last)
    assert line.startswith("data/indicators.csv:") and f"{column}: found" in line
    assert f"'{before}' in the last release" in line and f"the {word} of `gdp_real_growth` changed" in line
    assert said(last, f"- The {word} of `gdp_real_growth` is that of the bureau.") == []
    assert said(last, "- More rows of `gdp_real_growth`.") != []
    assert said(last, f"- The {word} of `gdp_nominal` changed.") != []


def test_the_check_of_the_package_looks_for_measures_that_mean_something_else(real):
    measures = release.measures((real / "indicators.csv").read_bytes())
    [line] = told(real, history.Release({}, {"gdp_nominal": measures["gdp_nominal"] | {"unit": "percent"}}))
    assert "the unit of `gdp_nominal` changed" in line


def test_what_a_release_keeps_of_its_measures_is_what_the_check_reads():
    kept = history.release(release.read())
    assert set(kept.measures) >= {key.indicator for key in kept.figures}
    assert all(set(each) == set(history.MEANING) for each in kept.measures.values())


@pytest.mark.parametrize("value", ["14600.5", "14600.0", "0.5"])
def test_a_count_has_no_decimals(tiny, value):
    change(tiny, "14600,1.46万,over", f"{value},,over")
    [line] = told(tiny, None)
    assert f"value: found '{value}'" in line and "is a count, which has no decimals" in line


def test_the_series_of_a_release_unroll():
    packed = {"gdp": {"wuhan actual  a": "2019=1 2:over 2023=4 2024-01/2024-03=5"}}
    found = history.unpacked(packed)
    assert {key[-1]: value for key, value in found.items()} == {
        "2019": "1",
        "2020": "2:over",
        "2023": "4",
        "2024-01/2024-03": "5",
    }
