"""One sentence with the numbers, names and times in it, and what its paragraph has said before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from wuhan.evidence.units import UNITS
from wuhan.reading import forms, masks, numbers, qualifiers, strangers, times
from wuhan.reading.decode import Sentence
from wuhan.reading.said import Found, Said, Subject
from wuhan.reading.terms import CITY, Vocabulary
from wuhan.reading.times import Printing, Time

EDGE = re.compile("[，,。；;：:、（(“”—！？!?\n|]|\\s{2,}")
# Words that add nothing to what a statement says of a measure.
_WORDS_ZH = (
    "提供|由负转正|由降转增|止跌回升|转正|在建|有望|一共|总共|大幅|小幅|明显|显著|逐步|逐季|逐月|逐年|不断|快速|高速|强劲|较好|良好|整体|总体|基本|主要|再次|再度|连续|持续|跃升"
    "|攀升|飙升|扩大|壮大|跑赢|创下|创|历史新高|新高|翻番|目标|设定|定为|设为|定在|预估|估计|料|打造|组建|设立|建立|投用"
    "|开通|上线|汇集|云集|坐落|落地|发展到|发展|高效|运行|备案|收入为|金额|下同|折合|约合|大致|略|稍|微"
    "|维持在|保持在|稳定在|控制在|位于|处于|在内|累积|共计|努力|当前|现阶段|迄今|至今|如今|眼下|皆|各"
    "|(?:分|按|从)[一-鿿]{2,6}看|按照|全市|全区|全省|全国|我市|本市|该市|我省|市级|地区|当地|全域|截至|截止|同期|初步核算|统计|数据显示|据"
    "|按可比价格|按不变价格|同口径|海关|可比价格?|不变价格?|计算|核算|现价|"
    "完成|实现|达到|达成|达|为|是|约|将近|接近|逼近|即将|突破|超过|超|首次|累计|合计|总计|总额|总量|总数"
    "|数量|数|规模|同比|环比|增长|增速|增幅|增加|增至|升至|净增|"
    "上涨|上升|下降|回落|下滑|减少|提高|提升|名义|实际|真实|其中|分别|位居|位列|排名|排在|稳居|跃居|跻身|居"
    "|位|列|今年以来|以来|保持|较快|稳定|稳步|平稳|继续|进一步|高达|"
    "已经|已|实有|在册|入库|认定|共有|共|现有|拥有|坐拥|有|建成|建设|建有|集聚|聚集|汇聚|形成|培育|引进|授牌|获批|入选|落户"
    "|加快|推动|布局了|布设|预计|力争|争取|确保|目标|将|计划|左右"
    "|仍然|仍|依然|依旧|双双|同样|而|则|却|更|控制|人数|户数|同属|同为|中部地区|西部地区|东部地区|尽管|虽然|但|不过"
    "|方面|来看|开放|紧随其后|次之|居首|上(?=[，,])|去年同期相比|上年同期相比|都|就|才|仅|只|可|能|会|或|破|站上|站稳|迈上|迈入|登上|跨上|跃上|踏上|跨过|越过|冲破|逾|首次|首度|历史性|正式|成功|一举|始终|预期"
    "|宣布|公布|发布|报告|指出|表示|提出|介绍|透露|官宣|如何|随着|大关|台阶|关口|人民币|计划单列市|副省级城市|省会城市"
    "|一线城市|地级市|城市|省份|[两三四五六七八九十]+(?:市|地|城)(?!铁)|这两个|经济体|当年|当月|单月|合|余|多"
    "|以上|以下|个|年均|平均|比重|占比|占|比|较|均|也|亦|又|再|还|"
    "至|到|从|由|在|和|与|及|以及|同时|此外|另外|的|了|其|这|目前|每年|新增|水平|快于|高于|低于|全年"
    "|年底|年末|末|底|年|月|日|以|得|值|万|亿|元|第|增|降"
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
    "|edged|inched|climb(?:ed|ing)?|jump(?:ed|ing)?|surg(?:ed|ing)|soar(?:ed|ing)?|advanced|rebounded|came|comes|went"
    "|contributed|generated|produced|accounted|official|statistics|statistical|bureau|data|figures|show(?:s|ed|n|ing)?|that|report(?:s|ed)?|released"
    "|combined|overall|meanwhile|scale|size|volume|amount|our|particular|units|milestone|mark|threshold|level|broke|earlier|ago|among|all|both|each|these|strong|steady|robust|rapid"
    "|mark(?:s|ed|ing)?|represent(?:s|ed|ing)?|equivalent|decreas(?:e|es|ed|ing)|declines?|drops?|falls?|reduction|gains?|gained"
    "|surges?|maintain(?:s|ed|ing)?|keep(?:s|ing)?|kept|continu(?:e|es|ed|ing)|enjoy(?:s|ed|ing)?|yearly|posting|deliver(?:ed|ing)"
    "|achieving|accelerat(?:e|es|ed|ing)|slow(?:s|ed|ing)?|recover(?:y|ed|ing)|hitting|reaching|reaches|hits|exceeds?|surpass(?:es)?|tops?|totals"
    "|totall?ing|amounts?|standing|stands|worth|valued|account|accounts|approximately|roughly|just|only|even|further|significantly"
    "|sharply|slightly|steadily|rapidly|considerably|cumulatively?|altogether|historic|historical|record|high|time|mid|end"
    "|start|before|previously|month|monthly|quarterly|january|february|march|april|may|june|july|august|september"
    "|october|november|december|through|them|those|specifically|particularly|thanks|setting|objective"
    "|respectively|comparable|constant|prices|calculated|breaking|crossing|crossed|broken|could|would|should|can"
    "|or|bringing|throughout|new high|record high|predicted|witness(?:ed)?|operating|running|serving|plying|average|planned|scheduled|proposed|intended|hoped|strive|materiali[sz]ed|must|do|does|did|not|yet|so|far|until|during|within|additionally|moreover|furthermore|however|but|although"
    "|though|because|after|own|trend|momentum|pace|remain(?:s|ed|ing)?|stay(?:s|ed|ing)?|gathering"
    "|attract(?:s|ed|ing)?|creat(?:es|ed|ing)|spen[dt]|invest(?:s|ed)|built|builds?|opened|opens|having|cultivated"
    "|falling|dropping|declining|fell|dropped|declined|while|whereas|will|with|targets?|targeting|aims?|aiming|strives?|seeks?|expects?|goal|plans?|sets?|three|quarters|first|said|estimated|expected|projected|forecast|targeted|achieved?|rates|also|now|currently|already|s|’s|'s|still"
)
_NEUTRAL = re.compile(f"(?:{_WORDS_ZH})|\\b(?:{_WORDS_EN})\\b", re.IGNORECASE)
_WHOLE = re.compile("占[^，,。；;占]{1,16}?(?:的)?(?:比重|比例|份额|比)?(?:的|为|达到|达|约|近|超过|超|接近|突破)*$")
_CONTRIBUTED = re.compile(
    "(?:对[^，,。；;对]{1,14}?(?:的)?)?贡献[率度](?:为|达到|达|约|近|超过|超|接近|突破|由|从|至)*$"
)
_MOVED = re.compile("(?:拉动|带动|推动|高于|低于|快于|慢于)[^，,。；;]{1,16}$")
_ASIDE = re.compile("[（(][^（）()0-9]{1,30}[）)]")
_PROVINCE = re.compile(",? in (?:[A-Z][a-z]+ )?(?:China(?:'s|’s) )?[A-Z][a-z]+ [Pp]rovince\\b,?")
_SPLIT = re.compile("[分按](?!别)[\u4e00-\u9fff]{1,6}看|按[\u4e00-\u9fff]{1,6}分|其中")
_CAPITAL = re.compile("capital (?:city )?of [^,.;]*$")
# Where a city lies is not what is spoken of: Suzhou in East China's Jiangsu province.
_LIES_IN = re.compile("^,? in (?:[A-Za-z-]+ )?(?:China(?:'s|’s)? )?$")


@dataclass(frozen=True)
class Before:
    """What a paragraph has said so far: its place, year and time."""

    paragraph: int = -1
    place: Said = field(default_factory=Said)
    year: str = ""
    time: Time | None = None
    periods: frozenset[str] = frozenset()
    narrow: bool = False  # its last number was of something narrower than a measure
    wholes: tuple[tuple[str, float], ...] | None = None  # of what the next numbers may be parts: dimension and size
    topic: str = ""  # the name of the measure of its last number
    head: str = ""  # the name of the one measure that the headline names
    aim: str = ""  # the kind of its last number, if that is an aim
    parted: bool = False  # the sentence goes on to tell parts of them
    said: str = ""  # its sentences so far


def parts(
    found: list[forms.Number], text: str, before: Before
) -> tuple[list[forms.Number], tuple[tuple[str, float], ...] | None, bool]:
    """The numbers of a sentence, those behind 其中 as parts, which are no larger than a whole told before; with what
    the next sentence may tell parts of, and whether it goes on to.
    """
    told: list[forms.Number] = []
    wholes, opened = before.wholes, -1
    for number in found:
        at = qualifiers.opened(text, number.start)
        if at > opened:
            opened, here = at, tuple(_size(one) for one in told if one.end <= at)
            wholes = (*(before.wholes or ()), *here) if here else before.wholes
        part = (at >= 0 or before.parted) and _within(_size(number), wholes) or qualifiers.of_them(text[number.end :])
        part = part or qualifiers.among(text[: number.start], number.text) and _within(_size(number), map(_size, told))
        among = number.form == forms.LIST and re.match("[^，,。；;、]{1,12}之一", text[number.end :])
        plain = number.qualifier == "exact" and number.form in (forms.LEVEL, forms.LIST)
        told.append(replace(number, qualifier="of_which") if plain and part or among else number)
    ends = text.rstrip('”’」』"）)').endswith(("；", ";"))
    goes_on = ends and bool(wholes) and (before.parted or opened >= 0 and not text[:opened].strip())
    return told, wholes if goes_on else (*(before.wholes or ()), *map(_size, told)), goes_on


def _size(number: forms.Number) -> tuple[str, float]:
    """The dimension of a number and its size in the base unit, "" for what has no parts; people are counted."""
    if number.quantity is None or number.form not in (forms.LEVEL, forms.LIST):
        return "", 0.0
    unit = UNITS[number.quantity.unit]
    return ("count" if unit.dimension == "people" else unit.dimension), number.quantity.value * float(unit.scale)


def _within(part: tuple[str, float], wholes: Iterable[tuple[str, float]] | None) -> bool:
    """Whether a number can be a part of one of others; at the head of a paragraph they stand in the one before."""
    return bool(part[0]) and (wholes is None or any(part[0] == whole[0] and part[1] <= whole[1] for whole in wholes))


def wholes(text: str, number: forms.Number) -> list[tuple[int, int]]:
    """Where the whole stands of which a number is a share, 占GDP的 26.7%, or what it moves."""
    patterns = {forms.SHARE: (_WHOLE, _CONTRIBUTED), forms.CHANGE: (_MOVED,)}.get(number.form, ())
    found = (pattern.search(text[: number.start]) for pattern in patterns)
    return [match.span() for match in found if match]


class Context:
    """One sentence with the names in it, and what was found so far: ``done`` are its numbers, ``consumed`` where the
    names stand that belong to a number before them, ``aims`` the kinds of its numbers, blank for what is no aim.
    """

    def __init__(self, sentence: Sentence, names: Vocabulary, printed: Printing, city: Subject, before: Before):
        self.sentence, self.names, self.printed, self.city, self.before = sentence, names, printed, city, before
        self.text = sentence.text
        self.numbers, self.wholes, self.parted = parts(numbers.find(self.text), self.text, before)
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
        self.aims: list[str] = []
        self.times = times.times(self.text, printed, before.year)
        self.blank = self._blanked()
        self.terms = [match for match in self.terms if not names.broad(match[0]) or self._bare(match)]
        self.under = self._under()

    def _located(self, place: re.Match[str]) -> bool:
        """Whether a place only tells where the city before it lies."""
        cities = [other for other in self.places if self.names.kinds[self.names.where(other[0])][0] in CITY]
        return any(
            other.end() < place.start() and _LIES_IN.search(self.text[other.end() : place.start()]) for other in cities
        )

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
        spans += [match.span() for match in (*self.places, *strangers.cities(self.text, self.names))]
        spans += [(time.start, time.end) for time in self.times]
        spans += [match.span() for match in times.COMPARED.finditer(self.text)]
        spans += [match.span() for match in masks.TIMES.finditer(self.text)]
        spans += [span for number in self.numbers for span in wholes(self.text, number)]
        spans += [match.span() for match in _ASIDE.finditer(self.text)]
        spans += [match.span() for match in _PROVINCE.finditer(self.text)]
        for start, end in spans:
            text[start:end] = " " * (end - start)
        return _NEUTRAL.sub(lambda match: " " * len(match[0]), "".join(text))

    def plain(self, start: int, end: int) -> bool:
        """Whether nothing in a part of the sentence adds to what it says."""
        return not re.search(r"\w", self.blank[start:end])

    def clause(self, number: forms.Number) -> str:
        """What stands before a number in its clause."""
        start = max((edge.end() for edge in EDGE.finditer(self.text, 0, number.start)), default=0)
        return self.text[start : number.start]
