"""Companies as sources print them: cells with several names, one company under several names, English names."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

HAN = re.compile("[\u4e00-\u9fff]")
LEGAL = re.compile("(集团|股份|有限|公司)*")  # what a full name adds to the short one


def alike(names: Iterable[str]) -> list[set[str]]:
    """The distinct ``names`` in groups: two stand in one group when one holds the other, or a third joins them."""
    groups: list[set[str]] = []
    for name in sorted(set(names)):
        joined = [group for group in groups if any(name in other or other in name for other in group)]
        groups = [group for group in groups if group not in joined] + [{name}.union(*joined)]
    return groups


def names_of(company: str) -> list[str]:
    """The names in a cell such as "中航锂电 (中创新航); 小米": each part, and what stands in brackets behind it.

    Chinese words where there are any: "京东方 BOE" is 京东方. Brackets without a space before them belong to the name.
    """
    found = []
    for part in filter(None, (each.strip() for each in company.split(";"))):
        outside, _open, inside = part.partition(" (")
        names = [outside, inside.rstrip(")")] if inside else [part]
        chinese = [word for name in names for word in name.split() if HAN.search(word)]
        found += chinese or names
    return list(dict.fromkeys(found))


def english(group: set[str], organisations: pd.DataFrame) -> str:
    """The English name of the first company whose Chinese one is in ``group``, or differs by its legal form alone."""
    for row in organisations[organisations["kind"] == "company"].itertuples():
        if any(row.name_zh.startswith(name) and LEGAL.fullmatch(row.name_zh[len(name) :]) for name in group):
            return row.name_en
    return ""
