"""What stands beside a report: editions for other cities that say something, and PDF files."""

from __future__ import annotations

from small_notebooks import code, markdown, write
from test_front import soup

from wuhan.site import beside, sweep
from wuhan.site import pages as site

SPEAKS, SILENT = '<div class="headline"><p>8%</p>', '<div class="headline" data-silent=""><p>None.</p>'


def put(build, way: str, text: str = SPEAKS) -> None:
    (build / way).parent.mkdir(parents=True, exist_ok=True)
    (build / way).write_text(text)


def test_only_editions_that_say_something_are_found_a_report_before_a_sweep(tmp_path):
    put(tmp_path, "report-city-chengdu/10_gdp.html")
    put(tmp_path, "sweep/chengdu/10_gdp.html")
    put(tmp_path, "sweep/hefei/10_gdp.html")
    put(tmp_path, "sweep/zh/hefei/10_gdp.html", SILENT)
    put(tmp_path, "sweep/since-2010/10_gdp.html")
    put(tmp_path, "pdf/en/10_gdp.pdf")
    found = beside.look(tmp_path, "wuhan", ["en", "zh"], "report")
    assert found.cities("", "10_gdp") == {
        "hefei": "../sweep/hefei/10_gdp.html",
        "chengdu": "../report-city-chengdu/10_gdp.html",
    }
    assert found.cities("zh/", "10_gdp") == {}
    assert (found.pdf("en", "10_gdp"), found.pdf("zh", "10_gdp")) == ("../pdf/en/10_gdp.pdf", "")


def test_a_page_that_takes_a_city_leads_to_the_others(tmp_path):
    took = code('city: str = "wuhan"  # a city', tags=["parameters"])
    notebooks = [write(tmp_path, "10_gdp", took), write(tmp_path, "20_other", code("read()"))]
    others = beside.Beside("wuhan", {("", stem): {"hefei": f"../x/{stem}.html"} for stem in ("10_gdp", "20_other")})
    site.report({"en": notebooks}, tmp_path / "out", beside=others)
    found = {stem: soup(tmp_path / "out" / f"{stem}.html").select(".places a") for stem in ("10_gdp", "20_other")}
    assert [(link.text, link["href"]) for link in found["10_gdp"]] == [("Hefei", "../x/10_gdp.html")]
    assert found["20_other"] == []


def test_pages_of_a_sweep_lead_to_its_other_cities(tmp_path):
    took = code('city: str = "wuhan"  # a city', tags=["parameters"])
    said = code("say()", markdown("So."), tags=["headline"])
    path = write(tmp_path, "10_gdp", took, said)
    speaking = {"10_gdp": ["wuhan", "hefei"]}
    for code_, out, way in (("en", "a", "../hefei/10_gdp.html"), ("zh", "b", "../../zh/hefei/10_gdp.html")):
        sweep.pages([path], "wuhan", code_, ["en", "zh"], [], {"city": "wuhan"}, speaking, tmp_path / out)
        (link,) = soup(tmp_path / out / "10_gdp.html").select(".places a")
        assert link["href"] == way
    sweep.pages([path], "x", "en", ["en"], [], {"city": "wuhan", "first_year": "2010"}, speaking, tmp_path / "c")
    assert not soup(tmp_path / "c" / "10_gdp.html").select(".places")
