"""The page of the changes: what a release keeps of itself, and what it is told to have changed."""

from __future__ import annotations

import csv
import json
import re

from hypothesis import given
from hypothesis import strategies as st
from two_pages import LIMIT, gdp, made, soup

from wuhan.evidence import claims, package
from wuhan.site import changes, ledger, library, release, tables
from wuhan.site import pages as site
from wuhan.text import prose


def test_the_first_release_says_that_there_is_none_before_it(tmp_path, monkeypatch):
    page = drawn(tmp_path, monkeypatch, None, NOW)
    version = tables.descriptor(package.DATA)["version"]
    assert f"Version {version} is the first: there is no release before it" in page.get_text()
    assert page.find("table") is None


def test_the_last_release_is_kept_with_the_pages():
    raw = release.FILE.read_bytes()
    assert len(raw) < 500_000
    assert release.written(json.loads(raw)) == raw


def test_the_log_is_a_level_deeper_without_its_title_and_inert():
    log = "# Changelog\n\nAll.\n\n## 0.2.0\n\n- <script>x</script> b\n\n  `## a`\n\n### Data\n\nMore.\n"
    html = changes.history(log)
    assert re.findall(r"<h\d", html) == ["<h3", "<h4"]
    assert "Changelog" not in html and "script" not in html
    assert "<code>## a</code>" in html


YICAI = "Yicai (第一财经), via Eastmoney Guba"
BEFORE = {
    "version": "0.1.0",
    "headlines": {"10_gdp": "GDP grew by 5%.", "90_gone": "It was."},
    "verdicts": {"p000_a": "agrees", "p000_b": "differs"},
    "tables": {
        "gdp": {"rows": 3, "sha256": "a"},
        "old": {"rows": 1, "sha256": "b"},
        "same": {"rows": 1, "sha256": "c"},
    },
    "numbers": {
        "gdp_nominal": {"wuhan actual latest press_000": "2019=1 2 3"},
        "gone": {"nowhere actual  press_000": "2020=9:over"},
    },
}
NOW = {
    "version": "0.2.0",
    "headlines": {"10_gdp": "GDP grew by 6%."},
    "verdicts": {"p000_a": "agrees", "p000_b": "agrees", "p000_c": "target"},
    "tables": {"gdp": {"rows": 4, "sha256": "d"}, "same": {"rows": 1, "sha256": "c"}},
    "numbers": {"gdp_nominal": {"wuhan actual latest press_000": "2019=1 2.5 3 4:about"}},
}


def test_a_comparison_tells_what_was_changed_removed_and_added():
    found = changes.compare(BEFORE, NOW)
    assert found.version == "0.1.0"
    assert [(each.key[0], each.key[-1], each.before, each.now) for each in found.numbers] == [
        ("gdp_nominal", "2020", "2", "2.5"),
        ("gone", "2020", "9:over", ""),
        ("gdp_nominal", "2022", "", "4:about"),
    ]
    assert [(each.key, each.before, each.now) for each in found.headlines] == [
        ("10_gdp", "GDP grew by 5%.", "GDP grew by 6%."),
        ("90_gone", "It was.", ""),
    ]
    assert [(each.key, each.before, each.now) for each in found.verdicts] == [
        ("p000_b", "differs", "agrees"),
        ("p000_c", "", "target"),
    ]
    assert [each.key for each in found.tables] == ["gdp", "old"]
    same = changes.compare(NOW, NOW)
    assert (same.numbers, same.headlines, same.verdicts, same.tables) == ([], [], [], [])


def drawn(tmp_path, monkeypatch, before: dict, now: dict):
    """The page of changes between two made states."""
    monkeypatch.setattr(release, "read", lambda path=None: before)
    monkeypatch.setitem(library.ALONE, "release", lambda data: now)
    monkeypatch.setattr(release, "headlines", lambda notebooks: now["headlines"])
    site.report({"en": made(tmp_path)}, tmp_path / "out")
    return soup(tmp_path / "out" / "changes.html")


