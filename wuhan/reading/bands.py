"""Round sizes of GDP by which cities are ranked, where no measure is named: 万亿城市, 迈上 8000亿元."""

from __future__ import annotations

import re

from wuhan.reading.context import STOP, Context
from wuhan.reading.forms import LEVEL, THRESHOLD, Number
from wuhan.reading.said import LIKELY, Named, Said

GDP = "gdp_nominal"
CITIES = re.compile('[^，,。；;]{0,6}?万亿元?(?:级)?[”"]?(?:GDP)?(?:城市|之城|俱乐部)')
_ROUND = re.compile("[百千万]亿元?(?:级)?$")
# Of whom or what else money may be told.
_OTHER = re.compile(
    "公司|集团|企业|项目|股份|厂|产业园|产值|营收|投资|收入|市值|资金|销售|交易|成交|利润|税|贷款|存款|余额|出口|零售|产业"
    "|行业|规模(?!$)|工业|消费"
)
_CROSSED = re.compile(
    "(?:冲刺|冲击|闯进|跨过|跨越|突破|破|迈上|迈入|站上|登上|踏上|进入|跻身|稳守|越过|迈过|成为)(?:了)?"
    "(?:[0-9.]+|[一二两三四五六七八九十])?[百千]?万?亿元?(?:级)?$"
)


def band(here: Context, number: Number) -> Named | None:
    """GDP, where a round size stands for a rank of cities, or is crossed where GDP is spoken of; else nothing."""
    start = here.begins(number.start, STOP)
    said = here.text[start : number.start]
    if number.form not in (LEVEL, THRESHOLD) or number.unit != "100m_cny" or not _ROUND.search(number.text):
        return None
    cities = CITIES.match(number.text + here.rest(number))
    if cities:
        return Said(GDP, LIKELY, "before"), "GDP", number.start
    named = [here.names.means(term[0]) for term in here.terms if start <= term.start() < number.start]
    if any(GDP not in means for means in named) or _OTHER.search(said):
        return None
    topics = [here.names.means(topic) for topic in (here.before.topic, here.before.head)]
    crossed = _CROSSED.search(said + number.text) and any(GDP in means for means in (*named, *topics))
    return (Said(GDP, LIKELY, "before"), "GDP", number.start) if crossed else None
