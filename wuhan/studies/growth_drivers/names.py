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
WORDS = noted(
    {
        "services": "Services",
        "industry_and_construction": "Industry and construction",
        "agriculture": "Agriculture",
        numbers.REST: "other sectors together",
        WHOLE: "the whole economy",
        MONEY: "GDP at current prices",
        INDUSTRY: "industry of larger firms",
        "fixed_asset_investment_growth": "fixed-asset investment",
        "retail_growth": "retail sales",
        "trade_growth": "foreign trade",
    }
)
BY_YEAR = noted(  # heads of tables
    {
        "year": "Year",
        "services": "Services",
        "industry_and_construction": "Industry and construction",
        "agriculture": "Agriculture",
        "total": "Sum of those known",
        "published": "Growth as published",
    }
)
WITHIN = noted(
    {
        "when": "Months",
        WHOLE: "The whole economy",
        INDUSTRY: "Industry of larger firms",
        "fixed_asset_investment_growth": "Fixed-asset investment",
        "retail_growth": "Retail sales",
        "trade_growth": "Foreign trade",
    }
)
YEARLY = noted({"when": "Year", WHOLE: WITHIN[WHOLE], MONEY: "The same at current prices"})
YEARLY |= {code: WITHIN[code] for code in RATES[1:]}
FILLS = dict(zip((*numbers.SECTORS, numbers.REST), (BLUE, PURPLE, GREEN, style.GREYS[1]), strict=True))
LINES = {MONEY: style.GREYS[0], INVESTMENT: BLUE}


def word(code: str) -> Name:
    """A sector or a measure of growth in words."""
    told = _(WORDS[code])
    return Name(told if told.startswith("GDP") else told.lower())
