"""Damage done to the small data package, and what its reader must answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wuhan.evidence import package
from wuhan.evidence.package import DataError

HEADER = "place,indicator,period,value,value_text,qualifier,status,vintage,source_id,note"
ROW = "wuhan,gdp_nominal,2023,20011.65,,exact,actual,,bureau_2024,"
GROWTH = "wuhan,gdp_real_growth,2024,-5.2,"


def each(names: str, cases: list[tuple]) -> pytest.MarkDecorator:
    """A test for each case, which is its name and then its values."""
    return pytest.mark.parametrize(names, [case[1:] for case in cases], ids=[case[0] for case in cases])


def damage(path: Path, old: str | None, new: str | bytes) -> None:
    """Replace the first occurrence of `old` (everything when None); a case that changes nothing is a mistake."""
    content = path.read_bytes()
    replacement = new if isinstance(new, bytes) else new.encode()
    changed = replacement if old is None else content.replace(old.encode(), replacement, 1)
    assert changed != content
    path.write_bytes(changed)


def lines(data: Path) -> list[str]:
    """All faults of a package, one line each."""
    return [str(fault) for fault in package.check(data)]


def answers(data: Path, file: str, old: str | None, new: str, message: str) -> None:
    """Damage a file: `message` must be the only fault of the file that it names, and reading that must tell it."""
    damage(data / file, old, new)
    reported = message.split(":")[0]  # the file at fault, which may be another than the one damaged
    found = [line for line in lines(data) if line.startswith(f"data/{reported}:")]
    assert len(found) == 1, found
    assert re.match(f"data/{message}", found[0]), found[0]
    with pytest.raises(DataError) as caught:
        package.read(reported.removesuffix(".csv"), data)
    assert found[0] in str(caught.value).splitlines()
