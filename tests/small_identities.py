"""What a few claims print, by their names, to work identities out with."""

from wuhan.evidence.facts import Fact
from wuhan.evidence.identities import check_all
from wuhan.evidence.quantities import parse as printed


def fact(text, unit=None, status="actual", period="2023", source="press_001"):
    read = printed(text, unit)
    return Fact(read.value, read.low, read.high, read.unit, period, status, (source,), read.qualifier, place="wuhan")


CLAIMS = {
    "volume": fact("53万套"),
    "more": fact("32万套", status="target", period="2024"),
    "goal": fact("85万套", status="target", period="2024"),
    "firms": fact("650家"),
    "firms_growth": fact("35%"),
    "projects": fact("148个", source="press_000"),
    "big": fact("30个"),
    "amount": fact("984.9亿元"),
    "big_amount": fact("5816000万元", "10k_cny"),
    "headline": fact("近千亿元"),
    "growth_": fact("33%"),
    "before": fact("31.2%", period="2024-01/2024-03"),
    "step": fact("1.8", "percentage_points"),
    "share_": fact("接近19%"),
    "pull": fact("5.2个百分点"),
    "roads": fact("3379公里(单向里程)"),
    "area": fact("约3000平方公里"),
    "staff": fact("1152名"),
    "stations": fact("510个"),
    "students": fact("130万人", "10k_persons"),
    "revenue": fact("77亿元以上", status="target", period=""),
    "most": fact("最高2000万元"),
    "years": fact("5年"),
    "window": fact("1~2年"),
    "entities": fact("90万", "10k"),
    "loss": fact("-5%"),
    "target_roads": fact("4000公里"),
    "head": fact("100000元/人"),
    "daily": fact("215公里/天"),
    "dated": None,
}


def check(identity, claims, identities=()):
    """One identity held against the facts of claims; ``identities`` gives the named results it uses."""
    return check_all([*identities, identity], claims)[-1]
