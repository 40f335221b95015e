"""What is said of the named projects of one city: a branch in a sentence stands here, not in the notebook."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import pandas as pd

from wuhan.evidence.facts import Fact, face, share, total
from wuhan.evidence.observations import FIRM, with_cells
from wuhan.evidence.quantities import render
from wuhan.studies.projects_by_sector import numbers as projects
from wuhan.text import palette
from wuhan.text.ending import end_with
from wuhan.text.language import _, language
from wuhan.text.prose import headed, joined, listed, missing, paragraph, plural, roughly, some, spelt
from wuhan.text.sentence import BLANK, Sentence, Values, say
from wuhan.text.tables import Table, table
from wuhan.text.words import Name, label, name, when

LARGEST, FEWEST = 10, 3  # rows that a figure has room for, and those with which it shows more than a sentence

EARLIER = "earlier"  # any phase before those that have a colour of their own
COLOURS = {"built": palette.BLUE, "part": palette.SECOND, EARLIER: palette.REST, "stalled": palette.SLATE}


class Project(Protocol):
    """A project as a row of `numbers.known`."""

    reached: str
    since: str
    told: bool
    phase: str


@dataclass(frozen=True)
class Reading:
    """The named projects ``chosen`` of ``city``, as `numbers.known` gives them for ``years`` and one ``sector``.

    All but `answer` needs a project.
    """

    city: str
    sector: str
    years: tuple[int, int]
    chosen: pd.DataFrame

    @cached_property
    def place(self) -> Sentence:
        """The city, and the sector where one was asked for."""
        if self.sector == projects.ALL:
            return say("{place}", place=name(self.city))
        return say("{place} ({sector})", place=name(self.city), sector=label(self.sector))

    @cached_property
    def built(self) -> pd.DataFrame:
        """The projects of which completion or operation is reported, of the whole and not of a part."""
        return self.chosen[self.chosen["phase"] == "built"]

    @cached_property
    def top(self) -> pd.DataFrame:
        """The projects with the largest amounts, at most `LARGEST` of them, the largest first."""
        return projects.largest(self.chosen, LARGEST)

    @cached_property
    def amounts(self) -> list[Fact]:
        """The amounts announced of what has not stalled."""
        return list(self.chosen.loc[self.chosen["amount"].notna() & (self.chosen["phase"] != "stalled"), "amount"])

    def answer(self, printed: pd.DataFrame, places: pd.DataFrame, trust: str) -> Sentence:
        """The headline; without a project what was asked for, what ``printed`` holds instead, and the end."""
        if self.chosen.empty:
            return end_with(self._absent(printed, places, trust))
        if self.top.empty:
            told = {"place": self.place, "n": projects.number(self.chosen), "projects": self._projects(self.chosen)}
            return say("{n} {projects} named in {place} are known, none with an amount.", **told)
        finding = self.largest_title()
        if len(self.top) > 1 and len(self.built):
            finding = say("Of the {n} largest: {fates}", **self._fates())
        return headed(*self._leads(), self._doubted(finding))

    def _leads(self) -> list[Sentence]:
        """How many projects the sector with most has, and the district; none where only one of these is known."""
        sectors, districts = (self.chosen[each].value_counts() for each in ("sector", "district"))
        districts = districts[districts.index != ""]
        if len(sectors) < 2 or districts.empty:
            return []
        first, place = (_ordered(each)[0] for each in (sectors, districts))
        return [
            say(
                "Of {n} projects of {city} in our texts {m} are in {sector}.",
                n=len(self.chosen),
                city=name(self.city),
                m=sectors[first],
                sector=label(first),
            ),
            say("{district} has {k} of all {n}.", n=len(self.chosen), k=districts[place], district=name(place)),
        ]

    def _fates(self) -> Values:
        """What became of the largest: how many are in use, in use in part, stalled."""
        phases = Counter(self.top["phase"])
        built, part, stalled = (phases[phase] for phase in ("built", "part", "stalled"))
        told = [say("{n} in use", n=some(built))]
        told += [say("{n} in part", n=spelt(part))] if part else []
        told += [say("{n} stalled", n=spelt(stalled))] if stalled else []
        rest = len(self.top) - built - part - stalled
        told += [say("{n} last reported at an earlier stage", n=spelt(rest))] if rest else []
        return {"n": spelt(len(self.top)), "fates": joined(told, _(", "))}

    def _doubted(self, finding: Sentence) -> Sentence:
        """A ``finding`` on the largest, and how many of them rest on a source of low trust."""
        doubted = (self.top["trust"] > FIRM).sum()
        if not doubted:
            return say("{finding}.", finding=finding)
        return say("{finding}; sources of low trust stand behind {doubted}.", finding=finding, doubted=spelt(doubted))

    def _absent(self, printed: pd.DataFrame, places: pd.DataFrame, trust: str) -> Sentence:
        there = [
            say(
                "{place} ({n}, {first} to {last})", place=name(row.city), n=row.projects, first=row.first, last=row.last
            )
            for row in projects.offer(printed, places).itertuples()
        ]
        what = say(
            "named project of {place} with a stage dated {first} to {last}, from sources of trust {trust} or better",
            place=self.place,
            first=self.years[0],
            last=self.years[1],
            trust=trust,
        )
        return missing(what, there)

    def _projects(self, rows: pd.DataFrame) -> str:
        return plural(len(rows), one="project", many="projects")

    def meaning(self) -> Sentence:
        """What stalled, how many projects the texts name and follow, and why that is no rate of completion."""
        told = {"named": projects.number(self.chosen), "projects": self._projects(self.chosen)}
        if self.built.empty:
            said = say(
                "The texts that were read name {named} {projects}. An opening often makes no news, so a project may "
                "have come further than they say.",
                **told,
            )
        else:
            said = say(
                "The texts that were read name {named} {projects} and report {done} of them completed or operating"
                "{part}. A groundbreaking makes news and an opening often does not, so this is no rate of completion.",
                done=projects.number(self.built),
                part=self._parts(),
                **told,
            )
        return paragraph(self._stalled(), said)

    def _parts(self) -> Sentence:
        """How many projects are in use in part; blank without any."""
        parts = (self.chosen["phase"] == "part").sum()
        return say(", {n} in part", n=spelt(parts)) if parts else BLANK

    def few(self) -> Sentence:
        """What stands in place of a figure of fewer than `FEWEST` bars: the projects and how far each has come."""
        told = [
            say("{name} ({stage}, {when})", name=_called(row), stage=label(row.reached), when=when(row.since))
            for row in self.chosen.itertuples()
        ]
        if len(told) > LARGEST:
            return say("Too few amounts are known to draw.")
        return say("Too few to draw: {projects}.", projects=listed(told))

    def _stalled(self) -> Sentence:
        """What was spent on the projects that stalled."""
        rows = projects.stalls(self.chosen)
        return paragraph(
            *[
                say(
                    "{name} stalled by {when}: of {planned} announced, {spent} was reported spent by the end of {by}.",
                    name=_called(row),
                    when=when(row.since),
                    planned=row.amount,
                    spent=row.spent,
                    by=when(row.invested_by),
                )
                for row in rows[rows["done"].notna()].itertuples()
            ]
        )

    def kinds(self) -> dict[str, str]:
        """What a bar means, with its colour."""
        words, parts = _kinds(), (self.chosen["phase"] == "part").any()
        return {words[phase]: colour for phase, colour in COLOURS.items() if phase != "part" or parts}

    def _kind(self, phases: pd.Series) -> pd.Series:
        """The kind of each phase."""
        words = _kinds()
        return phases.map(words).fillna(words[EARLIER])

    def waits(self) -> Sentence:
        """How long building took where both dates are known."""
        times = projects.building_times(self.chosen)
        if len(times) < 2:
            return say("Two dates, of start and of completion, are known of too few projects to tell how long it took.")
        return say(
            "Where both dates are known, from start to completion, it took about {least} to {most} ({n} projects).",
            least=_middle(times[0]),
            most=_middle(times[-1]),
            n=spelt(len(times)),
        )

    def by_sector(self) -> pd.DataFrame:
        """All projects as a chart counts them, sectors with most projects first, by what is reported."""
        rows = projects.counted(self.chosen)
        rows = rows.assign(
            name=rows["sector"].map(label).map(str),
            kind=self._kind(rows["phase"]),
            many=rows["sector"].map(self.chosen["sector"].value_counts()),
        )
        return rows.sort_values(["many", "sector"], ascending=[False, True], ignore_index=True)

    def sectors_title(self) -> Sentence:
        """Which sector the texts name most projects of."""
        counts = self.chosen["sector"].value_counts()
        if (counts == counts.max()).sum() > 1:
            return say("{place}: named projects by sector, and what is reported of them", place=self.place)
        return say(
            "{place}: of {n} projects named in the texts read {m} are in {sector}",
            place=self.place,
            n=len(self.chosen),
            m=counts.max(),
            sector=label(_ordered(counts)[0]),
        )

    def sectors(self) -> Sentence:
        """Which sectors have most projects, and which most completions."""
        counts, built = (rows["sector"].value_counts() for rows in (self.chosen, self.built))
        if len(counts) == 1:
            return say("All projects chosen are of one sector.")
        first = _ordered(counts)[0]
        press = projects.of_press(self.chosen[self.chosen["sector"] == first])
        return paragraph(
            say("Most projects are named in {sectors}.", sectors=_leading(counts)),
            say("Most completions are reported in {sectors}.", sectors=_leading(built)) if len(built) else BLANK,
            say(
                "Of the {n} in {sector} {k} stand only in the five press articles of another page.",
                k=spelt(press),
                n=counts[first],
                sector=label(first),
            )
            if press
            else BLANK,
            say("Sectors that the press likes are named more often, so this is no order of what the city favours."),
        )

    def largest(self) -> pd.DataFrame:
        """The projects with the largest amounts as a chart draws them, each named with the stage last reported."""
        stages = [
            say("{stage} (poorest source: grade {grade})", stage=stage, grade=trust) if trust > FIRM else stage
            for stage, trust in zip(map(_stage, self.top.itertuples()), self.top["trust"], strict=True)
        ]
        names = [f"{name}\n{stage}" for name, stage in zip(self.top[f"name_{language()}"], stages, strict=True)]
        return with_cells(self.top, series=names).assign(kind=self._kind(self.top["phase"]))

    def floors(self) -> set[str]:
        """The names of the largest whose amounts are printed as so much or more."""
        rows = self.largest()
        return {name for name, amount in zip(rows["series"], rows["amount"], strict=True) if math.isinf(amount.high)}

    def _rivals(self) -> Sentence:
        """Of which of the largest the notes know another amount; blank without any."""
        rows = self.top.assign(other=projects.rival(self.top["note"]))
        return paragraph(
            *[
                say(
                    "For {name} another text has {amount} in place of {printed}.",
                    name=_called(row),
                    amount=Name(
                        render(replace(row.amount, value=row.other, low=row.other, high=row.other), language())
                    ),
                    printed=row.amount,
                )
                for row in rows[rows["other"].notna()].itertuples()
            ]
        )

    def largest_title(self) -> Sentence:
        """How many of the largest projects are reported in use, and how many have stalled."""
        phases = Counter(self.top["phase"])
        if len(self.top) < 2 or not phases["built"]:
            first = _called(self.top.iloc[0])
            return say("The largest amount named in {place} is that of {first}", place=self.place, first=first)
        told = {"place": self.place, "n": spelt(len(self.top))}
        told |= {phase: spelt(phases[phase]) for phase in ("built", "part", "stalled") if phases[phase]}
        if "part" in told and "stalled" in told:
            return say(
                "Texts report {built} of the {n} largest projects named in {place} in use, {part} in part, {stalled} "
                "stalled",
                **told,
            )
        if "part" in told:
            return say(
                "Texts report {built} of the {n} largest projects named in {place} in use, {part} in part", **told
            )
        if "stalled" in told:
            return say(
                "Texts report {built} of the {n} largest projects named in {place} in use, {stalled} stalled", **told
            )
        return say("Texts report {built} of the {n} largest projects named in {place} in use", **told)

    def money(self) -> Sentence:
        """What was announced in all, and how much of it the largest carries."""
        if not self.amounts:
            return say("No amount is known of a named project in this choice.")
        top = projects.largest(self.chosen[self.chosen["phase"] != "stalled"], 1).iloc[0]
        most, first = top["amount"], _called(top)
        if len(self.amounts) == 1:
            return say("One amount is known: {most} for {first}.", most=most, first=first)
        whole = total([face(each) for each in self.amounts])
        if most.high < math.inf:  # a part of a sum is known when it has an upper end itself
            part = roughly(share(most, whole))
            largest = say("The largest, {most} for {first}, is {part} of that.", most=most, first=first, part=part)
        else:
            largest = say("The largest is {most} for {first}.", most=most, first=first)
        return paragraph(
            say(
                "Without what stalled, the {n} amounts that are known add up to about {sum}."
                if (self.chosen["phase"] == "stalled").any()
                else "The {n} amounts that are known add up to about {sum}.",
                n=len(self.amounts),
                sum=roughly(whole),
            ),
            largest,
            self._rivals(),
            say("Each was announced for all years of a project; what was spent is hardly ever reported."),
        )

    def districts(self) -> pd.DataFrame:
        """`numbers.by_district` in words; blank where no completion is reported."""
        rows = projects.by_district(self.chosen)
        return rows.assign(
            where=[name(code) if code else str(say("not stated")) for code in rows["district"]],
            newest=rows["latest"].map(when),
            built=[built or "" for built in rows["built"]],
        )

    def companies(self, organisations: pd.DataFrame) -> Table | Sentence:
        """The companies with two projects or more, each project with the stage last reported: by its English name where
        one is listed, else as printed.
        """
        rows = projects.by_company(self.chosen, organisations)
        if rows.empty:
            return say("No company has two named projects in this choice.")
        titles = pd.Series(
            [str(say("{name} ({stage})", name=_called(row), stage=_stage(row))) for row in self.chosen.itertuples()],
            index=self.chosen.index,
        )
        english = rows["name_en"].where(rows["name_en"] != "", rows["company"])
        told = rows.assign(
            firm=rows["company"] if language() == "zh" else english,
            which=[_("; ").join(titles.loc[own]) for own in rows["members"]],
        )
        return table(
            told,
            {
                "which": "Named projects and newest report",
                "firm": "Company",
                "money": "Announced, without what stalled",
            },
        )


def _kinds() -> dict[str, str]:
    """What a bar means, by the phase of its projects."""
    return {
        "built": str(say("reported completed or operating")),
        "part": str(say("in use in part")),
        EARLIER: str(say("newest report is of an earlier stage")),
        "stalled": str(say("reported stalled")),
    }


def _called(row: Project | pd.Series) -> Name:
    """The name of a project in the language of the notebook."""
    return Name(getattr(row, f"name_{language()}"))


def _stage(row: Project) -> Sentence:
    """The stage of a project with its year, which may be that of the report only."""
    stage = say("in use in part") if row.phase == "part" else label(row.reached)
    return say("{stage}, reported in {when}" if row.told else "{stage}, {when}", stage=stage, when=when(row.since[:4]))


def _middle(time: Fact) -> Fact | Sentence:
    """The middle of the range in which a time lies, for a sentence that says "about", below a year in months; its
    formula has the dates.
    """
    if time.value < 1:
        return say("{n} months", n=round(12 * time.value))
    return replace(time, low=time.value, high=time.value)


def _leading(counts: pd.Series) -> Sentence:
    """The three sectors that lead ``counts``, with their counts."""
    return listed(say("{sector} ({n})", sector=label(each), n=counts[each]) for each in _ordered(counts)[:3])


def _ordered(counts: pd.Series) -> list[str]:
    """The codes that are counted, the most frequent first, of equals by name."""
    return sorted(counts.index, key=lambda code: (-counts[code], code))
