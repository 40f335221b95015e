"""A data package of a few rows: its tables, and the schema that describes them."""

from __future__ import annotations

PERIOD = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}-[0-9]{2})?"
DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
QUALIFIERS = ["exact", "about", "over", "at_least", "up_to", "nearly", "of_which"]
STATUSES = ["actual", "preliminary", "estimate", "derived", "target", "plan"]
MEASURES = ["stock", "flow", "cumulative", "rate", "share", "index", "capacity"]
NAME = "[a-z0-9_]+"
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


def texts(names: str) -> list[dict]:
    """String fields without constraints; one that ends in "?" may be blank."""
    return [text(name.rstrip("?"), not name.endswith("?")) for name in names.split()]


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
    sources = [text("source_id", pattern=NAME), *texts("publisher title"), text("published", False, pattern=DATE)]
    sources += [text("trust", enum=["A", "B", "C", "D"]), *texts("note?")]
    places = [
        text("place", pattern=NAME),
        text("name_en", unique=True),
        text("name_zh", maxLength=8),
        *texts("parent?"),
    ]
    places += [{"name": "peer", "type": "boolean"}, text("colour", False, pattern="#[0-9A-F]{6}")]
    indicators = [*texts("indicator theme? name_en name_zh unit"), text("measure", enum=MEASURES), *texts("definition")]
    gdp = [*texts("place indicator"), text("period", pattern=PERIOD)]
    gdp += [{"name": "value", "type": "number", "constraints": {"required": True}}, *texts("value_text?")]
    gdp += [text("qualifier", enum=QUALIFIERS), text("status", enum=STATUSES), *texts("vintage? source_id note?")]
    key = ["place", "indicator", "period", "status", "vintage", "source_id"]
    linked = {"place": "places", "indicator": "indicators", "source_id": "sources"}
    events = [*texts("event_id"), {"name": "date", "type": "date"}, {"name": "projects", "type": "integer"}]
    events += [{"name": "amount", "type": "number", "constraints": {"minimum": 0, "maximum": 100000}}]
    events += [{"name": "city_total", "type": "boolean"}, *texts("source_id")]
    return {
        "name": "tiny",
        "resources": [
            resource("sources", sources, ["source_id"]),
            resource("places", places, ["place"], parent=""),
            resource("indicators", indicators, ["indicator"]),
            resource("gdp", gdp, key, **linked),
            resource("events", events, ["event_id"], source_id="sources"),
        ],
    }
