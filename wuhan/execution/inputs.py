"""The state of all that notebooks are made from, and the key of a run: the hash of what it is made from.

A run is made from the code cells of its notebook, the parameters that differ from its own, the modules that it can
import, the locked requirements, and what it used of the data and of the translations, part by part as `reads` notes it.
The other cells are its words: they do not run.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from wuhan.evidence.files import content
from wuhan.text.language import catalogue_of

from . import results
from .closure import closure
from .project import Project
from .runner import Job

SITE = "site"  # the part of the package that makes the pages; no notebook imports it
LOCALE = "text/locale"  # translations, of which a run is made part by part


def digest(parts: Iterable[bytes]) -> str:
    """One hash over parts of any length, each with its length, so that no two lists of parts look alike."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()


def tree(folder: Path) -> list[Path]:
    """The source files below ``folder``, in a fixed order, without compiled ones and what editors leave."""
    return [path for path in content(folder, "**/*") if path.is_file()]


def named_bytes(root: Path, paths: Iterable[Path]) -> Iterable[bytes]:
    """Name and bytes of each file that is there, as parts of a digest."""
    for path in filter(Path.is_file, paths):
        yield path.relative_to(root).as_posix().encode()
        yield path.read_bytes()


def hashes(folder: Path) -> dict[str, str]:
    """The hash of each file below ``folder`` by its name."""
    return {path.relative_to(folder).as_posix(): digest([path.read_bytes()]) for path in tree(folder)}


@dataclass(frozen=True)
class Inputs:
    """The bytes of everything notebooks depend on, taken once before any of them starts."""

    modules: dict[str, bytes]  # of the package, by the way from the root
    data: dict[str, bytes]  # tables and catalogues of translations
    common: str  # the hash of what all notebooks depend on
    root: Path = Path()  # from which other files that were read are named
    _kept: dict = field(default_factory=dict, repr=False, compare=False)  # what was worked out before

    @classmethod
    def take(cls, project: Project) -> Inputs:
        """Read the package, its translations, the locked requirements and every table of ``project``."""
        root = project.root
        skipped = {root / "wuhan" / part for part in ("execution", SITE, LOCALE)}
        package = tree(root / "wuhan")
        others = [path for path in package if path.suffix != ".py" and not skipped & {path, *path.parents}]
        common = [*others, root / "requirements.lock", project.data / "datapackage.json"]
        data = [*content(project.data, "*.csv"), *(path for path in package if path.suffix == ".po")]

        def taken(paths: Iterable[Path]) -> dict[str, bytes]:
            return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths if path.is_file()}

        version = repr(sys.version_info[:3]).encode()
        return cls(
            taken(path for path in package if path.suffix == ".py"),
            taken(data),
            digest([version, *named_bytes(root, common)]),
            root,
        )

    def key(self, job: Job) -> str:
        """The hash of all that a run of ``job`` depends on, except what it reads; of its cells at first sight."""
        return self._once("key", (job.source, json.dumps(job.parameters, sort_keys=True)), lambda: self._key(job))

    def _key(self, job: Job) -> str:
        cells = [cell for cell in self.source(job)["cells"] if cell["cell_type"] == "code"]
        said = [[results.text(cell["source"]), cell["metadata"]] for cell in cells]
        code = [text for text, _metadata in said]
        made = [said, self._once("code", tuple(code), lambda: self.code(code)), self.common, job.parameters]
        return digest([json.dumps(made, sort_keys=True).encode()])

    def words(self, job: Job) -> str:
        """The hash of all cells of ``job``, at first sight: two of one `key` differ in it when their words do."""
        ran = ("execution_count", "outputs")
        cells = [{part: cell[part] for part in cell if part not in ran} for cell in self.source(job)["cells"]]
        return digest([json.dumps(cells, sort_keys=True).encode()])

    def source(self, job: Job) -> dict:
        """The notebook of ``job`` as it is at first sight."""
        return self._once("source", job.source, lambda: results.load(job.source))

    def code(self, sources: Iterable[str]) -> str:
        """The hash of the modules that ``sources`` can import."""
        files = sorted(closure(sources, self._texts))
        return digest(part for file in files for part in (file.encode(), self.modules[file]))

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {file: raw.decode("utf-8", "replace") for file, raw in self.modules.items()}

    def uses(self, reads: Iterable[str]) -> dict[str, dict]:
        """What was used of each file, with the hashes of today: ``whole``, and unless that counts ``parts``."""
        found: dict[str, dict] = {}
        for line in reads:
            part = _part(line)
            use = found.setdefault(part["file"], {"parts": {}})
            if len(part) == 1:
                use.pop("parts", None)
            elif "parts" in use:
                use["parts"][line] = self._of_part(part)
        for file, use in found.items():
            use["whole"] = self._whole(file)
        return found

    def hold(self, uses: object) -> bool:
        """Whether all ``uses`` have the hashes of then. Anything else than `uses` gives holds for nothing."""
        if not isinstance(uses, Mapping):
            return False
        try:
            return all(
                self._whole(file) == use["whole"]
                or (
                    "parts" in use
                    and all(self._of_part(_part(line)) == was != "" for line, was in use["parts"].items())
                )
                for file, use in uses.items()
            )
        except (AttributeError, LookupError, TypeError, ValueError):
            return False

    def _whole(self, file: str) -> str:
        return self._once("whole", file, lambda: digest([self.data[file]]) if file in self.data else self._other(file))

    def _other(self, file: str) -> str:
        """The hash of a file outside the data, such as an article that a reader named; "" where there is none."""
        try:
            return digest([(self.root / file).read_bytes()])
        except OSError:
            return ""

    def _of_part(self, part: dict) -> str:
        """The hash of a part of a file, as `reads` describes it; "" where the file has no such columns."""
        try:
            text = self._once("text", part["file"], lambda: self.data.get(part["file"], b"").decode("utf-8-sig"))
            found = self._found(part, text)
        except (LookupError, ValueError, csv.Error):
            return ""
        return digest([json.dumps(found).encode()])[:32]

    def _found(self, part: dict, text: str) -> object:
        if "message" in part:
            return self._once("messages", part["file"], lambda: catalogue_of(text)).get(part["message"])
        columns = self._once("columns", part["file"], lambda: _columns(text))
        if "row" in part:
            lines = self._once("lines", (part["file"], part["key"]), lambda: _lines(columns[part["key"]]))
            return _row(columns, lines.get(part["row"]), part.get("columns", columns))
        if "rows" in part:
            wanted, codes = set(part["rows"]), columns[part["key"]]
            return [_row(columns, line, part["columns"]) for line, code in enumerate(codes) if code in wanted]
        if "largest" in part:
            return max(columns[part["largest"]])
        return [columns[column] for column in part["columns"]]

    def _once(self, kind: str, of: object, make):
        if (kind, of) not in self._kept:
            self._kept[kind, of] = make()
        return self._kept[kind, of]


def _part(line: str) -> dict:
    """A line of the log of reads."""
    return json.loads(line) if line.startswith("{") else {"file": line}


def _columns(text: str) -> dict[str, tuple[str, ...]]:
    """The cells of a table by its columns; {} for one without rows."""
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    return dict(zip(header, zip(*rows, strict=True), strict=True)) if rows else {}


def _lines(codes: Iterable[str]) -> dict[str, int]:
    return {code: line for line, code in enumerate(codes)}


def _row(columns: dict[str, tuple[str, ...]], line: int | None, wanted: Iterable[str]) -> list | None:
    if line is None:
        return None
    return [[column, line if column == "#" else columns[column][line]] for column in wanted]
