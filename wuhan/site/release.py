"""The state of a release: what it said, kept small, so that the next one can tell what has changed.

``release.json`` holds the last release that was published; before the first there is none. ``python -m wuhan release``
writes it, once a release is out. An observation is kept as its printed value under what tells it from all others.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections import defaultdict
from pathlib import Path

from wuhan.evidence import observations
from wuhan.evidence.csvreader import as_printed
from wuhan.evidence.history import MEANING, Key, after, unpacked
from wuhan.site import ledger, tables
from wuhan.site.sanitise import markdown, plain
from wuhan.text.notebooks import headline, own

FILE = Path(__file__).parent / "release.json"


def state(data: Path, notebooks: Path) -> dict:
    """Everything that a release says: tables, headlines, verdicts, numbers, and what its indicators mean."""
    return of_data(data) | {"headlines": headlines(notebooks)}


def of_data(data: Path) -> dict:
    """What a release says but for its headlines: the data alone tell it."""
    about = tables.descriptor(data)
    raw = {resource["name"]: (data / resource["path"]).read_bytes() for resource in about["resources"]}
    return {
        "version": about["version"],
        "tables": {
            name: {"rows": tables.counted(found), "sha256": hashlib.sha256(found).hexdigest()}
            for name, found in raw.items()
        },
        "verdicts": {one.claim.claim: one.kind for one in ledger.held(data)},
        "numbers": _numbers(*(raw[table] for table in observations.TABLES)),
        "measures": measures(raw["indicators"]),
    }


def written(found: dict) -> bytes:
    """A state as the bytes of ``release.json``; the same for the same state."""
    return (json.dumps(found, ensure_ascii=False, indent=0, separators=(",", ":"), sort_keys=True) + "\n").encode()


def read(path: Path = FILE) -> dict | None:
    """The state of the last release; None when there was none."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def headlines(notebooks: Path) -> dict[str, str]:
    """The answer that each executed notebook states first, as plain text."""
    said = {path.stem: _headline(path.read_bytes()) for path in own(notebooks)}
    return {stem: text for stem, text in said.items() if text is not None}


@functools.lru_cache(maxsize=64)  # for the pages of the second language
def _headline(notebook: bytes) -> str | None:
    """The answer of a notebook, of which these are the bytes; None where it states none."""
    said = headline(json.loads(notebook))
    return None if said is None else plain(markdown(said))


@functools.lru_cache(maxsize=2)
def _numbers(*files: bytes) -> dict[str, dict[str, str]]:
    """Every observation of tables of which these are the bytes: its printed value, with its qualifier unless exact."""
    found = {}
    for raw in files:
        for _line, row in as_printed(raw):
            key = ("indicator", "place", "status", "vintage", "source_id", "period")
            mark = "" if row["qualifier"] == "exact" else f":{row['qualifier']}"
            found[Key(*(row[name] for name in key))] = row["value"] + mark
    return _packed(found)


def measures(indicators: bytes) -> dict[str, dict[str, str]]:
    """What each indicator of the table of which these are the bytes means: its cells in `history.MEANING`."""
    rows = (row for _line, row in as_printed(indicators))
    return {row["indicator"]: {column: row[column] for column in MEANING} for row in rows}


def numbers(found: dict) -> dict[Key, str]:
    """The observations of a state."""
    return unpacked(found["numbers"])


def _packed(rows: dict[Key, str]) -> dict[str, dict[str, str]]:
    """Observations as one line a series: "2019=1 2 3" are the values of 2019, 2020 and 2021."""
    series: dict[tuple[str, str], list[str]] = defaultdict(list)
    last: dict[tuple[str, str], str] = {}
    for (indicator, *parts, period), value in sorted(rows.items()):
        key = indicator, " ".join(parts)
        series[key].append(value if period == after(last.get(key, "")) else f"{period}={value}")
        last[key] = period
    packed: dict[str, dict[str, str]] = defaultdict(dict)
    for (indicator, told), line in series.items():
        packed[indicator][told] = " ".join(line)
    return dict(packed)
