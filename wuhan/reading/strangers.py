"""Cities, districts and counties that texts name and no table has: whose numbers are nobody's here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wuhan.reading.terms import Vocabulary

_CITIES = re.compile(
    "秦皇岛|邯郸|邢台|保定|张家口|承德|沧州|廊坊|衡水|阳泉|晋城|朔州|运城|"
    "忻州|临汾|吕梁|包头|乌海|赤峰|通辽|鄂尔多斯|呼伦贝尔|巴彦淖尔|乌兰察布|鞍山|"
    "抚顺|本溪|丹东|锦州|营口|阜新|辽阳|盘锦|铁岭|葫芦岛|四平|辽源|松原|"
    "齐齐哈尔|鸡西|鹤岗|双鸭山|大庆|佳木斯|七台河|牡丹江|绥化|连云港|淮安|盐城|"
    "扬州|镇江|泰州|宿迁|嘉兴|湖州|绍兴|金华|衢州|舟山|台州|丽水|蚌埠|淮南|"
    "马鞍山|淮北|铜陵|安庆|滁州|阜阳|宿州|六安|亳州|池州|宣城|莆田|三明|漳州|"
    "南平|龙岩|宁德|景德镇|萍乡|九江|新余|鹰潭|赣州|吉安|宜春|抚州|上饶|淄博|"
    "枣庄|东营|潍坊|济宁|泰安|威海|临沂|聊城|滨州|菏泽|开封|洛阳|平顶山|安阳|"
    "鹤壁|新乡|焦作|濮阳|许昌|漯河|三门峡|南阳|商丘|信阳|周口|驻马店|恩施|"
    "株洲|湘潭|衡阳|邵阳|岳阳|常德|张家界|益阳|郴州|永州|怀化|娄底|韶关|珠海|"
    "汕头|江门|湛江|茂名|肇庆|惠州|梅州|汕尾|河源|阳江|清远|潮州|揭阳|云浮|"
    "柳州|桂林|梧州|北海|防城港|钦州|贵港|玉林|贺州|河池|崇左|三亚|儋州|自贡|"
    "攀枝花|泸州|德阳|绵阳|广元|遂宁|内江|乐山|南充|眉山|宜宾|广安|达州|雅安|"
    "巴中|资阳|六盘水|遵义|安顺|毕节|铜仁|曲靖|玉溪|昭通|丽江|普洱|临沧|"
    "日喀则|铜川|宝鸡|咸阳|渭南|延安|汉中|榆林|商洛|嘉峪关|天水|张掖|酒泉|"
    "庆阳|陇南|石嘴山|克拉玛依|吐鲁番|哈密|吉林市|大同市|长治市|晋中|朝阳市|通化市|白山市|白城市|延边|伊春|黑河|黄山市|日照市|德州|济源"
    "|湘西|中山市|百色市|来宾市|阿坝|甘孜|凉山州|黔西南|黔东南|黔南|保山市|楚雄|红河州|文山州|西双版纳|大理州|德宏|昌都|林芝|山南市|那曲"
    "|安康市|金昌|白银市|武威|平凉|定西|临夏|甘南|海东市|吴忠|固原|中卫市|昌吉|巴音郭楞|阿克苏|喀什|伊犁|石河子"
)

# Words across which these signs stand, and what is called after a city.
_WORDS = re.compile(
    "武汉中|汉阳江|江门户|均衡水|衡水平|[湖河]北海|北海关|东营[业收销利商运]|四平[方米均稳台]|新乡[村镇贤]|新余[额量地]|广安[全置排]"
    "|[交普流]通化|[济湖云海河西]南平|南平均|南阳光|三明[治确显星]|[国境省市区域]内江|内江[苏西]|黄河源|六安全|平安顺|天水[平准利电]"
    "|[确担]保定|保定[期价向]|[非经日]常德|烟台州|投资阳|开封闭|大庆祝|安庆祝|益阳光|宁德时代|舟山港"
)

# Words that end like the name of a district or a city and are none.
_GENERIC = (
    "地区|[主老新旧古心市]城区|市区|新区|社区|园区|小区|辖区|片区|景区|校区|山区|专区|特区|范区|能区|发区|高新区|政区|税区"
    "|集区|务区|导区|验区|各区|全区|该区|我区|本区|三区|四区|商区|分区|区区|战区|灾区|住区|"
    "全市|城市|上市|都市|超市|门市|股市|楼市|我市|本市|该市|各市|县市|两市|地市|级市|集市|夜市|入市|在市"
    "|向市|以市|为市|区市|省市|郡县|全县|该县|各县|市县|区县|人市|及市|和市|对市|由市|于市|与市|是市|的市"
    "|将市|让市|房市|菜市|花市|汽车市"
)
_DISTRICTS = re.compile(
    f"(?:(?<=[，,。；;：:、（(“”的在和与及于是为省市区\\s])|^)"
    f"(?:(?![一-鿿]{{0,2}}(?:{_GENERIC}))([一-鿿]{{2,3}})(?:区|县|市)(?![域别块间分划场值民级委政长内外属直])"
    "|[一-鿿]{2,4}(?:经开区|高新区|开发区|新区|自贸区|综保区))"
)


def cities(text: str, names: Vocabulary) -> Iterator[re.Match[str]]:
    """Where a text names cities that ``names`` does not have."""
    plain = _WORDS.sub(lambda word: " " * len(word[0]), text)
    return (match for match in _CITIES.finditer(plain) if not names.where(match[0]))


def districts(text: str, names: Vocabulary) -> Iterator[re.Match[str]]:
    """Where a text names districts, counties and zones that ``names`` does not have; a zone of a known city is none."""
    return (match for match in _DISTRICTS.finditer(text) if not names.place.search(match[0]))
