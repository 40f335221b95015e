"""Makes data of many more cities than there are: every city of places.csv again and again, with its rows of gdp.csv.

`python benchmarks/cities.py FOLDER TIMES` changes the tables in FOLDER, a copy of data/. Levels of a further city are
those of the real one times a factor of its own, below one, so that all tables stay sound and no two cities are alike;
rates are the same. Levels per head, which the factor leaves as they are, are not repeated: equal figures in two
places are refused as copied. The same TIMES gives the same bytes.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

LEVELS = frozenset({"stock", "flow", "cumulative", "capacity"})
DIGITS = 4  # of figures that are compared between places
NUMERALS = {"en": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "zh": "一二三四五六七八九"}  # names have no digits
Row = dict[str, str]


def read(folder: Path, table: str) -> list[Row]:
    """The rows of a table."""
    with open(folder / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, table: str, rows: Sequence[Row]) -> None:
    """Write a table anew."""
    with open(folder / f"{table}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def counted(number: int, numerals: str) -> str:
    """``number`` (at least 1) in ``numerals``, as the columns of a spreadsheet are counted."""
    before, last = divmod(number - 1, len(numerals))
    return (counted(before, numerals) if before else "") + numerals[last]


def further(place: Row, number: int) -> Row:
    """The city that repeats ``place`` for the ``number``-th time."""
    names = {
        "name_en": f"{place['name_en']} {counted(number, NUMERALS['en'])}",
        "name_zh": f"{place['name_zh']}{counted(number, NUMERALS['zh'])}",
    }
    return {**place, **names, "place": f"{place['place']}_{number}", "adcode": "", "peer": "false", "colour": ""}


def observed(row: Row, number: int, scaled: Callable[[Row], bool]) -> Row:
    """What is observed of the ``number``-th repetition of the place of ``row``."""
    made = {**row, "place": f"{row['place']}_{number}", "note": ""}
    if scaled(row):
        share = 1 - Decimal((number * 37 + sum(row["place"].encode())) % 389) / 1000
        value = (Decimal(row["value"]) * share).quantize(Decimal(row["value"]))
        made |= {"value": str(value), "value_text": ""}
    return made


def multiply(folder: Path, times: int) -> None:
    """Let the tables in ``folder`` have ``times`` as many cities, and about as many times the rows of gdp.csv."""
    places, rows = read(folder, "places"), read(folder, "gdp")
    kinds = {row["indicator"]: row for row in read(folder, "indicators")}
    levels = {name for name, kind in kinds.items() if kind["measure"] in LEVELS}
    heads = {name for name in levels if kinds[name]["unit"] == "cny_per_person"}
    cities = [place for place in places if place["kind"] == "city"]  # too few municipalities to tell which grows oddly
    known = {place["place"] for place in cities}
    own = [row for row in rows if row["place"] in known and row["indicator"] not in heads]
    made = [
        (number, observed(row, number, lambda each: each["indicator"] in levels))
        for number in range(2, times + 1)
        for row in own
    ]
    alike = _alike(rows, [row for _number, row in made if row["indicator"] in levels])
    made = [(number, row) for number, row in made if row["place"] not in alike]
    odd = read(folder, "anomalies")
    same = {row["place"]: [] for row in cities}
    for row in odd:
        if row["table"] == "gdp" and row["place"] in known and row["indicator"] not in heads:
            same[row["place"]].append(row)
    more = [(number, city) for number in range(2, times + 1) for city in cities]
    more = [(number, city) for number, city in more if f"{city['place']}_{number}" not in alike]
    again = [{**row, "place": f"{city['place']}_{number}"} for number, city in more for row in same[city["place"]]]
    write(folder, "anomalies", odd + again)
    write(folder, "places", places + [further(city, number) for number, city in more])
    write(folder, "gdp", rows + [row for _number, row in made])


def _alike(rows: Sequence[Row], made: Sequence[Row]) -> set[str]:
    """The places of ``made`` that by chance have a figure of another place, which is refused from the second on."""
    held: dict[tuple[str, ...], set[str]] = {}
    met: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for row in (*rows, *made):
        key = row["indicator"], row["period"], row["value"]
        if len(row["value"].replace(".", "").strip("-0")) >= DIGITS:
            for other in held.setdefault(key, set()) - {row["place"]}:
                met.setdefault((row["indicator"], row["place"], other), set()).add(key)
            held[key].add(row["place"])
    ours = {row["place"] for row in made}
    return {place for (_indicator, place, _other), keys in met.items() if len(keys) > 1 and place in ours}


if __name__ == "__main__":
    multiply(Path(sys.argv[1]), int(sys.argv[2]))
