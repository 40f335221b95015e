"""Parameters of a notebook: what it declares, and what each of them may be.

A notebook declares its parameters itself, in its first cell of code: literals, each with a type and a comment.
What a parameter may be is found by its name in ``VOCABULARIES`` and ``DATED``; a name that is in neither is held to
its type only. `use` stands in each notebook and refuses whatever else it was given, whoever runs it; the command line
holds a request against the same rules before a kernel starts.
"""

from __future__ import annotations

import ast
import csv
import functools
import io
import re
import tokenize
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_origin

from wuhan.evidence.faults import DataError, Fault, OneLine
from wuhan.evidence.files import content
from wuhan.evidence.periods import bounds
from wuhan.text.language import LANGUAGES, language

DATA = Path(__file__).resolve().parents[2] / "data"
HOME = "wuhan"  # the city that others are compared with
LONGEST = 200  # characters of a word
WORDS = re.compile(r"[\w ,+-]*")  # no path can be written with these; see PATHS
INJECTED = "# Parameters"  # the first line of the cell that papermill writes
TYPES = {"bool": bool, "int": int, "float": float, "str": str, "list": list}
# Constants of wuhan.analysis.transform and wuhan.evidence.witnesses, which are not loaded for a word.
TRANSFORMATIONS = ("level", "growth", "index", "per_head")
TRUST = ("A", "B", "C", "D")


class ParameterError(OneLine, ValueError):
    """Parameters that cannot be used: one line for each, in a notebook without a traceback."""


@dataclass(frozen=True)
class Parameter:
    """One line of a parameters cell: ``first_year: int = 2010  # first year shown``."""

    name: str
    default: bool | int | float | str | list
    comment: str = ""
    kind: type = str


def signature(source: str) -> dict[str, Parameter]:
    """The parameters that a cell declares, by name, in order. Raises ``ValueError`` for anything but literals."""
    found = {}
    try:
        comments = _comments(source)
        for node in ast.parse(source).body:
            match node:
                case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=ast.expr() as given):
                    value, kind = ast.literal_eval(given), TYPES[ast.unparse(annotation).partition("[")[0]]
                case ast.Assign(targets=[ast.Name(id=name), *_], value=given):
                    value = ast.literal_eval(given)
                    kind = type(value)
                case _:
                    raise ValueError
            found[name] = Parameter(name, value, comments.get(node.end_lineno or 0, ""), kind)
    except (SyntaxError, ValueError, KeyError, tokenize.TokenError):
        raise ValueError("a cell of parameters holds lines like name: str = value  # meaning") from None
    return found


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}


# ---- what there is to choose from


@dataclass(frozen=True)
class _Table:
    """A table as its bytes are: the header and the rows that are as long."""

    header: list[str]
    rows: list[list[str]]

    @functools.cached_property
    def years(self) -> tuple[int, ...]:
        """First and last year of the columns ``period`` and ``date``, if there are any."""
        places = [place for place, column in enumerate(self.header) if column in ("period", "date")]
        known = {int(row[place][:4]) for row in self.rows for place in places if re.match(r"[0-9]{4}", row[place])}
        return (min(known), max(known)) if known else ()


@functools.lru_cache(maxsize=24)  # all tables, and a few of them as they were before they were edited
def _parsed(raw: bytes) -> _Table:
    reader = csv.reader(io.StringIO(raw.decode("utf-8"), newline=""))
    header = next(reader, [])
    return _Table(header, [row for row in reader if len(row) == len(header)])


def _table(path: Path) -> _Table:
    """The table at ``path``. Raises ``DataError`` with the name of one that is missing or cannot be read."""
    try:
        return _parsed(path.read_bytes())
    except (OSError, ValueError, csv.Error) as error:
        found = error.strerror if isinstance(error, OSError) else "no table in UTF-8"
        raise _lacking(path, found or "no table") from None


def _cells(path: Path, *columns: str) -> list[tuple[str, ...]]:
    """The cells of ``columns`` of a table, row by row. Raises ``DataError`` as `_table` does, or without a column."""
    table = _table(path)
    missing = [column for column in columns if column not in table.header]
    if missing:
        raise _lacking(path, f"no column {missing[0]}")
    places = [table.header.index(column) for column in columns]
    return [tuple(row[place] for place in places) for row in table.rows]


def _lacking(path: Path, found: str) -> DataError:
    return DataError([Fault(f"{path.parent.name}/{path.name}", 1, "", found, "restore it, then run `make check`")])


Words = Callable[[Path], dict[str, str]]  # from what may be written to the word that is meant


