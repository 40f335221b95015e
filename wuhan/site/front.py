"""The front page: three sentences, the answers, the figures in them by date, and how firmly the data are known.

Each answer stands with the newest time that it tells of and the weakest grade of trust behind it, so that no number of
low trust leads without that being said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from wuhan.evidence import observations, package, periods
from wuhan.evidence.facts import FAMILIES
from wuhan.evidence.observations import standing
from wuhan.site import sources, tables
from wuhan.site.beside import DEFAULT
from wuhan.site.book import Page
from wuhan.site.numbers import Number, Numbers
from wuhan.site.sanitise import plain
from wuhan.text.language import _
from wuhan.text.words import label, look_up, name, when

LEADING = ("10_gdp_and_growth", "00_what_we_know")  # whose answers open the page, sentence by sentence
SENTENCES = 3
YEARS = re.compile(r"\d{4}/\d{4}")  # a span of whole years
INSIDE = re.compile('href="#([^"]+)"')  # a link within a page
END = re.compile(r"(?<=[.。])\s*(?=<a\b|[A-Z\u4e00-\u9fff])")  # of a sentence, before the next one


def page(notebooks: list[Page], found: tuple[Counter, Counter], asked: Mapping[str, str]) -> dict:
    """What the page shows beside the answers: the newest printed facts among them, numbers by grade and by status.

    ``found`` is what is `known`; ``asked`` are the parameters that differ from the default.
    """
    grades, statuses = found
    numbers, opening = Numbers(), lead(notebooks)
    return {
        "opening": [(here(sentence, page, numbers), told) for sentence, told, page in opening],
        "lead": " ".join(plain(sentence) for sentence, _stand, _page in opening),
        "answers": {each.stem: here(each.headline, each, numbers) for each in notebooks},
        "standing": {each.stem: stand(each, each.headline) for each in notebooks},
        "city": name(asked.get("city", DEFAULT)),
        "known": [each for each in notebooks if each.stem.startswith("0")],
        "latest": latest(notebooks, numbers),
        "numbers": numbers,
        "count": tables.grouped(sum(grades.values())),
        "grades": [(grade, _(words), tables.grouped(grades[grade])) for grade, words in sources.TRUST.items()],
        "statuses": [(label(status), tables.grouped(count)) for status, count in statuses.most_common()],
    }


def here(html: str, page: Page, numbers: Numbers) -> str:
    """A piece of ``page`` whose numbers open on this page, in whose ``numbers`` they come; other links lead there."""
    known = {each.id: each.record for each in page.numbers}

    def target(found: re.Match) -> str:
        own = known.get(found[1])
        return f'href="#{numbers.add(own).id}"' if own else f'href="{page.file}#{found[1]}"'

    return INSIDE.sub(target, html)


def lead(notebooks: list[Page]) -> list[tuple[str, str, Page]]:
    """The sentences that open the page: HTML, date and grade, the page that says it.

    Without the pages of `LEADING`, as in a report of some notebooks, none.
    """
    told = {each.stem: each for each in notebooks}
    found = [
        (sentence, stand(told[stem], sentence), told[stem])
        for stem in LEADING
        if stem in told
        for sentence in END.split(re.sub(r"</?p>", "", told[stem].headline).strip())
    ]
    return found[:SENTENCES]


def stand(page: Page, html: str) -> str:
    """The newest time of the numbers in the first paragraph of a piece of ``page``, of a span of years the last, or
    that they are counts; and the weakest grade of the numbers in all of it. Blank where there is no number.
    """
    numbers = [each for each in page.numbers if f'href="#{each.id}"' in html]
    first = html.partition("</p>")[0]
    dated = [each.record["period"] for each in numbers if each.record.get("period") and f'href="#{each.id}"' in first]
    newest = max(dated, key=lambda period: periods.bounds(period)[1], default="")
    newest = newest[-4:] if YEARS.fullmatch(newest) else newest
    told = when(newest) if newest else _("our own count") if 'class="n' in first else ""
    weakest = max((each.trust for each in numbers), default="")
    grade = _("grade {grade}").format(grade=weakest) if weakest else ""
    doubt = _("a source of low trust") if weakest in ("C", "D") else ""
    return _(", ").join(filter(None, [told, grade, doubt]))


def latest(notebooks: list[Page], numbers: Numbers) -> list[dict]:
    """The printed outcomes that the answers state, the newest first; of one measure and thing only the newest.

    They come into ``numbers``, those of the page that shows them.
    """
    stated = [
        number
        for each in notebooks
        for number in each.numbers
        if f'href="#{number.id}"' in each.headline
        and number.row
        and number.record["status"] not in FAMILIES
        and number.period
        and number.sources
        and not number.row.startswith("policies")  # a cap is no outcome
    ]
    stated.sort(key=lambda number: periods.bounds(number.record["period"])[1], reverse=True)
    newest: dict[str, Number] = {}
    for number in stated:
        newest.setdefault(number.what, number)
    return [_row(numbers.add(number.record)) for number in newest.values()]


def _row(number: Number) -> dict:
    source = look_up("sources", "source_id", number.sources[0])
    return {"number": number, "source": number.cited[0], "published": when(source["published"])}


def known(data: Path) -> tuple[Counter, Counter]:
    """How many observations there are by the grade of their source, and by what they are called today."""
    trust = dict(package.read("sources", data)[["source_id", "trust"]].itertuples(index=False))
    told = ["status", "period", "vintage"]
    rows = pd.concat([package.read(table, data)[["source_id", *told]] for table in observations.TABLES])
    return Counter(rows["source_id"].map(trust)), Counter(map(standing, *(rows[each] for each in told)))
