"""The AI ecosystem of one city: figures that differ in who counts, and in what is counted, are kept apart.

Every function takes rows as `scope` returns them, or facts; none reads, draws or words anything. Two figures are
set against each other only where one of them claims what the other does: the same indicator, place and period
(`clashes`), a part and its whole in one text (`parts`, `implied`), a result and its target (`progress`). What
belongs together comes as a tuple.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pandas as pd

from wuhan.analysis.places import inside, of_one_place
from wuhan.evidence import facts, observations, rounding
from wuhan.evidence.bounds import exponent
from wuhan.evidence.facts import Fact, FactError
from wuhan.evidence.observations import AIMS, doubtful
from wuhan.evidence.periods import bounds
from wuhan.evidence.units import exact

FIRMS = ("ai_firms", "ai_core_firms", "ai_related_firms", "ai_firms_above_scale")
SCALE = (
    "ai_industry_scale",
    "ai_industry_revenue",
    "ai_core_industry_scale",
    "ai_core_industry_revenue",
    "ai_related_industry_scale",
)
COMPUTING = ("high_performance_computing_power", "intelligent_computing_power", "computing_power_total")
ROADS = ("test_road_length_one_way", "test_road_length")
VEHICLES = ("apollo_go_vehicles", "autonomous_vehicles_in_operation", "autonomous_test_vehicles")
MODELS = (
    "vertical_models",
    "registered_large_models",
    "large_models_cultivated",
    "large_models_listed",
    "industry_agents",
    "benchmark_industrial_agents",
    "demonstration_scenarios",
    "ai_application_scenarios",
    "high_quality_datasets",
)
# What zones state of themselves, and the indicator with which they state their share of the city's same quantity. A
# share of the whole industry is none of the core industry.
SHARES = {"high_performance_computing_power": "computing_power_share_of_city"}
# From the machine to the user, then what carries both.
LAYERS = ("compute", "data", "model", "device", "robots_and_vehicles", "application", "research", "capital_and_policy")
IMPLIED = "implied"
Pair = tuple[Fact, Fact]
SAME = ["place", "indicator", "period", "status", "value", "qualifier"]  # texts that agree in these print one figure


def scope(
    figures: pd.DataFrame, places: pd.DataFrame, sources: pd.DataFrame, city: str, last_year: int, include_targets: bool
) -> pd.DataFrame:
    """The rows of ``city`` and of the places inside it that begin by ``last_year``, targets only if asked for.

    Texts that print one and the same figure become one row; its ``source_id`` is the tuple of all of them. What
    the shares of zones imply for the city (`implied`) is added as rows of the city. New columns: ``own``, True for
    the city itself, and ``remark``, a code that tells alike rows apart: the kind of place of a part of the city,
    "implied", for a target "printed_" and the year of the first text with it, else blank. May be empty.
    """
    wanted = figures["place"].isin([city, *inside(places, city)])
    wanted &= figures["period"].str[:4].astype(int) <= last_year
    if not include_targets:
        wanted &= ~figures["status"].isin(AIMS)
    rows = figures.assign(own=figures["place"] == city)[wanted]
    cited = rows.groupby(SAME, sort=False)["source_id"].agg(tuple).tolist()
    rows = rows.drop_duplicates(SAME).assign(source_id=cited).reset_index(drop=True)
    rows = rows.assign(remark=_remarks(rows, places, sources))
    about = {"place": city, "value_text": "", "vintage": "", "note": "", "own": True, "remark": IMPLIED}
    wholes = [observations.as_row(total) | about for indicator in SHARES for *_part, total in implied(rows, indicator)]
    added = pd.DataFrame(wholes, columns=rows.columns)
    return pd.concat([rows, added], ignore_index=True) if wholes else rows


def _remarks(rows: pd.DataFrame, places: pd.DataFrame, sources: pd.DataFrame) -> list[str]:
    kinds = places.set_index("place")["kind"].to_dict()
    dated = sources.set_index("source_id")["published"].str[:4].to_dict()
    remarks = []
    for row in rows.itertuples():
        year = min(filter(None, map(dated.get, row.source_id)), default="") if row.status in AIMS else ""
        remarks.append(kinds[row.place] if not row.own else f"printed_{year}" if year else "")
    return remarks


def listed(rows: pd.DataFrame, indicators: Sequence[str]) -> pd.DataFrame:
    """The rows on ``indicators``, in their order; the city before its parts, then by end of period and value."""
    chosen = rows[rows["indicator"].isin(indicators)]
    order = chosen.assign(
        rank=chosen["indicator"].map(list(indicators).index),
        inner=~chosen["own"],
        end=chosen["period"].map(lambda period: bounds(period)[1]),
    ).sort_values(["rank", "inner", "place", "end", "value"], kind="stable")
    return chosen.loc[order.index].reset_index(drop=True)


def cities_with(figures: pd.DataFrame, places: pd.DataFrame, indicators: Sequence[str]) -> list[str]:
    """The cities that have an outcome of any of ``indicators``, in the order of ``places``."""
    known = figures[figures["indicator"].isin(indicators) & ~figures["status"].isin(AIMS)]
    cities = places[places["kind"].isin(("city", "municipality")) & places["place"].isin(known["place"])]
    return cities["place"].tolist()


@of_one_place
def newest(rows: pd.DataFrame, indicators: Sequence[str]) -> list[Fact]:
    """The newest outcome of the city for the first of ``indicators`` that it has; [] when it has none.

    Where texts print unlike values for that period, the lowest and the highest of those known to both sides.
    Spans within a year are left out: they are not the whole. So is a floor ("over 1,000") below an older figure
    that is known to both sides: it tells nothing new.
    """
    for indicator in indicators:
        told = outcomes(rows, indicator)
        told = [fact for fact in told if _above(fact, told) is None]
        if told:
            last = [fact for fact in told if _end(fact) == _end(told[-1])]
            return _extremes([fact for fact in last if not is_floor(fact)] or last)
    return []


def clashes(rows: pd.DataFrame) -> list[Pair]:
    """Where texts print unlike values for one place, indicator and period (to the month): the lowest and the
    highest, widest ratio first.

    Targets are no part of it; a span within the year is a period of its own.
    """
    told = rows[~rows["status"].isin(AIMS) & (rows["remark"] != IMPLIED)]
    month = told["period"].where(told["period"].str.contains("/"), told["period"].str[:7])
    found = []
    for _key, same in told.groupby([told["place"], told["indicator"], month], sort=False):
        low, *_, high = observations.facts(same.sort_values(["value", "high"], kind="stable")) * 2
        if 0 < low.value < high.value:
            found.append((low, high))
    return sorted(found, key=lambda pair: -pair[1].value / pair[0].value)


def echoes(rows: pd.DataFrame, figure: Fact) -> list[Fact]:
    """The outcomes of the same place and indicator that have the value of ``figure`` for another year."""
    return [
        fact
        for fact in _outcomes(rows[rows["place"] == figure.place], figure.indicator, own=False)
        if fact.value == figure.value and fact.period[:4] != figure.period[:4]
    ]


@of_one_place
def floors(rows: pd.DataFrame, indicator: str) -> list[Pair]:
    """Each outcome of the city that is a floor, with the older figure known to both sides above it; oldest first."""
    told = sorted(_outcomes(rows, indicator), key=_end)
    return [(fact, older) for fact in told if (older := _above(fact, told)) is not None]


@of_one_place
def parts(rows: pd.DataFrame, indicator: str) -> list[Pair]:
    """Each part of the city that a text counts together with the whole, and its share in per cent.

    Part and whole come from one text and one period, so that one hand has counted both; both are known to both
    sides. Oldest first, then smallest.
    """
    whole = _outcomes(rows, indicator)
    told = _outcomes(rows, indicator, own=False)
    inner = [fact for fact in told if not is_floor(fact) and fact not in whole]
    return _shares(sorted(inner, key=lambda fact: (_end(fact), fact.value)), whole)


@of_one_place
def implied(rows: pd.DataFrame, indicator: str, companion: str = "") -> list[tuple[Fact, Fact, Fact]]:
    """What zones that state their share tell about the whole city: the part, its share, and the whole that follows
    (`whole`), which is the city's; oldest first.

    Part (``indicator``) and share (``companion``, else that of `SHARES`) come from one text, place and period.
    """
    stated = _outcomes(rows, companion or SHARES[indicator], own=False)
    shares = {(fact.place, fact.period, fact.sources): fact for fact in stated}
    city = next(iter(rows.loc[rows["own"], "place"]), "")
    return [
        (part, share, replace(whole(part, share), place=city))
        for part in sorted(_outcomes(rows, indicator, own=False), key=_end)
        if (share := shares.get((part.place, part.period, part.sources)))
    ]


def whole(part: Fact, share: Fact) -> Fact:
    """``part`` / ``share``: the whole of which ``part`` is ``share`` per cent, in the unit of the part.

    Both are printed roundly, so the ends are rounded outwards to two significant digits. Raises ``FactError``
    for a share that is not in per cent.
    """
    if share.unit != "percent":
        raise FactError(f"whole: the share is in {share.unit} — pass a share in percent")
    result = facts.whole(part, share)
    low, high = _outwards(result.low, -1), _outwards(result.high, 1)
    return replace(
        result,
        indicator=part.indicator,
        value=low if is_floor(result) else result.value,
        low=low,
        high=high,
        period=part.period,
        formula=f"{part.indicator} {part.period} / its share of the whole",
    )


@of_one_place
def progress(outcome: Sequence[Fact], rows: pd.DataFrame) -> list[list[Fact]]:
    """How much of its targets the last of ``outcome`` is, in per cent; [] when there is no outcome.

    One list for each indicator and year of the targets in ``rows`` that are the city's own: one share, or the
    lowest and the highest where several targets were set. Of a target that is a floor the share is one at most, and a
    floor is no share of it. Targets for years before that of the outcome are left out. Shares are those of
    `rounding.reached`; they carry indicator and period of the target, status and place of
    the outcome.
    """
    if not outcome:
        return []
    last = outcome[-1]
    found: dict[tuple[str, str], list[Fact]] = {}
    for target in observations.facts(rows[rows["status"].isin(AIMS) & rows["own"]]):
        if target.period[:4] >= last.period[:4] and not (is_floor(last) and is_floor(target)):
            named = {"indicator": target.indicator, "period": target.period, "place": last.place}
            share = replace(rounding.reached(last, target), **named)
            found.setdefault((target.period, target.indicator), []).append(share)
    return [_extremes(found[key]) for key in sorted(found)]


@of_one_place
def unanswered(rows: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The indicators of ``rows`` with a target, and those among them without any outcome, in order."""
    aimed = rows["status"].isin(AIMS)
    targeted = list(dict.fromkeys(rows.loc[aimed, "indicator"]))
    return targeted, [each for each in targeted if each not in set(rows.loc[~aimed, "indicator"])]


