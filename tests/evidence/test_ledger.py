"""Claims as they are printed: how a figure is read, and what the reader of the tables refuses."""

import json
import math
import re

import pytest
from small_ledger import claim
from tiny_package import resource, text

from wuhan.evidence import ledger, package
from wuhan.evidence.package import DataError
from wuhan.evidence.quantities import QuantityError

LISTED, RANK = "list_count_by_editor", "rank"

# text, unit, comparison, qualifier, then value, low, high, qualifier
READ = [
    ("50 / 20%", "100m_cny", "stock", "exact", 250, 49.5 / 0.205, 50.5 / 0.195, "about"),
    ("50 / over 200", "100m_cny", "stock", "exact", 0.25, 0, 0.2525, "up_to"),
    ("984.9亿元", "100m_cny", "flow", "exact", 984.9, 984.85, 984.95, "exact"),
    ("30个", "count", "flow", "of_which", 30, 30, 30, "of_which"),
    ("近千亿元", "100m_cny", "flow", "nearly", 1000, 900, 1000, "nearly"),
    ("20多个", "count", "stock", "over", 20, 20, 30, "over"),
    ("几十家", "count", "stock", "about", 60, 20, 100, "about"),
    ("1.8", "percentage_points", "change", "exact", 1.8, 1.75, 1.85, "exact"),
    ("90万家", "10k", "stock", "nearly", 90, 81, 90, "nearly"),
    ("全国第9", "count", RANK, "exact", 9, 9, 9, "exact"),
    ("副省级城市第一", "count", RANK, "exact", 1, 1, 1, "exact"),
    ("排名第十二位", "count", RANK, "exact", 12, 12, 12, "exact"),
    ("全国规模最大", "count", RANK, "exact", 1, 1, 1, "exact"),
    ("武汉首条", "count", RANK, "exact", 1, 1, 1, "exact"),
    ("财政、货币、就业等", "count", LISTED, "at_least", 3, 3, math.inf, "at_least"),
    ("水、陆、空", "count", LISTED, "exact", 3, 3, 3, "exact"),
    ("深地深海深空细分领域", "count", LISTED, "exact", 1, 1, 1, "exact"),
]


@pytest.mark.parametrize(("printed", "unit", "comparison", "given_", "value", "low", "high", "qualifier"), READ)
def test_figures_are_read_from_the_printed_text(printed, unit, comparison, given_, value, low, high, qualifier):
    read = ledger.figure(printed, unit, comparison, given_)
    assert (read.value, read.low, read.high, read.qualifier) == (value, low, high, qualifier)
    assert (read.unit, read.text) == (unit, printed)


def test_a_claim_without_a_unit_has_no_figure():
    assert ledger.figure("6月26日上午", "", "date", "") is None
    assert claim("去年10月", "", comparison="date", qualifier="").fact is None


def test_what_is_no_rank_is_refused():
    with pytest.raises(QuantityError, match="'全国领先' names no place"):
        ledger.figure("全国领先", "count", RANK)


def test_kinds_give_the_status_of_the_fact():
    statuses = {kind: claim("650家", "count", kind=kind).fact.status for kind in ledger.STATUS}
    assert statuses == {
        "actual": "actual",
        "context": "actual",
        "forecast": "estimate",
        "target": "target",
        "plan": "plan",
        "cap": "plan",
    }
    fact = claim("2.1万亿元", "100m_cny", "gdp_nominal", "2024").fact
    assert (fact.price_basis, fact.place, fact.sources) == ("current", "wuhan", ("press_001",))


# the reader


@pytest.fixture
def pressed(tiny):
    """The small package with claims and identities."""
    descriptor = json.loads((tiny / "datapackage.json").read_text())
    words = [
        "place",
        "indicator",
        "value_text",
        "unit",
        "kind",
        "qualifier",
        "period",
        "stated",
        "comparison",
        "repeats",
        "note",
    ]
    claims = resource(
        "claims",
        [text("claim"), text("source_id"), *(text(word, False) for word in words)],
        ["claim"],
        source_id="sources",
        place="places",
        indicator="indicators",
    )
    claims["schema"]["foreignKeys"].append({"fields": ["repeats"], "reference": {"resource": "", "fields": ["claim"]}})
    identities = resource("identities", [text("identity"), text("formula"), text("open", False)], ["identity"])
    descriptor["resources"] += [claims, identities]
    (tiny / "datapackage.json").write_text(json.dumps(descriptor))
    (tiny / "claims.csv").write_text(f"{HEADER}\n" + "\n".join(ROWS) + "\n")
    (tiny / "identities.csv").write_text(FORMULAS)
    return tiny


