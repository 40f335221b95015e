"""The figures on one city's AI ecosystem, and which of them lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from wuhan.charts import style
from wuhan.evidence import observations
from wuhan.evidence.facts import Fact
from wuhan.evidence.observations import doubtful
from wuhan.evidence.quantities import render
from wuhan.studies.ai_ecosystem import numbers
from wuhan.text import prose
from wuhan.text.language import noted
from wuhan.text.prose import Name, Sentence, paragraph

CALLED = noted(
    {
        "ai_firms": "AI firms",
        "ai_core_firms": "core AI firms",
        "ai_related_firms": "AI-related firms",
        "ai_firms_above_scale": "AI firms above designated size",
        "ai_industry_scale": "AI industry",
        "ai_industry_revenue": "AI industry revenue",
        "ai_core_industry_scale": "core AI industry",
        "ai_core_industry_revenue": "core AI industry revenue",
        "ai_related_industry_scale": "AI-related industries",
        "high_performance_computing_power": "high-performance computing power",
        "intelligent_computing_power": "intelligent computing power",
        "computing_power_total": "computing power of all kinds",
        "test_road_length_one_way": "each direction counted",
        "test_road_length": "basis not stated",
    }
)


def called(indicator: str) -> Name:
    """What a sentence or a key calls an indicator."""
    return Name(prose._(CALLED[indicator])) if indicator in CALLED else prose.measure(indicator)


def together(*said: Sentence | None) -> Sentence | None:
    """What is said as one paragraph; None when nothing is."""
    told = [each for each in said if each is not None]
    return paragraph(*told) if told else None


@dataclass(frozen=True)
class Figures:
    """One city's figures (`numbers.scope`) up to ``last_year``, and the organisations named there."""

    city: str
    last_year: int
    figures: pd.DataFrame
    organisations: pd.DataFrame

    @property
    def colour(self) -> str:
        """The colour of the city, or that of a place without one."""
        return style.colour(self.city) or style.PALETTE[0]

    def lead(self, group: Sequence[str]) -> list[Fact]:
        """The newest outcome of ``group``; from sources of low trust only if there are no others."""
        firm = self.figures[[not doubtful(cited) for cited in self.figures["source_id"]]]
        return numbers.newest(firm, group) or numbers.newest(self.figures, group)

    def measured(self, group: Sequence[str]) -> str:
        """The indicator of ``group`` that leads, else the first."""
        return next((fact.indicator for fact in self.lead(group)), group[0])

    def share(self, told: Sequence[Fact], group: Sequence[str]) -> Fact | None:
        """How much of its next target the last of ``told`` is, in per cent; None without a target of that name."""
        reached = numbers.progress(told, numbers.listed(self.figures, group))
        own = [shares[0] for shares in reached if shares[0].indicator == told[-1].indicator]
        return own[0] if own else None

    def rows(self, *indicators: str) -> pd.DataFrame:
        """What texts print of ``indicators`` for the city, in order of time, for `charts.points`.

        A stock of a whole year stands at its end. New columns: ``series``, and ``doubt``, which says of a figure that
        its source is of low trust, else blank.
        """
        found = numbers.listed(self.figures[self.figures["remark"] != numbers.IMPLIED], indicators)
        found = found[found["own"].astype(bool) & ~found["period"].str.contains("/")]
        weak = prose._("source of low trust")
        return found.assign(
            doubt=found["source_id"].map(doubtful).map({True: weak, False: ""}),
            period=found["period"].where(found["period"].str.len() > 4, found["period"] + "-12"),
            series=found["indicator"].map(called),
        )


def labels(rows: pd.DataFrame) -> list[str]:
    """The figures of ``rows`` as labels of bars: "over 1,500"."""
    return [render(fact, prose.language()) for fact in observations.facts(rows)]
