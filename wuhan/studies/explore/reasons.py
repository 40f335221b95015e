"""Why a choice cannot be shown, and how one that is shown has to be read: the sentences of `views`."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from wuhan.analysis import growth, transform
from wuhan.evidence import breaks
from wuhan.evidence.observations import starts
from wuhan.studies.explore.choices import MOST, Choice
from wuhan.text import prose, words
from wuhan.text.language import noted
from wuhan.text.prose import headed, listed, plural
from wuhan.text.sentence import Sentence, say
from wuhan.text.words import Name, label, name, remark, table_of, unit_words, when

LEVELS = noted(  # refusals of what has a meaning as a level only
    {
        "rate": "{measure}: a rate has a meaning as a level only.",
        "share": "{measure}: a share or a ratio has a meaning as a level only.",
        "rank": "{measure}: a place in an order has a meaning as a level only.",
    }
)


def refused(choice: Choice) -> Sentence | None:
    """Why the choice has no meaning, if it has none."""
    if not choice.places:
        return headed(say("No place is chosen."), say("Choose one or more."))
    if choice.first > choice.last:
        years = {"first": Name(choice.first), "last": Name(choice.last)}
        return headed(
            say("The first year, {first}, is after the last, {last}.", **years), say("Choose an earlier first year.")
        )
    row, measure = words.look_up("indicators", "indicator", choice.indicator), prose.measure(choice.indicator)
    code = transform.refusal(choice.transformation, row["measure"], row["unit"])
    if code in LEVELS:
        return _as_level(say(LEVELS[code], measure=measure))
    if code == "unit":
        unit = Name(unit_words(row["unit"], row["indicator"]))
        return _as_level(say("{measure}: what is counted in {unit} is not read per head.", measure=measure, unit=unit))
    return None


def _as_level(problem: Sentence) -> Sentence:
    """A ``problem`` that the figures as published do not have."""
    return headed(problem, say("Choose the level."))


def unknown(frame: pd.DataFrame, every: pd.DataFrame, choice: Choice) -> Sentence | None:
    """What is known instead, where nothing is known of the choice."""
    alike = {"measure": prose.measure(choice.indicator), "places": listed(map(name, choice.places))}
    if every.empty:
        others = frame.loc[frame["indicator"] == choice.indicator, "place"].unique()
        if not len(others):
            return say("{measure}: no figure of any place is known.", measure=alike["measure"])
        some = listed(map(name, sorted(others, key=cities_first)[:MOST]))
        instead = (
            say("Figures are known of {some}.", some=some)
            if len(others) <= MOST
            else say("Figures are known of {n} other places, among them {some}.", n=len(others), some=some)
        )
        return headed(say("{measure}: no figure of {places} is known.", **alike), instead)
    years = starts(every["period"])
    if years.between(choice.first, choice.last).any():
        return None
    alike |= {"first": Name(choice.first), "last": Name(choice.last)}
    return headed(
        say("{measure}: no figure of {places} is known for {first} to {last}.", **alike),
        say("There are figures from {since} to {until}.", since=Name(years.min()), until=Name(years.max())),
    )


def cities_first(place: str) -> tuple:
    row = table_of("places", "place")[place]
    return row["kind"] not in ("city", "municipality"), row["name_en"]


def incomparable(choice: Choice) -> Sentence:
    """Why a transformation leaves nothing of figures that there are."""
    alike = {"measure": prose.measure(choice.indicator), "first": Name(choice.first), "last": Name(choice.last)}
    if choice.transformation == "per_head":
        return _as_level(
            say(
                "{measure}: for {first} to {last} no whole year has both a figure and the head counts to divide it by.",
                **alike,
            )
        )
    if choice.indicator in transform.PUBLISHED:
        return _as_level(
            say(
                "{measure}: its growth is read as published only, and none is known for whole years from {first} to "
                "{last}.",
                **alike,
            )
        )
    return headed(
        say("{measure}: from {first} to {last} no two whole years in a row can be compared.", **alike),
        say("One is missing or known on one side only, or a census may stand between them."),
        say("Choose the level."),
    )


def vintage_name(code: str) -> Sentence | Name:
    """A vintage as a sentence calls it: that of the newest revision has no date of its own."""
    return say("revised series") if code == "latest" else label(code)


def notes(
    choice: Choice, vintage: str, rows: pd.DataFrame, every: pd.DataFrame, offered: list[str]
) -> Iterator[Sentence]:
    """How the ``rows`` that a choice shows of ``vintage`` have to be read."""
    way, places = choice.transformation, list(dict.fromkeys(rows["place"]))
    missing = [name(place) for place in choice.places if place not in places]
    if missing:
        yield say("No figure for this choice: {places}.", places=listed(missing))
    if len(places) > MOST:
        yield say("The figure shows the first {n} places only. The others are in the table.", n=MOST)
    others = listed(vintage_name(each) for each in offered if each not in ("", vintage))
    if vintage:
        named = vintage_name(vintage)
        yield (
            say("Vintage: {vintage}. There is also: {others}.", vintage=named, others=others)
            if str(others)
            else say("Vintage: {vintage}.", vintage=named)
        )
    kinds = {table_of("places", "place")[place]["kind"] for place in places}
    if vintage == "latest" and "municipality" in kinds and len(kinds) > 1:
        yield say("Municipalities are revised for all years, other places are not: these levels do not compare well.")
    if way in ("growth", "index") and choice.indicator in transform.PUBLISHED:
        yield say("Growth of output is read as published, never from the difference of two levels.")
    elif way in ("growth", "index") and breaks.breaks(choice.indicator):
        yield say("Nothing is read across a year in which a census or a new definition may have re-based the level.")
    if way == "per_head" or (way != "level" and choice.indicator == "pop_resident"):
        yield say("A jump in the head count of one year may be a revision of the estimates or a border that moved.")
    within = every[~every["period"].isin(rows["period"]) & ~every["period"].str.fullmatch("[0-9]{4}")]
    within = within[starts(within["period"]).between(choice.first, choice.last)]
    if len(within) and way == "level":
        yield say(
            "{n} {figures} for parts of a year {are} left out here.",
            n=len(within),
            figures=plural(len(within), one="figure", many="figures"),
            are=plural(len(within), one="is", many="are"),
        )


def recounts(frame: pd.DataFrame, choice: Choice, rows: pd.DataFrame) -> Iterator[Sentence]:
    """What the head counts of the places say of themselves around a census: the first note of each place."""
    if choice.transformation != "per_head" and choice.indicator != "pop_resident":
        return
    around = {year + step for year in growth.POPULATION_CENSUS_YEARS for step in (-1, 0, 1)} & set(rows["year"])
    heads = frame[(frame["indicator"] == "pop_resident") & frame["place"].isin(rows["place"]) & frame["note"].ne("")]
    remarks = (
        heads[heads["period"].isin(map(str, around))].sort_values("period", kind="stable").drop_duplicates("place")
    )
    for row in remarks.itertuples():
        yield say(
            "The data note on residents of {place} in {year}: {note}",
            place=name(row.place),
            year=when(row.period),
            note=remark(row.note),
        )
