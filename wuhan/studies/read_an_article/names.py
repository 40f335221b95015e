"""What marks, reasons, kinds and columns are called."""

from __future__ import annotations

from wuhan.reading.known import AIM, CONTEXT, DIFFERS, HOLDS, OPEN, STALE, UNSURE_MARK
from wuhan.text.language import noted

SIGNS = {HOLDS: "✓", DIFFERS: "✗", STALE: "↺", AIM: "→", OPEN: "?", CONTEXT: "", UNSURE_MARK: "…"}
WEAK, WEAKLY = "(✓)", noted("holds (low trust)")  # of what holds by a source of low trust alone
MEANINGS = noted(
    {
        HOLDS: "holds",
        DIFFERS: "differs",
        STALE: "the figure of an earlier time",
        AIM: "a target, plan, cap or forecast",
        OPEN: "cannot be checked",
        CONTEXT: "context, not a result",
        UNSURE_MARK: "not understood well enough",
    }
)
WHY = noted(
    {
        "form": "it counts a list, a length of time or a multiple",
        "no_name": "no known measure is named",
        "far": "other words stand between measure and number",
        "no_form": "the measure has no such form in the tables",
        "narrowed": "other words may narrow the measure",
        "rise": "it tells by how much a level rose",
        "base": "growth on another base, or over several years",
        "scope": "a rank among fewer",
        "broad": "its name is said of other things, too",
        "several": "several measures have this name",
        "row": "it stands in a row of numbers",
        "behind": "named behind the number",
        "named": "named in the sentence",
        "stranger": "a place that the tables lack",
        "before": "from the sentence before",
        "deictic": "the city of the text",
        "text": "the text names it most",
        "none": "no known place is named",
        "no_day": "the day of printing is not known",
        "printing": "the day of printing",
        "no_time": "no time is named",
        "word": "a word says so",
        "future": "its time is yet to come",
        "said": "told as a fact",
    }
)
KINDS = noted(
    {"actual": "result", "target": "target", "plan": "plan", "cap": "cap", "forecast": "forecast", "context": "context"}
)
RESTS = noted(
    {
        "measured": "counted by a bureau or a register",
        "worked_out": "worked out here",
        "echo": "printed by another; who measured was not judged",
    }
)
QUESTIONS = noted(
    {
        "sectors": "Do the three sectors come to GDP?",
        "trade": "Do exports and imports come to foreign trade?",
        "again": "Is the same measure printed alike twice?",
        "growth": "Does the growth fit the two levels?",
        "within": "Is the part at most the whole?",
    }
)
HEADS = noted(
    {
        "line": "Line",
        "number": "Number",
        "about": "Is about",
        "place": "Place",
        "time": "Time",
        "kind": "Kind",
        "mark": "Verdict",
        "rests": "Rests on",
        "then": "When it was printed",
    }
)
