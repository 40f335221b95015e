"""The report on paper: tagged, in the bundled font, with Chinese that can be selected in its order."""

import os
import re
import sys

import pytest

from wuhan.execution import cli
from wuhan.execution.project import Project
from wuhan.site import pdf

PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>
<body><main id="main">
<h1>{title}</h1><p id="n1">Growth was 5.2%; see <a href="#n1">here</a> and <a href="10_gdp.html#q1">there</a>,
<a href="https://example.org/x">outside</a>.</p><p>{text}</p><img src="https://example.org/no.png" alt="none">
</main></body></html>
"""


@pytest.fixture
def report(tmp_path):
    for folder, language in (("", "en"), ("zh", "zh-CN")):
        home = tmp_path / "report" / folder
        home.mkdir(parents=True, exist_ok=True)
        for name, title in (("index", "What is known?"), ("10_gdp", "How large?"), ("search", "Search")):
            page = PAGE.format(language=language, title=title, text="武汉地区生产总值为2.1万亿元。")
            (home / f"{name}.html").write_text(page, encoding="utf-8")
    return tmp_path / "report"


@pytest.fixture
def pango():
    try:
        pdf._weasyprint()
    except pdf.NoPango as error:
        if os.environ.get("CI") or os.environ.get("WUHAN_BROWSER_REQUIRED"):
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))


def test_every_page_and_the_whole_are_printed(report, tmp_path, pango):
    from pypdf import PdfReader

    written = pdf.write(report, tmp_path / "pdf")
    names = [path.relative_to(tmp_path / "pdf").as_posix() for path in written]
    assert names == [f"{code}/{name}.pdf" for code in ("en", "zh") for name in ("wuhan-in-numbers", "index", "10_gdp")]
    for path in written:
        document = PdfReader(path)
        assert document.root_object["/MarkInfo"]["/Marked"]
        text = "".join(page.extract_text() for page in document.pages)
        assert text.count("武汉地区生产总值为2.1万亿元。") == (2 if path.stem == "wuhan-in-numbers" else 1)
        fonts = [font.get_object() for page in document.pages for font in page["/Resources"]["/Font"].values()]
        assert {font["/BaseFont"].partition("+")[2].partition("-")[0] for font in fonts} == {"Report"}
    whole = PdfReader(written[0])
    assert len(whole.pages) >= 2
    first = written[0].read_bytes()
    pdf.write(report, tmp_path / "again")
    assert (tmp_path / "again" / "en" / "wuhan-in-numbers.pdf").read_bytes() == first


def test_links_between_pages_stay_inside_the_whole(report):
    html = pdf.whole([report / "index.html", report / "10_gdp.html"])
    assert re.findall(r'href="([^"]*)"', html) == [
        "#index-n1",
        "#10_gdp-q1",
        "https://example.org/x",
        "#10_gdp-n1",
        "#10_gdp-q1",
        "https://example.org/x",
    ]
    assert re.findall(r'id="([^"]*)"', html) == ["index-main", "index-n1", "10_gdp-main", "10_gdp-n1"]


def test_without_pango_one_line_says_what_to_install(monkeypatch, capsys, tmp_path, report):
    class Lacking:
        def find_spec(self, name, path=None, target=None):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Lacking(), *sys.meta_path])
    (tmp_path / "build").mkdir()
    report.rename(tmp_path / "build" / "report")
    assert cli.main(["pdf"], root=tmp_path) == 5
    assert capsys.readouterr().err == (
        "no PDF: pango is not installed — on Debian and Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0; "
        "the pages stand without it\n"
    )
    assert (tmp_path / "build" / "report" / "index.html").exists()


def test_without_a_report_the_command_says_so(tmp_path, capsys):
    assert cli.main(["pdf"], root=Project(tmp_path).root) == 2
    assert capsys.readouterr().err == "build/report/ holds no report — run `make report` first\n"


def test_pages_of_other_parameters_are_printed_beside_the_default_ones(tmp_path, capsys, report, pango):
    from pypdf import PdfReader

    pages = tmp_path / "build" / "report-city-chengdu-language-zh"
    pages.parent.mkdir()
    (report / "zh").rename(pages)
    stamped = (pages / "index.html").read_text("utf-8").replace("<main", "<p>city=chengdu language=zh</p><main")
    (pages / "index.html").write_text(stamped, encoding="utf-8")
    assert cli.main(["pdf", "--params", "city=chengdu language=zh"], root=tmp_path) == 0
    assert capsys.readouterr().out == "build/pdf-city-chengdu-language-zh/: 3 files\n"
    for name in (pdf.WHOLE, "index"):
        document = PdfReader(tmp_path / "build" / "pdf-city-chengdu-language-zh" / "zh" / f"{name}.pdf")
        assert "city=chengdu language=zh" in document.pages[0].extract_text()
    assert cli.main(["pdf", "--params", "city=xian"], root=tmp_path) == 2
    assert capsys.readouterr().err == (
        'build/report-city-xian/ holds no report — run `make report PARAMS="city=xian"` first\n'
    )


def test_the_last_good_files_stay_until_all_are_written(report, tmp_path, pango):
    out = tmp_path / "pdf"
    pdf.write(report, out)
    kept = {path: path.read_bytes() for path in sorted(out.rglob("*.pdf"))}
    (report / "zh" / "10_gdp.html").write_bytes(b"\xff")
    with pytest.raises(UnicodeDecodeError):
        pdf.write(report, out)
    assert {path: path.read_bytes() for path in sorted(out.rglob("*.pdf"))} == kept
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pdf", "report"]


def test_the_bundled_font_is_that_of_drawings_too():
    from wuhan.charts.vector import FONTS

    assert f'font-family: "{FONTS.split(",")[0]}"' in pdf.style()
