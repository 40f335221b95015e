"""Claims and evidence of a few rows, to test verdicts and targets; the indicators are the real ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from wuhan.evidence import package
from wuhan.evidence.claims import Claim
from wuhan.evidence.facts import Fact
from wuhan.evidence.ledger import DIVIDED, figure, stated
from wuhan.evidence.progress import measured
from wuhan.evidence.quantities import QuantityError, interval, parse
from wuhan.evidence.testimony import Heard, Search, Testimony
from wuhan.evidence.witnesses import Evidence

SOURCES = {
    "bureau": {"trust": "A", "#": 0, "publisher": "Bureau of Statistics"},
    "bureau_later": {"trust": "A", "#": 1, "publisher": "Bureau of Statistics"},
    "paper": {"trust": "B", "#": 2, "publisher": "A daily"},
    "press_001": {"trust": "A", "#": 3, "publisher": "A feature"},
    "press_000": {"trust": "A", "#": 4, "publisher": "Another feature"},
}
PLACES = {
    "china": ("nation", ""),
    "hubei": ("province", "china"),
    "wuhan": ("city", "hubei"),
    "xian": ("city", "china"),
    "chengdu": ("city", "china"),
    "wuhan_east_lake": ("zone", "wuhan"),
}
FIRMS = "wuhan ai_firms 2028 1500 over target - paper"
_COLUMNS = ("place", "indicator", "period", "value", "qualifier", "status", "vintage", "source_id")


def known(*rows: str, day: str = "2026-08-16", heard: Heard | None = None) -> Evidence:
    """Evidence of rows such as "wuhan ai_firms 2023 995 exact actual - paper"; "-" stands for a blank."""
    indicators = package.read("indicators")
    units = dict(zip(indicators["indicator"], indicators["unit"], strict=True))
    records = []
    for row in rows:
        record = dict(zip(_COLUMNS, row.split(), strict=True))
        record = {name: "" if cell == "-" else cell for name, cell in record.items()}
        low, high = interval(record["value"], record["qualifier"], units[record["indicator"]])
        value = parse(record["value"], units[record["indicator"]]).value
        records.append(record | {"value": value, "low": low, "high": high, "value_text": "", "note": ""})
    frame = pd.DataFrame(records, columns=[*_COLUMNS, "low", "high", "value_text", "note"])
    return Evidence(
        frame,
        {row.indicator: (row.measure, row.price_basis) for row in indicators.itertuples()},
        dict(zip(indicators["indicator"], indicators["theme"], strict=True)),
        PLACES,
        SOURCES,
        date.fromisoformat(day),
        heard=heard or Heard(),
    )


def said(text: str, unit: str) -> str:
    """The qualifier that a printed figure says itself."""
    try:
        return parse(text, unit).qualifier if unit else ""
    except QuantityError:
        return "exact"


def claim(text: str, unit: str, indicator: str = "", period: str = "", **others) -> Claim:
    """A claim as printed; what is not given is an actual figure on Wuhan in the feature of January 2024."""
    row = {
        "claim": "p001_claim",
        "source_id": "press_001",
        "line": 1,
        "theme": "ai",
        "place": "wuhan",
        "measure": indicator or "something",
        "value_text": text,
        "kind": "actual",
        "comparison": "stock",
        "indicator": indicator,
        "period": period,
        "unit": unit,
    }
    row |= {"qualifier": said(text, unit)} | others
    indicators = package.read("indicators").set_index("indicator")["price_basis"]
    fact = stated(row, indicators.get(indicator, ""))
    return Claim(fact=fact, **{name: cell for name, cell in row.items() if name not in ("unit", "qualifier")})


def heard(*said_: Testimony, search: Search | None = None) -> Heard:
    """What was read for the one claim of a small ledger, and searched."""
    return Heard({"p001_claim": said_}, {"p001_claim": search} if search else {})


def read(relation: str, independence: str = "", text: str = "", period: str = "2023", **others) -> Testimony:
    """What a daily prints for the claim of a small ledger, a count; without a text its observation has the figure."""
    source, place = others.get("source", "paper"), others.get("place", "wuhan")
    fact = None
    if text:
        got = figure(
            text, "count", others.get("comparison", ""), said(text, "count") if DIVIDED not in text else "exact"
        )
        fact = Fact(got.value, got.low, got.high, "count", period, "actual", (source,), got.qualifier, place=place)
        fact = replace(fact, formula=text) if DIVIDED in text else fact
    return Testimony("p001_claim", source, relation, independence, f"“{text}”", fact=fact)


def only(*rows, ledger=(), day="2026-08-16"):
    """The one target of some rows and claims."""
    found = measured(list(ledger), known(*rows, day=day))
    assert len(found) == 1
    return found[0]
