"""Wrong requests are refused before a kernel starts, all at once, one line each."""

import json
import re
import subprocess
import sys

import pytest
import tiny_project as tiny

from wuhan.analysis import transform
from wuhan.evidence import witnesses
from wuhan.execution import cli, parameters
from wuhan.execution.project import ROOT, Project, RequestError
from wuhan.text.parameters import TRANSFORMATIONS, TRUST, VOCABULARIES


@pytest.fixture
def project(tmp_path):
    made = tiny.make(tmp_path)
    tiny.sound(made)
    return made


def refuse(project, *asked):
    with pytest.raises(RequestError) as caught:
        parameters.assign(project, project.find(), list(asked))
    return str(caught.value).splitlines()


def chosen(project, *asked):
    return parameters.assign(project, project.find(), list(asked))[0][1]


def declare(project, source, name="10_good"):
    tiny.write(project, name)
    path = project.notebooks / f"{name}.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"][1]["source"] = source
    path.write_text(json.dumps(notebook))
    return path


def test_a_value_with_blanks_stands_in_quotes():
    assert parameters.split('text="an article.txt" city=wuhan a="') == [
        ("text", "an article.txt"),
        ("city", "wuhan"),
        ("a", '"'),
    ]


def test_signature_is_read_with_types_and_comments(project):
    lines = ['city: str = "wuhan"  # place id', "below = -1.5", 'peers = [\n  "china",\n]  # compared', "all = True"]
    path = declare(project, "\n".join(lines))
    found = parameters.declared(path)
    assert [(each.name, each.default, each.comment) for each in found.values()] == [
        ("city", "wuhan", "place id"),
        ("below", -1.5, ""),
        ("peers", ["china"], "compared"),
        ("all", True, ""),
    ]


def test_a_path_may_have_any_signs_and_must_be_one(project):
    declare(project, 'text: str = "a.txt"  # path\nlanguage: str = "en"  # language')
    assert chosen(project, ("text", "/some/ordner/武汉 (1).txt")) == {"text": "/some/ordner/武汉 (1).txt"}
    (line,) = refuse(project, ("text", ""))
    assert line.startswith("text: ") and "write" in line


@pytest.mark.parametrize(
    "source",
    ["city = open('x')", "import os", "city = ", "city += 1", "a, b = 1, 2", "x", "city: str", "'", "city: set = 1"],
)
def test_parameters_cell_with_more_than_literals_is_refused(project, source):
    with pytest.raises(RequestError, match="10_good: a cell of parameters holds lines like name: str = value"):
        parameters.declared(declare(project, source))


def test_notebook_needs_exactly_one_parameters_cell(project):
    path = tiny.write(project, "11_two", tiny.code("city = 1", "parameters"))
    with pytest.raises(RequestError, match="11_two: 2 cells tagged parameters"):
        parameters.declared(path)


def test_values_take_the_type_of_the_default(project):
    lines = ['city = "wuhan"', "first_year = 2010", "share = 0.5", "include_targets = True", 'peers = ["chengdu"]']
    declare(project, "\n".join(lines))
    asked = [("city", "chengdu"), ("first_year", "1998"), ("share", "0.25"), ("include_targets", "false")]
    asked.append(("peers", "wuhan,chongqing"))
    assert chosen(project, *asked) == {
        "city": "chengdu",
        "first_year": 1998,
        "share": 0.25,
        "include_targets": False,
        "peers": ["wuhan", "chongqing"],
    }


def test_a_list_that_is_empty_by_default_may_stay_empty_and_takes_cities(project):
    declare(project, 'exclude = []\npeers = ["chengdu"]')
    assert chosen(project, ("exclude", "")) == {}  # its own value
    assert chosen(project, ("exclude", "chengdu,wuhan")) == {"exclude": ["chengdu", "wuhan"]}
    assert refuse(project, ("exclude", "chengdoo")) == ['exclude: "chengdoo" is not known — did you mean "chengdu"?']
    assert refuse(project, ("peers", ""))[0].startswith('peers: "" is not known')


