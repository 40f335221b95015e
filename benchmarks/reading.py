"""How well `wuhan.reading` reads, against lists made by hand: `python benchmarks/reading.py TEXTS LISTS [-v]`.

TEXTS is a folder of texts. LISTS is a folder with one CSV per text, named like it, or ``data/claims.csv``, whose
article ``press_7`` belongs to the text whose name begins with 7. A list has the columns line, printed, value, unit,
qualifier, indicator, period, kind and meaningful (yes or context). With -v every miss is named.
"""

from __future__ import annotations

import csv
import math
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from wuhan.evidence.ledger import FORWARD, LISTED, figure
from wuhan.evidence.periods import bounds
from wuhan.evidence.units import QuantityError, convert
from wuhan.reading import about, decode, terms, times
from wuhan.reading.said import SURE

LOOSE = 2  # lines by which a list may count otherwise


@dataclass(frozen=True)
class Row:
    """One number of a list."""

    line: int
    printed: str
    value: float
    unit: str
    qualifier: str
    indicator: str
    period: str
    kind: str
    meaningful: bool


def main(texts: str, lists: str, *flags: str) -> int:
    """Print the figures of all texts that have a list."""
    names, total = terms.vocabulary(), Counter[str]()
    for path in sorted(Path(texts).iterdir()):
        rows = list(_rows(path, Path(lists)))
        if path.suffix not in decode.ENDINGS or not rows:
            continue
        counts = measure(path, rows, names, "-v" in flags)
        total += counts
        print(f"{path.stem}: {_told(counts)}")
    print(f"all: {_told(total)}")
    print(f"10,000 characters: {_seconds(Path(texts), names):.2f} s")
    return 0


def _rows(text: Path, lists: Path) -> Iterator[Row]:
    file = lists if lists.is_file() else lists / f"{text.stem}.csv"
    if not file.exists():
        return
    with file.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            if "source_id" not in row:
                value = (
                    statistics.mean(float(part.replace(",", "")) for part in row["value"].split(".."))
                    if row["value"]
                    else math.nan
                )
                yield Row(
                    int(row["line"]),
                    row["printed"],
                    value,
                    *(row[name] for name in ("unit", "qualifier", "indicator", "period", "kind")),
                    row["meaningful"] == "yes",
                )
            elif (
                int(row["source_id"].rpartition("_")[2]) == int(text.name.partition("_")[0])
                and row["comparison"] != LISTED
            ):
                read = figure(row["value_text"], row["unit"], row["comparison"], row["qualifier"] or "exact")
                meant = read is not None and row["comparison"] not in ("date", "label")
                yield Row(
                    int(row["line"]),
                    row["value_text"],
                    read.value if read else math.nan,
                    *(row[name] for name in ("unit", "qualifier", "indicator", "period", "kind")),
                    meant,
                )


def measure(path: Path, rows: list[Row], names: terms.Vocabulary, verbose: bool) -> Counter[str]:
    """Count what was found of a list, and how much of it is right."""
    article = decode.article(str(path), ROOT)
    found = about.read(article, names, times.printing(article))
    pairs, counts = _paired(article, rows, found), Counter[str]()
    taken = {id(one) for _, one in pairs if one}
    for row, one in pairs:
        if not row.meaningful:
            continue
        counts["rows"] += 1
        if one is None:
            if verbose:
                print(f"  missed {row.line}: {row.printed}")
            continue
        counts["found"] += 1
        for name, right in _judged(row, one).items():
            counts[name] += right
            counts[f"{name} of"] += 1
            if verbose and not right:
                listed = f"{row.unit} {row.qualifier} {row.indicator} {row.period} {row.kind}"
                print(f"  {name} {row.line}: {row.printed} {listed} | {_shown(one)}")
    for one in found:
        right = id(one) in taken or one.kind.code == about.CONTEXT
        counts["right finds"] += right
        counts["finds"] += 1
        if verbose and not right:
            around = one.sentence.text[max(0, one.number.start - 10) : one.number.end + 10]
            print(f"  not in the list {one.line}: {one.number.text} in {around}")
    return counts


