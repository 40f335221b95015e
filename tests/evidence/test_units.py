"""Units: those of the schema, consistent, converted within a dimension and never across."""

import json
import math
from decimal import Decimal

import pytest

from wuhan.evidence import package
from wuhan.evidence.quantities import UNITS, QuantityError, convert
from wuhan.evidence.units import last_place

INF = math.inf


def test_units_are_those_of_the_schema():
    resources = json.loads((package.DATA / "datapackage.json").read_text("utf-8"))["resources"]
    fields = next(each for each in resources if each["name"] == "indicators")["schema"]["fields"]
    enum = next(field for field in fields if field["name"] == "unit")["constraints"]["enum"]
    assert sorted(enum) == sorted(UNITS)


def test_units_are_consistent():
    for code, unit in UNITS.items():
        shown = UNITS[unit.display]
        assert unit.code == code and unit.en and unit.zh and unit.scale > 0
        assert shown.dimension == unit.dimension and shown.display == shown.code
        assert not unit.counted or unit.scale == 1


@pytest.mark.parametrize(
    ("value", "source", "target", "converted"),
    [
        (984.9, "100m_cny", "cny", 98490000000),
        (984.9, "100m_cny", "10k_cny", 9849000),
        (2.5, "usd_bn", "100m_usd", 25),
        (13.5, "10k_persons", "persons", 135000),
        (1.2, "km2", "m2", 1200000),
        (3, "mu", "m2", 2000),
        (5, "EFLOPS", "PFLOPS", 5000),
        (INF, "10k", "count", INF),
        (7, "percent", "percent", 7),
    ],
)
def test_conversion_within_a_dimension(value, source, target, converted):
    assert convert(value, source, target) == converted


def test_the_last_place_of_a_number_as_it_is_written():
    assert [last_place(Decimal(text)) for text in ("3000", "3E+3", "21106.230", "-0.5")] == [0, 3, -3, -1]
    with pytest.raises(ValueError, match="Infinity has no last digit"):
        last_place(Decimal("inf"))


@pytest.mark.parametrize(
    ("source", "target"),
    [("km_one_way", "km"), ("percent", "percentage_points"), ("usd", "cny"), ("EB", "EFLOPS"), ("count", "persons")],
)
def test_conversion_never_crosses_dimensions(source, target):
    with pytest.raises(QuantityError, match=f"{source} .* does not convert to {target}"):
        convert(1, source, target)
