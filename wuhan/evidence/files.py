"""Which files of a folder are content, and which are what everyday tools leave there.

JupyterLab keeps checkpoints, spreadsheets and editors keep locks, swap files and copies, file managers keep
thumbnails. None of it is part of the collection: it is passed over, never judged and never an input.
"""

from __future__ import annotations

import re
from pathlib import Path

_NAMES = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__pycache__", "__macosx", "$recycle.bin"})
_BEGINNINGS = (".", "~")  # hidden files, checkpoints, swap files, locks of LibreOffice; owner files of Office
RESOLVE = "keep one of the two sides and remove the marks"
# A spreadsheet that saved the file since may have put commas after a mark, or quotes around it.
_MARK = re.compile(r'^"?(<{7}|\|{7}|={7}|>{7})(?=[ ,"\n]|\Z)', re.MULTILINE)
_ENDINGS = ("~", ".swp", ".swo", ".tmp", ".bak", ".orig", ".rej", ".part", ".crdownload")


def litter(name: str) -> bool:
    """Whether a file or folder of this name is what a tool left behind, not content."""
    plain = name.lower()
    emacs = len(name) > 1 and name[0] == name[-1] == "#"
    return plain in _NAMES or plain.startswith(_BEGINNINGS) or plain.endswith(_ENDINGS) or emacs


def content(folder: Path, pattern: str = "*") -> list[Path]:
    """The paths below `folder` that match a glob pattern, sorted, without litter and what lies in litter."""
    return sorted(path for path in folder.glob(pattern) if not any(map(litter, path.relative_to(folder).parts)))


def conflicts(text: str) -> list[tuple[int, str]]:
    """The conflicts that a merge left in a text: the line of the first mark of each, and all its marks."""
    found: list[tuple[int, str]] = []
    for match in _MARK.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if found and not match[1].startswith("<"):
            found[-1] = found[-1][0], f"{found[-1][1]}, {match[1]} on line {line}"
        else:
            found.append((line, match[1]))
    return found
