"""What everyday tools leave in a folder is passed over; everything else is content."""

from __future__ import annotations

import pytest
from tiny_package import FILES

from wuhan.evidence import package
from wuhan.evidence.files import content, litter

LITTER = [
    ".ipynb_checkpoints/gdp-checkpoint.csv",
    "~$gdp.xlsx",
    ".~lock.gdp.csv#",
    "gdp.csv~",
    ".gdp.csv.swp",
    "._gdp.csv",
    "Thumbs.db",
    "desktop.ini",
    "Desktop.ini",
    ".DS_Store",
    "#gdp.csv#",
    ".#gdp.csv",
    ".hidden.csv",
    ".Trash-1000/old.csv",
    "__MACOSX/gdp.csv",
    "~gdp.csv",
    "gdp.csv.orig",
    "gdp.csv.bak",
    ".idea/x.csv",
    "__pycache__/x.csv",
]
CONTENT = [
    "gdp (1).csv",
    "gdp-Copy1.csv",
    "old/gdp.csv",
    "GDP.CSV",
    "gdp_BASE_123.csv",
    "gdp.xlsx",
    "gdp.ods",
    "more.tsv",
]


@pytest.mark.parametrize("name", LITTER)
def test_litter_in_data_is_passed_over(tiny, name):
    path = tiny / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(FILES["gdp.csv"])
    assert package.check(tiny) == []


@pytest.mark.parametrize("name", CONTENT)
def test_a_table_that_nothing_describes_is_told(tiny, name):
    path = tiny / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(FILES["gdp.csv"])
    [fault] = package.check(tiny)
    assert fault.file == f"{tiny.name}/{name}" and fault.found == "a table that nothing describes"


def test_the_folder_itself_may_have_any_name(tmp_path):
    folder = tmp_path / ".hidden" / "work~"
    folder.mkdir(parents=True)
    (folder / "12_city_ranking.ipynb").touch()
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "12_city_ranking-checkpoint.ipynb").touch()
    assert [path.name for path in content(folder, "**/*.ipynb")] == ["12_city_ranking.ipynb"]


@pytest.mark.parametrize(
    "name", ["12_city_ranking.ipynb", "10_gdp-growth.png", "gdp.csv", "Untitled.ipynb", "#", "a~b.csv"]
)
def test_content_is_no_litter(name):
    assert not litter(name)
