"""The pages of the evidence: all sources, claims and tables are there, links lead somewhere, markup is inert."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import pytest
from test_site import ATTACKS, Tags, code, write

from wuhan.evidence import claims, observations, package, witnesses
from wuhan.evidence.facts import add
from wuhan.site import book, colophon, ledger, library, rowpages, search, sources, tables
from wuhan.site import pages as site
from wuhan.site.book import Block, Page
from wuhan.site.numbers import Number, Numbers
from wuhan.text import prose

LIMIT = 160_000  # bytes of a page, with the notes of the editors
FEW, EACH = 339, 320  # publications that the page of sources was measured with, and what each more takes without links
HAN = "\u4e00-\u9fff"


def gdp(year):
    return observations.observe(package.read("gdp"), "wuhan", "gdp_nominal", str(year), vintage="latest")


def sentence(template: str, **values) -> dict:
    return {"data": prose.say(template, **values)._repr_mimebundle_()}


def made(folder: Path) -> list[Path]:
    """Two notebooks: one states numbers and lists sources, the other has neither."""
    listed = prose.sources(gdp(2023), "010b_2019")
    first = write(
        folder,
        "10_gdp",
        code("say()", sentence("GDP was {gdp}.", gdp=gdp(2023)), tags=["headline"]),
        code("say()", sentence("Two years gave {sum}.", sum=add(gdp(2022), gdp(2023)))),
        "## Who is *ahead*?\n\nThe answer is <b>growth</b>.",
        code("sources()", {"data": listed._repr_mimebundle_()}),
    )
    return [first, write(folder, "20_projects", "Text.", title="# How many projects?")]


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A report of two pages in both languages."""
    folder = tmp_path_factory.mktemp("library")
    notebooks = made(folder)
    site.report({"en": notebooks, "zh": notebooks}, folder / "out")
    return folder / "out"


def soup(path: Path):
    from bs4 import BeautifulSoup

    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def each_page(built: Path) -> list[Path]:
    return sorted(built.rglob("*.html"))


def test_every_page_of_the_evidence_is_there_in_both_languages_and_small(built):
    for home in (built, built / "zh"):
        for file, name in library.FILES.items():
            page = soup(home / file)
            assert (home / file).stat().st_size < LIMIT
            assert len(page.find_all("h1")) == 1
            assert page.find("a", attrs={"aria-current": "page"})["href"] == file
            if home == built:
                assert page.h1.text == name
                assert page.find(class_="lead").text == library.LEADS[file]


def test_headings_are_in_order_and_tables_have_heads_and_names(built):
    for path in each_page(built):
        page = soup(path)
        levels = [int(each.name[1]) for each in page.find_all(re.compile("^h[1-6]$"))]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        if path.name in library.FILES:
            for table in page.select("table:not(.facts table)"):  # the numbers of a page are a list
                region = table.parent
                assert (region["tabindex"], region["role"], bool(region["aria-label"])) == ("0", "region", True)
                assert all(head.get("scope") for head in table.find_all("th"))


def test_every_link_leads_somewhere(built):
    anchors = {path.resolve(): {tag["id"] for tag in soup(path).find_all(id=True)} for path in each_page(built)}
    lines = {path.resolve(): path.read_text("utf-8").count("\n") for path in (built / "data").glob("*.csv")}
    for path in each_page(built):
        ids = [tag["id"] for tag in soup(path).find_all(id=True)]
        assert len(ids) == len(set(ids)), path.name
        for tag in soup(path).find_all(["a", "link"], href=True):
            address, _hash, anchor = tag["href"].partition("#")
            if re.match("https?://", address):
                continue
            target = (path.parent / address).resolve() if address else path.resolve()
            assert target.exists(), (path.name, tag["href"])
            if target in lines and anchor:
                assert 1 < int(anchor.removeprefix("line=")) <= lines[target]
            elif anchor:
                assert anchor in anchors[target], (path.name, tag["href"])


# Sources


