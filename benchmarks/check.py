"""`make check` as gdp.csv grows: time and memory with the rows of many more cities."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import cities
from measure import Time, copy, peak, rounds, run

TIMES = (1, 5, 20, 50)


def figure(folder: Path) -> Iterator[str]:
    """Processor seconds and peak memory for each size; then what each thousand rows adds, which stays the same."""
    command, roots = (sys.executable, "-m", "wuhan", "check"), {}
    for times in TIMES:
        roots[times] = copy(folder / str(times), environment=False)
        cities.multiply(roots[times] / "data", times)

    def measure(times: int) -> Time:
        return run(roots[times], *command).time

    found = rounds(**{str(times): lambda times=times: measure(times) for times in TIMES})
    rows = {times: len(cities.read(roots[times] / "data", "gdp")) for times in TIMES}
    for times in TIMES:
        cpu, memory = found[str(times)].cpu, peak(roots[times], *command)
        added = 1000 * (cpu - found["1"].cpu) / (rows[times] - rows[1]) if times > 1 else 0.0
        each = f"{1000 * added:6.1f} CPU ms a thousand rows more" if times > 1 else ""
        size = f"{rows[times]:9,} rows {cpu:7.2f} CPU s {memory:6.0f} MiB"
        yield f"{f'make check, {times} times the cities':38} {size} {each}".rstrip()
