"""What notebooks and figures must not carry when they are published: conflict marks, secrets, paths of one machine."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from wuhan.evidence.faults import Fault
from wuhan.evidence.files import RESOLVE, conflicts, content
from wuhan.evidence.secrets import ADVICE, secret
from wuhan.text.notebooks import own

from .project import Project

_MARK = re.compile(r'^\s*"(<{7}|>{7}) ', re.MULTILINE)  # what a tool for notebooks leaves inside a cell
_PICTURE = re.compile(r'"image/[a-z+]+":')
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TEXTS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf")
AGAIN = "remove it, then run the notebook again"


def faults(project: Project) -> Iterator[Fault]:
    """The faults of all notebooks and figures; files that cannot be read are left to what runs them."""
    for path in own(project.notebooks):
        yield from _notebook(path.read_text("utf-8", "replace"), f"{project.notebooks.name}/{path.name}")
    for path in filter(Path.is_file, content(project.figures, "*.png")):
        yield from _picture(path.read_bytes(), f"{project.figures.name}/{path.name}", 1)


def _notebook(text: str, file: str) -> Iterator[Fault]:
    marks = conflicts(text)
    if not marks and (inside := list(_MARK.finditer(text))):
        marks = [(text.count("\n", 0, inside[0].start()) + 1, f"{inside[0][1]} in a cell")]
    for number, found in marks:
        yield Fault(file, number, "", f"a merge conflict, {found}", RESOLVE)
    lines = text.split("\n")
    plain = ["" if _PICTURE.search(line) else line.replace("\\n", " ").replace("\\\\", "\\") for line in lines]
    if secret("\n".join(plain)):
        for number, line in enumerate(plain, 1):
            if what := secret(line):
                yield Fault(file, number, "", what, f"{AGAIN}: {ADVICE.split(': ')[1]}")
    for number, line in enumerate(lines, 1):
        if '"image/png":' in line:
            try:
                picture = base64.b64decode(json.loads(line.partition(":")[2].strip().rstrip(",")))
            except (ValueError, TypeError, binascii.Error):
                continue  # the reader of notebooks says what is wrong with the file
            yield from _picture(picture, file, number)


def _picture(picture: bytes, file: str, line: int) -> Iterator[Fault]:
    """What the words that a PNG file carries beside its pixels should not say."""
    for words in texts(picture):
        if what := secret(words):
            yield Fault(file, line, "", f"{what} in the words that the picture carries", AGAIN)


def texts(picture: bytes) -> Iterator[str]:
    """The words in the chunks of text of a PNG file, with their keys; nothing of other files."""
    at = len(_SIGNATURE) if picture.startswith(_SIGNATURE) else len(picture)
    while at + 8 <= len(picture):
        size, kind = int.from_bytes(picture[at : at + 4], "big"), picture[at + 4 : at + 8]
        body = picture[at + 8 : at + 8 + size]
        if kind in _TEXTS:
            key, _, rest = body.partition(b"\0")
            for part in (rest, rest[1:], rest.split(b"\0", 4)[-1]):  # zTXt has a byte of method, iTXt four fields more
                try:
                    rest = zlib.decompress(part)
                    break
                except zlib.error:
                    continue
            yield f"{key.decode('latin-1')} {rest.decode('utf-8', 'replace')}"
        at += size + 12
