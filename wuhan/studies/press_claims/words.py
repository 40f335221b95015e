"""What the verdicts on press claims come to: a branch in a sentence stands here, not in the notebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.evidence import claims, witnesses
from wuhan.evidence.claims import WITNESSES, Verdict
from wuhan.evidence.facts import Fact, growth
from wuhan.evidence.identities import Check
from wuhan.evidence.ledger import RANKED
from wuhan.evidence.periods import bounds
from wuhan.studies.press_claims.outcomes import HOLDS, outcome, standing
from wuhan.text import palette, prose, verdicts
from wuhan.text.codes import subject, word
from wuhan.text.ending import end_with
from wuhan.text.language import _, noted
from wuhan.text.prose import headed, joined, listed, missing, paragraph, plural, publishers, roughly, spelt
from wuhan.text.sentence import BLANK, Sentence, Values, say
from wuhan.text.tables import Table
from wuhan.text.verdicts import HELD, TESTED, article, bullets, dated, grade, witness
from wuhan.text.words import Name, label, look_up, when

COLOURS = dict(zip(WITNESSES, palette.WITNESSES, strict=True))
DECIDING = ("measured", "worked_out", "echo")  # kinds of witness by which a result can be checked
STANDS = noted({"stale": "figure of an earlier time", "differs": "differs"})  # of what is checked and does not hold
AGAINST = {"stale": palette.PURPLE, "differs": palette.ORANGE}
ACROSS = 29  # squares in a row
ALL, STOCK = "all", "stock"
YEAR = 365  # days after which the same figure has not moved
TESTED_HEADS = noted(
    {
        "where": "Article",
        "what": "Number",
        "printed": "The article has",
        "other": "Other source",
        "verdict": "Verdict",
        "who": "Publisher",
        "grade": "Trust",
        "rests": "Rests on",
    }
)
ARTICLE_HEADS = noted(
    {
        "article": "Article",
        "all": "Numbers printed",
        "results": "Results",
        "measured": "Counted by a bureau or register",
        "worked_out": "Worked out here",
        "echo": "Repeated",
        "elsewhere": "Another period, place or definition",
        "beyond": "Beyond any source",
        "not_found": "Not found",
        "not_searched": "Not searched",
    }
)


@dataclass(frozen=True)
class Reading:
    """The verdicts ``held`` on the numbers of one article, or all, and of one theme, or all.

    All methods but `answer` need a verdict.
    """

    held: Sequence[Verdict]
    article: str = ALL
    theme: str = ALL

    @cached_property
    def kinds(self) -> dict[str, int]:
        """How many numbers have each verdict."""
        return claims.counts(self.held)

    @cached_property
    def rests(self) -> dict[str, int]:
        """On what the verdicts on results rest, each kind of witness counted by itself."""
        return claims.witnessed(self.held)

    @cached_property
    def results(self) -> list[Verdict]:
        """The numbers that tell a result, by the firmest witness first."""
        found = [one for one in self.held if one.kind in HELD]
        return sorted(found, key=lambda one: WITNESSES.index(one.witness))

    @cached_property
    def tested(self) -> list[Verdict]:
        """The results on which something decides, by the firmest witness first; of one kind what does not hold."""
        found = [one for one in self.results if one.kind in TESTED]
        return sorted(found, key=lambda one: (WITNESSES.index(one.witness), one.kind in HOLDS))

    @cached_property
    def measured(self) -> list[Verdict]:
        """The results that somebody counts who is not quoted in the article: a bureau or a register."""
        return [one for one in self.tested if one.witness == "measured"]

    @cached_property
    def independent(self) -> list[Verdict]:
        """The results that rest on more than the same officials: on who counts, or on figures worked out here."""
        return [one for one in self.tested if one.witness != "echo"]

    def answer(self) -> Sentence:
        """How many results can be checked independently, how they stand, and how many are only repeated; without any
        number, the end.
        """
        if not self.held:
            own = [one for one in claims.claims() if self.article in (ALL, one.source_id)]
            themes = sorted({label(one.theme) for one in own})
            return end_with(missing(say("printed number of this article and theme"), themes))
        if not self.results:
            return say("Of the {n} numbers {of}, none is a result.", n=len(self.held), of=self._of())
        n = len(self.results)
        told: Values = {"n": n, "of": self._of(), "verb": plural(n, one="result", many="results")}
        if not self.tested:
            return say("Of {n} {verb} {of}, none can be checked.", **told)
        again = self.rests["echo"]
        repeated = [say("Only the same officials repeat {n} more.", n=spelt(again))] if again else []
        if not self.independent:
            return headed(say("Of {n} {verb} {of}, none can be checked independently.", **told), *repeated)
        found = spelt(len(self.independent))
        first = say("Of {n} {verb} {of}, {found} can be checked independently.", found=found, **told)
        return headed(first, outcome(self.independent), *repeated)

    def _of(self) -> Sentence:
        """Where it is counted, with the theme if that is chosen."""
        articles = {one.claim.source_id for one in self.held}
        told = {"k": spelt(len(articles)), "texts": plural(len(articles), one="text", many="texts")}
        if self.theme == ALL:
            return say("in {k} press {texts}", **told)
        return say("in {k} press {texts} on the theme {theme}", theme=label(self.theme), **told)

    def title(self) -> Sentence:
        """How many of how many results can be checked independently, and how these stand: a title."""
        if not self.tested:
            return say("None of {n} printed results can be checked", n=len(self.results))
        told: Values = {"n": len(self.results)}
        if not self.independent:
            return say("None of {n} printed results can be checked independently", **told)
        return say(
            "Of {n} printed results {found} can be checked independently: {outcome}",
            found=spelt(len(self.independent)),
            outcome=standing(self.independent),
            **told,
        )

    def squares(self) -> pd.DataFrame:
        """One row a result, a square of a picture: its ``column``, and in ``value`` the results up to its row."""
        rows = [
            {
                "column": at % ACROSS,
                "value": (at // ACROSS + 1) * ACROSS,
                "part": part,
                "colour": colour,
                "status": "actual",
                "qualifier": "exact",
                "period": one.claim.stated,
                "source_id": one.claim.source_id,
                "name": str(subject(one.claim)),
                "fact": one.claim.fact,
            }
            for at, one in enumerate(self.results)
            for part, colour in [self._part(one)]
        ]
        return pd.DataFrame(rows)

    def _part(self, one: Verdict) -> tuple[str, str]:
        """What a square means, with how many there are, and its colour: by its witness, or by how it fails to hold."""
        if one.witness not in DECIDING:
            return str(say("cannot be checked ({n})", n=len(self.results) - len(self.tested))), palette.REST
        alike = [each for each in self.tested if each.witness == one.witness]
        if one.witness == "echo":
            return str(say("{witness} ({n})", witness=word(one.witness), n=len(alike))), COLOURS[one.witness]
        if one.kind in HOLDS:
            n = sum(each.kind in HOLDS for each in alike)
            return str(say("{witness}: holds ({n})", witness=word(one.witness), n=n)), COLOURS[one.witness]
        n = sum(each.kind == one.kind for each in self.independent)
        return str(say("{verdict} ({n})", verdict=Name(_(STANDS[one.kind])), n=n)), AGAINST[one.kind]

    def table(self) -> Table:
        """The results on which something decides, one a row."""
        rows = [
            {
                "where": article(one.claim.source_id),
                "what": say("{what}, {when}", what=subject(one.claim), when=_meant(one)),
                "printed": _figure(one, one.claim.figure),
                "other": _other(one),
                "who": witness(one.against[0]),
                "grade": grade(one.against[0]),
                "rests": word(one.witness),
                "verdict": word(one.kind),
            }
            for one in self.tested
        ]
        return prose.table(pd.DataFrame(rows, columns=list(TESTED_HEADS)), TESTED_HEADS)

    def by_article(self) -> Table:
        """How many numbers each article prints, how many are results, and on what the verdicts on them rest."""
        rows = []
        for source in dict.fromkeys(one.claim.source_id for one in self.held):
            own = [one for one in self.held if one.claim.source_id == source]
            rests = claims.witnessed(own)
            rows.append([article(source), len(own), sum(rests.values()), *rests.values()])
        return prose.table(pd.DataFrame(rows, columns=list(ARTICLE_HEADS)), ARTICLE_HEADS)

    def differing(self) -> Sentence:
        """The results that do not hold, and those that tell more of a part than others of the whole."""
        wrong = [one for one in self.held if one.kind in ("differs", "stale")]
        larger = [one for one in self.held if one.whole]
        told = [bullets(wrong) if wrong else say("No result on which something decides differs.")]
        if larger:
            told += [say("More is told of the city than of the province around it:"), bullets(larger)]
        if grown := self._grown():
            told.append(grown)
        return joined(told, "\n\n")

    def _grown(self) -> Sentence | None:
        """How fast a stale stock grew in the year that the article names; None without its figures of both years."""
        for one in (each for each in self.tested if each.kind == "stale" and each.relations[0]):
            old, new = one.elsewhere[0], one.against[0]
            if new.unit == old.unit == "count" and int(new.period[:4]) - int(old.period[:4]) == 1:
                return say(
                    "By the counts of the register, {old} ({then}) and {new} ({year}), the growth of {year} is "
                    "{growth}.",
                    old=old,
                    then=when(old.period),
                    new=new,
                    year=when(new.period),
                    growth=roughly(growth(new, old)),
                )
        return None

    def unmoved(self) -> Sentence:
        """The stocks that were printed with the same figure a year or more before."""
        found = []
        for one in (each for each in self.held if each.claim.comparison == STOCK):
            same = [fact for fact in one.elsewhere if fact.value == one.claim.figure.value and one.kind != "stale"]
            first = min(same, key=lambda fact: bounds(fact.period)[1], default=None)
            if first and (bounds(one.claim.stated)[1] - bounds(first.period)[1]).days >= YEAR:
                found.append(
                    say("{what} ({when}, {who})", what=subject(one.claim), when=when(first.period), who=witness(first))
                )
        if not found:
            return say("No result is known to have been printed with the same figure a year before.")
        return say(
            "Printed with the same figure a year or more before {results}: {list}.",
            results=say(
                "{verb} {n} {what}",
                verb=plural(len(found), one="was", many="were"),
                n=spelt(len(found)),
                what=plural(len(found), one="result", many="results"),
            ),
            list=joined(found, _("; ")),
        )

    def rest(self) -> Sentence:
        """On what the verdicts on the other results rest, and what the other numbers are."""
        kinds, rests = self.kinds, self.rests
        first = say(
            "Only the same officials repeat {echo}; {open} cannot be checked. For {elsewhere} other sources have a "
            "figure of another period, place or definition; {beyond} no public source can settle: a company's word on "
            "itself, a first that nobody else awards. {lost} were searched for and not found, {left} not searched.",
            echo=rests["echo"],
            open=len(self.results) - len(self.tested),
            elsewhere=rests["elsewhere"],
            beyond=rests["beyond"],
            lost=rests["not_found"],
            left=rests["not_searched"],
        )
        second = say(
            "The other numbers are no results: {targets} are targets, plans or caps, {context} are dates, names or "
            "counts of a list, {repeats} repeat another number.",
            targets=kinds["target"],
            context=kinds["context"],
            repeats=kinds["repeats"],
        )
        last = say("They are no share of proof: a number without a second source may be right.")
        return paragraph(first, second, last, self._pages())

    def _pages(self) -> Sentence:
        """How many of the texts are no articles but web pages of somebody; blank without any."""
        articles = {one.claim.source_id for one in self.held}
        pages = [each for each in articles if "(web page)" in look_up("sources", "source_id", each)["publisher"]]
        if not pages:
            return BLANK
        return say(
            "No article but a web page: {n} of the {k} texts ({pages}).",
            n=spelt(len(pages)),
            k=spelt(len(articles)),
            pages=listed(publishers(sorted(pages))),
        )

    def strict(self) -> Sentence:
        """What could be said if only sources of grade A were asked, and why not where a verdict is graded so."""
        strict = Reading(claims.verdicts([one.claim for one in self.held], witnesses.evidence(min_trust="A")))
        if not strict.measured:
            told = say("With sources of grade A alone, no number could be held against a bureau or a register.")
            return paragraph(told, *(self._needed(one) for one in self.measured if grade(one.against[0]) == "A"))
        first = say("With sources of grade A alone, {n} could be held so.", n=spelt(len(strict.measured)))
        return paragraph(first, outcome(strict.measured))

    def _needed(self, one: Verdict) -> Sentence:
        """What a verdict of grade A needs besides: for a growth the level that is printed beside it."""
        for level in self.measured:
            same = level.claim.source_id == one.claim.source_id and level.claim.period == one.claim.period
            if same and one.claim.indicator == f"{level.claim.indicator}_growth":
                return say(
                    "The verdict on “{what}”, above with a source of grade A, also needs the figure {figure} of grade "
                    "{grade}.",
                    what=subject(one.claim),
                    figure=_other(level),
                    grade=grade(level.against[0]),
                )
        return say(
            "The verdict on “{what}”, above with a source of grade A, also needs one of lower grade.",
            what=subject(one.claim),
        )

    def sources(self) -> list[Fact]:
        """What the sentences and tables rest on."""
        shown = [one for one in self.held if one.kind in TESTED or one.whole]
        return [
            fact
            for one in shown
            for fact in (one.claim.figure, *one.against[:1], *one.elsewhere[:1], one.whole)
            if fact is not None
        ]


def _figure(one: Verdict, fact: Fact) -> Fact | Sentence | Name:
    """A figure of a verdict; of a rank its place, of a first that it is one."""
    if one.claim.comparison == RANKED and fact.value == 1 and not one.claim.indicator:
        return Name(_("a first"))
    return say("number {n}", n=fact) if one.claim.comparison == RANKED else fact


def _meant(one: Verdict) -> str:
    """Of when a result tells: the time of what decides, of a stale one that which the article names."""
    return when(one.claim.period) if one.kind == "stale" else dated(one.against[0])


def _other(one: Verdict) -> Fact | Sentence | Name:
    """What decides on a result, with its time where that is another."""
    told, then = _figure(one, one.against[0]), dated(one.against[0])
    return told if then == _meant(one) else say("{figure} ({when})", figure=told, when=then)


def fit(checks: Sequence[Check]) -> Sentence:
    """What the tests of numbers of one text against one another come to; those that fail in full."""
    kinds = Counter(check.kind for check in checks if check.right is not None)
    torn = [check for check in checks if check.kind == "does_not_close"]
    if not kinds:
        return say("No two numbers of this choice can be tested against one another.")
    closed, n = kinds["closes"] + kinds["closes_at_rounding"], sum(kinds.values())
    told = {"n": n, "closed": closed, "close": plural(closed, one="closes", many="close")}
    first = say("Of {n} such tests {closed} {close} and none fails.", **told)
    if torn:
        first = say(
            "Of {n} such tests {closed} {close} and {torn} {fail}.",
            torn=spelt(len(torn)),
            fail=plural(len(torn), one="fails", many="fail"),
            **told,
        )
    open_ = say(
        "{open} cannot be decided, as no text says what it counts or for which months.", open=kinds["under_determined"]
    )
    return paragraph(first, open_, *([say("What fails:"), *map(verdicts.check, torn)] if torn else []))
