"""What a sweep is asked for: cities or a file of sets, held to the notebooks and the data before anything runs."""

import pytest
import tiny_project as tiny
from hypothesis import given
from hypothesis import strategies as st

from wuhan.execution import sets
from wuhan.execution.project import RequestError


@pytest.fixture
def made(tmp_path):
    project = tiny.make(tmp_path / "collection")
    for name in ("10_size", "20_other"):
        tiny.sound(project, name)
    return project


def shown(request):
    return [(run.set, run.language, run.job.name, run.job.parameters) for run in request.runs]


def test_all_cities_are_asked_the_questions_for_cities(made):
    request = sets.request(made, "all")
    assert [each.name for each in request.sets] == ["chengdu", "chongqing", "wuhan"]  # no nation
    assert shown(request) == [
        ("chengdu", "en", "10_size", {"city": "chengdu"}),
        ("chongqing", "en", "10_size", {"city": "chongqing"}),
        ("wuhan", "en", "10_size", {}),  # as the notebook is: the run of the report
    ]


@pytest.mark.parametrize("words", ["wuhan chengdu", "wuhan,chengdu", " wuhan ,\n chengdu wuhan "])
def test_cities_stand_in_the_order_asked_for_each_once(made, words):
    assert [each.name for each in sets.request(made, words).sets] == ["wuhan", "chengdu"]


def test_peers_are_those_that_a_notebook_compares(made):
    cells = tiny.code(tiny.sentence("A."), "headline")
    path = tiny.write(made, "10_size", cells)
    path.write_text(path.read_text().replace("last_year = 2024", "peers = ['chongqing', 'chengdu']"))
    for notebooks in ("", "20"):  # whether it is asked or not
        asked = sets.request(made, "peers wuhan", notebooks)
        assert [each.name for each in asked.sets] == ["chongqing", "chengdu", "wuhan"]


def test_notebooks_and_languages_are_chosen(made):
    request = sets.request(made, "chengdu", "20 10_size", "zh en")
    assert [*dict.fromkeys(run.job.name for run in request.runs)] == ["10_size", "20_other"]
    assert request.languages == ["zh", "en"]
    assert shown(request)[0] == ("chengdu", "zh", "10_size", {"city": "chengdu", "language": "zh"})
    assert len(request.runs) == 4


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "say which cities, or which sets"),
        ({"cities": "wuhan", "file": "x.yml"}, "say which cities, or which sets"),
        ({"cities": "wuhan chengduu"}, 'CITIES: "chengduu" is not known — did you mean "chengdu"'),
        ({"cities": "peers"}, 'CITIES: "peers" is not known'),  # no notebook compares any
        ({"cities": "china"}, 'CITIES: "china" is not known'),
        ({"cities": "wuhan", "notebooks": "11"}, 'unknown notebook "11"'),
        ({"cities": "wuhan", "languages": "fr"}, 'LANGUAGES: "fr" is not known — write one of en, zh'),
        ({"file": "no.yml"}, "SETS: no.yml: No such file or directory — name a YAML file of sets"),
    ],
)
def test_a_request_that_is_wrong_is_one_line(made, asked, said):
    with pytest.raises(RequestError) as refused:
        sets.request(made, **asked)
    assert str(refused.value).startswith(said)
    assert "\n" not in str(refused.value)


def test_a_notebook_without_the_parameter_city_is_refused(made):
    path = made.notebooks / "20_other.ipynb"
    path.write_text(path.read_text().replace("city =", "place ="))
    with pytest.raises(RequestError, match="^20_other has no parameter city — leave it out of NOTEBOOKS$"):
        sets.request(made, "wuhan", "10 20")


# ---- files

SOUND = """\
# two ways to look
since-2020: {city: chengdu, first_year: 2020}
as_it_is:
  last_year: 2024
"""


def _file(made, text):
    path = made.root / "sets.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def from_text(made, text):
    return sets.request(made, file=str(_file(made, text)))


