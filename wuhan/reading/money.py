"""Whether a round figure without a unit, 2.2万亿, 三十亿以上, is of money."""

from __future__ import annotations

import re

# 2.2万亿 is money but for nouns behind it that are counted; 5000亿 where a word before it tells of money.
_COUNTED = re.compile(
    "\\s*(?:次|个|条|参数|立方|吨|件|人|块|棵|粒|斤|颗|亩|公里|千米|平方|米|户|册|部|只(?![有是用需能要])|瓦|千瓦|度|台|种|枚|网民|用户|消费者"
    "|观众|像素|股|份|张|篇|页|级?浮点|美|[A-Za-z])"
)
_MONEY = re.compile(
    "(?:GDP|生产总值|经济总量|产值|营收|收入|投资|规模|市值|资金|总额|销售额|交易额|成交额|利润|税收|贷款|存款|进出口|出口|进口"
    "|零售|增加值|总量|产业|外贸|贸易|签约|融资|估值|金额|社零|固投|消费|财政|支出|补贴|补助|奖补|国债|专项债|基金|授信|资产|预算)[^，,。；;]{0,10}$",
    re.IGNORECASE,
)
# 三十亿以上项目: a size of projects and firms is told in money.
_SIZED = re.compile("以上的?[^，,。；;0-9]{0,8}?(?:项目|企业|产业|工程|集群|基金|平台|订单)")
_SUMS = re.compile(
    "投资额|总投资|金额|资金|营收|产值|销售额|交易额|成交额|利润|市值|融资|估值|签约总?额|合同额|基金|贷款|存款|进出口额|GDP"
)
# What is counted by the hundred million and is no money.
_MANY = re.compile(
    "(?:数量|人数|用户|人口|人次|网民|播放|阅读|点击|下载|浏览|访问|观看|流量|订单|快递|业务量|发电|用电|装机|参数|粉丝|游客|客流|产量"
    "|产能|吞吐|终端|连接|标识|注册量|设备|次数|注册)[^，,。；;]{0,12}$"
)
_COUNTS = re.compile(
    "数量|人数|用户|人口|人次|网民|播放|阅读|点击|下载|浏览|访问|观看|流量|订单量|快递|业务量|发电|用电|装机|参数|粉丝|游客|客流|产量"
    "|产能|吞吐|终端|连接|标识|注册量|设备|次数|件数|[台辆颗片枚只件]数"
)


_FOREIGN = re.compile(
    "\\s*(?:港[元币]|欧元|日元|英镑|新?台币|韩元|澳元|卢布|euros?\\b|pounds\\b|yen\\b"
    "|(?:Hong Kong|Canadian|Australian|Singapore) dollars)"
)
_OTHER_DOLLARS = re.compile("(?<![A-Za-z])(?:HK|NT|A|C|S|NZ)$|[€£]\\s*$")


def foreign(before: str, after: str) -> bool:
    """Whether the words around a figure name a currency that the units lack."""
    return bool(_OTHER_DOLLARS.search(before) or _FOREIGN.match(after))


def told_bare(text: str) -> bool:
    """Whether a figure is as large as money is that is told without a unit: GDP of 2万亿, of 300 billion, of 308.6b."""
    return bool(re.search("亿$|[0-9] ?(?:b|bn|billion|trillion)$", text))


def told_in_money(text: str, before: str, after: str) -> bool:
    """Whether a figure such as 2.2万亿 without a unit is of money."""
    if not re.search("亿[级多余]?(?:以上|左右)?$", text) or _COUNTED.match(after) or foreign(before, after):
        return False
    sentence = re.split("[。；;]", before)[-1]
    money, many = (max((match.end() for match in words.finditer(sentence)), default=-1) for words in (_SUMS, _COUNTS))
    alone = re.search("[0-9]亿", text) and re.match("[，,。；;、）)！!？?]|$", after)
    return bool(
        _SIZED.match(text[-2:] + after)
        or money > many
        or text.endswith("级")
        or after.startswith("量级")
        or _MONEY.search(before)
        or re.search("[万千百]亿", text)
        and not re.search("[0-9][千百]亿", text)
        or alone
        and not _MANY.search(before)
    )
