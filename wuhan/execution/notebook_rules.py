"""The rules of notebooks, held against the files as they are: nothing is run.

A breach is one line: which notebook, which cell, what was found, what to write instead. Code cells are numbered as a
reader sees them, ``[1]`` is the first; a text is named by its first words. CONTRIBUTING.md gives the rules in words.
"""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from wuhan.evidence.faults import DataError
from wuhan.text import notebooks
from wuhan.text.parameters import Parameter, ParameterError, judge

from . import parameters, results, sentences
from .project import NotebookFault, Project, RequestError
from .results import text

FIXED_HEADINGS = ("What this does not show", "Sources", "Next")  # every other heading is a question
NEEDED_HEADINGS = ("What this does not show", "Next")
TAGS = ("parameters", "headline", "figure", "cover")
IMPORTED = ("wuhan", "pandas", "numpy", "IPython", "matplotlib", "seaborn")  # no network, no system
CELLS, LINES, HALF_OF_LINES, IMPORTS, PARAMETERS = 25, 15, 8, 7, (2, 7)
HEADLINE, STANDFIRST = 18, 40  # words
TEXT_SHARE = (0.3, 0.6)  # of the cells
NOTEBOOK_BYTES, TEXT_BYTES = 450_000, 300_000  # with pictures and without; the ledger of all claims is one table
FORBIDDEN = {
    "print": "end the cell with the sentence, say(…)",
    "display": "end the cell with what it shows",
    "open": "read a table with package.read",
    "exec": "write the code out",
    "eval": "write the code out",
    "warnings": "mend what warns",
    "df": "name the table by what its rows are",
}
DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
SAVED = "not a notebook of format 4 — restore it or save it again in JupyterLab"


def faults(project: Project) -> list[str]:
    """Each breach of the rules by the notebooks of ``project``, one line each, in order of the notebooks."""
    paths = notebooks.own(project.notebooks)
    found: list[str] = []
    judged: dict[tuple, str] = {}
    for path in paths:
        others = [each.stem for each in paths if each.stem[:2] == path.stem[:2] and each != path]
        if others:
            found.append(f"notebooks/{path.name}: its number is also that of {', '.join(others)} — take a free one")
        found += of(project, path, judged)
    return found


def of(project: Project, path: Path, judged: dict[tuple, str] | None = None) -> list[str]:
    """Each breach of the rules by the notebook at ``path``, one line each; empty when it is sound.

    ``judged`` keeps what was said of a parameter and its default, which many notebooks share: each look at the data
    reads every table.
    """
    judged = {} if judged is None else judged
    try:
        notebook = results.load(path)
        said = [*_size(path, notebook), *_order(notebook), *_headings(notebook), *_parameters(project, path, judged)]
        said += [*_code(notebook), *_prose(path, notebook), *_run(project, path, notebook)]
    except (NotebookFault, LookupError, TypeError, AttributeError):  # a part that format 4 promises is not there
        said = [SAVED]
    return [f"notebooks/{path.name}: {line}" for line in said]


def _size(path: Path, notebook: dict) -> Iterator[str]:
    cells = notebook["cells"]
    shown = [output.get("data", {}) for _number, output in results.outputs(notebook)]
    pictures = sum(len(text(data.get("image/png", ""))) for data in shown)
    size, characters = path.stat().st_size, len(json.dumps(notebook)) - pictures
    if size >= NOTEBOOK_BYTES:
        yield f"{size:,} bytes — draw fewer or smaller figures; less than {NOTEBOOK_BYTES:,}"
    if characters >= TEXT_BYTES:
        yield f"{characters:,} characters without pictures — show fewer rows of its tables"
    if len(cells) > CELLS:
        yield f"{len(cells)} cells — leave out or split the notebook; at most {CELLS}"
    for number, cell in enumerate(cells, 1):
        if not text(cell["source"]).strip():
            yield f"the cell at place {number} is empty — remove it"
        if cell.get("attachments"):
            yield f"{_named(cell)}: has a picture attached — draw it in a code cell"
    share = sum(cell["cell_type"] == "markdown" for cell in cells) / max(len(cells), 1)
    if not TEXT_SHARE[0] <= share <= TEXT_SHARE[1]:
        low, high = (round(100 * each) for each in TEXT_SHARE)
        advice = "write what each part asks" if share < TEXT_SHARE[0] else "say less, show more"
        yield f"{round(100 * share)} % of the cells are text — {advice}; {low} to {high} %"


