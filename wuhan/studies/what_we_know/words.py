"""What is known of a place, and how firmly: one sentence for each way that the figures can stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.evidence import observations, package
from wuhan.evidence.facts import Fact
from wuhan.studies.what_we_know import numbers
from wuhan.text import palette, prose
from wuhan.text.ending import end_with
from wuhan.text.language import _, noted
from wuhan.text.prose import bulleted, headed, joined, listed, missing, paragraph, plural, publishers, source_ids, spelt
from wuhan.text.sentence import BLANK, Sentence, say
from wuhan.text.words import label, measure, name, remark, when, worded

TABLES = ("gdp", "industry", "ai", "cities")
LONG = 10  # whole years, none missing between: a long series
DRAWN, MOST = 24, 10  # series in the figure; sources in the list, and cases of disagreement
PLAIN = ("exact", "of_which")  # qualifiers that are no hedge
GRADES = noted(
    {
        "A": "A: read at its issuer, or in press under its own name",
        "B": "B: reprint, summary, copy, compilation",
        "C": "C: aggregator, write-up",
        "D": "D: unverified",
    }
)
FILLS = dict(zip(GRADES, (palette.BLUE, palette.SECOND, palette.REST, palette.SLATE), strict=True))
OPEN = ("over", "at_least")  # qualifiers of a floor


def read(city: str, table: str, first: int, last: int, trust: str) -> Known:
    """The figures on ``city`` in a ``table``, or "all", for the years chosen, from sources of ``trust`` on."""
    tables = {each: package.read(each) for each in TABLES if table in (each, "all")}
    asked = {each: observations.select(rows, city, first=first, last=last) for each, rows in tables.items()}
    found = observations.trusted(numbers.gather(asked), trust)
    return Known(city, found, tables, (table, first, last, trust))


@dataclass(frozen=True)
class Known:
    """The figures on one city, ``found``, and the ``tables`` with those on all places; ``asked`` is what was chosen:
    table, first and last year, least trust.
    """

    city: str
    found: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    asked: tuple[str, int, int, str]

    @cached_property
    def series(self) -> pd.DataFrame:
        """One row a measure with an outcome, as `numbers.spans` gives it."""
        return numbers.spans(self.found)

    @cached_property
    def long(self) -> pd.DataFrame:
        """Those that reach over ten whole years without a gap."""
        return numbers.unbroken(self.series, LONG)

    @cached_property
    def witnesses(self) -> tuple[int, int]:
        """How many different figures there are, and how many of them stand in more than one source."""
        return numbers.witnesses(self.found)

    @cached_property
    def disputes(self) -> pd.DataFrame:
        """The outcomes on which two sources cannot both be right."""
        return numbers.conflicts(self.found)

    def answer(self) -> Sentence:
        """How many figures have a second source, and what is counted; without any what there is, and the end."""
        if self.series.empty:
            return end_with(self._nothing())
        things, twice = self.witnesses
        told = {"things": things, "city": name(self.city), "figures": plural(things, one="figure", many="figures")}
        counted = say("Counted are the outcomes in this collection, not its targets and plans.")
        if not twice:
            return headed(say("None of {things} {figures} on {city} has a second source.", **told), counted)
        found = say(
            "Only {twice} of {things} {figures} on {city} {have} a second source.",
            twice=spelt(twice),
            have=plural(twice, one="has", many="have"),
            **told,
        )
        return headed(found, counted)

    def _nothing(self) -> Sentence:
        """That nothing fits what was asked for, and for which years something is known."""
        table, first, last, trust = self.asked
        every = numbers.gather(self.tables)
        covered = set(observations.starts(every.loc[every["place"] == self.city, "period"]))
        what = say(
            "outcomes on {place}, {first} to {last}, theme {theme}, trust {trust} or better",
            place=name(self.city),
            first=first,
            last=last,
            theme=label(table),
            trust=trust,
        )
        return missing(what, filter(None, [numbers.ranges(covered)]))

    def story(self) -> Sentence:
        """How many measures reach back, and of which theme; how many numbers are firm."""
        grades = (
            say(
                "Of {n} numbers, {best} are of the best grade: read where they were issued, or in press reporting "
                "under its own name.",
                best=self._best,
                n=len(self.found),
            )
            if self._best
            else say("No number comes from a source of the best grade.")
        )
        return paragraph(self._reconciled(), self._reach(), grades)

    @property
    def _best(self) -> int:
        """How many numbers come from the best sources."""
        return (self.found["trust"] == "A").sum()

    def _reconciled(self) -> Sentence:
        """How the numbers of the tables become the figures of the answer."""
        things, twice = self.witnesses
        outcomes = self.found["status"].isin(observations.OUTCOMES).sum()
        return say(
            "Of {n} numbers {aims} are targets or plans. The other {outcomes} are {things} different figures: {twice} "
            "of them stand in more than one source.",
            aims=len(self.found) - outcomes,
            outcomes=outcomes,
            n=len(self.found),
            things=things,
            twice=twice,
        )

    def _reach(self) -> Sentence:
        """How many measures are long, and of which theme; how many of the others are known for a year at most."""
        themes = self.found.drop_duplicates("indicator").set_index("indicator")["theme"]
        kinds = list(dict.fromkeys(self.long["indicator"].map(themes)))
        told = {"n": len(self.series), "measures": plural(len(self.series), one="measure", many="measures")}
        if self.long.empty:
            return say(
                "Of {n} {measures} none covers ten or more whole years with none missing between the first and "
                "the last.",
                **told,
            )
        if len(kinds) == 1 < len(set(self.found["theme"])):
            return say(
                "Of {n} {measures} {long} cover ten or more whole years with none missing between the first and the "
                "last, all of them on {theme}.",
                theme=label(kinds[0]),
                long=len(self.long),
                **told,
            )
        return say(
            "Of {n} {measures} {long} cover ten or more whole years with none missing between the first and the last.",
            long=len(self.long),
            **told,
        )

    def reaching(self) -> Sentence:
        """How many measures are long: a title."""
        told = {"n": len(self.series), "city": name(self.city)}
        if self.long.empty:
            return say("None of {n} measures on {city} covers ten whole years with none missing between", **told)
        return say(
            "{long} of {n} measures on {city} cover ten or more whole years with none missing between",
            long=len(self.long),
            **told,
        )

    def cells(self) -> pd.DataFrame:
        """What is known of each year of the longest series, those without a gap first, for a figure: p a part of the
        year, + a floor only.
        """
        most = self.series[self.series["years"] >= min(2, self.series["years"].max())]
        rank = most["indicator"].isin(self.long["indicator"])
        longest = list(pd.concat([most[rank], most[~rank]])["indicator"].head(DRAWN))
        rows = numbers.cells(self.found[self.found["indicator"].isin(longest)])
        rows = rows.assign(
            series=rows["indicator"].map(measure),
            label=rows["part"].map({True: _("p"), False: ""}).mask(rows["qualifier"].isin(OPEN), "+"),
            rank=rows["indicator"].map(longest.index),
        )
        return rows.sort_values(["rank", "year"])

    def years(self) -> Sentence:
        """What that figure shows."""
        return say(
            "Years with a figure; p: first months only, +: at least; under the line: shorter, or with gaps"
            if 0 < len(self.long) < DRAWN
            else "Years with a figure; p: first months only, +: at least"
        )

    def lengths(self) -> Sentence:
        """How far the measures reach that are not long, how many have a gap, and of what only targets are known."""
        *_longer, single, months = numbers.lengths(self.series)
        rest = len(self.series) - len(self.long)
        holes = ((self.series["years"] >= 2) & (self.series["missing"].str.len() > 0)).sum()
        aims = self.found["indicator"].nunique() - len(self.series)
        return paragraph(
            say(
                "Of the other {rest}, {some} are known for two years or more, {single} for one and {months} for months "
                "only.",
                rest=rest,
                some=rest - single - months,
                single=single,
                months=months,
            ),
            say("Gaps between the first year and the last: {holes}. No gap is filled in.", holes=holes)
            if holes
            else BLANK,
            say("Known by nothing but targets or plans: {aims} more.", aims=aims) if aims else BLANK,
        )

    def agreement(self) -> Sentence:
        """In how many of the cases with two sources these contradict each other, and the widest of them."""
        _things, twice = self.witnesses
        if not twice:
            return say("No figure here has a second source, so none can be held against another.")
        if self.disputes.empty:
            return say(
                "In none of the {twice} {cases} with two sources do these contradict each other.",
                twice=twice,
                cases=plural(twice, one="case", many="cases"),
            )
        cases = [
            paragraph(
                say(
                    "{measure}, {when}: {lower} by {one}, {higher} by {other}.",
                    measure=measure(row.indicator),
                    when=when(row.period),
                    lower=prose.counted(row.lower),
                    one=listed(publishers(row.lower.sources)),
                    higher=prose.counted(row.higher),
                    other=listed(publishers(row.higher.sources)),
                ),
                self._noted(row.lower, row.higher),
            )
            for row in self.disputes.head(MOST).itertuples()
        ]
        first = say(
            "In {n} of the {twice} cases with two sources these cannot both be right:",
            n=spelt(len(self.disputes)),
            twice=spelt(twice),
        )
        return joined([first, bulleted(cases)], "\n\n")

    def _noted(self, *pair: Fact) -> Sentence:
        """What the rows of figures in dispute say about themselves."""
        rows = self.found[self.found["source_id"].isin(source_ids(*pair))]
        key = {(fact.indicator, fact.period, fact.value) for fact in pair}
        own = [row.note for row in rows.itertuples() if (row.indicator, row.period, row.value) in key and row.note]
        return paragraph(*[say("{note}", note=remark(note)) for note in dict.fromkeys(own)])

    def grades(self) -> pd.DataFrame:
        """How many numbers of each theme come from sources of each grade, for a figure."""
        rows = numbers.tally(self.found, "theme", "trust", tuple(GRADES))
        return rows.assign(
            series=rows["theme"].map(label), part=rows["trust"].map(worded(GRADES)), colour=rows["trust"].map(FILLS)
        )

    def best(self) -> Sentence:
        """How many numbers come from the best sources: a title."""
        return say(
            "{best} of {n} numbers on {city} come from the best sources",
            best=self._best,
            n=len(self.found),
            city=name(self.city),
        )

    def strict(self) -> Sentence:
        """What would be left with the best sources alone."""
        kept = numbers.spans(observations.trusted(self.found, "A"))
        if kept.empty:
            return say("With the best sources alone nothing would be left.")
        told, left = {"kept": len(kept), "all": len(self.series)}, len(numbers.unbroken(kept, LONG))
        if self.long.empty:
            said = say("With the best sources alone {kept} of {all} measures would be left.", **told)
        elif not left:
            said = say(
                "With the best sources alone {kept} of {all} measures would be left, none of ten whole years.", **told
            )
        else:
            said = say(
                "With the best sources alone {kept} of {all} measures would be left, and {left} of {before} that reach "
                "back ten whole years.",
                left=left,
                before=len(self.long),
                **told,
            )
        return paragraph(said, say("Two sources that agree may still share one origin."))

    def hedged(self) -> Sentence:
        """How many numbers are printed with a hedge, and with which."""
        counts = self.found.loc[~self.found["qualifier"].isin(PLAIN), "qualifier"].value_counts()
        if counts.empty:
            return say("None of the {n} numbers is printed with a hedge.", n=len(self.found))
        words = [say("{word} {n}", word=label(word), n=n) for word, n in counts.items()]
        return say(
            "Of {n} numbers {hedged} are printed with a hedge: {words}.",
            n=len(self.found),
            hedged=counts.sum(),
            words=listed(words),
        )

    def stock(self) -> pd.DataFrame:
        """What the tables hold, theme by theme."""
        rows = numbers.inventory(numbers.gather(self.tables), self.city)
        return rows.assign(theme=rows["theme"].map(label))

    def sources(self) -> Sentence:
        """The sources with most numbers and those in dispute, and how many there are."""
        counts = self.found["source_id"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
        cited = source_ids(*counts.index[:MOST], *self.disputes["lower"], *self.disputes["higher"])
        first = say(
            "The sources with most numbers, {n} of {all}, and those in dispute; all are in "
            "[sources.csv](../data/sources.csv).",
            n=min(MOST, len(counts)),
            all=len(counts),
        )
        return joined([first, prose.sources(*cited)], "\n\n")
