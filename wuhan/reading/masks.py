"""What looks like a number and is none: dates, times, telephone numbers, codes, versions, titles of documents."""

from __future__ import annotations

import re

from wuhan.evidence.printed import SPELT
from wuhan.reading import prices
from wuhan.reading.decode import MONTH

_N = "[0-9一二三四五六七八九十]"
TIMES = re.compile(
    "(?<![0-9])(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9](?![0-9])日?|"
    "(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[:∶：][0-9]{2}(?:[:∶：][0-9]{2})?"
    "|(?:19|20)[0-9]{2}年?\\s*[-—–~～至到]{1,2}\\s*(?:19|20)?[0-9]{2}年(?!时间)"
    "|(?:19|20)[0-9]{2}\\s+to\\s+(?:19|20)[0-9]{2}(?![0-9])|(?:19|20)[0-9]{2}\\s*[-—–/]\\s*(?:19|20)[0-9]{2}(?![0-9])"
    "|(?:19|20)[0-9]{2}\\s*年(?:度|末|底|初)?(?:第?[一二三四1-4]季度|前[二三四]季度|[上下]半年)?"
    "|[二一][〇零一二三四五六七八九]{3}年"
    "|[0-9]{1,2}、[0-9]{1,2}月(?:份)?"
    f"|{_N}{{1,2}}月?(?:份)?\\s*[-—–~～至到]{{1,2}}\\s*{_N}{{1,3}}月(?:份|底|末|初)?"
    f"|(?<!个)(?<![0-9.]){_N}{{1,2}}\\s*月(?:份|底|末|初|中旬|上旬"
    f"|下旬)?(?:\\s*{_N}{{1,3}}\\s*[日号])?(?:至{_N}{{1,3}}日)?"
    f"|(?<![0-9.]){_N}{{1,3}}日(?!均|常)|[0-9]{{1,2}}[时点](?:[0-9]{{1,2}}分|整)"
    "|第?[一二三四1-4]季度|前[二三两四]个?季度|前[0-9一二三四五六七八九十]+个?月|[上下]半年"
    "|(?<=[午上晨间夜])[一二三四五六七八九十]{1,3}点[半整]?"
    "|“?十[三四五六]五”?(?:规划|时期|期间|以来|末)?|[0-9]{2}后|[0-9]{1,2}世纪|[0-9]{2}年代"
    f"|(?:{MONTH})\\.?\\s+[0-9]{{1,2}}(?:st|nd|rd|th)?(?:\\s*[-–]\\s*[0-9]{{1,2}})?\\b(?:,?\\s+(?:19|20)[0-9]{{2}})?"
    f"|[0-9]{{1,2}}(?:st|nd|rd|th)?\\s+(?:{MONTH})\\b(?:\\s+(?:19|20)[0-9]{{2}})?"
    f"|\\b(?:{MONTH})\\.?,?\\s+(?:19|20)[0-9]{{2}}\\b"
    "|\\b(?:first|second|third|fourth|1st|2nd|3rd|4th|three|two)\\s+(?:quarters?|half|halves)\\b|\\b[QH][1-4]\\b"
    "|\\bfirst\\s+(?:two|three|four|five|six|seven|eight|nine|ten|eleven|[0-9]{1,2})\\s+months\\b"
    "|\\b(?:past|previous|last|the)\\s+(?:two|three|four|five|six|seven|eight|nine|ten|eleven)\\s+months\\b"
    "|[0-9]{1,2}(?:st|nd|rd|th)\\s+(?:century|Five-Year)|\\b[Ff]ive-[Yy]ear\\s+(?:Plan|plan)|\\b(?:19|20)[0-9]{2}s\\b"
)
YEAR_ALONE = re.compile(
    "(?<![0-9.,$¥￥])(?:19|20)[0-9]{2}(?![0-9]|,[0-9]{3}|\\.[0-9]|\\s*[万亿%％元人家个项多余余名所条台辆公平米吨])"
)
_MASKED = (
    re.compile("《[^》]{1,80}》"),
    re.compile("\\b[Ww]orld(?:['’]s)? [Tt]op 500\\b"),
    re.compile("!?\\[[^\\]]*\\]\\([^)]*\\)"),
    re.compile("(?<=[A-Z][a-z], )[1-9][0-9](?=,)|(?<=[a-z]{3}, )[1-9][0-9](?=, (?:an?|the|who|said))"),
    re.compile("https?://\\S+|[\\w.]+@[\\w.]+"),
    re.compile("0[0-9]{2,3}-[0-9]{7,8}|(?<![0-9])1[3-9][0-9]{9}(?![0-9])|(?<![0-9.])[0-9]{9,}(?![0-9.])"),
    re.compile("(?<![0-9])12[0-9]{3}(?=热线|平台|电话)|[0-9]0[’']s\\b|24小时(?=[^，,。；;]{0,4}(?:热线|电话|报料))"),
    re.compile(
        "[0-9]+(?:\\.[0-9]+)?千伏|\\b(?:20|40|twenty|forty)[- ]foot\\b|[一二三四五六七八九十]个一批"
        "|(?<=[“「])[十百千万][\u4e00-\u9fff][十百千万亿]+[\u4e00-\u9fff]{0,4}(?=[”」])"
    ),
    re.compile("[A-Z]{0,3}[0-9]{4,6}\\.[A-Z]{2}\\b|第\\s*[0-9]{1,3}\\s*版|月/[0-9]{1,2}\\s*日"),
    re.compile(
        "(?<![A-Za-z])(?!(?:RMB|CNY|USD|GDP|CPI)[0-9 ]|(?:GDP|CPI|PPI)[-−][0-9])[A-Za-z]+[-·]?[0-9]+(?:\\.[0-9]+)?"
    ),  # L2, GPT-4, COVID-19
    re.compile(
        '[0-9]+(?:\\.[0-9]+)?(?:[GDK](?![A-Za-z])|nm|GHz|MHz|[Vv]\\b)|[0-9.]+[版期号](?!召)|[“"][0-9+]+[A-Za-z]*[”"]'
    ),
    re.compile(
        '(?<=[”"\u4e00-\u9fffA-Za-z])\\s?[1-9]\\.0(?![0-9%％万亿个]|\\s*(?:[、，,和与至]|and|to)\\s*[0-9]|\\s*(?:percent|[bmtr]+illion|yuan))'
    ),  # a version: 3.0
    re.compile("[0-9]+(?:\\+[0-9A-Za-z]+)+|[0-9]+[xX×][0-9]+|[0-9]{1,2}\\s*/\\s*[0-9]{1,2}(?![0-9])"),
    re.compile(
        "党的[十二]+大|[一二三四五六七八九十]+届|[三四五六]中全会|三次产业|第[一二三四五六七八九十]+次|第一财经|十字|九省通衢|五一|百度|千帆"
        "|万达|万科|三农|双一流|一二三|[一二三四五六七八九十]+、(?=[\u4e00-\u9fff])"
    ),
    re.compile(
        "两(?=[市地县区者国省])|两项(?=[^，,。；;0-9]{0,6}[均都])|(?<![0-9])20[0-9]{2}(?=人工智能|人形)|四川|三亚|三明市|六安|九江|百色|万州|十堰|七台河|三门峡|六盘水|三峡|一汽|三一重|"
        "第?[一二三四五六七八九十]+次(?:全体)?(?:会议|全会)|第[一二三四五六七八九十]{1,3}[场轮期批次届季版章条集部篇]|万人(?=[^，,。；;0-9]{0,12}拥有)"
    ),
    re.compile(
        "(?:计划单列市|(?<!前)[0-9]{2,4}强"
        "|(?<=Fortune )(?:Global )?500|(?<=Global )500|一般(?=公共|贸易|债)|每[十百千万亿]+(?=[人名户元个])|一带一路"
        "|[三两]个(?:代表|维护|确立)|四个(?:意识|自信)|五位一体|三高四新|最后一公里|百花齐放|千家万户|百姓"
        "|万物|万众|一[二三]线)"
    ),
    re.compile(
        "[0-9]{1,2}\\s*度(?!电)|[0-9]+岁(?:以[上下])?|\\([0-9]{1,2}\\)"
        "|（[0-9]{1,2}）|^\\s*[0-9]{1,2}[.、](?=\\s*[^0-9])"
    ),
)
# Parts of a whole; what has this form and does not come to a hundred is a clock or a score.
RATIO = re.compile("[0-9]+(?:\\.[0-9]+)?(?:\\s*[:：∶]\\s*[0-9]+(?:\\.[0-9]+)?){2}(?![0-9:：])")


