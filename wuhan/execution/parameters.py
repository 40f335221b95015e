"""Parameters of a run, refused before a kernel starts when name, type or value is wrong.

What a parameter may be is said in ``wuhan.text.parameters``; here words of a request become values.
Everything wrong with a request is said at once, one line each.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from wuhan.text.parameters import (
    LONGEST,
    Parameter,
    ParameterError,
    compared,
    judge,
    out_of_order,
    refuse_type,
    shown,
    signature,
    unknown,
)

from .project import Project, RequestError, refuse
from .results import load, tagged, text

INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,8})")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,9})?")


def declared(notebook: Path) -> dict[str, Parameter]:
    """The parameters that ``notebook`` declares, by name, in order.

    Raises ``RequestError`` when it has no parameters cell, or when the cell holds anything but literals.
    """
    cells = tagged(load(notebook), "parameters")
    if len(cells) != 1:
        raise RequestError(f"{notebook.stem}: {len(cells)} cells tagged parameters — tag exactly one")
    try:
        return signature(text(cells[0]["source"]))
    except ValueError as error:
        raise RequestError(f"{notebook.stem}: {error}") from None


def split(words: str) -> list[tuple[str, str]]:
    """``"city=chengdu first_year=2010"`` as pairs; what has blanks stands in double quotes: ``text="an article.txt"``.

    Raises ``RequestError`` for a word without =.
    """
    pairs, faults = [], []
    for quoted in re.findall(r'(?:"[^"]*"|\S)+', words):
        word = re.sub('"([^"]*)"', r"\1", quoted)
        name, equals, value = word.partition("=")
        pairs.append((name, value))
        if not equals:
            faults.append(f"{shown(word)} is no parameter — write name=value")
    refuse(faults)
    return pairs


def refuse_variables(project: Project, flags: str) -> None:
    """Raise ``RequestError`` for a parameter that was given to make as a variable of its own.

    ``flags`` is what make hands on in ``MAKEFLAGS``: options, then ``--`` and the variables of its command line.
    """
    words = re.split(r"(?<!\\) ", flags.partition("-- ")[2])
    given = dict(word.split("=", 1) for word in words if "=" in word and not word.startswith("PARAMS="))
    known = {name for path in project.find() for name in declared(path)} if given else ()
    refuse(
        f'{shown(name)} is no variable of make — write PARAMS="{name.lower()}={value}"'
        for name, value in given.items()
        if name.lower() in known
    )


def convert(project: Project, parameter: Parameter, word: str):
    """``word`` as a value of ``parameter``. Raises ``ParameterError``, and ``DataError`` for a table out of order."""
    value = _value(parameter, word)
    judge(parameter, value, project.data)
    return value


def _value(parameter: Parameter, word: str):
    """``word`` in the type of ``parameter``."""
    if len(word) > LONGEST:
        raise ParameterError(f"{len(word)} characters are too many — write at most {LONGEST}")
    if parameter.kind is list:
        return word.split(",") if word else []
    if parameter.kind is str:
        return word
    if parameter.kind is bool and word in ("true", "false"):
        return word == "true"
    if parameter.kind is int and INTEGER.fullmatch(word):
        return int(word)
    if parameter.kind is float and DECIMAL.fullmatch(word):
        return float(word)
    raise refuse_type(parameter, shown(word))


def word(value) -> str:
    """A value as it is written on a command line: the inverse of what `convert` reads."""
    if isinstance(value, list):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def assign(project: Project, notebooks: list[Path], asked: list[tuple[str, str]]) -> list[tuple[Path, dict]]:
    """Each notebook with the values it is to run with: of those asked for, the ones that it declares and has otherwise.

    They stand in the order in which it declares them, so that one request in other words is the same run.
    Raises ``RequestError`` with everything wrong: a name that no notebook declares, a name given twice, a
    value of the wrong type, outside the vocabulary or the data, a first year after the last. Raises ``DataError``
    for a table that is needed to tell and cannot be read.
    """
    if not asked:
        return [(path, {}) for path in notebooks]
    signatures = {path: declared(path) for path in notebooks}
    known = {name for declaration in signatures.values() for name in declaration}
    names = [name for name, _ in asked]
    faults = {unknown(name, known): None for name in names if name not in known}
    twice = [name for name in names if name in known and names.count(name) > 1]
    faults |= {f"{name} is given twice — write it once": None for name in twice}
    chosen, refused_before = [], set()
    for path, declaration in signatures.items():
        values = {}
        for name, word in asked:
            if name in declaration:
                try:
                    values[name] = convert(project, declaration[name], word)
                except ParameterError as refused:
                    if name not in refused_before:  # once, whatever notebook it is for
                        faults[f"{name}: {refused}"] = None
                    refused_before.add(name)
        if values:
            defaults = {name: parameter.default for name, parameter in declaration.items()}
            faults |= dict.fromkeys(out_of_order(defaults | values) + _alone(defaults | values, values))
        chosen.append((path, otherwise(declaration, values)))
    refuse(faults)
    return chosen


def otherwise(declaration: Mapping[str, Parameter], values: Mapping) -> dict:
    """Those of ``values`` that differ from the defaults of a notebook, in the order of its ``declaration``."""
    return {name: values[name] for name, own in declaration.items() if name in values and values[name] != own.default}


def _alone(values: dict, asked: dict) -> list[str]:
    """A line where the peers that were asked for are the city itself."""
    try:
        if {"city", "peers"} <= set(values):
            compared(values["city"], values["peers"], chosen="peers" in asked)
    except ParameterError as refused:
        return [f"peers: {refused}"]
    return []


def slug(run: str, asked: list[tuple[str, str]]) -> str:
    """The name of a run's folder: ``report``, or ``report-city-chengdu-first_year-2010``.

    Always one plain name of at most 100 characters; what cannot be written in it goes into a hash at its end.
    """
    if not asked:
        return run
    exact = "-".join(part for pair in sorted(asked) for part in pair)
    plain = re.sub(r"[^a-z0-9_]+", "-", exact)[:80].strip("-")
    if plain != exact:
        plain += "-" + hashlib.sha256(exact.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return f"{run}-{plain}"
