"""Named projects: how far each is known to have come, by sector, district and company; how large they were announced.

A list of what the press named is no sample and no whole: large projects are named more often than small ones, and
what became of one is printed less often than its announcement. A project stands at its furthest stage known; a stage
without a date is placed in no year. Amounts are announced total investment over all years, in 100 million yuan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from wuhan.analysis.events import marks
from wuhan.evidence import periods
from wuhan.evidence.facts import Fact, attainment, total
from wuhan.evidence.observations import cited, stated, with_cells
from wuhan.evidence.trees import above
from wuhan.studies.projects_by_sector.companies import alike, english, names_of

# Stages from the first word of a project to its use; a stall comes last, since it ends whatever went before.
PHASES = {
    "announced": "planned",
    "listed": "planned",
    "signed": "planned",
    "started": "building",
    "under_construction": "building",
    "completed": "built",
    "operating": "built",
    "stalled": "stalled",
}
PART = "What is in use is the first phase"  # a note that says so of an amount for more than one phase
ALL = "all"  # every sector
CITIES = ("city", "municipality")
PRESS = "press_"  # how the ids of the articles of data/claims.csv begin in data/sources.csv


def of(
    projects: pd.DataFrame, places: pd.DataFrame, sources: pd.DataFrame, city: str, sector: str, min_trust: str
) -> pd.DataFrame:
    """The projects of ``city`` and ``sector`` (or ``ALL``) from sources of at least ``min_trust``, A to D.

    Added columns: ``trust``, that of the poorer one of two sources; ``district``, the place right under the city that
    holds the project ("" where only the city is stated); ``steps``, a dictionary from stage to the date of it; the
    facts ``amount`` (announced) and ``spent`` (reported as done), None where they are not stated.
    """
    kinds, parents = _homes(places)
    grades = sources.set_index("source_id")["trust"].to_dict()
    owned = [_home(place, kinds, parents) for place in projects["place"]]
    trust = [max(grades[source] for source in cited(row)) for row in projects.to_dict("records")]
    every = with_cells(
        projects.assign(city=[home for home, _ in owned], district=[part for _, part in owned]), trust=trust
    )
    own = every[(every["city"] == city) & (every["trust"] <= min_trust)]
    own = (own if sector == ALL else own[own["sector"] == sector]).reset_index(drop=True)
    rows = own.to_dict("records")
    return with_cells(
        own,
        steps=[_steps(row) for row in rows],
        amount=[_money(row, "investment_100m_cny", row["stage_date"], row["qualifier"]) for row in rows],
        spent=[_money(row, "invested_100m_cny", row["invested_by"]) for row in rows],
    )


def _homes(places: pd.DataFrame) -> tuple[dict[str, str], dict[str, str]]:
    """The kind of each place, and its parent."""
    own = places.set_index("place")
    return own["kind"].to_dict(), own["parent"].to_dict()


def _home(place: str, kinds: Mapping[str, str], parents: Mapping[str, str]) -> tuple[str, str]:
    """The city that holds ``place``, and the place right under it; the city itself has none."""
    part = ""
    for outer in (place, *above(place, parents)):
        if outer not in kinds or kinds[outer] in CITIES:
            return outer, part
        part = outer
    return "", part


def _steps(row: Mapping) -> dict[str, str]:
    """The dated stages of a project, in the order of ``PHASES``; a day of its own goes before that of a report."""
    dated = {row["stage"]: row["stage_date"]}
    dated |= {stage: row[stage] for stage in ("signed", "started", "completed") if row[stage]}
    if dated.get("operating") == dated.get("completed"):
        dated.pop("completed", None)  # one opening, not two
    return {stage: dated[stage] for stage in PHASES if dated.get(stage)}


def _money(row: Mapping, column: str, period: str, qualifier: str = "exact") -> Fact | None:
    return stated(row, column, "100m_cny", period, ("projects", row["project"]), qualifier)


def known(projects: pd.DataFrame, years: tuple[int, int]) -> pd.DataFrame:
    """The ``projects`` (as `of` gives them) with a stage dated within ``years``, as they stood at the end of these.

    ``steps`` loses what is dated later; added are ``reached``, the furthest stage left, ``since``, its date,
    ``phase``, what `PHASES` makes of it ("part": the amount covers more than what is in use), and ``told``, whether
    the date is that of a report, not a day of the stage's own.
    """
    first, last = years
    # What was expected is told by the report of the stage, and not before it.
    told = [bool(date) and _year(date) <= last for date in projects["stage_date"]]
    steps = [{stage: date for stage, date in each.items() if _year(date) <= last} for each in projects["steps"]]
    seen = pd.Series([any(_year(date) >= first for date in each.values()) for each in steps], projects.index, bool)
    cut = with_cells(projects, steps=steps).assign(expected=projects["expected"].where(told, ""))
    cut = cut[seen].reset_index(drop=True)
    rows = cut.to_dict("records")
    reached = [list(each)[-1] for each in cut["steps"]]
    since = [each[stage] for each, stage in zip(cut["steps"], reached, strict=True)]
    phase = [
        "part" if PHASES[stage] == "built" and PART in note else PHASES[stage]
        for stage, note in zip(reached, cut["note"], strict=True)
    ]
    of_report = pd.Series([_of_report(*step) for step in zip(rows, reached, since, strict=True)], dtype=bool)
    return with_cells(cut, reached=reached, since=since, phase=phase).assign(told=of_report)


def _of_report(row: Mapping, stage: str, date: str) -> bool:
    """Whether ``date`` is that of a report of ``stage``: no column of the row has it as a day of its own."""
    own = {"operating": "completed"}.get(stage, stage)
    return not row.get(own) or row[own] != date


def _year(date: str) -> int:
    return int(date[:4])


def newest(dates: Iterable[str]) -> str:
    """The date that ends last; of those that end together the finer one."""
    return max(dates, key=lambda date: (periods.bounds(date)[1], len(date)))


def offer(projects: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """What there is instead: one row a city that has named projects, with ``projects``, ``first`` and ``last`` year."""
    kinds, parents = _homes(places)
    dated = projects[projects["stage_date"] != ""]
    owned = dated.assign(
        city=[_home(place, kinds, parents)[0] for place in dated["place"]], year=dated["stage_date"].map(_year)
    )
    grouped = owned.groupby("city")["year"].agg(projects="size", first="min", last="max").reset_index()
    return grouped.sort_values(["projects", "city"], ascending=[False, True])


def undated(projects: pd.DataFrame) -> pd.DataFrame:
    """The projects without any dated stage, which no choice of years can hold."""
    return projects[projects["steps"].map(len) == 0]


def rival(notes: pd.Series) -> pd.Series:
    """The other amount that each note knows from a source that is not cited, in 100 million yuan; NaN without one."""
    return 10 * notes.str.extract(r"Another source gives ([\d.]+) billion yuan", expand=False).astype(float)


def of_press(projects: pd.DataFrame) -> int:
    """How many projects stand in no text but the press articles whose claims are checked, by the ids of their sources.

    ``projects`` as `of` returns them. Those articles were chosen for what they say of artificial intelligence, too.
    """
    return sum(all(source.startswith(PRESS) for source in cited(row)) for row in projects.to_dict("records"))


def number(projects: pd.DataFrame) -> Fact:
    """How many projects there are, as a fact with all their sources, for shares and sentences."""
    count = float(len(projects))
    sources = dict.fromkeys(source for row in projects.to_dict("records") for source in cited(row))
    return Fact(count, count, count, "count", "", "derived", tuple(sources), formula="number of named projects")


def counted(projects: pd.DataFrame) -> pd.DataFrame:
    """``projects`` as a chart counts them: one row a project, each with the value one and its sources."""
    rows = projects.assign(value=1.0, status="actual", qualifier="exact", period=projects["since"])
    return with_cells(rows, source_id=[cited(row) for row in projects.to_dict("records")])


def building_times(projects: pd.DataFrame) -> list[Fact]:
    """The years from the start of construction to completion, of all projects with both dates, shortest first.

    A date that is printed as a month or a year may be any of its days, which widens the interval; nothing is told finer
    than a tenth of a year.
    """
    found = []
    for row in projects.to_dict("records"):
        end = row["completed"] if {"completed", "operating"} & row["steps"].keys() else ""
        if row["started"] and end:
            (a, b), (c, d) = periods.bounds(row["started"]), periods.bounds(end)
            low, high = max((c - b).days, 0) / 365.25, ((d - a).days + 1) / 365.25
            value, span = round((low + high) / 2, 1), f"{row['started'][:4]}/{end[:4]}"
            found.append(
                Fact(
                    value,
                    min(low, value - 0.05),
                    max(high, value + 0.05),
                    "years",
                    span,
                    "derived",
                    cited(row),
                    place=row["place"],
                    formula=f"completed {end} - started {row['started']}",
                )
            )
    return sorted(found, key=lambda fact: fact.value)


def largest(projects: pd.DataFrame, most: int) -> pd.DataFrame:
    """Up to ``most`` of the projects whose amount was announced, as a chart draws them, the largest first."""
    own = marks(projects, "amount").sort_values(["value", "name_en"], ascending=[False, True])
    return own.head(most).reset_index(drop=True)


def by_district(projects: pd.DataFrame) -> pd.DataFrame:
    """One row a district, zone or park right under the city, most projects first; "" (not stated) last.

    Columns ``district``, ``projects``, ``built`` (how many are known to be completed or operating as a whole),
    ``latest`` (newest date of a stage), ``priced`` (how many name an amount and have not stalled) and the fact
    ``money``, their sum; None without any.
    """
    groups = [(district, *_group(own)) for district, own in projects.groupby("district")]
    groups.sort(key=lambda row: (row[0] == "", -row[1], row[0]))
    return pd.DataFrame(groups, columns=["district", "projects", "built", "latest", "priced", "money"])


def _group(own: pd.DataFrame) -> tuple[int, int, str, int, Fact | None]:
    amounts = [fact for fact, phase in zip(own["amount"], own["phase"], strict=True) if fact and phase != "stalled"]
    built = int((own["phase"] == "built").sum())
    return len(own), built, newest(own["since"]), len(amounts), total(amounts) if amounts else None


def by_company(projects: pd.DataFrame, organisations: pd.DataFrame) -> pd.DataFrame:
    """The companies with two projects or more: columns ``company`` (shortest printed name), ``name_en`` (from
    ``organisations``, "" when they have none), ``members`` (rows of ``projects``), then as in `by_district`.

    Sources print one company in several ways, so two names of which one holds the other are one company.
    """
    printed = [names_of(company) for company in projects["company"]]
    rows = []
    for group in alike(name for names in printed for name in names):
        own = projects[[bool(group & set(names)) for names in printed]]
        if len(own) > 1:
            name = min(group, key=lambda each: (len(each), each))
            rows.append((name, english(group, organisations), list(own.index), *_group(own)))
    rows.sort(key=lambda row: (-row[3], row[0]))
    columns = ["company", "name_en", "members", "projects", "built", "latest", "priced", "money"]
    return pd.DataFrame(rows, columns=columns)


def stalls(projects: pd.DataFrame) -> pd.DataFrame:
    """The projects that are known to have stalled, those with the larger amount first.

    Added facts: ``planned``, the amount announced as a plan, and ``done``, the part of it that was reported as done, in
    per cent; None where either amount is not stated.
    """
    own = projects[projects["phase"] == "stalled"]
    own = own.sort_values("investment_100m_cny", ascending=False, kind="stable", ignore_index=True)
    planned = [fact and replace(fact, status="plan") for fact in own["amount"]]
    pairs = zip(own["spent"], planned, strict=True)
    done = [attainment(spent, plan) if spent and plan else None for spent, plan in pairs]
    return with_cells(own, planned=planned, done=done)
