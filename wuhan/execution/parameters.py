"""Parameters of a run, refused before a kernel starts when name, type or value is wrong.

A notebook declares its parameters itself, in the cell tagged ``parameters``: literals, each with a comment.
What a parameter may be is found by its name in ``VOCABULARIES``; a name that is not there is held to its type
only. Everything wrong with a request is said at once, one line each.
"""

from __future__ import annotations

import ast
import csv
import hashlib
import io
import re
import tokenize
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from wuhan.evidence.files import content
from wuhan.presentation.language import LANGUAGES

from .project import Project, RequestError, suggestion
from .results import load, tagged, text

LONGEST = 200  # characters of a value
TRANSFORMATIONS = ("level", "growth", "index", "per_head")  # those of wuhan.analysis.transform, without loading it
INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,8})")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,9})?")
WORDS = re.compile(r"[\w ,+-]*")  # no path can be written with these


class ValueRefused(Exception):
    """A value that its parameter cannot take; the message says what to write instead."""


@dataclass(frozen=True)
class Parameter:
    """One line of a parameters cell: ``first_year = 2010  # first year shown``."""

    name: str
    default: bool | int | float | str | list
    comment: str = ""


def declared(notebook: Path) -> dict[str, Parameter]:
    """The parameters that ``notebook`` declares, by name, in order.

    Raises ``RequestError`` when it has no parameters cell, or when the cell holds anything but literals.
    """
    cells = tagged(load(notebook), "parameters")
    if len(cells) != 1:
        raise RequestError(f"{notebook.stem}: {len(cells)} cells tagged parameters — tag exactly one")
    source = text(cells[0]["source"])
    found = {}
    try:
        comments = _comments(source)
        for node in ast.parse(source).body:
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            value, comment = ast.literal_eval(node.value), comments.get(node.end_lineno, "")
            found[target.id] = Parameter(target.id, value, comment)
    except (SyntaxError, ValueError, AttributeError, tokenize.TokenError):
        wanted = "name = value  # meaning"
        raise RequestError(f"{notebook.stem}: its parameters cell must hold lines like {wanted}") from None
    return found


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}


def split(words: str) -> list[tuple[str, str]]:
    """``"city=chengdu first_year=2010"`` as pairs. Raises ``RequestError`` for a word without =."""
    pairs, faults = [], []
    for word in words.split():
        name, equals, value = word.partition("=")
        pairs.append((name, value))
        if not equals:
            faults.append(f"{shown(word)} is no parameter — write name=value")
    if faults:
        raise RequestError("\n".join(faults))
    return pairs


def shown(word: str) -> str:
    """A word of the request in quotes, harmless and short enough for one line."""
    plain = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in word)
    return f'"{plain[:40]}…"' if len(plain) > 40 else f'"{plain}"'


def _rows(path: Path) -> Iterable[dict[str, str]]:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
    except (OSError, ValueError, csv.Error):
        return  # the strict reader reports what is wrong with a table; here it only offers no words


def _places(*kinds: str) -> Callable[[Project], dict[str, str]]:
    def words(project: Project) -> dict[str, str]:
        rows = [row for row in _rows(project.data / "places.csv") if not kinds or row.get("kind") in kinds]
        # Other names lead to the id that has to be written.
        names = {row.get(column, ""): row["place"] for row in rows for column in ("name_zh", "name_en")}
        return names | {row["place"]: row["place"] for row in rows}

    return words


def _column(column: str) -> Callable[[Project], dict[str, str]]:
    def words(project: Project) -> dict[str, str]:
        tables = (_rows(path) for path in content(project.data, "*.csv"))
        found = {row.get(column) or "" for rows in tables for row in rows}
        return {word: word for word in found if word}

    return words


def _themes(project: Project) -> dict[str, str]:
    return _column("theme")(project) | {"all": "all"}


def _sectors(project: Project) -> dict[str, str]:
    """The sectors of the named projects; other tables group by other words."""
    named = {row.get("sector") or "" for row in _rows(project.data / "projects.csv")}
    return {word: word for word in sorted(named - {""})} | {"all": "all"}


def _directions(project: Project) -> dict[str, str]:
    return _column("direction")(project) | {"all": "all"}


def _articles(project: Project) -> dict[str, str]:
    cited = {row.get("source_id") or "" for row in _rows(project.data / "claims.csv")}
    return {word: word for word in sorted(cited - {""})} | {"all": "all"}


def _languages(project: Project) -> dict[str, str]:
    return {code: code for code in LANGUAGES}


def _transformations(project: Project) -> dict[str, str]:
    return {way: way for way in TRANSFORMATIONS}