def _places(*kinds: str) -> Words:
    def words(data: Path) -> dict[str, str]:
        rows = _cells(data / "places.csv", "place", "name_zh", "name_en", "kind")
        rows = [row for row in rows if not kinds or row[-1] in kinds]
        if not rows:
            raise _lacking(data / "places.csv", f"no {kinds[0] if kinds else 'place'}")
        # Other names lead to the id that has to be written.
        names = {name: place for place, *others, _ in rows for name in others}
        return names | {place: place for place, *_ in rows}

    return words


def _column(table: str, column: str, *more: str) -> Words:
    def words(data: Path) -> dict[str, str]:
        found = {word for (word,) in _cells(data / f"{table}.csv", column)} - {""}
        if not found:
            raise _lacking(data / f"{table}.csv", f"no {column}")
        return {word: word for word in (*sorted(found), *more)}

    return words


def _fixed(words: Iterable[str]) -> Words:
    return lambda data: {word: word for word in words}


CITIES = _places("city", "municipality")
VOCABULARIES: dict[str, Words] = {
    "city": CITIES,
    "peers": CITIES,
    "exclude": CITIES,
    "place": _places(),
    "places": _places(),
    "indicator": _column("indicators", "indicator"),
    "event_type": _column("events", "event_type"),
    "instrument": _column("policies", "instrument"),
    "vintage": _column("gdp", "vintage"),
    "min_trust": _fixed(TRUST),
    "table": _column("indicators", "theme", "all"),
    "theme": _column("claims", "theme", "all"),
    "direction": _column("future_industries", "direction", "all"),
    "article": _column("claims", "source_id", "all"),
    "sector": _column("projects", "sector", "all"),
    "language": _fixed(LANGUAGES),
    "transformation": _fixed(TRANSFORMATIONS),
}
PATHS = ("text",)  # the way to a file; whoever reads it says whether there is one
MAY_BE_EMPTY = ("exclude",)
DATED = ("first_year", "last_year", "fit_from", "treated_year", "as_of")  # all that must lie within the data
ORDERED = (("first_year", "last_year"), ("fit_from", "treated_year"))


def years_covered(data: Path) -> tuple[int, int]:
    """First and last year of all that the data hold, targets included. Raises ``DataError`` when they hold none."""
    known = [year for path in content(data, "*.csv") for year in _table(path).years]
    if not known:
        raise _lacking(data / "gdp.csv", "no period")
    return min(known), max(known)


# ---- what a value must be


def shown(word: str) -> str:
    """A word of the request in quotes, harmless and short enough for one line."""
    plain = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in word)
    return f'"{plain[:40]}…"' if len(plain) > 40 else f'"{plain}"'


def suggestion(word: str, known: Iterable[str]) -> str:
    """What to write instead of ``word``: the nearest of ``known``, or the list when nothing is near."""
    import difflib

    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    if near:
        return f'did you mean "{near[0]}"?'
    words = sorted(known)
    listed = ", ".join(words[:12])
    return f"write one of {listed}" + (f" … ({len(words)} in all)" if len(words) > 12 else "")


def unknown(name: str, known: Iterable[str]) -> str:
    """The line for a parameter that nothing declares."""
    return f"unknown parameter {shown(name)} — {suggestion(name[:LONGEST], known)}"


def refuse_type(parameter: Parameter, found: str) -> ParameterError:
    """The refusal of a value that is not of its parameter's type; the declared one serves as example."""
    wanted, example = {
        bool: ("", "true or false"),
        int: (" is no whole number", "e.g. 2020"),
        float: (" is no plain decimal", "e.g. 0.5"),
        str: (" is no text", "one word"),
        list: (" is no list", "a list of words"),
    }[parameter.kind]
    if type(parameter.default) is parameter.kind and parameter.kind in (int, float):
        example = f"e.g. {parameter.default}"
    return ParameterError(f"{found}{wanted} — write {example}")


def judge(parameter: Parameter, value, data: Path) -> None:
    """Raise ``ParameterError`` unless ``parameter`` can be ``value``: its type, its words, its years."""
    alike = (int, float) if parameter.kind is float else (parameter.kind,)
    if type(value) not in alike:
        raise refuse_type(parameter, shown(value) if isinstance(value, str) else shown(repr(value))[1:-1])
    if parameter.name in DATED and parameter.kind is int:
        first, last = years_covered(data)
        if not first <= value <= last:
            raise ParameterError(f"{value} is outside the data — write a year from {first} to {last}")
    if parameter.kind is list:
        _judge_list(parameter, value, data)
    elif parameter.kind is str:
        _judge_word(parameter.name, value, data)


def _judge_list(parameter: Parameter, words: list, data: Path) -> None:
    for word in words:
        if not isinstance(word, str):
            raise ParameterError(f"{shown(repr(word))[1:-1]} is no text — write a list of words")
    if parameter.name in VOCABULARIES and not words and parameter.name not in MAY_BE_EMPTY:
        words = [""]
    for word in words:
        _judge_word(parameter.name, word, data)
    if len(set(words)) < len(words):
        raise ParameterError(f"{shown(','.join(words))} names one thing twice — write each once")


