"""Instruments of policy: what is printed for whom, up to which amount, in which pot, until when.

A cap is the most that one grant may be and says nothing of what is paid; a floor on a yearly total binds who pays;
the size of a fund is no spending. So amounts are set side by side here and never added up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypedDict

import pandas as pd

from wuhan.analysis.places import inside
from wuhan.evidence import observations
from wuhan.evidence.claims import Claim
from wuhan.evidence.facts import Fact, face, whole
from wuhan.evidence.periods import bounds
from wuhan.evidence.quantities import interval
from wuhan.evidence.trees import above
from wuhan.evidence.units import UNITS, convert

CAP, FLOOR = "cap", "floor"
BOUNDS = {CAP: "up_to", FLOOR: "at_least"}  # limit of an instrument: qualifier of its amount
STAGES = ("target", "announced", "size_stated", "set_aside", "invested")  # of money in a pot, from wish to payment
AIMS = {"target": "target", "announced": "plan"}  # stage: status of an amount that is not there yet
NOT_GIVEN = ("target", "plan")  # kinds of instrument whose amount is that of an industry, not of support
NO_HELP = (*NOT_GIVEN, "regulation", "investment_promotion")  # kinds of which nobody gets anything
RUNNING, OVER, OPEN = "running", "over", "open"  # of the end that an instrument prints
SOURCES, GRADE = "sources", "grade"  # what puts a cap before the others
PROGRAMME = ["programme_en", "programme_zh", "place"]  # what tells programmes apart
# What the articles print of an instrument: measure or indicator of a claim, instrument.
CLAIMED = {
    "support_per_ai_project": "ai_core_technology",
    "computing_vouchers_per_year": "ai_compute_vouchers",
    "support_per_vertical_model": "ai_vertical_models",
    "support_per_public_platform": "ai_public_platforms",
    "award_per_dataset_or_scenario": "ai_datasets_and_scenarios",
    "fund_cluster_size": "fund_cluster",
    "future_industry_funds": "future_industry_funds",
    "first_tranche_of_fund_money": "jiangxia_first_tranche",
}


def with_money(policies: pd.DataFrame) -> pd.DataFrame:
    """All rows of ``policies`` in order of their dates, with what they print of money.

    Added columns: ``year`` (int, of issue); ``money``, the amount of money as a fact in the unit that is printed (None
    where none is); ``who`` (the beneficiary, else what is given) and ``what`` (what is given, blank where ``who`` says
    it). The amount of a target or plan is what an industry is to reach, so it is no money of an instrument. An amount
    that is a target or only announced has the status target or plan.
    """
    rows = policies.sort_values(["date", "policy"], kind="stable", ignore_index=True)
    named = rows["beneficiary"] != ""
    return rows.assign(
        year=rows["date"].str[:4].astype(int),
        money=list(map(_money, rows.to_dict("records"))),
        who=rows["beneficiary"].where(named, rows["description"]),
        what=rows["description"].where(named, ""),
    )


def _money(row: dict) -> Fact | None:
    unit = row["unit"]
    if math.isnan(row["amount"]) or UNITS[unit].dimension != "money" or row["instrument"] in NOT_GIVEN:
        return None
    qualifier = BOUNDS.get(row["limit"], "exact")
    low, high = interval(f"{row['amount']:.12g}", qualifier, unit)
    return Fact(
        row["amount"],
        max(low, 0.0),
        high,
        unit,
        row["date"],
        AIMS.get(row["stage"], "actual"),
        observations.cited(row),
        qualifier,
        price_basis="current",
        place=row["place"],
        indicator=row["policy"],
        row=("policies", row["policy"]),
    )


def of_city(rows: pd.DataFrame, places: pd.DataFrame, city: str, years: tuple[int, int]) -> pd.DataFrame:
    """The instruments issued within ``years`` (both included) for ``city``, for a part of it, or for what it lies in.

    ``rows`` as `with_money` returns them. Added column ``level``: "city", "part" or "above".
    """
    levels = {place: "part" for place in inside(places, city)} | {city: "city"}
    levels |= dict.fromkeys(above(city, places.set_index("place")["parent"].to_dict()), "above")
    own = rows.assign(level=rows["place"].map(levels))
    return own[own["level"].notna() & own["year"].between(*years)].reset_index(drop=True)


def trusted(rows: pd.DataFrame, min_trust: str) -> pd.DataFrame:
    """The instruments whose source is graded ``min_trust`` (A to D) or better; ``rows`` as `with_money` returns them.

    A second source that is graded worse confirms nothing: the amounts do not cite it.
    """
    own = observations.trusted(rows, min_trust)
    firm = observations.trusted(own.assign(source_id=own["source_id_2"]), min_trust)["source_id"]
    second = own["source_id_2"].where(own["source_id_2"].isin(firm), "")
    cited = [tuple(filter(None, pair)) for pair in zip(own["source_id"], second, strict=True)]
    money = [fact and replace(fact, sources=sources) for fact, sources in zip(own["money"], cited, strict=True)]
    return own.assign(source_id_2=second, money=money)


def offer(policies: pd.DataFrame) -> pd.DataFrame:
    """Which places have instruments: ``place``, ``known`` (how many), ``first`` and ``last`` year; the most first."""
    dated = policies.assign(year=policies["date"].str[:4].astype(int))
    found = dated.groupby("place")["year"].agg(known="size", first="min", last="max").reset_index()
    return found.sort_values(["known", "place"], ascending=[False, True], ignore_index=True)


def limits(rows: pd.DataFrame) -> pd.DataFrame:
    """The caps and floors on money that is given, largest first; targets of funds are none."""
    priced = by_size(rows)
    bound = [fact.qualifier in BOUNDS.values() and fact.status == "actual" for fact in priced["money"]]
    return priced.loc[bound].reset_index(drop=True)


def caps(rows: pd.DataFrame) -> pd.DataFrame:
    """The caps on money that is given, largest first."""
    return limits(rows[rows["limit"] == CAP])


def pots(rows: pd.DataFrame) -> pd.DataFrame:
    """The funds and budgets with their amounts: the furthest stage first (`STAGES`), then the largest."""
    own = by_size(rows[rows["stage"] != ""])
    furthest_first = STAGES[::-1].index
    return own.sort_values("stage", key=lambda stages: stages.map(furthest_first), kind="stable", ignore_index=True)


def by_size(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that print an amount of money, largest first; the order of the others decides between equals."""
    priced = rows[rows["money"].notna()]
    return priced.sort_values(
        "money", key=lambda money: money.map(yuan), ascending=False, kind="stable", ignore_index=True
    )


