"""What part of a public list a city holds, set against its part of the economy of the same cities.

A list counts things of one kind in several cities: papers of a conference, models, firms, universities. Its length
differs from that of any other list, so counts of two lists cannot be compared; the location quotient can. A place
without a row in a list is not in the comparison: whether it has none or was not looked at is not printed.

References. P. Sargant Florence, Investment, Location, and Size of Plant, 1948; A. M. Isserman, "The location quotient
approach to estimating regional economic impacts", Journal of the American Institute of Planners 43 (1977), 33-41;
C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial",
Biometrika 26 (1934), 404-413; R. A. Fisher, Statistical Methods for Research Workers, 5th edition, 1934.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

import pandas as pd
from scipy import special, stats

from wuhan.analysis.ranking import rank
from wuhan.evidence import facts, observations
from wuhan.evidence.bounds import exponent
from wuhan.evidence.facts import Fact, FactError, Unknown, knowing
from wuhan.evidence.periods import bounds
from wuhan.evidence.units import exact

PAPERS = ("papers_ijcai", "papers_cvpr", "papers_icra", "papers_aaai", "papers_acm_mm")
LISTS = (
    *PAPERS,
    "large_models_listed",
    "unicorns_cb_insights",
    "listed_firms_a_share",
    "listed_firms_hong_kong",
    "higher_education_institutions",
)
# What cities print about themselves, by the definition of each.
PUBLISHED = (
    "ai_core_industry_scale",
    "ai_core_industry_revenue",
    "ai_industry_scale",
    "ai_industry_revenue",
    "ai_core_firms",
    "ai_firms",
    "registered_large_models",
    "computing_power_total",
    "intelligent_computing_power",
    "high_performance_computing_power",
    "unicorns",
    "unicorns_hurun",
    "hurun_china_ai_top50_firms",
    "forbes_china_ai_top50_firms",
)
# Lists that miss entries by the notes of their sources: firms without a city, models filed elsewhere, few of a country.
GAPPED = ("large_models_listed", "unicorns_cb_insights", "listed_firms_a_share", "listed_firms_hong_kong")
FLOORS = ("over", "at_least")  # qualifiers of a lower bound
OUTDATED = 5  # years
# What is a part of what: more of the first than of the second, for one year, is counted by two rules.
WITHIN = (
    ("ai_core_firms", "ai_firms"),
    ("ai_core_industry_scale", "ai_industry_scale"),
    ("ai_core_industry_revenue", "ai_industry_revenue"),
)
CONFIDENCE = 0.95
MORE, LESS, SAME = "more", "less", "same"  # than in proportion, beyond chance; "same": chance may explain it
UNTOLD = "untold"  # what the list misses may explain it
ARROWS = {MORE: " ▲", LESS: " ▼", SAME: "", UNTOLD: ""}


def entries(figures: pd.DataFrame, indicators: Iterable[str], first_year: int, last_year: int) -> pd.DataFrame:
    """The count of every place in every list of ``indicators``; papers are summed over the years asked for.

    ``figures`` has observations of one source a list. A place enters a sum of years only when it has them all.
    Returns one row per ``indicator`` and ``place`` with the columns of observations, ``years``, a tuple of the years
    counted, and ``fact``, the count or sum; lists without a row in these years are left out.
    """
    rows = []
    for indicator in indicators:
        own = observations.select(figures, indicator=indicator)
        if indicator in PAPERS:
            own = observations.select(own, first=first_year, last=last_year)
        years = tuple(sorted({int(period[:4]) for period in own["period"]}))
        rows += [_row(fact) | {"years": years} for fact in pooled(own).values()]
    return pd.DataFrame(rows, columns=[*figures.columns, "years", "fact"])


def pooled(rows: pd.DataFrame) -> dict[str, Fact]:
    """For each place the sum over all periods of ``rows`` (one indicator); places that lack one are left out."""
    known: dict[str, list[Fact]] = {}
    for fact in observations.facts(rows):
        known.setdefault(fact.place, []).append(fact)
    periods = rows["period"].nunique()
    return {place: facts.total(own) for place, own in known.items() if len({fact.period for fact in own}) == periods}


def misfits(printed: pd.DataFrame) -> list[tuple[Fact, Fact]]:
    """The outcomes of ``printed`` for a part that exceed those for the whole, of one place and year (`WITHIN`)."""
    told = observations.facts(printed[~printed["status"].isin(observations.AIMS)])
    known = {(fact.indicator, fact.place, fact.period): fact for fact in told}
    pairs = [
        (fact, known[whole, place, period])
        for part, whole in WITHIN
        for (indicator, place, period), fact in known.items()
        if indicator == part and (whole, place, period) in known
    ]
    return [(part, whole) for part, whole in pairs if facts.compare(part, whole) > 0]


def _row(fact: Fact) -> dict:
    """A fact as a row among those of a table of observations."""
    return observations.as_row(fact) | {"value_text": "", "note": ""}


def shares_of_world(figures: pd.DataFrame, places: Sequence[str]) -> pd.DataFrame:
    """Per place, paper list and period the share of the entries of the ``world``, in per cent, as rows with
    ``year`` and ``fact``.

    An entry of several places counts in full for each, so shares of places do not add up to a hundred. Lists in the
    order of `PAPERS` within the order of ``places``; a period without a row for the world is left out.
    """
    whole = {(fact.indicator, fact.period): fact for fact in observations.facts(figures[figures["place"] == "world"])}
    chosen = [observations.select(figures, place, each) for place in dict.fromkeys(places) for each in PAPERS]
    rows = [
        _row(_cut(facts.share(fact, whole[fact.indicator, fact.period])))
        | {"indicator": fact.indicator, "place": fact.place}
        for own in chosen
        for fact in observations.facts(own)
        if (fact.indicator, fact.period) in whole
    ]
    return _dated(rows, [*figures.columns, "fact"])


def _dated(rows: list[dict], columns: list[str]) -> pd.DataFrame:
    """``rows`` with their ``year``; without any the ``columns`` stand."""
    frame = pd.DataFrame(rows, columns=None if rows else columns)
    return frame.assign(year=frame["period"].str[:4].astype(int))


def shares_among(figures: pd.DataFrame, places: Sequence[str], cities: Iterable[str]) -> pd.DataFrame:
    """Per place, paper list and period the share in the entries of all ``cities`` that the list counts, in per cent.

    Rows as those of `shares_of_world`, with ``count`` and ``whole`` as facts. A file that names more affiliations in
    one year than in another moves the share in the world of every city, but hardly this one. A period that lacks one
    of the cities is left out; an entry of two cities counts for both, in the share and in the whole. A share is the
    ratio of two counts, so it is exact.
    """
    known = figures[figures["place"].isin(set(cities))]
    rows = []
    for place in dict.fromkeys(places):
        for indicator in PAPERS:
            every = observations.select(known, indicator=indicator)
            for _period, own in every.groupby("period"):
                counts = {fact.place: fact for fact in observations.facts(own)}
                if place in counts and len(counts) == every["place"].nunique():
                    count, whole = counts[place], facts.total(counts.values())
                    about = {"indicator": indicator, "place": place, "count": count, "whole": whole}
                    rows.append(_row(facts.share(count, whole)) | about)
    return _dated(rows, [*figures.columns, "fact", "count", "whole"])


def beyond_chance(first: tuple[Fact, Fact], last: tuple[Fact, Fact]) -> bool:
    """Whether two shares, each a count and its whole, differ beyond chance, by the exact test of R. A. Fisher."""
    table = [[int(count.value), int(whole.value - count.value)] for count, whole in (first, last)]
    return bool(stats.fisher_exact(table).pvalue < 1 - CONFIDENCE)


def first_and_last(shares: pd.DataFrame, place: str) -> pd.DataFrame:
    """The first and the last row of the first list of ``place`` in ``shares`` (see `shares_among`); one row where there
    is one period, none where the place has no share.
    """
    own = shares[shares["place"] == place]
    own = own[own["indicator"] == own["indicator"].iloc[0]] if len(own) else own
    return own.iloc[[0, -1]] if len(own) > 1 else own


def pooled_shares(figures: pd.DataFrame, place: str) -> pd.DataFrame:
    """Per list of papers the entries of ``place`` over all its periods and their share of the entries of the ``world``.

    Columns ``indicator``, ``period`` (from the first to the last), ``count`` and ``share`` as facts.
    """
    rows = []
    for indicator in PAPERS:
        own = observations.select(figures, place, indicator)
        world = observations.select(figures, "world", indicator)
        world = world[world["period"].isin(own["period"])]
        if len(world) and len(world) == len(own):
            count, whole = (facts.total(observations.facts(each)) for each in (own, world))
            rows.append((indicator, count.period, count, _cut(facts.share(count, whole))))
    return pd.DataFrame(rows, columns=["indicator", "period", "count", "share"])


def _cut(share: Fact) -> Fact:
    """``share`` known to two digits only: counts of papers may be wrong by a few per cent."""
    if not share.value:
        return share
    step = Fraction(10) ** (exponent(share.value) - 1)
    value = round(exact(share.value) / step) * step
    return replace(share, value=float(value), low=float(value - step / 2), high=float(value + step / 2))


def share_interval(count: int, total: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Exact interval for the probability behind ``count`` of ``total``, from 0 to 1.

    Each end leaves (1 - ``confidence``) / 2 outside: quantiles of Beta(k, n - k + 1) and Beta(k + 1, n - k), which
    solve the binomial tail equations of Clopper and Pearson (1934). Raises ``ValueError`` unless 0 <= k <= n, n > 0.
    """
    if not 0 <= count <= total or total == 0:
        raise ValueError(f"share_interval: {count} of {total} — write a part of at least one thing")
    tail = (1 - confidence) / 2
    low = special.betaincinv(count, total - count + 1, tail) if count else 0.0
    high = special.betaincinv(count + 1, total - count, 1 - tail) if count < total else 1.0
    return float(low), float(high)