@of_one_place
def exceeded(rows: pd.DataFrame, indicators: Sequence[str]) -> list[Pair]:
    """Each part of the city that is certainly larger than a target of the whole city, and that target.

    Same indicator and same period; so large a part says that the two follow unlike definitions, or that the
    target was low.
    """
    chosen = listed(rows, indicators)
    own, aims = chosen["own"], chosen["status"].isin(AIMS)
    return [
        (part, target)
        for part in observations.facts(chosen[~own & ~aims])
        for target in observations.facts(chosen[own & aims])
        if (part.indicator, part.period) == (target.indicator, target.period) and part.low > target.high
    ]


@of_one_place
def outcomes_and_targets(rows: pd.DataFrame, indicators: Sequence[str]) -> pd.DataFrame:
    """For each of ``indicators`` the newest outcome of the city and all its targets; what it lacks is left out."""
    own = listed(rows[rows["own"]], indicators)
    told = own[~own["status"].isin(AIMS)].drop_duplicates("indicator", keep="last")  # listed in order of time
    return own[own["status"].isin(AIMS) | own.index.isin(told.index)].reset_index(drop=True)


def by_layer(
    organisations: pd.DataFrame, places: pd.DataFrame, sources: pd.DataFrame, city: str, last_year: int
) -> pd.DataFrame:
    """The organisations in ``city`` that belong to a layer of the AI stack, by layer in the order of `LAYERS`.

    Those that a text published after ``last_year`` names first are left out; a text without a date may be as young
    as the youngest of ``sources``.
    """
    years = sources["published"].str[:4]
    later = set(sources.loc[years.where(years != "", years.max()) > str(last_year), "source_id"])
    here = organisations["place"].isin([city, *inside(places, city)]) & organisations["layer"].isin(LAYERS)
    named = organisations[here & ~organisations["source_id"].isin(later)]
    ranked = named.assign(rank=named["layer"].map(LAYERS.index)).sort_values(["rank", "name_en"], ignore_index=True)
    return ranked.drop(columns="rank")


