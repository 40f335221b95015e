"""A notebook refuses parameters that it cannot use by itself: with stock papermill, in JupyterLab, anywhere."""

import datetime
import json
import re
import subprocess
import sys

import pytest
import tiny_project as tiny

from wuhan.evidence.faults import DataError
from wuhan.execution import results
from wuhan.execution.project import ROOT, Project
from wuhan.text import language, parameters
from wuhan.text.parameters import ParameterError

PROJECT = Project()
CELL = """\
city: str = "wuhan"  # a city
first_year: int = 2010  # first year
last_year: int = 2024  # last year
peers: list[str] = ["chengdu"]  # cities
exclude: list = []  # none
include_targets: bool = True  # a flag
share: float = 0.5  # a part
language: str = "en"  # language
"""


@pytest.fixture
def data(tmp_path):
    yield tiny.make(tmp_path).data
    language.language("en")


def ran(*cells, **values):
    """The namespace of a notebook whose cells ran, the one with the check last; ``values`` stand beside its own."""
    names = {"In": ["", *cells, "parameters.use(globals())"]}
    for cell in cells:
        exec(cell, names)  # noqa: S102 - what a kernel does
    return names | values


def refused(data, *cells, **values):
    with pytest.raises(ParameterError) as caught:
        parameters.use(ran(*cells, **values), data)
    return str(caught.value).splitlines()


def test_cells_that_leave_no_history_are_judged_by_their_annotations(data):
    """As nbval runs them."""
    names = ran(CELL) | {"In": [""]}
    parameters.use(names, data)
    with pytest.raises(ParameterError, match="city: .nowhere. is not known"):
        parameters.use(names | {"city": "nowhere"}, data)
    with pytest.raises(ParameterError, match="last_year: .2024. is no whole number"):
        parameters.use(names | {"last_year": "2024"}, data)


def test_sound_parameters_pass_and_set_the_language(data):
    parameters.use(ran(CELL), data)
    assert language.language() == "en"
    parameters.use(ran(CELL, '# Parameters\nlanguage = "zh"\ncity = "chengdu"\nexclude = ["wuhan"]'), data)
    assert language.language() == "zh"
    with pytest.raises(ParameterError):
        parameters.use(ran(CELL, '# Parameters\nlanguage = "fr"'), data)
    assert language.language() == "zh"
    parameters.use(ran(CELL, "scratch = 5", share=1), data)  # a value of a reader's own is no parameter
    assert language.language() == "en"


PEERS = [
    ("wuhan", "", ["chengdu"]),
    ("chengdu", "", ["wuhan"]),
    ("chongqing", "", ["chengdu", "wuhan"]),
    ("chongqing", 'peers = ["chengdu"]', ["chengdu"]),  # as asked for
    ("chengdu", 'peers = ["chengdu", "chongqing"]', ["chongqing"]),
]


@pytest.mark.parametrize(("city", "asked", "peers"), PEERS)
def test_peers_are_others_and_wuhan_is_among_them(data, city, asked, peers):
    names = ran(CELL, f"# Parameters\ncity = '{city}'\n{asked}")
    for _again in range(2):
        parameters.use(names, data)
        assert names["peers"] == peers


def test_a_city_is_no_peer_of_its_own(data):
    said = ['peers: "chengdu" is the city itself — name another to compare it with']
    assert refused(data, CELL, "# Parameters\ncity = 'chengdu'\npeers = ['chengdu']") == said


CASES = {
    "citty = 'chengdu'": 'unknown parameter "citty" — did you mean "city"?',
    "zzz = 1": 'unknown parameter "zzz" — write one of city, exclude, first_year, include_targets',
    "city = 'nowhere'": 'city: "nowhere" is not known — write one of chengdu, chongqing, wuhan',
    "city = '成都'": 'city: "成都" is not known — write "chengdu"',
    "city = ['a', 'b']": "city: ['a', 'b'] is no text — write one word",
    "city = None": "city: None is no text — write one word",
    "city = 5": "city: 5 is no text — write one word",
    "language = 'fr'": 'language: "fr" is not known — write one of en, zh',
    "last_year = '2024'": 'last_year: "2024" is no whole number — write e.g. 2024',
    "last_year = '2024-01-01'": 'last_year: "2024-01-01" is no whole number — write e.g. 2024',
    "last_year = 2024.0": "last_year: 2024.0 is no whole number — write e.g. 2024",
    "last_year = float('nan')": "last_year: nan is no whole number — write e.g. 2024",
    "last_year = True": "last_year: True is no whole number — write e.g. 2024",
    "last_year = {'a': 1}": "last_year: {'a': 1} is no whole number — write e.g. 2024",
    "last_year = 2099": "last_year: 2099 is outside the data — write a year from 1998 to 2035",
    "last_year = 2009": "first_year 2010 is after last_year 2009 — change one of them",
    "peers = 'chengdu'": 'peers: "chengdu" is no list — write a list of words',
    "peers = ['chengdu', 5]": "peers: 5 is no text — write a list of words",
    "peers = ['chengdu', 'chengdu']": 'peers: "chengdu,chengdu" names one thing twice — write each once',
    "peers = []": 'peers: "" is not known — write one of chengdu, chongqing, wuhan',
    "peers = ['chengdoo']": 'peers: "chengdoo" is not known — did you mean "chengdu"?',
    "include_targets = 'true'": 'include_targets: "true" — write true or false',
    "share = '0.5'": 'share: "0.5" is no plain decimal — write e.g. 0.5',
}


