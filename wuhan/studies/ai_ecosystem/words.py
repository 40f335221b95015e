"""What the figures on one city's AI ecosystem say of firms, money, computing power and models.

One sentence for each way that they can stand. A method that returns None has nothing to say: the figure above it then
says that nothing is known.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from wuhan.evidence import facts, observations, package
from wuhan.evidence.facts import Fact
from wuhan.evidence.observations import AIMS, doubtful
from wuhan.studies.ai_ecosystem import amounts, computing, numbers
from wuhan.studies.ai_ecosystem.figures import Figures, beside, called, drawable, labelled, named_by, tabled, together
from wuhan.studies.ai_ecosystem.numbers import COMPUTING, FIRMS, MODELS, ROADS, SCALE, VEHICLES
from wuhan.text.ending import end_with
from wuhan.text.language import _, language
from wuhan.text.prose import headed, listed, missing, paragraph, percent, publishers, roughly, source_ids, span, unsure
from wuhan.text.sentence import BLANK, Sentence, Values, say
from wuhan.text.tables import Table, table
from wuhan.text.words import label, look_up, measure, name, when

__all__ = ["Ecosystem", "drawable", "labelled", "read"]
CORE = "ai_core_industry_scale"
REGISTER = "Register of the industry association"  # begins the note of a count of that register, whoever prints it
TWICE = (1.95, 2.05)  # a multiple that is told as "twice"
MULTIPLE = 1.5  # from here on a rise is told as a multiple


def read(city: str, last_year: int, include_targets: bool) -> Ecosystem:
    """What the tables know of ``city`` up to ``last_year``."""
    places, sources = package.read("places"), package.read("sources", columns=["source_id", "published"])
    figures = numbers.scope(package.read("ai"), places, sources, city, last_year, include_targets)
    named = numbers.by_layer(package.read("organisations"), places, sources, city, last_year)
    return Ecosystem(city, figures, named)


class Ecosystem(Figures):
    """The figures of one city, and what is said of them."""

    @property
    def firms(self) -> str:
        """The indicator by which the city's firms are told of."""
        return self.measured(FIRMS)

    @property
    def scale(self) -> str:
        """The indicator by which the city's industry is told of."""
        return self.measured(SCALE)

    def answer(self) -> Sentence:
        """The newest count of firms and how it has moved; without one the size of the industry, or the capacity."""
        firms, scale, power = map(self.lead, (FIRMS, SCALE, COMPUTING))
        if not (firms or scale or power):
            return self._nothing()
        told = self.counted() if firms else self.size() if scale else computing.capacity(self)
        weak = [fact for fact in firms or scale or power if doubtful(fact.sources)]
        return headed(say("{finding}.", finding=told), unsure(*weak), *([self._besides()] if firms else []))

    def _besides(self) -> Sentence:
        """The newest figures on industry, computing and roads that sources that lead print; blank without any."""
        told = []
        for group in (SCALE, COMPUTING, ROADS):
            found = numbers.outcomes(self.figures, self.measured(group))
            firm = [fact for fact in found if fact.status != "estimate" and not doubtful(fact.sources)]
            told += [beside(firm[-1], group)] if firm else []
        return say("Texts print {figures}.", figures=listed(told)) if told else BLANK

    def _nothing(self) -> Sentence:
        """That nothing is known of the city, and of which cities something is: it ends the notebook."""
        what = say("figure on AI firms, AI industry or computing power of {city}", city=name(self.city))
        others = numbers.cities_with(package.read("ai"), package.read("places"), FIRMS)
        return end_with(missing(what, map(name, others)))

    def counted(self) -> Sentence:
        """How many firms there are, and how many times as many as at the first count."""
        last = self.lead(FIRMS)
        if not last:
            return say("No count of AI firms is known for {city}", city=name(self.city))
        new, old = last[-1], numbers.first_count(self.figures, last[-1])
        told = {"kind": called(new.indicator), "when": when(new.period), "count": span(last)}
        listing = self._registered(new)
        told["had"] = say("{city}'s industry association listed" if listing else "{city} had", city=name(self.city))
        if old is None or len(last) > 1 or not self._alike(new, old):
            return say("{had} {count} {kind} in {when}", **told)
        told["then"] = when(old.period)
        times, change = facts.ratio(new, old), facts.growth(new, old)
        if facts.compare(new, old) == 0:
            return say("{had} {count} {kind} in {when}, about as many as in {then}", **told)
        if TWICE[0] <= times.value < TWICE[1]:
            return say("{had} {count} {kind} in {when}, twice as many as in {then}", **told)
        if times.value >= MULTIPLE:
            return say("{had} {count} {kind} in {when}, {times} as many as in {then}", **told, times=roughly(times))
        told["change"] = roughly(facts.magnitude(change))
        return say(
            "{had} {count} {kind} in {when}, {change} more than in {then}"
            if times.value > 1
            else "{had} {count} {kind} in {when}, {change} fewer than in {then}",
            **told,
        )

    @property
    def _of_register(self) -> pd.DataFrame:
        """The city's figures of that register."""
        return self.figures[self.figures["note"].str.startswith(REGISTER) & self.figures["own"]]

    def _registered(self, count: Fact) -> bool:
        """Whether a count is of the register of the industry association, whoever prints it."""
        keys = self._of_register[["indicator", "period", "value"]].itertuples(index=False, name=None)
        return (count.indicator, count.period, count.value) in set(keys)

    def _alike(self, new: Fact, old: Fact) -> bool:
        """Whether one hand counted both: one register, or one publisher."""
        if set(new.sources) & set(old.sources) or self._registered(new) and self._registered(old):
            return True
        return bool(set(publishers(new.sources)) & set(publishers(old.sources)))

    def in_words(self, rows: pd.DataFrame) -> Sentence:
        """The figures of ``rows``, of one measure: for what is too little to draw."""
        aimed = rows["status"].isin(AIMS)
        if aimed.all():
            return say("No figure of a whole year is known from sources of trust B or better.")
        known, goals = (observations.facts(rows[each]) for each in (~aimed, aimed))
        texts = [
            listed([say("{figure} in {when}", figure=fact, when=when(fact.period)) for fact in each])
            for each in (known, goals)
        ]
        told = {"kind": measure(rows["indicator"].iloc[0]), "city": name(self.city), "figures": texts[0]}
        if goals:
            said = say("{kind} in {city}, as texts print: {figures}; aimed at: {goals}.", goals=texts[1], **told)
        else:
            said = say("{kind} in {city}, as texts print: {figures}.", **told)
        return paragraph(said, say("The texts need not count alike.")) if _several(known) else said

    def on_firms(self) -> Sentence | None:
        """How the target compares, where the firms are and how large, and which count is out of date."""
        return together(
            self._progress(),
            self._register(),
            self._inside(),
            self._above_size(),
            self._others(),
            self._disputed(),
            self._bounded(),
        )

    def _register(self) -> Sentence | None:
        """Which counts are of one register, whoever printed them."""
        told = self._of_register
        ends = sorted(told.loc[told["indicator"] == self.firms, "period"])
        if len(ends) < 2:
            return None
        return say(
            "The counts of {first} to {last} are of one register, that of the industry association; whether its rule "
            "stayed the same is not said.",
            first=when(ends[0]),
            last=when(ends[-1]),
        )

    def _progress(self) -> Sentence | None:
        """The newest count against the target, and against what one year brought."""
        firms, share = self.lead(FIRMS), self.share(FIRMS)
        if share is None:
            return None
        told = {"n": firms[-1], "when": when(firms[-1].period), "year": share.period, "target": self.target(share)}
        if share.qualifier == "up_to":  # the target is a floor
            first = say(
                "The {n} of {when} are at most {share} of the {target} aimed at for {year}.",
                share=facts.face(share),
                **told,
            )
        else:
            first = say(
                "The {n} of {when} are {share} of the {target} aimed at for {year}.", share=percent(share), **told
            )
        before = numbers.year_before(self.figures, firms[-1])
        if before is None or not self._alike(firms[-1], before):
            return first
        rate = facts.growth(firms[-1], before)
        moved = say(
            "They fell by {change} in {when}." if rate.value < 0 else "They grew by {change} in {when}.",
            change=roughly(facts.magnitude(rate)),
            when=told["when"],
        )
        return paragraph(first, moved)

    def _inside(self) -> Sentence | None:
        found = numbers.parts(self.figures, "ai_firms")
        if not found:
            return None
        part, share = found[-1]
        return say(
            "{zone} had {part} of the city's firms in {when}, {share}.",
            zone=name(part.place),
            part=part,
            when=when(part.period),
            share=roughly(share),
        )

    def _above_size(self) -> Sentence | None:
        found = numbers.kinds(self.figures, "ai_firms_above_scale", "ai_firms")
        if not found:
            return None
        part, share = found[-1]
        return say(
            "Above designated size were {part} in {when}, {share} of all.",
            part=part,
            when=when(part.period),
            share=roughly(share),
        )

    def _others(self) -> Sentence | None:
        """The newest counts under other definitions, each once on the page."""
        elsewhere = (self.firms, "ai_firms_above_scale" if self._above_size() else "")
        counts = [
            say(
                "{kind} {count} in {when}",
                kind=called(each[-1].indicator),
                count=span(each),
                when=when(each[-1].period),
            )
            for each in [self.lead([kind]) for kind in FIRMS if kind not in elsewhere]
            if each
        ]
        return say("Other definitions give other counts: {counts}.", counts=listed(counts)) if counts else None

    def _disputed(self) -> Sentence | None:
        """Texts that print unlike counts for a year, and whether one of them is the count of another year."""
        found = numbers.clashes(numbers.listed(self.figures[self.figures["own"]], FIRMS))
        if not found:
            return None
        low, high = found[0]
        told = {"low": low, "high": high, "year": when(low.period), "one": publishers(low.sources)[0]}
        other, echoes = publishers(high.sources)[0], numbers.echoes(self.figures, low)
        if not echoes:
            return say(
                "For {year}, {one} has {low} and {other} has {high}: they do not count alike.", other=other, **told
            )
        told |= {"then": when(echoes[0].period), "third": publishers(echoes[0].sources)[0]}
        if self._registered(echoes[0]) and self._registered(high):
            return say(
                "{one} gives {low} for {year}. That is the association's count of {then}, as {third} printed it; for "
                "{year} the association has {high}.",
                **told,
            )
        return say(
            "{one} gives {low} for {year}. That is the count of {then} by {third}; for {year}, {other} has {high}.",
            other=other,
            **told,
        )

    def _bounded(self) -> Sentence | None:
        found = numbers.floors(self.figures, "ai_firms")
        if not found:
            return None
        floor, older = found[-1]
        return say(
            "For {when} a text has {floor}. That is a floor below the count of {then}, and no fall.",
            floor=floor,
            when=when(floor.period),
            then=when(older.period),
        )

    def size(self) -> Sentence:
        """At how much texts put the industry."""
        scale = self.lead(SCALE)
        if not scale:
            return say("No amount of the AI industry is known for {city}", city=name(self.city))
        told: Values = {"kind": called(scale[-1].indicator), "when": when(scale[-1].period)}
        told |= {"city": name(self.city), "amount": roughly(scale[-1])}
        if scale[-1].status == "estimate":
            then = when(look_up("sources", "source_id", scale[-1].sources[0])["published"][:7])
            return say("In {then} a text expected {amount} for the {kind} of {city} in {when}", then=then, **told)
        return say("Texts put the {kind} of {city} at {amount} for {when}", **told)

    def on_size(self) -> Sentence | None:
        """How the amount stands to the target, and whether zone, plan and city agree."""
        said = say("{finding}.", finding=self.size()) if self.lead(SCALE) else None
        return together(
            said,
            self._reached(),
            self._loose(),
            self._newer(),
            amounts.shared(self, CORE),
            self._exceeded(),
            self._lowered(),
        )

    def _reached(self) -> Sentence | None:
        scale = self.lead(SCALE)
        share = self.share(SCALE)
        if share is None:
            return None
        told = {"amount": span(scale), "when": when(scale[-1].period), "year": share.period}
        told["share"] = percent(share)
        return say(
            "What is expected for {when}, {amount}, would be {share} of the target for {year}."
            if scale[-1].status == "estimate"
            else "With {amount} in {when}, {share} of the target for {year} is reached.",
            **told,
        )

    def _loose(self) -> Sentence | None:
        told = numbers.outcomes(self.figures, self.scale)
        if len(told) < 2 or not all(map(numbers.is_floor, told)):
            return say("The amounts are of several publishers and need not be one series.") if _several(told) else None
        return say("Every amount printed is a floor, so how fast the industry grew cannot be worked out.")

    def _newer(self) -> Sentence | None:
        """The amount of a part of a year that is newer than every whole year."""
        told, last = numbers.spans(self.figures, self.scale), self.lead(SCALE)
        if not (told and last) or told[-1].period[:4] <= last[-1].period[:4]:
            return None
        return say("For {when} a text has {amount}.", when=when(told[-1].period), amount=told[-1])

    def _exceeded(self) -> Sentence | None:
        found = numbers.exceeded(self.figures, SCALE)
        if not found:
            return None
        part, target = found[-1]
        return say(
            "{zone} alone is put at {part} for the {kind} in {year}, more than the {target} that {text} named for all "
            "the city: the aim was passed, or the counts differ.",
            zone=name(part.place),
            part=part,
            kind=called(part.indicator),
            year=when(part.period),
            text=named_by(target),
            target=target,
        )

    def _lowered(self) -> Sentence | None:
        found = numbers.lowered(self.figures, CORE)
        if not found:
            return None
        old, new = found[-1]
        return say(
            "For {then}, {first} named {old}; for {year}, {second} named {new}. They stand in different documents and "
            "need not be of one definition.",
            first=named_by(old),
            old=old,
            then=old.period,
            second=named_by(new),
            new=new,
            year=new.period,
        )

    def definitions(self) -> Table | None:
        """The amounts under other definitions than the one that leads, with targets, of the city and its zones."""
        others = numbers.listed(self.figures, [each for each in SCALE if each != self.scale])
        found = others.sort_values("period", kind="stable")
        return tabled(found[found["remark"] != numbers.IMPLIED])

    def built(self) -> Table | None:
        """What is counted beside firms: each measure with its newest result and its targets."""
        return tabled(numbers.outcomes_and_targets(self.figures, MODELS))

    def indicators(self) -> list[str]:
        """The measures told of in sentences, in the order of the page."""
        groups = (*FIRMS, *SCALE, *COMPUTING, *ROADS, *VEHICLES)
        return [each for each in groups if each in set(self.figures["indicator"])]

    def cited(self) -> pd.DataFrame:
        """The rows of all that the page tells of."""
        return numbers.listed(self.figures, [*self.indicators(), *numbers.SHARES.values(), *MODELS])

    def layers(self) -> Table | Sentence:
        """The organisations named in the city: one row for each layer of the stack, with their number."""
        if self.organisations.empty:
            return say(
                "No organisation of the AI stack in {city} is named in the texts that were read.", city=name(self.city)
            )
        named = self.organisations.groupby("layer", sort=False)[f"name_{language()}"]
        joined = named.agg(["size", _("; ").join]).reset_index()
        return table(
            joined.assign(layer=joined["layer"].map(label)),
            {"layer": "Layer", "size": "Named", "join": "Organisations, products, projects"},
        )


def _several(told: Sequence[Fact]) -> bool:
    """Whether figures are of more than one publisher."""
    return len(publishers(source_ids(told))) > 1