def test_every_source_that_the_pages_use_has_a_row_with_its_address_and_the_rows_that_rest_on_it(built):
    page = soup(built / "sources.html")
    known = package.read("sources").set_index("source_id")
    rows = {row["id"]: row for row in page.find_all("tr", id=True)}
    cited = {link["href"].partition("#")[2] for link in soup(built / "10_gdp.html").select('a[href^="sources.html#"]')}
    assert cited <= set(rows) < set(known.index)
    assert f"{len(known) - len(rows)} more stand behind rows" in page.get_text()
    counted = dict.fromkeys(known.index, 0)
    for path in package.DATA.glob("*.csv"):
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        if path.stem != "sources":
            named = [column for column in ("source_id", "source_id_2") if column in frame]
            for cells in frame[named].to_numpy().tolist():
                for source in {cell for cell in cells if cell}:
                    counted[source] += 1
    for source, row in rows.items():
        assert int(row.find(class_="number").text) == counted[source]
        link = row.th.find("a")
        copied = known.read_as[source] == "copy"
        assert (link["href"] if link else "") == ("" if copied else known.address[source])
        assert ("Read in a copy." in row.th.get_text()) == copied
        assert row.th.get_text().startswith(known.publisher[source])
        assert " ".join(known.title[source].split()) in row.th.get_text()
    ways = ["Publisher", "Republisher", "Copy", "Repository", "Quoted", "Not known"]
    assert [grade.text for grade in page.find_all("dt")] == ["A", "B", "C", "D", *ways]
    told = [int(re.search("[0-9]+", each.span.text)[0]) for each in page.find_all("dd")]
    assert sum(told[:4]) == sum(told[4:]) == len(known)
    assert told[6] == (known.read_as == "copy").sum()


def test_no_link_of_any_page_leads_to_an_unrelated_host(built):
    sources = package.read("sources")
    copied = {urlsplit(address).netloc for address in sources["address"][sources["read_as"] == "copy"]}
    named = {urlsplit(address).netloc for address in sources["address"][sources["read_as"] != "copy"]}
    unrelated = copied - named - {""}
    assert len(unrelated) > 50
    for path in built.glob("*.html"):
        hosts = {urlsplit(tag["href"]).netloc for tag in soup(path).find_all("a", href=True)}
        assert hosts.isdisjoint(unrelated), path.name


def test_a_source_lists_the_numbers_that_rest_on_it_and_the_pages_that_name_it(built):
    page = soup(built / "sources.html")
    used = page.find("table")
    printed = gdp(2023).sources[0]
    links = used.find(id=printed).find_all("td")[-1].find_all("a")
    assert [link["href"] for link in links] == ["10_gdp.html#n1", "10_gdp.html#n2"]
    assert links[0].text.startswith("How large is it? ")
    (only,) = used.find(id="010b_2019").find_all("td")[-1].find_all("a")
    assert (only["href"], only.text) == ("10_gdp.html", "How large is it?")
    for number in soup(built / "10_gdp.html").find_all("a", class_="source"):
        assert used.find(id=number["href"].partition("#")[2])


def test_a_list_of_sources_is_known_again_in_each_language(tmp_path):
    try:
        for code_ in ("en", "zh"):
            prose.language(code_)
            dated, undated = "010b_2019", package.read("sources").query("published == ''")["source_id"].iloc[0]
            listed = prose.sources(dated, undated)._repr_mimebundle_()
            page = book.read(write(tmp_path, "10_gdp", code("sources()", {"data": listed})))
            assert {source["id"] for source in sources.page([page], package.DATA)["used"]} == {dated, undated}
            assert search._sections(page).entries == [("", "", "")]
    finally:
        prose.language("en")


def test_terms_are_told_where_they_are_not_the_usual_ones(built):
    page = soup(built / "sources.html")
    known = package.read("sources").set_index("source_id")["licence"]
    usual = known.mode()[0]
    assert f"these hold: {usual}." in page.get_text()
    terms = {row["id"]: row.th.find("i", class_="terms") for row in page.find_all("tr", id=True)}
    told = {source: found.text if found else usual for source, found in terms.items()}
    assert told == known[list(told)].to_dict()


def test_every_source_has_a_record_that_says_all_of_it_and_without_pages_a_row(built):
    known = package.read("sources")
    records = {way: soup(built / way) for way in {rowpages.source(each).partition("#")[0] for each in known.source_id}}
    for row in known.to_dict("records"):
        way, _hash, anchor = rowpages.source(row["source_id"]).partition("#")
        told = " ".join(records[way].find(id=anchor).get_text(" ").split())
        assert all(" ".join(row[column].split()) in told for column in ("source_id", "title", "trust", "note"))
    assert {source["id"] for source in sources.page([], package.DATA)["used"]} == set(known.source_id)


def numbered(file: str, ids: list[str], count: int) -> Page:
    """A page that states ``count`` numbers, each resting on all of these sources."""
    page = Page(file, title="How large is the economy of the city, and how fast has it grown since the census?")
    page.numbers = Numbers()
    for nth in range(count):
        row = Number(f"n{nth}", f"{nth:,} billion yuan", "1", "exact", "", "2024", "actual", "GDP", sources=ids)
        page.numbers.rows[str(nth)] = row
    return page


