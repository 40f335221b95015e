"""What other publications print for a claim, and what was searched for: ``witnesses.csv`` and ``searches.csv``.

A testimony was judged by a person against the words it was read in: whether it compares with the claim, and whether it
is a measurement of its own or an echo, said by the officials whom the article quotes. What nobody judged is an echo.
Its figure is read from ``value_text`` as that of a claim is, or from the record of an event, project or policy that
``record`` names; without both it says how independent an observation of its source is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from wuhan.evidence import observations, package
from wuhan.evidence.facts import Fact
from wuhan.evidence.ledger import DIVIDED, LISTED, figure, read_as
from wuhan.evidence.quantities import parse

MEASURED, ECHO = "measured", "echo"
DIRECT = ("same_figure", "agrees", "differs")
APART = {
    "other_period": "period",
    "other_place": "area",
    "other_definition": "definition",
}  # with the reason of a verdict
NOT_FOUND, BEYOND = "not_found", "beyond"
OWN = ("claim", "source_id", "relation", "independence", "quote", "note", "value_text")
MONEY = "_100m_cny"  # how the columns of events and projects end that are an amount


@dataclass(frozen=True)
class Testimony:
    """One row of ``witnesses.csv`` with the fact that it states, None where an observation states it."""

    claim: str
    source_id: str
    relation: str
    independence: str
    quote: str = ""
    note: str = ""
    value_text: str = ""
    fact: Fact | None = None

    @property
    def direct(self) -> bool:
        """Whether it tells of what the claim tells of: the same measure, place and time."""
        return self.relation in DIRECT


@dataclass(frozen=True)
class Search:
    """One row of ``searches.csv``."""

    claim: str
    outcome: str
    reason: str = ""
    searched: str = ""


@dataclass(frozen=True)
class Heard:
    """All testimonies and searches, by claim."""

    testimonies: Mapping[str, tuple[Testimony, ...]] = field(default_factory=dict)
    searches: Mapping[str, Search] = field(default_factory=dict)

    def of(self, claim: str) -> tuple[Testimony, ...]:
        """What is said of a claim, in the order of the table."""
        return self.testimonies.get(claim, ())

    def judged(self, claim: str, fact: Fact) -> str:
        """How independent a fact is for a claim: what was read is judged by its own row, an observation by that of its
        source; an echo unless somebody judged that it is measured.
        """
        rows = (
            one
            for one in self.of(claim)
            if one.independence and (one.fact == fact if one.fact else one.source_id in fact.sources)
        )
        return next((one.independence for one in rows), ECHO)

    def only(self, allowed: Callable[[str], bool]) -> Heard:
        """With the testimonies of the sources that are ``allowed`` alone."""
        kept = {claim: tuple(one for one in said if allowed(one.source_id)) for claim, said in self.testimonies.items()}
        return Heard(kept, self.searches)


def heard(data: Path = package.DATA) -> Heard:
    """What `witnesses.csv` and `searches.csv` say."""
    columns = ("comparison", "unit", "indicator", "kind")
    claims = package.rows("claims", "claim", columns, data)
    indicators = package.rows("indicators", "indicator", ("price_basis",), data)
    said: dict[str, tuple[Testimony, ...]] = {}
    for row in package.read("witnesses", data).to_dict("records"):
        if row["claim"] not in claims:
            continue  # it was not printed yet: see `asof`
        claim = claims[row["claim"]]
        basis = indicators[claim["indicator"]]["price_basis"] if claim["indicator"] else ""
        own = {name: row[name] for name in OWN}
        one = Testimony(fact=_stated(row, claim, basis, data), **own)
        said[one.claim] = (*said.get(one.claim, ()), one)
    searches = [Search(**row) for row in package.read("searches", data).to_dict("records")]
    return Heard(said, {one.claim: one for one in searches})


def _stated(row: Mapping, claim: Mapping, basis: str, data: Path) -> Fact | None:
    """The fact of a testimony: printed, or worked out from two printed figures, or of a record; None without one."""
    if row["record"]:
        return _recorded(row, basis, data)
    if not row["value_text"]:
        return None
    text, unit = row["value_text"], row["unit"]
    comparison = LISTED if "、" in text else claim["comparison"]
    read = figure(text, unit, comparison, row["qualifier"])
    assert read is not None  # a unit is checked with the table
    stated = read_as(
        read,
        period=row["period"],
        status=row["status"],
        sources=(row["source_id"],),
        price_basis=basis,
        place=row["place"],
        indicator=claim["indicator"],
        row=("witnesses", row["claim"], row["source_id"]),
    )
    return replace(stated, formula=text, behind=_parts(stated, text)) if DIVIDED in text else stated


def _parts(whole: Fact, text: str) -> tuple[Fact, ...]:
    """The printed figures of which one is divided by the other."""
    first, second = (parse(part) for part in text.split(DIVIDED))
    return tuple(
        replace(whole, value=one.value, low=one.low, high=one.high, unit=one.unit, status="actual", indicator="")
        for one in (first, second)
    )


def _recorded(row: Mapping, basis: str, data: Path) -> Fact | None:
    """What the record of an event, a project or a policy states; None where it was not known yet. Raises
    ``LookupError`` for a source that it lacks.
    """
    table, key, column = row["record"].split("/")
    record = package.rows(table, {"policies": "policy"}.get(table, table[:-1]), data=data).get(key)
    if record is None:
        return None
    if row["source_id"] not in (record["source_id"], record["source_id_2"]):
        raise LookupError(f"{row['record']} does not rest on {row['source_id']}")
    unit = "100m_cny" if column.endswith(MONEY) else record["unit"] if table == "policies" else "count"
    limit = {"cap": "up_to", "floor": "at_least"}.get(record.get("limit", ""), "exact")
    qualifier = record.get("qualifier") or limit
    period = record.get("until") or record.get("date", "") if table == "events" else ""
    stated = observations.stated(record, column, unit, period, (table, key), qualifier)
    if table == "policies":
        stated = stated and replace(stated, status="plan", indicator="")
    return stated and replace(stated, sources=(row["source_id"],), price_basis=basis)
