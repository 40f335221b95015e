"""One sentence with the numbers, names and times in it, and what its paragraph has said before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain

from wuhan.reading import forms, masks, numbers, strangers, times
from wuhan.reading.decode import Sentence
from wuhan.reading.neutral import NEUTRAL
from wuhan.reading.parts import Sizes, parts
from wuhan.reading.said import Found, Said, Subject
from wuhan.reading.terms import CITY, Vocabulary
from wuhan.reading.times import Printing, Time

EDGE = re.compile("[，,。；;：:、（(“”—！？!?\n|]|\\s{2,}")
STOP = re.compile("[。；;]")
# Words that add nothing to what a statement says of a measure.
_WHOLE = re.compile("占[^，,。；;占]{1,16}?(?:的)?(?:比重|比例|份额|比)?(?:的|为|达到|达|约|近|超过|超|接近|突破)*$")
_CONTRIBUTED = re.compile(
    "(?:对[^，,。；;对]{1,14}?(?:的)?)?贡献[率度](?:为|达到|达|约|近|超过|超|接近|突破|由|从|至)*$"
)
_MOVED = re.compile("(?:拉动|带动|推动|高于|低于|快于|慢于)[^，,。；;]{1,16}$")
_ASIDE = re.compile("[（(][^（）()0-9]{1,30}[）)]")
_DASHED = re.compile(
    "\\s[–—]\\s(?:those|that is|which|including|namely|or|defined)\\b[^–—.;]{1,90}\\s[–—]\\s"
    "|\\s[–—]\\s(?:an?|the)\\s[^–—.;0-9]{1,90}\\s[–—]\\s"
)
# What makes a firm a major one, told between commas.
_MAJOR = re.compile(
    ",\\s(?:each |those |those firms |namely those |all )?(?:with|having) (?:an |a )?(?:annual|main|business)"
    "[^.;]{1,90}?\\byuan(?: \\([^()]{1,60}\\))?(?: (?:or more|and above|or above|each))?,"
    "|\\s(?:(?:that|which) each|with|each with|whose)\\b[^.;,0-9]{0,60}?\\b20 million yuan\\b(?: \\([^()]{1,60}\\))?"
    "[^.;,0-9]{0,24}?\\b(?:revenue|income|sales|above|more|each)\\b"
)
_PROVINCE = re.compile(
    ", (?:(?:[A-Z][a-z]+ )?(?:[Cc]entral|[A-Z][a-z]+) )?China(?:'s|’s) (?:[A-Z][a-z]+ ){1,2}[Pp]rovince,"
    "|,? in (?:[A-Z][a-z]+ )?(?:China(?:'s|’s) )?[A-Z][a-z]+ [Pp]rovince\\b,?"
)
_DOLLARS = re.compile("\\b(?:HK|NT|US|[ACS])(?=\\$)")
_ADDS_NOTHING = (times.COMPARED, masks.TIMES, forms.STREAK, _ASIDE, _DASHED, _MAJOR, _PROVINCE, _DOLLARS)
_SPLIT = re.compile("[分按](?!别)[\u4e00-\u9fff]{1,6}看|按[\u4e00-\u9fff]{1,6}分|其中")
_CAPITAL = re.compile("capital (?:city )?of [^,.;]*$")
# Where a city lies is not what is spoken of: Suzhou in East China's Jiangsu province.
_LIES_IN = re.compile(
    "^,? (?:is |was )?(?:located |situated |based )?in (?:China(?:'s|’s) )?(?:[A-Za-z-]+ )?(?:China(?:'s|’s)? )?$"
)


@dataclass(frozen=True)
class Before:
    """What a paragraph has said so far: its place, year and time."""

    paragraph: int = -1
    place: Said = field(default_factory=Said)
    year: str = ""
    time: Time | None = None
    periods: frozenset[str] = frozenset()
    narrow: bool = False  # its last number was of something narrower than a measure
    wholes: Sizes | None = None  # of what the next numbers may be parts: dimension and size
    topic: str = ""  # the name of the measure of its last number
    head: str = ""  # the name of the one measure that the headline names
    aim: str = ""  # the kind of its last number, if that is an aim
    parted: bool = False  # the sentence goes on to tell parts of them
    said: str = ""  # its sentences so far
    course: str = ""  # whether the text tells what was done or what is to come, where it says so
    spoken: Time | None = None  # the time of which the text speaks: of its headline, else the first that it names


def last_at(words: re.Pattern[str], said: str) -> int:
    """Where the last of some words stands, below zero where none does."""
    return max((match.start() for match in words.finditer(said)), default=-1)


def wholes(text: str, number: forms.Number) -> list[tuple[int, int]]:
    """Where the whole stands of which a number is a share, 占GDP的 26.7%, or what it moves."""
    patterns = {forms.SHARE: (_WHOLE, _CONTRIBUTED), forms.CHANGE: (_MOVED,)}.get(number.form, ())
    found = (pattern.search(text[: number.start]) for pattern in patterns)
    return [match.span() for match in found if match]


class Context:
    """One sentence with the names in it, and what was found so far: ``done`` are its numbers, ``consumed`` where the
    names stand that belong to a number before them, ``aim`` the kind of its last number, blank for what is no aim.
    """

    def __init__(self, sentence: Sentence, names: Vocabulary, printed: Printing, city: Subject, before: Before):
        self.sentence, self.names, self.printed, self.city, self.before = sentence, names, printed, city, before
        self.text = sentence.text
        self.numbers, self.wholes, self.parted = parts(numbers.find(self.text), self.text, before.wholes, before.parted)
        self.terms = list(names.measure.finditer(self.text))
        inside = [match.span() for match in self.terms]
        self.places = [
            match
            for match in names.place.finditer(self.text)
            if not any(first <= match.start() and match.end() <= last for first, last in inside)
            and not _CAPITAL.search(self.text[: match.start()])
        ]
        self.places = [match for match in self.places if not self._located(match)]
        self.consumed: set[int] = set()
        self.done: list[Found] = []
        self.aim = ""
        self.times = times.times(self.text, printed, before.year)
        self.blank = self._blanked()
        self.terms = [match for match in self.terms if not names.broad(match[0]) or self._bare(match)]
        self.under = self._under()

    def _located(self, place: re.Match[str]) -> bool:
        """Whether a place only tells where the city before it lies."""
        cities = [other for other in self.places if self.kind(other) in CITY and other.end() < place.start()]
        return any(_LIES_IN.search(self.text[other.end() : place.start()]) for other in cities)

    def kind(self, place: re.Match[str]) -> str:
        """The kind of a place that the sentence names."""
        return self.names.kinds[self.names.where(place[0])]

    def _bare(self, match: re.Match[str]) -> bool:
        """Whether a name that is said of other things, too, stands alone: no word runs on into it or out of it."""
        before, behind = self.blank[: match.start()], self.blank[match.end() :]
        return not re.search("[\u4e00-\u9fff0-9]$|[A-Za-z]\\s?$", before) and not re.match("\\s?\\w", behind)

    def _under(self) -> set[str]:
        """The measures that are told by branches, where they are: 固定资产投资增长5%。分产业看，…"""
        said = self.before.said + self.text
        split = list(_SPLIT.finditer(said))
        split = [match for match in split if match[0] != "其中"] or split
        named = list(self.names.measure.finditer(said, 0, split[-1].start())) if split else []
        return set(self.names.means(named[-1][0])) if named else set()

    def _blanked(self) -> str:
        """The sentence without numbers, places, times and words that add nothing; names of measures stay."""
        text = list(self.text)
        spans = [(number.start, number.end) for number in self.numbers]
        spans += [(time.start, time.end) for time in self.times]
        spans += [span for number in self.numbers for span in wholes(self.text, number)]
        told = (pattern.finditer(self.text) for pattern in _ADDS_NOTHING)
        unknown = (strangers.cities(self.text, self.names), strangers.districts(self.text, self.names))
        spans += [match.span() for match in chain(self.places, *unknown, *told)]
        for start, end in spans:
            text[start:end] = " " * (end - start)
        return NEUTRAL.sub(lambda match: " " * len(match[0]), "".join(text))

    @property
    def last(self) -> Found | None:
        """The number before, with what it is about."""
        return self.done[-1] if self.done else None

    def gap(self, number: forms.Number) -> str:
        """What stands between the number before and this one."""
        return self.text[self.done[-1].number.end : number.start]

    def between(self, start: int, end: int) -> list[forms.Number]:
        """The numbers in a part of the sentence."""
        return [number for number in self.numbers if start <= number.start and number.end <= end]

    def plain(self, start: int, end: int) -> bool:
        """Whether nothing in a part of the sentence adds to what it says."""
        return not re.search(r"\w", self.blank[start:end])

    def aside(self, number: forms.Number) -> bool:
        """Whether a number only tells which firms are major ones: firms, each with revenue of 20 million yuan, grew."""
        return any(match.start() < number.start < match.end() for match in _MAJOR.finditer(self.text))

    def lead(self, number: forms.Number) -> str:
        """What stands before a number in the sentence."""
        return self.text[: number.start]

    def rest(self, number: forms.Number) -> str:
        """What stands behind a number in the sentence."""
        return self.text[number.end :]

    def clause(self, number: forms.Number) -> str:
        """What stands before a number in its clause."""
        return self.text[self.begins(number.start) : number.start]

    def begins(self, end: int, edge: re.Pattern[str] = EDGE) -> int:
        """Where the part of the sentence begins that goes on to ``end``: behind the last edge before it."""
        return max((match.end() for match in edge.finditer(self.text, 0, end)), default=0)
