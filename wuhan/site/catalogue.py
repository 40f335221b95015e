"""Every series of the data in one JSON file: what is measured where, from when to when, in which unit, by whom.

A series is what may stand in one line: a measure of a place in one vintage, results apart from targets and plans.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from wuhan.evidence import observations, package

FILE = "catalogue.json"
KEY = ["indicator", "place", "vintage", "aim"]


@lru_cache(maxsize=2)
def written(data: Path) -> bytes:
    """The catalogue of ``data`` as JSON: measures by their code, and a list of series in the order of the tables."""
    indicators = package.read("indicators", data).set_index("indicator")
    series = [each for table in observations.TABLES for each in _series(table, data)]
    named = sorted({each["indicator"] for each in series})
    columns = ["name_en", "name_zh", "unit", "price_basis", "measure", "definition"]
    measures = indicators.loc[named, columns].to_dict("index")
    return json.dumps({"indicators": measures, "series": series}, ensure_ascii=False, separators=(",", ":")).encode()


def _series(table: str, data: Path) -> list[dict]:
    rows = package.read(table, data, ("indicator", "place", "vintage", "status", "period", "source_id"))
    rows["aim"] = rows["status"].isin(observations.AIMS)
    return [
        {
            "indicator": indicator,
            "place": place,
            **({"vintage": vintage} if vintage else {}),
            **({"kind": "target"} if aim else {}),
            "first": min(own["period"]),
            "last": max(own["period"]),
            "observations": len(own),
            "sources": sorted(set(own["source_id"])),
            "file": f"{table}.csv",
        }
        for (indicator, place, vintage, aim), own in rows.groupby(KEY, sort=False)
    ]
