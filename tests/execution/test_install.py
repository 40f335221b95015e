"""The environment is installed by uv from the lock alone; pip does it where uv cannot, and says so in one line."""

import subprocess
import sys

import pytest

from wuhan.execution import install
from wuhan.execution.project import ROOT

PIP = ["python", "-m", "pip"]
LISTED = """\
:env:.find-links=''
:env:.index-url='https://user:p%25w@mirror.example/simple'
global.extra-index-url='https://a.example/simple\\nhttps://b.example/simple'
global.find-links='/wheels /more'
global.index-url='https://weaker.example/simple'
global.trusted-host='a.example'
install.no-index='0'
freeze.timeout='9'
"""


def test_settings_of_pip_reach_uv_the_strongest_winning():
    assert install.settings(LISTED) == {
        "UV_DEFAULT_INDEX": "https://user:p%25w@mirror.example/simple",
        "UV_INDEX": "https://a.example/simple https://b.example/simple",
        "UV_INSECURE_HOST": "a.example",
        "UV_NO_INDEX": "0",
    }
    assert install.settings("global.find-links='/wheels /more'") == {"UV_FIND_LINKS": "/wheels,/more"}


def test_settings_are_read_as_pip_prints_them():
    environment = {"PIP_CONFIG_FILE": "/dev/null", "PIP_INDEX_URL": "https://it's.example/simple", "PATH": "/bin"}
    command = [sys.executable, "-m", "pip", "config", "list"]
    listed = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("no pip here")
    assert install.settings(listed.stdout)["UV_DEFAULT_INDEX"] == "https://it's.example/simple"


def test_pinned_requirement_keeps_every_hash_and_nothing_else():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lines = install.pinned(lock, "uv").splitlines()
    assert lines[0].startswith("uv==")
    assert len(lines) > 2
    assert all(line.strip().startswith("--hash=sha256:") for line in lines[1:])
    assert not lines[-1].endswith("\\")
    with pytest.raises(LookupError, match="requirements.lock: no nothing"):
        install.pinned(lock, "nothing")


class Programs:
    """Stands in for `subprocess.run`: keeps what was started; what has a word of ``failing`` fails."""

    def __init__(self):
        self.runs, self.failing = [], set()

    def __call__(self, command, env=None, **_):
        self.runs.append((command, env))
        code = int(bool(self.failing & set(command)))
        listed = "global.index-url='https://mirror.example/simple'\n" if "config" in command else ""
        return subprocess.CompletedProcess(command, code, stdout=listed, stderr="no\n  route" if code else "")

    def started(self, *words):
        """The commands that have all of ``words``, each with its environment."""
        return [run for run in self.runs if set(words) <= set(run[0])]


@pytest.fixture
def programs(tmp_path, monkeypatch):
    (tmp_path / "lib").mkdir()
    (tmp_path / "requirements.lock").write_text("pandas==3 \\\n    --hash=sha256:1\nuv==1 \\\n    --hash=sha256:2\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(install.sys, "prefix", str(tmp_path))
    monkeypatch.setattr(install.sysconfig, "get_path", lambda name: str(tmp_path / "lib"))
    monkeypatch.setattr(install.subprocess, "run", found := Programs())
    return found


LOCKED = {"--no-deps", "--require-hashes"}


def test_uv_installs_the_lock_with_the_settings_of_pip(programs, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("UV_CACHE_DIR", "/own")
    assert install.main(PIP) == 0
    assert capsys.readouterr().err == ""
    ((command, _),) = programs.started(*PIP, "install")
    assert LOCKED < set(command)
    assert command[-1] == str(tmp_path / "uv.txt")
    assert (tmp_path / "uv.txt").read_text() == "uv==1 \\\n    --hash=sha256:2\n"
    ((command, told),) = programs.started("uv", "install")
    assert LOCKED < set(command)
    assert command[-1] == "requirements.lock"
    assert told["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert told["UV_CACHE_DIR"] == "/own"
    assert (tmp_path / "lib/wuhan.pth").read_text() == "..\n"


def test_own_settings_of_uv_are_stronger(programs, monkeypatch):
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://own.example")
    install.main(PIP)
    assert programs.started("uv")[0][1]["UV_DEFAULT_INDEX"] == "https://own.example"


@pytest.mark.parametrize(("word", "why"), [(":all:", "uv cannot be installed here"), ("uv", "uv failed (no route)")])
def test_pip_installs_the_same_lock_where_uv_can_not(programs, capsys, word, why):
    programs.failing = {word}
    assert install.main(PIP) == 0
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{why}: pip installs instead")
    command, _ = programs.started(*PIP, "install")[-1]
    assert LOCKED < set(command)
    assert command[-1] == "requirements.lock"


@pytest.mark.parametrize("words", [{"install"}, {"-c"}])
def test_what_fails_in_the_end_is_told_by_the_exit_code(programs, words):
    programs.failing = words
    assert install.main(PIP) == 1
