"""The catalogue names every series of the data once, with what a program needs to ask for it."""

import json

from wuhan.evidence import observations, package
from wuhan.site import catalogue


def test_every_observation_is_of_one_series_and_every_series_of_a_measure():
    told = json.loads(catalogue.written(package.DATA))
    counted = sum(each["observations"] for each in told["series"])
    assert counted == sum(len(package.read(table)) for table in observations.TABLES)
    parts = ("file", "indicator", "place", "vintage", "kind")
    keys = [tuple(each.get(part, "") for part in parts) for each in told["series"]]
    assert len(set(keys)) == len(keys)
    assert {each["indicator"] for each in told["series"]} == set(told["indicators"])
    assert all(each["sources"] and each["first"] <= each["last"] for each in told["series"])


def test_a_target_is_a_series_of_its_own(tiny):
    firms = [each for each in catalogue._series("gdp", tiny) if each["indicator"] == "ai_firms"]
    assert [(each.get("kind", ""), each["first"], each["last"]) for each in firms] == [
        ("", "2025", "2025"),
        ("target", "2030", "2030"),
    ]