@pytest.mark.parametrize(("source", "said"), CASES.items())
def test_whatever_papermill_injects_is_refused_in_one_line(data, source, said):
    (line,) = refused(data, CELL, f"# Parameters\n{source}\n")
    assert line.startswith(said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"wuhan"', '"nowhere"', 'city: "nowhere" is not known'),
        ("= 2024", '= "2024"', 'last_year: "2024" is no whole number — write e.g. 2020'),
        ("= 2010", "= 2030", "first_year 2030 is after last_year 2024"),
        ('"en"', '"fr"', 'language: "fr" is not known — write one of en, zh'),
        ('["chengdu"]', '"chengdu"', 'peers: "chengdu" is no list'),
    ],
)
def test_so_is_what_a_reader_types_into_the_cell_of_parameters(data, old, new, said):
    (line,) = refused(data, CELL.replace(old, new))
    assert line.startswith(said)
    (line,) = refused(data, CELL, "x = 1", CELL.replace(old, new))  # the cell was run twice: the last one counts
    assert line.startswith(said)


def test_everything_wrong_is_said_at_once(data):
    lines = refused(data, CELL, "# Parameters\ncitty = 1\ncity = 'x'\nlanguage = 'fr'")
    assert [line.partition(" ")[0] for line in lines] == ["unknown", "city:", "language:"]


def test_a_value_that_was_set_and_run_again_is_forgotten(data):
    language.language("zh")
    parameters.use(ran(CELL, "# Parameters\ncitty = 1", CELL), data)
    assert language.language() == "en"


def test_cells_run_out_of_order_are_told_where_to_begin(data):
    with pytest.raises(ParameterError, match="^the parameters are not set — run the notebook from its first cell$"):
        parameters.use({"In": ["", "parameters.use(globals())"]}, data)


def test_the_line_is_all_that_a_notebook_shows():
    """IPython asks an error for its own rendering: no traceback stands above the line."""
    assert ParameterError("one\ntwo")._render_traceback_() == ["one", "two"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b"\xff\xfe\x00"),
        lambda path: path.write_text("a,b\n1,2\n"),
    ],
)
def test_a_table_that_cannot_be_read_is_named(data, spoil):
    spoil(data / "places.csv")
    with pytest.raises(DataError, match="data/places.csv:1: .*restore it, then run `make check`"):
        parameters.use(ran(CELL), data)


@pytest.mark.parametrize("path", sorted(PROJECT.notebooks.glob("*.ipynb")), ids=lambda path: path.stem)
def test_every_notebook_declares_types_and_checks_before_it_reads_anything(path):
    first, *others = [results.text(cell["source"]) for cell in results.code_cells(results.load(path))]
    assert re.sub(r"^\w+: (str|int|float|bool|list\[str\]) = .+  # \w.*$\n?", "", first, flags=re.MULTILINE) == ""
    lines = "\n".join(others).splitlines()
    code = [line for line in lines if line.strip() and not line.startswith(("from ", "import "))]
    assert code[0] == "parameters.use(globals())"
    parameters.use(ran(first))


def test_stock_papermill_ends_in_the_line_that_make_gives(tmp_path):
    path, out = PROJECT.notebooks / "41_targets.ipynb", tmp_path / "out.ipynb"
    given = ["-p", "citty", "chengdu", "-p", "city", "nowhere", "-p", "language", "fr", "-r", "as_of", "2024"]
    command = [sys.executable, "-m", "papermill", "--no-progress-bar", str(path), str(out), *given]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 1
    made = subprocess.run(
        [
            sys.executable,
            "-m",
            "wuhan",
            "report",
            "-p",
            "citty",
            "chengdu",
            "-p",
            "city",
            "nowhere",
            "-p",
            "language",
            "fr",
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    unknown, city, spoken = made.stderr.splitlines()
    told = done.stderr.strip().splitlines()
    assert told[-3:] == [city, 'as_of: "2024" is no whole number — write e.g. 2028', spoken]
    assert told[-4].startswith('unknown parameter "citty" — did you mean "city"?') and unknown == told[-4]
    (error,) = [
        output
        for cell in json.loads(out.read_text())["cells"]
        for output in cell.get("outputs", [])
        if output["output_type"] == "error"
    ]
    assert error["traceback"] == told[-4:]


def test_dates_of_yaml_are_no_years(data):
    (line,) = refused(data, CELL, last_year=datetime.date(2024, 1, 1))
    assert line == "last_year: datetime.date(2024, 1, 1) is no whole number — write e.g. 2024"