def test_sets_of_a_file_run_all_notebooks_that_declare_one_of_their_parameters(made):
    path = made.notebooks / "20_other.ipynb"
    path.write_text(path.read_text().replace("city =", "place =").replace("first_year =", "from_year ="))
    assert shown(from_text(made, SOUND)) == [
        ("since-2020", "en", "10_size", {"city": "chengdu", "first_year": 2020}),
        ("as_it_is", "en", "10_size", {}),
        ("as_it_is", "en", "20_other", {}),
    ]


def test_a_day_is_a_text_with_and_without_quotes(made):
    bare, quoted = sets.from_file(_file(made, "a: {known_by: 2024-01-26}\nb: {known_by: '2024-01-26'}"))
    assert bare.values == quoted.values == {"known_by": "2024-01-26"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["sets.yml:1: found no named sets"]),
        ("- wuhan", ["sets.yml:1: found no named sets"]),
        ("a: {city: wuhan", ["sets.yml:1: "]),
        ("a:\n\tcity: wuhan", ["sets.yml:2: "]),
        ("a: {city: !!python/object:os.system wuhan}", ["sets.yml:1: "]),
        ("a: *b", ["sets.yml:1: "]),
        ("[" * 1000, ["sets.yml:1: "]),
        ("a: {city: wuhan}\n---\nb: {city: wuhan}", ["sets.yml:2: "]),
        (b"a: {city: wuhan}\nb: {city: \xff}", ["sets.yml:2: not UTF-8"]),
        ("a: {city: '\x01'}", ["sets.yml:1: "]),
        ("a b: {city: wuhan}", ['sets.yml:1: "a b" is no name for a set']),
        ("../up: {city: wuhan}", ['sets.yml:1: "../up" is no name for a set']),
        ("zh: {city: wuhan}", ['sets.yml:1: "zh" is no name for a set']),
        ("a: {city: wuhan}\na: {city: chengdu}", ['sets.yml:2: a second set "a"']),
        ("a: wuhan\nb: {}", ['sets.yml:1: "a" has no parameters', 'sets.yml:2: "b" has no parameters']),
        ("a:\n  city: wuhan\n  city: chengdu", ['sets.yml:3: "city" is given twice']),
        ("a:\n  city: {x: wuhan}", ['sets.yml:2: "city" is neither a word, a number nor a list of words']),
        ("a:\n  city: [[wuhan]]", ['sets.yml:2: "city" is neither a word, a number nor a list of words']),
        ("a: {city: wuhan, language: zh}", ["sets.yml:1: language is no part of a set"]),
        ("a:\n  city: wuhan\n  citty: wuhan", ['sets.yml:3: unknown parameter "citty" — did you mean "city"']),
        (
            "a:\n  city: chengduu\nb:\n  first_year: soon",
            ['sets.yml:2: city: "chengduu" is not known', 'sets.yml:4: first_year: "soon" is no whole number'],
        ),
        ("a:\n  city: no", ["sets.yml:2: city: False is no text"]),
        ("a:\n  city:", ["sets.yml:2: city: None is no text"]),
        ("a:\n  first_year: 2020-13-45", ['sets.yml:2: first_year: "2020-13-45" is no whole number']),
        ("a:\n  first_year: 2030\n  last_year: 2020", ["sets.yml:2: first_year 2030 is after last_year 2020"]),
    ],
)
def test_a_file_that_is_wrong_is_told_by_line(made, text, said):
    with pytest.raises(RequestError) as refused:
        from_text(made, text)
    lines = str(refused.value).splitlines()
    assert len(lines) == len(said)
    assert all(line.startswith(start) for line, start in zip(lines, said, strict=True)), lines
    assert all("— " in line for line in lines)


def test_a_file_that_is_too_large_is_not_read_as_yaml(made):
    with pytest.raises(RequestError, match=r"sets.yml: 1000001 bytes are too many"):
        from_text(made, b"#" * 1_000_001)


@given(st.one_of(st.text(max_size=60), st.text(alphabet="ab:{}[]-&*!|>'\"# \n\t", max_size=40)))
def test_whatever_a_file_holds_it_is_read_or_refused(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.yml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        assert sets.from_file(path)
    except RequestError as refused:
        assert str(refused).startswith("any.yml:")
