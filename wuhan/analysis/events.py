"""What events and the parts of events state, as facts and as rows that a chart draws."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from wuhan.evidence.facts import Fact
from wuhan.evidence.observations import stated


def sector_fact(part: Mapping, column: str, unit: str) -> Fact | None:
    """What a sector's part of an event states in ``column``: a row of event_sectors with ``date`` and ``place``."""
    key = ("event_sectors", part["event"], part["sector"], part["source_id"])
    return stated(part, column, unit, part["date"], key)


def marks(events: pd.DataFrame, fact: str) -> pd.DataFrame:
    """``events`` that state ``fact`` (the name of one of its columns of facts), as a chart draws them.

    Columns ``period``, ``value``, ``low``, ``high``, ``unit``, ``status``, ``qualifier``, ``source_id`` are
    those of the fact; all others stay but ``year``, for an event has its day.
    """
    stated = events[events[fact].notna()]
    own = list(stated[fact])
    fields = ("period", "value", "low", "high", "unit", "status", "qualifier")
    columns = {field: [getattr(each, field) for each in own] for field in fields}
    drawn = stated.assign(**columns, source_id=[each.sources for each in own])
    return drawn.drop(columns="year", errors="ignore").reset_index(drop=True)
