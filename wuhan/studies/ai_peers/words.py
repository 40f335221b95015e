"""How one city stands in public lists beside its economy: a branch in a sentence stands here, not in the notebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.analysis import ranking
from wuhan.evidence import observations, package
from wuhan.studies.ai_peers import numbers, sides
from wuhan.studies.ai_peers.numbers import LESS, LISTS, MORE
from wuhan.studies.ai_peers.papers import Papers
from wuhan.studies.ai_peers.sides import KINDS, UNIVERSITIES, WRITTEN, Tally, kinds
from wuhan.text import prose
from wuhan.text.ending import end_with
from wuhan.text.language import _
from wuhan.text.prose import headed, missing, paragraph, plural, roughly, spelt
from wuhan.text.sentence import BLANK, Sentence, Values, say
from wuhan.text.tables import Table
from wuhan.text.words import Name, captions, measure, name, publisher, remark, when

LARGEST = ("beijing", "shanghai")  # without the first, or for itself the second, the lists are read again


def read(city: str, peers: Sequence[str], years: tuple[int, int], vintage: str) -> Reading:
    """The lists and what they are held against, for ``city`` among all cities; papers of ``years``."""
    ai, gdp, places = (package.read(table) for table in ("ai", "gdp", "places"))
    annual = observations.years(observations.best(observations.outcomes(gdp)))
    counts = observations.best(observations.outcomes(ai))
    cities = places.query("kind in ['city', 'municipality']")["place"]
    listed = numbers.entries(counts[counts["place"].isin(cities)], LISTS, *years)
    return Reading(
        city,
        tuple(dict.fromkeys([city, *peers])),
        ai,
        observations.select(ai[ai["indicator"].isin(numbers.PAPERS)], first=years[0], last=years[1]),
        counts,
        listed,
        observations.select(annual, indicator="gdp_nominal", vintage=vintage),
        observations.select(annual, indicator="pop_resident"),
    )


@dataclass(frozen=True)
class Reading(Papers):
    """The public lists in which ``city`` may stand; all but `answer` needs one that counts it.

    ``output`` and ``residents`` are what parts of a list are held against.
    """

    output: pd.DataFrame
    residents: pd.DataFrame

    @cached_property
    def found(self) -> pd.DataFrame:
        """The quotient of every city in every list, against GDP."""
        return numbers.quotients(self.listed, self.output)

    @cached_property
    def mine(self) -> pd.DataFrame:
        """The quotients of the city, the largest first, as rows of a figure."""
        own = self.found[self.found["place"] == self.city].sort_values("value", ascending=False, kind="stable")
        labels = [
            str(say("{count} (in proportion {expected})", count=row.count, expected=round(row.expected)))
            for row in own.itertuples(index=False)
        ]
        told = [self._tells(sides.key(each)) is not None for each in own["indicator"]]
        cities = [str(say("{k} cities", k=places)).replace(" ", "\xa0") for places in own["places"]]
        return own.assign(series=captions(own.assign(remark=cities)), label=labels, told=told)

    @cached_property
    def sides(self) -> dict[str, Tally]:
        """In how many lists of a kind the city has more or less than in proportion."""
        return kinds(self.found, self.city)

    def _tells(self, kind: str) -> Tally | None:
        """What the lists of a kind tell; None where too few entries are counted, or there is no list."""
        tally = self.sides.get(kind)
        return None if tally is None or tally.scant else tally

    def answer(self) -> Sentence:
        """Whether the city had many AI papers for its economy, and in which lists; without a list the end."""
        if len(self.mine):
            told = [say("{finding}.", finding=self.title())]
            if written := self._tells(WRITTEN):
                where = self._turns(written) if self._turning else self._where(written)
                told += filter(None, [where, self._doubted(), None if self._turning else self._taught()])
            return headed(*told)
        what = say("public list that counts {city} in a year in which its GDP is known", city=name(self.city))
        return end_with(missing(what, map(name, self.found["place"].unique())))

    def _list(self, kind: str) -> pd.DataFrame:
        """The quotients of the city in the lists of a kind."""
        return self.mine[self.mine["indicator"].isin(KINDS[kind])]

    def _taught(self) -> Sentence | None:
        """How many times its part of GDP the universities of the city are; None where chance may explain it, where too
        few are counted, or none.
        """
        tally = self._tells(UNIVERSITIES)
        if tally is None or not tally.low + tally.high:
            return None
        row = self._list(UNIVERSITIES).iloc[0]
        return say(
            "{city}'s share of universities and colleges in {year} was {times} times its share of GDP.",
            city=name(self.city),
            year=when(row["period"]),
            times=roughly(row["fact"]),
        )

    @property
    def _largest(self) -> str:
        return LARGEST[self.city == LARGEST[0]]

    @cached_property
    def _others(self) -> list[tuple[Sentence, dict[str, Tally]]]:
        """Other yardsticks, the largest city left out the first, and what the lists tell by each."""
        wide = 1 - (1 - numbers.CONFIDENCE) / max(len(self.mine), 1)
        rest = self.listed[self.listed["place"] != self._largest]
        found = {
            say("{place} left out", place=name(self._largest)): numbers.quotients(rest, self.output),
            say("residents in place of GDP"): numbers.quotients(self.listed, self.residents),
            say("intervals so wide that all lists hold together"): numbers.quotients(self.listed, self.output, wide),
        }
        return [(choice, kinds(each, self.city)) for choice, each in found.items()]

    @cached_property
    def _turning(self) -> list[tuple[Sentence, Tally]]:
        """The yardsticks by which papers stand on another side, with what they tell."""
        written = self._tells(WRITTEN)
        every = [(choice, there.get(WRITTEN)) for choice, there in self._others]
        return [(choice, there) for choice, there in every if written and there and sides.turned(written, there)]

    def _turns(self, tally: Tally) -> Sentence:
        """What papers tell by GDP and by the first yardstick that turns it."""
        choice, there = self._turning[0]
        first = sides.told(tally, self._named(*([LESS] * bool(tally.low) + [MORE] * bool(tally.high))))
        return say("{first}; with {choice}: {words}.", first=first, choice=choice, words=there.words)

    def _doubted(self) -> Sentence | None:
        """Which GDP behind the lists that are named is of low trust; None without any."""
        named = self._list(WRITTEN).query("verdict in [@LESS, @MORE]")
        weak = numbers.doubted(self.listed, self.output, named["indicator"])
        if weak.empty:
            return None
        told = [
            say("{cities} in {year}", cities=prose.listed(map(name, places)), year=when(str(year)))
            for year, places in weak.groupby("year")["place"]
        ]
        return say("GDP of low trust: {cities}.", cities=prose.listed(told))

    def _written(self, tally: Tally) -> Sentence:
        """In how many lists the city has few or many papers for its economy, beyond chance: a title."""
        every, low, high, _entries = tally
        told: Values = {"city": name(self.city), "k": self._list(WRITTEN)["places"].max()}
        if not low + high:
            return say("Among {k} cities {city} had neither few nor many AI papers for its GDP beyond chance", **told)
        if low and high:
            told |= {"lists": sides.of_lists(low, every), "high": spelt(high)}
            return say("Among {k} cities {city} had few AI papers for its GDP {lists}, many in {high}", **told)
        told["lists"] = sides.of_lists(low + high, every)
        return say(
            "Among {k} cities {city} had few AI papers for its GDP {lists}"
            if low
            else "Among {k} cities {city} had many AI papers for its GDP {lists}",
            **told,
        )

    def _where(self, tally: Tally) -> Sentence | None:
        """Which lists the title counts, and that in the others chance may explain the difference; None where the title
        says it.
        """
        every, low, high, _entries = tally
        rest = every - low - high
        if low and high:
            few, many = self._named(LESS), self._named(MORE)
            return say(
                "Few: {few}; many: {many}; in the rest it may be chance." if rest else "Few: {few}; many: {many}.",
                few=few,
                many=many,
            )
        if not rest or not low + high:
            return None
        lists = self._named(LESS if low else MORE)
        return say("These are {lists}; in the other {n} it may be chance.", lists=lists, n=spelt(rest))

    def _named(self, *found: str) -> Sentence:
        """The lists of papers on the sides of proportion asked for, by conference and years."""
        rows = self._list(WRITTEN).query("verdict in @found")
        return prose.listed(
            say(
                "{list} ({years})",
                list=Name(row.indicator.removeprefix("papers_").upper().replace("_", " ")),
                years=when(row.period),
            )
            for row in rows.itertuples()
        )

    def _ahead(self) -> Sentence | None:
        """Which peers have more papers in every list."""
        tally = self._tells(WRITTEN)
        if tally is None:
            return None
        counts = self.found[self.found["indicator"].isin(self._list(WRITTEN)["indicator"])]
        counts = counts.pivot(index="indicator", columns="place", values="count")
        first = [name(each) for each in self.shown if each in counts and (counts[each] > counts[self.city]).all()]
        if not first:
            return None
        return say(
            "{peers} {have} more papers in all {n} lists.",
            peers=prose.listed(first),
            have=plural(len(first), one="has", many="have"),
            n=spelt(tally.lists),
        )

    def title(self) -> Sentence:
        """How papers, or else universities, stand to GDP: one finding."""
        if written := self._tells(WRITTEN):
            if self._turning:
                first = self._turning[0][0] is self._others[0][0]  # without the largest city
                place = name(self._largest) if first else None
                there = [tally for _choice, tally in self._turning[: 1 if place else None]]
                return sides.depends(name(self.city), [written, *there], place)
            return self._written(written)
        tally, rows = self._tells(UNIVERSITIES), self._list(UNIVERSITIES)
        if tally is None:
            return say("The whole lists count too few entries of {city} to tell", city=name(self.city))
        told = {"year": when(rows["period"].iloc[0]), "city": name(self.city)}
        if tally.high:
            return say("In {year} {city} had many universities and colleges for its GDP", **told)
        if tally.low:
            return say("In {year} {city} had few universities and colleges for its GDP", **told)
        return say("Whether {city} has few universities and colleges for its GDP is open", city=told["city"])

    def meaning(self) -> Sentence:
        """Of what nothing is told, and how old the lists are."""
        gapped = [
            kind for kind, lists in KINDS.items() if set(lists) & set(numbers.GAPPED) & set(self.mine["indicator"])
        ]
        scant = [kind for kind, tally in self.sides.items() if tally.scant]
        whole = self.listed.groupby("indicator")["place"].nunique()
        short = [
            say("{list}: {k} of {n}", list=measure(row.indicator), k=row.places, n=whole[row.indicator])
            for row in self.mine.itertuples(index=False)
            if row.places < whole[row.indicator]
        ]
        years = [year for each in self.mine["period"] for year in (each[:4], each.split("/")[-1][:4])]
        first, last = min(years), max(years)
        return paragraph(
            *filter(None, [self._ahead(), self._taught() if self._turning else None]),
            say(
                "Of {things} nothing is told: their lists miss entries, as the notes on the lists below say.",
                things=prose.listed(map(_, gapped)),
            )
            if gapped
            else BLANK,
            say("Too few are counted to tell: {things}.", things=prose.listed(map(_, scant))) if scant else BLANK,
            say("Only cities whose GDP is known enter the quotient ({lists}).", lists=prose.listed(short))
            if short
            else BLANK,
            say("That was in {year}: the city may have moved since.", year=first)
            if first == last
            else say("The lists are of {first} to {last}: the city may have moved since.", first=first, last=last),
        )

    def changes(self) -> Sentence:
        """For which kinds the words would be others against residents, or without the largest city."""
        told, same = [], []
        for choice, there in self._others:
            moved = [
                say("{kind} ({side})", kind=_(kind), side=there[kind].words)
                for kind in there
                if there[kind].found != self.sides[kind].found
            ]
            if moved:
                told.append(
                    say("With {choice}, other words would hold: {kinds}.", choice=choice, kinds=prose.listed(moved))
                )
            else:
                same.append(choice)
        if same:
            told.append(say("The words stay the same with each of these: {choices}.", choices=prose.listed(same)))
        return paragraph(*told)

    @cached_property
    def universities(self) -> pd.DataFrame:
        """The cities by their universities."""
        return ranking.rank(observations.select(self.listed, indicator="higher_education_institutions"))

    def taught(self) -> Sentence:
        """How many universities the city has, and which rank that is: a title."""
        own = self.universities[self.universities["place"] == self.city]
        if own.empty:
            return say("No university of {city} is counted", city=name(self.city))
        row = own.iloc[0]
        if 1 < row["rank"] < len(self.universities):
            near = ranking.window(self.universities, self.city, 1)
            counts = [say("{city} {n}", city=name(fact.place), n=fact) for fact in observations.facts(near)]
            return say("Universities and colleges in {year}: {counts}", counts=prose.listed(counts), year=row["period"])
        n = observations.fact(row)
        return say(
            "{city}: {n} {institutions} of higher education in {year}, rank {rank} of {all}",
            n=n,
            institutions=plural(n, one="institution", many="institutions"),
            city=name(self.city),
            year=row["period"],
            rank=Name(numbers.tied(row)),
            all=len(self.universities),
        )

    def degrees(self) -> Sentence | None:
        """How many of the universities teach undergraduates, and how many the ministry runs; None without them."""
        kinds = ("higher_education_institutions", "undergraduate_institutions", "ministry_universities")
        found = [observations.select(self.counts, self.city, each) for each in kinds]
        if any(each.empty for each in found):
            return None
        every, some, few = (observations.facts(each)[-1] for each in found)
        return say(
            "Of the {all}, with undergraduate courses: {some}; under the Ministry of Education: {few}.",
            all=every,
            some=some,
            few=few,
        )

    def standings(self) -> Table:
        """The rank and the quotient of the city and its peers in each list."""
        rows = numbers.standings(self.listed, self.found, self.shown)
        rows = rows.assign(list=rows["indicator"].map(measure), date=rows["period"].map(when))
        places = {place: name(place) for place in self.shown}
        return prose.table(rows, {"list": "List", "date": "Date", "count": "Cities"} | places)

    def lists(self) -> Table:
        """What each list is, who compiled it, and what to know of it."""
        rows = self.listed.drop_duplicates("indicator").assign(remark="")
        rows = rows.assign(series=captions(rows), source_id=rows["source_id"].str[0])
        rows = rows.groupby("source_id", sort=False)["series"].agg(_("; ").join).reset_index()
        rows = rows.merge(package.read("sources", of=[rows]))
        rows = rows.assign(note=rows["note"].map(remark), publisher=rows["source_id"].map(publisher))
        return prose.table(
            rows,
            {"series": "List and date", "publisher": "Compiled by", "trust": "Trust", "note": "What to know of it"},
        )

    @cached_property
    def printed(self) -> pd.DataFrame:
        """What the cities print about themselves, the newest of each measure."""
        rows = numbers.newest_published(self.ai, self.shown, numbers.PUBLISHED)
        return rows.merge(package.read("sources", of=[rows])[["source_id", "trust"]], on="source_id")

    def misfits(self) -> Sentence | None:
        """Of which cities a part is printed larger than the whole; None without any."""
        told = [
            say(
                "{city} prints more {part} ({n}) than {whole} ({all}) for {year}: the texts do not count alike.",
                city=name(part.place),
                part=measure(part.indicator),
                whole=measure(whole.indicator),
                n=part,
                all=whole,
                year=when(part.period),
            )
            for part, whole in numbers.misfits(self.printed)
        ]
        return paragraph(*told) if told else None

    def statements(self) -> Table | Sentence:
        """The same as a table."""
        rows = self.printed
        if rows.empty:
            return say("No figure that these cities print about themselves is known.")
        return prose.table(
            rows.assign(
                place=rows["place"].map(name),
                what=rows["indicator"].map(measure),
                fact=observations.facts(rows),
                when=rows["period"].map(when),
                publisher=rows["source_id"].map(publisher),
            ),
            {
                "place": "City",
                "what": "Measure",
                "fact": "Figure",
                "when": "For",
                "publisher": "Printed by",
                "trust": "Trust",
            },
        )