def _named(cell: dict) -> str:
    """A text cell by its first words."""
    line = " ".join(text(cell["source"]).split())
    return f'text "{line[:30]}…"' if len(line) > 31 else f'text "{line}"'


def _order(notebook: dict) -> Iterator[str]:
    """What stands first, second and last, and which cells have which tag."""
    cells = notebook["cells"]
    for place, kind, what in (
        (0, "markdown", "first cell is no text — begin with the title, # …?"),
        (1, "code", "second cell is no code — put the parameters there"),
        (-1, "markdown", "last cell is no text — end with ## Next"),
    ):
        if len(cells) < 3 or cells[place]["cell_type"] != kind:
            yield f"its {what}"
    tags = Counter(tag for cell in cells for tag in cell["metadata"].get("tags", []))
    for tag in ("parameters", "headline"):
        if tags[tag] != 1:
            yield f"{tags[tag]} cells are tagged {tag} — tag one"
    if tags["parameters"] == 1 and "parameters" not in notebooks.tags(cells[1]):
        yield "the parameters are not in the second cell — move them there"
    if tags["cover"] > 1:
        yield f"{tags['cover']} cells are tagged cover — tag one at most"
    for tag in tags:
        if tag == "injected-parameters":
            yield "papermill has put parameters in — remove the cell with the tag injected-parameters"
        elif tag not in TAGS:
            yield f'the tag "{tag}" means nothing here — write one of {", ".join(TAGS)}'


def _texts(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]


def _headings(notebook: dict) -> Iterator[str]:
    every = "\n".join(text(cell["source"]) for cell in _texts(notebook))
    headings = re.findall(r"^(#+) (.+)$", every, re.MULTILINE)
    levels = [level for level, _ in headings]
    if levels.count("#") != 1 or levels[0] != "#":
        yield f"{levels.count('#')} titles — begin with one line # …?, and use ## below"
    for _, heading in headings:
        if not heading.endswith("?") and heading not in FIXED_HEADINGS:
            yield f'the heading "{heading}" — write it as a question that the part answers'
    for needed in NEEDED_HEADINGS:
        if needed not in {heading for _, heading in headings}:
            yield f'no part "## {needed}" — add it near the end'


def _parameters(project: Project, path: Path, judged: dict[tuple, str]) -> Iterator[str]:
    """The parameters cell, and whether each parameter may be what it is by default."""
    try:
        declared = parameters.declared(path)
    except RequestError as error:
        if "tagged" not in str(error):  # that is said already
            yield f"{str(error).partition(': ')[2]} — compute what follows from them in the next cell"
        return
    fewest, most = PARAMETERS
    if not fewest <= len(declared) <= most:
        yield f"{len(declared)} parameters — declare {fewest} to {most}"
    if "language" not in declared:
        yield 'no parameter language — add: language: str = "en"  # language of the computed sentences'
    for parameter in declared.values():
        if not parameter.comment:
            yield f"the parameter {parameter.name} has no comment — say what it is behind a # on its line"
        key = parameter.name, parameter.kind, repr(parameter.default)
        if key not in judged:
            judged[key] = _refusal(project, parameter)
        if judged[key]:
            yield f"the parameter {parameter.name}: {judged[key]}"


def _refusal(project: Project, parameter: Parameter) -> str:
    """Why ``parameter`` cannot be its own default, or ""."""
    try:
        judge(parameter, parameter.default, project.data)
    except ParameterError as refused:
        return str(refused)
    except DataError:  # the check of the tables says what is wrong with them
        pass
    return ""


