"""A new notebook, made from ``template.ipynb``: short, sound, and to be changed by whoever asked for it."""

from __future__ import annotations

import os
from pathlib import Path

from wuhan.text import notebooks
from wuhan.text.parameters import shown

from .project import Project, RequestError, publish

TEMPLATE = Path(__file__).with_name("template.ipynb")
TOPIC = "{topic}"  # in the title of the template: what the notebook's name says


def new(project: Project, name: str) -> Path:
    """Write the notebook ``name``, such as "60_house_prices", which has not run yet; returns its path.

    Raises ``RequestError`` for a name that is none, that is there already, or whose number another notebook has.
    """
    if not notebooks.NAME.fullmatch(name):
        raise RequestError(f"{shown(name)} is no name for a notebook — write e.g. NOTEBOOK=60_house_prices")
    path = project.notebooks / f"{name}.ipynb"
    if os.path.lexists(path):
        raise RequestError(f"notebooks/{path.name} is there already — take another name")
    taken = {each.stem[:2]: each.stem for each in notebooks.own(project.notebooks)}
    number, words = name[:2], name[3:]
    if number in taken:
        after = [f"{each:02}" for each in (*range(int(number), 100), *range(int(number)))]
        free = next((each for each in after if each not in taken), "")
        advice = f"write {free}_{words}" if free else "no number is free; remove a notebook"
        raise RequestError(f"{number} is the number of {taken[number]} — {advice}")
    text = TEMPLATE.read_text(encoding="utf-8").replace(TOPIC, words.replace("_", " "))
    publish(text.encode("utf-8"), path)
    return path
