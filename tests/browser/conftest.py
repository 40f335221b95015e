"""JupyterLab as `make lab` starts it, in a copy of the project and for a user of its own; a browser that looks at it.

Without Chromium or playwright these tests are skipped, and the reason is given; where they must run (``CI`` or
``WUHAN_BROWSER_REQUIRED`` is set) that is a failure.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest

from wuhan.evidence.package import ROOT

LEFT_OUT = (".git", ".venv", "build", ".pytest_cache", ".ruff_cache", ".hypothesis", "__pycache__")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TOKEN = "a-token-of-this-test"
SECONDS_TO_START = 60
# What a user may have set; the project must leave it as it is. The last line is for the test alone.
SETTINGS = """\
c = get_config()
c.ServerApp.open_browser = False
c.ServerApp.port = {port}
c.ServerApp.port_retries = 0
c.IdentityProvider.token = "{token}"
c.LabApp.expose_app_in_browser = True
"""


def lacking(reason: str) -> None:
    """Skip, or fail where these tests are required."""
    if os.environ.get("CI") or os.environ.get("WUHAN_BROWSER_REQUIRED"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium():
    """A browser without a profile."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        lacking(f"no browser: none of {', '.join(BROWSERS)} is installed")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        lacking("playwright is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def report(chromium, report) -> Path:
    """The pages of the default report; they are not built where no browser looks at them."""
    return report


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


@pytest.fixture(scope="session")
def lab(chromium, tmp_path_factory):
    """A running `make lab`: its ``url`` and ``token``, the ``root`` of the copy, the ``home`` of the user."""
    if shutil.which("make") is None:
        lacking("make is not installed")
    root = tmp_path_factory.mktemp("lab") / "a copy"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*LEFT_OUT))
    (root / ".venv").symlink_to(ROOT / ".venv", target_is_directory=True)
    home, port = tmp_path_factory.mktemp("home"), free_port()
    (home / ".jupyter").mkdir()
    settings = home / ".jupyter" / "jupyter_server_config.py"
    settings.write_text(SETTINGS.format(port=port, token=TOKEN))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "JPY_", "XDG_"))}
    env = kept | {"HOME": str(home), "PYTHONPATH": str(root), "WUHAN_READS": ""}
    url = f"http://127.0.0.1:{port}"
    with open(home / "lab.log", "wb") as log:
        server = subprocess.Popen(
            ["make", "lab"], cwd=root, env=env, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
        )
        try:
            _wait(server, url, home / "lab.log")
            yield SimpleNamespace(url=url, token=TOKEN, root=root, home=home, settings=settings)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)


def _wait(server: subprocess.Popen, url: str, log: Path) -> None:
    """Until the server answers; fails with its last words when it ends or stays silent."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/api", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start: {log.read_text(errors='replace')[-2000:]}", pytrace=False)


@pytest.fixture
def page(chromium, lab):
    """An empty page; afterwards it must have asked nobody but the server, and no script may have failed."""
    context = chromium.new_context(viewport={"width": 1440, "height": 1000}, accept_downloads=True)
    opened, outside, failed = context.new_page(), set(), []

    def note(request) -> None:
        if request.url.startswith(("http", "ws")) and request.url.split("/")[2].split(":")[0] != "127.0.0.1":
            outside.add(request.url)

    opened.on("request", note)
    opened.on("pageerror", lambda error: failed.append(str(error)))
    yield opened
    context.close()
    assert (sorted(outside), failed) == ([], [])
