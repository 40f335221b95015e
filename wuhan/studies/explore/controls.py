"""Controls for a view: places, a measure, years, a transformation, a vintage; figure, table, sources, CSV below.

    controls.Explorer(known, views.Choice(("wuhan",), "gdp_nominal", 2010, 2025))   # ends the cell

The controls are there only while a front end with a running kernel asks for them. Anywhere else (papermill, nbval, a
page, GitHub) the object is one sentence, the same on every run, and nothing of ipywidgets is loaded.
"""

from __future__ import annotations

import base64
import html

import pandas as pd

from wuhan import charts
from wuhan.evidence.observations import starts
from wuhan.studies.explore import reasons, views
from wuhan.studies.explore.views import Choice, View
from wuhan.text import exports, words
from wuhan.text.language import noted
from wuhan.text.prose import Sentence, label, measure, name, say, source_rows

WAYS = noted({"level": "as published", "growth": "growth", "index": "index", "per_head": "per head"})
LABELS = {"description_width": "9em"}
# The colours are those of the front end, light or dark; the picture has its own paper.
STYLE = """<style>
.wuhan-view { line-height: 1.5; max-width: 60em; }
.wuhan-view img { background: #fff; height: auto; max-width: 100%; }
.wuhan-view table { border-collapse: collapse; }
.wuhan-view th, .wuhan-view td { border-bottom: 1px solid currentColor; padding: .15em .6em; }
.wuhan-view .wide { overflow-x: auto; }
.wuhan-view a { color: inherit; text-decoration: underline; }
</style>"""
# In JupyterLab arrows and letters move and change cells, also while a list has the focus: they would never reach it.
# Its mark for "no shortcuts here" is put on each control of ours that gets the focus. A picture of nothing carries the
# script, as scripts that come with HTML do not run.
KEYS = """<img alt="" hidden src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" onload="
document.addEventListener('focusin', event => {
  if (event.target.closest('.wuhan-controls')) event.target.dataset.lmSuppressShortcuts = '';
})">"""


def asked_by_front_end() -> bool:
    """Whether the cell that runs was sent by a front end that shows cells.

    JupyterLab, Notebook and VS Code say with every request which cell it comes from. Programs that only run notebooks
    (nbclient and with it papermill and nbconvert, nbval) do not.
    """
    from IPython import get_ipython

    kernel = getattr(get_ipython(), "kernel", None)
    request = kernel.get_parent("shell") if kernel else {}
    return bool((request or {}).get("metadata", {}).get("cellId"))


class Explorer:
    """Controls over the observations ``frame`` that start at ``choice``; built when a front end shows them."""

    def __init__(self, frame: pd.DataFrame, choice: Choice):
        self.frame, self.choice = frame, choice

    def __repr__(self) -> str:
        return "Explorer"

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        bundle = without_kernel()._repr_mimebundle_()
        if asked_by_front_end():
            shown = Controls(self.frame, self.choice).box._repr_mimebundle_()
            bundle |= {kind: part for kind, part in shown.items() if kind != "text/plain"}
        return bundle


def without_kernel() -> Sentence:
    """What stands where the controls cannot work."""
    return say(
        "The controls appear here while this notebook runs in JupyterLab: start it with `make lab`, open this "
        "notebook, run all cells. Without a kernel the choice is made in the cell of parameters at the top."
    )


