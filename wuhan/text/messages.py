"""What has to be translated: every text for a reader, found in the code, the notebooks, the pages and the data.

English is the key of a message. Texts in code are the literals given to ``say``, ``_``, ``label``, ``choose``,
``plural``, ``missing``, ``worded``, ``prose.table`` (its headings), the measure of a chart, and ``noted``, which marks
words that are looked up later: of a dictionary its values, not its codes. A Markdown cell is one message a block. Of
the data come the definitions, the questions of the identities and the codes of closed vocabularies.
"""

from __future__ import annotations

import ast
import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from wuhan.evidence.csvreader import as_printed
from wuhan.evidence.files import content
from wuhan.text import language, words
from wuhan.text.notebooks import own, text

FIRST = ("_", "say", "translate", "label", "missing")  # their first argument is a message
ALTERNATIVES = {"choose": ("more", "less", "same"), "plural": ("one", "many")}  # their arguments that are messages
NOTED = "note"  # the column whose cells are messages in every table
DATA = {
    "indicators": ("definition",),
    "identities": ("question", "caution"),
    "policies": ("description", "per", "beneficiary"),
    "sources": ("licence",),
}
CODES = (
    "kind",
    "status",
    "vintage",
    "qualifier",
    "scope",
    "event_type",
    "coverage",
    "sector",
    "stage",
    "instrument",
    "limit",
    "direction",
    "layer",
    "theme",
    "measure",
    "comparison",
)
IN_PAGES = re.compile(r"""\b_\(\s*(?:"([^"]+)"|'([^']+)')\s*[,)]""")
ALIKE = 0.66  # of the letters of two sentences, so that the one is taken for the other before it was changed
HEADER = """\
# Chinese texts of Wuhan in Numbers. The English text is the key (msgid); write the Chinese one into msgstr.
# Names in braces are filled in by the notebooks: keep each, in any order.
# "fuzzy" marks the Chinese of an English text that has changed; it is shown to nobody. Mend it, then remove the mark.
msgid ""
msgstr ""
"Project-Id-Version: wuhan-in-numbers\\n"
"Language: zh\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def blocks(markdown: str) -> list[str]:
    """The parts of a Markdown text that are translated one by one: heading, paragraph, list; fenced code is none."""
    parts = re.split(r"\n\s*\n", markdown.strip())
    return [part for part in parts if part.strip() and not part.startswith("```")]


def entries(log: str) -> list[str]:
    """The parts of the log of changes below its title, in their order: headings, paragraphs, items; one line each."""
    parts = re.split(r"\n\s*\n|\n(?=- )", re.sub(r"\A# .*\n", "", log.strip()))
    return [" ".join(part.split()) for part in parts if part.strip()]


def in_log(log: str) -> Iterator[str]:
    """The messages of the log: its parts without headings that only name a version and its day."""
    yield from (part for part in entries(log) if not re.fullmatch(r"## [0-9.]+ – [0-9-]+", part))


def in_code(source: str) -> Iterator[str]:
    """The messages in Python source, in their order; the third argument of a verb of ``charts`` is its measure."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        if called in FIRST:
            yield from _literals(node.args[:1])
        elif called in ALTERNATIVES:
            yield from _literals(given[name] for name in ALTERNATIVES[called] if name in given)
        elif called in ("table", "worded"):
            tables = node.args[1:2] if called == "table" else node.args[:1]
            dicts = [each for one in tables for each in ast.walk(one) if isinstance(each, ast.Dict)]
            yield from _literals(part for each in dicts for part in each.values)
        elif called == "noted":
            parts = [part for each in node.args for part in ast.walk(each)]
            codes = {key for part in parts if isinstance(part, ast.Dict) for key in part.keys}
            yield from filter(None, (_text(part) for part in parts if part not in codes))
        elif isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "charts":
            yield from _literals([*node.args[2:3], *(given[name] for name in ("measure",) if name in given)])


