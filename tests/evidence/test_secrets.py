"""No personal data, secret, path or user name in data, notebooks and figures; figures and words that look alike pass."""
# ruff: noqa: E501 - a case is one line; the secrets are made up

from __future__ import annotations

import base64
import json
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuhan.evidence import package, secrets
from wuhan.execution import published
from wuhan.execution.project import ROOT, Project

CHECK = next(last for last in "0123456789X" if secrets.checked("42010619900307123" + last))
# Made of parts, so that no tool which looks for secrets stumbles over this file.
BAD = {
    "mobile": ("联系人 张工 138" + "12345678", "a mobile number"),
    "landline": ("tel 027-" + "82345678", "a telephone number"),
    "mobile-spaced": ("call 138-1234-5678 for more", "a mobile number"),
    "mobile-country": ("tel +86 138 1234 5678", "a mobile number"),
    "id-number": ("42010619900307123" + CHECK, "a number of a person"),
    "mail": ("ask li.lei@example.com.cn", "an e-mail address"),
    "home": ("read from /home/lena/wuhan/data/gdp.csv", "a path of one machine"),
    "mac": ("'/Users/lena/Desktop/x.xlsx'", "a path of one machine"),
    "windows": (r"C:\Users\Lena\Documents\gdp.xlsx", "a path of one machine"),
    "windows-slash": ("D:/Users/Lena/gdp.xlsx", "a path of one machine"),
    "share": (r"\\server01\stats\gdp.xlsx", "a path of one machine"),
    "root": ("File /root/.cache/x.py", "a path of one machine"),
    "tmp": ("saved as /tmp/abc/x.png", "a path of one machine"),
    "file": ("see file:///srv/x.pdf", "a path of one machine"),
    "tilde": ("in ~/wuhan/notes.txt", "a path of one machine"),
    "local": ("http://localhost:8888/lab?x", "a path of one machine"),
    "private-net": ("http://192.168.1.7/x", "a path of one machine"),
    "prompt": ("lena@box:~/wuhan$ make", "a path of one machine"),
    "userinfo": ("https://lena:" + "hunter22@example.org/x", "a secret"),
    "password": ("password" + "=hunter22", "a secret"),
    "password-zh": ("密码" + "：hunter22", "a secret"),
    "api-key": ("API_KEY" + ": 'abcd1234efgh'", "a secret"),
    "token-query": ("https://example.org/a?access_" + "token=abcdef123456", "a secret"),
    "aws": ("AKIA" + "ABCDEFGHIJKLMNOP", "a secret"),
    "github": ("ghp_" + "a" * 36, "a secret"),
    "openai": ("sk-" + "proj-" + "Ab1" * 10, "a secret"),
    "jwt": ("eyJ" + "hbGciOiJI.eyJ" + "zdWIiOiIx.abc", "a secret"),
    "pem": ("-----BEGIN RSA " + "PRIVATE KEY-----", "a secret"),
    "bearer": ("Authorization: Bearer " + "abcdef0123456789abcd", "a secret"),
}
GOOD = [
    "https://tjj.wuhan.gov.cn/tjfw/tjgb/202504/t20250430_2578234.shtml",
    "13812345678.5",
    "138123456789",
    "0.13812345678",
    "11912.61",
    "2024-01/2024-09",
    "420106",
    "the token economy",
    "secret",
    "a key: policy",
    "passwords",
    "home/office",
    "and/or",
    "/",
    "tmp",
    "C: a grade",
    "http://www.stats.gov.cn/sj/zxfb/",
    "W/m",
    "@",
    "a @ b",
    "123456789012345678",
    "https://example.org/home/index.html",
    "https://mp.weixin.qq.com/s/Ab1Ab1Ab1Ab1Ab1Ab1Ab1Ab1",
    "Token 4500 P",
    "risk-adjusted",
    "task-oriented-industrial-agents-for-factories",
]


@pytest.mark.parametrize("text, what", BAD.values(), ids=BAD)
def test_what_must_not_be_published_is_found(text, what):
    assert secrets.secret(text) == what and secrets.secret(f"a line\n{text}\nanother") == what


@pytest.mark.parametrize("text", GOOD)
def test_what_only_looks_alike_passes(text):
    assert secrets.secret(text) == ""


@given(st.from_regex(r"[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}", fullmatch=True))
def test_one_check_digit_of_eleven_makes_a_number_of_a_person(number):
    assert sum(secrets.secret(number + last) == "a number of a person" for last in "0123456789X") == 1


