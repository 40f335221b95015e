"""What a reader sees of one choice: places, a measure, years, a transformation, a vintage.

`show` never fails: what cannot be shown is a `View` without rows whose ``problem`` says why, and what there is
instead. The notebook and its `controls` show the same views.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from wuhan import charts
from wuhan.analysis import growth, transform
from wuhan.evidence import breaks, observations, package
from wuhan.evidence.facts import Fact, compare
from wuhan.studies.explore import bases, reasons
from wuhan.studies.explore.choices import MOST, Choice
from wuhan.text import prose, words
from wuhan.text.prose import choose, distinct, headed, listed, paragraph, plural, unsure
from wuhan.text.sentence import BLANK, Sentence, say
from wuhan.text.tables import Table
from wuhan.text.words import Name, label, name, table_of, when

COUNTED_ALIKE = ("gdp",)  # themes whose measures one office counts alike in all places: only these are put in an order


@dataclass(frozen=True)
class View:
    """A choice with its ``rows``, as `transform` makes them, and the name of what they measure.

    ``problem`` says why there are no rows; ``notes`` say how those that there are have to be read.
    """

    choice: Choice
    rows: pd.DataFrame
    measure: str = ""
    vintage: str = ""
    problem: Sentence | None = None
    notes: tuple[Sentence, ...] = ()

    @property
    def places(self) -> list[str]:
        """The places that have rows, in the order of the choice; those of a figure are the first `MOST`."""
        return list(dict.fromkeys(self.rows["place"]))

    @property
    def ordered(self) -> bool:
        """Whether more and less mean something between places."""
        return _row(self.choice.indicator)["theme"] in COUNTED_ALIKE

    def chart(self) -> charts.Chart | charts.Nothing:
        """Lines for whole years, one row each for a single period, points that nothing joins for other dates."""
        rows = self.rows[self.rows["place"].isin(self.places[:MOST])].reset_index(drop=True)
        if self.problem:
            return charts.Nothing(self.problem)
        title = self.title()
        named = {"measure": str(bases.marked(self.measure, self.uneven)), "unit": rows["unit"].iloc[0]}
        if rows["period"].nunique() == 1 and not rows["place"].duplicated().any():
            draw = charts.bars if self.ordered else charts.dots  # bars are sorted: that would be a ranking
            return draw(rows, title, **named)
        if rows["period"].str.fullmatch("[0-9]{4}").all():
            return charts.line(rows, title, **named, breaks=self._censuses(), event=str(self._event()))
        return charts.points(rows, title, **named)

    def _censuses(self) -> Sequence[int]:
        """Years at which the lines of a figure of levels break; others hold nothing that is read across them."""
        own = breaks.begun(self.choice.indicator)
        if self.choice.transformation == "per_head":
            return sorted({*own, *growth.POPULATION_CENSUS_YEARS})
        return own if self.choice.transformation == "level" else ()

    def _event(self) -> Sentence:
        """What the breaks of the figure are."""
        shown = {year for year in self._censuses() if self.choice.first <= year <= self.choice.last}
        if shown <= set(growth.CENSUS_YEARS):
            return say("economic census")
        if self.choice.indicator == bases.HEADS or shown <= set(growth.POPULATION_CENSUS_YEARS):
            return say("population count taken anew")
        return say("economic census, or population count taken anew")

    @functools.cached_property
    def uneven(self) -> bases.Uneven | None:
        """Places whose head counts do not compare with those of the others, see `bases.uneven`."""
        return bases.uneven(self.choice, self.rows)

    @functools.cached_property
    def newest(self) -> list[Fact]:
        """The newest outcome of the first place, then those of the others in the same period.

        In the newest period that all places know, if there is one; targets only where there is nothing else, and
        sources of low trust only where no other is recent. The base of an index says nothing.
        """
        known = observations.outcomes(self.rows)
        known = known if len(known) else self.rows
        known = known[~known["formula"].str.endswith(" = 100")]
        firm = observations.firm(known)
        first, last = (each.loc[each["place"] == known["place"].iloc[0], "year"].max() for each in (firm, known))
        known = firm if last - first <= observations.OLDER else known
        own = known[known["place"] == known["place"].iloc[0]]
        counts, places = known["period"].value_counts().to_dict(), known["place"].nunique()
        shared = [period for period in own["period"] if counts[period] == places]
        period = max(shared, default=own["period"].iloc[-1])
        return list(known.loc[known["period"] == period].drop_duplicates("place")["fact"])

    def title(self) -> Sentence:
        """The finding, for the head of the figure."""
        own, *others = self.newest
        alike = {"place": name(own.place), "value": own, "year": when(own.period)}
        rivals = sorted([own, *others], key=lambda fact: -fact.value)
        if not others or not self.ordered or compare(rivals[0], rivals[1]) < 1:
            return say("{place}: {value} in {year}", **alike)
        if len(rivals) == 2:
            other = name(others[0].place)
            return say(
                "{place}: {value} in {year}, higher than {other}"
                if rivals[0] is own
                else "{place}: {value} in {year}, lower than {other}",
                other=other,
                **alike,
            )
        if rivals[0] is own:
            return say("{place}: {value} in {year}, the highest of {n} places", n=len(rivals), **alike)
        return say("{place}: {value} in {year}; {most} is highest", most=name(rivals[0].place), **alike)

    def answer(self) -> Sentence:
        """The newest figure of the first place, and below it what it is set against."""
        return self.problem or headed(*self._told())

    def sentence(self) -> Sentence:
        """The same as one text."""
        return self.problem or paragraph(*self._told())

    def _told(self) -> list[Sentence]:
        """The newest figure of the first place, set against the other places, or against its own first one; then what
        is known of it later, or at all, from sources of low trust only.
        """
        own = self.newest[0]
        told = {"measure": self.measure, "place": name(own.place), "value": own, "year": when(own.period)}
        last = self.ends(own.place)[1]
        return [
            say(
                "{measure} in {place} works out at {value} in {year}."
                if self.choice.transformation == "per_head"
                else "{measure} came to {value} in {place} in {year}.",
                **told,
            ),
            self._compared(),
            unsure(*[last] * observations.doubtful(last.sources)),
        ]

    def _compared(self) -> Sentence:
        """The newest figure of the first place against the others, or its own first one; blank without either."""
        own, *others = self.newest
        if others and self.ordered:
            return say("That is {beside}.", beside=_beside(own, others))
        if others:
            return say(
                "{n} other {places} {have} a figure; places may count differently and are not put in an order.",
                n=len(others),
                places=plural(len(others), one="place", many="places"),
                have=plural(len(others), one="has", many="have"),
            )
        before = self.ends(own.place)[0]
        told = {"since": when(before.period), "before": before}
        if before.period == own.period:
            return BLANK
        if self._broken(before, own):
            return say("In {since} it was {before}, perhaps on another basis.", **told)
        compared = choose(own, before, more="more than", less="less than", same="about as much as")
        return say("That is {compared} {before} in {since}.", compared=compared, **told)

    def _figures(self, place: str) -> list[Fact]:
        """The figures of a place in order of time, outcomes if it has any."""
        own = self.rows[self.rows["place"] == place]
        known = observations.outcomes(own)
        return list((known if len(known) else own)["fact"])

    def ends(self, place: str) -> tuple[Fact, Fact]:
        """The oldest and the newest figure of a place, of outcomes if it has any."""
        facts = self._figures(place)
        return facts[0], facts[-1]

    def _alike(self, place: str) -> tuple[Fact, Fact]:
        """As `ends`, of firm figures where there are some, and of levels those on the basis of the last."""
        every = self._figures(place)
        outcomes = [fact for fact in every if fact.status in observations.OUTCOMES]
        facts = [fact for fact in outcomes if not observations.doubtful(fact.sources)] or every
        return next(fact for fact in facts if not self._broken(fact, facts[-1])), facts[-1]

    def _broken(self, before: Fact, after: Fact) -> bool:
        """Whether two figures of a place stand on different bases: no change is told from one to the other."""
        heads = {"per_head": bases.HEADS}.get(self.choice.transformation, self.choice.indicator)
        levels = self.choice.transformation in ("level", "per_head")
        return levels and any(transform.broken(each, before, after) for each in (self.choice.indicator, heads))

    def ranges(self) -> Sentence:
        """From where to where each place went on one basis, one sentence a place."""
        said = []
        for place in self.places[:MOST]:
            old, new = self._alike(place)
            alike = {"place": name(place), "new": new, "to": when(new.period)}
            said.append(
                say("{place}: {new} in {to}.", **alike)
                if old.period == new.period
                else say("{place}: {old} in {since}, {new} in {to}.", old=old, since=when(old.period), **alike)
            )
        return paragraph(*said) if said else say("There are no figures to compare.")

    def alt(self) -> Sentence:
        """What the figure shows, for a reader who cannot see it."""
        if self.problem:
            return self.problem
        return say(
            "Chart of {measure}: {places}. {sentence}",
            measure=self.measure,
            sentence=self.sentence(),
            places=listed(map(name, self.places[:MOST])),
        )

    def table(self) -> Table | Sentence:
        """Periods down, newest first, places across; targets have rows of their own. A whole year that nothing is
        known of has its row, too.
        """
        if self.rows.empty:
            return say("There are no figures for a table.")
        aims = self.rows["status"].where(self.rows["status"].isin(observations.AIMS), "")
        known = zip(self.rows["period"], aims, self.rows["place"], strict=True)
        cells = dict(zip(known, self.rows["fact"], strict=True))
        keys = {(period, aim) for period, aim, _place in cells}
        years = [int(period) for period, aim in keys if len(period) == 4 and not aim]
        keys |= {(str(year), "") for year in range(min(years), max(years))} if years else set()
        none = str(say("no figure"))
        lines = [
            {"period": when(period)} | {place: cells.get((period, aim, place), none) for place in self.places}
            for period, aim in sorted(keys, reverse=True)
        ]
        heads = {"period": str(say("Period"))} | bases.heads(self.places, self.uneven)
        return prose.table(pd.DataFrame(lines), heads)

    def vintages_apart(self, frame: pd.DataFrame) -> Sentence:
        """Where the vintages of the choice are furthest apart for the first place, among the observations ``frame``."""
        if self.rows.empty:
            return say("There are no vintages to compare.")
        place = self.places[0]
        offered = [vintage for vintage in vintages(frame, self.choice) if vintage]
        read = [show(frame, replace(self.choice, places=(place,), vintage=vintage)).rows for vintage in offered]
        if len(offered) < 2:
            return say("These figures have one vintage only.")
        apart = growth.furthest_apart(pd.concat(read, ignore_index=True))
        if apart.empty:
            return say(
                "The vintages agree for {place}: {vintages}.",
                place=name(place),
                vintages=listed(map(reasons.vintage_name, offered)),
            )
        low, high = apart["fact"]
        lower, higher = distinct(low, high)
        return say(
            "The vintages differ most for {place} in {year}: {low} ({one}) against {high} ({other}).",
            place=name(place),
            year=when(low.period),
            low=lower,
            high=higher,
            one=reasons.vintage_name(low.vintage),
            other=reasons.vintage_name(high.vintage),
        )

    def export(self) -> pd.DataFrame:
        """The rows as a reader takes them away: names beside codes, an open end blank, each source with its address."""
        cited = [[words.look_up("sources", "source_id", source) for source in ids] for ids in self.rows["source_id"]]
        named = {
            column: ["; ".join(row[column] for row in rows) for rows in cited]
            for column in ("source_id", "publisher", "title", "address")
        }
        return self.rows.drop(columns=["fact", "year"]).assign(
            low=self.rows["low"].where(self.rows["low"].abs() < math.inf),
            high=self.rows["high"].where(self.rows["high"].abs() < math.inf),
            indicator=self.choice.indicator,
            measure=str(self.measure),
            transformation=self.choice.transformation,
            place_name=[str(name(place)) for place in self.rows["place"]],
            **named,
        )


def _beside(own: Fact, others: Sequence[Fact]) -> Sentence:
    """Than which of ``others`` ``own`` is lower and higher, by name; only how many where a figure cannot name them."""
    sides: dict[int, list[Name]] = {1: [], -1: [], 0: []}
    for other in sorted(others, key=lambda fact: -fact.value):
        sides[compare(other, own)].append(name(other.place))
    if len(others) >= MOST:
        return say(
            "certainly lower than {more} of the {n} other places with a figure and higher than {less}",
            n=len(others),
            more=len(sides[1]),
            less=len(sides[-1]),
        )
    said = {
        1: say("below {places}", places=listed(sides[1])),
        -1: say("above {places}", places=listed(sides[-1])),
        0: say("as in {places} within rounding", places=listed(sides[0])),
    }
    return functools.reduce(_and_then, [said[side] for side, places in sides.items() if places])


def _and_then(first: Sentence, second: Sentence) -> Sentence:
    return say("{first}, {second}", first=first, second=second)


def known() -> pd.DataFrame:
    """All observations of the collection, the three tables one below the other."""
    return pd.concat([package.read(table) for table in observations.TABLES], ignore_index=True)


def show(frame: pd.DataFrame, choice: Choice) -> View:
    """The view of ``choice`` on the observations ``frame``. Never raises for a choice of known places and measures."""
    every = _of(frame, choice.places, choice.indicator)
    problem = reasons.refused(choice) or reasons.unknown(frame, every, choice)
    if problem:
        return View(choice, transform.framed([]), problem=problem)
    read = _read(frame, choice)
    offered = transform.vintages(read)
    vintage = choice.vintage if choice.vintage and choice.vintage in offered else next(iter(offered), "")
    rows = _transformed(frame, read[read["vintage"] == vintage].reset_index(drop=True), choice)
    if rows.empty:
        return View(choice, rows, problem=reasons.incomparable(choice))
    said = (*reasons.notes(choice, vintage, rows, every, offered), *reasons.recounts(frame, choice, rows))
    return View(choice, rows, _measured(choice, rows), vintage, notes=said)


def vintages(frame: pd.DataFrame, choice: Choice) -> list[str]:
    """The vintages from which ``choice`` can be read, the one that is taken unasked first."""
    return transform.vintages(_read(frame, choice))


def indicators(frame: pd.DataFrame, places: Iterable[str]) -> list[str]:
    """The measures of which anything is known for one of ``places``, theme by theme, by name."""
    found = frame.loc[frame["place"].isin(list(places)), "indicator"].unique()
    themes = list(dict.fromkeys(row["theme"] for row in table_of("indicators", "indicator").values()))
    return sorted(found, key=lambda each: (themes.index(_row(each)["theme"]), prose.measure(each)))


def catalogue(frame: pd.DataFrame, places: Iterable[str]) -> pd.DataFrame:
    """The measures known of all ``places``, one row each: theme, name, first and last year, number of figures; those
    with most figures first.
    """
    own = frame[frame["place"].isin(list(places))]
    groups = own.assign(year=own["period"].str[:4]).groupby("indicator", sort=False)
    rows = groups.agg(known=("place", "nunique"), first=("year", "min"), last=("year", "max"), figures=("year", "size"))
    rows = rows[rows["known"] == len(set(places))].reset_index()
    rows["theme"] = [label(_row(each)["theme"]) for each in rows["indicator"]]
    rows["measure"] = [prose.measure(each) for each in rows["indicator"]]
    return rows.sort_values(["figures", "indicator"], ascending=[False, True], ignore_index=True)


def _of(frame: pd.DataFrame, places: Sequence[str], indicator: str) -> pd.DataFrame:
    """The observations of one measure, place by place; cut to the measure first, which makes it quick."""
    return observations.together(frame[frame["indicator"] == indicator], places, indicator)


def _read(frame: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """The observations that the transformation starts from: for the growth of output the published rates. Whole years,
    or all periods if there is none.
    """
    indicator, first = choice.indicator, choice.first
    if choice.transformation in ("growth", "index") and indicator in transform.PUBLISHED:
        indicator = transform.PUBLISHED[indicator]
    elif choice.transformation == "growth":
        first -= 1  # the change of the first year is on the year before
    rows = _of(frame, choice.places, indicator)
    rows = rows[observations.starts(rows["period"]).between(first, choice.last)]
    whole = rows["period"].str.fullmatch("[0-9]{4}")
    return (rows[whole] if whole.any() else rows).reset_index(drop=True)


def _transformed(frame: pd.DataFrame, read: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    published = choice.indicator in transform.PUBLISHED
    if choice.transformation == "level":
        return transform.level(read)
    annual = observations.years(observations.outcomes(read))
    if choice.transformation == "per_head":
        heads = _of(frame, choice.places, "pop_resident")
        return transform.per_head(annual, heads, _row(choice.indicator)["measure"])
    if choice.transformation == "growth":
        return transform.level(annual) if published else transform.change(annual)
    rates = annual[annual["year"] > choice.first]
    base = transform.base_year(rates if published else annual)
    if base is None:
        return transform.framed([])
    return transform.chain(rates, base - 1) if published else transform.index(annual, base)


def _measured(choice: Choice, rows: pd.DataFrame) -> Name:
    """What the rows measure, in words, as it stands over the figure."""
    measure, way = prose.measure(choice.indicator), choice.transformation
    published = transform.PUBLISHED.get(choice.indicator)
    if way == "growth" and published:
        return prose.measure(published)
    if way == "growth":
        return Name(say("{measure}, change on the year before", measure=measure))
    if way == "per_head":
        return Name(say("{measure} per head", measure=measure))
    if way == "index":
        base = Name(rows.loc[rows["value"] == 100, "period"].min())
        if published:
            return Name(say("{measure} chained ({year} = 100)", measure=prose.measure(published), year=base))
        return Name(say("{measure} ({year} = 100)", measure=measure, year=base))
    return measure


def _row(indicator: str) -> dict:
    return words.look_up("indicators", "indicator", indicator)
