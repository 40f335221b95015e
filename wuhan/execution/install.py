"""Install the locked requirements into the environment whose Python runs this file: ``python install.py PIP…``.

PIP… are the words of the command that is pip for this environment. uv does the work in a tenth of pip's time; where it
cannot, pip does it. Runs before anything is installed, so it imports the standard library only and is no part of the
command line of the package.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path

LOCK = "requirements.lock"
EXACT = ("--quiet", "--no-deps", "--require-hashes")
QUIET = ("--disable-pip-version-check", "--no-input")
# What pip is told about where packages are, as uv's variables, with what parts the words of a list.
SETTINGS = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "no-index": ("UV_NO_INDEX", " "),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "cert": ("SSL_CERT_FILE", ""),
    "client-cert": ("SSL_CLIENT_CERT", ""),
    "proxy": ("ALL_PROXY", ""),
    "timeout": ("UV_HTTP_TIMEOUT", ""),
    "default-timeout": ("UV_HTTP_TIMEOUT", ""),
}
SECTIONS = ("global", "install", ":env:")  # those that `pip install` obeys, the strongest last


def settings(listed: str) -> dict[str, str]:
    """Variables for uv that say what ``pip config list`` printed."""
    found = re.findall(r"^(global|install|:env:)\.([a-z-]+)=('.*'|\".*\")$", listed, re.MULTILINE)
    told = {}
    for _, key, value in sorted(found, key=lambda each: SECTIONS.index(each[0])):
        if key in SETTINGS:
            name, between = SETTINGS[key]
            text = ast.literal_eval(value)
            told[name] = between.join(text.split()) if between else text
    return {name: text for name, text in told.items() if text}


def pinned(lock: str, name: str) -> str:
    """The requirement of the text of a lock on the distribution ``name``, with its hashes. Raises ``LookupError``."""
    found = re.search(rf"^{re.escape(name)}==(?:.*\\\n)*.*\n", lock, re.MULTILINE)
    if found is None:
        raise LookupError(f"{LOCK}: no {name} — run `make lock`")
    return found[0]


def by_uv(pip: Sequence[str], lock: Path, environment: Mapping[str, str]) -> str:
    """Let pip install uv, and uv install ``lock``; why that failed, or ""."""
    wanted = Path(sys.prefix, "uv.txt")
    wanted.write_text(pinned(lock.read_text(encoding="utf-8"), "uv"), encoding="utf-8")
    # Where there is no wheel, building it would take longer than all the rest.
    first = [*pip, "install", *QUIET, *EXACT, "--only-binary", ":all:", "-r", str(wanted)]
    if subprocess.run(first, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode:
        return "uv cannot be installed here"
    listed = subprocess.run([*pip, "config", "list"], capture_output=True, encoding="utf-8", check=False).stdout
    # As pip does, all indexes are searched; the hashes say which file is the right one. What is set for uv stays.
    told = {"UV_INDEX_STRATEGY": "unsafe-best-match", **settings(listed), **environment}
    second = [sys.executable, "-m", "uv", "pip", "install", "--python", sys.executable, *EXACT, "-r", str(lock)]
    done = subprocess.run(second, env=told, stderr=subprocess.PIPE, encoding="utf-8", errors="replace", check=False)
    return f"uv failed ({' '.join(done.stderr.split())[:300]})" if done.returncode else ""


def finish(environment: Mapping[str, str]) -> int:
    """Let the environment find the package, and matplotlib its fonts, once; the exit code."""
    lib = sysconfig.get_path("purelib")
    Path(lib, "wuhan.pth").write_text(os.path.relpath(".", lib) + "\n", encoding="utf-8")
    fonts = Path(sys.prefix, "var", "matplotlib")
    fonts.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", "import matplotlib.font_manager"]
    told = {**environment, "MPLCONFIGDIR": str(fonts)}
    return subprocess.run(command, env=told, stderr=subprocess.DEVNULL, check=False).returncode


def main(pip: Sequence[str]) -> int:
    """Install, with uv or else with pip; the exit code."""
    if fault := by_uv(pip, Path(LOCK), os.environ):
        print(f"{fault}: pip installs instead, which takes a minute or two", file=sys.stderr)
        code = subprocess.run([*pip, "install", *QUIET, *EXACT, "-r", LOCK], check=False).returncode
        if code:
            return code
    return finish(os.environ)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