def _code(notebook: dict) -> Iterator[str]:
    """The code of each cell: short, no definitions, no other packages."""
    lengths, imports = [], 0
    for number, cell in enumerate(results.code_cells(notebook), 1):
        source = text(cell["source"])
        lengths.append(source.count("\n") + 1)
        written = sum(not line.startswith("from wuhan") for line in source.split("\n"))
        if written > LINES:
            yield f"cell {number}: {written} lines of code — split it; at most {LINES}, imports aside"
        try:
            nodes = list(ast.walk(ast.parse(source)))
        except SyntaxError as error:
            yield f"cell {number}: line {error.lineno} is no plain Python — write Python, without % ! ? commands"
            continue
        imports += sum(isinstance(node, ast.Import | ast.ImportFrom) for node in nodes)
        yield from (f"cell {number}: {line}" for line in dict.fromkeys(_judge_code(nodes)))
    if imports > IMPORTS:
        yield f"{imports} import lines — import only what it uses, one line a room; at most {IMPORTS}"
    if lengths and sorted(lengths)[len(lengths) // 2] > HALF_OF_LINES:
        yield (
            f"half of the code cells have more than {HALF_OF_LINES} lines — "
            "move what is worked out into a function of wuhan/"
        )


def _judge_code(nodes: list[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, DEFINITIONS):
            what = f"defines {node.name}" if hasattr(node, "name") else "has a lambda"
            yield f"{what} — write the function in wuhan/ and import it"
        elif isinstance(node, ast.Import | ast.ImportFrom):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [name.name for name in node.names]
            for module in modules:
                if module.split(".")[0] not in IMPORTED:
                    yield f"imports {module or 'a relative module'} — use {', '.join(IMPORTED)} only"
        elif isinstance(node, ast.Name) and node.id in FORBIDDEN:
            yield f"uses {node.id} — {FORBIDDEN[node.id]}"


def _prose(path: Path, notebook: dict) -> Iterator[str]:
    """The texts: no number is typed in them, and their links lead somewhere."""
    for cell in _texts(notebook):
        source = text(cell["source"])
        plain = re.sub(r"`[^`]*`|\]\([^)]*\)|<[^>]*>|COVID-19", "", source)
        plain = re.sub(r"\b(19|20)\d\d\b", "", plain)  # a year is a name here, not a measurement
        if typed := re.search(r"\S*\d\S*", plain):
            yield f'{_named(cell)}: the number "{typed[0]}" is typed — work it out in a code cell: say("{{n}}", n=…)'
        for target in re.findall(r"\]\(([^)\s]+)\)", source):
            there = target.startswith("https://") or (path.parent / unquote(target.partition("#")[0])).exists()
            if not there:
                yield f"{_named(cell)}: the link {target} leads nowhere — write a file beside it, or https://…"


def _run(project: Project, path: Path, notebook: dict) -> Iterator[str]:
    """Whether it was run whole, and stands as a run leaves it."""
    again = f"run `python -m wuhan notebooks {path.stem}`"
    cells = results.code_cells(notebook)
    if not all(cell.get("execution_count") for cell in cells):
        yield f"was not run whole — {again}"
        return
    judged = results.judge(notebook)
    yield from (line if " — " in line else f"{line} — mend it, then {again}" for line in judged)
    for number, cell in enumerate(cells, 1):
        if any(output["output_type"] == "stream" and output["name"] == "stdout" for output in cell["outputs"]):
            yield f"cell {number}: printed something — {FORBIDDEN['print']}"
    raw = path.read_bytes()
    if str(project.root).encode() in raw:
        yield f"names the folder {project.root} — write paths from the notebook on, then {again}"
    yield from _answer(notebooks.headline(notebook) or "")
    if twice := [name for name, count in Counter(cell.get("id") for cell in notebook["cells"]).items() if count > 1]:
        yield f"several cells have the id {twice[0]} — save it again in JupyterLab"
    elif not judged and raw != results.serialise(results.scrub(notebook)):
        yield f"holds what differs from run to run — {again}"


def _answer(said: str) -> Iterator[str]:
    """Whether an answer is a headline of one short sentence, and below it what qualifies it in one or two."""
    headline, _, standfirst = said.partition("\n\n")
    for part, told, most, words in (("headline", headline, 1, HEADLINE), ("standfirst", standfirst, 2, STANDFIRST)):
        if (n := len(sentences.END.split(told))) > most:
            yield f"the {part} has {n} sentences — say less; at most {most}"
        if (n := len(told.split())) > words:
            yield f"the {part} has {n} words — say less; at most {words}"
