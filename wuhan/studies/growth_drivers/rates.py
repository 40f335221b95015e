"""Growth as it is published: of industry, investment, consumption and trade, beside that of the whole economy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wuhan.evidence import breaks, observations
from wuhan.studies.growth_drivers import numbers
from wuhan.studies.growth_drivers.high_tech import HighTech
from wuhan.studies.growth_drivers.names import INDUSTRY, INVESTMENT, LINES, MONEY, RATES, WHOLE, word
from wuhan.text.prose import BLANK, Sentence, listed, name, paragraph, publishers, say, when

FEW = 3  # years that a title names


@dataclass(frozen=True)
class Rates(HighTech):
    """The growth published for one city, from the year ``first`` to ``last``."""

    first: int
    last: int

    @cached_property
    def own(self) -> pd.DataFrame:
        """The figures of the city up to the last year: a weight is that of the year before."""
        return observations.select(self.gdp, self.city, last=self.last)

    @cached_property
    def years(self) -> pd.DataFrame:
        """Those for whole years."""
        return observations.years(self.own)

    @cached_property
    def rates(self) -> pd.DataFrame:
        """The growth of the economy at current prices and of investment, from the first year that has both, for a
        figure.
        """
        invested = observations.select(self.years, indicator=INVESTMENT, first=self.first)
        invested = invested.assign(unit="percent", fact=observations.facts(invested))
        whole = observations.select(self.money, first=self.first)
        both = set(whole["year"]) & set(invested["year"])
        rows = pd.concat([whole, invested], ignore_index=True).fillna({"note": "", "value_text": "", "trust": ""})
        rows = rows[rows["year"] >= min(both)] if both else rows.head(0)
        return rows.assign(series=rows["indicator"].map(word), colour=rows["indicator"].map(LINES))

    def gap(self) -> dict:
        """What a figure of `rates` says of a gap in the line of GDP that an economic census leaves."""
        years = set(self.rates.loc[self.rates["indicator"] == MONEY, "year"])
        within = range(min(years, default=0), max(years, default=0))
        cut = [year for year in breaks.begun(MONEY, self.city) if year in within and year not in years]
        return {"marks": cut, "event": str(say("economic census: GDP not compared"))} if cut else {}

    def invested(self) -> Sentence:
        """In which years investment outgrew the economy, by firm figures: a title."""
        ahead, behind = numbers.ahead(self.rates[~self._weak], INVESTMENT, MONEY)
        told = {"city": name(self.city)}
        if not ahead and not behind:
            return say("Whether investment outgrew {city}'s economy is not known", **told)
        if max(len(ahead), len(behind)) > FEW:
            n, both = len(ahead), len(ahead) + len(behind)
            return say(
                "At current prices investment outgrew {city}'s economy in {n} of {all} years", n=n, all=both, **told
            )
        above, below = (listed(years or [say("no year")]) for years in (ahead, behind))
        return say(
            "At current prices investment outgrew {city}'s economy in {above}, and fell behind it in {below}",
            above=above,
            below=below,
            **told,
        )

    @property
    def _weak(self) -> pd.Series:
        """Which of the `rates` rest on a source of low trust."""
        return self.rates["source_id"].map(observations.doubtful).astype(bool)

    def _less_sure(self) -> Sentence:
        """The years in which investment fell behind the economy by sources of low trust alone."""
        weak = set(self.rates.loc[self._weak, "period"])
        years = [year for year in numbers.ahead(self.rates, INVESTMENT, MONEY)[1] if year in weak]
        if not years:
            return BLANK
        return say("By sources of low trust investment fell behind GDP in {years}.", years=listed(map(when, years)))

    @cached_property
    def money(self) -> pd.DataFrame:
        """The growth of GDP at current prices by year."""
        levels = observations.select(self.gdp, self.city, MONEY, last=self.last)
        return numbers.nominal(observations.years(levels))

    def pace(self) -> Sentence:
        """In which years trade, retail sales and industry outgrew the economy, and which figures are of low trust."""
        rows = observations.select(self.years, first=self.first)
        money = pd.concat([rows[rows["indicator"] != MONEY], self.money], ignore_index=True)
        spent = [
            _against(say("At current prices {measure}", measure=word(code)), *numbers.ahead(money, code, MONEY))
            for code in RATES[2:]
            if code != INVESTMENT
        ]
        made = _against(say("In real terms {measure}", measure=word(INDUSTRY)), *numbers.ahead(rows, INDUSTRY, WHOLE))
        told = [*spent, made]
        if not any(each.plain for each in told):
            told = [say("For no whole year are these rates known side by side.")]
        return paragraph(self._less_sure(), *told, self._low_trust(rows))

    def _low_trust(self, rows: pd.DataFrame) -> Sentence:
        """Which of the figures in the table of `yearly` rest on sources of low trust."""
        shown = rows[rows["indicator"].isin(RATES) & rows["period"].isin(self.yearly()["period"])]
        weak = shown[shown["trust"] > observations.FIRM]
        told = []
        for period, own in weak.groupby("period"):
            if len(own) == (shown["period"] == period).sum() > 1:
                told.append(say("all figures of {year}", year=when(period)))
            else:
                measures = listed(word(code) for code in RATES if code in set(own["indicator"]))
                told.append(say("{measures} in {year}", measures=measures, year=when(period)))
        return doubted(weak["source_id"], told)

    def yearly(self) -> pd.DataFrame:
        """The growth published for whole years, and that of GDP at current prices, the latest first."""
        table = numbers.within(self.years, RATES, self.first, numbers.YEAR)
        money = {fact.period: fact for fact in self.money.get("fact", ())}
        table = table.assign(**{MONEY: table["period"].map(money.get)}, when=table["period"].map(when))
        return table[table[[*RATES[1:]]].notna().any(axis=1)].reset_index(drop=True)

    def within(self) -> pd.DataFrame:
        """The growth published for months since January in the last three years with figures, the latest first."""
        table = numbers.within(self.own, RATES, self.last - 2)
        return table.assign(when=table["period"].map(when))


def _against(measure: Sentence, ahead: list[str], behind: list[str]) -> Sentence:
    """In which years a measure outgrew the economy, and in which it fell behind; blank for no year."""
    told = {"measure": measure, "ahead": listed(map(when, ahead)), "behind": listed(map(when, behind))}
    if ahead and behind:
        return say("{measure} outgrew the economy in {ahead}, and fell behind it in {behind}.", **told)
    if ahead:
        return say("{measure} outgrew the economy in {ahead}.", measure=measure, ahead=told["ahead"])
    if behind:
        return say("{measure} fell behind the economy in {behind}.", measure=measure, behind=told["behind"])
    return BLANK


def doubted(sources: Iterable[str], figures: Iterable[Sentence]) -> Sentence:
    """That ``figures`` rest on sources of low trust, and on which; blank when they do not."""
    weak = publishers(source for source in dict.fromkeys(sources) if observations.doubtful(source))
    if not weak:
        return BLANK
    return say("Of low trust are the sources of {figures}: {sources}.", figures=listed(figures), sources=listed(weak))
