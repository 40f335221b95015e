"""What texts call measures, places and times: the names of ``indicators.csv`` and ``places.csv``, and ``terms.csv``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from wuhan.evidence import package

CITY = ("city", "municipality")
SHORTEST = 4  # signs of a name that stands for its measure without a row of terms: 企业 alone says too little
_TAILS = re.compile("(?:增速|涨幅|总数|数|规模|总额|占比)$")
_FIRMS = "(?:firms|companies|enterprises|businesses)"
# Words that texts write in several ways, with the one in which names are compared.
_ALIKE = (
    (_FIRMS, "firms"),
    ("(?:industries|industry|sectors|sector)", "industry"),
    ("(?:value[- ]added|added[- ]value)", "value added"),
    ("cent(?:er|re)s?", "centres"),
    ("of(?: the)?", "of"),
)
# Of whom cities say that they stay: 留汉, 来蓉留蓉.
_HERE = "(?:汉|郑|蓉|杭|苏|青|长|穗|深|甬|锡|厦|榕|济|昌|昆|佛|莞|通|宁|肥|渝|津|筑|邕|沈|连|哈|西安|市|城)"
_ALIKE_ZH = (
    ("规(?:模以)?上", "规上"),
    ("国家级?", "国家"),
    ("省级?", "省"),
    (f"(?:来{_HERE})?留{_HERE}(?!效)", "留汉"),
)
# 第二产业实现增加值 is 第二产业增加值.
_VERBS = "累计实现|累计完成|共实现|实现|完成"
_APART = re.compile("(?<=[\u4e00-\u9fff]{2})(?:增加值|总产值|产值|投资|收入|营收|零售总额|利润总额|利润)$")
_BRANCH = re.compile("(?:制造业|第[一二三]产业)增加值")
_QUOTES = "“”‘’\"'「」"
_OWNERS = (
    "大学(?!生)|学院|银行|基金|证券|科技大学|理工|工程大学|协和|路|街道|站|机场|港(?!口)|号|日报|晚报|发布|晨报"
    "|县(?![域级])|(?<=吉林)市|商学院|海关|人社|统计局|公司|集团|银|校友|[一-鿿]{0,4}(?:大学(?!生)|学院|集团|公司|银行)|东湖(?!新"
    "|高)"
)


@dataclass(frozen=True)
class Indicator:
    """What the resolution of a name needs to know of an indicator."""

    code: str
    unit: str
    measure: str
    price_basis: str
    theme: str
    name_zh: str


@dataclass(frozen=True)
class Vocabulary:
    """The names of measures with their indicators, those of places with their place, and patterns that find them."""

    measures: Mapping[str, tuple[str, ...]]
    places: Mapping[str, str]
    indicators: Mapping[str, Indicator]
    kinds: Mapping[str, str]  # place: kind
    parents: Mapping[str, str]  # place: where it lies
    branches: frozenset[str]  # indicators of the value added of one branch, of which a text may tell something else
    wide: frozenset[str]  # names that are said of other things, too
    called: tuple[str, ...]  # what measures are called, as it is looked for
    shown: tuple[str, ...]  # what places are called

    def within(self, text: str) -> Vocabulary:
        """The same without the names that ``text`` cannot hold: an expression that finds all takes a second to make."""
        plain = text.lower()
        bare = _unquoted(plain)
        called, shown = (
            tuple(name for name in names if all(part in (plain if name.isascii() else bare) for part in _parts(name)))
            for names in (self.called, self.shown)
        )
        return replace(self, called=called, shown=shown)

    @cached_property
    def measure(self) -> re.Pattern[str]:
        """Finds the names of measures."""
        return _pattern(self.called)

    @cached_property
    def place(self) -> re.Pattern[str]:
        """Finds the names of places, but where they are part of another name."""
        return re.compile(f"(?:{_pattern(self.shown).pattern})(?!{_OWNERS})", re.IGNORECASE)

    def means(self, term: str) -> tuple[str, ...]:
        """The indicators that a name in a text may mean."""
        return self.measures.get(_key(term), ())

    def broad(self, term: str) -> bool:
        """Whether a name in a text is said of other things, too, so that a reading of it is likely at most."""
        return _key(term) in self.wide

    def where(self, name: str) -> str:
        """The place that a name in a text means."""
        return self.places.get(_key(name), "")

    def city(self, place: str) -> str:
        """The city that a place is or lies in; the place itself where there is none."""
        at = place
        while at and self.kinds.get(at) not in CITY:
            at = self.parents.get(at, "")
        return at or place


def _key(term: str) -> str:
    if not re.search("[\u4e00-\u9fff]", term):
        plain = re.sub("(?<=above )(?:a|the)\\s", "", " ".join(term.lower().split()))
        for pattern, word in (*_ALIKE, ("designated[- ]scale", "designated size")):
            plain = re.sub(f"\\b{pattern}\\b", word, plain)
        return re.sub(f"[-{_QUOTES}\\s]", "", plain)
    plain = re.sub(f"[{_QUOTES}\\s]", "", term).lower()
    for pattern, word in _ALIKE_ZH:
        plain = re.sub(pattern, word, plain)
    return re.sub(f"(?<=[\u4e00-\u9fff])(?:{_VERBS})(?=[\u4e00-\u9fff]{{2}})", "", plain)


def _names(name: str) -> list[str]:
    """A name and its short form: 武汉市 and 武汉; Hongshan District and Hongshan stay apart from 洪山."""
    short = re.sub("(?:市|省|壮族自治区|维吾尔自治区|回族自治区|自治区)$", "", name)
    return [name, short] if len(short) >= 2 else [name]


def _pattern(terms: Iterable[str]) -> re.Pattern[str]:
    """One alternation of names, the longest first; quotation marks inside Chinese names may stand or not."""
    chinese, english = [], []
    for term in sorted(set(terms), key=lambda term: (-len(_key(term)), term)):
        if term.isascii():
            english.append(_english(term))
        else:
            chinese.append(("(?<![0-9十百千万数])" if term[0] in "亿百千万" else "") + _chinese(term))
    if english:
        chinese.append(f"(?<![A-Za-z])(?:{'|'.join(dict.fromkeys(english))})(?![A-Za-z])")
    return re.compile("|".join(dict.fromkeys(chinese)) or "(?!)", re.IGNORECASE)


def _chinese(term: str) -> str:
    """A Chinese name as texts may write it."""
    head, tail = _cut(term)
    return f"{_alike(head)}(?:{_VERBS})?{tail}" if tail else _alike(head)


def _cut(term: str) -> tuple[str, str]:
    """A Chinese name before and behind the place where a verb may stand in it; nothing is behind where none may."""
    tail = _APART.search(term)
    return (term[: tail.start()], tail[0]) if tail else (term, "")


def _alike(term: str) -> str:
    """A Chinese name with the words in it that are written in several ways; quotation marks may stand in it."""
    words = {word: pattern for pattern, word in _ALIKE_ZH}
    parts = re.split(f"({'|'.join(pattern for pattern, _ in _ALIKE_ZH)})", term)
    spelt = [
        words[_key(part)] if at % 2 else f"[{_QUOTES}]?".join(map(re.escape, part)) for at, part in enumerate(parts)
    ]
    return f"[{_QUOTES}]?".join(part for part in spelt if part)


def _english(term: str) -> str:
    """An English name with the words in it that are written in several ways; a size may have an article."""
    plain = term.lower().replace("of the ", "of ")
    for pattern, word in _ALIKE:
        plain = re.sub(f"\\b{pattern}\\b", word.replace(" ", "_"), plain)
    words = {word.replace(" ", "_"): pattern.replace("[- ]", "[-\\s]").replace(" ", "\\s") for pattern, word in _ALIKE}
    words["designated"] = "(?:(?:a|the)\\s)?designated"
    if "designated" in plain:
        words["size"] = "(?:size|scale)"
    spelt = (words.get(word) or re.escape(word) for word in re.split("[-\\s]+", plain))
    return "[-\\s“”‘’\"']{1,3}".join(spelt)


def _parts(name: str) -> list[str]:
    """The parts of a name that every text has where it has the name, in lower letters."""
    if name.isascii():
        parts = re.split("[-\\s]+|" + "|".join(f"\\b{pattern}\\b" for pattern, _ in _ALIKE), name.lower())
        return [part for part in parts if part not in ("designated", "scale", "size")]
    head, tail = _cut(name)
    heads = re.split("|".join(pattern for pattern, _ in _ALIKE_ZH), head)
    return [_unquoted(part).lower() for part in (*heads, tail)]


def vocabulary(data: Path = package.DATA) -> Vocabulary:
    """All names of the tables in ``data``."""
    return _vocabulary(
        data, package.state("terms", data), package.state("indicators", data), package.state("places", data)
    )


@lru_cache(maxsize=2)
def _vocabulary(data: Path, *_states: object) -> Vocabulary:
    terms = package.read("terms", data)
    columns = ["indicator", "unit", "measure", "price_basis", "theme", "name_zh"]
    indicators = package.read("indicators", data, (*columns, "name_en"))
    places = package.read("places", data, ("place", "name_en", "name_zh", "kind", "parent"))
    measures: defaultdict[str, dict[str, None]] = defaultdict(dict)
    spelt: list[str] = []
    for row in indicators.itertuples():
        for name in (row.name_zh, _TAILS.sub("", row.name_zh), row.name_en):
            if len(name) >= SHORTEST:
                measures[_key(name)][row.indicator] = None
                if _key(name) != "firms":
                    spelt.append(name)
    named: dict[str, str] = {}
    shown: list[str] = []
    for row in places.itertuples():
        for name in (*_names(row.name_zh), row.name_en.partition(" (")[0]):
            named.setdefault(_key(name), row.place)
            shown.append(name)
    for row in terms.itertuples():
        if row.indicator:
            measures[_key(row.term)][row.indicator] = None
            spelt.append(row.term)
        else:
            named[_key(row.term)] = row.place
            shown.append(row.term)
    known = {row[0]: Indicator(*row) for row in indicators[columns].itertuples(index=False, name=None)}
    return Vocabulary(
        {term: tuple(found) for term, found in measures.items()},
        named,
        known,
        dict(zip(places["place"], places["kind"], strict=True)),
        dict(zip(places["place"], places["parent"], strict=True)),
        frozenset(code for code, one in known.items() if one.measure == "rate" and _BRANCH.search(one.name_zh)),
        frozenset(_key(row.term) for row in terms.itertuples() if row.scope == "broad"),
        tuple(term if term.isascii() else _unquoted(term) for term in dict.fromkeys(spelt) if len(term) > 1),
        tuple(shown),
    )


def _unquoted(text: str) -> str:
    return re.sub(f"[{_QUOTES}]", "", text)