def test_the_page_lists_what_changed_since_the_last_release(tmp_path, monkeypatch):
    page = drawn(tmp_path, monkeypatch, BEFORE, NOW)
    assert page.find(id="since").text == "What changed since release 0.1.0?"
    headlines, verdicts, numbers, changed = page.find_all("table")
    cells = [[cell.text for cell in row.find_all(["th", "td"])] for row in numbers.tbody.find_all("tr")]
    assert cells == [
        ["GDP at current prices, Wuhan", "2020, latest", "2 100 million yuan", "2.5 100 million yuan", YICAI],
        ["gone, nowhere", "2020", "9 (over)", "none", YICAI],
        ["GDP at current prices, Wuhan", "2022, latest", "none", "4 100 million yuan (about)", YICAI],
    ]
    assert not re.search(r"\b[a-z]+_[0-9]+\b", numbers.text), "an id where a publisher should stand"
    assert "Changed: 1. Removed: 1. Added: 1." in page.text
    assert headlines.find("a", href="10_gdp.html").text == "How large is it?"
    assert [cell.text for cell in headlines.find_all("tr")[2].find_all(["th", "td"])] == ["90_gone", "It was.", "none"]
    assert [cell.text for cell in verdicts.find_all("tr")[1].find_all(["th", "td"])] == ["p000_b", "differs", "agrees"]
    assert [cell.text for cell in changed.find_all("tr")[2].find_all(["th", "td"])] == ["old", "1", "none"]


def test_a_page_of_many_changes_stays_small_and_counts_the_rest(tmp_path, monkeypatch):
    years = " ".join(["1000=1", *["7"] * 999])
    page = drawn(tmp_path, monkeypatch, NOW, NOW | {"numbers": {"gdp_nominal": {"wuhan actual latest a": years}}})
    assert (tmp_path / "out" / "changes.html").stat().st_size < LIMIT
    assert "Changed: 0. Removed: 4. Added: 1000. The last 754 are not listed." in page.text


def test_a_release_that_changes_nothing_says_so(tmp_path, monkeypatch):
    page = drawn(tmp_path, monkeypatch, NOW, NOW)
    assert page.find("table") is None
    for thing in ("headline", "verdict", "observation", "table"):
        assert f"No {thing} has changed" in page.text


period = st.one_of(st.integers(1990, 2040).map(str), st.sampled_from(["2020-03", "2020-01/2020-06", "2020-06-26"]))
key = st.tuples(
    *(st.sampled_from(["a", "b_2"]) for _ in range(2)),
    st.sampled_from(["actual", "target"]),
    st.sampled_from(["", "latest"]),
    st.sampled_from(["s", "t"]),
    period,
)


@given(st.dictionaries(key, st.sampled_from(["1", "-2.5", "0.1:over", "3:at_least"]), max_size=40))
def test_packed_numbers_come_back_as_they_were(rows):
    assert release.numbers({"numbers": release._packed(rows)}) == rows


def test_the_state_of_a_release_is_small_whole_and_the_same_every_time(tmp_path):
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    made(notebooks)
    state = release.state(package.DATA, notebooks)
    raw = release.written(state)
    assert len(raw) < 500_000
    assert raw == release.written(release.state(package.DATA, notebooks))
    (tmp_path / "release.json").write_bytes(raw)
    assert release.read(tmp_path / "release.json") == state
    assert release.read(tmp_path / "none.json") is None
    assert state["headlines"] == {"10_gdp": str(prose.say("GDP was {gdp}.", gdp=gdp(2023)))}
    assert len(release.numbers(state)) == sum(len(package.read(table)) for table in package.observed())
    fact = gdp(2023)
    kept = release.numbers(state)["gdp_nominal", "wuhan", fact.status, "latest", fact.sources[0], "2023"]
    assert float(kept.partition(":")[0]) == fact.value
    assert state["verdicts"]["p000_signing_total_count"] in claims.VERDICTS
    assert state["tables"]["claims"]["rows"] == 316


def test_a_changed_cell_is_found_again_after_a_release(tmp_path, real):
    before = release.state(real, tmp_path)
    lines = (real / "gdp.csv").read_text("utf-8").split("\n")
    nth, cells = next(
        (nth, cells) for nth, cells in enumerate(csv.reader(lines)) if cells[:3] == ["wuhan", "gdp_nominal", "2023"]
    )
    lines[nth] = lines[nth].replace(f",{cells[3]},", ",12345.6,", 1)
    del lines[-2]
    (real / "gdp.csv").write_text("\n".join(lines), "utf-8")
    ledger.held.cache_clear()
    found = changes.compare(before, release.state(real, tmp_path))
    ledger.held.cache_clear()
    assert [(each.before.partition(":")[0], each.now) for each in found.numbers if each.now] == [(cells[3], "12345.6")]
    assert len(found.numbers) == 2
    assert [each.key for each in found.tables] == ["gdp"]


def test_a_claim_and_a_source_go_by_name(tmp_path, monkeypatch):
    claim = next(one.claim for one in claims.claims())
    before, now = BEFORE | {"verdicts": {claim: "differs"}}, NOW | {"verdicts": {claim: "agrees"}}
    page = drawn(tmp_path, monkeypatch, before, now)
    link = page.find("a", href=f"claims.html#{claim}")
    assert link.text and claim not in link.text
