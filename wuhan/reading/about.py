"""What each number of a text is about: place, measure, time and kind, each with how sure and why.

Nothing is guessed. A measure is sure where its name and the number stand in one plain statement: before the name only
places, times and words that add nothing, between the name and the number nothing else either. A word that may narrow
the measure (of private firms, of one branch) leaves it at a likely reading, which no verdict rests on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from wuhan.evidence.units import UNITS
from wuhan.reading import numbers, times
from wuhan.reading.decode import Article, Sentence
from wuhan.reading.numbers import CHANGE, DURATION, GROWTH, LEVEL, LIST, MULTIPLE, RANK, SHARE, THRESHOLD, Number
from wuhan.reading.terms import CITY, Vocabulary
from wuhan.reading.times import LIKELY, SURE, UNSURE, Printing, Time

RESULT, TARGET, PLAN, CAP, FORECAST, CONTEXT = KINDS = ("actual", "target", "plan", "cap", "forecast", "context")
# Which measures a number of each form can be of.
MEASURED = {
    LEVEL: ("flow", "stock", "cumulative", "capacity"),
    GROWTH: ("rate",),
    SHARE: ("share",),
    CHANGE: ("rate",),
    RANK: ("index",),
    THRESHOLD: ("flow", "stock", "cumulative", "capacity"),
}
_EDGE = re.compile("[，,。；;：:、（(“”—！？!?\n|]|\\s{2,}")
_WORDS_ZH = (
    "(?:分|按|从)[一-鿿]{2,6}看|全市|全区|全省|全国|我市|本市|该市|我省|市级|地区|当地|全域|截至|截止|同期|初步核算|统计|数据显示|据"
    "|按可比价格|按不变价格|可比价格|不变价格|计算|核算|现价|"
    "完成|实现|达到|达成|达|为|是|约|将近|接近|逼近|即将|突破|超过|超|首次|累计|合计|总计|总额|总量|总数"
    "|数量|数|规模|同比|环比|增长|增速|增幅|增加|增至|升至|净增|"
    "上涨|上升|下降|回落|下滑|减少|提高|提升|名义|实际|真实|其中|分别|位居|位列|排名|排在|稳居|跃居|跻身|居"
    "|位|列|今年以来|以来|保持|较快|稳定|稳步|平稳|继续|进一步|高达|"
    "已经|已|共有|共|现有|拥有|坐拥|有|建成|建设|建有|集聚|聚集|汇聚|形成|培育|引进|授牌|获批|入选|落户"
    "|加快|推动|布局了|布设|预计|力争|争取|确保|目标|将|计划|左右"
    "|以上|以下|个|年均|平均|比重|占比|占|比|较|均|也|亦|又|再|还|"
    "至|到|从|由|在|和|与|及|以及|同时|此外|另外|的|了|其|这|目前|每年|新增|水平|快于|高于|低于|全年"
    "|年底|年末|末|底|年|月|日|以|得|值|万|亿|元|第"
)
_WORDS_EN = (
    "the|a|an|its|in|of|to|by|at|was|were|is|are|has|have|had|been|be|grew|grow|grown|growing|growth"
    "|rose|rise|risen|rising|reached|reach|hit|total+ed|total|stood|amount(?:ed|ing)?"
    "|increas(?:e|ed|ing)|expand(?:ed|ing)?|expansion|year-on-year|year on year|over|from|last|this"
    "|year|years|same|period|previous|local|city|city's|city’s|province's|province’s|municipal"
    "|municipality|annual|annually|about|around|nearly|almost|some|more|than|up|down|and|with|real"
    "|nominal|terms|exceed(?:ed|ing)?|surpass(?:ed|ing)?|top(?:ped|ping)|for|on|quarter|half"
    "|months|whole|full|according|preliminary|which|it|that|value|rank(?:ed|ing)?|accounting|percent"
    "|per cent|rate|number|saw|seen|registered|recorded|posted|metropolis|megacity|central|southwest|east"
    "|capital|home|boasts?|houses?|hosts?|there|are|gathered|gathers?"
    "|fell|dropped|declined|said|also|now|currently|already|s|’s|'s|still"
)
_NEUTRAL = re.compile(f"(?:{_WORDS_ZH})|\\b(?:{_WORDS_EN})\\b", re.IGNORECASE)
_COMPANY = re.compile(
    "(?:公司|集团|该企业|我们|该项目|该园|该基地|该中心|股份|厂|产业园|the company|the firm|Inc|Corp|Ltd)",
    re.IGNORECASE,
)
_NARROWS = re.compile(
    "企业|产业|行业|制造业|领域|园区|口岸|港|机场|高新区|经开区|开发区|自贸|片区|综保区|保税|民营|国有|外资"
    "|外贸|民间|社会|政府|工业|农业|服务业|集群|链|firms|sector|industry|zone|port",
    re.IGNORECASE,
)
_GENERIC = (
    "地区|城区|市区|新区|社区|园区|小区|辖区|片区|景区|校区|山区|专区|特区|范区|能区|发区|高新区|政区|税区"
    "|集区|务区|导区|验区|各区|全区|该区|我区|本区|三区|四区|商区|分区|区区|战区|灾区|住区|"
    "全市|城市|上市|都市|超市|门市|股市|楼市|我市|本市|该市|各市|县市|两市|地市|级市|集市|夜市|入市|在市"
    "|向市|以市|为市|区市|省市|郡县|全县|该县|各县|市县|区县|人市|及市|和市|对市|由市|于市|与市|是市|的市"
    "|将市|让市|房市|菜市|花市|汽车市"
)
_UNKNOWN = re.compile(
    f"(?:(?<=[，,。；;：:、（(“”的在和与及于省市区\\s])|^)"
    f"(?:(?![一-鿿]{{0,2}}(?:{_GENERIC}))([一-鿿]{{2,3}})(?:区|县|市)(?![域别块间分划场值民级委政长内外属直])"
    "|[一-鿿]{2,4}(?:经开区|高新区|开发区|新区|自贸区|综保区))"
)
_NATION = re.compile("\\s*(?:的|'s|’s)?\\s*$")
_FORWARD = (
    (
        CAP,
        re.compile(
            "最高(?:可)?(?:累计)?(?:给予|补助|奖励|资助|支持|不超过|补贴|可获|可得)|上限|封顶"
            "|不超过[^，。]{0,12}(?:补助|奖励|资助|补贴|支持)|给予[^，。；]{0,12}(?:奖励|补助|补贴"
            "|资助)|\\b(?:subsid|grant|award)\\w* of up to|capped at",
            re.IGNORECASE,
        ),
    ),
    (
        FORECAST,
        re.compile("预计|预期|预测|有望|\\b(?:expected|forecast|projected|estimated to|likely to)\\b", re.IGNORECASE),
    ),
    (
        TARGET,
        re.compile(
            "力争|目标|争取|确保|争创|奋斗目标|到20[0-9]{2}年|到[^，。]{0,6}年底|冲刺"
            "|\\b(?:target|targets|aims?|aiming|goal|strive|by 20[0-9]{2}"
            "|by the end of 20[0-9]{2})\\b",
            re.IGNORECASE,
        ),
    ),
    (
        PLAN,
        re.compile(
            "(?<!即)将(?!军|近)|计划(?!总投资)|拟|规划|谋划|推进"
            "|未来(?:[0-9一二三两五十几]+[年到至~-])|着力|重点发展|聚焦|围绕"
            "|打算|即将开|制定|加快(?:推进|建设|打造)|支持|推动|\\b(?:plans?|planned|will"
            "|would|intends?|to build|to invest)\\b",
            re.IGNORECASE,
        ),
    ),
)
_AIMS = (TARGET, PLAN, CAP, FORECAST)
_DONE = re.compile(
    "已|完成|实现了|增长了|[设成增开]了|截至|目前|累计|现有|去年|前年|共签约|达成|成为|拥有|入选|位居|获得|建成|聚集"
    "|完工|\\b(?:reached|grew|rose|totaled|totalled|was|were|has|had"
    "|stood)\\b",
    re.IGNORECASE,
)


_INTENDED = re.compile("将|计划|拟|will|plan", re.IGNORECASE)
_SET = re.compile("^[^。；;]{0,24}列入[^。；;]{0,12}目标")
_CAPITAL = re.compile("capital (?:city )?of [^,.;]*$")
_OF = re.compile("\\s*(?:in|during|for|at|by|as of)?\\s*(?:the)?\\s*", re.IGNORECASE)
_SHALL = re.compile("^[^,.;]{0,40}\\b(?:will|would|is to|are to)\\b")
_RISE = re.compile(
    "(?:增加|增长|增量|净增|减少|下降|回落|差距|相差|高出|超出|领先|落后|缩小|扩大)(?:了|约|近|超|超过"
    "|额)*$|\\bby\\s*(?:about|nearly|over)?\\s*$",
    re.IGNORECASE,
)
_BASE = re.compile(
    "(?:比|较|与)(?:(?:19|20)[0-9]{2}年|[一二三四]季度|年初|上月|上季|前值)|年均|平均|环比|累计增长|以来|名义|翻|复合"
    "|\\b(?:average|annually|per year|compound|nominal|quarter-on-quarter|month-on-month|since)\\b",
    re.IGNORECASE,
)
_BASE_BEHIND = re.compile(
    "\\s*(?:on average|annually|a year\\b|per year|compared with 20|from 20|since|quarter-on-quarter"
    "|month-on-month|in nominal)",
    re.IGNORECASE,
)
_NARROW_RANK = re.compile("副省级|中部|华中|华东|西部|全省|省内|全球|世界|亚洲|长江|湖北|省会|同类|高新区|经开区|行业")
_LATER = re.compile("^[^。；;]*(?:将于|将在|拟于|即将)")
_BARE = re.compile(
    "(?:^|[，,；;：:])\\s*(?:建设|打造|新建|培育|举办|开展|供应|筹集|争创|实施|谋划)(?:[^，,；;]{0,12})$"
    "|(?:打造|争创|建设|谋划|加快)[^，,；;]{0,4}$|每年(?:安排|发布|遴选|举办)[^，,；;]{0,8}$"
)


@dataclass(frozen=True)
class Said:
    """One thing that is said of a number: a code ("" for none), how sure, and why (a code of `reasons`)."""

    code: str = ""
    sure: str = UNSURE
    why: str = ""

    @property
    def known(self) -> bool:
        """Whether a verdict may rest on it."""
        return bool(self.code) and self.sure == SURE


@dataclass(frozen=True)
class Found:
    """A number of a text, where it stands and what it is about."""

    number: Number
    sentence: Sentence
    line: int
    column: int
    place: Said = field(default_factory=Said)
    measure: Said = field(default_factory=Said)
    period: Said = field(default_factory=Said)
    kind: Said = field(default_factory=Said)
    term: str = ""


@dataclass(frozen=True)
class Subject:
    """The city that a text is about, how sure, and other cities that it names."""

    place: str
    sure: str
    others: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def subject(article: Article, names: Vocabulary) -> Subject:
    """The city that a text speaks of most; what stands in its headline counts three times."""
    counts: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for at, sentence in enumerate(article.sentences):
        for match in names.place.finditer(sentence.text):
            place = names.where(match[0])
            if names.kinds[place][0] in (*CITY, "district", "zone", "park", "province"):
                counts[names.city(place)] += 3 if at < 3 else 1
        named = (match[0] for match in _UNKNOWN.finditer(sentence.text))
        unknown.update(name for name in named if not names.place.search(name))
    if not counts:
        return Subject("", UNSURE, (), tuple(unknown))
    (first, most), *rest = counts.most_common()
    rest = [(place, count) for place, count in rest if place != names.kinds[first][1]]  # its own province is no other
    strangers = sum(unknown.values())
    alone = most >= 3 and all(most >= 3 * count for _, count in rest) and most > 2 * strangers
    return Subject(first, SURE if alone else LIKELY, tuple(place for place, _ in rest), tuple(unknown))


def read(article: Article, names: Vocabulary, printed: Printing) -> list[Found]:
    """All numbers of a text in their order, with what each is about."""
    city = subject(article, names)
    found: list[Found] = []
    before = _Before()
    for sentence in article.sentences:
        if sentence.paragraph != before.paragraph:
            before = _Before(sentence.paragraph)
        own = _Reader(sentence, names, printed, city, before)
        here = own.all()
        found += here
        before = own.after(here)
    return found


@dataclass(frozen=True)
class _Before:
    """What a paragraph has said so far: its place, year and time."""

    paragraph: int = -1
    place: Said = field(default_factory=Said)
    year: str = ""
    time: Time | None = None
    periods: frozenset[str] = frozenset()
    narrow: bool = False  # its last number was of something narrower than a measure


class _Reader:
    """One sentence with the names in it."""

    def __init__(self, sentence: Sentence, names: Vocabulary, printed: Printing, city: Subject, before: _Before):
        self.sentence, self.names, self.printed, self.city, self.before = sentence, names, printed, city, before
        self.text = sentence.text
        self.numbers = numbers.find(self.text)
        self.terms = list(names.measure.finditer(self.text))
        inside = [match.span() for match in self.terms]
        self.places = [
            match
            for match in names.place.finditer(self.text)
            if not any(first <= match.start() and match.end() <= last for first, last in inside)
            and not _CAPITAL.search(self.text[: match.start()])
        ]
        self.consumed: set[int] = set()
        self.done: list[Found] = []
        self.aims: list[str] = []  # the kinds of the numbers so far, blank for what is no aim
        self.times = times.times(self.text, printed, before.year)
        self.blank = self._blanked()

    def _blanked(self) -> str:
        """The sentence without numbers, places, times and words that add nothing; names of measures stay."""
        text = list(self.text)
        spans = [(number.start, number.end) for number in self.numbers]
        spans += [match.span() for match in self.places]
        spans += [(time.start, time.end) for time in self.times]
        spans += [match.span() for match in times.COMPARED.finditer(self.text)]
        spans += [match.span() for match in numbers.TIMES.finditer(self.text)]
        for start, end in spans:
            text[start:end] = " " * (end - start)
        return _NEUTRAL.sub(lambda match: " " * len(match[0]), "".join(text))

    def plain(self, start: int, end: int) -> bool:
        """Whether nothing in a part of the sentence adds to what it says."""
        return not re.search(r"\w", self.blank[start:end])

    def all(self) -> list[Found]:
        """The numbers with what each is about."""
        for number in self.numbers:
            measure, term, at = self._measure(number)
            place = self._place(number, at)
            kind = self._kind(number)
            self.aims.append(kind.code if kind.code in _AIMS else "")
            line, column = self.sentence.at(number.start)
            one = Found(number, self.sentence, line, column, place, measure, Said(), kind, term)
            self.done.append(replace(one, period=self._period(one)))
        return self._distributed(self.done)

    def after(self, found: Sequence[Found]) -> _Before:
        """What the next sentence of the paragraph may rest on."""
        named = [self.names.where(match[0]) for match in self.places]
        named = [place for place in named if self.names.kinds[place][0] not in ("nation", "world", "region")]
        place = Said(named[-1], SURE if len(set(named)) == 1 else LIKELY, "before") if named else self.before.place
        strangers = self._strangers(len(self.text))
        if strangers and (not named or strangers[-1] > self.places[-1].end()):
            place = Said("", UNSURE, "stranger")
        dated = [time for time in self.times if time.period]
        sure = [time for time in dated if time.sure == SURE]
        year = sure[-1].period[:4] if sure else self.before.year
        periods = self.before.periods | {time.period for time in dated}
        narrow = any(one.measure.why in ("narrowed", "far", "no_name") for one in found[-1:])
        return _Before(self.sentence.paragraph, place, year, dated[-1] if dated else self.before.time, periods, narrow)

    # ---- measure

    def _measure(self, number: Number) -> tuple[Said, str, int]:
        """The measure of a number, the name in the text and where it stands."""
        if number.form in (LIST, DURATION, MULTIPLE) or number.quantity is None:
            return Said("", UNSURE, "form"), "", number.start
        behind = self._behind(number)
        if behind:
            self.consumed.add(behind[2])
            return behind
        ahead = [match for match in self.terms if match.end() <= number.start]
        if number.form == SHARE:  # what stands behind 占 is the whole
            ahead = [match for match in ahead if not re.search("占(?:全市|全省|全区)?的?$", self.text[: match.start()])]
        if number.form == LEVEL:
            ahead = [match for match in ahead if match.start() not in self.consumed]
        if not ahead:
            return Said("", UNSURE, "no_name"), "", number.start
        match = ahead[-1]
        if re.search("[。；;!?！？]", self.text[match.end() : number.start]):
            return Said("", UNSURE, "no_name"), "", number.start
        term = self._widened(match[0], self.text[match.end() : number.start])
        return self._judged(number, term, match.start(), self._between(number, match, term))

    def _behind(self, number: Number) -> tuple[Said, str, int] | None:
        """The measure that is named directly behind a count: 650家人工智能企业."""
        if number.form != LEVEL:
            return None
        for match in self.terms:
            gap = self.text[number.end : match.start()]
            if match.start() < number.end or len(gap) > 6:
                continue
            if not re.fullmatch('[“"\\s]*(?:的|个|in|new|of|the|such)?[“"\\s]*', gap):
                return None
            found = self._fitting(match[0], number)
            if not found:
                return None
            rest = self.text[match.end() :]
            if re.match("(?!的|和|及|与|以及|等|建设|为|是)[一-鿿]", rest):
                return Said("", UNSURE, "far"), "", number.start
            ended = (
                not rest
                or bool(_EDGE.match(rest))
                or re.match("\\s*(?:和|及|与|以及|等|建设|为|是|in|and|,|\\.|as)", rest)
            )
            start = max((edge.end() for edge in _EDGE.finditer(self.text, 0, number.start)), default=0)
            clean = bool(ended) and not _COMPANY.search(self.text[: number.start]) and self.plain(start, number.start)
            return self._chosen(found, SURE if clean else LIKELY, "behind"), match[0], match.start()
        return None

    def _widened(self, term: str, between: str) -> str:
        """Without 新增 where a number is the total: 中小企业新增11万家,总量90万家."""
        if re.search("总数|总量|总额|total", between):
            wide = re.sub("新增|净增", "", term)
            return wide if self.names.means(wide) else term
        return term

    def _between(self, number: Number, match: re.Match[str], term: str) -> bool:
        """Whether only words that add nothing stand between a name and its number; of a share also its whole."""
        start, end = match.end(), number.start
        said = self.text[start:end]
        if "其中" in said or "of which" in said or re.match("\\s*(?:、|和|及|与|以及)", said):
            return False
        if number.form == SHARE:
            whole = re.search("占(?:全市|全省)?([^，,。；;占比]{2,16}?)(?:的)?(?:比重|比例|比)", self.text[start:end])
            if whole:
                for code in self.names.means(term):
                    if _short(whole[1]) in _short(self.names.indicators[code].name_zh):
                        return self.plain(start, start + whole.start()) and self.plain(start + whole.end(), end)
                return False
        return self.plain(start, end)

    def _judged(self, number: Number, term: str, at: int, clean: bool) -> tuple[Said, str, int]:
        found = self._fitting(term, number)
        if not clean:
            return Said("", UNSURE, "far"), "", number.start
        if not found:
            return Said("", UNSURE, "no_form"), term, at
        if reason := self._other(number, term, at):
            return Said("", UNSURE, reason), term, at
        edges = [edge.end() for edge in _EDGE.finditer(self.text, 0, at)]
        edges += [other.end for other in self.numbers if other.end <= at]
        edges += [
            other.end() for other in self.terms if other.end() <= at and self.text[other.end() : at].strip() == "、"
        ]
        start = max(edges, default=0)
        bounded = any(
            other.form == THRESHOLD and other.end <= at and self.plain(other.end, at) for other in self.numbers
        )
        narrow = bounded or not self.plain(start, at) or self._narrowed(start) or self._part(at)
        branch = found[0] in self.names.branches and not re.search("增加值|value", term)
        if narrow or branch or _COMPANY.search(self.text[:at]):
            return Said(self._one(found), LIKELY if self._one(found) else UNSURE, "narrowed"), term, at
        return self._chosen(found, SURE, "named"), term, at

    def _other(self, number: Number, term: str, at: int) -> str:
        """Why a number is not the measure that is named: a rise of a level, growth on another base, a narrower rank."""
        said = self.text[at + len(term) : number.start]
        clause = self.text[
            max((edge.end() for edge in _EDGE.finditer(self.text, 0, number.start)), default=0) : number.start
        ]
        if number.form == LEVEL and _RISE.search(said):
            return "rise"
        if number.form == GROWTH and (_BASE.search(clause) or _BASE_BEHIND.match(self.text[number.end :])):
            return "base"
        if number.form == RANK and _NARROW_RANK.search(number.text):
            return "scope"
        return ""

    def _part(self, at: int) -> bool:
        """Whether a part of something narrower goes on: numbers before it in the sentence, or behind 其中 those of the
        sentence before, were not plainly of a measure.
        """
        edge = max((match.end() for match in re.finditer("[。；;]", self.text[:at])), default=0)
        if any(at > one.number.start >= edge and one.measure.why == "narrowed" for one in self.done):
            return True
        return self.before.narrow and bool(re.match("\\s*(?:其中|[Oo]f which|[Oo]f this)", self.text))

    def _narrowed(self, start: int) -> bool:
        """Whether the clauses before narrow what follows: they name a branch or a part, and have no number."""
        said = self.blank[:start]
        edges = [0, *(edge.end() for edge in _EDGE.finditer(self.text, 0, start)), start]
        for first, last in pairwise(edges):
            numbered = any(first <= number.start < last for number in self.numbers)
            named = any(first <= match.start() < last for match in self.terms)
            if not numbered and not named and _NARROWS.search(said[first:last]):
                return True
        return False

    def _fitting(self, term: str, number: Number) -> list[str]:
        """The indicators of a name that a number of this form and unit can be of."""
        found = []
        for code in self.names.means(term):
            indicator = self.names.indicators[code]
            allowed = MEASURED.get(number.form, ())
            if number.form == CHANGE and indicator.unit != "percentage_points":
                continue
            if indicator.measure in allowed and _joins(number.unit, indicator.unit, number):
                found.append(code)
        return found

    def _one(self, found: Sequence[str]) -> str:
        return found[0] if len(found) == 1 else ""

    def _chosen(self, found: Sequence[str], sure: str, why: str) -> Said:
        """The one indicator that fits; of several none."""
        return Said(found[0], sure, why) if len(found) == 1 else Said("", UNSURE, "several")

    def _distributed(self, found: list[Found]) -> list[Found]:
        """Names in a row share out the numbers in a row behind 分别."""
        for match in re.finditer("分别", self.text):
            row = [at for at, one in enumerate(found) if one.number.start >= match.end()]
            taken: list[int] = []
            for at in row:
                gap = self.text[found[taken[-1]].number.end if taken else match.end() : found[at].number.start]
                if len(gap) > (8 if not taken else 2) or re.search("[。；;]", gap):
                    break
                taken.append(at)
            start = max((edge.end() for edge in re.finditer("[。；;，,：:]", self.text[: match.start()])), default=0)
            if re.search("[，,]\\s*(?:总数|数量|增速)?$", self.text[: match.start()]):
                start = max((edge.end() for edge in re.finditer("[。；;，,：:]", self.text[: start - 1])), default=0)
            names = [term for term in self.terms if start <= term.start() < match.start()]
            pieces = re.split("、|和|以及", self.text[start : match.start()])
            if len(names) != len(taken) or len(taken) < 2 or len(pieces) != len(taken):
                for at in taken if len(taken) > 1 else ():
                    found[at] = replace(found[at], measure=Said("", UNSURE, "row"))
                continue
            for at, term in zip(taken, names, strict=True):
                fit = self._fitting(term[0], found[at].number)
                found[at] = replace(found[at], measure=self._chosen(fit, SURE, "row"), term=term[0])
        return found

    # ---- place

    def _place(self, number: Number, at: int) -> Said:
        """The place of a number whose measure is named ``at``."""
        at = min(at, number.start) if at else number.start
        strangers = self._strangers(at)
        named = []
        for match in self.places:
            kind = self.names.kinds[self.names.where(match[0])][0]
            if kind in ("nation", "world", "region"):
                direct = (
                    match.end() <= at
                    and _NATION.match(self.text[match.end() : at])
                    and number.form != RANK
                    and at < number.start
                )
                if not direct:
                    continue
            named.append(match)
        ahead = [match for match in named if match.end() <= at] or [
            match for match in named if match.end() <= number.start
        ]
        if strangers and (not ahead or strangers[-1] > ahead[-1].end()):
            return Said("", UNSURE, "stranger")
        own = "我市|全市|本市|该市|我们市|the city|city's|city’s"
        if ahead:
            place = self.names.where(ahead[-1][0])
            deictic = re.search(own, self.text[ahead[-1].end() : at])
            if deictic and self.names.kinds[place][0] not in CITY:
                place = self.names.city(place)
            several = {self.names.where(match[0]) for match in named} - {place, self.names.city(place)}
            nested = all(self.names.city(other) == self.names.city(place) for other in several)
            last = self.text[ahead[-1].end() : at]
            joined = bool(re.search("(?:、|和|与|及|以及|and)\\s*$", self.text[: ahead[-1].start()])) and len(ahead) > 1
            sure = SURE if not joined and (not several or nested or not re.search("[，,。；;]", last)) else LIKELY
            return Said(place, sure, "named")
        if re.search("全区|我区|该区|本区", self.text[:at]):
            known = self.before.place
            zone = known.code and self.names.kinds[known.code][0] in ("district", "zone")
            return replace(known, why="before") if zone else Said("", UNSURE, "stranger")
        if re.search("全省|我省", self.text[:at]):
            own_place = self.city.place
            province = (
                own_place
                if self.names.kinds.get(own_place, ("", ""))[0] == "province"
                else self.names.kinds.get(own_place, ("", ""))[1]
            )
            return Said(province, self.city.sure if province else UNSURE, "deictic")
        if re.search(own, self.text[:at]):
            return Said(self.city.place, self.city.sure, "deictic")
        if self.before.place.why == "stranger":
            return self.before.place
        if self.before.place.code:
            return replace(
                self.before.place,
                sure=self.before.place.sure
                if not self.city.others
                else LIKELY
                if self.before.place.code != self.city.place
                else self.before.place.sure,
                why="before",
            )
        return (
            Said(self.city.place, self.city.sure if not self.city.unknown else LIKELY, "text")
            if self.city.place
            else Said("", UNSURE, "none")
        )

    def _strangers(self, end: int) -> list[int]:
        """Where names of districts, counties and cities end that no table has."""
        return [match.end() for match in _UNKNOWN.finditer(self.text[:end]) if not self.names.place.search(match[0])]

    # ---- period

    def _period(self, one: Found) -> Said:
        """The time of a number: named before it in the sentence, behind it, before in the paragraph, or of printing."""
        number, measure = one.number, self.names.indicators.get(one.measure.code)
        ahead = [time for time in self.times if time.end <= number.start + 1]
        after = [time for time in self.times if time.start >= number.end]
        english = number.text.isascii() and bool(re.search("[a-z] [a-z]", self.text))
        if english and after and _OF.fullmatch(self.text[number.end : after[0].start]):
            return Said(after[0].period, after[0].sure, "named")
        if ahead:
            time = ahead[-1]
            broken = re.search("[。；;]", self.text[time.end : number.start])
            return Said(
                time.period, LIKELY if broken and time.sure == SURE else time.sure, "named" if time.period else "no_day"
            )
        if english and after and not re.search("[;]", self.text[number.end : after[0].start]):
            clause = self.text[number.end : after[0].start]
            close = "," not in clause and not any(
                other.start < after[0].start for other in self.numbers if other.start > number.end
            )
            return Said(after[0].period, after[0].sure if close else LIKELY, "named")
        if self.before.time and number.form not in (DURATION, LIST, THRESHOLD):
            time = self.before.time
            flows = measure is not None and measure.measure in ("flow", "rate", "cumulative", "share")
            same = len(self.before.periods) == 1 or bool(re.match("\\s*(?:其中|[Oo]f which)", self.text))
            return Said(time.period, SURE if time.sure == SURE and flows and same else LIKELY, "before")
        if one.kind.code == RESULT and number.form == LEVEL and self.printed.day:
            return Said(self.printed.day[:7], LIKELY if self.printed.sure != UNSURE else UNSURE, "printing")
        return Said("", UNSURE, "no_time")

    # ---- kind

    def _kind(self, number: Number) -> Said:
        """Whether a number is a result, or what kind of aim; by the last word before it that tells."""
        if number.form == THRESHOLD or number.qualifier == "of_which" and number.form == LIST:
            return Said(CONTEXT, SURE, "form")
        start = max((edge.end() for edge in re.finditer("[。；;]", self.text[: number.start])), default=0)
        said = self.text[start : number.start]
        clause = re.split("[，,]", said)[-1]
        marks = [(match.start(), kind) for kind, pattern in _FORWARD for match in pattern.finditer(said)]
        done = [match.start() for match in _DONE.finditer(said)]
        near = [(match.start(), kind) for kind, pattern in _FORWARD for match in pattern.finditer(clause)]
        ahead = re.match("[^，,。；;]{0,14}", self.text[number.end :])
        if re.search("的?(?:目标|奋斗目标|高目标)", ahead[0] if ahead else ""):
            return Said(TARGET, SURE, "word")
        later = [time for time in self.times if time.end <= number.start + 1 and time.period and self.printed.year]
        if later and int(later[-1].period[:4]) > self.printed.year:
            return Said(TARGET, SURE, "future")
        if number.qualifier == "up_to" and re.search(
            "给予|补助|奖励|资助|补贴|支持", said + self.text[number.end : number.end + 10]
        ):
            return Said(CAP, SURE, "word")
        if number.form in (GROWTH, SHARE, CHANGE, RANK):  # what is promoted may be told of as it is
            marks = [mark for mark in marks if mark[1] != PLAN or _INTENDED.match(said[mark[0] :])]
            near = [mark for mark in near if mark[1] != PLAN or _INTENDED.match(clause[mark[0] :])]
        if near:
            return Said(_strongest(near), SURE, "word")
        if _SET.search(self.text[number.end :]):
            return Said(TARGET, SURE, "word")
        if clause.endswith("投资") and _LATER.search(self.text[number.end :]):
            return Said(PLAN, LIKELY, "word")
        if _SHALL.search(self.text[number.end :]):
            return Said(PLAN, LIKELY, "word")
        if number.form == DURATION and (clause.endswith("经过") or self.text[number.end :].startswith("前")):
            return Said(CONTEXT, SURE, "form")
        if _BARE.search(said) and not done:
            return Said(TARGET if number.qualifier == "at_least" else PLAN, LIKELY, "word")
        if (
            not done
            and not near
            and self.aims
            and self.aims[-1] in (TARGET, PLAN, FORECAST)
            and number.form not in (GROWTH, SHARE, CHANGE, RANK)
        ):
            return Said(self.aims[-1], LIKELY, "before")
        if marks and (not done or max(done) < max(marks)[0]):
            return Said(_strongest(marks), LIKELY, "word")
        return Said(RESULT, SURE if done or number.form in (GROWTH, SHARE, CHANGE, RANK) else LIKELY, "said")


def _strongest(marks: Iterable[tuple[int, str]]) -> str:
    """The kind that words tell together: a cap or a target goes before a plan."""
    kinds = [kind for _, kind in marks]
    return next(kind for kind in (CAP, TARGET, FORECAST, PLAN) if kind in kinds)


def _short(name: str) -> str:
    """Names of wholes in one form."""
    return (
        name.replace("规模以上", "规上")
        .replace("地区生产总值", "GDP")
        .replace("增加值", "")
        .replace("的", "")
        .replace("全部", "")
        .strip()
    )


def _joins(unit: str, measured: str, number: Number) -> bool:
    """Whether a number can be in the unit of an indicator; a bare count may be of people, yuan may be per head."""
    if not unit or unit not in UNITS:
        return False
    one, other = UNITS[unit].dimension, UNITS[measured].dimension
    return one == other or (one, other) in (("count", "people"), ("money", "money per person"), ("people", "count"))
