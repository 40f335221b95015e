"""A data package of a few rows: its tables, and the schema that describes them."""

from __future__ import annotations

PERIOD = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}-[0-9]{2})?"
DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
QUALIFIERS = ["exact", "about", "over", "at_least", "up_to", "nearly", "of_which"]
STATUSES = ["actual", "preliminary", "estimate", "derived", "target", "plan"]
FILES = {
    "sources.csv": """\
source_id,publisher,title,published,trust,note
bureau_2024,Wuhan Bureau of Statistics,Communique 2024,2025-03,A,
press_2025,Yicai,"148 projects, 98.49 billion yuan",2025-06-26,B,
undated,National Bureau of Statistics,Main cities,,A,
""",
    "places.csv": """\
place,name_en,name_zh,parent,peer,colour
china,China,中国,,false,
wuhan,Wuhan,武汉,china,true,#0072B2
xian,Xi'an,西安,china,true,
""",
    "indicators.csv": """\
indicator,theme,name_en,name_zh,unit,measure,definition
gdp_nominal,gdp,GDP,地区生产总值,100m_cny,flow,At current prices
gdp_real_growth,gdp,Real growth,实际增速,percent,rate,At constant prices
tertiary_share,gdp,Share of services,第三产业比重,percent,share,Part of GDP
ai_firms,gdp,AI firms,人工智能企业,count,stock,Firms at the end of the period
retail,gdp,Retail sales,社会消费品零售总额,100m_cny,cumulative,Since January
""",
    "gdp.csv": """\
place,indicator,period,value,value_text,qualifier,status,vintage,source_id,note
wuhan,gdp_nominal,2023,20011.65,,exact,actual,,bureau_2024,
wuhan,gdp_nominal,2024,21106.23,,exact,preliminary,,bureau_2024,"a note, with a comma, ""quotes""
and a second line"
wuhan,gdp_real_growth,2024,-5.2,,exact,actual,,bureau_2024,
wuhan,tertiary_share,2024,63.3,,exact,actual,,undated,
wuhan,ai_firms,2025,14600,1.46万,over,actual,,press_2025,
wuhan,ai_firms,2030,20000,,at_least,target,,press_2025,
wuhan,retail,2025-01/2025-05,3500.5,,about,actual,,press_2025,
xian,gdp_nominal,2024,13317.78,,exact,actual,latest,undated,1e5
""",
    "events.csv": """\
event_id,date,projects,amount,city_total,source_id
sign_20250626,2025-06-26,148,984.9,true,press_2025
start_2024,2024-01-25,,,false,bureau_2024
""",
}


def text(name: str, required: bool = True, **constraints) -> dict:
    """A string field of Table Schema."""
    return {"name": name, "type": "string", "constraints": {"required": required, **constraints}}


def resource(name: str, fields: list[dict], key: list[str], **foreign: str) -> dict:
    """A resource; `foreign` maps a column to the table that has it as its key ("" is the table itself)."""
    keys = {"sources": "source_id", "places": "place", "indicators": "indicator", "": "place"}
    links = [
        {"fields": [column], "reference": {"resource": table, "fields": [keys[table]]}}
        for column, table in foreign.items()
    ]
    layout = {"fields": fields, "primaryKey": key, "foreignKeys": links}
    return {"name": name, "path": f"{name}.csv", "profile": "tabular-data-resource", "schema": layout}


def descriptor() -> dict:
    """The schema of the small package, in the conventions of the real one."""
    number = {"name": "amount", "type": "number", "constraints": {"minimum": 0, "maximum": 100000}}
    return {
        "name": "tiny",
        "resources": [
            resource(
                "sources",
                [
                    text("source_id", pattern="[a-z0-9_]+"),
                    text("publisher"),
                    text("title"),
                    text("published", False, pattern=DATE),
                    text("trust", enum=["A", "B", "C", "D"]),
                    text("note", False),
                ],
                ["source_id"],
            ),
            resource(
                "places",
                [
                    text("place", pattern="[a-z0-9_]+"),
                    text("name_en", unique=True),
                    text("name_zh", maxLength=8),
                    text("parent", False),
                    {"name": "peer", "type": "boolean"},
                    text("colour", False, pattern="#[0-9A-F]{6}"),
                ],
                ["place"],
                parent="",
            ),
            resource(
                "indicators",
                [
                    text("indicator"),
                    text("theme", False),
                    text("name_en"),
                    text("name_zh"),
                    text("unit"),
                    text("measure", enum=["stock", "flow", "cumulative", "rate", "share", "index", "capacity"]),
                    text("definition"),
                ],
                ["indicator"],
            ),
            resource(
                "gdp",
                [
                    text("place"),
                    text("indicator"),
                    text("period", pattern=PERIOD),
                    {"name": "value", "type": "number", "constraints": {"required": True}},
                    text("value_text", False),
                    text("qualifier", enum=QUALIFIERS),
                    text("status", enum=STATUSES),
                    text("vintage", False),
                    text("source_id"),
                    text("note", False),
                ],
                ["place", "indicator", "period", "status", "vintage", "source_id"],
                place="places",
                indicator="indicators",
                source_id="sources",
            ),
            resource(
                "events",
                [
                    text("event_id"),
                    {"name": "date", "type": "date"},
                    {"name": "projects", "type": "integer"},
                    number,
                    {"name": "city_total", "type": "boolean"},
                    text("source_id"),
                ],
                ["event_id"],
                source_id="sources",
            ),
        ],
    }
