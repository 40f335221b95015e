"""What is said of the future industries that a city plans: a branch in a sentence stands here, not in the notebook."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.evidence import claims, observations, package, progress, witnesses
from wuhan.evidence.facts import Fact
from wuhan.evidence.targets import Target
from wuhan.studies.future_industries import numbers as future
from wuhan.text import palette, verdicts
from wuhan.text.ending import end_with
from wuhan.text.language import language, noted
from wuhan.text.prose import counted, headed, listed, paragraph, plural, publishers, some, spelt
from wuhan.text.sentence import BLANK, Sentence, say
from wuhan.text.tables import Table, table
from wuhan.text.words import Name, label, measure, name, when, worded

KINDS = noted(  # what a thing is, but for a plan
    {
        future.FIRM: "firm",
        future.FIRM_PROJECT: "project of a firm",
        future.PRODUCT: "product",
        future.INSTITUTE: "institute",
        future.SITE: "park, base or cluster",
        future.PROJECT: "project without a named firm",
    }
)
NEAR = noted(  # how near a word is to the own name of a sub-field
    {"own": "own name", "other": "another name", "focus": "its focus", "firm": "name of the firm"}
)
FIRM = "B"  # the grade of source below which a count is held against a stricter one


@dataclass(frozen=True)
class Reading:
    """The sub-fields of ``direction`` that ``city`` names, what is named for each, what was set and what is known.

    ``better`` is what is ``named`` in sources of grade `FIRM` or better alone. All but `answer` needs a sub-field.
    """

    city: str
    direction: str
    min_trust: str
    fields: pd.DataFrame
    named: pd.DataFrame
    better: pd.DataFrame
    measured: dict[str, str]
    aims: list[Target]
    known: pd.DataFrame

    @cached_property
    def score(self) -> pd.DataFrame:
        """The sub-fields with how many firms and other things are named for each."""
        return future.coverage(self.fields, self.named)

    @cached_property
    def with_firm(self) -> int:
        """For how many sub-fields a firm or its project is named."""
        return (self.score["standing"] == future.FIRM_NAMED).sum()

    @cached_property
    def by_name(self) -> set[str]:
        """The sub-fields for which a firm is named by their own name, not only by another name or their focus."""
        own = self.named[(self.named["breadth"] == "own") & self.named["kind"].isin(future.OF_FIRMS)]
        return set(own["field"])

    @cached_property
    def shown(self) -> pd.DataFrame:
        """What is named, plans apart."""
        return self.named[self.named["kind"].isin(KINDS)]

    def answer(self) -> Sentence:
        """The headline; without a sub-field what there is instead, and the end."""
        if self.fields.empty:
            printed = future.lists(package.read("future_industries"), claims.claims())
            there = listed(say("{city} ({when})", city=name(place), when=when(day)) for place, day in printed)
            instead = say("There is a list of future industries of: {there}.", there=there)
            return end_with(headed(say("Nothing to show for this choice."), instead))
        said = [say("{finding}.", finding=self.title())]
        if self.with_firm > len(self.by_name):
            said.append(say("A looser match may be another line of business."))
        if self.direction == "all" and (goals := self._goals()):
            told = {"city": name(self.city), "goals": listed(goals)}
            if not any(aim.current or aim.due for aim in self._leading):
                said.append(say("{city} aims at {goals}; no figure of it is known yet.", **told))
            elif all(aim.current is None for aim in self.aims):
                said.append(say("{city} aims at {goals}; no result was found.", **told))
            else:
                said.append(say("{city} aims at {goals}.", **told))
        return headed(*said)

    @property
    def _leading(self) -> list[Target]:
        """The targets for the size of all of them, by sources that lead."""
        path = future.path(self.aims)
        return [aim for aim in self.aims if aim.indicator in path and not observations.doubtful(aim.figure.sources)]

    def _goals(self) -> list[Sentence]:
        """What the city aims at for all of them, by sources that lead."""
        goals = {code: goal for code, goal in future.path(self.aims).items() if not observations.doubtful(goal.sources)}
        return [
            say(
                "revenue of {goal} in {year} from a wider group, future-related industries"
                if code == future.REVENUE
                else "a scale of {goal} in {year}",
                goal=goal,
                year=goal.period,
            )
            for code, goal in goals.items()
        ]

    def meaning(self) -> Sentence:
        """What is known of the targets, and what a gap means."""
        return paragraph(
            self._results() if self.aims else BLANK,
            say(
                "A sub-field without a name is a gap of the texts read, not of the city: any firm that they do not "
                "mention is missing here."
            ),
        )

    def _results(self) -> Sentence:
        """What is known of the targets, those that have ended apart from those that run."""
        every = [aim for aim, *_more in future.steps(self.aims)]
        held = sum(aim.current is not None for aim in every)
        ended = sum(aim.current is None and aim.due for aim in every)
        rest = [aim.period for aim in every if aim.current is None and not aim.due]
        if ended and rest and not held:
            told = {"n": spelt(len(every)), "ended": spelt(ended), "rest": spelt(len(rest))}
            if len(set(rest)) == 1 and rest[0]:
                return say(
                    "Of {n} targets {ended} have ended, without a result found; {rest} run to {year}.",
                    year=when(rest[0]),
                    **told,
                )
            return say("Of {n} targets {ended} have ended, without a result found; {rest} still run.", **told)
        printed, over, open_ = (plural(n, one="target", many="targets") for n in (len(every), ended, len(rest)))
        return paragraph(
            say(
                "Of {n} {targets} that texts print, {held} can be held against a figure.",
                n=len(every),
                targets=printed,
                held=held,
            )
            if held
            else BLANK,
            say("Of {n} {targets} that had ended no result was found.", n=spelt(ended), targets=over)
            if ended
            else BLANK,
            say("Not yet at their end or without one: {n} {targets}.", n=spelt(len(rest)), targets=open_)
            if rest
            else BLANK,
        )

    def gaps(self) -> Sentence:
        """For which sub-fields a firm is named, and for the others what there is instead."""
        column = f"name_{language()}"
        firm = self.score["standing"] == future.FIRM_NAMED
        own = self.score["field"].isin(self.by_name)
        groups = {
            say("By its own name a firm is named for"): firm & own,
            say("Only by a looser match a firm is named for"): firm & ~own,
            say("No firm, but a park, body or product, is named for"): self.score["standing"] == future.NO_FIRM,
            say("Only a plan or policy mentions"): self.score["standing"] == future.PLAN_ONLY,
            say("Our texts name nothing, which is a gap of theirs, for"): self.score["standing"] == future.NOTHING,
        }
        return paragraph(
            *[
                say("{what}: {fields}.", what=what, fields=listed(self.score.loc[chosen, column].map(Name)))
                for what, chosen in groups.items()
                if chosen.any()
            ]
        )

    def picture(self) -> pd.DataFrame:
        """One row a thing named, as a chart counts them by sub-field; a sub-field without any has a row of none."""
        column = f"name_{language()}"
        named = self.named.assign(name=self.named[f"field_{language()}"], value=1.0)
        named["part"] = list(map(self._part, named["kind"], named["breadth"]))
        blank = self.fields.assign(name=self.fields[column], value=0.0, part=self._part(future.PLAN, ""))
        blank["source_id"] = [(source,) for source in blank["source_id"]]
        columns = ["field", "name", "part", "value", "source_id"]
        rows = pd.concat([named[columns], blank[columns]], ignore_index=True)
        rows["printed"] = [("future_industries", field) for field in rows["field"]]
        rows["name"] = pd.Categorical(rows["name"], categories=list(self.fields[column]))
        rows = rows.assign(status="actual", qualifier="exact")
        return rows.sort_values("name", kind="stable", ignore_index=True)

    @staticmethod
    def parts() -> dict[str, str]:
        """What is named, in words, with its colour."""
        return {
            str(say("firm or its project, by own name")): palette.BLUE,
            str(say("firm or its project, by a looser match")): palette.WITNESSES[2],
            str(say("park, body, product, other project")): palette.SECOND,
            str(say("plan or policy")): palette.REST,
        }

    def _part(self, kind: str, breadth: str) -> str:
        firm, wider, other, plan = self.parts()
        if kind in future.OF_FIRMS:
            return firm if breadth == "own" else wider
        return plan if kind == future.PLAN else other

    def title(self) -> Sentence:
        """For how many sub-fields a firm is named by their own name, and for how many with wider words."""
        told = {"city": name(self.city), "n": len(self.fields), "own": some(len(self.by_name))}
        if self.with_firm == len(self.by_name):
            return say("Texts name firms for {own} of {city}'s {n} future sub-fields", **told)
        told["wider"] = spelt(self.with_firm - len(self.by_name))
        return say("Texts name firms for {own} of {city}'s {n} future sub-fields, loosely {wider} more", **told)

    def strictness(self) -> Sentence:
        """How the count changes with narrower words, more texts and better sources."""
        return say(
            "With looser matches a firm is named for {firms} {fields}: by their own names alone for {own}, in two "
            "texts or more for {two}, and in sources of grade {grade} or better for {better}.",
            firms=self.with_firm,
            grade=min(self.min_trust, FIRM),
            fields=plural(self.with_firm, one="sub-field", many="sub-fields"),
            own=len(self.by_name),
            two=future.with_a_firm(self.fields, self.named, 2),
            better=future.with_a_firm(self.fields, self.better),
        )

    def goals(self) -> Table | Sentence:
        """The targets, each with what was found of it."""
        if not self.aims:
            return say("No target is found.")
        rows = [
            {
                "what": verdicts.subject(aim),
                "aim": _aimed(aim.figure, *(one.figure for one in more)),
                "year": when(aim.period) if aim.period else "",
                "standing": aim.current or verdicts.standing(aim),
                "source": listed(publishers(aim.figure.sources)),
            }
            for aim, *more in future.steps(self.aims)
        ]
        return table(
            pd.DataFrame(rows),
            {"what": "Measure", "aim": "Target", "year": "Year", "standing": "Result", "source": "Source"},
        )

    def figures(self) -> Sentence:
        """The figures that are published of a sub-field under its own name, or of all together."""
        own = self.known[self.known["indicator"].map(self.measured).fillna("") != ""]
        if own.empty:
            return say("No figure under a sub-field's own name was found.")
        names = self.fields.set_index("field")[f"name_{language()}"].to_dict()
        fields = dict.fromkeys(Name(names[self.measured[code]]) for code in own["indicator"])
        return say(
            "Figures under a sub-field's own name were found for {fields}: {figures}.",
            fields=listed(fields),
            figures=listed(
                say(
                    "{what} {value} ({when})", what=measure(fact.indicator), value=counted(fact), when=when(fact.period)
                )
                for fact in observations.facts(own)
            ),
        )

    def names(self) -> Table | Sentence:
        """What is named, plans apart, with the word by which it was found."""
        rows = self.shown
        if rows.empty:
            return say("Nothing was found that is named for a sub-field of this choice.")
        told = rows.assign(
            field=rows[f"field_{language()}"],
            what=rows[f"name_{language()}"],
            kind=rows["kind"].map(worded(KINDS)),
            stage=rows["stage"].map(label),
            word=list(map(_found_by, rows["breadth"], rows["term"])),
            source=[listed(publishers(cited)) for cited in rows["source_id"]],
        )
        return table(
            told,
            {
                "field": "Sub-field",
                "what": "Named",
                "kind": "Kind",
                "word": "Found by the word",
                "stage": "Stage",
                "investment": "Announced money",
                "source": "Source",
            },
        )


def _aimed(first: Fact, *more: Fact) -> Sentence:
    """What a target aims at, and the last step that it hopes for beyond."""
    if not more:
        return counted(first)
    return say("{low}, if possible {high}", low=counted(first), high=counted(more[-1]))


def _found_by(how: str, term: str) -> str:
    """How near the word is by which a thing was found, and the word where it is one of the language of the page."""
    near = worded(NEAR)[how]
    if language() == "zh" and term.isascii():
        return near
    return str(say("{how}: {term}", how=near, term=Name(term)))


def read(city: str, direction: str, min_trust: str, last_year: int) -> Reading:
    """The reading of the collection for one city, from sources graded ``min_trust`` or better until ``last_year``."""
    sources, ledger = package.read("sources", columns=["source_id", "trust", "published"]), claims.claims()
    bodies, works, plans, places = map(package.read, ("organisations", "projects", "policies", "places"))

    def members(admitted: Collection[str]) -> pd.DataFrame:
        return future.members(fields, future.things(bodies, works, plans, places, city, admitted, last_year))

    admitted, strict = (
        future.admitted(sources, ledger, grade, last_year) for grade in (min_trust, min(min_trust, FIRM))
    )
    fields = future.named_by(package.read("future_industries"), ledger, city, direction, admitted)
    measured = future.measures(fields, package.read("indicators"))
    evidence = witnesses.evidence(min_trust=min_trust, as_of=str(last_year))
    aims = future.aims(progress.measured(ledger, evidence), measured, places, city, admitted)
    known = future.outcomes(evidence.rows, measured, places, city, admitted)
    return Reading(city, direction, min_trust, fields, members(admitted), members(strict), measured, aims, known)
