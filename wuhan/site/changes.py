"""The page of the changes: the log, and which numbers, headlines and verdicts the last release had otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from wuhan.evidence.history import Key
from wuhan.site import release, tables
from wuhan.site.book import Page
from wuhan.site.rows import row_of, specified
from wuhan.site.sanitise import markdown
from wuhan.text import codes, messages
from wuhan.text.language import _
from wuhan.text.words import label, look_up, measure, name, publisher, unit_of, unit_words, when

SHOWN = 250  # changed numbers that the page lists; it counts the others


Named = TypeVar("Named", str, Key)
Told = TypeVar("Told", str, dict)


@dataclass(frozen=True)
class Change(Generic[Named, Told]):
    """What one thing was in the last release and is now; blank where it was not or is no more."""

    key: Named
    before: Told
    now: Told


@dataclass(frozen=True)
class Changes:
    """Everything that differs between two states, numbers last: those changed first, then those removed, then new."""

    version: str
    headlines: list[Change[str, str]]
    verdicts: list[Change[str, str]]
    tables: list[Change[str, dict]]
    numbers: list[Change[Key, str]]


def compare(before: dict, now: dict) -> Changes:
    """What changed between two states of `release.state`."""
    old, new = map(release.numbers, _apart(before, now))
    numbers = _differences(old, new, "")
    numbers.sort(key=lambda change: (change.before == "", change.now == "", change.key))
    return Changes(
        before["version"],
        _differences(before["headlines"], now["headlines"], ""),
        _differences(before["verdicts"], now["verdicts"], ""),
        _differences(before["tables"], now["tables"], {}),
        numbers,
    )


def _apart(*states: dict) -> list[dict]:
    """Of each state the series that are not the same in the other: only these need to be unpacked."""
    packed = [
        {(indicator, key): line for indicator, lines in each["numbers"].items() for key, line in lines.items()}
        for each in states
    ]
    same = packed[0].items() & packed[1].items()
    kept: list[dict] = []
    for each in packed:
        numbers: dict[str, dict[str, str]] = {}
        for (indicator, key), line in each.items() - same:
            numbers.setdefault(indicator, {})[key] = line
        kept.append({"numbers": numbers})
    return kept


def _differences(before: dict[Named, Told], now: dict[Named, Told], absent: Told) -> list[Change[Named, Told]]:
    keys = sorted(before.keys() | now.keys())
    found = [Change(key, before.get(key, absent), now.get(key, absent)) for key in keys]
    return [change for change in found if change.before != change.now]


def page(notebooks: list[Page], data: Path, root: Path, last: dict | None, now: Callable[[], dict]) -> dict:
    """What the page shows; ``last`` is the state of the last release, None when there was none, ``now`` gives the
    present one.

    The headlines are those of the committed notebooks, in English with their own parameters: what a release states.
    """
    log = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    shown = {"log": history(log), "version": tables.descriptor(data)["version"], "since": ""}
    if last is None:
        return shown
    found = compare(last, now())
    return shown | {
        "since": found.version,
        "headlines": [_headline(change, notebooks) for change in found.headlines],
        "verdicts": [_verdict(change) for change in found.verdicts],
        "tables": [_table(change) for change in found.tables],
        "numbers": [_number(change) for change in found.numbers[:SHOWN]],
        "others": len(found.numbers[SHOWN:]),
        "counts": _counts(found.numbers),
    }


def history(log: str) -> str:
    """The log as clean HTML below a heading of level 2: without its own title, every heading a level deeper."""
    parts = [re.sub(r"^#", "##", _(part)) for part in messages.entries(log)]
    text = "\n".join(part if part.startswith("- ") else f"\n{part}\n" for part in parts)
    return markdown(text)


def _counts(numbers: list[Change[Key, str]]) -> dict[str, int]:
    return {
        "changed": sum(1 for change in numbers if change.before and change.now),
        "removed": sum(1 for change in numbers if not change.now),
        "added": sum(1 for change in numbers if not change.before),
    }


def _headline(change: Change[str, str], notebooks: list[Page]) -> dict:
    titles = {each.stem: (each.title, each.file) for each in notebooks}
    title, file = titles.get(change.key, (change.key, ""))
    return {"title": title, "file": file, "before": change.before, "now": change.now}


def _verdict(change: Change[str, str]) -> dict:
    words = [codes.word(kind) if kind in codes.VERDICTS else kind for kind in (change.before, change.now)]
    what = _known(_claimed, change.key, change.key)
    return {"claim": change.key, "what": what, "before": words[0], "now": words[1], "there": bool(change.now)}


def _claimed(claim: str) -> str:
    row = look_up("claims", "claim", claim)
    return codes.counted(row["indicator"], row["measure"], row["organisation"], row["place"])


def _table(change: Change[str, dict]) -> dict:
    rows = [tables.grouped(one["rows"]) if one else "" for one in (change.before, change.now)]
    return {"name": change.key, "before": rows[0], "now": rows[1], "there": bool(change.now)}


def _number(change: Change[Key, str]) -> dict:
    indicator, place, status, vintage, source, period = change.key
    unit = _known(lambda code: unit_words(unit_of(code)), indicator, "")
    remarks = [label(code) for code in (status, vintage) if code not in ("", "actual")]
    return {
        "what": specified([_known(measure, indicator, indicator), _known(name, place, place)]),
        "when": _(", ").join([when(period), *remarks]),
        "before": _value(change.before, unit),
        "now": _value(change.now, unit),
        "source": _known(publisher, source, source),
        "row": row_of(change.key._asdict()) if change.now else "",
    }


def _known(words: Callable[[str], str], code: str, otherwise: str) -> str:
    """What a code is called; ``otherwise`` when the data no longer have it."""
    try:
        return words(code)
    except LookupError:
        return otherwise


def _value(kept: str, unit: str) -> str:
    """A kept value in words: "over 14600 firms"."""
    if not kept:
        return ""
    value, _colon, qualifier = kept.partition(":")
    shown = _("{value} {unit}").format(value=value, unit=unit) if unit else value
    return _("{value} ({qualifier})").format(value=shown, qualifier=label(qualifier)) if qualifier else shown
