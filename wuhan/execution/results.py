"""What an executed notebook must be before it is published: judged, freed of run-time metadata."""

from __future__ import annotations

import base64
import errno
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from wuhan.text.ending import ends
from wuhan.text.notebooks import FIGURE, code_cells, pictures, tagged, tags, text

from .project import NotebookFault

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}
RUN_TIME = ("papermill", "execution", "trusted")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def forgo_grammar() -> None:
    """Keep jsonschema from building a grammar of international addresses, as it does where it can import this package.

    That takes longer than the rest of papermill or nbformat, and no notebook holds such an address.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None: its import fails


def load(path: Path) -> dict:
    """The notebook at ``path``. Raises ``NotebookFault`` when it is none."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        if all({"cell_type", "source", "metadata"} <= set(cell) for cell in notebook["cells"]):
            return notebook
    except (ValueError, TypeError, LookupError):
        pass
    raise NotebookFault(f"{path.name}: not a notebook of format 4 — restore it or save it again in JupyterLab")


def first_line(message: str) -> str:
    """The first line of an error message, without colours and cut at a readable length."""
    lines = ANSI.sub("", message).strip().splitlines()
    return lines[0][:300] if lines else ""


def judge(notebook: dict) -> list[str]:
    """Everything that forbids publishing an executed notebook, one line each; empty when it is sound.

    Cells are numbered as a reader sees them: ``[1]`` is the first code cell.
    """
    faults: list[str] = []
    ended = False
    for number, cell in enumerate(code_cells(notebook), 1):
        for output in cell["outputs"]:
            if output["output_type"] == "error":  # what follows it did not run: this line says it all
                return [*faults, *(f"cell {number}: {line}" for line in _error(output))]
        said = [f"cell {number}: {fault}" for fault in _judge_cell(cell, set() if ended else tags(cell))]
        ended = ended or any(map(ends, cell["outputs"]))  # what follows has nothing to show
        if not said and cell.get("execution_count") != number:
            found = cell.get("execution_count")
            said = [f"cell {number}: " + (f"ran as number {found}" if found else "did not run")]
        faults += said
    slugs = [slug for slug, _ in figures(notebook)]
    faults += [f'figure "{slug}": drawn twice' for slug in sorted(set(slugs)) if slugs.count(slug) > 1]
    return faults


def _error(output: dict) -> list[str]:
    """What an error says: one line, and every line of those that are written to be read."""
    if output["ename"] == "ParameterError":
        return ANSI.sub("", output["evalue"]).strip().splitlines()
    return [f"{output['ename']}: {first_line(output['evalue'])}".removesuffix(": ")]


def _judge_cell(cell: dict, promised: set[str]) -> Iterator[str]:
    outputs = cell["outputs"]
    kinds = [kind for output in outputs for kind in output.get("data", {})]
    for output in outputs:
        if output["output_type"] == "stream" and output["name"] == "stderr":
            yield f"wrote to stderr: {first_line(text(output['text']))}"
        if "image/png" in output.get("data", {}):
            about = output["metadata"].get("image/png", {})
            if not str(about.get("alt", "")).strip():
                yield "its picture has no alt text"
            if not SLUG.fullmatch(str(about.get("figure", ""))):
                yield f'"{about.get("figure", "")}" is no name for a figure — write e.g. gdp-by-vintage'
    if "headline" in promised and kinds.count("text/markdown") != 1:
        yield f"the headline cell must give one sentence, it gave {kinds.count('text/markdown')}"
    if "figure" in promised and not {"image/png", "text/markdown"} & set(kinds):
        yield "promised a figure and gave none, nor a sentence that says why"


def outputs(notebook: dict) -> Iterator[tuple[int, dict]]:
    """Every output of an executed notebook with the number of its cell, as a reader sees it."""
    for number, cell in enumerate(code_cells(notebook), 1):
        yield from ((number, output) for output in cell["outputs"])


def data_faults(notebook: dict) -> list[str]:
    """The lines of the ``DataError`` that ended the notebook, if one did."""
    for _number, output in outputs(notebook):
        if output["output_type"] == "error" and output["ename"] == "DataError":
            return ANSI.sub("", output["evalue"]).strip().splitlines()
    return []


def no_room(notebook: dict) -> bool:
    """Whether a cell ended because the disk is full or may not be written: the machine's fault, not the notebook's."""
    errors = [output for _number, output in outputs(notebook) if output["output_type"] == "error"]
    numbers = "|".join(map(str, (errno.ENOSPC, errno.EDQUOT, errno.EROFS)))
    return any(error["ename"] == "OSError" and re.match(rf"\[Errno ({numbers})\]", error["evalue"]) for error in errors)


def figures(notebook: dict) -> list[tuple[str, bytes]]:
    """Slug and PNG bytes of every picture that the notebook named, in order."""
    return [(about["figure"], base64.b64decode(png)) for about, png in pictures(notebook)]


def scrub(notebook: dict) -> dict:
    """A copy without what differs from run to run: times, versions, random ids, papermill's own notes."""
    cells = []
    for position, cell in enumerate(notebook["cells"]):
        metadata = {key: value for key, value in cell["metadata"].items() if key not in RUN_TIME}
        if not metadata.get("tags", True):
            del metadata["tags"]
        identity = cell.get("id") or f"cell-{position:02d}"
        if "injected-parameters" in metadata.get("tags", []):
            identity = "injected-parameters"
        source = text(cell["source"])
        kept = {"cell_type": cell["cell_type"], "id": identity, "metadata": metadata, "source": source}
        if "attachments" in cell:
            kept["attachments"] = cell["attachments"]
        if cell["cell_type"] == "code":
            kept |= {"execution_count": cell.get("execution_count"), "outputs": cell["outputs"]}
        cells.append(kept)
    metadata = {"kernelspec": KERNELSPEC, "language_info": LANGUAGE}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def without_drawings(notebook: dict) -> dict:
    """A copy as it is committed: of each figure its picture alone."""

    def shown(output: dict) -> dict:
        data = {kind: data for kind, data in output.get("data", {}).items() if kind != FIGURE}
        return output | {"data": data} if "data" in output else output

    cells = [
        cell | {"outputs": [shown(output) for output in cell["outputs"]]} if "outputs" in cell else cell
        for cell in notebook["cells"]
    ]
    return notebook | {"cells": cells}


def with_words(executed: dict, source: dict) -> dict | None:
    """``executed`` with the words of ``source``, which has the same code; None where that cannot be put together."""
    injected = tagged(executed, "injected-parameters")
    ran = iter([cell for cell in executed["cells"] if cell["cell_type"] == "code" and cell not in injected])
    cells, place = [], None
    for cell in source["cells"]:
        identity = {"id": cell["id"]} if "id" in cell else {}
        cells.append(next(ran) | identity if cell["cell_type"] == "code" else cell)
        if "parameters" in tags(cell):
            place = len(cells)
    if injected and place is None:
        return None
    return scrub({"cells": [*cells[:place], *injected, *cells[place:]] if injected else cells})


def serialise(notebook: dict) -> bytes:
    """The notebook as Jupyter itself writes it, so that saving it in JupyterLab unchanged changes nothing."""
    forgo_grammar()
    import nbformat

    return (nbformat.writes(nbformat.from_dict(notebook), version=4) + "\n").encode("utf-8")
