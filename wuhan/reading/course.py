"""Whether a report tells what was done or what is to come: its parts say so, its numbers mostly do not."""

from __future__ import annotations

import re

from wuhan.reading.context import Context
from wuhan.reading.forms import RANK, Number

REPORT, AHEAD, BACK = "report", "ahead", "back"
_REPORT = re.compile("(?:政府)?工作报告|各位代表|计划草案的?报告")
_REVIEW = re.compile("工作回顾|主要做了以下")
# The same where the text is known for a report.
_REVIEWED = re.compile(
    "(?:^|[，,。；;、])\\s*(?:刚刚)?过去(?:的)?[一五]年[，,]|^\\s*(?:[一五]年来|这[一五]年)[，,]|执行情况"
)
_TO_COME = re.compile(
    "主要预期目标|(?:今年|明年|20[0-9]{2}年|下一步|下一阶段|下步|今后)[^。；;]{0,16}(?:预期目标|主要目标|目标任务"
    "|(?:工作|总体)(?:的)?(?:总体)?(?:安排|部署|重点|打算|思路|要求|任务|举措|建议)|重点(?:任务|工作|抓好|做好)"
    "|[抓做]好[^。；;]{0,8}工作)"
)
_DOES = re.compile(
    "新增|新建|新开|新认定|新引进|新培[育养]|净增|建成|引进|引育|招引|落地|完成|实现|达到|突破|超过|改造|培育|培养|开工|竣工"
    "|投产|投用|发放|打造|推进|建设|开展|举办|入库|增加|提升|提高|供应|筹集|保持|控制在|开通|开行|增长|布局|实施|组织|支持"
    "|吸引|储备|力争|不低于|不少于"
)
BUILT = re.compile("新建|建成|建设|改造|开工|竣工|推进|打造|实施|开展|举办|供应|筹集|布局|组织|发放|支持|投用")
_COMPARED = re.compile("(?:同比|比上年|较上年|比去年)")


def course(text: str, before: str, year: int) -> str:
    """What a text tells from here on; the same as ``before`` where nothing says. ``year``: of printing."""
    ahead = [
        match.end()
        for match in _TO_COME.finditer(text)
        if not (told := re.match("20[0-9]{2}", match[0])) or int(told[0]) >= year
    ]
    back = [match.end() for pattern in (_REVIEW, *([_REVIEWED] if before else [])) for match in pattern.finditer(text)]
    if ahead or back:
        return AHEAD if max(ahead, default=-1) > max(back, default=-1) else BACK
    return before or (REPORT if _REPORT.search(text) else "")


def to_come(here: Context, number: Number, said: str, past: bool) -> bool:
    """Whether a report that tells what is to come says of a number that it is to be done."""
    if here.before.course != AHEAD or number.form == RANK or past:
        return False
    earlier = not here.times and here.before.year.isdigit() and int(here.before.year) < here.printed.year
    compared = _COMPARED.search(said + here.rest(number)[:6])
    return not earlier and not compared and bool(_DOES.search(re.split("[，,、]", said)[-1] + number.text))
