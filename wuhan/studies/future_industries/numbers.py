"""Future industries: which fields a city names, what the sources name for each, and what was set and is known.

No table says to which field a firm, product or site belongs. It is read from the words that a row prints: a row is
named for a field when it has a word of the field's own name, of another name that the texts use for it, or of its
focus as printed (`TERMS`). Those words are quotations from the text on the plan, with their English in the data and
with lists written out (第三代、四代半导体). So what only neighbours a field (any battery, display panel, or computing
centre) is not counted, and a field without a row is a gap of the sources, not of the city.

All functions are pure: frames, claims and targets in, frames and facts out. ``admitted`` are ids of sources as
`admitted` returns them; whatever rests on none of them is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import mode
from typing import NamedTuple

import pandas as pd

from wuhan.analysis.places import inside
from wuhan.evidence import observations
from wuhan.evidence.claims import Claim
from wuhan.evidence.facts import Fact
from wuhan.evidence.targets import NOT_MEASURABLE, Target, thing

COUNTED = "future_industry_fields"  # the measure of a claim that counts the fields of a city
SCALE, REVENUE = "future_industry_scale", "future_industry_revenue"
OF_ALL = "future_industry_"  # how the indicators begin that count all fields together
# What a row of a table is, from what shows most of a firm to what shows least.
FIRM, PRODUCT, INSTITUTE, SITE, PROJECT, PLAN = "firm", "product", "institute", "site", "project", "plan"
FIRM_PROJECT = "firm_project"
KINDS = (FIRM, FIRM_PROJECT, PRODUCT, INSTITUTE, SITE, PROJECT, PLAN)
OF_FIRMS = (FIRM, FIRM_PROJECT)
BODIES = {
    "company": FIRM,
    "product": PRODUCT,
    "university": INSTITUTE,
    "institute": INSTITUTE,
    "laboratory": INSTITUTE,
    "platform": SITE,
    "computing_centre": SITE,
    "data_exchange": SITE,
    "park": SITE,
    "base": SITE,
    "cluster": SITE,
}
FIRM_NAMED, NO_FIRM, PLAN_ONLY, NOTHING = "firm_named", "no_firm", "plan_only", "nothing"  # standings of a field


class Terms(NamedTuple):
    """Words by which a row is known to be named for a field, in Chinese as printed and in the English of the data."""

    own: tuple[str, ...]
    other: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()


TERMS = {
    "future_display": Terms(
        ("未来显示", "future display"),
        ("新型显示", "new display"),
        (
            "印刷显示",
            "激光显示",
            "全息显示",
            "微型发光二极管",
            "micro led",
            "printed display",
            "laser display",
            "holographic display",
        ),
    ),
    "humanoid_robots": Terms(("人形机器人", "humanoid robot")),
    "metaverse": Terms(("元宇宙", "metaverse")),
    "future_networks": Terms(
        ("未来网络", "future network"),
        (),
        ("星地融合", "satellite-ground", "星载天线", "spaceborne antenna", "北斗", "beidou", "空天网络"),
    ),
    "quantum_technology": Terms(
        ("量子科技", "quantum technology"),
        (),
        (
            "量子芯片",
            "quantum chip",
            "量子通信",
            "quantum communication",
            "量子激光雷达",
            "quantum lidar",
            "量子精密测量",
            "量子计算",
            "quantum comput",
            "精密光谱",
            "precision spectroscopy",
        ),
    ),
    "general_artificial_intelligence": Terms(
        ("通用人工智能", "general artificial intelligence"),
        (),  # "artificial intelligence" is a part of the own name: a wider thing
        ("大模型", "large model", "多模态", "multimodal", "智能芯片", "ai chip", "算力"),
    ),
    "advanced_semiconductors": Terms(
        ("先进半导体", "advanced semiconductor"),
        (),
        (
            "第三代半导体",
            "第四代半导体",
            "third-generation semiconductor",
            "功率半导体",
            "power semiconductor",
            "硅光",
            "silicon photonics",
            "先进封装",
            "advanced packaging",
            "电子级化学",
            "electronic-grade chemical",
        ),
    ),
    "biomanufacturing": Terms(
        ("生物制造", "biomanufacturing"), (), ("基因合成", "gene synthesis", "基因编辑", "gene editing")
    ),
    "brain_computer_interface": Terms(("脑机接口", "brain-computer interface")),
    "electromagnetic_energy": Terms(
        ("电磁能", "electromagnetic energy"),
        (),
        (
            "磁悬浮",
            "maglev",
            "电磁装备",
            "electromagnetic equipment",
            "智能船舶",
            "smart ship",
            "先进推进",
            "advanced propulsion",
        ),
    ),
    "new_energy_storage": Terms(
        ("新型储能", "new energy storage"), (), ("储能", "energy storage", "虚拟电厂", "virtual power plant")
    ),
    "deep_earth_deep_sea_and_deep_space": Terms(
        ("深地", "深海", "深空", "deep earth", "deep sea", "deep-sea", "deep space", "deep-space"),
        (),
        ("行星际", "interplanetary", "深部矿产", "deep mineral"),
    ),
    "future_new_materials": Terms(
        ("未来新材料", "future new material"),
        (),
        ("光电存储材料", "optoelectronic storage", "石墨烯", "graphene", "钙钛矿", "perovskite"),
    ),
}


def admitted(sources: pd.DataFrame, ledger: Iterable[Claim], min_trust: str, last_year: int) -> frozenset[str]:
    """The ids of the sources graded ``min_trust`` (A to D) or better that speak by the end of ``last_year``.

    A text speaks in the year in which most of its claims were stated, else in that of its publication; a text
    without either may be as young as the youngest.
    """
    said: dict[str, list[str]] = {}
    for claim in ledger:
        if claim.stated:
            said.setdefault(claim.source_id, []).append(claim.stated[:4])
    youngest = sources["published"].str[:4].max()
    years = {
        row.source_id: mode(said.get(row.source_id, [row.published[:4]]))
        for row in sources[sources["trust"] <= min_trust].itertuples()
    }
    return frozenset(source for source, year in years.items() if (year or youngest) <= str(last_year))


def named_by(
    fields: pd.DataFrame, ledger: Iterable[Claim], city: str, direction: str, admitted: Collection[str]
) -> pd.DataFrame:
    """The rows of ``fields`` that ``city`` names itself, of one ``direction`` or of "all"; may be empty.

    A list of fields belongs to the place of the claim of the same source that counts them.
    """
    own = {claim.source_id for claim in ledger if (claim.measure, claim.place) == (COUNTED, city)}
    kept = fields["source_id"].isin(own & set(admitted))
    if direction != "all":
        kept &= fields["direction"] == direction
    return fields[kept].reset_index(drop=True)


def lists(fields: pd.DataFrame, ledger: Iterable[Claim]) -> list[tuple[str, str]]:
    """Which places name fields, and when that was said (ISO 8601): what there is when `named_by` finds nothing."""
    cited = set(fields["source_id"])
    told = [(claim.place, claim.stated) for claim in ledger if claim.measure == COUNTED and claim.source_id in cited]
    return list(dict.fromkeys(told))


def things(
    organisations: pd.DataFrame,
    projects: pd.DataFrame,
    policies: pd.DataFrame,
    places: pd.DataFrame,
    city: str,
    admitted: Collection[str],
    last_year: int,
) -> pd.DataFrame:
    """Everything in ``city`` or inside it that a row of the three tables names, each once.

    Columns ``name_en``, ``name_zh``, ``kind`` (one of `KINDS`), ``words`` (what the row prints), ``firm`` (the name of
    the firm, blank without one), ``beside`` (what it prints but the names that hold it), ``stage`` (blank when
    reached after ``last_year``), the fact ``investment`` (announced; None where no amount is printed) and ``source_id``
    (tuple). Bodies that only govern, pay or carry are left out, as are rows of kind project, which have a table of
    their own.
    """
    where = {city, *inside(places, city)}
    bodies = organisations.assign(kind=organisations["kind"].map(BODIES)).dropna(subset="kind")
    works = projects.assign(kind=[FIRM_PROJECT if company else PROJECT for company in projects["company"]])
    plans = policies.assign(kind=PLAN, name_en=policies["programme_en"], name_zh=policies["programme_zh"])
    printed = (
        (bodies, ("name_en", "name_zh", "sector", "description")),
        (works, ("name_en", "name_zh", "company", "capacity")),
        (plans, ("programme_en", "programme_zh", "description")),
    )
    rows = [
        _thing(row, columns, admitted, last_year)
        for table, columns in printed
        for row in table[table["place"].isin(where)].to_dict("records")
    ]
    columns = ["name_en", "name_zh", "kind", "words", "firm", "beside", "stage", "investment", "source_id"]
    return pd.DataFrame(_once([row for row in rows if row["source_id"]]), columns=columns)


def _thing(row: Mapping, printed: Sequence[str], admitted: Collection[str], last_year: int) -> dict:
    cited = tuple(each for each in observations.cited(row) if each in admitted)
    firm, names = _firm(row), ("name_en", "company") if row["kind"] == FIRM_PROJECT else ("name_en", "name_zh")
    by_then = str(row.get("stage_date", ""))[:4] <= str(last_year)
    return {
        "name_en": row["name_en"],
        "name_zh": row["name_zh"],
        "kind": row["kind"],
        "words": " | ".join(row[column] for column in printed).casefold(),
        "firm": firm,
        "beside": " | ".join(row[column] for column in printed if not (firm and column in names)).casefold(),
        "stage": row.get("stage", "") if row["kind"] in (FIRM_PROJECT, PROJECT) and by_then else "",
        "investment": _announced(row, cited),
        "source_id": cited,
    }


def _firm(row: Mapping) -> str:
    """The name of the firm that a row is of, in lower case; blank for other kinds."""
    if row["kind"] == FIRM:
        return f"{row['name_en']} | {row['name_zh']}".casefold()
    return row["company"].casefold() if row["kind"] == FIRM_PROJECT else ""


def _announced(row: Mapping, cited: tuple[str, ...]) -> Fact | None:
    """The announced investment of a project, of the status that it has on every page: that of what was said."""
    if "investment_100m_cny" not in row:
        return None
    key, qualifier = ("projects", row["project"]), row["qualifier"] or "exact"
    amount = observations.stated(row, "investment_100m_cny", "100m_cny", row["stage_date"], key, qualifier)
    return amount and replace(amount, sources=cited)


def _once(rows: Iterable[dict]) -> list[dict]:
    """Rows of different tables that name one thing become one, of the kind that shows most, with all their sources.

    Names are of one thing when one begins with the other ("… (first phase)"). A firm is never one with its project.
    """
    kept: list[dict] = []
    for row in sorted(rows, key=lambda row: KINDS.index(row["kind"])):
        twin = next((other for other in kept if _same(row, other)), None)
        if twin is None:
            kept.append(dict(row))
        else:
            twin["source_id"] = tuple(dict.fromkeys(twin["source_id"] + row["source_id"]))
            twin["stage"] = twin["stage"] or row["stage"]
            twin["words"] += " | " + row["words"]
            twin["beside"] += " | " + row["beside"]
    return kept


def _same(row: Mapping, other: Mapping) -> bool:
    if row["kind"] in (FIRM, PLAN) or other["kind"] in (FIRM, PLAN):
        return (row["name_zh"], row["kind"], row["words"]) == (other["name_zh"], other["kind"], other["words"])
    return row["name_zh"].startswith(other["name_zh"]) or other["name_zh"].startswith(row["name_zh"])


def members(fields: pd.DataFrame, things: pd.DataFrame) -> pd.DataFrame:
    """One row a field and thing named for it: the columns of both, ``field_en`` and ``field_zh`` for the names of the
    field, ``breadth``: "own", "other", "focus" or "firm", by whichever word is nearest to the field's own name, and
    ``term``, that word. "firm": the own name stands in the name of a firm and nowhere beside it.

    Fields keep their order; within a field things go by kind, then by name. A thing may belong to several fields.
    """
    rows = []
    for field in fields.to_dict("records"):
        about = {
            "field": field["field"],
            "direction": field["direction"],
            "field_en": field["name_en"],
            "field_zh": field["name_zh"],
        }
        found = [(_nearest(thing, TERMS[field["field"]]), thing) for thing in things.to_dict("records")]
        own = [about | thing | {"breadth": breadth, "term": term} for (breadth, term), thing in found if breadth]
        rows += sorted(own, key=lambda row: (KINDS.index(row["kind"]), row["name_en"]))
    columns = ["field", "direction", "field_en", "field_zh", *things.columns, "breadth", "term"]
    return pd.DataFrame(rows, columns=columns)


def _nearest(thing: Mapping, terms: Terms) -> tuple[str, str]:
    """The nearest group of ``terms`` that has a word among those of ``thing``, and that word; blank for none.

    What stands in the name of a firm alone is the last resort: a name is no business.
    """
    named_after = [term for term in terms.own if term in thing["firm"]]
    words = thing["beside"] if named_after else thing["words"]
    found = ((group, term) for group, of in terms._asdict().items() for term in of if term in words)
    return next(found, ("firm", named_after[0]) if named_after else ("", ""))


def coverage(fields: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    """``fields`` with what `members` found for each: ``firms`` (firms and projects of firms), ``others`` (products,
    institutes, sites, other projects), ``plans``, and ``standing``, from `FIRM_NAMED` to `NOTHING`. ``source_id`` are
    the sources of the field and of what is counted for its standing: plans only where there is nothing else.
    """
    rows = []
    for field in fields.to_dict("records"):
        own = named[named["field"] == field["field"]]
        firms, plans = int(own["kind"].isin(OF_FIRMS).sum()), int((own["kind"] == PLAN).sum())
        others = len(own) - firms - plans
        standing = FIRM_NAMED if firms else NO_FIRM if others else PLAN_ONLY if plans else NOTHING
        counted = own if standing == PLAN_ONLY else own[own["kind"] != PLAN]
        cited = dict.fromkeys([field["source_id"], *(source for each in counted["source_id"] for source in each)])
        counts = {"firms": firms, "others": others, "plans": plans, "standing": standing}
        rows.append(field | counts | {"source_id": tuple(cited)})
    return pd.DataFrame(rows, columns=[*fields.columns, "firms", "others", "plans", "standing"])


def with_a_firm(fields: pd.DataFrame, named: pd.DataFrame, texts: int = 1) -> int:
    """For how many of ``fields`` at least ``texts`` different sources name a firm or a project of one."""
    firms = named[named["kind"].isin(OF_FIRMS)]
    cited = firms.explode("source_id").groupby("field")["source_id"].nunique()
    return int((cited.reindex(fields["field"], fill_value=0) >= texts).sum())


def measures(fields: pd.DataFrame, indicators: pd.DataFrame) -> dict[str, str]:
    """The indicators that measure a field, each with the field; "" for those that measure all fields together.

    Only the field's own name counts: AI firms are not general artificial intelligence. {} without any field.
    """
    found = {}
    for row in indicators.itertuples() if len(fields) else ():
        words = f"{row.name_en} | {row.name_zh}".casefold()
        owners = [field for field in fields["field"] if any(term in words for term in TERMS[field].own)]
        if row.indicator.startswith(OF_ALL) or owners:
            found[row.indicator] = owners[0] if owners else ""
    return found


def outcomes(
    figures: pd.DataFrame, measured: Collection[str], places: pd.DataFrame, city: str, admitted: Collection[str]
) -> pd.DataFrame:
    """The outcomes of the indicators ``measured`` in ``city`` or inside it, in order of time; may be empty."""
    rows = observations.outcomes(figures)
    kept = rows["indicator"].isin(measured) & rows["place"].isin([city, *inside(places, city)])
    return rows[kept & rows["source_id"].isin(admitted)].sort_values("period", kind="stable", ignore_index=True)


def aims(
    every: Iterable[Target], measured: Collection[str], places: pd.DataFrame, city: str, admitted: Collection[str]
) -> list[Target]:
    """The measurable targets for the indicators ``measured`` in ``city`` or inside it, by term, then as they come."""
    where = {city, *inside(places, city)}
    own = [
        aim
        for aim in every
        if aim.indicator in measured
        and aim.place in where
        and aim.standing != NOT_MEASURABLE
        and set(aim.figure.sources) & set(admitted)
    ]
    return sorted(own, key=lambda aim: aim.period)


def steps(aims: Iterable[Target]) -> list[list[Target]]:
    """The targets, each with what the same text sets beyond it for the same thing and term; the lowest figure first."""
    found: dict[tuple, list[Target]] = {}
    for aim in aims:
        found.setdefault((thing(aim), aim.figure.sources), []).append(aim)
    return [sorted(each, key=lambda aim: aim.figure.value) for each in found.values()]


def path(aims: Iterable[Target]) -> dict[str, Fact]:
    """The targets for the size of all fields together by indicator, scale and revenue: two measures, no series."""
    set_at = {aim.indicator: aim.figure for aim in aims}
    return {indicator: set_at[indicator] for indicator in (SCALE, REVENUE) if indicator in set_at}
