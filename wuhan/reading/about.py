"""What each number of a text is about: place, measure, time and kind, with how sure and why. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from wuhan.evidence.units import UNITS
from wuhan.reading.context import STOP, Before, Context
from wuhan.reading.course import course
from wuhan.reading.decode import Article
from wuhan.reading.forms import CHANGE, DURATION, GROWTH, LEVEL, LIST, THRESHOLD, Number, understood
from wuhan.reading.kinds import kind_of
from wuhan.reading.measures import measure_of
from wuhan.reading.money import told_bare
from wuhan.reading.places import WIDE, last_stranger, place_of, subject
from wuhan.reading.rows import distributed
from wuhan.reading.said import AIMS, CONTEXT, FORECAST, LIKELY, PLAN, RESULT, SURE, TARGET, UNSURE, Found, Said, likely
from wuhan.reading.signs import held_against
from wuhan.reading.terms import Vocabulary
from wuhan.reading.times import Printing, Time, times

__all__ = ["CONTEXT", "Found", "Said", "read", "subject"]
# What has its time in its name: 2024年一季度重大项目集中开工活动.
_EVENT = re.compile("[^，,。；;]{0,24}?(?:活动|仪式|大会|推介会|签约会|博览会|论坛|峰会)")
_LAST_YEAR = re.compile(
    "(?:上年|去年|上年同期|去年同期|(?:previous|preceding|last) year(?:'s|’s)?)(?:的|为|是)?\\s*$", re.IGNORECASE
)
_TO = re.compile("(?:增|升|降|减|增长|增加|提高|提升|上升|扩大|跃升|跃|达|下降)?[至到]\\s*(?:超过|近|约|了)?$")
_FROM = re.compile("[从由](?:[^，,。；;从由]{0,8}的)?$|\\bfrom\\s+$")
_RISEN = re.compile("[^，,。；;]{0,6}[至到]|\\s+to\\b")
# A heading: numbered, or a few words that are no statement.
_HEADING = re.compile(
    "(?P<mark>(?:[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．]+|[一二三四五六七八九]是|[●■◆▲·*#-]+)\\s*)?"
    "(?P<title>[^，,；;。0-9]{2,24}?)[。：:.]?"
)
# What a project is to bring once it runs is of no time that is told: 2024年投产，达产后年产值 120亿元.
_WHEN_DONE = re.compile(
    "(?:达产|投产|建成|竣工|投用|满产|投运|运营)(?:[达投]产)?(?:后|之后)"
    "|\\b(?:when|once|after) (?:completed|completion|operational)"
)
_LONGEST = 16  # signs of a heading without a number
_OF = re.compile("\\s*(?:in|during|for|at|by|as of)?\\s*(?:the)?\\s*", re.IGNORECASE)


def read(article: Article, names: Vocabulary, printed: Printing) -> list[Found]:
    """All numbers of a text in their order, with what each is about."""
    city = subject(article, names)
    found: list[Found] = []
    headline = " ".join(sentence.text for sentence in article.sentences[:1])
    named = {term[0] for term in names.measure.finditer(headline) if not names.broad(term[0])}
    head = named.pop() if len(named) == 1 else ""
    before = Before(head=head, spoken=_spoken(article, printed))
    for sentence in article.sentences:
        if sentence.paragraph != before.paragraph:
            goes_on = re.match("\\s*其中", sentence.text)
            before = Before(
                sentence.paragraph,
                topic=before.topic,
                head=head,
                aim=before.aim if goes_on else "",
                course=before.course,
                spoken=before.spoken,
            )
        before = replace(before, course=course(sentence.text, before.course, printed.year))
        here = Context(sentence, names, printed, city, before)
        own = _all(here)
        found += own
        before = _after(here, own)
    return found


def _all(here: Context) -> list[Found]:
    """The numbers of a sentence with what each is about."""
    for number in here.numbers:
        measure, term, at = measure_of(here, number)
        number = _told_in_money(here, number, measure.code)
        place, kind = place_of(here, number, at), kind_of(here, number)
        if kind.code != CONTEXT:
            aim = kind.code in AIMS and not held_against(here.text, number)
            here.aim = kind.code if aim else ""
        line, column = here.sentence.at(number.start)
        one = Found(number, here.sentence, line, column, place, measure, Said(), kind, term)
        here.done.append(replace(one, period=period_of(here, one)))
    return distributed(here, here.done)


def _told_in_money(here: Context, number: Number, code: str) -> Number:
    """A bare figure, 突破500亿, in money where its measure is told in money."""
    known = here.names.indicators.get(code)
    bare = number.unit == "count" and told_bare(number.text)
    if not known or not bare or UNITS[known.unit].dimension != "money":
        return number
    quantity = understood(number.text, "100m_cny")
    return replace(number, quantity=quantity) if quantity else number


def _after(here: Context, found: Sequence[Found]) -> Before:
    """What the next sentence of the paragraph may rest on."""
    named = [here.names.where(match[0]) for match in here.places]
    named = [place for place in named if here.names.kinds[place] not in WIDE]
    place = Said(named[-1], SURE if len(set(named)) == 1 else LIKELY, "before") if named else here.before.place
    stranger = last_stranger(here, len(here.text))
    if stranger and (not named or stranger > here.places[-1].end()):
        place = Said(why="stranger")
    if found and here.names.kinds.get(found[-1].place.code) in WIDE:
        place = replace(found[-1].place, sure=LIKELY)
    dated = [time for time in here.times if time.period]
    sure = [time for time in dated if time.sure == SURE]
    topic = (found[-1].term if found[-1].measure.code else "") if found else _headed(here)
    topic = "" if here.names.broad(topic) else topic
    kind = next((one.kind.code for one in reversed(found) if one.kind.code != CONTEXT), here.before.aim)
    return replace(
        here.before,
        place=place,
        year=sure[-1].period[:4] if sure else here.before.year,
        time=dated[-1] if dated else here.before.time,
        periods=here.before.periods | {time.period for time in dated},
        narrow=any(one.measure.why in ("narrowed", "far", "no_name") for one in found[-1:]),
        wholes=here.wholes,
        topic=topic,
        aim=kind if kind in (TARGET, PLAN, FORECAST) else "",
        parted=here.parted,
        said=here.before.said + here.text,
        spoken=here.before.spoken or (next(filter(_spans, dated), None) if found else None),
    )


def _spans(time: Time) -> bool:
    """Whether a time is a part of a year from its January on, or a quarter."""
    return "/" in time.period


def _spoken(article: Article, printed: Printing) -> Time | None:
    """The one time that the headline names, of which what follows is told."""
    found = [
        time
        for sentence in article.sentences[:1]
        for time in times(sentence.text, printed)
        if time.sure != UNSURE and _spans(time)
    ]
    return found[0] if len({time.period for time in found}) == 1 else None


def _headed(here: Context) -> str:
    """The topic behind a sentence without numbers: the measure of a heading, (一)固定资产投资, which ends what was told
    before it also where it names none.
    """
    heading = _HEADING.fullmatch(here.text.strip())
    if not heading or not heading["mark"] and len(heading["title"]) > _LONGEST:
        return here.before.topic
    start = here.text.index(heading["title"])
    alone = [term for term in here.terms if here.plain(start, term.start()) and here.plain(term.end(), len(here.text))]
    return alone[0][0] if alone else ""


def _grown_from(here: Context, number: Number, time: Time) -> bool:
    """Whether a number is what something has grown from, at no time that is told: 2024年，出口从 50亿元增至 60亿元."""
    first = _FROM.search(here.lead(number))
    return first is not None and time.end <= first.start() and bool(_RISEN.match(here.rest(number)))


def _grown_to(here: Context, number: Number, time: Time) -> bool:
    """Whether a time is of what a number has grown from: 从 2020年的 50家增至 504家."""
    first = re.search("[从由]\\s*$", here.text[: time.start]) is not None
    between = here.between(time.end, number.start)
    return first and bool(between) and bool(_TO.search(here.text[time.end : number.start]))


def _told_before(here: Context, ahead: Sequence[Time]) -> Said:
    """The last of some times, as what the end of a change may be of."""
    if not ahead:
        return Said(why="no_time")
    return Said(ahead[-1].period, likely(ahead[-1].sure), "named")


def _quoted(here: Context, number: Number, time: Time) -> bool:
    """Whether a time stands with its own number in a quotation before: “2030年达到 50万吨”，为第二名的 2倍."""
    opened = here.text.rfind("“", 0, time.start)
    closed = here.text.find("”", max(opened, 0))
    if opened < 0 or not time.end <= closed < number.start:
        return False
    return bool(here.between(time.end, closed))


def _held_against(here: Context, number: Number, time: Time) -> bool:
    """Whether a time is of a number against which one before is held: 高于一季度的 2%，也高于全省的 3%."""
    compared = re.search("(?:高于|低于|快于|慢于|超过|比|较)[^，,。；;]{0,10}$", here.text[: time.start])
    between = here.between(time.end, number.start)
    return bool(compared) and any(here.text[time.end : other.start] in ("的", "") for other in between)


def period_of(here: Context, one: Found) -> Said:
    """The time of a number: named before it in the sentence, behind it, before in the paragraph, or of printing."""
    number, measure = one.number, here.names.indicators.get(one.measure.code)
    ahead = [time for time in here.times if time.end <= number.start + 1 and not _EVENT.match(here.text[time.end :])]
    ahead = [time for time in ahead if not _quoted(here, number, time) and not _held_against(here, number, time)]
    english = number.text.isascii() and bool(re.search("[a-z] [a-z]", here.text))
    behind = next((time for time in here.times if english and time.start >= number.end), None)
    clause = here.text[number.end : behind.start] if behind else ""
    if behind and _OF.fullmatch(clause):
        return Said(behind.period, behind.sure, "named")
    if ahead:
        time = ahead[-1]
        if _WHEN_DONE.search(here.text, time.end, number.start):
            return Said(why="no_time")
        if _grown_from(here, number, time):
            return Said(why="base")
        if _grown_to(here, number, time):
            return _told_before(here, ahead[:-1])
        broken = STOP.search(here.text, time.end, number.start) or (
            english and any(other.end <= time.start for other in here.numbers)  # a time behind a number is that of it
        )
        if _LAST_YEAR.search(here.lead(number)) and time.period.isdigit():
            return Said(f"{int(time.period) - 1}", LIKELY, "named")
        return Said(time.period, likely(time.sure) if broken else time.sure, "named" if time.period else "no_day")
    if behind and ";" not in clause:
        close = "," not in clause and not any(number.end < other.start < behind.start for other in here.numbers)
        return Said(behind.period, behind.sure if close else LIKELY, "named")
    kind = measure.measure if measure else ""
    if here.before.time and number.form not in (DURATION, LIST, THRESHOLD):
        time = here.before.time
        flows = kind in ("flow", "rate", "cumulative", "share")
        same = len(here.before.periods) == 1 or bool(re.match("\\s*(?:其中|[Oo]f which)", here.text))
        return Said(time.period, SURE if time.sure == SURE and flows and same else LIKELY, "before")
    flows = number.form in (GROWTH, CHANGE) or kind == "flow"
    if here.before.spoken and one.kind.code == RESULT and flows:
        return Said(here.before.spoken.period, LIKELY, "text")
    if one.kind.code == RESULT and number.form == LEVEL and here.printed.day:
        return Said(here.printed.day[:7], likely(here.printed.sure), "printing")
    return Said(why="no_time")