class Controls:
    """The widgets and what they do. ``box`` is what is shown, ``view`` what is chosen now."""

    def __init__(self, frame: pd.DataFrame, choice: Choice):
        from ipywidgets import HTML, Dropdown, HBox, SelectMultiple, VBox

        self.frame, self.busy = frame, False
        self.places = SelectMultiple(description=str(say("Places")), rows=10, style=LABELS)
        self.indicator = Dropdown(description=str(say("Measure")), style=LABELS, layout={"width": "34em"})
        self.first = Dropdown(description=str(say("First year")), style=LABELS)
        self.last = Dropdown(description=str(say("Last year")), style=LABELS)
        self.way = Dropdown(description=str(say("Shown as")), style=LABELS)
        self.vintage = Dropdown(description=str(say("Vintage")), style=LABELS)
        self.output = HTML()
        self._offer(choice)
        rows = [self.indicator, self.first, self.last, self.way, self.vintage]
        controls = HBox([self.places, VBox(rows)], layout={"flex_flow": "row wrap"})
        self.box = VBox([controls, self.output, HTML(KEYS)]).add_class("wuhan-controls")
        for control in (self.places, *rows):
            control.observe(self._moved, names="value")
        self._draw()

    def _offer(self, choice: Choice) -> None:
        """Fill the lists of the controls and set them to ``choice``, as far as it can be had."""
        years = starts(self.frame["period"])
        span = range(int(years.min()), int(years.max()) + 1)
        known = set(self.frame["place"])
        own = [place for place in choice.places if place in known]  # on top, where they can be seen
        others = sorted(known - set(own), key=reasons.cities_first)
        self.places.options = [(name(place), place) for place in (*own, *others)]
        self.places.value = own
        self.first.options = self.last.options = [(str(year), year) for year in span]
        self.first.value, self.last.value = (min(max(year, span[0]), span[-1]) for year in (choice.first, choice.last))
        self.way.options = [(label(meaning), way) for way, meaning in WAYS.items()]
        self.way.value = choice.transformation
        self._measures(choice.indicator)
        self._vintages(choice.vintage)

    def _measures(self, wanted: str) -> None:
        """Offer the measures that the places have; keep the one that is set, if it is among them."""
        found = views.indicators(self.frame, self.places.value)
        self.indicator.options = [(measure(each), each) for each in found]
        self.indicator.value = wanted if wanted in found else next(iter(found), None)

    def _vintages(self, wanted: str) -> None:
        """Offer the vintages of the choice, and hide the control where there is one only."""
        found = views.vintages(self.frame, self.chosen()) if self.indicator.value else []
        self.vintage.options = [(label(each) or str(say("not named")), each) for each in found]
        self.vintage.value = wanted if wanted in found else next(iter(found), None)
        self.vintage.layout.display = None if len(found) > 1 else "none"

    def chosen(self) -> Choice:
        """The choice that the controls say."""
        return Choice(
            tuple(self.places.value),
            self.indicator.value or "",
            self.first.value,
            self.last.value,
            self.way.value,
            self.vintage.value or "",
        )

    def _moved(self, change: dict) -> None:
        """A control was moved: what the others offer follows, then the view."""
        if self.busy:
            return
        self.busy = True
        try:
            if change["owner"] is self.places:
                self._measures(self.indicator.value)
            if change["owner"] is not self.vintage:  # what there is depends on all the others
                self._vintages(self.vintage.value)
            self._draw()
        finally:
            self.busy = False

    def _draw(self) -> None:
        self.view = views.show(self.frame, self.chosen())
        self.output.value = STYLE + as_html(self.view)


def as_html(view: View) -> str:
    """A view as HTML: figure, sentence, notes, link to the rows, table, sources. All text is escaped."""
    said = " ".join(map(str, (view.sentence(), *view.notes)))
    parts = [f'<p role="status">{html.escape(said)}</p>']
    chart = view.chart()
    if not isinstance(chart, charts.Nothing):
        picture = base64.b64encode(chart.png).decode("ascii")
        alt = html.escape(str(view.alt()))
        parts.insert(0, f'<img alt="{alt}" src="data:image/png;base64,{picture}">')
        file = f"wuhan-in-numbers-{view.choice.indicator}-{view.choice.transformation}.csv"
        words_of_link = str(say("Take these rows away as CSV, with their sources"))
        parts.append(f"<p>{exports.link(view.export(), file, words_of_link)}</p>")
        parts.append(f'<div class="wide">{view.table()._repr_mimebundle_()["text/html"]}</div>')
        parts.append(_sources(view))
    return f'<div class="wuhan-view">{"".join(parts)}</div>'


def _sources(view: View) -> str:
    """The sources of the rows as a list of links."""
    items = []
    for row in source_rows(view.rows):
        title = html.escape(words.titled(row["title"]))
        if address := words.reached(row):
            title = f'<a href="{html.escape(address)}" rel="noreferrer" target="_blank">{title}</a>'
        publisher = html.escape(words.publisher(row["source_id"]))
        items.append(
            f"<li>{publisher}: {title} ({html.escape(str(say('trust {grade}', grade=words.graded(row))))})</li>"
        )
    return f"<p>{html.escape(str(say('Sources')))}</p><ul>{''.join(items)}</ul>"