HEADER = "claim,source_id,place,indicator,value_text,unit,kind,qualifier,period,stated,comparison,repeats,note"
ROWS = [
    "projects,press_2025,wuhan,,148个,count,actual,exact,2025-06-26,2025-06-26,flow,,",
    "again,press_2025,wuhan,,148个项目,count,actual,exact,2025-06-26,2025-06-26,flow,projects,",
    "gdp,press_2025,wuhan,gdp_nominal,2.1万亿元,100m_cny,actual,exact,2024,2025-06-26,flow,,",
    "dated,press_2025,wuhan,,6月26日,,actual,,2025-06-26,2025-06-26,date,,",
    "goal,press_2025,wuhan,ai_firms,1万家以上,count,target,at_least,2030,2025-06-26,stock,,",
]
FORMULAS = """\
identity,formula,open
repeated,again = projects,
each,mean := gdp / projects,
twice,2 * mean >= mean,
"""


def test_sound_claims_and_identities_are_read(pressed):
    assert package.check(pressed) == []
    assert len(package.read("claims", pressed)) == 5
    assert package.read("identities", pressed).formula[1] == "mean := gdp / projects"


CASES = [
    (
        "claims.csv",
        "press_2025,wuhan,,148个,",
        "press_2052,wuhan,,148个,",
        "claims.csv:2: source_id: found 'press_2052' — write .*sources.csv",
    ),
    (
        "claims.csv",
        "148个项目",
        "一四八",
        "claims.csv:3: value_text: found '一四八' — write the figure as printed, or no unit",
    ),
    ("claims.csv", "2.1万亿元", "2.1万亿美元", "claims.csv:4: value_text: found '2.1万亿美元' — write the figure as"),
    (
        "claims.csv",
        "148个,count,actual,exact",
        "148个以上,count,actual,nearly",
        "claims.csv:2: value_text: found '148个以上' — write the figure as printed, or no unit",
    ),
    ("claims.csv", "100m_cny", "km", "claims.csv:4: unit: found 'km' — write a unit such as 100m_cny, that of gdp"),
    (
        "claims.csv",
        "2.1万亿元,100m_cny,actual,exact",
        "2.1万亿元,,actual,",
        "claims.csv:4: unit: found a blank cell — write a unit such as 100m_cny, or no indicator",
    ),
    ("claims.csv", "项目,count,actual", "项目,firms,actual", "claims.csv:3: unit: found 'firms' — write "),
    ("claims.csv", "flow,projects", "flow,project", "claims.csv:3: repeats: found 'project' — write projects"),
    ("claims.csv", "flow,projects", "flow,again", "claims.csv:3: repeats: found 'again' — write .*repeats none"),
    (
        "claims.csv",
        "date,,",
        "date,again,",
        "claims.csv:5: repeats: found 'again' — write projects, which repeats none",
    ),
    (
        "claims.csv",
        "actual,exact,2024,",
        "actual,exact,2026,",
        "claims.csv:4: kind: found 'actual' of 2026, said on 2025-06-26 — write target, plan or forecast",
    ),
    (
        "claims.csv",
        "exact,2025-06-26,2025-06-26,flow,,\nagain",
        "exact,2025,2025-06-26,stock,,\nagain",
        "claims.csv:2: period: found a stock of the end of 2025, said on 2025-06-26 — write the month .* 2025-06$",
    ),
    (
        "identities.csv",
        "again = projects",
        "agin = projects",
        "identities.csv:2: formula: found 'agin = projects' — write one that can be worked out .'agin' is neither",
    ),
    ("identities.csv", "again = projects", "again = dated", "the claim 'dated' has no number"),
    ("identities.csv", "gdp / projects", "twice_ / projects", "'twice_' is neither a claim nor a named result"),
    ("identities.csv", "mean := gdp / projects", "mean := mean / projects", "'mean' leads back to itself"),
    ("identities.csv", "again = projects", "again = gdp", "identities.csv:2: formula: .* they have unlike units"),
    ("identities.csv", "again = projects", "again projects", "write exactly one of :="),
]


@pytest.mark.parametrize(("file", "there", "instead", "line"), CASES)
def test_what_is_wrong_is_refused_in_one_line(pressed, file, there, instead, line):
    content = (pressed / file).read_text()
    assert content.count(there) >= 1
    (pressed / file).write_text(content.replace(there, instead, 1))
    faults = [str(fault) for fault in package.check(pressed)]
    assert [fault for fault in faults if re.search(line, fault)], faults
    assert not any("\n" in fault for fault in faults)
    with pytest.raises(DataError):
        package.read(file.removesuffix(".csv"), pressed)


def test_formulas_are_not_judged_on_claims_that_are_refused(pressed):
    content = (pressed / "claims.csv").read_text()
    (pressed / "claims.csv").write_text(content.replace("148个,", "一四八,"))
    assert {fault.file for fault in package.check(pressed)} == {"data/claims.csv"}
