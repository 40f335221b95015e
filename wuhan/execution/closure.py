"""Which modules of the package a notebook can import, told from its text: nothing is run.

Every import statement counts, wherever it stands, and so does the ``__init__`` of every package on the way: of one that
is only passed, what its functions import does not count, as nobody has a name to call them by. Where an import is made
by a call or names no names, or a cell cannot be read as Python, the notebook is taken to import all modules.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

PACKAGE = "wuhan"
CALLS = frozenset({"__import__", "import_module", "exec", "run_path", "run_module"})
ANY = "*"  # an import of nobody knows what


def imported(source: str, package: str = "", passed: bool = False) -> frozenset[str]:
    """The modules that ``source`` names in its imports, with those that ``from … import`` may name; `ANY` among them
    when that cannot be told. ``package`` is where relative imports start; a module that is only ``passed`` runs no
    function.
    """
    return _imported(source, package)[passed]


@lru_cache(maxsize=1024)
def _imported(source: str, package: str) -> tuple[frozenset[str], frozenset[str]]:
    """What a module names, and what it names when it is only passed: most are looked at in both ways."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return frozenset({ANY}), frozenset({ANY})
    ran, passed = (frozenset(_named(_nodes(tree, way), package)) for way in (False, True))
    return ran, passed


def _nodes(tree: ast.AST, passed: bool) -> Iterator[ast.AST]:
    """All that may run: not what is there for type checkers only, and in a module that is ``passed`` no function."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if passed and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            waiting += node.orelse
            continue
        yield node
        waiting += ast.iter_child_nodes(node)


def _named(nodes: Iterable[ast.AST], package: str) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (name for alias in node.names for name in (alias.name, alias.name.partition(".")[0]))
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            yield base
            yield from (ANY if alias.name == "*" else f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Name | ast.Attribute | ast.alias):
            called = getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", "")
            if called in CALLS:
                yield ANY


def modules(files: Iterable[str]) -> dict[str, str]:
    """The file of each module by its name, of files named from the root: wuhan/evidence/package.py."""
    found = {}
    for file in files:
        parts = file.removesuffix(".py").split("/")
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


def closure(sources: Iterable[str], package: Mapping[str, str]) -> frozenset[str]:
    """The files of all modules that ``sources`` can import, directly or through others.

    ``package`` maps the files of the package to their text.
    """
    known = modules(package)
    reached: set[str] = set()
    followed: set[tuple[str, bool]] = set()
    waiting = [name for source in sources for name in imported(source)]
    while waiting:
        name = waiting.pop()
        if name == ANY:
            return frozenset(package)
        parts = name.split(".")
        for module in (".".join(parts[: end + 1]) for end in range(len(parts))):
            passed = module != name
            if module in known and (module, passed) not in followed:
                followed.add((module, passed))
                reached.add(known[module])
                inside = module if known[module].endswith("/__init__.py") else module.rpartition(".")[0]
                waiting += imported(package[known[module]], inside, passed)
    return frozenset(reached)