def yuan(money: Fact) -> float:
    """An amount of money in yuan, to set amounts in unlike units in order."""
    return convert(money.value, money.unit, "cny")


def largest(rows: pd.DataFrame) -> pd.DataFrame:
    """The cap or caps with the highest amount; empty when there is no cap on money."""
    own = caps(rows)
    return own.head(sum(yuan(fact) == yuan(own["money"].iloc[0]) for fact in own["money"]))


def best_known(rows: pd.DataFrame, grades: Mapping[str, str]) -> pd.DataFrame:
    """The caps on money with that which is best known first: by the number of its sources, the grade of the poorest of
    them, then by amount.

    ``grades`` of all sources, A to D, by their ids. Added: ``sources``, how many print it, and ``grade``.
    """
    own = caps(rows)
    own = own.assign(
        sources=[len(fact.sources) for fact in own["money"]],
        grade=[max(grades[each] for each in fact.sources) for fact in own["money"]],
    )
    return own.sort_values(["sources", "grade"], ascending=[False, True], kind="stable", ignore_index=True)


def least_cost(rows: pd.DataFrame) -> pd.DataFrame:
    """The caps that cover a share of a cost, with ``cost``: what one must at least spend before the cap binds.

    ``cost`` = cap / share, a lower end, for the share is the highest that is paid; ``part`` is the share as a fact.
    """
    own = caps(rows[rows["share"].notna()])
    parts, costs = [], []
    for cap, share in zip(own["money"], own["share"], strict=True):
        part = replace(cap, value=share, low=share, high=share, unit="percent", qualifier="exact", price_basis="")
        cost = whole(face(cap), part)
        costs.append(replace(cost, high=math.inf, qualifier="at_least", status="derived", place=cap.place))
        parts.append(part)
    return own.assign(part=parts, cost=costs)


def timed(rows: pd.DataFrame) -> pd.DataFrame:
    """The caps on money that say for which time they hold: a year, or all of it ("model over all years")."""
    own = caps(rows)
    return own[own["per"].str.contains("year")]


def same_figure(rows: pd.DataFrame) -> pd.DataFrame:
    """The amount that stands for most different things, one row a thing; empty when each amount means one thing.

    Two things differ when one is a cap and the other is not, when they hold for unlike bases, or are pots of unlike
    stage.
    """
    priced = by_size(rows)
    things = priced.assign(amount=[yuan(fact) for fact in priced["money"]])
    things = things.drop_duplicates(["amount", "limit", "stage", "per"])
    if things.empty:
        return things
    counts = things["amount"].value_counts()
    most = counts[counts == counts.max()].index.max()
    return things[things["amount"] == most].reset_index(drop=True) if counts.max() > 1 else things.head(0)


def newest_day(sources: pd.DataFrame, last_year: int) -> str:
    """The last day, as an ISO date, on which a source was published that is not younger than ``last_year``; "" if none.

    A date without a day counts from its first day.
    """
    days = [bounds(published)[0].isoformat() for published in sources["published"] if published]
    return max((day for day in days if int(day[:4]) <= last_year), default="")


def standing(rows: pd.DataFrame, day: str) -> pd.Series:
    """Of each row whether the end that it prints is over by ``day``: `RUNNING`, `OVER`, or `OPEN` (none printed)."""
    codes = [OPEN if not end else RUNNING if _last_day(end) >= day else OVER for end in rows["until"]]
    return pd.Series(codes, index=rows.index, dtype=object)


def _last_day(end: str) -> str:
    return bounds(end)[1].isoformat()


