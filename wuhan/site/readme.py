"""The parts of README.md and data/README.md that come from notebooks and data, written so that they cannot go stale.

A part stands between two marks, of which the first says what it is: the answer of a notebook, the answers of several
as a list, one figure, every question with its answer, for how many cities each measure is known, or what is lacking::

    <!-- answer of 40_press_claims, by `make notebooks` -->
    …
    <!-- end -->
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from wuhan.text.notebooks import headline, pictures, text

PART = re.compile(r"(<!-- ([a-z]+)(?: of ([^>]*?))?, by `make notebooks` -->\n)(.*?)(<!-- end -->)", re.DOTALL)


MANY = 10  # cities from which on a measure has a line of its own


class Row(NamedTuple):
    """What the README says of one notebook; ``figures`` maps the name of each figure to its alternative text."""

    file: str
    question: str
    answer: str
    figures: dict[str, str]


def describe(path: Path) -> Row:
    """Read the executed notebook at ``path``: its title, answer (headline and standfirst) and figures.

    Raises ``ValueError`` in one line that names the file when it is no notebook, or has no title or no headline.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        first = next((cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "markdown"), "")
        title, said = text(first).split("\n")[0], headline(notebook) or ""
        figures = {f"{path.stem}-{about['figure']}": str(about["alt"]) for about, _png in pictures(notebook)}
    except (ValueError, LookupError, TypeError, AttributeError):
        raise ValueError(f"{path.name}: not a notebook that has run — restore it, or run `make notebooks`") from None
    for what, found in {"title": title.startswith("# "), "headline output": said}.items():
        if not found:
            raise ValueError(f"{path.name}: no {what} — run `make notebooks`")
    return Row(f"notebooks/{path.name}", title[2:], " ".join(said.split()), figures)


def answer(rows: Mapping[str, Row], name: str) -> str:
    """The answer of one notebook, as a paragraph."""
    return rows[name].answer


def answers(rows: Mapping[str, Row], names: str) -> str:
    """The answers of some notebooks, as a list; each leads to its notebook."""
    chosen = [rows[name] for name in names.split(", ")]
    return "\n".join(f'- {row.answer} <a href="{row.file}">How?</a>' for row in chosen)


def figure(rows: Mapping[str, Row], name: str) -> str:
    """One figure with its alternative text."""
    return f"![{rows[name.partition('-')[0]].figures[name]}](figures/{name}.png)"


def questions(rows: Mapping[str, Row], _every: str) -> str:
    """A table of every question, which leads to its notebook, and its answer."""
    lines = [f"| [{row.question}]({row.file}) | {row.answer} |" for row in map(_escaped, rows.values())]
    return "\n".join(["| Question | Answer today |", "|---|---|", *lines])


def coverage(_rows: Mapping[str, Row], _every: str) -> str:
    """A table of the measures that many cities have, and how many measures fewer have."""
    from wuhan.text.tidy import coverage as covered

    known = covered()
    cells = "| {0.measure} | `{0.indicator}` | {0.unit} | {0.cities} | {1} | {0.years} | {0.vintages} |"
    lines = [cells.format(each, _span(each)) for each in known[known["cities"] >= MANY].itertuples()]
    columns = ("Measure", "`indicator`", "Unit", "Cities", "Whole years", "Years a city (median)", "Vintages")
    head = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    few, one, none = ((known["cities"].between(*ends)).sum() for ends in ((2, MANY - 1), (1, 1), (0, 0)))
    rest = f"{few} more measures are known for two to {MANY - 1} cities, {one} for one city, {none} for no whole city."
    return "\n".join([*head, *lines, "", rest])


def gaps(_rows: Mapping[str, Row], _every: str) -> str:
    """What the data lack where a reader would look for it first."""
    from wuhan.site.gaps import told

    return told()


def _span(measure) -> str:
    """The first and the last whole year that a city has."""
    if not measure.last:
        return "none"
    return f"{measure.first}" + f"–{measure.last}" * (measure.first < measure.last)


def _escaped(row: Row) -> Row:
    return row._replace(question=row.question.replace("|", "\\|"), answer=row.answer.replace("|", "\\|"))


PARTS: dict[str, Callable[[Mapping[str, Row], str], str]] = {
    "answer": answer,
    "answers": answers,
    "figure": figure,
    "questions": questions,
    "coverage": coverage,
    "gaps": gaps,
}


def render(readme: Path, notebooks: list[Path]) -> str:
    """The text of ``readme`` with its parts made anew from ``notebooks``. Raises ``ValueError`` in one line."""
    text = readme.read_text(encoding="utf-8")
    rows = {path.stem: describe(path) for path in sorted(notebooks)}

    def made(part: re.Match) -> str:
        start, kind, names, _old, end = part.groups()
        try:
            return f"{start}{PARTS[kind](rows, names or '')}\n{end}"
        except KeyError as error:
            raise ValueError(f"{readme.name}: there is no {error} to show — mend the mark '{start.strip()}'") from None

    new, count = PART.subn(made, text)
    if not count or count != text.count(", by `make notebooks` -->"):
        raise ValueError(f"{readme.name}: a mark around what `make notebooks` writes is missing — restore it")
    return new


def update(readme: Path, notebooks: list[Path], check: bool = False) -> bool:
    """Bring ``readme`` up to date; with ``check`` only say whether it is. Returns True when it was current."""
    new = render(readme, notebooks)
    current = new == readme.read_text(encoding="utf-8")
    if not current and not check:
        readme.write_text(new, encoding="utf-8", newline="\n")
    return current