@pytest.mark.parametrize("name", ["fit_from", "treated_year", "as_of"])
def test_years_of_a_method_lie_within_the_data(project, name):
    declare(project, f"{name} = 2020")
    assert chosen(project, (name, "2001")) == {name: 2001}
    assert refuse(project, (name, "1700")) == [f"{name}: 1700 is outside the data — write a year from 1998 to 2035"]


def test_each_notebook_gets_the_parameters_it_declares(project):
    tiny.sound(project, "20_other")
    declare(project, "last_year = 2024", "20_other")
    asked = [("city", "chengdu"), ("last_year", "2020")]
    assert parameters.assign(project, project.find(), asked) == [
        (project.notebooks / "10_good.ipynb", {"city": "chengdu", "last_year": 2020}),
        (project.notebooks / "20_other.ipynb", {"last_year": 2020}),
    ]


def test_no_request_leaves_every_default(project):
    assert chosen(project) == {}


CASES = [
    ("citty", "wuhan", 'unknown parameter "citty" — did you mean "city"?'),
    ("", "x", 'unknown parameter "" — write one of city, first_year, language, last_year'),
    ("x=1;open('pwned','w')#", "1", "unknown parameter \"x=1;open('pwned','w')#\" — write one of"),
    ("__class__", "1", 'unknown parameter "__class__" — write one of'),
    ("class", "1", 'unknown parameter "class" — write one of'),
    ("数据", "1", 'unknown parameter "数据" — write one of'),
    ("city\n\x1b[2J", "1", 'unknown parameter "city��[2J" — did you mean "city"?'),
    ("n" * 10_000, "1", f'unknown parameter "{"n" * 40}…" — write one of'),
    ("city", "chengdoo", 'city: "chengdoo" is not known — did you mean "chengdu"?'),
    ("city", "南武汉", 'city: "南武汉" is not known — write one of chengdu, chongqing, wuhan'),
    ("city", "成都", 'city: "成都" is not known — write "chengdu"'),
    ("city", "Chengdu", 'city: "Chengdu" is not known — write "chengdu"'),
    ("city", "china", 'city: "china" is not known — write one of'),
    ("city", "../escaped", 'city: "../escaped" is not known — write one of'),
    ("city", "", 'city: "" is not known — write one of'),
    ("city", "w" * 201, "city: 201 characters are too many — write at most 200"),
    ("language", "fr", 'language: "fr" is not known — write one of en'),
    ("first_year", "nan", 'first_year: "nan" is no whole number — write e.g. 2010'),
    ("first_year", "1e400", 'first_year: "1e400" is no whole number'),
    ("first_year", "012", 'first_year: "012" is no whole number'),
    ("first_year", "+2012", 'first_year: "+2012" is no whole number'),
    ("first_year", "２０１２", 'first_year: "２０１２" is no whole number'),
    ("first_year", "2012.0", 'first_year: "2012.0" is no whole number'),
    ("first_year", "1:30", 'first_year: "1:30" is no whole number'),
    ("first_year", "1700", "first_year: 1700 is outside the data — write a year from 1998 to 2035"),
    ("last_year", "2036", "last_year: 2036 is outside the data — write a year from 1998 to 2035"),
    ("last_year", "-5", "last_year: -5 is outside the data — write a year from 1998 to 2035"),
    ("last_year", "2009", "first_year 2010 is after last_year 2009 — change one of them"),
]


@pytest.mark.parametrize(("name", "value", "said"), CASES)
def test_refused_in_one_line(project, name, value, said):
    lines = refuse(project, (name, value))
    assert len(lines) == 1
    assert lines[0].startswith(said)


@pytest.mark.parametrize("value", ["True", "1", "on", "yes", ""])
def test_flags_take_two_words(project, value):
    declare(project, "include_targets = True")
    (line,) = refuse(project, ("include_targets", value))
    assert line == f'include_targets: "{value}" — write true or false'


