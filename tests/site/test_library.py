"""The pages of the evidence: all sources, claims and tables are there, links lead somewhere, markup is inert."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from small_notebooks import write
from test_site import ATTACKS, Tags
from two_pages import LIMIT, each_page, entries, made, soup

from wuhan.evidence import package
from wuhan.site import book, ledger, library, sources, tables
from wuhan.site import pages as site

HAN = "\u4e00-\u9fff"


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


def tags(path: Path) -> list[tuple[str, dict]]:
    """Every tag of a page with its attributes: much less work than a tree of it, and there are many pages."""
    return Tags(path.read_text("utf-8")).found


def test_headings_are_in_order(built):
    for path in each_page(built):
        levels = [int(tag[1]) for tag, _attributes in tags(path) if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_have_heads_and_names(built):
    for path in (home / file for home in (built, built / "zh") for file in library.FILES):
        for table in soup(path).select("table:not(.facts table)"):  # the numbers of a page are a list
            region = table.parent
            assert (region["tabindex"], region["role"], bool(region["aria-label"])) == ("0", "region", True)
            assert all(head.get("scope") for head in table.find_all("th"))


def test_every_link_leads_somewhere(built):
    anchors, links = {}, []
    for path in each_page(built):
        ids, page = [], path.resolve()
        for tag, attributes in tags(path):
            ids += [attributes["id"]] if attributes.get("id") else []
            links += [(page, attributes["href"])] if tag in ("a", "link") and "href" in attributes else []
        assert len(ids) == len(set(ids)), path.name
        anchors[page] = set(ids)
    lines = {path.resolve(): path.read_text("utf-8").count("\n") for path in (built / "data").glob("*.csv")}
    for page, href in dict.fromkeys(links):
        address, _hash, anchor = href.partition("#")
        if re.match("https?://", address):
            continue
        target = (page.parent / address).resolve() if address else page
        assert target.exists(), (page.name, href)
        if target in lines and anchor:
            assert 1 < int(anchor.removeprefix("line=")) <= lines[target]
        elif anchor:
            assert anchor in anchors[target], (page.name, href)


def test_the_log_stands_on_the_page_in_its_language(built):
    log = (package.ROOT / "CHANGELOG.md").read_text("utf-8")
    versions = re.findall("^## ([0-9.]+)", log, re.MULTILINE)
    for home, chinese in ((built, False), (built / "zh", True)):
        shown = soup(home / "changes.html").find(class_="log")
        assert [head.text.split()[0] for head in shown.find_all("h3")] == versions
        assert len(shown.find_all("li")) == len(re.findall("^- ", log, re.MULTILINE))
        assert all(bool(re.search(f"[{HAN}]", item.text)) == chinese for item in shown.find_all("li"))


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
