"""What is said of what a city offers: who may get how much, in which pot, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.evidence import package
from wuhan.evidence.claims import Claim
from wuhan.evidence.facts import face
from wuhan.studies.ai_policy import numbers, phrases
from wuhan.text import palette
from wuhan.text.ending import end_with
from wuhan.text.language import language
from wuhan.text.prose import headed, listed, missing, paragraph, plural, publishers, some, span, spelt
from wuhan.text.sentence import BLANK, Sentence, Values, say
from wuhan.text.tables import Table, table
from wuhan.text.words import label, name, when


@dataclass(frozen=True)
class Reading:
    """The instruments of ``city``, issued within ``years``: ``every`` as `numbers.of_city` gives them, and those from
    sources graded ``trust`` or better. ``day`` is that of the newest source.

    All but `answer` needs an instrument.
    """

    city: str
    years: tuple[int, int]
    trust: str
    every: pd.DataFrame
    day: str

    @cached_property
    def own(self) -> pd.DataFrame:
        """The instruments from sources of the trust asked for."""
        return numbers.trusted(self.every, self.trust)

    @cached_property
    def caps(self) -> pd.DataFrame:
        """The caps on money that is given, the best known first."""
        grades = dict(package.read("sources", columns=["source_id", "trust"]).itertuples(index=False))
        return numbers.best_known(self.own, grades)

    @cached_property
    def pots(self) -> pd.DataFrame:
        """The funds and budgets, the furthest stage first."""
        return numbers.pots(self.own)

    @cached_property
    def found(self) -> numbers.Summary:
        """How many instruments there are, and how many state an amount of money."""
        return numbers.summary(self.own)

    def answer(self, policies: pd.DataFrame) -> Sentence:
        """The headline; without an own instrument what was asked for, what ``policies`` hold instead, and the end."""
        if (self.own["level"] == "above").all():
            return self._absent(policies)
        if self.caps.empty:
            return say("No cap on money is found for {place}.", place=name(self.city))
        best = next(self.caps.itertuples())
        told = self._told(best)
        finding = say("{finding}.", finding=self.terms_title())
        if not self._ended(best):
            return headed(finding, self._leading(best) if len(self.caps) > 1 else self._open(best), self._bare(True))
        live = next((each for each in self.caps.itertuples() if not self._ended(each)), None)
        if live is None:
            offered = say("In {issued} {place} offered {amount} for {who}.", place=name(self.city), **told)
            return headed(finding, offered, say("Its printed end has passed."))
        past = say("{cap}, {amount} for {who} ({issued}), is past its end.", cap=phrases.why(self.caps), **told)
        return headed(finding, self._open(live), past)

    def _told(self, offer: phrases.Offer) -> Values:
        """How much an instrument is, whom it is for, and when it was issued."""
        return {"amount": phrases.amount(offer), "who": phrases.whom(offer, self.city), "issued": when(offer.date[:7])}

    def _leading(self, offer: phrases.Offer) -> Sentence:
        """The first of several caps and why it is the first; not past its end. It need not be the largest."""
        told = self._told(offer) | {"cap": phrases.why(self.caps)}
        if end := self._end(offer):
            return say("{cap}, {amount} for {who}, is of {issued} and ends in {end}.", end=when(end), **told)
        return say("{cap}, {amount} for {who}, is of {issued}; no end of it was found.", **told)

    def _open(self, offer: phrases.Offer) -> Sentence:
        """A cap whose printed end is not past, or of which none is found; when it was issued, and its end."""
        told = self._told(offer) | {"place": name(self.city)}
        if end := self._end(offer):
            return say("{place} offers {amount} for {who} (of {issued}, until {end}).", end=when(end), **told)
        return say("{place} offers {amount} for {who} (of {issued}, no end found).", **told)

    @cached_property
    def _ends(self) -> dict[tuple[str, str], tuple[str, str]]:
        """The end that each programme prints, and whether it is over."""
        rows = self.terms[["programme_en", "place", "until", "standing"]]
        return {(name, place): (until, standing) for name, place, until, standing in rows.itertuples(index=False)}

    def _end(self, offer: phrases.Offer) -> str:
        """The end that the programme of an instrument prints; blank without one."""
        return self._ends.get((offer.programme_en, offer.place), ("", ""))[0]

    def _ended(self, offer: phrases.Offer) -> bool:
        """Whether that end is over."""
        return self._ends.get((offer.programme_en, offer.place), ("", ""))[1] == numbers.OVER

    def _larger(self) -> Sentence:
        """The larger caps that fewer sources print; blank without any."""
        floor = numbers.yuan(self.caps["money"].iloc[0]) if len(self.caps) else 0
        more = self.caps[[numbers.yuan(fact) > floor for fact in self.caps["money"]]]
        return paragraph(
            *[
                say(
                    "Only {source}, of trust {grade}, has more: {amount} for {who}; no text of that policy was found.",
                    source=listed(publishers(row.money.sources)),
                    grade=row.grade,
                    amount=phrases.amount(row),
                    who=phrases.whom(row, self.city),
                )
                for row in more.itertuples()
            ]
        )

    def _absent(self, policies: pd.DataFrame) -> Sentence:
        what = say(
            "instruments for {place}, issued {first} to {last}, from sources of trust {trust} or better",
            place=name(self.city),
            first=self.years[0],
            last=self.years[1],
            trust=self.trust,
        )
        there = [
            say("{place} ({n}, {years})", place=name(row.place), n=row.known, years=span(sorted({row.first, row.last})))
            for row in numbers.offer(policies).itertuples()
        ]
        return end_with(missing(what, there))

    def meaning(self) -> Sentence:
        """Which caps are larger and less known, what a cap is, and how many instruments state an amount at all."""
        return paragraph(
            self._larger(),
            say("A cap is the most that one grant may be. How much was paid under it was not found in our sources."),
            say(
                "An amount of money is printed for {m} of the {n} {instruments} found.",
                n=self.found["known"],
                m=self.found["priced"],
                instruments=plural(self.found["known"], one="instrument", many="instruments"),
            ),
        )

    def limits(self) -> Table | Sentence:
        """The caps, the best known first, each with those who print it."""
        if self.caps.empty:
            return say("No cap on money is found.")
        rows = phrases.listed_rows(self.caps).assign(
            who=[phrases.who(row, self.city) for row in self.caps.itertuples()],
            money=self.caps["money"].map(face),
            end=list(map(self._until, self.caps.itertuples())),
            by=[listed(publishers(fact.sources)) for fact in self.caps["money"]],
        )
        return table(
            rows,
            {
                "who": "For whom or what",
                "money": "The most that one grant may be",
                "unit": "Per",
                "end": "Printed end",
                "by": "Sources",
                "grade": "Trust",
            },
        )

    def _until(self, offer: phrases.Offer) -> Sentence:
        """The end that the programme of an instrument prints, and whether it is over."""
        end = self._end(offer)
        if not end:
            return say("none found")
        return say("{end}, passed" if self._ended(offer) else "{end}", end=when(end))

    def floors(self) -> Sentence:
        """What floors there are, and which cost one must have before a cap on a part of it binds."""
        limits = numbers.limits(self.own)
        rows = limits[limits["limit"] == numbers.FLOOR]
        said = []
        if len(rows):
            said.append(
                say(
                    "A floor is what {place} must spend in all; no applicant is promised it: {entries}.",
                    place=name(self.city),
                    entries=phrases.entries(rows, self.city),
                )
            )
        said += [
            say(
                "{who}: up to {part} of a cost is paid, so the cap of {cap} is reached with a cost of {cost}.",
                who=label(row.who),
                cap=face(row.money),
                part=row.part,
                cost=row.cost,
            )
            for row in numbers.least_cost(self.own).itertuples()
        ]
        return paragraph(*said) if said else say("No floor is found.")

    def adding(self) -> Sentence:
        """Whether caps may be added, and which figure stands for most different things."""
        caps, timed = len(self.caps), len(numbers.timed(self.own))
        if not caps:
            return say("No cap on money is found.")
        alike = numbers.same_figure(self.own)
        return paragraph(
            say("No text among ours says that two of them may be had at once.") if caps > 1 else BLANK,
            say(
                "A time, a year or all years together, is named for {timed} of {n} {caps}.",
                n=caps,
                caps=plural(caps, one="cap", many="caps"),
                timed=timed,
            ),
            say(
                "One figure, {amount}, stands for {n} different things: {entries}.",
                amount=face(alike["money"].iloc[0]),
                n=spelt(len(alike)),
                entries=phrases.entries(alike, self.city),
            )
            if len(alike)
            else BLANK,
        )

    def funds(self) -> Sentence:
        """How many funds and budgets got how far."""
        if self.pots.empty:
            return say("No fund or budget is found.")
        invested = self.pots[self.pots["stage"] == "invested"]
        return paragraph(
            say(
                "Only aimed at or announced: {aims} of {n} {pots}.",
                aims=self.pots["stage"].isin(numbers.AIMS).sum(),
                n=len(self.pots),
                pots=plural(len(self.pots), one="fund or budget", many="funds and budgets"),
            ),
            say("Reported as invested: {entries}.", entries=phrases.entries(invested, self.city))
            if len(invested)
            else say("Of none is money reported as invested."),
            say("Amounts of different stages may be the same money, so they are never added."),
        )

    @cached_property
    def near(self) -> pd.DataFrame:
        """The instruments of programmes that support somebody, of the city and its parts, not of what it lies in."""
        return numbers.supporting(self.own[self.own["level"] != "above"])

    @cached_property
    def terms(self) -> pd.DataFrame:
        """Their programmes that print an end."""
        return numbers.terms(self.near, self.day)

    def spans(self) -> pd.DataFrame:
        """The programmes as `charts.spans` draws them, those without a printed end at the day of their issue."""
        rows = pd.concat([self.terms, self._endless], ignore_index=True)
        kinds = dict(zip((numbers.RUNNING, numbers.OVER, numbers.OPEN), self.kinds(), strict=True))
        ends = zip(rows["until"], rows["standing"], strict=True)
        return rows.assign(
            series=rows[f"programme_{language()}"],
            detail=["" if place == self.city else name(place) for place in rows["place"]],
            label=[str(when(until) if kind != numbers.OPEN else say("no end found")) for until, kind in ends],
            kind=rows["standing"].map(kinds),
            printed=[("policies", policy) for policy in rows["policy"]],
        )

    def kinds(self) -> dict[str, str]:
        """What a bar means, with its colour."""
        colours = (palette.BLUE, palette.SLATE, palette.REST)
        words = (say("end still ahead"), say("end passed"), say("date of issue as printed, no end found"))
        return dict(zip(map(str, words), colours, strict=True))

    @cached_property
    def _endless(self) -> pd.DataFrame:
        return numbers.endless(self.near)

    @cached_property
    def _standing(self) -> tuple[int, int, int]:
        """Of how many programmes the printed end is over, of how many it is not, and of how many none is found."""
        over = (self.terms["standing"] == numbers.OVER).sum()
        return over, len(self.terms) - over, len(self._endless)

    def terms_title(self) -> Sentence:
        """How many programmes have run out, have not, and print no end."""
        over, running, without = self._standing
        every = over + running + without
        told: Values = {
            "place": name(self.city),
            "all": spelt(every),
            "programmes": plural(every, one="support programme", many="support programmes"),
        }
        if not over + running:
            return say("No printed end was found of {place}'s {all} {programmes}", **told)
        told["over"] = some(over)
        told["past"] = plural(over, one="is past its printed end", many="are past their printed end")
        if running and without:
            told |= {"running": some(running), "open": some(without)}
            return say("Of {place}'s {all} {programmes} {over} {past}, {running} not, {open} without one", **told)
        if running:
            told["running"] = some(running)
            return say("Of {place}'s {all} {programmes} {over} {past}, {running} not", **told)
        if without:
            told["open"] = some(without)
            return say("Of {place}'s {all} {programmes} {over} {past}, {open} without one", **told)
        return say("Of {place}'s {all} {programmes} {over} {past}", **told)

    def force(self) -> Sentence:
        """For how many programmes an end is printed, what it means where none is, how many are not for AI, and which
        plans run without support.
        """
        over, running, without = self._standing
        every = over + running + without
        told = say(
            "Counted are programmes of the city, its districts and zones that give something to somebody: {all}. An "
            "end is printed for {ended}; where none was found, the programme need not go on.",
            all=every,
            ended=over + running,
        )
        ended = numbers.general(self.terms)
        return paragraph(told, *([phrases.general(ended, len(self.terms))] if len(ended) else []), self._bare(False))

    def _bare(self, short: bool) -> Sentence:
        """How many plans of the city still run of which no support is found, or which they are; blank without any."""
        plans = numbers.bare(self.own[self.own["level"] != "above"], self.day)
        return phrases.plans(plans, short) if len(plans) else BLANK

    def by_kind(self) -> pd.DataFrame:
        """`numbers.by_kind` in words."""
        rows = numbers.by_kind(self.own)
        return rows.assign(
            kind=rows["kind"].map(phrases.kind),
            whom=[str(listed(map(label, codes))) or str(say("not named")) for codes in rows["recipients"]],
        )

    def by_stage(self) -> Table | Sentence:
        """The funds and budgets, the furthest stage first."""
        if self.pots.empty:
            return say("No fund or budget with an amount is found.")
        return table(
            phrases.listed_rows(self.pots),
            {"stage": "Stage", "money": "Amount", "unit": "Per", "who": "For whom or what", "where": "Place"},
        )

    def claimed(self, ledger: Sequence[Claim]) -> Table | Sentence:
        """What articles print of the instruments, beside what the table has."""
        rows = numbers.claimed(self.own, ledger)
        if rows.empty:
            return say("The five articles print no amount of money for these instruments.")
        if rows["alike"].all():
            return say(
                "The five articles print {count} of the {n} amounts, all with the same figure and limit as here; "
                "another source has {again} of these {count}.",
                count=spelt(len(rows)),
                n=self.found["priced"],
                again=some(sum(map(bool, rows["others"]))),
            )
        alike = {True: say("same figure and limit"), False: say("not the same")}
        none = str(say("none"))
        told = rows.assign(
            printed=[claim.figure for claim in rows["claim"]],
            who=rows["who"].map(label),
            per=rows["per"].map(label),
            alike=rows["alike"].map(alike),
            others=[str(listed(publishers(others))) or none for others in rows["others"]],
        )
        return table(
            told,
            {
                "who": "For whom or what",
                "printed": "The article prints",
                "money": "The table has",
                "per": "Per",
                "alike": "Both have",
                "others": "Sources besides the article",
            },
        )