# A hyphen between a number and its unit: a 20,000-ton ship, a 5-billion-yuan plant.
_HYPHEN = re.compile(
    "(?<=[0-9])-(?=(?:[bmtr]+illion|[bm]ln|thousand|percent|yuan|RMB|US|dollar|square|sq|cubic|kilo|k[mw]|met(?:er|re|ric)|tons?\\b"
    "|tonne|mu\\b|megawatt|gigawatt|hectare|TEU|person|passenger|people))|(?<=illion)-(?=[a-zU])|(?<=[bm]ln)-(?=yuan|dollar|US)"
    "|(?<=thousand)-(?=[a-z])|(?<=square)-(?=[km])|(?<=sq)-(?=[km])|(?<=cubic)-(?=m)|(?<=metric)-(?=ton)|(?<=percentage)-(?=point)"
)


_SPELT = re.compile(
    rf"(?<!-)\b({'|'.join(SPELT)})(?=[ -](?:[bmtr]+illion|thousand|per ?cent|percentage)\b)", re.IGNORECASE
)


# A decimal that is spelt, in as many signs or fewer: 一点八亿 is 1.8亿, 二十点五 20.5.
POINT = re.compile("(?<![午上晨间夜])([一二两三四五六七八九十]{1,3})点([零一二三四五六七八九]{1,3})(?=[万亿个倍%％]|$)")
_DIGITS = str.maketrans("零一二两三四五六七八九", "01223456789")


def _figures(match: re.Match[str]) -> str:
    """A spelt decimal in figures."""
    tens, ten, ones = match[1].rpartition("十")
    whole = f"{int((tens or '1').translate(_DIGITS)) * 10 + int((ones or '0').translate(_DIGITS))}" if ten else ""
    return f"{whole or match[1].translate(_DIGITS)}.{match[2].translate(_DIGITS)}".ljust(len(match[0]))


def masked(text: str) -> str:
    """``text`` with blanks for what looks like a number and is none, figures for one trillion; as long as it was."""
    text = POINT.sub(_figures, text)
    text = _SPELT.sub(lambda match: f"{SPELT[match[0].lower()]}".ljust(len(match[0])), text)
    text = _HYPHEN.sub(" ", text)
    for pattern in (prices.BASE, prices.OTHER_BASE, RATIO, TIMES, *_MASKED):
        text = pattern.sub(lambda match: "\x00" * len(match[0]), text)
    return text
