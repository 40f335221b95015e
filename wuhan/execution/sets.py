"""Which notebooks a sweep runs with which parameters: every city asked for, or the named sets of a YAML file.

Everything wrong with a request is said at once, one line each, before a kernel starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from wuhan.text.language import LANGUAGES
from wuhan.text.parameters import CITIES, Parameter, ParameterError, judge, out_of_order, shown, suggestion, unknown

from . import parameters
from .project import Project, RequestError, refuse
from .runner import Job

# What a sweep of cities asks when nothing else is said: the questions that the data answer for every city.
QUESTIONS = ("10", "11", "12", "13", "31")
NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
LONGEST = 60  # characters of a set's name, which is that of a folder
RESERVED = (*LANGUAGES, "data", "figures")  # folders of the sweep's pages
FILE_BYTES = 1_000_000
EXAMPLE = "write a name, then its parameters below it: chengdu: {city: chengdu, first_year: 2010}"


@dataclass(frozen=True)
class Set:
    """Named parameters; ``lines`` say where in its file each stands, none for a set that no file holds."""

    name: str
    values: dict
    lines: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """One notebook with one set of parameters in one language."""

    set: str
    language: str
    job: Job


@dataclass(frozen=True)
class Request:
    """What a sweep is asked for: rows, languages, and the runs that fill the table."""

    sets: list[Set]
    languages: list[str]
    runs: list[Run]


def request(project: Project, cities: str = "", notebooks: str = "", languages: str = "", file: str = "") -> Request:
    """The runs of a sweep, from the words of its command. Raises ``RequestError`` with everything wrong.

    ``cities`` are ids, ``all`` or ``peers``; ``notebooks`` names or their first digits; ``file`` is a YAML file of
    sets, in place of cities. Words stand apart by blanks or commas.
    """
    if bool(cities.strip()) == bool(file):
        raise RequestError(
            'say which cities, or which sets: make sweep CITIES=all, or CITIES="wuhan chengdu", or SETS=sets.yml'
        )
    spoken = _known("LANGUAGES", _words(languages) or ["en"], LANGUAGES)
    paths = _notebooks(project, _words(notebooks), () if file else QUESTIONS)
    signatures = {path: parameters.declared(path) for path in paths}
    if file:
        sets = from_file(Path(file))
    else:
        sets = [Set(city, {"city": city}) for city in _cities(project, _words(cities))]
        deaf = [path.stem for path, declared in signatures.items() if "city" not in declared]
        refuse(f"{name} has no parameter city — leave it out of NOTEBOOKS" for name in deaf)
    runs = _runs(project, sets, signatures, spoken, Path(file).name)
    return Request(sets, spoken, runs)


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(re.split(r"[\s,]+", text.strip()))) if text.strip() else []


def _known(variable: str, words: list[str], known: Iterable[str]) -> list[str]:
    refuse(f"{variable}: {shown(word)} is not known — {suggestion(word, known)}" for word in words if word not in known)
    return words


def _notebooks(project: Project, words: list[str], usual: Iterable[str]) -> list[Path]:
    """Notebooks by name or number; without ``words`` those with the numbers ``usual``, all where it names none."""
    paths = project.find(words)
    return paths if words else [path for path in paths if path.stem[:2] in usual] or paths


def _cities(project: Project, words: list[str]) -> list[str]:
    """Ids of cities; "all" stands for every one, "peers" for those that the first notebook with peers compares."""
    known = sorted(set(CITIES(project.data).values()))
    signatures = (parameters.declared(path) for path in project.find())
    peers = next((declared["peers"].default for declared in signatures if "peers" in declared), None)
    groups = {"all": known} | ({"peers": peers} if isinstance(peers, list) and peers else {})
    _known("CITIES", words, {*known, *groups})
    return list(dict.fromkeys(city for word in words for city in groups.get(word, [word])))


def _runs(project: Project, sets: list[Set], signatures: Mapping, languages: list[str], file: str) -> list[Run]:
    """Each set with each notebook that declares one of its parameters. Raises ``RequestError`` with all faults."""
    declared = {name for signature in signatures.values() for name in signature}
    faults: dict[str, None] = {}
    runs = []
    for each in sets:
        where = {name: f"{file}:{line}: " for name, line in each.lines.items()}
        lost = [name for name in each.values if name not in declared]
        faults |= {f"{where.get(name, '')}{unknown(name, declared)}": None for name in lost}
        for path, signature in signatures.items():
            values = {name: value for name, value in each.values.items() if name in signature}
            faults |= dict.fromkeys(_faults(project, signature, values, where))
            if values:
                given = ((code, parameters.otherwise(signature, values | {"language": code})) for code in languages)
                runs += [Run(each.name, code, Job(path, own)) for code, own in given]
    refuse(faults)
    return runs


def _faults(project: Project, signature: Mapping[str, Parameter], values: dict, where: Mapping[str, str]) -> list[str]:
    """A line for each of ``values`` that its parameter cannot be, and for each first year after a last."""
    found = []
    for name, value in values.items():
        try:
            judge(signature[name], value, project.data)
        except ParameterError as refused:
            found.append(f"{where.get(name, '')}{name}: {refused}")
    if not found and values:
        defaults = {name: parameter.default for name, parameter in signature.items()}
        lines = out_of_order(defaults | values)
        found += [f"{next(iter(where.values()), '')}{line}" for line in lines]
    return found


# ---- a file of sets


def from_file(path: Path) -> list[Set]:
    """The sets of a YAML file, in its order. Raises ``RequestError``: file, line, what to write, for each fault."""
    text = _text(path)
    try:
        loader = yaml.SafeLoader(text)
        return _sets(path.name, loader, loader.get_single_node())
    except yaml.reader.ReaderError as error:
        line, problem = text.count("\n", 0, error.position) + 1, "a sign that no text holds"
    except yaml.MarkedYAMLError as error:
        line, problem = (error.problem_mark or error.context_mark).line + 1, error.problem or error.context
    except RecursionError:
        line, problem = 1, "brackets in brackets without end"
    raise RequestError(f"{path.name}:{line}: {problem} — {EXAMPLE}")


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RequestError(f"SETS: {path}: {error.strerror} — name a YAML file of sets") from None
    if len(data) > FILE_BYTES:
        raise RequestError(f"{path.name}: {len(data)} bytes are too many for a list of parameters — name another file")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RequestError(f"{path.name}:{line}: not UTF-8 — save the file as UTF-8") from None


def _sets(file: str, loader: yaml.SafeLoader, root) -> list[Set]:
    if not isinstance(root, yaml.MappingNode) or not root.value:
        line = root.start_mark.line + 1 if root else 1
        raise RequestError(f"{file}:{line}: found no named sets — {EXAMPLE}")
    sets: list[Set] = []
    faults: list[str] = []
    for key, value in root.value:
        line, name = _named(key)
        if not NAME.fullmatch(name) or len(name) > LONGEST or name in RESERVED:
            faults.append(f"{file}:{line}: {shown(name)} is no name for a set — write e.g. chengdu-since-2010")
        if name in [each.name for each in sets]:
            faults.append(f"{file}:{line}: a second set {shown(name)} — give it another name")
        if not isinstance(value, yaml.MappingNode) or not value.value:
            faults.append(f"{file}:{line}: {shown(name)} has no parameters — {EXAMPLE}")
            continue
        sets.append(Set(name, *_values(file, loader, value, faults)))
    refuse(faults)
    return sets


def _named(key) -> tuple[int, str]:
    """The line of a key, and the word that it is; "" for anything else."""
    return key.start_mark.line + 1, str(key.value) if isinstance(key, yaml.ScalarNode) else ""


def _values(file: str, loader: yaml.SafeLoader, node, faults: list[str]) -> tuple[dict, dict[str, int]]:
    """Parameters of one set with their lines; what is wrong is added to ``faults``."""
    values, lines = {}, {}
    for key, value in node.value:
        line, name = _named(key)
        parts = value.value if isinstance(value, yaml.SequenceNode) else [value]
        if name == "language":
            faults.append(f"{file}:{line}: language is no part of a set — write LANGUAGES=zh behind make sweep")
        elif name in values:
            faults.append(f"{file}:{line}: {shown(name)} is given twice — write it once")
        elif not all(isinstance(part, yaml.ScalarNode) for part in parts):
            faults.append(f"{file}:{line}: {shown(name)} is neither a word, a number nor a list of words — {EXAMPLE}")
        else:
            try:
                found = loader.construct_object(value, deep=True)
            except ValueError:  # what looks like a date and is none
                found = value.value
            values[name] = value.value if isinstance(found, date) else found  # a day is written as text: known_by
            lines[name] = line
    return values, lines
