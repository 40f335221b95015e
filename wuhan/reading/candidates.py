"""Rows for ``claims.csv`` from the numbers of a text: what is sure is filled in, the rest is left to a person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from wuhan.evidence import package
from wuhan.evidence.ledger import RANKED, figure
from wuhan.evidence.quantities import QuantityError
from wuhan.evidence.units import UNITS
from wuhan.reading.forms import CHANGE, DURATION, GROWTH, LIST, MULTIPLE, RANK, SHARE, THRESHOLD
from wuhan.reading.said import Found
from wuhan.reading.terms import Vocabulary
from wuhan.reading.times import Printing

COMPARISONS = {
    GROWTH: "growth",
    MULTIPLE: "growth",
    SHARE: "share",
    CHANGE: "change",
    RANK: RANKED,
    LIST: "list_count",
    DURATION: "duration",
    THRESHOLD: "threshold",
}
LEVELS = {"stock": "stock", "capacity": "stock", "flow": "flow", "cumulative": "flow"}


def following(data: Path = package.DATA) -> str:
    """The id of the next press text: that of the last one in the ledger, and one more."""
    last = max(int(source.rpartition("_")[2]) for source in package.read("claims", data, ("source_id",))["source_id"])
    return f"press_{last + 1:03d}"


def rows(found: Sequence[Found], names: Vocabulary, printed: Printing, source: str) -> list[dict[str, object]]:
    """One row of claims a number that was understood, in their order; blank where a person has to decide.

    ``source``: the id of the text in ``sources.csv``, as press_005; ids of rows begin with its number.
    """
    made: list[dict[str, object]] = []
    used: Counter[str] = Counter()
    for one in found:
        row = _row(one, names, printed)
        if row is None:
            continue
        stem = f"p{source.rpartition('_')[2]}_line{one.line}_{row['indicator'] or one.number.form}"
        used[stem] += 1
        row["claim"] = stem if used[stem] == 1 else f"{stem}_{used[stem]}"
        row["source_id"] = source
        made.append(row)
    return made


def _row(one: Found, names: Vocabulary, printed: Printing) -> dict[str, object] | None:
    """The row of a number, without its id; None for one that nobody could read."""
    indicator = names.indicators[one.measure.code] if one.measure.known else None
    level = LEVELS.get(indicator.measure, "level") if indicator else "level"
    comparison = COMPARISONS.get(one.number.form, level)
    text = stated_as(one, indicator.unit if indicator else one.number.unit, comparison)
    if text is None:
        return None
    value_text, unit, qualifier = text
    if indicator and UNITS[unit].dimension != UNITS[indicator.unit].dimension:
        indicator = None  # the ledger could not compare the two
    period = one.period.code if one.period.known else ""
    return {
        "claim": "",
        "source_id": "",
        "line": one.line,
        "theme": indicator.theme if indicator else "",
        "place": one.place.code if one.place.known else "",
        "organisation": "",
        "indicator": indicator.code if indicator else "",
        "measure": indicator.code if indicator else "",
        "value_text": value_text,
        "unit": unit,
        "kind": one.kind.code,
        "qualifier": qualifier,
        "period": period,
        "stated": printed.day if printed.sure == "sure" else "",
        "comparison": comparison,
        "repeats": "",
        "note": "",
    }


def stated_as(one: Found, unit: str, comparison: str) -> tuple[str, str, str] | None:
    """Text, unit and qualifier as the ledger reads them, in ``unit`` or in the printed one; None where it reads none.

    A decline gets its minus; a qualifier that contradicts the words at the number takes their place.
    """
    number = one.number
    if number.quantity is None:
        return None
    texts = [number.text]
    if core := re.search(r"[0-9一二两三四五六七八九十百千万亿几].*", number.text):
        texts.append(core[0])
    if unit in UNITS and UNITS[unit].dimension == "money per person":
        texts += [text.removesuffix("元").removesuffix("yuan").strip() for text in texts]
    if number.quantity.value < 0:
        texts = [f"-{text.lstrip('-')}" for text in texts[-1:]]
    units = [code for code in dict.fromkeys((unit, number.unit)) if code in UNITS]
    qualifiers = dict.fromkeys((number.qualifier, number.quantity.qualifier))
    for code, text, qualifier in product(units, texts, qualifiers):
        try:
            if figure(text, code, comparison, qualifier):
                return text, code, qualifier
        except QuantityError:
            continue
    return None
