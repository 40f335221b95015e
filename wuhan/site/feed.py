"""The log of changes as an Atom feed: one entry a release, dated by the log itself."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from xml.sax.saxutils import escape

from wuhan.site import changes
from wuhan.site.colophon import Colophon
from wuhan.text.language import _, language

FILE = "feed.xml"
RELEASE = re.compile(r"^## (?P<version>[0-9.]+) – (?P<day>\S+)$", re.MULTILINE)


def written(root: Path, found: Colophon) -> str:
    """The feed in the language of now; a release that is not out yet has the day of the newest source."""
    parts = RELEASE.split((root / "CHANGELOG.md").read_text(encoding="utf-8"))
    days = [day if day[:1].isdigit() else found.day for day in parts[2::3]]
    entries = "".join(map(_entry, parts[1::3], days, parts[3::3]))
    name = escape(_("Wuhan in Numbers"))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language()}">',
        f"<id>{_id('feed')}</id><title>{name}: {escape(_('Changes'))}</title>",
        f"<updated>{max(days, default=found.day)}T00:00:00Z</updated><author><name>{name}</name></author>",
        f'<link rel="self" href="{FILE}"/><link href="changes.html"/>',
    ]
    return "\n".join(lines) + f"\n{entries}</feed>\n"


def _entry(version: str, day: str, text: str) -> str:
    content = changes.history(f"# Log\n\n{text.strip()}\n")
    return (
        f"<entry><id>{_id(version)}</id><title>{escape(_('Version {version}').format(version=version))}</title>"
        f'<updated>{day}T00:00:00Z</updated><link href="changes.html#log"/>'
        f'<content type="html">{escape(content)}</content></entry>\n'
    )


def _id(name: str) -> str:
    """An address that stays the same, as the collection has none of its own."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"wuhan-in-numbers {language()} {name}").urn