@pytest.mark.parametrize("value", ["inf", "nan", ".5", "1e5", "1_000", "5."])
def test_decimals_are_plain(project, value):
    declare(project, "share = 0.5")
    assert refuse(project, ("share", value)) == [f'share: "{value}" is no plain decimal — write e.g. 0.5']


@pytest.mark.parametrize("value", ["a/b", "..", "x;y", "$(id)", "a\tb", "!!python/object/apply:os.system"])
def test_free_text_cannot_hold_a_path_or_a_command(project, value):
    declare(project, 'remark = "none"')
    (line,) = refuse(project, ("remark", value))
    assert line.endswith("write letters, digits, spaces, and , + - _ only")
    assert chosen(project, ("remark", "two words, 2-3")) == {"remark": "two words, 2-3"}


def test_vocabularies_come_from_the_tables(project):
    declare(project, 'event_type = "all"\nvintage = "latest"\nmin_trust = "B"\nplace = "wuhan"')
    good = [("event_type", "signing"), ("vintage", "first_release"), ("min_trust", "A"), ("place", "china")]
    assert chosen(project, *good) == dict(good)
    assert refuse(project, ("event_type", "signings"), ("min_trust", "E")) == [
        'event_type: "signings" is not known — did you mean "signing"?',
        'min_trust: "E" is not known — write one of A, B, C, D',
    ]
    assert TRUST == witnesses.TRUST


def test_kinds_of_instrument_are_those_of_the_policies():
    kinds = VOCABULARIES["instrument"](Project().data)
    assert {"voucher", "fund", "talent"} <= set(kinds) and "all" not in kinds


def test_several_places_and_a_transformation(project):
    declare(project, 'places = ["wuhan"]\ntransformation = "level"')
    asked = [("places", "china,chengdu"), ("transformation", "per_head")]
    assert chosen(project, *asked) == {"places": ["china", "chengdu"], "transformation": "per_head"}
    assert refuse(project, ("places", "china,武汉"), ("transformation", "growht")) == [
        'places: "武汉" is not known — write "wuhan"',
        'transformation: "growht" is not known — did you mean "growth"?',
    ]
    assert TRANSFORMATIONS == transform.TRANSFORMATIONS


def test_directions_of_the_future_industries_and_all_of_them(project):
    (project.data / "future_industries.csv").write_text("field,direction\na,future_energy\nb,future_health\n")
    declare(project, 'direction = "all"')
    assert chosen(project, ("direction", "future_health")) == {"direction": "future_health"}
    assert chosen(project, ("direction", "all")) == {}
    assert refuse(project, ("direction", "future_helth")) == [
        'direction: "future_helth" is not known — did you mean "future_health"?'
    ]


def test_everything_wrong_is_said_at_once(project):
    lines = refuse(project, ("citty", "x"), ("city", "chengdu"), ("city", "wuhan"), ("first_year", "old"))
    assert lines == [
        'unknown parameter "citty" — did you mean "city"?',
        "city is given twice — write it once",
        'first_year: "old" is no whole number — write e.g. 2010',
    ]


def test_words_of_a_request(project):
    assert parameters.split(" city=xian  last_year=2020 ") == [("city", "xian"), ("last_year", "2020")]
    assert parameters.split("") == []
    with pytest.raises(RequestError, match='^"chengdu" is no parameter — write name=value$'):
        parameters.split("chengdu first_year=2010")