@knowing
def location_quotient(
    part: Fact, whole: Fact, base: Fact, base_whole: Fact, confidence: float = CONFIDENCE
) -> Fact | Unknown:
    """(``part`` / ``whole``) / (``base`` / ``base_whole``): 1 is in proportion to the base, 2 is twice as much.

    ``part`` and ``whole`` are numbers of things, ``base`` and ``base_whole`` of any one unit. The interval is that of
    `share_interval` over the share of the base, widened by the rounding of the base: it tells how far the quotient
    may lie from that of a process which gives every thing to a place independently of the others. Raises
    ``FactError`` for a part or base that is not a count, not of its whole, or zero where it divides.
    """
    if {part.unit, whole.unit} != {"count"}:
        raise FactError(f"location_quotient: {part.unit} of {whole.unit} — pass numbers of things")
    share = facts.share(base, base_whole)
    if share.low <= 0 or whole.value <= 0:
        raise FactError("location_quotient: the base or the whole list is zero — leave the place or the list out")
    low, high = share_interval(int(part.value), int(whole.value), confidence)
    middle = part.value / whole.value
    span = 100 * middle / share.value, 100 * low / share.high, 100 * high / share.low
    formula = f"share of {part.indicator} / share of {base.indicator}, {100 * confidence:.4g}% Clopper-Pearson interval"
    return facts.computed(span, "coefficient", formula, [part, whole, base, base_whole], part.period, part.place)


