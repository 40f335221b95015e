"""Prints how fast the project is, beside its peers: `python benchmarks [FIGURE…]`, all figures without a name.

A figure is a function that takes a folder for what it makes and yields lines. It works on copies of the checkout, which
stays as it is. Times are medians of three rounds in which ours and the peers take turns; a ratio above one is how many
times longer the peer takes.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import check
import fresh
import report
import sweep
from measure import cores

FIGURES = {
    "report": report.figure,
    "changes": report.changes,
    "sweep": sweep.figure,
    "check": check.figure,
    "fresh": fresh.figure,
}


def main(names: list[str]) -> int:
    """Print the figures; the exit code, 2 for a name that is none of theirs."""
    for name in names:
        if name not in FIGURES:
            print(f"figures: found {name} — write some of {' '.join(FIGURES)}", file=sys.stderr)
            return 2
    print(f"{cores()} cores", flush=True)
    for name in names or FIGURES:
        print(f"\n{name}", flush=True)
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            for line in FIGURES[name](Path(folder).resolve()):
                print(f"  {line}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
