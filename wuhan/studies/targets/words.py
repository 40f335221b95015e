"""Where the targets of a city stand: a branch in a sentence stands here, not in the notebook.

The standings come from :mod:`wuhan.evidence.progress`; here they get their words. Nothing is judged here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.charts import tidy
from wuhan.evidence import claims, package, progress, witnesses
from wuhan.evidence.facts import Fact, compare
from wuhan.evidence.periods import bounds
from wuhan.evidence.targets import Target, thing
from wuhan.evidence.witnesses import neutral
from wuhan.studies.targets import lines
from wuhan.text.codes import subject
from wuhan.text.ending import end_with
from wuhan.text.language import _, noted
from wuhan.text.palette import BLUE, FAINT, GREYS, PURPLE
from wuhan.text.prose import headed, joined, listed, missing, paragraph, plural, publishers, some, spelt
from wuhan.text.sentence import BLANK, Sentence, Values, say
from wuhan.text.tables import Table, table
from wuhan.text.words import Name, name, table_of, when

MET, MISSED, SILENT, RUNS = noted(("met", "missed or late", "ended, cannot be judged", "term still runs"))
COLOURS = {MET: BLUE, MISSED: PURPLE, SILENT: GREYS[1], RUNS: FAINT}
GROWTH = "gdp_real_growth"
ALL = "all"
EPIDEMIC = "2020-01-23"  # the day on which Wuhan was closed


def read(city: str, theme: str, as_of: int) -> Reading:
    """Where the targets of ``city``, its zones and districts stand by what was published until the end of ``as_of``."""
    places = package.read("places").query("place == @city or parent == @city")["place"]
    every = progress.measured(claims.claims(), witnesses.evidence(as_of=str(as_of)))
    own = [aim for aim in every if aim.place in set(places) and theme in (ALL, aim.theme)]
    own = [aim for aim in own if not any(_first_step(other, aim) for other in own)]
    return Reading(city, own, {aim.place for aim in every})


def _first_step(other: Target, aim: Target) -> bool:
    """Whether ``other`` is the lower of two floors that one text sets for one thing and term: that one counts."""
    step, first = aim.fact, other.fact
    if step is None or first is None or {step.qualifier, first.qualifier} != {"at_least"}:
        return False
    return thing(aim) == thing(other) and step.sources == first.sources and first.value < step.value


def group(aim: Target) -> str:
    """What has become of a target that can be measured."""
    if aim.standing == "met":
        return MET
    if aim.standing == "ended" or aim.standing == "undecided" and aim.due:  # an estimate, or near what "about" says
        return SILENT
    return MISSED if aim.standing == "late" or aim.standing == "behind" and aim.due else RUNS


def _before(aim: Target) -> bool:
    """Whether a target was printed before the epidemic."""
    published = [table_of("sources", "source_id")[each]["published"] for each in aim.figure.sources]
    return all(day and bounds(day)[1] < bounds(EPIDEMIC)[0] for day in published)


@dataclass(frozen=True)
class Reading:
    """The targets ``every`` of ``city``; ``others`` are the places that have any."""

    city: str
    every: Sequence[Target]
    others: Collection[str] = ()

    @cached_property
    def measured(self) -> list[Target]:
        """Those that can be measured, in order of their terms; what has no year comes last."""
        found = [aim for aim in self.every if aim.standing != "not_measurable"]
        return sorted(found, key=lambda aim: (not aim.period, bounds(aim.period)[1] if aim.period else 0))

    @cached_property
    def due(self) -> list[Target]:
        """Those whose term is over."""
        return [aim for aim in self.measured if aim.due]

    def of(self, *groups: str) -> list[Target]:
        """Those of some groups."""
        return [aim for aim in self.measured if group(aim) in groups]

    def answer(self) -> Sentence:
        """What became of the targets whose term is over; without any target, the end."""
        if not self.every:
            cities = package.read("places").query("kind in ['city', 'municipality']")["place"]
            what = say("target of {city} in this choice", city=name(self.city))
            return end_with(missing(what, [name(place) for place in cities if place in self.others]))
        if not self.due:
            return say("{finding}.", finding=self.finding())
        if len(self.due) == 1:
            return self._single(self.due[0])
        kinds = Counter(aim.standing if group(aim) == MISSED else group(aim) for aim in self.due)
        told = [self._class(kind, kinds[kind]) for kind in (MET, "late", "behind") if kinds[kind]]
        over = self._over
        if not told:
            return say(
                "No result was found for {over} {targets} of {city} that our texts print.", city=self.whose(), **over
            )
        over["told"] = joined(told, _(", "))
        first = say("All {over} {targets} can be judged: {told}.", **over)
        if kinds[SILENT]:
            first = say("Of {over} {targets} {judged} can be judged: {told}.", judged=spelt(len(self._judged)), **over)
        return headed(first, self._weak(), self._growth())

    def _weak(self) -> Sentence:
        """How many of those met and missed stand on sources of low trust; blank without any."""
        met, missed = ([lines.weak(aim) for aim in self.of(each)] for each in (MET, MISSED))
        if not any(met + missed):
            return BLANK
        return say(
            "Sources of low trust stand behind {one} of {met} met, {other} of {missed} missed.",
            one=some(sum(met)),
            met=spelt(len(met)),
            other=some(sum(missed)),
            missed=spelt(len(missed)),
        )

    @cached_property
    def paces(self) -> list[Target]:
        """The targets for the growth of the city's own GDP whose years are over."""
        return [aim for aim in self.due if aim.indicator == GROWTH and aim.place == self.city]

    def _growth(self) -> Sentence:
        """How many of those judged are for growth of GDP and how many of these each place missed, and which was set
        before the epidemic; blank with fewer than two.
        """
        judged = [aim for aim in self.due if aim.indicator == GROWTH and group(aim) in (MET, MISSED)]
        if len(judged) < 2:
            return BLANK
        places: dict[str, list[bool]] = {}
        for aim in sorted(judged, key=lambda aim: aim.place != self.city):
            places.setdefault(aim.place, []).append(group(aim) == MISSED)
        each = [
            say("{place} {missed} of {n}", place=name(place), missed=some(sum(all_)), n=spelt(len(all_)))
            for place, all_ in places.items()
        ]
        told = {"n": spelt(len(judged)), "places": listed(each)}
        year = EPIDEMIC[:4]
        if any(aim.period == year and group(aim) == MISSED and _before(aim) for aim in judged):
            return say(
                "GDP growth had {n}; missed: {places}; that of {year} predates the epidemic.", year=when(year), **told
            )
        return say("GDP growth had {n}; missed: {places}.", **told)

    def _ahead(self) -> Sentence:
        """How many of those that still run are on course, and how many behind."""
        standings = Counter(aim.standing for aim in self.of(RUNS) if aim.period)
        if not standings["on_course"] + standings["behind"]:
            return say("Of none can it be told whether it is on course.")
        return say(
            "On course: {on}; behind: {behind}; of the rest it cannot be told.",
            on=some(standings["on_course"]),
            behind=some(standings["behind"]),
        )

    def pace(self) -> Sentence:
        """The same as a title."""
        if not self.paces:
            return say("No target for the growth of {city} is known", city=name(self.city))
        became = Counter(group(aim) for aim in self.paces)
        told: Values = {
            "city": name(self.city),
            "n": spelt(len(self.paces)),
            "missed": some(became[MISSED]),
            "met": some(became[MET]),
        }
        if rest := became.total() - became[MISSED] - became[MET]:
            return say(
                "Of {n} growth targets of {city} {missed} were missed, {met} met, {rest} open", rest=spelt(rest), **told
            )
        return say("Of {n} growth targets of {city} {missed} were missed, {met} met", **told)

    def speeds(self) -> pd.DataFrame:
        """One row a target for growth and one its result, as `charts.points` draws them."""
        facts = [fact for aim in self.paces if aim.current for fact in (aim.figure, aim.current)]
        told, periods = [lines.short(fact) for fact in facts], [fact.period for fact in facts]
        return tidy(facts, place=self.city, label=told, pair=periods, fact=facts)

    def _single(self, aim: Target) -> Sentence:
        """What became of the only target whose term is over."""
        city, kind = self.whose(), group(aim)
        if kind == SILENT:
            return say("The only expired target of {city} that our texts print has no result there.", city=city)
        if kind == MET:
            return say("The only expired target of {city} that our texts print was met.", city=city)
        if aim.standing == "late":
            return say("The only expired target of {city} that our texts print was reached late.", city=city)
        return say("The only expired target of {city} that our texts print was missed.", city=city)

    @staticmethod
    def _class(kind: str, n: int) -> Sentence:
        """How many expired targets were met, reached late or missed."""
        became = {MET: noted("met"), "late": noted("reached late"), "behind": noted("missed")}[kind]
        return say("{n} {became}", n=spelt(n), became=_(became))

    def finding(self) -> Sentence:
        """For how many of the targets whose term is over a result was found: a title."""
        if not self.measured:
            return say("No target of {city} can be measured", city=name(self.city))
        if not self.due:
            runs = len(self.measured)
            return say(
                "No target of {city} has come to its term; {n} still {run}",
                city=self.whose(),
                n=spelt(runs),
                run=plural(runs, one="runs", many="run"),
            )
        told = self._over | {"city": name(self.city)}
        found = len(self._judged)
        if not found:
            return say("Of {over} {targets} in {city}, none can be judged", **told)
        return say("Of {over} {targets} in {city}, {found} can be judged", found=spelt(found), **told)

    @property
    def _over(self) -> Values:
        """How many have a term that is over, with the words for them."""
        n = len(self.due)
        return {"over": n, "targets": plural(n, one="expired target", many="expired targets")}

    @property
    def _judged(self) -> list[Target]:
        """Those whose term is over and of which a result is known that compares."""
        return [aim for aim in self.due if group(aim) != SILENT]

    def then(self, year: int, now: Reading) -> Sentence:
        """How many could be judged by what was published until the end of ``year``, by which this was read; and whether
        that is a larger part than ``now``.
        """
        if not self.due:
            return say("By the end of {year} no target had come to its term.", year=year)
        told = say(
            "By the end of {year} {found} of {over} could be judged; those for all of {year} had not ended.",
            year=year,
            found=some(len(self._judged)),
            over=len(self.due),
        )
        before, after = len(self._judged) * len(now.due), len(now._judged) * len(self.due)
        if before > after:
            return paragraph(told, say("That was a larger part than now."))
        return paragraph(told, say("That was a smaller part than now.")) if before < after else told

    def whose(self) -> Sentence | Name:
        """Who set the targets whose term is over, or those that run: the city alone, or its zones and firms, too."""
        told = self.due or self.measured
        zones, firms = any(aim.place != self.city for aim in told), any(aim.organisation for aim in told)
        if zones and firms:
            return say("{city}, its zones and firms", city=name(self.city))
        if zones:
            return say("{city} and its zones", city=name(self.city))
        return say("{city} and its firms", city=name(self.city)) if firms else name(self.city)

    def terms(self) -> pd.DataFrame:
        """One row a target with a year: the ``year`` in which its term ends, and the ``part`` that it belongs to."""
        rows = [
            {
                "year": bounds(aim.period)[1].year,
                "value": 1,
                "part": _(part),
                "colour": colour,
                "status": "actual",
                "qualifier": "exact",
                "source_id": aim.figure.sources,
                "name": str(subject(aim)),
                "fact": aim.figure,
            }
            for part, colour in COLOURS.items()
            for aim in self.of(part)
            if aim.period
        ]
        columns = ["year", "value", "part", "colour", "status", "qualifier", "source_id", "name", "fact"]
        return pd.DataFrame(rows, columns=columns)

    def silence(self) -> Sentence | None:
        """What is known of those without a result, and who had printed them; None if no term is over."""
        silent = self.of(SILENT)
        if not silent:
            return say("Of every target whose term is over a result was found.") if self.due else None
        near = sum(aim.reason == "about" for aim in silent)
        older = sum(aim.current is not None for aim in silent) - near
        source, most = Counter(aim.figure.sources[0] for aim in silent).most_common(1)[0]
        return paragraph(
            say("All these are targets of {whose}.", whose=self.whose()),
            say(
                "Of the {silent} that cannot be judged {older} have a figure of another year or definition, {rest} "
                "none.",
                silent=len(silent),
                older=older,
                rest=len(silent) - older - near,
            ),
            say("As near as the word “about” leaves open: {near}.", near=near) if near else BLANK,
            say(
                "One text set {most} of the {silent}: {publisher}.",
                most=most,
                silent=len(silent),
                publisher=publishers([source])[0],
            )
            if most > 1
            else BLANK,
            say("They may have been met: a report for the year of the term would tell."),
        )

    def table(self) -> Table | Sentence:
        """Targets with a result, and those that run and have a figure: one a row, in order of their terms."""
        found = [aim for aim in self.measured if _shown(aim)]
        if not found:
            return say("No result was found for a target of {city}.", city=name(self.city))
        return table(lines.frame(found), lines.HEADS)

    def doubts(self) -> Sentence | None:
        """Which results come after the term, and which rest on a source of low trust; None without results."""
        found = [aim for aim in self.of(MET, MISSED) if aim.current]
        told = [sentence for aim in found if aim.current and (sentence := lines.doubt(aim, aim.current))]
        if not told and found:
            return say("Every result is of the term itself, and from a source of trust A or B.")
        return paragraph(*told) if told else None

    def course(self) -> Sentence:
        """Of the targets that still run: how many have a figure, and what they need."""
        runs = [aim for aim in self.of(RUNS) if aim.period]
        if not runs:
            return say("No target of {city} still runs.", city=name(self.city))
        paced = [(aim, aim.needed, aim.achieved) for aim in runs if aim.needed and aim.achieved]
        bare = sum(aim.current is None for aim in runs)
        count = {"runs": len(runs), "targets": plural(len(runs), one="target still runs", many="targets still run")}
        told = [say("{runs} {targets}.", **count)]
        if bare:
            told = [say("{runs} {targets}; for {bare} no comparable figure was found.", bare=bare, **count)]
        told += [self._ahead(), *(lines.pace(aim, needed, achieved) for aim, needed, achieved in paced)]
        return paragraph(*told)

    def torn(self) -> Sentence:
        """Which texts set two figures for one thing and one term."""
        found = [aim for aim in self.every if aim.contradicts and aim.figure.value < aim.contradicts[0].value]
        if not found:
            return say("No two texts set different targets for one thing in {city}.", city=name(self.city))
        pairs = [
            say(
                "{what} {term}, {one} against {other}; {ranges}",
                what=subject(aim),
                term=when(aim.period),
                one=aim.figure,
                other=aim.contradicts[0],
                ranges=say(
                    "the ranges within which they are printed do not meet"
                    if compare(neutral(aim.figure), neutral(aim.contradicts[0]))
                    else "as rounded in print they may be one"
                ),
            )
            for aim in found
        ]
        return say("Texts set different targets for one thing. {pairs}.", pairs=joined(pairs, _(". ")))

    def left_out(self) -> Sentence:
        """How many plans set nothing that could be measured."""
        n = len(self.every) - len(self.measured)
        if not n:
            return say("Every target that texts set can be measured.")
        return say("Another {n} plans are not counted: caps, lists, names, and what no table measures.", n=n)

    def open(self) -> list[Target]:
        """Those without a result, and those that run without a figure."""
        return [aim for aim in self.measured if not _shown(aim)]

    def ledger(self) -> Table | Sentence:
        """The same by the year of their term, one year a row."""
        found = self.open()
        if not found:
            return say("There is none in this choice.")
        rows = pd.DataFrame(
            {
                "year": when(str(bounds(aim.period)[1].year)) if aim.period else _("no year printed"),
                "what": str(lines.without(aim)),
            }
            for aim in found
        )
        by_year = rows.groupby("year", sort=False)["what"].agg(["size", _("; ").join]).reset_index()
        return table(by_year, {"year": "Term", "size": "Targets", "join": "Which, at what figure"})

    def facts(self) -> list[Fact]:
        """What the page rests on."""
        return [fact for aim in self.measured for fact in (aim.figure, aim.current) if fact]


def _shown(aim: Target) -> bool:
    """Whether a figure stands beside a target: a result, one of a running term, one that may be counted otherwise."""
    return aim.current is not None and (group(aim) != SILENT or aim.reason in ("direction", "about"))
