"""`make report` beside stock papermill and Jupyter Book on the same notebooks, from scratch and after a change."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
from measure import PYTHON, Time, copy, line, peak, ratio, rounds, run, together
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from wuhan.text.language import LANGUAGES

BOOK = "jupyter-book==1.0.4.post1"  # the last that builds by itself; later ones need node
TOC = "format: jb-book\nroot: index\nchapters:\n"
CONFIG = "title: All\nexecute:\n  execute_notebooks: cache\n  timeout: 600\n"


def figure(folder: Path) -> Iterator[str]:
    """From scratch: ours, papermill and Jupyter Book, in all languages."""
    root = copy(folder / "project")
    run(root, "make", "report")  # the disk is warm for all
    commands = papermills(root, folder)
    book, why = jupyter_book(root, folder)
    measured = {
        "ours": lambda: anew(root),
        "two": lambda: together(commands, root, 2).time,
        "one": lambda: together(commands, root).time,
    }
    found = rounds(**measured | ({"book": book} if book else {}))
    ours = found["ours"]
    yield line("make report from scratch, pages included", ours, f"{len(commands)} notebooks")
    yield line("papermill, two at a time, no pages", found["two"])
    yield line("papermill, one after another, no pages", found["one"])
    yield ratio("papermill two at a time ÷ ours", found["two"], ours, "at least 2")
    yield ratio("papermill one after another ÷ ours", found["one"], ours, "at least 4")
    if book:
        yield line("jupyter-book build with its cache, from scratch", found["book"])
        yield ratio("jupyter-book ÷ ours", found["book"], ours, "at least 4")
    else:
        yield f"jupyter-book is not measured: {why}"
    shutil.rmtree(root / "build")
    yield f"{'peak memory of make report':58} {peak(root, 'make', 'report'):7.0f} MiB  (below 1000)"


def changes(folder: Path) -> Iterator[str]:
    """After one sentence of the words and one that a cell tells, after one row of sources.csv, after nothing."""
    root = copy(folder / "project")
    runs = {}

    def after(name: str, change: Callable[[Path], None]) -> Callable[[], Time]:
        def measure() -> Time:
            change(root)
            done = run(root, "make", "report")
            runs[name] = (re.findall(r"(\d+) notebooks? run", done.said) or ["0"])[-1]
            return done.time

        return measure

    found = rounds(
        ours=lambda: anew(root),
        words=after("words", one_of_the_words),
        told=after("told", one_told),
        row=after("row", one_row),
        nothing=after("nothing", lambda root: None),
    )
    yield line("make report from scratch", found["ours"])
    for name, where in (("words", "in the words"), ("told", "told by a cell")):
        yield line(f"after one sentence {where} of one notebook changed", found[name], f"{runs[name]} runs")
        yield ratio("the same ÷ from scratch", found[name], found["ours"], "at most 0.12")
    yield line("after one row of sources.csv that one notebook uses", found["row"], f"{runs['row']} runs")
    yield line("after nothing changed", found["nothing"], f"{runs['nothing']} runs (below 0.5 s)")


def anew(root: Path) -> Time:
    """The time of a report without anything in build/."""
    shutil.rmtree(root / "build", ignore_errors=True)
    return run(root, "make", "report").time


def papermills(root: Path, folder: Path) -> list[list[str]]:
    """The commands of stock papermill for every notebook in every language."""
    (folder / "executed").mkdir()
    return [
        [
            PYTHON,
            "-m",
            "papermill",
            "--no-progress-bar",
            f"notebooks/{path.name}",
            f"{folder}/executed/{code}-{path.name}",
            "-p",
            "language",
            code,
        ]
        for code in LANGUAGES
        for path in sorted((root / "notebooks").glob("*.ipynb"))
    ]


def jupyter_book(root: Path, folder: Path) -> tuple[Callable[[], Time] | None, str]:
    """How long Jupyter Book takes to build the same notebooks; None, and why, where it cannot be installed."""
    own = folder / "book-env"
    venv.create(own, with_pip=True)
    python = str(own / "bin" / "python")
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", BOOK]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode:
        return None, (done.stderr.strip().splitlines() or ["pip failed"])[-1]
    source = root / "book"  # beside notebooks/, so that links to data/ hold
    source.mkdir()
    names = []
    for code in LANGUAGES:
        for path in sorted((root / "notebooks").glob("*.ipynb")):
            names.append(f"{path.stem}-{code}")
            book = parameterize_notebook(load_notebook_node(str(path)), {"language": code})
            nbformat.write(book, source / f"{names[-1]}.ipynb")
    (source / "index.md").write_text("# All\n", encoding="utf-8")
    (source / "_toc.yml").write_text(TOC + "".join(f"- file: {name}\n" for name in names), encoding="utf-8")
    (source / "_config.yml").write_text(CONFIG, encoding="utf-8")
    kernel = folder / "jupyter" / "kernels" / "python3"  # its notebooks run in the environment of the project
    kernel.mkdir(parents=True)
    argv = [str(root / PYTHON), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "Python 3", "language": "python"}))

    def build() -> Time:
        shutil.rmtree(source / "_build", ignore_errors=True)
        command = (str(own / "bin" / "jupyter-book"), "build", "book")
        return run(root, *command, JUPYTER_PATH=str(kernel.parents[1])).time

    return build, ""


def one_of_the_words(root: Path) -> None:
    """Change a sentence of the last words of the notebook on GDP, which do not run."""
    _edit(root, "markdown", -1, lambda text: f"{text} See there.")


def one_told(root: Path) -> None:
    """Change the words for the first figure of the notebook on GDP, which a code cell tells in every language."""
    _edit(root, "code", 5, lambda text: text.replace("Lines of", "Lines, Lines of", 1))


def _edit(root: Path, kind: str, number: int, change: Callable[[str], str]) -> None:
    path = root / "notebooks" / "10_gdp_and_growth.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    cell = [cell for cell in book["cells"] if cell["cell_type"] == kind][number]
    before = "".join(cell["source"])
    cell["source"] = change(before)
    if cell["source"] == before:
        sys.exit("the notebook on GDP has no such sentence any more: mend the bench")
    path.write_text(json.dumps(book, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def one_row(root: Path) -> None:
    """Change the note of one row of sources.csv that only policies.csv refers to."""

    def rows(name: str) -> list[dict[str, str]]:
        with open(root / "data" / f"{name}.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    tables = [path.stem for path in (root / "data").glob("*.csv") if path.stem not in ("sources", "policies")]
    used = {row.get(name, "") for table in tables for row in rows(table) for name in ("source_id", "source_id_2")}
    asked, sources = [row["source_id"] for row in rows("policies")], rows("sources")
    wanted = next(source for source in asked if source not in used)
    for row in sources:
        if row["source_id"] == wanted:
            row["note"] = f"{row['note']} Read again.".strip()
    with open(root / "data" / "sources.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, sources[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(sources)