def terms(rows: pd.DataFrame, day: str) -> pd.DataFrame:
    """The programmes that print an end, in order of their ends: one row a programme, with the last end that it prints.

    Columns ``programme_en``, ``programme_zh``, ``place``, ``start`` (first date of issue), ``until``, ``standing`` on
    ``day`` (see `standing`), ``source_id`` (tuple), ``policy`` (that which prints the end).
    """
    ended = rows[rows["until"] != ""]
    found = (
        ended.sort_values("until", key=lambda ends: ends.map(_last_day), kind="stable")
        .groupby(PROGRAMME, sort=False)
        .agg(start=("date", "min"), until=("until", "last"), source_id=("source_id", _tuple), policy=("policy", "last"))
    )
    found = found.reset_index().sort_values(["until", "start"], kind="stable", ignore_index=True)
    return found.assign(standing=standing(found, day))


def supporting(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of programmes that give something to somebody: not only plans, targets, rules or visits to investors."""
    gives = ~rows["instrument"].isin(NO_HELP)
    return rows[gives.groupby([rows["programme_en"], rows["place"]]).transform("any").astype(bool)]


def endless(rows: pd.DataFrame) -> pd.DataFrame:
    """The programmes that print no end in any of their rows, in order of their issue, as `terms` has them: ``until`` is
    the first date of issue, for no other is known, and ``standing`` is `OPEN`.
    """
    found = rows.groupby(PROGRAMME, sort=False).agg(
        start=("date", "min"), ends=("until", "max"), source_id=("source_id", _tuple), policy=("policy", "first")
    )
    found = found[found["ends"] == ""].reset_index().sort_values("start", kind="stable", ignore_index=True)
    return found.drop(columns="ends").assign(until=found["start"], standing=OPEN)


def bare(rows: pd.DataFrame, day: str) -> pd.DataFrame:
    """The programmes whose printed end is ahead on ``day`` and that give nothing to anybody, as `terms` has them."""
    plans = rows[~rows.index.isin(supporting(rows).index)]
    found = terms(plans, day)
    return found[found["standing"] == RUNNING].reset_index(drop=True)


def general(rows: pd.DataFrame) -> pd.DataFrame:
    """The programmes of ``rows`` (see `terms`) whose name does not speak of artificial intelligence."""
    named = rows["programme_en"].str.contains(r"\bAI\b") | rows["programme_zh"].str.contains("人工智能")
    return rows[~named]


def ranked(own: pd.DataFrame) -> str:
    """Why the first cap of ``own`` (see `best_known`) is the first: `SOURCES`, more sources print it than any other; or
    `GRADE`, it is the largest of those with the best grade among as many sources.
    """
    return SOURCES if len(own) == 1 or own["sources"].iloc[0] > own["sources"].iloc[1] else GRADE


def _tuple(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cells))


def by_kind(rows: pd.DataFrame) -> pd.DataFrame:
    """How many instruments there are of each kind, most first.

    Columns ``kind``, ``count``, ``priced`` (how many print money), ``recipients`` (kinds of beneficiary, a tuple) and
    ``source_id`` (tuple).
    """
    found = (
        rows.assign(priced=rows["money"].notna())
        .groupby("instrument")
        .agg(
            count=("policy", "size"),
            priced=("priced", "sum"),
            recipients=("recipient", lambda cells: tuple(sorted(set(cells) - {""}))),
            source_id=("source_id", _tuple),
        )
        .reset_index(names="kind")
    )
    return found.sort_values(["count", "kind"], ascending=[False, True], ignore_index=True)


class Summary(TypedDict):
    """How many instruments are known, how many are priced in money, how many caps those are; the largest cap."""

    known: int
    priced: int
    caps: int
    largest: Fact | None


def summary(rows: pd.DataFrame) -> Summary:
    """What ``rows`` (see `of_city`) come to."""
    top = largest(rows)
    return {
        "known": len(rows),
        "priced": int(rows["money"].notna().sum()),
        "caps": len(caps(rows)),
        "largest": top["money"].iloc[0] if len(top) else None,
    }


def claimed(rows: pd.DataFrame, ledger: Sequence[Claim]) -> pd.DataFrame:
    """The amounts of money that articles print of instruments in ``rows``, beside those of the rows.

    Columns ``claim`` (a `Claim`), ``money``, ``who``, ``what``, ``per``, ``alike`` (same figure and same direction),
    ``others`` (sources of the row besides the article, a tuple). Repetitions of another claim are left out.
    """
    known = {row["policy"]: row for row in rows.to_dict("records") if row["money"]}
    found = []
    for claim in ledger:
        row = known.get(CLAIMED.get(claim.indicator) or CLAIMED.get(claim.measure, ""))
        if row is None or claim.repeats or claim.fact is None or claim.place != row["place"]:
            continue
        same = yuan(claim.fact) == yuan(row["money"])
        found.append(
            {
                "claim": claim,
                "alike": same and claim.fact.qualifier == row["money"].qualifier,
                "others": tuple(source for source in row["money"].sources if source != claim.source_id),
                **{name: row[name] for name in ("money", "who", "what", "per", "source_id")},
            }
        )
    return pd.DataFrame(found, columns=["claim", "money", "who", "what", "per", "alike", "others", "source_id"])
