"""What must not be published with data or results: personal data, secrets, paths of somebody's machine.

Patterns find it by form alone. Numbers of persons are checked by their check digit (GB 11643, ISO 7064 MOD 11-2), so
that other long numbers pass.
"""
# ruff: noqa: E501 - a form is one line

from __future__ import annotations

import re
from collections.abc import Iterator

from wuhan.evidence.csvreader import Sheet
from wuhan.evidence.faults import Fault
from wuhan.evidence.rules import judged
from wuhan.evidence.schema import Table


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\")


_FORMS = {
    "a secret": (
        r"-----BEGIN [A-Z ]*PRIVATE KEY",
        r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
        r"\bgh[pousr]_[A-Za-z0-9]{30,}",
        r"\bgithub_pat_[A-Za-z0-9_]{20,}",
        r"\bglpat-[\w-]{18,}",
        r"\b(?:sk|pk|rk)[-_](?:live_|test_|proj-|ant-)?[A-Za-z0-9_-]{20,}",
        r"\bxox[abeoprs]-[\w-]{10,}",
        r"\bAIza[\w-]{30,}",
        r"\bhf_[A-Za-z0-9]{30,}",
        r"\bnpm_[A-Za-z0-9]{30,}",
        r"\bpypi-[\w-]{30,}",
        r"\bLTAI[A-Za-z0-9]{12,}",
        r"\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+",
        r"(?i)\b(?:authorization\s*:\s*)?bearer\s+[\w.~+/-]{16,}",
        r"(?i)(?:\b|_)(?:password|passwd|passphrase|pwd|secret|token|api[_ -]?key|access[_-]?key)\b[\"']?\s*[=:]\s*[\"']?[^\s\"',;]{4,}",
        r"(?:密码|口令|密钥)\s*(?:是|为|[:：=])\s*\S{4,}",
        r"://[^/\s:@]+:[^/\s@]+@",
    ),
    "an e-mail address": (r"\b[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b",),
    "a path of one machine": (
        r"(?<![\w./:%-])/(?:home|Users|root|tmp|var/folders|private/var|mnt|media|work|workspace|builds|srv|opt)/[^\s\"'<>,]+",
        r"(?i)(?<![A-Za-z])[A-Z]:[\\/]+(?:Users|Documents and Settings|Windows|Program Files|Temp|[^\\/\s\"<>|]+\\)[^\s\"<>|]*",
        r"\bfile:/{2,3}\S+",
        r"(?<![\w\\])\\\\[\w.-]+\\[\w$.-]+",
        r"(?<![\w/])~/[\w.-]+",
        r"(?i)://(?:localhost|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+)\b",
        r"\b[a-z_][\w-]*@[\w.-]+:[~/]\S*[$#]",
    ),
    "a mobile number": (r"(?<![\w.+/=-])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\w.%-]|\.\d)",),
    "a telephone number": (r"(?<![\w./=-])0\d{2,3}[- ]\d{7,8}(?![\w-])",),
    "a number of a person": (
        r"(?<![\dA-Za-z/=._-])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\w)",
    ),
}
# Each form with letters that it always has, so that a text without them costs nothing.
_WORDS = (
    "PRIVATE KEY",
    "gh",
    "github_pat_",
    "glpat-",
    "xox",
    "AIza",
    "hf_",
    "npm_",
    "pypi-",
    "LTAI",
    "eyJ",
    "://",
    "@",
    "file:/",
    "\\\\",
    "~/",
)
_COMPILED = tuple(
    (what, re.compile(form), next((word for word in _WORDS if _literal(word) in form), ""))
    for what, forms in _FORMS.items()
    for form in forms
)
ADVICE = "remove it: the data are public, and a secret that was committed has to be changed, too"


def secret(text: str) -> str:
    """What a text holds that must not be published, such as "an e-mail address"; "" for nothing."""
    for what, pattern, word in _COMPILED:
        for match in pattern.finditer(text) if word in text else ():
            if what != "a number of a person" or checked(match[0]):
                return what
    return ""


def checked(number: str) -> bool:
    """Whether the last of the 18 digits of a number of a person is its check digit."""
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17].upper()


def faults(table: Table, sheet: Sheet) -> Iterator[Fault]:
    """Cells of text that hold what must not be published. What they hold is not repeated."""
    for field in table.fields:
        cells = sheet.columns.get(field.name, ())
        if field.type == "string" and not field.enum and secret("\n".join(dict.fromkeys(cells))):
            yield from judged(sheet, field.name, lambda cell: (what, ADVICE) if (what := secret(cell)) else None)
