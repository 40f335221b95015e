"""What pages say of themselves: the same for the same data, true to the log, the citation file and the tables."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as etree

from small_notebooks import code, markdown, picture, report, write
from test_front import soup

from wuhan.evidence import package
from wuhan.site import colophon, feed
from wuhan.text import language

ATOM = "{http://www.w3.org/2005/Atom}"
TOLD = colophon.read(package.DATA, package.ROOT)


def test_the_day_is_that_of_the_newest_publication_and_the_version_that_of_the_data():
    days = [day for day in package.read("sources")["published"] if re.fullmatch(r"\d{4}-\d\d-\d\d", day)]
    assert TOLD.day == max(days)
    assert TOLD.version == json.loads((package.DATA / "datapackage.json").read_text("utf-8"))["version"]
    assert TOLD.version in TOLD.standing


def test_a_page_is_cited_with_title_version_and_day_and_bibtex_keeps_its_braces():
    said = TOLD.cite("How large {is} it?")
    assert "How large {is} it." in said and TOLD.version in said and TOLD.day in said
    entry = TOLD.bibtex("How large {is} it?", "10_gdp")
    assert entry.startswith("@misc{wuhan-in-numbers-10-gdp,") and entry.count("{") == entry.count("}")
    assert "title = {How large is it?}" in entry


def test_pages_tell_machines_what_they_are(tmp_path):
    said = code("say()", markdown("So </script> large."), tags=["headline"])
    report([write(tmp_path, "10_gdp", said, code("chart", picture()))], tmp_path / "out")
    page, front = soup(tmp_path / "out" / "10_gdp.html"), soup(tmp_path / "out" / "index.html")
    article, data = (json.loads(each.find("script", type="application/ld+json").string) for each in (page, front))
    assert (article["@type"], article["headline"]) == ("Article", "How large is it?")
    assert article["dateModified"] == TOLD.day and article["image"] == "figures/10_gdp-gdp.png"
    assert data["@type"] == "Dataset"
    assert {file["contentUrl"] for file in data["distribution"]} >= {"data/gdp.csv", "data/sources.csv"}
    assert page.find("meta", attrs={"name": "description"})["content"].startswith("So ")
    assert page.find("meta", property="og:type")["content"] == "article"
    assert page.find("details", class_="cite").pre.text.startswith("@misc{")
    assert front.find("link", type="application/atom+xml")["href"] == "feed.xml"


def test_the_feed_has_an_entry_for_each_release_of_the_log():
    log = (package.ROOT / "CHANGELOG.md").read_text("utf-8")
    versions = re.findall(r"^## ([0-9.]+) – ", log, re.MULTILINE)
    for spoken in ("en", "zh"):
        language.language(spoken)
        text = feed.written(package.ROOT, TOLD)
        assert text == feed.written(package.ROOT, TOLD)
        root = etree.fromstring(text)
        entries = root.findall(f"{ATOM}entry")
        assert [each.find(f"{ATOM}title").text.split()[-1].removeprefix("版本") for each in entries] == versions
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", each.find(f"{ATOM}updated").text) for each in entries)
        ids = [each.text for each in root.iter(f"{ATOM}id")]
        assert len(set(ids)) == len(ids)
    language.language("en")
