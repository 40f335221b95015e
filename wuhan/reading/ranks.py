"""Ranks: 全省第三, 居珠三角第一, ninth place, top in the province."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wuhan.evidence.ledger import RANKED, figure
from wuhan.evidence.quantities import QuantityError
from wuhan.reading.forms import RANK, Number

_PROVINCE = (
    "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏"
    "|宁夏|新疆"
)
_WHERE = (
    "珠三角|长三角|京津冀|大湾区|东北|全区|全球|全国|世界|国内|亚洲|中国|中西部地区|中西部|中部地区|中部六省|中部|华中地区|华中|华东|西部|长江中游|全省|省内|湖北省"
    "|湖北|全市|武汉|行业|副省级城市|副省级|同类城市|同级|省会城市"
)
_RANK = re.compile(
    f"(?:(?:{_WHERE})(?:城市|高新区|经开区|国家级新区|同类城市|省会城市)?(?:中)?(?:排名|位列"
    f"|居)?|城市|位居|位列|排名|排在|排|居|列|跃居|升至|名列|稳居|跻身)"
    "\\s*(?:前列第|第)(?:[0-9]{1,3}"
    "|[一二三四五六七八九十]{1,3})(?![\u4e00-\u9fff]?(?:财经|产业|季度|批|代|届|次"
    "|期))(?:[位名])?"
    "|第(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})[位名](?!院士)|第[二三四五]大(?=[\u4e00-\u9fff])"
    f"|(?:{_WHERE})?(?:首位(?!度)|榜首)"
    "|(?:总量|总数|总额|增速|增幅|规模|产量|销量|数量|面积|(?<=蝉联)|(?<=夺得)|(?<=保持)|(?<=高居)|(?<=[占为]))"
    f"(?:均|都|继续)?(?:{_WHERE})?第[一二三四五六七八九十](?=[，,。、；;”）)的]|$)"
    f"|(?:{_WHERE}|今年|本市)?首[个家条台套座款例艘架支所颗批](?!次)"
    f"|(?:{_WHERE})(?:规模|数量|面积|体量)?最(?:大|多|高|长|快|强|早)"
    f"|(?:[\u4e00-\u9fff]{{2}})最为?(?:大|多|长|快|强|高|迅猛)(?=的|[，,。、；;”]"
    f"|$)"
    "|历(?:年|史)(?:同期)?(?:最[好高](?:水平)?|新高)"
    "|\\b(?:rank(?:ed|s|ing)?|placed|No\\.)\\s*(?:No\\.\\s*)?"
    "(?:[0-9]{1,3}(?:st|nd|rd|th)?|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\\b"
    "|\\b[0-9]{1,3}(?:st|nd|rd|th)\\b(?=\\s+(?:place|in|among|largest|by|nation|out))"
    "|\\b(?:world|country|nation|China|province|region|city)(?:'s|’s)\\s+(?:first|largest|biggest"
    "|highest|top)\\b(?!-tier|[- ](?:[0-9]+|two|three|four|five|six|seven|eight|nine|ten)\\b)"
    f"|(?:{_PROVINCE})(?:省|自治区)?(?:内|全区|全省)?(?:中)?(?:排名|位列|居)?第(?:[0-9]{{1,3}}|[一二三四五六七八九十]{{1,3}})"
    "(?:[位名](?!院士)|(?=[，,。、；;”）)（(\\s]|$))"
    "|第[1-9](?=[，,。；;、](?:第[1-9]|换|而|但|同比|其)|[。；;]|$)"
    "|\\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)[ -](?:place|spot)\\b"
    "|\\b(?:the )?(?:top|first|highest|number one) in (?:[A-Z][a-z]+ [Pp]rovince|the province|the region)\\b"
    "|\\bfirst in (?:China|the (?:country|nation|world))\\b"
)


def ranks(plain: str) -> Iterator[Number]:
    """The ranks in a sentence, in which what is no number is masked."""
    for match in _RANK.finditer(plain):
        try:
            yield Number(*match.span(), match[0].strip(), RANK, figure(match[0], "count", RANKED))
        except QuantityError:
            continue
