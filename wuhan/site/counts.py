"""What the counts of the answers count, where rows or a page of the site have it.

A count is no printed number: it leads to the cell of code that counted. The counts of an answer lead to what they count
as well, named here in the order in which the answer has them: a page, a section or a figure of its own page, or nothing
where only the code has the rows.
"""

from __future__ import annotations

import re

from wuhan.site.book import Page

COUNT = re.compile(r'<a class="n count" href="#(code-\d+)"')
CITIES, CLAIMS = "cities.html", "claims.html"
EVENTS, PROJECTS, FIELDS = (f"rows-{table}-1.html" for table in ("events", "projects", "future_industries"))
COUNTED = {
    "00_what_we_know": ("", ""),
    "10_gdp_and_growth": ("#growth",),
    "12_city_ranking": (CITIES, CITIES),
    "13_covid_shock": ("#q3",),
    "20_project_pipeline": (EVENTS,),
    "21_projects_by_sector": (PROJECTS, "#sectors", "#q3", "#q3", *("#largest",) * 6),
    "31_ai_peers": ("#quotients",) * 4,
    "32_ai_policy": ("#terms",) * 4,
    "33_future_industries": ("#named", FIELDS, "#named"),
    "40_press_claims": (CLAIMS, CLAIMS, "#q2", "#q2", f"{CLAIMS}#verdict=stale", f"{CLAIMS}#witness=echo"),
    "41_targets": ("#terms", *("#q3",) * 12),
    "42_read_an_article": ("#q4",) * 8,
    "51_your_question": ("#per-head",) * 4,
}


def led(page: Page, home: str) -> None:
    """Have the counts in the answer of ``page`` lead to what they count; ``home`` is the way to the evidence.

    An answer with other counts than those named here, as for other parameters, keeps its links to the code.
    """
    ways = COUNTED.get(page.stem, ())
    if len(COUNT.findall(page.headline)) != len(ways):
        return
    there = {anchor for anchor, _text in page.contents} | {
        block.slug for block in page.blocks if block.kind == "figure"
    }
    found = [way if way.startswith("#") else way and home + way for way in ways]
    found = ["" if way.startswith("#") and way[1:] not in there else way for way in found]
    for block in page.blocks:
        if block.kind == "headline" and block.html == page.headline:
            block.html = _led(block.html, found)
    page.headline = _led(page.headline, found)


def _led(html: str, ways: list[str]) -> str:
    left = iter(ways)

    def target(found: re.Match) -> str:
        way = next(left)
        return f'<a class="n count" data-cell="{found[1]}" href="{way}"' if way else found[0]

    return COUNT.sub(target, html)