def quotients(listed: pd.DataFrame, levels: pd.DataFrame, confidence: float = CONFIDENCE) -> pd.DataFrame:
    """`location_quotient` of every place in every list of ``listed`` (see `entries`) against ``levels``.

    ``levels`` has one row per ``place`` and ``year`` of one indicator and vintage: GDP, residents, or a longer list.
    The comparison is among the places of the list whose level is known in all years of the list; levels are summed
    over these years. Returns rows of observations with unit coefficient and ``count``, ``expected`` (the count in
    exact proportion), ``places`` (number compared), ``verdict`` (`MORE`, `LESS`, `SAME`, or `UNTOLD` where the list is
    one of `GAPPED`), ``fact``. Lists in which fewer than two places can be compared, lists of amounts and empty ones
    are left out.
    """
    rows = []
    bases: dict[tuple[int, ...], dict[str, Fact]] = {}  # most lists are of the same years
    for indicator, own in listed.groupby("indicator", sort=False):
        years = own["years"].iloc[0]
        base = bases[years] = bases.get(years) or pooled(levels[levels["year"].isin(years)])
        counts = [fact for fact in own["fact"] if fact.place in base]
        if len(counts) < 2 or not any(fact.value for fact in counts if fact.unit == "count"):
            continue
        whole, base_whole = facts.total(counts), facts.total([base[fact.place] for fact in counts])
        for part in counts:
            fact = location_quotient(part, whole, base[part.place], base_whole, confidence)
            expected = whole.value * base[part.place].value / base_whole.value
            verdict = UNTOLD if indicator in GAPPED else _verdict(fact)
            more = {"count": int(part.value), "expected": expected, "places": len(counts), "verdict": verdict}
            rows.append(_row(fact) | {"indicator": indicator} | more)
    columns = [*listed.columns, "count", "expected", "places", "verdict"]
    return pd.DataFrame(rows, columns=None if rows else columns)


