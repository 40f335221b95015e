"""What a page counts in a sentence is what it lists: the classes that are shown add up, for other choices as well."""

import ast
import json
from pathlib import Path
from unittest.mock import MagicMock

import pytest

from wuhan.studies.ai_policy import numbers
from wuhan.studies.project_pipeline import numbers as pipeline
from wuhan.text import prose

FOLDER = Path(__file__).parents[1] / "notebooks"


class Shown:
    """The sentences, tables and variables of a notebook that was run with ``parameters``, in this process."""

    def __init__(self, name: str, **parameters):
        self.names, self.sentences, self.tables = {"In": []}, [], []
        for cell in json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] != "code":
                continue
            self.names["In"].append("".join(cell["source"]))  # as in IPython
            body = ast.parse(self.names["In"][-1]).body
            last = body.pop().value if isinstance(body[-1], ast.Expr) else ast.parse("None", mode="eval").body
            exec(compile(ast.Module(body, []), name, "exec"), self.names)  # noqa: S102 – a notebook of ours
            if "parameters" in cell["metadata"].get("tags", []):
                self.names |= parameters
            if "charts" in self.names:
                self.names["charts"] = MagicMock()  # what is drawn is not read here
            shown = eval(compile(ast.Expression(last), name, "eval"), self.names)
            self.sentences += [shown] if isinstance(shown, prose.Sentence) else []
            self.tables += [shown] if isinstance(shown, prose.Table) else []

    def told(self, *wanted: str) -> dict[str, float]:
        """The values of the fields of the one sentence that has all these, by name."""
        facts = [[fact for fact in each.facts[::-1] if "name" in fact] for each in self.sentences]
        found = [{fact["name"]: fact["value"] for fact in each} for each in facts]
        (told,) = [each for each in found if set(wanted) <= set(each)]
        return told

    def column(self, head: str) -> list[str]:
        """The cells of the first table with a column of this head."""
        table = next(each for each in self.tables if head in each.heads)
        return [row[table.heads.index(head)] for row in table.rows]


def added(cells: list[str]) -> int:
    return sum(int(cell.replace(",", "")) for cell in cells if cell.replace(",", "").isdigit())


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.chdir(FOLDER)
    yield
    prose.language("en")


@pytest.mark.parametrize("choice", [{}, {"theme": "ai", "min_trust": "B"}], ids=str)
def test_lengths_of_series(choice):
    page = Shown("00_what_we_know", **choice)
    reach, rest = page.told("long", "n"), page.told("rest", "some")
    assert reach["long"] + rest["rest"] == len(page.names["known"].series)
    assert rest["some"] + rest["single"] + rest["months"] == rest["rest"]
    numbers = page.told("n", "hedged")["n"]
    assert added(page.column("Numbers on the city")) >= numbers


@pytest.mark.parametrize("choice", [{}, {"event_type": "groundbreaking", "first_year": 2021}], ids=str)
def test_events_and_their_projects(choice):
    page = Shown("20_project_pipeline", **choice)
    kinds, counts = page.column("Kind"), page.column("City totals known")
    for kind in set(kinds):
        own = [count for count, each in zip(counts, kinds, strict=True) if each == kind]
        shown = page.names["totals"]["event_type"].map(prose.label).eq(kind).sum()
        assert added(own) == shown
    for row in page.names["reading"].own:
        groups = pipeline.groups(row).set_index("group")["count"]
        assert groups["large"].value + groups["small"].value == row["count"].value


@pytest.mark.parametrize("choice", [{}, {"city": "wuhan", "sector": "ai_and_computing", "min_trust": "B"}], ids=str)
def test_projects_by_stage_and_district(choice):
    page = Shown("21_projects_by_sector", **choice)
    told = page.told("named", "done")
    assert added(page.column("Projects")) == told["named"] == page.names["sectors"]["value"].sum()
    assert added(page.column("Reported completed or operating")) == told["done"]


@pytest.mark.parametrize("choice", [{}, {"min_trust": "A", "first_year": 2023}], ids=str)
def test_instruments(choice):
    page = Shown("32_ai_policy", **choice)
    reading = page.names["reading"]
    assert page.told("m", "n")["m"] == reading.found["priced"]
    assert reading.found["known"] == added(page.column("Instruments")) == len(reading.own)
    assert added(page.column("With an amount of money")) == reading.found["priced"]
    limits = numbers.limits(reading.own)
    assert len(limits) + len(reading.pots) == reading.found["priced"]
    assert len(reading.caps) == reading.found["caps"] == len(page.column("The most that one grant may be"))
    ends = page.told("all", "ended")
    assert ends["ended"] == len(reading.terms)
    assert ends["all"] == len(reading.near.drop_duplicates(["programme_en", "place"]))


@pytest.mark.parametrize("choice", [{}, {"min_trust": "B"}, {"direction": "future_information"}], ids=str)
def test_what_is_named_for_sub_fields(choice):
    page = Shown("33_future_industries", **choice)
    reading = page.names["reading"]
    score = reading.score
    listed = page.column("Sub-field") if len(reading.shown) else []
    for row in score.itertuples():
        assert listed.count(row.name_en) == row.firms + row.others
    assert (score["firms"] > 0).sum() == reading.with_firm
    assert len(score) == score["standing"].isin(["firm_named", "no_firm", "plan_only", "nothing"]).sum()