@pytest.mark.parametrize(("used", "links"), [(30, 6), (190, 1), (339, 0)])
def test_many_numbers_do_not_make_the_page_of_sources_large(used, links):
    every = list(package.read("sources")["source_id"])
    known = every[:used]
    found = sources.page([numbered(f"{nth}0_page", known, 30) for nth in range(30)], package.DATA)
    assert len(found["used"]) == used
    shell = {"edition": site.Edition("en", "", "", ()), "mark": "", "parts": {}, "library": {}, "file": "sources.html"}
    shell["about"] = colophon.about(colophon.read(package.DATA, package.ROOT), "sources.html", "Sources", "")
    template = site.templates().get_template("sources.html.j2")
    html = template.render(resources=shell | {"title": "Sources", "lead": ""} | found)
    room = LIMIT + EACH * max(0, len(every) - FEW) - 6_000  # what the contents of all pages take
    assert len(html.encode()) < room
    assert all(len(source["pages"]) == links and source["others"] == 30 - links for source in found["used"])
    assert f"{'More pages' if links else 'Pages'}: {30 - links}</p>" in html


def test_what_rests_on_a_source_most_directly_comes_first_and_what_is_left_out_is_counted():
    near, far = numbered("20_near", ["010b_2019"], 9), numbered("10_far", ["010b_2019", "press_000"], 9)
    found = sources.page([far, near], package.DATA)
    (row,) = [source for source in found["used"] if source["id"] == "010b_2019"]
    assert [links[0][0] for _title, links, _others in row["pages"]] == ["20_near.html#n0", "10_far.html#n0"]
    assert sum(len(links) for _title, links, _others in row["pages"]) == sources.MOST[0]
    assert sum(len(links) + others for _title, links, others in row["pages"]) == 18


# Claims


def test_the_ledger_is_whole_and_every_claim_stands_where_it_should(built):
    page = soup(built / "claims.html")
    held = claims.frame(claims.verdicts(claims.claims(), witnesses.evidence()))
    rows = page.tbody.find_parent("table").find_all("tr", id=True)
    assert [row["id"] for row in rows] == list(held["claim"])
    assert len(rows) == 316
    for row, claim in zip(rows, held.to_dict("records"), strict=True):
        assert row.parent["id"] == claim["source_id"]
        assert (row["data-theme"], row["data-verdict"]) == (claim["theme"], claim["verdict"])
        assert row.get("data-witness", "") == claim["witness"]
        line, text, *_rest = row.find_all("td")
        assert (int(line.text), text.contents[0]) == (claim["line"], claim["value_text"])
    assert [option["value"] for option in page.find(id="verdict").find_all("option")][1:] == [
        kind for kind in claims.VERDICTS if kind in set(held["verdict"])
    ]
    counts = claims.witnessed(ledger.held(package.DATA))
    assert [int(dd.text) for dd in page.find(id="rests").find_all("dd")] == [n for n in counts.values() if n]


def test_all_verdicts_can_be_downloaded_as_one_table(built):
    link = next(each for each in soup(built / "zh" / "claims.html").find_all("a", download=True))
    rows = list(csv.DictReader(io.StringIO((built / "zh" / link["href"]).read_text("utf-8"))))
    held = claims.frame(ledger.held(package.DATA))
    for name in ("claim", "line", "verdict", "witness"):
        assert [row[name] for row in rows] == list(map(str, held[name]))
    for row in rows:
        assert bool(row["figure"]) == bool(row["source"]) and (row["source"] or not row["row"])
        if row["row"]:
            file, _hash, line = row["row"].partition("#line=")
            assert (package.DATA / file).read_text("utf-8").split("\n")[int(line) - 1]


def test_a_claim_leads_to_the_row_that_it_was_held_against(built):
    held = {one.claim.claim: one for one in ledger.held(package.DATA)}
    read = {path.name: path.read_text("utf-8").split("\n") for path in package.DATA.glob("*.csv")}
    seen = 0
    for row in soup(built / "claims.html").find_all("tr", id=True):
        link = row.find_all("td")[-1].find("a")
        if link:
            table, line = re.fullmatch(r"rows-(\w+)-\d+\.html#r(\d+)", link["href"]).groups()
            (cells,) = csv.reader([read[f"{table}.csv"][int(line) - 1]])
            fact = held[row["id"]].against[0]
            if fact.row:
                assert all(key in cells for key in fact.row[1:])
            else:
                assert cells[:3] == [fact.place, fact.indicator, fact.period]
                assert float(cells[3]) == fact.value
            seen += 1
    assert seen >= 15