def _verdict(fact: Fact) -> str:
    return MORE if fact.low > 1 else LESS if fact.high < 1 else SAME


def doubted(listed: pd.DataFrame, levels: pd.DataFrame, of: Iterable[str]) -> pd.DataFrame:
    """The rows of ``levels`` behind the quotients of lists whose source is of low trust.

    ``of`` are the indicators of the lists; ``listed`` and ``levels`` as those of `quotients`.
    """
    asked = listed[listed["indicator"].isin(list(of))]
    behind = {(row.place, year) for row in asked.itertuples() for year in row.years}
    rows = levels[[(place, year) in behind for place, year in zip(levels["place"], levels["year"], strict=True)]]
    return rows[[observations.doubtful((source,)) for source in rows["source_id"]]]


def standings(listed: pd.DataFrame, found: pd.DataFrame, places: Sequence[str]) -> pd.DataFrame:
    """One row per list with ``indicator``, ``period``, ``entries`` (a fact: all places), ``count`` (of places) and,
    for each of the asked ``places``, a column of its rank and quotient: "7 (0.95)"; a tie is "8–12". A dash stands for
    a place of which the list has none, so that it has no rank; blank is not in the list.

    Ranks are those among all places of ``listed``; ▲ and ▼ mark quotients that are off one beyond chance.
    """
    places = list(dict.fromkeys(places))
    told = {(row.indicator, row.place): f" ({row.value:.2f}{ARROWS[row.verdict]})" for row in found.itertuples()}
    rows = []
    for indicator, own in listed.groupby("indicator", sort=False):
        ranked = rank(own).set_index("place")
        cells = {
            place: tied(ranked.loc[place]) + told.get((indicator, place), "") if ranked.loc[place, "value"] else "–"
            for place in places
            if place in ranked.index
        }
        head = (indicator, own["period"].iloc[0], facts.total(own["fact"]), len(own))
        rows.append((*head, *(cells.get(place, "") for place in places)))
    return pd.DataFrame(rows, columns=["indicator", "period", "entries", "count", *places])


def tied(ranked: pd.Series) -> str:
    """The rank of a row of `rank`, or the first and the last of those that it shares: "8–12"."""
    best, worst = int(ranked["rank_best"]), int(ranked["rank_worst"])
    return str(best) if best == worst else f"{best}–{worst}"


def newest_published(figures: pd.DataFrame, places: Sequence[str], indicators: Sequence[str]) -> pd.DataFrame:
    """Per place and indicator the newest outcome and the newest target of ``figures``, in the orders asked for.

    Newest is what ends last. Texts that print unlike figures for that period all stay; like ones become one row. A
    floor below an older outcome is left out, and an outcome `OUTDATED` years older than the newest of its measure.
    """
    chosen = [observations.select(figures, place, each) for place in dict.fromkeys(places) for each in indicators]
    rows = pd.concat([figures.head(0), *chosen], ignore_index=True)
    ends = [bounds(each)[1].toordinal() for each in rows["period"]]
    rows = rows.assign(aim=rows["status"].isin(observations.AIMS), end=ends)
    told = rows[~rows["aim"]].sort_values("end", kind="stable")
    before = told.groupby(["place", "indicator"])["value"].cummax()
    floor = told["qualifier"].isin(FLOORS) & (told["value"] < before)
    years = told["period"].str[:4].astype(int)
    outdated = years.groupby(told["indicator"]).transform("max") - years >= OUTDATED
    rows = rows.drop(told.index[floor | outdated])
    last = rows.groupby(["place", "indicator", "aim"])["end"].transform("max") == rows["end"]
    kept = rows[last].drop_duplicates(["place", "indicator", "period", "status", "value", "qualifier"])
    return kept.drop(columns=["aim", "end"]).reset_index(drop=True)