def _text(node: ast.AST) -> str:
    """The text that a node is; "" for any other, and for blanks."""
    text = node.value if isinstance(node, ast.Constant) else ""
    return text if isinstance(text, str) and text.strip() else ""


def _literals(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The texts that an argument may be: itself, or the branches of a condition."""
    for node in nodes:
        if text := _text(node):
            yield text
        elif isinstance(node, ast.IfExp):
            yield from _literals([node.body, node.orelse])


def in_notebook(path: Path) -> Iterator[str]:
    """The messages of a notebook: blocks of its Markdown cells, and those in its code."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = text(cell["source"])
        if cell["cell_type"] == "markdown":
            yield from blocks(source)
        elif cell["cell_type"] == "code":
            yield from in_code(source)


def in_data(folder: Path) -> Iterator[str]:
    """The messages of the tables: what they and their columns are, definitions, questions, and the codes of closed
    vocabularies as words.
    """
    described = folder / "datapackage.json"
    for resource in json.loads(described.read_text(encoding="utf-8"))["resources"] if described.exists() else []:
        told = [resource.get("title"), resource.get("description")]
        yield from filter(None, told + [field.get("description") for field in resource["schema"]["fields"]])
    for path in content(folder, "*.csv"):
        for _line, row in as_printed(path.read_bytes()):
            yield from filter(None, (row.get(column) for column in (*DATA.get(path.stem, ()), NOTED)))
            if path.stem == "sources":
                yield from () if words.whole_name(row["publisher"]) else (row["publisher"],)
                yield from (row["title"],) if row["title"].startswith(words.SUPPLIED) else ()
            yield from (words.spoken(row[column]) for column in CODES if row.get(column) and _is_code(row[column]))


def _is_code(text: str) -> bool:
    return re.fullmatch(r"[a-z0-9_]+", text) is not None


def collect(root: Path) -> dict[str, list[str]]:
    """Every message of the collection below ``root`` with the files that it stands in, in their order."""
    found: dict[str, dict[str, None]] = {}

    def note(messages: Iterable[str], path: Path) -> None:
        for message in messages:
            found.setdefault(message, {})[path.relative_to(root).as_posix()] = None

    for path in own(root / "notebooks"):
        note(in_notebook(path), path)
    for path in sorted((root / "wuhan").rglob("*.ipynb")):  # what a new notebook begins with, but for its title
        note((message for message in in_notebook(path) if "{topic}" not in message), path)
    for path in sorted((root / "wuhan").rglob("*.py")):
        note(in_code(path.read_text(encoding="utf-8")), path)
    for path in sorted((root / "wuhan" / "site").rglob("*.j2")):
        note((one or other for one, other in IN_PAGES.findall(path.read_text(encoding="utf-8"))), path)
    note(in_data(root / "data"), root / "data")
    if (log := root / "CHANGELOG.md").exists():
        note(in_log(log.read_text(encoding="utf-8")), log)
    return {message: list(files) for message, files in found.items()}


def placeholders(message: str) -> list[str]:
    """The names in braces of a message, in alphabetical order."""
    return sorted(set(re.findall(r"(?<!\{)\{([a-z_][a-z0-9_]*)\}", message)))


def faults(wanted: Iterable[str], known: dict[str, str], old: Iterable[str] = ()) -> list[str]:
    """What is wrong with a catalogue, one line each: lacking, stale, or with other placeholders than the English.

    ``old`` are the messages whose translation is that of what they said before: see `doubtful`.
    """
    wanted, old = list(wanted), set(old)
    said = [
        f'"{_cut(message)}" has changed — mend its msgstr, then remove the word fuzzy above it'
        if message in old
        else f'no translation of "{_cut(message)}"'
        for message in wanted
        if not known.get(message)
    ]
    said += [f'nothing says "{_cut(message)}" any more' for message in sorted(set(known) - set(wanted))]
    said += [
        f'"{_cut(message)}": the translation has {placeholders(known[message])}, not {placeholders(message)}'
        for message in wanted
        if known.get(message) and placeholders(known[message]) != placeholders(message)
    ]
    return said


def _cut(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= 70 else line[:69] + "…"


class Old(NamedTuple):
    """The translation of what a message said before it was changed."""

    message: str
    translation: str


def _entries(path: Path) -> list:
    from babel.messages.pofile import read_po

    if not path.exists():
        return []
    with open(path, encoding="utf-8") as file:
        return [message for message in read_po(file) if message.id]


def read(path: Path) -> dict[str, str]:
    """The messages of a catalogue with their translations, "" for those that have none or only a doubtful one."""
    return {message.id: "" if message.fuzzy else message.string for message in _entries(path)}


def doubtful(path: Path) -> dict[str, Old]:
    """The messages of a catalogue that are marked as fuzzy, with what they said before and its translation."""
    fuzzy = [message for message in _entries(path) if message.fuzzy and message.string]
    return {message.id: Old(_previous(message.user_comments), message.string) for message in fuzzy}


def _previous(comments: list[str]) -> str:
    """The message in comments such as ``| msgid "It grew."``, which Babel writes and does not read."""
    from babel.messages.pofile import unescape

    lines = " ".join(comment[1:] for comment in comments if comment.startswith("|"))
    return "".join(unescape(part) for part in re.findall(r'"(?:[^"\\]|\\.)*"', lines))


def carried(wanted: Iterable[str], known: Mapping[str, str], old: Mapping[str, Old]) -> dict[str, Old]:
    """For each message without a translation the nearest one that nothing says any more, or that it said before.

    A message that is back in its old words has that translation again: ``Old.message`` is then the message itself.
    """
    wanted = dict.fromkeys(wanted)
    left = {message: Old(message, known[message]) for message in known if known[message] and message not in wanted}
    left |= {each.message: each for each in old.values() if each.message}
    left |= {message: each for message, each in old.items() if message not in wanted}
    found = {}
    for message in wanted:
        if known.get(message):
            continue
        if message in left:
            found[message] = left[message]
        elif message in old:
            found[message] = old[message]
        elif near := difflib.get_close_matches(message, sorted(left), n=1, cutoff=ALIKE):
            found[message] = left[near[0]]
    return found


def written(wanted: Mapping[str, list[str]], known: Mapping[str, str], old: Mapping[str, Old] | None = None) -> bytes:
    """The catalogue of the messages ``wanted`` with their translations in ``known``; the same bytes each time.

    A message whose English has changed keeps the old translation, marked as fuzzy as gettext does, with the old
    English above it. Such a translation is never shown to a reader.
    """
    from io import BytesIO

    from babel.messages.catalog import Catalog
    from babel.messages.pofile import normalize, write_po

    catalogue, kept = Catalog(), carried(wanted, known, old or {})
    for message, files in wanted.items():
        before = kept.get(message, Old(message, known.get(message, "")))
        flags = [] if before.message == message else ["fuzzy"]
        catalogue.add(message, before.translation, [(file, 0) for file in files], flags=flags)
    stream = BytesIO()
    write_po(stream, catalogue, width=0, omit_header=True, include_lineno=False)
    text = stream.getvalue().decode()
    for message, before in kept.items():
        if before.message != message:  # Babel would break the old words anywhere, which no other tool can read
            entry = f"msgid {normalize(message, width=0)}\nmsgstr "
            said = f"msgid {normalize(before.message, width=0)}".splitlines()
            text = text.replace(f"\n{entry}", "".join(f"\n#| {line}" for line in said) + f"\n{entry}", 1)
    return (HEADER + text).encode()


def path_of(code: str) -> Path:
    """The file of the catalogue of a language."""
    return language.LOCALE / code / "LC_MESSAGES" / "wuhan.po"