@of_one_place
def outcomes(rows: pd.DataFrame, indicator: str) -> list[Fact]:
    """The printed outcomes of the city for whole years and days, in order of time; spans within a year are left out."""
    return sorted((fact for fact in _outcomes(rows, indicator) if "/" not in fact.period), key=_end)


@of_one_place
def spans(rows: pd.DataFrame, indicator: str) -> list[Fact]:
    """The printed outcomes of the city for spans within a year, in order of time."""
    return sorted((fact for fact in _outcomes(rows, indicator) if "/" in fact.period), key=_end)


def is_floor(figure: Fact) -> bool:
    """Whether a figure is known to be that much or more, and no more is known."""
    return math.isinf(figure.high)


@of_one_place
def first_count(rows: pd.DataFrame, last: Fact) -> Fact | None:
    """The oldest figure printed before ``last`` for the same measure: of a whole year, known to both sides, and from no
    source of low trust; None without one.
    """
    told = [fact for fact in _firm(rows, last) if fact.status != "derived" and fact.period < last.period]
    return told[0] if told else None


@of_one_place
def year_before(rows: pd.DataFrame, last: Fact) -> Fact | None:
    """The figure of the year before ``last``, of the kind that `first_count` takes; None without one, or several."""
    told = [fact for fact in _firm(rows, last) if int(fact.period) == int(last.period[:4]) - 1]
    return told[0] if len(told) == 1 and not is_floor(last) else None


