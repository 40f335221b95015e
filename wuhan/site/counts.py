"""What the counts of the answers count, where rows or a page of the site have it.

A count is no printed number: it leads to the cell of code that counted. The counts of an answer lead to what they count
as well, named here in the order in which the answer has them.
"""

from __future__ import annotations

import re

from wuhan.site.book import Page

COUNT = re.compile(r'<a class="n count" href="#(code-\d+)"')
CITIES, CLAIMS = "cities.html", "claims.html"
EVENTS, PROJECTS, FIELDS = (f"rows-{table}-1.html" for table in ("events", "projects", "future_industries"))
COUNTED = {
    "12_city_ranking": (CITIES, CITIES),
    "20_project_pipeline": (EVENTS,),
    "21_projects_by_sector": (PROJECTS,) * 9,
    "33_future_industries": (FIELDS, FIELDS),
    "40_press_claims": (
        *(CLAIMS,) * 4,
        f"{CLAIMS}#verdict=stale",
        f"{CLAIMS}#witness=measured",
        f"{CLAIMS}#witness=echo",
    ),
    "51_your_question": (CITIES, CITIES),
}


def led(page: Page, home: str) -> None:
    """Have the counts in the answer of ``page`` lead to what they count; ``home`` is the way to the evidence.

    An answer with other counts than those named here, as for other parameters, keeps its links to the code.
    """
    ways = COUNTED.get(page.stem, ())
    if len(COUNT.findall(page.headline)) != len(ways):
        return
    for block in page.blocks:
        if block.kind == "headline" and block.html == page.headline:
            block.html = _led(block.html, ways, home)
    page.headline = _led(page.headline, ways, home)


def _led(html: str, ways: tuple[str, ...], home: str) -> str:
    left = iter(ways)
    return COUNT.sub(lambda found: f'<a class="n count" data-cell="{found[1]}" href="{home}{next(left)}"', html)