CITIES = _places("city", "municipality")
VOCABULARIES: dict[str, Callable[[Project], dict[str, str]]] = {
    "city": CITIES,
    "peers": CITIES,
    "exclude": CITIES,
    "place": _places(),
    "places": _places(),
    "indicator": _column("indicator"),
    "event_type": _column("event_type"),
    "instrument": _column("instrument"),
    "vintage": _column("vintage"),
    "min_trust": _column("trust"),
    "theme": _themes,
    "direction": _directions,
    "article": _articles,
    "sector": _sectors,
    "language": _languages,
    "transformation": _transformations,
}
YEARS = ("first_year", "last_year")
DATED = (*YEARS, "fit_from", "treated_year", "as_of")  # all that must lie within the data


def years_covered(project: Project) -> tuple[int, int] | None:
    """First and last year of all that the data hold, targets included; None without data."""
    known = set()
    for path in content(project.data, "*.csv"):
        for row in _rows(path):
            period = row.get("period") or row.get("date") or ""
            if re.match(r"[0-9]{4}", period):
                known.add(int(period[:4]))
    return (min(known), max(known)) if known else None


def convert(project: Project, parameter: Parameter, value: str):
    """``value`` in the type of the parameter's default. Raises ``ValueRefused``."""
    kind = type(parameter.default)
    if len(value) > LONGEST:
        raise ValueRefused(f"{len(value)} characters are too many — write at most {LONGEST}")
    if kind is bool:
        if value not in ("true", "false"):
            raise ValueRefused(f"{shown(value)} — write true or false")
        return value == "true"
    if kind is int:
        if not INTEGER.fullmatch(value):
            raise ValueRefused(f"{shown(value)} is no whole number — write e.g. {parameter.default}")
        return _year(project, int(value)) if parameter.name in DATED else int(value)
    if kind is float:
        if not DECIMAL.fullmatch(value):
            raise ValueRefused(f"{shown(value)} is no plain decimal — write e.g. {parameter.default}")
        return float(value)
    if parameter.default == [] and not value:
        return []  # a list that the notebook itself leaves empty
    several = kind is list or parameter.name == "peers"
    words = value.split(",") if several else [value]
    for word in words:
        _check_word(project, parameter, word, several)
    if len(set(words)) < len(words):
        raise ValueRefused(f"{shown(value)} names one thing twice — write each once")
    return words if kind is list else value


def _year(project: Project, year: int) -> int:
    covered = years_covered(project)
    if covered and not covered[0] <= year <= covered[1]:
        raise ValueRefused(f"{year} is outside the data — write a year from {covered[0]} to {covered[1]}")
    return year


def _check_word(project: Project, parameter: Parameter, word: str, several: bool) -> None:
    own = parameter.default.split(",") if isinstance(parameter.default, str) and several else parameter.default
    if word in own if several else word == own:
        return  # what the notebook itself takes
    if parameter.name not in VOCABULARIES:
        if not WORDS.fullmatch(word):
            raise ValueRefused(f"{shown(word)} — write letters, digits, spaces, and , + - _ only")
        return
    known = VOCABULARIES[parameter.name](project)
    if known.get(word) == word:
        return
    # The identifiers are offered; other names of the same thing are only read.
    advice = f'write "{known[word]}"' if word in known else suggestion(word, set(known.values()))
    raise ValueRefused(f"{shown(word)} is not known — {advice}")


def assign(project: Project, notebooks: list[Path], asked: list[tuple[str, str]]) -> list[tuple[Path, dict]]:
    """Each notebook with the values it is to run with: of those asked for, the ones that it declares.

    Raises ``RequestError`` with everything wrong: a name that no notebook declares, a name given twice, a
    value of the wrong type, outside the vocabulary or the data, a first year after the last.
    """
    if not asked:
        return [(path, {}) for path in notebooks]
    signatures = {path: declared(path) for path in notebooks}
    known = {name for signature in signatures.values() for name in signature}
    names = [name for name, _ in asked]
    faults = {
        f"unknown parameter {shown(name)} — {suggestion(name[:LONGEST], known)}": None
        for name in names
        if name not in known
    }
    twice = [name for name in names if name in known and names.count(name) > 1]
    faults |= {f"{name} is given twice — write it once": None for name in twice}
    chosen, refused_before = [], set()
    for path, signature in signatures.items():
        values = {}
        for name, value in asked:
            if name in signature:
                try:
                    values[name] = convert(project, signature[name], value)
                except ValueRefused as refused:
                    if name not in refused_before:  # once, whatever notebook it is for
                        faults[f"{name}: {refused}"] = None
                    refused_before.add(name)
        faults |= dict.fromkeys(_order(signature, values))
        chosen.append((path, values))
    if faults:
        raise RequestError("\n".join(faults))
    return chosen


def _order(signature: dict[str, Parameter], values: dict) -> list[str]:
    """A fault when the first year would come after the last, asked for or not."""
    if not set(YEARS) <= set(signature) or not set(YEARS) & set(values):
        return []
    first, last = (values.get(name, signature[name].default) for name in YEARS)
    return [] if first <= last else [f"first_year {first} is after last_year {last} — change one of them"]


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
