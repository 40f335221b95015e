"""What is said of the named projects of one city: a branch in a sentence stands here, not in the notebook."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.evidence.facts import Fact, share, total
from wuhan.evidence.observations import FIRM
from wuhan.studies.projects_by_sector import numbers as projects
from wuhan.text import palette, prose
from wuhan.text.prose import Name, Sentence, end_with, label, listed, name, paragraph, plural, roughly, say, spelt, when

SILENT = 3  # years before the last one shown after which a project counts as not heard of for long
LONGEST, LARGEST = 12, 10  # rows that two figures have room for


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
        return say(
            "Sources had expected {due} {projects} to start or be completed before {year}; completion was reported of "
            "{done}.",
            due=len(self.due),
            projects=self._projects(self.due),
            year=self.years[1],
            done=_done(self.due),
        )

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
            str(say("{year} or before", year=last)): palette.BLUE,
            str(say("{year} or later", year=last + 1)): palette.SECOND,
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
        return paragraph(
            say(
                "When last heard of, {building} of the {silence} had been reported started, {planned} had not, and "
                "{stalled} had stalled. Of {built} others completion or operation is reported.",
                silence=len(self.unreported),
                built=len(self.chosen) - len(self.unreported),
                **told,
            ),
            self._stalled(),
        )

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
        """Up to `LONGEST` of the projects due, the earliest first, as `charts.spans` draws them."""
        rows = self.due.head(LONGEST)
        steps = [list(each.values()) for each in rows["steps"]]
        return rows.assign(
            series=rows[f"name_{prose.language()}"],
            detail="",
            start=[min(dates) for dates in steps],
            until=rows["since"],
            aim=rows["expected"],
            label=rows["reached"].map(label),
            kind=rows["phase"].eq("built").map(dict(zip((True, False), self.kinds(), strict=True))),
            source_id=projects.counted(rows)["source_id"],
        )

    def kinds(self) -> dict[str, str]:
        """What a bar means, with its colour."""
        return {
            str(say("reported completed or operating")): palette.BLUE,
            str(say("no report of completion")): palette.REST,
        }

    def due_title(self) -> Sentence:
        """How many of the projects due were reported complete."""
        return say(
            "Reported complete: {done} of {due} {projects} due before {year}",
            done=_done(self.due),
            due=len(self.due),
            projects=self._projects(self.due),
            year=self.years[1],
        )

    def waits(self) -> Sentence:
        """How many rows the figure leaves out, and how long building took where both dates are known."""
        times = projects.building_times(self.chosen)
        rest = len(self.due) - LONGEST
        said = []
        if rest > 0:
            said.append(
                say(
                    "The figure has the {shown} that were due first; {rest} more were due later.",
                    shown=LONGEST,
                    rest=rest,
                )
            )
        if len(times) > 1:
            said.append(
                say(
                    "From start to completion it took {times} in the {n} cases with both dates.",
                    times=prose.span(times),
                    n=spelt(len(times)),
                )
            )
        return paragraph(*said) if said else say("No project has both a date of start and one of completion.")

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
        return say(
            "Reported complete: {done} of the {n} largest {projects}",
            done=_done(rows),
            n=spelt(len(rows)),
            projects=self._projects(rows),
        )

    def money(self) -> Sentence:
        """What was announced in all, and how much of it the largest carries."""
        if not self.amounts:
            return say("No amount is known of a named project in this choice.")
        rows = projects.largest(self.chosen, LARGEST)
        most = rows["amount"].iloc[0]
        first = Name(rows[f"name_{prose.language()}"].iloc[0])
        if len(self.amounts) == 1:
            return say("One amount is known: {most} for {first}.", most=most, first=first)
        whole = total(self.amounts)
        said = [say("The {n} amounts that are known add up to {sum}.", n=len(self.amounts), sum=whole)]
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
