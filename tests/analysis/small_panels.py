"""Growth of a few cities to blend, and blends with given gaps, for the tests of a synthetic control."""

import numpy as np
import pandas as pd

from wuhan.analysis import counterfactual

YEARS = range(2001, 2014)
SHOCK = 2010
PLACES = pd.DataFrame(
    [(name, "city", f"province_{name}") for name in "abcdef"]
    + [("t", "city", "home"), ("neighbour", "city", "home"), ("home", "province", "china")]
    + [("hit", "city", "hubei"), ("capital", "municipality", "china"), ("second", "municipality", "china")],
    columns=["place", "kind", "parent"],
)
# Percent a year; each city with a pace and a swing of its own, so that no blend of some is another.
PACES = {name: [4 + 1.5 * n + 2 * np.sin(n + year * (1 + n) / 3) for year in YEARS] for n, name in enumerate("abcdef")}


def rates_of(paces: dict[str, list[float]], first: int = 2001, half: float = 0.05) -> pd.DataFrame:
    rows = [
        {
            "place": place,
            "year": first + n,
            "period": str(first + n),
            "value": rate,
            "low": rate - half,
            "high": rate + half,
            "status": "actual",
            "qualifier": "exact",
            "source_id": f"source_{place}",
            "vintage": "",
            "indicator": "gdp_real_growth",
        }
        for place, own in paces.items()
        for n, rate in enumerate(own)
    ]
    return pd.DataFrame(rows)


def levels(paces: list[float]) -> np.ndarray:
    return 100 * np.cumprod(1 + np.array(paces) / 100)


def mixed(weights: dict[str, float]) -> list[float]:
    """Growth of a city whose index is exactly a blend of others."""
    index = np.concatenate([[100], sum(share * levels(PACES[name]) for name, share in weights.items())])
    return list(100 * (index[1:] / index[:-1] - 1))


def fallen(paces: list[float], points: float) -> list[float]:
    """The same with growth lower by ``points`` in the year of the shock."""
    return [rate - points * (year == SHOCK) for rate, year in zip(paces, YEARS, strict=True)]


def made(city: list[float], **others: list[float]) -> counterfactual.Panel:
    return counterfactual.panel(rates_of({"t": city, **PACES, **others}), PLACES, "t", 2001, SHOCK)


def blend_of(city: str, before: list[float], after: list[float], outside: int = 0) -> counterfactual.Blend:
    """A blend with given gaps, the shock after those of ``before``."""
    gaps = [*before, *after]
    years = range(SHOCK - len(before), SHOCK + len(after))
    frame = pd.DataFrame(
        {
            "place": city,
            "year": years,
            "value": gaps,
            "low": gaps,
            "high": gaps,
            "status": "derived",
            "rests": False,
            "qualifier": "exact",
            "source_id": [(city,)] * len(gaps),
        }
    )
    return counterfactual.Blend(city, SHOCK, pd.Series({"x": 1.0}), True, outside, frame)


def panel_of(end: int) -> counterfactual.Panel:
    return counterfactual.Panel("t", 2001, SHOCK, end, (), pd.DataFrame())


CHANCE = [blend_of(f"c{n}", [1, -1], [0.5, 0.5 - (n < 3) * 5]) for n in range(20)]  # three fall far behind by the end
