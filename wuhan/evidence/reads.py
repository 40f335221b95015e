"""What a run used of the data and the translations, noted as it is used: what its result depends on.

The file that the environment variable ``WUHAN_READS`` names gets one line for each use: the path of a file that was
read as a whole, or, as JSON, the part of a file that was looked up:

- ``{"file": …, "key": …, "row": …, "columns": […]}``: the row whose cell in ``key`` is ``row``, in these columns (all
  without ``columns``), whether there is such a row or not, and its place in the table with the column "#";
- ``{"file": …, "key": …, "rows": […], "columns": […]}``: those of several rows that there are, in their order;
- ``{"file": …, "columns": […]}``: these columns of all rows;
- ``{"file": …, "largest": …}``: the largest text in this column;
- ``{"file": …, "message": …}``: the translation of a message, with ``"lacking": true`` where it has none and needs one.
"""

from __future__ import annotations

import json
import os

_noted: dict[str, set] = {}  # the lines of each log that this process has written


def note(file: str, **part: object) -> None:
    """Note the use of ``file``, or of a ``part`` of it; without ``columns``, or with none, of all of them. The same use
    is noted once.
    """
    log = os.environ.get("WUHAN_READS")
    if not log:
        return
    if part.get("columns") == ():
        del part["columns"]
    known, use = _noted.setdefault(log, set()), (file, *part.items())
    if use not in known:
        known.add(use)
        line = json.dumps({"file": file, **part}, ensure_ascii=False) if part else file
        with open(log, "a", encoding="utf-8") as stream:
            stream.write(f"{line}\n")
