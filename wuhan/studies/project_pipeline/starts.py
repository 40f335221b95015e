"""What was to be started, and whether a count of it was found."""

from __future__ import annotations

import pandas as pd

from wuhan.text.prose import Sentence, label, measure, name, paragraph, say, when


def told(targets: pd.DataFrame, place: str) -> Sentence:
    """What was to be started and whether a count of it was found; ``targets`` as `numbers.targets_and_starts`."""
    if targets.empty:
        return say("No target for starts in {place} is known in these years.", place=name(place))
    first = targets.iloc[0]
    others = [
        say(
            "The {n} projects started on {date} ({what}) are counted by another rule and fill no target.",
            n=row.count_,
            date=when(row.period),
            what=label(row.what),
        )
        for row in targets[targets["kind"] == "other definition"].rename(columns={"count": "count_"}).itertuples()
    ]
    return paragraph(
        say(
            "For {year} {place} aimed at {n} starts ({what}).",
            place=name(place),
            year=first["year"],
            n=first["count"],
            what=measure(first["what"]),
        ),
        say(
            "The table shows what was counted by the same rule."
            if targets["kind"].eq("same definition").any()
            else "No count by the same rule was found for any target of that year, so none can be called met or missed."
        ),
        *others,
    )


def aims(targets: pd.DataFrame) -> pd.DataFrame:
    """``targets`` as `numbers.targets_and_starts` gives them, with words for a table: ``what`` and ``when``."""
    words = [
        say("{what} (other definition)", what=label(row.what).capitalize())
        if row.kind == "other definition"
        else measure(row.what)
        for row in targets.itertuples()
    ]
    return targets.assign(what=list(map(str, words)), when=targets["period"].map(when))
