"""The list of gaps is made from the data, so that it cannot go stale."""

import pandas as pd

from wuhan.evidence import package
from wuhan.site import gaps

PLACES = package.read("places")
CITIES = PLACES.loc[PLACES["kind"].isin(gaps.CITIES), "place"].tolist()


def rows(*known):
    return pd.DataFrame(known, columns=["place", "indicator", "period"])


def test_the_shorter_of_known_and_lacking_is_named():
    most = rows(
        *((city, "gdp_nominal", "2024") for city in CITIES if city != "wuhan"), ("wuhan", "gdp_nominal", "2025")
    )
    line = next(line for line in gaps._years(most, PLACES) if line.startswith("GDP"))
    assert f"2024 for {len(CITIES) - 1} of {len(CITIES)} cities, not for Wuhan; 2025 for 1 of" in line
    assert line.endswith("cities, only Wuhan.")


def test_parts_of_years_stand_by_the_month_that_they_reach():
    spans = ("2024-01/2024-09", "2023-01/2023-03", "2021-01/2021-09", "2024")
    (line,) = gaps._within(rows(*(("wuhan", "gdp_real_growth", span) for span in spans)))
    assert line.endswith("known for January to March of 2023; January to September of 2021, 2024.")


def test_nothing_that_is_lacking_is_in_the_data():
    lines = gaps.told().splitlines()
    growth = next(line for line in lines if line.startswith("- Real growth"))
    gdp = package.read("gdp")
    known = gdp[(gdp["indicator"] == "gdp_real_growth") & (gdp["period"] == "2024")]["place"]
    names = dict(zip(PLACES["place"], PLACES["name_en"], strict=True))
    lacking = growth.partition("not for ")[2].partition(";")[0].split(", ")
    assert lacking and not {names[place] for place in known} & set(lacking)
    assert all(line.startswith("- ") for line in lines)
