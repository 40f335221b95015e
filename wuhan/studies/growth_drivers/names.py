"""What sectors and measures of growth are called, in sentences, in heads of tables and by colours."""

from __future__ import annotations

from wuhan.charts import style
from wuhan.studies.growth_drivers import numbers
from wuhan.text.language import _, noted
from wuhan.text.palette import BLUE, GREEN, PURPLE
from wuhan.text.prose import Name

WHOLE, INDUSTRY, INVESTMENT = "gdp_real_growth", "industrial_va_growth", "fixed_asset_investment_growth"
MONEY = "gdp_nominal"  # the growth of the whole economy at current prices
RATES = (WHOLE, INDUSTRY, *numbers.NOMINAL)
WORDS = {
    "services": noted("Services"),
    "industry_and_construction": noted("Industry and construction"),
    "agriculture": noted("Agriculture"),
    numbers.REST: noted("other sectors together"),
    WHOLE: noted("the whole economy"),
    MONEY: noted("GDP at current prices"),
    INDUSTRY: noted("industry of larger firms"),
    "fixed_asset_investment_growth": noted("fixed-asset investment"),
    "retail_growth": noted("retail sales"),
    "trade_growth": noted("foreign trade"),
}
BY_YEAR = {  # heads of tables
    "year": noted("Year"),
    "services": noted("Services"),
    "industry_and_construction": noted("Industry and construction"),
    "agriculture": noted("Agriculture"),
    "total": noted("Sum of those known"),
    "published": noted("Growth as published"),
}
WITHIN = {
    "when": noted("Months"),
    WHOLE: noted("The whole economy"),
    INDUSTRY: noted("Industry of larger firms"),
    "fixed_asset_investment_growth": noted("Fixed-asset investment"),
    "retail_growth": noted("Retail sales"),
    "trade_growth": noted("Foreign trade"),
}
YEARLY = {"when": noted("Year"), WHOLE: WITHIN[WHOLE], MONEY: noted("The same at current prices")}
YEARLY |= {code: WITHIN[code] for code in RATES[1:]}
FILLS = dict(zip((*numbers.SECTORS, numbers.REST), (BLUE, PURPLE, GREEN, style.GREYS[1]), strict=True))
LINES = {MONEY: style.GREYS[0], INVESTMENT: BLUE}


def word(code: str) -> Name:
    """A sector or a measure of growth in words."""
    told = _(WORDS[code])
    return Name(told if told.startswith("GDP") else told.lower())