@pytest.mark.parametrize("name", ["mobile", "mail", "home", "userinfo", "password", "id-number"])
@pytest.mark.parametrize("table, cell", [("gdp", "a note"), ("sources", "Communique 2024"), ("places", "武汉,")])
def test_a_cell_that_holds_it_is_told_and_it_is_not_repeated(tiny, name, table, cell):
    text, what = BAD[name]
    path = tiny / f"{table}.csv"
    whole = path.read_text("utf-8")
    assert whole.count(cell) == 1
    path.write_text(whole.replace(cell, text + "," * cell.endswith(",")), "utf-8")
    found = [str(fault) for fault in package.check(tiny) if fault.found == what]
    assert len(found) == 1 and text not in found[0] and f"data/{table}.csv:" in found[0]


def picture(key: bytes, words: str, kind: bytes = b"tEXt") -> bytes:
    body = words.encode("latin-1")
    body = {b"tEXt": body, b"zTXt": b"\0" + zlib.compress(body), b"iTXt": b"\0\0\0\0" + body}[kind]
    chunk = kind + key + b"\0" + body
    return published._SIGNATURE + struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))


def notebook(*outputs: dict, source: str = "1 + 1") -> str:
    cell = {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": [source], "outputs": list(outputs)}
    return json.dumps(
        {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1, ensure_ascii=False
    )


@pytest.fixture
def project(tmp_path):
    for name in ("notebooks", "figures"):
        (tmp_path / name).mkdir()
    return Project(tmp_path)


def told(project) -> list[str]:
    return [str(fault) for fault in published.faults(project)]


@pytest.mark.parametrize("name", BAD)
def test_a_notebook_that_holds_it_is_told_with_its_line(project, name):
    text, what = BAD[name]
    out = notebook({"output_type": "stream", "name": "stdout", "text": ["one\n", f"{text}\n"]})
    (project.notebooks / "10_a.ipynb").write_text(out, "utf-8")
    [line] = told(project)
    number = next(
        at for at, each in enumerate(out.split("\n"), 1) if json.dumps(text, ensure_ascii=False)[1:-1] in each
    )
    assert line.startswith(f"notebooks/10_a.ipynb:{number}: found {what} — ")


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt", b"iTXt"])
def test_a_picture_that_names_a_path_is_told(project, kind):
    (project.figures / "10_a-b.png").write_bytes(picture(b"Source", "/home/lena/x.py", kind))
    (project.figures / "10_a-c.png").write_bytes(picture(b"Software", "Matplotlib", kind))
    coded = base64.b64encode(picture(b"Author", "/Users/lena/x.py", kind)).decode()
    out = notebook({"output_type": "display_data", "metadata": {}, "data": {"image/png": coded}})
    (project.notebooks / "10_a.ipynb").write_text(out, "utf-8")
    found = told(project)
    assert (
        len(found) == 2
        and found[0].startswith("notebooks/10_a.ipynb:")
        and found[1].startswith("figures/10_a-b.png:1:")
    )


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace('   "metadata"', '<<<<<<< HEAD\n "metadata"\n=======\n "metadata"\n>>>>>>> b', 1),
        lambda text: text.replace("1 + 1", "<<<<<<< local\\n=======\\n>>>>>>> remote"),
    ],
    ids=["lines", "cell"],
)
def test_conflict_marks_in_a_notebook_are_one_fault_with_their_line(project, damage):
    (project.notebooks / "10_a.ipynb").write_text(damage(notebook()), "utf-8")
    [line] = told(project)
    assert line.startswith("notebooks/10_a.ipynb:") and "a merge conflict, <<<<<<<" in line


def test_litter_and_broken_files_are_left_to_others(project):
    (project.notebooks / ".10_a.ipynb").write_text(notebook(source="/home/lena/x"), "utf-8")
    (project.notebooks / "11_b.ipynb").write_text("{", "utf-8")
    (project.figures / "11_b-c.png").write_bytes(b"")
    assert told(project) == []


def test_the_committed_notebooks_and_figures_are_clean():
    assert told(Project(ROOT)) == []


def test_only_notebooks_of_the_collection_are_read(tmp_path):
    (tmp_path / "notebooks" / "11_folder.ipynb").mkdir(parents=True)
    (tmp_path / "figures" / "x.png").mkdir(parents=True)
    for name in ("Untitled.ipynb", ".~12_x.ipynb"):
        (tmp_path / "notebooks" / name).write_text("/home/lena/x", "utf-8")
    (tmp_path / "notebooks" / "12_x.ipynb").write_text("/home/lena/x", "utf-8")
    assert [fault.file for fault in published.faults(Project(tmp_path))] == ["notebooks/12_x.ipynb"]