def _shown(one: about.Found) -> str:
    number = one.number
    value = number.quantity.value if number.quantity else None
    measure = f"{one.measure.code}({one.measure.sure}, {one.measure.why})"
    period = f"{one.period.code}({one.period.sure})"
    return f"{number.text} {value} {number.unit} {number.qualifier} {measure} {period} {one.kind.code}"


def _paired(article: decode.Article, rows: list[Row], found: list[about.Found]) -> list[tuple[Row, about.Found | None]]:
    """Each row with the number that stands where it does."""
    free, pairs = list(found), []
    for row in rows:
        line = article.lines[row.line - 1] if row.line <= len(article.lines) else ""
        spans = [match.span() for match in re.finditer(re.escape(row.printed), line)] if row.printed else []
        here = [one for first, last in spans for one in free if one.line == row.line and _meet(one, first, last)]
        near = [one for one in free if not spans and abs(one.line - row.line) <= LOOSE and _alike(one, row)]
        same = [one for one in here if one.number.text == row.printed]
        one = next(iter(same or here or near), None)
        if one:
            free.remove(one)
        pairs.append((row, one))
    return pairs


def _meet(one: about.Found, first: int, last: int) -> bool:
    return one.column < last and first < one.column + len(one.number.text)


def _alike(one: about.Found, row: Row) -> bool:
    return one.number.text in row.printed or row.printed in one.number.text


def _judged(row: Row, one: about.Found) -> dict[str, bool]:
    """What is right of one number."""
    quantity = one.number.quantity
    try:
        value = (
            quantity.value
            if quantity and not row.unit
            else convert(quantity.value, quantity.unit, row.unit)
            if quantity
            else math.nan
        )
    except QuantityError:
        loose = quantity and {quantity.unit, row.unit} in (
            {"count", "persons"},
            {"count", "10k_persons"},
            {"cny", "cny_per_person"},
            {"km", "km_one_way"},
        )
        value = (
            convert(quantity.value, quantity.unit, "10k")
            if loose and row.unit == "10k_persons"
            else quantity.value
            if loose and quantity
            else math.nan
        )
    said = {
        "value and unit": math.isclose(value, row.value, rel_tol=1e-9) or math.isnan(row.value),
        "qualifier": one.number.qualifier == (row.qualifier or "exact"),
        "qualifier but for of_which": _own(one.number.qualifier) == _own(row.qualifier),
        "kind": one.kind.code == row.kind,
        "kind, all aims as one": _aim(one.kind.code) == _aim(row.kind),
        "period": one.period.sure != SURE or not one.period.code or _same(one.period.code, row.period),
        "measure not wrong": not one.measure.code or one.measure.code == row.indicator,
        "measure not surely wrong": one.measure.sure != SURE
        or not one.measure.code
        or one.measure.code == row.indicator,
        "period answered": _same(one.period.code, row.period),
    }
    return said | ({"measure": one.measure.code == row.indicator} if row.indicator else {})


def _own(qualifier: str) -> str:
    return "exact" if qualifier in ("", "of_which") else qualifier


def _aim(kind: str) -> str:
    return "aim" if kind in FORWARD else kind


def _same(period: str, other: str) -> bool:
    """Whether two periods are one, or end in the same month, as levels are told."""
    if period == other or not other or not period:
        return period == other
    return bounds(period)[1].isoformat()[:7] == bounds(other)[1].isoformat()[:7]


def _told(counts: Counter[str]) -> str:
    def share(part: str, whole: str) -> str:
        return f"{counts[part] / counts[whole]:.3f} ({counts[part]}/{counts[whole]})" if counts[whole] else "none"

    names = [name.removesuffix(" of") for name in counts if name.endswith(" of")]
    told = [f"recall {share('found', 'rows')}", f"precision {share('right finds', 'finds')}"]
    return "; ".join([*told, *(f"{name} {share(name, f'{name} of')}" for name in names)])


def _seconds(texts: Path, names: terms.Vocabulary) -> float:
    """Seconds for a text of 10,000 characters."""
    text = "\n".join(path.read_text("utf-8", "replace") for path in sorted(texts.glob("*.txt")))
    article = decode.parsed((text * (1 + 10_000 // max(len(text), 1)))[:10_000])
    start = time.monotonic()
    about.read(article, names, times.printing(article))
    return time.monotonic() - start


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
