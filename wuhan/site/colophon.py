"""What every page says of itself: its version and the day of its data, how to cite it, and the same for machines.

The day is that of the newest publication in the data, never that of the clock, so that the same data give the same
page.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from wuhan.evidence import package
from wuhan.site import tables
from wuhan.site.sanitise import data_block, shortened
from wuhan.text.language import _, language
from wuhan.text.words import when

DAY = re.compile(r"\d{4}-\d\d-\d\d")
LONGEST = 300  # signs of a description
LOCALES = {"en": "en_GB", "zh": "zh_CN"}


@dataclass(frozen=True)
class Colophon:
    """The collection: its ``version``, the ``day`` (ISO) of its newest source, and its ``CITATION.cff``."""

    version: str
    day: str
    cited: Mapping

    @property
    def standing(self) -> str:
        """Version and day in words."""
        return _("Data up to {day}, version {version}").format(day=when(self.day), version=self.version)

    def cite(self, title: str) -> str:
        """How to cite the page ``title``, as a text."""
        form = _("{authors} ({year}): {title}. In: {collection}, version {version}, data up to {day}.")
        return form.format(title=title.rstrip("?？."), **self._parts())

    def bibtex(self, title: str, stem: str) -> str:
        """How to cite the page ``title`` in BibTeX; its key is made of its ``stem``."""
        told = {
            "author": "{{{authors}}}",
            "title": "{" + title.replace("{", "").replace("}", "") + "}",
            "howpublished": "{{{collection}}}",
            "year": "{{{year}}}",
            "version": "{{{version}}}",
            "note": "{{Data up to {day}}}",
        }
        parts = self._parts()
        fields = [f"  {name} = {form if name == 'title' else form.format(**parts)}" for name, form in told.items()]
        key = "wuhan-in-numbers-" + stem.replace("_", "-")
        return f"@misc{{{key},\n" + ",\n".join(fields) + "\n}"

    def _parts(self) -> dict[str, str]:
        authors = " and ".join(author["name"] for author in self.cited["authors"])
        year = str(self.cited["date-released"])[:4]
        return {
            "authors": authors,
            "year": year,
            "collection": str(self.cited["title"]),
            "version": self.version,
            "day": self.day,
        }

    def linked(self, title: str, description: str, image: str, article: bool) -> str:
        """The page as JSON-LD: an article, or the whole collection as a data set with its tables."""
        own: dict[str, object] = {
            "@context": "https://schema.org",
            "@type": "Article" if article else "Dataset",
            "headline" if article else "name": title,
            "description": description,
            "inLanguage": "zh-CN" if language() == "zh" else language(),
            "dateModified": self.day,
            "version": self.version,
            "author" if article else "creator": {"@type": "Organization", "name": self._parts()["authors"]},
            "license": f"https://spdx.org/licenses/{self.cited['license']}.html",
        }
        if article:
            own |= {"isPartOf": {"@type": "Dataset", "name": self._parts()["collection"]}}
        else:
            own |= {"keywords": self.cited["keywords"], "distribution": _files()}
        if image:
            own["image"] = image
        return data_block(own)


def _files() -> list[dict[str, str]]:
    files = [resource["path"] for resource in tables.descriptor(package.DATA)["resources"]]
    return [{"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": f"data/{file}"} for file in files]


def read(data: Path, root: Path) -> Colophon:
    """The colophon of the tables ``data`` and of the ``CITATION.cff`` in the folder ``root``."""
    return _read(data, root, package.state("sources"))


@functools.lru_cache(maxsize=4)
def _read(data: Path, root: Path, _state: object) -> Colophon:
    import yaml

    days = [day for day in package.read("sources", data)["published"] if DAY.fullmatch(day)]
    cited = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    return Colophon(tables.descriptor(data)["version"], max(days, default=""), cited)


def about(found: Colophon, file: str, title: str, description: str, image: str = "", article: bool = False) -> dict:
    """What the head and the foot of a page say: for readers, for those who share it, and for machines."""
    short = shortened(description, LONGEST)
    stem = file.removesuffix(".html")
    return {
        "title": title,
        "description": short,
        "kind": "article" if article else "website",
        "locale": LOCALES[language()],
        "image": image,
        "linked": found.linked(title, short, image, article) if article or file == "index.html" else "",
        "standing": found.standing,
        "cite": found.cite(title),
        "bibtex": found.bibtex(html.unescape(title), stem),
    }
