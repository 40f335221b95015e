"""Whether a number is a result, an aim of what kind, or context: by the words that tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from wuhan.evidence.periods import bounds
from wuhan.reading.context import STOP, Context, last_at
from wuhan.reading.course import AHEAD, BACK, BUILT, to_come
from wuhan.reading.forms import CHANGE, DURATION, GROWTH, LEVEL, LIST, RANK, SHARE, THRESHOLD, Number
from wuhan.reading.said import AIMS, CAP, CONTEXT, FORECAST, LIKELY, PLAN, RESULT, SURE, TARGET, Said
from wuhan.reading.signs import HELD_AGAINST, MISSED

_FORWARD = tuple(
    (kind, re.compile(f"{chinese}|\\b(?:{english})\\b", re.IGNORECASE))
    for kind, chinese, english in (
        (
            CAP,
            (
                "最高(?:可)?(?:累计)?(?:给予|补助|奖励|资助|支持|不超过|补贴|可获|可得)|上限|封顶"
                "|不超过[^，。]{0,12}(?:补助|奖励|资助|补贴|支持)|给予[^，。；]{0,12}(?:奖励|补助|补贴|资助)"
            ),
            "(?:subsid|grant|award)\\w* of up to|capped at",
        ),
        (
            FORECAST,
            "预计|(?<!符合)(?<!好于)预期(?!增长|目标)|预测|预估|有望|可望|或将|料将|可能(?!性|已|早)",
            (
                "expect(?:s|ed)?|forecasts?|projected|predict(?:s|ed)?|anticipat(?:es?|ed)|estimated to|likely to"
                "|set to|on track to|could reach|may reach"
            ),
        ),
        (
            TARGET,
            (
                "力争|目标|预期增长|要(?:达到|超|突破|实现)|争取(?!的|[^，,。；;]{0,12}(?:资金|债券|专项债|国债))|确保|争创|到[^，。]{0,6}年底|冲刺|锚定|剑指"
                "|如何(?:实现|突破)"
                "|(?:报告|方案|规划|意见|会议|计划|纲要|文件|明确)[》”]?(?:还|均|也|中)?提出(?!了)"
            ),
            (
                "targets?|endeavou?r(?:s|ed|ing)? to|(?:is|are) to (?:climb|reach|rise|grow|hit|exceed|increase|top)"
                "|targeted|targeting|aims?|aimed|aiming|goals?|objectives?|striv(?:es?|ing)|seeks? to"
                "|vows?|vowed|pledged?|hopes? to|growth (?:rate )?(?:is|was|has been) set (?:at|to)"
            ),
        ),
        (
            PLAN,
            (
                "(?<!即)将(?!军|近)|计划(?!总投资|的|完成率|单列|任务|[，,、》”])|拟|规划|谋划|推进|未来(?:[0-9一二三两五十几]+[年到至~-])|着力|重点发展"
                "|聚焦|围绕|打算|即将开|制定|加快(?:推进|打造)|支持|推动|(?<!已)安排(?!了)"
                "|(?:建成|投产|达产|满产|竣工)(?:达产)?后"
                "|待[^，。；]{0,8}(?:建成|投产)"
            ),
            (
                "plans?|planned|will|shall|would|intends?|to build|to invest|to be built"
                "|(?:once|when|upon|after) (?:fully )?(?:complet\\w+|finished|operational|built)"
            ),
        ),
    )
)
_UNDER_WAY = re.compile("加快(?![0-9至到了])")  # tells of its own clause only
_DONE = re.compile(
    "已|(?<![比较])上年(?!同期)|完成了|实现了|增长了|[设成增开]了|截至|目前|累计|现有|去年|前年|共签约|达成|完工"
    "|(?<!\\bbe )\\b(?:reached|grew|rose|totaled|totalled|was|were|has|had|stood|managed to|signed|built|completed"
    "|produced|opened|attracted|launched|recorded|registered|hit|saw|surpassed|exceeded|increased|fell|dropped|expanded)\\b",
    re.IGNORECASE,
)
_HELD = re.compile("成为|拥有|入选|位居|获得|建成(?!投产|达产|后)|聚集|完成")  # done, but behind a word that aims
_INTENDED = re.compile("将|计划|拟|安排|will|shall|plan", re.IGNORECASE)
_AIMED = re.compile(f"(?![（(]?{MISSED})(?:、[^，,。；;]{{0,14}}?|[^，,。；;0-9]{{0,14}}?)目标")
_HOPED = re.compile("[^，,。；;]{0,6}(?:有希望|有望|可能性)|，(?:还是|仍)?很?有希望")
_GIVEN = re.compile("给予|补助|奖励|资助|补贴|支持|贴息|奖补|补偿|subsid|grants?\\b|reward", re.IGNORECASE)
_GRANTED = re.compile("\\s*的?(?:一次性)?(?:资金)?(?:奖励|补助|补贴|资助|奖补)")
_GRANT = re.compile("(?:奖励|补助|补贴|资助|奖补)(?:资金|金额)?(?:达|为)?$")
_MET = re.compile("(?:提前|超额|圆满|顺利|如期)(?:完成|实现)[^，,。；;]{0,24}$")  # an aim that was met
_BEYOND = re.compile("(?:超过|高于|低于|快于|好于|超出)[^，,。；;]{0,14}目标[^，,。；;]{0,4}$")
_TARGETED = re.compile(
    "(?:(?!\\band\\b)[^,.;]){0,24}\\b(?:is|are|was|were) (?:(targeted|set as|the target|aimed)|expected|forecast"
    "|projected)\\b"
)
_BY = re.compile("[^.;]{0,40}\\bby (?:the end of )?(20[0-9]{2})\\b")
_OF_AIM = re.compile("(?:目标|计划|任务|预算)(?:任务|数|总数|值|投资)*的$")  # what is reached of an aim is no aim
_MENTIONED = re.compile("提[到及]|涉及|出现")  # how often a plan names a city is no plan
# Those that rank first, as a group: 前10位的企业, the top 20 cities.
_TOPPED = re.compile(
    "前[0-9一二三四五六七八九十]+[位名强]?的"
    "|[Tt]op[- ][0-9a-z]+ (?!(?:for|in|of|among|by|and|with|this|last|at|on)\\b)[a-z]"
)
_ASKED = re.compile("[^，,。；;]{0,12}(?:吗|呢)?[？?]|[^，,。；;]{0,8}吗")  # a question states nothing
_REACHED = re.compile("(?:达到?|提升到|提高到|增至|增加到|扩大到|提升至|提高至)$")
_SET = re.compile("^[^。；;]{0,40}(?:列[入为]|[设定作]为)[^。；;]{0,24}目标")
_SHALL = re.compile("^[^,.;]{0,40}\\b(?:will|shall|would|is to|are to)\\b")
_LATER = re.compile("^[^。；;]*(?:将于|将在|拟于|即将)")
_BARE = re.compile(
    "(?:^|[，,；;：:])\\s*(?:建设|打造|新建|培育|举办|开展|供应|筹集|争创|实施|谋划)(?:[^，,；;]{0,12})$"
    "|(?:打造|争创|建设|谋划)[^，,；;]{0,4}$|每年(?:安排|发布|遴选|举办)[^，,；;]{0,8}$"
)
# What a project is to cost or to make, but for what was spent.
_PROJECT = re.compile(
    "(?:(?<!完成)(?<!完成的)(?:总投资|计划投资|投资总额|协议投资)(?:额|规模)?|年产能|(?:设计|规划)(?:年)?产能|年产(?!值|量|出))"
    "(?:为|达到|达|约|近|超过|超|逾|预计|均|共|共计|合计|分别)*$"
    "|\\b(?:total|planned) investment (?:of|is|was|reaching|exceeding|worth|amounting to|totall?ing)?"
    "(?: (?:about|around|nearly|over|more than))*\\s*$|(?:annual|production|designed) capacity of[a-z ]*$",
    re.IGNORECASE,
)
_INVESTED = re.compile("(?<!完成)(?<!完成的)(?<!资产)投资(?:约|超过|超|近|逾)?$|\\binvest(?:ing|s) *$")
_BUILDS = re.compile(
    "(?:的|建设|兴建|打造|新建|在)[^，,。；;]{0,24}(?:项目|基地|工厂|产业园|园区|中心|产线|生产线)|in (?:a|an|the)\\b"
)
_FINISHED = re.compile("[^。；;]{0,30}已[^。；;，,]{0,12}(?:竣工|投产|建成|投用|运营)")
_PLOT = re.compile("(?:占地|用地|建筑)(?:总?面积)?(?:为|达到|达|约|近|超)*$")
# Growth, share or change told of the number before: 550亿元、增长10%.
_ATTACHED = re.compile(
    "[^，,。；;、（(]{0,4}[，,、（(]?\\s*(?:个数|投资|数量)?(?:同比|比上年|较上年|较去年|年均|其中)?"
    "(?:名义|实际)?(?:增长|增幅|增速|增|下降|降|占|提高|约?占[^，,。；;]{1,14})(?:为|达到|达|约|近|超|的?比重|比|的)*"
)
_COMPARED = re.compile("[，,、（(]?(?:同比|比上年|较上年)|,? ?year-on-year|,? up ")
_LIVED = re.compile("连续|过去|历时|用时|耗时|仅用|超前|提前")
_GROUP = re.compile(
    "(?:(?:个|项)?[^，,。；;、]{0,16}[，,、]|[^，,。；;、0-9]{0,16})\\s*(?:协议)?总投资(?:额)?(?:为|达到|达|约|近|超过|超|逾|共|共计|合计)*"
    "| (?:were signed,? |signed,? )?with an? (?:total|combined) investment of"
    "(?: (?:about|around|nearly|over|more than))*\\s*"
)
_FRESH = re.compile("完成|上半年|季度|月|去年|上年|目前|现有|至今|截至|以来")


def kind_of(here: Context, number: Number) -> Said:
    """Whether a number is a result, or what kind of aim: by its form, its time, and the words behind and before it."""
    behind = here.rest(number)
    among = number.qualifier == "of_which" and number.form == LIST and "之一" in behind[:16]
    topped = number.form == RANK and number.qualifier == "up_to" and _TOPPED.match(number.text + behind)
    if number.form == THRESHOLD or among or topped or _ASKED.fullmatch(behind):
        return Said(CONTEXT, SURE, "form")
    start = here.begins(number.start, STOP)
    said = HELD_AGAINST.sub(lambda match: " " * len(match[0]), here.text[start : number.start])
    if number.form == SHARE and _OF_AIM.search(said) or number.text.endswith("次") and _MENTIONED.search(said):
        return Said(RESULT, SURE, "said")
    found = (
        _by_time(here, number, said)
        or _by_words_behind(here, number, said, behind)
        or _by_project(here, number, said, behind)
        or _by_the_last(here, number)
        or _by_words_before(here, number, said)
    )
    reached = number.form == LEVEL and _REACHED.search(said)
    goal = number.form == GROWTH and found.why == "word" or _floor(number) or reached
    return replace(found, code=TARGET) if found.code == PLAN and goal and not _PROJECT.search(said) else found


def _by_time(here: Context, number: Number, said: str) -> Said | None:
    """A target, where the time of a number is yet to come; a forecast or a plan where words say so."""
    if not 0 < here.printed.year < _year(here, number):
        return None
    if FORECAST in [kind for _, kind in _marks(said, True)]:
        return Said(FORECAST, SURE, "word")
    built = number.form == LEVEL and number.qualifier == "exact" and not re.search("达到?$", said)
    near = {kind for _, kind in _marks(re.split("[，,]", said)[-1], False)}
    planned = _PROJECT.search(said) or built and near == {PLAN}
    return Said(PLAN, LIKELY, "word") if planned else Said(TARGET, SURE, "future")


def _by_words_behind(here: Context, number: Number, said: str, behind: str) -> Said | None:
    """What the words behind a number tell of it, and its qualifier with them."""
    if number.form == CHANGE and _BEYOND.search(said):
        return Said(RESULT, SURE, "said")
    if _AIMED.match(behind) and not _MET.search(said) or _SET.search(behind):
        return Said(TARGET, SURE, "word")
    if number.qualifier == "up_to" and number.form != RANK and _GIVEN.search(said + behind[:16]):
        return Said(CAP, SURE, "word")
    listed = any(one.kind.code == RESULT for one in here.done[-1:])  # 新建学校 5所、补贴 2亿元
    grant = number.form == LEVEL and number.unit.endswith("cny") and _GRANT.search(said)
    if grant and not listed and not _DONE.search(said):
        return Said(CAP, LIKELY, "word")
    if number.form in (LEVEL, SHARE) and _GRANTED.match(behind) and re.search("给予|奖励|按", said[-8:]):
        return Said(CAP, LIKELY, "word")
    if (year := _BY.match(behind)) and int(year[1]) > here.printed.year > 0:
        return Said(TARGET, LIKELY, "word")
    if told := _TARGETED.match(behind):
        return Said(TARGET if told[1] else FORECAST, LIKELY, "word")
    if _HOPED.match(behind):
        return Said(FORECAST, LIKELY, "word")
    if _SHALL.search(behind) or said.endswith("投资") and _LATER.search(behind):
        return Said(PLAN, LIKELY, "word")
    if number.form == DURATION:
        marks = _marks(re.split("[，,]", said)[-1] + number.text + behind[:8], False)
        if marks:
            return Said(_strongest(marks), LIKELY, "word")
        lived = _LIVED.search(said[-8:] + number.text) or number.unit in ("days", "hours", "minutes")
        return Said(RESULT, LIKELY, "said") if lived else Said(CONTEXT, SURE, "form")
    return None


def _by_project(here: Context, number: Number, said: str, behind: str) -> Said | None:
    """What a project is to cost, to make or to cover, where it is not told as spent."""
    plot = _PLOT.search(said) and re.search("总投资|计划投资", here.text)
    if _FINISHED.match(behind):
        return None
    last = here.last
    counted = last is not None and last.number.unit == "count" and last.kind.code == RESULT
    if counted and _GROUP.fullmatch(here.gap(number)):
        return Said(RESULT, LIKELY, "before")  # of several projects that were signed or begun
    if plot or _PROJECT.search(said) or _INVESTED.search(said) and _BUILDS.match(behind):
        return Said(PLAN, LIKELY, "word")
    return None


def _by_the_last(here: Context, number: Number) -> Said | None:
    """That of the number before, of which a growth or a share is told."""
    last = here.last
    if number.form not in (GROWTH, SHARE, CHANGE) or not last:
        return None
    gap = here.gap(number)
    if last.kind.code == PLAN and _PROJECT.search(here.text[: last.number.start]) and _COMPARED.match(gap):
        return Said(RESULT, LIKELY, "said")
    same = last.kind.code in AIMS and not _DONE.search(gap) or last.kind.code == RESULT and number.form == SHARE
    if same and _ATTACHED.fullmatch(gap):
        return Said(last.kind.code, LIKELY, "before")
    return None


def _by_words_before(here: Context, number: Number, said: str) -> Said:
    """The kind by the last words before a number that tell, in its clause, then in its sentence, then in the sentence
    before; else a result.
    """
    back = here.before.course == BACK
    told = number.form in (GROWTH, SHARE, CHANGE, RANK)
    clause = re.split("[，,]", said)[-1]
    near = _marks(clause, told or back)
    if near and max(near)[0] < last_at(_DONE, clause):
        near = []
    over = _over(here, number)
    marks = near if over else _marks(said, told or back)
    if not near and not back and number.form == LEVEL and _UNDER_WAY.search(clause):
        return Said(PLAN, LIKELY, "word")
    if near:
        hoped = FORECAST in [kind for _, kind in marks] and not said.isascii()  # 预计…将; English begins a clause anew
        return Said(FORECAST if hoped and _strongest(near) == PLAN else _strongest(near), SURE, "word")
    aimed = marks or here.aim or here.before.course == AHEAD
    told_of = clause if here.before.course == AHEAD else said
    told_done = (match for match in _DONE.finditer(told_of) if match[0] != "累计" or not aimed)  # 力争…，累计达到
    done = max((match.start() for match in told_done), default=-1)
    if here.before.course != AHEAD and not any(kind != PLAN or _INTENDED.match(said[at:]) for at, kind in marks):
        done = max(done, last_at(_HELD, said))
    told_so = here.last is not None and here.last.kind.code == RESULT
    if done < 0 and number.form != RANK and not (told_so or back or _past(here, number)) and _BARE.search(said):
        return Said(TARGET if _floor(number) else PLAN, LIKELY, "word")
    goes_on = here.aim in ((FORECAST,) if back else (TARGET, PLAN, FORECAST))
    if done < 0 and not told and not over and goes_on:
        return Said(here.aim, LIKELY, "before")
    if marks and done < max(marks)[0]:
        return Said(_strongest(marks), LIKELY, "word")
    if done < 0 and not over and to_come(here, number, said, _past(here, number)):
        built = number.form in (LEVEL, LIST) and not _floor(number) and BUILT.search(clause)
        return Said(PLAN if built else TARGET, LIKELY, "before")
    carried = (
        here.before.aim
        and (not back or here.before.said.rstrip().endswith(("；", ";")))
        and number.form != RANK
        and not (number.form == SHARE and said.isascii())
        and all(one.kind.code == here.before.aim for one in here.done)
        and not _past(here, number)
    )
    compared = _COMPARED.search(said) or _COMPARED.match(here.rest(number))
    if done < 0 and carried and not _FRESH.search(said) and not compared:
        return Said(here.before.aim, LIKELY, "before")
    return Said(RESULT, SURE if done >= 0 or told else LIKELY, "said")


def _floor(number: Number) -> bool:
    """Whether a number is the least that is wanted, 50家以上; 50多家 only counts loosely."""
    return number.qualifier == "at_least" and not re.search("[多余]", number.text)


def _past(here: Context, number: Number) -> bool:
    """Whether the last time before a number is of an earlier year than the text."""
    return _year(here, number) < here.printed.year


def _year(here: Context, number: Number) -> int:
    """The year of the last time before a number, that of printing where none is named."""
    named = [time.period for time in here.times if time.end <= number.start + 1 and time.period]
    return int(named[-1][:4]) if named else here.printed.year


def _over(here: Context, number: Number) -> bool:
    """Whether the clause of a number names months that were over when the text was printed."""
    last = max((other.end for other in here.numbers if other.end <= number.start), default=0)
    named = [time.period for time in here.times if last <= time.start and time.end <= number.start + 1]
    return any("-" in period and bounds(period)[1].isoformat() <= here.printed.day for period in named)


def _marks(said: str, told: bool) -> list[tuple[int, str]]:
    """Where words tell of an aim, and of which kind. What is only promoted may be ``told`` of as it is."""
    marks = [(match.start(), kind) for kind, pattern in _FORWARD for match in pattern.finditer(said)]
    return [mark for mark in marks if not told or mark[1] != PLAN or _INTENDED.match(said[mark[0] :])]


def _strongest(marks: Iterable[tuple[int, str]]) -> str:
    """The kind that words tell together: a cap or a target goes before a plan."""
    kinds = [kind for _, kind in marks]
    return next(kind for kind in (CAP, TARGET, FORECAST, PLAN) if kind in kinds)
