"""A new table is described from its cells and from what other tables say; the rest is left to be written."""

import json
import shutil

import pytest

from wuhan.evidence import package
from wuhan.execution import cli, describe
from wuhan.execution.project import ROOT, Project, RequestError

HOUSING = (
    "place,indicator,period,value,value_text,qualifier,status,vintage,source_id,note\n"
    "wuhan,house_price,2024,15000,,exact,actual,,wuhan_communique_2024,\n"
)
LEASES = (
    "lease,place,area,floors,listed,kind,signed,source_id,note\n"
    "a_1,wuhan,12.5,3,true,office,2024-05-01,wuhan_communique_2024,\n"
    "a_2,wuhan,3,12,false,,2024-06,wuhan_communique_2024,\n"
)


@pytest.fixture
def project(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return Project(tmp_path)


def write(project, name, text):
    (project.data / f"{name}.csv").write_text(text, encoding="utf-8")


def test_a_table_of_observations_is_two_files_and_one_command(project, capsys):
    write(project, "housing", HOUSING)
    with open(project.data / "indicators.csv", "a", encoding="utf-8") as table:
        table.write("house_price,housing,,House price,房价,cny,current,stock,Mean price of new homes.\n")
    assert cli.main(["check"], root=project.root) == 3
    assert "run `python -m wuhan describe housing`" in capsys.readouterr().err
    assert cli.main(["describe", "housing"], root=project.root) == 0
    assert cli.main(["check"], root=project.root) == 0
    assert package.observed(project.data) == (*package.observed(), "housing")
    assert package.read("housing", project.data)["value"].tolist() == [15000]


def test_the_columns_of_a_new_table_have_types_key_and_references(project):
    write(project, "leases", LEASES)
    assert describe.describe(project, "leases") == ["lease", "area", "floors", "listed", "kind"]
    assert [str(fault) for fault in package.check(project.data)] == []
    frame = package.read("leases", project.data)
    kinds = {name: kind.kind for name, kind in frame.dtypes.items() if kind.kind in "fib"}
    assert kinds == {"area": "f", "floors": "i", "listed": "b"}
    resource = json.loads((project.data / "datapackage.json").read_text("utf-8"))["resources"][-1]
    assert resource["schema"]["primaryKey"] == ["lease"]
    assert {key["fields"][0] for key in resource["schema"]["foreignKeys"]} == {"place", "source_id"}
    required = [each["name"] for each in resource["schema"]["fields"] if each.get("constraints", {}).get("required")]
    assert set(required) == {"lease", "place", "area", "floors", "listed", "signed", "source_id"}


def test_a_word_outside_the_list_of_another_table_is_the_tables_own(project):
    write(project, "shops", "shop,status\na,open\nb,closed\n")
    assert describe.describe(project, "shops") == ["shop", "status"]
    assert package.check(project.data) == []


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("../x", None, "is no name for a table"),
        ("Housing", None, "is no name for a table"),
        ("none", None, "data/none.csv: no such file"),
        ("gdp", None, "described already"),
        ("new", "a,b\n1\n", "data/new.csv:2: "),
        ("new", "Name of,b\n1,2\n", "data/new.csv:1: found 'Name of'"),
        ("new", "", "data/new.csv:1: found an empty file"),
        ("new", "a,b\n1,2\n1,2\n", "two rows are the same"),
    ],
)
def test_what_cannot_be_described_is_refused_and_nothing_written(project, name, text, said):
    before = (project.data / "datapackage.json").read_bytes()
    if text is not None:
        write(project, name, text)
    with pytest.raises(RequestError, match=said.replace(".", r"\.")) as refused:
        describe.describe(project, name)
    assert " — " in str(refused.value)
    assert (project.data / "datapackage.json").read_bytes() == before
