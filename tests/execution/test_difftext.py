"""A notebook as text for git: what changed is seen, pictures are not, and nothing has to be installed for it."""

import json
import subprocess
import sys

import pytest

from wuhan.execution import difftext
from wuhan.execution.project import ROOT


def shown(cells):
    return difftext.plain(json.dumps({"cells": cells}).encode())


def cell(source="say('It grew.')", picture="AAAA", alt="A line"):
    data = {"text/markdown": ["It ", "grew."], "image/png": picture}
    output = {"output_type": "display_data", "data": data, "metadata": {"image/png": {"alt": alt}}}
    return {"cell_type": "code", "metadata": {"tags": ["figure"]}, "source": source, "outputs": [output]}


def test_cells_and_sentences_are_shown_and_pictures_named():
    text = shown([{"cell_type": "markdown", "metadata": {}, "source": ["# Why\n", "so?"]}, cell()])
    assert "---- 1 markdown\n# Why\nso?\n" in text
    assert "---- 2 code figure\nsay('It grew.')\n" in text and "\nIt grew.\n" in text
    assert "AAAA" not in text


@pytest.mark.parametrize("change", [{"source": "say('')"}, {"picture": "AAAB"}, {"alt": "Lines"}])
def test_each_change_is_seen(change):
    assert shown([cell(**change)]) != shown([cell()])


def test_what_is_no_notebook_is_shown_as_it_is():
    assert difftext.plain("<<<<<<< ours\n武".encode()) == "<<<<<<< ours\n武"
    assert difftext.plain(b'{"cells": 1}') == '{"cells": 1}'


def test_git_runs_the_command_of_its_attributes_without_any_package():
    words = (ROOT / ".gitattributes").read_text(encoding="utf-8")
    command = words.split('textconv "python3 ')[1].split('"')[0]
    notebook = ROOT / "notebooks" / "12_city_ranking.ipynb"
    done = subprocess.run([sys.executable, "-I", "-S", ROOT / command, notebook], capture_output=True, check=True)
    assert done.stdout.decode().startswith("---- 1 markdown\n# ")
    assert len(done.stdout) < notebook.stat().st_size / 4
