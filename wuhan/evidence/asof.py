"""The data as they were known on a day: rows of what was published later are left out, vintages and all.

The Federal Reserve's ALFRED does the same for the United States. A date that names only a month or a year counts from
its last day on, since nobody knows on which it was. Of a source that names none, a row counts from one year after the
end of its period on: compilations print what bureaus have printed by then. A claim counts from the day it was stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from wuhan.evidence.periods import bounds

SOURCES = ("source_id", "source_id_2")
OWN = ("stated", "date", "period")  # what dates a row whose source does not; the first that the table has
NAMES = ("organisations",)  # tables in which others look up who is who, which is no news
DELAY = 1  # years from the end of a period to the day on which its figures are surely printed


def published(frame: pd.DataFrame, dates: Mapping[str, str], day: str) -> pd.Series:
    """Which rows of a table were published by the end of ``day``; ``dates`` are those of sources, blank for none.

    A row with two sources counts from the later one on, since it tells what both do; a row of a table without sources
    always.
    """
    last = bounds(day)[1]
    if "published" in frame:
        return frame["published"].map(lambda printed: not printed or bounds(printed)[1] <= last).astype(bool)
    kept = pd.Series(True, index=frame.index)
    own = next((column for column in OWN if column in frame), "")
    delay = 0 if own == "stated" else DELAY
    for column in (each for each in SOURCES if each in frame):
        printed = frame[column].map(lambda source: dates.get(source, ""))
        known = printed.map(lambda text: bool(text) and bounds(text)[1] <= last)
        if own:
            dated = frame[own].map(lambda text: bool(text) and _later(bounds(text)[1], delay) <= last)
            known |= (printed == "") & dated
        kept &= known | (frame[column] == "")
    return kept.astype(bool)


def _later(day: date, years: int) -> date:
    """The same day ``years`` later; 28 February for a 29th that the year lacks."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
