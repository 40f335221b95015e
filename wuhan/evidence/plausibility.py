"""Whether observations can be true beside one another: months, parts, growth, heads, places; see `clashes` for years.

A rule finds figures that clash; which of them is wrong it cannot know. The one with the most clashes is told, with the
figures that it clashes with. What is true all the same stands, with its reason, in the table `anomalies`.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from wuhan.evidence.clashes import MANY, Clash, Periods, Row, copied, copied_places, jumps, spikes
from wuhan.evidence.csvreader import Sheet
from wuhan.evidence.facts import FAMILIES
from wuhan.evidence.faults import Fault
from wuhan.evidence.meaning import COLUMNS, Context, last_day
from wuhan.evidence.quantities import LOWER
from wuhan.evidence.rules import PLAIN
from wuhan.evidence.trees import above

ANOMALIES = ("table", "place", "indicator", "period", "vintage")
LEVELS = frozenset({"stock", "flow", "cumulative", "capacity"})
SUMS = frozenset({"flow", "cumulative"})  # what adds up over the months of a year
PRICES = (0.75, 1.33)  # nominal over real growth of GDP within a year
SECTORS = ("va_primary", "va_secondary", "va_tertiary")
SECTORS_OF_GDP = {"compiled": 0.06}  # of GDP by which sectors of this vintage may miss it; 0.0585 in these data
SECTORS_OF_ONE = 0.03  # and those of any other
GROWN = ("gdp_real_growth", *(f"{name}_growth" for name in SECTORS))
# Levels whose growth is published, other than GDP.
NOMINAL = {
    "gdp_per_capita": "gdp_per_capita_growth",
    **{name: f"{name}_growth" for name in SECTORS},
    "retail_sales": "retail_growth",
    "trade_total": "trade_growth",
    **{name: f"{name}_growth" for name in ("exports", "imports", "industrial_va", "fiscal_revenue")},
    **{f"{name}_investment": f"{name}_investment_growth" for name in ("fixed_asset", "real_estate", "industrial")},
}
CROWD = 10  # places of one year, or of one parent, whose growth of GDP may be held together
ALONE = 5  # points by which growth of GDP may lie beyond that of all other places; 4.7 in these data
SECTORS_OF_GROWTH = 0.5  # points by which growth of GDP may lie beyond that of its sectors
REMAINDER = 20  # per cent that the rest of a year may grow or shrink; 17 in these data
MONEY = 10  # times the GDP of a place, or of the one around it, that a level in yuan may be; 2 in these data
OTHERS = 20  # times the largest of three other places or more; 4 in these data
FEW = 10  # what counts as the largest of others at least
FASTEST = 1000  # per cent of growth; 343 in these data
HEADS = (0.8, 1.25)  # GDP by population over GDP per head, which takes the mean population of the year
WHOLES = {
    "va_primary": "gdp_nominal",
    "va_secondary": "gdp_nominal",
    "va_tertiary": "gdp_nominal",
    "industrial_va": "gdp_nominal",
    "exports": "trade_total",
    "imports": "trade_total",
    "real_estate_investment": "fixed_asset_investment",
    "industrial_investment": "fixed_asset_investment",
    "industrial_projects_ge_1bn_started": "industrial_projects_ge_100m_started",
}
_TOGETHER = ("gdp_nominal", "gdp_real_growth", "gdp_per_capita", "pop_resident", *SECTORS, *GROWN[1:])
_SHOWN = 3  # figures beside a fault
SETTLE = "check value and unit, or give the reason in data/anomalies.csv"


def faults(tables: Mapping[str, Sheet], context: Context, wrong: Collection = frozenset()) -> Iterator[Fault]:
    """Observations that clash with others, and anomalies that excuse nothing.

    ``tables``: sheets by name. ``wrong``: (file, line) of the rows that are known to be wrong, and so left out.
    """
    if any(not sheet.lines for sheet in tables.values()):
        return  # a table without rows is no measure of others, nor without use what it excuses
    anomalies = tables.get("anomalies", Sheet(""))
    excused = {tuple(key): line for line, *key in anomalies.numbered(*ANOMALIES)}  # true although they clash
    observed = [row for sheet in tables.values() if sheet.columns.keys() >= COLUMNS for row in _rows(sheet)]
    clashes = list(_clashes([row for row in observed if (row.file, row.line) not in wrong], tables, context))
    used = {row.key for clash in clashes for row in clash.rows} & excused.keys()
    for key, line in excused.items():
        if key not in used:
            found = f"{' '.join(filter(None, key))}, at which nothing clashes"
            yield Fault(
                anomalies.file, line, "indicator", found, "remove the row, or write the key of the row that is meant"
            )
    yield from _told([clash for clash in clashes if not any(row.key in excused for row in clash.rows)])


def _rows(sheet: Sheet) -> Iterator[Row]:
    """The observations of a sheet that are sound in form."""
    names = ("place", "indicator", "period", "value", "qualifier", "status", "vintage")
    blank = ("",) * len(sheet.lines)
    for line, *cells in zip(sheet.lines, *(sheet.columns.get(name, blank) for name in names), strict=True):
        place, indicator, period, value, qualifier, status, vintage = cells
        if PLAIN.fullmatch(value) and last_day(period):
            number = float(value)
            low = -math.inf if qualifier == "up_to" else number
            high = math.inf if qualifier in LOWER else number
            yield Row(sheet.file, line, place, indicator, period, vintage, value, number, low, high, status in FAMILIES)


def _told(clashes: Sequence[Clash]) -> Iterator[Fault]:
    """One fault for each figure that has to change for the clashes to end, those in most of them first."""
    counts = Counter(row for clash in clashes for row in clash.rows)
    of_row = defaultdict(list)
    for clash in clashes:
        for row in clash.rows:
            of_row[row].append(clash)
    done: set[Clash] = set()
    first = {row: min(clash.rows.index(row) for clash in of_row[row]) for row in counts}
    for row in sorted(counts, key=lambda row: (-counts[row], first[row], row.file, row.line)):
        left = [clash for clash in of_row[row] if clash not in done]
        done.update(left)
        if left:
            others = [other for clash in left for other in clash.rows if other is not row]
            near = sorted(dict.fromkeys(others), key=lambda other: _apart(other, row))
            shown = [other.shown(row) for other in near]
            more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
            found = f"{row.printed}, {left[0].how} {', '.join(shown[:_SHOWN])}{more}".rstrip()
            yield Fault(row.file, row.line, "value", found, SETTLE)


def _apart(other: Row, row: Row) -> tuple:
    """How far two figures stand from each other: what is nearest is shown first."""
    years = abs(int(other.period[:4]) - int(row.period[:4]))
    return other.place != row.place, years, other.indicator != row.indicator, other.vintage != row.vintage


def _clashes(rows: Iterable[Row], tables: Mapping[str, Sheet], context: Context) -> Iterator[Clash]:
    """All clashes of observations."""
    parents = tables.get("places", Sheet("")).pairs("place", "parent")
    series: dict[tuple[str, str], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if not row.aim:
            series[row.place, row.indicator][row.period].append(row)
    for (place, indicator), periods in series.items():
        measure, unit = context.measures.get(indicator, ""), context.units.get(indicator, "")
        counted = unit == "count"
        if measure in LEVELS | {"share"}:
            yield from jumps(periods, counted)
            yield from spikes(periods, unit)
        if measure in SUMS and not indicator.endswith("_net_new"):
            yield from _falls(periods)
        if measure == "rate" and unit == "percent":
            yield from _indices(periods)
        if measure in LEVELS and unit != "cny_per_person":
            wholes = [series.get((outer, indicator)) for outer in above(place, parents)]
            wholes.append(series.get((place, WHOLES.get(indicator, ""))))
            yield from _parts(periods, [whole for whole in wholes if whole])
    yield from _extremes(series, parents, context)
    every = [row for periods in series.values() for rows in periods.values() for row in rows]
    yield from copied(every)
    yield from copied_places(row for row in every if context.measures.get(row.indicator) in LEVELS)
    for place in dict.fromkeys(place for place, _ in series):
        own = {indicator: series[place, indicator] for indicator in _TOGETHER if (place, indicator) in series}
        yield from _grown(own, "gdp_nominal", "gdp_real_growth")
        yield from _sectors(own)
        yield from _heads(own)
        yield from _between(own)
        for level, growth in NOMINAL.items():
            both = {name: series[place, name] for name in (level, growth) if (place, name) in series}
            yield from _grown(both, level, growth)
        for name in GROWN:
            yield from _remainders(own.get(name, {}))
    yield from _alone({place: periods for (place, name), periods in series.items() if name == GROWN[0]}, parents)


def _falls(periods: Periods) -> Iterator[Clash]:
    """Totals from January that fall within the year, or that exceed the year."""
    years = defaultdict(list)
    for period, rows in periods.items():
        if months := _months(period):
            years[period[:4]].append((months, rows))
    for spans in years.values():
        spans.sort(key=lambda span: span[0])
        for place, (_, shorter) in enumerate(spans):
            for _, longer in spans[place + 1 :]:
                for one in shorter[:MANY]:
                    for other in longer[:MANY]:
                        if one.low > other.high:
                            yield Clash((one, other), "beside months that hold it, or that it holds:")


def _months(period: str) -> int:
    """How many months from January a period has; 0 for one that does not begin there."""
    if len(period) == 4:
        return 12
    if "/" in period:
        return int(period[-2:]) if period[5:7] == "01" else 0
    return 1 if period[4:] == "-01" else 0


def _indices(periods: Periods) -> Iterator[Clash]:
    """Growth of a year that is written as the index 105.2 beside growth of years that is not."""
    yearly = [row for period, rows in periods.items() if len(period) == 4 for row in rows]
    high = [row for row in yearly if row.value >= 85]
    low = [row for row in yearly if row.value < 60]
    for row in high:
        if len(low) > len(high):
            nearest = min(low, key=lambda other: abs(int(other.period) - int(row.period)))
            yield Clash((row, nearest), "perhaps the index for growth, beside")


def _parts(periods: Periods, wholes: Iterable[Periods]) -> Iterator[Clash]:
    """Parts larger than the whole in the same period."""
    for whole in wholes:
        for period in periods.keys() & whole.keys():
            largest = max(whole[period], key=lambda row: row.high)
            yield from (
                Clash((row, largest), "more than the whole,") for row in periods[period] if row.low > largest.high
            )


def _extremes(series: Mapping, parents: Mapping[str, str], context: Context) -> Iterator[Clash]:
    """Growth beyond all growth; the largest level of a place beyond the GDP around it, or beyond all other places."""
    largest: dict[str, dict[str, Row]] = defaultdict(dict)
    for (place, indicator), periods in series.items():
        rows = [row for each in periods.values() for row in each]
        largest[indicator][place] = max(rows, key=lambda row: abs(row.value))
    around = {place: (place, *above(place, parents)) for place, _ in series}
    gdp = largest["gdp_nominal"]
    for indicator, places in largest.items():
        measure, unit = context.measures.get(indicator, ""), context.units.get(indicator, "")
        tops = _tops(places, around) if measure in LEVELS else {}
        for place, row in places.items():
            if measure == "rate" and unit == "percent" and abs(row.value) > FASTEST:
                yield Clash((row,), "faster than anything grows")
            near = next((gdp[at] for at in around[place] if at in gdp), row)
            if measure in LEVELS and unit == "100m_cny" and row.low > MONEY * near.high:
                yield Clash((row, near), f"more than {MONEY} times")
            top = tops.get(place)
            if top and row.low > OTHERS * max(top.value, FEW):
                yield Clash((row, top), f"more than {OTHERS} times the largest of other places,")


def _tops(places: Mapping[str, Row], around: Mapping[str, Sequence[str]]) -> dict[str, Row]:
    """For each place the largest row of three others or more, none of which it lies in or holds.

    ``around``: each place with itself and all that it lies in. Looks from the largest downwards, not at all pairs.
    """
    falling = sorted(places.items(), key=lambda each: -each[1].value)
    holds = Counter(outer for place in places for outer in around[place])
    related = {place: holds[place] + sum(outer in places for outer in around[place][1:]) for place in places}
    return {
        place: next(row for at, row in falling if at not in around[place] and place not in around[at])
        for place in places
        if len(places) - related[place] >= 3
    }


def _grown(own: Mapping[str, Periods], level: str, growth: str) -> Iterator[Clash]:
    """Levels of two years of one vintage that no likely change of prices brings together with published growth."""
    levels, rates = own.get(level, {}), own.get(growth, {})
    for period, rows in levels.items():
        before = {row.vintage: row for row in levels.get(str(int(period[:4]) - 1), ())} if len(period) == 4 else {}
        rate = next(iter(rates.get(period, ())), None)
        for row in rows[:MANY]:
            old = before.get(row.vintage)
            if old and rate and old.value > 0 and rate.value > -100:
                prices = row.value / old.value / (1 + rate.value / 100)
                if not PRICES[0] < prices < PRICES[1]:
                    yield Clash((row, old, rate), "which does not grow as published from")


def _between(own: Mapping[str, Periods]) -> Iterator[Clash]:
    """Growth of GDP that does not lie between that of its three sectors."""
    sectors = [own.get(name, {}) for name in GROWN[1:]]
    for period, rows in own.get(GROWN[0], {}).items():
        parts = sorted((each[period][0] for each in sectors if period in each), key=lambda row: row.value)
        low, high = (parts[0].value, parts[-1].value) if len(parts) == len(SECTORS) else (-math.inf, math.inf)
        for row in rows[:MANY]:
            if not low - SECTORS_OF_GROWTH <= row.value <= high + SECTORS_OF_GROWTH:
                yield Clash((row, *parts), "at odds with the growth of GDP and its sectors,")


def _remainders(periods: Periods) -> Iterator[Clash]:
    """Growth from January to two months of a year that leaves no likely growth to the months between them."""
    spans = sorted((period[:4], months, rows[0]) for period, rows in periods.items() if (months := _months(period)))
    for (year, shorter, one), (other_year, longer, other) in itertools.combinations(spans, 2):
        if year == other_year and shorter < longer:
            rest = (longer * other.value - shorter * one.value) / (longer - shorter)
            if abs(rest) > REMAINDER:
                yield Clash((one, other), "after or before which the rest of the year cannot have grown as in")


def _alone(places: Mapping[str, Periods], parents: Mapping[str, str]) -> Iterator[Clash]:
    """Growth in a year that is far from that of all other places, or of all within the same province."""
    crowds: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for place, periods in places.items():
        for period, rows in periods.items():
            for around in {"", parents.get(place, "")} if len(period) == 4 else ():
                crowds[around, period].append(rows[0])
    for rows in crowds.values():
        rows.sort(key=lambda row: row.value)
        for row, near in ((rows[0], rows[1:]), (rows[-1], rows[-2::-1])) if len(rows) >= CROWD else ():
            if abs(row.value - near[0].value) > ALONE:
                yield Clash((row, *near[:2]), "far from that of all other places, beginning with")


def _sectors(own: Mapping[str, Periods]) -> Iterator[Clash]:
    """The three sectors, which do not add up to the GDP of any vintage."""
    sectors = [own.get(name, {}) for name in SECTORS]
    for period, totals in own.get("gdp_nominal", {}).items():
        parts = [each[period][0] for each in sectors if period in each]
        if len(parts) == len(SECTORS):
            added = sum(part.value for part in parts)
            total = min(totals, key=lambda row: abs(row.value - added))
            most = SECTORS_OF_GDP.get(parts[0].vintage, SECTORS_OF_ONE)
            if abs(added - total.value) > most * total.value:
                yield Clash((*reversed(parts), total), "which do not make up GDP,")


def _heads(own: Mapping[str, Periods]) -> Iterator[Clash]:
    """GDP per head that is far from GDP over heads."""
    levels, heads = own.get("gdp_nominal", {}), own.get("pop_resident", {})
    for period, rows in own.get("gdp_per_capita", {}).items():
        pairs = [(level, head) for level in levels.get(period, ()) for head in heads.get(period, ()) if head.value > 0]
        for row in rows[:MANY] if pairs else ():
            apart = {pair: abs(math.log(max(_per_head(*pair) / row.value, 1e-9))) for pair in pairs if row.value > 0}
            if apart and not HEADS[0] < _per_head(*(pair := min(apart, key=apart.__getitem__))) / row.value < HEADS[1]:
                yield Clash((row, *pair), "which is not GDP over heads,")


def _per_head(level: Row, heads: Row) -> float:
    """In yuan, from 100 million yuan and 10,000 persons."""
    return level.value / heads.value * 10_000
