"""What marks, reasons, kinds and columns are called."""

from __future__ import annotations

from wuhan.reading.known import AIM, CONTEXT, DIFFERS, HOLDS, OPEN, STALE, UNSURE_MARK
from wuhan.text.language import noted

SIGNS = {HOLDS: "✓", DIFFERS: "✗", STALE: "↺", AIM: "→", OPEN: "?", CONTEXT: "", UNSURE_MARK: "…"}
WEAK, WEAKLY = "(✓)", noted("holds (low trust)")  # of what holds by a source of low trust alone
MEANINGS = {
    HOLDS: noted("holds"),
    DIFFERS: noted("differs"),
    STALE: noted("the figure of an earlier time"),
    AIM: noted("a target, plan, cap or forecast"),
    OPEN: noted("cannot be checked"),
    CONTEXT: noted("context, not a result"),
    UNSURE_MARK: noted("not understood well enough"),
}
WHY = {
    "form": noted("it counts a list, a length of time or a multiple"),
    "no_name": noted("no known measure is named"),
    "far": noted("other words stand between measure and number"),
    "no_form": noted("the measure has no such form in the tables"),
    "narrowed": noted("other words may narrow the measure"),
    "rise": noted("it tells by how much a level rose"),
    "base": noted("growth on another base, or over several years"),
    "scope": noted("a rank among fewer"),
    "broad": noted("its name is said of other things, too"),
    "several": noted("several measures have this name"),
    "row": noted("it stands in a row of numbers"),
    "behind": noted("named behind the number"),
    "named": noted("named in the sentence"),
    "stranger": noted("a place that the tables lack"),
    "before": noted("from the sentence before"),
    "deictic": noted("the city of the text"),
    "text": noted("the text names it most"),
    "none": noted("no known place is named"),
    "no_day": noted("the day of printing is not known"),
    "printing": noted("the day of printing"),
    "no_time": noted("no time is named"),
    "word": noted("a word says so"),
    "future": noted("its time is yet to come"),
    "said": noted("told as a fact"),
}
KINDS = {
    "actual": noted("result"),
    "target": noted("target"),
    "plan": noted("plan"),
    "cap": noted("cap"),
    "forecast": noted("forecast"),
    "context": "context",
}
RESTS = {
    "measured": noted("counted by a bureau or a register"),
    "worked_out": noted("worked out here"),
    "echo": noted("printed by another; who measured was not judged"),
}
QUESTIONS = {
    "sectors": noted("Do the three sectors come to GDP?"),
    "trade": noted("Do exports and imports come to foreign trade?"),
    "again": noted("Is the same measure printed alike twice?"),
    "growth": noted("Does the growth fit the two levels?"),
    "within": noted("Is the part at most the whole?"),
}
HEADS = {
    "line": noted("Line"),
    "number": noted("Number"),
    "about": noted("Is about"),
    "place": noted("Place"),
    "time": noted("Time"),
    "kind": noted("Kind"),
    "mark": noted("Verdict"),
    "rests": noted("Rests on"),
    "then": noted("When it was printed"),
}