def test_without_a_script_all_claims_are_shown_and_no_control_is(built):
    page = soup(built / "claims.html")
    assert page.find(id="filters").has_attr("hidden")
    assert not page.find("table").find_all(attrs={"hidden": True})
    assert page.find(id="said")["role"] == "status"
    assert page.find(id="said").text == "316 claims."
    assert all(control.find_parent("label") for control in page.find_all(["input", "select"]))
    zh = soup(built / "zh" / "claims.html")
    assert zh.find("script")["src"] == "../site.js"
    assert len(zh.find_all("tr", id=True)) == 316


# Data


def test_each_table_is_there_for_excel_with_its_byte_order_mark(built):
    for home, root in (built, ""), (built / "zh", "../"):
        links = {link["href"] for link in soup(home / "data.html").find_all("a", download=True)}
        for path in package.DATA.glob("*.csv"):
            assert f"{root}data/excel/{path.name}" in links
            assert (built / "data" / "excel" / path.name).read_bytes() == b"\xef\xbb\xbf" + path.read_bytes()


@pytest.mark.parametrize(
    ("home", "file", "table", "key"),
    [
        ("", "sources.html", "sources", "source_id"),
        ("zh", "sources.html", "sources", "source_id"),
        ("", "claims.html", "claims", "claim"),
        ("zh", "claims.html", "claims", "claim"),
    ],
)
def test_what_the_editors_noted_is_shown_with_each_source_and_claim(built, home, file, table, key):
    frame = package.read(table).set_index(key)["note"]
    page = soup(built / home / file)
    noted = frame[frame != ""]
    assert len(noted) > 100
    for row, text in ((row, text) for row, text in noted.items() if page.find(id=row)):
        told = " ".join(text.split())
        shown = {" ".join(part.text.split()): part.get("lang") for part in page.find(id=row).find_all("i")}
        if home:
            assert shown and shown.get(told, "en") == "en", f"{row}: English that is not marked as such"
        else:
            assert told in shown, row


def test_the_tables_are_published_byte_by_byte(built):
    files = {path.name for path in (built / "data").iterdir() if path.is_file()}
    assert files == {path.name for path in package.DATA.glob("*.csv")} | {"datapackage.json"}
    for file in files:
        assert (built / "data" / file).read_bytes() == (package.DATA / file).read_bytes()


def test_each_table_is_described_with_its_columns_size_and_checksum(built):
    page = soup(built / "data.html")
    for resource in tables.descriptor(package.DATA)["resources"]:
        raw = (package.DATA / resource["path"]).read_bytes()
        heading = page.find("h2", id=resource["name"])
        assert heading.text == resource["title"]
        columns = heading.find_next("table")
        named = [head.text for head in columns.tbody.find_all("th")]
        assert named == raw.decode("utf-8").split("\n")[0].split(",")
        told = heading.find_next("p")
        assert f"{len(package.read(resource['name'])):,} rows, {len(raw):,} bytes" in told.text
        assert hashlib.sha256(raw).hexdigest() in heading.find_next(class_="sum").text
        for row, field in zip(columns.tbody.find_all("tr"), resource["schema"]["fields"], strict=True):
            assert field["description"] in row.text
            for word in field.get("constraints", {}).get("enum", []):
                assert word in row.text
        assert page.find("a", download=True, href=f"data/{resource['path']}")


def test_the_code_that_loads_a_table_gives_what_the_tables_hold(built, monkeypatch):
    monkeypatch.chdir(built)
    snippets = [block.text for block in soup(built / "data.html").select("details.code pre")]
    described = tables.descriptor(package.DATA)["resources"]
    for resource, python, r in zip(described, snippets[::2], snippets[1::2], strict=True):
        space: dict = {}
        exec(python, space)  # noqa: S102
        frame, ours = space[resource["name"]], package.read(resource["name"])
        assert len(frame) == len(ours)
        for field in resource["schema"]["fields"]:
            mine, theirs = ours[field["name"]], frame[field["name"]]
            assert mine.isna().tolist() == theirs.isna().tolist()
            assert mine.dropna().tolist() == theirs.dropna().tolist(), field["name"]
            numeric = field["type"] in tables.NUMERIC
            assert (f"as.numeric({resource['name']}${field['name']})" in r) == numeric
        assert r.startswith(f'{resource["name"]} <- read.csv("data/{resource["path"]}", colClasses = "character"')


