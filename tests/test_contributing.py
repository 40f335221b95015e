"""CONTRIBUTING.md says what the rules are, the form asks what is needed, and both name what is there."""

import re

import pytest
import yaml

from wuhan.execution import cli, notebook_rules
from wuhan.execution.project import ROOT

GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
FORM = ROOT / ".github" / "ISSUE_TEMPLATE" / "number-is-wrong.yml"


def test_the_numbers_of_the_rules_are_those_that_are_checked():
    words = " ".join(GUIDE.split("## Rules of notebooks")[1].split("## ")[0].split())
    low, high = (round(100 * share) for share in notebook_rules.TEXT_SHARE)
    fewest, most = notebook_rules.PARAMETERS
    for said in (
        f"At most {notebook_rules.CELLS} cells, {low} to {high} %",
        f"{fewest} to {most} parameters",
        f"at most {notebook_rules.LINES} lines, half of them at most {notebook_rules.HALF_OF_LINES}",
        f"at most {notebook_rules.IMPORTS} imports",
        f"at most {notebook_rules.HEADLINE} words",
        f"at most {notebook_rules.STANDFIRST} words",
        *(f"`{tag}`" for tag in notebook_rules.TAGS),
        *(f'"{heading}"' for heading in notebook_rules.FIXED_HEADINGS),
    ):
        assert said in words


def test_rooms_are_those_of_the_package():
    picture = GUIDE.split("```text")[1].split("```")[0]
    rooms = {path.parent.name for path in (ROOT / "wuhan").glob("*/__init__.py")}
    assert rooms and all(re.search(rf"\b{room}\b", picture) for room in rooms)


def test_files_and_commands_that_it_names_are_there():
    for path in [*re.findall(r"\]\(([^)#]+)\)", GUIDE), *re.findall(r"`((?:wuhan|data)/[a-z_/]+\.[a-z]+)`", GUIDE)]:
        assert (ROOT / path).exists(), path
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert all(f"\n{target}:" in makefile for target in re.findall(r"`make ([a-z-]+)", GUIDE))
    commands = set(re.findall(r"python -m wuhan ([a-z]+)", GUIDE))
    assert {"registry", "describe", "notebooks"} <= commands
    for command in commands:
        with pytest.raises(SystemExit) as ended:
            cli.parser().parse_args([command, "--help"])
        assert ended.value.code == 0


def test_no_word_has_two_meanings():
    words = re.findall(r"^\| ([a-z ]+) \|", GUIDE.split("## One word, one meaning")[1], re.MULTILINE)
    assert len(words) > 10 and len(set(words)) == len(words)


def test_the_form_is_one_and_asks_for_place_and_publisher():
    form = yaml.safe_load(FORM.read_text("utf-8"))
    assert {"name", "description", "body"} <= set(form)
    asked = {part["id"]: part for part in form["body"] if part["type"] != "markdown"}
    needed = {name for name, part in asked.items() if part.get("validations", {}).get("required")}
    assert {"where", "found", "instead"} <= needed


def test_hooks_run_what_is_there():
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert {hook["language"] for hook in repository["hooks"]} == {"system"}  # nothing is downloaded
    assert any(hook["entry"] == "make check" for hook in repository["hooks"])
