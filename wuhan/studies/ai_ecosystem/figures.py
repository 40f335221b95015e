"""The figures on one city's AI ecosystem, and which of them lead."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer

from wuhan.charts import style
from wuhan.charts.frames import wordings
from wuhan.evidence import observations
from wuhan.evidence.facts import Fact
from wuhan.evidence.observations import AIMS, doubtful
from wuhan.evidence.sources import DRAFT
from wuhan.studies.ai_ecosystem import numbers
from wuhan.studies.ai_ecosystem.numbers import ROADS, SCALE
from wuhan.text.language import _, noted
from wuhan.text.prose import paragraph, publishers
from wuhan.text.sentence import Sentence, say
from wuhan.text.tables import Table, table
from wuhan.text.words import Name, look_up, measure, name, unit_of, when

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
HEADS = noted({"measure": "Measure", "place": "Place", "figure": "Figure", "when": "Period"})
ASSUMED = "is assumed"  # ends the note of a figure that is printed without a year
WIDE = 0.7  # of a year that a bar takes
FEWEST = 3  # bars that are a figure; fewer are a sentence


def called(indicator: str) -> Name:
    """What a sentence or a key calls an indicator."""
    return Name(_(CALLED[indicator])) if indicator in CALLED else measure(indicator)


def together(*said: Sentence | None) -> Sentence | None:
    """What is said as one paragraph; None when nothing is."""
    told = [each for each in said if each is not None]
    return paragraph(*told) if told else None


@dataclass(frozen=True)
class Figures:
    """One city's figures (`numbers.scope`), and the organisations named there."""

    city: str
    figures: pd.DataFrame
    organisations: pd.DataFrame

    @property
    def colour(self) -> str:
        """The colour of the city, or that of a place without one."""
        return style.colour(self.city) or style.PALETTE[0]

    def lead(self, group: Sequence[str]) -> list[Fact]:
        """The newest outcome of ``group``; from sources of low trust only if there are no others."""
        firm = self.figures[~self.figures["source_id"].map(doubtful).astype(bool)]
        return numbers.newest(firm, group) or numbers.newest(self.figures, group)

    def measured(self, group: Sequence[str]) -> str:
        """The indicator of ``group`` that leads, else the first."""
        return next((fact.indicator for fact in self.lead(group)), group[0])

    def share(self, group: Sequence[str]) -> Fact | None:
        """How much of its next target the outcome that leads in ``group`` is, in per cent; None without a target of
        that name.
        """
        told = self.lead(group)
        reached = numbers.progress(told, numbers.listed(self.figures, [fact.indicator for fact in told]))
        return reached[0][0] if reached else None

    def target(self, share: Fact) -> Fact:
        """The target of which ``share`` is reached, the highest of its year."""
        aims = self.aims(share.indicator)
        return observations.facts(aims[aims["period"] == share.period])[-1]

    def goals(self, group: Sequence[str]) -> pd.DataFrame:
        """The city's own targets for ``group``."""
        return numbers.listed(self.figures[self.figures["status"].isin(AIMS) & self.figures["own"]], group)

    def aims(self, indicator: str) -> pd.DataFrame:
        """The city's own targets for whole years, one a year, the highest; with the column ``year``."""
        return observations.years(self.goals([indicator])).drop_duplicates("year", keep="last")


def drawable(rows: pd.DataFrame) -> pd.DataFrame:
    """``rows`` where `FEWEST` outcomes or more are known to both sides, so that bars compare; else none of them."""
    known = (rows["high"] < math.inf) & ~rows["status"].isin(AIMS)
    return rows if known.sum() >= FEWEST else rows.head(0)


def labelled(bars: Axes, rows: pd.DataFrame) -> None:
    """Make bars of years equally wide, and write the figures of ``rows`` above them, in the unit of the axis.

    A bar that ends at a floor ("over 500") has an arrow head, that of a target as well.
    """
    if rows.empty:
        return
    factor, _words = style.axis_unit(unit_of(rows["indicator"].iloc[0]), bars.get_ylim()[1])
    ends = ["value", "low", "high"]
    texts = wordings(rows.assign(**(rows[ends] * factor), scaled=factor != 1), "")
    open_ = rows["high"] == math.inf
    head = {"arrowstyle": "<|-,head_length=0.35,head_width=0.3", "color": style.MUTED, "shrinkB": 0}
    for year, value in rows.loc[open_, ["year", "value"]].itertuples(index=False):
        bars.annotate("", (year, value), (0, 9), textcoords="offset points", arrowprops=head | {"shrinkA": 0})
    for drawn in bars.containers:
        assert isinstance(drawn, BarContainer), "bars are labelled"
        for above, padding in ((open_, 10), (~open_, 3)):  # a label stands over the head of an arrow
            told = [text if own else "" for text, own in zip(texts, above, strict=True)]
            for text in bars.bar_label(drawn, told, padding=padding, color=style.INK):
                if not text.get_text():
                    text.remove()
    for patch, year in zip(bars.patches, rows["year"], strict=True):
        patch.set(x=year - WIDE / 2, width=WIDE)
    years = range(rows["year"].min(), rows["year"].max() + 1)
    air = max(0.6, 3 - len(years) / 2)  # one year alone is no wider than one of six
    bars.set_xlim(years[0] - air, years[-1] + air)
    bars.set_xticks(years, map(str, years))
    figure = bars.get_figure(root=True)
    assert figure is not None, "these axes have been removed from their figure"
    figure.set_size_inches(8, 4)


def beside(fact: Fact, group: Sequence[str]) -> Sentence:
    """A figure that stands beside the count of firms."""
    told = {"amount": fact, "when": when(fact.period)}
    if group is ROADS:
        return say("{amount} of test roads ({when})", **told)
    if group is SCALE:
        return say("{amount} for the {kind} ({when})", kind=called(fact.indicator), **told)
    return say("{amount} of {kind} ({when})", kind=called(fact.indicator), **told)


def named_by(aim: Fact) -> Sentence:
    """Who named a target: its publisher, or a draft of it."""
    source = look_up("sources", "source_id", aim.sources[0])
    told = {"who": publishers(aim.sources)[0], "when": when(source["published"])}
    return say("a draft by {who} ({when})" if DRAFT in source["title"] else "{who} ({when})", **told)


def tabled(rows: pd.DataFrame) -> Table | None:
    """Figures of the city and its zones, one a row; None without any."""
    if rows.empty:
        return None
    return table(
        rows.assign(
            measure=rows["indicator"].map(measure),
            place=rows["place"].map(name),
            figure=observations.facts(rows),
            when=[_period(row.period, row.note) for row in rows.itertuples()],
        ),
        {key: head for key, head in HEADS.items() if key != "place" or rows["place"].nunique() > 1},
    )


def _period(period: str, note: str) -> Name | str:
    """When a figure holds; a year that only the table assumes is none that is printed."""
    return _("no year printed") if ASSUMED in note else when(period)