def test_r_reads_the_same_rows(built):
    if not shutil.which("Rscript"):
        pytest.skip("R is not installed")
    for block in soup(built / "data.html").select("details.code pre")[1::2]:
        name = block.text.partition(" <-")[0]
        said = subprocess.run(
            ["Rscript", "-e", f"{block.text}\ncat(nrow({name}))"], cwd=built, capture_output=True, text=True, check=True
        )
        assert int(said.stdout) == len(package.read(name))


def test_no_cell_is_a_formula_to_a_spreadsheet_and_all_read_back_equal(built):
    """CWE-1236: no cell but a number begins with a sign that a spreadsheet takes for a formula."""
    for path in sorted((built / "data").glob("*.csv")):
        text = path.read_text("utf-8")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        for row in rows:
            for cell in row:
                number = re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell)
                assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
        back = io.StringIO(newline="")
        csv.writer(back, lineterminator="\n").writerows(rows)
        assert list(csv.reader(io.StringIO(back.getvalue(), newline=""))) == rows
        assert back.getvalue() == text


# Changes


def test_the_log_stands_on_the_page_in_its_language(built):
    log = (package.ROOT / "CHANGELOG.md").read_text("utf-8")
    versions = re.findall("^## ([0-9.]+)", log, re.MULTILINE)
    for home, chinese in ((built, False), (built / "zh", True)):
        shown = soup(home / "changes.html").find(class_="log")
        assert [head.text.split()[0] for head in shown.find_all("h3")] == versions
        assert len(shown.find_all("li")) == len(re.findall("^- ", log, re.MULTILINE))
        assert all(bool(re.search(f"[{HAN}]", item.text)) == chinese for item in shown.find_all("li"))


# Search


def index(path: Path) -> list:
    return json.loads(soup(path).find(id="index").string)


def entries(path: Path) -> dict[str, tuple[str, str, str]]:
    return {way + rest: (title, head, text) for way, title, parts in index(path) for rest, head, text in parts}


def test_the_index_holds_every_section_indicator_and_place(built):
    found = entries(built / "search.html")
    assert found["10_gdp.html#q1"] == ("How large is it?", "Who is ahead?", "The answer is growth.")
    title, heading, text = found["10_gdp.html"]
    assert (title, heading) == ("How large is it?", "")
    assert text.startswith(str(prose.say("GDP was {gdp}.", gdp=gdp(2023))))
    assert found["claims.html"][2] == library.LEADS["claims.html"]
    heads = [head for _way, _title, parts in index(built / "search.html") for _rest, head, _text in parts]
    for table in ("indicators", "places"):
        for row in package.read(table).itertuples():
            assert f"{row.name_en} · {row.name_zh}" in heads
    assert found["10_gdp.html#n1"][1].startswith(("GDP at current prices", "Wuhan"))
    zh = [head for _way, _title, parts in index(built / "zh" / "search.html") for _rest, head, _text in parts]
    assert "武汉市 · Wuhan" in zh


def test_lists_of_sources_are_left_to_their_page():
    html = "<h1>T</h1><ul><li>Bureau: <em>Report</em>, 2024 (trust A).</li><li>Kept (trusted).</li></ul>"
    page = Page("10_x", title="T", blocks=[Block("prose", html=html), Block("figure", text="A line rises.")])
    assert search._sections(page).entries == [("", "", "Kept (trusted).")]
    (figures,) = search._figures([page])
    assert [text for _way, _name, text in figures.entries] == ["A line rises."]


def test_long_texts_are_cut_until_the_index_fits():
    block = Block("prose", html=f"<p>{'growth 增长 ' * 2000}</p>")
    pages = [Page(f"{nth}0_x", title="T", blocks=[block]) for nth in range(30)]
    found = search.page(pages, {}, ["chengdu"], package.DATA)["index"]
    assert search.SPACE - 30_000 < len(found.encode()) <= search.SPACE
    texts = [part[2] for way, _title, parts in json.loads(found) if way.endswith("_x.html") for part in parts]
    assert len(texts) == 30 and all(text.endswith(("growth…", "增长…")) for text in texts)