@of_one_place
def kinds(rows: pd.DataFrame, part: str, whole: str) -> list[Pair]:
    """What is a kind of another thing by its definition, as `parts` gives it: ``part`` and its share of ``whole``,
    where one text prints both for one period; oldest first.
    """
    return _shares(outcomes(rows, part), outcomes(rows, whole))


@of_one_place
def lowered(rows: pd.DataFrame, indicator: str) -> list[Pair]:
    """Pairs of the city's own targets of which the later, for a later year and first printed in a later year, is
    certainly the lower.
    """
    aims = rows[(rows["indicator"] == indicator) & rows["own"] & rows["status"].isin(AIMS)]
    dated = sorted(zip(aims["remark"], observations.facts(aims), strict=True), key=lambda pair: pair[1].period)
    return [
        (old, new)
        for (first, old), (second, new) in itertools.pairwise(dated)
        if first < second and old.period < new.period and facts.compare(new, old) < 0
    ]


@of_one_place
def unmet_aims(rows: pd.DataFrame, indicators: Sequence[str]) -> list[Fact]:
    """The targets for the last year of the first of ``indicators`` that has targets and no outcome: the lowest and the
    highest; [] without any.
    """
    own = rows[rows["own"]]
    _aimed, unmet = unanswered(listed(own, indicators))
    aims = observations.facts(listed(own, unmet[:1]))
    last = [fact for fact in aims if fact.period == aims[-1].period]
    return _extremes(last) if last else []


def _shares(parts: Sequence[Fact], wholes: Sequence[Fact]) -> list[Pair]:
    """Each part for which there is a whole of the same text and period, with its share of that."""
    whole = {(fact.period, fact.sources): fact for fact in wholes}
    return [
        (part, facts.share(part, whole[part.period, part.sources]))
        for part in parts
        if (part.period, part.sources) in whole
    ]


def _firm(rows: pd.DataFrame, like: Fact) -> list[Fact]:
    """Figures of whole years for the measure of ``like``, known to both sides, from no source of low trust."""
    told = outcomes(rows, like.indicator)
    return [fact for fact in told if len(fact.period) == 4 and not (is_floor(fact) or doubtful(fact.sources))]


def _extremes(figures: Sequence[Fact]) -> list[Fact]:
    """The lowest and the highest of ``figures``; one alone when all have the same value."""
    ordered = sorted(figures, key=lambda fact: fact.value)
    return ordered[:1] if ordered[0].value == ordered[-1].value else [ordered[0], ordered[-1]]


def _outcomes(rows: pd.DataFrame, indicator: str, own: bool = True) -> list[Fact]:
    """The printed outcomes of the city, or with ``own`` False those of its parts too."""
    told = (rows["indicator"] == indicator) & ~rows["status"].isin(AIMS) & (rows["remark"] != IMPLIED)
    return observations.facts(rows[told & (rows["own"] | (not own))])


def _above(figure: Fact, told: Sequence[Fact]) -> Fact | None:
    """The newest older figure, known to both sides, that lies above the floor that ``figure`` is; else None."""
    if not is_floor(figure):
        return None
    higher = [fact for fact in told if not is_floor(fact) and _end(fact) < _end(figure) and fact.low > figure.low]
    return max(higher, key=_end, default=None)


def _end(figure: Fact):
    return bounds(figure.period)[1]


def _outwards(end: float, side: int) -> float:
    """``end`` rounded to two significant digits, down for side -1, up for side 1."""
    if math.isinf(end) or end == 0:
        return end
    step = Fraction(10) ** (exponent(end) - 1)
    return float(step * (math.floor(exact(end) / step) if side < 0 else math.ceil(exact(end) / step)))
