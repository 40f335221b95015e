"""Notebooks of a few cells, written as a run leaves them, to be shown as pages."""

from __future__ import annotations

import base64
from pathlib import Path

import nbformat

from wuhan.site import pages as site

PNG = base64.b64encode(b"\x89PNG stands for a picture").decode()


def report(books, out, asked=()):
    return site.report({"en": books}, out, asked)


def picture(slug="gdp", alt="Bars: Wuhan is ninth."):
    facts = {"alt": alt, "figure": slug, "width": 720, "height": 300}
    return {"data": {"image/png": PNG, "text/plain": "Figure"}, "metadata": {"image/png": facts}}


def markdown(text):
    return {"data": {"text/markdown": text, "text/plain": "Sentence"}}


def code(source, *outputs, tags=()):
    made = [nbformat.v4.new_output("display_data", **output) for output in outputs]
    return nbformat.v4.new_code_cell(source, outputs=made, metadata={"tags": list(tags)})


def write(folder: Path, name="10_gdp", *cells, title="# How large is it?"):
    first = [nbformat.v4.new_markdown_cell(title)] if title else []
    made = [nbformat.v4.new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    for number, cell in enumerate(first + made):
        cell["id"] = f"cell-{number}"
    path = folder / f"{name}.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=first + made), path)
    return path