def test_nothing_in_the_index_ends_it():
    block = Block("prose", html="<p>&lt;!--&lt;script&gt;</p>")
    page = Page("10_x", title="</script><script>alert(1)//", blocks=[block])
    found = search.page([page], {}, [], package.DATA)["index"]
    assert "<" not in found
    assert json.loads(found)[0][:2] == ["10_x.html", "</script><script>alert(1)//"]
    assert json.loads(found)[0][2][0][2] == "<!--<script>"


# What the data may hold


def attacked(folder: Path) -> Path:
    """A report of a project whose data and log hold markup wherever a text may stand."""
    root = package.ROOT
    shutil.copytree(root / "wuhan", folder / "wuhan", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(package.DATA, folder / "data")
    log = (root / "CHANGELOG.md").read_text("utf-8") + "".join(f"\n- {attack}\n" for attack in ATTACKS)
    (folder / "CHANGELOG.md").write_text(log, "utf-8")
    shutil.copyfile(root / "CITATION.cff", folder / "CITATION.cff")
    columns = {
        "sources": ("publisher", "title", "licence"),
        "claims": ("note", "value_text"),
        "indicators": ("definition", "name_en", "name_zh"),
        "organisations": ("name_en",),
    }
    for table, names in columns.items():
        path = folder / "data" / f"{table}.csv"
        with open(path, encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        free = [row for row in rows if table != "claims" or not row[head.index("unit")]]
        for at, name in enumerate(names):
            for row, attack in zip(free[at * len(ATTACKS) :], ATTACKS, strict=False):
                row[head.index(name)] = attack + ("" if name != "name_en" else f" {row[0]}")
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([head, *rows])
    about = tables.descriptor(folder / "data")
    for resource, attack in zip(about["resources"], ATTACKS, strict=False):
        resource["title"] = resource["description"] = resource["schema"]["fields"][0]["description"] = attack
    (folder / "data" / "datapackage.json").write_text(json.dumps(about, ensure_ascii=False, indent=1), "utf-8")
    notebook = write(folder, "10_gdp", "Text.")
    script = (
        "import sys; from pathlib import Path; from wuhan.site import pages as site; "
        "site.report({'en': [Path(sys.argv[1])]}, Path(sys.argv[2]))"
    )
    command = [sys.executable, "-c", script, str(notebook), str(folder / "out")]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "out"


def test_markup_in_the_data_is_inert_on_every_page_of_the_evidence(tmp_path):
    out = attacked(tmp_path)
    # the one file; JSON-LD of articles and of the front page; the two lists of the search
    scripts = {"10_gdp.html": 2, "20_projects.html": 2, "index.html": 2, "search.html": 3}
    for path in each_page(out):
        tags = Tags(path.read_text("utf-8")).found
        names = [tag for tag, _attributes in tags]
        assert names.count("script") == scripts.get(path.name, 1)
        assert not set(names) & {"img", "iframe", "form", "base", "style", "object", "svg", "embed"}
        assert 9 <= names.count("meta") <= 12 and names.count("b") == 0
        for _tag, attributes in tags:
            assert not [name for name in attributes if name.startswith("on") or name == "style"]
            assert "evil.example" not in str(attributes.get("src")) + str(attributes.get("href"))
            assert not re.match(r"\s*(javascript|data|vbscript):", attributes.get("href") or "")
    for file in ("rows-sources-1.html", "claims.html", "data.html"):
        text = soup(out / file).get_text()
        assert all(" ".join(attack.split()) in " ".join(text.split()) for attack in ATTACKS[:10]), file
    names = [head for _title, head, _text in entries(out / "search.html").values()]
    assert any("<script>window.PW=1</script>" in name for name in names)


def test_what_is_shown_of_the_tables_is_among_the_messages_to_translate():
    from wuhan.text import messages

    wanted = messages.collect(package.ROOT)
    assert set(package.read("sources")["licence"]) <= set(wanted)
    for resource in tables.descriptor(package.DATA)["resources"]:
        told = [resource["title"], resource["description"]]
        assert {*told, *(field["description"] for field in resource["schema"]["fields"])} <= set(wanted)
    for words in (library.FILES, library.LEADS, sources.TRUST, tables.TYPES):
        assert set(words.values()) <= set(wanted)


def test_two_builds_give_the_same_bytes(tmp_path):
    notebooks = made(tmp_path)
    for out in ("one", "two"):
        site.report({"en": notebooks, "zh": notebooks}, tmp_path / out)
    for path in each_page(tmp_path / "one"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


def test_reading_is_not_repeated_for_the_second_language():
    assert ledger.held(package.DATA) is ledger.held(package.DATA)
    assert book.plain("<p>a &amp; b</p>") == "a & b"
