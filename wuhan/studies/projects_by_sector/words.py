"""What is said of the named projects of one city: a branch in a sentence stands here, not in the notebook."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.evidence.facts import Fact, face, share, total
from wuhan.evidence.observations import FIRM
from wuhan.studies.projects_by_sector import numbers as projects
from wuhan.text import palette, prose
from wuhan.text.prose import Name, Sentence, end_with, label, listed, name, paragraph, plural, roughly, say, spelt, when

SILENT = 3  # years before the last one shown after which a project counts as not heard of for long
LARGEST = 10  # rows that a figure has room for


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
    def unreported(self) -> pd.DataFrame:
        """The projects without a report of completion, with the year in which each was last heard of."""
        return projects.unreported(self.chosen)

    @cached_property
    def silent(self) -> pd.DataFrame:
        """Those of them of which nothing was heard for `SILENT` years or more."""
        return self.unreported[self.unreported["year"] <= self.years[1] - SILENT]

    @cached_property
    def due(self) -> pd.DataFrame:
        """The projects that were to start or to be completed before the last year."""
        return projects.due(self.chosen, self.years[1])

    @cached_property
    def amounts(self) -> list[Fact]:
        """The amounts announced."""
        return list(self.chosen.loc[self.chosen["amount"].notna(), "amount"])

    def answer(self, printed: pd.DataFrame, places: pd.DataFrame, trust: str) -> Sentence:
        """The headline; without a project what was asked for, what ``printed`` holds instead, and the end."""
        if self.chosen.empty:
            return end_with(self._absent(printed, places, trust))
        told = {"place": self.place, "n": projects.number(self.chosen), "projects": self._projects(self.chosen)}
        doubted = int((self.chosen["trust"] > FIRM).sum())
        if self.unreported.empty:
            said = say("A report of completion was found for each of the {n} {projects} named in {place}.", **told)
        elif len(self.unreported) == len(self.chosen):
            said = say("No report of completion was found for any of the {n} {projects} named in {place}.", **told)
        else:
            silence = projects.number(self.unreported)
            said = say(
                "No report of completion was found for {silence} of {n} {projects} named in {place}.",
                silence=silence,
                **told,
            )
        if not doubted:
            return said
        return paragraph(said, say("Sources of low trust name {doubted} of the {n}.", doubted=doubted, n=told["n"]))

    def _absent(self, printed: pd.DataFrame, places: pd.DataFrame, trust: str) -> Sentence:
        there = [
            say(
                "{place} ({n}, {first} to {last})", place=name(row.city), n=row.projects, first=row.first, last=row.last
            )
            for row in projects.offer(printed, places).itertuples()
        ]
        return say(
            "No named project of {place} with a stage dated from {first} to {last} is found in sources of trust "
            "{trust} or better. There are some of: {there}.",
            place=self.place,
            first=self.years[0],
            last=self.years[1],
            trust=trust,
            there=listed(there),
        )

    def _projects(self, rows: pd.DataFrame) -> str:
        return plural(len(rows), one="project", many="projects")

    def meaning(self) -> Sentence:
        """How old the news is, what was due, and why neither is a rate of completion."""
        said = []
        if len(self.silent):
            said.append(
                say(
                    "For {quiet} of the {silence} the newest report is from {year} or before.",
                    quiet=len(self.silent),
                    silence=len(self.unreported),
                    year=self.years[1] - SILENT,
                )
            )
        if len(self.due):
            said.append(self._due())
        if len(self.unreported):
            said.append(
                say(
                    "This is no rate of completion. A groundbreaking makes news and an opening often does not, so a "
                    "plant may run for years without a text among ours that says so."
                )
            )
        return paragraph(*said)

    def _due(self) -> Sentence:
        """What was to be completed, and what was only to start, with what is reported of each."""
        finish, start, said = self._due_to_finish(), self._due_to_start(), []
        if len(finish):
            told = {"due": len(finish), "projects": self._projects(finish), "year": self.years[1]}
            said = [
                say(
                    "Sources had expected {due} {projects} to be completed before {year}; completion was reported of "
                    "{done}.",
                    done=_done(finish),
                    **told,
                )
            ]
        if len(start):
            told = {"due": len(start), "projects": self._projects(start), "year": self.years[1]}
            said.append(say("Of {due} {projects} due to start before {year} no start was reported.", **told))
        return paragraph(*said)

    def _due_to_finish(self) -> pd.DataFrame:
        """Those due that had started: their date is one of completion."""
        return self.due[~self.due["phase"].eq("planned")]

    def _due_to_start(self) -> pd.DataFrame:
        """Those of the projects due of which no start is reported."""
        return self.due[self.due["phase"].eq("planned")]

    def heard(self) -> pd.DataFrame:
        """How many projects without a report of completion were last heard of in each year, as a chart draws it.

        One row a year from the first to the last shown, with the age of the news in ``heard``; empty without any.
        """
        old, new = self.ages() or ("", "")
        rows = []
        for year in range(min(self.unreported["year"], default=self.years[1] + 1), self.years[1] + 1):
            own = self.unreported[self.unreported["year"] == year]
            rows.append((year, float(len(own)), projects.number(own).sources))
        frame = pd.DataFrame(rows, columns=["year", "value", "source_id"]).assign(status="derived", qualifier="exact")
        return frame.assign(heard=(frame["year"] > self.years[1] - SILENT).map({True: new, False: old}))

    def ages(self) -> dict[str, str]:
        """What the colour of a bar means; empty where each completion is reported."""
        last = self.years[1] - SILENT
        kinds = {
            str(say("{year} or before", year=last)): palette.GREYS[0],
            str(say("{year} or later", year=last + 1)): palette.REST,
        }
        return kinds if len(self.unreported) else {}

    def heard_title(self) -> Sentence:
        """How many projects were not heard of for long."""
        last = self.years[1] - SILENT
        if self.silent.empty:
            return say("{place}: each project was heard of after {year}", place=self.place, year=last)
        return say(
            "{place}: {quiet} of {silence} projects were last heard of in {year} or before",
            place=self.place,
            quiet=len(self.silent),
            silence=len(self.unreported),
            year=last,
        )

    def stages(self) -> Sentence:
        """How far the projects without a report of completion had come when they were last heard of."""
        told = {phase: int((self.chosen["phase"] == phase).sum()) for phase in ("planned", "building", "stalled")}
        built = len(self.chosen) - len(self.unreported)
        said = [
            say(
                "When last heard of, {building} of the {silence} had been reported started, {planned} had not, and "
                "{stalled} had stalled.",
                silence=len(self.unreported),
                **told,
            )
        ]
        if built:
            said.append(say("Of {built} others completion or operation is reported.", built=built))
        return paragraph(*said, self._stalled())

    def _stalled(self) -> Sentence:
        """What was spent on the projects that stalled."""
        rows = projects.stalls(self.chosen)
        return paragraph(
            *[
                say(
                    "{name} stalled by {when}: of {planned} announced, {spent} was reported spent by the end of {by}.",
                    name=Name(getattr(row, f"name_{prose.language()}")),
                    when=when(row.since),
                    planned=row.amount,
                    spent=row.spent,
                    by=when(row.invested_by),
                )
                for row in rows[rows["done"].notna()].itertuples()
            ]
        )

    def spans(self) -> pd.DataFrame:
        """The projects due, the earliest first, as `charts.spans` draws them."""
        steps = [list(each.values()) for each in self.due["steps"]]
        return self.due.assign(
            series=self.due[f"name_{prose.language()}"],
            detail="",
            start=[min(dates) for dates in steps],
            until=self.due["since"],
            aim=self.due["expected"],
            label=self.due["reached"].map(label),
            kind=self.due["phase"].eq("built").map(dict(zip((True, False), self.kinds(), strict=True))),
            source_id=projects.counted(self.due)["source_id"],
            printed=[("projects", project) for project in self.due["project"]],
        )

    def kinds(self) -> dict[str, str]:
        """What a bar means, with its colour."""
        return {
            str(say("reported completed or operating")): palette.BLUE,
            str(say("no report of completion")): palette.REST,
        }

    def due_title(self) -> Sentence:
        """How many of the projects due were reported complete, and how many were only to start."""
        finish, start = self._due_to_finish(), self._due_to_start()
        told = {"year": self.years[1], "finish": len(finish), "done": _done(finish)}
        if start.empty:
            return say("Due before {year}: {finish} to be completed ({done} reported)", **told)
        return say(
            "Due before {year}: {finish} to be completed ({done} reported), {start} to start (none)",
            **told,
            start=len(start),
        )

    def waits(self) -> Sentence:
        """How long building took where both dates are known."""
        times = projects.building_times(self.chosen)
        if len(times) < 2:
            return say("Two dates, of start and of completion, are known of too few projects to tell how long it took.")
        return say(
            "From start to completion it took {times} in the {n} cases with both dates.",
            times=prose.span(times),
            n=spelt(len(times)),
        )

    def by_sector(self) -> pd.DataFrame:
        """All projects as a chart counts them, sectors with most projects first, by what is reported."""
        built, other = self.kinds()
        counts = self.chosen["sector"].value_counts()
        rows = projects.counted(self.chosen)
        rows = rows.assign(
            name=rows["sector"].map(label).map(str),
            kind=rows["phase"].eq("built").map({True: built, False: other}),
            many=rows["sector"].map(counts),
        )
        return rows.sort_values(["many", "sector"], ascending=[False, True], ignore_index=True)

    def sectors_title(self) -> Sentence:
        """In how many sectors a completion is reported."""
        sectors = self.chosen["sector"].nunique()
        lacking = sectors - self.chosen.loc[self.chosen["phase"] == "built", "sector"].nunique()
        told = {"place": self.place}
        if not lacking:
            return say("{place}: every sector has a completion reported", **told)
        if lacking == sectors:
            return say("{place}: no sector has a completion reported", **told)
        return say(
            "{place}: {lacking} of {sectors} sectors without a single completion reported",
            lacking=spelt(lacking),
            sectors=sectors,
            **told,
        )

    def sectors(self) -> Sentence:
        """Which sectors have most projects, and which most completions."""
        counts, built = (
            rows["sector"].value_counts() for rows in (self.chosen, self.chosen[self.chosen["phase"] == "built"])
        )
        if len(counts) == 1:
            return say("All projects chosen are of one sector.")
        said = [say("Most projects are named in {sectors}.", sectors=_leading(counts))]
        if len(built):
            said.append(say("Most completions are reported in {sectors}.", sectors=_leading(built)))
        said.append(
            say("Sectors that the press likes are named more often, so this is no order of what the city favours.")
        )
        return paragraph(*said)

    def largest(self) -> pd.DataFrame:
        """The projects with the largest amounts as a chart draws them, each named with the stage last reported."""
        built, other = self.kinds()
        rows = projects.largest(self.chosen, LARGEST)
        stages = [
            say("{stage}, {when}", stage=label(row.reached), when=when(row.since[:4])) for row in rows.itertuples()
        ]
        names = [f"{name}\n{stage}" for name, stage in zip(rows[f"name_{prose.language()}"], stages, strict=True)]
        return rows.assign(
            series=pd.Series(names, index=rows.index, dtype=object),
            kind=rows["phase"].eq("built").map({True: built, False: other}),
        )

    def largest_title(self) -> Sentence:
        """How many of the largest projects were reported complete."""
        rows = projects.largest(self.chosen, LARGEST)
        if rows.empty:
            return say("No amount is known of a named project in this choice")
        silent = int((rows["phase"] != "built").sum())
        if not silent:
            return say("Each of the largest projects is reported completed or operating")
        if len(rows) == 1:
            return say("Our texts stop before the opening of the one project with an amount")
        told = {"silent": spelt(silent), "n": spelt(len(rows))}
        return say("Our texts stop before the opening of {silent} of the {n} largest projects", **told)

    def money(self) -> Sentence:
        """What was announced in all, and how much of it the largest carries."""
        if not self.amounts:
            return say("No amount is known of a named project in this choice.")
        rows = projects.largest(self.chosen, LARGEST)
        most = rows["amount"].iloc[0]
        first = Name(rows[f"name_{prose.language()}"].iloc[0])
        if len(self.amounts) == 1:
            return say("One amount is known: {most} for {first}.", most=most, first=first)
        whole = total([face(each) for each in self.amounts])
        said = [say("The {n} amounts that are known add up to about {sum}.", n=len(self.amounts), sum=whole)]
        if most.high < math.inf:  # a part of a sum is known when it has an upper end itself
            part = roughly(share(most, whole))
            said.append(say("The largest, {most} for {first}, is {part} of that.", most=most, first=first, part=part))
        else:
            said.append(say("The largest is {most} for {first}.", most=most, first=first))
        said.append(say("Each was announced for all years of a project; what was spent is hardly ever reported."))
        return paragraph(*said)

    def districts(self) -> pd.DataFrame:
        """`numbers.by_district` in words."""
        rows = projects.by_district(self.chosen)
        return _reported(
            rows.assign(where=[name(code) if code else str(say("not stated")) for code in rows["district"]])
        )

    def companies(self, organisations: pd.DataFrame) -> prose.Table | Sentence:
        """The companies with two projects or more: each by its English name where one is listed, else as printed."""
        rows = projects.by_company(self.chosen, organisations)
        if rows.empty:
            return say("No company has two named projects in this choice.")
        titles = self.chosen[f"name_{prose.language()}"]
        english = rows["name_en"].where(rows["name_en"] != "", rows["company"])
        told = rows.assign(
            firm=rows["company"] if prose.language() == "zh" else english,
            which=[prose._("; ").join(titles.loc[own]) for own in rows["members"]],
        )
        return prose.table(
            _reported(told),
            {
                "which": "Named projects",
                "firm": "Company",
                "built": "Reported completed or operating",
                "newest": "Newest date",
                "money": "Announced together",
            },
        )


def _reported(rows: pd.DataFrame) -> pd.DataFrame:
    """Groups of projects with words for their newest date, and for none that is reported built."""
    none = str(say("no report"))
    return rows.assign(newest=rows["latest"].map(when), built=[built or none for built in rows["built"]])


def _done(rows: pd.DataFrame) -> Sentence:
    """How many of ``rows`` are reported built, in words; "none" for none."""
    done = int((rows["phase"] == "built").sum())
    return spelt(done) if done else say("none")


def _leading(counts: pd.Series) -> Sentence:
    """The three sectors that lead ``counts``, with their counts."""
    order: Sequence[str] = sorted(counts.index, key=lambda sector: (-counts[sector], sector))[:3]
    return listed(say("{sector} ({n})", sector=label(sector), n=int(counts[sector])) for sector in order)