@pytest.mark.parametrize("asked", [("city", "chengdu"), ("first_year", "2010"), ("vintage", "latest")])
@pytest.mark.parametrize("spoil", ["removed", "binary", "empty", "header alone"])
def test_tables_that_cannot_be_read_are_faults_of_the_data(project, capsys, asked, spoil):
    """The request is not blamed for them, and nothing is offered that nobody can write."""
    declare(project, 'city = "wuhan"\nfirst_year = 2010\nvintage = "latest"')
    for path in project.data.glob("*.csv"):
        header = path.read_bytes().partition(b"\n")[0]
        path.unlink()
        if spoil != "removed":
            path.write_bytes({"binary": b"\xff\xfe", "empty": b"", "header alone": header}[spoil])
    assert cli.main(["report", "-p", *asked], root=project.root) == 3
    said = capsys.readouterr().err
    assert re.fullmatch(r"data/(places|gdp|events|sources)\.csv:1: found .+ — restore it, then .+\n", said)


@pytest.mark.parametrize(
    ("asked", "name"),
    [([], "report"), ([("first_year", "2010"), ("city", "chengdu")], "report-city-chengdu-first_year-2010")],
)
def test_folder_of_a_request(asked, name):
    assert parameters.slug("report", asked) == name


@pytest.mark.parametrize("value", ["../../etc", "a/b", ".", "é" * 50, "x" * 190, "a b,c"])
def test_folder_name_is_plain_and_its_own(value):
    name = parameters.slug("report", [("remark", value)])
    assert name.replace("-", "").replace("_", "").isalnum()
    assert name.isascii()
    assert len(name) <= 100
    assert name != parameters.slug("report", [("remark", value + "x")])


def test_a_refusal_starts_nothing(project):
    command = "import sys; from pathlib import Path; from wuhan.execution import cli\n"
    command += "sys.exit(cli.main(sys.argv[2:], root=Path(sys.argv[1])))"
    asked = ["report", "-p", "citty", "x", "-p", "x=1;open('pwned','w')#", "1", "--params", "first_year=soon"]
    done = subprocess.run(
        [sys.executable, "-c", command, str(project.root), *asked],
        capture_output=True,
        text=True,
        cwd=project.root,
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 3
    assert not (project.root / "pwned").exists()
    assert not project.build.exists()


def test_sectors_are_those_of_the_named_projects_and_all_of_them(project):
    (project.data / "projects.csv").write_text("project,sector\np,batteries\nq,vehicles\n")
    (project.data / "event_sectors.csv").write_text("event,sector\ne,infrastructure\n")
    declare(project, 'sector = "all"')
    assert chosen(project, ("sector", "batteries")) == {"sector": "batteries"}
    assert chosen(project, ("sector", "all")) == {}
    assert refuse(project, ("sector", "batterys")) == ['sector: "batterys" is not known — did you mean "batteries"?']
    assert "infrastructure" not in VOCABULARIES["sector"](project.data)  # groups of events are other words


def test_every_parameter_of_the_collection_has_a_sound_default():
    project = Project()
    for path in sorted(project.notebooks.glob("*.ipynb")):
        signature = parameters.declared(path)
        assert 2 <= len(signature) <= 7, path.stem
        for each in signature.values():
            assert each.comment, f"{path.stem}: {each.name} has no comment"
            text = ",".join(each.default) if isinstance(each.default, list) else str(each.default)
            parameters.convert(project, each, text.lower() if isinstance(each.default, bool) else text)


def test_a_value_that_one_notebook_lacks_is_refused_before_any_runs():
    real = Project(ROOT)
    assert dict(parameters.assign(real, real.find(), [("theme", "talent")]))
    with pytest.raises(RequestError, match='table: .*"talent"'):
        parameters.assign(real, real.find(), [("table", "talent")])


def test_the_city_alone_is_refused_as_its_peer(project):
    declare(project, 'city = "wuhan"\npeers = ["chengdu"]\nlanguage = "en"', "30_peers")
    with pytest.raises(RequestError, match='peers: "wuhan" is the city itself'):
        parameters.assign(project, project.find(["30"]), [("peers", "wuhan")])
    (given,) = parameters.assign(project, project.find(["30"]), [("city", "chengdu")])
    assert given[1] == {"city": "chengdu"}
