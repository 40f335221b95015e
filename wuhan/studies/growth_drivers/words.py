"""What drives growth, in words and rows for the charts: sectors, releases within the year, ways to weigh a pull."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from wuhan.charts import style
from wuhan.evidence import facts, observations
from wuhan.evidence.facts import Fact, Unknown
from wuhan.studies.growth_drivers import numbers as contributions
from wuhan.text import prose
from wuhan.text.language import _, noted
from wuhan.text.prose import Name, Sentence, choose, plural, say, when

WORDS = dict(
    zip(
        (*contributions.SECTORS, contributions.REST, *contributions.WEIGHTS, *contributions.WAYS),
        noted(
            (
                "services",
                "industry and construction",
                "agriculture",
                "not told apart",
                "the weights of the year before",
                "the weights of the same year",
                "the mean of both weights",
                "stated",
                "weight of the year before",
                "weight taken back",
                "weight of the same months",
            )
        ),
        strict=True,
    )
)
RATES = dict(
    zip(
        (*contributions.REAL, *contributions.NOMINAL),
        noted(
            (
                "industry of larger firms",
                "industry and construction",
                "services",
                "the whole economy",
                "fixed-asset investment",
                "retail sales",
                "foreign trade",
            )
        ),
        strict=True,
    )
)
PRINTED = dict(
    zip(
        (*contributions.HIGH_TECH, "industry"),
        noted(
            (
                "growth {figure}",
                "share of industry {figure}",
                "pull {figure}",
                "part of the growth of industry {figure}",
                "growth of all industry {figure}",
            )
        ),
        strict=True,
    )
)
FILLS = dict(
    zip(
        (*contributions.SECTORS, contributions.REST, *contributions.WAYS),
        (*style.PALETTE[:3], style.GREYS[1], style.INK, *style.PALETTE[:3]),
        strict=True,
    )
)


def word(code: str) -> Name:
    """A sector, a choice of weights, or a way to weigh a pull in words."""
    return Name(_(WORDS[code]))


def sectors(rows: pd.DataFrame) -> pd.DataFrame:
    """Shares or contributions of sectors with ``series`` and ``colour``: a sector has one colour in all figures."""
    return rows.assign(series=rows["sector"].map(word), colour=rows["sector"].map(FILLS))


def ways(pulls: pd.DataFrame) -> pd.DataFrame:
    """Pulls with ``series`` and ``colour``, for `charts.dots`: each named by its period and the way it was found."""
    names = [say("{period}: {way}", period=when(row.period), way=word(row.basis)).plain for row in pulls.itertuples()]
    return pulls.assign(series=names, colour=pulls["basis"].map(FILLS))


def largest(shares: pd.DataFrame, place: str) -> dict:
    """``sector``, ``share`` and ``year`` of the largest sector of the newest year, for a sentence."""
    if shares.empty:
        return {"sector": "", "share": Unknown(place, contributions.SECTORS["services"]), "year": ""}
    row = shares.sort_values(["year", "value"], kind="stable").iloc[-1]
    return {"sector": word(row["sector"]), "share": row["fact"], "year": int(row["year"])}


def made_of(shares: pd.DataFrame, place: str) -> Sentence:
    """The largest sector of the newest year in one sentence; nothing where no share is known."""
    if shares.empty:
        return say("")
    told = largest(shares, place) | {"city": prose.name(place)}
    return say("The largest sector of {city} in {year} is {sector}, {share} of value added.", **told)


def moved_most(leaders: Mapping[int, str], place: str) -> Sentence:
    """Which sector moved growth most, by `contributions.leaders`, which are not empty; or several, in as many years."""
    found = list(leaders.values())
    often = max(map(found.count, found))
    first = [sector for sector in dict.fromkeys(found) if found.count(sector) == often]
    about = {"city": prose.name(place), "sector": prose.listed(map(word, first))}
    if len(found) == 1:
        return say("What moved {city}'s real growth most in {year}: {sector}", year=next(iter(leaders)), **about)
    if len(first) > 1:
        return say(
            "What moved {city}'s real growth most: {sector}, each in {n} of {all} complete years",
            n=often,
            all=len(found),
            **about,
        )
    return say(
        "What moved {city}'s real growth most: {sector}, in {n} of {all} complete years",
        n=often,
        all=len(found),
        **about,
    )


def structure(shares: pd.DataFrame, nation: pd.DataFrame, place: str, places: int) -> Sentence:
    """The share of services against that of the nation, and the largest change of a share at and away from a census;
    how many ``places`` have sectors where this one has none.
    """
    about = {"city": prose.name(place), "n": places}
    if shares.empty:
        return say("The sectors of {city} are not in the data for these years; those of {n} places are.", **about)
    year = int(shares["year"].max())
    first = say(
        "Services made up {share} of {city}'s value added in {year}. In the nation, by its latest revision, they made "
        "up {whole}.",
        city=prose.name(place),
        year=year,
        share=contributions.of_sector(shares, "services", year, place),
        whole=contributions.of_sector(nation, "services", year, "china"),
    )
    told = [
        say(
            "The largest change in one year next to a census is that of {sector} in {year}: {change}."
            if row.census
            else "The largest change in one year away from a census is that of {sector} in {year}: {change}.",
            sector=word(row.sector),
            year=row.year,
            change=row.change,
        )
        for row in contributions.steps(shares).drop_duplicates("census").itertuples()
    ]
    return prose.paragraph(first, *told)


def difference(parts: pd.DataFrame, balances: pd.DataFrame) -> Sentence:
    """Whether the contributions add up to the published growth, and what is known of years that lack a sector."""
    told, widest = [], contributions.widest_gap(balances)
    complete = balances[balances["complete"]]
    if len(complete) == 1:
        told.append(
            say(
                "In {year} the sectors add up to {total}, against a published growth of {growth}; rounding alone can "
                "explain the difference."
                if widest["fits"]
                else "In {year} the sectors add up to {total}, against a published growth of {growth}; rounding "
                "alone does not explain the difference.",
                year=widest["year"],
                total=widest["total"],
                growth=widest["published"],
            )
        )
    elif widest:
        told.append(
            say(
                "Rounding alone can explain the difference between the sum and the published growth in {n} of {all} "
                "years. It is widest in {year}, with {total} against {growth}.",
                n=int(complete["fits"].sum()),
                all=len(complete),
                year=widest["year"],
                total=widest["total"],
                growth=widest["published"],
            )
        )
    for row in balances[~balances["complete"]].itertuples():
        known = parts.loc[parts["year"] == row.year, "sector"].map(word)
        told.append(
            say(
                "For {year} the growth of {sectors} alone is published: {total} of a growth of {growth}. Another "
                "{gap} are not told apart.",
                year=row.year,
                sectors=prose.listed(known),
                total=row.total,
                growth=row.published,
                gap=row.gap,
            )
        )
        told.append(_doubted(str(row.year), row.total, row.published))
    return prose.paragraph(*told)


def _doubted(period: str, *told: object) -> Sentence:
    """That what is told of ``period`` rests on sources of low trust, and on which; blank when it does not."""
    known = [fact for fact in told if isinstance(fact, Fact)]
    weak = prose.publishers(source for fact in known for source in fact.sources if observations.doubtful(source))
    if not weak:
        return prose.Sentence("", "")
    return say(
        "Sources of low trust stand behind the figures of {period}: {sources}.",
        period=when(period),
        sources=prose.listed(weak),
    )


def weighed(schemes: pd.DataFrame) -> Sentence:
    """The contribution of the leader under each choice of weights (`contributions.schemes`), what rounding alone
    leaves, in how many years the sum fits, and whether the leaders stay.
    """
    led, rows = schemes.iloc[0], list(schemes.itertuples())
    low, high = facts.ends(led["fact"])
    points = [say("{points} with {weights}", points=row.fact, weights=word(row.weights)) for row in rows]
    fits = [say("{fits} with {weights}", fits=row.fits, weights=word(row.weights)) for row in rows]
    return prose.paragraph(
        say(
            "What {sector} added in {year}: {points}.",
            sector=word(led["sector"]),
            year=int(led["year"]),
            points=prose.listed(points),
        ),
        say("The rounding of the figures leaves {low} to {high} for the first.", low=low, high=high),
        say(
            "Of {all} complete {years}, the sum can be the growth published in {fits}.",
            all=int(led["years"]),
            years=plural(int(led["years"]), one="year", many="years"),
            fits=prose.listed(fits),
        ),
        say("The sector that leads is the same under all weights in {same}.", same=int(schemes["same"].min())),
    )


def nothing(gdp: pd.DataFrame, place: str, first: int, last: int) -> Sentence:
    """What stands where no year has the growth of all sectors: what is missing, and which places and years have it."""
    there = [
        say("{place} ({years})", place=prose.name(other), years=prose.listed(years))
        for other, years in contributions.offered(gdp).items()
    ]
    what = say(
        "published growth of all three sectors of {city}, {years}", city=prose.name(place), years=between(first, last)
    )
    return prose.missing(what, there)


def no_pair(gdp: pd.DataFrame, place: str, first: int, last: int) -> Sentence:
    """What stands where growth of industry and of the whole economy are never known together, and which other places
    have both in these years.
    """
    whole, industry = contributions.REAL[-1], contributions.REAL[0]
    known = contributions.with_both(observations.select(gdp, first=first, last=last), industry, whole)
    what = say(
        "period for which growth of industry and of the whole economy are both known in {city}, {years}",
        city=prose.name(place),
        years=between(first, last),
    )
    return prose.missing(what, map(prose.name, known))


def between(first: int, last: int) -> Name:
    """The years from ``first`` to ``last`` in words; a single year is said once."""
    return when(str(first) if first == last else f"{first}/{last}")


def no_high_tech(industry: pd.DataFrame, place: str, first: int, last: int) -> Sentence:
    """What stands where no share or pull of high-tech manufacturing is printed, and where there is one."""
    own = industry[industry["indicator"].isin(list(contributions.HIGH_TECH.values())[1:])]
    years = own.assign(year=own["period"].str[:4].astype(int)).groupby("place", sort=False)["year"]
    there = [
        say("{place} ({years})", place=prose.name(other), years=prose.listed(sorted({*map(int, known)})))
        for other, known in years
    ]
    what = say(
        "share or pull of high-tech manufacturing in {city}, {years}",
        city=prose.name(place),
        years=between(first, last),
    )
    return prose.missing(what, there)


def ranked(order: pd.DataFrame) -> dict:
    """The two sectors that moved a year most (`contributions.in_order`), for a sentence: names ``first`` and
    ``second``, facts ``a`` and ``b``.
    """
    (a, b), (first, second) = order["fact"].iloc[:2], order["sector"].iloc[:2].map(word)
    return {"first": first, "second": second, "a": a, "b": b}


def releases(rows: pd.DataFrame) -> pd.DataFrame:
    """Releases with ``series`` and, for a source of low trust, ``doubt``, for `charts.releases`."""
    doubt = rows["trust"].map({"C": _("source of low trust"), "D": _("source of low trust")}).fillna("")
    return rows.assign(series=rows["indicator"].map(prose.measure), doubt=doubt)


def newest(rows: pd.DataFrame, place: str) -> Sentence:
    """The latest period with most measures: what grew most and what least. Sources of low trust lead only where there
    is no other.
    """
    firm = rows[[not observations.doubtful(source) for source in rows["source_id"]]]
    figures = contributions.side_by_side(firm if len(firm) else rows)
    if not figures:
        return say("No growth within the year is known for {city}.", city=prose.name(place))
    high, low = figures[0], figures[-1]
    about = {"city": prose.name(place), "period": when(high.period), "a": high, "high": Name(_(RATES[high.indicator]))}
    if len(figures) == 1:
        return say("{city}, {period}: {high} {a}", **about)
    about |= {"b": low, "low": Name(_(RATES[low.indicator]))}
    if not facts.compare(high, low):
        return say("{city}, {period}: {high} {a}, {low} {b}", **about)
    return say("Highest in {city}, {period}: {high}, {a}; lowest: {low}, {b}", **about)


def beside(found: Mapping[str, Fact | Unknown | str], pulls: pd.DataFrame) -> Sentence:
    """What is printed for one period (a row of `contributions.high_tech`), then what each way of ``pulls`` gives."""
    own = {row.basis: row.fact for row in pulls[pulls["period"] == found["period"]].itertuples()}
    stated = own.pop("stated", None)
    period = str(found["period"])
    told = [say("{period}: {figures}.", period=when(period), figures=prose.listed(_printed(found)))]
    if stated:
        weight = contributions.implied_weight(stated, found["growth"])
        told.append(say("A pull of {pull} at that growth implies a weight of {weight}.", pull=stated, weight=weight))
    for basis, pull in own.items():
        if not stated:
            told.append(say("The {way} gives {pull}.", way=word(basis), pull=pull))
            continue
        fits = choose(pull, stated, more="more than that", less="less than that", same="the same within the rounding")
        told.append(say("The {way} gives {pull}, {fits}.", way=word(basis), pull=pull, fits=fits))
    before, back = own.get("share_before"), own.get("share_taken_back")
    if before and back and facts.compare(before, back):
        told.append(say("The first two of these differ: prices or the group of firms moved, too."))
    return prose.paragraph(*told, _doubted(period, *(found[key] for key in PRINTED)))


def _printed(found: Mapping) -> list[Sentence]:
    """What is printed for one period, figure by figure."""
    return [say(words, figure=found[key]) for key, words in PRINTED.items() if isinstance(found[key], Fact)]


def agreement(pulls: pd.DataFrame) -> tuple[int, int]:
    """How many of the ways to weigh a pull agree with what is stated for their period, and how many there are."""
    stated = pulls[pulls["basis"] == "stated"].set_index("period")["fact"]
    others = pulls[(pulls["basis"] != "stated") & pulls["period"].isin(stated.index)]
    fits = [facts.compare(row.fact, stated[row.period]) == 0 for row in others.itertuples()]
    return sum(fits), len(fits)