def _judge_word(name: str, word: str, data: Path) -> None:
    if len(word) > LONGEST:
        raise ParameterError(f"{len(word)} characters are too many — write at most {LONGEST}")
    if name == "known_by":
        return _judge_day(word, data)
    if name in PATHS:
        if not word or not word.isprintable():
            raise ParameterError(f"{shown(word)} is no path — write that of a txt, md or html file")
        return
    if name not in VOCABULARIES:
        if not WORDS.fullmatch(word):
            raise ParameterError(f"{shown(word)} — write letters, digits, spaces, and , + - _ only")
        return
    known = VOCABULARIES[name](data)
    if known.get(word) == word:
        return
    # The identifiers are offered; other names of the same thing are only read.
    advice = f'write "{known[word]}"' if word in known else suggestion(word, set(known.values()))
    raise ParameterError(f"{shown(word)} is not known — {advice}")


def _judge_day(word: str, data: Path) -> None:
    """Refuse what is neither blank nor a day, month or year of the data."""
    first, last = years_covered(data)
    try:
        bounds(word or str(last))
    except ValueError:
        raise ParameterError(f"{shown(word)} is no date — write one as 2024-01-26, or nothing for all") from None
    if word and not first <= int(word[:4]) <= last:
        raise ParameterError(f"{word} is outside the data — write a date from {first} to {last}")


def out_of_order(values: Mapping) -> list[str]:
    """A line for each first year that would come after its last."""
    pairs = [(first, last) for first, last in ORDERED if {first, last} <= set(values)]
    return [
        f"{first} {values[first]} is after {last} {values[last]} — change one of them"
        for first, last in pairs
        if values[first] > values[last]
    ]


def compared(city: str, peers: list[str], chosen: bool = False) -> list[str]:
    """The cities that ``city`` is compared with: ``peers`` without itself, and Wuhan, unless they were ``chosen``.

    Raises ``ParameterError`` where the city itself was chosen alone.
    """
    others = [peer for peer in peers if peer != city]
    if chosen and peers and not others:
        raise ParameterError(f"{shown(city)} is the city itself — name another to compare it with")
    return others if chosen or HOME in (city, *others) else [*others, HOME]


# ---- in a notebook


def use(names: MutableMapping, data: Path = DATA) -> None:
    """Hold the parameters of the running notebook against the rules; then set its language, the day by which all that
    it reads was published, and its peers (`compared`).

    ``names`` is the namespace of the notebook, ``globals()``. What its cells said is in ``In``: the cell that declares
    the parameters, and the one that papermill adds after it. Raises ``ParameterError`` with everything wrong, and
    ``DataError`` for a table that cannot be read.
    """
    from wuhan.evidence import package  # it loads pandas, which a command line does without

    declared, given = _said([str(source) for source in names.get("In", ())][:-1])
    declared = declared or _annotated(names)
    if not declared:
        raise ParameterError("the parameters are not set — run the notebook from its first cell")
    faults = [unknown(name, declared) for name in given if name not in declared]
    sound = {}
    for name, parameter in declared.items():
        try:
            judge(parameter, names[name], data)
            sound[name] = names[name]
        except ParameterError as refused:
            faults.append(f"{name}: {refused}")
    faults += out_of_order(sound)
    if {"city", "peers"} <= set(sound):
        try:
            names["peers"] = compared(sound["city"], sound["peers"], chosen="peers" in given)
        except ParameterError as refused:
            faults.append(f"peers: {refused}")
    if faults:
        raise ParameterError("\n".join(faults))
    package.known_by(sound.get("known_by", ""))
    language(sound["language"])


def _annotated(names: Mapping) -> dict[str, Parameter]:
    """The parameters by their annotations: nbval runs the cells without a history of what they said."""
    kinds = names.get("__annotations__", {})
    return {name: Parameter(name, names[name], kind=get_origin(kind) or kind) for name, kind in kinds.items()}


def _said(cells: list[str]) -> tuple[dict[str, Parameter], list[str]]:
    """The parameters that the last cell of declarations declares, and the names that papermill set after it."""
    declared, given = {}, []
    for source in cells:
        if source.lstrip().startswith(INJECTED):
            statements = ast.parse(source).body
            targets = [target for node in statements if isinstance(node, ast.Assign) for target in node.targets]
            given += [target.id for target in targets if isinstance(target, ast.Name)]
            continue
        try:
            found = signature(source)
        except ValueError:
            continue
        if "language" in found:
            declared, given = found, []
    return declared, given
