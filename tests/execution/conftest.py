"""A report without kernels and pages, for the tests of what runs again."""

import sys
import types

import pytest
import tiny_project as tiny
from small_report import shown, stand_in

from wuhan.evidence import package
from wuhan.execution import collection, runner


@pytest.fixture
def site(monkeypatch):
    """Pages that are only the names of the notebooks, and a check of the data that finds nothing."""
    fake = types.ModuleType("wuhan.site.pages")
    fake.ReportError = type("ReportError", (ValueError,), {})
    fake.calls = []

    def report(editions, out, asked, kept, absent, beside, each):
        fake.absent = absent
        fake.calls.append([path.stem for path in editions["en"]])
        fake.editions, fake.asked = {code: list(paths) for code, paths in editions.items()}, asked
        out.mkdir()
        (out / "index.html").write_text("\n".join(fake.calls[-1]))

    fake.report, fake.prepared = report, []
    fake.prepare = lambda path, code, kept: fake.prepared.append((path.stem, code))
    fake.prepare_data = lambda codes, kept: None
    monkeypatch.setattr(collection, "LANGUAGES", ("en",))
    monkeypatch.setitem(sys.modules, "wuhan.site.pages", fake)
    monkeypatch.setattr("wuhan.site.pages", fake, raising=False)
    fake.checks, fake.faults = [], []
    monkeypatch.setattr(package, "check", lambda data: fake.checks.append(data) or fake.faults)
    return fake


@pytest.fixture
def quick(made, site, monkeypatch):
    """A report of two notebooks, run by a stand-in for kernels; gives the project with what it holds when whole."""
    monkeypatch.setattr(runner, "run", stand_in)
    for name in ("10_good", "20_more"):
        tiny.sound(made, name)
    assert collection.report(made, []) == 0
    return made, shown(made)
