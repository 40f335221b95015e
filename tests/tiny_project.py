"""A checkout in miniature for the tests of wuhan.execution: small tables, notebooks of a few cells."""

from __future__ import annotations

import json
from pathlib import Path

from wuhan.execution.project import Project

TABLES = {
    "places.csv": (
        "place,name_en,name_zh,kind\n"
        "wuhan,Wuhan,武汉,city\nchengdu,Chengdu,成都,city\nchongqing,Chongqing,重庆,municipality\n"
        "china,China,中国,nation\n"
    ),
    "gdp.csv": (
        "place,indicator,period,value,status,vintage\n"
        "wuhan,gdp,1998,1001,actual,first_release\nwuhan,gdp,2024,21106.23,actual,latest\n"
        "wuhan,gdp,2035,40000,target,\n"
    ),
    "events.csv": "event,event_type,date\ne1,signing,2020-02-28\ne2,groundbreaking,2024-01-03\n",
    "sources.csv": "source_id,trust\ns1,A\ns2,B\n",
}
PARAMETERS = 'city = "wuhan"  # place id\nfirst_year = 2010  # first shown\nlast_year = 2024\nlanguage = "en"'
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
# One pixel is picture enough; `color` changes its bytes.
PICTURE = """
import struct, zlib
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
class Picture:
    def _repr_mimebundle_(self, include=None, exclude=None):
        head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
        png = b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", head)
        png += chunk(b"IDAT", zlib.compress(bytes([0, COLOR]))) + chunk(b"IEND", b"")
        return {"image/png": png, "text/plain": "Figure: a dot"}, {"image/png": ABOUT}
Picture()
"""


def prose(source: str) -> dict:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def code(source: str, *tags: str) -> dict:
    empty = {"cell_type": "code", "execution_count": None, "outputs": [], "source": source}
    return empty | {"metadata": {"tags": list(tags)} if tags else {}}


def sentence(words: str) -> str:
    return f"from IPython.display import Markdown\nMarkdown({words!r})"


def picture(color: int = 7, figure: str = "dot", alt: str = "a dot") -> str:
    return PICTURE.replace("COLOR", str(color)).replace("ABOUT", repr({"alt": alt, "figure": figure}))


def reads(path: str) -> str:
    """A cell that reads a table the way the package does, with its name in the log."""
    return (
        "import os, pathlib\n"
        f"open(os.environ['WUHAN_READS'], 'a').write('data/datapackage.json\\n' + {path!r} + '\\n')\n"
        f"len(pathlib.Path('..', {path!r}).read_text())"
    )


def make(root: Path) -> Project:
    """An empty collection with the tables above."""
    for folder in ("notebooks", "figures", "data"):
        (root / folder).mkdir(parents=True)
    for name, text in TABLES.items():
        (root / "data" / name).write_text(text, encoding="utf-8")
    return Project(root)


def write(project: Project, name: str, *cells: dict) -> Path:
    """Write a notebook of ``cells`` between a title and a parameters cell, and a last word."""
    cells = [prose("# How large?"), code(PARAMETERS, "parameters"), *cells, prose("The end.")]
    cells = [cell | {"id": f"c{number}"} for number, cell in enumerate(cells)]
    path = project.notebooks / f"{name}.ipynb"
    notebook = {"cells": cells, "metadata": {"kernelspec": KERNEL}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook))
    return path


def sound(project: Project, name: str = "10_good", color: int = 7) -> Path:
    """A notebook with all that a notebook needs."""
    return write(
        project,
        name,
        code(sentence("The answer."), "headline"),
        code(picture(color), "figure"),
        code("f'{city} {first_year}'"),
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
